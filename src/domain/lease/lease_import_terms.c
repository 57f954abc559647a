/* lease_import_terms.c - the terms of a lease from the cells of a rent roll. */
#include "domain/lease/lease_import_internal.h"

#include <string.h>

#define YUAN_FEN 100

/* -- reading ------------------------------------------------------------------------------ */

static Day
day_of(const Import *import, const RentRow *rent, const char *field)
{
    const Value *value = import_value(import, rent->row, field);

    return value->is_null ? DAY_NONE : value->i;
}

static void
judge_days(const Import *import, RentRow *rent)
{
    const char *term = import_text(import, rent->row, "term");
    const char *end = *import_heading(import, "to_on") ? "to_on" : "term";

    rent->from = day_of(import, rent, "from_on");
    rent->to = day_of(import, rent, "to_on");
    if (term && (rent->from == DAY_NONE || rent->to == DAY_NONE)
        && !rent_parse_days(term, &rent->from, &rent->to)) {
        import_refuse(import, rent->row, "term", "“%s”不是租期，请写作 2024.3.1-2027.2.28",
                      "\"%s\" is no term; write 2024.3.1-2027.2.28", term);
        rent->is_broken = TRUE;
        return;
    }
    if (rent->from == DAY_NONE && *import_cell(import, rent->row, "from_on") == '\0')
        import_refuse(import, rent->row, *import_heading(import, "from_on") ? "from_on" : "term",
                      "请填写租期起", "give the first day of the term");
    if (rent->to == DAY_NONE && *import_cell(import, rent->row, "to_on") == '\0')
        import_refuse(import, rent->row, end, "请填写租期止", "give the last day of the term");
    if (rent->from == DAY_NONE || rent->to == DAY_NONE) {
        rent->is_broken = TRUE;
        return;
    }
    if (rent->to < rent->from) {
        import_refuse(import, rent->row, end, "租期止不能早于租期起",
                      "the term must not end before it begins");
        rent->is_broken = TRUE;
    } else if (rent->to > day_add_months(rent->from, 240) - 1)
        import_refuse(import, rent->row, end, "租赁期限不得超过二十年（民法典第七百零五条）",
                      "a lease may not run longer than twenty years (civil code, article 705)");
}

static gint64
money_of(const Import *import, const RentRow *rent, const char *field)
{
    const Value *value = import_value(import, rent->row, field);

    return value->is_null ? 0 : value->i;
}

static void
read_price(const Import *import, RentRow *rent, const char *field, RentPrice *out)
{
    const char *text = import_text(import, rent->row, field);

    if (!rent_parse_price(text, import_heading(import, field), out))
        import_refuse(import, rent->row, field, "看不懂单价“%s”，请写作 3.5元/㎡/天 或 105",
                      "\"%s\" is no unit price; write 3.5元/㎡/天 or 105", text);
}

static void
read_rules(const Import *import, RentRow *rent)
{
    const char *free = import_text(import, rent->row, "free"),
               *step = import_text(import, rent->row, "step");
    const char *payment = import_text(import, rent->row, "payment");

    if (rent->is_broken)
        rent->free_from = rent->free_to = DAY_NONE; /* without its days there is no telling */
    else if (!rent_parse_free(free, import_heading(import, "free"), rent->from, &rent->free_from,
                              &rent->free_to))
        import_refuse(import, rent->row, "free", "看不懂免租期“%s”，请写作 30天、2个月 或起止日期",
                      "\"%s\" is no free period; write 30天, 2个月 or both days", free);
    else if (rent->free_from != DAY_NONE && rent->to != DAY_NONE
             && (rent->free_from < rent->from || rent->free_to > rent->to))
        import_refuse(import, rent->row, "free", "免租期应在租期之内",
                      "the free period must lie within the term");
    if (!rent_parse_step(step, &rent->step))
        import_refuse(import, rent->row, "step",
                      "看不懂递增约定“%s”，请写作 5%% 或 第3年起每年递增5%%",
                      "\"%s\" is no step; write 5%% or 第3年起每年递增5%%", step);
    if (!rent_parse_payment(payment, &rent->payment))
        import_refuse(import, rent->row, "payment",
                      "看不懂付款方式“%s”，请写作 月付、季付、半年付、年付 或 押三付一",
                      "\"%s\" is no way of payment; write 月付, 季付, 半年付, 年付 or 押三付一",
                      payment);
}

/* Rent of a month by area and price, fen, under one reading of what a month is: days x price, or the price of the month. */
static gint64
month_fen(gint64 area_dm2, const RentPrice *price, gint64 days_num, gint64 days_den)
{
    Wide product = (Wide) area_dm2 * price->price_e4; /* 1/100 m2 x 1/10000 yuan: 1/10000 fen */

    if (strcmp(price->basis, "per_m2_day") == 0)
        return wide_div_half_away(product * days_num, (Wide) 10000 * days_den);
    if (strcmp(price->basis, "per_m2_year") == 0)
        return wide_div_half_away(product, (Wide) 10000 * 12);
    return wide_div_half_away(product, 10000);
}

/* How a price by the day becomes the month that was written down. */
typedef enum { MONTH_OF_DAYS, MONTH_OF_365, MONTH_OF_30, MONTH_UNLIKE } MonthReading;

static MonthReading
reading_of(gint64 fen, gint64 area_dm2, const RentPrice *price, gint64 slack_fen)
{
    gboolean daily = strcmp(price->basis, "per_m2_day") == 0;

    if (ABS(fen - month_fen(area_dm2, price, 365, 12)) <= slack_fen)
        return daily ? MONTH_OF_365 : MONTH_OF_DAYS;
    if (daily && ABS(fen - month_fen(area_dm2, price, 30, 1)) <= slack_fen)
        return MONTH_OF_30;
    if (daily && ABS(fen - month_fen(area_dm2, price, 31, 1)) <= slack_fen)
        return MONTH_OF_DAYS;
    return MONTH_UNLIKE;
}

void
rent_check_amounts(const Import *import, RentRow *leader, RentRow *last)
{
    const RentPrice *price = &last->price;
    gint64 fen = last->monthly_fen;

    (void) leader;
    if (!price->price_e4 || !fen || last->area_dm2 <= 0 || last->monthly_shared
        || reading_of(fen, last->area_dm2, price, YUAN_FEN) != MONTH_UNLIKE)
        return;
    gint64 right = month_fen(last->area_dm2, price, 365, 12);
    g_autofree char *said = money_format_grouped(fen);
    g_autofree char *computed = money_format_grouped(right);
    g_autofree char *apart = money_format_grouped(ABS(fen - right));
    import_refuse(import, last->row, "monthly_rent", "月租金 %s 元与单价 × 面积 = %s 元相差 %s 元",
                  "monthly rent %s and price x area = %s differ by %s yuan", said, computed, apart);
}

void
rent_judge_terms(const Import *import, RentRow *rent)
{
    judge_days(import, rent);
    read_price(import, rent, "price", &rent->price);
    read_price(import, rent, "fee_price", &rent->fee);
    read_rules(import, rent);
    rent->monthly_fen = money_of(import, rent, "monthly_rent");
    rent->deposit_fen = money_of(import, rent, "deposit");
    rent->monthly_shared = import_is_shared(import, rent->row, "monthly_rent");
    rent->deposit_shared = import_is_shared(import, rent->row, "deposit");
    if (!rent->price.price_e4 && !rent->price.percent_ppm && !rent->monthly_fen
        && *import_cell(import, rent->row, "price") == '\0'
        && *import_cell(import, rent->row, "monthly_rent") == '\0')
        import_refuse(import, rent->row,
                      *import_heading(import, "price") ? "price" : "monthly_rent",
                      "请填写租金单价或月租金", "give the unit price or the monthly rent");
    rent_check_amounts(import, rent, rent);
}

/* -- as a lease --------------------------------------------------------------------------- */

static json_t *
day_json(Day day)
{
    char text[DAY_TEXT_SIZE];

    return json_string(day_format(day, text));
}

static json_t *
price_json(gint64 price_e4)
{
    g_autofree char *text = price_format(price_e4);

    return json_string(text);
}

static json_t *
money_json(gint64 fen)
{
    g_autofree char *text = money_format(fen);

    return json_string(text);
}

static json_t *
percent_json(gint64 ppm)
{
    g_autofree char *text = percent_format(ppm);

    return json_string(text);
}

static void
put_id(json_t *object, const char *key, gint64 id)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);

    if (id)
        json_object_set_new(object, key, json_string(text));
}

static void
put_step(json_t *term, const RentRow *leader)
{
    const RentStep *step = &leader->step;
    int after = step->first_years ? step->first_years * 12 : step->every_months;
    Day first = step->every_months ? day_add_months(leader->from, after) : DAY_NONE;

    if (first == DAY_NONE || first > leader->to)
        return; /* a step after the end never comes */
    json_t *rule = json_pack("{s:i,s:o,s:b}", "every_months", step->every_months, "first_on",
                             day_json(first), "compound", 1);
    if (step->percent_ppm)
        json_object_set_new(rule, "percent", percent_json(step->percent_ppm));
    else
        json_object_set_new(rule, "amount", price_json(step->amount_e4));
    json_object_set_new(term, "steps", json_pack("[o]", rule));
}

static json_t *
new_term(const RentRow *leader, const char *item, const char *basis, gint64 price_e4)
{
    return json_pack("{s:s,s:s,s:s,s:o,s:i}", "item", item, "model", "fixed", "basis", basis,
                     "price", price_json(price_e4), "cycle_months", leader->payment.cycle_months);
}

/* What every rent term has beside its price. */
static json_t *
finish_rent(const RentRow *leader, json_t *term)
{
    put_step(term, leader);
    if (leader->free_from != DAY_NONE)
        json_object_set_new(term, "free",
                            json_pack("[{s:o,s:o}]", "from", day_json(leader->free_from), "to",
                                      day_json(leader->free_to)));
    return term;
}

/* A price by the day with the month that both sides computed. */
static json_t *
price_term(const RentRow *leader, const char *item, const RentPrice *price, gint64 month,
           gint64 area_dm2)
{
    json_t *term = new_term(leader, item, price->basis, price->price_e4);
    gboolean daily = strcmp(price->basis, "per_m2_day") == 0;
    MonthReading reading = daily && month ? reading_of(month, area_dm2, price,
                                                       YUAN_FEN * (gint64) leader->members->len)
                                          : MONTH_OF_DAYS;

    if (reading == MONTH_OF_365 || reading == MONTH_OF_30) {
        json_object_set_new(term, "year_days",
                            json_string(reading == MONTH_OF_365 ? "365" : "360"));
        json_object_set_new(term, "month_price", json_string("year_12"));
    }
    return term;
}

static gboolean
same_price(const RentPrice *a, const RentPrice *b)
{
    return a->price_e4 == b->price_e4 && a->percent_ppm == b->percent_ppm
           && strcmp(a->basis, b->basis) == 0;
}

typedef enum { OF_RENT, OF_FEE } PriceOf;

static const RentPrice *
price_of(const RentRow *rent, PriceOf which)
{
    return which == OF_RENT ? &rent->price : &rent->fee;
}

static gboolean
is_uniform(const RentRow *leader, PriceOf which)
{
    for (guint i = 1; i < leader->members->len; i++) {
        if (!same_price(price_of(leader, which), price_of(leader->members->pdata[i], which)))
            return FALSE;
    }
    return TRUE;
}

/* Of all rows; a merged cell counts once. */
static gint64
total_of(const RentRow *leader, gboolean deposits)
{
    gint64 sum = 0;

    for (guint i = 0; i < leader->members->len; i++) {
        const RentRow *rent = leader->members->pdata[i];
        if (deposits)
            sum += rent->deposit_shared && i ? 0 : rent->deposit_fen;
        else
            sum += rent->monthly_shared && i ? 0 : rent->monthly_fen;
    }
    return sum;
}

/* One term where all units have one price, else one for each unit. */
static void
add_price_terms(const RentRow *leader, PriceOf which, json_t *terms)
{
    const char *item = which == OF_RENT ? "rent" : "property_fee";
    gboolean uniform = is_uniform(leader, which);
    gint64 month = total_of(leader, FALSE), area_dm2 = 0;

    for (guint i = 0; uniform && i < leader->members->len; i++)
        area_dm2 += ((const RentRow *) leader->members->pdata[i])->area_dm2;
    for (guint i = 0; i < (uniform ? 1 : leader->members->len); i++) {
        const RentRow *rent = leader->members->pdata[i];
        const RentPrice *price = price_of(rent, which);
        if (!price->price_e4)
            continue;
        json_t *term = price_term(leader, item, price,
                                  which == OF_FEE ? 0
                                  : uniform       ? month
                                                  : rent->monthly_fen,
                                  uniform ? area_dm2 : rent->area_dm2);
        if (!uniform)
            json_object_set_new(term, "unit", json_string(rent->unit_no));
        json_array_append_new(terms, which == OF_RENT ? finish_rent(leader, term) : term);
    }
}

static void
add_rent(const RentRow *leader, json_t *terms)
{
    gint64 month = total_of(leader, FALSE);
    gint64 percent = leader->price.percent_ppm;
    guint before = (guint) json_array_size(terms);

    add_price_terms(leader, OF_RENT, terms);
    if (json_array_size(terms) > before)
        return;
    if (!percent && month) {
        json_array_append_new(
            terms, finish_rent(leader, new_term(leader, "rent", "per_month", month * 100)));
        return;
    }
    if (!percent)
        return;
    /* a share of the turnover, not less than the monthly rent where one is said */
    json_t *term = month ? new_term(leader, "rent", "per_month", month * 100)
                         : json_pack("{s:s,s:i}", "item", "rent_turnover", "cycle_months",
                                     leader->payment.cycle_months);
    json_object_set_new(term, "model", json_string(month ? "greater_of" : "turnover"));
    json_object_set_new(term, "settle", json_string("monthly"));
    json_object_set_new(term, "turnover", json_pack("{s:o}", "percent", percent_json(percent)));
    json_array_append_new(terms, finish_rent(leader, term));
}

/* Rent of the first month, for deposits that are said in months. */
static gint64
first_month(const RentRow *leader)
{
    gint64 sum = total_of(leader, FALSE);

    for (guint i = 0; sum == 0 && i < leader->members->len; i++) {
        const RentRow *rent = leader->members->pdata[i];
        sum += month_fen(rent->area_dm2, &rent->price, 365, 12);
    }
    return sum;
}

static json_t *
deposits_json(const RentRow *leader)
{
    int months = leader->payment.deposit_months;
    gint64 fen = total_of(leader, TRUE);

    if (fen == 0 && months > 0)
        fen = first_month(leader) * months;
    if (fen == 0)
        return json_array();
    json_t *deposit = json_pack("{s:s,s:o,s:o}", "kind", "performance", "amount", money_json(fen),
                                "due_on", day_json(leader->from));
    if (months > 0)
        json_object_set_new(deposit, "months", json_integer(months));
    return json_pack("[o]", deposit);
}

static json_t *
units_json(const RentRow *leader)
{
    json_t *units = json_array();

    for (guint i = 0; i < leader->members->len; i++) {
        const RentRow *rent = leader->members->pdata[i];
        json_t *unit =
            json_pack("{s:o}", "area", money_json(rent->area_dm2)); /* two decimals, like money */
        put_id(unit, "unit_id", rent->unit_id);
        json_array_append_new(units, unit);
    }
    return units;
}

json_t *
rent_lease_json(const RentRow *leader)
{
    json_t *body = json_pack("{s:o,s:o,s:o,s:o}", "from_on", day_json(leader->from), "to_on",
                             day_json(leader->to), "units", units_json(leader), "deposits",
                             deposits_json(leader));
    json_t *terms = json_array();

    put_id(body, "merchant_id", leader->merchant_id);
    put_id(body, "brand_id", leader->brand_id);
    put_id(body, "category_id", leader->category_id);
    if (leader->free_from == leader->from && leader->free_to != DAY_NONE
        && leader->free_to < leader->to)
        json_object_set_new(body, "rent_from_on", day_json(leader->free_to + 1));
    add_rent(leader, terms);
    add_price_terms(leader, OF_FEE, terms);
    json_object_set_new(body, "terms", terms);
    return body;
}
