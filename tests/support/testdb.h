/* testdb.h - a fresh, empty database for one test, on either engine. PostgreSQL is found by the
 * environment variable LANTING_TEST_PG (see pg_cluster.sh); without it those tests are skipped.
 * Tests in tests/unit/db/ link only lt_db and so include testdb.c itself. */
#pragma once
#include "db/db.h"

/* Aborts the test program if that fails. */
Db *testdb_open(Dialect dialect);
Db *testdb_open_with(Dialect dialect, const DbOptions *options);
/* A database that @fill has filled: it runs once for each @key and engine, and what it made is copied. */
typedef gboolean (*TestdbFill)(Db *db, gpointer data, GError **error);
Db *testdb_open_filled(Dialect dialect, gconstpointer key, TestdbFill fill, gpointer data);
/* What db_open() would take to open the same database again. transfer none. */
const char *testdb_url(Db *db);
/* Closes @db and removes the database. */
void testdb_close(Db *db);
/* Closes @db and opens the same database anew. */
Db *testdb_reopen(Db *db);
/* TRUE if a PostgreSQL is there. */
gboolean testdb_has_pg(void);
/* Registers @fn as "<path>/sqlite" and "<path>/postgresql"; the latter reports "skipped" where
 * there is no server. */
void testdb_each(const char *path, void (*fn)(Dialect dialect));
