/* LC-3, OC-4: standard reports equal the registers they come from, row by row, and a past day gives for ever what it gave on that day. */
#include "support/duty.h"

#include "base/ids.h"
#include "base/money.h"
#include "domain/report/report.h"

#include <string.h>

static gint64
fen_of(const char *text)
{
    gint64 fen = 0;

    g_assert_true(money_parse(text, &fen));
    return fen;
}

/* Sum of a money column over a list that a query finds. */
static gint64 G_GNUC_PRINTF(4, 5)
list_sum(Client *c, const char *column, const char *entity, const char *format, ...)
{
    va_list args;
    gint64 sum = 0;

    va_start(args, format);
    g_autofree char *query = g_strdup_vprintf(format, args);
    va_end(args);
    client_get(c, "/api/%s?size=200&%s", entity, query);
    for (guint i = 0; i < client_len(c, "items"); i++) {
        g_autofree char *at = g_strdup_printf("items.%u.%s", i, column);
        sum += fen_of(client_text(c, at));
    }
    return sum;
}

static gint64
report_total(Client *c, const char *report, const char *query, const char *column)
{
    g_autofree char *at = g_strdup_printf("totals.%s", column);

    client_get(c, "/api/report/%s?%s", report, query);
    return fen_of(client_text(c, at));
}

/* One lease whose first order is paid, one that has paid a part of it. */
static gint64
two_leases(Mall *mall)
{
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    lease_effective(mall, ls, "已交清", 0, "2026-03-01", "2027-02-28");
    gint64 lease = lease_approved(mall, ls, "交了一半", 1, "2026-03-01", "2027-02-28");
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    gint64 order = id_parse(client_text(lm, "id"));
    client_post(finance, 200, "{\"amount\":\"70000.00\",\"received_on\":\"2026-03-02\",\"way\":\"bank_transfer\"}",
                "/api/payment_order/%" ID "/receive", order);
    return order;
}

static void
the_money_reports_equal_the_registers(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    two_leases(mall);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 gross = list_sum(finance, "gross", "charge", "state=open,part_paid"), paid = list_sum(finance, "paid", "charge", "state=open,part_paid");
    g_assert_cmpint(gross, >, paid);
    g_assert_cmpint(report_total(finance, "receivable", "", "open"), ==, gross - paid);
    /* the ageing leaves deposits out: the second lease's deposit is paid, so what is open is rent */
    g_assert_cmpint(report_total(finance, "ageing", "", "open"), ==, gross - paid);
    g_assert_cmpint(report_total(finance, "ageing", "on=2026-03-02", "d30"), ==, gross - paid);
    g_assert_cmpint(report_total(finance, "ageing", "on=2026-03-02", "not_due"), ==, 0);
    gint64 held = list_sum(finance, "amount", "deposit_entry", "sort=-id");
    g_assert_cmpint(report_total(finance, "deposit", "", "held"), ==, held);
    gint64 billed = list_sum(finance, "gross", "charge", "sort=-due_on") - 2 * 6000000; /* without the two deposits */
    g_assert_cmpint(report_total(finance, "turn", "month=202603", "billed"), ==, billed);
    g_assert_cmpint(report_total(finance, "turn", "month=202603", "closing"), ==, gross - paid);
    g_assert_cmpint(report_total(finance, "tax", "month=202603", "gross"), ==, billed);
    g_assert_cmpint(report_total(finance, "tax", "month=202603", "net") + report_total(finance, "tax", "month=202603", "tax"), ==, billed);
}

static void
the_space_reports_equal_the_registers(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    two_leases(mall);
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    client_get(lc, "/api/report/occupancy");
    says(lc, "totals.area", "600.00");
    says(lc, "totals.let", "200.00"); /* 200 of 600 square metres */
    says(lc, "totals.rate", "33.33");
    client_get(lc, "/api/report/wale?on=2026-03-01");
    g_assert_cmpuint(client_len(lc, "rows"), ==, 0); /* the reviews had not passed yet */
    client_get(lc, "/api/report/wale?on=2026-03-02");
    says(lc, "rows.1.by_area", "0.9945"); /* 363 days left, of 365 */
    client_get(lc, "/api/report/top");
    says(lc, "rows.0.rent", "20000.00"); /* 100 m2 at 200 */
    says(lc, "rows.0.rent_share", "50");
    client_get(lc, "/api/report/average_rent");
    says(lc, "rows.1.average", "200.0000");
    says(lc, "rows.1.effective", "200.0000");
    client_get(lc, "/api/report/rent_roll");
    says(lc, "totals.monthly_rent", "40000.00");
    says(lc, "totals.deposit", "120000.00");
    says(lc, "totals.arrears", "50000.00");
    deny(lc, 403, "report.forbidden", "GET", NULL, "/api/report/receivable_plan"); /* the plan is not the clerk's */
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 quarter = 2 * 6000000; /* both leases: three months of 100 m2 at 200 */
    client_get(finance, "/api/report/receivable_plan");
    g_assert_cmpint(fen_of(client_text(finance, "rows.0.rent")), ==, quarter); /* March falls due now … */
    g_assert_cmpint(fen_of(client_text(finance, "rows.1.rent")), ==, 0);
    g_assert_cmpint(fen_of(client_text(finance, "totals.total")), ==, 4 * quarter); /* … and three quarters follow */
}

static void
a_past_day_gives_what_it_gave(Dialect dialect)
{
    static const char *const asked[] = { "ageing?on=2026-03-02", "receivable?on=2026-03-02", "deposit?on=2026-03-02", "rent_roll?on=2026-03-02",
                                         "turn?month=202603", "occupancy?on=2026-03-02", "expiry?on=2026-03-02" };
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 order = two_leases(mall);
    g_autoptr(GPtrArray) then = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
        client_get(finance, "/api/report/%s", asked[i]);
        g_ptr_array_add(then, json_dumps(json_object_get(finance->reply, "rows"), JSON_SORT_KEYS));
    }
    go_to("2026-04-10");
    g_autoptr(Client) later = client_new(mall->world, "finance");
    client_post(later, 200, "{\"amount\":\"30000.00\",\"received_on\":\"2026-03-02\",\"way\":\"bank_transfer\"}", /* dated back */
                "/api/payment_order/%" ID "/receive", order);
    for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
        client_get(later, "/api/report/%s", asked[i]);
        char *now = json_dumps(json_object_get(later->reply, "rows"), JSON_SORT_KEYS);
        g_assert_cmpstr(now, ==, then->pdata[i]);
        free(now);
    }
    g_assert_cmpint(report_total(later, "receivable", "on=2026-04-10", "open"), ==, 2000000);
    g_assert_cmpint(report_total(later, "receivable", "on=2026-04-09", "open"), ==, 5000000);
}

static void
who_may_not_see_a_report_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) os = client_new(mall->world, "os");

    two_leases(mall);
    deny(ls, 403, "report.forbidden", "GET", NULL, "/api/report/ageing");
    deny(ls, 403, "report.forbidden", "GET", NULL, "/api/report/ageing.xlsx");
    deny(ls, 404, "report.not_found", "GET", NULL, "/api/report/nonsense");
    client_get(os, "/api/report/ageing"); /* nothing of it is in this zone */
    g_assert_cmpuint(client_len(os, "rows"), ==, 0);
    client_get(os, "/api/report");
    g_assert_cmpint(find_item(os, "items", "name", "ageing"), >=, 0);
    g_assert_cmpint(find_item(os, "items", "name", "tax"), <, 0);
    g_autoptr(Client) director = client_new(mall->world, "director");
    client_get(director, "/api/report");
    for (guint i = 0; reports[i]; i++) /* a new one is forgotten easily */
        g_assert_cmpint(find_item(director, "items", "name", reports[i]->name), >=, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/OC-4/the-money-reports-equal-the-registers", the_money_reports_equal_the_registers);
    testdb_each("/LC-3/the-space-reports-equal-the-registers", the_space_reports_equal_the_registers);
    testdb_each("/OC-4/a-past-day-gives-what-it-gave-on-that-day", a_past_day_gives_what_it_gave);
    testdb_each("/LC-3/who-may-not-see-a-report-is-refused", who_may_not_see_a_report_is_refused);
    return g_test_run();
}
