/* The demo centre: made through the use cases, sound, complete, and the same every time. */
#include "app/demo.h"
#include "db/catalogue.h"
#include "store/history.h"
#include "support/testdb.h"

#include "base/clock.h"
#include "base/secret.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    char *dir;
    Db *pg; /* a database of its own on the test server */
    App *app;
} Place;

static void
give_up(const GError *error)
{
    const AppErrorPrivate *more =
        error && error->domain == APP_ERROR ? app_error_get_private(error) : NULL;
    for (guint i = 0; more && more->fields && i < more->fields->len; i++) {
        const FieldError *field = more->fields->pdata[i];
        g_printerr("# %s: %s\n", field->field, field->text[LANG_EN]);
    }
    g_error("%s", error ? app_error_text(error, LANG_EN) : "failed without an error");
}

/* The call first, its error afterwards. */
#define MUST(call)          \
    do {                    \
        if (!(call))        \
            give_up(error); \
    } while (0)

static void
place_open(Place *place, Dialect dialect)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = NULL;
    const char *url = NULL;

    place->dir = g_dir_make_tmp("lanting-demo-XXXXXX", &error);
    g_assert_no_error(error);
    g_setenv("LANTING_FILES", place->dir, TRUE);
    if (dialect == DIALECT_PG) {
        place->pg = testdb_open(dialect);
        url = testdb_url(place->pg);
    } else {
        file = g_build_filename(place->dir, "demo.db", NULL);
        url = file;
    }
    place->app = app_open(url, &error);
    MUST(place->app != NULL);
    g_assert_false(demo_is_there(place->app));
    MUST(demo_make(place->app, &error));
    g_assert_true(demo_is_there(place->app));
}

static void
place_close(Place *place)
{
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", place->dir);

    app_free(place->app);
    if (place->pg)
        testdb_close(place->pg);
    g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
    g_free(place->dir);
}

typedef struct {
    const char *sql;
    gint64 number;
    char *text; /* all rows, when asked for */
    gboolean want_text;
} Question;

static gboolean
answer(Ctx *ctx, gpointer data, GError **error)
{
    Question *q = data;
    gboolean ok = TRUE;
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, q->sql, error);

    if (!stmt)
        return FALSE;
    if (strstr(q->sql, ":today"))
        db_bind_day(stmt, "today", ctx->today);
    if (strstr(q->sql, ":property_id"))
        db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        if (q->want_text)
            g_string_append_printf(all, "%s\n", db_text(stmt, 0) ? db_text(stmt, 0) : "");
        else
            q->number = db_int(stmt, 0);
    }
    q->text = g_strdup(all->str);
    return ok;
}

static gint64
count(const Place *place, const char *sql)
{
    g_autoptr(GError) error = NULL;
    Question q = { .sql = sql };

    MUST(app_read(place->app, 0, answer, &q, &error));
    g_free(q.text);
    return q.number;
}

static char *
rows(const Place *place, const char *sql)
{
    g_autoptr(GError) error = NULL;
    Question q = { .sql = sql, .want_text = TRUE };

    MUST(app_read(place->app, 0, answer, &q, &error));
    return q.text;
}

static void
assert_none(const Place *place, const char *sql)
{
    g_autofree char *found = rows(place, sql);

    g_assert_cmpstr(found, ==, "");
}

static gboolean
verify(Ctx *ctx, gpointer data, GError **error)
{
    return history_verify(ctx->db, data, error);
}

static gboolean
promise(Ctx *ctx, gpointer data, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, data, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        g_error("%s finds %s", (const char *) data, db_text(stmt, 0));
    return TRUE;
}

static void
check_sound(const Place *place)
{
    g_autoptr(GError) error = NULL;
    gint64 links = 0;

    for (guint i = 0; app_promises[i].statement; i++)
        MUST(app_read(place->app, 0, promise, (gpointer) app_promises[i].statement, &error));
    MUST(app_read(place->app, 0, verify, &links, &error));
    g_assert_cmpint(links, >, 10000);
}

static void
check_counts(const Place *place)
{
    static const char *const stages[] = { "new",         "contacted", "visited",      "intention",
                                          "negotiating", "approved",  "deposit_paid", "contracting",
                                          "signed",      "lost",      "dormant" };

    g_assert_cmpint(count(place, "SELECT COUNT(*) FROM unit"), ==, 300);
    g_assert_cmpint(count(place, "SELECT COUNT(*) FROM floor WHERE drawing IS NOT NULL"), ==, 5);
    g_assert_cmpint(count(place, "SELECT COUNT(*) FROM unit WHERE points IS NULL"), ==, 0);
    g_assert_cmpint(count(place,
                          "SELECT COUNT(*) FROM lease WHERE from_on <= :today AND to_on >= :today"
                          " AND state IN ('approved', 'sealed', 'effective', 'expiring')"),
                    >=, 240);
    g_assert_cmpint(count(place, "SELECT COUNT(*) FROM lease WHERE to_on < :today"), >=, 60);
    g_assert_cmpint(count(place, "SELECT COUNT(*) FROM inquiry"), >=, 400);
    g_assert_cmpint(
        count(place, "SELECT COUNT(*) FROM lead WHERE stage NOT IN ('signed', 'lost', 'dormant')"),
        >=, 110);
    for (guint i = 0; i < G_N_ELEMENTS(stages); i++) {
        g_autofree char *sql =
            g_strdup_printf("SELECT COUNT(*) FROM lead WHERE stage = '%s'", stages[i]);
        g_assert_cmpint(count(place, sql), >, 0);
    }
    assert_none(
        place,
        "SELECT u.no FROM unit u WHERE NOT EXISTS (SELECT 1 FROM zone_unit z WHERE z.unit_id = u.id"
        " AND z.from_on <= :today AND (z.to_on IS NULL OR z.to_on >= :today))");
    assert_none(place, "SELECT edition FROM price_policy"
                       " WHERE state NOT IN ('approved', 'superseded')");
}

/* Each way a letter of intent, a review, a payment can stand is there to be seen. */
static void
check_states(const Place *place)
{
    static const char *const there[] = {
        "intent WHERE state = 'draft'",
        "intent WHERE state = 'submitted'",
        "intent WHERE state = 'approved'",
        "intent WHERE state = 'signed'",
        "intent WHERE state = 'converted'",
        "intent WHERE state = 'expired'",
        "intent WHERE state = 'void'",
        "lease WHERE state = 'draft'",
        "lease WHERE state = 'countersigning' AND is_below_floor = 1",
        "lease WHERE state = 'countersigning' AND is_below_floor = 0",
        "lease WHERE state = 'approved'",
        "payment_order WHERE state = 'issued'",
        "payment_order WHERE state = 'part_received'",
        "payment_order WHERE state = 'received'",
        "unit_hold WHERE state = 'active' AND locked = 0",
        "unit_hold WHERE state = 'active' AND locked = 1",
        "unit_hold WHERE state = 'expired'",
        "visit_plan WHERE state = 'planned'",
        "visit_plan WHERE state = 'reported'",
        "visit_plan WHERE state = 'done'",
        "visit_plan WHERE state = 'missed'",
        "daily_report WHERE state = 'submitted'",
        "policy_document WHERE state = 'in_force'",
        "policy_document WHERE state = 'superseded'",
        "faq",
        "market_note",
        "list_view",
        "notification",
        "channel_spend",
        "target_brand",
        "lease_document WHERE state = 'missing'",
        "lease WHERE state = 'expiring'",
        "lease WHERE state = 'expired'",
        "handover WHERE state = 'waiting'",
    };

    for (guint i = 0; i < G_N_ELEMENTS(there); i++) {
        g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s", there[i]);
        g_test_message("%s", sql);
        if (count(place, sql) == 0)
            g_error("there is no %s", there[i]);
    }
}

/* What a person would compare: names, numbers, days and amounts, but no ids. */
static char *
essence(const Place *place)
{
    static const char *const looks[] = {
        "SELECT no || ' ' || COALESCE(points, '') FROM unit ORDER BY no",
        "SELECT l.no || ' ' || m.name || ' ' || l.unit_nos || ' ' || l.total || ' ' || "
        "l.monthly_rent || ' ' || l.state"
        " FROM lease l JOIN merchant m ON m.id = l.merchant_id ORDER BY l.no",
        "SELECT no || ' ' || name || ' ' || stage || ' ' || grade FROM lead ORDER BY no",
        "SELECT no || ' ' || name || ' ' || phone FROM inquiry ORDER BY no",
        "SELECT no || ' ' || total || ' ' || received || ' ' || state FROM payment_order ORDER BY "
        "no",
    };
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(looks); i++) {
        g_autofree char *text = rows(place, looks[i]);
        g_string_append(all, text);
    }
    return g_strdup(all->str);
}

static void
demo_is_sound(Dialect dialect)
{
    Place place = { 0 };

    place_open(&place, dialect);
    check_sound(&place);
    check_counts(&place);
    check_states(&place);
    place_close(&place);
}

static void
demo_is_the_same(void)
{
    Place first = { 0 }, second = { 0 };

    clock_freeze_us(clock_now_us()); /* midnight may not come between the two */
    place_open(&first, DIALECT_SQLITE);
    g_autofree char *one = essence(&first);
    place_close(&first);
    place_open(&second, DIALECT_SQLITE);
    g_autofree char *two = essence(&second);
    place_close(&second);
    clock_set(NULL, NULL);
    g_assert_cmpuint(strlen(one), >, 10000);
    g_assert_cmpstr(one, ==, two);
}

static void
logins_are_listed(void)
{
    g_autofree char *json = demo_logins_json();

    g_assert_nonnull(strstr(json, "\"login\":\"lm\""));
    g_assert_nonnull(strstr(json, "\"login\":\"property\""));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    secret_init();
    g_test_add_func("/demo/the-log-in-page-can-list-every-login", logins_are_listed);
    testdb_each("/demo/the-centre-is-complete-and-sound", demo_is_sound);
    g_test_add_func("/demo/made-twice-on-one-day-it-has-the-same-names-and-amounts",
                    demo_is_the_same);
    return g_test_run();
}
