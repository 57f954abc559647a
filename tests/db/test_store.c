/* The one way rows are written: checks, versions, numbers, history, failures in the middle. */
#include "base/ids.h"
#include "store/history.h"
#include "store/services.h"
#include "support/mall.h"

#include <string.h>

static void
a_stale_version_is_refused_and_nothing_is_lost(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 id = mall_merchant(mall, ls, "一号商户");

    client_patch(ls, 200, "{\"version\":1,\"address\":\"一路\"}", "/api/merchant/%" G_GINT64_FORMAT, id);
    g_autofree char *path = g_strdup_printf("/api/merchant/%" G_GINT64_FORMAT, id);
    client_send(ls, "PATCH", path, "{\"version\":1,\"address\":\"二路\"}");
    client_refused(ls, 409, "record.stale");
    client_get(ls, "%s", path);
    g_assert_cmpstr(client_text(ls, "address"), ==, "一路");
    client_send(ls, "PATCH", path, "{\"address\":\"三路\"}");
    client_refused(ls, 422, "input.invalid");
    client_refused_field(ls, "version");
}

static void
all_complaints_come_at_once(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");

    client_send(ls, "POST", "/api/merchant", "{\"kind\":\"planet\",\"credit_code\":\"12345\",\"capital\":\"1.234\",\"nonsense\":1}");
    client_refused(ls, 422, "input.invalid");
    client_refused_field(ls, "kind");
    client_refused_field(ls, "credit_code");
    client_refused_field(ls, "capital");
    client_refused_field(ls, "nonsense");
}

static void
the_same_key_gives_the_first_answer_again(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");

    ls->key = "tap-1";
    client_post(ls, 201, "{\"name\":\"一次\",\"kind\":\"company\"}", "/api/merchant");
    g_autofree char *first = g_strdup(client_text(ls, "id"));
    client_post(ls, 201, "{\"name\":\"一次\",\"kind\":\"company\"}", "/api/merchant");
    g_assert_cmpstr(client_text(ls, "id"), ==, first);
    client_send(ls, "POST", "/api/merchant", "{\"name\":\"两次\",\"kind\":\"company\"}");
    client_refused(ls, 422, "idempotency.differs");
    ls->key = NULL;
    client_get(ls, "/api/merchant?q=%%E4%%B8%%80%%E6%%AC%%A1");
    g_assert_cmpint(client_int(ls, "total"), ==, 1);
}

typedef struct {
    gint64 rows;
    const char *sql;
} Tamper;

static gboolean
verify(Ctx *ctx, gpointer data, GError **error)
{
    return history_verify(ctx->db, &((Tamper *) data)->rows, error);
}

static gboolean
change_history(Ctx *ctx, gpointer data, GError **error)
{
    return db_exec(ctx->db, ((Tamper *) data)->sql, error);
}

static void
history_is_a_chain_that_nobody_can_change(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(GError) error = NULL;
    Tamper tamper = { 0 };

    world_must(mall->world, NULL, verify, &tamper);
    g_assert_cmpint(tamper.rows, >, 20);
    tamper.sql = "UPDATE history SET action = 'nothing' WHERE seq = 3";
    g_assert_false(world_write(mall->world, NULL, change_history, &tamper, &error));
    g_assert_nonnull(error);
    g_clear_error(&error);
    tamper.sql = "DELETE FROM history WHERE seq = 3";
    g_assert_false(world_write(mall->world, NULL, change_history, &tamper, &error));
    g_clear_error(&error);
    /* somebody with the file in his hands: the chain tells */
    tamper.sql = dialect == DIALECT_SQLITE ? "DROP TRIGGER history__no_update" : "DROP TRIGGER history__no_update ON history";
    world_must(mall->world, NULL, change_history, &tamper);
    tamper.sql = "UPDATE history SET action = 'nothing' WHERE seq = 3";
    world_must(mall->world, NULL, change_history, &tamper);
    g_assert_false(world_read(mall->world, NULL, verify, &tamper, &error));
    g_assert_cmpstr(app_error_token(error), ==, "history.broken");
}

typedef struct {
    char *no;
    gboolean fail;
} Numbered;

static gboolean
take_number(Ctx *ctx, gpointer data, GError **error)
{
    Numbered *n = data;

    g_free(n->no);
    n->no = number_next(ctx, "lease", "HT-{YYYY}-{4}", error);
    return n->no && !n->fail;
}

static void
a_number_given_back_leaves_no_gap(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    Numbered n = { 0 };

    world_must(world, NULL, take_number, &n);
    g_assert_cmpstr(n.no, ==, "HT-2026-0001");
    n.fail = TRUE;
    g_assert_false(world_write(world, NULL, take_number, &n, NULL));
    n.fail = FALSE;
    world_must(world, NULL, take_number, &n);
    g_assert_cmpstr(n.no, ==, "HT-2026-0002");
    g_free(n.no);
}

/* Rows of everything that submitting a lease may touch. */
static gboolean
count_rows(Ctx *ctx, gpointer data, GError **error)
{
    static const char *const tables[] = { "approval", "approval_task", "record_grant", "finding", "history", "notification" };
    gint64 *sum = data;

    *sum = 0;
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
        gboolean row = FALSE;
        g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s", tables[i]);
        g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
        if (!stmt || !db_step(stmt, &row, error))
            return FALSE;
        *sum += db_int(stmt, 0);
    }
    return TRUE;
}

/* The first, second, third … statement fails: an error comes back, nothing is half-written, the last try works. */
static void
a_failure_anywhere_leaves_nothing_half_written(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 merchant = mall_merchant(mall, ls, "失败测试");
    g_autofree char *body = mall_lease_body(mall, merchant, 0, "2026-04-01", "2027-03-31", "200");
    gint64 before = 0, after = 0;
    guint n = 0;

    client_post(ls, 201, body, "/api/lease");
    g_autofree char *path = g_strdup_printf("/api/lease/%s/submit", client_text(ls, "id"));
    client_get(ls, "/api/session"); /* the session is known now and costs no statement below */
    world_must(mall->world, NULL, count_rows, &before);
    for (n = 1; n < 400; n++) {
        db_fail_nth_statement(mall->world->db, n);
        client_send(ls, "POST", path, NULL);
        db_fail_nth_statement(mall->world->db, 0);
        if (ls->status == 200)
            break;
        g_assert_cmpint(ls->status, ==, 500);
        world_must(mall->world, NULL, count_rows, &after);
        g_assert_cmpint(after, ==, before);
    }
    g_assert_cmpuint(n, >, 30);
    g_assert_cmpuint(n, <, 400);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/store/a-stale-version-is-refused-and-nothing-is-lost", a_stale_version_is_refused_and_nothing_is_lost);
    testdb_each("/store/all-complaints-come-at-once", all_complaints_come_at_once);
    testdb_each("/store/the-same-key-gives-the-first-answer-again", the_same_key_gives_the_first_answer_again);
    testdb_each("/store/history-is-a-chain-that-nobody-can-change", history_is_a_chain_that_nobody_can_change);
    testdb_each("/store/a-number-given-back-leaves-no-gap", a_number_given_back_leaves_no_gap);
    testdb_each("/store/a-failure-anywhere-leaves-nothing-half-written", a_failure_anywhere_leaves_nothing_half_written);
    return g_test_run();
}
