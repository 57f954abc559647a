/* OM-10: income of advertising positions and other single charges: posted at once when small, after approval when large, with their working. */
#include "support/duty.h"
#include "support/furnish.h"
#include "support/money.h"

static void
small_ones_are_posted_and_large_ones_approved(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) om = client_new(mall->world, "om");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 item = by_code(mall->world, "charge_item", "advertising");
    gint64 merchant = mall_merchant(mall, ls, "云上咖啡有限公司");
    g_autofree char *nothing = quoted("{'merchant_id':'%" ID "','item_id':'%" ID "','name':'中庭展位','due_on':'2026-03-15','reason':'价目表'}", merchant, item);
    g_autofree char *half = quoted("{'merchant_id':'%" ID "','item_id':'%" ID "','name':'中庭展位','quantity':'3','due_on':'2026-03-15','reason':'价目表'}", merchant, item);

    deny_field(om, "amount", "POST", nothing, "/api/single_charge");
    deny_field(om, "price", "POST", half, "/api/single_charge");
    deny(ls, 403, "single_charge.forbidden", "POST", half, "/api/single_charge");
    gint64 small = make_as(om, "single_charge", "{'merchant_id':'%" ID "','item_id':'%" ID "','name':'中庭展位','quantity':'3','measure':'天','price':'333.335',"
                                                "'period_from':'2026-03-06','period_to':'2026-03-08','due_on':'2026-03-15','reason':'价目表 2026'}", merchant, item);
    client_get(om, "/api/single_charge/%" ID, small);
    says(om, "amount", "1000.01"); /* 1 000.005, rounded once */
    g_assert_true(client_offers(om, "post"));
    g_assert_false(client_offers(om, "submit"));
    deny(om, 409, "single_charge.small", "POST", "{}", "/api/single_charge/%" ID "/submit", small);
    client_post(om, 200, "{}", "/api/single_charge/%" ID "/post", small);
    says(om, "state", "posted");
    deny(om, 409, "single_charge.wrong_state", "POST", "{}", "/api/single_charge/%" ID "/post", small);
    client_get(finance, "/api/charge?merchant_id=%" ID, merchant);
    says(finance, "items.0.kind", "single");
    says(finance, "items.0.gross", "1000.01");
    says(finance, "items.0.net", "917.44"); /* 9 % */
    client_get(finance, "/api/charge/%s", client_text(finance, "items.0.id"));
    says(finance, "working.0.text_zh", "3 天 × 333.335 元 = 1,000.01 元；依据：价目表 2026");
    gint64 large = make_as(om, "single_charge", "{'merchant_id':'%" ID "','item_id':'%" ID "','name':'外立面大屏','amount':'60000','due_on':'2026-03-15','reason':'订单 7'}",
                           merchant, item);
    deny(om, 409, "single_charge.needs_approval", "POST", "{}", "/api/single_charge/%" ID "/post", large);
    client_post(om, 200, "{}", "/api/single_charge/%" ID "/submit", large);
    gint64 approval = approval_id(mall, "single_charge", large);
    may_not_decide(mall, "om", approval, "agree", 403, "approval.own");
    may_not_decide(mall, "finance", approval, "agree", 403, "approval.forbidden");
    decides(mall, "director", approval, "agree", NULL, NULL);
    approval_is(mall, approval, "running"); /* from 50 000 on the general manager too */
    decides(mall, "gm", approval, "agree", NULL, NULL);
    client_get(om, "/api/single_charge/%" ID, large);
    says(om, "state", "posted");
    money_is_sound(mall);
    deny(om, 403, "single_charge.forbidden", "POST", "{'reason':'x'}", "/api/single_charge/%" ID "/take_back", large);
    client_post(finance, 200, "{\"reason\":\"订单取消\"}", "/api/single_charge/%" ID "/take_back", large);
    client_get(finance, "/api/charge?merchant_id=%" ID "&state=void", merchant);
    counts(finance, "total", 1);
    money_is_sound(mall);
}

static void
a_lease_of_somebody_else_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) om = client_new(mall->world, "om");
    gint64 item = by_code(mall->world, "charge_item", "advertising");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");
    gint64 other = mall_merchant(mall, ls, "晨光文具有限公司");
    g_autofree char *body = quoted("{'merchant_id':'%" ID "','lease_id':'%" ID "','item_id':'%" ID "','name':'灯箱','amount':'100','due_on':'2026-03-15','reason':'订单'}",
                                   other, lease, item);

    deny_field(om, "lease_id", "POST", body, "/api/single_charge");
    money_is_sound(mall);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/OM-10/small-ones-are-posted-and-large-ones-approved", small_ones_are_posted_and_large_ones_approved);
    testdb_each("/OM-10/a-lease-of-somebody-else-is-refused", a_lease_of_somebody_else_is_refused);
    return g_test_run();
}
