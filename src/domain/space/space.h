/* space.h - what is let: buildings, floors, units, who looks after them, and the price policy.
 * Status of a unit is never typed in: it follows from leases and holds. Start at space_status_refresh(). */
#pragma once
#include "domain/approval/approval.h"

extern const EntityModule building_module;
extern const EntityModule floor_module;
extern const EntityModule unit_module;
extern const EntityModule unit_change_module;
extern const EntityModule price_policy_module;
extern const EntityModule zone_unit_module;

/* Goes through the flow of that name; listed in domain/entities.c. */
extern const ApprovalSubject price_policy_subject;

/* Stored words, shared with lease and reports. */
extern const EnumItem unit_status_items[];
extern const EnumItem price_basis_items[]; /* per_m2_month per_m2_day */

/* What decides the status of one unit on one day. All text borrowed; dates DAY_NONE where unknown. */
typedef struct {
    const char *purpose; /* unit.purpose */
    gint64 lease_id;
    const char *lease_state;    /* NULL: no lease on that day, none signed for later */
    const char *handover_state; /* NULL: the lease came without one (taken over from a rent roll) */
    Day from_on, to_on;         /* of the unit in the lease, both included */
    Day sign_on, handover_on, open_on;
    gboolean is_held;   /* a hold that has not run out */
    gboolean is_locked; /* the hold is secured by a deposit */
} UnitFacts;

/* Status word on @on. Pure. Source: rules.md 9.1 (unit). transfer none. */
const char *space_status_of(const UnitFacts *facts, Day on);

/* Derives and stores unit.status on ctx->today. Call after a change of a lease, a hold or a handover. */
gboolean space_status_refresh(Ctx *ctx, gint64 unit_id, GError **error);
/* The same for every unit of the property, for the nightly job; @changed (may be NULL) counts. */
gboolean space_status_refresh_all(Ctx *ctx, guint *changed, GError **error);
/* Holds the unit's row until the end of the transaction, so that two requests cannot both find it free (PostgreSQL;
 * on SQLite the writer is alone). NOT_FOUND "unit.not_found". */
gboolean space_unit_lock(Ctx *ctx, gint64 unit_id, GError **error);

/* Members {floor, width, height, shapes, units, counts, area} of the plan on @on into an open object; see docs/api.md.
 * Lease, end and price only for leases this person may read; the hold's end to all. */
gboolean space_plan_write(Ctx *ctx, gint64 floor_id, Day on, JsonOut *out, GError **error);

/* The price policy in force. Prices are per m2 and month, 1/10000 yuan. */
typedef struct {
    gint64 policy_id; /* 0: none; the prices are then the unit's own, if it has any */
    gint64 floor_price_e4, target_price_e4; /* 0: none set */
    int free_days, deposit_months;
} SpacePolicy;

/* Policy for letting @unit_id to @category_id (0: any) on @on: approved and valid that day; the nearest wins: category (or the
 * one above it) and floor, then category, then floor, then general; the later one among equals. The unit's own prices take
 * precedence over the policy's where they are set. NOT_FOUND "unit.not_found". */
gboolean space_policy_find(Ctx *ctx, gint64 unit_id, gint64 category_id, Day on,
                           SpacePolicy *policy, GError **error);
/* A price of either basis per month: a day's price x 365 / 12, rounded half away. */
gint64 space_price_month_e4(const char *basis, gint64 price_e4);

/* Who looks after the unit on @on; 0 in both if nobody. */
gboolean space_zone_owner(Ctx *ctx, gint64 unit_id, Day on, gint64 *staff_id, gint64 *zone_id,
                          GError **error);
/* {"items": [{unit}]}: units without an owner on @on. */
gboolean space_zone_gaps_write(Ctx *ctx, Day on, JsonOut *out, GError **error);
