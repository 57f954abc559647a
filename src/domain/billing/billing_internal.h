/* billing_internal.h - effects and hooks named by the tables. Only inside domain/billing. */
#pragma once
#include "base/money.h"
#include "domain/billing/billing.h"

/* An open charge that money may go to. */
typedef struct {
    gint64 charge_id, lease_id, amount_fen;
    char *deposit_kind; /* NULL for anything but a deposit */
} Share;
/* Two people who spread money over the same debts follow each other. */
gboolean billing_lock(Ctx *ctx, const char *entity, gint64 id, GError **error);

gboolean billing_order_receive(Ctx *ctx, Record *order, const Record *input, GError **error);
gboolean billing_order_cancel(Ctx *ctx, Record *order, const Record *input, GError **error);
gboolean billing_receipt_validate(Ctx *ctx, Record *receipt, const Record *old, GError **error);
gboolean billing_receipt_confirm(Ctx *ctx, Record *receipt, const Record *input, GError **error);
gboolean billing_receipt_refuse(Ctx *ctx, Record *receipt, const Record *input, GError **error);
