/* cmd_money.c - a clause checked from the shell, and what a month will bring. */
#include "app/app.h"
#include "base/money.h"
#include "db/catalogue.h"
#include "domain/lease/lease.h"
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
    Day from, to;
    gint64 total_fen;
    guint lines;
} Month;

static gboolean
add_lease(Ctx *ctx, Month *month, gint64 id, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", id, NULL, error);
    g_autoptr(Schedule) schedule = lease ? lease_schedule(ctx, lease, error) : NULL;

    if (!schedule)
        return FALSE;
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->due_on < month->from || line->due_on > month->to || line->gross_fen == 0)
            continue;
        g_autofree char *from = day_dup(line->from);
        g_autofree char *to = day_dup(line->to);
        g_autofree char *due = day_dup(line->due_on);
        g_autofree char *gross = money_format_grouped(line->gross_fen);
        printf("%-16s %-14s %s..%s due %s %16s\n", record_text(lease, "no"), line->item, from, to, due, gross);
        month->total_fen += line->gross_fen;
        month->lines++;
    }
    return TRUE;
}

static gboolean
preview_month(Ctx *ctx, gpointer data, GError **error)
{
    Month *month = data;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.holding", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++)
        ok = add_lease(ctx, month, g_array_index(ids, gint64, i), error);
    return ok;
}

int
cmd_bill(int argc, char **argv)
{
    g_autofree char *url = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "database (LANTING_DB)", "URL" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;
    guint64 key = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("bill MONTH: previews what falls due in a month (202603), line by line. Posts nothing.", entries, &argc,
                     &argv, &status))
        return status;
    if (argc != 2 || !g_ascii_string_to_unsigned(argv[1], 10, 200001, 219912, &key, NULL) || key % 100 < 1 || key % 100 > 12) {
        fprintf(stderr, "lanting bill: name the month, e.g. 202603\n");
        return 2;
    }
    Month month = { .from = day_from_month_key((int) key) };
    month.to = day_month_end(month.from);
    g_autoptr(App) app = app_open(url, &error);
    if (!app || !app_read(app, 0, preview_month, &month, &error))
        return app_fail(error);
    g_autofree char *total = money_format_grouped(month.total_fen);
    printf("%u lines, total %s\n", month.lines, total);
    return 0;
}
