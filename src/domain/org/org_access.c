/* org_access.c - from roles and delegations to what a person may do. */
#include "domain/org/org_internal.h"

#include "base/clock.h"
#include "db/catalogue.h"

#include <string.h>

DbStmt *
org_stmt(Ctx *ctx, const char *name, gboolean scoped, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt && scoped)
        db_bind_int(stmt, "property_id", ctx->property_id);
    return stmt;
}

/* Every verb of an entity that a person can be given. transfer container. */
static GPtrArray *
all_actions(const EntityModule *module)
{
    GPtrArray *list = g_ptr_array_new();
    EntityFlags flags = module->def->flags;

    g_ptr_array_add(list, (gpointer) "read");
    g_ptr_array_add(list, (gpointer) "export");
    if (!(flags & EF_NO_CREATE))
        g_ptr_array_add(list, (gpointer) "create");
    if (!(flags & (EF_NO_UPDATE | EF_APPEND_ONLY)))
        g_ptr_array_add(list, (gpointer) "update");
    if (!(flags & (EF_NO_IMPORT | EF_NO_CREATE)))
        g_ptr_array_add(list, (gpointer) "import");
    if (flags & EF_DELETABLE)
        g_ptr_array_add(list, (gpointer) "delete");
    for (guint i = 0; i < module->def->n_fields; i++) {
        if (module->def->fields[i].flags & FF_MASKED) {
            g_ptr_array_add(list, (gpointer) "reveal");
            break;
        }
    }
    for (guint i = 0; i < module->n_flow; i++) {
        if (!module->flow[i].internal)
            g_ptr_array_add(list, (gpointer) module->flow[i].action);
    }
    for (guint i = 0; module->more_rights && module->more_rights[i]; i++)
        g_ptr_array_add(list, (gpointer) module->more_rights[i]);
    return list;
}

static gboolean
has_word(const GPtrArray *list, const char *word, guint *at)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *) list, word, g_str_equal, at);
}

static void
apply_word(GPtrArray *list, const EntityModule *module, const char *word)
{
    guint at = 0;

    if (strcmp(word, "*") == 0) {
        g_autoptr(GPtrArray) all = module ? all_actions(module) : g_ptr_array_new();
        for (guint i = 0; i < all->len; i++) {
            if (!has_word(list, all->pdata[i], &at))
                g_ptr_array_add(list, g_strdup(all->pdata[i]));
        }
    } else if (word[0] == '-') {
        if (has_word(list, word + 1, &at))
            g_ptr_array_remove_index(list, at);
    } else if (word[0] && !has_word(list, word, &at))
        g_ptr_array_add(list, g_strdup(word));
}

char *
org_actions_expand(const Registry *registry, const char *entity, const char *actions)
{
    const EntityModule *module = registry_find(registry, entity);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit(actions, " ", -1);

    for (guint i = 0; words[i]; i++)
        apply_word(list, module, words[i]);
    g_ptr_array_add(list, NULL);
    return g_strjoinv(" ", (char **) list->pdata);
}

static DbStmt *
of_person(DbConn *conn, const char *name, gint64 staff_id, gint64 property_id, GError **error)
{
    DbStmt *stmt = db_named(conn, name, error);

    if (stmt) {
        db_bind_int(stmt, "property_id", property_id);
        db_bind_int(stmt, "staff_id", staff_id);
    }
    return stmt;
}

static gboolean
find_department(DbConn *conn, gint64 staff_id, gint64 property_id, gint64 *department_id,
                GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = of_person(conn, "org.department_of", staff_id, property_id, error);

    *department_id = 0;
    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    if (row)
        *department_id = db_int(stmt, 0);
    return TRUE;
}

void
org_grant_words(Access *access, const char *entity, const char *actions, Scope scope)
{
    g_auto(GStrv) words = g_strsplit(actions, " ", -1);

    for (guint i = 0; words[i]; i++) {
        if (!words[i][0])
            continue;
        g_autofree char *permission = g_strconcat(entity, ".", words[i], NULL);
        access_grant(access, permission, scope);
    }
}

static gboolean
add_grants(DbConn *conn, Access *access, gint64 staff_id, gint64 property_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = of_person(conn, "org.grants", staff_id, property_id, error);

    for (;;) {
        if (!stmt || !db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        org_grant_words(access, db_text(stmt, 0), db_text(stmt, 1), org_scope_of(db_text(stmt, 2)));
    }
}

static gboolean
add_unmasks(DbConn *conn, Access *access, gint64 staff_id, gint64 property_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = of_person(conn, "org.unmasks", staff_id, property_id, error);

    for (;;) {
        if (!stmt || !db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        access_unmask(access, db_text(stmt, 0));
    }
}

/* One giver's named rights, at the giver's scope and no wider; what the giver holds by delegation is not passed on. */
static gboolean
add_powers(DbConn *conn, Access *access, gint64 from_id, gint64 property_id, const char *powers,
           GError **error)
{
    g_autoptr(Access) giver = access_new(from_id, 0);
    g_auto(GStrv) words = g_strsplit(powers, " ", -1);

    if (!add_grants(conn, giver, from_id, property_id, error))
        return FALSE;
    for (guint i = 0; words[i]; i++) {
        const char *dot = strchr(words[i], '.');
        if (!dot)
            continue; /* "approval" is asked by the approval itself */
        g_autofree char *entity = g_strndup(words[i], (gsize) (dot - words[i]));
        Scope scope = access_scope(giver, entity, dot + 1);
        if (scope != SCOPE_NONE)
            access_grant(access, words[i], scope);
    }
    return TRUE;
}

typedef struct {
    gint64 from_id;
    char *powers;
} Power;

static void
power_clear(gpointer data)
{
    g_free(((Power *) data)->powers);
}

static gboolean
add_delegations(DbConn *conn, Access *access, gint64 staff_id, gint64 property_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(GArray) powers = g_array_new(FALSE, FALSE, sizeof(Power));
    g_autoptr(DbStmt) stmt = of_person(conn, "org.powers", staff_id, property_id, error);

    g_array_set_clear_func(powers, power_clear);
    if (!stmt)
        return FALSE;
    db_bind_day(stmt, "today", clock_today());
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (row) {
            Power power = { db_int(stmt, 0), g_strdup(db_text(stmt, 1)) };
            g_array_append_val(powers, power);
        }
    } while (row);
    for (guint i = 0; i < powers->len; i++) {
        const Power *power = &g_array_index(powers, Power, i);
        if (!add_powers(conn, access, power->from_id, property_id, power->powers, error))
            return FALSE;
    }
    return TRUE;
}

Access *
org_access_load(DbConn *conn, gint64 staff_id, gint64 property_id, GError **error)
{
    gint64 department_id = 0;

    if (!find_department(conn, staff_id, property_id, &department_id, error))
        return NULL;
    g_autoptr(Access) access = access_new(staff_id, department_id);
    if (!add_grants(conn, access, staff_id, property_id, error)
        || !add_unmasks(conn, access, staff_id, property_id, error)
        || !add_delegations(conn, access, staff_id, property_id, error))
        return NULL;
    return g_steal_pointer(&access);
}
