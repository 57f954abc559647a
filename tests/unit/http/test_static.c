#include "http/static.h"
#include "raw.h"

#include <glib/gstdio.h>

static char *dir;
static guint16 port;

static void
write_file(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
serve(const HttpRequest *request, HttpReply *reply, gpointer app)
{
    http_static_serve(app, request, reply);
}

static Raw
get(const char *path, const char *more)
{
    g_autofree char *text =
        g_strdup_printf("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n", path, more);
    return raw_ask(port, text);
}

static void
test_index(void)
{
    static const char *const paths[] = { "/", "/index.html", "/lease/17", "/lease/2026.03",
                                         "/招商" };
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_auto(Raw) raw = get(paths[i], "");
        g_assert_cmpint(raw.status, ==, 200);
        g_assert_cmpstr(raw.body->str, ==, "<p>index</p>");
        assert_header(&raw, "Content-Type", HTTP_HTML);
        assert_header(&raw, "Cache-Control", "no-cache");
    }
}

static void
test_asset(void)
{
    g_auto(Raw) raw = get("/assets/app-1a2b.js", "");
    g_assert_cmpint(raw.status, ==, 200);
    g_assert_cmpstr(raw.body->str, ==, "plain");
    assert_header(&raw, "Content-Type", "text/javascript; charset=utf-8");
    assert_header(&raw, "Cache-Control", "public, max-age=31536000, immutable");
    assert_header(&raw, "X-Content-Type-Options", "nosniff");
    g_auto(Raw) missing = get("/assets/app-old.js", "");
    g_assert_cmpint(missing.status, ==, 404);
    g_auto(Raw) icon = get("/favicon.ico", "");
    g_assert_cmpint(icon.status, ==, 404);
}

static void
test_variants(void)
{
    g_auto(Raw) br = get("/assets/app-1a2b.js", "Accept-Encoding: gzip, br\r\n");
    assert_header(&br, "Content-Encoding", "br");
    assert_header(&br, "Content-Type", "text/javascript; charset=utf-8");
    assert_header(&br, "Vary", "Accept-Encoding");
    g_assert_cmpstr(br.body->str, ==, "brotli");
    g_auto(Raw) gz = get("/assets/app-1a2b.js", "Accept-Encoding: gzip, br;q=0\r\n");
    assert_header(&gz, "Content-Encoding", "gzip");
    g_assert_cmpstr(gz.body->str, ==, "zipped");
    g_auto(Raw) css = get("/assets/only.css", "Accept-Encoding: gzip, br\r\n");
    assert_header(&css, "Content-Encoding", NULL);
    g_assert_cmpstr(css.body->str, ==, "p{}");
}

static void
test_etag(void)
{
    g_auto(Raw) first = get("/", "");
    g_autofree char *tag = raw_header(first.head, "ETag");
    g_assert_nonnull(tag);
    g_autofree char *more = g_strdup_printf("If-None-Match: %s\r\n", tag);
    g_auto(Raw) again = get("/lease", more);
    g_assert_cmpint(again.status, ==, 304);
    g_auto(Raw) other = get("/assets/app-1a2b.js", more);
    g_assert_cmpint(other.status, ==, 200);
}

static void
test_methods(void)
{
    g_auto(Raw) post = raw_ask(port, "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    g_assert_cmpint(post.status, ==, 405);
    assert_header(&post, "Allow", "GET, HEAD");
    g_auto(Raw) head = raw_ask(port, "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    g_assert_cmpint(head.status, ==, 200);
    assert_header(&head, "Content-Length", "12");
}

/* Runs all of the above against @files. */
static void
with_server(HttpStatic *files, GTestFunc test)
{
    HttpOptions options = { .listen = "127.0.0.1:0" };
    HttpServer *server = http_server_start(&options, serve, files, NULL);
    g_assert_nonnull(server);
    port = http_server_port(server);
    test();
    g_assert_true(http_server_stop(server, 1000));
}

static void
run_all(void)
{
    test_index();
    test_asset();
    test_variants();
    test_etag();
    test_methods();
}

static void
test_dir(void)
{
    g_autoptr(HttpStatic) files = http_static_new("/nowhere", dir);
    with_server(files, run_all);
}

static void
ask_outside(void)
{
    g_auto(Raw) link = get("/assets/link.txt", "");
    g_assert_cmpint(link.status, ==, 404);
}

static void
test_links(void)
{
    g_autofree char *path = g_build_filename(dir, "assets", "link.txt", NULL);
    g_assert_cmpint(symlink("/etc/hostname", path), ==, 0);
    g_autoptr(HttpStatic) files = http_static_new("/nowhere", dir);
    with_server(files, ask_outside);
    g_unlink(path);
}

static void
ask_not_built(void)
{
    g_auto(Raw) raw = get("/", "");
    g_assert_cmpint(raw.status, ==, 404);
    assert_header(&raw, "Content-Type", HTTP_HTML);
    assert_says(&raw, "网页尚未构建");
    assert_says(&raw, "not built");
}

static void
test_not_built(void)
{
    g_autoptr(HttpStatic) files = http_static_new("/nowhere", NULL);
    with_server(files, ask_not_built);
}

static void
test_resource(void)
{
    g_autofree char *xml = g_build_filename(dir, "web.gresource.xml", NULL);
    g_autofree char *out = g_build_filename(dir, "web.gresource", NULL);
    write_file(
        "web.gresource.xml",
        "<gresources><gresource prefix=\"/test/web\"><file>index.html</file>"
        "<file>assets/app-1a2b.js</file><file>assets/app-1a2b.js.br</file>"
        "<file>assets/app-1a2b.js.gz</file><file>assets/only.css</file></gresource></gresources>");
    const char *argv[] = {
        "glib-compile-resources", "--sourcedir", dir, "--target", out, xml, NULL
    };
    int status = 1;
    g_assert_true(g_spawn_sync(NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(GResource) resource = g_resource_load(out, &error);
    g_assert_no_error(error);
    g_resources_register(resource);
    g_autoptr(HttpStatic) files = http_static_new("/test/web", NULL);
    with_server(files, run_all);
    g_resources_unregister(resource);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    dir = g_dir_make_tmp("lanting-static-XXXXXX", NULL);
    g_assert_nonnull(dir);
    g_autofree char *assets = g_build_filename(dir, "assets", NULL);
    g_assert_cmpint(g_mkdir(assets, 0700), ==, 0);
    write_file("index.html", "<p>index</p>");
    write_file("assets/app-1a2b.js", "plain");
    write_file("assets/app-1a2b.js.br", "brotli");
    write_file("assets/app-1a2b.js.gz", "zipped");
    write_file("assets/only.css", "p{}");
    g_test_add_func("/static/a-folder-is-served", test_dir);
    g_test_add_func("/static/embedded-resources-are-served", test_resource);
    g_test_add_func("/static/a-link-out-of-the-folder-is-not-followed", test_links);
    g_test_add_func("/static/without-pages-a-page-says-so", test_not_built);
    int result = g_test_run();
    const char *argv_rm[] = { "rm", "-r", dir, NULL };
    g_spawn_sync(NULL, (char **) argv_rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                 NULL);
    g_free(dir);
    return result;
}
