/* make_data.c - fills a new database for measuring: make_data URL [LEADS]. The schema and the beginnings come from the
 * program itself; the many rows go in by batches, with history and search keys as the program would write them. */
#include "bench_data.h"

#include "base/clock.h"
#include "base/secret.h"
#include "db/catalogue.h"
#include "db/migrate.h"
#include "domain/entities.h"
#include "domain/lease/lease.h"
#include "domain/org/org.h"
#include "domain/party/party.h"
#include "store/history.h"
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PG_HISTORY = 2000, CHUNK = 20000, KEY_CHUNK = 400000, FULL_LEADS = 200000, OWN_COLUMNS = 7 };
#define HOUR_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

typedef struct {
    const char *key; /* in the chunk of texts */
    gint64 id;
} Key;

/* One entity on its way into the database. */
typedef struct {
    Bench *bench;
    const BenchTable *table;
    const EntityDef *def;
    Record *pattern; /* presets */
    char **columns;
    guint first, end;    /* rows of this chunk */
    GArray *keys;        /* of Key */
    GStringChunk *texts; /* owns them */
    guint key_first, key_end;
} Load;

typedef gboolean (*CtxJob)(Ctx *ctx, gpointer data, GError **error);
typedef struct {
    Bench *bench;
    CtxJob job;
    gpointer data;
} Run;

static gboolean
run_job(DbConn *conn, gpointer data, GError **error)
{
    const Run *run = data;
    static const guint8 key[32] = { 0 };
    Ctx ctx = { .db = conn,
                .registry = run->bench->registry,
                .property_id = run->bench->property_id,
                .lang = LANG_ZH,
                .now_us = run->bench->now_us,
                .today = run->bench->today,
                .key = key };

    return db_set_limit(conn, HOUR_US, error) && run->job(&ctx, run->data, error);
}

static void
must(Bench *bench, CtxJob job, gpointer data)
{
    g_autoptr(GError) error = NULL;
    Run run = { bench, job, data };

    if (db_run(bench->db, LANE_WRITE, run_job, &run, &error))
        return;
    fprintf(stderr, "make_data: %s\n", error->message);
    exit(1);
}

/* -- people and seeds ---------------------------------------------------------- */

static gint64
add_person(Ctx *ctx, const char *login, const char *name, const char *post, const char *role,
           const char *hash, GError **error)
{
    const OrgNewStaff person = {
        .login = login, .name = name, .post_code = post, .role_code = role, .password_hash = hash
    };

    return org_staff_add(ctx, &person, error);
}

static gboolean
add_team(Ctx *ctx, Bench *bench, const char *hash, GError **error)
{
    static const char *const heads[][3] = {
        { "gm", "gm", "general_manager" },        { "lm", "lm", "leasing_manager" },
        { "lsup", "lsup", "leasing_supervisor" }, { "om", "om", "operations_manager" },
        { "finance", "finance", "finance" },      { "admin", "admin", "admin" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autofree char *name = bench_person(i);
        if (!add_person(ctx, heads[i][0], name, heads[i][1], heads[i][2], hash, error))
            return FALSE;
    }
    for (guint i = 0; i < BENCH_SALES; i++) {
        g_autofree char *login = g_strdup_printf("ls%u", i + 1);
        g_autofree char *name = bench_person(100 + i);
        bench->sales[i] = add_person(ctx, login, name, "ls", "leasing_specialist", hash, error);
        if (!bench->sales[i])
            return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(bench->keepers); i++) {
        g_autofree char *login = g_strdup_printf("os%u", i + 1);
        g_autofree char *name = bench_person(200 + i);
        bench->keepers[i] =
            add_person(ctx, login, name, "os", "operations_specialist", hash, error);
        if (!bench->keepers[i])
            return FALSE;
    }
    return TRUE;
}

static gboolean
ids_of(Ctx *ctx, const char *sql, GArray *ids, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    return ok;
}

static gboolean
add_beginnings(Ctx *ctx, gpointer data, GError **error)
{
    Bench *bench = data;
    g_autofree char *hash = secret_password_hash(BENCH_PASSWORD);

    bench->property_id = ctx->property_id = org_property_add(ctx, "BN", "兰亭广场", error);
    if (!bench->property_id || !org_seed(ctx, error) || !party_seed(ctx, error)
        || !lease_seed(ctx, error) || !add_team(ctx, bench, hash, error))
        return FALSE;
    if (!ids_of(ctx, "SELECT id FROM category WHERE parent_id IS NOT NULL ORDER BY code",
                bench->categories, error)
        || !ids_of(ctx, "SELECT id FROM channel ORDER BY seq, id", bench->channels, error))
        return FALSE;
    g_autoptr(Record) rent = record_find_by(ctx, "charge_item", "code", "rent", error);
    g_autoptr(Record) fee = record_find_by(ctx, "charge_item", "code", "property_fee", error);
    g_autoptr(Record) building = record_new(registry_def(ctx->registry, "building"));
    record_set_text(building, "code", "A");
    record_set_text(building, "name", "主楼");
    if (!rent || !fee || !record_save(ctx, building, error))
        return FALSE;
    bench->rent_item = rent->id;
    bench->fee_item = fee->id;
    bench->building_id = building->id;
    return TRUE;
}

/* -- rows ---------------------------------------------------------------------- */

static Record *
record_with_presets(const EntityDef *def)
{
    Record *rec = record_new(def);

    for (guint i = 0; i < def->n_fields; i++) {
        if (def->fields[i].preset
            && !field_parse(&def->fields[i], def->fields[i].preset, FALSE, "", &rec->values[i],
                            NULL))
            g_error("preset of %s.%s", def->name, def->fields[i].name);
    }
    return rec;
}

static char **
all_columns(const EntityDef *def)
{
    static const char *const own[OWN_COLUMNS] = { "id",         "version",    "created_at",
                                                  "created_by", "updated_at", "updated_by",
                                                  "property_id" };
    GPtrArray *names = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(own) - (def->flags & EF_GROUP ? 1 : 0); i++)
        g_ptr_array_add(names, g_strdup(own[i]));
    for (guint i = 0; i < def->n_fields; i++)
        g_ptr_array_add(names, g_strdup(def->fields[i].name));
    g_ptr_array_add(names, NULL);
    return (char **) g_ptr_array_free(names, FALSE);
}

static gboolean
add_row(DbBatch *batch, const Record *rec, GError **error)
{
    const gint64 own[OWN_COLUMNS] = { rec->id,         1,
                                      rec->created_at, rec->created_by,
                                      rec->created_at, rec->created_by,
                                      rec->property_id };
    int col = 0;

    for (; col < OWN_COLUMNS - (rec->def->flags & EF_GROUP ? 1 : 0); col++)
        db_batch_int(batch, col, own[col]);
    for (guint i = 0; i < rec->def->n_fields; i++, col++) {
        if (rec->values[i].is_null)
            continue;
        if (field_is_text(&rec->def->fields[i]))
            db_batch_text(batch, col, rec->values[i].text);
        else if (rec->def->fields[i].type == FT_DAY)
            db_batch_day(batch, col, rec->values[i].i);
        else
            db_batch_int(batch, col, rec->values[i].i);
    }
    return db_batch_add(batch, error);
}

static gboolean
add_history(Ctx *ctx, const Record *rec, GError **error)
{
    g_autofree char *label = record_label(rec);
    g_autofree char *changes =
        g_strdup_printf("[{\"field\":\"%s\",\"from\":null,\"to\":\"%s\"}]", rec->def->title, label);

    ctx->now_us = rec->created_at;
    ctx->staff_id = rec->created_by;
    return history_add(ctx, rec->def->name, rec->id, "create", changes, error)
           && history_add(ctx, rec->def->name, rec->id, "update",
                          "[{\"field\":\"remarks\",\"from\":null,\"to\":\"已核对资料\"}]", error);
}

/* A chain cannot be written in batches; over a socket its whole length would take longer than everything else. */
static gboolean
has_history(const Load *load, guint n)
{
    return load->table->has_history
           && (db_dialect(load->bench->db) == DIALECT_SQLITE || n + PG_HISTORY >= load->table->count);
}

static void
keep_keys(Load *load, const Record *rec)
{
    g_autoptr(GHashTable) keys = search_keys(rec);
    GHashTableIter iter;
    gpointer text;

    g_hash_table_iter_init(&iter, keys);
    while (g_hash_table_iter_next(&iter, &text, NULL)) {
        Key key = { g_string_chunk_insert_const(load->texts, text), rec->id };
        g_array_append_val(load->keys, key);
    }
}

static gboolean
add_rows(Ctx *ctx, gpointer data, GError **error)
{
    Load *load = data;
    g_autoptr(DbBatch) batch =
        db_batch_new(ctx->db, load->def->name, (const char *const *) load->columns);

    for (guint n = load->first; n < load->end; n++) {
        g_autoptr(Record) rec = record_copy(load->pattern);
        rec->id = bench_id(load->bench, load->def->name, n, load->table->count);
        rec->property_id = load->def->flags & EF_GROUP ? 0 : ctx->property_id;
        rec->created_at = bench_time(load->bench, n, load->table->count);
        rec->created_by = load->bench->sales[bench_pick("owner", n, BENCH_SALES)];
        load->table->fill(load->bench, rec, n);
        if (!add_row(batch, rec, error)
            || (has_history(load, n) && !add_history(ctx, rec, error)))
            return FALSE;
        keep_keys(load, rec);
    }
    return db_batch_finish(batch, error);
}

/* -- search keys: sorted first, so that they go into the index from left to right --- */

static int
compare_keys(gconstpointer a, gconstpointer b)
{
    const Key *x = a, *y = b;
    int by_text = x->key == y->key ? 0 : strcmp(x->key, y->key);

    return by_text ? by_text : (x->id > y->id) - (x->id < y->id);
}

static gboolean
add_keys(Ctx *ctx, gpointer data, GError **error)
{
    static const char *const columns[] = { "property_id", "entity", "key", "record_id", NULL };
    Load *load = data;
    g_autoptr(DbBatch) batch = db_batch_new(ctx->db, "search_key", columns);

    for (guint i = load->key_first; i < load->key_end; i++) {
        const Key *key = &g_array_index(load->keys, Key, i);
        db_batch_int(batch, 0, load->def->flags & EF_GROUP ? 0 : ctx->property_id);
        db_batch_text(batch, 1, load->def->name);
        db_batch_text(batch, 2, key->key);
        db_batch_int(batch, 3, key->id);
        if (!db_batch_add(batch, error))
            return FALSE;
    }
    return db_batch_finish(batch, error);
}

/* The counters of the numbered series go on after the last row. */
static gboolean
set_numbers(Ctx *ctx, gpointer data, GError **error)
{
    const Load *load = data;
    g_autofree char *sql = g_strdup_printf(
        "INSERT INTO numbering (property_id, kind, year, last) SELECT property_id, '%s', "
        "CAST(substr(%s, 4, 4) AS INTEGER), COUNT(*)"
        " FROM %s WHERE property_id = :property_id GROUP BY property_id, CAST(substr(%s, 4, 4) AS "
        "INTEGER)",
        load->def->name, load->def->number_field, load->def->name, load->def->number_field);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    return db_exec_stmt(stmt, NULL, error);
}

static void
load_table(Bench *bench, const BenchTable *table)
{
    const EntityDef *def = registry_def(bench->registry, table->entity);
    g_auto(GStrv) columns = all_columns(def);
    g_autoptr(Record) pattern = record_with_presets(def);
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(Key));
    Load load = { .bench = bench,
                  .table = table,
                  .def = def,
                  .pattern = pattern,
                  .columns = columns,
                  .keys = keys,
                  .texts = g_string_chunk_new(1 << 20) };
    gint64 begin = clock_mono_us();

    for (load.first = 0; load.first < table->count; load.first = load.end) {
        load.end = MIN(load.first + CHUNK, table->count);
        must(bench, add_rows, &load);
    }
    gint64 rows_us = clock_mono_us() - begin;
    if (keys->len > 1)
        qsort(keys->data, keys->len, sizeof(Key), compare_keys);
    for (load.key_first = 0; load.key_first < keys->len; load.key_first = load.key_end) {
        load.key_end = MIN(load.key_first + KEY_CHUNK, keys->len);
        must(bench, add_keys, &load);
    }
    if (def->number_field && table->count)
        must(bench, set_numbers, &load);
    g_string_chunk_free(load.texts);
    printf("%-18s %8u rows %7.1f s, %9u search keys %7.1f s\n", table->entity, table->count,
           (double) rows_us / G_USEC_PER_SEC, keys->len,
           (double) (clock_mono_us() - begin - rows_us) / G_USEC_PER_SEC);
    fflush(stdout);
}

static gboolean
analyse(Ctx *ctx, gpointer data, GError **error)
{
    return db_dialect(((Bench *) data)->db) == DIALECT_PG ? db_exec(ctx->db, "ANALYZE", error) : db_analyse(ctx->db, error);
}

static BenchSize
size_of(guint leads)
{
    return (BenchSize){ .leads = leads,
                        .merchants = leads * 3 / 10,
                        .contacts = leads * 4 / 10,
                        .brands = MIN(3000, leads / 10),
                        .inquiries = leads * 3 / 2,
                        .follow_ups = leads * 5 / 2,
                        .stage_changes = leads * 3 / 2,
                        .owner_changes = leads,
                        .visit_plans = leads / 10,
                        .units = BENCH_FLOORS * BENCH_UNITS_PER_FLOOR,
                        .leases = 20000,
                        .holds = 400 };
}

static void
open_new(Bench *bench, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) report = g_string_new(NULL);

    bench->db = db_open(url, NULL, &error);
    int version = bench->db ? migrate_version(bench->db, &error) : -1;
    if (version > 0) {
        fprintf(stderr, "make_data: %s holds a database already\n", url);
        exit(1);
    }
    if (version < 0 || !schema_create(bench->db, bench->registry, &error)
        || !migrate_stamp(bench->db, LANTING_VERSION, &error)
        || !schema_check(bench->db, bench->registry, report, &error)) {
        fprintf(stderr, "make_data: %s %s\n", error ? error->message : "", report->str);
        exit(1);
    }
}

int
main(int argc, char **argv)
{
    guint64 leads = FULL_LEADS;

    if (argc < 2
        || (argc > 2 && !g_ascii_string_to_unsigned(argv[2], 10, 1000, 10000000, &leads, NULL))) {
        fprintf(stderr, "usage: make_data URL [LEADS]\n");
        return 2;
    }
    secret_init();
    catalogue_init();
    Bench bench = { .registry = registry_new(entity_modules, approval_subjects),
                    .today = clock_today(),
                    .now_us = clock_now_us(),
                    .size = size_of((guint) leads) };
    bench.categories = g_array_new(FALSE, FALSE, sizeof(gint64));
    bench.channels = g_array_new(FALSE, FALSE, sizeof(gint64));
    open_new(&bench, argv[1]);
    must(&bench, add_beginnings, &bench);
    g_autofree BenchTable *crm = bench_crm_tables(&bench);
    g_autofree BenchTable *lease = bench_lease_tables(&bench);
    for (const BenchTable *table = crm; table->entity; table++)
        load_table(&bench, table);
    for (const BenchTable *table = lease; table->entity; table++)
        load_table(&bench, table);
    must(&bench, analyse, &bench); /* PostgreSQL's own daemon would have done so by then */
    db_close(bench.db);
    registry_free(bench.registry);
    g_array_unref(bench.categories);
    g_array_unref(bench.channels);
    return 0;
}
