/* billing_internal.h - effects and hooks named by the tables. Only inside domain/billing. */
#pragma once
#include "base/money.h"
#include "domain/billing/billing.h"

gboolean billing_order_receive(Ctx *ctx, Record *order, const Record *input, GError **error);
gboolean billing_order_cancel(Ctx *ctx, Record *order, const Record *input, GError **error);
gboolean billing_receipt_validate(Ctx *ctx, Record *receipt, const Record *old, GError **error);
gboolean billing_receipt_confirm(Ctx *ctx, Record *receipt, const Record *input, GError **error);
gboolean billing_receipt_refuse(Ctx *ctx, Record *receipt, const Record *input, GError **error);
