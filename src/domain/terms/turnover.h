/* turnover.h - rent on sales for one settlement period: percentages, tiers, breakpoints, limits.
 * Not for cutting a term into periods: that is schedule_build(). Start at turnover_rent().
 * Source: docs/domain/lease-terms.md, "Turnover rent". */
#pragma once
#include "base/json_out.h"
#include "domain/terms/terms.h"

/* How a period that is no whole settlement period is treated: limits x limit, result x result. At most one
 * of the two differs from 1/1. */
typedef struct {
    gint64 limit_num, limit_den;
    gint64 result_num, result_den;
} TurnoverScale;
#define TURNOVER_WHOLE ((TurnoverScale){ 1, 1, 1, 1 })

typedef struct {
    gint64 sales_fen;      /* that count: the larger of sales and deemed sales */
    gint64 rate_ppm;       /* of the band reached, or the single percentage */
    gint64 breakpoint_fen; /* where the percentage begins to bite; 0 without one */
    gint64 percentage_fen; /* percentage rent by itself */
    gint64 computed_fen;   /* with the base as the model says, before minimum and maximum */
    gint64 rent_fen;       /* what is due for the period in all */
} TurnoverRent;

/* Rent of one period on @sales_fen, @base_fen being the fixed rent of the same days. Units: fen. Rounds the
 * percentage rent once, half away from zero. Never fails for a checked clause. */
TurnoverRent turnover_rent(const TermTurnover *turnover, TermModel model, gint64 base_fen,
                           gint64 sales_fen, TurnoverScale scale);

/* Writes the steps of turnover_rent() as working objects into the open array @out. */
void turnover_working(JsonOut *out, const TermTurnover *turnover, TermModel model, gint64 base_fen,
                      TurnoverScale scale, const TurnoverRent *rent);
