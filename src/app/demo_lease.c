/* demo_lease.c - tenants and leases of three years: who is in, who was there before, who renews. They come in as signed leases
 * do that are taken over from paper (the state table's "adopt"). */
#include "app/demo_internal.h"

#include "base/money.h"
#include "domain/crm/crm.h"
#include "domain/lease/lease.h"
#include "domain/space/space.h"

#include <string.h>

#define ALL_CLAUSES "use fitout operation sublet safety return default force_majeure dispute"

/* What is let where; words are repeated to weigh. */
static const char *const trades_facade[DEMO_FLOORS] = {
    "F03 F03 F03 F04 F04 R08 R08 R09 S01 S03 S04 F03",
    "R03 R03 R04 R04 R01 R01 R05 R10 F04 S02 R01 R04",
    "R01 R01 R01 R01 R02 R02 R04 R07 R07 F04 R01 R02",
    "K01 K01 K02 K03 K03 R06 R09 L04 S01 F03 K01 R06",
    "F01 F01 F01 F01 F02 F02 F02 F03 F05 L03 F01 F02",
};
static const char *const trades_inner[DEMO_FLOORS] = {
    "F03 F04 F04 R05 R09 S01 S03 S04 F03 M03",
    "R01 R02 R03 R03 R04 F04 R04",
    "R01 R01 R02 R04 R09 R02",
    "K01 K03 R09 S01 S03 F04 F03 K01",
    "F03 F04 F03 L02 L03 S01 F04",
};
static const char *const trades_anchor[DEMO_FLOORS] = { "R08 R06", "R01 R10", "R07 R01 R06",
                                                        "K02 K03 R06 L03", "L01 L04" };
static const char *const trades_island = "F04 R03 R09 M01 M03 F04";

static gboolean
is_island(const DemoUnit *unit)
{
    return strcmp(unit->kind, "island") == 0 || strcmp(unit->kind, "kiosk") == 0;
}

static gboolean
is_anchor(const DemoUnit *unit)
{
    return strcmp(unit->kind, "anchor") == 0;
}

const char *
demo_trade(Demo *demo, const DemoUnit *unit)
{
    const char *list = is_island(unit)   ? trades_island
                       : is_anchor(unit) ? trades_anchor[unit->floor]
                       : unit->row >= 2  ? trades_inner[unit->floor]
                                         : trades_facade[unit->floor];
    g_auto(GStrv) words = g_strsplit(list, " ", -1);
    guint n = g_strv_length(words);

    if (is_anchor(unit) && unit->floor == 4)
        return g_intern_string(unit->points[0].x < 900 ? "L01" : "L04");
    if (is_anchor(unit) && unit->floor == 0)
        return g_intern_string(unit->points[0].x < 900 ? "R08" : "R06");
    if (is_anchor(unit))
        return g_intern_string(words[(guint) unit->points[0].y / 100 % n]);
    return g_intern_string(words[demo_rand(demo) % n]);
}

/* -- saving ------------------------------------------------------------------- */

static gboolean
save_tenant(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoLease *lease = data;

    return demo_save_brand(demo, ctx, lease->brand, error)
           && demo_save_merchant(demo, ctx, lease->merchant, error);
}

static gboolean
save_papers(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoLease *lease = data;

    return demo_save_papers(demo, ctx, lease->id, lease->variety, lease->missing, error);
}

static gboolean
save_right(Ctx *ctx, const DemoLease *lease, GError **error)
{
    static const char *const kinds[] = { "own", "own", "franchise", "agent" };
    g_autoptr(Record) rec = demo_new(ctx, "merchant_brand");

    if (!lease->brand || lease->before)
        return TRUE;
    record_set_id(rec, "merchant_id", lease->merchant->id);
    record_set_id(rec, "brand_id", lease->brand->id);
    record_set_text(rec, "kind", kinds[lease->variety % 4]);
    record_set_text(rec, "region", "云江市");
    record_set_day(rec, "from_on", lease->sign - 200);
    record_set_day(rec, "to_on", lease->variety % 4 < 2 ? DAY_NONE : lease->to + 90);
    return record_save(ctx, rec, error);
}

/* -- the body of a lease, as the wizard sends it -------------------------------- */

static gint64
area_of(const DemoLease *lease)
{
    return lease->units[0]->area_dm2 + (lease->units[1] ? lease->units[1]->area_dm2 : 0);
}

static gint64
month_rent_fen(const DemoLease *lease)
{
    return lease->price_yuan * area_of(lease); /* yuan x 1/100 m2 is fen */
}

static void
set_price(json_t *term, const DemoLease *lease)
{
    guint way = lease->variety % 10;
    g_autofree char *text = NULL;

    if (way < 6) {
        json_object_set_new(term, "basis", json_string("per_m2_month"));
        text = price_format(lease->price_yuan * 10000);
    } else if (way < 9) {
        json_object_set_new(term, "basis", json_string("per_m2_day"));
        text = price_format(muldiv_half_away(lease->price_yuan * 12, 100, 365) * 100);
    } else {
        json_object_set_new(term, "basis", json_string("per_month"));
        text = money_format((month_rent_fen(lease) + 5000) / 10000 * 10000);
    }
    json_object_set_new(term, "price", json_string(text));
}

static void
set_steps(json_t *term, const DemoLease *lease)
{
    static const char *const percents[] = { "3", "4", "5", "5", "6", "8" };
    int first = lease->variety / 10 % 3 == 0 ? 24 : 12;

    if (lease->years * 12 <= first || lease->variety / 30 % 6 == 0)
        return;
    json_object_set_new(term, "steps",
                        json_pack("[{s:i,s:o,s:s,s:b}]", "every_months", 12, "first_on",
                                  demo_day(day_add_months(lease->from, first)), "percent",
                                  percents[lease->variety / 7 % 6], "compound",
                                  lease->variety % 5 != 0));
}

static void
set_billing(json_t *term, const DemoLease *lease, gboolean daily)
{
    static const char *const prorations[] = { "actual_days", "actual_days", "thirty", "y365" };
    int anchor = day_to_ymd(lease->from).day;

    json_object_set_new(term, "cycle_months", json_integer(lease->cycle_months));
    if (lease->variety / 3 % 2) {
        json_object_set_new(term, "billing", json_string("anchored"));
        json_object_set_new(term, "anchor_day", json_integer(anchor));
    } else
        json_object_set_new(term, "billing", json_string("calendar_month"));
    if (!daily)
        json_object_set_new(term, "proration", json_string(prorations[lease->variety / 11 % 4]));
    json_object_set_new(term, "due",
                        lease->variety / 5 % 3 == 0 ? json_pack("{s:i}", "days_before", 5)
                        : lease->variety / 5 % 3 == 1
                            ? json_pack("{s:i,s:s}", "day", 25, "month", "previous")
                            : json_pack("{s:i,s:s}", "day", 5, "month", "same"));
    json_object_set_new(
        term, "late",
        json_pack("{s:s,s:i,s:s}", "percent_per_day", "0.05", "grace_days", 3, "cap", "principal"));
    json_object_set_new(term, "tax_included", json_true());
}

static json_t *
free_at_start(const DemoLease *lease)
{
    return json_pack("[{s:o,s:o}]", "from", demo_day(lease->from), "to",
                     demo_day(lease->from + lease->free_days - 1));
}

/* Restaurants and fashion often pay the higher of a base rent and a share of sales; 0: this one does not. */
static int
turnover_percent(const DemoLease *lease)
{
    static const int percents[] = { 6, 8, 10, 12 };
    char trade = lease->merchant->category[0];

    if ((trade != 'F' && trade != 'R') || is_island(lease->units[0])
        || lease->variety / 13 % 8 != 0)
        return 0;
    return percents[lease->variety / 17 % 4];
}

static void
set_turnover(json_t *term, const DemoLease *lease)
{
    int percent = turnover_percent(lease);
    g_autofree char *text = g_strdup_printf("%d", percent);

    if (percent == 0)
        return;
    json_object_set_new(term, "model", json_string("greater_of"));
    json_object_set_new(term, "settle", json_string("monthly"));
    json_object_set_new(term, "turnover",
                        json_pack("{s:s,s:b}", "percent", text, "sales_tax_included", 1));
}

static json_t *
rent_term(const DemoLease *lease)
{
    json_t *term = json_pack("{s:s,s:s}", "item", "rent", "model", "fixed");

    set_price(term, lease);
    set_turnover(term, lease);
    set_steps(term, lease);
    set_billing(term, lease, lease->variety % 10 >= 6 && lease->variety % 10 < 9);
    if (lease->free_days > 0)
        json_object_set_new(term, "free", free_at_start(lease));
    return term;
}

static json_t *
fee_term(const DemoLease *lease, const char *item, gint64 yuan)
{
    g_autofree char *price = price_format(yuan * 10000);
    json_t *term = json_pack("{s:s,s:s,s:s,s:s}", "item", item, "model", "fixed", "basis",
                             "per_m2_month", "price", price);

    set_billing(term, lease, FALSE);
    if (lease->free_days > 0 && strcmp(item, "promotion_fee") == 0)
        json_object_set_new(term, "free", free_at_start(lease));
    return term;
}

static json_t *
deposits_of(const DemoLease *lease)
{
    gint64 fen = (month_rent_fen(lease) + 5000) / 10000 * 10000;
    json_t *list = json_array();

    json_array_append_new(list, json_pack("{s:s,s:i,s:o,s:o,s:s}", "kind", "performance", "months",
                                          lease->deposit_months, "amount",
                                          demo_yuan(fen * lease->deposit_months), "due_on",
                                          demo_day(lease->sign), "refund_rule",
                                          "合同终止且费用结清后三十日内无息退还"));
    if (lease->merchant->category[0] == 'F' || is_island(lease->units[0]))
        json_array_append_new(
            list, json_pack("{s:s,s:o,s:o}", "kind", "quality", "amount",
                            demo_yuan(lease->units[0]->area_dm2 > 10000 ? 1000000 : 500000),
                            "due_on", demo_day(lease->sign)));
    return list;
}

static json_t *
parts_of(const DemoLease *lease, json_t *body)
{
    json_t *units = json_array(), *terms = json_array();

    for (int i = 0; i < 2 && lease->units[i]; i++)
        json_array_append_new(units, json_pack("{s:o}", "unit_id", demo_ref(lease->units[i]->id)));
    json_array_append_new(terms, rent_term(lease));
    json_array_append_new(terms, fee_term(lease, "property_fee", lease->units[0]->fee_yuan));
    if (lease->variety % 4 && !is_island(lease->units[0]))
        json_array_append_new(terms,
                              fee_term(lease, "promotion_fee", is_anchor(lease->units[0]) ? 2 : 8));
    json_object_set_new(body, "units", units);
    json_object_set_new(body, "terms", terms);
    json_object_set_new(body, "deposits", deposits_of(lease));
    return body;
}

static json_t *
body_of(Demo *demo, Ctx *ctx, const DemoLease *lease)
{
    const DemoMerchant *m = lease->merchant;
    Day rent = lease->from + lease->free_days, open = lease->from + MIN(lease->free_days, 75);
    json_t *body = json_pack("{s:o,s:o,s:o,s:o,s:s}", "merchant_id", demo_ref(m->id), "category_id",
                             demo_ref(demo_id(demo, ctx, "category", m->category)), "owner_id",
                             demo_ref(demo->staff[m->owner]), "template_id",
                             demo_ref(demo->template_id), "clauses", ALL_CLAUSES);

    if (lease->brand)
        json_object_set_new(body, "brand_id", demo_ref(lease->brand->id));
    if (lease->prospect)
        json_object_set_new(body, "lead_id", demo_ref(lease->prospect->lead_id));
    if (lease->before)
        json_object_set_new(body, "supersedes_id", demo_ref(lease->before->id));
    if (is_island(lease->units[0]))
        json_object_set_new(body, "kind", json_string("temporary"));
    json_object_set_new(body, "from_on", demo_day(lease->from));
    json_object_set_new(body, "to_on", demo_day(lease->to));
    json_object_set_new(body, "sign_on", demo_day(lease->sign));
    json_object_set_new(body, "handover_on", demo_day(lease->from));
    json_object_set_new(body, "rent_from_on", demo_day(MIN(rent, lease->to)));
    json_object_set_new(body, "open_on", demo_day(MIN(open, lease->to)));
    return parts_of(lease, body);
}

static gboolean
save_lease(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoLease *lease = data;
    g_autoptr(Record) rec = demo_new(ctx, "lease");

    if (!save_tenant(demo, ctx, lease, error) || !save_right(ctx, lease, error))
        return FALSE;
    json_t *body = body_of(demo, ctx, lease);
    gboolean ok =
        lease_compose(ctx, rec, body, error) && flow_apply(ctx, rec, "adopt", NULL, error)
        && demo_charge_deposits(ctx, rec, error);
    json_decref(body);
    lease->id = rec->id;
    for (int i = 0; ok && i < 2 && lease->units[i]; i++)
        ok = space_status_refresh(ctx, lease->units[i]->id, error);
    if (ok && lease->prospect)
        ok = crm_lead_advance(ctx, lease->prospect->lead_id, "contract", error)
             && crm_lead_advance(ctx, lease->prospect->lead_id, "sign", error);
    return ok;
}

/* -- planning ----------------------------------------------------------------- */

static int
usual_years(Demo *demo, const DemoUnit *unit, const char *trade)
{
    if (is_anchor(unit))
        return (int) demo_between(demo, 8, 12);
    if (is_island(unit))
        return 1;
    if (trade[0] == 'F')
        return (int) demo_between(demo, 3, 5);
    return (int) demo_between(demo, 2, 4);
}

static DemoBy
pick_owner(Demo *demo, const DemoUnit *unit)
{
    guint dice = demo_rand(demo) % 100;

    if (is_anchor(unit))
        return BY_LM;
    return dice < 43 ? BY_LS1 : dice < 84 ? BY_LS2 : BY_LSUP;
}

/* Some companies run several shops. */
static DemoMerchant *
pick_merchant(Demo *demo, DemoBrand *brand, const DemoUnit *unit)
{
    if (demo->merchants->len > 20 && demo_chance(demo, 16)) {
        for (int i = 0; i < 12; i++) {
            DemoMerchant *m = demo->merchants->pdata[demo_rand(demo) % demo->merchants->len];
            if (strcmp(m->category, brand->category) == 0)
                return m;
        }
    }
    DemoMerchant *m = demo_merchant(demo, brand, pick_owner(demo, unit));
    g_ptr_array_add(demo->merchants, m);
    return m;
}

/* Rents have risen by about 4 % a year. */
static gint64
price_at(Demo *demo, const DemoUnit *unit, Day from)
{
    gint64 percent = demo_between(demo, 88, 114) - MAX(0, demo->today - from) * 4 / 365;

    return MAX(20, unit->target_yuan * MAX(60, percent) / 100);
}

static DemoLease *
new_lease(Demo *demo, DemoUnit *unit, DemoUnit *second, Day from, Day to)
{
    DemoLease *lease = demo_alloc(demo, sizeof *lease);
    static const int cycles[] = { 1, 1, 1, 3, 3, 3, 3, 6, 6, 12 };

    lease->units[0] = unit;
    lease->units[1] = second;
    lease->from = MAX(from, demo->opened);
    lease->to = to;
    lease->sign = lease->from - demo_between(demo, 12, 45);
    lease->years = MAX(1, day_months_between(lease->from, to + 1) / 12);
    lease->free_days = is_island(unit)   ? 0
                       : is_anchor(unit) ? 180
                                         : (int) demo_between(demo, 1, 6) * 15;
    lease->cycle_months = cycles[demo_rand(demo) % G_N_ELEMENTS(cycles)];
    lease->deposit_months = is_island(unit) ? 1 : (int) demo_between(demo, 2, 3);
    lease->price_yuan = price_at(demo, unit, lease->from);
    lease->variety = demo_rand(demo) % 100000;
    g_ptr_array_add(demo->leases, lease);
    return lease;
}

static void
plan_lease(Demo *demo, DemoLease *lease)
{
    Day signed_on = MAX(lease->sign, demo->start);
    gboolean is_old = lease->sign < demo->start;
    int minute = is_old ? 13 * 60 : 14 * 60 + (int) (lease->variety % 120);

    if (!lease->prospect && !is_old && signed_on - 10 > demo->start)
        demo_at(demo, signed_on - (Day) (lease->variety % 9) - 1, 10 * 60, lease->merchant->owner,
                save_tenant, lease);
    demo_at(demo, signed_on, minute, BY_LC, save_lease, lease);
    demo_at(demo, signed_on + (is_old ? 1 : 3), 11 * 60, BY_LC, save_papers, lease);
    if (turnover_percent(lease) > 0)
        demo_plan_sales(demo, lease, month_rent_fen(lease), turnover_percent(lease));
}

/* Whoever was there before, back to the day the system came into use. */
static void
plan_before(Demo *demo, DemoUnit *unit, Day from)
{
    while (from - demo->start > 120 && demo_chance(demo, 72)) {
        Day to = day_month_end(from - demo_between(demo, 45, 110));
        const char *trade = demo_trade(demo, unit);
        int years = MIN(3, usual_years(demo, unit, trade));
        DemoLease *lease = new_lease(demo, unit, NULL, day_add_months(to + 1, -12 * years), to);
        lease->merchant = demo_merchant(demo, demo_brand(demo, trade), pick_owner(demo, unit));
        plan_lease(demo, lease);
        from = lease->from;
    }
}

/* How long the present lease still runs: a good third ends within a year. */
static Day
pick_end(Demo *demo, int years)
{
    gint64 left = demo_chance(demo, 34) ? demo_between(demo, 8, 360)
                                        : demo_between(demo, 200, years * 365 - 40);
    Day to = demo->today + left;

    return demo_chance(demo, 60) ? day_month_end(to) : to;
}

static DemoLease *
plan_present(Demo *demo, DemoUnit *unit, DemoUnit *second, Day to)
{
    const char *trade = demo_trade(demo, unit);
    int years = usual_years(demo, unit, trade);

    if (to == DAY_NONE)
        to = pick_end(demo, years);
    Day from = day_add_months(to + 1, -12 * years);
    if (from > demo->today - 3)
        from = day_add_months(from, -3);
    DemoLease *lease = new_lease(demo, unit, second, from, to);
    DemoBrand *brand = demo_brand(demo, trade);
    lease->merchant = pick_merchant(demo, brand, unit);
    if (trade[0] != 'M' && trade[0] != 'S') {
        lease->brand = brand;
        g_ptr_array_add(demo->brands, brand);
    }
    lease->missing = demo_chance(demo, 14) ? (guint) demo_between(demo, 1, 2) : 0;
    plan_lease(demo, lease);
    if (!second)
        plan_before(demo, unit, lease->from);
    return lease;
}

/* Signed already for the time after the present lease. */
static void
plan_renewal(Demo *demo, DemoLease *before)
{
    DemoLease *lease = new_lease(demo, before->units[0], before->units[1], before->to + 1,
                                 day_add_months(before->to + 1, 24) - 1);

    lease->merchant = before->merchant;
    lease->brand = before->brand;
    lease->before = before;
    lease->sign = demo->today - demo_between(demo, 2, 25);
    lease->free_days = 0;
    lease->price_yuan = before->price_yuan * 105 / 100;
    plan_lease(demo, lease);
}

/* So many places of each floor stay free: for deals under way, holds, and to be let. */
static void
choose_free(Demo *demo)
{
    static const int wanted[DEMO_FLOORS] = { 8, 6, 10, 12, 9 };

    for (int level = 0; level < DEMO_FLOORS; level++) {
        for (int left = wanted[level]; left > 0;) {
            DemoUnit *unit = demo->units->pdata[demo_rand(demo) % demo->units->len];
            if (unit->floor != level || unit->is_free || is_anchor(unit)
                || strcmp(unit->purpose, "letting") != 0)
                continue;
            unit->is_free = TRUE;
            left--;
        }
    }
}

static DemoUnit *
neighbour(const Demo *demo, guint i)
{
    const DemoUnit *unit = demo->units->pdata[i];
    DemoUnit *next = i + 1 < demo->units->len ? demo->units->pdata[i + 1] : NULL;

    if (!next || unit->row < 0 || next->row != unit->row || next->floor != unit->floor
        || next->is_free || strcmp(next->purpose, "letting") != 0)
        return NULL;
    /* of the same block: the right edge of one is the left edge of the other */
    int right = unit->points[1].x > unit->points[2].x ? unit->points[1].x : unit->points[2].x;
    return next->points[0].x == right ? next : NULL;
}

void
demo_plan_leases(Demo *demo)
{
    guint renewals = 0, held_over = 0;

    choose_free(demo);
    for (guint i = 0; i < demo->units->len; i++) {
        DemoUnit *unit = demo->units->pdata[i], *second = NULL;
        if (unit->is_free || strcmp(unit->purpose, "letting") != 0)
            continue;
        if (unit->floor >= 2 && demo_chance(demo, 5))
            second = neighbour(demo, i);
        gboolean over = held_over < 4 && i % 67 == 30 && !second;
        DemoLease *lease = plan_present(demo, unit, second,
                                        over ? demo->today - 4 - 4 * (Day) held_over : DAY_NONE);
        held_over += over;
        if (second)
            i++;
        if (renewals < 5 && lease->to > demo->today + 50 && lease->to < demo->today + 160) {
            plan_renewal(demo, lease);
            renewals++;
        }
    }
}
