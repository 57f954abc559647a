/* refund.c - money paid back: what is left of a receipt, or a deposit. Asked for, agreed, then paid out of a money account. */
#include "db/catalogue.h"
#include "domain/billing/billing_request.h"

static const EnumItem sources[] = {
    { "credit", "预收余额", "Credit of a receipt", TONE_BLUE },
    { "deposit", "保证金", "Deposit", TONE_VIOLET },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = { REQUEST_STATES("approved", "待付款", "To be paid"),
                                   { "paid", "已付款", "Paid", TONE_GREEN },
                                   { NULL, NULL, NULL, 0 } };

/* clang-format off */
static const FieldDef fields[] = {
    F_TEXT("no", 30, "退款编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_ENUM("source", sources, "退什么", "What is paid back", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .preset = "credit"),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("receipt_id", "receipt", "收款", "Receipt", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Whose credit is paid back"),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Whose deposit is paid back"),
    F_REF("intent_id", "intent", "意向书", "Letter of intent", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Whose deposit is paid back"),
    F_ENUM("deposit_kind", deposit_kind_items, "保证金性质", "Deposit kind", .flags = FF_IMMUTABLE),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED | FF_SORT, .min = 1),
    F_TEXT("reason", 400, "事由", "Reason", .flags = FF_REQUIRED),
    F_TEXT("payee", 80, "收款人", "Payee", .flags = FF_REQUIRED),
    F_TEXT("bank_name", 120, "开户行", "Bank"),
    F_TEXT("bank_account", 40, "账号", "Account", .flags = FF_MASKED),
    F_REF("requested_by", "staff", "申请人", "Requested by", .flags = FF_READONLY | FF_FILTER),
    F_DAY("paid_on", "付款日期", "Paid on", .flags = FF_READONLY | FF_SORT),
    F_REF("money_account_id", "money_account", "付款账户", "Paid from", .flags = FF_READONLY),
    F_TEXT("reference", 60, "付款流水号", "Reference", .flags = FF_READONLY),
    F_REF("paid_by", "staff", "付款人", "Paid by", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "refund",
    .zh = "退款",
    .en = "Refund",
    .doc = "Money paid back to a merchant: credit left of a receipt, or a deposit; paid only after approval",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "payee",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "TK-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "requested_by" },
    .list_columns = "no merchant_id source deposit_kind amount reason requested_by paid_on state",
    .list_filters = "source merchant_id requested_by",
    .list_sort = "-no",
    .mobile_lines = "merchant_id amount reason",
    .flags = EF_NO_IMPORT,
};
/* clang-format on */

static DepositOf
deposit_of(const Record *rec)
{
    return (DepositOf){ record_int(rec, "merchant_id"), record_int(rec, "lease_id"),
                        record_int(rec, "intent_id"), record_text(rec, "deposit_kind") };
}

/* What there is to pay back. */
static gboolean
available(Ctx *ctx, const Record *rec, gint64 *fen, GError **error)
{
    const DepositOf of = deposit_of(rec);

    *fen = 0;
    if (record_is(rec, "source", "deposit"))
        return deposit_held(ctx, &of, fen, error);
    g_autoptr(Record) receipt =
        record_get(ctx, "receipt", record_int(rec, "receipt_id"), NULL, error);
    if (!receipt)
        return FALSE;
    *fen = record_int(receipt, "merchant_id") == record_int(rec, "merchant_id")
               ? record_int(receipt, "credit")
               : 0;
    return TRUE;
}

static gboolean
check_available(Ctx *ctx, const Record *rec, GError **error)
{
    gint64 fen = 0;

    if (!available(ctx, rec, &fen, error))
        return FALSE;
    g_autofree char *most = money_format_grouped(fen);
    return record_int(rec, "amount") <= fen
           || app_error_field(error, "amount", "too_much", "最多可退 %s 元",
                              "at most %s yuan can be paid back", most);
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean of_deposit = record_is(rec, "source", "deposit");
    const char *needed = of_deposit ? "deposit_kind" : "receipt_id";

    if (!billing_request_begin(ctx, rec, old, error) || !record_is(rec, "state", "draft"))
        return TRUE;
    if (record_is_null(rec, needed))
        return app_error_field(error, needed, "required", "请填写", "is required");
    return check_available(ctx, rec, error);
}

static gboolean
submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    return check_available(ctx, rec, error) && billing_request_submit(ctx, rec, input, error);
}

static gboolean
take_credit(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(Record) receipt =
        record_get(ctx, "receipt", record_int(rec, "receipt_id"), NULL, error);

    if (!receipt)
        return FALSE;
    record_set_int(receipt, "credit", record_int(receipt, "credit") - record_int(rec, "amount"));
    record_set_int(receipt, "refunded",
                   record_int(receipt, "refunded") + record_int(rec, "amount"));
    return record_save_as(ctx, receipt, "refund", error);
}

static gboolean
take_deposit(Ctx *ctx, const Record *rec, GError **error)
{
    const DepositOf of = deposit_of(rec);
    const DepositEvent event = { .merchant_id = of.merchant_id,
                                 .lease_id = of.lease_id,
                                 .intent_id = of.intent_id,
                                 .kind = of.kind,
                                 .event = "refunded",
                                 .memo = record_text(rec, "no"),
                                 .source_entity = "refund",
                                 .source_id = rec->id,
                                 .happened_on = record_day(rec, "paid_on") };

    return deposit_enter(ctx, &event, -record_int(rec, "amount"), error) != 0;
}

static gboolean
post(Ctx *ctx, const Record *rec, GError **error)
{
    gboolean of_deposit = record_is(rec, "source", "deposit");
    g_autofree char *bank = ledger_money_code(ctx, record_int(rec, "money_account_id"), error);
    const LedgerLine lines[] = {
        { .account =
              of_deposit ? ledger_deposit_account(record_text(rec, "deposit_kind")) : ACC_CREDIT,
          .amount_fen = record_int(rec, "amount"),
          .merchant_id = record_int(rec, "merchant_id"),
          .lease_id = record_int(rec, "lease_id"),
          .receipt_id = record_int(rec, "receipt_id") },
        { .account = bank,
          .amount_fen = -record_int(rec, "amount"),
          .merchant_id = record_int(rec, "merchant_id"),
          .lease_id = record_int(rec, "lease_id"),
          .receipt_id = record_int(rec, "receipt_id"),
          .money_account_id = record_int(rec, "money_account_id") },
    };
    const LedgerJournal journal = { .event = of_deposit ? "deposit_refunded" : "refund",
                                    .on = record_day(rec, "paid_on"),
                                    .memo = record_text(rec, "no"),
                                    .source_entity = "refund",
                                    .source_id = rec->id,
                                    .lines = lines,
                                    .n_lines = G_N_ELEMENTS(lines) };

    return bank && ledger_post(ctx, &journal, error) != 0;
}

static gboolean
pay(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    if (record_day(input, "paid_on") > ctx->today)
        return app_error_field(error, "paid_on", "future", "付款日期不能晚于今天",
                               "must not be after today");
    if (record_int(rec, "requested_by") == ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "refund.own",
                             "申请人不能支付自己申请的退款",
                             "nobody pays out a refund they asked for");
    if (!billing_lock(ctx, "merchant", record_int(rec, "merchant_id"), error)
        || !check_available(ctx, rec, error))
        return FALSE;
    record_set_day(rec, "paid_on", record_day(input, "paid_on"));
    record_set_id(rec, "money_account_id", record_int(input, "money_account_id"));
    record_set_text(rec, "reference", record_text(input, "reference"));
    record_set_id(rec, "paid_by", ctx->staff_id);
    return (record_is(rec, "source", "deposit") ? take_deposit(ctx, rec, error)
                                                : take_credit(ctx, rec, error))
           && post(ctx, rec, error);
}

static const FieldDef pay_fields[] = {
    F_REF("money_account_id", "money_account", "付款账户", "Paid from", .flags = FF_REQUIRED),
    F_DAY("paid_on", "付款日期", "Paid on", .flags = FF_REQUIRED),
    F_TEXT("reference", 60, "付款流水号", "Reference"),
};
static const FieldDef cancel_fields[] = { F_TEXT("reason", 200, "作废原因", "Reason",
                                                 .flags = FF_REQUIRED) };
static const Transition flow[] = {
    { .from = "draft",
      .action = "submit",
      .to = "submitted",
      .zh = "提交审批",
      .en = "Submit",
      .tone = TONE_BLUE,
      .effect = submit },
    { .from = "submitted",
      .action = "approve",
      .to = "approved",
      .zh = "批准",
      .en = "Approve",
      .internal = TRUE },
    { .from = "submitted",
      .action = "reopen",
      .to = "draft",
      .zh = "退回草稿",
      .en = "Back to draft",
      .internal = TRUE },
    { .from = "approved",
      .action = "pay",
      .to = "paid",
      .zh = "付款",
      .en = "Pay out",
      .tone = TONE_BLUE,
      .fields = pay_fields,
      .n_fields = G_N_ELEMENTS(pay_fields),
      .effect = pay },
    { .from = "draft approved",
      .action = "cancel",
      .to = "void",
      .zh = "作废",
      .en = "Void",
      .tone = TONE_RED,
      .fields = cancel_fields,
      .n_fields = G_N_ELEMENTS(cancel_fields),
      .effect = billing_request_cancel },
};
const EntityModule refund_module = { .def = &def,
                                     .flow = flow,
                                     .n_flow = G_N_ELEMENTS(flow),
                                     .validate = validate,
                                     .after_save = billing_request_saved };
const ApprovalSubject refund_subject = {
    .entity = "refund",
    .on_agreed = billing_request_agreed,
    .on_returned = billing_request_back,
    .on_rejected = billing_request_back,
    .on_withdrawn = billing_request_back,
    .on_void = billing_request_back,
};
