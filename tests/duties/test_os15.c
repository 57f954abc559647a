/* OS-15: rent comes in on time and in full: due list by zone, reminders, late fees as agreed, letters step by step, promises. */
#include "domain/collection/collection.h"
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"
#include "print/docx.h"

#include <string.h>

/* Unit A1 is os's, A2 is os2's. A1 is let from March on terms of 0.05 % a day for late rent; April's rent of 20000 is due on 1 April. */
typedef struct {
    Mall *mall;
    Client *os, *os2, *om, *finance, *checker;
    gint64 lease, merchant, unit, charge;
    const char *due_on;
} Debt;

static gboolean
post_rent(Ctx *ctx, gpointer data, GError **error)
{
    Debt *d = data;
    g_autofree char *lease = g_strdup_printf("%" ID, d->lease);
    g_autoptr(Record) term = record_find_by(ctx, "charge_term", "lease_id", lease, NULL);
    Day due = day_parse(d->due_on);
    const ChargeSpec spec = { .merchant_id = d->merchant, .lease_id = d->lease, .unit_id = d->unit, .term_id = term->id, .item = "rent",
                              .kind = "fixed", .from = day_month_start(due), .to = day_month_end(due), .due_on = due, .tax_rate_ppm = 90000,
                              .net_fen = 1834862, .tax_fen = 165138, .gross_fen = 2000000, .working = "[]" };

    d->charge = charge_post(ctx, &spec, error);
    return d->charge != 0;
}

static gint64
lease_with_late_fee(Mall *mall, guint unit)
{
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 merchant = mall_merchant(mall, ls, "云上咖啡有限公司");
    g_autofree char *plain = mall_lease_body(mall, merchant, unit, "2026-03-01", "2028-02-29", "200");
    g_autoptr(GString) body = g_string_new(plain);

    g_string_replace(body, "\"cycle_months\":3,", "\"cycle_months\":1,\"late\":{\"percent_per_day\":\"0.05\",\"cap\":\"principal\"},", 0);
    client_post(ls, 201, body->str, "/api/lease");
    gint64 lease = id_parse(client_text(ls, "id"));
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    tick_all(mall, "lm", lease);
    mall_approve(mall, "lease", lease);
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *pay = quoted("{'amount':'%s','received_on':'2026-03-01','way':'bank_transfer','reference':'F%u'}", client_text(lm, "open"), unit);
    client_post(finance, 200, pay, "/api/payment_order/%s/receive", client_text(lm, "id"));
    return lease;
}

static void
sign_in(Debt *d)
{
    static const char *const logins[] = { "os", "os2", "om", "finance", "checker" };
    Client **clients[] = { &d->os, &d->os2, &d->om, &d->finance, &d->checker };

    for (guint i = 0; i < G_N_ELEMENTS(logins); i++) {
        g_clear_pointer(clients[i], client_free);
        *clients[i] = client_new(d->mall->world, logins[i]);
    }
}

/* Sessions end in the night: everybody signs in again. */
static void
day_comes(Debt *d, const char *day)
{
    go_to(day);
    run_jobs(d->mall);
    sign_in(d);
}

static Debt
debt_new(Dialect dialect)
{
    Debt d = { .mall = mall_new(dialect), .due_on = "2026-04-01" };

    d.unit = d.mall->units[0];
    hire(d.mall, "checker", "何复核", "finance", "finance"); /* nobody confirms the money they took in */
    d.lease = lease_with_late_fee(d.mall, 0);
    sign_in(&d);
    gint64 zone = make_as(d.om, "zone", "{'name':'一层','staff_id':'%" ID "'}", world_staff(d.mall->world, "os"));
    for (guint i = 0; i < 2; i++)
        make_as(d.om, "zone_unit", "{'zone_id':'%" ID "','staff_id':'%" ID "','unit_id':'%" ID "','from_on':'2026-03-01'}", zone,
                world_staff(d.mall->world, i ? "os2" : "os"), d.mall->units[i]);
    client_get(d.om, "/api/lease/%" ID, d.lease);
    d.merchant = id_parse(client_text(d.om, "merchant_id.id"));
    go_to("2026-03-25");
    world_must(d.mall->world, NULL, post_rent, &d);
    sign_in(&d);
    return d;
}

static void
debt_clear(Debt *d)
{
    money_is_sound(d->mall);
    g_clear_pointer(&d->os, client_free);
    g_clear_pointer(&d->os2, client_free);
    g_clear_pointer(&d->om, client_free);
    g_clear_pointer(&d->finance, client_free);
    g_clear_pointer(&d->checker, client_free);
    mall_free(d->mall);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Debt, debt_clear)

static void
pays(Debt *d, const char *amount, const char *day, const char *reference)
{
    g_autofree char *body = quoted("{'merchant_id':'%" ID "','lease_id':'%" ID "','received_on':'%s','way':'bank_transfer','amount':'%s','reference':'%s'}",
                                   d->merchant, d->lease, day, amount, reference);

    client_post(d->finance, 201, body, "/api/receipt");
    client_post(d->checker, 200, NULL, "/api/receipt/%s/confirm", client_text(d->finance, "id"));
}

static gint64
drafts(Client *who, gint64 lease)
{
    return make_as(who, "dunning_notice", "{'lease_id':'%" ID "'}", lease);
}

static gint64
stage_of(Debt *d, const char *kind)
{
    client_get(d->om, "/api/dunning_stage?kind=%s", kind);
    return id_parse(client_text(d->om, "items.0.id"));
}

static void
may_not_draft(Debt *d, const char *kind, const char *code)
{
    g_autofree char *body = quoted("{'lease_id':'%" ID "','stage_id':'%" ID "'}", d->lease, stage_of(d, kind));

    deny(d->om, 409, code, "POST", body, "/api/dunning_notice");
}

static gint64
sent(Debt *d, Client *who)
{
    gint64 id = drafts(who, d->lease);

    client_post(who, 200, NULL, "/api/dunning_notice/%" ID "/send", id);
    says(who, "state", "sent");
    return id;
}

static void
delivered(Client *who, gint64 notice, const char *day)
{
    g_autofree char *body = quoted("{'proof_kind':'ems','proof_no':'EB123456789CN','delivered_on':'%s'}", day);

    client_post(who, 200, body, "/api/dunning_notice/%" ID "/deliver", notice);
    says(who, "state", "delivered");
}

static void
rent_is_chased_until_it_is_paid(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);

    /* five days before the due day the collector hears of it, once */
    run_jobs(d.mall);
    g_assert_cmpuint(news(d.mall, "os", "collection.due"), ==, 0);
    day_comes(&d, "2026-03-27");
    g_assert_cmpuint(news(d.mall, "os", "collection.due"), ==, 1);
    g_assert_cmpuint(news(d.mall, "os2", "collection.due"), ==, 0);
    day_comes(&d, "2026-03-28");
    g_assert_cmpuint(news(d.mall, "os", "collection.due"), ==, 1);
    client_get(d.os, "/api/collection/message?lease_id=%" ID, d.lease);
    g_assert_nonnull(strstr(client_text(d.os, "text"), "租金：20,000.00 元，应交日期 2026-04-01"));

    /* on the due day nothing is overdue; nobody of another zone sees it at all */
    day_comes(&d, "2026-04-01");
    client_get(d.os, "/api/collection/due");
    counts(d.os, "total", 1);
    says(d.os, "items.0.collector.label", "孙专员");
    says(d.os, "items.0.open", "20000.00");
    counts(d.os, "items.0.days", 0);
    client_get(d.os2, "/api/collection/due");
    counts(d.os2, "total", 0);
    may_not_draft(&d, "reminder", "dunning_notice.nothing_overdue");

    /* the reminder goes out on the second; no letter before its deadline, none out of turn */
    day_comes(&d, "2026-04-02");
    client_get(d.os, "/api/collection/due?band=overdue");
    says(d.os, "items.0.late_fee", "10.00");
    says(d.os, "items.0.next.kind", "reminder");
    may_not_draft(&d, "dunning_1", "dunning_notice.skips_stage");
    client_get(d.os, "/api/todo");
    says(d.os, "items.0.sub", "催缴提醒 · 逾期 1 天 · 20,000.00 元");
    client_get(d.os2, "/api/todo");
    counts(d.os2, "counts.collect", 0);
    gint64 reminder = sent(&d, d.os);
    may_not_draft(&d, "reminder", "dunning_notice.deadline_runs");
    may_not_draft(&d, "dunning_1", "dunning_notice.deadline_runs");
    make_as(d.os, "collection_note", "{'lease_id':'%" ID "','way':'phone','person':'王店长','content':'说十号付一半'}", d.lease);

    /* half on the tenth: 20000 for nine days, 8000 from then on */
    day_comes(&d, "2026-04-10");
    pays(&d, "12000.00", "2026-04-10", "P1");
    client_get(d.os, "/api/collection/due");
    says(d.os, "items.0.open", "8000.00");
    says(d.os, "items.0.late_fee", "90.00"); /* 20000 x 0.05 % x 9 */
    says(d.os, "items.0.last_contact.content", "说十号付一半");
    says(d.os, "items.0.lines.0.working.0.text_zh", "2026-04-02 至 2026-04-10，未付 20,000.00 × 9 天 × 每日 0.05%");

    /* the first letter on the twelfth: 11 days late; 90 + 8000 x 0.05 % x 2 = 98 */
    day_comes(&d, "2026-04-12");
    gint64 letter = sent(&d, d.os);
    says(d.os, "kind", "dunning_1");
    says(d.os, "principal", "8000.00");
    says(d.os, "late_fee", "98.00");
    says(d.os, "words", "捌仟零玖拾捌元整");
    says(d.os, "deadline_on", "2026-04-19");
    client_get(d.os, "/api/dunning_notice/%" ID "/print.pdf", letter);
    g_assert_true(g_str_has_prefix(d.os->text, "%PDF"));
    client_get(d.os, "/api/dunning_notice/%" ID "/document.docx", letter);
    g_autofree char *text = docx_text(d.os->bytes, NULL);
    static const char *const said[] = { "CJ-2026-00002", "云上咖啡有限公司", "HT-2026-0001", "8,000.00", "98.00", "捌仟零玖拾捌元整", "2026-04-19", "违约金",
                                        "孙专员", "收款账户", "8,000.00 × 2 天 × 每日 0.05%" };
    for (guint i = 0; i < G_N_ELEMENTS(said); i++)
        g_assert_nonnull(strstr(text, said[i]));
    g_assert_null(strstr(text, "滞纳金"));
    g_assert_false(paper_threatens_utilities(text));
    delivered(d.os, letter, "2026-04-12");

    /* they promise the rest for the fifteenth and keep it */
    g_autofree char *past = quoted("{'lease_id':'%" ID "','amount':'8000.00','promised_on':'2026-04-11','made_by':'王店长'}", d.lease);
    deny_field(d.os, "promised_on", "POST", past, "/api/promise");
    gint64 promise = make_as(d.os, "promise", "{'lease_id':'%" ID "','amount':'8000.00','promised_on':'2026-04-15','made_by':'王店长'}", d.lease);
    g_autofree char *again = quoted("{'lease_id':'%" ID "','amount':'1.00','promised_on':'2026-04-15','made_by':'王店长'}", d.lease);
    deny(d.os, 409, "promise.open", "POST", again, "/api/promise");
    day_comes(&d, "2026-04-15");
    pays(&d, "8000.00", "2026-04-15", "P2");
    day_comes(&d, "2026-04-16");
    client_get(d.os, "/api/promise/%" ID, promise);
    says(d.os, "state", "kept");
    says(d.os, "paid", "8000.00");
    client_get(d.os, "/api/dunning_notice/%" ID, letter);
    says(d.os, "state", "settled");
    counts(d.os, "lines.0.days", 11); /* as it was sent */
    client_get(d.os, "/api/dunning_notice/%" ID, reminder);
    says(d.os, "state", "settled");
    client_get(d.os, "/api/collection/timeline?lease_id=%" ID, d.lease);
    static const char *const told[] = { "reminder", "note", "letter", "promise", "payment" };
    for (guint i = 0; i < G_N_ELEMENTS(told); i++)
        g_assert_cmpint(find_item(d.os, "items", "kind", told[i]), >=, 0);
}

static void
late_fees_are_billed_once_as_agreed(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);

    day_comes(&d, "2026-04-10");
    pays(&d, "12000.00", "2026-04-10", "P1");
    day_comes(&d, "2026-04-30");
    client_get(d.finance, "/api/collection/late_fee?until_on=2026-04-30");
    says(d.finance, "total", "170.00"); /* 90 + 8000 x 0.05 % x 20 */
    counts(d.finance, "charges", 1);
    /* who looks after the shop does not decide */
    deny(d.os, 403, "late_fee_run.forbidden", "POST", "{\"until_on\":\"2026-04-30\"}", "/api/late_fee_run");
    deny_field(d.finance, "until_on", "POST", "{\"until_on\":\"2026-05-01\"}", "/api/late_fee_run");
    client_post(d.finance, 201, "{\"until_on\":\"2026-04-30\"}", "/api/late_fee_run");
    says(d.finance, "gross", "170.00");
    deny(d.finance, 409, "late_fee_run.nothing", "POST", "{\"until_on\":\"2026-04-30\"}", "/api/late_fee_run");
    client_get(d.om, "/api/charge?lease_id=%" ID "&kind=late_fee", d.lease);
    says(d.om, "items.0.gross", "170.00");
    says(d.om, "items.0.name", "违约金（租金）");

    /* ten days more are billed as a difference, never a fee on the fee; after payment the clock stands */
    day_comes(&d, "2026-05-10");
    pays(&d, "8000.00", "2026-05-10", "P2");
    day_comes(&d, "2026-05-31");
    client_post(d.om, 201, "{\"until_on\":\"2026-05-31\"}", "/api/late_fee_run");
    says(d.om, "gross", "40.00"); /* 8000 x 0.05 % x 10 */
    counts(d.om, "charges", 1);
    client_get(d.os, "/api/collection/due");
    says(d.os, "items.0.open", "210.00");
    says(d.os, "items.0.late_fee", "0.00");
}

static void
letters_go_step_by_step(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);

    day_comes(&d, "2026-04-02");
    sent(&d, d.os);
    day_comes(&d, "2026-04-07"); /* its deadline is over, but the letter needs seven days */
    may_not_draft(&d, "dunning_1", "dunning_notice.too_early");
    day_comes(&d, "2026-04-08");
    gint64 first = drafts(d.os, d.lease);
    may_not_draft(&d, "dunning_1", "dunning_notice.draft_exists");
    g_autofree char *path = g_strdup_printf("/api/dunning_notice/%" ID "/withdraw", first);
    deny_field(d.os, "reason", "POST", "{}", "%s", path);
    client_post(d.os, 200, "{\"reason\":\"金额有误\"}", "%s", path);
    gint64 letter = sent(&d, d.os);
    delivered(d.os, letter, "2026-04-08");
    day_comes(&d, "2026-04-16");
    may_not_draft(&d, "reminder", "dunning_notice.goes_back");
    may_not_draft(&d, "lawyer", "dunning_notice.skips_stage");
    /* the second letter is the supervisor's to send */
    gint64 second = drafts(d.os, d.lease);
    deny(d.os, 403, "dunning_notice.not_sender", "POST", NULL, "/api/dunning_notice/%" ID "/send", second);
    client_post(d.om, 200, NULL, "/api/dunning_notice/%" ID "/send", second);
    says(d.om, "kind", "dunning_2");
}

static void
termination_needs_a_demand_that_arrived(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);
    static const char *const days[] = { "2026-04-02", "2026-04-09", "2026-04-20", "2026-05-10" };

    for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
        day_comes(&d, days[i]);
        gint64 notice = drafts(d.om, d.lease);
        client_post(d.om, 200, NULL, "/api/dunning_notice/%" ID "/send", notice);
    }
    day_comes(&d, "2026-06-01"); /* four letters, none proven to have arrived */
    may_not_draft(&d, "terminate", "dunning_notice.no_demand");
    client_get(d.om, "/api/dunning_notice?kind=lawyer");
    gint64 lawyer = id_parse(client_text(d.om, "items.0.id"));
    /* a proof is a number or a signed copy, on a day that can be */
    deny_field(d.om, "proof_no", "POST", "{\"proof_kind\":\"ems\",\"delivered_on\":\"2026-05-12\"}", "/api/dunning_notice/%" ID "/deliver", lawyer);
    deny_field(d.om, "delivered_on", "POST", "{\"proof_kind\":\"ems\",\"proof_no\":\"E1\",\"delivered_on\":\"2026-05-09\"}", "/api/dunning_notice/%" ID "/deliver", lawyer);
    deny(d.om, 409, "dunning_notice.no_proof", "POST", "{\"proof_kind\":\"signed\",\"delivered_on\":\"2026-05-12\"}", "/api/dunning_notice/%" ID "/deliver", lawyer);
    delivered(d.om, lawyer, "2026-05-28"); /* ten days from its arrival */
    says(d.om, "deadline_on", "2026-06-07");
    may_not_draft(&d, "terminate", "dunning_notice.deadline_runs");
    day_comes(&d, "2026-06-08");
    gint64 end = drafts(d.om, d.lease);
    deny(d.om, 403, "dunning_notice.not_sender", "POST", NULL, "/api/dunning_notice/%" ID "/send", end);
    g_autoptr(Client) director = client_new(d.mall->world, "director");
    client_post(director, 200, NULL, "/api/dunning_notice/%" ID "/send", end);
    says(director, "state", "sent");
}

static void
another_zone_is_nobodys_business(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);

    day_comes(&d, "2026-04-12");
    gint64 notice = drafts(d.os, d.lease);
    deny(d.os2, 404, "dunning_notice.not_found", "GET", NULL, "/api/dunning_notice/%" ID, notice);
    deny(d.os2, 404, "lease.not_found", "GET", NULL, "/api/collection/message?lease_id=%" ID, d.lease);
    deny(d.os2, 404, "lease.not_found", "GET", NULL, "/api/collection/timeline?lease_id=%" ID, d.lease);
    deny(d.os2, 403, "collection.forbidden", "GET", NULL, "/api/collection/timeline?merchant_id=%" ID, d.merchant);
    g_autofree char *body = quoted("{'lease_id':'%" ID "','amount':'8000.00','promised_on':'2026-04-15','made_by':'王店长'}", d.lease);
    client_send(d.os2, "POST", "/api/promise", body);
    g_assert_cmpint(d.os2->status, >=, 400);
    g_autoptr(Client) ls = client_new(d.mall->world, "ls");
    deny(ls, 403, "promise.forbidden", "GET", NULL, "/api/collection/due");
}

static void
a_broken_promise_comes_first(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);

    day_comes(&d, "2026-04-05");
    gint64 promise = make_as(d.os, "promise", "{'lease_id':'%" ID "','amount':'20000.00','promised_on':'2026-04-08','made_by':'王店长'}", d.lease);
    day_comes(&d, "2026-04-08");
    client_get(d.os, "/api/promise/%" ID, promise);
    says(d.os, "state", "open"); /* the day is not over */
    day_comes(&d, "2026-04-09");
    client_get(d.os, "/api/promise/%" ID, promise);
    says(d.os, "state", "broken");
    g_assert_cmpuint(news(d.mall, "os", "promise.broken"), ==, 1);
    client_get(d.os, "/api/collection/due");
    says(d.os, "items.0.promise.state", "broken");
    /* the money was there in time, finance found it later */
    pays(&d, "15000.00", "2026-04-08", "P1");
    day_comes(&d, "2026-04-10");
    client_get(d.os, "/api/promise/%" ID, promise);
    says(d.os, "state", "part");
    says(d.os, "paid", "15000.00");
    pays(&d, "5000.00", "2026-04-07", "P2");
    day_comes(&d, "2026-04-11");
    client_get(d.os, "/api/promise/%" ID, promise);
    says(d.os, "state", "kept");
    g_assert_cmpuint(news(d.mall, "os", "promise.broken"), ==, 1);
}

static void
nobody_threatens_to_cut_off_the_water(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);

    day_comes(&d, "2026-04-12");
    g_autofree char *body = quoted("{'lease_id':'%" ID "','special':'逾期未付物业费的，我方将停水停电。'}", d.lease);
    deny_field(d.os, "special", "POST", body, "/api/dunning_notice");
    client_get(d.om, "/api/dunning_stage/%" ID, stage_of(&d, "dunning_1"));
    g_autofree char *name = quoted("{'version':%" ID ",'name':'停电通知'}", client_int(d.om, "version"));
    deny_field(d.om, "name", "PATCH", name, "/api/dunning_stage/%" ID, stage_of(&d, "dunning_1"));
    /* there is no such step, and none can be added */
    g_autoptr(Client) admin = client_new(d.mall->world, "admin");
    client_send(admin, "POST", "/api/dunning_stage", "{\"kind\":\"reminder\"}");
    g_assert_cmpint(admin->status, ==, 403);
}

/* 20000 due in April, 12000 of it paid in April and 8000 in May: 60 % now, all of the arrears in May, and the person is who looks after A1. March's
 * rent was paid with the first order. */
static void
the_rate_equals_the_register(Dialect dialect)
{
    g_auto(Debt) d = debt_new(dialect);

    day_comes(&d, "2026-04-10");
    pays(&d, "12000.00", "2026-04-10", "P1");
    day_comes(&d, "2026-05-10");
    pays(&d, "8000.00", "2026-05-09", "P2");
    client_get(d.om, "/api/report/collection?month=202604"); /* as it stood at the end of April, whatever came later */
    says(d.om, "rows.0.person", "孙专员");
    says(d.om, "rows.0.due", "20000.00");
    says(d.om, "rows.0.received", "12000.00");
    says(d.om, "rows.0.rate", "60");
    says(d.om, "rows.0.past_due", "0.00");
    says(d.om, "rows.0.year_due", "40000.00");
    says(d.om, "rows.0.year_received", "32000.00");
    says(d.om, "rows.0.year_rate", "80");
    client_get(d.om, "/api/report/collection?month=202605");
    says(d.om, "rows.0.due", "0.00");
    says(d.om, "rows.0.past_due", "8000.00");
    says(d.om, "rows.0.past_received", "8000.00");
    says(d.om, "rows.0.past_rate", "100");
    says(d.om, "rows.0.year_rate", "100");
    /* row by row, and with the register */
    client_get(d.om, "/api/report/collection_charge?month=202604");
    g_assert_cmpuint(client_len(d.om, "rows"), ==, 2);
    says(d.om, "totals.due", "20000.00");
    says(d.om, "totals.year_received", "32000.00");
    client_get(d.om, "/api/charge?due_on.gte=2026-04-01&due_on.lte=2026-04-30");
    counts(d.om, "total", 1);
    says(d.om, "items.0.gross", "20000.00");
    client_get(d.os2, "/api/report/collection?month=202604"); /* another zone */
    g_assert_cmpuint(client_len(d.os2, "rows"), ==, 0);
    client_get(d.os, "/api/report/collection?month=202604");
    g_assert_cmpuint(client_len(d.os, "rows"), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/OS-15/rent-is-chased-until-it-is-paid", rent_is_chased_until_it_is_paid);
    testdb_each("/OS-15/late-fees-are-billed-once-as-agreed", late_fees_are_billed_once_as_agreed);
    testdb_each("/OS-15/letters-go-step-by-step", letters_go_step_by_step);
    testdb_each("/OS-15/termination-needs-a-demand-that-arrived", termination_needs_a_demand_that_arrived);
    testdb_each("/OS-15/another-zone-is-nobodys-business", another_zone_is_nobodys_business);
    testdb_each("/OS-15/a-broken-promise-comes-first", a_broken_promise_comes_first);
    testdb_each("/OS-15/nobody-threatens-to-cut-off-the-water", nobody_threatens_to_cut_off_the_water);
    testdb_each("/OS-15/the-rate-equals-the-register", the_rate_equals_the_register);
    return g_test_run();
}
