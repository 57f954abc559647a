/* OS-8: the specialist knows each merchant's business: sales reported or imported, checked for outliers, accepted by the manager, and
 * what is settled on them. With OC-3: sales are confidential. */
#include "support/duty.h"

#include "base/ids.h"
#include "domain/sales/sales.h"
#include "domain/terms/workday.h"
#include "store/import.h"

#include <string.h>

/* A lease with the greater of 20 000 a month and 12 % of sales, settled by the quarter, that began on 2 March 2026. */
static gint64
turnover_lease(Mall *mall)
{
    g_autoptr(Client) admin = client_new(mall->world, "ls");
    g_autoptr(Client) om = client_new(mall->world, "om");
    gint64 merchant = mall_merchant(mall, admin, "云上咖啡");
    gint64 lease = make_as(admin, "lease",
                           "{'merchant_id':'%" ID "','category_id':'%" ID "','from_on':'2026-03-02','to_on':'2027-03-01',"
                           "'clauses':'use fitout operation sublet safety return default force_majeure dispute',"
                           "'units':[{'unit_id':'%" ID "'}],"
                           "'terms':[{'item':'rent','model':'greater_of','basis':'per_month','price':'20000.00',"
                           "'billing':'calendar_month','settle':'quarterly',"
                           "'turnover':{'percent':'12','sales_tax_included':true}}],"
                           "'deposits':[{'kind':'performance','amount':'60000.00','due_on':'2026-03-02'}]}",
                           merchant, mall->category_id, mall->units[0]);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 zone = make_as(om, "zone", "{'name':'一层','staff_id':'%" ID "'}", world_staff(mall->world, "os"));

    make_as(om, "zone_unit", "{'zone_id':'%" ID "','staff_id':'%" ID "','unit_id':'%" ID "','from_on':'2026-03-01'}", zone,
            world_staff(mall->world, "os"), mall->units[0]);
    client_post(admin, 200, NULL, "/api/lease/%" ID "/submit", lease);
    tick_all(mall, "lm", lease);
    mall_approve(mall, "lease", lease);
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *pay = quoted("{'amount':'%s','received_on':'2026-03-02','way':'bank_transfer','reference':'R1'}",
                                  client_text(lm, "open"));
    client_post(finance, 200, pay, "/api/payment_order/%s/receive", client_text(lm, "id"));
    return lease;
}

static gint64
report_month(Client *client, gint64 lease, const char *day, const char *amount)
{
    return make_as(client, "sales_report", "{'lease_id':'%" ID "','day':'%s','amount':'%s'}", lease, day, amount);
}

/* Gross amount of the line of a kind that begins on @from; "" if there is none. */
static const char *
line_gross(Client *client, const char *kind, const char *from)
{
    for (guint i = 0; i < client_len(client, "lines"); i++) {
        g_autofree char *k = g_strdup_printf("lines.%u.kind", i);
        g_autofree char *f = g_strdup_printf("lines.%u.from", i);
        g_autofree char *g = g_strdup_printf("lines.%u.gross", i);
        if (strcmp(client_text(client, k), kind) == 0 && strcmp(client_text(client, f), from) == 0)
            return client_text(client, g);
    }
    return "";
}

static void
sales_are_entered_accepted_and_settled(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 lease = turnover_lease(mall);
    go_to("2026-07-03");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) om = client_new(mall->world, "om");
    gint64 june = report_month(os, lease, "2026-06-15", "300000.00");

    says(os, "day", "2026-06-01");
    says(os, "state", "declared");
    says(os, "merchant_id.label", "云上咖啡");
    client_get(os, "/api/lease/%" ID "/schedule", lease);
    g_assert_cmpstr(line_gross(os, "provisional", "2026-06-01"), ==, ""); /* declared is not accepted */
    g_assert_cmpstr(line_gross(os, "awaiting_sales", "2026-06-01"), ==, "0.00");
    deny(os, 403, "sales_report.forbidden", "POST", "{}", "/api/sales_report/%" ID "/accept", june);
    client_post(om, 200, "{}", "/api/sales_report/%" ID "/accept", june);
    says(om, "accepted_by.label", "欧经理");
    client_get(os, "/api/lease/%" ID "/schedule", lease);
    g_assert_cmpstr(line_gross(os, "provisional", "2026-06-01"), ==, "16000.00"); /* 300 000 x 12 % - 20 000 */
    /* the quarter waits for April and May */
    g_assert_cmpstr(line_gross(os, "settlement", "2026-04-01"), ==, "");
    client_post(om, 200, "{}", "/api/sales_report/%" ID "/accept", report_month(os, lease, "2026-04-01", "100000.00"));
    client_post(om, 200, "{}", "/api/sales_report/%" ID "/accept", report_month(os, lease, "2026-05-01", "120000.00"));
    client_get(os, "/api/lease/%" ID "/schedule", lease);
    /* 520 000 x 12 % = 62 400; base 60 000, on account 16 000: 13 600 goes back */
    g_assert_cmpstr(line_gross(os, "settlement", "2026-04-01"), ==, "-13600.00");
}

static void
one_figure_counts_for_a_month(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 lease = turnover_lease(mall);
    go_to("2026-07-03");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) om = client_new(mall->world, "om");
    gint64 first = report_month(os, lease, "2026-06-01", "300000.00");

    g_autofree char *again = quoted("{'lease_id':'%" ID "','day':'2026-06-30','amount':'1.00'}", lease);
    deny_field(os, "day", "POST", again, "/api/sales_report"); /* one waits already */
    client_post(om, 200, "{}", "/api/sales_report/%" ID "/accept", first);
    client_get(om, "/api/sales_report/%" ID, first);
    g_autofree char *change = quoted("{'version':%" ID ",'amount':'1.00'}", client_int(om, "version"));
    deny(om, 409, "sales_report.accepted", "PATCH", change, "/api/sales_report/%" ID, first);
    /* an audit finds more: a second report takes the place of the first */
    gint64 second = report_month(os, lease, "2026-06-01", "320000.00");
    client_post(om, 200, "{}", "/api/sales_report/%" ID "/accept", second);
    client_get(om, "/api/sales_report/%" ID, first);
    says(om, "state", "superseded");
    client_get(os, "/api/lease/%" ID "/schedule", lease);
    g_assert_cmpstr(line_gross(os, "provisional", "2026-06-01"), ==, "18400.00");
    g_autofree char *before = quoted("{'lease_id':'%" ID "','day':'2026-02-01','amount':'1.00'}", lease);
    deny_field(os, "day", "POST", before, "/api/sales_report"); /* before the lease */
    g_autofree char *later = quoted("{'lease_id':'%" ID "','day':'2026-08-01','amount':'1.00'}", lease);
    deny_field(os, "day", "POST", later, "/api/sales_report"); /* in the future */
    g_autofree char *negative = quoted("{'lease_id':'%" ID "','day':'2026-05-01','amount':'-1.00'}", lease);
    deny_field(os, "amount", "POST", negative, "/api/sales_report");
    g_autofree char *net = quoted("{'lease_id':'%" ID "','day':'2026-05-01','amount':'1.00','amount_net':'2.00'}", lease);
    deny_field(os, "amount_net", "POST", net, "/api/sales_report");
}

static void
what_is_far_off_is_named_and_needs_a_reason(Dialect dialect)
{
    static const char *const months[] = { "2026-03-02", "2026-04-01", "2026-05-01" };
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 lease = turnover_lease(mall);
    go_to("2026-07-03");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) om = client_new(mall->world, "om");

    for (guint i = 0; i < G_N_ELEMENTS(months); i++)
        client_post(om, 200, "{}", "/api/sales_report/%" ID "/accept", report_month(os, lease, months[i], "100000.00"));
    gint64 june = report_month(os, lease, "2026-06-01", "180000.00");
    client_get(os, "/api/sales_report/%" ID, june);
    g_assert_true(json_is_true(json_object_get(os->reply, "is_outlier")));
    says(os, "outlier_note", "比前三个月平均高 80%");
    deny_field(om, "remarks", "POST", "{}", "/api/sales_report/%" ID "/accept", june);
    client_post(om, 200, "{\"remarks\":\"店庆活动\"}", "/api/sales_report/%" ID "/accept", june);
    says(om, "state", "accepted");
    /* whoever enters a figure does not accept it, manager or not */
    go_to("2026-08-03");
    g_autoptr(Client) later = client_new(mall->world, "om");
    gint64 july = report_month(later, lease, "2026-07-01", "110000.00");
    client_get(later, "/api/sales_report/%" ID, july);
    g_assert_true(json_is_false(json_object_get(later->reply, "is_outlier")));
    deny(later, 403, "sales_report.own", "POST", "{}", "/api/sales_report/%" ID "/accept", july);
    g_autoptr(Client) osup = client_new(mall->world, "osup");
    g_autoptr(Client) os2 = client_new(mall->world, "os2");
    deny(os2, 404, "sales_report.not_found", "GET", NULL, "/api/sales_report/%" ID, july); /* not their zone */
    client_get(osup, "/api/sales_report/%" ID, july); /* os reports to them */
    client_post(later, 200, "{\"remarks\":\"小票不符\"}", "/api/sales_report/%" ID "/refuse", july);
    says(later, "state", "void");
}

static void
after_the_cut_off_somebody_is_asked(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 lease = turnover_lease(mall);
    go_to("2026-04-05");
    run_jobs(mall);
    g_autoptr(Client) before = client_new(mall->world, "om");
    client_get(before, "/api/sales_report?lease_id=%" ID, lease);
    counts(before, "total", 0);
    go_to("2026-04-06");
    run_jobs(mall);
    run_jobs(mall); /* once is enough */
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) os2 = client_new(mall->world, "os2");
    client_get(os, "/api/sales_report?lease_id=%" ID, lease);
    counts(os, "total", 1);
    says(os, "items.0.state", "missing");
    gint64 id = id_parse(client_text(os, "items.0.id"));
    client_get(os, "/api/todo");
    g_assert_cmpstr(item_text(os, "items", "kind", "sales", "entity"), ==, "sales_report");
    client_get(os2, "/api/todo");
    g_assert_cmpint(find_item(os2, "items", "kind", "sales"), ==, -1); /* another zone */
    /* meanwhile the base is billed */
    client_get(os, "/api/lease/%" ID "/schedule", lease);
    g_assert_cmpstr(line_gross(os, "billed", "2026-04-01"), ==, "20000.00");
    deny_field(os, "amount", "POST", "{\"source\":\"merchant\"}", "/api/sales_report/%" ID "/declare", id);
    client_post(os, 200, "{\"source\":\"merchant\",\"amount\":\"250000.00\"}", "/api/sales_report/%" ID "/declare", id);
    says(os, "state", "declared");
    client_get(os, "/api/todo");
    g_assert_cmpint(find_item(os, "items", "kind", "sales"), ==, -1);
    g_autoptr(Client) om = client_new(mall->world, "om");
    client_get(om, "/api/todo");
    g_assert_cmpint(find_item(om, "items", "kind", "sales_accept"), >=, 0);
    /* a report that comes in by itself ends the reminder */
    go_to("2026-05-07");
    run_jobs(mall);
    g_autoptr(Client) may = client_new(mall->world, "os");
    report_month(may, lease, "2026-04-01", "90000.00");
    client_get(may, "/api/sales_report?state=missing");
    counts(may, "total", 0);
}

static void
days_are_added_up(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 lease = turnover_lease(mall);
    go_to("2026-04-02");
    g_autoptr(Client) os = client_new(mall->world, "os");

    deny(os, 409, "sales_report.no_days", "POST", "{\"day\":\"2026-03-31\"}", "/api/lease/%" ID "/sum_sales", lease);
    for (guint day = 2; day <= 30; day++)
        make_as(os, "sales_report", "{'lease_id':'%" ID "','period':'day','day':'2026-03-%02u','amount':'1000.10','transactions':10}",
                lease, day);
    deny(os, 409, "sales_report.days_missing", "POST", "{\"day\":\"2026-03-31\"}", "/api/lease/%" ID "/sum_sales", lease);
    make_as(os, "sales_report", "{'lease_id':'%" ID "','period':'day','day':'2026-03-31','amount':'1000.10'}", lease);
    client_post(os, 201, "{\"day\":\"2026-03-31\"}", "/api/lease/%" ID "/sum_sales", lease);
    says(os, "amount", "30003.00");
    counts(os, "transactions", 290);
    says(os, "source", "till");
    deny_field(os, "day", "POST", "{\"day\":\"March\"}", "/api/lease/%" ID "/sum_sales", lease);
}

static void
sales_are_confidential(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 lease = turnover_lease(mall);
    go_to("2026-07-03");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) om = client_new(mall->world, "om");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autoptr(Client) admin = client_new(mall->world, "admin");
    gint64 june = report_month(os, lease, "2026-06-01", "300000.00");

    client_post(om, 200, "{}", "/api/sales_report/%" ID "/accept", june);
    client_get(finance, "/api/sales_report/%" ID, june);
    says(finance, "amount", "300000.00");
    client_get(admin, "/api/sales_report/%" ID, june);
    says(admin, "amount", "****"); /* not its first digits */
    client_get(admin, "/api/sales_report");
    says(admin, "items.0.amount", "****");
    client_get(admin, "/api/sales_report/%" ID "/history", june);
    g_assert_null(strstr(admin->text, "300000"));
    deny(ls, 404, "sales_report.not_found", "GET", NULL, "/api/sales_report/%" ID, june);
    deny(oc, 403, "sales_report.forbidden", "GET", NULL, "/api/sales_report");
    deny(finance, 403, "sales_report.forbidden", "POST", "{}", "/api/sales_report");
    /* the drafter of the lease sees what is charged, not on which sales */
    client_get(ls, "/api/lease/%" ID "/schedule", lease);
    g_assert_cmpstr(line_gross(ls, "provisional", "2026-06-01"), ==, "16000.00");
    g_assert_null(strstr(ls->text, "300 000.00"));
    client_get(finance, "/api/lease/%" ID "/schedule", lease);
    g_assert_nonnull(strstr(finance->text, "300 000.00"));
}

static void
an_indexed_rent_follows_published_values(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    static const char terms[] =
        "{'from':'2026-01-01','to':'2027-12-31','terms':[{'item':'rent','from':'2026-01-01','to':'2027-12-31','model':'fixed',"
        "'basis':'per_month','price':'1000.00','due':{'day':1,'month':'same','holiday':'next_working'},"
        "'index':{'table':'CPI','base_month':'2025-12'}}]}";
    g_autofree char *body = quoted("%s", terms);

    deny_field(ls, "terms[0].index.base_month", "POST", body, "/api/lease/preview");
    make_as(finance, "index_value", "{'index_table':'CPI','month_on':'2025-12-15','points':'100.0'}");
    make_as(finance, "index_value", "{'index_table':'CPI','month_on':'2026-12-01','points':'102.5'}");
    deny_field(finance, "points", "POST", "{\"index_table\":\"CPI\",\"month_on\":\"2027-01-01\",\"points\":\"0\"}", "/api/index_value");
    deny(ls, 403, "index_value.forbidden", "POST", "{}", "/api/index_value");
    client_post(ls, 200, body, "/api/lease/preview");
    g_assert_cmpstr(line_gross(ls, "billed", "2026-12-01"), ==, "1000.00");
    g_assert_cmpstr(line_gross(ls, "billed", "2027-01-01"), ==, "1025.00");
    /* 1 January 2026 is a holiday until Sunday 4 January, which is worked; the built-in calendar knows */
    says(ls, "lines.0.due_on", "2026-01-04");
    g_assert_true(work_calendar_covers(work_calendar_china(), 2026));
}

static void
models_are_compared(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autofree char *body = quoted(
        "{'from':'2026-01-01','to':'2026-02-28','terms':[{'item':'rent','from':'2026-01-01','to':'2026-02-28','model':'greater_of',"
        "'basis':'per_month','price':'10000.00','settle':'quarterly','turnover':{'percent':'10'}}],"
        "'sales':[{'month':'2026-01','amount':'50000.00'},{'month':'2026-02','amount':'150000.00'}]}");

    client_post(ls, 200, body, "/api/lease/compare");
    counts(ls, "comparisons.0.term", 0);
    says(ls, "comparisons.0.models.0.total", "20000.00");
    says(ls, "comparisons.0.settlements.0.total", "25000.00");
    says(ls, "comparisons.0.settlements.1.total", "20000.00");
    deny_field(ls, "terms[0].turnover.percent", "POST",
               "{\"from\":\"2026-01-01\",\"to\":\"2026-02-28\",\"terms\":[{\"item\":\"rent\",\"from\":\"2026-01-01\","
               "\"to\":\"2026-02-28\",\"model\":\"turnover\",\"settle\":\"monthly\",\"turnover\":{}}]}",
               "/api/lease/compare");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/os-8/sales-are-entered-accepted-and-settled", sales_are_entered_accepted_and_settled);
    testdb_each("/os-8/one-figure-counts-for-a-month", one_figure_counts_for_a_month);
    testdb_each("/os-8/what-is-far-off-is-named-and-needs-a-reason", what_is_far_off_is_named_and_needs_a_reason);
    testdb_each("/os-8/after-the-cut-off-somebody-is-asked", after_the_cut_off_somebody_is_asked);
    testdb_each("/os-8/days-are-added-up", days_are_added_up);
    testdb_each("/os-8/sales-are-confidential", sales_are_confidential);
    testdb_each("/os-8/an-indexed-rent-follows-published-values", an_indexed_rent_follows_published_values);
    testdb_each("/os-8/models-are-compared", models_are_compared);
    return g_test_run();
}
