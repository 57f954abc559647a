#include "support/world.h"

#include "base/clock.h"
#include "base/secret.h"
#include "db/catalogue.h"
#include "domain/org/org.h"
#include "store/schema.h"

static const struct {
    const char *login, *name, *post, *role;
} people[] = {
    { "gm", "高总", "gm", "general_manager" },
    { "director", "董总监", "director", "director" },
    { "lm", "李经理", "lm", "leasing_manager" },
    { "lsup", "林主管", "lsup", "leasing_supervisor" },
    { "ls", "刘专员", "ls", "leasing_specialist" },
    { "ls2", "陆专员", "ls", "leasing_specialist" },
    { "lc", "罗内勤", "lc", "leasing_clerk" },
    { "om", "欧经理", "om", "operations_manager" },
    { "osup", "宋主管", "osup", "operations_supervisor" },
    { "os", "孙专员", "os", "operations_specialist" },
    { "os2", "石专员", "os", "operations_specialist" },
    { "oc", "常内勤", "oc", "operations_clerk" },
    { "finance", "傅会计", "finance", "finance" },
    { "services", "吴物业", "services", "property_services" },
    { "admin", "安管理", "admin", "admin" },
};

typedef struct {
    World *world;
    const char *login;
    WorldStep step;
    gpointer data;
} Job;

static gboolean
run_job(DbConn *conn, gpointer data, GError **error)
{
    const Job *job = data;
    World *world = job->world;
    g_autoptr(Access) access = NULL;
    Ctx ctx = { .db = conn,
                .registry = world->registry,
                .property_id = world->property_id,
                .lang = LANG_ZH,
                .now_us = clock_now_us(),
                .today = clock_today(),
                .request_id = "test",
                .key = world->key };

    if (job->login) {
        ctx.staff_id = world_staff(world, job->login);
        access = org_access_load(conn, ctx.staff_id, world->property_id, error);
        if (!access)
            return FALSE;
        ctx.access = access;
    }
    return job->step(&ctx, job->data, error);
}

gboolean
world_write(World *world, const char *login, WorldStep step, gpointer data, GError **error)
{
    Job job = { world, login, step, data };

    return db_run(world->db, LANE_WRITE, run_job, &job, error);
}

gboolean
world_read(World *world, const char *login, WorldStep step, gpointer data, GError **error)
{
    Job job = { world, login, step, data };

    return db_run(world->db, LANE_READ, run_job, &job, error);
}

void
world_must(World *world, const char *login, WorldStep step, gpointer data)
{
    g_autoptr(GError) error = NULL;

    if (!world_write(world, login, step, data, &error)) {
        const AppErrorPrivate *more =
            error->domain == APP_ERROR ? app_error_get_private(error) : NULL;
        for (guint i = 0; more && more->fields && i < more->fields->len; i++) {
            const FieldError *field = more->fields->pdata[i];
            g_printerr("# %s: %s\n", field->field, field->text[LANG_EN]);
        }
        g_error("%s: %s", app_error_token(error), app_error_text(error, LANG_EN));
    }
}

void
world_refused(GError **error, const char *token)
{
    g_assert_nonnull(*error);
    g_assert_cmpstr(app_error_token(*error), ==, token);
    g_clear_error(error);
}

gint64
world_staff(const World *world, const char *login)
{
    const gint64 *id = g_hash_table_lookup(world->staff, login);

    if (!id)
        g_error("no person %s in this world", login);
    return *id;
}

static gboolean
add_property(Ctx *ctx, gpointer data, GError **error)
{
    World *world = data;

    world->property_id = org_property_add(ctx, "LT", "兰亭广场", error);
    return world->property_id != 0;
}

static gboolean
add_people(Ctx *ctx, gpointer data, GError **error)
{
    g_autofree char *hash = secret_password_hash(WORLD_PASSWORD);

    (void) data;
    if (!org_seed(ctx, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(people); i++) {
        OrgNewStaff person = { .login = people[i].login,
                               .name = people[i].name,
                               .post_code = people[i].post,
                               .role_code = people[i].role,
                               .password_hash = hash };
        if (!org_staff_add(ctx, &person, error))
            return FALSE;
    }
    return TRUE;
}

/* What every world begins with. */
static gboolean
fill(Db *db, gpointer data, GError **error)
{
    World *world = data;

    world->db = db;
    if (!schema_create(db, world->registry, error))
        return FALSE;
    world_must(world, NULL, add_property, world);
    world_must(world, NULL, add_people, NULL);
    return TRUE;
}

static gboolean
learn_ids(Ctx *ctx, gpointer data, GError **error)
{
    World *world = data;
    g_autoptr(Record) property = record_find_by(ctx, "property", "code", "LT", error);

    for (guint i = 0; property && i < G_N_ELEMENTS(people); i++) {
        g_autoptr(Record) staff = record_find_by(ctx, "staff", "login", people[i].login, error);
        if (!staff)
            return FALSE;
        g_hash_table_insert(world->staff, g_strdup(people[i].login), g_memdup2(&staff->id, sizeof staff->id));
    }
    world->property_id = property ? property->id : 0;
    return property != NULL;
}

World *
world_open(Dialect dialect, const EntityModule *const *modules,
           const struct ApprovalSubject *const *subjects)
{
    static gsize once;
    World *world = g_new0(World, 1);

    if (g_once_init_enter(&once)) {
        secret_init();
        secret_password_fast_for_tests();
        catalogue_init();
        g_once_init_leave(&once, 1);
    }
    clock_freeze_us(clock_parse_us("2026-03-02T01:00:00.000Z"));
    world->registry = registry_new(modules, subjects);
    world->staff = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    world->db = testdb_open_filled(dialect, modules, fill, world);
    world_must(world, NULL, learn_ids, world);
    return world;
}

void
world_free(World *world)
{
    testdb_close(world->db);
    registry_free(world->registry);
    g_hash_table_unref(world->staff);
    clock_set(NULL, NULL);
    g_free(world);
}
