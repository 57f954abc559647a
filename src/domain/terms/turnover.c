#include "domain/terms/turnover.h"

#include "domain/terms/terms_internal.h"

/* sales x scale.den - limit x scale.num: sales above a scaled limit, times the denominator. */
static Wide
above_limit(gint64 sales_fen, gint64 limit_fen, TurnoverScale scale)
{
    return (Wide) sales_fen * scale.limit_den - (Wide) limit_fen * scale.limit_num;
}

static guint
band_reached(const GArray *tiers, gint64 sales_fen, TurnoverScale scale)
{
    guint band = 0;

    /* A value equal to a limit belongs to the lower band. */
    while (band + 1 < tiers->len
           && above_limit(sales_fen, g_array_index(tiers, TurnoverTier, band + 1).above_fen, scale)
                  > 0)
        band++;
    return band;
}

/* Percentage rent times 10^6 and the denominator of the limits, before anything is rounded. */
static Wide
percentage_exact(const TermTurnover *turnover, gint64 sales_fen, TurnoverScale scale)
{
    gint64 over = turnover->breakpoint == BREAKPOINT_AMOUNT ? turnover->breakpoint_fen : 0;
    Wide sum = 0;
    guint band;

    if (above_limit(sales_fen, over, scale) <= 0)
        return 0;
    if (turnover->tiers == NULL)
        return above_limit(sales_fen, over, scale) * turnover->percent_ppm;
    band = band_reached(turnover->tiers, sales_fen, scale);
    if (!turnover->slices)
        return above_limit(sales_fen, over, scale)
               * g_array_index(turnover->tiers, TurnoverTier, band).percent_ppm;
    for (guint i = 0; i <= band; i++) {
        const TurnoverTier *tier = &g_array_index(turnover->tiers, TurnoverTier, i);
        gint64 from = MAX(tier->above_fen, over);
        Wide slice = above_limit(sales_fen, from, scale);
        if (i < band) {
            gint64 next = g_array_index(turnover->tiers, TurnoverTier, i + 1).above_fen;
            slice -= MIN(above_limit(sales_fen, MAX(next, over), scale), slice);
        }
        sum += slice * tier->percent_ppm;
    }
    return sum;
}

/* A limit for part of a period, rounded half away from zero. */
static gint64
scaled_limit(gint64 limit_fen, TurnoverScale scale)
{
    return wide_div_half_away((Wide) limit_fen * scale.limit_num * scale.result_num,
                              (Wide) scale.limit_den * scale.result_den);
}

/* The percentage rent, rounded once. Over a natural breakpoint it is sales x percent less the base. */
static gint64
percentage_rent(const TermTurnover *turnover, gint64 base_fen, gint64 sales_fen,
                TurnoverScale scale)
{
    Wide num = percentage_exact(turnover, sales_fen, scale) * scale.result_num;
    Wide den = (Wide) scale.limit_den * scale.result_den * RATE_ONE_PPM;

    if (turnover->breakpoint == BREAKPOINT_NATURAL)
        num -= base_fen * den;
    return num <= 0 ? 0 : wide_div_half_away(num, den);
}

static gint64
breakpoint_of(const TermTurnover *turnover, TermModel model, gint64 base_fen, TurnoverScale scale)
{
    if (turnover->breakpoint == BREAKPOINT_AMOUNT)
        return scaled_limit(turnover->breakpoint_fen, scale);
    if ((turnover->breakpoint == BREAKPOINT_NATURAL || model == TERM_GREATER_OF)
        && turnover->percent_ppm > 0)
        return muldiv_half_away(base_fen, RATE_ONE_PPM, turnover->percent_ppm);
    return 0;
}

TurnoverRent
turnover_rent(const TermTurnover *turnover, TermModel model, gint64 base_fen, gint64 sales_fen,
              TurnoverScale scale)
{
    TurnoverRent rent = { .rate_ppm = turnover->percent_ppm };
    gint64 deemed = muldiv_half_away(turnover->deemed_sales_fen, scale.limit_num, scale.limit_den);

    rent.sales_fen = MAX(sales_fen, deemed);
    if (turnover->tiers != NULL) {
        guint band = band_reached(turnover->tiers, rent.sales_fen, scale);
        rent.rate_ppm = g_array_index(turnover->tiers, TurnoverTier, band).percent_ppm;
    }
    rent.breakpoint_fen = breakpoint_of(turnover, model, base_fen, scale);
    rent.percentage_fen = percentage_rent(turnover, base_fen, rent.sales_fen, scale);
    switch (model) {
    case TERM_FIXED:
        rent.computed_fen = base_fen;
        break;
    case TERM_TURNOVER:
        rent.computed_fen = rent.percentage_fen;
        break;
    case TERM_GREATER_OF:
        rent.computed_fen = MAX(base_fen, rent.percentage_fen);
        break;
    case TERM_BASE_PLUS_TURNOVER:
        rent.computed_fen = base_fen + rent.percentage_fen;
        break;
    }
    rent.rent_fen = rent.computed_fen;
    if (turnover->has_minimum)
        rent.rent_fen = MAX(rent.rent_fen, scaled_limit(turnover->minimum_fen, scale));
    if (turnover->has_maximum)
        rent.rent_fen = MIN(rent.rent_fen, scaled_limit(turnover->maximum_fen, scale));
    return rent;
}

static void
step(JsonOut *out, const char *zh, const char *en)
{
    json_kv_text(out, "text_zh", zh);
    json_kv_text(out, "text_en", en);
    json_end_object(out);
}

static void
percentage_step(JsonOut *out, const TermTurnover *turnover, TurnoverScale scale,
                const TurnoverRent *rent)
{
    g_autofree char *sales = working_amount(rent->sales_fen);
    g_autofree char *percent = percent_format(rent->rate_ppm);
    g_autofree char *over = working_amount(rent->breakpoint_fen);
    g_autofree char *result = working_amount(rent->percentage_fen);
    g_autofree char *part = scale.result_num == scale.result_den
                                ? g_strdup("")
                                : g_strdup_printf(" × %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                                  scale.result_num, scale.result_den);
    g_autofree char *zh = NULL;
    g_autofree char *en = NULL;

    if (turnover->slices) {
        zh = g_strdup_printf("销售额 %s 分段计提，最高一档 %s%%%s = %s", sales, percent, part,
                             result);
        en = g_strdup_printf("sales %s, each slice at its own rate up to %s%%%s = %s", sales,
                             percent, part, result);
    } else if (turnover->breakpoint != BREAKPOINT_NONE) {
        zh = g_strdup_printf("(销售额 %s − 平衡点 %s) × %s%%%s = %s", sales, over, percent, part,
                             result);
        en = g_strdup_printf("(sales %s − breakpoint %s) × %s%%%s = %s", sales, over, percent, part,
                             result);
    } else {
        zh = g_strdup_printf("销售额 %s × %s%%%s = %s", sales, percent, part, result);
        en = g_strdup_printf("sales %s × %s%%%s = %s", sales, percent, part, result);
    }
    json_begin_object(out);
    json_kv_text(out, "op", "percentage");
    json_kv_money(out, "sales", rent->sales_fen);
    json_kv_text(out, "percent", percent);
    json_kv_money(out, "breakpoint", rent->breakpoint_fen);
    json_kv_int(out, "limit_num", scale.limit_num);
    json_kv_int(out, "limit_den", scale.limit_den);
    json_kv_int(out, "result_num", scale.result_num);
    json_kv_int(out, "result_den", scale.result_den);
    json_kv_money(out, "result", rent->percentage_fen);
    step(out, zh, en);
}

void
turnover_working(JsonOut *out, const TermTurnover *turnover, TermModel model, gint64 base_fen,
                 TurnoverScale scale, const TurnoverRent *rent)
{
    g_autofree char *base = working_amount(base_fen);
    g_autofree char *percentage = working_amount(rent->percentage_fen);
    g_autofree char *computed = working_amount(rent->computed_fen);
    g_autofree char *final = working_amount(rent->rent_fen);
    gboolean greater = model == TERM_GREATER_OF;

    percentage_step(out, turnover, scale, rent);
    if (model == TERM_GREATER_OF || model == TERM_BASE_PLUS_TURNOVER) {
        g_autofree char *zh =
            g_strdup_printf(greater ? "保底 %s 与提成 %s 取高 = %s" : "保底 %s + 提成 %s = %s",
                            base, percentage, computed);
        g_autofree char *en =
            g_strdup_printf(greater ? "the greater of base %s and percentage %s = %s"
                                    : "base %s + percentage %s = %s",
                            base, percentage, computed);
        json_begin_object(out);
        json_kv_text(out, "op", greater ? "greater_of" : "base_plus");
        json_kv_money(out, "base", base_fen);
        json_kv_money(out, "percentage", rent->percentage_fen);
        json_kv_money(out, "result", rent->computed_fen);
        step(out, zh, en);
    }
    if (rent->rent_fen != rent->computed_fen) {
        gboolean raised = rent->rent_fen > rent->computed_fen;
        g_autofree char *zh = g_strdup_printf(
            raised ? "%s 低于最低租金，取 %s" : "%s 高于封顶租金，取 %s", computed, final);
        g_autofree char *en = g_strdup_printf(raised ? "%s is below the minimum, so %s"
                                                     : "%s is above the maximum, so %s",
                                              computed, final);
        json_begin_object(out);
        json_kv_text(out, "op", raised ? "minimum" : "maximum");
        json_kv_money(out, "result", rent->rent_fen);
        step(out, zh, en);
    }
}
