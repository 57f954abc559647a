/* What only SQLite can do wrong: files, the log, the one writer. */
#include "db_jobs.h"

#include <signal.h>
#include <sys/resource.h>

static void
a_second_server_is_refused(void)
{
    Db *db = testdb_open(DIALECT_SQLITE);
    g_autoptr(GError) error = NULL;
    g_assert_null(db_open(testdb_url(db), NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.in_use");
    g_autofree char *pid = g_strdup_printf("%d", (int) getpid());
    g_assert_nonnull(strstr(app_error_text(error, LANG_EN), pid));
    g_clear_error(&error);
    /* Nor by another name. */
    g_autofree char *alias = g_strconcat(testdb_url(db), ".alias", NULL);
    g_assert_cmpint(symlink(testdb_url(db), alias), ==, 0);
    g_assert_null(db_open(alias, NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.in_use");
    g_clear_error(&error);
    /* Looking at it is allowed. */
    DbOptions look = { .read_only = TRUE };
    Db *reader = db_open(testdb_url(db), &look, &error);
    g_assert_no_error(error);
    g_assert_false(db_run(reader, LANE_WRITE, job_exec, (gpointer) "SELECT 1", &error));
    g_assert_cmpint(db_fault_of(error), ==, DB_READONLY);
    db_close(reader);
    db = testdb_reopen(db);
    testdb_close(db);
}

static void
a_file_of_another_kind_is_refused(void)
{
    Db *db = testdb_open(DIALECT_SQLITE);
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_strconcat(testdb_url(db), ".txt", NULL);
    g_autofree char *text = g_strnfill(5000, 'x');
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_null(db_open(path, NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.not_a_database");
    g_clear_error(&error);
    g_assert_null(db_open("/nonexistent/dir/x.db", NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.no_directory");
    testdb_close(db);
}

static void
a_damaged_file_is_refused(void)
{
    Db *db = testdb_open(DIALECT_SQLITE);
    g_autoptr(GError) error = NULL;
    must_exec(db, "CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
    must_exec(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                  " INSERT INTO shop SELECT i, 'shop ' || i FROM n");
    g_autofree char *path = g_strconcat(testdb_url(db), ".copy", NULL);
    g_assert_true(db_backup_to(db, path, &error));
    g_autofree char *bytes = NULL;
    gsize len = 0;
    g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
    memset(bytes + 5 * 4096, 0x5a, 4096);
    g_assert_true(g_file_set_contents(path, bytes, (gssize) len, NULL));
    g_assert_null(db_open(path, NULL, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.damaged");
    testdb_close(db);
}

static void
an_unwritable_place_is_named(void)
{
    if (geteuid() != 0) {
        g_test_skip("needs root to change the user");
        return;
    }
    Db *db = testdb_open(DIALECT_SQLITE);
    g_autofree char *dir = g_path_get_dirname(testdb_url(db));
    g_autofree char *path = g_build_filename(dir, "other.db", NULL);
    g_autofree char *file = g_build_filename(dir, "file.db", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) file_error = NULL;
    g_assert_true(g_file_set_contents(file, "", 0, NULL));
    g_assert_cmpint(chmod(file, 0444), ==, 0);
    g_assert_cmpint(chmod(dir, 0755), ==, 0);
    g_assert_cmpint(seteuid(65534), ==, 0);
    Db *other = db_open(path, NULL, &error);
    Db *readonly = db_open(file, NULL, &file_error);
    g_assert_cmpint(seteuid(0), ==, 0);
    g_assert_null(other);
    g_assert_null(readonly);
    g_assert_cmpstr(app_error_token(error), ==, "db.readonly");
    g_assert_nonnull(strstr(app_error_text(error, LANG_EN), path));
    g_assert_cmpstr(app_error_token(file_error), ==, "db.readonly");
    testdb_close(db);
}

static void
the_settings_are_the_safe_ones(void)
{
    Db *db = testdb_open(DIALECT_SQLITE);
    static const struct {
        const char *sql;
        gint64 value;
    } reader[] = {
        { "PRAGMA synchronous", 2 },     { "PRAGMA foreign_keys", 1 },
        { "PRAGMA trusted_schema", 0 },  { "PRAGMA mmap_size", 0 },
        { "PRAGMA temp_store", 2 },      { "PRAGMA cache_size", -16384 },
        { "PRAGMA busy_timeout", 5000 }, { "PRAGMA wal_autocheckpoint", 0 },
        { "SELECT 'a' LIKE 'A'", 0 },    { "PRAGMA query_only", 1 },
    };
    for (guint i = 0; i < G_N_ELEMENTS(reader); i++)
        g_assert_cmpint(ask_int(db, reader[i].sql), ==, reader[i].value);
    Ask ask = { "PRAGMA cache_size", 0 };
    g_autoptr(GError) error = NULL;
    db_run(db, LANE_WRITE, job_ask, &ask, &error);
    g_assert_no_error(error);
    g_assert_cmpint(ask.value, ==, -65536);
    GStatBuf info;
    g_assert_cmpint(g_stat(testdb_url(db), &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0600);
    testdb_close(db);
}

static void
the_log_is_carried_back_by_itself(void)
{
    Db *db = testdb_open(DIALECT_SQLITE);
    must_exec(db, "CREATE TABLE big (id INTEGER PRIMARY KEY, x BLOB)");
    must_exec(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
                  " INSERT INTO big SELECT i, zeroblob(4000) FROM n");
    g_assert_cmpint(db_wal_bytes(db), >, 5000000);
    for (int i = 0; i < 200 && db_stats(db).checkpoints == 0; i++)
        g_usleep(20000);
    g_assert_cmpuint(db_stats(db).checkpoints, >=, 1);
    /* More than 64 MB in one go is cut off again. */
    must_exec(db,
              "WITH RECURSIVE n(i) AS (SELECT 2501 UNION ALL SELECT i + 1 FROM n WHERE i < 22000)"
              " INSERT INTO big SELECT i, zeroblob(4000) FROM n");
    for (int i = 0; i < 200 && db_wal_bytes(db) > 0; i++)
        g_usleep(20000);
    g_assert_cmpint(db_wal_bytes(db), ==, 0);
    testdb_close(db);
}

static void
a_backup_is_whole_and_writes_over_nothing(void)
{
    Db *db = testdb_open(DIALECT_SQLITE);
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_strconcat(testdb_url(db), ".copy", NULL);
    must_exec(db, "CREATE TABLE shop (id INTEGER PRIMARY KEY); INSERT INTO shop VALUES (1), (2)");
    g_assert_true(db_backup_to(db, path, &error));
    g_assert_no_error(error);
    g_assert_false(db_backup_to(db, path, &error));
    g_assert_cmpstr(app_error_token(error), ==, "db.backup_exists");
    g_clear_error(&error);
    g_assert_false(db_backup_to(db, testdb_url(db), &error));
    g_clear_error(&error);
    Db *copy = db_open(path, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(ask_int(copy, "SELECT COUNT(*) FROM shop"), ==, 2);
    db_close(copy);
    GStatBuf info;
    g_assert_cmpint(g_stat(path, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0600);
    testdb_close(db);
}

static gpointer
wait_for_place(gpointer data)
{
    g_assert_cmpint(ask_int(data, "SELECT 1"), ==, 1);
    return NULL;
}

static gboolean
job_pause(DbConn *conn G_GNUC_UNUSED, gpointer data, GError **error G_GNUC_UNUSED)
{
    g_usleep(GPOINTER_TO_UINT(data));
    return TRUE;
}

static void
readers_share_few_connections(void)
{
    DbOptions one = { .readers = 1 };
    Db *db = testdb_open_with(DIALECT_SQLITE, &one);
    GThread *threads[30];
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("reader", wait_for_place, db);
    db_run(db, LANE_READ, job_pause, GUINT_TO_POINTER(20000), NULL);
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpuint(db_stats(db).jobs[LANE_READ], ==, G_N_ELEMENTS(threads) + 1);
    testdb_close(db);
}

/* ---- the writer ---- */

typedef struct {
    Db *db;
    const char *sql;
    char *token; /* NULL: saved */
} Client;

static gpointer
run_client(gpointer data)
{
    Client *client = data;
    g_autoptr(GError) error = NULL;
    if (!db_run(client->db, LANE_WRITE, job_exec, (gpointer) client->sql, &error))
        client->token = g_strdup(app_error_token(error));
    return NULL;
}

static gboolean
job_pause_after_read(DbConn *conn, gpointer data, GError **error)
{
    ask_int(data, "SELECT 1"); /* counted, so that the others know we are here */
    return job_pause(conn, GUINT_TO_POINTER(200000), error);
}

static gpointer
pause_writer(gpointer db)
{
    db_run(db, LANE_WRITE, job_pause_after_read, db, NULL);
    return NULL;
}

/* Runs the statements as one batch: they queue while a first job holds the writer. */
static void
run_together(Db *db, Client *clients, guint n)
{
    g_autoptr(GPtrArray) threads = g_ptr_array_new();
    GThread *holder = g_thread_new("holder", pause_writer, db);
    while (db_stats(db).jobs[LANE_READ] == 0)
        g_usleep(1000);
    for (guint i = 0; i < n; i++) {
        clients[i].db = db;
        g_ptr_array_add(threads, g_thread_new("client", run_client, &clients[i]));
        while (db_stats(db).queue < i + 1)
            g_usleep(1000);
    }
    g_thread_join(holder);
    for (guint i = 0; i < n; i++)
        g_thread_join(g_ptr_array_index(threads, i));
}

static void
a_failing_job_fails_alone_in_its_batch(void)
{
    Client clients[] = {
        { NULL, "INSERT INTO shop (id) VALUES (1)", NULL },
        { NULL, "INSERT INTO shop (id) VALUES (2); INSERT INTO shop (id) VALUES (1)", NULL },
        { NULL, "INSERT INTO late (id, shop_id) VALUES (1, 99)", NULL }, /* seen at COMMIT only */
        { NULL, "INSERT INTO nowhere (id) VALUES (1)", NULL },
        { NULL, "INSERT INTO shop (id) VALUES (3)", NULL },
    };
    Db *db = with_table(DIALECT_SQLITE);
    must_exec(db, "CREATE TABLE late (id INTEGER PRIMARY KEY,"
                  " shop_id INTEGER REFERENCES shop (id) DEFERRABLE INITIALLY DEFERRED)");
    guint64 before = db_stats(db).commits;
    run_together(db, clients, G_N_ELEMENTS(clients));
    g_assert_null(clients[0].token);
    g_assert_cmpstr(clients[1].token, ==, "db.unique");
    g_assert_cmpstr(clients[2].token, ==, "db.foreign_key");
    g_assert_cmpstr(clients[3].token, ==, "db.error");
    g_assert_null(clients[4].token);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop WHERE id IN (1, 3)"), ==, 2);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 2);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM late"), ==, 0);
    g_assert_cmpuint(db_stats(db).commits - before, <=, 2);
    for (guint i = 0; i < G_N_ELEMENTS(clients); i++)
        g_free(clients[i].token);
    testdb_close(db);
}

static void
a_full_disk_refuses_the_batch_and_passes(void)
{
    Client clients[] = {
        { NULL, "INSERT INTO shop (id) VALUES (1)", NULL },
        { NULL, "INSERT INTO shop (id, logo) VALUES (2, zeroblob(1000000))", NULL },
    };
    Db *db = with_table(DIALECT_SQLITE);
    must_exec(db, "PRAGMA max_page_count=100");
    run_together(db, clients, G_N_ELEMENTS(clients));
    g_assert_cmpstr(clients[1].token, ==, "db.full");
    /* The engine gave up the whole transaction: what is answered must be what is there. */
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, clients[0].token == NULL ? 1 : 0);
    must_exec(db, "INSERT INTO shop (id) VALUES (4)");
    g_free(clients[0].token);
    g_free(clients[1].token);
    testdb_close(db);
}

static void
a_failing_disk_is_survived(void)
{
    Db *db = with_table(DIALECT_SQLITE);
    struct rlimit old;
    must_exec(db, "INSERT INTO shop (id) VALUES (1)");
    signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &old), ==, 0);
    struct rlimit small = { 4096, old.rlim_max };
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
    g_autoptr(GError) error = NULL;
    gboolean ok =
        db_run(db, LANE_WRITE, job_exec, (gpointer) "INSERT INTO shop (id) VALUES (2)", &error);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &old), ==, 0);
    g_assert_false(ok);
    g_test_message("%s", error->message);
    g_assert_cmpint(db_fault_of(error), !=, DB_OTHER);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 1);
    must_exec(db, "INSERT INTO shop (id) VALUES (2)");
    db = testdb_reopen(db);
    g_assert_cmpint(ask_int(db, "SELECT COUNT(*) FROM shop"), ==, 2);
    testdb_close(db);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/db/sqlite/a-second-server-is-refused", a_second_server_is_refused);
    g_test_add_func("/db/sqlite/a-file-of-another-kind-is-refused",
                    a_file_of_another_kind_is_refused);
    g_test_add_func("/db/sqlite/a-damaged-file-is-refused", a_damaged_file_is_refused);
    g_test_add_func("/db/sqlite/an-unwritable-place-is-named", an_unwritable_place_is_named);
    g_test_add_func("/db/sqlite/the-settings-are-the-safe-ones", the_settings_are_the_safe_ones);
    g_test_add_func("/db/sqlite/the-log-is-carried-back-by-itself",
                    the_log_is_carried_back_by_itself);
    g_test_add_func("/db/sqlite/a-backup-is-whole-and-writes-over-nothing",
                    a_backup_is_whole_and_writes_over_nothing);
    g_test_add_func("/db/sqlite/readers-share-few-connections", readers_share_few_connections);
    g_test_add_func("/db/sqlite/a-failing-job-fails-alone-in-its-batch",
                    a_failing_job_fails_alone_in_its_batch);
    g_test_add_func("/db/sqlite/a-full-disk-refuses-the-batch-and-passes",
                    a_full_disk_refuses_the_batch_and_passes);
    g_test_add_func("/db/sqlite/a-failing-disk-is-survived", a_failing_disk_is_survived);
    return g_test_run();
}
