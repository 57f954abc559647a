/* allocation.c - settling charges: the row that says so, the charge's own sum and state, the orders that hold it. */
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "domain/crm/crm.h"

#include <string.h>

static gboolean
settle_charge(Ctx *ctx, gint64 charge_id, gint64 amount_fen, GError **error)
{
    gint64 changed = 0;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.charge_settle", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", charge_id);
    db_bind_int(stmt, "amount", amount_fen);
    db_bind_int(stmt, "now", ctx->now_us);
    if (ctx->staff_id)
        db_bind_int(stmt, "me", ctx->staff_id);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_day(stmt, "never", DAY_MAX);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    return changed == 1
           || app_error_set(error, APP_ERROR_CONFLICT, "allocation.too_much", "款项刚被他人核销或金额超过未收，请刷新",
                            "somebody settled this charge just now, or it is more than what is open; reload");
}

gint64
allocation_add(Ctx *ctx, gint64 charge_id, gint64 amount_fen, const AllocationFrom *from, GError **error)
{
    g_autoptr(Record) allocation = record_new(registry_def(ctx->registry, "allocation"));

    if (!settle_charge(ctx, charge_id, amount_fen, error))
        return 0;
    record_set_id(allocation, "charge_id", charge_id);
    record_set_text(allocation, "kind", from->kind);
    record_set_id(allocation, "receipt_id", from->receipt_id);
    record_set_id(allocation, "source_id", from->source_id);
    record_set_id(allocation, "reverses_id", from->reverses_id);
    record_set_int(allocation, "amount", amount_fen);
    record_set_day(allocation, "value_on", from->value_on == DAY_NONE ? ctx->today : from->value_on);
    record_set_day(allocation, "posted_on", ctx->today);
    return record_save(ctx, allocation, error) ? allocation->id : 0;
}

gboolean
billing_orders_update(Ctx *ctx, gint64 charge_id, gint64 *changed, GError **error)
{
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.orders_follow", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "charge_id", charge_id);
    db_bind_int(stmt, "now", ctx->now_us);
    return db_exec_stmt(stmt, changed, error);
}

gboolean
billing_orders_follow(Ctx *ctx, gint64 charge_id, gint64 lease_id, GError **error)
{
    gint64 changed = 0, first_of = 0, lead_id = 0;
    gboolean complete = FALSE, ok = TRUE;

    if (!billing_orders_update(ctx, charge_id, &changed, error))
        return FALSE;
    if (changed == 0)
        return TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.orders_of_charge", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "charge_id", charge_id);
    while (db_each(stmt, &ok, error)) {
        gboolean is_first = strcmp(db_text(stmt, 0), "first") == 0;
        gboolean received = strcmp(db_text(stmt, 1), "received") == 0;
        if (is_first && db_int(stmt, 2) == lease_id) {
            first_of = lease_id;
            complete = complete || received;
        } else if (!is_first && received)
            lead_id = db_int(stmt, 3);
    }
    return ok && (!first_of || lease_money_came(ctx, first_of, complete, error)) && crm_lead_advance(ctx, lead_id, "deposit", error);
}
