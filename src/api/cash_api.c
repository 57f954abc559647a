/* cash_api.c - the cashier's desk: bills, the money of letters of intent, bank lines, invoices, receipts on paper. */
#include "api/api.h"
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/billing/billing.h"

#include <string.h>

static gboolean
read_bill(Request *rq, BillFor *what, GError **error)
{
    const char *due_by = req_text(rq, "due_by"), *due_on = req_text(rq, "due_on");

    *what = (BillFor){ .merchant_id = req_id(rq, "merchant_id"), .lease_id = req_id(rq, "lease_id"), .due_by = due_by ? day_parse(due_by) : rq->ctx.today,
                       .due_on = due_on ? day_parse(due_on) : DAY_NONE };
    if (due_by && what->due_by == DAY_NONE)
        app_error_field(error, "due_by", "form", "应为日期，例如 2026-03-01", "must be a day, e.g. 2026-03-01");
    if (due_on && what->due_on == DAY_NONE)
        app_error_field(error, "due_on", "form", "应为日期，例如 2026-03-01", "must be a day, e.g. 2026-03-01");
    return (!due_by || what->due_by != DAY_NONE) && (!due_on || what->due_on != DAY_NONE);
}

static gboolean
order_issue(Request *rq, GError **error)
{
    BillFor what = { 0 };
    BillDone done = { 0 };

    if (!req_has_body(rq, error) || !read_bill(rq, &what, error))
        return FALSE;
    if (!what.merchant_id)
        return app_error_field(error, "merchant_id", "required", "请选择商户", "choose a merchant");
    if (json_is_array(json_object_get(rq->body, "charges")))
        what.charges = json_object_get(rq->body, "charges");
    return billing_bill(&rq->ctx, &what, &done, error) && reply_record(rq, "payment_order", done.order_id, 201, error);
}

static gboolean
order_batch(Request *rq, GError **error)
{
    BillFor what = { 0 };
    BillDone done = { 0 };
    g_autofree char *batch = NULL;

    if (!req_has_body(rq, error) || !read_bill(rq, &what, error))
        return FALSE;
    batch = billing_batch_no(&rq->ctx, error);
    what.batch = batch;
    if (!batch || !billing_bill(&rq->ctx, &what, &done, error))
        return FALSE;
    json_begin_object(rq->out);
    json_kv_text(rq->out, "batch", batch);
    json_kv_int(rq->out, "orders", done.orders);
    json_kv_money(rq->out, "total", done.total_fen);
    json_end_object(rq->out);
    rq->status = 201;
    return TRUE;
}

static gboolean
batch_print(Request *rq, GError **error)
{
    const char *batch = req_query(rq, "batch", "");
    g_autoptr(GBytes) pdf = billing_batch_pdf(&rq->ctx, batch, error);

    if (!pdf)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.pdf", batch);
    reply_file(rq, HTTP_PDF, name, pdf);
    return TRUE;
}

static gboolean
intent_issue_order(Request *rq, GError **error)
{
    gint64 id = 0, order_id = req_arg_id(rq, 0, &id, error) ? billing_intent_order(&rq->ctx, id, error) : 0;

    return order_id && reply_record(rq, "payment_order", order_id, 201, error);
}

static gboolean
bank_suggestions(Request *rq, GError **error)
{
    gint64 line_id = 0;

    if (rq->args[0] && !req_arg_id(rq, 0, &line_id, error))
        return FALSE;
    json_begin_object(rq->out);
    if (!bank_suggestions_write(&rq->ctx, line_id, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

/* Several lines in one go: all of them, or none. */
static gboolean
bank_match(Request *rq, GError **error)
{
    const json_t *lines = rq->body ? json_object_get(rq->body, "lines") : NULL, *one = NULL;
    gsize i = 0;

    if (!json_is_array(lines) || json_array_size(lines) == 0 || json_array_size(lines) > BANK_SUGGEST_LINES)
        return app_error_field(error, "lines", "form", "请选择 1 到 %d 条流水", "choose 1 to %d lines", BANK_SUGGEST_LINES);
    json_array_foreach(lines, i, one)
    {
        const char *id = json_string_value(json_object_get(one, "id"));
        json_t *input = json_copy((json_t *) one);
        json_object_del(input, "id");
        gboolean ok = flow_take(&rq->ctx, "bank_line", id ? id_parse(id) : 0, "match", 0, input, error);
        json_decref(input);
        if (!ok)
            return FALSE;
    }
    json_begin_object(rq->out);
    json_kv_int(rq->out, "matched", (gint64) json_array_size(lines));
    json_end_object(rq->out);
    return TRUE;
}

typedef struct {
    gint64 merchant_id;
    Day due_by;
    gboolean paid_only;
} TodoQuery;

static gboolean
read_todo(Request *rq, TodoQuery *q, GError **error)
{
    q->merchant_id = id_parse(req_query(rq, "merchant_id", "0"));
    q->paid_only = strcmp(req_query(rq, "paid_only", "1"), "0") != 0;
    return req_query_day(rq, "due_by", rq->ctx.today, &q->due_by, error);
}

static gboolean
invoice_todo_list(Request *rq, GError **error)
{
    TodoQuery q = { 0 };

    json_begin_object(rq->out);
    if (!read_todo(rq, &q, error) || !billing_invoice_todo_write(&rq->ctx, q.merchant_id, q.due_by, q.paid_only, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
invoice_todo_sheet(Request *rq, GError **error)
{
    TodoQuery q = { 0 };
    g_autoptr(GBytes) bytes = read_todo(rq, &q, error) ? billing_invoice_sheet(&rq->ctx, q.merchant_id, q.due_by, q.paid_only, error) : NULL;

    if (!bytes)
        return FALSE;
    reply_file(rq, HTTP_XLSX, rq->ctx.lang == LANG_EN ? "to-invoice.xlsx" : "待开发票.xlsx", bytes);
    return TRUE;
}

static gboolean
cashier_find(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    if (!billing_cashier_find(&rq->ctx, req_query(rq, "q", ""), rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
cashier_merchant(Request *rq, GError **error)
{
    gint64 id = 0;

    json_begin_object(rq->out);
    if (!req_arg_id(rq, 0, &id, error) || !billing_cashier_write(&rq->ctx, id, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
cashier_receive(Request *rq, GError **error)
{
    gint64 id = req_has_body(rq, error) ? billing_take_in(&rq->ctx, rq->body, error) : 0;

    return id && reply_record(rq, "receipt", id, 201, error);
}

static gboolean
receipt_print(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) receipt = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "receipt", id, "read", error) : NULL;
    g_autoptr(DbStmt) count = receipt ? db_named(rq->ctx.db, "billing.receipt_printed", error) : NULL;

    if (!count)
        return FALSE;
    db_bind_int(count, "property_id", rq->ctx.property_id);
    db_bind_int(count, "id", id);
    record_set_int(receipt, "prints", record_int(receipt, "prints") + 1);
    if (!db_exec_stmt(count, NULL, error))
        return FALSE;
    g_autoptr(GBytes) pdf = billing_receipt_pdf(&rq->ctx, receipt, error);
    if (!pdf)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.pdf", record_text(receipt, "no"));
    reply_file(rq, HTTP_PDF, name, pdf);
    return TRUE;
}

const Route cash_routes[] = {
    ROUTE(POST, "/api/payment_order/issue", "payment_order", "issue", WRITE, order_issue,
          "A bill for one merchant over chosen charges, or all that are due by a day."),
    ROUTE(POST, "/api/payment_order/batch", "payment_order", "issue", WRITE, order_batch, "A bill for each merchant that owes something by a day."),
    ROUTE(GET, "/api/payment_order/batch.pdf", "payment_order", "read", SLOW, batch_print, "All orders of a batch in one PDF."),
    ROUTE(POST, "/api/intent/:id/issue_order", "intent", "issue_order", WRITE, intent_issue_order, "Issues the payment order of a letter of intent."),
    ROUTE(GET, "/api/bank_line/suggestions", "bank_line", "match", READ, bank_suggestions, "Whose money the newest open lines may be, with reasons."),
    ROUTE(GET, "/api/bank_line/:id/suggestions", "bank_line", "match", READ, bank_suggestions, "The same for one line."),
    ROUTE(POST, "/api/bank_line/match", "bank_line", "match", WRITE, bank_match, "Turns several lines into confirmed receipts, all or none."),
    ROUTE(GET, "/api/tax_invoice/todo", "tax_invoice", "create", READ, invoice_todo_list, "Charges that were not invoiced yet."),
    ROUTE(GET, "/api/tax_invoice/todo.xlsx", "tax_invoice", "create", SLOW, invoice_todo_sheet, "The same with the columns of an electronic invoice."),
    ROUTE(GET, "/api/cashier/find", "payment_order", "receive", READ, cashier_find, "Merchants meant by a name or a number."),
    ROUTE(GET, "/api/cashier/merchant/:id", "payment_order", "receive", READ, cashier_merchant, "Everything open of a merchant, with its working."),
    ROUTE(POST, "/api/cashier/receive", "payment_order", "receive", WRITE, cashier_receive, "Takes in money at the desk; confirmed at once."),
    ROUTE(GET, "/api/receipt/:id/print.pdf", "receipt", "read", WRITE, receipt_print, "The receipt as PDF; counts the prints."),
    { .path = NULL },
};
