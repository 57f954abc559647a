/* transfer.c - money moved between the house's own accounts, with the bank's charge; and counting what is there. */
#include "base/money.h"
#include "domain/ledger/ledger_internal.h"

/* clang-format off */
static const EnumItem states[] = {
    { "draft", "待记账", "To be posted", TONE_AMBER }, { "posted", "已记账", "Posted", TONE_GREEN },
    { "reversed", "已红冲", "Reversed", TONE_RED },    { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef fields[] = {
    F_TEXT("no", 30, "划转单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_DAY("on_day", "划转日期", "Day", .flags = FF_REQUIRED | FF_SORT | FF_FILTER),
    F_REF("from_account_id", "money_account", "转出账户", "From", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("to_account_id", "money_account", "转入账户", "To", .flags = FF_REQUIRED | FF_FILTER),
    F_MONEY("amount", "转入金额", "Amount", .flags = FF_REQUIRED | FF_SORT, .min = 1, .doc = "What arrives; the charge comes on top of it"),
    F_MONEY("fee", "手续费", "Charge", .preset = "0.00", .doc = "What the bank or the payment service keeps"),
    F_TEXT("reference", 60, "流水号", "Reference", .flags = FF_SEARCH),
    F_TEXT("memo", 200, "摘要", "Memo"),
    F_REF("journal_id", "journal", "凭证号", "Voucher", .flags = FF_READONLY | FF_NO_INDEX),
    F_DAY("reversed_on", "红冲日期", "Reversed on", .flags = FF_READONLY),
    F_TEXT("reverse_reason", 200, "红冲原因", "Reason of reversal", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "transfer",
    .zh = "资金划转",
    .en = "Transfer",
    .doc = "Money moved between two money accounts, e.g. takings of the card terminal to the bank",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "memo",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "HZ-{YYYY}-{5}",
    .state_field = "state",
    .list_columns = "no on_day from_account_id to_account_id amount fee memo journal_id state",
    .list_filters = "on_day from_account_id to_account_id",
    .list_sort = "-no",
    .mobile_lines = "from_account_id to_account_id amount",
};
/* clang-format on */

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    ledger_refuse_edited(rec, old, error);
    if (!old)
        ledger_refuse_future(ctx, rec, "on_day", error);
    if (record_int(rec, "from_account_id") && record_int(rec, "from_account_id") == record_int(rec, "to_account_id"))
        app_error_field(error, "to_account_id", "same", "转出与转入账户不能相同", "must be another account");
    return TRUE;
}

static gboolean
not_own(Ctx *ctx, const Record *rec, GError **error)
{
    return ledger_refuse_own(ctx, rec, error);
}

static gboolean
post(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    gint64 from_id = record_int(rec, "from_account_id"), to_id = record_int(rec, "to_account_id");
    gint64 amount_fen = record_int(rec, "amount"), fee_fen = record_int(rec, "fee");
    g_autofree char *from = ledger_money_code(ctx, from_id, error);
    g_autofree char *to = from ? ledger_money_code(ctx, to_id, error) : NULL;

    (void) input;
    if (!to)
        return FALSE;
    const LedgerLine lines[] = {
        { .account = to, .amount_fen = amount_fen, .money_account_id = to_id },
        { .account = ACC_BANK_FEE, .amount_fen = fee_fen },
        { .account = from, .amount_fen = -amount_fen - fee_fen, .money_account_id = from_id },
    };
    const LedgerJournal journal = { .event = "transfer", .on = record_day(rec, "on_day"), .source_entity = "transfer", .source_id = rec->id,
                                    .memo = record_is_null(rec, "memo") ? "资金划转" : record_text(rec, "memo"), .lines = lines,
                                    .n_lines = G_N_ELEMENTS(lines) };
    gint64 journal_id = ledger_post(ctx, &journal, error);
    record_set_id(rec, "journal_id", journal_id);
    return journal_id != 0;
}

/* clang-format off */
static const Transition flow[] = {
    { .from = "draft", .action = "post", .to = "posted", .zh = "记账", .en = "Post", .tone = TONE_BLUE, .guard = not_own, .effect = post },
    { .from = "posted", .action = "reverse", .to = "reversed", .zh = "红冲", .en = "Reverse", .tone = TONE_RED, .fields = ledger_reverse_fields, .n_fields = LEDGER_REVERSE_FIELDS, .effect = ledger_paper_reverse },
    { .from = "draft", .action = "void", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED },
};
/* clang-format on */

static gboolean
write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    return ledger_journals_write(ctx, "transfer", rec->id, out, error);
}

const EntityModule transfer_module = {
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = validate, .write_more = write_more,
};

/* clang-format off */
static const FieldDef count_fields[] = {
    F_REF("money_account_id", "money_account", "资金账户", "Money account", .flags = FF_REQUIRED | FF_FILTER),
    F_DAY("on_day", "盘点日期", "Counted on", .flags = FF_REQUIRED | FF_SORT | FF_FILTER, .doc = "At the end of this day"),
    F_MONEY("counted", "实盘金额", "Counted", .flags = FF_REQUIRED),
    F_MONEY("book", "账面余额", "By the books", .flags = FF_READONLY, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN),
    F_MONEY("difference", "长短款", "Difference", .flags = FF_READONLY, .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .doc = "Counted less book; posted by a correction"),
    F_TEXT("remarks", 200, "说明", "Remarks", .doc = "Required where the two differ"),
    F_REF("witness_id", "staff", "监盘人", "Witness"),
};
static const EntityDef count_def = {
    .name = "cash_check",
    .zh = "现金盘点",
    .en = "Cash check",
    .doc = "All that lies in a cash box, counted with a witness, against its balance by the books; the day's takings are counted at the desk (cash_count)",
    .fields = count_fields,
    .n_fields = G_N_ELEMENTS(count_fields),
    .title = "on_day",
    .indexes = (const char *const[]){ "on_day", NULL },
    .list_columns = "on_day money_account_id counted book difference remarks witness_id",
    .list_filters = "money_account_id on_day",
    .list_sort = "-on_day",
    .mobile_lines = "counted difference",
    .flags = EF_NO_UPDATE | EF_NO_IMPORT,
};
/* clang-format on */

static gboolean
count_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gint64 book_fen = 0;

    (void) old;
    ledger_refuse_future(ctx, rec, "on_day", error);
    if (record_int(rec, "witness_id") && record_int(rec, "witness_id") == ctx->staff_id)
        app_error_field(error, "witness_id", "own", "监盘人不能是盘点人本人", "somebody else must witness the count");
    if (record_is_null(rec, "money_account_id") || record_is_null(rec, "on_day"))
        return TRUE;
    if (!ledger_money_balance(ctx, record_int(rec, "money_account_id"), record_day(rec, "on_day"), &book_fen, error))
        return FALSE;
    record_set_int(rec, "book", book_fen);
    record_set_int(rec, "difference", record_int(rec, "counted") - book_fen);
    if (record_int(rec, "difference") != 0 && record_is_null(rec, "remarks"))
        app_error_field(error, "remarks", "required", "有长短款，请说明原因", "the count differs from the books; say why");
    return TRUE;
}

const EntityModule cash_check_module = { .def = &count_def, .validate = count_validate };
