/* import_entity.c - the import that every entity has: one row is one record, found again by its keys. */
#include "base/ids.h"
#include "store/import_internal.h"
#include "store/list.h"
#include "store/store_internal.h"

#include <string.h>

#define ID_FIELD "id"

/* -- which columns --------------------------------------------------------------- */

static gboolean
is_importable(const EntityDef *def, const FieldDef *field)
{
    if (field->type == FT_JSON || (def->state_field && strcmp(def->state_field, field->name) == 0))
        return FALSE;
    return !(field->flags & (FF_READONLY | FF_DERIVED | FF_SECRET | FF_NO_IMPORT));
}

/* A field as a column: what is filled by a preset need not be in the sheet. */
static FieldDef
as_column(const FieldDef *field)
{
    FieldDef column = *field;

    if (field->preset)
        column.flags &= ~FF_REQUIRED;
    return column;
}

static gboolean judge_entity(Ctx *ctx, Import *import, ImportRow *row, GError **error);
static gboolean save_entity(Ctx *ctx, Import *import, ImportRow *row, GError **error);

void
import_entity_kind(Import *import, const EntityDef *def)
{
    static const FieldDef id =
        F_TEXT(ID_FIELD, 20, "系统编号", "Record id", .synonyms = "记录编号|系统ID|ID");
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(FieldDef));

    g_array_append_val(fields, id);
    for (guint i = 0; i < def->n_fields; i++) {
        const FieldDef *f = &def->fields[i];
        FieldDef column = as_column(f);
        if (def->number_field && strcmp(def->number_field, f->name) == 0)
            column.flags = 0; /* a key: it finds records, numbering makes it */
        else if (!is_importable(def, f))
            continue;
        g_array_append_val(fields, column);
    }
    import->def = def;
    import->own_kind = (ImportKind){ .name = def->name,
                                     .zh = def->zh,
                                     .en = def->en,
                                     .right = def->name,
                                     .n_fields = fields->len,
                                     .judge = judge_entity,
                                     .save = save_entity };
    import->own_fields = (FieldDef *) (gpointer) g_array_free(g_steal_pointer(&fields), FALSE);
    import->own_kind.fields = import->own_fields;
    import->kind = &import->own_kind;
}

/* -- references --------------------------------------------------------------------- */

/* What a row keeps from judging to saving. */
typedef struct {
    gint64 *refs;      /* by field of the kind */
    gboolean *pending; /* names a row of this very sheet that comes first */
} EntityPlan;

static void
plan_free(gpointer data)
{
    EntityPlan *plan = data;

    g_free(plan->refs);
    g_free(plan->pending);
    g_free(plan);
}

static gpointer
new_names(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/* Titles of the rows above, for a category whose parent is in the same sheet. */
static GHashTable *
titles_above(Import *import)
{
    return import_memory(import, new_names, (GDestroyNotify) g_hash_table_unref);
}

static gboolean
resolve_ref(Ctx *ctx, Import *import, ImportRow *row, guint i, GError **error)
{
    const FieldDef *field = &import->kind->fields[i];
    EntityPlan *plan = row->plan;
    ImportFound found;

    if (field->type != FT_REF || row->values[i].is_null)
        return TRUE;
    const char *text = row->values[i].text;
    const EntityDef *ref = registry_def(ctx->registry, field->ref);
    if (!import_find(ctx, import, field->ref, text, &found, error))
        return FALSE;
    plan->refs[i] = found.id;
    plan->pending[i] = found.how == FOUND_NONE && ref == import->def
                       && g_hash_table_contains(titles_above(import), text);
    if (found.how == FOUND_SEVERAL)
        import_refuse(import, row, field->name, "有多条%s%.0s叫“%s”，请改写编号",
                      "%.0sseveral %s are called \"%s\"; give the number", ref->zh, ref->en, text);
    else if (found.how == FOUND_NONE && !plan->pending[i])
        import_refuse(import, row, field->name, "没有叫“%s”的%s%.0s", "there is no \"%s\" (%.0s%s)",
                      text, ref->zh, ref->en);
    return TRUE;
}

/* -- the record that is there already --------------------------------------------------- */

/* Puts one value of the row into a record, for look-ups and for saving. */
static void
put_value(const Import *import, const ImportRow *row, guint i, Record *rec)
{
    const EntityPlan *plan = row->plan;
    int at = entity_field_index(rec->def, import->kind->fields[i].name);

    if (at < 0)
        return;
    if (import->kind->fields[i].type != FT_REF) {
        value_copy(&rec->values[at], &row->values[i]);
        return;
    }
    value_clear(&rec->values[at]);
    rec->values[at].i = plan->refs[i];
    rec->values[at].is_null = plan->refs[i] == 0;
}

/* Ids of at most two records with the same values in @names as @rec. */
static gboolean
find_same(Ctx *ctx, const Record *rec, const char *const *names, gint64 ids[2], guint *n,
          GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GString) sql = g_string_new(NULL);

    *n = 0;
    g_string_printf(sql, "SELECT id FROM %s WHERE %s", rec->def->name,
                    rec->def->flags & EF_GROUP ? "1 = 1" : "property_id = :property_id");
    for (guint i = 0; names[i]; i++)
        g_string_append_printf(sql, " AND %s = :%s", names[i], names[i]);
    g_string_append(sql, " ORDER BY id LIMIT 2");
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql->str, error);
    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    for (guint i = 0; names[i]; i++) {
        int f = entity_field_index(rec->def, names[i]);
        value_bind(&rec->def->fields[f], &rec->values[f], stmt, names[i]);
    }
    while (db_each(stmt, &ok, error))
        ids[(*n)++] = db_int(stmt, 0);
    return ok;
}

static gboolean
all_given(const Record *rec, const char *const *names)
{
    for (guint i = 0; names[i]; i++) {
        if (!names[i][0] || record_is_null(rec, names[i]))
            return FALSE;
    }
    return names[0] != NULL;
}

/* The names that tell a record without keys from others: its title, within its parent. NULL where a title names nothing, as the
 * text of a follow-up does. transfer full. */
static char **
title_key(const EntityDef *def)
{
    const FieldDef *title = entity_find_field(def, def->title);
    gboolean has_identity = def->scope.parent || (def->uniques && def->uniques[0]);
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    if (title->type != FT_TEXT || !(title->flags & FF_SEARCH) || !has_identity
        || (def->number_field && strcmp(def->number_field, def->title) == 0))
        return NULL;
    if (def->scope.parent)
        g_ptr_array_add(names, g_strdup(def->scope.parent));
    g_ptr_array_add(names, g_strdup(def->title));
    g_ptr_array_add(names, NULL);
    return (char **) g_ptr_array_steal(names, NULL);
}

/* Two rows of one sheet for one record are a mistake: the second would silently win. */
static void
check_twice(Import *import, ImportRow *row, const char *const *names, const Record *rec)
{
    g_autoptr(GString) key = g_string_new(NULL);

    for (guint i = 0; names[i]; i++) {
        int f = entity_field_index(rec->def, names[i]);
        g_autofree char *text = field_format(&rec->def->fields[f], &rec->values[f]);
        g_string_append_printf(key, "%s=%s\n", names[i], text);
    }
    int before = GPOINTER_TO_INT(g_hash_table_lookup(import->seen, key->str));
    if (before && before != row->row + 1)
        import_refuse(import, row, names[0], "与第 %d 行重复", "is the same as in row %d", before);
    else if (!before)
        g_hash_table_insert(import->seen, g_strdup(key->str), GINT_TO_POINTER(row->row + 1));
}

/* A record of the same title is the same one unless its own keys say that it is another. */
static gboolean
contradicts(Ctx *ctx, const Record *rec, gint64 id, gboolean *other, GError **error)
{
    g_autoptr(Record) there = record_get(ctx, rec->def->name, id, NULL, error);

    *other = FALSE;
    if (!there)
        return FALSE;
    for (guint i = 0; rec->def->uniques && rec->def->uniques[i]; i++) {
        g_auto(GStrv) names = g_strsplit(rec->def->uniques[i], " ", -1);
        for (guint k = 0; names[k]; k++) {
            int f = entity_field_index(rec->def, names[k]);
            gboolean both = !rec->values[f].is_null && !there->values[f].is_null;
            *other =
                *other
                || (both && !value_equal(&rec->def->fields[f], &rec->values[f], &there->values[f]));
        }
    }
    return TRUE;
}

static gboolean
find_by_title(Ctx *ctx, Import *import, ImportRow *row, const Record *rec, GError **error)
{
    g_auto(GStrv) names = title_key(rec->def);
    gint64 ids[2] = { 0 };
    guint n = 0;
    gboolean other = FALSE;

    if (!names || !all_given(rec, (const char *const *) names))
        return TRUE;
    if (!find_same(ctx, rec, (const char *const *) names, ids, &n, error))
        return FALSE;
    if (n > 1) {
        import_refuse(import, row, rec->def->title, "有多条记录叫“%s”，请用编号区分",
                      "several records are called \"%s\"; give a number",
                      import_text(import, row, rec->def->title));
        return TRUE;
    }
    if (n == 1 && !contradicts(ctx, rec, ids[0], &other, error))
        return FALSE;
    if (n == 1 && !other)
        row->id = ids[0];
    if (!other)
        check_twice(import, row, (const char *const *) names, rec);
    return TRUE;
}

static gboolean
find_by_unique(Ctx *ctx, Import *import, ImportRow *row, const Record *rec, gboolean *given,
               GError **error)
{
    *given = FALSE;
    for (guint i = 0; rec->def->uniques && rec->def->uniques[i] && !*given; i++) {
        g_auto(GStrv) names = g_strsplit(rec->def->uniques[i], " ", -1);
        gint64 ids[2] = { 0 };
        guint n = 0;
        if (!all_given(rec, (const char *const *) names))
            continue;
        if (!find_same(ctx, rec, (const char *const *) names, ids, &n, error))
            return FALSE;
        row->id = n ? ids[0] : 0;
        *given = row->id != 0;
        check_twice(import, row, (const char *const *) names, rec);
    }
    return TRUE;
}

/* By id or number: whoever gives one means a record that is there. */
static gboolean
find_by_number(Ctx *ctx, Import *import, ImportRow *row, const Record *rec, gboolean *given,
               GError **error)
{
    const char *id = import_text(import, row, ID_FIELD);
    const char *number = rec->def->number_field;
    const char *const names[] = { number, NULL };
    gint64 ids[2] = { 0 };
    guint n = 0;

    *given = id || (number && !record_is_null(rec, number));
    if (id) {
        row->id = id_parse(id);
        if (!row->id)
            import_refuse(import, row, ID_FIELD, "没有系统编号为“%s”的记录",
                          "there is no record with the id \"%s\"", id);
        return TRUE;
    }
    if (!*given)
        return TRUE;
    if (!find_same(ctx, rec, names, ids, &n, error))
        return FALSE;
    if (n == 0)
        import_refuse(import, row, number, "没有编号为“%s”的%s%.0s；新增的行请留空，由系统编号",
                      "there is no \"%s\" (%.0s%s); leave the number of new rows empty",
                      record_text(rec, number), rec->def->zh, rec->def->en);
    row->id = ids[0];
    if (n)
        check_twice(import, row, names, rec);
    return TRUE;
}

static gboolean
find_existing(Ctx *ctx, Import *import, ImportRow *row, const Record *rec, GError **error)
{
    gboolean given = FALSE;

    return find_by_number(ctx, import, row, rec, &given, error)
           && (given || find_by_unique(ctx, import, row, rec, &given, error))
           && (given || find_by_title(ctx, import, row, rec, error));
}

/* -- judging and saving -------------------------------------------------------------- */

static void
check_required(const Import *import, ImportRow *row)
{
    for (guint i = 0; i < import->kind->n_fields; i++) {
        const FieldDef *f = &import->kind->fields[i];
        if ((f->flags & FF_REQUIRED) && row->values[i].is_null && !import_has_fault(row, f->name))
            import_refuse(import, row, f->name, "请填写%s%.0s", "%.0s%s is required", f->zh, f->en);
    }
}

/* May this person do what the row asks for? */
static gboolean
check_right(Ctx *ctx, const Import *import, ImportRow *row, GError **error)
{
    g_autoptr(GError) failure = NULL;
    const EntityDef *def = import->def;

    if (!row->id) {
        if (!access_may(ctx->access, def->name, "create"))
            import_refuse(import, row, NULL, "您没有新增%s%.0s的权限", "%.0syou may not create: %s",
                          def->zh, def->en);
        return TRUE;
    }
    g_autoptr(Record) there =
        def->flags & EF_NO_UPDATE ? NULL : record_get(ctx, def->name, row->id, "update", &failure);
    if (failure && !app_error_is(failure, APP_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!there)
        import_refuse(import, row, NULL, "这条记录已存在，但您无权修改",
                      "this record is there already and you may not change it");
    return TRUE;
}

static char *
row_label(const Import *import, const ImportRow *row)
{
    const char *title = import_cell(import, row, import->def->title);

    return g_strdup(title);
}

static gboolean
judge_entity(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    const ImportKind *kind = import->kind;
    EntityPlan *plan = g_new0(EntityPlan, 1);
    g_autoptr(Record) rec = record_new(import->def);

    row->plan = plan;
    row->plan_free = plan_free;
    plan->refs = g_new0(gint64, kind->n_fields);
    plan->pending = g_new0(gboolean, kind->n_fields);
    row->label = row_label(import, row);
    for (guint i = 0; i < kind->n_fields; i++) {
        if (!resolve_ref(ctx, import, row, i, error))
            return FALSE;
        put_value(import, row, i, rec);
    }
    if (!find_existing(ctx, import, row, rec, error))
        return FALSE;
    if (!row->id)
        check_required(import, row);
    if (!check_right(ctx, import, row, error))
        return FALSE;
    if (row->outcome != IMPORT_ERROR)
        row->outcome = row->id ? IMPORT_UPDATE : IMPORT_CREATE;
    if (*row->label)
        g_hash_table_add(titles_above(import), g_strdup(row->label));
    return TRUE;
}

/* References to rows above, which are stored by now. */
static gboolean
resolve_pending(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    const EntityPlan *plan = row->plan;

    for (guint i = 0; i < import->kind->n_fields; i++) {
        const FieldDef *f = &import->kind->fields[i];
        ImportFound found;
        if (!plan->pending[i])
            continue;
        import_forget(import, f->ref);
        if (!import_find(ctx, import, f->ref, row->values[i].text, &found, error))
            return FALSE;
        plan->refs[i] = found.id;
        if (found.how != FOUND_ONE)
            return app_error_field(error, f->name, "missing", "没有叫“%s”的记录",
                                   "there is no \"%s\"", row->values[i].text);
    }
    return TRUE;
}

/* Empty cells leave a record as it is; what may not change is refused by name. */
static gboolean
fill_record(const Import *import, const ImportRow *row, Record *rec, GError **error)
{
    for (guint i = 0; i < import->kind->n_fields; i++) {
        const FieldDef *f = &import->kind->fields[i];
        int at = entity_field_index(rec->def, f->name);
        gboolean is_number = rec->def->number_field && strcmp(rec->def->number_field, f->name) == 0;
        if (at < 0 || row->values[i].is_null || is_number)
            continue;
        g_autoptr(Record) before =
            (f->flags & FF_IMMUTABLE) && rec->version ? record_copy(rec) : NULL;
        put_value(import, row, i, rec);
        if (before && !value_equal(&rec->def->fields[at], &before->values[at], &rec->values[at]))
            return app_error_field(error, f->name, "immutable", "建立后不能修改",
                                   "cannot be changed after creation");
    }
    return TRUE;
}

static gboolean
save_entity(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    const char *owner = import->def->scope.owner;
    g_autoptr(Record) rec = row->id ? record_get(ctx, import->def->name, row->id, "update", error)
                                    : record_new(import->def);

    if (!rec || !resolve_pending(ctx, import, row, error) || !fill_record(import, row, rec, error))
        return FALSE;
    if (!row->id && owner && ctx->staff_id && strcmp(owner, "id") != 0
        && record_is_null(rec, owner))
        record_set_id(rec, owner, ctx->staff_id);
    return record_save(ctx, rec, error);
}
