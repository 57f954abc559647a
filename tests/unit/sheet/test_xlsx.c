#include "base/error.h"
#include "sheet/sheet.h"
#include "xlsx_build.h"

static Sheet *
read_bytes(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    gsize len;
    gconstpointer data = g_bytes_get_data(bytes, &len);
    Sheet *sheet = sheet_read(data, len, "台账.xlsx", &error);
    g_assert_no_error(error);
    g_assert_nonnull(sheet);
    return sheet;
}

static Sheet *
read_xml(const char *xml, const char *strings, const char *styles)
{
    g_autoptr(GBytes) bytes = xlsx_build(xml, strings, styles);
    return read_bytes(bytes);
}

#define assert_cell(sheet, row, col, wanted) \
    g_assert_cmpstr(sheet_cell(sheet, row, col), ==, wanted)
#define assert_raw(sheet, row, col, wanted) g_assert_cmpstr(sheet_raw(sheet, row, col), ==, wanted)

static void
test_strings(void)
{
    g_autoptr(Sheet) sheet = read_xml(
        SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
                  "t=\"s\"><v>1</v></c>"
                  "<c r=\"C1\" t=\"inlineStr\"><is><t>行内</t></is></c>"
                  "<c r=\"D1\" t=\"inlineStr\"><is><r><t>富</t></r><r><t>文本</t></r></is></c>"
                  "<c r=\"E1\" t=\"str\"><f>A1&amp;B1</f><v>算出的</v></c></row></sheetData>"),
        "<sst><si><t>星巴克</t></si><si><r><t xml:space=\"preserve\">一 </t></r><r><rPr><b/></rPr>"
        "<t>二</t></r><rPh sb=\"0\" eb=\"1\"><t>yi</t></rPh></si></sst>",
        NULL);
    assert_cell(sheet, 0, 0, "星巴克");
    assert_cell(sheet, 0, 1, "一 二");
    assert_cell(sheet, 0, 2, "行内");
    assert_cell(sheet, 0, 3, "富文本");
    assert_cell(sheet, 0, 4, "算出的");
    g_assert_cmpint(sheet_columns(sheet), ==, 5);
    g_assert_cmpstr(sheet_name(sheet), ==, "租金台账");
    assert_cell(sheet, 0, 99, "");
    assert_cell(sheet, -1, 0, "");
    assert_cell(sheet, 7, 0, "");
}

static void
test_escapes(void)
{
    g_autoptr(Sheet) sheet = read_xml(
        SHEET_XML(
            "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲_x000D_\n乙</v></c>"
            "<c r=\"B1\" t=\"str\"><v>a_xZZ_b</v></c><c r=\"C1\" t=\"str\"><v>_x005F_x</v></c>"
            "</row></sheetData>"),
        NULL, NULL);
    assert_cell(sheet, 0, 0, "甲\n乙");
    assert_cell(sheet, 0, 1, "a_xZZ_b");
    assert_cell(sheet, 0, 2, "_x");
}

#define STYLES                                                                                       \
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;" \
    "d&quot;日&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"[$¥-804]#,##0.00;[Red]-#,##0.00\"/>" \
    "<numFmt numFmtId=\"166\" formatCode=\"000000\"/>"                                               \
    "<numFmt numFmtId=\"167\" formatCode=\"yyyy/m/d h:mm\"/>"                                        \
    "<numFmt numFmtId=\"168\" formatCode=\"0.00&quot;元/㎡/天&quot;\"/>"                          \
    "<numFmt numFmtId=\"169\" formatCode=\"[Red]General\"/></numFmts>"                               \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                             \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"4\"/>"   \
    "<xf numFmtId=\"10\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/>"        \
    "<xf numFmtId=\"168\"/><xf numFmtId=\"20\"/><xf numFmtId=\"58\"/><xf numFmtId=\"169\"/>"         \
    "<xf numFmtId=\"9\"/></cellXfs></styleSheet>"

typedef struct {
    int style;
    const char *value;
    CellKind kind;
    const char *text, *raw;
} NumberCase;

static const NumberCase number_cases[] = {
    { 0, "91.46", CELL_NUMBER, "91.46", "91.46" },
    { 0, "0.30000000000000004", CELL_NUMBER, "0.3", "0.3" },
    { 0, "1.4161500000000001E3", CELL_NUMBER, "1416.15", "1416.15" },
    { 0, "1E-3", CELL_NUMBER, "0.001", "0.001" },
    { 0, "-0", CELL_NUMBER, "0", "0" },
    { 0, "999999999999999.9", CELL_NUMBER, "1000000000000000", "1000000000000000" },
    { 0, "1E300", CELL_TEXT, "1E300", "1E300" },
    { 1, "46082", CELL_DATE, "2026-03-01", "2026-03-01" },
    { 2, "46082", CELL_DATE, "2026-03-01", "2026-03-01" },
    { 10, "46082", CELL_DATE, "2026-03-01", "2026-03-01" },
    { 1, "-5", CELL_NUMBER, "-5", "-5" },
    { 3, "3658.4", CELL_NUMBER, "3,658.40", "3658.4" },
    { 3, "1234567.005", CELL_NUMBER, "1,234,567.01", "1234567.005" },
    { 3, "0", CELL_NUMBER, "0.00", "0" },
    { 4, "0.05", CELL_NUMBER, "5.00%", "0.05" },
    { 12, "7.0000000000000007E-2", CELL_NUMBER, "7%", "0.07" },
    { 5, "3658.4", CELL_NUMBER, "¥3,658.40", "3658.4" },
    { 5, "-3658.4", CELL_NUMBER, "-3,658.40", "-3658.4" },
    { 6, "7", CELL_NUMBER, "000007", "7" },
    { 7, "46082.604166666664", CELL_DATE, "2026-03-01 14:30", "2026-03-01" },
    { 7, "46082", CELL_DATE, "2026-03-01", "2026-03-01" },
    { 8, "1.1", CELL_NUMBER, "1.10元/㎡/天", "1.1" },
    { 9, "0.4375", CELL_TEXT, "10:30", "10:30" },
    { 11, "12.5", CELL_NUMBER, "12.5", "12.5" },
};

static void
test_numbers(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(number_cases); i++) {
        const NumberCase *c = &number_cases[i];
        g_autofree char *xml =
            g_strdup_printf(SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\" s=\"%d\"><v>%s</v></c>"
                                      "</row></sheetData>"),
                            c->style, c->value);
        g_autoptr(Sheet) sheet = read_xml(xml, NULL, STYLES);
        g_test_message("style %d of %s", c->style, c->value);
        assert_cell(sheet, 0, 0, c->text);
        assert_raw(sheet, 0, 0, c->raw);
        g_assert_cmpint(sheet_kind(sheet, 0, 0), ==, c->kind);
    }
}

static void
test_bool_error_iso(void)
{
    g_autoptr(Sheet) sheet = read_xml(
        SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"e\">"
                  "<f>X</f><v>#REF!</v></c><c r=\"C1\" t=\"d\"><v>2026-03-01T00:00:00</v></c>"
                  "<c r=\"D1\"><f>SUM(A2)</f><v>12</v></c><c r=\"E1\"/></row></sheetData>"),
        NULL, NULL);
    assert_cell(sheet, 0, 0, "TRUE");
    g_assert_cmpint(sheet_kind(sheet, 0, 0), ==, CELL_BOOL);
    assert_cell(sheet, 0, 1, "#REF!");
    g_assert_cmpint(sheet_kind(sheet, 0, 1), ==, CELL_ERROR);
    assert_cell(sheet, 0, 2, "2026-03-01");
    g_assert_cmpint(sheet_day(sheet, 0, 2), ==, day_from_ymd(2026, 3, 1));
    assert_cell(sheet, 0, 3, "12");
    g_assert_cmpint(sheet_columns(sheet), ==, 4);
}

static void
test_merged(void)
{
    g_autoptr(Sheet) sheet = read_xml(
        SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>商户</v></c>"
                  "<c r=\"C1\" t=\"str\"><v>租期</v></c></row><row r=\"3\"><c r=\"D3\"><v>9</v></c>"
                  "</row></sheetData><mergeCells count=\"3\"><mergeCell ref=\"A1:A3\"/>"
                  "<mergeCell ref=\"C1:D1\"/><mergeCell ref=\"B2:B1048576\"/></mergeCells>"),
        NULL, NULL);
    assert_cell(sheet, 2, 0, "商户");
    g_assert_true(sheet_is_merged_copy(sheet, 2, 0));
    g_assert_false(sheet_is_merged_copy(sheet, 0, 0));
    assert_cell(sheet, 0, 3, "租期");
    g_assert_true(sheet_is_merged_copy(sheet, 0, 3));
    assert_cell(sheet, 1, 1, "");
    g_assert_cmpint(sheet_rows(sheet), ==, 3);
}

static GBytes *
two_sheets(const char *first_state)
{
    g_autofree char *book =
        g_strdup_printf(WORKBOOK_XML("<sheets><sheet name=\"参数\" sheetId=\"1\" %s r:id=\"rId1\"/>"
                                     "<sheet name=\"合同\" sheetId=\"2\" r:id=\"rId2\"/></sheets>"),
                        first_state);
    const Part parts[] = {
        { "xl/workbook.xml", book, 0 },
        { "xl/_rels/workbook.xml.rels", RELS_XML, 0 },
        { "xl/worksheets/sheet1.xml",
          SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>"), 0 },
        { "xl/worksheets/sheet2.xml",
          SHEET_XML("<sheetData><row><c><v>2</v></c><c><v>3</v></c></row></sheetData>"), 0 },
        { 0 }
    };
    return zip_build(parts, FALSE);
}

static void
test_hidden_sheet(void)
{
    g_autoptr(GBytes) bytes = two_sheets("state=\"veryHidden\"");
    g_autoptr(Sheet) sheet = read_bytes(bytes);
    g_assert_cmpstr(sheet_name(sheet), ==, "合同");
    g_assert_cmpuint(g_strv_length((char **) sheet_names(sheet)), ==, 1);
    assert_cell(sheet, 0, 1, "3");
}

static void
test_named_sheet(void)
{
    g_autoptr(GBytes) bytes = two_sheets("");
    gsize len;
    gconstpointer data = g_bytes_get_data(bytes, &len);
    g_autoptr(Sheet) first = read_bytes(bytes);
    g_assert_cmpstr(sheet_name(first), ==, "参数");
    g_assert_cmpstr(sheet_names(first)[1], ==, "合同");
    g_autoptr(Sheet) second = sheet_read_named(data, len, "x.xlsx", "合同", NULL);
    assert_cell(second, 0, 0, "2");
    g_autoptr(GError) error = NULL;
    g_assert_null(sheet_read_named(data, len, "x.xlsx", "没有", &error));
    g_assert_cmpstr(app_error_token(error), ==, "sheet.no_such_sheet");
}

static void
test_1904(void)
{
    const Part parts[] = {
        { "xl/workbook.xml",
          WORKBOOK_XML("<workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" sheetId=\"1\" "
                       "r:id=\"rId1\"/></sheets>"),
          0 },
        { "xl/_rels/workbook.xml.rels", RELS_XML, 0 },
        { "xl/styles.xml", STYLES, 0 },
        { "xl/worksheets/sheet1.xml",
          SHEET_XML("<sheetData><row><c s=\"1\"><v>44620</v></c></row></sheetData>"), 0 },
        { 0 }
    };
    g_autoptr(GBytes) bytes = zip_build(parts, FALSE);
    g_autoptr(Sheet) sheet = read_bytes(bytes);
    assert_cell(sheet, 0, 0, "2026-03-01");
}

static void
test_serials(void)
{
    g_assert_cmpint(sheet_serial_day(1, FALSE), ==, day_from_ymd(1900, 1, 1));
    g_assert_cmpint(sheet_serial_day(59, FALSE), ==, day_from_ymd(1900, 2, 28));
    g_assert_cmpint(sheet_serial_day(60, FALSE), ==, DAY_NONE);
    g_assert_cmpint(sheet_serial_day(61, FALSE), ==, day_from_ymd(1900, 3, 1));
    g_assert_cmpint(sheet_serial_day(36526, FALSE), ==, day_from_ymd(2000, 1, 1));
    g_assert_cmpint(sheet_serial_day(0, FALSE), ==, DAY_NONE);
    g_assert_cmpint(sheet_serial_day(0, TRUE), ==, day_from_ymd(1904, 1, 1));
    g_assert_cmpint(sheet_serial_day(G_MAXINT64, FALSE), ==, DAY_NONE);
    g_assert_cmpint(sheet_serial_day(199999, FALSE), ==, DAY_NONE);
}

static void
test_names(void)
{
    const struct {
        int row, col;
        const char *name;
    } cases[] = { { 6, 3, "D7" },
                  { 0, 0, "A1" },
                  { 0, 25, "Z1" },
                  { 0, 26, "AA1" },
                  { 99999, 199, "GR100000" },
                  { 0, 701, "ZZ1" },
                  { 0, 702, "AAA1" } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = sheet_cell_name(cases[i].row, cases[i].col);
        g_assert_cmpstr(name, ==, cases[i].name);
    }
}

/* Formatting reaches the last row of the sheet, content does not. */
static void
test_formatted_to_the_end(void)
{
    g_autoptr(Sheet) sheet = read_xml(
        SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\">"
                  "<c r=\"A1048576\" s=\"1\"/><c r=\"XFD1048576\" t=\"str\"><v> </v></c></row>"
                  "</sheetData>"),
        NULL, NULL);
    g_assert_cmpint(sheet_rows(sheet), ==, 1);
    g_assert_cmpint(sheet_columns(sheet), ==, 1);
}

/* Prefixed names, as some exporters write them. */
static void
test_prefixes(void)
{
    g_autoptr(Sheet) sheet = read_xml(
        "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        "<x:sheetData><x:row r=\"2\"><x:c r=\"B2\" t=\"str\"><x:v>乙</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>",
        NULL, NULL);
    assert_cell(sheet, 1, 1, "乙");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/xlsx/shared-inline-rich-and-computed-strings-are-text", test_strings);
    g_test_add_func("/xlsx/escaped-control-characters-are-undone", test_escapes);
    g_test_add_func("/xlsx/numbers-are-shown-by-their-format-and-kept-raw", test_numbers);
    g_test_add_func("/xlsx/booleans-errors-and-iso-dates-are-told-apart", test_bool_error_iso);
    g_test_add_func("/xlsx/merged-cells-repeat-the-top-left-value-both-ways", test_merged);
    g_test_add_func("/xlsx/hidden-sheets-are-passed-over", test_hidden_sheet);
    g_test_add_func("/xlsx/another-sheet-can-be-named", test_named_sheet);
    g_test_add_func("/xlsx/days-of-the-1904-system-are-right", test_1904);
    g_test_add_func("/xlsx/serial-numbers-are-days-and-29-february-1900-is-none", test_serials);
    g_test_add_func("/xlsx/cells-are-named-as-in-excel", test_names);
    g_test_add_func("/xlsx/empty-formatted-cells-do-not-count", test_formatted_to_the_end);
    g_test_add_func("/xlsx/prefixed-element-names-are-read", test_prefixes);
    return g_test_run();
}
