/* import_find.c - records by what people call them, and the memory of kinds. */
#include "store/import_internal.h"
#include "store/list.h"

#include <string.h>

gpointer
import_memory(Import *import, gpointer (*make)(void), GDestroyNotify free_fn)
{
    if (!import->memory) {
        import->memory = make();
        import->memory_free = free_fn;
    }
    return import->memory;
}

static gboolean
is_name_field(const EntityDef *def, const FieldDef *field)
{
    if (field->type != FT_TEXT || (field->flags & (FF_SECRET | FF_MASKED)))
        return FALSE;
    if (strcmp(def->title, field->name) == 0 || g_strcmp0(def->title_en, field->name) == 0
        || (def->number_field && strcmp(def->number_field, field->name) == 0))
        return TRUE;
    for (guint i = 0; def->uniques && def->uniques[i]; i++) {
        g_auto(GStrv) words = g_strsplit(def->uniques[i], " ", -1);
        if (g_strv_contains((const char *const *) words, field->name))
            return TRUE;
    }
    return FALSE;
}

/* At most two records of the name in one field. */
typedef struct {
    gint64 ids[2];
    guint n;
} Named;

static gboolean
find_in_field(Ctx *ctx, const EntityDef *def, const FieldDef *field, const char *text, Named *named,
              GError **error)
{
    g_autofree char *scope = list_scope_sql(ctx, def, "t", "read");
    g_autofree char *sql =
        g_strdup_printf("SELECT t.id FROM %s t WHERE %s AND t.%s = :name ORDER BY t.id LIMIT 2",
                        def->name, scope, field->name);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    gboolean ok = TRUE;

    *named = (Named){ .n = 0 };
    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    db_bind_text(stmt, "name", text);
    while (db_each(stmt, &ok, error))
        named->ids[named->n++] = db_int(stmt, 0);
    return ok;
}

static gboolean
look_up(Ctx *ctx, const EntityDef *def, const char *text, gint64 *id, GError **error)
{
    *id = 0;
    for (guint i = 0; i < def->n_fields; i++) {
        Named named;
        if (!is_name_field(def, &def->fields[i]))
            continue;
        if (!find_in_field(ctx, def, &def->fields[i], text, &named, error))
            return FALSE;
        if (named.n == 0)
            continue;
        gboolean several = named.n > 1 || (*id != 0 && *id != named.ids[0]);
        *id = several ? -1 : named.ids[0];
        if (several)
            break;
    }
    return TRUE;
}

gboolean
import_find(Ctx *ctx, Import *import, const char *entity, const char *text, ImportFound *found,
            GError **error)
{
    g_autofree char *key = g_strdup_printf("%s\n%s", entity, text);
    gint64 *kept = g_hash_table_lookup(import->found, key);

    if (!kept) {
        gint64 fresh = 0;
        if (!look_up(ctx, registry_def(ctx->registry, entity), text, &fresh, error))
            return FALSE;
        kept = g_memdup2(&fresh, sizeof fresh);
        g_hash_table_insert(import->found, g_steal_pointer(&key), kept);
    }
    found->how = *kept < 0 ? FOUND_SEVERAL : *kept ? FOUND_ONE : FOUND_NONE;
    found->id = MAX(*kept, 0);
    return TRUE;
}

static gboolean
is_of_entity(gpointer key, gpointer value, gpointer data)
{
    const char *text = key, *entity = data;
    gsize n = strlen(entity);

    (void) value;
    return strncmp(text, entity, n) == 0 && text[n] == '\n';
}

void
import_forget(Import *import, const char *entity)
{
    g_hash_table_foreach_remove(import->found, is_of_entity, (gpointer) entity);
}
