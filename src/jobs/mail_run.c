/* mail_run.c - which notifications go out, and what the database remembers of them. */
#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "db/catalogue.h"
#include "jobs/mail.h"

#include <string.h>

enum { BATCH = 50, TRIES = 6 };
static const gint64 MINUTE_US = G_GINT64_CONSTANT(60) * G_USEC_PER_SEC;
static const gint64 DAY_US = G_GINT64_CONSTANT(24) * 60 * 60 * G_USEC_PER_SEC;
/* Nobody sends for so long: who claimed a message before that is gone. */
static const gint64 CLAIM_US = G_GINT64_CONSTANT(60) * 60 * G_USEC_PER_SEC;

typedef struct {
    const MailOptions *options;
    gint64 property_id, now_us;
    gint64 claim; /* of this run */
    gint64 lost;  /* claims of a program that ended meanwhile */
    GPtrArray *letters;
} Run;

/* All that one person is told in this run. */
typedef struct {
    gint64 staff_id;
    char *name, *email;
    gboolean is_en;
    GString *text;
    guint n;
    char *first;
    gint64 tries; /* most of its notifications */
    MailFate fate;
} Letter;

static void
letter_free(gpointer data)
{
    Letter *letter = data;

    g_free(letter->name);
    g_free(letter->email);
    g_free(letter->first);
    g_string_free(letter->text, TRUE);
    g_free(letter);
}

static DbStmt *
stmt_of(DbConn *conn, const char *name, const Run *run, GError **error)
{
    DbStmt *stmt = db_named(conn, name, error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", run->property_id);
    if (db_has_param(stmt, "now"))
        db_bind_int(stmt, "now", run->now_us);
    if (db_has_param(stmt, "claim"))
        db_bind_int(stmt, "claim", run->claim);
    return stmt;
}

static Letter *
letter_of(Run *run, const DbStmt *stmt)
{
    Letter *last = run->letters->len ? run->letters->pdata[run->letters->len - 1] : NULL;

    if (last && last->staff_id == db_int(stmt, 0))
        return last;
    Letter *letter = g_new0(Letter, 1);
    letter->staff_id = db_int(stmt, 0);
    letter->name = g_strdup(db_text(stmt, 1));
    letter->email = g_strdup(db_text(stmt, 2));
    letter->is_en = g_strcmp0(db_text(stmt, 3), "en") == 0;
    letter->text = g_string_new(NULL);
    g_ptr_array_add(run->letters, letter);
    return letter;
}

static void
add_notice(Run *run, const DbStmt *stmt)
{
    Letter *letter = letter_of(run, stmt);
    const char *text = db_text(stmt, letter->is_en ? 7 : 6);

    if (!letter->n++)
        letter->first = g_strdelimit(g_strdup(text), "\r\n", ' ');
    letter->tries = MAX(letter->tries, db_int(stmt, 8));
    g_string_append_printf(letter->text, "%s\n", text);
    if (run->options->link && !db_is_null(stmt, 4) && !db_is_null(stmt, 5)) {
        gboolean own_page = strcmp(db_text(stmt, 4), "approval") == 0;
        g_string_append_printf(letter->text, "%s/%s%s/%" G_GINT64_FORMAT "\n", run->options->link, own_page ? "" : "e/", db_text(stmt, 4),
                               db_int(stmt, 5));
    }
    g_string_append_c(letter->text, '\n');
}

/* Takes what is due for this run: committed before anything is sent, so that nobody else sends it and this program not twice. */
static gboolean
claim(DbConn *conn, gpointer data, GError **error)
{
    Run *run = data;
    gboolean ok = TRUE;

    g_ptr_array_set_size(run->letters, 0);
    g_autoptr(DbStmt) lost = stmt_of(conn, "mail.lost", run, error);
    if (!lost || !db_exec_stmt(lost, &run->lost, error))
        return FALSE;
    g_autoptr(DbStmt) take = stmt_of(conn, "mail.claim", run, error);
    if (!take)
        return FALSE;
    db_bind_int(take, "until", run->now_us + CLAIM_US);
    db_bind_int(take, "since", run->now_us - DAY_US);
    db_bind_int(take, "count", BATCH);
    if (!db_exec_stmt(take, NULL, error))
        return FALSE;
    g_autoptr(DbStmt) list = stmt_of(conn, "mail.claimed", run, error);
    if (!list)
        return FALSE;
    while (db_each(list, &ok, error))
        add_notice(run, list);
    return ok;
}

typedef struct {
    const Run *run;
    const Letter *letter;
} Settle;

static gboolean
settle(DbConn *conn, gpointer data, GError **error)
{
    static const gint64 pause_min[TRIES] = { 1, 5, 15, 60, 240, 0 };
    static const char *const words[] = { [MAIL_SENT] = "sent", [MAIL_LATER] = "retry", [MAIL_UNKNOWN] = "unknown" };
    const Settle *s = data;
    gint64 tries = MIN(s->letter->tries, TRIES - 1);
    gboolean over = s->letter->fate == MAIL_LATER && tries == TRIES - 1;
    g_autoptr(DbStmt) stmt = stmt_of(conn, "mail.settle", s->run, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", s->letter->staff_id);
    db_bind_text(stmt, "mail_state", over ? "failed" : words[s->letter->fate]);
    db_bind_int(stmt, "tries", tries + 1);
    db_bind_int(stmt, "next_at", s->run->now_us + pause_min[tries] * MINUTE_US);
    return db_exec_stmt(stmt, NULL, error);
}

static void
send_letter(const Run *run, Letter *letter)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, run->claim, letter->staff_id);
    g_autofree char *several = g_strdup_printf(letter->is_en ? "[Lanting] %u notifications" : "[兰亭] %u 条新通知", letter->n);
    g_autofree char *single = g_strconcat(letter->is_en ? "[Lanting] " : "[兰亭] ", letter->first, NULL);
    g_autofree char *why = NULL;
    const MailMessage message = { .to = letter->email, .name = letter->name, .subject = letter->n > 1 ? several : single,
                                  .text = letter->text->str, .id = id };

    letter->fate = mail_send(run->options, &message, &why);
    if (why)
        log_line(LOG_WARN, "mail to staff %" G_GINT64_FORMAT " %s: %s", letter->staff_id,
                 letter->fate == MAIL_UNKNOWN ? "may not have arrived and is not repeated" : "not sent", why);
}

/* People whose address cannot be written to are passed over until somebody mends it. */
static gboolean
deliver(Db *db, Run *run, guint *sent, GError **error)
{
    for (guint i = 0; i < run->letters->len; i++) {
        Letter *letter = run->letters->pdata[i];
        Settle s = { run, letter };
        if (mail_address_ok(letter->email))
            send_letter(run, letter);
        else
            letter->fate = MAIL_LATER;
        if (!db_run(db, LANE_WRITE, settle, &s, error))
            return FALSE;
        *sent += letter->fate == MAIL_SENT;
    }
    return TRUE;
}

gboolean
mail_run(Db *db, const MailOptions *options, gint64 property_id, guint *sent, GError **error)
{
    g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func(letter_free);
    Run run = { .options = options, .property_id = property_id, .now_us = clock_now_us(), .claim = id_next(), .letters = letters };
    guint n = 0;

    if (!db_run(db, LANE_WRITE, claim, &run, error))
        return FALSE;
    if (run.lost)
        log_line(LOG_WARN, "%" G_GINT64_FORMAT " notifications were being mailed when the program ended; they are not repeated", run.lost);
    gboolean ok = deliver(db, &run, &n, error);
    if (sent)
        *sent = n;
    return ok;
}
