#include "base/log.h"
#include "db/driver.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000
#define TRUNCATE_TIMEOUT_MS 200
/* Bigger files are checked by the nightly copy: the start must not take minutes. */
#define CHECK_MAX_BYTES (256 * 1024 * 1024)

typedef struct {
    sqlite3 *db;
    int frames; /* in the log after the last COMMIT */
    gboolean io_error;
    gboolean in_commit;
} SqliteConn;

static sqlite3 *
handle_of(const DbConn *conn)
{
    return ((SqliteConn *) conn->handle)->db;
}

static DbFault
constraint_fault(int code, const char *message)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return DB_UNIQUE;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return DB_FOREIGN_KEY;
    case SQLITE_CONSTRAINT_TRIGGER: /* ON DELETE RESTRICT comes as this too */
        return strstr(message, "FOREIGN KEY") ? DB_FOREIGN_KEY : DB_CHECK;
    case SQLITE_CONSTRAINT_CHECK:
        return DB_CHECK;
    case SQLITE_CONSTRAINT_NOTNULL:
        return DB_NOT_NULL;
    case SQLITE_CONSTRAINT_DATATYPE:
        return DB_TYPE;
    default:
        /* sqlite3_exec() of a COMMIT gives the bare code for a deferred foreign key. */
        return strstr(message, "FOREIGN KEY") ? DB_FOREIGN_KEY : DB_OTHER;
    }
}

static DbFault
fault_of(int code, const char *message)
{
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return constraint_fault(code, message);
    case SQLITE_MISMATCH:
        return DB_TYPE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_BUSY;
    case SQLITE_FULL:
        return DB_FULL;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
        return DB_IO;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return DB_READONLY;
    default:
        return DB_OTHER;
    }
}

/* Sets @error for the last failure on @conn. Always FALSE. */
static gboolean
fail(DbConn *conn, GError **error)
{
    SqliteConn *own = conn->handle;
    int code = sqlite3_extended_errcode(own->db);
    const char *message = sqlite3_errmsg(own->db);
    log_line(LOG_DEBUG, "sqlite %d: %s", code, message);
    if ((code & 0xff) == SQLITE_IOERR)
        own->io_error = TRUE;
    if ((code & 0xff) == SQLITE_INTERRUPT)
        return fault_set_timeout(error);
    DbFault fault = fault_of(code, message);
    /* A failed flush of the log may still be found whole after a power cut. */
    if (own->in_commit && fault == DB_IO)
        fault = DB_UNKNOWN_OUTCOME;
    return fault_set(error, fault, message);
}

static gboolean
raw_exec(DbConn *conn, const char *sql, GError **error)
{
    if (sqlite3_exec(handle_of(conn), sql, NULL, NULL, NULL) != SQLITE_OK)
        return fail(conn, error);
    return TRUE;
}

/* First column of the first row. transfer full. */
static char *
raw_value(DbConn *conn, const char *sql, GError **error)
{
    sqlite3_stmt *stmt = NULL;
    char *value = NULL;
    if (sqlite3_prepare_v2(handle_of(conn), sql, -1, &stmt, NULL) != SQLITE_OK) {
        fail(conn, error);
        return NULL;
    }
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        value = g_strdup((const char *) sqlite3_column_text(stmt, 0));
    else if (code != SQLITE_DONE)
        fail(conn, error);
    if (value == NULL && code != SQLITE_ROW && (error == NULL || *error == NULL))
        value = g_strdup("");
    sqlite3_finalize(stmt);
    return value;
}

static int
on_progress(void *data)
{
    DbConn *conn = data;
    return conn->deadline_us != 0 && g_get_monotonic_time() > conn->deadline_us;
}

static int
on_wal(void *data, sqlite3 *db G_GNUC_UNUSED, const char *name G_GNUC_UNUSED, int frames)
{
    ((SqliteConn *) data)->frames = frames;
    return SQLITE_OK;
}

/* SQLite 3.40 does not count its own JSON functions as harmless, so with trusted_schema=OFF it
 * refuses a CHECK with json_valid(). This one of the same name is marked harmless; other programs
 * use SQLite's on the same file. */
static void
json_valid(sqlite3_context *context, int n G_GNUC_UNUSED, sqlite3_value **values)
{
    if (sqlite3_value_type(values[0]) == SQLITE_NULL)
        return;
    const char *text = (const char *) sqlite3_value_text(values[0]);
    gsize len = (gsize) sqlite3_value_bytes(values[0]);
    json_t *json = text ? json_loadb(text, len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL) : NULL;
    sqlite3_result_int(context, json != NULL);
    json_decref(json);
}

/* The settings of reliability.md 3.1; the time-out comes first, since the others may meet a lock.
 */
static gboolean
configure(DbConn *conn, GError **error)
{
    SqliteConn *own = conn->handle;
    gboolean writer = conn->lane == LANE_WRITE;
    sqlite3_busy_timeout(own->db, BUSY_TIMEOUT_MS);
    sqlite3_extended_result_codes(own->db, 1);
    sqlite3_db_config(own->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(own->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(own->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(own->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_create_function(own->db, "json_valid", 1,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, json_valid,
                            NULL, NULL);
    if (writer) {
        g_autofree char *mode = raw_value(conn, "PRAGMA journal_mode=WAL", error);
        if (mode == NULL)
            return FALSE;
        if (strcmp(mode, "wal") != 0)
            return fault_set(error, DB_IO, "no write-ahead log on this disk");
    }
    if (!raw_exec(conn,
                  "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                  "PRAGMA case_sensitive_like=ON; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                  "PRAGMA wal_autocheckpoint=0",
                  error))
        return FALSE;
    /* In memory the journal of a job's savepoint is a list that SQLite walks from its beginning at the end of each
     * statement: a job of many rows would take time by the square of them. The writer's goes to a temporary file. */
    if (!raw_exec(conn,
                  writer ? "PRAGMA cache_size=-65536; PRAGMA temp_store=FILE; PRAGMA analysis_limit=400"
                         : "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA query_only=ON",
                  error))
        return FALSE;
    if (writer)
        sqlite3_wal_hook(own->db, on_wal, own);
    else
        sqlite3_progress_handler(own->db, 10000, on_progress, conn);
    return TRUE;
}

static void
sqlite_close(DbConn *conn)
{
    SqliteConn *own = conn->handle;
    if (own == NULL)
        return;
    if (sqlite3_close(own->db) != SQLITE_OK)
        g_critical("sqlite3_close: %s", sqlite3_errmsg(own->db));
    g_free(own);
    conn->handle = NULL;
}

gboolean
sqlite_open(DbConn *conn, GError **error)
{
    g_autoptr(GError) own_error = NULL;
    SqliteConn *own = g_new0(SqliteConn, 1);
    int flags = SQLITE_OPEN_NOMUTEX
                | (conn->db->options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    conn->handle = own;
    gboolean ok = sqlite3_open_v2(conn->db->url, &own->db, flags, NULL) == SQLITE_OK;
    if (own->db == NULL)
        g_error("out of memory");
    ok = ok ? configure(conn, &own_error) : fail(conn, &own_error);
    if (ok)
        return TRUE;
    if (sqlite3_errcode(own->db) == SQLITE_NOTADB) {
        g_clear_error(&own_error);
        app_error_set(&own_error, APP_ERROR_INTERNAL, "db.not_a_database",
                      "%s 不是数据库文件；请检查路径，或从备份恢复",
                      "%s is not a database; check the path, or restore a backup", conn->db->url);
    }
    g_propagate_error(error, g_steal_pointer(&own_error));
    sqlite_close(conn);
    return FALSE;
}

gboolean
sqlite_check(DbConn *conn, GError **error)
{
    GStatBuf info;
    if (g_stat(conn->db->url, &info) != 0 || info.st_size >= CHECK_MAX_BYTES)
        return TRUE;
    g_autofree char *verdict = raw_value(conn, "PRAGMA quick_check(1)", error);
    if (verdict == NULL)
        return FALSE;
    if (strcmp(verdict, "ok") != 0)
        return app_error_set(
            error, APP_ERROR_INTERNAL, "db.damaged",
            "数据库 %s 已损坏（%s）；请从备份恢复，不要继续使用",
            "the database %s is damaged (%s); restore a backup, do not go on with it",
            conn->db->url, verdict);
    g_autofree char *orphan = raw_value(conn, "PRAGMA foreign_key_check", error);
    if (orphan == NULL)
        return FALSE;
    if (orphan[0] != '\0')
        log_line(LOG_WARN, "%s: table %s has rows whose reference is missing", conn->db->url,
                 orphan);
    return TRUE;
}

gboolean
sqlite_foreign_keys(DbConn *conn, gboolean on, GError **error)
{
    return raw_exec(conn, on ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF", error);
}

int
sqlite_wal_frames(const DbConn *conn)
{
    return ((SqliteConn *) conn->handle)->frames;
}

gboolean
sqlite_has_io_error(const DbConn *conn)
{
    return conn->handle == NULL || ((SqliteConn *) conn->handle)->io_error;
}

gboolean
sqlite_checkpoint(DbConn *conn, gboolean truncate)
{
    SqliteConn *own = conn->handle;
    int in_log = 0;
    int copied = 0;
    if (own == NULL)
        return FALSE;
    if (truncate)
        sqlite3_busy_timeout(own->db, TRUNCATE_TIMEOUT_MS);
    int code = sqlite3_wal_checkpoint_v2(
        own->db, "main", truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &in_log,
        &copied);
    if (truncate)
        sqlite3_busy_timeout(own->db, BUSY_TIMEOUT_MS);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
        log_line(LOG_ERROR, "checkpoint: %s", sqlite3_errmsg(own->db));
    if (code == SQLITE_OK && truncate)
        own->frames = 0;
    return code == SQLITE_OK && copied == in_log;
}

static gboolean
sqlite_begin(DbConn *conn, GError **error)
{
    if (conn->handle == NULL && !sqlite_open(conn, error))
        return FALSE;
    return raw_exec(conn, conn->lane == LANE_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

static gboolean
sqlite_commit(DbConn *conn, GError **error)
{
    SqliteConn *own = conn->handle;
    own->in_commit = TRUE;
    gboolean ok = raw_exec(conn, "COMMIT", error);
    own->in_commit = FALSE;
    return ok;
}

static void
sqlite_rollback(DbConn *conn)
{
    /* After a disk error SQLite has rolled back by itself. */
    if (conn->handle != NULL && !sqlite3_get_autocommit(handle_of(conn)))
        sqlite3_exec(handle_of(conn), "ROLLBACK", NULL, NULL, NULL);
}

/* Within a transaction: notices when a failure ended it. */
static gboolean
fail_in_tx(DbConn *conn, GError **error)
{
    fail(conn, error);
    conn->lost = sqlite3_get_autocommit(handle_of(conn)) != 0;
    return FALSE;
}

static gboolean
sqlite_exec(DbConn *conn, const char *sql, GError **error)
{
    if (sqlite3_exec(handle_of(conn), sql, NULL, NULL, NULL) != SQLITE_OK)
        return fail_in_tx(conn, error);
    return TRUE;
}

static gboolean
sqlite_constraints_ok(DbConn *conn, GError **error)
{
    /* Deferred foreign keys are checked at COMMIT only, which this job shares with others: ask now,
     * so that it fails alone. */
    int open = 0;
    int high = 0;
    if (sqlite3_db_status(handle_of(conn), SQLITE_DBSTATUS_DEFERRED_FKS, &open, &high, 0)
            != SQLITE_OK
        || open == 0)
        return TRUE;
    return fault_set(error, DB_FOREIGN_KEY, "deferred");
}

static gboolean
sqlite_set_limit(DbConn *conn G_GNUC_UNUSED, gint64 limit_us G_GNUC_UNUSED,
                 GError **error G_GNUC_UNUSED)
{
    return TRUE; /* the progress handler looks at the deadline */
}

static gboolean
is_blank(const char *tail)
{
    while (g_ascii_isspace(*tail) || *tail == ';')
        tail++;
    return *tail == '\0' || (tail[0] == '-' && tail[1] == '-');
}

static gboolean
sqlite_prepare(DbStmt *stmt, GError **error)
{
    const char *tail = NULL;
    sqlite3_stmt *handle = NULL;
    if (sqlite3_prepare_v3(handle_of(stmt->conn), stmt->sql, -1, SQLITE_PREPARE_PERSISTENT, &handle,
                           &tail)
        != SQLITE_OK)
        return fail_in_tx(stmt->conn, error);
    stmt->handle = handle;
    if (handle == NULL || !is_blank(tail))
        return app_error_set(error, APP_ERROR_INTERNAL, "db.sql", "此处应为一条语句：%.80s",
                             "one statement is expected: %.80s", stmt->sql);
    return TRUE;
}

static gboolean
sqlite_describe(DbStmt *stmt G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    return TRUE;
}

static void
sqlite_finalize(DbStmt *stmt)
{
    sqlite3_finalize(stmt->handle);
    stmt->handle = NULL;
}

static void
sqlite_rewind(DbStmt *stmt)
{
    sqlite3_reset(stmt->handle);
}

static void
sqlite_unbind(DbStmt *stmt)
{
    sqlite3_clear_bindings(stmt->handle);
}

static void
sqlite_bind(DbStmt *stmt, guint index, const BindValue *value)
{
    int code = SQLITE_OK;
    int number = (int) index + 1;
    switch (value->kind) {
    case BIND_NULL:
        code = sqlite3_bind_null(stmt->handle, number);
        break;
    case BIND_INT:
        code = sqlite3_bind_int64(stmt->handle, number, value->number);
        break;
    case BIND_TEXT:
        code = sqlite3_bind_text64(stmt->handle, number, value->data, value->len, SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
        break;
    case BIND_BYTES:
        code = sqlite3_bind_blob64(stmt->handle, number, value->data, value->len, SQLITE_TRANSIENT);
        break;
    }
    if (code != SQLITE_OK) {
        stmt->bad = TRUE;
        log_line(LOG_ERROR, "sqlite bind: %s", sqlite3_errstr(code));
    }
}

static gboolean
sqlite_step(DbStmt *stmt, gboolean *row, GError **error)
{
    int code = sqlite3_step(stmt->handle);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return TRUE;
    return fail_in_tx(stmt->conn, error);
}

static gint64
sqlite_changed(DbStmt *stmt)
{
    return sqlite3_stmt_readonly(stmt->handle) ? 0 : sqlite3_changes64(handle_of(stmt->conn));
}

static int
sqlite_columns(const DbStmt *stmt)
{
    return sqlite3_column_count(stmt->handle);
}

static const char *
sqlite_column_name(const DbStmt *stmt, int col)
{
    return sqlite3_column_name(stmt->handle, col);
}

static gboolean
sqlite_is_null(const DbStmt *stmt, int col)
{
    return sqlite3_column_type(stmt->handle, col) == SQLITE_NULL;
}

static gint64
sqlite_get_int(const DbStmt *stmt, int col)
{
    return sqlite3_column_int64(stmt->handle, col);
}

static const char *
sqlite_get_text(const DbStmt *stmt, int col)
{
    return (const char *) sqlite3_column_text(stmt->handle, col);
}

static gsize
sqlite_get_len(const DbStmt *stmt, int col)
{
    sqlite3_column_text(stmt->handle, col);
    return (gsize) sqlite3_column_bytes(stmt->handle, col);
}

static const void *
sqlite_get_bytes(const DbStmt *stmt, int col, gsize *len)
{
    const void *data = sqlite3_column_blob(stmt->handle, col);
    *len = (gsize) sqlite3_column_bytes(stmt->handle, col);
    /* An empty value has no address in SQLite; NULL is kept for NULL. */
    return data == NULL && !sqlite_is_null(stmt, col) ? "" : data;
}

const Driver driver_sqlite = {
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .exec = sqlite_exec,
    .constraints_ok = sqlite_constraints_ok,
    .set_limit = sqlite_set_limit,
    .close = sqlite_close,
    .prepare = sqlite_prepare,
    .describe = sqlite_describe,
    .finalize = sqlite_finalize,
    .rewind = sqlite_rewind,
    .unbind = sqlite_unbind,
    .bind = sqlite_bind,
    .step = sqlite_step,
    .changed = sqlite_changed,
    .columns = sqlite_columns,
    .column_name = sqlite_column_name,
    .is_null = sqlite_is_null,
    .get_int = sqlite_get_int,
    .get_text = sqlite_get_text,
    .get_len = sqlite_get_len,
    .get_bytes = sqlite_get_bytes,
};
