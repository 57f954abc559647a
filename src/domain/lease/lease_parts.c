/* lease_parts.c - what belongs to a lease, for its page, its papers and its documents. */
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "domain/lease/lease_tables.h"
#include "store/list.h"
#include "store/services.h"

#include <string.h>

static gboolean
write_units(Ctx *ctx, const Record *lease, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.units", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    json_key(out, "units");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_key(out, "unit_id");
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 1));
        json_kv_text(out, "label", db_text(stmt, 2));
        json_end_object(out);
        json_kv_text(out, "floor", db_text(stmt, 3));
        json_kv_money(out, "area", db_int(stmt, 4)); /* two decimals, like money */
        json_kv_day(out, "from_on", db_day(stmt, 5));
        json_kv_day(out, "to_on", db_day(stmt, 6));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

static gboolean
write_terms(Ctx *ctx, const Record *lease, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.terms", error);

    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    db_bind_int(stmt, "lease_id", lease->id);
    json_key(out, "terms");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_text(out, "item", db_text(stmt, 3));
        json_kv_text(out, "item_name", db_text(stmt, 4));
        json_key(out, "clause");
        json_raw(out, db_text(stmt, 6), strlen(db_text(stmt, 6)));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

/* Rows of a generic child table as objects without their bookkeeping. */
static gboolean
write_children(Ctx *ctx, const Record *lease, const char *entity, const char *key, JsonOut *out, GError **error)
{
    g_autoptr(GPtrArray) list = lease_children(ctx, entity, lease->id, error);

    if (!list)
        return FALSE;
    json_key(out, key);
    json_begin_array(out);
    for (guint i = 0; i < list->len; i++) {
        json_begin_object(out);
        if (!record_write_json(ctx, list->pdata[i], out, error))
            return FALSE;
        json_end_object(out);
    }
    json_end_array(out);
    return TRUE;
}

gboolean
lease_terms_write(Ctx *ctx, const Record *lease, JsonOut *out, GError **error)
{
    g_autoptr(GPtrArray) deposits = lease_children(ctx, "deposit_term", lease->id, error);

    if (!deposits || !write_units(ctx, lease, out, error) || !write_terms(ctx, lease, out, error))
        return FALSE;
    json_key(out, "deposits");
    json_begin_array(out);
    for (guint i = 0; i < deposits->len; i++) {
        const Record *d = deposits->pdata[i];
        json_begin_object(out);
        json_kv_text(out, "kind", record_text(d, "kind"));
        json_kv_int(out, "months", record_int(d, "months"));
        json_kv_money(out, "amount", record_int(d, "amount"));
        json_kv_day(out, "due_on", record_day(d, "due_on"));
        json_kv_text(out, "refund_rule", record_text(d, "refund_rule"));
        json_end_object(out);
    }
    json_end_array(out);
    return TRUE;
}

gboolean
lease_parts_write(Ctx *ctx, const Record *lease, JsonOut *out, GError **error)
{
    return lease_terms_write(ctx, lease, out, error)
           && write_children(ctx, lease, "lease_document", "documents", out, error);
}

/* The papers every lease has, and those its category asks for. */
static const struct {
    const char *kind;
    gboolean food_only;
} required_papers[] = {
    { "lease", FALSE },           { "countersign", FALSE },     { "business_licence", FALSE },
    { "identity", FALSE },        { "brand_authorisation", FALSE }, { "fire_commitment", FALSE },
    { "property_agreement", FALSE }, { "food_licence", TRUE },
};

static gboolean
is_food(Ctx *ctx, const Record *lease)
{
    g_autoptr(Record) category = record_find(ctx, "category", record_int(lease, "category_id"), NULL);

    if (!category)
        return FALSE;
    g_autoptr(Record) above = record_find(ctx, "category", record_int(category, "parent_id"), NULL);
    g_autofree char *parent = above ? record_label(above) : g_strdup("");
    g_autofree char *own = record_label(category);
    return strstr(parent, "餐饮") || strstr(own, "餐饮") || strstr(own, "食品");
}

static gboolean
add_paper(Ctx *ctx, const Record *lease, const char *kind, const char *state, GError **error)
{
    g_autoptr(Record) paper = record_new(registry_def(ctx->registry, "lease_document"));

    record_set_id(paper, "lease_id", lease->id);
    record_set_text(paper, "kind", kind);
    record_set_int(paper, "required", 1);
    record_set_text(paper, "state", state);
    return record_save(ctx, paper, error);
}

static Record *
find_paper(const GPtrArray *papers, const char *kind)
{
    for (guint i = 0; i < papers->len; i++) {
        if (record_is(papers->pdata[i], "kind", kind))
            return papers->pdata[i];
    }
    return NULL;
}

gboolean
lease_documents_require(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) papers = lease_children(ctx, "lease_document", lease->id, error);
    gboolean food = is_food(ctx, lease);

    if (!papers)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(required_papers); i++) {
        if ((required_papers[i].food_only && !food) || find_paper(papers, required_papers[i].kind))
            continue;
        if (!add_paper(ctx, lease, required_papers[i].kind, "missing", error))
            return FALSE;
    }
    return TRUE;
}

gboolean
lease_paper_received(Ctx *ctx, const Record *lease, const char *kind, GError **error)
{
    g_autoptr(GPtrArray) papers = lease_children(ctx, "lease_document", lease->id, error);

    if (!papers)
        return FALSE;
    Record *paper = find_paper(papers, kind);
    if (!paper)
        return add_paper(ctx, lease, kind, "received", error);
    record_set_text(paper, "state", "received");
    return record_save(ctx, paper, error);
}

gboolean
lease_has_order(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.open_orders", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    return db_step(stmt, &row, error) && row;
}

const EntityModule handover_module = { .def = &handover_def };

/* -- beginnings -------------------------------------------------------------- */

static const struct {
    const char *code, *name, *name_en, *kind, *rate, *account;
    gboolean in_fitout;
} items[] = {
    { "rent", "租金", "Rent", "rent", "9", "6051.01", FALSE },
    { "rent_turnover", "提成租金", "Turnover rent", "turnover", "9", "6051.02", FALSE },
    { "property_fee", "物业管理费", "Property management fee", "fee", "6", "6051.03", TRUE },
    { "promotion_fee", "推广费", "Promotion fee", "fee", "6", "6051.04", FALSE },
    { "electricity", "电费", "Electricity", "utility", "13", "6051.05", TRUE },
    { "water", "水费", "Water", "utility", "9", "6051.06", TRUE },
    { "gas", "燃气费", "Gas", "utility", "9", "6051.07", TRUE },
    { "air_conditioning", "空调费", "Air conditioning", "utility", "6", "6051.08", FALSE },
    { "fitout_management", "装修管理费", "Fit-out management fee", "fee", "6", "6051.09", TRUE },
    { "advertising", "广告位租金", "Advertising rent", "rent", "9", "6051.10", FALSE },
    { "penalty", "违约金", "Penalty", "penalty", "0", "6301.01", FALSE },
    { "damage", "赔偿金", "Compensation for damage", "other", "0", "6051.12", TRUE },
    { "occupation_fee", "占用费", "Occupation fee", "other", "9", "6051.11", FALSE },
};

static const struct {
    const char *kind, *name, *source;
} templates[] = {
    { "intent", "标准意向书", "template_intent.docx" },
    { "lease", "标准商铺租赁合同", "template_lease.docx" },
    { "payment_order", "标准交款单", "template_payment_order.docx" },
    { "dunning_reminder", "标准催缴提醒", "template_dunning_reminder.docx" },
    { "dunning_1", "标准催缴函", "template_dunning_1.docx" },
    { "dunning_2", "标准第二次催缴函", "template_dunning_2.docx" },
    { "dunning_lawyer", "标准律师函", "template_dunning_lawyer.docx" },
    { "dunning_terminate", "标准解除合同通知书", "template_dunning_terminate.docx" },
};

static gboolean
seed_item(Ctx *ctx, guint n, GError **error)
{
    g_autoptr(Record) item = record_new(registry_def(ctx->registry, "charge_item"));
    gint64 ppm = 0;

    percent_parse(items[n].rate, &ppm);
    record_set_text(item, "code", items[n].code);
    record_set_text(item, "name", items[n].name);
    record_set_text(item, "name_en", items[n].name_en);
    record_set_text(item, "kind", items[n].kind);
    record_set_int(item, "tax_rate", ppm);
    record_set_text(item, "account", items[n].account);
    record_set_int(item, "in_fitout", items[n].in_fitout);
    record_set_int(item, "seq", (n + 1) * 10);
    return record_save(ctx, item, error);
}

gboolean
lease_seed(Ctx *ctx, GError **error)
{
    g_autoptr(Record) there = record_find_by(ctx, "charge_item", "code", "rent", NULL);

    if (there)
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(items); i++) {
        if (!seed_item(ctx, i, error))
            return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(templates); i++) {
        g_autoptr(Record) template = record_new(registry_def(ctx->registry, "document_template"));
        record_set_text(template, "kind", templates[i].kind);
        record_set_text(template, "name", templates[i].name);
        record_set_text(template, "source", templates[i].source);
        if (!record_save(ctx, template, error))
            return FALSE;
    }
    return TRUE;
}
