#include "meta/meta.h"

#include <string.h>

void
value_clear(Value *value)
{
    g_clear_pointer(&value->text, g_free);
    value->i = 0;
    value->is_null = TRUE;
}

void
value_copy(Value *to, const Value *from)
{
    g_autofree char *text = g_strdup(from->text);

    g_free(to->text);
    *to = *from;
    to->text = g_steal_pointer(&text);
}

gboolean
field_is_text(const FieldDef *field)
{
    return field->type == FT_TEXT || field->type == FT_LONGTEXT || field->type == FT_ENUM
           || field->type == FT_JSON;
}

gboolean
value_equal(const FieldDef *field, const Value *a, const Value *b)
{
    if (a->is_null || b->is_null)
        return a->is_null && b->is_null;
    return field_is_text(field) ? strcmp(a->text, b->text) == 0 : a->i == b->i;
}

int
entity_field_index(const EntityDef *ent, const char *name)
{
    for (guint i = 0; i < ent->n_fields; i++) {
        if (strcmp(ent->fields[i].name, name) == 0)
            return (int) i;
    }
    return -1;
}

const FieldDef *
entity_find_field(const EntityDef *ent, const char *name)
{
    int i = entity_field_index(ent, name);

    return i < 0 ? NULL : &ent->fields[i];
}

const EnumItem *
enum_find(const EnumItem *items, const char *token)
{
    for (; items && items->token; items++) {
        if (strcmp(items->token, token) == 0)
            return items;
    }
    return NULL;
}

const EnumItem *
enum_find_label(const EnumItem *items, const char *text)
{
    for (const EnumItem *it = items; it && it->token; it++) {
        if (g_ascii_strcasecmp(it->token, text) == 0 || strcmp(it->zh, text) == 0
            || g_ascii_strcasecmp(it->en, text) == 0)
            return it;
    }
    return NULL;
}

const EntityDef *
meta_find(const EntityDef *const *entities, const char *name)
{
    for (; *entities; entities++) {
        if (strcmp((*entities)->name, name) == 0)
            return *entities;
    }
    return NULL;
}
