/* lease_bulk.c - terms of many leases at once, in a few statements: for bill runs and proofs over the whole centre. */
#include "base/secret.h"
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "domain/terms/terms_json.h"

typedef struct {
    Ctx *ctx;
    GPtrArray *leases; /* of LeaseTerms, by id */
    guint at;          /* the lease that the rows have come to */
    GString *inputs;   /* what its money follows from; digested when the next one begins */
} Bulk;

void
lease_terms_clear(LeaseTerms *terms)
{
    g_clear_pointer(&terms->set, term_set_free);
    g_clear_pointer(&terms->term_ids, g_array_unref);
    g_clear_pointer(&terms->unit_ids, g_array_unref);
    g_clear_pointer(&terms->unit_nos, g_ptr_array_unref);
    g_clear_pointer(&terms->inputs, g_free);
}

/* Rows come by lease, and so do the leases: moves on to the one of @lease_id. NULL if it was not asked for. */
static LeaseTerms *
reach(Bulk *bulk, gint64 lease_id)
{
    while (bulk->at < bulk->leases->len && ((LeaseTerms *) bulk->leases->pdata[bulk->at])->id < lease_id)
        bulk->at++;
    LeaseTerms *terms = bulk->at < bulk->leases->len ? bulk->leases->pdata[bulk->at] : NULL;
    return terms && terms->id == lease_id ? terms : NULL;
}

static DbStmt *
of_range(const Bulk *bulk, const char *name, GError **error)
{
    const LeaseTerms *first = bulk->leases->pdata[0], *last = bulk->leases->pdata[bulk->leases->len - 1];
    DbStmt *stmt = db_named(bulk->ctx->db, name, error);

    if (stmt) {
        db_bind_int(stmt, "property_id", bulk->ctx->property_id);
        db_bind_int(stmt, "first", first->id);
        db_bind_int(stmt, "last", last->id);
    }
    return stmt;
}

static gboolean
read_areas(Bulk *bulk, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = of_range(bulk, "lease.units_of_range", error);

    bulk->at = 0;
    while (stmt && db_each(stmt, &ok, error)) {
        LeaseTerms *terms = reach(bulk, db_int(stmt, 0));
        gint64 unit_id = db_int(stmt, 1);
        if (!terms)
            continue;
        g_array_append_val(terms->unit_ids, unit_id);
        g_ptr_array_add(terms->unit_nos, g_strdup(db_text(stmt, 2)));
        lease_area_add(terms->set, db_text(stmt, 2), db_day(stmt, 4), db_day(stmt, 5), db_int(stmt, 3));
    }
    for (guint i = 0; stmt && i < bulk->leases->len; i++) {
        const LeaseTerms *terms = bulk->leases->pdata[i];
        lease_areas_end(terms->set, terms->set->to);
    }
    return stmt && ok;
}

static gboolean
read_terms(Bulk *bulk, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = of_range(bulk, "lease.terms_of_range", error);

    bulk->at = 0;
    while (stmt && db_each(stmt, &ok, error)) {
        LeaseTerms *terms = reach(bulk, db_int(stmt, 0));
        gint64 term_id = db_int(stmt, 1);
        if (!terms)
            continue;
        json_t *clause = json_loads(db_text(stmt, 2), 0, NULL);
        ChargeTerm *term = charge_term_from_json(clause, "", error);
        json_decref(clause);
        if (!term)
            return FALSE;
        g_ptr_array_add(terms->set->terms, term);
        g_array_append_val(terms->term_ids, term_id);
        terms->is_fixed = terms->is_fixed && term->model == TERM_FIXED && !term->index.table;
        g_string_printf(bulk->inputs, "%s|%" G_GINT64_FORMAT "|%s", terms->inputs ? terms->inputs : "", term_id, db_text(stmt, 2));
        g_free(terms->inputs);
        terms->inputs = secret_digest(bulk->inputs->str, bulk->inputs->len);
    }
    return stmt && ok;
}

/* Accepted sales and published indexes, where clauses ask for them. */
static gboolean
read_sales(Bulk *bulk, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = of_range(bulk, "lease.sales_of_range", error);

    bulk->at = 0;
    while (stmt && db_each(stmt, &ok, error)) {
        LeaseTerms *terms = reach(bulk, db_int(stmt, 0));
        int month = day_month_key(db_day(stmt, 1));
        if (terms && db_is_null(stmt, 3))
            term_set_add_sales(terms->set, month, db_int(stmt, 2));
        else if (terms)
            term_set_add_sales_net(terms->set, month, db_int(stmt, 2), db_int(stmt, 3));
    }
    return stmt && ok;
}

static gboolean
read_indexes(const Bulk *bulk, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(bulk->ctx->db, "lease.index_values", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", bulk->ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        for (guint i = 0; i < bulk->leases->len; i++) {
            const LeaseTerms *terms = bulk->leases->pdata[i];
            if (!terms->is_fixed)
                term_set_add_index(terms->set, db_text(stmt, 0), day_month_key(db_day(stmt, 1)), db_int(stmt, 2));
        }
    }
    return ok;
}

static gboolean
read_figures(Bulk *bulk, GError **error)
{
    gboolean any = FALSE;

    for (guint i = 0; i < bulk->leases->len && !any; i++)
        any = !((const LeaseTerms *) bulk->leases->pdata[i])->is_fixed;
    return !any || (read_sales(bulk, error) && read_indexes(bulk, error));
}

/* Days and areas go into the digest last: the clauses are digested as they come. */
static void
digest_rest(Bulk *bulk, LeaseTerms *terms)
{
    g_string_printf(bulk->inputs, "%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, terms->inputs ? terms->inputs : "",
                    terms->set->from, terms->set->to, terms->bill_from);
    for (guint i = 0; i < terms->set->areas->len; i++) {
        const TermArea *area = &g_array_index(terms->set->areas, TermArea, i);
        g_string_append_printf(bulk->inputs, "|%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, area->unit, area->from, area->area_dm2);
    }
    g_free(terms->inputs);
    terms->inputs = secret_digest(bulk->inputs->str, bulk->inputs->len);
}

static void
begin(const Ctx *ctx, LeaseTerms *terms)
{
    terms->set = term_set_new();
    terms->set->from = terms->from;
    terms->set->to = terms->to;
    terms->set->today = ctx->today;
    terms->set->calendar = work_calendar_china();
    terms->term_ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    terms->unit_ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    terms->unit_nos = g_ptr_array_new_with_free_func(g_free);
    terms->is_fixed = TRUE;
}

gboolean
lease_terms_fill(Ctx *ctx, GPtrArray *leases, GError **error)
{
    g_autoptr(GString) inputs = g_string_new(NULL);
    Bulk bulk = { .ctx = ctx, .leases = leases, .inputs = inputs };

    if (leases->len == 0)
        return TRUE;
    for (guint i = 0; i < leases->len; i++)
        begin(ctx, leases->pdata[i]);
    if (!read_areas(&bulk, error) || !read_terms(&bulk, error) || !read_figures(&bulk, error))
        return FALSE;
    for (guint i = 0; i < leases->len; i++)
        digest_rest(&bulk, leases->pdata[i]);
    return TRUE;
}
