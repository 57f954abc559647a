#include "domain/terms/calc.h"

#include "base/checkno.h"
#include "base/words.h"
#include "domain/terms/calc_internal.h"
#include "domain/terms/terms_json.h"

#include <string.h>

static const struct {
    const char *kind;
    CalcFn run;
} calculators[] = {
    { "schedule", NULL }, /* run_schedule(): the only one that needs a calendar */
    { "turnover", calc_turnover },
    { "late-fee", calc_late_fee },
    { "tax", calc_tax },
    { "stamp-duty", calc_stamp_duty },
    { "share", calc_share },
    { "deposit", calc_deposit },
    { "straight-line", calc_straight_line },
    { "settlement", calc_settlement },
    { "ageing", calc_ageing },
    { "wale", calc_wale },
    { "expiry", calc_expiry },
    { "occupancy", calc_occupancy },
    { "collection", calc_collection },
    { "concentration", calc_concentration },
    { "occupancy-cost", calc_occupancy_cost },
    { "words", calc_words },
    { "check", calc_check },
};

static const char *const kind_names[] = {
    "schedule",      "turnover",       "late-fee", "tax",   "stamp-duty", "share",     "deposit",
    "straight-line", "settlement",     "ageing",   "wale",  "expiry",     "occupancy", "collection",
    "concentration", "occupancy-cost", "words",    "check", NULL
};
G_STATIC_ASSERT(G_N_ELEMENTS(kind_names) == G_N_ELEMENTS(calculators) + 1);

const char *const *
calc_kinds(void)
{
    return kind_names;
}

static gboolean
run_schedule(const json_t *value, const WorkCalendar *calendar, JsonOut *out, GError **error)
{
    g_autoptr(TermSet) set = term_set_from_json(value, error);
    g_autoptr(Schedule) schedule = NULL;

    if (set == NULL)
        return FALSE;
    set->calendar = calendar;
    schedule = schedule_build(set, error);
    if (schedule == NULL)
        return FALSE;
    schedule_write(out, schedule);
    return TRUE;
}

gboolean
calc_run_with_calendar(const char *kind, const char *json_in, const WorkCalendar *calendar,
                       char **json_out, GError **error)
{
    JSON_IN_AUTO json_t *root = NULL;
    g_autoptr(JsonOut) out = json_out_new();

    *json_out = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(calculators); i++) {
        CalcFn run = calculators[i].run;
        if (strcmp(calculators[i].kind, kind) != 0)
            continue;
        root = json_in_load(json_in, error);
        if (root == NULL)
            return FALSE;
        if (!(run != NULL ? run(root, out, error) : run_schedule(root, calendar, out, error)))
            return FALSE;
        *json_out = g_string_free(json_out_steal(out), FALSE);
        return TRUE;
    }
    return app_error_set(error, APP_ERROR_NOT_FOUND, "calc.unknown", "没有这种计算：%s",
                         "there is no calculator %s", kind);
}

gboolean
calc_run(const char *kind, const char *json_in, char **json_out, GError **error)
{
    return calc_run_with_calendar(kind, json_in, NULL, json_out, error);
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
    static const char *const kinds[] = { "credit_code", "id_number", "bank_card",
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
    json_in_enum(&in, "kind", JIN_REQUIRED, kinds, &kind);
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
