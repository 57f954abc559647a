/* A merchant that is logged in: its own account row by row, nothing of anybody else's, nothing of the house, and it writes nothing but its password. */
#include "base/money.h"
#include "domain/org/org.h"
#include "store/list.h"
#include "support/duty.h"
#include "support/money.h"

#include <string.h>

#define MOBILE "13800138000"
#define SECRET "Lanting-Portal-2026"

/* Two merchants, each with a lease in force, deposits, payments and open charges; the first has a login. */
typedef struct {
    Mall *mall;
    gint64 lease[2], merchant[2], charge[2], login;
} Portal;

static gint64
merchant_of(Client *c, gint64 lease)
{
    client_get(c, "/api/lease/%" ID, lease);
    return g_ascii_strtoll(client_text(c, "merchant_id.id"), NULL, 10);
}

/* Opens access as finance; the first password. transfer full. */
static char *
access_opened(Portal *p, const char *login, gint64 merchant)
{
    g_autoptr(Client) finance = client_new(p->mall->world, "finance");
    g_autofree char *body = quoted("{'name':'店长','login':'%s'}", login);

    client_post(finance, 201, body, "/api/merchant/%" ID "/portal_access", merchant);
    p->login = g_ascii_strtoll(client_text(finance, "id"), NULL, 10);
    return g_strdup(client_text(finance, "password"));
}

/* Signed in with a password of its own. */
static Client *
own_client(Portal *p, const char *login, const char *first)
{
    Client *c = client_sign_in(p->mall->world, login, first);
    g_autofree char *change = quoted("{'old_password':'%s','new_password':'" SECRET "'}", first);

    client_post(c, 204, change, "/api/session/password");
    client_free(c);
    return client_sign_in(p->mall->world, login, SECRET);
}

static Portal
portal_new(Dialect dialect)
{
    Portal p = { .mall = mall_new(dialect) };
    g_autoptr(Client) ls = client_new(p.mall->world, "ls");

    p.lease[0] = lease_effective(p.mall, ls, "甲商户", 0, "2026-03-01", "2027-02-28");
    p.lease[1] = lease_effective(p.mall, ls, "乙商户", 1, "2026-03-01", "2027-02-28");
    for (guint i = 0; i < 2; i++) {
        p.merchant[i] = merchant_of(ls, p.lease[i]);
        p.charge[i] = charge_made(p.mall, p.merchant[i], 106000 * (i + 1), "2026-02-20");
    }
    return p;
}

static Client *
merchant_client(Portal *p)
{
    g_autofree char *first = access_opened(p, MOBILE, p->merchant[0]);

    return own_client(p, MOBILE, first);
}

static gint64
money_at(Client *c, const char *at)
{
    gint64 fen = 0;

    if (!client_text(c, at) || !money_parse(client_text(c, at), &fen))
        g_error("no amount at %s: %s", at, c->text);
    return fen;
}

static void
it_sees_what_is_its_own(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) me = merchant_client(&p);

    client_get(me, "/api/session");
    says(me, "me.merchant.name", "甲商户");
    client_get(me, "/api/portal");
    says(me, "due.total", "1060.00");
    says(me, "due.overdue", "1060.00");
    counts(me, "due.items.0.overdue_days", 10);
    says(me, "leases.0.unit_nos", "A1");
    g_assert_cmpint(money_at(me, "deposits.0.amount"), >, 0);
    g_assert_null(strstr(me->text, "乙商户"));
    client_get(me, "/api/portal/charge/%" ID, p.charge[0]);
    says(me, "gross", "1060.00");
    g_assert_nonnull(json_object_get(me->reply, "working"));
    client_get(me, "/api/portal/charge?year=2026");
    g_assert_cmpuint(client_len(me, "items"), >, 1);
    client_get(me, "/api/portal/receipt?year=2026");
    g_assert_cmpuint(client_len(me, "items"), ==, 1);
    g_autofree char *receipt = g_strdup(client_text(me, "items.0.id"));
    client_get(me, "/api/portal/receipt/%s/print.pdf", receipt);
    g_assert_true(g_str_has_prefix(me->text, "%PDF"));
    client_get(me, "/api/portal/deposit");
    g_assert_cmpuint(client_len(me, "items"), >, 0);
    client_get(me, "/api/portal/statement.pdf?from=2026-01-01&to=2026-03-31");
    g_assert_true(g_str_has_prefix(me->text, "%PDF"));
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    client_get(finance, "/api/merchant_login/%" ID "/history", p.login);
    says(finance, "items.0.action", "download");
    says(finance, "items.1.action", "download");
    says(finance, "items.2.action", "login");
    says(finance, "items.0.by.name", "店长");
    money_is_sound(mall);
}

/* What the registers of the house say of a merchant, summed over a member of the items. */
static gint64
register_sum(Client *c, const char *member)
{
    gint64 sum_fen = 0;

    for (guint i = 0; i < client_len(c, "items"); i++) {
        g_autofree char *at = g_strdup_printf("items.%u.%s", i, member);
        sum_fen += money_at(c, at);
    }
    return sum_fen;
}

static void
lines_add_up(Client *c)
{
    gint64 balance_fen = money_at(c, "opening");

    for (guint i = 0; i < client_len(c, "lines"); i++) {
        g_autofree char *amount = g_strdup_printf("lines.%u.amount", i);
        g_autofree char *balance = g_strdup_printf("lines.%u.balance", i);
        balance_fen += money_at(c, amount);
        g_assert_cmpint(money_at(c, balance), ==, balance_fen);
    }
    g_assert_cmpint(money_at(c, "closing"), ==, balance_fen);
    g_assert_cmpint(money_at(c, "opening") + money_at(c, "charged") - money_at(c, "settled"), ==, balance_fen);
}

/* The rows of the statement that are of one kind. */
static guint
lines_of(Client *c, const char *what)
{
    guint n = 0;

    for (guint i = 0; i < client_len(c, "lines"); i++) {
        g_autofree char *at = g_strdup_printf("lines.%u.what", i);
        n += g_strcmp0(client_text(c, at), what) == 0;
    }
    return n;
}

static void
the_statement_is_the_registers_row_by_row(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autofree char *pay = quoted("{'merchant_id':'%" ID "','amount':'2000.00','received_on':'2026-03-02','way':'bank_transfer','reference':'S1'}", p.merchant[0]);

    hire(mall, "cashier", "李出纳", "finance", "finance");
    g_autoptr(Client) cashier = client_new(mall->world, "cashier");
    client_post(cashier, 201, pay, "/api/receipt");
    client_post(finance, 200, "{}", "/api/receipt/%s/confirm", client_text(cashier, "id"));
    client_get(finance, "/api/charge?merchant_id=%" ID "&size=200", p.merchant[0]);
    gint64 gross_fen = register_sum(finance, "gross"), paid_fen = register_sum(finance, "paid");
    guint charges = (guint) client_len(finance, "items");
    client_get(finance, "/api/receipt?merchant_id=%" ID, p.merchant[0]);
    gint64 credit_fen = register_sum(finance, "credit"), received_fen = register_sum(finance, "amount");
    g_assert_cmpint(credit_fen, >, 0);
    client_get(finance, "/api/deposit_entry?merchant_id=%" ID, p.merchant[0]);
    gint64 held_fen = register_sum(finance, "amount");
    g_autoptr(Client) me = merchant_client(&p);
    static const char *const paths[] = { "/api/portal/statement?from=2026-01-01&to=2026-03-31", NULL };
    client_get(me, "%s", paths[0]);
    lines_add_up(me);
    g_assert_cmpint(money_at(me, "opening"), ==, 0);
    g_assert_cmpint(money_at(me, "charged"), ==, gross_fen);
    g_assert_cmpint(money_at(me, "settled"), ==, paid_fen);
    g_assert_cmpint(money_at(me, "credit"), ==, credit_fen);
    g_assert_cmpuint(lines_of(me, "charge"), ==, charges);
    g_assert_cmpint(money_at(me, "receipts.0.amount") + money_at(me, "receipts.1.amount"), ==, received_fen);
    g_assert_cmpint(money_at(me, "deposits.0.closing"), ==, held_fen);
    g_autofree char *mine = g_strdup(strstr(me->text, "\"from\""));
    client_get(finance, "/api/merchant/%" ID "/statement?from=2026-01-01&to=2026-03-31", p.merchant[0]);
    g_assert_cmpstr(strstr(finance->text, "\"from\""), ==, mine); /* one statement for both sides */
    client_get(me, "/api/portal/statement?from=2026-03-03&to=2026-03-31");
    g_assert_cmpint(money_at(me, "opening"), ==, gross_fen - paid_fen);
    g_assert_cmpuint(client_len(me, "lines"), ==, 0);
    deny_field(me, "to", "GET", NULL, "/api/portal/statement?from=2026-03-03&to=2026-03-01");
    deny_field(me, "to", "GET", NULL, "/api/portal/statement?from=2020-03-03&to=2026-03-01");
    client_get(finance, "/api/merchant/statements.pdf?from=2026-03-01&to=2026-03-31");
    g_assert_true(g_str_has_prefix(finance->text, "%PDF"));
    money_is_sound(mall);
}

static void
a_void_charge_is_a_line_of_its_own(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    charge_voided(mall, p.charge[0]);
    client_get(finance, "/api/merchant/%" ID "/statement?from=2026-01-01&to=2026-03-31", p.merchant[0]);
    lines_add_up(finance);
    g_assert_cmpuint(lines_of(finance, "void"), ==, 1);
    says(finance, "closing", "0.00");
}

/* ":entity" stands for each entity, other arguments for a record of the other merchant. */
static char *
concrete_path(const char *pattern, const char *entity, gint64 id)
{
    g_auto(GStrv) parts = g_strsplit(pattern, "/", -1);

    for (guint i = 0; parts[i]; i++) {
        if (parts[i][0] != ':')
            continue;
        char *value = strcmp(parts[i], ":entity") == 0 ? g_strdup(entity) : g_strdup_printf("%" ID, id);
        g_free(parts[i]);
        parts[i] = value;
    }
    return g_strjoinv("/", parts);
}

static void
is_shut(Client *me, const Route *route, const char *entity, gint64 id)
{
    g_autofree char *path = concrete_path(route->path, entity, id);
    const char *body = route->method == HTTP_GET || route->method == HTTP_DELETE ? NULL : "{}";

    client_send(me, http_method_name(route->method), path, body);
    if (me->status != 403 || g_strcmp0(client_text(me, "code"), "portal.forbidden") != 0)
        g_error("%s %s for a merchant: %d %s", http_method_name(route->method), path, me->status, me->text);
}

static void
every_other_route_is_shut(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) me = merchant_client(&p);
    guint n = 0, shut = 0;
    const Route *const *routes = api_routes(me->api, &n);

    for (guint i = 0; i < n; i++) {
        if (routes[i]->auth != AUTH_SESSION && routes[i]->auth != AUTH_RIGHT)
            continue;
        shut++;
        if (!strstr(routes[i]->path, ":entity")) {
            is_shut(me, routes[i], NULL, p.merchant[0]); /* not even for the own merchant */
            continue;
        }
        for (guint k = 0; mall->world->registry->defs[k]; k++) {
            if (!(mall->world->registry->defs[k]->flags & EF_INTERNAL))
                is_shut(me, routes[i], mall->world->registry->defs[k]->name, p.merchant[0]);
        }
    }
    g_assert_cmpuint(shut, >, 60);
}

/* An id of the other merchant's for a route. */
static gint64
foreign_id(Portal *p, Client *finance, const char *path)
{
    if (strstr(path, "/charge/"))
        return p->charge[1];
    const char *entity = strstr(path, "/receipt/") ? "receipt" : "payment_order";
    client_get(finance, "/api/%s?merchant_id=%" ID, entity, p->merchant[1]);
    return g_ascii_strtoll(client_text(finance, "items.0.id"), NULL, 10);
}

static void
its_own_routes_show_nothing_of_others(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) me = merchant_client(&p);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    guint n = 0, own = 0;
    const Route *const *routes = api_routes(me->api, &n);

    for (guint i = 0; i < n; i++) {
        if (routes[i]->auth != AUTH_MERCHANT)
            continue;
        own++;
        g_assert_cmpint(routes[i]->method, ==, HTTP_GET); /* reads only */
        gboolean of_one = strchr(routes[i]->path, ':') != NULL;
        g_autofree char *path = concrete_path(routes[i]->path, NULL, of_one ? foreign_id(&p, finance, routes[i]->path) : 0);
        client_send(me, "GET", path, NULL);
        if (me->status != (of_one ? 404 : 200))
            g_error("%s of another merchant: %d %s", path, me->status, me->text);
        g_autofree char *other = g_strdup_printf("%" ID, p.merchant[1]);
        g_assert_null(strstr(me->text, "乙商户"));
        g_assert_null(strstr(me->text, other));
        deny(finance, 403, "portal.merchants_only", "GET", NULL, "%s", path);
    }
    g_assert_cmpuint(own, ==, 9);
}

typedef struct {
    Portal *portal;
    const EntityDef *def;
    gint64 rows;
} Reach;

static gboolean
is_mine(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    Reach *reach = data;

    (void) labels;
    (void) error;
    reach->rows++;
    if (strcmp(rec->def->name, "merchant") == 0)
        g_assert_cmpint(rec->id, ==, reach->portal->merchant[0]);
    else if (entity_find_field(rec->def, "merchant_id"))
        g_assert_cmpint(record_int(rec, "merchant_id"), ==, reach->portal->merchant[0]);
    else if (!rec->def->scope.parent)
        g_error("a merchant reaches %s, which names no merchant", rec->def->name);
    return TRUE;
}

/* Even if somebody granted the role every right of the house at the widest scope. */
static gboolean
list_as_merchant(Ctx *ctx, gpointer data, GError **error)
{
    Reach *reach = data;
    Ctx mine = *ctx;
    g_autoptr(Access) access = access_new_merchant(reach->portal->merchant[0]);
    g_autoptr(ListQuery) query = list_query_new(reach->def);
    g_autofree char *right = g_strdup_printf("%s.read", reach->def->name);

    access_grant(access, right, SCOPE_ALL);
    g_assert_cmpint(access_scope(access, reach->def->name, "read"), ==, SCOPE_MERCHANT);
    mine.access = access;
    mine.staff_id = reach->portal->login;
    query->size = 1000;
    return list_each(&mine, query, is_mine, reach, error);
}

static void
no_grant_reaches_beyond_the_own_rows(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autofree char *first = access_opened(&p, MOBILE, p.merchant[0]);
    Reach reach = { .portal = &p };
    guint with_rows = 0;

    for (guint i = 0; mall->world->registry->defs[i]; i++) {
        reach.def = mall->world->registry->defs[i];
        reach.rows = 0;
        if (reach.def->flags & EF_INTERNAL)
            continue;
        world_must(mall->world, NULL, list_as_merchant, &reach);
        with_rows += reach.rows > 0;
    }
    g_assert_cmpuint(with_rows, >, 7); /* merchant, login, lease and its parts, charge, order and lines, receipt, allocation, deposit */
}

static void
parts_are_those_of_the_own_records(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    Reach both[2] = { { .portal = &p }, { .portal = &p } };
    static const char *const parts[] = { "payment_order_line", "allocation", "lease_unit", "charge_term" };

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        Portal swapped = p;
        swapped.merchant[0] = p.merchant[1];
        both[0] = (Reach){ .portal = &p, .def = registry_def(mall->world->registry, parts[i]) };
        both[1] = (Reach){ .portal = &swapped, .def = both[0].def };
        world_must(mall->world, NULL, list_as_merchant, &both[0]);
        world_must(mall->world, NULL, list_as_merchant, &both[1]);
        g_autoptr(Client) gm = client_new(mall->world, "gm");
        client_get(gm, "/api/%s", parts[i]);
        g_assert_cmpint(both[0].rows, >, 0);
        g_assert_cmpint(both[0].rows + both[1].rows, ==, client_int(gm, "total"));
    }
}

static void
the_first_password_opens_nothing_but_itself(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autofree char *first = access_opened(&p, MOBILE, p.merchant[0]);
    g_autoptr(Client) me = client_sign_in(mall->world, MOBILE, first);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    Api *own = me->api;

    me->api = finance->api; /* one server: the session is in its memory */
    g_assert_true(json_is_true(json_object_get(json_object_get(client_get(me, "/api/session"), "me"), "must_change_password")));
    deny(me, 403, "session.change_password", "GET", NULL, "/api/portal");
    g_autofree char *weak = quoted("{'old_password':'%s','new_password':'12345678'}", first);
    deny_field(me, "new_password", "POST", weak, "/api/session/password");
    client_free(own_client(&p, MOBILE, first));
    client_post(finance, 200, "{}", "/api/merchant_login/%" ID "/reset", p.login);
    g_assert_cmpstr(client_text(finance, "password"), !=, first);
    deny(me, 401, "session.none", "GET", NULL, "/api/session");
    me->api = own;
}

static void
access_is_given_by_those_who_may(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) om = client_new(mall->world, "om");
    g_autoptr(Client) gm = client_new(mall->world, "gm");
    g_autofree char *first = access_opened(&p, MOBILE, p.merchant[0]);

    deny(ls, 403, "merchant_login.forbidden", "POST", "{\"name\":\"店长\",\"login\":\"13900139000\"}", "/api/merchant/%" ID "/portal_access", p.merchant[0]);
    deny(os, 403, "merchant.forbidden", "GET", NULL, "/api/merchant/%" ID "/statement", p.merchant[0]);
    deny_field(om, "login", "POST", "{\"name\":\"店长\",\"login\":\"" MOBILE "\"}", "/api/merchant/%" ID "/portal_access", p.merchant[1]);
    deny_field(om, "login", "POST", "{\"name\":\"店长\",\"login\":\"finance\"}", "/api/merchant/%" ID "/portal_access", p.merchant[1]);
    deny_field(om, "login", "POST", "{\"name\":\"店长\",\"login\":\"not a login\"}", "/api/merchant/%" ID "/portal_access", p.merchant[1]);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 contact = make_as(lm, "contact", "{'merchant_id':'%" ID "','name':'乙店长','mobile':'13900139001'}", p.merchant[1]);
    g_autofree char *foreign = quoted("{'name':'店长','login':'a@b.cn','contact_id':'%" ID "'}", contact);
    deny_field(om, "contact_id", "POST", foreign, "/api/merchant/%" ID "/portal_access", p.merchant[0]);
    client_post(om, 201, "{\"name\":\"店长\",\"login\":\"Shop@Lanting.Example\"}", "/api/merchant/%" ID "/portal_access", p.merchant[1]);
    client_get(om, "/api/merchant_login?merchant_id=%" ID, p.merchant[1]);
    says(om, "items.0.login", "shop@lanting.example");
    g_autoptr(Client) director = client_new(mall->world, "director");
    client_get(director, "/api/merchant_login?merchant_id=%" ID, p.merchant[0]);
    g_assert_null(strstr(director->text, MOBILE)); /* stars */
    client_get(gm, "/api/merchant_login/%" ID "/history", p.login);
    g_assert_null(strstr(gm->text, "argon2"));
}

static void
guesses_lock_the_login(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autofree char *first = access_opened(&p, MOBILE, p.merchant[0]);
    g_autoptr(Client) nobody = client_new(mall->world, "gm");

    g_clear_pointer(&nobody->sid, g_free);
    for (guint i = 0; i < 5; i++)
        deny(nobody, 401, "session.refused", "POST", "{\"login\":\"" MOBILE "\",\"password\":\"wrong\"}", "/api/session");
    g_autofree char *right = quoted("{'login':'" MOBILE "','password':'%s'}", first);
    client_send(nobody, "POST", "/api/session", right);
    client_refused(nobody, nobody->status, "session.locked");
    g_assert_cmpint(nobody->status, >=, 400);
}

static void
a_blocked_login_is_out_at_once(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) me = merchant_client(&p);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    Api *own = me->api;

    me->api = finance->api; /* one server: the session is in its memory */
    client_get(me, "/api/portal");
    client_get(finance, "/api/merchant_login/%" ID, p.login);
    g_autofree char *block = quoted("{'version':%" ID ",'active':false}", client_int(finance, "version"));
    client_patch(finance, 200, block, "/api/merchant_login/%" ID, p.login);
    deny(me, 401, "session.none", "GET", NULL, "/api/portal");
    client_send(me, "POST", "/api/session", "{\"login\":\"" MOBILE "\",\"password\":\"" SECRET "\"}");
    client_refused(me, 401, "session.refused");
    me->api = own;
}

static void
a_merged_merchant_is_followed(Dialect dialect)
{
    Portal p = portal_new(dialect);
    g_autoptr(Mall) mall = p.mall;
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 twin = mall_merchant(mall, lm, "甲商户（重复）");
    g_autofree char *first = access_opened(&p, "13700137000", twin);
    g_autoptr(Client) me = own_client(&p, "13700137000", first);
    Api *own = me->api;

    me->api = lm->api;
    client_get(me, "/api/portal");
    says(me, "due.total", "0.00");
    g_autofree char *into = quoted("{'into_id':'%" ID "'}", p.merchant[0]);
    client_post(lm, 200, into, "/api/merchant/%" ID "/merge", twin);
    client_get(me, "/api/portal");
    says(me, "due.total", "1060.00");
    me->api = own;
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/portal/it-sees-what-is-its-own", it_sees_what_is_its_own);
    testdb_each("/portal/the-statement-is-the-registers-row-by-row", the_statement_is_the_registers_row_by_row);
    testdb_each("/portal/a-void-charge-is-a-line-of-its-own", a_void_charge_is_a_line_of_its_own);
    testdb_each("/portal/every-other-route-is-shut", every_other_route_is_shut);
    testdb_each("/portal/its-own-routes-show-nothing-of-others", its_own_routes_show_nothing_of_others);
    testdb_each("/portal/no-grant-reaches-beyond-the-own-rows", no_grant_reaches_beyond_the_own_rows);
    testdb_each("/portal/parts-are-those-of-the-own-records", parts_are_those_of_the_own_records);
    testdb_each("/portal/the-first-password-opens-nothing-but-itself", the_first_password_opens_nothing_but_itself);
    testdb_each("/portal/access-is-given-by-those-who-may", access_is_given_by_those_who_may);
    testdb_each("/portal/guesses-lock-the-login", guesses_lock_the_login);
    testdb_each("/portal/a-blocked-login-is-out-at-once", a_blocked_login_is_out_at_once);
    testdb_each("/portal/a-merged-merchant-is-followed", a_merged_merchant_is_followed);
    return g_test_run();
}
