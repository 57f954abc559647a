#include "raw.h"

static HttpServer *server;
static guint16 port;
static gint handled;

#define CLOSE "Connection: close\r\n\r\n"

static void
test_get(void)
{
    g_auto(Raw) raw =
        raw_ask(port, "GET /echo/%E5%85%B0?q=%E4%BA%AD+x&empty=&flag HTTP/1.1\r\nHost: x\r\n"
                      "Cookie: a=1; sid=abc\r\n" CLOSE);
    g_assert_cmpint(raw.status, ==, 200);
    assert_says(&raw, "GET /echo/兰 [q=亭 x] [empty=] [flag=] body=0 from=127.0.0.1 sid=abc");
}

static void
test_keep_alive(void)
{
    int fd = raw_connect(port, NULL);
    for (int i = 0; i < 3; i++) {
        raw_say(fd, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
        g_auto(Raw) raw = raw_read(fd, FALSE, 3000);
        g_assert_cmpint(raw.status, ==, 200);
    }
    close(fd);
}

static void
test_pipelined(void)
{
    int fd = raw_connect(port, NULL);
    raw_say(fd, "GET /one HTTP/1.1\r\nHost: x\r\n\r\n"
                "POST /two HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                "GET /three HTTP/1.1\r\nHost: x\r\n\r\n");
    static const char *const expected[] = { "GET /one", "POST /two body=3", "GET /three" };
    for (int i = 0; i < 3; i++) {
        g_auto(Raw) raw = raw_read(fd, FALSE, 3000);
        g_assert_cmpint(raw.status, ==, 200);
        assert_says(&raw, expected[i]);
    }
    close(fd);
}

static void
test_head(void)
{
    int fd = raw_connect(port, NULL);
    raw_say(fd, "HEAD /etag HTTP/1.1\r\nHost: x\r\n\r\nGET /etag HTTP/1.1\r\nHost: x\r\n\r\n");
    g_auto(Raw) head = raw_read(fd, TRUE, 3000);
    g_assert_cmpint(head.status, ==, 200);
    assert_header(&head, "Content-Length", "6");
    g_auto(Raw) get = raw_read(fd, FALSE, 3000); /* in step: HEAD sent no body */
    g_assert_cmpstr(get.body->str, ==, "tagged");
    close(fd);
    g_auto(Raw) stream = raw_ask(port, "HEAD /stream HTTP/1.1\r\nHost: x\r\n" CLOSE);
    g_assert_cmpint(stream.status, ==, 200);
}

static void
test_nothing(void)
{
    g_auto(Raw) raw =
        raw_ask(port, "GET /nothing HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n" CLOSE);
    g_assert_cmpint(raw.status, ==, 404);
    assert_header(&raw, "Content-Type", "application/problem+json");
    assert_says(&raw, "\"code\":\"http.not_found\"");
    assert_says(&raw, "there is nothing here");
    g_auto(Raw) odd = raw_ask(port, "BREW /pot HTTP/1.1\r\nHost: x\r\n" CLOSE);
    g_assert_cmpint(odd.status, ==, 501);
    g_auto(Raw) empty = raw_ask(port, "DELETE /empty HTTP/1.1\r\nHost: x\r\n" CLOSE);
    g_assert_cmpint(empty.status, ==, 204);
    g_assert_cmpuint(empty.body->len, ==, 0);
}

static void
test_large_early(void)
{
    int before = g_atomic_int_get(&handled);
    int fd = raw_connect(port, NULL);
    raw_say(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n");
    g_auto(Raw) raw = raw_read(fd, FALSE, 1000); /* answered though no byte of body was sent */
    g_assert_cmpint(raw.status, ==, 413);
    assert_says(&raw, "\"code\":\"http.too_large\"");
    assert_header(&raw, "Connection", "close");
    close(fd);
    int expecting = raw_connect(port, NULL);
    raw_say(
        expecting,
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\nExpect: 100-continue\r\n\r\n");
    g_auto(Raw) refused = raw_read(expecting, FALSE, 1000);
    g_assert_cmpint(refused.status, ==, 413); /* and not 100 */
    close(expecting);
    g_assert_cmpint(g_atomic_int_get(&handled), ==, before);
}

/* A browser sends its whole body before it reads: the reset must not eat the answer. */
static void
test_large_readable(void)
{
    g_autofree char *body = g_malloc0(3 << 20);
    for (int round = 0; round < 10; round++) {
        int fd = raw_connect(port, NULL);
        raw_say(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3145728\r\n\r\n");
        g_assert_true(raw_send(fd, body, 3 << 20));
        g_auto(Raw) raw = raw_read(fd, FALSE, 2000);
        g_assert_cmpint(raw.status, ==, 413);
        g_assert_true(raw.is_whole);
        close(fd);
    }
}

static void
test_upload(void)
{
    g_autofree char *body = g_malloc0(3 << 20);
    int fd = raw_connect(port, NULL);
    raw_say(fd, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3145728\r\n\r\n");
    g_assert_true(raw_send(fd, body, 3 << 20));
    g_auto(Raw) raw = raw_read(fd, FALSE, 3000);
    g_assert_cmpint(raw.status, ==, 200);
    assert_says(&raw, "body=3145728");
    close(fd);
}

static void
test_chunked(void)
{
    g_auto(Raw) raw =
        raw_ask(port, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                      "Connection: close\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
    g_assert_cmpint(raw.status, ==, 200);
    assert_says(&raw, "body=11");
    int fd = raw_connect(port, NULL);
    raw_say(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    g_autofree char *chunk = g_strnfill(10000, 'c');
    for (int i = 0; i < 20; i++) {
        raw_say(fd, "2710\r\n");
        raw_say(fd, chunk);
        raw_say(fd, "\r\n");
    }
    raw_say(fd, "0\r\n\r\n");
    g_auto(Raw) large = raw_read(fd, FALSE, 3000);
    g_assert_cmpint(large.status, ==, 413);
    close(fd);
}

typedef struct {
    const char *text;
    int status;
} Case;

static const Case framing[] = {
    { "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
    { "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", 400 },
    { "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400 },
    { "Content-Length: 3\r\nContent-Length: 30\r\n\r\nabc", 400 },
    { "Content-Length: 3, 3\r\n\r\nabc", 400 },
    { "Content-Length: -3\r\n\r\nabc", 400 },
    { "Content-Length: +3\r\n\r\nabc", 400 },
    { "Content-Length: 0x3\r\n\r\nabc", 400 },
    { "Content-Length: 99999999999999999999999\r\n\r\nabc", 413 },
    { "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501 },
    { "Transfer-Encoding: identity\r\n\r\nabc", 501 },
    { "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400 },
    { "Content-Length : 3\r\n\r\nabc", 400 },
    { "X-Bad: a\001b\r\n\r\n", 400 },
    { "Host: second\r\n\r\n", 400 },
};

static void
test_framing(void)
{
    int before = g_atomic_int_get(&handled);
    for (gsize i = 0; i < G_N_ELEMENTS(framing); i++) {
        g_autofree char *text =
            g_strconcat("POST /echo HTTP/1.1\r\nHost: x\r\n", framing[i].text, NULL);
        int fd = raw_connect(port, NULL);
        raw_say(fd, text);
        g_auto(Raw) raw = raw_read(fd, FALSE, 2000);
        if (raw.status < 400 || raw.status > 501)
            g_error("%d for %s", raw.status, framing[i].text);
        g_test_message("%d (want %d): %s", raw.status, framing[i].status, framing[i].text);
        g_assert_true(raw_is_closed(fd, 4000)); /* what follows is never read as a request */
        close(fd);
    }
    g_assert_cmpint(g_atomic_int_get(&handled), ==, before);
}

static const Case targets[] = {
    { "/a%zz", 400 },      { "/a%4", 400 },
    { "/a%", 400 },        { "/a%00b", 400 },
    { "/a%0ab", 400 },     { "/a%7f", 400 },
    { "/%ff%fe", 400 },    { "/%c0%af", 400 },
    { "/%ed%a0%80", 400 }, { "/../etc", 400 },
    { "/a/..", 400 },      { "/a/%2e%2e/b", 400 },
    { "/./a", 400 },       { "//host/a", 400 },
    { "/a%2fb", 400 },     { "/a\\b", 400 },
    { "/a%5cb", 400 },     { "/a?x=%zz", 400 },
    { "/a?x=%00", 400 },   { "/a?x=%ff", 400 },
    { "/a?x=1&x=2", 400 }, { "/a?%78=1&x=2", 400 },
    { "/a?=1", 400 },      { "/a#b", 400 },
    { "a", 400 },          { "*", 400 },
    { "http://x", 400 },   { "/a%c2%85", 400 },
    { "/\xff", 400 },      { "http://x/a?b=1", 200 },
    { "/a..b/c.", 200 },   { "/兰", 200 },
    { "/a?&&x=1&", 200 },  { "/a?x=a%0Ab", 200 },
    { "/a/", 200 },
};

static void
test_targets(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++) {
        g_autofree char *text =
            g_strdup_printf("GET %s HTTP/1.1\r\nHost: x\r\n" CLOSE, targets[i].text);
        g_auto(Raw) raw = raw_ask(port, text);
        if (raw.status != targets[i].status)
            g_error("%d for %s", raw.status, targets[i].text);
    }
    g_autofree char *name = g_strnfill(9000, 'a');
    g_autofree char *text = g_strdup_printf("GET /%s HTTP/1.1\r\nHost: x\r\n" CLOSE, name);
    g_auto(Raw) raw = raw_ask(port, text);
    g_assert_cmpint(raw.status, ==, 414);
    g_auto(Raw) no_host = raw_ask(port, "GET /a HTTP/1.1\r\n" CLOSE);
    g_assert_cmpint(no_host.status, ==, 400);
}

static void
test_request_lines(void)
{
    g_auto(Raw) old = raw_ask(port, "GET /a HTTP/1.0\r\n\r\n");
    g_assert_cmpint(old.status, ==, 200);
    g_auto(Raw) next = raw_ask(port, "GET /a HTTP/2.0\r\nHost: x\r\n\r\n");
    g_assert_cmpint(next.status, ==, 505);
    int fd = raw_connect(port, NULL);
    static const char nul[] = "GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n";
    raw_send(fd, nul, sizeof nul - 1);
    g_auto(Raw) cut_short = raw_read(fd, FALSE, 2000);
    g_assert_cmpint(cut_short.status, ==, 400);
    close(fd);
}

static void
assert_secure(const Raw *raw)
{
    assert_header(raw, "Content-Security-Policy",
                  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                  "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
                  "frame-ancestors 'none'");
    assert_header(raw, "X-Content-Type-Options", "nosniff");
    assert_header(raw, "X-Frame-Options", "DENY");
    assert_header(raw, "Referrer-Policy", "same-origin");
    assert_header(raw, "Cross-Origin-Opener-Policy", "same-origin");
    assert_header(raw, "Strict-Transport-Security", NULL);
    g_autofree char *permissions = raw_header(raw->head, "Permissions-Policy");
    g_autofree char *id = raw_header(raw->head, "X-Request-Id");
    g_assert_nonnull(permissions);
    g_assert_nonnull(id);
}

static void
test_headers(void)
{
    static const char *const requests[] = {
        "GET /echo HTTP/1.1\r\nHost: x\r\n" CLOSE,
        "GET /nothing HTTP/1.1\r\nHost: x\r\n" CLOSE,
        "GET /a%zz HTTP/1.1\r\nHost: x\r\n" CLOSE,
        "GET /stream HTTP/1.1\r\nHost: x\r\n" CLOSE,
        "GET /empty HTTP/1.1\r\nHost: x\r\n" CLOSE,
        "GET /file HTTP/1.1\r\nHost: x\r\n" CLOSE,
        "BREW /a HTTP/1.1\r\nHost: x\r\n" CLOSE,
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n" CLOSE,
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n" CLOSE "x",
        "GET /etag HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"v1\"\r\n" CLOSE,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++) {
        g_auto(Raw) raw = raw_ask(port, requests[i]);
        g_assert_cmpint(raw.status, !=, 0);
        assert_secure(&raw);
        if (i != G_N_ELEMENTS(requests) - 1)
            assert_header(&raw, "Cache-Control", "no-store");
    }
}

static void
test_hsts(void)
{
    HttpOptions options = { .tls_in_front = TRUE, .trusted_proxies = "127.0.0.1" };
    HttpServer *behind = app_start(&options, NULL);
    g_auto(Raw) raw = raw_ask(http_server_port(behind),
                              "GET /echo HTTP/1.1\r\nHost: x\r\n"
                              "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 127.0.0.1\r\n" CLOSE);
    assert_header(&raw, "Strict-Transport-Security", "max-age=31536000");
    assert_says(&raw, "from=192.0.2.7"); /* not what the client itself wrote before it */
    g_assert_true(http_server_stop(behind, 1000));
    g_auto(Raw) direct =
        raw_ask(port, "GET /echo HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 6.6.6.6\r\n" CLOSE);
    assert_says(&direct, "from=127.0.0.1");
}

static void
test_gzip(void)
{
    g_auto(Raw) plain = raw_ask(port, "GET /big HTTP/1.1\r\nHost: x\r\n" CLOSE);
    g_auto(Raw) zipped =
        raw_ask(port, "GET /big HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip;q=0.8\r\n" CLOSE);
    g_auto(Raw) declined =
        raw_ask(port, "GET /big HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip;q=0\r\n" CLOSE);
    g_auto(Raw) small =
        raw_ask(port, "GET /echo HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n" CLOSE);
    assert_header(&plain, "Content-Encoding", NULL);
    assert_header(&plain, "Vary", "Accept-Encoding");
    assert_header(&declined, "Content-Encoding", NULL);
    assert_header(&small, "Content-Encoding", NULL);
    assert_header(&zipped, "Content-Encoding", "gzip");
    g_assert_cmpuint(zipped.body->len, <, plain.body->len / 2);
    g_autoptr(GZlibDecompressor) unzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autofree char *out = g_malloc0(plain.body->len + 1);
    gsize taken = 0, made = 0;
    g_assert_cmpint(g_converter_convert(G_CONVERTER(unzip), zipped.body->str, zipped.body->len, out,
                                        plain.body->len, G_CONVERTER_INPUT_AT_END, &taken, &made,
                                        NULL),
                    ==, G_CONVERTER_FINISHED);
    g_assert_cmpstr(out, ==, plain.body->str);
}

static void
test_etag(void)
{
    static const char *const same[] = { "W/\"v1\"", "\"v1\"", "\"a\", W/\"v1\"", "*" };
    for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
        g_autofree char *text = g_strdup_printf(
            "GET /etag HTTP/1.1\r\nHost: x\r\nIf-None-Match: %s\r\n" CLOSE, same[i]);
        g_auto(Raw) raw = raw_ask(port, text);
        g_assert_cmpint(raw.status, ==, 304);
        assert_header(&raw, "ETag", "W/\"v1\"");
        assert_header(&raw, "Cache-Control", "private, no-cache");
    }
    g_auto(Raw) other =
        raw_ask(port, "GET /etag HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"v10\"\r\n" CLOSE);
    g_assert_cmpint(other.status, ==, 200);
}

static void
test_stream(void)
{
    int fd = raw_connect(port, NULL);
    raw_say(fd, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    g_auto(Raw) stream = raw_read(fd, FALSE, 3000);
    assert_header(&stream, "Transfer-Encoding", "chunked");
    g_assert_cmpuint(stream.body->len, ==, 100000);
    g_auto(Raw) next = raw_read(fd, FALSE, 3000);
    g_assert_cmpint(next.status, ==, 200);
    close(fd);
    g_auto(Raw) broken = raw_ask(port, "GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
    g_assert_cmpint(broken.status, ==, 200);
    g_assert_false(broken.is_whole); /* the client can tell */
}

static void
test_file(void)
{
    g_autofree char *text = NULL;
    gsize len = 0;
    g_assert_true(g_file_get_contents(SOURCE_DIR "/tests/unit/http/raw.h", &text, &len, NULL));
    g_auto(Raw) raw = raw_ask(port, "GET /file HTTP/1.1\r\nHost: x\r\n" CLOSE);
    g_assert_cmpint(raw.status, ==, 200);
    g_assert_cmpuint(raw.body->len, ==, len);
    g_assert_cmpstr(raw.body->str, ==, text);
}

static void
test_metrics(void)
{
    HttpServer *fresh = app_start(NULL, NULL);
    guint16 at = http_server_port(fresh);
    g_auto(Raw) good =
        raw_ask(at, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n" CLOSE "abcd");
    g_auto(Raw) bad = raw_ask(at, "GET /%zz HTTP/1.1\r\nHost: x\r\n" CLOSE);
    HttpMetrics m = { .in_flight = 1 };
    for (int i = 0; i < 100 && (m.in_flight > 0 || m.connections > 0); i++) {
        g_usleep(20000);
        http_server_metrics(fresh, &m);
    }
    g_assert_cmpint(m.in_flight, ==, 0);
    g_assert_cmpint(m.connections, ==, 0);
    g_assert_cmpuint(m.by_class[2], ==, 1);
    g_assert_cmpuint(m.by_class[4], ==, 1);
    g_assert_cmpuint(m.bytes_in, ==, 4);
    g_assert_cmpuint(m.bytes_out, ==, good.body->len + bad.body->len);
    g_autoptr(GString) text = g_string_new(NULL);
    http_metrics_print(&m, text);
    g_assert_nonnull(strstr(text->str, "lanting_http_requests_total{status=\"2xx\"} 1\n"));
    g_assert_nonnull(strstr(text->str, "lanting_http_seconds_bucket{le=\"+Inf\"} 1\n"));
    g_assert_true(http_server_stop(fresh, 1000));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    server = app_start(NULL, &handled);
    port = http_server_port(server);
    g_test_add_func("/server/a-request-reaches-the-handler-decoded", test_get);
    g_test_add_func("/server/a-connection-serves-several-requests", test_keep_alive);
    g_test_add_func("/server/pipelined-requests-are-answered-in-order", test_pipelined);
    g_test_add_func("/server/head-is-get-without-a-body", test_head);
    g_test_add_func("/server/unknown-paths-and-methods-are-refused", test_nothing);
    g_test_add_func("/server/a-large-body-is-refused-before-it-is-sent", test_large_early);
    g_test_add_func("/server/a-client-that-sends-first-still-reads-413", test_large_readable);
    g_test_add_func("/server/the-limit-of-a-body-depends-on-the-route", test_upload);
    g_test_add_func("/server/a-chunked-body-is-read-and-limited", test_chunked);
    g_test_add_func("/server/an-ambiguous-length-is-refused-and-the-connection-closed",
                    test_framing);
    g_test_add_func("/server/a-malformed-path-or-query-is-refused", test_targets);
    g_test_add_func("/server/a-request-line-with-nul-or-another-version-is-refused",
                    test_request_lines);
    g_test_add_func("/server/every-reply-has-the-security-headers", test_headers);
    g_test_add_func("/server/only-a-trusted-proxy-names-the-client", test_hsts);
    g_test_add_func("/server/json-is-compressed-when-accepted", test_gzip);
    g_test_add_func("/server/a-known-etag-gives-304", test_etag);
    g_test_add_func("/server/a-streamed-body-is-chunked-and-cut-when-it-fails", test_stream);
    g_test_add_func("/server/a-file-is-sent-whole", test_file);
    g_test_add_func("/server/metrics-count-replies-and-bytes", test_metrics);
    int result = g_test_run();
    g_assert_true(http_server_stop(server, 3000));
    return result;
}
