/* billing_order.c - issuing the payment order: only after the review has passed, every line with its working. */
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "store/services.h"

#include <string.h>

typedef struct {
    Ctx *ctx;
    const Record *lease;
    Record *order;
    GArray *term_ids; /* gint64, in the order of the schedule's terms */
    gint64 seq;
    gint64 total_fen;
    Day due_on;
    GError *error;
} Issue;

/* Posts the charge and puts it on the order. */
static void
add_line(Issue *issue, ChargeSpec *spec, const char *kind)
{
    Ctx *ctx = issue->ctx;
    g_autoptr(Record) line = record_new(registry_def(ctx->registry, "payment_order_line"));

    spec->merchant_id = record_int(issue->lease, "merchant_id");
    spec->lease_id = issue->lease->id;
    spec->unit_id = record_int(issue->lease, "unit_id");
    spec->source_entity = "payment_order";
    spec->source_id = issue->order->id;
    gint64 charge_id = charge_post(ctx, spec, &issue->error);
    g_autoptr(Record) charge = charge_id ? record_get(ctx, "charge", charge_id, NULL, &issue->error) : NULL;
    if (!charge)
        return;
    record_set_id(line, "order_id", issue->order->id);
    record_set_id(line, "charge_id", charge_id);
    record_set_int(line, "seq", ++issue->seq);
    record_set_text(line, "kind", kind);
    record_set_id(line, "item_id", record_int(charge, "item_id"));
    record_set_text(line, "deposit_kind", spec->deposit_kind);
    record_set_text(line, "name", record_text(charge, "name"));
    record_set_day(line, "period_from", spec->from);
    record_set_day(line, "period_to", spec->to);
    record_set_day(line, "due_on", spec->due_on);
    record_set_int(line, "net", spec->net_fen);
    record_set_int(line, "tax", spec->tax_fen);
    record_set_int(line, "gross", spec->gross_fen);
    record_set_text(line, "working", spec->working);
    issue->total_fen += spec->gross_fen;
    if (issue->due_on == DAY_NONE || spec->due_on < issue->due_on)
        issue->due_on = spec->due_on;
    record_save(ctx, line, &issue->error);
}

static void
add_deposit(Issue *issue, const Record *deposit)
{
    const EnumItem *kind = enum_find(deposit_kind_items, record_text(deposit, "kind"));
    g_autofree char *amount = money_format_grouped(record_int(deposit, "amount"));
    g_autofree char *working = g_strdup_printf("[{\"text_zh\":\"%s %s 元（合同保证金条款）\",\"text_en\":\"%s %s yuan (deposit term)\"}]",
                                               kind->zh, amount, kind->en, amount);
    gint64 amount_fen = record_int(deposit, "amount"); /* a deposit is no income: no tax */
    ChargeSpec spec = { .kind = "deposit", .deposit_kind = kind->token, .from = DAY_NONE, .to = DAY_NONE, .due_on = record_day(deposit, "due_on"),
                        .net_fen = amount_fen, .gross_fen = amount_fen, .working = working };

    add_line(issue, &spec, "deposit");
}

static void
add_charge(Issue *issue, const ScheduleLine *line)
{
    gint64 term_id = g_array_index(issue->term_ids, gint64, line->term);
    g_autofree char *key = charge_schedule_key(term_id, line);
    ChargeSpec spec = { .kind = charge_schedule_kind(line), .item = line->item, .term_id = term_id, .from = line->from, .to = line->to,
                        .due_on = line->due_on, .tax_rate_ppm = line->tax_rate_ppm, .net_fen = line->net_fen, .tax_fen = line->tax_fen,
                        .gross_fen = line->gross_fen, .working = line->working, .live_key = key };

    add_line(issue, &spec, "charge");
}

/* First cycle of a term that asks for money: days that are free come before it. */
static Day
first_cycle(const Schedule *schedule, int term)
{
    Day first = DAY_NONE;

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->term == term && line->kind == LINE_BILLED && line->gross_fen > 0
            && (first == DAY_NONE || line->cycle_from < first))
            first = line->cycle_from;
    }
    return first;
}

static void
add_first_charges(Issue *issue, const Schedule *schedule)
{
    for (guint i = 0; i < schedule->lines->len && !issue->error; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->kind == LINE_BILLED && line->gross_fen > 0 && line->cycle_from == first_cycle(schedule, line->term))
            add_charge(issue, line);
    }
}

static gboolean
refuse_not_reviewed(GError **error)
{
    return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.not_reviewed", "会签通过后才能开具交款单",
                         "a payment order is issued only after the review has passed");
}

static gboolean
check_may_issue(Ctx *ctx, const Record *lease, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.lease_order", error);

    if (!stmt)
        return FALSE;
    if (!record_is(lease, "state", "approved") && !record_is(lease, "state", "sealed"))
        return refuse_not_reviewed(error);
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return !row
           || app_error_set(error, APP_ERROR_CONFLICT, "payment_order.exists", "已开具交款单 %s", "payment order %s was issued already",
                            db_text(stmt, 1));
}

static Record *
new_order(Ctx *ctx, const Record *lease)
{
    Record *order = record_new(registry_def(ctx->registry, "payment_order"));

    record_set_text(order, "kind", "first");
    record_set_id(order, "lease_id", lease->id);
    record_set_id(order, "merchant_id", record_int(lease, "merchant_id"));
    record_set_id(order, "unit_id", record_int(lease, "unit_id"));
    record_set_text(order, "unit_nos", record_text(lease, "unit_nos"));
    record_set_day(order, "issued_on", ctx->today);
    record_set_day(order, "due_on", ctx->today);
    record_set_int(order, "total", 0);
    record_set_text(order, "words", "零元整");
    record_set_id(order, "issued_by", ctx->staff_id);
    return order;
}

static gboolean
fill_lines(Issue *issue, const Record *lease)
{
    g_autoptr(GPtrArray) deposits = lease_deposits(issue->ctx, lease, &issue->error);
    g_autoptr(GArray) term_ids = issue->error ? NULL : lease_term_ids(issue->ctx, lease->id, &issue->error);
    g_autoptr(Schedule) schedule = issue->error ? NULL : lease_schedule(issue->ctx, lease, &issue->error);

    issue->term_ids = term_ids;
    for (guint i = 0; deposits && i < deposits->len && !issue->error; i++) {
        if (record_int(deposits->pdata[i], "amount") > 0)
            add_deposit(issue, deposits->pdata[i]);
    }
    if (schedule)
        add_first_charges(issue, schedule);
    return !issue->error;
}

gint64
billing_order_issue(Ctx *ctx, gint64 lease_id, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, "issue_order", error);

    if (!lease || !check_may_issue(ctx, lease, error))
        return 0;
    g_autoptr(Record) order = new_order(ctx, lease);
    if (!record_save_as(ctx, order, "issue", error))
        return 0;
    Issue issue = { .ctx = ctx, .lease = lease, .order = order, .due_on = DAY_NONE };
    if (!fill_lines(&issue, lease)) {
        g_propagate_error(error, issue.error);
        return 0;
    }
    if (issue.total_fen == 0) {
        app_error_set(error, APP_ERROR_CONFLICT, "payment_order.empty", "合同没有首期应交款项", "there is nothing to pay first");
        return 0;
    }
    g_autofree char *words = words_amount(issue.total_fen);
    record_set_int(order, "total", issue.total_fen);
    record_set_text(order, "words", words);
    record_set_day(order, "due_on", MAX(issue.due_on, ctx->today));
    if (!record_save(ctx, order, error) || (!record_is_null(lease, "intent_id") && !billing_intent_convert(ctx, lease, order->id, error)))
        return 0;
    return order->id;
}

static gboolean
cancel_paper(Ctx *ctx, Record *order, const Record *input, GError **error)
{
    gint64 waiting_fen = 0;

    if (!billing_order_waiting(ctx, order->id, 0, &waiting_fen, error))
        return FALSE;
    if (waiting_fen > 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.has_money", "有待确认的收款，不能作废",
                             "a receipt for it waits to be confirmed; it cannot be voided");
    ctx->reason = record_text(input, "reason");
    record_set_text(order, "void_reason", record_text(input, "reason"));
    return TRUE;
}

gboolean
billing_order_cancel(Ctx *ctx, Record *order, const Record *input, GError **error)
{
    if (record_is(order, "kind", "bill")) /* paper alone: the charges stay as they are */
        return cancel_paper(ctx, order, input, error);
    if (record_int(order, "received") > 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "payment_order.has_money", "已有收款，不能作废",
                             "money has come in; it cannot be voided");
    ctx->reason = record_text(input, "reason");
    record_set_text(order, "void_reason", record_text(input, "reason"));
    return charge_void_of(ctx, "payment_order", order->id, record_text(input, "reason"), error);
}

static void
write_line(JsonOut *out, const DbStmt *stmt, Lang lang)
{
    const char *working = db_text(stmt, 11);

    json_begin_object(out);
    json_kv_id(out, "id", db_int(stmt, 0));
    json_kv_id(out, "charge_id", db_int(stmt, 14));
    json_kv_text(out, "name", db_text(stmt, lang == LANG_EN && !db_is_null(stmt, 13) ? 13 : 1));
    json_kv_text(out, "kind", db_text(stmt, 2));
    json_kv_text(out, "deposit_kind", db_text(stmt, 3));
    json_kv_day(out, "from", db_day(stmt, 4));
    json_kv_day(out, "to", db_day(stmt, 5));
    json_kv_day(out, "due_on", db_day(stmt, 6));
    json_kv_money(out, "net", db_int(stmt, 7));
    json_kv_money(out, "tax", db_int(stmt, 8));
    json_kv_money(out, "gross", db_int(stmt, 9));
    json_kv_money(out, "received", db_int(stmt, 10));
    json_key(out, "working");
    json_raw(out, working ? working : "[]", strlen(working ? working : "[]"));
    json_end_object(out);
}

static DbStmt *
of_order(Ctx *ctx, const char *name, const Record *order, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt) {
        db_bind_int(stmt, "property_id", ctx->property_id);
        db_bind_int(stmt, "order_id", order->id);
    }
    return stmt;
}

gboolean
billing_order_write(Ctx *ctx, const Record *order, JsonOut *out, GError **error)
{
    g_autoptr(DbStmt) lines = of_order(ctx, "billing.order_lines", order, error);
    g_autoptr(DbStmt) receipts = lines ? of_order(ctx, "billing.order_receipts", order, error) : NULL;
    gboolean ok = receipts != NULL;

    if (!ok)
        return FALSE;
    json_kv_money(out, "open", record_int(order, "total") - record_int(order, "received"));
    json_key(out, "lines");
    json_begin_array(out);
    while (db_each(lines, &ok, error))
        write_line(out, lines, ctx->lang);
    json_end_array(out);
    json_key(out, "receipts");
    json_begin_array(out);
    while (ok && db_each(receipts, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(receipts, 0));
        json_kv_text(out, "no", db_text(receipts, 1));
        json_kv_day(out, "received_on", db_day(receipts, 2));
        json_kv_text(out, "way", db_text(receipts, 3));
        json_kv_money(out, "amount", db_int(receipts, 4));
        json_kv_text(out, "state", db_text(receipts, 5));
        json_kv_text(out, "reference", db_text(receipts, 6));
        json_kv_text(out, "cashier", db_text(receipts, 7));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}
