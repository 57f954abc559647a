#include "base/error.h"
#include "sheet/sheet_heading.h"
#include "xlsx_build.h"

static void
assert_refused(GBytes *bytes, const char *token)
{
    gsize len;
    gconstpointer data = g_bytes_get_data(bytes, &len);
    g_autoptr(GError) error = NULL;
    g_autoptr(Sheet) sheet = sheet_read(data, len, "x.xlsx", &error);
    g_assert_null(sheet);
    g_assert_cmpstr(app_error_token(error), ==, token);
    g_assert_true(app_error_is(error, APP_ERROR_INVALID));
    g_assert_cmpuint(strlen(app_error_text(error, LANG_EN)), >, 5);
}

static void
refuse_sheet_xml(const char *xml, const char *token)
{
    g_autoptr(GBytes) bytes = xlsx_build(xml, NULL, NULL);
    assert_refused(bytes, token);
}

static void
test_bomb(void)
{
    gsize len = 80u * 1024 * 1024;
    g_autofree char *zeros = g_strnfill(len, ' ');
    const Part parts[] = { { "xl/workbook.xml", ONE_SHEET, 0 },
                           { "xl/_rels/workbook.xml.rels", RELS_XML, 0 },
                           { "xl/worksheets/sheet1.xml", zeros, len },
                           { 0 } };
    g_autoptr(GBytes) bytes = zip_build(parts, FALSE);
    g_assert_cmpuint(g_bytes_get_size(bytes), <, 200u * 1024);
    assert_refused(bytes, "sheet.too_large");
}

/* Under 64 MB, but packed far better than any table is. */
static void
test_ratio(void)
{
    gsize len = 20u * 1024 * 1024;
    g_autofree char *zeros = g_strnfill(len, ' ');
    const Part parts[] = { { "xl/workbook.xml", ONE_SHEET, 0 },
                           { "xl/_rels/workbook.xml.rels", RELS_XML, 0 },
                           { "xl/worksheets/sheet1.xml", zeros, len },
                           { 0 } };
    g_autoptr(GBytes) bytes = zip_build(parts, FALSE);
    assert_refused(bytes, "sheet.too_large");
}

static void
test_limits(void)
{
    refuse_sheet_xml(SHEET_XML("<sheetData><row r=\"100001\"><c r=\"A100001\"><v>1</v></c></row>"
                               "</sheetData>"),
                     "sheet.too_large");
    refuse_sheet_xml(
        SHEET_XML("<sheetData><row r=\"1\"><c r=\"GS1\"><v>1</v></c></row></sheetData>"),
        "sheet.too_large");
    /* Few bytes that claim many cells: one at the far corner, then a merged range over all. */
    refuse_sheet_xml(
        SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"100000\">"
                  "<c r=\"GR100000\"><v>1</v></c></row></sheetData>"
                  "<mergeCells><mergeCell ref=\"A1:GR100000\"/></mergeCells>"),
        "sheet.too_large");
    GString *xml = g_string_new("<worksheet><sheetData><row r=\"9\"><c r=\"A1\"><v>1</v></c>"
                                "<c r=\"J9\"><v>1</v></c></row></sheetData><mergeCells>");
    for (int i = 0; i < 1000; i++)
        g_string_append(xml, "<mergeCell ref=\"A1:J9\"/>");
    g_string_append(xml, "</mergeCells></worksheet>");
    refuse_sheet_xml(xml->str, "sheet.broken");
    g_string_free(xml, TRUE);
}

static void
test_doctype(void)
{
    refuse_sheet_xml(
        "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData>"
        "<row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>",
        "sheet.broken");
    refuse_sheet_xml("<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><worksheet/>", "sheet.broken");
    refuse_sheet_xml("<worksheet><sheetData><row><c t=\"str\"><v>&nbsp;</v></c></row></sheetData>"
                     "</worksheet>",
                     "sheet.broken");
    refuse_sheet_xml("<worksheet><sheetData>", "sheet.broken");
    refuse_sheet_xml(SHEET_XML("<sheetData><row><c r=\"?\"><v>1</v></c></row></sheetData>"),
                     "sheet.broken");
}

static void
test_truncated(void)
{
    g_autoptr(GBytes) whole =
        xlsx_build(SHEET_XML("<sheetData><row><c><v>1</v></c></row></sheetData>"), NULL, NULL);
    gsize size = g_bytes_get_size(whole);
    for (gsize cut = 4; cut < size; cut += 13) {
        g_autoptr(GBytes) part = g_bytes_new_from_bytes(whole, 0, cut);
        assert_refused(part, "sheet.broken");
    }
}

static void
test_other_archives(void)
{
    const Part word[] = { { "word/document.xml", "<w/>", 0 }, { 0 } };
    g_autoptr(GBytes) docx = zip_build(word, FALSE);
    assert_refused(docx, "sheet.not_a_spreadsheet");
    const Part binary[] = { { "xl/workbook.bin", "x", 0 }, { "XL/WORKBOOK.XML", "x", 0 }, { 0 } };
    g_autoptr(GBytes) xlsb = zip_build(binary, FALSE);
    assert_refused(xlsb, "sheet.not_a_spreadsheet");
    const Part empty[] = { { "xl/workbook.xml", WORKBOOK_XML("<sheets/>"), 0 },
                           { "xl/_rels/workbook.xml.rels", RELS_XML, 0 },
                           { 0 } };
    g_autoptr(GBytes) no_sheet = zip_build(empty, FALSE);
    assert_refused(no_sheet, "sheet.empty");
    const Part missing[] = { { "xl/workbook.xml", ONE_SHEET, 0 }, { 0 } };
    g_autoptr(GBytes) no_relations = zip_build(missing, FALSE);
    assert_refused(no_relations, "sheet.broken");
}

static void
test_ole(void)
{
    guint8 data[2048] = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };
    g_autoptr(GBytes) old = g_bytes_new(data, sizeof data);
    assert_refused(old, "sheet.old_xls");
    memcpy(data + 1024, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
    g_autoptr(GBytes) sealed = g_bytes_new(data, sizeof data);
    assert_refused(sealed, "sheet.encrypted");
    g_autoptr(GBytes) biff5 = g_bytes_new("\x09\x08\x10\x00\x00\x06\x05\x00", 8);
    assert_refused(biff5, "sheet.old_xls");
    g_autoptr(GBytes) biff2 = g_bytes_new("\x09\x00\x04\x00\x02\x00\x10\x00", 8);
    assert_refused(biff2, "sheet.old_xls");
}

/* The one claim made of any bytes: an answer or an error, never a crash. */
static void
read_anything(const guint8 *data, gsize len)
{
    static const SheetHeading known[] = { { "a", "铺位号|a" }, { "b", "品牌/b|起" } };
    g_autoptr(GError) error = NULL;
    g_autoptr(Sheet) sheet = sheet_read(data, len, "x", &error);
    if (sheet == NULL) {
        g_assert_nonnull(error);
        return;
    }
    g_assert_no_error(error);
    g_auto(SheetHeadingMap) map = { 0 };
    sheet_find_heading_row(sheet, known, G_N_ELEMENTS(known), &map);
    for (int row = 0; row < MIN(sheet_rows(sheet), 50); row++)
        for (int col = 0; col < sheet_columns(sheet); col++) {
            g_assert_true(g_utf8_validate(sheet_cell(sheet, row, col), -1, NULL));
            g_assert_nonnull(sheet_raw(sheet, row, col));
            sheet_day(sheet, row, col);
        }
}

#define SEED_SHEET                                                                                 \
    SHEET_XML("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1"   \
              "</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>46082.5</v></c><c r=\"B2\" s="    \
              "\"2\"><v>-1234.5E2</v></c><c r=\"C2\" t=\"inlineStr\"><is><r><t>富_x000A_</t></r>" \
              "</is></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref="   \
              "\"C1:C2\"/></mergeCells>")
#define SEED_STRINGS "<sst><si><t>铺位号</t></si><si><r><t>品</t></r><rPh><t>x</t></rPh></si></sst>"
#define SEED_STYLES                                                                              \
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$¥-804]#,##0.00_);[Red]\\-0%;" \
    "&quot;-&quot;\"/></numFmts><cellXfs><xf/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/>"       \
    "</cellXfs></styleSheet>"

static void
test_flip_file(void)
{
    g_autoptr(GBytes) seed = xlsx_build(SEED_SHEET, SEED_STRINGS, SEED_STYLES);
    gsize len;
    const guint8 *data = g_bytes_get_data(seed, &len);
    for (int round = 0; round < 2000; round++) {
        g_autofree guint8 *copy = g_memdup2(data, len);
        for (int i = g_test_rand_int_range(1, 4); i > 0; i--)
            copy[g_test_rand_int_range(0, (gint32) len)] = (guint8) g_test_rand_int();
        read_anything(copy, len);
    }
}

/* Checksums stop most flips of a file, so the parts are changed before they are packed too. */
static void
test_flip_parts(void)
{
    const char *const seeds[] = { SEED_SHEET, SEED_STRINGS, SEED_STYLES, ONE_SHEET, RELS_XML };
    static const char *const names[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                         "xl/styles.xml", "xl/workbook.xml",
                                         "xl/_rels/workbook.xml.rels" };
    static const char bytes[] = "<>&;\"'/=0123456789-.E%#?[]_x\\,ymdhs*@ \xE9\xFF";
    for (int round = 0; round < 2000; round++) {
        Part parts[6] = { 0 };
        char *texts[5];
        int victim = g_test_rand_int_range(0, 5);
        for (int i = 0; i < 5; i++)
            texts[i] = g_strdup(seeds[i]);
        for (int i = g_test_rand_int_range(1, 6); i > 0; i--)
            texts[victim][g_test_rand_int_range(0, (gint32) strlen(seeds[victim]))] =
                bytes[g_test_rand_int_range(0, (gint32) sizeof bytes - 1)];
        for (int i = 0; i < 5; i++)
            parts[i] = (Part){ names[i], texts[i], 0 };
        g_autoptr(GBytes) file = zip_build(parts, TRUE);
        gsize len;
        const guint8 *data = g_bytes_get_data(file, &len);
        read_anything(data, len);
        for (int i = 0; i < 5; i++)
            g_free(texts[i]);
    }
}

static void
test_flip_csv(void)
{
    static const char seed[] =
        "铺位号,品牌,\"a \"\"b\"\"\"\r\nL101;=\"007\"\t2026-3-1\r\n'=1,\"\r\n\",";
    for (int round = 0; round < 2000; round++) {
        g_autofree guint8 *copy = g_memdup2(seed, sizeof seed);
        for (int i = g_test_rand_int_range(1, 8); i > 0; i--)
            copy[g_test_rand_int_range(0, (gint32) sizeof seed)] = (guint8) g_test_rand_int();
        read_anything(copy, (gsize) g_test_rand_int_range(0, (gint32) sizeof seed));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/refused/an-archive-that-unpacks-past-64-mb", test_bomb);
    g_test_add_func("/refused/an-entry-packed-past-200-to-1", test_ratio);
    g_test_add_func("/refused/too-many-rows-columns-cells-or-merged-ranges", test_limits);
    g_test_add_func("/refused/document-types-entities-and-broken-xml", test_doctype);
    g_test_add_func("/refused/a-truncated-workbook", test_truncated);
    g_test_add_func("/refused/archives-that-are-no-workbook", test_other_archives);
    g_test_add_func("/refused/old-and-encrypted-workbooks-with-a-remedy", test_ole);
    g_test_add_func("/refused/changed-bytes-of-a-file-never-crash", test_flip_file);
    g_test_add_func("/refused/changed-bytes-of-its-parts-never-crash", test_flip_parts);
    g_test_add_func("/refused/changed-bytes-of-a-csv-never-crash", test_flip_csv);
    return g_test_run();
}
