/* server.h - the HTTP server: one thread per connection on libmicrohttpd, limits, deadlines, checks
 * of what came in, security headers on what goes out. Not for routes: one handler gets everything.
 * Start at http_server_start(). */
#pragma once
#include "http/http.h"
#include "http/metrics.h"

#define HTTP_BODY_DEFAULT ((gsize) 1 << 20)
#define HTTP_BODY_UPLOAD ((gsize) 20 << 20)

/* Bytes of body that this route may receive, asked before the body is read. */
typedef gsize (*HttpMaxBody)(const char *method, const char *path, gpointer app);

/* Everything 0 or NULL means the default in the comment. Texts are only read during start. */
typedef struct {
    const char *listen; /* "127.0.0.1:8080", "[::1]:8080", ":8080" (all addresses); port 0: any */
    /* Addresses, comma-separated: from these X-Forwarded-For counts, and the limit per address is off,
     * since it is the proxy's to keep. */
    const char *trusted_proxies;
    guint max_connections;   /* 512; lowered if the process may open few files */
    guint max_per_address;   /* 64; offices sit behind one address */
    guint idle_timeout_s;    /* 15, nothing sent or received */
    guint header_deadline_s; /* idle + 10, from the end of the last reply to complete headers */
    guint body_deadline_s;   /* 30, plus 1 s per 128 KB received; and 1 KB/s on average */
    guint reply_deadline_s;  /* 30, plus 1 s per 16 KB, until the client has taken the reply */
    guint stack_kb;          /* 256 per connection */
    gboolean tls_in_front;   /* a proxy speaks TLS: send Strict-Transport-Security */
    HttpMaxBody max_body;    /* 1 MB for every route */
} HttpOptions;

typedef struct HttpServer HttpServer;

/* Binds and begins to answer. Errors: CONFLICT "http.port_in_use", FORBIDDEN "http.port_forbidden",
 * INVALID "http.listen" (malformed or not an address of this machine), INTERNAL "http.start". */
HttpServer *http_server_start(const HttpOptions *options, HttpHandler handler, gpointer app,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Port that is bound, for port 0. */
guint16 http_server_port(const HttpServer *server);
/* Counters since start. */
void http_server_metrics(HttpServer *server, HttpMetrics *out);
/* Stops accepting, lets running requests end for at most @deadline_ms, closes the rest. TRUE: all ended
 * and @server is freed. FALSE: some handler still runs; @server stays, the caller should exit. */
gboolean http_server_stop(HttpServer *server, guint deadline_ms);
