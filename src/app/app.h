/* app.h - the program put together: registry, database, server, commands. Start at app_main(). */
#pragma once
#include "domain/entities.h"
#include "store/ctx.h"

typedef struct {
    char *db_url;    /* LANTING_DB or --db; default data/lanting.db */
    char *files_dir; /* beside the database */
    guint8 key[32];  /* seals confidential columns */
    Registry *registry;
    Db *db;
    gboolean is_new; /* the database was made by this start */
} App;

/* Runs the command named by argv[1]; the exit status. */
int app_main(int argc, char **argv);

/* Opens (and makes or migrates) the database. @url NULL: from the environment. transfer full. */
App *app_open(const char *url, GError **error);
/* Only the tables, for commands that need no database. transfer full. */
App *app_new(void);
void app_free(App *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(App, app_free)

/* Runs @job as the system in a write transaction of the property (0: the first one). */
typedef gboolean (*AppJob)(Ctx *ctx, gpointer data, GError **error);
gboolean app_write(App *app, gint64 property_id, AppJob job, gpointer data, GError **error);
gboolean app_read(App *app, gint64 property_id, AppJob job, gpointer data, GError **error);
/* Id of the first property; 0 if there is none yet. */
gint64 app_first_property(App *app, GError **error);

/* What `lanting check` proves: a statement that finds nothing. Ends with NULLs. */
typedef struct {
    const char *statement;
    const char *promise;
} AppPromise;
extern const AppPromise app_promises[];

typedef struct {
    const char *name;
    const char *usage; /* what follows the name */
    const char *doc;
    int (*run)(int argc, char **argv);
} Command;

int cmd_serve(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_migrate(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_backup(int argc, char **argv);
int cmd_restore(int argc, char **argv);
int cmd_user(int argc, char **argv);
int cmd_bill(int argc, char **argv);
int cmd_calc(int argc, char **argv);
int cmd_dump_schema(int argc, char **argv);
int cmd_dump_openapi(int argc, char **argv);
int cmd_dump_permissions(int argc, char **argv);
int cmd_dump_entities(int argc, char **argv);

/* Parses the options of a command; prints usage and returns FALSE when the command should end with *status. */
gboolean app_options(const char *summary, const GOptionEntry *entries, int *argc, char ***argv, int *status);
/* Prints an error for a person and returns exit status 1. */
int app_fail(const GError *error);
