/* search.c - the search index: each searchable text is stored as folded suffixes, so that "contains" is a range of a B-tree on both
 * engines; pinyin initials and the last digits of phones beside it. */
#include "base/text.h"
#include "store/services.h"
#include "store/store_internal.h"

#include <string.h>

enum { KEY_CHARS = 16, SUFFIXES = 24, PHONE_TAIL = 4 };

static void
add_key(GHashTable *keys, const char *text)
{
    if (!*text)
        return;
    const char *end = text;
    for (guint i = 0; *end && i < KEY_CHARS; i++)
        end = g_utf8_next_char(end);
    g_hash_table_add(keys, g_strndup(text, (gsize) (end - text)));
}

static void
add_suffixes(GHashTable *keys, const char *folded)
{
    guint n = 0;

    for (const char *p = folded; *p && n < SUFFIXES; p = g_utf8_next_char(p), n++)
        add_key(keys, p);
}

static void
add_field(GHashTable *keys, const FieldDef *field, const char *text)
{
    g_autofree char *folded = text_fold(text);

    add_suffixes(keys, folded);
    if (field->check == CHECK_PHONE || field->check == CHECK_MOBILE) {
        g_autofree char *digits = text_digits(text);
        gsize n = strlen(digits);
        if (n > PHONE_TAIL)
            add_key(keys, digits + n - PHONE_TAIL);
        return;
    }
    g_autofree char *initials = text_pinyin_initials(text);
    if (strcmp(initials, folded) != 0)
        add_suffixes(keys, initials);
}

GHashTable *
search_keys(const Record *rec)
{
    GHashTable *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < rec->def->n_fields; i++) {
        if ((rec->def->fields[i].flags & FF_SEARCH) && !rec->values[i].is_null)
            add_field(keys, &rec->def->fields[i], rec->values[i].text);
    }
    return keys;
}

/* Without an index by record: what a row had before is known from its old values. */
static gboolean
delete_key(Ctx *ctx, const Record *rec, const char *key, GError **error)
{
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "DELETE FROM search_key WHERE property_id = :property_id AND entity = :entity"
                                        " AND key = :key AND record_id = :id",
                                        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", rec->property_id);
    db_bind_text(stmt, "entity", rec->def->name);
    db_bind_text(stmt, "key", key);
    db_bind_int(stmt, "id", rec->id);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
insert_keys(Ctx *ctx, const Record *rec, GHashTable *keys, GHashTable *except, GError **error)
{
    static const char *const columns[] = { "property_id", "entity", "key", "record_id", NULL };
    g_autoptr(DbBatch) batch = db_batch_new(ctx->db, "search_key", columns);
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, keys);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (except && g_hash_table_contains(except, key))
            continue;
        db_batch_int(batch, 0, rec->property_id);
        db_batch_text(batch, 1, rec->def->name);
        db_batch_text(batch, 2, key);
        db_batch_int(batch, 3, rec->id);
        if (!db_batch_add(batch, error))
            return FALSE;
    }
    return db_batch_finish(batch, error);
}

static gboolean
same_texts(const Record *rec, const Record *old)
{
    for (guint i = 0; i < rec->def->n_fields; i++) {
        if ((rec->def->fields[i].flags & FF_SEARCH)
            && !value_equal(&rec->def->fields[i], &rec->values[i], &old->values[i]))
            return FALSE;
    }
    return TRUE;
}

gboolean
search_index(Ctx *ctx, const Record *rec, const Record *old, GError **error)
{
    g_autoptr(GHashTable) before = NULL;
    GHashTableIter iter;
    gpointer key;

    if (old && same_texts(rec, old))
        return TRUE; /* most changes touch no searchable text */
    g_autoptr(GHashTable) keys = search_keys(rec);
    if (old) {
        before = search_keys(old);
        g_hash_table_iter_init(&iter, before);
        while (g_hash_table_iter_next(&iter, &key, NULL)) {
            if (!g_hash_table_contains(keys, key) && !delete_key(ctx, rec, key, error))
                return FALSE;
        }
    }
    return insert_keys(ctx, rec, keys, before, error);
}

char *
search_condition(const EntityDef *def, const char *alias)
{
    return g_strdup_printf("%s.id IN (SELECT s.record_id FROM search_key s WHERE s.property_id = %s AND s.entity = '%s'"
                           " AND s.key >= :q_lo AND s.key < :q_hi)",
                           alias, def->flags & EF_GROUP ? "0" : ":property_id", def->name);
}

void
search_bind(DbStmt *stmt, const char *q)
{
    g_autofree char *folded = text_fold(q);
    const char *end = folded;

    for (guint i = 0; *end && i < KEY_CHARS; i++)
        end = g_utf8_next_char(end);
    g_autofree char *low = g_strndup(folded, (gsize) (end - folded));
    g_autofree char *high = g_strconcat(low, "\xF4\x8F\xBF\xBF", NULL); /* after every key that begins with it */
    db_bind_text(stmt, "q_lo", low);
    db_bind_text(stmt, "q_hi", high);
}

static gboolean
is_searchable(const EntityDef *def)
{
    if (def->flags & EF_INTERNAL)
        return FALSE;
    for (guint i = 0; i < def->n_fields; i++) {
        if (def->fields[i].flags & FF_SEARCH)
            return TRUE;
    }
    return FALSE;
}

static gboolean
write_group(Ctx *ctx, const EntityDef *def, const char *q, guint limit, JsonOut *out, GError **error)
{
    g_autofree char *scope = list_scope_sql(ctx, def, "t", "read");
    g_autofree char *found = search_condition(def, "t");
    g_autofree char *label = label_sql(ctx->registry, ctx->lang, def, "t");
    const FieldDef *sub = def->subtitle ? entity_find_field(def, def->subtitle) : NULL;
    gboolean plain_sub = sub && field_is_text(sub) && !(sub->flags & FF_MASKED);
    g_autofree char *sql
        = g_strdup_printf("SELECT t.id, %s, %s%s FROM %s t WHERE %s AND %s ORDER BY t.id DESC LIMIT %u", label,
                          plain_sub ? "t." : "", plain_sub ? sub->name : "''", def->name, scope, found, limit);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    gboolean open = FALSE, ok = TRUE;

    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    search_bind(stmt, q);
    while (db_each(stmt, &ok, error)) {
        if (!open) {
            json_begin_object(out);
            json_kv_text(out, "entity", def->name);
            json_kv_text(out, "label", ctx->lang == LANG_EN ? def->en : def->zh);
            json_key(out, "items");
            json_begin_array(out);
            open = TRUE;
        }
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "label", db_text(stmt, 1));
        json_kv_text(out, "sub", db_text(stmt, 2));
        json_end_object(out);
    }
    if (open) {
        json_end_array(out);
        json_end_object(out);
    }
    return ok;
}

gboolean
search_write(Ctx *ctx, const char *q, guint per_group, JsonOut *out, GError **error)
{
    g_autofree char *folded = text_fold(q);

    json_begin_object(out);
    json_key(out, "groups");
    json_begin_array(out);
    for (guint i = 0; *folded && ctx->registry->defs[i]; i++) {
        const EntityDef *def = ctx->registry->defs[i];
        if (!is_searchable(def) || !access_may(ctx->access, def->name, "read"))
            continue;
        if (!write_group(ctx, def, q, per_group, out, error))
            return FALSE;
    }
    json_end_array(out);
    json_end_object(out);
    return TRUE;
}
