/* Laws of money: whatever is received, chosen, bounced, refunded, set off, waived and deducted in whatever order, the promises of the check command hold. */
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"
#include "base/money.h"

#include <string.h>

enum { STEPS = 60, MERCHANTS = 2 };

typedef struct {
    Mall *mall;
    Client *finance, *second, *lm;
    gint64 merchants[MERCHANTS];
    char *bank;
    GRand *rand;
    guint done, refused, serial;
} Play;

static gint64
pick_merchant(Play *p)
{
    return p->merchants[g_rand_int_range(p->rand, 0, MERCHANTS)];
}

static char *
some_money(Play *p)
{
    return money_format(g_rand_int_range(p->rand, 1, 300000));
}

/* Sends; a refusal by rule is as good as an outcome, a fault of ours is not. */
static gboolean
play(Play *p, Client *who, const char *method, const char *path, const char *body)
{
    client_send(who, method, path, body);
    if (who->status >= 500)
        g_error("%s %s %s: %d %s", method, path, body, who->status, who->text);
    *(who->status < 300 ? &p->done : &p->refused) += 1;
    return who->status < 300;
}

static char *
random_of(Play *p, const char *list)
{
    client_get(p->finance, "%s&size=50", list);
    gsize n = client_len(p->finance, "items");
    g_autofree char *at = n ? g_strdup_printf("items.%d.id", g_rand_int_range(p->rand, 0, (gint32) n)) : NULL;
    return n ? g_strdup(client_text(p->finance, at)) : NULL;
}

static void
owe(Play *p)
{
    gint64 fen = g_rand_int_range(p->rand, 1, 200000);

    charge_made(p->mall, pick_merchant(p), g_rand_int_range(p->rand, 0, 5) == 0 ? -fen : fen, "2026-03-01");
}

static void
receive(Play *p)
{
    gint64 merchant = pick_merchant(p);
    g_autofree char *amount = some_money(p);
    g_autofree char *list = g_strdup_printf("/api/charge?merchant_id=%" ID "&state=open", merchant);
    g_autofree char *charge = g_rand_boolean(p->rand) ? random_of(p, list) : NULL;
    g_autofree char *choice = charge ? quoted(",'choice':[{'charge_id':'%s'}]", charge) : g_strdup("");
    g_autofree char *head = quoted("{'merchant_id':'%" ID "','amount':'%s','received_on':'2026-03-02','way':'bank_transfer','reference':'S%u'", merchant, amount,
                                   ++p->serial);
    g_autofree char *body = g_strconcat(head, choice, "}", NULL);

    if (g_rand_boolean(p->rand)) {
        play(p, p->finance, "POST", "/api/cashier/receive", body);
        return;
    }
    if (play(p, p->finance, "POST", "/api/receipt", body)) {
        g_autofree char *path = g_strdup_printf("/api/receipt/%s/confirm", client_text(p->finance, "id"));
        play(p, p->second, "POST", path, NULL);
    }
}

static void
on_receipt(Play *p, const char *action, const char *body)
{
    g_autofree char *id = random_of(p, "/api/receipt?state=confirmed");
    g_autofree char *path = g_strdup_printf("/api/receipt/%s/%s", id, action);

    if (id)
        play(p, p->finance, "POST", path, body);
}

static void
set_off(Play *p)
{
    g_autofree char *body = quoted("{'merchant_id':'%" ID "'}", pick_merchant(p));

    play(p, p->finance, "POST", "/api/charge/offset", body);
}

/* Asked for by lm, agreed by everybody, then the last step if there is one. */
static void
ask(Play *p, const char *entity, const char *body)
{
    g_autofree char *path = g_strdup_printf("/api/%s", entity);

    if (!play(p, p->lm, "POST", path, body))
        return;
    gint64 id = id_parse(client_text(p->lm, "id"));
    g_autofree char *submit = g_strdup_printf("/api/%s/%" ID "/submit", entity, id);
    if (!play(p, p->lm, "POST", submit, NULL))
        return;
    mall_approve(p->mall, entity, id);
    if (strcmp(entity, "refund") != 0)
        return;
    g_autofree char *pay = g_strdup_printf("/api/refund/%" ID "/pay", id);
    g_autofree char *from = quoted("{'money_account_id':'%s','paid_on':'2026-03-02'}", p->bank);
    play(p, p->finance, "POST", pay, from);
}

static void
give_up(Play *p)
{
    gint64 merchant = pick_merchant(p);
    g_autofree char *list = g_strdup_printf("/api/charge?merchant_id=%" ID "&state=open,part_paid", merchant);
    g_autofree char *charge = random_of(p, list), *amount = some_money(p);
    gboolean whole = g_rand_boolean(p->rand);
    g_autofree char *body = quoted("{'merchant_id':'%" ID "','kind':'%s','reason':'随机','choice':[{'charge_id':'%s'%s%s%s}]}", merchant,
                                   g_rand_boolean(p->rand) ? "waiver" : "write_off", charge, whole ? "" : ",'amount':'", whole ? "" : amount, whole ? "" : "'");

    if (charge)
        ask(p, "waiver", body);
}

static void
pay_back(Play *p)
{
    g_autofree char *receipt = random_of(p, "/api/receipt?state=confirmed"), *amount = some_money(p);

    if (!receipt)
        return;
    client_get(p->finance, "/api/receipt/%s", receipt);
    g_autofree char *body = quoted("{'merchant_id':'%s','receipt_id':'%s','amount':'%s','reason':'随机','payee':'某'}", client_text(p->finance, "merchant_id.id"),
                                   receipt, amount);
    ask(p, "refund", body);
}

static void
invoice(Play *p)
{
    gint64 merchant = pick_merchant(p);
    g_autofree char *list = g_strdup_printf("/api/charge?merchant_id=%" ID, merchant);
    g_autofree char *charge = random_of(p, list), *amount = some_money(p);
    g_autofree char *body = quoted("{'number':'N%u','kind':'ordinary','merchant_id':'%" ID "','issued_on':'2026-03-02','choice':[{'charge_id':'%s','amount':'%s'}]}",
                                   ++p->serial, merchant, charge, amount);

    if (charge)
        play(p, p->finance, "POST", "/api/tax_invoice", body);
    g_autofree char *back = g_rand_int_range(p->rand, 0, 3) == 0 ? random_of(p, "/api/tax_invoice?state=registered") : NULL;
    g_autofree char *path = g_strdup_printf("/api/tax_invoice/%s/reverse", back);
    g_autofree char *red = quoted("{'number':'R%u','issued_on':'2026-03-02','reason':'随机'}", ++p->serial);
    if (back)
        play(p, p->finance, "POST", path, red);
}

static void
one_step(Play *p)
{
    switch (g_rand_int_range(p->rand, 0, 12)) {
    case 0:
    case 1:
    case 2:
        owe(p);
        return;
    case 3:
    case 4:
    case 5:
        receive(p);
        return;
    case 6:
        on_receipt(p, "apply", "{}");
        return;
    case 7:
        on_receipt(p, "bounce", "{\"bounced_on\":\"2026-03-02\",\"reason\":\"退\"}");
        return;
    case 8:
        set_off(p);
        return;
    case 9:
        give_up(p);
        return;
    case 10:
        pay_back(p);
        return;
    default:
        invoice(p);
    }
}

static void
any_order_keeps_the_promises(Dialect dialect)
{
    guint32 seed = (guint32) g_test_rand_int();
    Play p = { .mall = mall_new(dialect), .rand = g_rand_new_with_seed(seed) };
    static const char *const names[MERCHANTS] = { "云上咖啡", "海边书店" };

    g_test_message("seed %u", seed);
    p.finance = client_new(p.mall->world, "finance");
    hire(p.mall, "finance2", "符出纳", "finance", "finance");
    p.second = client_new(p.mall->world, "finance2");
    p.lm = client_new(p.mall->world, "lm");
    for (guint i = 0; i < MERCHANTS; i++)
        p.merchants[i] = mall_merchant(p.mall, p.lm, names[i]);
    client_get(p.finance, "/api/money_account?kind=bank");
    p.bank = g_strdup(client_text(p.finance, "items.0.id"));
    for (guint i = 0; i < STEPS; i++) {
        one_step(&p);
        money_is_sound(p.mall);
    }
    g_test_message("%u done, %u refused", p.done, p.refused);
    g_assert_cmpuint(p.done, >, STEPS / 4); /* most of it really happened */
    client_free(p.finance);
    client_free(p.second);
    client_free(p.lm);
    g_rand_free(p.rand);
    g_free(p.bank);
    mall_free(p.mall);
}

/* -- two at once ---------------------------------------------------------------------- */

typedef struct {
    Client *who;
    const char *path;
    const char *body;
} Press;

static gpointer
press(gpointer data)
{
    Press *one = data;

    client_send(one->who, "POST", one->path, one->body);
    return NULL;
}

/* Both at the same time; how many succeeded. */
static guint
both(Press *a, Press *b)
{
    GThread *first = g_thread_new("first", press, a), *other = g_thread_new("second", press, b);

    g_thread_join(first);
    g_thread_join(other);
    return (a->who->status < 300) + (b->who->status < 300);
}

static void
two_cashiers_and_one_charge(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    hire(mall, "finance2", "符出纳", "finance", "finance");
    g_autoptr(Client) second = client_new(mall->world, "finance2");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 merchant = mall_merchant(mall, lm, "云上咖啡"), charge = charge_made(mall, merchant, 100000, "2026-03-01");
    g_autofree char *one = quoted("{'merchant_id':'%" ID "','amount':'1000','received_on':'2026-03-02','way':'cash','choice':[{'charge_id':'%" ID "','amount':'1000'}]}",
                                  merchant, charge);
    Press a = { finance, "/api/cashier/receive", one }, b = { second, "/api/cashier/receive", one };

    g_assert_cmpuint(both(&a, &b), ==, 1); /* the other is told that it is settled */
    client_get(lm, "/api/charge/%" ID, charge);
    says(lm, "paid", "1000.00");
    money_is_sound(mall);
}

static void
the_same_bank_line_twice(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    hire(mall, "finance2", "符出纳", "finance", "finance");
    hire(mall, "finance3", "富会计", "finance", "finance");
    g_autoptr(Client) second = client_new(mall->world, "finance2");
    g_autoptr(Client) third = client_new(mall->world, "finance3");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 merchant = mall_merchant(mall, lm, "云上咖啡");
    const char *text = "交易日期,收入,对方户名,流水号\n2026-03-02,100,云上咖啡,LS1\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    client_get(finance, "/api/money_account?kind=bank");
    g_autofree char *import = g_strdup_printf("/api/import?kind=bank_statement&into=%s&name=a.csv", client_text(finance, "items.0.id"));

    client_upload(finance, 201, bytes, import);
    client_post(finance, 200, NULL, "/api/import/%s/commit", client_text(finance, "id"));
    client_get(second, "/api/bank_line");
    g_autofree char *path = g_strdup_printf("/api/bank_line/%s/match", client_text(second, "items.0.id"));
    g_autofree char *body = quoted("{'merchant_id':'%" ID "'}", merchant);
    Press a = { second, path, body }, b = { third, path, body };
    g_assert_cmpuint(both(&a, &b), ==, 1);
    client_get(finance, "/api/receipt");
    counts(finance, "total", 1);
    money_is_sound(mall);
}

static void
a_double_click_is_one_receipt(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autofree char *body
        = quoted("{'merchant_id':'%" ID "','amount':'10','received_on':'2026-03-02','way':'cash'}", mall_merchant(mall, lm, "云上咖啡"));

    finance->key = "the-same-press";
    client_post(finance, 201, body, "/api/cashier/receive");
    g_autofree char *id = g_strdup(client_text(finance, "id"));
    client_post(finance, 201, body, "/api/cashier/receive");
    says(finance, "id", id);
    finance->key = NULL;
    client_get(finance, "/api/receipt");
    counts(finance, "total", 1);
    client_get(finance, "/api/receipt/%s/print.pdf", id);
    client_get(finance, "/api/receipt/%s/print.pdf", id);
    client_get(finance, "/api/receipt/%s", id);
    counts(finance, "prints", 2);
    deny(lm, 403, "payment_order.forbidden", "POST", body, "/api/cashier/receive");
    /* the cash box: what was taken in against what lies in it */
    client_get(finance, "/api/money_account?kind=cash");
    g_autofree char *box = g_strdup(client_text(finance, "items.0.id"));
    g_autofree char *short_of = quoted("{'counted_on':'2026-03-02','money_account_id':'%s','counted':'9'}", box);
    g_autofree char *right = quoted("{'counted_on':'2026-03-02','money_account_id':'%s','counted':'10'}", box);
    deny_field(finance, "memo", "POST", short_of, "/api/cash_count");
    client_post(finance, 201, right, "/api/cash_count");
    says(finance, "difference", "0.00");
    client_get(finance, "/api/cashier/find?q=%%E4%%BA%%91%%E4%%B8%%8A");
    says(finance, "items.0.name", "云上咖啡");
    money_is_sound(mall);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/money/any-order-of-events-keeps-the-promises", any_order_keeps_the_promises);
    testdb_each("/money/two-cashiers-and-one-charge", two_cashiers_and_one_charge);
    testdb_each("/money/the-same-bank-line-twice-is-one-receipt", the_same_bank_line_twice);
    testdb_each("/money/a-double-click-is-one-receipt", a_double_click_is_one_receipt);
    return g_test_run();
}
