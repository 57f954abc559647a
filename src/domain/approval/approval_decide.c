/* approval_decide.c - a person decides: which task is theirs, what each decision does. */
#include "domain/approval/approval_internal.h"

#include "db/catalogue.h"

#include <string.h>

typedef enum { AGREE, REJECT, RETURN, DELEGATE, SIGN_BEFORE, SIGN_AFTER, WITHDRAW, UNKNOWN } Verb;

static const struct {
    const char *word, *decision;
    Verb verb;
} verbs[] = {
    { "agree", "agree", AGREE },
    { "reject", "reject", REJECT },
    { "return", "return", RETURN },
    { "delegate", "delegate", DELEGATE },
    { "add_sign", "add_sign", SIGN_BEFORE },
    { "add_sign_before", "add_sign", SIGN_BEFORE },
    { "add_sign_after", "add_sign", SIGN_AFTER },
    { "withdraw", "withdraw", WITHDRAW },
};

/* One decision on its way. */
typedef struct {
    Verb verb;
    const char *decision;
    const char *opinion;
    gint64 to_staff_id;
    Record *approval;
    GPtrArray *mine; /* open tasks that this person decides */
} Decision;

static gboolean
refuse_closed(GError **error)
{
    return app_error_set(error, APP_ERROR_CONFLICT, "approval.closed",
                         "此审批已处理或尚未轮到您，请刷新",
                         "this is decided already, or it is not your turn yet; reload");
}

static gboolean
refuse_own(GError **error)
{
    return app_error_set(error, APP_ERROR_FORBIDDEN, "approval.own", "不能审批自己发起的申请",
                         "nobody decides on their own request");
}

/* Whose power to approve the person of @ctx holds today. */
static gboolean
givers_of(Ctx *ctx, StaffList *givers, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.may_decide_for", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    db_bind_day(stmt, "today", ctx->today);
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (row)
            staff_list_add(givers, db_int(stmt, 0));
    } while (row);
    return TRUE;
}

gboolean
approval_my_tasks(Ctx *ctx, const Record *approval, GPtrArray *mine, GError **error)
{
    g_autoptr(StaffList) givers = staff_list_new();
    g_autoptr(GPtrArray) tasks =
        approval_tasks(ctx, approval->id, record_int(approval, "current_seq"), error);

    if (!tasks)
        return FALSE;
    if (!ctx->staff_id || !record_is(approval, "state", "running")
        || record_int(approval, "drafter_id") == ctx->staff_id)
        return TRUE;
    if (!givers_of(ctx, givers, error))
        return FALSE;
    for (guint pass = 0; pass < 2; pass++) { /* own ones first */
        for (guint i = 0; i < tasks->len; i++) {
            const Record *task = tasks->pdata[i];
            gint64 staff_id = record_int(task, "staff_id");
            gboolean own = staff_id == ctx->staff_id;
            if (record_is(task, "state", "open") && own == (pass == 0)
                && (own || staff_list_has(givers, staff_id)))
                g_ptr_array_add(mine, record_copy(task));
        }
    }
    return TRUE;
}

/* Why nothing is mine: it was, and is over; or it never was. */
static gboolean
refuse_nothing(Ctx *ctx, const Record *approval, GError **error)
{
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, 0, error);

    if (!tasks)
        return FALSE;
    for (guint i = 0; i < tasks->len; i++) {
        if (record_int(tasks->pdata[i], "staff_id") == ctx->staff_id
            || record_int(tasks->pdata[i], "on_behalf_of_id") == ctx->staff_id)
            return refuse_closed(error);
    }
    return app_error_set(error, APP_ERROR_FORBIDDEN, "approval.forbidden", "您不是此审批的审批人",
                         "you are not an approver of this");
}

/* From here on the decision uses the power of the task's person, and history says so. */
static void
act_for(Ctx *ctx, Record *task)
{
    gint64 owner_id = record_int(task, "staff_id");

    ctx->on_behalf_of = owner_id == ctx->staff_id ? 0 : owner_id;
    if (ctx->on_behalf_of) {
        record_set_id(task, "on_behalf_of_id", owner_id);
        record_set_id(task, "staff_id", ctx->staff_id);
    }
}

/* One click agrees to all that waits for this person in the step, so that a second click finds it closed. */
static gboolean
agree(Ctx *ctx, Decision *d, GError **error)
{
    gint64 seq = record_int(d->approval, "current_seq");

    for (guint i = 0; i < d->mine->len; i++) {
        act_for(ctx, d->mine->pdata[i]);
        if (!approval_task_end(ctx, d->mine->pdata[i], d->decision, d->opinion, error))
            return FALSE;
    }
    for (guint i = 0; i < d->mine->len; i++) {
        if (!record_is(d->approval, "state", "running")
            || record_int(d->approval, "current_seq") != seq)
            break;
        if (!approval_move_on(ctx, d->approval, d->mine->pdata[i], error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
stop(Ctx *ctx, Decision *d, GError **error)
{
    Record *task = d->mine->pdata[0];

    act_for(ctx, task);
    return approval_task_end(ctx, task, d->decision, d->opinion, error)
           && approval_end(ctx, d->approval, d->verb == REJECT ? "rejected" : "returned",
                           d->opinion, error);
}

static gboolean
check_other(Ctx *ctx, const Decision *d, GError **error)
{
    gboolean active = FALSE;
    g_autoptr(GPtrArray) tasks =
        approval_tasks(ctx, d->approval->id, record_int(d->approval, "current_seq"), error);

    if (!tasks || !approval_staff_is_active(ctx, d->to_staff_id, &active, error))
        return FALSE;
    if (!active)
        return app_error_field(error, "to_staff_id", "missing", "请选择一位在职人员",
                               "choose an active person");
    if (d->to_staff_id == ctx->staff_id)
        return app_error_field(error, "to_staff_id", "self", "不能选自己", "must be somebody else");
    if (d->to_staff_id == record_int(d->approval, "drafter_id"))
        return app_error_field(error, "to_staff_id", "drafter", "不能选发起人，发起人须回避",
                               "must not be the drafter");
    for (guint i = 0; i < tasks->len; i++) {
        const Record *task = tasks->pdata[i];
        if (record_int(task, "staff_id") == d->to_staff_id
            && (record_is(task, "state", "open") || record_is(task, "state", "waiting")))
            return app_error_field(error, "to_staff_id", "already", "此人已是本步骤的审批人",
                                   "is an approver of this step already");
    }
    return TRUE;
}

/* A task at the place of @from for @staff_id, saved waiting. transfer full. */
static Record *
add_task(Ctx *ctx, const Record *from, gint64 staff_id, const char *note, gint64 waits_for_id,
         GError **error)
{
    g_autoptr(Record) task =
        approval_task_new(ctx, record_int(from, "approval_id"), record_int(from, "seq"),
                          record_int(from, "place"), staff_id);

    record_set_text(task, "note", note);
    record_set_id(task, "added_by_id", ctx->staff_id);
    record_set_id(task, "waits_for_id", waits_for_id);
    return record_save(ctx, task, error) ? g_steal_pointer(&task) : NULL;
}

static gboolean
delegate(Ctx *ctx, Decision *d, GError **error)
{
    Record *task = d->mine->pdata[0];

    act_for(ctx, task);
    if (!approval_task_end(ctx, task, d->decision, d->opinion, error))
        return FALSE;
    g_autoptr(Record) next = add_task(ctx, task, d->to_staff_id, "delegated", 0, error);
    if (!next || !approval_repoint(ctx, task, next, error))
        return FALSE;
    if (!record_is_null(task, "due_at")) /* handing over gains no time */
        record_set_int(next, "due_at", record_int(task, "due_at"));
    return approval_task_open(ctx, d->approval, next, error);
}

/* The added signer decides first; then it is this person's turn again. */
static gboolean
sign_before(Ctx *ctx, Decision *d, GError **error)
{
    Record *task = d->mine->pdata[0];
    gint64 owner_id = record_int(task, "staff_id");

    act_for(ctx, task);
    if (!approval_task_end(ctx, task, d->decision, d->opinion, error))
        return FALSE;
    g_autoptr(Record) added = add_task(ctx, task, d->to_staff_id, "added", 0, error);
    g_autoptr(Record) again =
        added ? add_task(ctx, task, owner_id, "resumed", added->id, error) : NULL;
    return again && approval_repoint(ctx, task, again, error)
           && approval_task_open(ctx, d->approval, added, error);
}

/* This person agrees, and the added signer must agree too before the step is over. */
static gboolean
sign_after(Ctx *ctx, Decision *d, GError **error)
{
    gboolean any = FALSE;
    Record *task = d->mine->pdata[0];
    json_t *plan = approval_plan(d->approval);
    const json_t *step = approval_plan_step(plan, record_int(d->approval, "current_seq"));

    any = g_strcmp0(json_string_value(json_object_get(step, "mode")), "any") == 0;
    json_decref(plan);
    act_for(ctx, task);
    if (!approval_task_end(ctx, task, d->decision, d->opinion, error))
        return FALSE;
    g_autoptr(Record) added = add_task(ctx, task, d->to_staff_id, "added", 0, error);
    if (!added || !approval_repoint(ctx, task, added, error))
        return FALSE;
    if (any && !approval_cancel_others(ctx, d->approval, added->id, error))
        return FALSE;
    return approval_task_open(ctx, d->approval, added, error);
}

static gboolean
withdraw(Ctx *ctx, Decision *d, GError **error)
{
    if (record_int(d->approval, "drafter_id") != ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "approval.forbidden", "只有发起人可以撤回",
                             "only the drafter may withdraw");
    return approval_end(ctx, d->approval, "withdrawn", d->opinion, error);
}

static gboolean
carry_out(Ctx *ctx, Decision *d, GError **error)
{
    switch (d->verb) {
    case AGREE:
        return agree(ctx, d, error);
    case REJECT:
    case RETURN:
        return stop(ctx, d, error);
    case DELEGATE:
        return check_other(ctx, d, error) && delegate(ctx, d, error);
    case SIGN_BEFORE:
        return check_other(ctx, d, error) && sign_before(ctx, d, error);
    case SIGN_AFTER:
        return check_other(ctx, d, error) && sign_after(ctx, d, error);
    case WITHDRAW:
    case UNKNOWN:
        break;
    }
    return FALSE;
}

static gboolean
read_verb(const char *decision, Decision *d, GError **error)
{
    d->verb = UNKNOWN;
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (g_strcmp0(verbs[i].word, decision) == 0) {
            d->verb = verbs[i].verb;
            d->decision = verbs[i].decision;
        }
    }
    if (d->verb == UNKNOWN)
        return app_error_field(error, "decision", "option", "不是可选的审批决定",
                               "is not a decision");
    if ((d->verb == REJECT || d->verb == RETURN) && !d->opinion)
        return app_error_field(error, "opinion", "required", "拒绝或退回须填写意见",
                               "is required to reject or return");
    if ((d->verb == DELEGATE || d->verb == SIGN_BEFORE || d->verb == SIGN_AFTER) && !d->to_staff_id)
        return app_error_field(error, "to_staff_id", "required", "请选择人员", "choose a person");
    return TRUE;
}

/* Decisions on one approval follow each other on PostgreSQL too; SQLite has one writer anyway. */
static gboolean
lock(Ctx *ctx, gint64 approval_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.lock", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", approval_id);
    return db_step(stmt, &row, error);
}

static gboolean
decide(Ctx *ctx, Decision *d, GError **error)
{
    if (!record_is(d->approval, "state", "running"))
        return refuse_closed(error);
    if (d->verb == WITHDRAW)
        return withdraw(ctx, d, error);
    if (record_int(d->approval, "drafter_id") == ctx->staff_id)
        return refuse_own(error);
    if (!approval_my_tasks(ctx, d->approval, d->mine, error))
        return FALSE;
    if (d->mine->len == 0)
        return refuse_nothing(ctx, d->approval, error);
    return carry_out(ctx, d, error);
}

gboolean
approval_decide(Ctx *ctx, gint64 approval_id, const char *decision, const char *opinion,
                gint64 to_staff_id, GError **error)
{
    g_autofree char *said = opinion ? g_strstrip(g_strdup(opinion)) : NULL;
    g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);
    Decision d = { .opinion = said && *said ? said : NULL,
                   .to_staff_id = to_staff_id,
                   .mine = mine };
    gint64 behalf = ctx->on_behalf_of;

    if (!read_verb(decision, &d, error) || !lock(ctx, approval_id, error))
        return FALSE;
    g_autoptr(Record) approval = record_get(ctx, "approval", approval_id, NULL, error);
    if (!approval)
        return FALSE;
    d.approval = approval;
    gboolean ok = decide(ctx, &d, error);
    ctx->on_behalf_of = behalf;
    return ok;
}
