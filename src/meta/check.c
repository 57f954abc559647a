/* check.c - the tables themselves are tested: at start and by a unit test. */
#include "meta/meta.h"

#include <string.h>

/* Column names that either engine reserves. */
static const char *const reserved[] = {
    "user",  "offset", "order",  "end",   "from",   "to",     "limit", "group",  "index",  "table",
    "value", "values", "select", "where", "check",  "column", "all",   "and",    "any",    "as",
    "case",  "cast",   "desc",   "asc",   "else",   "in",     "is",    "join",   "left",   "not",
    "null",  "on",     "or",     "primary", "references", "set", "then", "union", "unique", "using", NULL,
};
static const char *const own_columns[] = {
    "id", "property_id", "version", "created_at", "created_by", "updated_at", "updated_by", NULL,
};

static gboolean
fault(GError **error, const EntityDef *ent, const char *field, const char *what)
{
    return app_error_set(error, APP_ERROR_INTERNAL, "meta.fault", "%s.%s %s", "%s.%s %s", ent->name, field,
                         what);
}

static const char *
field_fault(const EntityDef *const *entities, const EntityDef *ent, const FieldDef *f)
{
    if (!f->name || !f->zh || !f->en)
        return "has no name or label";
    if (g_strv_contains(reserved, f->name) || g_strv_contains(own_columns, f->name))
        return "has a reserved name";
    if (f->type == FT_ENUM && (!f->items || !f->items[0].token))
        return "is an enum without items";
    if (f->type == FT_REF && !meta_find(entities, f->ref))
        return "refers to an entity that is not declared";
    if ((f->flags & FF_SECRET) && (f->flags & FF_SEARCH))
        return "is secret and searchable";
    if ((f->flags & FF_SEARCH) && !field_is_text(f))
        return "is searchable but no text";
    if (f->type == FT_REF && strcmp(f->ref, ent->name) != 0 && meta_find(entities, f->ref) != ent) {
        for (const EntityDef *const *e = entities; *e && *e != ent; e++) {
            if (strcmp((*e)->name, f->ref) == 0)
                return NULL;
        }
        return "refers to an entity that is declared later";
    }
    return NULL;
}

/* Every word of @list, without a leading '-', names a field or one of the own columns. */
static gboolean
names_exist(const EntityDef *ent, const char *list, const char *where, GError **error)
{
    if (!list)
        return TRUE;
    g_auto(GStrv) words = g_strsplit_set(list, " ", -1);
    for (guint i = 0; words[i]; i++) {
        const char *word = words[i][0] == '-' ? words[i] + 1 : words[i];
        if (*word && !entity_find_field(ent, word) && !g_strv_contains(own_columns, word))
            return fault(error, ent, word, where);
    }
    return TRUE;
}

/* Lists know the order of fields and that of the ids, which is the order of creation. */
static gboolean
check_order(const EntityDef *ent, GError **error)
{
    const char *sort = ent->list_sort ? ent->list_sort : "id";
    const char *name = sort[0] == '-' ? sort + 1 : sort;

    if (strcmp(name, "id") == 0 || strcmp(name, "created_at") == 0 || entity_find_field(ent, name))
        return TRUE;
    return fault(error, ent, name, "as list order is no field");
}

static gboolean
check_lists(const EntityDef *ent, GError **error)
{
    for (guint i = 0; ent->uniques && ent->uniques[i]; i++) {
        if (!names_exist(ent, ent->uniques[i], "in a unique set does not exist", error))
            return FALSE;
    }
    for (guint i = 0; ent->indexes && ent->indexes[i]; i++) {
        if (!names_exist(ent, ent->indexes[i], "in an index does not exist", error))
            return FALSE;
    }
    for (const FieldGroup *g = ent->form; g && g->fields; g++) {
        if (!names_exist(ent, g->fields, "in a form group does not exist", error))
            return FALSE;
    }
    return names_exist(ent, ent->title, "as title does not exist", error)
           && names_exist(ent, ent->title_en, "as English title does not exist", error)
           && names_exist(ent, ent->subtitle, "as subtitle does not exist", error)
           && names_exist(ent, ent->number_field, "as number does not exist", error)
           && names_exist(ent, ent->state_field, "as state does not exist", error)
           && names_exist(ent, ent->frozen, "as frozen does not exist", error)
           && names_exist(ent, ent->scope.owner, "as owner does not exist", error)
           && names_exist(ent, ent->scope.unit, "as unit does not exist", error)
           && names_exist(ent, ent->scope.parent, "as parent does not exist", error)
           && names_exist(ent, ent->list_columns, "as list column does not exist", error)
           && names_exist(ent, ent->list_filters, "as list filter does not exist", error)
           && names_exist(ent, ent->mobile_lines, "as mobile line does not exist", error)
           && names_exist(ent, ent->bulk, "as field to set on many does not exist", error) && check_order(ent, error);
}

static gboolean
check_entity(const EntityDef *const *entities, const EntityDef *ent, GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    if (!ent->name || !ent->zh || !ent->en || !ent->title)
        return fault(error, ent, "", "has no name, label or title");
    for (guint i = 0; i < ent->n_fields; i++) {
        const char *bad = field_fault(entities, ent, &ent->fields[i]);
        if (bad)
            return fault(error, ent, ent->fields[i].name, bad);
        if (!g_hash_table_add(names, (gpointer) ent->fields[i].name))
            return fault(error, ent, ent->fields[i].name, "is declared twice");
    }
    return check_lists(ent, error);
}

gboolean
meta_check(const EntityDef *const *entities, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (const EntityDef *const *e = entities; *e; e++) {
        if (!check_entity(entities, *e, error))
            return FALSE;
        if (!g_hash_table_add(seen, (gpointer) (*e)->name))
            return fault(error, *e, "", "is declared twice");
    }
    return TRUE;
}
