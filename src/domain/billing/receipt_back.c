/* receipt_back.c - money that came and went: a bounced receipt takes back what it paid, row by row; nothing that was posted is changed. */
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "domain/org/org.h"
#include "store/services.h"

#include <string.h>

typedef struct {
    gint64 allocation_id;
    Share share;
} Paid;

static void
paid_clear(gpointer data)
{
    g_free(((Paid *) data)->share.deposit_kind);
}

static GArray *
read_paid(Ctx *ctx, const Record *receipt, GError **error)
{
    g_autoptr(GArray) paid = g_array_new(FALSE, FALSE, sizeof(Paid));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.receipt_allocations", error);

    g_array_set_clear_func(paid, paid_clear);
    if (!stmt)
        return NULL;
    db_bind_int(stmt, "receipt_id", receipt->id);
    while (db_each(stmt, &ok, error)) {
        Paid one = { .allocation_id = db_int(stmt, 0),
                     .share = { .charge_id = db_int(stmt, 1),
                                .amount_fen = db_int(stmt, 4),
                                .lease_id = db_int(stmt, 5),
                                .intent_id = db_int(stmt, 6) } };
        if (strcmp(db_text(stmt, 2), "deposit") == 0)
            one.share.deposit_kind = g_strdup(db_text(stmt, 3));
        g_array_append_val(paid, one);
    }
    return ok ? g_steal_pointer(&paid) : NULL;
}

/* A deposit that was turned into something else meanwhile cannot be given back by the bank. */
static gboolean
take_deposit_back(Ctx *ctx, const Record *receipt, const Share *share, Day on, GError **error)
{
    const DepositOf of = { .merchant_id = record_int(receipt, "merchant_id"),
                           .lease_id = share->lease_id,
                           .intent_id = share->intent_id,
                           .kind = share->deposit_kind };
    const DepositEvent event = { .merchant_id = of.merchant_id,
                                 .lease_id = share->lease_id,
                                 .intent_id = share->intent_id,
                                 .charge_id = share->charge_id,
                                 .receipt_id = receipt->id,
                                 .kind = share->deposit_kind,
                                 .event = "received",
                                 .memo = record_text(receipt, "refuse_reason"),
                                 .happened_on = on };
    gint64 held_fen = 0;

    if (!deposit_held(ctx, &of, &held_fen, error))
        return FALSE;
    if (held_fen < share->amount_fen)
        return app_error_set(error, APP_ERROR_CONFLICT, "receipt.deposit_used",
                             "这笔收款所交的保证金已转换、扣除或退还，不能退票",
                             "the deposit it paid was converted, deducted or refunded meanwhile");
    return deposit_enter(ctx, &event, -share->amount_fen, error) != 0;
}

static gboolean
take_back(Ctx *ctx, const Record *receipt, const Paid *paid, Day on, GError **error)
{
    const AllocationFrom from = { .kind = "receipt",
                                  .receipt_id = receipt->id,
                                  .reverses_id = paid->allocation_id,
                                  .value_on = on };

    return (!paid->share.deposit_kind || take_deposit_back(ctx, receipt, &paid->share, on, error))
           && allocation_add(ctx, paid->share.charge_id, -paid->share.amount_fen, &from, error)
           && billing_orders_update(ctx, paid->share.charge_id, NULL, error);
}

static gboolean
first_journal(Ctx *ctx, const Record *receipt, gint64 *id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.receipt_journal", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "receipt_id", receipt->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *id = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

/* The money is gone: receivables and deposits are owed again, what was credit is no more. */
static gboolean
post_back(Ctx *ctx, const Record *receipt, const GArray *paid, Day on, GError **error)
{
    g_autofree char *bank = ledger_money_code(ctx, record_int(receipt, "money_account_id"), error);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    const LedgerLine of_receipt = { .merchant_id = record_int(receipt, "merchant_id"),
                                    .receipt_id = receipt->id };
    LedgerLine out = of_receipt, credit = of_receipt;
    gint64 journal_id = 0;

    if (!bank || !first_journal(ctx, receipt, &journal_id, error))
        return FALSE;
    out.account = bank;
    out.amount_fen = -record_int(receipt, "amount");
    out.lease_id = record_int(receipt, "lease_id");
    out.money_account_id = record_int(receipt, "money_account_id");
    g_array_append_val(lines, out);
    for (guint i = 0; i < paid->len; i++) {
        const Share *share = &g_array_index(paid, Paid, i).share;
        LedgerLine owed = of_receipt;
        owed.account =
            share->deposit_kind ? ledger_deposit_account(share->deposit_kind) : ACC_RECEIVABLE;
        owed.amount_fen = share->amount_fen;
        owed.lease_id = share->lease_id;
        owed.charge_id = share->charge_id;
        g_array_append_val(lines, owed);
    }
    credit.account = ACC_CREDIT;
    credit.amount_fen = record_int(receipt, "credit");
    g_array_append_val(lines, credit);
    const LedgerJournal head = { .event = "receipt_back",
                                 .on = on,
                                 .memo = record_text(receipt, "refuse_reason"),
                                 .source_entity = "receipt",
                                 .source_id = receipt->id,
                                 .reverses_id = journal_id };
    return billing_post(ctx, &head, lines, error);
}

/* A lease that took effect through the money stays in force; people are told and decide. */
static gboolean
tell_of_leases(Ctx *ctx, const Record *receipt, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GPtrArray) nos = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.leases_of_receipt", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "receipt_id", receipt->id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
        g_ptr_array_add(nos, g_strdup(db_text(stmt, 1)));
    }
    for (guint i = 0; ok && i < ids->len; i++) {
        static const char *const roles[] = { "finance", "leasing_manager" };
        g_autofree char *zh = g_strdup_printf("收款 %s 被退票，合同 %s 已生效但首期款未到账",
                                              record_text(receipt, "no"), (char *) nos->pdata[i]);
        g_autofree char *en = g_strdup_printf(
            "Receipt %s bounced; lease %s is in force but its first payment is open",
            record_text(receipt, "no"), (char *) nos->pdata[i]);
        for (guint r = 0; ok && r < G_N_ELEMENTS(roles); r++)
            ok = org_notify_role(ctx, roles[r], "receipt.bounced", "lease",
                                 g_array_index(ids, gint64, i), zh, en, error);
    }
    return ok;
}

gboolean
billing_receipt_bounce(Ctx *ctx, Record *receipt, const Record *input, GError **error)
{
    Day on = record_day(input, "bounced_on");

    if (on > ctx->today || on < record_day(receipt, "received_on"))
        return app_error_field(error, "bounced_on", "range", "退票日期应在收款日期与今天之间",
                               "must lie between the day of the receipt and today");
    if (record_int(receipt, "refunded") > 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "receipt.refunded",
                             "这笔收款已退款，不能退票",
                             "part of it was refunded; it cannot bounce");
    if (!billing_lock(ctx, "merchant", record_int(receipt, "merchant_id"), error))
        return FALSE;
    ctx->reason = record_text(input, "reason");
    record_set_text(receipt, "refuse_reason", record_text(input, "reason"));
    record_set_day(receipt, "bounced_on", on);
    g_autoptr(GArray) paid = read_paid(ctx, receipt, error);
    if (!paid)
        return FALSE;
    for (guint i = 0; i < paid->len; i++) {
        if (!take_back(ctx, receipt, &g_array_index(paid, Paid, i), on, error))
            return FALSE;
    }
    if (!post_back(ctx, receipt, paid, on, error) || !tell_of_leases(ctx, receipt, error))
        return FALSE;
    record_set_int(receipt, "allocated", 0);
    record_set_int(receipt, "credit", 0);
    return TRUE;
}

gboolean
billing_receipt_write(Ctx *ctx, const Record *receipt, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.receipt_paid", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "receipt_id", receipt->id);
    json_key(out, "paid");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "charge_id", db_int(stmt, 0));
        json_kv_text(out, "name", db_text(stmt, 1));
        json_kv_day(out, "from", db_day(stmt, 2));
        json_kv_day(out, "to", db_day(stmt, 3));
        json_kv_day(out, "due_on", db_day(stmt, 4));
        json_kv_money(out, "amount", db_int(stmt, 5));
        json_kv_bool(out, "taken_back", !db_is_null(stmt, 6));
        json_kv_text(out, "unit", db_text(stmt, 7));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}
