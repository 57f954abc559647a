/* meter_api.c - billing of readings: what a month would post, and posting it. Meters and readings come through the generic routes. */
#include "api/api.h"
#include "domain/meter/meter.h"
#include "base/money.h"

static gboolean
month_of(const char *text, int *month, GError **error)
{
    gint64 key = 0;

    if (!text || !decimal_parse(text, 0, 219912, &key) || day_from_month_key((int) key) == DAY_NONE)
        return app_error_field(error, "month", "format", "月份应形如 202603", "must be like 202603");
    *month = (int) key;
    return TRUE;
}

static gboolean
bill_preview(Request *rq, GError **error)
{
    int month = 0;

    if (!month_of(req_query(rq, "month", NULL), &month, error))
        return FALSE;
    json_begin_object(rq->out);
    if (!meter_bill_write(&rq->ctx, month, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
bill_post(Request *rq, GError **error)
{
    int month = 0;
    gint64 expected_fen = 0;
    const char *due = req_has_body(rq, error) ? req_text(rq, "due_on") : NULL;
    Day due_on = due ? day_parse(due) : DAY_NONE;

    if (!rq->body || !month_of(req_text(rq, "month"), &month, error))
        return FALSE;
    if (due_on == DAY_NONE)
        return app_error_field(error, "due_on", "required", "请填写应交日期", "the due day is required");
    if (!req_text(rq, "total") || !money_parse(req_text(rq, "total"), &expected_fen))
        return app_error_field(error, "total", "required", "请先预览", "preview first");
    json_begin_object(rq->out);
    if (!meter_bill_post(&rq->ctx, month, due_on, expected_fen, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

const Route meter_routes[] = {
    ROUTE(GET, "/api/meter/billing", "meter_reading", "bill", READ, bill_preview, "What billing the readings up to the end of a month would post, and what stands in the way."),
    ROUTE(POST, "/api/meter/billing", "meter_reading", "bill", WRITE, bill_post, "Posts the charges of the previewed readings; the sum that was seen goes with it."),
    { .path = NULL },
};
