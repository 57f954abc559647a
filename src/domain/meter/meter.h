/* meter.h - what flows through meters and who pays for it: meters, their readings, prices, and costs that several shops share.
 * Gives charges (domain/billing); not for rent. Start at meter_bill_write(); the tables are in meter_entity.c and share_entity.c. */
#pragma once
#include "domain/billing/billing.h"

extern const EntityModule meter_module, meter_price_module, meter_reading_module, share_key_module, share_member_module, share_pool_module;

/* Members "lines", "landlord", "problems", "unread", "total" of an open object: what billing the checked readings up to the end of
 * @month (202603) would post, each line with its working; what nobody rents and the landlord bears; what cannot be billed and why. */
gboolean meter_bill_write(Ctx *ctx, int month, JsonOut *out, GError **error);
/* Posts those lines as charges due on @due_on and marks the readings billed; problems stay behind. @expected_gross_fen is what the
 * person saw: CONFLICT "meter_reading.moved" if it is another sum by now, "meter_reading.nothing" if there is nothing to post. Members
 * "charges", "readings", "gross" of an open object. */
gboolean meter_bill_post(Ctx *ctx, int month, Day due_on, gint64 expected_gross_fen, JsonOut *out, GError **error);

/* What the readings of one lease's units would charge, each line; one that cannot be billed has a problem token and no amounts. */
typedef struct {
    const char *name, *problem, *working;
    gint64 unit_id;
    Day from, to;
    gint64 tax_rate_ppm, net_fen, tax_fen, gross_fen;
} MeterDue;
gboolean meter_due_each(Ctx *ctx, gint64 lease_id, Day until, void (*each)(const MeterDue *due, gpointer data), gpointer data, GError **error);
/* Posts them, due on @due_on, and marks those readings billed. */
gboolean meter_bill_lease(Ctx *ctx, gint64 lease_id, Day due_on, GError **error);

/* The last reading of a meter that counts: its value and day. FALSE in *found if there is none. */
typedef struct {
    gint64 reading_id, reading_e4;
    Day on;
} MeterLast;
gboolean meter_last(Ctx *ctx, gint64 meter_id, gint64 except_id, MeterLast *last, gboolean *found, GError **error);
