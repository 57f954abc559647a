#include "support/money.h"

#include "app/app.h"
#include "base/money.h"
#include "db/catalogue.h"
#include "domain/billing/billing.h"

static gboolean
promise_holds(Ctx *ctx, gpointer data, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, data, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        g_error("%s finds %s", (const char *) data, db_text(stmt, 0));
    return TRUE;
}

void
money_is_sound(Mall *mall)
{
    for (guint i = 0; app_promises[i].statement; i++)
        world_must(mall->world, NULL, promise_holds, (gpointer) app_promises[i].statement);
}

typedef struct {
    ChargeSpec spec;
    gint64 id;
} Made;

static gboolean
post_charge(Ctx *ctx, gpointer data, GError **error)
{
    Made *made = data;

    made->id = charge_post(ctx, &made->spec, error);
    return made->id != 0;
}

gint64
charge_made(Mall *mall, gint64 merchant_id, gint64 gross_fen, const char *due_on)
{
    gint64 net_fen = 0, tax_fen = 0;
    Day due = day_parse(due_on);

    tax_split_gross(gross_fen, 60000, &net_fen, &tax_fen);
    Made made = { .spec = { .merchant_id = merchant_id,
                            .item = "property_fee",
                            .kind = gross_fen < 0 ? "adjustment" : "fixed",
                            .from = day_month_start(due),
                            .to = day_month_end(due),
                            .due_on = due,
                            .tax_rate_ppm = 60000,
                            .net_fen = net_fen,
                            .tax_fen = tax_fen,
                            .gross_fen = gross_fen } };
    world_must(mall->world, NULL, post_charge, &made);
    return made.id;
}

static gboolean
void_charge(Ctx *ctx, gpointer data, GError **error)
{
    return charge_void(ctx, *(gint64 *) data, "录入有误", error);
}

void
charge_voided(Mall *mall, gint64 charge_id)
{
    world_must(mall->world, NULL, void_charge, &charge_id);
}
