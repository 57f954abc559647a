/* demo_bill.c - three years of monthly bill runs, and what merchants pay of them: most in time, some late, some in part, a few no more. */
#include "app/demo_internal.h"

#include "db/catalogue.h"
#include "domain/billing/billing_run.h"

enum { RUN_BEFORE = 7, PAY_DAY = 10, LATE_PAY_DAY = 20 };

typedef struct {
    gint64 merchant_id, open_fen;
} Debt;

static gboolean
run_month(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    gint64 run_id = bill_run_begin(ctx, GPOINTER_TO_INT(data), error);
    gboolean done = FALSE;

    (void) demo;
    while (run_id && !done) {
        if (!bill_run_step(ctx, run_id, 0, &done, error))
            return FALSE;
    }
    return run_id != 0;
}

gboolean
demo_charge_deposits(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) deposits = lease_deposits(ctx, lease, error);

    for (guint i = 0; deposits && i < deposits->len; i++) {
        const Record *deposit = deposits->pdata[i];
        const ChargeSpec spec = { .merchant_id = record_int(lease, "merchant_id"), .lease_id = lease->id, .unit_id = record_int(lease, "unit_id"),
                                  .kind = "deposit", .deposit_kind = record_text(deposit, "kind"), .from = DAY_NONE, .to = DAY_NONE,
                                  .due_on = MAX(record_day(deposit, "due_on"), ctx->today), .net_fen = record_int(deposit, "amount"),
                                  .gross_fen = record_int(deposit, "amount"), .source_entity = "lease", .source_id = lease->id };
        if (spec.gross_fen > 0 && !charge_post(ctx, &spec, error))
            return FALSE;
    }
    return deposits != NULL;
}

/* What merchants owe that is due. transfer full. */
static GArray *
debts(Ctx *ctx, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Debt));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "app.demo_debts", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "today", ctx->today);
    while (db_each(stmt, &ok, error)) {
        Debt debt = { db_int(stmt, 0), db_int(stmt, 1) };
        g_array_append_val(all, debt);
    }
    return ok ? g_steal_pointer(&all) : NULL;
}

/* The bank brings it, finance confirms it. */
static gboolean
take_in(Demo *demo, Ctx *ctx, gint64 merchant_id, gint64 amount_fen, GError **error)
{
    Ctx bank = demo_as(demo, ctx, BY_SYSTEM);
    g_autoptr(Record) receipt = demo_new(ctx, "receipt");

    record_set_id(receipt, "merchant_id", merchant_id);
    record_set_day(receipt, "received_on", ctx->today);
    record_set_text(receipt, "way", "bank_transfer");
    record_set_int(receipt, "amount", amount_fen);
    return record_save(&bank, receipt, error) && flow_apply(ctx, receipt, "confirm", NULL, error);
}

/* Of a hundred merchants so many pay on this day all that they owe, so many half of it. */
static gboolean
pay(Demo *demo, Ctx *ctx, guint all, guint half, GError **error)
{
    g_autoptr(GArray) owed = debts(ctx, error);

    for (guint i = 0; owed && i < owed->len; i++) {
        const Debt *debt = &g_array_index(owed, Debt, i);
        guint dice = demo_rand(demo) % 100;
        gint64 amount_fen = dice < all ? debt->open_fen : dice < all + half ? debt->open_fen / 20000 * 10000 : 0;
        if (amount_fen > 0 && !take_in(demo, ctx, debt->merchant_id, amount_fen, error))
            return FALSE;
    }
    return owed != NULL;
}

static gboolean
pay_in_time(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    return pay(demo, ctx, 78, 5, error);
}

static gboolean
pay_late(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    return pay(demo, ctx, 55, 10, error);
}

void
demo_plan_bills(Demo *demo)
{
    for (Day month = day_month_start(demo->start); month <= demo->today; month = day_month_end(month) + 1) {
        demo_at(demo, MAX(month - RUN_BEFORE, demo->start + 1), 17 * 60, BY_FINANCE, run_month, GINT_TO_POINTER(day_month_key(month)));
        if (month + PAY_DAY <= demo->today)
            demo_at(demo, month + PAY_DAY, 10 * 60, BY_FINANCE, pay_in_time, NULL);
        if (month + LATE_PAY_DAY <= demo->today)
            demo_at(demo, month + LATE_PAY_DAY, 10 * 60, BY_FINANCE, pay_late, NULL);
    }
}
