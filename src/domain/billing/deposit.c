/* deposit.c - deposits from received to gone: what is held of each kind, and what becomes of it: deducted for charges, converted into another
 * deposit or into what is owed, forfeited. Each by its own document, after approval. Refunds are refund.c. */
#include "db/catalogue.h"
#include "domain/billing/billing_request.h"
#include "domain/terms/lease_money.h"

#include <string.h>

static const EnumItem events[] = {
    { "deducted", "扣除", "Deduct", TONE_RED },
    { "converted", "转换", "Convert", TONE_VIOLET },
    { "forfeited", "没收", "Forfeit", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = { REQUEST_STATES("done", "已完成", "Done"),
                                   { NULL, NULL, NULL, 0 } };

/* clang-format off */
static const FieldDef fields[] = {
    F_TEXT("no", 30, "编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_ENUM("event", events, "处理", "What happens", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Whose deposit it is"),
    F_REF("intent_id", "intent", "意向书", "Letter of intent", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "Whose deposit it is"),
    F_ENUM("kind", deposit_kind_items, "保证金性质", "Deposit kind", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_MONEY("amount", "金额", "Amount", .flags = FF_SORT, .doc = "Follows from the charges where there are any"),
    F_JSON("choice", "抵扣款项", "Charges", .doc = "[{charge_id, amount}]: what is settled by it; none when it is forfeited"),
    F_TEXT("reason", 400, "事由", "Reason", .flags = FF_REQUIRED),
    F_REF("requested_by", "staff", "申请人", "Requested by", .flags = FF_READONLY | FF_FILTER),
    F_DAY("done_on", "完成日期", "Done on", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "deposit_move",
    .zh = "保证金处理",
    .en = "Deposit move",
    .doc = "A deposit deducted for charges, converted, or forfeited: the document behind the entries of the register",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "reason",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "BZ-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "requested_by" },
    .list_columns = "no event merchant_id lease_id kind amount reason requested_by done_on state",
    .list_filters = "event kind merchant_id",
    .list_sort = "-no",
    .mobile_lines = "merchant_id amount reason",
    .flags = EF_NO_IMPORT,
};
/* clang-format on */

gint64
deposit_enter(Ctx *ctx, const DepositEvent *event, gint64 amount_fen, GError **error)
{
    g_autoptr(Record) entry = record_new(registry_def(ctx->registry, "deposit_entry"));

    record_set_id(entry, "merchant_id", event->merchant_id);
    record_set_id(entry, "lease_id", event->lease_id);
    record_set_id(entry, "intent_id", event->intent_id);
    record_set_text(entry, "source_entity", event->source_entity);
    record_set_id(entry, "source_id", event->source_id);
    record_set_id(entry, "charge_id", event->charge_id);
    record_set_id(entry, "receipt_id", event->receipt_id);
    record_set_text(entry, "kind", event->kind);
    record_set_text(entry, "event", event->event);
    record_set_text(entry, "memo", event->memo);
    record_set_int(entry, "amount", amount_fen);
    record_set_day(entry, "happened_on", event->happened_on);
    record_set_day(entry, "posted_on", ctx->today);
    return record_save(ctx, entry, error) ? entry->id : 0;
}

gboolean
deposit_held(Ctx *ctx, const DepositOf *of, gint64 *held_fen, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.deposit_held", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", of->merchant_id);
    db_bind_int(stmt, "lease_id", of->lease_id);
    db_bind_int(stmt, "intent_id", of->intent_id);
    db_bind_text(stmt, "kind", of->kind);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *held_fen = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

static DepositOf
deposit_of(const Record *rec)
{
    return (DepositOf){ record_int(rec, "merchant_id"), record_int(rec, "lease_id"),
                        record_int(rec, "intent_id"), record_text(rec, "kind") };
}

/* -- how much may be forfeited ------------------------------------------------------ */

/* What the contract is worth: that of the lease, or what the lease of the intent would be. */
static gboolean
contract_total(Ctx *ctx, const Record *rec, gint64 *total_fen, GError **error)
{
    gboolean of_lease = !record_is_null(rec, "lease_id");
    const char *entity = of_lease ? "lease" : "intent";
    gint64 id = record_int(rec, of_lease ? "lease_id" : "intent_id");

    *total_fen = 0;
    if (!id)
        return TRUE;
    g_autoptr(Record) contract = record_get(ctx, entity, id, NULL, error);
    if (!contract)
        return FALSE;
    if (!of_lease)
        return lease_intent_total(ctx, contract, total_fen, error);
    *total_fen = record_int(contract, "total");
    return TRUE;
}

/* 定金 is lost by the side that withdraws, up to a fifth of the contract; the rest, and money without that word, is given back. Source: civil code
 * art. 586-587 and the interpretation of its general part, art. 67. */
static gboolean
check_forfeit(Ctx *ctx, const Record *rec, gint64 held_fen, GError **error)
{
    gint64 total_fen = 0;

    if (record_is(rec, "kind", "sincerity") || record_is(rec, "kind", "intention"))
        return app_error_field(error, "kind", "no_forfeit",
                               "诚意金、意向金没有定金效力，不能没收，应退还",
                               "only earnest money (定金) is lost by law; this kind is paid back");
    if (!record_is(rec, "kind", "earnest"))
        return TRUE;
    if (!contract_total(ctx, rec, &total_fen, error))
        return FALSE;
    Earnest earnest = earnest_money(held_fen, total_fen);
    g_autofree char *most = money_format_grouped(earnest.forfeit_if_payer_defaults_fen);
    return record_int(rec, "amount") <= earnest.forfeit_if_payer_defaults_fen
           || app_error_field(
               error, "amount", "over_fifth",
               "定金超过合同额 20%% 的部分没有定金效力，最多可没收 %s 元，其余应退还",
               "earnest money has effect up to 20 %% of the contract: at most %s yuan is lost, the "
               "rest is paid back",
               most);
}

/* -- judging ------------------------------------------------------------------------ */

static gboolean
refuse_deposits(const GArray *shares, GError **error)
{
    for (guint i = 0; i < shares->len; i++) {
        if (g_array_index(shares, Share, i).deposit_kind)
            return app_error_field(
                error, "choice", "deposit", "扣除只能抵扣应收费用；转为保证金请用“转换”",
                "deductions settle what is owed; use Convert for another deposit");
    }
    return TRUE;
}

/* What the move settles; empty when it is forfeited. transfer full. */
static GArray *
chosen(Ctx *ctx, const Record *rec, GError **error)
{
    if (record_is(rec, "event", "forfeited"))
        return billing_shares_new();
    g_autoptr(GArray) open =
        billing_open_of_merchant(ctx, record_int(rec, "merchant_id"), 0, error);
    const char *choice = record_text(rec, "choice");
    g_autoptr(GArray) shares =
        open ? billing_choose(open, choice ? choice : "[]", CHOICE_STRICT, error) : NULL;

    if (shares && record_is(rec, "event", "deducted") && !refuse_deposits(shares, error))
        return NULL;
    return g_steal_pointer(&shares);
}

static gboolean
check_held(Ctx *ctx, const Record *rec, GError **error)
{
    const DepositOf of = deposit_of(rec);
    gint64 held_fen = 0;

    if (!deposit_held(ctx, &of, &held_fen, error))
        return FALSE;
    g_autofree char *most = money_format_grouped(held_fen);
    if (record_int(rec, "amount") <= 0)
        return app_error_field(error, "amount", "required", "请填写金额", "is required");
    if (record_int(rec, "amount") > held_fen)
        return app_error_field(error, "amount", "too_much", "该保证金只有 %s 元",
                               "only %s yuan is held", most);
    return !record_is(rec, "event", "forfeited") || check_forfeit(ctx, rec, held_fen, error);
}

/* The charges give the amount. transfer full: what is settled. */
static GArray *
judge(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(GArray) shares = chosen(ctx, rec, error);

    if (shares && shares->len)
        record_set_int(rec, "amount", billing_shares_total(shares));
    return shares && check_held(ctx, rec, error) ? g_steal_pointer(&shares) : NULL;
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (!billing_request_begin(ctx, rec, old, error)
        || !record_is(rec, "state", "draft") /* once carried out, nothing is left to judge */ || record_is_null(rec, "event")
        || record_is_null(rec, "kind"))
        return TRUE;
    g_autoptr(GArray) shares = judge(ctx, rec, error);
    return shares != NULL;
}

/* -- carrying out ------------------------------------------------------------------- */

static gboolean
post(Ctx *ctx, const Record *rec, const GArray *shares, GError **error)
{
    g_autofree char *event = g_strconcat("deposit_", record_text(rec, "event"), NULL);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    const LedgerLine like = { .merchant_id = record_int(rec, "merchant_id"),
                              .lease_id = record_int(rec, "lease_id") };
    LedgerLine held = like, gain = like;

    held.account = ledger_deposit_account(record_text(rec, "kind"));
    held.amount_fen = record_int(rec, "amount");
    g_array_append_val(lines, held);
    billing_share_lines(shares, &like, lines);
    gain.account = ACC_FORFEIT;
    gain.amount_fen = billing_shares_total(shares) - held.amount_fen;
    g_array_append_val(lines, gain);
    const LedgerJournal head = { .event = event,
                                 .on = ctx->today,
                                 .memo = record_text(rec, "no"),
                                 .source_entity = "deposit_move",
                                 .source_id = rec->id };
    return billing_post(ctx, &head, lines, error);
}

static gboolean
move(Ctx *ctx, Record *rec, const GArray *shares, GError **error)
{
    const DepositOf of = deposit_of(rec);
    DepositEvent event = { .merchant_id = of.merchant_id,
                           .lease_id = of.lease_id,
                           .intent_id = of.intent_id,
                           .kind = of.kind,
                           .event = enum_find(events, record_text(rec, "event"))->token,
                           .memo = record_text(rec, "no"),
                           .source_entity = "deposit_move",
                           .source_id = rec->id,
                           .happened_on = ctx->today };
    AllocationFrom from = { .kind = "deposit", .value_on = ctx->today };

    from.source_id = deposit_enter(ctx, &event, -record_int(rec, "amount"), error);
    record_set_day(rec, "done_on", ctx->today);
    return from.source_id && billing_settle(ctx, shares, &from, &event, error)
           && post(ctx, rec, shares, error);
}

static gboolean
carry_out(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    if (!billing_lock(ctx, "merchant", record_int(rec, "merchant_id"), error))
        return FALSE;
    g_autoptr(GArray) shares = judge(ctx, rec, error);
    return shares && move(ctx, rec, shares, error);
}

gboolean
deposit_settle(Ctx *ctx, const DepositOf *of, const char *event, const char *choice,
               const char *reason, GError **error)
{
    g_autoptr(Record) rec = record_new(&def);

    record_set_id(rec, "merchant_id", of->merchant_id);
    record_set_id(rec, "lease_id", of->lease_id);
    record_set_id(rec, "intent_id", of->intent_id);
    record_set_text(rec, "kind", of->kind);
    record_set_text(rec, "event", event);
    record_set_text(rec, "choice", choice);
    record_set_text(rec, "reason", reason);
    return record_save(ctx, rec, error) && flow_apply(ctx, rec, "carry_out", NULL, error);
}

static const FieldDef cancel_fields[] = { F_TEXT("reason", 200, "作废原因", "Reason",
                                                 .flags = FF_REQUIRED) };
static const Transition flow[] = {
    { .from = "draft",
      .action = "submit",
      .to = "submitted",
      .zh = "提交审批",
      .en = "Submit",
      .tone = TONE_BLUE,
      .effect = billing_request_submit },
    { .from = "submitted",
      .action = "approve",
      .to = "done",
      .zh = "生效",
      .en = "Take effect",
      .internal = TRUE,
      .effect = carry_out },
    { .from = "draft",
      .action = "carry_out",
      .to = "done",
      .zh = "生效",
      .en = "Take effect",
      .internal = TRUE,
      .effect = carry_out },
    { .from = "submitted",
      .action = "reopen",
      .to = "draft",
      .zh = "退回草稿",
      .en = "Back to draft",
      .internal = TRUE },
    { .from = "draft",
      .action = "cancel",
      .to = "void",
      .zh = "作废",
      .en = "Void",
      .tone = TONE_RED,
      .fields = cancel_fields,
      .n_fields = G_N_ELEMENTS(cancel_fields),
      .effect = billing_request_cancel },
};
const EntityModule deposit_move_module = { .def = &def,
                                           .flow = flow,
                                           .n_flow = G_N_ELEMENTS(flow),
                                           .validate = validate,
                                           .after_save = billing_request_saved };
const ApprovalSubject deposit_move_subject = {
    .entity = "deposit_move",
    .on_agreed = billing_request_agreed,
    .on_returned = billing_request_back,
    .on_rejected = billing_request_back,
    .on_withdrawn = billing_request_back,
    .on_void = billing_request_back,
};
