/* Lists as workbooks: the same rows as on the page, typed cells, masks, no formulas, and back again by import. */
#include "sheet/sheet.h"
#include "store/export.h"
#include "store/import.h"
#include "support/furnish.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    const char *entity, *key, *value, *files_dir;
    Sheet *sheet;
    GBytes *bytes;
    gint64 rows, updates, errors;
    char *path;
    Lang lang;
} Out;

static gboolean
export_step(Ctx *ctx, gpointer data, GError **error)
{
    Out *out = data;
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, out->entity));
    char *text = NULL;
    gsize len = 0;

    ctx->lang = out->lang;
    if (out->key && !list_query_param(query, out->key, out->value, error))
        return FALSE;
    g_autoptr(Export) made = export_make(ctx, query, error);
    if (!made || !g_file_get_contents(made->path, &text, &len, error))
        return FALSE;
    out->rows = made->rows;
    g_clear_pointer(&out->sheet, sheet_free);
    g_clear_pointer(&out->bytes, g_bytes_unref);
    g_free(out->path);
    out->path = g_strdup(made->path);
    out->bytes = g_bytes_new_take(text, len);
    out->sheet = sheet_read(text, len, "export.xlsx", error);
    return out->sheet && export_record(ctx, made, error);
}

static gboolean
import_step(Ctx *ctx, gpointer data, GError **error)
{
    Out *out = data;

    ctx->files_dir = out->files_dir;
    g_autoptr(Import) import =
        import_open(ctx, NULL, out->entity, "export.xlsx", out->bytes, error);
    if (!import || !import_judge(ctx, import, error) || !import_keep(ctx, import, error))
        return FALSE;
    out->updates = import_total(import, IMPORT_UPDATE);
    out->errors = import_total(import, IMPORT_ERROR);
    const GPtrArray *rows = import_rows(import);
    for (guint i = 0; i < rows->len; i++) {
        const ImportRow *row = rows->pdata[i];
        for (guint k = 0; row->faults && k < row->faults->len; k++)
            g_test_message("%d %s", row->row + 1,
                           ((ImportFault *) row->faults->pdata[k])->text[LANG_EN]);
    }
    return TRUE;
}

static void
out_clear(Out *out)
{
    g_clear_pointer(&out->sheet, sheet_free);
    g_clear_pointer(&out->bytes, g_bytes_unref);
    g_free(out->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Out, out_clear)

static int
column_called(const Sheet *sheet, int row, const char *heading)
{
    for (int col = 0; col < sheet_columns(sheet); col++) {
        if (strcmp(sheet_cell(sheet, row, col), heading) == 0)
            return col;
    }
    g_error("no column %s", heading);
}

enum { HEADING = 3 };

static void
test_units(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    g_auto(Out) out = { .entity = "unit" };

    world_must(world, "lm", export_step, &out);
    g_assert_cmpint(out.rows, ==, 3);
    g_assert_nonnull(strstr(sheet_cell(out.sheet, 0, 0), "铺位"));
    g_assert_cmpstr(sheet_cell(out.sheet, 1, 0), ==, "筛选条件：全部");
    g_assert_nonnull(strstr(sheet_cell(out.sheet, 2, 0), "李经理"));
    int area = column_called(out.sheet, HEADING, "计租面积");
    g_assert_cmpint(sheet_kind(out.sheet, HEADING + 1, area), ==, CELL_NUMBER);
    g_assert_cmpstr(sheet_raw(out.sheet, HEADING + 1, area), ==, "100");
    g_assert_cmpstr(sheet_cell(out.sheet, HEADING + 1, column_called(out.sheet, HEADING, "状态")),
                    ==, "空置");
    g_assert_cmpstr(sheet_cell(out.sheet, HEADING + 1, column_called(out.sheet, HEADING, "楼层")),
                    ==, "一层");
    g_assert_cmpstr(sheet_cell(out.sheet, HEADING + 1, column_called(out.sheet, HEADING, "上下水")),
                    ==, "是");
    g_assert_false(g_file_test(out.path, G_FILE_TEST_EXISTS)); /* nothing stays behind */
    out.key = "no";
    out.value = "A102";
    out.lang = LANG_EN;
    world_must(world, "lm", export_step, &out);
    g_assert_cmpint(out.rows, ==, 1);
    g_assert_nonnull(strstr(sheet_cell(out.sheet, 1, 0), "Unit no. = A102"));
    g_assert_cmpstr(sheet_cell(out.sheet, HEADING, 0), ==, "Unit no.");
}

static void
test_masks(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    g_auto(Out) out = { .entity = "contact" };
    gint64 merchant = made(world, NULL, "merchant", "{'name': '=SUM(A1:A9)'}");

    made(world, NULL, "contact",
         "{'merchant_id': '%" G_GINT64_FORMAT "', 'name': '@cmd', 'mobile': '13812345678'}",
         merchant);
    world_must(world, "finance", export_step, &out);
    const char *mobile =
        sheet_cell(out.sheet, HEADING + 1, column_called(out.sheet, HEADING, "手机"));
    g_assert_cmpstr(mobile, ==, "138****5678");
    g_assert_cmpstr(sheet_cell(out.sheet, HEADING + 1, column_called(out.sheet, HEADING, "商户")),
                    ==, "=SUM(A1:A9)");
    g_assert_cmpint(sheet_kind(out.sheet, HEADING + 1, column_called(out.sheet, HEADING, "商户")),
                    ==, CELL_TEXT);
    world_must(world, NULL, export_step, &out); /* the system sees all */
    g_assert_cmpstr(sheet_cell(out.sheet, HEADING + 1, column_called(out.sheet, HEADING, "手机")),
                    ==, "13812345678");
}

typedef struct {
    gint64 n;
    const char *sql;
} Count;

static gboolean
count_step(Ctx *ctx, gpointer data, GError **error)
{
    Count *count = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, count->sql, error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    count->n = db_int(stmt, 0);
    return TRUE;
}

static gboolean
many_step(Ctx *ctx, gpointer data, GError **error)
{
    const int *n = data;

    for (int i = 0; i < *n; i++) {
        g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "merchant"));
        g_autofree char *name = g_strdup_printf("商户%04d", i);
        record_set_text(rec, "name", name);
        if (!record_save(ctx, rec, error))
            return FALSE;
    }
    return TRUE;
}

/* More than two pages in either way of paging: no row twice, none missing. */
static void
test_pages(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    static const char *const sorts[] = { "name", "-no", "-id" };
    int n = 1203;

    world_must(world, NULL, many_step, &n);
    for (guint s = 0; s < G_N_ELEMENTS(sorts); s++) {
        g_auto(Out) out = { .entity = "merchant", .key = "sort", .value = sorts[s] };
        g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
        world_must(world, NULL, export_step, &out);
        g_assert_cmpint(out.rows, ==, n);
        int col = column_called(out.sheet, HEADING, "商户名称");
        for (int row = HEADING + 1; row <= HEADING + n; row++)
            g_hash_table_add(names, (gpointer) sheet_cell(out.sheet, row, col));
        g_assert_cmpuint(g_hash_table_size(names), ==, (guint) n);
    }
    Count count = { .sql = "SELECT COUNT(*) FROM history WHERE entity = 'merchant' AND action = "
                           "'export' AND changes LIKE '%1203%'" };
    world_must(world, NULL, count_step, &count);
    g_assert_cmpint(count.n, ==, 3);
}

/* What was exported can be imported: every row finds itself again and nothing is wrong with it. */
static void
test_round_trip(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    g_autofree char *dir = g_dir_make_tmp("lanting-export-XXXXXX", NULL);
    static const char *const kinds[] = { "unit", "category", "channel", "merchant", "brand" };
    int n = 3;
    gint64 category = by_code(world, "category", "F04");

    world_must(world, NULL, many_step, &n);
    made(world, NULL, "brand",
         "{'name': '云里茶事', 'category_id': '%" G_GINT64_FORMAT
         "', 'area_min': '30.50', 'price_max': '12.3450'}",
         category);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_auto(Out) out = { .entity = kinds[i], .files_dir = dir };
        world_must(world, "admin", export_step, &out);
        world_must(world, "admin", import_step, &out);
        if (out.errors || out.updates != out.rows)
            g_error("%s: %d of %d rows, %d errors", kinds[i], (int) out.updates, (int) out.rows,
                    (int) out.errors);
    }
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", dir);
    g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/export/cells-are-typed-and-the-title-says-what-it-is", test_units);
    testdb_each("/export/confidential-fields-stay-masked-and-nothing-is-a-formula", test_masks);
    testdb_each("/export/every-row-once-over-many-pages", test_pages);
    testdb_each("/export/an-export-can-be-imported-again", test_round_trip);
    return g_test_run();
}
