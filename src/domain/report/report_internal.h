/* report_internal.h - the reports themselves. Only inside domain/report. */
#pragma once
#include "domain/report/report.h"

extern const ReportDef report_daily, report_channel, report_rent_roll, report_expiry, report_completeness;
