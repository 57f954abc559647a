/* approval_entity.c - the tables: flow, flow_step, approval, approval_task. */
#include "domain/approval/approval_internal.h"

#include <string.h>

static const EnumItem approver_items[] = {
    { "role", "角色", "Role", TONE_BLUE },
    { "roles", "多个角色", "Several roles", TONE_BLUE },
    { "post", "岗位", "Post", TONE_BLUE },
    { "staff", "指定人员", "Named person", TONE_VIOLET },
    { "manager", "直属上级", "Reporting line", TONE_GREEN },
    { NULL, NULL, NULL, TONE_GRAY },
};

static const EnumItem mode_items[] = {
    { "all", "会签（全部同意）", "All must agree", TONE_BLUE },
    { "any", "或签（一人同意）", "Any one agrees", TONE_GREEN },
    { "each", "并行会签（每个角色一人）", "One of each role", TONE_BLUE },
    { "ordered", "依次审批", "One after another", TONE_VIOLET },
    { NULL, NULL, NULL, TONE_GRAY },
};

static const EnumItem state_items[] = {
    { "running", "审批中", "Running", TONE_BLUE },
    { "agreed", "已同意", "Agreed", TONE_GREEN },
    { "rejected", "已拒绝", "Rejected", TONE_RED },
    { "returned", "已退回", "Returned", TONE_AMBER },
    { "withdrawn", "已撤回", "Withdrawn", TONE_GRAY },
    { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, TONE_GRAY },
};

static const EnumItem task_state_items[] = {
    { "waiting", "等待", "Waiting", TONE_GRAY },
    { "open", "待审批", "Open", TONE_BLUE },
    { "done", "已处理", "Done", TONE_GREEN },
    { "cancelled", "已取消", "Cancelled", TONE_GRAY },
    { NULL, NULL, NULL, TONE_GRAY },
};

static const EnumItem decision_items[] = {
    { "agree", "同意", "Agree", TONE_GREEN },
    { "reject", "拒绝", "Reject", TONE_RED },
    { "return", "退回", "Return", TONE_AMBER },
    { "delegate", "转办", "Hand over", TONE_BLUE },
    { "add_sign", "加签", "Add a signer", TONE_VIOLET },
    { "withdraw", "撤回", "Withdraw", TONE_GRAY },
    { NULL, NULL, NULL, TONE_GRAY },
};

static const EnumItem note_items[] = {
    { "moved_up", "原审批人回避或空缺，由上级审批", "Moved up the reporting line", TONE_AMBER },
    { "repeat", "与上一步同一人，自动通过", "Same person as in the step before", TONE_GRAY },
    { "delegated", "转办", "Handed over by a colleague", TONE_BLUE },
    { "added", "加签", "Added by a colleague", TONE_VIOLET },
    { "resumed", "加签后继续", "Goes on after the added signer", TONE_GRAY },
    { "left", "原审批人离岗，已转交", "The former approver left", TONE_AMBER },
    { NULL, NULL, NULL, TONE_GRAY },
};

/* clang-format off */
static const FieldDef flow_fields[] = {
    F_TEXT("code", 40, "编码", "Code", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Short name that stays; letters, digits, _."),
    F_TEXT("name", 80, "名称", "Name", .flags = FF_REQUIRED | FF_SEARCH, .doc = "What people call this flow."),
    F_TEXT("name_en", 120, "英文名称", "English name", .doc = "Shown where the page is in English."),
    F_TEXT("subject_entity", 40, "适用单据", "Subject", .flags = FF_REQUIRED | FF_FILTER, .doc = "Entity that this flow approves, e.g. lease."),
    F_JSON("condition", "适用条件", "Condition", .doc = "{\"field\":\"total\",\"gte\":\"100000.00\"}; all, any and not combine; empty always fits."),
    F_INT("priority", 0, 999, "优先级", "Priority", .preset = "100", .doc = "Where several flows fit, the highest is taken."),
    F_INT("revision", 0, 0, "版本号", "Revision", .flags = FF_READONLY, .preset = "1", .doc = "Counts changes of the flow and its steps; a running approval keeps the one it began with."),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Only active flows start new approvals."),
    F_LONGTEXT("remark", 500, "说明", "Remark", .doc = "Which rule of the house this follows."),
};

static const FieldDef flow_step_fields[] = {
    F_REF("flow_id", "flow", "审批流程", "Flow", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "The flow this step belongs to."),
    F_INT("seq", 1, 99, "顺序", "Order", .flags = FF_REQUIRED, .doc = "Steps run in this order."),
    F_TEXT("name", 80, "步骤", "Step", .flags = FF_REQUIRED, .doc = "What this step judges."),
    F_TEXT("name_en", 120, "英文名称", "English name", .doc = "Shown where the page is in English."),
    F_ENUM("approver", approver_items, "审批人类型", "Approver", .flags = FF_REQUIRED, .doc = "How the people of this step are found."),
    F_REF("role_id", "role", "角色", "Role", .doc = "For approver = role: everybody who holds it in this property."),
    F_TEXT("roles", 200, "多个角色", "Roles", .doc = "For approver = roles: codes separated by blanks, asked side by side."),
    F_REF("post_id", "post", "岗位", "Post", .doc = "For approver = post: everybody who holds it."),
    F_REF("staff_id", "staff", "人员", "Person", .doc = "For approver = staff."),
    F_ENUM("mode", mode_items, "方式", "Mode", .flags = FF_REQUIRED, .preset = "any", .doc = "Whether all, any one, one of each role, or one after another decide."),
    F_JSON("condition", "条件", "Condition", .doc = "The step is left out where this does not fit; empty always fits."),
    F_INT("deadline_hours", 0, 2160, "时限（小时）", "Deadline (hours)", .doc = "Reminders begin when this has passed; empty: none."),
};

static const FieldDef approval_fields[] = {
    F_TEXT("no", 40, "审批编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT, .doc = "Gap-free number of the year."),
    F_REF("flow_id", "flow", "审批流程", "Flow", .flags = FF_READONLY | FF_REQUIRED | FF_FILTER, .doc = "The flow that was taken."),
    F_INT("flow_revision", 0, 0, "流程版本", "Flow revision", .flags = FF_READONLY, .doc = "Revision of the flow at the start."),
    F_TEXT("subject_entity", 40, "单据类型", "Subject", .flags = FF_READONLY | FF_REQUIRED | FF_FILTER, .doc = "Entity of the record that is judged."),
    F_INT("subject_id", 0, 0, "单据", "Subject id", .flags = FF_READONLY | FF_REQUIRED, .doc = "Id of the record that is judged."),
    F_INT("subject_version", 0, 0, "单据版本", "Subject version", .flags = FF_READONLY, .doc = "Version of the record when it was submitted."),
    F_TEXT("subject_label", 200, "单据名称", "Subject name", .flags = FF_READONLY | FF_SEARCH, .doc = "The record's name when it was submitted."),
    F_INT("round", 1, 0, "提交次数", "Round", .flags = FF_READONLY | FF_REQUIRED, .preset = "1", .doc = "1 for the first submission, one more for each after a return."),
    F_JSON("snapshot", "提交内容", "Snapshot", .flags = FF_READONLY, .doc = "Exactly what is judged."),
    F_JSON("steps", "审批步骤", "Steps", .flags = FF_READONLY, .doc = "The flow's steps as frozen at the start, with notes on people who were skipped."),
    F_ENUM("state", state_items, "状态", "State", .flags = FF_READONLY | FF_REQUIRED | FF_FILTER, .preset = "running", .doc = "Where the approval stands."),
    F_INT("current_seq", 0, 0, "当前步骤", "Current step", .flags = FF_READONLY, .doc = "Number of the step that is open."),
    F_REF("drafter_id", "staff", "发起人", "Drafter", .flags = FF_READONLY | FF_REQUIRED | FF_FILTER, .doc = "Who asks; never decides on this approval."),
    F_INSTANT("started_at", "发起时间", "Started", .flags = FF_READONLY | FF_REQUIRED | FF_SORT, .doc = "When it was submitted."),
    F_INSTANT("ended_at", "结束时间", "Ended", .flags = FF_READONLY, .doc = "When it was decided, withdrawn or voided."),
};

static const FieldDef approval_task_fields[] = {
    F_REF("approval_id", "approval", "审批", "Approval", .flags = FF_READONLY | FF_REQUIRED | FF_FILTER, .doc = "The approval it belongs to."),
    F_INT("seq", 1, 0, "步骤", "Step", .flags = FF_READONLY | FF_REQUIRED, .doc = "Number of the step."),
    F_INT("place", 0, 0, "次序", "Place", .flags = FF_READONLY | FF_REQUIRED, .preset = "0", .doc = "Order inside a step where people decide one after another."),
    F_REF("staff_id", "staff", "审批人", "Approver", .flags = FF_READONLY | FF_REQUIRED | FF_FILTER, .doc = "Who is to decide; once decided, who did."),
    F_REF("on_behalf_of_id", "staff", "代", "On behalf of", .flags = FF_READONLY, .doc = "Whose power was used."),
    F_ENUM("state", task_state_items, "状态", "State", .flags = FF_READONLY | FF_REQUIRED | FF_FILTER, .preset = "waiting", .doc = "Waiting, open, done or cancelled."),
    F_ENUM("decision", decision_items, "决定", "Decision", .flags = FF_READONLY, .doc = "What was decided."),
    F_LONGTEXT("opinion", 2000, "意见", "Opinion", .flags = FF_READONLY, .doc = "What was said."),
    F_ENUM("note", note_items, "备注", "Note", .flags = FF_READONLY, .doc = "Why this task is here, where it is not plainly the flow's."),
    F_INSTANT("opened_at", "开始时间", "Opened", .flags = FF_READONLY, .doc = "When it became this person's turn."),
    F_INSTANT("due_at", "截止时间", "Due", .flags = FF_READONLY, .doc = "By when it should be decided."),
    F_INSTANT("decided_at", "决定时间", "Decided", .flags = FF_READONLY, .doc = "When it was decided."),
    F_INSTANT("reminded_at", "提醒时间", "Reminded", .flags = FF_READONLY, .doc = "Last reminder."),
    F_REF("added_by_id", "staff", "来自", "Added by", .flags = FF_READONLY, .doc = "Who handed over or added this signer."),
    F_REF("waits_for_id", "approval_task", "等待任务", "Waits for", .flags = FF_READONLY, .doc = "The added signer's task that must be agreed first."),
};
/* clang-format on */

static const char *const flow_uniques[] = { "code", NULL };
static const char *const flow_indexes[] = { "subject_entity active", NULL };
static const FieldGroup flow_form[] = {
    { "流程", "Flow", "code name name_en subject_entity priority active" },
    { "条件与说明", "Condition and remark", "condition remark" },
    { NULL, NULL, NULL },
};

static const EntityDef flow_def = {
    .name = "flow",
    .zh = "审批流程",
    .en = "Approval flow",
    .doc = "Who must say yes to what, under which condition.",
    .fields = flow_fields,
    .n_fields = G_N_ELEMENTS(flow_fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = flow_uniques,
    .indexes = flow_indexes,
    .list_columns = "code name subject_entity priority revision active",
    .list_filters = "subject_entity active",
    .list_sort = "-id",
    .mobile_lines = "name subject_entity",
    .form = flow_form,
    .flags = EF_NO_IMPORT,
};

static const char *const flow_step_uniques[] = { "flow_id seq", NULL };

static const EntityDef flow_step_def = {
    .name = "flow_step",
    .zh = "审批步骤",
    .en = "Approval step",
    .doc = "One step of a flow: whose turn, how they decide, by when.",
    .fields = flow_step_fields,
    .n_fields = G_N_ELEMENTS(flow_step_fields),
    .title = "name",
    .title_en = "name_en",
    .uniques = flow_step_uniques,
    .scope = { .parent = "flow_id" },
    .list_columns = "flow_id seq name approver role_id post_id staff_id mode deadline_hours",
    .list_filters = "flow_id",
    .mobile_lines = "name approver",
    .flags = EF_NO_IMPORT | EF_DELETABLE,
};

static const char *const approval_indexes[] = { "subject_entity subject_id state",
                                                "state started_at", "drafter_id -started_at",
                                                NULL };

static const EntityDef approval_def = {
    .name = "approval",
    .zh = "审批",
    .en = "Approval",
    .doc = "One run of a flow over one version of one record.",
    .fields = approval_fields,
    .n_fields = G_N_ELEMENTS(approval_fields),
    .title = "subject_label",
    .subtitle = "no",
    .indexes = approval_indexes,
    .number_field = "no",
    .number_pattern = "SP-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "drafter_id" },
    .list_columns = "no subject_entity subject_label flow_id round state current_seq drafter_id "
                    "started_at ended_at",
    .list_filters = "state subject_entity flow_id drafter_id",
    .list_sort = "-started_at",
    .mobile_lines = "subject_label no state started_at",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const char *const approval_task_indexes[] = { "approval_id seq place",
                                                     "staff_id state due_at", "state due_at",
                                                     NULL };

static const EntityDef approval_task_def = {
    .name = "approval_task",
    .zh = "审批任务",
    .en = "Approval task",
    .doc = "One person's turn in an approval.",
    .fields = approval_task_fields,
    .n_fields = G_N_ELEMENTS(approval_task_fields),
    .title = "staff_id",
    .indexes = approval_task_indexes,
    .scope = { .parent = "approval_id" },
    .list_columns = "approval_id seq staff_id on_behalf_of_id state decision opinion opened_at "
                    "due_at decided_at",
    .list_filters = "approval_id staff_id state",
    .mobile_lines = "staff_id state decision",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static gboolean
check_subject(Ctx *ctx, const Record *rec, GError **error)
{
    const char *entity = record_text(rec, "subject_entity");

    if (!entity || registry_find(ctx->registry, entity))
        return TRUE;
    return app_error_field(error, "subject_entity", "unknown", "没有这种单据", "is not an entity");
}

static gboolean
flow_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean ok = check_subject(ctx, rec, error);

    ok = approval_condition_check(record_text(rec, "condition"), "condition", error) && ok;
    if (old && ok
        && (g_strcmp0(record_text(rec, "condition"), record_text(old, "condition")) != 0
            || !record_is(rec, "subject_entity", record_text(old, "subject_entity")))
        && record_int(rec, "revision") == record_int(old, "revision"))
        record_set_int(rec, "revision", record_int(old, "revision") + 1);
    return ok;
}

static gboolean
need(const Record *rec, const char *kind, const char *field, GError **error)
{
    if (!record_is(rec, "approver", kind) || !record_is_null(rec, field))
        return TRUE;
    return app_error_field(error, field, "required", "请选择", "choose one");
}

static gboolean
flow_step_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) ctx;
    (void) old;
    gboolean ok = need(rec, "role", "role_id", error);

    ok = need(rec, "roles", "roles", error) && ok;
    ok = need(rec, "post", "post_id", error) && ok;
    ok = need(rec, "staff", "staff_id", error) && ok;
    return approval_condition_check(record_text(rec, "condition"), "condition", error) && ok;
}

/* A changed step is a new revision of its flow, so that the trail tells which one was followed. */
static gboolean
flow_step_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    g_autoptr(Record) flow = record_get(ctx, "flow", record_int(rec, "flow_id"), NULL, error);

    if (!flow)
        return FALSE;
    record_set_int(flow, "revision", record_int(flow, "revision") + 1);
    return record_save(ctx, flow, error);
}

const EntityModule flow_module = { .def = &flow_def, .validate = flow_validate };
const EntityModule flow_step_module = { .def = &flow_step_def,
                                        .validate = flow_step_validate,
                                        .after_save = flow_step_after_save };
const EntityModule approval_module = { .def = &approval_def };
const EntityModule approval_task_module = { .def = &approval_task_def };
