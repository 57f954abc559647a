/* demo_crm.c - customers of a year: each goes its way from the first call, touched by its owner at least every few weeks, until it
 * signs, is lost, sleeps, or stands where it stands today. */
#include "app/demo_internal.h"

#include <string.h>

/* Where the customers stand; numbers of rules.md 7 for a centre of this size. */
static const struct {
    const char *stage;
    DemoDeal deal;
    int count;
} quotas[] = {
    { "new", DEAL_NONE, 12 },
    { "contacted", DEAL_NONE, 24 },
    { "visited", DEAL_NONE, 26 },
    { "intention", DEAL_NONE, 22 },
    { "negotiating", DEAL_NONE, 11 },
    { "negotiating", DEAL_INTENT_DRAFT, 2 },
    { "negotiating", DEAL_INTENT_SUBMITTED, 2 },
    { "negotiating", DEAL_INTENT_APPROVED, 2 },
    { "negotiating", DEAL_INTENT_VOID, 1 },
    { "approved", DEAL_NONE, 4 },
    { "approved", DEAL_INTENT_LAPSED, 1 },
    { "approved", DEAL_INTENT_SIGNED, 2 },
    { "deposit_paid", DEAL_DEPOSIT, 3 },
    { "contracting", DEAL_LEASE_DRAFT, 2 },
    { "contracting", DEAL_LEASE_RETURNED, 1 },
    { "contracting", DEAL_REVIEW_LM, 1 },
    { "contracting", DEAL_REVIEW_GM, 1 },
    { "contracting", DEAL_APPROVED, 1 },
    { "contracting", DEAL_ORDERED, 1 },
    { "contracting", DEAL_PART_PAID, 1 },
    { "signed", DEAL_DONE, 8 },
    { "lost", DEAL_NONE, 95 },
    { "dormant", DEAL_NONE, 35 },
};

static void
plan_touch(Demo *demo, DemoProspect *p, DemoWhat what, Day day, Day next_on)
{
    DemoTouch *touch = demo_alloc(demo, sizeof *touch);
    DemoBy by = what == TOUCH_APPROVE                          ? BY_LM
                : what <= TOUCH_VISIT && demo_chance(demo, 35) ? BY_LC
                                                               : p->merchant->owner;
    static const int hours[] = { 10, 11, 14, 9, 15, 16, 17, 17, 17, 17, 15 };

    *touch = (DemoTouch){ p, what, demo_rand(demo) % 10000, MAX(next_on, day), DAY_NONE };
    demo_at(demo, day, hours[what] * 60 + (int) (touch->variety % 58), by, demo_touch, touch);
}

static int
rank_of(const char *stage)
{
    static const char *const way[] = { "new",       "contacted",   "visited",
                                       "intention", "negotiating", "approved" };

    for (guint i = 0; i < G_N_ELEMENTS(way); i++) {
        if (strcmp(way[i], stage) == 0)
            return (int) i;
    }
    return 4;
}

/* The last thing planned with a customer: some are overdue, some due today. */
static Day
last_next(Demo *demo)
{
    return demo->today + demo_between(demo, -2, 11);
}

/* Follow-ups between two days, no more than twelve days apart. */
static void
fill_gap(Demo *demo, DemoProspect *p, Day from, Day to)
{
    for (Day day = from + demo_between(demo, 6, 12); day < to - 3; day += demo_between(demo, 7, 12))
        plan_touch(demo, p, TOUCH_FOLLOW, day, day + demo_between(demo, 5, 9));
}

static void
plan_step(Demo *demo, DemoProspect *p, int step, Day day, Day next_on)
{
    static const DemoWhat whats[] = { TOUCH_CALL,   TOUCH_CONTACT,   TOUCH_VISIT,
                                      TOUCH_INTEND, TOUCH_NEGOTIATE, TOUCH_APPROVE };

    if (step == 0 && p->is_visit_first) {
        plan_touch(demo, p, TOUCH_VISIT, day, next_on);
        return;
    }
    if (p->is_visit_first && step <= 2) {
        plan_touch(demo, p, TOUCH_FOLLOW, day, next_on);
        return;
    }
    if (step == 5)
        plan_touch(demo, p, TOUCH_OFFER, day - 1, DAY_NONE);
    plan_touch(demo, p, whats[step], day, next_on);
}

/* From the first call to the step of @rank on @last, evenly. */
static void
plan_way(Demo *demo, DemoProspect *p, int rank, Day last, gboolean is_open)
{
    Day before = p->first_on;

    for (int step = 0; step <= rank; step++) {
        Day day = rank ? p->first_on + (last - p->first_on) * step / rank : p->first_on;
        fill_gap(demo, p, before, day);
        plan_step(demo, p, step, day,
                  is_open && step == rank ? last_next(demo) : day + demo_between(demo, 4, 9));
        before = day;
    }
}

static const char *
pick_channel(Demo *demo)
{
    static const char *const channels[] = { "call_in",   "call_in",    "call_in",  "walk_in",
                                            "walk_in",   "referral",   "referral", "agent",
                                            "agent",     "exhibition", "online",   "online",
                                            "online",    "wechat",     "wechat",   "outdoor",
                                            "expansion", "expansion",  "existing", "other" };

    return channels[demo_rand(demo) % G_N_ELEMENTS(channels)];
}

static const char *
pick_grade(Demo *demo, int rank)
{
    static const char *const grades[] = {
        "D", "C", "D", "C", "B", "C", "B", "B", "A", "B", "A", "A"
    };

    return grades[MIN(rank, 5) * 2 + (int) demo_between(demo, 0, 1)];
}

static DemoUnit *
random_unit(Demo *demo)
{
    for (;;) {
        DemoUnit *unit = demo->units->pdata[demo_rand(demo) % demo->units->len];
        if (strcmp(unit->kind, "anchor") != 0)
            return unit;
    }
}

static DemoProspect *
new_prospect(Demo *demo, const char *stage, DemoMerchant *merchant, const DemoUnit *like)
{
    DemoProspect *p = demo_alloc(demo, sizeof *p);
    gint64 m2 = like->area_dm2 / 100;

    p->merchant = merchant;
    p->merchant->channel = pick_channel(demo);
    p->stage = stage;
    p->area_min_m2 = MAX(6, m2 * 8 / 10);
    p->area_max_m2 = MAX(10, m2 * 13 / 10);
    p->budget_yuan = like->target_yuan * demo_between(demo, 70, 108) / 100;
    p->floors = demo_floor_codes[like->floor];
    p->grade = pick_grade(demo, rank_of(stage));
    p->is_visit_first = demo_chance(demo, 30) && rank_of(stage) >= 2;
    g_ptr_array_add(demo->prospects, p);
    return p;
}

static DemoBy
pick_owner(Demo *demo)
{
    guint dice = demo_rand(demo) % 100;

    return dice < 44 ? BY_LS1 : dice < 88 ? BY_LS2 : BY_LSUP;
}

static DemoProspect *
fresh_prospect(Demo *demo, const char *stage, const DemoUnit *like)
{
    DemoMerchant *merchant =
        demo_merchant(demo, demo_brand(demo, demo_trade(demo, like)), pick_owner(demo));

    return new_prospect(demo, stage, merchant, like);
}

/* A free place that nobody has been given yet; NULL when they have run out. */
static DemoUnit *
take_free(Demo *demo)
{
    for (guint i = 0; i < demo->units->len; i++) {
        DemoUnit *unit = demo->units->pdata[(i * 89 + 41) % demo->units->len];
        if (unit->is_free && strcmp(unit->kind, "shop") == 0) {
            unit->is_free = FALSE;
            return unit;
        }
    }
    return NULL;
}

static void
plan_open(Demo *demo, const char *stage)
{
    static const int spans[] = { 0, 18, 30, 50, 75, 90 };
    int rank = rank_of(stage);
    DemoProspect *p = fresh_prospect(demo, stage, random_unit(demo));

    p->last_on = demo->today - (rank == 0 ? demo_between(demo, 0, 4) : demo_between(demo, 0, 21));
    p->first_on = p->last_on - (rank ? demo_between(demo, spans[rank] / 2, spans[rank]) : 0);
    plan_way(demo, p, rank, p->last_on, TRUE);
}

static void
plan_deal(Demo *demo, const char *stage, DemoDeal deal, int nth)
{
    DemoUnit *unit = take_free(demo);
    g_return_if_fail(unit);
    DemoProspect *p = fresh_prospect(demo, stage, unit);

    p->unit = unit;
    p->deal = deal;
    p->grade = "A";
    /* what waits for somebody has not waited long: the first of its kind came today */
    gboolean waits =
        deal == DEAL_INTENT_SUBMITTED || deal == DEAL_REVIEW_LM || deal == DEAL_REVIEW_GM;
    p->last_on = deal == DEAL_DONE ? demo->today - 6 - 11 * (Day) nth
                                   : demo->today - (waits ? 2 * nth : demo_between(demo, 0, 2));
    Day begins = demo_deal_begins(p);
    p->first_on = begins - demo_between(demo, 35, 60);
    plan_way(demo, p, 4, begins - 1, FALSE);
    demo_plan_deal(demo, p);
    if (deal < DEAL_LEASE_DRAFT)
        plan_touch(demo, p, TOUCH_FOLLOW, p->last_on, last_next(demo));
}

static void
plan_closed(Demo *demo, const char *stage, int nth)
{
    gboolean lost = strcmp(stage, "lost") == 0, by_clock = !lost && nth % 3 == 0;
    DemoProspect *p = fresh_prospect(demo, stage, random_unit(demo));
    int rank = (int) demo_between(demo, by_clock ? 1 : 0, 4);

    p->is_visit_first = p->is_visit_first && rank >= 2;
    p->last_on =
        demo->today - (by_clock ? demo_between(demo, 40, 48) : demo_between(demo, 12, 320));
    p->first_on = p->last_on - demo_between(demo, rank * 8, 10 + rank * 15);
    plan_way(demo, p, rank, p->last_on, FALSE);
    if (!by_clock)
        plan_touch(demo, p, lost ? TOUCH_LOSE : TOUCH_SLEEP, p->last_on + demo_between(demo, 2, 11),
                   DAY_NONE);
}

/* Leases of the last year that began with a call. */
static void
plan_signed(Demo *demo)
{
    int left = 26;

    for (guint i = 0; i < demo->leases->len && left > 0; i++) {
        DemoLease *lease = demo->leases->pdata[(i * 37) % demo->leases->len];
        if (lease->before || lease->prospect || lease->merchant->owner == BY_LM
            || lease->merchant->channel || lease->sign < demo->today - 260
            || lease->sign > demo->today - 1)
            continue;
        DemoProspect *p = new_prospect(demo, "signed", lease->merchant, lease->units[0]);
        p->unit = lease->units[0];
        p->lease = lease;
        lease->prospect = p;
        p->last_on = lease->sign - 11;
        p->first_on = p->last_on - demo_between(demo, 30, 70);
        p->grade = "A";
        plan_way(demo, p, 4, p->last_on, FALSE);
        left--;
    }
}

/* Holds for customers who are making up their minds: most run, one ends tomorrow, two ran out. */
static void
plan_holds(Demo *demo)
{
    static const struct {
        int placed, until; /* days from today */
    } holds[] = { { -5, 1 }, { -3, 4 }, { -2, 5 },    { -4, 3 },
                  { -1, 6 }, { -2, 8 }, { -20, -13 }, { -12, -5 } };
    guint n = 0;

    for (guint i = 0; i < demo->prospects->len && n < G_N_ELEMENTS(holds); i++) {
        DemoProspect *p = demo->prospects->pdata[i];
        if (p->deal || p->unit
            || (strcmp(p->stage, "intention") != 0 && strcmp(p->stage, "negotiating") != 0)
            || p->first_on > demo->today + holds[n].placed - 2)
            continue;
        p->unit = take_free(demo);
        g_return_if_fail(p->unit);
        DemoTouch *touch = demo_alloc(demo, sizeof *touch);
        *touch = (DemoTouch){ p, TOUCH_HOLD, n, DAY_NONE, demo->today + holds[n].until };
        demo_at(demo, demo->today + holds[n].placed, 17 * 60, p->merchant->owner, demo_touch,
                touch);
        n++;
    }
}

/* Calls of customers that are known already, so that the registers have their usual length. */
static void
plan_more_calls(Demo *demo, int count)
{
    for (int i = 0; i < count; i++) {
        DemoProspect *p = demo->prospects->pdata[demo_rand(demo) % demo->prospects->len];
        if (p->last_on - p->first_on < 4)
            continue;
        Day day = demo_between(demo, p->first_on + 2, p->last_on - 1);
        gboolean may_visit = rank_of(p->stage) >= 2 && demo_chance(demo, 45);
        plan_touch(demo, p, may_visit ? TOUCH_VISIT : TOUCH_CALL, day,
                   day + demo_between(demo, 4, 9));
    }
}

void
demo_plan_crm(Demo *demo)
{
    for (guint q = 0; q < G_N_ELEMENTS(quotas); q++) {
        for (int n = 0; n < quotas[q].count; n++) {
            if (quotas[q].deal)
                plan_deal(demo, quotas[q].stage, quotas[q].deal, n);
            else if (q + 2 >= G_N_ELEMENTS(quotas))
                plan_closed(demo, quotas[q].stage, n);
            else
                plan_open(demo, quotas[q].stage);
        }
    }
    plan_signed(demo);
    plan_holds(demo);
    plan_more_calls(demo, 60);
}
