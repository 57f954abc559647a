/* billing_internal.h - effects and hooks named by the tables, and how sums are spread over charges. Only inside domain/billing. */
#pragma once
#include "base/money.h"
#include "domain/billing/billing.h"

/* -- spreading a sum over charges (share.c) ------------------------------------ */

/* An open charge and what of it is meant. */
typedef struct {
    gint64 charge_id, lease_id, intent_id, amount_fen;
    char *deposit_kind; /* NULL for anything but a deposit */
} Share;
/* Array of Share. transfer full. */
GArray *billing_shares_new(void);
gint64 billing_shares_total(const GArray *shares);
/* What is open of a merchant: charges of @lease_id first, then the oldest due. transfer full. */
GArray *billing_open_of_merchant(Ctx *ctx, gint64 merchant_id, gint64 lease_id, GError **error);
/* What is open of a payment order: deposits first, then the oldest due. transfer full. */
GArray *billing_open_of_order(Ctx *ctx, gint64 order_id, GError **error);
/* What is owed to a merchant: charges below nothing, oldest first; amounts positive. transfer full. */
GArray *billing_credits_of_merchant(Ctx *ctx, gint64 merchant_id, GError **error);
/* Keeps of @shares what @amount_fen covers, from the first. */
void billing_shares_cut(GArray *shares, gint64 amount_fen);

typedef enum {
    CHOICE_STRICT, /* what is not open, or not so much of it, is a complaint about "choice" */
    CHOICE_AS_FAR, /* as far as it is still open: what was chosen days ago and paid meanwhile is left out */
} ChoiceRule;
/* What a person chose of @open: JSON [{"charge_id": "…", "amount": "…"}], amount null for all of it. transfer full. */
GArray *billing_choose(const GArray *open, const char *choice, ChoiceRule rule, GError **error);

/* Settles @shares: allocations, and with money (@held given) what is held as deposits. Journals are the caller's. */
gboolean billing_settle(Ctx *ctx, const GArray *shares, const AllocationFrom *from, const DepositEvent *held, GError **error);
/* Appends what the shares do to the books: receivables and deposits fall by their amounts. */
void billing_share_lines(const GArray *shares, const LedgerLine *like, GArray *lines);
/* Posts lines gathered in an array of LedgerLine. */
gboolean billing_post(Ctx *ctx, const LedgerJournal *head, const GArray *lines, GError **error);

/* Tax within the part of a charge from @from_fen to @to_fen of its gross: parts that make up the whole have all of its tax. Rounds half away from zero, once. */
gint64 billing_part_tax(gint64 gross_fen, gint64 tax_fen, gint64 from_fen, gint64 to_fen);

/* Two people who spread money over the same debts follow each other. */
gboolean billing_lock(Ctx *ctx, const char *entity, gint64 id, GError **error);
/* What registered receipts of an order wait for confirmation, but for one. */
gboolean billing_order_waiting(Ctx *ctx, gint64 order_id, gint64 except_id, gint64 *fen, GError **error);
/* Orders that hold the charge take over what it has received; nothing else follows. */
gboolean billing_orders_update(Ctx *ctx, gint64 charge_id, gint64 *changed, GError **error);
/* What is held of the lease's letter of intent pays the lease's first order. */
gboolean billing_intent_convert(Ctx *ctx, const Record *lease, gint64 order_id, GError **error);
/* A named statement with the property bound. transfer full. */
DbStmt *billing_stmt(Ctx *ctx, const char *name, GError **error);

/* -- named by the tables ------------------------------------------------------- */

extern const EnumItem billing_ways[];

gboolean billing_order_receive(Ctx *ctx, Record *order, const Record *input, GError **error);
/* A new receipt with its money there: locked, checked, confirmed by this person, spread and posted. */
gboolean billing_receive(Ctx *ctx, Record *receipt, GError **error);
gboolean billing_order_cancel(Ctx *ctx, Record *order, const Record *input, GError **error);
gboolean billing_receipt_validate(Ctx *ctx, Record *receipt, const Record *old, GError **error);
gboolean billing_receipt_confirm(Ctx *ctx, Record *receipt, const Record *input, GError **error);
gboolean billing_receipt_refuse(Ctx *ctx, Record *receipt, const Record *input, GError **error);
gboolean billing_receipt_apply(Ctx *ctx, Record *receipt, const Record *input, GError **error);
gboolean billing_receipt_bounce(Ctx *ctx, Record *receipt, const Record *input, GError **error);
gboolean billing_receipt_write(Ctx *ctx, const Record *receipt, JsonOut *out, GError **error);
gboolean billing_has_credit(Ctx *ctx, const Record *receipt, GError **error);
