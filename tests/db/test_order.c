/* Bills: payment orders over charges that are open already, for one merchant or for everybody, on paper and void again. */
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"

static void
a_bill_holds_what_was_chosen(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 merchant = mall_merchant(mall, lm, "云上咖啡"), other = mall_merchant(mall, lm, "海边书店");
    gint64 one = charge_made(mall, merchant, 50000, "2026-02-01"), two = charge_made(mall, merchant, 70000, "2026-03-01");
    gint64 theirs = charge_made(mall, other, 10000, "2026-02-01");
    g_autofree char *chosen = quoted("{'merchant_id':'%" ID "','charges':['%" ID "'],'due_on':'2026-03-10'}", merchant, two);
    g_autofree char *foreign = quoted("{'merchant_id':'%" ID "','charges':['%" ID "']}", merchant, theirs);
    g_autofree char *due = quoted("{'merchant_id':'%" ID "','due_by':'2026-02-28'}", merchant);
    g_autoptr(Client) ls = client_new(mall->world, "ls");

    deny(ls, 403, "payment_order.forbidden", "POST", chosen, "/api/payment_order/issue");
    deny_field(finance, "charges", "POST", foreign, "/api/payment_order/issue");
    deny_field(finance, "merchant_id", "POST", "{'due_by':'2026-02-28'}", "/api/payment_order/issue");
    deny_field(finance, "due_by", "POST", "{'merchant_id':'1','due_by':'soon'}", "/api/payment_order/issue");
    client_post(finance, 201, chosen, "/api/payment_order/issue");
    gint64 order = id_parse(client_text(finance, "id"));
    says(finance, "kind", "bill");
    says(finance, "total", "700.00");
    says(finance, "words", "柒佰元整");
    says(finance, "due_on", "2026-03-10");
    says(finance, "lines.0.charge_id", client_text(finance, "lines.0.charge_id"));
    deny_field(finance, "charges", "POST", chosen, "/api/payment_order/issue"); /* it is on paper already */
    client_post(finance, 201, due, "/api/payment_order/issue");
    says(finance, "total", "500.00");
    deny(finance, 409, "payment_order.empty", "POST", due, "/api/payment_order/issue");
    /* paid by somebody who never saw the bill, it follows */
    g_autofree char *pay = quoted("{'amount':'200','received_on':'2026-03-02','way':'cash','money_account_id':null}");
    client_post(finance, 200, pay, "/api/payment_order/%" ID "/receive", order);
    says(finance, "state", "part_received");
    client_post(finance, 200, "{\"reason\":\"重开\"}", "/api/payment_order/%" ID "/cancel", order); /* paper alone */
    says(finance, "state", "void");
    client_get(finance, "/api/charge/%" ID, two);
    says(finance, "state", "part_paid");
    client_post(finance, 201, chosen, "/api/payment_order/issue");
    says(finance, "open", "500.00");
    client_get(finance, "/api/charge/%" ID, one);
    says(finance, "state", "open");
    money_is_sound(mall);
}

static void
one_batch_for_all(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    static const char *const names[] = { "云上咖啡", "海边书店", "山野茶铺" };

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        gint64 merchant = mall_merchant(mall, lm, names[i]);
        charge_made(mall, merchant, 10000 * (i + 1), "2026-03-05");
        charge_made(mall, merchant, 10000, "2026-04-05"); /* not due yet */
    }
    client_post(finance, 201, "{\"due_by\":\"2026-03-31\"}", "/api/payment_order/batch");
    counts(finance, "orders", 3);
    says(finance, "total", "600.00");
    g_autofree char *batch = g_strdup(client_text(finance, "batch"));
    deny(finance, 409, "payment_order.empty", "POST", "{'due_by':'2026-03-31'}", "/api/payment_order/batch"); /* twice is once */
    client_get(finance, "/api/payment_order?batch=%s", batch);
    counts(finance, "total", 3);
    client_get(finance, "/api/payment_order/batch.pdf?batch=%s", batch);
    gsize len = 0;
    const char *pdf = g_bytes_get_data(finance->bytes, &len);
    g_assert_cmpuint(len, >, 3000);
    g_assert_true(g_str_has_prefix(pdf, "%PDF"));
    deny(finance, 404, "payment_order.no_batch", "GET", NULL, "/api/payment_order/batch.pdf?batch=PC-9");
    money_is_sound(mall);
}

static void
a_bill_never_makes_a_lease_effective(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 lease = lease_approved(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");

    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *first = g_strdup(client_text(lm, "id"));
    client_get(lm, "/api/lease/%" ID, lease);
    g_autofree char *merchant = g_strdup(client_text(lm, "merchant_id.id"));
    charge_made(mall, id_parse(merchant), 5000, "2026-03-01");
    g_autofree char *bill = quoted("{'merchant_id':'%s','due_by':'2026-12-31'}", merchant);
    client_post(finance, 201, bill, "/api/payment_order/issue");
    says(finance, "total", "50.00"); /* what the first order holds is not asked for twice */
    g_autofree char *pay = quoted("{'amount':'50','received_on':'2026-03-02','way':'cash'}");
    client_post(finance, 200, pay, "/api/payment_order/%s/receive", client_text(finance, "id"));
    says(finance, "state", "received");
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "approved");
    client_get(lm, "/api/payment_order/%s", first);
    says(lm, "state", "issued");
    money_is_sound(mall);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/order/a-bill-holds-what-was-chosen-and-is-paper-alone", a_bill_holds_what_was_chosen);
    testdb_each("/order/one-batch-for-all-merchants-and-twice-is-once", one_batch_for_all);
    testdb_each("/order/a-paid-bill-never-makes-a-lease-effective", a_bill_never_makes_a_lease_effective);
    return g_test_run();
}
