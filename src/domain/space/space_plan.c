/* space_plan.c - the floor plan as JSON: who is where on a day. */
#include "base/money.h"
#include "domain/space/space_internal.h"

#include <jansson.h>
#include <string.h>

/* What the units of the floor are on the day, by unit id. */
typedef struct {
    const char *status; /* static or of unit_status_items */
    gint64 lease_id;
} Place;

typedef struct {
    Ctx *ctx;
    Day on;
    GHashTable *places; /* id (gint64 *) -> Place * */
    gboolean sees_floor_price;
    gint64 counts[16]; /* by index of unit_status_items */
    gint64 total_dm2, let_dm2;
    JsonOut *out;
} Plan;

static guint
status_index(const char *status)
{
    guint i = 0;

    while (unit_status_items[i].token && strcmp(unit_status_items[i].token, status) != 0)
        i++;
    return i;
}

static gboolean
read_places(Plan *plan, gint64 floor_id, GError **error)
{
    g_autoptr(DbStmt) stmt = space_facts_stmt(plan->ctx, 0, floor_id, plan->on, error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    for (;;) {
        UnitFacts facts;
        gint64 id = 0;
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        id = db_int(stmt, 0);
        if (g_hash_table_contains(plan->places, &id))
            continue; /* the first row of a unit is the one that counts */
        unit_facts_read(&facts, stmt, plan->on);
        Place *place = g_new(Place, 1);
        const char *status = space_status_of(&facts, plan->on);
        place->status = unit_status_items[status_index(status)].token;
        place->lease_id = facts.lease_id;
        gint64 *key = g_new(gint64, 1);
        *key = id;
        g_hash_table_insert(plan->places, key, place);
    }
}

static void
write_ref(JsonOut *out, const char *key, const DbStmt *stmt, int col, gboolean visible)
{
    json_key(out, key);
    if (!stmt || !visible || db_is_null(stmt, col)) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", db_int(stmt, col));
    json_kv_text(out, "label", db_text(stmt, col + 1));
    json_end_object(out);
}

/* Rent per m2 and month of the lease, in 1/10000 yuan. */
static void
write_price(JsonOut *out, const DbStmt *stmt, gboolean visible)
{
    json_key(out, "price");
    if (!stmt || !visible || db_is_null(stmt, 7) || db_is_null(stmt, 8) || db_int(stmt, 8) <= 0)
        json_nil(out);
    else
        json_decimal(out, muldiv_half_away(db_int(stmt, 7), 10000, db_int(stmt, 8)), 4, 4);
}

static gboolean
may_read_lease(Ctx *ctx, gint64 lease_id)
{
    if (access_scope(ctx->access, "lease", "read") >= SCOPE_PROPERTY)
        return TRUE;
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, "read", NULL);
    return lease != NULL;
}

/* What the lease says; brand and category are on the shop front, the rest is for those who may read the lease. */
static gboolean
write_lease(Plan *plan, const Place *place, GError **error)
{
    g_autoptr(DbStmt) stmt = NULL;
    gboolean row = FALSE, visible = FALSE;

    if (place && place->lease_id) {
        stmt = space_stmt(plan->ctx, "space.plan_lease", error);
        if (!stmt)
            return FALSE;
        db_bind_int(stmt, "lease_id", place->lease_id);
        if (!db_step(stmt, &row, error))
            return FALSE;
        visible = may_read_lease(plan->ctx, place->lease_id);
    }
    const DbStmt *lease = row ? stmt : NULL;
    write_ref(plan->out, "category", lease, 4, TRUE);
    write_ref(plan->out, "brand", lease, 2, TRUE);
    write_ref(plan->out, "merchant", lease, 0, visible);
    json_kv_id(plan->out, "lease_id", visible ? place->lease_id : 0);
    json_kv_day(plan->out, "end_on", visible && lease ? db_day(lease, 6) : DAY_NONE);
    write_price(plan->out, lease, visible);
    return TRUE;
}

static void
count_unit(Plan *plan, const char *status, gint64 area)
{
    static const char *const let[] = { "handed_over", "fitting_out", "open", "notice", NULL };
    static const char *const outside[] = { "own_use", "disabled", NULL };

    plan->counts[status_index(status)]++;
    if (!g_strv_contains(outside, status))
        plan->total_dm2 += area;
    if (g_strv_contains(let, status))
        plan->let_dm2 += area;
}

static gboolean
write_unit(Plan *plan, const DbStmt *stmt, GError **error)
{
    gint64 id = db_int(stmt, 0), area = db_is_null(stmt, 3) ? 0 : db_int(stmt, 3);
    const Place *place = g_hash_table_lookup(plan->places, &id);
    const char *status = place ? place->status : "vacant";
    JsonOut *out = plan->out;

    count_unit(plan, status, area);
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "no", db_text(stmt, 1));
    json_key(out, "points");
    if (db_is_null(stmt, 2))
        json_nil(out);
    else
        json_raw(out, db_text(stmt, 2), strlen(db_text(stmt, 2)));
    json_key(out, "area");
    json_decimal(out, area, 2, 2);
    json_kv_text(out, "status", status);
    if (!write_lease(plan, place, error))
        return FALSE;
    json_kv_us(out, "hold_until", db_is_null(stmt, 7) ? 0 : db_int(stmt, 7));
    json_key(out, "floor_price");
    if (!plan->sees_floor_price || db_is_null(stmt, 5))
        json_nil(out);
    else
        json_decimal(out, space_price_month_e4(db_text(stmt, 4), db_int(stmt, 5)), 4, 4);
    json_end_object(out);
    return TRUE;
}

static gboolean
write_units(Plan *plan, gint64 floor_id, GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(plan->ctx, "space.plan_units", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "floor_id", floor_id);
    db_bind_day(stmt, "day", plan->on);
    db_bind_int(stmt, "now", plan->ctx->now_us);
    json_key(plan->out, "units");
    json_begin_array(plan->out);
    for (;;) {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            break;
        if (!write_unit(plan, stmt, error))
            return FALSE;
    }
    json_end_array(plan->out);
    return TRUE;
}

static void
write_member(JsonOut *out, const char *key, const json_t *value, const char *fallback)
{
    char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

    json_key(out, key);
    json_raw(out, text ? text : fallback, strlen(text ? text : fallback));
    free(text);
}

static void
write_drawing(JsonOut *out, const char *text)
{
    json_t *drawing = text ? json_loads(text, 0, NULL) : NULL;

    write_member(out, "width", json_object_get(drawing, "width"), "0");
    write_member(out, "height", json_object_get(drawing, "height"), "0");
    write_member(out, "shapes", json_object_get(drawing, "shapes"), "[]");
    json_decref(drawing);
}

static void
write_totals(const Plan *plan)
{
    json_key(plan->out, "counts");
    json_begin_object(plan->out);
    for (guint i = 0; unit_status_items[i].token; i++) {
        if (plan->counts[i])
            json_kv_int(plan->out, unit_status_items[i].token, plan->counts[i]);
    }
    json_end_object(plan->out);
    json_key(plan->out, "area");
    json_begin_object(plan->out);
    json_key(plan->out, "total");
    json_decimal(plan->out, plan->total_dm2, 2, 2);
    json_key(plan->out, "let");
    json_decimal(plan->out, plan->let_dm2, 2, 2);
    json_end_object(plan->out);
}

gboolean
space_plan_write(Ctx *ctx, gint64 floor_id, Day on, JsonOut *out, GError **error)
{
    g_autoptr(GHashTable) places =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    g_autoptr(Record) level = record_get(ctx, "floor", floor_id, "read", error);
    Plan plan = { .ctx = ctx, .on = on, .places = places, .out = out };

    if (!level || !read_places(&plan, floor_id, error))
        return FALSE;
    plan.sees_floor_price = access_may(ctx->access, "price_policy", "read");
    g_autofree char *label = record_label(level);
    json_key(out, "floor");
    json_begin_object(out);
    json_kv_id(out, "id", floor_id);
    json_kv_text(out, "label", label);
    json_end_object(out);
    json_kv_day(out, "on", on);
    write_drawing(out, record_text(level, "drawing"));
    if (!write_units(&plan, floor_id, error))
        return FALSE;
    write_totals(&plan);
    return TRUE;
}
