/* share.c - which charges a sum goes to: oldest due first or as somebody chose; and settling them. */
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"

#include <string.h>

DbStmt *
billing_stmt(Ctx *ctx, const char *name, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt)
        db_bind_int(stmt, "property_id", ctx->property_id);
    return stmt;
}

static void
share_clear(gpointer data)
{
    g_free(((Share *) data)->deposit_kind);
}

GArray *
billing_shares_new(void)
{
    GArray *shares = g_array_new(FALSE, FALSE, sizeof(Share));

    g_array_set_clear_func(shares, share_clear);
    return shares;
}

gint64
billing_shares_total(const GArray *shares)
{
    gint64 total_fen = 0;

    for (guint i = 0; i < shares->len; i++)
        total_fen += g_array_index(shares, Share, i).amount_fen;
    return total_fen;
}

/* Rows of id, kind, deposit kind, open amount, lease, intent. */
static GArray *
read_shares(DbStmt *stmt, GError **error)
{
    g_autoptr(GArray) shares = billing_shares_new();
    gboolean ok = TRUE;

    while (db_each(stmt, &ok, error)) {
        Share share = { .charge_id = db_int(stmt, 0),
                        .amount_fen = db_int(stmt, 3),
                        .lease_id = db_int(stmt, 4),
                        .intent_id = db_int(stmt, 5) };
        if (strcmp(db_text(stmt, 1), "deposit") == 0)
            share.deposit_kind = g_strdup(db_text(stmt, 2));
        g_array_append_val(shares, share);
    }
    return ok ? g_steal_pointer(&shares) : NULL;
}

GArray *
billing_open_of_merchant(Ctx *ctx, gint64 merchant_id, gint64 lease_id, GError **error)
{
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.open_of_merchant", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "merchant_id", merchant_id);
    db_bind_int(stmt, "lease_id", lease_id);
    db_bind_day(stmt, "never", DAY_MAX);
    return read_shares(stmt, error);
}

GArray *
billing_open_of_order(Ctx *ctx, gint64 order_id, GError **error)
{
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.open_of_order", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "order_id", order_id);
    return read_shares(stmt, error);
}

GArray *
billing_credits_of_merchant(Ctx *ctx, gint64 merchant_id, GError **error)
{
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.credits_of_merchant", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "merchant_id", merchant_id);
    db_bind_day(stmt, "never", DAY_MAX);
    return read_shares(stmt, error);
}

void
billing_shares_cut(GArray *shares, gint64 amount_fen)
{
    guint keep = 0;

    while (keep < shares->len && amount_fen > 0) {
        Share *share = &g_array_index(shares, Share, keep++);
        share->amount_fen = MIN(share->amount_fen, amount_fen);
        amount_fen -= share->amount_fen;
    }
    g_array_set_size(shares, keep);
}

/* -- the payer's choice ----------------------------------------------------------- */

static const Share *
find_open(const GArray *open, gint64 charge_id)
{
    for (guint i = 0; i < open->len; i++) {
        if (g_array_index(open, Share, i).charge_id == charge_id)
            return &g_array_index(open, Share, i);
    }
    return NULL;
}

static gboolean
read_amount(const json_t *entry, gint64 open_fen, gint64 *amount_fen)
{
    const json_t *amount = json_object_get(entry, "amount");

    *amount_fen = open_fen;
    return !amount || json_is_null(amount)
           || (json_is_string(amount) && money_parse(json_string_value(amount), amount_fen)
               && *amount_fen > 0);
}

static void
choose_one(const GArray *open, const json_t *entry, ChoiceRule rule, GArray *chosen, GError **error)
{
    const char *id = json_string_value(json_object_get(entry, "charge_id"));
    const Share *from = id ? find_open(open, id_parse(id)) : NULL;
    gint64 amount_fen = 0;

    if (!from) {
        if (rule == CHOICE_STRICT)
            app_error_field(error, "choice", "not_open",
                            "所选款项不属于该商户或已结清，请刷新后重选",
                            "a chosen charge is not this merchant's or not open any more; reload "
                            "and choose again");
        return;
    }
    if (!read_amount(entry, from->amount_fen, &amount_fen)) {
        app_error_field(error, "choice", "form", "金额格式不正确",
                        "an amount is not a positive sum of money");
        return;
    }
    if (find_open(chosen, from->charge_id)) {
        app_error_field(error, "choice", "twice", "同一款项选了两次", "a charge is chosen twice");
        return;
    }
    if (amount_fen > from->amount_fen && rule == CHOICE_STRICT) {
        g_autofree char *left = money_format_grouped(from->amount_fen);
        app_error_field(error, "choice", "too_much", "所选金额超过未收金额 %s 元",
                        "more than the %s yuan that is open", left);
        return;
    }
    Share share = *from;
    share.amount_fen = MIN(amount_fen, from->amount_fen);
    share.deposit_kind = g_strdup(from->deposit_kind);
    g_array_append_val(chosen, share);
}

GArray *
billing_choose(const GArray *open, const char *choice, ChoiceRule rule, GError **error)
{
    g_autoptr(GArray) chosen = billing_shares_new();
    g_autoptr(GError) all = NULL;
    json_t *list = json_loads(choice, JSON_DECODE_ANY, NULL);
    gsize i = 0;
    const json_t *entry = NULL;

    if (!json_is_array(list) || json_array_size(list) == 0)
        app_error_field(&all, "choice", "form", "请选择款项", "choose at least one charge");
    json_array_foreach(list, i, entry) choose_one(open, entry, rule, chosen, &all);
    json_decref(list);
    if (!all)
        return g_steal_pointer(&chosen);
    g_propagate_error(error, g_steal_pointer(&all));
    return NULL;
}

/* -- settling --------------------------------------------------------------------- */

static gboolean
settle_share(Ctx *ctx, const Share *share, const AllocationFrom *from, const DepositEvent *held,
             GError **error)
{
    if (!allocation_add(ctx, share->charge_id, share->amount_fen, from, error))
        return FALSE;
    if (share->deposit_kind && held) {
        DepositEvent event = *held;
        event.lease_id = share->lease_id;
        event.intent_id = share->intent_id;
        event.charge_id = share->charge_id;
        event.kind = share->deposit_kind;
        if (!deposit_enter(ctx, &event, share->amount_fen, error))
            return FALSE;
    }
    return billing_orders_follow(ctx, share->charge_id, share->lease_id, error);
}

gboolean
billing_settle(Ctx *ctx, const GArray *shares, const AllocationFrom *from, const DepositEvent *held,
               GError **error)
{
    for (guint i = 0; i < shares->len; i++) {
        if (!settle_share(ctx, &g_array_index(shares, Share, i), from, held, error))
            return FALSE;
    }
    return TRUE;
}

void
billing_share_lines(const GArray *shares, const LedgerLine *like, GArray *lines)
{
    for (guint i = 0; i < shares->len; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        LedgerLine line = *like;
        line.account =
            share->deposit_kind ? ledger_deposit_account(share->deposit_kind) : ACC_RECEIVABLE;
        line.amount_fen = -share->amount_fen;
        line.lease_id = share->lease_id;
        line.charge_id = share->charge_id;
        g_array_append_val(lines, line);
    }
}

gboolean
billing_post(Ctx *ctx, const LedgerJournal *head, const GArray *lines, GError **error)
{
    LedgerJournal journal = *head;

    journal.lines = (const LedgerLine *) (const void *) lines->data;
    journal.n_lines = lines->len;
    return ledger_post(ctx, &journal, error) != 0;
}

gint64
billing_part_tax(gint64 gross_fen, gint64 tax_fen, gint64 from_fen, gint64 to_fen)
{
    gint64 whole = ABS(gross_fen);

    if (whole == 0)
        return 0;
    return muldiv_half_away(tax_fen, ABS(to_fen), whole)
           - muldiv_half_away(tax_fen, ABS(from_fen), whole);
}
