/* Several people at the same thing at the same moment: exactly one of them has it, and nothing is counted twice. */
#include "base/ids.h"
#include "support/duty.h"

#include <stdlib.h>
#include <string.h>

/* One request by one person, let go together with the others. */
typedef struct {
    Client *client;
    const char *method;
    char *path, *body;
    GCond *go;
    GMutex *lock;
    gboolean *started;
} Runner;

static gpointer
run(gpointer data)
{
    Runner *r = data;

    g_mutex_lock(r->lock);
    while (!*r->started)
        g_cond_wait(r->go, r->lock);
    g_mutex_unlock(r->lock);
    client_send(r->client, r->method, r->path, r->body);
    return NULL;
}

/* All at once; the replies stay in the clients. */
static void
at_once(Runner *runners, guint n)
{
    GThread *threads[64];
    GMutex lock;
    GCond go;
    gboolean started = FALSE;

    g_assert_cmpuint(n, <=, G_N_ELEMENTS(threads));
    g_mutex_init(&lock);
    g_cond_init(&go);
    for (guint i = 0; i < n; i++) {
        runners[i].go = &go;
        runners[i].lock = &lock;
        runners[i].started = &started;
        threads[i] = g_thread_new("runner", run, &runners[i]);
    }
    g_mutex_lock(&lock);
    started = TRUE;
    g_cond_broadcast(&go);
    g_mutex_unlock(&lock);
    for (guint i = 0; i < n; i++)
        g_thread_join(threads[i]);
    g_mutex_clear(&lock);
    g_cond_clear(&go);
}

static Runner
runner(Mall *mall, const char *login, const char *method, char *path, char *body)
{
    return (Runner){ .client = client_new(mall->world, login), .method = method, .path = path, .body = body };
}

static void
runners_clear(Runner *runners, guint n)
{
    for (guint i = 0; i < n; i++) {
        client_free(runners[i].client);
        g_free(runners[i].path);
        g_free(runners[i].body);
    }
}

static guint
with_status(const Runner *runners, guint n, int status)
{
    guint found = 0;

    for (guint i = 0; i < n; i++)
        found += runners[i].client->status == status;
    return found;
}

static void
two_leases_of_one_unit(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    hire(mall, "director2", "狄总监", "director", "director");

    for (guint unit = 0; unit < 3; unit++) {
        gint64 leases[2] = {
            mall_lease_in_review(mall, ls, mall_merchant(mall, ls, "甲"), unit, "2026-04-01", "2027-03-31", "200"),
            mall_lease_in_review(mall, ls2, mall_merchant(mall, ls2, "乙"), unit, "2027-03-31", "2028-03-30", "200"), /* one day in common */
        };
        Runner runners[2];
        for (guint i = 0; i < 2; i++) {
            gint64 approval = approval_id(mall, "lease", leases[i]);
            decides(mall, "lm", approval, "agree", NULL, NULL);
            decides(mall, "finance", approval, "agree", NULL, NULL);
            runners[i] = runner(mall, i ? "director2" : "director", "POST",
                                g_strdup_printf("/api/approval/%" ID "/agree", approval), g_strdup("{}"));
        }
        at_once(runners, 2);
        if (with_status(runners, 2, 200) != 1 || with_status(runners, 2, 409) != 1)
            g_error("%d %s / %d %s", runners[0].client->status, runners[0].client->text, runners[1].client->status,
                    runners[1].client->text);
        guint loser = runners[0].client->status == 409 ? 0 : 1;
        says(runners[loser].client, "code", "lease.overlap");
        client_get(loser ? ls2 : ls, "/api/lease/%" ID, leases[loser]);
        says(loser ? ls2 : ls, "state", "countersigning");
        client_get(loser ? ls : ls2, "/api/lease/%" ID, leases[1 - loser]);
        says(loser ? ls : ls2, "state", "approved");
        runners_clear(runners, 2);
    }
}

static void
an_order_paid_twice(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    hire(mall, "finance2", "符出纳", "finance", "finance");
    gint64 lease = lease_approved(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");

    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    gint64 order = id_parse(client_text(lm, "id"));
    g_autofree char *total = g_strdup(client_text(lm, "total"));
    Runner runners[4];
    for (guint i = 0; i < 4; i++)
        runners[i] = runner(mall, i % 2 ? "finance2" : "finance", "POST", g_strdup_printf("/api/payment_order/%" ID "/receive", order),
                            quoted("{'amount':'%s','received_on':'2026-03-02','way':'bank_transfer','reference':'R%u'}", total, i));
    at_once(runners, 4);
    g_assert_cmpuint(with_status(runners, 4, 200), ==, 1);
    for (guint i = 0; i < 4; i++)
        g_assert_cmpint(runners[i].client->status, <, 500);
    runners_clear(runners, 4);
    client_get(lm, "/api/payment_order/%" ID, order);
    says(lm, "received", total);
    g_assert_cmpuint(client_len(lm, "receipts"), ==, 1);
    client_get(lm, "/api/handover?lease_id=%" ID, lease);
    counts(lm, "total", 1);
}

static void
two_receipts_for_one_debt(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    hire(mall, "finance2", "符出纳", "finance", "finance");
    gint64 lease = lease_approved(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");

    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    gint64 order = id_parse(client_text(lm, "id"));
    g_autofree char *total = g_strdup(client_text(lm, "total"));
    Runner runners[4];
    for (guint i = 0; i < 4; i++)
        runners[i] = runner(mall, i % 2 ? "finance2" : "finance", "POST", g_strdup("/api/receipt"),
                            quoted("{'order_id':'%" ID "','amount':'%s','received_on':'2026-03-02','way':'bank_transfer','reference':'R%u'}",
                                   order, total, i));
    at_once(runners, 4);
    g_assert_cmpuint(with_status(runners, 4, 201), ==, 1); /* what waits for confirmation is not open any more */
    guint winner = 0;
    while (runners[winner].client->status != 201)
        winner++;
    /* the same receipt confirmed by two at once */
    g_autofree char *id = g_strdup(client_text(runners[winner].client, "id"));
    const char *other = winner % 2 ? "finance" : "finance2";
    Runner confirms[2];
    for (guint i = 0; i < 2; i++)
        confirms[i] = runner(mall, other, "POST", g_strdup_printf("/api/receipt/%s/confirm", id), g_strdup("{}"));
    at_once(confirms, 2);
    g_assert_cmpuint(with_status(confirms, 2, 200), ==, 1);
    g_assert_cmpuint(with_status(confirms, 2, 409), ==, 1);
    client_get(lm, "/api/payment_order/%" ID, order);
    says(lm, "received", total);
    runners_clear(confirms, 2);
    runners_clear(runners, 4);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

enum { MANY = 50 };

static void
numbers_have_no_gap(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    Runner runners[MANY];
    char *nos[MANY];

    for (guint i = 0; i < MANY; i++)
        runners[i] = runner(mall, i % 2 ? "ls" : "ls2", "POST", g_strdup("/api/merchant"),
                            i % 5 == 4 ? quoted("{'name':'坏%u','kind':'planet'}", i) /* takes no number with it */
                                       : quoted("{'name':'商户%u','kind':'company'}", i));
    at_once(runners, MANY);
    guint made = 0;
    for (guint i = 0; i < MANY; i++) {
        g_assert_cmpint(runners[i].client->status, ==, i % 5 == 4 ? 422 : 201);
        if (runners[i].client->status == 201)
            nos[made++] = g_strdup(client_text(runners[i].client, "no"));
    }
    g_assert_cmpuint(made, ==, MANY / 5 * 4);
    qsort(nos, made, sizeof nos[0], by_text);
    for (guint i = 0; i < made; i++) {
        g_autofree char *want = g_strdup_printf("SH-2026-%05u", i + 1);
        g_assert_cmpstr(nos[i], ==, want);
        g_free(nos[i]);
    }
    runners_clear(runners, MANY);
}

static void
one_key_one_record(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    Runner runners[8];

    for (guint i = 0; i < 8; i++) {
        runners[i] = runner(mall, "ls", "POST", g_strdup("/api/merchant"), g_strdup("{\"name\":\"只要一个\",\"kind\":\"company\"}"));
        runners[i].client->key = "double-tap";
    }
    at_once(runners, 8);
    for (guint i = 0; i < 8; i++) {
        if (runners[i].client->status != 201)
            g_error("%d %s", runners[i].client->status, runners[i].client->text);
        g_assert_cmpstr(client_text(runners[i].client, "id"), ==, client_text(runners[0].client, "id"));
    }
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    client_get(ls, "/api/merchant");
    counts(ls, "total", 1);
    runners_clear(runners, 8);
}

static void
two_agree_on_one_task(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    hire(mall, "finance2", "符出纳", "finance", "finance");
    gint64 lease = mall_lease_in_review(mall, ls, mall_merchant(mall, ls, "云上咖啡"), 0, "2026-04-01", "2027-03-31", "200");
    gint64 approval = approval_id(mall, "lease", lease);

    decides(mall, "lm", approval, "agree", NULL, NULL);
    Runner runners[2]; /* any one of finance decides the step */
    for (guint i = 0; i < 2; i++)
        runners[i] = runner(mall, i ? "finance2" : "finance", "POST", g_strdup_printf("/api/approval/%" ID "/agree", approval),
                            g_strdup("{}"));
    at_once(runners, 2);
    guint yes = with_status(runners, 2, 200) + with_status(runners, 2, 204);
    if (yes != 1 || with_status(runners, 2, 409) != 1)
        g_error("%d %s / %d %s", runners[0].client->status, runners[0].client->text, runners[1].client->status, runners[1].client->text);
    runners_clear(runners, 2);
    todo_of(mall, "approval", approval, "director"); /* one step further, not two */
    for (guint i = 0; i < 2; i++) /* and the same person twice */
        runners[i] = runner(mall, "director", "POST", g_strdup_printf("/api/approval/%" ID "/agree", approval), g_strdup("{}"));
    at_once(runners, 2);
    g_assert_cmpuint(with_status(runners, 2, 200), ==, 1);
    g_assert_cmpuint(with_status(runners, 2, 409), ==, 1);
    runners_clear(runners, 2);
}

static void
two_take_one_customer_and_one_unit(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    gint64 lead = mall_lead(mall, lsup, "公海客户", "13800138000");
    Runner runners[2];

    client_post(lsup, 200, "{\"reason\":\"放入公海\"}", "/api/lead/%" ID "/sleep", lead);
    for (guint i = 0; i < 2; i++)
        runners[i] = runner(mall, i ? "ls2" : "ls", "POST", g_strdup_printf("/api/lead/%" ID "/take", lead), g_strdup("{}"));
    at_once(runners, 2);
    g_assert_cmpuint(with_status(runners, 2, 200), ==, 1);
    g_assert_cmpuint(with_status(runners, 2, 409), ==, 1);
    runners_clear(runners, 2);
    for (guint i = 0; i < 2; i++) {
        const char *login = i ? "ls2" : "ls";
        g_autoptr(Client) c = client_new(mall->world, login);
        gint64 own = mall_lead(mall, c, i ? "乙客户" : "甲客户", i ? "13800138002" : "13800138001");
        runners[i] = runner(mall, login, "POST", g_strdup("/api/unit_hold"),
                            quoted("{'unit_id':'%" ID "','lead_id':'%" ID "','reason':'急'}", mall->units[0], own));
    }
    at_once(runners, 2);
    g_assert_cmpuint(with_status(runners, 2, 201), ==, 1);
    g_assert_cmpuint(with_status(runners, 2, 409), ==, 1);
    runners_clear(runners, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/concurrency/of-two-leases-for-one-unit-and-day-exactly-one-passes", two_leases_of_one_unit);
    testdb_each("/concurrency/an-order-is-paid-once", an_order_paid_twice);
    testdb_each("/concurrency/a-debt-has-one-receipt-and-one-confirmation", two_receipts_for_one_debt);
    testdb_each("/concurrency/numbers-have-no-gap-and-no-double", numbers_have_no_gap);
    testdb_each("/concurrency/one-key-makes-one-record", one_key_one_record);
    testdb_each("/concurrency/two-who-agree-on-one-task-move-one-step", two_agree_on_one_task);
    testdb_each("/concurrency/a-customer-and-a-unit-are-taken-once", two_take_one_customer_and_one_unit);
    return g_test_run();
}
