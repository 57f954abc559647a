/* dispatch.c - the one way of a request: match, session, CSRF, right, size, parse, begin, handler, commit, encode. */
#include "api/api_internal.h"
#include "api/router.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "http/problem.h"
#include "http/server.h"
#include "store/services.h"

#include <string.h>

enum { JSON_DEPTH_MAX = 32, KEY_MAX = 100 };

static const Route *const tables[] = { session_routes, meta_routes,  entity_routes, work_routes, calendar_routes, file_routes, import_routes,
                                       space_routes,   crm_routes,   lease_routes,  billing_routes, cash_routes, meter_routes,  collection_routes, moveout_routes, portal_routes, report_routes };

Api *
api_new(const ApiOptions *options)
{
    Api *api = g_new0(Api, 1);

    api->options = *options;
    api->routes = g_ptr_array_new();
    api->sessions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, session_free);
    g_mutex_init(&api->lock);
    for (guint t = 0; t < G_N_ELEMENTS(tables); t++) {
        for (const Route *route = tables[t]; route->path; route++)
            g_ptr_array_add(api->routes, (gpointer) route);
    }
    return api;
}

void
api_free(Api *api)
{
    if (!api)
        return;
    g_ptr_array_unref(api->routes);
    g_hash_table_unref(api->sessions);
    g_mutex_clear(&api->lock);
    g_free(api);
}

const ApiOptions *
api_options(const Api *api)
{
    return &api->options;
}

const Route *const *
api_routes(const Api *api, guint *n)
{
    *n = api->routes->len;
    return (const Route *const *) api->routes->pdata;
}

gsize
api_max_body(const char *method, const char *path, gpointer data)
{
    const Api *api = data;
    char *args[ROUTE_ARGS] = { NULL };
    gsize max = 0;

    for (guint i = 0; i < api->routes->len && !max; i++) {
        const Route *route = api->routes->pdata[i];
        if (route->max_body && strcmp(method, http_method_name(route->method)) == 0
            && route_match(route->path, path, args))
            max = route->max_body;
    }
    route_args_clear(args);
    return max ? max : HTTP_BODY_DEFAULT;
}

static void
request_clear(Request *rq)
{
    route_args_clear(rq->args);
    g_clear_pointer(&rq->body, json_decref);
    g_clear_pointer(&rq->out, json_out_free);
    if (rq->state && rq->state_free)
        rq->state_free(rq->state);
    g_clear_pointer(&rq->session_token, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Request, request_clear)

static gboolean
check_depth(const char *text, gsize len, GError **error)
{
    guint depth = 0;
    gboolean quoted = FALSE;

    for (gsize i = 0; i < len; i++) {
        if (quoted) {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                quoted = FALSE;
        } else if (text[i] == '"')
            quoted = TRUE;
        else if (text[i] == '{' || text[i] == '[') {
            if (++depth > JSON_DEPTH_MAX)
                return app_error_set(error, APP_ERROR_INVALID, "json.too_deep", "JSON 嵌套过深", "the JSON is nested too deeply");
        } else if ((text[i] == '}' || text[i] == ']') && depth)
            depth--;
    }
    return TRUE;
}

static gboolean
parse_body(Request *rq, GError **error)
{
    gsize len = 0;
    const char *text = g_bytes_get_data(rq->http->body, &len);
    const char *type = http_header(rq->http, "Content-Type");
    json_error_t why;

    if (rq->route->max_body || len == 0)
        return TRUE; /* raw upload, or nothing */
    if (!type || g_ascii_strncasecmp(type, HTTP_JSON, strlen(HTTP_JSON)) != 0)
        return app_error_set(error, APP_ERROR_INVALID, "json.content_type", "请求类型应为 application/json",
                             "the Content-Type must be application/json");
    if (!check_depth(text, len, error))
        return FALSE;
    rq->body = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
    if (!rq->body || !json_is_object(rq->body))
        return app_error_set(error, APP_ERROR_INVALID, "json.malformed", "请求内容不是有效的 JSON 对象（第 %d 行）",
                             "the body is not a JSON object (line %d)", rq->body ? 1 : why.line);
    return TRUE;
}

static gboolean
is_write(const HttpRequest *http)
{
    return http->method != HTTP_GET && http->method != HTTP_OPTIONS;
}

/* Browsers say where a request comes from; another site's page may not write. */
static gboolean
check_origin(const HttpRequest *http, GError **error)
{
    const char *site = http_header(http, "Sec-Fetch-Site");
    const char *origin = http_header(http, "Origin");
    const char *host = http_header(http, "Host");
    gboolean foreign = site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;

    if (!site && origin && host) {
        const char *after = strstr(origin, "://");
        foreign = !after || strcmp(after + 3, host) != 0;
    }
    return !foreign
           || app_error_set(error, APP_ERROR_FORBIDDEN, "csrf.origin", "请求来自其他网站，已拒绝",
                            "the request comes from another site");
}

static gboolean
check_csrf(const Request *rq, const CachedSession *session, GError **error)
{
    const char *token = http_header(rq->http, "X-CSRF-Token");

    if (token && org_csrf_fits(&session->session, token))
        return TRUE;
    return app_error_set(error, APP_ERROR_FORBIDDEN, "csrf.token", "页面已过期，请刷新后重试",
                         "the page is out of date; reload it");
}

static gboolean
open_session(Request *rq, GError **error)
{
    rq->ctx.lang = http_lang(rq->http);
    if (rq->route->auth == AUTH_PUBLIC)
        return !is_write(rq->http) || check_origin(rq->http, error);
    rq->session_token = g_strdup(http_cookie(rq->http, "sid"));
    if (!rq->session_token)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "session.none", "请先登录", "please log in");
    g_autoptr(CachedSession) session = session_find(rq->api, rq->session_token, error);
    if (!session)
        return FALSE;
    rq->session_id = session->session.id;
    rq->ctx.staff_id = session->session.staff_id;
    rq->ctx.property_id = session->session.property_id;
    rq->ctx.access = access_ref(session->access);
    rq->must_change_password = session->session.must_change_password;
    if (rq->must_change_password && !g_str_has_prefix(rq->http->path, "/api/session"))
        return app_error_set(error, APP_ERROR_FORBIDDEN, "session.change_password", "请先修改初始密码",
                             "change the initial password first");
    return !is_write(rq->http) || (check_origin(rq->http, error) && check_csrf(rq, session, error));
}

static gboolean
refuse_right(const char *entity, const char *action, GError **error)
{
    g_autofree char *token = g_strdup_printf("%s.forbidden", entity);

    return app_error_set(error, APP_ERROR_FORBIDDEN, token, "您没有此权限（%s.%s），如需要请联系管理员",
                         "you do not have the right %s.%s; ask the administrator", entity, action);
}

/* Two doors: merchants pass through the routes that are made for them, people of the house through all others. */
static gboolean
check_door(const Request *rq, GError **error)
{
    gboolean is_merchant = access_merchant(rq->ctx.access) != 0;

    if (rq->route->auth <= AUTH_SELF || is_merchant == (rq->route->auth == AUTH_MERCHANT))
        return TRUE;
    if (is_merchant)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "portal.forbidden", "商户账号不能使用此功能", "not for logins of merchants");
    return app_error_set(error, APP_ERROR_FORBIDDEN, "portal.merchants_only", "此页面供商户账号使用", "for logins of merchants only");
}

/* ":entity" in a generic route is the entity asked for; such routes name the right's action only. */
static gboolean
check_right(Request *rq, GError **error)
{
    const Route *route = rq->route;
    const char *entity = route->entity ? route->entity : rq->args[0];

    if (!check_door(rq, error))
        return FALSE;
    if (route->auth != AUTH_RIGHT && route->auth != AUTH_MERCHANT)
        return TRUE;
    if (!route->entity) {
        const EntityModule *module = registry_find(rq->ctx.registry, entity);
        if (!module || (module->def->flags & EF_INTERNAL))
            return app_error_set(error, APP_ERROR_NOT_FOUND, "route.not_found", "没有这个地址", "no such address");
    }
    return access_may(rq->ctx.access, entity, route->action) || refuse_right(entity, route->action, error);
}

/* Starts the handler's view of the world: a transaction, a time, an empty reply. Jobs may be run again. */
static void
begin(Request *rq, DbConn *conn)
{
    rq->ctx.db = conn;
    rq->ctx.now_us = clock_now_us();
    rq->ctx.today = clock_day_of(rq->ctx.now_us);
    rq->ctx.reason = NULL;
    rq->ctx.on_behalf_of = 0;
    rq->status = 200;
    rq->replied = FALSE;
    g_clear_pointer(&rq->out, json_out_free);
    rq->out = json_out_new();
}

static char *
request_hash(const Request *rq)
{
    g_autoptr(GString) text = g_string_new(http_method_name(rq->http->method));
    gsize len = 0;
    const char *body = g_bytes_get_data(rq->http->body, &len);

    g_string_append_printf(text, " %s\n", rq->http->path);
    g_string_append_len(text, body, (gssize) len);
    return secret_digest(text->str, text->len);
}

static const char *
idempotency_key(const Request *rq, GError **error)
{
    const char *key = http_header(rq->http, "Idempotency-Key");

    if (!key || rq->route->lane != LANE_WRITE || !rq->ctx.staff_id || rq->route->own_locks)
        return NULL;
    for (const char *p = key; *p; p++) {
        if (*p <= ' ' || *p > '~' || p - key >= KEY_MAX) {
            app_error_set(error, APP_ERROR_INVALID, "idempotency.form", "提交编号格式有误",
                          "an idempotency key is 1 to 100 visible ASCII characters");
            return NULL;
        }
    }
    return *key ? key : NULL;
}

static gboolean
run_once(Request *rq, const char *key, GError **error)
{
    g_autofree char *hash = request_hash(rq);
    g_autofree char *kept = NULL;
    int status = 0;

    if (!idempotency_find(&rq->ctx, key, hash, &status, &kept, error))
        return FALSE;
    if (status) {
        rq->status = status;
        json_raw(rq->out, kept, strlen(kept));
        http_reply_header(rq->reply, "Idempotent-Replay", "true");
        return TRUE;
    }
    if (!rq->route->handler(rq, error))
        return FALSE;
    return idempotency_keep(&rq->ctx, key, hash, rq->status, rq->out->buf->str, error);
}

static gboolean
handler_job(DbConn *conn, gpointer data, GError **error)
{
    Request *rq = data;
    g_autoptr(GError) bad_key = NULL;

    log_set_request(rq->http->id); /* write jobs run on the writer's thread */
    begin(rq, conn);
    const char *key = idempotency_key(rq, &bad_key);
    if (bad_key) {
        g_propagate_error(error, g_steal_pointer(&bad_key));
        return FALSE;
    }
    return key ? run_once(rq, key, error) : rq->route->handler(rq, error);
}

static gboolean
prepare_job(DbConn *conn, gpointer data, GError **error)
{
    Request *rq = data;

    begin(rq, conn);
    return rq->route->prepare(rq, error);
}

/* Writes to these change what people may do. */
static gboolean
touches_rights(const Request *rq)
{
    static const char *const org[] = { "staff", "role", "role_grant", "role_unmask", "staff_role", "delegation",
                                       "post", "session", "merchant", "merchant_login", NULL };
    const char *first = rq->http->path + strlen("/api/");
    g_autofree char *word = g_strndup(first, strcspn(first, "/"));

    return g_strv_contains(org, word);
}

static void
note_write(Api *api)
{
    g_mutex_lock(&api->lock);
    api->write_ok_us = clock_mono_us();
    g_mutex_unlock(&api->lock);
}

static gboolean
run(Request *rq, GError **error)
{
    Api *api = rq->api;

    if (!open_session(rq, error) || !check_right(rq, error) || !parse_body(rq, error))
        return FALSE;
    if (rq->route->prepare && !db_run(api->options.db, LANE_READ, prepare_job, rq, error))
        return FALSE;
    gboolean ok = db_run(api->options.db, rq->route->lane, handler_job, rq, error);
    if (rq->route->lane == LANE_WRITE) {
        if (ok)
            note_write(api);
        if (touches_rights(rq))
            session_forget_all(api);
    }
    return ok;
}

static void
answer(Request *rq)
{
    if (rq->replied)
        return;
    GString *text = json_out_steal(rq->out);
    if (text->len == 0) {
        g_string_free(text, TRUE);
        http_reply_take(rq->reply, rq->status == 200 ? 204 : rq->status, NULL, NULL);
        return;
    }
    http_reply_take(rq->reply, rq->status, HTTP_JSON, text);
}

/* The demo's log-in page offers its logins. */
static void
invite(Request *rq, const GError *refusal)
{
    g_autoptr(JsonOut) out = json_out_new();
    g_autofree char *logins = rq->api->options.demo_logins();

    json_begin_object(out);
    json_kv_text(out, "type", "about:blank");
    json_kv_int(out, "status", 401);
    json_kv_text(out, "code", app_error_token(refusal));
    json_kv_text(out, "message", app_error_text(refusal, rq->ctx.lang));
    json_key(out, "demo_logins");
    json_raw(out, logins, strlen(logins));
    json_kv_text(out, "demo_password", rq->api->options.demo_password);
    json_kv_text(out, "request_id", rq->http->id);
    json_end_object(out);
    http_reply_take(rq->reply, 401, "application/problem+json", json_out_steal(out));
}

void
api_handle(const HttpRequest *http, HttpReply *reply, gpointer data)
{
    Api *api = data;
    g_auto(Request) rq = { .api = api, .http = http, .reply = reply, .status = 200 };
    g_autoptr(GError) error = NULL;
    gboolean other_method = FALSE;

    log_set_request(http->id);
    rq.ctx = (Ctx){ .registry = api->options.registry,
                    .request_id = http->id,
                    .files_dir = api->options.files_dir,
                    .key = api->options.key };
    rq.route = router_find(api, http->method, http->path, rq.args, &other_method);
    if (!rq.route) {
        gboolean zh = http_lang(http) == LANG_ZH;
        http_reply_problem(reply, other_method ? 405 : 404, other_method ? "route.method" : "route.not_found",
                           zh ? "没有这个地址" : "no such address", NULL);
        log_set_request(NULL);
        return;
    }
    if (run(&rq, &error))
        answer(&rq);
    else if (api->options.demo_logins && strcmp(app_error_token(error), "session.none") == 0)
        invite(&rq, error);
    else
        http_reply_error(reply, error, rq.ctx.lang);
    if (rq.ctx.access)
        access_unref((Access *) rq.ctx.access);
    log_set_request(NULL);
}

const char *
req_arg(const Request *rq, guint n)
{
    return rq->args[n];
}
