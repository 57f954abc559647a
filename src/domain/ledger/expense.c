/* expense.c - money that goes out for something bought: registered, approved above an amount, paid by somebody else, taken back but never edited. */
#include "base/money.h"
#include "domain/ledger/ledger_internal.h"
#include "store/services.h"

enum { APPROVE_ABOVE = 1000 }; /* yuan; setting expense_approve_above */

/* clang-format off */
static const EnumItem states[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },          { "approving", "审批中", "In approval", TONE_BLUE },
    { "approved", "待付款", "To be paid", TONE_AMBER }, { "paid", "已付款", "Paid", TONE_GREEN },
    { "reversed", "已红冲", "Reversed", TONE_RED },    { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef fields[] = {
    F_TEXT("no", 30, "支出单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_DAY("spent_on", "业务日期", "Day", .flags = FF_REQUIRED | FF_SORT | FF_FILTER),
    F_REF("account_id", "account", "支出科目", "Account", .flags = FF_REQUIRED | FF_FILTER, .doc = "An account of kind expense"),
    F_TEXT("payee", 80, "收款方", "Payee", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "对方|供应商"),
    F_TEXT("memo", 200, "摘要", "Memo", .flags = FF_REQUIRED),
    F_MONEY("amount", "含税金额", "Amount", .flags = FF_REQUIRED | FF_SORT, .min = 1),
    F_PERCENT("tax_rate", "税率 %", "Tax rate %", .preset = "0", .flags = FF_REQUIRED),
    F_BOOL("is_deductible", "可抵扣进项", "Input VAT deductible", .preset = "false", .doc = "With a special VAT invoice: its tax is no cost"),
    F_MONEY("tax", "税额", "Tax", .flags = FF_READONLY, .doc = "Amount - amount ÷ (1 + rate), rounded half away from zero"),
    F_TEXT("invoice_no", 60, "票据号", "Invoice no.", .flags = FF_SEARCH),
    F_DAY("period_from", "所属期起", "Period from"),
    F_DAY("period_to", "所属期止", "Period to"),
    F_REF("merchant_id", "merchant", "相关商户", "Merchant"),
    F_REF("lease_id", "lease", "相关合同", "Lease"),
    F_REF("corrects_id", "expense", "更正的支出", "Corrects", .doc = "The expense that was taken back and is registered anew here"),
    F_DAY("paid_on", "付款日期", "Paid on", .flags = FF_READONLY | FF_FILTER),
    F_REF("money_account_id", "money_account", "付款账户", "Paid from", .flags = FF_READONLY | FF_FILTER),
    F_TEXT("reference", 60, "流水号", "Reference", .flags = FF_READONLY),
    F_REF("paid_by", "staff", "付款人", "Paid by", .flags = FF_READONLY),
    F_REF("journal_id", "journal", "凭证号", "Voucher", .flags = FF_READONLY | FF_NO_INDEX),
    F_DAY("reversed_on", "红冲日期", "Reversed on", .flags = FF_READONLY),
    F_TEXT("reverse_reason", 200, "红冲原因", "Reason of reversal", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const FieldGroup form[] = {
    { "支出", "Expense", "spent_on account_id payee memo corrects_id" },
    { "金额与票据", "Amount and invoice", "amount tax_rate is_deductible invoice_no period_from period_to" },
    { "关联", "About", "merchant_id lease_id" },
    { NULL, NULL, NULL },
};
static const EntityDef def = {
    .name = "expense",
    .zh = "支出",
    .en = "Expense",
    .doc = "Money going out for something bought; above a limit only after approval, paid by somebody else than who registered it",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "payee",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "ZC-{YYYY}-{5}",
    .state_field = "state",
    .list_columns = "no spent_on account_id payee memo amount tax paid_on money_account_id journal_id state",
    .list_filters = "spent_on account_id money_account_id",
    .list_sort = "-no",
    .mobile_lines = "payee amount spent_on",
    .form = form,
};
/* clang-format on */

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gint64 net_fen = 0, tax_fen = 0;
    Day from = record_day(rec, "period_from"), to = record_day(rec, "period_to");
    g_autoptr(Record) account = record_find(ctx, "account", record_int(rec, "account_id"), NULL);

    ledger_refuse_edited(rec, old, error);
    if (account && (!record_is(account, "kind", "expense") || record_int(account, "is_control") || !record_int(account, "active")))
        app_error_field(error, "account_id", "kind", "请选择启用的费用类科目", "choose an active expense account");
    if (from != DAY_NONE && to != DAY_NONE && to < from)
        app_error_field(error, "period_to", "order", "所属期止不能早于所属期起", "cannot end before it begins");
    if (record_int(rec, "is_deductible") && record_int(rec, "tax_rate") == 0)
        app_error_field(error, "tax_rate", "required", "可抵扣的票据须填写税率", "a deductible invoice has a tax rate");
    if (!old)
        ledger_refuse_future(ctx, rec, "spent_on", error);
    tax_split_gross(record_int(rec, "amount"), record_int(rec, "tax_rate"), &net_fen, &tax_fen);
    record_set_int(rec, "tax", tax_fen);
    return TRUE;
}

static gboolean
after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || approval_subject_changed(ctx, "expense", rec->id, error);
}

static gboolean
submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return approval_start(ctx, rec, error) != 0;
}

/* Small amounts need no approval: who pays looks at them. */
static gboolean
may_pay(Ctx *ctx, const Record *rec, GError **error)
{
    gint64 limit_yuan = setting_int(ctx, "expense_approve_above", APPROVE_ABOVE);

    if (record_is(rec, "state", "draft") && record_int(rec, "amount") > limit_yuan * 100)
        return app_error_set(error, APP_ERROR_CONFLICT, "expense.needs_approval", "金额超过 %d 元，须先审批",
                             "more than %d yuan: it needs approval first", (int) limit_yuan);
    return ledger_refuse_own(ctx, rec, error);
}

static gboolean
post(Ctx *ctx, Record *rec, GError **error)
{
    gint64 amount_fen = record_int(rec, "amount"), deducted_fen = record_int(rec, "is_deductible") ? record_int(rec, "tax") : 0;
    g_autoptr(Record) account = record_get(ctx, "account", record_int(rec, "account_id"), NULL, error);
    g_autofree char *money = account ? ledger_money_code(ctx, record_int(rec, "money_account_id"), error) : NULL;
    g_autofree char *memo = g_strdup_printf("%s：%s", record_text(rec, "payee"), record_text(rec, "memo"));

    if (!money)
        return FALSE;
    const gint64 merchant_id = record_int(rec, "merchant_id"), lease_id = record_int(rec, "lease_id");
    const LedgerLine lines[] = {
        { .account = record_text(account, "code"), .amount_fen = amount_fen - deducted_fen, .merchant_id = merchant_id, .lease_id = lease_id },
        { .account = ACC_INPUT_TAX, .amount_fen = deducted_fen, .merchant_id = merchant_id, .lease_id = lease_id },
        { .account = money, .amount_fen = -amount_fen, .merchant_id = merchant_id, .lease_id = lease_id,
          .money_account_id = record_int(rec, "money_account_id") },
    };
    const LedgerJournal journal = { .event = "expense", .on = record_day(rec, "paid_on"), .memo = memo, .source_entity = "expense",
                                    .source_id = rec->id, .lines = lines, .n_lines = G_N_ELEMENTS(lines) };
    gint64 journal_id = ledger_post(ctx, &journal, error);
    record_set_id(rec, "journal_id", journal_id);
    return journal_id != 0;
}

static gboolean
pay(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    GError *fault = NULL;

    ledger_refuse_future(ctx, input, "paid_on", &fault);
    if (fault) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    record_set_day(rec, "paid_on", record_day(input, "paid_on"));
    record_set_id(rec, "money_account_id", record_int(input, "money_account_id"));
    record_set_text(rec, "reference", record_text(input, "reference"));
    record_set_id(rec, "paid_by", ctx->staff_id);
    return post(ctx, rec, error);
}

/* clang-format off */
static const FieldDef pay_fields[] = {
    F_DAY("paid_on", "付款日期", "Paid on", .flags = FF_REQUIRED),
    F_REF("money_account_id", "money_account", "付款账户", "Paid from", .flags = FF_REQUIRED),
    F_TEXT("reference", 60, "流水号", "Reference"),
};
static const Transition flow[] = {
    { .from = "draft", .action = "submit", .to = "approving", .zh = "提交审批", .en = "Submit for approval", .tone = TONE_BLUE, .effect = submit },
    { .from = "approving", .action = "approve", .to = "approved", .zh = "批准", .en = "Approve", .internal = TRUE },
    { .from = "approving", .action = "reopen", .to = "draft", .zh = "退回草稿", .en = "Back to draft", .internal = TRUE },
    { .from = "draft approved", .action = "pay", .to = "paid", .zh = "付款", .en = "Pay", .tone = TONE_BLUE, .fields = pay_fields, .n_fields = G_N_ELEMENTS(pay_fields), .guard = may_pay, .effect = pay },
    { .from = "paid", .action = "reverse", .to = "reversed", .zh = "红冲", .en = "Reverse", .tone = TONE_RED, .fields = ledger_reverse_fields, .n_fields = LEDGER_REVERSE_FIELDS, .effect = ledger_paper_reverse },
    { .from = "draft approved", .action = "void", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED },
};
/* clang-format on */

static gboolean
write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    return ledger_journals_write(ctx, "expense", rec->id, out, error);
}

const EntityModule expense_module = {
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = validate, .after_save = after_save, .write_more = write_more,
};

static gboolean
on_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "approve", NULL, error);
}

static gboolean
on_sent_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

const ApprovalSubject expense_subject = {
    .entity = "expense", .on_agreed = on_agreed, .on_returned = on_sent_back, .on_rejected = on_sent_back,
    .on_withdrawn = on_sent_back, .on_void = on_sent_back,
};
