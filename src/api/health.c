/* health.c - what machines ask: is the process there, did a write work lately, how much was done. */
#include "api/api_internal.h"
#include "base/clock.h"
#include "db/catalogue.h"
#include "http/problem.h"

enum { READY_US = 5 * 1000 * 1000 };

static gboolean
probe(DbConn *conn, gpointer data, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(conn, "api.probe", error);

    if (!stmt)
        return FALSE;
    (void) data;
    db_bind_int(stmt, "at", clock_now_us());
    return db_exec_stmt(stmt, NULL, error);
}

/* A node is ready only if a write worked less than five seconds ago; if none was asked for, it tries one. */
void
api_ready(Api *api, HttpReply *reply)
{
    g_autoptr(GError) error = NULL;

    g_mutex_lock(&api->lock);
    gboolean fresh = api->write_ok_us && clock_mono_us() - api->write_ok_us < READY_US;
    g_mutex_unlock(&api->lock);
    if (!fresh && !db_run(api->options.db, LANE_WRITE, probe, NULL, &error)) {
        http_reply_error(reply, error, LANG_EN);
        return;
    }
    g_mutex_lock(&api->lock);
    if (!fresh)
        api->write_ok_us = clock_mono_us();
    g_mutex_unlock(&api->lock);
    http_reply_take(reply, 200, HTTP_TEXT, g_string_new("ready\n"));
}

void
api_db_metrics(const DbStats *stats, gint64 wal_bytes, GString *out)
{
    static const char *const lanes[] = { [LANE_READ] = "read", [LANE_WRITE] = "write", [LANE_SLOW] = "slow" };

    for (guint i = 0; i < G_N_ELEMENTS(lanes); i++) {
        g_string_append_printf(out, "lanting_db_jobs_total{lane=\"%s\"} %" G_GUINT64_FORMAT "\n", lanes[i],
                               stats->jobs[i]);
        g_string_append_printf(out, "lanting_db_microseconds_total{lane=\"%s\"} %" G_GINT64_FORMAT "\n", lanes[i],
                               stats->total_us[i]);
    }
    g_string_append_printf(out, "lanting_db_commits_total %" G_GUINT64_FORMAT "\n", stats->commits);
    g_string_append_printf(out, "lanting_db_wal_bytes %" G_GINT64_FORMAT "\n", wal_bytes);
}
