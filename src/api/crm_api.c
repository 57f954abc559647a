/* crm_api.c - calls and visits, the lead board, matching, reports of the day, calendars. */
#include "api/api.h"
#include "base/ids.h"
#include "domain/crm/crm.h"
#include "domain/party/party.h"

#include <string.h>

/* Writes an object whose members a use case of crm adds. */
typedef gboolean (*Members)(Request *rq, JsonOut *out, GError **error);
static gboolean
object_of(Request *rq, Members members, GError **error)
{
    json_begin_object(rq->out);
    if (!members(rq, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
known_members(Request *rq, JsonOut *out, GError **error)
{
    return party_known_write(&rq->ctx, req_query(rq, "phone", ""), out, error);
}

static gboolean
inquiry_known(Request *rq, GError **error)
{
    return object_of(rq, known_members, error);
}

static void
write_created(Request *rq, gint64 id, const GPtrArray *duplicates)
{
    g_autofree char *label = record_ref_label(&rq->ctx, "inquiry", id);

    json_begin_object(rq->out);
    json_kv_id(rq->out, "id", id);
    json_kv_text(rq->out, "label", label);
    json_key(rq->out, "duplicates");
    party_duplicates_write(duplicates, rq->out);
    json_end_object(rq->out);
    rq->status = 201;
}

static gboolean
inquiry_register(Request *rq, GError **error)
{
    g_autoptr(GPtrArray) duplicates = NULL;

    if (!req_has_body(rq, error))
        return FALSE;
    gint64 id = crm_inquiry_register(&rq->ctx, rq->body, &duplicates, error);
    if (!id)
        return FALSE;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    write_created(rq, id, duplicates ? duplicates : none);
    return TRUE;
}

static gboolean
inquiry_merge(Request *rq, GError **error)
{
    gint64 id = 0, merchant_id = req_id(rq, "merchant_id");

    if (!req_arg_id(rq, 0, &id, error))
        return FALSE;
    if (!merchant_id)
        return app_error_field(error, "merchant_id", "required", "请选择要并入的商户", "choose the merchant to join");
    return crm_inquiry_merge_into(&rq->ctx, id, merchant_id, error) && reply_record(rq, "inquiry", id, 200, error);
}

static gboolean
merchant_merge(Request *rq, GError **error)
{
    gint64 from = 0, into = req_id(rq, "into_id");

    if (!req_arg_id(rq, 0, &from, error))
        return FALSE;
    if (!into)
        return app_error_field(error, "into_id", "required", "请选择要并入的商户", "choose the merchant to join");
    return party_merge(&rq->ctx, from, into, error) && reply_record(rq, "merchant", into, 200, error);
}

static gint64
owner_of_query(const Request *rq)
{
    const char *text = req_query(rq, "owner_id", NULL);

    if (text && strcmp(text, "me") == 0)
        return rq->ctx.staff_id;
    return text ? id_parse(text) : 0;
}

static gboolean
board_members(Request *rq, JsonOut *out, GError **error)
{
    return crm_board_write(&rq->ctx, owner_of_query(rq), req_query(rq, "stage", NULL), id_parse(req_query(rq, "after", "0")),
                           out, error);
}

static gboolean
lead_board(Request *rq, GError **error)
{
    return object_of(rq, board_members, error);
}

static gboolean
worklist_members(Request *rq, JsonOut *out, GError **error)
{
    gint64 owner = owner_of_query(rq);

    return crm_worklist_write(&rq->ctx, owner ? owner : rq->ctx.staff_id, 100, out, error);
}

static gboolean
lead_worklist(Request *rq, GError **error)
{
    return object_of(rq, worklist_members, error);
}

static gboolean
pool_members(Request *rq, JsonOut *out, GError **error)
{
    return crm_pool_write(&rq->ctx, 200, out, error);
}

static gboolean
lead_pool(Request *rq, GError **error)
{
    return object_of(rq, pool_members, error);
}

static gboolean
lead_move(Request *rq, GError **error)
{
    gint64 id = 0;
    const char *stage = req_text(rq, "stage");

    if (!req_arg_id(rq, 0, &id, error))
        return FALSE;
    if (!stage)
        return app_error_field(error, "stage", "required", "请选择阶段", "is required");
    gint64 version = json_integer_value(json_object_get(rq->body, "version"));
    json_t *input = json_copy(rq->body);
    json_object_del(input, "stage");
    gboolean ok = crm_lead_move(&rq->ctx, id, stage, version, input, error);
    json_decref(input);
    return ok && reply_record(rq, "lead", id, 200, error);
}

static gboolean
steps_members(Request *rq, JsonOut *out, GError **error)
{
    gint64 id = 0;

    return req_arg_id(rq, 0, &id, error) && crm_lead_steps_write(&rq->ctx, id, out, error);
}

static gboolean
lead_steps(Request *rq, GError **error)
{
    return object_of(rq, steps_members, error);
}

static gboolean
match_members(Request *rq, JsonOut *out, GError **error)
{
    gint64 id = 0;

    return req_arg_id(rq, 0, &id, error) && crm_match_write(&rq->ctx, id, out, error);
}

static gboolean
lead_match(Request *rq, GError **error)
{
    return object_of(rq, match_members, error);
}

/* A follow-up written on the lead's own page. */
static gboolean
lead_follow_up(Request *rq, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(rq->ctx.registry, "follow_up"));
    gint64 id = 0;

    if (!req_arg_id(rq, 0, &id, error) || !req_has_body(rq, error))
        return FALSE;
    g_autoptr(Record) lead = record_get(&rq->ctx, "lead", id, "update", error);
    if (!lead)
        return FALSE;
    record_set_id(rec, "lead_id", id);
    return record_apply_json(&rq->ctx, rec, rq->body, error) && record_save(&rq->ctx, rec, error)
           && reply_record(rq, "follow_up", rec->id, 201, error);
}

static gboolean
classify(Request *rq, GError **error)
{
    guint done = 0, left = 0;

    if (!party_classify_all(&rq->ctx, req_text(rq, "entity"), &done, &left, error))
        return FALSE;
    json_begin_object(rq->out);
    json_kv_int(rq->out, "done", done);
    json_kv_int(rq->out, "left", left);
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
daily_open(Request *rq, GError **error)
{
    Day day = DAY_NONE;

    if (!req_query_day(rq, "day", rq->ctx.today, &day, error))
        return FALSE;
    gint64 id = crm_daily_open(&rq->ctx, day, error);
    return id && reply_record(rq, "daily_report", id, 200, error);
}

static gboolean
calendar_list(Request *rq, GError **error)
{
    Day from = DAY_NONE, to = DAY_NONE;

    if (!req_query_day(rq, "from", day_month_start(rq->ctx.today), &from, error)
        || !req_query_day(rq, "to", day_month_end(rq->ctx.today), &to, error))
        return FALSE;
    g_autoptr(GPtrArray) list = crm_appointments(&rq->ctx, rq->ctx.staff_id, from, to, error);
    if (!list)
        return FALSE;
    json_begin_object(rq->out);
    json_key(rq->out, "items");
    json_begin_array(rq->out);
    for (guint i = 0; i < list->len; i++) {
        const CrmAppointment *a = list->pdata[i];
        json_begin_object(rq->out);
        json_kv_text(rq->out, "entity", a->entity);
        json_kv_id(rq->out, "id", a->id);
        json_kv_text(rq->out, "title", a->title);
        json_kv_text(rq->out, "place", a->place);
        json_kv_day(rq->out, "on", a->on);
        json_kv_us(rq->out, "at", a->at_us);
        json_kv_bool(rq->out, "overdue", a->is_overdue);
        json_end_object(rq->out);
    }
    json_end_array(rq->out);
    json_end_object(rq->out);
    return TRUE;
}

const Route crm_routes[] = {
    ROUTE(GET, "/api/inquiry/known", "inquiry", "create", READ, inquiry_known, "Who is known under a phone number."),
    ROUTE(POST, "/api/inquiry", "inquiry", "create", WRITE, inquiry_register, "Registers a call or a visit with merchant, contact and lead."),
    ROUTE(POST, "/api/inquiry/:id/merge_into", "inquiry", "create", WRITE, inquiry_merge, "Joins an inquiry with a known merchant."),
    ROUTE(POST, "/api/merchant/:id/merge", "merchant", "merge", WRITE, merchant_merge, "Joins two merchant files."),
    ROUTE(GET, "/api/lead/board", "lead", "read", READ, lead_board, "Leads by stage as a board."),
    ROUTE(GET, "/api/lead/worklist", "lead", "read", READ, lead_worklist, "Leads to follow up, most promising first."),
    ROUTE(GET, "/api/lead/pool", "lead", "take", READ, lead_pool, "Leads that anybody may take."),
    ROUTE_SESSION(POST, "/api/lead/:id/move", WRITE, lead_move, "Takes the action that leads to a stage."),
    ROUTE(POST, "/api/lead/:id/follow_up", "follow_up", "create", WRITE, lead_follow_up, "Writes a follow-up."),
    ROUTE_SESSION(GET, "/api/lead/:id/steps", READ, lead_steps, "Where a lead stands, what is next, what is missing."),
    ROUTE(GET, "/api/lead/:id/match", "lead", "read", READ, lead_match, "Units that fit the lead, with reasons."),
    ROUTE(POST, "/api/class_rule/apply", "class_rule", "read", WRITE, classify, "Gives records without a category the one that the rules say."),
    ROUTE(POST, "/api/daily_report/open", "daily_report", "create", WRITE, daily_open, "The own report of a day, with its figures."),
    ROUTE_SESSION(GET, "/api/calendar", READ, calendar_list, "My appointments."),
    { .path = NULL },
};
