/* report_internal.h - the reports themselves. Only inside domain/report. */
#pragma once
#include "domain/report/report.h"
#include "domain/terms/figures.h"

extern const ReportDef report_daily, report_channel, report_rent_roll, report_expiry, report_completeness;
extern const ReportDef report_occupancy, report_wale, report_mix, report_top, report_average_rent, report_spread;
extern const ReportDef report_ageing, report_receivable, report_turn, report_deposit, report_tax, report_receivable_plan;
extern const ReportDef report_collection, report_collection_charge;

/* Binds what the table is asked with to those of :property_id :day :from_on :to_on :month_from :month_to :year_from :age_30 … :age_365 :day_end_us :en that the
 * statement has. */
void report_bind(const Ctx *ctx, const ReportTable *table, DbStmt *stmt);
/* part ÷ whole as ppm, rounded half away to a hundredth of a percent, which is what reports show. @whole is not 0. */
gint64 report_percent(gint64 part, gint64 whole);
extern const ReportDef report_cash_book, report_trial_balance, report_month_end, report_straight_line;
