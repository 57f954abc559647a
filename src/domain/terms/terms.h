/* terms.h - charge terms: one clause of a contract is one ChargeTerm, and schedule_build() turns a set
 * of them into the list of charges. Pure: values in, values out; no database, no clock, no floating
 * point. Not for stored charges and their states (domain/billing). Start at schedule_build();
 * the JSON forms are in terms_json.h, the words are explained in docs/domain/lease-terms.md. */
#pragma once
#include "base/day.h"
#include "base/error.h"
#include "base/money.h"
#include "domain/terms/workday.h"

typedef enum {
    TERM_FIXED,             /* 固定租金 */
    TERM_TURNOVER,          /* 纯扣点 */
    TERM_GREATER_OF,        /* 两者取高 */
    TERM_BASE_PLUS_TURNOVER /* 保底+提成 */
} TermModel;

typedef enum {
    BASIS_PER_M2_DAY,
    BASIS_PER_M2_MONTH,
    BASIS_PER_M2_YEAR,
    BASIS_PER_DAY,
    BASIS_PER_MONTH,
    BASIS_PER_YEAR,
    BASIS_ONCE
} TermBasis;

/* For prices by the day: what a year is. 365 leaves 29 February free of charge, 360 makes each month 30. */
typedef enum { YEAR_ACTUAL, YEAR_365, YEAR_360 } TermYearDays;
/* For prices by the day: a month is its days, or a twelfth of the year. */
typedef enum { MONTH_DAYS, MONTH_YEAR_12 } TermMonthPrice;
typedef enum { BILLING_CALENDAR_MONTH, BILLING_ANCHORED } TermBilling;
typedef enum {
    PRORATION_ACTUAL_DAYS,
    PRORATION_THIRTY,
    PRORATION_Y365,
    PRORATION_DAILY_UNIT
} TermProration;
typedef enum { ROUNDING_TOTAL, ROUNDING_DAILY_RATE_FIRST, ROUNDING_FLOOR_YUAN } TermRounding;

/* Either a new price from a day (every_months = 0), or a rule that steps every so many months. */
typedef struct {
    Day from;            /* the day the price, or the first step of the rule, takes effect */
    gint64 price_e4;     /* table step: 1/10000 yuan */
    int every_months;    /* rule: 1..240; 0 for a table step */
    gboolean is_percent; /* rule: percent, else amount */
    gint64 percent_ppm;  /* may be negative (a falling rent) */
    gint64 amount_e4;
    gboolean compound;   /* each step on the one before, unrounded; else each on the first price */
    gboolean floor_yuan; /* the price that is charged is cut to the yuan */
} TermStep;

typedef struct {
    gboolean yearly;    /* uses the month and day members; may run over the new year */
    Day from, to;       /* both included */
    int from_md, to_md; /* 1231 for 31 December */
} TermFree;

typedef struct {
    Day from; /* DAY_MIN for "always" */
    gint64 rate_ppm;
} TermTax;

typedef enum { DUE_DAYS_BEFORE, DUE_DAY_OF_MONTH, DUE_DAYS_AFTER } TermDueKind;
typedef struct {
    TermDueKind kind;
    int days;         /* before or after the first day of the billed cycle */
    int day;          /* 1..31, clamped to the month's last */
    int month_offset; /* -1 previous, 0 same, 1 next, counted from the month of that first day */
    gboolean next_working; /* a due day that is no working day moves to the next one */
} TermDue;

typedef struct {
    gint64 above_fen; /* sales above this; the limit itself belongs to the band below */
    gint64 percent_ppm;
} TurnoverTier;

typedef enum { BREAKPOINT_NONE, BREAKPOINT_NATURAL, BREAKPOINT_AMOUNT } BreakpointKind;

/* All amounts are for one whole settlement period. */
typedef struct {
    gint64 percent_ppm; /* used when there are no tiers */
    GArray *tiers;      /* of TurnoverTier, ascending; NULL for a single percent */
    gboolean slices;    /* each slice at its own rate; else the rate reached applies to all */
    BreakpointKind breakpoint; /* percent only on sales over it */
    gint64 breakpoint_fen;
    gboolean has_minimum, has_maximum;
    gint64 minimum_fen, maximum_fen; /* of the rent of the period */
    gint64 deemed_sales_fen; /* 保底销售额: rent is on the larger of this and the sales; 0 none */
    gboolean sales_tax_included; /* which of the two sales figures counts, where both are known */
    char **exclusions;           /* what does not count as sales; stated; NULL if none */
} TermTurnover;

typedef enum {
    SETTLE_MONTHLY,
    SETTLE_QUARTERLY,
    SETTLE_HALF_YEAR,
    SETTLE_CALENDAR_YEAR,
    SETTLE_LEASE_YEAR
} TermSettle;
/* A settlement period cut by the term: scale the limits, or extend the sales to a whole period. */
typedef enum { PARTIAL_SCALE, PARTIAL_EXTEND } TermPartialYear;

typedef struct {
    char *table;    /* name of the index; NULL: no indexation */
    int base_month; /* month key, 202601 */
    gint64 share_ppm;
    gboolean has_floor, has_cap;
    gint64 floor_ppm, cap_ppm; /* bounds of the change against the base price */
} TermIndex;

typedef enum { CAP_NONE, CAP_PERCENT, CAP_AMOUNT } LateCapKind;
typedef struct {
    gint64 percent_per_day_ppm; /* 0: no late fee agreed */
    int grace_days; /* paid within these: nothing; later: counted from the day after due */
    LateCapKind cap_kind;
    gint64 cap; /* ppm of the principal, or fen */
} TermLate;

typedef struct {
    char *item;   /* charge item code */
    char *unit;   /* restricts the term to the areas of one unit; NULL: all areas together */
    Day from, to; /* both included */
    TermModel model;
    TermBasis basis;
    gint64 price_e4; /* 1/10000 yuan by basis; gross or net by tax_included */
    TermYearDays year_days;
    TermMonthPrice month_price;
    GArray *steps; /* of TermStep, ascending; never NULL */
    GArray *free;  /* of TermFree; never NULL */
    TermBilling billing;
    int anchor_day;   /* 1..31, anchored billing */
    int cycle_months; /* 1 2 3 6 12; 0 = whole term */
    TermProration proration;
    TermRounding rounding;
    TermDue due;
    gboolean has_turnover;
    TermTurnover turnover;
    TermSettle settle;
    TermPartialYear partial_year;
    TermIndex index;
    GArray *tax; /* of TermTax, ascending; empty: rate 0; never NULL */
    gboolean tax_included;
    TermLate late;
} ChargeTerm;

/* A term with the defaults of docs/domain/lease-terms.md, empty lists and no item. transfer full. */
ChargeTerm *charge_term_new(void);
void charge_term_free(ChargeTerm *term);
ChargeTerm *charge_term_dup(const ChargeTerm *term);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ChargeTerm, charge_term_free)

/* Checks one term by itself; adds one field complaint per fault, each name after @prefix
 * ("terms[0]."; "" for none). Returns FALSE if anything is wrong. */
gboolean charge_term_check(const ChargeTerm *term, const char *prefix, GError **error);

/* Rent area in force from a day on, of one unit (unit NULL: the only one). */
typedef struct {
    Day from; /* DAY_MIN for "from the start" */
    gint64 area_dm2;
    char *unit;
} TermArea;

typedef struct {
    int month; /* month key, 202603 */
    gint64 amount_fen;
    gboolean has_net;
    gint64 net_fen; /* without tax; a clause on sales without tax counts this if it is known */
} TermSales;

/* One published value of an index, for terms with indexation. */
typedef struct {
    char *table;
    int month;
    gint64 value_e4;
} TermIndexValue;

typedef struct {
    Day from, to; /* the days that are scheduled, both included; settlements wait for the end of their period */
    GArray *areas;    /* of TermArea */
    GPtrArray *terms; /* of ChargeTerm */
    GArray *sales;    /* of TermSales, one per month at most */
    GArray *indexes;  /* of TermIndexValue */
    Day today;        /* DAY_NONE: unknown. Settlement waits for sales that are not in yet. */
    const WorkCalendar *calendar; /* borrowed; NULL: only Saturday and Sunday are free days */
} TermSet;

TermSet *term_set_new(void);
void term_set_free(TermSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TermSet, term_set_free)
void term_set_add_area(TermSet *set, const char *unit, Day from, gint64 area_dm2);
void term_set_add_sales(TermSet *set, int month, gint64 amount_fen);
void term_set_add_sales_net(TermSet *set, int month, gint64 amount_fen, gint64 net_fen);
void term_set_add_index(TermSet *set, const char *table, int month, gint64 value_e4);
/* Checks each term and the set: no item of a unit twice on one day, areas where they are needed. */
gboolean term_set_check(const TermSet *set, GError **error);

typedef enum {
    LINE_BILLED,      /* fixed or guaranteed rent */
    LINE_FREE,        /* days without charge; amounts are 0 */
    LINE_PROVISIONAL, /* turnover rent of one month, on account */
    LINE_SETTLEMENT, /* final turnover rent of a settlement period less what was billed; may be negative */
    LINE_AWAITING,  /* turnover rent whose sales are not in yet; amounts are 0 */
    LINE_ADJUSTMENT /* difference of a changed contract against what was billed; may be negative */
} ScheduleLineKind;

typedef struct {
    int term; /* index into TermSet.terms; -1 for adjustments */
    char *item;
    char *unit; /* or NULL */
    ScheduleLineKind kind;
    Day from, to;             /* both included */
    Day cycle_from, cycle_to; /* the bill this line is part of; lines of one cycle share due_on */
    Day due_on;
    char *price;     /* exact decimal text, "40.0000"; NULL where there is no single price */
    gint64 price_e4; /* the same rounded to 1/10000 yuan */
    char *quantity;  /* price x quantity = amount before rounding: "91.46 × 12/31"; NULL if none */
    gint64 tax_rate_ppm;
    gint64 net_fen, tax_fen, gross_fen; /* net + tax = gross */
    char *working;                      /* JSON array of steps */
} ScheduleLine;

typedef struct {
    int term;
    char *item;
    char *unit;
    Day from, to;
    char *price; /* exact decimal text */
    gint64 price_e4;
} SchedulePrice;

typedef struct {
    GPtrArray
        *lines; /* of ScheduleLine, by term, then by day; settlements after the rest of the term */
    GPtrArray *prices; /* of SchedulePrice: the resulting price schedule */
} Schedule;

void schedule_line_free(ScheduleLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScheduleLine, schedule_line_free)
void schedule_free(Schedule *schedule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Schedule, schedule_free)

/* The charges of a set of terms within set->from..set->to.
 * Each day of each term is in exactly one billed, free or provisional line; settlements come on top.
 * Rounds once per line. Errors: INVALID with one field per fault.
 * Source: docs/domain/lease-terms.md. transfer full. */
Schedule *schedule_build(const TermSet *set, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Those lines of schedule_build() that touch the days @from..@to, the same to the letter and in the same order,
 * without walking the days before: for a bill run that asks for one month. A settlement touches every day of its
 * period. Prices are those in force in the window. Errors: as schedule_build(), for what lies in the window. transfer full. */
Schedule *schedule_window(const TermSet *set, Day from, Day to, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sum of the gross amounts of one item, or of all items if @item is NULL. */
gint64 schedule_total(const Schedule *schedule, const char *item);

/* What must still be charged or credited so that @billed (ScheduleLine, as billed) becomes @fresh (as the
 * changed contract gives it). Lines that agree are left alone; the rest is gathered into the
 * smallest stretches of days in which both sides begin and end together. The result is adjustment
 * lines due on @due_on, which add up exactly to fresh - billed. transfer full. */
GPtrArray *schedule_difference(const GPtrArray *billed, const GPtrArray *fresh, Day due_on);
