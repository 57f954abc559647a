/* approval_task.c - one person's turn: made, opened with its read right, ended with it. */
#include "domain/approval/approval_internal.h"

#include "db/catalogue.h"

#define HOUR_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

GPtrArray *
approval_tasks(Ctx *ctx, gint64 approval_id, gint64 seq, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);
    g_autoptr(StaffList) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.tasks", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "approval_id", approval_id);
    db_bind_int(stmt, "seq", seq);
    do {
        if (!db_step(stmt, &row, error))
            return NULL;
        gint64 id = row ? db_int(stmt, 0) : 0;
        if (row)
            g_array_append_val(ids, id);
    } while (row);
    for (guint i = 0; i < ids->len; i++) {
        Record *task = record_get(ctx, "approval_task", g_array_index(ids, gint64, i), NULL, error);
        if (!task)
            return NULL;
        g_ptr_array_add(tasks, task);
    }
    return g_steal_pointer(&tasks);
}

Record *
approval_task_new(Ctx *ctx, gint64 approval_id, gint64 seq, gint64 place, gint64 staff_id)
{
    Record *task = record_new(registry_def(ctx->registry, "approval_task"));

    record_set_id(task, "approval_id", approval_id);
    record_set_int(task, "seq", seq);
    record_set_int(task, "place", place);
    record_set_id(task, "staff_id", staff_id);
    record_set_text(task, "state", "waiting");
    return task;
}

static char *
why_of(const Record *task)
{
    return g_strdup_printf("approval:%" G_GINT64_FORMAT, task->id);
}

/* The subject is readable only while the task lives; so is the approval itself, which those who decided keep. */
static gboolean
grant_to(Ctx *ctx, const Record *approval, gint64 staff_id, const char *why, GError **error)
{
    return grant_give(ctx, record_text(approval, "subject_entity"),
                      record_int(approval, "subject_id"), staff_id, why, error)
           && grant_give(ctx, "approval", approval->id, staff_id, why, error);
}

gboolean
approval_task_grant(Ctx *ctx, const Record *approval, const Record *task, GError **error)
{
    g_autofree char *why = why_of(task);
    g_autoptr(StaffList) people = staff_list_new();

    staff_list_add(people, record_int(task, "staff_id"));
    if (!approval_delegates(ctx, record_int(task, "staff_id"), people, error)
        || !grant_end(ctx, why, error))
        return FALSE;
    for (guint i = 0; i < people->len; i++) {
        gint64 staff_id = staff_list_at(people, i);
        if (staff_id != record_int(approval, "drafter_id")
            && !grant_to(ctx, approval, staff_id, why, error))
            return FALSE;
    }
    return TRUE;
}

static gint64
deadline_hours(const Record *approval, gint64 seq)
{
    json_t *plan = approval_plan(approval);
    gint64 hours =
        json_integer_value(json_object_get(approval_plan_step(plan, seq), "deadline_hours"));

    json_decref(plan);
    return hours;
}

static gboolean
tell(Ctx *ctx, const Record *approval, gint64 staff_id, GError **error)
{
    const char *entity = record_text(approval, "subject_entity");
    const EntityModule *module = registry_find(ctx->registry, entity);
    const char *label = record_text(approval, "subject_label");
    g_autofree char *zh =
        g_strdup_printf("待您审批：%s %s", module ? module->def->zh : entity, label ? label : "");
    g_autofree char *en =
        g_strdup_printf("to approve: %s %s", module ? module->def->en : entity, label ? label : "");

    return notify(ctx, staff_id, "approval.task", "approval", approval->id, zh, en, error);
}

gboolean
approval_task_open(Ctx *ctx, const Record *approval, Record *task, GError **error)
{
    gint64 hours = deadline_hours(approval, record_int(task, "seq"));

    record_set_text(task, "state", "open");
    record_set_int(task, "opened_at", ctx->now_us);
    if (hours > 0 && record_is_null(task, "due_at"))
        record_set_int(task, "due_at", ctx->now_us + hours * HOUR_US);
    return record_save_as(ctx, task, "open", error)
           && approval_task_grant(ctx, approval, task, error)
           && tell(ctx, approval, record_int(task, "staff_id"), error);
}

gboolean
approval_task_end(Ctx *ctx, Record *task, const char *decision, const char *opinion, GError **error)
{
    g_autofree char *why = why_of(task);

    record_set_text(task, "state", decision ? "done" : "cancelled");
    if (decision) {
        record_set_text(task, "decision", decision);
        record_set_text(task, "opinion", opinion);
        record_set_int(task, "decided_at", ctx->now_us);
    }
    return record_save_as(ctx, task, decision ? decision : "cancel", error)
           && grant_end(ctx, why, error);
}
