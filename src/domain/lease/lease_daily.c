/* lease_daily.c - what time alone does to leases and intents. For the job runner. */
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "store/services.h"

#include <string.h>

enum { WARN_DAYS = 90 };

static gboolean
take_each(Ctx *ctx, DbStmt *stmt, const char *entity, const char *(*action_of)(const char *state), GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;

    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++) {
        g_autoptr(Record) rec = record_get(ctx, entity, g_array_index(ids, gint64, i), NULL, error);
        ok = rec && flow_apply(ctx, rec, action_of(record_text(rec, "state")), NULL, error);
    }
    return ok;
}

static const char *
lease_step(const char *state)
{
    return strcmp(state, "effective") == 0 ? "near_end" : "expire";
}

static const char *
intent_step(const char *state)
{
    (void) state;
    return "lapse";
}

/* The month's rent on the lease is that of today; a step changes it without anybody's doing. */
static gboolean
rents_follow(Ctx *ctx, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.rents_follow", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_int(stmt, "now", ctx->now_us);
    return db_exec_stmt(stmt, NULL, error);
}

gboolean
lease_daily(Ctx *ctx, GError **error)
{
    g_autoptr(DbStmt) leases = db_named(ctx->db, "lease.due_to_expire", error);
    g_autoptr(DbStmt) intents = leases ? db_named(ctx->db, "lease.intents_lapsed", error) : NULL;

    if (!intents)
        return FALSE;
    db_bind_int(leases, "property_id", ctx->property_id);
    db_bind_day(leases, "soon", ctx->today + setting_int(ctx, "lease_warn_days", WARN_DAYS));
    db_bind_day(leases, "today", ctx->today);
    db_bind_int(intents, "property_id", ctx->property_id);
    db_bind_day(intents, "today", ctx->today);
    return lease_changes_daily(ctx, error) && take_each(ctx, leases, "lease", lease_step, error)
           && take_each(ctx, intents, "intent", intent_step, error) && rents_follow(ctx, error);
}
