/* Money in without an order: the payer's choice, credit, set-offs, refunds, waivers, deposits, and cheques that come back. */
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"
#include "base/money.h"

typedef struct {
    Mall *mall;
    Client *finance, *second, *lm;
    gint64 merchant;
} Desk;

static void
desk_open(Desk *d, Dialect dialect)
{
    d->mall = mall_new(dialect);
    d->finance = client_new(d->mall->world, "finance");
    hire(d->mall, "finance2", "符出纳", "finance", "finance");
    d->second = client_new(d->mall->world, "finance2");
    d->lm = client_new(d->mall->world, "lm");
    d->merchant = mall_merchant(d->mall, d->lm, "云上咖啡");
}

/* Every test ends with the promises of the check command. */
static void
desk_clear(Desk *d)
{
    money_is_sound(d->mall);
    client_free(d->finance);
    client_free(d->second);
    client_free(d->lm);
    mall_free(d->mall);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

static gint64
registered(Desk *d, const char *amount, const char *choice)
{
    static gint64 n;
    g_autofree char *body = quoted("{'merchant_id':'%" ID "','amount':'%s','received_on':'2026-03-02','way':'cheque','reference':'C-%" ID "'%s%s}", d->merchant,
                                   amount, ++n, choice ? ",'choice':" : "", choice ? choice : "");

    client_post(d->finance, 201, body, "/api/receipt");
    return id_parse(client_text(d->finance, "id"));
}

/* Registered by one, confirmed by the other. */
static gint64
received(Desk *d, const char *amount, const char *choice)
{
    gint64 id = registered(d, amount, choice);

    client_post(d->second, 200, NULL, "/api/receipt/%" ID "/confirm", id);
    return id;
}

static void
charge_is(Desk *d, gint64 charge, const char *paid, const char *state)
{
    client_get(d->finance, "/api/charge/%" ID, charge);
    says(d->finance, "paid", paid);
    says(d->finance, "state", state);
}

static void
credit_is(Desk *d, gint64 receipt, const char *credit)
{
    client_get(d->finance, "/api/receipt/%" ID, receipt);
    says(d->finance, "credit", credit);
}

static void
the_oldest_is_paid_first(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 late = charge_made(d.mall, d.merchant, 100000, "2026-02-01"), early = charge_made(d.mall, d.merchant, 50000, "2026-01-01");

    received(&d, "800.00", NULL);
    charge_is(&d, early, "500.00", "paid");
    charge_is(&d, late, "300.00", "part_paid");
}

static void
the_payer_chooses(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 early = charge_made(d.mall, d.merchant, 50000, "2026-01-01"), late = charge_made(d.mall, d.merchant, 100000, "2026-02-01");
    gint64 other = charge_made(d.mall, mall_merchant(d.mall, d.lm, "别家"), 100000, "2026-02-01");
    g_autofree char *mine = quoted("[{'charge_id':'%" ID "','amount':'700.00'}]", late);
    g_autofree char *foreign = quoted("{'merchant_id':'%" ID "','amount':'10','received_on':'2026-03-02','way':'cash','choice':[{'charge_id':'%" ID "'}]}",
                                      d.merchant, other);
    g_autofree char *over = quoted("{'merchant_id':'%" ID "','amount':'5000','received_on':'2026-03-02','way':'cash','choice':[{'charge_id':'%" ID
                                   "','amount':'1000.01'}]}", d.merchant, late);
    g_autofree char *more = quoted("{'merchant_id':'%" ID "','amount':'10','received_on':'2026-03-02','way':'cash','choice':[{'charge_id':'%" ID "'}]}",
                                   d.merchant, late);
    g_autofree char *twice = quoted("{'merchant_id':'%" ID "','amount':'1000','received_on':'2026-03-02','way':'cash','choice':[{'charge_id':'%" ID
                                    "','amount':'1'},{'charge_id':'%" ID "','amount':'2'}]}", d.merchant, late, late);

    deny_field(d.finance, "choice", "POST", foreign, "/api/receipt");
    deny_field(d.finance, "choice", "POST", over, "/api/receipt");
    deny_field(d.finance, "choice", "POST", more, "/api/receipt");
    deny_field(d.finance, "choice", "POST", twice, "/api/receipt");
    gint64 receipt = received(&d, "900.00", mine);
    charge_is(&d, early, "0.00", "open");
    charge_is(&d, late, "700.00", "part_paid");
    credit_is(&d, receipt, "200.00"); /* the rest is kept: the payer chose */
}

static void
what_was_chosen_and_paid_meanwhile_stays_as_credit(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 charge = charge_made(d.mall, d.merchant, 50000, "2026-01-01");
    g_autofree char *choice = quoted("[{'charge_id':'%" ID "'}]", charge);
    gint64 waiting = registered(&d, "500.00", choice);

    received(&d, "400.00", NULL);
    client_post(d.second, 200, NULL, "/api/receipt/%" ID "/confirm", waiting);
    charge_is(&d, charge, "500.00", "paid");
    credit_is(&d, waiting, "400.00");
}

static void
credit_pays_later_charges(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 receipt = received(&d, "1000.00", NULL);

    credit_is(&d, receipt, "1000.00");
    deny(d.finance, 409, "receipt.nothing_open", "POST", "{}", "/api/receipt/%" ID "/apply", receipt);
    gint64 first = charge_made(d.mall, d.merchant, 60000, "2026-03-01"), second = charge_made(d.mall, d.merchant, 60000, "2026-03-02");
    g_autofree char *choice = quoted("{'choice':[{'charge_id':'%" ID "','amount':'100.00'}]}", second);
    client_post(d.finance, 200, choice, "/api/receipt/%" ID "/apply", receipt);
    charge_is(&d, second, "100.00", "part_paid");
    client_post(d.finance, 200, "{}", "/api/receipt/%" ID "/apply", receipt);
    charge_is(&d, first, "600.00", "paid");
    charge_is(&d, second, "400.00", "part_paid");
    credit_is(&d, receipt, "0.00");
    deny(d.finance, 409, "receipt.no_credit", "POST", "{}", "/api/receipt/%" ID "/apply", receipt);
    deny(d.lm, 403, "receipt.forbidden", "POST", "{}", "/api/receipt/%" ID "/apply", receipt);
}

static void
a_bounced_receipt_takes_everything_back(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 first = charge_made(d.mall, d.merchant, 60000, "2026-02-01");
    gint64 receipt = received(&d, "1000.00", NULL);
    gint64 second = charge_made(d.mall, d.merchant, 10000, "2026-03-01");

    client_post(d.finance, 200, "{}", "/api/receipt/%" ID "/apply", receipt); /* its credit has paid another */
    charge_is(&d, second, "100.00", "paid");
    deny_field(d.finance, "reason", "POST", "{'bounced_on':'2026-03-02'}", "/api/receipt/%" ID "/bounce", receipt);
    deny_field(d.finance, "bounced_on", "POST", "{'bounced_on':'2026-03-03','reason':'空头'}", "/api/receipt/%" ID "/bounce", receipt);
    deny_field(d.finance, "bounced_on", "POST", "{'bounced_on':'2026-03-01','reason':'空头'}", "/api/receipt/%" ID "/bounce", receipt);
    client_post(d.finance, 200, "{\"bounced_on\":\"2026-03-02\",\"reason\":\"空头支票\"}", "/api/receipt/%" ID "/bounce", receipt);
    says(d.finance, "state", "bounced");
    says(d.finance, "allocated", "0.00");
    says(d.finance, "credit", "0.00");
    says(d.finance, "paid.3.amount", "-100.00");
    charge_is(&d, first, "0.00", "open");
    charge_is(&d, second, "0.00", "open");
    deny(d.finance, 409, "receipt.wrong_state", "POST", "{'bounced_on':'2026-03-02','reason':'再'}", "/api/receipt/%" ID "/bounce", receipt);
    client_get(d.finance, "/api/journal?event=receipt_back");
    counts(d.finance, "total", 1);
}

static void
a_lease_in_force_is_reported_when_its_money_bounces(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    g_autoptr(Client) ls = client_new(d.mall->world, "ls");
    gint64 lease = lease_effective(d.mall, ls, "海边书店", 1, "2026-04-01", "2027-03-31");

    client_get(d.finance, "/api/receipt?lease_id=%" ID, lease);
    client_get(d.finance, "/api/receipt");
    gint64 receipt = id_parse(client_text(d.finance, "items.0.id"));
    client_post(d.finance, 200, "{\"bounced_on\":\"2026-03-02\",\"reason\":\"退汇\"}", "/api/receipt/%" ID "/bounce", receipt);
    client_get(d.finance, "/api/payment_order?lease_id=%" ID, lease);
    says(d.finance, "items.0.state", "issued");
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "effective"); /* not silently undone */
    g_assert_cmpuint(news(d.mall, "lm", "receipt.bounced"), ==, 1);
    g_assert_cmpuint(news(d.mall, "finance2", "receipt.bounced"), ==, 1);
    client_get(d.finance, "/api/deposit_entry?lease_id=%" ID, lease);
    counts(d.finance, "total", 2); /* received and taken back */
}

static void
credits_are_set_off(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    g_autofree char *body = quoted("{'merchant_id':'%" ID "'}", d.merchant);

    deny(d.lm, 403, "charge.forbidden", "POST", body, "/api/charge/offset");
    deny(d.finance, 409, "charge.nothing_to_offset", "POST", body, "/api/charge/offset");
    gint64 back = charge_made(d.mall, d.merchant, -30000, "2026-02-01"), one = charge_made(d.mall, d.merchant, 20000, "2026-02-01");
    gint64 two = charge_made(d.mall, d.merchant, 25000, "2026-03-01");
    client_post(d.finance, 200, body, "/api/charge/offset");
    says(d.finance, "set_off", "300.00");
    charge_is(&d, back, "-300.00", "paid");
    charge_is(&d, one, "200.00", "paid");
    charge_is(&d, two, "100.00", "part_paid");
    deny(d.finance, 409, "charge.nothing_to_offset", "POST", body, "/api/charge/offset");
}

static void
refunds_need_a_yes_and_another_payer(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 receipt = received(&d, "1000.00", NULL);
    g_autofree char *much = quoted("{'merchant_id':'%" ID "','receipt_id':'%" ID "','amount':'1000.01','reason':'多付','payee':'云上咖啡'}", d.merchant, receipt);

    deny_field(d.lm, "amount", "POST", much, "/api/refund");
    gint64 refund = make_as(d.lm, "refund", "{'merchant_id':'%" ID "','receipt_id':'%" ID "','amount':'400','reason':'多付','payee':'云上咖啡'}", d.merchant,
                            receipt);
    client_get(d.finance, "/api/money_account?kind=bank");
    g_autofree char *pay = quoted("{'money_account_id':'%s','paid_on':'2026-03-02','reference':'P1'}", client_text(d.finance, "items.0.id"));
    deny(d.finance, 409, "refund.wrong_state", "POST", pay, "/api/refund/%" ID "/pay", refund);
    client_post(d.lm, 200, NULL, "/api/refund/%" ID "/submit", refund);
    mall_approve(d.mall, "refund", refund);
    deny(d.lm, 403, "refund.forbidden", "POST", pay, "/api/refund/%" ID "/pay", refund);
    client_post(d.finance, 200, pay, "/api/refund/%" ID "/pay", refund);
    says(d.finance, "state", "paid");
    deny(d.finance, 409, "refund.wrong_state", "POST", pay, "/api/refund/%" ID "/pay", refund);
    credit_is(&d, receipt, "600.00");
    deny(d.finance, 409, "receipt.refunded", "POST", "{'bounced_on':'2026-03-02','reason':'退'}", "/api/receipt/%" ID "/bounce", receipt);
}

static void
a_waiver_takes_income_and_tax_back(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 charge = charge_made(d.mall, d.merchant, 106000, "2026-02-01");
    const char *parts[] = { "333.33", "333.33", "393.34" };

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        gint64 waiver = make_as(d.lm, "waiver", "{'merchant_id':'%" ID "','reason':'停电补偿','choice':[{'charge_id':'%" ID "','amount':'%s'}]}", d.merchant,
                                charge, parts[i]);
        client_post(d.lm, 200, NULL, "/api/waiver/%" ID "/submit", waiver);
        mall_approve(d.mall, "waiver", waiver);
        client_get(d.lm, "/api/waiver/%" ID, waiver);
        says(d.lm, "state", "done");
    }
    charge_is(&d, charge, "1060.00", "paid");
    /* three parts took back exactly the tax of the whole */
    client_get(d.finance, "/api/account?code=2221.01");
    g_autofree char *tax = g_strdup(client_text(d.finance, "items.0.id"));
    gint64 sum = 0;
    client_get(d.finance, "/api/entry?account_id=%s&size=50", tax);
    for (gsize i = 0; i < client_len(d.finance, "items"); i++) {
        g_autofree char *at = g_strdup_printf("items.%" G_GSIZE_FORMAT ".amount", i);
        gint64 fen = 0;
        g_assert_true(money_parse(client_text(d.finance, at), &fen));
        sum += fen;
    }
    g_assert_cmpint(sum, ==, 0);
}

static void
bad_debts_go_up_to_the_general_manager(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    gint64 charge = charge_made(d.mall, d.merchant, 100000, "2026-02-01");
    gint64 waiver = make_as(d.lm, "waiver", "{'merchant_id':'%" ID "','kind':'write_off','reason':'失联','choice':[{'charge_id':'%" ID "'}]}", d.merchant, charge);

    client_get(d.lm, "/api/waiver/%" ID, waiver);
    says(d.lm, "total", "1000.00");
    client_post(d.lm, 200, NULL, "/api/waiver/%" ID "/submit", waiver);
    gint64 approval = approval_id(d.mall, "waiver", waiver);
    todo_of(d.mall, "approval", approval, "finance");
    decides(d.mall, "finance", approval, "agree", NULL, NULL);
    todo_of(d.mall, "approval", approval, "gm");
    charge_is(&d, charge, "0.00", "open"); /* nothing before the last yes */
    decides(d.mall, "gm", approval, "agree", NULL, NULL);
    charge_is(&d, charge, "1000.00", "paid");
    client_get(d.finance, "/api/journal?event=write_off");
    counts(d.finance, "total", 1);
}

static void
deposits_are_deducted_and_paid_back(Dialect dialect)
{
    g_auto(Desk) d = { 0 };
    desk_open(&d, dialect);
    g_autoptr(Client) ls = client_new(d.mall->world, "ls");
    gint64 lease = lease_effective(d.mall, ls, "海边书店", 1, "2026-04-01", "2027-03-31");
    client_get(d.finance, "/api/lease/%" ID, lease);
    gint64 merchant = id_parse(client_text(d.finance, "merchant_id.id"));
    gint64 charge = charge_made(d.mall, merchant, 1000000, "2026-03-01");
    g_autofree char *base = quoted("'merchant_id':'%" ID "','lease_id':'%" ID "','kind':'performance','reason':'欠费'", merchant, lease);
    g_autofree char *much = quoted("{%s,'event':'forfeited','amount':'60000.01'}", base);
    g_autofree char *none = quoted("{%s,'event':'deducted'}", base);

    deny_field(d.lm, "amount", "POST", much, "/api/deposit_move");
    deny_field(d.lm, "choice", "POST", none, "/api/deposit_move");
    gint64 move = make_as(d.lm, "deposit_move", "{%s,'event':'deducted','choice':[{'charge_id':'%" ID "'}]}", base, charge);
    client_post(d.lm, 200, NULL, "/api/deposit_move/%" ID "/submit", move);
    mall_approve(d.mall, "deposit_move", move);
    charge_is(&d, charge, "10000.00", "paid");
    gint64 refund = make_as(d.lm, "refund", "{'source':'deposit','merchant_id':'%" ID "','lease_id':'%" ID "','deposit_kind':'performance','amount':'50000',"
                            "'reason':'退租','payee':'海边书店'}", merchant, lease);
    client_post(d.lm, 200, NULL, "/api/refund/%" ID "/submit", refund);
    mall_approve(d.mall, "refund", refund);
    client_get(d.finance, "/api/money_account?kind=bank");
    g_autofree char *pay = quoted("{'money_account_id':'%s','paid_on':'2026-03-02'}", client_text(d.finance, "items.0.id"));
    client_post(d.finance, 200, pay, "/api/refund/%" ID "/pay", refund);
    g_autofree char *again = quoted("{'source':'deposit','merchant_id':'%" ID "','lease_id':'%" ID "','deposit_kind':'performance','amount':'0.01','reason':'退租',"
                                    "'payee':'海边书店'}", merchant, lease);
    deny_field(d.lm, "amount", "POST", again, "/api/refund");
    /* what was deducted cannot bounce any more */
    client_get(d.finance, "/api/receipt");
    deny(d.finance, 409, "receipt.deposit_used", "POST", "{'bounced_on':'2026-03-02','reason':'退'}", "/api/receipt/%s/bounce",
         client_text(d.finance, "items.0.id"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/receipt/without-an-order-the-oldest-charge-is-paid-first", the_oldest_is_paid_first);
    testdb_each("/receipt/the-payer-chooses-which-charges-are-paid", the_payer_chooses);
    testdb_each("/receipt/what-was-chosen-and-paid-meanwhile-stays-as-credit", what_was_chosen_and_paid_meanwhile_stays_as_credit);
    testdb_each("/receipt/credit-pays-later-charges", credit_pays_later_charges);
    testdb_each("/receipt/a-bounced-one-takes-everything-back", a_bounced_receipt_takes_everything_back);
    testdb_each("/receipt/a-lease-in-force-is-reported-when-its-money-bounces", a_lease_in_force_is_reported_when_its_money_bounces);
    testdb_each("/receipt/credits-are-set-off-oldest-against-oldest", credits_are_set_off);
    testdb_each("/receipt/refunds-need-a-yes-and-are-paid-by-another", refunds_need_a_yes_and_another_payer);
    testdb_each("/receipt/a-waiver-in-parts-takes-back-exactly-income-and-tax", a_waiver_takes_income_and_tax_back);
    testdb_each("/receipt/bad-debts-go-up-to-the-general-manager", bad_debts_go_up_to_the_general_manager);
    testdb_each("/receipt/deposits-are-deducted-and-paid-back-once", deposits_are_deducted_and_paid_back);
    return g_test_run();
}
