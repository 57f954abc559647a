/* portal_view.c - what a merchant that is logged in sees: what is due, bills with their working, payments, deposits. */
#include "domain/portal/portal_internal.h"
#include "store/history.h"

#include <string.h>

Record *
portal_merchant(Ctx *ctx, GError **error)
{
    return record_get(ctx, "merchant", access_merchant(ctx->access), "read", error);
}

gboolean
portal_remember(Ctx *ctx, const char *what, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_array(out);
    json_begin_object(out);
    json_kv_text(out, "field", "paper");
    json_kv_text(out, "to", what);
    json_end_object(out);
    json_end_array(out);
    return history_add(ctx, "merchant_login", ctx->staff_id, "download", out->buf->str, error);
}

/* One charge of portal.due or portal.charges as an item. */
static void
write_item(const Ctx *ctx, const DbStmt *stmt, JsonOut *out)
{
    Day due_on = db_day(stmt, 6);
    gint64 open_fen = db_int(stmt, 7) - db_int(stmt, 8);

    json_begin_object(out);
    json_kv_id(out, "id", db_int(stmt, 0));
    portal_write_enum(ctx, out, "charge", "kind", "kind", db_text(stmt, 1));
    json_kv_text(out, "name", portal_name(ctx, stmt, 2, 10));
    json_kv_text(out, "unit_no", db_text(stmt, 3));
    json_kv_day(out, "period_from", portal_day(stmt, 4));
    json_kv_day(out, "period_to", portal_day(stmt, 5));
    json_kv_day(out, "due_on", due_on);
    json_kv_money(out, "gross", db_int(stmt, 7));
    json_kv_money(out, "paid", db_int(stmt, 8));
    json_kv_money(out, "open", open_fen);
    json_kv_int(out, "overdue_days", open_fen > 0 && due_on < ctx->today ? ctx->today - due_on : 0);
    portal_write_enum(ctx, out, "charge", "state", "state", db_text(stmt, 9));
    json_end_object(out);
}

static gboolean
write_due(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    gint64 total_fen = 0, overdue_fen = 0;
    g_autoptr(DbStmt) stmt = portal_stmt(ctx, "portal.due", merchant_id, error);

    if (!stmt)
        return FALSE;
    db_bind_day(stmt, "never", DAY_MAX);
    json_key(out, "due");
    json_begin_object(out);
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        gint64 open_fen = db_int(stmt, 7) - db_int(stmt, 8);
        total_fen += open_fen;
        if (db_day(stmt, 6) < ctx->today)
            overdue_fen += open_fen;
        write_item(ctx, stmt, out);
    }
    json_end_array(out);
    json_kv_money(out, "total", total_fen);
    json_kv_money(out, "overdue", MAX(overdue_fen, 0));
    json_end_object(out);
    return ok;
}

static gboolean
write_orders(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = portal_stmt(ctx, "portal.orders", merchant_id, error);

    json_key(out, "orders");
    json_begin_array(out);
    while (stmt && db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "no", db_text(stmt, 1));
        json_kv_day(out, "due_on", db_day(stmt, 2));
        json_kv_money(out, "total", db_int(stmt, 3));
        json_kv_money(out, "open", db_int(stmt, 3) - db_int(stmt, 4));
        json_end_object(out);
    }
    json_end_array(out);
    return stmt && ok;
}

static gboolean
write_leases(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = portal_stmt(ctx, "portal.leases", merchant_id, error);

    json_key(out, "leases");
    json_begin_array(out);
    while (stmt && db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "no", db_text(stmt, 1));
        json_kv_text(out, "unit_nos", db_text(stmt, 2));
        json_kv_day(out, "from_on", portal_day(stmt, 3));
        json_kv_day(out, "to_on", portal_day(stmt, 4));
        portal_write_enum(ctx, out, "lease", "state", "state", db_text(stmt, 5));
        json_end_object(out);
    }
    json_end_array(out);
    return stmt && ok;
}

static gboolean
write_held(Ctx *ctx, gint64 merchant_id, const char *key, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = portal_stmt(ctx, "portal.deposits_held", merchant_id, error);

    if (!stmt)
        return FALSE;
    db_bind_day(stmt, "from", ctx->today);
    db_bind_day(stmt, "to", ctx->today);
    json_key(out, key);
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        portal_write_enum(ctx, out, "deposit_entry", "kind", "kind", db_text(stmt, 0));
        json_kv_money(out, "amount", db_int(stmt, 2));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

gboolean
portal_home_write(Ctx *ctx, JsonOut *out, GError **error)
{
    gint64 merchant_id = access_merchant(ctx->access), credit_fen = 0;

    if (!write_due(ctx, merchant_id, out, error) || !write_orders(ctx, merchant_id, out, error)
        || !write_leases(ctx, merchant_id, out, error) || !write_held(ctx, merchant_id, "deposits", out, error)
        || !portal_credit(ctx, merchant_id, ctx->today, &credit_fen, error))
        return FALSE;
    json_kv_money(out, "credit", credit_fen);
    portal_write_pay(ctx, out);
    return TRUE;
}

/* A year's rows of a statement. transfer full. */
static DbStmt *
in_year(Ctx *ctx, const char *name, int year, GError **error)
{
    DbStmt *stmt = portal_stmt(ctx, name, access_merchant(ctx->access), error);

    if (stmt) {
        db_bind_day(stmt, "from", day_from_ymd(year, 1, 1));
        db_bind_day(stmt, "to", day_from_ymd(year, 12, 31));
    }
    return stmt;
}

gboolean
portal_charges_write(Ctx *ctx, int year, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = in_year(ctx, "portal.charges", year, error);

    json_key(out, "items");
    json_begin_array(out);
    while (stmt && db_each(stmt, &ok, error))
        write_item(ctx, stmt, out);
    json_end_array(out);
    return stmt && ok;
}

gboolean
portal_charge_write(Ctx *ctx, gint64 id, JsonOut *out, GError **error)
{
    g_autoptr(Record) charge = record_get(ctx, "charge", id, "read", error);

    if (!charge)
        return FALSE;
    g_autofree char *unit = record_ref_label(ctx, "unit", record_int(charge, "unit_id"));
    g_autofree char *lease = record_ref_label(ctx, "lease", record_int(charge, "lease_id"));
    const char *working = record_text(charge, "working");
    const char *kind = portal_label(ctx, "charge", "deposit_kind", record_text(charge, "deposit_kind"));
    json_kv_id(out, "id", charge->id);
    portal_write_enum(ctx, out, "charge", "kind", "kind", record_text(charge, "kind"));
    portal_write_enum(ctx, out, "charge", "state", "state", record_text(charge, "state"));
    json_kv_text(out, "name", record_is_null(charge, "deposit_kind") ? record_text(charge, "name") : kind);
    json_kv_text(out, "unit_no", unit);
    json_kv_text(out, "lease_no", lease);
    json_kv_day(out, "period_from", record_day(charge, "period_from"));
    json_kv_day(out, "period_to", record_day(charge, "period_to"));
    json_kv_day(out, "due_on", record_day(charge, "due_on"));
    json_kv_money(out, "net", record_int(charge, "net"));
    json_kv_money(out, "tax", record_int(charge, "tax"));
    json_key(out, "tax_rate");
    json_decimal(out, record_int(charge, "tax_rate"), 4, 0); /* ppm as per cent */
    json_kv_money(out, "gross", record_int(charge, "gross"));
    json_kv_money(out, "paid", record_int(charge, "paid"));
    json_key(out, "working");
    json_raw(out, working ? working : "[]", working ? strlen(working) : 2);
    return billing_charge_write(ctx, charge, out, error);
}

gboolean
portal_receipts_write(Ctx *ctx, int year, JsonOut *out, GError **error)
{
    g_autoptr(AccountStatement) s = portal_period_new(day_from_ymd(year, 1, 1), day_from_ymd(year, 12, 31));

    if (!portal_load_receipts(ctx, access_merchant(ctx->access), s, error))
        return FALSE;
    portal_write_receipts(ctx, s, "items", out);
    return TRUE;
}

gboolean
portal_deposits_write(Ctx *ctx, JsonOut *out, GError **error)
{
    gint64 merchant_id = access_merchant(ctx->access);
    g_autoptr(AccountStatement) s = portal_period_new(DAY_MIN, ctx->today);

    if (!write_held(ctx, merchant_id, "held", out, error) || !portal_load_deposits(ctx, merchant_id, s, error))
        return FALSE;
    portal_write_deposits(ctx, s, "items", out);
    return TRUE;
}
