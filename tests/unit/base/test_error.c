#include "base/error.h"
#include <string.h>

static const FieldError *
field(const GError *error, guint i)
{
    return g_ptr_array_index(app_error_get_private(error)->fields, i);
}

static void
test_both_languages(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(app_error_set(&error, APP_ERROR_CONFLICT, "lease.overlap",
                                 "铺位 %s 已出租 %d 天", "unit %s is let for %d days", "A-101", 3));
    g_assert_true(app_error_is(error, APP_ERROR_CONFLICT));
    g_assert_false(app_error_is(error, APP_ERROR_BUSY));
    g_assert_cmpstr(app_error_token(error), ==, "lease.overlap");
    g_assert_cmpstr(app_error_text(error, LANG_ZH), ==, "铺位 A-101 已出租 3 天");
    g_assert_cmpstr(app_error_text(error, LANG_EN), ==, "unit A-101 is let for 3 days");
    g_assert_cmpstr(error->message, ==, "unit A-101 is let for 3 days");
}

static void
test_nobody_listens(void)
{
    g_assert_false(app_error_set(NULL, APP_ERROR_INTERNAL, "x", "%s", "%s", "y"));
    g_assert_false(app_error_field(NULL, "f", "required", "必填", "required"));
    app_error_take_fields(NULL, "", g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_IO, "gone"));
    g_autoptr(GError) error = NULL;
    app_error_take_fields(&error, "", NULL);
    g_assert_null(error);
    g_assert_false(app_error_is(NULL, APP_ERROR_INVALID));
}

static void
test_fields_add_up(void)
{
    g_autoptr(GError) error = NULL;
    app_error_field(&error, "end_on", "too_early", "不得早于 %s", "not before %s", "2026-03-01");
    app_error_field(&error, "rent", "required", EACH_OWN_ZH, EACH_OWN_EN, "必填", "is required");
    g_assert_true(app_error_is(error, APP_ERROR_INVALID));
    g_assert_cmpstr(app_error_token(error), ==, "input.invalid");
    g_assert_cmpstr(app_error_text(error, LANG_ZH), ==, "输入有误");
    g_assert_cmpstr(app_error_text(error, LANG_EN), ==, "some fields are not right");
    g_assert_cmpuint(app_error_get_private(error)->fields->len, ==, 2);
    g_assert_cmpstr(field(error, 0)->field, ==, "end_on");
    g_assert_cmpstr(field(error, 0)->text[LANG_ZH], ==, "不得早于 2026-03-01");
    g_assert_cmpstr(field(error, 1)->token, ==, "required");
    g_assert_cmpstr(field(error, 1)->text[LANG_ZH], ==, "必填");
    g_assert_cmpstr(field(error, 1)->text[LANG_EN], ==, "is required");
}

static void
test_a_copy_is_whole(void)
{
    g_autoptr(GError) error = NULL;
    app_error_field(&error, "rent", "required", "必填", "is required");
    g_autoptr(GError) copy = g_error_copy(error);
    g_clear_error(&error);
    g_assert_cmpstr(app_error_token(copy), ==, "input.invalid");
    g_assert_cmpstr(app_error_text(copy, LANG_ZH), ==, "输入有误");
    g_assert_cmpstr(field(copy, 0)->text[LANG_EN], ==, "is required");
}

static void
test_prefix(void)
{
    GError *inner = NULL;
    app_error_field(&inner, "price", "required", "必填", "is required");
    g_autoptr(GError) error = NULL;
    app_error_field(&error, "name", "required", "必填", "is required");
    app_error_take_fields(&error, "rows[3].", inner);
    g_assert_cmpuint(app_error_get_private(error)->fields->len, ==, 2);
    g_assert_cmpstr(field(error, 1)->field, ==, "rows[3].price");
}

static void
test_prefix_without_fields(void)
{
    GError *inner = NULL;
    app_error_set(&inner, APP_ERROR_INVALID, "steps.gap", "有空档", "there is a gap");
    g_autoptr(GError) error = NULL;
    app_error_take_fields(&error, "rows[3].", inner);
    g_assert_cmpstr(field(error, 0)->field, ==, "rows[3]");
    g_assert_cmpstr(field(error, 0)->token, ==, "steps.gap");
    g_assert_cmpstr(field(error, 0)->text[LANG_ZH], ==, "有空档");
}

static void
test_grave_wins(void)
{
    GError *busy = NULL;
    app_error_set(&busy, APP_ERROR_BUSY, "db.busy", "请重试", "try again");
    g_autoptr(GError) error = NULL;
    app_error_field(&error, "name", "required", "必填", "is required");
    app_error_take_fields(&error, "x.", busy);
    g_assert_true(app_error_is(error, APP_ERROR_BUSY));
    /* And stays: a later complaint is not told instead. */
    app_error_field(&error, "name", "required", "必填", "is required");
    g_assert_cmpstr(app_error_token(error), ==, "db.busy");
    g_assert_cmpuint(app_error_get_private(error)->fields->len, ==, 0);
}

static void
test_foreign(void)
{
    g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_IO, "disk gone");
    g_assert_cmpstr(app_error_token(error), ==, "internal");
    g_assert_cmpstr(app_error_text(error, LANG_ZH), ==, "disk gone");
    g_assert_false(app_error_is(error, APP_ERROR_INTERNAL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/error/one-call-sets-both-languages", test_both_languages);
    g_test_add_func("/error/a-null-error-is-no-listener", test_nobody_listens);
    g_test_add_func("/error/field-complaints-add-up", test_fields_add_up);
    g_test_add_func("/error/a-copy-keeps-token-texts-and-fields", test_a_copy_is_whole);
    g_test_add_func("/error/taken-fields-get-the-prefix", test_prefix);
    g_test_add_func("/error/a-fieldless-complaint-points-at-the-prefix",
                    test_prefix_without_fields);
    g_test_add_func("/error/a-failure-of-ours-is-told-instead-of-complaints", test_grave_wins);
    g_test_add_func("/error/a-foreign-error-is-internal", test_foreign);
    return g_test_run();
}
