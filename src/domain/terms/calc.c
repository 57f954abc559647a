#include "domain/terms/calc.h"

#include "base/checkno.h"
#include "base/words.h"
#include "domain/terms/calc_internal.h"
#include "domain/terms/terms_json.h"

#include <string.h>

static const CalcKind kinds[] = {
    { "schedule", "every charge of a contract, line by line with its working",
      "{\"from\":\"2018-08-18\",\"to\":\"2018-12-31\",\"areas\":[],\"terms\":[{\"item\":\"rent\",\"from\":\"2018-08-18\","
      "\"to\":\"2018-12-31\",\"model\":\"fixed\",\"basis\":\"per_month\",\"price\":\"35.00\",\"cycle_months\":0,"
      "\"proration\":\"thirty\"}]}" },
    { "compare", "one contract under other models and settlement periods, side by side",
      "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\",\"terms\":[{\"item\":\"rent\",\"from\":\"2026-01-01\",\"to\":\"2026-12-31\","
      "\"model\":\"greater_of\",\"basis\":\"per_month\",\"price\":\"10000.00\",\"settle\":\"quarterly\","
      "\"turnover\":{\"percent\":\"10\"}}],\"sales\":[{\"month\":\"2026-01\",\"amount\":\"50000.00\"}]}" },
    { "turnover", "rent on sales by one clause, on account and final",
      "{\"model\":\"base_plus_turnover\",\"base\":\"50000.00\",\"turnover\":{\"percent\":\"4\",\"breakpoint\":\"1000000.00\"},"
      "\"settle\":\"calendar_year\",\"periods\":[{\"label\":\"2026\",\"sales\":\"1100000.00\"}]}" },
    { "late-fee", "penalty for late payment, by the day",
      "{\"principal\":\"5000.00\",\"percent_per_day\":\"0.1\",\"due_on\":\"2026-03-01\",\"paid_on\":\"2026-03-11\"}" },
    { "tax", "net, tax and gross", "{\"gross\":\"10900.00\",\"percent\":\"9\"}" },
    { "stamp-duty", "stamp duty of a lease", "{\"amount\":\"100000.00\"}" },
    { "share", "a unit's share of common costs", "{\"pool\":\"150000.00\",\"own_area\":\"100.00\",\"total_area\":\"1000.00\"}" },
    { "deposit", "what is paid at signing, and the effect of its legal kind",
      "{\"kind\":\"deposit\",\"months\":1,\"monthly_rent\":\"500.00\",\"advance_months\":3}" },
    { "straight-line", "income of an operating lease over its term",
      "{\"from\":\"2026-01-01\",\"to\":\"2027-12-31\",\"by\":\"month\",\"payments\":[{\"on\":\"2026-01-01\",\"amount\":\"10000.00\","
      "\"months\":12},{\"on\":\"2027-01-01\",\"amount\":\"20000.00\",\"months\":12}]}" },
    { "settlement", "the balance when a tenant moves out", "{\"deposits\":\"1000.00\",\"damages\":\"400.00\"}" },
    { "ageing", "what is owed by how long it is overdue",
      "{\"as_of\":\"2026-03-31\",\"items\":[{\"amount\":\"8000.00\",\"due_on\":\"2026-03-16\"}]}" },
    { "wale", "weighted average lease expiry",
      "{\"as_of\":\"2026-01-01\",\"leases\":[{\"area\":\"100.00\",\"rent\":\"1000.00\",\"end_on\":\"2028-12-31\"}]}" },
    { "expiry", "which leases end in which year",
      "{\"as_of\":\"2026-01-01\",\"leases\":[{\"end_on\":\"2027-06-30\",\"area\":\"100.00\",\"rent\":\"1000.00\"}]}" },
    { "occupancy", "let area of leasable area", "{\"leased_area\":\"97832.15\",\"leasable_area\":\"99426.95\"}" },
    { "collection", "received of receivable", "{\"receivable\":\"150000.00\",\"received\":\"142000.00\"}" },
    { "concentration", "the share of the largest tenants",
      "{\"rows\":[{\"name\":\"甲\",\"rent\":\"300.00\"},{\"name\":\"乙\",\"rent\":\"700.00\"}],\"top\":1}" },
    { "occupancy-cost", "rent and fees of sales", "{\"cost\":\"150000.00\",\"sales\":\"1200000.00\"}" },
    { "words", "an amount or a date in Chinese capitals", "{\"amount\":\"1409.50\",\"accept\":\"壹仟肆佰零玖元伍角\"}" },
    { "check", "whether a number can be right", "{\"kind\":\"credit_code\",\"value\":\"91350100M000100Y43\"}" },
    { NULL, NULL, NULL },
};

/* In the order of the kinds. */
static const CalcFn calculators[] = {
    calc_schedule,   calc_compare, calc_turnover, calc_late_fee,   calc_tax,           calc_stamp_duty, calc_share,
    calc_deposit,    calc_straight_line, calc_settlement, calc_ageing, calc_wale,       calc_expiry,     calc_occupancy,
    calc_collection, calc_concentration, calc_occupancy_cost, calc_words, calc_check,
};
G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == G_N_ELEMENTS(calculators) + 1);

const CalcKind *
calc_kinds(void)
{
    return kinds;
}

gboolean
calc_schedule(const json_t *value, JsonOut *out, GError **error)
{
    g_autoptr(TermSet) set = term_set_from_json(value, error);
    g_autoptr(Schedule) schedule = NULL;

    if (set == NULL)
        return FALSE;
    set->calendar = work_calendar_china();
    schedule = schedule_build(set, error);
    if (schedule == NULL)
        return FALSE;
    schedule_write(out, schedule);
    return TRUE;
}

gboolean
calc_compare(const json_t *value, JsonOut *out, GError **error)
{
    g_autoptr(TermSet) set = term_set_from_json(value, error);

    if (set == NULL)
        return FALSE;
    set->calendar = work_calendar_china();
    return schedule_compare_write(out, set, error);
}

gboolean
calc_run(const char *kind, const char *json_in, char **json_out, GError **error)
{
    JSON_IN_AUTO json_t *root = NULL;
    g_autoptr(JsonOut) out = json_out_new();

    *json_out = NULL;
    for (gsize i = 0; kinds[i].kind != NULL; i++) {
        if (strcmp(kinds[i].kind, kind) != 0)
            continue;
        root = json_in_load(json_in, error);
        if (root == NULL || !calculators[i](root, out, error))
            return FALSE;
        *json_out = g_string_free(json_out_steal(out), FALSE);
        return TRUE;
    }
    return app_error_set(error, APP_ERROR_NOT_FOUND, "calc.unknown", "没有这种计算：%s",
                         "there is no calculator %s", kind);
}

void
calc_texts(JsonOut *out, char *zh, char *en)
{
    calc_kv_take(out, "text_zh", zh);
    calc_kv_take(out, "text_en", en);
}

void
calc_kv_take(JsonOut *out, const char *key, char *text)
{
    json_kv_text(out, key, text);
    g_free(text);
}

gboolean
calc_words(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "amount", "date", "accept", NULL };
    g_autofree char *accept = NULL;
    gint64 fen = 0;
    Day day = DAY_NONE;
    gboolean has_amount;
    gboolean has_day;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    has_amount = json_in_money(&in, "amount", JIN_OPTIONAL, &fen);
    has_day = json_in_day(&in, "date", JIN_OPTIONAL, &day);
    json_in_text(&in, "accept", JIN_OPTIONAL, &accept);
    if (!in.failed && has_amount == has_day)
        json_in_bad(&in, "amount", "one_of", "amount 与 date 应给出且只给出一个",
                    "give either amount or date, and not both");
    if (!in.failed && accept != NULL && !has_amount)
        json_in_bad(&in, "accept", "conflict", "accept 只能与 amount 同用",
                    "accept goes with amount only");
    if (in.failed)
        return FALSE;
    json_begin_object(out);
    if (has_day) {
        calc_kv_take(out, "words", words_date(day));
    } else {
        g_auto(GStrv) accepted = words_amount_accepted(fen);
        calc_kv_take(out, "words", words_amount(fen));
        json_key(out, "accepted_forms");
        json_begin_array(out);
        for (char **form = accepted; *form != NULL; form++)
            json_text(out, *form);
        json_end_array(out);
        if (accept != NULL)
            json_kv_bool(out, "accepted", words_amount_is_accepted(fen, accept));
    }
    json_end_object(out);
    return TRUE;
}

gboolean
calc_check(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "kind", "value", NULL };
    static const char *const number_kinds[] = { "credit_code", "id_number", "bank_card",
                                         "mobile",      "landline",  NULL };
    static CheckResult (*const checks[])(const char *) = { check_credit_code, check_id_number,
                                                           check_bank_card, check_mobile,
                                                           check_landline };
    g_autofree char *text = NULL;
    int kind = 0;
    CheckResult result;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_enum(&in, "kind", JIN_REQUIRED, number_kinds, &kind);
    json_in_text(&in, "value", JIN_REQUIRED, &text);
    if (in.failed)
        return FALSE;
    result = checks[kind](text);
    json_begin_object(out);
    json_kv_bool(out, "valid", result.valid);
    json_kv_text(out, "normalised", result.normalised);
    json_kv_text(out, "reason", result.reason);
    if (result.check_char != 0)
        json_kv_text(out, "check_char", (char[]){ result.check_char, '\0' });
    if (result.birth_on != DAY_NONE && kind == 1)
        json_kv_day(out, "birth", result.birth_on);
    if (result.sex != 0)
        json_kv_text(out, "sex", (char[]){ result.sex, '\0' });
    json_end_object(out);
    return TRUE;
}
