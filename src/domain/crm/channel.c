/* channel.c - what each channel brought in a month: calls, visits, leads, interest, signings, and what a signing cost. */
#include "base/clock.h"
#include "base/money.h"
#include "domain/crm/crm_internal.h"

#include <string.h>

enum { M_CALLS, M_VISITS, M_LEADS, M_INTENTS, M_SIGNINGS, M_SPEND, M_AREA, M__N };

static const char *const measures[M__N] = { "calls",    "visits", "leads", "intents",
                                            "signings", "spend",  "area" };

typedef struct {
    gint64 n[2][M__N]; /* this month, the month before */
} Funnel;

static Funnel *
funnel_of(GHashTable *funnels, gint64 channel_id)
{
    Funnel *funnel = g_hash_table_lookup(funnels, &channel_id);

    if (!funnel) {
        gint64 *key = g_new(gint64, 1);
        *key = channel_id;
        funnel = g_new0(Funnel, 1);
        g_hash_table_insert(funnels, key, funnel);
    }
    return funnel;
}

static gboolean
read_month(Ctx *ctx, int month, int which, GHashTable *funnels, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.channel_rows", error);
    Day from = day_from_month_key(month);
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    db_bind_day(stmt, "from_on", from);
    db_bind_day(stmt, "to_on", day_month_end(from));
    db_bind_int(stmt, "from_at", clock_day_start_us(from));
    db_bind_int(stmt, "to_at", clock_day_start_us(day_month_end(from) + 1));
    db_bind_int(stmt, "month", month);
    while (db_each(stmt, &ok, error)) {
        Funnel *funnel = funnel_of(funnels, db_int(stmt, 1));
        for (guint i = 0; i < M_AREA; i++) {
            if (strcmp(measures[i], db_text(stmt, 0)) == 0)
                funnel->n[which][i] += db_int(stmt, 2);
        }
        funnel->n[which][M_AREA] += db_int(stmt, 3);
    }
    return ok;
}

static void
write_cost(JsonOut *out, const char *key, const gint64 *n)
{
    json_key(out, key);
    if (n[M_SIGNINGS] > 0 && n[M_SPEND] > 0)
        json_decimal(out, muldiv_half_away(n[M_SPEND], 1, n[M_SIGNINGS]), 2, 2);
    else
        json_nil(out);
}

/* Counts change in numbers; whoever shows percentages divides by the month before, which stands beside it. */
static void
write_funnel(JsonOut *out, const Funnel *funnel)
{
    for (guint i = 0; i < M_SPEND; i++)
        json_kv_int(out, measures[i], funnel->n[0][i]);
    json_kv_area(out, "area", funnel->n[0][M_AREA]);
    json_kv_money(out, "spend", funnel->n[0][M_SPEND]);
    write_cost(out, "cost_per_signing", funnel->n[0]);
    json_key(out, "before");
    json_begin_object(out);
    for (guint i = 0; i < M_SPEND; i++)
        json_kv_int(out, measures[i], funnel->n[1][i]);
    json_kv_area(out, "area", funnel->n[1][M_AREA]);
    json_kv_money(out, "spend", funnel->n[1][M_SPEND]);
    write_cost(out, "cost_per_signing", funnel->n[1]);
    json_end_object(out);
    json_key(out, "change");
    json_begin_object(out);
    for (guint i = 0; i < M_SPEND; i++)
        json_kv_int(out, measures[i], funnel->n[0][i] - funnel->n[1][i]);
    json_kv_area(out, "area", funnel->n[0][M_AREA] - funnel->n[1][M_AREA]);
    json_kv_money(out, "spend", funnel->n[0][M_SPEND] - funnel->n[1][M_SPEND]);
    json_end_object(out);
}

static void
write_item(JsonOut *out, gint64 channel_id, const char *name, const Funnel *funnel, Funnel *totals)
{
    json_begin_object(out);
    json_key(out, "channel");
    json_begin_object(out);
    json_kv_id(out, "id", channel_id);
    json_kv_text(out, "label", name);
    json_end_object(out);
    write_funnel(out, funnel);
    json_end_object(out);
    for (guint i = 0; i < M__N; i++) {
        totals->n[0][i] += funnel->n[0][i];
        totals->n[1][i] += funnel->n[1][i];
    }
}

gboolean
crm_channel_write(Ctx *ctx, int month, JsonOut *out, GError **error)
{
    g_autoptr(GHashTable) funnels =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    g_autoptr(DbStmt) stmt = NULL;
    Funnel totals = { 0 };
    gint64 unknown = 0;
    gboolean ok = TRUE;

    if (month % 100 < 1 || month % 100 > 12 || month < 190001 || month > 219912)
        return app_error_field(error, "month", "range", "月份应写作 202603",
                               "write the month as 202603");
    int before = day_month_key(day_from_month_key(month) - 1);
    if (!read_month(ctx, month, 0, funnels, error) || !read_month(ctx, before, 1, funnels, error))
        return FALSE;
    stmt = crm_stmt(ctx, "crm.channels", error);
    if (!stmt)
        return FALSE;
    json_kv_int(out, "month", month);
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        const Funnel *funnel = g_hash_table_lookup(funnels, &id);
        if (funnel)
            write_item(out, id, db_text(stmt, 1), funnel, &totals);
    }
    const Funnel *rest = g_hash_table_lookup(funnels, &unknown);
    if (rest)
        write_item(out, 0, crm_text(ctx, "未登记渠道", "No channel"), rest, &totals);
    json_end_array(out);
    json_key(out, "totals");
    json_begin_object(out);
    write_funnel(out, &totals);
    json_end_object(out);
    return ok;
}
