/* pool.c - customers that nobody touches go back to everybody, after a warning. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"
#include "store/services.h"

enum { POOL_DAYS = 30, POOL_WARN_DAYS = 5, STEP = 200 };

static gboolean
candidates(Ctx *ctx, gint64 before_us, gint64 after, GArray *ids, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.pool_candidates", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "before", before_us);
    db_bind_int(stmt, "after", after);
    db_bind_int(stmt, "count", STEP);
    return crm_ids(stmt, ids, error);
}

static gboolean
warn(Ctx *ctx, Record *lead, gint64 days_left, GError **error)
{
    g_autofree char *zh = g_strdup_printf("客户“%s”久未跟进，%d 天后将回到公海",
                                          record_text(lead, "name"), (int) days_left);
    g_autofree char *en =
        g_strdup_printf("Lead \"%s\" was not followed up and returns to the pool in %d days",
                        record_text(lead, "name"), (int) days_left);

    record_set_day(lead, "pool_warned_on", ctx->today);
    return record_save_as(ctx, lead, "pool_warning", error)
           && notify(ctx, record_int(lead, "owner_id"), "pool", "lead", lead->id, zh, en, error);
}

static gboolean
give_back(Ctx *ctx, Record *lead, gint64 days, GError **error)
{
    g_autoptr(Record) input = flow_input_new(ctx, "lead", "to_pool");
    g_autofree char *reason = ctx->lang == LANG_EN
                                  ? g_strdup_printf("not followed up for %d days", (int) days)
                                  : g_strdup_printf("%d 天未跟进", (int) days);
    g_autofree char *zh = g_strdup_printf("客户“%s”已回到公海", record_text(lead, "name"));
    g_autofree char *en =
        g_strdup_printf("Lead \"%s\" has returned to the pool", record_text(lead, "name"));
    gint64 owner_id = record_int(lead, "owner_id");

    record_set_text(input, "reason", reason);
    return flow_apply(ctx, lead, "to_pool", input, error)
           && notify(ctx, owner_id, "pool", "lead", lead->id, zh, en, error);
}

/* Nothing returns without a warning that is at least @warn_days old, even if the job did not run for a while. */
static gboolean
treat(Ctx *ctx, Record *lead, gint64 days, gint64 warn_days, guint counts[2], GError **error)
{
    Day warned = record_day(lead, "pool_warned_on");
    gint64 since = MAX(
        record_is_null(lead, "last_contact_at") ? lead->created_at
                                                : record_int(lead, "last_contact_at"),
        record_is_null(lead, "owner_since") ? lead->created_at : record_int(lead, "owner_since"));
    Day due = clock_day_of(since) + days;

    if (warned == DAY_NONE) {
        counts[0]++;
        return warn(ctx, lead, MAX(due - ctx->today, warn_days), error);
    }
    if (ctx->today < due || ctx->today < warned + warn_days)
        return TRUE;
    counts[1]++;
    return give_back(ctx, lead, days, error);
}

gboolean
crm_pool_step(Ctx *ctx, gint64 *after, guint *warned, guint *returned, GError **error)
{
    gint64 days = setting_int(ctx, "pool_days", POOL_DAYS);
    gint64 warn_days = setting_int(ctx, "pool_warn_days", POOL_WARN_DAYS);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    guint counts[2] = { 0, 0 };

    if (days > 0
        && !candidates(ctx, clock_day_start_us(ctx->today - MAX(days - warn_days, 0) + 1), *after,
                       ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) lead =
            record_get(ctx, "lead", g_array_index(ids, gint64, i), NULL, error);
        if (!lead || !treat(ctx, lead, days, warn_days, counts, error))
            return FALSE;
    }
    *after = ids->len == STEP ? g_array_index(ids, gint64, STEP - 1) : 0;
    if (warned)
        *warned += counts[0];
    if (returned)
        *returned += counts[1];
    return TRUE;
}

gboolean
crm_pool_run(Ctx *ctx, guint *warned, guint *returned, GError **error)
{
    gint64 after = 0;

    if (warned)
        *warned = 0;
    if (returned)
        *returned = 0;
    do {
        if (!crm_pool_step(ctx, &after, warned, returned, error))
            return FALSE;
    } while (after);
    return TRUE;
}
