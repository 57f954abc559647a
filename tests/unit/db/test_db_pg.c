/* What only PostgreSQL can do wrong. */
#include "db_jobs.h"

typedef struct {
    Db *db;
    gint64 first;
    gint64 second;
    int *inside; /* both have their first row before either asks for its second */
    gint tries;
} Cross;

static gboolean
update_shop(DbConn *conn, gint64 id, GError **error)
{
    g_autoptr(DbStmt) stmt =
        db_prepare(conn, "UPDATE shop SET area_dm2 = area_dm2 + 1 WHERE id = :id", error);
    if (stmt == NULL)
        return FALSE;
    db_bind_int(stmt, "id", id);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
job_cross(DbConn *conn, gpointer data, GError **error)
{
    Cross *cross = data;
    cross->tries++;
    if (!update_shop(conn, cross->first, error))
        return FALSE;
    g_atomic_int_inc(cross->inside);
    for (int i = 0; i < 500 && g_atomic_int_get(cross->inside) < 2; i++)
        g_usleep(2000);
    return update_shop(conn, cross->second, error);
}

static gpointer
run_cross(gpointer data)
{
    Cross *cross = data;
    g_autoptr(GError) error = NULL;
    db_run(cross->db, LANE_WRITE, job_cross, cross, &error);
    g_assert_no_error(error);
    return NULL;
}

static void
a_deadlock_is_repeated(void)
{
    if (!testdb_has_pg()) {
        g_test_skip("LANTING_TEST_PG is not set");
        return;
    }
    Db *db = with_table(DIALECT_PG);
    must_exec(db, "INSERT INTO shop (id, area_dm2) VALUES (1, 0), (2, 0)");
    int inside = 0;
    Cross one = { db, 1, 2, &inside, 0 };
    Cross two = { db, 2, 1, &inside, 0 };
    GThread *thread = g_thread_new("cross", run_cross, &one);
    run_cross(&two);
    g_thread_join(thread);
    g_assert_cmpint(one.tries + two.tries, ==, 3);
    g_assert_cmpuint(db_stats(db).retries, ==, 1);
    g_assert_cmpint(ask_int(db, "SELECT CAST(SUM(area_dm2) AS BIGINT) FROM shop"), ==, 4);
    testdb_close(db);
}

static gboolean
job_kill_own_session(DbConn *conn, gpointer data, GError **error)
{
    int *tries = data;
    if (++*tries == 1)
        return db_exec(conn, "SELECT pg_terminate_backend(pg_backend_pid())", error);
    return db_exec(conn, "INSERT INTO shop (id) VALUES (1)", error);
}

static void
a_lost_connection_is_made_anew(void)
{
    if (!testdb_has_pg()) {
        g_test_skip("LANTING_TEST_PG is not set");
        return;
    }
    Db *db = with_table(DIALECT_PG);
    g_autoptr(GError) error = NULL;
    int tries = 0;
    db_run(db, LANE_WRITE, job_kill_own_session, &tries, &error);
    g_assert_no_error(error);
    g_assert_cmpint(tries, ==, 2);
    /* All sessions die while idle. */
    pg_command("DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity"
               " WHERE application_name = 'lanting'; END $$");
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    must_exec(db, "INSERT INTO shop (id) VALUES (2)");
    testdb_close(db);
}

static void
a_server_that_is_not_there_is_named(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(db_open("postgresql://postgres@127.0.0.1:1/none", NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.unavailable");
    g_assert_true(app_error_is(error, APP_ERROR_BUSY));
}

static void
a_backup_of_postgresql_names_the_tool(void)
{
    if (!testdb_has_pg()) {
        g_test_skip("LANTING_TEST_PG is not set");
        return;
    }
    Db *db = testdb_open(DIALECT_PG);
    g_autoptr(GError) error = NULL;
    g_assert_false(db_backup_to(db, "/tmp/never", &error));
    g_assert_nonnull(strstr(app_error_text(error, LANG_ZH), "pg_dump"));
    testdb_close(db);
}

static void
must_not_run(gpointer data G_GNUC_UNUSED)
{
    g_assert_not_reached();
}

static gboolean
job_commit_slowly(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    db_after_commit(conn, must_not_run, g_strdup("freed all the same"), g_free);
    return db_exec(conn, "SET LOCAL synchronous_commit=on; INSERT INTO shop (id) VALUES (1)",
                   error);
}

static gpointer
commit_slowly(gpointer db)
{
    GError *error = NULL;
    g_assert_false(db_run(db, LANE_WRITE, job_commit_slowly, NULL, &error));
    return error;
}

/* The test cluster waits for a standby that does not exist, for those who ask for it. */
static void
a_commit_that_gave_up_its_standby_is_unknown(void)
{
    if (!testdb_has_pg()) {
        g_test_skip("LANTING_TEST_PG is not set");
        return;
    }
    Db *db = with_table(DIALECT_PG);
    GThread *thread = g_thread_new("commit", commit_slowly, db);
    for (int i = 0; i < 500; i++) {
        gint64 n = ask_int(
            db, "SELECT COUNT(CASE WHEN pg_cancel_backend(pid) THEN 1 END) FROM pg_stat_activity"
                " WHERE wait_event = 'SyncRep' AND datname = current_database()");
        if (n > 0)
            break;
        g_usleep(10000);
    }
    g_autoptr(GError) error = g_thread_join(thread);
    g_assert_cmpint(db_fault_of(error), ==, DB_UNKNOWN_OUTCOME);
    g_assert_true(app_error_is(error, APP_ERROR_BUSY));
    must_exec(db, "INSERT INTO shop (id) VALUES (2)");
    testdb_close(db);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/db/postgresql/a-deadlock-is-repeated", a_deadlock_is_repeated);
    g_test_add_func("/db/postgresql/a-lost-connection-is-made-anew",
                    a_lost_connection_is_made_anew);
    g_test_add_func("/db/postgresql/a-server-that-is-not-there-is-named",
                    a_server_that_is_not_there_is_named);
    g_test_add_func("/db/postgresql/a-backup-names-the-tool",
                    a_backup_of_postgresql_names_the_tool);
    g_test_add_func("/db/postgresql/a-commit-that-gave-up-its-standby-is-unknown",
                    a_commit_that_gave_up_its_standby_is_unknown);
    return g_test_run();
}
