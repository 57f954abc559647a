/* lease_import_party.c - merchants, contacts and brands of a rent roll. */
#include "base/text.h"
#include "db/catalogue.h"
#include "domain/lease/lease_import_internal.h"

#include <string.h>

/* The merchant by credit code, else by its very name unless the codes differ. *n counts those that the name fits. */
static gboolean
find_by_name(Ctx *ctx, const RentRow *rent, const char *code, gint64 *id, guint *n, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease_import.merchants", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "name", rent->merchant);
    while (db_each(stmt, &ok, error)) {
        if (code && !db_is_null(stmt, 1) && strcmp(db_text(stmt, 1), code) != 0)
            continue; /* another company of the same name */
        *id = db_int(stmt, 0);
        (*n)++;
    }
    return ok;
}

static gboolean
find_merchant(Ctx *ctx, const RentRow *rent, const char *code, gint64 *id, guint *n, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) by_code =
        code ? record_find_by(ctx, "merchant", "credit_code", code, &failure) : NULL;

    *id = 0;
    *n = 0;
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!by_code)
        return find_by_name(ctx, rent, code, id, n, error);
    *id = by_code->id;
    *n = 1;
    return TRUE;
}

static gboolean
judge_category(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    const char *text = import_text(import, rent->row, "category");
    ImportFound found;

    if (!text)
        return TRUE;
    if (!import_find(ctx, import, "category", text, &found, error))
        return FALSE;
    rent->category_id = found.id;
    if (found.how != FOUND_ONE)
        import_refuse(import, rent->row, "category", "没有业态“%s”，请改用业态表中的名称或编码",
                      "there is no category \"%s\"", text);
    return TRUE;
}

static gboolean
judge_brand(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    const char *text = import_text(import, rent->row, "brand");
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) brand =
        text && !rent_is_vacant(text) ? record_find_by(ctx, "brand", "name", text, &failure) : NULL;

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    rent->brand_id = brand ? brand->id : 0;
    if (!brand && text && !rent_is_vacant(text) && !import_text(import, rent->row, "category"))
        import_refuse(import, rent->row, "brand", "新品牌“%s”需要业态",
                      "the new brand \"%s\" needs a category", text);
    return TRUE;
}

gboolean
rent_judge_party(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    const char *phone = import_text(import, rent->row, "phone");
    guint n = 0;

    if (!rent_parse_phones(phone, &rent->mobile, &rent->landline))
        import_refuse(import, rent->row, "phone", "“%s”不是有效的电话号码，请核对",
                      "\"%s\" is not a valid phone number", phone);
    if (!find_merchant(ctx, rent, import_text(import, rent->row, "credit_code"), &rent->merchant_id,
                       &n, error))
        return FALSE;
    if (n > 1)
        import_refuse(import, rent->row, "merchant", "有 %u 个商户叫“%s”，请填写信用代码",
                      "%u merchants are called \"%s\"; give the credit code", n, rent->merchant);
    return judge_category(ctx, import, rent, error) && judge_brand(ctx, import, rent, error);
}

/* -- saving ------------------------------------------------------------------------------ */

static const char *
kind_of_name(const char *name)
{
    static const char *const companies[] = { "公司", "银行", "集团", "合作社", "企业",
                                             "中心", "Ltd",  "Co.",  "Inc" };
    static const char *const traders[] = { "店",     "商行", "经营部", "个体",
                                           "工作室", "馆",   "坊",     "铺" };

    for (guint i = 0; i < G_N_ELEMENTS(companies); i++) {
        if (strstr(name, companies[i]))
            return "company";
    }
    for (guint i = 0; i < G_N_ELEMENTS(traders); i++) {
        if (strstr(name, traders[i]))
            return "sole_trader";
    }
    return text_length(name) <= 4 ? "person" : "company";
}

static Record *
open_merchant(Ctx *ctx, const RentRow *rent, GError **error)
{
    if (rent->merchant_id)
        return record_get(ctx, "merchant", rent->merchant_id, NULL, error);
    Record *rec = record_new(registry_def(ctx->registry, "merchant"));
    record_set_text(rec, "name", rent->merchant);
    record_set_text(rec, "kind", kind_of_name(rent->merchant));
    return rec;
}

static gboolean
save_merchant(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    const char *code = import_text(import, rent->row, "credit_code");
    const char *contact = import_text(import, rent->row, "contact");
    guint n = 0;

    /* again: a row above may have made it */
    if (!find_merchant(ctx, rent, code, &rent->merchant_id, &n, error))
        return FALSE;
    g_autoptr(Record) rec = open_merchant(ctx, rent, error);
    if (!rec)
        return FALSE;
    if (code && record_is_null(rec, "credit_code"))
        record_set_text(rec, "credit_code", code);
    if (rent->category_id && record_is_null(rec, "category_id"))
        record_set_id(rec, "category_id", rent->category_id);
    if (contact && !rent->mobile && !rent->landline && record_is_null(rec, "remarks")) {
        g_autofree char *note =
            g_strdup_printf("联系人：%s", contact); /* a contact needs a way to be reached */
        record_set_text(rec, "remarks", note);
    }
    rent->merchant_id = record_save(ctx, rec, error) ? rec->id : 0;
    return rent->merchant_id != 0;
}

static gboolean
find_contact(Ctx *ctx, Import *import, const RentRow *rent, gint64 *id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease_import.contact", error);

    *id = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "merchant_id", rent->merchant_id);
    db_bind_text(stmt, "mobile", rent->mobile);
    db_bind_text(stmt, "phone", rent->landline);
    db_bind_text(stmt, "name", import_text(import, rent->row, "contact"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    *id = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

static gboolean
save_contact(Ctx *ctx, Import *import, const RentRow *rent, GError **error)
{
    const char *name = import_text(import, rent->row, "contact");
    gint64 id = 0;

    if (!rent->mobile && !rent->landline)
        return TRUE;
    if (!find_contact(ctx, import, rent, &id, error))
        return FALSE;
    g_autoptr(Record) rec = id ? record_get(ctx, "contact", id, NULL, error)
                               : record_new(registry_def(ctx->registry, "contact"));
    if (!rec)
        return FALSE;
    if (!id) {
        g_autofree char *fallback =
            g_utf8_substring(rent->merchant, 0, MIN(60, g_utf8_strlen(rent->merchant, -1)));
        record_set_id(rec, "merchant_id", rent->merchant_id);
        record_set_text(rec, "name", name ? name : fallback);
        record_set_int(rec, "is_primary", TRUE);
        record_set_int(rec, "active", TRUE); /* the check for doubles looks at active ones */
    } else if (name)
        record_set_text(rec, "name", name);
    if (rent->mobile)
        record_set_text(rec, "mobile", rent->mobile);
    if (rent->landline)
        record_set_text(rec, "phone", rent->landline);
    return record_save(ctx, rec, error);
}

static gboolean
save_brand(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    const char *name = import_text(import, rent->row, "brand");
    g_autoptr(GError) failure = NULL;

    if (!name || rent_is_vacant(name))
        return TRUE;
    g_autoptr(Record) brand = record_find_by(ctx, "brand", "name", name, &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!brand) {
        brand = record_new(registry_def(ctx->registry, "brand"));
        record_set_text(brand, "name", name);
        record_set_id(brand, "category_id", rent->category_id);
        if (!record_save(ctx, brand, error))
            return FALSE;
    }
    rent->brand_id = brand->id;
    return TRUE;
}

gboolean
rent_save_party(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    return save_merchant(ctx, import, rent, error) && save_contact(ctx, import, rent, error)
           && save_brand(ctx, import, rent, error);
}
