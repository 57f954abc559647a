/* collection_load.c - charges that are due, with what was paid on them, the clause agreed for them and the late fees billed so far. */
#include "db/catalogue.h"
#include "domain/collection/collection_internal.h"
#include "domain/terms/terms_json.h"
#include "store/list.h"

#include <string.h>

static void
charge_free(gpointer data)
{
    DueCharge *c = data;

    g_free(c->name);
    g_free(c->merchant);
    g_free(c->lease);
    g_free(c->unit);
    g_array_unref(c->payments);
    g_free(c);
}

void
due_set_free(DueSet *set)
{
    if (!set)
        return;
    g_ptr_array_unref(set->charges);
    g_hash_table_unref(set->clauses);
    g_free(set);
}

static const char *
label_of(const Record *rec, const char *const *labels, const char *field)
{
    return labels[entity_field_index(rec->def, field)];
}

/* Credits (red charges) are settled by offset; nobody is asked to pay them. */
static gboolean
keep_charge(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    DueSet *set = data;
    gint64 open_fen = record_int(rec, "gross") - record_int(rec, "paid");

    (void) error;
    if (record_int(rec, "gross") <= 0)
        return TRUE;
    DueCharge *c = g_new0(DueCharge, 1);
    c->id = rec->id;
    c->merchant_id = record_int(rec, "merchant_id");
    c->lease_id = record_int(rec, "lease_id");
    c->unit_id = record_int(rec, "unit_id");
    c->term_id = record_int(rec, "term_id");
    c->name = g_strdup(record_text(rec, "name"));
    c->merchant = g_strdup(label_of(rec, labels, "merchant_id"));
    c->lease = g_strdup(label_of(rec, labels, "lease_id"));
    c->unit = g_strdup(label_of(rec, labels, "unit_id"));
    c->from = record_day(rec, "period_from");
    c->to = record_day(rec, "period_to");
    c->due_on = record_day(rec, "due_on");
    c->gross_fen = record_int(rec, "gross");
    c->open_fen = open_fen;
    c->payments = g_array_new(FALSE, FALSE, sizeof(LatePayment));
    c->fee_billed_to = DAY_NONE;
    g_ptr_array_add(set->charges, c);
    return TRUE;
}

static void
filter_id(ListQuery *query, const char *field, gint64 id)
{
    char text[24];

    if (!id)
        return;
    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, id);
    list_query_filter(query, field, OP_IN, text);
}

/* The first day of closing that counts: open charges close after today. */
static Day
since_of(const Ctx *ctx, const DueScope *scope)
{
    return scope->with_closed ? ctx->today - LATE_DAYS : ctx->today;
}

static gboolean
load_charges(Ctx *ctx, const DueScope *scope, DueSet *set, GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, "charge"));
    g_autofree char *until = day_dup(scope->due_until);
    g_autofree char *since = day_dup(since_of(ctx, scope));

    query->size = 1000000; /* sums are whole */
    query->want_total = FALSE;
    query->sort = entity_find_field(query->def, "due_on");
    query->descending = FALSE;
    list_query_filter(query, "closed_on", OP_GT, since);
    list_query_filter(query, "due_on", OP_LTE, until);
    list_query_filter(query, "state", OP_IN, scope->with_closed ? "open,part_paid,paid" : "open,part_paid");
    filter_id(query, "lease_id", scope->lease_id);
    filter_id(query, "merchant_id", scope->merchant_id);
    return list_each(ctx, query, keep_charge, set, error);
}

static DbStmt *
scoped(Ctx *ctx, const DueScope *scope, const char *name, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "since", since_of(ctx, scope));
    db_bind_day(stmt, "until", scope->due_until);
    db_bind_int(stmt, "lease_id", scope->lease_id);
    return stmt;
}

static gboolean
load_payments(Ctx *ctx, const DueScope *scope, GHashTable *by_id, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = scoped(ctx, scope, "collection.payments", error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        DueCharge *c = g_hash_table_lookup(by_id, &id);
        LatePayment payment = { db_day(stmt, 1), db_int(stmt, 2) };
        if (c)
            g_array_append_val(c->payments, payment);
    }
    return ok;
}

static gboolean
load_billed(Ctx *ctx, const DueScope *scope, GHashTable *by_id, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = scoped(ctx, scope, "collection.fees_billed", error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        DueCharge *c = g_hash_table_lookup(by_id, &id);
        if (!c)
            continue;
        c->fee_billed_fen = db_int(stmt, 1);
        c->fee_billed_to = db_day(stmt, 2);
    }
    return ok;
}

/* A clause was checked when it was agreed; one that cannot be read any more is our fault. */
static gboolean
keep_clause(DueSet *set, gint64 term_id, const char *clause, GError **error)
{
    json_auto_t *json = json_loads(clause, 0, NULL);
    g_autoptr(ChargeTerm) term = json ? charge_term_from_json(json, "", error) : NULL;

    if (!term)
        return json ? FALSE
                    : app_error_set(error, APP_ERROR_INTERNAL, "charge_term.unreadable", "计租条款无法读取", "a charge term cannot be read");
    if (term->late.percent_per_day_ppm > 0)
        g_hash_table_insert(set->clauses, g_memdup2(&term_id, sizeof term_id), g_memdup2(&term->late, sizeof term->late));
    return TRUE;
}

static gboolean
load_clauses(Ctx *ctx, const DueScope *scope, DueSet *set, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = scoped(ctx, scope, "collection.clauses", error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        if (!keep_clause(set, db_int(stmt, 0), db_text(stmt, 1), error))
            return FALSE;
    }
    for (guint i = 0; ok && i < set->charges->len; i++) {
        DueCharge *c = set->charges->pdata[i];
        c->late = g_hash_table_lookup(set->clauses, &c->term_id);
    }
    return ok;
}

DueSet *
due_load(Ctx *ctx, const DueScope *scope, GError **error)
{
    g_autoptr(DueSet) set = g_new0(DueSet, 1);
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);

    set->charges = g_ptr_array_new_with_free_func(charge_free);
    set->clauses = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    if (!load_charges(ctx, scope, set, error))
        return NULL;
    for (guint i = 0; i < set->charges->len; i++) {
        DueCharge *c = set->charges->pdata[i];
        g_hash_table_insert(by_id, &c->id, c);
    }
    return load_payments(ctx, scope, by_id, error) && load_billed(ctx, scope, by_id, error) && load_clauses(ctx, scope, set, error)
               ? g_steal_pointer(&set)
               : NULL;
}
