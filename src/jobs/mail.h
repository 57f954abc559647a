/* mail.h - notifications as mail, for people with an address. Off unless a server is configured. A message is claimed in the database
 * before it leaves and settled afterwards, outside any transaction: what may have arrived is never sent again. Start at mail_run(). */
#pragma once
#include "db/db.h"

typedef struct {
    char *url;      /* smtp://host:port or smtps://host:port */
    char *user;     /* NULL: no log-in */
    char *password; /* never logged */
    char *from;     /* address of the sender */
    char *link;     /* where people reach the pages, https://…; NULL: mails have no links */
    gboolean plain; /* no TLS: for a server on the same machine */
} MailOptions;

/* Reads LANTING_SMTP, LANTING_SMTP_USER, LANTING_SMTP_PASSWORD_FILE, LANTING_SMTP_FROM, LANTING_SMTP_PLAIN, LANTING_URL. NULL without
 * @error if LANTING_SMTP is not set: mail is off. INVALID "mail.options" names what is missing. transfer full. */
MailOptions *mail_options_from_env(GError **error);
void mail_options_free(MailOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailOptions, mail_options_free)

typedef enum {
    MAIL_SENT,    /* the server took it */
    MAIL_LATER,   /* it certainly did not: try again */
    MAIL_UNKNOWN, /* the text was handed over and no answer came: it may have arrived */
} MailFate;

typedef struct {
    const char *to, *name; /* address and person */
    const char *subject, *text;
    const char *id; /* unique part of the Message-ID */
} MailMessage;

/* Sends one message, taking at most half a minute. @why gets the reason unless it was sent (no address in it). transfer full. */
MailFate mail_send(const MailOptions *options, const MailMessage *message, char **why);
/* Whether the text can stand in an envelope: one @, no blanks, brackets or line ends. */
gboolean mail_address_ok(const char *address);

/* Mails what the people of a property were told in the last day and have not read yet: one message a person with all that is new. What
 * failed is tried again after 1, 5, 15, 60, 240 minutes, then given up. @sent counts messages (may be NULL). An error is the database's;
 * a server that does not answer is only logged. */
gboolean mail_run(Db *db, const MailOptions *options, gint64 property_id, guint *sent, GError **error);
