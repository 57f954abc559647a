/* org_session.c - signed-in browsers. Rows are written by statement: a session is no business record. */
#include "domain/org/org_internal.h"

#include "base/secret.h"
#include "db/catalogue.h"
#include "store/history.h"

#include <string.h>

#define MINUTE_US (G_GINT64_CONSTANT(60) * G_USEC_PER_SEC)
#define IDLE_US (30 * MINUTE_US)

char *
org_csrf_of(const char *token)
{
    g_autofree char *text = g_strconcat("lanting page token ", token, NULL);

    return secret_digest_text(text);
}

gboolean
org_csrf_fits(const OrgSession *session, const char *csrf)
{
    if (!session->csrf_digest[0] || !csrf)
        return FALSE;
    g_autofree char *digest = secret_digest_text(csrf);
    return secret_equal(digest, session->csrf_digest);
}

static gboolean
refuse_none(GError **error)
{
    return app_error_set(error, APP_ERROR_FORBIDDEN, "session.none", "请先登录", "sign in first");
}

/* A merchant's login that was switched off, or whose file was merged into another: asked anew each time. */
static gboolean
load_merchant(DbConn *conn, OrgSession *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(conn, "org.session_merchant", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", out->staff_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return refuse_none(error);
    out->merchant_id = db_int(stmt, 0);
    out->property_id = db_int(stmt, 1);
    out->must_change_password = !db_is_null(stmt, 2) && db_int(stmt, 2) != 0;
    return TRUE;
}

gboolean
org_session_load(DbConn *conn, const char *token, gint64 now_us, OrgSession *out, GError **error)
{
    gboolean row = FALSE;

    *out = (OrgSession){ 0 };
    if (!token || !*token)
        return refuse_none(error);
    g_autofree char *digest = secret_digest_text(token);
    g_autoptr(DbStmt) stmt = db_named(conn, "org.session", error);
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "token_digest", digest);
    db_bind_int(stmt, "now", now_us);
    db_bind_int(stmt, "idle_since", now_us - IDLE_US);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return refuse_none(error);
    out->id = db_int(stmt, 0);
    gboolean is_merchant = !db_is_null(stmt, 7);
    out->staff_id = db_int(stmt, is_merchant ? 7 : 1);
    out->property_id = db_is_null(stmt, 2) ? 0 : db_int(stmt, 2);
    out->lang = g_strcmp0(db_text(stmt, 3), "en") == 0 ? LANG_EN : LANG_ZH;
    out->must_change_password = !db_is_null(stmt, 4) && db_int(stmt, 4) != 0;
    out->touch_due = now_us - db_int(stmt, 5) >= MINUTE_US;
    g_strlcpy(out->csrf_digest, db_text(stmt, 6), sizeof out->csrf_digest);
    return !is_merchant || load_merchant(conn, out, error);
}

gboolean
org_session_touch(DbConn *conn, gint64 session_id, gint64 now_us, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(conn, "org.session_touch", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", session_id);
    db_bind_int(stmt, "now", now_us);
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
org_logout(Ctx *ctx, const char *token, GError **error)
{
    gboolean row = FALSE;
    g_autofree char *digest = secret_digest_text(token ? token : "");
    g_autoptr(DbStmt) find = org_stmt(ctx, "org.session_of_token", FALSE, error);

    if (!find)
        return FALSE;
    db_bind_text(find, "token_digest", digest);
    if (!db_step(find, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    gboolean is_merchant = !db_is_null(find, 2);
    gint64 account_id = db_int(find, is_merchant ? 2 : 1);
    g_autoptr(DbStmt) end = org_stmt(ctx, "org.session_end", FALSE, error);
    if (!end)
        return FALSE;
    db_bind_int(end, "id", db_int(find, 0));
    return db_exec_stmt(end, NULL, error)
           && history_add(ctx, org_account_entity(is_merchant), account_id, "logout", NULL, error);
}

gboolean
org_sessions_end(Ctx *ctx, gint64 staff_id, gint64 except_id, GError **error)
{
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.sessions_end", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", staff_id);
    db_bind_int(stmt, "except_id", except_id);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
choose_property(Ctx *ctx, const OrgSession *session, gint64 property_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) may = org_stmt(ctx, "org.has_role_in", FALSE, error);

    if (!may)
        return FALSE;
    db_bind_int(may, "property_id", property_id);
    db_bind_int(may, "staff_id", session->staff_id);
    if (!db_step(may, &row, error))
        return FALSE;
    if (!row)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "property.forbidden", "您在该项目没有角色",
                             "you hold no role in that property");
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.session_choose", FALSE, error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", session->id);
    db_bind_int(stmt, "property_id", property_id);
    db_bind_int(stmt, "now", ctx->now_us);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
choose_lang(Ctx *ctx, gint64 staff_id, const char *lang, GError **error)
{
    g_autoptr(Record) person = record_get(ctx, "staff", staff_id, NULL, error);

    if (!person)
        return FALSE;
    if (!enum_find(entity_find_field(person->def, "lang")->items, lang))
        return app_error_field(error, "lang", "option", "可选：zh、en", "must be zh or en");
    record_set_text(person, "lang", lang);
    return record_save(ctx, person, error);
}

gboolean
org_session_set(Ctx *ctx, const OrgSession *session, gint64 property_id, const char *lang,
                GError **error)
{
    return (!property_id || choose_property(ctx, session, property_id, error))
           && (!lang || choose_lang(ctx, session->staff_id, lang, error));
}
