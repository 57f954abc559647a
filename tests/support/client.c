#include "support/client.h"

#include "http/http_internal.h"

#include <string.h>
#include <unistd.h>

Api *
client_api(World *world)
{
    const ApiOptions options = { .db = world->db, .registry = world->registry, .files_dir = g_get_tmp_dir(), .key = world->key };
    return api_new(&options);
}

static void
add_param(GArray *array, const char *name, const char *value)
{
    HttpParam p = { g_strdup(name), g_strdup(value) };

    g_array_append_val(array, p);
}

/* Texts of random requests must not be interned: GLib keeps those for ever. */
static void
param_clear(gpointer data)
{
    HttpParam *p = data;

    g_free((char *) p->name);
    g_free((char *) p->value);
}

static GArray *
params_new(void)
{
    GArray *array = g_array_new(FALSE, FALSE, sizeof(HttpParam));

    g_array_set_clear_func(array, param_clear);
    return array;
}

/* The query of a path, decoded, as the server would do it. */
static void
split_query(const char *path, HttpRequest *request)
{
    const char *mark = strchr(path, '?');

    request->path = mark ? g_strndup(path, (gsize) (mark - path)) : g_strdup(path);
    if (!mark)
        return;
    g_auto(GStrv) parts = g_strsplit(mark + 1, "&", -1);
    for (guint i = 0; parts[i]; i++) {
        char *equals = strchr(parts[i], '=');
        if (!equals)
            continue;
        *equals = '\0';
        g_autofree char *value = g_uri_unescape_string(equals + 1, NULL);
        add_param(request->query, parts[i], value ? value : "");
    }
}

static HttpMethod
method_of(const char *name)
{
    for (guint m = 0; m < HTTP_METHOD__N; m++) {
        if (strcmp(http_method_name((HttpMethod) m), name) == 0)
            return (HttpMethod) m;
    }
    g_error("no method %s", name);
}

/* What a browser would get: bytes, or the file that would be sent. transfer full, NULL for nothing. */
static GBytes *
body_of(const HttpReply *reply)
{
    GBytes *bytes = http_reply_peek_body(reply);

    if (bytes)
        return g_bytes_ref(bytes);
    if (reply->kind != BODY_FILE)
        return NULL;
    char *data = g_malloc(reply->file_size + 1);
    gssize got = pread(reply->fd, data, reply->file_size, 0);
    g_assert_cmpint(got, ==, (gssize) reply->file_size);
    return g_bytes_new_take(data, (gsize) got);
}

static json_t *
exchange(Client *c, const char *method, const char *path, GBytes *body, const char *type)
{
    HttpRequest request = { .method = method_of(method), .body = body, .id = "test", .remote = "127.0.0.1" };

    request.query = params_new();
    request.headers = params_new();
    request.cookies = params_new();
    split_query(path, &request);
    add_param(request.headers, "Content-Type", type);
    add_param(request.headers, "Accept-Language", "zh");
    add_param(request.headers, "Host", "127.0.0.1");
    if (c->csrf)
        add_param(request.headers, "X-CSRF-Token", c->csrf);
    if (c->key)
        add_param(request.headers, "Idempotency-Key", c->key);
    if (c->sid)
        add_param(request.cookies, "sid", c->sid);
    g_autoptr(HttpReply) reply = http_reply_new("test");
    api_handle(&request, reply, c->api);
    c->status = http_reply_status(reply);
    const char *cookie = http_reply_peek_header(reply, "Set-Cookie");
    if (cookie && g_str_has_prefix(cookie, "sid=")) {
        g_free(c->sid);
        c->sid = g_strndup(cookie + 4, strcspn(cookie + 4, ";"));
    }
    GBytes *got = body_of(reply);
    g_clear_pointer(&c->bytes, g_bytes_unref);
    c->bytes = got;
    g_free(c->text);
    c->text = got ? g_strndup(g_bytes_get_data(got, NULL), g_bytes_get_size(got)) : g_strdup("");
    g_array_unref(request.query);
    g_array_unref(request.headers);
    g_array_unref(request.cookies);
    g_free(request.path);
    json_decref(c->reply);
    c->reply = json_loads(c->text, 0, NULL);
    return c->reply;
}

json_t *
client_send(Client *c, const char *method, const char *path, const char *body)
{
    g_autoptr(GBytes) bytes = g_bytes_new(body ? body : "", body ? strlen(body) : 0);

    return exchange(c, method, path, bytes, "application/json");
}

json_t *
client_raw(Client *c, const char *method, const char *path, GBytes *bytes, const char *type)
{
    return exchange(c, method, path, bytes, type);
}

json_t *
client_upload(Client *c, int status, GBytes *bytes, const char *path)
{
    json_t *json = exchange(c, "POST", path, bytes, "application/octet-stream");

    if (c->status != status)
        g_error("POST %s: %d %s", path, c->status, c->text);
    return json;
}

static json_t *
expect(Client *c, int status, const char *method, const char *path, const char *body)
{
    json_t *json = client_send(c, method, path, body);

    if (c->status != status)
        g_error("%s %s: expected %d, got %d %s", method, path, status, c->status, c->text);
    return json;
}

json_t *
client_get(Client *c, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *path = g_strdup_vprintf(format, args);
    va_end(args);
    return expect(c, 200, "GET", path, NULL);
}

json_t *
client_post(Client *c, int status, const char *body, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *path = g_strdup_vprintf(format, args);
    va_end(args);
    return expect(c, status, "POST", path, body);
}

json_t *
client_patch(Client *c, int status, const char *body, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *path = g_strdup_vprintf(format, args);
    va_end(args);
    return expect(c, status, "PATCH", path, body);
}

Client *
client_new(World *world, const char *login)
{
    return client_sign_in(world, login, WORLD_PASSWORD);
}

Client *
client_sign_in(World *world, const char *login, const char *password)
{
    Client *c = g_new0(Client, 1);
    g_autofree char *body = g_strdup_printf("{\"login\":\"%s\",\"password\":\"%s\"}", login, password);

    c->world = world;
    c->api = client_api(world);
    json_t *reply = expect(c, 200, "POST", "/api/session", body);
    c->csrf = g_strdup(json_string_value(json_object_get(reply, "csrf")));
    g_assert_nonnull(c->csrf);
    g_assert_nonnull(c->sid);
    return c;
}

void
client_free(Client *c)
{
    if (!c)
        return;
    api_free(c->api);
    g_free(c->sid);
    g_free(c->csrf);
    g_free(c->text);
    g_clear_pointer(&c->bytes, g_bytes_unref);
    json_decref(c->reply);
    g_clear_pointer(&c->texts, g_string_chunk_free);
    g_free(c);
}

void
client_refused(Client *c, int status, const char *code)
{
    const char *got = client_text(c, "code");

    if (c->status != status || g_strcmp0(got, code) != 0)
        g_error("expected %d %s, got %d %s", status, code, c->status, c->text);
}

void
client_refused_field(Client *c, const char *field)
{
    gsize n = client_len(c, "fields");

    for (gsize i = 0; i < n; i++) {
        g_autofree char *at = g_strdup_printf("fields.%" G_GSIZE_FORMAT ".field", i);
        if (g_strcmp0(client_text(c, at), field) == 0)
            return;
    }
    g_error("no complaint about %s in %d %s", field, c->status, c->text);
}

/* The value at a path in the last reply. */
static json_t *
look(Client *c, const char *at)
{
    g_auto(GStrv) keys = g_strsplit(at, ".", -1);
    json_t *value = c->reply;

    for (guint i = 0; keys[i] && value; i++)
        value = json_is_array(value) ? json_array_get(value, (gsize) g_ascii_strtoull(keys[i], NULL, 10))
                                     : json_object_get(value, keys[i]);
    return value;
}

const char *
client_text(Client *c, const char *at)
{
    const char *text = json_string_value(look(c, at));

    if (!c->texts)
        c->texts = g_string_chunk_new(4096);
    return text ? g_string_chunk_insert(c->texts, text) : NULL;
}

gint64
client_int(Client *c, const char *at)
{
    return json_integer_value(look(c, at));
}

gsize
client_len(Client *c, const char *at)
{
    return json_array_size(look(c, at));
}

gboolean
client_offers(Client *c, const char *action)
{
    gsize n = client_len(c, "actions");

    for (gsize i = 0; i < n; i++) {
        g_autofree char *at = g_strdup_printf("actions.%" G_GSIZE_FORMAT ".name", i);
        if (g_strcmp0(client_text(c, at), action) == 0)
            return TRUE;
    }
    return FALSE;
}
