/* lease_api.c - leases: composing, preview, review, papers as .docx. */
#include "api/api.h"
#include "domain/billing/billing.h"
#include "domain/lease/lease.h"
#include "domain/sales/sales.h"

#include <string.h>

static gboolean
lease_create(Request *rq, GError **error)
{
    g_autoptr(Record) lease = record_new(registry_def(rq->ctx.registry, "lease"));

    return req_has_body(rq, error) && lease_compose(&rq->ctx, lease, rq->body, error)
           && reply_record(rq, "lease", lease->id, 201, error);
}

static gboolean
lease_update(Request *rq, GError **error)
{
    gint64 id = 0;

    if (!req_arg_id(rq, 0, &id, error))
        return FALSE;
    g_autoptr(Record) lease = record_get(&rq->ctx, "lease", id, "update", error);
    if (!lease)
        return FALSE;
    lease->version = json_integer_value(json_object_get(rq->body, "version"));
    if (lease->version < 1)
        return app_error_field(error, "version", "required", "缺少版本号，请刷新后重试", "is required; reload the record");
    return lease_compose(&rq->ctx, lease, rq->body, error) && reply_record(rq, "lease", id, 200, error);
}

static gboolean
lease_compare(Request *rq, GError **error)
{
    return req_has_body(rq, error) && lease_compare_write(&rq->ctx, rq->body, rq->out, error);
}

static gboolean
lease_preview(Request *rq, GError **error)
{
    return req_has_body(rq, error) && lease_preview_write(&rq->ctx, rq->body, rq->out, error);
}

static gboolean
change_preview(Request *rq, GError **error)
{
    return req_has_body(rq, error) && lease_change_preview_write(&rq->ctx, rq->body, rq->out, error);
}

/* The lease named by the path, if the person may @action it. transfer full. */
static Record *
lease_of(Request *rq, const char *action, GError **error)
{
    gint64 id = 0;

    return req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "lease", id, action, error) : NULL;
}

static gboolean
lease_review(Request *rq, GError **error)
{
    g_autoptr(Record) lease = lease_of(rq, "read", error);

    json_begin_object(rq->out);
    if (!lease || !lease_review_write(&rq->ctx, lease, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

/* Judges a draft at any time, so that the drafter can mend it before the review. */
static gboolean
lease_judge(Request *rq, GError **error)
{
    g_autoptr(Record) lease = lease_of(rq, "update", error);

    if (!lease || !lease_review_refresh(&rq->ctx, lease, error) || !record_save(&rq->ctx, lease, error))
        return FALSE;
    json_begin_object(rq->out);
    if (!lease_review_write(&rq->ctx, lease, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

/* Reviewers read the lease through their task; the right says who may tick at all. */
static gboolean
lease_check(Request *rq, GError **error)
{
    g_autoptr(Record) lease = lease_of(rq, "read", error);
    const char *code = req_text(rq, "code");
    gboolean right = json_is_true(json_object_get(rq->body, "ok"));

    if (!lease || !lease_review_check(&rq->ctx, lease, code ? code : "", right, req_text(rq, "remarks"), error))
        return FALSE;
    json_begin_object(rq->out);
    if (!lease_review_write(&rq->ctx, lease, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
lease_plan(Request *rq, GError **error)
{
    g_autoptr(Record) lease = lease_of(rq, "read", error);
    g_autoptr(Schedule) schedule = lease ? lease_schedule(&rq->ctx, lease, error) : NULL;

    if (!schedule)
        return FALSE;
    lease_schedule_write(&rq->ctx, schedule, rq->out);
    return TRUE;
}

static gboolean
lease_sum_sales(Request *rq, GError **error)
{
    gint64 lease = 0;
    gint64 id = 0;
    const char *text = req_text(rq, "day");
    Day day = text ? day_parse(text) : DAY_NONE;

    if (!req_arg_id(rq, 0, &lease, error) || !req_has_body(rq, error))
        return FALSE;
    if (day == DAY_NONE)
        return app_error_field(error, "day", "day", "应为该月的一天，如 2026-03-01", "must be a day of the month, e.g. 2026-03-01");
    id = sales_sum_days(&rq->ctx, lease, day, error);
    return id && reply_record(rq, "sales_report", id, 201, error);
}

static gboolean
lease_issue_order(Request *rq, GError **error)
{
    gint64 id = 0;

    if (!req_arg_id(rq, 0, &id, error))
        return FALSE;
    gint64 order_id = billing_order_issue(&rq->ctx, id, error);
    return order_id && reply_record(rq, "payment_order", order_id, 201, error);
}

static gboolean
lease_docx(Request *rq, GError **error)
{
    g_autoptr(Record) lease = lease_of(rq, "read", error);
    g_autoptr(GBytes) docx = lease ? lease_document(&rq->ctx, lease, error) : NULL;

    if (!docx)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.docx", record_text(lease, "no"));
    reply_file(rq, HTTP_DOCX, name, docx);
    return TRUE;
}

static gboolean
intent_docx(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) intent = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "intent", id, "read", error) : NULL;
    g_autoptr(GBytes) docx = intent ? intent_document(&rq->ctx, intent, error) : NULL;

    if (!docx)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.docx", record_text(intent, "no"));
    reply_file(rq, HTTP_DOCX, name, docx);
    return TRUE;
}

/* What a company begins its own template from. */
static gboolean
template_file(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) rec
        = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "document_template", id, "read", error) : NULL;
    g_autoptr(GBytes) docx = rec ? paper_template(&rq->ctx, record_text(rec, "kind"), id, error) : NULL;

    if (!docx)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s.docx", record_text(rec, "name"));
    reply_file(rq, HTTP_DOCX, name, docx);
    return TRUE;
}

const Route lease_routes[] = {
    ROUTE(POST, "/api/lease_change/preview", "lease_change", "create", READ, change_preview, "What a change of a lease would do: old and new terms, the difference between their schedules."),
    ROUTE(POST, "/api/lease", "lease", "create", WRITE, lease_create, "Creates a draft with units, terms and deposits."),
    ROUTE(PATCH, "/api/lease/:id", "lease", "update", WRITE, lease_update, "Changes a draft; lists that are given replace the stored ones."),
    ROUTE(POST, "/api/lease/preview", "lease", "read", READ, lease_preview, "The schedule that terms would give, each line with its working."),
    ROUTE(POST, "/api/lease/:id/sum_sales", "sales_report", "create", WRITE, lease_sum_sales, "Adds the daily sales reports of a month up to one report of the month."),
    ROUTE(POST, "/api/lease/compare", "lease", "read", READ, lease_compare, "Terms on sales under other models and settlement periods, side by side."),
    ROUTE_SESSION(GET, "/api/lease/:id/review", READ, lease_review, "Findings, checklist and figures of the review."),
    ROUTE(POST, "/api/lease/:id/judge", "lease", "update", WRITE, lease_judge, "Judges a lease anew and stores the findings."),
    ROUTE(POST, "/api/lease/:id/check", "lease", "check", WRITE, lease_check, "A reviewer ticks one point of the checklist."),
    ROUTE_SESSION(GET, "/api/lease/:id/schedule", READ, lease_plan, "The whole schedule of a stored lease."),
    ROUTE(POST, "/api/lease/:id/issue_order", "lease", "issue_order", WRITE, lease_issue_order, "Issues the first payment order."),
    ROUTE_SESSION(GET, "/api/lease/:id/document.docx", READ, lease_docx, "The lease in the company's template."),
    ROUTE_SESSION(GET, "/api/intent/:id/document.docx", READ, intent_docx, "The letter of intent in the company's template."),
    ROUTE_SESSION(GET, "/api/document_template/:id/file.docx", READ, template_file, "The template itself: the company's file, or the built-in one."),
    { .path = NULL },
};
