/* Approvals: whose turn it is, what each decision does, and everything that is refused. */
#include "base/clock.h"
#include "support/flows.h"
#include "support/request.h"

#define HOUR_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)
#define NOON_US clock_parse_us("2026-03-02T01:00:00.000Z")

static const StepSpec director_only[] = { { "role", "director", NULL, NULL, 0 }, { 0 } };

static void
test_agreeing_through(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "leasing_manager", NULL, NULL, 0 },
                                      { "role", "finance", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, steps);
    gint64 id = submitted(world, "ls", 100, &request);
    assert_request(world, request, "approving");
    assert_open(world, id, "lm");
    g_assert_cmpuint(inbox_count(world, "lm"), ==, 1);
    g_assert_cmpuint(inbox_count(world, "finance"), ==, 0);
    decide_must(world, "lm", id, "agree", "同意", NULL);
    assert_open(world, id, "finance");
    g_assert_cmpuint(inbox_count(world, "lm"), ==, 0);
    assert_approval(world, id, "running");
    decide_must(world, "finance", id, "agree", NULL, NULL);
    assert_approval(world, id, "agreed");
    assert_request(world, request, "approved");
}

static void
test_no_flow(Dialect dialect)
{
    static const StepSpec never[] = {
        { "role", "director", NULL, "{\"field\":\"total\",\"gte\":\"1000.00\"}", 0 }, { 0 }
    };
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;

    gint64 request = request_new(world, "ls", "小事", 100);
    g_assert_cmpint(request_submit(world, "ls", request, &error), ==, 0);
    world_refused(&error, "approval.no_flow");
    flow_make(world, "big", NULL, never);
    g_assert_cmpint(request_submit(world, "ls", request, &error), ==, 0);
    world_refused(&error, "approval.no_step");
    assert_request(world, request, "draft");
}

static void
test_twice(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    submitted(world, "ls", 100, &request);
    g_assert_cmpint(request_submit(world, "ls", request, &error), ==, 0);
    world_refused(&error, "request.wrong_state");
}

static void
test_conditions(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "director", NULL, NULL, 0 },
                                      { "role", "general_manager", NULL,
                                        "{\"field\":\"total\",\"gte\":\"1000.00\"}", 0 },
                                      { 0 } };
    static const StepSpec floor_steps[] = { { "role", "general_manager", NULL, NULL, 0 }, { 0 } };
    static const StepSpec broken[] = {
        { "role", "director", NULL, "{\"field\":\"totl\",\"gte\":\"1\"}", 0 }, { 0 }
    };
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "plain", NULL, steps);
    flow_make(world, "large",
              "{\"all\":[{\"field\":\"total\",\"gt\":\"50000.00\"},{\"not\":"
              "{\"field\":\"is_below_floor\",\"eq\":true}}]}",
              floor_steps);
    gint64 small = submitted(world, "ls", 99999, &request);
    decide_must(world, "director", small, "agree", NULL, NULL);
    assert_approval(world, small, "agreed");
    gint64 middle = submitted(world, "ls", 100000, &request);
    decide_must(world, "director", middle, "agree", NULL, NULL);
    assert_open(world, middle, "gm");
    gint64 large = submitted(world, "ls", 5000001, &request);
    assert_open(world, large, "gm");
    /* a misspelt condition stops the submission instead of dropping the step */
    flow_make(world, "broken", "{\"field\":\"title\",\"eq\":\"坏流程\"}", broken);
    gint64 bad = request_new(world, "ls", "坏流程", 1);
    g_assert_cmpint(request_submit(world, "ls", bad, &error), ==, 0);
    world_refused(&error, "approval.condition");
}

static gboolean
save_bad_flow(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) flow = record_new(registry_def(ctx->registry, "flow"));

    record_set_text(flow, "code", "bad");
    record_set_text(flow, "name", "坏");
    record_set_text(flow, "subject_entity", "request");
    record_set_text(flow, "condition", data);
    return record_save(ctx, flow, error);
}

static void
test_bad_condition(Dialect dialect)
{
    static const char *const bad[] = { "{}",
                                       "[]",
                                       "{\"field\":\"total\"}",
                                       "{\"field\":\"total\",\"like\":\"1\"}",
                                       "{\"any\":[]}",
                                       "{\"field\":\"a\",\"eq\":1,\"ne\":2}",
                                       "{\"field\":\"a\",\"in\":\"x\"}" };
    g_autoptr(World) world = request_world(dialect);

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        GError *error = NULL;
        g_assert_false(world_write(world, NULL, save_bad_flow, (gpointer) bad[i], &error));
        world_refused(&error, "input.invalid");
    }
}

static void
test_drafter_skipped(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "leasing_manager", NULL, NULL, 0 },
                                      { "role", "finance", NULL, NULL, 0 },
                                      { 0 } };
    static const StepSpec pair[] = { { "post", "ls", "all", NULL, 0 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, steps);
    /* the leasing manager's own request goes up the line instead */
    gint64 id = submitted(world, "lm", 100, &request);
    assert_open(world, id, "director");
    decide_refused(world, "lm", id, "agree", "approval.own");
    json_t *seen = approval_seen(world, "lm", id, NULL);
    json_t *first = json_array_get(json_object_get(seen, "steps"), 0);
    json_t *notes = json_object_get(first, "notes");
    g_assert_cmpstr(json_string_value(json_object_get(json_array_get(notes, 0), "kind")), ==,
                    "drafter_skipped");
    g_assert_cmpstr(json_string_value(json_object_get(json_array_get(notes, 1), "kind")), ==,
                    "moved_up");
    json_decref(seen);
    /* where a colleague is left in the step, the drafter is left out only */
    flow_make(world, "pair", "{\"field\":\"total\",\"eq\":\"7.00\"}", pair);
    id = submitted(world, "ls", 700, &request);
    assert_open(world, id, "ls2");
}

static void
test_nobody(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "general_manager", NULL, NULL, 0 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "top", NULL, steps);
    gint64 id = submitted(world, "gm", 100, &request);
    assert_open(world, id, "director"); /* nobody above the general manager */
    staff_switch_off(world, "director");
    request = request_new(world, "gm", "无人可审", 100);
    g_assert_cmpint(request_submit(world, "gm", request, &error), ==, 0);
    world_refused(&error, "approval.nobody");
    assert_request(world, request, "draft");
}

static void
test_manager_line(Dialect dialect)
{
    static const StepSpec steps[] = { { "manager", NULL, NULL, NULL, 0 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "line", NULL, steps);
    assert_open(world, submitted(world, "ls", 1, &request), "lsup");
    assert_open(world, submitted(world, "lsup", 1, &request), "lm");
    assert_open(world, submitted(world, "om", 1, &request), "director");
    staff_switch_off(world, "lsup");
    assert_open(world, submitted(world, "ls", 1, &request),
                "lm"); /* an empty post is passed over */
}

static void
test_all(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "all", NULL, 0 },
                                      { "role", "director", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "all", NULL, steps);
    gint64 id = submitted(world, "lc", 1, &request);
    assert_open(world, id, "ls ls2");
    decide_must(world, "ls2", id, "agree", NULL, NULL);
    assert_open(world, id, "ls");
    decide_refused(world, "ls2", id, "agree", "approval.closed");
    decide_refused(world, "director", id, "agree", "approval.closed"); /* not yet */
    decide_must(world, "ls", id, "agree", NULL, NULL);
    assert_open(world, id, "director");
}

static void
test_any(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "any", NULL, 0 },
                                      { "role", "director", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "any", NULL, steps);
    gint64 id = submitted(world, "lc", 1, &request);
    assert_open(world, id, "ls ls2");
    decide_must(world, "ls2", id, "agree", NULL, NULL);
    assert_open(world, id, "director");
    decide_refused(world, "ls", id, "agree", "approval.closed");
    g_assert_cmpuint(inbox_count(world, "ls"), ==, 0);
}

static void
test_ordered(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "ordered", NULL, 0 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "ordered", NULL, steps);
    gint64 id = submitted(world, "lc", 1, &request);
    assert_open(world, id, "ls");
    decide_refused(world, "ls2", id, "agree", "approval.closed");
    decide_must(world, "ls", id, "agree", NULL, NULL);
    assert_open(world, id, "ls2");
    decide_must(world, "ls2", id, "agree", NULL, NULL);
    assert_approval(world, id, "agreed");
}

static void
test_strangers(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    decide_refused(world, "om", id, "agree", "approval.forbidden");
    decide_refused(world, "director", id, "bless", "input.invalid");
    decide_refused(world, "director", id + 1, "agree", "approval.not_found");
    g_assert_null(approval_seen(world, "os", id, &error));
    world_refused(&error, "approval.not_found");
    json_t *seen = approval_seen(world, "ls", id, &error);
    g_assert_no_error(error);
    json_t *actions = json_object_get(json_object_get(seen, "my_task"), "actions");
    g_assert_cmpuint(json_array_size(actions), ==, 1);
    g_assert_cmpstr(json_string_value(json_array_get(actions, 0)), ==, "withdraw");
    json_decref(seen);
    seen = approval_seen(world, "director", id, &error);
    g_assert_cmpuint(json_array_size(json_object_get(json_object_get(seen, "my_task"), "actions")),
                     ==, 5);
    json_decref(seen);
}

static void
test_reject(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "all", NULL, 0 },
                                      { "role", "director", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "all", NULL, steps);
    gint64 id = submitted(world, "lc", 1, &request);
    g_assert_false(decide(world, "ls", id, "reject", "  ", NULL, &error));
    world_refused(&error, "input.invalid");
    decide_must(world, "ls", id, "reject", "价格太高", NULL);
    assert_approval(world, id, "rejected");
    assert_request(world, request, "rejected");
    assert_open(world, id, "");
    decide_refused(world, "ls2", id, "agree", "approval.closed");
    decide_refused(world, "lc", id, "withdraw", "approval.closed");
    g_assert_cmpuint(told(world, "lc", "approval.rejected"), ==, 1);
}

static void
test_return(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "all", NULL, 0 },
                                      { "role", "director", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "all", NULL, steps);
    gint64 id = submitted(world, "lc", 1, &request);
    g_assert_false(decide(world, "ls", id, "return", NULL, NULL, &error));
    world_refused(&error, "input.invalid");
    decide_must(world, "ls2", id, "agree", NULL, NULL);
    decide_must(world, "ls", id, "return", "请补充报价", NULL);
    assert_approval(world, id, "returned");
    assert_request(world, request, "draft");
    g_assert_true(request_set_total(world, NULL, request, 2, &error));
    gint64 again = request_submit(world, "lc", request, &error);
    g_assert_no_error(error);
    g_assert_cmpint(again, !=, id);
    assert_open(world, again, "ls ls2"); /* everybody judges the new version, none is lost */
    json_t *seen = approval_seen(world, "lc", again, NULL);
    g_assert_cmpint(json_integer_value(json_object_get(seen, "round")), ==, 2);
    json_decref(seen);
    assert_approval(world, id, "returned");
}

static void
test_withdraw(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    decide_refused(world, "director", id, "withdraw", "approval.forbidden");
    decide_refused(world, "lm", id, "withdraw", "approval.forbidden");
    decide_must(world, "ls", id, "withdraw", NULL, NULL);
    assert_approval(world, id, "withdrawn");
    assert_request(world, request, "draft");
    g_assert_cmpuint(told(world, "director", "approval.withdrawn"), ==, 1);
    decide_refused(world, "director", id, "agree", "approval.closed");
}

static void
test_delegate(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "director", NULL, NULL, 24 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "plain", NULL, steps);
    gint64 id = submitted(world, "ls", 1, &request);
    g_assert_false(decide(world, "director", id, "delegate", NULL, NULL, &error));
    world_refused(&error, "input.invalid");
    g_assert_false(decide(world, "director", id, "delegate", NULL, "ls", &error)); /* the drafter */
    world_refused(&error, "input.invalid");
    g_assert_false(decide(world, "director", id, "delegate", NULL, "director", &error));
    world_refused(&error, "input.invalid");
    staff_switch_off(world, "om");
    g_assert_false(decide(world, "director", id, "delegate", NULL, "om", &error));
    world_refused(&error, "input.invalid");
    clock_freeze_us(NOON_US + 20 * HOUR_US);
    decide_must(world, "director", id, "delegate", "请代为审核", "finance");
    assert_open(world, id, "finance");
    decide_refused(world, "director", id, "agree", "approval.closed");
    json_t *seen = approval_seen(world, "finance", id, NULL);
    json_t *task = json_object_get(seen, "my_task");
    g_assert_cmpstr(json_string_value(json_object_get(task, "due_at")), ==,
                    "2026-03-03T01:00:00.000Z");
    json_t *trail = json_object_get(seen, "trail");
    g_assert_cmpuint(json_array_size(trail), ==, 3); /* submitted, handed over, waiting */
    json_t *handed = json_array_get(trail, 1);
    g_assert_cmpstr(json_string_value(json_object_get(handed, "decision")), ==, "delegate");
    g_assert_cmpstr(json_string_value(json_object_get(handed, "opinion")), ==, "请代为审核");
    json_t *waiting = json_array_get(trail, 2);
    g_assert_cmpstr(
        json_string_value(json_object_get(json_object_get(waiting, "added_by"), "label")), ==,
        "董总监");
    json_decref(seen);
    decide_must(world, "finance", id, "agree", NULL, NULL);
    assert_approval(world, id, "agreed");
}

static void
test_sign_before(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "any", NULL, 0 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "any", NULL, steps);
    gint64 id = submitted(world, "lc", 1, &request);
    g_assert_false(decide(world, "ls", id, "add_sign", NULL, "lc", &error));
    world_refused(&error, "input.invalid");
    g_assert_false(
        decide(world, "ls", id, "add_sign", NULL, "ls2", &error)); /* an approver already */
    world_refused(&error, "input.invalid");
    decide_must(world, "ls", id, "add_sign", "请财务先看", "finance");
    assert_open(world, id, "finance ls2");
    decide_refused(world, "ls", id, "agree", "approval.closed");
    decide_must(world, "finance", id, "agree", "可以", NULL);
    assert_approval(world, id, "running"); /* the added signer's yes is not the step's */
    assert_open(world, id, "ls ls2");
    decide_must(world, "ls", id, "agree", NULL, NULL);
    assert_approval(world, id, "agreed");
}

static void
test_sign_after(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "all", NULL, 0 },
                                      { "role", "director", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "all", NULL, steps);
    gint64 id = submitted(world, "lc", 1, &request);
    decide_must(world, "ls", id, "add_sign_after", "同意，请财务复核", "finance");
    assert_open(world, id, "finance ls2");
    decide_must(world, "ls2", id, "agree", NULL, NULL);
    assert_open(world, id, "finance");
    /* handing over what one was added for keeps the place */
    decide_must(world, "finance", id, "delegate", NULL, "oc");
    decide_must(world, "oc", id, "agree", NULL, NULL);
    assert_open(world, id, "director");
}

static void
test_added_signer_rejects(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    decide_must(world, "director", id, "add_sign_before", NULL, "finance");
    decide_must(world, "finance", id, "reject", "无预算", NULL);
    assert_approval(world, id, "rejected");
    decide_refused(world, "director", id, "agree", "approval.closed");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/approval/agreeing-through-all-steps-approves-the-subject", test_agreeing_through);
    testdb_each("/approval/without-a-fitting-flow-or-step-the-submission-is-refused", test_no_flow);
    testdb_each("/approval/a-running-approval-cannot-be-started-again", test_twice);
    testdb_each("/approval/conditions-choose-flow-and-steps-and-a-misspelt-one-stops",
                test_conditions);
    testdb_each("/approval/a-condition-that-is-none-is-not-saved", test_bad_condition);
    testdb_each("/approval/the-drafter-is-skipped-and-the-step-goes-up-the-line",
                test_drafter_skipped);
    testdb_each("/approval/where-nobody-but-the-drafter-is-left-it-is-refused", test_nobody);
    testdb_each("/approval/the-reporting-line-passes-over-empty-posts", test_manager_line);
    testdb_each("/approval/all-needs-everybody-and-nobody-decides-twice", test_all);
    testdb_each("/approval/any-closes-the-others-tasks", test_any);
    testdb_each("/approval/ordered-opens-one-after-another", test_ordered);
    testdb_each("/approval/strangers-neither-decide-nor-see", test_strangers);
    testdb_each("/approval/reject-needs-an-opinion-and-ends-everything", test_reject);
    testdb_each("/approval/return-loses-no-task-and-the-next-submission-is-a-new-round",
                test_return);
    testdb_each("/approval/only-the-drafter-withdraws-and-only-before-the-end", test_withdraw);
    testdb_each("/approval/handing-over-is-shown-and-gains-no-time", test_delegate);
    testdb_each("/approval/a-signer-added-before-decides-first", test_sign_before);
    testdb_each("/approval/a-signer-added-after-must-agree-too", test_sign_after);
    testdb_each("/approval/an-added-signer-can-reject", test_added_signer_rejects);
    return g_test_run();
}
