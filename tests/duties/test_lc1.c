/* LC-1, OM-14: sheets come in with a preview of every row, all or nothing; units have somebody who looks after them. */
#include "support/duty.h"

#include "base/ids.h"

#include <string.h>

static void
import_sheet(Client *c, const char *kind, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autofree char *path = g_strdup_printf("/api/import?kind=%s&name=sheet.csv", kind);

    client_upload(c, 201, bytes, path);
}

static void
nothing_is_half_imported(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lc = client_new(mall->world, "lc");

    import_sheet(lc, "merchant",
                 "商户名称,性质,统一社会信用代码\n甲公司,企业,91310000132200821H\n乙公司,企业,91310000132200821X\n丙某,行星,\n,企业,\n");
    g_autofree char *bad = g_strdup(client_text(lc, "id"));
    counts(lc, "totals.create", 1);
    g_assert_cmpint(client_int(lc, "totals.error"), >=, 2);
    says(lc, "rows.0.outcome", "create");
    says(lc, "rows.1.outcome", "error");
    g_assert_nonnull(client_text(lc, "rows.1.errors.0.cell"));
    g_assert_nonnull(client_text(lc, "rows.1.errors.0.message"));
    client_get(lc, "/api/merchant"); /* a preview saves nothing */
    counts(lc, "total", 0);
    client_send(lc, "POST", "/api/import/1/commit", "{}");
    g_assert_cmpint(lc->status, ==, 404);
    g_autofree char *commit = g_strdup_printf("/api/import/%s/commit", bad);
    client_send(lc, "POST", commit, "{}");
    g_assert_cmpint(lc->status, >=, 400);
    g_assert_cmpint(lc->status, <, 500);
    client_get(lc, "/api/merchant");
    counts(lc, "total", 0);
    client_get(lc, "/api/import/%s/errors.xlsx", bad);
    g_assert_true(g_bytes_get_size(lc->bytes) > 100);
}

static void
a_good_sheet_comes_in_whole(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) other = client_new(mall->world, "lm");

    import_sheet(lc, "merchant", "公司名称,类型,地址\n甲公司,企业,一号路\n乙公司,个体工商户,二号路\n");
    g_autofree char *id = g_strdup(client_text(lc, "id"));
    counts(lc, "totals.create", 2);
    client_send(other, "POST", "/api/import/77/commit", "{}");
    g_assert_cmpint(other->status, ==, 404);
    client_post(lc, 200, "{}", "/api/import/%s/commit", id);
    counts(lc, "created", 2);
    client_get(lc, "/api/merchant?q=%%E4%%B9%%99"); /* 乙 */
    counts(lc, "total", 1);
    says(lc, "items.0.kind", "sole_trader");
    says(lc, "items.0.address", "二号路");
    client_get(lc, "/api/merchant/%s/history", client_text(lc, "items.0.id"));
    says(lc, "items.0.by.name", "罗内勤");
    /* committed once is committed */
    g_autofree char *again = g_strdup_printf("/api/import/%s/commit", id);
    client_send(lc, "POST", again, "{}");
    g_assert_cmpint(lc->status, >=, 400);
    client_get(lc, "/api/merchant");
    counts(lc, "total", 2);
    g_autoptr(GBytes) sheet = g_bytes_new_static("公司名称\n丙\n", 18);
    client_raw(os, "POST", "/api/import?kind=merchant&name=x.csv", sheet, "application/octet-stream");
    g_assert_cmpint(os->status, ==, 403);
    client_get(lc, "/api/import/template.xlsx?kind=merchant");
    g_assert_true(memcmp(g_bytes_get_data(lc->bytes, NULL), "PK", 2) == 0);
}

static gint64
look_after(Mall *mall, Client *om, gint64 zone, guint unit, const char *login, const char *from, const char *to)
{
    g_autofree char *end = to ? g_strdup_printf(",'to_on':'%s'", to) : g_strdup("");

    return make_as(om, "zone_unit", "{'zone_id':'%" ID "','staff_id':'%" ID "','unit_id':'%" ID "','from_on':'%s'%s}", zone,
                   world_staff(mall->world, login), mall->units[unit], from, end);
}

static void
every_unit_has_one_owner_each_day(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) om = client_new(mall->world, "om");
    g_autoptr(Client) os = client_new(mall->world, "os");
    gint64 zone = make_as(om, "zone", "{'name':'一层','staff_id':'%" ID "'}", world_staff(mall->world, "os"));

    client_get(om, "/api/zone/gaps");
    g_assert_cmpuint(client_len(om, "items"), ==, 6);
    for (guint i = 0; i < 6; i++)
        look_after(mall, om, zone, i, i < 3 ? "os" : "os2", "2026-03-01", i == 0 ? "2026-03-31" : NULL);
    client_get(om, "/api/zone/gaps");
    g_assert_cmpuint(client_len(om, "items"), ==, 0);
    client_get(om, "/api/zone/gaps?on=2026-04-01"); /* somebody forgot April */
    g_assert_cmpuint(client_len(om, "items"), ==, 1);
    says(om, "items.0.unit.label", "A1");
    look_after(mall, om, zone, 0, "os2", "2026-04-01", NULL);
    client_get(om, "/api/zone/gaps?on=2026-04-01");
    g_assert_cmpuint(client_len(om, "items"), ==, 0);
    g_autofree char *two = quoted("{'zone_id':'%" ID "','staff_id':'%" ID "','unit_id':'%" ID "','from_on':'2026-03-31'}", zone,
                                  world_staff(mall->world, "os2"), mall->units[0]);
    deny_field(om, "from_on", "POST", two, "/api/zone_unit");
    deny(os, 403, "zone_unit.forbidden", "POST", two, "/api/zone_unit");
    client_get(om, "/api/unit/%" ID, mall->units[0]);
    says(om, "zone_owner.label", "孙专员");
    go_to("2026-04-01");
    g_autoptr(Client) april = client_new(mall->world, "om");
    client_get(april, "/api/unit/%" ID, mall->units[0]);
    says(april, "zone_owner.label", "石专员");
}

static void
what_one_sees_follows_the_zone(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) om = client_new(mall->world, "om");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) os2 = client_new(mall->world, "os2");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 zone = make_as(om, "zone", "{'name':'一层'}");
    gint64 lease = lease_effective(mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");

    deny(os, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID, lease);
    look_after(mall, om, zone, 0, "os", "2026-03-01", "2026-03-31");
    look_after(mall, om, zone, 0, "os2", "2026-04-01", NULL);
    client_get(os, "/api/lease/%" ID, lease);
    client_get(os, "/api/handover");
    counts(os, "total", 1);
    client_get(os, "/api/payment_order");
    counts(os, "total", 1);
    deny(os2, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID, lease);
    g_autoptr(Client) osup = client_new(mall->world, "osup"); /* whom both report to */
    client_get(osup, "/api/lease/%" ID, lease);
    client_get(os2, "/api/report/rent_roll");
    go_to("2026-04-01"); /* the zone changes hands, and so does what is seen */
    g_autoptr(Client) before = client_new(mall->world, "os");
    g_autoptr(Client) now = client_new(mall->world, "os2");
    deny(before, 404, "lease.not_found", "GET", NULL, "/api/lease/%" ID, lease);
    client_get(now, "/api/lease/%" ID, lease);
    client_get(before, "/api/handover");
    counts(before, "total", 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LC-1/nothing-is-half-imported", nothing_is_half_imported);
    testdb_each("/LC-1/a-good-sheet-comes-in-whole", a_good_sheet_comes_in_whole);
    testdb_each("/OM-14/every-unit-has-one-owner-on-each-day", every_unit_has_one_owner_each_day);
    testdb_each("/OM-14/what-one-sees-follows-the-zone", what_one_sees_follows_the_zone);
    return g_test_run();
}
