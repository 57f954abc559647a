#include "api/api_internal.h"
#include "base/clock.h"
#include "base/secret.h"

/* A change of rights reaches other servers on the same database after this time at the latest. */
enum { SESSION_CACHE_US = 10 * 1000 * 1000, SESSION_CACHE_MAX = 4096 };

void
session_free(gpointer data)
{
    CachedSession *s = data;

    if (!s)
        return;
    g_clear_pointer(&s->access, access_unref);
    g_free(s);
}

static CachedSession *
session_copy(const CachedSession *s)
{
    CachedSession *copy = g_memdup2(s, sizeof *s);

    copy->access = access_ref(s->access);
    return copy;
}

Access *
session_access(DbConn *conn, gint64 account_id, gint64 merchant_id, gint64 property_id, GError **error)
{
    return merchant_id ? org_merchant_access_load(conn, merchant_id, error) : org_access_load(conn, account_id, property_id, error);
}

typedef struct {
    const char *token;
    const Registry *registry;
    CachedSession *out;
} LoadJob;

static gboolean
load_job(DbConn *conn, gpointer data, GError **error)
{
    LoadJob *job = data;
    OrgSession found = { 0 };

    if (!org_session_load(conn, job->token, clock_now_us(), &found, error))
        return FALSE;
    if (!found.id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "session.none", "登录已过期，请重新登录", "please log in again");
    g_autoptr(Access) access = session_access(conn, found.staff_id, found.merchant_id, found.property_id, error);
    if (!access)
        return FALSE;
    CachedSession *s = g_new0(CachedSession, 1);
    s->session = found;
    s->access = g_steal_pointer(&access);
    s->loaded_us = clock_mono_us();
    session_free(job->out);
    job->out = s;
    return TRUE;
}

static gboolean
touch_job(DbConn *conn, gpointer data, GError **error)
{
    const OrgSession *session = data;

    return org_session_touch(conn, session->id, clock_now_us(), error);
}

CachedSession *
session_find(Api *api, const char *token, GError **error)
{
    g_autofree char *digest = secret_digest_text(token);
    g_autoptr(CachedSession) found = NULL;

    g_mutex_lock(&api->lock);
    const CachedSession *cached = g_hash_table_lookup(api->sessions, digest);
    if (cached && clock_mono_us() - cached->loaded_us < SESSION_CACHE_US)
        found = session_copy(cached);
    g_mutex_unlock(&api->lock);
    if (found)
        return g_steal_pointer(&found);
    LoadJob job = { .token = token, .registry = api->options.registry };
    if (!db_run(api->options.db, LANE_READ, load_job, &job, error))
        return NULL;
    found = job.out;
    if (found->session.touch_due && !db_run(api->options.db, LANE_WRITE, touch_job, &found->session, error))
        return NULL;
    g_mutex_lock(&api->lock);
    if (g_hash_table_size(api->sessions) > SESSION_CACHE_MAX)
        g_hash_table_remove_all(api->sessions);
    g_hash_table_replace(api->sessions, g_steal_pointer(&digest), session_copy(found));
    g_mutex_unlock(&api->lock);
    return g_steal_pointer(&found);
}

void
session_forget_all(Api *api)
{
    g_mutex_lock(&api->lock);
    g_hash_table_remove_all(api->sessions);
    g_mutex_unlock(&api->lock);
}
