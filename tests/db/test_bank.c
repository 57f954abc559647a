/* Bank statements: read as banks export them, known again, recognised with reasons, and each line one confirmed receipt. */
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"

#include <string.h>

typedef struct {
    Mall *mall;
    Client *finance, *second;
    gint64 merchant;
    char *account;
} Bank;

static void
bank_open(Bank *b, Dialect dialect)
{
    b->mall = mall_new(dialect);
    b->finance = client_new(b->mall->world, "finance");
    hire(b->mall, "finance2", "符出纳", "finance", "finance");
    b->second = client_new(b->mall->world, "finance2");
    g_autoptr(Client) lm = client_new(b->mall->world, "lm");
    b->merchant = mall_merchant(b->mall, lm, "云上咖啡管理有限公司");
    client_get(b->finance, "/api/money_account?kind=bank");
    b->account = g_strdup(client_text(b->finance, "items.0.id"));
}

static void
bank_clear(Bank *b)
{
    money_is_sound(b->mall);
    client_free(b->finance);
    client_free(b->second);
    mall_free(b->mall);
    g_free(b->account);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bank, bank_clear)

#define HEADING "账号：62220000,,,,,,,\n查询期间：20260301-20260302,,,,,,,\n\n交易时间,支出,收入,余额,对方户名,摘要,附言,流水号\n"

static void
preview(Bank *b, Client *who, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autofree char *path = g_strdup_printf("/api/import?kind=bank_statement&into=%s&name=a.csv", b->account);

    client_upload(who, 201, bytes, path);
}

static void
brought_in(Bank *b, Client *who, const char *text)
{
    preview(b, who, text);
    counts(who, "totals.error", 0);
    client_post(who, 200, NULL, "/api/import/%s/commit", client_text(who, "id"));
}

/* Id of the line with that serial number. transfer full. */
static char *
line_of(Bank *b, const char *serial)
{
    client_get(b->second, "/api/bank_line?q=%s", serial);
    counts(b->second, "total", 1);
    return g_strdup(client_text(b->second, "items.0.id"));
}

static void
a_statement_is_read_as_it_is(Dialect dialect)
{
    g_auto(Bank) b = { 0 };
    bank_open(&b, dialect);
    const char *text = HEADING "2026-03-01 09:15:00,,\"1,234.50\",\"1,234.50\",云上咖啡管理有限公司,网银转账,三月租金,LS001\n"
                               "20260302,200.00,,1034.50,供电公司,代扣,电费,LS002\n"
                               "2026/3/2,,10,1044.50,张三,跨行汇款,,LS003\n"
                               "2026/3/2,,10,1044.50,张三,跨行汇款,,LS003\n"
                               "合计,200.00,\"1,244.50\",,,,,\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

    client_upload(b.finance, 422, bytes, "/api/import?kind=bank_statement&name=a.csv");
    client_refused_field(b.finance, "into");
    brought_in(&b, b.finance, text);
    counts(b.finance, "created", 3); /* a serial number stands for one line */
    client_get(b.finance, "/api/bank_line?sort=happened_on");
    counts(b.finance, "total", 3);
    says(b.finance, "items.0.amount", "1234.50");
    says(b.finance, "items.0.happened_on", "2026-03-01");
    client_get(b.finance, "/api/bank_line?state=outgoing");
    says(b.finance, "items.0.amount", "-200.00");
    preview(&b, b.finance, text); /* once more: nothing new */
    counts(b.finance, "totals.create", 0);
}

static void
one_column_with_a_mark(Dialect dialect)
{
    g_auto(Bank) b = { 0 };
    bank_open(&b, dialect);

    brought_in(&b, b.finance, "日期,借贷标志,交易金额,对方名称,用途\n2026-03-01,贷,500,张三,租金\n2026-03-01,贷,500,张三,租金\n2026-03-01,借,20,银行,手续费\n");
    counts(b.finance, "created", 3); /* without a serial number the same twice is two */
    preview(&b, b.finance, "日期,借贷标志,交易金额,对方名称,用途\n2026-03-01,贷,500,张三,租金\n2026-03-01,贷,500,张三,租金\n2026-03-01,贷,500,张三,租金\n");
    counts(b.finance, "totals.create", 1);
    preview(&b, b.finance, "日期,对方名称,用途\n2026-03-01,张三,租金\n");
    counts(b.finance, "totals.error", 1);
}

static void
a_line_becomes_a_receipt(Dialect dialect)
{
    g_auto(Bank) b = { 0 };
    bank_open(&b, dialect);
    gint64 charge = charge_made(b.mall, b.merchant, 123450, "2026-03-01");
    g_autofree char *bill = quoted("{'merchant_id':'%" ID "','due_by':'2026-03-31'}", b.merchant);
    client_post(b.finance, 201, bill, "/api/payment_order/issue");
    g_autofree char *order = g_strdup(client_text(b.finance, "id")), *no = g_strdup(client_text(b.finance, "no"));
    g_autofree char *text = g_strdup_printf(HEADING "2026-03-02,,1234.50,,云上咖啡管理有限公司,网银转账,交款单%s,LS001\n2026-03-02,,99,,陌生人,,,LS002\n", no);

    brought_in(&b, b.finance, text);
    g_autofree char *line = line_of(&b, "LS001"), *stranger = line_of(&b, "LS002");
    g_autofree char *best = g_strdup_printf("lines.%s.0.order_id", line), *none = g_strdup_printf("lines.%s", stranger);
    client_get(b.second, "/api/bank_line/suggestions");
    says(b.second, best, order);
    g_autofree char *score = g_strdup_printf("lines.%s.0.score", line), *reasons = g_strdup_printf("lines.%s.0.reasons", line);
    counts(b.second, score, 100);
    g_assert_cmpuint(client_len(b.second, reasons), ==, 4); /* number, amount of order and charges, name */
    g_assert_cmpuint(client_len(b.second, none), ==, 0);
    g_autofree char *match = quoted("{'order_id':'%s'}", order);
    deny(b.finance, 403, "bank_line.own", "POST", match, "/api/bank_line/%s/match", line); /* who brings it does not say whose it is */
    deny_field(b.second, "merchant_id", "POST", "{}", "/api/bank_line/%s/match", line);
    client_post(b.second, 200, match, "/api/bank_line/%s/match", line);
    says(b.second, "state", "matched");
    g_autofree char *receipt = g_strdup(client_text(b.second, "receipt_id.id"));
    deny(b.second, 409, "bank_line.wrong_state", "POST", match, "/api/bank_line/%s/match", line); /* twice is once */
    client_get(b.finance, "/api/receipt/%s", receipt);
    says(b.finance, "state", "confirmed");
    says(b.finance, "reference", "LS001");
    client_get(b.finance, "/api/charge/%" ID, charge);
    says(b.finance, "state", "paid");
    deny(b.second, 409, "bank_line.has_receipt", "POST", NULL, "/api/bank_line/%s/reopen", line);
    client_post(b.second, 200, "{\"reason\":\"内部往来\"}", "/api/bank_line/%s/ignore", stranger);
    client_post(b.second, 200, NULL, "/api/bank_line/%s/reopen", stranger);
    says(b.second, "state", "open");
}

static void
a_known_payer_is_recognised(Dialect dialect)
{
    g_auto(Bank) b = { 0 };
    bank_open(&b, dialect);

    brought_in(&b, b.finance, HEADING "2026-03-01,,100,,王小二,,,LS001\n2026-03-02,,100,,王小二,,,LS002\n");
    g_autofree char *first = line_of(&b, "LS001"), *second = line_of(&b, "LS002");
    g_autofree char *body = quoted("{'lines':[{'id':'%s','merchant_id':'%" ID "'}]}", first, b.merchant);
    client_post(b.second, 200, body, "/api/bank_line/match");
    counts(b.second, "matched", 1);
    g_autofree char *who = g_strdup_printf("lines.%s.0.merchant", second);
    client_get(b.second, "/api/bank_line/%s/suggestions", second);
    says(b.second, who, "云上咖啡管理有限公司");
    /* several at once: all or none */
    g_autofree char *both = quoted("{'lines':[{'id':'%s','merchant_id':'%" ID "'},{'id':'%s','merchant_id':'%" ID "'}]}", second, b.merchant, first, b.merchant);
    deny(b.second, 409, "bank_line.wrong_state", "POST", both, "/api/bank_line/match");
    client_get(b.second, "/api/bank_line/%s", second);
    says(b.second, "state", "open");
}

static void
a_registered_receipt_is_confirmed_by_its_line(Dialect dialect)
{
    g_auto(Bank) b = { 0 };
    bank_open(&b, dialect);
    g_autofree char *body = quoted("{'merchant_id':'%" ID "','amount':'80','received_on':'2026-03-02','way':'bank_transfer','reference':'LS009'}", b.merchant);
    client_post(b.second, 201, body, "/api/receipt");
    g_autofree char *receipt = g_strdup(client_text(b.second, "id"));

    brought_in(&b, b.second, HEADING "2026-03-02,,80,,云上咖啡管理有限公司,,,LS009\n2026-03-02,,81,,云上咖啡管理有限公司,,,LS010\n");
    g_autofree char *line = line_of(&b, "LS009"), *other = line_of(&b, "LS010");
    g_autofree char *match = quoted("{'receipt_id':'%s'}", receipt);
    g_autofree char *at = g_strdup_printf("lines.%s.0.receipt_id", line);
    client_get(b.finance, "/api/bank_line/%s/suggestions", line);
    says(b.finance, at, receipt);
    deny_field(b.finance, "receipt_id", "POST", match, "/api/bank_line/%s/match", other);
    client_post(b.finance, 200, match, "/api/bank_line/%s/match", line);
    client_get(b.finance, "/api/receipt/%s", receipt);
    says(b.finance, "state", "confirmed");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/bank/a-statement-is-read-as-the-bank-writes-it-and-known-again", a_statement_is_read_as_it_is);
    testdb_each("/bank/one-column-with-a-mark-is-read-too", one_column_with_a_mark);
    testdb_each("/bank/a-line-becomes-one-confirmed-receipt-by-another-than-who-brought-it", a_line_becomes_a_receipt);
    testdb_each("/bank/a-known-payer-is-recognised-and-several-lines-match-at-once", a_known_payer_is_recognised);
    testdb_each("/bank/a-registered-receipt-is-confirmed-by-its-line", a_registered_receipt_is_confirmed_by_its_line);
    return g_test_run();
}
