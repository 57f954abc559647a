/* space_api.c - the floor plan and who looks after what. */
#include "api/api.h"
#include "domain/space/space.h"

static gboolean
floor_plan(Request *rq, GError **error)
{
    gint64 id = 0;
    Day on = DAY_NONE;

    if (!req_arg_id(rq, 0, &id, error) || !req_query_day(rq, "on", rq->ctx.today, &on, error))
        return FALSE;
    json_begin_object(rq->out);
    if (!space_plan_write(&rq->ctx, id, on, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
zone_gaps(Request *rq, GError **error)
{
    Day on = DAY_NONE;

    if (!req_query_day(rq, "on", rq->ctx.today, &on, error))
        return FALSE;
    json_begin_object(rq->out);
    if (!space_zone_gaps_write(&rq->ctx, on, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

const Route space_routes[] = {
    ROUTE(GET, "/api/floor/:id/plan", "floor", "read", READ, floor_plan, "The floor plan on a day: units with status, merchant, price."),
    ROUTE(GET, "/api/zone/gaps", "zone", "read", READ, zone_gaps, "Units that nobody looks after on a day."),
    { .path = NULL },
};
