#include "support/mall.h"

#include "base/ids.h"
#include "domain/collection/collection.h"
#include "domain/lease/lease.h"
#include "domain/party/party.h"
#include "domain/space/space.h"

#include <string.h>

static Record *
make(Ctx *ctx, const char *entity)
{
    return record_new(registry_def(ctx->registry, entity));
}

static gint64
add_unit(Ctx *ctx, gint64 floor_id, guint n, GError **error)
{
    g_autoptr(Record) unit = make(ctx, "unit");
    g_autofree char *no = g_strdup_printf("A%u", n + 1);
    g_autofree char *points = g_strdup_printf("[[%u,0],[%u,0],[%u,10],[%u,10]]", n * 10, n * 10 + 10, n * 10 + 10, n * 10);

    record_set_text(unit, "no", no);
    record_set_id(unit, "floor_id", floor_id);
    record_set_int(unit, "area_leasable", 10000);
    record_set_int(unit, "floor_price", 1500000); /* 150 yuan/m2/month */
    record_set_int(unit, "target_price", 2000000);
    record_set_int(unit, "has_water", 1);
    record_set_text(unit, "points", points);
    return record_save(ctx, unit, error) ? unit->id : 0;
}

static gboolean
first_of(Ctx *ctx, const char *entity, const char *field, const char *value, gint64 *id)
{
    g_autoptr(Record) rec = record_find_by(ctx, entity, field, value, NULL);

    *id = rec ? rec->id : 0;
    return *id != 0;
}

static gboolean
fill(Ctx *ctx, gpointer data, GError **error)
{
    Mall *mall = data;
    g_autoptr(Record) building = make(ctx, "building");
    g_autoptr(Record) floor = make(ctx, "floor");

    if (!party_seed(ctx, error) || !lease_seed(ctx, error) || !ledger_seed(ctx, error) || !collection_seed(ctx, error))
        return FALSE;
    record_set_text(building, "name", "主楼");
    record_set_text(building, "code", "A");
    if (!record_save(ctx, building, error))
        return FALSE;
    record_set_id(floor, "building_id", building->id);
    record_set_text(floor, "name", "L1");
    record_set_text(floor, "code", "L1");
    record_set_int(floor, "seq", 1);
    if (!record_save(ctx, floor, error))
        return FALSE;
    mall->floor_id = floor->id;
    for (guint i = 0; i < G_N_ELEMENTS(mall->units); i++) {
        mall->units[i] = add_unit(ctx, floor->id, i, error);
        if (!mall->units[i])
            return FALSE;
    }
    g_assert_true(first_of(ctx, "category", "name", "咖啡茶饮/烘焙甜品", &mall->category_id));
    g_assert_true(first_of(ctx, "channel", "code", "call_in", &mall->channel_id)
                  || first_of(ctx, "channel", "name", "来电", &mall->channel_id));
    return TRUE;
}

Mall *
mall_new(Dialect dialect)
{
    Mall *mall = g_new0(Mall, 1);

    mall->world = world_new(dialect);
    world_must(mall->world, NULL, fill, mall);
    return mall;
}

void
mall_free(Mall *mall)
{
    if (!mall)
        return;
    world_free(mall->world);
    g_free(mall);
}

gint64
mall_lead(Mall *mall, Client *client, const char *name, const char *phone)
{
    g_autofree char *body = g_strdup_printf("{\"kind\":\"call\",\"phone\":\"%s\",\"name\":\"%s\",\"channel_id\":\"%" G_GINT64_FORMAT
                                            "\",\"category_id\":\"%" G_GINT64_FORMAT "\",\"content\":\"想租一间\"}",
                                            phone, name, mall->channel_id, mall->category_id);
    client_post(client, 201, body, "/api/inquiry");
    client_get(client, "/api/inquiry/%s", client_text(client, "id"));
    return id_parse(client_text(client, "lead_id.id"));
}

gint64
mall_merchant(Mall *mall, Client *client, const char *name)
{
    g_autofree char *body = g_strdup_printf("{\"name\":\"%s\",\"kind\":\"company\"}", name);

    (void) mall;
    client_post(client, 201, body, "/api/merchant");
    return id_parse(client_text(client, "id"));
}

char *
mall_lease_body(Mall *mall, gint64 merchant_id, guint unit, const char *from, const char *to, const char *price)
{
    return g_strdup_printf(
        "{\"merchant_id\":\"%" G_GINT64_FORMAT "\",\"category_id\":\"%" G_GINT64_FORMAT "\",\"from_on\":\"%s\",\"to_on\":\"%s\","
        "\"clauses\":\"use fitout operation sublet safety return default force_majeure dispute\","
        "\"units\":[{\"unit_id\":\"%" G_GINT64_FORMAT "\"}],"
        "\"terms\":[{\"item\":\"rent\",\"model\":\"fixed\",\"basis\":\"per_m2_month\",\"price\":\"%s\",\"cycle_months\":3,"
        "\"billing\":\"anchored\",\"anchor_day\":1,\"tax_included\":true}],"
        "\"deposits\":[{\"kind\":\"performance\",\"months\":3,\"amount\":\"60000.00\",\"due_on\":\"%s\"}]}",
        merchant_id, mall->category_id, from, to, mall->units[unit], price, from);
}

static void
tick_checklist(Mall *mall, gint64 lease_id)
{
    static const char *const points[] = { "parties", "unit", "area", "dates", "price", "clauses", "deposits", "total" };
    g_autoptr(Client) lm = client_new(mall->world, "lm");

    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        g_autofree char *body = g_strdup_printf("{\"code\":\"%s\",\"ok\":true}", points[i]);
        client_post(lm, 200, body, "/api/lease/%" G_GINT64_FORMAT "/check", lease_id);
    }
}

gint64
mall_lease_in_review(Mall *mall, Client *client, gint64 merchant_id, guint unit, const char *from, const char *to,
                     const char *price)
{
    g_autofree char *body = mall_lease_body(mall, merchant_id, unit, from, to, price);

    client_post(client, 201, body, "/api/lease");
    gint64 id = id_parse(client_text(client, "id"));
    client_post(client, 200, NULL, "/api/lease/%" G_GINT64_FORMAT "/submit", id);
    tick_checklist(mall, id);
    return id;
}

/* The approval of a record as the general manager sees it in the trail: its id and whether it still runs. */
static gboolean
running(Client *c, const char *entity, gint64 id, char **approval)
{
    client_get(c, "/api/%s/%" G_GINT64_FORMAT "/approvals", entity, id);
    *approval = g_strdup(client_text(c, "items.0.id"));
    return g_strcmp0(client_text(c, "items.0.state"), "running") == 0;
}

void
mall_approve(Mall *mall, const char *entity, gint64 id)
{
    static const char *const people[] = { "lm", "finance", "director", "gm" };
    g_autoptr(Client) gm = client_new(mall->world, "gm");

    for (guint round = 0; round < 4; round++) {
        for (guint i = 0; i < G_N_ELEMENTS(people); i++) {
            g_autofree char *approval = NULL;
            if (!running(gm, entity, id, &approval))
                return;
            g_autoptr(Client) c = client_new(mall->world, people[i]);
            g_autofree char *path = g_strdup_printf("/api/approval/%s/agree", approval);
            client_send(c, "POST", path, "{\"opinion\":\"同意\"}");
        }
    }
}
