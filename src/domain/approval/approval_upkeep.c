/* approval_upkeep.c - what time and people do to open tasks: reminders, leavers, delegations. */
#include "domain/approval/approval_internal.h"

#include "db/catalogue.h"

#define DAY_US (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)

static gboolean
collect(DbStmt *stmt, GArray *ids, GError **error)
{
    gboolean row = FALSE;

    for (;;) {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
}

static GArray *
overdue_ids(Ctx *ctx, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.overdue", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "now", ctx->now_us);
    db_bind_int(stmt, "since", ctx->now_us - DAY_US);
    return collect(stmt, ids, error) ? g_steal_pointer(&ids) : NULL;
}

/* Open and waiting tasks of @staff_id. */
static GArray *
pending_ids(Ctx *ctx, gint64 staff_id, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.open_of_staff", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "staff_id", staff_id);
    return collect(stmt, ids, error) ? g_steal_pointer(&ids) : NULL;
}

static gboolean
remind_one(Ctx *ctx, gint64 task_id, GError **error)
{
    g_autoptr(Record) task = record_get(ctx, "approval_task", task_id, NULL, error);
    g_autoptr(Record) approval =
        task ? record_get(ctx, "approval", record_int(task, "approval_id"), NULL, error) : NULL;

    if (!approval)
        return FALSE;
    const char *label = record_text(approval, "subject_label");
    g_autofree char *zh = g_strdup_printf("审批已超时：%s", label ? label : "");
    g_autofree char *en = g_strdup_printf("approval overdue: %s", label ? label : "");
    record_set_int(task, "reminded_at", ctx->now_us);
    return record_save_as(ctx, task, "remind", error)
           && notify(ctx, record_int(task, "staff_id"), "approval.overdue", "approval",
                     approval->id, zh, en, error);
}

static gboolean
regrant(Ctx *ctx, gint64 staff_id, GError **error)
{
    g_autoptr(GArray) ids = pending_ids(ctx, staff_id, error);

    if (!ids)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) task =
            record_get(ctx, "approval_task", g_array_index(ids, gint64, i), NULL, error);
        if (!task)
            return FALSE;
        if (!record_is(task, "state", "open"))
            continue;
        g_autoptr(Record) approval =
            record_get(ctx, "approval", record_int(task, "approval_id"), NULL, error);
        if (!approval || !approval_task_grant(ctx, approval, task, error))
            return FALSE;
    }
    return TRUE;
}

/* Delegations that begin today or ended yesterday move the read rights of their givers' tasks. */
static gboolean
follow_delegations(Ctx *ctx, GError **error)
{
    g_autoptr(GArray) givers = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.givers_turning", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_day(stmt, "yesterday", ctx->today - 1);
    if (!collect(stmt, givers, error))
        return FALSE;
    for (guint i = 0; i < givers->len; i++) {
        if (!regrant(ctx, g_array_index(givers, gint64, i), error))
            return FALSE;
    }
    return TRUE;
}

gboolean
approval_remind(Ctx *ctx, GError **error)
{
    g_autoptr(GArray) ids = overdue_ids(ctx, error);

    if (!ids)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        if (!remind_one(ctx, g_array_index(ids, gint64, i), error))
            return FALSE;
    }
    return follow_delegations(ctx, error);
}

gboolean
approval_delegation_changed(Ctx *ctx, gint64 from_staff_id, GError **error)
{
    return regrant(ctx, from_staff_id, error);
}

gboolean
approval_staff_left(Ctx *ctx, gint64 staff_id, GError **error)
{
    g_autoptr(GArray) ids = pending_ids(ctx, staff_id, error);

    if (!ids)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) task =
            record_get(ctx, "approval_task", g_array_index(ids, gint64, i), NULL, error);
        g_autoptr(Record) approval =
            task ? record_get(ctx, "approval", record_int(task, "approval_id"), NULL, error) : NULL;
        if (!approval)
            return FALSE;
        gboolean current = record_int(task, "seq") == record_int(approval, "current_seq");
        if (!approval_replace_left(ctx, approval, task, error)
            || (current && !approval_settle(ctx, approval, error)))
            return FALSE;
    }
    return TRUE;
}
