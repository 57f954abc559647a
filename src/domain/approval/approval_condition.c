/* approval_condition.c - conditions of flows and steps: a small JSON language over what is judged.
 *   {"field": "total", "gte": "100000.00"}   eq ne gt gte lt lte in, on numbers, days, texts, true/false
 *   {"all": [...]}  {"any": [...]}  {"not": {...}}                                                       */
#include "domain/approval/approval_internal.h"

#include "base/money.h"

#include <string.h>

#define DEPTH_MAX 6

static const char *const operators[] = { "eq", "ne", "gt", "gte", "lt", "lte", "in", NULL };

static gboolean
is_scalar(const json_t *value)
{
    return json_is_string(value) || json_is_integer(value) || json_is_boolean(value);
}

static gboolean
is_test(const json_t *node)
{
    const char *key;
    json_t *value;
    guint n = 0;

    if (!json_is_string(json_object_get(node, "field")))
        return FALSE;
    json_object_foreach((json_t *) node, key, value)
    {
        if (strcmp(key, "field") == 0)
            continue;
        if (!g_strv_contains(operators, key))
            return FALSE;
        if (strcmp(key, "in") == 0 ? !json_is_array(value) : !is_scalar(value))
            return FALSE;
        n++;
    }
    return n == 1;
}

static gboolean
is_condition(const json_t *node, guint depth)
{
    const json_t *list = json_object_get(node, "all");

    if (!json_is_object(node) || depth > DEPTH_MAX)
        return FALSE;
    if (json_object_get(node, "field"))
        return is_test(node);
    if (json_object_size(node) != 1)
        return FALSE;
    if (json_object_get(node, "not"))
        return is_condition(json_object_get(node, "not"), depth + 1);
    if (!list)
        list = json_object_get(node, "any");
    if (!json_is_array(list) || json_array_size(list) == 0)
        return FALSE;
    for (gsize i = 0; i < json_array_size(list); i++) {
        if (!is_condition(json_array_get(list, i), depth + 1))
            return FALSE;
    }
    return TRUE;
}

gboolean
approval_condition_check(const char *text, const char *at, GError **error)
{
    if (!text)
        return TRUE;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    gboolean good = json && is_condition(json, 0);
    json_decref(json);
    return good
           || app_error_field(
               error, at, "condition",
               "条件格式不对，例如 {\"field\":\"total\",\"gte\":\"100000.00\"}",
               "is not a condition, e.g. {\"field\":\"total\",\"gte\":\"100000.00\"}");
}

/* Text of a scalar in one form for both sides; NULL for null and everything else. transfer full. */
static char *
scalar_text(const json_t *value)
{
    if (json_is_string(value))
        return g_strdup(json_string_value(value));
    if (json_is_integer(value))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_boolean(value))
        return g_strdup(json_is_true(value) ? "true" : "false");
    return NULL;
}

/* What the condition reads: TRUE with *text (NULL for null) if there is such a member or field. */
static gboolean
look_up(const json_t *snapshot, const Record *subject, const char *field, char **text)
{
    const json_t *member = json_object_get(snapshot, field);
    int i = subject ? entity_field_index(subject->def, field) : -1;

    if (member) {
        *text = scalar_text(member);
        return TRUE;
    }
    if (i < 0)
        return FALSE;
    *text = field_format(&subject->def->fields[i], &subject->values[i]);
    return TRUE;
}

/* Numbers by value, everything else (days, tokens) by its characters. */
static int
compare(const char *a, const char *b)
{
    gint64 x = 0, y = 0;

    if (decimal_parse(a, 6, G_MAXINT64 / 2, &x) && decimal_parse(b, 6, G_MAXINT64 / 2, &y))
        return x < y ? -1 : x > y;
    return strcmp(a, b);
}

static gboolean
fits_in(const char *have, const json_t *list)
{
    for (gsize i = 0; i < json_array_size(list); i++) {
        g_autofree char *want = scalar_text(json_array_get(list, i));
        if (want && compare(have, want) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
fits_operator(const char *have, const char *op, const json_t *operand)
{
    if (!have)
        return strcmp(op, "ne") == 0;
    if (strcmp(op, "in") == 0)
        return fits_in(have, operand);
    g_autofree char *want = scalar_text(operand);
    int order = compare(have, want);
    if (strcmp(op, "eq") == 0)
        return order == 0;
    if (strcmp(op, "ne") == 0)
        return order != 0;
    if (op[0] == 'g')
        return op[2] ? order >= 0 : order > 0;
    return op[2] ? order <= 0 : order < 0;
}

static gboolean
judge_test(const json_t *node, const json_t *snapshot, const Record *subject, gboolean *fits,
           GError **error)
{
    const char *field = json_string_value(json_object_get(node, "field"));
    g_autofree char *have = NULL;

    if (!look_up(snapshot, subject, field, &have))
        return app_error_set(
            error, APP_ERROR_CONFLICT, "approval.condition",
            "审批流程的条件引用了单据上没有的字段“%s”，请联系管理员",
            "a condition of the approval flow names \"%s\", which the record does not have", field);
    for (guint i = 0; operators[i]; i++) {
        const json_t *operand = json_object_get(node, operators[i]);
        if (operand)
            *fits = fits_operator(have, operators[i], operand);
    }
    return TRUE;
}

static gboolean
judge(const json_t *node, const json_t *snapshot, const Record *subject, gboolean *fits,
      GError **error)
{
    const json_t *all = json_object_get(node, "all");
    const json_t *list = all ? all : json_object_get(node, "any");

    if (json_object_get(node, "field"))
        return judge_test(node, snapshot, subject, fits, error);
    if (json_object_get(node, "not")) {
        gboolean inner = FALSE;
        if (!judge(json_object_get(node, "not"), snapshot, subject, &inner, error))
            return FALSE;
        *fits = !inner;
        return TRUE;
    }
    *fits = all != NULL;
    for (gsize i = 0; i < json_array_size(list); i++) {
        gboolean one = FALSE;
        if (!judge(json_array_get(list, i), snapshot, subject, &one, error))
            return FALSE;
        *fits = all ? *fits && one : *fits || one;
    }
    return TRUE;
}

gboolean
approval_condition_fits(const char *text, const json_t *snapshot, const Record *subject,
                        gboolean *fits, GError **error)
{
    *fits = TRUE;
    if (!text)
        return TRUE;
    json_t *json = json_loads(text, 0, NULL);
    gboolean ok = is_condition(json, 0)
                      ? judge(json, snapshot, subject, fits, error)
                      : app_error_set(error, APP_ERROR_CONFLICT, "approval.condition",
                                      "审批流程的条件无法识别，请联系管理员",
                                      "a condition of the approval flow cannot be read");
    json_decref(json);
    return ok;
}
