/* LS-15, LS-5, LS-16: hopeful customers in order, the pool, the process of each customer, and the unit that fits. */
#include "support/duty.h"

#include "base/ids.h"

static void
graded(Client *c, gint64 lead, const char *grade)
{
    g_autofree char *body = quoted("{'way':'phone','content':'谈过','grade':'%s'}", grade);

    client_post(c, 201, body, "/api/lead/%" ID "/follow_up", lead);
}

static void
the_worklist_is_in_order(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    gint64 leads[4];

    for (guint i = 0; i < 4; i++) {
        static const char *const days[] = { "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05" };
        static const char *const grades[] = { "C", "B", "A", "B" };
        g_autofree char *phone = g_strdup_printf("1380013800%u", i);
        g_autofree char *name = g_strdup_printf("客户%u", i);
        go_to(days[i]);
        g_autoptr(Client) ls = client_new(mall->world, "ls");
        leads[i] = mall_lead(mall, ls, name, phone);
        graded(ls, leads[i], grades[i]);
    }
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    static const guint order[] = { 2, 1, 3, 0 }; /* A; then B untouched for longer; then B; then C */
    client_get(ls, "/api/lead/worklist");
    for (guint i = 0; i < 4; i++) {
        g_autofree char *at = g_strdup_printf("items.%u.id", i);
        g_assert_cmpint(id_parse(client_text(ls, at)), ==, leads[order[i]]);
    }
    counts(ls, "items.1.days", 2);
    client_get(ls2, "/api/lead/worklist");
    counts(ls2, "total", 0);
}

static void
the_untouched_return_after_a_warning(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 idle = mall_lead(mall, ls, "冷落的客户", "13800138001");
    gint64 busy = mall_lead(mall, ls, "在谈的客户", "13800138002");
    gint64 key = mall_lead(mall, ls, "重点客户", "13800138003");

    client_get(ls, "/api/lead/%" ID, key);
    g_autofree char *mark = quoted("{'version':%" ID ",'key_account':true}", client_int(ls, "version"));
    client_patch(ls, 200, mark, "/api/lead/%" ID, key);
    go_to("2026-03-26"); /* 24 days */
    run_jobs(mall);
    g_assert_cmpuint(news(mall, "ls", "pool"), ==, 0);
    go_to("2026-03-27"); /* 25 days: five before the end */
    run_jobs(mall);
    g_assert_cmpuint(news(mall, "ls", "pool"), ==, 2);
    g_autoptr(Client) day25 = client_new(mall->world, "ls");
    client_post(day25, 201, "{\"way\":\"phone\",\"content\":\"还在谈\"}", "/api/lead/%" ID "/follow_up", busy);
    go_to("2026-03-31"); /* 29 */
    run_jobs(mall);
    g_autoptr(Client) day29 = client_new(mall->world, "ls");
    client_get(day29, "/api/lead/%" ID, idle);
    says(day29, "stage", "new");
    go_to("2026-04-01"); /* 30 */
    run_jobs(mall);
    run_jobs(mall);
    g_autoptr(Client) own = client_new(mall->world, "ls");
    g_autoptr(Client) other = client_new(mall->world, "ls2");
    deny(own, 404, "lead.not_found", "GET", NULL, "/api/lead/%" ID, idle);
    client_get(own, "/api/lead/%" ID, busy);
    says(own, "owner_id.label", "刘专员");
    client_get(own, "/api/lead/%" ID, key);
    says(own, "owner_id.label", "刘专员");
    client_get(other, "/api/lead/pool");
    g_assert_cmpuint(client_len(other, "items"), ==, 1);
    says(other, "items.0.name", "冷落的客户");
    /* whoever takes it has it; a second one comes too late, and owned ones are not for the taking */
    client_post(other, 200, "{}", "/api/lead/%" ID "/take", idle);
    says(other, "owner_id.label", "陆专员");
    says(other, "stage", "contacted");
    deny(own, 409, "lead.owned", "POST", "{}", "/api/lead/%" ID "/take", idle);
    deny(other, 409, "lead.owned", "POST", "{}", "/api/lead/%" ID "/take", busy);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    client_get(lm, "/api/lead_owner_change?lead_id=%" ID, idle);
    counts(lm, "total", 3);
    g_assert_cmpint(find_item(lm, "items", "reason", "untouched"), >=, 0);
    g_assert_cmpint(find_item(lm, "items", "reason", "taken"), >=, 0);
}

static void
nothing_returns_without_a_warning(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lead = mall_lead(mall, ls, "冷落的客户", "13800138001");

    go_to("2026-05-01"); /* the server was off for long */
    run_jobs(mall);
    g_autoptr(Client) later = client_new(mall->world, "ls");
    client_get(later, "/api/lead/%" ID, lead);
    says(later, "owner_id.label", "刘专员");
    g_assert_cmpuint(news(mall, "ls", "pool"), ==, 1);
    go_to("2026-05-05");
    run_jobs(mall);
    g_autoptr(Client) still = client_new(mall->world, "ls");
    client_get(still, "/api/lead/%" ID, lead);
    go_to("2026-05-06");
    run_jobs(mall);
    g_autoptr(Client) gone = client_new(mall->world, "ls");
    deny(gone, 404, "lead.not_found", "GET", NULL, "/api/lead/%" ID, lead);
}

static void
the_process_is_visible_and_not_skipped(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autofree char *call = quoted("{'kind':'call','phone':'13800138000','name':'王先生','channel_id':'%" ID "'}", mall->channel_id);

    client_post(ls, 201, call, "/api/inquiry");
    client_get(ls, "/api/inquiry/%s", client_text(ls, "id"));
    gint64 lead = id_parse(client_text(ls, "lead_id.id"));
    client_get(ls, "/api/lead/%" ID "/steps", lead);
    says(ls, "stage", "new");
    g_assert_cmpint(find_item(ls, "next", "action", "contact"), >=, 0);
    g_assert_cmpint(find_item(ls, "missing", "field", "category_id"), >=, 0);
    g_assert_cmpint(find_item(ls, "missing", "field", "area_min"), >=, 0);
    deny(ls, 409, "lead.wrong_state", "POST", "{}", "/api/lead/%" ID "/negotiate", lead);
    deny(ls, 409, "lead.wrong_state", "POST", "{'stage':'negotiating'}", "/api/lead/%" ID "/move", lead);
    deny_field(ls, "stage", "PATCH", "{'version':1,'stage':'signed'}", "/api/lead/%" ID, lead);
    deny(ls, 404, "action.not_found", "POST", "{}", "/api/lead/%" ID "/sign", lead); /* papers do that */
    client_post(ls, 200, "{\"content\":\"谈过\",\"way\":\"phone\"}", "/api/lead/%" ID "/contact", lead);
    /* what is missing is said, not just refused */
    deny_field(ls, "category_id", "POST", "{}", "/api/lead/%" ID "/intend", lead);
    client_refused_field(ls, "area_min");
    client_get(ls, "/api/lead/%" ID, lead);
    g_autofree char *fill = quoted("{'version':%" ID ",'category_id':'%" ID "','area_min':'80'}", client_int(ls, "version"),
                                   mall->category_id);
    client_patch(ls, 200, fill, "/api/lead/%" ID, lead);
    client_post(ls, 200, "{\"stage\":\"intention\"}", "/api/lead/%" ID "/move", lead); /* a card dragged */
    client_post(ls, 200, "{\"stage\":\"negotiating\"}", "/api/lead/%" ID "/move", lead);
    deny(ls, 403, "lead.forbidden", "POST", "{}", "/api/lead/%" ID "/approve", lead); /* not one's own judge */
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    deny(lm, 409, "lead.no_offer", "POST", "{}", "/api/lead/%" ID "/approve", lead);
    client_get(ls, "/api/lead/%" ID "/steps", lead);
    g_assert_cmpstr(item_text(ls, "steps", "stage", "intention", "at"), !=, NULL);
    deny_field(ls, "lost_reason", "POST", "{}", "/api/lead/%" ID "/lose", lead);
    client_get(lm, "/api/lead_stage_change?lead_id=%" ID, lead);
    counts(lm, "total", 4);
}

static void
units_are_ranked_with_reasons(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    static const struct {
        guint unit;
        const char *change;
    } shape[] = {
        { 1, "'area_leasable':'300'" },              /* too large */
        { 2, "'has_water':false" },                  /* cannot be mended */
        { 3, "'allowed_categories':'NOPE'" },        /* not wanted there */
        { 4, "'floor_price':'250','target_price':'300'" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(shape); i++) {
        client_get(lm, "/api/unit/%" ID, mall->units[shape[i].unit]);
        g_autofree char *body = quoted("{'version':%" ID ",%s}", client_int(lm, "version"), shape[i].change);
        client_patch(lm, 200, body, "/api/unit/%" ID, mall->units[shape[i].unit]);
    }
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "contacted");
    client_get(ls, "/api/lead/%" ID, lead);
    g_autofree char *needs = quoted("{'version':%" ID ",'needs_water':true,'floors_wish':'L1'}", client_int(ls, "version"));
    client_patch(ls, 200, needs, "/api/lead/%" ID, lead);
    gint64 rival = mall_lead(mall, ls2, "隔壁茶饮", "13900139000");
    make_as(ls2, "unit_hold", "{'unit_id':'%" ID "','lead_id':'%" ID "','reason':'看中了'}", mall->units[5], rival);
    client_get(ls, "/api/lead/%" ID "/match", lead);
    says(ls, "items.0.unit.label", "A1");
    counts(ls, "items.0.score", 97); /* all but half of the frontage, which nobody asked for */
    g_assert_cmpuint(client_len(ls, "items.0.reasons"), >=, 4);
    for (guint i = 0; i < client_len(ls, "items.0.reasons"); i++) {
        g_autofree char *at = g_strdup_printf("items.0.reasons.%u.text", i);
        g_assert_nonnull(client_text(ls, at));
    }
    gint64 best = client_int(ls, "items.0.score");
    for (gsize i = 1; i < client_len(ls, "items"); i++) {
        g_autofree char *at = g_strdup_printf("items.%" G_GSIZE_FORMAT ".score", i);
        g_assert_cmpint(client_int(ls, at), <, best);
    }
    /* held for somebody else: not offered at all */
    for (gsize i = 0; i < client_len(ls, "items"); i++) {
        g_autofree char *at = g_strdup_printf("items.%" G_GSIZE_FORMAT ".unit.label", i);
        g_assert_cmpstr(client_text(ls, at), !=, "A6");
    }
    deny(ls2, 404, "lead.not_found", "GET", NULL, "/api/lead/%" ID "/match", lead);
    /* the same units stand on the plan */
    g_autofree char *a1 = g_strdup_printf("%" ID, mall->units[0]);
    client_get(ls, "/api/floor/%" ID "/plan", mall->floor_id);
    g_assert_cmpstr(item_text(ls, "units", "id", a1, "status"), ==, "vacant");
    g_assert_cmpstr(item_text(ls, "units", "no", "A6", "status"), ==, "reserved");
    g_assert_null(item_text(ls, "units", "no", "A1", "floor_price")); /* a specialist does not see the floor price */
    client_get(lm, "/api/floor/%" ID "/plan", mall->floor_id);
    g_assert_cmpstr(item_text(lm, "units", "no", "A1", "floor_price"), ==, "150.0000");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LS-15/the-worklist-is-by-grade-and-days-since-contact", the_worklist_is_in_order);
    testdb_each("/LS-15/the-untouched-return-to-the-pool-after-a-warning", the_untouched_return_after_a_warning);
    testdb_each("/LS-15/nothing-returns-without-a-warning", nothing_returns_without_a_warning);
    testdb_each("/LS-5/the-process-is-visible-and-no-stage-is-skipped", the_process_is_visible_and_not_skipped);
    testdb_each("/LS-16/units-are-ranked-with-reasons-and-stand-on-the-plan", units_are_ranked_with_reasons);
    return g_test_run();
}
