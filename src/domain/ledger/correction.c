/* correction.c - journals by hand: corrections of finance and opening balances, one account against another, after approval, never on accounts that the
 * program keeps. */
#include "domain/ledger/ledger_internal.h"

#include <string.h>

/* clang-format off */
static const EnumItem kinds[] = {
    { "correction", "更正", "Correction", TONE_AMBER }, { "opening", "期初", "Opening balance", TONE_GRAY }, { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },      { "approving", "审批中", "In approval", TONE_BLUE },
    { "posted", "已记账", "Posted", TONE_GREEN }, { "reversed", "已红冲", "Reversed", TONE_RED },
    { "void", "已作废", "Void", TONE_GRAY },      { NULL, NULL, NULL, 0 },
};
static const FieldDef fields[] = {
    F_TEXT("no", 30, "更正单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_ENUM("kind", kinds, "类别", "Kind", .preset = "correction", .flags = FF_REQUIRED | FF_FILTER),
    F_DAY("on_day", "业务日期", "Day of the event", .flags = FF_REQUIRED | FF_SORT, .doc = "A day of a closed month is posted to the current one"),
    F_REF("debit_account_id", "account", "借方科目", "Debit", .flags = FF_REQUIRED),
    F_REF("credit_account_id", "account", "贷方科目", "Credit", .flags = FF_REQUIRED),
    F_REF("money_account_id", "money_account", "资金账户", "Money account", .doc = "Required where one side is money"),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED | FF_SORT, .min = 1),
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED),
    F_REF("corrects_id", "journal", "更正的凭证", "Corrects", .flags = FF_NO_INDEX),
    F_REF("journal_id", "journal", "凭证号", "Voucher", .flags = FF_READONLY | FF_NO_INDEX),
    F_DAY("reversed_on", "红冲日期", "Reversed on", .flags = FF_READONLY),
    F_TEXT("reverse_reason", 200, "红冲原因", "Reason of reversal", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "correction",
    .zh = "更正分录",
    .en = "Correction",
    .doc = "A journal by hand: corrections and opening balances; approved, and never on an account that the program keeps",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "reason",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "GZ-{YYYY}-{4}",
    .state_field = "state",
    .list_columns = "no kind on_day debit_account_id credit_account_id amount reason journal_id state",
    .list_filters = "kind",
    .list_sort = "-no",
    .mobile_lines = "reason amount on_day",
    .flags = EF_NO_IMPORT,
};
/* clang-format on */

typedef struct {
    const char *field;
    Record *account; /* NULL: not chosen yet */
    gboolean is_money;
} Side;

static void
side_clear(Side *side)
{
    record_free(side->account);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, side_clear)

static gboolean
is_money(Ctx *ctx, gint64 account_id)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, account_id);
    g_autoptr(Record) money = record_find_by(ctx, "money_account", "account_id", id, NULL);

    return money != NULL;
}

static void
side_read(Ctx *ctx, const Record *rec, Side *side, GError **error)
{
    side->account = record_find(ctx, "account", record_int(rec, side->field), NULL);
    if (!side->account)
        return;
    side->is_money = is_money(ctx, side->account->id);
    if (record_int(side->account, "is_control"))
        app_error_field(error, side->field, "control", "“%s”由系统记账，不能手工更正", "%s is kept by the program; business events post to it",
                        record_text(side->account, "name"));
}

static void
check_money(Ctx *ctx, const Record *rec, const Side *debit, const Side *credit, GError **error)
{
    g_autoptr(Record) money = record_find(ctx, "money_account", record_int(rec, "money_account_id"), NULL);
    gint64 behind = money ? record_int(money, "account_id") : 0;

    if (debit->is_money && credit->is_money)
        app_error_field(error, "credit_account_id", "transfer", "两个资金科目之间请用资金划转", "between two money accounts use a transfer");
    else if ((debit->is_money || credit->is_money) && !money)
        app_error_field(error, "money_account_id", "required", "请选择资金账户", "say which money account");
    else if (money && behind != (debit->is_money ? debit->account->id : credit->is_money ? credit->account->id : 0))
        app_error_field(error, "money_account_id", "differs", "资金账户不属于所选科目", "does not belong to either account");
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    g_auto(Side) debit = { "debit_account_id", NULL, FALSE };
    g_auto(Side) credit = { "credit_account_id", NULL, FALSE };

    ledger_refuse_edited(rec, old, error);
    side_read(ctx, rec, &debit, error);
    side_read(ctx, rec, &credit, error);
    if (!old)
        ledger_refuse_future(ctx, rec, "on_day", error);
    if (!debit.account || !credit.account)
        return TRUE;
    if (debit.account->id == credit.account->id)
        app_error_field(error, "credit_account_id", "same", "借贷科目不能相同", "must be another account");
    if (record_is(rec, "kind", "opening") && strcmp(record_text(debit.account, "code"), ACC_OPENING) != 0
        && strcmp(record_text(credit.account, "code"), ACC_OPENING) != 0)
        app_error_field(error, "credit_account_id", "opening", "期初的一方应为“期初余额”科目", "one side of an opening balance is account 3999");
    check_money(ctx, rec, &debit, &credit, error);
    return TRUE;
}

static gboolean
after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || approval_subject_changed(ctx, "correction", rec->id, error);
}

static gboolean
submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return approval_start(ctx, rec, error) != 0;
}

static gboolean
post(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    gint64 money_id = record_int(rec, "money_account_id");
    g_autoptr(Record) debit = record_get(ctx, "account", record_int(rec, "debit_account_id"), NULL, error);
    g_autoptr(Record) credit = debit ? record_get(ctx, "account", record_int(rec, "credit_account_id"), NULL, error) : NULL;
    g_autofree char *corrects = record_ref_label(ctx, "journal", record_int(rec, "corrects_id"));
    g_autofree char *memo = *corrects ? g_strdup_printf("更正 %s：%s", corrects, record_text(rec, "reason")) : g_strdup(record_text(rec, "reason"));

    (void) input;
    if (!credit)
        return FALSE;
    const LedgerLine lines[] = {
        { .account = record_text(debit, "code"), .amount_fen = record_int(rec, "amount"), .money_account_id = is_money(ctx, debit->id) ? money_id : 0 },
        { .account = record_text(credit, "code"), .amount_fen = -record_int(rec, "amount"), .money_account_id = is_money(ctx, credit->id) ? money_id : 0 },
    };
    const LedgerJournal journal = { .event = record_text(rec, "kind"), .on = record_day(rec, "on_day"), .memo = memo, .source_entity = "correction",
                                    .source_id = rec->id, .lines = lines, .n_lines = G_N_ELEMENTS(lines) };
    gint64 journal_id = ledger_post(ctx, &journal, error);
    record_set_id(rec, "journal_id", journal_id);
    return journal_id != 0;
}

/* clang-format off */
static const Transition flow[] = {
    { .from = "draft", .action = "submit", .to = "approving", .zh = "提交审批", .en = "Submit for approval", .tone = TONE_BLUE, .effect = submit },
    { .from = "approving", .action = "post", .to = "posted", .zh = "批准并记账", .en = "Approve and post", .effect = post, .internal = TRUE },
    { .from = "approving", .action = "reopen", .to = "draft", .zh = "退回草稿", .en = "Back to draft", .internal = TRUE },
    { .from = "posted", .action = "reverse", .to = "reversed", .zh = "红冲", .en = "Reverse", .tone = TONE_RED, .fields = ledger_reverse_fields, .n_fields = LEDGER_REVERSE_FIELDS, .effect = ledger_paper_reverse },
    { .from = "draft", .action = "void", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED },
};
/* clang-format on */

static gboolean
write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    return ledger_journals_write(ctx, "correction", rec->id, out, error);
}

const EntityModule correction_module = {
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = validate, .after_save = after_save, .write_more = write_more,
};

static gboolean
on_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "post", NULL, error);
}

static gboolean
on_sent_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

const ApprovalSubject correction_subject = {
    .entity = "correction", .on_agreed = on_agreed, .on_returned = on_sent_back, .on_rejected = on_sent_back,
    .on_withdrawn = on_sent_back, .on_void = on_sent_back,
};
