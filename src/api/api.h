/* api.h - the routes: one table per module, one dispatcher that no handler can go around.
 * Start at Route; handlers stay short: read arguments, call one use case, set the reply. */
#pragma once
#include "base/json_out.h"
#include "http/http.h"
#include "store/registry.h"

typedef struct Api Api;
typedef struct Request Request;

/* Who may call a route. The macro argument is asked for, so no route can forget it. */
typedef enum {
    AUTH_PUBLIC,  /* anybody, no session */
    AUTH_SELF,    /* whoever is logged in, merchants too: the own session */
    AUTH_SESSION, /* any person of the house who is logged in; the handler's use case asks for more */
    AUTH_RIGHT,   /* a person of the house with the right entity.action at any scope; row scope is asked by the record */
    AUTH_MERCHANT, /* a merchant that is logged in, with that right; merchants reach no other routes */
} RouteAuth;

typedef gboolean (*RouteHandler)(Request *rq, GError **error);

typedef struct {
    HttpMethod method;
    const char *path; /* "/api/lead/:id/match"; ":x" takes one segment */
    RouteAuth auth;
    const char *entity; /* AUTH_RIGHT */
    const char *action;
    Lane lane;
    RouteHandler handler;
    RouteHandler prepare; /* runs first, in the READ lane, outside the write transaction: slow checks, parsing; may be NULL */
    const char *doc;      /* one English sentence for OpenAPI */
    gsize max_body;       /* bytes; 0: the usual 1 MB of JSON; larger ones are raw uploads */
    gboolean own_locks;   /* never replayed by idempotency keys (log-in) */
} Route;

#define ROUTE(m, p, e, a, l, h, d) \
    { .method = HTTP_##m, .path = (p), .auth = AUTH_RIGHT, .entity = (e), .action = (a), .lane = LANE_##l, .handler = (h), .doc = (d) }
#define ROUTE_SESSION(m, p, l, h, d) \
    { .method = HTTP_##m, .path = (p), .auth = AUTH_SESSION, .lane = LANE_##l, .handler = (h), .doc = (d) }

#define ROUTE_SELF(m, p, l, h, d) \
    { .method = HTTP_##m, .path = (p), .auth = AUTH_SELF, .lane = LANE_##l, .handler = (h), .doc = (d) }
#define ROUTE_MERCHANT(m, p, e, a, l, h, d) \
    { .method = HTTP_##m, .path = (p), .auth = AUTH_MERCHANT, .entity = (e), .action = (a), .lane = LANE_##l, .handler = (h), .doc = (d) }

enum { ROUTE_ARGS = 4 };

struct Request {
    Api *api;
    const HttpRequest *http;
    HttpReply *reply;
    const Route *route;
    Ctx ctx;           /* of the transaction now running */
    char *args[ROUTE_ARGS]; /* values of the path's ":x" in order */
    json_t *body;      /* parsed JSON object; NULL if there was none */
    JsonOut *out;      /* what the handler writes */
    int status;        /* 200 unless the handler says otherwise */
    gboolean replied;  /* the handler set the reply itself (files) */
    gboolean is_retry; /* the transaction is being run again */
    gpointer state;    /* from prepare to handler */
    GDestroyNotify state_free;
    char *session_token;
    gint64 session_id;
    gboolean must_change_password;
};

typedef struct {
    Db *db;
    const Registry *registry;
    const char *files_dir;
    const guint8 *key;
    gboolean is_demo;
    char *(*demo_logins)(void); /* JSON array for the log-in page of a demo; NULL elsewhere */
    const char *demo_password;
    gboolean tls_in_front;
} ApiOptions;

/* transfer full; the options' members are borrowed for its life. */
Api *api_new(const ApiOptions *options);
void api_free(Api *api);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Api, api_free)
const ApiOptions *api_options(const Api *api);
/* The HttpHandler for everything under /api/, /healthz, /readyz, /metrics. */
void api_handle(const HttpRequest *request, HttpReply *reply, gpointer api);
gsize api_max_body(const char *method, const char *path, gpointer api);
/* GET /readyz: 200 if a write worked less than five seconds ago, else tries one; 503 if it fails. */
void api_ready(Api *api, HttpReply *reply);
/* Appends the database's counters as Prometheus text. */
void api_db_metrics(const DbStats *stats, gint64 wal_bytes, GString *out);
/* All routes, generic ones by pattern, for OpenAPI, the permission matrix and tests; @n their number. */
const Route *const *api_routes(const Api *api, guint *n);
/* OpenAPI 3.1 text. transfer full. */
char *api_openapi(const Registry *registry, const Api *api);

/* For handlers. */
const char *req_arg(const Request *rq, guint n);
/* The n-th path argument as an id; NOT_FOUND if it is not one. */
gboolean req_arg_id(const Request *rq, guint n, gint64 *id, GError **error);
const char *req_query(const Request *rq, const char *name, const char *fallback);
/* Day from the query, @fallback if absent; INVALID if malformed. */
gboolean req_query_day(const Request *rq, const char *name, Day fallback, Day *out, GError **error);
/* FALSE with INVALID "input.object" if the request has no JSON object. */
gboolean req_has_body(const Request *rq, GError **error);
/* Text member of the body; NULL if absent or no text. */
const char *req_text(const Request *rq, const char *name);
/* Id member of the body ("id" text or {"id": …}); 0 if absent. */
gint64 req_id(const Request *rq, const char *name);
/* Writes the record as the reply: fields, actions, more. */
gboolean reply_record(Request *rq, const char *entity, gint64 id, int status, GError **error);
/* Replies with bytes that the program made: paper (PDF) opens in the browser, everything else is a download. */
void reply_file(Request *rq, const char *type, const char *name, GBytes *bytes);

/* Route tables of the modules; each ends with a NULL path. */
extern const Route session_routes[];
extern const Route meta_routes[];
extern const Route entity_routes[];
extern const Route work_routes[];
extern const Route calendar_routes[];
extern const Route file_routes[];
extern const Route import_routes[];
extern const Route space_routes[];
extern const Route crm_routes[];
extern const Route lease_routes[];
extern const Route billing_routes[];
extern const Route cash_routes[];
extern const Route portal_routes[];
extern const Route meter_routes[];
extern const Route collection_routes[];
extern const Route moveout_routes[];
extern const Route report_routes[];
