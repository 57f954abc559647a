/* LS-12, LS-13, LF-1, LF-2: calls are answered, visitors are received, and both are registered with their channel. */
#include "support/duty.h"

#include "base/ids.h"

static char *
inquiry_body(Mall *mall, const char *kind, const char *phone, const char *name, const char *more)
{
    return quoted("{'kind':'%s','phone':'%s','name':'%s','channel_id':'%" ID "'%s}", kind, phone, name, mall->channel_id, more);
}

static void
a_known_number_shows_the_customer(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autofree char *call = inquiry_body(mall, "call", "138-0013-8000", "王先生", ",'brand_name':'云上咖啡','content':'问铺位'");

    client_get(ls, "/api/inquiry/known?phone=13800138000");
    g_assert_true(json_is_false(json_object_get(ls->reply, "known")));
    client_post(ls, 201, call, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    g_autofree char *lead = g_strdup(client_text(ls, "lead_id.id"));
    says(ls, "merchant_id.label", "云上咖啡");
    says(ls, "contact_id.label", "王先生");
    says(ls, "phone", "13800138000"); /* one form, however it was typed */
    says(ls, "on_day", "2026-03-02");
    g_assert_true(json_is_true(json_object_get(ls->reply, "is_new")));
    /* the next call shows them and makes nobody new */
    client_get(ls, "/api/inquiry/known?phone=13800138000");
    says(ls, "merchant.label", "云上咖啡");
    says(ls, "contact.label", "王先生");
    says(ls, "leads.0.id", lead);
    counts(ls, "inquiries", 1);
    client_post(ls, 201, call, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    says(ls, "lead_id.id", lead);
    g_assert_true(json_is_false(json_object_get(ls->reply, "is_new")));
    client_get(ls, "/api/lead");
    counts(ls, "total", 1);
    client_get(ls, "/api/merchant");
    counts(ls, "total", 1);
}

static void
the_channel_is_mandatory(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    deny_field(ls, "channel_id", "POST", "{'kind':'call','phone':'13800138000','name':'王先生'}", "/api/inquiry");
    deny_field(ls, "phone", "POST", "{'kind':'call','name':'王先生'}", "/api/inquiry");
    deny_field(ls, "kind", "POST", "{'phone':'13800138000','name':'王先生'}", "/api/inquiry");
    g_autofree char *bad = inquiry_body(mall, "call", "12", "王先生", "");
    deny_field(ls, "phone", "POST", bad, "/api/inquiry");
    g_autofree char *future = inquiry_body(mall, "call", "13800138000", "王先生", ",'at':'2026-03-03T01:00:00.000Z'");
    deny_field(ls, "at", "POST", future, "/api/inquiry");
    client_get(ls, "/api/inquiry");
    counts(ls, "total", 0);
    client_get(ls, "/api/lead"); /* nothing was half-registered */
    counts(ls, "total", 0);
    client_get(ls, "/api/merchant");
    counts(ls, "total", 0);
    g_autofree char *good = inquiry_body(mall, "call", "13800138000", "王先生", "");
    deny(finance, 403, "inquiry.forbidden", "POST", good, "/api/inquiry");
    deny(finance, 403, "inquiry.forbidden", "GET", NULL, "/api/inquiry/known?phone=13800138000");
}

static void
a_colleagues_customer_stays_theirs(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 lead = mall_lead(mall, ls, "云上咖啡", "13800138000");
    g_autofree char *call = inquiry_body(mall, "call", "13800138000", "王先生", "");

    client_get(ls2, "/api/inquiry/known?phone=13800138000");
    says(ls2, "owner.label", "刘专员");
    says(ls2, "merchant.label", "云**"); /* enough to transfer the call */
    g_assert_null(client_text(ls2, "merchant.id"));
    client_post(ls2, 201, call, "/api/inquiry");
    g_autofree char *id = g_strdup(client_text(ls2, "id"));
    client_get(ls2, "/api/inquiry/%s", id); /* registered for the one who answered */
    client_get(ls, "/api/lead/%" ID, lead);
    says(ls, "owner_id.label", "刘专员");
    g_assert_cmpuint(news(mall, "ls", "inquiry"), ==, 1);
    deny(ls2, 404, "lead.not_found", "GET", NULL, "/api/lead/%" ID, lead);
}

static void
a_caller_is_invited(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autofree char *call = inquiry_body(mall, "call", "13800138000", "王先生",
                                         ",'area_min':'80','area_max':'120','budget_price':'200','floors_wish':'L1','grade':'B',"
                                         "'next_follow_on':'2026-03-05'");

    client_post(ls, 201, call, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    gint64 lead = id_parse(client_text(ls, "lead_id.id"));
    client_get(ls, "/api/lead/%" ID, lead); /* the demand went over, nothing is typed twice */
    says(ls, "area_min", "80.00");
    says(ls, "area_max", "120.00");
    says(ls, "budget_price", "200.0000");
    says(ls, "floors_wish", "L1");
    says(ls, "grade", "B");
    says(ls, "next_follow_on", "2026-03-05");
    says(ls, "stage", "new");
    says(ls, "channel_id.label", "来电");
    gint64 plan = make_as(ls, "visit_plan",
                          "{'title':'邀约王先生看铺','kind':'invitation','lead_id':'%" ID "','planned_on':'2026-03-04','purpose':'看 A1'}", lead);
    client_get(ls, "/api/calendar?from=2026-03-01&to=2026-03-31");
    g_autofree char *text = g_strdup_printf("%" ID, plan);
    g_assert_cmpstr(item_text(ls, "items", "id", text, "on"), ==, "2026-03-04");
    client_get(ls, "/api/lead/%" ID "/timeline", lead);
    g_assert_cmpint(find_item(ls, "items", "kind", "call"), >=, 0);
    g_assert_cmpint(find_item(ls, "items", "kind", "visit_plan"), >=, 0);
}

static void
a_visit_goes_back_to_its_call(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autofree char *call = inquiry_body(mall, "call", "13800138000", "王先生", "");
    g_autofree char *visit = inquiry_body(mall, "visit", "13800138000", "王先生",
                                          ",'visitors':2,'arrival':'appointment','units_shown':'A1 A2','grade':'A'");

    client_post(ls, 201, call, "/api/inquiry");
    g_autofree char *call_id = g_strdup(client_text(ls, "id"));
    client_post(ls, 201, visit, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    says(ls, "call_inquiry_id.id", call_id);
    g_assert_true(json_is_true(json_object_get(ls->reply, "first_visit")));
    says(ls, "units_shown", "A1 A2");
    g_autofree char *lead = g_strdup(client_text(ls, "lead_id.id"));
    client_get(ls, "/api/lead/%s", lead);
    says(ls, "stage", "visited");
    says(ls, "grade", "A");
    client_get(ls, "/api/lead/%s/steps", lead);
    says(ls, "stage", "visited");
    client_post(ls, 201, visit, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    g_assert_true(json_is_false(json_object_get(ls->reply, "first_visit")));
    g_autofree char *wrong = inquiry_body(mall, "call", "13800138000", "王先生", ",'visitors':2");
    deny_field(ls, "visitors", "POST", wrong, "/api/inquiry");
    /* who walks in is received too */
    g_autofree char *walk_in = inquiry_body(mall, "visit", "13700137000", "赵女士", ",'arrival':'walk_in'");
    client_post(ls, 201, walk_in, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    g_assert_true(json_is_null(json_object_get(ls->reply, "call_inquiry_id")));
    client_get(ls, "/api/lead/%s", client_text(ls, "lead_id.id"));
    says(ls, "stage", "visited");
}

static gint64
policy(Client *lm, const char *edition, const char *from)
{
    gint64 id = make_as(lm, "policy_document",
                        "{'title':'招商政策','kind':'leasing','edition':'%s','from_on':'%s','content':'免租三个月'}", edition, from);

    client_post(lm, 200, NULL, "/api/policy_document/%" ID "/publish", id);
    return id;
}

static void
the_policy_at_hand_is_the_present_one(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 first = policy(lm, "2026-1", "2026-01-01"), second = policy(lm, "2026-2", "2026-03-01");

    client_get(ls, "/api/policy_document?state=in_force");
    counts(ls, "total", 1);
    says(ls, "items.0.edition", "2026-2");
    client_get(ls, "/api/policy_document/%" ID, second);
    g_assert_true(json_is_true(json_object_get(ls->reply, "is_valid")));
    client_get(ls, "/api/policy_document/%" ID, first); /* still readable, marked, ended the day before */
    says(ls, "state", "superseded");
    says(ls, "to_on", "2026-02-28");
    g_assert_true(json_is_false(json_object_get(ls->reply, "is_valid")));
    /* what customers were told stays as it was told */
    deny_field(lm, "content", "PATCH", "{'version':2,'content':'免租六个月'}", "/api/policy_document/%" ID, second);
    deny(ls, 403, "policy_document.forbidden", "PATCH", "{'version':2,'content':'免租六个月'}", "/api/policy_document/%" ID, second);
    deny(ls, 403, "policy_document.forbidden", "POST", "{}", "/api/policy_document/%" ID "/withdraw", second);
    deny_field(lm, "to_on", "POST",
               "{'title':'错','edition':'1','from_on':'2026-03-01','to_on':'2026-02-01','content':'无'}", "/api/policy_document");
    gint64 later = policy(lm, "2026-3", "2026-05-01");
    client_get(ls, "/api/policy_document/%" ID, later);
    g_assert_true(json_is_false(json_object_get(ls->reply, "is_valid"))); /* not yet */
}

static void
the_edition_in_force_until_the_next_begins(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 now = policy(lm, "2026-1", "2026-01-01");

    policy(lm, "2026-2", "2026-05-01");
    client_get(lm, "/api/policy_document/%" ID, now);
    says(lm, "to_on", "2026-04-30");
    says(lm, "state", "in_force");
    g_assert_true(json_is_true(json_object_get(lm->reply, "is_valid"))); /* something is valid on every day */
    go_to("2026-05-01");
    run_jobs(mall);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    client_get(ls, "/api/policy_document/%" ID, now);
    says(ls, "state", "superseded");
    client_get(ls, "/api/policy_document?state=in_force");
    counts(ls, "total", 1);
    says(ls, "items.0.edition", "2026-2");
}

static void
answers_are_at_hand(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 based_on = policy(lm, "2026-1", "2026-01-01");

    make_as(lm, "faq", "{'question':'免租期多长？','answer':'三个月','tags':'免租 装修','document_id':'%" ID "','to_on':'2026-12-31'}",
            based_on);
    client_get(ls, "/api/faq?q=%%E5%%85%%8D%%E7%%A7%%9F"); /* 免租 */
    counts(ls, "total", 1);
    says(ls, "items.0.answer", "三个月");
    says(ls, "items.0.to_on", "2026-12-31");
    deny(ls, 403, "faq.forbidden", "POST", "{'question':'问','answer':'答'}", "/api/faq");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LS-12/a-known-number-shows-the-customer", a_known_number_shows_the_customer);
    testdb_each("/LS-12/the-channel-is-mandatory-and-nothing-is-half-registered", the_channel_is_mandatory);
    testdb_each("/LS-12/a-colleagues-customer-stays-theirs-and-they-hear-of-it", a_colleagues_customer_stays_theirs);
    testdb_each("/LF-1/a-call-brings-channel-demand-and-an-invitation", a_caller_is_invited);
    testdb_each("/LF-2/a-visit-goes-back-to-its-call", a_visit_goes_back_to_its_call);
    testdb_each("/LS-13/the-policy-at-hand-is-the-present-one", the_policy_at_hand_is_the_present_one);
    testdb_each("/LS-13/an-edition-counts-until-the-next-begins", the_edition_in_force_until_the_next_begins);
    testdb_each("/LS-13/answers-are-at-hand-with-their-validity", answers_are_at_hand);
    return g_test_run();
}
