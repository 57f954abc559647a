/* How days are cut: nominal months, billed cycles, settlement periods, and when a bill is due. */
#include "domain/terms/terms_internal.h"

Day
term_month_start(const ChargeTerm *term, Day day)
{
    Ymd ymd = day_to_ymd(day);
    Day start;

    if (term->billing == BILLING_CALENDAR_MONTH)
        return day_month_start(day);
    start = day_from_ymd_clamped(ymd.year, ymd.month, term->anchor_day);
    return start <= day ? start : day_add_months_anchored(start, -1, term->anchor_day);
}

Day
term_month_next(const ChargeTerm *term, Day start)
{
    int anchor = term->billing == BILLING_ANCHORED ? term->anchor_day : 1;

    return day_add_months_anchored(start, 1, anchor);
}

void
term_cycle(const ChargeTerm *term, Day day, Day *from, Day *to)
{
    int anchor = term->billing == BILLING_ANCHORED ? term->anchor_day : 1;
    Day first = term_month_start(term, term->from);
    int index;

    if (term->cycle_months == 0 || term->basis == BASIS_ONCE) {
        *from = term->from;
        *to = term->to;
        return;
    }
    index = day_months_between(first, term_month_start(term, day)) / term->cycle_months;
    *from = day_add_months_anchored(first, index * term->cycle_months, anchor);
    *to = day_add_months_anchored(first, (index + 1) * term->cycle_months, anchor) - 1;
    *from = MAX(*from, term->from);
    *to = MIN(*to, term->to);
}

int
term_settle_months(TermSettle settle)
{
    switch (settle) {
    case SETTLE_MONTHLY:
        return 1;
    case SETTLE_QUARTERLY:
        return 3;
    case SETTLE_HALF_YEAR:
        return 6;
    case SETTLE_CALENDAR_YEAR:
    case SETTLE_LEASE_YEAR:
        return 12;
    }
    g_return_val_if_reached(12);
}

void
term_settle_period(const ChargeTerm *term, Day day, Day *from, Day *to)
{
    int months = term_settle_months(term->settle);
    Ymd ymd = day_to_ymd(day);

    if (term->settle != SETTLE_LEASE_YEAR) {
        int month = (ymd.month - 1) / months * months + 1;
        *from = day_from_ymd(ymd.year, month, 1);
        *to = day_add_months_anchored(*from, months, 1) - 1;
        return;
    }
    int anchor = day_to_ymd(term->from).day;
    int years = ymd.year - day_to_ymd(term->from).year;
    if (day_add_months_anchored(term->from, years * 12, anchor) > day)
        years--;
    *from = day_add_months_anchored(term->from, years * 12, anchor);
    *to = day_add_months_anchored(term->from, (years + 1) * 12, anchor) - 1;
}

gboolean
term_is_free(const ChargeTerm *term, Day day)
{
    Ymd ymd;
    int md;

    if (term->free->len == 0)
        return FALSE;
    ymd = day_to_ymd(day);
    md = ymd.month * 100 + ymd.day;
    for (guint i = 0; i < term->free->len; i++) {
        const TermFree *f = &g_array_index(term->free, TermFree, i);
        gboolean hit;
        if (!f->yearly)
            hit = day >= f->from && day <= f->to;
        else if (f->from_md <= f->to_md)
            hit = md >= f->from_md && md <= f->to_md;
        else
            hit = md >= f->from_md || md <= f->to_md;
        if (hit)
            return TRUE;
    }
    return FALSE;
}

gint64
term_tax_rate(const ChargeTerm *term, Day day)
{
    gint64 rate = 0;

    for (guint i = 0; i < term->tax->len; i++) {
        const TermTax *tax = &g_array_index(term->tax, TermTax, i);
        if (tax->from <= day)
            rate = tax->rate_ppm;
    }
    return rate;
}

Day
term_due_on(const TermDue *due, Day first, const WorkCalendar *calendar)
{
    Day day = first;

    switch (due->kind) {
    case DUE_DAYS_BEFORE:
        day = first - due->days;
        break;
    case DUE_DAYS_AFTER:
        day = first + due->days;
        break;
    case DUE_DAY_OF_MONTH:
        day = day_add_months_anchored(day_month_start(first), due->month_offset, due->day);
        break;
    }
    return due->next_working ? work_calendar_next_working(calendar, day) : day;
}
