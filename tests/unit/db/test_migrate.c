/* The driver of the migrations, with steps of its own. */
#include "db/migrate.h"
#include "db_jobs.h"

static gboolean
move_data(DbConn *conn, GError **error)
{
    return db_exec(conn, "UPDATE shop SET name = 'moved' WHERE id = 1", error);
}

static gboolean
fail_halfway(DbConn *conn, GError **error)
{
    if (!db_exec(conn, "INSERT INTO shop (id, name) VALUES (99, 'half')", error))
        return FALSE;
    return app_error_set(error, APP_ERROR_INTERNAL, "test.halfway", "中断", "halfway");
}

static const Migration steps[] = {
    { .version = 1, .name = "initial" },
    { .version = 2,
      .name = "shop",
      .sql = "CREATE TABLE shop (id {{I64}} NOT NULL PRIMARY KEY, name TEXT, doc {{JSON}}) "
             "{{STRICT}};\n"
             "CREATE TABLE lease (id {{I64}} NOT NULL PRIMARY KEY, shop_id {{I64}} NOT NULL "
             "REFERENCES shop (id))"
             " {{STRICT}};\n"
             "INSERT INTO shop (id, name) VALUES (1, 'a');\n"
             "INSERT INTO lease (id, shop_id) VALUES (1, 1)" },
    { .version = 3, .name = "move", .fn = move_data },
    { .version = 4,
      .name = "index",
      .sql = "CREATE INDEX shop_name ON shop (name)",
      .optional = TRUE },
    { .version = 0 },
};

static void
missing_steps_run_once(Dialect dialect)
{
    Db *db = testdb_open(dialect);
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(migrate_version(db, &error), ==, 0);
    for (int i = 0; i < 2; i++) {
        g_assert_true(migrate_steps(db, steps, "1.0", &error));
        g_assert_no_error(error);
        g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE name = 'moved'"), ==, 1);
        g_assert_cmpint(
            ask_int(
                db,
                "SELECT COUNT(*) FROM schema_log WHERE app_version = '1.0' AND length(sha) = 64"),
            ==, 4);
    }
    testdb_close(db);
}

static void
a_failed_step_leaves_no_trace(Dialect dialect)
{
    Migration broken[G_N_ELEMENTS(steps)];
    Db *db = testdb_open(dialect);
    g_autoptr(GError) error = NULL;
    memcpy(broken, steps, sizeof steps);
    broken[2].fn = fail_halfway;
    g_assert_false(migrate_steps(db, broken, "1.0", &error));
    g_assert_cmpstr(app_error_token(error), ==, "test.halfway");
    g_clear_error(&error);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    g_assert_cmpint(ask_int(db, "SELECT MAX(version) FROM schema_log"), ==, 2);
    /* The repaired program goes on where it stopped. */
    g_assert_true(migrate_steps(db, steps, "1.1", &error));
    g_assert_cmpint(ask_int(db, "SELECT MAX(version) FROM schema_log"), ==, 4);
    testdb_close(db);
}

static void
every_failing_statement_can_be_repeated(Dialect dialect)
{
    for (guint n = 1; n < 60; n++) {
        Db *db = testdb_open(dialect);
        g_autoptr(GError) error = NULL;
        db_fail_nth_statement(db, n);
        gboolean ok = migrate_steps(db, steps, "1.0", &error);
        db_fail_nth_statement(db, 0);
        if (!ok) {
            g_assert_cmpstr(app_error_token(error), ==, "db.injected");
            g_clear_error(&error);
            g_assert_true(migrate_steps(db, steps, "1.0", &error));
            g_assert_no_error(error);
        }
        g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM schema_log"), ==, 4);
        g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
        testdb_close(db);
        if (ok)
            return;
    }
    g_assert_not_reached();
}

static void
a_changed_step_is_refused(Dialect dialect)
{
    Migration changed[G_N_ELEMENTS(steps)];
    Db *db = testdb_open(dialect);
    g_autoptr(GError) error = NULL;
    memcpy(changed, steps, sizeof steps);
    changed[3].sql = "CREATE INDEX shop_name ON shop (name, id)";
    g_assert_true(migrate_steps(db, steps, "1.0", &error));
    g_assert_false(migrate_steps(db, changed, "1.0", &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.migration_changed");
    testdb_close(db);
}

static void
a_newer_database_is_refused_unless_optional(Dialect dialect)
{
    Migration older[G_N_ELEMENTS(steps)];
    Db *db = testdb_open(dialect);
    g_autoptr(GError) error = NULL;
    memcpy(older, steps, sizeof steps);
    g_assert_true(migrate_steps(db, steps, "2.0", &error));
    older[3].version = 0; /* does not know the index: can live with it */
    g_assert_true(migrate_steps(db, older, "1.0", &error));
    g_assert_no_error(error);
    older[2].version = 0;
    g_assert_false(migrate_steps(db, older, "1.0", &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.newer");
    g_assert_true(app_error_is(error, APP_ERROR_CONFLICT));
    g_assert_nonnull(strstr(app_error_text(error, LANG_EN), "2.0"));
    testdb_close(db);
}

#define REBUILD                                                                                 \
    "CREATE TABLE shop_new (id {{I64}} NOT NULL PRIMARY KEY, name TEXT NOT NULL) {{STRICT}};\n" \
    "INSERT INTO shop_new (id, name) SELECT id, name FROM shop;\n"                              \
    "DROP TABLE shop;\n"                                                                        \
    "ALTER TABLE shop_new RENAME TO shop"

/* SQLite changes a column by building the table anew; others refer to it meanwhile. */
static void
a_table_can_be_rebuilt(void)
{
    static const Migration rebuild[] = {
        { .version = 2, .name = "rebuild", .sql = REBUILD },
        { .version = 0 },
    };
    static const Migration orphan[] = {
        { .version = 2, .name = "rebuild", .sql = REBUILD },
        { .version = 3, .name = "orphan", .sql = "DELETE FROM shop" },
        { .version = 0 },
    };
    Db *db = testdb_open(DIALECT_SQLITE);
    g_autoptr(GError) error = NULL;
    must_exec(db, "CREATE TABLE shop (id {{I64}} NOT NULL PRIMARY KEY, name TEXT) {{STRICT}};"
                  "CREATE TABLE lease (id {{I64}} NOT NULL PRIMARY KEY, shop_id {{I64}} NOT NULL "
                  "REFERENCES shop (id))"
                  " {{STRICT}};"
                  "INSERT INTO shop (id, name) VALUES (1, 'a'); INSERT INTO lease (id, shop_id) "
                  "VALUES (1, 1)");
    g_assert_true(migrate_steps(db, rebuild, "1.0", &error));
    g_assert_no_error(error);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    /* Foreign keys are on again, and a step that breaks them is refused. */
    g_autoptr(GError) refused = error_of(db, "INSERT INTO lease (id, shop_id) VALUES (2, 7)");
    g_assert_cmpint(db_fault_of(refused), ==, DB_FOREIGN_KEY);
    g_assert_false(migrate_steps(db, orphan, "1.0", &error));
    g_assert_cmpint(db_fault_of(error), ==, DB_FOREIGN_KEY);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    testdb_close(db);
}

static void
a_new_database_is_stamped(Dialect dialect)
{
    Db *db = testdb_open(dialect);
    g_autoptr(GError) error = NULL;
    g_assert_true(migrate_stamp(db, "1.0", &error));
    g_assert_no_error(error);
    g_assert_cmpint(migrate_version(db, &error), ==, migrate_latest());
    g_assert_true(migrate_run(db, "1.0", &error));
    g_assert_no_error(error);
    testdb_close(db);
}

static gpointer
migrate_in_thread(gpointer db)
{
    g_autoptr(GError) error = NULL;
    migrate_steps(db, steps, "1.0", &error);
    g_assert_no_error(error);
    return NULL;
}

static void
two_servers_may_start_at_once(Dialect dialect)
{
    Db *db = testdb_open(dialect);
    GThread *threads[4];
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("migrate", migrate_in_thread, db);
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM schema_log"), ==, 4);
    testdb_close(db);
}

static void
steps_of_the_program_are_in_order(void)
{
    int former = 0;
    for (const Migration *step = migrations; step->version != 0; step++) {
        g_assert_cmpint(step->version, ==, former + 1);
        g_assert_nonnull(step->name);
        former = step->version;
    }
    g_assert_cmpint(migrate_latest(), ==, former);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/migrate/missing-steps-run-once", missing_steps_run_once);
    testdb_each("/migrate/a-failed-step-leaves-no-trace", a_failed_step_leaves_no_trace);
    testdb_each("/migrate/every-failing-statement-can-be-repeated",
                every_failing_statement_can_be_repeated);
    testdb_each("/migrate/a-changed-step-is-refused", a_changed_step_is_refused);
    testdb_each("/migrate/a-newer-database-is-refused-unless-optional",
                a_newer_database_is_refused_unless_optional);
    testdb_each("/migrate/a-new-database-is-stamped", a_new_database_is_stamped);
    testdb_each("/migrate/two-servers-may-start-at-once", two_servers_may_start_at_once);
    g_test_add_func("/migrate/sqlite/a-table-can-be-rebuilt", a_table_can_be_rebuilt);
    g_test_add_func("/migrate/steps-of-the-program-are-in-order",
                    steps_of_the_program_are_in_order);
    return g_test_run();
}
