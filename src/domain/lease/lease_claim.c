/* lease_claim.c - a lease takes its units, and what follows from that for units, lead and handover. */
#include "db/catalogue.h"
#include "domain/crm/crm.h"
#include "domain/lease/lease_internal.h"
#include "domain/space/space.h"

#include <string.h>

gboolean
lease_lead_advance(Ctx *ctx, gint64 lead_id, const char *action, GError **error)
{
    return lead_id == 0 || crm_lead_advance(ctx, lead_id, action, error);
}

static gboolean
refuse_overlap(DbStmt *found, const char *unit, GError **error)
{
    g_autofree char *from = day_dup(db_day(found, 2));
    g_autofree char *to = day_dup(db_day(found, 3));

    return app_error_set(error, APP_ERROR_CONFLICT, "lease.overlap", "铺位 %s 在 %s 至 %s 已由合同 %s 租用",
                         "unit %s is let from %s to %s by lease %s", unit, from, to, db_text(found, 0));
}

static gboolean
claim_unit(Ctx *ctx, const Record *lease, const Record *part, GError **error)
{
    gint64 unit_id = record_int(part, "unit_id");
    gboolean row = FALSE;
    g_autofree char *unit = record_ref_label(ctx, "unit", unit_id);

    if (!space_unit_lock(ctx, unit_id, error))
        return FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.overlap", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "unit_id", unit_id);
    db_bind_int(stmt, "lease_id", lease->id);
    db_bind_day(stmt, "from_on", record_day(part, "from_on"));
    db_bind_day(stmt, "to_on", record_day(part, "to_on"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    return !row || refuse_overlap(stmt, unit, error);
}

static int
by_unit(gconstpointer a, gconstpointer b)
{
    gint64 x = record_int(*(Record *const *) a, "unit_id"), y = record_int(*(Record *const *) b, "unit_id");

    return x < y ? -1 : x > y;
}

gboolean
lease_claim_units(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) units = lease_children(ctx, "lease_unit", lease->id, error);

    if (!units)
        return FALSE;
    if (units->len == 0)
        return app_error_field(error, "units", "required", "请至少选择一个铺位", "choose at least one unit");
    g_ptr_array_sort(units, by_unit); /* always lock in the same order: no deadlock between two leases */
    for (guint i = 0; i < units->len; i++) {
        if (!claim_unit(ctx, lease, units->pdata[i], error))
            return FALSE;
    }
    return TRUE;
}

gboolean
lease_units_refresh(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) units = lease_children(ctx, "lease_unit", lease->id, error);

    if (!units)
        return FALSE;
    for (guint i = 0; i < units->len; i++) {
        if (!space_status_refresh(ctx, record_int(units->pdata[i], "unit_id"), error))
            return FALSE;
    }
    return TRUE;
}

/* The hold has done its duty once the lease itself holds the unit. */
gboolean
lease_end_holds(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) units = lease_children(ctx, "lease_unit", lease->id, error);

    if (!units)
        return FALSE;
    for (guint i = 0; i < units->len; i++) {
        g_autoptr(GError) failure = NULL;
        gint64 lead_id = 0;
        gint64 hold_id = crm_hold_active(ctx, record_int(units->pdata[i], "unit_id"), &lead_id, &failure);
        if (failure) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FALSE;
        }
        if (hold_id && lead_id == record_int(lease, "lead_id") && !crm_hold_end(ctx, hold_id, "converted", error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
open_handover(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(Record) handover = record_new(registry_def(ctx->registry, "handover"));

    record_set_id(handover, "lease_id", lease->id);
    record_set_id(handover, "unit_id", record_int(lease, "unit_id"));
    record_set_day(handover, "planned_on", record_day(lease, "handover_on"));
    return record_save(ctx, handover, error);
}

/* A prospect becomes a signed merchant with its first lease in force. */
gboolean
lease_sign_merchant(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(Record) merchant = record_get(ctx, "merchant", record_int(lease, "merchant_id"), NULL, error);

    if (!merchant)
        return FALSE;
    if (record_is(merchant, "state", "trading"))
        return TRUE;
    record_set_text(merchant, "state", "signed");
    return record_save(ctx, merchant, error);
}

gboolean
lease_activate(Ctx *ctx, gint64 lease_id, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, NULL, error);

    if (!lease)
        return FALSE;
    if (record_is(lease, "state", "effective") || record_is(lease, "state", "expiring"))
        return TRUE;
    return flow_apply(ctx, lease, "activate", NULL, error) && lease_sign_merchant(ctx, lease, error) && lease_lead_advance(ctx, record_int(lease, "lead_id"), "sign", error)
           && open_handover(ctx, lease, error);
}

gboolean
lease_money_came(Ctx *ctx, gint64 lease_id, gboolean complete, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, NULL, error);

    if (!lease)
        return FALSE;
    return !complete || !(record_is(lease, "state", "approved") || record_is(lease, "state", "sealed"))
           || lease_activate(ctx, lease_id, error);
}

GPtrArray *
lease_deposits(Ctx *ctx, const Record *lease, GError **error)
{
    return lease_children(ctx, "deposit_term", lease->id, error);
}
