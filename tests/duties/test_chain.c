/* LF-3: from the first call to the money in the bank, each step opened from the one before it. */
#include "support/duty.h"

#include "base/ids.h"

static void
call_becomes_money(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 lead = mall_lead(mall, ls, "云上咖啡", "13800138000");

    g_assert_cmpint(lead, >, 0);
    client_get(ls, "/api/lead/%" G_GINT64_FORMAT, lead);
    gint64 merchant = id_parse(client_text(ls, "merchant_id.id"));
    g_assert_cmpint(merchant, >, 0);

    g_autofree char *intent
        = g_strdup_printf("{\"lead_id\":\"%" G_GINT64_FORMAT "\",\"merchant_id\":\"%" G_GINT64_FORMAT "\",\"unit_id\":\"%" G_GINT64_FORMAT
                          "\",\"area\":\"100\",\"from_on\":\"2026-04-01\",\"to_on\":\"2029-03-31\",\"price\":\"200\",\"deposit_kind\":\"earnest\","
                          "\"deposit_amount\":\"5000\",\"valid_until_on\":\"2026-03-31\",\"cycle_months\":3,\"free_days\":30,\"fee_price\":\"30\"}",
                          lead, merchant, mall->units[0]);
    client_post(ls, 201, intent, "/api/intent");
    gint64 intent_id = id_parse(client_text(ls, "id"));
    client_post(ls, 200, NULL, "/api/intent/%" G_GINT64_FORMAT "/submit", intent_id);
    mall_approve(mall, "intent", intent_id);
    client_post(ls, 200, NULL, "/api/intent/%" G_GINT64_FORMAT "/sign", intent_id);
    client_get(ls, "/api/unit/%" G_GINT64_FORMAT, mall->units[0]);
    g_assert_cmpstr(client_text(ls, "status"), ==, "locked");
    client_post(ls, 200, NULL, "/api/intent/%" G_GINT64_FORMAT "/convert", intent_id);
    g_assert_cmpstr(client_text(ls, "state"), ==, "converted");

    client_get(ls, "/api/lease?intent_id=%" G_GINT64_FORMAT, intent_id);
    gint64 lease = id_parse(client_text(ls, "items.0.id"));
    client_get(ls, "/api/lease/%" G_GINT64_FORMAT, lease);
    g_assert_cmpstr(client_text(ls, "unit_nos"), ==, "A1");
    g_assert_cmpstr(client_text(ls, "monthly_rent"), ==, "20000.00");
    g_assert_cmpint((gint64) client_len(ls, "terms"), ==, 2);

    /* no payment order before the review has passed */
    g_autofree char *issue = g_strdup_printf("/api/lease/%" G_GINT64_FORMAT "/issue_order", lease);
    client_send(lm, "POST", issue, NULL);
    client_refused(lm, 409, "payment_order.not_reviewed");

    client_post(ls, 200, NULL, "/api/lease/%" G_GINT64_FORMAT "/submit", lease);
    g_assert_cmpstr(client_text(ls, "state"), ==, "countersigning");
    static const char *const points[] = { "parties", "unit", "area", "dates", "price", "clauses", "deposits", "total" };
    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        g_autofree char *body = g_strdup_printf("{\"code\":\"%s\",\"ok\":true}", points[i]);
        client_post(lm, 200, body, "/api/lease/%" G_GINT64_FORMAT "/check", lease);
    }
    mall_approve(mall, "lease", lease);
    client_get(ls, "/api/lease/%" G_GINT64_FORMAT, lease);
    g_assert_cmpstr(client_text(ls, "state"), ==, "approved");

    client_post(lm, 201, NULL, "/api/lease/%" G_GINT64_FORMAT "/issue_order", lease);
    gint64 order = id_parse(client_text(lm, "id"));
    g_assert_cmpstr(client_text(lm, "state"), ==, "issued");
    g_autofree char *total = g_strdup(client_text(lm, "total"));
    client_get(ls, "/api/intent/%" G_GINT64_FORMAT "/document.docx", intent_id);
    g_assert_true(g_str_has_prefix(ls->text, "PK"));
    client_get(ls, "/api/lease/%" G_GINT64_FORMAT "/document.docx", lease);
    g_assert_true(g_str_has_prefix(ls->text, "PK"));
    client_get(lm, "/api/payment_order/%" G_GINT64_FORMAT "/print.pdf", order);
    g_assert_true(g_str_has_prefix(lm->text, "%PDF"));

    /* more than is open is refused on the field, part is taken, the rest completes */
    g_autofree char *receive = g_strdup_printf("/api/payment_order/%" G_GINT64_FORMAT "/receive", order);
    client_send(finance, "POST", receive, "{\"amount\":\"99999999.00\",\"received_on\":\"2026-03-02\",\"way\":\"bank_transfer\"}");
    client_refused(finance, 422, "input.invalid");
    client_refused_field(finance, "amount");
    client_post(finance, 200, "{\"amount\":\"1000.00\",\"received_on\":\"2026-03-02\",\"way\":\"bank_transfer\",\"reference\":\"T1\"}", "%s", receive);
    g_assert_cmpstr(client_text(finance, "state"), ==, "part_received");
    g_autofree char *rest
        = g_strdup_printf("{\"amount\":\"%s\",\"received_on\":\"2026-03-02\",\"way\":\"bank_transfer\",\"reference\":\"T2\"}", client_text(finance, "open"));
    client_post(finance, 200, rest, "%s", receive);
    g_assert_cmpstr(client_text(finance, "state"), ==, "received");
    g_assert_cmpstr(client_text(finance, "received"), ==, total);

    client_get(ls, "/api/lease/%" G_GINT64_FORMAT, lease);
    g_assert_cmpstr(client_text(ls, "state"), ==, "effective");
    client_get(ls, "/api/unit/%" G_GINT64_FORMAT, mall->units[0]);
    g_assert_cmpstr(client_text(ls, "status"), ==, "signed");
    client_get(lm, "/api/handover?lease_id=%" G_GINT64_FORMAT, lease);
    g_assert_cmpstr(client_text(lm, "items.0.state"), ==, "waiting");
    client_get(ls, "/api/lead/%" G_GINT64_FORMAT, lead);
    g_assert_cmpstr(client_text(ls, "stage"), ==, "signed");
}

static void
one_line_tells_the_whole_chain(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), intent = intent_signed(mall, ls, lead, 0);
    gint64 merchant = merchant_of_lead(ls, lead);
    static const char *const told[] = { "意向书 · 新建", "意向书 · 确认签署", "租赁合同 · 新建", "租赁合同 · 提交会签", "审批 · 同意",
                                        "租赁合同 · 会签通过", "交款单 · 开具", "租赁合同 · 生效", "招商移交 · 新建" };

    client_post(ls, 200, NULL, "/api/intent/%" ID "/convert", intent);
    client_get(ls, "/api/lease?intent_id=%" ID, intent);
    gint64 lease = id_parse(client_text(ls, "items.0.id"));
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    tick_all(mall, "lm", lease);
    mall_approve(mall, "lease", lease);
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *total = g_strdup(client_text(lm, "total"));
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autofree char *pay = quoted("{'amount':'%s','received_on':'2026-03-02','way':'bank_transfer','reference':'T1'}", total);
    client_post(finance, 200, pay, "/api/payment_order/%s/receive", client_text(lm, "id"));

    client_get(lm, "/api/lease/%" ID "/timeline", lease);
    for (guint i = 0; i < G_N_ELEMENTS(told); i++)
        g_assert_cmpint(find_item(lm, "items", "title", told[i]), >=, 0);
    g_assert_cmpstr(item_text(lm, "items", "title", "交款单 · 开具", "amount"), ==, total);
    g_assert_cmpstr(item_text(lm, "items", "entity", "receipt", "amount"), ==, total);
    g_assert_cmpstr(item_text(lm, "items", "title", "租赁合同 · 提交会签", "by"), ==, "刘专员");
    client_get(lm, "/api/lease/%" ID "/timeline", lease);
    for (gsize i = 1; i < client_len(lm, "items"); i++) { /* newest first */
        g_autofree char *newer = g_strdup_printf("items.%" G_GSIZE_FORMAT ".at", i - 1);
        g_autofree char *older = g_strdup_printf("items.%" G_GSIZE_FORMAT ".at", i);
        g_assert_cmpstr(client_text(lm, newer), >=, client_text(lm, older));
    }
    /* the merchant's goes from the first call to the money */
    client_get(lm, "/api/merchant/%" ID "/timeline", merchant);
    g_assert_cmpint(find_item(lm, "items", "kind", "call"), >=, 0);
    g_assert_cmpint(find_item(lm, "items", "title", "租赁合同 · 生效"), >=, 0);
    g_assert_cmpint(find_item(lm, "items", "entity", "receipt"), >=, 0);
    /* nobody reads here what they may not read there */
    client_get(ls, "/api/lease/%" ID "/timeline", lease);
    g_assert_cmpint(find_item(ls, "items", "title", "租赁合同 · 生效"), >=, 0);
    g_assert_cmpint(find_item(ls, "items", "entity", "receipt"), ==, -1);
    deny(ls2, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID "/timeline", lease);
    g_autoptr(Client) os = client_new(mall->world, "os"); /* reads every merchant, but leases of its own zone alone */
    client_get(os, "/api/merchant/%" ID "/timeline", merchant);
    g_assert_cmpuint(client_len(os, "items"), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LF-3/a-call-becomes-a-received-payment-and-an-effective-lease", call_becomes_money);
    testdb_each("/LF-3/one-line-tells-the-whole-chain", one_line_tells_the_whole_chain);
    return g_test_run();
}
