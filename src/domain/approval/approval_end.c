/* approval_end.c - how an approval ends: its tasks, the drafter's news, the subject's callback. */
#include "domain/approval/approval_internal.h"

#include <string.h>

static const struct {
    const char *state, *zh, *en;
} endings[] = {
    { "agreed", "审批通过", "approved" },
    { "rejected", "审批被拒绝", "rejected" },
    { "returned", "审批被退回", "returned" },
    { "withdrawn", "审批已撤回", "withdrawn" },
    { "void", "内容有改动，审批已作废", "changed, so its approval is void" },
};

static gboolean
tell(Ctx *ctx, const Record *approval, gint64 staff_id, const char *opinion, GError **error)
{
    const char *label = record_text(approval, "subject_label");
    guint i = 0;

    while (i + 1 < G_N_ELEMENTS(endings) && !record_is(approval, "state", endings[i].state))
        i++;
    g_autofree char *zh = g_strdup_printf("%s：%s%s%s", label ? label : "", endings[i].zh,
                                          opinion ? "，意见：" : "", opinion ? opinion : "");
    g_autofree char *en = g_strdup_printf("%s: %s%s%s", label ? label : "", endings[i].en,
                                          opinion ? ", opinion: " : "", opinion ? opinion : "");
    g_autofree char *kind = g_strdup_printf("approval.%s", endings[i].state);
    return notify(ctx, staff_id, kind, "approval", approval->id, zh, en, error);
}

/* Cancels what is left; those whose turn it was hear of it where the drafter's side ended it. */
static gboolean
cancel_rest(Ctx *ctx, const Record *approval, GError **error)
{
    gboolean news =
        record_is(approval, "state", "withdrawn") || record_is(approval, "state", "void");
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, 0, error);

    if (!tasks)
        return FALSE;
    for (guint i = 0; i < tasks->len; i++) {
        Record *task = tasks->pdata[i];
        gboolean open = record_is(task, "state", "open");
        if (!open && !record_is(task, "state", "waiting"))
            continue;
        if (!approval_task_end(ctx, task, NULL, NULL, error))
            return FALSE;
        if (open && news && !tell(ctx, approval, record_int(task, "staff_id"), NULL, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
call_back(Ctx *ctx, const Record *approval, GError **error)
{
    const char *entity = record_text(approval, "subject_entity");
    const char *state = record_text(approval, "state");
    const ApprovalSubject *kind = approval_subject_find(ctx, entity);
    gboolean (*fn)(Ctx *, Record *, gint64, GError **) = NULL;

    if (!kind)
        return TRUE;
    if (strcmp(state, "agreed") == 0)
        fn = kind->on_agreed;
    else if (strcmp(state, "returned") == 0)
        fn = kind->on_returned;
    else if (strcmp(state, "rejected") == 0)
        fn = kind->on_rejected;
    else if (strcmp(state, "withdrawn") == 0)
        fn = kind->on_withdrawn;
    else
        fn = kind->on_void;
    if (!fn)
        return TRUE;
    g_autoptr(Record) subject =
        record_get(ctx, entity, record_int(approval, "subject_id"), NULL, error);
    return subject && fn(ctx, subject, approval->id, error);
}

gboolean
approval_end(Ctx *ctx, Record *approval, const char *state, const char *opinion, GError **error)
{
    gint64 drafter_id = record_int(approval, "drafter_id");

    record_set_text(approval, "state", state);
    record_set_int(approval, "ended_at", ctx->now_us);
    if (!record_save_as(ctx, approval, state, error) || !cancel_rest(ctx, approval, error))
        return FALSE;
    if (drafter_id != ctx->staff_id && !tell(ctx, approval, drafter_id, opinion, error))
        return FALSE;
    return call_back(ctx, approval, error);
}
