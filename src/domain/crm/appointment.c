/* appointment.c - what a person has to do and when, for calendars and the to-do list. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"

#include <string.h>

static void
appointment_free(gpointer data)
{
    CrmAppointment *item = data;

    g_free(item->title);
    g_free(item->place);
    g_free(item);
}

static CrmAppointment *
read_appointment(Ctx *ctx, const DbStmt *stmt)
{
    CrmAppointment *item = g_new0(CrmAppointment, 1);
    gboolean is_plan = strcmp(db_text(stmt, 0), "visit_plan") == 0;
    const char *prefix = !is_plan ? crm_text(ctx, "跟进：", "Follow up: ")
                         : strcmp(db_text(stmt, 7), "done") == 0
                             ? crm_text(ctx, "拜访报告：", "Visit report: ")
                             : crm_text(ctx, "拜访：", "Visit: ");

    item->entity = is_plan ? "visit_plan" : "lead";
    item->id = db_int(stmt, 1);
    item->title = g_strconcat(prefix, db_text(stmt, 2), NULL);
    item->place = db_is_null(stmt, 3) ? NULL : g_strdup(db_text(stmt, 3));
    item->on = db_day(stmt, 4);
    if (!db_is_null(stmt, 5))
        item->at_us = clock_day_start_us(item->on) + db_int(stmt, 5) * 60 * G_USEC_PER_SEC;
    item->changed_at = db_int(stmt, 6);
    item->is_overdue = item->on < ctx->today;
    return item;
}

GPtrArray *
crm_appointments(Ctx *ctx, gint64 staff_id, Day from, Day to, GError **error)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(appointment_free);
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.appointments", error);
    gboolean ok = TRUE;

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "staff_id", staff_id);
    db_bind_day(stmt, "from_on", from);
    db_bind_day(stmt, "to_on", to);
    while (db_each(stmt, &ok, error))
        g_ptr_array_add(items, read_appointment(ctx, stmt));
    return ok ? g_steal_pointer(&items) : NULL;
}
