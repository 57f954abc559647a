/* entity_api.c - the routes that every entity has: list, counts, options, read, create, change, actions, history. */
#include "api/api.h"
#include "base/ids.h"
#include "store/history.h"
#include "store/list.h"

#include <string.h>

static const EntityModule *
module_of(const Request *rq)
{
    return registry_find(rq->ctx.registry, req_arg(rq, 0));
}

/* The entity of a route that asks for no right by itself. */
static const EntityModule *
module_or_refuse(const Request *rq, GError **error)
{
    const EntityModule *module = module_of(rq);

    if (module && !(module->def->flags & EF_INTERNAL))
        return module;
    app_error_set(error, APP_ERROR_NOT_FOUND, "route.not_found", "没有这个地址", "no such address");
    return NULL;
}

static ListQuery *
read_query(const Request *rq, const EntityDef *def, const char *skip, GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(def);
    g_autoptr(GError) all = NULL;

    for (guint i = 0; i < rq->http->query->len; i++) {
        const HttpParam *p = &g_array_index(rq->http->query, HttpParam, i);
        g_autoptr(GError) one = NULL;
        if (strcmp(p->name, "lang") == 0)
            continue; /* http_lang() read it */
        if ((!skip || strcmp(p->name, skip) != 0) && !list_query_param(query, p->name, p->value, &one))
            app_error_take_fields(&all, "", g_steal_pointer(&one));
    }
    if (all) {
        g_propagate_error(error, g_steal_pointer(&all));
        return NULL;
    }
    return g_steal_pointer(&query);
}

static gboolean
entity_list(Request *rq, GError **error)
{
    g_autoptr(ListQuery) query = read_query(rq, module_of(rq)->def, NULL, error);

    return query && list_run(&rq->ctx, query, rq->out, error);
}

static gboolean
entity_counts(Request *rq, GError **error)
{
    const EntityDef *def = module_of(rq)->def;
    const char *name = req_query(rq, "field", def->state_field);
    const FieldDef *by = name ? entity_find_field(def, name) : NULL;
    g_autoptr(ListQuery) query = read_query(rq, def, "field", error);

    if (!query)
        return FALSE;
    if (!by || by->type != FT_ENUM)
        return app_error_field(error, "field", "option", "应为一个选项字段", "must be an enum field");
    return list_counts(&rq->ctx, query, by, rq->out, error);
}

static gboolean
entity_options(Request *rq, GError **error)
{
    guint64 limit = 30;

    g_ascii_string_to_unsigned(req_query(rq, "limit", "30"), 10, 1, 100, &limit, NULL);
    return list_options(&rq->ctx, module_of(rq)->def, req_query(rq, "q", NULL), (guint) limit, rq->out, error);
}

static gboolean
entity_read(Request *rq, GError **error)
{
    gint64 id = 0;

    return module_or_refuse(rq, error) && req_arg_id(rq, 1, &id, error)
           && reply_record(rq, req_arg(rq, 0), id, 200, error);
}

static gboolean
refuse_generic(GError **error)
{
    return app_error_set(error, APP_ERROR_FORBIDDEN, "record.by_use_case", "此类记录由业务操作产生，不能直接新增或修改",
                         "such records are made by the operations of the trade, not directly");
}

static gboolean
entity_create(Request *rq, GError **error)
{
    const EntityModule *module = module_of(rq);
    g_autoptr(Record) rec = record_new(module->def);
    const char *owner = module->def->scope.owner;

    if (module->def->flags & EF_NO_CREATE)
        return refuse_generic(error);
    if (!req_has_body(rq, error))
        return FALSE;
    if (!record_apply_json(&rq->ctx, rec, rq->body, error))
        return FALSE;
    if (owner && rq->ctx.staff_id && strcmp(owner, "id") != 0 && record_is_null(rec, owner))
        record_set_id(rec, owner, rq->ctx.staff_id);
    return record_save(&rq->ctx, rec, error) && reply_record(rq, module->def->name, rec->id, 201, error);
}

static gboolean
read_version(const Request *rq, gboolean required, gint64 *version, GError **error)
{
    const json_t *value = rq->body ? json_object_get(rq->body, "version") : NULL;

    *version = json_integer_value(value);
    if (*version > 0 || (!required && !value))
        return TRUE;
    return app_error_field(error, "version", "required", "缺少版本号，请刷新后重试", "is required; reload the record");
}

static gboolean
entity_update(Request *rq, GError **error)
{
    const EntityModule *module = module_of(rq);
    gint64 id = 0, version = 0;

    if (module->def->flags & EF_NO_UPDATE)
        return refuse_generic(error);
    if (!req_arg_id(rq, 1, &id, error) || !read_version(rq, TRUE, &version, error))
        return FALSE;
    g_autoptr(Record) rec = record_get(&rq->ctx, module->def->name, id, "update", error);
    if (!rec)
        return FALSE;
    rec->version = version; /* record_save compares it with the row's */
    return record_apply_json(&rq->ctx, rec, rq->body, error) && record_save(&rq->ctx, rec, error)
           && reply_record(rq, module->def->name, id, 200, error);
}

static gboolean
entity_delete(Request *rq, GError **error)
{
    gint64 id = 0;

    if (!req_arg_id(rq, 1, &id, error))
        return FALSE;
    g_autoptr(Record) rec = record_get(&rq->ctx, req_arg(rq, 0), id, "update", error);
    rq->status = 204;
    return rec && record_delete(&rq->ctx, rec, error);
}

/* After an action the record may be out of the person's reach: then there is nothing more to show. */
static gboolean
reply_after_action(Request *rq, const char *entity, gint64 id, GError **error)
{
    g_autoptr(GError) gone = NULL;

    if (reply_record(rq, entity, id, 200, &gone))
        return TRUE;
    if (!app_error_is(gone, APP_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&gone));
        return FALSE;
    }
    json_begin_object(rq->out);
    json_kv_id(rq->out, "id", id);
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
entity_action(Request *rq, GError **error)
{
    gint64 id = 0, version = 0;

    return module_or_refuse(rq, error) && req_arg_id(rq, 1, &id, error) && read_version(rq, FALSE, &version, error)
           && flow_take(&rq->ctx, req_arg(rq, 0), id, req_arg(rq, 2), version, rq->body, error)
           && reply_after_action(rq, req_arg(rq, 0), id, error);
}

static gboolean
entity_history(Request *rq, GError **error)
{
    gint64 id = 0;

    if (!module_or_refuse(rq, error) || !req_arg_id(rq, 1, &id, error))
        return FALSE;
    g_autoptr(Record) rec = record_get(&rq->ctx, req_arg(rq, 0), id, "read", error);
    if (!rec)
        return FALSE;
    json_begin_object(rq->out);
    gboolean ok = history_write(&rq->ctx, rec->def->name, id, rq->out, error);
    json_end_object(rq->out);
    return ok;
}

/* The plain value of one masked field; who looked is written down. */
static gboolean
entity_reveal(Request *rq, GError **error)
{
    const EntityDef *def = module_of(rq)->def;
    const char *name = req_text(rq, "field");
    const FieldDef *field = name ? entity_find_field(def, name) : NULL;
    gint64 id = 0;

    if (!field || !(field->flags & FF_MASKED))
        return app_error_field(error, "field", "option", "应为一个保密字段", "must be a confidential field");
    if (!req_arg_id(rq, 1, &id, error))
        return FALSE;
    g_autoptr(Record) rec = record_get(&rq->ctx, def->name, id, "reveal", error);
    g_autofree char *note = g_strdup_printf("[{\"field\":\"%s\",\"from\":null,\"to\":null}]", name);
    if (!rec || !history_add(&rq->ctx, def->name, id, "reveal", note, error))
        return FALSE;
    json_begin_object(rq->out);
    json_kv_text(rq->out, "value", record_text(rec, name));
    json_end_object(rq->out);
    return TRUE;
}

enum { BULK_MAX = 200 };

/* Id of one member of "ids"; 0 if it is none. */
static gint64
bulk_id(const json_t *item)
{
    return json_is_string(item) ? id_parse(json_string_value(item)) : 0;
}

/* Takes the action on one record, or sets its classifying fields, in a savepoint: one that is refused does not undo the others. */
typedef struct {
    Request *rq;
    const char *action;
    const json_t *input;
    gint64 id;
} BulkStep;

static gboolean
bulk_step(DbConn *conn, gpointer data, GError **error)
{
    BulkStep *step = data;

    (void) conn;
    if (strcmp(step->action, "update") == 0) {
        g_autoptr(Record) rec = record_get(&step->rq->ctx, req_arg(step->rq, 0), step->id, "update", error);
        return rec && record_apply_json(&step->rq->ctx, rec, step->input, error) && record_save(&step->rq->ctx, rec, error);
    }
    return flow_take(&step->rq->ctx, req_arg(step->rq, 0), step->id, step->action, 0, step->input, error);
}

static void
write_bulk_failure(Request *rq, gint64 id, const GError *why)
{
    json_begin_object(rq->out);
    json_kv_id(rq->out, "id", id);
    json_kv_text(rq->out, "code", app_error_token(why));
    json_kv_text(rq->out, "message", app_error_text(why, rq->ctx.lang));
    json_end_object(rq->out);
}

/* Only what classifies a record is set on many at once; everything else is worth a look at each. */
static gboolean
check_bulk_fields(const EntityDef *def, const json_t *input, GError **error)
{
    g_auto(GStrv) names = g_strsplit(def->bulk ? def->bulk : "", " ", -1);
    const char *key;
    json_t *value;

    if (json_object_size(input) == 0)
        return app_error_field(error, "input", "required", "请至少选择一项", "set at least one field");
    json_object_foreach ((json_t *) input, key, value) {
        if (!g_strv_contains((const char *const *) names, key))
            return app_error_field(error, key, "bulk", "此项不能批量修改", "cannot be set on many records at once");
    }
    return TRUE;
}

/* One action on many records; each is judged by itself, and the answer names those that were refused. */
static gboolean
entity_bulk(Request *rq, GError **error)
{
    const char *action = req_text(rq, "action");
    const json_t *ids = json_object_get(rq->body, "ids");
    gsize i, done = 0;
    json_t *item;

    if (!module_or_refuse(rq, error))
        return FALSE;
    if (!action || !json_is_array(ids) || json_array_size(ids) == 0 || json_array_size(ids) > BULK_MAX)
        return app_error_field(error, "ids", "range", "请选择 1 到 %d 条记录", "choose 1 to %d records", BULK_MAX);
    BulkStep step = { .rq = rq, .action = action, .input = json_object_get(rq->body, "input") };
    if (strcmp(action, "update") == 0 && !check_bulk_fields(module_of(rq)->def, step.input, error))
        return FALSE;
    json_begin_object(rq->out);
    json_key(rq->out, "failed");
    json_begin_array(rq->out);
    json_array_foreach ((json_t *) ids, i, item) {
        g_autoptr(GError) why = NULL;
        step.id = bulk_id(item);
        if (db_try(rq->ctx.db, bulk_step, &step, &why))
            done++;
        else
            write_bulk_failure(rq, step.id, why);
    }
    json_end_array(rq->out);
    json_kv_int(rq->out, "done", (gint64) done);
    json_end_object(rq->out);
    return TRUE;
}

const Route entity_routes[] = {
    ROUTE(GET, "/api/:entity", NULL, "read", READ, entity_list, "Lists records with filters, order and paging."),
    ROUTE(POST, "/api/:entity", NULL, "create", WRITE, entity_create, "Creates a record."),
    ROUTE(GET, "/api/:entity/counts", NULL, "read", READ, entity_counts, "Counts records by the values of an enum field."),
    ROUTE(GET, "/api/:entity/options", NULL, "read", READ, entity_options, "Records for a picker."),
    ROUTE_SESSION(POST, "/api/:entity/bulk", WRITE, entity_bulk, "Takes one action on many records."),
    ROUTE_SESSION(GET, "/api/:entity/:id", READ, entity_read, "Reads one record with the actions that are possible now."),
    ROUTE(PATCH, "/api/:entity/:id", NULL, "update", WRITE, entity_update, "Changes a record; needs its version."),
    ROUTE(DELETE, "/api/:entity/:id", NULL, "update", WRITE, entity_delete, "Deletes a record of a deletable kind."),
    ROUTE_SESSION(POST, "/api/:entity/:id/:action", WRITE, entity_action, "Takes an action on a record."),
    ROUTE_SESSION(GET, "/api/:entity/:id/history", READ, entity_history, "Who changed what, newest first."),
    ROUTE(POST, "/api/:entity/:id/reveal", NULL, "reveal", WRITE, entity_reveal, "Shows one masked field in full; logged."),
    { .path = NULL },
};
