/* Meters, from the wall to the bill: read by those who walk the zone, checked by somebody else, posted by finance; shared costs too. */
#include "support/duty.h"
#include "support/furnish.h"
#include "support/money.h"

#include "base/ids.h"

#include <string.h>

typedef struct {
    Mall *mall;
    gint64 zone, price, meter;
} Place;

static void
look_after(Place *p, guint unit, const char *login)
{
    g_autoptr(Client) om = client_new(p->mall->world, "om");

    make_as(om, "zone_unit", "{'zone_id':'%" ID "','staff_id':'%" ID "','unit_id':'%" ID "','from_on':'2026-03-01'}", p->zone,
            world_staff(p->mall->world, login), p->mall->units[unit]);
}

/* A mall where A1 is looked after by os, A2 by os2; power costs 0.92; A1 has a meter of 40 turns at 1200. */
static void
place_new(Place *p, Dialect dialect)
{
    p->mall = mall_new(dialect);
    g_autoptr(Client) om = client_new(p->mall->world, "om");
    g_autoptr(Client) finance = client_new(p->mall->world, "finance");
    g_autoptr(Client) services = client_new(p->mall->world, "services");
    gint64 item = by_code(p->mall->world, "charge_item", "electricity");

    p->zone = make_as(om, "zone", "{'name':'一层'}");
    look_after(p, 0, "os");
    look_after(p, 1, "os2");
    p->price = make_as(finance, "meter_price", "{'kind':'electricity','item_id':'%" ID "','from_on':'2026-01-01','price':'0.92'}", item);
    p->meter = make_as(services, "meter", "{'no':'D-A1','kind':'electricity','unit_id':'%" ID "','multiplier':'40','digits':4,"
                                          "'installed_on':'2026-03-02','opening':'1200'}", p->mall->units[0]);
}

static void
place_free(Place *p)
{
    money_is_sound(p->mall);
    mall_free(p->mall);
}

static gint64
reads(Client *c, gint64 meter, const char *on, const char *reading)
{
    return make_as(c, "meter_reading", "{'meter_id':'%" ID "','read_on':'%s','reading':'%s'}", meter, on, reading);
}

static void
check_as(Mall *mall, const char *login, gint64 reading)
{
    g_autoptr(Client) c = client_new(mall->world, login);

    client_post(c, 200, "{}", "/api/meter_reading/%" ID "/check", reading);
}

/* Posts what the preview of the month shows. */
static void
bill(Mall *mall, const char *month, const char *total)
{
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autofree char *body = quoted("{'month':'%s','due_on':'2026-06-30','total':'%s'}", month, total);

    client_get(finance, "/api/meter/billing?month=%s", month);
    says(finance, "total", total);
    client_post(finance, 200, body, "/api/meter/billing");
}

static void
a_month_is_read_checked_and_billed(Dialect dialect)
{
    Place p = { 0 };

    place_new(&p, dialect);
    g_autoptr(Client) ls = client_new(p.mall->world, "ls");
    gint64 lease = lease_effective(p.mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");
    go_to("2026-03-31");
    g_autoptr(Client) os = client_new(p.mall->world, "os");
    g_autoptr(Client) os2 = client_new(p.mall->world, "os2");
    g_autoptr(Client) finance = client_new(p.mall->world, "finance");
    client_get(os, "/api/meter?state=in_use");
    counts(os, "total", 1);
    says(os, "items.0.last_reading", "1200.0000");
    client_get(os2, "/api/meter?state=in_use"); /* another zone */
    counts(os2, "total", 0);
    g_autofree char *elsewhere = quoted("{'meter_id':'%" ID "','read_on':'2026-03-31','reading':'1300'}", p.meter);
    deny_field(os2, "meter_id", "POST", elsewhere, "/api/meter_reading");
    deny(finance, 403, "meter_reading.forbidden", "POST", elsewhere, "/api/meter_reading");
    g_autofree char *below = quoted("{'meter_id':'%" ID "','read_on':'2026-03-31','reading':'1199'}", p.meter);
    deny_field(os, "reading", "POST", below, "/api/meter_reading");
    g_autofree char *tomorrow = quoted("{'meter_id':'%" ID "','read_on':'2026-04-01','reading':'1234'}", p.meter);
    deny_field(os, "read_on", "POST", tomorrow, "/api/meter_reading");
    gint64 reading = reads(os, p.meter, "2026-03-31", "1234.5");
    client_get(os, "/api/meter_reading/%" ID, reading);
    says(os, "used", "1380.0000");
    says(os, "state", "entered");
    deny_field(os, "read_on", "POST", elsewhere, "/api/meter_reading"); /* twice on one day */
    deny(os, 403, "meter_reading.forbidden", "POST", "{}", "/api/meter_reading/%" ID "/check", reading);
    client_get(finance, "/api/meter/billing?month=202603");
    says(finance, "total", "0.00");
    says(finance, "problems.0.problem", "not_checked");
    check_as(p.mall, "om", reading);
    deny(os, 403, "meter_reading.forbidden", "GET", NULL, "/api/meter/billing?month=202603");
    client_get(finance, "/api/meter/billing?month=202603");
    says(finance, "total", "1269.60");
    says(finance, "lines.0.net", "1123.54");
    says(finance, "lines.0.working.1.text_zh", "(1 234.5 − 1 200) × 40 × 0.92 元 = 1 269.60 元");
    deny(finance, 409, "meter_reading.moved", "POST", "{'month':'202603','due_on':'2026-04-15','total':'1.00'}", "/api/meter/billing");
    bill(p.mall, "202603", "1269.60");
    deny(finance, 409, "meter_reading.nothing", "POST", "{'month':'202603','due_on':'2026-04-15','total':'1269.60'}", "/api/meter/billing");
    client_get(finance, "/api/charge?lease_id=%" ID "&sort=-due_on", lease);
    says(finance, "items.0.kind", "meter");
    says(finance, "items.0.gross", "1269.60");
    client_get(finance, "/api/meter_reading/%" ID, reading);
    says(finance, "charges.0.gross", "1269.60");
    place_free(&p);
}

static void
what_is_unusual_needs_a_reason(Dialect dialect)
{
    static const char *const days[] = { "2026-03-12", "2026-03-22", "2026-04-01" };
    static const char *const values[] = { "1210", "1220", "1230" };
    Place p = { 0 };

    place_new(&p, dialect);
    go_to("2026-04-11");
    g_autoptr(Client) os = client_new(p.mall->world, "os");
    g_autoptr(Client) om = client_new(p.mall->world, "om");
    for (guint i = 0; i < G_N_ELEMENTS(days); i++)
        reads(os, p.meter, days[i], values[i]);
    gint64 reading = reads(os, p.meter, "2026-04-11", "1260"); /* three times the mean */
    client_get(os, "/api/meter_reading/%" ID, reading);
    says(os, "warning", "high");
    says(os, "daily_mean", "40.0000");
    deny(om, 409, "meter_reading.unexplained", "POST", "{}", "/api/meter_reading/%" ID "/check", reading);
    deny_field(os, "reason", "POST", "{}", "/api/meter_reading/%" ID "/explain", reading);
    client_post(os, 200, "{\"reason\":\"新增两台烤箱，已现场核对\"}", "/api/meter_reading/%" ID "/explain", reading);
    client_post(om, 200, "{}", "/api/meter_reading/%" ID "/check", reading);
    says(om, "state", "checked");
    /* a person who reads does not check it too, and what is checked is not edited */
    g_autoptr(Client) services = client_new(p.mall->world, "services");
    client_get(om, "/api/meter_reading/%" ID, reading);
    g_autofree char *edit = quoted("{'version':%" ID ",'reading':'1261'}", client_int(om, "version"));
    deny(om, 409, "meter_reading.checked", "PATCH", edit, "/api/meter_reading/%" ID, reading);
    go_to("2026-04-21");
    g_autoptr(Client) later = client_new(p.mall->world, "om");
    gint64 own = reads(later, p.meter, "2026-04-21", "1270");
    deny(later, 403, "meter_reading.own", "POST", "{}", "/api/meter_reading/%" ID "/check", own);
    client_get(later, "/api/meter_reading?warning=high");
    counts(later, "total", 1);
    place_free(&p);
}

static void
a_dial_goes_round_and_a_meter_is_replaced(Dialect dialect)
{
    Place p = { 0 };

    place_new(&p, dialect);
    g_autoptr(Client) ls = client_new(p.mall->world, "ls");
    g_autoptr(Client) services = client_new(p.mall->world, "services");
    lease_effective(p.mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");
    gint64 round = make_as(services, "meter", "{'no':'D-OLD','kind':'electricity','unit_id':'%" ID "','digits':4,'installed_on':'2026-03-02',"
                                              "'opening':'9990'}", p.mall->units[0]);
    go_to("2026-03-20");
    g_autoptr(Client) s2 = client_new(p.mall->world, "services");
    gint64 rolled = reads(s2, round, "2026-03-20", "10.5");
    client_get(s2, "/api/meter_reading/%" ID, rolled);
    says(s2, "used", "20.5000");
    says(s2, "warning", "rolled");
    client_post(s2, 200, "{\"reason\":\"表盘翻转\"}", "/api/meter_reading/%" ID "/explain", rolled);
    check_as(p.mall, "om", rolled);
    /* both ends in one act; the new number may not be taken, the old end may not be below */
    deny_field(s2, "new_no", "POST", "{'on':'2026-03-20','old_reading':'15','new_no':'D-A1','reason':'坏'}", "/api/meter/%" ID "/replace", round);
    deny_field(s2, "old_reading", "POST", "{'on':'2026-03-20','old_reading':'5','new_no':'D-NEW','reason':'坏'}", "/api/meter/%" ID "/replace", round);
    client_post(s2, 200, "{\"on\":\"2026-03-20\",\"old_reading\":\"15\",\"new_no\":\"D-NEW\",\"new_reading\":\"3\",\"multiplier\":\"2\",\"reason\":\"表坏\"}",
                "/api/meter/%" ID "/replace", round);
    says(s2, "state", "removed");
    deny(s2, 409, "meter.wrong_state", "POST", "{'on':'2026-03-21','last':'20','reason':'x'}", "/api/meter/%" ID "/remove", round);
    client_get(s2, "/api/meter?q=D-NEW");
    gint64 fresh = id_parse(client_text(s2, "items.0.id"));
    says(s2, "items.0.last_reading", "3.0000");
    client_get(s2, "/api/meter_reading?meter_id=%" ID "&sort=-read_on", round);
    says(s2, "items.0.kind", "replaced_out");
    check_as(p.mall, "om", id_parse(client_text(s2, "items.0.id")));
    go_to("2026-03-31");
    g_autoptr(Client) s3 = client_new(p.mall->world, "services");
    check_as(p.mall, "om", reads(s3, fresh, "2026-03-31", "13"));
    bill(p.mall, "202603", "41.40"); /* (20.5 + 4.5 + 10 x 2) x 0.92, each line rounded by itself */
    place_free(&p);
}

static void
a_corrected_reading_bills_the_difference(Dialect dialect)
{
    Place p = { 0 };

    place_new(&p, dialect);
    g_autoptr(Client) ls = client_new(p.mall->world, "ls");
    gint64 lease = lease_effective(p.mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");
    go_to("2026-03-31");
    g_autoptr(Client) os = client_new(p.mall->world, "os");
    g_autoptr(Client) om = client_new(p.mall->world, "om");
    g_autoptr(Client) finance = client_new(p.mall->world, "finance");
    gint64 wrong = reads(os, p.meter, "2026-03-31", "1243.5");
    check_as(p.mall, "om", wrong);
    bill(p.mall, "202603", "1600.80");
    /* taken back whole, then billed again */
    deny(om, 403, "meter_reading.forbidden", "POST", "{'reason':'x'}", "/api/meter_reading/%" ID "/unbill", wrong);
    client_post(finance, 200, "{\"reason\":\"账期有误\"}", "/api/meter_reading/%" ID "/unbill", wrong);
    bill(p.mall, "202603", "1600.80");
    client_post(om, 200, "{\"reading\":\"1234.5\",\"reason\":\"看错两位\"}", "/api/meter_reading/%" ID "/correct", wrong);
    says(om, "state", "void");
    client_get(finance, "/api/meter_reading?state=entered");
    gint64 right = id_parse(client_text(finance, "items.0.id"));
    check_as(p.mall, "director", right);
    bill(p.mall, "202603", "-331.20");
    client_get(finance, "/api/charge?lease_id=%" ID, lease);
    g_assert_cmpstr(item_text(finance, "items", "kind", "adjustment", "gross"), ==, "-331.20");
    deny(finance, 409, "meter_reading.correction", "POST", "{'reason':'x'}", "/api/meter_reading/%" ID "/unbill", right);
    place_free(&p);
}

static void
who_pays_is_not_guessed(Dialect dialect)
{
    Place p = { 0 };

    place_new(&p, dialect);
    g_autoptr(Client) ls = client_new(p.mall->world, "ls");
    go_to("2026-03-10");
    g_autoptr(Client) os = client_new(p.mall->world, "os");
    check_as(p.mall, "om", reads(os, p.meter, "2026-03-10", "1201")); /* vacant: the landlord's */
    g_autoptr(Client) ls2 = client_new(p.mall->world, "ls");
    lease_effective(p.mall, ls2, "云上咖啡", 0, "2026-03-15", "2027-03-31");
    go_to("2026-03-31");
    g_autoptr(Client) o2 = client_new(p.mall->world, "os");
    g_autoptr(Client) finance = client_new(p.mall->world, "finance");
    gint64 across = reads(o2, p.meter, "2026-03-31", "1211");
    check_as(p.mall, "om", across);
    client_get(finance, "/api/meter/billing?month=202603");
    says(finance, "total", "0.00");
    says(finance, "landlord_total", "36.80");
    says(finance, "problems.0.problem", "holder_changed");
    says(finance, "problems.0.on", "2026-03-14");
    client_post(o2, 200, "{\"reason\":\"补录交接日读数\"}", "/api/meter_reading/%" ID "/void", across);
    check_as(p.mall, "om", reads(o2, p.meter, "2026-03-14", "1203"));
    check_as(p.mall, "om", reads(o2, p.meter, "2026-03-31", "1211"));
    client_get(finance, "/api/meter/billing?month=202603");
    says(finance, "landlord_total", "110.40");
    g_assert_cmpuint(client_len(finance, "problems"), ==, 0);
    bill(p.mall, "202603", "294.40");
    place_free(&p);
}

static void
two_prices_are_two_lines(Dialect dialect)
{
    Place p = { 0 };

    place_new(&p, dialect);
    g_autoptr(Client) ls = client_new(p.mall->world, "ls");
    g_autoptr(Client) finance = client_new(p.mall->world, "finance");
    gint64 item = by_code(p.mall->world, "charge_item", "electricity");
    lease_effective(p.mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");
    make_as(finance, "meter_price", "{'kind':'electricity','item_id':'%" ID "','from_on':'2026-03-23','price':'1.00','loss_share':'3'}", item);
    go_to("2026-03-31");
    g_autoptr(Client) os = client_new(p.mall->world, "os");
    g_autoptr(Client) f2 = client_new(p.mall->world, "finance");
    check_as(p.mall, "om", reads(os, p.meter, "2026-03-31", "1201")); /* 40 kWh in 29 days: 20 and 9 */
    client_get(f2, "/api/meter/billing?month=202603");
    g_assert_cmpuint(client_len(f2, "lines"), ==, 2);
    says(f2, "lines.0.used", "27.5862");
    says(f2, "lines.1.used", "12.4138");
    says(f2, "lines.0.gross", "25.38");
    says(f2, "lines.1.gross", "12.79");
    bill(p.mall, "202603", "38.17");
    place_free(&p);
}

static void
a_sheet_of_readings_is_previewed(Dialect dialect)
{
    static const char sheet[] = "表号,抄表日期,本期读数\nD-A1,2026-03-31,1234.5\nD-XX,2026-03-31,5\nD-A1,2026-04-30,1240\n";
    static const char good[] = "电表号,日期,止码,估抄\nD-A1,2026.3.31,\"1,234.5\",是\n";
    Place p = { 0 };

    place_new(&p, dialect);
    go_to("2026-03-31");
    g_autoptr(Client) services = client_new(p.mall->world, "services");
    g_autoptr(GBytes) bytes = g_bytes_new_static(sheet, sizeof sheet - 1), fine = g_bytes_new_static(good, sizeof good - 1);
    client_upload(services, 201, bytes, "/api/import?kind=meter_reading&name=readings.csv");
    counts(services, "totals.create", 1);
    counts(services, "totals.error", 2); /* no such meter; in the future */
    client_upload(services, 201, fine, "/api/import?kind=meter_reading&name=readings.csv");
    client_post(services, 200, "{}", "/api/import/%s/commit", client_text(services, "id"));
    client_get(services, "/api/meter_reading?meter_id=%" ID "&sort=-read_on", p.meter);
    says(services, "items.0.used", "1380.0000");
    place_free(&p);
}

static gint64
member(Client *finance, gint64 key, gint64 unit, const char *percent)
{
    return make_as(finance, "share_member", "{'key_id':'%" ID "','unit_id':'%" ID "','percent':%s,'from_on':'2026-01-01'}", key, unit, percent);
}

static void
shares_add_up_to_the_pool(Dialect dialect)
{
    Place p = { 0 };

    place_new(&p, dialect);
    g_autoptr(Client) ls = client_new(p.mall->world, "ls");
    g_autoptr(Client) finance = client_new(p.mall->world, "finance");
    gint64 item = by_code(p.mall->world, "charge_item", "electricity");
    lease_effective(p.mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");
    lease_effective(p.mall, ls, "晨光文具", 1, "2026-03-02", "2027-03-31");
    gint64 key = make_as(finance, "share_key", "{'name':'公区照明','item_id':'%" ID "','basis':'area'}", item);
    for (guint i = 0; i < 3; i++)
        member(finance, key, p.mall->units[i], "null");
    gint64 pool = make_as(finance, "share_pool", "{'key_id':'%" ID "','from_on':'2026-03-02','to_on':'2026-03-31','amount':'100.00','due_on':'2026-04-15'}", key);
    client_get(finance, "/api/share_pool/%" ID, pool);
    says(finance, "shares.0.amount", "33.34"); /* the rest cent goes to the largest, the first among equals */
    says(finance, "shares.1.amount", "33.33");
    says(finance, "landlord_share", "33.33");
    g_autoptr(Client) os = client_new(p.mall->world, "os");
    deny(os, 403, "share_pool.forbidden", "POST", "{}", "/api/share_pool/%" ID "/post", pool);
    client_post(finance, 200, "{}", "/api/share_pool/%" ID "/post", pool);
    says(finance, "landlord", "33.33");
    money_is_sound(p.mall);
    deny(finance, 409, "share_pool.wrong_state", "POST", "{}", "/api/share_pool/%" ID "/post", pool);
    client_get(finance, "/api/share_pool/%" ID, pool);
    g_autofree char *edit = quoted("{'version':%" ID ",'amount':'90.00'}", client_int(finance, "version"));
    deny(finance, 409, "share_pool.posted", "PATCH", edit, "/api/share_pool/%" ID, pool);
    client_post(finance, 200, "{\"reason\":\"账单有误\"}", "/api/share_pool/%" ID "/void", pool);
    gint64 let = make_as(finance, "share_key", "{'name':'公区照明（已租）','item_id':'%" ID "','basis':'occupied'}", item);
    for (guint i = 0; i < 3; i++)
        member(finance, let, p.mall->units[i], "null");
    gint64 all = make_as(finance, "share_pool", "{'key_id':'%" ID "','from_on':'2026-03-02','to_on':'2026-03-31','amount':'100.01','due_on':'2026-04-15'}", let);
    client_get(finance, "/api/share_pool/%" ID, all);
    says(finance, "landlord_share", "0.00");
    client_post(finance, 200, "{}", "/api/share_pool/%" ID "/post", all);
    client_get(finance, "/api/charge?kind=share"); /* 50.01 + 50.00 */
    place_free(&p);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/meters/a-month-is-read-checked-and-billed", a_month_is_read_checked_and_billed);
    testdb_each("/meters/what-is-unusual-needs-a-reason", what_is_unusual_needs_a_reason);
    testdb_each("/meters/a-dial-goes-round-and-a-meter-is-replaced", a_dial_goes_round_and_a_meter_is_replaced);
    testdb_each("/meters/a-corrected-reading-bills-the-difference", a_corrected_reading_bills_the_difference);
    testdb_each("/meters/who-pays-is-not-guessed", who_pays_is_not_guessed);
    testdb_each("/meters/two-prices-are-two-lines", two_prices_are_two_lines);
    testdb_each("/meters/a-sheet-of-readings-is-previewed", a_sheet_of_readings_is_previewed);
    testdb_each("/meters/shares-add-up-to-the-pool", shares_add_up_to_the_pool);
    return g_test_run();
}
