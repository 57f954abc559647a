/* sales_daily.c - what time alone does: months whose sales did not come in by the cut-off; and days added up to months. */
#include "db/catalogue.h"
#include "domain/sales/sales_internal.h"
#include "store/services.h"

enum { CUTOFF_DAY = 5, MONTHS_BACK = 3 };

static gboolean
raise_missing(Ctx *ctx, gint64 lease_id, Day month_on, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "sales_report"));

    record_set_id(rec, "lease_id", lease_id);
    record_set_text(rec, "period", "month");
    record_set_day(rec, "day", month_on);
    record_set_text(rec, "source", "merchant");
    record_set_text(rec, "state", "missing");
    return record_save_as(ctx, rec, "raise", error);
}

static GArray *
not_reported(Ctx *ctx, Day month_on, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "sales.not_reported", error);
    gboolean ok = TRUE;

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "month_on", month_on);
    db_bind_day(stmt, "month_end", day_month_end(month_on));
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    return ok ? g_steal_pointer(&ids) : NULL;
}

gboolean
sales_daily(Ctx *ctx, guint *raised, GError **error)
{
    int cutoff = (int) CLAMP(setting_int(ctx, "sales_cutoff_day", CUTOFF_DAY), 1, 28);
    Day month = day_month_start(ctx->today);
    guint n = 0;

    /* The month that ended last is late only after the cut-off; those before it are late already. */
    for (int back = 1; back <= MONTHS_BACK; back++) {
        Day month_on = day_add_months_anchored(month, -back, 1);
        g_autoptr(GArray) ids = NULL;
        if (back == 1 && day_to_ymd(ctx->today).day <= cutoff)
            continue;
        ids = not_reported(ctx, month_on, error);
        for (guint i = 0; ids && i < ids->len; i++, n++) {
            if (!raise_missing(ctx, g_array_index(ids, gint64, i), month_on, error))
                return FALSE;
        }
        if (!ids)
            return FALSE;
    }
    if (raised)
        *raised = n;
    return TRUE;
}

typedef struct {
    Day next; /* the first day that has no report yet */
    gint64 amount_fen, net_fen, transactions;
    gboolean has_net; /* every day has an amount without tax */
} Sum;

static gboolean
add_days(DbStmt *stmt, Sum *sum, GError **error)
{
    gboolean ok = TRUE;

    while (db_each(stmt, &ok, error)) {
        Day day = db_day(stmt, 0);
        if (day == sum->next)
            sum->next = day + 1;
        sum->amount_fen += db_int(stmt, 1);
        sum->has_net = sum->has_net && !db_is_null(stmt, 2);
        sum->net_fen += db_int(stmt, 2);
        sum->transactions += db_int(stmt, 3);
    }
    return ok;
}

static gint64
save_sum(Ctx *ctx, gint64 lease_id, Day month_on, const Sum *sum, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "sales_report"));

    record_set_id(rec, "lease_id", lease_id);
    record_set_text(rec, "period", "month");
    record_set_day(rec, "day", month_on);
    record_set_text(rec, "source", "till");
    record_set_text(rec, "state", "declared");
    record_set_int(rec, "amount", sum->amount_fen);
    if (sum->has_net)
        record_set_int(rec, "amount_net", sum->net_fen);
    record_set_int(rec, "transactions", sum->transactions);
    return record_save(ctx, rec, error) ? rec->id : 0;
}

gint64
sales_sum_days(Ctx *ctx, gint64 lease_id, Day day, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, "read", error);
    g_autoptr(DbStmt) stmt = lease ? db_named(ctx->db, "sales.days_of_month", error) : NULL;
    Day month_on = day_month_start(day);
    Day last;
    Sum sum = { .has_net = TRUE };

    if (!stmt)
        return 0;
    last = MIN(day_month_end(day), record_day(lease, "to_on"));
    sum.next = MAX(month_on, record_day(lease, "from_on"));
    Day first = sum.next;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    db_bind_day(stmt, "month_on", month_on);
    if (!add_days(stmt, &sum, error))
        return 0;
    if (sum.next == first) {
        app_error_set(error, APP_ERROR_CONFLICT, "sales_report.no_days", "该月没有日报可汇总", "the month has no daily reports");
        return 0;
    }
    if (sum.next <= last) {
        app_error_set(error, APP_ERROR_CONFLICT, "sales_report.days_missing", "缺少 %s 的日报", "the report of %s is missing",
                      day_format(sum.next, (char[DAY_TEXT_SIZE]){ 0 }));
        return 0;
    }
    return save_sum(ctx, lease_id, month_on, &sum, error);
}
