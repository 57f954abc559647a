/* The register of invoices: never more than was charged, tax to the fen, red letters, and what is still to be invoiced. */
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"
#include "base/money.h"

#include <string.h>

typedef struct {
    Mall *mall;
    Client *finance;
    gint64 merchant;
} Office;

static void
office_open(Office *o, Dialect dialect)
{
    o->mall = mall_new(dialect);
    o->finance = client_new(o->mall->world, "finance");
    g_autoptr(Client) lm = client_new(o->mall->world, "lm");
    o->merchant = make_as(lm, "merchant", "{'name':'云上咖啡管理有限公司','kind':'company','tax_no':'91310000132200821H'}");
}

static void
office_clear(Office *o)
{
    money_is_sound(o->mall);
    client_free(o->finance);
    mall_free(o->mall);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Office, office_clear)

/* Body of an invoice over that much of a charge. transfer full. */
static char *
invoice_of(Office *o, const char *number, gint64 charge, const char *amount)
{
    return quoted("{'number':'%s','kind':'digital_special','merchant_id':'%" ID "','issued_on':'2026-03-02','choice':[{'charge_id':'%" ID "','amount':'%s'}]}",
                  number, o->merchant, charge, amount);
}

static void
never_more_than_was_charged(Dialect dialect)
{
    g_auto(Office) o = { 0 };
    office_open(&o, dialect);
    gint64 charge = charge_made(o.mall, o.merchant, 100000, "2026-03-01");
    static const char *const parts[] = { "333.33", "333.33", "333.34" };
    gint64 tax = 0;

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *number = g_strdup_printf("2631000000000000%04u", i), *body = invoice_of(&o, number, charge, parts[i]);
        gint64 fen = 0;
        client_post(o.finance, 201, body, "/api/tax_invoice");
        says(o.finance, "buyer_name", "云上咖啡管理有限公司");
        says(o.finance, "buyer_tax_no", "91310000132200821H");
        g_assert_true(money_parse(client_text(o.finance, "lines.0.tax"), &fen));
        tax += fen;
    }
    client_get(o.finance, "/api/charge/%" ID, charge);
    gint64 whole = 0;
    g_assert_true(money_parse(client_text(o.finance, "tax"), &whole));
    g_assert_cmpint(tax, ==, whole); /* the parts have exactly the tax of the charge */
    g_autofree char *more = invoice_of(&o, "26310000000000009999", charge, "0.01");
    deny_field(o.finance, "choice", "POST", more, "/api/tax_invoice");
    g_autofree char *twice = invoice_of(&o, "26310000000000000000", charge_made(o.mall, o.merchant, 100, "2026-03-01"), "1");
    client_send(o.finance, "POST", "/api/tax_invoice", twice);
    g_assert_cmpint(o.finance->status, ==, 409); /* a number stands for one invoice */
}

static void
a_red_letter_takes_it_back(Dialect dialect)
{
    g_auto(Office) o = { 0 };
    office_open(&o, dialect);
    gint64 charge = charge_made(o.mall, o.merchant, 106000, "2026-03-01");
    g_autofree char *body = invoice_of(&o, "26310000000000000001", charge, "1060.00");
    g_autoptr(Client) lm = client_new(o.mall->world, "lm");

    deny(lm, 403, "tax_invoice.forbidden", "POST", body, "/api/tax_invoice");
    client_post(o.finance, 201, body, "/api/tax_invoice");
    g_autofree char *invoice = g_strdup(client_text(o.finance, "id"));
    says(o.finance, "net", "1000.00");
    deny_field(o.finance, "reason", "POST", "{'number':'R1','issued_on':'2026-03-02'}", "/api/tax_invoice/%s/reverse", invoice);
    client_post(o.finance, 200, "{\"number\":\"R1\",\"issued_on\":\"2026-03-02\",\"reason\":\"抬头有误\"}", "/api/tax_invoice/%s/reverse", invoice);
    says(o.finance, "state", "reversed");
    client_get(o.finance, "/api/tax_invoice?state=red");
    says(o.finance, "items.0.gross", "-1060.00");
    says(o.finance, "items.0.red_of_id.id", invoice);
    deny(o.finance, 409, "tax_invoice.wrong_state", "POST", "{'number':'R2','issued_on':'2026-03-02','reason':'再'}", "/api/tax_invoice/%s/reverse", invoice);
    g_autofree char *again = invoice_of(&o, "26310000000000000002", charge, "1060.00");
    client_post(o.finance, 201, again, "/api/tax_invoice"); /* and it can be invoiced anew */
}

static void
what_is_to_be_invoiced(Dialect dialect)
{
    g_auto(Office) o = { 0 };
    office_open(&o, dialect);
    gint64 charge = charge_made(o.mall, o.merchant, 100000, "2026-03-01");
    charge_made(o.mall, o.merchant, 50000, "2026-05-01");
    g_autofree char *pay = quoted("{'merchant_id':'%" ID "','amount':'400','received_on':'2026-03-02','way':'cash'}", o.merchant);
    hire(o.mall, "finance2", "符出纳", "finance", "finance");
    g_autoptr(Client) second = client_new(o.mall->world, "finance2");

    client_post(o.finance, 201, pay, "/api/receipt");
    client_post(second, 200, NULL, "/api/receipt/%s/confirm", client_text(o.finance, "id"));
    client_get(o.finance, "/api/tax_invoice/todo?due_by=2026-03-31");
    says(o.finance, "total", "400.00"); /* as far as it is paid for */
    client_get(o.finance, "/api/tax_invoice/todo?due_by=2026-03-31&paid_only=0");
    says(o.finance, "total", "1000.00");
    client_get(o.finance, "/api/tax_invoice/todo?due_by=2026-12-31&paid_only=0&merchant_id=%" ID, o.merchant);
    says(o.finance, "total", "1500.00");
    g_autofree char *body = invoice_of(&o, "26310000000000000001", charge, "400.00");
    client_post(o.finance, 201, body, "/api/tax_invoice");
    client_get(o.finance, "/api/tax_invoice/todo?due_by=2026-03-31");
    g_assert_cmpuint(client_len(o.finance, "items"), ==, 0);
    client_get(o.finance, "/api/tax_invoice/todo.xlsx?due_by=2026-12-31&paid_only=0");
    gsize len = 0;
    const char *xlsx = g_bytes_get_data(o.finance->bytes, &len);
    g_assert_cmpuint(len, >, 2000);
    g_assert_cmpint(memcmp(xlsx, "PK", 2), ==, 0);
}

static void
special_needs_a_tax_number(Dialect dialect)
{
    g_auto(Office) o = { 0 };
    office_open(&o, dialect);
    g_autoptr(Client) lm = client_new(o.mall->world, "lm");
    gint64 other = mall_merchant(o.mall, lm, "没有税号的店");
    gint64 charge = charge_made(o.mall, other, 100, "2026-03-01");
    g_autofree char *special = quoted("{'number':'1','merchant_id':'%" ID "','issued_on':'2026-03-02','choice':[{'charge_id':'%" ID "'}]}", other, charge);
    g_autofree char *ordinary
        = quoted("{'number':'1','kind':'digital_ordinary','merchant_id':'%" ID "','issued_on':'2026-03-02','choice':[{'charge_id':'%" ID "'}]}", other, charge);

    deny_field(o.finance, "buyer_tax_no", "POST", special, "/api/tax_invoice");
    client_post(o.finance, 201, ordinary, "/api/tax_invoice");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/invoice/never-more-than-was-charged-and-tax-to-the-fen", never_more_than_was_charged);
    testdb_each("/invoice/a-red-letter-takes-it-back-and-it-can-be-invoiced-anew", a_red_letter_takes_it_back);
    testdb_each("/invoice/what-is-to-be-invoiced-follows-what-was-paid", what_is_to_be_invoiced);
    testdb_each("/invoice/a-special-one-needs-the-buyers-tax-number", special_needs_a_tax_number);
    return g_test_run();
}
