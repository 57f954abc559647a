/* Approvals: powers given to others, rights that live as long as a task, time, leavers, what is shown and kept. */
#include "base/clock.h"
#include "store/history.h"
#include "support/flows.h"
#include "support/request.h"

#include <string.h>

#define HOUR_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)
#define NOON_US clock_parse_us("2026-03-02T01:00:00.000Z")

static const StepSpec director_only[] = { { "role", "director", NULL, NULL, 0 }, { 0 } };

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
    testdb_each("/approval/a-delegate-decides-on-behalf-and-history-says-so", test_on_behalf);
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
    testdb_each("/approval/everything-is-in-the-history-chain", test_history_holds);
    testdb_each("/approval/two-who-agree-at-the-same-moment-both-count", test_race);
    testdb_each(
        "/approval/a-delegation-counts-only-in-force-for-approvals-and-never-for-the-drafter",
        test_behalf_limits);
    return g_test_run();
}
