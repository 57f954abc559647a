/* billing_receipt.c - money in: checked against the order, confirmed by finance, spread over what is open; the rest is kept as credit, which later
 * pays other charges. Taking a receipt back is receipt_back.c. */
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

gboolean
billing_order_waiting(Ctx *ctx, gint64 order_id, gint64 except_id, gint64 *fen, GError **error)
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
        return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.closed",
                             "交款单已收齐或已作废", "the payment order is paid or void");
    if (!billing_order_waiting(ctx, order->id, except_id, &waiting_fen, error))
        return FALSE;
    gint64 open_fen = record_int(order, "total") - record_int(order, "received") - waiting_fen;
    g_autofree char *open = money_format_grouped(open_fen);
    return amount_fen <= open_fen
           || app_error_field(error, "amount", "too_much", "金额超过交款单未收金额 %s 元，请核对",
                              "is more than the %s yuan that is open", open);
}

/* The money account follows from the way where nobody named one. */
static gboolean
fill_account(Ctx *ctx, Record *receipt, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (!record_is_null(receipt, "money_account_id"))
        return TRUE;
    record_set_id(receipt, "money_account_id",
                  ledger_money_account(ctx, record_text(receipt, "way"), &failure));
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
    g_autoptr(Record) order =
        record_get(ctx, "payment_order", record_int(receipt, "order_id"), NULL, error);
    if (!order)
        return FALSE;
    record_set_id(receipt, "lease_id", record_int(order, "lease_id"));
    record_set_id(receipt, "merchant_id", record_int(order, "merchant_id"));
    return record_is(receipt, "state", "confirmed")
           || check_amount(ctx, order, 0, record_int(receipt, "amount"), error);
}

/* The payer's choice must fit what is open now, and no more of it than comes in. */
static gboolean
check_choice(Ctx *ctx, const Record *receipt, GError **error)
{
    if (record_is_null(receipt, "choice"))
        return TRUE;
    if (!record_is_null(receipt, "order_id"))
        return app_error_field(error, "choice", "order", "按交款单收款时不能另选款项",
                               "a payment order already says what is paid");
    g_autoptr(GArray) open =
        billing_open_of_merchant(ctx, record_int(receipt, "merchant_id"), 0, error);
    g_autoptr(GArray) chosen =
        open ? billing_choose(open, record_text(receipt, "choice"), CHOICE_STRICT, error) : NULL;
    if (!chosen)
        return FALSE;
    g_autofree char *total = money_format_grouped(billing_shares_total(chosen));
    return billing_shares_total(chosen) <= record_int(receipt, "amount")
           || app_error_field(error, "choice", "more_than_amount",
                              "所选款项合计 %s 元，超过收款金额",
                              "the chosen charges add up to %s yuan, more than comes in", total);
}

gboolean
billing_receipt_validate(Ctx *ctx, Record *receipt, const Record *old, GError **error)
{
    if (old)
        return TRUE;
    if (!record_is_null(receipt, "received_on") && record_day(receipt, "received_on") > ctx->today)
        app_error_field(error, "received_on", "future", "收款日期不能晚于今天",
                        "must not be after today");
    if (record_is_null(receipt, "order_id") && record_is_null(receipt, "merchant_id"))
        app_error_field(error, "merchant_id", "required", "请选择交款单或商户",
                        "choose a payment order or a merchant");
    record_set_id(receipt, "cashier_id", ctx->staff_id);
    return fill_account(ctx, receipt, error)
           && (record_is_null(receipt, "order_id") || follow_order(ctx, receipt, error))
           && (record_is(receipt, "state", "confirmed") || check_choice(ctx, receipt, error));
}

/* What a receipt pays: its order, else what the payer chose, else the oldest due, that of its lease first. transfer full. */
static GArray *
make_shares(Ctx *ctx, const Record *receipt, GError **error)
{
    gboolean of_order = !record_is_null(receipt, "order_id");
    g_autoptr(GArray) open =
        of_order ? billing_open_of_order(ctx, record_int(receipt, "order_id"), error)
                 : billing_open_of_merchant(ctx, record_int(receipt, "merchant_id"),
                                            record_int(receipt, "lease_id"), error);

    if (open && !record_is_null(receipt, "choice"))
        return billing_choose(open, record_text(receipt, "choice"), CHOICE_AS_FAR, error);
    if (open)
        billing_shares_cut(open, record_int(receipt, "amount"));
    return g_steal_pointer(&open);
}

/* Money in against what it paid: receivables, deposits held, and credit for the rest. */
static gboolean
post_receipt(Ctx *ctx, const Record *receipt, const GArray *shares, GError **error)
{
    g_autofree char *bank = ledger_money_code(ctx, record_int(receipt, "money_account_id"), error);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    const LedgerLine of_receipt = { .merchant_id = record_int(receipt, "merchant_id"),
                                    .receipt_id = receipt->id };
    LedgerLine in = of_receipt, credit = of_receipt;

    if (!bank)
        return FALSE;
    in.account = bank;
    in.amount_fen = record_int(receipt, "amount");
    in.lease_id = record_int(receipt, "lease_id");
    in.money_account_id = record_int(receipt, "money_account_id");
    g_array_append_val(lines, in);
    billing_share_lines(shares, &of_receipt, lines);
    credit.account = ACC_CREDIT;
    credit.amount_fen = billing_shares_total(shares) - in.amount_fen;
    g_array_append_val(lines, credit);
    const LedgerJournal head = { .event = "receipt",
                                 .on = record_day(receipt, "received_on"),
                                 .memo = record_text(receipt, "no"),
                                 .source_entity = "receipt",
                                 .source_id = receipt->id };
    return billing_post(ctx, &head, lines, error);
}

static gboolean
pay_shares(Ctx *ctx, const Record *receipt, const GArray *shares, Day on, GError **error)
{
    const AllocationFrom from = { .kind = "receipt",
                                  .receipt_id = receipt->id,
                                  .value_on = record_day(receipt, "received_on") };
    const DepositEvent held = { .merchant_id = record_int(receipt, "merchant_id"),
                                .receipt_id = receipt->id,
                                .event = "received",
                                .happened_on = on };

    return billing_settle(ctx, shares, &from, &held, error);
}

/* Spreads a confirmed receipt and posts it. The receipt's own sums are set, not saved. */
static gboolean
allocate(Ctx *ctx, Record *receipt, GError **error)
{
    g_autoptr(GArray) shares = make_shares(ctx, receipt, error);

    if (!shares || !pay_shares(ctx, receipt, shares, record_day(receipt, "received_on"), error))
        return FALSE;
    record_set_int(receipt, "allocated", billing_shares_total(shares));
    record_set_int(receipt, "credit", record_int(receipt, "amount") - billing_shares_total(shares));
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
billing_receive(Ctx *ctx, Record *receipt, GError **error)
{
    gint64 order_id = record_int(receipt, "order_id");

    if (!billing_lock(ctx, order_id ? "payment_order" : "merchant", order_id ? order_id : record_int(receipt, "merchant_id"), error))
        return FALSE;
    g_autoptr(Record) order = order_id ? record_get(ctx, "payment_order", order_id, NULL, error) : NULL;
    if (order_id && (!order || !check_amount(ctx, order, 0, record_int(receipt, "amount"), error)))
        return FALSE;
    if (!check_choice(ctx, receipt, error))
        return FALSE;
    mark_confirmed(ctx, receipt);
    return record_save_as(ctx, receipt, "confirm", error) && allocate(ctx, receipt, error) && record_save(ctx, receipt, error);
}

gboolean
billing_order_receive(Ctx *ctx, Record *order, const Record *input, GError **error)
{
    g_autoptr(Record) receipt = record_new(registry_def(ctx->registry, "receipt"));
    static const char *const texts[] = { "way", "reference", "payer" };
    gint64 amount_fen = record_int(input, "amount");

    record_set_id(receipt, "order_id", order->id);
    record_set_id(receipt, "merchant_id", record_int(order, "merchant_id"));
    record_set_int(receipt, "amount", amount_fen);
    record_set_day(receipt, "received_on", record_day(input, "received_on"));
    record_set_id(receipt, "money_account_id", record_int(input, "money_account_id"));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        record_set_text(receipt, texts[i], record_text(input, texts[i]));
    if (!billing_receive(ctx, receipt, error))
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
        return app_error_set(error, APP_ERROR_FORBIDDEN, "receipt.own",
                             "登记人不能确认自己登记的收款",
                             "nobody confirms a receipt they registered");
    if (!billing_lock(ctx, order_id ? "payment_order" : "merchant",
                      order_id ? order_id : record_int(receipt, "merchant_id"), error))
        return FALSE;
    g_autoptr(Record) order =
        order_id ? record_get(ctx, "payment_order", order_id, NULL, error) : NULL;
    if (order_id
        && (!order || !check_amount(ctx, order, receipt->id, record_int(receipt, "amount"), error)))
        return FALSE;
    mark_confirmed(ctx, receipt);
    return allocate(ctx, receipt, error)
           && (!order_id || history_add(ctx, "payment_order", order_id, "receive", NULL, error));
}

gboolean
billing_receipt_refuse(Ctx *ctx, Record *receipt, const Record *input, GError **error)
{
    (void) error;
    ctx->reason = record_text(input, "reason");
    record_set_text(receipt, "refuse_reason", record_text(input, "reason"));
    return TRUE;
}

gboolean
billing_has_credit(Ctx *ctx, const Record *receipt, GError **error)
{
    (void) ctx;
    return record_int(receipt, "credit") > 0
           || app_error_set(error, APP_ERROR_CONFLICT, "receipt.no_credit", "这笔收款没有预收余额",
                            "nothing is left of this receipt");
}

/* Credit pays charges: no money moves, the credit falls and so do the receivables. */
static gboolean
post_credit(Ctx *ctx, const Record *receipt, const GArray *shares, GError **error)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    const LedgerLine of_receipt = { .merchant_id = record_int(receipt, "merchant_id"),
                                    .receipt_id = receipt->id };
    LedgerLine credit = of_receipt;

    credit.account = ACC_CREDIT;
    credit.amount_fen = billing_shares_total(shares);
    g_array_append_val(lines, credit);
    billing_share_lines(shares, &of_receipt, lines);
    const LedgerJournal head = { .event = "credit",
                                 .on = ctx->today,
                                 .memo = record_text(receipt, "no"),
                                 .source_entity = "receipt",
                                 .source_id = receipt->id };
    return billing_post(ctx, &head, lines, error);
}

gboolean
billing_receipt_apply(Ctx *ctx, Record *receipt, const Record *input, GError **error)
{
    gint64 credit_fen = record_int(receipt, "credit");

    if (!billing_lock(ctx, "merchant", record_int(receipt, "merchant_id"), error))
        return FALSE;
    g_autoptr(GArray) open = billing_open_of_merchant(ctx, record_int(receipt, "merchant_id"),
                                                      record_int(receipt, "lease_id"), error);
    g_autoptr(GArray) shares =
        !open ? NULL
        : record_is_null(input, "choice")
            ? g_array_ref(open)
            : billing_choose(open, record_text(input, "choice"), CHOICE_STRICT, error);
    if (!shares)
        return FALSE;
    billing_shares_cut(shares, record_is_null(input, "choice") ? credit_fen : G_MAXINT64);
    gint64 applied_fen = billing_shares_total(shares);
    if (applied_fen == 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "receipt.nothing_open",
                             "该商户没有未收款项", "nothing of this merchant is open");
    if (applied_fen > credit_fen)
        return app_error_field(error, "choice", "more_than_credit", "所选款项超过预收余额",
                               "the chosen charges are more than the credit");
    if (!pay_shares(ctx, receipt, shares, ctx->today, error))
        return FALSE;
    record_set_int(receipt, "allocated", record_int(receipt, "allocated") + applied_fen);
    record_set_int(receipt, "credit", credit_fen - applied_fen);
    return post_credit(ctx, receipt, shares, error);
}
