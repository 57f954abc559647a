#include "base/log.h"
#include "db/pg_conn.h"

#include <string.h>

/* pg_type.h: these numbers never change. */
#define OID_INT8 20
#define OID_BYTEA 17

typedef struct {
    char name[24]; /* on the server; empty: not prepared yet */
    Oid *types;    /* as prepared; 0 lets the server infer it */
    Oid *wanted;   /* by what is bound now; 0 for text and days */
    char **values; /* owned; NULL is NULL */
    int *lengths;  /* of bytes */
    int *formats;  /* 1 for bytes */
    PGresult *result;
    PGresult *shape; /* columns, from a describe */
    int row;
    gint64 changed;
    GByteArray *bytes; /* decoded value of the last db_bytes() */
} PgStmt;

static PgConn *
pg_of(const DbConn *conn)
{
    return conn->handle;
}

/* ---- transactions ---- */

static gboolean
run_text(DbConn *conn, const char *sql, gint64 deadline_us, GError **error)
{
    PgConn *own = pg_of(conn);
    if (own->stream != NULL)
        return fault_set(error, DB_OTHER, "another statement streams on this connection");
    if (!PQsendQuery(own->pg, sql))
        return pg_fail(conn, NULL, error);
    PGresult *result = pg_collect(own, deadline_us);
    ExecStatusType status = result ? PQresultStatus(result) : PGRES_FATAL_ERROR;
    gboolean ok =
        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    /* COMMIT of a failed transaction answers ROLLBACK, without an error. */
    if (ok && own->in_commit && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        ok = fault_set(error, DB_OTHER, "the server rolled back");
    else if (!ok)
        pg_fail(conn, result, error);
    PQclear(result);
    return ok;
}

static gboolean
pg_exec(DbConn *conn, const char *sql, GError **error)
{
    return run_text(conn, sql, conn_deadline(conn), error);
}

/* Drops what the cache has given up. By itself: BEGIN with an isolation level must come first in
 * its message. */
static gboolean
drop_forgotten(DbConn *conn, GError **error)
{
    PgConn *own = pg_of(conn);
    if (own->forgotten->len == 0)
        return TRUE;
    g_autofree char *sql = g_strdup(own->forgotten->str);
    g_string_truncate(own->forgotten, 0);
    return run_text(conn, sql, g_get_monotonic_time() + DB_WAIT_US, error);
}

static gboolean
pg_begin(DbConn *conn, GError **error)
{
    if (!pg_connect(conn, error))
        return FALSE;
    /* Read lanes see one state for the whole job, as they do on SQLite. */
    const char *sql =
        conn->lane == LANE_WRITE ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    if (drop_forgotten(conn, error)
        && run_text(conn, sql, g_get_monotonic_time() + DB_WAIT_US, error))
        return TRUE;
    if (conn->lost)
        pg_disconnect(conn);
    return FALSE;
}

static gboolean
pg_commit(DbConn *conn, GError **error)
{
    PgConn *own = pg_of(conn);
    own->sync_lost = FALSE;
    own->in_commit = TRUE;
    gboolean ok = run_text(conn, "COMMIT", g_get_monotonic_time() + DB_READ_LIMIT_US, error);
    own->in_commit = FALSE;
    if (ok && own->sync_lost)
        return fault_set(error, DB_UNKNOWN_OUTCOME, NULL);
    return ok;
}

static void
pg_rollback(DbConn *conn)
{
    PgConn *own = pg_of(conn);
    if (own == NULL)
        return;
    if (!conn->lost && PQtransactionStatus(own->pg) != PQTRANS_IDLE)
        conn->lost = !run_text(conn, "ROLLBACK", g_get_monotonic_time() + DB_WAIT_US, NULL);
    if (conn->lost)
        pg_disconnect(conn);
}

static gboolean
pg_constraints_ok(DbConn *conn G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    return TRUE; /* COMMIT asks, for this job alone */
}

static gboolean
pg_set_limit(DbConn *conn, gint64 limit_us, GError **error)
{
    g_autofree char *sql =
        g_strdup_printf("SET LOCAL statement_timeout=%" G_GINT64_FORMAT, limit_us / 1000 + 5000);
    return db_exec(conn, sql, error);
}

/* ---- statements ---- */

static gboolean
pg_prepare(DbStmt *stmt, GError **error G_GNUC_UNUSED)
{
    guint n = stmt->params->len;
    PgStmt *own = g_new0(PgStmt, 1);
    own->types = g_new0(Oid, n + 1);
    own->wanted = g_new0(Oid, n + 1);
    own->values = g_new0(char *, n + 1);
    own->lengths = g_new0(int, n + 1);
    own->formats = g_new0(int, n + 1);
    own->bytes = g_byte_array_new();
    stmt->handle = own;
    return TRUE; /* the server sees it at the first run, when the types are known */
}

static void
pg_rewind(DbStmt *stmt)
{
    PgStmt *own = stmt->handle;
    PgConn *conn = pg_of(stmt->conn);
    if (conn != NULL && conn->stream == stmt) {
        /* The rest must be taken off the wire before anything else can be said. */
        PGresult *rest = stmt->conn->lost ? NULL : pg_collect(conn, conn_deadline(stmt->conn));
        if (rest == NULL && !stmt->conn->lost && PQstatus(conn->pg) != CONNECTION_OK)
            stmt->conn->lost = TRUE;
        stmt->conn->lost = stmt->conn->lost || conn->timed_out;
        PQclear(rest);
        conn->stream = NULL;
    }
    PQclear(own->result);
    own->result = NULL;
}

static void
pg_unbind(DbStmt *stmt)
{
    PgStmt *own = stmt->handle;
    for (guint i = 0; i < stmt->params->len; i++)
        g_clear_pointer(&own->values[i], g_free);
}

/* Leaves the server's copy to be dropped with the next BEGIN: this may be called in a failed
 * transaction. */
static void
forget(DbStmt *stmt)
{
    PgStmt *own = stmt->handle;
    PgConn *conn = pg_of(stmt->conn);
    if (own->name[0] != '\0' && conn != NULL)
        g_string_append_printf(conn->forgotten, "DEALLOCATE %s;", own->name);
    own->name[0] = '\0';
    PQclear(own->shape);
    own->shape = NULL;
}

static void
pg_finalize(DbStmt *stmt)
{
    PgStmt *own = stmt->handle;
    pg_rewind(stmt);
    pg_unbind(stmt);
    forget(stmt);
    g_free(own->types);
    g_free(own->wanted);
    g_free(own->values);
    g_free(own->lengths);
    g_free(own->formats);
    g_byte_array_unref(own->bytes);
    g_free(own);
    stmt->handle = NULL;
}

static void
pg_bind(DbStmt *stmt, guint index, const BindValue *value)
{
    PgStmt *own = stmt->handle;
    g_clear_pointer(&own->values[index], g_free);
    own->lengths[index] = 0;
    own->formats[index] = 0;
    switch (value->kind) {
    case BIND_NULL:
        break;
    case BIND_INT:
        own->values[index] = g_strdup_printf("%" G_GINT64_FORMAT, value->number);
        own->wanted[index] = OID_INT8;
        break;
    case BIND_TEXT:
        own->values[index] = g_strndup(value->data, value->len);
        own->wanted[index] = 0;
        break;
    case BIND_BYTES:
        own->values[index] = g_malloc(value->len + 1); /* an empty value is not NULL */
        if (value->len > 0)
            memcpy(own->values[index], value->data, value->len);
        own->lengths[index] = (int) value->len;
        own->formats[index] = 1;
        own->wanted[index] = OID_BYTEA;
        break;
    }
}

/* Prepares on the server unless that is done with the types that are bound now. NULL fits any type.
 */
static gboolean
ensure_prepared(DbStmt *stmt, GError **error)
{
    PgStmt *own = stmt->handle;
    PgConn *conn = pg_of(stmt->conn);
    gboolean fits = own->name[0] != '\0';
    for (guint i = 0; i < stmt->params->len; i++)
        fits = fits && (own->values[i] == NULL || own->types[i] == own->wanted[i]);
    if (fits)
        return TRUE;
    forget(stmt);
    memcpy(own->types, own->wanted, stmt->params->len * sizeof(Oid));
    char name[sizeof own->name];
    g_snprintf(name, sizeof name, "s%" G_GUINT64_FORMAT, ++conn->next_name);
    if (!PQsendPrepare(conn->pg, name, stmt->sql, (int) stmt->params->len, own->types))
        return pg_fail(stmt->conn, NULL, error);
    PGresult *result = pg_collect(conn, conn_deadline(stmt->conn));
    gboolean ok = result != NULL && PQresultStatus(result) == PGRES_COMMAND_OK;
    if (ok)
        g_strlcpy(own->name, name, sizeof own->name);
    else
        pg_fail(stmt->conn, result, error);
    PQclear(result);
    return ok;
}

static gboolean
pg_describe(DbStmt *stmt, GError **error)
{
    PgStmt *own = stmt->handle;
    PgConn *conn = pg_of(stmt->conn);
    if (!ensure_prepared(stmt, error))
        return FALSE;
    if (own->shape != NULL)
        return TRUE;
    if (!PQsendDescribePrepared(conn->pg, own->name))
        return pg_fail(stmt->conn, NULL, error);
    own->shape = pg_collect(conn, conn_deadline(stmt->conn));
    if (own->shape != NULL && PQresultStatus(own->shape) == PGRES_COMMAND_OK)
        return TRUE;
    pg_fail(stmt->conn, own->shape, error);
    PQclear(own->shape);
    own->shape = NULL;
    return FALSE;
}

static gboolean
start(DbStmt *stmt, GError **error)
{
    PgStmt *own = stmt->handle;
    PgConn *conn = pg_of(stmt->conn);
    if (conn->stream != NULL)
        return fault_set(error, DB_OTHER, "another statement streams on this connection");
    if (!ensure_prepared(stmt, error))
        return FALSE;
    own->row = -1;
    own->changed = 0;
    if (!PQsendQueryPrepared(conn->pg, own->name, (int) stmt->params->len,
                             (const char *const *) own->values, own->lengths, own->formats, 0))
        return pg_fail(stmt->conn, NULL, error);
    if (stmt->stream) {
        PQsetSingleRowMode(conn->pg);
        conn->stream = stmt;
        return TRUE;
    }
    own->result = pg_collect(conn, conn_deadline(stmt->conn));
    ExecStatusType status = own->result ? PQresultStatus(own->result) : PGRES_FATAL_ERROR;
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return pg_fail(stmt->conn, own->result, error);
    /* A SELECT has a number here too, of its rows; nothing was changed by it. */
    if (!g_str_has_prefix(PQcmdStatus(own->result), "SELECT"))
        own->changed = g_ascii_strtoll(PQcmdTuples(own->result), NULL, 10);
    return TRUE;
}

static gboolean
next_streamed(DbStmt *stmt, gboolean *row, GError **error)
{
    PgStmt *own = stmt->handle;
    PgConn *conn = pg_of(stmt->conn);
    PQclear(own->result);
    own->result = pg_wait(conn, conn_deadline(stmt->conn)) ? PQgetResult(conn->pg) : NULL;
    own->row = 0;
    ExecStatusType status = own->result ? PQresultStatus(own->result) : PGRES_FATAL_ERROR;
    *row = status == PGRES_SINGLE_TUPLE;
    if (*row)
        return TRUE;
    gboolean ok = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    if (!ok)
        pg_fail(stmt->conn, own->result, error);
    if (!stmt->conn->lost)
        PQclear(pg_collect(conn, conn_deadline(stmt->conn)));
    conn->stream = NULL;
    return ok;
}

static gboolean
pg_step(DbStmt *stmt, gboolean *row, GError **error)
{
    PgStmt *own = stmt->handle;
    PgConn *conn = pg_of(stmt->conn);
    if (own->result == NULL && conn->stream != stmt && !start(stmt, error))
        return FALSE;
    if (conn->stream == stmt)
        return next_streamed(stmt, row, error);
    *row = ++own->row < PQntuples(own->result);
    return TRUE;
}

static gint64
pg_changed(DbStmt *stmt)
{
    return ((PgStmt *) stmt->handle)->changed;
}

/* ---- columns ---- */

static const PGresult *
shape_of(const DbStmt *stmt)
{
    const PgStmt *own = stmt->handle;
    return own->result ? own->result : own->shape;
}

static int
pg_columns(const DbStmt *stmt)
{
    return PQnfields(shape_of(stmt));
}

static const char *
pg_column_name(const DbStmt *stmt, int col)
{
    return PQfname(shape_of(stmt), col);
}

static gboolean
pg_is_null(const DbStmt *stmt, int col)
{
    const PgStmt *own = stmt->handle;
    return PQgetisnull(own->result, own->row, col) != 0;
}

static const char *
pg_get_text(const DbStmt *stmt, int col)
{
    const PgStmt *own = stmt->handle;
    return pg_is_null(stmt, col) ? NULL : PQgetvalue(own->result, own->row, col);
}

static gint64
pg_get_int(const DbStmt *stmt, int col)
{
    const char *text = pg_get_text(stmt, col);
    return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

static gsize
pg_get_len(const DbStmt *stmt, int col)
{
    const PgStmt *own = stmt->handle;
    return (gsize) PQgetlength(own->result, own->row, col);
}

static const void *
pg_get_bytes(const DbStmt *stmt, int col, gsize *len)
{
    const PgStmt *own = stmt->handle;
    const char *text = pg_get_text(stmt, col);
    *len = 0;
    if (text == NULL)
        return NULL;
    if (!g_str_has_prefix(text, "\\x")) { /* not bytea: the text is the bytes */
        *len = pg_get_len(stmt, col);
        return text;
    }
    g_byte_array_set_size(own->bytes, 0);
    for (const char *p = text + 2; p[0] != '\0' && p[1] != '\0'; p += 2) {
        guint8 byte = (guint8) (g_ascii_xdigit_value(p[0]) * 16 + g_ascii_xdigit_value(p[1]));
        g_byte_array_append(own->bytes, &byte, 1);
    }
    *len = own->bytes->len;
    return own->bytes->len > 0 ? (const void *) own->bytes->data : "";
}

/* ---- at the start ---- */

gboolean
pg_check_server(DbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
    g_autoptr(DbStmt) stmt =
        db_prepare(conn,
                   "SELECT pg_encoding_to_char(encoding), CASE WHEN datlocprovider = 'c' "
                   "THEN datcollate ELSE 'ICU' END FROM pg_database "
                   "WHERE datname = current_database()",
                   error);
    gboolean row = FALSE;
    if (stmt == NULL || !db_step(stmt, &row, error) || !row)
        return FALSE;
    if (g_strcmp0(db_text(stmt, 0), "UTF8") != 0)
        return app_error_set(
            error, APP_ERROR_INTERNAL, "db.encoding",
            "数据库编码为 %s，须为 UTF8：createdb --template=template0 --encoding=UTF8 "
            "--locale=C.UTF-8",
            "the database has encoding %s, it must be UTF8: createdb --template=template0 "
            "--encoding=UTF8 --locale=C.UTF-8",
            db_text(stmt, 0));
    const char *collate = db_text(stmt, 1);
    if (!g_str_has_prefix(collate, "C") && strcmp(collate, "POSIX") != 0)
        log_line(LOG_WARN, "database locale is %s: lists sort otherwise than on C.UTF-8", collate);
    return TRUE;
}

const Driver driver_pg = {
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .exec = pg_exec,
    .constraints_ok = pg_constraints_ok,
    .set_limit = pg_set_limit,
    .close = pg_disconnect,
    .prepare = pg_prepare,
    .describe = pg_describe,
    .finalize = pg_finalize,
    .rewind = pg_rewind,
    .unbind = pg_unbind,
    .bind = pg_bind,
    .step = pg_step,
    .changed = pg_changed,
    .columns = pg_columns,
    .column_name = pg_column_name,
    .is_null = pg_is_null,
    .get_int = pg_get_int,
    .get_text = pg_get_text,
    .get_len = pg_get_len,
    .get_bytes = pg_get_bytes,
};
