/* straight_line.h - income of an operating lease spread evenly over its term, free months included.
 * Amounts are without VAT. Source: docs/domain/lease-terms.md, "Straight-line income". */
#pragma once
#include "domain/terms/terms.h"

typedef struct {
    Day on; /* the day it is billed */
    gint64 amount_fen;
} StraightPayment;

typedef struct {
    Day from, to;
    gint64 income_fen;
    gint64 billed_fen;
    gint64 accrued_fen; /* income so far less billed so far; 0 at the end of the term */
} StraightPeriod;

typedef enum { STRAIGHT_BY_MONTH, STRAIGHT_BY_DAY } StraightBy;

/* Spreads the sum of @payments over @from..@to. By month: periods are lease months (anniversaries of
 * @from), each whole one weighs the same, a broken last one by its days. By day: periods are calendar
 * months, each day weighs the same. Payments before or after the term count in the first or last period.
 * Each boundary is rounded, not each period, so that the periods add up exactly. transfer full: GArray. */
GArray *straight_line(Day from, Day to, StraightBy by, const StraightPayment *payments,
                      gsize n_payments);
/* The fixed, net amounts of a schedule as payments on the first day of their lines. transfer full. */
GArray *straight_payments_of(const Schedule *schedule);
