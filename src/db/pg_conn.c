#include "db/pg_conn.h"

#include "base/log.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#define BACKOFF_FIRST_US (100 * 1000)
#define BACKOFF_MAX_US (2 * G_USEC_PER_SEC)
/* The server's own limits are a belt to our deadlines: they come a little later. */
#define GRACE_MS 5000

static void
on_notice(void *data, const PGresult *result)
{
    PgConn *own = data;
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    /* The name does not depend on the language of the server's messages. */
    if (g_strcmp0(function, "SyncRepWaitForLSN") == 0)
        own->sync_lost = TRUE;
    log_line(LOG_DEBUG, "postgresql: %s", text ? text : "");
}

static gboolean
set_up(DbConn *conn, GError **error)
{
    PgConn *own = conn->handle;
    gint64 limit_us = conn->lane == LANE_SLOW ? DB_SLOW_LIMIT_US : DB_READ_LIMIT_US;
    g_autofree char *sql = g_strdup_printf(
        "SET statement_timeout=%d; SET lock_timeout=%d; SET idle_in_transaction_session_timeout=%d;"
        "SET client_connection_check_interval=5000; SET timezone='UTC'; SET datestyle='ISO, YMD';"
        "SET bytea_output='hex'; SET standard_conforming_strings=on",
        (int) (limit_us / 1000) + GRACE_MS, (int) (DB_WAIT_US / 1000),
        (int) (DB_SLOW_LIMIT_US / 1000) + GRACE_MS);
    PQsetNoticeReceiver(own->pg, on_notice, own);
    PQsetnonblocking(own->pg, 1);
    if (!PQsendQuery(own->pg, sql))
        return fault_set_unavailable(error, PQerrorMessage(own->pg));
    PGresult *result = pg_collect(own, g_get_monotonic_time() + DB_WAIT_US);
    gboolean ok = result != NULL && PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return ok ? TRUE : fault_set_unavailable(error, PQerrorMessage(own->pg));
}

static gboolean
connect_once(DbConn *conn, GError **error)
{
    /* Later entries win, so the settings of the URL stand over the first ones here. */
    const char *session =
        conn->db->options.read_only || conn->lane == LANE_SLOW ? "any" : "read-write";
    const char *const keys[] = { "connect_timeout",      "tcp_user_timeout",
                                 "keepalives_idle",      "keepalives_interval",
                                 "keepalives_count",     "application_name",
                                 "target_session_attrs", "dbname",
                                 "client_encoding",      NULL };
    const char *const values[] = { "3",       "5000",  "2",           "1",    "3",
                                   "lanting", session, conn->db->url, "UTF8", NULL };
    PgConn *own = g_new0(PgConn, 1);
    own->forgotten = g_string_new(NULL);
    own->pg = PQconnectdbParams(keys, values, 1);
    conn->handle = own;
    g_autoptr(GError) why = NULL;
    gboolean ok = PQstatus(own->pg) == CONNECTION_OK
                      ? set_up(conn, &why)
                      : fault_set_unavailable(&why, PQerrorMessage(own->pg));
    if (ok)
        return TRUE;
    pg_disconnect(conn);
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
}

void
pg_disconnect(DbConn *conn)
{
    PgConn *own = conn->handle;
    if (own == NULL)
        return;
    conn_drop_cache(conn);
    PQfinish(own->pg);
    g_string_free(own->forgotten, TRUE);
    g_free(own);
    conn->handle = NULL;
}

gboolean
pg_connect(DbConn *conn, GError **error)
{
    if (conn->handle != NULL)
        return TRUE;
    gint64 until = g_get_monotonic_time() + DB_WAIT_US;
    gint64 pause = BACKOFF_FIRST_US;
    for (;;) {
        g_autoptr(GError) why = NULL;
        if (connect_once(conn, &why))
            return TRUE;
        /* At the start somebody reads the message; in service the server may be changing places. */
        if (!conn->db->is_open || g_get_monotonic_time() + pause > until) {
            g_propagate_error(error, g_steal_pointer(&why));
            return FALSE;
        }
        g_usleep((gulong) (pause + g_random_int_range(0, 50000)));
        pause = MIN(pause * 2, BACKOFF_MAX_US);
    }
}

gboolean
pg_wait(PgConn *own, gint64 deadline_us)
{
    for (;;) {
        int unsent = PQflush(own->pg);
        if (unsent < 0)
            return FALSE;
        if (unsent == 0 && !PQisBusy(own->pg))
            return TRUE;
        gint64 left = deadline_us - g_get_monotonic_time();
        struct pollfd poll_fd = { PQsocket(own->pg), POLLIN, 0 };
        if (unsent > 0)
            poll_fd.events |= POLLOUT;
        int ready = left > 0 ? poll(&poll_fd, 1, (int) (left / 1000) + 1) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0) {
            own->timed_out = TRUE;
            return FALSE;
        }
        if ((poll_fd.revents & ~POLLOUT) != 0 && !PQconsumeInput(own->pg))
            return FALSE;
    }
}

PGresult *
pg_collect(PgConn *own, gint64 deadline_us)
{
    PGresult *kept = NULL;
    for (;;) {
        if (!pg_wait(own, deadline_us)) {
            PQclear(kept);
            return NULL;
        }
        PGresult *result = PQgetResult(own->pg);
        if (result == NULL)
            return kept;
        if (kept != NULL && PQresultStatus(kept) == PGRES_FATAL_ERROR) {
            PQclear(result);
            continue;
        }
        PQclear(kept);
        kept = result;
    }
}

static DbFault
fault_of(const char *state)
{
    static const struct {
        const char *prefix;
        DbFault fault;
    } faults[] = {
        { "23505", DB_UNIQUE },      { "23P01", DB_UNIQUE }, { "23503", DB_FOREIGN_KEY },
        { "23001", DB_FOREIGN_KEY }, { "23514", DB_CHECK },  { "23502", DB_NOT_NULL },
        { "22", DB_TYPE },           { "40001", DB_BUSY },   { "40P01", DB_BUSY },
        { "55P03", DB_BUSY },        { "53300", DB_BUSY },   { "57P", DB_BUSY },
        { "08", DB_BUSY },           { "53100", DB_FULL },   { "58", DB_IO },
        { "XX001", DB_IO },          { "XX002", DB_IO },     { "25006", DB_READONLY },
    };
    for (guint i = 0; i < G_N_ELEMENTS(faults); i++)
        if (g_str_has_prefix(state, faults[i].prefix))
            return faults[i].fault;
    return DB_OTHER;
}

/* The connection is of no use any more: a time-out leaves it in the middle of an answer. */
static gboolean
fail_lost(DbConn *conn, GError **error)
{
    PgConn *own = conn->handle;
    conn->lost = TRUE;
    if (own->in_commit)
        return fault_set(error, DB_UNKNOWN_OUTCOME, NULL);
    if (own->timed_out)
        return fault_set_timeout(error);
    conn->retry = TRUE; /* nothing was committed */
    return fault_set_unavailable(error, g_strstrip(PQerrorMessage(own->pg)));
}

gboolean
pg_fail(DbConn *conn, const PGresult *result, GError **error)
{
    PgConn *own = conn->handle;
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    gboolean ended =
        state != NULL && (g_str_has_prefix(state, "57P") || g_str_has_prefix(state, "08"));
    if (state == NULL || ended || PQstatus(own->pg) != CONNECTION_OK)
        return fail_lost(conn, error);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    log_line(LOG_DEBUG, "postgresql %s: %s", state, message);
    if (strcmp(state, "57014") == 0)
        return fault_set_timeout(error);
    DbFault fault = fault_of(state);
    if (fault == DB_READONLY && conn->lane == LANE_WRITE)
        conn->lost = TRUE; /* the server has become a standby: find the new one */
    /* 0A000: the result of a cached plan has changed with the tables. */
    gboolean stale = strcmp(state, "0A000") == 0;
    if (stale)
        conn->lost = TRUE;
    conn->retry = stale || conn->lost || strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0;
    return fault_set(error, fault, message ? message : state);
}
