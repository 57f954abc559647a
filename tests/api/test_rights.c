/* Every role meets every route: who has the right gets in, who has not is refused, nobody gets in without a session or token. */
#include "domain/org/org.h"
#include "support/mall.h"

#include <string.h>

static const char *const logins[] = { "gm", "director", "lm", "lsup", "ls", "lc", "om", "osup", "os", "oc", "finance", "services", "admin" };

/* ":entity" stands for each entity in turn, other arguments for an id that nobody has. */
static char *
concrete_path(const char *pattern, const char *entity)
{
    g_auto(GStrv) parts = g_strsplit(pattern, "/", -1);

    for (guint i = 0; parts[i]; i++) {
        if (parts[i][0] != ':')
            continue;
        const char *value = strcmp(parts[i], ":entity") == 0 ? entity : strcmp(parts[i], ":name") == 0 ? "rent_roll" : "77";
        g_free(parts[i]);
        parts[i] = g_strdup(value);
    }
    return g_strjoinv("/", parts);
}

static gboolean
is_generic(const Route *route)
{
    return strstr(route->path, ":entity") != NULL;
}

typedef void (*Visit)(Client *client, const Route *route, const char *entity, gpointer data);

static void
each_route(Client *client, Visit visit, gpointer data)
{
    guint n = 0;
    const Route *const *routes = api_routes(client->api, &n);

    for (guint i = 0; i < n; i++) {
        if (!is_generic(routes[i])) {
            visit(client, routes[i], routes[i]->entity, data);
            continue;
        }
        for (guint k = 0; client->world->registry->defs[k]; k++) {
            if (!(client->world->registry->defs[k]->flags & EF_INTERNAL))
                visit(client, routes[i], client->world->registry->defs[k]->name, data);
        }
    }
}

/* A literal route shadows the generic one of the same shape. */
static gboolean
is_shadowed(Client *client, const Route *route, const char *path)
{
    guint n = 0;
    const Route *const *routes = api_routes(client->api, &n);

    for (guint i = 0; is_generic(route) && i < n; i++) {
        g_auto(GStrv) have = g_strsplit(path, "/", -1);
        g_auto(GStrv) want = g_strsplit(routes[i]->path, "/", -1);
        gboolean same = routes[i] != route && !is_generic(routes[i]) && routes[i]->method == route->method
                        && g_strv_length(have) == g_strv_length(want);
        for (guint k = 0; same && have[k]; k++)
            same = want[k][0] == ':' || strcmp(want[k], have[k]) == 0;
        if (same)
            return TRUE;
    }
    return FALSE;
}

static void
check_right(Client *client, const Route *route, const char *entity, gpointer data)
{
    const Access *access = data;
    g_autofree char *path = concrete_path(route->path, entity);
    const char *body = route->method == HTTP_GET || route->method == HTTP_DELETE ? NULL : "{}";

    if (route->auth != AUTH_RIGHT || is_shadowed(client, route, path))
        return;
    gboolean may = access_may(access, entity, route->action);
    client_send(client, http_method_name(route->method), path, body);
    g_autofree char *token = g_strdup_printf("%s.forbidden", entity);
    if (client->status >= 500)
        g_error("%s %s: %d %s", http_method_name(route->method), path, client->status, client->text);
    if (!may && client->status != 403)
        g_error("%s %s without the right %s.%s: %d %s", http_method_name(route->method), path, entity, route->action,
                client->status, client->text);
    if (may && client->status == 403 && g_strcmp0(client_text(client, "code"), token) == 0)
        g_error("%s %s with the right %s.%s is refused", http_method_name(route->method), path, entity, route->action);
}

typedef struct {
    const char *login;
    World *world;
    Access *access;
} Load;

static gboolean
load_access(Ctx *ctx, gpointer data, GError **error)
{
    Load *load = data;

    load->access = org_access_load(ctx->db, world_staff(load->world, load->login), ctx->property_id, error);
    return load->access != NULL;
}

static void
every_role_on_every_route(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    for (guint i = 0; i < G_N_ELEMENTS(logins); i++) {
        Load load = { logins[i], mall->world, NULL };
        world_must(mall->world, NULL, load_access, &load);
        g_autoptr(Access) access = load.access;
        g_autoptr(Client) client = client_new(mall->world, logins[i]);
        each_route(client, check_right, access);
    }
}

static void
check_no_session(Client *client, const Route *route, const char *entity, gpointer data)
{
    g_autofree char *path = concrete_path(route->path, entity);

    (void) data;
    if (route->auth == AUTH_PUBLIC)
        return;
    client_send(client, http_method_name(route->method), path, route->method == HTTP_GET ? NULL : "{}");
    if (client->status != 401)
        g_error("%s %s without a session: %d", http_method_name(route->method), path, client->status);
}

static void
nobody_gets_in_without_a_session(void)
{
    g_autoptr(Mall) mall = mall_new(DIALECT_SQLITE);
    g_autoptr(Client) client = client_new(mall->world, "gm");

    g_clear_pointer(&client->sid, g_free);
    each_route(client, check_no_session, NULL);
}

static void
check_csrf(Client *client, const Route *route, const char *entity, gpointer data)
{
    g_autofree char *path = concrete_path(route->path, entity);

    (void) data;
    if (route->auth == AUTH_PUBLIC || route->method == HTTP_GET)
        return;
    client_send(client, http_method_name(route->method), path, "{}");
    client_refused(client, 403, "csrf.token");
}

static void
no_write_without_the_pages_token(void)
{
    g_autoptr(Mall) mall = mall_new(DIALECT_SQLITE);
    g_autoptr(Client) client = client_new(mall->world, "gm");

    g_free(client->csrf);
    client->csrf = g_strdup("forged");
    each_route(client, check_csrf, NULL);
}

static void
a_specialist_sees_only_their_own(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    gint64 lead = mall_lead(mall, ls, "星河茶饮", "13900139000");
    g_autofree char *path = g_strdup_printf("/api/lead/%" G_GINT64_FORMAT, lead);

    client_get(ls, "%s", path);
    client_send(ls2, "GET", path, NULL);
    client_refused(ls2, 404, "lead.not_found");
    client_get(ls2, "/api/lead");
    g_assert_cmpint(client_int(ls2, "total"), ==, 0);
    client_get(ls2, "/api/search?q=%%E6%%98%%9F%%E6%%B2%%B3");
    g_assert_cmpint((gint64) client_len(ls2, "groups"), ==, 0);
    client_get(ls2, "/api/lead/options?q=%%E6%%98%%9F%%E6%%B2%%B3");
    g_assert_cmpint((gint64) client_len(ls2, "items"), ==, 0);
    client_get(lsup, "%s", path); /* the supervisor sees the team's */
    client_get(ls, "/api/search?q=xhcy");
    g_assert_cmpint((gint64) client_len(ls, "groups"), >, 0);
    client_get(ls, "/api/search?q=9000");
    g_assert_cmpint((gint64) client_len(ls, "groups"), >, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/rights/every-role-on-every-route", every_role_on_every_route);
    g_test_add_func("/rights/nobody-gets-in-without-a-session", nobody_gets_in_without_a_session);
    g_test_add_func("/rights/no-write-without-the-pages-token", no_write_without_the_pages_token);
    testdb_each("/rights/a-specialist-sees-only-their-own", a_specialist_sees_only_their_own);
    return g_test_run();
}
