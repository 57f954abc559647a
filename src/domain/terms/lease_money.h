/* lease_money.h - the other sums of a lease: deposits and their legal kinds, stamp duty, cost shares,
 * meter readings, the statement at moving out. Source: docs/domain/lease-terms.md. */
#pragma once
#include "base/money.h"

#include <glib.h>

/* What a sum paid in advance is in law; it decides what happens when somebody defaults. */
typedef enum {
    ADVANCE_EARNEST,   /* 定金 */
    ADVANCE_INTENT,    /* 订金/意向金 */
    ADVANCE_SINCERITY, /* 诚意金 */
    ADVANCE_BOND,      /* 履约保证金 */
    ADVANCE_DEPOSIT,   /* 押金 */
    ADVANCE_PREPAID    /* 预付租金 */
} AdvanceKind;

/* Deposit of @months_e4 (1/10000 month) months of @monthly_fen. Rounds half away from zero. */
gint64 deposit_by_months(gint64 monthly_fen, gint64 months_e4);

typedef struct {
    gint64 effective_fen; /* at most 20 % of the contract amount */
    gint64 excess_fen;    /* paid, but without the effect of 定金 */
    gint64 forfeit_if_payer_defaults_fen;
    gint64 refund_if_receiver_defaults_fen; /* twice the effective part, and the excess */
} Earnest;
/* Source: Civil Code art. 586-587. */
Earnest earnest_money(gint64 paid_fen, gint64 contract_fen);

/* Stamp duty on @base_fen (without separately stated VAT) at @rate_ppm; leases 1 per mille = 1000 ppm.
 * Rounds half away from zero. Source: Stamp Duty Law art. 4-10. */
gint64 stamp_duty(gint64 base_fen, gint64 rate_ppm);

/* pool x own / total, rounded half away from zero; total > 0. Areas in 1/100 m2. */
gint64 cost_share(gint64 pool_fen, gint64 own_dm2, gint64 total_dm2);

/* Use between two readings in 1/10000 units; @rollover_e4 is the value at which the dial starts anew, or 0. */
gint64 meter_use_e4(gint64 last_e4, gint64 this_e4, gint64 rollover_e4, gint64 multiplier_e4);
/* Charge for a use at a unit price, rounded half away from zero. */
gint64 meter_charge(gint64 use_e4, gint64 price_e4);
/* The same with a share of the losses of the lines added to the use: use x (1 + loss) x price, rounded once, half away from zero. */
gint64 meter_charge_with_loss(gint64 use_e4, gint64 loss_ppm, gint64 price_e4);
/* The part of @use_e4 that falls on days @done..@done + @days of @all days: parts of following stretches add up to the use. */
gint64 meter_use_part(gint64 use_e4, gint64 done, gint64 days, gint64 all);

/* Splits a pool by weights (area x days, percent x days), each share as cost_share(); what rounding leaves over or lacks goes to the largest
 * weight, the first among equals, so that the shares add up to the pool exactly. Sum of weights > 0. */
void cost_shares(gint64 pool_fen, const gint64 *weights, gsize n, gint64 *shares_fen);

/* Fee for overstaying: 1/30 of the monthly rent a day, times the agreed percent; rounded once, half away from zero. Source: docs/domain/lease-terms.md. */
gint64 occupation_fee(gint64 monthly_fen, gint64 percent_ppm, gint64 days);

typedef struct {
    gint64 credits_fen;    /* deposits, prepaid rent, compensation */
    gint64 deductions_fen; /* unpaid, late fees, utilities, damage, penalty */
    gint64 refund_fen;     /* one of the two is 0 */
    gint64 owed_fen;
} MoveOut;
MoveOut move_out_balance(gint64 credits_fen, gint64 deductions_fen);
