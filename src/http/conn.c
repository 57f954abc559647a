#include "http/http_internal.h"

#include "base/clock.h"

#include <poll.h>
#include <sys/socket.h>

#define SECOND_US ((gint64) G_USEC_PER_SEC)
#define LINGER_US (3 * SECOND_US)
#define BODY_GRACE_US (10 * SECOND_US)
#define BODY_MIN_RATE 1024 /* bytes a second on average */
#define BODY_EARN 131072   /* bytes that earn a second more */
#define REPLY_EARN 16384

static Conn *
conn_new(HttpServer *server, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *peer =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    Conn *conn = g_new0(Conn, 1);
    conn->server = server;
    conn->fd = fd ? fd->connect_fd : -1;
    conn->since_us = clock_mono_us();
    http_address_text(peer ? peer->client_addr : NULL, conn->remote, sizeof conn->remote);
    return conn;
}

/* libmicrohttpd tells of the end before it closes the socket; once the connection is out of the
 * table, the reaper cannot shut down somebody else's socket of the same number. */
void
conn_notify(void *cls, struct MHD_Connection *connection, void **socket_context,
            enum MHD_ConnectionNotificationCode code)
{
    HttpServer *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        Conn *conn = conn_new(server, connection);
        *socket_context = conn;
        g_mutex_lock(&server->lock);
        g_hash_table_add(server->connections, conn);
        server->metrics.connections++;
        g_mutex_unlock(&server->lock);
        return;
    }
    Conn *conn = g_steal_pointer(socket_context);
    if (!conn)
        return;
    g_mutex_lock(&server->lock);
    g_hash_table_remove(server->connections, conn);
    server->metrics.connections--;
    g_mutex_unlock(&server->lock);
}

void
conn_phase(Conn *conn, ConnPhase phase)
{
    gint64 now = clock_mono_us();
    g_mutex_lock(&conn->server->lock);
    conn->phase = phase;
    conn->since_us = now;
    conn->bytes = 0;
    g_mutex_unlock(&conn->server->lock);
}

void
conn_bytes(Conn *conn, guint64 more)
{
    g_mutex_lock(&conn->server->lock);
    conn->bytes += more;
    g_mutex_unlock(&conn->server->lock);
}

/* Closing a socket that holds unread bytes resets it, and the client never reads why it was refused.
 * So end our side, then read and forget what still comes until the client ends its own. */
void
conn_linger(Conn *conn)
{
    char scrap[4096];
    gint64 end_us = clock_mono_us() + LINGER_US;
    conn_phase(conn, PHASE_LINGER);
    shutdown(conn->fd, SHUT_WR);
    for (;;) {
        gint64 left_us = end_us - clock_mono_us();
        struct pollfd waiting = { .fd = conn->fd, .events = POLLIN };
        if (left_us <= 0 || poll(&waiting, 1, (int) (left_us / 1000 + 1)) <= 0)
            return;
        if (recv(conn->fd, scrap, sizeof scrap, MSG_DONTWAIT) <= 0)
            return;
    }
}

static gboolean
is_overdue(const Conn *conn, const HttpOptions *o, gint64 now_us)
{
    gint64 age_us = now_us - conn->since_us;
    gint64 age_s = age_us / SECOND_US;
    gint64 earned_s = 0;
    switch (conn->phase) {
    case PHASE_HEADERS:
        return age_us > o->header_deadline_s * SECOND_US;
    case PHASE_BODY:
        earned_s = (gint64) conn->bytes / BODY_EARN;
        return age_us > (o->body_deadline_s + earned_s) * SECOND_US
               || (age_us > BODY_GRACE_US && conn->bytes < (guint64) age_s * BODY_MIN_RATE);
    case PHASE_REPLY:
        earned_s = (gint64) conn->bytes / REPLY_EARN;
        return age_us > (o->reply_deadline_s + earned_s) * SECOND_US;
    case PHASE_HANDLER:
    case PHASE_LINGER: /* ends by itself */
    default:
        return FALSE;
    }
}

static void
cut(Conn *conn)
{
    if (conn->cut || conn->fd < 0)
        return;
    conn->cut = TRUE;
    conn->server->metrics.cut++;
    shutdown(conn->fd, SHUT_RDWR);
}

void
conn_cut_waiting(HttpServer *server)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, server->connections);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (((Conn *) key)->phase != PHASE_HANDLER)
            cut(key);
}

/* Body of the thread that keeps total deadlines: libmicrohttpd only knows idle ones, and one byte every
 * two seconds is never idle. */
gpointer
conn_reaper(gpointer data)
{
    HttpServer *server = data;
    g_mutex_lock(&server->lock);
    while (!server->drained) {
        gint64 now_us = clock_mono_us();
        GHashTableIter iter;
        gpointer key;
        g_hash_table_iter_init(&iter, server->connections);
        while (g_hash_table_iter_next(&iter, &key, NULL))
            if (is_overdue(key, &server->options, now_us))
                cut(key);
        g_cond_wait_until(&server->wake, &server->lock, g_get_monotonic_time() + SECOND_US / 2);
    }
    g_mutex_unlock(&server->lock);
    return NULL;
}
