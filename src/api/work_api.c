/* work_api.c - what a person meets first: search, to-do list, home page, notifications, saved views, approvals. */
#include "api/api.h"
#include "api/api_internal.h"
#include "base/ids.h"
#include "domain/approval/approval.h"
#include "domain/org/org.h"
#include "domain/report/report.h"
#include "store/services.h"

#include <string.h>

static gboolean
search(Request *rq, GError **error)
{
    return search_write(&rq->ctx, req_query(rq, "q", ""), 8, rq->out, error);
}

static gboolean
todo(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    if (!report_todo_write(&rq->ctx, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
home(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    if (!report_home_write(&rq->ctx, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
notifications(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    if (!org_notifications_write(&rq->ctx, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
notification_read(Request *rq, GError **error)
{
    gint64 id = strcmp(req_arg(rq, 0), "all") == 0 ? 0 : id_parse(req_arg(rq, 0));

    rq->status = 204;
    return org_notification_read(&rq->ctx, id, error);
}

static gboolean
views(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    if (!org_views_write(&rq->ctx, req_query(rq, "entity", ""), rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
view_save(Request *rq, GError **error)
{
    gint64 id = req_has_body(rq, error) ? org_view_save(&rq->ctx, rq->body, error) : 0;

    if (!id)
        return FALSE;
    json_begin_object(rq->out);
    json_kv_id(rq->out, "id", id);
    json_end_object(rq->out);
    rq->status = 201;
    return TRUE;
}

static gboolean
view_delete(Request *rq, GError **error)
{
    gint64 id = 0;

    rq->status = 204;
    return req_arg_id(rq, 0, &id, error) && org_view_delete(&rq->ctx, id, error);
}

static gboolean
approvals(Request *rq, GError **error)
{
    const char *entity = req_query(rq, "entity", NULL);

    json_begin_object(rq->out);
    if (entity && registry_find(rq->ctx.registry, entity)) {
        if (!approval_write_trail(&rq->ctx, entity, id_parse(req_query(rq, "record_id", "0")), rq->out, error))
            return FALSE;
    } else if (!approval_box_write(&rq->ctx, req_query(rq, "mine", "1"), rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
approval_show(Request *rq, gint64 id, GError **error)
{
    json_begin_object(rq->out);
    if (!approval_write_json(&rq->ctx, id, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
approval_read(Request *rq, GError **error)
{
    gint64 id = 0;

    return req_arg_id(rq, 0, &id, error) && approval_show(rq, id, error);
}

static gboolean
approval_act(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(GError) gone = NULL;

    if (!req_arg_id(rq, 0, &id, error)
        || !approval_decide(&rq->ctx, id, req_arg(rq, 1), req_text(rq, "opinion"), req_id(rq, "to_staff_id"), error))
        return FALSE;
    g_clear_pointer(&rq->out, json_out_free);
    rq->out = json_out_new();
    if (approval_show(rq, id, &gone))
        return TRUE;
    g_clear_pointer(&rq->out, json_out_free); /* decided and handed on: nothing more to see */
    rq->out = json_out_new();
    rq->status = 204;
    return TRUE;
}

static gboolean
trail(Request *rq, GError **error)
{
    gint64 id = 0;
    const EntityModule *module = registry_find(rq->ctx.registry, req_arg(rq, 0));

    if (!module || !req_arg_id(rq, 1, &id, error))
        return module ? FALSE
                      : app_error_set(error, APP_ERROR_NOT_FOUND, "route.not_found", "没有这个地址", "no such address");
    g_autoptr(Record) rec = record_get(&rq->ctx, req_arg(rq, 0), id, "read", error);
    if (!rec)
        return FALSE;
    json_begin_object(rq->out);
    if (!approval_write_trail(&rq->ctx, req_arg(rq, 0), id, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

const Route work_routes[] = {
    ROUTE_SESSION(GET, "/api/search", READ, search, "Searches everything this person may read."),
    ROUTE_SESSION(GET, "/api/todo", READ, todo, "The one to-do list."),
    ROUTE_SESSION(GET, "/api/home", READ, home, "Tiles and charts of the person's post."),
    ROUTE_SESSION(GET, "/api/notification", READ, notifications, "My notifications."),
    ROUTE_SESSION(POST, "/api/notification/:id/read", WRITE, notification_read, "Marks a notification, or all, as read."),
    ROUTE_SESSION(GET, "/api/view", READ, views, "Saved views of a list."),
    ROUTE_SESSION(POST, "/api/view", WRITE, view_save, "Saves a view of a list."),
    ROUTE_SESSION(DELETE, "/api/view/:id", WRITE, view_delete, "Deletes an own view."),
    ROUTE_SESSION(GET, "/api/approval", READ, approvals, "Approvals that wait for me, that I decided, that I asked for, or of one record."),
    ROUTE_SESSION(GET, "/api/approval/:id", READ, approval_read, "One approval with its trail and what I may do."),
    ROUTE_SESSION(POST, "/api/approval/:id/:decision", WRITE, approval_act, "Decides my task of an approval."),
    ROUTE_SESSION(GET, "/api/:entity/:id/approvals", READ, trail, "All approvals of a record."),
    { .path = NULL },
};
