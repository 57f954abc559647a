#include "store/services.h"

#include "base/day.h"
#include "base/ids.h"
#include "store/import_counters.h"
#include "store/store_internal.h"

#include <string.h>

/* The last of the next @count values. */
static gboolean
next_values(Ctx *ctx, const char *kind, gint64 year, guint count, gint64 *value, GError **error)
{
    gboolean row = FALSE;

    for (guint i = 1; ctx->counters && i < count; i++) { /* kept in memory, one by one */
        if (!next_values(ctx, kind, year, 1, value, error))
            return FALSE;
    }
    if (import_counters_number(ctx, kind, year, value))
        return TRUE;
    if (ctx->counters)
        count = 1;
    g_autoptr(DbStmt) stmt = db_prepare(
        ctx->db,
        "INSERT INTO numbering (property_id, kind, year, last) VALUES (:property_id, :kind, :year, :count)"
        " ON CONFLICT (property_id, kind, year) DO UPDATE SET last = numbering.last + :count RETURNING last",
        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "kind", kind);
    db_bind_int(stmt, "year", year);
    db_bind_int(stmt, "count", count);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *value = db_int(stmt, 0);
    import_counters_numbered(ctx, kind, year, *value);
    return TRUE;
}

/* The period a series begins anew with: a month key, a year, or 0 for one that never does. */
static gint64
series_period(const char *pattern, Day today)
{
    Ymd ymd = day_to_ymd(today);

    return strstr(pattern, "{YYMM}") ? ymd.year * 100 + ymd.month : strstr(pattern, "{YYYY}") ? ymd.year : 0;
}

char *
number_text(const char *pattern, Day today, gint64 value)
{
    Ymd ymd = day_to_ymd(today);
    g_autoptr(GString) text = g_string_new(pattern);
    char part[24];

    g_snprintf(part, sizeof part, "%04d", ymd.year);
    g_string_replace(text, "{YYYY}", part, 0);
    g_snprintf(part, sizeof part, "%02d%02d", ymd.year % 100, ymd.month);
    g_string_replace(text, "{YYMM}", part, 0);
    for (int width = 1; width <= 9; width++) {
        char token[4] = { '{', (char) ('0' + width), '}', 0 };
        g_snprintf(part, sizeof part, "%0*" G_GINT64_FORMAT, width, value);
        g_string_replace(text, token, part, 0);
    }
    return g_strdup(text->str);
}

gboolean
number_take(Ctx *ctx, const char *kind, const char *pattern, guint count, gint64 *first, GError **error)
{
    gint64 last = 0;

    if (!next_values(ctx, kind, series_period(pattern, ctx->today), count, &last, error))
        return FALSE;
    *first = last - count + 1;
    return TRUE;
}

char *
number_next(Ctx *ctx, const char *kind, const char *pattern, GError **error)
{
    gint64 value = 0;

    return number_take(ctx, kind, pattern, 1, &value, error) ? number_text(pattern, ctx->today, value) : NULL;
}

/* Takes the key for this transaction: a second request with it waits here until the first one is over. */
static gboolean
claim_key(Ctx *ctx, const char *key, const char *request_hash, gboolean *is_new, GError **error)
{
    gint64 changed = 0;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "INSERT INTO idempotency (property_id, staff_id, key, request_hash, status, body, at)"
                                        " VALUES (:property_id, :staff_id, :key, :request_hash, 0, '', :at)"
                                        " ON CONFLICT (property_id, staff_id, key) DO NOTHING",
                                        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    db_bind_text(stmt, "key", key);
    db_bind_text(stmt, "request_hash", request_hash);
    db_bind_int(stmt, "at", ctx->now_us);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    *is_new = changed == 1;
    return TRUE;
}

gboolean
idempotency_find(Ctx *ctx, const char *key, const char *request_hash, int *status, char **body, GError **error)
{
    gboolean row = FALSE, is_new = FALSE;

    *status = 0;
    if (!claim_key(ctx, key, request_hash, &is_new, error))
        return FALSE;
    if (is_new)
        return TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "SELECT request_hash, status, body FROM idempotency"
                                        " WHERE property_id = :property_id AND staff_id = :staff_id AND key = :key",
                                        error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    db_bind_text(stmt, "key", key);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    if (strcmp(db_text(stmt, 0), request_hash) != 0)
        return app_error_set(error, APP_ERROR_INVALID, "idempotency.differs", "同一提交编号的内容不一致，请刷新后重试",
                             "this idempotency key was used for another request");
    *status = (int) db_int(stmt, 1);
    *body = g_strdup(db_text(stmt, 2));
    return TRUE;
}

gboolean
idempotency_keep(Ctx *ctx, const char *key, const char *request_hash, int status, const char *body, GError **error)
{
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "UPDATE idempotency SET status = :status, body = :body"
                                        " WHERE property_id = :property_id AND staff_id = :staff_id AND key = :key"
                                        " AND request_hash = :request_hash",
                                        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    db_bind_text(stmt, "key", key);
    db_bind_text(stmt, "request_hash", request_hash);
    db_bind_int(stmt, "status", status);
    db_bind_text(stmt, "body", body ? body : "");
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
grant_give(Ctx *ctx, const char *entity, gint64 record_id, gint64 staff_id, const char *why, GError **error)
{
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "INSERT INTO record_grant (property_id, id, entity, record_id, staff_id, why, given_at)"
                                        " VALUES (:property_id, :id, :entity, :record_id, :staff_id, :why, :given_at)",
                                        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", id_next());
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "record_id", record_id);
    db_bind_int(stmt, "staff_id", staff_id);
    db_bind_text(stmt, "why", why);
    db_bind_int(stmt, "given_at", ctx->now_us);
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
grant_end(Ctx *ctx, const char *why, GError **error)
{
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "UPDATE record_grant SET ended_at = :at WHERE property_id = :property_id"
                                        " AND why = :why AND ended_at IS NULL",
                                        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "at", ctx->now_us);
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "why", why);
    return db_exec_stmt(stmt, NULL, error);
}

char *
setting_get(Ctx *ctx, const char *name, const char *fallback)
{
    g_autoptr(Record) rec = record_find_by(ctx, "setting", "name", name, NULL);
    const EntityDef *def = registry_def(ctx->registry, "setting");

    if (!rec)
        return g_strdup(fallback);
    const char *text = record_text(rec, def->fields[1].name);
    return g_strdup(text ? text : fallback);
}

gint64
setting_int(Ctx *ctx, const char *name, gint64 fallback)
{
    g_autofree char *text = setting_get(ctx, name, NULL);
    gint64 value = fallback;

    if (text && !g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &value, NULL))
        return fallback;
    return value;
}

gboolean
notify(Ctx *ctx, gint64 staff_id, const char *kind, const char *entity, gint64 id, const char *zh, const char *en,
       GError **error)
{
    if (!staff_id || staff_id == ctx->staff_id)
        return TRUE; /* nobody is told what they did themselves */
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "notification"));
    record_set_id(rec, "staff_id", staff_id);
    record_set_text(rec, "kind", kind);
    record_set_text(rec, "entity", entity);
    record_set_id(rec, "record_id", id);
    record_set_text(rec, "zh", zh);
    record_set_text(rec, "en", en);
    return record_save(ctx, rec, error);
}
