/* driver.h - the inside of db/: connections, statements and what an engine must do for them.
 * Included only in this folder. */
#pragma once
#include "db/db.h"

typedef enum { BIND_NULL, BIND_INT, BIND_TEXT, BIND_BYTES } BindKind;

typedef struct {
    BindKind kind;
    gint64 number;
    const void *data; /* borrowed for the call */
    gsize len;
} BindValue;

/* What an engine does. Functions that take a GError return FALSE with it set. */
typedef struct {
    gboolean (*begin)(DbConn *conn, GError **error); /* connects first where needed */
    gboolean (*commit)(DbConn *conn, GError **error);
    void (*rollback)(DbConn *conn);
    gboolean (*exec)(DbConn *conn, const char *sql, GError **error); /* text without parameters */
    gboolean (*constraints_ok)(DbConn *conn,
                               GError **error); /* deferred ones, before the end of a job */
    gboolean (*set_limit)(DbConn *conn, gint64 limit_us, GError **error);
    void (*close)(DbConn *conn);

    gboolean (*prepare)(DbStmt *stmt, GError **error);
    gboolean (*describe)(DbStmt *stmt, GError **error);
    void (*finalize)(DbStmt *stmt);
    void (*rewind)(DbStmt *stmt); /* back to before the first step, bindings stay */
    void (*unbind)(DbStmt *stmt);
    void (*bind)(DbStmt *stmt, guint index, const BindValue *value); /* index from 0 */
    gboolean (*step)(DbStmt *stmt, gboolean *row, GError **error);
    gint64 (*changed)(DbStmt *stmt);

    int (*columns)(const DbStmt *stmt);
    const char *(*column_name)(const DbStmt *stmt, int col);
    gboolean (*is_null)(const DbStmt *stmt, int col);
    gint64 (*get_int)(const DbStmt *stmt, int col);
    const char *(*get_text)(const DbStmt *stmt, int col);
    gsize (*get_len)(const DbStmt *stmt, int col);
    const void *(*get_bytes)(const DbStmt *stmt, int col, gsize *len);
} Driver;

extern const Driver driver_sqlite;
extern const Driver driver_pg;

struct DbConn {
    Db *db;
    const Driver *driver;
    Lane lane;
    void *handle;       /* the engine's own: sqlite3 or PgConn */
    GHashTable *cache;  /* SQL text -> idle DbStmt */
    GQueue idle;        /* the same, least recently used first */
    GPtrArray *running; /* DbStmt handed out in the present job, borrowed */
    GArray *after;      /* AfterCommit of the present job */
    GError *failure;    /* first error of a statement in the present job: the transaction is lost */
    gboolean retry;     /* the engine says that the whole job may be repeated */
    gboolean lost;      /* nothing left to roll back: SQLite did it, or the connection is gone */
    gint64 limit_us;    /* time limit of the job (of a statement in the write lane); 0 is none */
    gint64 deadline_us; /* when it ends, g_get_monotonic_time(); 0 is never */
};

struct DbStmt {
    DbConn *conn;
    char *key;         /* text as given to db_prepare() */
    char *sql;         /* as sent to the engine */
    GPtrArray *params; /* names; the position is the number */
    void *handle;      /* sqlite3_stmt or PgStmt */
    gboolean started;
    gboolean done;
    gboolean stream;
    gboolean bad; /* a name was bound that the text does not have */
    GList link;   /* in conn->idle */
};

typedef struct {
    void (*fn)(gpointer);
    gpointer data;
    GDestroyNotify free_fn;
} AfterCommit;

typedef struct Pool Pool;
typedef struct Writer Writer;

struct Db {
    char *url;
    Dialect dialect;
    const Driver *driver;
    DbOptions options;
    Pool *pools[3]; /* by Lane; on SQLite none for WRITE */
    Writer *writer; /* SQLite only */
    int lock_fd;
    gboolean is_open; /* db_open() is through; constant from then on */
    GMutex stats_lock;
    DbStats stats;
    int fail_nth; /* atomic; statements left before the injected failure */
};

#define DB_READ_LIMIT_US (30 * G_USEC_PER_SEC)
#define DB_SLOW_LIMIT_US (600 * G_USEC_PER_SEC)
#define DB_WAIT_US (10 * G_USEC_PER_SEC)

/* fault.c: the words and the code of each fault. @detail is the engine's sentence; it is shown only
 * where the error is ours (INTERNAL). All return FALSE. */
gboolean fault_set(GError **error, DbFault fault, const char *detail);
gboolean fault_set_timeout(GError **error);
gboolean fault_set_unavailable(GError **error, const char *detail);
gboolean fault_set_closed(GError **error);
gboolean fault_set_injected(GError **error);

/* sqltext.c: tokens {{…}} to the dialect's words; transfer full. */
char *sqltext_expand(const char *sql, Dialect dialect, GError **error);
/* :name to ?n or $n; the names in order of number go to @names. transfer full. */
char *sqltext_rewrite(const char *sql, Dialect dialect, GPtrArray *names, GError **error);

/* conn.c */
DbConn *conn_new(Db *db, Lane lane);
void conn_free(DbConn *conn);
/* Clears what the former job left and starts the clock. */
void conn_begin_job(DbConn *conn);
/* Calls the job; FALSE also if it swallowed a failed statement or left deferred constraints broken.
 */
gboolean conn_call_job(DbConn *conn, DbJob job, gpointer data, GError **error);
/* Takes back statements that the job forgot. */
void conn_end_job(DbConn *conn);
/* The callbacks of the present job. transfer full. */
GArray *conn_take_after(DbConn *conn);
/* Frees @after, calling the functions first if @committed. */
void after_finish(GArray *after, gboolean committed);
/* FALSE with a copy of the failure if the transaction is lost already. */
gboolean conn_is_usable(DbConn *conn, GError **error);
/* Remembers @own as the failure of the transaction and hands it on. Always FALSE. */
gboolean conn_fail(DbConn *conn, GError *own, GError **error);
/* Passed before each statement: failpoints and the failing of the n-th. */
gboolean conn_before_statement(DbConn *conn, GError **error);
/* Frees all cached statements (after a lost connection). */
void conn_drop_cache(DbConn *conn);
/* When a statement that starts now must end; 0 is never. */
gint64 conn_deadline(const DbConn *conn);

/* statement.c */
void stmt_destroy(DbStmt *stmt);
void stmt_bind(DbStmt *stmt, guint index, const BindValue *value);

/* pool.c: connections of one lane, handed out first come, first served. */
Pool *pool_new(Db *db, Lane lane, guint size);
void pool_free(Pool *pool); /* waits for the connections that are out */
DbConn *pool_take(Pool *pool, GError **error);
void pool_give(Pool *pool, DbConn *conn);

/* writer.c: the one thread that writes to SQLite. */
Writer *writer_new(Db *db, DbConn *conn);
void writer_free(Writer *writer); /* after all queued jobs; checkpoints */
/* @alone: no other job in its transaction and foreign keys switched off, for migrations. */
gboolean writer_run(Writer *writer, DbJob job, gpointer data, gboolean alone, GError **error);
guint writer_queue(Writer *writer);

/* driver_sqlite.c */
gboolean sqlite_open(DbConn *conn, GError **error);
/* The checks of the whole file, for files that are not too big to wait for. */
gboolean sqlite_check(DbConn *conn, GError **error);
gboolean sqlite_foreign_keys(DbConn *conn, gboolean on, GError **error);
/* Frames in the log after the last COMMIT. */
int sqlite_wal_frames(const DbConn *conn);
/* TRUE if all frames are in the database now. @truncate waits shortly for readers. */
gboolean sqlite_checkpoint(DbConn *conn, gboolean truncate);
gboolean sqlite_has_io_error(const DbConn *conn);
gboolean sqlite_backup(Db *db, const char *path, GError **error);

/* place.c: where the file lies. */
/* The one true path, so that two names of a file give one lock. transfer full. */
char *place_resolve(const char *path);
gboolean place_check(const char *path, gboolean read_only, GError **error);
int place_lock(const char *path, GError **error); /* -1 on error */
void place_unlock(int fd);

/* driver_pg.c */
gboolean pg_check_server(DbConn *conn, gpointer data, GError **error);

/* db.c: a job of the write lane alone in its transaction and, on SQLite, with foreign keys switched
 * off. */
gboolean db_run_alone(Db *db, DbJob job, gpointer data, GError **error);
void db_note_commit(Db *db, guint jobs);
void db_note_wait(Db *db, Lane lane, gint64 us);
