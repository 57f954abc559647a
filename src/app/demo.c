/* demo.c - the demo centre: people, order of work. See demo_internal.h. */
#include "app/demo_internal.h"

#include "base/clock.h"
#include "base/json_out.h"
#include "base/secret.h"
#include "db/catalogue.h"
#include "domain/collection/collection.h"
#include "domain/crm/crm.h"
#include "domain/ledger/ledger.h"
#include "domain/org/org.h"
#include "domain/party/party.h"
#include "domain/sales/sales.h"
#include "domain/space/space.h"

#define DEMO_SETTING "demo"
#define DEMO_EDITION "1"
#define MERCHANT_LOGIN "merchant"
#define DEMO_SEED G_GUINT64_CONSTANT(20260301)

enum { HISTORY_DAYS = 1100, OPENED_DAYS = 2290 };

static const struct {
    const char *login, *name, *post, *post_name, *role, *mobile;
} people[BY__N] = {
    [BY_LM] = { "lm", "沈知远", "lm", "招商经理", "leasing_manager", "19100008801" },
    [BY_LSUP] = { "lsup", "程若兰", "lsup", "招商主管", "leasing_supervisor", "19100008802" },
    [BY_LS1] = { "ls1", "陆晓宁", "ls", "招商专员", "leasing_specialist", "19100008803" },
    [BY_LS2] = { "ls2", "顾一鸣", "ls", "招商专员", "leasing_specialist", "19100008804" },
    [BY_LC] = { "lc", "宋雨桐", "lc", "招商内勤", "leasing_clerk", "19100008805" },
    [BY_OM] = { "om", "韩致和", "om", "运营经理", "operations_manager", "19100008806" },
    [BY_OSUP] = { "osup", "梁启航", "osup", "运营主管", "operations_supervisor", "19100008807" },
    [BY_OS1] = { "os1", "方诗雅", "os", "运营专员", "operations_specialist", "19100008808" },
    [BY_OS2] = { "os2", "杜文博", "os", "运营专员", "operations_specialist", "19100008809" },
    [BY_OC] = { "oc", "何佳怡", "oc", "运营内勤", "operations_clerk", "19100008810" },
    [BY_DIRECTOR] = { "director", "周景行", "director", "营运总监", "director", "19100008811" },
    [BY_GM] = { "gm", "林慕远", "gm", "总经理", "general_manager", "19100008812" },
    [BY_FINANCE] = { "finance", "钱敏仪", "finance", "财务部", "finance", "19100008813" },
    [BY_PROPERTY] = { "property", "罗振邦", "services", "物业部", "property_services",
                      "19100008814" },
    [BY_ADMIN] = { "admin", "安立群", "admin", "系统管理员", "admin", "19100008815" },
};

static gboolean
find_mark(Ctx *ctx, gpointer data, GError **error)
{
    gboolean *there = data;
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) mark = record_find_by(ctx, "setting", "name", DEMO_SETTING, &failure);

    *there = mark != NULL;
    if (!failure)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

gboolean
demo_is_there(App *app)
{
    gboolean there = FALSE;

    return app_read(app, 0, find_mark, &there, NULL) && there;
}

void
demo_print_logins(FILE *to)
{
    fprintf(to, "The demo centre is ready. Password of every login: %s\n\n", DEMO_PASSWORD);
    for (int i = 0; i < BY__N; i++)
        fprintf(to, "  %-10s %s  %s\n", people[i].login, people[i].name, people[i].post_name);
    fprintf(to, "  %-10s %s  %s\n", MERCHANT_LOGIN, "商户", "只看自己的账");
}

char *
demo_logins_json(void)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_array(out);
    for (int i = 0; i < BY__N; i++) {
        json_begin_object(out);
        json_kv_text(out, "login", people[i].login);
        json_kv_text(out, "name", people[i].name);
        json_kv_text(out, "post", people[i].post_name);
        json_end_object(out);
    }
    json_begin_object(out);
    json_kv_text(out, "login", MERCHANT_LOGIN);
    json_kv_text(out, "name", "商户");
    json_kv_text(out, "post", "只看自己的账");
    json_end_object(out);
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

/* The moment at which the system came into use. */
static Ctx
at_start(const Demo *demo, const Ctx *ctx)
{
    Ctx past = *ctx;

    past.today = demo->start;
    past.now_us = clock_day_start_us(demo->start) + 9 * G_TIME_SPAN_HOUR;
    return past;
}

static gboolean
begin(Ctx *now, gpointer data, GError **error)
{
    Demo *demo = data;
    Ctx ctx = at_start(demo, now);

    demo->property_id = org_property_add(&ctx, "LT", "兰亭天地购物中心", error);
    return demo->property_id != 0;
}

static gboolean
add_person(Demo *demo, Ctx *ctx, DemoBy by, GError **error)
{
    g_autofree char *email = g_strdup_printf("%s@lanting.example", people[by].login);
    const OrgNewStaff person = { .login = people[by].login,
                                 .name = people[by].name,
                                 .post_code = people[by].post,
                                 .role_code = people[by].role,
                                 .mobile = people[by].mobile,
                                 .email = email,
                                 .password_hash = demo->password_hash };

    demo->staff[by] = org_staff_add(ctx, &person, error);
    return demo->staff[by] != 0;
}

static gboolean
seed(Ctx *now, gpointer data, GError **error)
{
    Demo *demo = data;
    Ctx ctx = at_start(demo, now);

    if (!org_seed(&ctx, error) || !party_seed(&ctx, error) || !lease_seed(&ctx, error) || !ledger_seed(&ctx, error)
        || !collection_seed(&ctx, error))
        return FALSE;
    for (int by = 0; by < BY__N; by++) {
        if (!add_person(demo, &ctx, (DemoBy) by, error))
            return FALSE;
    }
    g_autoptr(Record) template = record_find_by(&ctx, "document_template", "kind", "lease", error);
    demo->template_id = template ? template->id : 0;
    return template != NULL;
}

static gboolean
load_rights(Ctx *ctx, gpointer data, GError **error)
{
    Demo *demo = data;

    for (int by = 0; by < BY__N; by++) {
        demo->access[by] = org_access_load(ctx->db, demo->staff[by], demo->property_id, error);
        if (!demo->access[by])
            return FALSE;
    }
    return TRUE;
}

/* What the job runner does on the day. */
static gboolean
daily_jobs(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    (void) data;
    return crm_holds_expire(ctx, NULL, error) && crm_visits_miss(ctx, NULL, error)
           && lease_daily(ctx, error) && sales_daily(ctx, NULL, error);
}

static gboolean
pool_job(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    (void) data;
    return crm_pool_run(ctx, NULL, NULL, error);
}

static gboolean
refresh_units(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    (void) data;
    return space_status_refresh_all(ctx, NULL, error);
}

/* Once a month in the past, daily of late. */
static void
plan_jobs(Demo *demo)
{
    for (Day day = demo->start + 1; day <= demo->today; day += day < demo->today - 30 ? 30 : 1)
        demo_at(demo, day, 20, BY_SYSTEM, daily_jobs, NULL);
    demo_at(demo, demo->today - 10, 25, BY_SYSTEM, pool_job, NULL);
    demo_at(demo, demo->today - 4, 25, BY_SYSTEM, pool_job, NULL);
    demo_at(demo, demo->today, 24 * 60, BY_SYSTEM, daily_jobs, NULL);
    demo_at(demo, demo->today, 24 * 60, BY_SYSTEM, daily_jobs, NULL);
    demo_at(demo, demo->today, 24 * 60, BY_SYSTEM, refresh_units, NULL);
}

/* One merchant may look at its own account. */
static gboolean
open_portal(Ctx *ctx, gpointer data, GError **error)
{
    const Demo *demo = data;
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "app.demo_merchant", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_step(stmt, &row, error) || !row)
        return row;
    const OrgNewMerchantLogin login = { .merchant_id = db_int(stmt, 0), .contact_id = db_is_null(stmt, 2) ? 0 : db_int(stmt, 2),
                                        .name = db_is_null(stmt, 3) ? "店长" : db_text(stmt, 3), .login = MERCHANT_LOGIN,
                                        .password_hash = demo->password_hash };
    return org_merchant_login_open(ctx, &login, error) != 0;
}

/* The mark comes last: a demo that was broken off does not pass for one. */
static gboolean
leave_mark(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) mark = record_new(registry_def(ctx->registry, "setting"));

    (void) data;
    record_set_text(mark, "name", DEMO_SETTING);
    record_set_text(mark, "content", DEMO_EDITION);
    record_set_text(mark, "remark", "演示数据：全部为虚构");
    return record_save(ctx, mark, error) && db_analyse(ctx->db, error);
}

static void
demo_init(Demo *demo, App *app)
{
    demo->app = app;
    demo->rng.state = DEMO_SEED;
    demo->now_us = clock_now_us();
    demo->today = clock_day_of(demo->now_us);
    demo->start = demo->today - HISTORY_DAYS;
    demo->opened = demo->today - OPENED_DAYS;
    demo->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    demo->arena = g_ptr_array_new_with_free_func(g_free);
    demo->units = g_ptr_array_new();
    demo->brands = g_ptr_array_new();
    demo->merchants = g_ptr_array_new();
    demo->leases = g_ptr_array_new();
    demo->prospects = g_ptr_array_new();
    demo->events = demo_events_new();
    demo->password_hash = secret_password_hash(DEMO_PASSWORD);
}

static void
demo_clear(Demo *demo)
{
    for (int by = 0; by < BY__N; by++)
        g_clear_pointer(&demo->access[by], access_unref);
    g_hash_table_unref(demo->ids);
    g_ptr_array_unref(demo->units);
    g_ptr_array_unref(demo->brands);
    g_ptr_array_unref(demo->merchants);
    g_ptr_array_unref(demo->leases);
    g_ptr_array_unref(demo->prospects);
    g_array_unref(demo->events);
    g_ptr_array_unref(demo->arena);
    g_free(demo->password_hash);
}

static gboolean
make(Demo *demo, GError **error)
{
    if (!app_write(demo->app, 0, begin, demo, error)
        || !app_write(demo->app, demo->property_id, seed, demo, error)
        || !app_read(demo->app, demo->property_id, load_rights, demo, error))
        return FALSE;
    demo_plan_units(demo);
    demo_plan_place(demo);
    demo_plan_leases(demo);
    demo_plan_crm(demo);
    demo_plan_office(demo);
    demo_plan_books(demo);
    demo_plan_bills(demo);
    plan_jobs(demo);
    return demo_run(demo, error) && app_write(demo->app, demo->property_id, open_portal, demo, error)
           && app_write(demo->app, demo->property_id, leave_mark, NULL, error);
}

gboolean
demo_make(App *app, GError **error)
{
    Demo demo = { 0 };

    demo_init(&demo, app);
    gboolean ok = make(&demo, error);
    demo_clear(&demo);
    return ok;
}
