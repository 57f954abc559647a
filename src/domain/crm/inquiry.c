/* inquiry.c - a call or a visit is stored with the customer it belongs to: known by the phone, else new. */
#include "base/clock.h"
#include "base/ids.h"
#include "domain/crm/crm_internal.h"
#include "store/services.h"

#include <string.h>

static void
fill_defaults(Ctx *ctx, Record *rec)
{
    if (record_is_null(rec, "at"))
        record_set_int(rec, "at", ctx->now_us);
    if (record_is_null(rec, "receptionist_id"))
        record_set_id(rec, "receptionist_id", ctx->staff_id);
    record_set_day(rec, "on_day", clock_day_of(record_int(rec, "at")));
}

static void
check_fields(Ctx *ctx, const Record *rec, GError **error)
{
    if (record_int(rec, "at") > ctx->now_us + 5 * 60 * G_USEC_PER_SEC)
        app_error_field(error, "at", "future", "时间不能晚于现在", "cannot be in the future");
    if (!record_is_null(rec, "area_min") && !record_is_null(rec, "area_max")
        && record_int(rec, "area_min") > record_int(rec, "area_max"))
        app_error_field(error, "area_max", "range", "上限不能小于下限",
                        "the upper limit is below the lower one");
    if (record_is(rec, "kind", "call") && !record_is_null(rec, "visitors"))
        app_error_field(error, "visitors", "kind", "来电没有来访人数", "a call has no visitors");
}

/* What the register knows of the phone: new or not, first visit, the call behind a visit. */
static gboolean
look_back(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.inquiries_before", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "phone", record_text(rec, "phone"));
    crm_bind_id(stmt, "merchant_id", record_int(rec, "merchant_id"));
    db_bind_int(stmt, "own_id", rec->id);
    db_bind_int(stmt, "at", record_int(rec, "at"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    record_set_int(rec, "is_new", db_int(stmt, 0) == 0 && record_is_null(rec, "merchant_id"));
    if (!record_is(rec, "kind", "visit"))
        return TRUE;
    if (record_is_null(rec, "first_visit"))
        record_set_int(rec, "first_visit", db_int(stmt, 1) == 0);
    if (record_is_null(rec, "call_inquiry_id") && !db_is_null(stmt, 2))
        record_set_id(rec, "call_inquiry_id", db_int(stmt, 2));
    return TRUE;
}

static gint64
make_merchant(Ctx *ctx, const Record *rec, const char *name, GError **error)
{
    g_autoptr(Record) merchant = record_new(registry_def(ctx->registry, "merchant"));
    const char *brand = record_text(rec, "brand_name");

    record_set_text(merchant, "name", name ? name : brand ? brand : record_text(rec, "name"));
    record_set_text(merchant, "kind", name || brand ? "company" : "person");
    record_set_id(merchant, "channel_id", record_int(rec, "channel_id"));
    record_set_id(merchant, "category_id", record_int(rec, "category_id"));
    record_set_id(merchant, "owner_id", record_int(rec, "receptionist_id"));
    return record_save(ctx, merchant, error) ? merchant->id : 0;
}

static gint64
make_contact(Ctx *ctx, const Record *rec, gboolean primary, GError **error)
{
    g_autoptr(Record) contact = record_new(registry_def(ctx->registry, "contact"));
    const char *phone = record_text(rec, "phone");
    gboolean is_mobile = phone[0] == '1' && strlen(phone) == 11;

    record_set_id(contact, "merchant_id", record_int(rec, "merchant_id"));
    record_set_text(contact, "name", record_text(rec, "name"));
    record_set_text(contact, is_mobile ? "mobile" : "phone", phone);
    record_set_int(contact, "is_primary", primary);
    return record_save(ctx, contact, error) ? contact->id : 0;
}

/* What the lead does not know yet, and the clock. */
static void
fill_lead(Record *lead, const Record *rec)
{
    static const char *const same[] = { "category_id", "area_min",   "area_max",  "budget_price",
                                        "floors_wish", "channel_id", "contact_id" };
    Day next_on = record_day(rec, "next_follow_on");

    for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
        int to = entity_field_index(lead->def, same[i]),
            from = entity_field_index(rec->def, same[i]);
        if (lead->values[to].is_null && !rec->values[from].is_null)
            value_copy(&lead->values[to], &rec->values[from]);
    }
    if (record_is_null(lead, "demand"))
        record_set_text(lead, "demand", record_text(rec, "content"));
    lead_touch(lead, record_int(rec, "at"), record_text(rec, "grade"),
               next_on != DAY_NONE ? next_on : record_day(lead, "next_follow_on"));
}

static gboolean
make_lead(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(Record) lead = record_new(registry_def(ctx->registry, "lead"));
    g_autofree char *merchant = record_ref_label(ctx, "merchant", record_int(rec, "merchant_id"));
    const char *brand = record_text(rec, "brand_name");

    record_set_text(lead, "name", brand ? brand : merchant);
    record_set_id(lead, "merchant_id", record_int(rec, "merchant_id"));
    record_set_id(lead, "owner_id", record_int(rec, "receptionist_id"));
    fill_lead(lead, rec);
    if (!record_save(ctx, lead, error))
        return FALSE;
    record_set_id(rec, "lead_id", lead->id);
    return !record_is(rec, "kind", "visit") || flow_apply(ctx, lead, "visit", NULL, error);
}

/* The lead's owner hears of a call that a colleague took. */
static gboolean
tell_owner(Ctx *ctx, const Record *rec, const Record *lead, GError **error)
{
    g_autofree char *by = record_ref_label(ctx, "staff", record_int(rec, "receptionist_id"));
    gboolean is_call = record_is(rec, "kind", "call");
    gint64 owner_id = record_int(lead, "owner_id");

    if (!owner_id || owner_id == record_int(rec, "receptionist_id"))
        return TRUE;
    g_autofree char *zh = g_strdup_printf("您的客户“%s”%s，由%s接待", record_text(lead, "name"),
                                          is_call ? "来电" : "来访", by);
    g_autofree char *en =
        g_strdup_printf("Your lead \"%s\" %s; %s answered", record_text(lead, "name"),
                        is_call ? "called" : "came", by);
    return notify(ctx, owner_id, "inquiry", "lead", lead->id, zh, en, error);
}

static gboolean
join_lead(Ctx *ctx, Record *rec, gint64 lead_id, GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", lead_id, NULL, error);

    if (!lead)
        return FALSE;
    record_set_id(rec, "lead_id", lead_id);
    fill_lead(lead, rec);
    if (record_is_null(lead, "owner_id") && record_int(rec, "receptionist_id")) {
        gboolean dormant = record_is(lead, "stage", "dormant");
        /* nobody's customer calls: whoever answers has it, as if taken from the pool */
        if (!lead_set_owner(ctx, lead, record_int(rec, "receptionist_id"), "taken", NULL, error))
            return FALSE;
        if (dormant && !flow_apply(ctx, lead, "wake", NULL, error))
            return FALSE;
    }
    gboolean is_early = record_is(lead, "stage", "new") || record_is(lead, "stage", "contacted");
    if (record_is(rec, "kind", "visit") && is_early) {
        if (!flow_apply(ctx, lead, "visit", NULL, error))
            return FALSE;
    } else if (!record_save_as(ctx, lead, "inquiry", error))
        return FALSE;
    return tell_owner(ctx, rec, lead, error);
}

static gboolean
find_lead(Ctx *ctx, const Record *rec, gint64 *lead_id, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.open_lead", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", record_int(rec, "merchant_id"));
    crm_bind_id(stmt, "category_id", record_int(rec, "category_id"));
    db_bind_int(stmt, "me", record_int(rec, "receptionist_id"));
    db_bind_text(stmt, "name", record_text(rec, "brand_name"));
    return crm_first_int(stmt, lead_id, error);
}

/* Merchant, contact and lead of a new entry; nobody's rights are asked, since a customer known to a colleague is still known. */
static gboolean
resolve(Ctx *ctx, Record *rec, const char *merchant_name, GError **error)
{
    gint64 known_id = 0, contact_id = 0, lead_id = 0;
    gboolean is_fresh = FALSE;

    if (!party_find_phone(ctx, record_text(rec, "phone"), &known_id, &contact_id, error))
        return FALSE;
    if (record_is_null(rec, "merchant_id"))
        record_set_id(rec, "merchant_id", known_id);
    if (!look_back(ctx, rec, error))
        return FALSE;
    if (record_is_null(rec, "merchant_id")) {
        gint64 id = make_merchant(ctx, rec, merchant_name, error);
        if (!id)
            return FALSE;
        record_set_id(rec, "merchant_id", id);
        is_fresh = TRUE;
    }
    if (record_is_null(rec, "contact_id")) {
        if (!contact_id || known_id != record_int(rec, "merchant_id"))
            contact_id = make_contact(ctx, rec, is_fresh, error);
        if (!contact_id)
            return FALSE;
        record_set_id(rec, "contact_id", contact_id);
    }
    lead_id = record_int(rec, "lead_id");
    if (!lead_id && !find_lead(ctx, rec, &lead_id, error))
        return FALSE;
    return lead_id ? join_lead(ctx, rec, lead_id, error) : make_lead(ctx, rec, error);
}

static gboolean
may_resolve(const Record *rec)
{
    return !record_is_null(rec, "kind") && !record_is_null(rec, "phone")
           && !record_is_null(rec, "name") && !record_is_null(rec, "channel_id");
}

static char *
merchant_name_of(const json_t *input)
{
    const char *name = json_string_value(json_object_get(input, "merchant_name"));

    return name && *name ? g_strdup(name) : NULL;
}

/* The hook of every way in, so that an import links its rows too. */
gboolean
inquiry_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    g_autoptr(GError) own = NULL;
    Ctx all = crm_as_system(ctx);

    fill_defaults(ctx, rec);
    check_fields(ctx, rec, &own);
    if (own) {
        g_propagate_error(error, g_steal_pointer(&own));
        return FALSE;
    }
    if (!old && !party_classify(ctx, rec, party_class_texts("inquiry"), error))
        return FALSE;
    if (old || !may_resolve(rec)
        || (!record_is_null(rec, "lead_id") && !record_is_null(rec, "contact_id")))
        return TRUE;
    return resolve(&all, rec, NULL, error);
}

/* Everything but the two words that are no fields. transfer full. */
static json_t *
own_members(const json_t *input)
{
    json_t *own = json_copy((json_t *) input);

    json_object_del(own, "merge_into");
    json_object_del(own, "merchant_name");
    return own;
}

static gboolean
set_merge_target(Ctx *ctx, Record *rec, const json_t *input, GError **error)
{
    const json_t *into = json_object_get(input, "merge_into");
    gint64 id = json_is_string(into) ? id_parse(json_string_value(into)) : 0;

    if (!into || json_is_null(into))
        return TRUE;
    g_autoptr(Record) merchant = id ? record_find(ctx, "merchant", id, error) : NULL;
    if (!merchant || record_is(merchant, "state", "merged"))
        return app_error_field(error, "merge_into", "missing", "没有这个商户", "no such merchant");
    record_set_id(rec, "merchant_id", id);
    return TRUE;
}

gint64
crm_inquiry_register(Ctx *ctx, const json_t *input, GPtrArray **duplicates, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "inquiry"));
    json_auto_t *own = json_is_object(input) ? own_members(input) : NULL;
    g_autofree char *merchant_name = merchant_name_of(input);
    Ctx all = crm_as_system(ctx);

    if (!access_may(ctx->access, "inquiry", "create")) {
        app_error_set(error, APP_ERROR_FORBIDDEN, "inquiry.forbidden", "您没有登记来电来访的权限",
                      "you may not register inquiries");
        return 0;
    }
    if (!own) {
        app_error_set(error, APP_ERROR_INVALID, "input.object", "请求内容应为 JSON 对象",
                      "the body must be a JSON object");
        return 0;
    }
    if (!record_apply_json(ctx, rec, own, error) || !set_merge_target(ctx, rec, input, error))
        return 0;
    rec->id = id_next();
    fill_defaults(ctx, rec);
    if (merchant_name && may_resolve(rec) && !resolve(&all, rec, merchant_name, error))
        return 0;
    if (!record_save(ctx, rec, error))
        return 0;
    if (duplicates) {
        g_autofree char *name = record_ref_label(ctx, "merchant", record_int(rec, "merchant_id"));
        *duplicates = party_duplicates(ctx, name, record_text(rec, "phone"), NULL,
                                       record_int(rec, "merchant_id"), error);
        if (!*duplicates)
            return 0;
    }
    return rec->id;
}

/* A lead that this inquiry began and nobody worked on is closed as registered twice. */
static gboolean
close_twin(Ctx *ctx, gint64 lead_id, GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", lead_id, NULL, error);
    g_autoptr(DbStmt) stmt = lead ? crm_stmt(ctx, "crm.follow_ups_of_lead", error) : NULL;
    gint64 count = 0;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", lead_id);
    if (!crm_first_int(stmt, &count, error))
        return FALSE;
    if (count || !(record_is(lead, "stage", "new") || record_is(lead, "stage", "visited")))
        return TRUE;
    g_autoptr(Record) input = flow_input_new(ctx, "lead", "lose");
    record_set_text(input, "lost_reason", "duplicate");
    return flow_apply(ctx, lead, "lose", input, error);
}

static gboolean
is_own_file(Ctx *ctx, const Record *inquiry, gboolean *own, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.inquiries_of_merchant", error);
    gint64 count = 0;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", record_int(inquiry, "merchant_id"));
    if (!crm_first_int(stmt, &count, error))
        return FALSE;
    *own = record_int(inquiry, "is_new") && count == 1;
    return TRUE;
}

gboolean
crm_inquiry_merge_into(Ctx *ctx, gint64 inquiry_id, gint64 merchant_id, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "inquiry", inquiry_id, "merge_into", error);
    Ctx all = crm_as_system(ctx);
    gint64 twin_id = 0, lead_id = 0;
    gboolean own = FALSE;

    if (!rec)
        return FALSE;
    if (record_int(rec, "merchant_id") == merchant_id)
        return TRUE;
    twin_id = record_int(rec, "lead_id");
    g_autoptr(Record) target = record_get(&all, "merchant", merchant_id, NULL, error);
    if (!target || !is_own_file(&all, rec, &own, error))
        return FALSE;
    /* the lead the customer had before; to be found before the new one moves there */
    record_set_id(rec, "merchant_id", merchant_id);
    if (!find_lead(&all, rec, &lead_id, error))
        return FALSE;
    if (own) {
        g_autoptr(Record) before = record_get(&all, "inquiry", inquiry_id, NULL, error);
        if (!before || !party_join(&all, record_int(before, "merchant_id"), merchant_id, error))
            return FALSE;
        g_clear_pointer(&rec, record_free);
        rec = record_get(&all, "inquiry", inquiry_id, NULL, error);
        if (!rec)
            return FALSE;
    } else {
        record_set_null(rec, "contact_id");
        gint64 contact_id = make_contact(&all, rec, FALSE, error);
        if (!contact_id)
            return FALSE;
        record_set_id(rec, "contact_id", contact_id);
    }
    if (lead_id && lead_id != twin_id) {
        if (own && twin_id && !close_twin(&all, twin_id, error))
            return FALSE;
        if (!join_lead(&all, rec, lead_id, error))
            return FALSE;
    }
    return record_save_as(&all, rec, "merge_into", error);
}
