/* demo_crm.c - calls, visits and leads of a year: each customer goes its way from the first call, touched by its owner at least
 * every few weeks, until it signs, is lost, sleeps, or stands where it stands today. */
#include "app/demo_internal.h"

#include "base/clock.h"
#include "domain/crm/crm.h"

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

static const char *const asks[] = {
    "想了解首层及主通道铺位，问租金和物业费标准。",
    "计划在本市开第二家店，问是否有合适面积的铺位。",
    "问免租期和装修期怎么算，能否先看现场。",
    "现有门店合同明年到期，考虑搬迁，先了解条件。",
    "在朋友圈看到招商信息，来电了解业态规划和客流。",
    "加盟商自己找铺，总部要求面宽六米以上。",
    "要求上下水和排烟，问改造费用由谁承担。",
    "问中庭点位能否短租，做三个月推广。",
    "品牌总部拓展部来电，希望发一份铺位资料和平面图。",
    "想看地铁连通口附近的位置，预算有限。",
};
static const char *const visits[] = {
    "实地看了主通道两个铺位，对面宽满意，担心层高。",
    "与店长一同来访，测量了面宽，拍照回去研究布局。",
    "看了中庭和扶梯口位置，认为动线好，租金略高于预期。",
    "总部两位经理来访，重点看餐饮区排烟和燃气条件。",
    "二次来访，核对了配电容量和荷载。",
};
static const char *const talks[] = {
    "电话跟进，对方正在做测算，下周给答复。",
    "发送了铺位平面图和工程条件表，对方已收到。",
    "对方希望免租期再延长半个月，已记录待请示。",
    "对方关心同层品牌，介绍了已签约的邻铺。",
    "微信沟通，对方总部评审会定在下周三。",
    "对方提出按扣点合作，说明现行政策为固定租金加递增。",
    "约定本周末现场再看一次，确认排水点位。",
    "对方在比较另一个项目，强调我方物业费包含空调。",
    "负责人出差，约定回来后面谈。",
    "确认开业档期，希望赶在国庆前开业。",
};
static const char *const wishes[] = { "确认意向，愿意就租金和免租期进入洽谈。", "总部评审通过选址，要求尽快谈条件。",
                                      "客户认可位置，意向明确，希望保留铺位一周。" };
static const char *const deals[] = { "进入条件谈判：租金、递增、免租期、保证金。", "双方交换了第一轮方案，差距主要在递增比例。",
                                     "谈判进展顺利，付款周期已一致。" };
static const char *const sleeps[] = { "客户暂缓开店计划，近期无进展", "多次联系无回应，先放入公海", "需求与现有铺位不符，待有合适铺位再联系" };

typedef enum { CALL, VISIT, CONTACT, FOLLOW, INTEND, NEGOTIATE, OFFER, APPROVE, LOSE, SLEEP, HOLD } What;

typedef struct {
    DemoProspect *p;
    What what;
    guint variety;
    Day next_on;
    Day until; /* of a hold */
} Touch;

static const char *
one_of(const char *const *texts, guint n, guint variety)
{
    return texts[variety % n];
}
#define ONE_OF(texts, variety) one_of(texts, G_N_ELEMENTS(texts), variety)

/* -- the register ------------------------------------------------------------- */

static json_t *
inquiry_body(Demo *demo, Ctx *ctx, const Touch *touch)
{
    const DemoProspect *p = touch->p;
    const DemoMerchant *m = p->merchant;
    gboolean visit = touch->what == VISIT;
    json_t *body = json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:s,s:s,s:o}", "kind", visit ? "visit" : "call", "phone", m->mobile,
                             "name", m->contact, "brand_name", m->short_name, "channel_id",
                             demo_ref(demo_id(demo, ctx, "channel", m->channel)), "category_id",
                             demo_ref(demo_id(demo, ctx, "category", m->category)), "floors_wish", p->floors, "content",
                             visit ? ONE_OF(visits, touch->variety) : ONE_OF(asks, touch->variety), "receptionist_id",
                             demo_ref(demo->staff[m->owner]));

    json_object_set_new(body, "area_min", demo_yuan(p->area_min_m2 * 100));
    json_object_set_new(body, "area_max", demo_yuan(p->area_max_m2 * 100));
    json_object_set_new(body, "budget_price", demo_yuan(p->budget_yuan * 100));
    if (touch->next_on != DAY_NONE)
        json_object_set_new(body, "next_follow_on", demo_day(touch->next_on));
    if (touch->variety % 5 < 3)
        json_object_set_new(body, "merchant_name", json_string(m->name));
    if (!visit)
        return body;
    json_object_set_new(body, "visitors", json_integer(1 + touch->variety % 4));
    json_object_set_new(body, "arrival", json_string(touch->variety % 3 ? "appointment" : "walk_in"));
    if (p->unit)
        json_object_set_new(body, "units_shown", json_string(p->unit->no));
    return body;
}

static gboolean
register_inquiry(Demo *demo, Ctx *ctx, const Touch *touch, GError **error)
{
    DemoProspect *p = touch->p;
    json_t *body = inquiry_body(demo, ctx, touch);
    gint64 id = crm_inquiry_register(ctx, body, NULL, error);

    json_decref(body);
    g_autoptr(Record) rec = id ? record_get(ctx, "inquiry", id, NULL, error) : NULL;
    if (!rec)
        return FALSE;
    p->lead_id = record_int(rec, "lead_id");
    p->merchant->id = record_int(rec, "merchant_id");
    p->merchant->contact_id = record_int(rec, "contact_id");
    return TRUE;
}

/* -- the ways of a lead --------------------------------------------------------- */

static json_t *
note(const Touch *touch, const char *content, gboolean with_way)
{
    static const char *const ways[] = { "phone", "phone", "wechat", "phone", "visit_us", "wechat", "visit_them" };
    static const char *const results[] = { "interested", "considering", "considering", "interested", "invited", "difficult" };
    json_t *body = json_pack("{s:s,s:s}", "content", content, "grade", touch->p->grade);

    if (touch->next_on != DAY_NONE)
        json_object_set_new(body, "next_on", demo_day(touch->next_on));
    if (with_way) {
        json_object_set_new(body, "way", json_string(ONE_OF(ways, touch->variety)));
        json_object_set_new(body, "result", json_string(ONE_OF(results, touch->variety / 7)));
    }
    return body;
}

/* What was learned by the time the interest is confirmed. */
static gboolean
save_demand(Ctx *ctx, const Touch *touch, GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", touch->p->lead_id, "update", error);
    const char *category = touch->p->merchant->category;
    gboolean food = category[0] == 'F';

    if (!lead)
        return FALSE;
    record_set_int(lead, "needs_water", food || touch->variety % 3 == 0);
    record_set_int(lead, "needs_gas", food && category[2] <= '2');
    record_set_int(lead, "needs_exhaust", food && category[2] <= '3');
    record_set_int(lead, "key_account", touch->variety % 7 == 0);
    record_set_day(lead, "opening_wish_on", ctx->today + 60 + touch->variety % 120);
    return record_save(ctx, lead, error);
}

static gboolean
save_offer(Ctx *ctx, const Touch *touch, int round, GError **error)
{
    const DemoProspect *p = touch->p;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "offer"));
    gint64 target = p->unit ? p->unit->target_yuan : p->budget_yuan;
    static const int percents[] = { 104, 88, 98 };

    record_set_id(rec, "lead_id", p->lead_id);
    record_set_int(rec, "round", round == 2 ? 2 : 1);
    record_set_text(rec, "side", round == 1 ? "theirs" : "ours");
    record_set_id(rec, "unit_id", p->unit ? p->unit->id : 0);
    record_set_int(rec, "rent_price", target * percents[round] / 100 * 10000);
    record_set_int(rec, "fee_price", (gint64) (p->unit ? p->unit->fee_yuan : 38) * 10000);
    record_set_day(rec, "from_on", ctx->today + 45);
    record_set_day(rec, "to_on", day_add_months(ctx->today + 45, 36) - 1);
    record_set_text(rec, "escalation", round == 1 ? "第三年起每年递增 3%" : "第二年起每年递增 5%");
    record_set_int(rec, "free_days", round == 1 ? 90 : 60);
    record_set_int(rec, "deposit_months", round == 1 ? 2 : 3);
    record_set_int(rec, "pay_months", 3);
    record_set_int(rec, "is_accepted", round == 2);
    return record_save(ctx, rec, error);
}

static gboolean
place_hold(Demo *demo, Ctx *ctx, const Touch *touch, GError **error)
{
    (void) demo;
    return crm_hold_place(ctx, touch->p->lead_id, touch->p->unit->id, clock_day_start_us(touch->until) + 18 * G_TIME_SPAN_HOUR,
                          "客户总部评审期间保留铺位", error)
           != 0;
}

static gboolean
close_lead(Ctx *ctx, const Touch *touch, GError **error)
{
    static const char *const reasons[] = { "price", "no_unit", "competitor", "postponed", "location", "conditions",
                                           "funds", "no_contact", "price", "competitor", "category" };
    static const char *const where[] = { "云江万象里（虚构）", "滨江新天地广场（虚构）", "老城步行街" };

    if (touch->what == SLEEP)
        return demo_take(ctx, "lead", touch->p->lead_id, "sleep", json_pack("{s:s}", "reason", ONE_OF(sleeps, touch->variety)),
                         error);
    const char *reason = ONE_OF(reasons, touch->variety);
    json_t *body = json_pack("{s:s,s:s}", "lost_reason", reason, "content", "客户明确答复不再考虑本项目，登记流失。");
    if (strcmp(reason, "competitor") == 0)
        json_object_set_new(body, "lost_to", json_string(ONE_OF(where, touch->variety / 11)));
    return demo_take(ctx, "lead", touch->p->lead_id, "lose", body, error);
}

/* A customer who has come meanwhile is past the first contact. */
static gboolean
talk(Ctx *ctx, const Touch *touch, GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", touch->p->lead_id, "read", error);
    const char *action = touch->what == CONTACT && lead && record_is(lead, "stage", "new") ? "contact" : "follow_up";

    return lead && demo_take(ctx, "lead", lead->id, action, note(touch, ONE_OF(talks, touch->variety), TRUE), error);
}

static gboolean
do_touch(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    const Touch *touch = data;
    gint64 lead_id = touch->p->lead_id;

    switch (touch->what) {
    case CALL:
    case VISIT:
        return register_inquiry(demo, ctx, touch, error);
    case CONTACT:
    case FOLLOW:
        return talk(ctx, touch, error);
    case INTEND:
        return demo_take(ctx, "lead", lead_id, "intend", note(touch, ONE_OF(wishes, touch->variety), FALSE), error)
               && save_demand(ctx, touch, error);
    case NEGOTIATE:
        return demo_take(ctx, "lead", lead_id, "negotiate", note(touch, ONE_OF(deals, touch->variety), FALSE), error)
               && save_offer(ctx, touch, 0, error) && save_offer(ctx, touch, 1, error);
    case OFFER:
        return save_offer(ctx, touch, 2, error);
    case APPROVE:
        return demo_take(ctx, "lead", lead_id, "approve", note(touch, "方案符合现行政策，同意。", FALSE), error);
    case LOSE:
    case SLEEP:
        return close_lead(ctx, touch, error);
    case HOLD:
        return place_hold(demo, ctx, touch, error);
    }
    return FALSE;
}

/* -- planning ------------------------------------------------------------------- */

static void
plan_touch(Demo *demo, DemoProspect *p, What what, Day day, Day next_on)
{
    Touch *touch = demo_alloc(demo, sizeof *touch);
    DemoBy by = what == APPROVE ? BY_LM : what <= VISIT && demo_chance(demo, 35) ? BY_LC : p->merchant->owner;
    static const int hours[] = { 10, 11, 14, 9, 15, 16, 17, 17, 17, 17, 15 };

    *touch = (Touch){ p, what, demo_rand(demo) % 10000, MAX(next_on, day), DAY_NONE };
    demo_at(demo, day, hours[what] * 60 + (int) (touch->variety % 58), by, do_touch, touch);
}

static int
rank_of(const char *stage)
{
    static const char *const way[] = { "new", "contacted", "visited", "intention", "negotiating", "approved" };

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
    return demo->today + demo_between(demo, -5, 11);
}

/* Follow-ups between two days, no more than twelve days apart. */
static void
fill_gap(Demo *demo, DemoProspect *p, Day from, Day to)
{
    for (Day day = from + demo_between(demo, 6, 12); day < to - 3; day += demo_between(demo, 7, 12))
        plan_touch(demo, p, FOLLOW, day, day + demo_between(demo, 5, 9));
}

static void
plan_step(Demo *demo, DemoProspect *p, int step, Day day, Day next_on)
{
    static const What whats[] = { CALL, CONTACT, VISIT, INTEND, NEGOTIATE, APPROVE };

    if (step == 0 && p->is_visit_first) {
        plan_touch(demo, p, VISIT, day, next_on);
        return;
    }
    if (p->is_visit_first && step <= 2) {
        plan_touch(demo, p, FOLLOW, day, next_on);
        return;
    }
    if (step == 5)
        plan_touch(demo, p, OFFER, day - 1, DAY_NONE);
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
        plan_step(demo, p, step, day, is_open && step == rank ? last_next(demo) : day + demo_between(demo, 4, 9));
        before = day;
    }
}

static const char *
pick_channel(Demo *demo)
{
    static const char *const channels[] = { "call_in", "call_in", "call_in", "walk_in", "walk_in", "referral", "referral",
                                            "agent",   "agent",   "exhibition", "online", "online", "online", "wechat",
                                            "wechat",  "outdoor", "expansion", "expansion", "existing", "other" };

    return channels[demo_rand(demo) % G_N_ELEMENTS(channels)];
}

static const char *
pick_grade(Demo *demo, int rank)
{
    static const char *const grades[] = { "D", "C", "D", "C", "B", "C", "B", "B", "A", "B", "A", "A" };

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
    DemoMerchant *merchant = demo_merchant(demo, demo_brand(demo, demo_trade(demo, like)), pick_owner(demo));

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
    p->last_on = deal == DEAL_DONE ? demo->today - 6 - 11 * (Day) nth : demo->today - demo_between(demo, 0, 2);
    Day begins = demo_deal_begins(p);
    p->first_on = begins - demo_between(demo, 35, 60);
    plan_way(demo, p, 4, begins - 1, FALSE);
    demo_plan_deal(demo, p);
    if (deal < DEAL_LEASE_DRAFT)
        plan_touch(demo, p, FOLLOW, p->last_on, last_next(demo));
}

static void
plan_closed(Demo *demo, const char *stage, int nth)
{
    gboolean lost = strcmp(stage, "lost") == 0, by_clock = !lost && nth % 3 == 0;
    DemoProspect *p = fresh_prospect(demo, stage, random_unit(demo));
    int rank = (int) demo_between(demo, by_clock ? 1 : 0, 4);

    p->is_visit_first = p->is_visit_first && rank >= 2;
    p->last_on = demo->today - (by_clock ? demo_between(demo, 40, 48) : demo_between(demo, 12, 320));
    p->first_on = p->last_on - demo_between(demo, rank * 8, 10 + rank * 15);
    plan_way(demo, p, rank, p->last_on, FALSE);
    if (!by_clock)
        plan_touch(demo, p, lost ? LOSE : SLEEP, p->last_on + demo_between(demo, 2, 11), DAY_NONE);
}

/* Leases of the last year that began with a call. */
static void
plan_signed(Demo *demo)
{
    int left = 26;

    for (guint i = 0; i < demo->leases->len && left > 0; i++) {
        DemoLease *lease = demo->leases->pdata[(i * 37) % demo->leases->len];
        if (lease->before || lease->prospect || lease->merchant->owner == BY_LM || lease->merchant->channel
            || lease->sign < demo->today - 260 || lease->sign > demo->today - 1)
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
    } holds[] = { { -5, 1 }, { -3, 4 }, { -2, 5 }, { -4, 3 }, { -1, 6 }, { -2, 8 }, { -20, -13 }, { -12, -5 } };
    guint n = 0;

    for (guint i = 0; i < demo->prospects->len && n < G_N_ELEMENTS(holds); i++) {
        DemoProspect *p = demo->prospects->pdata[i];
        if (p->deal || p->unit || (strcmp(p->stage, "intention") != 0 && strcmp(p->stage, "negotiating") != 0)
            || p->first_on > demo->today + holds[n].placed - 2)
            continue;
        p->unit = take_free(demo);
        g_return_if_fail(p->unit);
        Touch *touch = demo_alloc(demo, sizeof *touch);
        *touch = (Touch){ p, HOLD, n, DAY_NONE, demo->today + holds[n].until };
        demo_at(demo, demo->today + holds[n].placed, 17 * 60, p->merchant->owner, do_touch, touch);
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
        plan_touch(demo, p, may_visit ? VISIT : CALL, day, day + demo_between(demo, 4, 9));
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
