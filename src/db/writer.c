/* The one thread that writes to SQLite: takes what is queued, one savepoint per job, one COMMIT,
 * then answers. */
#include "base/failpoint.h"
#include "base/log.h"
#include "db/driver.h"

#define QUEUE_MAX 1000
#define QUEUE_WAIT_US (30 * G_USEC_PER_SEC)
#define IDLE_US (20 * 1000)        /* quiet time before a checkpoint, so that it meets nobody */
#define PASSIVE_FRAMES 1000        /* 4 MB: checkpoint when idle */
#define PRESSING_FRAMES 4000       /* 16 MB: checkpoint between two batches */
#define TRUNCATE_FRAMES (64 * 256) /* 64 MB: the log must not grow further */
#define HEAL_EVERY_US G_USEC_PER_SEC

typedef enum { JOB_QUEUED, JOB_RUNNING, JOB_ANSWERED } JobState;

/* Lives on the stack of the thread that waits for it. */
typedef struct {
    DbJob job;
    gpointer data;
    gboolean alone;
    JobState state;
    gboolean ok;
    GError *error;
    GArray *after;
    gint64 queued_us;
    GCond answered;
} WriteJob;

struct Writer {
    Db *db;
    DbConn *conn;
    GThread *thread;
    GMutex lock;
    GCond wake;
    GQueue jobs; /* of WriteJob, first come, first served */
    gboolean stopping;
    int checked_frames; /* log frames known to be in the database already */
    gint64 next_truncate_us;
    gint64 next_heal_us;
};

static void
checkpoint(Writer *writer, gboolean truncate)
{
    int frames = sqlite_wal_frames(writer->conn);
    gboolean whole = sqlite_checkpoint(writer->conn, truncate);
    /* A reader may hold part of it back: count from here in any case, else we would try at each
     * batch. */
    writer->checked_frames = truncate && whole ? 0 : frames;
    if (truncate)
        writer->next_truncate_us = g_get_monotonic_time() + G_USEC_PER_SEC;
    g_mutex_lock(&writer->db->stats_lock);
    writer->db->stats.checkpoints++;
    g_mutex_unlock(&writer->db->stats_lock);
}

/* Frames that wait to be copied. The log starts anew when all of it has been copied and nobody
 * reads it. */
static int
frames_waiting(Writer *writer)
{
    if (sqlite_has_io_error(writer->conn))
        return 0;
    int frames = sqlite_wal_frames(writer->conn);
    if (frames < writer->checked_frames)
        writer->checked_frames = 0;
    return frames - writer->checked_frames;
}

static void
checkpoint_if_pressing(Writer *writer)
{
    int waiting = frames_waiting(writer);
    if (sqlite_has_io_error(writer->conn))
        return;
    if (sqlite_wal_frames(writer->conn) > TRUNCATE_FRAMES
        && g_get_monotonic_time() >= writer->next_truncate_us)
        checkpoint(writer, TRUE);
    else if (waiting >= PRESSING_FRAMES)
        checkpoint(writer, FALSE);
}

/* FALSE when stopping and nothing is left. */
static gboolean
wait_for_jobs(Writer *writer)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&writer->lock);
    while (g_queue_is_empty(&writer->jobs) && !writer->stopping) {
        if (frames_waiting(writer) < PASSIVE_FRAMES) {
            g_cond_wait(&writer->wake, &writer->lock);
            continue;
        }
        gint64 until = g_get_monotonic_time() + IDLE_US;
        if (!g_cond_wait_until(&writer->wake, &writer->lock, until)
            && g_queue_is_empty(&writer->jobs)) {
            g_mutex_unlock(&writer->lock);
            checkpoint(writer, FALSE);
            g_mutex_lock(&writer->lock);
        }
    }
    return !g_queue_is_empty(&writer->jobs);
}

/* The next job of a batch that holds @n and began at @began; NULL if the batch is complete. */
static WriteJob *
next_job(Writer *writer, GPtrArray *batch, gint64 began)
{
    const DbOptions *options = &writer->db->options;
    if (batch->len >= options->batch_max
        || (batch->len > 0 && g_get_monotonic_time() - began >= options->batch_us))
        return NULL;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&writer->lock);
    WriteJob *job = g_queue_peek_head(&writer->jobs);
    if (job == NULL
        || (batch->len > 0 && (job->alone || ((WriteJob *) g_ptr_array_index(batch, 0))->alone)))
        return NULL;
    g_queue_pop_head(&writer->jobs);
    job->state = JOB_RUNNING;
    g_ptr_array_add(batch, job);
    return job;
}

static void
run_job(Writer *writer, WriteJob *job)
{
    DbConn *conn = writer->conn;
    db_note_wait(writer->db, LANE_WRITE, g_get_monotonic_time() - job->queued_us);
    conn_begin_job(conn);
    job->ok = conn->driver->exec(conn, "SAVEPOINT job", &job->error)
              && conn_call_job(conn, job->job, job->data, &job->error);
    conn_end_job(conn);
    job->after = conn_take_after(conn);
    if (conn->lost)
        return;
    gboolean undone = job->ok || conn->driver->exec(conn, "ROLLBACK TO job", NULL);
    if (undone && conn->driver->exec(conn, "RELEASE job", NULL))
        return;
    job->ok = FALSE;
    conn->lost = TRUE;
}

/* Nothing of the batch is saved: those that went well get a copy of @error. */
static void
fail_batch(GPtrArray *batch, const GError *error)
{
    for (guint i = 0; i < batch->len; i++) {
        WriteJob *job = g_ptr_array_index(batch, i);
        if (!job->ok && job->error != NULL)
            continue;
        if (job->ok || job->after == NULL) /* a job that said FALSE without an error stays so */
            job->error = g_error_copy(error);
        job->ok = FALSE;
    }
}

static guint
count_ok(GPtrArray *batch)
{
    guint ok = 0;
    for (guint i = 0; i < batch->len; i++)
        ok += ((WriteJob *) g_ptr_array_index(batch, i))->ok ? 1 : 0;
    return ok;
}

static gboolean
commit(Writer *writer, GError **error)
{
    DbConn *conn = writer->conn;
    gboolean ok = FAILPOINT("db.before_commit") ? fault_set_injected(error)
                                                : conn->driver->commit(conn, error);
    if (!ok) {
        conn->driver->rollback(conn);
        return FALSE;
    }
    return FAILPOINT("db.after_commit") ? fault_set(error, DB_UNKNOWN_OUTCOME, NULL) : TRUE;
}

/* After a disk error nothing that the connection remembers can be trusted: open anew and check, at
 * most once a second. */
static gboolean
heal(Writer *writer, GError **error)
{
    DbConn *conn = writer->conn;
    if (!sqlite_has_io_error(conn))
        return TRUE;
    if (g_get_monotonic_time() < writer->next_heal_us)
        return fault_set(error, DB_IO, "waiting for the disk");
    writer->next_heal_us = g_get_monotonic_time() + HEAL_EVERY_US;
    conn_drop_cache(conn);
    conn->driver->close(conn);
    if (!sqlite_open(conn, error))
        return FALSE;
    writer->checked_frames = 0;
    if (sqlite_check(conn, error))
        return TRUE;
    conn_drop_cache(conn);
    conn->driver->close(conn);
    return FALSE;
}

static void
run_jobs(Writer *writer, GPtrArray *batch, GError **error)
{
    DbConn *conn = writer->conn;
    gint64 began = g_get_monotonic_time();
    WriteJob *job = NULL;
    conn->lost = FALSE;
    while (!conn->lost && (job = next_job(writer, batch, began)) != NULL)
        run_job(writer, job);
    if (conn->lost) {
        g_autoptr(GError) why = NULL;
        job = g_ptr_array_index(batch, batch->len - 1);
        if (job->error == NULL)
            fault_set(&why, DB_OTHER, "transaction lost");
        conn->driver->rollback(conn);
        g_propagate_error(error, job->error ? g_error_copy(job->error) : g_steal_pointer(&why));
        return;
    }
    guint saved = count_ok(batch);
    if (saved == 0)
        conn->driver->rollback(conn);
    else if (commit(writer, error))
        db_note_commit(writer->db, saved);
}

/* Foreign keys can be switched outside a transaction only. */
static gboolean
begin(Writer *writer, gboolean alone, GError **error)
{
    return heal(writer, error) && (!alone || sqlite_foreign_keys(writer->conn, FALSE, error))
           && writer->conn->driver->begin(writer->conn, error);
}

static void
answer(Writer *writer, GPtrArray *batch)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&writer->lock);
    for (guint i = 0; i < batch->len; i++) {
        WriteJob *job = g_ptr_array_index(batch, i);
        job->state = JOB_ANSWERED; /* from the unlock on, the job may be gone */
        g_cond_signal(&job->answered);
    }
}

static void
run_batch(Writer *writer)
{
    g_autoptr(GPtrArray) batch = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    g_mutex_lock(&writer->lock);
    WriteJob *first = g_queue_peek_head(&writer->jobs);
    gboolean alone = first != NULL && first->alone;
    g_mutex_unlock(&writer->lock);
    if (first == NULL) /* its owner gave up waiting */
        return;
    if (begin(writer, alone, &error))
        run_jobs(writer, batch, &error);
    else
        next_job(writer, batch, 0);
    if (alone && writer->conn->handle != NULL)
        sqlite_foreign_keys(writer->conn, TRUE, NULL);
    if (error != NULL)
        fail_batch(batch, error);
    answer(writer, batch);
}

static gpointer
writer_main(gpointer data)
{
    Writer *writer = data;
    while (wait_for_jobs(writer)) {
        run_batch(writer);
        checkpoint_if_pressing(writer);
    }
    return NULL;
}

Writer *
writer_new(Db *db, DbConn *conn)
{
    Writer *writer = g_new0(Writer, 1);
    writer->db = db;
    writer->conn = conn;
    g_mutex_init(&writer->lock);
    g_cond_init(&writer->wake);
    g_queue_init(&writer->jobs);
    writer->thread = g_thread_new("db-writer", writer_main, writer);
    return writer;
}

void
writer_free(Writer *writer)
{
    if (writer == NULL)
        return;
    g_mutex_lock(&writer->lock);
    writer->stopping = TRUE;
    g_cond_signal(&writer->wake);
    g_mutex_unlock(&writer->lock);
    g_thread_join(writer->thread);
    sqlite_checkpoint(writer->conn, TRUE);
    conn_free(writer->conn);
    g_mutex_clear(&writer->lock);
    g_cond_clear(&writer->wake);
    g_free(writer);
}

/* Under the lock: waits until the job is answered, or takes it out again if its turn has not come
 * in time. */
static void
wait_for_answer(Writer *writer, WriteJob *own)
{
    gint64 until = own->queued_us + QUEUE_WAIT_US;
    while (own->state != JOB_ANSWERED) {
        if (own->state == JOB_RUNNING) {
            g_cond_wait(&own->answered, &writer->lock);
        } else if (!g_cond_wait_until(&own->answered, &writer->lock, until)
                   && own->state == JOB_QUEUED) {
            g_queue_remove(&writer->jobs, own);
            fault_set(&own->error, DB_BUSY, NULL);
            return;
        }
    }
}

gboolean
writer_run(Writer *writer, DbJob job, gpointer data, gboolean alone, GError **error)
{
    WriteJob own = {
        .job = job, .data = data, .alone = alone, .queued_us = g_get_monotonic_time()
    };
    g_return_val_if_fail(g_thread_self() != writer->thread, FALSE);
    g_cond_init(&own.answered);
    g_mutex_lock(&writer->lock);
    if (writer->stopping) {
        fault_set_closed(&own.error);
    } else if (g_queue_get_length(&writer->jobs) >= QUEUE_MAX) {
        fault_set(&own.error, DB_BUSY, NULL);
    } else {
        g_queue_push_tail(&writer->jobs, &own);
        g_cond_signal(&writer->wake);
        wait_for_answer(writer, &own);
    }
    g_mutex_unlock(&writer->lock);
    g_cond_clear(&own.answered);
    after_finish(own.after, own.ok);
    if (own.error != NULL)
        g_propagate_error(error, own.error);
    return own.ok;
}

guint
writer_queue(Writer *writer)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&writer->lock);
    return g_queue_get_length(&writer->jobs);
}
