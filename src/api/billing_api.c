/* billing_api.c - payment orders on paper, bill runs. Receipts come through the generic routes and actions. */
#include "api/api.h"
#include "base/ids.h"
#include "domain/billing/billing_run.h"

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

enum { PAGE_SIZE = 50, PAGE_MAX = 200 };

/* Month key from text, 0 if it is none: the use case refuses that. */
static int
month_from(const char *text)
{
    guint64 key = 0;

    return text && g_ascii_string_to_unsigned(text, 10, 0, 999999, &key, NULL) ? (int) key : 0;
}

static gboolean
run_preview(Request *rq, GError **error)
{
    return bill_preview_write(&rq->ctx, month_from(req_query(rq, "month", NULL)), rq->out, error);
}

static gboolean
run_preview_lines(Request *rq, GError **error)
{
    guint64 size = PAGE_SIZE;

    g_ascii_string_to_unsigned(req_query(rq, "size", "50"), 10, 1, PAGE_MAX, &size, NULL);
    return bill_preview_lines_write(&rq->ctx, month_from(req_query(rq, "month", NULL)), id_parse(req_query(rq, "after", "")), (guint) size,
                                    g_strcmp0(req_query(rq, "only", NULL), "changes") == 0, rq->out, error);
}

/* Begun only: the steps are calls of their own. */
static gboolean
run_begin(Request *rq, GError **error)
{
    gint64 id = req_has_body(rq, error) ? bill_run_begin(&rq->ctx, (int) json_integer_value(json_object_get(rq->body, "month")), error) : 0;

    return id && reply_record(rq, "bill_run", id, 201, error);
}

static gboolean
run_step(Request *rq, GError **error)
{
    gint64 id = 0;
    gboolean done = FALSE;

    return req_arg_id(rq, 0, &id, error) && bill_run_step(&rq->ctx, id, 0, &done, error) && reply_record(rq, "bill_run", id, 200, error);
}

static gboolean
run_undo(Request *rq, GError **error)
{
    gint64 id = 0;

    return req_has_body(rq, error) && req_arg_id(rq, 0, &id, error) && bill_run_undo(&rq->ctx, id, req_text(rq, "reason"), error)
           && reply_record(rq, "bill_run", id, 200, error);
}

const Route billing_routes[] = {
    ROUTE(GET, "/api/bill_run/preview", "bill_run", "read", SLOW, run_preview,
          "What the run of ?month=202603 would post: totals by item, and why it differs from the month before."),
    ROUTE(GET, "/api/bill_run/preview/lines", "bill_run", "read", SLOW, run_preview_lines,
          "The same lease by lease, after ?after=, ?size= at a time, ?only=changes those that differ from the month before."),
    ROUTE(POST, "/api/bill_run", "bill_run", "post", WRITE, run_begin, "Begins the run of a month {month: 202603}, or finds the one that was broken off."),
    ROUTE(POST, "/api/bill_run/:id/step", "bill_run", "post", WRITE, run_step,
          "Bills or undoes the next leases of a run; to be called until its state is posted or undone."),
    ROUTE(POST, "/api/bill_run/:id/undo", "bill_run", "undo", WRITE, run_undo, "Begins to undo a run {reason}; steps go on with it."),
    ROUTE(POST, "/api/charge/offset", "charge", "offset", WRITE, charge_offset, "Sets off what is owed to a merchant against what it owes."),
    ROUTE_SESSION(GET, "/api/payment_order/:id/print.pdf", READ, order_print, "The payment order as PDF."),
    ROUTE_SESSION(GET, "/api/payment_order/:id/document.docx", READ, order_docx, "The payment order in the company's template."),
    { .path = NULL },
};
