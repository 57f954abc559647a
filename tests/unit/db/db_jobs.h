/* db_jobs.h - small jobs that the tests of the database layer share. testdb.c is compiled in, since
 * unit tests link their own floor only. */
#pragma once
#include "../../support/testdb.c"

static inline gboolean
job_exec(DbConn *conn, gpointer data, GError **error)
{
    return db_exec(conn, data, error);
}

static inline void
must_exec(Db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    db_run(db, LANE_WRITE, job_exec, (gpointer) sql, &error);
    g_assert_no_error(error);
}

typedef struct {
    const char *sql;
    gint64 value;
} Ask;

static inline gboolean
job_ask(DbConn *conn, gpointer data, GError **error)
{
    Ask *ask = data;
    g_autoptr(DbStmt) stmt = db_prepare(conn, ask->sql, error);
    gboolean row = FALSE;
    if (stmt == NULL || !db_step(stmt, &row, error))
        return FALSE;
    g_assert_true(row);
    ask->value = db_int(stmt, 0);
    return TRUE;
}

static inline gint64
ask_int(Db *db, const char *sql)
{
    Ask ask = { sql, -1 };
    g_autoptr(GError) error = NULL;
    db_run(db, LANE_READ, job_ask, &ask, &error);
    g_assert_no_error(error);
    return ask.value;
}

/* Runs @sql and gives the error it ends with. */
static inline GError *
error_of(Db *db, const char *sql)
{
    GError *error = NULL;
    g_assert_false(db_run(db, LANE_WRITE, job_exec, (gpointer) sql, &error));
    g_assert_nonnull(error);
    return error;
}

static inline Db *
with_table(Dialect dialect)
{
    Db *db = testdb_open(dialect);
    must_exec(
        db, "CREATE TABLE shop (id {{I64}} NOT NULL PRIMARY KEY, name TEXT, opened_on {{DATE}}, "
            "logo {{BYTES}},"
            " is_open {{BOOL}}, doc {{JSON}}, area_dm2 {{I64}} CHECK (area_dm2 >= 0)) {{STRICT}}");
    return db;
}
