/* meter_hold.c - who holds which unit on which day, and what the use costs by date. */
#include "db/catalogue.h"
#include "domain/meter/meter_internal.h"

#include <string.h>

static void
hold_free(gpointer data)
{
    MeterHold *hold = data;

    g_free(hold->lease_no);
    g_free(hold->merchant);
    g_free(hold);
}

static GPtrArray *
of_unit(GHashTable *holds, gint64 unit_id)
{
    GPtrArray *list = g_hash_table_lookup(holds, &unit_id);

    if (!list) {
        list = g_ptr_array_new_with_free_func(hold_free);
        g_hash_table_insert(holds, g_memdup2(&unit_id, sizeof unit_id), list);
    }
    return list;
}

static gboolean
is_open_end(const char *state)
{
    static const char *const over[] = { "expiring", "expired", "terminated", NULL };

    return g_strv_contains(over, state);
}

static void
add_hold(GHashTable *holds, const DbStmt *stmt)
{
    GPtrArray *list = of_unit(holds, db_int(stmt, 0));
    MeterHold *before = list->len ? list->pdata[list->len - 1] : NULL;
    MeterHold *hold = g_new0(MeterHold, 1);
    Day handover = db_day(stmt, 7);

    hold->lease_id = db_int(stmt, 1);
    hold->merchant_id = db_int(stmt, 2);
    hold->lease_no = g_strdup(db_text(stmt, 3));
    hold->merchant = g_strdup(db_text(stmt, 4));
    hold->from = db_day(stmt, 5);
    if (handover != DAY_NONE && handover < hold->from)
        hold->from = handover;
    hold->to = is_open_end(db_text(stmt, 8)) ? DAY_MAX : db_day(stmt, 6);
    if (before && before->to >= hold->from)
        before->to = hold->from - 1;
    g_ptr_array_add(list, hold);
}

GHashTable *
meter_holds(Ctx *ctx, Day to, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GHashTable) holds = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "meter.holds", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "until", to);
    while (db_each(stmt, &ok, error))
        add_hold(holds, stmt);
    return ok ? g_steal_pointer(&holds) : NULL;
}

const MeterHold *
meter_hold_on(GHashTable *holds, gint64 unit_id, Day day)
{
    const GPtrArray *list = g_hash_table_lookup(holds, &unit_id);

    for (guint i = 0; list && i < list->len; i++) {
        const MeterHold *hold = list->pdata[i];
        if (hold->from <= day && day <= hold->to)
            return hold;
    }
    return NULL;
}

Day
meter_hold_until(GHashTable *holds, gint64 unit_id, Day day, Day to)
{
    const MeterHold *now = meter_hold_on(holds, unit_id, day);
    const GPtrArray *list = g_hash_table_lookup(holds, &unit_id);
    Day next = to + 1;

    if (now)
        return MIN(next, now->to + 1);
    for (guint i = 0; list && i < list->len; i++) {
        const MeterHold *hold = list->pdata[i];
        if (hold->from > day && hold->from < next)
            next = hold->from;
    }
    return next;
}

static void
price_free(gpointer data)
{
    MeterPrice *price = data;

    g_free(price->kind);
    g_free(price->item);
    g_free(price->item_name);
    g_free(price);
}

GPtrArray *
meter_prices(Ctx *ctx, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GPtrArray) prices = g_ptr_array_new_with_free_func(price_free);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "meter.prices", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        MeterPrice *price = g_new0(MeterPrice, 1);
        price->kind = g_strdup(db_text(stmt, 0));
        price->from = db_day(stmt, 1);
        price->price_e4 = db_int(stmt, 2);
        price->loss_ppm = db_int(stmt, 3);
        price->item = g_strdup(db_text(stmt, 4));
        price->tax_rate_ppm = db_int(stmt, 5);
        price->item_name = g_strdup(db_text(stmt, 6));
        g_ptr_array_add(prices, price);
    }
    return ok ? g_steal_pointer(&prices) : NULL;
}

const MeterPrice *
meter_price_on(const GPtrArray *prices, const char *kind, Day day)
{
    for (guint i = 0; i < prices->len; i++) {
        const MeterPrice *price = prices->pdata[i];
        if (strcmp(price->kind, kind) == 0 && price->from <= day)
            return price;
    }
    return NULL;
}

/* Groups of three by a thin blank, as sums are written in papers. */
char *
meter_amount_text(gint64 fen)
{
    g_autofree char *grouped = money_format_grouped(fen);

    return g_strdelimit(g_steal_pointer(&grouped), ",", ' ');
}

char *
meter_number_text(gint64 value_e4)
{
    g_autofree char *plain = decimal_format(ABS(value_e4), 4, 0);
    const char *dot = strchr(plain, '.');
    gsize whole = dot ? (gsize) (dot - plain) : strlen(plain);
    g_autoptr(GString) text = g_string_new(value_e4 < 0 ? "-" : "");

    for (gsize i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append_c(text, ' ');
        g_string_append_c(text, plain[i]);
    }
    g_string_append(text, dot ? dot : "");
    return g_strdup(text->str);
}
