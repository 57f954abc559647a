#include "db/migrate.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/driver.h"

#include <string.h>

/* Any number that no other program takes for its pg_advisory_xact_lock(). */
#define LOCK_KEY G_GINT64_CONSTANT(7310579624201)
/* Moving the rows of a big table may take long; nobody works meanwhile. */
#define STEP_LIMIT_US (4 * 3600 * (gint64) G_USEC_PER_SEC)

typedef struct {
    const char *app_version;
    const Migration *steps;
    const Migration *step; /* the one that runs */
    int version;           /* out: highest in the log */
} Run;

static char *
checksum(const Migration *step)
{
    /* Of a step in code the name is all there is to compare; its file is frozen by review. */
    g_autofree char *text =
        g_strdup_printf("%d\n%s\n%s", step->version, step->name, step->sql ? step->sql : "");
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

int
migrate_latest(void)
{
    int latest = 0;
    for (const Migration *step = migrations; step->version != 0; step++)
        latest = MAX(latest, step->version);
    return latest;
}

static const Migration *
find_step(const Migration *steps, gint64 version)
{
    for (const Migration *step = steps; step->version != 0; step++)
        if (step->version == version)
            return step;
    return NULL;
}

/* Locks out other servers and makes the log if there is none. On SQLite the write lane is the lock.
 */
static gboolean
open_log(DbConn *conn, GError **error)
{
    if (db_conn_dialect(conn) == DIALECT_PG) {
        g_autoptr(DbStmt) lock = db_prepare(conn, "SELECT pg_advisory_xact_lock(:key)", error);
        if (lock == NULL)
            return FALSE;
        db_bind_int(lock, "key", LOCK_KEY);
        if (!db_exec_stmt(lock, NULL, error))
            return FALSE;
    }
    return db_exec(conn,
                   "CREATE TABLE IF NOT EXISTS schema_log ("
                   " version {{I64}} NOT NULL PRIMARY KEY,"
                   " name TEXT NOT NULL,"
                   " sha TEXT NOT NULL,"
                   " app_version TEXT NOT NULL,"
                   " at {{I64}} NOT NULL," /* microseconds UTC */
                   " ms {{I64}} NOT NULL,"
                   " optional {{BOOL}} NOT NULL" /* an older program can live without it */
                   ") {{STRICT}}",
                   error);
}

/* @applied: TRUE if the step is in the log; its checksum must be ours. */
static gboolean
find_in_log(DbConn *conn, const Migration *step, gboolean *applied, GError **error)
{
    g_autofree char *sha = checksum(step);
    g_autoptr(DbStmt) stmt =
        db_prepare(conn, "SELECT sha FROM schema_log WHERE version = :version", error);
    if (stmt == NULL)
        return FALSE;
    db_bind_int(stmt, "version", step->version);
    if (!db_step(stmt, applied, error))
        return FALSE;
    if (*applied && strcmp(db_text(stmt, 0), sha) != 0)
        return app_error_set(error, APP_ERROR_INTERNAL, "db.migration_changed",
                             "升级步骤 %d（%s）与数据库中已执行的不一致；请使用原版程序",
                             "migration %d (%s) differs from the one this database has had; use "
                             "the original program",
                             step->version, step->name);
    return TRUE;
}

/* Reads the version and refuses what this program does not know. */
static gboolean
read_log(DbConn *conn, gpointer data, GError **error)
{
    Run *run = data;
    run->version = 0;
    if (!open_log(conn, error))
        return FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(
        conn, "SELECT version, optional, app_version FROM schema_log ORDER BY version", error);
    gboolean row = TRUE;
    while (stmt != NULL && db_step(stmt, &row, error) && row) {
        run->version = (int) db_int(stmt, 0);
        if (find_step(run->steps, run->version) == NULL && db_int(stmt, 1) == 0)
            return app_error_set(error, APP_ERROR_CONFLICT, "db.newer",
                                 "数据库已升级到第 %d 版（程序 %s），比本程序新；请使用新版程序",
                                 "the database is at version %d (program %s), newer than this "
                                 "program; use the newer one",
                                 run->version, db_text(stmt, 2));
    }
    return stmt != NULL && !row;
}

int
migrate_version(Db *db, GError **error)
{
    Run run = { .steps = migrations };
    g_autoptr(GError) own = NULL;
    if (db_run(db, LANE_WRITE, read_log, &run, &own))
        return run.version;
    /* A newer database has a version all the same; migrate_run() is what refuses it. */
    if (strcmp(app_error_token(own), "db.newer") == 0)
        return run.version;
    g_propagate_error(error, g_steal_pointer(&own));
    return -1;
}

static gboolean
write_log(DbConn *conn, const Migration *step, const char *app_version, gint64 ms, GError **error)
{
    g_autofree char *sha = checksum(step);
    g_autoptr(DbStmt) stmt =
        db_prepare(conn,
                   "INSERT INTO schema_log (version, name, sha, app_version, at, ms, optional)"
                   " VALUES (:version, :name, :sha, :app_version, :at, :ms, :optional)",
                   error);
    if (stmt == NULL)
        return FALSE;
    db_bind_int(stmt, "version", step->version);
    db_bind_text(stmt, "name", step->name);
    db_bind_text(stmt, "sha", sha);
    db_bind_text(stmt, "app_version", app_version);
    db_bind_int(stmt, "at", clock_now_us());
    db_bind_int(stmt, "ms", ms);
    db_bind_int(stmt, "optional", step->optional ? 1 : 0);
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
migrate_stamp_in(DbConn *conn, const char *app_version, GError **error)
{
    if (!open_log(conn, error))
        return FALSE;
    for (const Migration *step = migrations; step->version != 0; step++) {
        gboolean applied = FALSE;
        if (!find_in_log(conn, step, &applied, error))
            return FALSE;
        if (!applied && !write_log(conn, step, app_version, 0, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
stamp_job(DbConn *conn, gpointer data, GError **error)
{
    return migrate_stamp_in(conn, data, error);
}

gboolean
migrate_stamp(Db *db, const char *app_version, GError **error)
{
    return db_run(db, LANE_WRITE, stamp_job, (gpointer) app_version, error);
}

/* The step ran with foreign keys off on SQLite, so that tables can be rebuilt: now all of them must
 * hold. */
static gboolean
check_references(DbConn *conn, const Migration *step, GError **error)
{
    if (db_conn_dialect(conn) != DIALECT_SQLITE)
        return TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(conn, "PRAGMA foreign_key_check", error);
    gboolean orphan = FALSE;
    if (stmt == NULL || !db_step(stmt, &orphan, error))
        return FALSE;
    if (orphan)
        return app_error_set(error, APP_ERROR_INTERNAL, "db.foreign_key",
                             "升级步骤 %d 之后，表 %s 引用的记录不存在",
                             "after migration %d table %s refers to records that are not there",
                             step->version, db_text(stmt, 0));
    return TRUE;
}

/* One step in one transaction; the log is read again under the lock. */
static gboolean
step_job(DbConn *conn, gpointer data, GError **error)
{
    const Run *run = data;
    const Migration *step = run->step;
    gboolean applied = FALSE;
    gint64 began = clock_mono_us();
    if (!db_set_limit(conn, STEP_LIMIT_US, error) || !open_log(conn, error)
        || !find_in_log(conn, step, &applied, error))
        return FALSE;
    if (applied)
        return TRUE;
    if (step->sql != NULL && !db_exec(conn, step->sql, error))
        return FALSE;
    if (step->fn != NULL && !step->fn(conn, error))
        return FALSE;
    if (!check_references(conn, step, error))
        return FALSE;
    gint64 ms = (clock_mono_us() - began) / 1000;
    log_line(LOG_INFO, "migration %d %s: %" G_GINT64_FORMAT " ms", step->version, step->name, ms);
    return write_log(conn, step, run->app_version, ms, error);
}

gboolean
migrate_steps(Db *db, const Migration *steps, const char *app_version, GError **error)
{
    Run run = { .app_version = app_version, .steps = steps };
    if (!db_run(db, LANE_WRITE, read_log, &run, error))
        return FALSE;
    for (run.step = steps; run.step->version != 0; run.step++)
        if (!db_run_alone(db, step_job, &run, error))
            return FALSE;
    return TRUE;
}

gboolean
migrate_run(Db *db, const char *app_version, GError **error)
{
    return migrate_steps(db, migrations, app_version, error);
}
