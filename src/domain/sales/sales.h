/* sales.h - what merchants sold, by whom it was reported, checked and accepted; and published index values. Amounts are fen.
 * Not for the rent on sales: that is domain/terms, fed through lease_term_set(). Start at sales_report_module. */
#pragma once
#include "domain/lease/lease.h"

extern const EntityModule sales_report_module, index_value_module;

/* The daily reports of a lease in the month of @day, added up to one declared report of the month: what the till counted becomes
 * what rent is settled on. Errors: CONFLICT "sales_report.no_days", "sales_report.days_missing" naming the first day without a report.
 * Returns the report's id, 0 on error. */
gint64 sales_sum_days(Ctx *ctx, gint64 lease_id, Day day, GError **error);

/* Daily, after the cut-off day of the month (setting "sales_cutoff_day", the 5th): leases with rent on sales whose last three months
 * have no report get one that is missing, which stands in the to-do list of those who look after the unit. The base is billed meanwhile
 * and trued up later. @raised may be NULL. */
gboolean sales_daily(Ctx *ctx, guint *raised, GError **error);
