/* party_merge.c - two files of one customer become one; nothing is thrown away. */
#include "domain/party/party_internal.h"
#include "store/list.h"

#include <string.h>

typedef struct {
    GArray *ids;
} Found;

static gboolean
remember(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    Found *found = data;

    (void) labels;
    (void) error;
    g_array_append_val(found->ids, rec->id);
    return TRUE;
}

/* Ids of all rows of @def whose @field names the merchant. NULL on error. */
static GArray *
rows_of(Ctx *ctx, const EntityDef *def, const char *field, gint64 merchant_id, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(ListQuery) query = list_query_new(def);
    g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT, merchant_id);
    Found found = { ids };

    query->size = 100000;
    list_query_filter(query, field, OP_IN, value);
    return list_each(ctx, query, remember, &found, error) ? g_steal_pointer(&ids) : NULL;
}

static gboolean
has_brand(Ctx *ctx, gint64 merchant_id, gint64 brand_id, gboolean *found, GError **error)
{
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.brand_pair", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", merchant_id);
    db_bind_int(stmt, "brand_id", brand_id);
    return db_step(stmt, found, error);
}

static gboolean
has_number(Ctx *ctx, gint64 merchant_id, const Record *contact, gboolean *found, GError **error)
{
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.contact_numbers", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", merchant_id);
    db_bind_int(stmt, "own_id", contact->id);
    db_bind_text(stmt, "mobile", record_text(contact, "mobile"));
    db_bind_text(stmt, "phone", record_text(contact, "phone"));
    return db_step(stmt, found, error);
}

/* A number or brand that the other file has too: the contact stays as inactive, the brand's entry goes. */
static gboolean
move_row(Ctx *ctx, Record *rec, const char *field, gint64 into_id, GError **error)
{
    gboolean found = FALSE;

    if (strcmp(rec->def->name, "merchant_brand") == 0) {
        if (!has_brand(ctx, into_id, record_int(rec, "brand_id"), &found, error))
            return FALSE;
        if (found)
            return record_delete(ctx, rec, error);
    }
    if (strcmp(rec->def->name, "contact") == 0) {
        if (!has_number(ctx, into_id, rec, &found, error))
            return FALSE;
        if (found)
            record_set_int(rec, "active", 0);
        record_set_int(rec, "is_primary", 0);
    }
    record_set_id(rec, field, into_id);
    return record_save_as(ctx, rec, "merge", error);
}

static gboolean
move_rows(Ctx *ctx, const EntityDef *def, const char *field, gint64 from_id, gint64 into_id,
          GError **error)
{
    g_autoptr(GArray) ids = rows_of(ctx, def, field, from_id, error);

    if (!ids)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) rec =
            record_get(ctx, def->name, g_array_index(ids, gint64, i), NULL, error);
        if (!rec || !move_row(ctx, rec, field, into_id, error))
            return FALSE;
    }
    return TRUE;
}

/* Everything that names the merchant, found in the tables' own declarations, so that a new entity needs no change here. */
static gboolean
move_all(Ctx *ctx, gint64 from_id, gint64 into_id, GError **error)
{
    for (const EntityDef *const *def = ctx->registry->defs; *def; def++) {
        if ((*def)->flags & (EF_APPEND_ONLY | EF_INTERNAL))
            continue;
        for (guint i = 0; i < (*def)->n_fields; i++) {
            const FieldDef *field = &(*def)->fields[i];
            if (field->type == FT_REF && strcmp(field->ref, "merchant") == 0
                && strcmp(field->name, "merged_into_id") != 0
                && !move_rows(ctx, *def, field->name, from_id, into_id, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
refuse_leased(Ctx *ctx, gint64 merchant_id, GError **error)
{
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.lease_count", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", merchant_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return db_int(stmt, 0) == 0
           || app_error_set(
               error, APP_ERROR_CONFLICT, "merchant.has_lease",
               "被合并的商户已有合同，请反过来把另一份档案并入它",
               "the file to be merged is bound by a lease; merge the other one into it instead");
}

/* What the file that goes on does not know yet. */
static void
fill_gaps(Record *into, Record *from)
{
    for (guint i = 0; i < into->def->n_fields; i++) {
        const FieldDef *f = &into->def->fields[i];
        if (into->values[i].is_null && !from->values[i].is_null && !(f->flags & FF_READONLY))
            value_copy(&into->values[i], &from->values[i]);
    }
}

gboolean
party_join(Ctx *ctx, gint64 from_id, gint64 into_id, GError **error)
{
    Ctx all = *ctx; /* rows of colleagues move too */

    all.access = NULL;
    if (from_id == into_id)
        return app_error_set(error, APP_ERROR_CONFLICT, "merchant.same", "不能与自己合并",
                             "a file cannot be merged with itself");
    g_autoptr(Record) from = record_get(&all, "merchant", from_id, NULL, error);
    g_autoptr(Record) into = from ? record_get(&all, "merchant", into_id, NULL, error) : NULL;
    if (!into)
        return FALSE;
    if (record_is(from, "state", "merged") || record_is(into, "state", "merged"))
        return app_error_set(error, APP_ERROR_CONFLICT, "merchant.merged", "档案已经合并过",
                             "one of the files was merged already");
    if (!refuse_leased(&all, from_id, error) || !move_all(&all, from_id, into_id, error))
        return FALSE;
    g_autoptr(Record) rest = record_copy(from);
    record_set_null(from, "credit_code"); /* unique: it goes on in the other file */
    record_set_text(from, "state", "merged");
    record_set_id(from, "merged_into_id", into_id);
    if (!record_save_as(&all, from, "merge", error))
        return FALSE;
    g_clear_pointer(&into, record_free);
    into = record_get(&all, "merchant", into_id, NULL, error);
    if (!into)
        return FALSE;
    fill_gaps(into, rest);
    return record_save_as(&all, into, "merge", error);
}

gboolean
party_merge(Ctx *ctx, gint64 from_id, gint64 into_id, GError **error)
{
    g_autoptr(Record) from = NULL;
    g_autoptr(Record) into = NULL;

    if (!access_may(ctx->access, "merchant", "merge"))
        return app_error_set(error, APP_ERROR_FORBIDDEN, "merchant.forbidden",
                             "您没有合并商户档案的权限", "you may not merge merchant files");
    from = record_get(ctx, "merchant", from_id, "merge", error);
    into = from ? record_get(ctx, "merchant", into_id, "merge", error) : NULL;
    return into && party_join(ctx, from_id, into_id, error);
}
