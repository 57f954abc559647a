/* Statements, values, errors and transactions, the same on both engines. */
#include "base/failpoint.h"
#include "db_jobs.h"

/* ---- values ---- */

static gboolean
job_insert_all(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    const char *sql = "INSERT INTO shop (id, name, opened_on, logo, is_open, doc, area_dm2)"
                      " VALUES (:id, :name, :day, :logo, :open, :doc, :area)";
    gint64 changed = 0;
    g_autoptr(DbStmt) stmt = db_prepare(conn, sql, error);
    if (stmt == NULL)
        return FALSE;
    db_bind_int(stmt, "id", G_MAXINT64);
    db_bind_text(stmt, "name", "星巴克 ☕ 'O''Neil' 𠮷");
    db_bind_day(stmt, "day", day_parse("2024-02-29"));
    db_bind_bytes(stmt, "logo", "\0\x01\xff\\'", 5);
    db_bind_int(stmt, "open", 1);
    db_bind_text(stmt, "doc", "{\"a\":1}");
    db_bind_int(stmt, "area", 0);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    g_assert_cmpint(changed, ==, 1);
    db_bind_int(stmt, "id", 2);
    db_bind_text(stmt, "name", NULL);
    db_bind_day(stmt, "day", DAY_NONE);
    db_bind_bytes(stmt, "logo", "", 0);
    db_bind_null(stmt, "open");
    db_bind_null(stmt, "doc");
    db_bind_null(stmt, "area");
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
job_read_all(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    gboolean row = FALSE;
    gsize len = 0;
    g_autoptr(DbStmt) stmt = db_prepare(
        conn, "SELECT id, name, opened_on, logo, is_open, doc FROM shop ORDER BY id DESC", error);
    if (stmt == NULL || !db_step(stmt, &row, error))
        return FALSE;
    g_assert_true(row);
    g_assert_cmpint(db_columns(stmt), ==, 6);
    g_assert_cmpstr(db_column_name(stmt, 2), ==, "opened_on");
    g_assert_cmpint(db_int(stmt, 0), ==, G_MAXINT64);
    g_assert_cmpstr(db_text(stmt, 1), ==, "星巴克 ☕ 'O''Neil' 𠮷");
    g_assert_cmpuint(db_text_len(stmt, 1), ==, strlen("星巴克 ☕ 'O''Neil' 𠮷"));
    g_assert_cmpint(db_day(stmt, 2), ==, day_parse("2024-02-29"));
    g_assert_cmpstr(db_text(stmt, 2), ==, "2024-02-29");
    const void *logo = db_bytes(stmt, 3, &len);
    g_assert_cmpmem(logo, (int) len, "\0\x01\xff\\'", 5);
    g_assert_cmpint(db_int(stmt, 4), ==, 1);
    g_assert_cmpstr(db_text(stmt, 5), ==, "{\"a\":1}");
    if (!db_step(stmt, &row, error))
        return FALSE;
    g_assert_true(row);
    g_assert_true(db_is_null(stmt, 1));
    g_assert_null(db_text(stmt, 1));
    g_assert_cmpint(db_day(stmt, 2), ==, DAY_NONE);
    g_assert_false(db_is_null(stmt, 3));
    g_assert_nonnull(db_bytes(stmt, 3, &len));
    g_assert_cmpuint(len, ==, 0);
    g_assert_cmpint(db_int(stmt, 4), ==, 0);
    g_assert_true(db_step(stmt, &row, error));
    g_assert_false(row);
    g_assert_true(db_step(stmt, &row, error)); /* stays at the end */
    g_assert_false(row);
    return TRUE;
}

static void
values_come_back(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    db_run(db, LANE_WRITE, job_insert_all, NULL, &error);
    g_assert_no_error(error);
    db_run(db, LANE_READ, job_read_all, NULL, &error);
    g_assert_no_error(error);
    db_run(db, LANE_SLOW, job_read_all, NULL, &error);
    g_assert_no_error(error);
    testdb_close(db);
}

/* ---- parameters ---- */

static gboolean
job_parameters(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    gboolean row = FALSE;
    const char *sql = "SELECT CAST(:b AS TEXT) || '-' || CAST(:a AS TEXT) || '-' || CAST(:b AS "
                      "TEXT) || ':not /* one' "
                      "AS \"x:y\", /* :nor this */ CAST(:n AS BIGINT) -- :nor that\n"
                      ", CASE WHEN CAST(:empty AS BIGINT) IS NULL THEN 1 ELSE 0 END";
    g_autoptr(DbStmt) stmt = db_prepare(conn, sql, error);
    if (stmt == NULL)
        return FALSE;
    db_bind_text(stmt, "a", "A");
    db_bind_text(stmt, "b", "B");
    db_bind_int(stmt, "n", -7);
    if (!db_step(stmt, &row, error))
        return FALSE;
    g_assert_cmpstr(db_text(stmt, 0), ==, "B-A-B:not /* one");
    g_assert_cmpstr(db_column_name(stmt, 0), ==, "x:y");
    g_assert_cmpint(db_int(stmt, 1), ==, -7);
    g_assert_cmpint(db_int(stmt, 2), ==, 1);
    /* The same text a second time while the first is open, then from the cache: nothing is left of
     * old values. */
    g_autoptr(DbStmt) second = db_prepare(conn, sql, error);
    g_assert_true(second != stmt);
    g_clear_pointer(&second, db_stmt_free);
    g_clear_pointer(&stmt, db_stmt_free);
    stmt = db_prepare(conn, sql, error);
    if (stmt == NULL || !db_step(stmt, &row, error))
        return FALSE;
    g_assert_true(db_is_null(stmt, 0));
    g_assert_true(db_is_null(stmt, 1));
    return TRUE;
}

static void
parameters_are_named(Dialect dialect)
{
    Db *db = testdb_open(dialect);
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 3; i++) {
        db_run(db, LANE_READ, job_parameters, NULL, &error);
        g_assert_no_error(error);
    }
    testdb_close(db);
}

static gboolean
job_type_changes(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    /* First NULL, then a number, then NULL: one prepared statement must do. */
    g_autoptr(DbStmt) stmt =
        db_prepare(conn, "UPDATE shop SET area_dm2 = :area, name = :name", error);
    if (stmt == NULL)
        return FALSE;
    db_bind_null(stmt, "area");
    gint64 changed = -1;
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    g_assert_cmpint(changed, ==, 2);
    db_bind_int(stmt, "area", 12);
    db_bind_text(stmt, "name", "n");
    if (!db_exec_stmt(stmt, NULL, error))
        return FALSE;
    db_bind_null(stmt, "area");
    return db_exec_stmt(stmt, NULL, error);
}

static void
null_fits_every_type(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    must_exec(db, "INSERT INTO shop (id) VALUES (1), (2)");
    db_run(db, LANE_WRITE, job_type_changes, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE area_dm2 IS NULL AND name = 'n'"),
                    ==, 2);
    testdb_close(db);
}

static gboolean
job_prepare(DbConn *conn, gpointer data, GError **error)
{
    g_autoptr(DbStmt) stmt = db_prepare(conn, data, error);
    return stmt != NULL && db_stmt_describe(stmt, error);
}

static void
foreign_parameter_forms_are_refused(Dialect dialect)
{
    static const char *const texts[] = { "SELECT $1", "SELECT ?", "SELECT 1::bigint", "SELECT :1",
                                         "SELECT {{NOPE}}" };
    Db *db = testdb_open(dialect);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(db_run(db, LANE_READ, job_prepare, (gpointer) texts[i], &error));
        g_assert_cmpstr(app_error_token(error), ==, "db.sql");
    }
    testdb_close(db);
}

static gboolean
job_describe(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    g_autoptr(DbStmt) stmt =
        db_prepare(conn, "SELECT id, name AS shop_name FROM shop WHERE id = :id", error);
    if (stmt == NULL || !db_stmt_describe(stmt, error))
        return FALSE;
    g_assert_cmpint(db_columns(stmt), ==, 2);
    g_assert_cmpstr(db_column_name(stmt, 1), ==, "shop_name");
    return TRUE;
}

static void
statements_can_be_checked_without_running(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    db_run(db, LANE_READ, job_describe, NULL, &error);
    g_assert_no_error(error);
    g_assert_false(
        db_run(db, LANE_READ, job_prepare, (gpointer) "SELECT nothing FROM shop", &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.error");
    testdb_close(db);
}

/* ---- several statements at once, streaming, RETURNING ---- */

static gboolean
job_nested_loops(DbConn *conn, gpointer data, GError **error)
{
    gboolean stream = GPOINTER_TO_INT(data);
    gboolean row = FALSE;
    gint64 sum = 0;
    g_autoptr(DbStmt) outer = db_prepare(conn, "SELECT id FROM shop ORDER BY id", error);
    if (stream)
        db_stmt_stream(outer);
    while (db_step(outer, &row, error) && row) {
        sum += db_int(outer, 0);
        if (stream)
            continue;
        gboolean found = FALSE;
        g_autoptr(DbStmt) inner = db_prepare(conn, "SELECT id FROM shop WHERE id = :id", error);
        db_bind_int(inner, "id", db_int(outer, 0));
        if (!db_step(inner, &found, error))
            return FALSE;
        g_assert_cmpint(db_int(inner, 0), ==, db_int(outer, 0));
    }
    g_assert_cmpint(sum, ==, 500 * 501 / 2);
    return TRUE;
}

static gboolean
job_fill(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    static const char *const columns[] = { "id", "name", "opened_on", "area_dm2", "logo", NULL };
    g_autoptr(DbBatch) batch = db_batch_new(conn, "shop", columns);
    for (gint64 i = 1; i <= 500; i++) {
        db_batch_int(batch, 0, i);
        if (i % 3 != 0)
            db_batch_text(batch, 1, "铺位");
        db_batch_day(batch, 2, i % 5 == 0 ? DAY_NONE : day_parse("2026-03-01") + i);
        if (i % 7 == 0)
            db_batch_bytes(batch, 4, "\0a", 2);
        db_batch_int(batch, 3, i * 10);
        if (!db_batch_add(batch, error))
            return FALSE;
    }
    return db_batch_finish(batch, error);
}

static gboolean
job_abandon_stream(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    gboolean row = FALSE;
    DbStmt *stmt = db_prepare(conn, "SELECT id FROM shop", error);
    db_stmt_stream(stmt);
    if (!db_step(stmt, &row, error))
        return FALSE;
    g_assert_true(row);
    db_stmt_free(stmt);
    Ask ask = { "SELECT COUNT(*) FROM shop", 0 };
    gboolean ok = job_ask(conn, &ask, error);
    g_assert_cmpint(ask.value, ==, 500);
    return ok;
}

static void
batches_and_streams(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    db_run(db, LANE_WRITE, job_fill, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 500);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE name IS NULL"), ==, 166);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE opened_on IS NULL"), ==, 100);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE logo IS NOT NULL"), ==, 71);
    g_assert_cmpint(ask_int(db, "SELECT CAST(SUM(area_dm2) AS BIGINT) FROM shop"), ==, 1252500);
    db_run(db, LANE_READ, job_nested_loops, GINT_TO_POINTER(FALSE), &error);
    g_assert_no_error(error);
    db_run(db, LANE_SLOW, job_nested_loops, GINT_TO_POINTER(TRUE), &error);
    g_assert_no_error(error);
    db_run(db, LANE_SLOW, job_abandon_stream, NULL, &error);
    g_assert_no_error(error);
    testdb_close(db);
}

static gboolean
job_returning(DbConn *conn, gpointer data, GError **error)
{
    gboolean *row = data;
    g_autoptr(DbStmt) stmt = db_prepare(
        conn, "INSERT INTO shop (id, name) VALUES (:id, 'x') ON CONFLICT DO NOTHING RETURNING id",
        error);
    db_bind_int(stmt, "id", 77);
    return stmt != NULL && db_step(stmt, row, error);
}

static void
insert_once_returns_no_row_the_second_time(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    gboolean row = FALSE;
    db_run(db, LANE_WRITE, job_returning, &row, &error);
    g_assert_no_error(error);
    g_assert_true(row);
    db_run(db, LANE_WRITE, job_returning, &row, &error);
    g_assert_no_error(error);
    g_assert_false(row);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    testdb_close(db);
}

/* ---- errors ---- */

static void
faults_are_mapped(Dialect dialect)
{
    static const struct {
        const char *sql;
        DbFault fault;
        const char *token;
        AppErrorCode code;
    } cases[] = {
        { "INSERT INTO shop (id) VALUES (1)", DB_UNIQUE, "db.unique", APP_ERROR_CONFLICT },
        { "INSERT INTO lease (id, shop_id, no) VALUES (9, 99, 'n9')", DB_FOREIGN_KEY,
          "db.foreign_key", APP_ERROR_CONFLICT },
        { "INSERT INTO late (id, shop_id) VALUES (9, 99)", DB_FOREIGN_KEY, "db.foreign_key",
          APP_ERROR_CONFLICT },
        { "DELETE FROM shop WHERE id = 1", DB_FOREIGN_KEY, "db.foreign_key", APP_ERROR_CONFLICT },
        { "INSERT INTO lease (id, shop_id, no) VALUES (9, 1, 'n1')", DB_UNIQUE, "db.unique",
          APP_ERROR_CONFLICT },
        { "INSERT INTO shop (id, area_dm2) VALUES (5, -1)", DB_CHECK, "db.check",
          APP_ERROR_INTERNAL },
        { "INSERT INTO shop (id, is_open) VALUES (5, 2)", DB_CHECK, "db.check",
          APP_ERROR_INTERNAL },
        { "INSERT INTO shop (id, opened_on) VALUES (5, '1 March')", DB_TYPE, NULL,
          APP_ERROR_INTERNAL },
        { "INSERT INTO shop (id, doc) VALUES (5, '{')", DB_TYPE, NULL, APP_ERROR_INTERNAL },
        { "INSERT INTO lease (id, shop_id) VALUES (5, 1)", DB_NOT_NULL, "db.not_null",
          APP_ERROR_INTERNAL },
        { "INSERT INTO shop (id, area_dm2) VALUES (6, '12x')", DB_TYPE, "db.type",
          APP_ERROR_INTERNAL },
        { "SELECT FROM WHERE", DB_OTHER, "db.error", APP_ERROR_INTERNAL },
        { "SELECT \"typo\" FROM shop", DB_OTHER, "db.error", APP_ERROR_INTERNAL },
    };
    Db *db = with_table(dialect);
    must_exec(db, "CREATE TABLE lease (id {{I64}} NOT NULL PRIMARY KEY, no TEXT NOT NULL UNIQUE,"
                  " shop_id {{I64}} NOT NULL REFERENCES shop (id) ON DELETE RESTRICT) {{STRICT}};"
                  "CREATE TABLE late (id {{I64}} NOT NULL PRIMARY KEY,"
                  " shop_id {{I64}} REFERENCES shop (id) DEFERRABLE INITIALLY DEFERRED) {{STRICT}};"
                  "INSERT INTO shop (id) VALUES (1); INSERT INTO lease (id, shop_id, no) VALUES "
                  "(1, 1, 'n1')");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = error_of(db, cases[i].sql);
        g_test_message("%s: %s", cases[i].sql, error->message);
        if (cases[i].token != NULL) { /* else SQLite says CHECK where PostgreSQL has a type */
            g_assert_cmpstr(app_error_token(error), ==, cases[i].token);
            g_assert_cmpint(db_fault_of(error), ==, cases[i].fault);
        }
        g_assert_true(app_error_is(error, cases[i].code));
        g_assert_cmpstr(app_error_text(error, LANG_ZH), !=, app_error_text(error, LANG_EN));
    }
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM late"), ==, 0);
    testdb_close(db);
}

static void
read_lanes_cannot_write(Dialect dialect)
{
    Db *db = with_table(dialect);
    for (int lane = LANE_READ; lane <= LANE_SLOW; lane++) {
        g_autoptr(GError) error = NULL;
        if (lane == LANE_WRITE)
            continue;
        g_assert_false(db_run(db, (Lane) lane, job_exec,
                              (gpointer) "INSERT INTO shop (id) VALUES (1)", &error));
        g_assert_cmpint(db_fault_of(error), ==, DB_READONLY);
    }
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 0);
    testdb_close(db);
}

static gboolean
job_swallow(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    g_autoptr(GError) ignored = NULL;
    if (!db_exec(conn, "INSERT INTO shop (id) VALUES (1)", error))
        return FALSE;
    g_assert_false(db_exec(conn, "INSERT INTO shop (id) VALUES (1)", &ignored));
    g_clear_error(&ignored);
    g_assert_false(db_exec(conn, "INSERT INTO shop (id) VALUES (2)", &ignored));
    return TRUE;
}

static void
a_swallowed_error_saves_nothing(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    g_assert_false(db_run(db, LANE_WRITE, job_swallow, NULL, &error));
    g_assert_cmpint(db_fault_of(error), ==, DB_UNIQUE);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 0);
    testdb_close(db);
}

static gboolean
job_insert_then_refuse(DbConn *conn, gpointer data, GError **error)
{
    g_assert_true(db_exec(conn, "INSERT INTO shop (id) VALUES (3)", error));
    return data == NULL ? FALSE : app_error_set(error, APP_ERROR_INVALID, "test.no", "不", "no");
}

static void
false_rolls_back(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    g_assert_false(db_run(db, LANE_WRITE, job_insert_then_refuse, NULL, &error));
    g_assert_no_error(error);
    g_assert_false(db_run(db, LANE_WRITE, job_insert_then_refuse, db, &error));
    g_assert_cmpstr(app_error_token(error), ==, "test.no");
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 0);
    testdb_close(db);
}

static gboolean
job_parts(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    g_autoptr(GError) part = NULL;
    if (!db_exec(conn, "INSERT INTO shop (id) VALUES (1)", error))
        return FALSE;
    g_assert_true(db_try(conn, job_exec, (gpointer) "INSERT INTO shop (id) VALUES (2)", error));
    g_assert_false(db_try(
        conn, job_exec,
        (gpointer) "INSERT INTO shop (id) VALUES (4); INSERT INTO shop (id) VALUES (1)", &part));
    g_assert_cmpint(db_fault_of(part), ==, DB_UNIQUE);
    g_assert_false(db_try(conn, job_insert_then_refuse, NULL, error));
    return db_exec(conn, "INSERT INTO shop (id) VALUES (5)", error);
}

static void
a_part_fails_alone(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    db_run(db, LANE_WRITE, job_parts, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 3);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE id IN (1, 2, 5)"), ==, 3);
    testdb_close(db);
}

/* ---- after commit ---- */

static int calls;
static int frees;

static void
count_call(gpointer data G_GNUC_UNUSED)
{
    calls++;
}

static void
count_free(gpointer data G_GNUC_UNUSED)
{
    frees++;
}

static gboolean
job_with_callback(DbConn *conn, gpointer data, GError **error)
{
    db_after_commit(conn, count_call, NULL, count_free);
    g_assert_cmpint(calls, ==, 0);
    return db_exec(conn, data, error);
}

static void
callbacks_run_after_commit_only(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    calls = frees = 0;
    g_assert_false(db_run(db, LANE_WRITE, job_with_callback,
                          (gpointer) "INSERT INTO nowhere VALUES (1)", &error));
    g_assert_cmpint(calls, ==, 0);
    g_assert_cmpint(frees, ==, 1);
    g_clear_error(&error);
    db_run(db, LANE_WRITE, job_with_callback, (gpointer) "INSERT INTO shop (id) VALUES (1)",
           &error);
    g_assert_no_error(error);
    g_assert_cmpint(calls, ==, 1);
    g_assert_cmpint(frees, ==, 2);
    testdb_close(db);
}

/* ---- injected faults ---- */

static gboolean
job_three_statements(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    return db_exec(conn, "INSERT INTO shop (id) VALUES (1)", error)
           && db_exec(conn, "INSERT INTO shop (id) VALUES (2)", error)
           && db_exec(conn, "INSERT INTO shop (id) VALUES (3)", error);
}

static void
the_nth_statement_fails(Dialect dialect)
{
    Db *db = with_table(dialect);
    for (guint n = 1; n <= 4; n++) {
        g_autoptr(GError) error = NULL;
        db_fail_nth_statement(db, n);
        gboolean ok = db_run(db, LANE_WRITE, job_three_statements, NULL, &error);
        db_fail_nth_statement(db, 0);
        g_assert_cmpint(ok, ==, n == 4);
        if (!ok)
            g_assert_cmpstr(app_error_token(error), ==, "db.injected");
        g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, ok ? 3 : 0);
    }
    testdb_close(db);
}

static gboolean
job_nested_write(DbConn *conn G_GNUC_UNUSED, gpointer data, GError **error)
{
    return db_run(data, LANE_WRITE, job_exec, (gpointer) "SELECT 1", error);
}

static void
a_write_job_inside_another_is_refused(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) error = NULL;
    g_assert_false(db_run(db, LANE_WRITE, job_nested_write, db, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.nested");
    testdb_close(db);
}

static void
arm(const char *name)
{
    if (name != NULL)
        g_setenv("LANTING_FAILPOINT_ERROR", name, TRUE);
    else
        g_unsetenv("LANTING_FAILPOINT_ERROR");
    failpoint_init();
}

static void
a_failed_commit_is_told_as_it_is(Dialect dialect)
{
    Db *db = with_table(dialect);
    g_autoptr(GError) before = NULL;
    g_autoptr(GError) after = NULL;
    arm("db.before_commit");
    before = error_of(db, "INSERT INTO shop (id) VALUES (1)");
    arm("db.after_commit");
    after = error_of(db, "INSERT INTO shop (id) VALUES (2)");
    arm("db.statement");
    g_autoptr(GError) during = error_of(db, "INSERT INTO shop (id) VALUES (3)");
    arm(NULL);
    g_assert_cmpstr(app_error_token(before), ==, "db.injected");
    g_assert_cmpint(db_fault_of(after), ==, DB_UNKNOWN_OUTCOME);
    g_assert_cmpstr(app_error_token(during), ==, "db.injected");
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE id = 2"), ==, 1);
    testdb_close(db);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/db/values-come-back-as-they-went-in", values_come_back);
    testdb_each("/db/parameters-are-named-and-may-repeat", parameters_are_named);
    testdb_each("/db/null-fits-a-parameter-of-every-type", null_fits_every_type);
    testdb_each("/db/foreign-parameter-forms-are-refused", foreign_parameter_forms_are_refused);
    testdb_each("/db/statements-can-be-checked-without-running",
                statements_can_be_checked_without_running);
    testdb_each("/db/batches-streams-and-nested-statements", batches_and_streams);
    testdb_each("/db/insert-once-returns-no-row-the-second-time",
                insert_once_returns_no_row_the_second_time);
    testdb_each("/db/faults-are-mapped-to-one-enum", faults_are_mapped);
    testdb_each("/db/read-lanes-cannot-write", read_lanes_cannot_write);
    testdb_each("/db/a-swallowed-error-saves-nothing", a_swallowed_error_saves_nothing);
    testdb_each("/db/false-rolls-back", false_rolls_back);
    testdb_each("/db/a-part-fails-alone", a_part_fails_alone);
    testdb_each("/db/callbacks-run-after-commit-only", callbacks_run_after_commit_only);
    testdb_each("/db/the-nth-statement-fails-and-nothing-is-saved", the_nth_statement_fails);
    testdb_each("/db/a-write-job-inside-another-is-refused", a_write_job_inside_another_is_refused);
    testdb_each("/db/a-failed-commit-is-told-as-it-is", a_failed_commit_is_told_as_it_is);
    return g_test_run();
}
