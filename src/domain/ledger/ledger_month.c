/* ledger_month.c - accounting months: which one an event goes to. */
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/ledger/ledger_internal.h"

static gboolean
make_month(Ctx *ctx, int month, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.month_make", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", id_next());
    db_bind_int(stmt, "now", ctx->now_us);
    db_bind_int(stmt, "month", month);
    return db_exec_stmt(stmt, NULL, error);
}

/* Whether the month takes postings; a month nobody has posted to yet is made. */
static gboolean
month_is_open(Ctx *ctx, int month, gboolean *open, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.month_hold", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", month);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *open = !row || g_strcmp0(db_text(stmt, 0), "open") == 0;
    return row || make_month(ctx, month, error);
}

gboolean
ledger_month_of(Ctx *ctx, Day on, int *month, GError **error)
{
    gboolean open = FALSE;

    *month = day_month_key(on);
    if (!month_is_open(ctx, *month, &open, error))
        return FALSE;
    if (open)
        return TRUE;
    *month = day_month_key(ctx->today);
    if (!month_is_open(ctx, *month, &open, error))
        return FALSE;
    return open
           || app_error_set(error, APP_ERROR_CONFLICT, "ledger.month_closed", "会计月 %d 已结账，不能记账", "month %d is closed; nothing can be posted",
                            *month);
}
