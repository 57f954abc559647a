/* allocation.c - settling charges: the row that says so, the charge's own sum and state, the orders that hold it; the deposit register. */
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"

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

/* Whether a payment order of the lease is complete. */
static gboolean
order_complete(Ctx *ctx, gint64 charge_id, gboolean *complete, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.order_complete", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "charge_id", charge_id);
    return db_step(stmt, complete, error);
}

gboolean
billing_orders_follow(Ctx *ctx, gint64 charge_id, gint64 lease_id, GError **error)
{
    gint64 changed = 0;
    gboolean complete = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.orders_follow", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "charge_id", charge_id);
    db_bind_int(stmt, "now", ctx->now_us);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    if (changed == 0 || !lease_id)
        return TRUE;
    return order_complete(ctx, charge_id, &complete, error) && lease_money_came(ctx, lease_id, complete, error);
}

gint64
deposit_enter(Ctx *ctx, const DepositEvent *event, gint64 amount_fen, GError **error)
{
    g_autoptr(Record) entry = record_new(registry_def(ctx->registry, "deposit_entry"));

    record_set_id(entry, "merchant_id", event->merchant_id);
    record_set_id(entry, "lease_id", event->lease_id);
    record_set_id(entry, "charge_id", event->charge_id);
    record_set_id(entry, "receipt_id", event->receipt_id);
    record_set_text(entry, "kind", event->kind);
    record_set_text(entry, "event", event->event);
    record_set_text(entry, "memo", event->memo);
    record_set_int(entry, "amount", amount_fen);
    record_set_day(entry, "happened_on", event->happened_on);
    record_set_day(entry, "posted_on", ctx->today);
    return record_save(ctx, entry, error) ? entry->id : 0;
}
