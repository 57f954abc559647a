/* offer.c - rounds count themselves; each offer is measured against the price policy of its day. */
#include "base/money.h"
#include "domain/crm/crm_internal.h"

static gboolean
next_round(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.offers_of_lead", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", record_int(rec, "lead_id"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    record_set_int(rec, "round", 1 + (db_is_null(stmt, 2) ? 0 : db_int(stmt, 2)));
    return TRUE;
}

static gboolean
measure(Ctx *ctx, Record *rec, gint64 category_id, GError **error)
{
    SpacePolicy policy;
    gint64 rent = record_int(rec, "rent_price");

    record_set_int(rec, "below_floor", 0);
    record_set_null(rec, "concession");
    if (record_is_null(rec, "unit_id") || rent <= 0)
        return TRUE;
    if (!space_policy_find(ctx, record_int(rec, "unit_id"), category_id,
                           record_day(rec, "offered_on"), &policy, error))
        return FALSE;
    record_set_int(rec, "below_floor", policy.floor_price_e4 > 0 && rent < policy.floor_price_e4);
    if (policy.target_price_e4 > 0)
        record_set_int(
            rec, "concession",
            muldiv_half_away(policy.target_price_e4 - rent, RATE_ONE_PPM, policy.target_price_e4));
    return TRUE;
}

/* One agreed offer per lead: a new one takes the mark from the former. */
static gboolean
unmark_others(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.offers_accepted", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", record_int(rec, "lead_id"));
    db_bind_int(stmt, "own_id", rec->id);
    if (!crm_ids(stmt, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) other =
            record_get(ctx, "offer", g_array_index(ids, gint64, i), NULL, error);
        if (!other)
            return FALSE;
        record_set_int(other, "is_accepted", 0);
        if (!record_save(ctx, other, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
offer_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");
    g_autoptr(Record) lead = NULL;

    if (record_is_null(rec, "lead_id"))
        return TRUE;
    lead = record_get(ctx, "lead", record_int(rec, "lead_id"), "update", error);
    if (!lead || !lead_guard_mine(ctx, lead, error))
        return FALSE;
    if (record_is_null(rec, "offered_on"))
        record_set_day(rec, "offered_on", ctx->today);
    if (record_is_null(rec, "staff_id"))
        record_set_id(rec, "staff_id", ctx->staff_id);
    if (from != DAY_NONE && to != DAY_NONE && to < from)
        app_error_field(error, "to_on", "range", "租期结束不能早于开始",
                        "cannot end before it begins");
    if (!old && record_is_null(rec, "round") && !next_round(ctx, rec, error))
        return FALSE;
    if (!measure(ctx, rec, record_int(lead, "category_id"), error))
        return FALSE;
    return !record_int(rec, "is_accepted") || (old && record_int(old, "is_accepted"))
           || unmark_others(ctx, rec, error);
}
