/* Every hand-written statement is prepared on both engines: spelling, columns, parameters, dialect. */
#include "db/catalogue.h"
#include "store/list.h"
#include "support/world.h"

#include <string.h>

static gboolean
prepare_all(Ctx *ctx, gpointer data, GError **error)
{
    guint *n = data;
    g_autofree const char **names = catalogue_names();

    for (guint i = 0; names[i]; i++) {
        g_autoptr(DbStmt) stmt = list_named(ctx, names[i], error);
        if (!stmt || !db_stmt_describe(stmt, error)) {
            g_prefix_error(error, "%s: ", names[i]);
            return FALSE;
        }
        (*n)++;
    }
    return TRUE;
}

static void
every_statement_is_understood(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    guint n = 0;

    world_must(world, NULL, prepare_all, &n);
    g_assert_cmpuint(n, >, 50);
}

/* On property tables a statement without the property would mix centres. */
static void
every_statement_names_its_property(void)
{
    g_autoptr(World) world = world_new(DIALECT_SQLITE); /* reads the catalogue */
    static const char *const group_tables[] = { "staff", "role", "property", "session", "category", "channel", NULL };
    g_autofree const char **names = catalogue_names();

    g_assert_nonnull(world->db);
    for (guint i = 0; names[i]; i++) {
        const char *sql = catalogue_sql(names[i], DIALECT_SQLITE);
        gboolean group = g_str_has_prefix(names[i], "org.") || g_str_has_prefix(names[i], "jobs.properties")
                         || strcmp(names[i], "app.first_property") == 0 || strcmp(names[i], "report.reaches") == 0
                         || strstr(names[i], "staff") || strstr(names[i], "category") || strstr(names[i], "channel");
        for (guint t = 0; group_tables[t]; t++) {
            g_autofree char *from = g_strdup_printf("FROM %s", group_tables[t]);
            group = group || strstr(sql, from);
        }
        if (!group && !strstr(sql, "property_id") && !strstr(sql, "{{SCOPE"))
            g_error("statement %s does not name the property", names[i]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/sql/every-statement-is-understood-by-the-engine", every_statement_is_understood);
    g_test_add_func("/sql/every-statement-names-its-property", every_statement_names_its_property);
    return g_test_run();
}
