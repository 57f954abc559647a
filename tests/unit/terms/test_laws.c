/* The laws of charge terms on random contracts. LANTING_SEED and LANTING_PROPERTY_RUNS choose what is run;
 * a contract that breaks a law is made smaller as long as it still breaks it, then printed. */
#include "contracts.h"
#include "domain/terms/straight_line.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_RUNS = 10000 };

/* ---- the laws: each returns FALSE and says why ---- */

static gboolean broken(char *why, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean
broken(char *why, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_vsnprintf(why, MESSAGE_SIZE, format, args);
    va_end(args);
    return FALSE;
}

/* A contract may be impossible (a stepped price leaves the range); then there is nothing to check. */
static Schedule *
build(const TermSet *set)
{
    return schedule_build(set, NULL);
}

/* Lines that cover days: settlements come on top, except where each month is final at once. */
static gboolean
covers_days(const TermSet *set, const ScheduleLine *line)
{
    const ChargeTerm *term = set->terms->pdata[line->term];

    if (term->model == TERM_TURNOVER)
        return line->kind != LINE_SETTLEMENT || term->settle == SETTLE_MONTHLY;
    return line->kind == LINE_BILLED || line->kind == LINE_FREE;
}

static gboolean
term_is_covered(const TermSet *set, const Schedule *schedule, guint at, char *why)
{
    const ChargeTerm *term = set->terms->pdata[at];
    Day first = MAX(term->from, set->from);
    Day last = MIN(term->to, set->to);
    Day next = first;

    if (term->basis == BASIS_ONCE && term->from < set->from)
        return TRUE; /* charged once, before the scheduled days */
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->term != (int) at || !covers_days(set, line))
            continue;
        if (line->from != next || line->to < line->from)
            return broken(why, "term %u: a gap or overlap before line %u", at, i);
        next = line->to + 1;
    }
    if (next != MAX(last + 1, first))
        return broken(why, "term %u: the last day is not covered exactly", at);
    return TRUE;
}

static gboolean
law_each_day_once(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = build(set);

    for (guint t = 0; schedule != NULL && t < set->terms->len; t++) {
        if (!term_is_covered(set, schedule, t, why))
            return FALSE;
    }
    return TRUE;
}

static gboolean
law_lines_foot(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = build(set);
    gint64 sum = 0;

    if (schedule == NULL)
        return TRUE;
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->net_fen + line->tax_fen != line->gross_fen)
            return broken(why, "line %u: net + tax is not gross", i);
        if (line->kind == LINE_FREE && line->gross_fen != 0)
            return broken(why, "line %u: free days are charged", i);
        if (line->due_on == DAY_NONE)
            return broken(why, "line %u has no due day", i);
        sum += line->gross_fen;
    }
    return sum == schedule_total(schedule, NULL) || broken(why, "the total does not foot");
}

static gboolean
is_free_day(const ChargeTerm *term, Day day)
{
    Ymd ymd = day_to_ymd(day);
    int md = ymd.month * 100 + ymd.day;

    for (guint i = 0; i < term->free->len; i++) {
        const TermFree *f = &g_array_index(term->free, TermFree, i);
        gboolean wraps = f->from_md > f->to_md;
        if (!f->yearly && day >= f->from && day <= f->to)
            return TRUE;
        if (f->yearly
            && (wraps ? md >= f->from_md || md <= f->to_md : md >= f->from_md && md <= f->to_md))
            return TRUE;
    }
    return FALSE;
}

/* TRUE if something that begins on @day falls inside the line, after its first day. */
static gboolean
is_inside(const ScheduleLine *line, Day day)
{
    return day > line->from && day <= line->to;
}

static const char *
hidden_in(const TermSet *set, const Schedule *schedule, const ScheduleLine *line)
{
    const ChargeTerm *term = set->terms->pdata[line->term];

    if (term->basis == BASIS_ONCE)
        return NULL; /* one line at what holds on its first day */
    for (guint k = 0; k < schedule->prices->len; k++) {
        const SchedulePrice *price = schedule->prices->pdata[k];
        if (price->term == line->term && is_inside(line, price->from))
            return "two prices";
    }
    for (guint k = 0; k < term->tax->len; k++) {
        if (is_inside(line, g_array_index(term->tax, TermTax, k).from))
            return "two tax rates";
    }
    for (guint k = 0; term->basis <= BASIS_PER_M2_YEAR && k < set->areas->len; k++) {
        const TermArea *area = &g_array_index(set->areas, TermArea, k);
        if ((term->unit == NULL || g_strcmp0(term->unit, area->unit) == 0) && is_inside(line, area->from))
            return "two areas";
    }
    return NULL;
}

/* A line has one price, one area, one tax rate, and is free altogether or not at all. */
static gboolean
law_nothing_hidden(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = build(set);

    for (guint i = 0; schedule != NULL && i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        const char *hidden = line->kind == LINE_BILLED ? hidden_in(set, schedule, line) : NULL;
        if (hidden != NULL)
            return broken(why, "line %u hides %s", i, hidden);
        if (line->kind == LINE_BILLED
            && (line->from < line->cycle_from || line->to > line->cycle_to))
            return broken(why, "line %u reaches out of its bill", i);
        for (Day day = line->from; line->kind == LINE_BILLED && day <= line->to; day++) {
            if (is_free_day(set->terms->pdata[line->term], day))
                return broken(why, "line %u hides free days", i);
        }
    }
    return TRUE;
}

static char *
schedule_text(const TermSet *set)
{
    g_autoptr(Schedule) schedule = build(set);
    g_autoptr(JsonOut) out = json_out_new();

    if (schedule == NULL)
        return NULL;
    schedule_write(out, schedule);
    return g_string_free(json_out_steal(out), FALSE);
}

static gboolean
law_twice_the_same(const TermSet *set, char *why)
{
    g_autoptr(JsonOut) out = json_out_new();
    g_autofree char *json = NULL;
    g_autofree char *first = schedule_text(set);
    g_autofree char *second = schedule_text(set);
    g_autofree char *third = NULL;
    g_autoptr(TermSet) again = NULL;

    if (g_strcmp0(first, second) != 0)
        return broken(why, "two runs differ");
    term_set_write(out, set);
    json = g_string_free(json_out_steal(out), FALSE);
    again = term_set_from_text(json, NULL);
    if (again == NULL)
        return broken(why, "the contract is not read back from its JSON");
    third = schedule_text(again);
    return g_strcmp0(first, third) == 0
           || broken(why, "the contract changes on its way through JSON");
}

static gboolean
same_line(const ScheduleLine *a, const ScheduleLine *b)
{
    return a->from == b->from && a->term == b->term && a->kind == b->kind && a->to == b->to
           && a->cycle_from == b->cycle_from && a->due_on == b->due_on && a->net_fen == b->net_fen
           && a->gross_fen == b->gross_fen && g_strcmp0(a->price, b->price) == 0
           && g_strcmp0(a->working, b->working) == 0;
}

static gboolean
has_line(const Schedule *schedule, const ScheduleLine *wanted)
{
    for (guint i = 0; i < schedule->lines->len; i++) {
        if (same_line(schedule->lines->pdata[i], wanted))
            return TRUE;
    }
    return FALSE;
}

/* First day that the cut may change: a turnover line counts the sales of its month and its share of the base bill. */
static Day
first_unsettled_day(const TermSet *set, const Schedule *schedule, int term, Day cut)
{
    Day first = cut;

    if (((const ChargeTerm *) set->terms->pdata[term])->model == TERM_FIXED)
        return first;
    first = day_month_start(cut + 1);
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->term == term && line->kind != LINE_SETTLEMENT && line->cycle_to >= cut)
            first = MIN(first, line->cycle_from);
    }
    return first;
}

static gboolean
law_later_end_keeps_lines(const TermSet *set, char *why)
{
    g_autoptr(TermSet) shorter = set_dup(set);
    g_autoptr(Schedule) whole = build(set);
    g_autoptr(Schedule) part = NULL;

    shorter->to = set->from + (set->to - set->from) * 2 / 3;
    part = build(shorter);
    for (guint i = 0; whole != NULL && part != NULL && i < part->lines->len; i++) {
        const ScheduleLine *line = part->lines->pdata[i];
        if (line->to < first_unsettled_day(shorter, part, line->term, shorter->to) && !has_line(whole, line))
            return broken(why, "line %u of the shorter run changes with a later end", i);
    }
    return TRUE;
}

/* A window gives the lines of the full schedule that touch it, in their order. */
static gboolean
window_agrees(const TermSet *set, const Schedule *whole, Day from, Day to, char *why)
{
    g_autoptr(Schedule) window = schedule_window(set, from, to, NULL);
    guint at = 0;

    if (window == NULL)
        return broken(why, "the window is refused, the whole is not");
    for (guint i = 0; i < whole->lines->len; i++) {
        const ScheduleLine *line = whole->lines->pdata[i];
        if (line->to < from || line->from > to)
            continue;
        if (at == window->lines->len || !same_line(window->lines->pdata[at], line))
            return broken(why, "line %u of the whole is not line %u of the window %s..%s", i, at,
                          day_format(from, (char[DAY_TEXT_SIZE]){ 0 }), day_format(to, (char[DAY_TEXT_SIZE]){ 0 }));
        at++;
    }
    return at == window->lines->len || broken(why, "the window has lines that the whole has not");
}

static gboolean
law_window_is_part_of_whole(const TermSet *set, char *why)
{
    g_autoptr(Schedule) whole = build(set);
    Day third = (set->to - set->from) / 3;
    Day month = day_month_start(set->from + 2 * third);

    return whole == NULL
           || (window_agrees(set, whole, month, day_month_end(month), why)
               && window_agrees(set, whole, set->from + third, set->to - third / 2, why)
               && window_agrees(set, whole, set->from - 50, set->from, why)
               && window_agrees(set, whole, set->to, set->to + 50, why));
}

/* Largest rounding of the lines of a schedule, in fen. */
static gint64
rounding_allowance(const TermSet *set, const Schedule *schedule)
{
    gint64 sum = 0;

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        const ChargeTerm *term = set->terms->pdata[line->term];
        switch (term->rounding) {
        case ROUNDING_TOTAL:
            sum += 1;
            break;
        case ROUNDING_DAILY_RATE_FIRST:
            sum += (line->to - line->from + 1) / 2 + 2;
            break;
        case ROUNDING_FLOOR_YUAN:
            sum += 100;
            break;
        }
    }
    return sum;
}

static gint64
priced_total(const TermSet *set, const Schedule *schedule)
{
    gint64 sum = 0;

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        const ChargeTerm *term = set->terms->pdata[line->term];
        sum += term->tax_included ? line->gross_fen : line->net_fen;
    }
    return sum;
}

/* What a broken month may be off by: two and a half thirtieths of the dearest month (28 days counted as 30,
 * 31 days at 12/365). Days and exact fractions of a month add up without difference. */
static gint64
broken_month_allowance(const TermSet *set, const ChargeTerm *term, const Schedule *schedule)
{
    gboolean exact = term->proration == PRORATION_ACTUAL_DAYS
                     || (term->proration == PRORATION_DAILY_UNIT && term->month_price == MONTH_DAYS
                         && term->year_days != YEAR_360);
    gint64 area = 0;
    Wide month = 0;

    if (exact)
        return 0;
    for (guint i = 0; i < set->areas->len; i++)
        area += g_array_index(set->areas, TermArea, i).area_dm2;
    if (term->basis > BASIS_PER_M2_YEAR)
        area = 100;
    for (guint i = 0; i < schedule->prices->len; i++)
        month = MAX(month, ((const SchedulePrice *) schedule->prices->pdata[i])->price_e4 + 1);
    month = month * area / 10000; /* fen */
    if (term->basis == BASIS_PER_M2_DAY || term->basis == BASIS_PER_DAY)
        month *= 31;
    else if (term->basis == BASIS_PER_M2_YEAR || term->basis == BASIS_PER_YEAR)
        month /= 12;
    return (gint64) (month / 12) + 2;
}

static gboolean
cut_term(const TermSet *set, guint at, Day cut, gint64 extra, char *why)
{
    const ChargeTerm *term = set->terms->pdata[at];
    g_autoptr(TermSet) alone = set_dup(set);
    g_autoptr(TermSet) parted = NULL;
    g_autoptr(Schedule) whole = NULL;
    g_autoptr(Schedule) pieces = NULL;
    ChargeTerm *first;
    ChargeTerm *second;
    gint64 difference;
    gint64 allowed;

    while (alone->terms->len > 1)
        g_ptr_array_remove_index(alone->terms,
                                 alone->terms->len - 1 == at ? 0 : alone->terms->len - 1);
    g_ptr_array_set_size(alone->terms, 0);
    g_ptr_array_add(alone->terms, charge_term_dup(term));
    parted = set_dup(alone);
    first = parted->terms->pdata[0];
    second = charge_term_dup(term);
    first->to = cut - 1;
    second->from = cut;
    g_ptr_array_add(parted->terms, second);
    whole = build(alone);
    pieces = build(parted);
    if (whole == NULL || pieces == NULL)
        return TRUE;
    difference = ABS(priced_total(alone, whole) - priced_total(parted, pieces));
    allowed = rounding_allowance(alone, whole) + rounding_allowance(parted, pieces) + extra;
    if (extra != 0)
        allowed += broken_month_allowance(set, term, whole);
    return difference <= allowed
           || broken(why,
                     "term %u cut at %s changes the total by %" G_GINT64_FORMAT
                     " fen, more than %" G_GINT64_FORMAT,
                     at, day_format(cut, (char[DAY_TEXT_SIZE]){ 0 }), difference, allowed);
}

static Day
next_month_start(const ChargeTerm *term, Day day)
{
    Ymd ymd = day_to_ymd(day);
    int anchor = term->billing == BILLING_ANCHORED ? term->anchor_day : 1;
    Day start = day_from_ymd_clamped(ymd.year, ymd.month, anchor);

    return start >= day ? start : day_add_months_anchored(start, 1, anchor);
}

static gboolean
law_cutting_in_two(const TermSet *set, char *why)
{
    for (guint t = 0; t < set->terms->len; t++) {
        const ChargeTerm *term = set->terms->pdata[t];
        Day first = MAX(term->from, set->from);
        Day last = MIN(term->to, set->to);
        Day cut = first + 1 + (last - first) * 2 / 5;
        /* The price of a rule with steps depends on days, not on the term: both halves have it. An indexed price
         * begins anew with its term, a one-off charge is due twice. */
        if (term->model != TERM_FIXED || term->basis == BASIS_ONCE || term->index.table != NULL || last <= first || cut > last)
            continue;
        if (!cut_term(set, t, cut, 1, why))
            return FALSE;
        cut = next_month_start(term, cut);
        if (cut > first && cut <= last && !cut_term(set, t, cut, 0, why))
            return FALSE;
    }
    return TRUE;
}

static gboolean
law_back_dated_change(const TermSet *set, char *why)
{
    g_autoptr(TermSet) changed = set_dup(set);
    ChargeTerm *term = changed->terms->pdata[0];
    Day from = set->from + (set->to - set->from) / 3;
    TermStep step = { .from = from, .price_e4 = term->price_e4 / 10000 * 11000 + 100 };
    g_autoptr(Schedule) billed = build(set);
    g_autoptr(Schedule) fresh = NULL;
    g_autoptr(GPtrArray) difference = NULL;
    gint64 net = 0, tax = 0, gross = 0;

    if (term->model == TERM_TURNOVER)
        return TRUE;
    g_array_set_size(term->steps, 0);
    g_array_append_val(term->steps, step);
    fresh = build(changed);
    if (billed == NULL || fresh == NULL)
        return TRUE;
    difference = schedule_difference(billed->lines, fresh->lines, set->to);
    for (guint i = 0; i < fresh->lines->len; i++) {
        const ScheduleLine *line = fresh->lines->pdata[i];
        net += line->net_fen;
        tax += line->tax_fen;
        gross += line->gross_fen;
    }
    for (guint i = 0; i < billed->lines->len; i++) {
        const ScheduleLine *line = billed->lines->pdata[i];
        net -= line->net_fen;
        tax -= line->tax_fen;
        gross -= line->gross_fen;
    }
    for (guint i = 0; i < difference->len; i++) {
        const ScheduleLine *line = difference->pdata[i];
        net -= line->net_fen;
        tax -= line->tax_fen;
        gross -= line->gross_fen;
        if (g_strcmp0(line->item, term->item) != 0)
            return broken(why, "the difference touches an item that did not change");
        for (guint k = 0; k < i; k++) {
            const ScheduleLine *other = difference->pdata[k];
            if (other->tax_rate_ppm == line->tax_rate_ppm && term->model == TERM_FIXED
                && other->from <= line->to && line->from <= other->to)
                return broken(why, "two differences are about the same days");
        }
    }
    if (net != 0 || tax != 0 || gross != 0)
        return broken(why, "the differences do not add up to new less old");
    g_ptr_array_unref(g_steal_pointer(&difference));
    difference = schedule_difference(fresh->lines, fresh->lines, set->to);
    return difference->len == 0 || broken(why, "equal schedules have a difference");
}

static gboolean
law_straight_line(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = build(set);
    g_autoptr(GArray) payments = NULL;

    if (schedule == NULL)
        return TRUE;
    payments = straight_payments_of(schedule);
    for (int by = STRAIGHT_BY_MONTH; by <= STRAIGHT_BY_DAY; by++) {
        g_autoptr(GArray) periods =
            straight_line(set->from, set->to, (StraightBy) by,
                          (const StraightPayment *) (void *) payments->data, payments->len);
        gint64 income = 0;
        gint64 paid = 0;
        for (guint i = 0; i < periods->len; i++)
            income += g_array_index(periods, StraightPeriod, i).income_fen;
        for (guint i = 0; i < payments->len; i++)
            paid += g_array_index(payments, StraightPayment, i).amount_fen;
        if (income != paid)
            return broken(why, "straight-line income is not the net payments");
        if (g_array_index(periods, StraightPeriod, periods->len - 1).accrued_fen != 0)
            return broken(why, "the accrued balance does not end at zero");
    }
    return TRUE;
}

/* ---- the working, re-checked from its JSON alone ---- */

static gboolean
step_fraction(const json_t *step, Wide *num, gint64 *den)
{
    gint64 price = 0;
    gint64 area = 100;
    const char *area_text = json_string_value(json_object_get(step, "area"));

    if (!decimal_parse(json_string_value(json_object_get(step, "price")), 12, G_MAXINT64, &price)
        || (area_text != NULL && !decimal_parse(area_text, 2, G_MAXINT64, &area)))
        return FALSE;
    *num = (Wide) price * area * json_integer_value(json_object_get(step, "num"));
    *den = json_integer_value(json_object_get(step, "den"));
    return TRUE;
}

/* Sum of price x area x num / den over all parts, rounded once to fen; -1 if the steps are not of that kind. */
static gint64
recompute(const json_t *steps)
{
    /* A common multiple of every denominator: 28 29 30 31, 12, 360, 365. */
    static const gint64 common = G_GINT64_CONSTANT(27563340) * 12;
    Wide sum = 0;
    gboolean any = FALSE;
    const json_t *step;
    gsize at;

    json_array_foreach((json_t *) steps, at, step)
    {
        const char *op = json_string_value(json_object_get(step, "op"));
        Wide num = 0;
        gint64 den = 1;
        if (strcmp(op, "daily_rate") == 0)
            return -1;
        if (strcmp(op, "part") != 0)
            continue;
        if (!step_fraction(step, &num, &den) || den == 0 || common % den != 0)
            return -1;
        sum += num / den * common + num % den * (common / den);
        any = TRUE;
    }
    return any ? wide_div_half_away(sum, (Wide) common * G_GINT64_CONSTANT(1000000000000)) : -1;
}

static gboolean
law_working_rechecks(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = build(set);

    for (guint i = 0; schedule != NULL && i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        const ChargeTerm *term = set->terms->pdata[line->term];
        json_t *steps = json_loads(line->working, 0, NULL);
        gint64 amount;
        gint64 again = 0;
        if (steps == NULL)
            return broken(why, "line %u: the working is no JSON", i);
        if (line->kind == LINE_BILLED && term->rounding == ROUNDING_TOTAL) {
            amount = term->tax_included ? line->gross_fen : line->net_fen;
            again = recompute(steps);
            if (again < 0)
                again = amount;
            if (again != amount) {
                json_decref(steps);
                return broken(why,
                              "line %u: the working gives %" G_GINT64_FORMAT
                              " fen, the line %" G_GINT64_FORMAT,
                              i, again, amount);
            }
        }
        json_decref(steps);
    }
    return TRUE;
}

/* ---- an independent reckoning: day by day ---- */

static gboolean
is_plain_monthly(const ChargeTerm *term)
{
    return term->model == TERM_FIXED && term->basis == BASIS_PER_M2_MONTH && term->steps->len == 0
           && term->index.table == NULL
           && term->proration == PRORATION_ACTUAL_DAYS && term->rounding == ROUNDING_TOTAL
           && term->billing == BILLING_CALENDAR_MONTH;
}

/* Sum of the newest area of each unit that the term is about. */
static gint64
area_of_day(const TermSet *set, const ChargeTerm *term, Day day)
{
    static const char *const units[] = { NULL, "1F-001", "1F-002" };
    gint64 sum = 0;

    for (gsize u = 0; u < G_N_ELEMENTS(units); u++) {
        gint64 area = 0;
        for (guint i = 0; i < set->areas->len; i++) {
            const TermArea *dated = &g_array_index(set->areas, TermArea, i);
            if (dated->from <= day && g_strcmp0(dated->unit, units[u]) == 0)
                area = dated->area_dm2;
        }
        if (term->unit == NULL || g_strcmp0(term->unit, units[u]) == 0)
            sum += area;
    }
    return sum;
}

/* Price of the days of a term in 1/10000 fen: every day is one part of its own month's price. */
static gint64
reckon_by_days(const TermSet *set, const ChargeTerm *term)
{
    gint64 sum_e4 = 0;

    for (Day day = MAX(term->from, set->from); day <= MIN(term->to, set->to); day++) {
        Ymd ymd = day_to_ymd(day);
        gint64 area = area_of_day(set, term, day);
        if (!is_free_day(term, day))
            sum_e4 +=
                muldiv_half_away(term->price_e4, area, day_days_in_month(ymd.year, ymd.month));
    }
    return sum_e4;
}

static gboolean
law_day_by_day(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = build(set);

    for (guint t = 0; schedule != NULL && t < set->terms->len; t++) {
        const ChargeTerm *term = set->terms->pdata[t];
        gint64 charged = 0;
        gint64 lines = 0;
        gint64 reckoned_e4;
        if (!is_plain_monthly(term))
            continue;
        for (guint i = 0; i < schedule->lines->len; i++) {
            const ScheduleLine *line = schedule->lines->pdata[i];
            if (line->term != (int) t)
                continue;
            charged += term->tax_included ? line->gross_fen : line->net_fen;
            lines++;
        }
        reckoned_e4 = reckon_by_days(set, term);
        if (ABS(charged * 10000 - reckoned_e4) > lines * 5000 + 2000) {
            return broken(
                why, "term %u: %" G_GINT64_FORMAT " fen, day by day %" G_GINT64_FORMAT "/10000", t,
                charged, reckoned_e4);
        }
    }
    return TRUE;
}

static const struct {
    const char *name;
    gboolean (*holds)(const TermSet *set, char *why);
} laws[] = {
    { "each-day-of-a-term-is-in-exactly-one-line", law_each_day_once },
    { "cutting-a-term-in-two-changes-no-more-than-a-broken-month", law_cutting_in_two },
    { "running-twice-gives-the-same-lines", law_twice_the_same },
    { "a-later-end-keeps-the-earlier-lines", law_later_end_keeps_lines },
    { "a-window-is-part-of-the-whole", law_window_is_part_of_whole },
    { "net-plus-tax-is-gross-and-bills-foot", law_lines_foot },
    { "a-line-never-hides-two-prices-or-free-days", law_nothing_hidden },
    { "differences-of-a-back-dated-change-add-up", law_back_dated_change },
    { "straight-line-income-equals-the-payments", law_straight_line },
    { "the-working-can-be-rechecked", law_working_rechecks },
    { "rent-by-the-month-agrees-day-by-day", law_day_by_day },
};

static void
report(TermSet *failing_take, gsize law, guint32 seed)
{
    TermSet *small = shrink(failing_take, laws[law].holds);
    g_autofree char *json = contract_json(small);
    char why[MESSAGE_SIZE] = "";

    laws[law].holds(small, why);
    term_set_free(small);
    g_test_message("LANTING_SEED=%u LANTING_PROPERTY_RUNS=1 repeats it", seed);
    g_test_message("%s", json);
    g_error("%s: %s", laws[law].name, why);
}

static guint64
from_environment(const char *name, guint64 preset)
{
    const char *text = g_getenv(name);
    guint64 value = preset;

    if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &value, NULL))
        g_error("%s is no number: %s", name, text);
    return value;
}

static guint32 first_seed;
static guint64 runs;

static void
check_law(gconstpointer data)
{
    gsize law = GPOINTER_TO_SIZE(data);
    guint64 possible = 0;

    for (guint64 i = 0; i < runs; i++) {
        guint32 seed = first_seed + (guint32) i;
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(TermSet) set = random_set(rand);
        char why[MESSAGE_SIZE];
        if (!term_set_check(set, NULL))
            continue;
        possible++;
        if (!laws[law].holds(set, why))
            report(g_steal_pointer(&set), law, seed);
    }
    g_assert_cmpuint(possible, >, runs / 2);
    g_test_message("seed %u, %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " contracts", first_seed,
                   possible, runs);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    first_seed = (guint32) from_environment("LANTING_SEED", g_random_int());
    runs = from_environment("LANTING_PROPERTY_RUNS", DEFAULT_RUNS);
    g_test_message("LANTING_SEED=%u LANTING_PROPERTY_RUNS=%" G_GUINT64_FORMAT, first_seed, runs);
    for (gsize i = 0; i < G_N_ELEMENTS(laws); i++) {
        g_autofree char *path = g_strconcat("/laws/", laws[i].name, NULL);
        g_test_add_data_func(path, GSIZE_TO_POINTER(i), check_law);
    }
    return g_test_run();
}
