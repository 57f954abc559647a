/* The bill run: what is due is billed once, whatever was changed, undone, repeated or paid in between; by those who may. */
#pragma GCC diagnostic ignored "-Wunused-function" /* the contracts are shared with the tests of the laws */
#include "../unit/terms/contracts.h"
#include "domain/billing/billing_run.h"
#include "support/bills.h"
#include "support/duty.h"
#include "support/money.h"

#include "base/clock.h"
#include "base/ids.h"

#include <stdlib.h>
#include <string.h>

static gint64
live(Mall *mall)
{
    return bills_number(mall->world, "SELECT COUNT(*) FROM charge WHERE property_id = :property_id AND state <> 'void'");
}

static gint64
live_gross(Mall *mall)
{
    return bills_number(mall->world, "SELECT CAST(COALESCE(SUM(gross), 0) AS BIGINT) FROM charge WHERE property_id = :property_id AND state <> 'void'");
}

/* One unit of 100 m2, one clause. */
static TermSet *
simple_set(const char *unit, Day from, Day to, gint64 price_yuan, int cycle_months)
{
    TermSet *set = term_set_new();
    ChargeTerm *term = charge_term_new();

    set->from = from;
    set->to = to;
    term_set_add_area(set, unit, from, 10000);
    term->item = g_strdup("rent");
    term->from = from;
    term->to = to;
    term->basis = BASIS_PER_M2_MONTH;
    term->price_e4 = price_yuan * 10000;
    term->cycle_months = cycle_months;
    g_ptr_array_add(set->terms, term);
    return set;
}

typedef struct {
    const char *sql;
    const char *text;
    gint64 id;
} Change;

static gboolean
change(Ctx *ctx, gpointer data, GError **error)
{
    const Change *c = data;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, c->sql, error);

    if (!stmt)
        return FALSE;
    if (db_has_param(stmt, "text"))
        db_bind_text(stmt, "text", c->text);
    if (db_has_param(stmt, "id"))
        db_bind_int(stmt, "id", c->id);
    return db_exec_stmt(stmt, NULL, error);
}

static void
set_clause(Mall *mall, gint64 lease_id, const ChargeTerm *term)
{
    g_autoptr(JsonOut) out = json_out_new();
    charge_term_write(out, term);
    Change c = { "UPDATE charge_term SET clause = :text WHERE lease_id = :id", out->buf->str, lease_id };

    world_must(mall->world, NULL, change, &c);
}

/* -- months follow each other ------------------------------------------------------------------- */

static void
each_month_is_billed_once(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 1);

    bills_lease(mall, set);
    bills_run(mall->world, 202602); /* January was never billed: it is made up for */
    g_assert_cmpint(live(mall), ==, 2);
    g_assert_cmpint(live_gross(mall), ==, 2 * 1000000);
    bills_run(mall->world, 202602);
    g_assert_cmpint(live(mall), ==, 2);
    bills_run(mall->world, 202604);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live(mall), ==, 4);
    money_is_sound(mall);
}

static void
a_quarter_falls_in_one_month(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 3);

    bills_lease(mall, set);
    bills_run(mall->world, 202601);
    g_assert_cmpint(live_gross(mall), ==, 3 * 1000000);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live_gross(mall), ==, 3 * 1000000);
    bills_run(mall->world, 202604);
    g_assert_cmpint(live_gross(mall), ==, 6 * 1000000);
}

static void
days_before_the_take_over_are_not_billed(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2025, 1, 1), day_from_ymd(2026, 12, 31), 100, 1);
    Change taken = { "UPDATE lease SET bill_from_on = '2026-03-01' WHERE id = :id", NULL, bills_lease(mall, set) };

    world_must(mall->world, NULL, change, &taken);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live(mall), ==, 1);
}

/* -- differences ---------------------------------------------------------------------------------- */

static void
a_back_dated_price_posts_the_difference_once(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 1);
    ChargeTerm *term = set->terms->pdata[0];
    gint64 lease_id = bills_lease(mall, set);

    bills_run(mall->world, 202602);
    term->price_e4 = 900000;
    set_clause(mall, lease_id, term);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live_gross(mall), ==, 3 * 900000);
    g_assert_cmpint(bills_number(mall->world, "SELECT COUNT(*) FROM charge WHERE kind = 'adjustment'"), ==, 2);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live(mall), ==, 5);
    term->price_e4 = 1000000; /* and back again */
    set_clause(mall, lease_id, term);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live_gross(mall), ==, 3 * 1000000);
    bills_run(mall->world, 202603);
    g_assert_cmpint(bills_number(mall->world, "SELECT COUNT(*) FROM charge WHERE kind = 'adjustment'"), ==, 5);
    money_is_sound(mall);
}

static void
a_lease_cut_short_is_credited(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 3);
    gint64 lease_id = bills_lease(mall, set);
    Change ended = { "UPDATE lease SET to_on = '2026-02-28', state = 'terminated' WHERE id = :id", NULL, lease_id };

    bills_run(mall->world, 202601);
    world_must(mall->world, NULL, change, &ended);
    bills_run(mall->world, 202602);
    g_assert_cmpint(live_gross(mall), ==, 2 * 1000000);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live_gross(mall), ==, 2 * 1000000);
}

static void
a_quarter_that_becomes_months_is_not_asked_twice(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 3);
    ChargeTerm *term = set->terms->pdata[0];
    gint64 lease_id = bills_lease(mall, set);

    bills_run(mall->world, 202601);
    term->cycle_months = 1;
    set_clause(mall, lease_id, term);
    bills_run(mall->world, 202602);
    g_assert_cmpint(live(mall), ==, 1);
    bills_run(mall->world, 202604);
    g_assert_cmpint(live_gross(mall), ==, 4 * 1000000);
    term->cycle_months = 6; /* May and June fall due with it */
    set_clause(mall, lease_id, term);
    bills_run(mall->world, 202604);
    g_assert_cmpint(live_gross(mall), ==, 6 * 1000000);
}

static gboolean
void_one(Ctx *ctx, gpointer data, GError **error)
{
    return charge_void(ctx, *(gint64 *) data, "开错", error);
}

static void
a_charge_voided_by_hand_is_billed_again(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 1);

    bills_lease(mall, set);
    bills_run(mall->world, 202601);
    gint64 charge_id = bills_number(mall->world, "SELECT id FROM charge WHERE property_id = :property_id");
    world_must(mall->world, NULL, void_one, &charge_id);
    g_assert_cmpint(live(mall), ==, 0);
    bills_run(mall->world, 202601);
    g_assert_cmpint(live(mall), ==, 1);
}

/* -- rent on sales ---------------------------------------------------------------------------------- */

typedef struct {
    gint64 lease_id, amount_fen;
    Day month_on;
} Sold;

/* Accepted sales of a month; those accepted before are superseded. */
static gboolean
accept_sales(Ctx *ctx, gpointer data, GError **error)
{
    const Sold *sold = data;
    g_autoptr(Record) report = record_new(registry_def(ctx->registry, "sales_report"));
    g_autoptr(DbStmt) old = db_prepare(ctx->db, "UPDATE sales_report SET state = 'superseded' WHERE lease_id = :id AND month_on = :month_on", error);

    if (!old)
        return FALSE;
    db_bind_int(old, "id", sold->lease_id);
    db_bind_day(old, "month_on", sold->month_on);
    if (!db_exec_stmt(old, NULL, error))
        return FALSE;
    record_set_id(report, "lease_id", sold->lease_id);
    record_set_text(report, "period", "month");
    record_set_day(report, "day", sold->month_on);
    record_set_day(report, "month_on", sold->month_on);
    record_set_int(report, "amount", sold->amount_fen);
    record_set_text(report, "source", "merchant");
    record_set_text(report, "state", "accepted");
    return record_save(ctx, report, error);
}

static void
sell(Mall *mall, gint64 lease_id, int month, gint64 amount_fen)
{
    Sold sold = { lease_id, amount_fen, day_from_month_key(month) };

    world_must(mall->world, NULL, accept_sales, &sold);
}

static void
rent_on_sales_waits_for_them_and_follows_their_correction(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 0, 1);
    ChargeTerm *term = set->terms->pdata[0];

    term->model = TERM_TURNOVER;
    term->has_turnover = TRUE;
    term->settle = SETTLE_QUARTERLY;
    term->turnover.percent_ppm = 100000;
    gint64 lease_id = bills_lease(mall, set);
    go_to("2026-05-04");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 run = bills_run(mall->world, 202602);
    g_assert_cmpint(live(mall), ==, 0);
    client_get(finance, "/api/bill_run/%" ID, run);
    counts(finance, "noted", 1);
    says(finance, "notes.0.kind", "awaiting");
    sell(mall, lease_id, 202601, 10000000);
    sell(mall, lease_id, 202602, 20000000);
    sell(mall, lease_id, 202603, 30000000);
    bills_run(mall->world, 202604);
    g_assert_cmpint(live_gross(mall), ==, 6000000);
    bills_run(mall->world, 202604);
    g_assert_cmpint(live_gross(mall), ==, 6000000);
    sell(mall, lease_id, 202602, 25000000); /* it was more */
    bills_run(mall->world, 202604);
    g_assert_cmpint(live_gross(mall), ==, 6500000);
    g_assert_cmpint(bills_number(mall->world, "SELECT COUNT(*) FROM charge WHERE kind = 'adjustment'"), ==, 1);
    bills_run(mall->world, 202604);
    bills_run(mall->world, 202605);
    g_assert_cmpint(live_gross(mall), ==, 6500000);
    sell(mall, lease_id, 202602, 20000000); /* and then it was not */
    bills_run(mall->world, 202605);
    g_assert_cmpint(live_gross(mall), ==, 6000000);
    money_is_sound(mall);
}

/* -- undo ------------------------------------------------------------------------------------------- */

static void
undoing_leaves_nothing_and_the_month_can_be_run_again(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    bills_leases(mall, 25);
    bills_run(mall->world, 202602);
    gint64 before = live_gross(mall), n = live(mall);
    gint64 run_id = bills_run(mall->world, 202603);
    gint64 after = live_gross(mall);
    g_assert_cmpint(after, >, before);
    bills_undo(mall->world, run_id);
    g_assert_cmpint(live_gross(mall), ==, before);
    g_assert_cmpint(live(mall), ==, n);
    money_is_sound(mall);
    bills_run(mall->world, 202603);
    g_assert_cmpint(live_gross(mall), ==, after);
    money_is_sound(mall);
}

/* -- at the API ------------------------------------------------------------------------------------- */

static void
post_all(Client *client, gint64 run)
{
    for (guint i = 0; i < 2000; i++) {
        g_usleep(5000); /* the other one may be at it */
        client_post(client, 200, "{}", "/api/bill_run/%" ID "/step", run);
        if (strcmp(client_text(client, "state"), "posted") == 0 || strcmp(client_text(client, "state"), "undone") == 0)
            return;
    }
    g_assert_not_reached();
}

static void
finance_runs_others_look_on(Dialect dialect)
{
    static const char *const readers[] = { "om", "director", "gm" };
    static const char *const strangers[] = { "ls", "lc", "services" };
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    bills_leases(mall, 5);
    for (guint i = 0; i < G_N_ELEMENTS(readers); i++) {
        g_autoptr(Client) reader = client_new(mall->world, readers[i]);
        client_get(reader, "/api/bill_run/preview?month=202603");
        g_assert_cmpint(client_int(reader, "leases"), ==, 5);
        deny(reader, 403, "bill_run.forbidden", "POST", "{\"month\":202603}", "/api/bill_run");
    }
    for (guint i = 0; i < G_N_ELEMENTS(strangers); i++) {
        g_autoptr(Client) stranger = client_new(mall->world, strangers[i]);
        deny(stranger, 403, "bill_run.forbidden", "GET", NULL, "/api/bill_run/preview?month=202603");
        deny(stranger, 403, "bill_run.forbidden", "GET", NULL, "/api/bill_run/preview/lines?month=202603");
    }
    client_post(finance, 201, "{\"month\":202603}", "/api/bill_run");
    gint64 run = id_parse(client_text(finance, "id"));
    g_autoptr(Client) om = client_new(mall->world, "om");
    deny(om, 403, "bill_run.forbidden", "POST", "{}", "/api/bill_run/%" ID "/step", run);
    deny(om, 403, "bill_run.forbidden", "POST", "{\"reason\":\"x\"}", "/api/bill_run/%" ID "/undo", run);
    post_all(finance, run);
    says(finance, "state", "posted");
    counts(finance, "visited", 5);
    g_assert_cmpint(client_int(finance, "charges"), ==, live(mall));
}

static void
what_is_paid_is_not_undone(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 1);

    bills_lease(mall, set);
    client_post(finance, 201, "{\"month\":202603}", "/api/bill_run");
    gint64 run = id_parse(client_text(finance, "id"));
    post_all(finance, run);
    deny_field(finance, "reason", "POST", "{}", "/api/bill_run/%" ID "/undo", run);
    Change paid = { "UPDATE charge SET paid = 1, state = 'part_paid' WHERE id = (SELECT MAX(id) FROM charge)", NULL, 0 };
    Change back = { "UPDATE charge SET paid = 0, state = 'open'", NULL, 0 };
    world_must(mall->world, NULL, change, &paid);
    deny(finance, 409, "bill_run.paid", "POST", "{\"reason\":\"重出\"}", "/api/bill_run/%" ID "/undo", run);
    g_assert_nonnull(strstr(finance->text, "商户X-"));
    world_must(mall->world, NULL, change, &back);
    client_post(finance, 200, "{\"reason\":\"重出\"}", "/api/bill_run/%" ID "/undo", run);
    says(finance, "state", "undoing");
    deny(finance, 409, "bill_run.busy", "POST", "{\"month\":202603}", "/api/bill_run");
    post_all(finance, run);
    says(finance, "state", "undone");
    deny(finance, 409, "bill_run.state", "POST", "{\"reason\":\"重出\"}", "/api/bill_run/%" ID "/undo", run);
    g_assert_cmpint(live(mall), ==, 0);
}

static void
a_month_too_far_ahead_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");

    deny_field(finance, "month", "POST", "{\"month\":202605}", "/api/bill_run");
    deny_field(finance, "month", "POST", "{\"month\":202613}", "/api/bill_run");
    deny_field(finance, "month", "GET", NULL, "/api/bill_run/preview?month=2026");
    client_post(finance, 201, "{\"month\":202604}", "/api/bill_run");
    deny(finance, 409, "bill_run.busy", "POST", "{\"month\":202603}", "/api/bill_run");
}

typedef struct {
    Mall *mall;
    gint64 run;
    gboolean ok;
} Presser;

static gpointer
press(gpointer data)
{
    Presser *p = data;
    g_autoptr(Client) client = client_new(p->mall->world, "finance");

    client_post(client, 201, "{\"month\":202603}", "/api/bill_run");
    p->run = id_parse(client_text(client, "id"));
    post_all(client, p->run);
    return NULL;
}

static void
two_who_press_at_once_make_one_run(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Mall) alone = mall_new(dialect);
    Presser two[2] = { { mall, 0, FALSE }, { mall, 0, FALSE } };
    GThread *threads[2];

    bills_leases(mall, 250);
    bills_leases(alone, 250);
    bills_run(alone->world, 202603);
    for (guint i = 0; i < 2; i++)
        threads[i] = g_thread_new("press", press, &two[i]);
    for (guint i = 0; i < 2; i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(live(mall), ==, live(alone));
    g_assert_cmpint(live_gross(mall), ==, live_gross(alone));
    g_assert_cmpint(bills_number(mall->world, "SELECT COUNT(*) FROM bill_run WHERE charges > 0"), ==, 1);
    money_is_sound(mall);
}

/* -- preview ---------------------------------------------------------------------------------------- */

static gint64
fen_at(Client *client, const char *at)
{
    const char *text = client_text(client, at);
    gint64 fen = 0;

    g_assert_nonnull(text);
    g_assert_true(money_parse(text, &fen));
    return fen;
}

/* The preview of a month says what the run then posts, and its causes add up. */
static void
check_preview(Mall *mall, Client *finance, int month)
{
    gint64 causes_fen = 0, before = live_gross(mall), n = live(mall);

    client_get(finance, "/api/bill_run/preview?month=%d", month);
    gint64 gross = fen_at(finance, "gross"), difference = fen_at(finance, "difference"), lines = client_int(finance, "lines");
    for (gsize i = 0; i < client_len(finance, "causes"); i++) {
        g_autofree char *at = g_strdup_printf("causes.%" G_GSIZE_FORMAT ".amount", i);
        causes_fen += fen_at(finance, at);
    }
    g_assert_cmpint(causes_fen, ==, difference);
    g_assert_cmpint(live(mall), ==, n);
    bills_run(mall->world, month);
    g_assert_cmpint(live_gross(mall) - before, ==, gross);
    g_assert_cmpint(live(mall) - n, ==, lines);
}

static void
the_preview_is_what_is_posted(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    static const int months[] = { 202501, 202502, 202503, 202504, 202512, 202601, 202602 };

    bills_leases(mall, 12);
    for (guint i = 0; i < G_N_ELEMENTS(months); i++)
        check_preview(mall, finance, months[i]);
    client_get(finance, "/api/bill_run/preview?month=202602");
    counts(finance, "lines", 0);
}

static void
lines_come_by_pages(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autofree char *after = g_strdup("");
    guint leases = 0;

    bills_leases(mall, 47);
    while (after) {
        client_get(finance, "/api/bill_run/preview/lines?month=202603&size=10&after=%s", after);
        g_assert_cmpuint(client_len(finance, "items"), <=, 10);
        leases += (guint) client_len(finance, "items");
        const char *next = client_text(finance, "next");
        g_free(after);
        after = g_strdup(next);
    }
    g_assert_cmpuint(leases, ==, 47);
}

/* Each cause on a lease made for it. */
static void
causes_are_named(Dialect dialect)
{
    static const struct {
        const char *unit, *cause;
        gint64 amount_fen;
    } expected[] = { { "A1", "step", 50000 }, { "A2", "free_end", 1000000 }, { "A3", "cycle", 3000000 }, { "A4", "ended", -1000000 },
                     { "A5", "new_lease", 1000000 } };
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    Day jan = day_from_ymd(2026, 1, 1), dec = day_from_ymd(2026, 12, 31), mar = day_from_ymd(2026, 3, 1);
    g_autoptr(TermSet) stepped = simple_set("A1", jan, dec, 100, 1);
    g_autoptr(TermSet) unfree = simple_set("A2", jan, dec, 100, 1);
    g_autoptr(TermSet) quarterly = simple_set("A3", day_from_ymd(2025, 12, 1), dec, 100, 3);
    g_autoptr(TermSet) ended = simple_set("A4", jan, mar - 1, 100, 1);
    g_autoptr(TermSet) fresh = simple_set("A5", mar, dec, 100, 1);
    const TermStep step = { .from = mar, .price_e4 = 1050000 };
    const TermFree free = { .from = jan, .to = mar - 1 };

    g_array_append_val(((ChargeTerm *) stepped->terms->pdata[0])->steps, step);
    g_array_append_val(((ChargeTerm *) unfree->terms->pdata[0])->free, free);
    bills_lease(mall, stepped);
    bills_lease(mall, unfree);
    bills_lease(mall, quarterly);
    bills_lease(mall, ended);
    bills_lease(mall, fresh);
    bills_run(mall->world, 202601);
    bills_run(mall->world, 202602);
    client_get(finance, "/api/bill_run/preview/lines?month=202603&only=changes");
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        int n = find_item(finance, "items", "unit_nos", expected[i].unit);
        g_autofree char *cause = g_strdup_printf("items.%d.changes.0.causes.0.cause", n);
        g_autofree char *amount = g_strdup_printf("items.%d.changes.0.causes.0.amount", n);
        if (n < 0)
            g_error("%s is missing: %s", expected[i].unit, finance->text);
        g_assert_cmpstr(client_text(finance, cause), ==, expected[i].cause);
        g_assert_cmpint(fen_at(finance, amount), ==, expected[i].amount_fen);
    }
}

/* -- proof ------------------------------------------------------------------------------------------ */

static gboolean
prove(Ctx *ctx, gpointer data, GError **error)
{
    gint64 after = 0;

    (void) data;
    do {
        if (!bill_proof_step(ctx, &after, error))
            return FALSE;
    } while (after);
    return TRUE;
}

static gint64
found(Mall *mall, const char *kind)
{
    g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM bill_finding WHERE property_id = :property_id AND state = 'open' AND kind = '%s'", kind);

    return bills_number(mall->world, sql);
}

static void
the_proof_finds_what_is_wrong_and_sees_it_mended(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) set = simple_set("A1", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 1);
    g_autoptr(TermSet) other = simple_set("A2", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 100, 1);
    g_autoptr(TermSet) nothing = simple_set("A3", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 0, 1);
    gint64 lease_id = bills_lease(mall, set), other_id = bills_lease(mall, other);
    Change cut = { "UPDATE lease SET to_on = '2026-02-28' WHERE id = :id", NULL, other_id };
    Change back = { "UPDATE lease SET to_on = '2026-12-31' WHERE id = :id", NULL, other_id };
    Change missing = { "UPDATE charge SET live_key = NULL WHERE lease_id = :id AND period_from = '2026-02-01'", NULL, lease_id };
    Change twice = { "UPDATE charge SET live_key = (SELECT MIN(live_key) FROM charge WHERE lease_id = :id) || 'x' WHERE lease_id = :id"
                     " AND period_from = '2026-02-01'", NULL, lease_id };

    bills_lease(mall, nothing);
    bills_run(mall->world, 202603);
    world_must(mall->world, NULL, prove, NULL);
    g_assert_cmpint(found(mall, "gap") + found(mall, "overlap") + found(mall, "after_end"), ==, 0);
    g_assert_cmpint(found(mall, "never_bills"), ==, 1);
    g_assert_cmpuint(news(mall, "finance", "bill_finding"), ==, 1);
    go_to("2026-03-03");
    world_must(mall->world, NULL, change, &cut);
    world_must(mall->world, NULL, change, &missing); /* nobody knows of it any more */
    world_must(mall->world, NULL, prove, NULL);
    g_assert_cmpint(found(mall, "gap"), ==, 1);
    g_assert_cmpint(found(mall, "after_end"), ==, 1);
    g_assert_cmpuint(news(mall, "finance", "bill_finding"), ==, 2);
    world_must(mall->world, NULL, change, &back);
    world_must(mall->world, NULL, change, &twice);
    world_must(mall->world, NULL, prove, NULL);
    g_assert_cmpint(found(mall, "gap") + found(mall, "after_end"), ==, 0);
    go_to("2026-03-04");
    world_must(mall->world, NULL, prove, NULL); /* nothing new: nobody is told again */
    g_assert_cmpuint(news(mall, "finance", "bill_finding"), ==, 2);
}

static void
only_those_who_see_the_lease_read_its_findings(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(TermSet) nothing = simple_set("A3", day_from_ymd(2026, 1, 1), day_from_ymd(2026, 12, 31), 0, 1);
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    g_autoptr(Client) ls = client_new(mall->world, "ls");

    bills_lease(mall, nothing);
    world_must(mall->world, NULL, prove, NULL);
    client_get(finance, "/api/bill_finding?state=open");
    counts(finance, "total", 1);
    says(finance, "items.0.kind", "never_bills");
    deny(ls, 403, "bill_finding.forbidden", "GET", NULL, "/api/bill_finding");
}

/* -- random contracts ------------------------------------------------------------------------------- */

/* Live charges of a lease against its schedule, all that is due by the end of a month. */
static gint64
schedule_gross(const TermSet *set, Day through)
{
    g_autoptr(Schedule) schedule = schedule_build(set, NULL);
    gint64 sum = 0;

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        sum += line->due_on <= through ? line->gross_fen : 0;
    }
    return sum;
}

static TermSet *
plain_set(GRand *rand)
{
    for (;;) {
        TermSet *set = random_set(rand);
        gboolean plain = TRUE;
        set->to = MIN(set->to, set->from + 700);
        set->calendar = work_calendar_china();
        set->today = DAY_NONE;
        for (guint i = 0; i < set->areas->len; i++) {
            TermArea *area = &g_array_index(set->areas, TermArea, i);
            area->from = MAX(area->from, set->from);
            plain = plain && area->from <= set->to;
            if (!area->unit)
                area->unit = g_strdup("A1");
        }
        for (guint i = 0; i < set->terms->len; i++) {
            const ChargeTerm *term = set->terms->pdata[i];
            plain = plain && term->model == TERM_FIXED && !term->index.table && term->from >= set->from && term->to <= set->to;
        }
        g_autoptr(Schedule) schedule = plain ? schedule_build(set, NULL) : NULL;
        if (schedule)
            return set;
        term_set_free(set);
    }
}

/* Another price from the beginning: what was billed is no longer right. */
static void
change_prices(GRand *rand, Mall *mall, gint64 lease_id, TermSet *set)
{
    for (guint i = 0; i < set->terms->len; i++) {
        ChargeTerm *term = set->terms->pdata[i];
        g_autoptr(JsonOut) out = json_out_new();
        term->price_e4 = MAX(100, term->price_e4 + between(rand, -50, 50) * 100);
        charge_term_write(out, term);
        g_autofree char *sql = g_strdup_printf("UPDATE charge_term SET clause = :text WHERE lease_id = :id AND seq = %u", i);
        Change c = { sql, out->buf->str, lease_id };
        world_must(mall->world, NULL, change, &c);
    }
}

static void
live_random_life(GRand *rand, Mall *mall, TermSet *set)
{
    gint64 lease_id = bills_lease(mall, set);
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(gint64));
    int months = (int) MIN(24, (set->to - set->from) / 30 + 3);

    for (int i = 0; i < 8; i++) {
        Day month = day_add_months(day_month_start(set->from), (int) between(rand, -1, months));
        gint64 run = bills_run(mall->world, day_month_key(month));
        g_array_append_val(runs, run);
        if (chance(rand, 30)) {
            guint n = (guint) between(rand, 0, (int) runs->len - 1);
            bills_undo(mall->world, g_array_index(runs, gint64, n));
            g_array_remove_index(runs, n);
        }
        if (chance(rand, 30))
            change_prices(rand, mall, lease_id, set);
    }
    Day last = day_add_months(day_month_start(set->from), months + 1);
    for (int again = 0; again < 2; again++) {
        bills_run(mall->world, day_month_key(last));
        g_autofree char *sql = g_strdup_printf("SELECT CAST(COALESCE(SUM(gross), 0) AS BIGINT) FROM charge WHERE lease_id = %" ID " AND state <> 'void'", lease_id);
        gint64 billed = bills_number(mall->world, sql);
        if (billed != schedule_gross(set, day_month_end(last)))
            g_error("billed %" ID ", schedule %" ID "\n%s", billed, schedule_gross(set, day_month_end(last)), contract_json(set));
    }
    Change gone = { "UPDATE lease SET state = 'archived' WHERE id = :id", NULL, lease_id };
    world_must(mall->world, NULL, change, &gone); /* not in the way of the next one */
}

static void
random_contracts_are_billed_as_scheduled(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    const char *env = g_getenv("LANTING_BILL_RUNS");
    guint n = env ? (guint) strtoul(env, NULL, 10) : 8;
    GRand *rand = g_rand_new_with_seed((guint32) g_test_rand_int());

    clock_freeze_us(clock_day_start_us(day_from_ymd(2035, 1, 1)));
    for (guint i = 0; i < n; i++) {
        g_autoptr(TermSet) set = plain_set(rand);
        live_random_life(rand, mall, set);
    }
    money_is_sound(mall);
    g_rand_free(rand);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/bill-run/each-month-is-billed-once", each_month_is_billed_once);
    testdb_each("/bill-run/a-quarter-falls-in-one-month", a_quarter_falls_in_one_month);
    testdb_each("/bill-run/days-before-the-take-over-are-not-billed", days_before_the_take_over_are_not_billed);
    testdb_each("/bill-run/a-back-dated-price-posts-the-difference-once", a_back_dated_price_posts_the_difference_once);
    testdb_each("/bill-run/a-lease-cut-short-is-credited", a_lease_cut_short_is_credited);
    testdb_each("/bill-run/a-quarter-that-becomes-months-is-not-asked-twice", a_quarter_that_becomes_months_is_not_asked_twice);
    testdb_each("/bill-run/a-charge-voided-by-hand-is-billed-again", a_charge_voided_by_hand_is_billed_again);
    testdb_each("/bill-run/rent-on-sales-waits-for-them-and-follows-their-correction", rent_on_sales_waits_for_them_and_follows_their_correction);
    testdb_each("/bill-run/undoing-leaves-nothing-and-the-month-can-be-run-again", undoing_leaves_nothing_and_the_month_can_be_run_again);
    testdb_each("/bill-run/finance-runs-others-look-on", finance_runs_others_look_on);
    testdb_each("/bill-run/what-is-paid-is-not-undone", what_is_paid_is_not_undone);
    testdb_each("/bill-run/a-month-too-far-ahead-is-refused", a_month_too_far_ahead_is_refused);
    testdb_each("/bill-run/two-who-press-at-once-make-one-run", two_who_press_at_once_make_one_run);
    testdb_each("/bill-run/the-preview-is-what-is-posted", the_preview_is_what_is_posted);
    testdb_each("/bill-run/lines-come-by-pages", lines_come_by_pages);
    testdb_each("/bill-run/causes-are-named", causes_are_named);
    testdb_each("/bill-run/the-proof-finds-what-is-wrong-and-sees-it-mended", the_proof_finds_what_is_wrong_and_sees_it_mended);
    testdb_each("/bill-run/only-those-who-see-the-lease-read-its-findings", only_those_who_see_the_lease_read_its_findings);
    testdb_each("/bill-run/random-contracts-are-billed-as-scheduled", random_contracts_are_billed_as_scheduled);
    return g_test_run();
}
