/* billing_run_entity.c - bill runs, how far each lease was billed, and what the nightly proof found, as tables. */
#include "domain/billing/billing_run_internal.h"

/* clang-format off */
static const EnumItem run_states[] = {
    { "running", "出账中", "Running", TONE_BLUE },
    { "posted", "已出账", "Posted", TONE_GREEN },
    { "undoing", "撤销中", "Being undone", TONE_AMBER },
    { "undone", "已撤销", "Undone", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
#define SIGNED .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN
static const FieldDef run_fields[] = {
    F_TEXT("no", 30, "出账编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_INT("month", 200001, 219912, "出账月份", "Month", .flags = FF_REQUIRED | FF_FILTER, .doc = "202603: everything that falls due by its end"),
    F_DAY("posted_on", "出账日期", "Posted on", .flags = FF_REQUIRED),
    F_REF("run_by", "staff", "出账人", "Run by"),
    F_INT("planned", 0, 0, "待出合同数", "Leases to bill", .flags = FF_REQUIRED, .preset = "0"),
    F_INT("visited", 0, 0, "已处理合同数", "Leases done", .flags = FF_REQUIRED, .preset = "0"),
    F_INT("leases", 0, 0, "合同数", "Leases", .flags = FF_REQUIRED, .preset = "0", .doc = "That got at least one charge"),
    F_INT("charges", 0, 0, "应收笔数", "Charges", .flags = FF_REQUIRED, .preset = "0"),
    F_INT("voided", 0, 0, "已冲销笔数", "Voided", .flags = FF_REQUIRED, .preset = "0"),
    F_MONEY("net", "不含税", "Net", .flags = FF_REQUIRED, .preset = "0.00", SIGNED),
    F_MONEY("tax", "税额", "Tax", .flags = FF_REQUIRED, .preset = "0.00", SIGNED),
    F_MONEY("gross", "应收合计", "Gross", .flags = FF_REQUIRED, .preset = "0.00", SIGNED),
    F_INT("after", 0, 0, "进度", "Progress", .preset = "0", .doc = "Id of the last lease that was billed; the run goes on after it"),
    F_INT("noted", 0, 0, "备注数", "Notes", .flags = FF_REQUIRED, .preset = "0", .doc = "Lines that wait for sales, leases that could not be calculated"),
    F_JSON("notes", "备注", "Notes in full", .doc = "The first of them: [{lease_id, lease_no, kind, zh, en}]"),
    F_TEXT("undo_reason", 200, "撤销原因", "Reason of undoing"),
    F_ENUM("state", run_states, "状态", "State", .preset = "running", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef run_def = {
    .name = "bill_run",
    .zh = "出账",
    .en = "Bill run",
    .doc = "Billing of one month: charges of all leases that fall due by its end and were not billed yet",
    .fields = run_fields,
    .n_fields = G_N_ELEMENTS(run_fields),
    .title = "no",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "CZ-{YYYY}-{5}",
    .state_field = "state",
    .list_columns = "no month posted_on run_by leases charges net tax gross noted state",
    .list_filters = "month",
    .list_sort = "-no",
    .mobile_lines = "month gross charges",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const FieldDef mark_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED),
    F_DAY("through", "已出账至", "Billed through", .flags = FF_REQUIRED, .doc = "Everything due by this day is billed, as long as the inputs are the same"),
    F_TEXT("inputs", 64, "条款摘要", "Digest", .flags = FF_REQUIRED, .doc = "LeaseTerms.inputs at that time"),
};
static const EntityDef mark_def = {
    .name = "bill_mark",
    .zh = "出账进度",
    .en = "Billed through",
    .doc = "How far the schedule of a lease is known to be billed; without the row everything is compared. Never more than a shortcut",
    .fields = mark_fields,
    .n_fields = G_N_ELEMENTS(mark_fields),
    .title = "inputs",
    .uniques = (const char *const[]){ "lease_id", NULL },
    .flags = EF_INTERNAL | EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const EnumItem finding_kinds[] = {
    { "gap", "漏计", "Gap", TONE_RED },
    { "overlap", "重复计费", "Overlap", TONE_RED },
    { "after_end", "到期后仍计费", "Billed after the end", TONE_RED },
    { "never_bills", "从未计费", "Never bills", TONE_AMBER },
    { "deposit_missing", "保证金未收", "Deposit without trace", TONE_AMBER },
    { "not_calculated", "无法计算", "Cannot be calculated", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem finding_states[] = {
    { "open", "待处理", "Open", TONE_RED }, { "gone", "已消除", "Gone", TONE_GRAY }, { NULL, NULL, NULL, 0 },
};
static const FieldDef finding_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_FILTER),
    F_ENUM("kind", finding_kinds, "问题", "Kind", .flags = FF_REQUIRED | FF_FILTER),
    F_TEXT("what", 160, "对象", "What", .flags = FF_REQUIRED, .doc = "The item, or the kind of deposit"),
    F_DAY("from_on", "起", "From"),
    F_DAY("to_on", "止", "To"),
    F_TEXT("zh", 300, "说明", "Text (zh)", .flags = FF_REQUIRED),
    F_TEXT("en", 300, "英文说明", "Text (en)", .flags = FF_REQUIRED),
    F_DAY("found_on", "发现日期", "Found on", .flags = FF_REQUIRED | FF_SORT),
    F_DAY("gone_on", "消除日期", "Gone on"),
    F_ENUM("state", finding_states, "状态", "State", .preset = "open", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef finding_def = {
    .name = "bill_finding",
    .zh = "出账核对",
    .en = "Billing finding",
    .doc = "What the nightly proof of billing found: days not billed, billed twice, after the end; terms that never bill; deposits without trace",
    .fields = finding_fields,
    .n_fields = G_N_ELEMENTS(finding_fields),
    .title = "zh",
    .title_en = "en",
    .state_field = "state",
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id kind what from_on to_on zh found_on state",
    .list_filters = "kind lease_id",
    .list_sort = "-found_on",
    .mobile_lines = "lease_id kind found_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};
/* clang-format on */

static const char *const run_rights[] = { "post", "undo", NULL };

const EntityModule bill_run_module = { .def = &run_def, .more_rights = run_rights };
const EntityModule bill_mark_module = { .def = &mark_def };
const EntityModule bill_finding_module = { .def = &finding_def };
