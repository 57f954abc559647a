/* space_status.c - the status of a unit follows from its leases and holds. */
#include "domain/space/space_internal.h"

#include <string.h>

DbStmt *
space_stmt(Ctx *ctx, const char *name, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt)
        list_bind_scope(ctx, stmt);
    return stmt;
}

static gboolean
is_any(const char *state, const char *first, const char *second)
{
    return g_strcmp0(state, first) == 0 || g_strcmp0(state, second) == 0;
}

/* The lease covers the day: let, handed over or trading. */
static const char *
status_within(const UnitFacts *facts, Day on)
{
    const char *state = facts->lease_state;

    if (strcmp(state, "approved") == 0)
        return "locked";
    if (strcmp(state, "sealed") == 0)
        return "signed";
    if (facts->handover_state && strcmp(facts->handover_state, "accepted") != 0)
        return "signed";
    if (facts->open_on != DAY_NONE && on < facts->open_on)
        return facts->handover_on != DAY_NONE && on < facts->handover_on ? "signed" : "fitting_out";
    if (facts->open_on == DAY_NONE && facts->handover_state)
        return "handed_over";
    if (is_any(state, "expiring", "expired") || strcmp(state, "terminated") == 0)
        return "notice";
    return "open";
}

const char *
space_status_of(const UnitFacts *facts, Day on)
{
    Day begins = facts->from_on;

    if (is_any(facts->purpose, "own_use", "disabled"))
        return facts->purpose;
    if (!facts->lease_state)
        return facts->is_locked ? "locked" : facts->is_held ? "reserved" : "vacant";
    if (facts->handover_on != DAY_NONE && facts->handover_on < begins)
        begins = facts->handover_on;
    if (on >= begins)
        return status_within(facts, on);
    /* signed for later: free until then, but spoken for */
    return strcmp(facts->lease_state, "approved") == 0 ? "locked" : "signed";
}

void
unit_facts_read(UnitFacts *facts, const DbStmt *stmt, Day on)
{
    Day from = db_day(stmt, 2), to = db_day(stmt, 3);
    gboolean is_there = (from == DAY_NONE || from <= on) && (to == DAY_NONE || to >= on);

    *facts = (UnitFacts){
        .purpose = is_there ? db_text(stmt, 1) : "disabled",
        .is_held = !db_is_null(stmt, 4),
        .is_locked = !db_is_null(stmt, 4) && db_int(stmt, 4) != 0,
        .lease_id = db_is_null(stmt, 5) ? 0 : db_int(stmt, 5),
        .lease_state = db_is_null(stmt, 6) ? NULL : db_text(stmt, 6),
        .from_on = db_day(stmt, 7),
        .to_on = db_day(stmt, 8),
        .sign_on = db_day(stmt, 9),
        .handover_on = db_day(stmt, 10),
        .open_on = db_day(stmt, 11),
        .handover_state = db_is_null(stmt, 12) ? NULL : db_text(stmt, 12),
    };
}

DbStmt *
space_facts_stmt(Ctx *ctx, gint64 unit_id, gint64 floor_id, Day on, GError **error)
{
    DbStmt *stmt = space_stmt(ctx, unit_id ? "space.facts_of_unit" : "space.facts", error);

    if (!stmt)
        return NULL;
    db_bind_day(stmt, "day", on);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_int(stmt, "now", ctx->now_us);
    if (unit_id)
        db_bind_int(stmt, "unit_id", unit_id);
    else if (floor_id)
        db_bind_int(stmt, "floor_id", floor_id);
    else
        db_bind_null(stmt, "floor_id");
    return stmt;
}

gboolean
unit_status_derive(Ctx *ctx, Record *unit, GError **error)
{
    /* a unit that is not stored yet has no leases; asking for id 0 would answer for the first unit of all */
    g_autoptr(DbStmt) stmt =
        unit->id ? space_facts_stmt(ctx, unit->id, 0, ctx->today, error) : NULL;
    UnitFacts facts = { .purpose = NULL };
    gboolean row = FALSE;

    if (unit->id && (!stmt || !db_step(stmt, &row, error)))
        return FALSE;
    if (row)
        unit_facts_read(&facts, stmt, ctx->today);
    Day from = record_day(unit, "from_on"), to = record_day(unit, "to_on");
    gboolean is_there =
        (from == DAY_NONE || from <= ctx->today) && (to == DAY_NONE || to >= ctx->today);
    facts.purpose = is_there ? record_text(unit, "purpose") : "disabled";
    record_set_text(unit, "status", space_status_of(&facts, ctx->today));
    return TRUE;
}

gboolean
space_status_refresh(Ctx *ctx, gint64 unit_id, GError **error)
{
    g_autoptr(Record) unit = record_get(ctx, "unit", unit_id, NULL, error);

    if (!unit)
        return FALSE;
    g_autofree char *before = g_strdup(record_text(unit, "status"));
    if (!unit_status_derive(ctx, unit, error))
        return FALSE;
    return record_is(unit, "status", before) || record_save_as(ctx, unit, "status", error);
}

/* Units whose stored status is not what follows from the facts of today, in one pass over all of them. */
static gboolean
outdated_units(Ctx *ctx, GArray *ids, GError **error)
{
    g_autoptr(DbStmt) stmt = space_facts_stmt(ctx, 0, 0, ctx->today, error);
    gint64 last = 0;
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        UnitFacts facts;
        gint64 id = db_int(stmt, 0);
        if (id == last)
            continue; /* the first row of a unit is the one that counts */
        last = id;
        unit_facts_read(&facts, stmt, ctx->today);
        if (g_strcmp0(space_status_of(&facts, ctx->today), db_text(stmt, 13)) != 0)
            g_array_append_val(ids, id);
    }
    return ok;
}

gboolean
space_status_refresh_all(Ctx *ctx, guint *changed, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    if (!outdated_units(ctx, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        if (!space_status_refresh(ctx, g_array_index(ids, gint64, i), error))
            return FALSE;
    }
    if (changed)
        *changed = ids->len;
    return TRUE;
}

gboolean
space_unit_lock(Ctx *ctx, gint64 unit_id, GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(ctx, "space.lock_unit", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "unit_id", unit_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return row
           || app_error_set(error, APP_ERROR_NOT_FOUND, "unit.not_found", "没有这个铺位",
                            "no such unit");
}
