/* The books: what is posted balances and stays, closed months take nothing, and every voucher has its number. */
#include "base/clock.h"
#include "base/ids.h"
#include "domain/ledger/ledger.h"
#include "support/duty.h"
#include "support/money.h"

#include <string.h>

typedef struct {
    const char *debit, *credit;
    gint64 debit_fen, credit_fen;
    Day on;
    gint64 source_id;
    gint64 id; /* of the journal */
} Posting;

static gboolean
post(Ctx *ctx, gpointer data, GError **error)
{
    Posting *p = data;
    const gint64 bank = ledger_money_account(ctx, "bank_transfer", error);
    const LedgerLine lines[] = {
        { .account = p->debit, .amount_fen = p->debit_fen, .money_account_id = strcmp(p->debit, ACC_BANK) == 0 ? bank : 0 },
        { .account = p->credit, .amount_fen = -p->credit_fen, .money_account_id = strcmp(p->credit, ACC_BANK) == 0 ? bank : 0 },
    };
    const LedgerJournal journal = { .event = "correction", .on = p->on, .memo = "测试", .source_entity = "property", .source_id = p->source_id,
                                    .lines = lines, .n_lines = G_N_ELEMENTS(lines) };

    p->id = ledger_post(ctx, &journal, error);
    return p->id != 0 || (p->debit_fen == 0 && p->credit_fen == 0);
}

static Posting
posted(Mall *mall, gint64 fen, const char *on, gint64 source_id)
{
    Posting p = { "6602.01", ACC_BANK, fen, fen, on ? day_parse(on) : DAY_NONE, source_id, 0 };

    world_must(mall->world, NULL, post, &p);
    return p;
}

typedef struct {
    const char *sql;
    gint64 n;
    char *text;
} Query;

static gboolean
run_query(Ctx *ctx, gpointer data, GError **error)
{
    Query *q = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, q->sql, error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    q->n = row ? db_int(stmt, 0) : -1;
    q->text = row ? g_strdup(db_text(stmt, 0)) : NULL;
    return TRUE;
}

static gint64
number(Mall *mall, const char *format, ...)
{
    Query q = { 0 };
    va_list args;

    va_start(args, format);
    g_autofree char *sql = g_strdup_vprintf(format, args);
    va_end(args);
    q.sql = sql;
    world_must(mall->world, NULL, run_query, &q);
    g_free(q.text);
    return q.n;
}

static void
an_unbalanced_journal_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(GError) error = NULL;
    Posting p = { "6602.01", ACC_BANK, 100, 99, DAY_NONE, 1, 0 };

    g_assert_false(world_write(mall->world, NULL, post, &p, &error));
    world_refused(&error, "ledger.unbalanced");
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal"), ==, 0);
}

static void
an_unknown_account_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(GError) error = NULL;
    Posting p = { "9999", ACC_BANK, 100, 100, DAY_NONE, 1, 0 };

    g_assert_false(world_write(mall->world, NULL, post, &p, &error));
    world_refused(&error, "ledger.account");
    p.debit = "6602.01.77"; /* falls back on the account above it */
    world_must(mall->world, NULL, post, &p);
    g_assert_cmpint(p.id, !=, 0);
    p = (Posting){ "6602.01", ACC_BANK, 0, 0, DAY_NONE, 1, 0 }; /* nothing to post */
    world_must(mall->world, NULL, post, &p);
    g_assert_cmpint(p.id, ==, 0);
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal"), ==, 1);
}

static gboolean
tamper(Ctx *ctx, gpointer data, GError **error)
{
    return db_exec(ctx->db, data, error);
}

/* Whoever writes SQL by hand is stopped by the engine itself. */
static void
the_engine_refuses(Mall *mall, const char *sql)
{
    g_autoptr(GError) error = NULL;

    if (world_write(mall->world, NULL, tamper, (gpointer) sql, &error))
        g_error("the engine took: %s", sql);
}

static void
nothing_posted_is_edited(Dialect dialect)
{
    static const char *const forbidden[] = {
        "UPDATE journal SET memo = 'x'", "DELETE FROM journal", "UPDATE entry SET amount = 1", "UPDATE entry SET account_id = account_id", "DELETE FROM entry",
        "UPDATE charge SET gross = gross + 1", "UPDATE charge SET due_on = '2027-01-01'", "UPDATE charge SET merchant_id = merchant_id + 1", "DELETE FROM charge",
    };
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");

    lease_effective(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM entry"), >, 0);
    for (guint i = 0; i < G_N_ELEMENTS(forbidden); i++)
        the_engine_refuses(mall, forbidden[i]);
    money_is_sound(mall);
}

/* Closes the month as finance. */
static void
close_month(Mall *mall, int month)
{
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    client_get(finance, "/api/fiscal_month?month=%d", month);
    g_autofree char *id = g_strdup(client_text(finance, "items.0.id"));
    client_post(finance, 200, "{\"reason\":\"测试\"}", "/api/fiscal_month/%s/close", id);
    says(finance, "state", "closed");
}

static void
a_closed_month_takes_nothing(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    posted(mall, 10000, "2026-02-10", 1);
    close_month(mall, 202602);
    Posting late = posted(mall, 2500, "2026-02-20", 2);
    g_assert_cmpint(number(mall, "SELECT month FROM journal WHERE id = %" ID, late.id), ==, 202603);
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal WHERE id = %" ID " AND on_day = '2026-02-20' AND memo LIKE '%%202602%%'", late.id), ==, 1);
    g_assert_cmpint(number(mall, "SELECT debit FROM fiscal_month WHERE month = 202602"), ==, 10000);
    g_assert_cmpint(number(mall, "SELECT CAST(SUM(amount) AS BIGINT) FROM entry WHERE month = 202602 AND amount > 0"), ==, 10000);
    money_is_sound(mall);
}

static void
months_close_in_order(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autoptr(Client) oc = client_new(mall->world, "oc");

    posted(mall, 100, "2026-01-10", 1);
    posted(mall, 100, "2026-02-10", 1);
    posted(mall, 100, "2026-03-01", 1);
    client_get(finance, "/api/fiscal_month?sort=month");
    g_autofree char *january = g_strdup(client_text(finance, "items.0.id"));
    g_autofree char *february = g_strdup(client_text(finance, "items.1.id"));
    g_autofree char *march = g_strdup(client_text(finance, "items.2.id"));
    deny(finance, 409, "fiscal_month.running", "POST", "{'reason':'x'}", "/api/fiscal_month/%s/close", march);
    deny(finance, 409, "fiscal_month.earlier_open", "POST", "{'reason':'x'}", "/api/fiscal_month/%s/close", february);
    deny(oc, 403, "fiscal_month.forbidden", "POST", "{'reason':'x'}", "/api/fiscal_month/%s/close", january);
    client_post(finance, 200, "{\"reason\":\"测试\"}", "/api/fiscal_month/%s/close", january);
    deny(finance, 409, "fiscal_month.wrong_state", "POST", "{'reason':'x'}", "/api/fiscal_month/%s/close", january);
    client_post(finance, 200, "{\"reason\":\"测试\"}", "/api/fiscal_month/%s/close", february);
    g_assert_cmpint(client_int(finance, "journals"), ==, 1);
    says(finance, "debit", "1.00");
    money_is_sound(mall);
}

typedef struct {
    Client *client;
    char *path;
} Closer;

static gpointer
close_now(gpointer data)
{
    Closer *c = data;

    client_send(c->client, "POST", c->path, "{\"reason\":\"测试\"}");
    return NULL;
}

static void
of_two_closings_one_wins(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) one = client_new(mall->world, "finance");
    g_autoptr(Client) two = client_new(mall->world, "finance");

    posted(mall, 100, "2026-02-10", 1);
    client_get(one, "/api/fiscal_month?month=202602");
    g_autofree char *path = g_strdup_printf("/api/fiscal_month/%s/close", client_text(one, "items.0.id"));
    Closer closers[] = { { one, path }, { two, path } };
    GThread *threads[] = { g_thread_new("one", close_now, &closers[0]), g_thread_new("two", close_now, &closers[1]) };
    g_thread_join(threads[0]);
    g_thread_join(threads[1]);
    g_assert_cmpint(one->status + two->status, ==, 200 + 409);
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM history WHERE entity = 'fiscal_month' AND action = 'close'"), ==, 1);
    money_is_sound(mall);
}

typedef struct {
    gint64 source_id;
    const char *memo;
} Taking;

static gboolean
take_back(Ctx *ctx, gpointer data, GError **error)
{
    const Taking *t = data;

    return ledger_reverse(ctx, "property", t->source_id, DAY_NONE, t->memo, error);
}

static void
what_was_taken_back_is_not_taken_back_again(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    Taking first = { 7, "红冲" };

    Posting p = posted(mall, 4200, NULL, 7);
    world_must(mall->world, NULL, take_back, &first);
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal WHERE reverses_id = %" ID, p.id), ==, 1);
    g_assert_cmpint(number(mall, "SELECT CAST(SUM(e.amount) AS BIGINT) FROM entry e JOIN account a ON a.id = e.account_id WHERE a.code = '6602.01'"), ==, 0);
    world_must(mall->world, NULL, take_back, &first); /* nothing is left: neither the journal nor its reversal */
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal"), ==, 2);
    posted(mall, 4200, NULL, 7); /* posted anew, and taken back anew */
    world_must(mall->world, NULL, take_back, &first);
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal"), ==, 4);
    g_assert_cmpint(number(mall, "SELECT COUNT(DISTINCT reverses_id) FROM journal WHERE reverses_id IS NOT NULL"), ==, 2);
    money_is_sound(mall);
}

static gboolean
post_and_fail(Ctx *ctx, gpointer data, GError **error)
{
    return post(ctx, data, error) && app_error_set(error, APP_ERROR_CONFLICT, "test.no", "不", "no");
}

static void
voucher_numbers_have_no_gaps(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(GError) error = NULL;
    Posting lost = { "6602.01", ACC_BANK, 100, 100, DAY_NONE, 1, 0 };

    posted(mall, 100, NULL, 1);
    g_assert_false(world_write(mall->world, NULL, post_and_fail, &lost, &error));
    world_refused(&error, "test.no");
    posted(mall, 100, NULL, 2);
    posted(mall, 100, "2026-02-01", 3); /* numbered by the month it is posted in */
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal WHERE no IN ('PZ-2603-000001', 'PZ-2603-000002', 'PZ-2603-000003')"), ==, 3);
    g_assert_cmpint(number(mall, "SELECT COUNT(*) FROM journal"), ==, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/ledger/an-unbalanced-journal-is-refused-and-leaves-nothing", an_unbalanced_journal_is_refused);
    testdb_each("/ledger/an-unknown-account-is-refused", an_unknown_account_is_refused);
    testdb_each("/ledger/neither-engine-lets-what-was-posted-be-edited-or-deleted", nothing_posted_is_edited);
    testdb_each("/ledger/a-closed-month-takes-nothing-and-late-events-say-where-they-belong", a_closed_month_takes_nothing);
    testdb_each("/ledger/months-close-in-order-and-not-before-they-end", months_close_in_order);
    testdb_each("/ledger/of-two-closings-at-once-one-wins", of_two_closings_one_wins);
    testdb_each("/ledger/what-was-taken-back-is-not-taken-back-again", what_was_taken_back_is_not_taken_back_again);
    testdb_each("/ledger/voucher-numbers-have-no-gaps", voucher_numbers_have_no_gaps);
    return g_test_run();
}
