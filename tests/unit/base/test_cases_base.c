/* The shared cases of the areas that this floor calculates, with their sources in
 * tests/cases/cases.json. Only the fields a case lists as checked are compared; a field nobody
 * here understands fails. */
#include "base/checkno.h"
#include "base/money.h"
#include "base/words.h"
#include <jansson.h>
#include <string.h>

typedef struct {
    json_t *input;
    json_t *expected;
    const char *field; /* the checked field at hand */
} Check;

static const char *
text_of(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    g_assert_nonnull(text);
    return text;
}

static gboolean
is_field(const Check *c, const char *name)
{
    return strcmp(c->field, name) == 0;
}

static void
assert_expected_text(const Check *c, const char *actual)
{
    g_assert_cmpstr(actual, ==, text_of(c->expected, c->field));
}

static void
unknown_field(const Check *c)
{
    g_error("nobody checks the field %s", c->field);
}

static void
check_vat(const Check *c)
{
    gint64 gross;
    gint64 rate_ppm;
    gint64 net;
    gint64 tax;
    g_assert_true(money_parse(text_of(c->input, "gross"), &gross));
    g_assert_true(decimal_parse(text_of(c->input, "rate"), 6, RATE_ONE_PPM, &rate_ppm));
    tax_split_gross(gross, rate_ppm, &net, &tax);
    g_autofree char *net_text = money_format(net);
    g_autofree char *tax_text = money_format(tax);
    if (is_field(c, "net"))
        assert_expected_text(c, net_text);
    else if (is_field(c, "tax"))
        assert_expected_text(c, tax_text);
    else
        unknown_field(c);
}

static gboolean
array_holds(json_t *array, const char *text)
{
    for (gsize i = 0; i < json_array_size(array); i++)
        if (g_strcmp0(json_string_value(json_array_get(array, i)), text) == 0)
            return TRUE;
    return FALSE;
}

static void
check_amount_in_words(const Check *c)
{
    if (!is_field(c, "accepted"))
        unknown_field(c);
    gint64 fen;
    g_assert_true(money_parse(text_of(c->input, "amount"), &fen));
    json_t *accepted = json_object_get(c->expected, "accepted");
    g_auto(GStrv) forms = words_amount_accepted(fen);
    g_assert_cmpuint(g_strv_length(forms), ==, json_array_size(accepted));
    for (guint i = 0; forms[i]; i++)
        g_assert_true(array_holds(accepted, forms[i]));
}

static void
check_date_in_words(const Check *c)
{
    if (!is_field(c, "month_day"))
        unknown_field(c);
    json_t *dates = json_object_get(c->input, "dates");
    json_t *expected = json_object_get(c->expected, "month_day");
    g_assert_cmpuint(json_array_size(dates), >, 0);
    g_assert_cmpuint(json_array_size(dates), ==, json_array_size(expected));
    for (gsize i = 0; i < json_array_size(dates); i++) {
        g_autofree char *words = words_date(day_parse(json_string_value(json_array_get(dates, i))));
        const char *year_end = strstr(words, "年");
        g_assert_nonnull(year_end);
        g_assert_cmpstr(year_end + strlen("年"), ==,
                        json_string_value(json_array_get(expected, i)));
    }
}

static void
check_number(const Check *c, const CheckResult *result)
{
    char check_char[2] = { result->check_char, '\0' };
    char sex[2] = { result->sex, '\0' };
    char birth[DAY_TEXT_SIZE];
    if (is_field(c, "result"))
        assert_expected_text(c, result->valid ? "valid" : "invalid");
    else if (is_field(c, "check_char"))
        assert_expected_text(c, check_char);
    else if (is_field(c, "normalised"))
        assert_expected_text(c, result->normalised);
    else if (is_field(c, "reason"))
        assert_expected_text(c, result->reason);
    else if (is_field(c, "birth"))
        assert_expected_text(c, day_format(result->birth_on, birth));
    else if (is_field(c, "sex"))
        assert_expected_text(c, sex);
    else
        unknown_field(c);
}

static void
check_credit(const Check *c)
{
    CheckResult result = check_credit_code(text_of(c->input, "code"));
    check_number(c, &result);
}

static void
check_identity(const Check *c)
{
    CheckResult result = check_id_number(text_of(c->input, "number"));
    check_number(c, &result);
}

static void
check_card(const Check *c)
{
    static const char digit_field[] = "check_digit_for_";
    if (g_str_has_prefix(c->field, digit_field)) {
        char digit[2] = { check_luhn_digit(c->field + strlen(digit_field)), '\0' };
        assert_expected_text(c, digit);
        return;
    }
    if (!is_field(c, "valid"))
        unknown_field(c);
    json_t *numbers = json_object_get(c->input, "numbers");
    json_t *valid = json_object_get(c->expected, "valid");
    g_assert_cmpuint(json_array_size(numbers), >, 0);
    g_assert_cmpuint(json_array_size(numbers), ==, json_array_size(valid));
    for (gsize i = 0; i < json_array_size(numbers); i++) {
        gboolean actual = check_luhn(json_string_value(json_array_get(numbers, i)));
        g_assert_cmpint(actual, ==, json_is_true(json_array_get(valid, i)));
    }
}

static const struct {
    const char *area;
    void (*check)(const Check *c);
    guint at_least; /* so that an empty or renamed area does not pass */
} areas[] = {
    { "vat", check_vat, 4 },
    { "amount_in_words", check_amount_in_words, 7 },
    { "date_in_words", check_date_in_words, 1 },
    { "credit_code", check_credit, 9 },
    { "id_number", check_identity, 4 },
    { "bank_card", check_card, 1 },
};

static void
test_area(gconstpointer data)
{
    guint index = GPOINTER_TO_UINT(data);
    json_error_t error;
    json_t *root = json_load_file(SOURCE_DIR "/tests/cases/cases.json", 0, &error);
    g_assert_nonnull(root);
    json_t *cases = json_object_get(root, "cases");
    guint seen = 0;
    for (gsize i = 0; i < json_array_size(cases); i++) {
        json_t *one = json_array_get(cases, i);
        if (strcmp(text_of(one, "area"), areas[index].area) != 0)
            continue;
        g_test_message("%s", text_of(one, "id"));
        json_t *fields = json_object_get(one, "checked_fields");
        g_assert_cmpuint(json_array_size(fields), >, 0);
        for (gsize k = 0; k < json_array_size(fields); k++) {
            Check check = { json_object_get(one, "input"), json_object_get(one, "expected"),
                            json_string_value(json_array_get(fields, k)) };
            areas[index].check(&check);
        }
        seen++;
    }
    g_assert_cmpuint(seen, >=, areas[index].at_least);
    json_decref(root);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(areas); i++) {
        g_autofree char *path = g_strdup_printf("/cases/%s-agrees-with-its-sources", areas[i].area);
        g_test_add_data_func(path, GUINT_TO_POINTER(i), test_area);
    }
    return g_test_run();
}
