/* bench_reports.c - reports over millions of charges: ageing, open charges and rent roll on a database that bench_data has made, first with a tenth
 * of the closed charges, then with all of them. What is open stays the same, so a report that reads its history grows and one that does not stays.
 *   bench_reports URL [CHARGES] */
#include "base/clock.h"
#include "base/ids.h"
#include "base/secret.h"
#include "db/catalogue.h"
#include "domain/entities.h"
#include "domain/report/report.h"

#include <stdio.h>
#include <stdlib.h>

enum { OPEN = 40000, CHUNK = 20000, LIMIT_MS = 1000, TIMES = 5 };

typedef struct {
    Db *db;
    Registry *registry;
    gint64 property_id;
    GArray *leases; /* of Lease */
    guint from, to; /* charges of this step */
    gboolean open;
    gint64 best_us;
    const char *report;
    guint rows;
} Bench;

typedef struct {
    gint64 id, merchant_id, unit_id, item_id, term_id;
    Day from, to;
} Lease;

static Ctx
ctx_of(const Bench *b, DbConn *conn)
{
    return (Ctx){ .db = conn, .registry = b->registry, .property_id = b->property_id, .now_us = clock_now_us(), .today = clock_today() };
}

static gboolean
load_leases(DbConn *conn, gpointer data, GError **error)
{
    Bench *b = data;
    gboolean ok = TRUE, row = FALSE;
    g_autoptr(DbStmt) property = db_named(conn, "app.first_property", error);

    if (!property || !db_step(property, &row, error))
        return FALSE;
    b->property_id = db_int(property, 0);
    g_autoptr(DbStmt) stmt = db_prepare(conn,
                                        "SELECT l.id, l.merchant_id, l.unit_id, t.item_id, t.id, l.from_on, l.to_on FROM lease l"
                                        " JOIN charge_term t ON t.property_id = l.property_id AND t.lease_id = l.id AND t.seq ="
                                        " (SELECT MIN(x.seq) FROM charge_term x WHERE x.property_id = l.property_id AND x.lease_id = l.id)"
                                        " WHERE l.property_id = :property_id ORDER BY l.id",
                                        error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", b->property_id);
    g_array_set_size(b->leases, 0);
    while (db_each(stmt, &ok, error)) {
        Lease lease = { db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3), db_int(stmt, 4), db_day(stmt, 5), db_day(stmt, 6) };
        g_array_append_val(b->leases, lease);
    }
    return ok;
}

/* Known since their first day, at one price: what adoption would have stored. */
static gboolean
add_prices(DbConn *conn, gpointer data, GError **error)
{
    static const char *const columns[] = { "property_id", "id", "version", "created_at", "updated_at", "lease_id", "term_id", "item_id", "from_on", "to_on",
                                           "price", "monthly", "free_days", "is_rent", "known_on", NULL };
    Bench *b = data;
    g_autoptr(DbBatch) rows = db_batch_new(conn, "lease_price", columns);

    for (guint i = 0; i < b->leases->len; i++) {
        const Lease *l = &g_array_index(b->leases, Lease, i);
        const gint64 ids[] = { b->property_id, id_next(), 1, 0, 0, l->id, l->term_id, l->item_id };
        for (guint c = 0; c < G_N_ELEMENTS(ids); c++)
            db_batch_int(rows, (int) c, ids[c]);
        db_batch_day(rows, 8, l->from);
        db_batch_day(rows, 9, l->to);
        db_batch_int(rows, 10, 2000000);
        db_batch_int(rows, 11, 2000000);
        db_batch_int(rows, 12, 0);
        db_batch_int(rows, 13, 1);
        db_batch_day(rows, 14, l->from);
        if (!db_batch_add(rows, error))
            return FALSE;
    }
    return db_batch_finish(rows, error) && db_exec(conn, "UPDATE lease SET known_on = from_on", error);
}

static gboolean
add_charges(DbConn *conn, gpointer data, GError **error)
{
    static const char *const columns[] = { "property_id", "id", "version", "created_at", "updated_at", "merchant_id", "lease_id", "unit_id", "item_id",
                                           "tax_rate", "net", "tax", "gross", "paid", "term_id", "kind", "name", "state", "due_on", "posted_on", "closed_on", NULL };
    Bench *b = data;
    Day today = clock_today();
    g_autoptr(DbBatch) rows = db_batch_new(conn, "charge", columns);

    for (guint n = b->from; n < b->to; n++) {
        const Lease *l = &g_array_index(b->leases, Lease, n % b->leases->len);
        Day due = b->open ? today + 10 - (Day) (n % 500) : today - 60 - (Day) (n % 2000);
        const gint64 numbers[] = { b->property_id, id_next(), 1, 0, 0, l->merchant_id, l->id, l->unit_id, l->item_id, 90000, 10000, 900, 10900,
                                   b->open ? 0 : 10900, l->term_id };
        int c = 0;
        for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
            db_batch_int(rows, c++, numbers[i]);
        db_batch_text(rows, c++, "fixed");
        db_batch_text(rows, c++, "租金");
        db_batch_text(rows, c++, b->open ? "open" : "paid");
        db_batch_day(rows, c++, due);
        db_batch_day(rows, c++, due - 15);
        db_batch_day(rows, c++, b->open ? DAY_MAX : due + (Day) (n % 30));
        if (!db_batch_add(rows, error))
            return FALSE;
    }
    return db_batch_finish(rows, error);
}

static void
must(Bench *b, Lane lane, DbJob job)
{
    g_autoptr(GError) error = NULL;

    if (!db_run(b->db, lane, job, b, &error))
        g_error("%s", error->message);
}

static void
fill(Bench *b, guint from, guint to, gboolean open)
{
    b->open = open;
    for (b->from = from; b->from < to; b->from = b->to) {
        b->to = MIN(b->from + CHUNK, to);
        must(b, LANE_WRITE, add_charges);
    }
}

static gboolean
run_report(DbConn *conn, gpointer data, GError **error)
{
    Bench *b = data;
    Ctx ctx = ctx_of(b, conn);
    gint64 begin = clock_mono_us();
    g_autoptr(ReportTable) table = report_run(&ctx, report_find(b->report), ctx.today, ctx.today, ctx.today, day_month_key(ctx.today), error);

    if (!table)
        return FALSE;
    b->rows = table->rows->len;
    b->best_us = MIN(b->best_us, clock_mono_us() - begin);
    return TRUE;
}

static gint64
best_of(Bench *b, const char *report)
{
    b->report = report;
    b->best_us = G_MAXINT64;
    for (int i = 0; i < TIMES; i++)
        must(b, LANE_SLOW, run_report);
    return b->best_us;
}

static gboolean
analyse(DbConn *conn, gpointer data, GError **error)
{
    (void) data;
    return db_conn_dialect(conn) == DIALECT_PG ? db_exec(conn, "ANALYZE", error) : db_analyse(conn, error);
}

int
main(int argc, char **argv)
{
    static const char *const names[] = { "ageing", "receivable", "turn", "rent_roll", "occupancy", "wale" };
    g_autoptr(GError) error = NULL;
    guint64 charges = 2000000;
    gint64 few_us[G_N_ELEMENTS(names)];

    if (argc < 2 || (argc > 2 && !g_ascii_string_to_unsigned(argv[2], 10, 100000, 100000000, &charges, NULL))) {
        fprintf(stderr, "usage: bench_reports URL [CHARGES]\n");
        return 2;
    }
    secret_init();
    catalogue_init();
    Bench b = { .registry = registry_new(entity_modules, approval_subjects), .leases = g_array_new(FALSE, FALSE, sizeof(Lease)) };
    b.db = db_open(argv[1], NULL, &error);
    if (!b.db)
        g_error("%s", error->message);
    must(&b, LANE_READ, load_leases);
    must(&b, LANE_WRITE, add_prices);
    fill(&b, 0, OPEN, TRUE);
    fill(&b, 0, (guint) charges / 10, FALSE);
    must(&b, LANE_WRITE, analyse);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        few_us[i] = best_of(&b, names[i]);
    fill(&b, (guint) charges / 10, (guint) charges - OPEN, FALSE);
    must(&b, LANE_WRITE, analyse);
    printf("reports over %u charges, %d of them open, %u leases; best of %d\n", (guint) charges, OPEN, b.leases->len, TIMES);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        gint64 many_us = best_of(&b, names[i]);
        printf("%-12s %6u rows %7.1f ms, goal %d ms: %.2f of it; with a tenth of the history %7.1f ms: ratio %.2f\n", names[i], b.rows,
               (double) many_us / 1000, LIMIT_MS, (double) many_us / 1000 / LIMIT_MS, (double) few_us[i] / 1000, (double) many_us / (double) few_us[i]);
    }
    db_close(b.db);
    g_array_unref(b.leases);
    registry_free(b.registry);
    return 0;
}
