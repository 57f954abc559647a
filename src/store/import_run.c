/* import_run.c - judging, trying out, saving: all rows or none. */
#include "base/failpoint.h"
#include "store/import_counters.h"
#include "store/import_internal.h"

#include <string.h>

enum { FAULTS_TOLD = 100 };
#define COMMIT_LIMIT_US (30 * 60 * G_TIME_SPAN_SECOND)

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
        return app_error_set(error, APP_ERROR_INTERNAL, "failpoint", "测试故障",
                             "injected failure");
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
        return import_load_batch(ctx, import->batch->id, error);
    Record *batch = record_new(import_batch_module.def);
    record_set_text(batch, "kind", import->kind->name);
    record_set_id(batch, "into_id", import->into);
    record_set_text(batch, "file_name", import->file_name);
    record_set_text(batch, "digest", import->digest);
    record_set_text(batch, "sheet_name", sheet_name(import->sheet));
    return batch;
}

gboolean
import_keep(Ctx *ctx, Import *import, GError **error)
{
    gboolean small =
        import->total[IMPORT_CREATE] + import->total[IMPORT_UPDATE] <= IMPORT_TRIAL_ROWS;

    /* judged anew where it is tried out: a transaction that is repeated finds the faults of the first trial on the rows */
    if ((small || !import->rows) && !import_judge(ctx, import, error))
        return FALSE;
    if (small && !try_out(ctx, import, error))
        return FALSE;
    g_autoptr(Record) batch = batch_to_keep(ctx, import, error);
    if (!batch)
        return FALSE;
    import_fill_batch(import, batch);
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
                  "%" G_GINT64_FORMAT
                  " rows have errors; correct them all first. Nothing was saved",
                  import->total[IMPORT_ERROR]);
    for (guint i = 0; i < import->rows->len && told < FAULTS_TOLD; i++) {
        const ImportRow *row = import->rows->pdata[i];
        for (guint k = 0; row->faults && k < row->faults->len && told < FAULTS_TOLD; k++, told++) {
            const ImportFault *fault = row->faults->pdata[k];
            g_autofree char *cell = fault->column < 0 ? g_strdup_printf("%d", row->row + 1)
                                                      : sheet_cell_name(row->row, fault->column);
            app_error_field(error, cell, "import", EACH_OWN_ZH, EACH_OWN_EN, fault->text[LANG_ZH],
                            fault->text[LANG_EN]);
        }
    }
    return FALSE;
}

static gboolean
commit_batch(Ctx *ctx, Import *import, GError **error)
{
    g_autoptr(Record) batch = import_load_batch(ctx, import->id, error);

    if (!batch)
        return FALSE;
    import_fill_batch(import, batch);
    record_set_text(batch, "state", "committed");
    record_set_int(batch, "committed_at", ctx->now_us);
    return record_save_as(ctx, batch, "commit", error);
}

gboolean
import_commit(Ctx *ctx, Import *import, GError **error)
{
    g_return_val_if_fail(import->id != 0, FALSE);
    g_autoptr(Record) open = import_load_batch(ctx, import->id, error);

    if (!open || !db_set_limit(ctx->db, COMMIT_LIMIT_US, error)
        || !import_judge(ctx, import, error))
        return FALSE;
    if (import->total[IMPORT_ERROR])
        return refuse_faults(import, error);
    if (import->total[IMPORT_CREATE] + import->total[IMPORT_UPDATE] == 0)
        return app_error_set(error, APP_ERROR_INVALID, "import.nothing", "表中没有可导入的行",
                             "the sheet has no row to import");
    if (!save_rows(ctx, import, error))
        return FALSE;
    if (import->total[IMPORT_ERROR])
        return refuse_faults(import, error);
    return commit_batch(ctx, import, error) && db_analyse(ctx->db, error);
}
