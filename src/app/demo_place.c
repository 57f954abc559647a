/* demo_place.c - the centre itself: property, building, floors, units, who looks after them, price policies. */
#include "app/demo_internal.h"

#include "domain/approval/approval.h"

#include <string.h>

static const struct {
    const char *name, *theme;
    int seq, height_cm;
} levels[DEMO_FLOORS] = {
    { "地下一层", "超市 · 美食街 · 便民服务", -1, 520 },
    { "一层", "名品珠宝 · 美妆 · 精品汽车", 1, 600 },
    { "二层", "潮流服饰 · 鞋履 · 运动", 2, 520 },
    { "三层", "亲子家庭 · 家居 · 教育", 3, 520 },
    { "四层", "特色餐饮 · 影院 · 健身娱乐", 4, 560 },
};

static gint64
sum_area(const Demo *demo, int level)
{
    gint64 sum_dm2 = 0;

    for (guint i = 0; i < demo->units->len; i++) {
        const DemoUnit *unit = demo->units->pdata[i];
        if (level < 0 || unit->floor == level)
            sum_dm2 += unit->area_dm2;
    }
    return sum_dm2;
}

static gboolean
save_property(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "property", demo->property_id, NULL, error);

    (void) data;
    if (!rec)
        return FALSE;
    record_set_text(rec, "name_en", "Lanting Plaza (demo)");
    record_set_text(rec, "address", "云江市湖滨区兰亭大道 88 号");
    record_set_text(rec, "phone", "4008000000");
    record_set_int(rec, "gross_area", 12860000);
    record_set_int(rec, "leasable_area", sum_area(demo, -1));
    record_set_day(rec, "opened_on", demo->opened);
    record_set_text(rec, "owner_name", "云江兰亭商业运营管理有限公司");
    record_set_text(rec, "tax_name", "云江兰亭商业运营管理有限公司");
    g_autofree char *code = g_strdup(demo_credit_code(demo));
    record_set_text(rec, "tax_code", code);
    record_set_text(rec, "bank_name", "云江商业银行湖滨支行");
    record_set_text(rec, "bank_account", "6200000012345678900");
    return record_save(ctx, rec, error);
}

static gboolean
save_floor(Demo *demo, Ctx *ctx, gint64 building_id, int level, GError **error)
{
    g_autoptr(Record) rec = demo_new(ctx, "floor");
    g_autofree char *drawing = demo_drawing(level);

    record_set_id(rec, "building_id", building_id);
    record_set_text(rec, "code", demo_floor_codes[level]);
    record_set_text(rec, "name", levels[level].name);
    record_set_text(rec, "theme", levels[level].theme);
    record_set_int(rec, "seq", levels[level].seq);
    record_set_int(rec, "height", levels[level].height_cm);
    record_set_int(rec, "area_built", 1728000);
    record_set_int(rec, "area_leasable", sum_area(demo, level));
    record_set_text(rec, "drawing", drawing);
    if (!record_save(ctx, rec, error))
        return FALSE;
    demo->floor_ids[level] = rec->id;
    return TRUE;
}

static gboolean
save_building(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) rec = demo_new(ctx, "building");

    (void) data;
    record_set_text(rec, "code", "A");
    record_set_text(rec, "name", "兰亭天地主楼");
    record_set_int(rec, "floors_above", 4);
    record_set_int(rec, "floors_below", 2);
    record_set_int(rec, "area_built", 12860000);
    record_set_int(rec, "area_leasable", sum_area(demo, -1));
    record_set_day(rec, "opened_on", demo->opened);
    record_set_text(rec, "address", "云江市湖滨区兰亭大道 88 号");
    record_set_text(rec, "certificate_no", "云江不动产权第 0000088 号");
    if (!record_save(ctx, rec, error))
        return FALSE;
    for (int level = 0; level < DEMO_FLOORS; level++) {
        if (!save_floor(demo, ctx, rec->id, level, error))
            return FALSE;
    }
    return TRUE;
}

static void
set_conditions(Record *rec, const DemoUnit *unit)
{
    record_set_int(rec, "frontage", unit->frontage_cm);
    record_set_int(rec, "depth", unit->depth_cm);
    record_set_int(rec, "height", levels[unit->floor].height_cm - 150);
    record_set_int(rec, "load", strcmp(unit->kind, "anchor") == 0 ? 500 : 400);
    record_set_int(rec, "has_water", unit->water);
    record_set_int(rec, "has_gas", unit->gas);
    record_set_int(rec, "has_exhaust", unit->exhaust);
    record_set_int(rec, "power_kw", MAX(5, unit->area_dm2 * (unit->gas ? 25 : 12) / 10000));
}

static gboolean
save_unit(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoUnit *unit = data;
    g_autoptr(Record) rec = demo_new(ctx, "unit");
    g_autofree char *points = demo_points(unit);

    record_set_text(rec, "no", unit->no);
    record_set_id(rec, "floor_id", demo->floor_ids[unit->floor]);
    record_set_text(rec, "kind", unit->kind);
    record_set_text(rec, "purpose", unit->purpose);
    record_set_int(rec, "area_leasable", unit->area_dm2);
    record_set_int(rec, "area_usable", unit->area_dm2 * 94 / 100);
    record_set_int(rec, "area_built", unit->area_dm2 * 132 / 100);
    set_conditions(rec, unit);
    record_set_text(rec, "allowed_categories", unit->allowed);
    record_set_int(rec, "floor_price", unit->floor_yuan * 10000);
    record_set_int(rec, "target_price", unit->target_yuan * 10000);
    record_set_int(rec, "fee_price", unit->fee_yuan * 10000);
    record_set_text(rec, "points", points);
    record_set_day(rec, "from_on", demo->opened);
    if (!record_save(ctx, rec, error))
        return FALSE;
    unit->id = rec->id;
    return TRUE;
}

enum { ZONE_B1, ZONE_L1, ZONE_L2_WEST, ZONE_L2_EAST, ZONE_L3, ZONE_L4, ZONE_ISLANDS, ZONE__N };

static const struct {
    const char *name;
    DemoBy by;
} zones[ZONE__N] = {
    [ZONE_B1] = { "B1 全层", BY_OS1 },
    [ZONE_L1] = { "L1 全层", BY_OS1 },
    [ZONE_L2_WEST] = { "L2 西区", BY_OS1 },
    [ZONE_L2_EAST] = { "L2 东区", BY_OS2 },
    [ZONE_L3] = { "L3 全层", BY_OS2 },
    [ZONE_L4] = { "L4 全层", BY_OS2 },
    [ZONE_ISLANDS] = { "中庭与多经点位", BY_OSUP },
};

static int
zone_of(const DemoUnit *unit)
{
    static const int of_floor[DEMO_FLOORS] = { ZONE_B1, ZONE_L1, ZONE_L2_WEST, ZONE_L3, ZONE_L4 };

    if (strcmp(unit->kind, "island") == 0 || strcmp(unit->kind, "kiosk") == 0)
        return ZONE_ISLANDS;
    return unit->floor == 2 && unit->points[0].x >= 900 ? ZONE_L2_EAST : of_floor[unit->floor];
}

static gboolean
save_entry(Demo *demo, Ctx *ctx, gint64 zone_id, gint64 unit_id, DemoBy by, Day from, Day to,
           GError **error)
{
    g_autoptr(Record) rec = demo_new(ctx, "zone_unit");

    record_set_id(rec, "zone_id", zone_id);
    record_set_id(rec, "staff_id", demo->staff[by]);
    record_set_id(rec, "unit_id", unit_id);
    record_set_day(rec, "from_on", from);
    record_set_day(rec, "to_on", to);
    return record_save(ctx, rec, error);
}

/* L4 was the supervisor's until a year and a half ago. */
static gboolean
save_zone_unit(Demo *demo, Ctx *ctx, gint64 zone_id, int zone, const DemoUnit *unit, GError **error)
{
    Day change = demo->today - 540;

    if (zone != ZONE_L4)
        return save_entry(demo, ctx, zone_id, unit->id, zones[zone].by, demo->opened, DAY_NONE,
                          error);
    return save_entry(demo, ctx, zone_id, unit->id, BY_OSUP, demo->opened, change - 1, error)
           && save_entry(demo, ctx, zone_id, unit->id, zones[zone].by, change, DAY_NONE, error);
}

static gboolean
save_zones(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    for (int zone = 0; zone < ZONE__N; zone++) {
        g_autoptr(Record) rec = demo_new(ctx, "zone");
        record_set_text(rec, "name", zones[zone].name);
        record_set_id(rec, "staff_id", demo->staff[zones[zone].by]);
        if (!record_save(ctx, rec, error))
            return FALSE;
        for (guint i = 0; i < demo->units->len; i++) {
            const DemoUnit *unit = demo->units->pdata[i];
            if (zone_of(unit) == zone && !save_zone_unit(demo, ctx, rec->id, zone, unit, error))
                return FALSE;
        }
    }
    return TRUE;
}

/* Policies of an edition: one for each floor, and for trades that are wanted or pay less. */
static const struct {
    const char *category;
    int level; /* -1: every floor */
    int target_yuan, free_days, deposit_months;
} policies[] = {
    { NULL, 0, 240, 45, 2 },  { NULL, 1, 460, 60, 3 }, { NULL, 2, 320, 60, 3 },
    { NULL, 3, 230, 75, 3 },  { NULL, 4, 180, 90, 3 }, { "F", 4, 170, 120, 3 },
    { "F", 0, 260, 45, 2 },   { "L", -1, 90, 180, 3 }, { "K", -1, 150, 90, 2 },
    { "R10", 1, 520, 30, 3 }, { "M", -1, 600, 0, 1 },
};

typedef struct {
    guint n;
    int percent; /* of the present prices */
    gint64 id;
} Policy;

static gboolean
save_policy(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    Policy *policy = data;
    guint n = policy->n;
    g_autoptr(Record) rec = demo_new(ctx, "price_policy");
    gint64 target = policies[n].target_yuan * policy->percent / 100;
    g_autofree char *edition = g_strdup_printf("%d-1", day_to_ymd(ctx->today).year);

    record_set_text(rec, "edition", edition);
    record_set_id(rec, "category_id", demo_id(demo, ctx, "category", policies[n].category));
    record_set_id(rec, "floor_id", policies[n].level < 0 ? 0 : demo->floor_ids[policies[n].level]);
    record_set_day(rec, "from_on",
                   policy->percent < 100 ? demo->start + 10 : day_month_start(ctx->today));
    record_set_int(rec, "floor_price", target * 85 / 100 * 10000);
    record_set_int(rec, "target_price", target * 10000);
    record_set_int(rec, "free_days", policies[n].free_days);
    record_set_int(rec, "deposit_months", policies[n].deposit_months);
    record_set_text(rec, "remarks", "按楼层与业态执行；低于底价须报总经理批准。");
    if (!record_save(ctx, rec, error))
        return FALSE;
    policy->id = rec->id;
    return demo_take(ctx, "price_policy", rec->id, "submit", NULL, error);
}

static gboolean
approve_policy(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    Policy *policy = data;

    return demo_agree(demo, ctx, "price_policy", policy->id, BY_DIRECTOR, "同意，与市调结果相符",
                      error)
           && demo_agree(demo, ctx, "price_policy", policy->id, BY_GM, "同意执行", error);
}

static void
plan_policies(Demo *demo, Day day, int percent)
{
    for (guint n = 0; n < G_N_ELEMENTS(policies); n++) {
        Policy *policy = demo_alloc(demo, sizeof *policy);
        *policy = (Policy){ n, percent, 0 };
        demo_at(demo, day, 10 * 60, BY_LM, save_policy, policy);
        demo_at(demo, day + 1, 15 * 60, BY_SYSTEM, approve_policy, policy);
    }
}

void
demo_plan_place(Demo *demo)
{
    static const char *const ours[] = { "L1-38", "B1-40" };

    demo_at(demo, demo->start, 9 * 60 + 10, BY_ADMIN, save_property, NULL);
    demo_at(demo, demo->start, 9 * 60 + 20, BY_ADMIN, save_building, NULL);
    for (guint i = 0; i < demo->units->len; i++) {
        DemoUnit *unit = demo->units->pdata[i];
        if (g_strv_contains((const char *const[]){ ours[0], ours[1], NULL }, unit->no))
            unit->purpose = "own_use";
        if (strcmp(unit->no, "L4-40") == 0)
            unit->purpose = "disabled";
        demo_at(demo, demo->start, 9 * 60 + 30, BY_ADMIN, save_unit, unit);
    }
    demo_at(demo, demo->start, 9 * 60 + 40, BY_OM, save_zones, NULL);
    plan_policies(demo, demo->start + 10, 92);
    plan_policies(demo, demo_workday(demo->today - 240), 100);
}
