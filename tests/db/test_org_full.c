/* The seeded rights and flows over all modules of the program. */
#include "domain/org/org.h"
#include "support/world.h"

typedef struct {
    const char *login, *entity, *action;
    Scope scope;
} Case;

static gboolean
check_case(Ctx *ctx, gpointer data, GError **error)
{
    const Case *c = data;
    Scope scope = access_scope(ctx->access, c->entity, c->action);

    (void) error;
    if (scope != c->scope)
        g_error("%s %s.%s: %d, not %d", c->login, c->entity, c->action, scope, c->scope);
    return TRUE;
}

static void
test_rights(Dialect dialect)
{
    static const Case cases[] = {
        { "ls", "lead", "create", SCOPE_OWN },
        { "ls", "lead", "follow_up", SCOPE_OWN },
        { "ls", "lead", "assign", SCOPE_NONE },
        { "ls", "lead", "export", SCOPE_NONE },
        { "ls", "lead", "approve", SCOPE_NONE },
        { "ls", "lease", "issue_order", SCOPE_NONE },
        { "ls", "merchant", "blacklist", SCOPE_NONE },
        { "lsup", "lead", "read", SCOPE_TEAM },
        { "lsup", "lead", "assign", SCOPE_TEAM },
        { "lm", "lead", "import", SCOPE_DEPARTMENT },
        { "lm", "lease", "issue_order", SCOPE_PROPERTY },
        { "lm", "lease", "check", SCOPE_PROPERTY },
        { "lm", "lease", "approve", SCOPE_NONE }, /* only the approval itself passes a review */
        { "lm", "price_policy", "approve", SCOPE_NONE },
        { "lm", "payment_order", "receive", SCOPE_NONE },
        { "lm", "receipt", "confirm", SCOPE_NONE },
        { "lc", "lead", "import", SCOPE_DEPARTMENT },
        { "lc", "lead", "assign", SCOPE_NONE },
        { "os", "lease", "read", SCOPE_ZONE },
        { "os", "lead", "read", SCOPE_NONE },
        { "om", "lease", "update", SCOPE_NONE },
        { "finance", "receipt", "confirm", SCOPE_PROPERTY },
        { "finance", "lease", "read", SCOPE_PROPERTY },
        { "finance", "lease", "seal", SCOPE_NONE },
        { "finance", "lead", "read", SCOPE_NONE },
        { "services", "handover", "read", SCOPE_PROPERTY },
        { "director", "price_policy", "approve", SCOPE_PROPERTY },
        { "director", "lead", "read", SCOPE_PROPERTY },
        { "gm", "receipt", "read", SCOPE_PROPERTY },
        { "gm", "receipt", "confirm", SCOPE_NONE },
        { "admin", "lease", "import", SCOPE_PROPERTY },
        { "admin", "receipt", "confirm", SCOPE_NONE },
        { "admin", "lease", "issue_order", SCOPE_NONE },
    };
    g_autoptr(World) world = world_new(dialect);

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        world_must(world, cases[i].login, check_case, (gpointer) &cases[i]);
}

static gboolean
check_masks(Ctx *ctx, gpointer data, GError **error)
{
    const char *const *fields = data;

    (void) error;
    for (guint i = 0; fields[i]; i += 2) {
        gboolean shown = fields[i][0] == '+';
        if (access_may_see(ctx->access, fields[i] + 1, fields[i + 1]) != shown)
            g_error("%s.%s", fields[i], fields[i + 1]);
    }
    return TRUE;
}

static void
test_masks(Dialect dialect)
{
    static const char *const gm[] = { "+contact",  "mobile",       "+merchant", "id_number",
                                      "+merchant", "bank_account", NULL };
    static const char *const ls[] = { "+contact",  "mobile",    "+inquiry",
                                      "phone",     "-merchant", "bank_account",
                                      "-merchant", "id_number", NULL };
    static const char *const finance[] = { "-contact", "mobile", "+merchant", "bank_account",
                                           NULL };
    static const char *const os[] = { "-contact", "mobile", "-merchant", "bank_account",
                                      "-inquiry", "phone",  NULL };
    g_autoptr(World) world = world_new(dialect);

    world_must(world, "gm", check_masks, (gpointer) gm);
    world_must(world, "ls", check_masks, (gpointer) ls);
    world_must(world, "finance", check_masks, (gpointer) finance);
    world_must(world, "os", check_masks, (gpointer) os);
}

static gboolean
check_flows(Ctx *ctx, gpointer data, GError **error)
{
    static const char *const codes[] = { "lease_review", "intent", "price_policy" };

    (void) data;
    (void) error;
    for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
        g_autoptr(Record) flow = record_find_by(ctx, "flow", "code", codes[i], NULL);
        g_assert_nonnull(flow);
        g_assert_true(record_int(flow, "active"));
    }
    return TRUE;
}

static void
test_flows(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);

    world_must(world, NULL, check_flows, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/org/rights-over-all-modules-are-what-the-posts-need", test_rights);
    testdb_each("/org/confidential-fields-over-all-modules", test_masks);
    testdb_each("/org/the-default-flows-are-there", test_flows);
    return g_test_run();
}
