#include "sheet/sheet_internal.h"

#define ENTRY_RATIO_FREE ((gsize) 1024 * 1024) /* smaller entries may pack as well as they like */

zip_t *
sheet_zip_open(const void *data, gsize len)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(data, len, 0, &error);
    zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip == NULL && source != NULL)
        zip_source_free(source);
    zip_error_fini(&error);
    return zip;
}

gboolean
sheet_zip_has(zip_t *zip, const char *name)
{
    return zip_name_locate(zip, name, 0) >= 0;
}

/* Unpacks at most @limit bytes; the sizes in the directory may lie, so they are not believed. */
static GBytes *
entry_unpack(zip_file_t *file, gsize limit, GError **error)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    guint8 chunk[16384];
    for (;;) {
        zip_int64_t got = zip_fread(file, chunk, sizeof chunk);
        if (got < 0) {
            sheet_error_broken(error);
            return NULL;
        }
        if (got == 0)
            break;
        if (out->len + (gsize) got > limit) {
            sheet_error_too_large(error, "表格解压后过大", "The workbook unpacks to too much");
            return NULL;
        }
        g_byte_array_append(out, chunk, (guint) got);
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

GBytes *
sheet_zip_read(zip_t *zip, const char *name, gsize *budget, GError **error)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(zip, name, 0, &stat) != 0) {
        sheet_error_broken(error);
        return NULL;
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        app_error_set(error, APP_ERROR_INVALID, "sheet.encrypted",
                      "表格有密码，请取消密码后另存再上传",
                      "The workbook is protected by a password; save it without one");
        return NULL;
    }
    gsize limit = *budget;
    if ((stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.comp_size < limit / SHEET_MAX_RATIO)
        limit = MIN(limit, MAX((gsize) stat.comp_size * SHEET_MAX_RATIO, ENTRY_RATIO_FREE));
    zip_file_t *file = zip_fopen(zip, name, 0);
    if (file == NULL) {
        sheet_error_broken(error);
        return NULL;
    }
    GBytes *bytes = entry_unpack(file, limit, error);
    zip_fclose(file);
    if (bytes != NULL)
        *budget -= g_bytes_get_size(bytes);
    return bytes;
}
