/* session_api.c - signing in and out, who I am. */
#include "api/api_internal.h"
#include "base/secret.h"

#include <string.h>

#define SESSION_COOKIE "sid"

static gboolean
write_session(Request *rq, const char *token, GError **error)
{
    g_autofree char *csrf = org_csrf_of(token);

    json_begin_object(rq->out);
    json_kv_text(rq->out, "csrf", csrf);
    json_key(rq->out, "me");
    json_begin_object(rq->out);
    gboolean ok = access_merchant(rq->ctx.access) ? org_merchant_me_write(&rq->ctx, rq->out, error) : org_me_write(&rq->ctx, rq->out, error);
    json_kv_bool(rq->out, "demo", rq->api->options.is_demo);
    json_kv_text(rq->out, "version", LANTING_VERSION);
    json_end_object(rq->out);
    json_end_object(rq->out);
    return ok;
}

static void
login_free(gpointer data)
{
    org_login_clear(data);
    g_free(data);
}

static gboolean
session_check(Request *rq, GError **error)
{
    const char *login = req_text(rq, "login"), *password = req_text(rq, "password");
    OrgLogin *state = g_new0(OrgLogin, 1);

    if (rq->state)
        rq->state_free(rq->state);
    rq->state = state;
    rq->state_free = login_free;
    if (!login || !*login)
        return app_error_field(error, "login", "required", "请输入账号", "is required");
    if (!password || !*password)
        return app_error_field(error, "password", "required", "请输入密码", "is required");
    return org_login_check(&rq->ctx, login, password, rq->http->remote, state, error);
}

/* The count of failures is kept even when the answer is no: the refusal is written as the reply, not as an error. */
static gboolean
session_open(Request *rq, GError **error)
{
    OrgLogin *login = rq->state;
    g_autofree char *token = NULL, *csrf = NULL;
    g_autoptr(GError) refusal = NULL;

    if (!org_login_commit(&rq->ctx, login, http_header(rq->http, "User-Agent"), &token, &csrf, error))
        return FALSE;
    if (!login->accepted) {
        org_login_refused(login, &refusal);
        reply_refusal(rq, refusal);
        return TRUE;
    }
    rq->ctx.staff_id = login->staff_id;
    rq->ctx.property_id = login->property_id;
    g_autoptr(Access) access = session_access(rq->ctx.db, login->staff_id, login->merchant_id, login->property_id, error);
    if (!access)
        return FALSE;
    rq->ctx.access = access;
    http_reply_cookie(rq->reply, SESSION_COOKIE, token, -1, rq->api->options.tls_in_front);
    gboolean ok = write_session(rq, token, error);
    rq->ctx.access = NULL;
    return ok;
}

static gboolean
session_read(Request *rq, GError **error)
{
    return write_session(rq, rq->session_token, error);
}

static gboolean
session_close(Request *rq, GError **error)
{
    http_reply_cookie(rq->reply, SESSION_COOKIE, "", 0, rq->api->options.tls_in_front);
    rq->status = 204;
    return org_logout(&rq->ctx, rq->session_token, error);
}

static gboolean
session_choose(Request *rq, GError **error)
{
    OrgSession session = { .id = rq->session_id, .staff_id = rq->ctx.staff_id, .property_id = rq->ctx.property_id };

    return org_session_set(&rq->ctx, &session, req_id(rq, "property_id"), req_text(rq, "lang"), error)
           && write_session(rq, rq->session_token, error);
}

typedef struct {
    char *old_hash, *new_hash;
} NewPassword;

static void
new_password_free(gpointer data)
{
    NewPassword *p = data;

    g_free(p->old_hash);
    g_free(p->new_hash);
    g_free(p);
}

static gboolean
password_check(Request *rq, GError **error)
{
    NewPassword *p = g_new0(NewPassword, 1);

    if (rq->state)
        rq->state_free(rq->state);
    rq->state = p;
    rq->state_free = new_password_free;
    return org_password_check(&rq->ctx, req_text(rq, "old_password"), req_text(rq, "new_password"), &p->old_hash,
                              &p->new_hash, error);
}

static gboolean
password_change(Request *rq, GError **error)
{
    const NewPassword *p = rq->state;

    rq->status = 204;
    return org_password_commit(&rq->ctx, rq->session_id, p->old_hash, p->new_hash, error);
}

const Route session_routes[] = {
    { .method = HTTP_POST, .path = "/api/session", .auth = AUTH_PUBLIC, .lane = LANE_WRITE, .prepare = session_check,
      .handler = session_open, .doc = "Signs a person in.", .own_locks = TRUE },
    ROUTE_SELF(GET, "/api/session", READ, session_read, "Who is signed in, with the page's CSRF token."),
    ROUTE_SELF(DELETE, "/api/session", WRITE, session_close, "Signs out."),
    ROUTE_SESSION(PATCH, "/api/session", WRITE, session_choose, "Chooses language or property."),
    { .method = HTTP_POST, .path = "/api/session/password", .auth = AUTH_SELF, .lane = LANE_WRITE,
      .prepare = password_check, .handler = password_change, .doc = "Changes the own password.", .own_locks = TRUE },
    { .path = NULL },
};
