/* Names in two languages: who reads English gets the English name of what has one, wherever the API names it; papers stay Chinese. */
#include "support/duty.h"

#include "base/ids.h"

static void
english_readers_get_english_names(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "new");

    client_get(ls, "/api/lead/%" ID, lead);
    g_autofree char *zh = g_strdup(client_text(ls, "category_id.label"));
    client_get(ls, "/api/lead/%" ID "?lang=en", lead);
    g_assert_cmpstr(client_text(ls, "category_id.label"), !=, zh);
    says(ls, "category_id.label", "Coffee tea and bakery");
    says(ls, "channel_id.label", "Call-in");
    client_get(ls, "/api/lead?lang=en"); /* the list as the record */
    says(ls, "items.0.category_id.label", "Coffee tea and bakery");
    client_get(ls, "/api/lead");
    says(ls, "items.0.category_id.label", zh);
    client_get(ls, "/api/charge_item/options?lang=en");
    g_assert_cmpint(find_item(ls, "items", "label", "Property management fee"), >=, 0);
    client_get(ls, "/api/charge_item/options");
    g_assert_cmpint(find_item(ls, "items", "label", "物业管理费"), >=, 0);
    client_get(ls, "/api/lead/board?lang=en");
    says(ls, "columns.0.items.0.category.label", "Coffee tea and bakery");
    client_get(lm, "/api/post/options?lang=en");
    g_assert_cmpint(find_item(lm, "items", "label", "Leasing manager"), >=, 0);
    client_get(lm, "/api/department/options?lang=en");
    g_assert_cmpint(find_item(lm, "items", "label", "Leasing"), >=, 0);
}

static void
a_name_without_english_stays_as_it_is(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    make_as(finance, "charge_item", "{'code':'fountain','name':'喷泉费','kind':'fee','tax_rate':'6'}");
    client_get(finance, "/api/charge_item/options?lang=en");
    g_assert_cmpint(find_item(finance, "items", "label", "喷泉费"), >=, 0);
}

static void
bills_and_terms_are_named_by_the_reader(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 lease = lease_approved(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");

    client_get(ls, "/api/lease/%" ID "?lang=en", lease);
    says(ls, "terms.0.item_name", "Rent");
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "terms.0.item_name", "租金");
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *order = g_strdup(client_text(lm, "id"));
    client_get(lm, "/api/payment_order/%s?lang=en", order);
    g_assert_cmpint(find_item(lm, "lines", "name", "Rent"), >=, 0);
    client_get(lm, "/api/payment_order/%s", order);
    g_assert_cmpint(find_item(lm, "lines", "name", "租金"), >=, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/names/english-readers-get-english-names", english_readers_get_english_names);
    testdb_each("/names/a-name-without-english-stays-as-it-is", a_name_without_english_stays_as_it_is);
    testdb_each("/names/bills-and-terms-are-named-by-the-reader", bills_and_terms_are_named_by_the_reader);
    return g_test_run();
}
