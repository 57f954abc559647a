/* LM-5, LS-6: the daily report and the channel funnel equal the registers, row by row. */
#include "support/duty.h"

#include "base/ids.h"

#include <string.h>

static gint64
channel(Client *c, const char *name)
{
    client_get(c, "/api/channel?size=200");
    return id_parse(item_text(c, "items", "name", name, "id"));
}

static void
inquire(Client *c, const char *kind, const char *phone, gint64 channel_id, const char *at)
{
    g_autofree char *body = quoted("{'kind':'%s','phone':'%s','name':'客户%s','channel_id':'%" ID "','at':'%s'}", kind, phone,
                                   phone + 7, channel_id, at);

    client_post(c, 201, body, "/api/inquiry");
}

/* How many rows a list has; printf for the query. */
static gint64 G_GNUC_PRINTF(3, 4)
rows(Client *c, const char *entity, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *query = g_strdup_vprintf(format, args);
    va_end(args);
    client_get(c, "/api/%s?%s", entity, query);
    return client_int(c, "total");
}

/* Two people, two days, two channels. */
static void
a_few_days(Mall *mall)
{
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 call = mall->channel_id, other = channel(ls, "自然到访");

    inquire(ls, "call", "13800138001", call, "2026-03-01T02:00:00.000Z");
    inquire(ls, "call", "13800138002", call, "2026-03-01T15:59:59.000Z"); /* the last second of the day in China */
    inquire(ls, "call", "13800138003", call, "2026-03-01T16:00:00.000Z"); /* the first of the next */
    inquire(ls, "visit", "13800138004", other, "2026-03-02T00:30:00.000Z");
    inquire(ls2, "visit", "13800138005", other, "2026-03-02T00:31:00.000Z");
    inquire(ls2, "visit", "13800138001", other, "2026-03-02T00:32:00.000Z"); /* came after the call that ls took */
    inquire(ls2, "call", "13800138006", call, "2026-02-10T02:00:00.000Z");
}

static void
the_daily_report_equals_the_registers(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    a_few_days(mall);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) registers = client_new(mall->world, "lm");
    static const char *const days[] = { "2026-03-01", "2026-03-02" };
    for (guint d = 0; d < G_N_ELEMENTS(days); d++) {
        client_get(lm, "/api/report/daily?from=%s&to=%s", days[d], days[d]);
        gint64 calls = 0, visits = 0;
        for (gsize i = 0; i < client_len(lm, "rows"); i++) {
            g_autofree char *at_calls = g_strdup_printf("rows.%" G_GSIZE_FORMAT ".calls", i);
            g_autofree char *at_visits = g_strdup_printf("rows.%" G_GSIZE_FORMAT ".visits", i);
            g_autofree char *at_query = g_strdup_printf("rows.%" G_GSIZE_FORMAT ".query", i);
            const char *query = strchr(client_text(lm, at_query), '?') + 1;
            g_assert_cmpint(client_int(lm, at_calls), ==, rows(registers, "inquiry", "%s&kind=call", query));
            g_assert_cmpint(client_int(lm, at_visits), ==, rows(registers, "inquiry", "%s&kind=visit", query));
            calls += client_int(lm, at_calls);
            visits += client_int(lm, at_visits);
        }
        g_assert_cmpint(calls, ==, rows(registers, "inquiry", "kind=call&on_day=%s", days[d]));
        g_assert_cmpint(visits, ==, rows(registers, "inquiry", "kind=visit&on_day=%s", days[d]));
        counts(lm, "totals.calls", calls);
        counts(lm, "totals.visits", visits);
    }
    counts(lm, "totals.calls", 1);
    counts(lm, "totals.visits", 3);
    client_get(lm, "/api/report/daily?from=2026-03-01&to=2026-03-01");
    counts(lm, "totals.calls", 2);
}

static void
each_sees_as_far_as_their_right(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    a_few_days(mall);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lsup = client_new(mall->world, "lsup");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    client_get(ls, "/api/report/daily?from=2026-03-01&to=2026-03-02");
    g_assert_cmpuint(client_len(ls, "rows"), ==, 1);
    says(ls, "rows.0.person", "刘专员");
    client_get(lsup, "/api/report/daily?from=2026-03-01&to=2026-03-02");
    g_assert_cmpuint(client_len(lsup, "rows"), ==, 2);
    deny(finance, 403, "report.forbidden", "GET", NULL, "/api/report/daily");
    deny_field(ls, "from", "GET", NULL, "/api/report/daily?from=yesterday");
    client_get(ls, "/api/report/daily.xlsx");
    g_assert_true(g_bytes_get_size(ls->bytes) > 4 && memcmp(g_bytes_get_data(ls->bytes, NULL), "PK", 2) == 0);
    client_get(ls, "/api/report/daily.pdf");
    g_assert_true(g_str_has_prefix(ls->text, "%PDF"));
}

static const char *
channel_row(Client *c, const char *name, const char *member)
{
    return item_text(c, "rows", "channel", name, member);
}

static void
the_channel_funnel_equals_the_registers(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    a_few_days(mall);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) lc = client_new(mall->world, "lc");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138099", "negotiating");
    gint64 intent = intent_signed(mall, ls, lead, 0);
    client_post(ls, 200, NULL, "/api/intent/%" ID "/convert", intent);
    client_get(ls, "/api/lease?intent_id=%" ID, intent);
    gint64 lease = id_parse(client_text(ls, "items.0.id"));
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    tick_all(mall, "lm", lease);
    mall_approve(mall, "lease", lease);
    client_post(lm, 200, "{\"sign_on\":\"2026-03-02\"}", "/api/lease/%" ID "/seal", lease);
    g_autofree char *spend = quoted("{'channel_id':'%" ID "','month':202603,'amount':'900.00'}", mall->channel_id);
    client_post(lc, 201, spend, "/api/channel_spend");
    client_send(lc, "POST", "/api/channel_spend", spend);
    g_assert_cmpint(lc->status, >=, 409); /* a channel has one figure a month */
    deny(ls, 403, "channel_spend.forbidden", "POST", spend, "/api/channel_spend");

    client_get(lm, "/api/report/channel?month=202603");
    g_autoptr(Client) registers = client_new(mall->world, "lm");
    for (gsize i = 0; i < client_len(lm, "rows"); i++) {
        g_autofree char *at_calls = g_strdup_printf("rows.%" G_GSIZE_FORMAT ".calls", i);
        g_autofree char *at_visits = g_strdup_printf("rows.%" G_GSIZE_FORMAT ".visits", i);
        g_autofree char *at_query = g_strdup_printf("rows.%" G_GSIZE_FORMAT ".query", i);
        const char *query = strchr(client_text(lm, at_query), '?') + 1;
        if (g_str_has_prefix(query, "channel_id=&") || strstr(query, "channel_id=0&"))
            continue; /* leads of no channel */
        g_assert_cmpint(client_int(lm, at_calls), ==, rows(registers, "inquiry", "%s&kind=call", query));
        g_assert_cmpint(client_int(lm, at_visits), ==, rows(registers, "inquiry", "%s&kind=visit", query));
    }
    counts(lm, "totals.calls", 4);
    counts(lm, "totals.visits", 3);
    counts(lm, "totals.signings", 1);
    counts(lm, "totals.intents", 1);
    g_assert_cmpint(item_int(lm, "rows", "channel", "来电", "calls"), ==, 4);
    g_assert_cmpint(item_int(lm, "rows", "channel", "来电", "signings"), ==, 1);
    g_assert_cmpstr(channel_row(lm, "来电", "spend"), ==, "900.00");
    g_assert_cmpstr(channel_row(lm, "来电", "cost_per_signing"), ==, "900.00");
    g_assert_cmpstr(channel_row(lm, "来电", "area"), ==, "100.00");
    g_assert_cmpint(item_int(lm, "rows", "channel", "来电", "leads_before"), ==, 0);
    client_get(lm, "/api/report/channel?month=202602");
    g_assert_cmpint(item_int(lm, "rows", "channel", "来电", "calls"), ==, 1);
    deny_field(lm, "month", "GET", NULL, "/api/report/channel?month=202613");
}

static void
own_figures_of_today_and_the_month(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);

    a_few_days(mall);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    client_get(ls, "/api/report/daily");
    counts(ls, "rows.0.calls", 1);
    counts(ls, "rows.0.visits", 1);
    client_get(ls, "/api/report/daily?from=2026-03-01&to=2026-03-31");
    counts(ls, "rows.0.calls", 3);
    counts(ls, "rows.0.visits", 1);
    client_get(ls, "/api/home");
    g_assert_cmpint(item_int(ls, "tiles", "name", "inquiries", "value"), ==, rows(ls, "inquiry", "on_day=2026-03-02"));
    client_get(ls, "/api/home");
    g_assert_cmpint(find_item(ls, "tiles", "name", "receipts"), ==, -1); /* not this post's business */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LM-5/the-daily-report-equals-the-registers-row-by-row", the_daily_report_equals_the_registers);
    testdb_each("/LM-5/each-sees-as-far-as-their-right", each_sees_as_far_as_their_right);
    testdb_each("/LM-5/the-channel-funnel-equals-the-registers-row-by-row", the_channel_funnel_equals_the_registers);
    testdb_each("/LS-6/own-figures-of-today-and-of-the-month", own_figures_of_today_and_the_month);
    return g_test_run();
}
