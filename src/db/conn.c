#include "base/failpoint.h"
#include "db/driver.h"

DbConn *
conn_new(Db *db, Lane lane)
{
    DbConn *conn = g_new0(DbConn, 1);
    conn->db = db;
    conn->driver = db->driver;
    conn->lane = lane;
    conn->cache = g_hash_table_new(g_str_hash, g_str_equal);
    conn->running = g_ptr_array_new();
    conn->after = g_array_new(FALSE, FALSE, sizeof(AfterCommit));
    g_queue_init(&conn->idle);
    return conn;
}

void
conn_free(DbConn *conn)
{
    if (conn == NULL)
        return;
    conn_drop_cache(conn);
    conn->driver->close(conn);
    g_hash_table_unref(conn->cache);
    g_ptr_array_unref(conn->running);
    after_finish(conn->after, FALSE);
    g_clear_error(&conn->failure);
    g_free(conn);
}

void
conn_drop_cache(DbConn *conn)
{
    g_hash_table_remove_all(conn->cache);
    GList *link = NULL;
    while ((link = g_queue_pop_head_link(&conn->idle)) != NULL)
        stmt_destroy(link->data);
}

void
conn_begin_job(DbConn *conn)
{
    static const gint64 limits[] = {
        [LANE_READ] = DB_READ_LIMIT_US, [LANE_SLOW] = DB_SLOW_LIMIT_US
    };
    g_clear_error(&conn->failure);
    conn->retry = FALSE;
    conn->lost = FALSE;
    if (conn->lane != LANE_WRITE)
        conn->limit_us = limits[conn->lane];
    else /* the SQLite writer has no limit: stopping it half-way helps nobody */
        conn->limit_us = conn->db->dialect == DIALECT_PG ? DB_READ_LIMIT_US : 0;
    conn->deadline_us = conn->limit_us ? g_get_monotonic_time() + conn->limit_us : 0;
}

gint64
conn_deadline(const DbConn *conn)
{
    if (conn->limit_us == 0)
        return 0;
    return conn->lane == LANE_WRITE ? g_get_monotonic_time() + conn->limit_us : conn->deadline_us;
}

gboolean
db_set_limit(DbConn *conn, gint64 limit_us, GError **error)
{
    g_return_val_if_fail(limit_us > 0, FALSE);
    conn->limit_us = limit_us;
    conn->deadline_us = g_get_monotonic_time() + limit_us;
    return conn->driver->set_limit(conn, limit_us, error);
}

gboolean
db_analyse(DbConn *conn, GError **error)
{
    return db_conn_dialect(conn) != DIALECT_SQLITE || db_exec(conn, "ANALYZE", error);
}

gboolean
conn_is_usable(DbConn *conn, GError **error)
{
    if (conn->failure == NULL)
        return TRUE;
    if (error != NULL)
        *error = g_error_copy(conn->failure);
    return FALSE;
}

gboolean
conn_fail(DbConn *conn, GError *own, GError **error)
{
    if (conn->failure == NULL)
        conn->failure = g_error_copy(own);
    g_propagate_error(error, own);
    return FALSE;
}

gboolean
conn_before_statement(DbConn *conn, GError **error)
{
    g_autoptr(GError) own = NULL;
    if (!conn_is_usable(conn, error))
        return FALSE;
    gboolean fails = FAILPOINT("db.statement");
    if (g_atomic_int_get(&conn->db->fail_nth) > 0)
        fails = g_atomic_int_dec_and_test(&conn->db->fail_nth) || fails;
    if (!fails)
        return TRUE;
    fault_set_injected(&own);
    return conn_fail(conn, g_steal_pointer(&own), error);
}

gboolean
conn_call_job(DbConn *conn, DbJob job, gpointer data, GError **error)
{
    g_autoptr(GError) own = NULL;
    gboolean ok = job(conn, data, &own);
    if (ok && conn->failure != NULL) {
        /* The job passed over a failed statement. PostgreSQL has given up the transaction by now,
         * and what one engine refuses the other must not save. */
        ok = FALSE;
        g_clear_error(&own);
        own = g_error_copy(conn->failure);
    }
    if (ok && conn->lane == LANE_WRITE)
        ok = conn->driver->constraints_ok(conn, &own);
    if (own != NULL && !ok)
        g_propagate_error(error, g_steal_pointer(&own));
    return ok;
}

void
conn_end_job(DbConn *conn)
{
    if (conn->running->len == 0)
        return;
    for (guint i = 0; i < conn->running->len; i++) {
        DbStmt *stmt = g_ptr_array_index(conn->running, i);
        conn->driver->rewind(stmt);
        g_critical("statement outlives its job: %.80s", stmt->key);
    }
    g_ptr_array_set_size(conn->running, 0);
}

void
db_after_commit(DbConn *conn, void (*fn)(gpointer), gpointer data, GDestroyNotify free_fn)
{
    AfterCommit entry = { fn, data, free_fn };
    g_array_append_val(conn->after, entry);
}

GArray *
conn_take_after(DbConn *conn)
{
    GArray *after = conn->after;
    conn->after = g_array_new(FALSE, FALSE, sizeof(AfterCommit));
    return after;
}

/* Drops the callbacks from number @keep on, uncalled. */
static void
after_truncate(GArray *after, guint keep)
{
    for (guint i = keep; i < after->len; i++) {
        AfterCommit *entry = &g_array_index(after, AfterCommit, i);
        if (entry->free_fn)
            entry->free_fn(entry->data);
    }
    g_array_set_size(after, keep);
}

void
after_finish(GArray *after, gboolean committed)
{
    if (after == NULL)
        return;
    for (guint i = 0; committed && i < after->len; i++) {
        AfterCommit *entry = &g_array_index(after, AfterCommit, i);
        entry->fn(entry->data);
    }
    after_truncate(after, 0);
    g_array_unref(after);
}

/* Undoes the part; FALSE if even that fails, then the whole transaction is lost. */
static gboolean
undo_part(DbConn *conn, guint kept)
{
    if (conn->lost || conn->retry)
        return FALSE;
    g_autoptr(GError) failure = g_steal_pointer(&conn->failure);
    if (!conn->driver->exec(conn, "ROLLBACK TO part", NULL)
        || !conn->driver->exec(conn, "RELEASE part", NULL)) {
        conn->failure = g_steal_pointer(&failure);
        if (conn->failure == NULL)
            fault_set(&conn->failure, DB_OTHER, "savepoint lost");
        return FALSE;
    }
    after_truncate(conn->after, kept);
    return TRUE;
}

gboolean
db_try(DbConn *conn, DbJob part, gpointer data, GError **error)
{
    g_autoptr(GError) own = NULL;
    if (!conn_is_usable(conn, error))
        return FALSE;
    if (!conn->driver->exec(conn, "SAVEPOINT part", &own))
        return conn_fail(conn, g_steal_pointer(&own), error);
    guint kept = conn->after->len;
    gboolean ok = part(conn, data, &own);
    if (ok && conn->failure != NULL) {
        ok = FALSE;
        g_clear_error(&own);
        own = g_error_copy(conn->failure);
    }
    if (ok) {
        g_clear_error(&own);
        if (!conn->driver->exec(conn, "RELEASE part", &own))
            return conn_fail(conn, g_steal_pointer(&own), error);
        return TRUE;
    }
    undo_part(conn, kept);
    if (own != NULL)
        g_propagate_error(error, g_steal_pointer(&own));
    return FALSE;
}

Dialect
db_conn_dialect(const DbConn *conn)
{
    return conn->db->dialect;
}
