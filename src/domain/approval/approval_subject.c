/* approval_subject.c - the records that are judged: their table of callbacks, their snapshot, their changes. */
#include "domain/approval/approval_internal.h"

#include "db/catalogue.h"

#include <stdlib.h>
#include <string.h>

const ApprovalSubject *
approval_subject_find(const Ctx *ctx, const char *entity)
{
    const ApprovalSubject *const *list = ctx->registry->subjects;

    for (guint i = 0; list && list[i]; i++) {
        if (strcmp(list[i]->entity, entity) == 0)
            return list[i];
    }
    return NULL;
}

/* Everything people can write into the record itself. */
static json_t *
plain_snapshot(const Record *rec)
{
    const EntityDef *def = rec->def;
    json_t *json = json_object();

    for (guint i = 0; i < def->n_fields; i++) {
        const FieldDef *field = &def->fields[i];
        if (field->flags & (FF_SECRET | FF_READONLY | FF_DERIVED)
            || g_strcmp0(def->state_field, field->name) == 0)
            continue;
        g_autofree char *text = field_format(field, &rec->values[i]);
        json_object_set_new(json, field->name, text ? json_string(text) : json_null());
    }
    return json;
}

json_t *
approval_snapshot(Ctx *ctx, const ApprovalSubject *subject, const Record *rec, GError **error)
{
    if (!subject || !subject->snapshot)
        return plain_snapshot(rec);
    g_autofree char *text = subject->snapshot(ctx, rec, error);
    if (!text)
        return NULL;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(json)) {
        json_decref(json);
        app_error_set(error, APP_ERROR_INTERNAL, "approval.snapshot", "%s 的审批快照不是 JSON 对象",
                      "the snapshot of %s is not a JSON object", rec->def->name);
        return NULL;
    }
    return json;
}

/* The running approval of a record, @id 0 if there is none. */
static gboolean
find_running(Ctx *ctx, const char *entity, gint64 subject_id, gint64 *id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.running", error);

    *id = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "subject_id", subject_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        *id = db_int(stmt, 0);
    return TRUE;
}

gint64
approval_running(Ctx *ctx, const char *entity, gint64 id)
{
    gint64 approval_id = 0;

    find_running(ctx, entity, id, &approval_id, NULL);
    return approval_id;
}

gboolean
approval_subject_changed(Ctx *ctx, const char *entity, gint64 id, GError **error)
{
    gint64 approval_id = 0;

    if (!find_running(ctx, entity, id, &approval_id, error))
        return FALSE;
    if (!approval_id)
        return TRUE;
    g_autoptr(Record) rec = record_get(ctx, entity, id, NULL, error);
    g_autoptr(Record) approval = rec ? record_get(ctx, "approval", approval_id, NULL, error) : NULL;
    if (!approval)
        return FALSE;
    json_t *now = approval_snapshot(ctx, approval_subject_find(ctx, entity), rec, error);
    if (!now)
        return FALSE;
    json_t *then = json_loads(record_text(approval, "snapshot"), 0, NULL);
    gboolean same = json_equal(now, then);
    json_decref(now);
    json_decref(then);
    return same || approval_end(ctx, approval, "void", NULL, error);
}
