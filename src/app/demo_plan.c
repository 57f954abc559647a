/* demo_plan.c - the drawings: five floors of a centre 180 m long and 96 m deep with gently curved facades, two rows of shops
 * along the facades, two along the atria, anchors at both ends, islands in the corridors. One drawing unit is a decimetre,
 * so that an outline's area is the unit's area in 1/100 m2. */
#include "app/demo_internal.h"

#include "base/json_out.h"

#include <string.h>

enum { WIDTH = 1800, HEIGHT = 960 };

const char *const demo_floor_codes[DEMO_FLOORS] = { "B1", "L1", "L2", "L3", "L4" };

/* Units per row: north and south facade, inner north and south, islands, west and east end. */
static const struct {
    int north, south, inner_north, inner_south, islands, west, east;
    int target_yuan; /* of a shop of 120-250 m2 */
    int fee_yuan;
    gboolean is_food;
} floors[DEMO_FLOORS] = {
    { 18, 17, 12, 12, 4, 1, 2, 240, 38, TRUE },  { 14, 14, 11, 11, 8, 1, 1, 460, 45, FALSE },
    { 15, 15, 12, 12, 5, 1, 2, 320, 42, FALSE }, { 14, 14, 11, 11, 6, 2, 2, 230, 38, FALSE },
    { 12, 12, 11, 11, 4, 1, 1, 180, 35, TRUE },
};

typedef struct {
    int x0, x1;
} Span;

static const Span facade_spans[] = { { 250, 600 }, { 660, 1140 }, { 1200, 1550 } };
static const Span inner_spans[] = { { 315, 610 }, { 670, 1130 }, { 1190, 1485 } };

static int
north_edge(int x)
{
    return 30 + 70 * (2 * x - WIDTH) * (2 * x - WIDTH) / (WIDTH * WIDTH);
}

static int
south_edge(int x)
{
    return 930 - 50 * (2 * x - WIDTH) * (2 * x - WIDTH) / (WIDTH * WIDTH);
}

static DemoUnit *
new_unit(Demo *demo, int level, const char *kind)
{
    DemoUnit *unit = demo_alloc(demo, sizeof *unit);

    unit->floor = level;
    unit->kind = kind;
    unit->purpose = "letting";
    unit->row = -1;
    g_ptr_array_add(demo->units, unit);
    return unit;
}

static void
corner(DemoUnit *unit, int x, int y)
{
    g_assert(unit->n_points < DEMO_MAX_POINTS);
    unit->points[unit->n_points++] = (DemoPoint){ x, y };
}

/* Shoelace formula. */
static gint64
outline_area(const DemoUnit *unit)
{
    gint64 twice = 0;

    for (int i = 0; i < unit->n_points; i++) {
        DemoPoint a = unit->points[i], b = unit->points[(i + 1) % unit->n_points];
        twice += (gint64) a.x * b.y - (gint64) b.x * a.y;
    }
    return ABS(twice) / 2;
}

typedef enum { NORTH, SOUTH, INNER_NORTH, INNER_SOUTH } Row;

static void
draw_shop(DemoUnit *unit, Row row, int x0, int x1)
{
    int middle = (x0 + x1) / 2;

    unit->row = (int) row;
    switch (row) {
    case NORTH:
        corner(unit, x0, north_edge(x0));
        corner(unit, middle, north_edge(middle));
        corner(unit, x1, north_edge(x1));
        corner(unit, x1, 230);
        corner(unit, x0, 230);
        break;
    case SOUTH:
        corner(unit, x0, 730);
        corner(unit, x1, 730);
        corner(unit, x1, south_edge(x1));
        corner(unit, middle, south_edge(middle));
        corner(unit, x0, south_edge(x0));
        break;
    case INNER_NORTH:
    case INNER_SOUTH: {
        int top = row == INNER_NORTH ? 300 : 560;
        corner(unit, x0, top);
        corner(unit, x1, top);
        corner(unit, x1, top + 100);
        corner(unit, x0, top + 100);
        break;
    }
    }
    unit->frontage_cm = (gint64) (x1 - x0) * 10;
    unit->depth_cm = row <= SOUTH ? 2000 : 1000;
}

/* @count shops of uneven width side by side in one span. */
static void
fill_span(Demo *demo, int level, Row row, Span span, int count)
{
    int weights[20], sum = 0, done = 0, x = span.x0;

    g_assert(count > 0 && count <= 20);
    for (int i = 0; i < count; i++)
        sum += weights[i] = (int) demo_between(demo, 7, 13);
    for (int i = 0; i < count; i++) {
        done += weights[i];
        int next = i == count - 1 ? span.x1 : span.x0 + (span.x1 - span.x0) * done / sum / 5 * 5;
        draw_shop(new_unit(demo, level, "shop"), row, x, next);
        x = next;
    }
}

static void
fill_row(Demo *demo, int level, Row row, int count)
{
    const Span *spans = row <= SOUTH ? facade_spans : inner_spans;
    int length = 0, before = 0, given = 0;

    for (int i = 0; i < 3; i++)
        length += spans[i].x1 - spans[i].x0;
    for (int i = 0; i < 3; i++) {
        before += spans[i].x1 - spans[i].x0;
        int upto = (count * before + length / 2) / length;
        fill_span(demo, level, row, spans[i], upto - given);
        given = upto;
    }
}

/* An end of the building, cut across into @count anchors. */
static void
fill_end(Demo *demo, int level, int x0, int x1, int count)
{
    for (int i = 0; i < count; i++) {
        DemoUnit *unit = new_unit(demo, level, "anchor");
        int cut = count == 2 && level == 3 ? 520 : 430;
        gboolean first = i == 0, last = i == count - 1;
        corner(unit, x0, first ? north_edge(x0) : cut);
        corner(unit, x1, first ? north_edge(x1) : cut);
        corner(unit, x1, last ? south_edge(x1) : cut);
        corner(unit, x0, last ? south_edge(x0) : cut);
        unit->frontage_cm = (last ? 730 : cut) * 10 - (first ? 230 : cut) * 10;
        unit->depth_cm = (gint64) (x1 - x0) * 10;
    }
}

static void
fill_islands(Demo *demo, int level, int count)
{
    for (int i = 0; i < count; i++) {
        DemoUnit *unit = new_unit(demo, level, count > 5 && i % 4 == 3 ? "kiosk" : "island");
        int x = 380 + 1020 * i / MAX(count - 1, 1), y = i % 2 ? 684 : 254;
        int w = strcmp(unit->kind, "kiosk") == 0 ? 24 : 40;
        corner(unit, x, y);
        corner(unit, x + w, y);
        corner(unit, x + w, y + 22);
        corner(unit, x, y + 22);
        unit->frontage_cm = (gint64) w * 10;
        unit->depth_cm = 220;
    }
}

static const char *
allowed_of(const DemoUnit *unit, int level, gboolean inner)
{
    static const char *const facade[] = { "F03 F04 R08 R09 S", "R01 R03 R04 R05 R10 F04 S02",
                                          "R01 R02 R04 R07 F04", "K R06 R09 L04 S01 F03", "F L03" };
    static const char *const middle[] = { "F03 F04 R05 R09 S M03", "R01 R02 R03 R04 F04",
                                          "R01 R02 R04 R09", "K R09 S F04 F03",
                                          "F03 F04 L02 L03 S01" };
    static const char *const anchors[] = { "R08 R06 F02", "R R10", "R01 R06 R07", "K L R06", "L" };

    if (strcmp(unit->kind, "anchor") == 0)
        return anchors[level];
    if (strcmp(unit->kind, "shop") != 0)
        return "F04 R03 R09 M";
    return inner ? middle[level] : facade[level];
}

/* Small shops pay more for a square metre than large ones. */
static gint64
size_percent(const DemoUnit *unit)
{
    gint64 m2 = unit->area_dm2 / 100;

    if (strcmp(unit->kind, "island") == 0 || strcmp(unit->kind, "kiosk") == 0)
        return 230;
    return m2 < 60     ? 145
           : m2 < 90   ? 128
           : m2 < 120  ? 115
           : m2 < 250  ? 100
           : m2 < 500  ? 78
           : m2 < 1200 ? 38
                       : 24;
}

static void
finish_unit(Demo *demo, DemoUnit *unit, gboolean inner)
{
    int level = unit->floor;
    gboolean shop = strcmp(unit->kind, "shop") == 0, anchor = strcmp(unit->kind, "anchor") == 0;
    gboolean food = floors[level].is_food || (level == 3 && !inner);

    unit->area_dm2 = outline_area(unit);
    unit->allowed = allowed_of(unit, level, inner);
    unit->target_yuan = (floors[level].target_yuan * size_percent(unit) + 50) / 100;
    unit->floor_yuan = unit->target_yuan * 85 / 100;
    unit->fee_yuan = anchor ? floors[level].fee_yuan / 2 : floors[level].fee_yuan;
    unit->water = anchor || (shop && (food || !inner || demo_chance(demo, 30)));
    unit->gas = (shop || anchor) && floors[level].is_food && (!inner || demo_chance(demo, 40));
    unit->exhaust = unit->gas || (shop && food && demo_chance(demo, 50));
}

static void
plan_floor(Demo *demo, int level)
{
    guint from = demo->units->len;

    fill_row(demo, level, NORTH, floors[level].north);
    fill_end(demo, level, 1550, 1776, floors[level].east);
    fill_row(demo, level, SOUTH, floors[level].south);
    fill_end(demo, level, 24, 250, floors[level].west);
    guint inner = demo->units->len;
    fill_row(demo, level, INNER_NORTH, floors[level].inner_north);
    fill_row(demo, level, INNER_SOUTH, floors[level].inner_south);
    guint islands = demo->units->len;
    fill_islands(demo, level, floors[level].islands);
    for (guint i = from; i < demo->units->len; i++) {
        DemoUnit *unit = demo->units->pdata[i];
        unit->no = i < islands
                       ? demo_text(demo, "%s-%02u", demo_floor_codes[level], i - from + 1)
                       : demo_text(demo, "%s-K%02u", demo_floor_codes[level], i - islands + 1);
        finish_unit(demo, unit, i >= inner && i < islands);
    }
}

void
demo_plan_units(Demo *demo)
{
    for (int level = 0; level < DEMO_FLOORS; level++)
        plan_floor(demo, level);
}

char *
demo_points(const DemoUnit *unit)
{
    g_autoptr(GString) text = g_string_new("[");

    for (int i = 0; i < unit->n_points; i++)
        g_string_append_printf(text, "%s[%d,%d]", i ? "," : "", unit->points[i].x,
                               unit->points[i].y);
    g_string_append_c(text, ']');
    return g_strdup(text->str);
}

static void
shape_begin(GString *text, const char *kind)
{
    g_string_append_printf(text, "%s{\"kind\":\"%s\",\"points\":[",
                           text->str[text->len - 1] == '[' ? "" : ",", kind);
}

static void
shape_box(GString *text, const char *kind, DemoPoint from, DemoPoint to)
{
    shape_begin(text, kind);
    g_string_append_printf(text, "[%d,%d],[%d,%d],[%d,%d],[%d,%d]]}", from.x, from.y, to.x, from.y,
                           to.x, to.y, from.x, to.y);
}

/* The atria are ellipses of sixteen corners. */
static void
shape_atrium(GString *text, int x, int rx, int ry)
{
    static const int cosine[16] = { 1000,  924,  707,  383,  0, -383, -707, -924,
                                    -1000, -924, -707, -383, 0, 383,  707,  924 };

    shape_begin(text, "void");
    for (int i = 0; i < 16; i++)
        g_string_append_printf(text, "%s[%d,%d]", i ? "," : "", x + rx * cosine[i] / 1000,
                               480 + ry * cosine[(i + 12) % 16] / 1000);
    g_string_append(text, "]}");
}

static void
shape_outline(GString *text)
{
    shape_begin(text, "outline");
    for (int x = 24; x <= 1776; x += 146)
        g_string_append_printf(text, "%s[%d,%d]", x > 24 ? "," : "", x, north_edge(x) - 6);
    for (int x = 1776; x >= 24; x -= 146)
        g_string_append_printf(text, ",[%d,%d]", x, south_edge(x) + 6);
    g_string_append(text, "]}");
}

char *
demo_drawing(int level)
{
    g_autoptr(GString) text = g_string_new(NULL);
    static const int cores[] = { 600, 1140 };

    g_string_printf(text, "{\"width\":%d,\"height\":%d,\"shapes\":[", WIDTH, HEIGHT);
    shape_outline(text);
    if (level > 0) {
        shape_atrium(text, 500, 120, 56);
        shape_atrium(text, 1300, 120, 56);
    }
    if (level > 1)
        shape_atrium(text, 900, 140, 60);
    for (guint i = 0; i < G_N_ELEMENTS(cores); i++) {
        shape_box(text, "stairs", (DemoPoint){ cores[i] + 4, 110 },
                  (DemoPoint){ cores[i] + 56, 226 });
        shape_box(text, "stairs", (DemoPoint){ cores[i] + 4, 734 },
                  (DemoPoint){ cores[i] + 56, 850 });
    }
    shape_box(text, "escalator", (DemoPoint){ 650, 452 }, (DemoPoint){ 730, 474 });
    shape_box(text, "escalator", (DemoPoint){ 650, 486 }, (DemoPoint){ 730, 508 });
    shape_box(text, "escalator", (DemoPoint){ 1070, 452 }, (DemoPoint){ 1150, 474 });
    shape_box(text, "escalator", (DemoPoint){ 1070, 486 }, (DemoPoint){ 1150, 508 });
    g_string_append(text, "]}");
    return g_strdup(text->str);
}
