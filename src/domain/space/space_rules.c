/* space_rules.c - what must hold between the fields of floors, units and zone entries. */
#include "base/text.h"
#include "domain/space/space_internal.h"

#include <jansson.h>
#include <string.h>

/* A point is [x, y] in drawing units. */
static gboolean
is_outline(const json_t *points, gsize least)
{
    if (!json_is_array(points) || json_array_size(points) < least || json_array_size(points) > 500)
        return FALSE;
    for (gsize i = 0; i < json_array_size(points); i++) {
        const json_t *point = json_array_get(points, i);
        if (!json_is_array(point) || json_array_size(point) != 2
            || !json_is_number(json_array_get(point, 0))
            || !json_is_number(json_array_get(point, 1)))
            return FALSE;
    }
    return TRUE;
}

static gboolean
is_drawing(const json_t *drawing)
{
    static const char *const kinds[] = { "outline", "void", "stairs", "escalator", NULL };
    const json_t *shapes = json_object_get(drawing, "shapes");

    if (!json_is_number(json_object_get(drawing, "width"))
        || !json_is_number(json_object_get(drawing, "height")))
        return FALSE;
    if (!json_is_array(shapes))
        return shapes == NULL;
    for (gsize i = 0; i < json_array_size(shapes); i++) {
        const json_t *shape = json_array_get(shapes, i);
        const char *kind = json_string_value(json_object_get(shape, "kind"));
        if (!kind || !g_strv_contains(kinds, kind)
            || !is_outline(json_object_get(shape, "points"), 2))
            return FALSE;
    }
    return TRUE;
}

gboolean
floor_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    const char *text = record_text(rec, "drawing");

    (void) ctx;
    (void) old;
    if (!text)
        return TRUE;
    json_t *drawing = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    gboolean ok = drawing && is_drawing(drawing);
    json_decref(drawing);
    if (!ok)
        app_error_field(error, "drawing", "drawing",
                        "平面图应含 width、height 和 shapes（种类与坐标点）",
                        "the drawing needs width, height and shapes with kind and points");
    return TRUE;
}

static void
check_points(const Record *rec, GError **error)
{
    const char *text = record_text(rec, "points");

    if (!text)
        return;
    json_t *points = json_loads(text, 0, NULL);
    if (!is_outline(points, 3))
        app_error_field(error, "points", "points", "轮廓应为至少三个坐标点 [x, y]",
                        "the outline needs at least three points [x, y]");
    json_decref(points);
}

gboolean
unit_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    if (!record_is_null(rec, "area_leasable") && record_int(rec, "area_leasable") <= 0)
        app_error_field(error, "area_leasable", "range", "计租面积必须大于 0",
                        "the leasable area must be more than 0");
    if (!record_is_null(rec, "area_built") && !record_is_null(rec, "area_usable")
        && record_int(rec, "area_usable") > record_int(rec, "area_built"))
        app_error_field(error, "area_usable", "range", "套内面积不能大于建筑面积",
                        "the usable area cannot be more than the built area");
    if (!record_is_null(rec, "floor_price") && !record_is_null(rec, "target_price")
        && record_int(rec, "floor_price") > record_int(rec, "target_price"))
        app_error_field(error, "floor_price", "range", "底价不能高于目标价",
                        "the floor price cannot be above the target price");
    check_points(rec, error);
    return unit_status_derive(ctx, rec, error);
}

gboolean
unit_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(ctx, "space.zone_owner", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "unit_id", rec->id);
    db_bind_day(stmt, "day", ctx->today);
    if (!db_step(stmt, &row, error))
        return FALSE;
    const char *const keys[] = { "zone_owner", "zone" };
    for (int i = 0; i < 2; i++) {
        json_key(out, keys[i]);
        if (!row) {
            json_nil(out);
            continue;
        }
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, i));
        json_kv_text(out, "label", db_text(stmt, 2 + i));
        json_end_object(out);
    }
    return TRUE;
}

static gboolean
check_zone_overlap(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(DbStmt) stmt = NULL;
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");
    char day[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE] = "…";
    gboolean row = FALSE;

    if (!space_unit_lock(ctx, record_int(rec, "unit_id"), error))
        return FALSE;
    stmt = space_stmt(ctx, "space.zone_overlap", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "unit_id", record_int(rec, "unit_id"));
    db_bind_int(stmt, "own_id", rec->id);
    db_bind_day(stmt, "from_on", from);
    db_bind_day(stmt, "to_on", to == DAY_NONE ? DAY_MAX : to);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    if (db_day(stmt, 2) != DAY_NONE)
        day_format(db_day(stmt, 2), until);
    return app_error_field(error, "from_on", "overlap", "该铺位在此期间已由%s负责（%s 至 %s）",
                           "%s looks after this unit from %s until %s already", db_text(stmt, 0),
                           day_format(db_day(stmt, 1), day), until);
}

gboolean
zone_unit_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");

    (void) old;
    if (from == DAY_NONE || record_is_null(rec, "unit_id"))
        return TRUE; /* the required-check complains */
    if (to != DAY_NONE && to < from)
        return app_error_field(error, "to_on", "range", "结束日期不能早于开始日期",
                               "cannot end before it begins");
    return check_zone_overlap(ctx, rec, error);
}

gboolean
space_zone_owner(Ctx *ctx, gint64 unit_id, Day on, gint64 *staff_id, gint64 *zone_id,
                 GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(ctx, "space.zone_owner", error);
    gboolean row = FALSE;

    *staff_id = *zone_id = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "unit_id", unit_id);
    db_bind_day(stmt, "day", on);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row) {
        *staff_id = db_int(stmt, 0);
        *zone_id = db_int(stmt, 1);
    }
    return TRUE;
}

gboolean
space_zone_gaps_write(Ctx *ctx, Day on, JsonOut *out, GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(ctx, "space.zone_gaps", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_day(stmt, "day", on);
    json_key(out, "items");
    json_begin_array(out);
    for (;;) {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            break;
        json_begin_object(out);
        json_key(out, "unit");
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "label", db_text(stmt, 1));
        json_end_object(out);
        json_end_object(out);
    }
    json_end_array(out);
    return TRUE;
}
