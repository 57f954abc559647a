/* billing_api.c - payment orders on paper. Receipts come through the generic routes and actions. */
#include "api/api.h"
#include "domain/billing/billing.h"

static gboolean
order_print(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) order
        = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "payment_order", id, "read", error) : NULL;
    g_autoptr(GBytes) pdf = order ? billing_order_pdf(&rq->ctx, order, error) : NULL;

    if (!pdf)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.pdf", record_text(order, "no"));
    reply_file(rq, HTTP_PDF, name, pdf);
    return TRUE;
}

static gboolean
order_docx(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) order
        = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "payment_order", id, "read", error) : NULL;
    g_autoptr(GBytes) docx = order ? billing_order_document(&rq->ctx, order, error) : NULL;

    if (!docx)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.docx", record_text(order, "no"));
    reply_file(rq, HTTP_DOCX, name, docx);
    return TRUE;
}

const Route billing_routes[] = {
    ROUTE_SESSION(GET, "/api/payment_order/:id/print.pdf", READ, order_print, "The payment order as PDF."),
    ROUTE_SESSION(GET, "/api/payment_order/:id/document.docx", READ, order_docx, "The payment order in the company's template."),
    { .path = NULL },
};
