/* cmd_money.c - a clause checked from the shell, and what a month will bring. */
#include "app/app.h"
#include "base/money.h"
#include "domain/billing/billing_run.h"
#include "domain/terms/calc.h"

#include <stdio.h>
#include <string.h>

static char *
read_input(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char part[4096];
    gsize n = 0;

    while ((n = fread(part, 1, sizeof part, stdin)) > 0 && text->len < 16 * 1024 * 1024)
        g_string_append_len(text, part, (gssize) n);
    return g_strdup(text->str);
}

/* What --help says: every kind with an example that can be pasted. transfer full. */
static char *
calc_summary(void)
{
    GString *text = g_string_new("calc KIND < input.json: the calculations of the program on any input; prints JSON.\n"
                                 "Fields of each kind: docs/domain/lease-terms.md. Examples:\n");

    for (const CalcKind *kind = calc_kinds(); kind->kind; kind++)
        g_string_append_printf(text, "\n  %s: %s\n    echo '%s' | lanting calc %s\n", kind->kind, kind->doc, kind->example,
                               kind->kind);
    return g_string_free(text, FALSE);
}

int
cmd_calc(int argc, char **argv)
{
    int status = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *output = NULL;
    g_autofree char *summary = calc_summary();

    if (!app_options(summary, NULL, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        fprintf(stderr, "lanting calc: name the kind:");
        for (const CalcKind *kind = calc_kinds(); kind->kind; kind++)
            fprintf(stderr, " %s", kind->kind);
        fprintf(stderr, "\n");
        return 2;
    }
    g_autofree char *input = read_input();
    if (!calc_run(argv[1], input, &output, &error))
        return app_fail(error);
    puts(output);
    return 0;
}

typedef struct {
    int month;
    gint64 run_id, total_fen;
    guint lines;
    gboolean done;
    const char *no;
} Bill;

static void
print_line(const BillPreviewLine *shown, gpointer data)
{
    Bill *bill = data;
    const ScheduleLine *line = shown->line;
    g_autofree char *from = day_dup(line->from), *to = day_dup(line->to), *due = day_dup(line->due_on);
    g_autofree char *gross = money_format_grouped(line->gross_fen);

    printf("%-16s %-14s %s..%s due %s %16s\n", shown->lease_no, shown->item, from, to, due, gross);
    bill->total_fen += line->gross_fen;
    bill->lines++;
}

static gboolean
preview_month(Ctx *ctx, gpointer data, GError **error)
{
    return bill_preview_each(ctx, ((Bill *) data)->month, print_line, data, error);
}

static gboolean
begin_month(Ctx *ctx, gpointer data, GError **error)
{
    Bill *bill = data;

    bill->run_id = bill_run_begin(ctx, bill->month, error);
    return bill->run_id != 0;
}

static gboolean
begin_undo(Ctx *ctx, gpointer data, GError **error)
{
    Bill *bill = data;
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) run = record_find_by(ctx, "bill_run", "no", bill->no, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!run)
        return app_error_set(error, APP_ERROR_NOT_FOUND, "bill_run.not_found", "没有出账 %s", "there is no run %s", bill->no);
    bill->run_id = run->id;
    return bill_run_undo(ctx, run->id, "lanting bill --undo", error);
}

static gboolean
take_step(Ctx *ctx, gpointer data, GError **error)
{
    Bill *bill = data;

    return bill_run_step(ctx, bill->run_id, 0, &bill->done, error);
}

static gboolean
tell(Ctx *ctx, gpointer data, GError **error)
{
    const Bill *bill = data;
    g_autoptr(Record) run = record_get(ctx, "bill_run", bill->run_id, NULL, error);

    if (!run)
        return FALSE;
    g_autofree char *gross = money_format_grouped(record_int(run, "gross"));
    printf("%s %s: %" G_GINT64_FORMAT " charges, total %s, %" G_GINT64_FORMAT " notes\n", record_text(run, "no"), record_text(run, "state"),
           record_int(run, "charges"), gross, record_int(run, "noted"));
    return TRUE;
}

/* Each step is a transaction of its own: a run that is broken off goes on when it is called again. */
static gboolean
carry_out(App *app, Bill *bill, GError **error)
{
    if (!app_write(app, 0, bill->no ? begin_undo : begin_month, bill, error))
        return FALSE;
    while (!bill->done) {
        if (!app_write(app, 0, take_step, bill, error))
            return FALSE;
    }
    return app_read(app, 0, tell, bill, error);
}

int
cmd_bill(int argc, char **argv)
{
    g_autofree char *url = NULL, *undo = NULL;
    gboolean post = FALSE;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "database (LANTING_DB)", "URL" },
        { "post", 0, 0, G_OPTION_ARG_NONE, &post, "post the run, or go on with one that was broken off", NULL },
        { "undo", 0, 0, G_OPTION_ARG_STRING, &undo, "undo the run of this number", "NO" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;
    guint64 key = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("bill MONTH: what the bill run of a month (202603) would post, line by line; --post posts it.\n"
                     "bill --undo NO: takes back a run of which nothing is paid.",
                     entries, &argc, &argv, &status))
        return status;
    if (!undo && (argc != 2 || !g_ascii_string_to_unsigned(argv[1], 10, 200001, 219912, &key, NULL) || key % 100 < 1 || key % 100 > 12)) {
        fprintf(stderr, "lanting bill: name the month, e.g. 202603\n");
        return 2;
    }
    Bill bill = { .month = (int) key, .no = undo };
    g_autoptr(App) app = app_open(url, &error);
    if (!app)
        return app_fail(error);
    if (post || undo)
        return carry_out(app, &bill, &error) ? 0 : app_fail(error);
    if (!app_read(app, 0, preview_month, &bill, &error))
        return app_fail(error);
    g_autofree char *total = money_format_grouped(bill.total_fen);
    printf("%u lines, total %s\n", bill.lines, total);
    return 0;
}
