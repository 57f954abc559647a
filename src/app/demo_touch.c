/* demo_touch.c - one contact with a customer: a call, a visit, a follow-up, a step of the lead, an offer, a hold. */
#include "app/demo_internal.h"

#include "base/clock.h"
#include "domain/crm/crm.h"

#include <string.h>

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
static const char *const wishes[] = { "确认意向，愿意就租金和免租期进入洽谈。",
                                      "总部评审通过选址，要求尽快谈条件。",
                                      "客户认可位置，意向明确，希望保留铺位一周。" };
static const char *const deals[] = { "进入条件谈判：租金、递增、免租期、保证金。",
                                     "双方交换了第一轮方案，差距主要在递增比例。",
                                     "谈判进展顺利，付款周期已一致。" };
static const char *const sleeps[] = { "客户暂缓开店计划，近期无进展", "多次联系无回应，先放入公海",
                                      "需求与现有铺位不符，待有合适铺位再联系" };

static const char *
one_of(const char *const *texts, guint n, guint variety)
{
    return texts[variety % n];
}
#define ONE_OF(texts, variety) one_of(texts, G_N_ELEMENTS(texts), variety)

/* -- the register ------------------------------------------------------------- */

static json_t *
inquiry_body(Demo *demo, Ctx *ctx, const DemoTouch *touch)
{
    const DemoProspect *p = touch->p;
    const DemoMerchant *m = p->merchant;
    gboolean visit = touch->what == TOUCH_VISIT;
    json_t *body =
        json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:s,s:s,s:o}", "kind", visit ? "visit" : "call",
                  "phone", m->mobile, "name", m->contact, "brand_name", m->short_name, "channel_id",
                  demo_ref(demo_id(demo, ctx, "channel", m->channel)), "category_id",
                  demo_ref(demo_id(demo, ctx, "category", m->category)), "floors_wish", p->floors,
                  "content", visit ? ONE_OF(visits, touch->variety) : ONE_OF(asks, touch->variety),
                  "receptionist_id", demo_ref(demo->staff[m->owner]));

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
    json_object_set_new(body, "arrival",
                        json_string(touch->variety % 3 ? "appointment" : "walk_in"));
    if (p->unit)
        json_object_set_new(body, "units_shown", json_string(p->unit->no));
    return body;
}

static gboolean
register_inquiry(Demo *demo, Ctx *ctx, const DemoTouch *touch, GError **error)
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
note(const DemoTouch *touch, const char *content, gboolean with_way)
{
    static const char *const ways[] = { "phone",    "phone",  "wechat",    "phone",
                                        "visit_us", "wechat", "visit_them" };
    static const char *const results[] = { "interested", "considering", "considering",
                                           "interested", "invited",     "difficult" };
    json_t *body = json_pack("{s:s,s:s}", "content", content, "grade", touch->p->grade);

    if (touch->next_on != DAY_NONE)
        json_object_set_new(body, "next_on", demo_day(touch->next_on));
    if (with_way) {
        json_object_set_new(body, "way", json_string(ONE_OF(ways, touch->variety)));
        json_object_set_new(body, "result", json_string(ONE_OF(results, touch->variety / 7)));
    }
    return body;
}

/* DemoWhat was learned by the time the interest is confirmed. */
static gboolean
save_demand(Ctx *ctx, const DemoTouch *touch, GError **error)
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
save_offer(Ctx *ctx, const DemoTouch *touch, int round, GError **error)
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
place_hold(Demo *demo, Ctx *ctx, const DemoTouch *touch, GError **error)
{
    (void) demo;
    return crm_hold_place(ctx, touch->p->lead_id, touch->p->unit->id,
                          clock_day_start_us(touch->until) + 18 * G_TIME_SPAN_HOUR,
                          "客户总部评审期间保留铺位", error)
           != 0;
}

static gboolean
close_lead(Ctx *ctx, const DemoTouch *touch, GError **error)
{
    static const char *const reasons[] = { "price",    "no_unit",    "competitor", "postponed",
                                           "location", "conditions", "funds",      "no_contact",
                                           "price",    "competitor", "category" };
    static const char *const where[] = { "云江万象里（虚构）", "滨江新天地广场（虚构）",
                                         "老城步行街" };

    if (touch->what == TOUCH_SLEEP)
        return demo_take(ctx, "lead", touch->p->lead_id, "sleep",
                         json_pack("{s:s}", "reason", ONE_OF(sleeps, touch->variety)), error);
    const char *reason = ONE_OF(reasons, touch->variety);
    json_t *body = json_pack("{s:s,s:s}", "lost_reason", reason, "content",
                             "客户明确答复不再考虑本项目，登记流失。");
    if (strcmp(reason, "competitor") == 0)
        json_object_set_new(body, "lost_to", json_string(ONE_OF(where, touch->variety / 11)));
    return demo_take(ctx, "lead", touch->p->lead_id, "lose", body, error);
}

/* A customer who has come meanwhile is past the first contact. */
static gboolean
talk(Ctx *ctx, const DemoTouch *touch, GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", touch->p->lead_id, "read", error);
    const char *action = touch->what == TOUCH_CONTACT && lead && record_is(lead, "stage", "new")
                             ? "contact"
                             : "follow_up";

    return lead
           && demo_take(ctx, "lead", lead->id, action,
                        note(touch, ONE_OF(talks, touch->variety), TRUE), error);
}

gboolean
demo_touch(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    const DemoTouch *touch = data;
    gint64 lead_id = touch->p->lead_id;

    switch (touch->what) {
    case TOUCH_CALL:
    case TOUCH_VISIT:
        return register_inquiry(demo, ctx, touch, error);
    case TOUCH_CONTACT:
    case TOUCH_FOLLOW:
        return talk(ctx, touch, error);
    case TOUCH_INTEND:
        return demo_take(ctx, "lead", lead_id, "intend",
                         note(touch, ONE_OF(wishes, touch->variety), FALSE), error)
               && save_demand(ctx, touch, error);
    case TOUCH_NEGOTIATE:
        return demo_take(ctx, "lead", lead_id, "negotiate",
                         note(touch, ONE_OF(deals, touch->variety), FALSE), error)
               && save_offer(ctx, touch, 0, error) && save_offer(ctx, touch, 1, error);
    case TOUCH_OFFER:
        return save_offer(ctx, touch, 2, error);
    case TOUCH_APPROVE:
        return demo_take(ctx, "lead", lead_id, "approve",
                         note(touch, "方案符合现行政策，同意。", FALSE), error);
    case TOUCH_LOSE:
    case TOUCH_SLEEP:
        return close_lead(ctx, touch, error);
    case TOUCH_HOLD:
        return place_hold(demo, ctx, touch, error);
    }
    return FALSE;
}
