#include "domain/terms/json_in_internal.h"

#include "base/money.h"
#include "domain/terms/terms_internal.h"

#include <string.h>

enum { TEXT_MAX_BYTES = 1 << 23, NAME_MAX_BYTES = 400 };

gboolean
term_bad(GError **error, const char *prefix, const char *name, const char *token, const char *zh,
         const char *en)
{
    g_autofree char *field = g_strconcat(prefix, name, NULL);

    /* app_error_field() gives both formats the same arguments; each prints one of the two. */
    return app_error_field(error, field, token, "%s%.0s", "%.0s%s", zh, en);
}

gboolean
json_in_bad(JsonIn *in, const char *name, const char *token, const char *zh, const char *en)
{
    in->failed = TRUE;
    return term_bad(in->error, in->prefix, name, token, zh, en);
}

char *
json_in_prefix_of(const JsonIn *in, const char *name, gsize index)
{
    return g_strdup_printf("%s%s[%" G_GSIZE_FORMAT "].", in->prefix, name, index);
}

gboolean
json_in_begin(JsonIn *in, const json_t *object, const char *prefix, const char *const *names,
              GError **error)
{
    const char *key;
    json_t *value;

    *in = (JsonIn){ .object = object, .prefix = prefix, .error = error };
    if (!json_is_object(object)) {
        gsize len = strlen(prefix);
        g_autofree char *field = g_strndup(prefix, len > 0 ? len - 1 : 0);
        in->failed = TRUE;
        return term_bad(error, field, "", "object", "应为对象", "must be an object");
    }
    json_object_foreach((json_t *) object, key, value)
    {
        if (!g_strv_contains(names, key))
            json_in_bad(in, key, "unknown", "没有这个字段", "there is no such field");
    }
    return !in->failed;
}

const json_t *
json_in_member(JsonIn *in, const char *name, JsonInNeed need)
{
    const json_t *value = json_object_get(in->object, name);

    if (value == NULL || json_is_null(value)) {
        if (need == JIN_REQUIRED)
            json_in_bad(in, name, "required", "必填", "required");
        return NULL;
    }
    return value;
}

gboolean
json_in_text(JsonIn *in, const char *name, JsonInNeed need, char **out)
{
    const json_t *value = json_in_member(in, name, need);

    if (value == NULL)
        return FALSE;
    if (!json_is_string(value) || json_string_length(value) > NAME_MAX_BYTES
        || (need == JIN_REQUIRED && json_string_length(value) == 0))
        return json_in_bad(in, name, "text", "应为文字", "must be text");
    g_free(*out);
    *out = g_strdup(json_string_value(value));
    return TRUE;
}

gboolean
json_decimal_value(const json_t *value, int scale, gint64 *out)
{
    char digits[32];

    if (json_is_integer(value)) {
        g_snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return decimal_parse(digits, scale, MONEY_MAX_FEN * 100, out);
    }
    return json_is_string(value)
           && decimal_parse(json_string_value(value), scale, MONEY_MAX_FEN * 100, out);
}

gboolean
json_in_decimal(JsonIn *in, const char *name, JsonInNeed need, int scale, gint64 *out)
{
    const json_t *value = json_in_member(in, name, need);

    if (value == NULL)
        return FALSE;
    if (!json_decimal_value(value, scale, out)) {
        return json_in_bad(in, name, "decimal",
                           "应为十进制数字文本，例如 \"35.00\"，小数位数不能过多",
                           "must be decimal text such as \"35.00\", without too many digits");
    }
    return TRUE;
}

gboolean
json_in_money(JsonIn *in, const char *name, JsonInNeed need, gint64 *fen)
{
    gint64 value = 0;

    if (!json_in_decimal(in, name, need, 2, &value))
        return FALSE;
    if (ABS(value) > MONEY_MAX_FEN)
        return json_in_bad(in, name, "range", "金额太大", "the amount is too large");
    *fen = value;
    return TRUE;
}

gboolean
json_in_percent(JsonIn *in, const char *name, JsonInNeed need, gint64 *ppm)
{
    gint64 value = 0;

    /* "5" is 5 %: four decimals of a percent are parts per million. */
    if (!json_in_decimal(in, name, need, 4, &value))
        return FALSE;
    if (ABS(value) > 100 * RATE_ONE_PPM)
        return json_in_bad(in, name, "range", "百分比太大", "the percentage is too large");
    *ppm = value;
    return TRUE;
}

gboolean
json_in_area(JsonIn *in, const char *name, JsonInNeed need, gint64 *dm2)
{
    gint64 value = 0;

    if (!json_in_decimal(in, name, need, 2, &value))
        return FALSE;
    if (value < 0 || value > AREA_MAX_DM2)
        return json_in_bad(in, name, "range", "面积应在 0 与 1 000 000 000 ㎡ 之间",
                           "the area must be between 0 and 1 000 000 000 m²");
    *dm2 = value;
    return TRUE;
}

gboolean
json_in_day(JsonIn *in, const char *name, JsonInNeed need, Day *out)
{
    const json_t *value = json_in_member(in, name, need);
    Day day;

    if (value == NULL)
        return FALSE;
    day = json_is_string(value) ? day_parse(json_string_value(value)) : DAY_NONE;
    if (day == DAY_NONE)
        return json_in_bad(in, name, "day", "应为日期，例如 \"2026-03-01\"",
                           "must be a day such as \"2026-03-01\"");
    *out = day;
    return TRUE;
}

gboolean
json_month_text(const char *text, int *key)
{
    g_autofree char *first = g_strconcat(text, "-01", NULL);
    Day day = strlen(text) == 7 ? day_parse(first) : DAY_NONE;

    if (day == DAY_NONE)
        return FALSE;
    *key = day_month_key(day);
    return TRUE;
}

gboolean
json_in_month(JsonIn *in, const char *name, JsonInNeed need, int *key)
{
    const json_t *value = json_in_member(in, name, need);

    if (value == NULL)
        return FALSE;
    if (!json_is_string(value) || !json_month_text(json_string_value(value), key))
        return json_in_bad(in, name, "month", "应为月份，例如 \"2026-03\"",
                           "must be a month such as \"2026-03\"");
    return TRUE;
}

gboolean
json_in_int(JsonIn *in, const char *name, JsonInNeed need, gint64 min, gint64 max, gint64 *out)
{
    const json_t *value = json_in_member(in, name, need);

    if (value == NULL)
        return FALSE;
    if (!json_is_integer(value) || json_integer_value(value) < min
        || json_integer_value(value) > max) {
        g_autofree char *zh = g_strdup_printf(
            "应为 %" G_GINT64_FORMAT " 至 %" G_GINT64_FORMAT " 之间的整数", min, max);
        g_autofree char *en = g_strdup_printf(
            "must be an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
        return json_in_bad(in, name, "range", zh, en);
    }
    *out = json_integer_value(value);
    return TRUE;
}

gboolean
json_in_bool(JsonIn *in, const char *name, JsonInNeed need, gboolean *out)
{
    const json_t *value = json_in_member(in, name, need);

    if (value == NULL)
        return FALSE;
    if (!json_is_boolean(value))
        return json_in_bad(in, name, "bool", "应为 true 或 false", "must be true or false");
    *out = json_is_true(value);
    return TRUE;
}

gboolean
json_in_enum(JsonIn *in, const char *name, JsonInNeed need, const char *const *tokens, int *out)
{
    const json_t *value = json_in_member(in, name, need);
    g_autofree char *all = NULL;
    g_autofree char *zh = NULL;
    g_autofree char *en = NULL;

    if (value == NULL)
        return FALSE;
    for (int i = 0; json_is_string(value) && tokens[i] != NULL; i++) {
        if (g_strcmp0(tokens[i], json_string_value(value)) == 0) {
            *out = i;
            return TRUE;
        }
    }
    all = g_strjoinv(", ", (char **) tokens);
    zh = g_strdup_printf("应为下列之一：%s", all);
    en = g_strdup_printf("must be one of: %s", all);
    return json_in_bad(in, name, "enum", zh, en);
}

const json_t *
json_in_array(JsonIn *in, const char *name, JsonInNeed need, gsize max)
{
    const json_t *value = json_in_member(in, name, need);

    if (value == NULL)
        return NULL;
    if (!json_is_array(value)) {
        json_in_bad(in, name, "array", "应为列表", "must be a list");
        return NULL;
    }
    if (json_array_size(value) > max) {
        json_in_bad(in, name, "too_many", "列表太长", "the list is too long");
        return NULL;
    }
    return value;
}

json_t *
json_in_load(const char *text, GError **error)
{
    json_error_t where;
    json_t *root;

    if (strlen(text) > TEXT_MAX_BYTES) {
        app_error_set(error, APP_ERROR_INVALID, "json.too_big", "JSON 太大", "the JSON is too big");
        return NULL;
    }
    /* Jansson itself stops at a nesting depth of 2048, far below our stack. */
    root = json_loads(text, JSON_REJECT_DUPLICATES, &where);
    if (root == NULL) {
        app_error_set(error, APP_ERROR_INVALID, "json.malformed", "JSON 有误，第 %d 行第 %d 列：%s",
                      "malformed JSON at line %d column %d: %s", where.line, where.column,
                      where.text);
    }
    return root;
}
