/* visit_plan.c - planned visits: when the report is due, and what a report does to the lead. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"
#include "store/services.h"

gboolean
visit_plan_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    Day planned = record_day(rec, "planned_on"), due = record_day(rec, "report_due_on");

    if (record_is_null(rec, "staff_id"))
        record_set_id(rec, "staff_id", ctx->staff_id);
    if (planned == DAY_NONE)
        return TRUE;
    if (!old && planned < ctx->today)
        app_error_field(error, "planned_on", "past", "计划日期不能早于今天",
                        "cannot be planned for a day gone by");
    if (due == DAY_NONE)
        record_set_day(rec, "report_due_on", planned + 1);
    else if (due < planned)
        app_error_field(error, "report_due_on", "range", "报告期限不能早于拜访日期",
                        "the report cannot be due before the visit");
    if (record_is_null(rec, "lead_id") && record_is_null(rec, "merchant_id")
        && record_is_null(rec, "brand_id") && !record_is(rec, "kind", "expansion"))
        app_error_field(error, "lead_id", "required", "请选择拜访的客户、商户或品牌",
                        "choose a lead, merchant or brand");
    return TRUE;
}

gboolean
visit_plan_done(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    if (record_day(rec, "planned_on") > ctx->today)
        return app_error_set(error, APP_ERROR_CONFLICT, "visit_plan.early",
                             "还没到计划日期，请先改期",
                             "it is planned for later; postpone it to today first");
    record_set_int(rec, "visited_at", ctx->now_us);
    return TRUE;
}

static gboolean
write_follow_up(Ctx *ctx, const Record *rec, const Record *input, GError **error)
{
    g_autoptr(Record) note = NULL;
    gint64 at = record_int(rec, "visited_at");

    if (record_is_null(rec, "lead_id"))
        return TRUE;
    note = record_new(registry_def(ctx->registry, "follow_up"));
    record_set_id(note, "lead_id", record_int(rec, "lead_id"));
    record_set_text(note, "way", record_is(rec, "kind", "invitation") ? "visit_us" : "visit_them");
    g_autofree char *text = g_utf8_substring(
        record_text(rec, "report"), 0, MIN(1000, g_utf8_strlen(record_text(rec, "report"), -1)));
    record_set_text(note, "content", text);
    record_set_text(note, "result", record_text(input, "result"));
    record_set_text(note, "grade", record_text(input, "grade"));
    record_set_day(note, "next_on", record_day(input, "next_on"));
    record_set_int(note, "at", at);
    record_set_id(note, "staff_id", record_int(rec, "staff_id"));
    return record_save(ctx, note, error);
}

gboolean
visit_plan_report(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_return_val_if_fail(input, FALSE);
    if (record_day(rec, "planned_on") > ctx->today)
        return app_error_set(error, APP_ERROR_CONFLICT, "visit_plan.early",
                             "还没到计划日期，请先改期",
                             "it is planned for later; postpone it to today first");
    if (record_is_null(rec, "visited_at"))
        record_set_int(rec, "visited_at", ctx->now_us);
    record_set_text(rec, "report", record_text(input, "report"));
    record_set_int(rec, "reported_at", ctx->now_us);
    record_set_int(rec, "is_late", ctx->today > record_day(rec, "report_due_on"));
    return write_follow_up(ctx, rec, input, error);
}

gboolean
visit_plan_postpone(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    Day before = record_day(rec, "planned_on"),
        after = input ? record_day(input, "planned_on") : DAY_NONE;

    if (after == DAY_NONE || after < ctx->today)
        return app_error_field(error, "planned_on", "past", "新日期不能早于今天",
                               "the new day cannot be gone by");
    record_set_day(rec, "planned_on", after);
    record_set_day(rec, "report_due_on", record_day(rec, "report_due_on") + (after - before));
    return TRUE;
}

gboolean
visit_plan_cancel(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) ctx;
    (void) error;
    record_set_text(rec, "cancel_reason", input ? record_text(input, "cancel_reason") : NULL);
    return TRUE;
}

gboolean
crm_visits_miss(Ctx *ctx, guint *missed, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.visits_over", error);

    if (!stmt || !crm_ids(stmt, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) plan =
            record_get(ctx, "visit_plan", g_array_index(ids, gint64, i), NULL, error);
        if (!plan || !flow_apply(ctx, plan, "miss", NULL, error))
            return FALSE;
        g_autofree char *zh =
            g_strdup_printf("拜访计划“%s”已过期未完成", record_text(plan, "title"));
        g_autofree char *en =
            g_strdup_printf("Planned visit \"%s\" was missed", record_text(plan, "title"));
        if (!notify(ctx, record_int(plan, "staff_id"), "visit_plan", "visit_plan", plan->id, zh, en,
                    error))
            return FALSE;
    }
    if (missed)
        *missed = ids->len;
    return TRUE;
}
