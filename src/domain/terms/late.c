#include "domain/terms/late.h"

void
late_fee_clear(LateFee *fee)
{
    g_clear_pointer(&fee->steps, g_array_unref);
}

/* Principal that is still unpaid at the start of @day. */
static gint64
unpaid_on(gint64 principal_fen, Day day, const LatePayment *payments, gsize n_payments)
{
    gint64 unpaid = principal_fen;

    for (gsize i = 0; i < n_payments; i++) {
        if (payments[i].on < day)
            unpaid -= payments[i].amount_fen;
    }
    return MAX(0, unpaid);
}

/* The day after the next payment from @day on, or after @until. */
static Day
stretch_end(Day day, Day until, const LatePayment *payments, gsize n_payments)
{
    Day end = until;

    for (gsize i = 0; i < n_payments; i++) {
        if (payments[i].on >= day && payments[i].on < end)
            end = payments[i].on;
    }
    return end;
}

static gint64
fee_half_away(Wide principal_days, gint64 percent_per_day_ppm)
{
    return wide_div_half_away(principal_days * percent_per_day_ppm, RATE_ONE_PPM);
}

LateFee
late_fee(const TermLate *terms, gint64 principal_fen, Day due_on, Day until,
         const LatePayment *payments, gsize n_payments)
{
    LateFee fee = { .steps = g_array_new(FALSE, TRUE, sizeof(LateStep)) };
    /* What is paid within the grace days carries no fee: those days are left out for that part. */
    Day grace_end = due_on + terms->grace_days;
    gint64 late_principal = unpaid_on(principal_fen, grace_end + 1, payments, n_payments);
    Wide principal_days = 0;
    gint64 cap = G_MAXINT64;

    if (until > grace_end) {
        for (Day day = due_on + 1; day <= until;) {
            Day end = stretch_end(day, until, payments, n_payments);
            gint64 unpaid =
                MIN(late_principal, unpaid_on(principal_fen, day, payments, n_payments));
            LateStep step = { day, end, unpaid, end - day + 1 };
            if (unpaid == 0)
                break;
            g_array_append_val(fee.steps, step);
            principal_days += (Wide) unpaid * step.days;
            fee.days += step.days;
            day = end + 1;
        }
    }
    fee.uncapped_fen = fee_half_away(principal_days, terms->percent_per_day_ppm);
    if (terms->cap_kind == CAP_PERCENT)
        cap = muldiv_half_away(principal_fen, terms->cap, RATE_ONE_PPM);
    else if (terms->cap_kind == CAP_AMOUNT)
        cap = terms->cap;
    fee.capped = fee.uncapped_fen > cap;
    fee.fee_fen = MIN(fee.uncapped_fen, cap);
    return fee;
}

gboolean
late_penalty_is_excessive(gint64 penalty_fen, gint64 loss_fen, gint64 *threshold_fen)
{
    *threshold_fen = muldiv_half_away(loss_fen, 130, 100);
    return penalty_fen > *threshold_fen;
}
