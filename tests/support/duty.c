#include "support/duty.h"

#include "base/clock.h"
#include "base/ids.h"
#include "base/secret.h"
#include "domain/org/org.h"
#include "jobs/jobs.h"

#include <string.h>

static const char *const house[] = { "gm", "director", "lm", "lsup", "ls", "ls2", "lc", "om", "osup", "os", "oc", "finance", "services", "admin" };

static char *
double_quotes(char *text)
{
    for (char *p = text; *p; p++) {
        if (*p == '\'')
            *p = '"';
    }
    return text;
}

char *
quoted(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return double_quotes(text);
}

void
deny(Client *c, int status, const char *code, const char *method, const char *body, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *path = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *json = body ? double_quotes(g_strdup(body)) : NULL;
    client_send(c, method, path, json);
    client_refused(c, status, code);
}

void
deny_field(Client *c, const char *field, const char *method, const char *body, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *path = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *json = body ? double_quotes(g_strdup(body)) : NULL;
    client_send(c, method, path, json);
    client_refused(c, 422, "input.invalid");
    client_refused_field(c, field);
}

gint64
make_as(Client *c, const char *entity, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *body = double_quotes(g_strdup_vprintf(format, args));
    va_end(args);
    client_post(c, 201, body, "/api/%s", entity);
    return id_parse(client_text(c, "id"));
}

void
says(Client *c, const char *at, const char *text)
{
    if (g_strcmp0(client_text(c, at), text) != 0)
        g_error("%s should be %s, is %s in %s", at, text, client_text(c, at), c->text);
}

void
counts(Client *c, const char *at, gint64 n)
{
    if (client_int(c, at) != n)
        g_error("%s should be %" ID ", is %" ID " in %s", at, n, client_int(c, at), c->text);
}

static char *
at_item(const char *list, gsize i, const char *member)
{
    return g_strdup_printf("%s.%" G_GSIZE_FORMAT ".%s", list, i, member);
}

int
find_item(Client *c, const char *list, const char *key, const char *value)
{
    gsize n = client_len(c, list);

    for (gsize i = 0; i < n; i++) {
        g_autofree char *at = at_item(list, i, key);
        if (g_strcmp0(client_text(c, at), value) == 0)
            return (int) i;
    }
    return -1;
}

static char *
at_found(Client *c, const char *list, const char *key, const char *value, const char *member)
{
    int i = find_item(c, list, key, value);

    if (i < 0)
        g_error("no %s with %s %s in %s", list, key, value, c->text);
    return at_item(list, (gsize) i, member);
}

const char *
item_text(Client *c, const char *list, const char *key, const char *value, const char *member)
{
    g_autofree char *at = at_found(c, list, key, value, member);

    return client_text(c, at);
}

gint64
item_int(Client *c, const char *list, const char *key, const char *value, const char *member)
{
    g_autofree char *at = at_found(c, list, key, value, member);

    return client_int(c, at);
}

gint64
approval_id(Mall *mall, const char *entity, gint64 id)
{
    g_autoptr(Client) gm = client_new(mall->world, "gm");

    client_get(gm, "/api/%s/%" ID "/approvals", entity, id);
    g_assert_cmpuint(client_len(gm, "items"), >, 0);
    return id_parse(client_text(gm, "items.0.id"));
}

void
approval_is(Mall *mall, gint64 approval, const char *state)
{
    g_autoptr(Client) gm = client_new(mall->world, "gm");

    client_get(gm, "/api/approval/%" ID, approval);
    says(gm, "state", state);
}

static void
send_decision(Mall *mall, Client *c, gint64 approval, const char *decision, const char *opinion, const char *to_login)
{
    g_autofree char *path = g_strdup_printf("/api/approval/%" ID "/%s", approval, decision);
    g_autofree char *to = to_login ? g_strdup_printf(",'to_staff_id':'%" ID "'", world_staff(mall->world, to_login)) : g_strdup("");
    g_autofree char *body = quoted("{'opinion':'%s'%s}", opinion ? opinion : "", to);

    client_send(c, "POST", path, body);
}

void
decides(Mall *mall, const char *login, gint64 approval, const char *decision, const char *opinion, const char *to_login)
{
    g_autoptr(Client) c = client_new(mall->world, login);

    send_decision(mall, c, approval, decision, opinion, to_login);
    if (c->status != 200 && c->status != 204)
        g_error("%s %s: %d %s", login, decision, c->status, c->text);
}

void
may_not_decide(Mall *mall, const char *login, gint64 approval, const char *decision, int status, const char *code)
{
    g_autoptr(Client) c = client_new(mall->world, login);

    send_decision(mall, c, approval, decision, "不同意", NULL);
    client_refused(c, status, code);
}

char *
who_has_todo(Mall *mall, const char *entity, gint64 id)
{
    g_autoptr(GString) who = g_string_new(NULL);
    g_autofree char *want = g_strdup_printf("%" ID, id);

    for (guint i = 0; i < G_N_ELEMENTS(house); i++) {
        g_autoptr(Client) c = client_new(mall->world, house[i]);
        client_get(c, "/api/todo");
        gsize n = client_len(c, "items");
        for (gsize k = 0; k < n; k++) {
            g_autofree char *at_entity = at_item("items", k, "entity");
            g_autofree char *at_id = at_item("items", k, "id");
            if (g_strcmp0(client_text(c, at_entity), entity) == 0 && g_strcmp0(client_text(c, at_id), want) == 0)
                g_string_append_printf(who, "%s%s", who->len ? " " : "", house[i]);
        }
    }
    return g_strdup(who->str);
}

void
todo_of(Mall *mall, const char *entity, gint64 id, const char *logins)
{
    g_autofree char *who = who_has_todo(mall, entity, id);

    g_assert_cmpstr(who, ==, logins);
}

guint
news(Mall *mall, const char *login, const char *kind)
{
    g_autoptr(Client) c = client_new(mall->world, login);
    guint n = 0;

    client_get(c, "/api/notification");
    for (gsize i = 0; i < client_len(c, "items"); i++) {
        g_autofree char *at = at_item("items", i, "kind");
        n += g_strcmp0(client_text(c, at), kind) == 0;
    }
    return n;
}

void
tick_all(Mall *mall, const char *login, gint64 lease)
{
    static const char *const points[] = { "parties", "unit", "area", "dates", "price", "clauses", "deposits", "total" };
    g_autoptr(Client) c = client_new(mall->world, login);

    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        g_autofree char *body = quoted("{'code':'%s','ok':true}", points[i]);
        client_post(c, 200, body, "/api/lease/%" ID "/check", lease);
    }
}

void
go_to(const char *day)
{
    clock_freeze_us(clock_day_start_us(day_parse(day)) + G_GINT64_CONSTANT(9) * 3600 * G_USEC_PER_SEC);
}

void
run_jobs(Mall *mall)
{
    g_autoptr(GError) error = NULL;

    if (!jobs_run_once(mall->world->db, mall->world->registry, g_get_tmp_dir(), mall->world->key, &error))
        g_error("jobs: %s", error->message);
}

gint64
merchant_of_lead(Client *c, gint64 lead)
{
    client_get(c, "/api/lead/%" ID, lead);
    return id_parse(client_text(c, "merchant_id.id"));
}

gint64
lead_at(Mall *mall, Client *c, const char *name, const char *phone, const char *stage)
{
    static const char *const steps[][2] = {
        { "contacted", "contact" }, { "visited", "visit" }, { "intention", "intend" }, { "negotiating", "negotiate" }
    };
    gint64 lead = mall_lead(mall, c, name, phone);

    client_get(c, "/api/lead/%" ID, lead);
    g_autofree char *demand
        = quoted("{'version':%" ID ",'area_min':'80','area_max':'120','budget_price':'200'}", client_int(c, "version"));
    client_patch(c, 200, demand, "/api/lead/%" ID, lead);
    for (guint i = 0; i < G_N_ELEMENTS(steps) && g_strcmp0(client_text(c, "stage"), stage) != 0; i++)
        client_post(c, 200, i == 0 ? "{\"content\":\"谈过\",\"way\":\"phone\"}" : "{}", "/api/lead/%" ID "/%s", lead, steps[i][1]);
    says(c, "stage", stage);
    return lead;
}

gint64
intent_draft(Mall *mall, Client *c, gint64 lead, guint unit, const char *price)
{
    return make_as(c, "intent",
                   "{'lead_id':'%" ID "','merchant_id':'%" ID "','unit_id':'%" ID "','category_id':'%" ID "','area':'100',"
                   "'from_on':'2026-04-01','to_on':'2029-03-31','price':'%s','deposit_kind':'earnest','deposit_amount':'5000',"
                   "'valid_until_on':'2026-03-31','cycle_months':3,'free_days':30,'fee_price':'30','step_percent':'5'}",
                   lead, merchant_of_lead(c, lead), mall->units[unit], mall->category_id, price);
}

gint64
intent_signed(Mall *mall, Client *c, gint64 lead, guint unit)
{
    gint64 id = intent_draft(mall, c, lead, unit, "200");

    client_post(c, 200, NULL, "/api/intent/%" ID "/submit", id);
    mall_approve(mall, "intent", id);
    client_post(c, 200, NULL, "/api/intent/%" ID "/sign", id);
    return id;
}

gint64
lease_approved(Mall *mall, Client *c, const char *merchant, guint unit, const char *from, const char *to)
{
    gint64 lease = mall_lease_in_review(mall, c, mall_merchant(mall, c, merchant), unit, from, to, "200");

    mall_approve(mall, "lease", lease);
    client_get(c, "/api/lease/%" ID, lease);
    says(c, "state", "approved");
    return lease;
}

gint64
lease_effective(Mall *mall, Client *c, const char *merchant, guint unit, const char *from, const char *to)
{
    gint64 lease = lease_approved(mall, c, merchant, unit, from, to);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *pay = quoted("{'amount':'%s','received_on':'2026-03-02','way':'bank_transfer','reference':'R%" ID "'}",
                                  client_text(lm, "open"), lease);
    client_post(finance, 200, pay, "/api/payment_order/%s/receive", client_text(lm, "id"));
    client_get(c, "/api/lease/%" ID, lease);
    says(c, "state", "effective");
    return lease;
}

typedef struct {
    OrgNewStaff person;
    gint64 id;
} Hire;

static gboolean
add_person(Ctx *ctx, gpointer data, GError **error)
{
    Hire *h = data;

    h->id = org_staff_add(ctx, &h->person, error);
    return h->id != 0;
}

void
hire(Mall *mall, const char *login, const char *name, const char *post, const char *role)
{
    g_autofree char *hash = secret_password_hash(WORLD_PASSWORD);
    Hire h = { { .login = login, .name = name, .post_code = post, .role_code = role, .password_hash = hash }, 0 };

    world_must(mall->world, NULL, add_person, &h);
    g_hash_table_insert(mall->world->staff, g_strdup(login), g_memdup2(&h.id, sizeof h.id));
}
