#include "store/import_counters.h"

#include <string.h>

struct ImportCounters {
    gboolean has_head;
    gint64 seq;
    char *hash;
    GHashTable *numbers; /* "kind\nyear" -> gint64 */
};

static ImportCounters *
counters_new(void)
{
    ImportCounters *counters = g_new0(ImportCounters, 1);

    counters->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return counters;
}

void
import_counters_free(ImportCounters *counters)
{
    if (!counters)
        return;
    g_free(counters->hash);
    g_hash_table_unref(counters->numbers);
    g_free(counters);
}

void
import_counters_begin(Ctx *ctx)
{
    g_return_if_fail(!ctx->counters);
    ctx->counters = counters_new();
}

ImportCounters *
import_counters_mark(const Ctx *ctx)
{
    ImportCounters *copy = counters_new();
    GHashTableIter iter;
    gpointer key, value;

    copy->has_head = ctx->counters->has_head;
    copy->seq = ctx->counters->seq;
    copy->hash = g_strdup(ctx->counters->hash);
    g_hash_table_iter_init(&iter, ctx->counters->numbers);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_insert(copy->numbers, g_strdup(key), g_memdup2(value, sizeof(gint64)));
    return copy;
}

void
import_counters_back(Ctx *ctx, ImportCounters *mark)
{
    import_counters_free(ctx->counters);
    ctx->counters = mark;
}

gboolean
import_counters_link(const Ctx *ctx, gint64 *seq, char **prev)
{
    ImportCounters *counters = ctx->counters;

    if (!counters || !counters->has_head)
        return FALSE;
    *seq = ++counters->seq;
    *prev = g_strdup(counters->hash);
    return TRUE;
}

void
import_counters_linked(const Ctx *ctx, gint64 seq)
{
    if (!ctx->counters)
        return;
    ctx->counters->has_head = TRUE;
    ctx->counters->seq = seq;
}

gboolean
import_counters_hash(const Ctx *ctx, const char *hash)
{
    if (!ctx->counters)
        return FALSE;
    g_free(ctx->counters->hash);
    ctx->counters->hash = g_strdup(hash);
    return TRUE;
}

static char *
number_key(const char *kind, gint64 year)
{
    return g_strdup_printf("%s\n%" G_GINT64_FORMAT, kind, year);
}

gboolean
import_counters_number(const Ctx *ctx, const char *kind, gint64 year, gint64 *value)
{
    g_autofree char *key = number_key(kind, year);
    gint64 *last = ctx->counters ? g_hash_table_lookup(ctx->counters->numbers, key) : NULL;

    if (!last)
        return FALSE;
    *value = ++*last;
    return TRUE;
}

void
import_counters_numbered(const Ctx *ctx, const char *kind, gint64 year, gint64 value)
{
    if (ctx->counters)
        g_hash_table_insert(ctx->counters->numbers, number_key(kind, year),
                            g_memdup2(&value, sizeof value));
}

static gboolean
write_head(Ctx *ctx, const ImportCounters *counters, GError **error)
{
    g_autoptr(DbStmt) stmt = db_prepare(
        ctx->db,
        "UPDATE history_head SET seq = :seq, hash = :hash WHERE property_id = :property_id", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "seq", counters->seq);
    db_bind_text(stmt, "hash", counters->hash);
    db_bind_int(stmt, "property_id", ctx->property_id);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
write_number(Ctx *ctx, const char *key, gint64 last, GError **error)
{
    const char *line = strchr(key, '\n');
    g_autofree char *kind = g_strndup(key, (gsize) (line - key));
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "UPDATE numbering SET last = :last WHERE property_id = "
                                        ":property_id AND kind = :kind AND year = :year",
                                        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "last", last);
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "kind", kind);
    db_bind_int(stmt, "year", g_ascii_strtoll(line + 1, NULL, 10));
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
import_counters_end(Ctx *ctx, gboolean keep, GError **error)
{
    g_autoptr(ImportCounters) counters = g_steal_pointer(&ctx->counters);
    GHashTableIter iter;
    gpointer key, last;

    if (!keep || !counters)
        return TRUE;
    if (counters->has_head && !write_head(ctx, counters, error))
        return FALSE;
    g_hash_table_iter_init(&iter, counters->numbers);
    while (g_hash_table_iter_next(&iter, &key, &last)) {
        if (!write_number(ctx, key, *(const gint64 *) last, error))
            return FALSE;
    }
    return TRUE;
}
