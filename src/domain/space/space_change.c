/* space_change.c - splits and merges: area in is area out, the old units end the day before the new ones begin. */
#include "base/ids.h"
#include "base/money.h"
#include "domain/space/space_internal.h"

#include <jansson.h>
#include <string.h>

enum { PARTS_MAX = 50 };

static json_t *
load_array(const Record *rec, const char *field)
{
    const char *text = record_text(rec, field);
    json_t *array = text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;

    if (json_is_array(array) && json_array_size(array) <= PARTS_MAX)
        return array;
    json_decref(array);
    return json_array();
}

static gint64
part_area(const json_t *part, const char *key)
{
    const char *text = json_string_value(json_object_get(part, key));
    gint64 area = 0;

    return text && area_parse(text, &area) ? area : 0;
}

/* Loads the old units; each once, on one floor, existing. NULL with @error. */
static GPtrArray *
load_sources(Ctx *ctx, const json_t *ids, GError **error)
{
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);

    for (gsize i = 0; i < json_array_size(ids); i++) {
        gint64 id = id_parse(json_string_value(json_array_get(ids, i))
                                 ? json_string_value(json_array_get(ids, i))
                                 : "");
        g_autoptr(Record) unit = record_get(ctx, "unit", id, NULL, error);
        if (!unit)
            return NULL;
        for (guint k = 0; k < units->len; k++) {
            const Record *other = units->pdata[k];
            if (other->id == id || record_int(other, "floor_id") != record_int(unit, "floor_id")) {
                app_error_field(error, "sources", "floor", "原铺位应各不相同且在同一楼层",
                                "the old units must differ and lie on one floor");
                return NULL;
            }
        }
        if (!record_is_null(unit, "to_on")) {
            app_error_field(error, "sources", "ended", "铺位 %s 已经停用",
                            "unit %s has ended already", record_text(unit, "no"));
            return NULL;
        }
        g_ptr_array_add(units, g_steal_pointer(&unit));
    }
    return g_steal_pointer(&units);
}

static void
check_numbers(const Record *rec, const json_t *sources, const json_t *parts, GError **error)
{
    gboolean is_split = record_is(rec, "kind", "split");
    gsize in = json_array_size(sources), out = json_array_size(parts);

    if (is_split && in != 1)
        app_error_field(error, "sources", "count", "拆分应选择一个原铺位",
                        "a split has one old unit");
    if (is_split && out < 2)
        app_error_field(error, "parts", "count", "拆分后至少两个新铺位",
                        "a split has at least two new units");
    if (!is_split && in < 2)
        app_error_field(error, "sources", "count", "合并至少选择两个原铺位",
                        "a merge has at least two old units");
    if (!is_split && out != 1)
        app_error_field(error, "parts", "count", "合并后应为一个新铺位",
                        "a merge has one new unit");
    for (gsize i = 0; i < out; i++) {
        g_autofree char *at = g_strdup_printf("parts[%u]", (guint) i);
        const json_t *part = json_array_get(parts, i);
        const char *no = json_string_value(json_object_get(part, "no"));
        if (!no || !*no || part_area(part, "area_leasable") <= 0)
            app_error_field(error, at, "required", "新铺位需要铺位号和计租面积",
                            "a new unit needs a number and a leasable area");
    }
}

static void
check_area(const GPtrArray *units, const json_t *parts, GError **error)
{
    gint64 in = 0, out = 0;

    for (guint i = 0; i < units->len; i++)
        in += record_int(units->pdata[i], "area_leasable");
    for (gsize i = 0; i < json_array_size(parts); i++)
        out += part_area(json_array_get(parts, i), "area_leasable");
    g_autofree char *in_text = area_format(in);
    g_autofree char *out_text = area_format(out);
    if (in != out)
        app_error_field(error, "parts", "area", "原铺位共 %s ㎡，新铺位共 %s ㎡，两者应相等",
                        "the old units have %s m², the new ones %s m²; both must be equal", in_text,
                        out_text);
}

gboolean
unit_change_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    json_auto_t *sources = load_array(rec, "sources");
    json_auto_t *parts = load_array(rec, "parts");

    if (record_is(rec, "state", "approved") || record_is(rec, "state", "void"))
        return TRUE;
    if (old && record_is(old, "state", "approving") && record_is(rec, "state", "approving"))
        return app_error_set(error, APP_ERROR_CONFLICT, "unit_change.frozen",
                             "审批中的拆合单不能修改", "it is frozen while in approval");
    check_numbers(rec, sources, parts, error);
    if (error && *error)
        return TRUE;
    g_autoptr(GPtrArray) units = load_sources(ctx, sources, error);
    if (units)
        check_area(units, parts, error);
    return TRUE;
}

/* No lease may reach past the day before. */
static gboolean
is_free_after(Ctx *ctx, const Record *unit, Day on, GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(ctx, "space.leases_after", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "unit_id", unit->id);
    db_bind_day(stmt, "day", on);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return !row
           || app_error_set(error, APP_ERROR_CONFLICT, "unit_change.let",
                            "铺位 %s 在该日之后仍有合同 %s",
                            "unit %s is still let by %s after that day", record_text(unit, "no"),
                            db_text(stmt, 0));
}

gboolean
unit_change_guard(Ctx *ctx, const Record *rec, GError **error)
{
    json_auto_t *sources = load_array(rec, "sources");
    g_autoptr(GPtrArray) units = load_sources(ctx, sources, error);
    Day on = record_day(rec, "effective_on");

    if (!units)
        return FALSE;
    for (guint i = 0; i < units->len; i++) {
        if (!is_free_after(ctx, units->pdata[i], on, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
unit_change_approve_guard(Ctx *ctx, const Record *rec, GError **error)
{
    if (ctx->staff_id && ctx->staff_id == rec->created_by)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "unit_change.own",
                             "不能批准自己起草的拆合单", "nobody approves their own change");
    return unit_change_guard(ctx, rec, error);
}

/* The zone entry in force at the end of the old unit; 0 if there is none. */
static gboolean
end_zone(Ctx *ctx, gint64 unit_id, Day on, gint64 *staff_id, gint64 *zone_id, GError **error)
{
    g_autoptr(DbStmt) stmt = NULL;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean row = FALSE;

    if (!space_zone_owner(ctx, unit_id, on - 1, staff_id, zone_id, error))
        return FALSE;
    stmt = space_stmt(ctx, "space.zone_rows_after", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "unit_id", unit_id);
    db_bind_day(stmt, "day", on);
    for (;;) {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            break;
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) entry =
            record_get(ctx, "zone_unit", g_array_index(ids, gint64, i), NULL, error);
        if (!entry)
            return FALSE;
        if (record_day(entry, "from_on") >= on)
            continue; /* of days on which the unit is not there any more */
        record_set_day(entry, "to_on", on - 1);
        if (!record_save(ctx, entry, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
make_part(Ctx *ctx, const Record *like, const json_t *part, Day on, gint64 *id, GError **error)
{
    static const char *const same[] = {
        "floor_id",    "kind",        "purpose",      "allowed_categories",
        "price_basis", "floor_price", "target_price", "fee_price",
        "height",      "load",        "has_water",    "has_gas",
        "has_exhaust"
    };
    g_autoptr(Record) unit = record_new(like->def);
    const json_t *points = json_object_get(part, "points");

    for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
        int f = entity_field_index(like->def, same[i]);
        value_copy(&unit->values[f], &like->values[f]);
    }
    record_set_text(unit, "no", json_string_value(json_object_get(part, "no")));
    record_set_int(unit, "area_leasable", part_area(part, "area_leasable"));
    if (part_area(part, "area_built"))
        record_set_int(unit, "area_built", part_area(part, "area_built"));
    if (part_area(part, "area_usable"))
        record_set_int(unit, "area_usable", part_area(part, "area_usable"));
    if (points) {
        char *text = json_dumps(points, JSON_COMPACT);
        record_set_text(unit, "points", text);
        free(text);
    }
    record_set_day(unit, "from_on", on);
    if (!record_save(ctx, unit, error))
        return FALSE;
    *id = unit->id;
    return TRUE;
}

static gboolean
give_zone(Ctx *ctx, gint64 unit_id, gint64 staff_id, gint64 zone_id, Day on, GError **error)
{
    if (!staff_id)
        return TRUE;
    g_autoptr(Record) entry = record_new(registry_def(ctx->registry, "zone_unit"));
    record_set_id(entry, "unit_id", unit_id);
    record_set_id(entry, "staff_id", staff_id);
    record_set_id(entry, "zone_id", zone_id);
    record_set_day(entry, "from_on", on);
    return record_save(ctx, entry, error);
}

gboolean
unit_change_apply(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    json_auto_t *sources = load_array(rec, "sources");
    json_auto_t *parts = load_array(rec, "parts");
    g_autoptr(GPtrArray) units = load_sources(ctx, sources, error);
    Day on = record_day(rec, "effective_on");
    gint64 staff_id = 0, zone_id = 0;

    (void) input;
    if (!units || units->len == 0)
        return FALSE;
    for (guint i = units->len; i-- > 0;) {
        Record *unit = units->pdata[i];
        if (!space_unit_lock(ctx, unit->id, error)
            || !end_zone(ctx, unit->id, on, &staff_id, &zone_id, error))
            return FALSE;
        record_set_day(unit, "to_on", on - 1);
        if (!record_save_as(ctx, unit, rec->def->name, error))
            return FALSE;
    }
    for (gsize i = 0; i < json_array_size(parts); i++) {
        gint64 id = 0;
        if (!make_part(ctx, units->pdata[0], json_array_get(parts, i), on, &id, error)
            || !give_zone(ctx, id, staff_id, zone_id, on, error))
            return FALSE;
    }
    return TRUE;
}
