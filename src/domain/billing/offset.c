/* offset.c - what is owed to a merchant set off against what it owes: both charges fall, nothing else moves. */
#include "base/ids.h"
#include "domain/billing/billing_internal.h"

static gboolean
set_off(Ctx *ctx, const Share *credit, const Share *debit, gint64 merchant_id, GArray *lines,
        GError **error)
{
    gint64 fen = MIN(credit->amount_fen, debit->amount_fen);
    const AllocationFrom down = { .kind = "offset",
                                  .source_id = debit->charge_id,
                                  .value_on = ctx->today };
    const AllocationFrom up = { .kind = "offset",
                                .source_id = credit->charge_id,
                                .value_on = ctx->today };
    LedgerLine owed = { .account = ACC_RECEIVABLE,
                        .amount_fen = fen,
                        .merchant_id = merchant_id,
                        .lease_id = credit->lease_id,
                        .charge_id = credit->charge_id };
    LedgerLine paid = { .account = ACC_RECEIVABLE,
                        .amount_fen = -fen,
                        .merchant_id = merchant_id,
                        .lease_id = debit->lease_id,
                        .charge_id = debit->charge_id };

    g_array_append_val(lines, owed);
    g_array_append_val(lines, paid);
    return allocation_add(ctx, credit->charge_id, -fen, &down, error)
           && allocation_add(ctx, debit->charge_id, fen, &up, error)
           && billing_orders_follow(ctx, credit->charge_id, credit->lease_id, error)
           && billing_orders_follow(ctx, debit->charge_id, debit->lease_id, error);
}

/* Oldest against oldest. */
static gboolean
set_off_all(Ctx *ctx, GArray *credits, GArray *debits, gint64 merchant_id, GArray *lines,
            GError **error)
{
    guint c = 0, d = 0;

    while (c < credits->len && d < debits->len) {
        Share *credit = &g_array_index(credits, Share, c);
        Share *debit = &g_array_index(debits, Share, d);
        gint64 fen = MIN(credit->amount_fen, debit->amount_fen);
        if (!set_off(ctx, credit, debit, merchant_id, lines, error))
            return FALSE;
        credit->amount_fen -= fen;
        debit->amount_fen -= fen;
        c += credit->amount_fen == 0;
        d += debit->amount_fen == 0;
    }
    return TRUE;
}

/* Deposits are no receivables: nothing is set off against them. */
static void
drop_deposits(GArray *shares)
{
    for (guint i = shares->len; i > 0; i--) {
        if (g_array_index(shares, Share, i - 1).deposit_kind)
            g_array_remove_index(shares, i - 1);
    }
}

static GArray *
of_choice(GArray *open, const char *choice, GError **error)
{
    return choice ? billing_choose(open, choice, CHOICE_STRICT, error) : g_array_ref(open);
}

gboolean
billing_offset(Ctx *ctx, gint64 merchant_id, const char *credit_choice, const char *debit_choice,
               gint64 *set_off_fen, GError **error)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));

    *set_off_fen = 0;
    if (!billing_lock(ctx, "merchant", merchant_id, error))
        return FALSE;
    g_autoptr(GArray) owed = billing_credits_of_merchant(ctx, merchant_id, error);
    g_autoptr(GArray) owing = owed ? billing_open_of_merchant(ctx, merchant_id, 0, error) : NULL;
    if (!owing)
        return FALSE;
    drop_deposits(owing);
    g_autoptr(GArray) credits = of_choice(owed, credit_choice, error);
    g_autoptr(GArray) debits = credits ? of_choice(owing, debit_choice, error) : NULL;
    if (!debits)
        return FALSE;
    if (credits->len == 0 || debits->len == 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "charge.nothing_to_offset",
                             "没有可以互抵的款项", "there is nothing to set off");
    *set_off_fen = MIN(billing_shares_total(credits), billing_shares_total(debits));
    const LedgerJournal head = { .event = "offset",
                                 .on = ctx->today,
                                 .memo = "红蓝互抵",
                                 .source_entity = "merchant",
                                 .source_id = merchant_id };
    return set_off_all(ctx, credits, debits, merchant_id, lines, error)
           && billing_post(ctx, &head, lines, error);
}
