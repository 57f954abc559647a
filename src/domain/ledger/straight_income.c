/* straight_income.c - rent income spread evenly over the term (直线法): by month and lease, posted as the change of what is accrued, so that a changed
 * or ended lease is caught up by itself and nothing is left at the end. Source: docs/domain/lease-terms.md, "Straight-line income". */
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/ledger/ledger_internal.h"
#include "domain/terms/straight_line.h"

#include <string.h>

/* clang-format off */
static const FieldDef fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_FILTER),
    F_INT("month", 200001, 219912, "会计月", "Month", .flags = FF_REQUIRED | FF_SORT),
    F_MONEY("income", "直线法收入", "Income", .flags = FF_REQUIRED, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .doc = "Net rent of the month when it is spread over the term by days"),
    F_MONEY("billed", "合同应收", "Billed", .flags = FF_REQUIRED, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .doc = "Net rent of the schedule's lines that begin in the month"),
    F_MONEY("accrued", "累计差额", "Accrued", .flags = FF_REQUIRED, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .doc = "Income so far less billed so far: balance of account 1123"),
    F_MONEY("moved", "本月计提", "Posted", .flags = FF_REQUIRED, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN),
    F_REF("journal_id", "journal", "凭证号", "Voucher", .flags = FF_NO_INDEX),
};
static const EntityDef def = {
    .name = "straight_line",
    .zh = "直线法计提",
    .en = "Straight-line income",
    .doc = "Rent income of a lease in a month, spread over its term, against what the schedule bills; posted once for each lease and month",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "month",
    .uniques = (const char *const[]){ "lease_id month", NULL },
    .indexes = (const char *const[]){ "month", NULL },
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id month income billed accrued moved journal_id",
    .list_filters = "lease_id",
    .list_sort = "-month",
    .mobile_lines = "month accrued moved",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};
/* clang-format on */

const EntityModule straight_line_module = { .def = &def };

typedef struct {
    gint64 lease_id, merchant_id, before_fen, journal_id;
    StraightPeriod period;
} Spread;

/* Leases that run in the month, or have ended with something accrued, and are not spread yet. */
static GArray *
to_spread(Ctx *ctx, int month, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) list = g_array_new(FALSE, TRUE, sizeof(Spread));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.straight_leases", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", month);
    db_bind_day(stmt, "from_on", day_from_month_key(month));
    db_bind_day(stmt, "to_on", day_month_end(day_from_month_key(month)));
    while (db_each(stmt, &ok, error)) {
        Spread s = { .lease_id = db_int(stmt, 0), .merchant_id = db_int(stmt, 1), .before_fen = db_int(stmt, 2) };
        g_array_append_val(list, s);
    }
    return ok ? g_steal_pointer(&list) : NULL;
}

/* Only rent is spread: fees and utilities are income of the month they are for. */
static void
keep_rent(TermSet *set)
{
    for (guint i = set->terms->len; i > 0; i--) {
        const ChargeTerm *term = set->terms->pdata[i - 1];
        if (!g_str_has_prefix(term->item, "rent"))
            g_ptr_array_remove_index(set->terms, i - 1);
    }
}

static gboolean
spread_one(Ctx *ctx, Spread *s, int month, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", s->lease_id, NULL, error);
    g_autoptr(TermSet) set = lease ? lease_term_set(ctx, lease, DAY_NONE, error) : NULL;

    if (!set)
        return FALSE;
    keep_rent(set);
    if (set->terms->len == 0)
        return TRUE;
    g_autoptr(Schedule) schedule = schedule_build(set, error);
    if (!schedule)
        return FALSE;
    g_autoptr(GArray) payments = straight_payments_of(schedule);
    g_autoptr(GArray) periods = straight_line(set->from, set->to, STRAIGHT_BY_DAY, (const StraightPayment *) (const void *) payments->data, payments->len);
    for (guint i = 0; i < periods->len; i++) {
        const StraightPeriod *p = &g_array_index(periods, StraightPeriod, i);
        if (day_month_key(p->from) == month)
            s->period = *p;
    }
    return TRUE;
}

static gboolean
post_one(LedgerBatch *batch, Spread *s, int month, gint64 row_id, GError **error)
{
    gint64 moved_fen = s->period.accrued_fen - s->before_fen;
    g_autofree char *memo = g_strdup_printf("%d月租金直线法调整", month);
    const LedgerLine lines[] = {
        { .account = ACC_STRAIGHT, .amount_fen = moved_fen, .merchant_id = s->merchant_id, .lease_id = s->lease_id },
        { .account = ACC_STRAIGHT_INCOME, .amount_fen = -moved_fen, .merchant_id = s->merchant_id, .lease_id = s->lease_id },
    };
    const LedgerJournal journal = { .event = "straight_line", .on = day_month_end(day_from_month_key(month)), .memo = memo,
                                    .source_entity = "straight_line", .source_id = row_id, .lines = lines, .n_lines = G_N_ELEMENTS(lines) };

    return ledger_batch_add(batch, &journal, &s->journal_id, error);
}

static const char *const columns[] = { "property_id", "id", "version", "created_at", "created_by", "updated_at", "updated_by", "lease_id", "month",
                                       "income", "billed", "accrued", "moved", "journal_id", NULL };

static gboolean
write_rows(const Ctx *ctx, const GArray *list, const gint64 *ids, int month, GError **error)
{
    g_autoptr(DbBatch) rows = db_batch_new(ctx->db, "straight_line", columns);

    for (guint i = 0; i < list->len; i++) {
        const Spread *s = &g_array_index(list, Spread, i);
        const gint64 values[] = { ctx->property_id, ids[i], 1, ctx->now_us, ctx->staff_id, ctx->now_us, ctx->staff_id, s->lease_id, month,
                                  s->period.income_fen, s->period.billed_fen, s->period.accrued_fen, s->period.accrued_fen - s->before_fen, s->journal_id };
        for (guint c = 0; c < G_N_ELEMENTS(values); c++) {
            gboolean none = values[c] == 0 && (strcmp(columns[c], "journal_id") == 0 || g_str_has_suffix(columns[c], "ed_by"));
            if (!none)
                db_batch_int(rows, (int) c, values[c]);
        }
        if (!db_batch_add(rows, error))
            return FALSE;
    }
    return db_batch_finish(rows, error);
}

gboolean
ledger_straight_post(Ctx *ctx, Record *fiscal_month, const Record *input, GError **error)
{
    int month = (int) record_int(fiscal_month, "month");
    g_autoptr(GArray) list = to_spread(ctx, month, error);
    g_autoptr(LedgerBatch) batch = ledger_batch_new(ctx);
    g_autofree gint64 *ids = list ? g_new0(gint64, list->len + 1) : NULL;

    (void) input;
    if (!list)
        return FALSE;
    if (month > day_month_key(ctx->today))
        return app_error_set(error, APP_ERROR_CONFLICT, "straight_line.future", "不能计提未来月份", "the month has not come yet");
    for (guint i = 0; i < list->len; i++) {
        Spread *s = &g_array_index(list, Spread, i);
        ids[i] = id_next();
        if (!spread_one(ctx, s, month, error) || !post_one(batch, s, month, ids[i], error))
            return FALSE;
    }
    return ledger_batch_finish(batch, error) && write_rows(ctx, list, ids, month, error);
}
