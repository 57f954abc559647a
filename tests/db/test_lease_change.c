/* Changes of leases in force: what they do to terms, units and states, what they leave as it was, and what is refused. */
#include "base/clock.h"
#include "base/ids.h"
#include "domain/ledger/ledger.h"
#include "support/duty.h"
#include "support/money.h"

#include <string.h>

/* A draft change; its id. */
static gint64
draft(Client *c, gint64 lease, const char *kind, const char *on, const char *rest)
{
    return make_as(c, "lease_change", "{'lease_id':'%" ID "','kind':'%s','effective_on':'%s','reason':'经营需要'%s}", lease, kind, on, rest);
}

#define RENT(price) ",'proposal':{'terms':[{'item':'rent','model':'fixed','basis':'per_m2_month','price':'" price "','cycle_months':3," \
                    "'billing':'anchored','anchor_day':1,'tax_included':true}]}"

static gint64
agreed(Mall *mall, Client *c, gint64 lease, const char *kind, const char *on, const char *rest)
{
    gint64 id = draft(c, lease, kind, on, rest);

    client_post(c, 200, "{}", "/api/lease_change/%" ID "/submit", id);
    mall_approve(mall, "lease_change", id);
    client_get(c, "/api/lease_change/%" ID, id);
    says(c, "state", "applied");
    return id;
}

/* The rent roll of a day, whole. transfer full. */
static char *
rent_roll(Client *c, const char *day)
{
    client_get(c, "/api/report/rent_roll?on=%s", day);
    return g_strdup(c->text);
}

static void
old_terms_end_and_new_ones_begin(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28");
    g_autofree char *body = quoted("{'lease_id':'%" ID "','kind':'amendment','effective_on':'2026-06-01','reason':'x'" RENT("220") "}", lease);

    client_post(ls, 200, body, "/api/lease_change/preview");
    says(ls, "difference.total", "18000.00"); /* 20 yuan x 100 m2 x 9 months */
    says(ls, "before.terms.0.clause.price", "200.0000");
    g_assert_cmpuint(client_len(ls, "after.terms"), ==, 2);
    gint64 id = agreed(mall, ls, lease, "amendment", "2026-06-01", RENT("220"));
    client_get(ls, "/api/lease_change/%" ID, id);
    says(ls, "difference", "18000.00");
    says(ls, "applied_on", "2026-03-02");
    client_get(ls, "/api/lease/%" ID, lease);
    g_assert_cmpuint(client_len(ls, "terms"), ==, 2);
    says(ls, "terms.0.clause.to", "2026-05-31");
    says(ls, "terms.1.clause.from", "2026-06-01");
    says(ls, "total", "258000.00");
    says(ls, "monthly_rent", "20000.00"); /* of today */
    client_get(ls, "/api/lease/%" ID "/history", lease);
    g_assert_cmpint(find_item(ls, "items", "action", "amend"), >=, 0);
    /* again, from a later day: a term that had not begun gives way whole */
    agreed(mall, ls, lease, "amendment", "2026-06-01", RENT("230"));
    client_get(ls, "/api/lease/%" ID, lease);
    g_assert_cmpuint(client_len(ls, "terms"), ==, 2);
    says(ls, "terms.1.clause.price", "230.0000");
    says(ls, "total", "267000.00");
    money_is_sound(mall);
}

static void
reports_of_past_days_stay(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28");

    go_to("2026-04-10");
    g_autoptr(Client) now = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autofree char *before = rent_roll(lm, "2026-04-05");
    int at = find_item(lm, "rows", "unit", "A1");
    g_autofree char *rent = g_strdup_printf("rows.%d.monthly_rent", at);
    says(lm, rent, "20000.00");
    agreed(mall, now, lease, "amendment", "2026-04-01", RENT("250"));
    agreed(mall, now, lease, "termination", "2026-09-30", "");
    g_autofree char *after = rent_roll(lm, "2026-04-05");
    g_assert_cmpstr(before, ==, after); /* neither the price that was agreed for then, nor the new end */
    g_autofree char *today = rent_roll(lm, "2026-04-10");
    says(lm, rent, "25000.00");
    g_autofree char *to = g_strdup_printf("rows.%d.to", at);
    says(lm, to, "2026-09-30");
    money_is_sound(mall);
}

static void
an_ended_lease_frees_its_unit(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28");
    gint64 id = agreed(mall, ls, lease, "termination", "2026-06-30", "");

    client_get(ls, "/api/lease_change/%" ID, id);
    says(ls, "old_to_on", "2027-02-28");
    says(ls, "difference", "-160000.00"); /* eight months are not billed */
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "to_on", "2026-06-30");
    says(ls, "state", "effective"); /* until its last day */
    /* the days after are free for somebody else already */
    gint64 next = lease_approved(mall, ls, "木兰书店", 0, "2026-07-01", "2027-06-30");
    g_assert_cmpint(next, !=, 0);
    go_to("2026-07-01");
    run_jobs(mall);
    g_autoptr(Client) later = client_new(mall->world, "lm");
    client_get(later, "/api/lease/%" ID, lease);
    says(later, "state", "terminated");
    client_get(later, "/api/report/rent_roll?on=2026-07-01");
    g_autofree char *merchant = g_strdup_printf("rows.%d.merchant", find_item(later, "rows", "unit", "A1"));
    says(later, merchant, "木兰书店");
    money_is_sound(mall);
}

static void
a_renewal_follows_and_replaces(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2026-08-31");
    gint64 id = agreed(mall, ls, lease, "renewal", "2026-09-01", ",'to_on':'2027-08-31'" RENT("210"));

    client_get(ls, "/api/lease_change/%" ID, id);
    g_autofree char *next = g_strdup(client_text(ls, "successor_id.id"));
    g_assert_nonnull(next);
    client_get(ls, "/api/lease/%s", next);
    says(ls, "state", "approved");
    says(ls, "from_on", "2026-09-01");
    says(ls, "total", "252000.00");
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "total", "120000.00"); /* the first term is as it was */
    go_to("2026-09-01");
    run_jobs(mall);
    g_autoptr(Client) later = client_new(mall->world, "lm");
    client_get(later, "/api/lease/%" ID, lease);
    says(later, "state", "renewed");
    client_get(later, "/api/lease/%s", next);
    says(later, "state", "effective");
    client_get(later, "/api/unit/%" ID, mall->units[0]);
    g_assert_cmpstr(client_text(later, "status"), !=, "vacant");
    money_is_sound(mall);
}

static void
a_transfer_ends_one_and_begins_the_other(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28");
    g_autofree char *to = g_strdup_printf(",'merchant_id':'%" ID "'", mall_merchant(mall, ls, "木兰书店"));
    gint64 id = agreed(mall, ls, lease, "transfer", "2026-06-01", to);

    client_get(ls, "/api/lease_change/%" ID, id);
    g_autofree char *next = g_strdup(client_text(ls, "successor_id.id"));
    client_get(ls, "/api/lease/%s", next);
    says(ls, "merchant_id.label", "木兰书店");
    says(ls, "total", "180000.00"); /* the nine months that are left, at the same price */
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "to_on", "2026-05-31");
    says(ls, "total", "60000.00");
    go_to("2026-06-01");
    run_jobs(mall);
    g_autoptr(Client) later = client_new(mall->world, "lm");
    client_get(later, "/api/lease/%" ID, lease);
    says(later, "state", "terminated");
    client_get(later, "/api/lease/%s", next);
    says(later, "state", "effective");
    money_is_sound(mall);
}

static void
another_area_holds_from_its_day(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28");
    g_autofree char *area = g_strdup_printf(",'proposal':{'units':[{'unit_id':'%" ID "','area':'90.00'}]}", mall->units[0]);
    gint64 id = agreed(mall, ls, lease, "area", "2026-06-01", area);

    client_get(ls, "/api/lease_change/%" ID, id);
    says(ls, "difference", "-18000.00"); /* 10 m2 x 200 yuan x 9 months */
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "total", "222000.00");
    says(ls, "area", "100.00"); /* of today */
    says(ls, "unit_nos", "A1");
    g_autofree char *other = g_strdup_printf("{'lease_id':'%" ID "','kind':'area','effective_on':'2026-07-01','reason':'x',"
                                             "'proposal':{'units':[{'unit_id':'%" ID "','area':'90.00'}]}}", lease, mall->units[1]);
    g_autofree char *body = quoted("%s", other);
    client_send(ls, "POST", "/api/lease_change/preview", body);
    client_refused_field(ls, "proposal.units[0].area");
    money_is_sound(mall);
}

static void
what_must_not_be_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2026-08-31");
    gint64 waiting = lease_approved(mall, ls, "木兰书店", 1, "2026-05-01", "2027-04-30");
    static const struct {
        const char *kind, *on, *rest, *field;
    } wrong[] = {
        { "amendment", "2026-06-01", "", "proposal" },
        { "amendment", "2026-09-01", RENT("220"), "effective_on" },
        { "amendment", "2026-02-28", RENT("220"), "effective_on" },
        { "termination", "2026-03-01", "", "effective_on" }, /* yesterday somebody was there */
        { "termination", "2026-08-31", "", "effective_on" }, /* it ends then anyhow */
        { "renewal", "2026-10-01", ",'to_on':'2027-08-31'" RENT("220"), "effective_on" },
        { "renewal", "2026-09-01", RENT("220"), "to_on" },
        { "transfer", "2026-06-01", "", "merchant_id" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *body = g_strdup_printf("{'lease_id':'%" ID "','kind':'%s','effective_on':'%s','reason':'x'%s}", lease, wrong[i].kind,
                                                wrong[i].on, wrong[i].rest);
        deny_field(ls, wrong[i].field, "POST", body, "/api/lease_change");
    }
    g_autofree char *early = g_strdup_printf("{'lease_id':'%" ID "','kind':'termination','effective_on':'2026-06-30','reason':'x'}", waiting);
    deny_field(ls, "lease_id", "POST", early, "/api/lease_change"); /* not in force yet */
    g_autofree char *fine = g_strdup_printf("{'lease_id':'%" ID "','kind':'termination','effective_on':'2026-06-30','reason':'x'}", lease);
    deny(oc, 403, "lease_change.forbidden", "POST", fine, "/api/lease_change");
    deny_field(ls2, "lease_id", "POST", fine, "/api/lease_change"); /* somebody else's */
    /* clauses are checked where they stand */
    gint64 bad = draft(ls, lease, "amendment", "2026-06-01", ",'proposal':{'terms':[{'item':'nothing'}]}");
    deny_field(ls, "proposal.terms[0].item", "POST", "{}", "/api/lease_change/%" ID "/submit", bad);
    /* one at a time, and none before one that was applied */
    gint64 first = draft(ls, lease, "amendment", "2026-06-01", RENT("220"));
    gint64 second = draft(ls, lease, "amendment", "2026-05-01", RENT("210"));
    client_post(ls, 200, "{}", "/api/lease_change/%" ID "/submit", first);
    deny_field(ls, "lease_id", "POST", "{}", "/api/lease_change/%" ID "/submit", second);
    client_get(ls, "/api/lease_change/%" ID, first);
    g_autofree char *edit = quoted("{'version':%" ID ",'effective_on':'2026-07-01'}", client_int(ls, "version"));
    deny_field(ls, "effective_on", "PATCH", edit, "/api/lease_change/%" ID, first);
    g_autofree char *stale = quoted("{'version':1,'reason':'x'}");
    deny(ls, 409, "record.stale", "PATCH", stale, "/api/lease_change/%" ID, first);
    may_not_decide(mall, "ls", approval_id(mall, "lease_change", first), "agree", 403, "approval.own");
    may_not_decide(mall, "oc", approval_id(mall, "lease_change", first), "agree", 403, "approval.forbidden");
    mall_approve(mall, "lease_change", first);
    deny_field(ls, "effective_on", "POST", "{}", "/api/lease_change/%" ID "/submit", second);
    /* a renewal into days that somebody else has */
    gint64 renewal = draft(ls, lease, "renewal", "2026-09-01", ",'to_on':'2027-08-31'" RENT("220"));
    lease_approved(mall, ls, "青禾数码", 0, "2026-12-01", "2027-11-30");
    deny(ls, 409, "lease.overlap", "POST", "{}", "/api/lease_change/%" ID "/submit", renewal);
    money_is_sound(mall);
}

static void
a_change_that_is_sent_back_does_nothing(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28");
    gint64 id = draft(ls, lease, "termination", "2026-06-30", "");

    client_post(ls, 200, "{}", "/api/lease_change/%" ID "/submit", id);
    decides(mall, "lm", approval_id(mall, "lease_change", id), "return", "再谈谈", NULL);
    client_get(ls, "/api/lease_change/%" ID, id);
    says(ls, "state", "draft");
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "to_on", "2027-02-28");
    /* approved too late: the day has gone by meanwhile */
    client_post(ls, 200, "{}", "/api/lease_change/%" ID "/submit", id);
    decides(mall, "lm", approval_id(mall, "lease_change", id), "agree", NULL, NULL);
    decides(mall, "finance", approval_id(mall, "lease_change", id), "agree", NULL, NULL);
    go_to("2026-07-05");
    may_not_decide(mall, "director", approval_id(mall, "lease_change", id), "agree", 409, "lease_change.too_late");
}

/* Bills a month as finance, to the end. */
static void
bill(Mall *mall, int month)
{
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autofree char *body = g_strdup_printf("{\"month\":%d}", month);

    client_post(finance, 201, body, "/api/bill_run");
    g_autofree char *run = g_strdup(client_text(finance, "id"));
    for (guint i = 0; i < 20 && g_strcmp0(client_text(finance, "state"), "posted") != 0; i++)
        client_post(finance, 200, "{}", "/api/bill_run/%s/step", run);
    says(finance, "state", "posted");
}

static void
the_next_run_bills_the_difference(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28"); /* March to May are billed and paid */

    go_to("2026-05-20");
    g_autoptr(Client) now = client_new(mall->world, "ls");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    agreed(mall, now, lease, "amendment", "2026-05-01", RENT("230"));
    bill(mall, 202605);
    client_get(finance, "/api/charge?lease_id=%" ID "&kind=adjustment", lease);
    counts(finance, "total", 1);
    says(finance, "items.0.gross", "49000.00"); /* March, April at 200 and the cycle from May at 230, less what was billed */
    client_get(finance, "/api/charge?lease_id=%" ID "&kind=fixed&sort=due_on", lease);
    says(finance, "items.0.gross", "60000.00"); /* paid, untouched */
    says(finance, "items.0.paid", "60000.00");
    bill(mall, 202606);
    client_get(finance, "/api/charge?lease_id=%" ID "&kind=adjustment", lease);
    counts(finance, "total", 1); /* once */
    /* an early end takes back what was billed beyond it */
    agreed(mall, now, lease, "termination", "2026-06-30", "");
    bill(mall, 202606);
    client_get(finance, "/api/charge?lease_id=%" ID "&kind=adjustment&sort=due_on", lease);
    counts(finance, "total", 2);
    says(finance, "items.1.gross", "-23000.00"); /* July */
    money_is_sound(mall);
}

/* -- rent spread over the term ------------------------------------------------------ */

static void
spread(Mall *mall, const char *month)
{
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    client_get(finance, "/api/fiscal_month?month=%s", month);
    g_autofree char *id = g_strdup(client_text(finance, "items.0.id"));
    client_post(finance, 200, "{}", "/api/fiscal_month/%s/spread", id);
}

static gboolean
open_month(Ctx *ctx, gpointer data, GError **error)
{
    int month = 0;

    return ledger_month_of(ctx, day_parse(data), &month, error);
}

static void
rent_is_spread_and_ends_at_nothing(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-01", "2027-02-28");

    spread(mall, "202603");
    spread(mall, "202603"); /* once for each lease and month */
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    client_get(finance, "/api/straight_line?lease_id=%" ID, lease);
    counts(finance, "total", 1);
    says(finance, "items.0.billed", "55045.87"); /* a quarter, net of 9 % */
    says(finance, "items.0.income", "18700.51"); /* 220183.48 x 31 / 365 */
    says(finance, "items.0.accrued", "-36345.36");
    money_is_sound(mall);
    agreed(mall, ls, lease, "termination", "2026-04-30", "");
    go_to("2026-04-30");
    world_must(mall->world, NULL, open_month, (gpointer) "2026-04-30");
    spread(mall, "202604");
    g_autoptr(Client) later = client_new(mall->world, "finance");
    client_get(later, "/api/straight_line?lease_id=%" ID "&month=202604", lease);
    says(later, "items.0.accrued", "0.00"); /* what was accrued is reversed with the end */
    client_get(later, "/api/report/straight_line?month=202604");
    says(later, "totals.accrued", "0.00");
    money_is_sound(mall);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/lease_change/old-terms-end-the-day-before-and-new-ones-begin", old_terms_end_and_new_ones_begin);
    testdb_each("/lease_change/reports-of-past-days-give-what-they-gave", reports_of_past_days_stay);
    testdb_each("/lease_change/an-ended-lease-frees-its-unit-from-the-day-after", an_ended_lease_frees_its_unit);
    testdb_each("/lease_change/a-renewal-follows-the-lease-and-takes-its-place", a_renewal_follows_and_replaces);
    testdb_each("/lease_change/a-transfer-ends-one-lease-and-begins-the-other", a_transfer_ends_one_and_begins_the_other);
    testdb_each("/lease_change/another-area-holds-from-its-day", another_area_holds_from_its_day);
    testdb_each("/lease_change/what-must-not-be-is-refused", what_must_not_be_is_refused);
    testdb_each("/lease_change/a-change-that-is-sent-back-or-late-does-nothing", a_change_that_is_sent_back_does_nothing);
    testdb_each("/lease_change/the-next-bill-run-bills-the-difference-and-paid-bills-stay", the_next_run_bills_the_difference);
    testdb_each("/straight_line/rent-is-spread-and-ends-at-nothing", rent_is_spread_and_ends_at_nothing);
    return g_test_run();
}
