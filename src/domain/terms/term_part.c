/* How much of a month a stretch of days is, and what it costs: the proration rules.
 * Source: docs/domain/lease-terms.md, "Broken months". */
#include "domain/terms/terms_internal.h"

#include <string.h>

/* The days of one nominal month as one line sees them. */
typedef struct {
    gint64 month_days;      /* of the nominal month */
    gint64 charged;         /* of those, charged at all by the term */
    gint64 before, through; /* charged before the line begins, and through its last day */
    gint64 leap;            /* 1 if 29 February is in the month */
    gint64 leap_before, leap_through;
    gint64 year_days; /* of the year in which the month begins */
} MonthView;

static gboolean
is_leap_day(Day day)
{
    Ymd ymd = day_to_ymd(day);

    return ymd.month == 2 && ymd.day == 29;
}

/* 29 February of the month @from..@to, or DAY_NONE. Months from any anchor day touch at most one February's end. */
static Day
leap_day_in(Day from, Day to)
{
    Ymd ymd = day_to_ymd(to);
    Day leap = DAY_NONE;

    if (day_days_in_month(ymd.year, 2) == 29)
        leap = day_from_ymd(ymd.year, 2, 29);
    return leap != DAY_NONE && leap >= from && leap <= to ? leap : DAY_NONE;
}

/* Days of @from..@to up to and including @last. */
static gint64
days_through(Day from, Day to, Day last)
{
    return MAX(0, MIN(to, last) - from + 1);
}

/* Without free days everything follows from the ends of month, range and line. */
static MonthView
look_at_plain_month(Day start, Day end, Day range[2], Day line[2])
{
    MonthView view = { .month_days = end - start + 1 };
    Day from = MAX(start, range[0]);
    Day to = MIN(end, range[1]);
    Day leap = leap_day_in(start, end);

    view.year_days = day_days_in_year(day_to_ymd(start).year);
    view.charged = days_through(from, to, to);
    view.before = days_through(from, to, line[0] - 1);
    view.through = days_through(from, to, line[1]);
    if (leap == DAY_NONE)
        return view;
    view.leap = 1;
    view.leap_before = leap >= from && leap <= to && leap < line[0] ? 1 : 0;
    view.leap_through = leap >= from && leap <= to && leap <= line[1] ? 1 : 0;
    return view;
}

/* FALSE only if no day of @from..@to is free. */
static gboolean
has_free_days(const ChargeTerm *term, Day from, Day to)
{
    for (guint i = 0; i < term->free->len; i++) {
        const TermFree *f = &g_array_index(term->free, TermFree, i);
        if (f->yearly || (f->from <= to && f->to >= from))
            return TRUE;
    }
    return FALSE;
}

static MonthView
look_at_month(const ChargeTerm *term, Day start, Day range[2], Day line[2])
{
    Day end = term_month_next(term, start) - 1;
    MonthView view = { .month_days = end - start + 1 };

    if (!has_free_days(term, start, end))
        return look_at_plain_month(start, end, range, line);
    view.year_days = day_days_in_year(day_to_ymd(start).year);
    for (Day day = start; day <= end; day++) {
        gint64 leap = is_leap_day(day) ? 1 : 0;
        view.leap += leap;
        if (day < range[0] || day > range[1] || term_is_free(term, day))
            continue;
        view.charged++;
        if (day < line[0]) {
            view.before++;
            view.leap_before += leap;
        }
        if (day <= line[1]) {
            view.through++;
            view.leap_through += leap;
        }
    }
    return view;
}

/* One whole month in units of the price. */
static void
month_factor(const ChargeTerm *term, const MonthView *view, gint64 *num, gint64 *den)
{
    *num = 1;
    *den = 1;
    if (basis_is_yearly(term->basis)) {
        *den = 12;
    } else if (basis_is_daily(term->basis) && term->month_price == MONTH_YEAR_12) {
        *num = term->year_days == YEAR_365   ? 365
               : term->year_days == YEAR_360 ? 360
                                             : view->year_days;
        *den = 12;
    } else if (basis_is_daily(term->basis)) {
        *num = term->year_days == YEAR_360   ? 30
               : term->year_days == YEAR_365 ? view->month_days - view->leap
                                             : view->month_days;
    }
}

/* Steps of a convention used up by the first @k charged days. A month that is charged in full always
 * comes to @whole, and whatever line holds its last day takes the rest: so a price step inside a
 * whole month never changes what the month is worth. */
static gint64
used_steps(const MonthView *view, gint64 k, gint64 per_day, gint64 whole)
{
    if (k == view->charged && view->charged == view->month_days)
        return whole;
    return MIN(k * per_day, whole);
}

static gint64
counted_days(const ChargeTerm *term, gint64 k, gint64 leap)
{
    if (term->year_days == YEAR_365)
        return k - leap;
    return term->year_days == YEAR_360 ? MIN(k, 30) : k;
}

/* daily_unit: the price by the day times the days that count. */
static TermPart
daily_part(const ChargeTerm *term, const MonthView *view, const TermPart *month)
{
    gint64 before = counted_days(term, view->before, view->leap_before);
    gint64 through = counted_days(term, view->through, view->leap_through);
    gboolean ends_whole = view->through == view->charged && view->charged == view->month_days;
    TermPart part = { .kind = PART_DAYS, .factor_num = 1, .factor_den = 1, .den = 1 };

    part.rate_num = 1;
    part.rate_den = 1;
    part.num = through - before;
    part.days = part.num;
    if (!ends_whole)
        return part;
    if (month->factor_den == 1) {
        part.num = month->factor_num - before;
        part.days = part.num;
        return part;
    }
    /* The rest of a twelfth of a year after some days: in twelfths of a day. */
    part.kind = PART_BROKEN;
    part.num = month->factor_num - 12 * before;
    part.den = 12;
    part.days = 0;
    return part;
}

static TermPart
broken_part(const ChargeTerm *term, const MonthView *view, const TermPart *month)
{
    TermPart part = *month;

    part.kind = PART_BROKEN;
    switch (term->proration) {
    case PRORATION_DAILY_UNIT:
        return daily_part(term, view, month);
    case PRORATION_ACTUAL_DAYS:
        part.num = view->through - view->before;
        part.den = view->month_days;
        part.days = part.num;
        part.rate_num = 1;
        part.rate_den = part.den;
        if (basis_is_daily(term->basis) && part.factor_den == 1 && part.factor_num == part.den) {
            part.kind = PART_DAYS; /* 31 daily prices x 12/31 are 12 daily prices */
            part.factor_num = part.den = part.rate_den = 1;
        }
        break;
    case PRORATION_THIRTY:
        part.den = 30;
        part.num = used_steps(view, view->through, 1, 30) - used_steps(view, view->before, 1, 30);
        part.days = part.num;
        part.rate_num = 1;
        part.rate_den = 30;
        break;
    case PRORATION_Y365:
        part.den = 365;
        part.num =
            used_steps(view, view->through, 12, 365) - used_steps(view, view->before, 12, 365);
        part.days = view->through - view->before;
        part.rate_num = 12;
        part.rate_den = 365;
        break;
    }
    return part;
}

static TermPart
month_part(const ChargeTerm *term, Day start, Day range[2], Day line[2])
{
    MonthView view = look_at_month(term, start, range, line);
    TermPart month = { .kind = PART_MONTHS, .num = 1, .den = 1 };

    month_factor(term, &view, &month.factor_num, &month.factor_den);
    if (view.through - view.before < view.month_days)
        return broken_part(term, &view, &month);
    if (basis_is_daily(term->basis) && month.factor_den == 1) {
        month.kind = PART_DAYS;
        month.num = month.factor_num;
        month.factor_num = 1;
        month.days = month.num;
        month.rate_num = 1;
        month.rate_den = 1;
    }
    return month;
}

static void
append_part(GArray *parts, const TermPart *part)
{
    TermPart *last = parts->len > 0 ? &g_array_index(parts, TermPart, parts->len - 1) : NULL;

    if (part->num == 0 && parts->len > 0)
        return;
    if (last != NULL && part->kind != PART_BROKEN && last->kind == part->kind
        && last->factor_num == part->factor_num && last->factor_den == part->factor_den) {
        last->num += part->num;
        last->days += part->days;
        return;
    }
    if (last != NULL && last->num == 0)
        *last = *part;
    else
        g_array_append_val(parts, *part);
}

GArray *
term_parts(const ChargeTerm *term, Day first, Day last, Day from, Day to)
{
    GArray *parts = g_array_new(FALSE, TRUE, sizeof(TermPart));
    Day range[2] = { first, last };
    Day line[2] = { from, to };

    if (term->basis == BASIS_ONCE) {
        TermPart once = { PART_MONTHS, 1, 1, 1, 1, 0, 0, 0 };
        g_array_append_val(parts, once);
        return parts;
    }
    for (Day start = term_month_start(term, from); start <= to;
         start = term_month_next(term, start)) {
        TermPart part = month_part(term, start, range, line);
        append_part(parts, &part);
    }
    return parts;
}

char *
term_parts_quantity(const GArray *parts)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < parts->len; i++) {
        const TermPart *p = &g_array_index(parts, TermPart, i);
        if (i > 0)
            g_string_append(text, " + ");
        if (p->factor_num != 1 || p->factor_den != 1)
            g_string_append_printf(text, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT " × ",
                                   p->factor_num, p->factor_den);
        g_string_append_printf(text, "%" G_GINT64_FORMAT, p->num);
        if (p->den != 1)
            g_string_append_printf(text, "/%" G_GINT64_FORMAT, p->den);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static Wide
gcd(Wide a, Wide b)
{
    while (b != 0) {
        Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Fraction += num / den, kept in lowest terms. */
static void
fraction_add(Wide *num, Wide *den, Wide more_num, Wide more_den)
{
    Wide common;

    *num = *num * more_den + more_num * *den;
    *den = *den * more_den;
    common = gcd(*num, *den);
    if (common > 1) {
        *num /= common;
        *den /= common;
    }
}

/* price x area x num / den, in fen, rounded half away from zero. price x area stays below 10^27. */
static gint64
line_round_half_away(Wide price_e12, gint64 area_dm2, Wide num, Wide den)
{
    return wide_div_half_away(price_e12 * area_dm2 * num, den * (Wide) 1000000000000);
}

static gint64
line_floor_to_yuan(Wide price_e12, gint64 area_dm2, Wide num, Wide den)
{
    return 100 * wide_div_floor(price_e12 * area_dm2 * num, den * (Wide) 100000000000000);
}

gint64
term_round_line(const ChargeTerm *term, Wide price_e12, gint64 area_dm2, const GArray *parts)
{
    Wide num = 0;
    Wide den = 1;
    gint64 by_day = 0;

    for (guint i = 0; i < parts->len; i++) {
        const TermPart *p = &g_array_index(parts, TermPart, i);
        gboolean daily = term->rounding == ROUNDING_DAILY_RATE_FIRST && p->rate_den != 0
                         && (p->days != 0 || p->num == 0);
        if (daily) {
            gint64 rate =
                line_round_half_away(price_e12, area_dm2, (Wide) p->factor_num * p->rate_num,
                                     (Wide) p->factor_den * p->rate_den);
            by_day += p->days * rate;
        } else {
            fraction_add(&num, &den, (Wide) p->factor_num * p->num, (Wide) p->factor_den * p->den);
        }
    }
    if (term->rounding == ROUNDING_FLOOR_YUAN)
        return line_floor_to_yuan(price_e12, area_dm2, num, den);
    return by_day + line_round_half_away(price_e12, area_dm2, num, den);
}

gint64
term_part_value_e6(Wide price_e12, gint64 area_dm2, const TermPart *part)
{
    return wide_div_floor(price_e12 * area_dm2 * part->factor_num * part->num,
                          (Wide) part->factor_den * part->den * 100000000);
}
