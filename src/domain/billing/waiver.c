/* waiver.c - charges given up: waived (the income and its tax are taken back) or written off as a bad debt. Only after others have agreed. */
#include "db/catalogue.h"
#include "domain/billing/billing_request.h"

#include <string.h>

static const EnumItem kinds[] = {
    { "waiver", "减免", "Waiver", TONE_AMBER },
    { "write_off", "坏账核销", "Written off", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = { REQUEST_STATES("done", "已生效", "In effect"),
                                   { NULL, NULL, NULL, 0 } };

/* clang-format off */
static const FieldDef fields[] = {
    F_TEXT("no", 30, "编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_ENUM("kind", kinds, "类别", "Kind", .flags = FF_REQUIRED | FF_FILTER, .preset = "waiver"),
    F_JSON("choice", "款项", "Charges", .flags = FF_REQUIRED, .doc = "[{charge_id, amount}]: which charges, and how much of each; amount null: all that is open"),
    F_MONEY("total", "合计", "Total", .flags = FF_READONLY | FF_SORT, .doc = "Sum of the amounts; approval goes by it"),
    F_TEXT("reason", 400, "事由", "Reason", .flags = FF_REQUIRED),
    F_REF("requested_by", "staff", "申请人", "Requested by", .flags = FF_READONLY | FF_FILTER),
    F_DAY("done_on", "生效日期", "In effect since", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "waiver",
    .zh = "减免与坏账",
    .en = "Waiver",
    .doc = "Charges, or parts of them, that are given up: waived or written off, after approval",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "reason",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "JM-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "requested_by" },
    .list_columns = "no merchant_id kind total reason requested_by done_on state",
    .list_filters = "kind merchant_id requested_by",
    .list_sort = "-no",
    .mobile_lines = "merchant_id total reason",
    .flags = EF_NO_IMPORT,
};
/* clang-format on */

static gboolean
refuse_deposits(const GArray *shares, GError **error)
{
    for (guint i = 0; i < shares->len; i++) {
        if (g_array_index(shares, Share, i).deposit_kind)
            return app_error_field(error, "choice", "deposit", "保证金不能减免，请变更合同",
                                   "a deposit is not waived; change the lease");
    }
    return TRUE;
}

static GArray *
chosen(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(GArray) open =
        billing_open_of_merchant(ctx, record_int(rec, "merchant_id"), 0, error);
    g_autoptr(GArray) shares =
        open ? billing_choose(open, record_text(rec, "choice"), CHOICE_STRICT, error) : NULL;

    return shares && refuse_deposits(shares, error) ? g_steal_pointer(&shares) : NULL;
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (!billing_request_begin(ctx, rec, old, error) || !record_is(rec, "state", "draft")
        || record_is_null(rec, "choice"))
        return TRUE;
    g_autoptr(GArray) shares = chosen(ctx, rec, error);
    if (shares)
        record_set_int(rec, "total", billing_shares_total(shares));
    return shares != NULL;
}

/* Income account, gross, tax and what was waived before, by charge. */
typedef struct {
    gint64 gross_fen, tax_fen, waived_fen, item_id;
    char *account;
} Facts;

static void
facts_free(gpointer data)
{
    g_free(((Facts *) data)->account);
    g_free(data);
}

static GHashTable *
load_facts(Ctx *ctx, gint64 merchant_id, GError **error)
{
    g_autoptr(GHashTable) all =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, facts_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.waivable", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "merchant_id", merchant_id);
    db_bind_day(stmt, "never", DAY_MAX);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        Facts *facts = g_new0(Facts, 1);
        *facts = (Facts){ db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3), db_int(stmt, 4),
                          g_strdup(db_is_null(stmt, 5) ? ACC_PENALTY : db_text(stmt, 5)) };
        g_hash_table_insert(all, g_memdup2(&id, sizeof id), facts);
    }
    return ok ? g_steal_pointer(&all) : NULL;
}

/* A waiver takes income and tax back; a bad debt is a loss, its income stays. */
static void
add_lines(const Record *rec, const Share *share, const Facts *facts, GArray *lines)
{
    LedgerLine line = { .merchant_id = record_int(rec, "merchant_id"),
                        .lease_id = share->lease_id,
                        .charge_id = share->charge_id,
                        .item_id = facts->item_id };
    LedgerLine net = line, tax = line;

    if (record_is(rec, "kind", "write_off")) {
        net.account = ACC_BAD_DEBT;
        net.amount_fen = share->amount_fen;
    } else {
        tax.account = ACC_TAX;
        tax.amount_fen = billing_part_tax(facts->gross_fen, facts->tax_fen, facts->waived_fen,
                                          facts->waived_fen + share->amount_fen);
        net.account = facts->account;
        net.amount_fen = share->amount_fen - tax.amount_fen;
        g_array_append_val(lines, tax);
    }
    g_array_append_val(lines, net);
}

static gboolean
carry_out(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    const char *kind = enum_find(kinds, record_text(rec, "kind"))->token;
    const AllocationFrom from = { .kind = kind, .source_id = rec->id, .value_on = ctx->today };
    const LedgerLine like = { .merchant_id = record_int(rec, "merchant_id") };
    const LedgerJournal head = { .event = kind,
                                 .on = ctx->today,
                                 .memo = record_text(rec, "no"),
                                 .source_entity = "waiver",
                                 .source_id = rec->id };
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));

    (void) input;
    if (!billing_lock(ctx, "merchant", record_int(rec, "merchant_id"), error))
        return FALSE;
    g_autoptr(GArray) shares = chosen(ctx, rec, error);
    g_autoptr(GHashTable) facts =
        shares ? load_facts(ctx, record_int(rec, "merchant_id"), error) : NULL;
    if (!facts)
        return FALSE;
    for (guint i = 0; i < shares->len; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        add_lines(rec, share, g_hash_table_lookup(facts, &share->charge_id), lines);
    }
    billing_share_lines(shares, &like, lines);
    record_set_int(rec, "total", billing_shares_total(shares));
    record_set_day(rec, "done_on", ctx->today);
    return billing_settle(ctx, shares, &from, NULL, error)
           && billing_post(ctx, &head, lines, error);
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
const EntityModule waiver_module = { .def = &def,
                                     .flow = flow,
                                     .n_flow = G_N_ELEMENTS(flow),
                                     .validate = validate,
                                     .after_save = billing_request_saved };
const ApprovalSubject waiver_subject = {
    .entity = "waiver",
    .on_agreed = billing_request_agreed,
    .on_returned = billing_request_back,
    .on_rejected = billing_request_back,
    .on_withdrawn = billing_request_back,
    .on_void = billing_request_back,
};
