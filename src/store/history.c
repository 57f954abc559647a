#include "store/history.h"

#include "base/ids.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/import_counters.h"
#include "store/store_internal.h"

#include <string.h>

typedef struct {
    gint64 property_id, seq, at, by_id, on_behalf_of, record_id;
    const char *entity, *action, *reason, *changes, *prev;
} Link;

/* What the hash covers, in one order for ever. */
static char *
link_hash(const Link *link)
{
    g_autofree char *text = g_strdup_printf(
        "%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT
        "|%" G_GINT64_FORMAT "|%s|%" G_GINT64_FORMAT "|%s|%s|%s|%s",
        link->property_id, link->seq, link->at, link->by_id, link->on_behalf_of, link->entity,
        link->record_id, link->action, link->reason ? link->reason : "", link->changes ? link->changes : "",
        link->prev);

    return secret_digest_text(text);
}

/* Takes the next place in the property's chain; the row lock makes writers of one property follow each other. */
static gboolean
next_link(Ctx *ctx, gint64 *seq, char **prev, GError **error)
{
    gboolean row = FALSE;

    if (import_counters_link(ctx, seq, prev))
        return TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(
        ctx->db,
        "INSERT INTO history_head (property_id, seq, hash) VALUES (:property_id, 1, '')"
        " ON CONFLICT (property_id) DO UPDATE SET seq = history_head.seq + 1 RETURNING seq, hash",
        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    g_assert(row);
    *seq = db_int(stmt, 0);
    *prev = g_strdup(db_text(stmt, 1));
    import_counters_linked(ctx, *seq);
    return TRUE;
}

static gboolean
set_head(Ctx *ctx, const char *hash, GError **error)
{
    if (import_counters_hash(ctx, hash))
        return TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(
        ctx->db, "UPDATE history_head SET hash = :hash WHERE property_id = :property_id", error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "hash", hash);
    db_bind_int(stmt, "property_id", ctx->property_id);
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
history_add(Ctx *ctx, const char *entity, gint64 record_id, const char *action, const char *changes,
            GError **error)
{
    g_autofree char *prev = NULL;
    gint64 seq = 0;

    if (!next_link(ctx, &seq, &prev, error))
        return FALSE;
    Link link = { .property_id = ctx->property_id,
                  .seq = seq,
                  .at = ctx->now_us,
                  .by_id = ctx->staff_id,
                  .on_behalf_of = ctx->on_behalf_of,
                  .record_id = record_id,
                  .entity = entity,
                  .action = action,
                  .reason = ctx->reason,
                  .changes = changes,
                  .prev = prev };
    g_autofree char *hash = link_hash(&link);
    g_autoptr(DbStmt) stmt = db_prepare(
        ctx->db,
        "INSERT INTO history (property_id, seq, at, by_id, on_behalf_of, entity, record_id, action, reason, changes,"
        " prev, hash) VALUES (:property_id, :seq, :at, :by_id, :on_behalf_of, :entity, :record_id, :action, :reason,"
        " :changes, :prev, :hash)",
        error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", link.property_id);
    db_bind_int(stmt, "seq", link.seq);
    db_bind_int(stmt, "at", link.at);
    db_bind_int(stmt, "by_id", link.by_id);
    db_bind_int(stmt, "on_behalf_of", link.on_behalf_of);
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "record_id", record_id);
    db_bind_text(stmt, "action", action);
    db_bind_text(stmt, "reason", ctx->reason);
    db_bind_text(stmt, "changes", changes);
    db_bind_text(stmt, "prev", prev);
    db_bind_text(stmt, "hash", hash);
    return db_exec_stmt(stmt, NULL, error) && set_head(ctx, hash, error);
}

static void
write_person(JsonOut *out, const char *key, gint64 id, const char *name)
{
    json_key(out, key);
    if (!id) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "name", name);
    json_end_object(out);
}

gboolean
history_write(Ctx *ctx, const char *entity, gint64 record_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    /* people of the house, and those of merchants where there are any */
    gboolean has_merchants = registry_find(ctx->registry, "merchant_login") != NULL;
    g_autofree char *sql = g_strdup_printf(
        "SELECT h.at, h.by_id, %s, h.on_behalf_of, b.name, h.action, h.reason, h.changes FROM history h"
        " LEFT JOIN staff s ON s.id = h.by_id LEFT JOIN staff b ON b.id = h.on_behalf_of%s"
        " WHERE h.property_id = :property_id AND h.entity = :entity AND h.record_id = :record_id"
        " ORDER BY h.seq DESC LIMIT 200",
        has_merchants ? "COALESCE(s.name, g.name)" : "s.name",
        has_merchants ? " LEFT JOIN merchant_login g ON g.property_id = h.property_id AND g.id = h.by_id" : "");
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "record_id", record_id);
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_us(out, "at", db_int(stmt, 0));
        write_person(out, "by", db_int(stmt, 1), db_text(stmt, 2));
        write_person(out, "on_behalf_of", db_int(stmt, 3), db_text(stmt, 4));
        json_kv_text(out, "action", db_text(stmt, 5));
        json_kv_text(out, "reason", db_text(stmt, 6));
        json_key(out, "changes");
        const char *changes = db_text(stmt, 7);
        json_raw(out, changes ? changes : "[]", changes ? strlen(changes) : 2);
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

gboolean
history_verify(DbConn *conn, gint64 *rows, GError **error)
{
    gboolean ok = TRUE;
    gint64 property_id = -1, expected = 1;
    g_autofree char *prev = g_strdup("");
    g_autoptr(DbStmt) stmt
        = db_prepare(conn,
                     "SELECT property_id, seq, at, by_id, on_behalf_of, entity, record_id, action, reason, changes, prev,"
                     " hash FROM history ORDER BY property_id, seq",
                     error);

    *rows = 0;
    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        Link link = { .property_id = db_int(stmt, 0),
                      .seq = db_int(stmt, 1),
                      .at = db_int(stmt, 2),
                      .by_id = db_int(stmt, 3),
                      .on_behalf_of = db_int(stmt, 4),
                      .entity = db_text(stmt, 5),
                      .record_id = db_int(stmt, 6),
                      .action = db_text(stmt, 7),
                      .reason = db_text(stmt, 8),
                      .changes = db_text(stmt, 9),
                      .prev = db_text(stmt, 10) };
        if (link.property_id != property_id) {
            property_id = link.property_id;
            expected = 1;
            g_free(prev);
            prev = g_strdup("");
        }
        g_autofree char *hash = link_hash(&link);
        if (link.seq != expected || strcmp(link.prev, prev) != 0 || strcmp(hash, db_text(stmt, 11)) != 0)
            return app_error_set(error, APP_ERROR_CONFLICT, "history.broken",
                                 "操作历史在第 %" G_GINT64_FORMAT " 条处断裂",
                                 "the history chain is broken at row %" G_GINT64_FORMAT, link.seq);
        g_free(prev);
        prev = g_steal_pointer(&hash);
        expected++;
        (*rows)++;
    }
    return ok;
}
