#include "base/failpoint.h"
#include "base/log.h"
#include "db/driver.h"

#include <glib/gstdio.h>
#include <string.h>

#define PG_WRITERS 4
#define TRIES 3

/* The database whose write job runs on this thread: such a job must not wait for another one. */
static GPrivate writing;

static void
set_options(Db *db, const DbOptions *options)
{
    if (options != NULL)
        db->options = *options;
    if (db->options.readers == 0)
        db->options.readers = 4;
    if (db->options.slow == 0)
        db->options.slow = 2;
    if (db->options.batch_max == 0)
        db->options.batch_max = 64;
    if (db->options.batch_us == 0)
        db->options.batch_us = 5000;
}

static gboolean
open_sqlite(Db *db, GError **error)
{
    if (!place_check(db->url, db->options.read_only, error))
        return FALSE;
    if (!db->options.read_only) {
        db->lock_fd = place_lock(db->url, error);
        if (db->lock_fd < 0)
            return FALSE;
    }
    DbConn *conn = conn_new(db, db->options.read_only ? LANE_READ : LANE_WRITE);
    if (!sqlite_open(conn, error) || !sqlite_check(conn, error)) {
        conn_free(conn);
        return FALSE;
    }
    if (db->options.read_only)
        conn_free(conn);
    else
        db->writer = writer_new(db, conn);
    return TRUE;
}

Db *
db_open(const char *url, const DbOptions *options, GError **error)
{
    Db *db = g_new0(Db, 1);
    gboolean pg = g_str_has_prefix(url, "postgresql://") || g_str_has_prefix(url, "postgres://");
    db->url = pg ? g_strdup(url) : place_resolve(url);
    db->dialect = pg ? DIALECT_PG : DIALECT_SQLITE;
    db->driver = pg ? &driver_pg : &driver_sqlite;
    db->lock_fd = -1;
    g_mutex_init(&db->stats_lock);
    set_options(db, options);
    db->pools[LANE_READ] = pool_new(db, LANE_READ, db->options.readers);
    db->pools[LANE_SLOW] = pool_new(db, LANE_SLOW, db->options.slow);
    if (pg && !db->options.read_only)
        db->pools[LANE_WRITE] = pool_new(db, LANE_WRITE, PG_WRITERS);
    gboolean ok = pg ? db_run(db, LANE_READ, pg_check_server, NULL, error) : open_sqlite(db, error);
    if (!ok) {
        db_close(db);
        return NULL;
    }
    db->is_open = TRUE;
    return db;
}

void
db_close(Db *db)
{
    if (db == NULL)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(db->pools); i++)
        pool_free(db->pools[i]);
    writer_free(db->writer);
    place_unlock(db->lock_fd);
    g_mutex_clear(&db->stats_lock);
    g_free(db->url);
    g_free(db);
}

Dialect
db_dialect(const Db *db)
{
    return db->dialect;
}

static gboolean
commit(DbConn *conn, GError **error)
{
    gboolean write = conn->lane == LANE_WRITE;
    if (write && FAILPOINT("db.before_commit"))
        return fault_set_injected(error);
    if (!conn->driver->commit(conn, error))
        return FALSE;
    if (write)
        db_note_commit(conn->db, 1);
    if (write && FAILPOINT("db.after_commit"))
        return fault_set(error, DB_UNKNOWN_OUTCOME, NULL);
    return TRUE;
}

/* One try of a job on @conn; @after gets its callbacks if it was committed. */
static gboolean
run_once(DbConn *conn, DbJob job, gpointer data, GArray **after, GError **error)
{
    conn_begin_job(conn);
    if (!conn->driver->begin(conn, error))
        return FALSE;
    gboolean ok = conn_call_job(conn, job, data, error);
    conn_end_job(conn);
    GArray *own = conn_take_after(conn);
    ok = ok && commit(conn, error);
    if (!ok)
        conn->driver->rollback(conn);
    if (ok)
        *after = own;
    else
        after_finish(own, FALSE);
    return ok;
}

static gboolean
run_on_pool(Db *db, Lane lane, DbJob job, gpointer data, GError **error)
{
    gint64 began = g_get_monotonic_time();
    DbConn *conn = pool_take(db->pools[lane], error);
    if (conn == NULL)
        return FALSE;
    db_note_wait(db, lane, g_get_monotonic_time() - began);
    GArray *after = NULL;
    gboolean ok = FALSE;
    for (guint try = 1; !ok; try++) {
        g_autoptr(GError) own = NULL;
        ok = run_once(conn, job, data, &after, &own);
        if (ok || !conn->retry || try == TRIES) {
            if (own != NULL)
                g_propagate_error(error, g_steal_pointer(&own));
            break;
        }
        log_line(LOG_DEBUG, "job is repeated: %s", own ? own->message : "?");
        g_mutex_lock(&db->stats_lock);
        db->stats.retries++;
        g_mutex_unlock(&db->stats_lock);
        /* Jitter, else the two of a deadlock meet again. */
        g_usleep((gulong) g_random_int_range(2000, 20000) * try);
    }
    pool_give(db->pools[lane], conn);
    after_finish(after, ok);
    return ok;
}

typedef struct {
    Db *db;
    DbJob job;
    gpointer data;
} Marked;

/* Marks the thread while the write job runs, wherever that is. */
static gboolean
run_marked(DbConn *conn, gpointer data, GError **error)
{
    Marked *marked = data;
    gpointer outer = g_private_get(&writing);
    g_private_set(&writing, marked->db);
    gboolean ok = marked->job(conn, marked->data, error);
    g_private_set(&writing, outer);
    return ok;
}

static gboolean
run_write(Db *db, DbJob job, gpointer data, gboolean alone, GError **error)
{
    Marked marked = { db, job, data };
    if (db->options.read_only)
        return fault_set(error, DB_READONLY, "opened for reading only");
    if (g_private_get(&writing) == db)
        return app_error_set(error, APP_ERROR_INTERNAL, "db.nested", "写事务不能嵌套",
                             "a write job was started inside a write job");
    if (db->writer != NULL)
        return writer_run(db->writer, run_marked, &marked, alone, error);
    return run_on_pool(db, LANE_WRITE, run_marked, &marked, error);
}

static gboolean
run_counted(Db *db, Lane lane, DbJob job, gpointer data, gboolean alone, GError **error)
{
    gint64 began = g_get_monotonic_time();
    gboolean ok = lane == LANE_WRITE ? run_write(db, job, data, alone, error)
                                     : run_on_pool(db, lane, job, data, error);
    g_mutex_lock(&db->stats_lock);
    db->stats.jobs[lane]++;
    db->stats.failed[lane] += ok ? 0 : 1;
    db->stats.total_us[lane] += g_get_monotonic_time() - began;
    g_mutex_unlock(&db->stats_lock);
    return ok;
}

gboolean
db_run(Db *db, Lane lane, DbJob job, gpointer data, GError **error)
{
    return run_counted(db, lane, job, data, FALSE, error);
}

gboolean
db_run_alone(Db *db, DbJob job, gpointer data, GError **error)
{
    return run_counted(db, LANE_WRITE, job, data, TRUE, error);
}

void
db_note_commit(Db *db, guint jobs)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&db->stats_lock);
    db->stats.commits++;
    db->stats.batched += jobs;
    db->stats.batch_largest = MAX(db->stats.batch_largest, jobs);
}

void
db_note_wait(Db *db, Lane lane, gint64 us)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&db->stats_lock);
    db->stats.wait_us[lane] += us;
}

DbStats
db_stats(Db *db)
{
    guint queue = db->writer ? writer_queue(db->writer) : 0;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&db->stats_lock);
    DbStats stats = db->stats;
    stats.queue = queue;
    return stats;
}

gint64
db_wal_bytes(Db *db)
{
    GStatBuf info;
    if (db->dialect != DIALECT_SQLITE)
        return 0;
    g_autofree char *name = g_strconcat(db->url, "-wal", NULL);
    return g_stat(name, &info) == 0 ? info.st_size : 0;
}

void
db_fail_nth_statement(Db *db, guint n)
{
    g_atomic_int_set(&db->fail_nth, (int) n);
}

gboolean
db_backup_to(Db *db, const char *path, GError **error)
{
    if (db->dialect == DIALECT_SQLITE)
        return sqlite_backup(db, path, error);
    return app_error_set(error, APP_ERROR_INVALID, "db.backup_pg",
                         "PostgreSQL 请用 pg_dump --format=custom 或 pgbackrest 备份",
                         "back PostgreSQL up with pg_dump --format=custom or pgbackrest");
}
