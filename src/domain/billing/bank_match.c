/* bank_match.c - whose money a line of the bank statement is: evidence with a weight for each, the best first; and the receipt that a line becomes. */
#include "db/catalogue.h"
#include "domain/billing/bank.h"
#include "store/history.h"
#include "store/services.h"

#include <string.h>

/* What speaks for a merchant. Weights are shares of certainty; a hundred is certain. */
static const struct {
    const char *code;
    int weight;
    const char *zh, *en;
} evidence[] = {
    { "receipt", 90, "已登记的收款，金额相同", "a receipt of this amount is registered" },
    { "order_no", 60, "附言写有交款单号", "the memo names the payment order" },
    { "lease_no", 45, "附言写有合同编号", "the memo names the lease" },
    { "name", 45, "付款人就是商户", "the payer is the merchant" },
    { "history", 40, "此付款人以前为该商户付过款", "this payer has paid for the merchant before" },
    { "legal_rep", 35, "付款人是法定代表人", "the payer is the legal representative" },
    { "order_amount", 35, "金额等于交款单未收金额", "the amount is what is open of the order" },
    { "charges_amount", 30, "金额等于未收款项之和", "the amount is the sum of open charges" },
    { "unit_no", 25, "附言写有铺位号", "the memo names the unit" },
};

typedef struct {
    gint64 line_id, merchant_id, order_id, receipt_id;
    char *merchant, *no;
    int score;
    guint reasons; /* bit per row of evidence[] */
} Suggestion;

static void
suggestion_free(gpointer data)
{
    Suggestion *s = data;

    g_free(s->merchant);
    g_free(s->no);
    g_free(s);
}

static int
evidence_index(const char *code)
{
    for (guint i = 0; i < G_N_ELEMENTS(evidence); i++) {
        if (strcmp(evidence[i].code, code) == 0)
            return (int) i;
    }
    g_return_val_if_reached(0);
}

/* The suggestion of that line for this merchant and target; evidence about the merchant alone counts for every target of it. */
static Suggestion *
find_suggestion(const GPtrArray *list, gint64 line_id, gint64 merchant_id, gint64 order_id,
                gint64 receipt_id)
{
    for (guint i = list->len; i > 0; i--) {
        Suggestion *s = list->pdata[i - 1];
        if (s->line_id != line_id)
            break;
        if (s->merchant_id == merchant_id && s->order_id == order_id && s->receipt_id == receipt_id)
            return s;
    }
    return NULL;
}

static void
add_evidence(Suggestion *s, int n)
{
    if (!(s->reasons & (1u << n)))
        s->score = MIN(100, s->score + evidence[n].weight);
    s->reasons |= 1u << n;
}

/* Rows of bank.evidence: line, code, merchant, its name, order, receipt, number. Targets come before what speaks for the merchant alone. */
static void
take_row(GPtrArray *list, const DbStmt *stmt)
{
    gint64 line_id = db_int(stmt, 0), merchant_id = db_int(stmt, 2), order_id = db_int(stmt, 4),
           receipt_id = db_int(stmt, 5);
    int n = evidence_index(db_text(stmt, 1));
    gboolean shared = FALSE;
    Suggestion *s = find_suggestion(list, line_id, merchant_id, order_id, receipt_id);

    for (guint i = list->len; !order_id && !receipt_id && i > 0; i--) {
        Suggestion *other = list->pdata[i - 1];
        if (other->line_id != line_id)
            break;
        if (other->merchant_id == merchant_id) {
            add_evidence(other, n);
            shared = TRUE;
        }
    }
    if (shared)
        return;
    if (!s) {
        s = g_new0(Suggestion, 1);
        *s = (Suggestion){ .line_id = line_id,
                           .merchant_id = merchant_id,
                           .order_id = order_id,
                           .receipt_id = receipt_id,
                           .merchant = g_strdup(db_text(stmt, 3)),
                           .no = g_strdup(db_text(stmt, 6)) };
        g_ptr_array_add(list, s);
    }
    add_evidence(s, n);
}

static int
by_line_and_score(gconstpointer a, gconstpointer b)
{
    const Suggestion *x = *(const Suggestion *const *) a, *y = *(const Suggestion *const *) b;

    if (x->line_id != y->line_id)
        return x->line_id < y->line_id ? -1 : 1;
    if (x->score != y->score)
        return y->score - x->score;
    return x->merchant_id < y->merchant_id ? -1 : 1;
}

static GPtrArray *
load(Ctx *ctx, gint64 line_id, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(suggestion_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "bank.evidence", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "line_id", line_id);
    db_bind_int(stmt, "limit", BANK_SUGGEST_LINES);
    db_bind_day(stmt, "never", DAY_MAX);
    while (db_each(stmt, &ok, error))
        take_row(list, stmt);
    g_ptr_array_sort(list, by_line_and_score);
    return ok ? g_steal_pointer(&list) : NULL;
}

static void
write_one(const Suggestion *s, Lang lang, JsonOut *out)
{
    json_begin_object(out);
    json_kv_id(out, "merchant_id", s->merchant_id);
    json_kv_text(out, "merchant", s->merchant);
    json_kv_id(out, "order_id", s->order_id);
    json_kv_id(out, "receipt_id", s->receipt_id);
    json_kv_text(out, "no", s->no);
    json_kv_int(out, "score", s->score);
    json_key(out, "reasons");
    json_begin_array(out);
    for (guint i = 0; i < G_N_ELEMENTS(evidence); i++) {
        if (s->reasons & (1u << i))
            json_text(out, lang == LANG_EN ? evidence[i].en : evidence[i].zh);
    }
    json_end_array(out);
    json_end_object(out);
}

gboolean
bank_suggestions_write(Ctx *ctx, gint64 line_id, JsonOut *out, GError **error)
{
    enum { SHOWN = 4 };
    g_autoptr(GPtrArray) list = load(ctx, line_id, error);
    gint64 line = 0;
    guint shown = 0;

    if (!list)
        return FALSE;
    json_key(out, "lines");
    json_begin_object(out);
    for (guint i = 0; i < list->len; i++) {
        const Suggestion *s = list->pdata[i];
        if (s->line_id != line) {
            char id[32];
            if (line)
                json_end_array(out);
            g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT, s->line_id);
            json_key(out, id);
            json_begin_array(out);
            line = s->line_id;
            shown = 0;
        }
        if (shown++ < SHOWN)
            write_one(s, ctx->lang, out);
    }
    if (line)
        json_end_array(out);
    json_end_object(out);
    return TRUE;
}

/* -- a line becomes a receipt -------------------------------------------------------- */

/* Who brings the statement does not say whose money it is: a file can be written by hand. A house of one may allow it by the setting. */
static gboolean
check_own(Ctx *ctx, const Record *line, GError **error)
{
    return record_int(line, "imported_by") != ctx->staff_id || !ctx->staff_id
           || setting_int(ctx, "bank_own_match", 0) != 0
           || app_error_set(error, APP_ERROR_FORBIDDEN, "bank_line.own",
                            "导入流水的人不能匹配自己导入的流水",
                            "nobody matches lines of a statement they imported");
}

/* A receipt that is there already: of this amount and account, waiting for confirmation or confirmed. */
static gboolean
use_receipt(Ctx *ctx, Record *line, gint64 receipt_id, GError **error)
{
    g_autoptr(Record) receipt = record_get(ctx, "receipt", receipt_id, "confirm", error);

    if (!receipt)
        return FALSE;
    if (record_int(receipt, "amount") != record_int(line, "amount")
        || record_int(receipt, "money_account_id") != record_int(line, "money_account_id"))
        return app_error_field(error, "receipt_id", "differs", "收款的金额或账户与流水不同",
                               "the receipt's amount or account is another");
    if (record_is(receipt, "state", "registered")
        && !flow_apply(ctx, receipt, "confirm", NULL, error))
        return FALSE;
    if (!record_is(receipt, "state", "confirmed"))
        return app_error_field(error, "receipt_id", "state", "这笔收款已退回或退票",
                               "the receipt was refused or bounced");
    record_set_id(line, "receipt_id", receipt->id);
    record_set_id(line, "merchant_id", record_int(receipt, "merchant_id"));
    return TRUE;
}

static gboolean
make_receipt(Ctx *ctx, Record *line, const Record *input, GError **error)
{
    g_autoptr(Record) receipt = record_new(registry_def(ctx->registry, "receipt"));

    record_set_id(receipt, "order_id", record_int(input, "order_id"));
    record_set_id(receipt, "merchant_id", record_int(input, "merchant_id"));
    record_set_text(receipt, "choice", record_text(input, "choice"));
    record_set_int(receipt, "amount", record_int(line, "amount"));
    record_set_day(receipt, "received_on", record_day(line, "happened_on"));
    record_set_text(receipt, "way", "bank_transfer");
    record_set_id(receipt, "money_account_id", record_int(line, "money_account_id"));
    record_set_text(receipt, "reference", record_text(line, "serial"));
    record_set_text(receipt, "payer", record_text(line, "counterpart"));
    if (!billing_receive(ctx, receipt, error))
        return FALSE;
    record_set_id(line, "receipt_id", receipt->id);
    record_set_id(line, "merchant_id", record_int(receipt, "merchant_id"));
    return TRUE;
}

gboolean
bank_line_match(Ctx *ctx, Record *line, const Record *input, GError **error)
{
    gint64 receipt_id = record_int(input, "receipt_id");

    if (!check_own(ctx, line, error))
        return FALSE;
    if (!receipt_id && record_is_null(input, "order_id") && record_is_null(input, "merchant_id"))
        return app_error_field(error, "merchant_id", "required", "请选择商户、交款单或收款",
                               "choose a merchant, a payment order or a receipt");
    record_set_id(line, "matched_by", ctx->staff_id);
    return receipt_id ? use_receipt(ctx, line, receipt_id, error)
                      : make_receipt(ctx, line, input, error);
}

gboolean
bank_line_ignore(Ctx *ctx, Record *line, const Record *input, GError **error)
{
    (void) error;
    ctx->reason = record_text(input, "reason");
    record_set_text(line, "reason", record_text(input, "reason"));
    return TRUE;
}

gboolean
bank_line_may_reopen(Ctx *ctx, const Record *line, GError **error)
{
    if (record_is_null(line, "receipt_id"))
        return TRUE;
    g_autoptr(Record) receipt =
        record_get(ctx, "receipt", record_int(line, "receipt_id"), NULL, error);
    if (!receipt)
        return FALSE;
    return record_is(receipt, "state", "bounced")
           || app_error_set(error, APP_ERROR_CONFLICT, "bank_line.has_receipt",
                            "已生成收款，请先将收款退票",
                            "it has become a receipt; take that back first");
}

gboolean
bank_line_reopen(Ctx *ctx, Record *line, const Record *input, GError **error)
{
    (void) ctx;
    (void) input;
    (void) error;
    record_set_null(line, "receipt_id");
    record_set_null(line, "merchant_id");
    record_set_null(line, "matched_by");
    record_set_null(line, "reason");
    return TRUE;
}
