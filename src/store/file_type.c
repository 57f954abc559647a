/* file_type.c - what an upload is, told from its bytes, against the list of what is let in. */
#include "base/text.h"
#include "store/file.h"
#include "store/file_internal.h"

#include <magic.h>
#include <string.h>
#include <zip.h>

enum { NAME_CHARS = 120, ZIP_ENTRIES_MAX = 5000, SCAN_BYTES = 256 * 1024 };
#define ZIP_UNPACKED_MAX ((guint64) 300 * 1024 * 1024)
#define ZIP_RATIO_MAX 200

typedef enum {
    TYPE_PDF,
    TYPE_DOCX,
    TYPE_XLSX,
    TYPE_JPEG,
    TYPE_PNG,
    TYPE_WEBP,
    TYPE_HEIC,
    TYPE_TXT,
    TYPE_CSV
} TypeIndex;

static const FileType types[] = {
    [TYPE_PDF] = { "application/pdf", "pdf", FALSE },
    [TYPE_DOCX] = { "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "docx", FALSE },
    [TYPE_XLSX] = { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
                    FALSE },
    [TYPE_JPEG] = { "image/jpeg", "jpg jpeg jpe", TRUE },
    [TYPE_PNG] = { "image/png", "png", TRUE },
    [TYPE_WEBP] = { "image/webp", "webp", TRUE },
    [TYPE_HEIC] = { "image/heic", "heic heif", TRUE },
    [TYPE_TXT] = { "text/plain; charset=utf-8", "txt", FALSE },
    [TYPE_CSV] = { "text/csv; charset=utf-8", "csv", FALSE },
};

static gboolean
refuse_type(GError **error, const char *zh, const char *en)
{
    return app_error_set(error, APP_ERROR_INVALID, "file.type",
                         "不能上传%s%.0s。可上传：PDF、Word（.docx）、Excel（."
                         "xlsx）、图片（jpg、png、webp、heic）、文本（txt、csv）",
                         "%.0s%s cannot be uploaded; allowed are PDF, .docx, .xlsx, pictures (jpg, "
                         "png, webp, heic) and "
                         "text (txt, csv)",
                         zh, en);
}

/* libmagic's opinion. The database is read once; a cookie serves one thread at a time. transfer full. */
static char *
magic_mime(const void *data, gsize len)
{
    static GMutex lock;
    static magic_t cookie;
    char *mime = NULL;

    g_mutex_lock(&lock);
    if (!cookie) {
        cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_ERROR);
        if (cookie && magic_load(cookie, NULL) != 0)
            g_clear_pointer(&cookie, magic_close);
    }
    if (cookie)
        mime = g_strdup(magic_buffer(cookie, data, len));
    g_mutex_unlock(&lock);
    return mime ? mime : g_strdup("application/octet-stream");
}

/* Office files with programs inside are refused whatever they are called. */
static gboolean
check_entry(const zip_stat_t *entry, guint64 *total, GError **error)
{
    g_autofree char *name = g_ascii_strdown(entry->name, -1);

    *total += entry->size;
    if (strstr(name, "vbaproject") || strstr(name, "vbadata") || strstr(name, "macrosheets")
        || strstr(name, "activex"))
        return refuse_type(error, "带宏或控件的 Office 文件",
                           "an Office file with macros or controls");
    gboolean bomb = entry->size > (1u << 20) && entry->size / ZIP_RATIO_MAX > entry->comp_size;
    if (bomb || *total > ZIP_UNPACKED_MAX)
        return refuse_type(error, "解压后过大的文件", "a file that unpacks to too much");
    return TRUE;
}

/* The list of parts names the types of macros too. */
static gboolean
check_content_types(zip_t *zip, GError **error)
{
    zip_stat_t info;
    zip_file_t *part = zip_fopen(zip, "[Content_Types].xml", 0);

    if (!part || zip_stat(zip, "[Content_Types].xml", 0, &info) != 0 || info.size > (1u << 20)) {
        if (part)
            zip_fclose(part);
        return refuse_type(error, "压缩包", "an archive");
    }
    g_autofree char *text = g_malloc0(info.size + 1);
    zip_int64_t n = zip_fread(part, text, info.size);
    zip_fclose(part);
    if (n == (zip_int64_t) info.size && !strcasestr(text, "macroEnabled"))
        return TRUE;
    return refuse_type(error, "带宏的 Office 文件", "an Office file with macros");
}

static gboolean
check_entries(zip_t *zip, GError **error)
{
    zip_int64_t n = zip_get_num_entries(zip, 0);
    guint64 total = 0;

    if (n <= 0 || n > ZIP_ENTRIES_MAX)
        return refuse_type(error, "压缩包", "an archive");
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t entry;
        if (zip_stat_index(zip, (zip_uint64_t) i, 0, &entry) != 0 || !entry.name)
            return refuse_type(error, "损坏的文件", "a damaged file");
        if (!check_entry(&entry, &total, error))
            return FALSE;
    }
    return check_content_types(zip, error);
}

static const FileType *
office_type(const void *data, gsize len, GError **error)
{
    zip_error_t why;
    zip_source_t *source = zip_source_buffer_create(data, len, 0, &why);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;

    if (!zip) {
        if (source)
            zip_source_free(source);
        refuse_type(error, "压缩包或损坏的文件", "an archive or a damaged file");
        return NULL;
    }
    const FileType *type = NULL;
    if (check_entries(zip, error)) {
        if (zip_name_locate(zip, "word/document.xml", 0) >= 0)
            type = &types[TYPE_DOCX];
        else if (zip_name_locate(zip, "xl/workbook.xml", 0) >= 0)
            type = &types[TYPE_XLSX];
        else
            refuse_type(error, "压缩包", "an archive");
    }
    zip_discard(zip);
    return type;
}

static const char *
extension_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && dot != name ? dot + 1 : "";
}

static gboolean
has_extension(const FileType *type, const char *name)
{
    g_auto(GStrv) list = g_strsplit(type->extensions, " ", -1);
    g_autofree char *ext = g_ascii_strdown(extension_of(name), -1);

    return g_strv_contains((const char *const *) list, ext);
}

/* The text as UTF-8, whichever of the usual ways it is written in; NULL if it is no text. transfer full. */
static char *
as_text(const char *data, gsize len)
{
    g_autofree char *plain = NULL;

    if (len >= 2 && (memcmp(data, "\xFF\xFE", 2) == 0 || memcmp(data, "\xFE\xFF", 2) == 0))
        plain = g_convert(data, (gssize) len, "UTF-8", "UTF-16", NULL, NULL, NULL);
    else if (memchr(data, '\0', len))
        return NULL;
    else if (g_utf8_validate(data, (gssize) len, NULL))
        plain = g_strndup(data, len);
    else
        plain = g_convert(data, (gssize) len, "UTF-8", "GB18030", NULL, NULL, NULL);
    for (const char *p = plain; p && *p; p++) {
        if (((guint8) *p < ' ' && !strchr("\t\n\r\f", *p)) || *p == 0x7F)
            return NULL; /* a program, whatever else its bytes may spell */
    }
    return g_steal_pointer(&plain);
}

/* Markup that a browser would run if somebody talked it into showing the file. */
static gboolean
is_markup(const char *text)
{
    static const char *const words[] = { "<!doctype", "<html", "<script", "<svg", "<iframe",
                                         "<?php",     "<?xml", "<body",   "<img " };
    g_autofree char *head = g_ascii_strdown(text, MIN((gssize) strlen(text), SCAN_BYTES));

    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strstr(head, words[i]))
            return TRUE;
    }
    return FALSE;
}

static const FileType *
text_type(const void *data, gsize len, const char *name, const char *mime, GError **error)
{
    static const char *const bad[] = { "text/html",          "text/xml",   "text/x-shellscript",
                                       "text/x-msdos-batch", "text/x-php", "application/javascript",
                                       "image/svg+xml",      NULL };
    const FileType *type = has_extension(&types[TYPE_CSV], name)   ? &types[TYPE_CSV]
                           : has_extension(&types[TYPE_TXT], name) ? &types[TYPE_TXT]
                                                                   : NULL;
    g_autofree char *text = type ? as_text(data, len) : NULL;

    if (text && !g_strv_contains(bad, mime) && !is_markup(text))
        return type;
    refuse_type(error, "此类文件", "this kind of file");
    return NULL;
}

static gboolean
begins(const guint8 *data, gsize len, gsize at, const char *with)
{
    gsize n = strlen(with);

    return len >= at + n && memcmp(data + at, with, n) == 0;
}

/* By the first bytes; NULL where they say nothing. */
static const FileType *
signature_type(const guint8 *data, gsize len)
{
    static const char *const heic[] = { "heic", "heix", "mif1", "msf1", "heim", "heis" };

    if (begins(data, len, 0, "%PDF-"))
        return &types[TYPE_PDF];
    if (begins(data, len, 0, "\xFF\xD8\xFF"))
        return &types[TYPE_JPEG];
    if (begins(data, len, 0, "\x89PNG\r\n\x1A\n"))
        return &types[TYPE_PNG];
    if (begins(data, len, 0, "RIFF") && begins(data, len, 8, "WEBP"))
        return &types[TYPE_WEBP];
    for (guint i = 0; begins(data, len, 4, "ftyp") && i < G_N_ELEMENTS(heic); i++) {
        if (begins(data, len, 8, heic[i]))
            return &types[TYPE_HEIC];
    }
    return NULL;
}

/* First bytes and libmagic must agree: a file that is two things at once is neither. */
static const FileType *
told_type(const void *data, gsize len, const char *name, GError **error)
{
    g_autofree char *mime = NULL;
    const FileType *type = signature_type(data, len);

    if (begins(data, len, 0, "PK\x03\x04"))
        return office_type(data, len, error);
    mime = magic_mime(data, len);
    if (!type)
        return text_type(data, len, name, mime, error);
    gboolean agrees = strcmp(mime, type->mime) == 0
                      || (type == &types[TYPE_HEIC] && g_str_has_prefix(mime, "image/hei"));
    if (agrees)
        return type;
    refuse_type(error, "损坏或伪装的文件", "a damaged or disguised file");
    return NULL;
}

const FileType *
file_type_of(const void *data, gsize len, const char *name, GError **error)
{
    if (len == 0 || len > FILE_MAX_BYTES) {
        if (len == 0)
            app_error_set(error, APP_ERROR_INVALID, "file.empty", "文件是空的",
                          "the file is empty");
        else
            app_error_set(error, APP_ERROR_INVALID, "file.too_large", "文件超过 20 MB",
                          "the file is larger than 20 MB");
        return NULL;
    }
    const FileType *type = told_type(data, len, name, error);
    if (!type)
        return NULL;
    if (type->is_picture && !file_picture_fits(data, len, type)) {
        app_error_set(error, APP_ERROR_INVALID, "file.pixels",
                      "图片损坏，或像素过多，请缩小后再上传",
                      "the picture is damaged or has too many pixels; make it smaller");
        return NULL;
    }
    /* Phones call a WebP or HEIC "image.jpg"; such a name is put right. A program called .pdf never is. */
    if (!type->is_picture && *extension_of(name) && !has_extension(type, name)) {
        app_error_set(error, APP_ERROR_INVALID, "file.name_type", "文件内容是 %s，与扩展名不符",
                      "the content is %s, which its extension does not say", type->extensions);
        return NULL;
    }
    return type;
}

/* Characters that make a name look like another, or that no file system wants. */
static gboolean
is_name_char(gunichar c)
{
    GUnicodeType kind = g_unichar_type(c);

    if (c < ' ' || kind == G_UNICODE_CONTROL || kind == G_UNICODE_FORMAT
        || kind == G_UNICODE_LINE_SEPARATOR || kind == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
    return c > 0x7F || !strchr("<>:\"|?*/\\", (int) c);
}

char *
file_name_clean(const char *name, const FileType *type)
{
    g_autofree char *valid = g_utf8_make_valid(name ? name : "", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    g_auto(GStrv) list = g_strsplit(type->extensions, " ", 2);

    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        if (*p == '/' || *p == '\\')
            g_string_truncate(out, 0); /* only what follows the last folder */
        else if (is_name_char(g_utf8_get_char(p)))
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    g_strstrip(out->str);
    char *start = out->str + strspn(out->str, ". ");
    gboolean fits = has_extension(type, start);
    g_autofree char *ext = g_strdup(fits ? extension_of(start) : list[0]);
    const char *dot = strrchr(start, '.');
    gboolean cut = dot && (fits || type->is_picture);
    g_autofree char *stem = cut ? g_strndup(start, (gsize) (dot - start)) : g_strdup(start);
    glong room = NAME_CHARS - 1 - (glong) strlen(ext);
    if (g_utf8_strlen(stem, -1) > room)
        *g_utf8_offset_to_pointer(stem, room) = '\0';
    return g_strdup_printf("%s.%s", *stem ? stem : "file", ext);
}
