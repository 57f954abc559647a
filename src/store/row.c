/* row.c - between the columns of a row and the values of a record. */
#include "base/text.h"
#include "store/store_internal.h"

#include <string.h>

static const char *const own_columns[] = { "id",         "version",    "created_at",
                                           "created_by", "updated_at", "updated_by" };

void
row_columns(GString *sql, const EntityDef *def, const char *alias)
{
    for (guint i = 0; i < G_N_ELEMENTS(own_columns); i++)
        g_string_append_printf(sql, "%s%s.%s", i ? ", " : "", alias, own_columns[i]);
    if (def->flags & EF_GROUP)
        g_string_append(sql, ", 0");
    else
        g_string_append_printf(sql, ", %s.property_id", alias);
    for (guint i = 0; i < def->n_fields; i++)
        g_string_append_printf(sql, ", %s.%s", alias, def->fields[i].name);
}

int
row_width(const EntityDef *def)
{
    return (int) G_N_ELEMENTS(own_columns) + 1 + (int) def->n_fields;
}

void
value_read(const FieldDef *field, Value *value, const DbStmt *stmt, int col)
{
    value_clear(value);
    if (db_is_null(stmt, col))
        return;
    value->is_null = FALSE;
    if (field_is_text(field))
        value->text = g_strdup(db_text(stmt, col));
    else if (field->type == FT_DAY)
        value->i = db_day(stmt, col);
    else
        value->i = db_int(stmt, col);
}

void
value_bind(const FieldDef *field, const Value *value, DbStmt *stmt, const char *name)
{
    if (value->is_null)
        db_bind_null(stmt, name);
    else if (field_is_text(field))
        db_bind_text(stmt, name, value->text);
    else if (field->type == FT_DAY)
        db_bind_day(stmt, name, value->i);
    else
        db_bind_int(stmt, name, value->i);
}

void
row_read(Record *rec, const DbStmt *stmt, int first)
{
    gint64 *const own[] = { &rec->id,         &rec->version,    &rec->created_at, &rec->created_by,
                            &rec->updated_at, &rec->updated_by, &rec->property_id };
    int col = first;

    for (guint i = 0; i < G_N_ELEMENTS(own); i++, col++)
        *own[i] = db_is_null(stmt, col) ? 0 : db_int(stmt, col);
    for (guint i = 0; i < rec->def->n_fields; i++, col++)
        value_read(&rec->def->fields[i], &rec->values[i], stmt, col);
}

void
row_bind(const Record *rec, DbStmt *stmt)
{
    for (guint i = 0; i < rec->def->n_fields; i++)
        value_bind(&rec->def->fields[i], &rec->values[i], stmt, rec->def->fields[i].name);
}

/* A title that is itself a reference is followed, so that a lease's unit is named by its unit. */
static char *
label_sql_at(const Registry *registry, Lang lang, const EntityDef *def, const char *alias, guint depth)
{
    const FieldDef *title = entity_find_field(def, def->title);
    char inner[16];

    g_return_val_if_fail(title && depth < 4, g_strdup("''"));
    if (title->type == FT_REF) {
        const EntityDef *ref = registry_def(registry, title->ref);
        g_snprintf(inner, sizeof inner, "%s%u", "l", depth);
        g_autofree char *label = label_sql_at(registry, lang, ref, inner, depth + 1);
        g_autofree char *same
            = (ref->flags & EF_GROUP) || (def->flags & EF_GROUP)
                  ? g_strdup("")
                  : g_strdup_printf("%s.property_id = %s.property_id AND ", inner, alias);
        return g_strdup_printf("(SELECT %s FROM %s %s WHERE %s%s.id = %s.%s)", label, ref->name, inner,
                               same, inner, alias, title->name);
    }
    if (lang == LANG_EN && def->title_en)
        return g_strdup_printf("COALESCE(%s.%s, %s.%s)", alias, def->title_en, alias, title->name);
    if (field_is_text(title))
        return g_strdup_printf("%s.%s", alias, title->name);
    return g_strdup_printf("CAST(%s.%s AS TEXT)", alias, title->name);
}

char *
label_sql(const Registry *registry, Lang lang, const EntityDef *def, const char *alias)
{
    return label_sql_at(registry, lang, def, alias, 0);
}

void
ref_write_json(JsonOut *out, gint64 id, const char *label)
{
    if (!id) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "label", label ? label : "");
    json_end_object(out);
}

static void
write_text(JsonOut *out, const FieldDef *field, const Value *value, gboolean mask)
{
    if (mask) {
        g_autofree char *masked = text_mask(value->text);
        json_text(out, masked);
    } else if (field->type == FT_JSON)
        json_raw(out, value->text, strlen(value->text));
    else
        json_text(out, value->text);
}

void
value_write_json(JsonOut *out, const FieldDef *field, const Value *value, gboolean mask)
{
    if (value->is_null) {
        json_nil(out);
        return;
    }
    if (mask && !field_is_text(field)) {
        json_text(out, MASKED_NUMBER);
        return;
    }
    switch (field->type) {
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_ENUM:
    case FT_JSON:
        write_text(out, field, value, mask);
        return;
    case FT_INT:
        json_int(out, value->i);
        return;
    case FT_BOOL:
        json_bool(out, value->i != 0);
        return;
    case FT_REF:
        json_id(out, value->i);
        return;
    case FT_MONEY:
    case FT_AREA:
        json_decimal(out, value->i, 2, 2);
        return;
    case FT_PRICE:
        json_decimal(out, value->i, 4, 4);
        return;
    case FT_PERCENT:
        json_decimal(out, value->i, 4, 0);
        return;
    case FT_DAY:
    case FT_INSTANT:
    case FT__N:
        break;
    }
    g_autofree char *text = field_format(field, value);
    json_text(out, text);
}
