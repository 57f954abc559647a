/* cmd_dump.c - the program prints what it derived from its tables; the copies under tests/golden are compared in CI. */
#include "api/api.h"
#include "app/app.h"
#include "db/migrate.h"
#include "store/meta_json.h"
#include "store/schema.h"

#include <stdio.h>
#include <string.h>

int
cmd_dump_schema(int argc, char **argv)
{
    gboolean pg = FALSE, sqlite = FALSE;
    const GOptionEntry entries[] = {
        { "pg", 0, 0, G_OPTION_ARG_NONE, &pg, "for PostgreSQL", NULL },
        { "sqlite", 0, 0, G_OPTION_ARG_NONE, &sqlite, "for SQLite (default)", NULL },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;

    if (!app_options("Prints the schema that a new database gets.", entries, &argc, &argv, &status))
        return status;
    g_autoptr(App) app = app_new();
    g_autofree char *ddl = schema_ddl(app->registry, pg ? DIALECT_PG : DIALECT_SQLITE);
    fputs(ddl, stdout);
    return 0;
}

int
cmd_dump_openapi(int argc, char **argv)
{
    int status = 0;

    if (!app_options("Prints the HTTP API as OpenAPI 3.1.", NULL, &argc, &argv, &status))
        return status;
    g_autoptr(App) app = app_new();
    const ApiOptions options = { .registry = app->registry };
    g_autoptr(Api) api = api_new(&options);
    g_autofree char *compact = api_openapi(app->registry, api);
    json_t *json = json_loads(compact, 0, NULL);
    char *text = json_dumps(json, JSON_INDENT(1));
    puts(text);
    free(text);
    json_decref(json);
    return 0;
}

/* Every right there is, one a line: those of entities and flows, and what routes ask for. */
int
cmd_dump_permissions(int argc, char **argv)
{
    int status = 0;
    guint n = 0;

    if (!app_options("Prints every right and every route with the right it asks for.", NULL, &argc, &argv, &status))
        return status;
    g_autoptr(App) app = app_new();
    const ApiOptions options = { .registry = app->registry };
    g_autoptr(Api) api = api_new(&options);
    for (guint i = 0; app->registry->modules[i]; i++) {
        const EntityModule *m = app->registry->modules[i];
        if (m->def->flags & EF_INTERNAL)
            continue;
        printf("%s: read%s%s", m->def->name, m->def->flags & EF_NO_CREATE ? "" : " create",
               m->def->flags & EF_NO_UPDATE ? "" : " update");
        for (guint k = 0; k < m->n_flow; k++)
            printf(" %s%s", m->flow[k].action, m->flow[k].internal ? "(system)" : "");
        for (guint k = 0; m->more_rights && m->more_rights[k]; k++)
            printf(" %s", m->more_rights[k]);
        putchar('\n');
    }
    putchar('\n');
    const Route *const *routes = api_routes(api, &n);
    for (guint i = 0; i < n; i++) {
        const Route *r = routes[i];
        g_autofree char *right = r->auth == AUTH_RIGHT || r->auth == AUTH_MERCHANT ? g_strdup_printf("%s.%s", r->entity ? r->entity : "*", r->action)
                                                       : g_strdup(r->auth == AUTH_PUBLIC ? "public" : r->auth == AUTH_SELF ? "self" : "session");
        printf("%-7s %-45s %s\n", http_method_name(r->method), r->path, right);
    }
    return 0;
}

int
cmd_dump_entities(int argc, char **argv)
{
    int status = 0;

    if (!app_options("Prints all entities with their fields.", NULL, &argc, &argv, &status))
        return status;
    g_autoptr(App) app = app_new();
    for (guint i = 0; app->registry->defs[i]; i++) {
        const EntityDef *def = app->registry->defs[i];
        printf("%s %s / %s\n", def->name, def->zh, def->en);
        for (guint k = 0; k < def->n_fields; k++) {
            const FieldDef *f = &def->fields[k];
            printf("  %-22s %-9s%s %s / %s\n", f->name, meta_type_name(f->type), f->flags & FF_REQUIRED ? "!" : " ", f->zh, f->en);
        }
    }
    return 0;
}
