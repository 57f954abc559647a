/* cmd_serve.c - the server: pages, API, health, the daily jobs; a graceful end. */
#include "api/api.h"
#include "app/app.h"
#include "app/demo.h"
#include "base/log.h"
#include "http/server.h"
#include "http/static.h"
#include "jobs/jobs.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

enum { STOP_MS = 10000 };

typedef struct {
    App *app;
    Api *api;
    HttpStatic *pages;
    HttpServer *server;
    GMainLoop *loop;
} Server;

static void
write_metrics(Server *s, HttpReply *reply)
{
    GString *text = g_string_new(NULL);
    HttpMetrics metrics;
    DbStats stats = db_stats(s->app->db);

    http_server_metrics(s->server, &metrics);
    http_metrics_print(&metrics, text);
    api_db_metrics(&stats, db_wal_bytes(s->app->db), text);
    http_reply_take(reply, 200, HTTP_TEXT, text);
}

/* Health for machines, the API, and everything else is a page. */
static void
handle(const HttpRequest *request, HttpReply *reply, gpointer data)
{
    Server *s = data;

    if (g_str_has_prefix(request->path, "/api/"))
        api_handle(request, reply, s->api);
    else if (strcmp(request->path, "/healthz") == 0)
        http_reply_take(reply, 200, HTTP_TEXT, g_string_new("ok\n"));
    else if (strcmp(request->path, "/readyz") == 0)
        api_ready(s->api, reply);
    else if (strcmp(request->path, "/metrics") == 0)
        write_metrics(s, reply);
    else
        http_static_serve(s->pages, request, reply);
}

static gsize
max_body(const char *method, const char *path, gpointer data)
{
    Server *s = data;

    return api_max_body(method, path, s->api);
}

static gboolean
on_signal(gpointer data)
{
    Server *s = data;

    log_line(LOG_INFO, "stopping");
    g_main_loop_quit(s->loop);
    return G_SOURCE_CONTINUE;
}

static void
print_welcome(const Server *s, gboolean is_demo)
{
    printf("\n  Lanting 兰亭  http://127.0.0.1:%u\n", http_server_port(s->server));
    if (is_demo) {
        printf("\n  演示账号 demo logins (password %s):\n", DEMO_PASSWORD);
        demo_print_logins(stdout);
    }
    printf("\n  Ctrl+C ends the server.\n");
    fflush(stdout);
}

static int
run(Server *s, const HttpOptions *options, const MailOptions *mail, gboolean is_demo)
{
    g_autoptr(GError) error = NULL;

    s->server = http_server_start(options, handle, s, &error);
    if (!s->server)
        return app_fail(error);
    g_autoptr(Jobs) jobs = jobs_start(s->app->db, s->app->registry, s->app->files_dir, s->app->key, mail);
    print_welcome(s, is_demo);
    s->loop = g_main_loop_new(NULL, FALSE);
    g_unix_signal_add(SIGTERM, on_signal, s);
    g_unix_signal_add(SIGINT, on_signal, s);
    g_main_loop_run(s->loop);
    g_main_loop_unref(s->loop);
    if (!http_server_stop(s->server, STOP_MS)) {
        log_line(LOG_WARN, "some requests did not end in time");
        _Exit(1); /* their threads still use the database: the log of the database brings it back whole */
    }
    return 0;
}

int
cmd_serve(int argc, char **argv)
{
    g_autofree char *url = NULL, *listen = NULL;
    gboolean tls = FALSE;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "database file or postgresql:// address (LANTING_DB)", "URL" },
        { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, "address and port (LANTING_LISTEN, 127.0.0.1:8080)", "ADDR" },
        { "tls-in-front", 0, 0, G_OPTION_ARG_NONE, &tls, "a proxy in front speaks TLS", NULL },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("Serves the web pages and the API.", entries, &argc, &argv, &status))
        return status;
    g_autoptr(MailOptions) mail = mail_options_from_env(&error);
    if (error)
        return app_fail(error);
    g_autoptr(App) app = app_open(url, &error);
    if (!app)
        return app_fail(error);
    const char *env = g_getenv("LANTING_LISTEN");
    gboolean is_demo = demo_is_there(app);
    const ApiOptions api_options = { .db = app->db, .registry = app->registry, .files_dir = app->files_dir,
                                     .key = app->key, .is_demo = is_demo, .tls_in_front = tls,
                                     .demo_logins = is_demo ? demo_logins_json : NULL, .demo_password = DEMO_PASSWORD };
    g_autoptr(Api) api = api_new(&api_options);
    g_autoptr(HttpStatic) pages = http_static_new("/lanting/web", g_getenv("LANTING_WEB_DIR"));
    Server server = { .app = app, .api = api, .pages = pages };
    const HttpOptions options = { .listen = listen ? listen : env && *env ? env : "127.0.0.1:8080",
                                  .tls_in_front = tls, .max_body = max_body,
                                  .trusted_proxies = g_getenv("LANTING_PROXIES") };
    return run(&server, &options, mail, is_demo);
}
