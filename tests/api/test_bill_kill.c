/* A bill run is killed and called again: the program itself, from the shell, on both engines. At every failpoint of a run over 50 leases, and at random
 * moments of one over 5,000; the same while it is undone. Each time it is called once more, and the charges are those of a run that nobody
 * disturbed, nothing lost, nothing twice, the books in order.
 * LANTING_PROGRAM names the program; LANTING_KILL_POINTS how many points of each kind (3). */
#include "support/bills.h"
#include "support/money.h"

#include "base/clock.h"
#include "base/secret.h"
#include "db/migrate.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { POINTS = 3, FEW = 50, MANY = 5000, BEFORE = 202502, MONTH = 202503, KILLED_AT_FAILPOINT = 97, PASSES_MAX = 512 };
#define MONTH_TEXT "202503"

static char *program;

typedef struct {
    Dialect dialect;
    char *dir, *url; /* the database that is killed */
    char *template_db; /* SQLite: file; PostgreSQL: name */
    char *name;      /* PostgreSQL */
    char *undisturbed, *before; /* digests of the live charges: after the run, and before it */
    char *no;        /* number of the run */
    gint64 whole_us; /* an undisturbed run */
} Rig;

static guint
points(void)
{
    guint64 n = POINTS;

    if (g_getenv("LANTING_KILL_POINTS"))
        g_ascii_string_to_unsigned(g_getenv("LANTING_KILL_POINTS"), 10, 1, 100000, &n, NULL);
    return (guint) n;
}

/* -- databases -------------------------------------------------------------------- */

static void
pg_command(const char *format, ...) G_GNUC_PRINTF(1, 2);
static void
pg_command(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *sql = g_strdup_vprintf(format, args);
    va_end(args);
    PGconn *pg = PQconnectdb(g_getenv("LANTING_TEST_PG"));
    PGresult *result = PQexec(pg, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        g_error("%s: %s", sql, PQerrorMessage(pg));
    PQclear(result);
    PQfinish(pg);
}

/* The name at the end of a PostgreSQL address. */
static char *
name_of(const char *url)
{
    const char *slash = strrchr(url, '/');
    g_auto(GStrv) parts = g_strsplit(slash + 1, "?", 2);

    return g_strdup(parts[0]);
}

static void
keep_template(Rig *rig, Db *db)
{
    g_autoptr(GError) error = NULL;

    if (rig->dialect == DIALECT_SQLITE) {
        rig->template_db = g_build_filename(rig->dir, "template.db", NULL);
        rig->url = g_build_filename(rig->dir, "killed.db", NULL);
        if (!db_backup_to(db, rig->template_db, &error))
            g_error("%s", error->message);
        return;
    }
    g_autofree char *source = name_of(testdb_url(db));
    rig->template_db = g_strdup_printf("%s_t", source);
    rig->name = g_strdup_printf("%s_k", source);
    g_autoptr(GString) url = g_string_new(testdb_url(db));
    g_string_replace(url, source, rig->name, 0);
    rig->url = g_strdup(url->str);
    pg_command("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'", source);
    pg_command("CREATE DATABASE %s TEMPLATE %s", rig->template_db, source);
}

/* As it was before the run. */
static void
begin_anew(Rig *rig)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    g_autoptr(GError) error = NULL;
    g_autofree char *content = NULL;
    gsize length = 0;

    if (rig->dialect == DIALECT_PG) {
        pg_command("DROP DATABASE IF EXISTS %s WITH (FORCE)", rig->name);
        pg_command("CREATE DATABASE %s TEMPLATE %s", rig->name, rig->template_db);
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(tails); i++) {
        g_autofree char *file = g_strconcat(rig->url, tails[i], NULL);
        g_unlink(file);
    }
    if (!g_file_get_contents(rig->template_db, &content, &length, &error) || !g_file_set_contents(rig->url, content, (gssize) length, &error))
        g_error("%s", error->message);
}

typedef struct {
    char *digest;
    gint64 n;
} Essence;

static gboolean
read_essence(DbConn *conn, gpointer data, GError **error)
{
    Essence *essence = data;
    gboolean ok = TRUE;
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(DbStmt) stmt = db_prepare(conn, "SELECT live_key, net, tax, gross FROM charge WHERE state <> 'void' ORDER BY live_key", error);

    if (!stmt)
        return FALSE;
    for (essence->n = 0; db_each(stmt, &ok, error); essence->n++)
        g_string_append_printf(all, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", db_text(stmt, 0), db_int(stmt, 1),
                               db_int(stmt, 2), db_int(stmt, 3));
    essence->digest = secret_digest_text(all->str);
    return ok;
}

/* What is live, as one text. transfer full. */
static char *
live_charges(const Rig *rig)
{
    g_autoptr(GError) error = NULL;
    Essence essence = { 0 };
    Db *db = db_open(rig->url, NULL, &error);

    if (!db || !db_run(db, LANE_READ, read_essence, &essence, &error))
        g_error("%s", error->message);
    db_close(db);
    g_autofree char *digest = essence.digest;
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", essence.n, digest);
}

static gboolean
read_no(DbConn *conn, gpointer data, GError **error)
{
    char **no = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(conn, "SELECT no FROM bill_run ORDER BY id DESC LIMIT 1", error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    g_free(*no);
    *no = g_strdup(db_text(stmt, 0));
    return TRUE;
}

/* The number of the latest run. transfer full. */
static char *
run_no(const Rig *rig)
{
    g_autoptr(GError) error = NULL;
    char *no = NULL;
    Db *db = db_open(rig->url, NULL, &error);

    if (!db || !db_run(db, LANE_READ, read_no, &no, &error))
        g_error("%s", error->message);
    db_close(db);
    return no;
}

/* -- the program ------------------------------------------------------------------ */

typedef struct {
    const char *failpoint, *failure; /* environment; NULL: none */
    gint64 kill_after_us;            /* < 0: let it live */
} Fate;

static const Fate lives = { NULL, NULL, -1 };

static GPid
start(const Rig *rig, char **argv, const Fate *fate)
{
    g_auto(GStrv) env = g_get_environ();
    g_autoptr(GError) error = NULL;
    GPid pid = 0;

    env = g_environ_setenv(env, "LANTING_DB", rig->url, TRUE);
    env = g_environ_setenv(env, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
    if (fate->failpoint)
        env = g_environ_setenv(env, "LANTING_FAILPOINT", fate->failpoint, TRUE);
    if (fate->failure)
        env = g_environ_setenv(env, "LANTING_FAILPOINT_ERROR", fate->failure, TRUE);
    if (!g_spawn_async(rig->dir, argv, env, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid,
                       &error))
        g_error("%s: %s", program, error->message);
    return pid;
}

/* Its exit status; 128 + signal if it was killed. */
static int
run(const Rig *rig, char **argv, const Fate *fate)
{
    GPid pid = start(rig, argv, fate);
    int status = 0;

    if (fate->kill_after_us >= 0) {
        g_usleep((gulong) fate->kill_after_us);
        kill(pid, SIGKILL);
    }
    waitpid(pid, &status, 0);
    g_spawn_close_pid(pid);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int
post(const Rig *rig, const Fate *fate)
{
    char *argv[] = { program, (char *) "bill", (char *) MONTH_TEXT, (char *) "--post", NULL };

    return run(rig, argv, fate);
}

static int
undo(const Rig *rig, const Fate *fate)
{
    char *argv[] = { program, (char *) "bill", (char *) "--undo", rig->no, NULL };

    return run(rig, argv, fate);
}

static void
books_are_in_order(const Rig *rig)
{
    char *argv[] = { program, (char *) "check", NULL };

    g_assert_cmpint(run(rig, argv, &lives), ==, 0);
}

/* -- rig -------------------------------------------------------------------------- */

static void
rig_open(Rig *rig, Dialect dialect, guint leases)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Mall) mall = mall_new(dialect);

    rig->dialect = dialect;
    rig->dir = g_dir_make_tmp("lanting-bill-kill-XXXXXX", &error);
    g_assert_no_error(error);
    bills_leases(mall, leases);
    bills_run(mall->world, BEFORE);
    if (migrate_version(mall->world->db, &error) < 0 || !migrate_stamp(mall->world->db, LANTING_VERSION, &error))
        g_error("%s", error->message);
    keep_template(rig, mall->world->db);
    clock_set(NULL, NULL);
    begin_anew(rig);
    rig->before = live_charges(rig);
    gint64 start_us = clock_mono_us();
    g_assert_cmpint(post(rig, &lives), ==, 0);
    rig->whole_us = clock_mono_us() - start_us;
    rig->undisturbed = live_charges(rig);
    rig->no = run_no(rig);
    g_assert_cmpstr(rig->before, !=, rig->undisturbed);
    books_are_in_order(rig);
}

static void
rig_close(Rig *rig)
{
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", rig->dir);

    if (rig->dialect == DIALECT_PG) {
        pg_command("DROP DATABASE IF EXISTS %s WITH (FORCE)", rig->name);
        pg_command("DROP DATABASE IF EXISTS %s WITH (FORCE)", rig->template_db);
    }
    g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
    g_free(rig->dir);
    g_free(rig->url);
    g_free(rig->template_db);
    g_free(rig->name);
    g_free(rig->undisturbed);
    g_free(rig->before);
    g_free(rig->no);
}

typedef int (*Deed)(const Rig *rig, const Fate *fate);

/* Called once more, it ends as if nobody had disturbed it. A run that was undone to its end before the death is not undone again. */
static void
comes_to_the_same(const Rig *rig, Deed deed, const char *expected)
{
    g_autofree char *left = live_charges(rig);

    if (deed == post || strcmp(left, expected) != 0)
        g_assert_cmpint(deed(rig, &lives), ==, 0);
    g_autofree char *now = live_charges(rig);
    g_assert_cmpstr(now, ==, expected);
    books_are_in_order(rig);
}

/* The state that the deed begins with. */
static void
prepare(Rig *rig, Deed deed)
{
    begin_anew(rig);
    if (deed == undo)
        g_assert_cmpint(post(rig, &lives), ==, 0);
}

/* -- failpoints ------------------------------------------------------------------- */

/* How many failpoints the deed passes: the least n at which it comes to its end although armed. */
static guint
count_passes(Rig *rig, Deed deed)
{
    static guint known[DIALECT__N][2];
    guint *passes = &known[rig->dialect][deed == undo], low = 0, high = PASSES_MAX;

    if (*passes)
        return *passes;
    while (high - low > 1) {
        guint mid = low + (high - low) / 2;
        g_autofree char *at = g_strdup_printf("*:%u", mid);
        const Fate fate = { at, NULL, -1 };
        prepare(rig, deed);
        if (deed(rig, &fate) == KILLED_AT_FAILPOINT)
            low = mid;
        else
            high = mid;
    }
    return *passes = low;
}

static void
at_every_failpoint(Dialect dialect, Deed deed, gboolean dies)
{
    Rig rig = { 0 };

    rig_open(&rig, dialect, FEW);
    guint passes = count_passes(&rig, deed), step = MAX(1, passes / points());
    const char *expected = deed == undo ? rig.before : rig.undisturbed;
    g_assert_cmpuint(passes, >, 5);
    g_test_message("%u failpoints, every %u.", passes, step);
    for (guint n = 1; n <= passes; n += step) {
        g_autofree char *at = g_strdup_printf("*:%u", n);
        const Fate fate = { dies ? at : NULL, dies ? NULL : at, -1 };
        prepare(&rig, deed);
        int status = deed(&rig, &fate);
        if (dies)
            g_assert_cmpint(status, ==, KILLED_AT_FAILPOINT);
        comes_to_the_same(&rig, deed, expected);
    }
    rig_close(&rig);
}

static void
posting_dies(Dialect dialect)
{
    at_every_failpoint(dialect, post, TRUE);
}

static void
posting_fails(Dialect dialect)
{
    at_every_failpoint(dialect, post, FALSE);
}

static void
undoing_dies(Dialect dialect)
{
    at_every_failpoint(dialect, undo, TRUE);
}

/* -- any moment ------------------------------------------------------------------- */

/* A run of several chunks that is killed again and again until it has come to its end. */
static void
at_any_moment(Dialect dialect)
{
    Rig rig = { 0 };
    GRand *rand = g_rand_new_with_seed((guint32) g_test_rand_int());
    guint died = 0, rounds = 0;

    rig_open(&rig, dialect, points() < 50 ? 1000 : MANY);
    while (died < points()) {
        Deed deed = rounds++ % 4 == 3 ? undo : post;
        const char *expected = deed == undo ? rig.before : rig.undisturbed;
        prepare(&rig, deed);
        for (int again = 0; again < 6 && died < points(); again++) {
            const Fate fate = { NULL, NULL, (gint64) g_rand_double_range(rand, 0, (double) rig.whole_us) };
            int status = deed(&rig, &fate);
            if (status != 128 + SIGKILL)
                break; /* it was quicker */
            died++;
        }
        comes_to_the_same(&rig, deed, expected);
    }
    g_test_message("%u deaths in %u runs", died, rounds);
    g_rand_free(rand);
    rig_close(&rig);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    secret_init();
    g_autofree char *dir = g_path_get_dirname(argv[0]);
    const char *env = g_getenv("LANTING_PROGRAM");
    program = env ? g_strdup(env) : g_canonicalize_filename("lanting", dir);
    if (!g_file_test(program, G_FILE_TEST_IS_EXECUTABLE))
        g_error("no program %s: set LANTING_PROGRAM", program);
    testdb_each("/bill-kill/posting-that-dies-at-a-failpoint-is-taken-up-again", posting_dies);
    testdb_each("/bill-kill/posting-that-fails-at-a-failpoint-is-taken-up-again", posting_fails);
    testdb_each("/bill-kill/undoing-that-dies-at-a-failpoint-is-taken-up-again", undoing_dies);
    testdb_each("/bill-kill/killed-at-any-moment-it-comes-to-the-same", at_any_moment);
    int status = g_test_run();
    g_free(program);
    return status;
}
