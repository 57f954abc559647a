/* request.c - typed arguments for handlers, and the replies they share. */
#include "api/api_internal.h"
#include "base/ids.h"
#include "http/problem.h"

#include <string.h>

gboolean
req_arg_id(const Request *rq, guint n, gint64 *id, GError **error)
{
    *id = rq->args[n] ? id_parse(rq->args[n]) : 0;
    return *id > 0
           || app_error_set(error, APP_ERROR_NOT_FOUND, "record.not_found", "没有这条记录", "no such record");
}

const char *
req_query(const Request *rq, const char *name, const char *fallback)
{
    const char *value = http_query(rq->http, name);

    return value && *value ? value : fallback;
}

gboolean
req_query_day(const Request *rq, const char *name, Day fallback, Day *out, GError **error)
{
    const char *text = req_query(rq, name, NULL);

    *out = text ? day_parse(text) : fallback;
    return !text || *out != DAY_NONE
           || app_error_field(error, name, "form", "应为日期，例如 2026-03-01", "must be a day, e.g. 2026-03-01");
}

gboolean
req_has_body(const Request *rq, GError **error)
{
    return rq->body
           || app_error_set(error, APP_ERROR_INVALID, "input.object", "请求内容应为 JSON 对象", "the body must be a JSON object");
}

const char *
req_text(const Request *rq, const char *name)
{
    return rq->body ? json_string_value(json_object_get(rq->body, name)) : NULL;
}

gint64
req_id(const Request *rq, const char *name)
{
    const json_t *value = rq->body ? json_object_get(rq->body, name) : NULL;

    if (json_is_object(value))
        value = json_object_get(value, "id");
    return json_is_string(value) ? id_parse(json_string_value(value)) : 0;
}

gboolean
reply_record(Request *rq, const char *entity, gint64 id, int status, GError **error)
{
    const EntityModule *module = registry_find(rq->ctx.registry, entity);
    g_autoptr(Record) rec = record_get(&rq->ctx, entity, id, "read", error);

    if (!rec)
        return FALSE;
    g_autofree char *label = record_label_in(rec, rq->ctx.lang);
    json_begin_object(rq->out);
    if (!record_write_json(&rq->ctx, rec, rq->out, error))
        return FALSE;
    json_kv_text(rq->out, "label", label);
    json_key(rq->out, "can");
    json_begin_object(rq->out);
    json_kv_bool(rq->out, "update",
                 !(module->def->flags & EF_NO_UPDATE) && access_may(rq->ctx.access, entity, "update"));
    json_kv_bool(rq->out, "reveal", access_may(rq->ctx.access, entity, "reveal"));
    json_end_object(rq->out);
    flow_write_actions(&rq->ctx, rec, rq->out);
    if (module->write_more && !module->write_more(&rq->ctx, rec, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    rq->status = status;
    return TRUE;
}

void
reply_file(Request *rq, const char *type, const char *name, GBytes *bytes)
{
    http_reply_bytes(rq->reply, 200, type, bytes);
    if (strcmp(type, HTTP_PDF) == 0)
        http_reply_inline(rq->reply, name);
    else
        http_reply_attachment(rq->reply, name);
    rq->replied = TRUE;
}

void
reply_refusal(Request *rq, const GError *refusal)
{
    http_reply_error(rq->reply, refusal, rq->ctx.lang);
    rq->replied = TRUE;
}
