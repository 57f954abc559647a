/* contracts.h - random contracts for the tests of the laws, and making a failing one smaller. Header only: each test is
 * one program. Every model and option of a charge term occurs. */
#pragma once
#include "domain/terms/terms_json.h"

enum { INDEX_BASE_MONTH = 202001 };

/* ---- random contracts ---- */

static gboolean
chance(GRand *rand, int percent)
{
    return g_rand_int_range(rand, 0, 100) < percent;
}

static gint64
between(GRand *rand, gint32 low, gint32 high)
{
    return g_rand_int_range(rand, low, high + 1);
}

static gint64
random_price(GRand *rand, TermBasis basis)
{
    static const gint32 ceilings[] = { 300000, 5000000, 60000000, 5000, 90000, 900000, 90000 };

    /* Unit prices in 1/10000 yuan, money in whole fen. */
    return basis <= BASIS_PER_M2_YEAR ? between(rand, 1, ceilings[basis])
                                      : between(rand, 1, ceilings[basis] * 100) * 100;
}

static void
random_steps(GRand *rand, ChargeTerm *term)
{
    int n = (int) between(rand, 0, 2);
    Day day = term->from + between(rand, -100, 200);

    for (int i = 0; i < n; i++, day += between(rand, 1, 400)) {
        TermStep step = { .from = day };
        if (chance(rand, 50)) {
            step.price_e4 = random_price(rand, term->basis);
        } else {
            step.every_months = (int) between(rand, 1, 14);
            step.is_percent = chance(rand, 70);
            step.percent_ppm = between(rand, -50000, 120000);
            step.amount_e4 = step.is_percent ? 0 : between(rand, 0, 1000) * 100;
            step.compound = chance(rand, 60);
            step.floor_yuan = chance(rand, 30);
        }
        g_array_append_val(term->steps, step);
    }
}

static void
random_free(GRand *rand, ChargeTerm *term)
{
    if (chance(rand, 30)) {
        TermFree fit_out = { .from = term->from };
        fit_out.to = term->from + between(rand, 0, 100);
        g_array_append_val(term->free, fit_out);
    }
    if (chance(rand, 20)) {
        TermFree yearly = { .yearly = TRUE };
        yearly.from_md = (int) (between(rand, 1, 12) * 100 + between(rand, 1, 28));
        yearly.to_md = (int) (between(rand, 1, 12) * 100 + between(rand, 1, 28));
        g_array_append_val(term->free, yearly);
    }
}

static void
random_tax(GRand *rand, ChargeTerm *term)
{
    static const gint64 rates[] = { 0, 30000, 60000, 90000, 130000 };
    TermTax tax = { DAY_MIN, rates[between(rand, 0, 4)] };

    g_array_append_val(term->tax, tax);
    if (chance(rand, 25)) {
        tax.from = term->from + between(rand, 1, 500);
        tax.rate_ppm = rates[between(rand, 0, 4)];
        g_array_append_val(term->tax, tax);
    }
    term->tax_included = chance(rand, 70);
}

static void
random_turnover(GRand *rand, ChargeTerm *term)
{
    TermTurnover *turnover = &term->turnover;

    term->model = (TermModel) between(rand, TERM_TURNOVER, TERM_BASE_PLUS_TURNOVER);
    term->has_turnover = TRUE;
    term->settle = (TermSettle) between(rand, SETTLE_MONTHLY, SETTLE_LEASE_YEAR);
    term->partial_year = (TermPartialYear) between(rand, PARTIAL_SCALE, PARTIAL_EXTEND);
    if (chance(rand, 50)) {
        turnover->percent_ppm = between(rand, 10000, 300000);
    } else {
        TurnoverTier tier = { 0, between(rand, 10000, 100000) };
        turnover->tiers = g_array_new(FALSE, TRUE, sizeof(TurnoverTier));
        for (int i = 0; i < 3; i++) {
            g_array_append_val(turnover->tiers, tier);
            tier.above_fen += between(rand, 1, 100000000);
            tier.percent_ppm = between(rand, 10000, 200000);
        }
        turnover->slices = chance(rand, 50);
    }
    if (term->model == TERM_BASE_PLUS_TURNOVER && chance(rand, 50)) {
        turnover->breakpoint =
            turnover->tiers == NULL && chance(rand, 50) ? BREAKPOINT_NATURAL : BREAKPOINT_AMOUNT;
        turnover->breakpoint_fen = between(rand, 0, 100000000);
    }
    if (term->model == TERM_TURNOVER) {
        term->price_e4 = 0;
        g_array_set_size(term->steps, 0);
    }
    turnover->has_minimum = chance(rand, 20);
    turnover->minimum_fen = between(rand, 0, 1000000);
    turnover->has_maximum = chance(rand, 20);
    turnover->maximum_fen = between(rand, 1000000, 100000000);
    turnover->deemed_sales_fen = chance(rand, 20) ? between(rand, 0, 100000000) : 0;
}

/* Indexed instead of stepped: the anniversary's price follows "cpi", of which random_set() gives most months. */
static void
random_index(GRand *rand, ChargeTerm *term)
{
    TermIndex *index = &term->index;

    g_array_set_size(term->steps, 0);
    index->table = g_strdup("cpi");
    index->base_month = INDEX_BASE_MONTH + (int) between(rand, 0, 11);
    index->share_ppm = between(rand, 0, 4) * 250000;
    index->has_floor = chance(rand, 40);
    index->floor_ppm = between(rand, -30000, 0);
    index->has_cap = chance(rand, 40);
    index->cap_ppm = between(rand, 0, 60000);
}

static void
random_once(GRand *rand, ChargeTerm *term)
{
    term->basis = BASIS_ONCE;
    term->price_e4 = random_price(rand, BASIS_ONCE);
    g_array_set_size(term->steps, 0);
    g_array_set_size(term->free, 0);
}

static ChargeTerm *
random_term(GRand *rand, const char *item, Day from, Day to)
{
    static const int cycles[] = { 0, 1, 1, 1, 2, 3, 3, 6, 12 };
    ChargeTerm *term = charge_term_new();

    term->item = g_strdup(item);
    term->from = from;
    term->to = to;
    term->basis = (TermBasis) between(rand, BASIS_PER_M2_DAY, BASIS_PER_YEAR);
    term->price_e4 = random_price(rand, term->basis);
    term->year_days = (TermYearDays) between(rand, YEAR_ACTUAL, YEAR_360);
    term->month_price = (TermMonthPrice) between(rand, MONTH_DAYS, MONTH_YEAR_12);
    if (chance(rand, 50)) {
        term->billing = BILLING_ANCHORED;
        term->anchor_day = (int) between(rand, 1, 31);
    }
    term->cycle_months = cycles[between(rand, 0, G_N_ELEMENTS(cycles) - 1)];
    term->proration = (TermProration) between(
        rand, PRORATION_ACTUAL_DAYS,
        term->basis == BASIS_PER_M2_DAY || term->basis == BASIS_PER_DAY ? PRORATION_DAILY_UNIT
                                                                        : PRORATION_Y365);
    term->rounding = chance(rand, 70) ? ROUNDING_TOTAL
                                      : (TermRounding) between(rand, ROUNDING_DAILY_RATE_FIRST,
                                                               ROUNDING_FLOOR_YUAN);
    term->due = (TermDue){ .kind = (TermDueKind) between(rand, DUE_DAYS_BEFORE, DUE_DAYS_AFTER),
                           .days = (int) between(rand, 0, 30),
                           .day = (int) between(rand, 1, 31),
                           .month_offset = (int) between(rand, -1, 1),
                           .next_working = chance(rand, 30) };
    random_steps(rand, term);
    random_free(rand, term);
    random_tax(rand, term);
    if (chance(rand, 40))
        random_turnover(rand, term);
    else if (chance(rand, 8))
        random_once(rand, term);
    if (term->model != TERM_TURNOVER && term->basis != BASIS_ONCE && chance(rand, 15))
        random_index(rand, term);
    return term;
}

/* One or two units, each with an area that may change; a term for all of them or for one. */
static void
random_areas(GRand *rand, TermSet *set, const char *unit)
{
    term_set_add_area(set, unit, DAY_MIN, between(rand, 100, 200000));
    if (chance(rand, 30))
        term_set_add_area(set, unit, set->from + between(rand, 1, 400), between(rand, 100, 200000));
}

static void
random_figures(GRand *rand, TermSet *set)
{
    gint64 index_e4 = 1000000;

    for (Day day = day_month_start(set->from) - 400; day <= set->to + 400;
         day = day_month_end(day) + 1)
        if (chance(rand, 97))
            term_set_add_sales(set, day_month_key(day), between(rand, 0, 50000000));
    for (Day day = day_from_month_key(INDEX_BASE_MONTH); day <= set->to; day = day_month_end(day) + 1) {
        index_e4 += between(rand, -8000, 12000);
        /* The base year is always there; later months may not be published. */
        if (day_month_key(day) < INDEX_BASE_MONTH + 12 || chance(rand, 90))
            term_set_add_index(set, "cpi", day_month_key(day), index_e4);
    }
}

static TermSet *
random_set(GRand *rand)
{
    static const char *const items[] = { "rent", "property_fee", "promotion_fee" };
    static const char *const units[] = { "1F-001", "1F-002" };
    TermSet *set = term_set_new();
    gboolean two_units = chance(rand, 35);
    int n = (int) between(rand, 1, chance(rand, 50) ? 1 : 3);

    set->from = day_from_ymd(2022, 1, 1) + between(rand, 0, 1500);
    set->to = set->from + between(rand, 0, chance(rand, 60) ? 120 : chance(rand, 80) ? 500 : 1500);
    if (chance(rand, 20))
        set->today = set->from + between(rand, -30, 600);
    random_areas(rand, set, two_units ? units[0] : NULL);
    if (two_units)
        random_areas(rand, set, units[1]);
    for (int i = 0; i < n; i++) {
        Day from = chance(rand, 70) ? set->from : set->from + between(rand, -60, 200);
        Day to = chance(rand, 70) ? set->to : from + between(rand, 0, 600);
        gboolean by_unit = two_units && chance(rand, 50);
        for (int u = 0; u < (by_unit ? 2 : 1); u++) {
            ChargeTerm *term = random_term(rand, items[i], from, MAX(from, to));
            term->unit = by_unit ? g_strdup(units[u]) : NULL;
            g_ptr_array_add(set->terms, term);
        }
    }
    random_figures(rand, set);
    return set;
}

static TermSet *
set_dup(const TermSet *set)
{
    TermSet *copy = term_set_new();

    for (guint i = 0; i < set->areas->len; i++) {
        const TermArea *area = &g_array_index(set->areas, TermArea, i);
        term_set_add_area(copy, area->unit, area->from, area->area_dm2);
    }
    g_array_append_vals(copy->sales, set->sales->data, set->sales->len);
    for (guint i = 0; i < set->indexes->len; i++) {
        const TermIndexValue *value = &g_array_index(set->indexes, TermIndexValue, i);
        term_set_add_index(copy, value->table, value->month, value->value_e4);
    }
    copy->from = set->from;
    copy->to = set->to;
    copy->today = set->today;
    for (guint i = 0; i < set->terms->len; i++)
        g_ptr_array_add(copy->terms, charge_term_dup(set->terms->pdata[i]));
    return copy;
}

/* ---- making a failing contract smaller ---- */

/* Each simplification changes one thing of a copy and says whether there was anything to change; @term is the
 * one it looks at. Those that take away most come first. */
typedef gboolean (*Simplify)(TermSet *set, ChargeTerm *term);

static gboolean
drop_term(TermSet *set, ChargeTerm *term)
{
    return set->terms->len > 1 && g_ptr_array_remove(set->terms, term);
}

static gboolean
halve_end(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    Day before = set->to;

    set->to = set->from + (set->to - set->from) / 2;
    return set->to != before;
}

static gboolean
halve_begin(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    if (set->to == set->from)
        return FALSE;
    set->from += (set->to - set->from) / 2 + 1;
    return TRUE;
}

static gboolean
end_sooner(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    return set->to > set->from && set->to-- != 0;
}

static gboolean
begin_later(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    return set->to > set->from && set->from++ != G_MAXINT;
}

static gboolean
shorten(GArray *list, guint least)
{
    if (list == NULL || list->len <= least)
        return FALSE;
    g_array_set_size(list, MAX(least, list->len / 2));
    return TRUE;
}

static gboolean
drop_first(GArray *list, guint least)
{
    return list != NULL && list->len > least && g_array_remove_index(list, 0) != NULL;
}

static gboolean
drop_sales(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    return shorten(set->sales, 0);
}

static gboolean
drop_first_sales(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    return drop_first(set->sales, 0);
}

static gboolean
drop_indexes(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    return shorten(set->indexes, 0);
}

static gboolean
drop_areas(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    return set->areas->len > 1 && g_array_set_size(set->areas, set->areas->len - 1) != NULL;
}

static gboolean
drop_first_area(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    return drop_first(set->areas, 1);
}

static gboolean
drop_unit(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    gboolean had = term->unit != NULL;

    g_clear_pointer(&term->unit, g_free);
    return had;
}

static gboolean
drop_today(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    gboolean had = set->today != DAY_NONE;

    set->today = DAY_NONE;
    return had;
}

static gboolean
drop_steps(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    return shorten(term->steps, 0);
}

static gboolean
drop_first_step(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    return drop_first(term->steps, 0);
}

static gboolean
drop_free(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    return shorten(term->free, 0);
}

static gboolean
drop_tax(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    return shorten(term->tax, 0);
}

static gboolean
drop_index(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    gboolean had = term->index.table != NULL;

    g_free(term->index.table);
    term->index = (TermIndex){ .share_ppm = RATE_ONE_PPM };
    return had;
}

static gboolean
drop_turnover(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    if (!term->has_turnover)
        return FALSE;
    g_clear_pointer(&term->turnover.tiers, g_array_unref);
    term->turnover = (TermTurnover){ 0 };
    term->has_turnover = FALSE;
    term->model = TERM_FIXED;
    return TRUE;
}

static gboolean
plain_turnover(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    TermTurnover *turnover = &term->turnover;
    TermTurnover plain = { .percent_ppm = 100000 };

    if (!term->has_turnover || (turnover->tiers == NULL && turnover->percent_ppm == plain.percent_ppm
                                && !turnover->has_minimum && !turnover->has_maximum && turnover->deemed_sales_fen == 0
                                && turnover->breakpoint == BREAKPOINT_NONE))
        return FALSE;
    g_clear_pointer(&turnover->tiers, g_array_unref);
    *turnover = plain;
    return TRUE;
}

static gboolean
plain_limits(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    TermTurnover *turnover = &term->turnover;
    gboolean had = turnover->has_minimum || turnover->has_maximum || turnover->deemed_sales_fen != 0;

    turnover->has_minimum = turnover->has_maximum = FALSE;
    turnover->deemed_sales_fen = 0;
    return had;
}

static gboolean
drop_tiers(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    return shorten(term->turnover.tiers, 1);
}

static gboolean
plain_settle(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    gboolean was = term->settle != SETTLE_MONTHLY || term->partial_year != PARTIAL_SCALE;

    term->settle = SETTLE_MONTHLY;
    term->partial_year = PARTIAL_SCALE;
    return was;
}

static gboolean
plain_cycle(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    gboolean was = term->cycle_months != 1;

    term->cycle_months = 1;
    return was;
}

static gboolean
plain_rounding(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    gboolean was = term->rounding != ROUNDING_TOTAL || term->proration != PRORATION_ACTUAL_DAYS;

    term->rounding = ROUNDING_TOTAL;
    term->proration = PRORATION_ACTUAL_DAYS;
    return was;
}

static gboolean
plain_billing(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    gboolean was = term->billing != BILLING_CALENDAR_MONTH;

    term->billing = BILLING_CALENDAR_MONTH;
    term->anchor_day = 0;
    return was;
}

static gboolean
plain_due(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    static const TermDue plain;
    gboolean was = term->due.kind != plain.kind || term->due.days != 0 || term->due.next_working;

    term->due = plain;
    return was;
}

static gboolean
plain_basis(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    gboolean was = term->basis != BASIS_PER_MONTH || term->year_days != YEAR_ACTUAL || term->month_price != MONTH_DAYS;

    term->basis = BASIS_PER_MONTH;
    term->year_days = YEAR_ACTUAL;
    term->month_price = MONTH_DAYS;
    if (term->model != TERM_TURNOVER)
        term->price_e4 = 1000000;
    return was;
}

static gboolean
cut_to_set(TermSet *set, ChargeTerm *term)
{
    gboolean was = term->to > set->to || term->from < set->from;

    term->to = MIN(term->to, set->to);
    term->from = MAX(term->from, set->from);
    return was;
}

static gboolean
round_price(TermSet *set G_GNUC_UNUSED, ChargeTerm *term)
{
    return term->price_e4 > 1000000 && (term->price_e4 = 1000000) != 0;
}

static gboolean
round_area(TermSet *set, ChargeTerm *term G_GNUC_UNUSED)
{
    TermArea *area = &g_array_index(set->areas, TermArea, 0);

    return area->area_dm2 != 10000 && (area->area_dm2 = 10000) != 0;
}

static const Simplify simplifications[] = {
    drop_term,   halve_end,    halve_begin,    drop_sales,   drop_indexes,   drop_turnover, drop_index,
    drop_steps,  drop_free,    drop_tax,       drop_areas,   drop_unit,      drop_today,    plain_turnover,
    plain_limits, drop_tiers, plain_basis, plain_settle, plain_billing,  plain_cycle,  plain_rounding, plain_due,     cut_to_set,
    round_price, round_area,   drop_first_step, drop_first_area, drop_first_sales, end_sooner, begin_later,
};

/* TRUE if the contract keeps the law; else says why. */
typedef gboolean (*Holds)(const TermSet *set, char *why);
enum { MESSAGE_SIZE = 300 };

/* A simpler contract that still breaks the law, or NULL. */
static TermSet *
smaller_failing(const TermSet *failing, Holds holds)
{
    char why[MESSAGE_SIZE];

    for (gsize kind = 0; kind < G_N_ELEMENTS(simplifications); kind++) {
        for (guint at = 0; at < failing->terms->len; at++) {
            g_autoptr(TermSet) copy = set_dup(failing);
            if (simplifications[kind](copy, copy->terms->pdata[at]) && term_set_check(copy, NULL) && !holds(copy, why))
                return g_steal_pointer(&copy);
        }
    }
    return NULL;
}

/* The smallest contract to be found that breaks the law as @failing_take does. */
static TermSet *
shrink(TermSet *failing_take, Holds holds)
{
    TermSet *smaller;

    while ((smaller = smaller_failing(failing_take, holds)) != NULL) {
        term_set_free(failing_take);
        failing_take = smaller;
    }
    return failing_take;
}

/* The contract as `lanting calc schedule` reads it. transfer full. */
static char *
contract_json(const TermSet *set)
{
    g_autoptr(JsonOut) out = json_out_new();

    term_set_write(out, set);
    return g_string_free(json_out_steal(out), FALSE);
}
