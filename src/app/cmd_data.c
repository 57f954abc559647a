/* cmd_data.c - migrate, backup, restore, and people at the keyboard of the server. */
#include "app/app.h"
#include "app/demo.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "domain/collection/collection.h"
#include "domain/ledger/ledger.h"
#include "domain/lease/lease.h"
#include "domain/org/org.h"
#include "domain/party/party.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static char *db_url;
static const GOptionEntry db_entries[] = {
    { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "database file or postgresql:// address (LANTING_DB)", "URL" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

int
cmd_migrate(int argc, char **argv)
{
    int status = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("Brings the database up to this program; makes it if it is not there.", db_entries, &argc, &argv, &status))
        return status;
    g_autoptr(App) app = app_open(db_url, &error);
    if (!app)
        return app_fail(error);
    printf("the database is at version %d\n", migrate_latest());
    return 0;
}

int
cmd_demo(int argc, char **argv)
{
    int status = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("Fills a new database with a demo centre, the same every time, dates around today.", db_entries, &argc,
                     &argv, &status))
        return status;
    g_autoptr(App) app = app_open(db_url, &error);
    if (!app)
        return app_fail(error);
    if (app_first_property(app, &error)) {
        gboolean whole = demo_is_there(app);
        printf(whole ? "the demo centre is there already; nothing was changed\n"
                     : "the database already holds a centre, or a demo that broke off; use an empty one\n");
        return whole ? 0 : 1;
    }
    if (error || !demo_make(app, &error))
        return app_fail(error);
    demo_print_logins(stdout);
    return 0;
}

int
cmd_backup(int argc, char **argv)
{
    int status = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("backup FILE: copies the database while it is in use, and checks the copy.", db_entries, &argc, &argv,
                     &status))
        return status;
    if (argc != 2) {
        fprintf(stderr, "lanting backup: name the file to write\n");
        return 2;
    }
    const char *env = g_getenv("LANTING_DB");
    const char *url = db_url ? db_url : env && *env ? env : "data/lanting.db";
    const DbOptions options = { .read_only = TRUE }; /* takes no lock: the server may go on */
    g_autoptr(Db) db = db_open(url, &options, &error);
    if (!db || !db_backup_to(db, argv[1], &error))
        return app_fail(error);
    printf("wrote %s\n", argv[1]);
    return 0;
}

/* The backup is opened and checked before it takes the database's place; the old file stays beside it. */
int
cmd_restore(int argc, char **argv)
{
    int status = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("restore FILE: puts a backup in the database's place; the old one is kept beside it.", db_entries, &argc,
                     &argv, &status))
        return status;
    const char *env = g_getenv("LANTING_DB");
    const char *url = db_url ? db_url : env && *env ? env : "data/lanting.db";
    if (argc != 2 || g_str_has_prefix(url, "postgres")) {
        fprintf(stderr, "lanting restore: name the backup; PostgreSQL is restored with its own tools (pg_restore)\n");
        return 2;
    }
    const DbOptions options = { .read_only = TRUE };
    g_autoptr(Db) backup = db_open(argv[1], &options, &error);
    if (!backup)
        return app_fail(error);
    g_clear_pointer(&backup, db_close);
    g_autofree char *old = g_strconcat(url, ".before-restore", NULL);
    g_autofree char *fresh = g_strconcat(url, ".restoring", NULL);
    g_autoptr(Db) held = g_file_test(url, G_FILE_TEST_EXISTS) ? db_open(url, NULL, &error) : NULL;
    if (error) /* in use by a running server, or not ours */
        return app_fail(error);
    g_clear_pointer(&held, db_close); /* closing checkpoints the log into the file */
    g_autoptr(GFile) from = g_file_new_for_path(argv[1]);
    g_autoptr(GFile) to = g_file_new_for_path(fresh);
    if (!g_file_copy(from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
        return app_fail(error);
    if ((g_file_test(url, G_FILE_TEST_EXISTS) && rename(url, old) != 0) || rename(fresh, url) != 0) {
        perror("lanting restore");
        return 1;
    }
    printf("restored %s; the former database is %s\n", url, old);
    return 0;
}

static char *
ask_password(void)
{
    struct termios was, quiet;
    gboolean terminal = tcgetattr(STDIN_FILENO, &was) == 0;
    char line[256];

    if (terminal) {
        fprintf(stderr, "password: ");
        quiet = was;
        quiet.c_lflag &= ~(tcflag_t) ECHO;
        tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    }
    char *got = fgets(line, sizeof line, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSANOW, &was);
        fputc('\n', stderr);
    }
    return got ? g_strdup(g_strchomp(line)) : g_strdup("");
}

typedef struct {
    const char *login, *name, *role, *hash;
    const char *property; /* name of the centre to begin with; NULL: it is there */
} NewUser;

/* An empty database becomes a centre: posts, roles, flows, categories, channels, charge items, templates. */
static gboolean
begin_property(Ctx *ctx, const char *name, GError **error)
{
    if (ctx->property_id)
        return app_error_set(error, APP_ERROR_CONFLICT, "property.exists", "数据库已有项目", "the database already holds a centre");
    ctx->property_id = org_property_add(ctx, "MAIN", name, error);
    return ctx->property_id && org_seed(ctx, error) && party_seed(ctx, error) && lease_seed(ctx, error) && ledger_seed(ctx, error)
           && collection_seed(ctx, error);
}

static gboolean
set_user(Ctx *ctx, gpointer data, GError **error)
{
    const NewUser *user = data;

    if (user->property && !begin_property(ctx, user->property, error))
        return FALSE;
    if (!ctx->property_id)
        return app_error_set(error, APP_ERROR_INVALID, "property.none", "数据库还没有项目，请加 --property 名称",
                             "the database holds no centre yet; add --property NAME");
    g_autoptr(Record) there = record_find_by(ctx, "staff", "login", user->login, error);

    if (error && *error)
        return FALSE;
    if (there)
        return org_password_reset(ctx, "staff", there->id, user->hash, error);
    const OrgNewStaff person = { .login = user->login, .name = user->name ? user->name : user->login,
                                 .role_code = user->role ? user->role : "admin", .password_hash = user->hash,
                                 .must_change_password = TRUE };
    return org_staff_add(ctx, &person, error) != 0;
}

int
cmd_user(int argc, char **argv)
{
    g_autofree char *url = NULL, *name = NULL, *role = NULL, *property = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "database (LANTING_DB)", "URL" },
        { "name", 0, 0, G_OPTION_ARG_STRING, &name, "name of a new person", "NAME" },
        { "role", 0, 0, G_OPTION_ARG_STRING, &role, "role of a new person (default admin)", "CODE" },
        { "property", 0, 0, G_OPTION_ARG_STRING, &property, "begin an empty database with a centre of this name", "NAME" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("user LOGIN: adds a person, or resets the password of one; reads the password from standard input.",
                     entries, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        fprintf(stderr, "lanting user: name the login\n");
        return 2;
    }
    g_autofree char *password = ask_password();
    if (!org_password_rules(password, argv[1], name, "password", &error))
        return app_fail(error);
    g_autofree char *hash = secret_password_hash(password);
    NewUser user = { argv[1], name, role, hash, property };
    g_autoptr(App) app = app_open(url, &error);
    if (!app || !app_write(app, 0, set_user, &user, &error))
        return app_fail(error);
    printf("%s can sign in and must choose a new password\n", argv[1]);
    return 0;
}
