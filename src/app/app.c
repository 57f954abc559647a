#include "app/app.h"

#include "base/clock.h"
#include "base/failpoint.h"
#include "base/secret.h"
#include "db/catalogue.h"
#include "db/migrate.h"
#include "store/schema.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const Command commands[] = {
    { "serve", "", "serve the web pages and the API", cmd_serve },
    { "demo", "", "fill a new database with a demo centre", cmd_demo },
    { "migrate", "", "bring the database up to this program", cmd_migrate },
    { "check", "", "prove that the database is sound", cmd_check },
    { "import", "FILE", "import a spreadsheet", cmd_import },
    { "export", "ENTITY", "export an entity to a spreadsheet", cmd_export },
    { "backup", "FILE", "copy the database while it is in use", cmd_backup },
    { "restore", "FILE", "put a backup in the database's place", cmd_restore },
    { "user", "LOGIN", "add a person or reset a password", cmd_user },
    { "bill", "MONTH", "preview, post or undo the bill run of a month", cmd_bill },
    { "calc", "KIND", "calculate a clause from standard input", cmd_calc },
    { "dump-schema", "", "print the database schema", cmd_dump_schema },
    { "dump-openapi", "", "print the API as OpenAPI", cmd_dump_openapi },
    { "dump-permissions", "", "print who may do what", cmd_dump_permissions },
    { "dump-entities", "", "print all entities and fields", cmd_dump_entities },
};

static int
usage(FILE *to)
{
    fprintf(to, "lanting - leasing and operations of a shopping centre\n\nusage: lanting COMMAND [OPTIONS]\n\n");
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(to, "  %-17s %-8s %s\n", commands[i].name, commands[i].usage, commands[i].doc);
    fprintf(to, "\nlanting COMMAND --help tells more. LANTING_DB names the database, LANTING_LISTEN the address.\n");
    return to == stdout ? 0 : 2;
}

int
app_main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    secret_init();
    failpoint_init();
    if (argc < 2)
        return usage(stderr);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return usage(stdout);
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    }
    fprintf(stderr, "lanting: no command %s\n\n", argv[1]);
    return usage(stderr);
}

gboolean
app_options(const char *summary, const GOptionEntry *entries, int *argc, char ***argv, int *status)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_set_summary(context, summary);
    if (entries)
        g_option_context_add_main_entries(context, entries, NULL);
    if (g_option_context_parse(context, argc, argv, &error))
        return TRUE;
    fprintf(stderr, "%s\n", error->message);
    *status = 2;
    return FALSE;
}

int
app_fail(const GError *error)
{
    const AppErrorPrivate *more = error->domain == APP_ERROR ? app_error_get_private(error) : NULL;

    fprintf(stderr, "lanting: %s\n         %s\n", app_error_text(error, LANG_ZH), app_error_text(error, LANG_EN));
    for (guint i = 0; more && more->fields && i < more->fields->len; i++) {
        const FieldError *f = more->fields->pdata[i];
        fprintf(stderr, "         %s: %s (%s)\n", f->field, f->text[LANG_ZH], f->text[LANG_EN]);
    }
    return 1;
}

App *
app_new(void)
{
    static gsize once; /* the statements are read once, however many databases are opened */
    App *app = g_new0(App, 1);

    if (g_once_init_enter(&once)) {
        catalogue_init();
        g_once_init_leave(&once, 1);
    }
    app->registry = registry_new(entity_modules, approval_subjects);
    return app;
}

void
app_free(App *app)
{
    if (!app)
        return;
    g_clear_pointer(&app->db, db_close);
    g_clear_pointer(&app->registry, registry_free);
    g_free(app->db_url);
    g_free(app->files_dir);
    g_free(app);
}

static gboolean
make_places(App *app, GError **error)
{
    gboolean file = !g_str_has_prefix(app->db_url, "postgres");
    const char *env = g_getenv("LANTING_FILES");
    g_autofree char *dir = file ? g_path_get_dirname(app->db_url) : g_strdup("data");
    g_autofree char *key = g_build_filename(dir, "lanting.key", NULL);

    app->files_dir = env ? g_strdup(env) : g_build_filename(dir, "files", NULL);
    if (g_mkdir_with_parents(dir, 0700) != 0 || g_mkdir_with_parents(app->files_dir, 0700) != 0)
        return app_error_set(error, APP_ERROR_INTERNAL, "app.no_directory", "无法建立目录 %s：%s", "cannot make the directory %s: %s", dir,
                             g_strerror(errno));
    return secret_key_load(key, app->key, error);
}

static gboolean
bring_up(App *app, GError **error)
{
    int version = migrate_version(app->db, error);

    if (version < 0)
        return FALSE;
    if (version == 0) {
        app->is_new = TRUE;
        return schema_create(app->db, app->registry, error) && migrate_stamp(app->db, LANTING_VERSION, error);
    }
    return migrate_run(app->db, LANTING_VERSION, error);
}

static gboolean
check_schema(App *app, GError **error)
{
    g_autoptr(GString) report = g_string_new(NULL);
    g_autoptr(GError) failure = NULL;

    if (schema_check(app->db, app->registry, report, &failure))
        return TRUE;
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return app_error_set(error, APP_ERROR_CONFLICT, "app.schema_differs", "数据库结构与程序不符：\n%s",
                         "the database differs from this program:\n%s", report->str);
}

App *
app_open(const char *url, GError **error)
{
    g_autoptr(App) app = app_new();
    const char *env = g_getenv("LANTING_DB");

    app->db_url = g_strdup(url ? url : env && *env ? env : "data/lanting.db");
    if (!make_places(app, error))
        return NULL;
    app->db = db_open(app->db_url, NULL, error);
    if (!app->db || !bring_up(app, error) || !check_schema(app, error))
        return NULL;
    return g_steal_pointer(&app);
}

typedef struct {
    App *app;
    gint64 property_id;
    AppJob job;
    gpointer data;
} Run;

static gboolean
run_job(DbConn *conn, gpointer data, GError **error)
{
    Run *run = data;
    Ctx ctx = { .db = conn,
                .registry = run->app->registry,
                .property_id = run->property_id,
                .lang = LANG_ZH,
                .now_us = clock_now_us(),
                .today = clock_today(),
                .files_dir = run->app->files_dir,
                .key = run->app->key };

    return run->job(&ctx, run->data, error);
}

static gboolean
find_property(Ctx *ctx, gpointer data, GError **error)
{
    gint64 *id = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "app.first_property", error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    *id = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

gint64
app_first_property(App *app, GError **error)
{
    gint64 id = 0;
    Run run = { app, -1, find_property, &id };

    return db_run(app->db, LANE_READ, run_job, &run, error) ? id : 0;
}

static gboolean
run_in(App *app, Lane lane, gint64 property_id, AppJob job, gpointer data, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gint64 id = property_id ? property_id : app_first_property(app, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    Run run = { app, id, job, data };
    return db_run(app->db, lane, run_job, &run, error);
}

gboolean
app_write(App *app, gint64 property_id, AppJob job, gpointer data, GError **error)
{
    return run_in(app, LANE_WRITE, property_id, job, data, error);
}

gboolean
app_read(App *app, gint64 property_id, AppJob job, gpointer data, GError **error)
{
    return run_in(app, LANE_SLOW, property_id, job, data, error);
}
