/* demo_tenant.c - the files of tenants: brand, merchant, contact, and the papers of a lease. */
#include "app/demo_internal.h"

#include "store/list.h"

#include <string.h>

/* Whether what was made before is still there: a batch that the database has refused is made again, and what it made the first time is gone. */
static gboolean
stands(Ctx *ctx, const char *entity, gint64 id)
{
    g_autoptr(Record) there = id ? record_find(ctx, entity, id, NULL) : NULL;

    return there != NULL;
}

gboolean
demo_save_brand(Demo *demo, Ctx *ctx, DemoBrand *brand, GError **error)
{
    if (!brand || stands(ctx, "brand", brand->id))
        return TRUE;
    static const char *const levels[] = { "high", "upper", "middle", "middle", "mass" };
    static const char *const reaches[] = { "national", "regional", "local", "regional" };
    g_autoptr(Record) rec = demo_new(ctx, "brand");
    guint h = g_str_hash(brand->name);
    gboolean food = brand->category[0] == 'F';
    gint64 area_m2 = food && brand->category[2] <= '2' ? 200 : 80;

    record_set_text(rec, "name", brand->name);
    record_set_id(rec, "category_id", demo_id(demo, ctx, "category", brand->category));
    record_set_text(rec, "level", levels[h % 5]);
    record_set_text(rec, "reach", reaches[h / 5 % 4]);
    record_set_int(rec, "area_min", (area_m2 + h % 40) * 100);
    record_set_int(rec, "area_max", (area_m2 * 2 + h % 90) * 100);
    record_set_int(rec, "price_min", (120 + h % 60) * 10000);
    record_set_int(rec, "price_max", (260 + h % 200) * 10000);
    record_set_int(rec, "shops_count", 2 + h % 120);
    record_set_int(rec, "ticket", (gint64) (food ? 35 + h % 90 : 120 + h % 600) * 100);
    record_set_int(rec, "needs_water", food);
    record_set_int(rec, "needs_gas", food && brand->category[2] <= '2');
    record_set_int(rec, "needs_exhaust", food && brand->category[2] <= '3');
    record_set_text(rec, "expansion_plan",
                    "每年在本市及周边新开 2 至 4 家门店，优先选择成熟购物中心。");
    if (!record_save(ctx, rec, error))
        return FALSE;
    brand->id = rec->id;
    return TRUE;
}

static gboolean
save_contact(Demo *demo, Ctx *ctx, DemoMerchant *m, GError **error)
{
    static const char *const roles[] = { "拓展经理", "店长", "法定代表人", "区域经理",
                                         "运营负责人" };
    g_autoptr(Record) rec = demo_new(ctx, "contact");

    (void) demo;
    if (stands(ctx, "contact", m->contact_id))
        return TRUE;
    record_set_id(rec, "merchant_id", m->id);
    record_set_text(rec, "name", m->contact);
    record_set_text(rec, "mobile", m->mobile);
    record_set_text(rec, "role", roles[g_str_hash(m->name) % G_N_ELEMENTS(roles)]);
    record_set_int(rec, "is_primary", 1);
    record_set_int(rec, "decides", g_str_hash(m->contact) % 2);
    if (!record_save(ctx, rec, error))
        return FALSE;
    m->contact_id = rec->id;
    return TRUE;
}

static void
fill_merchant(Demo *demo, Ctx *ctx, const DemoMerchant *m, Record *rec)
{
    guint h = g_str_hash(m->name);

    record_set_text(rec, "name", m->name);
    record_set_text(rec, "short_name", m->short_name);
    record_set_text(rec, "kind", m->kind);
    record_set_text(rec, "credit_code", m->code);
    record_set_text(rec, "legal_rep", m->legal_rep);
    record_set_int(rec, "capital", (gint64) (50 + h % 20 * 50) * 1000000);
    record_set_day(rec, "established_on", demo->start - 400 - h % 2500);
    record_set_id(rec, "category_id", demo_id(demo, ctx, "category", m->category));
    record_set_id(rec, "owner_id", demo->staff[m->owner]);
    record_set_text(rec, "taxpayer", strcmp(m->kind, "company") == 0 ? "general" : "small");
    record_set_text(rec, "bank_name", "云江商业银行湖滨支行");
    g_autofree char *account = g_strdup_printf("62000000%010u", h);
    record_set_text(rec, "bank_account", account);
    g_autofree char *address = g_strdup_printf("云江市湖滨区创业路 %u 号", 1 + h % 280);
    record_set_text(rec, "address", address);
    record_set_text(rec, "mail_address", address);
    record_set_int(rec, "shops_count", 1 + h % 60);
    record_set_text(rec, "tier", h % 9 == 0 ? "key" : "normal");
}

gboolean
demo_save_merchant(Demo *demo, Ctx *ctx, DemoMerchant *m, GError **error)
{
    gboolean is_there = stands(ctx, "merchant", m->id);

    if (is_there && m->is_complete)
        return TRUE;
    g_autoptr(Record) rec =
        is_there ? record_get(ctx, "merchant", m->id, NULL, error) : demo_new(ctx, "merchant");

    if (!rec)
        return FALSE;
    fill_merchant(demo, ctx, m, rec);
    if (!record_save(ctx, rec, error))
        return FALSE;
    m->id = rec->id;
    m->is_complete = TRUE;
    return save_contact(demo, ctx, m, error);
}

static gboolean
take_id(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    (void) labels;
    (void) error;
    g_array_append_val((GArray *) data, rec->id);
    return TRUE;
}

static gboolean
receive_paper(Ctx *ctx, gint64 id, guint h, GError **error)
{
    g_autoptr(Record) paper = record_get(ctx, "lease_document", id, NULL, error);
    g_autofree char *no = g_strdup_printf("云证 %06u", h % 1000000);
    g_autofree char *shelf = g_strdup_printf("档案室 %c 柜 %u 层", 'A' + h % 6, 1 + h / 6 % 5);

    if (!paper)
        return FALSE;
    record_set_text(paper, "state", "received");
    record_set_text(paper, "shelf", shelf);
    if (record_is(paper, "kind", "business_licence") || record_is(paper, "kind", "food_licence")) {
        record_set_text(paper, "paper_no", no);
        record_set_day(paper, "valid_to_on", ctx->today + 400 + h % 1400);
    }
    return record_save(ctx, paper, error);
}

/* The papers are in order of entry: lease and countersign sheet are never the missing ones. */
gboolean
demo_save_papers(Demo *demo, Ctx *ctx, gint64 lease_id, guint variety, guint missing,
                 GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, "lease_document"));
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *id = g_strdup_printf(ID_TEXT, lease_id);

    (void) demo;
    list_query_filter(query, "lease_id", OP_IN, id);
    if (!list_each(ctx, query, take_id, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        gboolean is_missing = i >= 2 && missing && (i + variety) % 6 < missing;
        if (!is_missing
            && !receive_paper(ctx, g_array_index(ids, gint64, i), variety * 31 + i, error))
            return FALSE;
    }
    return TRUE;
}
