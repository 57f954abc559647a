/* People and rights: grants, scopes, reporting lines, delegations, notifications, saved lists. */
#include "base/clock.h"
#include "base/secret.h"
#include "domain/org/org.h"
#include "store/services.h"
#include "support/flows.h"
#include "support/request.h"

#include <string.h>

#define DAY_US (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)

/* Code of a record to its id. */
static gint64
id_of(Ctx *ctx, const char *entity, const char *code)
{
    g_autoptr(Record) rec = record_find_by(ctx, entity, "code", code, NULL);

    return rec ? rec->id : 0;
}

typedef struct {
    const char *entity, *action;
    Scope scope;
} ScopeCall;

static gboolean
ask_scope(Ctx *ctx, gpointer data, GError **error)
{
    ScopeCall *call = data;

    (void) error;
    call->scope = access_scope(ctx->access, call->entity, call->action);
    return TRUE;
}

static Scope
scope_of(World *world, const char *login, const char *entity, const char *action)
{
    ScopeCall call = { entity, action, SCOPE_NONE };

    world_must(world, login, ask_scope, &call);
    return call.scope;
}

static void
test_seeded_rights(Dialect dialect)
{
    static const struct {
        const char *login, *entity, *action;
        Scope scope;
    } cases[] = {
        { "ls", "lead", "take", SCOPE_PROPERTY },
        { "ls", "unit_hold", "release", SCOPE_OWN },
        { "ls", "lease", "submit", SCOPE_OWN },
        { "ls", "report", "daily", SCOPE_OWN },
        { "ls", "report", "rent_roll", SCOPE_NONE },
        { "ls", "staff_role", "create", SCOPE_NONE },
        { "ls", "approval", "read", SCOPE_OWN },
        { "lsup", "report", "daily", SCOPE_TEAM },
        { "lsup", "lease", "export", SCOPE_TEAM },
        { "lm", "unit_change", "submit", SCOPE_PROPERTY },
        { "lc", "lease", "import", SCOPE_DEPARTMENT },
        { "os", "lease", "read", SCOPE_ZONE },
        { "om", "lease", "read", SCOPE_PROPERTY },
        { "finance", "payment_order", "receive", SCOPE_PROPERTY },
        { "finance", "lease", "update", SCOPE_NONE },
        { "services", "unit", "read", SCOPE_PROPERTY },
        { "services", "lease", "read", SCOPE_NONE },
        { "director", "price_policy", "approve", SCOPE_PROPERTY },
        { "director", "request", "read", SCOPE_PROPERTY },
        { "director", "request", "update", SCOPE_NONE },
        { "director", "staff_role", "create", SCOPE_NONE },
        { "gm", "approval", "read", SCOPE_PROPERTY },
        { "admin", "staff_role", "create", SCOPE_ALL },
        { "admin", "flow", "update", SCOPE_PROPERTY },
        { "admin", "approval", "update", SCOPE_PROPERTY }, /* the entity itself refuses updates */
        { "admin", "request", "submit", SCOPE_NONE },      /* decides nothing */
        { "oc", "session", "read", SCOPE_NONE },
    };
    g_autoptr(World) world = request_world(dialect);

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Scope scope = scope_of(world, cases[i].login, cases[i].entity, cases[i].action);
        if (scope != cases[i].scope)
            g_error("%s %s.%s: %d, not %d", cases[i].login, cases[i].entity, cases[i].action, scope,
                    cases[i].scope);
    }
}

static gboolean
ask_masks(Ctx *ctx, gpointer data, GError **error)
{
    (void) error;
    *(gboolean *) data = access_may_see(ctx->access, "staff", "mobile");
    return TRUE;
}

static gboolean
sees_mobile(World *world, const char *login)
{
    gboolean sees = FALSE;

    world_must(world, login, ask_masks, &sees);
    return sees;
}

static void
test_masks(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);

    g_assert_true(sees_mobile(world, "gm"));
    g_assert_true(sees_mobile(world, "admin"));
    g_assert_true(sees_mobile(world, "lm"));
    g_assert_false(sees_mobile(world, "ls"));
    g_assert_false(sees_mobile(world, "finance"));
}

typedef struct {
    const char *role, *entity, *actions, *scope;
    char *stored;
} GrantCall;

static gboolean
add_grant(Ctx *ctx, gpointer data, GError **error)
{
    GrantCall *call = data;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "role_grant"));

    record_set_id(rec, "role_id", id_of(ctx, "role", call->role));
    record_set_text(rec, "entity", call->entity);
    record_set_text(rec, "actions", call->actions);
    record_set_text(rec, "scope", call->scope);
    if (!record_save(ctx, rec, error))
        return FALSE;
    call->stored = g_strdup(record_text(rec, "actions"));
    return TRUE;
}

static void
test_star(Dialect dialect)
{
    static const GrantCall bad[] = { { "oc", "request", "Read", "own", NULL },
                                     { "oc", "Re quest", "read", "own", NULL },
                                     { "oc", "request", "", "own", NULL },
                                     { "operations_clerk", "request", "read -read", "own", NULL } };
    g_autoptr(World) world = request_world(dialect);
    GrantCall call = { "operations_clerk", "request", "* -import submit", "team", NULL };

    world_must(world, "admin", add_grant, &call);
    g_assert_cmpstr(call.stored, ==,
                    "read export create update reveal submit"); /* no internal transitions */
    g_free(call.stored);
    g_assert_cmpint(scope_of(world, "oc", "request", "submit"), ==, SCOPE_TEAM);
    g_assert_cmpint(scope_of(world, "oc", "request", "approve"), ==, SCOPE_NONE);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        GError *error = NULL;
        GrantCall one = bad[i];
        g_assert_false(world_write(world, "admin", add_grant, &one, &error));
        world_refused(&error, "input.invalid");
    }
}

static gboolean
read_request(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "request", *(gint64 *) data, "read", error);

    return rec != NULL;
}

static gboolean
may_read(World *world, const char *login, gint64 id)
{
    g_autoptr(GError) error = NULL;

    return world_read(world, login, read_request, &id, &error);
}

static void
let_read(World *world, const char *role, const char *scope)
{
    GrantCall call = { role, "request", "read", scope, NULL };

    world_must(world, "admin", add_grant, &call);
    g_free(call.stored);
}

typedef struct {
    const char *entity, *code, *field, *to_entity, *to_code;
    gint64 id;
} PointCall;

/* Points a reference of a record to another, both named by code, as the administrator does. */
static gboolean
point(Ctx *ctx, gpointer data, GError **error)
{
    const PointCall *call = data;
    gint64 id = call->id ? call->id : id_of(ctx, call->entity, call->code);
    g_autoptr(Record) rec = record_get(ctx, call->entity, id, NULL, error);

    if (!rec)
        return FALSE;
    record_set_id(rec, call->field, call->to_code ? id_of(ctx, call->to_entity, call->to_code) : 0);
    return record_save(ctx, rec, error);
}

static void
test_scopes(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 of_ls = request_new(world, "ls", "甲", 1), of_lm = request_new(world, "lm", "乙", 1),
           of_os = request_new(world, "os", "丙", 1);

    let_read(world, "leasing_specialist", "own");
    let_read(world, "leasing_supervisor", "team");
    let_read(world, "leasing_manager", "department");
    let_read(world, "leasing_clerk", "department");
    let_read(world, "operations_manager", "team");
    g_assert_true(may_read(world, "ls", of_ls));
    g_assert_false(
        may_read(world, "ls2", of_ls)); /* colleagues on one post do not see each other's */
    g_assert_true(may_read(world, "lsup", of_ls));
    g_assert_false(may_read(world, "lsup", of_lm)); /* nor those above */
    g_assert_true(may_read(world, "lm", of_ls));
    g_assert_true(may_read(world, "lc", of_lm)); /* the whole department */
    g_assert_false(may_read(world, "lc", of_os));
    g_assert_true(may_read(world, "om", of_os)); /* two posts below */
    g_assert_false(may_read(world, "om", of_ls));
    g_assert_true(may_read(world, "director", of_os));
    g_assert_false(may_read(world, "services", of_os));
}

static void
test_reach_follows(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 request = request_new(world, "ls", "甲", 1);
    PointCall move = { "staff", NULL, "post_id", "post", "os", world_staff(world, "ls") };
    PointCall line = { "post", "osup", "reports_to_id", "post", "lm", 0 };

    let_read(world, "leasing_manager", "team");
    let_read(world, "operations_manager", "team");
    g_assert_true(may_read(world, "lm", request));
    world_must(world, "admin", point, &move); /* the specialist changes the department */
    g_assert_false(may_read(world, "lm", request));
    g_assert_true(may_read(world, "om", request));
    world_must(world, "admin", point, &line); /* their supervisor now reports to leasing */
    g_assert_true(may_read(world, "lm", request));
    g_assert_false(may_read(world, "om", request));
    staff_switch_off(world, "ls"); /* a leaver's records stay in reach */
    g_assert_true(may_read(world, "lm", request));
}

static void
test_rings(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    static const PointCall bad[] = { { "post", "lm", "reports_to_id", "post", "ls", 0 },
                                     { "post", "lm", "reports_to_id", "post", "lm", 0 },
                                     { "department", "gmo", "parent_id", "department", "gmo", 0 } };

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        GError *error = NULL;
        g_assert_false(world_write(world, "admin", point, (gpointer) &bad[i], &error));
        world_refused(&error, "input.invalid");
    }
}

typedef struct {
    const char *login, *name;
    gint64 id;
} StaffCall;

static gboolean
new_person(Ctx *ctx, gpointer data, GError **error)
{
    const StaffCall *call = data;
    OrgNewStaff person = { .login = call->login,
                           .name = call->name,
                           .post_code = "ls",
                           .role_code = "leasing_specialist" };

    return org_staff_add(ctx, &person, error) != 0;
}

static gboolean
own_switch(Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    g_autoptr(Record) rec = record_get(ctx, "staff", ctx->staff_id, NULL, error);

    record_set_int(rec, "active", 0);
    return record_save(ctx, rec, error);
}

static void
test_staff_rules(Dialect dialect)
{
    static const StaffCall bad[] = { { "a", "太短", 0 },
                                     { "two words", "空格", 0 },
                                     { "张伟", "汉字", 0 },
                                     { "LM", "重复", 0 },
                                     { "ok.login", NULL, 0 } };
    g_autoptr(World) world = request_world(dialect);
    StaffCall good = { "Zhang.Wei-88", "张伟", 0 };
    GError *error = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(world_write(world, "admin", new_person, (gpointer) &bad[i], &error));
        world_refused(&error, "input.invalid");
    }
    world_must(world, "admin", new_person, &good);
    g_assert_false(world_write(world, "admin", own_switch, NULL, &error));
    world_refused(&error, "input.invalid");
}

typedef struct {
    gint64 from, to;
    const char *powers;
    gint64 days;
} GiveCall;

static gboolean
give(Ctx *ctx, gpointer data, GError **error)
{
    const GiveCall *call = data;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "delegation"));

    record_set_id(rec, "from_staff_id", call->from);
    record_set_id(rec, "to_staff_id", call->to);
    record_set_text(rec, "powers", call->powers);
    record_set_day(rec, "from_on", ctx->today);
    record_set_day(rec, "to_on", ctx->today + call->days);
    record_set_text(rec, "reason", "出差");
    return record_save(ctx, rec, error);
}

static void
test_delegation_rules(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 lm = world_staff(world, "lm"), ls = world_staff(world, "ls"),
           oc = world_staff(world, "oc");
    const GiveCall bad[] = { { ls, ls, "approval", 1 },
                             { ls, oc, "approval", -1 },
                             { ls, oc, "Everything!", 1 },
                             { lm, ls, "approval", 1 }, /* not one's own */
                             { lm, oc, "lease.approve", 3 } };
    GError *error = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(world_write(world, "ls", give, (gpointer) &bad[i], &error));
        world_refused(&error, "input.invalid");
    }
    GiveCall for_lm = { lm, oc, "approval", 1 };
    world_must(world, "director", give, &for_lm); /* may arrange it for others */
}

static gboolean
take_back(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "delegation", *(gint64 *) data, NULL, error);

    record_set_int(rec, "active", 0);
    return record_save(ctx, rec, error);
}

static void
test_delegated_rights(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);

    g_assert_cmpint(scope_of(world, "oc", "merchant", "reveal"), ==, SCOPE_NONE);
    gint64 id = delegation_make(world, "om", "oc", "approval merchant.reveal receipt.confirm", 0);
    g_assert_cmpint(scope_of(world, "oc", "merchant", "reveal"), ==, SCOPE_PROPERTY);
    g_assert_cmpint(scope_of(world, "oc", "receipt", "confirm"), ==,
                    SCOPE_NONE); /* the giver lacks it */
    g_assert_cmpint(scope_of(world, "oc", "contact", "reveal"), ==, SCOPE_NONE); /* not named */
    delegation_make(world, "oc", "os", "merchant.reveal", 0);
    g_assert_cmpint(scope_of(world, "os", "merchant", "reveal"), ==,
                    SCOPE_NONE); /* not passed on */
    clock_freeze_us(clock_now_us() + 7 * DAY_US);
    g_assert_cmpint(scope_of(world, "oc", "merchant", "reveal"), ==, SCOPE_NONE); /* over */
    clock_freeze_us(clock_now_us() - 7 * DAY_US);
    world_must(world, "om", take_back, &id);
    g_assert_cmpint(scope_of(world, "oc", "merchant", "reveal"), ==, SCOPE_NONE);
}

typedef struct {
    const char *entity;
    gint64 n;
} CountCall;

static gboolean
count_rows(Ctx *ctx, gpointer data, GError **error)
{
    CountCall *call = data;
    gboolean row = FALSE;
    g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s", call->entity);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);

    if (!stmt || !db_step(stmt, &row, error))
        return FALSE;
    call->n = db_int(stmt, 0);
    return TRUE;
}

static gboolean
seed_again(Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    return org_seed(ctx, error);
}

static void
test_seed_twice(Dialect dialect)
{
    static const char *const entities[] = { "department",  "post", "role",      "role_grant",
                                            "role_unmask", "flow", "flow_step", "history" };
    g_autoptr(World) world = request_world(dialect);

    for (guint i = 0; i < G_N_ELEMENTS(entities); i++) {
        CountCall before = { entities[i], 0 }, after = { entities[i], 0 };
        world_must(world, NULL, count_rows, &before);
        world_must(world, NULL, seed_again, NULL);
        world_must(world, NULL, count_rows, &after);
        g_assert_cmpint(before.n, ==, after.n);
        g_assert_true(before.n > 0
                      || g_str_has_prefix(entities[i], "flow")); /* flows: of entities there are */
    }
}

static gboolean
post_line(Ctx *ctx, gpointer data, GError **error)
{
    GString *line = data;
    gint64 id = id_of(ctx, "post", line->str);

    g_string_truncate(line, 0);
    while (id) {
        g_autoptr(Record) post = record_get(ctx, "post", id, NULL, error);
        if (!post)
            return FALSE;
        g_string_append_printf(line, "%s ", record_text(post, "code"));
        id = record_int(post, "reports_to_id");
    }
    return TRUE;
}

static void
test_lines(Dialect dialect)
{
    static const char *const cases[][2] = { { "ls", "ls lsup lm director gm " },
                                            { "lc", "lc lsup lm director gm " },
                                            { "os", "os osup om director gm " },
                                            { "oc", "oc osup om director gm " },
                                            { "finance", "finance gm " } };
    g_autoptr(World) world = request_world(dialect);

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) line = g_string_new(cases[i][0]);
        world_must(world, NULL, post_line, line);
        g_assert_cmpstr(line->str, ==, cases[i][1]);
    }
}

static gboolean
look_me(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!org_me_write(ctx, out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    *(json_t **) data = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
    return TRUE;
}

static void
test_me(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    json_t *me = NULL;

    world_must(world, "lm", look_me, &me);
    g_assert_nonnull(me);
    g_assert_cmpstr(json_string_value(json_object_get(me, "name")), ==, "李经理");
    g_assert_cmpstr(json_string_value(json_object_get(me, "post")), ==, "招商经理");
    g_assert_cmpstr(json_string_value(json_object_get(me, "department")), ==, "招商部");
    g_assert_cmpstr(json_string_value(json_object_get(me, "today")), ==, "2026-03-02");
    g_assert_cmpuint(json_array_size(json_object_get(me, "properties")), ==, 1);
    g_assert_cmpstr(json_string_value(json_array_get(json_object_get(me, "roles"), 0)), ==,
                    "leasing_manager");
    g_assert_cmpuint(json_array_size(json_object_get(me, "permissions")), >, 20);
    json_decref(me);
}

typedef struct {
    gint64 to, id;
    guint items, unread;
} NewsCall;

static gboolean
tell(Ctx *ctx, gpointer data, GError **error)
{
    const NewsCall *call = data;

    return notify(ctx, call->to, "test.news", "staff", call->to, "你好", "hello", error);
}

static gboolean
look_news(Ctx *ctx, gpointer data, GError **error)
{
    NewsCall *call = data;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!org_notifications_write(ctx, out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    json_t *json = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
    json_t *items = json_object_get(json, "items");
    call->items = (guint) json_array_size(items);
    call->unread = (guint) json_integer_value(json_object_get(json, "unread"));
    if (call->items) {
        const char *id = json_string_value(json_object_get(json_array_get(items, 0), "id"));
        call->id = g_ascii_strtoll(id, NULL, 10);
    }
    json_decref(json);
    return TRUE;
}

static gboolean
mark_read(Ctx *ctx, gpointer data, GError **error)
{
    return org_notification_read(ctx, *(gint64 *) data, error);
}

static void
test_notifications(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    NewsCall call = { .to = world_staff(world, "lm") };
    GError *error = NULL;
    gint64 all = 0;

    for (guint i = 0; i < 3; i++)
        world_must(world, NULL, tell, &call);
    world_must(world, "lm", look_news, &call);
    g_assert_cmpuint(call.items, ==, 3);
    g_assert_cmpuint(call.unread, ==, 3);
    g_assert_false(world_write(world, "om", mark_read, &call.id, &error));
    world_refused(&error, "notification.not_found");
    world_must(world, "lm", mark_read, &call.id);
    world_must(world, "lm", look_news, &call);
    g_assert_cmpuint(call.unread, ==, 2);
    world_must(world, "om", mark_read, &all); /* only one's own */
    world_must(world, "lm", look_news, &call);
    g_assert_cmpuint(call.unread, ==, 2);
    world_must(world, "lm", mark_read, &all);
    world_must(world, "lm", look_news, &call);
    g_assert_cmpuint(call.unread, ==, 0);
}

typedef struct {
    const char *json;
    gint64 id;
    guint count;
} ViewCall;

static gboolean
save_view(Ctx *ctx, gpointer data, GError **error)
{
    ViewCall *call = data;
    json_t *input = json_loads(call->json, 0, NULL);

    call->id = org_view_save(ctx, input, error);
    json_decref(input);
    return call->id != 0;
}

static gboolean
count_views(Ctx *ctx, gpointer data, GError **error)
{
    ViewCall *call = data;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!org_views_write(ctx, "request", out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    json_t *json = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
    call->count = (guint) json_array_size(json_object_get(json, "items"));
    json_decref(json);
    return TRUE;
}

static gboolean
drop_view(Ctx *ctx, gpointer data, GError **error)
{
    return org_view_delete(ctx, ((ViewCall *) data)->id, error);
}

static void
test_views(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    ViewCall mine = {
        .json = "{\"entity\":\"request\",\"name\":\"大额\",\"query\":\"total.gte=1000\"}"
    };
    ViewCall again = { .json = "{\"entity\":\"request\",\"name\":\"大额\",\"query\":\"total.gte="
                               "2000\",\"shared\":true}" };
    ViewCall bad = { .json = "{\"entity\":\"nothing\",\"name\":\"x\",\"query\":\"a=1\"}" };
    ViewCall forged = {
        .json = "{\"entity\":\"request\",\"name\":\"x\",\"query\":\"a=1\",\"staff_id\":\"1\"}"
    };
    GError *error = NULL;

    world_must(world, "lm", save_view, &mine);
    world_must(world, "om", count_views, &mine);
    g_assert_cmpuint(mine.count, ==, 0);
    world_must(world, "lm", save_view, &again); /* the same name: the same list, now shared */
    g_assert_cmpint(again.id, ==, mine.id);
    world_must(world, "om", count_views, &mine);
    g_assert_cmpuint(mine.count, ==, 1);
    g_assert_false(world_write(world, "om", drop_view, &mine, &error));
    world_refused(&error, "list_view.forbidden");
    world_must(world, "lm", drop_view, &mine);
    g_assert_false(world_write(world, "lm", save_view, &bad, &error));
    world_refused(&error, "input.invalid");
    g_assert_false(world_write(world, "lm", save_view, &forged, &error));
    world_refused(&error, "input.invalid");
}

static gboolean
new_calendar(Ctx *ctx, gpointer data, GError **error)
{
    return (*(char **) data = org_calendar_token_new(ctx, error)) != NULL;
}

typedef struct {
    const char *token;
    gint64 staff_id, property_id;
} CalendarCall;

static gboolean
whose_calendar(Ctx *ctx, gpointer data, GError **error)
{
    CalendarCall *call = data;

    return org_calendar_staff(ctx->db, call->token, &call->staff_id, &call->property_id, error);
}

static void
test_calendar(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    world_must(world, "lm", new_calendar, &first);
    CalendarCall call = { .token = first };
    world_must(world, NULL, whose_calendar, &call);
    g_assert_cmpint(call.staff_id, ==, world_staff(world, "lm"));
    g_assert_cmpint(call.property_id, ==, world->property_id);
    world_must(world, "lm", new_calendar, &second);
    world_must(world, NULL, whose_calendar, &call); /* the former address is dead */
    g_assert_cmpint(call.staff_id, ==, 0);
    call.token = second;
    staff_switch_off(world, "lm");
    world_must(world, NULL, whose_calendar, &call);
    g_assert_cmpint(call.staff_id, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/org/the-seeded-roles-may-what-their-posts-need", test_seeded_rights);
    testdb_each("/org/confidential-fields-are-seen-by-role", test_masks);
    testdb_each("/org/a-star-is-spelt-out-and-bad-grants-are-refused", test_star);
    testdb_each("/org/own-team-department-property-reach-what-they-say", test_scopes);
    testdb_each("/org/reach-follows-people-and-posts", test_reach_follows);
    testdb_each("/org/nobody-reports-to-themselves", test_rings);
    testdb_each("/org/bad-logins-are-refused-and-nobody-switches-themselves-off", test_staff_rules);
    testdb_each("/org/delegations-have-rules", test_delegation_rules);
    testdb_each("/org/a-delegation-gives-the-named-rights-that-the-giver-has",
                test_delegated_rights);
    testdb_each("/org/seeding-again-changes-nothing", test_seed_twice);
    testdb_each("/org/the-reporting-lines-are-those-of-the-duties", test_lines);
    testdb_each("/org/me-tells-who-and-what", test_me);
    testdb_each("/org/notifications-are-ones-own", test_notifications);
    testdb_each("/org/saved-lists-are-ones-own-unless-shared", test_views);
    testdb_each("/org/a-new-calendar-secret-ends-the-former", test_calendar);
    return g_test_run();
}
