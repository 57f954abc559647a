/* billing_entity.c - payment orders, receipts, allocations and deposit entries as tables with their states. */
#include "domain/billing/billing_internal.h"

/* clang-format off */
const EnumItem charge_kind_items[] = {
    { "fixed", "固定", "Fixed", TONE_BLUE },              { "provisional", "暂计提成", "Provisional turnover", TONE_VIOLET },
    { "settlement", "提成结算", "Turnover settlement", TONE_VIOLET },
    { "adjustment", "差额调整", "Adjustment", TONE_AMBER }, { "deposit", "保证金", "Deposit", TONE_VIOLET },
    { "meter", "抄表", "Metered", TONE_BLUE },             { "share", "公摊", "Shared cost", TONE_BLUE },
    { "late_fee", "违约金", "Late fee", TONE_RED },        { "damage", "赔偿", "Damage", TONE_RED },
    { "penalty", "违约罚金", "Penalty", TONE_RED },        { "occupation", "占用费", "Occupation", TONE_RED },
    { "single", "单项", "Single", TONE_GRAY },             { "opening", "期初", "Opening", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem charge_states[] = {
    { "open", "未收", "Open", TONE_AMBER },
    { "part_paid", "部分收款", "Part paid", TONE_BLUE },
    { "paid", "已结清", "Settled", TONE_GREEN },
    { "void", "已冲销", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
#define SIGNED .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN
static const FieldDef charge_fields[] = {
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_FILTER),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_FILTER),
    F_REF("item_id", "charge_item", "费用科目", "Charge item", .flags = FF_FILTER),
    F_ENUM("kind", charge_kind_items, "类别", "Kind", .flags = FF_REQUIRED),
    F_ENUM("deposit_kind", deposit_kind_items, "保证金性质", "Deposit kind"),
    F_TEXT("name", 80, "款项", "What for", .flags = FF_REQUIRED),
    F_DAY("period_from", "所属期起", "Period from"),
    F_DAY("period_to", "所属期止", "Period to"),
    F_DAY("due_on", "应交日期", "Due on", .flags = FF_REQUIRED | FF_SORT | FF_FILTER),
    F_DAY("posted_on", "出账日期", "Posted on", .flags = FF_REQUIRED, .doc = "The day it became a receivable"),
    F_PERCENT("tax_rate", "税率 %", "Tax rate %", .flags = FF_REQUIRED),
    F_MONEY("net", "不含税", "Net", .flags = FF_REQUIRED, SIGNED),
    F_MONEY("tax", "税额", "Tax", .flags = FF_REQUIRED, SIGNED),
    F_MONEY("gross", "应收", "Gross", .flags = FF_REQUIRED, SIGNED),
    F_MONEY("paid", "已核销", "Settled", .flags = FF_REQUIRED, SIGNED, .doc = "Sum of its allocations"),
    F_ENUM("state", charge_states, "状态", "State", .preset = "open", .flags = FF_REQUIRED | FF_FILTER),
    F_DAY("closed_on", "结清日期", "Settled on", .flags = FF_REQUIRED, .doc = "2199-12-31 while anything is open"),
    F_REF("bill_run_id", "bill_run", "出账", "Bill run", .flags = FF_FILTER),
    F_REF("term_id", "charge_term", "计租条款", "Charge term", .flags = FF_NO_INDEX),
    F_TEXT("live_key", 120, "唯一键", "Key", .doc = "Term and period: the same is billed once; empty once void"),
    F_TEXT("source_entity", 40, "来源单据", "Source"),
    F_INT("source_id", 0, 0, "来源", "Source record"),
    F_TEXT("void_reason", 200, "冲销原因", "Reason of voiding"),
    F_JSON("working", "算法", "Working"),
};
static const EntityDef charge_def = {
    .name = "charge",
    .zh = "应收",
    .en = "Charge",
    .doc = "What a merchant owes for one thing and one period, with its working; posted once, never edited",
    .fields = charge_fields,
    .n_fields = G_N_ELEMENTS(charge_fields),
    .title = "name",
    .uniques = (const char *const[]){ "live_key", NULL },
    .indexes = (const char *const[]){ "closed_on due_on", "source_id source_entity", NULL },
    .frozen = "merchant_id lease_id unit_id item_id kind deposit_kind period_from period_to due_on posted_on tax_rate net tax gross bill_run_id term_id",
    .state_field = "state",
    .scope = { .unit = "unit_id" },
    .list_columns = "due_on merchant_id unit_id name period_from period_to gross paid lease_id state",
    .list_filters = "due_on item_id merchant_id lease_id",
    .list_sort = "-due_on",
    .mobile_lines = "merchant_id gross due_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};
/* clang-format on */

static const EnumItem order_states[] = {
    { "issued", "待收款", "To be paid", TONE_AMBER },
    { "part_received", "部分收款", "Part received", TONE_BLUE },
    { "received", "已收齐", "Received", TONE_GREEN },
    { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem order_kinds[] = {
    { "first", "首期交款单", "First payment", TONE_VIOLET },
    { "intent", "意向金交款单", "Money of an intent", TONE_AMBER },
    { "bill", "缴费通知单", "Bill", TONE_BLUE },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef order_fields[] = {
    F_TEXT("no", 30, "交款单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_ENUM("kind", order_kinds, "种类", "Kind", .preset = "first", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "None where the charges are of several leases"),
    F_REF("intent_id", "intent", "意向书", "Letter of intent", .flags = FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("unit_id", "unit", "铺位", "Unit"),
    F_TEXT("batch", 30, "批次", "Batch", .flags = FF_READONLY | FF_FILTER, .doc = "Issued together for all merchants"),
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
    .doc = "What a merchant is asked to pay: the first payment of a lease (only after its review has passed), the money of a letter of intent, or a bill over "
           "open charges",
    .fields = order_fields,
    .n_fields = G_N_ELEMENTS(order_fields),
    .title = "no",
    .subtitle = "unit_nos",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "JK-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "issued_by", .unit = "unit_id" },
    .list_columns = "no kind merchant_id unit_nos lease_id issued_on due_on total received state",
    .list_filters = "kind merchant_id lease_id issued_by",
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
    F_REF("charge_id", "charge", "应收", "Charge", .flags = FF_REQUIRED),
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
    .list_columns = "order_id name period_from period_to gross",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

const EnumItem billing_ways[] = {
    { "bank_transfer", "银行转账", "Bank transfer", TONE_BLUE }, { "pos", "POS 刷卡", "Card", TONE_BLUE },
    { "wechat", "微信", "WeChat", TONE_GREEN },  { "alipay", "支付宝", "Alipay", TONE_BLUE },
    { "cash", "现金", "Cash", TONE_AMBER },       { "cheque", "支票", "Cheque", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem receipt_states[] = {
    { "registered", "待确认", "To be confirmed", TONE_AMBER },
    { "confirmed", "已确认", "Confirmed", TONE_GREEN },
    { "refused", "已退回", "Refused", TONE_RED },
    { "bounced", "已退票", "Bounced", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef receipt_fields[] = {
    F_TEXT("no", 30, "收款编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("order_id", "payment_order", "交款单", "Payment order", .flags = FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Follows from the payment order where there is one"),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Pays this lease first"),
    F_DAY("received_on", "收款日期", "Received on", .flags = FF_REQUIRED | FF_SORT | FF_FILTER),
    F_ENUM("way", billing_ways, "方式", "Way", .flags = FF_REQUIRED | FF_FILTER, .preset = "bank_transfer"),
    F_REF("money_account_id", "money_account", "收款账户", "Money account", .doc = "Where the money came in; follows from the way if left empty"),
    F_TEXT("reference", 60, "流水号", "Reference", .flags = FF_SEARCH, .doc = "The bank's number of the transfer; two receipts cannot carry the same"),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED | FF_SORT, .min = 1),
    F_JSON("choice", "指定款项", "Payer's choice", .flags = FF_IMMUTABLE, .doc = "[{charge_id, amount}]: what the payer pays; the rest stays as credit. Empty: oldest due first"),
    F_MONEY("allocated", "已核销", "Allocated", .flags = FF_READONLY, .preset = "0.00"),
    F_MONEY("refunded", "已退款", "Refunded", .flags = FF_READONLY, .preset = "0.00"),
    F_MONEY("credit", "预收余额", "Credit left", .flags = FF_READONLY, .preset = "0.00", .doc = "Confirmed and neither allocated nor refunded"),
    F_TEXT("payer", 80, "付款人", "Payer"),
    F_REF("cashier_id", "staff", "收款人", "Cashier", .flags = FF_READONLY | FF_FILTER),
    F_REF("confirmed_by", "staff", "确认人", "Confirmed by", .flags = FF_READONLY),
    F_INSTANT("confirmed_at", "确认时间", "Confirmed at", .flags = FF_READONLY),
    F_TEXT("refuse_reason", 200, "退回/退票原因", "Reason of refusal", .flags = FF_READONLY),
    F_DAY("bounced_on", "退票日期", "Bounced on", .flags = FF_READONLY),
    F_INT("prints", 0, 9999, "打印次数", "Printed", .preset = "0", .flags = FF_READONLY),
    F_ENUM("state", receipt_states, "状态", "State", .preset = "registered", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef receipt_def = {
    .name = "receipt",
    .zh = "收款",
    .en = "Receipt",
    .doc = "Money that came in, against a payment order or free; it counts once finance has confirmed it",
    .fields = receipt_fields,
    .n_fields = G_N_ELEMENTS(receipt_fields),
    .title = "no",
    .subtitle = "reference",
    .uniques = (const char *const[]){ "no", "way reference", NULL },
    .number_field = "no",
    .number_pattern = "SK-{YYYY}-{5}",
    .state_field = "state",
    .frozen = "merchant_id amount",
    .scope = { .owner = "cashier_id" },
    .list_columns = "no merchant_id order_id received_on way amount credit reference cashier_id state",
    .list_filters = "received_on way merchant_id order_id",
    .list_sort = "-no",
    .mobile_lines = "merchant_id amount received_on",
    .flags = EF_NO_UPDATE | EF_NO_IMPORT,
};

static const EnumItem allocation_kinds[] = {
    { "receipt", "收款", "Receipt", TONE_GREEN },    { "deposit", "保证金抵扣", "Deposit", TONE_VIOLET },
    { "offset", "红蓝互抵", "Offset", TONE_BLUE },    { "waiver", "减免", "Waiver", TONE_AMBER },
    { "refund", "退款", "Refund", TONE_VIOLET },
    { "write_off", "坏账核销", "Written off", TONE_RED }, { NULL, NULL, NULL, 0 },
};
static const FieldDef allocation_fields[] = {
    F_REF("charge_id", "charge", "应收", "Charge", .flags = FF_REQUIRED | FF_FILTER),
    F_ENUM("kind", allocation_kinds, "方式", "How", .flags = FF_REQUIRED),
    F_REF("receipt_id", "receipt", "收款", "Receipt", .flags = FF_FILTER),
    F_INT("source_id", 0, 0, "来源", "Source record", .doc = "Deposit entry, waiver, or the charge on the other side of an offset"),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED, SIGNED, .doc = "Negative where an allocation is taken back"),
    F_DAY("value_on", "到账日期", "Value day", .flags = FF_REQUIRED, .doc = "Through this day late fees run"),
    F_DAY("posted_on", "核销日期", "Posted on", .flags = FF_REQUIRED),
    F_REF("reverses_id", "allocation", "冲销", "Takes back", .flags = FF_NO_INDEX),
};
static const EntityDef allocation_def = {
    .name = "allocation",
    .zh = "核销",
    .en = "Allocation",
    .doc = "What settled which charge: a receipt, a deposit, a waiver, another charge",
    .fields = allocation_fields,
    .n_fields = G_N_ELEMENTS(allocation_fields),
    .title = "charge_id",
    .scope = { .parent = "charge_id" },
    .list_columns = "charge_id kind receipt_id amount value_on posted_on",
    .list_filters = "charge_id receipt_id",
    .list_sort = "-id",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const EnumItem entry_kinds[] = {
    { "received", "收取", "Received", TONE_GREEN }, { "converted", "转换", "Converted", TONE_VIOLET },
    { "deducted", "扣除", "Deducted", TONE_RED },   { "refunded", "退还", "Refunded", TONE_BLUE },
    { "forfeited", "没收", "Forfeited", TONE_RED }, { NULL, NULL, NULL, 0 },
};
static const FieldDef deposit_fields[] = {
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_FILTER),
    F_REF("intent_id", "intent", "意向书", "Letter of intent", .flags = FF_FILTER),
    F_ENUM("kind", deposit_kind_items, "性质", "Kind", .flags = FF_REQUIRED | FF_FILTER),
    F_ENUM("event", entry_kinds, "事项", "Event", .flags = FF_REQUIRED),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED, SIGNED, .doc = "Positive: we hold more"),
    F_DAY("happened_on", "日期", "Day", .flags = FF_REQUIRED | FF_SORT),
    F_DAY("posted_on", "记账日期", "Posted on", .flags = FF_REQUIRED),
    F_REF("charge_id", "charge", "应收", "Charge"),
    F_REF("receipt_id", "receipt", "收款", "Receipt"),
    F_TEXT("source_entity", 40, "来源单据", "Source", .doc = "The document behind it where it is no receipt"),
    F_INT("source_id", 0, 0, "来源", "Source record"),
    F_TEXT("memo", 400, "说明", "Memo"),
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
    .list_columns = "merchant_id lease_id kind event amount happened_on receipt_id memo",
    .list_filters = "kind merchant_id lease_id",
    .list_sort = "-happened_on",
    .mobile_lines = "kind amount",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const FieldDef void_fields[] = { F_TEXT("reason", 200, "作废原因", "Reason", .flags = FF_REQUIRED) };
static const FieldDef receive_fields[] = {
    F_MONEY("amount", "实收金额", "Amount received", .flags = FF_REQUIRED, .min = 1),
    F_DAY("received_on", "收款日期", "Received on", .flags = FF_REQUIRED),
    F_ENUM("way", billing_ways, "方式", "Way", .flags = FF_REQUIRED, .preset = "bank_transfer"),
    F_TEXT("reference", 60, "流水号", "Reference"),
    F_REF("money_account_id", "money_account", "收款账户", "Money account"),
    F_TEXT("payer", 80, "付款人", "Payer"),
};
static const FieldDef apply_fields[] = { F_JSON("choice", "款项", "Charges", .doc = "[{charge_id, amount}]; empty: oldest due first") };
static const FieldDef bounce_fields[] = {
    F_DAY("bounced_on", "退票日期", "Bounced on", .flags = FF_REQUIRED),
    F_TEXT("reason", 200, "退票原因", "Reason", .flags = FF_REQUIRED),
};
static const FieldDef refuse_fields[] = { F_TEXT("reason", 200, "退回原因", "Reason", .flags = FF_REQUIRED) };

static const Transition order_flow[] = {
    { .from = "issued part_received", .action = "receive", .zh = "确认收款", .en = "Take in money", .tone = TONE_BLUE, .fields = receive_fields, .n_fields = G_N_ELEMENTS(receive_fields), .effect = billing_order_receive },
    { .from = "issued part_received", .action = "cancel", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED, .fields = void_fields, .n_fields = G_N_ELEMENTS(void_fields), .effect = billing_order_cancel },
};
static const Transition receipt_flow[] = {
    { .from = "registered", .action = "confirm", .to = "confirmed", .zh = "确认到账", .en = "Confirm", .tone = TONE_BLUE, .effect = billing_receipt_confirm },
    { .from = "registered", .action = "refuse", .to = "refused", .zh = "退回", .en = "Refuse", .tone = TONE_RED, .fields = refuse_fields, .n_fields = G_N_ELEMENTS(refuse_fields), .effect = billing_receipt_refuse },
    { .from = "confirmed", .action = "apply", .zh = "核销预收", .en = "Apply credit", .fields = apply_fields, .n_fields = G_N_ELEMENTS(apply_fields), .guard = billing_has_credit, .effect = billing_receipt_apply },
    { .from = "confirmed", .action = "bounce", .to = "bounced", .zh = "退票", .en = "Bounced", .tone = TONE_RED, .fields = bounce_fields, .n_fields = G_N_ELEMENTS(bounce_fields), .effect = billing_receipt_bounce },
};
static const char *const charge_rights[] = { "offset", NULL };

const EntityModule charge_module = { .def = &charge_def, .write_more = billing_charge_write, .more_rights = charge_rights };
static const char *const order_rights[] = { "issue", NULL };
const EntityModule payment_order_module = {
    .more_rights = order_rights,
    .def = &order_def, .flow = order_flow, .n_flow = G_N_ELEMENTS(order_flow), .write_more = billing_order_write,
};
const EntityModule payment_order_line_module = { .def = &line_def };
const EntityModule receipt_module = {
    .def = &receipt_def, .flow = receipt_flow, .n_flow = G_N_ELEMENTS(receipt_flow), .validate = billing_receipt_validate,
    .write_more = billing_receipt_write,
};
const EntityModule allocation_module = { .def = &allocation_def };
const EntityModule deposit_entry_module = { .def = &deposit_def };
