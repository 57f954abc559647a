#include "domain/terms/terms_json.h"

#include "domain/terms/json_in_internal.h"
#include "domain/terms/terms_internal.h"

#include <string.h>

static const char *const term_names[] = {
    "item",      "unit",         "from",  "to",       "model",   "basis",        "price",
    "year_days", "month_price",  "steps", "free",     "billing", "anchor_day",   "cycle_months",
    "proration", "rounding",     "due",   "turnover", "settle",  "partial_year", "index",
    "tax_rate",  "tax_included", "late",  NULL
};

static gboolean
read_step(JsonIn *term_in, const json_t *value, gsize at, TermStep *step)
{
    static const char *const names[] = { "from",     "price",   "every_months",
                                         "first_on", "percent", "amount",
                                         "compound", "round",   NULL };
    static const char *const table_only[] = { "from", "price", NULL };
    g_autofree char *prefix = json_in_prefix_of(term_in, "steps", at);
    gboolean is_rule = json_is_object(value) && json_object_get(value, "every_months") != NULL;
    JsonIn in;
    gint64 months = 0;
    int floor_yuan = 0;

    if (!json_in_begin(&in, value, prefix, is_rule ? names : table_only, term_in->error)) {
        term_in->failed = TRUE;
        return FALSE;
    }
    if (!is_rule) {
        json_in_day(&in, "from", JIN_REQUIRED, &step->from);
        json_in_decimal(&in, "price", JIN_REQUIRED, 4, &step->price_e4);
    } else {
        if (json_in_member(&in, "from", JIN_OPTIONAL) || json_in_member(&in, "price", JIN_OPTIONAL))
            json_in_bad(&in, "from", "conflict", "递增规则不能同时给出 from 或 price",
                        "a stepping rule has neither from nor price");
        if (json_in_int(&in, "every_months", JIN_REQUIRED, 1, 240, &months))
            step->every_months = (int) months;
        json_in_day(&in, "first_on", JIN_REQUIRED, &step->from);
        step->is_percent = json_in_percent(&in, "percent", JIN_OPTIONAL, &step->percent_ppm);
        if (json_in_decimal(&in, "amount", JIN_OPTIONAL, 4, &step->amount_e4) == step->is_percent)
            json_in_bad(&in, "percent", "one_of", "percent 与 amount 应给出且只给出一个",
                        "give either percent or amount, and not both");
        step->compound = TRUE;
        json_in_bool(&in, "compound", JIN_OPTIONAL, &step->compound);
        json_in_enum(&in, "round", JIN_OPTIONAL, term_step_round_tokens, &floor_yuan);
        step->floor_yuan = floor_yuan != 0;
    }
    term_in->failed = term_in->failed || in.failed;
    return !in.failed;
}

static void
read_steps(JsonIn *in, ChargeTerm *term)
{
    const json_t *list = json_in_array(in, "steps", JIN_OPTIONAL, TERM_MAX_STEPS);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return;
    json_array_foreach((json_t *) list, at, value)
    {
        TermStep step = { .from = DAY_NONE };
        if (read_step(in, value, at, &step))
            g_array_append_val(term->steps, step);
    }
}

/* "MM-DD" at @text; 0 if it is no day of a leap year. */
static int
month_day(const char *text)
{
    g_autofree char *day_text = g_strdup_printf("2024-%.5s", text);
    Day day = day_parse(day_text);
    Ymd ymd;

    if (day == DAY_NONE)
        return 0;
    ymd = day_to_ymd(day);
    return ymd.month * 100 + ymd.day;
}

static gboolean
read_free_one(JsonIn *term_in, const json_t *value, gsize at, TermFree *out)
{
    static const char *const names[] = { "from", "to", "yearly", NULL };
    g_autofree char *prefix = json_in_prefix_of(term_in, "free", at);
    g_autofree char *yearly = NULL;
    JsonIn in;

    if (json_in_begin(&in, value, prefix, names, term_in->error)) {
        if (json_in_text(&in, "yearly", JIN_OPTIONAL, &yearly)) {
            out->yearly = TRUE;
            if (strlen(yearly) == 12 && memcmp(yearly + 5, "..", 2) == 0) {
                out->from_md = month_day(yearly);
                out->to_md = month_day(yearly + 7);
            }
            if (out->from_md == 0 || out->to_md == 0)
                json_in_bad(&in, "yearly", "yearly", "应形如 \"02-10..02-16\"",
                            "must look like \"02-10..02-16\"");
            if (json_in_member(&in, "from", JIN_OPTIONAL)
                || json_in_member(&in, "to", JIN_OPTIONAL))
                json_in_bad(&in, "yearly", "conflict", "yearly 不能与 from、to 同时给出",
                            "yearly excludes from and to");
        } else if (!in.failed) {
            json_in_day(&in, "from", JIN_REQUIRED, &out->from);
            json_in_day(&in, "to", JIN_REQUIRED, &out->to);
        }
    }
    term_in->failed = term_in->failed || in.failed;
    return !in.failed;
}

static void
read_free(JsonIn *in, ChargeTerm *term)
{
    const json_t *list = json_in_array(in, "free", JIN_OPTIONAL, TERM_MAX_FREE);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return;
    json_array_foreach((json_t *) list, at, value)
    {
        TermFree free_days = { .from = DAY_NONE, .to = DAY_NONE };
        if (read_free_one(in, value, at, &free_days))
            g_array_append_val(term->free, free_days);
    }
}

static void
read_billing(JsonIn *in, ChargeTerm *term)
{
    const json_t *value = json_in_member(in, "billing", JIN_OPTIONAL);
    gint64 anchor = 0;
    int billing = (int) term->billing;

    if (json_is_object(value)) {
        static const char *const names[] = { "anchored", NULL };
        g_autofree char *prefix = g_strconcat(in->prefix, "billing.", NULL);
        JsonIn inner;
        if (json_in_begin(&inner, value, prefix, names, in->error))
            json_in_int(&inner, "anchored", JIN_REQUIRED, 1, 31, &anchor);
        in->failed = in->failed || inner.failed;
        billing = BILLING_ANCHORED;
    } else {
        json_in_enum(in, "billing", JIN_OPTIONAL, term_billing_tokens, &billing);
    }
    json_in_int(in, "anchor_day", JIN_OPTIONAL, 1, 31, &anchor);
    term->billing = (TermBilling) billing;
    if (anchor != 0)
        term->anchor_day = (int) anchor;
    else if (billing == BILLING_ANCHORED && term->from != DAY_NONE)
        term->anchor_day = day_to_ymd(term->from).day;
}

static void
read_due(JsonIn *term_in, ChargeTerm *term)
{
    static const char *const names[] = { "days_before", "day",     "month",
                                         "days_after",  "holiday", NULL };
    const json_t *value = json_in_member(term_in, "due", JIN_OPTIONAL);
    g_autofree char *prefix = g_strconcat(term_in->prefix, "due.", NULL);
    JsonIn in;
    gint64 number = 0;
    int forms = 0;
    int month = 1;
    int holiday = 0;

    if (value == NULL)
        return;
    if (json_in_begin(&in, value, prefix, names, term_in->error)) {
        if (json_in_int(&in, "days_before", JIN_OPTIONAL, 0, 366, &number)) {
            term->due = (TermDue){ .kind = DUE_DAYS_BEFORE, .days = (int) number };
            forms++;
        }
        if (json_in_int(&in, "days_after", JIN_OPTIONAL, 0, 366, &number)) {
            term->due = (TermDue){ .kind = DUE_DAYS_AFTER, .days = (int) number };
            forms++;
        }
        if (json_in_int(&in, "day", JIN_OPTIONAL, 1, 31, &number)) {
            json_in_enum(&in, "month", JIN_OPTIONAL, term_month_offset_tokens, &month);
            term->due = (TermDue){ .kind = DUE_DAY_OF_MONTH,
                                   .day = (int) number,
                                   .month_offset = month - 1 };
            forms++;
        } else if (json_in_member(&in, "month", JIN_OPTIONAL) != NULL) {
            json_in_bad(&in, "month", "conflict", "month 只能与 day 同用",
                        "month goes with day only");
        }
        json_in_enum(&in, "holiday", JIN_OPTIONAL, term_holiday_tokens, &holiday);
        term->due.next_working = holiday != 0;
        if (forms > 1)
            json_in_bad(&in, "days_before", "one_of", "days_before、day、days_after 只能给出一个",
                        "give only one of days_before, day and days_after");
    }
    term_in->failed = term_in->failed || in.failed;
}

static void
read_tiers(JsonIn *in, TermTurnover *turnover)
{
    static const char *const names[] = { "above", "percent", NULL };
    const json_t *list = json_in_array(in, "tiers", JIN_OPTIONAL, TERM_MAX_TIERS);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return;
    turnover->tiers = g_array_new(FALSE, TRUE, sizeof(TurnoverTier));
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(in, "tiers", at);
        TurnoverTier tier = { 0 };
        JsonIn inner;
        if (json_in_begin(&inner, value, prefix, names, in->error)) {
            json_in_money(&inner, "above", JIN_REQUIRED, &tier.above_fen);
            json_in_percent(&inner, "percent", JIN_REQUIRED, &tier.percent_ppm);
            g_array_append_val(turnover->tiers, tier);
        }
        in->failed = in->failed || inner.failed;
    }
}

static void
read_breakpoint(JsonIn *in, TermTurnover *turnover)
{
    const json_t *value = json_in_member(in, "breakpoint", JIN_OPTIONAL);

    if (value == NULL)
        return;
    if (g_strcmp0(json_string_value(value), "natural") == 0)
        turnover->breakpoint = BREAKPOINT_NATURAL;
    else if (json_in_money(in, "breakpoint", JIN_OPTIONAL, &turnover->breakpoint_fen))
        turnover->breakpoint = BREAKPOINT_AMOUNT;
}

static void
read_exclusions(JsonIn *in, TermTurnover *turnover)
{
    const json_t *list = json_in_array(in, "exclusions", JIN_OPTIONAL, 100);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    const json_t *value;
    gsize at;

    if (list == NULL)
        return;
    json_array_foreach((json_t *) list, at, value)
    {
        if (!json_is_string(value)) {
            json_in_bad(in, "exclusions", "text", "应为文字列表", "must be a list of texts");
            return;
        }
        g_strv_builder_add(builder, json_string_value(value));
    }
    turnover->exclusions = g_strv_builder_end(builder);
}

gboolean
turnover_from_json(const json_t *value, const char *prefix, TermTurnover *turnover, GError **error)
{
    static const char *const names[] = { "percent",      "tiers",
                                         "scale",        "breakpoint",
                                         "minimum",      "maximum",
                                         "deemed_sales", "sales_tax_included",
                                         "exclusions",   NULL };
    JsonIn in;
    int scale = 0;

    if (!json_in_begin(&in, value, prefix, names, error))
        return FALSE;
    json_in_percent(&in, "percent", JIN_OPTIONAL, &turnover->percent_ppm);
    read_tiers(&in, turnover);
    if ((json_in_member(&in, "percent", JIN_OPTIONAL) != NULL) == (turnover->tiers != NULL))
        json_in_bad(&in, "percent", "one_of", "percent 与 tiers 应给出且只给出一个",
                    "give either percent or tiers, and not both");
    if (json_in_enum(&in, "scale", JIN_OPTIONAL, term_scale_tokens, &scale)
        && turnover->tiers == NULL)
        json_in_bad(&in, "scale", "conflict", "scale 只能与 tiers 同用",
                    "scale goes with tiers only");
    turnover->slices = scale != 0;
    read_breakpoint(&in, turnover);
    turnover->has_minimum = json_in_money(&in, "minimum", JIN_OPTIONAL, &turnover->minimum_fen);
    turnover->has_maximum = json_in_money(&in, "maximum", JIN_OPTIONAL, &turnover->maximum_fen);
    json_in_money(&in, "deemed_sales", JIN_OPTIONAL, &turnover->deemed_sales_fen);
    json_in_bool(&in, "sales_tax_included", JIN_OPTIONAL, &turnover->sales_tax_included);
    read_exclusions(&in, turnover);
    return !in.failed;
}

static void
read_tax(JsonIn *in, ChargeTerm *term)
{
    static const char *const names[] = { "from", "percent", NULL };
    const json_t *value = json_in_member(in, "tax_rate", JIN_OPTIONAL);
    const json_t *entry;
    gsize at;

    if (value == NULL)
        return;
    if (!json_is_array(value)) {
        TermTax tax = { .from = DAY_MIN };
        if (json_in_percent(in, "tax_rate", JIN_OPTIONAL, &tax.rate_ppm))
            g_array_append_val(term->tax, tax);
        return;
    }
    if (json_in_array(in, "tax_rate", JIN_OPTIONAL, 50) == NULL)
        return;
    json_array_foreach((json_t *) value, at, entry)
    {
        g_autofree char *prefix = json_in_prefix_of(in, "tax_rate", at);
        TermTax tax = { .from = DAY_MIN };
        JsonIn inner;
        if (json_in_begin(&inner, entry, prefix, names, in->error)) {
            json_in_day(&inner, "from", at == 0 ? JIN_OPTIONAL : JIN_REQUIRED, &tax.from);
            json_in_percent(&inner, "percent", JIN_REQUIRED, &tax.rate_ppm);
            g_array_append_val(term->tax, tax);
        }
        in->failed = in->failed || inner.failed;
    }
}

static void
read_index(JsonIn *term_in, ChargeTerm *term)
{
    static const char *const names[] = { "table", "base_month", "share", "floor", "cap", NULL };
    const json_t *value = json_in_member(term_in, "index", JIN_OPTIONAL);
    g_autofree char *prefix = g_strconcat(term_in->prefix, "index.", NULL);
    TermIndex *index = &term->index;
    JsonIn in;

    if (value == NULL)
        return;
    if (json_in_begin(&in, value, prefix, names, term_in->error)) {
        json_in_text(&in, "table", JIN_REQUIRED, &index->table);
        json_in_month(&in, "base_month", JIN_REQUIRED, &index->base_month);
        json_in_percent(&in, "share", JIN_OPTIONAL, &index->share_ppm);
        index->has_floor = json_in_percent(&in, "floor", JIN_OPTIONAL, &index->floor_ppm);
        index->has_cap = json_in_percent(&in, "cap", JIN_OPTIONAL, &index->cap_ppm);
    }
    term_in->failed = term_in->failed || in.failed;
}

gboolean
late_cap_from_json(JsonIn *in, TermLate *late)
{
    static const char *const names[] = { "percent", "amount", NULL };
    const json_t *value = json_in_member(in, "cap", JIN_OPTIONAL);
    g_autofree char *prefix = g_strconcat(in->prefix, "cap.", NULL);
    JsonIn inner;
    gboolean percent, amount;

    if (value == NULL)
        return TRUE;
    late->cap_kind = CAP_PERCENT;
    if (g_strcmp0(json_string_value(value), "principal") == 0) {
        late->cap = RATE_ONE_PPM;
        return TRUE;
    }
    if (!json_is_object(value))
        return json_in_percent(in, "cap", JIN_OPTIONAL, &late->cap);
    if (json_in_begin(&inner, value, prefix, names, in->error)) {
        percent = json_in_percent(&inner, "percent", JIN_OPTIONAL, &late->cap);
        amount = json_in_money(&inner, "amount", JIN_OPTIONAL, &late->cap);
        if (percent == amount)
            json_in_bad(&inner, "percent", "one_of", "percent 与 amount 应给出且只给出一个",
                        "give either percent or amount, and not both");
        late->cap_kind = amount ? CAP_AMOUNT : CAP_PERCENT;
    }
    in->failed = in->failed || inner.failed;
    return !inner.failed;
}

static void
read_late(JsonIn *term_in, ChargeTerm *term)
{
    static const char *const names[] = { "percent_per_day", "grace_days", "cap", NULL };
    const json_t *value = json_in_member(term_in, "late", JIN_OPTIONAL);
    g_autofree char *prefix = g_strconcat(term_in->prefix, "late.", NULL);
    gint64 grace = 0;
    JsonIn in;

    if (value == NULL)
        return;
    if (json_in_begin(&in, value, prefix, names, term_in->error)) {
        json_in_percent(&in, "percent_per_day", JIN_REQUIRED, &term->late.percent_per_day_ppm);
        json_in_int(&in, "grace_days", JIN_OPTIONAL, 0, 366, &grace);
        term->late.grace_days = (int) grace;
        late_cap_from_json(&in, &term->late);
    }
    term_in->failed = term_in->failed || in.failed;
}

/* The fields that are one token each. */
static void
read_choices(JsonIn *in, ChargeTerm *term)
{
    int model = (int) term->model, basis = (int) term->basis, year = 0, month = 0;
    int rounding = 0, settle = 0, partial = 0, proration;
    gint64 cycle = term->cycle_months;

    json_in_enum(in, "model", JIN_OPTIONAL, term_model_tokens, &model);
    json_in_enum(in, "basis", model == TERM_TURNOVER ? JIN_OPTIONAL : JIN_REQUIRED,
                 term_basis_tokens, &basis);
    json_in_enum(in, "year_days", JIN_OPTIONAL, term_year_days_tokens, &year);
    json_in_enum(in, "month_price", JIN_OPTIONAL, term_month_price_tokens, &month);
    /* A price by the day needs no convention for broken months unless the contract names one. */
    proration = basis_is_daily((TermBasis) basis) ? PRORATION_DAILY_UNIT : PRORATION_ACTUAL_DAYS;
    json_in_enum(in, "proration", JIN_OPTIONAL, term_proration_tokens, &proration);
    json_in_enum(in, "rounding", JIN_OPTIONAL, term_rounding_tokens, &rounding);
    json_in_enum(in, "settle", JIN_OPTIONAL, term_settle_tokens, &settle);
    json_in_enum(in, "partial_year", JIN_OPTIONAL, term_partial_tokens, &partial);
    json_in_int(in, "cycle_months", JIN_OPTIONAL, 0, 12, &cycle);
    if (model != TERM_FIXED)
        json_in_member(in, "settle", JIN_REQUIRED);
    term->model = (TermModel) model;
    term->basis = (TermBasis) basis;
    term->year_days = (TermYearDays) year;
    term->month_price = (TermMonthPrice) month;
    term->proration = (TermProration) proration;
    term->rounding = (TermRounding) rounding;
    term->settle = (TermSettle) settle;
    term->partial_year = (TermPartialYear) partial;
    term->cycle_months = (int) cycle;
}

ChargeTerm *
charge_term_from_json(const json_t *object, const char *prefix, GError **error)
{
    g_autoptr(ChargeTerm) term = charge_term_new();
    const json_t *turnover;
    JsonIn in;

    json_in_begin(&in, object, prefix, term_names, error);
    if (!json_is_object(object))
        return NULL;
    json_in_text(&in, "item", JIN_REQUIRED, &term->item);
    json_in_text(&in, "unit", JIN_OPTIONAL, &term->unit);
    json_in_day(&in, "from", JIN_REQUIRED, &term->from);
    json_in_day(&in, "to", JIN_REQUIRED, &term->to);
    read_choices(&in, term);
    json_in_decimal(&in, "price", term->model == TERM_TURNOVER ? JIN_OPTIONAL : JIN_REQUIRED, 4,
                    &term->price_e4);
    read_steps(&in, term);
    read_free(&in, term);
    read_billing(&in, term);
    read_due(&in, term);
    read_tax(&in, term);
    json_in_bool(&in, "tax_included", JIN_OPTIONAL, &term->tax_included);
    read_index(&in, term);
    read_late(&in, term);
    turnover = json_in_member(&in, "turnover", JIN_OPTIONAL);
    if (turnover != NULL) {
        g_autofree char *inner = g_strconcat(prefix, "turnover.", NULL);
        term->has_turnover = TRUE;
        if (!turnover_from_json(turnover, inner, &term->turnover, error))
            in.failed = TRUE;
    }
    if (in.failed || !charge_term_check(term, prefix, error))
        return NULL;
    return g_steal_pointer(&term);
}
