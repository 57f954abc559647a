/* org_me.c - what people see of themselves: who they are, their news, their saved lists, their calendar's secret. */
#include "domain/org/org_internal.h"

#include "base/secret.h"
#include "db/catalogue.h"
#include "store/services.h"

#include <string.h>

static gboolean
write_person(Ctx *ctx, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    int shift = ctx->lang == LANG_EN ? 1 : 0; /* English names stand beside the Chinese ones */
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.me", TRUE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "session.none", "请先登录",
                             "sign in first");
    json_kv_id(out, "id", ctx->staff_id);
    json_kv_text(out, "login", db_text(stmt, 0));
    json_kv_text(out, "name", db_text(stmt, 1));
    json_kv_text(out, "lang", db_text(stmt, 2));
    json_kv_bool(out, "must_change_password", !db_is_null(stmt, 3) && db_int(stmt, 3) != 0);
    json_kv_id(out, "post_id", db_is_null(stmt, 4) ? 0 : db_int(stmt, 4));
    json_kv_text(out, "post_code", db_text(stmt, 5));
    json_kv_text(out, "post",
                 db_is_null(stmt, 6 + shift) ? db_text(stmt, 6) : db_text(stmt, 6 + shift));
    json_kv_id(out, "department_id", db_is_null(stmt, 8) ? 0 : db_int(stmt, 8));
    json_kv_text(out, "department",
                 db_is_null(stmt, 9 + shift) ? db_text(stmt, 9) : db_text(stmt, 9 + shift));
    return TRUE;
}

static void
write_property(JsonOut *out, gint64 id, const char *name)
{
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "name", name ? name : "");
    json_end_object(out);
}

static gboolean
write_properties(Ctx *ctx, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.properties_of", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    json_key(out, "properties");
    json_begin_array(out);
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (row)
            write_property(out, db_int(stmt, 0), db_text(stmt, 1));
    } while (row);
    json_end_array(out);
    return TRUE;
}

static gboolean
write_roles(Ctx *ctx, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.roles_of", TRUE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    json_key(out, "roles");
    json_begin_array(out);
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (row)
            json_text(out, db_text(stmt, 0));
    } while (row);
    json_end_array(out);
    return TRUE;
}

gboolean
org_me_write(Ctx *ctx, JsonOut *out, GError **error)
{
    g_autofree char *property = record_ref_label(ctx, "property", ctx->property_id);
    g_auto(GStrv) permissions = access_list(ctx->access);

    if (!write_person(ctx, out, error))
        return FALSE;
    json_key(out, "property");
    write_property(out, ctx->property_id, property);
    if (!write_properties(ctx, out, error) || !write_roles(ctx, out, error))
        return FALSE;
    json_key(out, "permissions");
    json_begin_array(out);
    for (guint i = 0; permissions[i]; i++)
        json_text(out, permissions[i]);
    json_end_array(out);
    json_kv_day(out, "today", ctx->today);
    return TRUE;
}

static void
write_notification(const Ctx *ctx, const DbStmt *stmt, JsonOut *out)
{
    gint64 read_at = db_is_null(stmt, 7) ? 0 : db_int(stmt, 7);
    const char *text = db_text(stmt, ctx->lang == LANG_EN && !db_is_null(stmt, 5) ? 5 : 4);

    json_begin_object(out);
    json_kv_id(out, "id", db_int(stmt, 0));
    json_kv_text(out, "kind", db_text(stmt, 1));
    json_kv_text(out, "entity", db_text(stmt, 2));
    json_kv_id(out, "record_id", db_is_null(stmt, 3) ? 0 : db_int(stmt, 3));
    json_kv_text(out, "text", text);
    json_kv_us(out, "at", db_int(stmt, 6));
    json_kv_us(out, "read_at", read_at);
    json_end_object(out);
}

static gboolean
write_unread(Ctx *ctx, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.unread", TRUE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    json_kv_int(out, "unread", row ? db_int(stmt, 0) : 0);
    return TRUE;
}

gboolean
org_notifications_write(Ctx *ctx, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.notifications", TRUE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    json_key(out, "items");
    json_begin_array(out);
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (row)
            write_notification(ctx, stmt, out);
    } while (row);
    json_end_array(out);
    return write_unread(ctx, out, error);
}

static gboolean
check_mine(Ctx *ctx, gint64 id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.notification_mine", TRUE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", id);
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return row
           || app_error_set(error, APP_ERROR_NOT_FOUND, "notification.not_found", "没有这条通知",
                            "no such notification");
}

gboolean
org_notification_read(Ctx *ctx, gint64 id, GError **error)
{
    if (id && !check_mine(ctx, id, error))
        return FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.notification_read", TRUE, error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", id);
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    db_bind_int(stmt, "now", ctx->now_us);
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
org_views_write(Ctx *ctx, const char *entity, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.views", TRUE, error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    json_key(out, "items");
    json_begin_array(out);
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            break;
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "name", db_text(stmt, 1));
        json_kv_text(out, "query", db_text(stmt, 2));
        json_kv_bool(out, "shared", !db_is_null(stmt, 3) && db_int(stmt, 3) != 0);
        json_kv_bool(out, "mine", db_int(stmt, 4) == ctx->staff_id);
        json_kv_text(out, "owner", db_text(stmt, 5));
        json_end_object(out);
    } while (row);
    json_end_array(out);
    return TRUE;
}

/* The person's saved list of that name; 0 if there is none. */
static gboolean
find_view(Ctx *ctx, const Record *view, gint64 *id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.view_of_name", TRUE, error);

    *id = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    db_bind_text(stmt, "entity", record_text(view, "entity"));
    db_bind_text(stmt, "name", record_text(view, "name"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        *id = db_int(stmt, 0);
    return TRUE;
}

gint64
org_view_save(Ctx *ctx, const json_t *input, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) view = record_new(registry_def(ctx->registry, "list_view"));

    if (!record_apply_json(ctx, view, input, error) || !find_view(ctx, view, &id, error))
        return 0;
    if (id) {
        g_autoptr(Record) fresh = g_steal_pointer(&view);
        view = record_get(ctx, "list_view", id, NULL, error);
        if (!view)
            return 0;
        record_set_text(view, "query", record_text(fresh, "query"));
        record_set_int(view, "shared", record_int(fresh, "shared"));
    } else
        record_set_id(view, "staff_id", ctx->staff_id);
    return record_save(ctx, view, error) ? view->id : 0;
}

gboolean
org_view_delete(Ctx *ctx, gint64 id, GError **error)
{
    g_autoptr(Record) view = record_get(ctx, "list_view", id, NULL, error);

    if (!view)
        return FALSE;
    if (record_int(view, "staff_id") != ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "list_view.forbidden",
                             "只能删除自己的视图", "you can delete your own lists only");
    return record_delete(ctx, view, error);
}

char *
org_calendar_token_new(Ctx *ctx, GError **error)
{
    g_autofree char *token = secret_token_new();
    g_autofree char *digest = secret_digest_text(token);
    g_autoptr(Record) person = record_get(ctx, "staff", ctx->staff_id, NULL, error);

    if (!person)
        return NULL;
    record_set_text(person, "calendar_token", digest);
    return record_save_as(ctx, person, "calendar_token", error) ? g_steal_pointer(&token) : NULL;
}

gboolean
org_calendar_staff(DbConn *conn, const char *token, gint64 *staff_id, gint64 *property_id,
                   GError **error)
{
    gboolean row = FALSE;
    g_autofree char *digest = secret_digest_text(token ? token : "");
    g_autoptr(DbStmt) stmt = db_named(conn, "org.calendar", error);

    *staff_id = *property_id = 0;
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "digest", digest);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row) {
        *staff_id = db_int(stmt, 0);
        *property_id = db_int(stmt, 1);
    }
    return TRUE;
}

gboolean
org_notify_role(Ctx *ctx, const char *role, const char *kind, const char *entity, gint64 id, const char *zh, const char *en, GError **error)
{
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "org.people_of_role", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "code", role);
    while (db_each(stmt, &ok, error)) {
        gint64 staff_id = db_int(stmt, 0);
        g_array_append_val(people, staff_id);
    }
    for (guint i = 0; ok && i < people->len; i++)
        ok = notify(ctx, g_array_index(people, gint64, i), kind, entity, id, zh, en, error);
    return ok;
}
