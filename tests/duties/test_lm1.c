/* LM-1, LS-1, LS-2, OM-1, OS-1: the reporting line, and who acts for whom. */
#include "support/duty.h"

#include "base/ids.h"

static gint64
policy_submitted(Mall *mall, const char *login)
{
    g_autoptr(Client) c = client_new(mall->world, login);
    gint64 id = make_as(c, "price_policy",
                        "{'edition':'2026-1','category_id':'%" ID "','from_on':'2026-04-01','floor_price':'160','target_price':'210'}",
                        mall->category_id);

    client_post(c, 200, NULL, "/api/price_policy/%" ID "/submit", id);
    return id;
}

static void
what_the_manager_submits_goes_to_the_director(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 policy = policy_submitted(mall, "lm");
    gint64 approval = approval_id(mall, "price_policy", policy);
    g_autoptr(Client) director = client_new(mall->world, "director");

    todo_of(mall, "approval", approval, "director"); /* and nobody else's */
    client_get(director, "/api/todo");
    g_autofree char *id = g_strdup_printf("%" ID, approval);
    g_assert_cmpstr(item_text(director, "items", "id", id, "title"), ==, "租金政策 2026-1");
    g_assert_cmpstr(item_text(director, "items", "id", id, "sub"), ==, "租金政策审批");
    g_assert_cmpstr(item_text(director, "items", "id", id, "due_on"), ==, "2026-03-04");
    may_not_decide(mall, "lm", approval, "agree", 403, "approval.own");
    may_not_decide(mall, "om", approval, "agree", 403, "approval.forbidden");
    may_not_decide(mall, "gm", approval, "agree", 409, "approval.closed"); /* not yet */
    decides(mall, "director", approval, "agree", NULL, NULL);
    todo_of(mall, "approval", approval, "gm");
    decides(mall, "gm", approval, "agree", NULL, NULL);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    client_get(lm, "/api/price_policy/%" ID, policy);
    says(lm, "state", "approved");
    deny_field(lm, "floor_price", "PATCH", "{'version':3,'floor_price':'1'}", "/api/price_policy/%" ID, policy);
}

static void
every_post_has_its_line(Dialect dialect)
{
    static const char *const line[][2] = { { "ls", "lsup" }, { "lc", "lsup" }, { "lsup", "lm" },     { "lm", "director" },
                                           { "os", "osup" }, { "osup", "om" }, { "om", "director" }, { "director", "gm" } };
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) c = client_new(mall->world, "ls");

    client_get(c, "/api/post?size=200");
    for (guint i = 0; i < G_N_ELEMENTS(line); i++) {
        g_autofree char *above = g_strdup(item_text(c, "items", "code", line[i][1], "name"));
        int n = find_item(c, "items", "code", line[i][0]);
        g_autofree char *at = g_strdup_printf("items.%d.reports_to_id.label", n);
        says(c, at, above);
    }
    deny(c, 403, "post.forbidden", "PATCH", "{'version':1,'name':'总裁'}", "/api/post/%s", client_text(c, "items.0.id"));
}

/* A flow of the house's own whose approver is "whoever is above". */
static void
approvals_follow_the_line(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) admin = client_new(mall->world, "admin");
    g_autoptr(Client) ls = client_new(mall->world, "ls");

    client_get(admin, "/api/flow?subject_entity=intent");
    g_autofree char *flow = g_strdup(client_text(admin, "items.0.id"));
    client_get(admin, "/api/flow_step?flow_id=%s", flow);
    g_autofree char *step = g_strdup(client_text(admin, "items.0.id"));
    deny(ls, 403, "flow_step.forbidden", "PATCH", "{'version':1,'approver':'manager'}", "/api/flow_step/%s", step);
    client_patch(admin, 200, "{\"version\":1,\"approver\":\"manager\",\"role_id\":null}", "/api/flow_step/%s", step);
    gint64 intent = intent_draft(mall, ls, lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), 0, "200");
    client_post(ls, 200, NULL, "/api/intent/%" ID "/submit", intent);
    todo_of(mall, "approval", approval_id(mall, "intent", intent), "lsup");
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    gint64 other = intent_draft(mall, lsup, lead_at(mall, lsup, "主管的客户", "13800138001", "negotiating"), 1, "200");
    client_post(lsup, 200, NULL, "/api/intent/%" ID "/submit", other);
    todo_of(mall, "approval", approval_id(mall, "intent", other), "lm");
}

static void
a_supervisor_sees_the_team(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    g_autoptr(Client) os = client_new(mall->world, "os");
    gint64 one = mall_lead(mall, ls, "一号客户", "13800138001");
    gint64 two = mall_lead(mall, ls2, "二号客户", "13800138002");
    gint64 three = mall_lead(mall, lsup, "主管客户", "13800138003");

    client_get(ls, "/api/lead");
    counts(ls, "total", 1);
    client_get(lsup, "/api/lead");
    counts(lsup, "total", 3);
    client_get(lsup, "/api/lead/board");
    deny(ls, 404, "lead.not_found", "GET", NULL, "/api/lead/%" ID, two);
    deny(ls, 404, "lead.not_found", "GET", NULL, "/api/lead/%" ID, three); /* not upwards */
    deny(ls, 404, "lead.not_found", "POST", "{'way':'phone','content':'抢客户'}", "/api/lead/%" ID "/follow_up", two);
    deny(ls, 403, "lead.forbidden", "POST", "{}", "/api/lead/%" ID "/assign", one);
    deny(os, 403, "lead.forbidden", "GET", NULL, "/api/lead");
    /* and may hand a customer to another of the team */
    g_autofree char *assign = quoted("{'owner_id':'%" ID "','reason':'休假'}", world_staff(mall->world, "ls2"));
    client_post(lsup, 200, assign, "/api/lead/%" ID "/assign", one);
    deny(ls, 404, "lead.not_found", "GET", NULL, "/api/lead/%" ID, one);
    client_get(ls2, "/api/lead/%" ID, one);
    g_assert_cmpuint(news(mall, "ls2", "lead"), ==, 1);
    client_get(lsup, "/api/lead_owner_change?lead_id=%" ID, one);
    counts(lsup, "total", 2);
}

static void
a_delegated_approval_shows_for_whom(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) director = client_new(mall->world, "director");
    gint64 policy = policy_submitted(mall, "lm");
    gint64 approval = approval_id(mall, "price_policy", policy);

    may_not_decide(mall, "om", approval, "agree", 403, "approval.forbidden");
    make_as(director, "delegation",
            "{'from_staff_id':'%" ID "','to_staff_id':'%" ID "','powers':'approval','from_on':'2026-03-02','to_on':'2026-03-06','reason':'出差'}",
            world_staff(mall->world, "director"), world_staff(mall->world, "om"));
    todo_of(mall, "approval", approval, "director om");
    decides(mall, "om", approval, "agree", "代批", NULL);
    client_get(director, "/api/approval/%" ID, approval);
    int n = find_item(director, "trail", "decision", "agree");
    g_assert_cmpint(n, >=, 0);
    g_autofree char *by = g_strdup_printf("trail.%d.by.label", n);
    g_autofree char *for_whom = g_strdup_printf("trail.%d.on_behalf_of.label", n);
    says(director, by, "欧经理");
    says(director, for_whom, "董总监");
    /* over when it is over */
    decides(mall, "gm", approval, "agree", NULL, NULL);
    go_to("2026-03-07");
    gint64 next = approval_id(mall, "price_policy", policy_submitted(mall, "lm"));
    todo_of(mall, "approval", next, "director");
    may_not_decide(mall, "om", next, "agree", 403, "approval.forbidden");
}

static void
nobody_gives_away_others_powers(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autofree char *grab
        = quoted("{'from_staff_id':'%" ID "','to_staff_id':'%" ID "','powers':'approval','from_on':'2026-03-02','to_on':'2026-03-06',"
                 "'reason':'自取'}",
                 world_staff(mall->world, "director"), world_staff(mall->world, "ls"));

    client_send(ls, "POST", "/api/delegation", grab);
    g_assert_cmpint(ls->status, >=, 400);
    g_assert_cmpint(ls->status, <, 500);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LM-1/what-the-manager-submits-is-in-the-directors-list-and-nobody-elses", what_the_manager_submits_goes_to_the_director);
    testdb_each("/LM-1/approvals-follow-the-line", approvals_follow_the_line);
    testdb_each("/OM-1/every-post-has-its-reporting-line", every_post_has_its_line);
    testdb_each("/LS-1/a-supervisor-sees-the-team-and-a-specialist-their-own", a_supervisor_sees_the_team);
    testdb_each("/LS-2/a-delegated-approval-shows-on-behalf-of-whom", a_delegated_approval_shows_for_whom);
    testdb_each("/LS-2/nobody-gives-away-the-powers-of-others", nobody_gives_away_others_powers);
    return g_test_run();
}
