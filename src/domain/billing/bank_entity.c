/* bank_entity.c - lines of bank statements as a table with its states. */
#include "domain/billing/bank.h"

static const EnumItem states[] = {
    { "open", "待匹配", "To be matched", TONE_AMBER },
    { "matched", "已匹配", "Matched", TONE_GREEN },
    { "ignored", "非收款", "Not ours", TONE_GRAY },
    { "outgoing", "付出", "Outgoing", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};

/* clang-format off */
static const FieldDef fields[] = {
    F_REF("money_account_id", "money_account", "资金账户", "Money account", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_DAY("happened_on", "交易日期", "Day", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SORT | FF_FILTER),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SORT, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .doc = "Positive: money came in"),
    F_MONEY("balance", "余额", "Balance", .flags = FF_IMMUTABLE, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN),
    F_TEXT("counterpart", 120, "对方户名", "Other side", .flags = FF_IMMUTABLE | FF_SEARCH),
    F_TEXT("counterpart_account", 40, "对方账号", "Its account", .flags = FF_IMMUTABLE | FF_MASKED),
    F_TEXT("summary", 200, "摘要", "Summary", .flags = FF_IMMUTABLE),
    F_TEXT("memo", 200, "附言", "Memo", .flags = FF_IMMUTABLE, .doc = "What the payer wrote; numbers of orders, leases and units in it are recognised"),
    F_TEXT("serial", 60, "流水号", "Serial number", .flags = FF_IMMUTABLE | FF_SEARCH),
    F_TEXT("live_key", 300, "唯一键", "Key", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "By it a line that comes in a second statement is known"),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_READONLY | FF_FILTER),
    F_REF("receipt_id", "receipt", "收款", "Receipt", .flags = FF_READONLY),
    F_REF("imported_by", "staff", "导入人", "Imported by", .flags = FF_READONLY),
    F_REF("matched_by", "staff", "匹配人", "Matched by", .flags = FF_READONLY),
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "open", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "bank_line",
    .zh = "银行流水",
    .en = "Bank line",
    .doc = "One line of a bank statement; a line of money that came in becomes one confirmed receipt",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "counterpart",
    .subtitle = "serial",
    .uniques = (const char *const[]){ "live_key", "receipt_id", NULL },
    .indexes = (const char *const[]){ "counterpart", NULL },
    .state_field = "state",
    .frozen = "money_account_id happened_on amount live_key",
    .list_columns = "happened_on counterpart amount memo summary serial merchant_id receipt_id state",
    .list_filters = "happened_on money_account_id merchant_id",
    .list_sort = "-happened_on",
    .mobile_lines = "counterpart amount happened_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE,
};

static const FieldDef match_fields[] = {
    F_REF("receipt_id", "receipt", "收款", "Receipt", .doc = "A receipt that is registered or confirmed already"),
    F_REF("order_id", "payment_order", "交款单", "Payment order"),
    F_REF("merchant_id", "merchant", "商户", "Merchant"),
    F_JSON("choice", "款项", "Charges", .doc = "[{charge_id, amount}]; empty: oldest due first"),
};
static const FieldDef ignore_fields[] = { F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED) };
static const Transition flow[] = {
    { .from = "open", .action = "match", .to = "matched", .zh = "匹配入账", .en = "Match", .tone = TONE_BLUE, .fields = match_fields, .n_fields = G_N_ELEMENTS(match_fields), .effect = bank_line_match },
    { .from = "open", .action = "ignore", .to = "ignored", .zh = "非收款", .en = "Not ours", .fields = ignore_fields, .n_fields = G_N_ELEMENTS(ignore_fields), .effect = bank_line_ignore },
    { .from = "ignored matched", .action = "reopen", .to = "open", .zh = "重新匹配", .en = "Match again", .guard = bank_line_may_reopen, .effect = bank_line_reopen },
};
/* clang-format on */

static const char *const more_rights[] = { "import", NULL }; /* statements, not rows typed into a sheet */
const EntityModule bank_line_module = { .more_rights = more_rights, .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow) };
