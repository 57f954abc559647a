/* Space: status follows from leases and holds, one owner per unit and day, prices in force, splits, the floor plan. */
#include "base/clock.h"
#include "support/flows.h"
#include "support/furnish.h"

#include <string.h>

#define ID "%" G_GINT64_FORMAT

static void
test_status_is_pure(void)
{
    Day on = day_parse("2026-03-02");
    UnitFacts facts = { .purpose = "letting",
                        .from_on = on - 10,
                        .to_on = on + 100,
                        .sign_on = on - 30,
                        .handover_on = DAY_NONE,
                        .open_on = DAY_NONE };

    g_assert_cmpstr(space_status_of(&facts, on), ==, "vacant");
    facts.is_held = TRUE;
    g_assert_cmpstr(space_status_of(&facts, on), ==, "reserved");
    facts.is_locked = TRUE;
    g_assert_cmpstr(space_status_of(&facts, on), ==, "locked");
    facts.lease_state = "approved";
    g_assert_cmpstr(space_status_of(&facts, on), ==, "locked");
    facts.lease_state = "sealed";
    g_assert_cmpstr(space_status_of(&facts, on), ==, "signed");
    facts.lease_state = "effective";
    facts.handover_state = "waiting";
    g_assert_cmpstr(space_status_of(&facts, on), ==, "signed");
    facts.handover_state = "accepted";
    g_assert_cmpstr(space_status_of(&facts, on), ==, "handed_over");
    facts.open_on = on + 5;
    g_assert_cmpstr(space_status_of(&facts, on), ==, "fitting_out");
    facts.open_on = on;
    g_assert_cmpstr(space_status_of(&facts, on), ==, "open");
    facts.lease_state = "expiring";
    g_assert_cmpstr(space_status_of(&facts, on), ==, "notice");
    facts.lease_state = "effective";
    facts.from_on = on + 20;
    g_assert_cmpstr(space_status_of(&facts, on), ==, "signed");
    facts.purpose = "own_use";
    g_assert_cmpstr(space_status_of(&facts, on), ==, "own_use");
}

static void
test_status_cannot_be_typed(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 unit = unit_by_no(world, "A101");
    GError *error = NULL;

    g_assert_false(change_row(world, NULL, "unit", unit, &error, "{'status': 'open'}"));
    world_refused(&error, "input.invalid");
    g_assert_true(change_row(world, NULL, "unit", unit, &error, "{'purpose': 'own_use'}"));
    assert_field(world, "unit", unit, "status", "own_use");
    g_assert_true(change_row(world, NULL, "unit", unit, &error, "{'purpose': 'letting'}"));
    assert_field(world, "unit", unit, "status", "vacant");
    g_assert_false(change_row(world, NULL, "unit", unit, &error, "{'floor_price': '500.0000'}"));
    world_refused(&error, "input.invalid");
    g_assert_false(change_row(world, NULL, "unit", unit, &error, "{'points': [[1,2]]}"));
    world_refused(&error, "input.invalid");
    g_assert_cmpint(make_row(world, NULL, "unit", &error,
                             "{'no': 'A101', 'floor_id': '" ID "', 'area_leasable': '1.00'}",
                             ref_of(world, "unit", unit, "floor_id")),
                    ==, 0);
    world_refused(&error, "input.invalid");
}

static gint64
zone(World *world)
{
    return made(world, NULL, "zone", "{'name': '一区'}");
}

static void
test_zone_has_one_owner_a_day(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 z = zone(world), unit = unit_by_no(world, "A101"), os = world_staff(world, "os"),
           os2 = world_staff(world, "os2");
    GError *error = NULL;
    static const char shape[] = "{'zone_id': '" ID "', 'staff_id': '" ID "', 'unit_id': '" ID
                                "', 'from_on': '%s', 'to_on': %s}";

    gint64 first = made(world, NULL, "zone_unit", shape, z, os, unit, "2026-01-01", "'2026-03-31'");
    g_assert_cmpint(
        make_row(world, NULL, "zone_unit", &error, shape, z, os2, unit, "2026-03-31", "null"), ==,
        0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(make_row(world, NULL, "zone_unit", &error, shape, z, os2, unit, "2025-12-01",
                             "'2026-01-01'"),
                    ==, 0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(make_row(world, NULL, "zone_unit", &error, shape, z, os2, unit, "2026-05-01",
                             "'2026-04-01'"),
                    ==, 0);
    world_refused(&error, "input.invalid");
    made(world, NULL, "zone_unit", shape, z, os2, unit, "2026-04-01", "null");
    /* making the first one longer runs into the second */
    g_assert_false(change_row(world, NULL, "zone_unit", first, &error, "{'to_on': null}"));
    world_refused(&error, "input.invalid");
    g_assert_true(change_row(world, NULL, "zone_unit", first, &error, "{'to_on': '2026-03-15'}"));
}

static gboolean
gaps(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    (void) data;
    return space_zone_gaps_write(ctx, ctx->today, out, error);
}

static void
test_units_without_owner_are_listed(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);

    made(world, NULL, "zone_unit",
         "{'zone_id': '" ID "', 'staff_id': '" ID "', 'unit_id': '" ID
         "', 'from_on': '2026-01-01'}",
         zone(world), world_staff(world, "os"), unit_by_no(world, "A102"));
    json_auto_t *json = ask(world, NULL, gaps, NULL, NULL);
    assert_path(json, "items", "[2]");
    assert_path(json, "items/0/unit/label", "A101");
    assert_path(json, "items/1/unit/label", "A103");
}

typedef struct {
    gint64 unit, category;
    const char *on;
    SpacePolicy policy;
} Find;

static gboolean
find_policy(Ctx *ctx, gpointer data, GError **error)
{
    Find *find = data;

    return space_policy_find(ctx, find->unit, find->category, day_parse(find->on), &find->policy,
                             error);
}

static gint64
policy_made(World *world, const char *json)
{
    return made(world, "lm", "price_policy", "%s", json);
}

static gint64 running_of(World *world, const char *entity, gint64 id);

static gboolean
running_step(Ctx *ctx, gpointer data, GError **error)
{
    gint64 *ids = data;

    (void) error;
    ids[1] = approval_running(ctx, "price_policy", ids[0]);
    return TRUE;
}

static gint64
running_of(World *world, const char *entity, gint64 id)
{
    gint64 ids[2] = { id, 0 };

    g_assert_cmpstr(entity, ==, "price_policy");
    world_must(world, NULL, running_step, ids);
    return ids[1];
}

static void
approve_policy(World *world, gint64 id)
{
    act_must(world, "lm", "price_policy", id, "submit", "");
    gint64 approval = running_of(world, "price_policy", id);
    decide_must(world, "director", approval, "agree", NULL, NULL);
    decide_must(world, "gm", approval, "agree", NULL, NULL);
    assert_field(world, "price_policy", id, "state", "approved");
}

static void
test_nearest_policy_in_force_counts(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 food = by_code(world, "category", "F"), coffee = by_code(world, "category", "F04");
    Find find = { .unit = unit_by_no(world, "A103"), .category = coffee, .on = "2026-03-02" };
    GError *error = NULL;
    g_autofree char *special =
        g_strdup_printf("{'edition': '2026-F', 'category_id': '" ID
                        "', 'from_on': '2026-02-01', 'price_basis': 'per_m2_day',"
                        " 'floor_price': '12.0000', 'target_price': '15.0000', 'free_days': 60}",
                        food);

    gint64 general = policy_made(world, "{'edition': '2026-1', 'from_on': '2026-01-01', "
                                        "'floor_price': '200.0000', 'target_price': '250.0000'}");
    world_must(world, NULL, find_policy, &find);
    g_assert_cmpint(find.policy.policy_id, ==, 0); /* a draft judges nothing */
    approve_policy(world, general);
    world_must(world, NULL, find_policy, &find);
    g_assert_cmpint(find.policy.floor_price_e4, ==, 2000000);
    gint64 nearer = policy_made(world, special);
    approve_policy(world, nearer);
    world_must(world, NULL, find_policy, &find);
    g_assert_cmpint(find.policy.policy_id, ==, nearer);
    g_assert_cmpint(find.policy.floor_price_e4, ==, 3650000); /* 12 x 365 / 12 */
    g_assert_cmpint(find.policy.free_days, ==, 60);
    find.on = "2026-01-15";
    world_must(world, NULL, find_policy, &find);
    g_assert_cmpint(find.policy.policy_id, ==, general);
    g_assert_false(
        change_row(world, "lm", "price_policy", nearer, &error, "{'floor_price': '1.0000'}"));
    world_refused(&error, "input.invalid");
    /* a new edition ends the old one the day before and leaves its days as they were */
    gint64 next = policy_made(world, "{'edition': '2026-2', 'from_on': '2026-03-01', "
                                     "'floor_price': '210.0000', 'target_price': '260.0000'}");
    approve_policy(world, next);
    assert_field(world, "price_policy", general, "state", "superseded");
    assert_field(world, "price_policy", general, "to_on", "2026-02-28");
    find.on = "2026-02-28";
    find.category = 0;
    world_must(world, NULL, find_policy, &find);
    g_assert_cmpint(find.policy.policy_id, ==, general);
    /* the unit's own prices go first */
    find.unit = unit_by_no(world, "A101");
    world_must(world, NULL, find_policy, &find);
    g_assert_cmpint(find.policy.floor_price_e4, ==, 3000000);
}

static gint64
merchant(World *world, const char *name)
{
    return made(world, NULL, "merchant", "{'name': '%s'}", name);
}

typedef struct {
    gint64 unit, merchant, lease;
    const char *state, *from, *to;
} Let;

/* Leases come about in the lease module; here only their rows matter. */
static gboolean
let_step(Ctx *ctx, gpointer data, GError **error)
{
    Let *let = data;
    g_autoptr(Record) lease = record_new(registry_def(ctx->registry, "lease"));
    g_autoptr(Record) part = record_new(registry_def(ctx->registry, "lease_unit"));

    record_set_id(lease, "merchant_id", let->merchant);
    record_set_day(lease, "from_on", day_parse(let->from));
    record_set_day(lease, "to_on", day_parse(let->to));
    record_set_text(lease, "state", let->state);
    record_set_int(lease, "area", 10000);
    record_set_int(lease, "monthly_rent", 4000000);
    if (!record_save(ctx, lease, error))
        return FALSE;
    record_set_id(part, "lease_id", lease->id);
    record_set_id(part, "unit_id", let->unit);
    record_set_int(part, "area", 10000);
    record_set_day(part, "from_on", day_parse(let->from));
    record_set_day(part, "to_on", day_parse(let->to));
    let->lease = lease->id;
    return record_save(ctx, part, error) && space_status_refresh(ctx, let->unit, error);
}

typedef struct {
    gint64 level;
    const char *on;
} PlanOf;

static gboolean
plan(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    const PlanOf *of = data;

    return space_plan_write(ctx, of->level, day_parse(of->on), out, error);
}

static void
test_plan_shows_each_day_as_it_was(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 unit = unit_by_no(world, "A101");
    Let let = { .unit = unit,
                .merchant = merchant(world, "星火餐饮有限公司"),
                .state = "effective",
                .from = "2025-01-01",
                .to = "2026-12-31" };
    PlanOf of = { ref_of(world, "unit", unit, "floor_id"), "2026-03-02" };

    world_must(world, NULL, let_step, &let);
    assert_field(world, "unit", unit, "status", "open");
    json_auto_t *now = ask(world, "gm", plan, &of, NULL);
    assert_path(now, "width", "100");
    assert_path(now, "units", "[3]");
    assert_path(now, "units/0/no", "A101");
    assert_path(now, "units/0/status", "open");
    assert_path(now, "units/0/merchant/label", "星火餐饮有限公司");
    assert_path(now, "units/0/end_on", "2026-12-31");
    assert_path(now, "units/0/price", "400.0000");
    assert_path(now, "units/0/points/1/0", "30");
    assert_path(now, "counts/open", "1");
    assert_path(now, "counts/vacant", "2");
    assert_path(now, "area/total", "360.00");
    assert_path(now, "area/let", "100.00");
    of.on = "2024-12-31";
    json_auto_t *before = ask(world, "gm", plan, &of, NULL);
    assert_path(before, "units/0/status", "signed"); /* let for later */
    of.on = "2027-01-01";
    json_auto_t *after = ask(world, "gm", plan, &of, NULL);
    assert_path(after, "units/0/status", "vacant");
    /* a colleague's lease: the sign on the door, not the rent */
    of.on = "2026-03-02";
    json_auto_t *other = ask(world, "ls2", plan, &of, NULL);
    assert_path(other, "units/0/status", "open");
    assert_path(other, "units/0/merchant", "");
    assert_path(other, "units/0/lease_id", "");
    assert_path(other, "units/0/price", "");
    assert_path(other, "units/0/floor_price", "");
}

static void
test_split_keeps_area_and_yesterday(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 unit = unit_by_no(world, "A103"), os = world_staff(world, "os");
    GError *error = NULL;
    static const char shape[] =
        "{'kind': 'split', 'effective_on': '2026-04-01', 'reason': '小铺需求', 'sources': ['" ID
        "'],"
        " 'parts': [{'no': 'A103-1', 'area_leasable': '120.00'}, {'no': 'A103-2', 'area_leasable': "
        "'%s'}]}";

    made(world, NULL, "zone_unit",
         "{'zone_id': '" ID "', 'staff_id': '" ID "', 'unit_id': '" ID
         "', 'from_on': '2026-01-01'}",
         zone(world), os, unit);
    g_assert_cmpint(make_row(world, "lm", "unit_change", &error, shape, unit, "79.99"), ==, 0);
    world_refused(&error, "input.invalid");
    gint64 change = made(world, "lm", "unit_change", shape, unit, "80.00");
    act_must(world, "lm", "unit_change", change, "submit", "");
    act_must(world, "director", "unit_change", change, "approve", "");
    assert_field(world, "unit", unit, "to_on", "2026-03-31");
    gint64 part = unit_by_no(world, "A103-2");
    assert_field(world, "unit", part, "from_on", "2026-04-01");
    assert_field(world, "unit", part, "area_leasable", "80.00");
    assert_field(world, "unit", part, "allowed_categories", "F");
    PlanOf of = { ref_of(world, "unit", unit, "floor_id"), "2026-03-31" };
    json_auto_t *before = ask(world, "gm", plan, &of, NULL);
    assert_path(before, "units", "[3]");
    assert_path(before, "area/total", "360.00");
    of.on = "2026-04-01";
    json_auto_t *after = ask(world, "gm", plan, &of, NULL);
    assert_path(after, "units", "[4]");
    assert_path(after, "area/total", "360.00");
    assert_path(after, "units/3/no", "A103-2");
    /* the owner goes on */
    clock_freeze_us(clock_parse_us("2026-04-02T01:00:00.000Z"));
    json_auto_t *rest = ask(world, NULL, gaps, NULL, NULL);
    assert_path(rest, "items", "[2]");
}

static void
test_let_unit_is_not_split(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    Let let = { .unit = unit_by_no(world, "A103"),
                .merchant = merchant(world, "远山"),
                .state = "effective",
                .from = "2025-01-01",
                .to = "2026-12-31" };
    GError *error = NULL;

    world_must(world, NULL, let_step, &let);
    gint64 change =
        made(world, "lm", "unit_change",
             "{'kind': 'split', 'effective_on': '2026-04-01', 'reason': 'x', 'sources': ['" ID "'],"
             " 'parts': [{'no': 'B1', 'area_leasable': '120.00'}, {'no': 'B2', 'area_leasable': "
             "'80.00'}]}",
             let.unit);
    g_assert_false(act(world, "lm", "unit_change", change, "submit", "", &error));
    world_refused(&error, "unit_change.let");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/space/status-follows-from-lease-hold-and-purpose", test_status_is_pure);
    testdb_each("/space/status-cannot-be-typed-in", test_status_cannot_be_typed);
    testdb_each("/space/a-unit-has-one-owner-on-each-day", test_zone_has_one_owner_a_day);
    testdb_each("/space/units-without-an-owner-are-listed", test_units_without_owner_are_listed);
    testdb_each("/space/the-nearest-approved-policy-of-the-day-counts",
                test_nearest_policy_in_force_counts);
    testdb_each("/space/the-plan-shows-each-day-as-it-was", test_plan_shows_each_day_as_it_was);
    testdb_each("/space/a-split-keeps-the-area-and-yesterday", test_split_keeps_area_and_yesterday);
    testdb_each("/space/a-let-unit-is-not-split", test_let_unit_is_not_split);
    return g_test_run();
}
