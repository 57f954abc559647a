/* crm_common.c - small things that the files of crm share. */
#include "domain/crm/crm_internal.h"
#include "store/list.h"

DbStmt *
crm_stmt(Ctx *ctx, const char *name, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt)
        list_bind_scope(ctx, stmt);
    return stmt;
}

void
crm_bind_id(DbStmt *stmt, const char *name, gint64 id)
{
    if (id)
        db_bind_int(stmt, name, id);
    else
        db_bind_null(stmt, name);
}

Ctx
crm_as_system(const Ctx *ctx)
{
    Ctx all = *ctx;

    all.access = NULL;
    return all;
}

gboolean
crm_ids(DbStmt *stmt, GArray *ids, GError **error)
{
    gboolean ok = TRUE;

    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    return ok;
}

gboolean
crm_first_int(DbStmt *stmt, gint64 *value, GError **error)
{
    gboolean row = FALSE;

    if (!db_step(stmt, &row, error))
        return FALSE;
    *value = row && !db_is_null(stmt, 0) ? db_int(stmt, 0) : 0;
    return TRUE;
}

void
json_kv_ref(JsonOut *out, const char *key, gint64 id, const char *label)
{
    json_key(out, key);
    if (!id) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "label", label ? label : "");
    json_end_object(out);
}

void
json_kv_label(JsonOut *out, const char *key, const char *zh, const char *en)
{
    json_key(out, key);
    json_begin_object(out);
    json_kv_text(out, "zh", zh);
    json_kv_text(out, "en", en);
    json_end_object(out);
}

void
json_kv_area(JsonOut *out, const char *key, gint64 area_dm2)
{
    json_key(out, key);
    json_decimal(out, area_dm2, 2, 2);
}

const char *
crm_text(const Ctx *ctx, const char *zh, const char *en)
{
    return ctx->lang == LANG_EN ? en : zh;
}
