#include <string.h>

#include "base/error.h"
#include "print/qr.h"

static void
test_finders(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(QrCode) qr = qr_new("https://example.com/p/PO-2026-0001", &error);
    g_assert_no_error(error);
    g_assert_cmpint(qr->size, >=, 21);
    g_assert_cmpint((qr->size - 17) % 4, ==, 0);
    const int corner[3][2] = { { 0, 0 }, { qr->size - 7, 0 }, { 0, qr->size - 7 } };
    for (int i = 0; i < 3; i++) {
        int x = corner[i][0], y = corner[i][1];
        g_assert_true(qr_is_dark(qr, x, y));
        g_assert_false(qr_is_dark(qr, x + 1, y + 1));
        g_assert_true(qr_is_dark(qr, x + 3, y + 3));
    }
    g_assert_false(qr_is_dark(qr, -1, 0));
    g_assert_false(qr_is_dark(qr, qr->size, 0));
}

static void
test_svg(void)
{
    g_autoptr(QrCode) qr = qr_new("巡场点 A-01", NULL);
    g_autofree char *svg = qr_svg("巡场点 A-01", NULL);
    g_autofree char *box =
        g_strdup_printf("viewBox=\"0 0 %d %d\"", qr->size + 2 * QR_QUIET, qr->size + 2 * QR_QUIET);
    g_assert_true(g_str_has_prefix(svg, "<svg "));
    g_assert_nonnull(strstr(svg, box));
    g_assert_nonnull(strstr(svg, "M4 4h7v1h-7z"));
    g_assert_null(strstr(svg, "巡场"));
}

static void
test_refused(void)
{
    g_autoptr(GError) empty = NULL;
    g_assert_null(qr_new("", &empty));
    g_assert_cmpstr(app_error_token(empty), ==, "qr.empty");
    g_autoptr(GError) too_long = NULL;
    g_autofree char *text = g_strnfill(3000, 'x');
    g_assert_null(qr_svg(text, &too_long));
    g_assert_cmpstr(app_error_token(too_long), ==, "qr.too_long");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/qr/the-three-finders-stand-in-their-corners", test_finders);
    g_test_add_func("/qr/svg-draws-the-same-modules-with-the-quiet-zone", test_svg);
    g_test_add_func("/qr/empty-and-overlong-texts-are-refused", test_refused);
    return g_test_run();
}
