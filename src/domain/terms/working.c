/* The steps that people follow and machines check. Every "part" is price x area x num / den; their sum,
 * rounded as "total" says, is the amount; "tax" splits it. */
#include "domain/terms/terms_internal.h"

#include <string.h>

char *
working_amount(gint64 fen)
{
    g_autofree char *grouped = money_format_grouped(fen);

    return g_strdelimit(g_steal_pointer(&grouped), ",", ' ');
}

static void
step_texts(JsonOut *out, const char *zh, const char *en)
{
    json_kv_text(out, "text_zh", zh);
    json_kv_text(out, "text_en", en);
}

void
working_free(JsonOut *out, Day from, Day to)
{
    g_autofree char *days = g_strdup_printf("%s..%s", day_format(from, (char[DAY_TEXT_SIZE]){ 0 }),
                                            day_format(to, (char[DAY_TEXT_SIZE]){ 0 }));
    g_autofree char *zh = g_strdup_printf("%s 免租", days);
    g_autofree char *en = g_strdup_printf("%s free", days);

    json_begin_object(out);
    json_kv_text(out, "op", "free");
    json_kv_int(out, "days", to - from + 1);
    json_kv_money(out, "result", 0);
    step_texts(out, zh, en);
    json_end_object(out);
}

void
working_price(JsonOut *out, const PricePoint *point)
{
    g_autofree char *price = NULL;
    g_autofree char *zh = NULL;
    g_autofree char *en = NULL;

    if (!price_point_explain(point, &zh, &en))
        return;
    price = price_exact_text(point->used, 2);
    json_begin_object(out);
    json_kv_text(out, "op", "price");
    json_kv_text(out, "price", price);
    step_texts(out, zh, en);
    json_end_object(out);
}

/* "× 12/31 天", "÷ 12 × 3 个月", "× 365/12 天 × 2 个月" */
static char *
part_text(const TermPart *part, TermBasis basis, Lang lang)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (basis == BASIS_ONCE)
        return g_strdup("");
    if (part->factor_num == 1 && part->factor_den != 1) {
        g_string_append_printf(text, " ÷ %" G_GINT64_FORMAT, part->factor_den);
    } else if (part->factor_num != 1 || part->factor_den != 1) {
        g_string_append_printf(text, " × %" G_GINT64_FORMAT, part->factor_num);
        if (part->factor_den != 1)
            g_string_append_printf(text, "/%" G_GINT64_FORMAT, part->factor_den);
        g_string_append(text, lang == LANG_ZH ? " 天" : " days");
    }
    g_string_append_printf(text, " × %" G_GINT64_FORMAT, part->num);
    if (part->den != 1)
        g_string_append_printf(text, "/%" G_GINT64_FORMAT, part->den);
    if (part->kind == PART_MONTHS)
        g_string_append(text, lang == LANG_ZH ? " 个月" : part->num == 1 ? " month" : " months");
    else
        g_string_append(text, lang == LANG_ZH ? " 天" : " days");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* "16.3333…", or the exact value if four decimals hold it. transfer full. */
static char *
part_value(Wide price_e12, gint64 area_dm2, const TermPart *part)
{
    gint64 value_e6 = term_part_value_e6(price_e12, area_dm2, part);
    Wide product = price_e12 * area_dm2 * part->factor_num * part->num;
    Wide unit = (Wide) part->factor_den * part->den * G_GINT64_CONSTANT(10000000000);
    g_autofree char *whole = working_amount(value_e6 / 1000000 * 100);
    g_autofree char *fraction = decimal_format(value_e6 % 1000000 / 100, 4, 2);
    gsize len = strlen(whole) - strlen(".00");

    /* Groups come from the whole yuan, digits after the point from the rest. */
    return g_strdup_printf("%.*s%s%s", (int) len, whole, fraction + 1,
                           product % unit == 0 ? "" : "…");
}

typedef struct {
    const ChargeTerm *term;
    Wide price_e12;
    gint64 area_dm2;
    const GArray *parts;
    gint64 amount_fen;
    GString *sum; /* the values of the parts, as the total step shows them */
} Shown;

static char *
product_text(const Shown *s, const TermPart *part, Lang lang)
{
    g_autofree char *price = price_exact_text(s->price_e12, 2);
    g_autofree char *area = area_format(s->area_dm2);
    g_autofree char *months = part_text(part, s->term->basis, lang);

    if (basis_is_per_m2(s->term->basis))
        return g_strdup_printf("%s %s × %s %s%s", area, lang == LANG_ZH ? "㎡" : "m²", price,
                               basis_unit(s->term->basis, lang), months);
    return g_strdup_printf("%s %s%s", price, basis_unit(s->term->basis, lang), months);
}

static void
part_numbers(JsonOut *out, const Shown *s, gint64 num, gint64 den)
{
    g_autofree char *price = price_exact_text(s->price_e12, 2);
    g_autofree char *area = area_format(s->area_dm2);

    json_kv_text(out, "price", price);
    if (basis_is_per_m2(s->term->basis))
        json_kv_text(out, "area", area);
    json_kv_int(out, "num", num);
    json_kv_int(out, "den", den);
}

static gboolean
part_goes_by_day(const Shown *s, const TermPart *part)
{
    return s->term->rounding == ROUNDING_DAILY_RATE_FIRST && part->rate_den != 0 && part->days != 0;
}

/* The day's price rounded first: "800.00 元/月 ÷ 30 → 26.67，× 10 天 = 266.70". */
static void
daily_step(JsonOut *out, Shown *s, const TermPart *part)
{
    TermPart one = *part;
    g_autoptr(GArray) single = g_array_new(FALSE, FALSE, sizeof(TermPart));
    g_autofree char *zh = NULL;
    g_autofree char *en = NULL;

    one.days = 1;
    one.num = part->rate_num;
    one.den = part->rate_den;
    g_array_append_val(single, one);
    gint64 rate = term_round_line(s->term, s->price_e12, s->area_dm2, single);
    g_autofree char *rate_text = working_amount(rate);
    g_autofree char *amount = working_amount(rate * part->days);
    g_autofree char *product_zh = product_text(s, &one, LANG_ZH);
    g_autofree char *product_en = product_text(s, &one, LANG_EN);
    zh = g_strdup_printf("日租金 %s = %s，× %" G_GINT64_FORMAT " 天 = %s", product_zh, rate_text,
                         part->days, amount);
    en = g_strdup_printf("per day %s = %s, × %" G_GINT64_FORMAT " days = %s", product_en, rate_text,
                         part->days, amount);
    json_begin_object(out);
    json_kv_text(out, "op", "daily_rate");
    part_numbers(out, s, one.factor_num * one.num, one.factor_den * one.den);
    json_kv_money(out, "daily_rate", rate);
    json_kv_int(out, "days", part->days);
    json_kv_money(out, "value", rate * part->days);
    step_texts(out, zh, en);
    json_end_object(out);
    g_string_append_printf(s->sum, "%s%s", s->sum->len > 0 ? " + " : "", amount);
}

static void
part_step(JsonOut *out, Shown *s, const TermPart *part)
{
    gboolean alone = s->parts->len == 1 && s->term->rounding != ROUNDING_FLOOR_YUAN;
    g_autofree char *value =
        alone ? working_amount(s->amount_fen) : part_value(s->price_e12, s->area_dm2, part);
    g_autofree char *zh = product_text(s, part, LANG_ZH);
    g_autofree char *en = product_text(s, part, LANG_EN);
    g_autofree char *zh_full = g_strdup_printf("%s = %s", zh, value);
    g_autofree char *en_full = g_strdup_printf("%s = %s", en, value);

    json_begin_object(out);
    json_kv_text(out, "op", "part");
    part_numbers(out, s, part->factor_num * part->num, part->factor_den * part->den);
    if (alone)
        json_kv_money(out, "result", s->amount_fen);
    step_texts(out, zh_full, en_full);
    json_end_object(out);
    g_string_append_printf(s->sum, "%s%s", s->sum->len > 0 ? " + " : "", value);
}

void
working_parts(JsonOut *out, const ChargeTerm *term, Wide price_e12, gint64 area_dm2,
              const GArray *parts, gint64 amount_fen)
{
    g_autoptr(GString) sum = g_string_new(NULL);
    Shown s = { term, price_e12, area_dm2, parts, amount_fen, sum };
    gboolean has_daily = FALSE;

    for (guint i = 0; i < parts->len; i++) {
        const TermPart *part = &g_array_index(parts, TermPart, i);
        if (part_goes_by_day(&s, part)) {
            daily_step(out, &s, part);
            has_daily = TRUE;
        } else {
            part_step(out, &s, part);
        }
    }
    if (parts->len > 1 || has_daily || term->rounding == ROUNDING_FLOOR_YUAN) {
        g_autofree char *amount = working_amount(amount_fen);
        gboolean cut = term->rounding == ROUNDING_FLOOR_YUAN;
        g_autofree char *zh =
            g_strdup_printf("合计 %s = %s%s", sum->str, amount, cut ? "（舍到元）" : "");
        g_autofree char *en =
            g_strdup_printf("total %s = %s%s", sum->str, amount, cut ? " (cut to the yuan)" : "");
        json_begin_object(out);
        json_kv_text(out, "op", "total");
        json_kv_text(out, "rounding", term_rounding_tokens[term->rounding]);
        json_kv_money(out, "result", amount_fen);
        step_texts(out, zh, en);
        json_end_object(out);
    }
}

void
line_set_amount(ScheduleLine *line, const ChargeTerm *term, gint64 amount_fen, JsonOut *working)
{
    if (term->tax_included) {
        line->gross_fen = amount_fen;
        tax_split_gross(amount_fen, line->tax_rate_ppm, &line->net_fen, &line->tax_fen);
    } else {
        line->net_fen = amount_fen;
        tax_add_net(amount_fen, line->tax_rate_ppm, &line->tax_fen, &line->gross_fen);
    }
    if (line->tax_rate_ppm == 0 || working == NULL)
        return;
    g_autofree char *percent = percent_format(line->tax_rate_ppm);
    g_autofree char *net = working_amount(line->net_fen);
    g_autofree char *tax = working_amount(line->tax_fen);
    g_autofree char *gross = working_amount(line->gross_fen);
    g_autofree char *zh = NULL;
    g_autofree char *en = NULL;
    if (term->tax_included) {
        zh = g_strdup_printf("含税 %s ÷ (1 + %s%%) = 不含税 %s，税额 %s", gross, percent, net, tax);
        en = g_strdup_printf("gross %s ÷ (1 + %s%%) = net %s, tax %s", gross, percent, net, tax);
    } else {
        zh = g_strdup_printf("不含税 %s × %s%% = 税额 %s，含税 %s", net, percent, tax, gross);
        en = g_strdup_printf("net %s × %s%% = tax %s, gross %s", net, percent, tax, gross);
    }
    json_begin_object(working);
    json_kv_text(working, "op", "tax");
    json_kv_text(working, "percent", percent);
    json_kv_money(working, "net", line->net_fen);
    json_kv_money(working, "tax", line->tax_fen);
    json_kv_money(working, "gross", line->gross_fen);
    step_texts(working, zh, en);
    json_end_object(working);
}
