/* Imports: the preview says what the commit does, everything or nothing is saved, and errors name their cells. */
#include "base/failpoint.h"
#include "base/ids.h"
#include "domain/ledger/ledger.h"
#include "domain/lease/lease.h"
#include "domain/lease/lease_import.h"
#include "sheet/sheet.h"
#include "store/history.h"
#include "store/import.h"
#include "support/furnish.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

static const ImportKind *const kinds[] = { &rent_roll_import, NULL };

typedef struct {
    const char *kind, *name, *dir;
    GBytes *bytes;
    json_t *map; /* NULL: none */
    gint64 id;
    json_t *seen;
    gint64 created, updated;
    GBytes *sheet;
} Upload;

static char *files_dir;

static json_t *
preview_of(const Import *import, Lang lang)
{
    g_autoptr(JsonOut) out = json_out_new();

    import_write(import, lang, out);
    json_t *json = json_loadb(out->buf->str, out->buf->len, 0, NULL);
    g_assert_nonnull(json);
    return json;
}

static void
see(Upload *up, const Import *import, Lang lang)
{
    if (up->seen)
        json_decref(up->seen);
    up->seen = preview_of(import, lang);
    up->id = id_parse(json_string_value(json_object_get(up->seen, "id")));
}

static gboolean
open_step(Ctx *ctx, gpointer data, GError **error)
{
    Upload *up = data;

    ctx->files_dir = files_dir;
    g_autoptr(Import) import = import_open(ctx, kinds, up->kind, up->name, up->bytes, error);
    if (!import || !import_judge(ctx, import, error) || !import_keep(ctx, import, error))
        return FALSE;
    see(up, import, ctx->lang);
    return TRUE;
}

static gboolean
map_step(Ctx *ctx, gpointer data, GError **error)
{
    Upload *up = data;

    ctx->files_dir = files_dir;
    g_autoptr(Import) import = import_load(ctx, kinds, up->id, error);
    if (!import || !import_map(import, up->map, error) || !import_judge(ctx, import, error)
        || !import_keep(ctx, import, error))
        return FALSE;
    see(up, import, ctx->lang);
    return TRUE;
}

static gboolean
commit_step(Ctx *ctx, gpointer data, GError **error)
{
    Upload *up = data;

    ctx->files_dir = files_dir;
    g_autoptr(Import) import = import_load(ctx, kinds, up->id, error);
    if (!import || !import_commit(ctx, import, error))
        return FALSE;
    up->created = import_total(import, IMPORT_CREATE);
    up->updated = import_total(import, IMPORT_UPDATE);
    return TRUE;
}

static gboolean
errors_step(Ctx *ctx, gpointer data, GError **error)
{
    Upload *up = data;

    ctx->files_dir = files_dir;
    g_autoptr(Import) import = import_load(ctx, kinds, up->id, error);
    up->sheet = import ? import_errors_sheet(ctx, import, error) : NULL;
    return up->sheet != NULL;
}

static gboolean
seed_step(Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    return party_seed(ctx, error) && lease_seed(ctx, error) && ledger_seed(ctx, error);
}

static World *
seeded(Dialect dialect)
{
    World *world = world_new(dialect);

    world_must(world, NULL, seed_step, NULL);
    return world;
}

static void
upload_clear(Upload *up)
{
    g_clear_pointer(&up->bytes, g_bytes_unref);
    g_clear_pointer(&up->sheet, g_bytes_unref);
    if (up->seen)
        json_decref(up->seen);
    if (up->map)
        json_decref(up->map);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Upload, upload_clear)

static GBytes *
example(const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_DIR, "examples", name, NULL);
    char *data = NULL;
    gsize len = 0;
    g_autoptr(GError) error = NULL;

    if (!g_file_get_contents(path, &data, &len, &error))
        g_error("%s", error->message);
    return g_bytes_new_take(data, len);
}

static gint64
total(const Upload *up, const char *outcome)
{
    return json_integer_value(json_object_get(json_object_get(up->seen, "totals"), outcome));
}

static void
print_errors(const Upload *up)
{
    gsize i, k;
    json_t *row, *fault;

    json_array_foreach(json_object_get(up->seen, "rows"), i, row)
    {
        json_array_foreach(json_object_get(row, "errors"), k, fault)
            g_test_message("%s: %s", json_string_value(json_object_get(fault, "cell")),
                           json_string_value(json_object_get(fault, "message")));
    }
}

/* Aborts unless the preview has no errors. */
static void
preview(World *world, const char *login, Upload *up)
{
    world_must(world, login, open_step, up);
    print_errors(up);
}

typedef struct {
    const char *sql;
    gint64 n;
} Count;

static gboolean
count_step(Ctx *ctx, gpointer data, GError **error)
{
    Count *count = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, count->sql, error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    count->n = row ? db_int(stmt, 0) : -1;
    return TRUE;
}

static gint64
count_of(World *world, const char *sql)
{
    Count count = { .sql = sql };
    g_autoptr(GError) error = NULL;

    if (!world_read(world, NULL, count_step, &count, &error))
        g_error("%s: %s", sql, error->message);
    return count.n;
}

static const char count_units[] = "SELECT COUNT(*) FROM unit";
static const char count_leases[] = "SELECT COUNT(*) FROM lease WHERE state = 'effective'";
static const char count_merchants[] = "SELECT COUNT(*) FROM merchant";

/* The message of the first error at @cell; "" if there is none. */
static const char *
error_at(const Upload *up, const char *cell)
{
    gsize i, k;
    json_t *row, *fault;

    json_array_foreach(json_object_get(up->seen, "rows"), i, row)
    {
        json_array_foreach(json_object_get(row, "errors"), k, fault)
        {
            if (strcmp(json_string_value(json_object_get(fault, "cell")), cell) == 0)
                return json_string_value(json_object_get(fault, "message"));
        }
    }
    return "";
}

static void
assert_error(const Upload *up, const char *cell, const char *part)
{
    if (!strstr(error_at(up, cell), part))
        g_error("%s says “%s”, not “%s”", cell, error_at(up, cell), part);
}

static gboolean
verify_step(Ctx *ctx, gpointer data, GError **error)
{
    return history_verify(ctx->db, data, error);
}

/* The chain is whole: counters kept in memory for the run were written where they belong. */
static void
assert_chain(World *world)
{
    gint64 rows = 0;

    world_must(world, NULL, verify_step, &rows);
    g_assert_cmpint(rows, ==, count_of(world, "SELECT COUNT(*) FROM history"));
    g_assert_cmpint(count_of(world, "SELECT MAX(seq) FROM history WHERE property_id <> 0"), ==,
                    count_of(world, "SELECT MAX(seq) FROM history_head WHERE property_id <> 0"));
}

/* -- the rent roll -------------------------------------------------------------------- */

static void
test_rent_roll(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    g_auto(Upload) up = { .kind = "rent_roll",
                          .name = "rent-roll-messy.xlsx",
                          .bytes = example("rent-roll-messy.xlsx") };

    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "error"), ==, 0);
    g_assert_cmpint(total(&up, "update"), ==, 0);
    g_assert_cmpint(total(&up, "create"), ==, 306); /* 304 units and the unit with two leases */
    g_assert_cmpint(count_of(world, count_units), ==, 0); /* a preview saves nothing */
    g_assert_cmpint(count_of(world, count_merchants), ==, 0);
    world_must(world, "lm", commit_step, &up);
    g_assert_cmpint(up.created, ==, 306);
    g_assert_cmpint(count_of(world, count_units), ==, 305);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM floor"), ==, 6);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM building"), ==, 1);
    gint64 leases = count_of(world, count_leases);
    g_assert_cmpint(leases, >, 240);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM lease"), ==, leases);
    g_assert_cmpint(count_of(world, count_merchants), ==, leases);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM contact"), ==, leases);
    g_assert_cmpint(
        count_of(world,
                 "SELECT COUNT(*) FROM lease WHERE monthly_rent IS NULL OR monthly_rent <= 0"),
        ==, 0);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM lease WHERE bill_from_on = '2026-03-01'"), ==, leases); /* what was before was billed elsewhere */
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM lease_unit"), >, leases);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM unit WHERE status = 'vacant'"), >, 5);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM unit u WHERE u.status = 'vacant' AND "
                                    "EXISTS (SELECT 1 FROM lease_unit x"
                                    " WHERE x.unit_id = u.id)"),
                    ==, 0);
    g_assert_cmpint(
        count_of(world, "SELECT COUNT(*) FROM history WHERE entity = 'lease' AND action = 'adopt'"),
        ==, leases);
    assert_chain(world);
}

/* The second import of the same sheet changes what is there and makes nothing new. */
static void
test_again(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    g_auto(Upload) up = { .kind = "rent_roll",
                          .name = "rent-roll-messy.xlsx",
                          .bytes = example("rent-roll-messy.xlsx") };

    preview(world, "lm", &up);
    world_must(world, "lm", commit_step, &up);
    gint64 leases = count_of(world, count_leases),
           contacts = count_of(world, "SELECT COUNT(*) FROM contact"),
           versions = count_of(world, "SELECT CAST(SUM(version) AS BIGINT) FROM merchant");
    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "error"), ==, 0);
    g_assert_cmpint(total(&up, "create"), ==, 0);
    g_assert_cmpint(total(&up, "update"), ==, 306);
    world_must(world, "lm", commit_step, &up);
    g_assert_cmpint(up.updated, ==, 306);
    g_assert_cmpint(count_of(world, count_units), ==, 305);
    g_assert_cmpint(count_of(world, count_leases), ==, leases);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM contact"), ==, contacts);
    /* nothing changed, nothing written */
    g_assert_cmpint(count_of(world, "SELECT CAST(SUM(version) AS BIGINT) FROM merchant"), ==, versions);
}

static void
test_errors(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    g_auto(Upload) up = { .kind = "rent_roll",
                          .name = "rent-roll-with-errors.xlsx",
                          .bytes = example("rent-roll-with-errors.xlsx") };
    GError *error = NULL;

    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "error"), ==, 12);
    g_assert_cmpint(total(&up, "create"), ==, 24);
    assert_error(&up, "N7", "租期止");
    assert_error(&up, "M10", "重叠");
    assert_error(&up, "K13", "电话");
    assert_error(&up, "I16", "信用代码");
    assert_error(&up, "Q19", "相差 100.00 元");
    assert_error(&up, "F22", "没有业态");
    assert_error(&up, "E25", "计租面积");
    assert_error(&up, "H28", "没有商户");
    assert_error(&up, "N31", "不能早于");
    assert_error(&up, "M34", "日期");
    assert_error(&up, "P37", "单价");
    assert_error(&up, "E40", "面积");
    g_assert_false(world_write(world, "lm", commit_step, &up, &error));
    const AppErrorPrivate *more = app_error_get_private(error);
    g_assert_cmpuint(more->fields->len, >=, 12);
    g_assert_cmpstr(((FieldError *) more->fields->pdata[0])->field, ==, "N7");
    world_refused(&error, "import.has_errors");
    g_assert_cmpint(count_of(world, count_units), ==, 0);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM import_batch WHERE state = 'previewed'"),
                    ==, 1);
}

/* The bad rows come back as a sheet whose last column says why; corrected, it can be imported. */
static void
test_error_sheet(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    g_auto(Upload) up = { .kind = "rent_roll",
                          .name = "rent-roll-with-errors.xlsx",
                          .bytes = example("rent-roll-with-errors.xlsx") };
    g_autoptr(GError) error = NULL;

    preview(world, "lm", &up);
    world_must(world, "lm", errors_step, &up);
    gsize len = 0;
    const void *data = g_bytes_get_data(up.sheet, &len);
    g_autoptr(Sheet) sheet = sheet_read(data, len, "errors.xlsx", &error);
    g_assert_no_error(error);
    g_assert_cmpint(sheet_rows(sheet), ==, 13);
    int last = sheet_columns(sheet) - 1;
    g_assert_cmpstr(sheet_cell(sheet, 0, last), ==, "错误说明");
    g_assert_nonnull(strstr(sheet_cell(sheet, 1, last), "N7"));
    g_assert_cmpstr(sheet_cell(sheet, 1, 2), ==, "C103");
    g_auto(Upload)
        again = { .kind = "rent_roll", .name = "errors.xlsx", .bytes = g_bytes_ref(up.sheet) };
    preview(world, "lm", &again);
    g_assert_cmpint(total(&again, "error"), ==,
                    11); /* the overlap was with a row that is not in this sheet */
}

static void
test_clash(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    static const char first[] =
        "铺位号,楼层,计租面积,商户,租期,月租金\nA1,1F,100,甲公司,2025.1.1-2027.12.31,10000\n";
    static const char second[] =
        "铺位号,楼层,计租面积,商户,租期,月租金\nA1,1F,100,乙公司,2027.12.31-2028.12.31,10000\n"
        "A2,1F,100,丙公司,2028.1.1-2028.12.31,10000\n";
    g_auto(Upload) a = { .kind = "rent_roll",
                         .name = "a.csv",
                         .bytes = g_bytes_new_static(first, sizeof first - 1) };
    g_auto(Upload) b = { .kind = "rent_roll",
                         .name = "b.csv",
                         .bytes = g_bytes_new_static(second, sizeof second - 1) };

    preview(world, "lm", &a);
    world_must(world, "lm", commit_step, &a);
    g_assert_cmpint(count_of(world, count_leases), ==, 1);
    preview(world, "lm", &b);
    g_assert_cmpint(total(&b, "error"), ==, 1);
    assert_error(&b, "E2", "2025-01-01 至 2027-12-31 已由合同");
    /* the sheet's words become clauses: monthly rent for the whole term */
    g_assert_cmpint(count_of(world, "SELECT monthly_rent FROM lease"), ==, 1000000);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM charge_term WHERE basis = 'per_month'"),
                    ==, 1);
}

/* Terms by the day, turnover, steps, several units in one lease. */
static void
test_terms(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    static const char csv[] =
        "楼栋,楼层,铺位号,面积,承租方,品牌,业态,合同号,起租日,到期日,免租期,租金单价(元/㎡/"
        "天),月租金,递增,物业费,付款方式,押金\n"
        "A座,1F,A1,100,甲公司,,,HT1,2026-01-01,2028-12-31,30天,3,9125.00,第2年起每年递增5%,30,"
        "押三付三,\n"
        "A座,1F,A2,50,甲公司,,,HT1,2026-01-01,2028-12-31,30天,3,4562.50,第2年起每年递增5%,30,"
        "押三付三,\n"
        "A座,二层,A3,80,乙公司,,,HT2,2026-01-01,2026-12-31,,12%扣点,,,,月付,20000\n"
        "B座,1F,B1,80,丙公司,,,HT3,2026-01-01,2026-12-31,,3,7200,,,月付,1万\n"
        "B座,1F,B2,10,丁公司,,,HT4,2026-01-01,2026-12-31,,3,,,,月付,\n"
        "B座,1F,B3,20,丁公司,,,HT4,2026-01-01,2026-12-31,,4,,,,月付,\n";
    g_auto(Upload) up = { .kind = "rent_roll",
                          .name = "a.csv",
                          .bytes = g_bytes_new_static(csv, sizeof csv - 1) };

    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "error"), ==, 0);
    g_assert_cmpint(total(&up, "create"), ==, 6);
    world_must(world, "lm", commit_step, &up);
    g_assert_cmpint(count_of(world, count_leases), ==, 4);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM building"), ==, 2);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM floor"), ==, 3);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM lease_unit x JOIN lease l ON l.id = "
                                    "x.lease_id WHERE l.no = 'HT1'"),
                    ==, 2);
    /* 150 m2 x 3 yuan x 365 / 12 */
    g_assert_cmpint(count_of(world, "SELECT monthly_rent FROM lease WHERE no = 'HT1'"), ==,
                    1368750);
    g_assert_cmpint(count_of(world, "SELECT amount FROM deposit_term d JOIN lease l ON l.id = "
                                    "d.lease_id WHERE l.no = 'HT1'"),
                    ==, 4106250);
    g_assert_cmpint(count_of(world, "SELECT amount FROM deposit_term d JOIN lease l ON l.id = "
                                    "d.lease_id WHERE l.no = 'HT3'"),
                    ==, 1000000);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM charge_term WHERE model = 'turnover'"),
                    ==, 1);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM charge_term t JOIN lease l ON l.id = "
                                    "t.lease_id WHERE l.no = 'HT4'"),
                    ==, 2);
    g_assert_cmpint(
        count_of(world,
                 "SELECT COUNT(*) FROM lease WHERE no = 'HT1' AND rent_from_on = '2026-01-31'"),
        ==, 1);
}

/* -- any entity ------------------------------------------------------------------------------ */

static void
test_merchants(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    g_auto(Upload)
        up = { .kind = "merchant", .name = "merchants.csv", .bytes = example("merchants.csv") };

    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "error"), ==, 0);
    g_assert_cmpint(total(&up, "create"), ==, 60);
    world_must(world, "lm", commit_step, &up);
    g_assert_cmpint(count_of(world, count_merchants), ==, 60);
    g_assert_cmpint(
        count_of(world,
                 "SELECT COUNT(*) FROM merchant WHERE category_id IS NULL OR annual_sales IS NULL"),
        ==, 0);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM merchant WHERE tier = 'key'"), ==, 15);
    g_assert_cmpint(
        count_of(
            world,
            "SELECT COUNT(*) FROM merchant WHERE no BETWEEN 'SH-2026-00001' AND 'SH-2026-00060'"),
        ==, 60);
    g_assert_cmpint(count_of(world, "SELECT last FROM numbering WHERE kind = 'merchant'"), ==, 60);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM history WHERE entity = 'merchant' AND "
                                    "reason LIKE '%merchants.csv'"),
                    ==, 60);
    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "update"), ==, 60);
    world_must(world, "lm", commit_step, &up);
    g_assert_cmpint(count_of(world, count_merchants), ==, 60);
}

static Upload
csv_upload(const char *kind, const char *text)
{
    return (Upload){ .kind = kind, .name = "a.csv", .bytes = g_bytes_new(text, strlen(text)) };
}

/* Two merchants of one name, a code that is taken in another case, rows above, ends of lines in cells. */
static void
test_units(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    GError *error = NULL;

    furnish(world);
    g_auto(Upload) up =
        csv_upload("unit", "铺位一览\n铺号,所在楼层,建面,面积㎡,上下水,租金标准,备注\n"
                           "A101,1F,140,105.5,有,980.5元/㎡/月,改了\n"
                           "A201,1F,30㎡,20.00 平米,√,,\n"
                           "A202,9F,30,20,,,\n"
                           "A203,1F,30,abc,,,\n"
                           ",1F,30,20,,,\n"
                           "A201,1F,30,20,,,\n"
                           "A204,1F,10,20,,,\n"
                           "小计,,,,,,\n");
    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "update"), ==, 1);
    g_assert_cmpint(total(&up, "create"), ==, 2);
    g_assert_cmpint(total(&up, "error"), ==, 4);
    g_assert_cmpint(total(&up, "skip"), ==, 1);
    assert_error(&up, "B5", "没有叫“9F”的楼层");
    assert_error(&up, "D6", "面积");
    assert_error(&up, "A7", "请填写铺位号");
    assert_error(&up, "A8", "与第 4 行重复");
    g_assert_false(world_write(world, "lm", commit_step, &up, &error));
    world_refused(&error, "import.has_errors");
    assert_field(world, "unit", unit_by_no(world, "A101"), "area_leasable", "100.00");
}

/* What only the rules of the entity know is told by the preview too: it is a real trial, taken back. */
static void
test_trial(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);

    furnish(world);
    gint64 history = count_of(world, "SELECT COUNT(*) FROM history WHERE entity = 'unit'");
    g_auto(Upload) up = csv_upload(
        "unit", "铺号,楼层,建筑面积,套内面积,计租面积\nA301,1F,100,120,100\nA302,1F,100,80,100\n");
    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "error"), ==, 1);
    g_assert_cmpint(total(&up, "create"), ==, 1);
    assert_error(&up, "D2", "套内面积不能大于建筑面积");
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM history WHERE entity = 'unit'"), ==,
                    history);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM unit WHERE no LIKE 'A30%'"), ==, 0);
}

static void
test_own_rows(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    g_auto(Upload) up = csv_upload(
        "category", "编码,业态名称,一级业态\nX,新零售,\nX01,无人店,新零售\nX02,快闪店,没有的\n");

    preview(world, "admin", &up);
    g_assert_cmpint(total(&up, "create"), ==, 2);
    assert_error(&up, "C4", "没有叫“没有的”");
    g_auto(Upload) good =
        csv_upload("category", "编码,业态名称,一级业态\nX,新零售,\nX01,无人店,新零售\n");
    preview(world, "admin", &good);
    world_must(world, "admin", commit_step, &good);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM category c JOIN category p ON p.id = "
                                    "c.parent_id WHERE p.code = 'X'"),
                    ==, 1);
}

static void
test_map(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    GError *error = NULL;

    furnish(world);
    g_auto(Upload) up = csv_upload("unit", "说明一行\n甲,乙,丙\nA401,1F,20\nA402,1F,30\n");
    preview(world, "lm", &up);
    g_assert_cmpint(total(&up, "create"), ==, 0);
    up.map = json_pack("{s:i}", "heading_row", 2);
    world_must(world, "lm", map_step, &up);
    g_assert_cmpint(json_integer_value(json_object_get(up.seen, "heading_row")), ==, 2);
    json_decref(up.map);
    up.map = json_pack("{s:i,s:{s:s,s:s,s:s}}", "heading_row", 2, "columns", "0", "no", "1",
                       "floor_id", "2", "area_leasable");
    world_must(world, "lm", map_step, &up);
    print_errors(&up);
    g_assert_cmpint(total(&up, "create"), ==, 2);
    json_decref(up.map);
    up.map = json_pack("{s:{s:s}}", "columns", "0", "nonsense");
    g_assert_false(world_write(world, "lm", map_step, &up, &error));
    world_refused(&error, "input.invalid");
    json_decref(up.map);
    up.map = json_pack("{s:{s:s}}", "columns", "17", "no");
    g_assert_false(world_write(world, "lm", map_step, &up, &error));
    world_refused(&error, "input.invalid");
    world_must(world, "lm", commit_step, &up);
    g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM unit WHERE no IN ('A401', 'A402')"), ==,
                    2);
    g_assert_false(world_write(world, "lm", commit_step, &up, &error));
    world_refused(&error, "import.committed");
}

static void
test_rights(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    GError *error = NULL;

    furnish(world);
    g_auto(Upload) up = csv_upload("unit", "铺号,楼层,计租面积\nA501,1F,20\n");
    g_assert_false(world_write(world, "ls", open_step, &up, &error));
    world_refused(&error, "import.forbidden");
    g_auto(Upload) none = csv_upload("history", "铺号\nA501\n");
    g_assert_false(world_write(world, "lm", open_step, &none, &error));
    world_refused(&error, "import.kind");
    g_auto(Upload) internal = csv_upload("session", "铺号\nA501\n");
    g_assert_false(world_write(world, "admin", open_step, &internal, &error));
    world_refused(&error, "import.kind");
    preview(world, "lm", &up);
    g_assert_false(
        world_write(world, "gm", commit_step, &up, &error)); /* another person's upload */
    world_refused(&error, "import.not_found");
    g_auto(Upload) junk = csv_upload("unit", "%PDF-1.4 no table");
    g_assert_false(world_write(world, "lm", open_step, &junk, &error));
    g_assert_true(app_error_is(error, APP_ERROR_INVALID));
    g_clear_error(&error);
}

/* A fault of the machine in the middle leaves nothing, whichever row it meets. */
static void
test_all_or_nothing(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    GError *error = NULL;

    furnish(world);
    gint64 before = count_of(world, count_units),
           history = count_of(world, "SELECT COUNT(*) FROM history");
    g_auto(Upload) up =
        csv_upload("unit", "铺号,楼层,计租面积\nA601,1F,20\nA602,1F,20\nA603,1F,20\nA604,1F,20\n");
    preview(world, "lm", &up);
    history = count_of(world, "SELECT COUNT(*) FROM history");
    for (int nth = 1; nth <= 4; nth++) {
        g_autofree char *arm = g_strdup_printf("import.row:%d", nth);
        g_setenv("LANTING_FAILPOINT_ERROR", arm, TRUE);
        failpoint_init();
        g_assert_false(world_write(world, "lm", commit_step, &up, &error));
        world_refused(&error, "failpoint");
        g_assert_cmpint(count_of(world, count_units), ==, before);
        g_assert_cmpint(count_of(world, "SELECT COUNT(*) FROM history"), ==, history);
    }
    g_unsetenv("LANTING_FAILPOINT_ERROR");
    failpoint_init();
    for (guint nth = 5; nth <= 200; nth += 13) {
        db_fail_nth_statement(world->db, nth);
        gboolean done = world_write(world, "lm", commit_step, &up, &error);
        db_fail_nth_statement(world->db, 0);
        if (done)
            break;
        g_clear_error(&error);
        g_assert_cmpint(count_of(world, count_units), ==, before);
    }
    if (count_of(world, count_units) == before)
        world_must(world, "lm", commit_step, &up);
    g_assert_cmpint(count_of(world, count_units), ==, before + 4);
    assert_chain(world);
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

/* The database file that a killed child left somewhere under @dir. transfer full. */
static char *
find_database(const char *dir)
{
    g_autoptr(GDir) list = g_dir_open(dir, 0, NULL);
    const char *name;

    while (list && (name = g_dir_read_name(list))) {
        g_autofree char *path = g_build_filename(dir, name, "test.db", NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
    }
    return NULL;
}

static gboolean
count_bare(DbConn *conn, gpointer data, GError **error)
{
    Ctx ctx = { .db = conn };

    return count_step(&ctx, data, error);
}

static void
be_killed(void)
{
    World *world = seeded(DIALECT_SQLITE);
    Upload up = csv_upload("unit", "铺号,楼层,计租面积\nA701,1F,20\nA702,1F,20\nA703,1F,20\n");

    furnish(world);
    preview(world, "lm", &up);
    g_setenv("LANTING_FAILPOINT", "import.row:3", TRUE);
    failpoint_init();
    world_must(world, "lm", commit_step, &up);
    g_error("still alive");
}

/* The server dies at the third row of the commit: the file holds none of them, and the upload still waits. */
static void
test_killed(void)
{
    if (g_test_subprocess()) {
        be_killed();
        return;
    }
    g_autofree char *dir = g_strdup("/tmp/lanting-killed-XXXXXX");
    g_autoptr(GError) error = NULL;
    Count units = { .sql = "SELECT COUNT(*) FROM unit" };
    Count waiting = { .sql = "SELECT COUNT(*) FROM import_batch WHERE state = 'previewed'" };

    g_assert_nonnull(g_mkdtemp(dir));
    g_setenv("TMPDIR", dir, TRUE);
    g_test_trap_subprocess(NULL, 0, 0);
    g_unsetenv("TMPDIR");
    g_assert_false(g_test_trap_has_passed());
    g_autofree char *path = find_database(dir);
    g_assert_nonnull(path);
    g_autoptr(Db) db = db_open(path, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(db_run(db, LANE_READ, count_bare, &units, &error));
    g_assert_true(db_run(db, LANE_READ, count_bare, &waiting, &error));
    g_assert_cmpint(units.n, ==, 3);
    g_assert_cmpint(waiting.n, ==, 1);
    g_clear_pointer(&db, db_close);
    remove_tree(dir);
}

static void
test_many(Dialect dialect)
{
    g_autoptr(World) world = seeded(dialect);
    g_autoptr(GString) text = g_string_new("商户名称,电子邮箱,备注\n");
    GError *error = NULL;
    int rows = g_test_slow() ? 10000 : 2500;

    for (int i = 0; i < rows; i++)
        g_string_append_printf(text, "虚构商户%05d,m%d@example.com,第 %d 家\n", i, i, i);
    g_auto(Upload) up = csv_upload("merchant", text->str);
    gint64 start = g_get_monotonic_time();
    preview(world, "lm", &up);
    gint64 seen = g_get_monotonic_time();
    g_assert_cmpint(total(&up, "create"), ==, rows);
    world_must(world, "lm", commit_step, &up);
    g_test_message("%d rows: preview %.1f s, commit %.1f s", rows, (double) (seen - start) / 1e6,
                   (double) (g_get_monotonic_time() - seen) / 1e6);
    g_assert_cmpint(count_of(world, count_merchants), ==, rows);
    for (int i = rows; i < IMPORT_MAX_ROWS + 1; i++)
        g_string_append_printf(text, "虚构商户%05d,,\n", i);
    g_auto(Upload) over = csv_upload("merchant", text->str);
    g_assert_false(world_write(world, "lm", open_step, &over, &error));
    world_refused(&error, "import.too_many_rows");
}

int
main(int argc, char **argv)
{
    setlocale(LC_ALL, ""); /* or messages in Chinese are printed as question marks */
    g_test_init(&argc, &argv, NULL);
    files_dir = g_dir_make_tmp("lanting-import-XXXXXX", NULL);
    testdb_each("/import/a-messy-rent-roll-fills-space-parties-and-leases", test_rent_roll);
    testdb_each("/import/the-same-sheet-again-updates-instead-of-making-doubles", test_again);
    testdb_each("/import/errors-name-their-cells", test_errors);
    testdb_each("/import/bad-rows-come-back-with-reasons", test_error_sheet);
    testdb_each("/import/a-unit-that-is-let-is-refused", test_clash);
    testdb_each("/import/terms-by-day-month-turnover-and-unit", test_terms);
    testdb_each("/import/merchants-from-csv-and-again", test_merchants);
    testdb_each("/import/units-are-judged-cell-by-cell", test_units);
    testdb_each("/import/a-preview-tries-the-rules-and-saves-nothing", test_trial);
    testdb_each("/import/rows-may-refer-to-rows-above", test_own_rows);
    testdb_each("/import/columns-are-matched-by-hand", test_map);
    testdb_each("/import/rights-kinds-and-other-peoples-uploads", test_rights);
    testdb_each("/import/a-failure-in-the-middle-leaves-nothing", test_all_or_nothing);
    g_test_add_func("/import/a-killed-commit-leaves-nothing", test_killed);
    testdb_each("/import/thousands-of-rows-and-the-limit", test_many);
    int result = g_test_run();
    remove_tree(files_dir);
    g_free(files_dir);
    return result;
}
