/* terms_internal.h - shared by the .c files of this folder only: tokens, periods, parts of months,
 * price points, and the writing of working steps. */
#pragma once
#include "base/json_out.h"
#include "domain/terms/terms.h"

/* NULL-terminated, in the order of the enums. */
extern const char *const term_model_tokens[];
extern const char *const term_basis_tokens[];
extern const char *const term_year_days_tokens[];
extern const char *const term_month_price_tokens[];
extern const char *const term_billing_tokens[];
extern const char *const term_proration_tokens[];
extern const char *const term_rounding_tokens[];
extern const char *const term_settle_tokens[];
extern const char *const term_partial_tokens[];
extern const char *const term_scale_tokens[];
extern const char *const term_step_round_tokens[];
extern const char *const term_month_offset_tokens[];
extern const char *const term_holiday_tokens[];

enum {
    TERM_MAX_TERMS = 500,
    TERM_MAX_STEPS = 400,
    TERM_MAX_FREE = 400,
    TERM_MAX_TIERS = 50,
    TERM_MAX_AREAS = 2000,
    TERM_MAX_MONTHS = 4000,
    AREA_ONE = 100 /* an area of 1.00: prices that do not go by area */
};

static inline gboolean
basis_is_per_m2(TermBasis basis)
{
    return basis == BASIS_PER_M2_DAY || basis == BASIS_PER_M2_MONTH || basis == BASIS_PER_M2_YEAR;
}
static inline gboolean
basis_is_daily(TermBasis basis)
{
    return basis == BASIS_PER_M2_DAY || basis == BASIS_PER_DAY;
}
static inline gboolean
basis_is_yearly(TermBasis basis)
{
    return basis == BASIS_PER_M2_YEAR || basis == BASIS_PER_YEAR;
}
/* Rent areas stay below this, one by one and together: 10^9 m2. */
#define AREA_MAX_DM2 G_GINT64_CONSTANT(100000000000)
/* "元/㎡/月" and "yuan/m²/month". Static. */
const char *basis_unit(TermBasis basis, Lang lang);

Schedule *schedule_new(void);

/* ---- prices (term_price.c) ---- */

/* Prices are carried with twelve decimals of a yuan, so that compounding does not drift. */
enum { PRICE_SCALE = 12 };
#define PRICE_E4_TO_E12 G_GINT64_CONSTANT(100000000)

typedef struct {
    Day from;
    Wide exact;           /* 10^-12 yuan, the base of the next step */
    Wide used;            /* what is charged: exact, or cut to the yuan */
    Wide base;            /* what it was reckoned from, by the rule or the index */
    const TermStep *rule; /* the k-th step of this rule; NULL if none. Borrowed from the term */
    int k;
    gint64 index_base, index_value; /* the index moved from one to the other; 0: not indexed */
} PricePoint;

/* The prices of @term from its first to its last day, ascending; the first is in force on term->from.
 * NULL if a price leaves the range of money. transfer full: GArray of PricePoint. */
GArray *term_price_points(const ChargeTerm *term, const TermSet *set, GError **error);
/* How the price came about, in both languages; FALSE for an agreed price, which needs no words. transfer full. */
gboolean price_point_explain(const PricePoint *point, char **zh, char **en);
/* Index of the point in force on @day. */
guint price_point_on(const GArray *points, Day day);
/* Decimal text of 10^-12 yuan with at least @min_digits fraction digits. transfer full. */
char *price_exact_text(Wide value, int min_digits);
gint64 price_exact_to_e4(Wide value);

/* ---- periods (term_period.c) ---- */

/* First day of the nominal month (calendar or anchored) that @day falls in; of the next one. */
Day term_month_start(const ChargeTerm *term, Day day);
Day term_month_next(const ChargeTerm *term, Day start);
/* First and last day of the billed cycle @day falls in, cut by the term. */
void term_cycle(const ChargeTerm *term, Day day, Day *from, Day *to);
/* First and last day of the settlement period @day falls in, not cut by the term. */
void term_settle_period(const ChargeTerm *term, Day day, Day *from, Day *to);
/* Whole months in one settlement period. */
int term_settle_months(TermSettle settle);
gboolean term_is_free(const ChargeTerm *term, Day day);
gint64 term_tax_rate(const ChargeTerm *term, Day day);
/* Due day of a cycle that begins on @first. */
Day term_due_on(const TermDue *due, Day first, const WorkCalendar *calendar);

/* ---- parts of months (term_part.c) ---- */

typedef enum { PART_MONTHS, PART_BROKEN, PART_DAYS } PartKind;

/* price x area x (factor_num / factor_den) x (num / den) */
typedef struct {
    PartKind kind;
    gint64 factor_num, factor_den; /* one month in units of the price: 1/1, 1/12, 365/12, 31/1 */
    gint64 num, den;               /* count of months / 1, or the broken fraction */
    gint64 days;                   /* days behind a broken part, for daily_rate_first */
    gint64 rate_num, rate_den;     /* one of those days as a fraction of the month */
} TermPart;

/* Parts of the days @from..@to of @term, whose scheduled range is @first..@last. Adjacent parts
 * of one kind are joined. transfer full: GArray of TermPart. */
GArray *term_parts(const ChargeTerm *term, Day first, Day last, Day from, Day to);
/* "4 + 14/30": sum of the parts as text. transfer full. */
char *term_parts_quantity(const GArray *parts);

/* Amount of a line: price x area x sum of parts, rounded once as the term says. */
gint64 term_round_line(const ChargeTerm *term, Wide price_e12, gint64 area_dm2,
                       const GArray *parts);
/* price x area x part / 10^-6 yuan, cut, for showing only. */
gint64 term_part_value_e6(Wide price_e12, gint64 area_dm2, const TermPart *part);

/* ---- lines ---- */

/* Steps of the working; each writes objects into the open array @out. */
void working_free(JsonOut *out, Day from, Day to);
void working_price(JsonOut *out, const PricePoint *point);
void working_parts(JsonOut *out, const ChargeTerm *term, Wide price_e12, gint64 area_dm2,
                   const GArray *parts, gint64 amount_fen);
/* Fills net, tax and gross from the amount by price and adds the tax step to @working (NULL: none is kept) if there is tax. */
void line_set_amount(ScheduleLine *line, const ChargeTerm *term, gint64 amount_fen,
                     JsonOut *working);
/* "1 416.15": groups of three by spaces, as the working shows amounts. transfer full. */
char *working_amount(gint64 fen);
/* One line of the given place with copies of the names. transfer full. */
ScheduleLine *line_new(const ChargeTerm *term, int index, ScheduleLineKind kind, Day from, Day to);

/* Adds the turnover lines of one term for the settlement periods that touch @from..@to; the base lines of
 * those periods are already in @out. Lines outside of @from..@to are without words: they only count. */
void schedule_add_turnover(Schedule *out, const TermSet *set, int index, Day from, Day to);
