/* bare_list.c - the floor under a list over HTTP: its very statement, prepared once and stepped in a loop, every column read.
 * bare_list URL ENTITY [COUNT]: prints the mean microseconds of one run (of the processor; with PostgreSQL by the clock), rows and columns. */
#include "base/clock.h"
#include "base/secret.h"
#include "db/catalogue.h"
#include "domain/entities.h"
#include "store/list.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PAGE_ROWS = 50, OWN_COLUMNS = 7, WARM_UP = 200 };

typedef struct {
    Registry *registry;
    const char *entity;
    guint64 count;
    gint64 rows, bytes, us;
    int columns;
} Bare;

static void
read_row(const EntityDef *def, const DbStmt *stmt, Bare *bare)
{
    int col = 0;

    for (; col < OWN_COLUMNS; col++)
        bare->bytes += db_int(stmt, col) & 1;
    for (guint i = 0; i < def->n_fields; i++, col++) {
        const FieldDef *f = &def->fields[i];
        if (field_is_text(f) || f->type == FT_DAY)
            bare->bytes += (gint64) db_text_len(stmt, col);
        else if (!db_is_null(stmt, col))
            bare->bytes += db_int(stmt, col) & 1;
    }
    for (; col < db_columns(stmt); col++)
        bare->bytes += (gint64) db_text_len(stmt, col);
    bare->rows++;
}

/* Processor time, as the server's is measured: other people's work on the machine does not count. */
static gint64
cpu_us(void)
{
    struct timespec used;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static gboolean
first_property(DbConn *conn, gint64 *id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(conn, "SELECT id FROM property ORDER BY id LIMIT 1", error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    *id = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

static gboolean
run(DbConn *conn, gpointer data, GError **error)
{
    Bare *bare = data;
    Ctx ctx = {
        .db = conn, .registry = bare->registry, .today = clock_today(), .now_us = clock_now_us()
    };
    g_autoptr(ListQuery) query = list_query_new(registry_def(bare->registry, bare->entity));

    if (!first_property(conn, &ctx.property_id, error)
        || !list_query_param(query, "limit", "50", error))
        return FALSE;
    gboolean sqlite = db_conn_dialect(conn) == DIALECT_SQLITE;
    g_autofree char *sql = list_sql(&ctx, query);
    gint64 begin = 0;
    for (guint64 i = 0; i < bare->count + WARM_UP; i++) {
        gboolean ok = TRUE;
        g_autoptr(DbStmt) stmt = db_prepare(conn, sql, error);
        if (i == WARM_UP) {
            begin = sqlite ? cpu_us() : clock_mono_us();
            bare->rows = 0;
        }
        if (!stmt)
            return FALSE;
        if (!list_bind(&ctx, query, PAGE_ROWS + 1, stmt, error))
            return FALSE;
        while (db_each(stmt, &ok, error))
            read_row(query->def, stmt, bare);
        if (!ok)
            return FALSE;
        bare->columns = db_columns(stmt);
    }
    bare->us = (sqlite ? cpu_us() : clock_mono_us()) - begin;
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Bare bare = { .count = 2000 };
    const DbOptions options = { .read_only = TRUE };

    if (argc < 3
        || (argc > 3 && !g_ascii_string_to_unsigned(argv[3], 10, 1, 1000000, &bare.count, NULL))) {
        fprintf(stderr, "usage: bare_list URL ENTITY [COUNT]\n");
        return 2;
    }
    secret_init();
    catalogue_init();
    bare.registry = registry_new(entity_modules, approval_subjects);
    bare.entity = argv[2];
    g_autoptr(Db) db = db_open(argv[1], &options, &error);
    if (!db || !db_run(db, LANE_SLOW, run, &bare, &error)) {
        fprintf(stderr, "bare_list: %s\n", error->message);
        return 1;
    }
    printf("%.1f us %.1f rows %d columns\n", (double) bare.us / (double) bare.count,
           (double) bare.rows / (double) bare.count, bare.columns);
    registry_free(bare.registry);
    return 0;
}
