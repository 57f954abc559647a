/* meter_internal.h - effects and hooks named by the tables, and who holds a unit on a day. Only inside domain/meter. */
#pragma once
#include "base/money.h"
#include "domain/meter/meter.h"

extern const EnumItem meter_kind_items[];
/* What one unit of a kind is called: 度, 吨, 立方米. Static. */
const char *meter_unit_zh(const char *kind);
const char *meter_unit_en(const char *kind);

gboolean meter_validate(Ctx *ctx, Record *meter, const Record *old, GError **error);
gboolean meter_after_save(Ctx *ctx, Record *meter, const Record *old, GError **error);
gboolean meter_replace(Ctx *ctx, Record *meter, const Record *input, GError **error);
gboolean meter_remove(Ctx *ctx, Record *meter, const Record *input, GError **error);
gboolean meter_price_validate(Ctx *ctx, Record *price, const Record *old, GError **error);

gboolean reading_validate(Ctx *ctx, Record *reading, const Record *old, GError **error);
gboolean reading_after_save(Ctx *ctx, Record *reading, const Record *old, GError **error);
gboolean reading_explain(Ctx *ctx, Record *reading, const Record *input, GError **error);
gboolean reading_may_check(Ctx *ctx, const Record *reading, GError **error);
gboolean reading_check(Ctx *ctx, Record *reading, const Record *input, GError **error);
gboolean reading_void(Ctx *ctx, Record *reading, const Record *input, GError **error);
gboolean reading_unbill(Ctx *ctx, Record *reading, const Record *input, GError **error);
gboolean reading_correct(Ctx *ctx, Record *reading, const Record *input, GError **error);
gboolean reading_is_last(Ctx *ctx, const Record *reading, GError **error);
gboolean reading_write_more(Ctx *ctx, const Record *reading, JsonOut *out, GError **error);

gboolean share_member_validate(Ctx *ctx, Record *member, const Record *old, GError **error);
gboolean share_pool_validate(Ctx *ctx, Record *pool, const Record *old, GError **error);
gboolean share_pool_post(Ctx *ctx, Record *pool, const Record *input, GError **error);
gboolean share_pool_void(Ctx *ctx, Record *pool, const Record *input, GError **error);
gboolean share_pool_write(Ctx *ctx, const Record *pool, JsonOut *out, GError **error);

/* A lease that holds a unit. It begins with the handover where that comes before the term, because the fitters use power too; and one that
 * has ended but is not settled goes on until the next one begins. */
typedef struct {
    gint64 lease_id, merchant_id;
    char *lease_no, *merchant;
    Day from, to;
} MeterHold;
/* unit id -> GPtrArray of MeterHold, by day; of all units, for days up to @to. transfer full. */
GHashTable *meter_holds(Ctx *ctx, Day to, GError **error);
/* Who holds the unit on a day; NULL: nobody. transfer none. */
const MeterHold *meter_hold_on(GHashTable *holds, gint64 unit_id, Day day);
/* The first day after @day on which somebody else (or nobody) holds the unit, at most @to + 1. */
Day meter_hold_until(GHashTable *holds, gint64 unit_id, Day day, Day to);

/* Prices of a kind of meter. */
typedef struct {
    char *kind, *item, *item_name;
    Day from;
    gint64 price_e4, loss_ppm, tax_rate_ppm;
} MeterPrice;
/* Array of MeterPrice, by kind, latest first. transfer full. */
GPtrArray *meter_prices(Ctx *ctx, GError **error);
const MeterPrice *meter_price_on(const GPtrArray *prices, const char *kind, Day day);
/* "1 269.60" */
char *meter_amount_text(gint64 fen);
char *meter_number_text(gint64 value_e4);
