/* db.h - one interface to SQLite and PostgreSQL: connections in lanes, statements with named
 * parameters, one error enum. Knows SQL, knows nothing of entities or people.
 * Start at db_open() and db_run(). */
#pragma once
#include "base/day.h"
#include "base/error.h"

typedef enum { DIALECT_SQLITE, DIALECT_PG, DIALECT__N } Dialect;

/* READ borrows one of the read connections; WRITE enters the write lane; SLOW (reports, exports) has places of
 * its own and reads only. */
typedef enum { LANE_READ, LANE_WRITE, LANE_SLOW } Lane;

typedef struct Db Db;         /* an open database: connections, lanes */
typedef struct DbConn DbConn; /* one connection, inside a transaction that db_run() began */
typedef struct DbStmt DbStmt; /* a running statement; owned local */

typedef struct {
    guint readers;      /* read connections, default 4 */
    guint slow;         /* slow places, default 2 */
    guint batch_max;    /* SQLite: requests per COMMIT, default 64 */
    gint64 batch_us;    /* and at most this long, default 5000 */
    gboolean read_only; /* open for inspection */
} DbOptions;

/* Opens "path/to/file.db" or "postgresql://…". NULL @options: defaults. Refuses network file systems, a file held by another
 * server (lock file beside it), and names the remedy. */
Db *db_open(const char *url, const DbOptions *options, GError **error);
/* Ends the lanes after their running jobs and checkpoints. */
void db_close(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)
Dialect db_dialect(const Db *db);

/* A job runs in one transaction of @lane on a connection of its own thread's or the writer's. Returning FALSE
 * rolls everything back. On SQLite jobs of the write lane run one after another on the writer thread, each in a
 * savepoint, committed together; db_run() returns after the COMMIT that holds the job. */
typedef gboolean (*DbJob)(DbConn *conn, gpointer data, GError **error);
gboolean db_run(Db *db, Lane lane, DbJob job, gpointer data, GError **error);
Dialect db_conn_dialect(const DbConn *conn);
/* Runs after the transaction of @conn has committed (never after a rollback): wake-ups, cache drops. */
void db_after_commit(DbConn *conn, void (*fn)(gpointer), gpointer data, GDestroyNotify free_fn);

/* Prepares @sql (cached per connection). Parameters are written :name; the same text serves both engines. A
 * statement that begins "{{...}}" tokens: {{FOR_UPDATE}} is empty on SQLite. */
DbStmt *db_prepare(DbConn *conn, const char *sql, GError **error);
void db_stmt_free(DbStmt *stmt); /* resets and returns it to the cache */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbStmt, db_stmt_free)

/* Parameters by name without the colon; unknown names are our bug. Everything not bound is NULL. */
void db_bind_int(DbStmt *stmt, const char *name, gint64 value);
void db_bind_text(DbStmt *stmt, const char *name, const char *value); /* NULL binds NULL; copied */
void db_bind_day(DbStmt *stmt, const char *name, Day value);          /* DAY_NONE binds NULL */
void db_bind_bytes(DbStmt *stmt, const char *name, const void *data, gsize len);
void db_bind_null(DbStmt *stmt, const char *name);

/* Next row: TRUE with *row set; FALSE only with @error. *row FALSE at the end. */
gboolean db_step(DbStmt *stmt, gboolean *row, GError **error);
/* Runs to the end; the number of changed rows in *changed (may be NULL). */
gboolean db_exec_stmt(DbStmt *stmt, gint64 *changed, GError **error);
/* prepare + run without parameters, for DDL. */
gboolean db_exec(DbConn *conn, const char *sql, GError **error);

/* Columns of the current row, by index from 0. Text is borrowed until the next step. */
int db_columns(const DbStmt *stmt);
const char *db_column_name(const DbStmt *stmt, int col);
gboolean db_is_null(const DbStmt *stmt, int col);
gint64 db_int(const DbStmt *stmt, int col);
const char *db_text(const DbStmt *stmt, int col);
gsize db_text_len(const DbStmt *stmt, int col);
Day db_day(const DbStmt *stmt, int col); /* DAY_NONE for NULL */
const void *db_bytes(const DbStmt *stmt, int col, gsize *len);

/* Adds many rows quickly: @columns separated by commas. Bind with the db_bind_ functions by column name, then
 * db_batch_add; db_batch_finish sends what is left. Multi-row VALUES on both engines. */
typedef struct DbBatch DbBatch;
DbBatch *db_batch_new(DbConn *conn, const char *table, const char *const *columns);
void db_batch_int(DbBatch *batch, int col, gint64 value);
void db_batch_text(DbBatch *batch, int col, const char *value);
void db_batch_day(DbBatch *batch, int col, Day value);
gboolean db_batch_add(DbBatch *batch, GError **error);
gboolean db_batch_finish(DbBatch *batch, GError **error);
void db_batch_free(DbBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbBatch, db_batch_free)

/* What the engine said about the last failed statement, mapped to one enum for both. */
typedef enum {
    DB_OTHER,
    DB_UNIQUE,
    DB_FOREIGN_KEY,
    DB_CHECK,
    DB_NOT_NULL,
    DB_TYPE,
    DB_BUSY,
    DB_FULL,
    DB_IO,
    DB_READONLY,
    DB_UNKNOWN_OUTCOME, /* the COMMIT may or may not have happened; repeat with the same key */
} DbFault;
/* The fault behind an error that a db_ function set; errors carry CONFLICT (unique, foreign key), BUSY (busy, full,
 * unknown outcome) or INTERNAL with token "db.unique", "db.foreign_key", "db.busy", "db.full" … */
DbFault db_fault_of(const GError *error);
