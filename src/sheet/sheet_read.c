#include "sheet/sheet_internal.h"

#include <string.h>

static gboolean
has_bytes(const void *data, gsize len, const char *wanted, gsize wanted_len)
{
    return memmem(data, len, wanted, wanted_len) != NULL;
}

/* An OLE2 file is an old workbook, or a new one wrapped for its password; the directory inside names
 * its streams in UTF-16. */
static gboolean
refuse_ole(const void *data, gsize len, GError **error)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    if (has_bytes(data, len, encrypted, sizeof encrypted - 1))
        return app_error_set(error, APP_ERROR_INVALID, "sheet.encrypted",
                             "表格有密码，请取消密码后另存再上传",
                             "The workbook is protected by a password; save it without one");
    return app_error_set(error, APP_ERROR_INVALID, "sheet.old_xls",
                         "这是旧格式 .xls，请用 Excel 或 WPS 另存为 .xlsx 再上传",
                         "This is an old .xls workbook; save it as .xlsx and upload that");
}

static gboolean
refuse_unknown(const char *file_name, GError **error)
{
    return app_error_set(error, APP_ERROR_INVALID, "sheet.not_a_spreadsheet",
                         "“%s”不是表格文件，请另存为 .xlsx 或 .csv 再上传",
                         "“%s” is not a spreadsheet; save it as .xlsx or .csv and upload that",
                         file_name);
}

static gboolean
load_zip(Sheet *sheet, const void *data, gsize len, const char *file_name, const char *wanted,
         GError **error)
{
    zip_t *zip = sheet_zip_open(data, len);
    if (zip == NULL)
        return sheet_error_broken(error);
    gboolean ok = sheet_zip_has(zip, "xl/workbook.xml") ? sheet_xlsx_load(sheet, zip, wanted, error)
                                                        : refuse_unknown(file_name, error);
    zip_discard(zip);
    return ok;
}

/* Excel opens web pages saved as .xls, and so people send them. */
static gboolean
is_markup(const char *data, gsize len)
{
    gsize at = len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len && g_ascii_isspace(data[at]))
        at++;
    return at + 1 < len && data[at] == '<'
           && (g_ascii_isalpha(data[at + 1]) || strchr("!?", data[at + 1]) != NULL);
}

static gboolean
load_any(Sheet *sheet, const char *data, gsize len, const char *file_name, const char *wanted,
         GError **error)
{
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if (len == 0)
        return app_error_set(error, APP_ERROR_INVALID, "sheet.empty", "文件是空的",
                             "The file is empty");
    if (len > SHEET_MAX_BYTES)
        return sheet_error_too_large(error, "文件超过 64 MB", "The file is larger than 64 MB");
    if (len >= 4 && memcmp(data, "PK\003\004", 4) == 0)
        return load_zip(sheet, data, len, file_name, wanted, error);
    if (len >= 8 && memcmp(data, ole, 8) == 0)
        return refuse_ole(data, len, error);
    /* BIFF before 1997 has no OLE wrapping. */
    if (len >= 4 && data[0] == '\x09' && strchr("\x02\x04\x08", data[1]) != NULL && data[2] != '\0'
        && data[3] == '\0')
        return refuse_ole(data, len, error);
    if (is_markup(data, len) || (len >= 4 && memcmp(data, "%PDF", 4) == 0))
        return refuse_unknown(file_name, error);
    g_autofree char *base = g_path_get_basename(file_name);
    sheet->name = g_strdup(base);
    sheet->names = g_new0(char *, 2);
    sheet->names[0] = g_strdup(base);
    return sheet_csv_load(sheet, data, len, error);
}

Sheet *
sheet_read_named(const void *data, gsize len, const char *file_name, const char *sheet_name,
                 GError **error)
{
    g_return_val_if_fail(data != NULL || len == 0, NULL);
    g_autoptr(Sheet) sheet = sheet_new();
    if (file_name == NULL)
        file_name = "";
    if (!load_any(sheet, data, len, file_name, sheet_name, error))
        return NULL;
    if (sheet_rows(sheet) == 0) {
        app_error_set(error, APP_ERROR_INVALID, "sheet.empty", "表格里没有内容",
                      "The sheet holds nothing");
        return NULL;
    }
    return g_steal_pointer(&sheet);
}

Sheet *
sheet_read(const void *data, gsize len, const char *file_name, GError **error)
{
    return sheet_read_named(data, len, file_name, NULL, error);
}
