/* lease_schedule.c - from stored terms to the engine and back: schedules, derived figures, the preview of the wizard. */
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "domain/lease/lease_tables.h"
#include "domain/terms/terms_json.h"
#include "store/list.h"

#include <string.h>

void
lease_area_add(TermSet *set, const char *unit, Day from, Day to, gint64 area_dm2)
{
    term_set_add_area(set, unit, from, area_dm2);
    term_set_add_area(set, unit, to + 1, 0);
}

void
lease_areas_end(TermSet *set, Day last)
{
    for (guint i = set->areas->len; i > 0; i--) {
        const TermArea *end = &g_array_index(set->areas, TermArea, i - 1);
        gboolean follows = end->from > last;
        for (guint k = 0; end->area_dm2 == 0 && !follows && k < set->areas->len; k++) {
            const TermArea *next = &g_array_index(set->areas, TermArea, k);
            follows = next->area_dm2 != 0 && next->from == end->from && g_strcmp0(next->unit, end->unit) == 0;
        }
        if (end->area_dm2 == 0 && follows)
            g_array_remove_index(set->areas, i - 1);
    }
}

/* Each unit is an area of its own, so that a term can be restricted to one of them. */
static gboolean
add_areas(Ctx *ctx, const Record *lease, TermSet *set, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.units", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    while (db_each(stmt, &ok, error))
        lease_area_add(set, db_text(stmt, 2), db_day(stmt, 5), db_day(stmt, 6), db_int(stmt, 4));
    lease_areas_end(set, record_day(lease, "to_on"));
    return ok;
}

static gboolean
add_terms(Ctx *ctx, const Record *lease, TermSet *set, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.terms", error);

    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    db_bind_int(stmt, "lease_id", lease->id);
    while (db_each(stmt, &ok, error)) {
        json_t *clause = json_loads(db_text(stmt, 6), 0, NULL);
        ChargeTerm *term = charge_term_from_json(clause, "", error);
        json_decref(clause);
        if (!term)
            return FALSE;
        g_ptr_array_add(set->terms, term);
    }
    return ok;
}

/* What was accepted of the merchant's sales; the table is that of domain/sales, above us. */
static gboolean
add_sales(Ctx *ctx, const Record *lease, TermSet *set, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.accepted_sales", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    while (db_each(stmt, &ok, error)) {
        int month = day_month_key(db_day(stmt, 0));
        if (db_is_null(stmt, 2))
            term_set_add_sales(set, month, db_int(stmt, 1));
        else
            term_set_add_sales_net(set, month, db_int(stmt, 1), db_int(stmt, 2));
    }
    return ok;
}

static gboolean
add_indexes(Ctx *ctx, TermSet *set, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.index_values", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error))
        term_set_add_index(set, db_text(stmt, 0), day_month_key(db_day(stmt, 1)), db_int(stmt, 2));
    return ok;
}

/* Figures that the clauses ask for; most leases need none. */
static gboolean
add_figures(Ctx *ctx, const Record *lease, TermSet *set, GError **error)
{
    gboolean by_sales = FALSE, by_index = FALSE;

    for (guint i = 0; i < set->terms->len; i++) {
        const ChargeTerm *term = set->terms->pdata[i];
        by_sales = by_sales || term->model != TERM_FIXED;
        by_index = by_index || term->index.table != NULL;
    }
    return (!by_sales || add_sales(ctx, lease, set, error)) && (!by_index || add_indexes(ctx, set, error));
}

TermSet *
lease_term_set(Ctx *ctx, const Record *lease, Day to, GError **error)
{
    g_autoptr(TermSet) set = term_set_new();

    set->from = record_day(lease, "from_on");
    set->to = to == DAY_NONE ? record_day(lease, "to_on") : to;
    set->today = ctx->today;
    set->calendar = work_calendar_china();
    if (!add_areas(ctx, lease, set, error) || !add_terms(ctx, lease, set, error)
        || !add_figures(ctx, lease, set, error))
        return NULL;
    return g_steal_pointer(&set);
}

GArray *
lease_term_ids(Ctx *ctx, gint64 lease_id, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.terms", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    return ok ? g_steal_pointer(&ids) : NULL;
}

Schedule *
lease_schedule(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(TermSet) set = lease_term_set(ctx, lease, DAY_NONE, error);

    return set ? schedule_build(set, error) : NULL;
}

gint64
lease_area_on(const TermSet *set, const ChargeTerm *term, Day day)
{
    g_autoptr(GHashTable) latest = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer index;
    gint64 sum_dm2 = 0;

    for (guint i = 0; i < set->areas->len; i++) {
        const TermArea *area = &g_array_index(set->areas, TermArea, i);
        const char *unit = area->unit ? area->unit : "";
        if (area->from > day || (term->unit && strcmp(term->unit, unit) != 0))
            continue;
        g_hash_table_insert(latest, (gpointer) unit, GUINT_TO_POINTER(i));
    }
    g_hash_table_iter_init(&iter, latest);
    while (g_hash_table_iter_next(&iter, NULL, &index))
        sum_dm2 += g_array_index(set->areas, TermArea, GPOINTER_TO_UINT(index)).area_dm2;
    return sum_dm2;
}

gint64
lease_month_amount_fen(TermBasis basis, gint64 price_e4, gint64 area_dm2)
{
    const Wide per_m2 = (Wide) price_e4 * area_dm2; /* 1/10000 yuan x 1/100 m2 */

    switch (basis) {
    case BASIS_PER_M2_DAY:
        return wide_div_half_away(per_m2 * 365, (Wide) 12 * 10000);
    case BASIS_PER_M2_MONTH:
        return wide_div_half_away(per_m2, 10000);
    case BASIS_PER_M2_YEAR:
        return wide_div_half_away(per_m2, (Wide) 12 * 10000);
    case BASIS_PER_DAY:
        return muldiv_half_away(price_e4, 365, 12 * 100);
    case BASIS_PER_MONTH:
        return muldiv_half_away(price_e4, 1, 100);
    case BASIS_PER_YEAR:
        return muldiv_half_away(price_e4, 1, 12 * 100);
    case BASIS_ONCE:
        break;
    }
    return 0;
}

gboolean
lease_is_rent(const char *item)
{
    return g_str_has_prefix(item, "rent");
}

/* Fixed rent of the month that holds @day, and the lowest price per m2 and month of the whole term. */
static void
rent_figures(const TermSet *set, const Schedule *schedule, Day day, gint64 *month_fen, gint64 *lowest_e4)
{
    *month_fen = 0;
    *lowest_e4 = 0;
    for (guint i = 0; i < schedule->prices->len; i++) {
        const SchedulePrice *price = schedule->prices->pdata[i];
        const ChargeTerm *term = set->terms->pdata[price->term];
        if (!lease_is_rent(price->item) || term->model == TERM_TURNOVER || term->basis == BASIS_ONCE)
            continue;
        gint64 area_dm2 = lease_area_on(set, term, price->from);
        gint64 fen = lease_month_amount_fen(term->basis, price->price_e4, area_dm2);
        gint64 per_m2_e4 = area_dm2 ? muldiv_half_away(fen, 10000, area_dm2) : 0;
        if (price->from <= day && day <= price->to)
            *month_fen += fen;
        if (area_dm2 && (*lowest_e4 == 0 || per_m2_e4 < *lowest_e4))
            *lowest_e4 = per_m2_e4;
    }
}

static gboolean
derive_units(Ctx *ctx, Record *lease, Day day, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GString) nos = g_string_new(NULL);
    gint64 area_dm2 = 0, main_unit = 0;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.units", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    while (db_each(stmt, &ok, error)) {
        if (db_day(stmt, 5) > day || db_day(stmt, 6) < day)
            continue; /* another area of the unit, on other days */
        if (!main_unit)
            main_unit = db_int(stmt, 1);
        g_string_append_printf(nos, "%s%s", nos->len ? "、" : "", db_text(stmt, 2));
        area_dm2 += db_int(stmt, 4);
    }
    record_set_id(lease, "unit_id", main_unit);
    record_set_text(lease, "unit_nos", nos->str);
    record_set_int(lease, "area", area_dm2);
    return ok;
}

gboolean
lease_derive(Ctx *ctx, Record *lease, GError **error)
{
    gint64 month_fen = 0, lowest_e4 = 0;
    Day day = CLAMP(ctx->today, record_day(lease, "from_on"), record_day(lease, "to_on"));

    if (!derive_units(ctx, lease, day, error))
        return FALSE;
    g_autoptr(TermSet) set = lease_term_set(ctx, lease, DAY_NONE, error);
    if (!set)
        return FALSE;
    if (set->terms->len == 0) {
        record_set_int(lease, "total", 0);
        return TRUE;
    }
    g_autoptr(Schedule) schedule = schedule_build(set, error);
    if (!schedule)
        return FALSE;
    rent_figures(set, schedule, day, &month_fen, &lowest_e4);
    record_set_int(lease, "total", schedule_total(schedule, NULL));
    record_set_int(lease, "monthly_rent", month_fen);
    record_set_int(lease, "lowest_price", lowest_e4);
    return TRUE;
}

/* Terms as typed, with what the house knows besides: holidays and published indexes. Sales that are assumed are all in, so that
 * settlements show; without any, months gone by wait. */
static gboolean
complete_typed(Ctx *ctx, TermSet *set, GError **error)
{
    set->calendar = work_calendar_china();
    if (set->today == DAY_NONE && set->sales->len == 0)
        set->today = ctx->today;
    return set->indexes->len > 0 || add_indexes(ctx, set, error);
}

gboolean
lease_preview_write(Ctx *ctx, const json_t *input, JsonOut *out, GError **error)
{
    g_autoptr(TermSet) set = term_set_from_json(input, error);

    if (!set)
        return FALSE;
    if (!complete_typed(ctx, set, error))
        return FALSE;
    g_autoptr(Schedule) schedule = schedule_build(set, error);
    if (!schedule)
        return FALSE;
    schedule_write(out, schedule);
    return TRUE;
}

gboolean
lease_compare_write(Ctx *ctx, const json_t *input, JsonOut *out, GError **error)
{
    g_autoptr(TermSet) set = term_set_from_json(input, error);

    return set && complete_typed(ctx, set, error) && schedule_compare_write(out, set, error);
}
