/* sales_rules.c - what makes a report of sales right: one of each lease and period, a maker and another checker, outliers named. */
#include "base/money.h"
#include "base/text.h"
#include "db/catalogue.h"
#include "domain/sales/sales_internal.h"
#include "store/services.h"

#include <string.h>

enum { OUTLIER_PERCENT = 50, MONTHS_BEFORE = 3 };

static DbStmt *
month_stmt(Ctx *ctx, const char *name, const Record *rec, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", record_int(rec, "lease_id"));
    db_bind_day(stmt, "month_on", record_day(rec, "month_on"));
    return stmt;
}

static gboolean
has_state(const char *state, const char *states)
{
    g_auto(GStrv) all = g_strsplit(states, " ", -1);

    return g_strv_contains((const char *const *) all, state);
}

/* Ids of the other reports of the same lease and period in one of @states. transfer full; NULL on error. */
static GArray *
others(Ctx *ctx, const Record *rec, const char *states, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = month_stmt(ctx, "sales.of_month", rec, error);
    gboolean ok = TRUE;

    if (!stmt)
        return NULL;
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        if (id != rec->id && record_is(rec, "period", db_text(stmt, 1)) && record_day(rec, "day") == db_day(stmt, 2)
            && has_state(db_text(stmt, 3), states))
            g_array_append_val(ids, id);
    }
    return ok ? g_steal_pointer(&ids) : NULL;
}

/* Takes @action on the other reports of the lease and period in one of @states. */
static gboolean
take_others(Ctx *ctx, const Record *rec, const char *states, const char *action, GError **error)
{
    g_autoptr(GArray) ids = others(ctx, rec, states, error);

    for (guint i = 0; ids && i < ids->len; i++) {
        g_autoptr(Record) other = record_get(ctx, "sales_report", g_array_index(ids, gint64, i), NULL, error);
        if (!other || !flow_apply(ctx, other, action, NULL, error))
            return FALSE;
    }
    return ids != NULL;
}

static gboolean
place(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(Record) lease = record_find(ctx, "lease", record_int(rec, "lease_id"), error);
    Day day = record_day(rec, "day");

    if (!lease || day == DAY_NONE)
        return TRUE; /* what is missing is said by the field */
    record_set_id(rec, "merchant_id", record_int(lease, "merchant_id"));
    record_set_day(rec, "month_on", day_month_start(day));
    if (record_is(rec, "period", "month"))
        record_set_day(rec, "day", day_month_start(day));
    if (day_month_end(day) < record_day(lease, "from_on") || record_day(rec, "month_on") > record_day(lease, "to_on"))
        return app_error_field(error, "day", "range", "该月不在合同期内", "the lease has no day in that month");
    if (record_day(rec, "day") > ctx->today)
        return app_error_field(error, "day", "future", "不能填报将来的销售额", "the day is in the future");
    return TRUE;
}

/* The percentage by which the amount is off the average of the accepted months before it; FALSE if there is none to compare. */
static gboolean
deviation(Ctx *ctx, const Record *rec, gint64 *percent, GError **error)
{
    g_autoptr(DbStmt) stmt = month_stmt(ctx, "sales.before", rec, error);
    gboolean ok = TRUE;
    gint64 sum = 0;
    gint64 n = 0;

    *percent = 0;
    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        sum += db_int(stmt, 0);
        n++;
    }
    if (n == MONTHS_BEFORE && sum > 0)
        *percent = muldiv_half_away(record_int(rec, "amount") * n - sum, 100, sum);
    return ok;
}

/* The note holds no amount: it is read by people who may not see the sales. */
static gboolean
mark_outlier(Ctx *ctx, Record *rec, GError **error)
{
    gint64 limit = setting_int(ctx, "sales_outlier_percent", OUTLIER_PERCENT);
    gint64 percent = 0;
    g_autofree char *note = NULL;

    if (record_is(rec, "period", "day") || record_is_null(rec, "amount")) {
        record_set_int(rec, "is_outlier", 0);
        record_set_null(rec, "outlier_note");
        return TRUE;
    }
    if (!deviation(ctx, rec, &percent, error))
        return FALSE;
    record_set_int(rec, "is_outlier", ABS(percent) > limit);
    if (ABS(percent) > limit)
        note = g_strdup_printf("比前三个月平均%s %" G_GINT64_FORMAT "%%", percent > 0 ? "高" : "低", ABS(percent));
    record_set_text(rec, "outlier_note", note);
    return TRUE;
}

static void
check_amounts(const Record *rec, GError **error)
{
    gint64 gross = record_int(rec, "amount");

    if (!has_state(record_text(rec, "state"), "declared checked accepted"))
        return; /* nothing was reported, or it does not count any more */
    if (record_is_null(rec, "amount"))
        app_error_field(error, "amount", "required", "必填", "required");
    else if (gross < 0)
        app_error_field(error, "amount", "range", "销售额不能为负", "sales cannot be negative");
    if (!record_is_null(rec, "amount_net") && (record_int(rec, "amount_net") > gross || record_int(rec, "amount_net") < 0))
        app_error_field(error, "amount_net", "range", "不含税销售额应在 0 与含税销售额之间", "must be from 0 to the amount with tax");
}

gboolean
sales_report_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    g_autoptr(GArray) open = NULL;
    g_autoptr(GArray) missing = NULL;

    if (old && record_is(old, "state", "accepted") && record_is(rec, "state", "accepted"))
        return app_error_set(error, APP_ERROR_CONFLICT, "sales_report.accepted", "已确认的销售额不能修改，请另行填报",
                             "an accepted figure is not changed; enter a new one");
    if (!place(ctx, rec, error))
        return TRUE;
    check_amounts(rec, error);
    if (!old && record_is_null(rec, "declared_by") && !record_is(rec, "state", "missing"))
        record_set_id(rec, "declared_by", ctx->staff_id);
    if (!old || !record_is(rec, "state", "missing")) {
        open = others(ctx, rec, "declared checked", error);
        if (open && open->len > 0 && record_is(rec, "state", "declared"))
            app_error_field(error, "day", "duplicate", "该期已有一份待确认的报表", "a report of this period is waiting already");
    }
    return mark_outlier(ctx, rec, error);
}

/* A report that comes in by itself ends the reminder that asked for it. */
gboolean
sales_report_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return old || !record_is(rec, "state", "declared") || take_others(ctx, rec, "missing", "supersede", error);
}

gboolean
sales_report_declare(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    static const char *const numbers[] = { "amount", "amount_net", "transactions" };

    (void) error;
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (record_is_null(input, numbers[i]))
            record_set_null(rec, numbers[i]);
        else
            record_set_int(rec, numbers[i], record_int(input, numbers[i]));
    }
    record_set_text(rec, "source", record_text(input, "source"));
    record_set_text(rec, "remarks", record_text(input, "remarks"));
    record_set_id(rec, "declared_by", ctx->staff_id);
    return TRUE;
}

/* Whoever entered a figure does not vouch for it. */
static gboolean
is_somebody_else(Ctx *ctx, const Record *rec, GError **error)
{
    return ctx->staff_id == 0 || ctx->staff_id != record_int(rec, "declared_by")
           || app_error_set(error, APP_ERROR_FORBIDDEN, "sales_report.own", "录入人不能核对或确认自己录入的销售额",
                            "the person who entered a figure cannot vouch for it");
}

gboolean
sales_report_check(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    if (!is_somebody_else(ctx, rec, error))
        return FALSE;
    record_set_id(rec, "checked_by", ctx->staff_id);
    return TRUE;
}

gboolean
sales_report_accept(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    const char *why = record_text(input, "remarks");

    if (!is_somebody_else(ctx, rec, error))
        return FALSE;
    if (record_int(rec, "is_outlier") && (!why || !*why))
        return app_error_field(error, "remarks", "required", "异常销售额需说明为何属实", "say why a figure so far off is right");
    if (!take_others(ctx, rec, "accepted", "supersede", error))
        return FALSE;
    if (why && *why)
        record_set_text(rec, "remarks", why);
    record_set_id(rec, "accepted_by", ctx->staff_id);
    record_set_int(rec, "accepted_at", ctx->now_us);
    return TRUE;
}

gboolean
sales_report_refuse(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) ctx;
    (void) error;
    record_set_text(rec, "remarks", record_text(input, "remarks"));
    return TRUE;
}

gboolean
index_value_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) ctx;
    (void) old;
    if (!record_is_null(rec, "month_on"))
        record_set_day(rec, "month_on", day_month_start(record_day(rec, "month_on")));
    if (!record_is_null(rec, "points") && record_int(rec, "points") <= 0)
        app_error_field(error, "points", "range", "指数应为正数", "an index value is positive");
    return TRUE;
}
