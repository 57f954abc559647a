/* collection_api.c - the due list, messages, late fees, letters on paper. Letters, promises and notes themselves come through the generic
 * routes and actions. */
#include "api/api.h"
#include "base/ids.h"
#include "domain/collection/collection.h"

static gint64
query_id(const Request *rq, const char *name)
{
    return id_parse(req_query(rq, name, ""));
}

static gboolean
due_list(Request *rq, GError **error)
{
    const DueAsk ask = { .band = req_query(rq, "band", NULL), .collector_id = query_id(rq, "collector_id"), .lease_id = query_id(rq, "lease_id"),
                         .merchant_id = query_id(rq, "merchant_id"), .q = req_query(rq, "q", NULL),
                         .page = (guint) g_ascii_strtoull(req_query(rq, "page", "1"), NULL, 10),
                         .size = (guint) CLAMP(g_ascii_strtoull(req_query(rq, "size", "50"), NULL, 10), 1, 200) };

    json_begin_object(rq->out);
    if (!collection_due_write(&rq->ctx, &ask, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
message(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    if (!collection_message_write(&rq->ctx, query_id(rq, "lease_id"), rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
timeline(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    if (!collection_timeline_write(&rq->ctx, query_id(rq, "lease_id"), query_id(rq, "merchant_id"), rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
fee_preview(Request *rq, GError **error)
{
    Day until = DAY_NONE;

    if (!req_query_day(rq, "until_on", rq->ctx.today, &until, error))
        return FALSE;
    json_begin_object(rq->out);
    if (!late_fee_preview_write(&rq->ctx, until, query_id(rq, "lease_id"), rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

/* Charges that were ticked; NULL without a list: all. */
static GArray *
chosen_charges(const Request *rq)
{
    const json_t *list = json_object_get(rq->body, "charge_ids");
    GArray *ids = json_is_array(list) ? g_array_new(FALSE, FALSE, sizeof(gint64)) : NULL;

    for (gsize i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        gint64 id = text ? id_parse(text) : 0;
        g_array_append_val(ids, id);
    }
    return ids;
}

static gboolean
fee_bill(Request *rq, GError **error)
{
    const char *text = req_has_body(rq, error) ? req_text(rq, "until_on") : NULL;
    Day until = text ? day_parse(text) : rq->ctx.today;
    g_autoptr(GArray) ids = rq->body ? chosen_charges(rq) : NULL;

    if (!rq->body)
        return FALSE;
    if (until == DAY_NONE)
        return app_error_field(error, "until_on", "form", "日期应为 2026-03-01 这样的形式", "must be a day such as 2026-03-01");
    gint64 id = late_fee_bill(&rq->ctx, until, req_id(rq, "lease_id"), ids, error);
    return id && reply_record(rq, "late_fee_run", id, 201, error);
}

static gboolean
reply_letter(Request *rq, gboolean pdf, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) notice = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "dunning_notice", id, "read", error) : NULL;
    g_autoptr(GBytes) bytes = !notice ? NULL : pdf ? dunning_notice_pdf(&rq->ctx, notice, error) : dunning_notice_document(&rq->ctx, notice, error);

    if (!bytes)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.%s", record_text(notice, "no"), pdf ? "pdf" : "docx");
    reply_file(rq, pdf ? HTTP_PDF : HTTP_DOCX, name, bytes);
    return TRUE;
}

static gboolean
letter_pdf(Request *rq, GError **error)
{
    return reply_letter(rq, TRUE, error);
}

static gboolean
letter_docx(Request *rq, GError **error)
{
    return reply_letter(rq, FALSE, error);
}

const Route collection_routes[] = {
    ROUTE(GET, "/api/collection/due", "promise", "read", READ, due_list, "What is due, by merchant and lease: late fee to date, last contact, promise, next step."),
    ROUTE(GET, "/api/collection/message", "promise", "read", READ, message, "A message to the merchant of a lease about what is due."),
    ROUTE(GET, "/api/collection/timeline", "promise", "read", READ, timeline, "What was done about the money that a lease or a merchant owes."),
    ROUTE(GET, "/api/collection/late_fee", "late_fee_run", "bill", READ, fee_preview, "What a late fee run would bill."),
    ROUTE(POST, "/api/late_fee_run", "late_fee_run", "bill", WRITE, fee_bill, "Bills late fees through a day, of all charges or of those chosen."),
    ROUTE_SESSION(GET, "/api/dunning_notice/:id/print.pdf", READ, letter_pdf, "The letter as PDF."),
    ROUTE_SESSION(GET, "/api/dunning_notice/:id/document.docx", READ, letter_docx, "The letter in the company's template."),
    { .path = NULL },
};
