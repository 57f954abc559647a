#include "domain/terms/lease_money.h"

gint64
deposit_by_months(gint64 monthly_fen, gint64 months_e4)
{
    return muldiv_half_away(monthly_fen, months_e4, 10000);
}

Earnest
earnest_money(gint64 paid_fen, gint64 contract_fen)
{
    gint64 limit = muldiv_half_away(contract_fen, 20, 100);
    Earnest earnest = { .effective_fen = MIN(paid_fen, limit) };

    earnest.excess_fen = paid_fen - earnest.effective_fen;
    earnest.forfeit_if_payer_defaults_fen = earnest.effective_fen;
    earnest.refund_if_receiver_defaults_fen = 2 * earnest.effective_fen + earnest.excess_fen;
    return earnest;
}

gint64
stamp_duty(gint64 base_fen, gint64 rate_ppm)
{
    return muldiv_half_away(base_fen, rate_ppm, RATE_ONE_PPM);
}

gint64
cost_share(gint64 pool_fen, gint64 own_dm2, gint64 total_dm2)
{
    return muldiv_half_away(pool_fen, own_dm2, total_dm2);
}

gint64
meter_use_e4(gint64 last_e4, gint64 this_e4, gint64 rollover_e4, gint64 multiplier_e4)
{
    gint64 steps = this_e4 - last_e4;

    if (steps < 0 && rollover_e4 > 0)
        steps += rollover_e4;
    return muldiv_half_away(steps, multiplier_e4, 10000);
}

gint64
meter_charge(gint64 use_e4, gint64 price_e4)
{
    /* 1/10000 unit x 1/10000 yuan = 10^-8 yuan = 10^-6 fen */
    return muldiv_half_away(use_e4, price_e4, 1000000);
}

gint64
meter_charge_with_loss(gint64 use_e4, gint64 loss_ppm, gint64 price_e4)
{
    return wide_div_half_away((Wide) use_e4 * (RATE_ONE_PPM + loss_ppm) * price_e4, (Wide) RATE_ONE_PPM * 1000000);
}

gint64
meter_use_part(gint64 use_e4, gint64 done, gint64 days, gint64 all)
{
    return muldiv_half_away(use_e4, done + days, all) - muldiv_half_away(use_e4, done, all);
}

void
cost_shares(gint64 pool_fen, const gint64 *weights, gsize n, gint64 *shares_fen)
{
    gint64 total = 0, rest_fen = pool_fen;
    gsize largest = 0;

    for (gsize i = 0; i < n; i++) {
        total += weights[i];
        if (weights[i] > weights[largest])
            largest = i;
    }
    for (gsize i = 0; i < n; i++) {
        shares_fen[i] = cost_share(pool_fen, weights[i], total);
        rest_fen -= shares_fen[i];
    }
    if (n)
        shares_fen[largest] += rest_fen;
}

gint64
occupation_fee(gint64 monthly_fen, gint64 percent_ppm, gint64 days)
{
    return wide_div_half_away((Wide) monthly_fen * percent_ppm * days, (Wide) 30 * RATE_ONE_PPM);
}

MoveOut
move_out_balance(gint64 credits_fen, gint64 deductions_fen)
{
    MoveOut out = { .credits_fen = credits_fen, .deductions_fen = deductions_fen };

    out.refund_fen = MAX(0, credits_fen - deductions_fen);
    out.owed_fen = MAX(0, deductions_fen - credits_fen);
    return out;
}
