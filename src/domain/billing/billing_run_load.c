/* billing_run_load.c - leases of a chunk with terms, marks and charges, in a few statements each. */
#include "db/catalogue.h"
#include "domain/billing/billing_run_internal.h"
#include "store/list.h"

#include <string.h>

void
billed_line_free(BilledLine *billed)
{
    schedule_line_free(billed->line);
    g_free(billed->key);
    g_free(billed->name);
    g_free(billed);
}

static void
lease_free(gpointer data)
{
    BillLease *lease = data;

    lease_terms_clear(&lease->terms);
    g_free(lease->no);
    g_free(lease->merchant);
    g_free(lease->unit_nos);
    g_free(lease->inputs);
    g_clear_pointer(&lease->billed, g_ptr_array_unref);
    g_free(lease);
}

GPtrArray *
bill_leases_new(void)
{
    return g_ptr_array_new_with_free_func(lease_free);
}

static BillLease *
read_lease(const DbStmt *stmt)
{
    BillLease *lease = g_new0(BillLease, 1);

    lease->terms.id = db_int(stmt, 0);
    lease->terms.from = db_day(stmt, 1);
    lease->terms.to = db_day(stmt, 2);
    lease->terms.bill_from = db_day(stmt, 3);
    lease->merchant_id = db_int(stmt, 4);
    lease->unit_id = db_int(stmt, 5);
    lease->no = g_strdup(db_text(stmt, 6));
    lease->merchant = g_strdup(db_text(stmt, 7));
    lease->unit_nos = g_strdup(db_text(stmt, 8));
    lease->is_billable = db_int(stmt, 9) != 0;
    lease->through = db_day(stmt, 10);
    lease->inputs = g_strdup(db_text(stmt, 11));
    return lease;
}

/* A mark of other terms than today's says nothing. */
static void
judge_mark(BillLease *lease)
{
    if (!lease->terms.is_fixed || g_strcmp0(lease->inputs, lease->terms.inputs) != 0)
        lease->through = DAY_NONE;
}

GPtrArray *
bill_leases_load(Ctx *ctx, gint64 after, guint limit, gboolean all, GError **error)
{
    g_autoptr(GPtrArray) leases = bill_leases_new();
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "bill.leases", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "after", after);
    db_bind_int(stmt, "limit", limit);
    db_bind_int(stmt, "all", all);
    while (db_each(stmt, &ok, error))
        g_ptr_array_add(leases, read_lease(stmt));
    if (!ok || !lease_terms_fill(ctx, leases, error))
        return NULL;
    for (guint i = 0; i < leases->len; i++)
        judge_mark(leases->pdata[i]);
    return g_steal_pointer(&leases);
}

static ScheduleLineKind
kind_of(const char *kind, const char *key)
{
    g_autofree char *corrected = bill_key_class(key);
    const char *of = *corrected ? corrected : kind;

    return strcmp(of, "provisional") == 0 ? LINE_PROVISIONAL : strcmp(of, "settlement") == 0 ? LINE_SETTLEMENT : LINE_BILLED;
}

/* Keys of runs begin with a number and name the unit between the second and the third colon. transfer full; NULL: none. */
static char *
unit_of_key(const char *key)
{
    g_auto(GStrv) parts = g_strsplit(key, ":", 4);

    return g_strv_length(parts) == 4 && g_ascii_isdigit(*parts[0]) && *parts[2] ? g_strdup(parts[2]) : NULL;
}

static BilledLine *
read_billed(const DbStmt *stmt)
{
    BilledLine *billed = g_new0(BilledLine, 1);
    ScheduleLine *line = billed->line = g_new0(ScheduleLine, 1);

    billed->charge_id = db_int(stmt, 1);
    billed->term_id = db_int(stmt, 2);
    billed->run_id = db_int(stmt, 3);
    billed->key = g_strdup(db_text(stmt, 4));
    billed->name = g_strdup(db_text(stmt, 5));
    billed->is_difference = strcmp(db_text(stmt, 6), "adjustment") == 0;
    line->term = -1;
    line->kind = kind_of(db_text(stmt, 6), billed->key);
    line->item = g_strdup(db_text(stmt, 7));
    line->unit = unit_of_key(billed->key);
    line->from = line->cycle_from = db_day(stmt, 8);
    line->to = line->cycle_to = db_day(stmt, 9);
    line->due_on = db_day(stmt, 10);
    line->tax_rate_ppm = db_int(stmt, 11);
    line->net_fen = db_int(stmt, 12);
    line->tax_fen = db_int(stmt, 13);
    line->gross_fen = db_int(stmt, 14);
    return billed;
}

gboolean
bill_charges_load(Ctx *ctx, GPtrArray *leases, GError **error)
{
    g_autoptr(GString) ids = g_string_new("[");
    gboolean ok = TRUE;
    guint at = 0;

    for (guint i = 0; i < leases->len; i++) {
        const BillLease *lease = leases->pdata[i];
        if (lease->billed)
            g_string_append_printf(ids, "%s%" G_GINT64_FORMAT, ids->len > 1 ? "," : "", lease->terms.id);
    }
    g_string_append_c(ids, ']');
    if (ids->len == 2)
        return TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "bill.charges_of", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "ids", ids->str);
    while (db_each(stmt, &ok, error)) {
        while (((const BillLease *) leases->pdata[at])->terms.id < db_int(stmt, 0))
            at++;
        g_ptr_array_add(((BillLease *) leases->pdata[at])->billed, read_billed(stmt));
    }
    return ok;
}

void
bill_want_charges(BillLease *lease)
{
    lease->through = DAY_NONE;
    lease->billed = g_ptr_array_new_with_free_func((GDestroyNotify) billed_line_free);
}

/* Marked leases whose lines somebody else has posted already, as the first payment order does, are compared in full. */
static gboolean
find_taken(Ctx *ctx, GPtrArray *leases, GPtrArray *plans, GError **error)
{
    g_autoptr(GString) keys = g_string_new("[");
    g_autoptr(GHashTable) owners = g_hash_table_new(g_str_hash, g_str_equal);
    gboolean ok = TRUE;

    for (guint i = 0; i < leases->len; i++) {
        const BillPlan *plan = plans->pdata[i];
        for (guint k = 0; plan && k < plan->lines->len; k++) {
            const char *key = ((const BillLine *) plan->lines->pdata[k])->key;
            g_string_append_printf(keys, "%s\"%s\"", keys->len > 1 ? "," : "", key);
            g_hash_table_insert(owners, (gpointer) key, GUINT_TO_POINTER(i));
        }
    }
    g_string_append_c(keys, ']');
    g_autoptr(DbStmt) stmt = keys->len > 2 ? db_named(ctx->db, "bill.keys_taken", error) : NULL;
    if (!stmt)
        return keys->len == 2;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "keys", keys->str);
    while (db_each(stmt, &ok, error)) {
        guint i = GPOINTER_TO_UINT(g_hash_table_lookup(owners, db_text(stmt, 0)));
        BillLease *lease = leases->pdata[i];
        if (!lease->billed)
            bill_want_charges(lease);
    }
    return ok;
}

GPtrArray *
bill_plans(Ctx *ctx, GPtrArray *leases, Day through, GError **error)
{
    g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func((GDestroyNotify) bill_plan_free);
    Day adjust_on = MAX(through, ctx->today);

    g_ptr_array_set_size(plans, (int) leases->len);
    for (guint i = 0; i < leases->len; i++) {
        BillLease *lease = leases->pdata[i];
        if (lease->is_billable && lease->through == DAY_NONE)
            bill_want_charges(lease);
        else
            plans->pdata[i] = bill_plan(lease, through, adjust_on);
    }
    if (!find_taken(ctx, leases, plans, error) || !bill_charges_load(ctx, leases, error))
        return NULL;
    for (guint i = 0; i < leases->len; i++) {
        const BillLease *lease = leases->pdata[i];
        if (!lease->billed)
            continue;
        bill_plan_free(plans->pdata[i]);
        plans->pdata[i] = bill_plan(lease, through, adjust_on);
    }
    return g_steal_pointer(&plans);
}

GHashTable *
bill_item_names(Ctx *ctx, GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "bill.item_names", error);

    if (!stmt)
        return NULL;
    list_bind_scope(ctx, stmt);
    while (db_each(stmt, &ok, error))
        g_hash_table_insert(names, g_strdup(db_text(stmt, 0)), g_strdup(db_text(stmt, 1)));
    return ok ? g_steal_pointer(&names) : NULL;
}
