/* party_rules.c - what must hold between the fields of parties. */
#include "domain/party/party_internal.h"
#include "store/list.h"

DbStmt *
party_stmt(Ctx *ctx, const char *name, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt)
        list_bind_scope(ctx, stmt);
    return stmt;
}

static void
check_band(const Record *rec, const char *low, const char *high, GError **error)
{
    if (!record_is_null(rec, low) && !record_is_null(rec, high)
        && record_int(rec, low) > record_int(rec, high))
        app_error_field(error, high, "range", "上限不能小于下限",
                        "the upper limit is below the lower one");
}

gboolean
category_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gint64 above_id = record_int(rec, "parent_id");

    (void) old;
    if (!above_id)
        return TRUE;
    if (above_id == rec->id)
        return app_error_field(error, "parent_id", "self", "上级不能是自己",
                               "cannot be above itself");
    g_autoptr(Record) above = record_find(ctx, "category", above_id, error);
    if (above && !record_is_null(above, "parent_id"))
        app_error_field(error, "parent_id", "level", "业态只有两级", "there are two levels only");
    return above != NULL;
}

gboolean
channel_spend_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gint64 month = record_int(rec, "month") % 100;

    (void) ctx;
    (void) old;
    if (!record_is_null(rec, "month") && (month < 1 || month > 12))
        app_error_field(error, "month", "range", "月份应写作 202603", "write the month as 202603");
    if (record_int(rec, "amount") < 0)
        app_error_field(error, "amount", "range", "费用不能为负", "cannot be negative");
    return TRUE;
}

static void
check_blacklist(const Ctx *ctx, const Record *rec, const Record *old, GError **error)
{
    gint64 before = old ? record_int(old, "is_blacklisted") : 0;

    if (record_int(rec, "is_blacklisted") && record_is_null(rec, "blacklist_reason"))
        app_error_field(error, "blacklist_reason", "required", "请填写列入黑名单的原因",
                        "say why it is blacklisted");
    if (before != record_int(rec, "is_blacklisted")
        && !access_may(ctx->access, "merchant", "blacklist"))
        app_error_field(error, "is_blacklisted", "forbidden", "您没有设置黑名单的权限",
                        "you may not change the blacklist");
}

gboolean
merchant_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (old && record_is(old, "state", "merged"))
        return app_error_set(error, APP_ERROR_CONFLICT, "merchant.merged",
                             "此档案已合并，不能再修改",
                             "this file was merged and cannot be changed");
    if (!old && record_is_null(rec, "owner_id") && ctx->staff_id)
        record_set_id(rec, "owner_id", ctx->staff_id);
    check_blacklist(ctx, rec, old, error);
    return old || party_classify(ctx, rec, party_class_texts("merchant"), error);
}

/* What a full file has; people are told what is missing. */
static void
write_completeness(const Record *rec, gboolean has_contact, JsonOut *out)
{
    static const char *const wanted[] = { "category_id", "channel_id", "owner_id",     "address",
                                          "legal_rep",   "bank_name",  "bank_account", "taxpayer" };
    gboolean is_person = record_is(rec, "kind", "person");
    const char *number = is_person ? "id_number" : "credit_code";
    guint all = G_N_ELEMENTS(wanted) + 2;
    guint have = (has_contact ? 1 : 0) + (record_is_null(rec, number) ? 0 : 1);

    json_key(out, "missing");
    json_begin_array(out);
    if (!has_contact)
        json_text(out, "contact");
    if (record_is_null(rec, number))
        json_text(out, number);
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
        if (record_is_null(rec, wanted[i]))
            json_text(out, wanted[i]);
        else
            have++;
    }
    json_end_array(out);
    json_kv_int(out, "completeness", have * 100 / all);
}

/* Names are compared with every other file, so only while the file is new; phones are looked up. */
enum { NEW_DAYS = 7 };

gboolean
merchant_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    gboolean is_new =
        ctx->now_us - rec->created_at < NEW_DAYS * G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC;
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.phones_of", error);
    g_autofree char *phone = NULL;
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", rec->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        phone = g_strdup(db_is_null(stmt, 0) ? db_text(stmt, 1) : db_text(stmt, 0));
    g_autoptr(GPtrArray) doubles = party_duplicates(ctx, is_new ? record_text(rec, "name") : NULL,
                                                    phone, NULL, rec->id, error);
    if (!doubles)
        return FALSE;
    json_key(out, "duplicates");
    party_duplicates_write(doubles, out);
    write_completeness(rec, row, out);
    return TRUE;
}

static gboolean
check_contact_double(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.contact_numbers", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", record_int(rec, "merchant_id"));
    db_bind_int(stmt, "own_id", rec->id);
    db_bind_text(stmt, "mobile", record_text(rec, "mobile"));
    db_bind_text(stmt, "phone", record_text(rec, "phone"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        app_error_field(error, "mobile", "unique", "该商户已有此号码的联系人：%s",
                        "this merchant has a contact with that number: %s", db_text(stmt, 0));
    return TRUE;
}

gboolean
contact_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    if (record_is_null(rec, "mobile") && record_is_null(rec, "phone")
        && record_is_null(rec, "wechat") && record_is_null(rec, "email"))
        app_error_field(error, "mobile", "required", "请至少填写一种联系方式",
                        "give at least one way to reach this person");
    if (record_is_null(rec, "merchant_id") || !record_int(rec, "active"))
        return TRUE;
    return check_contact_double(ctx, rec, error);
}

gboolean
contact_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;

    if (!record_int(rec, "is_primary") || (old && record_int(old, "is_primary")))
        return TRUE;
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.primary_contacts", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", record_int(rec, "merchant_id"));
    db_bind_int(stmt, "own_id", rec->id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++) {
        g_autoptr(Record) other =
            record_get(ctx, "contact", g_array_index(ids, gint64, i), NULL, error);
        if (!other)
            return FALSE;
        record_set_int(other, "is_primary", 0);
        ok = record_save(ctx, other, error);
    }
    return ok;
}

gboolean
brand_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (!old && record_is_null(rec, "staff_id") && ctx->staff_id)
        record_set_id(rec, "staff_id", ctx->staff_id);
    check_band(rec, "area_min", "area_max", error);
    check_band(rec, "price_min", "price_max", error);
    return TRUE;
}

gboolean
merchant_brand_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");

    (void) ctx;
    (void) old;
    if (from != DAY_NONE && to != DAY_NONE && to < from)
        app_error_field(error, "to_on", "range", "结束日期不能早于开始日期",
                        "cannot end before it begins");
    return TRUE;
}
