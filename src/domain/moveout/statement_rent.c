/* statement_rent.c - rent and fees by the contract's own proration up to the last day less what was billed, and late fees as each clause agrees. */
#include "db/catalogue.h"
#include "domain/moveout/moveout_internal.h"
#include "domain/terms/late.h"

#include <string.h>

/* A billed charge as the schedule knew it. */
static ScheduleLine *
billed_line(const DbStmt *stmt, const TermSet *set, guint term)
{
    const ChargeTerm *clause = set->terms->pdata[term];
    const char *kind = db_text(stmt, 1);
    ScheduleLine *line = g_new0(ScheduleLine, 1);

    line->term = (int) term;
    line->item = g_strdup(clause->item);
    line->unit = g_strdup(clause->unit);
    line->kind = strcmp(kind, "provisional") == 0  ? LINE_PROVISIONAL
                 : strcmp(kind, "settlement") == 0 ? LINE_SETTLEMENT
                 : strcmp(kind, "adjustment") == 0 ? LINE_ADJUSTMENT
                                                   : LINE_BILLED;
    line->from = line->cycle_from = db_day(stmt, 2);
    line->to = line->cycle_to = db_day(stmt, 3);
    line->tax_rate_ppm = db_int(stmt, 4);
    line->net_fen = db_int(stmt, 5);
    line->tax_fen = db_int(stmt, 6);
    line->gross_fen = db_int(stmt, 7);
    return line;
}

static gboolean
term_index(const GArray *ids, gint64 term_id, guint *index)
{
    for (guint i = 0; i < ids->len; i++) {
        if (g_array_index(ids, gint64, i) == term_id) {
            *index = i;
            return TRUE;
        }
    }
    return FALSE;
}

/* What was billed of the terms, and the first day of it. */
static GPtrArray *
load_billed(Ctx *ctx, gint64 lease_id, const TermSet *set, Day *first, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GPtrArray) billed = g_ptr_array_new_with_free_func((GDestroyNotify) schedule_line_free);
    g_autoptr(GArray) ids = lease_term_ids(ctx, lease_id, error);
    g_autoptr(DbStmt) stmt = ids ? moveout_stmt(ctx, "moveout.billed", lease_id, error) : NULL;

    if (!stmt)
        return NULL;
    *first = DAY_NONE;
    while (db_each(stmt, &ok, error)) {
        guint term = 0;
        if (!term_index(ids, db_int(stmt, 0), &term))
            continue;
        ScheduleLine *line = billed_line(stmt, set, term);
        *first = *first == DAY_NONE ? line->from : MIN(*first, line->from);
        g_ptr_array_add(billed, line);
    }
    return ok ? g_steal_pointer(&billed) : NULL;
}

/* Days before the first bill are those of another system: they are not charged again. */
static GPtrArray *
fresh_lines(const Schedule *schedule, Day first, gboolean *sales_missing)
{
    GPtrArray *fresh = g_ptr_array_new();

    for (guint i = 0; i < schedule->lines->len; i++) {
        ScheduleLine *line = schedule->lines->pdata[i];
        if (line->from < first)
            continue;
        *sales_missing |= line->kind == LINE_AWAITING;
        g_ptr_array_add(fresh, line);
    }
    return fresh;
}

static gboolean
add_difference(Ctx *ctx, const ScheduleLine *difference, Statement *statement, GError **error)
{
    g_autoptr(Record) item = record_find_by(ctx, "charge_item", "code", difference->item, error);

    if (!item)
        return FALSE;
    g_autofree char *name = g_strdup_printf(difference->gross_fen < 0 ? "退%s" : "补%s", record_text(item, "name"));
    StatementLine *line = statement_add(statement, "rent", name, difference->gross_fen);
    line->item = g_strdup(difference->item);
    line->kind = "adjustment";
    line->from = difference->from;
    line->to = difference->to;
    line->tax_rate_ppm = difference->tax_rate_ppm;
    line->net_fen = difference->net_fen;
    line->tax_fen = difference->tax_fen;
    line->working = g_strdup(difference->working);
    return TRUE;
}

gboolean
statement_add_rent(Ctx *ctx, const Record *move_out, const Record *lease, Statement *statement, GError **error)
{
    Day first = DAY_NONE, last = MIN(record_day(move_out, "last_on"), record_day(lease, "to_on"));
    gboolean sales_missing = FALSE;
    g_autoptr(TermSet) set = lease_term_set(ctx, lease, last, error);
    g_autoptr(GPtrArray) billed = set ? load_billed(ctx, lease->id, set, &first, error) : NULL;

    if (!billed)
        return FALSE;
    if (billed->len == 0)
        return TRUE;
    g_autoptr(Schedule) schedule = schedule_build(set, error);
    if (!schedule)
        return FALSE;
    g_autoptr(GPtrArray) fresh = fresh_lines(schedule, first, &sales_missing);
    g_autoptr(GPtrArray) differences = schedule_difference(billed, fresh, statement->on);
    if (sales_missing)
        statement_problem(statement, "sales", "还缺营业额，提成租金不能结算", "sales are missing; the turnover rent cannot be settled");
    for (guint i = 0; i < differences->len; i++) {
        if (!add_difference(ctx, differences->pdata[i], statement, error))
            return FALSE;
    }
    return TRUE;
}

/* -- late fees ----------------------------------------------------------------- */

typedef struct {
    gint64 charge_id, term_id, gross_fen, billed_fen;
    Day due_on;
    char *name;
    GArray *payments; /* of LatePayment */
} Principal;

static void
principal_free(gpointer data)
{
    Principal *p = data;

    g_free(p->name);
    g_array_unref(p->payments);
    g_free(p);
}

/* Charges that are or were paid late, each with its payments, in order; one row for each payment. */
static GPtrArray *
load_principals(Ctx *ctx, gint64 lease_id, Day on, GError **error)
{
    gboolean ok = TRUE;
    Principal *now = NULL;
    g_autoptr(GPtrArray) principals = g_ptr_array_new_with_free_func(principal_free);
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.principals", lease_id, error);

    if (!stmt)
        return NULL;
    db_bind_day(stmt, "day", on);
    while (db_each(stmt, &ok, error)) {
        if (!now || now->charge_id != db_int(stmt, 0)) {
            now = g_new0(Principal, 1);
            *now = (Principal){ .charge_id = db_int(stmt, 0), .term_id = db_int(stmt, 1), .gross_fen = db_int(stmt, 2), .due_on = db_day(stmt, 3),
                                .name = g_strdup(db_text(stmt, 4)), .billed_fen = db_int(stmt, 5), .payments = g_array_new(FALSE, FALSE, sizeof(LatePayment)) };
            g_ptr_array_add(principals, now);
        }
        if (!db_is_null(stmt, 6)) {
            const LatePayment payment = { db_day(stmt, 6), db_int(stmt, 7) };
            g_array_append_val(now->payments, payment);
        }
    }
    return ok ? g_steal_pointer(&principals) : NULL;
}

static void
write_late(const Principal *p, const LateFee *fee, const TermLate *late, Day on, Statement *statement)
{
    gint64 rest_fen = fee->fee_fen - p->billed_fen;
    g_autofree char *name = g_strdup_printf("违约金：%s", p->name);
    g_autofree char *percent = percent_format(late->percent_per_day_ppm);
    g_autofree char *day = day_dup(on);
    g_autofree char *total = money_format_grouped(fee->fee_fen);
    g_autofree char *billed = money_format_grouped(p->billed_fen);
    g_autofree char *rest = money_format_grouped(rest_fen);
    g_autoptr(GString) parts = g_string_new(NULL);

    if (rest_fen <= 0)
        return;
    for (guint i = 0; i < fee->steps->len; i++) {
        const LateStep *step = &g_array_index(fee->steps, LateStep, i);
        g_autofree char *principal = money_format_grouped(step->principal_fen);
        g_string_append_printf(parts, "%s%s × %s%% × %d", i ? " + " : "", principal, percent, (int) step->days);
    }
    StatementLine *line = statement_add(statement, "late", name, rest_fen);
    line->item = g_strdup("penalty");
    line->kind = "late_fee";
    line->charge_id = p->charge_id;
    line->from = p->due_on + 1;
    line->to = on;
    line->working = statement_step("%s 天 = %s 元，计至 %s；已计收 %s，本次 %s 元", "%s days = %s yuan through %s; billed before %s, now %s yuan", parts->str, total,
                                   day, billed, rest);
}

gboolean
statement_add_late(Ctx *ctx, const Record *lease, Statement *statement, GError **error)
{
    g_autoptr(TermSet) set = lease_term_set(ctx, lease, DAY_NONE, error);
    g_autoptr(GArray) ids = set ? lease_term_ids(ctx, lease->id, error) : NULL;
    g_autoptr(GPtrArray) principals = ids ? load_principals(ctx, lease->id, statement->on, error) : NULL;

    if (!principals)
        return FALSE;
    for (guint i = 0; i < principals->len; i++) {
        const Principal *p = principals->pdata[i];
        guint term = 0;
        if (!term_index(ids, p->term_id, &term))
            continue;
        const TermLate *late = &((const ChargeTerm *) set->terms->pdata[term])->late;
        g_auto(LateFee) fee = late_fee(late, p->gross_fen, p->due_on, statement->on, (const LatePayment *) (const void *) p->payments->data, p->payments->len);
        write_late(p, &fee, late, statement->on, statement);
    }
    return TRUE;
}
