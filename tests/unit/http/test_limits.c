#include "raw.h"

#define SLOW 200

typedef struct {
    guint16 port;
    int status;
    gboolean whole;
    gint64 took_ms;
} Caller;

static gpointer
call_slow(gpointer data)
{
    Caller *caller = data;
    gint64 start_us = g_get_monotonic_time();
    g_auto(Raw) raw = raw_ask(caller->port, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    caller->status = raw.status;
    caller->whole = raw.is_whole;
    caller->took_ms = (g_get_monotonic_time() - start_us) / 1000;
    return NULL;
}

static void
test_slow_strangers(void)
{
    HttpOptions options = { .idle_timeout_s = 5 };
    HttpServer *server = app_start(&options, NULL);
    guint16 port = http_server_port(server);
    int slow[SLOW];
    for (int i = 0; i < SLOW; i++) {
        slow[i] = raw_connect(port, "127.0.0.2");
        raw_say(slow[i], i % 2
                             ? "GET /echo HTTP/1.1\r\nHost: x\r\n"
                             : "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nab");
    }
    g_usleep(200000);
    for (int i = 0; i < 20; i++) {
        gint64 start_us = g_get_monotonic_time();
        g_auto(Raw) raw =
            raw_ask(port, "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        g_assert_cmpint(raw.status, ==, 200);
        g_assert_cmpint(g_get_monotonic_time() - start_us, <, 500000);
    }
    HttpMetrics m;
    http_server_metrics(server, &m);
    g_assert_cmpint(m.connections, <=, 64 + 20);
    g_assert_cmpint(m.connections, >=, 64);
    for (int i = 0; i < SLOW; i++)
        close(slow[i]);
    g_assert_true(http_server_stop(server, 2000));
}

/* One byte every 200 ms is never idle; the total deadline ends it all the same. */
static void
drip(const char *begin, const char *drop, gint64 at_least_ms, gint64 at_most_ms)
{
    HttpOptions options = { .idle_timeout_s = 30, .header_deadline_s = 2, .body_deadline_s = 2 };
    HttpServer *server = app_start(&options, NULL);
    int fd = raw_connect(http_server_port(server), NULL);
    gint64 start_us = g_get_monotonic_time();
    raw_say(fd, begin);
    while (!raw_is_closed(fd, 200) && g_get_monotonic_time() - start_us < 20 * G_USEC_PER_SEC)
        raw_say(fd, drop);
    gint64 took_ms = (g_get_monotonic_time() - start_us) / 1000;
    g_assert_cmpint(took_ms, >=, at_least_ms);
    g_assert_cmpint(took_ms, <=, at_most_ms);
    close(fd);
    HttpMetrics m;
    http_server_metrics(server, &m);
    g_assert_cmpuint(m.cut, ==, 1);
    g_assert_true(http_server_stop(server, 2000));
}

static void
test_slow_headers(void)
{
    drip("GET /echo HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n", 1900, 4000);
}

static void
test_slow_body(void)
{
    drip("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n", "x", 1900, 4000);
}

static void
test_slow_reader(void)
{
    HttpOptions options = { .idle_timeout_s = 30, .reply_deadline_s = 1 };
    HttpServer *server = app_start(&options, NULL);
    int fd = raw_connect(http_server_port(server), NULL);
    int small = 4096;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    raw_say(fd, "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
    /* The kernel's buffers earn the reader minutes, too long for a test. So ask whether the server lets go
     * of such a reader when it stops. */
    g_usleep(300000);
    gint64 start_us = g_get_monotonic_time();
    g_assert_true(http_server_stop(server, 500));
    g_assert_cmpint(g_get_monotonic_time() - start_us, <, 2 * G_USEC_PER_SEC);
    close(fd);
}

static void
test_idle(void)
{
    HttpOptions options = { .idle_timeout_s = 1 };
    HttpServer *server = app_start(&options, NULL);
    int fd = raw_connect(http_server_port(server), NULL);
    raw_say(fd, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    g_auto(Raw) raw = raw_read(fd, FALSE, 1000);
    g_assert_cmpint(raw.status, ==, 200);
    g_assert_true(raw_is_closed(fd, 4000));
    close(fd);
    g_assert_true(http_server_stop(server, 1000));
}

static void
test_stop(void)
{
    HttpServer *server = app_start(NULL, NULL);
    Caller callers[5];
    GThread *threads[5];
    int idle = raw_connect(http_server_port(server), NULL);
    for (int i = 0; i < 5; i++) {
        callers[i] = (Caller){ .port = http_server_port(server) };
        threads[i] = g_thread_new("caller", call_slow, &callers[i]);
    }
    g_usleep(150000);
    gint64 start_us = g_get_monotonic_time();
    g_assert_true(http_server_stop(server, 10000));
    g_assert_cmpint(g_get_monotonic_time() - start_us, <, 3 * G_USEC_PER_SEC);
    for (int i = 0; i < 5; i++) {
        g_thread_join(threads[i]);
        g_assert_cmpint(callers[i].status, ==, 200);
        g_assert_true(callers[i].whole);
    }
    g_assert_true(raw_is_closed(idle, 1000));
    close(idle);
}

static void
test_stop_refuses(void)
{
    HttpServer *server = app_start(NULL, NULL);
    guint16 port = http_server_port(server);
    Caller caller = { .port = port };
    GThread *thread = g_thread_new("caller", call_slow, &caller);
    g_usleep(100000);
    g_assert_true(http_server_stop(server, 5000));
    g_thread_join(thread);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    g_assert_cmpint(connect(fd, (struct sockaddr *) &to, sizeof to), ==, -1);
    close(fd);
    /* and the port is free again at once */
    g_autofree char *listen = g_strdup_printf("127.0.0.1:%u", port);
    HttpOptions options = { .listen = listen };
    HttpServer *again = app_start(&options, NULL);
    g_assert_true(http_server_stop(again, 1000));
}

/* A writer hammers while the server stops: what was answered is whole, what was not was not begun. */
typedef struct {
    guint16 port;
    gint answered;
} Hammer;

static gpointer
hammer(gpointer data)
{
    Hammer *h = data;
    for (;;) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(h->port) };
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(fd, (struct sockaddr *) &to, sizeof to) != 0) {
            close(fd);
            return NULL;
        }
        for (int i = 0; i < 50; i++) {
            raw_say(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
            g_auto(Raw) raw = raw_read(fd, FALSE, 3000);
            if (raw.status != 200 || !raw.is_whole)
                break;
            g_atomic_int_inc(&h->answered);
        }
        close(fd);
    }
}

static void
test_stop_under_load(void)
{
    for (int round = 0; round < 5; round++) {
        gint handled = 0;
        HttpServer *server = app_start(NULL, &handled);
        Hammer h = { .port = http_server_port(server) };
        GThread *threads[4];
        for (int i = 0; i < 4; i++)
            threads[i] = g_thread_new("hammer", hammer, &h);
        g_usleep(150000);
        g_assert_true(http_server_stop(server, 10000));
        for (int i = 0; i < 4; i++)
            g_thread_join(threads[i]);
        g_assert_cmpint(h.answered, >, 0);
        g_assert_cmpint(h.answered, ==, handled);
    }
}

static void
assert_refused(const char *listen, AppErrorCode code, const char *token, const char *part)
{
    HttpOptions options = { .listen = listen };
    g_autoptr(GError) error = NULL;
    g_assert_null(http_server_start(&options, app_handle, NULL, &error));
    g_assert_true(app_error_is(error, code));
    g_assert_cmpstr(app_error_token(error), ==, token);
    g_assert_nonnull(strstr(app_error_text(error, LANG_EN), part));
    g_assert_nonnull(strstr(app_error_text(error, LANG_ZH), "LANTING_LISTEN"));
}

static void
test_port_in_use(void)
{
    HttpServer *server = app_start(NULL, NULL);
    g_autofree char *listen = g_strdup_printf("127.0.0.1:%u", http_server_port(server));
    g_autofree char *number = g_strdup_printf("port %u", http_server_port(server));
    assert_refused(listen, APP_ERROR_CONFLICT, "http.port_in_use", number);
    assert_refused(listen, APP_ERROR_CONFLICT, "http.port_in_use", "LANTING_LISTEN");
    g_autofree char *any = g_strdup_printf(":%u", http_server_port(server));
    assert_refused(any, APP_ERROR_CONFLICT, "http.port_in_use", number);
    g_assert_true(http_server_stop(server, 1000));
}

static void
test_listen_texts(void)
{
    static const char *const bad[] = { "",       "8080",        "127.0.0.1",       "127.0.0.1:",
                                       ":x",     ":65536",      "no.such.host:80", "::1:8080",
                                       "[::1:0", "192.0.2.1:0", "1.2.3:x" };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_refused(bad[i], APP_ERROR_INVALID, "http.listen", "LANTING_LISTEN");
    static const char *const good[] = { ":0", "localhost:0", "0.0.0.0:0" };
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        HttpOptions options = { .listen = good[i] };
        HttpServer *server = app_start(&options, NULL);
        g_auto(Raw) raw = raw_ask(http_server_port(server),
                                  "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert_says(&raw, "from=127.0.0.1");
        g_assert_true(http_server_stop(server, 1000));
    }
}

static void
test_ipv6(void)
{
    HttpOptions options = { .listen = "[::1]:0" };
    g_autoptr(GError) error = NULL;
    HttpServer *server = http_server_start(&options, app_handle, NULL, &error);
    if (!server) {
        g_test_skip("no IPv6 on this machine");
        return;
    }
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    to.sin6_port = htons(http_server_port(server));
    g_assert_cmpint(connect(fd, (struct sockaddr *) &to, sizeof to), ==, 0);
    raw_say(fd, "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    g_auto(Raw) raw = raw_read(fd, FALSE, 3000);
    assert_says(&raw, "from=::1");
    close(fd);
    g_assert_true(http_server_stop(server, 1000));
}

static void
test_parallel(void)
{
    HttpServer *server = app_start(NULL, NULL);
    Caller callers[40];
    GThread *threads[40];
    for (int i = 0; i < 40; i++) {
        callers[i] = (Caller){ .port = http_server_port(server) };
        threads[i] = g_thread_new("caller", call_slow, &callers[i]);
    }
    for (int i = 0; i < 40; i++) {
        g_thread_join(threads[i]);
        g_assert_cmpint(callers[i].status, ==, 200);
        g_assert_cmpint(callers[i].took_ms, <, 2000);
    }
    g_assert_true(http_server_stop(server, 1000));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/limits/200-slow-connections-do-not-block-others", test_slow_strangers);
    g_test_add_func("/limits/headers-have-a-total-deadline", test_slow_headers);
    g_test_add_func("/limits/a-body-has-a-total-deadline", test_slow_body);
    g_test_add_func("/limits/a-slow-reader-does-not-hold-up-the-stop", test_slow_reader);
    g_test_add_func("/limits/an-idle-connection-is-closed", test_idle);
    g_test_add_func("/limits/forty-slow-requests-run-side-by-side", test_parallel);
    g_test_add_func("/stop/running-requests-are-finished", test_stop);
    g_test_add_func("/stop/new-connections-are-refused-and-the-port-is-free", test_stop_refuses);
    g_test_add_func("/stop/every-handled-request-was-answered", test_stop_under_load);
    g_test_add_func("/listen/a-port-in-use-is-named", test_port_in_use);
    g_test_add_func("/listen/a-malformed-address-is-refused", test_listen_texts);
    g_test_add_func("/listen/ipv6-works", test_ipv6);
    return g_test_run();
}
