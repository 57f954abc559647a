#include "domain/terms/straight_line.h"

static Day
period_end(Day from, Day start, guint index, StraightBy by)
{
    if (by == STRAIGHT_BY_DAY)
        return day_month_end(start);
    return day_add_months(from, (int) index + 1) - 1;
}

static gint64
boundary_half_away(gint64 total_fen, Wide num, Wide den)
{
    return wide_div_half_away(total_fen * num, den);
}

/* Weight of the term up to the end of period @index, over the weight of the whole term. */
static void
weight_through(const GArray *periods, Day from, guint index, StraightBy by, Wide *num, Wide *den)
{
    const StraightPeriod *last = &g_array_index(periods, StraightPeriod, periods->len - 1);
    const StraightPeriod *p = &g_array_index(periods, StraightPeriod, index);
    Day whole_end;
    Wide whole;
    Wide broken;

    if (by == STRAIGHT_BY_DAY) {
        *num = p->to - from + 1;
        *den = last->to - from + 1;
        return;
    }
    whole_end = day_add_months(from, (int) periods->len) - 1;
    whole = whole_end - last->from + 1;
    broken = last->to - last->from + 1;
    *den = (Wide) (periods->len - 1) * whole + broken;
    *num = index + 1 == periods->len ? *den : (Wide) (index + 1) * whole;
}

static gint64
billed_between(Day first, Day last, const StraightPayment *payments, gsize n_payments,
               const Day term[2])
{
    gint64 sum = 0;

    for (gsize i = 0; i < n_payments; i++) {
        Day on = CLAMP(payments[i].on, term[0], term[1]);
        if (on >= first && on <= last)
            sum += payments[i].amount_fen;
    }
    return sum;
}

static GArray *
cut_periods(Day from, Day to, StraightBy by)
{
    GArray *periods = g_array_new(FALSE, TRUE, sizeof(StraightPeriod));

    for (Day start = from; start <= to;) {
        StraightPeriod period = { .from = start };
        period.to = MIN(to, period_end(from, start, periods->len, by));
        g_array_append_val(periods, period);
        start = period.to + 1;
    }
    return periods;
}

GArray *
straight_line(Day from, Day to, StraightBy by, const StraightPayment *payments, gsize n_payments)
{
    GArray *periods = cut_periods(from, to, by);
    const Day term[2] = { from, to };
    gint64 total = 0;
    gint64 recognised = 0;
    gint64 accrued = 0;

    g_return_val_if_fail(from <= to, periods);
    for (gsize i = 0; i < n_payments; i++)
        total += payments[i].amount_fen;
    for (guint i = 0; i < periods->len; i++) {
        StraightPeriod *period = &g_array_index(periods, StraightPeriod, i);
        Wide num;
        Wide den;
        gint64 through;
        weight_through(periods, from, i, by, &num, &den);
        through = boundary_half_away(total, num, den);
        period->income_fen = through - recognised;
        recognised = through;
        period->billed_fen = billed_between(period->from, period->to, payments, n_payments, term);
        accrued += period->income_fen - period->billed_fen;
        period->accrued_fen = accrued;
    }
    return periods;
}

GArray *
straight_payments_of(const Schedule *schedule)
{
    GArray *payments = g_array_new(FALSE, TRUE, sizeof(StraightPayment));

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        StraightPayment payment = { line->from, line->net_fen };
        /* Rent on sales is income when it is earned, outside the straight line. */
        if (line->kind == LINE_BILLED)
            g_array_append_val(payments, payment);
    }
    return payments;
}
