#include "print/docx.h"

#include <libxml/parser.h>
#include <string.h>
#include <zip.h>

#include "base/error.h"
#include "print/docx_internal.h"

#define PART_RATIO_FREE ((gsize) 1024 * 1024)
#define MAX_ENTRIES 5000

static gboolean
refuse_broken(GError **error)
{
    return app_error_set(error, APP_ERROR_INVALID, "docx.broken",
                         "模板文件已损坏，请用 Word 或 WPS 打开后另存为 .docx 再上传",
                         "The template is damaged; open it in Word and save it as .docx again");
}

static gboolean
refuse_too_large(GError **error)
{
    return app_error_set(error, APP_ERROR_INVALID, "docx.too_large", "模板或合并结果过大",
                         "The template or the merged document is too large");
}

/* A document being worked on: the archive reads @template until it is closed. */
typedef struct {
    zip_source_t *source;
    zip_t *zip;
    GPtrArray *parts; /* of GBytes, written by zip_close() */
} Container;

static void
container_clear(Container *container)
{
    if (container->zip != NULL)
        zip_discard(container->zip);
    if (container->source != NULL)
        zip_source_free(container->source);
    g_clear_pointer(&container->parts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Container, container_clear)

static gboolean
refuse_format(const char *data, gsize len, GError **error)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    if (len >= 8 && memcmp(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) {
        if (memmem(data, len, encrypted, sizeof encrypted - 1) != NULL)
            return app_error_set(error, APP_ERROR_INVALID, "docx.encrypted",
                                 "模板有密码，请取消密码后再上传",
                                 "The template is protected by a password; save it without one");
        return app_error_set(error, APP_ERROR_INVALID, "docx.old_doc",
                             "这是旧格式 .doc，请用 Word 或 WPS 另存为 .docx 再上传",
                             "This is an old .doc; save it as .docx and upload that");
    }
    return app_error_set(error, APP_ERROR_INVALID, "docx.not_a_document",
                         "不是 Word 文档，请上传 .docx",
                         "This is no Word document; upload a .docx");
}

static GBytes *part_read(zip_t *zip, zip_uint64_t index, GError **error);

static gboolean
check_macros(zip_t *zip, GError **error)
{
    zip_int64_t n = zip_get_num_entries(zip, 0);
    gboolean has_macro = FALSE;
    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(zip, (zip_uint64_t) i, 0);
        g_autofree char *lower = g_ascii_strdown(name == NULL ? "" : name, -1);
        has_macro = has_macro || g_str_has_suffix(lower, "vbaproject.bin")
                    || g_str_has_suffix(lower, "vbadata.xml");
    }
    zip_int64_t types = zip_name_locate(zip, "[Content_Types].xml", 0);
    if (types < 0)
        return refuse_broken(error);
    g_autoptr(GBytes) text = part_read(zip, (zip_uint64_t) types, error);
    if (text == NULL)
        return FALSE;
    gsize len;
    const char *data = g_bytes_get_data(text, &len);
    has_macro = has_macro || g_strstr_len(data, (gssize) len, "macroEnabled") != NULL;
    return !has_macro
           || app_error_set(error, APP_ERROR_INVALID, "docx.has_macro",
                            "模板含有宏，请另存为不含宏的 .docx",
                            "The template contains macros; save it as .docx without them");
}

static gboolean
container_open(Container *container, GBytes *template, GError **error)
{
    gsize len;
    const char *data = g_bytes_get_data(template, &len);
    if (len > DOCX_MAX_BYTES)
        return refuse_too_large(error);
    if (len < 4 || memcmp(data, "PK\003\004", 4) != 0)
        return refuse_format(data, len, error);
    container->parts = g_ptr_array_new_with_free_func((GDestroyNotify) g_bytes_unref);
    container->source = zip_source_buffer_create(data, len, 0, NULL);
    if (container->source == NULL)
        return refuse_broken(error);
    zip_source_keep(container->source);
    container->zip = zip_open_from_source(container->source, 0, NULL);
    if (container->zip == NULL) {
        zip_source_free(container->source); /* the reference that the archive would have taken */
        return refuse_broken(error);
    }
    if (zip_get_num_entries(container->zip, 0) > MAX_ENTRIES)
        return refuse_too_large(error);
    if (zip_name_locate(container->zip, "word/document.xml", 0) < 0)
        return refuse_format("", 0, error);
    return check_macros(container->zip, error);
}

/* Unpacks one part within the limits; the directory's sizes are not believed. */
static GBytes *
part_read(zip_t *zip, zip_uint64_t index, GError **error)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_file_t *file =
        zip_stat_index(zip, index, 0, &stat) == 0 ? zip_fopen_index(zip, index, 0) : NULL;
    if (file == NULL) {
        refuse_broken(error);
        return NULL;
    }
    gsize limit = DOCX_MAX_PART_BYTES;
    if ((stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.comp_size < limit / DOCX_MAX_RATIO)
        limit = MAX((gsize) stat.comp_size * DOCX_MAX_RATIO, PART_RATIO_FREE);
    g_autoptr(GByteArray) out = g_byte_array_new();
    guint8 chunk[16384];
    zip_int64_t got;
    while ((got = zip_fread(file, chunk, sizeof chunk)) > 0 && out->len <= limit)
        g_byte_array_append(out, chunk, (guint) got);
    zip_fclose(file);
    if (got != 0) {
        if (got < 0)
            refuse_broken(error);
        else
            refuse_too_large(error);
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

/* The parts of a document in which people write. */
static gboolean
is_text_part(const char *name)
{
    static const char *const starts[] = { "word/document", "word/header", "word/footer",
                                          "word/footnotes", "word/endnotes" };
    gboolean found = FALSE;
    for (gsize i = 0; name != NULL && i < G_N_ELEMENTS(starts); i++)
        found = found || g_str_has_prefix(name, starts[i]);
    return found && g_str_has_suffix(name, ".xml") && strchr(name + strlen("word/"), '/') == NULL;
}

static xmlDocPtr
part_parse(GBytes *part, GError **error)
{
    gsize len;
    const char *data = g_bytes_get_data(part, &len);
    /* Entities are not replaced, nothing is fetched, and libxml2 limits depth and size. */
    xmlDocPtr doc = xmlReadMemory(data, (int) len, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (doc != NULL && xmlGetIntSubset(doc) == NULL)
        return doc;
    xmlFreeDoc(doc);
    refuse_broken(error);
    return NULL;
}

/* Puts the changed part in the place of the old one, as old as that was. */
static gboolean
part_replace(Container *container, zip_uint64_t index, xmlDocPtr doc, GError **error)
{
    xmlChar *text = NULL;
    int len = 0;
    xmlDocDumpMemoryEnc(doc, &text, &len, "UTF-8");
    GBytes *bytes = g_bytes_new(text, (gsize) len);
    xmlFree(text);
    g_ptr_array_add(container->parts, bytes);
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_stat_index(container->zip, index, 0, &stat);
    zip_source_t *source = zip_source_buffer(container->zip, g_bytes_get_data(bytes, NULL),
                                             g_bytes_get_size(bytes), 0);
    if (source == NULL || zip_file_replace(container->zip, index, source, 0) != 0) {
        if (source != NULL)
            zip_source_free(source);
        return refuse_broken(error);
    }
    if ((stat.valid & ZIP_STAT_MTIME) != 0)
        zip_file_set_mtime(container->zip, index, stat.mtime, 0);
    return TRUE;
}

static gboolean
part_merge(Container *container, zip_uint64_t index, const json_t *values, DocxMerge *merge,
           GError **error)
{
    g_autoptr(GBytes) part = part_read(container->zip, index, error);
    xmlDocPtr doc = part == NULL ? NULL : part_parse(part, error);
    if (doc == NULL)
        return FALSE;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    docx_collect(doc, names);
    gboolean ok = TRUE;
    if (names->len > 0) {
        docx_expand(doc, values, merge);
        ok = merge->n_clones <= DOCX_MAX_CLONES ? part_replace(container, index, doc, error)
                                                : refuse_too_large(error);
    }
    xmlFreeDoc(doc);
    return ok;
}

static gboolean
refuse_unknown(GPtrArray *unknown, GError **error)
{
    g_ptr_array_add(unknown, NULL);
    g_autofree char *names = g_strjoinv("、", (char **) unknown->pdata);
    app_error_set(error, APP_ERROR_INVALID, "docx.unknown_field", "模板中的字段没有对应的内容：%s",
                  "The template asks for unknown fields: %s", names);
    for (char **name = (char **) unknown->pdata; *name != NULL; name++)
        app_error_field(error, *name, "unknown", "没有名为“%s”的字段",
                        "There is no field called “%s”", *name);
    return FALSE;
}

static GBytes *
container_close(Container *container, GError **error)
{
    if (zip_close(container->zip) != 0) {
        refuse_broken(error);
        return NULL;
    }
    container->zip = NULL;
    zip_source_t *source = container->source;
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0
        || zip_source_open(source) != 0) {
        refuse_broken(error);
        return NULL;
    }
    g_autofree guint8 *data = g_malloc(stat.size);
    zip_int64_t got = zip_source_read(source, data, stat.size);
    zip_source_close(source);
    if (got < 0 || (zip_uint64_t) got != stat.size) {
        refuse_broken(error);
        return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&data), stat.size);
}

GBytes *
docx_merge(GBytes *template, const json_t *values, GError **error)
{
    g_return_val_if_fail(template != NULL && json_is_object(values), NULL);
    g_auto(Container) container = { 0 };
    if (!container_open(&container, template, error))
        return NULL;
    g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func(g_free);
    DocxMerge merge = { .unknown = unknown };
    zip_int64_t n = zip_get_num_entries(container.zip, 0);
    for (zip_int64_t i = 0; i < n; i++)
        if (is_text_part(zip_get_name(container.zip, (zip_uint64_t) i, 0))
            && !part_merge(&container, (zip_uint64_t) i, values, &merge, error))
            return NULL;
    if (unknown->len > 0) {
        refuse_unknown(unknown, error);
        return NULL;
    }
    return container_close(&container, error);
}

/* Calls @each with every part that holds text. */
static gboolean
parts_each(GBytes *template, void (*each)(xmlDocPtr doc, gpointer data), gpointer data, GError **error)
{
    g_auto(Container) container = { 0 };
    if (!container_open(&container, template, error))
        return FALSE;
    zip_int64_t n = zip_get_num_entries(container.zip, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        if (!is_text_part(zip_get_name(container.zip, (zip_uint64_t) i, 0)))
            continue;
        g_autoptr(GBytes) part = part_read(container.zip, (zip_uint64_t) i, error);
        xmlDocPtr doc = part == NULL ? NULL : part_parse(part, error);
        if (doc == NULL)
            return FALSE;
        each(doc, data);
        xmlFreeDoc(doc);
    }
    return TRUE;
}

static void
collect_names(xmlDocPtr doc, gpointer names)
{
    docx_collect(doc, names);
}

static void
collect_text(xmlDocPtr doc, gpointer text)
{
    docx_append_text(doc, text);
}

char **
docx_fields(GBytes *template, GError **error)
{
    g_return_val_if_fail(template != NULL, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    if (!parts_each(template, collect_names, names, error))
        return NULL;
    g_ptr_array_add(names, NULL);
    return (char **) g_ptr_array_steal(names, NULL);
}

char *
docx_text(GBytes *docx, GError **error)
{
    g_return_val_if_fail(docx != NULL, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    return parts_each(docx, collect_text, text, error) ? g_strdup(text->str) : NULL;
}
