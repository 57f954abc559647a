/* xlsx_build.h - workbooks by hand for the tests: parts in, bytes out. */
#pragma once
#include <glib.h>
#include <string.h>
#include <zip.h>

typedef struct {
    const char *name;
    const char *text; /* content; NULL ends a list */
    gsize len;        /* 0: strlen(text) */
} Part;

#define SHEET_XML(body)                                                                    \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"                        \
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" body \
    "</worksheet>"
#define WORKBOOK_XML(body)                                                                  \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"                                            \
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "        \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" body \
    "</workbook>"
#define ONE_SHEET \
    WORKBOOK_XML("<sheets><sheet name=\"租金台账\" sheetId=\"1\" r:id=\"rId1\"/></sheets>")
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELS_XML                                                                                 \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"     \
    "<Relationship Id=\"rId1\" Type=\"" REL "worksheet\" Target=\"worksheets/sheet1.xml\"/>"     \
    "<Relationship Id=\"rId2\" Type=\"" REL "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>" \
    "<Relationship Id=\"rId3\" Type=\"" REL "sharedStrings\" Target=\"sharedStrings.xml\"/>"     \
    "<Relationship Id=\"rId4\" Type=\"" REL "styles\" Target=\"styles.xml\"/>"                   \
    "</Relationships>"

static inline GBytes *
zip_build(const Part *parts, gboolean stored)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    g_assert_nonnull(zip);
    for (const Part *part = parts; part->name != NULL; part++) {
        gsize len = part->len > 0 ? part->len : strlen(part->text);
        zip_source_t *body = zip_source_buffer(zip, part->text, len, 0);
        zip_int64_t index = zip_file_add(zip, part->name, body, ZIP_FL_ENC_UTF_8);
        g_assert_cmpint(index, >=, 0);
        zip_set_file_compression(zip, (zip_uint64_t) index, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                 0);
    }
    g_assert_cmpint(zip_close(zip), ==, 0);
    g_assert_cmpint(zip_source_open(source), ==, 0);
    zip_source_seek(source, 0, SEEK_END);
    gsize size = (gsize) zip_source_tell(source);
    zip_source_seek(source, 0, SEEK_SET);
    guint8 *data = g_malloc(size);
    g_assert_cmpint(zip_source_read(source, data, size), ==, (zip_int64_t) size);
    zip_source_close(source);
    zip_source_free(source);
    zip_error_fini(&error);
    return g_bytes_new_take(data, size);
}

/* A workbook of one sheet with the given XML; @strings and @styles may be NULL. */
static inline GBytes *
xlsx_build(const char *sheet, const char *strings, const char *styles)
{
    Part parts[8] = { { "xl/workbook.xml", ONE_SHEET, 0 },
                      { "xl/_rels/workbook.xml.rels", RELS_XML, 0 },
                      { "xl/worksheets/sheet1.xml", sheet, 0 } };
    int n = 3;
    if (strings != NULL)
        parts[n++] = (Part){ "xl/sharedStrings.xml", strings, 0 };
    if (styles != NULL)
        parts[n++] = (Part){ "xl/styles.xml", styles, 0 };
    return zip_build(parts, FALSE);
}
