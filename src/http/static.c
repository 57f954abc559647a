#include "http/static.h"

#include "http/http_internal.h"
#include "http/problem.h"

#include <stdlib.h>
#include <string.h>

struct HttpStatic {
    char *prefix; /* of the resources */
    char *dir;    /* real path of the folder, NULL when embedded */
    GMutex lock;
    GHashTable *tags; /* resource path to ETag: embedded bytes never change */
};

static const HttpParam types[] = {
    { "html", HTTP_HTML },
    { "js", "text/javascript; charset=utf-8" },
    { "mjs", "text/javascript; charset=utf-8" },
    { "css", "text/css; charset=utf-8" },
    { "json", HTTP_JSON },
    { "map", HTTP_JSON },
    { "webmanifest", "application/manifest+json" },
    { "svg", "image/svg+xml" },
    { "png", "image/png" },
    { "jpg", "image/jpeg" },
    { "jpeg", "image/jpeg" },
    { "webp", "image/webp" },
    { "gif", "image/gif" },
    { "ico", "image/x-icon" },
    { "woff2", "font/woff2" },
    { "woff", "font/woff" },
    { "ttf", "font/ttf" },
    { "wasm", "application/wasm" },
    { "txt", HTTP_TEXT },
    { "xml", "application/xml" },
    { "pdf", HTTP_PDF },
};

static const char not_built[] =
    "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><title>兰亭 Lanting</title>"
    "<body style=\"font-family:sans-serif;max-width:36em;margin:4em auto;line-height:1.6\">"
    "<h1>兰亭 Lanting</h1><p>服务已启动，但网页尚未构建。请运行 <code>make web</code> 后重新编译，"
    "或用 <code>LANTING_WEB_DIR</code> 指向已构建的网页目录。</p>"
    "<p lang=\"en\">The server is running, but the web pages are not built. Run <code>make "
    "web</code> "
    "and compile again, or let <code>LANTING_WEB_DIR</code> name a folder of built pages.</p>"
    "<p><code>/api</code> · <code>/healthz</code></p></body></html>";

HttpStatic *
http_static_new(const char *prefix, const char *dir)
{
    HttpStatic *files = g_new0(HttpStatic, 1);
    files->prefix = g_strdup(prefix);
    if (dir) {
        char *real = realpath(dir, NULL);
        files->dir = g_strdup(real ? real : dir);
        free(real); /* libc's own memory */
    }
    g_mutex_init(&files->lock);
    files->tags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return files;
}

void
http_static_free(HttpStatic *files)
{
    if (!files)
        return;
    g_free(files->prefix);
    g_free(files->dir);
    g_mutex_clear(&files->lock);
    g_hash_table_unref(files->tags);
    g_free(files);
}

/* A file below the folder, also after links are followed. NULL if there is none. transfer full. */
static GBytes *
read_from_dir(const HttpStatic *files, const char *path)
{
    g_autofree char *full = g_strconcat(files->dir, path, NULL);
    char *real = realpath(full, NULL);
    g_autofree char *resolved = g_strdup(real);
    free(real);
    gsize len = strlen(files->dir);
    if (!resolved || strncmp(resolved, files->dir, len) != 0 || resolved[len] != '/'
        || !g_file_test(resolved, G_FILE_TEST_IS_REGULAR))
        return NULL;
    char *text = NULL;
    gsize size = 0;
    return g_file_get_contents(resolved, &text, &size, NULL) ? g_bytes_new_take(text, size) : NULL;
}

static GBytes *
look_up(const HttpStatic *files, const char *path)
{
    if (files->dir)
        return read_from_dir(files, path);
    g_autofree char *name = g_strconcat(files->prefix, path, NULL);
    return g_resources_lookup_data(name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static char *
tag_of(GBytes *bytes)
{
    char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    digest[24] = '\0';
    return digest;
}

/* transfer full. */
static char *
find_tag(HttpStatic *files, const char *path, GBytes *bytes)
{
    if (files->dir)
        return tag_of(bytes);
    g_mutex_lock(&files->lock);
    g_autofree char *tag = g_strdup(g_hash_table_lookup(files->tags, path));
    g_mutex_unlock(&files->lock);
    if (tag)
        return g_steal_pointer(&tag);
    tag = tag_of(bytes);
    g_mutex_lock(&files->lock);
    g_hash_table_replace(files->tags, g_strdup(path), g_strdup(tag));
    g_mutex_unlock(&files->lock);
    return g_steal_pointer(&tag);
}

static const char *
type_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (!dot || strchr(dot, '/'))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_ascii_strcasecmp(dot + 1, types[i].name) == 0)
            return types[i].value;
    return NULL;
}

/* Replaces @bytes by the smallest variant that the client takes; NULL coding means plain. */
static const char *
choose_variant(const HttpStatic *files, const char *path, const HttpRequest *request,
               GBytes **bytes)
{
    static const HttpParam variants[] = { { "br", ".br" }, { "gzip", ".gz" } };
    for (gsize i = 0; i < G_N_ELEMENTS(variants); i++) {
        if (!http_accepts(request, variants[i].name))
            continue;
        g_autofree char *name = g_strconcat(path, variants[i].value, NULL);
        GBytes *small = look_up(files, name);
        if (small) {
            g_bytes_unref(*bytes);
            *bytes = small;
            return variants[i].name;
        }
    }
    return NULL;
}

/* FALSE if there is no such file. */
static gboolean
serve_file(HttpStatic *files, const char *path, const HttpRequest *request, HttpReply *reply)
{
    g_autoptr(GBytes) bytes = look_up(files, path);
    if (!bytes)
        return FALSE;
    const char *type = type_of(path);
    g_autofree char *tag = find_tag(files, path, bytes);
    /* Assets carry a digest in their names, so a name never changes its bytes. */
    gboolean is_asset = g_str_has_prefix(path, "/assets/");
    http_reply_header(reply, "Cache-Control",
                      is_asset ? "public, max-age=31536000, immutable" : "no-cache");
    http_reply_header(reply, "Vary", "Accept-Encoding");
    const char *coding = choose_variant(files, path, request, &bytes);
    http_reply_bytes(reply, 200, type ? type : "application/octet-stream", bytes);
    if (coding)
        http_reply_header(reply, "Content-Encoding", coding);
    http_reply_etag(reply, request, tag);
    return TRUE;
}

void
http_static_serve(HttpStatic *files, const HttpRequest *request, HttpReply *reply)
{
    gboolean is_en = http_lang(request) == LANG_EN;
    if (request->method != HTTP_GET) {
        http_reply_problem(reply, 405, "http.method_not_allowed",
                           is_en ? "only GET is allowed here" : "此地址只支持 GET", NULL);
        http_reply_header(reply, "Allow", "GET, HEAD");
        return;
    }
    const char *path = g_str_equal(request->path, "/") ? "/index.html" : request->path;
    if (serve_file(files, path, request, reply))
        return;
    /* A page of yesterday asks for a chunk of yesterday: it must see 404, not a page of HTML. */
    if (g_str_has_prefix(path, "/assets/") || (type_of(path) && !g_str_has_suffix(path, ".html"))) {
        http_reply_problem(reply, 404, "http.not_found", is_en ? "no such file" : "没有这个文件",
                           NULL);
        return;
    }
    if (serve_file(files, "/index.html", request, reply))
        return;
    g_autoptr(GBytes) page = g_bytes_new_static(not_built, sizeof not_built - 1);
    http_reply_bytes(reply, 404, HTTP_HTML, page);
}
