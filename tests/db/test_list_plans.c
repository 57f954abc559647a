/* No list may read a table from end to end or sort it, whatever its size: the engines' own plans say so, without a clock. */
#include "domain/entities.h"
#include "store/list.h"
#include "support/world.h"

#include <string.h>

typedef struct {
    guint plans;
    GString *faults;
} Plans;

/* -- what the engine says ------------------------------------------------------- */

static gboolean
is_fault(const char *step)
{
    return strstr(step, "TEMP B-TREE") || strstr(step, "-> Sort") || strstr(step, "->  Sort") || strstr(step, "Seq Scan")
           || (g_str_has_prefix(step, "SCAN t") && !strstr(step, "USING"));
}

/* The step that finds the page's ids; the few rows found are joined and ordered around it. SQLite: the part below "k". */
static gboolean
explain_sqlite(DbStmt *stmt, GString *fault, GError **error)
{
    gint64 part = -1;
    gboolean ok = TRUE;

    while (db_each(stmt, &ok, error)) {
        const char *step = db_text(stmt, 3);
        if (strcmp(step, "CO-ROUTINE k") == 0 || strcmp(step, "MATERIALIZE k") == 0)
            part = db_int(stmt, 0);
        else if (db_int(stmt, 1) == part && is_fault(step))
            g_string_append_printf(fault, "%s; ", step);
    }
    g_assert_cmpint(part, !=, -1);
    return ok;
}

/* PostgreSQL: what is indented below the one Limit. */
static gboolean
explain_pg(DbStmt *stmt, GString *fault, GError **error)
{
    gsize limit = 0, found = 0;
    gboolean ok = TRUE;

    while (db_each(stmt, &ok, error)) {
        const char *line = db_text(stmt, 0);
        gsize indent = strspn(line, " ");
        if (strstr(line, "Limit  (")) {
            limit = indent + 1;
            found++;
        } else if (limit && indent < limit)
            limit = 0;
        else if (limit && is_fault(line))
            g_string_append_printf(fault, "%s; ", line);
    }
    g_assert_cmpuint(found, ==, 1);
    return ok;
}

static gboolean
check_plan(Ctx *ctx, Plans *plans, const ListQuery *query, const char *what, GError **error)
{
    gboolean sqlite = db_conn_dialect(ctx->db) == DIALECT_SQLITE;
    g_autofree char *sql = list_sql(ctx, query);
    g_autofree char *explain = g_strconcat(sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ", sql, NULL);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, explain, error);
    g_autoptr(GString) fault = g_string_new(NULL);

    if (!stmt || !list_bind(ctx, query, query->size, stmt, error))
        return FALSE;
    if (!(sqlite ? explain_sqlite(stmt, fault, error) : explain_pg(stmt, fault, error)))
        return FALSE;
    plans->plans++;
    if (fault->len)
        g_string_append_printf(plans->faults, "\n%s %s: %s", query->def->name, what, fault->str);
    return TRUE;
}

/* -- what lists are asked for --------------------------------------------------- */

static const char *
some_value(const FieldDef *field)
{
    static const char *const values[FT__N] = {
        [FT_TEXT] = "x",  [FT_LONGTEXT] = "x",    [FT_INT] = "202603",
        [FT_BOOL] = "1",  [FT_MONEY] = "1",       [FT_PRICE] = "1",
        [FT_AREA] = "1",  [FT_PERCENT] = "1",     [FT_DAY] = "2026-03-01",
        [FT_REF] = "123", [FT_INSTANT] = "2026-03-01T08:30:00.000Z",
    };

    return field->type == FT_ENUM ? field->items[0].token : values[field->type];
}

static gboolean
check_asked(Ctx *ctx, Plans *plans, const EntityDef *def, const char *key, const char *value, GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(def);
    g_autofree char *what = g_strdup_printf("%s=%s", key, value);

    return list_query_param(query, key, value, error) && check_plan(ctx, plans, query, what, error);
}

static gboolean
check_entity(Ctx *ctx, Plans *plans, const EntityDef *def, GError **error)
{
    if (!check_asked(ctx, plans, def, "size", "50", error) || !check_asked(ctx, plans, def, "sort", "id", error)
        || !check_asked(ctx, plans, def, "sort", "-id", error) || !check_asked(ctx, plans, def, "limit", "50", error))
        return FALSE;
    for (guint i = 0; i < def->n_fields; i++) {
        const FieldDef *f = &def->fields[i];
        g_autofree char *down = g_strdup_printf("-%s", f->name);
        if ((f->flags & FF_SORT)
            && (!check_asked(ctx, plans, def, "sort", f->name, error) || !check_asked(ctx, plans, def, "sort", down, error)))
            return FALSE;
        if (((f->flags & FF_FILTER) || f->type == FT_REF) && !(f->flags & (FF_SECRET | FF_NO_INDEX))
            && !check_asked(ctx, plans, def, f->name, some_value(f), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
check_all(Ctx *ctx, gpointer data, GError **error)
{
    /* an empty table is read from end to end unless that is made dear */
    if (db_conn_dialect(ctx->db) == DIALECT_PG
        && !db_exec(ctx->db, "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off",
                    error))
        return FALSE;
    for (guint i = 0; ctx->registry->defs[i]; i++) {
        const EntityDef *def = ctx->registry->defs[i];
        if (!(def->flags & (EF_INTERNAL | EF_GROUP)) && !check_entity(ctx, data, def, error))
            return FALSE;
    }
    return TRUE;
}

static void
every_list_follows_an_index(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(GString) faults = g_string_new(NULL);
    Plans plans = { .faults = faults };

    world_must(world, NULL, check_all, &plans);
    g_assert_cmpuint(plans.plans, >, 300);
    if (faults->len)
        g_error("lists that read or sort whole tables:%s", faults->str);
}

/* -- a filter that few rows meet, in another order than the list's own ---------- */

static gboolean
first_search(Ctx *ctx, const char *entity, const char *filter, const char *value, const char *sort, char **step,
             GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, entity));
    gboolean ok = TRUE;

    if (!list_query_param(query, filter, value, error) || !list_query_param(query, "sort", sort, error))
        return FALSE;
    g_autofree char *sql = list_sql(ctx, query);
    g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, explain, error);
    if (!stmt || !list_bind(ctx, query, query->size, stmt, error))
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        if (!*step && g_str_has_prefix(db_text(stmt, 3), "SEARCH t"))
            *step = g_strdup(db_text(stmt, 3));
    }
    return ok;
}

static gboolean
check_gathered(Ctx *ctx, gpointer data, GError **error)
{
    static const char *const asked[][4] = {
        { "lead", "stage", "negotiating", "name" },
        { "lead", "lost_reason", "price", "-last_contact_at" },
        { "inquiry", "grade", "A", "no" },
        { "lease", "category_id", "123", "-to_on" },
    };

    (void) data;
    for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autofree char *step = NULL;
        g_autofree char *term = g_strdup_printf(" AND %s=?", asked[i][1]);
        if (!first_search(ctx, asked[i][0], asked[i][1], asked[i][2], asked[i][3], &step, error))
            return FALSE;
        g_assert_nonnull(step);
        if (!strstr(step, term))
            g_error("%s by %s: %s", asked[i][1], asked[i][3], step);
    }
    return TRUE;
}

static void
a_filter_goes_before_an_order(void)
{
    g_autoptr(World) world = world_new(DIALECT_SQLITE);

    world_must(world, NULL, check_gathered, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/lists/every-order-and-every-filter-follows-an-index", every_list_follows_an_index);
    g_test_add_func("/lists/a-filter-that-few-meet-goes-before-the-order", a_filter_goes_before_an_order);
    return g_test_run();
}
