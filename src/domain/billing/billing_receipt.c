/* billing_receipt.c - money in: checked against the order, confirmed by finance, spread over what is open; the rest is kept as credit. */
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "store/history.h"
#include "store/services.h"

#include <string.h>

gboolean
billing_lock(Ctx *ctx, const char *entity, gint64 id, GError **error)
{
    g_autofree char *name = g_strdup_printf("billing.%s_lock", entity);
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, name, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", id);
    return db_step(stmt, &row, error);
}

static gboolean
pending_fen(Ctx *ctx, gint64 order_id, gint64 except_id, gint64 *fen, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.pending", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "order_id", order_id);
    db_bind_int(stmt, "except_id", except_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *fen = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

static gboolean
check_amount(Ctx *ctx, const Record *order, gint64 except_id, gint64 amount_fen, GError **error)
{
    gint64 waiting_fen = 0;

    if (!record_is(order, "state", "issued") && !record_is(order, "state", "part_received"))
        return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.closed", "交款单已收齐或已作废",
                             "the payment order is paid or void");
    if (!pending_fen(ctx, order->id, except_id, &waiting_fen, error))
        return FALSE;
    gint64 open_fen = record_int(order, "total") - record_int(order, "received") - waiting_fen;
    g_autofree char *open = money_format_grouped(open_fen);
    return amount_fen <= open_fen
           || app_error_field(error, "amount", "too_much", "金额超过交款单未收金额 %s 元，请核对", "is more than the %s yuan that is open",
                              open);
}

/* The money account follows from the way where nobody named one. */
static gboolean
fill_account(Ctx *ctx, Record *receipt, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (!record_is_null(receipt, "money_account_id"))
        return TRUE;
    record_set_id(receipt, "money_account_id", ledger_money_account(ctx, record_text(receipt, "way"), &failure));
    if (!failure)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static gboolean
follow_order(Ctx *ctx, Record *receipt, GError **error)
{
    if (!billing_lock(ctx, "payment_order", record_int(receipt, "order_id"), error))
        return FALSE;
    g_autoptr(Record) order = record_get(ctx, "payment_order", record_int(receipt, "order_id"), NULL, error);
    if (!order)
        return FALSE;
    record_set_id(receipt, "lease_id", record_int(order, "lease_id"));
    record_set_id(receipt, "merchant_id", record_int(order, "merchant_id"));
    return record_is(receipt, "state", "confirmed") || check_amount(ctx, order, 0, record_int(receipt, "amount"), error);
}

gboolean
billing_receipt_validate(Ctx *ctx, Record *receipt, const Record *old, GError **error)
{
    if (old)
        return TRUE;
    if (!record_is_null(receipt, "received_on") && record_day(receipt, "received_on") > ctx->today)
        app_error_field(error, "received_on", "future", "收款日期不能晚于今天", "must not be after today");
    if (record_is_null(receipt, "order_id") && record_is_null(receipt, "merchant_id"))
        app_error_field(error, "merchant_id", "required", "请选择交款单或商户", "choose a payment order or a merchant");
    record_set_id(receipt, "cashier_id", ctx->staff_id);
    return fill_account(ctx, receipt, error) && (record_is_null(receipt, "order_id") || follow_order(ctx, receipt, error));
}

static void
share_clear(gpointer data)
{
    g_free(((Share *) data)->deposit_kind);
}

/* Spreads an amount over what is open: an order's charges, deposits first; else the merchant's, those of the receipt's lease first. Oldest due first. */
static gboolean
make_shares(Ctx *ctx, const Record *receipt, GArray *shares, GError **error)
{
    gboolean ok = TRUE;
    gboolean of_order = !record_is_null(receipt, "order_id");
    gint64 left_fen = record_int(receipt, "amount");
    g_autoptr(DbStmt) stmt = db_named(ctx->db, of_order ? "billing.open_of_order" : "billing.open_of_merchant", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (of_order)
        db_bind_int(stmt, "order_id", record_int(receipt, "order_id"));
    else {
        db_bind_int(stmt, "merchant_id", record_int(receipt, "merchant_id"));
        db_bind_int(stmt, "lease_id", record_int(receipt, "lease_id"));
        db_bind_day(stmt, "today", ctx->today);
    }
    while (left_fen > 0 && db_each(stmt, &ok, error)) {
        Share share = { .charge_id = db_int(stmt, 0), .lease_id = db_int(stmt, 4), .amount_fen = MIN(left_fen, db_int(stmt, 3)) };
        if (strcmp(db_text(stmt, 1), "deposit") == 0)
            share.deposit_kind = g_strdup(db_text(stmt, 2));
        left_fen -= share.amount_fen;
        g_array_append_val(shares, share);
    }
    return ok;
}

static gboolean
pay_share(Ctx *ctx, const Record *receipt, const Share *share, GError **error)
{
    const AllocationFrom from = { .kind = "receipt", .receipt_id = receipt->id, .value_on = record_day(receipt, "received_on") };
    const DepositEvent held = { .merchant_id = record_int(receipt, "merchant_id"), .lease_id = share->lease_id, .charge_id = share->charge_id,
                                .receipt_id = receipt->id, .kind = share->deposit_kind, .event = "received",
                                .happened_on = record_day(receipt, "received_on") };

    return allocation_add(ctx, share->charge_id, share->amount_fen, &from, error)
           && (!share->deposit_kind || deposit_enter(ctx, &held, share->amount_fen, error));
}

/* Money in against what it paid: receivables, deposits held, and credit for the rest. */
static gboolean
post_receipt(Ctx *ctx, const Record *receipt, const GArray *shares, GError **error)
{
    g_autofree char *bank = ledger_money_code(ctx, record_int(receipt, "money_account_id"), error);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    gint64 merchant_id = record_int(receipt, "merchant_id"), left_fen = record_int(receipt, "amount");
    LedgerLine in = { .account = bank, .amount_fen = left_fen, .merchant_id = merchant_id, .lease_id = record_int(receipt, "lease_id"),
                      .receipt_id = receipt->id, .money_account_id = record_int(receipt, "money_account_id") };

    if (!bank)
        return FALSE;
    g_array_append_val(lines, in);
    for (guint i = 0; i < shares->len; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        LedgerLine out = { .account = share->deposit_kind ? ledger_deposit_account(share->deposit_kind) : ACC_RECEIVABLE,
                           .amount_fen = -share->amount_fen, .merchant_id = merchant_id, .lease_id = share->lease_id,
                           .charge_id = share->charge_id, .receipt_id = receipt->id };
        left_fen -= share->amount_fen;
        g_array_append_val(lines, out);
    }
    LedgerLine credit = { .account = ACC_CREDIT, .amount_fen = -left_fen, .merchant_id = merchant_id, .receipt_id = receipt->id };
    g_array_append_val(lines, credit);
    const LedgerJournal journal = { .event = "receipt", .on = record_day(receipt, "received_on"), .memo = record_text(receipt, "no"),
                                    .source_entity = "receipt", .source_id = receipt->id,
                                    .lines = (const LedgerLine *) (const void *) lines->data, .n_lines = lines->len };
    return ledger_post(ctx, &journal, error) != 0;
}

/* Spreads a confirmed receipt and posts it. The receipt's own sums are set, not saved. */
static gboolean
allocate(Ctx *ctx, Record *receipt, GError **error)
{
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(Share));
    gint64 allocated_fen = 0;

    g_array_set_clear_func(shares, share_clear);
    if (!make_shares(ctx, receipt, shares, error))
        return FALSE;
    for (guint i = 0; i < shares->len; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        if (!pay_share(ctx, receipt, share, error) || !billing_orders_follow(ctx, share->charge_id, share->lease_id, error))
            return FALSE;
        allocated_fen += share->amount_fen;
    }
    record_set_int(receipt, "allocated", allocated_fen);
    record_set_int(receipt, "credit", record_int(receipt, "amount") - allocated_fen);
    return post_receipt(ctx, receipt, shares, error);
}

static void
mark_confirmed(Ctx *ctx, Record *receipt)
{
    record_set_text(receipt, "state", "confirmed");
    record_set_id(receipt, "confirmed_by", ctx->staff_id);
    record_set_int(receipt, "confirmed_at", ctx->now_us);
}

gboolean
billing_order_receive(Ctx *ctx, Record *order, const Record *input, GError **error)
{
    g_autoptr(Record) receipt = record_new(registry_def(ctx->registry, "receipt"));
    static const char *const texts[] = { "way", "reference", "payer" };
    gint64 amount_fen = record_int(input, "amount");

    if (!billing_lock(ctx, "payment_order", order->id, error) || !check_amount(ctx, order, 0, amount_fen, error))
        return FALSE;
    record_set_id(receipt, "order_id", order->id);
    record_set_id(receipt, "merchant_id", record_int(order, "merchant_id"));
    record_set_int(receipt, "amount", amount_fen);
    record_set_day(receipt, "received_on", record_day(input, "received_on"));
    record_set_id(receipt, "money_account_id", record_int(input, "money_account_id"));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        record_set_text(receipt, texts[i], record_text(input, texts[i]));
    mark_confirmed(ctx, receipt);
    if (!record_save_as(ctx, receipt, "confirm", error) || !allocate(ctx, receipt, error) || !record_save(ctx, receipt, error))
        return FALSE;
    gint64 received_fen = record_int(order, "received") + amount_fen; /* what billing_orders_follow() has stored meanwhile */
    record_set_int(order, "received", received_fen);
    record_set_text(order, "state", received_fen == record_int(order, "total") ? "received" : "part_received");
    return TRUE;
}

gboolean
billing_receipt_confirm(Ctx *ctx, Record *receipt, const Record *input, GError **error)
{
    gint64 order_id = record_int(receipt, "order_id");

    (void) input;
    if (record_int(receipt, "cashier_id") == ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "receipt.own", "登记人不能确认自己登记的收款",
                             "nobody confirms a receipt they registered");
    if (!billing_lock(ctx, order_id ? "payment_order" : "merchant", order_id ? order_id : record_int(receipt, "merchant_id"), error))
        return FALSE;
    g_autoptr(Record) order = order_id ? record_get(ctx, "payment_order", order_id, NULL, error) : NULL;
    if (order_id && (!order || !check_amount(ctx, order, receipt->id, record_int(receipt, "amount"), error)))
        return FALSE;
    mark_confirmed(ctx, receipt);
    return allocate(ctx, receipt, error) && (!order_id || history_add(ctx, "payment_order", order_id, "receive", NULL, error));
}

gboolean
billing_receipt_refuse(Ctx *ctx, Record *receipt, const Record *input, GError **error)
{
    (void) error;
    ctx->reason = record_text(input, "reason");
    record_set_text(receipt, "refuse_reason", record_text(input, "reason"));
    return TRUE;
}
