/* LM-4: customer files, timely follow-up, and archives that show what is missing. */
#include "support/duty.h"

#include "base/ids.h"

static void
overdue_follow_ups_remind(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lead = mall_lead(mall, ls, "云上咖啡", "13800138000");

    client_post(ls, 201, "{\"way\":\"phone\",\"content\":\"再考虑\",\"grade\":\"B\",\"next_on\":\"2026-03-05\"}",
                "/api/lead/%" ID "/follow_up", lead);
    deny_field(ls, "next_on", "POST", "{'way':'phone','content':'错','next_on':'2026-03-01'}", "/api/lead/%" ID "/follow_up", lead);
    deny_field(ls, "content", "POST", "{'way':'phone'}", "/api/lead/%" ID "/follow_up", lead);
    client_get(ls, "/api/lead/%" ID, lead);
    says(ls, "stage", "contacted");
    says(ls, "grade", "B");
    says(ls, "next_follow_on", "2026-03-05");
    todo_of(mall, "lead", lead, "");
    go_to("2026-03-05");
    todo_of(mall, "lead", lead, "ls"); /* its day */
    go_to("2026-03-09");
    g_autoptr(Client) later = client_new(mall->world, "ls");
    g_autofree char *id = g_strdup_printf("%" ID, lead);
    client_get(later, "/api/todo");
    g_assert_true(json_is_true(json_object_get(
        json_array_get(json_object_get(later->reply, "items"), (gsize) find_item(later, "items", "id", id)), "overdue")));
    client_get(later, "/api/lead/worklist");
    counts(later, "overdue", 1);
    client_get(later, "/api/lead?next_follow_on.lt=2026-03-09");
    counts(later, "total", 1);
    /* called again: the reminder is gone */
    client_post(later, 201, "{\"way\":\"phone\",\"content\":\"约周五\",\"next_on\":\"2026-03-13\"}", "/api/lead/%" ID "/follow_up", lead);
    todo_of(mall, "lead", lead, "");
}

static void
a_file_is_found_quickly(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    static const char *const words[] = { "%E4%BA%91%E4%B8%8A", "yskf", "YSKF", "8000", "13800138000" }; /* 云上 */

    mall_lead(mall, ls, "云上咖啡", "13800138000");
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *path = g_strdup_printf("/api/search?q=%s", words[i]);
        client_send(ls, "GET", path, NULL);
        g_assert_cmpint(ls->status, ==, 200);
        g_assert_cmpuint(client_len(ls, "groups"), >, 0);
        client_send(ls2, "GET", path, NULL);
        g_assert_cmpuint(client_len(ls2, "groups"), ==, 0); /* somebody else's customer */
    }
    client_get(ls, "/api/search?q=A1");
    g_assert_cmpint(find_item(ls, "groups", "entity", "unit"), >=, 0);
}

static void
the_file_holds_contacts_and_history(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating");
    gint64 merchant = merchant_of_lead(ls, lead);

    client_get(ls, "/api/merchant/%" ID, merchant);
    g_assert_cmpuint(client_len(ls, "missing"), >, 0); /* completeness is told */
    gint64 before = client_int(ls, "completeness");
    g_autofree char *more = quoted("{'version':%" ID ",'credit_code':'91310000132200821H','address':'一号路','legal_rep':'王云'}",
                                   client_int(ls, "version"));
    client_patch(ls, 200, more, "/api/merchant/%" ID, merchant);
    g_assert_cmpint(client_int(ls, "completeness"), >, before);
    deny_field(ls, "credit_code", "POST", "{'name':'错号','kind':'company','credit_code':'91310000132200821X'}", "/api/merchant");
    client_get(ls, "/api/contact?merchant_id=%" ID, merchant);
    counts(ls, "total", 1);
    client_get(ls, "/api/merchant/%" ID "/history", merchant);
    g_assert_cmpuint(client_len(ls, "items"), ==, 2);
    says(ls, "items.0.by.name", "刘专员");
    client_get(ls, "/api/merchant/%" ID "/timeline", merchant);
    g_assert_cmpint(find_item(ls, "items", "kind", "stage"), >=, 0);
}

static void
a_missing_paper_shows(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    gint64 lease = lease_approved(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");

    client_post(lm, 200, "{\"sign_on\":\"2026-03-02\"}", "/api/lease/%" ID "/seal", lease);
    says(lm, "state", "sealed");
    client_get(lc, "/api/lease_document?state=missing&lease_id=%" ID, lease);
    gint64 missing = client_int(lc, "total");
    g_assert_cmpint(missing, >, 3);
    g_assert_cmpint(find_item(lc, "items", "kind", "business_licence"), >=, 0);
    g_assert_cmpint(find_item(lc, "items", "kind", "lease"), ==, -1); /* came with the seal */
    g_assert_cmpint(find_item(lc, "items", "kind", "countersign"), ==, -1); /* came with the review */
    g_autofree char *paper = g_strdup(item_text(lc, "items", "kind", "business_licence", "id"));
    /* the clerk files it with a scan; a second scan is its second version */
    g_autoptr(GBytes) scan = g_bytes_new_static("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", 42);
    g_autofree char *upload
        = g_strdup_printf("/api/file?entity=lease_document&record_id=%s&category=scan&name=licence.pdf", paper);
    client_upload(lc, 201, scan, upload);
    client_get(lc, "/api/lease_document/%s/files", paper);
    g_assert_cmpuint(client_len(lc, "items"), ==, 1);
    client_get(lc, "/api/lease_document/%s", paper);
    g_autofree char *filed = quoted("{'version':%" ID ",'state':'received','paper_no':'91310000132200821H','shelf':'柜2-3'}",
                                    client_int(lc, "version"));
    client_patch(lc, 200, filed, "/api/lease_document/%s", paper);
    client_get(lc, "/api/lease_document?state=missing&lease_id=%" ID, lease);
    counts(lc, "total", missing - 1);
    client_get(lc, "/api/lease_document?state=missing&required=true"); /* the incomplete archives of the whole house */
    counts(lc, "total", missing - 1);
    client_get(lm, "/api/lease/%" ID, lease);
    g_assert_cmpstr(item_text(lm, "documents", "kind", "business_licence", "state"), ==, "received");
    g_assert_cmpstr(item_text(lm, "documents", "kind", "identity", "state"), ==, "missing");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    client_get(ls2, "/api/lease_document");
    counts(ls2, "total", 0);
    deny(ls2, 404, "lease_document.not_found", "GET", NULL, "/api/lease_document/%s/files", paper);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LM-4/overdue-follow-ups-remind-their-owner", overdue_follow_ups_remind);
    testdb_each("/LM-4/a-file-is-found-by-name-initials-phone-and-unit", a_file_is_found_quickly);
    testdb_each("/LM-4/the-file-holds-contacts-completeness-and-history", the_file_holds_contacts_and_history);
    testdb_each("/LM-4/a-signed-lease-with-a-missing-paper-shows", a_missing_paper_shows);
    return g_test_run();
}
