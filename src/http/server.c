#include "http/server.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/http_internal.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define FILES_RESERVED 128U /* databases, uploads, log: never starved by connections */

#if defined(__SANITIZE_ADDRESS__)
#define STACK_FACTOR 4 /* red zones */
#else
#define STACK_FACTOR 1
#endif

static void on_log(void *cls, const char *format, va_list args) G_GNUC_PRINTF(2, 0);

static void
on_log(void *cls, const char *format, va_list args)
{
    (void) cls;
    g_autofree char *text = g_strdup_vprintf(format, args);
    log_line(LOG_DEBUG, "libmicrohttpd: %s", g_strchomp(text));
}

static guint
or_default(guint value, guint standard)
{
    return value ? value : standard;
}

/* As many connections as asked for, as long as files are left for everything else. */
static guint
limit_by_files(guint wanted)
{
    struct rlimit files = { 0 };
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return wanted;
    rlim_t need = (rlim_t) wanted + FILES_RESERVED;
    if (files.rlim_cur < need && files.rlim_max > files.rlim_cur) {
        struct rlimit more = { MIN(need, files.rlim_max), files.rlim_max };
        if (setrlimit(RLIMIT_NOFILE, &more) == 0)
            files = more;
    }
    if (files.rlim_cur >= need)
        return wanted;
    guint possible = files.rlim_cur > (rlim_t) 2 * FILES_RESERVED
                         ? (guint) files.rlim_cur - FILES_RESERVED
                         : (guint) files.rlim_cur / 2;
    log_line(LOG_WARN, "only %u connections: the limit of open files is %u", possible,
             (guint) files.rlim_cur);
    return MAX(possible, 4);
}

static void
set_options(HttpServer *server, const HttpOptions *given)
{
    HttpOptions *o = &server->options;
    *o = *given;
    o->max_connections = limit_by_files(or_default(o->max_connections, 512));
    o->max_per_address = or_default(o->max_per_address, 64);
    o->idle_timeout_s = or_default(o->idle_timeout_s, 15);
    o->header_deadline_s = or_default(o->header_deadline_s, o->idle_timeout_s + 10);
    o->body_deadline_s = or_default(o->body_deadline_s, 30);
    o->reply_deadline_s = or_default(o->reply_deadline_s, 30);
    o->stack_kb = or_default(o->stack_kb, 256);
    server->proxies = g_strsplit(o->trusted_proxies ? o->trusted_proxies : "", ",", 50);
    for (char **proxy = server->proxies; *proxy; proxy++)
        g_strstrip(*proxy);
    if (o->trusted_proxies && *o->trusted_proxies)
        o->max_per_address = 0;
    o->listen = o->trusted_proxies = NULL;
}

static struct MHD_Daemon *
start_daemon(HttpServer *server)
{
    const HttpOptions *o = &server->options;
    unsigned int flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD
                         | MHD_USE_POLL | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    return MHD_start_daemon(flags, server->port, NULL, NULL, exchange_on_data, server,
                            /* first, so that the other options can complain */
                            MHD_OPTION_EXTERNAL_LOGGER, on_log, server,             //
                            MHD_OPTION_LISTEN_SOCKET, server->listen_fd,            //
                            MHD_OPTION_CONNECTION_LIMIT, o->max_connections,        //
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->max_per_address, //
                            MHD_OPTION_CONNECTION_TIMEOUT, o->idle_timeout_s,       //
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_BYTES,         //
                            MHD_OPTION_THREAD_STACK_SIZE,
                            (size_t) o->stack_kb * 1024 * STACK_FACTOR,                 //
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,                            //
                            MHD_OPTION_URI_LOG_CALLBACK, exchange_on_target, server,    //
                            MHD_OPTION_NOTIFY_COMPLETED, exchange_on_completed, server, //
                            MHD_OPTION_NOTIFY_CONNECTION, conn_notify, server,          //
                            MHD_OPTION_END);
}

static void
server_free(HttpServer *server)
{
    if (server->listen_fd >= 0)
        close(server->listen_fd);
    g_clear_pointer(&server->connections, g_hash_table_unref);
    g_strfreev(server->proxies);
    g_mutex_clear(&server->lock);
    g_cond_clear(&server->wake);
    g_free(server);
}

HttpServer *
http_server_start(const HttpOptions *options, HttpHandler handler, gpointer app, GError **error)
{
    guint16 port = 0;
    int fd = http_listen(options->listen ? options->listen : "127.0.0.1:8080", &port, error);
    if (fd < 0)
        return NULL;
    HttpServer *server = g_new0(HttpServer, 1);
    server->handler = handler;
    server->app = app;
    server->listen_fd = fd;
    server->port = port;
    server->nonce = g_random_int();
    server->connections = g_hash_table_new_full(NULL, NULL, g_free, NULL);
    g_mutex_init(&server->lock);
    g_cond_init(&server->wake);
    set_options(server, options);
    server->daemon = start_daemon(server);
    if (!server->daemon) {
        server_free(server);
        app_error_set(error, APP_ERROR_INTERNAL, "http.start", "网页服务无法启动（端口 %u）",
                      "the HTTP server did not start (port %u)", port);
        return NULL;
    }
    server->reaper = g_thread_new("http-reaper", conn_reaper, server);
    return server;
}

guint16
http_server_port(const HttpServer *server)
{
    return server->port;
}

void
http_server_metrics(HttpServer *server, HttpMetrics *out)
{
    g_mutex_lock(&server->lock);
    *out = server->metrics;
    g_mutex_unlock(&server->lock);
}

/* Waits until nothing is in flight or @deadline_us (GLib's monotonic clock) is past. Lock held. */
static gboolean
wait_idle(HttpServer *server, gint64 deadline_us)
{
    while (server->metrics.in_flight > 0)
        if (!g_cond_wait_until(&server->wake, &server->lock, deadline_us))
            return server->metrics.in_flight == 0;
    return TRUE;
}

gboolean
http_server_stop(HttpServer *server, guint deadline_ms)
{
    gint64 deadline_us = g_get_monotonic_time() + (gint64) deadline_ms * 1000;
    /* New connections are refused at once; the number stays taken until the daemon is gone. */
    int fd = MHD_quiesce_daemon(server->daemon);
    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
    g_mutex_lock(&server->lock);
    server->stopping = TRUE;
    gboolean idle = wait_idle(server, deadline_us);
    server->drained = TRUE;
    conn_cut_waiting(server); /* idle and slow clients; a handler cannot be cut */
    if (!idle)
        idle = wait_idle(server, g_get_monotonic_time() + G_USEC_PER_SEC / 2);
    g_cond_broadcast(&server->wake);
    g_mutex_unlock(&server->lock);
    g_thread_join(g_steal_pointer(&server->reaper));
    if (!idle) {
        log_line(LOG_WARN, "requests are still running after %u ms", deadline_ms);
        return FALSE;
    }
    MHD_stop_daemon(server->daemon);
    server_free(server);
    return TRUE;
}
