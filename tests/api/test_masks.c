/* Confidential fields: stars for those who may not see them, wherever the value could come out; looking is written down; and the
 * stars sent back do no harm. */
#include "base/ids.h"
#include "support/duty.h"

#include <string.h>
#include <zip.h>

#define MOBILE "13800138000"
#define IDENTITY "11010519491231002X"
#define ACCOUNT "6222020200112233445"

typedef struct {
    Mall *mall;
    gint64 merchant, contact;
} Secrets;

static Secrets
secrets_new(Dialect dialect)
{
    Secrets s = { .mall = mall_new(dialect) };
    g_autoptr(Client) ls = client_new(s.mall->world, "ls");

    s.merchant = make_as(ls, "merchant", "{'name':'王小云','kind':'person','id_number':'" IDENTITY "','bank_account':'" ACCOUNT "'}");
    s.contact = make_as(ls, "contact", "{'merchant_id':'%" ID "','name':'王小云','mobile':'" MOBILE "','wechat':'yun'}", s.merchant);
    return s;
}

/* The plain value stands nowhere in the last reply. */
static void
hidden(Client *c, const char *plain)
{
    if (strstr(c->text, plain))
        g_error("%s is told in %s", plain, c->text);
}

static void
record_list_and_search_show_stars(Dialect dialect)
{
    Secrets s = secrets_new(dialect);
    g_autoptr(Mall) mall = s.mall;
    g_autoptr(Client) gm = client_new(mall->world, "gm");
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    client_get(gm, "/api/merchant/%" ID, s.merchant);
    says(gm, "id_number", IDENTITY);
    says(gm, "bank_account", ACCOUNT);
    client_get(lc, "/api/merchant/%" ID, s.merchant);
    hidden(lc, IDENTITY);
    hidden(lc, ACCOUNT);
    g_assert_cmpuint(client_len(lc, "masked"), ==, 2);
    client_get(finance, "/api/merchant/%" ID, s.merchant);
    says(finance, "bank_account", ACCOUNT); /* pays and receives */
    hidden(finance, IDENTITY);
    client_get(lc, "/api/merchant");
    hidden(lc, IDENTITY);
    hidden(lc, ACCOUNT);
    client_get(lc, "/api/contact/%" ID, s.contact);
    says(lc, "mobile", MOBILE); /* calls customers */
    client_get(os, "/api/contact/%" ID, s.contact);
    hidden(os, MOBILE);
    says(os, "mobile", "138****8000");
    client_get(os, "/api/contact");
    hidden(os, MOBILE);
    says(os, "items.0.masked.0", "mobile");
    client_get(os, "/api/contact/options");
    hidden(os, MOBILE);
    client_get(os, "/api/search?q=8000");
    hidden(os, MOBILE);
    client_get(os, "/api/merchant/%" ID, s.merchant);
    hidden(os, MOBILE);
}

static void
stars_cannot_be_asked_away(Dialect dialect)
{
    Secrets s = secrets_new(dialect);
    g_autoptr(Mall) mall = s.mall;
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) lc = client_new(mall->world, "lc");

    deny_field(os, "mobile", "GET", NULL, "/api/contact?mobile=" MOBILE);
    deny_field(os, "mobile", "GET", NULL, "/api/contact?mobile.gte=13000000000");
    deny_field(os, "wechat", "GET", NULL, "/api/contact?limit=10&wechat.lt=z");
    deny_field(lc, "bank_account", "GET", NULL, "/api/merchant/counts?field=kind&bank_account.gte=6");
    deny_field(lc, "bank_account", "GET", NULL, "/api/merchant/export.xlsx?bank_account.gte=6");
    client_get(os, "/api/contact?mobile.null=0"); /* that there is one is no secret */
    counts(os, "total", 1);
    client_get(lc, "/api/contact?mobile=" MOBILE); /* who sees it may look for it */
    counts(lc, "total", 1);
}

/* All parts of a workbook in one text. transfer full. */
static char *
workbook_text(GBytes *xlsx)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(xlsx, &size);
    zip_t *zip = zip_open_from_source(zip_source_buffer_create(data, size, 0, NULL), ZIP_RDONLY, NULL);
    GString *all = g_string_new(NULL);

    g_assert_nonnull(zip);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        zip_stat_t stat;
        g_assert_cmpint(zip_stat_index(zip, (zip_uint64_t) i, 0, &stat), ==, 0);
        g_autofree char *part = g_malloc0(stat.size + 1);
        zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t) i, 0);
        zip_fread(file, part, stat.size);
        zip_fclose(file);
        g_string_append(all, part);
    }
    zip_discard(zip);
    return g_string_free(all, FALSE);
}

static char *
exported(Client *c, const char *entity)
{
    client_get(c, "/api/%s/export.xlsx", entity);
    return workbook_text(c->bytes);
}

static void
exports_show_stars(Dialect dialect)
{
    Secrets s = secrets_new(dialect);
    g_autoptr(Mall) mall = s.mall;
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    g_autoptr(Client) gm = client_new(mall->world, "gm");
    g_autoptr(Client) admin = client_new(mall->world, "admin");
    g_autoptr(Client) os = client_new(mall->world, "os");

    g_autofree char *clerks = exported(lc, "merchant");
    g_assert_nonnull(strstr(clerks, "王小云"));
    g_assert_null(strstr(clerks, IDENTITY));
    g_assert_null(strstr(clerks, ACCOUNT));
    g_autofree char *managers = exported(gm, "merchant");
    g_assert_nonnull(strstr(managers, ACCOUNT));
    g_autofree char *admins = exported(admin, "contact");
    g_assert_null(strstr(admins, MOBILE));
    g_assert_nonnull(strstr(admins, "138****8000"));
    deny(os, 403, "contact.forbidden", "GET", NULL, "/api/contact/export.xlsx");
}

static void
a_look_is_written_down(Dialect dialect)
{
    Secrets s = secrets_new(dialect);
    g_autoptr(Mall) mall = s.mall;
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) gm = client_new(mall->world, "gm");

    deny(oc, 403, "contact.forbidden", "POST", "{'field':'mobile'}", "/api/contact/%" ID "/reveal", s.contact);
    deny_field(os, "field", "POST", "{'field':'name'}", "/api/contact/%" ID "/reveal", s.contact);
    deny_field(os, "field", "POST", "{}", "/api/contact/%" ID "/reveal", s.contact);
    client_post(os, 200, "{\"field\":\"mobile\"}", "/api/contact/%" ID "/reveal", s.contact);
    says(os, "value", MOBILE);
    client_get(gm, "/api/contact/%" ID "/history", s.contact);
    says(gm, "items.0.action", "reveal");
    says(gm, "items.0.by.name", "孙专员");
    says(gm, "items.0.changes.0.field", "mobile");
    client_get(os, "/api/contact/%" ID, s.contact); /* one look, not for ever */
    hidden(os, MOBILE);
}

static void
history_keeps_the_secret(Dialect dialect)
{
    Secrets s = secrets_new(dialect);
    g_autoptr(Mall) mall = s.mall;
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) os = client_new(mall->world, "os");
    g_autoptr(Client) lc = client_new(mall->world, "lc");

    client_patch(ls, 200, "{\"version\":1,\"mobile\":\"13900139000\"}", "/api/contact/%" ID, s.contact);
    client_get(os, "/api/contact/%" ID "/history", s.contact);
    hidden(os, MOBILE);
    hidden(os, "13900139000");
    client_patch(ls, 200, "{\"version\":1,\"bank_account\":\"6222020200119988776\"}", "/api/merchant/%" ID, s.merchant);
    client_get(lc, "/api/merchant/%" ID "/history", s.merchant);
    hidden(lc, ACCOUNT);
    hidden(lc, "6222020200119988776");
    client_get(lc, "/api/merchant/%" ID "/timeline", s.merchant);
    hidden(lc, ACCOUNT);
}

static void
stars_sent_back_do_no_harm(Dialect dialect)
{
    Secrets s = secrets_new(dialect);
    g_autoptr(Mall) mall = s.mall;
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) gm = client_new(mall->world, "gm");

    client_get(lc, "/api/merchant/%" ID, s.merchant);
    g_autofree char *form = quoted("{'version':%" ID ",'id_number':'%s','bank_account':'%s','address':'一号路'}", client_int(lc, "version"),
                                   client_text(lc, "id_number"), client_text(lc, "bank_account"));
    client_patch(lc, 200, form, "/api/merchant/%" ID, s.merchant);
    client_get(oc, "/api/contact/%" ID, s.contact);
    g_autofree char *card = quoted("{'version':%" ID ",'mobile':'%s','wechat':'%s','role':'店长'}", client_int(oc, "version"),
                                   client_text(oc, "mobile"), client_text(oc, "wechat"));
    client_patch(oc, 200, card, "/api/contact/%" ID, s.contact);
    client_get(gm, "/api/merchant/%" ID, s.merchant);
    says(gm, "id_number", IDENTITY);
    says(gm, "bank_account", ACCOUNT);
    says(gm, "address", "一号路");
    client_get(gm, "/api/contact/%" ID, s.contact);
    says(gm, "mobile", MOBILE);
    says(gm, "wechat", "yun"); /* short ones too */
    says(gm, "role", "店长");
    /* a new value goes in, a wrong one does not */
    deny_field(oc, "mobile", "PATCH", "{'version':2,'mobile':'1390013'}", "/api/contact/%" ID, s.contact);
    client_patch(oc, 200, "{\"version\":2,\"mobile\":\"13900139000\"}", "/api/contact/%" ID, s.contact);
    hidden(oc, "13900139000");
    client_get(gm, "/api/contact/%" ID, s.contact);
    says(gm, "mobile", "13900139000");
}

static void
calls_are_masked_too(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) admin = client_new(mall->world, "admin");

    mall_lead(mall, ls, "云上咖啡", MOBILE);
    client_get(ls, "/api/inquiry");
    says(ls, "items.0.phone", MOBILE);
    client_get(admin, "/api/inquiry");
    hidden(admin, MOBILE);
    says(admin, "items.0.phone", "138****8000");
    g_autofree char *sheet = exported(admin, "inquiry");
    g_assert_null(strstr(sheet, MOBILE));
    client_get(admin, "/api/lead");
    hidden(admin, MOBILE);
    client_get(admin, "/api/search?q=8000");
    hidden(admin, MOBILE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/masks/record-list-and-search-show-stars", record_list_and_search_show_stars);
    testdb_each("/masks/stars-cannot-be-asked-away", stars_cannot_be_asked_away);
    testdb_each("/masks/exports-show-stars", exports_show_stars);
    testdb_each("/masks/a-look-is-written-down", a_look_is_written_down);
    testdb_each("/masks/history-keeps-the-secret", history_keeps_the_secret);
    testdb_each("/masks/stars-sent-back-do-no-harm", stars_sent_back_do_no_harm);
    testdb_each("/masks/calls-are-masked-too", calls_are_masked_too);
    return g_test_run();
}
