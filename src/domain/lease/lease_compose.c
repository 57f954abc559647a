/* lease_compose.c - a draft lease with its units, terms and deposits in one body, and the lease made from an intent. */
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "domain/terms/terms_json.h"

#include <string.h>

void
lease_check_term_days(Day from, Day to, GError **error)
{
    if (from == DAY_NONE || to == DAY_NONE)
        return;
    if (to < from)
        app_error_field(error, "to_on", "order", "租期止不能早于租期起", "the term must not end before it begins");
    else if (to > day_add_months(from, 240) - 1)
        app_error_field(error, "to_on", "law", "租赁期限不得超过二十年（民法典第七百零五条）",
                        "a lease may not run longer than twenty years (civil code, article 705)");
}

GPtrArray *
lease_children(Ctx *ctx, const char *entity, gint64 lease_id, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *name = g_strdup_printf("lease.%s_ids", entity);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, name, error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++) {
        Record *rec = record_get(ctx, entity, g_array_index(ids, gint64, i), NULL, error);
        ok = rec != NULL;
        if (rec)
            g_ptr_array_add(list, rec);
    }
    return ok ? g_steal_pointer(&list) : NULL;
}

static gboolean
clear_children(Ctx *ctx, const char *statement, gint64 lease_id, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, statement, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    return db_exec_stmt(stmt, NULL, error);
}

/* Saves one child; its complaints are named after @prefix: "units[2].area". */
static gboolean
save_child(Ctx *ctx, Record *child, const char *prefix, GError **all)
{
    g_autoptr(GError) one = NULL;

    if (record_save(ctx, child, &one))
        return TRUE;
    if (app_error_is(one, APP_ERROR_INVALID)) {
        app_error_take_fields(all, prefix, g_steal_pointer(&one));
        return TRUE; /* go on, to name all faults */
    }
    g_clear_error(all);
    g_propagate_error(all, g_steal_pointer(&one));
    return FALSE;
}

static gboolean
apply_child(Ctx *ctx, Record *child, const json_t *input, const char *prefix, GError **all)
{
    g_autoptr(GError) one = NULL;

    if (record_apply_json(ctx, child, input, &one))
        return TRUE;
    app_error_take_fields(all, prefix, g_steal_pointer(&one));
    return FALSE;
}

static void
default_day(Record *child, const char *field, Day day)
{
    if (record_is_null(child, field))
        record_set_day(child, field, day);
}

static gboolean
compose_units(Ctx *ctx, const Record *lease, const json_t *list, GError **all)
{
    gsize n;
    json_t *item;

    if (!clear_children(ctx, "lease.children_delete_unit", lease->id, all))
        return FALSE;
    json_array_foreach ((json_t *) list, n, item) {
        g_autofree char *prefix = g_strdup_printf("units[%" G_GSIZE_FORMAT "].", n);
        g_autoptr(Record) child = record_new(registry_def(ctx->registry, "lease_unit"));
        record_set_id(child, "lease_id", lease->id);
        if (!apply_child(ctx, child, item, prefix, all))
            continue;
        default_day(child, "from_on", record_day(lease, "from_on"));
        default_day(child, "to_on", record_day(lease, "to_on"));
        if (record_is_null(child, "area") && !record_is_null(child, "unit_id")) {
            g_autoptr(Record) unit = record_find(ctx, "unit", record_int(child, "unit_id"), NULL);
            if (unit)
                record_set_int(child, "area", record_int(unit, "area_leasable"));
        }
        if (!save_child(ctx, child, prefix, all))
            return FALSE;
    }
    return TRUE;
}

Record *
lease_clause_complete(Ctx *ctx, json_t *clause, Day from, Day to, const char *prefix, GError **all)
{
    const char *code = json_string_value(json_object_get(clause, "item"));
    g_autofree char *at = g_strconcat(prefix, "item", NULL);
    g_autoptr(Record) item = code ? record_find_by(ctx, "charge_item", "code", code, NULL) : NULL;
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];

    if (!item) {
        app_error_field(all, at, "missing", "没有这个费用科目", "no such charge item");
        return NULL;
    }
    if (!json_object_get(clause, "from"))
        json_object_set_new(clause, "from", json_string(day_format(from, first)));
    if (!json_object_get(clause, "to"))
        json_object_set_new(clause, "to", json_string(day_format(to, last)));
    if (!json_object_get(clause, "tax_rate")) {
        g_autofree char *rate = percent_format(record_int(item, "tax_rate"));
        json_object_set_new(clause, "tax_rate", json_string(rate));
    }
    return g_steal_pointer(&item);
}

/* The token of a member of the checked clause, e.g. its model; @fallback where the clause leaves it out. */
static void
copy_token(Record *child, const char *field, const json_t *clause, const char *fallback)
{
    const char *token = json_string_value(json_object_get(clause, field));

    record_set_text(child, field, token ? token : fallback);
}

gboolean
lease_term_add(Ctx *ctx, const Record *lease, json_t *clause, guint seq, const char *prefix, GError **all)
{
    g_autoptr(Record) item = json_is_object(clause) ? lease_clause_complete(ctx, clause, record_day(lease, "from_on"), record_day(lease, "to_on"), prefix, all) : NULL;
    g_autoptr(GError) bad = NULL;
    g_autoptr(ChargeTerm) term = item ? charge_term_from_json(clause, prefix, &bad) : NULL;

    if (bad)
        app_error_take_fields(all, "", g_steal_pointer(&bad));
    if (!term)
        return TRUE;
    g_autoptr(Record) child = record_new(registry_def(ctx->registry, "charge_term"));
    char *text = json_dumps(clause, JSON_COMPACT);
    record_set_id(child, "lease_id", lease->id);
    record_set_int(child, "seq", seq);
    record_set_id(child, "item_id", item->id);
    record_set_day(child, "from_on", term->from);
    record_set_day(child, "to_on", term->to);
    copy_token(child, "model", clause, "fixed");
    copy_token(child, "basis", clause, "per_month");
    record_set_int(child, "price", term->price_e4);
    record_set_text(child, "clause", text);
    free(text);
    return save_child(ctx, child, prefix, all);
}

static gboolean
compose_terms(Ctx *ctx, const Record *lease, const json_t *list, GError **all)
{
    gsize n;
    json_t *item;

    if (!clear_children(ctx, "lease.children_delete_term", lease->id, all))
        return FALSE;
    json_array_foreach ((json_t *) list, n, item) {
        g_autofree char *prefix = g_strdup_printf("terms[%" G_GSIZE_FORMAT "].", n);
        json_t *clause = json_deep_copy(item);
        gboolean ok = lease_term_add(ctx, lease, clause, (guint) n + 1, prefix, all);
        json_decref(clause);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}

static gboolean
compose_deposits(Ctx *ctx, const Record *lease, const json_t *list, GError **all)
{
    gsize n;
    json_t *item;

    if (!clear_children(ctx, "lease.children_delete_deposit", lease->id, all))
        return FALSE;
    json_array_foreach ((json_t *) list, n, item) {
        g_autofree char *prefix = g_strdup_printf("deposits[%" G_GSIZE_FORMAT "].", n);
        g_autoptr(Record) child = record_new(registry_def(ctx->registry, "deposit_term"));
        record_set_id(child, "lease_id", lease->id);
        if (!apply_child(ctx, child, item, prefix, all))
            continue;
        default_day(child, "due_on", record_day(lease, "from_on"));
        if (!save_child(ctx, child, prefix, all))
            return FALSE;
    }
    return TRUE;
}

static const struct {
    const char *key;
    gboolean (*compose)(Ctx *ctx, const Record *lease, const json_t *list, GError **all);
} parts[] = { { "units", compose_units }, { "terms", compose_terms }, { "deposits", compose_deposits } };

static gboolean
compose_parts(Ctx *ctx, const Record *lease, const json_t *input, GError **error)
{
    g_autoptr(GError) all = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        const json_t *list = json_object_get(input, parts[i].key);
        if (!list)
            continue;
        if (!json_is_array(list))
            app_error_field(&all, parts[i].key, "form", "应为列表", "must be a list");
        else if (!parts[i].compose(ctx, lease, list, &all))
            break;
    }
    if (!all)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&all));
    return FALSE;
}

gboolean
lease_compose(Ctx *ctx, Record *lease, const json_t *input, GError **error)
{
    json_t *head = json_copy((json_t *) input);

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        json_object_del(head, parts[i].key);
    gboolean ok = record_apply_json(ctx, lease, head, error);
    json_decref(head);
    if (!ok)
        return FALSE;
    if (lease->version && !record_is(lease, "state", "draft"))
        return app_error_set(error, APP_ERROR_CONFLICT, "lease.frozen", "合同已送审或生效，只能通过变更或退回后修改",
                             "the lease is in review or in force; change it by an amendment or after it is returned");
    if (record_is_null(lease, "owner_id") && ctx->staff_id)
        record_set_id(lease, "owner_id", ctx->staff_id);
    return record_save(ctx, lease, error) && compose_parts(ctx, lease, input, error) && lease_derive(ctx, lease, error)
           && record_save(ctx, lease, error) && lease_documents_require(ctx, lease, error);
}

static json_t *
money_json(gint64 fen)
{
    g_autofree char *text = money_format(fen);

    return json_string(text);
}

static json_t *
day_json(Day day)
{
    char text[DAY_TEXT_SIZE];

    return json_string(day_format(day, text));
}

static json_t *
id_json(gint64 id)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);

    return id ? json_string(text) : json_null();
}

/* The clause an intent means: fixed rent, or the higher of rent and turnover, with the yearly step and the free days at the start. */
static json_t *
intent_rent(const Record *intent)
{
    Day from = record_day(intent, "from_on");
    g_autofree char *price = price_format(record_int(intent, "price"));
    json_t *term = json_pack("{s:s,s:s,s:s,s:s,s:i}", "item", "rent", "model", "fixed", "basis",
                             record_text(intent, "price_basis"), "price", price, "cycle_months",
                             (int) record_int(intent, "cycle_months"));

    if (record_int(intent, "turnover_percent") > 0) {
        g_autofree char *percent = percent_format(record_int(intent, "turnover_percent"));
        json_object_set_new(term, "model", json_string("greater_of"));
        json_object_set_new(term, "turnover", json_pack("{s:s}", "percent", percent));
        json_object_set_new(term, "settle", json_string("monthly"));
    }
    if (record_int(intent, "step_percent") > 0) {
        g_autofree char *percent = percent_format(record_int(intent, "step_percent"));
        char first[DAY_TEXT_SIZE];
        day_format(day_add_months(from, 12), first);
        json_object_set_new(term, "steps",
                            json_pack("[{s:i,s:s,s:s,s:b}]", "every_months", 12, "first_on", first, "percent", percent,
                                      "compound", 1));
    }
    if (record_int(intent, "free_days") > 0) {
        char a[DAY_TEXT_SIZE], b[DAY_TEXT_SIZE];
        json_object_set_new(term, "free",
                            json_pack("[{s:s,s:s}]", "from", day_format(from, a), "to",
                                      day_format(from + record_int(intent, "free_days") - 1, b)));
    }
    return term;
}

static json_t *
intent_terms(const Record *intent)
{
    json_t *terms = json_array();

    json_array_append_new(terms, intent_rent(intent));
    if (record_int(intent, "fee_price") > 0) {
        g_autofree char *price = price_format(record_int(intent, "fee_price"));
        json_array_append_new(terms, json_pack("{s:s,s:s,s:s,s:s,s:i}", "item", "property_fee", "model", "fixed",
                                               "basis", "per_m2_month", "price", price, "cycle_months",
                                               (int) record_int(intent, "cycle_months")));
    }
    return terms;
}

static json_t *
intent_deposit_list(Ctx *ctx, const Record *intent)
{
    gint64 months = record_int(intent, "deposit_months");
    gint64 price_e4 = record_int(intent, "price"), area_dm2 = record_int(intent, "area");
    gboolean daily = record_is(intent, "price_basis", "per_m2_day");
    Wide month = (Wide) price_e4 * area_dm2 * (daily ? 365 : 1);
    gint64 month_fen = wide_div_half_away(month, (Wide) 10000 * (daily ? 12 : 1));

    if (months <= 0)
        return json_array();
    return json_pack("[{s:s,s:I,s:o,s:o}]", "kind", "performance", "months", (json_int_t) months, "amount",
                     money_json(month_fen * months), "due_on", day_json(ctx->today));
}

/* Everything that both sides wrote down once, as the body of the lease. */
static json_t *
intent_as_lease(Ctx *ctx, const Record *intent)
{
    static const char *const refs[] = { "merchant_id", "brand_id", "category_id", "owner_id" };
    static const char *const days[] = { "from_on", "to_on", "handover_on", "open_on" };
    json_t *body = json_object();
    g_autofree char *area = area_format(record_int(intent, "area"));

    for (guint i = 0; i < G_N_ELEMENTS(refs); i++)
        json_object_set_new(body, refs[i], id_json(record_int(intent, refs[i])));
    for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
        if (!record_is_null(intent, days[i]))
            json_object_set_new(body, days[i], day_json(record_day(intent, days[i])));
    }
    json_object_set_new(body, "rent_from_on", day_json(record_day(intent, "from_on") + record_int(intent, "free_days")));
    if (!record_is_null(intent, "special"))
        json_object_set_new(body, "special", json_string(record_text(intent, "special")));
    json_object_set_new(body, "units",
                        json_pack("[{s:o,s:s}]", "unit_id", id_json(record_int(intent, "unit_id")), "area", area));
    json_object_set_new(body, "terms", intent_terms(intent));
    json_object_set_new(body, "deposits", intent_deposit_list(ctx, intent));
    return body;
}

gint64
lease_from_intent(Ctx *ctx, Record *intent, GError **error)
{
    g_autoptr(Record) lease = record_new(registry_def(ctx->registry, "lease"));
    json_t *body = intent_as_lease(ctx, intent);

    record_set_id(lease, "lead_id", record_int(intent, "lead_id"));
    record_set_id(lease, "intent_id", intent->id);
    gboolean ok = lease_compose(ctx, lease, body, error);
    json_decref(body);
    if (!ok || !lease_lead_advance(ctx, record_int(intent, "lead_id"), "contract", error))
        return 0;
    return lease->id;
}

gboolean
lease_intent_total(Ctx *ctx, const Record *intent, gint64 *total_fen, GError **error)
{
    g_autofree char *area = area_format(record_int(intent, "area"));
    json_t *terms = intent_terms(intent), *term = NULL;
    gsize i = 0;

    json_array_foreach(terms, i, term)
    {
        json_object_set_new(term, "from", day_json(record_day(intent, "from_on")));
        json_object_set_new(term, "to", day_json(record_day(intent, "to_on")));
    }
    json_t *body = json_pack("{s:o,s:o,s:[{s:o,s:s}],s:o}", "from", day_json(record_day(intent, "from_on")), "to",
                             day_json(record_day(intent, "to_on")), "areas", "from", day_json(record_day(intent, "from_on")), "area", area,
                             "terms", terms);
    g_autoptr(TermSet) set = term_set_from_json(body, error);

    json_decref(body);
    if (!set)
        return FALSE;
    set->today = ctx->today;
    g_autoptr(Schedule) schedule = term_set_check(set, error) ? schedule_build(set, error) : NULL;
    if (!schedule)
        return FALSE;
    *total_fen = schedule_total(schedule, NULL);
    return TRUE;
}
