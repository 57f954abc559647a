/* pg_conn.h - a PostgreSQL connection with deadlines of its own. Only for driver_pg.c. */
#pragma once
#include "db/driver.h"

#include <libpq-fe.h>

typedef struct {
    PGconn *pg;
    guint64 next_name;    /* of prepared statements */
    GString *forgotten;   /* "DEALLOCATE s1;…", sent with the next BEGIN */
    const DbStmt *stream; /* its rows are still coming; nothing else may run */
    gboolean sync_lost;   /* the server gave up waiting for the standby: a COMMIT may be lost */
    gboolean timed_out;
    gboolean in_commit;
} PgConn;

/* Connects if need be, waiting with back-off for a server that is away. */
gboolean pg_connect(DbConn *conn, GError **error);
void pg_disconnect(DbConn *conn);
/* Sends what is buffered and waits until a result can be taken without blocking; FALSE on time-out
 * or loss. */
gboolean pg_wait(PgConn *own, gint64 deadline_us);
/* The last result of the command sent, or the first that is an error; NULL on time-out or loss.
 * transfer full. */
PGresult *pg_collect(PgConn *own, gint64 deadline_us);
/* Sets @error from @result (NULL: from the connection) and marks @conn lost or to be repeated.
 * Always FALSE. */
gboolean pg_fail(DbConn *conn, const PGresult *result, GError **error);
