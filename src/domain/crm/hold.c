/* hold.c - a unit is held for one customer at a time, and the hold runs out by itself: every question asked here takes a hold
 * whose time is over as expired, whether or not the job has marked it. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"
#include "store/services.h"

#include <string.h>

enum { HOLD_DAYS = 7, HOLD_DAYS_MAX = 90 };

static gint64
day_end_us(Day day)
{
    return clock_day_start_us(day + 1) - 1;
}

static DbStmt *
active_stmt(Ctx *ctx, gint64 unit_id, gint64 own_id, GError **error)
{
    DbStmt *stmt = crm_stmt(ctx, "crm.hold_active", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "unit_id", unit_id);
    db_bind_int(stmt, "now", ctx->now_us);
    db_bind_int(stmt, "own_id", own_id);
    return stmt;
}

static gboolean
refuse_taken(Ctx *ctx, gint64 unit_id, gint64 own_id, GError **error)
{
    g_autoptr(DbStmt) stmt = active_stmt(ctx, unit_id, own_id, error);
    gboolean row = FALSE;
    char day[DAY_TEXT_SIZE];

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    const char *by = db_is_null(stmt, 4) ? "" : db_text(stmt, 4);
    day_format(clock_day_of(db_int(stmt, 2)), day);
    return app_error_set(error, APP_ERROR_CONFLICT, "unit_hold.taken",
                         "该铺位已由%s为“%s”预留至 %s", "%s holds this unit for \"%s\" until %s",
                         by, db_text(stmt, 3), day);
}

/* Let or spoken for: nothing to hold. A unit whose merchant is leaving may be held. */
static gboolean
refuse_let(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(Record) unit = record_get(ctx, "unit", record_int(rec, "unit_id"), NULL, error);
    static const char *const free_states[] = { "vacant", "reserved", "notice", NULL };

    if (!unit)
        return FALSE;
    /* what is stored may be older than the end of a hold or of a lease */
    if (!space_status_refresh(ctx, unit->id, error))
        return FALSE;
    g_clear_pointer(&unit, record_free);
    unit = record_get(ctx, "unit", record_int(rec, "unit_id"), NULL, error);
    if (!unit || g_strv_contains(free_states, record_text(unit, "status")))
        return unit != NULL;
    const FieldDef *field = entity_find_field(unit->def, "status");
    const EnumItem *item = enum_find(field->items, record_text(unit, "status"));
    return app_error_set(error, APP_ERROR_CONFLICT, "unit_hold.not_free",
                         "铺位处于“%s%.0s”状态，不能预留", "%.0sthe unit is %s and cannot be held",
                         item->zh, item->en);
}

static gboolean
check_until(Ctx *ctx, Record *rec, GError **error)
{
    gint64 most = setting_int(ctx, "hold_days_max", HOLD_DAYS_MAX);

    if (record_is_null(rec, "until_at"))
        record_set_int(rec, "until_at",
                       day_end_us(ctx->today + setting_int(ctx, "hold_days", HOLD_DAYS)));
    if (record_int(rec, "until_at") <= ctx->now_us)
        return app_error_field(error, "until_at", "past", "截止时间必须晚于现在",
                               "must end later than now");
    if (ctx->access && record_int(rec, "until_at") > day_end_us(ctx->today + most))
        return app_error_field(error, "until_at", "range", "预留不能超过 %d 天",
                               "a hold lasts at most %d days", (int) most);
    return TRUE;
}

gboolean
hold_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    g_autoptr(Record) lead = NULL;

    if (old || record_is_null(rec, "unit_id") || record_is_null(rec, "lead_id"))
        return TRUE;
    record_set_int(rec, "from_at", ctx->now_us);
    record_set_id(rec, "staff_id", ctx->staff_id);
    if (!check_until(ctx, rec, error))
        return FALSE;
    lead = record_get(ctx, "lead", record_int(rec, "lead_id"), "update", error);
    if (!lead || !lead_guard_mine(ctx, lead, error))
        return FALSE;
    if (record_is(lead, "stage", "lost") || record_is(lead, "stage", "dormant")
        || record_is(lead, "stage", "signed"))
        return app_error_set(error, APP_ERROR_CONFLICT, "unit_hold.lead_closed",
                             "该客户已结束，不能预留铺位",
                             "this lead is closed; nothing can be held for it");
    return space_unit_lock(ctx, record_int(rec, "unit_id"), error)
           && refuse_taken(ctx, record_int(rec, "unit_id"), rec->id, error)
           && refuse_let(ctx, rec, error);
}

gboolean
hold_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    return space_status_refresh(ctx, record_int(rec, "unit_id"), error);
}

gboolean
hold_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    (void) error;
    json_kv_bool(out, "is_active",
                 record_is(rec, "state", "active") && record_int(rec, "until_at") > ctx->now_us);
    return TRUE;
}

gboolean
hold_is_running(Ctx *ctx, const Record *rec, GError **error)
{
    return record_int(rec, "until_at") > ctx->now_us
           || app_error_set(error, APP_ERROR_CONFLICT, "unit_hold.expired",
                            "预留已到期，请重新预留", "the hold has run out; place a new one");
}

gboolean
hold_extend(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_return_val_if_fail(input, FALSE);
    record_set_int(rec, "until_at", record_int(input, "until_at"));
    return check_until(ctx, rec, error);
}

gboolean
hold_ended(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    (void) error;
    record_set_int(rec, "ended_at", ctx->now_us);
    return TRUE;
}

gint64
crm_hold_place(Ctx *ctx, gint64 lead_id, gint64 unit_id, gint64 until_us, const char *reason,
               GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "unit_hold"));

    record_set_id(rec, "lead_id", lead_id);
    record_set_id(rec, "unit_id", unit_id);
    if (until_us)
        record_set_int(rec, "until_at", until_us);
    record_set_text(rec, "reason", reason);
    return record_save(ctx, rec, error) ? rec->id : 0;
}

gint64
crm_hold_active(Ctx *ctx, gint64 unit_id, gint64 *lead_id, GError **error)
{
    g_autoptr(DbStmt) stmt = active_stmt(ctx, unit_id, 0, error);
    gboolean row = FALSE;

    if (lead_id)
        *lead_id = 0;
    if (!stmt || !db_step(stmt, &row, error) || !row)
        return 0;
    if (lead_id)
        *lead_id = db_int(stmt, 1);
    return db_int(stmt, 0);
}

gboolean
crm_hold_lock(Ctx *ctx, gint64 hold_id, gint64 until_us, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "unit_hold", hold_id, NULL, error);

    if (!rec)
        return FALSE;
    if (!record_is(rec, "state", "active") || !hold_is_running(ctx, rec, error))
        return record_is(rec, "state", "active")
                   ? FALSE
                   : app_error_set(error, APP_ERROR_CONFLICT, "unit_hold.expired",
                                   "预留已结束，请重新预留", "the hold has ended; place a new one");
    record_set_int(rec, "locked", 1);
    if (until_us)
        record_set_int(rec, "until_at", until_us);
    return record_save_as(ctx, rec, "lock", error);
}

gboolean
crm_hold_end(Ctx *ctx, gint64 hold_id, const char *state, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "unit_hold", hold_id, NULL, error);
    const char *action = strcmp(state, "converted") == 0 ? "convert"
                         : strcmp(state, "expired") == 0 ? "expire"
                                                         : "release";

    if (!rec)
        return FALSE;
    return !record_is(rec, "state", "active") || flow_apply(ctx, rec, action, NULL, error);
}

gboolean
crm_holds_release(Ctx *ctx, gint64 lead_id, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.holds_of_lead", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", lead_id);
    if (!crm_ids(stmt, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        if (!crm_hold_end(ctx, g_array_index(ids, gint64, i), "released", error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
tell_expired(Ctx *ctx, const Record *rec, GError **error)
{
    g_autofree char *unit = record_ref_label(ctx, "unit", record_int(rec, "unit_id"));
    g_autofree char *lead = record_ref_label(ctx, "lead", record_int(rec, "lead_id"));
    g_autofree char *zh = g_strdup_printf("铺位 %s 为“%s”的预留已到期", unit, lead);
    g_autofree char *en = g_strdup_printf("The hold of unit %s for \"%s\" has run out", unit, lead);

    return notify(ctx, record_int(rec, "staff_id"), "unit_hold", "unit_hold", rec->id, zh, en,
                  error);
}

gboolean
crm_holds_expire(Ctx *ctx, guint *expired, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.holds_over", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "now", ctx->now_us);
    if (!crm_ids(stmt, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) rec =
            record_get(ctx, "unit_hold", g_array_index(ids, gint64, i), NULL, error);
        if (!rec || !flow_apply(ctx, rec, "expire", NULL, error) || !tell_expired(ctx, rec, error))
            return FALSE;
    }
    if (expired)
        *expired = ids->len;
    return TRUE;
}
