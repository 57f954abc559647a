#include "db/driver.h"

#include <string.h>

/* Lists are built from metadata and filters, so the number of texts is bounded but not small. */
#define CACHE_MAX 300

void
stmt_destroy(DbStmt *stmt)
{
    if (stmt == NULL)
        return;
    if (stmt->handle != NULL)
        stmt->conn->driver->finalize(stmt);
    if (stmt->params != NULL)
        g_ptr_array_unref(stmt->params);
    g_free(stmt->key);
    g_free(stmt->sql);
    g_free(stmt);
}

static DbStmt *
stmt_new(DbConn *conn, const char *sql, GError **error)
{
    DbStmt *stmt = g_new0(DbStmt, 1);
    stmt->conn = conn;
    stmt->link.data = stmt;
    stmt->key = g_strdup(sql);
    stmt->params = g_ptr_array_new_with_free_func(g_free);
    Dialect dialect = conn->db->dialect;
    g_autofree char *expanded = sqltext_expand(sql, dialect, error);
    if (expanded != NULL)
        stmt->sql = sqltext_rewrite(expanded, dialect, stmt->params, error);
    if (stmt->sql == NULL || !conn->driver->prepare(stmt, error)) {
        stmt_destroy(stmt);
        return NULL;
    }
    return stmt;
}

DbStmt *
db_prepare(DbConn *conn, const char *sql, GError **error)
{
    if (!conn_is_usable(conn, error))
        return NULL;
    DbStmt *stmt = g_hash_table_lookup(conn->cache, sql);
    if (stmt != NULL) {
        g_hash_table_remove(conn->cache, sql);
        g_queue_unlink(&conn->idle, &stmt->link);
    } else {
        GError *own = NULL;
        stmt = stmt_new(conn, sql, &own);
        if (stmt == NULL) {
            conn_fail(conn, own, error);
            return NULL;
        }
    }
    g_ptr_array_add(conn->running, stmt);
    return stmt;
}

static void
stmt_rewind(DbStmt *stmt)
{
    if (stmt->started)
        stmt->conn->driver->rewind(stmt);
    stmt->started = FALSE;
    stmt->done = FALSE;
}

void
db_stmt_free(DbStmt *stmt)
{
    if (stmt == NULL)
        return;
    DbConn *conn = stmt->conn;
    if (!g_ptr_array_remove_fast(conn->running, stmt)) {
        stmt_destroy(stmt); /* its job is over; conn_end_job() has complained */
        return;
    }
    stmt_rewind(stmt);
    conn->driver->unbind(stmt);
    stmt->stream = FALSE;
    stmt->bad = FALSE;
    /* The same text may be running twice: only one of the two is kept. */
    if (conn->lost || g_hash_table_contains(conn->cache, stmt->key)) {
        stmt_destroy(stmt);
        return;
    }
    g_hash_table_insert(conn->cache, stmt->key, stmt);
    g_queue_push_tail_link(&conn->idle, &stmt->link);
    if (g_queue_get_length(&conn->idle) > CACHE_MAX) {
        DbStmt *oldest = g_queue_pop_head_link(&conn->idle)->data;
        g_hash_table_remove(conn->cache, oldest->key);
        stmt_destroy(oldest);
    }
}

void
stmt_bind(DbStmt *stmt, guint index, const BindValue *value)
{
    stmt_rewind(stmt);
    stmt->conn->driver->bind(stmt, index, value);
}

static void
bind_by_name(DbStmt *stmt, const char *name, const BindValue *value)
{
    g_return_if_fail(stmt != NULL);
    for (guint i = 0; i < stmt->params->len; i++) {
        if (strcmp(g_ptr_array_index(stmt->params, i), name) == 0) {
            stmt_bind(stmt, i, value);
            return;
        }
    }
    stmt->bad = TRUE;
    g_critical("no parameter :%s in: %.120s", name, stmt->key);
}

gboolean
db_has_param(const DbStmt *stmt, const char *name)
{
    for (guint i = 0; i < stmt->params->len; i++) {
        if (strcmp(g_ptr_array_index(stmt->params, i), name) == 0)
            return TRUE;
    }
    return FALSE;
}

void
db_bind_int(DbStmt *stmt, const char *name, gint64 number)
{
    bind_by_name(stmt, name, &(BindValue){ .kind = BIND_INT, .number = number });
}

void
db_bind_text(DbStmt *stmt, const char *name, const char *text)
{
    BindValue value = { BIND_TEXT, 0, text, text ? strlen(text) : 0 };
    if (text == NULL)
        value.kind = BIND_NULL;
    bind_by_name(stmt, name, &value);
}

void
db_bind_day(DbStmt *stmt, const char *name, Day day)
{
    char text[DAY_TEXT_SIZE];
    db_bind_text(stmt, name, day == DAY_NONE ? NULL : day_format(day, text));
}

void
db_bind_bytes(DbStmt *stmt, const char *name, const void *data, gsize len)
{
    BindValue value = { data ? BIND_BYTES : BIND_NULL, 0, data, len };
    bind_by_name(stmt, name, &value);
}

void
db_bind_null(DbStmt *stmt, const char *name)
{
    bind_by_name(stmt, name, &(BindValue){ .kind = BIND_NULL });
}

static gboolean
stmt_start(DbStmt *stmt, GError **error)
{
    GError *own = NULL;
    if (!conn_before_statement(stmt->conn, error))
        return FALSE;
    if (stmt->bad) {
        app_error_set(&own, APP_ERROR_INTERNAL, "db.parameter", "语句参数名称有误：%.120s",
                      "a parameter name is wrong: %.120s", stmt->key);
        return conn_fail(stmt->conn, own, error);
    }
    stmt->started = TRUE;
    return TRUE;
}

gboolean
db_step(DbStmt *stmt, gboolean *row, GError **error)
{
    *row = FALSE;
    g_return_val_if_fail(stmt != NULL, FALSE);
    if (stmt->done)
        return TRUE;
    if (stmt->started ? !conn_is_usable(stmt->conn, error) : !stmt_start(stmt, error))
        return FALSE;
    GError *own = NULL;
    if (!stmt->conn->driver->step(stmt, row, &own)) {
        stmt->done = TRUE;
        return conn_fail(stmt->conn, own, error);
    }
    stmt->done = !*row;
    return TRUE;
}

gboolean
db_exec_stmt(DbStmt *stmt, gint64 *changed, GError **error)
{
    g_return_val_if_fail(stmt != NULL, FALSE);
    stmt_rewind(stmt);
    gboolean row = TRUE;
    while (row)
        if (!db_step(stmt, &row, error))
            return FALSE;
    if (changed != NULL)
        *changed = stmt->conn->driver->changed(stmt);
    stmt_rewind(stmt);
    return TRUE;
}

gboolean
db_exec(DbConn *conn, const char *sql, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) own = NULL;
    if (!conn_before_statement(conn, error))
        return FALSE;
    g_autofree char *expanded = sqltext_expand(sql, conn->db->dialect, &own);
    g_autofree char *text =
        expanded ? sqltext_rewrite(expanded, conn->db->dialect, names, &own) : NULL;
    if (text != NULL && names->len > 0)
        app_error_set(&own, APP_ERROR_INTERNAL, "db.sql", "此处的语句不能带参数",
                      "no parameters here");
    if (own != NULL || !conn->driver->exec(conn, text, &own))
        return conn_fail(conn, g_steal_pointer(&own), error);
    return TRUE;
}

gboolean
db_stmt_describe(DbStmt *stmt, GError **error)
{
    GError *own = NULL;
    if (!conn_is_usable(stmt->conn, error))
        return FALSE;
    if (!stmt->conn->driver->describe(stmt, &own))
        return conn_fail(stmt->conn, own, error);
    return TRUE;
}

void
db_stmt_stream(DbStmt *stmt)
{
    g_return_if_fail(stmt != NULL && !stmt->started);
    stmt->stream = TRUE;
}

int
db_columns(const DbStmt *stmt)
{
    return stmt->conn->driver->columns(stmt);
}

const char *
db_column_name(const DbStmt *stmt, int col)
{
    return stmt->conn->driver->column_name(stmt, col);
}

gboolean
db_is_null(const DbStmt *stmt, int col)
{
    return stmt->conn->driver->is_null(stmt, col);
}

gint64
db_int(const DbStmt *stmt, int col)
{
    return stmt->conn->driver->get_int(stmt, col);
}

const char *
db_text(const DbStmt *stmt, int col)
{
    return stmt->conn->driver->get_text(stmt, col);
}

gsize
db_text_len(const DbStmt *stmt, int col)
{
    return stmt->conn->driver->get_len(stmt, col);
}

Day
db_day(const DbStmt *stmt, int col)
{
    const char *text = stmt->conn->driver->get_text(stmt, col);
    return text ? day_parse(text) : DAY_NONE;
}

const void *
db_bytes(const DbStmt *stmt, int col, gsize *len)
{
    return stmt->conn->driver->get_bytes(stmt, col, len);
}
