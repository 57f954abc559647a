/* portal_statement.c - the statement of account: read from the registers row by row, added up once, written as JSON. */
#include "db/catalogue.h"
#include "domain/portal/portal_internal.h"
#include "store/list.h"

#include <string.h>

enum { PERIOD_DAYS_MAX = 3 * 366 };

static void
line_clear(gpointer data)
{
    StatementLine *line = data;

    g_free(line->kind);
    g_free(line->name);
    g_free(line->unit_no);
    g_free(line->no);
}

static void
receipt_clear(gpointer data)
{
    StatementReceipt *receipt = data;

    g_free(receipt->no);
    g_free(receipt->way);
    g_free(receipt->state);
    g_free(receipt->order_no);
}

static void
held_clear(gpointer data)
{
    g_free(((StatementHeld *) data)->kind);
}

static void
deposit_clear(gpointer data)
{
    StatementDeposit *deposit = data;

    g_free(deposit->kind);
    g_free(deposit->event);
    g_free(deposit->lease_no);
    g_free(deposit->receipt_no);
}

static GArray *
array_of(guint size, GDestroyNotify clear)
{
    GArray *array = g_array_new(FALSE, TRUE, size);

    g_array_set_clear_func(array, clear);
    return array;
}

AccountStatement *
portal_period_new(Day from, Day to)
{
    AccountStatement *s = g_new0(AccountStatement, 1);

    s->from = from;
    s->to = to;
    s->lines = array_of(sizeof(StatementLine), line_clear);
    s->receipts = array_of(sizeof(StatementReceipt), receipt_clear);
    s->held = array_of(sizeof(StatementHeld), held_clear);
    s->deposits = array_of(sizeof(StatementDeposit), deposit_clear);
    return s;
}

void
account_statement_free(AccountStatement *s)
{
    if (!s)
        return;
    g_array_unref(s->lines);
    g_array_unref(s->receipts);
    g_array_unref(s->held);
    g_array_unref(s->deposits);
    g_free(s);
}

DbStmt *
portal_stmt(Ctx *ctx, const char *name, gint64 merchant_id, GError **error)
{
    DbStmt *stmt = list_named(ctx, name, error);

    if (stmt && db_has_param(stmt, "merchant_id"))
        db_bind_int(stmt, "merchant_id", merchant_id);
    return stmt;
}

char *
portal_dup(const DbStmt *stmt, int col)
{
    return db_is_null(stmt, col) ? NULL : g_strdup(db_text(stmt, col));
}

Day
portal_day(const DbStmt *stmt, int col)
{
    return db_is_null(stmt, col) ? DAY_NONE : db_day(stmt, col);
}

/* One amount as of the end of a day. */
static gboolean
amount_at(DbStmt *stmt, Day day, gint64 *fen, GError **error)
{
    gboolean row = FALSE;

    db_bind_day(stmt, "day", day);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *fen = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

gboolean
portal_credit(Ctx *ctx, gint64 merchant_id, Day day, gint64 *credit_fen, GError **error)
{
    g_autoptr(DbStmt) stmt = portal_stmt(ctx, "portal.credit_at", merchant_id, error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "account", ACC_CREDIT);
    return amount_at(stmt, day, credit_fen, error);
}

static gboolean
load_balances(Ctx *ctx, gint64 merchant_id, AccountStatement *s, GError **error)
{
    g_autoptr(DbStmt) open = portal_stmt(ctx, "portal.open_at", merchant_id, error);

    return open && amount_at(open, s->from - 1, &s->opening_fen, error) && portal_credit(ctx, merchant_id, s->to, &s->credit_fen, error);
}

static DbStmt *
in_period(Ctx *ctx, const char *name, gint64 merchant_id, const AccountStatement *s, GError **error)
{
    DbStmt *stmt = portal_stmt(ctx, name, merchant_id, error);

    if (stmt) {
        db_bind_day(stmt, "from", s->from);
        db_bind_day(stmt, "to", s->to);
    }
    return stmt;
}

static gboolean
load_lines(Ctx *ctx, gint64 merchant_id, AccountStatement *s, GError **error)
{
    static const char *const what[] = { NULL, "charge", "allocation", "void" };
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = in_period(ctx, "portal.lines", merchant_id, s, error);

    if (!stmt)
        return FALSE;
    s->closing_fen = s->opening_fen;
    while (db_each(stmt, &ok, error)) {
        gint64 rank = db_int(stmt, 1), amount_fen = db_int(stmt, 9);
        s->closing_fen += amount_fen;
        *(rank == 2 ? &s->settled_fen : &s->charged_fen) += rank == 2 ? -amount_fen : amount_fen;
        const StatementLine line = { .on = db_day(stmt, 0), .what = what[rank], .id = db_int(stmt, 2), .kind = portal_dup(stmt, 3),
                                     .name = g_strdup(portal_name(ctx, stmt, 4, 11)), .unit_no = portal_dup(stmt, 5), .from = portal_day(stmt, 6),
                                     .to = portal_day(stmt, 7), .due_on = portal_day(stmt, 8), .amount_fen = amount_fen,
                                     .balance_fen = s->closing_fen, .no = portal_dup(stmt, 10) };
        g_array_append_val(s->lines, line);
    }
    return ok;
}

gboolean
portal_load_receipts(Ctx *ctx, gint64 merchant_id, AccountStatement *s, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = in_period(ctx, "portal.receipts", merchant_id, s, error);

    while (stmt && db_each(stmt, &ok, error)) {
        const StatementReceipt receipt = { .id = db_int(stmt, 0), .no = portal_dup(stmt, 1), .on = db_day(stmt, 2),
                                           .way = portal_dup(stmt, 3), .amount_fen = db_int(stmt, 4), .credit_fen = db_int(stmt, 5),
                                           .state = portal_dup(stmt, 6), .order_no = portal_dup(stmt, 7) };
        g_array_append_val(s->receipts, receipt);
    }
    return stmt && ok;
}

static gboolean
load_held(Ctx *ctx, gint64 merchant_id, AccountStatement *s, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = in_period(ctx, "portal.deposits_held", merchant_id, s, error);

    while (stmt && db_each(stmt, &ok, error)) {
        const StatementHeld held = { .kind = portal_dup(stmt, 0), .opening_fen = db_int(stmt, 1), .closing_fen = db_int(stmt, 2) };
        g_array_append_val(s->held, held);
    }
    return stmt && ok;
}

gboolean
portal_load_deposits(Ctx *ctx, gint64 merchant_id, AccountStatement *s, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = in_period(ctx, "portal.deposit_entries", merchant_id, s, error);

    while (stmt && db_each(stmt, &ok, error)) {
        const StatementDeposit deposit = { .id = db_int(stmt, 0), .on = db_day(stmt, 1), .kind = portal_dup(stmt, 2),
                                           .event = portal_dup(stmt, 3), .amount_fen = db_int(stmt, 4), .lease_no = portal_dup(stmt, 5),
                                           .receipt_no = portal_dup(stmt, 6) };
        g_array_append_val(s->deposits, deposit);
    }
    return stmt && ok;
}

AccountStatement *
account_statement_load(Ctx *ctx, const Record *merchant, Day from, Day to, GError **error)
{
    if (to < from) {
        app_error_field(error, "to", "before_from", "结束日期不能早于开始日期", "must not be before the first day");
        return NULL;
    }
    if (to - from > PERIOD_DAYS_MAX) {
        app_error_field(error, "to", "too_long", "一次最多查看三年", "three years at most");
        return NULL;
    }
    g_autoptr(AccountStatement) s = portal_period_new(from, to);
    if (!load_balances(ctx, merchant->id, s, error) || !load_lines(ctx, merchant->id, s, error)
        || !portal_load_receipts(ctx, merchant->id, s, error) || !load_held(ctx, merchant->id, s, error)
        || !portal_load_deposits(ctx, merchant->id, s, error))
        return NULL;
    return g_steal_pointer(&s);
}

const char *
portal_label(const Ctx *ctx, const char *entity, const char *field, const char *token)
{
    const FieldDef *def = entity_find_field(registry_def(ctx->registry, entity), field);
    const EnumItem *item = token ? enum_find(def->items, token) : NULL;

    return item ? (ctx->lang == LANG_EN ? item->en : item->zh) : token;
}

const char *
portal_name(const Ctx *ctx, const DbStmt *stmt, int name_col, int kind_col)
{
    return db_is_null(stmt, kind_col) ? db_text(stmt, name_col) : portal_label(ctx, "charge", "deposit_kind", db_text(stmt, kind_col));
}

void
portal_write_enum(const Ctx *ctx, JsonOut *out, const char *entity, const char *field, const char *name, const char *token)
{
    g_autofree char *label = g_strconcat(name, "_label", NULL);

    json_kv_text(out, name, token);
    json_kv_text(out, label, portal_label(ctx, entity, field, token));
}

void
portal_write_pay(Ctx *ctx, JsonOut *out)
{
    g_autoptr(Record) property = record_find(ctx, "property", ctx->property_id, NULL);

    json_key(out, "pay");
    json_begin_object(out);
    json_kv_text(out, "name", property ? record_text(property, "owner_name") : NULL);
    json_kv_text(out, "bank_name", property ? record_text(property, "bank_name") : NULL);
    json_kv_text(out, "bank_account", property ? record_text(property, "bank_account") : NULL);
    json_kv_text(out, "phone", property ? record_text(property, "phone") : NULL);
    json_end_object(out);
}

static void
write_lines(const Ctx *ctx, const AccountStatement *s, JsonOut *out)
{
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < s->lines->len; i++) {
        const StatementLine *line = &g_array_index(s->lines, StatementLine, i);
        gboolean is_settled = strcmp(line->what, "allocation") == 0;
        json_begin_object(out);
        json_kv_id(out, "id", line->id);
        json_kv_text(out, "what", line->what);
        portal_write_enum(ctx, out, is_settled ? "allocation" : "charge", "kind", "kind", line->kind);
        json_kv_text(out, "name", line->name);
        json_kv_text(out, "unit_no", line->unit_no);
        json_kv_text(out, "no", line->no);
        json_kv_day(out, "on", line->on);
        json_kv_day(out, "period_from", line->from);
        json_kv_day(out, "period_to", line->to);
        json_kv_day(out, "due_on", line->due_on);
        json_kv_money(out, "amount", line->amount_fen);
        json_kv_money(out, "balance", line->balance_fen);
        json_end_object(out);
    }
    json_end_array(out);
}

void
portal_write_receipts(const Ctx *ctx, const AccountStatement *s, const char *key, JsonOut *out)
{
    json_key(out, key);
    json_begin_array(out);
    for (guint i = 0; i < s->receipts->len; i++) {
        const StatementReceipt *receipt = &g_array_index(s->receipts, StatementReceipt, i);
        json_begin_object(out);
        json_kv_id(out, "id", receipt->id);
        json_kv_text(out, "no", receipt->no);
        json_kv_day(out, "received_on", receipt->on);
        portal_write_enum(ctx, out, "receipt", "way", "way", receipt->way);
        portal_write_enum(ctx, out, "receipt", "state", "state", receipt->state);
        json_kv_text(out, "order_no", receipt->order_no);
        json_kv_money(out, "amount", receipt->amount_fen);
        json_kv_money(out, "credit", receipt->credit_fen);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_held(const Ctx *ctx, const AccountStatement *s, JsonOut *out)
{
    json_key(out, "deposits");
    json_begin_array(out);
    for (guint i = 0; i < s->held->len; i++) {
        const StatementHeld *held = &g_array_index(s->held, StatementHeld, i);
        json_begin_object(out);
        portal_write_enum(ctx, out, "deposit_entry", "kind", "kind", held->kind);
        json_kv_money(out, "opening", held->opening_fen);
        json_kv_money(out, "closing", held->closing_fen);
        json_end_object(out);
    }
    json_end_array(out);
}

void
portal_write_deposits(const Ctx *ctx, const AccountStatement *s, const char *key, JsonOut *out)
{
    json_key(out, key);
    json_begin_array(out);
    for (guint i = 0; i < s->deposits->len; i++) {
        const StatementDeposit *deposit = &g_array_index(s->deposits, StatementDeposit, i);
        json_begin_object(out);
        json_kv_id(out, "id", deposit->id);
        json_kv_day(out, "on", deposit->on);
        portal_write_enum(ctx, out, "deposit_entry", "kind", "kind", deposit->kind);
        portal_write_enum(ctx, out, "deposit_entry", "event", "event", deposit->event);
        json_kv_money(out, "amount", deposit->amount_fen);
        json_kv_text(out, "lease_no", deposit->lease_no);
        json_kv_text(out, "receipt_no", deposit->receipt_no);
        json_end_object(out);
    }
    json_end_array(out);
}

void
account_statement_write(Ctx *ctx, const AccountStatement *s, JsonOut *out)
{
    json_kv_day(out, "from", s->from);
    json_kv_day(out, "to", s->to);
    json_kv_money(out, "opening", s->opening_fen);
    json_kv_money(out, "charged", s->charged_fen);
    json_kv_money(out, "settled", s->settled_fen);
    json_kv_money(out, "closing", s->closing_fen);
    json_kv_money(out, "credit", s->credit_fen);
    write_lines(ctx, s, out);
    portal_write_receipts(ctx, s, "receipts", out);
    write_held(ctx, s, out);
    portal_write_deposits(ctx, s, "deposit_entries", out);
    portal_write_pay(ctx, out);
}
