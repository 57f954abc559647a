#include "testdb.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *url;
    char *dir;  /* SQLite: holds the file and what lies beside it */
    char *name; /* PostgreSQL: database */
} Place;

/* Of Db to its Place; only the main thread of a test opens and closes. */
static GHashTable *places;

gboolean
testdb_has_pg(void)
{
    const char *url = g_getenv("LANTING_TEST_PG");
    return url != NULL && url[0] != '\0';
}

static void
pg_command(const char *sql)
{
    PGconn *pg = PQconnectdb(g_getenv("LANTING_TEST_PG"));
    if (PQstatus(pg) != CONNECTION_OK)
        g_error("LANTING_TEST_PG: %s", PQerrorMessage(pg));
    PGresult *result = PQexec(pg, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        g_error("%s: %s", sql, PQerrorMessage(pg));
    PQclear(result);
    PQfinish(pg);
}

static Place *
make_sqlite(const char *file)
{
    Place *place = g_new0(Place, 1);
    g_autoptr(GError) error = NULL;
    place->dir = g_dir_make_tmp("lanting-test-XXXXXX", &error);
    g_assert_no_error(error);
    place->url = g_build_filename(place->dir, file, NULL);
    return place;
}

static void
place_free(Place *place)
{
    g_free(place->url);
    g_free(place->dir);
    g_free(place->name);
    g_free(place);
}

static Place *
make_pg(const char *pattern)
{
    static int count;
    Place *place = g_new0(Place, 1);
    const char *server = g_getenv("LANTING_TEST_PG");
    const char *end = strrchr(server, '/');
    const char *query = strchr(server, '?');
    place->name = g_strdup_printf("t_%d_%d", (int) getpid(), g_atomic_int_add(&count, 1));
    place->url =
        g_strdup_printf("%.*s/%s%s", (int) (end - server), server, place->name, query ? query : "");
    g_autofree char *sql = g_strdup_printf(
        "CREATE DATABASE %s TEMPLATE %s ENCODING 'UTF8' LOCALE 'C.UTF-8'", place->name, pattern);
    pg_command(sql);
    return place;
}

static Place *
make_place(Dialect dialect, const char *file)
{
    return dialect == DIALECT_PG ? make_pg("template0") : make_sqlite(file);
}

static Db *
open_at(Place *place, const DbOptions *options)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open(place->url, options, &error);
    if (db == NULL)
        g_error("%s: %s", place->url, error->message);
    if (places == NULL)
        places = g_hash_table_new(NULL, NULL);
    g_hash_table_insert(places, db, place);
    return db;
}

Db *
testdb_open_with(Dialect dialect, const DbOptions *options)
{
    return open_at(make_place(dialect, "test.db"), options);
}

Db *
testdb_open(Dialect dialect)
{
    return testdb_open_with(dialect, NULL);
}

const char *
testdb_url(Db *db)
{
    const Place *place = g_hash_table_lookup(places, db);
    return place->url;
}

static void
remove_dir(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        g_unlink(file);
    }
    g_rmdir(path);
}

static void
remove_place(Place *place)
{
    if (place->name != NULL) {
        g_autofree char *sql = g_strdup_printf("DROP DATABASE %s WITH (FORCE)", place->name);
        pg_command(sql);
    } else {
        remove_dir(place->dir);
    }
    place_free(place);
}

void
testdb_close(Db *db)
{
    Place *place = g_hash_table_lookup(places, db);
    g_hash_table_remove(places, db);
    db_close(db);
    remove_place(place);
    if (g_hash_table_size(places) == 0)
        g_clear_pointer(&places, g_hash_table_unref);
}

Db *
testdb_reopen(Db *db)
{
    Place *place = g_hash_table_lookup(places, db);
    g_hash_table_remove(places, db);
    db_close(db);
    return open_at(place, NULL);
}

/* Databases that were filled once and are copied from; removed when the program ends. */
static GHashTable *patterns[DIALECT__N]; /* key -> Place */

static void
remove_patterns(void)
{
    for (int i = 0; i < DIALECT__N; i++) {
        GHashTableIter iter;
        gpointer place;
        g_hash_table_iter_init(&iter, patterns[i]);
        while (g_hash_table_iter_next(&iter, NULL, &place))
            remove_place(place);
        g_hash_table_unref(patterns[i]);
    }
}

static Place *
fill_pattern(Dialect dialect, TestdbFill fill, gpointer data)
{
    g_autoptr(GError) error = NULL;
    Place *place = make_place(dialect, "pattern.db");
    Db *db = db_open(place->url, NULL, &error);

    if (db == NULL || !fill(db, data, &error))
        g_error("%s: %s", place->url, error->message);
    db_close(db);
    return place;
}

static Place *
copy_place(Dialect dialect, const Place *pattern)
{
    if (dialect == DIALECT_PG)
        return make_pg(pattern->name);
    Place *place = make_sqlite("test.db");
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) from = g_file_new_for_path(pattern->url);
    g_autoptr(GFile) to = g_file_new_for_path(place->url);
    if (!g_file_copy(from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
        g_error("%s", error->message);
    return place;
}

Db *
testdb_open_filled(Dialect dialect, gconstpointer key, TestdbFill fill, gpointer data)
{
    if (patterns[0] == NULL) {
        for (int i = 0; i < DIALECT__N; i++)
            patterns[i] = g_hash_table_new(NULL, NULL);
        atexit(remove_patterns);
    }
    Place *pattern = g_hash_table_lookup(patterns[dialect], key);
    if (pattern == NULL) {
        pattern = fill_pattern(dialect, fill, data);
        g_hash_table_insert(patterns[dialect], (gpointer) key, pattern);
    }
    return open_at(copy_place(dialect, pattern), NULL);
}

typedef struct {
    void (*fn)(Dialect dialect);
    Dialect dialect;
} Case;

static void
run_case(gconstpointer data)
{
    const Case *one = data;
    if (one->dialect == DIALECT_PG && !testdb_has_pg()) {
        g_test_skip("LANTING_TEST_PG is not set");
        return;
    }
    one->fn(one->dialect);
}

void
testdb_each(const char *path, void (*fn)(Dialect dialect))
{
    static const char *const names[DIALECT__N] = { "sqlite", "postgresql" };
    for (int i = 0; i < DIALECT__N; i++) {
        g_autofree char *full = g_strdup_printf("%s/%s", path, names[i]);
        Case *one = g_new(Case, 1);
        *one = (Case){ fn, (Dialect) i };
        g_test_add_data_func_full(full, one, run_case, g_free);
    }
}
