#include "db/driver.h"

typedef struct {
    GCond cond;
    DbConn *conn; /* handed over by pool_give() */
} Waiter;

struct Pool {
    GMutex lock;
    GCond empty_out; /* signalled when the last connection is back */
    GQueue idle;     /* of DbConn; the most recently used is taken first, its cache is warm */
    GQueue waiters;  /* of Waiter, first come, first served */
    guint out;
    gboolean closing;
};

Pool *
pool_new(Db *db, Lane lane, guint size)
{
    Pool *pool = g_new0(Pool, 1);
    g_mutex_init(&pool->lock);
    g_cond_init(&pool->empty_out);
    for (guint i = 0; i < size; i++)
        g_queue_push_head(&pool->idle, conn_new(db, lane));
    return pool;
}

void
pool_free(Pool *pool)
{
    if (pool == NULL)
        return;
    g_mutex_lock(&pool->lock);
    pool->closing = TRUE;
    for (GList *l = pool->waiters.head; l != NULL; l = l->next)
        g_cond_signal(&((Waiter *) l->data)->cond);
    while (pool->out > 0 || !g_queue_is_empty(&pool->waiters))
        g_cond_wait(&pool->empty_out, &pool->lock);
    g_mutex_unlock(&pool->lock);
    DbConn *conn = NULL;
    while ((conn = g_queue_pop_head(&pool->idle)) != NULL)
        conn_free(conn);
    g_mutex_clear(&pool->lock);
    g_cond_clear(&pool->empty_out);
    g_free(pool);
}

/* Under the lock. NULL if none came in time. */
static DbConn *
wait_for_conn(Pool *pool)
{
    Waiter waiter = { 0 };
    gint64 until = g_get_monotonic_time() + DB_WAIT_US;
    g_cond_init(&waiter.cond);
    g_queue_push_tail(&pool->waiters, &waiter);
    gboolean in_time = TRUE;
    while (waiter.conn == NULL && in_time && !pool->closing)
        in_time = g_cond_wait_until(&waiter.cond, &pool->lock, until);
    if (waiter.conn == NULL)
        g_queue_remove(&pool->waiters, &waiter);
    g_cond_clear(&waiter.cond);
    return waiter.conn;
}

DbConn *
pool_take(Pool *pool, GError **error)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&pool->lock);
    DbConn *conn = NULL;
    if (!pool->closing) {
        conn = g_queue_is_empty(&pool->waiters) ? g_queue_pop_head(&pool->idle) : NULL;
        if (conn != NULL)
            pool->out++;
        else
            conn = wait_for_conn(pool);
    }
    if (conn != NULL)
        return conn;
    if (pool->closing) {
        g_cond_signal(&pool->empty_out);
        fault_set_closed(error);
    } else {
        fault_set(error, DB_BUSY, NULL);
    }
    return NULL;
}

void
pool_give(Pool *pool, DbConn *conn)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&pool->lock);
    Waiter *waiter = pool->closing ? NULL : g_queue_pop_head(&pool->waiters);
    if (waiter != NULL) {
        waiter->conn = conn; /* stays out, goes from hand to hand */
        g_cond_signal(&waiter->cond);
        return;
    }
    g_queue_push_head(&pool->idle, conn);
    if (--pool->out == 0)
        g_cond_signal(&pool->empty_out);
}
