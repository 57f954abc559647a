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
    g_free(s->csrf_digest);
    g_clear_pointer(&s->access, access_unref);
    g_free(s);
}

static CachedSession *
session_copy(const CachedSession *s)
{
    CachedSession *copy = g_memdup2(s, sizeof *s);

    copy->csrf_digest = g_strdup(s->csrf_digest);
    copy->access = access_ref(s->access);
    return copy;
}

typedef struct {
    const char *token;
    CachedSession *out;
} LoadJob;

static gboolean
load_job(DbConn *conn, gpointer data, GError **error)
{
    LoadJob *job = data;
    g_auto(OrgSession) found = { 0 };

    if (!org_session_load(conn, job->token, clock_now_us(), &found, error))
        return FALSE;
    g_autoptr(Access) access = org_access_load(conn, found.staff_id, found.property_id, error);
    if (!access)
        return FALSE;
    CachedSession *s = g_new0(CachedSession, 1);
    s->session_id = found.id;
    s->staff_id = found.staff_id;
    s->property_id = found.property_id;
    s->lang = found.lang;
    s->csrf_digest = g_strdup(found.csrf_digest);
    s->access = g_steal_pointer(&access);
    s->loaded_us = clock_mono_us();
    session_free(job->out);
    job->out = s;
    return TRUE;
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
    LoadJob job = { .token = token };
    if (!db_run(api->options.db, LANE_READ, load_job, &job, error))
        return NULL;
    found = job.out;
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
