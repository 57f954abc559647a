#include "raw.h"

#define MUTANTS 3000

/* Twenty requests that are fine; each ends the connection, so that an answer is followed by its end. */
static const char *const seeds[] = {
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /echo?a=1&b=%E5%85%B0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /big HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n",
    "HEAD /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /etag HTTP/1.1\r\nHost: x\r\nIf-None-Match: W/\"v1\"\r\nConnection: close\r\n\r\n",
    "GET /file HTTP/1.1\r\nHost: localhost:8080\r\nConnection: close\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 13\r\n"
    "Connection: close\r\n\r\n{\"name\":\"x\"} ",
    "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
    "POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    "3;name=value\r\nabc\r\n0\r\nTrailer: x\r\n\r\n",
    "PATCH /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
    "PUT /upload HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
    "Connection: close\r\n\r\nab",
    "DELETE /empty HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "OPTIONS /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET http://x/echo?q=a+b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /echo HTTP/1.0\r\n\r\n",
    "GET /echo HTTP/1.1\r\nHost: x\r\nCookie: sid=abc; lang=zh; =; a\r\nConnection: close\r\n\r\n",
    "GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /echo HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4, ::1\r\nAccept-Language: "
    "en;q=0.5\r\n"
    "User-Agent: Mozilla/5.0\r\nConnection: close\r\n\r\n",
};

static const char *const pieces[] = {
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    " ",
    ":",
    "%00",
    "%",
    "..",
    "/",
    "?",
    "&",
    "=",
    "\t",
    "HTTP/1.1",
    "Content-Length: 1\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Host: y\r\n",
    "ffffffffffffffff\r\n",
    "-1",
    "99999999999999999999",
    ";",
    "\xff\xfe",
    "é",
    "Expect: 100-continue\r\n",
    "0\r\n\r\n",
};

static void
mutate(GRand *rand, GString *text)
{
    gint32 at = text->len ? g_rand_int_range(rand, 0, (gint32) text->len) : 0;
    gint32 len = text->len ? g_rand_int_range(rand, 1, 9) : 0;
    const char *piece = pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))];
    switch (g_rand_int_range(rand, 0, 7)) {
    case 0: /* another byte, NUL too */
        if (text->len)
            text->str[at] = (char) g_rand_int_range(rand, 0, 256);
        break;
    case 1:
        g_string_erase(text, at, MIN(len, (gint32) text->len - at));
        break;
    case 2:
        g_string_insert(text, at, piece);
        break;
    case 3: { /* a part twice */
        g_autofree char *part = g_strndup(text->str + at, (gsize) len * 4);
        g_string_insert(text, at, part);
        break;
    }
    case 4:
        g_string_truncate(text, (gsize) at);
        break;
    case 5: { /* very long */
        g_autofree char *fill = g_strnfill((gsize) g_rand_int_range(rand, 100, 40000), 'A');
        g_string_insert(text, at, fill);
        break;
    }
    default: /* one bit */
        if (text->len)
            text->str[at] = (char) (text->str[at] ^ (1 << g_rand_int_range(rand, 0, 8)));
    }
}

static void
test_mutants(void)
{
    HttpServer *server = app_start(NULL, NULL);
    guint16 port = http_server_port(server);
    g_autoptr(GRand) rand = g_rand_new_with_seed(20260301);
    gint64 worst_us = 0;
    for (int i = 0; i < MUTANTS; i++) {
        g_autoptr(GString) text = g_string_new(seeds[i % (int) G_N_ELEMENTS(seeds)]);
        for (int changes = g_rand_int_range(rand, 1, 4); changes > 0; changes--)
            mutate(rand, text);
        int fd = raw_connect(port, NULL);
        gint64 start_us = g_get_monotonic_time();
        raw_send(fd, text->str, text->len);
        shutdown(fd, SHUT_WR); /* there is no more to come: answer or close */
        if (!raw_is_closed(fd, 5000)) {
            g_autofree char *shown = g_strescape(text->str, NULL);
            g_error("mutant %d was neither answered nor closed: %s", i, shown);
        }
        worst_us = MAX(worst_us, g_get_monotonic_time() - start_us);
        close(fd);
    }
    g_test_message("slowest mutant: %" G_GINT64_FORMAT " us", worst_us);
    g_assert_cmpint(worst_us, <, G_USEC_PER_SEC);
    g_auto(Raw) raw = raw_ask(port, "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    g_assert_cmpint(raw.status, ==, 200);
    HttpMetrics m;
    http_server_metrics(server, &m);
    g_assert_cmpuint(m.by_class[2], >, 100); /* not everything was refused … */
    g_assert_cmpuint(m.by_class[4], >, 100); /* … and not everything was fine */
    g_assert_true(http_server_stop(server, 3000));
}

/* The seeds themselves are answered, else the mutants would say little. */
static void
test_seeds(void)
{
    HttpServer *server = app_start(NULL, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(seeds); i++) {
        g_auto(Raw) raw = raw_ask(http_server_port(server), seeds[i]);
        if (raw.status < 100 || raw.status >= 400)
            g_error("%d for %s", raw.status, seeds[i]);
    }
    g_assert_true(http_server_stop(server, 3000));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mutation/the-seeds-are-answered", test_seeds);
    g_test_add_func("/mutation/each-mutant-is-answered-or-closed-within-a-second", test_mutants);
    return g_test_run();
}
