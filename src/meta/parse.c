/* parse.c - from what people type to values, and back. */
#include "base/checkno.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/text.h"
#include "meta/lenient_internal.h"
#include "meta/meta.h"

#include <jansson.h>
#include <string.h>

/* What a value of each type looks like, for the complaint. */
static const struct {
    const char *zh, *en;
} wanted[FT__N] = {
    [FT_TEXT] = { "应为一行文字", "must be a line of text" },
    [FT_LONGTEXT] = { "应为文字", "must be text" },
    [FT_INT] = { "应为整数，例如 12", "must be a whole number, e.g. 12" },
    [FT_BOOL] = { "应为是或否", "must be true or false" },
    [FT_MONEY] = { "应为金额，最多两位小数，例如 3658.40", "must be an amount, e.g. 3658.40" },
    [FT_PRICE] = { "应为单价，最多四位小数，例如 1.1000", "must be a unit price, e.g. 1.1000" },
    [FT_AREA] = { "应为面积，最多两位小数，例如 91.46", "must be an area, e.g. 91.46" },
    [FT_PERCENT] = { "应为百分数，例如 5", "must be a percentage, e.g. 5" },
    [FT_DAY] = { "应为日期，例如 2026-03-01", "must be a day, e.g. 2026-03-01" },
    [FT_INSTANT] = { "应为时间，例如 2026-03-01T08:30:00.000Z",
                     "must be an instant, e.g. 2026-03-01T08:30:00.000Z" },
    [FT_ENUM] = { "不是可选项", "is not one of the options" },
    [FT_REF] = { "应为一个已有的记录", "must be an existing record" },
    [FT_JSON] = { "应为 JSON", "must be JSON" },
};

static gboolean
refuse_form(const FieldDef *field, const char *at, GError **error)
{
    return app_error_field(error, at, "form", EACH_OWN_ZH, EACH_OWN_EN, wanted[field->type].zh,
                           wanted[field->type].en);
}

static const struct {
    const char *zh, *en;
} check_words[] = {
    [CHECK_CREDIT_CODE] = { "统一社会信用代码", "unified credit code" },
    [CHECK_ID_NUMBER] = { "身份证号码", "identity number" },
    [CHECK_BANK_CARD] = { "银行卡号", "bank card number" },
    [CHECK_PHONE] = { "电话号码", "phone number" },
    [CHECK_MOBILE] = { "手机号码", "mobile number" },
};

static CheckResult
run_check(CheckKind kind, const char *text)
{
    switch (kind) {
    case CHECK_CREDIT_CODE:
        return check_credit_code(text);
    case CHECK_ID_NUMBER:
        return check_id_number(text);
    case CHECK_BANK_CARD:
        return check_bank_card(text);
    case CHECK_MOBILE:
        return check_mobile(text);
    case CHECK_PHONE:
    case CHECK_NONE:
        break;
    }
    return check_phone(text);
}

/* Replaces the text by its normalised number. */
static gboolean
parse_checked(const FieldDef *field, const char *at, Value *value, GError **error)
{
    CheckResult result = run_check(field->check, value->text);

    if (!result.valid)
        return app_error_field(error, at, "check", "不是有效的%s%.0s，请核对", "%.0sis not a valid %s",
                               check_words[field->check].zh, check_words[field->check].en);
    g_free(value->text);
    value->text = g_strdup(result.normalised);
    return TRUE;
}

static gboolean
parse_text(const FieldDef *field, const char *text, const char *at, Value *value, GError **error)
{
    gint64 max = field->max ? field->max : 4000;

    if (!text_is_clean(text) || (field->type == FT_TEXT && strpbrk(text, "\n\r")))
        return refuse_form(field, at, error);
    value->text = field->type == FT_TEXT ? text_normalise(text) : g_strdup(text);
    value->is_null = value->text[0] == '\0';
    if (value->is_null)
        return TRUE;
    if ((gint64) text_length(value->text) > max)
        return app_error_field(error, at, "too_long", "最多 %" G_GINT64_FORMAT " 个字",
                               "at most %" G_GINT64_FORMAT " characters", max);
    return field->check == CHECK_NONE || parse_checked(field, at, value, error);
}

static gboolean
parse_json(const FieldDef *field, const char *text, const char *at, Value *value, GError **error)
{
    json_t *json = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);

    if (!json)
        return refuse_form(field, at, error);
    char *canonical = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
    value->text = g_strdup(canonical);
    free(canonical);
    json_decref(json);
    return TRUE;
}

static gboolean
parse_enum(const FieldDef *field, const char *text, gboolean lenient, const char *at, Value *value,
           GError **error)
{
    const EnumItem *item = lenient ? enum_find_label(field->items, text)
                                   : enum_find(field->items, text);

    if (item) {
        value->text = g_strdup(item->token);
        return TRUE;
    }
    g_autoptr(GString) zh = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);
    for (const EnumItem *it = field->items; it->token; it++) {
        g_string_append_printf(zh, "%s%s", zh->len ? "、" : "", it->zh);
        g_string_append_printf(en, "%s%s", en->len ? ", " : "", lenient ? it->en : it->token);
    }
    g_autofree char *zh_text = g_strdup_printf("可选：%s", zh->str);
    g_autofree char *en_text = g_strdup_printf("must be one of %s", en->str);
    return app_error_field(error, at, "option", EACH_OWN_ZH, EACH_OWN_EN, zh_text, en_text);
}

static gboolean
parse_bool(const char *text, gint64 *out)
{
    static const char *const yes[] = { "true", "1", "是", "有", "yes", "y", "√", NULL };
    static const char *const no[] = { "false", "0", "否", "无", "no", "n", "×", NULL };

    if (g_strv_contains(yes, text))
        *out = 1;
    else if (g_strv_contains(no, text))
        *out = 0;
    else
        return FALSE;
    return TRUE;
}

static gboolean
parse_int(const char *text, gint64 *out)
{
    return decimal_parse(text, 0, G_MAXINT64 / 2, out);
}

static gboolean
parse_number(const FieldDef *field, const char *text, gint64 *out)
{
    switch (field->type) {
    case FT_INT:
        return parse_int(text, out);
    case FT_BOOL:
        return parse_bool(text, out);
    case FT_MONEY:
        return money_parse(text, out);
    case FT_PRICE:
        return price_parse(text, out);
    case FT_AREA:
        return area_parse(text, out);
    case FT_PERCENT:
        return percent_parse(text, out);
    case FT_DAY:
        return (*out = day_parse(text)) != DAY_NONE;
    case FT_INSTANT:
        return (*out = clock_parse_us(text)) != G_MININT64;
    case FT_REF:
        return (*out = id_parse(text)) > 0;
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_ENUM:
    case FT_JSON:
    case FT__N:
        break;
    }
    return FALSE;
}

/* Amounts, prices, areas and rates may not be negative unless the row says so with .min. */
static gboolean
check_bounds(const FieldDef *field, const char *at, gint64 value, GError **error)
{
    gboolean has_max = field->max != 0;

    if (field->type == FT_DAY || field->type == FT_INSTANT || field->type == FT_REF
        || field->type == FT_BOOL)
        return TRUE;
    if (value >= field->min && (!has_max || value <= field->max))
        return TRUE;
    Value low = { .i = field->min }, high = { .i = field->max };
    g_autofree char *lo = field_format(field, &low);
    g_autofree char *hi = field_format(field, &high);
    if (!has_max)
        return app_error_field(error, at, "range", "不能小于 %s", "must not be less than %s", lo);
    return app_error_field(error, at, "range", "应在 %s 与 %s 之间", "must be between %s and %s", lo, hi);
}

gboolean
field_parse(const FieldDef *field, const char *text, gboolean lenient, const char *at, Value *value,
            GError **error)
{
    g_autofree char *cleaned = lenient ? lenient_clean(field, text) : NULL;
    const char *input = cleaned ? cleaned : text;

    value_clear(value);
    if (!input || !*input)
        return TRUE;
    if (!g_utf8_validate(input, -1, NULL))
        return refuse_form(field, at, error);
    value->is_null = FALSE;
    if (field->type == FT_TEXT || field->type == FT_LONGTEXT)
        return parse_text(field, input, at, value, error);
    if (field->type == FT_ENUM)
        return parse_enum(field, input, lenient, at, value, error);
    if (field->type == FT_JSON)
        return parse_json(field, input, at, value, error);
    if (!parse_number(field, input, &value->i)) {
        value_clear(value);
        return refuse_form(field, at, error);
    }
    return check_bounds(field, at, value->i, error);
}

char *
field_format(const FieldDef *field, const Value *value)
{
    if (value->is_null)
        return NULL;
    switch (field->type) {
    case FT_MONEY:
        return money_format(value->i);
    case FT_PRICE:
        return price_format(value->i);
    case FT_AREA:
        return area_format(value->i);
    case FT_PERCENT:
        return percent_format(value->i);
    case FT_DAY:
        return day_dup(value->i);
    case FT_INSTANT:
        return clock_format_us(value->i);
    case FT_BOOL:
        return g_strdup(value->i ? "true" : "false");
    case FT_INT:
    case FT_REF:
        return g_strdup_printf("%" G_GINT64_FORMAT, value->i);
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_ENUM:
    case FT_JSON:
    case FT__N:
        break;
    }
    return g_strdup(value->text);
}
