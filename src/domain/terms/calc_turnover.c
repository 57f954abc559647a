/* Calculators over periods: turnover rent and straight-line income. */
#include "domain/terms/calc_internal.h"
#include "domain/terms/straight_line.h"
#include "domain/terms/terms_internal.h"
#include "domain/terms/terms_json.h"
#include "domain/terms/turnover.h"

/* So many amounts of money cannot leave 64 bits together. */
enum { PAYMENTS_MAX = 4000 };

typedef struct {
    TermModel model;
    TermSettle settle;
    TermTurnover turnover;
    gint64 base_fen; /* of one settlement period */
} Clause;

/* One settlement period: the sales of its reporting intervals. */
typedef struct {
    char *label;
    GArray *sales;     /* of gint64 fen */
    gint64 expected;   /* intervals of a complete period; 0: as many as are given */
    GPtrArray *months; /* labels of the intervals, or NULL entries */
    gint64 base_fen;
    TurnoverScale scale;
} SalesPeriod;

static void
period_free(gpointer data)
{
    SalesPeriod *period = data;

    g_free(period->label);
    g_array_unref(period->sales);
    g_ptr_array_unref(period->months);
    g_free(period);
}

static SalesPeriod *
period_new(const Clause *clause, char *label)
{
    SalesPeriod *period = g_new0(SalesPeriod, 1);

    period->label = label;
    period->sales = g_array_new(FALSE, FALSE, sizeof(gint64));
    period->months = g_ptr_array_new_with_free_func(g_free);
    period->base_fen = clause->base_fen;
    period->scale = TURNOVER_WHOLE;
    return period;
}

static gboolean
read_interval(JsonIn *in, const json_t *value, gsize at, SalesPeriod *period)
{
    static const char *const names[] = { "month", "amount", NULL };
    g_autofree char *prefix = json_in_prefix_of(in, "sales", at);
    gint64 amount = 0;
    int month = 0;
    char *label = NULL;

    if (json_is_object(value)) {
        JsonIn row;
        if (json_in_begin(&row, value, prefix, names, in->error)) {
            json_in_month(&row, "month", JIN_REQUIRED, &month);
            json_in_money(&row, "amount", JIN_REQUIRED, &amount);
        }
        in->failed = in->failed || row.failed;
        label = g_strdup_printf("%04d-%02d", month / 100, month % 100);
    } else if (!json_decimal_value(value, 2, &amount) || ABS(amount) > MONEY_MAX_FEN) {
        json_in_bad(in, "sales", "decimal", "应为金额", "must be an amount of money");
    }
    g_array_append_val(period->sales, amount);
    g_ptr_array_add(period->months, label);
    return !in->failed;
}

/* periods: [{label, sales: [...], base, days, whole_days}] */
static void
read_period(JsonIn *list_in, const json_t *value, gsize at, const Clause *clause, GPtrArray *out)
{
    static const char *const names[] = { "label", "sales", "base", "days", "whole_days", NULL };
    g_autofree char *prefix = json_in_prefix_of(list_in, "periods", at);
    SalesPeriod *period = period_new(clause, NULL);
    const json_t *sales;
    const json_t *entry;
    gint64 days = 1;
    gint64 whole = 1;
    gsize k;
    JsonIn in;

    g_ptr_array_add(out, period);
    if (json_in_begin(&in, value, prefix, names, list_in->error)) {
        json_in_text(&in, "label", JIN_OPTIONAL, &period->label);
        json_in_money(&in, "base", JIN_OPTIONAL, &period->base_fen);
        if (json_in_int(&in, "days", JIN_OPTIONAL, 1, 366, &days)) {
            json_in_int(&in, "whole_days", JIN_REQUIRED, days, 366, &whole);
            period->scale.limit_num = days;
            period->scale.limit_den = whole;
        }
        sales = json_in_member(&in, "sales", JIN_REQUIRED);
        if (json_is_array(sales)) {
            json_array_foreach((json_t *) sales, k, entry) read_interval(&in, entry, k, period);
        } else if (sales != NULL) {
            read_interval(&in, sales, 0, period);
        }
    }
    list_in->failed = list_in->failed || in.failed;
}

/* sales: [{month, amount}] put into settlement periods by the calendar, or by twelve from the first month. */
static void
group_months(JsonIn *in, const json_t *list, const Clause *clause, GPtrArray *out)
{
    g_autoptr(ChargeTerm) term = charge_term_new();
    const json_t *value;
    SalesPeriod *period = NULL;
    Day period_end = DAY_MIN;
    Day previous = DAY_MIN;
    gsize at;

    term->settle = clause->settle;
    json_array_foreach((json_t *) list, at, value)
    {
        const char *text = json_string_value(json_object_get(value, "month"));
        int key = 0;
        Day from;
        Day first;
        if (text == NULL || !json_month_text(text, &key)) {
            json_in_bad(in, "sales", "month", "应为月份", "must be months");
            return;
        }
        first = day_from_month_key(key);
        if (term->from == DAY_NONE)
            term->from = first;
        if (first <= previous) {
            json_in_bad(in, "sales", "order", "月份应按先后排列", "months must be in order");
            return;
        }
        previous = first;
        if (period == NULL || first > period_end) {
            term_settle_period(term, first, &from, &period_end);
            period = period_new(clause, g_strdup_printf("%s", day_format(from, (char[11]){ 0 })));
            period->expected = term_settle_months(clause->settle);
            g_ptr_array_add(out, period);
        }
        if (!read_interval(in, value, at, period))
            return;
    }
}

static gint64
write_intervals(JsonOut *out, const Clause *clause, const SalesPeriod *period)
{
    gint64 n = MAX(period->expected, period->sales->len);
    TurnoverScale scale = { period->scale.limit_num, period->scale.limit_den * n, 1, 1 };
    gint64 base_before = 0;
    gint64 sum = 0;

    json_key(out, "provisional");
    json_begin_array(out);
    for (guint i = 0; i < period->sales->len; i++) {
        gint64 sales = g_array_index(period->sales, gint64, i);
        gint64 base_through = muldiv_half_away(period->base_fen, i + 1, n);
        gint64 base = base_through - base_before;
        TurnoverRent rent = turnover_rent(&clause->turnover, clause->model, base, sales, scale);
        gint64 more = rent.rent_fen - base;
        /* On account nothing is given back before the settlement. */
        if (n > 1 && more < 0)
            more = 0;
        base_before = base_through;
        sum += more;
        json_begin_object(out);
        if (period->months->pdata[i] != NULL)
            json_kv_text(out, "month", period->months->pdata[i]);
        json_kv_money(out, "sales", sales);
        json_kv_money(out, "base", base);
        json_kv_money(out, "rent", base + more);
        json_kv_money(out, "over_base", more);
        json_end_object(out);
    }
    json_end_array(out);
    return sum;
}

static void
write_period(JsonOut *out, const Clause *clause, const SalesPeriod *period)
{
    TurnoverRent rent;
    gboolean complete = period->sales->len >= period->expected;
    gint64 sales = 0;
    gint64 over_base;

    for (guint i = 0; i < period->sales->len; i++)
        sales += g_array_index(period->sales, gint64, i);
    rent = turnover_rent(&clause->turnover, clause->model, period->base_fen, sales, period->scale);
    json_begin_object(out);
    json_kv_text(out, "label", period->label);
    json_kv_money(out, "sales_total", sales);
    json_kv_money(out, "base", period->base_fen);
    over_base = write_intervals(out, clause, period);
    json_kv_money(out, "breakpoint", rent.breakpoint_fen);
    calc_kv_take(out, "rate", percent_format(rent.rate_ppm));
    json_kv_money(out, "percentage_rent", rent.percentage_fen);
    json_kv_money(out, "computed", rent.computed_fen);
    json_kv_bool(out, "complete", complete);
    /* Months that are not in yet may still change everything: then there is nothing final. */
    if (complete) {
        json_kv_money(out, "final", rent.rent_fen);
        json_kv_money(out, "true_up", rent.rent_fen - period->base_fen - over_base);
    }
    json_key(out, "working");
    json_begin_array(out);
    turnover_working(out, &clause->turnover, clause->model, period->base_fen, period->scale, &rent);
    json_end_array(out);
    json_end_object(out);
}

/* The clause is checked as part of a term, so that the calculator refuses what a contract would. */
static gboolean
check_clause(const Clause *clause, GError **error)
{
    g_autoptr(ChargeTerm) term = charge_term_new();
    gboolean ok;

    term->item = g_strdup("rent");
    term->from = 0;
    term->to = 0;
    term->model = clause->model;
    term->settle = clause->settle;
    term->has_turnover = TRUE;
    term->turnover = clause->turnover;
    ok = charge_term_check(term, "", error);
    term->turnover = (TermTurnover){ 0 };
    return ok;
}

static gboolean
run_turnover(JsonIn *in, const Clause *clause, JsonOut *out)
{
    g_autoptr(GPtrArray) periods = g_ptr_array_new_with_free_func(period_free);
    const json_t *list = json_in_array(in, "periods", JIN_OPTIONAL, 1000);
    const json_t *months = json_in_array(in, "sales", JIN_OPTIONAL, 1000);
    const json_t *value;
    gsize at;

    if ((list == NULL) == (months == NULL))
        return json_in_bad(in, "periods", "one_of", "periods 与 sales 应给出且只给出一个",
                           "give either periods or sales, and not both");
    if (list != NULL) {
        json_array_foreach((json_t *) list, at, value) read_period(in, value, at, clause, periods);
    } else {
        group_months(in, months, clause, periods);
    }
    if (in->failed)
        return FALSE;
    json_begin_object(out);
    json_key(out, "periods");
    json_begin_array(out);
    for (guint i = 0; i < periods->len; i++)
        write_period(out, clause, periods->pdata[i]);
    json_end_array(out);
    json_end_object(out);
    return TRUE;
}

gboolean
calc_turnover(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "model",   "base",  "turnover", "settle",
                                         "periods", "sales", NULL };
    Clause clause = { .model = TERM_TURNOVER };
    int model = TERM_TURNOVER;
    int settle = SETTLE_MONTHLY;
    const json_t *turnover;
    gboolean ok = TRUE;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_enum(&in, "model", JIN_OPTIONAL, term_model_tokens, &model);
    json_in_enum(&in, "settle", JIN_OPTIONAL, term_settle_tokens, &settle);
    json_in_money(&in, "base", JIN_OPTIONAL, &clause.base_fen);
    clause.model = (TermModel) model;
    clause.settle = (TermSettle) settle;
    turnover = json_in_member(&in, "turnover", JIN_REQUIRED);
    if (model == TERM_FIXED)
        json_in_bad(&in, "model", "combination", "固定租金没有提成",
                    "fixed rent has no turnover rent");
    if (turnover != NULL)
        ok = turnover_from_json(turnover, "turnover.", &clause.turnover, error);
    ok = ok && !in.failed && check_clause(&clause, error) && run_turnover(&in, &clause, out);
    g_clear_pointer(&clause.turnover.tiers, g_array_unref);
    g_strfreev(clause.turnover.exclusions);
    return ok;
}

/* ---- straight line ---- */

static gboolean
read_fixed_payments(JsonIn *in, GArray *payments)
{
    static const char *const names[] = { "on", "amount", "months", NULL };
    const json_t *list = json_in_array(in, "payments", JIN_REQUIRED, 20000);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return FALSE;
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(in, "payments", at);
        StraightPayment payment = { 0 };
        gint64 months = 1;
        JsonIn row;
        if (json_in_begin(&row, value, prefix, names, in->error)) {
            json_in_day(&row, "on", JIN_REQUIRED, &payment.on);
            json_in_money(&row, "amount", JIN_REQUIRED, &payment.amount_fen);
            json_in_int(&row, "months", JIN_OPTIONAL, 1, 1200, &months);
        }
        in->failed = in->failed || row.failed;
        if (payments->len + months > PAYMENTS_MAX)
            json_in_bad(in, "payments", "too_many", "列表太长", "the list is too long");
        for (gint64 i = 0; !in->failed && i < months; i++) {
            StraightPayment one = { day_add_months(payment.on, (int) i), payment.amount_fen };
            g_array_append_val(payments, one);
        }
    }
    return !in->failed;
}

static GArray *
payments_from_schedule(const json_t *value, GError **error)
{
    g_autoptr(TermSet) set = term_set_from_json(value, error);
    g_autoptr(Schedule) schedule = set == NULL ? NULL : schedule_build(set, error);

    return schedule == NULL ? NULL : straight_payments_of(schedule);
}

static void
write_straight(JsonOut *out, const GArray *periods, gint64 total, gint64 incentives)
{
    json_begin_object(out);
    json_kv_money(out, "total", total);
    json_kv_money(out, "incentives", incentives);
    json_kv_int(out, "periods_count", periods->len);
    calc_kv_take(out, "per_period", money_format(muldiv_half_away(total, 1, MAX(1, periods->len))));
    json_key(out, "periods");
    json_begin_array(out);
    for (guint i = 0; i < periods->len; i++) {
        const StraightPeriod *period = &g_array_index(periods, StraightPeriod, i);
        json_begin_object(out);
        json_kv_day(out, "from", period->from);
        json_kv_day(out, "to", period->to);
        json_kv_money(out, "income", period->income_fen);
        json_kv_money(out, "billed", period->billed_fen);
        json_kv_money(out, "difference", period->billed_fen - period->income_fen);
        json_kv_money(out, "accrued", period->accrued_fen);
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
}

gboolean
calc_straight_line(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "from",     "to",         "by", "payments",
                                         "schedule", "incentives", NULL };
    static const char *const ways[] = { "month", "day", NULL };
    g_autoptr(GArray) payments = NULL;
    g_autoptr(GArray) periods = NULL;
    const json_t *schedule;
    gint64 incentives = 0;
    gint64 total = 0;
    Day from = DAY_NONE;
    Day to = DAY_NONE;
    int by = STRAIGHT_BY_MONTH;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_day(&in, "from", JIN_REQUIRED, &from);
    json_in_day(&in, "to", JIN_REQUIRED, &to);
    json_in_enum(&in, "by", JIN_OPTIONAL, ways, &by);
    json_in_money(&in, "incentives", JIN_OPTIONAL, &incentives);
    schedule = json_in_member(&in, "schedule", JIN_OPTIONAL);
    if (!in.failed && (from > to || to - from > 40000))
        json_in_bad(&in, "to", "order", "止日不能早于起日", "the last day is before the first");
    if (in.failed)
        return FALSE;
    if (schedule != NULL) {
        payments = payments_from_schedule(schedule, error);
    } else {
        payments = g_array_new(FALSE, FALSE, sizeof(StraightPayment));
        if (!read_fixed_payments(&in, payments))
            return FALSE;
    }
    if (payments == NULL)
        return FALSE;
    /* What the lessor bears for the tenant lowers the sum that is spread; it is paid at the start. */
    if (incentives != 0) {
        StraightPayment incentive = { from, -incentives };
        g_array_append_val(payments, incentive);
    }
    for (guint i = 0; i < payments->len; i++)
        total += g_array_index(payments, StraightPayment, i).amount_fen;
    periods = straight_line(from, to, (StraightBy) by,
                            (const StraightPayment *) (void *) payments->data, payments->len);
    write_straight(out, periods, total, incentives);
    return TRUE;
}
