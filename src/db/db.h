/* db.h - one interface to SQLite and PostgreSQL: connections in lanes, statements with named
 * parameters, one error enum. Knows SQL, knows nothing of entities or people.
 * Start at db_open() and db_run(). */
#pragma once
#include "base/day.h"
#include "base/error.h"

typedef enum { DIALECT_SQLITE, DIALECT_PG, DIALECT__N } Dialect;

/* READ borrows one of the read connections; WRITE enters the write lane; SLOW (reports, exports)
 * has places of its own and reads only. */
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

/* Opens "path/to/file.db" or "postgresql://…". NULL @options and members that are 0: defaults.
 * Refuses, naming the remedy: "db.network_fs", a file held by another server "db.in_use" (lock file
 * beside it), "db.readonly", "db.not_a_database", "db.damaged", a PostgreSQL that does not answer
 * "db.unavailable" or is not UTF-8 "db.encoding". transfer full. */
Db *db_open(const char *url, const DbOptions *options, GError **error);
/* Ends the lanes after their running jobs and checkpoints. */
void db_close(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)
Dialect db_dialect(const Db *db);

/* A job runs in one transaction of @lane on a connection that nobody else uses meanwhile. Returning
 * FALSE rolls everything back; so does any statement that failed, even if the job then returns
 * TRUE. On SQLite jobs of the write lane run one after another on the writer thread, each in a
 * savepoint, committed together; db_run() returns after the COMMIT that holds the job. On
 * PostgreSQL a job is repeated, at most three times in all, after a serialisation failure, a
 * deadlock or a connection lost before COMMIT: so a job must be repeatable, that is set its outputs
 * anew each time and do nothing outside the database (db_after_commit() is for that). Time limits:
 * READ 30 s, SLOW 600 s; on PostgreSQL each statement of a WRITE job 30 s. Waits at most 10 s for a
 * connection, then BUSY. A WRITE job must not call db_run(LANE_WRITE) itself. */
typedef gboolean (*DbJob)(DbConn *conn, gpointer data, GError **error);
gboolean db_run(Db *db, Lane lane, DbJob job, gpointer data, GError **error);
Dialect db_conn_dialect(const DbConn *conn);
/* Runs after the transaction of @conn has committed (never after a rollback): wake-ups, cache
 * drops. Called in order on the thread that called db_run(), before that returns; @free_fn(@data)
 * follows in any case. */
void db_after_commit(DbConn *conn, void (*fn)(gpointer), gpointer data, GDestroyNotify free_fn);
/* Runs @part in a savepoint of the running job: if it fails, only its own work is undone and the
 * job may go on. */
gboolean db_try(DbConn *conn, DbJob part, gpointer data, GError **error);
/* Gives the running job another time limit, counted from now: migrations, big imports. */
gboolean db_set_limit(DbConn *conn, gint64 limit_us, GError **error);

/* Lets SQLite look at samples of all tables, some hundredths of a second whatever their size: without that it takes the property
 * of a row for as telling as its merchant. In a WRITE job, daily and after many rows were added. PostgreSQL does so by itself. */
gboolean db_analyse(DbConn *conn, GError **error);

/* Prepares @sql, one statement (cached per connection). Parameters are written :name; the same text
 * serves both engines; "::", "?" and "$1" are refused. Tokens: {{I64}} {{BOOL}} {{DATE}} {{JSON}}
 * {{BYTES}} {{STRICT}} are types and the table suffix of the dialect (BOOL, DATE and JSON bring a
 * CHECK on the column named before them where the engine needs one), {{FOR_UPDATE}} and
 * {{SKIP_LOCKED}} are empty on SQLite. */
DbStmt *db_prepare(DbConn *conn, const char *sql, GError **error);
/* Lets the engine check the statement now and makes db_columns() and db_column_name() answer
 * without running it (PostgreSQL else looks at a statement when it runs). For tests over all
 * statements. */
gboolean db_stmt_describe(DbStmt *stmt, GError **error);
/* Before the first step: rows come one by one instead of being fetched at once, for exports. On
 * PostgreSQL no other statement may run on the connection until the end of this one. */
void db_stmt_stream(DbStmt *stmt);
void db_stmt_free(DbStmt *stmt); /* resets and returns it to the cache */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbStmt, db_stmt_free)

/* Parameters by name without the colon; unknown names are our bug (the next step fails). Everything
 * not bound is NULL. Binding after a run begins a new run, in which parameters not bound again keep
 * their values. */
void db_bind_int(DbStmt *stmt, const char *name, gint64 value);
void db_bind_text(DbStmt *stmt, const char *name, const char *value); /* NULL binds NULL; copied */
void db_bind_day(DbStmt *stmt, const char *name, Day value);          /* DAY_NONE binds NULL */
void db_bind_bytes(DbStmt *stmt, const char *name, const void *data, gsize len);
void db_bind_null(DbStmt *stmt, const char *name);

/* Next row: TRUE with *row set; FALSE only with @error. *row FALSE at the end. */
gboolean db_step(DbStmt *stmt, gboolean *row, GError **error);
/* For loops: TRUE while there is a row. Afterwards *ok says whether the end was reached without an
 * error: while (db_each(stmt, &ok, error)) { … }   if (!ok) return FALSE; */
static inline gboolean
db_each(DbStmt *stmt, gboolean *ok, GError **error)
{
    gboolean row = FALSE;

    *ok = db_step(stmt, &row, error);
    return *ok && row;
}
/* Whether the statement has a parameter of this name. */
gboolean db_has_param(const DbStmt *stmt, const char *name);
/* Runs to the end; the number of changed rows in *changed (may be NULL). */
gboolean db_exec_stmt(DbStmt *stmt, gint64 *changed, GError **error);
/* Runs statements without parameters, for DDL; several are separated by semicolons. */
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

/* Adds many rows quickly by multi-row VALUES on both engines: @columns ends with NULL. Set the
 * columns of a row by index (not set: NULL), then db_batch_add; db_batch_finish sends what is left.
 */
typedef struct DbBatch DbBatch;
DbBatch *db_batch_new(DbConn *conn, const char *table, const char *const *columns);
void db_batch_int(DbBatch *batch, int col, gint64 value);
void db_batch_text(DbBatch *batch, int col, const char *value);
void db_batch_day(DbBatch *batch, int col, Day value);
void db_batch_bytes(DbBatch *batch, int col, const void *data, gsize len);
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
/* The fault behind an error that a db_ function set; errors carry CONFLICT (unique, foreign key),
 * BUSY (busy, full, unknown outcome) or INTERNAL with token "db.unique", "db.foreign_key",
 * "db.busy", "db.full" … */
DbFault db_fault_of(const GError *error);

/* Writes a checked copy to @path, which must not exist: VACUUM INTO beside it, integrity_check and
 * foreign_key_check of the copy, fsync, rename. Other jobs go on meanwhile. On PostgreSQL an error
 * that names pg_dump. */
gboolean db_backup_to(Db *db, const char *path, GError **error);
/* Bytes of the write-ahead log; 0 on PostgreSQL. */
gint64 db_wal_bytes(Db *db);

/* Counted since db_open(), for metrics. Arrays are indexed by Lane. */
typedef struct {
    guint64 jobs[3];    /* ended, well or not */
    guint64 failed[3];  /* of them, ended with FALSE */
    gint64 total_us[3]; /* from db_run() to its return */
    gint64 wait_us[3];  /* of it, waiting for a connection or the writer */
    guint64 commits;    /* COMMITs of the write lane */
    guint64 batched;    /* jobs in them: batched / commits is the mean batch */
    guint batch_largest;
    guint queue;     /* jobs waiting for the SQLite writer now */
    guint64 retries; /* repeated jobs, PostgreSQL */
    guint64 checkpoints;
} DbStats;
DbStats db_stats(Db *db);

/* Test hook: the @n-th statement from now, of any job, fails with INTERNAL "db.injected"; 0
 * switches it off. */
void db_fail_nth_statement(Db *db, guint n);
