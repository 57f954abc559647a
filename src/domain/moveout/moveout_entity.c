/* moveout_entity.c - moving out and the points of its inspection as tables with their states. */
#include "domain/moveout/moveout_flow.h"

#define FILLED .flags = FF_READONLY

/* clang-format off */
const EnumItem move_out_kinds[] = {
    { "expiry", "到期不续", "Expiry", TONE_BLUE }, { "tenant_early", "商户提前退租", "Merchant leaves early", TONE_AMBER },
    { "mall_early", "商场提前收回", "Landlord ends early", TONE_RED }, { NULL, NULL, NULL, 0 },
};
static const EnumItem breaches[] = {
    { "unchecked", "未核查", "Not checked", TONE_AMBER }, { "none", "无违约", "None", TONE_GREEN }, { "found", "有违约", "Found", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = {
    { "applied", "已申请", "Applied", TONE_AMBER },     { "inspecting", "验收中", "Inspecting", TONE_BLUE },
    { "settling", "结算中", "Settling", TONE_BLUE },    { "signing", "会签中", "Signing", TONE_VIOLET },
    { "paid", "已结清", "Settled", TONE_GREEN },        { "closed", "已完成", "Closed", TONE_GREEN },
    { "withdrawn", "已撤回", "Withdrawn", TONE_GRAY },  { NULL, NULL, NULL, 0 },
};
static const FieldDef fields[] = {
    F_TEXT("no", 30, "退租编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_READONLY | FF_FILTER),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_READONLY | FF_FILTER),
    F_TEXT("unit_nos", 400, "全部铺位", "Units", FILLED),
    F_ENUM("kind", move_out_kinds, "类型", "Kind", .flags = FF_REQUIRED | FF_FILTER, .preset = "expiry"),
    F_DAY("applied_on", "申请日期", "Applied on", .flags = FF_REQUIRED, .doc = "Day of the application or the notice"),
    F_DAY("last_on", "终止日", "Last day", .flags = FF_REQUIRED | FF_SORT | FF_FILTER, .doc = "Last day of the lease; rent runs through it"),
    F_INT("notice_agreed", 0, 365, "约定提前天数", "Notice agreed (days)", .doc = "By the contract; empty: the centre's rule"),
    F_INT("notice_days", -3650, 3650, "实际提前天数", "Notice given (days)", FILLED),
    F_BOOL("short_notice", "通知期不足", "Notice too short", .flags = FF_READONLY),
    F_TEXT("reason", 400, "退租原因", "Reason", .flags = FF_REQUIRED),
    F_DAY("returned_on", "实际交还日", "Given back on", FILLED),
    F_BOOL("keys_returned", "钥匙已交还", "Keys returned", .flags = FF_READONLY),
    F_REF("inspector_id", "staff", "营运验收人", "Inspected for operations", FILLED),
    F_REF("services_id", "staff", "物业验收人", "Inspected for property services", FILLED),
    F_ENUM("breach", breaches, "违约核查", "Breach check", .flags = FF_REQUIRED, .preset = "unchecked"),
    F_TEXT("breach_note", 400, "违约情况", "What was breached"),
    F_MONEY("penalty", "违约金", "Penalty", .preset = "0.00", .doc = "Agreed penalty; a court may lower one far above the loss (civil code 585)"),
    F_TEXT("penalty_clause", 120, "违约金条款", "Clause of the penalty"),
    F_PERCENT("occupation_percent", "占用费标准 %", "Occupation fee %", .preset = "100", .max = 10000000, .doc = "A day of overstaying costs 1/30 of the monthly rent times this"),
    F_MONEY("compensation", "补偿金", "Compensation", .preset = "0.00", .doc = "What the landlord pays for ending early"),
    F_TEXT("compensation_clause", 120, "补偿条款", "Clause of the compensation"),
    F_TEXT("payee", 80, "收款户名", "Payee"),
    F_TEXT("payee_bank", 120, "开户行", "Bank"),
    F_TEXT("payee_account", 40, "收款账号", "Account", .flags = FF_MASKED),
    F_DAY("statement_on", "结算日", "Statement of", FILLED),
    F_MONEY("credits", "应退合计", "For the merchant", FILLED),
    F_MONEY("deductions", "应扣合计", "Against the merchant", FILLED),
    F_MONEY("refund", "应退净额", "To be refunded", FILLED),
    F_MONEY("owed", "应补净额", "To be paid", FILLED),
    F_JSON("statement", "结算单", "Statement", .flags = FF_READONLY, .doc = "Its lines as frozen"),
    F_INSTANT("approved_at", "会签完成", "Signed off at", FILLED),
    F_TEXT("signer", 60, "商户签字人", "Signed for the merchant", FILLED),
    F_DAY("signed_on", "商户签字日期", "Merchant signed on", FILLED),
    F_DAY("paid_on", "结清日期", "Settled on", FILLED),
    F_TEXT("reference", 60, "付款流水号", "Reference", FILLED),
    F_INT("round", 0, 999, "结算次数", "Round", .preset = "0", .flags = FF_READONLY),
    F_TEXT("live_key", 30, "唯一键", "Key", .flags = FF_READONLY, .doc = "One move-out for a lease at a time"),
    F_ENUM("state", states, "状态", "State", .preset = "applied", .flags = FF_REQUIRED | FF_FILTER),
};
static const FieldGroup form[] = {
    { "申请", "Application", "lease_id kind applied_on last_on notice_agreed reason" },
    { "违约与补偿", "Breach and compensation", "breach breach_note penalty penalty_clause occupation_percent compensation compensation_clause" },
    { "收款账户", "Payee", "payee payee_bank payee_account" },
    { NULL, NULL, NULL },
};
static const EntityDef def = {
    .name = "move_out",
    .zh = "退租",
    .en = "Move-out",
    .doc = "A merchant leaves: inspection, final readings, settlement statement, signatures, refund or debt, unit vacant",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "unit_nos",
    .uniques = (const char *const[]){ "no", "live_key", NULL },
    .number_field = "no",
    .number_pattern = "TZ-{YYYY}-{4}",
    .state_field = "state",
    .scope = { .unit = "unit_id" },
    .list_columns = "no merchant_id unit_nos lease_id kind last_on short_notice refund owed state",
    .list_filters = "kind last_on merchant_id",
    .list_sort = "-no",
    .mobile_lines = "merchant_id unit_nos last_on",
    .form = form,
    .flags = EF_NO_IMPORT,
};

const EnumItem move_out_item_parts[] = {
    { "structure", "墙面与结构", "Walls and structure", TONE_GRAY }, { "ceiling", "天花", "Ceiling", TONE_GRAY },
    { "floor", "地面", "Floor", TONE_GRAY },                        { "electric", "电气", "Electrics", TONE_GRAY },
    { "water", "给排水", "Water and drains", TONE_GRAY },            { "cooling", "空调与排风", "Air conditioning", TONE_GRAY },
    { "fire", "消防设施", "Fire equipment", TONE_GRAY },             { "signage", "门头招牌", "Shop sign", TONE_GRAY },
    { "goods", "物品清场", "Goods removed", TONE_GRAY },             { "clean", "保洁", "Cleaning", TONE_GRAY },
    { "keys", "钥匙门禁", "Keys and passes", TONE_GRAY },            { "other", "其他", "Other", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
const EnumItem move_out_item_results[] = {
    { "open", "待验收", "To be inspected", TONE_AMBER }, { "good", "完好", "Good", TONE_GREEN }, { "wear", "正常损耗", "Ordinary wear", TONE_BLUE },
    { "damaged", "损坏", "Damaged", TONE_RED },          { "missing", "缺失", "Missing", TONE_RED }, { "restored", "已恢复", "Restored", TONE_GREEN },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef item_fields[] = {
    F_REF("move_out_id", "move_out", "退租", "Move-out", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_INT("seq", 1, 999, "序号", "No.", .flags = FF_READONLY),
    F_ENUM("part", move_out_item_parts, "项目", "Part", .flags = FF_REQUIRED, .preset = "other"),
    F_ENUM("result", move_out_item_results, "结果", "Result", .flags = FF_REQUIRED, .preset = "open"),
    F_TEXT("note", 200, "情况", "What was found"),
    F_MONEY("amount", "赔偿金额", "Compensation", .preset = "0.00", .doc = "Ordinary wear is not chargeable (civil code 710)"),
    F_TEXT("clause", 120, "合同条款", "Clause"),
    F_TEXT("voucher", 120, "凭据", "Voucher", .doc = "Quotation or bill of the repair"),
    F_REF("inspector_id", "staff", "验收人", "Inspector", FILLED),
};
static const EntityDef item_def = {
    .name = "move_out_item",
    .zh = "退租验收项",
    .en = "Move-out inspection",
    .doc = "One point of the joint inspection; photos are attached to it",
    .fields = item_fields,
    .n_fields = G_N_ELEMENTS(item_fields),
    .title = "part",
    .scope = { .parent = "move_out_id" },
    .list_columns = "move_out_id part result note amount clause inspector_id",
    .list_filters = "move_out_id",
    .list_sort = "move_out_id",
    .mobile_lines = "result note amount",
    .flags = EF_NO_IMPORT,
};

static const FieldDef settle_fields[] = {
    F_DAY("returned_on", "实际交还日", "Given back on", .flags = FF_REQUIRED),
    F_BOOL("keys_returned", "钥匙已全部交还", "All keys returned", .flags = FF_REQUIRED),
};
static const FieldDef sign_fields[] = {
    F_TEXT("signer", 60, "商户签字人", "Signed by", .flags = FF_REQUIRED),
    F_DAY("signed_on", "签字日期", "Signed on", .flags = FF_REQUIRED),
};
static const FieldDef pay_fields[] = {
    F_DAY("paid_on", "结清日期", "Settled on", .flags = FF_REQUIRED),
    F_REF("money_account_id", "money_account", "付款账户", "Money account", .doc = "Only where something is refunded"),
    F_TEXT("reference", 60, "付款流水号", "Reference"),
};
static const FieldDef reason_fields[] = { F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED) };

static const Transition flow[] = {
    { .from = "applied", .action = "inspect", .to = "inspecting", .zh = "开始验收", .en = "Begin the inspection", .tone = TONE_BLUE, .effect = moveout_inspect },
    { .from = "inspecting", .action = "confirm_operations", .zh = "营运确认验收", .en = "Operations confirm", .tone = TONE_BLUE, .guard = moveout_all_inspected, .effect = moveout_confirm_operations },
    { .from = "inspecting", .action = "confirm_services", .zh = "物业确认验收", .en = "Property services confirm", .tone = TONE_BLUE, .guard = moveout_all_inspected, .effect = moveout_confirm_services },
    { .from = "inspecting", .action = "settle", .to = "settling", .zh = "验收完成，转结算", .en = "Inspected, go on to settle", .tone = TONE_BLUE, .fields = settle_fields, .n_fields = G_N_ELEMENTS(settle_fields), .guard = moveout_both_confirmed, .effect = moveout_settle },
    { .from = "settling", .action = "submit", .to = "signing", .zh = "提交会签", .en = "Submit for signatures", .tone = TONE_BLUE, .effect = moveout_submit },
    { .from = "signing", .action = "approve", .zh = "会签通过", .en = "Signed off", .effect = moveout_approve, .internal = TRUE },
    { .from = "signing", .action = "send_back", .to = "settling", .zh = "退回结算", .en = "Back to settling", .effect = moveout_thaw, .internal = TRUE },
    { .from = "signing", .action = "recall", .to = "settling", .zh = "撤回重算", .en = "Settle anew", .fields = reason_fields, .n_fields = G_N_ELEMENTS(reason_fields), .guard = moveout_may_recall, .effect = moveout_thaw },
    { .from = "signing", .action = "merchant_sign", .zh = "登记商户签字", .en = "Merchant signed", .tone = TONE_BLUE, .fields = sign_fields, .n_fields = G_N_ELEMENTS(sign_fields), .guard = moveout_may_sign, .effect = moveout_sign },
    { .from = "signing", .action = "pay", .to = "paid", .zh = "确认结清", .en = "Settle the balance", .tone = TONE_BLUE, .fields = pay_fields, .n_fields = G_N_ELEMENTS(pay_fields), .guard = moveout_may_pay, .effect = moveout_pay },
    { .from = "paid", .action = "close", .to = "closed", .zh = "完成退租", .en = "Complete", .tone = TONE_BLUE, .guard = moveout_may_close, .effect = moveout_close },
    { .from = "applied inspecting settling", .action = "withdraw", .to = "withdrawn", .zh = "撤回退租", .en = "Withdraw", .tone = TONE_RED, .fields = reason_fields, .n_fields = G_N_ELEMENTS(reason_fields), .effect = moveout_withdraw },
};
/* clang-format on */

const EntityModule move_out_module = {
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = moveout_validate, .after_save = moveout_after_save, .write_more = moveout_write,
};
const EntityModule move_out_item_module = { .def = &item_def, .validate = moveout_item_validate };
const ApprovalSubject move_out_subject = {
    .entity = "move_out", .snapshot = moveout_snapshot, .on_agreed = moveout_agreed, .on_returned = moveout_back, .on_rejected = moveout_back,
    .on_withdrawn = moveout_back, .on_void = moveout_back,
};
