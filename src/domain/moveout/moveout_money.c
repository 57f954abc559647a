/* moveout_money.c - the statement becomes charges; they are set off, deposits pay the rest, what is left is refunded or stays owed. */
#include "domain/moveout/moveout_internal.h"

#include <string.h>

/* -- what the statement gives rise to ------------------------------------------ */

static gboolean
post_line(ChargeBatch *batch, const Record *move_out, const Record *lease, const StatementLine *line, guint n, Day on, GError **error)
{
    g_autofree char *key = g_strdup_printf("move_out:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%u", move_out->id, record_int(move_out, "round"), n);
    gboolean is_late = strcmp(line->kind, "late_fee") == 0; /* hangs on its principal, so that it is not billed again */
    const ChargeSpec spec = { .merchant_id = record_int(lease, "merchant_id"), .lease_id = lease->id,
                              .unit_id = line->unit_id ? line->unit_id : record_int(lease, "unit_id"), .item = line->item, .kind = line->kind,
                              .name = line->name, .from = line->from, .to = line->to, .due_on = on, .tax_rate_ppm = line->tax_rate_ppm,
                              .net_fen = line->net_fen, .tax_fen = line->tax_fen, .gross_fen = line->gross_fen, .working = line->working, .live_key = key,
                              .source_entity = is_late ? "charge" : "move_out", .source_id = is_late ? line->charge_id : move_out->id };

    return charge_batch_add(batch, &spec, NULL, error);
}

static gboolean
post_lines(Ctx *ctx, const Record *move_out, const Record *lease, const Statement *statement, GError **error)
{
    g_autoptr(ChargeBatch) batch = charge_batch_new(ctx);

    for (guint i = 0; i < statement->lines->len; i++) {
        const StatementLine *line = statement->lines->pdata[i];
        if (line->kind && !post_line(batch, move_out, lease, line, i, statement->on, error))
            return FALSE;
    }
    return charge_batch_finish(batch, error);
}

/* Deposits that were asked for and never paid are asked for no longer. */
static gboolean
drop_deposit_charges(Ctx *ctx, gint64 lease_id, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.untouched_deposits", lease_id, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++)
        ok = charge_void(ctx, g_array_index(ids, gint64, i), "退租", error);
    return ok;
}

/* -- set off, deposits ---------------------------------------------------------- */

/* An open charge of the lease; open_fen below nothing: owed to the merchant. */
typedef struct {
    gint64 id, open_fen;
} Open;

static GArray *
load_open(Ctx *ctx, gint64 lease_id, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Open));
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.open", lease_id, error);

    if (!stmt)
        return NULL;
    while (db_each(stmt, &ok, error)) {
        const Open one = { db_int(stmt, 0), db_int(stmt, 5) - db_int(stmt, 6) };
        g_array_append_val(open, one);
    }
    return ok ? g_steal_pointer(&open) : NULL;
}

/* The charges of one sign as a choice; @most_fen limits their sum. NULL if there are none. transfer full. */
static char *
choice_of(const GArray *open, int sign, gint64 most_fen)
{
    g_autoptr(JsonOut) out = json_out_new();
    gint64 rest_fen = most_fen;

    json_begin_array(out);
    for (guint i = 0; i < open->len && rest_fen > 0; i++) {
        const Open *one = &g_array_index(open, Open, i);
        gint64 part_fen = MIN(rest_fen, sign * one->open_fen);
        if (part_fen <= 0)
            continue;
        json_begin_object(out);
        json_kv_id(out, "charge_id", one->id);
        json_kv_money(out, "amount", part_fen);
        json_end_object(out);
        rest_fen -= part_fen;
    }
    json_end_array(out);
    return rest_fen == most_fen ? NULL : g_string_free(json_out_steal(out), FALSE);
}

static gboolean
set_off(Ctx *ctx, const Record *lease, GError **error)
{
    gint64 set_off_fen = 0;
    g_autoptr(GArray) open = load_open(ctx, lease->id, error);
    g_autofree char *credits = open ? choice_of(open, -1, G_MAXINT64) : NULL;
    g_autofree char *debits = open ? choice_of(open, 1, G_MAXINT64) : NULL;

    return open && (!credits || !debits || billing_offset(ctx, record_int(lease, "merchant_id"), credits, debits, &set_off_fen, error));
}

static gboolean
use_deposit(Ctx *ctx, const Record *lease, const StatementLine *line, const char *memo, GError **error)
{
    const DepositOf of = { .merchant_id = record_int(lease, "merchant_id"), .lease_id = lease->id, .kind = line->deposit_kind };
    g_autoptr(GArray) open = load_open(ctx, lease->id, error);
    g_autofree char *choice = open ? choice_of(open, 1, -line->gross_fen) : NULL;

    return open && (!choice || deposit_settle(ctx, &of, "deducted", choice, memo, error));
}

/* What it came to must be what was signed. */
static gboolean
check_rest(Ctx *ctx, gint64 lease_id, const Statement *statement, GError **error)
{
    MoveRest rest = { 0 };

    if (!moveout_rest(ctx, lease_id, &rest, error))
        return FALSE;
    return rest.credit_fen + rest.held_fen - rest.open_fen == statement->balance.credits_fen - statement->balance.deductions_fen
           || app_error_set(error, APP_ERROR_INTERNAL, "move_out.foot", "结算结果与结算单不符", "what was posted differs from the statement");
}

gboolean
moveout_post(Ctx *ctx, const Record *move_out, const Statement *statement, GError **error)
{
    gint64 lease_id = record_int(move_out, "lease_id");
    g_autofree char *memo = g_strdup_printf("退租结算 %s", record_text(move_out, "no"));
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, NULL, error);

    if (!lease || !meter_bill_lease(ctx, lease_id, statement->on, error) || !post_lines(ctx, move_out, lease, statement, error)
        || !drop_deposit_charges(ctx, lease_id, error) || !set_off(ctx, lease, error))
        return FALSE;
    for (guint i = 0; i < statement->lines->len; i++) {
        const StatementLine *line = statement->lines->pdata[i];
        if (line->deposit_kind && !use_deposit(ctx, lease, line, memo, error))
            return FALSE;
    }
    return check_rest(ctx, lease_id, statement, error);
}

gboolean
moveout_rest(Ctx *ctx, gint64 lease_id, MoveRest *rest, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.rest", lease_id, error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    *rest = (MoveRest){ .open_fen = db_int(stmt, 0), .credit_fen = db_int(stmt, 1), .held_fen = db_int(stmt, 2) };
    return TRUE;
}

/* -- paid back ------------------------------------------------------------------- */

static gboolean
refund_charges(Ctx *ctx, const Record *move_out, Day on, GArray *lines, GError **error)
{
    const AllocationFrom from = { .kind = "refund", .source_id = move_out->id, .value_on = on };
    g_autoptr(GArray) open = load_open(ctx, record_int(move_out, "lease_id"), error);

    for (guint i = 0; open && i < open->len; i++) {
        const Open *one = &g_array_index(open, Open, i);
        const LedgerLine line = { .account = ACC_RECEIVABLE, .amount_fen = -one->open_fen, .merchant_id = record_int(move_out, "merchant_id"),
                                  .lease_id = record_int(move_out, "lease_id"), .charge_id = one->id };
        if (one->open_fen >= 0)
            continue;
        if (!allocation_add(ctx, one->id, one->open_fen, &from, error))
            return FALSE;
        g_array_append_val(lines, line);
    }
    return open != NULL;
}

static gboolean
refund_deposits(Ctx *ctx, const Record *move_out, Day on, GArray *lines, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) held = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.deposits", record_int(move_out, "lease_id"), error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        const char *kind = enum_find(deposit_kind_items, db_text(stmt, 0))->token;
        const LedgerLine line = { .account = ledger_deposit_account(kind), .amount_fen = db_int(stmt, 1), .merchant_id = record_int(move_out, "merchant_id"),
                                  .lease_id = record_int(move_out, "lease_id") };
        g_array_append_val(held, line);
        g_ptr_array_add(kinds, (gpointer) kind);
    }
    for (guint i = 0; ok && i < held->len; i++) {
        const LedgerLine *line = &g_array_index(held, LedgerLine, i);
        const DepositEvent event = { .merchant_id = line->merchant_id, .lease_id = line->lease_id, .kind = kinds->pdata[i], .event = "refunded",
                                     .memo = record_text(move_out, "no"), .source_entity = "move_out", .source_id = move_out->id, .happened_on = on };
        ok = deposit_enter(ctx, &event, -line->amount_fen, error) != 0;
        g_array_append_val(lines, *line);
    }
    return ok;
}

gboolean
moveout_refund(Ctx *ctx, const Record *move_out, Day on, gint64 money_account_id, GError **error)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    g_autofree char *bank = ledger_money_code(ctx, money_account_id, error);
    LedgerLine out = { .account = bank, .merchant_id = record_int(move_out, "merchant_id"), .lease_id = record_int(move_out, "lease_id"),
                       .money_account_id = money_account_id };

    if (!bank || !refund_charges(ctx, move_out, on, lines, error) || !refund_deposits(ctx, move_out, on, lines, error))
        return FALSE;
    for (guint i = 0; i < lines->len; i++)
        out.amount_fen -= g_array_index(lines, LedgerLine, i).amount_fen;
    g_array_append_val(lines, out);
    const LedgerJournal journal = { .event = "deposit_refunded", .on = on, .memo = record_text(move_out, "no"), .source_entity = "move_out",
                                    .source_id = move_out->id, .lines = (const LedgerLine *) (const void *) lines->data, .n_lines = lines->len };
    return ledger_post(ctx, &journal, error) != 0;
}
