/* scope.c - which rows a person reaches, as one SQL condition for lists, single records, search, pickers, exports, reports. */
#include "db/catalogue.h"
#include "store/registry.h"
#include "store/store_internal.h"

#include <string.h>

/* A zone takes in the zones of those who report to me, as it takes in what they own. */
static void
append_owner(GString *sql, const char *column, Scope scope)
{
    const char *reach = scope == SCOPE_DEPARTMENT ? "department" : "team";

    if (scope == SCOPE_OWN)
        g_string_append_printf(sql, "%s = :me", column);
    else
        g_string_append_printf(
            sql, "%s IN (SELECT r.member_id FROM staff_reach r WHERE r.viewer_id = :me AND r.reach = '%s')", column,
            reach);
}

static void
append_zone(GString *sql, const char *column)
{
    g_string_append_printf(sql,
                           " OR %s IN (SELECT z.unit_id FROM zone_unit z WHERE z.property_id = :property_id"
                           " AND z.staff_id IN (SELECT r.member_id FROM staff_reach r WHERE r.viewer_id = :me AND r.reach = 'team')"
                           " AND z.from_on <= :today AND (z.to_on IS NULL OR z.to_on >= :today))",
                           column);
}

/* The rows of the merchant that is logged in: the merchant's own, those that name it, and the parts of such rows. What names no merchant is
 * nobody's. */
static void
append_merchant(const Registry *registry, GString *sql, const EntityDef *def, const char *alias, guint depth)
{
    const FieldDef *names = entity_find_field(def, "merchant_id");
    const FieldDef *parent = def->scope.parent ? entity_find_field(def, def->scope.parent) : NULL;

    if (strcmp(def->name, "merchant") == 0)
        g_string_append_printf(sql, "%s.id = :merchant", alias);
    else if (names)
        g_string_append_printf(sql, "%s.merchant_id = :merchant", alias);
    else if (parent && depth < 4) {
        const EntityDef *above = registry_def(registry, parent->ref);
        char inner[16];
        g_snprintf(inner, sizeof inner, "m%u", depth);
        g_string_append_printf(sql, "%s.%s IN (SELECT %s.id FROM %s %s WHERE ", alias, parent->name, inner, above->name, inner);
        if (!(above->flags & EF_GROUP))
            g_string_append_printf(sql, "%s.property_id = :property_id AND ", inner);
        append_merchant(registry, sql, above, inner, depth + 1);
        g_string_append_c(sql, ')');
    } else
        g_string_append(sql, "1 = 0");
}

/* Appends the condition for @scope on @alias; follows .parent, whose scope applies to its children. */
static void
append_scope(const Registry *registry, GString *sql, const EntityDef *def, const char *alias, Scope scope, guint depth)
{
    const ScopeDef *how = &def->scope;
    g_autofree char *owner
        = g_strdup_printf("%s.%s", alias, how->owner ? how->owner : "created_by");

    if (how->parent && depth < 4) {
        const FieldDef *field = entity_find_field(def, how->parent);
        const EntityDef *parent = registry_def(registry, field->ref);
        char inner[16];
        g_snprintf(inner, sizeof inner, "p%u", depth);
        g_string_append_printf(sql, "%s.%s IN (SELECT %s.id FROM %s %s WHERE ", alias, how->parent, inner,
                               parent->name, inner);
        if (!(parent->flags & EF_GROUP))
            g_string_append_printf(sql, "%s.property_id = :property_id AND ", inner);
        g_string_append_c(sql, '(');
        append_scope(registry, sql, parent, inner, scope, depth + 1);
        g_string_append(sql, "))");
        return;
    }
    append_owner(sql, owner, scope);
    if (scope == SCOPE_ZONE && how->unit) {
        g_autofree char *unit = g_strdup_printf("%s.%s", alias, how->unit);
        append_zone(sql, unit);
    }
}

/* Records opened to exactly this person, and the parts of such records. */
static void
append_grants(const Registry *registry, GString *sql, const EntityDef *def, const char *alias)
{
    static const char shape[] = " OR %s.%s IN (SELECT g.record_id FROM record_grant g WHERE g.property_id = :property_id"
                                " AND g.entity = '%s' AND g.staff_id = :me AND g.ended_at IS NULL)";

    g_string_append_printf(sql, shape, alias, "id", def->name);
    if (def->scope.parent) {
        const FieldDef *field = entity_find_field(def, def->scope.parent);
        g_string_append_printf(sql, shape, alias, def->scope.parent, registry_def(registry, field->ref)->name);
    }
}

char *
list_scope_sql(const Ctx *ctx, const EntityDef *def, const char *alias, const char *action)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    Scope scope = access_scope(ctx->access, def->name, action);

    if (def->flags & EF_GROUP)
        g_string_append(sql, "1 = 1");
    else
        g_string_append_printf(sql, "%s.property_id = :property_id", alias);
    if (scope >= SCOPE_PROPERTY)
        return g_strdup(sql->str);
    if (scope == SCOPE_MERCHANT) {
        g_string_append(sql, " AND ");
        append_merchant(ctx->registry, sql, def, alias, 0);
        return g_strdup(sql->str);
    }
    g_string_append(sql, " AND (");
    if (scope == SCOPE_NONE)
        g_string_append(sql, "1 = 0");
    else
        append_scope(ctx->registry, sql, def, alias, scope, 0);
    if (strcmp(action, "read") == 0 && !(def->flags & EF_GROUP))
        append_grants(ctx->registry, sql, def, alias);
    g_string_append_c(sql, ')');
    return g_strdup(sql->str);
}

void
list_bind_scope(const Ctx *ctx, DbStmt *stmt)
{
    if (db_has_param(stmt, "property_id"))
        db_bind_int(stmt, "property_id", ctx->property_id);
    if (db_has_param(stmt, "me"))
        db_bind_int(stmt, "me", ctx->staff_id);
    if (db_has_param(stmt, "merchant"))
        db_bind_int(stmt, "merchant", access_merchant(ctx->access));
    if (db_has_param(stmt, "en"))
        db_bind_int(stmt, "en", ctx->lang == LANG_EN);
    if (db_has_param(stmt, "today"))
        db_bind_day(stmt, "today", ctx->today);
}

/* Puts the condition in the place of the first token; FALSE if there is none. */
static gboolean
fill_scope(const Ctx *ctx, GString *sql)
{
    static const char begin[] = "{{SCOPE ";
    const char *at = strstr(sql->str, begin);
    const char *end = at ? strstr(at, "}}") : NULL;

    if (!end)
        return FALSE;
    gssize from = at - sql->str;
    g_autofree char *inside = g_strndup(at + strlen(begin), (gsize) (end - at) - strlen(begin));
    g_auto(GStrv) words = g_strsplit(inside, " ", 2);
    g_autofree char *scope = list_scope_sql(ctx, registry_def(ctx->registry, words[0]), words[1], "read");
    g_string_erase(sql, from, end + 2 - at);
    g_string_insert(sql, from, scope);
    return TRUE;
}

DbStmt *
list_named(Ctx *ctx, const char *name, GError **error)
{
    g_autoptr(GString) sql = g_string_new(catalogue_sql(name, db_conn_dialect(ctx->db)));

    while (fill_scope(ctx, sql))
        ;
    DbStmt *stmt = db_prepare(ctx->db, sql->str, error);
    if (stmt)
        list_bind_scope(ctx, stmt);
    return stmt;
}
