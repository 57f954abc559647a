#include "base/day.h"
#include "base/json_out.h"
#include <jansson.h>
#include <string.h>

static void
assert_json(JsonOut *out, const char *expected)
{
    GString *text = json_out_steal(out);
    g_assert_cmpstr(text->str, ==, expected);
    g_assert_cmpuint(text->len, ==, strlen(expected));
    g_string_free(text, TRUE);
    json_out_free(out);
}

static void
test_commas(void)
{
    JsonOut *out = json_out_new();
    json_begin_object(out);
    json_kv_int(out, "a", 1);
    json_key(out, "b");
    json_begin_array(out);
    json_begin_array(out);
    json_end_array(out);
    json_begin_object(out);
    json_end_object(out);
    json_int(out, -2);
    json_nil(out);
    json_end_array(out);
    json_kv_bool(out, "c", TRUE);
    json_kv_bool(out, "d", FALSE);
    json_end_object(out);
    assert_json(out, "{\"a\":1,\"b\":[[],{},-2,null],\"c\":true,\"d\":false}");
}

static void
test_values(void)
{
    JsonOut *out = json_out_new();
    json_begin_object(out);
    json_kv_text(out, "t", NULL);
    json_kv_id(out, "i", 0);
    json_kv_id(out, "j", G_MAXINT64);
    json_kv_int(out, "n", G_MININT64);
    json_kv_money(out, "m", -5);
    json_kv_day(out, "d", DAY_NONE);
    json_kv_day(out, "e", 20513);
    json_kv_us(out, "u", 0);
    json_kv_us(out, "v", G_GINT64_CONSTANT(1772366400123456));
    json_key(out, "p");
    json_decimal(out, 12300, 4, 2);
    json_key(out, "r");
    json_raw(out, "[1]", 3);
    json_end_object(out);
    assert_json(out, "{\"t\":null,\"i\":null,\"j\":\"9223372036854775807\","
                     "\"n\":-9223372036854775808,\"m\":\"-0.05\",\"d\":null,\"e\":\"2026-03-01\","
                     "\"u\":null,\"v\":\"2026-03-01T12:00:00.123Z\",\"p\":\"1.23\",\"r\":[1]}");
}

static void
test_escapes(void)
{
    JsonOut *out = json_out_new();
    json_begin_array(out);
    json_text(out, "\"\\\b\f\n\r\t\x01\x1f\x7f/");
    json_text(out, "星巴克（国贸店）😀");
    json_text_n(out, "a\0b", 3);
    json_text(out, "");
    json_end_array(out);
    assert_json(out, "[\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f/\",\"星巴克（国贸店）😀\","
                     "\"a\\u0000b\",\"\"]");
}

/* What a careful parser reads back is what was written, wherever in the text the odd characters
 * fall. */
static void
test_round_trip(void)
{
    static const char *const pieces[] = { "a",  "\"", "\\", "\n", "\x01", "\x1f",
                                          "铺", "😀",  " ",  "/",  "z" };
    for (int i = 0; i < 3000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int k = g_test_rand_int_range(0, 40); k > 0; k--)
            g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        g_autoptr(JsonOut) out = json_out_new();
        json_begin_object(out);
        json_kv_text(out, text->str, text->str);
        json_end_object(out);
        json_error_t error;
        json_t *root = json_loadb(out->buf->str, out->buf->len, 0, &error);
        g_assert_nonnull(root);
        g_assert_cmpstr(json_string_value(json_object_get(root, text->str)), ==, text->str);
        json_decref(root);
    }
}

static void
test_growth_and_steal(void)
{
    JsonOut *out = json_out_new();
    json_begin_array(out);
    for (int i = 0; i < 100000; i++)
        json_int(out, i);
    json_end_array(out);
    GString *text = json_out_steal(out);
    g_assert_cmpuint(text->len, ==, 488890 + 99999 + 2);
    g_string_free(text, TRUE);
    json_begin_array(out); /* and begins anew, without a comma */
    json_end_array(out);
    assert_json(out, "[]");
}

static void
test_depth(void)
{
    JsonOut *out = json_out_new();
    g_autoptr(GString) expected = g_string_new(NULL);
    for (int i = 0; i < 60; i++) {
        json_begin_array(out);
        g_string_append(expected, "[");
    }
    for (int i = 0; i < 60; i++) {
        json_int(out, 7);
        json_end_array(out);
        g_string_append(expected, i == 0 ? "7]" : ",7]");
    }
    assert_json(out, expected->str);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json-out/commas-are-its-business", test_commas);
    g_test_add_func("/json-out/each-kind-of-value-has-its-form", test_values);
    g_test_add_func("/json-out/control-characters-are-escaped", test_escapes);
    g_test_add_func("/json-out/a-parser-reads-back-what-was-written", test_round_trip);
    g_test_add_func("/json-out/it-grows-and-is-empty-after-stealing", test_growth_and_steal);
    g_test_add_func("/json-out/sixty-levels-nest", test_depth);
    return g_test_run();
}
