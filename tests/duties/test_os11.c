/* OS-11: a merchant leaves. Both departments inspect, the statement foots to the cent, three departments and the merchant sign, nothing is
 * completed while a balance is open, then the unit is vacant and nothing changes any more. */
#include "support/duty.h"
#include "support/furnish.h"
#include "support/money.h"

#include "base/ids.h"
#include "base/money.h"

#include <string.h>

typedef struct {
    Mall *mall;
    gint64 lease, meter, move_out, bank;
} Leaving;

/* os looks after A1, let from 2 March for 20 000 a month with 60 000 of deposit; its meter stands at 100. */
static void
leaving_new(Leaving *l, Dialect dialect)
{
    l->mall = mall_new(dialect);
    g_autoptr(Client) om = client_new(l->mall->world, "om");
    g_autoptr(Client) ls = client_new(l->mall->world, "ls");
    g_autoptr(Client) finance = client_new(l->mall->world, "finance");
    g_autoptr(Client) services = client_new(l->mall->world, "services");
    gint64 zone = make_as(om, "zone", "{'name':'一层'}");

    make_as(om, "zone_unit", "{'zone_id':'%" ID "','staff_id':'%" ID "','unit_id':'%" ID "','from_on':'2026-03-01'}", zone,
            world_staff(l->mall->world, "os"), l->mall->units[0]);
    make_as(finance, "meter_price", "{'kind':'electricity','item_id':'%" ID "','from_on':'2026-01-01','price':'1.00'}",
            by_code(l->mall->world, "charge_item", "electricity"));
    l->meter = make_as(services, "meter", "{'no':'D-A1','kind':'electricity','unit_id':'%" ID "','multiplier':'10','installed_on':'2026-03-02','opening':'100'}",
                       l->mall->units[0]);
    l->lease = lease_effective(l->mall, ls, "云上咖啡", 0, "2026-03-02", "2027-03-31");
    client_get(finance, "/api/money_account?kind=bank");
    l->bank = id_parse(client_text(finance, "items.0.id"));
}

static void
leaving_free(Leaving *l)
{
    money_is_sound(l->mall);
    mall_free(l->mall);
}

static Client *
as(const Leaving *l, const char *login)
{
    return client_new(l->mall->world, login);
}

static void
take(const Leaving *l, const char *login, int status, const char *action, const char *input)
{
    g_autoptr(Client) c = as(l, login);
    g_autofree char *body = quoted("%s", input);

    client_post(c, status, body, "/api/move_out/%" ID "/%s", l->move_out, action);
}

static void
refused(const Leaving *l, const char *login, int status, const char *code, const char *action, const char *input)
{
    g_autoptr(Client) c = as(l, login);

    deny(c, status, code, "POST", input, "/api/move_out/%" ID "/%s", l->move_out, action);
}

static void
apply_until(Leaving *l, const char *last)
{
    g_autoptr(Client) os = as(l, "os");

    l->move_out = make_as(os, "move_out", "{'lease_id':'%" ID "','kind':'tenant_early','applied_on':'2026-03-20','last_on':'%s',"
                                          "'reason':'生意不好'}", l->lease, last);
}

/* Every point good, but the floor, which is damaged for that amount (NULL: good too). */
static void
inspect_all(const Leaving *l, const char *damage)
{
    g_autoptr(Client) os = as(l, "os");

    client_get(os, "/api/move_out/%" ID, l->move_out);
    gsize n = client_len(os, "items");
    g_assert_cmpuint(n, ==, 11);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free), parts = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < n; i++) {
        g_autofree char *id = g_strdup_printf("items.%" G_GSIZE_FORMAT ".id", i), *part = g_strdup_printf("items.%" G_GSIZE_FORMAT ".part", i);
        g_ptr_array_add(ids, g_strdup(client_text(os, id)));
        g_ptr_array_add(parts, g_strdup(client_text(os, part)));
    }
    for (gsize i = 0; i < n; i++) {
        gboolean broken = damage && strcmp(parts->pdata[i], "floor") == 0;
        g_autofree char *body = broken ? quoted("{'version':1,'result':'damaged','note':'地砖破损三块','amount':'%s','clause':'第8.2条','voucher':'报价单 B-17'}", damage)
                                       : g_strdup("{\"version\":1,\"result\":\"good\"}");
        client_patch(os, 200, body, "/api/move_out_item/%s", (char *) ids->pdata[i]);
    }
}

static void
read_meter(const Leaving *l, const char *on, const char *reading)
{
    g_autoptr(Client) os = as(l, "os");
    g_autoptr(Client) om = as(l, "om");
    gint64 id = make_as(os, "meter_reading", "{'meter_id':'%" ID "','read_on':'%s','kind':'final','reading':'%s'}", l->meter, on, reading);

    client_post(om, 200, "{}", "/api/meter_reading/%" ID "/check", id);
}

/* From the application to the statement, given back on that day. */
static void
up_to_settling(Leaving *l, const char *damage, const char *returned)
{
    g_autofree char *settle = g_strdup_printf("{'returned_on':'%s','keys_returned':true}", returned);

    take(l, "os", 200, "inspect", "{}");
    inspect_all(l, damage);
    take(l, "os", 200, "confirm_operations", "{}");
    take(l, "services", 200, "confirm_services", "{}");
    take(l, "os", 200, "settle", settle);
}

static void
breach_is(const Leaving *l, const char *more)
{
    g_autoptr(Client) os = as(l, "os");

    client_get(os, "/api/move_out/%" ID, l->move_out);
    g_autofree char *body = quoted("{'version':%" ID ",%s}", client_int(os, "version"), more);
    client_patch(os, 200, body, "/api/move_out/%" ID, l->move_out);
}

static void
three_sign(const Leaving *l)
{
    static const char *const logins[] = { "om", "services", "finance" };
    gint64 approval = approval_id(l->mall, "move_out", l->move_out);

    may_not_decide(l->mall, "lm", approval, "agree", 403, "approval.forbidden");
    may_not_decide(l->mall, "os", approval, "agree", 403, "approval.own");
    for (guint i = 0; i < G_N_ELEMENTS(logins); i++) {
        approval_is(l->mall, approval, "running");
        decides(l->mall, logins[i], approval, "agree", NULL, NULL);
        if (i + 1 < G_N_ELEMENTS(logins))
            may_not_decide(l->mall, logins[i], approval, "agree", 409, "approval.closed");
    }
    approval_is(l->mall, approval, "agreed");
}

/* The lines of the statement add up to its balance. */
static void
foots(Client *c)
{
    gint64 sum = 0, refund = 0, owed = 0;

    for (gsize i = 0; i < client_len(c, "settlement.lines"); i++) {
        g_autofree char *at = g_strdup_printf("settlement.lines.%" G_GSIZE_FORMAT ".amount", i);
        g_autofree char *working = g_strdup_printf("settlement.lines.%" G_GSIZE_FORMAT ".working.0.text_zh", i);
        gint64 fen = 0;
        g_assert_true(money_parse(client_text(c, at), &fen));
        g_assert_nonnull(client_text(c, working));
        sum += fen;
    }
    g_assert_true(money_parse(client_text(c, "settlement.refund"), &refund));
    g_assert_true(money_parse(client_text(c, "settlement.owed"), &owed));
    g_assert_cmpint(owed - refund, ==, sum);
    g_assert_true(owed == 0 || refund == 0);
}

static void
a_merchant_leaves_and_is_refunded(Dialect dialect)
{
    Leaving l = { 0 };

    leaving_new(&l, dialect);
    go_to("2026-03-20");
    apply_until(&l, "2026-04-30");
    g_autoptr(Client) first = as(&l, "os");
    client_get(first, "/api/move_out/%" ID, l.move_out);
    counts(first, "notice_days", 41);
    says(first, "is_frozen", NULL);
    foots(first);
    g_autofree char *again = quoted("{'lease_id':'%" ID "','kind':'tenant_early','applied_on':'2026-03-20','last_on':'2026-04-30','reason':'x'}", l.lease);
    deny(first, 409, "move_out.exists", "POST", again, "/api/move_out");
    refused(&l, "lm", 403, "move_out.forbidden", "inspect", "{}");
    refused(&l, "finance", 403, "move_out.forbidden", "inspect", "{}");
    go_to("2026-04-30");
    take(&l, "os", 200, "inspect", "{}");
    refused(&l, "os", 409, "move_out.uninspected", "confirm_operations", "{}");
    inspect_all(&l, "1500.00");
    take(&l, "os", 200, "confirm_operations", "{}");
    refused(&l, "os", 409, "move_out.one_sided", "settle", "{'returned_on':'2026-04-30','keys_returned':true}");
    refused(&l, "os", 403, "move_out.forbidden", "confirm_services", "{}");
    take(&l, "services", 200, "confirm_services", "{}");
    take(&l, "os", 200, "settle", "{'returned_on':'2026-04-30','keys_returned':true}");
    refused(&l, "os", 409, "move_out.not_ready", "submit", "{}"); /* no final reading */
    read_meter(&l, "2026-04-30", "150");
    refused(&l, "os", 409, "move_out.not_ready", "submit", "{}"); /* no breach check */
    breach_is(&l, "'breach':'none'");
    take(&l, "os", 200, "submit", "{}");
    g_autoptr(Client) os = as(&l, "os");
    client_get(os, "/api/move_out/%" ID, l.move_out);
    foots(os);
    says(os, "settlement.owed", "0.00");
    g_autofree char *refund = g_strdup(client_text(os, "settlement.refund"));
    g_assert_cmpstr(refund, ==, "78000.00"); /* deposit 60 000 + May, paid in advance, 20 000 - damage 1 500 - power 500 */
    g_assert_cmpstr(item_text(os, "settlement.lines", "group", "deposit", "amount"), ==, "-60000.00");
    g_assert_cmpstr(item_text(os, "settlement.lines", "group", "damage", "amount"), ==, "1500.00");
    g_assert_cmpstr(item_text(os, "settlement.lines", "group", "utility", "amount"), ==, "500.00");
    g_assert_cmpint(find_item(os, "settlement.lines", "group", "rent"), >=, 0);
    refused(&l, "os", 409, "move_out.unapproved", "merchant_sign", "{'signer':'张三','signed_on':'2026-04-30'}");
    three_sign(&l);
    refused(&l, "finance", 409, "move_out.unsigned", "pay", "{'paid_on':'2026-04-30'}");
    take(&l, "os", 200, "merchant_sign", "{'signer':'张三','signed_on':'2026-04-30'}");
    refused(&l, "os", 409, "move_out.signed", "merchant_sign", "{'signer':'张三','signed_on':'2026-04-30'}");
    money_is_sound(l.mall);
    client_get(os, "/api/move_out/%" ID, l.move_out);
    says(os, "still_to_refund", refund);
    says(os, "still_open", "0.00");
    refused(&l, "os", 403, "move_out.forbidden", "pay", "{'paid_on':'2026-04-30'}");
    refused(&l, "os", 409, "move_out.wrong_state", "close", "{}");
    g_autoptr(Client) finance = as(&l, "finance");
    deny_field(finance, "money_account_id", "POST", "{'paid_on':'2026-04-30'}", "/api/move_out/%" ID "/pay", l.move_out);
    g_autofree char *pay = g_strdup_printf("{'paid_on':'2026-04-30','money_account_id':'%" ID "','reference':'TK1'}", l.bank);
    take(&l, "finance", 200, "pay", pay);
    money_is_sound(l.mall);
    take(&l, "os", 200, "close", "{}");
    client_get(os, "/api/lease/%" ID, l.lease);
    says(os, "state", "settled");
    go_to("2026-05-01");
    run_jobs(l.mall);
    g_autoptr(Client) after = as(&l, "om");
    client_get(after, "/api/unit/%" ID, l.mall->units[0]);
    says(after, "status", "vacant");
    /* nothing changes any more */
    client_get(after, "/api/move_out/%" ID, l.move_out);
    says(after, "state", "closed");
    g_autofree char *edit = quoted("{'version':%" ID ",'penalty':'1.00','penalty_clause':'x'}", client_int(after, "version"));
    deny(after, 409, "move_out.frozen", "PATCH", edit, "/api/move_out/%" ID, l.move_out);
    static const char *const actions[] = { "inspect", "settle", "submit", "recall", "merchant_sign", "close", "withdraw" };
    for (guint i = 0; i < G_N_ELEMENTS(actions); i++)
        deny(after, 409, "move_out.wrong_state", "POST", "{}", "/api/move_out/%" ID "/%s", l.move_out, actions[i]);
    client_get(after, "/api/move_out/%" ID "/statement.pdf", l.move_out);
    g_assert_cmpmem(g_bytes_get_data(after->bytes, NULL), 4, "%PDF", 4);
    client_get(after, "/api/move_out/%" ID "/exit.pdf", l.move_out);
    g_assert_cmpmem(g_bytes_get_data(after->bytes, NULL), 4, "%PDF", 4);
    leaving_free(&l);
}

static void
a_debt_is_collected_before_anything_is_completed(Dialect dialect)
{
    Leaving l = { 0 };

    leaving_new(&l, dialect);
    go_to("2026-03-20");
    apply_until(&l, "2026-04-10"); /* 21 days */
    go_to("2026-04-20");
    g_autoptr(Client) os = as(&l, "os");
    client_get(os, "/api/move_out/%" ID, l.move_out);
    g_assert_true(json_is_true(json_object_get(os->reply, "short_notice")));
    up_to_settling(&l, NULL, "2026-04-20"); /* ten days too late */
    read_meter(&l, "2026-04-20", "150");
    g_autoptr(Client) o2 = as(&l, "os");
    client_get(o2, "/api/move_out/%" ID, l.move_out);
    g_autofree char *unclaused = quoted("{'version':%" ID ",'breach':'found','breach_note':'提前退租','penalty':'60000.00'}", client_int(o2, "version"));
    deny_field(o2, "penalty_clause", "PATCH", unclaused, "/api/move_out/%" ID, l.move_out);
    breach_is(&l, "'breach':'found','breach_note':'通知期不足','penalty':'100000.00','penalty_clause':'第12条'");
    take(&l, "os", 200, "submit", "{}");
    client_get(o2, "/api/move_out/%" ID, l.move_out);
    foots(o2);
    g_assert_cmpstr(item_text(o2, "settlement.lines", "group", "occupation", "amount"), ==, "6666.67"); /* 20 000 / 30 x 10 */
    says(o2, "settlement.refund", "0.00");
    g_autofree char *owed = g_strdup(client_text(o2, "settlement.owed"));
    /* penalty 100 000 + ten days of overstaying 6 666.67 + power 500 - deposit 60 000 - rent paid from 11 April to May 33 333.33 */
    g_assert_cmpstr(owed, ==, "13833.34");
    three_sign(&l);
    take(&l, "os", 200, "merchant_sign", "{'signer':'张三','signed_on':'2026-04-20'}");
    money_is_sound(l.mall);
    client_get(o2, "/api/move_out/%" ID, l.move_out);
    says(o2, "still_open", owed);
    says(o2, "still_to_refund", "0.00");
    g_autofree char *merchant = g_strdup(client_text(o2, "merchant_id.id"));
    refused(&l, "finance", 409, "move_out.open_balance", "pay", "{'paid_on':'2026-04-20'}");
    g_autoptr(Client) finance = as(&l, "finance");
    hire(l.mall, "fin2", "钱出纳", "finance", "finance");
    g_autoptr(Client) second = as(&l, "fin2");
    gint64 receipt = make_as(finance, "receipt", "{'merchant_id':'%s','lease_id':'%" ID "','received_on':'2026-04-20','way':'bank_transfer','reference':'D1','amount':'%s'}",
                             merchant, l.lease, owed);
    client_post(second, 200, "{}", "/api/receipt/%" ID "/confirm", receipt);
    take(&l, "finance", 200, "pay", "{'paid_on':'2026-04-20'}");
    take(&l, "os", 200, "close", "{}");
    client_get(o2, "/api/lease/%" ID, l.lease);
    says(o2, "state", "settled");
    leaving_free(&l);
}

static void
money_that_moves_after_the_statement_needs_a_new_one(Dialect dialect)
{
    Leaving l = { 0 };

    leaving_new(&l, dialect);
    go_to("2026-03-20");
    apply_until(&l, "2026-04-30");
    go_to("2026-04-30");
    up_to_settling(&l, NULL, "2026-04-30");
    read_meter(&l, "2026-04-30", "150");
    breach_is(&l, "'breach':'none'");
    take(&l, "os", 200, "submit", "{}");
    refused(&l, "os", 409, "move_out.in_approval", "recall", "{'reason':'重算'}");
    three_sign(&l);
    g_autoptr(Client) os = as(&l, "os");
    /* a price that nobody had entered */
    g_autoptr(Client) finance = as(&l, "finance");
    make_as(finance, "meter_price", "{'kind':'electricity','item_id':'%" ID "','from_on':'2026-04-01','price':'1.20'}",
            by_code(l.mall->world, "charge_item", "electricity"));
    refused(&l, "os", 409, "move_out.moved", "merchant_sign", "{'signer':'张三','signed_on':'2026-04-30'}");
    take(&l, "os", 200, "recall", "{'reason':'电价有误'}");
    client_get(os, "/api/move_out/%" ID, l.move_out);
    says(os, "state", "settling");
    take(&l, "os", 200, "submit", "{}");
    three_sign(&l);
    take(&l, "os", 200, "merchant_sign", "{'signer':'张三','signed_on':'2026-04-30'}");
    leaving_free(&l);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/OS-11/a-merchant-leaves-and-is-refunded", a_merchant_leaves_and_is_refunded);
    testdb_each("/OS-11/a-debt-is-collected-before-anything-is-completed", a_debt_is_collected_before_anything_is_completed);
    testdb_each("/OS-11/money-that-moves-after-the-statement-needs-a-new-one", money_that_moves_after_the_statement_needs_a_new_one);
    return g_test_run();
}
