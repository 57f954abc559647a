/* Signing in, sessions, passwords: what is let in, what is counted, what is refused. */
#include "base/clock.h"
#include "base/secret.h"
#include "domain/org/org.h"
#include "support/flows.h"
#include "support/request.h"

#include <string.h>

#define MINUTE_US (G_GINT64_CONSTANT(60) * G_USEC_PER_SEC)
#define NINE_US clock_parse_us("2026-03-02T01:00:00.000Z")

/* One attempt from check to commit. */
typedef struct {
    const char *login, *password, *address;
    OrgLogin state;
    char *token, *csrf;
} Attempt;

static void
attempt_clear(Attempt *attempt)
{
    org_login_clear(&attempt->state);
    g_clear_pointer(&attempt->token, g_free);
    g_clear_pointer(&attempt->csrf, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Attempt, attempt_clear)

static gboolean
check(Ctx *ctx, gpointer data, GError **error)
{
    Attempt *a = data;

    return org_login_check(ctx, a->login, a->password, a->address ? a->address : "10.0.0.1",
                           &a->state, error);
}

static gboolean
commit(Ctx *ctx, gpointer data, GError **error)
{
    Attempt *a = data;

    return org_login_commit(ctx, &a->state, "test browser", &a->token, &a->csrf, error);
}

static gboolean
sign_in(World *world, Attempt *attempt)
{
    GError *error = NULL;

    g_assert_true(world_read(world, NULL, check, attempt, &error));
    world_must(world, NULL, commit, attempt);
    g_assert_true(attempt->state.accepted == (attempt->token != NULL));
    return attempt->state.accepted;
}

/* TRUE if let in; else *minutes tells the lock. */
static gboolean
try_in(World *world, const char *login, const char *password, gint64 *minutes)
{
    g_auto(Attempt) attempt = { .login = login, .password = password };
    gboolean in = sign_in(world, &attempt);

    *minutes = attempt.state.locked_minutes;
    return in;
}

typedef struct {
    const char *token;
    OrgSession session;
} Look;

static gboolean
load(Ctx *ctx, gpointer data, GError **error)
{
    Look *look = data;

    return org_session_load(ctx->db, look->token, ctx->now_us, &look->session, error);
}

static gboolean
is_alive(World *world, const char *token)
{
    Look look = { .token = token };
    g_autoptr(GError) error = NULL;
    gboolean alive = world_read(world, NULL, load, &look, &error);

    if (!alive)
        g_assert_cmpstr(app_error_token(error), ==, "session.none");
    return alive;
}

static void
test_in(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) a = { .login = " LM ", .password = WORLD_PASSWORD };
    Look look = { 0 };

    g_assert_true(sign_in(world, &a));
    g_assert_cmpint(a.state.property_id, ==, world->property_id);
    look.token = a.token;
    world_must(world, NULL, load, &look);
    g_assert_cmpint(look.session.staff_id, ==, world_staff(world, "lm"));
    g_assert_cmpint(look.session.property_id, ==, world->property_id);
    g_assert_false(look.session.must_change_password);
    g_assert_true(org_csrf_fits(&look.session, a.csrf));
    g_assert_false(org_csrf_fits(&look.session, a.token));
    g_assert_false(org_csrf_fits(&look.session, NULL));
    g_autofree char *again = org_csrf_of(a.token); /* a reloaded page gets the same */
    g_assert_cmpstr(again, ==, a.csrf);
}

static gboolean
count_text(Ctx *ctx, gpointer data, GError **error)
{
    gpointer *call = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(
        ctx->db, "SELECT COUNT(*) FROM session WHERE token_digest = :t OR csrf_digest = :t", error);

    db_bind_text(stmt, "t", call[0]);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *(gint64 *) call[1] = db_int(stmt, 0);
    return TRUE;
}

static void
test_digests(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) a = { .login = "lm", .password = WORLD_PASSWORD };
    gint64 n = -1;

    g_assert_true(sign_in(world, &a));
    gpointer by_token[] = { a.token, &n };
    world_must(world, NULL, count_text, by_token);
    g_assert_cmpint(n, ==, 0);
    gpointer by_csrf[] = { a.csrf, &n };
    world_must(world, NULL, count_text, by_csrf);
    g_assert_cmpint(n, ==, 0);
}

static void
test_refused(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    const char *const bad[][2] = { { "lm", "wrong-password" },
                                   { "nobody", WORLD_PASSWORD },
                                   { "", "" },
                                   { "lm", "" },
                                   { "lm", "lanting-test-2026" } };

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        GError *error = NULL;
        g_auto(Attempt) a = { .login = bad[i][0], .password = bad[i][1], .address = "10.0.0.2" };
        g_assert_false(sign_in(world, &a));
        g_assert_false(org_login_refused(&a.state, &error));
        world_refused(&error, "session.refused"); /* the same words whatever was wrong */
    }
    staff_switch_off(world, "oc");
    g_auto(Attempt) left = { .login = "oc", .password = WORLD_PASSWORD };
    g_assert_false(sign_in(world, &left));
}

static void
fail_times(World *world, const char *login, guint n)
{
    gint64 minutes = 0;

    for (guint i = 0; i < n; i++)
        g_assert_false(try_in(world, login, "wrong", &minutes));
}

static void
test_lock(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    gint64 minutes = 0;

    fail_times(world, "lm", 4);
    g_assert_true(try_in(world, "lm", WORLD_PASSWORD, &minutes)); /* four are forgiven */
    fail_times(world, "lm", 5);
    g_assert_false(try_in(world, "lm", WORLD_PASSWORD, &minutes));
    g_assert_cmpint(minutes, ==, 1);
    clock_freeze_us(NINE_US + MINUTE_US);
    fail_times(world, "lm", 1);
    g_assert_false(try_in(world, "lm", WORLD_PASSWORD, &minutes));
    g_assert_cmpint(minutes, ==, 5);
    clock_freeze_us(NINE_US + 6 * MINUTE_US);
    fail_times(world, "lm", 1);
    g_assert_false(try_in(world, "lm", WORLD_PASSWORD, &minutes));
    g_assert_cmpint(minutes, ==, 15);
    clock_freeze_us(NINE_US + 20 * MINUTE_US);
    g_assert_false(try_in(world, "lm", WORLD_PASSWORD, &minutes));
    clock_freeze_us(NINE_US + 21 * MINUTE_US);
    g_assert_true(try_in(world, "lm", WORLD_PASSWORD, &minutes));
    fail_times(world, "lm", 4); /* counted anew */
    g_assert_true(try_in(world, "lm", WORLD_PASSWORD, &minutes));
    g_assert_true(try_in(world, "om", WORLD_PASSWORD, &minutes)); /* nobody else was locked */
}

static void
test_lock_unknown(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    GError *error = NULL;
    gint64 minutes = 0;

    /* as an existing one would be: a lock tells nothing about who exists */
    fail_times(world, "nobody", 5);
    g_assert_false(try_in(world, "nobody", "x", &minutes));
    g_assert_cmpint(minutes, ==, 1);
    OrgLogin refused = { .locked_minutes = minutes };
    g_assert_false(org_login_refused(&refused, &error));
    world_refused(&error, "session.locked");
}

static void
test_side_by_side(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    Attempt guesses[8] = { 0 };
    GError *error = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(guesses); i++) {
        guesses[i].login = "lm";
        guesses[i].password = i == 7 ? WORLD_PASSWORD : "guess";
        g_assert_true(world_read(world, NULL, check, &guesses[i], &error));
    }
    for (guint i = 0; i < G_N_ELEMENTS(guesses); i++) {
        world_must(world, NULL, commit, &guesses[i]);
        g_assert_false(guesses[i].state.accepted);
    }
    g_assert_true(
        guesses[7].state.password_fits); /* right, but after five wrong ones it opens nothing */
    g_assert_cmpint(guesses[7].state.locked_minutes, ==, 1);
    for (guint i = 0; i < G_N_ELEMENTS(guesses); i++)
        attempt_clear(&guesses[i]);
}

static void
test_address(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);

    for (guint i = 0; i < 30; i++) {
        g_autofree char *login = g_strdup_printf("guess%u", i);
        g_auto(Attempt) a = { .login = login, .password = "x", .address = "203.0.113.9" };
        g_assert_false(sign_in(world, &a));
    }
    g_auto(Attempt) there = { .login = "lm", .password = WORLD_PASSWORD, .address = "203.0.113.9" };
    g_assert_false(sign_in(world, &there));
    g_assert_cmpint(there.state.locked_minutes, ==, 15);
    g_auto(Attempt) here = { .login = "lm", .password = WORLD_PASSWORD, .address = "10.0.0.1" };
    g_assert_true(sign_in(world, &here));
    clock_freeze_us(NINE_US + 15 * MINUTE_US);
    g_auto(Attempt) later = { .login = "lm", .password = WORLD_PASSWORD, .address = "203.0.113.9" };
    g_assert_true(sign_in(world, &later));
}

static gboolean
touch(Ctx *ctx, gpointer data, GError **error)
{
    return org_session_touch(ctx->db, *(gint64 *) data, ctx->now_us, error);
}

static void
test_idle(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) a = { .login = "lm", .password = WORLD_PASSWORD };
    Look look = { 0 };

    g_assert_true(sign_in(world, &a));
    look.token = a.token;
    world_must(world, NULL, load, &look);
    g_assert_false(look.session.touch_due);
    gint64 id = look.session.id;
    clock_freeze_us(NINE_US + 29 * MINUTE_US);
    world_must(world, NULL, load, &look);
    g_assert_true(look.session.touch_due);
    world_must(world, NULL, touch, &id);
    clock_freeze_us(NINE_US + 58 * MINUTE_US);
    g_assert_true(is_alive(world, a.token));
    clock_freeze_us(NINE_US + 59 * MINUTE_US);
    g_assert_false(is_alive(world, a.token)); /* 30 minutes since the touch */
}

static void
test_twelve_hours(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) a = { .login = "lm", .password = WORLD_PASSWORD };
    Look look = { 0 };

    g_assert_true(sign_in(world, &a));
    look.token = a.token;
    world_must(world, NULL, load, &look);
    gint64 id = look.session.id;
    for (gint64 minute = 20; minute < 720; minute += 20) {
        clock_freeze_us(NINE_US + minute * MINUTE_US);
        g_assert_true(is_alive(world, a.token));
        world_must(world, NULL, touch, &id);
    }
    clock_freeze_us(NINE_US + 720 * MINUTE_US);
    g_assert_false(is_alive(world, a.token));
}

static gboolean
leave(Ctx *ctx, gpointer data, GError **error)
{
    return org_logout(ctx, data, error);
}

static void
test_logout(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) a = { .login = "lm", .password = WORLD_PASSWORD };
    g_auto(Attempt) b = { .login = "lm", .password = WORLD_PASSWORD };

    g_assert_true(sign_in(world, &a) && sign_in(world, &b));
    g_assert_cmpstr(a.token, !=, b.token);
    world_must(world, "lm", leave, a.token);
    g_assert_false(is_alive(world, a.token));
    g_assert_true(is_alive(world, b.token));
    world_must(world, "lm", leave, a.token); /* once more does no harm */
    g_assert_false(is_alive(world, "forged"));
    g_assert_false(is_alive(world, NULL));
    staff_switch_off(world, "lm");
    g_assert_false(is_alive(world, b.token));
}

typedef struct {
    const char *old_password, *new_password;
    gint64 session_id;
    char *old_hash, *new_hash;
} Change;

static void
change_clear(Change *change)
{
    g_clear_pointer(&change->old_hash, g_free);
    g_clear_pointer(&change->new_hash, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Change, change_clear)

static gboolean
check_change(Ctx *ctx, gpointer data, GError **error)
{
    Change *c = data;

    return org_password_check(ctx, c->old_password, c->new_password, &c->old_hash, &c->new_hash,
                              error);
}

static gboolean
commit_change(Ctx *ctx, gpointer data, GError **error)
{
    const Change *c = data;

    return org_password_commit(ctx, c->session_id, c->old_hash, c->new_hash, error);
}

static void
test_change(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) a = { .login = "lm", .password = WORLD_PASSWORD };
    g_auto(Attempt) b = { .login = "lm", .password = WORLD_PASSWORD };
    g_auto(Change) change = { .old_password = WORLD_PASSWORD, .new_password = "兰亭序-永和九年" };
    GError *error = NULL;
    gint64 minutes = 0;
    Look look = { 0 };

    g_assert_true(sign_in(world, &a) && sign_in(world, &b));
    look.token = a.token;
    world_must(world, NULL, load, &look);
    change.session_id = look.session.id;
    g_assert_true(world_read(world, "lm", check_change, &change, &error));
    world_must(world, "lm", commit_change, &change);
    g_assert_true(is_alive(world, a.token));
    g_assert_false(is_alive(world, b.token));
    g_assert_false(try_in(world, "lm", WORLD_PASSWORD, &minutes));
    g_assert_true(try_in(world, "lm", "兰亭序-永和九年", &minutes));
    /* the same change once more finds another password than it checked */
    g_assert_false(world_write(world, "lm", commit_change, &change, &error));
    world_refused(&error, "record.stale");
}

static void
test_change_refused(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    const char *const bad[][2] = {
        { "wrong", "Quite-New-2026" },      { NULL, "Quite-New-2026" },
        { WORLD_PASSWORD, WORLD_PASSWORD }, { WORLD_PASSWORD, "short" },
        { WORLD_PASSWORD, NULL },           { WORLD_PASSWORD, "password123" }
    };

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_auto(Change) change = { .old_password = bad[i][0], .new_password = bad[i][1] };
        GError *error = NULL;
        g_assert_false(world_read(world, "lm", check_change, &change, &error));
        world_refused(&error, "input.invalid");
        g_assert_null(change.new_hash);
    }
}

static void
test_rules(void)
{
    static const struct {
        const char *password, *token;
    } cases[] = {
        { "", "too_short" },
        { "1234567", "too_short" },
        { "七个汉字的密码", "too_short" },
        { "八个汉字的密码吗", NULL },
        { "12345678", "common" },
        { "PassWord123", "common" },
        { "Woaini1314", "common" },
        { "1qaz@WSX", "common" },
        { "hhhhhhhhhh", "common" },
        { "zhang.wei88", "same_as_login" },
        { "ZHANG.WEI88", "same_as_login" },
        { "correct horse battery", NULL },
        { "        ", "common" },
        { "kT9#vLq2", NULL },
    };
    g_autofree char *huge = g_strnfill(201, 'x');
    g_autofree char *run = g_strnfill(70, 'x');
    g_autofree char *long_ok = g_strconcat("y", run, NULL);

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        gboolean taken =
            org_password_rules(cases[i].password, "zhang.wei88", "张伟", "new_password", &error);
        g_assert_true(taken == (cases[i].token == NULL));
        if (taken)
            continue;
        const FieldError *field = app_error_get_private(error)->fields->pdata[0];
        g_assert_cmpstr(field->token, ==, cases[i].token);
        g_assert_cmpstr(field->field, ==, "new_password");
    }
    g_autoptr(GError) error = NULL;
    g_assert_false(org_password_rules(huge, "a", "b", "p", &error));
    g_assert_true(org_password_rules(long_ok, "a", "b", "p", NULL));
}

static gboolean
reset(Ctx *ctx, gpointer data, GError **error)
{
    g_autofree char *hash = secret_password_hash("Given-By-Admin-1");

    return org_password_reset(ctx, "staff", *(gint64 *) data, hash, error);
}

static void
test_reset(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) before = { .login = "lm", .password = WORLD_PASSWORD };
    g_auto(Attempt) after = { .login = "lm", .password = "Given-By-Admin-1" };
    gint64 id = world_staff(world, "lm");
    GError *error = NULL;

    g_assert_true(sign_in(world, &before));
    fail_times(world, "lm", 5);
    world_must(world, "admin", reset, &id);
    g_assert_false(is_alive(world, before.token));
    g_assert_true(sign_in(world, &after)); /* a reset unlocks too */
    g_assert_true(after.state.must_change_password);
    Look look = { .token = after.token };
    world_must(world, NULL, load, &look);
    g_assert_true(look.session.must_change_password);
    g_auto(Change) change = { .old_password = "Given-By-Admin-1",
                              .new_password = "My-Own-Word-9",
                              .session_id = look.session.id };
    g_assert_true(world_read(world, "lm", check_change, &change, &error));
    world_must(world, "lm", commit_change, &change);
    world_must(world, NULL, load, &look);
    g_assert_false(look.session.must_change_password);
}

typedef struct {
    OrgSession session;
    gint64 property_id;
    const char *lang;
} Choice;

static gboolean
choose(Ctx *ctx, gpointer data, GError **error)
{
    const Choice *choice = data;

    return org_session_set(ctx, &choice->session, choice->property_id, choice->lang, error);
}

static gboolean
second_property(Ctx *ctx, gpointer data, GError **error)
{
    *(gint64 *) data = org_property_add(ctx, "L2", "兰亭二期", error);
    return *(gint64 *) data != 0;
}

static gboolean
role_there(Ctx *ctx, gpointer data, GError **error)
{
    const gint64 *ids = data;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "staff_role"));

    ctx->property_id = ids[0];
    record_set_id(rec, "staff_id", ids[1]);
    record_set_id(rec, "role_id", org_role_id(ctx, "director"));
    return record_save(ctx, rec, error);
}

static void
test_choice(Dialect dialect)
{
    g_autoptr(World) world = request_world(dialect);
    g_auto(Attempt) a = { .login = "director", .password = WORLD_PASSWORD };
    GError *error = NULL;
    gint64 other = 0;

    g_assert_true(sign_in(world, &a));
    Look look = { .token = a.token };
    world_must(world, NULL, load, &look);
    world_must(world, NULL, second_property, &other);
    Choice choice = { .session = look.session, .property_id = other };
    g_assert_false(world_write(world, "director", choose, &choice, &error));
    world_refused(&error, "property.forbidden");
    gint64 ids[] = { other, world_staff(world, "director") };
    world_must(world, NULL, role_there, ids);
    choice.lang = "en";
    world_must(world, "director", choose, &choice);
    choice.lang = "fr";
    g_assert_false(world_write(world, "director", choose, &choice, &error));
    world_refused(&error, "input.invalid");
    world_must(world, NULL, load, &look);
    g_assert_cmpint(look.session.property_id, ==, other);
    g_assert_cmpint(look.session.lang, ==, LANG_EN);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/login/the-right-password-opens-a-session", test_in);
    testdb_each("/login/only-digests-are-stored", test_digests);
    testdb_each("/login/whatever-is-wrong-the-words-are-the-same", test_refused);
    testdb_each("/login/five-failures-lock-for-one-then-five-then-fifteen-minutes", test_lock);
    testdb_each("/login/an-unknown-login-locks-like-a-known-one", test_lock_unknown);
    testdb_each("/login/guesses-made-side-by-side-gain-nothing", test_side_by_side);
    testdb_each("/login/thirty-failures-lock-the-address", test_address);
    testdb_each("/session/idle-for-thirty-minutes-ends-it", test_idle);
    testdb_each("/session/twelve-hours-end-it-whatever-happens", test_twelve_hours);
    testdb_each("/session/logging-out-and-leaving-end-it-on-the-server", test_logout);
    testdb_each("/session/a-property-is-chosen-only-with-a-role-there", test_choice);
    testdb_each("/password/a-change-ends-the-other-sessions", test_change);
    testdb_each("/password/bad-changes-are-refused", test_change_refused);
    testdb_each("/password/a-reset-must-be-changed", test_reset);
    g_test_add_func("/password/rules", test_rules);
    return g_test_run();
}
