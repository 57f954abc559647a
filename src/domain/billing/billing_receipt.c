/* billing_receipt.c - money in: checked against the order, confirmed by finance, spread over the lines. */
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "store/services.h"

#include <string.h>

/* Two cashiers at the same order follow each other. */
static gboolean
lock_order(Ctx *ctx, gint64 order_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.order_lock", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", order_id);
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

gboolean
billing_receipt_validate(Ctx *ctx, Record *receipt, const Record *old, GError **error)
{
    if (old || record_is_null(receipt, "order_id"))
        return TRUE;
    if (!lock_order(ctx, record_int(receipt, "order_id"), error))
        return FALSE;
    g_autoptr(Record) order = record_get(ctx, "payment_order", record_int(receipt, "order_id"), NULL, error);
    if (!order)
        return FALSE;
    if (!record_is_null(receipt, "received_on") && record_day(receipt, "received_on") > ctx->today)
        app_error_field(error, "received_on", "future", "收款日期不能晚于今天", "must not be after today");
    record_set_id(receipt, "lease_id", record_int(order, "lease_id"));
    record_set_id(receipt, "merchant_id", record_int(order, "merchant_id"));
    record_set_id(receipt, "cashier_id", ctx->staff_id);
    return record_is(receipt, "state", "confirmed") || check_amount(ctx, order, 0, record_int(receipt, "amount"), error);
}

typedef struct {
    gint64 line_id;
    gint64 amount_fen;
    char *deposit_kind; /* NULL for charges */
} Share;

static void
share_clear(gpointer data)
{
    g_free(((Share *) data)->deposit_kind);
}

/* Spreads an amount over the open lines: deposits first, then by due day. */
static gboolean
make_shares(Ctx *ctx, gint64 order_id, gint64 amount_fen, GArray *shares, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.open_lines", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "order_id", order_id);
    while (amount_fen > 0 && db_each(stmt, &ok, error)) {
        Share share = { .line_id = db_int(stmt, 0), .amount_fen = MIN(amount_fen, db_int(stmt, 3)) };
        if (strcmp(db_text(stmt, 1), "deposit") == 0)
            share.deposit_kind = g_strdup(db_text(stmt, 2));
        amount_fen -= share.amount_fen;
        g_array_append_val(shares, share);
    }
    return ok;
}

static gboolean
pay_line(Ctx *ctx, const Record *receipt, const Share *share, GError **error)
{
    gint64 changed = 0;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.pay_line", error);
    g_autoptr(Record) allocation = record_new(registry_def(ctx->registry, "allocation"));

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", share->line_id);
    db_bind_int(stmt, "amount", share->amount_fen);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    if (changed != 1)
        return app_error_set(error, APP_ERROR_CONFLICT, "receipt.raced", "款项刚被他人核销，请刷新", "somebody paid this line just now");
    record_set_id(allocation, "receipt_id", receipt->id);
    record_set_id(allocation, "line_id", share->line_id);
    record_set_int(allocation, "amount", share->amount_fen);
    return record_save(ctx, allocation, error);
}

static gboolean
enter_deposit(Ctx *ctx, const Record *receipt, const Share *share, GError **error)
{
    g_autoptr(Record) entry = record_new(registry_def(ctx->registry, "deposit_entry"));

    record_set_id(entry, "lease_id", record_int(receipt, "lease_id"));
    record_set_text(entry, "kind", share->deposit_kind);
    record_set_text(entry, "event", "received");
    record_set_int(entry, "amount", share->amount_fen);
    record_set_day(entry, "happened_on", record_day(receipt, "received_on"));
    record_set_id(entry, "receipt_id", receipt->id);
    return record_save(ctx, entry, error);
}

static gboolean
allocate(Ctx *ctx, const Record *receipt, GError **error)
{
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(Share));

    g_array_set_clear_func(shares, share_clear);
    if (!make_shares(ctx, record_int(receipt, "order_id"), record_int(receipt, "amount"), shares, error))
        return FALSE;
    for (guint i = 0; i < shares->len; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        if (!pay_line(ctx, receipt, share, error))
            return FALSE;
        if (share->deposit_kind && !enter_deposit(ctx, receipt, share, error))
            return FALSE;
    }
    return TRUE;
}

/* The order follows the money; when it is complete the lease takes effect. */
static gboolean
settle_order(Ctx *ctx, Record *order, gint64 amount_fen, GError **error)
{
    gint64 received = record_int(order, "received") + amount_fen;
    gboolean complete = received == record_int(order, "total");

    record_set_int(order, "received", received);
    record_set_text(order, "state", complete ? "received" : "part_received");
    return lease_money_came(ctx, record_int(order, "lease_id"), complete, error);
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
    static const char *const texts[] = { "way", "reference", "account", "payer" };

    if (!lock_order(ctx, order->id, error) || !check_amount(ctx, order, 0, record_int(input, "amount"), error))
        return FALSE;
    record_set_id(receipt, "order_id", order->id);
    record_set_int(receipt, "amount", record_int(input, "amount"));
    record_set_day(receipt, "received_on", record_day(input, "received_on"));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        record_set_text(receipt, texts[i], record_text(input, texts[i]));
    mark_confirmed(ctx, receipt);
    return record_save_as(ctx, receipt, "confirm", error) && allocate(ctx, receipt, error)
           && settle_order(ctx, order, record_int(receipt, "amount"), error);
}

gboolean
billing_receipt_confirm(Ctx *ctx, Record *receipt, const Record *input, GError **error)
{
    gint64 order_id = record_int(receipt, "order_id");

    (void) input;
    if (record_int(receipt, "cashier_id") == ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "receipt.own", "登记人不能确认自己登记的收款",
                             "nobody confirms a receipt they registered");
    if (!lock_order(ctx, order_id, error))
        return FALSE;
    g_autoptr(Record) order = record_get(ctx, "payment_order", order_id, NULL, error);
    if (!order || !check_amount(ctx, order, receipt->id, record_int(receipt, "amount"), error))
        return FALSE;
    mark_confirmed(ctx, receipt);
    return allocate(ctx, receipt, error) && settle_order(ctx, order, record_int(receipt, "amount"), error)
           && record_save_as(ctx, order, "receive", error);
}

gboolean
billing_receipt_refuse(Ctx *ctx, Record *receipt, const Record *input, GError **error)
{
    (void) error;
    ctx->reason = record_text(input, "reason");
    record_set_text(receipt, "refuse_reason", record_text(input, "reason"));
    return TRUE;
}
