/* invoice.h - what of the charges can still be invoiced, and as a sheet for the tax bureau's system. Start at invoice_todo(). */
#pragma once
#include "domain/billing/billing_internal.h"

/* Texts of an Invoiceable, in the order of the statement invoice.todo. */
enum {
    INVOICE_NAME,
    INVOICE_ITEM,
    INVOICE_KIND,
    INVOICE_MERCHANT,
    INVOICE_BUYER,
    INVOICE_TAX_NO,
    INVOICE_BUYER_ADDRESS,
    INVOICE_BUYER_BANK,
    INVOICE_UNIT,
    INVOICE_LEASE,
    INVOICE_ADDRESS,
    INVOICE_CERTIFICATE,
    INVOICE__TEXTS
};

typedef struct {
    gint64 charge_id, merchant_id, rate_ppm, gross_fen, tax_fen;
    gint64 done_fen, done_tax_fen; /* invoiced before */
    gint64 left_fen;               /* can be invoiced */
    gint64 area_dm2;
    Day from, to, due_on;
    char *text[INVOICE__TEXTS];
} Invoiceable;

typedef struct {
    gint64 merchant_id; /* 0: all */
    Day due_by;
    gboolean paid_only; /* only what was paid for */
} InvoiceTodo;
/* By merchant and due day. transfer full. */
GPtrArray *invoice_todo(Ctx *ctx, const InvoiceTodo *what, GError **error);
/* Tax within @amount_fen more of it: the parts of a charge add up to all of its tax. */
gint64 invoice_tax(const Invoiceable *i, gint64 amount_fen);
