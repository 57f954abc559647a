/* billing_run.c - the run itself: begun once, posted and undone in chunks that each are a transaction, so that people's writes come in
 * between and a run that was broken off goes on where it stood. */
#include "base/failpoint.h"
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/billing/billing_run_internal.h"
#include "store/history.h"

#include <string.h>

enum { NOTES_MAX = 200, UNDO_CHUNK = 1000, AHEAD_MONTHS = 1 };

typedef struct {
    gint64 id, after;
    char *state, *reason;
    int month;
} Run;

static void
run_clear(Run *run)
{
    g_free(run->state);
    g_free(run->reason);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

static Day
through_of(const Run *run)
{
    return day_month_end(day_from_month_key(run->month));
}

static DbStmt *
of_run(Ctx *ctx, const char *name, gint64 run_id, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt) {
        db_bind_int(stmt, "property_id", ctx->property_id);
        db_bind_int(stmt, db_has_param(stmt, "run_id") ? "run_id" : "id", run_id);
        if (db_has_param(stmt, "now"))
            db_bind_int(stmt, "now", ctx->now_us);
        if (db_has_param(stmt, "me") && ctx->staff_id)
            db_bind_int(stmt, "me", ctx->staff_id);
    }
    return stmt;
}

static gboolean
run_statement(Ctx *ctx, const char *name, gint64 run_id, GError **error)
{
    g_autoptr(DbStmt) stmt = of_run(ctx, name, run_id, error);

    return stmt && db_exec_stmt(stmt, NULL, error);
}

static gboolean
injected(GError **error)
{
    return app_error_set(error, APP_ERROR_INTERNAL, "failpoint", "测试故障", "injected failure");
}

/* -- beginning -------------------------------------------------------------------------------- */

static gboolean
check_month(const Ctx *ctx, int month, GError **error)
{
    Day first = month % 100 >= 1 && month % 100 <= 12 ? day_from_month_key(month) : DAY_NONE;

    if (first != DAY_NONE && first <= day_add_months(day_month_start(ctx->today), AHEAD_MONTHS))
        return TRUE;
    return app_error_field(error, "month", "range", "只能出到下个月为止的账", "only months up to the next one can be billed");
}

/* A run under way: the same month's is taken up again, any other stands in the way. */
static gboolean
find_under_way(Ctx *ctx, int month, gint64 *run_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) lock = db_named(ctx->db, "bill.property_lock", error);
    g_autoptr(DbStmt) stmt = lock ? db_named(ctx->db, "bill.under_way", error) : NULL;

    *run_id = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(lock, "property_id", ctx->property_id);
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_exec_stmt(lock, NULL, error) || !db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    *run_id = db_int(stmt, 0);
    if (month == 0 || (strcmp(db_text(stmt, 3), "running") == 0 && db_int(stmt, 2) == month))
        return TRUE;
    return app_error_set(error, APP_ERROR_CONFLICT, "bill_run.busy", "%s 尚未完成，请先继续完成它", "%s is not finished; finish it first", db_text(stmt, 1));
}

static gboolean
count_billable(Ctx *ctx, gint64 *n, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "bill.billable", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *n = db_int(stmt, 0);
    return TRUE;
}

gint64
bill_run_begin(Ctx *ctx, int month, GError **error)
{
    g_autoptr(Record) run = record_new(registry_def(ctx->registry, "bill_run"));
    gint64 run_id = 0, planned = 0;

    if (!check_month(ctx, month, error) || !find_under_way(ctx, month, &run_id, error))
        return 0;
    if (run_id)
        return run_id;
    if (!count_billable(ctx, &planned, error))
        return 0;
    record_set_int(run, "month", month);
    record_set_day(run, "posted_on", ctx->today);
    record_set_id(run, "run_by", ctx->staff_id);
    record_set_int(run, "planned", planned);
    return record_save_as(ctx, run, "begin", error) ? run->id : 0;
}

/* -- posting ---------------------------------------------------------------------------------- */

typedef struct {
    gint64 leases, charges, net_fen, tax_fen, gross_fen, noted;
    json_t *notes; /* of this chunk */
} Tally;

static gint64
unit_of(const BillLease *lease, const ScheduleLine *line)
{
    for (guint i = 0; line->unit && i < lease->terms.unit_nos->len; i++) {
        if (strcmp(line->unit, lease->terms.unit_nos->pdata[i]) == 0)
            return g_array_index(lease->terms.unit_ids, gint64, i);
    }
    return lease->unit_id;
}

gboolean
bill_post(ChargeBatch *batch, const BillLease *lease, const BillPlan *plan, gint64 run_id, GError **error)
{
    for (guint i = 0; i < plan->lines->len; i++) {
        const BillLine *out = plan->lines->pdata[i];
        const ScheduleLine *line = out->line;
        ChargeSpec spec = { .merchant_id = lease->merchant_id, .lease_id = lease->terms.id, .unit_id = unit_of(lease, line),
                            .term_id = out->term_id, .bill_run_id = run_id, .item = line->item, .name = out->name,
                            .kind = out->is_difference ? "adjustment" : charge_schedule_kind(line), .from = line->from, .to = line->to,
                            .due_on = line->due_on, .tax_rate_ppm = line->tax_rate_ppm, .net_fen = line->net_fen, .tax_fen = line->tax_fen,
                            .gross_fen = line->gross_fen, .working = line->working, .live_key = out->key };
        if (!charge_batch_add(batch, &spec, NULL, error))
            return FALSE;
    }
    return TRUE;
}

static void
add_note(const BillLease *lease, const char *kind, const char *zh, const char *en, gpointer data)
{
    Tally *tally = data;
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, lease->terms.id);

    tally->noted++;
    json_array_append_new(tally->notes, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "lease_id", id, "lease_no", lease->no, "merchant",
                                                  lease->merchant, "kind", kind, "zh", zh, "en", en));
}

static const char *const mark_columns[] = { "property_id", "id", "version", "created_at", "updated_at", "lease_id", "through", "inputs", NULL };

static gboolean
add_mark(Ctx *ctx, DbBatch *rows, const BillLease *lease, Day through, GError **error)
{
    db_batch_int(rows, 0, ctx->property_id);
    db_batch_int(rows, 1, id_next());
    db_batch_int(rows, 2, 1);
    db_batch_int(rows, 3, ctx->now_us);
    db_batch_int(rows, 4, ctx->now_us);
    db_batch_int(rows, 5, lease->terms.id);
    db_batch_day(rows, 6, through);
    db_batch_text(rows, 7, lease->terms.inputs);
    return db_batch_add(rows, error);
}

static gboolean
touch_marks(Ctx *ctx, const char *name, const GString *ids, Day through, GError **error)
{
    g_autofree char *list = g_strdup_printf("[%s]", ids->str);
    g_autoptr(DbStmt) stmt = ids->len ? db_named(ctx->db, name, error) : NULL;

    if (!stmt)
        return ids->len == 0;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "ids", list);
    if (db_has_param(stmt, "through"))
        db_bind_day(stmt, "through", through);
    return db_exec_stmt(stmt, NULL, error);
}

static void
add_id(GString *ids, gint64 id)
{
    g_string_append_printf(ids, "%s%" G_GINT64_FORMAT, ids->len ? "," : "", id);
}

/* Leases whose schedule can only change by its inputs are known to be billed from now on: true marks move on, others go or are made anew. */
static gboolean
write_marks(Ctx *ctx, GPtrArray *leases, GPtrArray *plans, Day through, GError **error)
{
    g_autoptr(GString) kept = g_string_new(NULL);
    g_autoptr(GString) gone = g_string_new(NULL);
    g_autoptr(DbBatch) rows = db_batch_new(ctx->db, "bill_mark", mark_columns);

    for (guint i = 0; i < leases->len; i++) {
        const BillLease *lease = leases->pdata[i];
        const BillPlan *plan = plans->pdata[i];
        gboolean known = lease->terms.is_fixed && !plan->waits && !plan->failure;
        if (known && lease->through != DAY_NONE)
            add_id(kept, lease->terms.id);
        else if (lease->inputs)
            add_id(gone, lease->terms.id);
    }
    if (!touch_marks(ctx, "bill.marks_drop", gone, through, error) || !touch_marks(ctx, "bill.marks_move", kept, through, error))
        return FALSE;
    for (guint i = 0; i < leases->len; i++) {
        const BillLease *lease = leases->pdata[i];
        const BillPlan *plan = plans->pdata[i];
        if (lease->through == DAY_NONE && lease->terms.is_fixed && !plan->waits && !plan->failure
            && !add_mark(ctx, rows, lease, through, error))
            return FALSE;
    }
    return db_batch_finish(rows, error);
}

/* The run's notes with those of the chunk behind them; the first ones are kept, all are counted. transfer full; NULL: no change. */
static char *
merge_notes(Ctx *ctx, gint64 run_id, const json_t *more, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = json_array_size(more) ? of_run(ctx, "bill.notes", run_id, error) : NULL;

    if (!stmt || !db_step(stmt, &row, error))
        return NULL;
    json_t *all = db_is_null(stmt, 0) ? json_array() : json_loads(db_text(stmt, 0), 0, NULL);
    for (gsize i = 0; i < json_array_size(more) && json_array_size(all) < NOTES_MAX; i++)
        json_array_append(all, json_array_get(more, i));
    char *text = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    return text;
}

static gboolean
advance(Ctx *ctx, gint64 run_id, const Tally *tally, gint64 after, guint visited, GError **error)
{
    g_autoptr(GError) failure = NULL;
    char *notes = merge_notes(ctx, run_id, tally->notes, &failure);
    g_autoptr(DbStmt) stmt = failure ? NULL : of_run(ctx, "bill.advance", run_id, error);

    if (failure)
        g_propagate_error(error, g_steal_pointer(&failure));
    if (stmt) {
        db_bind_int(stmt, "after", after);
        db_bind_int(stmt, "visited", visited);
        db_bind_int(stmt, "leases", tally->leases);
        db_bind_int(stmt, "charges", tally->charges);
        db_bind_int(stmt, "net", tally->net_fen);
        db_bind_int(stmt, "tax", tally->tax_fen);
        db_bind_int(stmt, "gross", tally->gross_fen);
        db_bind_int(stmt, "noted", tally->noted);
        db_bind_text(stmt, "notes", notes);
    }
    free(notes); /* jansson's */
    return stmt && db_exec_stmt(stmt, NULL, error);
}

static gboolean
post_plans(Ctx *ctx, const Run *run, GPtrArray *leases, GPtrArray *plans, Tally *tally, GError **error)
{
    g_autoptr(ChargeBatch) batch = charge_batch_new(ctx);
    Day through = through_of(run);

    for (guint i = 0; i < leases->len; i++) {
        const BillPlan *plan = plans->pdata[i];
        if (!bill_post(batch, leases->pdata[i], plan, run->id, error))
            return FALSE;
        tally->leases += plan->lines->len > 0;
        tally->charges += plan->lines->len;
        for (guint k = 0; k < plan->lines->len; k++) {
            const ScheduleLine *line = ((const BillLine *) plan->lines->pdata[k])->line;
            tally->net_fen += line->net_fen;
            tally->tax_fen += line->tax_fen;
            tally->gross_fen += line->gross_fen;
        }
        bill_plan_notes(leases->pdata[i], plan, through, add_note, tally);
    }
    return charge_batch_finish(batch, error);
}

static gboolean
post_chunk(Ctx *ctx, const Run *run, guint limit, gboolean *done, GError **error)
{
    Day through = through_of(run);
    g_autoptr(GPtrArray) leases = bill_leases_load(ctx, run->after, limit, FALSE, error);
    g_autoptr(GPtrArray) plans = leases ? bill_plans(ctx, leases, through, error) : NULL;
    Tally tally = { .notes = json_array() };

    *done = leases && leases->len < limit;
    gboolean ok = plans && post_plans(ctx, run, leases, plans, &tally, error);
    if (ok && FAILPOINT("bill.charges"))
        ok = injected(error);
    ok = ok && (leases->len == 0 || write_marks(ctx, leases, plans, through, error));
    if (ok && FAILPOINT("bill.marks"))
        ok = injected(error);
    gint64 after = ok && leases->len ? ((const BillLease *) leases->pdata[leases->len - 1])->terms.id : run->after;
    ok = ok && advance(ctx, run->id, &tally, after, leases->len, error) && (!*done || run_statement(ctx, "bill.end", run->id, error))
         && (leases->len == 0 || history_add(ctx, "bill_run", run->id, "post", NULL, error));
    json_decref(tally.notes);
    if (ok && FAILPOINT("bill.advanced"))
        return injected(error);
    return ok;
}

/* -- undoing ---------------------------------------------------------------------------------- */

static gboolean
refuse_paid(Ctx *ctx, gint64 run_id, GError **error)
{
    gboolean ok = TRUE;
    guint n = 0;
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(DbStmt) stmt = of_run(ctx, "bill.paid_of_run", run_id, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        g_autofree char *paid = money_format_grouped(db_int(stmt, 3));
        if (n++ < 5)
            g_string_append_printf(names, "%s%s %s %s（%s）", n > 1 ? "，" : "", db_text(stmt, 0), db_text(stmt, 2), db_text(stmt, 1), paid);
    }
    if (!ok || n == 0)
        return ok;
    return app_error_set(error, APP_ERROR_CONFLICT, "bill_run.paid", "已有收款，不能撤销：%s%s", "it cannot be undone, paid already: %s%s", names->str,
                         n > 5 ? "…" : "");
}

gboolean
bill_run_undo(Ctx *ctx, gint64 run_id, const char *reason, GError **error)
{
    gint64 changed = 0, other = 0;

    if (!reason || !*reason)
        return app_error_field(error, "reason", "required", "请说明撤销原因", "say why it is undone");
    g_autoptr(Record) run = record_get(ctx, "bill_run", run_id, NULL, error);
    if (!run || !find_under_way(ctx, 0, &other, error))
        return FALSE;
    if (other && other != run_id)
        return app_error_set(error, APP_ERROR_CONFLICT, "bill_run.busy", "另一次出账尚未完成", "another run is not finished");
    if (record_is(run, "state", "undoing"))
        return TRUE;
    g_autoptr(DbStmt) stmt = refuse_paid(ctx, run_id, error) ? of_run(ctx, "bill.undo_begin", run_id, error) : NULL;
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "reason", reason);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    if (changed != 1)
        return app_error_set(error, APP_ERROR_CONFLICT, "bill_run.state", "%s 已撤销", "%s was undone already", record_text(run, "no"));
    ctx->reason = reason;
    return history_add(ctx, "bill_run", run_id, "undo", NULL, error);
}

typedef struct {
    gint64 first, last;             /* charges */
    gint64 first_lease, last_lease; /* the least and the greatest */
    guint n;
} Undo;

/* The opposite of one charge's entries, one journal for each lease. */
static gboolean
reverse_charge(LedgerBatch *batch, const Run *run, GArray *lines, const DbStmt *stmt, GError **error)
{
    LedgerLine line = { .merchant_id = db_int(stmt, 2), .lease_id = db_int(stmt, 1), .charge_id = db_int(stmt, 0), .item_id = db_int(stmt, 3) };
    const struct {
        const char *account;
        gint64 amount_fen;
    } parts[] = { { ACC_RECEIVABLE, -db_int(stmt, 7) }, { db_is_null(stmt, 4) ? ACC_OTHER_INCOME : db_text(stmt, 4), db_int(stmt, 5) },
                  { ACC_TAX, db_int(stmt, 6) } };
    const LedgerJournal journal = { .event = "charge_void", .on = DAY_NONE, .memo = run->reason, .source_entity = "bill_run", .source_id = run->id };
    LedgerJournal full = journal;

    g_array_set_size(lines, 0);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        line.account = parts[i].account;
        line.amount_fen = parts[i].amount_fen;
        g_array_append_val(lines, line);
    }
    full.lines = (const LedgerLine *) (const void *) lines->data;
    full.n_lines = lines->len;
    return ledger_batch_add(batch, &full, NULL, error);
}

static gboolean
reverse_charges(Ctx *ctx, const Run *run, Undo *undo, GError **error)
{
    g_autoptr(LedgerBatch) batch = ledger_batch_new(ctx);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = of_run(ctx, "bill.charges_to_void", run->id, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "after", run->after);
    db_bind_int(stmt, "limit", UNDO_CHUNK);
    while (db_each(stmt, &ok, error)) {
        gint64 lease_id = db_int(stmt, 1);
        if (db_int(stmt, 8) != 0)
            return refuse_paid(ctx, run->id, error); /* paid since the undoing began */
        if (undo->n++ == 0) {
            undo->first = db_int(stmt, 0);
            undo->first_lease = undo->last_lease = lease_id;
        }
        undo->last = db_int(stmt, 0);
        undo->first_lease = MIN(undo->first_lease, lease_id);
        undo->last_lease = MAX(undo->last_lease, lease_id);
        if (!reverse_charge(batch, run, lines, stmt, error))
            return FALSE;
    }
    return ok && ledger_batch_finish(batch, error);
}

static gboolean
void_charges(Ctx *ctx, const Run *run, const Undo *undo, GError **error)
{
    gint64 changed = 0;
    g_autoptr(DbStmt) stmt = of_run(ctx, "bill.charges_void", run->id, error);
    g_autoptr(DbStmt) marks = stmt ? db_named(ctx->db, "bill.marks_drop_range", error) : NULL;

    if (!marks)
        return FALSE;
    db_bind_int(stmt, "first", undo->first);
    db_bind_int(stmt, "last", undo->last);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_text(stmt, "reason", run->reason);
    db_bind_int(marks, "property_id", ctx->property_id);
    db_bind_int(marks, "first", undo->first_lease);
    db_bind_int(marks, "last", undo->last_lease);
    if (!db_exec_stmt(stmt, &changed, error) || !db_exec_stmt(marks, NULL, error))
        return FALSE;
    if (changed != undo->n)
        return app_error_set(error, APP_ERROR_BUSY, "bill_run.moved", "有应收正在变动，请重试", "charges are being changed; try again");
    return TRUE;
}

static gboolean
undo_chunk(Ctx *ctx, const Run *run, gboolean *done, GError **error)
{
    Undo undo = { 0 };

    ctx->reason = run->reason;
    if (!reverse_charges(ctx, run, &undo, error))
        return FALSE;
    *done = undo.n < UNDO_CHUNK;
    if (FAILPOINT("bill.reversed"))
        return injected(error);
    if (undo.n && !void_charges(ctx, run, &undo, error))
        return FALSE;
    g_autoptr(DbStmt) stmt = of_run(ctx, "bill.undo_advance", run->id, error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "after", undo.n ? undo.last : run->after);
    db_bind_int(stmt, "voided", undo.n);
    if (!db_exec_stmt(stmt, NULL, error) || (*done && !run_statement(ctx, "bill.undo_end", run->id, error)))
        return FALSE;
    if (FAILPOINT("bill.undone"))
        return injected(error);
    return history_add(ctx, "bill_run", run->id, "undo", NULL, error);
}

/* -- steps ------------------------------------------------------------------------------------ */

/* *mine FALSE: somebody else takes a step just now. */
static gboolean
lock_run(Ctx *ctx, Run *run, gboolean *mine, GError **error)
{
    g_autoptr(DbStmt) stmt = of_run(ctx, "bill.run_lock", run->id, error);

    if (!stmt || !db_step(stmt, mine, error))
        return FALSE;
    if (!*mine) {
        g_autoptr(Record) there = record_get(ctx, "bill_run", run->id, NULL, error);
        return there != NULL;
    }
    run->state = g_strdup(db_text(stmt, 0));
    run->month = (int) db_int(stmt, 1);
    run->after = db_int(stmt, 2);
    run->reason = g_strdup(db_text(stmt, 3));
    return TRUE;
}

gboolean
bill_run_step(Ctx *ctx, gint64 run_id, guint leases, gboolean *done, GError **error)
{
    g_auto(Run) run = { .id = run_id };
    gboolean mine = FALSE;

    *done = FALSE;
    if (!lock_run(ctx, &run, &mine, error))
        return FALSE;
    if (!mine)
        return TRUE;
    if (strcmp(run.state, "running") == 0)
        return post_chunk(ctx, &run, leases ? leases : BILL_CHUNK, done, error);
    if (strcmp(run.state, "undoing") == 0)
        return undo_chunk(ctx, &run, done, error);
    *done = TRUE;
    return TRUE;
}

gboolean
bill_run_go_on(Ctx *ctx, gint64 *after, GError **error)
{
    gint64 run_id = 0;
    gboolean done = TRUE;

    *after = 0;
    if (!find_under_way(ctx, 0, &run_id, error))
        return FALSE;
    if (!run_id)
        return TRUE;
    if (!bill_run_step(ctx, run_id, 0, &done, error))
        return FALSE;
    *after = done ? 0 : run_id;
    return TRUE;
}
