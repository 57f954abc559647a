/* The calculators of the shell: every kind has an example that works, complaints name the field, settlements compare. */
#include "domain/terms/calc.h"

#include <jansson.h>
#include <string.h>

static json_t *
run(const char *kind, const char *input)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *out = NULL;
    json_t *result;

    if (!calc_run(kind, input, &out, &error))
        g_error("%s refuses %s: %s", kind, input, error->message);
    result = json_loads(out, 0, NULL);
    g_assert_true(json_is_object(result));
    return result;
}

/* The first field that the calculator complains about. transfer full. */
static char *
refused_field(const char *kind, const char *input)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *out = NULL;
    AppErrorPrivate *priv;

    g_assert_false(calc_run(kind, input, &out, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    priv = app_error_get_private(error);
    g_assert_nonnull(priv->fields);
    g_assert_cmpuint(priv->fields->len, >, 0);
    return g_strdup(((const FieldError *) priv->fields->pdata[0])->field);
}

static void
every_kind_has_an_example_that_it_accepts(void)
{
    guint n = 0;

    for (const CalcKind *kind = calc_kinds(); kind->kind != NULL; kind++, n++) {
        json_t *result = run(kind->kind, kind->example);
        g_assert_cmpuint(json_object_size(result), >, 0);
        g_assert_null(strchr(kind->example, '\'')); /* it is shown between quotes of the shell */
        json_decref(result);
    }
    g_assert_cmpuint(n, ==, 19);
}

static void
an_unknown_field_of_every_kind_is_refused_by_name(void)
{
    for (const CalcKind *kind = calc_kinds(); kind->kind != NULL; kind++) {
        g_autofree char *input = g_strdup_printf("{\"nonsense\":1,%s", kind->example + 1);
        g_autofree char *field = refused_field(kind->kind, input);
        g_assert_cmpstr(field, ==, "nonsense");
    }
}

static void
a_wrong_value_is_refused_by_its_path(void)
{
    static const struct {
        const char *kind, *input, *field;
    } cases[] = {
        { "schedule",
          "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\",\"terms\":[{\"item\":\"rent\",\"from\":\"2026-01-01\","
          "\"to\":\"2026-12-31\",\"model\":\"fixed\",\"basis\":\"per_month\",\"price\":\"1.001\"}]}",
          "terms[0].price" },
        { "schedule", "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\",\"terms\":[],\"sales\":[{\"month\":\"2026-13\",\"amount\":\"1\"}]}",
          "sales[0].month" },
        { "turnover", "{\"turnover\":{\"tiers\":[{\"above\":\"10.00\",\"percent\":\"5\"}]},\"periods\":[]}", "turnover.tiers" },
        { "late-fee", "{\"principal\":\"x\",\"percent_per_day\":\"0.1\",\"due_on\":\"2026-03-01\",\"paid_on\":\"2026-03-02\"}",
          "principal" },
        { "tax", "{\"gross\":\"1.00\",\"percent\":\"-9\"}", "percent" },
        { "share", "{\"pool\":\"1.00\",\"own_area\":\"5.00\",\"total_area\":\"0\"}", "total_area" },
        { "ageing", "{\"as_of\":\"2026-02-30\",\"items\":[]}", "as_of" },
        { "words", "{\"amount\":\"1.234\"}", "amount" },
        { "check", "{\"kind\":\"passport\",\"value\":\"1\"}", "kind" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *field = refused_field(cases[i].kind, cases[i].input);
        g_assert_cmpstr(field, ==, cases[i].field);
    }
}

static const char *
variant_text(const json_t *result, const char *list, const char *by, const char *token, const char *member)
{
    const json_t *first = json_array_get(json_object_get(result, "comparisons"), 0);
    const json_t *variant;
    gsize at;

    json_array_foreach(json_object_get(first, list), at, variant)
    {
        if (g_strcmp0(json_string_value(json_object_get(variant, by)), token) == 0)
            return json_string_value(json_object_get(variant, member));
    }
    g_error("no %s among %s", token, list);
}

/* The months of docs/domain/lease-terms.md: 90 000 by month and 78 000 by year. */
#define SIX_MONTHS                                                                                                     \
    "\"sales\":[{\"month\":\"2026-01\",\"amount\":\"50000.00\"},{\"month\":\"2026-02\",\"amount\":\"150000.00\"},"     \
    "{\"month\":\"2026-03\",\"amount\":\"50000.00\"},{\"month\":\"2026-04\",\"amount\":\"200000.00\"},"                \
    "{\"month\":\"2026-05\",\"amount\":\"80000.00\"},{\"month\":\"2026-06\",\"amount\":\"250000.00\"}]"
#define GREATER_OF(settle, more)                                                                                      \
    "{\"from\":\"2026-01-01\",\"to\":\"2026-06-30\",\"terms\":[{\"item\":\"rent\",\"from\":\"2026-01-01\","            \
    "\"to\":\"2026-06-30\",\"model\":\"greater_of\",\"basis\":\"per_month\",\"price\":\"10000.00\",\"settle\":\"" settle \
    "\",\"turnover\":{\"percent\":\"10\"" more "}}]," SIX_MONTHS "}"

static void
settlement_periods_are_compared_on_the_same_sales(void)
{
    json_t *result = run("compare", GREATER_OF("half_year", ""));

    g_assert_cmpstr(variant_text(result, "settlements", "settle", "monthly", "total"), ==, "90000.00");
    g_assert_cmpstr(variant_text(result, "settlements", "settle", "quarterly", "total"), ==, "83000.00");
    g_assert_cmpstr(variant_text(result, "settlements", "settle", "half_year", "total"), ==, "78000.00");
    g_assert_cmpstr(variant_text(result, "settlements", "settle", "monthly", "difference"), ==, "12000.00");
    g_assert_cmpstr(variant_text(result, "models", "model", "fixed", "total"), ==, "60000.00");
    g_assert_cmpstr(variant_text(result, "models", "model", "turnover", "total"), ==, "78000.00");
    g_assert_cmpstr(variant_text(result, "models", "model", "greater_of", "difference"), ==, "0.00");
    g_assert_cmpstr(variant_text(result, "models", "model", "base_plus_turnover", "total"), ==, "138000.00");
    json_decref(result);
}

static void
limits_count_in_proportion_to_the_other_period(void)
{
    /* At most 72 000 in half a year is at most 12 000 a month: 10 + 12 + 10 + 12 + 10 + 12 thousand. */
    json_t *result = run("compare", GREATER_OF("half_year", ",\"maximum\":\"72000.00\""));

    g_assert_cmpstr(variant_text(result, "settlements", "settle", "half_year", "total"), ==, "72000.00");
    g_assert_cmpstr(variant_text(result, "settlements", "settle", "monthly", "total"), ==, "66000.00");
    json_decref(result);
}

static void
a_settlement_waits_for_the_end_of_its_period(void)
{
    json_t *half = run("schedule", GREATER_OF("calendar_year", ""));
    static const char longer[] =
        "{\"from\":\"2026-01-01\",\"to\":\"2026-06-30\",\"terms\":[{\"item\":\"rent\",\"from\":\"2026-01-01\","
        "\"to\":\"2026-12-31\",\"model\":\"greater_of\",\"basis\":\"per_month\",\"price\":\"10000.00\","
        "\"settle\":\"calendar_year\",\"turnover\":{\"percent\":\"10\"}}]," SIX_MONTHS "}";
    json_t *cut = run("schedule", longer);

    /* A term that ends is settled with its last day; one that goes on is not settled yet. */
    g_assert_cmpstr(json_string_value(json_object_get(json_object_get(half, "totals"), "rent")), ==, "78000.00");
    g_assert_cmpstr(json_string_value(json_object_get(json_object_get(cut, "totals"), "rent")), ==, "90000.00");
    json_decref(half);
    json_decref(cut);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define T(path, fn) g_test_add_func("/calc/" path, fn)
    T("every-kind-has-an-example-that-it-accepts", every_kind_has_an_example_that_it_accepts);
    T("an-unknown-field-of-every-kind-is-refused-by-name", an_unknown_field_of_every_kind_is_refused_by_name);
    T("a-wrong-value-is-refused-by-its-path", a_wrong_value_is_refused_by_its_path);
    T("settlement-periods-are-compared-on-the-same-sales", settlement_periods_are_compared_on_the_same_sales);
    T("limits-count-in-proportion-to-the-other-period", limits_count_in_proportion_to_the_other_period);
    T("a-settlement-waits-for-the-end-of-its-period", a_settlement_waits_for_the_end_of_its_period);
    return g_test_run();
}
