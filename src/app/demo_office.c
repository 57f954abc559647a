/* demo_office.c - what the department works with: policies, answers, notes, target brands, spend, visits, reports, saved lists. */
#include "app/demo_internal.h"

#include "domain/crm/crm.h"
#include "domain/org/org.h"

#include <string.h>

/* -- policies and answers --------------------------------------------------------- */

static const struct {
    const char *kind, *title, *edition, *content;
    int from_days; /* before today */
    gboolean is_draft;
} documents[] = {
    { "leasing", "兰亭天地招商政策", "上年版",
      "一、租金按楼层底价与目标价执行。\n二、免租期不超过六十天。\n三、履约保证金三个月租金。", 420,
      FALSE },
    { "leasing", "兰亭天地招商政策", "本年版",
      "一、租金按楼层、业态的底价与目标价执行，低于底价须总经理批准。\n二、免租期：零售六十天，餐饮"
      "九十天，主力店另议。\n"
      "三、履约保证金两至三个月租金。\n四、租金自第二年起每年递增 "
      "5%，连锁品牌可自第三年起递增。\n五、物业费、推广费自交付日起计收。",
      235, FALSE },
    { "process", "招商工作流程", "2.0",
      "来电来访登记 → 跟进 → 意向 → 洽谈 → 意向书审批 → 合同起草 → 会签 → 交款单 → 收款 → "
      "移交运营。\n"
      "登记须当日完成；首次完整登记人为归属人；三十天未跟进回公海。",
      600, FALSE },
    { "script", "接待说辞要点", "1.3",
      "先问品牌、面积、楼层、工程条件，再介绍铺位；未获批准的免租和扣点不得承诺；客户离场前约定下次"
      "联系时间。",
      300, FALSE },
    { "fitout", "装修手册（招商版）", "1.1",
      "装修期由交付日起算；图纸经工程与消防审核后方可进场；装修押金按面积收取，验收合格后退还；动火"
      "须办动火证。",
      500, FALSE },
    { "leasing", "下年度招商政策（征求意见）", "讨论稿",
      "拟将 L4 餐饮免租期调整为一百二十天，K 类业态保证金减为两个月。", 8, TRUE },
};

static const struct {
    const char *question, *answer, *tags;
} faqs[] = {
    { "物业费包含哪些项目？",
      "包含公共区域保洁、安保、电梯扶梯、公区照明和营业时间空调；铺内水电燃气按表计收。",
      "物业费 空调" },
    { "免租期从什么时候起算？", "从交付日起算。免租期内免租金，物业费照常计收。", "免租 计租" },
    { "租金可以月付吗？", "可以月付或季付，按合同约定；月付须在每月 25 日前付清下月租金。",
      "付款 周期" },
    { "保证金什么时候退？", "合同终止、场地交还并结清费用后三十日内无息退还。", "保证金 退还" },
    { "餐饮铺位有排烟吗？", "B1 与 L4 餐饮铺位均预留排烟井、燃气和隔油，具体口径见铺位工程条件表。",
      "餐饮 排烟 燃气" },
    { "可以转租或换品牌吗？", "不可擅自转租；更换品牌须书面申请并经审批。", "转租 品牌" },
    { "营业时间是几点？", "每日 10:00 至 22:00，超市 8:30 开门，影院按排片延时。", "营业时间" },
    { "意向金和定金有什么区别？",
      "定金适用定金罚则；诚意金、意向金按约定退还或抵扣，意向书写明性质。", "定金 意向金" },
    { "能否预留铺位？", "可预留七天，最长不超过九十天；交定金后锁定至意向书有效期。", "预留" },
    { "开业需要哪些证照？",
      "营业执照必备；餐饮另需食品经营许可证；三百平方米以上须办消防安全检查。", "证照 消防" },
    { "停车如何收费？", "会员前两小时免费，商户员工可办月卡。", "停车" },
    { "装修时间有限制吗？", "噪声作业限 22:00 后至次日 8:00，须提前申请。", "装修" },
};

typedef struct {
    guint n;
    gint64 id;
} Nth;

static Nth *
nth(Demo *demo, guint n)
{
    Nth *one = demo_alloc(demo, sizeof *one);

    one->n = n;
    return one;
}

static gboolean
save_document(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    guint n = ((Nth *) data)->n;
    g_autoptr(Record) rec = demo_new(ctx, "policy_document");

    (void) demo;
    record_set_text(rec, "title", documents[n].title);
    record_set_text(rec, "kind", documents[n].kind);
    record_set_text(rec, "edition", documents[n].edition);
    record_set_text(rec, "content", documents[n].content);
    record_set_day(rec, "from_on", ctx->today + (documents[n].is_draft ? 40 : 0));
    return record_save(ctx, rec, error)
           && (documents[n].is_draft
               || demo_take(ctx, "policy_document", rec->id, "publish", NULL, error));
}

static gboolean
save_faq(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    guint n = ((Nth *) data)->n;
    g_autoptr(Record) rec = demo_new(ctx, "faq");

    (void) demo;
    record_set_text(rec, "question", faqs[n].question);
    record_set_text(rec, "answer", faqs[n].answer);
    record_set_text(rec, "tags", faqs[n].tags);
    record_set_int(rec, "seq", (n + 1) * 10);
    return record_save(ctx, rec, error);
}

/* -- market notes --------------------------------------------------------------------- */

static const struct {
    const char *title, *source, *project, *category, *tags, *content;
    int days;
} notes[] = {
    { "首层美妆区调整，三家撤场", "field", "云江万象里（虚构）", "R04", "撤场 美妆",
      "首层东侧三家美妆店围挡，店员称合同到期未续，新店为饰品集合店。", 6 },
    { "四层餐饮租金松动", "customer", "滨江新天地广场（虚构）", "F01", "租金 餐饮",
      "客户反馈对方四层餐饮报价较去年下调约 8%，免租期给到四个月。", 15 },
    { "周末客流抽样", "field", "老城步行街", "", "客流",
      "周六 15:00 至 16:00 主入口计数约 2,300 人次，餐饮占比高。", 28 },
    { "亲子乐园拓展意向", "agent", "", "K02", "亲子 拓展",
      "中介称有连锁亲子乐园拟在本市开两家，面积 800 至 1,200 平方米。", 41 },
    { "新能源汽车展厅需求增加", "media", "", "R10", "汽车 展厅",
      "行业资讯显示车企继续布局商场展厅，面积 150 至 300 平方米。", 63 },
    { "对面项目美食街开业", "field", "云江万象里（虚构）", "F03", "竞品 美食街",
      "负一层美食街新开 22 家，午市排队，客单价 30 元左右。", 88 },
    { "书店租约到期传闻", "colleague", "滨江新天地广场（虚构）", "R09", "到期 书店",
      "同行称其书店年底到期，可提前接触。", 120 },
    { "健身品牌关店提示", "customer", "", "L04", "风险 健身",
      "客户提醒某健身公司近期关店两家，洽谈时注意预付卡风险。", 150 },
};

static gboolean
save_note(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    guint n = ((Nth *) data)->n;
    g_autoptr(Record) rec = demo_new(ctx, "market_note");

    record_set_text(rec, "title", notes[n].title);
    record_set_text(rec, "source", notes[n].source);
    record_set_text(rec, "project", notes[n].project);
    record_set_text(rec, "tags", notes[n].tags);
    record_set_text(rec, "content", notes[n].content);
    record_set_id(rec, "category_id",
                  *notes[n].category ? demo_id(demo, ctx, "category", notes[n].category) : 0);
    return record_save(ctx, rec, error);
}

/* -- target brands ---------------------------------------------------------------------- */

static const struct {
    const char *name, *category;
    int level, due_days;
} targets[] = {
    { "L4 特色餐饮补位", "F01", 4, 45 },
    { "L3 亲子业态加强", "K02", 3, 60 },
    { "L1 美妆调整储备", "R04", 1, 30 },
};

static gboolean
save_target(Demo *demo, Ctx *ctx, guint n, gint64 list_id, DemoBrand *brand, guint k,
            GError **error)
{
    static const char *const states[] = { "contacted", "todo", "interested",
                                          "refused",   "todo", "contacted" };
    static const char *const priorities[] = { "high", "middle", "middle", "low", "high", "middle" };
    g_autoptr(Record) rec = demo_new(ctx, "target_brand");

    if (!demo_save_brand(demo, ctx, brand, error))
        return FALSE;
    record_set_id(rec, "list_id", list_id);
    record_set_id(rec, "brand_id", brand->id);
    record_set_id(rec, "staff_id", demo->staff[(n + k) % 2 ? BY_LS1 : BY_LS2]);
    record_set_text(rec, "priority", priorities[k]);
    record_set_text(rec, "progress", states[(n + k) % 6]);
    record_set_day(rec, "next_on", demo->today + (Day) k * 2 - 1);
    return record_save(ctx, rec, error);
}

typedef struct {
    guint n;
    DemoBrand *brands[6];
} Targets;

static gboolean
save_targets(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    Targets *t = data;
    g_autoptr(Record) list = demo_new(ctx, "target_list");

    record_set_text(list, "name", targets[t->n].name);
    record_set_id(list, "category_id", demo_id(demo, ctx, "category", targets[t->n].category));
    record_set_id(list, "floor_id", demo->floor_ids[targets[t->n].level]);
    record_set_id(list, "owner_id", demo->staff[BY_LSUP]);
    record_set_day(list, "due_on", demo->today + targets[t->n].due_days);
    record_set_text(list, "remarks", "优先首进品牌，面积与工程条件见铺位档案。");
    if (!record_save(ctx, list, error))
        return FALSE;
    for (guint k = 0; k < G_N_ELEMENTS(t->brands); k++) {
        if (!save_target(demo, ctx, t->n, list->id, t->brands[k], k, error))
            return FALSE;
    }
    return TRUE;
}

static void
plan_targets(Demo *demo)
{
    for (guint n = 0; n < G_N_ELEMENTS(targets); n++) {
        Targets *t = demo_alloc(demo, sizeof *t);
        t->n = n;
        for (guint k = 0; k < G_N_ELEMENTS(t->brands); k++)
            t->brands[k] = demo_brand(demo, targets[n].category);
        demo_at(demo, demo->today - 35 + 9 * (Day) n, 9 * 60 + 30, BY_LSUP, save_targets, t);
    }
}

/* -- what channels cost ------------------------------------------------------------------- */

typedef struct {
    int month; /* 202603 */
    gint64 yuan[4];
} Spend;

static const char *const paid_channels[4] = { "agent", "exhibition", "online", "outdoor" };

static gboolean
save_spend(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    const Spend *spend = data;
    static const char *const what[] = { "代理服务费", "展会摊位与物料", "平台推广",
                                        "户外广告租金" };

    for (guint i = 0; i < G_N_ELEMENTS(paid_channels); i++) {
        g_autoptr(Record) rec = demo_new(ctx, "channel_spend");
        if (spend->yuan[i] == 0)
            continue;
        record_set_id(rec, "channel_id", demo_id(demo, ctx, "channel", paid_channels[i]));
        record_set_int(rec, "month", spend->month);
        record_set_int(rec, "amount", spend->yuan[i] * 100);
        record_set_text(rec, "remarks", what[i]);
        if (!record_save(ctx, rec, error))
            return FALSE;
    }
    return TRUE;
}

/* The twelve months before this one, entered when each was over. */
static void
plan_spend(Demo *demo)
{
    Day month = day_month_start(demo->today);

    for (int back = 12; back >= 1; back--) {
        Spend *spend = demo_alloc(demo, sizeof *spend);
        Day first = day_add_months(month, -back);
        spend->month = day_month_key(first);
        spend->yuan[0] = demo_between(demo, 8, 22) * 1000;
        spend->yuan[1] = back % 4 == 0 ? demo_between(demo, 30, 60) * 1000 : 0;
        spend->yuan[2] = demo_between(demo, 6, 15) * 1000;
        spend->yuan[3] = demo_between(demo, 18, 25) * 1000;
        demo_at(demo, day_add_months(first, 1), 11 * 60, BY_LC, save_spend, spend);
    }
}

/* -- visits --------------------------------------------------------------------------------- */

typedef struct {
    DemoProspect *p; /* NULL: expansion, no customer yet */
    Day planned_on;
    guint variety;
    DemoBy by;
    gint64 id;
} Visit;

static gboolean
save_visit(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    Visit *visit = data;
    static const char *const purposes[] = { "当面确认选址意向，送平面图", "核对工程条件，推进报价",
                                            "回访，了解总部评审进度",
                                            "陪同现场踏勘，确认开业档期" };
    g_autoptr(Record) rec = demo_new(ctx, "visit_plan");
    g_autofree char *title = visit->p ? g_strdup_printf("拜访 %s", visit->p->merchant->short_name)
                                      : g_strdup("外出拓展：城西商业街扫街");

    (void) demo;
    record_set_text(rec, "title", title);
    record_set_text(rec, "kind", !visit->p ? "expansion" : visit->variety % 3 ? "lead" : "revisit");
    record_set_id(rec, "lead_id", visit->p ? visit->p->lead_id : 0);
    record_set_day(rec, "planned_on", visit->planned_on);
    record_set_int(rec, "minute_of_day", 540 + visit->variety % 16 * 30);
    record_set_text(rec, "place", visit->variety % 2 ? "客户公司" : "客户现有门店");
    record_set_text(rec, "purpose",
                    visit->p ? purposes[visit->variety % 4]
                             : "登记适合引进的街边品牌，收集联系方式");
    if (!record_save(ctx, rec, error))
        return FALSE;
    visit->id = rec->id;
    return TRUE;
}

static gboolean
report_visit(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    Visit *visit = data;
    static const char *const reports[] = {
        "与拓展经理面谈四十分钟。现有门店月销约 38 "
        "万元，租约明年三月到期，认可我方位置，主要顾虑是排烟改造费用。下周提交测算。",
        "客户带设计师一同参加，确认面宽和配电满足要求；希望免租期七十五天，付款季付。已说明政策上限"
        "，待报经理。",
        "见到总部负责人，确认今年本市开店指标两家，我方列为首选。要求提供近三个月客流数据。",
        "门店经营稳定，客单价约 68 元。客户仍在比较另一项目，约定月底前答复。",
    };
    json_t *body = json_pack("{s:s,s:s}", "report", reports[visit->variety % 4], "result",
                             visit->variety % 3 ? "interested" : "considering");

    (void) demo;
    if (visit->p)
        json_object_set_new(body, "next_on", demo_day(ctx->today + 5 + visit->variety % 4));
    return demo_take(ctx, "visit_plan", visit->id, "report", body, error);
}

static gboolean
made_visit(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return demo_take(ctx, "visit_plan", ((Visit *) data)->id, "done", NULL, error);
}

static gboolean
cancel_visit(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return demo_take(ctx, "visit_plan", ((Visit *) data)->id, "cancel",
                     json_pack("{s:s}", "cancel_reason", "客户临时出差，改约"), error);
}

static Visit *
plan_visit(Demo *demo, DemoProspect *p, Day entered, Day planned)
{
    Visit *visit = demo_alloc(demo, sizeof *visit);

    *visit = (Visit){ p, planned, demo_rand(demo) % 1000, p ? p->merchant->owner : BY_LS1, 0 };
    demo_at(demo, entered, 18 * 60, visit->by, save_visit, visit);
    return visit;
}

/* A customer who was being worked on from @from to @to. */
static DemoProspect *
worked_on(Demo *demo, Day from, Day to)
{
    for (guint tries = 0; tries < 3000; tries++) {
        DemoProspect *p = demo->prospects->pdata[demo_rand(demo) % demo->prospects->len];
        gboolean is_open = strcmp(p->stage, "lost") != 0 && strcmp(p->stage, "dormant") != 0
                           && strcmp(p->stage, "signed") != 0;
        if (p->first_on < from && (to <= p->last_on || (is_open && to > demo->today - 10)))
            return p;
    }
    return NULL;
}

static void
plan_visits(Demo *demo)
{
    for (int i = 0; i < 30; i++) {
        Day on = demo->today - 3 - 4 * i;
        DemoProspect *p = worked_on(demo, on - 4, on + 1);
        if (i % 9 == 8)
            p = NULL;
        Visit *visit = plan_visit(demo, p, on - 3, on);
        demo_at(demo, on + (i % 11 == 5 ? 3 : 0), 16 * 60 + 30, visit->by, report_visit, visit);
    }
    for (int i = 0; i < 12; i++) /* to come; the first is today */
        plan_visit(demo, worked_on(demo, demo->today - 6, demo->today), demo->today - 2,
                   demo->today + i);
    for (int i = 0; i < 3; i++) { /* made, the report is overdue */
        Visit *visit = plan_visit(demo, worked_on(demo, demo->today - 12, demo->today - 1),
                                  demo->today - 7, demo->today - 3 - i);
        demo_at(demo, demo->today - 3 - i, 17 * 60, visit->by, made_visit, visit);
    }
    for (int i = 0; i < 2; i++) /* not made: the nightly job finds them */
        plan_visit(demo, worked_on(demo, demo->today - 12, demo->today - 1), demo->today - 6,
                   demo->today - 1 - 3 * i);
    Visit *off = plan_visit(demo, worked_on(demo, demo->today - 14, demo->today - 1),
                            demo->today - 9, demo->today - 5);
    demo_at(demo, demo->today - 6, 12 * 60, off->by, cancel_visit, off);
}

/* -- daily reports, lists, notices --------------------------------------------------------------- */

static gboolean
report_day(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    static const char *const remarks[] = { "今日主要跟进餐饮客户，两家进入测算。",
                                           "完成回访计划，整理了铺位工程条件表。",
                                           "接待来访较多，L3 亲子铺位关注度上升。",
                                           "配合客户现场踏勘，推进意向书条款。" };
    static const char *const problems[] = { "部分客户反映排烟改造费用偏高，建议明确承担范围。", "",
                                            "L2 小面积铺位不足，建议考虑拆分。", "" };
    gint64 id = crm_daily_open(ctx, ctx->today, error);
    guint n = ((Nth *) data)->n;

    (void) demo;
    g_autoptr(Record) rec = id ? record_get(ctx, "daily_report", id, NULL, error) : NULL;
    if (!rec)
        return FALSE;
    record_set_text(rec, "remarks", remarks[n % 4]);
    record_set_text(rec, "problems", problems[n / 3 % 4]);
    record_set_text(rec, "plans", "继续跟进 A、B 级客户，完成约定回访。");
    return record_save(ctx, rec, error)
           && demo_take(ctx, "daily_report", id, "submit", NULL, error);
}

static void
plan_reports(Demo *demo)
{
    static const DemoBy writers[] = { BY_LS1, BY_LS2, BY_LSUP };

    for (Day day = demo->today - 16; day < demo->today; day++) {
        for (guint i = 0; i < G_N_ELEMENTS(writers) && day_weekday(day) <= 6; i++)
            demo_at(demo, day, 18 * 60 + 10, writers[i], report_day,
                    nth(demo, (guint) (day % 1000) + i));
    }
}

static const struct {
    DemoBy by;
    const char *entity, *name, *query;
    gboolean shared;
} views[] = {
    { BY_LM, "lease", "即将到期", "state=expiring&sort=to_on", TRUE },
    { BY_LM, "lease", "低于底价", "is_below_floor=true", FALSE },
    { BY_LM, "unit", "空置铺位", "status=vacant&sort=no", TRUE },
    { BY_LS1, "lead", "我的 A 级客户", "grade=A&sort=next_follow_on", FALSE },
    { BY_LS2, "lead", "洽谈中", "stage=negotiating&sort=next_follow_on", FALSE },
    { BY_LC, "lease_document", "缺件清单", "state=missing", TRUE },
    { BY_FINANCE, "payment_order", "待收款", "state=issued&sort=due_on", TRUE },
    { BY_OM, "handover", "待移交", "state=waiting", TRUE },
};

static gboolean
save_view(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    guint n = ((Nth *) data)->n;
    json_t *body = json_pack("{s:s,s:s,s:s,s:b}", "entity", views[n].entity, "name", views[n].name,
                             "query", views[n].query, "shared", views[n].shared);
    gint64 id = org_view_save(ctx, body, error);

    (void) demo;
    json_decref(body);
    return id != 0;
}

static gboolean
read_notices(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    (void) data;
    return org_notification_read(ctx, 0, error);
}

void
demo_plan_office(Demo *demo)
{
    static const DemoBy noters[] = { BY_LS1, BY_LS2, BY_LSUP };

    for (guint n = 0; n < G_N_ELEMENTS(documents); n++)
        demo_at(demo, demo->today - documents[n].from_days, 10 * 60, BY_LM, save_document,
                nth(demo, n));
    for (guint n = 0; n < G_N_ELEMENTS(faqs); n++)
        demo_at(demo, demo->today - 230, 11 * 60, BY_LC, save_faq, nth(demo, n));
    for (guint n = 0; n < G_N_ELEMENTS(notes); n++)
        demo_at(demo, demo->today - notes[n].days, 17 * 60 + 20, noters[n % 3], save_note,
                nth(demo, n));
    plan_targets(demo);
    plan_spend(demo);
    plan_visits(demo);
    plan_reports(demo);
    for (guint n = 0; n < G_N_ELEMENTS(views); n++)
        demo_at(demo, demo->today - 30, 12 * 60, views[n].by, save_view, nth(demo, n));
    for (int by = 0; by < BY__N; by++)
        demo_at(demo, demo->today - 4, 9 * 60, (DemoBy) by, read_notices, NULL);
}
