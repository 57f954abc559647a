/* raw.h - a plain socket client and a small application, shared by the tests of http. */
#pragma once
#include "http/problem.h"
#include "http/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
    int status; /* 0: the connection ended before a reply */
    char *head; /* status line and headers */
    GString *body;
    gboolean is_whole; /* the body came to its declared end */
} Raw;

static inline void
raw_clear(Raw *raw)
{
    g_free(raw->head);
    if (raw->body)
        g_string_free(raw->body, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Raw, raw_clear)

/* Connects to 127.0.0.1:@port from @source (NULL: any). */
static inline int
raw_connect(guint16 port, const char *source)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(fd, >=, 0);
    struct sockaddr_in from = { .sin_family = AF_INET };
    inet_pton(AF_INET, source ? source : "127.0.0.1", &from.sin_addr);
    g_assert_cmpint(bind(fd, (struct sockaddr *) &from, sizeof from), ==, 0);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    g_assert_cmpint(connect(fd, (struct sockaddr *) &to, sizeof to), ==, 0);
    return fd;
}

/* FALSE if the other side has gone. */
static inline gboolean
raw_send(int fd, const void *data, gsize len)
{
    for (gsize done = 0; done < len;) {
        gssize sent = send(fd, (const char *) data + done, len - done, MSG_NOSIGNAL);
        if (sent <= 0)
            return FALSE;
        done += (gsize) sent;
    }
    return TRUE;
}

static inline gboolean
raw_say(int fd, const char *text)
{
    return raw_send(fd, text, strlen(text));
}

/* Up to @len bytes; 0 at the end or after @timeout_ms of silence. */
static inline gsize
raw_recv(int fd, char *buf, gsize len, int timeout_ms)
{
    struct pollfd waiting = { .fd = fd, .events = POLLIN };
    if (poll(&waiting, 1, timeout_ms) <= 0)
        return 0;
    gssize got = recv(fd, buf, len, 0);
    return got > 0 ? (gsize) got : 0;
}

/* Value of a header in @head. transfer full, NULL if absent. */
static inline char *
raw_header(const char *head, const char *name)
{
    g_auto(GStrv) lines = g_strsplit(head, "\r\n", -1);
    gsize len = strlen(name);
    for (char **line = lines; *line; line++)
        if (g_ascii_strncasecmp(*line, name, len) == 0 && (*line)[len] == ':')
            return g_strdup(g_strstrip(*line + len + 1));
    return NULL;
}

static inline gsize
raw_take(int fd, GString *into, gsize want, int timeout_ms)
{
    char buf[16384];
    gsize got = raw_recv(fd, buf, MIN(want, sizeof buf), timeout_ms);
    g_string_append_len(into, buf, (gssize) got);
    return got;
}

static inline gboolean
raw_read_line(int fd, GString *line, int timeout_ms)
{
    g_string_truncate(line, 0);
    while (!g_str_has_suffix(line->str, "\r\n"))
        if (raw_take(fd, line, 1, timeout_ms) == 0)
            return FALSE;
    return TRUE;
}

static inline gboolean
raw_read_exactly(int fd, GString *into, gsize len, int timeout_ms)
{
    for (gsize end = into->len + len; into->len < end;)
        if (raw_take(fd, into, end - into->len, timeout_ms) == 0)
            return FALSE;
    return TRUE;
}

static inline gboolean
raw_read_chunks(int fd, GString *body, int timeout_ms)
{
    g_autoptr(GString) line = g_string_new(NULL);
    for (;;) {
        if (!raw_read_line(fd, line, timeout_ms))
            return FALSE;
        gsize size = (gsize) g_ascii_strtoull(line->str, NULL, 16);
        if (size > 0 && !raw_read_exactly(fd, body, size, timeout_ms))
            return FALSE;
        if (!raw_read_line(fd, line, timeout_ms))
            return FALSE;
        if (size == 0)
            return TRUE;
    }
}

/* Reads one reply; @no_body for HEAD. */
static inline Raw
raw_read(int fd, gboolean no_body, int timeout_ms)
{
    Raw raw = { .body = g_string_new(NULL) };
    g_autoptr(GString) head = g_string_new(NULL);
    g_autoptr(GString) line = g_string_new(NULL);
    while (!g_str_equal(line->str, "\r\n")) {
        if (!raw_read_line(fd, line, timeout_ms))
            return raw;
        g_string_append(head, line->str);
    }
    raw.head = g_strdup(head->str);
    raw.status =
        g_str_has_prefix(raw.head, "HTTP/1.") ? (int) g_ascii_strtoll(raw.head + 9, NULL, 10) : 0;
    g_autofree char *length = raw_header(raw.head, "Content-Length");
    g_autofree char *coding = raw_header(raw.head, "Transfer-Encoding");
    if (no_body || raw.status == 304 || raw.status == 204 || raw.status == 100)
        raw.is_whole = TRUE;
    else if (coding)
        raw.is_whole = raw_read_chunks(fd, raw.body, timeout_ms);
    else
        raw.is_whole = raw_read_exactly(
            fd, raw.body, length ? (gsize) g_ascii_strtoull(length, NULL, 10) : 0, timeout_ms);
    return raw;
}

/* One request on one connection. */
static inline Raw
raw_ask(guint16 port, const char *text)
{
    int fd = raw_connect(port, NULL);
    raw_say(fd, text);
    Raw raw = raw_read(fd, g_str_has_prefix(text, "HEAD "), 5000);
    close(fd);
    return raw;
}

/* TRUE if the other side ends the connection within @timeout_ms; what it still says is dropped. */
static inline gboolean
raw_is_closed(int fd, int timeout_ms)
{
    char buf[4096];
    gint64 end_us = g_get_monotonic_time() + (gint64) timeout_ms * 1000;
    for (;;) {
        gint64 left_us = end_us - g_get_monotonic_time();
        struct pollfd waiting = { .fd = fd, .events = POLLIN };
        if (left_us <= 0 || poll(&waiting, 1, (int) (left_us / 1000) + 1) <= 0)
            return FALSE;
        if (recv(fd, buf, sizeof buf, 0) <= 0)
            return TRUE;
    }
}

static inline void
assert_header(const Raw *raw, const char *name, const char *expected)
{
    g_autofree char *value = raw_header(raw->head, name);
    g_assert_cmpstr(value, ==, expected);
}

static inline void
assert_says(const Raw *raw, const char *part)
{
    if (!strstr(raw->body->str, part))
        g_error("expected %s in: %s", part, raw->body->str);
}

/* The application under test. */

static inline gssize
app_produce(gpointer state, char *buf, gsize max)
{
    gint *left = state;
    if (*left < 0)
        return -1;
    gsize size = MIN(max, (gsize) *left);
    memset(buf, 's', size);
    *left -= (gint) size;
    return (gssize) size;
}

static inline gssize
app_produce_broken(gpointer state, char *buf, gsize max)
{
    gint *left = state;
    if (*left == 0)
        return -1;
    return app_produce(state, buf, max);
}

static inline void
app_echo(const HttpRequest *request, HttpReply *reply)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s %s", http_method_name(request->method), request->path);
    for (guint i = 0; i < request->query->len; i++) {
        const HttpParam *param = &g_array_index(request->query, HttpParam, i);
        g_string_append_printf(text, " [%s=%s]", param->name, param->value);
    }
    g_string_append_printf(text, " body=%" G_GSIZE_FORMAT " from=%s sid=%s id=%s",
                           g_bytes_get_size(request->body), request->remote,
                           http_cookie(request, "sid") ? http_cookie(request, "sid") : "-",
                           request->id);
    http_reply_take(reply, 200, HTTP_TEXT, text);
}

static inline void
app_big(HttpReply *reply)
{
    GString *text = g_string_new("[0");
    for (int i = 1; i < 2000; i++)
        g_string_append_printf(text, ",%d", i);
    g_string_append_c(text, ']');
    http_reply_take(reply, 200, HTTP_JSON, text);
}

static inline void
app_handle(const HttpRequest *request, HttpReply *reply, gpointer app)
{
    gint *count = app;
    const char *path = request->path;
    if (count)
        g_atomic_int_inc(count);
    if (g_str_equal(path, "/slow"))
        g_usleep(500000);
    if (g_str_equal(path, "/stream") || g_str_equal(path, "/broken")) {
        gint *left = g_new(gint, 1);
        *left = 100000;
        http_reply_stream(reply, HTTP_TEXT,
                          g_str_equal(path, "/broken") ? app_produce_broken : app_produce, left,
                          g_free);
    } else if (g_str_equal(path, "/huge")) {
        gint *left = g_new(gint, 1);
        *left = 500000000;
        http_reply_stream(reply, HTTP_TEXT, app_produce, left, g_free);
    } else if (g_str_equal(path, "/big")) {
        app_big(reply);
    } else if (g_str_equal(path, "/etag")) {
        http_reply_take(reply, 200, HTTP_TEXT, g_string_new("tagged"));
        http_reply_etag(reply, request, "v1");
    } else if (g_str_equal(path, "/file")) {
        http_reply_file(reply, HTTP_TEXT, __FILE__, NULL);
    } else if (g_str_equal(path, "/empty")) {
        http_reply_take(reply, 204, NULL, NULL);
    } else if (!g_str_equal(path, "/nothing")) {
        app_echo(request, reply);
    }
}

static inline gsize
app_max_body(const char *method, const char *path, gpointer app)
{
    (void) method;
    (void) app;
    return g_str_equal(path, "/upload") ? 4 << 20 : 64 * 1024;
}

static inline HttpServer *
app_start(const HttpOptions *more, gint *count)
{
    HttpOptions options = more ? *more : (HttpOptions){ 0 };
    if (!options.listen)
        options.listen = "127.0.0.1:0";
    options.max_body = app_max_body;
    g_autoptr(GError) error = NULL;
    HttpServer *server = http_server_start(&options, app_handle, count, &error);
    g_assert_no_error(error);
    g_assert_nonnull(server);
    return server;
}
