/* lease_price.c - the price schedule of a lease as rows, so that any day's rent is one look-up; changes leave what was known before. */
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"

/* What two rows must agree in to be the same price: term, from, to, price, monthly, free days. transfer full. */
enum { FACTS = 6 };
static char *
price_key(const char *unit_no, const gint64 facts[static FACTS])
{
    GString *key = g_string_new(unit_no);

    for (guint i = 0; i < FACTS; i++)
        g_string_append_printf(key, "|%" G_GINT64_FORMAT, facts[i]);
    return g_string_free(key, FALSE);
}

/* Rows in force now: key -> id. */
static GHashTable *
current_prices(Ctx *ctx, gint64 lease_id, GError **error)
{
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.prices", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        const gint64 facts[] = { db_int(stmt, 1), db_day(stmt, 3), db_day(stmt, 4), db_int(stmt, 5), db_int(stmt, 6), db_int(stmt, 7) };
        char *key = price_key(db_text(stmt, 2), facts);
        g_hash_table_insert(rows, key, g_memdup2(&id, sizeof id));
    }
    return ok ? g_steal_pointer(&rows) : NULL;
}

/* Terms of the lease: code of the item -> its id, and the ids of the terms in their order. */
static gboolean
load_terms(Ctx *ctx, gint64 lease_id, GArray *term_ids, GHashTable *items, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.terms", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    while (db_each(stmt, &ok, error)) {
        gint64 term_id = db_int(stmt, 0), item_id = db_int(stmt, 2);
        g_array_append_val(term_ids, term_id);
        g_hash_table_insert(items, g_strdup(db_text(stmt, 3)), g_memdup2(&item_id, sizeof item_id));
    }
    return ok;
}

typedef struct {
    Ctx *ctx;
    const Record *lease;
    const Schedule *schedule;
    Day known_on;
    DbBatch *rows;
    GArray *term_ids;
    GHashTable *items, *current;
} Prices;

static const char *const columns[] = { "property_id", "id", "version", "created_at", "updated_at", "lease_id", "term_id", "item_id", "unit_no",
                                       "from_on", "to_on", "price", "monthly", "free_days", "is_rent", "known_on", NULL };

/* Days of a stretch of one price that the term leaves free. */
static gint64
free_days(const Schedule *schedule, const SchedulePrice *price)
{
    gint64 days = 0;

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->term == price->term && line->kind == LINE_FREE)
            days += MAX(0, MIN(line->to, price->to) - MAX(line->from, price->from) + 1);
    }
    return days;
}

static gboolean
add_price(Prices *p, const TermSet *set, const SchedulePrice *price, GError **error)
{
    const ChargeTerm *term = set->terms->pdata[price->term];
    gint64 term_id = g_array_index(p->term_ids, gint64, price->term);
    gint64 free = free_days(p->schedule, price);
    gint64 monthly_fen = lease_month_amount_fen(term->basis, price->price_e4, lease_area_on(set, term, price->from));
    const gint64 facts[] = { term_id, price->from, price->to, price->price_e4, monthly_fen, free };
    g_autofree char *key = price_key(price->unit, facts);
    int c = 0;

    if (g_hash_table_remove(p->current, key))
        return TRUE; /* as before */
    db_batch_int(p->rows, c++, p->ctx->property_id);
    db_batch_int(p->rows, c++, id_next());
    db_batch_int(p->rows, c++, 1);
    db_batch_int(p->rows, c++, p->ctx->now_us);
    db_batch_int(p->rows, c++, p->ctx->now_us);
    db_batch_int(p->rows, c++, p->lease->id);
    db_batch_int(p->rows, c++, term_id);
    db_batch_int(p->rows, c++, *(gint64 *) g_hash_table_lookup(p->items, price->item));
    db_batch_text(p->rows, c++, price->unit);
    db_batch_day(p->rows, c++, price->from);
    db_batch_day(p->rows, c++, price->to);
    db_batch_int(p->rows, c++, price->price_e4);
    db_batch_int(p->rows, c++, monthly_fen);
    db_batch_int(p->rows, c++, free);
    db_batch_int(p->rows, c++, lease_is_rent(price->item) && term->model != TERM_TURNOVER && term->basis != BASIS_ONCE);
    db_batch_day(p->rows, c++, p->known_on);
    return db_batch_add(p->rows, error);
}

/* What is left of the rows in force is no longer true. */
static gboolean
replace_rest(const Prices *p, GError **error)
{
    GHashTableIter iter;
    gpointer id;
    g_autoptr(DbStmt) stmt = db_named(p->ctx->db, "lease.price_replaced", error);

    if (!stmt)
        return FALSE;
    g_hash_table_iter_init(&iter, p->current);
    while (g_hash_table_iter_next(&iter, NULL, &id)) {
        db_bind_int(stmt, "property_id", p->ctx->property_id);
        db_bind_int(stmt, "id", *(gint64 *) id);
        db_bind_day(stmt, "today", p->ctx->today);
        db_bind_int(stmt, "now", p->ctx->now_us);
        if (!db_exec_stmt(stmt, NULL, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
lease_prices_store(Ctx *ctx, const Record *lease, Day known_on, GError **error)
{
    g_autoptr(GArray) term_ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GHashTable) items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) current = current_prices(ctx, lease->id, error);
    g_autoptr(TermSet) set = current ? lease_term_set(ctx, lease, DAY_NONE, error) : NULL;

    if (!set || !load_terms(ctx, lease->id, term_ids, items, error))
        return FALSE;
    if (set->terms->len == 0)
        return TRUE;
    g_autoptr(Schedule) schedule = schedule_build(set, error);
    if (!schedule)
        return FALSE;
    g_autoptr(DbBatch) rows = db_batch_new(ctx->db, "lease_price", columns);
    Prices p = { ctx, lease, schedule, known_on, rows, term_ids, items, current };
    for (guint i = 0; i < schedule->prices->len; i++) {
        if (!add_price(&p, set, schedule->prices->pdata[i], error))
            return FALSE;
    }
    return db_batch_finish(rows, error) && replace_rest(&p, error);
}
