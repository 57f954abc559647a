#include <string.h>
#include <zip.h>

#include "base/error.h"
#include "print/docx.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define DOC(body)                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document " W     \
    " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:body>" body \
    "<w:sectPr/></w:body></w:document>"
#define RUN(text) "<w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r>"
#define PAR(text) "<w:p w14:paraId=\"1A\">" RUN(text) "</w:p>"
#define CELL(text) "<w:tc>" PAR(text) "</w:tc>"
#define ROW(cells) "<w:tr>" cells "</w:tr>"
#define TABLE(rows) "<w:tbl><w:tblPr/>" rows "</w:tbl>"
#define TYPES "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"

typedef struct {
    const char *name, *text;
} Part;

static GBytes *
zip_build(const Part *parts)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    for (; parts->name != NULL; parts++)
        g_assert_cmpint(zip_file_add(zip, parts->name,
                                     zip_source_buffer(zip, parts->text, strlen(parts->text), 0),
                                     0),
                        >=, 0);
    g_assert_cmpint(zip_close(zip), ==, 0);
    zip_stat_t stat;
    zip_source_stat(source, &stat);
    zip_source_open(source);
    guint8 *data = g_malloc(stat.size);
    g_assert_cmpint(zip_source_read(source, data, stat.size), ==, (zip_int64_t) stat.size);
    zip_source_close(source);
    zip_source_free(source);
    return g_bytes_new_take(data, stat.size);
}

static GBytes *
docx_build(const char *document)
{
    const Part parts[] = { { "[Content_Types].xml", TYPES },
                           { "word/document.xml", document },
                           { "word/styles.xml", "<styles>{{not.a.field}}</styles>" },
                           { "word/header1.xml", "<w:hdr " W ">" PAR("{{lease.no}}") "</w:hdr>" },
                           { "word/media/a.bin", "\x01\x02 raw" },
                           { 0 } };
    return zip_build(parts);
}

/* Entry @name of @file, packed as it is with @raw. */
static char *
entry(GBytes *file, const char *name, gboolean raw)
{
    gsize len;
    gconstpointer data = g_bytes_get_data(file, &len);
    zip_source_t *source = zip_source_buffer_create(data, len, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    g_assert_nonnull(zip);
    zip_stat_t stat;
    g_assert_cmpint(zip_stat(zip, name, 0, &stat), ==, 0);
    zip_file_t *in = zip_fopen(zip, name, raw ? ZIP_FL_COMPRESSED : 0);
    gsize size = (gsize) (raw ? stat.comp_size : stat.size);
    char *text = g_malloc0(size + 1);
    g_assert_cmpint(zip_fread(in, text, size), ==, (zip_int64_t) size);
    zip_fclose(in);
    zip_discard(zip);
    return text;
}

static json_t *
values(void)
{
    json_error_t error;
    json_t *value = json_loads(
        "{\"lease\": {\"no\": \"HT-2026-018\", \"pages\": 3, \"is_new\": true, \"note\": null,"
        "  \"remark\": \"一\\n二\"},"
        " \"merchant\": {\"name\": \"<甲>&\\\"乙\\\" ]]> {{lease.no}}\\u0001\"},"
        " \"units\": [{\"no\": \"L101\", \"area\": \"91.46\", \"meters\": [{\"no\": \"D1\"}, "
        "{\"no\": \"D2\"}]},"
        "             {\"no\": \"L102\", \"area\": \"30.00\", \"meters\": []}],"
        " \"deposits\": [], \"tags\": [\"甲\", \"乙\"], \"ratio\": 0.5}",
        0, &error);
    g_assert_nonnull(value);
    return value;
}

/* The text of the merged document, one line per paragraph, or NULL and the error. */
static char *
merge(const char *document, char **xml, GError **error)
{
    g_autoptr(GBytes) template = docx_build(document);
    json_t *value = values();
    g_autoptr(GBytes) merged = docx_merge(template, value, error);
    json_decref(value);
    if (merged == NULL)
        return NULL;
    g_autofree char *all = entry(merged, "word/document.xml", FALSE);
    GString *text = g_string_new(NULL);
    for (const char *p = all; *p != '\0'; p++) {
        if (g_str_has_prefix(p, "</w:p>"))
            g_string_append_c(text, '\n');
        if (*p != '<') {
            g_string_append_c(text, *p);
            continue;
        }
        if (g_str_has_prefix(p, "<w:br/>"))
            g_string_append(text, "[br]");
        p = strchr(p, '>');
    }
    if (xml != NULL)
        *xml = g_steal_pointer(&all);
    return g_strstrip(g_string_free(text, FALSE));
}

static void
assert_merged(const char *document, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = merge(document, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, wanted);
}

static void
test_plain(void)
{
    assert_merged(
        DOC(PAR("合同 {{lease.no}}，{{ lease.pages }} 页") PAR("{{lease.is_new}}[{{lease.note}}]")),
        "合同 HT-2026-018，3 页\n是[]");
    assert_merged(DOC(PAR("{{lease.remark}}")), "一[br]二");
    assert_merged(DOC(PAR("没有字段 {单}")), "没有字段 {单}");
}

static void
test_split_runs(void)
{
    assert_merged(DOC("<w:p>" RUN("号{") RUN("{lea") "<w:proofErr/>" RUN("se.no") RUN("}") RUN(
                      "}尾{{lease.") "<w:hyperlink>" RUN("pages}}页") "</w:hyperlink></w:p>"),
                  "号HT-2026-018尾3页");
    g_autofree char *xml = NULL;
    g_autofree char *text =
        merge(DOC("<w:p><w:r><w:t>{{lease</w:t></w:r>" RUN(".no}}，") "</w:p>"), &xml, NULL);
    g_assert_cmpstr(text, ==, "HT-2026-018，");
    /* The value takes the look of the run in which the placeholder begins. */
    g_assert_nonnull(strstr(xml, "<w:r><w:t xml:space=\"preserve\">HT-2026-018</w:t></w:r>"));
    g_assert_nonnull(strstr(xml, "<w:b/></w:rPr><w:t xml:space=\"preserve\">，</w:t>"));
}

static void
test_rows(void)
{
    assert_merged(DOC(TABLE(ROW(CELL("铺位") CELL("面积")) ROW(
                      CELL("{{units.no}}") CELL("{{units.area}} {{lease.no}}"))) PAR("完")),
                  "铺位\n面积\nL101\n91.46 HT-2026-018\nL102\n30.00 HT-2026-018\n完");
    assert_merged(DOC(TABLE(ROW(CELL("{{#units}}{{no}}") CELL("{{area}}{{/units}}")))),
                  "L101\n91.46\nL102\n30.00");
    assert_merged(DOC(TABLE(ROW(CELL("{{#units}}")) ROW(CELL("铺 {{no}}")) ROW(
                      CELL("面积 {{area}}")) ROW(CELL("{{/units}}")) ROW(CELL("尾")))),
                  "铺 L101\n面积 91.46\n铺 L102\n面积 30.00\n尾");
    /* No element: the row goes, unless the table would have none. */
    assert_merged(DOC(TABLE(ROW(CELL("保证金")) ROW(CELL("{{deposits.kind}}"))) PAR("完")),
                  "保证金\n完");
    g_autofree char *xml = NULL;
    g_autofree char *text = merge(DOC(TABLE(ROW(CELL("{{deposits.kind}}"))) PAR("完")), &xml, NULL);
    g_assert_cmpstr(text, ==, "完");
    g_assert_nonnull(strstr(xml, "<w:tr>"));
}

static void
test_nested(void)
{
    assert_merged(DOC(TABLE(ROW(CELL("{{#units}}{{no}}：{{meters.no}}{{/units}}")))),
                  "L101：D1、D2\nL102：");
    assert_merged(DOC(PAR("{{#units}}") PAR("{{no}} 的表：") TABLE(
                      ROW(CELL("{{meters.no}} 在 {{units.no}}"))) PAR("{{/units}}") PAR("完")),
                  "L101 的表：\nD1 在 L101\nD2 在 L101\nL102 的表：\n\n完");
    /* A table for the layout around the one with rows is not repeated itself. */
    assert_merged(DOC(TABLE(ROW("<w:tc>" PAR("外 {{lease.no}}") TABLE(ROW(CELL("{{units.no}}")))
                                    PAR("") "</w:tc>"))),
                  "外 HT-2026-018\nL101\nL102");
}

static void
test_blocks(void)
{
    assert_merged(DOC(PAR("前") PAR("{{#units}}铺位 {{no}}{{/units}}") PAR("后")),
                  "前\n铺位 L101\n铺位 L102\n后");
    assert_merged(DOC(PAR("{{#lease}}") PAR("号 {{no}}") PAR("{{/lease}}") PAR("{{#deposits}}")
                          PAR("无") PAR("{{/deposits}}") PAR("完")),
                  "号 HT-2026-018\n完");
    assert_merged(DOC(PAR("铺位 {{units.no}}；{{tags}}")), "铺位 L101、L102；甲、乙");
    g_autofree char *xml = NULL;
    g_autofree char *text = merge(DOC(PAR("{{#units}}{{no}}{{/units}}")), &xml, NULL);
    g_assert_cmpstr(text, ==, "L101\nL102");
    g_assert_null(strstr(xml, "w14:paraId")); /* ids may not occur twice */
    g_assert_null(strstr(xml,
                         "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                         "xmlns:w="));
}

static void
test_hostile(void)
{
    g_autofree char *xml = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = merge(DOC(PAR("{{merchant.name}}")), &xml, &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(xml, "&lt;甲&gt;&amp;\"乙\" ]]&gt; {{lease.no}}"));
    g_assert_null(strchr(xml, '\x01'));
}

static void
test_unknown(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(merge(DOC(PAR("{{lease.nr}} {{lease.no}} {{nobody}}") TABLE(
                            ROW(CELL("{{units.colour}}") CELL("{{lease.nr}}"))) PAR("{{lease}}")
                                PAR("{{ratio}}") PAR("{{#open}} x") PAR("{{lease.no")),
                        NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "docx.unknown_field");
    g_assert_true(app_error_is(error, APP_ERROR_INVALID));
    static const char *const wanted[] = { "lease.nr", "nobody", "units.colour", "lease",
                                          "ratio",    "#open",  "{{lease.no" };
    AppErrorPrivate *more = app_error_get_private(error);
    g_assert_cmpuint(more->fields->len, ==, G_N_ELEMENTS(wanted));
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        const FieldError *field = g_ptr_array_index(more->fields, i);
        g_assert_cmpstr(field->field, ==, wanted[i]);
        g_assert_nonnull(strstr(app_error_text(error, LANG_ZH), wanted[i]));
    }
}

static void
test_other_parts(void)
{
    g_autoptr(GBytes) template = docx_build(DOC(PAR("{{lease.no}}")));
    json_t *value = values();
    g_autoptr(GBytes) merged = docx_merge(template, value, NULL);
    json_decref(value);
    static const char *const same[] = { "[Content_Types].xml", "word/styles.xml",
                                        "word/media/a.bin" };
    for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
        g_autofree char *before = entry(template, same[i], TRUE);
        g_autofree char *after = entry(merged, same[i], TRUE);
        g_assert_cmpstr(before, ==, after);
    }
    g_autofree char *header = entry(merged, "word/header1.xml", FALSE);
    g_assert_nonnull(strstr(header, ">HT-2026-018<"));
}

static void
test_fields(void)
{
    g_autoptr(GBytes) template = docx_build(DOC("<w:p>" RUN("{{lea") RUN(
        "se.no}}{{lease.no}}") "</w:p>" PAR("{{#units}}{{no}}{{/units}}")));
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = docx_fields(template, &error);
    g_assert_no_error(error);
    g_autofree char *all = g_strjoinv(" ", names);
    g_assert_cmpstr(all, ==, "lease.no units no");
}

static void
assert_refused(GBytes *template, const char *token)
{
    g_autoptr(GError) error = NULL, again = NULL;
    json_t *value = values();
    g_assert_null(docx_merge(template, value, &error));
    json_decref(value);
    g_assert_cmpstr(app_error_token(error), ==, token);
    g_assert_true(app_error_is(error, APP_ERROR_INVALID));
    g_assert_null(docx_fields(template, &again));
    g_assert_cmpstr(app_error_token(again), ==, token);
}

static void
test_refused(void)
{
    const Part macro[] = { { "[Content_Types].xml", TYPES },
                           { "word/document.xml", DOC("") },
                           { "word/vbaProject.bin", "x" },
                           { 0 } };
    const Part docm[] = { { "[Content_Types].xml",
                            "<Types>application/vnd.ms-word.document.macroEnabled.main+xml" },
                          { "word/document.xml", DOC("") },
                          { 0 } };
    const Part other[] = { { "xl/workbook.xml", "<a/>" }, { 0 } };
    const Part doctype[] = { { "[Content_Types].xml", TYPES },
                             { "word/document.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>" },
                             { 0 } };
    const Part cut[] = { { "[Content_Types].xml", TYPES }, { "word/document.xml", "<a>" }, { 0 } };
    g_autofree char *spaces = g_strnfill(33 * 1024 * 1024, ' ');
    const Part bomb[] = { { "[Content_Types].xml", TYPES },
                          { "word/document.xml", spaces },
                          { 0 } };
    const struct {
        const Part *parts;
        const char *token;
    } cases[] = { { macro, "docx.has_macro" },      { docm, "docx.has_macro" },
                  { other, "docx.not_a_document" }, { doctype, "docx.broken" },
                  { cut, "docx.broken" },           { bomb, "docx.too_large" } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) template = zip_build(cases[i].parts);
        assert_refused(template, cases[i].token);
    }
    g_autoptr(GBytes) text = g_bytes_new_static("hello", 5);
    assert_refused(text, "docx.not_a_document");
    g_autoptr(GBytes) old = g_bytes_new_static("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", 12);
    assert_refused(old, "docx.old_doc");
    g_autoptr(GBytes) whole = docx_build(DOC(PAR("x")));
    g_autoptr(GBytes) half = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) / 2);
    assert_refused(half, "docx.broken");
}

/* Many rows from few bytes: repeated blocks inside each other have an end. */
static void
test_too_many(void)
{
    json_t *value = values(), *outer = json_array(), *inner = json_array();
    for (int i = 0; i < 200; i++) {
        json_array_append_new(outer, json_object());
        json_array_append_new(inner, json_object());
    }
    json_object_set_new(value, "a", outer);
    json_object_set_new(value, "b", inner);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) template =
        docx_build(DOC(PAR("{{#a}}") PAR("{{#b}}") PAR("x") PAR("{{/b}}") PAR("{{/a}}")));
    g_assert_null(docx_merge(template, value, &error));
    g_assert_cmpstr(app_error_token(error), ==, "docx.too_large");
    json_decref(value);
}

static void
test_flips(void)
{
    static const char seed[] = DOC("<w:p>" RUN("{{lea") RUN("se.no}}") "</w:p>" TABLE(
        ROW(CELL("{{#units}}{{no}}") CELL("{{area}}{{/units}}")) ROW(CELL("{{units.meters.no}}"))));
    static const char bytes[] = "<>/{}#. \"'=w:tprbc&;\xE9";
    json_t *value = values();
    for (int round = 0; round < 2000; round++) {
        g_autofree char *copy = g_strdup(seed);
        for (int i = g_test_rand_int_range(1, 6); i > 0; i--)
            copy[g_test_rand_int_range(0, (gint32) sizeof seed - 1)] =
                bytes[g_test_rand_int_range(0, (gint32) sizeof bytes - 1)];
        g_autoptr(GBytes) template = docx_build(copy);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) merged = docx_merge(template, value, &error);
        g_assert_true((merged == NULL) == (error != NULL));
    }
    json_decref(value);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/docx/placeholders-are-replaced", test_plain);
    g_test_add_func("/docx/placeholders-cut-into-runs-are-replaced", test_split_runs);
    g_test_add_func("/docx/rows-are-repeated-for-each-element", test_rows);
    g_test_add_func("/docx/rows-and-blocks-nest", test_nested);
    g_test_add_func("/docx/paragraphs-between-marks-are-repeated-or-left-out", test_blocks);
    g_test_add_func("/docx/hostile-values-are-only-text", test_hostile);
    g_test_add_func("/docx/all-unknown-names-are-refused-together", test_unknown);
    g_test_add_func("/docx/all-other-parts-stay-byte-for-byte", test_other_parts);
    g_test_add_func("/docx/the-names-in-a-template-are-listed", test_fields);
    g_test_add_func("/docx/macros-old-files-bombs-and-damage-are-refused", test_refused);
    g_test_add_func("/docx/repeating-has-an-end", test_too_many);
    g_test_add_func("/docx/changed-bytes-never-crash", test_flips);
    return g_test_run();
}
