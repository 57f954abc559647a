/* OC-7: the income and expense ledger by day with vouchers; a month-end report that is generated, balanced and closed. */
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"

#include <string.h>

static gint64
account_of(Client *c, const char *code)
{
    client_get(c, "/api/account?code=%s", code);
    return id_parse(client_text(c, "items.0.id"));
}

static gint64
purse_of(Client *c, const char *kind)
{
    client_get(c, "/api/money_account?kind=%s", kind);
    return id_parse(client_text(c, "items.0.id"));
}

/* An expense that the operations clerk registers. */
static gint64
expense(Client *oc, const char *amount, const char *rest)
{
    return make_as(oc, "expense", "{'spent_on':'2026-03-02','account_id':'%" ID "','payee':'蓝天保洁','memo':'三月保洁','amount':'%s'%s}",
                   account_of(oc, "6402.02"), amount, rest);
}

static void
paid(Client *finance, gint64 id, const char *day)
{
    g_autofree char *body = quoted("{'paid_on':'%s','money_account_id':'%" ID "'}", day, purse_of(finance, "bank"));

    client_post(finance, 200, body, "/api/expense/%" ID "/pay", id);
}

/* Opening balance of the bank account: drafted by finance, approved by the director. */
static gint64
opening(Mall *mall, Client *finance, const char *amount, const char *day)
{
    gint64 id = make_as(finance, "correction",
                        "{'kind':'opening','on_day':'%s','debit_account_id':'%" ID "','credit_account_id':'%" ID "','money_account_id':'%" ID "',"
                        "'amount':'%s','reason':'启用日银行余额'}",
                        day, account_of(finance, "1002"), account_of(finance, "3999"), purse_of(finance, "bank"), amount);

    client_post(finance, 200, "{}", "/api/correction/%" ID "/submit", id);
    decides(mall, "director", approval_id(mall, "correction", id), "agree", NULL, NULL);
    client_get(finance, "/api/correction/%" ID, id);
    says(finance, "state", "posted");
    return id;
}

/* The line of the ledger that a voucher stands on. */
static int
line_of(Client *c, const char *voucher)
{
    return find_item(c, "rows", "no", voucher);
}

static void
the_ledger_runs_by_day_with_vouchers(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) om = client_new(mall->world, "om");
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    opening(mall, finance, "1000.00", "2026-03-01");
    lease_effective(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31"); /* 60000 deposit and 60000 rent come in at the bank */
    gint64 id = expense(oc, "1060.00", ",'tax_rate':'6','is_deductible':true,'invoice_no':'FP-88','period_from':'2026-03-01','period_to':'2026-03-31'");
    client_get(oc, "/api/expense/%" ID, id);
    says(oc, "tax", "60.00");
    client_post(oc, 200, "{}", "/api/expense/%" ID "/submit", id);
    decides(mall, "om", approval_id(mall, "expense", id), "agree", NULL, NULL);
    paid(finance, id, "2026-03-02");
    g_autofree char *voucher = g_strdup(client_text(finance, "journal_id.label"));
    g_assert_nonnull(voucher);

    client_get(oc, "/api/report/cash_book?month=202603");
    int at = line_of(oc, voucher);
    g_assert_cmpint(at, >=, 0);
    static const struct {
        const char *column, *text;
    } said[] = { { "account", "基本户" },  { "on_day", "2026-03-02" }, { "way", "out" },       { "party", "蓝天保洁" },
                 { "amount", "1060.00" },  { "tax", "60.00" },         { "tax_rate", "6" },    { "invoice", "FP-88" },
                 { "period", "2026-03-01 ~ 2026-03-31" },              { "made_by", "王文员" }, { "balance", "119940.00" } };
    for (guint i = 0; i < G_N_ELEMENTS(said); i++) {
        g_autofree char *path = g_strdup_printf("rows.%d.%s", at, said[i].column);
        if (strcmp(said[i].column, "made_by") == 0)
            g_assert_nonnull(client_text(oc, path));
        else
            says(oc, path, said[i].text);
    }
    says(oc, "rows.0.subject", "期初余额");
    says(oc, "rows.0.balance", "0.00"); /* before March there was nothing */
    /* every line of a receipt stands with its own charge, period and tax */
    at = find_item(oc, "rows", "subject", "租金");
    g_autofree char *tax = g_strdup_printf("rows.%d.tax", at);
    says(oc, tax, "4954.13"); /* 60000 - 60000 / 1.09 */
    client_get(om, "/api/report/cash_book?month=202603");
    client_get(ls, "/api/report");
    g_assert_cmpint(find_item(ls, "items", "name", "cash_book"), ==, -1);
    deny(ls, 403, "report.forbidden", "GET", NULL, "/api/report/cash_book");
    money_is_sound(mall);
}

static void
mistakes_are_taken_back_not_edited(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    gint64 id = expense(oc, "300.00", ""); /* small: no approval, but somebody else pays */
    deny(oc, 403, "expense.forbidden", "POST", "{}", "/api/expense/%" ID "/pay", id);
    paid(finance, id, "2026-03-02");
    says(finance, "state", "paid");
    g_autofree char *edit = quoted("{'version':%" ID ",'amount':'200.00'}", client_int(finance, "version"));
    deny_field(finance, "amount", "PATCH", edit, "/api/expense/%" ID, id);
    deny(oc, 403, "expense.forbidden", "POST", "{'reversed_on':'2026-03-02','reason':'x'}", "/api/expense/%" ID "/reverse", id);
    deny_field(finance, "reason", "POST", "{'reversed_on':'2026-03-02'}", "/api/expense/%" ID "/reverse", id);
    deny_field(finance, "reversed_on", "POST", "{'reversed_on':'2026-03-03','reason':'x'}", "/api/expense/%" ID "/reverse", id);
    g_autofree char *back = quoted("{'reversed_on':'2026-03-02','reason':'金额错误'}");
    client_post(finance, 200, back, "/api/expense/%" ID "/reverse", id);
    says(finance, "state", "reversed");
    g_assert_cmpuint(client_len(finance, "journals"), ==, 2);
    says(finance, "journals.1.reverses", client_text(finance, "journals.0.no"));
    deny(finance, 409, "expense.wrong_state", "POST", back, "/api/expense/%" ID "/reverse", id);
    g_autofree char *again = g_strdup_printf(",'corrects_id':'%" ID "'", id);
    paid(finance, expense(oc, "200.00", again), "2026-03-02");
    client_get(oc, "/api/report/cash_book?month=202603");
    int at = find_item(oc, "rows", "subject", "物业与维修成本");
    g_autofree char *amount = g_strdup_printf("rows.%d.amount", at + 1), *way = g_strdup_printf("rows.%d.way", at + 1);
    says(oc, amount, "-300.00"); /* 红冲: red, on the side where it stood */
    says(oc, way, "out");
    money_is_sound(mall);
}

static void
large_ones_need_approval_and_two_people(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 id = expense(oc, "20000.00", "");
    g_autofree char *pay = quoted("{'paid_on':'2026-03-02','money_account_id':'%" ID "'}", purse_of(finance, "bank"));

    deny(finance, 409, "expense.needs_approval", "POST", pay, "/api/expense/%" ID "/pay", id);
    client_post(oc, 200, "{}", "/api/expense/%" ID "/submit", id);
    todo_of(mall, "approval", approval_id(mall, "expense", id), "om");
    may_not_decide(mall, "finance", approval_id(mall, "expense", id), "agree", 403, "approval.forbidden");
    decides(mall, "om", approval_id(mall, "expense", id), "agree", NULL, NULL);
    todo_of(mall, "approval", approval_id(mall, "expense", id), "director"); /* above ten thousand */
    decides(mall, "director", approval_id(mall, "expense", id), "return", "附合同", NULL);
    client_get(oc, "/api/expense/%" ID, id);
    says(oc, "state", "draft");
    client_post(oc, 200, "{}", "/api/expense/%" ID "/submit", id);
    decides(mall, "om", approval_id(mall, "expense", id), "agree", NULL, NULL);
    decides(mall, "director", approval_id(mall, "expense", id), "agree", NULL, NULL);
    client_get(oc, "/api/expense/%" ID, id);
    says(oc, "state", "approved");
    paid(finance, id, "2026-03-02");
    /* nobody pays what they registered */
    gint64 own = expense(finance, "10.00", "");
    deny(finance, 403, "expense.own", "POST", pay, "/api/expense/%" ID "/pay", own);
    deny_field(oc, "account_id", "POST", "{'spent_on':'2026-03-02','account_id':'1','payee':'a','memo':'b','amount':'1.00'}", "/api/expense");
    g_autofree char *income = quoted("{'spent_on':'2026-03-02','account_id':'%" ID "','payee':'a','memo':'b','amount':'1.00'}", account_of(oc, "6051.01"));
    deny_field(oc, "account_id", "POST", income, "/api/expense");
    money_is_sound(mall);
}

static void
transfers_and_corrections(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 bank = purse_of(finance, "bank"), pos = purse_of(finance, "pos");

    opening(mall, finance, "5000.00", "2026-03-01");
    gint64 id = make_as(oc, "transfer", "{'on_day':'2026-03-02','from_account_id':'%" ID "','to_account_id':'%" ID "','amount':'100.00','fee':'0.60'}", bank, pos);
    client_post(finance, 200, "{}", "/api/transfer/%" ID "/post", id);
    client_get(finance, "/api/money_account/%" ID, bank);
    says(finance, "balance", "4899.40");
    client_get(finance, "/api/money_account/%" ID, pos);
    says(finance, "balance", "100.00");
    g_autofree char *same = quoted("{'on_day':'2026-03-02','from_account_id':'%" ID "','to_account_id':'%" ID "','amount':'1.00'}", bank, bank);
    deny_field(oc, "to_account_id", "POST", same, "/api/transfer");
    /* control accounts belong to the program; money is named */
    g_autofree char *control = quoted("{'on_day':'2026-03-02','debit_account_id':'%" ID "','credit_account_id':'%" ID "','amount':'1.00','reason':'x'}",
                                      account_of(finance, "1122"), account_of(finance, "6602.01"));
    deny_field(finance, "debit_account_id", "POST", control, "/api/correction");
    g_autofree char *unnamed = quoted("{'on_day':'2026-03-02','debit_account_id':'%" ID "','credit_account_id':'%" ID "','amount':'1.00','reason':'x'}",
                                      account_of(finance, "6602.01"), account_of(finance, "1001"));
    deny_field(finance, "money_account_id", "POST", unnamed, "/api/correction");
    deny(oc, 403, "correction.forbidden", "POST", unnamed, "/api/correction");
    client_get(finance, "/api/report/trial_balance?month=202603");
    g_assert_cmpstr(client_text(finance, "totals.debit"), ==, client_text(finance, "totals.credit"));
    g_assert_cmpstr(client_text(finance, "totals.closing_debit"), ==, client_text(finance, "totals.closing_credit"));
    /* a row leads to its entries, an entry to its voucher, the voucher to its paper */
    client_get(finance, "/api/transfer/%" ID, id);
    g_autofree char *journal = g_strdup(client_text(finance, "journal_id.id"));
    client_get(finance, "/api/journal/%s", journal);
    g_assert_cmpuint(client_len(finance, "entries"), ==, 3);
    says(finance, "source.entity", "transfer");
    money_is_sound(mall);
}

static void
the_month_is_closed_and_stays(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) oc = client_new(mall->world, "oc");
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    opening(mall, finance, "5000.00", "2026-03-01");
    paid(finance, expense(oc, "300.00", ""), "2026-03-02");
    gint64 open = expense(oc, "80.00", ",'invoice_no':'FP-1'");
    gint64 late = make_as(oc, "transfer", "{'on_day':'2026-03-02','from_account_id':'%" ID "','to_account_id':'%" ID "','amount':'500.00'}",
                          purse_of(oc, "bank"), purse_of(oc, "cash"));
    go_to("2026-04-02");
    g_autoptr(Client) oc4 = client_new(mall->world, "oc");
    g_autoptr(Client) finance4 = client_new(mall->world, "finance");
    g_autoptr(Client) om4 = client_new(mall->world, "om");
    client_get(finance4, "/api/fiscal_month?month=202603");
    g_autofree char *month = g_strdup(client_text(finance4, "items.0.id"));
    client_get(oc4, "/api/fiscal_month/%s", month);
    g_assert_cmpint(item_int(oc4, "checklist", "code", "papers", "count"), ==, 1);
    g_assert_cmpint(item_int(oc4, "checklist", "code", "expenses", "count"), ==, 1);
    g_assert_cmpint(item_int(oc4, "checklist", "code", "journals", "count"), ==, 0);
    deny(finance4, 409, "fiscal_month.not_ready", "POST", "{'reason':'x'}", "/api/fiscal_month/%s/close", month);
    client_post(finance4, 200, "{}", "/api/transfer/%" ID "/post", late);
    client_get(oc4, "/api/fiscal_month/%s", month);
    g_assert_cmpint(item_int(oc4, "checklist", "code", "cash", "count"), ==, 1); /* there is cash now, uncounted */
    g_autofree char *short_of = quoted("{'money_account_id':'%" ID "','on_day':'2026-03-31','counted':'499.00'}", purse_of(oc4, "cash"));
    deny_field(oc4, "remarks", "POST", short_of, "/api/cash_check");
    make_as(oc4, "cash_check", "{'money_account_id':'%" ID "','on_day':'2026-03-31','counted':'500.00'}", purse_of(oc4, "cash"));
    says(oc4, "difference", "0.00");
    deny_field(finance4, "reason", "POST", "{}", "/api/fiscal_month/%s/close", month); /* an expense is still open */
    client_post(finance4, 200, "{\"reason\":\"发票四月到\"}", "/api/fiscal_month/%s/close", month);
    says(finance4, "state", "closed");
    g_assert_cmpuint(news(mall, "om", "month_end"), ==, 1);
    /* the report is there for the operations manager, on screen and as paper */
    client_get(om4, "/api/report/month_end?month=202603");
    g_autofree char *before = g_strdup(om4->text);
    g_assert_nonnull(strstr(client_text(om4, "rows.0.line"), "已于 2026-04-02"));
    int at = find_item(om4, "rows", "line", "全部凭证借方、贷方合计");
    g_autofree char *difference = g_strdup_printf("rows.%d.closing", at);
    says(om4, difference, "0.00");
    client_send(om4, "GET", "/api/report/month_end.pdf?month=202603", NULL);
    g_assert_cmpint(om4->status, ==, 200);
    g_assert_cmpint(memcmp(g_bytes_get_data(om4->bytes, NULL), "%PDF", 4), ==, 0);
    client_send(om4, "GET", "/api/report/month_end.xlsx?month=202603", NULL);
    g_assert_cmpint(memcmp(g_bytes_get_data(om4->bytes, NULL), "PK", 2), ==, 0);
    /* what comes later goes to the next month, and the closed one says the same */
    paid(finance4, open, "2026-03-31");
    g_autofree char *voucher = g_strdup(client_text(finance4, "journal_id.id"));
    client_get(finance4, "/api/journal/%s", voucher);
    g_assert_cmpint(client_int(finance4, "month"), ==, 202604);
    says(finance4, "on_day", "2026-03-31");
    g_assert_nonnull(strstr(client_text(finance4, "memo"), "202603月补记"));
    client_get(om4, "/api/report/month_end?month=202603");
    g_assert_cmpstr(om4->text, ==, before);
    money_is_sound(mall);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/OC-7/the-ledger-runs-by-day-with-vouchers-and-balances", the_ledger_runs_by_day_with_vouchers);
    testdb_each("/OC-7/mistakes-are-taken-back-not-edited", mistakes_are_taken_back_not_edited);
    testdb_each("/OC-7/large-expenses-need-approval-and-nobody-pays-their-own", large_ones_need_approval_and_two_people);
    testdb_each("/OC-7/transfers-and-corrections-keep-the-books-balanced", transfers_and_corrections);
    testdb_each("/OC-7/the-month-is-closed-reported-and-stays-as-it-was", the_month_is_closed_and_stays);
    return g_test_run();
}
