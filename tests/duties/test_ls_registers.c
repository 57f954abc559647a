/* LS-7, LS-9, LS-10, LS-11, LS-19, LC-6: daily reports, market notes and doubles, the brand library, visits and their reports. */
#include "support/duty.h"

#include "base/clock.h"
#include "base/ids.h"

#include <string.h>

static void
the_daily_report_fills_itself(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    gint64 lead = mall_lead(mall, ls, "云上咖啡", "13800138000");

    client_post(ls, 201, "{\"way\":\"phone\",\"content\":\"谈过\"}", "/api/lead/%" ID "/follow_up", lead);
    client_post(ls, 200, "{}", "/api/daily_report/open");
    gint64 report = id_parse(client_text(ls, "id"));
    says(ls, "state", "draft");
    g_assert_cmpint(item_int(ls, "figures.figures", "name", "calls", "value"), ==, 1);
    g_assert_cmpint(item_int(ls, "figures.figures", "name", "follow_ups", "value"), ==, 1);
    g_assert_cmpint(item_int(ls, "figures.figures", "name", "new_leads", "value"), ==, 1);
    g_autofree char *remark = quoted("{'version':%" ID ",'remarks':'一位意向客户'}", client_int(ls, "version"));
    client_patch(ls, 200, remark, "/api/daily_report/%" ID, report);
    deny_field(ls, "figures", "PATCH", "{'version':9,'figures':{'figures':[]}}", "/api/daily_report/%" ID, report);
    /* a draft counts again when it is opened again */
    mall_lead(mall, ls, "第二家", "13800138001");
    client_post(ls, 200, "{}", "/api/daily_report/open");
    g_assert_cmpint(id_parse(client_text(ls, "id")), ==, report);
    g_assert_cmpint(item_int(ls, "figures.figures", "name", "calls", "value"), ==, 2);
    deny(lsup, 403, "daily_report.not_own", "POST", NULL, "/api/daily_report/%" ID "/submit", report);
    deny(ls2, 404, "daily_report.not_found", "POST", NULL, "/api/daily_report/%" ID "/submit", report);
    client_post(ls, 200, NULL, "/api/daily_report/%" ID "/submit", report);
    g_assert_true(json_is_false(json_object_get(ls->reply, "late")));
    client_get(lsup, "/api/daily_report?day=2026-03-02&state=submitted");
    counts(lsup, "total", 1);
    says(lsup, "items.0.staff_id.label", "刘专员");
    /* submitted figures stay */
    mall_lead(mall, ls, "第三家", "13800138002");
    client_post(ls, 200, "{}", "/api/daily_report/open");
    says(ls, "state", "submitted");
    g_assert_cmpint(item_int(ls, "figures.figures", "name", "calls", "value"), ==, 2);
    deny(ls, 409, "daily_report.wrong_state", "POST", NULL, "/api/daily_report/%" ID "/submit", report);
    deny_field(ls, "day", "POST", "{}", "/api/daily_report/open?day=2026-03-03");
}

static void
a_late_report_is_marked(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    clock_freeze_us(clock_parse_us("2026-03-03T01:31:00.000Z")); /* 09:31 of the next day */
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    client_post(ls, 200, "{}", "/api/daily_report/open?day=2026-03-02");
    client_post(ls, 200, NULL, "/api/daily_report/%s/submit", client_text(ls, "id"));
    g_assert_true(json_is_true(json_object_get(ls->reply, "late")));
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    client_get(lsup, "/api/daily_report?late=true");
    counts(lsup, "total", 1);
}

static void
a_second_entry_is_offered_as_a_merge(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 first = merchant_of_lead(ls, mall_lead(mall, ls, "云上咖啡有限公司", "13800138000"));

    /* the same number under another merchant: stored, and offered */
    gint64 second = make_as(ls, "merchant", "{'name':'云上餐饮','kind':'company'}");
    make_as(ls, "contact", "{'merchant_id':'%" ID "','name':'王女士','mobile':'13800138000'}", second);
    client_get(ls, "/api/merchant/%" ID, second);
    g_autofree char *first_id = g_strdup_printf("%" ID, first);
    g_assert_cmpstr(item_text(ls, "duplicates", "why", "phone", "merchant.id"), ==, first_id);
    /* a name that is nearly the same: stored, and offered */
    g_autofree char *call = quoted("{'kind':'call','phone':'13700137000','name':'李先生','brand_name':'云上咖啡有限公司','channel_id':'%" ID "'}",
                                   mall->channel_id);
    client_post(ls, 201, call, "/api/inquiry");
    g_autofree char *inquiry = g_strdup(client_text(ls, "id"));
    g_assert_cmpstr(item_text(ls, "duplicates", "why", "name", "merchant.id"), ==, first_id);
    g_autofree char *into = quoted("{'merchant_id':'%s'}", first_id);
    client_post(ls, 200, into, "/api/inquiry/%s/merge_into", inquiry);
    says(ls, "merchant_id.id", first_id);
    client_get(ls, "/api/inquiry");
    counts(ls, "total", 2); /* never lost */
    /* the manager joins two files; everything of the one goes on in the other */
    g_autofree char *join = quoted("{'into_id':'%s'}", first_id);
    deny(ls, 403, "merchant.forbidden", "POST", join, "/api/merchant/%" ID "/merge", second);
    client_post(lm, 200, join, "/api/merchant/%" ID "/merge", second);
    says(lm, "id", first_id);
    client_get(lm, "/api/merchant/%" ID, second);
    says(lm, "state", "merged");
    says(lm, "merged_into_id.id", first_id);
    client_get(lm, "/api/contact?merchant_id=%s", first_id);
    counts(lm, "total", 3); /* nobody was thrown away */
    deny(lm, 409, "merchant.merged", "POST", join, "/api/merchant/%" ID "/merge", second);
}

static void
a_credit_code_is_there_once(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");

    make_as(ls, "merchant", "{'name':'甲公司','kind':'company','credit_code':'91310000132200821H'}");
    client_send(ls, "POST", "/api/merchant", "{\"name\":\"乙公司\",\"kind\":\"company\",\"credit_code\":\"91310000132200821h\"}");
    g_assert_cmpint(ls->status, >=, 409);
    g_assert_cmpint(ls->status, <=, 422);
    client_get(ls, "/api/merchant");
    counts(ls, "total", 1);
}

static void
market_notes_have_tags_and_source(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 note = make_as(ls, "market_note", "{'title':'城西万象空置率','project':'城西万象','source':'field','tags':'空置 竞品','content':'三层空置约两成'}");

    says(ls, "noted_on", "2026-03-02");
    says(ls, "staff_id.label", "刘专员");
    client_get(ls2, "/api/market_note?q=%%E7%%AB%%9E%%E5%%93%%81"); /* 竞品; what the market does is everybody's */
    counts(ls2, "total", 1);
    deny(ls2, 404, "market_note.not_found", "PATCH", "{'version':1,'content':'改'}", "/api/market_note/%" ID, note);
    g_autoptr(GBytes) photo = g_bytes_new_static("\x89PNG\r\n\x1a\n broken", 15);
    g_autofree char *upload = g_strdup_printf("/api/file?entity=market_note&record_id=%" ID "&category=photo&name=a.png", note);
    client_send(ls, "GET", "/api/market_note", NULL);
    client_raw(ls, "POST", upload, photo, "application/octet-stream");
    g_assert_cmpint(ls->status, ==, 422); /* says it is a picture and is none */
    g_autoptr(GBytes) scan = g_bytes_new_static("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", 42);
    g_autofree char *scanned = g_strdup_printf("/api/file?entity=market_note&record_id=%" ID "&category=photo&name=flyer.pdf", note);
    client_upload(ls, 201, scan, scanned);
    client_get(ls2, "/api/market_note/%" ID "/files", note); /* read with the note */
    g_assert_cmpuint(client_len(ls2, "items"), ==, 1);
    says(ls2, "items.0.name", "flyer.pdf");
    deny_field(ls, "noted_on", "POST", "{'title':'未来','content':'无','noted_on':'2026-03-03'}", "/api/market_note");
}

static void
brands_and_target_lists(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 brand = make_as(ls, "brand",
                           "{'name':'云上咖啡','category_id':'%" ID "','level':'upper','area_min':'80','area_max':'150','shops_count':12,"
                           "'expansion_plan':'今年华东开二十家'}",
                           mall->category_id);

    deny_field(ls, "area_max", "POST", "{'name':'倒','area_min':'80','area_max':'50'}", "/api/brand");
    client_get(ls2, "/api/brand?q=yskf&level=upper");
    counts(ls2, "total", 1); /* the library is everybody's, the file its keeper's */
    deny(ls2, 404, "brand.not_found", "PATCH", "{'version':1,'shops_count':99}", "/api/brand/%" ID, brand);
    client_send(ls2, "POST", "/api/brand", "{\"name\":\"云上咖啡\"}");
    g_assert_cmpint(ls2->status, >=, 409);
    gint64 merchant = mall_merchant(mall, ls, "云上餐饮管理");
    make_as(ls, "merchant_brand", "{'merchant_id':'%" ID "','brand_id':'%" ID "','kind':'franchise','to_on':'2027-12-31'}", merchant, brand);
    gint64 list = make_as(ls, "target_list", "{'name':'A1 目标','unit_id':'%" ID "','due_on':'2026-03-31'}", mall->units[0]);
    deny_field(ls, "unit_id", "POST", "{'name':'无对象'}", "/api/target_list");
    gint64 wanted = make_as(ls, "target_brand", "{'list_id':'%" ID "','brand_id':'%" ID "','priority':'high'}", list, brand);
    says(ls, "progress", "todo");
    g_autofree char *twice = quoted("{'list_id':'%" ID "','brand_id':'%" ID "'}", list, brand);
    client_send(ls, "POST", "/api/target_brand", twice);
    g_assert_cmpint(ls->status, >=, 409);
    client_patch(ls, 200, "{\"version\":1,\"progress\":\"interested\"}", "/api/target_brand/%" ID, wanted);
    client_get(ls, "/api/target_brand?list_id=%" ID "&progress=interested", list);
    counts(ls, "total", 1);
    client_get(ls2, "/api/target_list");
    counts(ls2, "total", 0);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    make_as(lm, "channel", "{'code':'douyin','name':'抖音','is_paid':true}");
    deny(ls, 403, "channel.forbidden", "POST", "{'code':'x','name':'x'}", "/api/channel");
}

static gint64
plan_visit(Client *c, gint64 lead, const char *day)
{
    return make_as(c, "visit_plan", "{'title':'拜访云上','lead_id':'%" ID "','planned_on':'%s','purpose':'谈租金','place':'总部'}", lead, day);
}

static void
visits_stand_in_the_calendar(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 lead = mall_lead(mall, ls, "云上咖啡", "13800138000");
    gint64 plan = plan_visit(ls, lead, "2026-03-10");
    g_autofree char *id = g_strdup_printf("%" ID, plan);

    deny_field(ls, "planned_on", "POST", "{'title':'昨天','kind':'expansion','planned_on':'2026-03-01','purpose':'无'}", "/api/visit_plan");
    deny_field(ls, "lead_id", "POST", "{'title':'无人','planned_on':'2026-03-10','purpose':'无'}", "/api/visit_plan");
    client_get(ls, "/api/calendar?from=2026-03-01&to=2026-03-31");
    g_assert_cmpstr(item_text(ls, "items", "id", id, "on"), ==, "2026-03-10");
    client_get(ls2, "/api/calendar?from=2026-03-01&to=2026-03-31");
    g_assert_cmpuint(client_len(ls2, "items"), ==, 0);
    /* the same in the telephone's own calendar, under an address that only its owner knows */
    client_post(ls, 200, NULL, "/api/calendar");
    g_autofree char *feed = g_strdup(client_text(ls, "path"));
    g_autoptr(Client) anybody = client_new(mall->world, "os");
    g_clear_pointer(&anybody->sid, g_free);
    client_get(anybody, "%s", feed);
    g_assert_true(g_str_has_prefix(anybody->text, "BEGIN:VCALENDAR"));
    g_assert_nonnull(strstr(anybody->text, "拜访云上"));
    g_assert_nonnull(strstr(anybody->text, "20260310"));
    client_post(ls, 200, NULL, "/api/calendar");
    deny(anybody, 404, "calendar.not_found", "GET", NULL, "%s", feed); /* a new address ends the former */
    go_to("2026-03-11");
    run_jobs(mall);
    g_autoptr(Client) late = client_new(mall->world, "ls");
    client_get(late, "/api/visit_plan/%" ID, plan);
    says(late, "state", "missed");
    g_assert_cmpuint(news(mall, "ls", "visit_plan"), ==, 1);
    todo_of(mall, "visit_plan", plan, "ls");
    deny_field(late, "planned_on", "POST", "{'planned_on':'2026-03-01','reason':'忙'}", "/api/visit_plan/%" ID "/postpone", plan);
    client_post(late, 200, "{\"planned_on\":\"2026-03-20\",\"reason\":\"客户出差\"}", "/api/visit_plan/%" ID "/postpone", plan);
    says(late, "state", "planned");
    deny(late, 409, "visit_plan.early", "POST", NULL, "/api/visit_plan/%" ID "/done", plan);
}

static void
a_visit_is_reported_in_time(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lead = mall_lead(mall, ls, "云上咖啡", "13800138000");
    gint64 prompt = plan_visit(ls, lead, "2026-03-02"), slow = plan_visit(ls, lead, "2026-03-02");

    client_post(ls, 200, NULL, "/api/visit_plan/%" ID "/done", prompt);
    says(ls, "state", "done");
    says(ls, "report_due_on", "2026-03-03");
    client_post(ls, 200, NULL, "/api/visit_plan/%" ID "/done", slow);
    deny_field(ls, "report", "POST", "{}", "/api/visit_plan/%" ID "/report", prompt);
    client_post(ls, 200, "{\"report\":\"谈得很好\",\"grade\":\"A\",\"next_on\":\"2026-03-09\"}", "/api/visit_plan/%" ID "/report", prompt);
    says(ls, "state", "reported");
    g_assert_true(json_is_false(json_object_get(ls->reply, "is_late")));
    client_get(ls, "/api/lead/%" ID, lead); /* nothing is written twice */
    says(ls, "grade", "A");
    says(ls, "next_follow_on", "2026-03-09");
    client_get(ls, "/api/follow_up?lead_id=%" ID, lead);
    says(ls, "items.0.content", "谈得很好");
    go_to("2026-03-04");
    g_autoptr(Client) later = client_new(mall->world, "ls");
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    client_get(lsup, "/api/visit_plan?state=done&report_due_on.lt=2026-03-04"); /* the late ones */
    counts(lsup, "total", 1);
    todo_of(mall, "visit_plan", slow, "ls");
    client_post(later, 200, "{\"report\":\"补报\"}", "/api/visit_plan/%" ID "/report", slow);
    g_assert_true(json_is_true(json_object_get(later->reply, "is_late")));
    client_get(lsup, "/api/visit_plan?is_late=true");
    counts(lsup, "total", 1);
    deny(later, 409, "visit_plan.wrong_state", "POST", "{'report':'再报'}", "/api/visit_plan/%" ID "/report", slow);
}

static void
the_clerk_enters_and_classifies(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    gint64 merchant = merchant_of_lead(ls, mall_lead(mall, ls, "云上咖啡", "13800138000"));
    g_autofree char *call = quoted("{'kind':'visit','phone':'13900139000','name':'赵女士','channel_id':'%" ID "','receptionist_id':'%" ID "'}",
                                   mall->channel_id, world_staff(mall->world, "ls"));

    client_post(lc, 201, call, "/api/inquiry"); /* for the one who received */
    client_get(ls, "/api/inquiry/%s", client_text(lc, "id"));
    says(ls, "receptionist_id.label", "刘专员");
    client_get(lc, "/api/merchant/%" ID, merchant);
    gint64 before = client_int(lc, "completeness");
    g_autofree char *classify = quoted("{'version':%" ID ",'category_id':'%" ID "','channel_id':'%" ID "','taxpayer':'small','address':'一号路'}",
                                       client_int(lc, "version"), mall->category_id, mall->channel_id);
    client_patch(lc, 200, classify, "/api/merchant/%" ID, merchant);
    g_assert_cmpint(client_int(lc, "completeness"), >, before);
    client_get(lc, "/api/merchant/counts?field=kind");
    counts(lc, "total", 2);
    deny(lc, 403, "lead.forbidden", "POST", "{}", "/api/lead/%" ID "/assign", merchant);
}

static void
one_change_classifies_many(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    g_autoptr(Client) os = client_new(mall->world, "os");
    gint64 a = make_as(ls, "lead", "{'name':'甲'}"), b = make_as(ls, "lead", "{'name':'乙'}");
    g_autofree char *body = quoted("{'action':'update','ids':['%" ID "','%" ID "'],'input':{'category_id':'%" ID "','channel_id':'%" ID "'}}",
                                   a, b, mall->category_id, mall->channel_id);
    g_autofree char *sly = quoted("{'action':'update','ids':['%" ID "'],'input':{'remarks':'x','owner_id':'%" ID "'}}", a,
                                  world_staff(mall->world, "lc"));
    g_autofree char *none = quoted("{'action':'update','ids':['%" ID "'],'input':{}}", a);
    g_autofree char *wrong = quoted("{'action':'update','ids':['%" ID "','%" ID "'],'input':{'grade':'Z'}}", a, b);

    client_post(lc, 200, body, "/api/lead/bulk");
    counts(lc, "done", 2);
    client_get(lc, "/api/lead?category_id=%" ID, mall->category_id);
    counts(lc, "total", 2);
    client_get(lc, "/api/lead/%" ID "/history", a);
    says(lc, "items.0.by.name", "罗内勤"); /* each change stands in the history */
    deny_field(lc, "remarks", "POST", sly, "/api/lead/bulk"); /* only what classifies */
    deny_field(lc, "input", "POST", none, "/api/lead/bulk");
    client_post(lc, 200, wrong, "/api/lead/bulk");
    counts(lc, "done", 0);
    g_assert_cmpuint(client_len(lc, "failed"), ==, 2); /* each refused by itself */
    client_post(os, 200, body, "/api/lead/bulk"); /* who may not change a lead changes none */
    counts(os, "done", 0);
    client_get(lc, "/api/meta");
    g_assert_cmpint(find_item(lc, "entities", "name", "lead"), >=, 0);
    g_assert_nonnull(strstr(lc->text, "批量归类"));
}

static void
rules_classify_what_comes_in(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    gint64 before = make_as(ls, "lead", "{'name':'老街咖啡馆'}");

    client_get(ls, "/api/lead/%" ID, before);
    g_assert_null(client_text(ls, "category_id.id"));
    deny(ls, 403, "class_rule.forbidden", "POST", "{'words':'咖啡'}", "/api/class_rule");
    deny_field(lc, "category_id", "POST", "{'words':'咖啡'}", "/api/class_rule");
    make_as(lc, "class_rule", "{'words':'咖啡 Coffee','category_id':'%" ID "'}", mall->category_id);
    g_autofree char *want = g_strdup_printf("%" ID, mall->category_id);
    gint64 lead = make_as(ls, "lead", "{'name':'STAR COFFEE'}");
    client_get(ls, "/api/lead/%" ID, lead);
    says(ls, "category_id.id", want);
    gint64 merchant = make_as(ls, "merchant", "{'name':'云上咖啡有限公司','kind':'company'}");
    client_get(ls, "/api/merchant/%" ID, merchant);
    says(ls, "category_id.id", want);
    g_autofree char *call = quoted("{'kind':'call','phone':'13700137001','name':'周','content':'想开咖啡店','channel_id':'%" ID "'}", mall->channel_id);
    client_post(ls, 201, call, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    says(ls, "category_id.id", want);
    /* what a person said stands, whatever the rule says */
    client_get(ls, "/api/category/options?q=&limit=100");
    g_autofree char *other = g_strdup(item_text(ls, "items", "label", "零售", "id"));
    gint64 chosen = make_as(ls, "lead", "{'name':'咖啡器具','category_id':'%s'}", other);
    client_get(ls, "/api/lead/%" ID, chosen);
    says(ls, "category_id.id", other);
    /* the clerk applies the rules to what was there before */
    client_post(lc, 200, "{\"entity\":\"lead\"}", "/api/class_rule/apply");
    counts(lc, "done", 1);
    client_get(ls, "/api/lead/%" ID, before);
    says(ls, "category_id.id", want);
    deny_field(lc, "entity", "POST", "{'entity':'lease'}", "/api/class_rule/apply");
}

static void
completeness_is_a_figure(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    g_autoptr(Client) os = client_new(mall->world, "os");

    lead_at(mall, ls, "云上咖啡", "13800138000", "new"); /* with everything */
    make_as(ls, "lead", "{'name':'光有名字'}");
    make_as(ls2, "lead", "{'name':'也光有名字'}");
    client_get(lc, "/api/report/completeness");
    g_assert_cmpint(item_int(lc, "rows", "person", "刘专员", "leads"), ==, 2);
    g_assert_cmpint(item_int(lc, "rows", "person", "刘专员", "complete"), ==, 1);
    g_assert_cmpstr(item_text(lc, "rows", "person", "刘专员", "rate"), ==, "50");
    g_assert_cmpint(item_int(lc, "rows", "person", "刘专员", "no_category"), ==, 1);
    counts(lc, "totals.leads", 3);
    says(lc, "totals.rate", "33.3333");
    client_get(ls, "/api/report/completeness"); /* each as far as their right */
    g_assert_cmpuint(client_len(ls, "rows"), ==, 1);
    deny(os, 403, "report.forbidden", "GET", NULL, "/api/report/completeness");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LS-7/the-daily-report-fills-itself-and-is-submitted-with-one-click", the_daily_report_fills_itself);
    testdb_each("/LS-7/a-late-report-is-marked", a_late_report_is_marked);
    testdb_each("/LS-9/a-second-entry-is-offered-as-a-merge-and-never-lost", a_second_entry_is_offered_as_a_merge);
    testdb_each("/LS-9/a-credit-code-is-there-once", a_credit_code_is_there_once);
    testdb_each("/LS-9/market-notes-have-tags-and-source", market_notes_have_tags_and_source);
    testdb_each("/LS-10/the-brand-library-and-target-lists", brands_and_target_lists);
    testdb_each("/LS-11/visits-stand-in-the-calendar-and-overdue-ones-are-told", visits_stand_in_the_calendar);
    testdb_each("/LS-19/a-visit-is-reported-in-time-and-late-ones-are-listed", a_visit_is_reported_in_time);
    testdb_each("/LC-6/the-clerk-enters-and-classifies", the_clerk_enters_and_classifies);
    testdb_each("/LC-6/one-change-classifies-many", one_change_classifies_many);
    testdb_each("/LC-6/rules-classify-what-comes-in", rules_classify_what_comes_in);
    testdb_each("/LC-6/completeness-is-a-figure-by-person", completeness_is_a_figure);
    return g_test_run();
}
