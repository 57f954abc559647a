#include "http/http_internal.h"

#include "base/log.h"

#include <string.h>

#define GZIP_MIN 1024
#define STREAM_BLOCK ((size_t) 16384)

/* Scripts stay strict; styles may be inline because the components and charts write them. */
#define CSP                                                                     \
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " \
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

static const HttpParam common[] = {
    { "Content-Security-Policy", CSP },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy",
      "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()" },
};

static void
set_default(HttpReply *reply, const char *name, const char *value)
{
    if (!http_reply_has_header(reply, name))
        http_reply_header(reply, name, value);
}

/* A handler may set any of these itself, say a sandbox for a file that a stranger sent. */
static void
set_common_headers(Exchange *ex)
{
    HttpReply *reply = ex->reply;
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        set_default(reply, common[i].name, common[i].value);
    if (ex->server->options.tls_in_front)
        set_default(reply, "Strict-Transport-Security", "max-age=31536000");
    set_default(reply, "Cache-Control", "no-store");
    http_reply_header(reply, "X-Request-Id", ex->request.id);
    if (ex->close)
        http_reply_header(reply, "Connection", "close");
}

static gboolean
is_compressible(const HttpReply *reply)
{
    const char *type = http_reply_peek_header(reply, "Content-Type");
    return reply->kind == BODY_BYTES && type && !http_reply_has_header(reply, "Content-Encoding")
           && g_bytes_get_size(reply->bytes) > GZIP_MIN
           && (g_str_has_prefix(type, "application/json") || g_str_has_prefix(type, "text/")
               || g_str_has_prefix(type, "application/problem+json"));
}

/* The cheapest level: lists shrink to a seventh, and better levels cost more than they save. */
static GBytes *
gzip(GBytes *plain)
{
    gsize len = 0;
    const void *in = g_bytes_get_data(plain, &len);
    g_autoptr(GZlibCompressor) zip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
    g_autofree char *out = g_malloc(len);
    gsize taken = 0, made = 0;
    /* One call: output that does not fit into the size of the input is not worth having. */
    GConverterResult result = g_converter_convert(G_CONVERTER(zip), in, len, out, len,
                                                  G_CONVERTER_INPUT_AT_END, &taken, &made, NULL);
    if (result != G_CONVERTER_FINISHED || taken != len)
        return NULL;
    return g_bytes_new_take(g_realloc(g_steal_pointer(&out), made), made);
}

static void
compress(Exchange *ex)
{
    HttpReply *reply = ex->reply;
    if (!is_compressible(reply))
        return;
    set_default(reply, "Vary", "Accept-Encoding");
    if (!http_accepts(&ex->request, "gzip"))
        return;
    GBytes *small = gzip(reply->bytes);
    if (!small)
        return;
    g_bytes_unref(reply->bytes);
    reply->bytes = small;
    http_reply_header(reply, "Content-Encoding", "gzip");
}

static void
count_out(HttpServer *server, guint64 bytes)
{
    g_mutex_lock(&server->lock);
    server->metrics.bytes_out += bytes;
    g_mutex_unlock(&server->lock);
}

/* A streamed body on its way; the response owns it and may outlive the exchange. */
typedef struct {
    HttpServer *server;
    Conn *conn;
    HttpProducer producer;
    gpointer state;
    GDestroyNotify free_state;
} Stream;

static ssize_t
stream_read(void *cls, uint64_t position, char *buf, size_t max)
{
    (void) position;
    Stream *stream = cls;
    gssize made = stream->producer(stream->state, buf, max);
    if (made < 0 || (gsize) made > max)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (made == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    conn_bytes(stream->conn, (guint64) made);
    count_out(stream->server, (guint64) made);
    return made;
}

static void
stream_free(void *cls)
{
    Stream *stream = cls;
    if (stream->free_state && stream->state)
        stream->free_state(stream->state);
    g_free(stream);
}

static void
bytes_free(void *cls)
{
    g_bytes_unref(cls);
}

/* Moves the body of the reply into a response. */
static struct MHD_Response *
to_response(Exchange *ex, guint64 *size)
{
    HttpReply *reply = ex->reply;
    *size = 0;
    if (reply->kind == BODY_STREAM) {
        Stream *stream = g_new0(Stream, 1);
        *stream = (Stream){ .server = ex->server,
                            .conn = ex->conn,
                            .producer = reply->producer,
                            .state = g_steal_pointer(&reply->state),
                            .free_state = reply->free_state };
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_read,
                                                 stream, stream_free);
    }
    if (reply->kind == BODY_FILE) {
        int fd = reply->fd;
        reply->fd = -1;
        *size = reply->file_size;
        return MHD_create_response_from_fd64(*size, fd);
    }
    if (reply->kind == BODY_BYTES) {
        gsize len = 0;
        const void *data = g_bytes_get_data(reply->bytes, &len);
        *size = len;
        if (len > 0)
            return MHD_create_response_from_buffer_with_free_callback_cls(
                len, (void *) data, bytes_free, g_bytes_ref(reply->bytes));
    }
    return MHD_create_response_from_buffer(0, (void *) "", MHD_RESPMEM_PERSISTENT);
}

static void
count_reply(Exchange *ex, guint64 size)
{
    HttpServer *server = ex->server;
    int status_class = CLAMP(ex->reply->status / 100, 1, 5);
    conn_phase(ex->conn, PHASE_REPLY);
    conn_bytes(ex->conn, size);
    g_mutex_lock(&server->lock);
    server->metrics.by_class[status_class]++;
    server->metrics.bytes_out += ex->request.is_head ? 0 : size;
    g_mutex_unlock(&server->lock);
}

enum MHD_Result
http_send(Exchange *ex, struct MHD_Connection *connection)
{
    HttpReply *reply = ex->reply;
    guint64 size = 0;
    compress(ex);
    set_common_headers(ex);
    struct MHD_Response *response = to_response(ex, &size);
    if (!response)
        return MHD_NO;
    for (guint i = 0; i < reply->headers->len; i += 2) {
        const char *name = reply->headers->pdata[i];
        if (MHD_add_response_header(response, name, reply->headers->pdata[i + 1]) != MHD_YES)
            log_line(LOG_WARN, "header %s was not accepted", name);
    }
    count_reply(ex, size);
    enum MHD_Result queued = MHD_queue_response(connection, (guint) reply->status, response);
    MHD_destroy_response(response);
    return queued;
}
