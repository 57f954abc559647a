/* Lanes: many threads, one state per job, time limits. */
#include "db_jobs.h"

#define THREADS 64
#define WRITES 20

typedef struct {
    Db *db;
    gint64 id;
    int saved;
    int refused;
} Worker;

static gboolean
job_insert_id(DbConn *conn, gpointer data, GError **error)
{
    g_autoptr(DbStmt) stmt =
        db_prepare(conn, "INSERT INTO shop (id, name) VALUES (:id, :name)", error);
    if (stmt == NULL)
        return FALSE;
    db_bind_int(stmt, "id", *(gint64 *) data);
    db_bind_text(stmt, "name", "t");
    return db_exec_stmt(stmt, NULL, error);
}

/* Every fifth job repeats an id and so must fail, alone. */
static gpointer
work(gpointer data)
{
    Worker *worker = data;
    for (int i = 0; i < WRITES; i++) {
        g_autoptr(GError) error = NULL;
        gint64 id = worker->id * 1000 + (i % 5 == 4 ? 0 : i);
        if (db_run(worker->db, LANE_WRITE, job_insert_id, &id, &error)) {
            worker->saved++;
        } else {
            g_assert_cmpint(db_fault_of(error), ==, DB_UNIQUE);
            worker->refused++;
        }
    }
    return NULL;
}

static void
many_writers_each_saved_exactly_once(Dialect dialect)
{
    Db *db = with_table(dialect);
    Worker workers[THREADS];
    GThread *threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (Worker){ db, i + 1, 0, 0 };
        threads[i] = g_thread_new("worker", work, &workers[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        g_thread_join(threads[i]);
        g_assert_cmpint(workers[i].saved, ==, WRITES * 4 / 5);
        g_assert_cmpint(workers[i].refused, ==, WRITES / 5);
    }
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, THREADS * WRITES * 4 / 5);
    DbStats stats = db_stats(db);
    g_assert_cmpuint(stats.jobs[LANE_WRITE], ==, THREADS * WRITES + 1);
    g_assert_cmpuint(stats.failed[LANE_WRITE], ==, THREADS * WRITES / 5);
    g_assert_cmpuint(stats.queue, ==, 0);
    if (dialect == DIALECT_SQLITE) {
        g_assert_cmpuint(stats.batched, ==, THREADS * WRITES * 4 / 5 + 1);
        g_assert_cmpuint(stats.commits, <, stats.batched);
        g_assert_cmpuint(stats.batch_largest, >, 1);
    }
    g_test_message("%u commits of %u jobs, largest %u", (guint) stats.commits,
                   (guint) stats.batched, stats.batch_largest);
    testdb_close(db);
}

typedef struct {
    GMutex lock;
    GCond cond;
    gboolean inside;
    gboolean may_go;
} Gate;

static gboolean
job_hold(DbConn *conn, gpointer data, GError **error)
{
    Gate *gate = data;
    if (!db_exec(conn, "INSERT INTO shop (id) VALUES (100)", error))
        return FALSE;
    g_mutex_lock(&gate->lock);
    gate->inside = TRUE;
    g_cond_broadcast(&gate->cond);
    while (!gate->may_go)
        g_cond_wait(&gate->cond, &gate->lock);
    g_mutex_unlock(&gate->lock);
    return TRUE;
}

static gpointer
hold(gpointer data)
{
    gpointer *both = data;
    g_autoptr(GError) error = NULL;
    db_run(both[0], LANE_WRITE, job_hold, both[1], &error);
    g_assert_no_error(error);
    return NULL;
}

static void
readers_do_not_wait_for_a_writer(Dialect dialect)
{
    Db *db = with_table(dialect);
    Gate gate = { 0 };
    gpointer both[] = { db, &gate };
    g_mutex_init(&gate.lock);
    g_cond_init(&gate.cond);
    GThread *thread = g_thread_new("holder", hold, both);
    g_mutex_lock(&gate.lock);
    while (!gate.inside)
        g_cond_wait(&gate.cond, &gate.lock);
    g_mutex_unlock(&gate.lock);
    gint64 began = g_get_monotonic_time();
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 0);
    g_assert_cmpint(g_get_monotonic_time() - began, <, 2 * G_USEC_PER_SEC);
    g_mutex_lock(&gate.lock);
    gate.may_go = TRUE;
    g_cond_broadcast(&gate.cond);
    g_mutex_unlock(&gate.lock);
    g_thread_join(thread);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    g_mutex_clear(&gate.lock);
    g_cond_clear(&gate.cond);
    testdb_close(db);
}

static gboolean
job_two_counts(DbConn *conn, gpointer data, GError **error)
{
    gpointer *both = data;
    gint64 *counts = both[1];
    Ask ask = { "SELECT COUNT(*) FROM shop", 0 };
    if (!job_ask(conn, &ask, error))
        return FALSE;
    counts[0] = ask.value;
    must_exec(both[0], "INSERT INTO shop (id) VALUES (1)");
    if (!job_ask(conn, &ask, error))
        return FALSE;
    counts[1] = ask.value;
    return TRUE;
}

static void
a_read_job_sees_one_state(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    gint64 counts[2] = { -1, -1 };
    gpointer both[] = { db, counts };
    db_run(db, LANE_READ, job_two_counts, both, &error);
    g_assert_no_error(error);
    g_assert_cmpint(counts[0], ==, 0);
    g_assert_cmpint(counts[1], ==, 0);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    testdb_close(db);
}

static gboolean
job_endless(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    Ask ask = {
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)"
        " SELECT COUNT(*) FROM n",
        0
    };
    return db_set_limit(conn, 100 * 1000, error) && job_ask(conn, &ask, error);
}

static void
an_endless_read_is_stopped(Dialect dialect)
{
    Db *db = testdb_open(dialect);
    g_autoptr(GError) error = NULL;
    gint64 began = g_get_monotonic_time();
    g_assert_false(db_run(db, LANE_READ, job_endless, NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.timeout");
    g_assert_cmpint(db_fault_of(error), ==, DB_BUSY);
    g_assert_cmpint(g_get_monotonic_time() - began, <, 5 * G_USEC_PER_SEC);
    g_assert_cmpint(ask_int(db, "SELECT 1"), ==, 1);
    testdb_close(db);
}

static gboolean
job_shape(DbConn *conn, gpointer data, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(conn, "SELECT * FROM shop", error);
    if (stmt == NULL || !db_step(stmt, &row, error))
        return FALSE;
    *(int *) data = db_columns(stmt);
    return TRUE;
}

static void
statements_survive_a_new_column(Dialect dialect)
{
    DbOptions one = { .readers = 1 };
    Db *db = testdb_open_with(dialect, &one);
    g_autoptr(GError) error = NULL;
    int columns = 0;
    must_exec(db, "CREATE TABLE shop (id {{I64}} NOT NULL PRIMARY KEY) {{STRICT}}; INSERT INTO "
                  "shop (id) VALUES (1)");
    for (int i = 1; i <= 2; i++) {
        db_run(db, LANE_READ, job_shape, &columns, &error);
        g_assert_no_error(error);
        g_assert_cmpint(columns, ==, i);
        if (i == 1)
            must_exec(db, "ALTER TABLE shop ADD COLUMN name TEXT");
    }
    testdb_close(db);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/db/64-threads-of-writes-are-each-saved-exactly-once",
                many_writers_each_saved_exactly_once);
    testdb_each("/db/readers-do-not-wait-for-a-writer", readers_do_not_wait_for_a_writer);
    testdb_each("/db/a-read-job-sees-one-state", a_read_job_sees_one_state);
    testdb_each("/db/an-endless-read-is-stopped", an_endless_read_is_stopped);
    testdb_each("/db/statements-survive-a-new-column", statements_survive_a_new_column);
    return g_test_run();
}
