/* From a clause with steps to the dated list of prices. Compounding goes from the unrounded price;
 * cutting to the yuan touches only what is charged. Source: docs/domain/lease-terms.md, "Steps". */
#include "domain/terms/json_in_internal.h"
#include "domain/terms/terms_internal.h"

#define E12 G_GINT64_CONSTANT(1000000000000)
#define PRICE_MAX_E12 ((Wide) MONEY_MAX_FEN * 10000000000)

char *
price_exact_text(Wide value, int min_digits)
{
    const gint64 fraction_units = E12;
    gint64 whole = (gint64) (value / fraction_units);
    gint64 rest = (gint64) (value % fraction_units);
    int fraction = PRICE_SCALE;

    while (fraction > min_digits && rest % 10 == 0) {
        rest /= 10;
        fraction--;
    }
    if (fraction == 0)
        return g_strdup_printf("%" G_GINT64_FORMAT, whole);
    return g_strdup_printf("%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, whole, fraction, rest);
}

gint64
price_exact_to_e4(Wide value)
{
    return wide_div_half_away(value, PRICE_E4_TO_E12);
}

static Wide
wide_round_div(Wide n, Wide d)
{
    return n >= 0 ? (n + d / 2) / d : -((-n + d / 2) / d);
}

static Wide
cut_to_yuan(Wide exact)
{
    return exact / E12 * E12;
}

/* Price after the @k-th step of a rule that began from @base; @before is the price one step earlier. */
static Wide
stepped_price(const TermStep *rule, Wide base, Wide before, int k)
{
    if (!rule->is_percent)
        return base + (Wide) k * rule->amount_e4 * PRICE_E4_TO_E12;
    if (rule->compound)
        return wide_round_div(before * (RATE_ONE_PPM + rule->percent_ppm), RATE_ONE_PPM);
    return wide_round_div(base * (RATE_ONE_PPM + (Wide) k * rule->percent_ppm), RATE_ONE_PPM);
}

static void
explain_step(const PricePoint *point, char **zh, char **en)
{
    const TermStep *rule = point->rule;
    g_autofree char *base_text = price_exact_text(point->base, 2);
    g_autofree char *result = price_exact_text(point->exact, 2);
    g_autofree char *used = price_exact_text(point->used, 2);
    g_autofree char *percent = percent_format(rule->percent_ppm);
    g_autofree char *amount = price_format(rule->amount_e4);
    g_autofree char *formula = NULL;

    if (!rule->is_percent)
        formula = g_strdup_printf("%s + %d × %s", base_text, point->k, amount);
    else if (rule->compound)
        formula = g_strdup_printf("%s × (1 + %s%%)^%d", base_text, percent, point->k);
    else
        formula = g_strdup_printf("%s × (1 + %d × %s%%)", base_text, point->k, percent);
    if (rule->floor_yuan) {
        *zh = g_strdup_printf("%s = %s，取整到元 %s", formula, result, used);
        *en = g_strdup_printf("%s = %s, cut to the yuan %s", formula, result, used);
    } else {
        *zh = g_strdup_printf("%s = %s", formula, result);
        *en = g_strdup(*zh);
    }
}

static void
explain_index(const PricePoint *point, char **zh, char **en)
{
    g_autofree char *before = price_exact_text(point->base, 2);
    g_autofree char *after = price_exact_text(point->exact, 2);
    g_autofree char *from = decimal_format(point->index_base, 4, 0);
    g_autofree char *to = decimal_format(point->index_value, 4, 0);

    *zh = g_strdup_printf("%s 随指数 %s → %s = %s", before, from, to, after);
    *en = g_strdup_printf("%s with the index %s → %s = %s", before, from, to, after);
}

gboolean
price_point_explain(const PricePoint *point, char **zh, char **en)
{
    if (point->rule != NULL)
        explain_step(point, zh, en);
    else if (point->index_base != 0)
        explain_index(point, zh, en);
    else
        return FALSE;
    return TRUE;
}

/* Keeps ascending order; points up to the first day of the term collapse into one. */
static void
add_point(GArray *points, const ChargeTerm *term, PricePoint *point)
{
    if (point->from <= term->from) {
        point->from = term->from;
        g_array_set_size(points, 0);
    }
    g_array_append_val(points, *point);
}

static gboolean
add_rule(GArray *points, const ChargeTerm *term, guint at, PricePoint *current, GError **error)
{
    const TermStep *rule = &g_array_index(term->steps, TermStep, at);
    Day last = at + 1 < term->steps->len ? g_array_index(term->steps, TermStep, at + 1).from - 1
                                         : term->to;
    int anchor = day_to_ymd(rule->from).day;
    Wide base = current->exact;
    Wide before = base;

    for (int k = 1; k <= 2400; k++) {
        PricePoint point = { 0 };
        point.from = day_add_months_anchored(rule->from, (k - 1) * rule->every_months, anchor);
        if (point.from > last || point.from > term->to)
            break;
        point.exact = stepped_price(rule, base, before, k);
        if (point.exact < 0 || point.exact > PRICE_MAX_E12)
            return app_error_field(error, "steps", "range", "递增后的单价超出范围",
                                   "a stepped price is out of range");
        point.used = rule->floor_yuan ? cut_to_yuan(point.exact) : point.exact;
        before = point.exact;
        point.base = base;
        point.rule = rule;
        point.k = k;
        *current = point;
        add_point(points, term, &point);
    }
    return TRUE;
}

static gboolean
index_value(const TermSet *set, const char *table, int month, gint64 *value)
{
    for (guint i = 0; i < set->indexes->len; i++) {
        const TermIndexValue *v = &g_array_index(set->indexes, TermIndexValue, i);
        if (v->month == month && v->value_e4 > 0 && g_strcmp0(v->table, table) == 0) {
            *value = v->value_e4;
            return TRUE;
        }
    }
    return FALSE;
}

/* The change of the index since its base, weighted and bounded, in 10^-9. */
static Wide
index_change_e9(const TermIndex *index, gint64 base_value, gint64 value)
{
    Wide change = wide_round_div((Wide) (value - base_value) * index->share_ppm * 1000, base_value);

    if (index->has_floor)
        change = MAX(change, (Wide) index->floor_ppm * 1000);
    if (index->has_cap)
        change = MIN(change, (Wide) index->cap_ppm * 1000);
    return MIN(change, (Wide) 1000000000000); /* a thousandfold is past any range of money */
}

/* Yearly on the anniversary of the term, always from the base price, by the index value as many years
 * after the base month. A value that is not published yet leaves the price as it was. */
static gboolean
add_indexed(GArray *points, const ChargeTerm *term, const TermSet *set, GError **error)
{
    const TermIndex *index = &term->index;
    Wide base = g_array_index(points, PricePoint, 0).exact;
    Day base_day = day_from_month_key(index->base_month);
    int anchor = day_to_ymd(term->from).day;
    gint64 base_value;
    gint64 value;

    if (set == NULL || !index_value(set, index->table, index->base_month, &base_value))
        return app_error_field(error, "index.base_month", "missing", "指数表没有基期数值",
                               "the index has no value for the base month");
    for (int year = 1; year <= 100; year++) {
        PricePoint point = { .from = day_add_months_anchored(term->from, 12 * year, anchor) };
        int month = day_month_key(day_add_months_anchored(base_day, 12 * year, 1));
        if (point.from > term->to)
            break;
        if (!index_value(set, index->table, month, &value))
            continue;
        point.exact =
            base + wide_round_div(base * index_change_e9(index, base_value, value), 1000000000);
        if (point.exact < 0 || point.exact > PRICE_MAX_E12)
            return app_error_field(error, "index", "range", "指数调整后的单价超出范围",
                                   "an indexed price is out of range");
        point.used = point.exact;
        point.base = base;
        point.index_base = base_value;
        point.index_value = value;
        add_point(points, term, &point);
    }
    return TRUE;
}

GArray *
term_price_points(const ChargeTerm *term, const TermSet *set, GError **error)
{
    g_autoptr(GArray) points = g_array_new(FALSE, TRUE, sizeof(PricePoint));
    PricePoint current = { .from = term->from };

    current.exact = (Wide) term->price_e4 * PRICE_E4_TO_E12;
    current.used = current.exact;
    g_array_append_val(points, current);
    if (term->index.table != NULL)
        return add_indexed(points, term, set, error) ? g_steal_pointer(&points) : NULL;
    for (guint i = 0; i < term->steps->len; i++) {
        const TermStep *step = &g_array_index(term->steps, TermStep, i);
        if (step->from > term->to)
            break;
        if (step->every_months > 0) {
            if (!add_rule(points, term, i, &current, error))
                return NULL;
            continue;
        }
        current = (PricePoint){ .from = step->from };
        current.exact = (Wide) step->price_e4 * PRICE_E4_TO_E12;
        current.used = current.exact;
        add_point(points, term, &current);
    }
    return g_steal_pointer(&points);
}

guint
price_point_on(const GArray *points, Day day)
{
    guint at = 0;

    while (at + 1 < points->len && g_array_index(points, PricePoint, at + 1).from <= day)
        at++;
    return at;
}
