#include "base/error.h"
#include "sheet/sheet.h"

#include <string.h>

static Sheet *
read_n(const char *data, gsize len)
{
    g_autoptr(GError) error = NULL;
    Sheet *sheet = sheet_read(data, len, "/tmp/商户.csv", &error);
    g_assert_no_error(error);
    return sheet;
}

static Sheet *
read_text(const char *text)
{
    return read_n(text, strlen(text));
}

#define assert_cell(sheet, row, col, wanted) \
    g_assert_cmpstr(sheet_cell(sheet, row, col), ==, wanted)

static void
test_encodings(void)
{
    static const char *const charsets[] = { "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE" };
    static const char *const marks[] = { "\xEF\xBB\xBF", "", "\xFF\xFE", "\xFE\xFF" };
    const char *text = "品牌,面积\r\n星巴克,91.46\r\n“一品”㐀,7\r\n";
    for (gsize i = 0; i < G_N_ELEMENTS(charsets); i++)
        for (int with_mark = 0; with_mark < 2; with_mark++) {
            gsize len;
            g_autofree char *body = g_convert(text, -1, charsets[i], "UTF-8", NULL, &len, NULL);
            g_autoptr(GByteArray) all = g_byte_array_new();
            if (with_mark)
                g_byte_array_append(all, (const guint8 *) marks[i], (guint) strlen(marks[i]));
            g_byte_array_append(all, (const guint8 *) body, (guint) len);
            g_autoptr(Sheet) sheet = read_n((const char *) all->data, all->len);
            g_test_message("%s, mark %d", charsets[i], with_mark);
            assert_cell(sheet, 0, 0, "品牌");
            assert_cell(sheet, 1, 1, "91.46");
            assert_cell(sheet, 2, 0, "“一品”㐀");
            g_assert_cmpint(sheet_rows(sheet), ==, 3);
        }
}

static void
test_separators(void)
{
    g_autoptr(Sheet) semicolon = read_text("a;b;c\n1,5;2;3\n");
    assert_cell(semicolon, 1, 0, "1,5");
    g_assert_cmpint(sheet_columns(semicolon), ==, 3);
    g_autoptr(Sheet) tab = read_text("a\tb\n\"x\ty\"\t2\n");
    assert_cell(tab, 1, 0, "x\ty");
    assert_cell(tab, 1, 1, "2");
    g_autoptr(Sheet) declared = read_text("sep=;\r\na,b;c\r\n");
    assert_cell(declared, 0, 0, "a,b");
    g_assert_cmpint(sheet_rows(declared), ==, 1);
    g_autoptr(Sheet) quoted = read_text("\"a;b;c;d\",x\n\"e;f;g;h\",y\n");
    assert_cell(quoted, 1, 1, "y");
}

static void
test_quotes(void)
{
    g_autoptr(Sheet) sheet =
        read_text("\"a \"\"b\"\", c\",\"two\r\nlines\",,last\r\n5\" pipe,x\r\n");
    assert_cell(sheet, 0, 0, "a \"b\", c");
    assert_cell(sheet, 0, 1, "two\r\nlines");
    assert_cell(sheet, 0, 2, "");
    assert_cell(sheet, 0, 3, "last");
    assert_cell(sheet, 1, 0, "5\" pipe");
    g_assert_cmpint(sheet_rows(sheet), ==, 2);
}

static void
test_line_ends(void)
{
    g_autoptr(Sheet) old_mac = read_text("a,b\r1,2\r3,4");
    g_assert_cmpint(sheet_rows(old_mac), ==, 3);
    assert_cell(old_mac, 2, 1, "4");
    g_autoptr(Sheet) blank = read_text("a,b\n\n\n3,4\n");
    g_assert_true(sheet_row_is_blank(blank, 1));
    assert_cell(blank, 3, 0, "3");
}

static void
test_guards(void)
{
    g_autoptr(Sheet) sheet = read_text("=\"007\",'=1+1,'plain,0012,-12.30\n");
    assert_cell(sheet, 0, 0, "007");
    assert_cell(sheet, 0, 1, "=1+1");
    assert_cell(sheet, 0, 2, "'plain");
    assert_cell(sheet, 0, 3, "0012");
    assert_cell(sheet, 0, 4, "-12.30");
    g_assert_cmpint(sheet_kind(sheet, 0, 3), ==, CELL_TEXT);
}

static void
test_days(void)
{
    g_autoptr(Sheet) sheet =
        read_text("2026-3-1,2026/03/01,2026.3.1,2026年3月1日,20260301,"
                  "2026-03-01 14:30,2026-02-30,26-3-1,3月1日,12,2026-03-01x\n");
    for (int col = 0; col < 6; col++)
        g_assert_cmpint(sheet_day(sheet, 0, col), ==, day_from_ymd(2026, 3, 1));
    for (int col = 6; col < 12; col++)
        g_assert_cmpint(sheet_day(sheet, 0, col), ==, DAY_NONE);
}

static void
assert_refused(const char *data, gsize len, const char *token)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Sheet) sheet = sheet_read(data, len, "x.csv", &error);
    g_assert_null(sheet);
    g_assert_cmpstr(app_error_token(error), ==, token);
    g_assert_true(app_error_is(error, APP_ERROR_INVALID));
}

static void
test_refused(void)
{
    assert_refused("", 0, "sheet.empty");
    assert_refused("\n , ,\n", 6, "sheet.empty");
    assert_refused("a,\"b\nc,d\n", 9, "sheet.broken");
    assert_refused("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "sheet.not_a_spreadsheet");
    assert_refused("%PDF-1.7\n", 9, "sheet.not_a_spreadsheet");
    assert_refused("<html><table><tr><td>1</table>", 30, "sheet.not_a_spreadsheet");
    assert_refused("a,b\x01,c\n", 7, "sheet.not_a_spreadsheet");
    assert_refused("a,\xFF\xFF\xFF\n", 6, "sheet.not_a_spreadsheet");
    g_autofree char *wide = g_strnfill(SHEET_MAX_COLUMNS, ',');
    g_autofree char *too_wide = g_strconcat(wide, "x\n", NULL);
    assert_refused(too_wide, strlen(too_wide), "sheet.too_large");
    g_autofree char *deep = g_strnfill(SHEET_MAX_ROWS, '\n');
    g_autofree char *too_deep = g_strconcat(deep, "x\n", NULL);
    assert_refused(too_deep, strlen(too_deep), "sheet.too_large");
}

static void
test_totals(void)
{
    g_autoptr(Sheet) sheet =
        read_text(",合 计,5\n小计：,1\nTotal,1\nTotal Fitness,1\nGrand Total:,2\n"
                  "合计（3间）,1\n共计餐饮,x\n星巴克,合计\n\n");
    static const gboolean wanted[] = { TRUE, TRUE, TRUE, FALSE, TRUE, TRUE, TRUE, FALSE, FALSE };
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        g_assert_cmpint(sheet_row_is_total(sheet, (int) i), ==, wanted[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/utf-8-utf-16-and-gb18030-are-told-apart", test_encodings);
    g_test_add_func("/csv/comma-semicolon-and-tab-are-found-outside-quotes", test_separators);
    g_test_add_func("/csv/quotes-follow-rfc-4180", test_quotes);
    g_test_add_func("/csv/all-line-ends-and-blank-lines-are-rows", test_line_ends);
    g_test_add_func("/csv/guards-against-formulas-are-taken-off", test_guards);
    g_test_add_func("/csv/days-are-read-as-people-write-them", test_days);
    g_test_add_func("/csv/what-is-no-table-is-refused", test_refused);
    g_test_add_func("/csv/total-rows-are-known-by-their-first-word", test_totals);
    return g_test_run();
}
