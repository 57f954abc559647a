#include "jobs/jobs.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/catalogue.h"
#include "domain/approval/approval.h"
#include "domain/billing/billing_run.h"
#include "domain/collection/collection.h"
#include "domain/crm/crm.h"
#include "domain/lease/lease.h"
#include "domain/sales/sales.h"
#include "domain/space/space.h"

enum { TICK_US = 60 * 1000 * 1000 };

struct Jobs {
    Db *db;
    const Registry *registry;
    const char *files_dir;
    const guint8 *key;
    const MailOptions *mail;
    GThread *thread;
    GMutex lock;
    GCond wake;
    gboolean stop;
};

static gboolean
holds(Ctx *ctx, GError **error)
{
    return crm_holds_expire(ctx, NULL, error);
}

static gboolean
pool(Ctx *ctx, gint64 *after, GError **error)
{
    return crm_pool_step(ctx, after, NULL, NULL, error);
}

static gboolean
visits(Ctx *ctx, GError **error)
{
    return crm_visits_miss(ctx, NULL, error);
}

static gboolean
documents(Ctx *ctx, GError **error)
{
    return crm_documents_supersede(ctx, NULL, error);
}

static gboolean
units(Ctx *ctx, GError **error)
{
    return space_status_refresh_all(ctx, NULL, error);
}

static gboolean
statistics(Ctx *ctx, GError **error)
{
    return db_analyse(ctx->db, error);
}

static gboolean
sales(Ctx *ctx, GError **error)
{
    return sales_daily(ctx, NULL, error);
}

static const struct {
    const char *name;
    gboolean daily; /* once a civil day; else every minute */
    gboolean (*run)(Ctx *ctx, GError **error);
    /* Instead of run, for jobs over many records: some of them after *after, which becomes 0 at the end. Each step is a transaction, so
     * that people's writes come in between. */
    gboolean (*step)(Ctx *ctx, gint64 *after, GError **error);
} table[] = {
    { "holds_expire", FALSE, holds, NULL }, { "approval_remind", TRUE, approval_remind, NULL }, { "lead_pool", TRUE, NULL, pool },
    { "visits_miss", TRUE, visits, NULL },  { "lease_daily", TRUE, lease_daily, NULL },         { "unit_status", TRUE, units, NULL },
    { "documents_supersede", TRUE, documents, NULL }, { "statistics", TRUE, statistics, NULL }, { "sales_daily", TRUE, sales, NULL },
    { "collection", TRUE, collection_daily, NULL }, { "collection_remind", TRUE, NULL, collection_remind_step },
    { "bill_run", FALSE, NULL, bill_run_go_on }, { "bill_proof", TRUE, NULL, bill_proof_step },
};

typedef struct {
    const Jobs *jobs;
    gint64 property_id;
    guint n;
    gint64 after;  /* where the step before ended; 0: the first step */
    gint64 reached; /* where this one ends */
} One;

/* Claims the day of a daily job: the row is the proof that it has run. */
static gboolean
claim_day(Ctx *ctx, const char *name, gboolean *mine, GError **error)
{
    gint64 changed = 0;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "jobs.claim_day", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "name", name);
    db_bind_int(stmt, "day", ctx->today);
    db_bind_int(stmt, "now", ctx->now_us);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    *mine = changed == 1;
    return TRUE;
}

static gboolean
run_one(DbConn *conn, gpointer data, GError **error)
{
    One *one = data;
    Ctx ctx = { .db = conn, .registry = one->jobs->registry, .property_id = one->property_id, .now_us = clock_now_us(),
                .today = clock_today(), .files_dir = one->jobs->files_dir, .key = one->jobs->key };
    gboolean mine = TRUE;

    one->reached = 0;
    if (table[one->n].daily && !one->after && !claim_day(&ctx, table[one->n].name, &mine, error))
        return FALSE;
    if (!mine)
        return TRUE;
    if (!table[one->n].step)
        return table[one->n].run(&ctx, error);
    gint64 after = one->after;
    if (!table[one->n].step(&ctx, &after, error))
        return FALSE;
    one->reached = after;
    return TRUE;
}

static gboolean
run_steps(Db *db, One *one, GError **error)
{
    do {
        if (!db_run(db, LANE_WRITE, run_one, one, error))
            return FALSE;
        one->after = one->reached;
    } while (one->after);
    return TRUE;
}

static gboolean
list_properties(DbConn *conn, gpointer data, GError **error)
{
    GArray *ids = data;
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(conn, "jobs.properties", error);

    g_array_set_size(ids, 0);
    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    return ok;
}

/* Sending waits for another machine: no transaction is open meanwhile. */
static void
mail_out(const Jobs *jobs, gint64 property_id)
{
    g_autoptr(GError) failure = NULL;

    if (jobs->mail && !mail_run(jobs->db, jobs->mail, property_id, NULL, &failure))
        log_line(LOG_ERROR, "mail: %s", failure->message);
}

/* Each job in a transaction of its own: one that fails does not hold up the others. */
static gboolean
run_all(Jobs *jobs, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) first = NULL;

    if (!db_run(jobs->db, LANE_READ, list_properties, ids, error))
        return FALSE;
    for (guint p = 0; p < ids->len; p++) {
        for (guint n = 0; n < G_N_ELEMENTS(table); n++) {
            g_autoptr(GError) failure = NULL;
            One one = { .jobs = jobs, .property_id = g_array_index(ids, gint64, p), .n = n };
            if (run_steps(jobs->db, &one, &failure))
                continue;
            log_line(LOG_ERROR, "job %s: %s", table[n].name, failure->message);
            if (!first)
                first = g_steal_pointer(&failure);
        }
        mail_out(jobs, g_array_index(ids, gint64, p));
    }
    if (!first)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&first));
    return FALSE;
}

gboolean
jobs_run_once(Db *db, const Registry *registry, const char *files_dir, const guint8 *key, GError **error)
{
    Jobs jobs = { .db = db, .registry = registry, .files_dir = files_dir, .key = key };

    return run_all(&jobs, error);
}

static gpointer
tick(gpointer data)
{
    Jobs *jobs = data;

    g_mutex_lock(&jobs->lock);
    while (!jobs->stop) {
        g_mutex_unlock(&jobs->lock);
        run_all(jobs, NULL);
        g_mutex_lock(&jobs->lock);
        gint64 until = g_get_monotonic_time() + TICK_US;
        while (!jobs->stop && g_cond_wait_until(&jobs->wake, &jobs->lock, until))
            ;
    }
    g_mutex_unlock(&jobs->lock);
    return NULL;
}

Jobs *
jobs_start(Db *db, const Registry *registry, const char *files_dir, const guint8 *key, const MailOptions *mail)
{
    Jobs *jobs = g_new0(Jobs, 1);

    *jobs = (Jobs){ .db = db, .registry = registry, .files_dir = files_dir, .key = key, .mail = mail };
    g_mutex_init(&jobs->lock);
    g_cond_init(&jobs->wake);
    jobs->thread = g_thread_new("jobs", tick, jobs);
    return jobs;
}

void
jobs_stop(Jobs *jobs)
{
    if (!jobs)
        return;
    g_mutex_lock(&jobs->lock);
    jobs->stop = TRUE;
    g_cond_broadcast(&jobs->wake);
    g_mutex_unlock(&jobs->lock);
    g_thread_join(jobs->thread);
    g_mutex_clear(&jobs->lock);
    g_cond_clear(&jobs->wake);
    g_free(jobs);
}
