/* calendar_api.c - a person's visits and follow-ups as an iCalendar feed under a secret address. */
#include "api/api_internal.h"
#include "base/clock.h"
#include "domain/crm/crm.h"

#include <libical/ical.h>
#include <string.h>

enum { BACK_DAYS = 30, AHEAD_DAYS = 120 };

static icaltimetype
ical_day(Day day)
{
    Ymd ymd = day_to_ymd(day);
    icaltimetype t = icaltime_null_time();

    t.year = ymd.year;
    t.month = ymd.month;
    t.day = ymd.day;
    t.is_date = 1;
    return t;
}

static icaltimetype
ical_instant(gint64 at_us)
{
    return icaltime_from_timet_with_zone((time_t) (at_us / 1000000), 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *
event_of(const CrmAppointment *a)
{
    icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    g_autofree char *uid = g_strdup_printf("%s-%" G_GINT64_FORMAT "@lanting", a->entity, a->id);

    icalcomponent_set_uid(event, uid);
    icalcomponent_set_summary(event, a->title);
    if (a->place && *a->place)
        icalcomponent_set_location(event, a->place);
    icalcomponent_set_dtstamp(event, ical_instant(a->changed_at));
    icalcomponent_set_dtstart(event, a->at_us ? ical_instant(a->at_us) : ical_day(a->on));
    if (a->at_us)
        icalcomponent_set_dtend(event, ical_instant(a->at_us + G_GINT64_CONSTANT(3600000000)));
    return event;
}

static char *
calendar_text(const GPtrArray *list)
{
    icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);

    icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Lanting//Leasing//ZH"));
    for (guint i = 0; i < list->len; i++)
        icalcomponent_add_component(calendar, event_of(list->pdata[i]));
    char *made = icalcomponent_as_ical_string_r(calendar);
    char *text = g_strdup(made);
    icalmemory_free_buffer(made);
    icalcomponent_free(calendar);
    return text;
}

/* The address is the key: who has it reads this calendar and nothing else. */
static gboolean
calendar_feed(Request *rq, GError **error)
{
    g_autofree char *token = g_strdup(req_arg(rq, 0));
    gint64 staff_id = 0, property_id = 0;

    if (g_str_has_suffix(token, ".ics"))
        token[strlen(token) - strlen(".ics")] = '\0';
    if (!org_calendar_staff(rq->ctx.db, token, &staff_id, &property_id, error))
        return FALSE;
    if (!staff_id)
        return app_error_set(error, APP_ERROR_NOT_FOUND, "calendar.not_found", "没有这个日历", "no such calendar");
    rq->ctx.staff_id = staff_id;
    rq->ctx.property_id = property_id;
    g_autoptr(GPtrArray) list
        = crm_appointments(&rq->ctx, staff_id, rq->ctx.today - BACK_DAYS, rq->ctx.today + AHEAD_DAYS, error);
    if (!list)
        return FALSE;
    g_autofree char *text = calendar_text(list);
    http_reply_take(rq->reply, 200, "text/calendar; charset=utf-8", g_string_new(text));
    rq->replied = TRUE;
    return TRUE;
}

static gboolean
calendar_address(Request *rq, GError **error)
{
    g_autofree char *token = org_calendar_token_new(&rq->ctx, error);

    if (!token)
        return FALSE;
    g_autofree char *path = g_strdup_printf("/api/calendar/%s.ics", token);
    json_begin_object(rq->out);
    json_kv_text(rq->out, "path", path);
    json_end_object(rq->out);
    return TRUE;
}

const Route calendar_routes[] = {
    { .method = HTTP_GET, .path = "/api/calendar/:token", .auth = AUTH_PUBLIC, .lane = LANE_READ, .handler = calendar_feed,
      .doc = "The calendar behind a secret address, as iCalendar." },
    ROUTE_SESSION(POST, "/api/calendar", WRITE, calendar_address, "Makes a new secret calendar address; the former stops working."),
    { .path = NULL },
};
