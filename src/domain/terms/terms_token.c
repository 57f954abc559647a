#include "domain/terms/terms_internal.h"
#include "domain/terms/terms_json.h"

const char *const term_model_tokens[] = { "fixed", "turnover", "greater_of", "base_plus_turnover",
                                          NULL };
const char *const term_basis_tokens[] = { "per_m2_day", "per_m2_month", "per_m2_year", "per_day",
                                          "per_month",  "per_year",     "once",        NULL };
const char *const term_year_days_tokens[] = { "actual", "365", "360", NULL };
const char *const term_month_price_tokens[] = { "days", "year_12", NULL };
const char *const term_billing_tokens[] = { "calendar_month", "anchored", NULL };
const char *const term_proration_tokens[] = { "actual_days", "thirty", "y365", "daily_unit", NULL };
const char *const term_rounding_tokens[] = { "round_total", "daily_rate_first", "floor_yuan",
                                             NULL };
const char *const term_settle_tokens[] = { "monthly",       "quarterly",  "half_year",
                                           "calendar_year", "lease_year", NULL };
const char *const term_partial_tokens[] = { "scale", "extend", NULL };
const char *const term_scale_tokens[] = { "whole", "slices", NULL };
const char *const term_step_round_tokens[] = { "none", "floor_yuan", NULL };
const char *const term_month_offset_tokens[] = { "previous", "same", "next", NULL };
const char *const term_holiday_tokens[] = { "none", "next_working", NULL };

const char *
basis_unit(TermBasis basis, Lang lang)
{
    static const char *const units[][LANG__N] = {
        [BASIS_PER_M2_DAY] = { "元/㎡/天", "yuan/m²/day" },
        [BASIS_PER_M2_MONTH] = { "元/㎡/月", "yuan/m²/month" },
        [BASIS_PER_M2_YEAR] = { "元/㎡/年", "yuan/m²/year" },
        [BASIS_PER_DAY] = { "元/天", "yuan/day" },
        [BASIS_PER_MONTH] = { "元/月", "yuan/month" },
        [BASIS_PER_YEAR] = { "元/年", "yuan/year" },
        [BASIS_ONCE] = { "元", "yuan" },
    };

    return units[basis][lang];
}

const char *
schedule_line_kind_token(ScheduleLineKind kind)
{
    static const char *const tokens[] = {
        [LINE_BILLED] = "billed",           [LINE_FREE] = "free",
        [LINE_PROVISIONAL] = "provisional", [LINE_SETTLEMENT] = "settlement",
        [LINE_AWAITING] = "awaiting_sales", [LINE_ADJUSTMENT] = "adjustment",
    };

    return tokens[kind];
}
