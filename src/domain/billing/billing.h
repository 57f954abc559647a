/* billing.h - the money of a lease: payment orders, receipts, what they pay, deposits held. Amounts are fen.
 * Start at billing_order_issue(); the state tables are in billing_entity.c. */
#pragma once
#include "domain/lease/lease.h"

extern const EntityModule payment_order_module, payment_order_line_module, receipt_module, allocation_module,
    deposit_entry_module;

/* Issues the first payment order of a lease that has passed its review: its deposits and the first billed cycle of each charge item,
 * each line with its working. Errors: CONFLICT "payment_order.not_reviewed", "payment_order.exists", "payment_order.empty".
 * Returns its id, 0 on error. */
gint64 billing_order_issue(Ctx *ctx, gint64 lease_id, GError **error);
/* Members "lines", "receipts", "open" of an open object. */
gboolean billing_order_write(Ctx *ctx, const Record *order, JsonOut *out, GError **error);
/* Values of the payment order's document template. transfer full. */
json_t *billing_order_values(Ctx *ctx, const Record *order, GError **error);
/* The payment order as PDF: lines, total in figures and capitals, QR of the record. transfer full. */
GBytes *billing_order_pdf(Ctx *ctx, const Record *order, GError **error);
