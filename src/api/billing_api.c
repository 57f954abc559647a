/* billing_api.c - payment orders on paper. Receipts come through the generic routes and actions. */
#include "api/api.h"
#include "domain/billing/billing.h"

#include <stdlib.h>

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

/* A list member of the body as JSON text; NULL if absent. transfer full. */
static char *
list_of(const Request *rq, const char *name)
{
    const json_t *list = rq->body ? json_object_get(rq->body, name) : NULL;
    char *dump = json_is_array(list) ? json_dumps(list, JSON_COMPACT) : NULL;
    char *text = g_strdup(dump);

    free(dump);
    return text;
}

static gboolean
charge_offset(Request *rq, GError **error)
{
    g_autofree char *credits = list_of(rq, "credits");
    g_autofree char *debits = list_of(rq, "debits");
    gint64 set_off_fen = 0;

    if (!req_has_body(rq, error))
        return FALSE;
    if (!req_id(rq, "merchant_id"))
        return app_error_field(error, "merchant_id", "required", "请选择商户", "choose a merchant");
    if (!billing_offset(&rq->ctx, req_id(rq, "merchant_id"), credits, debits, &set_off_fen, error))
        return FALSE;
    json_begin_object(rq->out);
    json_kv_money(rq->out, "set_off", set_off_fen);
    json_end_object(rq->out);
    return TRUE;
}

const Route billing_routes[] = {
    ROUTE(POST, "/api/charge/offset", "charge", "offset", WRITE, charge_offset, "Sets off what is owed to a merchant against what it owes."),
    ROUTE_SESSION(GET, "/api/payment_order/:id/print.pdf", READ, order_print, "The payment order as PDF."),
    ROUTE_SESSION(GET, "/api/payment_order/:id/document.docx", READ, order_docx, "The payment order in the company's template."),
    { .path = NULL },
};
