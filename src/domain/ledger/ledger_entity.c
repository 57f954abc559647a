/* ledger_entity.c - accounts, money accounts, fiscal months, journals and entries as tables. */
#include "base/money.h"
#include "domain/ledger/ledger_internal.h"

/* clang-format off */
static const EnumItem account_kinds[] = {
    { "asset", "资产", "Asset", TONE_BLUE },       { "liability", "负债", "Liability", TONE_AMBER },
    { "equity", "权益", "Equity", TONE_VIOLET },    { "income", "收入", "Income", TONE_GREEN },
    { "expense", "费用", "Expense", TONE_RED },     { NULL, NULL, NULL, 0 },
};
static const FieldDef account_fields[] = {
    F_TEXT("code", 20, "科目编码", "Code", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SEARCH | FF_SORT, .synonyms = "编码|科目代码"),
    F_TEXT("name", 60, "科目名称", "Account", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "科目|名称"),
    F_TEXT("name_en", 80, "英文名称", "English name"),
    F_ENUM("kind", account_kinds, "类别", "Kind", .flags = FF_REQUIRED | FF_FILTER),
    F_BOOL("is_control", "系统科目", "Kept by the program", .preset = "false", .flags = FF_READONLY, .doc = "A control account: only business events post to it, and its balance equals its sub-ledger"),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER),
};
static const EntityDef account_def = {
    .name = "account",
    .zh = "会计科目",
    .en = "Ledger account",
    .doc = "The chart of accounts",
    .fields = account_fields,
    .n_fields = G_N_ELEMENTS(account_fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = (const char *const[]){ "code", NULL },
    .list_columns = "code name kind is_control active",
    .list_filters = "kind active",
    .list_sort = "code",
    .mobile_lines = "code kind",
};

static const EnumItem money_kinds[] = {
    { "bank", "银行账户", "Bank account", TONE_BLUE }, { "cash", "现金", "Cash", TONE_AMBER },
    { "pos", "POS 收单", "Card terminal", TONE_BLUE },  { "wechat", "微信收款", "WeChat", TONE_GREEN },
    { "alipay", "支付宝收款", "Alipay", TONE_BLUE },   { NULL, NULL, NULL, 0 },
};
static const FieldDef money_fields[] = {
    F_TEXT("name", 60, "账户名称", "Name", .flags = FF_REQUIRED | FF_SEARCH),
    F_ENUM("kind", money_kinds, "类型", "Kind", .flags = FF_REQUIRED | FF_FILTER, .preset = "bank"),
    F_TEXT("bank_name", 120, "开户行", "Bank"),
    F_TEXT("number", 40, "账号", "Number", .flags = FF_MASKED, .synonyms = "银行账号"),
    F_REF("account_id", "account", "会计科目", "Ledger account", .flags = FF_REQUIRED),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER),
};
static const EntityDef money_def = {
    .name = "money_account",
    .zh = "资金账户",
    .en = "Money account",
    .doc = "Where money lies: bank accounts, the cash box, collecting accounts; the income and expense ledger runs by them",
    .fields = money_fields,
    .n_fields = G_N_ELEMENTS(money_fields),
    .title = "name",
    .subtitle = "bank_name",
    .uniques = (const char *const[]){ "name", NULL },
    .list_columns = "name kind bank_name number account_id active",
    .list_filters = "kind active",
    .mobile_lines = "kind bank_name",
};

static const EnumItem month_states[] = {
    { "open", "未结账", "Open", TONE_BLUE }, { "closed", "已结账", "Closed", TONE_GREEN }, { NULL, NULL, NULL, 0 },
};
static const FieldDef month_fields[] = {
    F_INT("month", 200001, 219912, "会计月", "Month", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SORT, .doc = "202603"),
    F_MONEY("debit", "借方发生额", "Debits", .flags = FF_READONLY, .doc = "Sum of the month's debits at closing; equals the credits"),
    F_INT("journals", 0, 0, "凭证数", "Journals", .flags = FF_READONLY),
    F_REF("closed_by", "staff", "结账人", "Closed by", .flags = FF_READONLY),
    F_INSTANT("closed_at", "结账时间", "Closed at", .flags = FF_READONLY),
    F_TEXT("close_reason", 200, "结账说明", "Closed although", .flags = FF_READONLY, .doc = "Why the month was closed with points of the checklist left open"),
    F_ENUM("state", month_states, "状态", "State", .preset = "open", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef month_def = {
    .name = "fiscal_month",
    .zh = "会计月",
    .en = "Fiscal month",
    .doc = "An accounting month; nothing enters a closed one, corrections go to the next with a reference",
    .fields = month_fields,
    .n_fields = G_N_ELEMENTS(month_fields),
    .title = "month",
    .uniques = (const char *const[]){ "month", NULL },
    .state_field = "state",
    .list_columns = "month journals debit closed_by closed_at state",
    .list_sort = "-month",
    .mobile_lines = "debit closed_at",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

const EnumItem ledger_events[] = {
    { "charge", "应收", "Charge", TONE_BLUE },               { "charge_void", "应收冲销", "Charge voided", TONE_RED },
    { "receipt", "收款", "Receipt", TONE_GREEN },            { "receipt_back", "收款冲回", "Receipt taken back", TONE_RED },
    { "credit", "预收核销", "Credit applied", TONE_VIOLET },  { "offset", "红蓝互抵", "Set off", TONE_BLUE },
    { "refund", "退款", "Refund", TONE_AMBER },
    { "deposit_converted", "保证金转换", "Deposit converted", TONE_VIOLET },
    { "deposit_deducted", "保证金扣除", "Deposit deducted", TONE_RED },
    { "deposit_refunded", "保证金退还", "Deposit refunded", TONE_BLUE },
    { "deposit_forfeited", "保证金没收", "Deposit forfeited", TONE_RED },
    { "waiver", "减免", "Waiver", TONE_AMBER },              { "write_off", "坏账核销", "Written off", TONE_RED },
    { "expense", "支出", "Expense", TONE_RED },              { "transfer", "资金划转", "Transfer", TONE_GRAY },
    { "straight_line", "直线法调整", "Straight-line income", TONE_GRAY },
    { "opening", "期初", "Opening balance", TONE_GRAY },     { "correction", "更正", "Correction", TONE_AMBER },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef journal_fields[] = {
    F_TEXT("no", 30, "凭证号", "No.", .flags = FF_READONLY | FF_SORT),
    F_INT("month", 200001, 219912, "会计月", "Month", .flags = FF_REQUIRED),
    F_DAY("posted_on", "记账日期", "Posted on", .flags = FF_REQUIRED),
    F_DAY("on_day", "业务日期", "Day of the event", .flags = FF_REQUIRED),
    F_ENUM("event", ledger_events, "事项", "Event", .flags = FF_REQUIRED | FF_FILTER),
    F_TEXT("memo", 200, "摘要", "Memo"),
    F_MONEY("total", "金额", "Amount", .flags = FF_REQUIRED, .doc = "Sum of its debits"),
    F_TEXT("source_entity", 40, "来源单据", "Source", .flags = FF_SECRET, .doc = "The kind of record that explains it"),
    F_INT("source_id", 0, 0, "来源", "Source record", .flags = FF_SECRET),
    F_REF("reverses_id", "journal", "冲销凭证", "Reverses", .flags = FF_NO_INDEX),
};
static const EntityDef journal_def = {
    .name = "journal",
    .zh = "记账凭证",
    .en = "Journal",
    .doc = "One business event in debits and credits that add up to nothing",
    .fields = journal_fields,
    .n_fields = G_N_ELEMENTS(journal_fields),
    .title = "no",
    .subtitle = "memo",
    .uniques = (const char *const[]){ "no", NULL },
    .indexes = (const char *const[]){ "month", "source_id source_entity", NULL },
    .list_columns = "no month on_day event memo total",
    .list_filters = "event",
    .list_sort = "-no",
    .mobile_lines = "memo total on_day",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const FieldDef entry_fields[] = {
    F_REF("journal_id", "journal", "凭证", "Journal", .flags = FF_REQUIRED),
    F_INT("seq", 1, 9999, "行", "Line", .flags = FF_REQUIRED),
    F_REF("account_id", "account", "科目", "Account", .flags = FF_REQUIRED),
    F_MONEY("amount", "金额（借正贷负）", "Amount (debit +, credit -)", .flags = FF_REQUIRED, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN),
    F_INT("month", 200001, 219912, "会计月", "Month", .flags = FF_REQUIRED),
    F_DAY("posted_on", "记账日期", "Posted on", .flags = FF_REQUIRED),
    F_REF("money_account_id", "money_account", "资金账户", "Money account", .flags = FF_NO_INDEX),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_NO_INDEX),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_NO_INDEX),
    F_REF("item_id", "charge_item", "费用科目", "Charge item", .flags = FF_NO_INDEX),
    /* Plain numbers: the tables they point to stand above this one. */
    F_INT("charge_id", 0, 0, "应收", "Charge"),
    F_INT("receipt_id", 0, 0, "收款", "Receipt"),
};
static const EntityDef entry_def = {
    .name = "entry",
    .zh = "分录",
    .en = "Entry",
    .doc = "One line of a journal",
    .fields = entry_fields,
    .n_fields = G_N_ELEMENTS(entry_fields),
    .title = "account_id",
    .indexes = (const char *const[]){ "journal_id", "account_id month", "charge_id", NULL },
    .scope = { .parent = "journal_id" },
    .list_columns = "journal_id account_id amount merchant_id lease_id",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};

static const FieldDef close_fields[] = {
    F_TEXT("reason", 200, "结账说明", "Reason", .doc = "Needed where a point of the checklist is not done"),
};
static const Transition month_flow[] = {
    { .from = "open", .action = "spread", .zh = "计提直线法收入", .en = "Spread rent income", .effect = ledger_straight_post },
    { .from = "open", .action = "close", .to = "closed", .zh = "结账", .en = "Close", .tone = TONE_BLUE, .fields = close_fields, .n_fields = G_N_ELEMENTS(close_fields), .effect = ledger_month_close },
};
/* clang-format on */

const EntityModule account_module = { .def = &account_def };
const EntityModule money_account_module = { .def = &money_def, .write_more = ledger_money_write };
const EntityModule fiscal_month_module = {
    .def = &month_def, .flow = month_flow, .n_flow = G_N_ELEMENTS(month_flow), .write_more = ledger_checklist_write,
};
const EntityModule journal_module = { .def = &journal_def, .write_more = ledger_journal_write };
const EntityModule entry_module = { .def = &entry_def };
