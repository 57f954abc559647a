/* calc.h - the calculators: JSON in, JSON out, each a thin face over the function that the product itself
 * uses. So anyone can check a clause from the shell: lanting calc KIND < input.json. */
#pragma once
#include "base/error.h"
#include "domain/terms/workday.h"

/* Runs calculator @kind (schedule, turnover, late-fee, tax, stamp-duty, share, deposit, straight-line,
 * settlement, ageing, wale, expiry, occupancy, collection, concentration, occupancy-cost, words, check).
 * @json_out: transfer full. Errors: INVALID with one field per fault; unknown kinds are NOT_FOUND. */
gboolean calc_run(const char *kind, const char *json_in, char **json_out, GError **error);
/* The same, with the holidays that due days of schedules shall respect; calc_run() knows weekends only. */
gboolean calc_run_with_calendar(const char *kind, const char *json_in, const WorkCalendar *calendar,
                                char **json_out, GError **error);
/* NULL-terminated list of all kinds. Static. */
const char *const *calc_kinds(void);
