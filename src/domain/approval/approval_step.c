/* approval_step.c - how an approval runs: a step opens, its tasks end, the next one opens, all ends. */
#include "domain/approval/approval_internal.h"

#include <string.h>

static gboolean
is_pending(const Record *task)
{
    return record_is(task, "state", "open") || record_is(task, "state", "waiting");
}

/* Mode of a frozen step; FALSE if there is no such step. */
static gboolean
step_mode_is(const Record *approval, gint64 seq, const char *mode, gboolean *exists)
{
    json_t *plan = approval_plan(approval);
    const json_t *step = approval_plan_step(plan, seq);
    gboolean is = g_strcmp0(json_string_value(json_object_get(step, "mode")), mode) == 0;

    *exists = step != NULL;
    json_decref(plan);
    return is;
}

gboolean
approval_repoint(Ctx *ctx, const Record *from, const Record *to, GError **error)
{
    g_autoptr(GPtrArray) tasks =
        approval_tasks(ctx, record_int(from, "approval_id"), record_int(from, "seq"), error);

    if (!tasks)
        return FALSE;
    for (guint i = 0; i < tasks->len; i++) {
        Record *task = tasks->pdata[i];
        if (record_int(task, "waits_for_id") != from->id || !record_is(task, "state", "waiting")
            || task->id == to->id)
            continue;
        record_set_id(task, "waits_for_id", to->id);
        if (!record_save(ctx, task, error))
            return FALSE;
    }
    return TRUE;
}

/* The others in the seat of @agreed need not decide any more. */
static gboolean
cancel_seat(Ctx *ctx, const GPtrArray *tasks, const Record *agreed, GError **error)
{
    for (guint i = 0; i < tasks->len; i++) {
        Record *task = tasks->pdata[i];
        if (task->id != agreed->id && is_pending(task) && record_int(task, "place") == record_int(agreed, "place")
            && !approval_task_end(ctx, task, NULL, NULL, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
approval_cancel_others(Ctx *ctx, const Record *approval, gint64 except_id, GError **error)
{
    g_autoptr(GPtrArray) tasks =
        approval_tasks(ctx, approval->id, record_int(approval, "current_seq"), error);

    if (!tasks)
        return FALSE;
    for (guint i = 0; i < tasks->len; i++) {
        Record *task = tasks->pdata[i];
        if (task->id != except_id && is_pending(task)
            && !approval_task_end(ctx, task, NULL, NULL, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
has_pending(const GPtrArray *tasks, gint64 staff_id)
{
    for (guint i = 0; i < tasks->len; i++) {
        if (is_pending(tasks->pdata[i]) && record_int(tasks->pdata[i], "staff_id") == staff_id)
            return TRUE;
    }
    return FALSE;
}

/* Somebody above the person who left, or instead of the drafter; 0 if there is nobody. */
static gboolean
find_successor(Ctx *ctx, const Record *approval, gint64 left_id, gint64 *staff_id, GError **error)
{
    g_autoptr(StaffList) people = staff_list_new();
    gint64 drafter_id = record_int(approval, "drafter_id");

    *staff_id = 0;
    if (!approval_people_above(ctx, left_id, drafter_id, people, error)
        || (people->len == 0 && !approval_people_instead(ctx, drafter_id, people, error)))
        return FALSE;
    for (guint i = 0; i < people->len && !*staff_id; i++) {
        if (staff_list_at(people, i) != left_id)
            *staff_id = staff_list_at(people, i);
    }
    return TRUE;
}

gboolean
approval_replace_left(Ctx *ctx, const Record *approval, Record *task, GError **error)
{
    gint64 staff_id = 0;
    gboolean open = record_is(task, "state", "open");
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, record_int(task, "seq"), error);

    if (!tasks || !find_successor(ctx, approval, record_int(task, "staff_id"), &staff_id, error))
        return FALSE;
    if (!staff_id)
        return TRUE; /* stays where it is: the administrator sees it in the trail */
    if (!approval_task_end(ctx, task, NULL, NULL, error))
        return FALSE;
    if (has_pending(tasks, staff_id))
        return TRUE;
    g_autoptr(Record) next = approval_task_new(ctx, approval->id, record_int(task, "seq"),
                                               record_int(task, "place"), staff_id);
    record_set_text(next, "note", "left");
    record_set_id(next, "added_by_id", record_int(task, "staff_id"));
    record_set_id(next, "waits_for_id", record_int(task, "waits_for_id"));
    if (!record_save(ctx, next, error) || !approval_repoint(ctx, task, next, error))
        return FALSE;
    return !open || approval_task_open(ctx, approval, next, error);
}

/* People may have left between the submission and their turn. */
static gboolean
replace_inactive(Ctx *ctx, const Record *approval, gint64 seq, GError **error)
{
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, seq, error);

    if (!tasks)
        return FALSE;
    for (guint i = 0; i < tasks->len; i++) {
        gboolean active = TRUE;
        Record *task = tasks->pdata[i];
        if (!is_pending(task))
            continue;
        if (!approval_staff_is_active(ctx, record_int(task, "staff_id"), &active, error)
            || (!active && !approval_replace_left(ctx, approval, task, error)))
            return FALSE;
    }
    return TRUE;
}

static gboolean
agreed_before(const GPtrArray *before, gint64 staff_id)
{
    for (guint i = 0; i < before->len; i++) {
        const Record *task = before->pdata[i];
        if (record_is(task, "decision", "agree") && record_int(task, "staff_id") == staff_id
            && record_is_null(task, "on_behalf_of_id"))
            return TRUE;
    }
    return FALSE;
}

/* Who agreed in the step before is not asked again; the trail says so. */
static gboolean
skip_repeats(Ctx *ctx, const Record *approval, gint64 seq, gboolean *skipped, GError **error)
{
    g_autoptr(GPtrArray) before =
        seq > 1 ? approval_tasks(ctx, approval->id, seq - 1, error) : NULL;
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, seq, error);

    *skipped = FALSE;
    if (!tasks || (seq > 1 && !before))
        return FALSE;
    if (!before || setting_int(ctx, "approval.skip_repeat", 1) == 0)
        return TRUE;
    for (guint i = 0; i < tasks->len; i++) {
        Record *task = tasks->pdata[i];
        if (!is_pending(task) || !agreed_before(before, record_int(task, "staff_id")))
            continue;
        *skipped = TRUE;
        record_set_text(task, "note", "repeat");
        if (!approval_task_end(ctx, task, "agree", NULL, error))
            return FALSE;
    }
    return TRUE;
}

/* Whether a waiting task's turn has come: it waits for nobody, or for a task that is over. */
static gboolean
is_ready(const GPtrArray *tasks, const Record *task)
{
    gint64 waits_for = record_int(task, "waits_for_id");

    for (guint i = 0; i < tasks->len; i++) {
        const Record *other = tasks->pdata[i];
        if (other->id == waits_for && is_pending(other))
            return FALSE;
    }
    return TRUE;
}

/* Opens waiting tasks of the step: all of them, or the first one. *opened tells whether any is open now. */
static gboolean
open_waiting(Ctx *ctx, const Record *approval, gint64 seq, gboolean one, gboolean *opened,
             GError **error)
{
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, seq, error);

    *opened = FALSE;
    if (!tasks)
        return FALSE;
    for (guint i = 0; i < tasks->len && !(one && *opened); i++) {
        Record *task = tasks->pdata[i];
        if (record_is(task, "state", "open"))
            *opened = TRUE;
        if (!record_is(task, "state", "waiting") || !is_ready(tasks, task))
            continue;
        if (!approval_task_open(ctx, approval, task, error))
            return FALSE;
        *opened = TRUE;
    }
    return TRUE;
}

static gboolean
set_current(Ctx *ctx, Record *approval, gint64 seq, GError **error)
{
    if (record_int(approval, "current_seq") == seq)
        return TRUE;
    record_set_int(approval, "current_seq", seq);
    return record_save_as(ctx, approval, "next_step", error);
}

/* TRUE with *open if somebody's turn has come in step @seq; without it the step is over. */
static gboolean
enter_step(Ctx *ctx, Record *approval, gint64 seq, gboolean *open, GError **error)
{
    gboolean exists = FALSE, skipped = FALSE;
    gboolean ordered = step_mode_is(approval, seq, "ordered", &exists);
    gboolean any = step_mode_is(approval, seq, "any", &exists);

    *open = FALSE;
    if (!set_current(ctx, approval, seq, error) || !replace_inactive(ctx, approval, seq, error)
        || !skip_repeats(ctx, approval, seq, &skipped, error))
        return FALSE;
    if (any && skipped)
        return approval_cancel_others(ctx, approval, 0, error);
    return open_waiting(ctx, approval, seq, ordered, open, error);
}

gboolean
approval_open_step(Ctx *ctx, Record *approval, gint64 seq, GError **error)
{
    gboolean exists = TRUE, open = FALSE;

    for (; !open; seq++) {
        step_mode_is(approval, seq, "", &exists);
        if (!exists)
            return approval_end(ctx, approval, "agreed", NULL, error);
        if (!enter_step(ctx, approval, seq, &open, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
approval_settle(Ctx *ctx, Record *approval, GError **error)
{
    gint64 seq = record_int(approval, "current_seq");
    gboolean exists = FALSE, open = FALSE;
    gboolean ordered = step_mode_is(approval, seq, "ordered", &exists);

    if (!open_waiting(ctx, approval, seq, ordered, &open, error))
        return FALSE;
    return open || approval_open_step(ctx, approval, seq + 1, error);
}

static gboolean
somebody_waits_for(const GPtrArray *tasks, gint64 task_id)
{
    for (guint i = 0; i < tasks->len; i++) {
        const Record *task = tasks->pdata[i];
        if (record_is(task, "state", "waiting") && record_int(task, "waits_for_id") == task_id)
            return TRUE;
    }
    return FALSE;
}

gboolean
approval_move_on(Ctx *ctx, Record *approval, const Record *agreed, GError **error)
{
    gboolean exists = FALSE;
    gint64 seq = record_int(approval, "current_seq");
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, seq, error);

    if (!tasks)
        return FALSE;
    if (step_mode_is(approval, seq, "any", &exists) && !somebody_waits_for(tasks, agreed->id)
        && !approval_cancel_others(ctx, approval, 0, error))
        return FALSE;
    if (step_mode_is(approval, seq, "each", &exists) && !somebody_waits_for(tasks, agreed->id)
        && !cancel_seat(ctx, tasks, agreed, error))
        return FALSE;
    return approval_settle(ctx, approval, error);
}
