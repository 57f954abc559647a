/* lease_change_entity.c - changes of a lease in force as a table, with their states: draft, approval, applied. */
#include "domain/lease/lease_change.h"

/* clang-format off */
static const EnumItem kinds[] = {
    { "amendment", "条款变更", "Amendment", TONE_BLUE },   { "area", "面积变更", "Area change", TONE_BLUE },
    { "renewal", "续租", "Renewal", TONE_GREEN },          { "transfer", "转让", "Transfer", TONE_VIOLET },
    { "termination", "提前终止", "Early termination", TONE_RED }, { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },      { "approving", "审批中", "In approval", TONE_BLUE },
    { "applied", "已生效", "Applied", TONE_GREEN }, { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef fields[] = {
    F_TEXT("no", 30, "变更单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_ENUM("kind", kinds, "变更类型", "Kind", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_DAY("effective_on", "生效日期", "Effective on", .flags = FF_REQUIRED | FF_SORT | FF_FILTER,
          .doc = "First day of the new terms; of an early termination the last day of the lease; of a renewal it follows from the lease's end"),
    F_TEXT("reason", 400, "变更原因", "Reason", .flags = FF_REQUIRED),
    F_REF("merchant_id", "merchant", "受让商户", "New merchant", .doc = "Of a transfer"),
    F_DAY("to_on", "续租至", "Renewed until", .doc = "Of a renewal"),
    F_JSON("proposal", "新条款", "Proposal", .doc = "{terms: [clause]} of an amendment or renewal, {units: [{unit_id, area}]} of an area change"),
    F_MONEY("difference", "合同总额变化", "Difference", .flags = FF_READONLY, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .doc = "All charges of the lease after the change less those before, gross"),
    F_DAY("old_to_on", "原租期止", "Term to, before", .flags = FF_READONLY),
    F_JSON("preview", "变更前后", "Before and after", .flags = FF_READONLY, .doc = "Old and new terms and the difference, as they were submitted"),
    F_REF("successor_id", "lease", "后续合同", "Successor", .flags = FF_READONLY),
    F_REF("requested_by", "staff", "申请人", "Requested by", .flags = FF_READONLY | FF_FILTER),
    F_DAY("applied_on", "批准日期", "Applied on", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "lease_change",
    .zh = "合同变更",
    .en = "Lease change",
    .doc = "Amendment, area change, renewal, transfer or early termination of a lease in force; approved on its own, applied from a day",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "kind",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "BG-{YYYY}-{4}",
    .state_field = "state",
    .scope = { .parent = "lease_id" },
    .list_columns = "no lease_id kind effective_on difference reason requested_by applied_on state",
    .list_filters = "kind lease_id effective_on",
    .list_sort = "-no",
    .mobile_lines = "lease_id kind effective_on",
    .flags = EF_NO_IMPORT,
};

static const Transition flow[] = {
    { .from = "draft", .action = "submit", .to = "approving", .zh = "提交审批", .en = "Submit for approval", .tone = TONE_BLUE, .effect = lease_change_submit },
    { .from = "approving", .action = "apply", .to = "applied", .zh = "批准并生效", .en = "Approve and apply", .effect = lease_change_apply, .internal = TRUE },
    { .from = "approving", .action = "reopen", .to = "draft", .zh = "退回草稿", .en = "Back to draft", .internal = TRUE },
    { .from = "draft", .action = "cancel", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED },
};
/* clang-format on */

static gboolean
after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || !record_is(old, "state", "approving") || approval_subject_changed(ctx, "lease_change", rec->id, error);
}

const EntityModule lease_change_module = {
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = lease_change_validate, .after_save = after_save,
    .write_more = lease_change_write_more,
};

static gboolean
on_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "apply", NULL, error);
}

static gboolean
on_sent_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

const ApprovalSubject lease_change_subject = {
    .entity = "lease_change", .on_agreed = on_agreed, .on_returned = on_sent_back, .on_rejected = on_sent_back,
    .on_withdrawn = on_sent_back, .on_void = on_sent_back,
};
