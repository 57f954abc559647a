/* Approvals: whose turn it is, what each decision does, and everything that is refused. */
#include "base/clock.h"
#include "domain/org/org.h"
#include "store/history.h"
#include "store/services.h"
#include "support/flows.h"
#include "support/request.h"

#include <string.h>

#define HOUR_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)
#define NOON_US clock_parse_us("2026-03-02T01:00:00.000Z")

static const StepSpec director_only[] = { { "role", "director", NULL, NULL, 0 }, { 0 } };

/* A request of the specialist's, submitted. */
static gint64
submitted(World *world, const char *login, gint64 total_fen, gint64 *request_id)
{
    GError *error = NULL;

    *request_id = request_new(world, login, "购置展架", total_fen);
    gint64 id = request_submit(world, login, *request_id, &error);
    g_assert_no_error(error);
    return id;
}

static void
assert_request(World *world, gint64 id, const char *state)
{
    g_autofree char *is = request_state(world, id);

    g_assert_cmpstr(is, ==, state);
}

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

static guint told(World *world, const char *login, const char *kind);

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

static gboolean
count_told(Ctx *ctx, gpointer data, GError **error)
{
    gpointer *call = data;
    gsize i = 0;
    json_t *item;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!org_notifications_write(ctx, out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    json_t *json = json_loads(text->str, 0, NULL);
    json_array_foreach(json_object_get(json, "items"), i, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "kind")), call[0]) == 0)
            (*(guint *) call[1])++;
    }
    json_decref(json);
    return TRUE;
}

static guint
told(World *world, const char *login, const char *kind)
{
    guint count = 0;
    gpointer call[] = { (gpointer) kind, &count };

    world_must(world, login, count_told, call);
    return count;
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

typedef struct {
    gint64 record_id, on_behalf_of;
    const char *entity;
    guint rows;
} BehalfCall;

static gboolean
count_behalf(Ctx *ctx, gpointer data, GError **error)
{
    BehalfCall *call = data;
    gsize i = 0;
    json_t *item;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!history_write(ctx, call->entity, call->record_id, out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    json_t *json = json_loads(text->str, 0, NULL);
    json_array_foreach(json_object_get(json, "items"), i, item)
    {
        const char *id =
            json_string_value(json_object_get(json_object_get(item, "on_behalf_of"), "id"));
        call->rows += id && g_ascii_strtoll(id, NULL, 10) == call->on_behalf_of;
    }
    json_decref(json);
    return TRUE;
}

static void
test_on_behalf(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    decide_refused(world, "om", id, "agree", "approval.forbidden");
    delegation_make(world, "director", "om", "approval", 0);
    g_assert_cmpuint(inbox_count(world, "om"), ==, 1);
    decide_must(world, "om", id, "agree", "代为同意", NULL);
    assert_approval(world, id, "agreed");
    decide_refused(world, "director", id, "agree", "approval.closed");
    json_t *seen = approval_seen(world, "ls", id, NULL);
    json_t *event = json_array_get(json_object_get(seen, "trail"), 1);
    g_assert_cmpstr(json_string_value(json_object_get(json_object_get(event, "by"), "label")), ==,
                    "欧经理");
    g_assert_cmpstr(
        json_string_value(json_object_get(json_object_get(event, "on_behalf_of"), "label")), ==,
        "董总监");
    json_decref(seen);
    BehalfCall call = { request, world_staff(world, "director"), "request", 0 };
    world_must(world, NULL, count_behalf, &call);
    g_assert_cmpuint(call.rows, ==, 1); /* the request was approved with the director's power */
}

static void
test_behalf_limits(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    delegation_make(world, "director", "om", "approval", 1);           /* from tomorrow */
    delegation_make(world, "director", "finance", "approval", -7);     /* until yesterday */
    delegation_make(world, "director", "oc", "request.read other", 0); /* other powers */
    delegation_make(world, "director", "ls", "approval", 0);           /* to the drafter */
    decide_refused(world, "om", id, "agree", "approval.forbidden");
    decide_refused(world, "finance", id, "agree", "approval.forbidden");
    decide_refused(world, "oc", id, "agree", "approval.forbidden");
    decide_refused(world, "ls", id, "agree", "approval.own");
    g_assert_cmpuint(inbox_count(world, "ls"), ==, 0);
    clock_freeze_us(NOON_US + 24 * HOUR_US);
    decide_must(world, "om", id, "agree", NULL, NULL);
}

static void
test_both_hats(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "all", NULL, 0 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "all", NULL, steps);
    delegation_make(world, "ls", "ls2", "approval", 0);
    gint64 id = submitted(world, "lc", 1, &request);
    decide_must(world, "ls2", id, "agree", NULL,
                NULL); /* for both; a second click must find nothing */
    assert_approval(world, id, "agreed");
    decide_refused(world, "ls2", id, "agree", "approval.closed");
}

static void
test_changed_subject(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    assert_approval(world, id, "running"); /* saving the state change itself voids nothing */
    g_assert_true(request_set_total(world, "ls", request, 1, &error));
    assert_approval(world, id, "running");
    g_assert_true(request_set_total(world, "ls", request, 2, &error));
    g_assert_no_error(error);
    assert_approval(world, id, "void");
    assert_request(world, request, "draft");
    g_assert_cmpuint(told(world, "director", "approval.void"), ==, 1);
    decide_refused(world, "director", id, "agree", "approval.closed");
}

static gboolean
read_request(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "request", *(gint64 *) data, "read", error);

    return rec != NULL;
}

static gboolean
may_read(World *world, const char *login, gint64 request)
{
    g_autoptr(GError) error = NULL;

    return world_read(world, login, read_request, &request, &error);
}

static void
test_read_right(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "property_services", NULL, NULL, 0 },
                                      { "role", "finance", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0, other = 0;

    flow_make(world, "plain", NULL, steps);
    submitted(world, "ls", 1, &other);
    gint64 id = submitted(world, "ls", 1, &request);
    g_assert_true(may_read(world, "services", request));
    g_assert_false(may_read(world, "finance", request)); /* not yet their turn */
    g_assert_false(may_read(world, "oc", request));
    delegation_make(world, "services", "oc", "approval", 0);
    g_assert_true(may_read(world, "oc", request)); /* a delegate reads what they may decide */
    decide_must(world, "services", id, "agree", NULL, NULL);
    g_assert_false(may_read(world, "services", request));
    g_assert_false(may_read(world, "oc", request));
    g_assert_true(may_read(world, "services", other)); /* that task still lives */
    g_assert_true(may_read(world, "finance", request));
    decide_must(world, "finance", id, "agree", NULL, NULL);
    g_assert_false(may_read(world, "finance", request));
    json_t *seen = approval_seen(world, "services", id, NULL); /* what one decided stays visible */
    g_assert_nonnull(seen);
    json_decref(seen);
}

static gboolean
set_repeat_off(Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "setting"));

    record_set_text(rec, "name", "approval.skip_repeat");
    record_set_text(rec, "content", "0");
    return record_save(ctx, rec, error);
}

static void
test_repeat(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "director", NULL, NULL, 0 },
                                      { "post", "director", NULL, NULL, 0 },
                                      { "role", "finance", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "twice", NULL, steps);
    gint64 id = submitted(world, "ls", 1, &request);
    decide_must(world, "director", id, "agree", NULL, NULL);
    assert_open(world, id, "finance");
    json_t *seen = approval_seen(world, "ls", id, NULL);
    json_t *second = json_array_get(json_object_get(seen, "steps"), 1);
    json_t *task = json_array_get(json_object_get(second, "tasks"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(task, "note")), ==, "repeat");
    json_decref(seen);
    world_must(world, NULL, set_repeat_off, NULL);
    id = submitted(world, "ls", 1, &request);
    decide_must(world, "director", id, "agree", NULL, NULL);
    assert_open(world, id, "director");
}

static gboolean
remind(Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    return approval_remind(ctx, error);
}

static void
test_remind(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "director", NULL, NULL, 24 }, { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, steps);
    gint64 id = submitted(world, "ls", 1, &request);
    clock_freeze_us(NOON_US + 23 * HOUR_US);
    world_must(world, NULL, remind, NULL);
    g_assert_cmpuint(told(world, "director", "approval.overdue"), ==, 0);
    clock_freeze_us(NOON_US + 24 * HOUR_US);
    world_must(world, NULL, remind, NULL);
    world_must(world, NULL, remind, NULL);
    g_assert_cmpuint(told(world, "director", "approval.overdue"), ==, 1);
    clock_freeze_us(NOON_US + 48 * HOUR_US);
    world_must(world, NULL, remind, NULL);
    g_assert_cmpuint(told(world, "director", "approval.overdue"), ==, 2);
    decide_must(world, "director", id, "agree", NULL, NULL);
    clock_freeze_us(NOON_US + 96 * HOUR_US);
    world_must(world, NULL, remind, NULL);
    g_assert_cmpuint(told(world, "director", "approval.overdue"), ==, 2);
}

static void
test_leaver(Dialect dialect)
{
    static const StepSpec steps[] = { { "role", "leasing_manager", NULL, NULL, 0 },
                                      { "role", "operations_manager", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "plain", NULL, steps);
    gint64 id = submitted(world, "ls", 1, &request);
    staff_switch_off(world, "om"); /* whose turn has not come */
    staff_switch_off(world, "lm"); /* whose turn it is */
    assert_open(world, id, "director");
    decide_must(world, "director", id, "agree", NULL, NULL);
    assert_approval(world, id, "agreed"); /* the director stood in for both, one after the other */
}

static void
test_masked(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;
    gsize i = 0;
    json_t *line;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 365840, &request);
    json_t *seen = approval_seen(world, "director", id, NULL);
    guint found = 0;
    json_array_foreach(json_object_get(seen, "snapshot"), i, line)
    {
        const char *name = json_string_value(json_object_get(line, "name"));
        const char *value = json_string_value(json_object_get(line, "value"));
        if (strcmp(name, "phone") == 0 && ++found)
            g_assert_cmpstr(value, ==, "138****5678");
        if (strcmp(name, "total") == 0 && ++found)
            g_assert_cmpstr(value, ==, "3658.40");
        g_assert_cmpstr(name, !=, "state");
        g_assert_cmpstr(name, !=, "remark");
    }
    g_assert_cmpuint(found, ==, 2);
    json_decref(seen);
}

static gboolean
look_trail(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!approval_write_trail(ctx, "request", *(gint64 *) data, out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    json_t *json = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
    g_assert_cmpuint(json_array_size(json_object_get(json, "items")), ==, 2);
    json_decref(json);
    return TRUE;
}

static void
test_trail_of_record(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 request = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    decide_must(world, "director", id, "return", "再想想", NULL);
    request_submit(world, "ls", request, &error);
    g_assert_no_error(error);
    world_must(world, NULL, look_trail, &request);
    g_assert_false(world_read(world, "os", look_trail, &request, &error));
    world_refused(&error, "request.not_found");
}

static gboolean
verify(Ctx *ctx, gpointer data, GError **error)
{
    return history_verify(ctx->db, data, error);
}

static void
test_history_holds(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0, rows = 0;

    flow_make(world, "plain", NULL, director_only);
    gint64 id = submitted(world, "ls", 1, &request);
    decide_must(world, "director", id, "agree", NULL, NULL);
    world_must(world, NULL, verify, &rows);
    g_assert_cmpint(rows, >, 100);
}

typedef struct {
    World *world;
    const char *login;
    gint64 id;
    gboolean ok;
} Racer;

static gpointer
race(gpointer data)
{
    Racer *racer = data;
    g_autoptr(GError) error = NULL;

    racer->ok = decide(racer->world, racer->login, racer->id, "agree", NULL, NULL, &error);
    return NULL;
}

static void
test_race(Dialect dialect)
{
    static const StepSpec steps[] = { { "post", "ls", "all", NULL, 0 },
                                      { "role", "director", NULL, NULL, 0 },
                                      { 0 } };
    g_autoptr(World) world = request_world(dialect);
    gint64 request = 0;

    flow_make(world, "all", NULL, steps);
    for (guint round = 0; round < 10; round++) {
        gint64 id = submitted(world, "lc", 1, &request);
        Racer racers[] = { { world, "ls", id, FALSE }, { world, "ls2", id, FALSE } };
        GThread *threads[] = { g_thread_new("ls", race, &racers[0]),
                               g_thread_new("ls2", race, &racers[1]) };
        g_thread_join(threads[0]);
        g_thread_join(threads[1]);
        g_assert_true(racers[0].ok && racers[1].ok);
        assert_open(world, id, "director"); /* neither took the other for missing */
    }
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
    testdb_each("/approval/a-delegate-decides-on-behalf-and-history-says-so", test_on_behalf);
    testdb_each(
        "/approval/a-delegation-counts-only-in-force-for-approvals-and-never-for-the-drafter",
        test_behalf_limits);
    testdb_each("/approval/one-click-decides-for-both-hats", test_both_hats);
    testdb_each("/approval/a-changed-subject-voids-and-an-unchanged-save-does-not",
                test_changed_subject);
    testdb_each("/approval/the-read-right-lives-as-long-as-the-task", test_read_right);
    testdb_each("/approval/who-agreed-in-the-step-before-is-not-asked-again-unless-set",
                test_repeat);
    testdb_each("/approval/overdue-tasks-are-reminded-once-a-day", test_remind);
    testdb_each("/approval/a-leavers-tasks-go-up-the-line", test_leaver);
    testdb_each("/approval/the-snapshot-masks-what-the-reader-may-not-see", test_masked);
    testdb_each("/approval/the-trail-of-a-record-is-for-its-readers", test_trail_of_record);
    testdb_each("/approval/two-who-agree-at-the-same-moment-both-count", test_race);
    testdb_each("/approval/everything-is-in-the-history-chain", test_history_holds);
    return g_test_run();
}
