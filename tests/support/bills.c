#include "support/bills.h"

#include "base/ids.h"
#include "domain/billing/billing_run.h"
#include "domain/terms/terms_json.h"

#include <string.h>

/* A row with the columns that every table has. */
static gint64
begin_row(DbBatch *rows, const Ctx *ctx)
{
    gint64 id = id_next();

    db_batch_int(rows, 0, ctx->property_id);
    db_batch_int(rows, 1, id);
    db_batch_int(rows, 2, 1);
    db_batch_int(rows, 3, ctx->now_us);
    db_batch_int(rows, 4, ctx->now_us);
    return id;
}

#define STAMP "property_id", "id", "version", "created_at", "updated_at"
static const char *const merchant_columns[] = { STAMP, "no", "name", "kind", "state", NULL };
static const char *const unit_columns[] = { STAMP, "floor_id", "no", "kind", "status", "area_leasable", NULL };
static const char *const lease_columns[] = { STAMP, "no", "kind", "merchant_id", "unit_id", "unit_nos", "from_on", "to_on", "state", "round", NULL };
static const char *const lease_unit_columns[] = { STAMP, "lease_id", "unit_id", "area", "from_on", "to_on", NULL };
static const char *const term_columns[] = { STAMP, "lease_id", "seq", "item_id", "from_on", "to_on", "model", "basis", "clause", NULL };

typedef struct {
    DbBatch *merchants, *units, *leases, *lease_units, *terms;
    GHashTable *items;    /* code -> id */
    GHashTable *unit_ids; /* no -> id */
    Ctx *ctx;
    gint64 floor_id;
} Fill;

static void
fill_open(Fill *fill, Ctx *ctx, gint64 floor_id)
{
    fill->ctx = ctx;
    fill->floor_id = floor_id;
    fill->merchants = db_batch_new(ctx->db, "merchant", merchant_columns);
    fill->units = db_batch_new(ctx->db, "unit", unit_columns);
    fill->leases = db_batch_new(ctx->db, "lease", lease_columns);
    fill->lease_units = db_batch_new(ctx->db, "lease_unit", lease_unit_columns);
    fill->terms = db_batch_new(ctx->db, "charge_term", term_columns);
    fill->items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fill->unit_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/* Rows go out in the order of their references. */
static gboolean
fill_close(Fill *fill, GError **error)
{
    DbBatch *all[] = { fill->merchants, fill->units, fill->leases, fill->lease_units, fill->terms };
    gboolean ok = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        ok = ok && db_batch_finish(all[i], error);
        db_batch_free(all[i]);
    }
    g_hash_table_unref(fill->items);
    g_hash_table_unref(fill->unit_ids);
    return ok;
}

static gint64
known_id(GHashTable *ids, const char *key)
{
    const gint64 *id = g_hash_table_lookup(ids, key);

    return id ? *id : 0;
}

static gint64
item_id(Fill *fill, const char *code, GError **error)
{
    gint64 id = known_id(fill->items, code);

    if (id)
        return id;
    g_autoptr(Record) item = record_find_by(fill->ctx, "charge_item", "code", code, error);
    g_assert_nonnull(item);
    g_hash_table_insert(fill->items, g_strdup(code), g_memdup2(&item->id, sizeof item->id));
    return item->id;
}

static gboolean
unit_of(Fill *fill, const char *no, gint64 *id, GError **error)
{
    *id = known_id(fill->unit_ids, no);
    if (*id)
        return TRUE;
    g_autoptr(Record) unit = record_find_by(fill->ctx, "unit", "no", no, NULL);
    *id = unit ? unit->id : begin_row(fill->units, fill->ctx);
    g_hash_table_insert(fill->unit_ids, g_strdup(no), g_memdup2(id, sizeof *id));
    if (unit)
        return TRUE;
    db_batch_int(fill->units, 5, fill->floor_id);
    db_batch_text(fill->units, 6, no);
    db_batch_text(fill->units, 7, "shop");
    db_batch_text(fill->units, 8, "vacant");
    db_batch_int(fill->units, 9, 10000);
    return db_batch_add(fill->units, error);
}

/* Areas that change become lease units that follow each other. */
static gboolean
add_areas(Fill *fill, const TermSet *set, gint64 lease_id, gint64 *main_unit, GError **error)
{
    *main_unit = 0;
    for (guint i = 0; i < set->areas->len; i++) {
        const TermArea *area = &g_array_index(set->areas, TermArea, i);
        gint64 unit_id = 0;
        Day to = set->to;
        for (guint k = i + 1; k < set->areas->len; k++) {
            const TermArea *next = &g_array_index(set->areas, TermArea, k);
            if (g_strcmp0(next->unit, area->unit) == 0)
                to = MIN(to, next->from - 1);
        }
        if (!unit_of(fill, area->unit ? area->unit : "A1", &unit_id, error))
            return FALSE;
        *main_unit = *main_unit ? *main_unit : unit_id;
        begin_row(fill->lease_units, fill->ctx);
        db_batch_int(fill->lease_units, 5, lease_id);
        db_batch_int(fill->lease_units, 6, unit_id);
        db_batch_int(fill->lease_units, 7, area->area_dm2);
        db_batch_day(fill->lease_units, 8, MAX(area->from, set->from));
        db_batch_day(fill->lease_units, 9, MAX(to, MAX(area->from, set->from)));
        if (!db_batch_add(fill->lease_units, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_terms(Fill *fill, const TermSet *set, gint64 lease_id, GError **error)
{
    for (guint i = 0; i < set->terms->len; i++) {
        const ChargeTerm *term = set->terms->pdata[i];
        g_autoptr(JsonOut) clause = json_out_new();
        charge_term_write(clause, term);
        begin_row(fill->terms, fill->ctx);
        db_batch_int(fill->terms, 5, lease_id);
        db_batch_int(fill->terms, 6, i);
        db_batch_int(fill->terms, 7, item_id(fill, term->item, error));
        db_batch_day(fill->terms, 8, term->from);
        db_batch_day(fill->terms, 9, term->to);
        db_batch_text(fill->terms, 10, "fixed");
        db_batch_text(fill->terms, 11, "per_month");
        db_batch_text(fill->terms, 12, clause->buf->str);
        if (!db_batch_add(fill->terms, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_lease(Fill *fill, const TermSet *set, const char *no, gint64 *lease_id, GError **error)
{
    gint64 merchant_id = begin_row(fill->merchants, fill->ctx), unit_id = 0;
    g_autofree char *name = g_strdup_printf("商户%s", no);

    db_batch_text(fill->merchants, 5, no);
    db_batch_text(fill->merchants, 6, name);
    db_batch_text(fill->merchants, 7, "company");
    db_batch_text(fill->merchants, 8, "signed");
    *lease_id = begin_row(fill->leases, fill->ctx);
    if (!db_batch_add(fill->merchants, error) || !add_areas(fill, set, *lease_id, &unit_id, error))
        return FALSE;
    db_batch_text(fill->leases, 5, no);
    db_batch_text(fill->leases, 6, "shop");
    db_batch_int(fill->leases, 7, merchant_id);
    db_batch_int(fill->leases, 8, unit_id);
    db_batch_text(fill->leases, 9, ((const TermArea *) (const void *) set->areas->data)->unit);
    db_batch_day(fill->leases, 10, set->from);
    db_batch_day(fill->leases, 11, set->to);
    db_batch_text(fill->leases, 12, "effective");
    db_batch_int(fill->leases, 13, 1);
    return db_batch_add(fill->leases, error) && add_terms(fill, set, *lease_id, error);
}

typedef struct {
    Mall *mall;
    const TermSet *set;
    gint64 lease_id;
} One;

static gboolean
add_one(Ctx *ctx, gpointer data, GError **error)
{
    One *one = data;
    Fill fill;
    g_autofree char *no = g_strdup_printf("X-%" G_GINT64_FORMAT, id_next());

    fill_open(&fill, ctx, one->mall->floor_id);
    gboolean ok = add_lease(&fill, one->set, no, &one->lease_id, error);
    return fill_close(&fill, error) && ok;
}

gint64
bills_lease(Mall *mall, const TermSet *set)
{
    One one = { mall, set, 0 };

    world_must(mall->world, NULL, add_one, &one);
    return one.lease_id;
}

static ChargeTerm *
usual_term(const TermSet *set, const char *item, gint64 price_e4, int cycle_months)
{
    ChargeTerm *term = charge_term_new();
    const TermTax tax = { DAY_MIN, 90000 };

    term->item = g_strdup(item);
    term->from = set->from;
    term->to = set->to;
    term->basis = BASIS_PER_M2_MONTH;
    term->price_e4 = price_e4;
    term->cycle_months = cycle_months;
    term->tax_included = TRUE;
    g_array_append_val(term->tax, tax);
    return term;
}

static TermSet *
usual_set(guint n)
{
    TermSet *set = term_set_new();
    g_autofree char *unit = g_strdup_printf("N-%05u", n);

    set->from = day_from_ymd(2025, 1, 1);
    set->to = day_from_ymd(2027, 12, 31);
    term_set_add_area(set, unit, set->from, 5000 + n % 200 * 37);
    ChargeTerm *rent = usual_term(set, "rent", 1000000 + n % 90 * 10000, n % 3 ? 1 : 3);
    const TermFree fitout = { .from = set->from, .to = day_from_ymd(2025, 1, 31) };
    const TermStep step = { .from = day_from_ymd(2026, 1, 1), .every_months = 12, .is_percent = TRUE, .percent_ppm = 50000, .compound = TRUE };
    g_array_append_val(rent->free, fitout);
    g_array_append_val(rent->steps, step);
    g_ptr_array_add(set->terms, rent);
    g_ptr_array_add(set->terms, usual_term(set, "property_fee", 250000, 1));
    return set;
}

gboolean
bills_fill(Ctx *ctx, gint64 floor_id, guint first, guint n, GError **error)
{
    Fill fill;
    gboolean ok = TRUE;

    fill_open(&fill, ctx, floor_id);
    /* references first: units and merchants of all leases go out before the leases do */
    for (guint i = first; ok && i < first + n; i++) {
        g_autoptr(TermSet) set = usual_set(i);
        g_autofree char *no = g_strdup_printf("N-%05u", i);
        gint64 lease_id = 0;
        ok = add_lease(&fill, set, no, &lease_id, error);
    }
    return fill_close(&fill, error) && ok;
}

typedef struct {
    Mall *mall;
    guint first, n;
} Many;

static gboolean
add_many(Ctx *ctx, gpointer data, GError **error)
{
    Many *many = data;

    return bills_fill(ctx, many->mall->floor_id, many->first, many->n, error);
}

void
bills_leases(Mall *mall, guint n)
{
    for (guint at = 0; at < n; at += 10) { /* few enough that batches go out in order of reference */
        Many many = { mall, at, MIN(10, n - at) };
        world_must(mall->world, NULL, add_many, &many);
    }
}

typedef struct {
    gint64 run_id;
    int month;
    gboolean done;
} Going;

static gboolean
begin(Ctx *ctx, gpointer data, GError **error)
{
    Going *going = data;

    going->run_id = bill_run_begin(ctx, going->month, error);
    return going->run_id != 0;
}

static gboolean
begin_undo(Ctx *ctx, gpointer data, GError **error)
{
    return bill_run_undo(ctx, ((Going *) data)->run_id, "重出", error);
}

static gboolean
step(Ctx *ctx, gpointer data, GError **error)
{
    Going *going = data;

    return bill_run_step(ctx, going->run_id, 0, &going->done, error);
}

gint64
bills_run(World *world, int month)
{
    Going going = { .month = month };

    world_must(world, NULL, begin, &going);
    while (!going.done)
        world_must(world, NULL, step, &going);
    return going.run_id;
}

void
bills_undo(World *world, gint64 run_id)
{
    Going going = { .run_id = run_id };

    world_must(world, NULL, begin_undo, &going);
    while (!going.done)
        world_must(world, NULL, step, &going);
}

typedef struct {
    const char *sql;
    gint64 number;
} Question;

static gboolean
ask(Ctx *ctx, gpointer data, GError **error)
{
    Question *q = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, q->sql, error);

    if (!stmt)
        return FALSE;
    if (db_has_param(stmt, "property_id"))
        db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    q->number = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

gint64
bills_number(World *world, const char *sql)
{
    Question q = { .sql = sql };

    world_must(world, NULL, ask, &q);
    return q.number;
}
