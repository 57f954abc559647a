/* import.c - the way of a spreadsheet: read, match, judge, keep, commit. */
#include "store/import.h"

#include "base/clock.h"
#include "base/failpoint.h"
#include "store/file.h"
#include "store/import_counters.h"
#include "store/import_internal.h"
#include "store/list.h"

#include <string.h>

enum { FAULTS_TOLD = 100 };
#define COMMIT_LIMIT_US (30 * 60 * G_TIME_SPAN_SECOND)

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
        import->field_of[col] = col < import->heading.n_columns ? import->heading.heading_of[col] : -1;
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
           || app_error_set(error, APP_ERROR_INVALID, "import.too_many_rows",
                            "一次最多导入 %d 行，此表有 %d 行，请分成几个文件",
                            "at most %d rows at a time, this sheet has %d; split it into several files", IMPORT_MAX_ROWS,
                            rows);
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
    import->reason = g_strdup_printf("%s%s", ctx->lang == LANG_EN ? "Imported from " : "导入自 ", import->file_name);
    return import;
}

Import *
import_open(Ctx *ctx, const ImportKind *const *kinds, const char *kind, const char *file_name, GBytes *bytes, GError **error)
{
    g_autoptr(Import) import = import_new(ctx, file_name);
    gsize len = 0;
    const void *data = g_bytes_get_data(bytes, &len);

    if (!import_set_kind(ctx, import, kinds, kind, error) || !read_sheet(import, bytes, -1, error))
        return NULL;
    import->digest = file_blob_put(ctx->files_dir, data, len, error);
    return import->digest ? g_steal_pointer(&import) : NULL;
}

/* One column given by hand takes its field away from any other. */
static gboolean
map_column(Import *import, const char *key, const json_t *value, GError **error)
{
    guint64 col = 0;
    int field = import_field_index(import->kind, json_string_value(value));

    if (!g_ascii_string_to_unsigned(key, 10, 0, G_MAXINT, &col, NULL) || (int) col >= sheet_columns(import->sheet))
        return app_error_field(error, "columns", "range", "没有第 %s 列", "there is no column %s", key);
    if (!json_is_null(value) && field < 0)
        return app_error_field(error, "columns", "option", "没有字段“%s”", "there is no field \"%s\"",
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
        json_object_foreach ((json_t *) columns, key, value) {
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
    const json_t *row = json_object_get(input, "heading_row"), *columns = json_object_get(input, "columns");
    json_int_t heading = json_integer_value(row);

    if (row && !json_is_null(row)) {
        if (!json_is_integer(row) || heading < 1 || heading > sheet_rows(import->sheet))
            return app_error_field(error, "heading_row", "range", "标题行应为 1 到 %d", "must be a row from 1 to %d",
                                   sheet_rows(import->sheet));
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

static Record *
load_batch(Ctx *ctx, gint64 id, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) batch = record_find(ctx, "import_batch", id, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    if (!batch || batch->created_by != ctx->staff_id) {
        app_error_set(error, APP_ERROR_NOT_FOUND, "import.not_found", "没有这次导入，请重新上传", "no such import; upload the file again");
        return NULL;
    }
    if (!record_is(batch, "state", "previewed")) {
        app_error_set(error, APP_ERROR_CONFLICT, "import.committed", "这次导入已完成，不能再导入一次",
                      "this import was committed and cannot be committed again");
        return NULL;
    }
    return g_steal_pointer(&batch);
}

Import *
import_load(Ctx *ctx, const ImportKind *const *kinds, gint64 id, GError **error)
{
    g_autoptr(Record) batch = load_batch(ctx, id, error);
    g_autoptr(GBytes) bytes
        = batch ? file_blob_get(ctx->files_dir, record_text(batch, "digest"), error) : NULL;

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

static void
fill_batch(const Import *import, Record *batch)
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

/* -- judging ---------------------------------------------------------------------------- */

static void
count_rows(Import *import)
{
    memset(import->total, 0, sizeof import->total);
    for (guint i = 0; i < import->rows->len; i++) {
        const ImportRow *row = import->rows->pdata[i];
        import->total[row->outcome]++;
    }
}

static void
forget_run(Import *import)
{
    g_clear_pointer(&import->rows, g_ptr_array_unref);
    g_clear_pointer(&import->found, g_hash_table_unref);
    g_clear_pointer(&import->seen, g_hash_table_unref);
    if (import->memory)
        import->memory_free(g_steal_pointer(&import->memory));
    import->rows = g_ptr_array_new_with_free_func(import_row_free);
    import->found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    import->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

gboolean
import_judge(Ctx *ctx, Import *import, GError **error)
{
    forget_run(import);
    /* all rows first: a kind may look at the rows around */
    for (int at = MAX(import->heading.data_row, 0); at < sheet_rows(import->sheet); at++) {
        ImportRow *row = g_new0(ImportRow, 1);
        row->row = at;
        row->outcome = import_is_skipped(import, at) ? IMPORT_SKIP : IMPORT_CREATE;
        g_ptr_array_add(import->rows, row);
        if (row->outcome != IMPORT_SKIP)
            import_read_row(import, row);
    }
    for (guint i = 0; i < import->rows->len; i++) {
        ImportRow *row = import->rows->pdata[i];
        if (row->outcome != IMPORT_SKIP && !import->kind->judge(ctx, import, row, error))
            return FALSE;
    }
    count_rows(import);
    return TRUE;
}

typedef struct {
    Ctx *ctx;
    Import *import;
    ImportRow *row;
} RowJob;

static gboolean
save_row_job(DbConn *conn, gpointer data, GError **error)
{
    RowJob *job = data;

    (void) conn;
    if (FAILPOINT("import.row"))
        return app_error_set(error, APP_ERROR_INTERNAL, "failpoint", "测试故障", "injected failure");
    return job->import->kind->save(job->ctx, job->import, job->row, error);
}

/* Whether the row is to blame, or the machine. */
static gboolean
is_fault_of_row(const GError *error)
{
    return app_error_is(error, APP_ERROR_INVALID) || app_error_is(error, APP_ERROR_CONFLICT)
           || app_error_is(error, APP_ERROR_NOT_FOUND) || app_error_is(error, APP_ERROR_FORBIDDEN);
}

/* One row in a savepoint of its own, so that one refusal does not hide the others. */
static gboolean
save_one(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    RowJob job = { .ctx = ctx, .import = import, .row = row };
    ImportCounters *mark = import_counters_mark(ctx);
    g_autoptr(GError) failure = NULL;

    if (db_try(ctx->db, save_row_job, &job, &failure)) {
        import_counters_free(mark);
        return TRUE;
    }
    import_counters_back(ctx, mark);
    if (!is_fault_of_row(failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    import_take_error(import, row, failure);
    return TRUE;
}

/* Saves every good row; faults that the rules find are put on the rows. */
static gboolean
save_rows(Ctx *ctx, Import *import, GError **error)
{
    const char *before = ctx->reason;
    gboolean ok = TRUE;

    ctx->reason = import->reason;
    import_counters_begin(ctx);
    for (guint i = 0; ok && i < import->rows->len; i++) {
        ImportRow *row = import->rows->pdata[i];
        if (row->outcome == IMPORT_CREATE || row->outcome == IMPORT_UPDATE)
            ok = save_one(ctx, import, row, error);
    }
    ctx->reason = before;
    count_rows(import);
    gboolean keep = ok && import->total[IMPORT_ERROR] == 0; /* else everything is taken back */
    return import_counters_end(ctx, keep, error) && ok;
}

static gboolean
trial_job(DbConn *conn, gpointer data, GError **error)
{
    RowJob *job = data;

    (void) conn;
    save_rows(job->ctx, job->import, error);
    return FALSE; /* takes everything back: it was a trial */
}

static gboolean
try_out(Ctx *ctx, Import *import, GError **error)
{
    RowJob job = { .ctx = ctx, .import = import };
    g_autoptr(GError) failure = NULL;

    db_try(ctx->db, trial_job, &job, &failure);
    if (!failure)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* The stored batch of a loaded import, or a new one. */
static Record *
batch_to_keep(Ctx *ctx, const Import *import, GError **error)
{
    if (import->batch)
        return load_batch(ctx, import->batch->id, error);
    Record *batch = record_new(import_batch_module.def);
    record_set_text(batch, "kind", import->kind->name);
    record_set_text(batch, "file_name", import->file_name);
    record_set_text(batch, "digest", import->digest);
    record_set_text(batch, "sheet_name", sheet_name(import->sheet));
    return batch;
}

gboolean
import_keep(Ctx *ctx, Import *import, GError **error)
{
    gboolean small = import->total[IMPORT_CREATE] + import->total[IMPORT_UPDATE] <= IMPORT_TRIAL_ROWS;

    /* judged anew where it is tried out: a transaction that is repeated finds the faults of the first trial on the rows */
    if ((small || !import->rows) && !import_judge(ctx, import, error))
        return FALSE;
    if (small && !try_out(ctx, import, error))
        return FALSE;
    g_autoptr(Record) batch = batch_to_keep(ctx, import, error);
    if (!batch)
        return FALSE;
    fill_batch(import, batch);
    if (!record_save(ctx, batch, error))
        return FALSE;
    import->id = batch->id;
    return TRUE;
}

/* One complaint per cell, as fields "D7". */
static gboolean
refuse_faults(const Import *import, GError **error)
{
    guint told = 0;

    app_error_set(error, APP_ERROR_INVALID, "import.has_errors",
                  "有 %" G_GINT64_FORMAT " 行有错误，全部改正后才能导入；一行也没有保存",
                  "%" G_GINT64_FORMAT " rows have errors; correct them all first. Nothing was saved", import->total[IMPORT_ERROR]);
    for (guint i = 0; i < import->rows->len && told < FAULTS_TOLD; i++) {
        const ImportRow *row = import->rows->pdata[i];
        for (guint k = 0; row->faults && k < row->faults->len && told < FAULTS_TOLD; k++, told++) {
            const ImportFault *fault = row->faults->pdata[k];
            g_autofree char *cell = fault->column < 0 ? g_strdup_printf("%d", row->row + 1)
                                                      : sheet_cell_name(row->row, fault->column);
            app_error_field(error, cell, "import", EACH_OWN_ZH, EACH_OWN_EN, fault->text[LANG_ZH], fault->text[LANG_EN]);
        }
    }
    return FALSE;
}

static gboolean
commit_batch(Ctx *ctx, Import *import, GError **error)
{
    g_autoptr(Record) batch = load_batch(ctx, import->id, error);

    if (!batch)
        return FALSE;
    fill_batch(import, batch);
    record_set_text(batch, "state", "committed");
    record_set_int(batch, "committed_at", ctx->now_us);
    return record_save_as(ctx, batch, "commit", error);
}

gboolean
import_commit(Ctx *ctx, Import *import, GError **error)
{
    g_return_val_if_fail(import->id != 0, FALSE);
    g_autoptr(Record) open = load_batch(ctx, import->id, error);

    if (!open || !db_set_limit(ctx->db, COMMIT_LIMIT_US, error) || !import_judge(ctx, import, error))
        return FALSE;
    if (import->total[IMPORT_ERROR])
        return refuse_faults(import, error);
    if (import->total[IMPORT_CREATE] + import->total[IMPORT_UPDATE] == 0)
        return app_error_set(error, APP_ERROR_INVALID, "import.nothing", "表中没有可导入的行", "the sheet has no row to import");
    if (!save_rows(ctx, import, error))
        return FALSE;
    if (import->total[IMPORT_ERROR])
        return refuse_faults(import, error);
    return commit_batch(ctx, import, error);
}

/* -- look-ups for kinds ------------------------------------------------------------------- */

gpointer
import_memory(Import *import, gpointer (*make)(void), GDestroyNotify free_fn)
{
    if (!import->memory) {
        import->memory = make();
        import->memory_free = free_fn;
    }
    return import->memory;
}

static gboolean
is_name_field(const EntityDef *def, const FieldDef *field)
{
    if (field->type != FT_TEXT || (field->flags & (FF_SECRET | FF_MASKED)))
        return FALSE;
    if (strcmp(def->title, field->name) == 0 || (def->number_field && strcmp(def->number_field, field->name) == 0))
        return TRUE;
    for (guint i = 0; def->uniques && def->uniques[i]; i++) {
        g_auto(GStrv) words = g_strsplit(def->uniques[i], " ", -1);
        if (g_strv_contains((const char *const *) words, field->name))
            return TRUE;
    }
    return FALSE;
}

/* At most two records of the name in one field. */
static gboolean
find_in_field(Ctx *ctx, const EntityDef *def, const FieldDef *field, const char *text, gint64 ids[2], guint *n, GError **error)
{
    g_autofree char *scope = list_scope_sql(ctx, def, "t", "read");
    g_autofree char *sql = g_strdup_printf("SELECT t.id FROM %s t WHERE %s AND t.%s = :name ORDER BY t.id LIMIT 2",
                                           def->name, scope, field->name);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    gboolean ok = TRUE;

    *n = 0;
    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    db_bind_text(stmt, "name", text);
    while (db_each(stmt, &ok, error))
        ids[(*n)++] = db_int(stmt, 0);
    return ok;
}

static gboolean
look_up(Ctx *ctx, const EntityDef *def, const char *text, gint64 *id, GError **error)
{
    *id = 0;
    for (guint i = 0; i < def->n_fields; i++) {
        gint64 ids[2] = { 0 };
        guint n = 0;
        if (!is_name_field(def, &def->fields[i]))
            continue;
        if (!find_in_field(ctx, def, &def->fields[i], text, ids, &n, error))
            return FALSE;
        if (n == 0)
            continue;
        gboolean several = n > 1 || (*id != 0 && *id != ids[0]);
        *id = several ? -1 : ids[0];
        if (several)
            break;
    }
    return TRUE;
}

gboolean
import_find(Ctx *ctx, Import *import, const char *entity, const char *text, ImportFound *found, gint64 *id, GError **error)
{
    g_autofree char *key = g_strdup_printf("%s\n%s", entity, text);
    gint64 *kept = g_hash_table_lookup(import->found, key);

    if (!kept) {
        gint64 fresh = 0;
        if (!look_up(ctx, registry_def(ctx->registry, entity), text, &fresh, error))
            return FALSE;
        kept = g_memdup2(&fresh, sizeof fresh);
        g_hash_table_insert(import->found, g_steal_pointer(&key), kept);
    }
    *found = *kept < 0 ? FOUND_SEVERAL : *kept ? FOUND_ONE : FOUND_NONE;
    *id = *found == FOUND_ONE ? *kept : 0;
    return TRUE;
}

static gboolean
is_of_entity(gpointer key, gpointer value, gpointer data)
{
    const char *text = key, *entity = data;
    gsize n = strlen(entity);

    (void) value;
    return strncmp(text, entity, n) == 0 && text[n] == '\n';
}

void
import_forget(Import *import, const char *entity)
{
    g_hash_table_foreach_remove(import->found, is_of_entity, (gpointer) entity);
}
