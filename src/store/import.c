/* import.c - a spreadsheet is read, its columns are matched, and it waits as a batch. */
#include "store/import.h"

#include "base/ids.h"
#include "store/file.h"
#include "store/import_internal.h"

#include <string.h>

void
import_free(Import *import)
{
    if (!import)
        return;
    g_clear_pointer(&import->rows, g_ptr_array_unref);
    g_clear_pointer(&import->found, g_hash_table_unref);
    g_clear_pointer(&import->seen, g_hash_table_unref);
    if (import->memory)
        import->memory_free(import->memory);
    g_clear_pointer(&import->sheet, sheet_free);
    sheet_heading_map_clear(&import->heading);
    record_free(import->batch);
    g_free(import->field_of);
    g_free(import->column_of);
    g_free(import->own_fields);
    g_free(import->file_name);
    g_free(import->digest);
    g_free(import->reason);
    g_free(import);
}

gint64
import_total(const Import *import, ImportOutcome outcome)
{
    return import->total[outcome];
}

/* -- columns ------------------------------------------------------------------------- */

static void
set_columns(Import *import)
{
    import->field_of = g_renew(int, import->field_of, (gsize) MAX(sheet_columns(import->sheet), 1));
    import->column_of = g_renew(int, import->column_of, import->kind->n_fields);
    for (int col = 0; col < sheet_columns(import->sheet); col++)
        import->field_of[col] = col < import->heading.n_columns ? import->heading.heading_of[col]
            : -1;
    for (guint i = 0; i < import->kind->n_fields; i++)
        import->column_of[i] = -1;
    for (int col = 0; col < sheet_columns(import->sheet); col++) {
        if (import->field_of[col] >= 0)
            import->column_of[import->field_of[col]] = col;
    }
}

/* Where nothing is known by its heading, the first row with text is offered, for a person to match. */
static void
match_columns(Import *import, int heading_row)
{
    SheetHeading *headings = import_headings(import->kind);
    guint n = import->kind->n_fields;
    int row = heading_row;

    if (row < 0)
        row = sheet_find_heading_row(import->sheet, headings, n, &import->heading);
    else
        sheet_map_heading_row(import->sheet, row, headings, n, &import->heading);
    for (row = 0; import->heading.row < 0 && row < sheet_rows(import->sheet); row++) {
        if (!sheet_row_is_blank(import->sheet, row))
            sheet_map_heading_row(import->sheet, row, headings, n, &import->heading);
    }
    import_headings_free(headings, n);
    set_columns(import);
}

static gboolean
check_size(const Import *import, GError **error)
{
    int rows = sheet_rows(import->sheet) - MAX(import->heading.data_row, 0);

    return rows <= IMPORT_MAX_ROWS
           || app_error_set(
               error, APP_ERROR_INVALID, "import.too_many_rows",
               "一次最多导入 %d 行，此表有 %d 行，请分成几个文件",
               "at most %d rows at a time, this sheet has %d; split it into several files",
               IMPORT_MAX_ROWS, rows);
}

static gboolean
read_sheet(Import *import, GBytes *bytes, int heading_row, GError **error)
{
    gsize len = 0;
    const void *data = g_bytes_get_data(bytes, &len);

    import->sheet = sheet_read(data, len, import->file_name, error);
    if (!import->sheet)
        return FALSE;
    match_columns(import, heading_row);
    return check_size(import, error);
}

static Import *
import_new(const Ctx *ctx, const char *file_name)
{
    Import *import = g_new0(Import, 1);

    import->heading.row = -1;
    import->file_name = g_utf8_make_valid(file_name && *file_name ? file_name : "import", -1);
    if (g_utf8_strlen(import->file_name, -1) > 200)
        *g_utf8_offset_to_pointer(import->file_name, 200) = '\0';
    import->reason = g_strdup_printf("%s%s", ctx->lang == LANG_EN ? "Imported from " : "导入自 ",
                                     import->file_name);
    return import;
}

Import *
import_open(Ctx *ctx, const ImportKind *const *kinds, const char *kind, const char *file_name,
            GBytes *bytes, GError **error)
{
    g_autoptr(Import) import = import_new(ctx, file_name);
    gsize len = 0;
    const void *data = g_bytes_get_data(bytes, &len);

    if (!import_set_kind(ctx, import, kinds, kind, error) || !read_sheet(import, bytes, -1, error))
        return NULL;
    import->digest = file_blob_put(ctx->files_dir, data, len, error);
    return import->digest ? g_steal_pointer(&import) : NULL;
}

gboolean
import_set_into(Ctx *ctx, Import *import, const char *id, GError **error)
{
    if (!import->kind->into)
        return TRUE;
    import->into = id ? id_parse(id) : 0;
    g_autoptr(Record) rec = import->into ? record_find(ctx, import->kind->into, import->into, NULL) : NULL;
    return rec
           || app_error_field(error, "into", "required", "请选择导入到哪个%s%.0s", "%.0schoose the %s it belongs to",
                              registry_def(ctx->registry, import->kind->into)->zh, registry_def(ctx->registry, import->kind->into)->en);
}

gint64
import_into(const Import *import)
{
    return import->into;
}

/* One column given by hand takes its field away from any other. */
static gboolean
map_column(Import *import, const char *key, const json_t *value, GError **error)
{
    guint64 col = 0;
    int field = import_field_index(import->kind, json_string_value(value));

    if (!g_ascii_string_to_unsigned(key, 10, 0, G_MAXINT, &col, NULL)
        || (int) col >= sheet_columns(import->sheet))
        return app_error_field(error, "columns", "range", "没有第 %s 列", "there is no column %s",
                               key);
    if (!json_is_null(value) && field < 0)
        return app_error_field(error, "columns", "option", "没有字段“%s”",
                               "there is no field \"%s\"",
                               json_is_string(value) ? json_string_value(value) : "?");
    int before = import->field_of[col];
    if (before >= 0)
        import->column_of[before] = -1;
    import->field_of[col] = field;
    if (field < 0)
        return TRUE;
    if (import->column_of[field] >= 0)
        import->field_of[import->column_of[field]] = -1;
    import->column_of[field] = (int) col;
    return TRUE;
}

static gboolean
map_columns(Import *import, const json_t *columns, GError **error)
{
    const char *key;
    json_t *value;

    /* first what is let go, so that two columns may change places */
    for (int pass = 0; pass < 2; pass++) {
        json_object_foreach((json_t *) columns, key, value)
        {
            if ((pass == 0) != json_is_null(value))
                continue;
            if (!map_column(import, key, value, error))
                return FALSE;
        }
    }
    return TRUE;
}

gboolean
import_map(Import *import, const json_t *input, GError **error)
{
    const json_t *row = json_object_get(input, "heading_row"),
                 *columns = json_object_get(input, "columns");
    json_int_t heading = json_integer_value(row);

    if (row && !json_is_null(row)) {
        if (!json_is_integer(row) || heading < 1 || heading > sheet_rows(import->sheet))
            return app_error_field(error, "heading_row", "range", "标题行应为 1 到 %d",
                                   "must be a row from 1 to %d", sheet_rows(import->sheet));
        gboolean moved = import->heading.row != (int) heading - 1;
        if (moved) {
            match_columns(import, (int) heading - 1);
            return TRUE; /* columns of the old heading mean nothing now */
        }
    }
    if (columns && !json_is_object(columns))
        return app_error_field(error, "columns", "form", "应为对象", "must be an object");
    return !columns || map_columns(import, columns, error);
}

/* -- stored imports ------------------------------------------------------------------- */

Record *
import_load_batch(Ctx *ctx, gint64 id, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) batch = record_find(ctx, "import_batch", id, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    if (!batch || batch->created_by != ctx->staff_id) {
        app_error_set(error, APP_ERROR_NOT_FOUND, "import.not_found", "没有这次导入，请重新上传",
                      "no such import; upload the file again");
        return NULL;
    }
    if (!record_is(batch, "state", "previewed")) {
        app_error_set(error, APP_ERROR_CONFLICT, "import.committed",
                      "这次导入已完成，不能再导入一次",
                      "this import was committed and cannot be committed again");
        return NULL;
    }
    return g_steal_pointer(&batch);
}

Import *
import_load(Ctx *ctx, const ImportKind *const *kinds, gint64 id, GError **error)
{
    g_autoptr(Record) batch = import_load_batch(ctx, id, error);
    g_autoptr(GBytes) bytes =
        batch ? file_blob_get(ctx->files_dir, record_text(batch, "digest"), error) : NULL;

    if (!bytes)
        return NULL;
    g_autoptr(Import) import = import_new(ctx, record_text(batch, "file_name"));
    import->digest = g_strdup(record_text(batch, "digest"));
    if (!import_set_kind(ctx, import, kinds, record_text(batch, "kind"), error)
        || !read_sheet(import, bytes, (int) record_int(batch, "heading_row") - 1, error))
        return NULL;
    for (int col = 0; col < sheet_columns(import->sheet); col++)
        import->field_of[col] = -1;
    for (guint i = 0; i < import->kind->n_fields; i++)
        import->column_of[i] = -1;
    const char *mapping = record_text(batch, "mapping");
    json_t *columns = json_loads(mapping ? mapping : "{}", 0, NULL);
    gboolean ok = map_columns(import, columns, error);
    json_decref(columns);
    import->id = batch->id;
    import->into = record_int(batch, "into_id");
    import->batch = g_steal_pointer(&batch);
    return ok ? g_steal_pointer(&import) : NULL;
}

static char *
mapping_json(const Import *import)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    for (int col = 0; col < sheet_columns(import->sheet); col++) {
        char key[16];
        if (import->field_of[col] < 0)
            continue;
        g_snprintf(key, sizeof key, "%d", col);
        json_kv_text(out, key, import->kind->fields[import->field_of[col]].name);
    }
    json_end_object(out);
    return g_string_free(json_out_steal(out), FALSE);
}

static void
write_faults(const ImportRow *row, JsonOut *out)
{
    json_begin_object(out);
    json_kv_int(out, "row", row->row);
    json_key(out, "errors");
    json_begin_array(out);
    for (guint i = 0; i < row->faults->len; i++) {
        const ImportFault *fault = row->faults->pdata[i];
        json_begin_object(out);
        json_kv_int(out, "column", fault->column);
        json_kv_text(out, "field", fault->field);
        json_kv_text(out, "zh", fault->text[LANG_ZH]);
        json_kv_text(out, "en", fault->text[LANG_EN]);
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
}

static char *
faults_json(const Import *import)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_array(out);
    for (guint i = 0; i < import->rows->len; i++) {
        const ImportRow *row = import->rows->pdata[i];
        if (row->faults)
            write_faults(row, out);
    }
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

void
import_fill_batch(const Import *import, Record *batch)
{
    g_autofree char *mapping = mapping_json(import);
    g_autofree char *faults = faults_json(import);

    record_set_int(batch, "heading_row", import->heading.row + 1);
    record_set_text(batch, "mapping", mapping);
    record_set_int(batch, "created_count", import->total[IMPORT_CREATE]);
    record_set_int(batch, "updated_count", import->total[IMPORT_UPDATE]);
    record_set_int(batch, "error_count", import->total[IMPORT_ERROR]);
    record_set_int(batch, "skipped_count", import->total[IMPORT_SKIP]);
    record_set_text(batch, "faults", faults);
}
