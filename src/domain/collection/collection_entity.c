/* collection_entity.c - the ladder, letters, promises, notes, reminders and late fee runs as tables with their states. */
#include "domain/collection/collection_internal.h"

/* The whole ladder there can be. Cutting off water, power or gas to collect the property fee is unlawful (civil code 944): there is no such
 * stage, and no text may threaten it. */
const EnumItem dunning_kind_items[] = {
    { "reminder", "催缴提醒", "Reminder", TONE_BLUE },
    { "dunning_1", "催缴函一", "First letter", TONE_AMBER },
    { "dunning_2", "催缴函二", "Second letter", TONE_AMBER },
    { "lawyer", "律师函", "Lawyer's letter", TONE_RED },
    { "terminate", "解除通知", "Notice of termination", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef stage_fields[] = {
    F_ENUM("kind", dunning_kind_items, "函件", "Letter", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_TEXT("name", 40, "名称", "Name", .flags = FF_REQUIRED, .doc = "Printed as the title of the letter"),
    F_TEXT("name_en", 60, "英文名称", "English name"),
    F_INT("seq", 1, 99, "顺序", "Order", .flags = FF_REQUIRED | FF_SORT),
    F_INT("from_days", 1, 3650, "逾期天数", "Days overdue", .flags = FF_REQUIRED, .doc = "Not before the oldest charge is so many days overdue"),
    F_INT("deadline_days", 1, 365, "付款期限（天）", "Days to pay", .flags = FF_REQUIRED, .doc = "Counted from sending, or from delivery if that is later"),
    F_TEXT("senders", 200, "可发送岗位", "Who may send", .flags = FF_REQUIRED, .doc = "Codes of roles, separated by blanks"),
    F_BOOL("active", "启用", "Active", .preset = "true"),
};
static const EntityDef stage_def = {
    .name = "dunning_stage",
    .zh = "催缴阶段",
    .en = "Dunning stage",
    .doc = "The ladder of demands: when each step may be taken, how long the merchant has to pay, who may send it",
    .fields = stage_fields,
    .n_fields = G_N_ELEMENTS(stage_fields),
    .title = "name",
    .title_en = "name_en",
    .uniques = (const char *const[]){ "kind", NULL },
    .list_columns = "seq kind name from_days deadline_days senders active",
    .list_sort = "seq",
    .mobile_lines = "from_days deadline_days",
    .flags = EF_NO_CREATE | EF_NO_IMPORT,
};

static const EnumItem notice_states[] = {
    { "draft", "待发送", "Draft", TONE_GRAY },
    { "sent", "已发送", "Sent", TONE_BLUE },
    { "delivered", "已送达", "Delivered", TONE_VIOLET },
    { "settled", "已结清", "Settled", TONE_GREEN },
    { "withdrawn", "已撤回", "Withdrawn", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem proof_kinds[] = {
    { "signed", "签收", "Signed for", TONE_GREEN },
    { "ems", "EMS 快递", "EMS courier", TONE_BLUE },
    { "email", "电子邮件", "E-mail", TONE_GRAY },
    { "sms", "短信", "Text message", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
/* clang-format off */
static const FieldDef notice_fields[] = {
    F_TEXT("no", 30, "函件编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Follows from the lease where there is one"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_READONLY),
    F_REF("stage_id", "dunning_stage", "催缴阶段", "Stage", .flags = FF_IMMUTABLE, .doc = "The next one of the ladder if left empty"),
    F_ENUM("kind", dunning_kind_items, "函件", "Letter", .flags = FF_READONLY | FF_FILTER),
    F_LONGTEXT("special", 1000, "补充说明", "Addition", .flags = FF_IMMUTABLE, .doc = "Printed before the consequences"),
    F_REF("staff_id", "staff", "经办人", "Handled by", .flags = FF_READONLY | FF_FILTER),
    F_DAY("sent_on", "发送日期", "Sent on", .flags = FF_READONLY | FF_SORT | FF_FILTER),
    F_REF("sent_by", "staff", "发送人", "Sent by", .flags = FF_READONLY),
    F_DAY("deadline_on", "付款期限", "Pay until", .flags = FF_READONLY | FF_SORT),
    F_INT("deadline_days", 0, 365, "期限天数", "Days to pay", .flags = FF_READONLY),
    F_MONEY("principal", "欠款本金", "Principal", .flags = FF_READONLY),
    F_MONEY("late_fee", "违约金", "Late fee", .flags = FF_READONLY, .doc = "To the day of sending, billed or not"),
    F_MONEY("total", "合计", "Total", .flags = FF_READONLY | FF_SORT),
    F_TEXT("words", 200, "大写金额", "In words", .flags = FF_READONLY),
    F_ENUM("proof_kind", proof_kinds, "送达方式", "Delivered by", .flags = FF_READONLY),
    F_TEXT("proof_no", 80, "送达凭证号", "Proof no.", .flags = FF_READONLY | FF_SEARCH),
    F_DAY("delivered_on", "送达日期", "Delivered on", .flags = FF_READONLY),
    F_DAY("settled_on", "结清日期", "Settled on", .flags = FF_READONLY),
    F_TEXT("withdraw_reason", 200, "撤回原因", "Reason of withdrawal", .flags = FF_READONLY),
    F_ENUM("state", notice_states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef notice_def = {
    .name = "dunning_notice",
    .zh = "催缴函",
    .en = "Dunning letter",
    .doc = "A demand for payment: a step of the ladder, its lines frozen when it is sent, its proof of delivery",
    .fields = notice_fields,
    .n_fields = G_N_ELEMENTS(notice_fields),
    .title = "no",
    .subtitle = "kind",
    .uniques = (const char *const[]){ "no", NULL },
    .indexes = (const char *const[]){ "state lease_id", NULL },
    .number_field = "no",
    .number_pattern = "CJ-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "staff_id", .unit = "unit_id" },
    .list_columns = "no merchant_id unit_id kind sent_on deadline_on principal late_fee total delivered_on state",
    .list_filters = "kind merchant_id lease_id staff_id",
    .list_sort = "-no",
    .mobile_lines = "merchant_id kind total deadline_on",
    .flags = EF_NO_UPDATE | EF_NO_IMPORT,
};

static const FieldDef line_fields[] = {
    F_REF("notice_id", "dunning_notice", "催缴函", "Letter", .flags = FF_REQUIRED),
    F_INT("seq", 1, 9999, "序号", "No.", .flags = FF_REQUIRED),
    F_REF("charge_id", "charge", "应收", "Charge", .flags = FF_REQUIRED),
    F_TEXT("name", 80, "款项", "What for", .flags = FF_REQUIRED),
    F_DAY("period_from", "所属期起", "Period from"),
    F_DAY("period_to", "所属期止", "Period to"),
    F_DAY("due_on", "应交日期", "Due on", .flags = FF_REQUIRED),
    F_INT("days", 0, 99999, "逾期天数", "Days overdue", .flags = FF_REQUIRED),
    F_MONEY("open", "欠款", "Open", .flags = FF_REQUIRED),
    F_MONEY("late_fee", "违约金", "Late fee", .flags = FF_REQUIRED),
    F_JSON("working", "算法", "Working"),
};
static const EntityDef line_def = {
    .name = "dunning_line",
    .zh = "催缴函明细",
    .en = "Line of a dunning letter",
    .doc = "What a letter demanded, as it stood on the day of sending",
    .fields = line_fields,
    .n_fields = G_N_ELEMENTS(line_fields),
    .title = "name",
    .uniques = (const char *const[]){ "notice_id seq", NULL },
    .scope = { .parent = "notice_id" },
    .list_columns = "notice_id name period_from period_to due_on days open late_fee",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const EnumItem promise_states[] = {
    { "open", "待兑现", "Open", TONE_BLUE },     { "kept", "已兑现", "Kept", TONE_GREEN },
    { "part", "部分兑现", "Kept in part", TONE_AMBER }, { "broken", "未兑现", "Broken", TONE_RED },
    { "withdrawn", "已撤销", "Withdrawn", TONE_GRAY },  { NULL, NULL, NULL, 0 },
};
static const EnumItem contact_ways[] = {
    { "phone", "电话", "Phone", TONE_BLUE },   { "visit", "上门", "Visit", TONE_VIOLET },
    { "wechat", "微信", "WeChat", TONE_GREEN }, { "sms", "短信", "Text message", TONE_GRAY },
    { "email", "邮件", "E-mail", TONE_GRAY },   { "letter", "函件", "Letter", TONE_AMBER },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef promise_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Follows from the lease where there is one"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_READONLY),
    F_MONEY("amount", "承诺金额", "Amount", .flags = FF_REQUIRED, .min = 1),
    F_DAY("promised_on", "承诺付款日", "To be paid by", .flags = FF_REQUIRED | FF_SORT | FF_FILTER),
    F_TEXT("made_by", 60, "承诺人", "Promised by", .flags = FF_REQUIRED, .doc = "Who at the merchant's"),
    F_ENUM("way", contact_ways, "方式", "How", .preset = "phone", .flags = FF_REQUIRED),
    F_TEXT("remarks", 400, "说明", "Remarks"),
    F_DAY("made_on", "承诺日", "Made on", .flags = FF_READONLY),
    F_REF("staff_id", "staff", "经办人", "Taken by", .flags = FF_READONLY | FF_FILTER),
    F_MONEY("paid_before", "当日已付", "Paid before", .flags = FF_READONLY, .preset = "0.00", .min = -MONEY_MAX_FEN, .doc = "Paid that day before the promise; does not count for it"),
    F_MONEY("paid", "已付", "Paid", .flags = FF_READONLY, .preset = "0.00", .min = -MONEY_MAX_FEN, .doc = "Allocated from receipts with a value day from the promise to its day"),
    F_DAY("judged_on", "判定日期", "Judged on", .flags = FF_READONLY),
    F_TEXT("withdraw_reason", 200, "撤销原因", "Reason of withdrawal", .flags = FF_READONLY),
    F_ENUM("state", promise_states, "状态", "State", .preset = "open", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef promise_def = {
    .name = "promise",
    .zh = "承诺付款",
    .en = "Promise to pay",
    .doc = "What a merchant said they would pay, by when, and whether they did",
    .fields = promise_fields,
    .n_fields = G_N_ELEMENTS(promise_fields),
    .title = "made_by",
    .subtitle = "merchant_id",
    .indexes = (const char *const[]){ "state promised_on", NULL },
    .state_field = "state",
    .scope = { .owner = "staff_id", .unit = "unit_id" },
    .list_columns = "merchant_id unit_id amount promised_on made_by way made_on paid staff_id state",
    .list_filters = "promised_on merchant_id lease_id staff_id",
    .list_sort = "-promised_on",
    .mobile_lines = "merchant_id amount promised_on",
    .flags = EF_NO_UPDATE | EF_NO_IMPORT,
};

static const FieldDef note_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Follows from the lease where there is one"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_READONLY),
    F_ENUM("way", contact_ways, "方式", "Way", .preset = "phone", .flags = FF_REQUIRED | FF_FILTER),
    F_TEXT("person", 60, "联系人", "Person", .doc = "Who we talked to"),
    F_TEXT("content", 1000, "内容", "Content", .flags = FF_REQUIRED | FF_SEARCH),
    F_DAY("next_on", "下次联系", "Next contact", .flags = FF_SORT),
    F_INSTANT("at", "时间", "At", .flags = FF_READONLY | FF_SORT),
    F_REF("staff_id", "staff", "经办人", "By", .flags = FF_READONLY | FF_FILTER),
};
static const EntityDef note_def = {
    .name = "collection_note",
    .zh = "催缴联系记录",
    .en = "Collection note",
    .doc = "A call, a visit or a message about money owed",
    .fields = note_fields,
    .n_fields = G_N_ELEMENTS(note_fields),
    .title = "content",
    .subtitle = "merchant_id",
    .scope = { .owner = "staff_id", .unit = "unit_id" },
    .list_columns = "at merchant_id unit_id way person content next_on staff_id",
    .list_filters = "way merchant_id lease_id staff_id",
    .list_sort = "-at",
    .mobile_lines = "merchant_id way at",
    .flags = EF_NO_UPDATE | EF_NO_IMPORT,
};

static const FieldDef reminder_fields[] = {
    F_REF("charge_id", "charge", "应收", "Charge", .flags = FF_REQUIRED),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("staff_id", "staff", "催缴人", "Collector", .flags = FF_REQUIRED | FF_FILTER),
    F_DAY("reminded_on", "提醒日期", "Reminded on", .flags = FF_REQUIRED | FF_SORT),
};
static const EntityDef reminder_def = {
    .name = "due_reminder",
    .zh = "到期提醒",
    .en = "Due reminder",
    .doc = "That a charge about to fall due was brought to its collector's notice, once",
    .fields = reminder_fields,
    .n_fields = G_N_ELEMENTS(reminder_fields),
    .title = "reminded_on",
    .uniques = (const char *const[]){ "charge_id", NULL },
    .scope = { .parent = "charge_id" },
    .list_columns = "reminded_on merchant_id charge_id staff_id",
    .list_sort = "-reminded_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const FieldDef run_fields[] = {
    F_TEXT("no", 30, "编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_DAY("until_on", "计算至", "Through", .flags = FF_REQUIRED | FF_SORT, .doc = "The last day that is counted"),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_FILTER, .doc = "Empty: all leases"),
    F_REF("staff_id", "staff", "经办人", "Run by"),
    F_INT("charges", 0, 0, "笔数", "Charges", .flags = FF_REQUIRED),
    F_MONEY("gross", "违约金合计", "Late fees", .flags = FF_REQUIRED),
};
static const EntityDef run_def = {
    .name = "late_fee_run",
    .zh = "违约金计收",
    .en = "Late fee run",
    .doc = "That late fees were billed: through which day, how many, how much; each is a charge with its working",
    .fields = run_fields,
    .n_fields = G_N_ELEMENTS(run_fields),
    .title = "no",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "WY-{YYYY}-{5}",
    .list_columns = "no until_on lease_id staff_id charges gross",
    .list_sort = "-no",
    .mobile_lines = "until_on gross",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const FieldDef deliver_fields[] = {
    F_ENUM("proof_kind", proof_kinds, "送达方式", "Delivered by", .flags = FF_REQUIRED),
    F_TEXT("proof_no", 80, "送达凭证号", "Proof no.", .doc = "Number of the parcel, the address or the number it went to; who signed"),
    F_DAY("delivered_on", "送达日期", "Delivered on", .flags = FF_REQUIRED),
};
static const FieldDef withdraw_fields[] = { F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED) };

static const Transition notice_flow[] = {
    { .from = "draft", .action = "send", .to = "sent", .zh = "发送", .en = "Send", .tone = TONE_BLUE, .guard = notice_send_guard, .effect = notice_send },
    { .from = "sent", .action = "deliver", .to = "delivered", .zh = "登记送达", .en = "Record delivery", .tone = TONE_BLUE, .fields = deliver_fields, .n_fields = G_N_ELEMENTS(deliver_fields), .effect = notice_deliver },
    { .from = "draft sent delivered", .action = "withdraw", .to = "withdrawn", .zh = "撤回", .en = "Withdraw", .tone = TONE_RED, .fields = withdraw_fields, .n_fields = G_N_ELEMENTS(withdraw_fields), .effect = notice_withdraw },
    { .from = "sent delivered", .action = "settle", .to = "settled", .zh = "结清", .en = "Settle", .internal = TRUE },
};
static const Transition promise_flow[] = {
    { .from = "open", .action = "withdraw", .to = "withdrawn", .zh = "撤销", .en = "Withdraw", .tone = TONE_RED, .fields = withdraw_fields, .n_fields = G_N_ELEMENTS(withdraw_fields), .effect = promise_withdraw },
    { .from = "open part broken", .action = "keep", .to = "kept", .zh = "已兑现", .en = "Kept", .internal = TRUE },
    { .from = "open broken", .action = "fall_short", .to = "part", .zh = "部分兑现", .en = "Kept in part", .internal = TRUE },
    { .from = "open part", .action = "break", .to = "broken", .zh = "未兑现", .en = "Broken", .internal = TRUE },
};
/* clang-format on */

const EntityModule dunning_stage_module = { .def = &stage_def, .validate = stage_validate };
const EntityModule dunning_notice_module = {
    .def = &notice_def, .flow = notice_flow, .n_flow = G_N_ELEMENTS(notice_flow), .validate = notice_validate, .write_more = notice_write_more,
};
const EntityModule dunning_line_module = { .def = &line_def };
const EntityModule promise_module = {
    .def = &promise_def, .flow = promise_flow, .n_flow = G_N_ELEMENTS(promise_flow), .validate = promise_validate,
};
const EntityModule collection_note_module = { .def = &note_def, .validate = note_validate };
const EntityModule due_reminder_module = { .def = &reminder_def };
static const char *const run_rights[] = { "bill", NULL };
const EntityModule late_fee_run_module = { .def = &run_def, .more_rights = run_rights };
