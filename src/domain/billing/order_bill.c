/* order_bill.c - bills: payment orders over charges that are open already, for one merchant or for all that owe something by a day; and the payment
 * order of a letter of intent. The first order of a lease is billing_order.c. */
#include "base/ids.h"
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "domain/crm/crm.h"
#include "store/services.h"

#include <string.h>

#define BATCH_NUMBER "PC-{YYYY}-{4}"

/* -- writing an order --------------------------------------------------------------- */

static const char *const line_columns[] = {
    "property_id",  "id",       "version",     "created_at", "created_by", "updated_at",
    "updated_by",   "order_id", "seq",         "charge_id",  "kind",       "item_id",
    "deposit_kind", "name",     "period_from", "period_to",  "due_on",     "net",
    "tax",          "gross",    "working",     NULL
};

/* One order being gathered from rows of billing.billable. */
typedef struct {
    Ctx *ctx;
    Record *order; /* NULL: none yet */
    DbBatch *lines;
    GString *units;
    gint64 seq, total_fen, paid_fen;
    const char *batch;
    Day due_on; /* DAY_NONE: that of the earliest charge */
    gint64 last_id, orders, sum_fen;
} Billing;

static void
billing_clear(Billing *b)
{
    record_free(b->order);
    db_batch_free(b->lines);
    if (b->units)
        g_string_free(b->units, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Billing, billing_clear)

static void
begin_order(Billing *b, const DbStmt *row)
{
    Ctx *ctx = b->ctx;

    b->order = record_new(registry_def(ctx->registry, "payment_order"));
    b->order->id = id_next();
    b->seq = b->total_fen = b->paid_fen = 0;
    g_string_truncate(b->units, 0);
    record_set_text(b->order, "kind", "bill");
    record_set_text(b->order, "batch", b->batch);
    record_set_id(b->order, "merchant_id", db_int(row, 1));
    record_set_id(b->order, "lease_id", db_int(row, 2));
    record_set_id(b->order, "unit_id", db_int(row, 3));
    record_set_day(b->order, "issued_on", ctx->today);
    record_set_day(b->order, "due_on",
                   b->due_on != DAY_NONE ? b->due_on : MAX(db_day(row, 11), ctx->today));
    record_set_id(b->order, "issued_by", ctx->staff_id);
}

static void
note_unit(GString *units, const char *no)
{
    g_auto(GStrv) known = g_strsplit(units->str, "、", -1);

    if (no && !g_strv_contains((const char *const *) known, no) && units->len + strlen(no) < 380)
        g_string_append_printf(units, "%s%s", units->len ? "、" : "", no);
}

static void
bind_optional(DbBatch *rows, int col, const DbStmt *row, int from)
{
    if (!db_is_null(row, from))
        db_batch_int(rows, col, db_int(row, from));
}

static gboolean
add_line(Billing *b, const DbStmt *row, GError **error)
{
    const Ctx *ctx = b->ctx;
    const gint64 stamp[] = { ctx->property_id, id_next(),     1,
                             ctx->now_us,      ctx->staff_id, ctx->now_us,
                             ctx->staff_id,    b->order->id,  ++b->seq,
                             db_int(row, 0) };
    gboolean is_deposit = strcmp(db_text(row, 6), "deposit") == 0;

    for (guint i = 0; i < G_N_ELEMENTS(stamp); i++) {
        if (stamp[i])
            db_batch_int(b->lines, (int) i, stamp[i]);
    }
    db_batch_text(b->lines, 10, is_deposit ? "deposit" : "charge");
    bind_optional(b->lines, 11, row, 5);
    db_batch_text(b->lines, 12, db_text(row, 7));
    db_batch_text(b->lines, 13, db_text(row, 8));
    db_batch_day(b->lines, 14, db_day(row, 9));
    db_batch_day(b->lines, 15, db_day(row, 10));
    db_batch_day(b->lines, 16, db_day(row, 11));
    for (int i = 0; i < 3; i++)
        db_batch_int(b->lines, 17 + i, db_int(row, 12 + i));
    db_batch_text(b->lines, 20, db_text(row, 16));
    b->total_fen += db_int(row, 14);
    b->paid_fen += db_int(row, 15);
    note_unit(b->units, db_text(row, 4));
    if (record_int(b->order, "lease_id") != db_int(row, 2))
        record_set_null(b->order, "lease_id"); /* charges of several leases */
    return db_batch_add(b->lines, error);
}

static gboolean
end_order(Billing *b, GError **error)
{
    Record *order = b->order;

    if (!order)
        return TRUE;
    g_autofree char *words = words_amount(b->total_fen);
    record_set_text(order, "unit_nos", b->units->str);
    record_set_int(order, "total", b->total_fen);
    record_set_int(order, "received", b->paid_fen);
    record_set_text(order, "words", words);
    record_set_text(order, "state", b->paid_fen ? "part_received" : "issued");
    gboolean ok = record_save_as(b->ctx, order, "issue", error);
    b->last_id = order->id;
    b->orders++;
    b->sum_fen += b->total_fen - b->paid_fen;
    g_clear_pointer(&b->order, record_free);
    return ok;
}

/* -- bills -------------------------------------------------------------------------- */

static gboolean
is_chosen(const json_t *charges, gint64 id)
{
    gsize i = 0;
    const json_t *one = NULL;

    json_array_foreach(charges, i, one)
    {
        if (json_is_string(one) && id_parse(json_string_value(one)) == id)
            return TRUE;
    }
    return charges == NULL;
}

/* Rows come by merchant; each merchant's become one order. */
static gboolean
gather(Billing *b, DbStmt *stmt, const json_t *charges, gsize *taken, GError **error)
{
    gboolean ok = TRUE;

    while (db_each(stmt, &ok, error)) {
        if (!is_chosen(charges, db_int(stmt, 0)))
            continue;
        if (b->order && record_int(b->order, "merchant_id") != db_int(stmt, 1)
            && !end_order(b, error))
            return FALSE;
        if (!b->order)
            begin_order(b, stmt);
        if (!add_line(b, stmt, error))
            return FALSE;
        ++*taken;
    }
    return ok && end_order(b, error) && db_batch_finish(b->lines, error);
}

static gboolean
refuse_choice(GError **error)
{
    return app_error_field(
        error, "charges", "not_billable",
        "所选款项已结清、不属于该商户或已在另一张未收齐的交款单上",
        "a chosen charge is settled, another merchant's, or on another order that is not paid yet");
}

gboolean
billing_bill(Ctx *ctx, const BillFor *what, BillDone *done, GError **error)
{
    g_auto(Billing) b = { .ctx = ctx,
                          .batch = what->batch,
                          .due_on = what->due_on,
                          .units = g_string_new(NULL),
                          .lines = db_batch_new(ctx->db, "payment_order_line", line_columns) };
    gsize taken = 0;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.billable", error);

    if (!stmt || (what->merchant_id && !billing_lock(ctx, "merchant", what->merchant_id, error)))
        return FALSE;
    db_bind_int(stmt, "merchant_id", what->merchant_id);
    db_bind_int(stmt, "lease_id", what->lease_id);
    db_bind_day(stmt, "due_by", what->charges ? DAY_MAX : what->due_by);
    db_bind_day(stmt, "never", DAY_MAX);
    if (!gather(&b, stmt, what->charges, &taken, error))
        return FALSE;
    if (what->charges && taken != json_array_size(what->charges))
        return refuse_choice(error);
    if (b.orders == 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.empty", "没有需要开单的款项",
                             "there is nothing to be billed");
    *done = (BillDone){ .order_id = b.last_id, .orders = b.orders, .total_fen = b.sum_fen };
    return TRUE;
}

char *
billing_batch_no(Ctx *ctx, GError **error)
{
    return number_next(ctx, "payment_batch", BATCH_NUMBER, error);
}

/* -- money of a letter of intent ------------------------------------------------------ */

static gboolean
check_intent(Ctx *ctx, const Record *intent, GError **error)
{
    gboolean row = FALSE;

    if (!record_is(intent, "state", "approved") && !record_is(intent, "state", "signed"))
        return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.intent_not_approved",
                             "意向书批准后才能开具交款单",
                             "its order is issued once the letter of intent is approved");
    if (record_is(intent, "deposit_kind", "none") || record_int(intent, "deposit_amount") <= 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.empty", "意向书没有约定收款",
                             "no money was agreed in the letter of intent");
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.intent_order", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "intent_id", intent->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return !row
           || app_error_set(error, APP_ERROR_CONFLICT, "payment_order.exists", "已开具交款单 %s",
                            "payment order %s was issued already", db_text(stmt, 1));
}

static Record *
intent_order(Ctx *ctx, const Record *intent)
{
    Record *order = record_new(registry_def(ctx->registry, "payment_order"));
    g_autofree char *unit = record_ref_label(ctx, "unit", record_int(intent, "unit_id"));
    g_autofree char *words = words_amount(record_int(intent, "deposit_amount"));

    record_set_text(order, "kind", "intent");
    record_set_id(order, "intent_id", intent->id);
    record_set_id(order, "merchant_id", record_int(intent, "merchant_id"));
    record_set_id(order, "unit_id", record_int(intent, "unit_id"));
    record_set_text(order, "unit_nos", unit);
    record_set_day(order, "issued_on", ctx->today);
    record_set_day(order, "due_on", MAX(ctx->today, record_day(intent, "valid_until_on")));
    record_set_int(order, "total", record_int(intent, "deposit_amount"));
    record_set_text(order, "words", words);
    record_set_id(order, "issued_by", ctx->staff_id);
    return order;
}

/* Its legal kind is the name of the line: printed exactly so. */
static gboolean
intent_line(Ctx *ctx, const Record *intent, const Record *order, GError **error)
{
    const EnumItem *kind = enum_find(deposit_kind_items, record_text(intent, "deposit_kind"));
    gint64 amount_fen = record_int(intent, "deposit_amount");
    g_autofree char *amount = money_format_grouped(amount_fen);
    g_autofree char *working = g_strdup_printf(
        "[{\"text_zh\":\"%s %s 元（意向书 %s）\",\"text_en\":\"%s %s yuan (letter of intent "
        "%s)\"}]",
        kind->zh, amount, record_text(intent, "no"), kind->en, amount, record_text(intent, "no"));
    const ChargeSpec spec = { .merchant_id = record_int(intent, "merchant_id"),
                              .unit_id = record_int(intent, "unit_id"),
                              .kind = "deposit",
                              .deposit_kind = kind->token,
                              .from = DAY_NONE,
                              .to = DAY_NONE,
                              .due_on = record_day(order, "due_on"),
                              .net_fen = amount_fen,
                              .gross_fen = amount_fen,
                              .working = working,
                              .source_entity = "payment_order",
                              .source_id = order->id };
    gint64 charge_id = charge_post(ctx, &spec, error);
    g_autoptr(Record) line = record_new(registry_def(ctx->registry, "payment_order_line"));

    record_set_id(line, "order_id", order->id);
    record_set_int(line, "seq", 1);
    record_set_id(line, "charge_id", charge_id);
    record_set_text(line, "kind", "deposit");
    record_set_text(line, "deposit_kind", kind->token);
    record_set_text(line, "name", kind->zh);
    record_set_day(line, "due_on", spec.due_on);
    record_set_int(line, "net", amount_fen);
    record_set_int(line, "tax", 0);
    record_set_int(line, "gross", amount_fen);
    record_set_text(line, "working", working);
    return charge_id && record_save(ctx, line, error);
}

gint64
billing_intent_order(Ctx *ctx, gint64 intent_id, GError **error)
{
    g_autoptr(Record) intent = record_get(ctx, "intent", intent_id, "issue_order", error);

    /* The lead is where money may come before the money does, so that no receipt fails for it. */
    if (!intent || !check_intent(ctx, intent, error)
        || !crm_lead_advance(ctx, record_int(intent, "lead_id"), "approve", error))
        return 0;
    g_autoptr(Record) order = intent_order(ctx, intent);
    return record_save_as(ctx, order, "issue", error) && intent_line(ctx, intent, order, error)
               ? order->id
               : 0;
}

static char *
choice_json(const GArray *shares)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_array(out);
    for (guint i = 0; i < shares->len; i++) {
        json_begin_object(out);
        json_kv_id(out, "charge_id", g_array_index(shares, Share, i).charge_id);
        json_kv_money(out, "amount", g_array_index(shares, Share, i).amount_fen);
        json_end_object(out);
    }
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

static gboolean
convert_kind(Ctx *ctx, const Record *lease, gint64 order_id, const char *kind, gint64 held_fen,
             GError **error)
{
    const DepositOf of = { .merchant_id = record_int(lease, "merchant_id"),
                           .intent_id = record_int(lease, "intent_id"),
                           .kind = kind };
    g_autoptr(GArray) shares = billing_open_of_order(ctx, order_id, error);

    if (!shares)
        return FALSE;
    billing_shares_cut(shares, held_fen);
    g_autofree char *choice = choice_json(shares);
    g_autofree char *reason = g_strdup_printf("签订合同 %s，%s转抵首期款", record_text(lease, "no"),
                                              enum_find(deposit_kind_items, kind)->zh);
    return shares->len == 0 || deposit_settle(ctx, &of, "converted", choice, reason, error);
}

gboolean
billing_intent_convert(Ctx *ctx, const Record *lease, gint64 order_id, GError **error)
{
    g_autoptr(GPtrArray) kinds = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) sums = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.intent_held", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "intent_id", record_int(lease, "intent_id"));
    db_bind_int(stmt, "merchant_id", record_int(lease, "merchant_id"));
    while (db_each(stmt, &ok, error)) {
        gint64 held_fen = db_int(stmt, 1);
        g_ptr_array_add(kinds, g_strdup(db_text(stmt, 0)));
        g_array_append_val(sums, held_fen);
    }
    for (guint i = 0; ok && i < kinds->len; i++)
        ok = convert_kind(ctx, lease, order_id, kinds->pdata[i], g_array_index(sums, gint64, i),
                          error);
    return ok;
}
