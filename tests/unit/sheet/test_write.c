#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "sheet/sheet.h"
#include "sheet/sheet_write.h"

static const SheetColumn columns[] = {
    { "铺位号", COLUMN_TEXT, 0, 0 },  { "商户", COLUMN_TEXT, 0, 24 },
    { "件数", COLUMN_INT, 0, 0 },     { "面积（㎡）", COLUMN_DECIMAL, 2, 0 },
    { "租金", COLUMN_DECIMAL, 2, 0 }, { "税率", COLUMN_PERCENT, 0, 0 },
    { "起租日", COLUMN_DAY, 0, 12 },
};

/* Strings that a spreadsheet must not run, and others it must not change. */
static const char *const hostile[] = {
    "=1+1",
    "+86",
    "-甲",
    "@SUM(A1)",
    "=HYPERLINK(\"http://x\",\"y\")",
    "＝1+1",
    "http://example.com",
    "0012",
    "1E5",
    "a\"b,c",
    "一\n二",
    "<b>&amp;</b>",
    "_x0041_",
    "'quoted",
    "\ttab",
};

static SheetWriter *
write_table(SheetFormat format)
{
    g_autoptr(GError) error = NULL;
    const SheetWriteOptions options = { .format = format,
                                        .sheet_name = "租金/台账[1]",
                                        .serial = "EX-1" };
    SheetWriter *writer = sheet_writer_new(&options, &error);
    g_assert_no_error(error);
    sheet_writer_title(writer, "兰亭广场租金台账");
    sheet_writer_title(writer, "2026年3月");
    sheet_writer_columns(writer, columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        sheet_write_text(writer, "L101");
        sheet_write_text(writer, hostile[i]);
        sheet_write_int(writer, 3);
        sheet_write_decimal(writer, 9146, 2);
        sheet_write_decimal(writer, -365840, 2);
        sheet_write_decimal(writer, 50000, 4);
        sheet_write_day(writer, day_from_ymd(2026, 3, 1));
        sheet_write_end(writer);
    }
    sheet_write_text(writer, NULL);
    sheet_write_blank(writer);
    sheet_write_int(writer, G_GINT64_CONSTANT(1234567890123456789));
    sheet_write_decimal(writer, G_GINT64_CONSTANT(999999999999999), 2);
    sheet_write_decimal(writer, 1, 4);
    sheet_write_decimal(writer, 500, 4);
    sheet_write_day(writer, DAY_NONE);
    sheet_write_end(writer);
    sheet_write_begin_total(writer);
    sheet_write_text(writer, "合计");
    sheet_write_end(writer);
    sheet_writer_footer(writer, "制表：王芳");
    return writer;
}

static Sheet *
round_trip(SheetFormat format)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SheetWriter) writer = write_table(format);
    g_autoptr(GBytes) bytes = sheet_writer_finish(writer, &error);
    g_assert_no_error(error);
    gsize len;
    gconstpointer data = g_bytes_get_data(bytes, &len);
    Sheet *sheet = sheet_read(data, len, "out", &error);
    g_assert_no_error(error);
    return sheet;
}

#define assert_cell(sheet, row, col, wanted) \
    g_assert_cmpstr(sheet_cell(sheet, row, col), ==, wanted)
#define assert_raw(sheet, row, col, wanted) g_assert_cmpstr(sheet_raw(sheet, row, col), ==, wanted)

static void
test_xlsx(void)
{
    g_autoptr(Sheet) sheet = round_trip(SHEET_XLSX);
    int after = 3 + (int) G_N_ELEMENTS(hostile);
    g_assert_cmpstr(sheet_name(sheet), ==, "租金_台账_1_");
    assert_cell(sheet, 0, 0, "兰亭广场租金台账");
    assert_cell(sheet, 2, 3, "面积（㎡）");
    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        int row = 3 + (int) i;
        g_assert_cmpint(sheet_kind(sheet, row, 1), ==, CELL_TEXT);
        if (strcmp(hostile[i], "_x0041_") != 0)
            assert_cell(sheet, row, 1, hostile[i]);
        assert_raw(sheet, row, 2, "3");
        assert_cell(sheet, row, 3, "91.46");
        assert_cell(sheet, row, 4, "-3,658.40");
        assert_raw(sheet, row, 4, "-3658.4");
        assert_cell(sheet, row, 5, "5%");
        assert_raw(sheet, row, 5, "0.05");
        assert_cell(sheet, row, 6, "2026-03-01");
        g_assert_cmpint(sheet_kind(sheet, row, 6), ==, CELL_DATE);
    }
    assert_cell(sheet, after, 2, "1234567890123456789");
    assert_raw(sheet, after, 3, "9999999999999.99");
    assert_raw(sheet, after, 4, "0.0001");
    assert_raw(sheet, after, 5, "0.0005");
    g_assert_cmpint(sheet_kind(sheet, after, 6), ==, CELL_EMPTY);
    g_assert_true(sheet_row_is_total(sheet, after + 1));
    assert_cell(sheet, after + 2, 0, "制表：王芳");
}

static void
test_csv(void)
{
    g_autoptr(Sheet) sheet = round_trip(SHEET_CSV);
    int after = 3 + (int) G_N_ELEMENTS(hostile);
    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        assert_cell(sheet, 3 + (int) i, 1, hostile[i]);
        assert_cell(sheet, 3 + (int) i, 4, "-3658.40");
        assert_cell(sheet, 3 + (int) i, 5, "5%");
    }
    assert_cell(sheet, after, 2, "1234567890123456789");
    assert_cell(sheet, after, 4, "0.0001");
    g_assert_true(sheet_row_is_total(sheet, after + 1));
}

static void
test_csv_guard(void)
{
    g_autoptr(SheetWriter) writer = write_table(SHEET_CSV);
    g_autoptr(GBytes) bytes = sheet_writer_finish(writer, NULL);
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    g_assert_true(g_str_has_prefix(text, "\xEF\xBB\xBF兰亭广场租金台账\r\n"));
    g_assert_nonnull(strstr(text, "L101,'=1+1,3,"));
    g_assert_nonnull(strstr(text, "L101,'@SUM(A1),"));
    g_assert_nonnull(strstr(text, "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""));
    g_assert_nonnull(strstr(text, "L101,'＝1+1,"));
    g_assert_null(strstr(text, ",=1+1"));
    g_assert_nonnull(strstr(text, ",-3658.40,"));
}

static void
test_path(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    {
        g_autoptr(SheetWriter) writer = write_table(SHEET_XLSX);
        path = sheet_writer_finish_path(writer, &error);
        g_assert_no_error(error);
    }
    g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    g_remove(path);
}

static void
test_abandoned(void)
{
    g_autoptr(SheetWriter) writer = write_table(SHEET_XLSX);
    g_assert_nonnull(writer);
}

static void
test_long_text(void)
{
    const SheetWriteOptions options = { .format = SHEET_XLSX };
    g_autoptr(SheetWriter) writer = sheet_writer_new(&options, NULL);
    g_autofree char *text = g_strnfill(40000, 'x');
    text[10] = '\x01';
    sheet_writer_columns(writer, columns, 2);
    sheet_write_text(writer, text);
    sheet_write_text(writer, "\xFF坏");
    sheet_write_end(writer);
    g_autoptr(GBytes) bytes = sheet_writer_finish(writer, NULL);
    gsize len;
    gconstpointer data = g_bytes_get_data(bytes, &len);
    g_autoptr(Sheet) sheet = sheet_read(data, len, "x", NULL);
    g_assert_cmpuint(strlen(sheet_cell(sheet, 1, 0)), ==, 32766);
    assert_cell(sheet, 1, 1, "\xEF\xBF\xBD坏");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/write/an-xlsx-reads-back-as-it-was-written", test_xlsx);
    g_test_add_func("/write/a-csv-reads-back-as-it-was-written", test_csv);
    g_test_add_func("/write/a-csv-holds-no-formula", test_csv_guard);
    g_test_add_func("/write/the-file-stays-when-its-path-is-asked-for", test_path);
    g_test_add_func("/write/an-abandoned-writer-leaves-nothing", test_abandoned);
    g_test_add_func("/write/long-and-invalid-text-is-cut-to-what-a-cell-holds", test_long_text);
    return g_test_run();
}
