/* follow_up.c - a follow-up moves its lead's clock. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"

#include <string.h>

static gboolean
check_lead(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(Record) lead = NULL;

    if (record_is_null(rec, "lead_id") || !record_is_null(rec, "stage_action"))
        return TRUE; /* with an action on the lead, its flow has judged already */
    lead = record_get(ctx, "lead", record_int(rec, "lead_id"), "update", error);
    if (!lead)
        return FALSE;
    if (record_is(lead, "stage", "lost") || record_is(lead, "stage", "dormant"))
        return app_error_set(error, APP_ERROR_CONFLICT, "lead.closed",
                             "该客户已流失或在公海中，请先激活或领取",
                             "this lead is lost or in the pool; reopen or take it first");
    return lead_guard_mine(ctx, lead, error);
}

gboolean
follow_up_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (record_is_null(rec, "at"))
        record_set_int(rec, "at", ctx->now_us);
    if (record_is_null(rec, "staff_id"))
        record_set_id(rec, "staff_id", ctx->staff_id);
    record_set_day(rec, "on_day", clock_day_of(record_int(rec, "at")));
    if (record_day(rec, "on_day") > ctx->today)
        return app_error_field(error, "at", "future", "跟进时间不能晚于现在",
                               "cannot be in the future");
    if (!old && !record_is_null(rec, "next_on")
        && record_day(rec, "next_on") < record_day(rec, "on_day"))
        return app_error_field(error, "next_on", "past", "下次跟进不能早于本次",
                               "cannot be before this one");
    return old ? TRUE : check_lead(ctx, rec, error);
}

gboolean
follow_up_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    Ctx all = crm_as_system(ctx);

    if (old || !record_is_null(rec, "stage_action"))
        return TRUE;
    g_autoptr(Record) lead = record_get(&all, "lead", record_int(rec, "lead_id"), NULL, error);
    if (!lead)
        return FALSE;
    if (record_int(rec, "at") < record_int(lead, "last_contact_at"))
        return TRUE; /* entered late; newer contacts count */
    lead_touch(lead, record_int(rec, "at"), record_text(rec, "grade"), record_day(rec, "next_on"));
    if (record_is(lead, "stage", "new"))
        return flow_apply(&all, lead, "contact", NULL, error);
    return record_save_as(&all, lead, "follow_up", error);
}
