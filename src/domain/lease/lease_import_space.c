/* lease_import_space.c - buildings, floors and units of a rent roll. */
#include "base/text.h"
#include "db/catalogue.h"
#include "domain/lease/lease_import_internal.h"

#include <string.h>

enum { CODE_CHARS = 20, NAME_CHARS = 60 };

typedef struct {
    gint64 id;
    guint n; /* how many fit */
} Place;

static DbStmt *
statement(Ctx *ctx, const char *name, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt)
        db_bind_int(stmt, "property_id", ctx->property_id);
    return stmt;
}

static char *
cut(const char *text, glong chars)
{
    return g_utf8_substring(text, 0, MIN(chars, g_utf8_strlen(text, -1)));
}

static gboolean
same_name(const char *a, const char *b)
{
    g_autofree char *x = text_fold(a ? a : "");
    g_autofree char *y = text_fold(b ? b : "");

    return strcmp(x, y) == 0;
}

/* The building called @text; NULL text: the only one there is. */
static gboolean
find_building(Ctx *ctx, const char *text, Place *place, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = statement(ctx, "lease_import.buildings", error);

    *place = (Place){ 0 };
    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        if (text && !same_name(text, db_text(stmt, 1)) && !same_name(text, db_text(stmt, 2)))
            continue;
        place->id = db_int(stmt, 0);
        place->n++;
    }
    return ok;
}

/* "一层" is the floor "1F": by name, by code, else by what level both words mean. */
static gboolean
is_floor(const DbStmt *stmt, const char *text)
{
    int wanted = 0, code = 0;

    if (same_name(text, db_text(stmt, 2)) || same_name(text, db_text(stmt, 3)))
        return TRUE;
    return rent_parse_level(text, &wanted) && rent_parse_level(db_text(stmt, 2), &code)
           && wanted == code;
}

static gboolean
find_floor(Ctx *ctx, gint64 building_id, const char *text, Place *place, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = statement(ctx, "lease_import.floors", error);

    *place = (Place){ 0 };
    if (!stmt)
        return FALSE;
    if (building_id)
        db_bind_int(stmt, "building_id", building_id);
    while (db_each(stmt, &ok, error)) {
        if (!is_floor(stmt, text))
            continue;
        place->id = db_int(stmt, 0);
        place->n++;
    }
    return ok;
}

/* The floor that the row names, as far as there is one; complains where the words fit several. */
static gboolean
judge_floor(Ctx *ctx, Import *import, RentRow *rent, gint64 *floor_id, GError **error)
{
    const char *floor = import_text(import, rent->row, "floor"),
               *name = import_text(import, rent->row, "building");
    Place building = { 0 }, place = { 0 };

    *floor_id = 0;
    if (!floor)
        return TRUE;
    if (!find_building(ctx, name, &building, error))
        return FALSE;
    if (name && building.n == 0)
        return TRUE; /* a new building has new floors */
    if (!find_floor(ctx, building.n == 1 ? building.id : 0, floor, &place, error))
        return FALSE;
    if (place.n > 1 || (place.n == 0 && building.n > 1))
        import_refuse(import, rent->row, name ? "floor" : "building",
                      "有几栋楼，请写明“%s”在哪一栋",
                      "there are several buildings; say in which \"%s\" is", floor);
    else
        *floor_id = place.id;
    return TRUE;
}

static void
judge_new_unit(const Import *import, RentRow *rent)
{
    if (!import_text(import, rent->row, "floor"))
        import_refuse(import, rent->row, "floor", "新铺位 %s 需要楼层",
                      "the new unit %s needs a floor", rent->unit_no);
    if (rent->area_dm2 <= 0 && *import_cell(import, rent->row, "area") == '\0')
        import_refuse(import, rent->row, "area", "请填写铺位 %s 的计租面积",
                      "give the rent area of unit %s", rent->unit_no);
}

gboolean
rent_judge_unit(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    const Value *area = import_value(import, rent->row, "area"),
                *built = import_value(import, rent->row, "area_built");
    g_autoptr(GError) failure = NULL;
    gint64 floor_id = 0;

    gboolean unreadable =
        area->is_null && *import_cell(import, rent->row, "area") != '\0'; /* said already */
    rent->area_dm2 = !area->is_null ? area->i : unreadable || built->is_null ? 0 : built->i;
    if (!rent->unit_no) {
        import_refuse(import, rent->row, "unit_no", "请填写铺位号", "give the unit number");
        return TRUE;
    }
    g_autoptr(Record) unit = record_find_by(ctx, "unit", "no", rent->unit_no, &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!judge_floor(ctx, import, rent, &floor_id, error))
        return FALSE;
    if (!unit) {
        judge_new_unit(import, rent);
        return TRUE;
    }
    rent->unit_id = unit->id;
    if (rent->area_dm2 <= 0 && !unreadable)
        rent->area_dm2 = record_int(unit, "area_leasable");
    if (floor_id && floor_id != record_int(unit, "floor_id")) {
        g_autofree char *label = record_ref_label(ctx, "floor", record_int(unit, "floor_id"));
        import_refuse(import, rent->row, "floor", "铺位 %s 已登记在%s",
                      "unit %s is registered on floor %s", rent->unit_no, label);
    }
    return TRUE;
}

/* -- saving ------------------------------------------------------------------------------ */

static gint64
save_building(Ctx *ctx, const char *name, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "building"));
    g_autofree char *property = record_ref_label(ctx, "property", ctx->property_id);
    g_autofree char *code = cut(name ? name : "A", CODE_CHARS);
    g_autofree char *title = cut(name ? name : *property ? property : "主楼", NAME_CHARS);

    record_set_text(rec, "code", code);
    record_set_text(rec, "name", title);
    return record_save(ctx, rec, error) ? rec->id : 0;
}

static gint64
ensure_building(Ctx *ctx, Import *import, const RentRow *rent, GError **error)
{
    const char *name = import_text(import, rent->row, "building");
    Place place = { 0 };

    if (!find_building(ctx, name, &place, error))
        return 0;
    return place.id ? place.id : save_building(ctx, name, error);
}

static gint64
save_floor(Ctx *ctx, gint64 building_id, const char *text, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "floor"));
    g_autofree char *code = cut(text, CODE_CHARS);
    g_autofree char *name = cut(text, NAME_CHARS);
    int level = 0;

    if (rent_parse_level(text, &level)) {
        g_free(code);
        code = level > 0 ? g_strdup_printf("%dF", level) : g_strdup_printf("B%d", -level);
    }
    record_set_id(rec, "building_id", building_id);
    record_set_text(rec, "code", code);
    record_set_text(rec, "name", name);
    record_set_int(rec, "seq", CLAMP(level, -20, 99));
    return record_save(ctx, rec, error) ? rec->id : 0;
}

static gint64
ensure_floor(Ctx *ctx, Import *import, const RentRow *rent, GError **error)
{
    const char *text = import_text(import, rent->row, "floor");
    gint64 building_id = ensure_building(ctx, import, rent, error);
    Place place = { 0 };

    if (!building_id || !find_floor(ctx, building_id, text, &place, error))
        return 0;
    return place.id ? place.id : save_floor(ctx, building_id, text, error);
}

static void
put_area(const Import *import, const RentRow *rent, Record *unit, const char *from, const char *to)
{
    const Value *value = import_value(import, rent->row, from);

    if (!value->is_null && value->i > 0)
        record_set_int(unit, to, value->i);
}

gboolean
rent_save_unit(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) unit = record_find_by(ctx, "unit", "no", rent->unit_no, &failure);
    const char *remarks = import_text(import, rent->row, "remarks");

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!unit) {
        gint64 floor_id = ensure_floor(ctx, import, rent, error);
        if (!floor_id)
            return FALSE;
        unit = record_new(registry_def(ctx->registry, "unit"));
        record_set_text(unit, "no", rent->unit_no);
        record_set_id(unit, "floor_id", floor_id);
        record_set_int(unit, "area_leasable", rent->area_dm2);
    }
    put_area(import, rent, unit, "area", "area_leasable");
    put_area(import, rent, unit, "area_built", "area_built");
    put_area(import, rent, unit, "area_usable", "area_usable");
    if (rent->is_vacant && remarks)
        record_set_text(unit, "remarks", remarks);
    rent->unit_id = record_save(ctx, unit, error) ? unit->id : 0;
    return rent->unit_id != 0;
}
