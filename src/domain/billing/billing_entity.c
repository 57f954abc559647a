/* billing_entity.c - payment orders, receipts, allocations and deposit entries as tables with their states. */
#include "domain/billing/billing_internal.h"

static const EnumItem order_states[] = {
    { "issued", "待收款", "To be paid", TONE_AMBER },
    { "part_received", "部分收款", "Part received", TONE_BLUE },
    { "received", "已收齐", "Received", TONE_GREEN },
    { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef order_fields[] = {
    F_TEXT("no", 30, "交款单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("unit_id", "unit", "铺位", "Unit"),
    F_TEXT("unit_nos", 400, "全部铺位", "Units"),
    F_DAY("issued_on", "开单日期", "Issued on", .flags = FF_REQUIRED | FF_SORT),
    F_DAY("due_on", "应交日期", "Due on", .flags = FF_REQUIRED | FF_SORT),
    F_MONEY("total", "应收合计", "Total", .flags = FF_REQUIRED | FF_SORT),
    F_MONEY("received", "已收", "Received", .flags = FF_REQUIRED, .preset = "0.00"),
    F_TEXT("words", 200, "大写金额", "In words", .flags = FF_REQUIRED),
    F_REF("issued_by", "staff", "开单人", "Issued by", .flags = FF_FILTER),
    F_INT("prints", 0, 9999, "打印次数", "Printed", .preset = "0"),
    F_TEXT("void_reason", 200, "作废原因", "Reason of voiding"),
    F_ENUM("state", order_states, "状态", "State", .preset = "issued", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef order_def = {
    .name = "payment_order",
    .zh = "交款单",
    .en = "Payment order",
    .doc = "What a merchant has to pay before the lease takes effect; only after the review has passed",
    .fields = order_fields,
    .n_fields = G_N_ELEMENTS(order_fields),
    .title = "no",
    .subtitle = "unit_nos",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "JK-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "issued_by", .unit = "unit_id" },
    .list_columns = "no merchant_id unit_nos lease_id issued_on due_on total received state",
    .list_filters = "merchant_id lease_id issued_by",
    .list_sort = "-no",
    .mobile_lines = "merchant_id total due_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const EnumItem line_kinds[] = {
    { "charge", "费用", "Charge", TONE_BLUE }, { "deposit", "保证金类", "Deposit", TONE_VIOLET }, { NULL, NULL, NULL, 0 },
};
static const FieldDef line_fields[] = {
    F_REF("order_id", "payment_order", "交款单", "Payment order", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_INT("seq", 1, 9999, "序号", "No.", .flags = FF_REQUIRED),
    F_ENUM("kind", line_kinds, "类别", "Kind", .flags = FF_REQUIRED),
    F_REF("item_id", "charge_item", "费用科目", "Charge item"),
    F_ENUM("deposit_kind", deposit_kind_items, "款项性质", "Deposit kind", .doc = "Printed exactly so: it decides the legal effect"),
    F_TEXT("name", 80, "款项", "What for", .flags = FF_REQUIRED),
    F_DAY("period_from", "所属期起", "Period from"),
    F_DAY("period_to", "所属期止", "Period to"),
    F_DAY("due_on", "应交日期", "Due on", .flags = FF_REQUIRED),
    F_MONEY("net", "不含税", "Net", .flags = FF_REQUIRED),
    F_MONEY("tax", "税额", "Tax", .flags = FF_REQUIRED),
    F_MONEY("gross", "应收", "Gross", .flags = FF_REQUIRED),
    F_MONEY("received", "已收", "Received", .flags = FF_REQUIRED, .preset = "0.00"),
    F_JSON("working", "算法", "Working"),
};
static const EntityDef line_def = {
    .name = "payment_order_line",
    .zh = "交款单明细",
    .en = "Payment order line",
    .fields = line_fields,
    .n_fields = G_N_ELEMENTS(line_fields),
    .title = "name",
    .uniques = (const char *const[]){ "order_id seq", NULL },
    .scope = { .parent = "order_id" },
    .list_columns = "order_id name period_from period_to gross received",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const EnumItem ways[] = {
    { "bank_transfer", "银行转账", "Bank transfer", TONE_BLUE }, { "pos", "POS 刷卡", "Card", TONE_BLUE },
    { "wechat", "微信", "WeChat", TONE_GREEN },  { "alipay", "支付宝", "Alipay", TONE_BLUE },
    { "cash", "现金", "Cash", TONE_AMBER },       { "cheque", "支票", "Cheque", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem receipt_states[] = {
    { "registered", "待确认", "To be confirmed", TONE_AMBER },
    { "confirmed", "已确认", "Confirmed", TONE_GREEN },
    { "refused", "已退回", "Refused", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef receipt_fields[] = {
    F_TEXT("no", 30, "收款编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("order_id", "payment_order", "交款单", "Payment order", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_READONLY | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_READONLY | FF_FILTER),
    F_DAY("received_on", "收款日期", "Received on", .flags = FF_REQUIRED | FF_SORT | FF_FILTER),
    F_ENUM("way", ways, "方式", "Way", .flags = FF_REQUIRED | FF_FILTER, .preset = "bank_transfer"),
    F_TEXT("account", 60, "收款账户", "Account"),
    F_TEXT("reference", 60, "流水号", "Reference", .flags = FF_SEARCH, .doc = "The bank's number of the transfer; two receipts cannot carry the same"),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED | FF_SORT, .min = 1),
    F_TEXT("payer", 80, "付款人", "Payer"),
    F_REF("cashier_id", "staff", "收款人", "Cashier", .flags = FF_READONLY | FF_FILTER),
    F_REF("confirmed_by", "staff", "确认人", "Confirmed by", .flags = FF_READONLY),
    F_INSTANT("confirmed_at", "确认时间", "Confirmed at", .flags = FF_READONLY),
    F_TEXT("refuse_reason", 200, "退回原因", "Reason of refusal", .flags = FF_READONLY),
    F_ENUM("state", receipt_states, "状态", "State", .preset = "registered", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef receipt_def = {
    .name = "receipt",
    .zh = "收款",
    .en = "Receipt",
    .doc = "Money that came in against a payment order; it counts once finance has confirmed it",
    .fields = receipt_fields,
    .n_fields = G_N_ELEMENTS(receipt_fields),
    .title = "no",
    .subtitle = "reference",
    .uniques = (const char *const[]){ "no", "way reference", NULL },
    .number_field = "no",
    .number_pattern = "SK-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "cashier_id", .parent = "order_id" },
    .list_columns = "no merchant_id order_id received_on way amount reference cashier_id state",
    .list_filters = "received_on way merchant_id order_id",
    .list_sort = "-no",
    .mobile_lines = "merchant_id amount received_on",
    .flags = EF_NO_UPDATE | EF_NO_IMPORT,
};

static const FieldDef allocation_fields[] = {
    F_REF("receipt_id", "receipt", "收款", "Receipt", .flags = FF_REQUIRED),
    F_REF("line_id", "payment_order_line", "交款单明细", "Line", .flags = FF_REQUIRED),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED),
};
static const EntityDef allocation_def = {
    .name = "allocation",
    .zh = "核销",
    .en = "Allocation",
    .doc = "Which receipt paid which line",
    .fields = allocation_fields,
    .n_fields = G_N_ELEMENTS(allocation_fields),
    .title = "receipt_id",
    .scope = { .parent = "receipt_id" },
    .list_columns = "receipt_id line_id amount",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const EnumItem entry_kinds[] = {
    { "received", "收取", "Received", TONE_GREEN }, { "converted", "转换", "Converted", TONE_VIOLET },
    { "deducted", "扣除", "Deducted", TONE_RED },   { "refunded", "退还", "Refunded", TONE_BLUE },
    { "forfeited", "没收", "Forfeited", TONE_RED }, { NULL, NULL, NULL, 0 },
};
static const FieldDef deposit_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_FILTER),
    F_ENUM("kind", deposit_kind_items, "性质", "Kind", .flags = FF_REQUIRED | FF_FILTER),
    F_ENUM("event", entry_kinds, "事项", "Event", .flags = FF_REQUIRED),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN),
    F_DAY("happened_on", "日期", "Day", .flags = FF_REQUIRED | FF_SORT),
    F_REF("receipt_id", "receipt", "收款", "Receipt"),
};
static const EntityDef deposit_def = {
    .name = "deposit_entry",
    .zh = "保证金台账",
    .en = "Deposit entry",
    .doc = "Each deposit from received to refunded, with its legal kind",
    .fields = deposit_fields,
    .n_fields = G_N_ELEMENTS(deposit_fields),
    .title = "kind",
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id kind event amount happened_on receipt_id",
    .list_filters = "kind lease_id",
    .list_sort = "-happened_on",
    .mobile_lines = "kind amount",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const FieldDef void_fields[] = { F_TEXT("reason", 200, "作废原因", "Reason", .flags = FF_REQUIRED) };
static const FieldDef receive_fields[] = {
    F_MONEY("amount", "实收金额", "Amount received", .flags = FF_REQUIRED, .min = 1),
    F_DAY("received_on", "收款日期", "Received on", .flags = FF_REQUIRED),
    F_ENUM("way", ways, "方式", "Way", .flags = FF_REQUIRED, .preset = "bank_transfer"),
    F_TEXT("reference", 60, "流水号", "Reference"),
    F_TEXT("account", 60, "收款账户", "Account"),
    F_TEXT("payer", 80, "付款人", "Payer"),
};
static const FieldDef refuse_fields[] = { F_TEXT("reason", 200, "退回原因", "Reason", .flags = FF_REQUIRED) };

static const Transition order_flow[] = {
    { .from = "issued part_received", .action = "receive", .zh = "确认收款", .en = "Take in money", .tone = TONE_BLUE, .fields = receive_fields, .n_fields = G_N_ELEMENTS(receive_fields), .effect = billing_order_receive },
    { .from = "issued", .action = "cancel", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED, .fields = void_fields, .n_fields = G_N_ELEMENTS(void_fields), .effect = billing_order_cancel },
};
static const Transition receipt_flow[] = {
    { .from = "registered", .action = "confirm", .to = "confirmed", .zh = "确认到账", .en = "Confirm", .tone = TONE_BLUE, .effect = billing_receipt_confirm },
    { .from = "registered", .action = "refuse", .to = "refused", .zh = "退回", .en = "Refuse", .tone = TONE_RED, .fields = refuse_fields, .n_fields = G_N_ELEMENTS(refuse_fields), .effect = billing_receipt_refuse },
};

const EntityModule payment_order_module = {
    .def = &order_def, .flow = order_flow, .n_flow = G_N_ELEMENTS(order_flow), .write_more = billing_order_write,
};
const EntityModule payment_order_line_module = { .def = &line_def };
const EntityModule receipt_module = {
    .def = &receipt_def, .flow = receipt_flow, .n_flow = G_N_ELEMENTS(receipt_flow), .validate = billing_receipt_validate,
};
const EntityModule allocation_module = { .def = &allocation_def };
const EntityModule deposit_entry_module = { .def = &deposit_def };
