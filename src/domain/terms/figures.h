/* figures.h - the figures of reports as small pure functions: ratios, ageing, expiry, concentration.
 * Not for reading the rows: domain/report does that. Source: docs/domain/lease-terms.md, "Figures". */
#pragma once
#include "base/day.h"
#include "base/money.h"

/* 100 x part / whole as an integer of 10^-digits percent, rounded half away from zero; -1 if whole is 0. */
gint64 ratio_percent(gint64 part, gint64 whole, int digits);
/* The same as text, "98.40"; "" for a whole of 0. transfer full. */
char *ratio_percent_text(gint64 part, gint64 whole, int digits);

/* Age bands of receivables by days past the due day: not due, then up to each limit, then above. */
enum { AGE_LIMITS = 5, AGE_BANDS = 7 };
extern const int age_limits[AGE_LIMITS]; /* 30 60 90 180 365 */
/* "not_due", "1-30", ..., "over_365". Static. */
const char *age_band_token(guint band);
/* Band of an amount due on @due_on, seen at the end of @as_of. */
guint age_band(Day due_on, Day as_of);

/* Weighted average of @value by @weight, as an integer of 10^-digits. Values and weights are not negative. */
typedef struct {
    gint64 weight;
    gint64 value;
} Weighted;
gint64 weighted_average(const Weighted *rows, gsize n_rows, int value_digits, int digits);
/* Days from @as_of to @end_on, never below 0. */
gint64 remaining_days(Day end_on, Day as_of);
