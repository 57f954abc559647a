#include "store/record.h"

#include "store/store_internal.h"

#include <string.h>

Record *
record_new(const EntityDef *def)
{
    Record *rec = g_new0(Record, 1);

    rec->def = def;
    rec->values = g_new0(Value, def->n_fields);
    for (guint i = 0; i < def->n_fields; i++)
        rec->values[i].is_null = TRUE;
    return rec;
}

void
record_free(Record *rec)
{
    if (!rec)
        return;
    for (guint i = 0; i < rec->def->n_fields; i++)
        value_clear(&rec->values[i]);
    g_free(rec->values);
    g_free(rec);
}

Record *
record_copy(const Record *rec)
{
    Record *copy = record_new(rec->def);
    Value *values = copy->values;

    *copy = *rec;
    copy->values = values;
    for (guint i = 0; i < rec->def->n_fields; i++)
        value_copy(&values[i], &rec->values[i]);
    return copy;
}

static Value *
value_of(const Record *rec, const char *field)
{
    int i = entity_field_index(rec->def, field);

    if (i < 0)
        g_error("%s has no field %s", rec->def->name, field);
    return &rec->values[i];
}

gboolean
record_is_null(const Record *rec, const char *field)
{
    return value_of(rec, field)->is_null;
}

gint64
record_int(const Record *rec, const char *field)
{
    const Value *value = value_of(rec, field);

    return value->is_null ? 0 : value->i;
}

const char *
record_text(const Record *rec, const char *field)
{
    const Value *value = value_of(rec, field);

    return value->is_null ? NULL : value->text;
}

Day
record_day(const Record *rec, const char *field)
{
    const Value *value = value_of(rec, field);

    return value->is_null ? DAY_NONE : value->i;
}

gboolean
record_is(const Record *rec, const char *field, const char *token)
{
    return g_strcmp0(record_text(rec, field), token) == 0;
}

void
record_set_null(Record *rec, const char *field)
{
    value_clear(value_of(rec, field));
}

void
record_set_int(Record *rec, const char *field, gint64 value)
{
    Value *to = value_of(rec, field);

    value_clear(to);
    to->is_null = FALSE;
    to->i = value;
}

void
record_set_id(Record *rec, const char *field, gint64 id)
{
    if (id)
        record_set_int(rec, field, id);
    else
        record_set_null(rec, field);
}

void
record_set_text(Record *rec, const char *field, const char *value)
{
    Value *to = value_of(rec, field);
    g_autofree char *copy = value && *value ? g_strdup(value) : NULL;

    value_clear(to);
    to->is_null = copy == NULL;
    to->text = g_steal_pointer(&copy);
}

void
record_set_day(Record *rec, const char *field, Day day)
{
    if (day == DAY_NONE)
        record_set_null(rec, field);
    else
        record_set_int(rec, field, day);
}

char *
record_label(const Record *rec)
{
    return record_label_in(rec, LANG_ZH);
}

char *
record_label_in(const Record *rec, Lang lang)
{
    gboolean english = lang == LANG_EN && rec->def->title_en && !record_is_null(rec, rec->def->title_en);
    int i = entity_field_index(rec->def, english ? rec->def->title_en : rec->def->title);
    char *text = field_format(&rec->def->fields[i], &rec->values[i]);

    return text ? text : g_strdup("");
}

static gboolean
refuse_missing(const EntityDef *def, GError **error)
{
    g_autofree char *token = g_strdup_printf("%s.not_found", def->name);

    return app_error_set(error, APP_ERROR_NOT_FOUND, token, "没有这条%s%.0s，或您无权查看", "%.0sno such %s, or you may not see it",
                         def->zh, def->en);
}

/* One row by @where (which may use :key), bound by the caller's kind of key. */
static Record *
load(Ctx *ctx, const EntityDef *def, const char *where, const char *text_key, gint64 int_key, GError **error)
{
    g_autoptr(GString) sql = g_string_new("SELECT ");
    gboolean row = FALSE;

    row_columns(sql, def, "t");
    g_string_append_printf(sql, " FROM %s t WHERE %s", def->name, where);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql->str, error);
    if (!stmt)
        return NULL;
    list_bind_scope(ctx, stmt);
    if (text_key)
        db_bind_text(stmt, "key", text_key);
    else
        db_bind_int(stmt, "key", int_key);
    if (!db_step(stmt, &row, error) || !row)
        return NULL;
    g_autoptr(Record) rec = record_new(def);
    row_read(rec, stmt, 0);
    return g_steal_pointer(&rec);
}

Record *
record_find(Ctx *ctx, const char *entity, gint64 id, GError **error)
{
    const EntityDef *def = registry_def(ctx->registry, entity);
    const char *where = def->flags & EF_GROUP ? "t.id = :key" : "t.property_id = :property_id AND t.id = :key";

    return load(ctx, def, where, NULL, id, error);
}

Record *
record_get(Ctx *ctx, const char *entity, gint64 id, const char *action, GError **error)
{
    const EntityDef *def = registry_def(ctx->registry, entity);
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) rec = NULL;

    if (action) {
        g_autofree char *scope = list_scope_sql(ctx, def, "t", action);
        g_autofree char *where = g_strdup_printf("%s AND t.id = :key", scope);
        rec = load(ctx, def, where, NULL, id, &failure);
    } else
        rec = record_find(ctx, entity, id, &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    if (!rec)
        refuse_missing(def, error);
    return g_steal_pointer(&rec);
}

Record *
record_find_by(Ctx *ctx, const char *entity, const char *field, const char *value, GError **error)
{
    const EntityDef *def = registry_def(ctx->registry, entity);
    const FieldDef *f = entity_find_field(def, field);
    Value parsed = { .is_null = TRUE };
    g_autoptr(GError) bad = NULL;

    g_return_val_if_fail(f, NULL);
    gboolean fits = field_parse(f, value, FALSE, field, &parsed, &bad) && !parsed.is_null;
    g_autofree char *text = g_steal_pointer(&parsed.text);
    if (!fits)
        return NULL;
    if (f->type == FT_DAY)
        text = day_dup(parsed.i);
    g_autofree char *where
        = g_strdup_printf("%st.%s = :key ORDER BY t.id LIMIT 1",
                          def->flags & EF_GROUP ? "" : "t.property_id = :property_id AND ", field);
    return load(ctx, def, where, text, parsed.i, error);
}

char *
record_ref_label(Ctx *ctx, const char *entity, gint64 id)
{
    const EntityDef *def = registry_def(ctx->registry, entity);
    gboolean row = FALSE;

    if (!id)
        return g_strdup("");
    g_autofree char *label = label_sql(ctx->registry, ctx->lang, def, "t");
    g_autofree char *sql
        = g_strdup_printf("SELECT %s FROM %s t WHERE %st.id = :key", label, def->name,
                          def->flags & EF_GROUP ? "" : "t.property_id = :property_id AND ");
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, NULL);
    if (!stmt)
        return g_strdup("");
    list_bind_scope(ctx, stmt);
    db_bind_int(stmt, "key", id);
    if (!db_step(stmt, &row, NULL) || !row || db_is_null(stmt, 0))
        return g_strdup("");
    return g_strdup(db_text(stmt, 0));
}

gboolean
record_write_json(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    (void) error;
    g_autoptr(GPtrArray) masked = g_ptr_array_new();

    json_kv_id(out, "id", rec->id);
    json_kv_int(out, "version", rec->version);
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        const Value *value = &rec->values[i];
        gboolean mask = (f->flags & FF_MASKED) && !access_may_see(ctx->access, rec->def->name, f->name);

        if (f->flags & FF_SECRET)
            continue;
        json_key(out, f->name);
        if (f->type == FT_REF) {
            g_autofree char *label = value->is_null ? NULL : record_ref_label(ctx, f->ref, value->i);
            ref_write_json(out, value->is_null ? 0 : value->i, label);
            continue;
        }
        value_write_json(out, f, value, mask);
        if (mask && !value->is_null)
            g_ptr_array_add(masked, (gpointer) f->name);
    }
    json_kv_us(out, "created_at", rec->created_at);
    json_kv_us(out, "updated_at", rec->updated_at);
    const char *const who[] = { "created_by", "updated_by" };
    const gint64 ids[] = { rec->created_by, rec->updated_by };
    for (guint i = 0; i < 2; i++) {
        g_autofree char *label = record_ref_label(ctx, "staff", ids[i]);
        json_key(out, who[i]);
        ref_write_json(out, ids[i], label);
    }
    json_key(out, "masked");
    json_begin_array(out);
    for (guint i = 0; i < masked->len; i++)
        json_text(out, masked->pdata[i]);
    json_end_array(out);
    return TRUE;
}
