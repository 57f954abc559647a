/* Calculators of single sums: late fee, tax, stamp duty, share, deposit, move-out statement. */
#include "domain/terms/calc_internal.h"
#include "domain/terms/figures.h"
#include "domain/terms/late.h"
#include "domain/terms/lease_money.h"
#include "domain/terms/terms_internal.h"

static void
amount_clear(gpointer data)
{
    g_free(((CalcAmount *) data)->name);
}

static gboolean
read_amount(JsonIn *list_in, const char *name, gsize at, const json_t *value, CalcAmount *row)
{
    static const char *const names[] = { "name", "amount", NULL };
    g_autofree char *prefix = json_in_prefix_of(list_in, name, at);
    JsonIn in;

    if (json_is_string(value) || json_is_integer(value)) {
        if (json_decimal_value(value, 2, &row->amount_fen) && ABS(row->amount_fen) <= MONEY_MAX_FEN)
            return TRUE;
        return json_in_bad(list_in, name, "decimal", "应为金额", "must be an amount of money");
    }
    if (json_in_begin(&in, value, prefix, names, list_in->error)) {
        json_in_text(&in, "name", JIN_OPTIONAL, &row->name);
        json_in_money(&in, "amount", JIN_REQUIRED, &row->amount_fen);
    }
    list_in->failed = list_in->failed || in.failed;
    return !in.failed;
}

GArray *
calc_amounts(JsonIn *in, const char *name)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(CalcAmount));
    const json_t *value = json_in_member(in, name, JIN_OPTIONAL);
    const json_t *entry;
    gsize at;

    g_array_set_clear_func(rows, amount_clear);
    if (value == NULL)
        return g_steal_pointer(&rows);
    if (!json_is_array(value)) {
        CalcAmount row = { 0 };
        if (!read_amount(in, name, 0, value, &row))
            return NULL;
        g_array_append_val(rows, row);
        return g_steal_pointer(&rows);
    }
    if (json_in_array(in, name, JIN_OPTIONAL, 5000) == NULL)
        return NULL;
    json_array_foreach((json_t *) value, at, entry)
    {
        CalcAmount row = { 0 };
        if (!read_amount(in, name, at, entry, &row)) {
            g_free(row.name);
            return NULL;
        }
        g_array_append_val(rows, row);
    }
    return g_steal_pointer(&rows);
}

gint64
calc_amounts_sum(const GArray *amounts)
{
    gint64 sum = 0;

    for (guint i = 0; i < amounts->len; i++)
        sum += g_array_index(amounts, CalcAmount, i).amount_fen;
    return sum;
}

static gboolean
read_payments(JsonIn *in, GArray *payments)
{
    static const char *const names[] = { "on", "amount", NULL };
    const json_t *list = json_in_array(in, "payments", JIN_OPTIONAL, 5000);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return !in->failed;
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(in, "payments", at);
        LatePayment payment = { 0 };
        JsonIn inner;
        if (json_in_begin(&inner, value, prefix, names, in->error)) {
            json_in_day(&inner, "on", JIN_REQUIRED, &payment.on);
            json_in_money(&inner, "amount", JIN_REQUIRED, &payment.amount_fen);
            if (payment.amount_fen < 0)
                json_in_bad(&inner, "amount", "range", "金额不能为负", "cannot be negative");
            g_array_append_val(payments, payment);
        }
        in->failed = in->failed || inner.failed;
    }
    return !in->failed;
}

static void
write_late_steps(JsonOut *out, const LateFee *fee, gint64 rate_ppm)
{
    json_key(out, "steps");
    json_begin_array(out);
    for (guint i = 0; i < fee->steps->len; i++) {
        const LateStep *step = &g_array_index(fee->steps, LateStep, i);
        g_autofree char *principal = working_amount(step->principal_fen);
        g_autofree char *percent = percent_format(rate_ppm);
        json_begin_object(out);
        json_kv_day(out, "from", step->from);
        json_kv_day(out, "to", step->to);
        json_kv_int(out, "days", step->days);
        json_kv_money(out, "principal", step->principal_fen);
        calc_texts(out,
                   g_strdup_printf("%s × %s%%/天 × %" G_GINT64_FORMAT " 天", principal, percent,
                                   step->days),
                   g_strdup_printf("%s × %s%% per day × %" G_GINT64_FORMAT " days", principal,
                                   percent, step->days));
        json_end_object(out);
    }
    json_end_array(out);
}

gboolean
calc_late_fee(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = {
        "principal", "percent_per_day", "due_on", "paid_on", "grace_days", "cap", "payments", NULL
    };
    g_autoptr(GArray) payments = g_array_new(FALSE, FALSE, sizeof(LatePayment));
    g_auto(LateFee) fee = { 0 };
    TermLate terms = { 0 };
    gint64 principal = 0;
    gint64 grace = 0;
    Day due_on = DAY_NONE;
    Day until = DAY_NONE;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_money(&in, "principal", JIN_REQUIRED, &principal);
    json_in_percent(&in, "percent_per_day", JIN_REQUIRED, &terms.percent_per_day_ppm);
    json_in_day(&in, "due_on", JIN_REQUIRED, &due_on);
    json_in_day(&in, "paid_on", JIN_REQUIRED, &until);
    json_in_int(&in, "grace_days", JIN_OPTIONAL, 0, 366, &grace);
    late_cap_from_json(&in, &terms);
    read_payments(&in, payments);
    if (!in.failed && principal < 0)
        json_in_bad(&in, "principal", "range", "金额不能为负", "cannot be negative");
    if (!in.failed && (terms.percent_per_day_ppm < 0 || terms.cap < 0))
        json_in_bad(&in, "percent_per_day", "range", "不能为负", "cannot be negative");
    if (in.failed)
        return FALSE;
    terms.grace_days = (int) grace;
    fee = late_fee(&terms, principal, due_on, until, (const LatePayment *) (void *) payments->data,
                   payments->len);
    json_begin_object(out);
    json_kv_int(out, "days", fee.days);
    json_kv_money(out, "fee", fee.fee_fen);
    json_kv_money(out, "uncapped", fee.uncapped_fen);
    json_kv_bool(out, "capped", fee.capped);
    write_late_steps(out, &fee, terms.percent_per_day_ppm);
    json_end_object(out);
    return TRUE;
}

gboolean
calc_tax(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "gross", "net", "percent", NULL };
    gint64 gross = 0;
    gint64 net = 0;
    gint64 tax = 0;
    gint64 rate = 0;
    gboolean has_gross;
    gboolean has_net;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    has_gross = json_in_money(&in, "gross", JIN_OPTIONAL, &gross);
    has_net = json_in_money(&in, "net", JIN_OPTIONAL, &net);
    json_in_percent(&in, "percent", JIN_REQUIRED, &rate);
    if (!in.failed && has_gross == has_net)
        json_in_bad(&in, "gross", "one_of", "gross 与 net 应给出且只给出一个",
                    "give either gross or net, and not both");
    if (!in.failed && (rate < 0 || rate >= RATE_ONE_PPM))
        json_in_bad(&in, "percent", "range", "税率应在 0 与 100% 之间",
                    "the tax rate must be from 0 to below 100 %");
    if (in.failed)
        return FALSE;
    if (has_gross)
        tax_split_gross(gross, rate, &net, &tax);
    else
        tax_add_net(net, rate, &tax, &gross);
    json_begin_object(out);
    json_kv_money(out, "net", net);
    json_kv_money(out, "tax", tax);
    json_kv_money(out, "gross", gross);
    json_end_object(out);
    return TRUE;
}

gboolean
calc_stamp_duty(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "amount", "amounts", "percent", "vat_included_percent",
                                         NULL };
    g_autoptr(GArray) amounts = NULL;
    gint64 single = 0;
    gint64 rate = 1000; /* 1 per mille: lease contracts */
    gint64 vat = 0;
    gint64 base;
    gint64 tax = 0;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_money(&in, "amount", JIN_OPTIONAL, &single);
    amounts = calc_amounts(&in, "amounts");
    json_in_percent(&in, "percent", JIN_OPTIONAL, &rate);
    json_in_percent(&in, "vat_included_percent", JIN_OPTIONAL, &vat);
    if (!in.failed && json_in_member(&in, "amount", JIN_OPTIONAL) == NULL && amounts->len == 0)
        json_in_bad(&in, "amount", "required", "必填", "required");
    if (!in.failed && (rate < 0 || vat < 0 || single < 0))
        json_in_bad(&in, "percent", "range", "不能为负", "cannot be negative");
    if (in.failed)
        return FALSE;
    tax_split_gross(single + calc_amounts_sum(amounts), vat, &base, &tax);
    g_autofree char *base_text = working_amount(base);
    g_autofree char *percent = percent_format(rate);
    g_autofree char *duty = working_amount(stamp_duty(base, rate));
    json_begin_object(out);
    json_kv_money(out, "base", base);
    calc_kv_take(out, "percent", percent_format(rate));
    json_kv_money(out, "duty", stamp_duty(base, rate));
    calc_texts(
        out,
        g_strdup_printf("租赁合同按不含税租金总额 %s × %s%% = %s，双方各自缴纳", base_text, percent,
                        duty),
        g_strdup_printf("lease contract: rent without VAT %s × %s%% = %s, due from each party",
                        base_text, percent, duty));
    json_end_object(out);
    return TRUE;
}

gboolean
calc_share(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "pool", "own_area", "total_area", NULL };
    gint64 pool = 0;
    gint64 own = 0;
    gint64 total = 0;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_money(&in, "pool", JIN_OPTIONAL, &pool);
    json_in_area(&in, "own_area", JIN_REQUIRED, &own);
    json_in_area(&in, "total_area", JIN_REQUIRED, &total);
    if (!in.failed && (total <= 0 || own > total))
        json_in_bad(&in, "total_area", "range", "分摊总面积应大于零且不小于自有面积",
                    "the total area must be positive and not below the own area");
    if (in.failed)
        return FALSE;
    g_autofree char *pool_text = working_amount(pool);
    g_autofree char *own_text = area_format(own);
    g_autofree char *total_text = area_format(total);
    g_autofree char *share = working_amount(cost_share(pool, own, total));
    json_begin_object(out);
    calc_kv_take(out, "percent", ratio_percent_text(own, total, 2));
    if (json_in_member(&in, "pool", JIN_OPTIONAL) != NULL) {
        json_kv_money(out, "share", cost_share(pool, own, total));
        calc_texts(out,
                   g_strdup_printf("%s × %s / %s ㎡ = %s", pool_text, own_text, total_text, share),
                   g_strdup_printf("%s × %s / %s m² = %s", pool_text, own_text, total_text, share));
    }
    json_end_object(out);
    return TRUE;
}

static const char *const advance_tokens[] = { "earnest", "intent",  "sincerity", "bond",
                                              "deposit", "prepaid", NULL };

static void
write_earnest(JsonOut *out, gint64 paid, gint64 contract)
{
    Earnest earnest = earnest_money(paid, contract);

    json_kv_money(out, "effective_earnest", earnest.effective_fen);
    json_kv_money(out, "without_earnest_effect", earnest.excess_fen);
    json_kv_money(out, "forfeit_if_payer_defaults", earnest.forfeit_if_payer_defaults_fen);
    json_kv_money(out, "refund_if_receiver_defaults", earnest.refund_if_receiver_defaults_fen);
    calc_texts(
        out, g_strdup("定金不超过合同金额的 20%，超过部分不产生定金效力（民法典第586、587条）"),
        g_strdup("earnest money has effect up to 20 % of the contract amount; the rest is returned "
                 "as paid (Civil Code art. 586, 587)"));
}

static void
write_plain_advance(JsonOut *out, AdvanceKind kind)
{
    const char *zh = "未约定定金性质的，不产生定金罚则；无特别约定不计息，结清后退还";
    const char *en = "without the agreed nature of 定金 nothing is returned twofold; no interest "
                     "unless agreed; refunded after settlement";

    if (kind == ADVANCE_PREPAID) {
        zh = "预付租金冲抵以后的租金";
        en = "prepaid rent is set off against later rent";
    }
    calc_texts(out, g_strdup(zh), g_strdup(en));
}

gboolean
calc_deposit(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = {
        "kind",        "amount",         "months",          "monthly_rent",
        "monthly_fee", "advance_months", "contract_amount", NULL
    };
    int kind = ADVANCE_DEPOSIT;
    gint64 amount = 0, months = 0, rent = 0, fee = 0, advance = 0, contract = 0;
    gboolean has_amount;
    gboolean has_months;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_enum(&in, "kind", JIN_OPTIONAL, advance_tokens, &kind);
    has_amount = json_in_money(&in, "amount", JIN_OPTIONAL, &amount);
    has_months = json_in_decimal(&in, "months", JIN_OPTIONAL, 4, &months);
    json_in_money(&in, "monthly_rent", has_months ? JIN_REQUIRED : JIN_OPTIONAL, &rent);
    json_in_money(&in, "monthly_fee", JIN_OPTIONAL, &fee);
    json_in_decimal(&in, "advance_months", JIN_OPTIONAL, 4, &advance);
    json_in_money(&in, "contract_amount", kind == ADVANCE_EARNEST ? JIN_REQUIRED : JIN_OPTIONAL,
                  &contract);
    if (!in.failed && has_amount == has_months)
        json_in_bad(&in, "amount", "one_of", "amount 与 months 应给出且只给出一个",
                    "give either amount or months, and not both");
    if (!in.failed
        && (amount < 0 || months < 0 || rent < 0 || fee < 0 || advance < 0 || contract < 0
            || months > 1200000 || advance > 1200000))
        json_in_bad(&in, "amount", "range", "数值超出范围", "a number is out of range");
    if (in.failed)
        return FALSE;
    if (has_months)
        amount = deposit_by_months(rent + fee, months);
    json_begin_object(out);
    json_kv_text(out, "kind", advance_tokens[kind]);
    json_kv_money(out, "amount", amount);
    json_kv_money(out, "deposit", amount);
    if (json_in_member(&in, "advance_months", JIN_OPTIONAL) != NULL) {
        gint64 first = deposit_by_months(rent, advance);
        json_kv_money(out, "first_rent", first);
        json_kv_money(out, "first_payment", amount + first);
    }
    if (kind == ADVANCE_EARNEST)
        write_earnest(out, amount, contract);
    else
        write_plain_advance(out, (AdvanceKind) kind);
    json_end_object(out);
    return TRUE;
}

/* ---- settlement at moving out ---- */

static void
statement_line(JsonOut *out, const char *kind, const char *name, gint64 amount_fen)
{
    json_begin_object(out);
    json_kv_text(out, "kind", kind);
    json_kv_text(out, "name", name);
    json_kv_money(out, "amount", amount_fen);
    json_end_object(out);
}

/* One kind of amounts, signed: credits positive, deductions negative. FALSE if malformed. */
static gboolean
statement_group(JsonIn *in, JsonOut *out, const char *kind, int sign, gint64 *sum)
{
    g_autoptr(GArray) rows = calc_amounts(in, kind);

    if (rows == NULL)
        return FALSE;
    for (guint i = 0; i < rows->len; i++) {
        const CalcAmount *row = &g_array_index(rows, CalcAmount, i);
        statement_line(out, kind, row->name, sign * row->amount_fen);
        *sum += row->amount_fen;
    }
    return TRUE;
}

static void
reading_line(JsonOut *out, JsonIn *row, gint64 *sum)
{
    gint64 last = 0, this = 0, rollover = 0, multiplier = 10000, price = 0;
    g_autofree char *name = NULL;
    gint64 use;
    gint64 charge;

    json_in_text(row, "name", JIN_OPTIONAL, &name);
    json_in_decimal(row, "last", JIN_REQUIRED, 4, &last);
    json_in_decimal(row, "this", JIN_REQUIRED, 4, &this);
    json_in_decimal(row, "multiplier", JIN_OPTIONAL, 4, &multiplier);
    json_in_decimal(row, "price", JIN_REQUIRED, 4, &price);
    json_in_decimal(row, "rollover", JIN_OPTIONAL, 4, &rollover);
    if (!row->failed && this < last && rollover <= 0)
        json_in_bad(row, "this", "order", "本次读数小于上次读数", "the reading went backwards");
    if (!row->failed && (last < 0 || multiplier < 0 || price < 0))
        json_in_bad(row, "price", "range", "不能为负", "cannot be negative");
    if (row->failed)
        return;
    use = meter_use_e4(last, this, rollover, multiplier);
    charge = meter_charge(use, price);
    if (charge > MONEY_MAX_FEN) {
        json_in_bad(row, "this", "range", "金额太大", "the amount is too large");
        return;
    }
    *sum += charge;
    json_begin_object(out);
    json_kv_text(out, "kind", "readings");
    json_kv_text(out, "name", name);
    json_kv_money(out, "amount", -charge);
    calc_kv_take(out, "use", decimal_format(use, 4, 0));
    g_autofree char *use_text = decimal_format(use, 4, 0);
    g_autofree char *price_text = decimal_format(price, 4, 2);
    g_autofree char *result = working_amount(charge);
    calc_texts(out, g_strdup_printf("用量 %s × %s = %s", use_text, price_text, result),
               g_strdup_printf("use %s × %s = %s", use_text, price_text, result));
    json_end_object(out);
}

static gboolean
statement_readings(JsonIn *in, JsonOut *out, gint64 *sum)
{
    static const char *const names[] = { "name",  "last",     "this", "multiplier",
                                         "price", "rollover", NULL };
    const json_t *list = json_in_array(in, "readings", JIN_OPTIONAL, 5000);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return !in->failed;
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(in, "readings", at);
        JsonIn row;
        if (json_in_begin(&row, value, prefix, names, in->error))
            reading_line(out, &row, sum);
        in->failed = in->failed || row.failed;
    }
    return !in->failed;
}

gboolean
calc_settlement(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "deposits", "credits",   "compensation",
                                         "unpaid",   "late_fees", "readings",
                                         "damages",  "penalty",   NULL };
    static const char *const credits[] = { "deposits", "credits", "compensation" };
    static const char *const deductions[] = { "unpaid", "late_fees", "damages", "penalty" };
    gint64 credit = 0;
    gint64 deduction = 0;
    MoveOut balance;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error)
        || json_in_member(&in, "deposits", JIN_REQUIRED) == NULL)
        return FALSE;
    json_begin_object(out);
    json_key(out, "lines");
    json_begin_array(out);
    for (gsize i = 0; i < G_N_ELEMENTS(credits); i++) {
        if (!statement_group(&in, out, credits[i], 1, &credit))
            return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(deductions); i++) {
        if (!statement_group(&in, out, deductions[i], -1, &deduction))
            return FALSE;
    }
    if (!statement_readings(&in, out, &deduction))
        return FALSE;
    json_end_array(out);
    balance = move_out_balance(credit, deduction);
    json_kv_money(out, "credits", balance.credits_fen);
    json_kv_money(out, "deductions", balance.deductions_fen);
    json_kv_money(out, "refund", balance.refund_fen);
    json_kv_money(out, "tenant_owes", balance.owed_fen);
    json_end_object(out);
    return TRUE;
}
