/* record_check.c - what a record is compared with in the database before it is saved, in one statement: over a socket each look
 * costs more than what is looked at. */
#include "store/store_internal.h"

#include <string.h>

/* One question of the statement: is it there? */
typedef struct {
    const FieldDef *field;
    const EntityDef *missing; /* a reference: what is not there; NULL: the value is taken */
} Look;

static void
begin_look(GString *sql, GArray *looks, const FieldDef *field, const EntityDef *missing)
{
    Look look = { field, missing };

    g_string_append(sql, looks->len ? ", CASE WHEN EXISTS (" : "SELECT CASE WHEN EXISTS (");
    g_array_append_val(looks, look);
}

/* References that are new or changed must be there. */
static void
look_for_refs(Ctx *ctx, const Record *rec, const Record *old, GString *sql, GArray *looks)
{
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        if (f->type != FT_REF || rec->values[i].is_null
            || (old && value_equal(f, &old->values[i], &rec->values[i])))
            continue;
        const EntityDef *ref = registry_def(ctx->registry, f->ref);
        begin_look(sql, looks, f, ref);
        g_string_append_printf(sql, "SELECT 1 FROM %s t WHERE %st.id = :%s) THEN 1 ELSE 0 END", ref->name,
                               ref->flags & EF_GROUP ? "" : "t.property_id = :property_id AND ", f->name);
    }
}

/* Another row with the same values in @set; sets with a NULL member never clash, as in SQL. */
static void
look_for_twin(const Record *rec, const char *set, GString *sql, GArray *looks)
{
    g_auto(GStrv) names = g_strsplit(set, " ", -1);

    for (guint i = 0; names[i]; i++) {
        if (record_is_null(rec, names[i]))
            return;
    }
    begin_look(sql, looks, entity_find_field(rec->def, names[0]), NULL);
    g_string_append_printf(sql, "SELECT 1 FROM %s t WHERE %st.id <> :self", rec->def->name,
                           rec->def->flags & EF_GROUP ? "" : "t.property_id = :property_id AND ");
    for (guint i = 0; names[i]; i++)
        g_string_append_printf(sql, " AND t.%s = :%s", names[i], names[i]);
    g_string_append(sql, ") THEN 1 ELSE 0 END");
}

static void
complain(const Look *look, gboolean found, GError **all)
{
    if (look->missing && !found)
        app_error_field(all, look->field->name, "missing", "没有这条%s%.0s", "%.0sno such %s", look->missing->zh,
                        look->missing->en);
    else if (!look->missing && found)
        app_error_field(all, look->field->name, "unique", "已有相同的%s%.0s", "%.0sthis %s is taken", look->field->zh,
                        look->field->en);
}

gboolean
record_look_up(Ctx *ctx, const Record *rec, const Record *old, GError **all, GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_autoptr(GArray) looks = g_array_new(FALSE, FALSE, sizeof(Look));
    gboolean row = FALSE;

    look_for_refs(ctx, rec, old, sql, looks);
    for (guint i = 0; rec->def->uniques && rec->def->uniques[i]; i++)
        look_for_twin(rec, rec->def->uniques[i], sql, looks);
    if (!looks->len)
        return TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql->str, error);
    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    if (db_has_param(stmt, "self"))
        db_bind_int(stmt, "self", rec->id);
    for (guint i = 0; i < rec->def->n_fields; i++) {
        if (db_has_param(stmt, rec->def->fields[i].name))
            value_bind(&rec->def->fields[i], &rec->values[i], stmt, rec->def->fields[i].name);
    }
    if (!db_step(stmt, &row, error))
        return FALSE;
    for (guint i = 0; i < looks->len; i++)
        complain(&g_array_index(looks, Look, i), db_int(stmt, (int) i) != 0, all);
    return TRUE;
}
