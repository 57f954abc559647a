/* data_lease.c - floors, units and leases: each unit was let several times, nine in ten are let today. */
#include "bench_data.h"

#include "base/clock.h"

enum { LEASE_DAYS = 2 * 365, UNIT_WIDTH = 8, UNIT_DEPTH = 12 };

static void
give_text(Record *rec, const char *field, char *text)
{
    record_set_text(rec, field, text);
    g_free(text);
}

static void
fill_floor(Bench *b, Record *rec, guint n)
{
    record_set_id(rec, "building_id", b->building_id);
    give_text(rec, "code", g_strdup_printf("%uF", n + 1));
    give_text(rec, "name", g_strdup_printf("%u 层", n + 1));
    record_set_int(rec, "seq", n + 1);
    record_set_text(rec, "drawing",
                    "{\"width\":1640,\"height\":200,\"shapes\":[{\"kind\":\"outline\",\"points\":[["
                    "0,0],[1640,0],[1640,200],[0,200]]}]}");
}

/* Leases of one unit follow one another; the last one runs today, except for every tenth unit. */
static guint
leases_per_unit(const Bench *b)
{
    return MAX(1, b->size.leases / b->size.units);
}

static gboolean
is_let(guint unit)
{
    return unit % 10 != 0;
}

static gint64
area_of(guint unit)
{
    return 4000 + bench_pick("unit", unit, 200) * 100;
}

static char *
unit_no(guint n)
{
    return g_strdup_printf("%u%03u", n / BENCH_UNITS_PER_FLOOR + 1, n % BENCH_UNITS_PER_FLOOR + 1);
}

static void
fill_unit(Bench *b, Record *rec, guint n)
{
    guint floor = n / BENCH_UNITS_PER_FLOOR, place = n % BENCH_UNITS_PER_FLOOR;
    guint x = place % 100 * UNIT_WIDTH * 2, y = place / 100 * 100;

    give_text(rec, "no", unit_no(n));
    record_set_id(rec, "floor_id", bench_id(b, "floor", floor, BENCH_FLOORS));
    record_set_text(rec, "status", is_let(n) ? "open" : "vacant");
    record_set_int(rec, "area_leasable", area_of(n));
    record_set_int(rec, "floor_price", 1500000);
    record_set_int(rec, "target_price", 2000000);
    record_set_int(rec, "has_water", n % 2);
    give_text(rec, "points",
              g_strdup_printf("[[%u,%u],[%u,%u],[%u,%u],[%u,%u]]", x, y, x + UNIT_WIDTH * 2, y,
                              x + UNIT_WIDTH * 2, y + UNIT_DEPTH * 4, x, y + UNIT_DEPTH * 4));
}

/* Lease @n is the one numbered @n / units of unit @n % units, so that rows come in order of time. */
static void
term_of(const Bench *b, guint n, Day *from, Day *to)
{
    guint unit = n % b->size.units, turn = n / b->size.units, turns = leases_per_unit(b);
    Day end =
        b->today - 1 - (Day) bench_pick("gap", unit, 200) + LEASE_DAYS * (is_let(unit) ? 1 : 0);

    *to = end - (Day) (turns - 1 - turn) * LEASE_DAYS;
    *from = *to - LEASE_DAYS + 1;
}

static void
fill_lease(Bench *b, Record *rec, guint n)
{
    guint unit = n % b->size.units, count = b->size.leases;
    gboolean last = n / b->size.units == leases_per_unit(b) - 1;
    guint lead = bench_pick("lease", n, b->size.leads);
    guint merchant = (guint) ((guint64) lead * b->size.merchants / b->size.leads);
    gint64 rent_fen = area_of(unit) * 200;
    Day from = DAY_NONE, to = DAY_NONE;

    term_of(b, n, &from, &to);
    give_text(rec, "no", bench_number(b, "HT", n, count));
    record_set_id(rec, "merchant_id", bench_id(b, "merchant", merchant, b->size.merchants));
    record_set_id(rec, "brand_id",
                  bench_id(b, "brand", bench_pick("lease", n, b->size.brands), b->size.brands));
    record_set_id(rec, "category_id",
                  g_array_index(b->categories, gint64, bench_pick("lease", n, b->categories->len)));
    record_set_id(rec, "lead_id", bench_id(b, "lead", lead, b->size.leads));
    record_set_id(rec, "unit_id", bench_id(b, "unit", unit, b->size.units));
    give_text(rec, "unit_nos", unit_no(unit));
    record_set_int(rec, "area", area_of(unit));
    record_set_day(rec, "sign_on", from - 30);
    record_set_day(rec, "handover_on", from);
    record_set_day(rec, "rent_from_on", from);
    record_set_day(rec, "open_on", from + 30);
    record_set_day(rec, "from_on", from);
    record_set_day(rec, "to_on", to);
    record_set_int(rec, "monthly_rent", rent_fen);
    record_set_int(rec, "total", rent_fen * 24);
    record_set_int(rec, "lowest_price", 2000000);
    record_set_id(rec, "owner_id", b->sales[bench_pick("lease", n, BENCH_SALES)]);
    record_set_text(rec, "state",
                    !last || !is_let(unit) ? "settled"
                    : to < b->today + 90   ? "expiring"
                                           : "effective");
    record_set_text(rec, "clauses",
                    "use fitout operation sublet safety return default force_majeure dispute");
}

static void
fill_lease_unit(Bench *b, Record *rec, guint n)
{
    guint unit = n % b->size.units;
    Day from = DAY_NONE, to = DAY_NONE;

    term_of(b, n, &from, &to);
    record_set_id(rec, "lease_id", bench_id(b, "lease", n, b->size.leases));
    record_set_id(rec, "unit_id", bench_id(b, "unit", unit, b->size.units));
    record_set_int(rec, "area", area_of(unit));
    record_set_day(rec, "from_on", from);
    record_set_day(rec, "to_on", to);
}

static void
fill_charge_term(Bench *b, Record *rec, guint n)
{
    gboolean rent = n % 2 == 0;
    Day from = DAY_NONE, to = DAY_NONE;

    term_of(b, n / 2, &from, &to);
    g_autofree char *first = day_dup(from);
    g_autofree char *last = day_dup(to);
    record_set_id(rec, "lease_id", bench_id(b, "lease", n / 2, b->size.leases));
    record_set_int(rec, "seq", n % 2 + 1);
    record_set_id(rec, "item_id", rent ? b->rent_item : b->fee_item);
    record_set_day(rec, "from_on", from);
    record_set_day(rec, "to_on", to);
    record_set_text(rec, "model", "fixed");
    record_set_text(rec, "basis", "per_m2_month");
    record_set_int(rec, "price", rent ? 2000000 : 300000);
    give_text(rec, "clause",
              g_strdup_printf("{\"item\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"model\":\"fixed\","
                              "\"basis\":\"per_m2_month\","
                              "\"price\":\"%s\",\"billing\":\"anchored\",\"anchor_day\":1,\"cycle_"
                              "months\":%d,\"tax_included\":true}",
                              rent ? "rent" : "property_fee", first, last, rent ? "200" : "30",
                              rent ? 3 : 1));
}

static void
fill_deposit_term(Bench *b, Record *rec, guint n)
{
    Day from = DAY_NONE, to = DAY_NONE;

    term_of(b, n, &from, &to);
    record_set_id(rec, "lease_id", bench_id(b, "lease", n, b->size.leases));
    record_set_text(rec, "kind", "performance");
    record_set_int(rec, "months", 3);
    record_set_int(rec, "amount", area_of(n % b->size.units) * 600);
    record_set_day(rec, "due_on", from);
}

static void
fill_handover(Bench *b, Record *rec, guint n)
{
    Day from = DAY_NONE, to = DAY_NONE;

    term_of(b, n, &from, &to);
    give_text(rec, "no", bench_number(b, "YJ", n, b->size.leases));
    record_set_id(rec, "lease_id", bench_id(b, "lease", n, b->size.leases));
    record_set_id(rec, "unit_id", bench_id(b, "unit", n % b->size.units, b->size.units));
    record_set_day(rec, "planned_on", from);
    record_set_text(rec, "state", "accepted");
}

static void
fill_zone(Bench *b, Record *rec, guint n)
{
    give_text(rec, "name", g_strdup_printf("%u 区", n + 1));
    (void) b;
}

static void
fill_zone_unit(Bench *b, Record *rec, guint n)
{
    guint zone = n % G_N_ELEMENTS(b->keepers);

    record_set_id(rec, "zone_id", bench_id(b, "zone", zone, G_N_ELEMENTS(b->keepers)));
    record_set_id(rec, "staff_id", b->keepers[zone]);
    record_set_id(rec, "unit_id", bench_id(b, "unit", n, b->size.units));
    record_set_day(rec, "from_on", b->today - 365);
}

static void
fill_hold(Bench *b, Record *rec, guint n)
{
    record_set_id(rec, "unit_id", bench_id(b, "unit", n * 10 % b->size.units, b->size.units));
    record_set_id(rec, "lead_id", bench_id(b, "lead", b->size.leads - 1 - n, b->size.leads));
    record_set_int(rec, "from_at", rec->created_at);
    record_set_int(rec, "until_at", rec->created_at + (gint64) 7 * 86400 * G_USEC_PER_SEC);
    record_set_text(rec, "reason", "客户看铺后要求预留");
    record_set_id(rec, "staff_id", b->sales[n % BENCH_SALES]);
    record_set_text(rec, "state", "expired");
}

static void
fill_notification(Bench *b, Record *rec, guint n)
{
    record_set_id(rec, "staff_id", b->sales[n % BENCH_SALES]);
    record_set_text(rec, "kind", "lead.overdue");
    record_set_text(rec, "entity", "lead");
    record_set_id(rec, "record_id", bench_id(b, "lead", n, b->size.leads));
    record_set_text(rec, "zh", "客户超期未跟进");
    record_set_text(rec, "en", "a lead was not followed up");
}

BenchTable *
bench_lease_tables(const Bench *b)
{
    const BenchTable tables[] = {
        { "floor", BENCH_FLOORS, fill_floor, FALSE },
        { "unit", b->size.units, fill_unit, FALSE },
        { "zone", G_N_ELEMENTS(b->keepers), fill_zone, FALSE },
        { "zone_unit", b->size.units, fill_zone_unit, FALSE },
        { "unit_hold", b->size.holds, fill_hold, FALSE },
        { "lease", b->size.leases, fill_lease, TRUE },
        { "lease_unit", b->size.leases, fill_lease_unit, FALSE },
        { "charge_term", b->size.leases * 2, fill_charge_term, FALSE },
        { "deposit_term", b->size.leases, fill_deposit_term, FALSE },
        { "handover", b->size.leases, fill_handover, FALSE },
        { "notification", b->size.follow_ups / 25, fill_notification, FALSE },
        { NULL, 0, NULL, FALSE },
    };

    return g_memdup2(tables, sizeof tables);
}
