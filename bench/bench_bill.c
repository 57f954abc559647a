/* bench_bill.c - a bill run over many leases against the bare insert of the same rows.
 *   bench_bill URL [LEASES]
 * URL names an empty database (a file that is not there, or an empty PostgreSQL database). Makes LEASES (100,000) leases of two terms each,
 * runs a first month so that every lease has been looked at once, then measures the run of the next month, and then inserts the
 * very rows it made (charges, journals, entries) once more, chunk by chunk, by multi-row INSERTs into tables of the same shape and indexes. Prints both
 * times, their ratio, and the peak of memory before and after the run. */
#include "base/clock.h"
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/billing/billing_run.h"
#include "domain/entities.h"
#include "domain/ledger/ledger.h"
#include "domain/org/org.h"
#include "domain/party/party.h"
#include "domain/terms/terms_json.h"
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { LEASES = 100000, AT_A_TIME = 1000, RUN_CHUNK = 200, FIRST_MONTH = 202602, MONTH = 202603 };

typedef struct {
    Db *db;
    Registry *registry;
    gint64 property_id, floor_id;
    guint leases, at;
    gint64 run_id;
    int month;
    gboolean done;
    GArray *chunks; /* first charge of each chunk of the measured run */
    guint rows;
    gint64 first, last; /* ids of the chunk that is being inserted */
    GArray *cells[3];   /* of Cell, by table */
} Bench;

typedef gboolean (*Step)(Ctx *ctx, Bench *bench, GError **error);
typedef struct {
    Bench *bench;
    Step step;
} Job;

static gboolean
run_job(DbConn *conn, gpointer data, GError **error)
{
    const Job *job = data;
    Ctx ctx = { .db = conn, .registry = job->bench->registry, .property_id = job->bench->property_id, .now_us = clock_now_us(),
                .today = day_from_ymd(2026, 3, 2), .request_id = "bench" };

    return db_set_limit(conn, 600 * G_USEC_PER_SEC, error) && job->step(&ctx, job->bench, error);
}

static void
must(Bench *bench, Step step)
{
    g_autoptr(GError) error = NULL;
    Job job = { bench, step };

    if (!db_run(bench->db, LANE_WRITE, run_job, &job, &error))
        g_error("%s", app_error_text(error, LANG_EN));
}

static gboolean
begin(Ctx *ctx, Bench *bench, GError **error)
{
    bench->property_id = org_property_add(ctx, "B", "Bench", error);
    ctx->property_id = bench->property_id;
    g_autoptr(Record) building = record_new(registry_def(ctx->registry, "building"));
    g_autoptr(Record) floor = record_new(registry_def(ctx->registry, "floor"));
    if (!bench->property_id || !org_seed(ctx, error) || !party_seed(ctx, error) || !lease_seed(ctx, error) || !ledger_seed(ctx, error))
        return FALSE;
    record_set_text(building, "name", "A");
    record_set_text(building, "code", "A");
    if (!record_save(ctx, building, error))
        return FALSE;
    record_set_id(floor, "building_id", building->id);
    record_set_text(floor, "name", "L1");
    record_set_text(floor, "code", "L1");
    record_set_int(floor, "seq", 1);
    if (!record_save(ctx, floor, error))
        return FALSE;
    bench->floor_id = floor->id;
    return TRUE;
}

#define STAMP "property_id", "id", "version", "created_at", "updated_at"

static gint64
stamp(DbBatch *rows, const Ctx *ctx)
{
    gint64 id = id_next();

    db_batch_int(rows, 0, ctx->property_id);
    db_batch_int(rows, 1, id);
    db_batch_int(rows, 2, 1);
    db_batch_int(rows, 3, ctx->now_us);
    db_batch_int(rows, 4, ctx->now_us);
    return id;
}

static char *
clause_of(const char *item, gint64 price_e4, int cycle_months)
{
    g_autoptr(ChargeTerm) term = charge_term_new();
    g_autoptr(JsonOut) out = json_out_new();
    const TermTax tax = { DAY_MIN, 90000 };
    const TermStep step = { .from = day_from_ymd(2026, 1, 1), .every_months = 12, .is_percent = TRUE, .percent_ppm = 50000, .compound = TRUE };

    term->item = g_strdup(item);
    term->from = day_from_ymd(2025, 1, 1);
    term->to = day_from_ymd(2028, 12, 31);
    term->basis = BASIS_PER_M2_MONTH;
    term->price_e4 = price_e4;
    term->cycle_months = cycle_months;
    g_array_append_val(term->tax, tax);
    g_array_append_val(term->steps, step);
    charge_term_write(out, term);
    return g_strdup(out->buf->str);
}

typedef struct {
    DbBatch *merchants, *units, *leases, *lease_units, *terms;
} Tables;

static gboolean
add_term(const Ctx *ctx, const Tables *t, gint64 lease_id, gint64 item_id, int seq, const char *clause, GError **error)
{
    stamp(t->terms, ctx);
    db_batch_int(t->terms, 5, lease_id);
    db_batch_int(t->terms, 6, seq);
    db_batch_int(t->terms, 7, item_id);
    db_batch_day(t->terms, 8, day_from_ymd(2025, 1, 1));
    db_batch_day(t->terms, 9, day_from_ymd(2028, 12, 31));
    db_batch_text(t->terms, 10, "fixed");
    db_batch_text(t->terms, 11, "per_m2_month");
    db_batch_text(t->terms, 12, clause);
    return db_batch_add(t->terms, error);
}

static gboolean
add_lease(const Ctx *ctx, const Bench *bench, const Tables *t, guint n, const gint64 items[2], GError **error)
{
    g_autofree char *no = g_strdup_printf("N-%06u", n);
    g_autofree char *rent = clause_of("rent", 1000000 + n % 997 * 1000, 1);
    g_autofree char *fee = clause_of("property_fee", 200000 + n % 31 * 1000, 1);
    gint64 merchant_id = stamp(t->merchants, ctx), unit_id = stamp(t->units, ctx), lease_id = stamp(t->leases, ctx);

    db_batch_text(t->merchants, 5, no);
    db_batch_text(t->merchants, 6, no);
    db_batch_int(t->units, 5, bench->floor_id);
    db_batch_text(t->units, 6, no);
    db_batch_int(t->units, 7, 10000);
    db_batch_text(t->leases, 5, no);
    db_batch_text(t->leases, 6, "shop");
    db_batch_int(t->leases, 7, merchant_id);
    db_batch_int(t->leases, 8, unit_id);
    db_batch_day(t->leases, 9, day_from_ymd(2025, 1, 1));
    db_batch_day(t->leases, 10, day_from_ymd(2028, 12, 31));
    db_batch_text(t->leases, 11, "effective");
    db_batch_day(t->leases, 12, day_from_ymd(2026, 2, 1)); /* taken over */
    stamp(t->lease_units, ctx);
    db_batch_int(t->lease_units, 5, lease_id);
    db_batch_int(t->lease_units, 6, unit_id);
    db_batch_int(t->lease_units, 7, 5000 + n % 200 * 37);
    db_batch_day(t->lease_units, 8, day_from_ymd(2025, 1, 1));
    db_batch_day(t->lease_units, 9, day_from_ymd(2028, 12, 31));
    return db_batch_add(t->merchants, error) && db_batch_add(t->units, error) && db_batch_add(t->leases, error)
           && db_batch_add(t->lease_units, error) && add_term(ctx, t, lease_id, items[0], 0, rent, error)
           && add_term(ctx, t, lease_id, items[1], 1, fee, error);
}

/* References point to rows of earlier batches, which must be stored first: batches of one table go out before the next one's begin. */
static gboolean
make_leases(Ctx *ctx, Bench *bench, GError **error)
{
    static const char *const merchants[] = { STAMP, "no", "name", NULL }, *const units[] = { STAMP, "floor_id", "no", "area_leasable", NULL };
    static const char *const leases[] = { STAMP, "no", "kind", "merchant_id", "unit_id", "from_on", "to_on", "state", "bill_from_on", NULL };
    static const char *const lease_units[] = { STAMP, "lease_id", "unit_id", "area", "from_on", "to_on", NULL };
    static const char *const terms[] = { STAMP, "lease_id", "seq", "item_id", "from_on", "to_on", "model", "basis", "clause", NULL };
    g_autoptr(Record) rent = record_find_by(ctx, "charge_item", "code", "rent", error);
    g_autoptr(Record) fee = record_find_by(ctx, "charge_item", "code", "property_fee", error);
    const gint64 items[2] = { rent->id, fee->id };
    guint end = MIN(bench->leases, bench->at + AT_A_TIME);

    while (bench->at < end) {
        const Tables t = { db_batch_new(ctx->db, "merchant", merchants), db_batch_new(ctx->db, "unit", units), db_batch_new(ctx->db, "lease", leases),
                           db_batch_new(ctx->db, "lease_unit", lease_units), db_batch_new(ctx->db, "charge_term", terms) };
        DbBatch *all[] = { t.merchants, t.units, t.leases, t.lease_units, t.terms };
        for (guint i = 0; i < 60 && bench->at < end; i++) { /* less than a batch keeps */
            if (!add_lease(ctx, bench, &t, bench->at++, items, error))
                return FALSE;
        }
        for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
            if (!db_batch_finish(all[i], error))
                return FALSE;
            db_batch_free(all[i]);
        }
    }
    return TRUE;
}

static gboolean
begin_run(Ctx *ctx, Bench *bench, GError **error)
{
    bench->run_id = bill_run_begin(ctx, bench->month, error);
    bench->done = FALSE;
    return bench->run_id != 0;
}

static gboolean
step_run(Ctx *ctx, Bench *bench, GError **error)
{
    return bill_run_step(ctx, bench->run_id, 0, &bench->done, error);
}

static gint64
time_run(Bench *bench, int month)
{
    gint64 start_us = clock_mono_us();

    bench->month = month;
    must(bench, begin_run);
    while (!bench->done)
        must(bench, step_run);
    return clock_mono_us() - start_us;
}

/* -- the same rows, barely -------------------------------------------------------------------- */

static const char *const posted[] = { "charge", "journal", "entry" };

/* Tables of the same columns and indexes beside the real ones: "bare_charge" and so on. References go to the real tables, or to each other. */
static gboolean
make_bare(Ctx *ctx, Bench *bench, GError **error)
{
    g_autofree char *ddl = schema_ddl(bench->registry, db_conn_dialect(ctx->db));
    g_auto(GStrv) statements = g_strsplit(ddl, ";\n", -1);

    for (guint i = 0; statements[i]; i++) {
        for (guint t = 0; t < G_N_ELEMENTS(posted); t++) {
            g_autofree char *table = g_strdup_printf("CREATE TABLE %s (", posted[t]);
            g_autofree char *index = g_strdup_printf(" ON %s ", posted[t]);
            gboolean is_table = g_str_has_prefix(statements[i], table);
            gboolean is_index = g_str_has_prefix(statements[i], "CREATE INDEX") && strstr(statements[i], index);
            if (!is_table && !is_index)
                continue;
            g_autoptr(GString) sql = g_string_new(statements[i]);
            for (guint k = 0; k < G_N_ELEMENTS(posted); k++) {
                g_autofree char *from = g_strdup_printf(" %s (", posted[k]), *to = g_strdup_printf(" bare_%s (", posted[k]);
                g_autofree char *name = g_strdup_printf("INDEX %s__", posted[k]), *other = g_strdup_printf("INDEX bare_%s__", posted[k]);
                g_string_replace(sql, from, to, 0);
                g_string_replace(sql, name, other, 1);
            }
            if (!db_exec(ctx->db, sql->str, error))
                return FALSE;
        }
    }
    return TRUE;
}

typedef struct {
    gint64 number;
    char *text; /* NULL: the number counts, or nothing at all */
    gboolean is_day, is_null;
} Cell;

static void
cell_clear(gpointer data)
{
    g_free(((Cell *) data)->text);
}

/* Columns of a table as its entity has them. transfer full. */
static char **
columns_of(const EntityDef *def)
{
    static const char *const first[] = { "property_id", "id", "version", "created_at", "created_by", "updated_at", "updated_by" };
    GPtrArray *names = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(first); i++)
        g_ptr_array_add(names, g_strdup(first[i]));
    for (guint i = 0; i < def->n_fields; i++)
        g_ptr_array_add(names, g_strdup(def->fields[i].name));
    g_ptr_array_add(names, NULL);
    return (char **) g_ptr_array_free(names, FALSE);
}

static Cell
read_cell(const DbStmt *stmt, int col, const FieldDef *field)
{
    Cell cell = { .is_null = db_is_null(stmt, col), .is_day = field && field->type == FT_DAY };

    if (cell.is_null)
        return cell;
    if (cell.is_day)
        cell.number = db_day(stmt, col);
    else if (field && field_is_text(field))
        cell.text = g_strdup(db_text(stmt, col));
    else
        cell.number = db_int(stmt, col);
    return cell;
}

/* Rows of one chunk of the run, ids between two points, into memory. */
static gboolean
read_range(Ctx *ctx, Bench *bench, guint table, GError **error)
{
    gboolean ok = TRUE;
    const EntityDef *def = registry_def(bench->registry, posted[table]);
    g_auto(GStrv) columns = columns_of(def);
    g_autofree char *names = g_strjoinv(", ", columns);
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s WHERE property_id = :property_id AND id > :after AND id <= :last ORDER BY id", names, def->name);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "after", bench->first);
    db_bind_int(stmt, "last", bench->last);
    while (db_each(stmt, &ok, error)) {
        for (int c = 0; columns[c]; c++) {
            Cell cell = read_cell(stmt, c, entity_find_field(def, columns[c]));
            g_array_append_val(bench->cells[table], cell);
        }
    }
    return ok;
}

/* Charges of one chunk, and the journals and entries that were made after them, before the charges of the next. */
static gboolean
read_chunk(Ctx *ctx, Bench *bench, GError **error)
{
    bench->first = g_array_index(bench->chunks, gint64, bench->at) - 1;
    bench->last = bench->at + 1 < bench->chunks->len ? g_array_index(bench->chunks, gint64, bench->at + 1) - 1 : G_MAXINT64;
    for (guint t = 0; t < G_N_ELEMENTS(posted); t++) {
        g_array_set_size(bench->cells[t], 0);
        if (!read_range(ctx, bench, t, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
insert_range(Ctx *ctx, const Bench *bench, guint table, GError **error)
{
    g_auto(GStrv) columns = columns_of(registry_def(bench->registry, posted[table]));
    g_autofree char *bare = g_strdup_printf("bare_%s", posted[table]);
    g_autoptr(DbBatch) rows = db_batch_new(ctx->db, bare, (const char *const *) columns);
    guint n = g_strv_length(columns);

    for (guint i = 0; i < bench->cells[table]->len; i++) {
        const Cell *cell = &g_array_index(bench->cells[table], Cell, i);
        int col = (int) (i % n);
        if (cell->text)
            db_batch_text(rows, col, cell->text);
        else if (!cell->is_null && cell->is_day)
            db_batch_day(rows, col, cell->number);
        else if (!cell->is_null)
            db_batch_int(rows, col, cell->number);
        if (i % n == n - 1 && !db_batch_add(rows, error))
            return FALSE;
    }
    return db_batch_finish(rows, error);
}

static gboolean
insert_chunk(Ctx *ctx, Bench *bench, GError **error)
{
    for (guint t = 0; t < G_N_ELEMENTS(posted); t++) {
        if (!insert_range(ctx, bench, t, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_chunks(Ctx *ctx, Bench *bench, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, "SELECT id FROM charge WHERE property_id = :property_id AND bill_run_id = :run_id ORDER BY id", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", bench->property_id);
    db_bind_int(stmt, "run_id", bench->run_id);
    for (bench->rows = 0; db_each(stmt, &ok, error); bench->rows++) {
        gint64 id = db_int(stmt, 0);
        if (bench->rows % (2 * RUN_CHUNK) == 0)
            g_array_append_val(bench->chunks, id);
    }
    return ok;
}

/* Of this program; on PostgreSQL the server works besides. */
static gint64
cpu_us(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

/* Reading the rows is not part of it. */
static gint64
time_bare(Bench *bench, gint64 *own_us)
{
    gint64 sum_us = 0;

    must(bench, make_bare);
    must(bench, read_chunks);
    *own_us = 0;
    for (bench->at = 0; bench->at < bench->chunks->len; bench->at++) {
        must(bench, read_chunk);
        gint64 start_us = clock_mono_us(), start_cpu_us = cpu_us();
        must(bench, insert_chunk);
        sum_us += clock_mono_us() - start_us;
        *own_us += cpu_us() - start_cpu_us;
    }
    return sum_us;
}

static long
memory_mb(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Bench bench = { .leases = argc > 2 ? (guint) strtoul(argv[2], NULL, 10) : LEASES, .chunks = g_array_new(FALSE, FALSE, sizeof(gint64)) };

    for (guint t = 0; t < G_N_ELEMENTS(posted); t++) {
        bench.cells[t] = g_array_new(FALSE, FALSE, sizeof(Cell));
        g_array_set_clear_func(bench.cells[t], cell_clear);
    }
    if (argc < 2) {
        fprintf(stderr, "bench_bill URL [LEASES]\n");
        return 2;
    }
    catalogue_init();
    bench.registry = registry_new(entity_modules, approval_subjects);
    bench.db = db_open(argv[1], NULL, &error);
    if (!bench.db || !schema_create(bench.db, bench.registry, &error))
        g_error("%s", app_error_text(error, LANG_EN));
    must(&bench, begin);
    while (bench.at < bench.leases)
        must(&bench, make_leases);
    gint64 first_us = time_run(&bench, FIRST_MONTH);
    long before_mb = memory_mb();
    gint64 run_cpu_us = cpu_us(), run_us = time_run(&bench, MONTH);
    run_cpu_us = cpu_us() - run_cpu_us;
    long after_mb = memory_mb();
    gint64 bare_cpu_us = 0, bare_us = time_bare(&bench, &bare_cpu_us);
    printf("%u leases: first month %.1f s, next month %.1f s for %u charges, bare insert %.1f s, ratio %.2f (goal 2); own processor time %.1f and "
           "%.1f s; memory %ld MB before, %ld MB after\n",
           bench.leases, (double) first_us / 1e6, (double) run_us / 1e6, bench.rows, (double) bare_us / 1e6, (double) run_us / (double) bare_us,
           (double) run_cpu_us / 1e6, (double) bare_cpu_us / 1e6, before_mb, after_mb);
    db_close(bench.db);
    registry_free(bench.registry);
    g_array_unref(bench.chunks);
    for (guint t = 0; t < G_N_ELEMENTS(posted); t++)
        g_array_unref(bench.cells[t]);
    return 0;
}
