/* LM-6: the manager reviews text, terms, price and unit of each new lease; only then is money asked for. */
#include "support/duty.h"

#include "base/ids.h"

static void
no_order_before_the_review(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 merchant = mall_merchant(mall, ls, "云上咖啡");
    g_autofree char *body = mall_lease_body(mall, merchant, 0, "2026-04-01", "2029-03-31", "200");

    client_post(ls, 201, body, "/api/lease");
    gint64 lease = id_parse(client_text(ls, "id"));
    deny(lm, 409, "payment_order.not_reviewed", "POST", NULL, "/api/lease/%" ID "/issue_order", lease);
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    gint64 approval = approval_id(mall, "lease", lease);
    todo_of(mall, "approval", approval, "lm");
    deny(lm, 409, "payment_order.not_reviewed", "POST", NULL, "/api/lease/%" ID "/issue_order", lease);
    may_not_decide(mall, "director", approval, "agree", 409, "approval.closed"); /* no step is skipped */
    decides(mall, "lm", approval, "agree", NULL, NULL);
    todo_of(mall, "approval", approval, "finance");
    decides(mall, "finance", approval, "agree", NULL, NULL);
    deny(lm, 409, "payment_order.not_reviewed", "POST", NULL, "/api/lease/%" ID "/issue_order", lease);
    /* the last yes is not enough while a point of the checklist is open */
    may_not_decide(mall, "director", approval, "agree", 409, "lease.unchecked");
    tick_all(mall, "lm", lease);
    client_get(lm, "/api/payment_order?lease_id=%" ID, lease);
    counts(lm, "total", 0);
    decides(mall, "director", approval, "agree", "同意", NULL);
    approval_is(mall, approval, "agreed");
    deny(ls, 403, "lease.forbidden", "POST", NULL, "/api/lease/%" ID "/issue_order", lease); /* not the drafter */
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    says(lm, "state", "issued");
    deny(lm, 409, "payment_order.exists", "POST", NULL, "/api/lease/%" ID "/issue_order", lease);
    deny(lm, 403, "payment_order.forbidden", "POST", "{}", "/api/payment_order"); /* by no other way */
}

static void
below_floor_needs_the_general_manager(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 merchant = mall_merchant(mall, ls, "便宜小店");
    gint64 low = mall_lease_in_review(mall, ls, merchant, 0, "2026-04-01", "2027-03-31", "149.99");
    gint64 level = mall_lease_in_review(mall, ls, merchant, 1, "2026-04-01", "2027-03-31", "150");
    gint64 approval = approval_id(mall, "lease", low), other = approval_id(mall, "lease", level);
    static const char *const three[] = { "lm", "finance", "director" };

    client_get(lm, "/api/lease/%" ID "/review", low);
    g_assert_cmpint(find_item(lm, "findings", "code", "below_floor"), >=, 0);
    for (guint i = 0; i < G_N_ELEMENTS(three); i++) {
        decides(mall, three[i], approval, "agree", NULL, NULL);
        decides(mall, three[i], other, "agree", NULL, NULL);
    }
    client_get(ls, "/api/lease/%" ID, level);
    says(ls, "state", "approved");
    client_get(ls, "/api/lease/%" ID, low);
    says(ls, "state", "countersigning");
    todo_of(mall, "approval", approval, "gm");
    deny(lm, 409, "payment_order.not_reviewed", "POST", NULL, "/api/lease/%" ID "/issue_order", low);
    decides(mall, "gm", approval, "agree", "特批", NULL);
    client_get(ls, "/api/lease/%" ID, low);
    says(ls, "state", "approved");
}

static void
the_program_finds_faults_by_itself(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 taken = lease_approved(mall, ls, "先到的商户", 0, "2026-04-01", "2027-03-31");
    gint64 merchant = mall_merchant(mall, ls, "后到的商户");

    g_assert_cmpint(taken, >, 0);
    gint64 lease = make_as(ls, "lease",
                           "{'merchant_id':'%" ID "','category_id':'%" ID "','from_on':'2027-03-31','to_on':'2028-03-30',"
                           "'clauses':'use','agreed_total':'1.00','units':[{'unit_id':'%" ID "','area':'90.5'}],"
                           "'terms':[{'item':'rent','model':'fixed','basis':'per_m2_month','price':'100','cycle_months':3}]}",
                           merchant, mall->category_id, mall->units[0]);
    client_post(ls, 200, "{}", "/api/lease/%" ID "/judge", lease);
    static const char *const blocks[] = { "unit_let", "total_differs" };
    static const char *const warnings[] = { "area_differs", "below_floor", "missing_clause", "missing_paper", "no_identity" };
    for (guint i = 0; i < G_N_ELEMENTS(blocks); i++)
        g_assert_cmpstr(item_text(ls, "findings", "code", blocks[i], "severity"), ==, "block");
    for (guint i = 0; i < G_N_ELEMENTS(warnings); i++)
        g_assert_cmpstr(item_text(ls, "findings", "code", warnings[i], "severity"), ==, "warn");
    deny(ls, 409, "lease.blocked", "POST", NULL, "/api/lease/%" ID "/submit", lease);
    /* one day later the unit is free; with the right total it may go to review */
    client_get(ls, "/api/lease/%" ID, lease);
    g_autofree char *mended = quoted("{'version':%" ID ",'from_on':'2027-04-01','to_on':'2028-03-31','agreed_total':null,"
                                     "'units':[{'unit_id':'%" ID "'}]}",
                                     client_int(ls, "version"), mall->units[0]);
    client_patch(ls, 200, mended, "/api/lease/%" ID, lease);
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    client_get(ls, "/api/lease/%" ID "/review", lease);
    g_assert_cmpint(find_item(ls, "findings", "severity", "block"), ==, -1);
    g_assert_cmpint(find_item(ls, "findings", "code", "area_differs"), ==, -1);
}

static void
who_checked_what_is_kept(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 lease = mall_lease_in_review(mall, ls, mall_merchant(mall, ls, "云上咖啡"), 0, "2026-04-01", "2027-03-31", "200");

    client_get(lm, "/api/lease/%" ID "/review", lease);
    g_assert_cmpuint(client_len(lm, "checklist"), ==, 8);
    says(lm, "checklist.0.check.checked_by", "李经理");
    says(lm, "checklist.0.check.checked_at", "2026-03-02T01:00:00.000Z");
    g_autofree char *point = quoted("{'code':'price','ok':true}");
    deny(ls, 403, "lease.forbidden", "POST", point, "/api/lease/%" ID "/check", lease);
    deny_field(lm, "code", "POST", "{'code':'colour','ok':true}", "/api/lease/%" ID "/check", lease);
    decides(mall, "lm", approval_id(mall, "lease", lease), "return", "面积不对", NULL);
    deny(lm, 409, "lease.not_in_review", "POST", point, "/api/lease/%" ID "/check", lease);
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    client_get(lm, "/api/lease/%" ID "/review", lease);
    counts(lm, "figures.round", 2);
    g_assert_true(json_is_null(json_object_get(json_array_get(json_object_get(lm->reply, "checklist"), 0), "check")));
    /* the first round stays as it was */
    client_get(lm, "/api/review_item?lease_id=%" ID "&round=1", lease);
    counts(lm, "total", 8);
    says(lm, "items.0.checked_by.label", "李经理");
    g_autofree char *item = g_strdup(client_text(lm, "items.0.id"));
    deny(lm, 403, "review_item.forbidden", "PATCH", "{'version':1,'ok':false}", "/api/review_item/%s", item);
    deny(lm, 403, "review_item.forbidden", "DELETE", NULL, "/api/review_item/%s", item);
}

static void
nobody_reviews_their_own(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autofree char *body = mall_lease_body(mall, mall_merchant(mall, lm, "经理的客户"), 0, "2026-04-01", "2027-03-31", "200");

    client_post(lm, 201, body, "/api/lease");
    gint64 lease = id_parse(client_text(lm, "id"));
    client_post(lm, 200, NULL, "/api/lease/%" ID "/submit", lease);
    deny(lm, 403, "lease.own_review", "POST", "{'code':'price','ok':true}", "/api/lease/%" ID "/check", lease);
    gint64 approval = approval_id(mall, "lease", lease);
    may_not_decide(mall, "lm", approval, "agree", 403, "approval.own");
    todo_of(mall, "approval", approval, "director"); /* the manager's step goes up the line */
    tick_all(mall, "director", lease);
    decides(mall, "director", approval, "agree", NULL, NULL);
    approval_is(mall, approval, "running");
}

static void
a_returned_lease_begins_a_new_round(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = mall_lease_in_review(mall, ls, mall_merchant(mall, ls, "云上咖啡"), 0, "2026-04-01", "2027-03-31", "200");
    gint64 first = approval_id(mall, "lease", lease);

    decides(mall, "lm", first, "agree", NULL, NULL);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    deny_field(finance, "opinion", "POST", "{}", "/api/approval/%" ID "/return", first);
    decides(mall, "finance", first, "return", "付款周期请改为按月", NULL);
    approval_is(mall, first, "returned");
    g_assert_cmpuint(news(mall, "ls", "approval.returned"), ==, 1);
    todo_of(mall, "approval", first, "");
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "draft");
    g_autofree char *change = quoted("{'version':%" ID ",'special':'按月付款'}", client_int(ls, "version"));
    client_patch(ls, 200, change, "/api/lease/%" ID, lease);
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    gint64 second = approval_id(mall, "lease", lease);
    g_assert_cmpint(second, !=, first);
    todo_of(mall, "approval", second, "lm"); /* from the first step on */
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    client_get(lm, "/api/approval/%" ID, second);
    counts(lm, "round", 2);
    may_not_decide(mall, "finance", first, "agree", 409, "approval.closed");
    client_get(lm, "/api/lease/%" ID "/approvals", lease);
    g_assert_cmpuint(client_len(lm, "items"), ==, 2);
    g_assert_cmpstr(item_text(lm, "items", "state", "returned", "id"), !=, item_text(lm, "items", "state", "running", "id"));
}

static void
what_changes_voids_the_approval(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 lease = mall_lease_in_review(mall, ls, mall_merchant(mall, ls, "云上咖啡"), 0, "2026-04-01", "2027-03-31", "200");
    gint64 approval = approval_id(mall, "lease", lease);

    client_get(ls, "/api/lease/%" ID, lease);
    g_autofree char *change = quoted("{'version':%" ID ",'special':'悄悄改'}", client_int(ls, "version"));
    deny(ls, 409, "lease.frozen", "PATCH", change, "/api/lease/%" ID, lease);
    decides(mall, "lm", approval, "agree", NULL, NULL);
    /* the floor price goes up: what was judged is no longer so */
    client_get(lm, "/api/unit/%" ID, mall->units[0]);
    g_autofree char *dearer = quoted("{'version':%" ID ",'floor_price':'210','target_price':'260'}", client_int(lm, "version"));
    client_patch(lm, 200, dearer, "/api/unit/%" ID, mall->units[0]);
    client_post(ls, 200, "{}", "/api/lease/%" ID "/judge", lease);
    approval_is(mall, approval, "void");
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "draft");
    g_assert_true(json_is_true(json_object_get(ls->reply, "is_below_floor")));
    may_not_decide(mall, "finance", approval, "agree", 409, "approval.closed");
}

static void
an_approver_reads_that_record_only(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) services = client_new(mall->world, "services");
    gint64 merchant = mall_merchant(mall, ls, "云上咖啡");
    gint64 lease = mall_lease_in_review(mall, ls, merchant, 0, "2026-04-01", "2027-03-31", "200");
    gint64 other = mall_lease_in_review(mall, ls, merchant, 1, "2026-04-01", "2027-03-31", "200");
    gint64 approval = approval_id(mall, "lease", lease);

    decides(mall, "lm", approval, "agree", NULL, NULL);
    deny(services, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID, lease);
    deny(services, 404, "approval.not_found", "GET", NULL, "/api/approval/%" ID, approval);
    decides(mall, "finance", approval, "delegate", "请物业核对", "services");
    client_get(services, "/api/lease/%" ID, lease);
    client_get(services, "/api/lease/%" ID "/review", lease);
    client_get(services, "/api/approval/%" ID, approval);
    deny(services, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID, other);
    deny(services, 403, "lease.forbidden", "GET", NULL, "/api/lease");
    deny(services, 404, "merchant.not_found", "GET", NULL, "/api/merchant/%" ID, merchant);
    may_not_decide(mall, "finance", approval, "agree", 409, "approval.closed");
    decides(mall, "services", approval, "agree", "已核对", NULL);
    deny(services, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID, lease);
    todo_of(mall, "approval", approval, "director");
}

static void
one_more_signer_and_withdrawing(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = mall_lease_in_review(mall, ls, mall_merchant(mall, ls, "云上咖啡"), 0, "2026-04-01", "2027-03-31", "200");
    gint64 approval = approval_id(mall, "lease", lease);
    g_autoptr(Client) lm = client_new(mall->world, "lm");

    g_autofree char *drafter = quoted("{'to_staff_id':'%" ID "'}", world_staff(mall->world, "ls"));
    deny_field(lm, "to_staff_id", "POST", drafter, "/api/approval/%" ID "/add_sign", approval);
    decides(mall, "lm", approval, "add_sign", "请运营看一下", "om");
    todo_of(mall, "approval", approval, "om");
    decides(mall, "om", approval, "agree", "可以", NULL);
    todo_of(mall, "approval", approval, "lm"); /* then it is the manager's turn again */
    decides(mall, "lm", approval, "agree", NULL, NULL);
    todo_of(mall, "approval", approval, "finance");
    may_not_decide(mall, "lm", approval, "withdraw", 403, "approval.forbidden");
    decides(mall, "ls", approval, "withdraw", NULL, NULL);
    todo_of(mall, "approval", approval, "");
    g_assert_cmpuint(news(mall, "finance", "approval.withdrawn"), ==, 1);
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "draft");
    deny(ls, 403, "lease.forbidden", "POST", "{'reason':'客户放弃'}", "/api/lease/%" ID "/cancel", lease);
    deny_field(lm, "reason", "POST", "{}", "/api/lease/%" ID "/cancel", lease);
    client_post(lm, 200, "{\"reason\":\"客户放弃\"}", "/api/lease/%" ID "/cancel", lease);
    says(lm, "state", "void");
    deny(ls, 409, "lease.wrong_state", "POST", NULL, "/api/lease/%" ID "/submit", lease);
}

static void
finance_confirms_against_the_order(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    hire(mall, "finance2", "符出纳", "finance", "finance");
    g_autoptr(Client) second = client_new(mall->world, "finance2");
    gint64 lease = lease_approved(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");

    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    gint64 order = id_parse(client_text(lm, "id"));
    g_autofree char *total = g_strdup(client_text(lm, "total"));
    says(lm, "total", "120000.00"); /* three months' deposit and the first quarter's rent of 200 × 100 m2 */
    g_autofree char *receipt = quoted("{'order_id':'%" ID "','amount':'%s','received_on':'2026-03-02','way':'bank_transfer',"
                                      "'reference':'B-77'}",
                                      order, total);
    g_autofree char *wrong = quoted("{'order_id':'%" ID "','amount':'120000.01','received_on':'2026-03-02','way':'bank_transfer'}", order);
    g_autofree char *future = quoted("{'order_id':'%" ID "','amount':'1','received_on':'2026-03-03','way':'bank_transfer'}", order);
    g_autofree char *forged = quoted("{'order_id':'%" ID "','amount':'1','received_on':'2026-03-02','state':'confirmed'}", order);
    deny(lm, 403, "receipt.forbidden", "POST", receipt, "/api/receipt");
    deny(ls, 403, "payment_order.forbidden", "POST", "{}", "/api/payment_order/%" ID "/receive", order);
    deny(lm, 403, "payment_order.forbidden", "POST", "{}", "/api/payment_order/%" ID "/receive", order);
    deny_field(finance, "amount", "POST", wrong, "/api/receipt");
    deny_field(finance, "received_on", "POST", future, "/api/receipt");
    deny_field(finance, "state", "POST", forged, "/api/receipt");
    client_post(finance, 201, receipt, "/api/receipt");
    gint64 id = id_parse(client_text(finance, "id"));
    says(finance, "state", "registered");
    /* what waits for confirmation is not open any more, and one transfer is one receipt */
    client_send(finance, "POST", "/api/receipt", receipt);
    g_assert_cmpint(finance->status, >=, 400);
    deny(finance, 403, "receipt.own", "POST", NULL, "/api/receipt/%" ID "/confirm", id);
    client_get(lm, "/api/payment_order/%" ID, order);
    says(lm, "state", "issued");
    says(lm, "received", "0.00");
    client_post(second, 200, NULL, "/api/receipt/%" ID "/confirm", id);
    says(second, "confirmed_by.label", "符出纳");
    client_get(lm, "/api/payment_order/%" ID, order);
    says(lm, "state", "received");
    says(lm, "open", "0.00");
    deny(second, 409, "receipt.wrong_state", "POST", NULL, "/api/receipt/%" ID "/confirm", id);
    client_get(second, "/api/allocation?receipt_id=%" ID, id);
    counts(second, "total", 2);
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "effective");
    deny(lm, 409, "payment_order.wrong_state", "POST", "{'reason':'错'}", "/api/payment_order/%" ID "/cancel", order);
}

static void
others_leases_and_old_versions(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    g_autofree char *body = mall_lease_body(mall, mall_merchant(mall, ls, "云上咖啡"), 0, "2026-04-01", "2027-03-31", "200");

    client_post(ls, 201, body, "/api/lease");
    gint64 lease = id_parse(client_text(ls, "id")), version = client_int(ls, "version");
    deny(ls2, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID, lease);
    deny(ls2, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID "/schedule", lease);
    deny(ls2, 404, "lease.not_found", "POST", NULL, "/api/lease/%" ID "/submit", lease);
    g_autofree char *edit = quoted("{'version':%" ID ",'special':'一'}", version);
    deny(ls2, 404, "lease.not_found", "PATCH", edit, "/api/lease/%" ID, lease);
    client_patch(ls, 200, edit, "/api/lease/%" ID, lease);
    deny(ls, 409, "record.stale", "PATCH", edit, "/api/lease/%" ID, lease);
    g_autofree char *old = quoted("{'version':%" ID "}", version);
    deny(ls, 409, "record.stale", "POST", old, "/api/lease/%" ID "/submit", lease);
    deny_field(ls, "state", "PATCH", "{'version':2,'state':'approved'}", "/api/lease/%" ID, lease);
    deny(ls, 404, "action.not_found", "POST", "{}", "/api/lease/%" ID "/approve", lease); /* not by hand */
    deny(ls, 404, "action.not_found", "POST", "{}", "/api/lease/%" ID "/activate", lease);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LM-6/no-payment-order-exists-before-the-review-passes", no_order_before_the_review);
    testdb_each("/LM-6/a-price-below-the-floor-needs-the-general-manager", below_floor_needs_the_general_manager);
    testdb_each("/LM-6/the-program-finds-faults-by-itself", the_program_finds_faults_by_itself);
    testdb_each("/LM-6/who-checked-what-and-when-is-kept", who_checked_what_is_kept);
    testdb_each("/LM-6/nobody-reviews-their-own-lease", nobody_reviews_their_own);
    testdb_each("/LM-6/a-returned-lease-begins-a-new-round", a_returned_lease_begins_a_new_round);
    testdb_each("/LM-6/a-change-of-what-was-judged-voids-the-approval", what_changes_voids_the_approval);
    testdb_each("/LM-6/an-approver-reads-exactly-that-lease-while-the-task-lives", an_approver_reads_that_record_only);
    testdb_each("/LM-6/a-signer-can-be-added-and-the-drafter-can-withdraw", one_more_signer_and_withdrawing);
    testdb_each("/LM-6/finance-confirms-the-receipt-against-the-order", finance_confirms_against_the_order);
    testdb_each("/LM-6/others-leases-and-old-versions-are-refused", others_leases_and_old_versions);
    return g_test_run();
}
