/* Crm, the work of a day: board, worklist, daily report, channel figures, visits, policy texts. */
#include "base/clock.h"
#include "domain/report/report.h"
#include "support/furnish.h"

#include <string.h>

#define ID "%" G_GINT64_FORMAT

typedef struct {
    gint64 a, b;
    const char *text;
    gint64 out;
} Args;

static gboolean
board(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    (void) data;
    return crm_board_write(ctx, 0, NULL, 0, out, error);
}

static gboolean
worklist(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    (void) data;
    return crm_worklist_write(ctx, ctx->staff_id, 50, out, error);
}

static gboolean
steps(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    return crm_lead_steps_write(ctx, *(gint64 *) data, out, error);
}

static gboolean
timeline(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    return report_timeline_write(ctx, "lead", *(gint64 *) data, 50, out, error);
}

static void
test_board_worklist_steps_and_timeline(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678");

    made(world, "ls", "lead", "{'name': '甲', 'grade': 'C'}");
    made(world, "ls", "lead", "{'name': '乙', 'grade': 'A'}");
    made(world, "ls2", "lead", "{'name': '丙', 'grade': 'A'}");
    act_must(world, "ls", "lead", lead, "contact", "{'content': '电话', 'next_on': '2026-03-03'}");
    clock_freeze_us(clock_parse_us("2026-03-04T01:00:00.000Z"));
    json_auto_t *mine = ask(world, "ls", board, NULL, NULL);
    assert_path(mine, "columns/0/stage", "new");
    assert_path(mine, "columns/0/count", "2");
    assert_path(mine, "columns/0/items/0/name", "乙");
    assert_path(mine, "columns/1/count", "1");
    assert_path(mine, "columns/1/area", "120.00");
    assert_path(mine, "columns/1/items/0/is_overdue", "true");
    json_auto_t *all = ask(world, "lm", board, NULL, NULL);
    assert_path(all, "columns/0/count", "3");
    json_auto_t *list = ask(world, "ls", worklist, NULL, NULL);
    assert_path(list, "total", "3");
    assert_path(list, "overdue", "1");
    assert_path(list, "items/0/name", "乙");
    json_auto_t *way = ask(world, "ls", steps, &lead, NULL);
    assert_path(way, "steps/0/done", "true");
    assert_path(way, "steps/1/current", "true");
    assert_path(way, "steps/1/days", "2");
    assert_path(way, "next/0/action", "visit");
    json_auto_t *line = ask(world, "ls", timeline, &lead, NULL);
    assert_path(line, "items", "[5]"); /* call, follow-up, two stages, owner */
}

static gboolean
figures(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    Args *args = data;

    return crm_daily_figures(ctx, args->a, day_parse("2026-03-02"), day_parse("2026-03-02"), out,
                             error);
}

static gboolean
open_step(Ctx *ctx, gpointer data, GError **error)
{
    Args *args = data;

    args->out = crm_daily_open(ctx, day_parse(args->text), error);
    return args->out != 0;
}

static void
test_daily_figures_equal_the_registers(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 first = call(world, "ls", "13812345678", "王强", "星火咖啡"),
           lead = ref_of(world, "inquiry", first, "lead_id");
    Args mine = { world_staff(world, "ls"), 0, "2026-03-02", 0 }, all = { 0, 0, NULL, 0 };
    GError *error = NULL;

    call(world, "ls2", "13900001111", "李梅", "远山书店");
    inquire(world, "ls", NULL, &error,
            "{'kind': 'visit', 'phone': '13812345678', 'name': '王强', 'channel_id': '" ID "'}",
            channel(world, "walk_in"));
    g_assert_no_error(error);
    act_must(world, "ls", "lead", lead, "intend", "{'content': '有意向'}");
    json_auto_t *json = ask(world, "ls", figures, &mine, NULL);
    g_autofree char *call_id = g_strdup_printf(ID, first);
    assert_path(json, "figures/0/name", "calls");
    assert_path(json, "figures/0/value", "1");
    assert_path(json, "figures/0/ids/0", call_id);
    assert_path(json, "figures/1/value", "1"); /* visits */
    assert_path(json, "figures/2/value", "1"); /* new leads */
    assert_path(json, "figures/3/value", "1"); /* follow-ups */
    assert_path(json, "figures/5/name", "intents");
    assert_path(json, "figures/5/value", "1");
    json_auto_t *total = ask(world, "lm", figures, &all, NULL);
    assert_path(total, "figures/0/value", "2");
    /* the report fills itself, once per day, and freezes when submitted */
    world_must(world, "ls", open_step, &mine);
    gint64 report = mine.out;
    world_must(world, "ls", open_step, &mine);
    g_assert_cmpint(mine.out, ==, report);
    call(world, "ls", "13700001111", "赵", "甲");
    g_assert_false(act(world, "lsup", "daily_report", report, "submit", "", &error));
    g_clear_error(&error);
    clock_freeze_us(
        clock_parse_us("2026-03-03T02:00:00.000Z")); /* 10:00 in China, after the cut-off */
    act_must(world, "ls", "daily_report", report, "submit", "");
    assert_field(world, "daily_report", report, "late", "true");
    g_autofree char *text = field_of(world, "daily_report", report, "figures");
    json_auto_t *kept = json_loads(text, 0, NULL);
    assert_path(kept, "figures/0/value", "2");
    g_assert_false(act(world, "ls", "daily_report", report, "submit", "", &error));
    world_refused(&error, "daily_report.wrong_state");
    Args tomorrow = { 0, 0, "2026-03-09", 0 };
    g_assert_false(world_write(world, "ls", open_step, &tomorrow, &error));
    world_refused(&error, "input.invalid");
}

static gboolean
channels(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    return crm_channel_write(ctx, *(int *) data, out, error);
}

static gboolean
sign_step(Ctx *ctx, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr(Record) lease = record_new(registry_def(ctx->registry, "lease"));

    record_set_id(lease, "merchant_id", args->b);
    record_set_id(lease, "lead_id", args->a);
    record_set_day(lease, "from_on", ctx->today);
    record_set_day(lease, "to_on", ctx->today + 364);
    record_set_day(lease, "sign_on", ctx->today);
    record_set_int(lease, "area", 10000);
    record_set_text(lease, "state", "effective");
    return record_save(ctx, lease, error) && crm_lead_advance(ctx, args->a, "sign", error)
           && crm_lead_advance(ctx, args->a, "contract",
                               error); /* further already: nothing happens */
}

static void
test_channel_funnel_and_cost_of_a_signing(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 first = call(world, "ls", "13812345678", "王强", "星火咖啡"),
           lead = ref_of(world, "inquiry", first, "lead_id");
    int month = 202603;
    GError *error = NULL;

    made(world, "lm", "channel_spend",
         "{'channel_id': '" ID "', 'month': 202603, 'amount': '5000.00'}",
         channel(world, "call_in"));
    act_must(world, "ls", "lead", lead, "contact", "{'content': '电话'}");
    act_must(world, "ls", "lead", lead, "intend", "");
    Args sign = { lead, ref_of(world, "inquiry", first, "merchant_id"), NULL, 0 };
    world_must(world, NULL, sign_step, &sign);
    assert_field(world, "lead", lead, "stage", "signed");
    json_auto_t *json = ask(world, "lm", channels, &month, NULL);
    assert_path(json, "items", "[1]");
    assert_path(json, "items/0/channel/label", "来电");
    assert_path(json, "items/0/calls", "1");
    assert_path(json, "items/0/intents", "1");
    assert_path(json, "items/0/signings", "1");
    assert_path(json, "items/0/area", "100.00");
    assert_path(json, "items/0/cost_per_signing", "5000.00");
    assert_path(json, "items/0/change/calls", "1");
    month = 202604;
    json_auto_t *next = ask(world, "lm", channels, &month, NULL);
    assert_path(next, "totals/calls", "0");
    assert_path(next, "totals/change/calls", "-1");
    assert_path(next, "totals/cost_per_signing", "");
    month = 202613;
    g_assert_null(ask(world, "lm", channels, &month, &error));
    world_refused(&error, "input.invalid");
}

static gboolean
miss_step(Ctx *ctx, gpointer data, GError **error)
{
    return crm_visits_miss(ctx, data, error);
}

typedef struct {
    gint64 staff;
    guint n, overdue;
} Todo;

static gboolean
todo_step(Ctx *ctx, gpointer data, GError **error)
{
    Todo *todo = data;
    g_autoptr(GPtrArray) list =
        crm_appointments(ctx, todo->staff, ctx->today, ctx->today + 30, error);

    if (!list)
        return FALSE;
    todo->n = list->len;
    todo->overdue = 0;
    for (guint i = 0; i < list->len; i++)
        todo->overdue += ((CrmAppointment *) list->pdata[i])->is_overdue ? 1 : 0;
    return TRUE;
}

static void
test_visit_plans_are_made_reported_or_missed(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678");
    static const char shape[] = "{'title': '拜访总部', 'lead_id': '" ID
                                "', 'planned_on': '%s', 'purpose': '谈条件', 'minute_of_day': 600}";
    GError *error = NULL;
    guint missed = 0;

    g_assert_cmpint(make_row(world, "ls", "visit_plan", &error, shape, lead, "2026-03-01"), ==, 0);
    world_refused(&error, "input.invalid");
    gint64 plan = made(world, "ls", "visit_plan", shape, lead, "2026-03-04"),
           gone = made(world, "ls", "visit_plan", shape, lead, "2026-03-03");
    g_assert_false(act(world, "ls", "visit_plan", plan, "report", "{'report': 'x'}", &error));
    world_refused(&error, "visit_plan.early");
    Todo todo = { world_staff(world, "ls"), 0, 0 };
    world_must(world, "ls", todo_step, &todo);
    g_assert_cmpuint(todo.n, ==, 2);
    clock_freeze_us(clock_parse_us("2026-03-04T01:00:00.000Z"));
    world_must(world, NULL, miss_step, &missed);
    g_assert_cmpuint(missed, ==, 1);
    assert_field(world, "visit_plan", gone, "state", "missed");
    act_must(world, "ls", "visit_plan", plan, "done", "");
    clock_freeze_us(clock_parse_us("2026-03-06T01:00:00.000Z")); /* the report was due yesterday */
    world_must(world, "ls", todo_step, &todo);
    g_assert_cmpuint(todo.overdue, ==, 2);
    act_must(world, "ls", "visit_plan", plan, "report",
             "{'report': '谈妥面积', 'grade': 'A', 'next_on': '2026-03-10'}");
    assert_field(world, "visit_plan", plan, "is_late", "true");
    assert_field(world, "lead", lead, "grade", "A");
    assert_field(world, "lead", lead, "next_follow_on", "2026-03-10");
    assert_field(world, "lead", lead, "stage", "contacted");
    g_assert_false(act(world, "ls", "visit_plan", gone, "cancel", "", &error));
    world_refused(&error, "input.invalid");
}

static void
test_published_policy_is_replaced_not_edited(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    static const char shape[] =
        "{'title': '招商政策', 'edition': '%s', 'from_on': '%s', 'content': '…'}";
    gint64 old = made(world, "lm", "policy_document", shape, "2026-1", "2026-01-01");
    GError *error = NULL;

    act_must(world, "lm", "policy_document", old, "publish", "");
    g_assert_false(change_row(world, "lm", "policy_document", old, &error, "{'content': '改了'}"));
    world_refused(&error, "input.invalid");
    gint64 next = made(world, "lm", "policy_document", shape, "2026-2", "2026-03-01");
    act_must(world, "lm", "policy_document", next, "publish", "");
    assert_field(world, "policy_document", old, "state", "superseded");
    assert_field(world, "policy_document", old, "to_on", "2026-02-28");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/crm/board-worklist-steps-and-timeline-agree",
                test_board_worklist_steps_and_timeline);
    testdb_each("/crm/daily-figures-equal-the-registers", test_daily_figures_equal_the_registers);
    testdb_each("/crm/the-channel-funnel-gives-the-cost-of-a-signing",
                test_channel_funnel_and_cost_of_a_signing);
    testdb_each("/crm/visits-are-made-reported-or-missed",
                test_visit_plans_are_made_reported_or_missed);
    testdb_each("/crm/a-published-policy-is-replaced-not-edited",
                test_published_policy_is_replaced_not_edited);
    return g_test_run();
}
