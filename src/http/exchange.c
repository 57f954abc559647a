#include "http/http_internal.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/problem.h"

#include <string.h>

static const HttpRefusal too_large = { 413, "http.too_large", "提交的内容过大",
                                       "the body is too large" };
static const HttpRefusal bad_method = { 501, "http.method", "不支持该请求方法",
                                        "this method is not known" };
static const HttpRefusal bad_version = { 505, "http.version", "不支持该 HTTP 版本",
                                         "this HTTP version is not supported" };

static const HttpRefusal bad_line = { 400, "http.path", "网址格式不正确", "the path is malformed" };

static Conn *
conn_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info->socket_context;
}

/* First sight of a request: its target before libmicrohttpd decodes and splits it. */
void *
exchange_on_target(void *cls, const char *uri, struct MHD_Connection *connection)
{
    Exchange *ex = g_new0(Exchange, 1);
    ex->server = cls;
    ex->conn = conn_of(connection);
    ex->raw_target = g_strdup(uri);
    ex->target_end = GPOINTER_TO_SIZE(uri) + strlen(uri);
    ex->request.query = g_array_new(FALSE, FALSE, sizeof(HttpParam));
    ex->request.headers = g_array_new(FALSE, FALSE, sizeof(HttpParam));
    ex->request.cookies = g_array_new(FALSE, FALSE, sizeof(HttpParam));
    return ex;
}

static void
exchange_free(Exchange *ex)
{
    g_free(ex->raw_target);
    g_free(ex->query_text);
    g_free(ex->cookie_text);
    g_free(ex->request.path);
    g_array_unref(ex->request.query);
    g_array_unref(ex->request.headers);
    g_array_unref(ex->request.cookies);
    g_clear_pointer(&ex->request.body, g_bytes_unref);
    g_clear_pointer(&ex->received, g_byte_array_unref);
    http_reply_free(ex->reply);
    g_free(ex);
}

/* Header texts live in the connection's pool until the request ends, so they are not copied. */
static enum MHD_Result
collect_header(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void) kind;
    HttpParam param = { name, value ? value : "" };
    g_array_append_val((GArray *) cls, param);
    return MHD_YES;
}

/* The client's address: the connection's, or the last one that a trusted proxy wrote down. */
static void
set_remote(Exchange *ex)
{
    g_strlcpy(ex->request.remote, ex->conn->remote, sizeof ex->request.remote);
    const char *header = http_header(&ex->request, "X-Forwarded-For");
    char **proxies = ex->server->proxies;
    if (!header || !g_strv_contains((const char *const *) proxies, ex->conn->remote))
        return;
    g_auto(GStrv) parts = g_strsplit(header, ",", 50);
    for (guint i = g_strv_length(parts); i-- > 0;) {
        const char *part = g_strstrip(parts[i]);
        if (!g_hostname_is_ip_address(part) || strlen(part) >= sizeof ex->request.remote)
            return;
        g_strlcpy(ex->request.remote, part, sizeof ex->request.remote);
        if (!g_strv_contains((const char *const *) proxies, part))
            return;
    }
}

/* FALSE if the server is drained: then nothing of this request may be done. */
static gboolean
count_begin(Exchange *ex)
{
    HttpServer *server = ex->server;
    g_mutex_lock(&server->lock);
    ex->counted = !server->drained;
    if (ex->counted)
        server->metrics.in_flight++;
    ex->close = server->stopping;
    g_mutex_unlock(&server->lock);
    return ex->counted;
}

/* A raw NUL ends the target early, and libmicrohttpd does not mind. The version lies one byte behind the
 * target in the same buffer, unless there was more between them. */
static gboolean
is_truncated(const Exchange *ex, const char *version)
{
    gsize gap = GPOINTER_TO_SIZE(version) - ex->target_end; /* huge if it lies elsewhere */
    return gap > 1 && gap < POOL_BYTES;
}

static const HttpRefusal *
check(Exchange *ex, const char *method, const char *version)
{
    gboolean is_1_1 = strcmp(version, "HTTP/1.1") == 0;
    if (!is_1_1 && strcmp(version, "HTTP/1.0") != 0)
        return &bad_version;
    if (is_truncated(ex, version))
        return &bad_line;
    const HttpRefusal *refusal = http_check_headers(ex->request.headers, is_1_1);
    if (refusal)
        return refusal;
    if (!http_parse_method(method, &ex->request.method, &ex->request.is_head))
        return &bad_method;
    refusal =
        http_parse_target(ex->raw_target, &ex->request.path, ex->request.query, &ex->query_text);
    if (refusal)
        return refusal;
    http_parse_cookies(ex->request.headers, ex->request.cookies, &ex->cookie_text);
    const char *length = http_header(&ex->request, "Content-Length");
    guint64 declared = length ? g_ascii_strtoull(length, NULL, 10) : 0;
    HttpMaxBody max_body = ex->server->options.max_body;
    ex->max_body =
        max_body ? max_body(method, ex->request.path, ex->server->app) : HTTP_BODY_DEFAULT;
    return declared > ex->max_body ? &too_large : NULL;
}

/* Refuses before or instead of reading the body; libmicrohttpd closes the connection after it. */
static enum MHD_Result
refuse(Exchange *ex, struct MHD_Connection *connection, const HttpRefusal *refusal)
{
    ex->close = ex->refused = TRUE;
    http_reply_refuse(ex->reply, refusal, http_lang(&ex->request));
    return http_send(ex, connection);
}

static enum MHD_Result
begin(Exchange *ex, struct MHD_Connection *connection, const char *method, const char *version)
{
    HttpServer *server = ex->server;
    HttpRequest *request = &ex->request;
    if (!count_begin(ex))
        return MHD_NO;
    conn_phase(ex->conn, PHASE_BODY);
    request->started_us = clock_mono_us();
    g_snprintf(request->id, sizeof request->id, "%08x-%06x", server->nonce,
               (guint) g_atomic_int_add(&server->next_request, 1));
    ex->reply = http_reply_new(request->id);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_header, request->headers);
    set_remote(ex);
    const HttpRefusal *refusal = check(ex, method, version);
    return refusal ? refuse(ex, connection, refusal) : MHD_YES;
}

/* A chunked body that grows too large cannot be answered in the middle: up to a further 4 MB are thrown
 * away for the sake of a readable 413, then the connection is closed. */
static enum MHD_Result
receive(Exchange *ex, const char *data, gsize size)
{
    conn_bytes(ex->conn, size);
    if (!ex->received)
        ex->received = g_byte_array_new();
    if (!ex->too_large && ex->received->len + size <= ex->max_body) {
        g_byte_array_append(ex->received, (const guint8 *) data, (guint) size);
        return MHD_YES;
    }
    ex->too_large = TRUE;
    ex->discarded += size;
    g_byte_array_set_size(ex->received, 0);
    return ex->discarded <= (4 << 20) ? MHD_YES : MHD_NO;
}

static void
count_latency(Exchange *ex, gint64 took_us)
{
    HttpMetrics *m = &ex->server->metrics;
    int bucket = 0;
    while (bucket < HTTP_LATENCY_BUCKETS && took_us > http_latency_bounds_us[bucket])
        bucket++;
    g_mutex_lock(&ex->server->lock);
    m->latency[bucket]++;
    m->latency_sum_us += (guint64) took_us;
    m->bytes_in += g_bytes_get_size(ex->request.body);
    g_mutex_unlock(&ex->server->lock);
}

static enum MHD_Result
answer(Exchange *ex, struct MHD_Connection *connection)
{
    if (ex->too_large)
        return refuse(ex, connection, &too_large);
    ex->request.body = ex->received ? g_byte_array_free_to_bytes(g_steal_pointer(&ex->received))
                                    : g_bytes_new_static("", 0);
    conn_phase(ex->conn, PHASE_HANDLER);
    gint64 begin_us = clock_mono_us();
    log_set_request(ex->request.id);
    ex->server->handler(&ex->request, ex->reply, ex->server->app);
    if (ex->reply->status == 404 && ex->reply->kind == BODY_NONE) {
        http_reply_problem(
            ex->reply, 404, "http.not_found",
            http_lang(&ex->request) == LANG_EN ? "there is nothing here" : "没有这个地址", NULL);
    }
    gint64 took_us = clock_mono_us() - begin_us;
    count_latency(ex, took_us);
    /* The query may hold what people search for; it stays out of the log. */
    log_line(ex->reply->status >= 500 ? LOG_WARN : LOG_DEBUG, "%s %s %d %" G_GINT64_FORMAT " us",
             http_method_name(ex->request.method), ex->request.path, ex->reply->status, took_us);
    enum MHD_Result sent = http_send(ex, connection);
    log_set_request(NULL);
    return sent;
}

enum MHD_Result
/* NOLINTNEXTLINE(readability-function-size): the shape of a callback of libmicrohttpd */
exchange_on_data(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                 const char *version, const char *data, size_t *size, void **state)
{
    (void) cls;
    (void) url; /* decoded loosely; ours is in the raw target */
    Exchange *ex = *state;
    if (!ex->counted)
        return begin(ex, connection, method, version);
    if (*size > 0) {
        enum MHD_Result result = receive(ex, data, *size);
        *size = 0;
        return result;
    }
    return answer(ex, connection);
}

void
exchange_on_completed(void *cls, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode why)
{
    HttpServer *server = cls;
    (void) connection;
    Exchange *ex = g_steal_pointer(state);
    if (!ex)
        return;
    g_mutex_lock(&server->lock);
    if (ex->counted)
        server->metrics.in_flight--;
    if (why != MHD_REQUEST_TERMINATED_COMPLETED_OK)
        server->metrics.by_class[0]++;
    g_cond_broadcast(&server->wake);
    g_mutex_unlock(&server->lock);
    if (ex->refused && why == MHD_REQUEST_TERMINATED_COMPLETED_OK)
        conn_linger(ex->conn);
    conn_phase(ex->conn, PHASE_HEADERS);
    exchange_free(ex);
}
