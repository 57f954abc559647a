/* smtp_sink.h - a mail server for tests: one thread on a port of this machine that keeps what it is given. */
#pragma once
#include <glib.h>

typedef enum {
    SINK_TAKE,    /* 250 */
    SINK_LATER,   /* 451 to the recipient */
    SINK_REFUSE,  /* 554 after the text */
    SINK_VANISH,  /* the connection ends after the text, without an answer */
} SinkMood;

typedef struct SmtpSink SmtpSink;
SmtpSink *smtp_sink_new(void);
void smtp_sink_free(SmtpSink *sink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SmtpSink, smtp_sink_free)
/* smtp://127.0.0.1:port; borrowed. */
const char *smtp_sink_url(const SmtpSink *sink);
void smtp_sink_mood(SmtpSink *sink, SinkMood mood);
/* How many texts arrived whole, whatever was answered. */
guint smtp_sink_count(SmtpSink *sink);
/* The n-th: recipient, and header and text with the text decoded. transfer full. */
char *smtp_sink_to(SmtpSink *sink, guint n);
char *smtp_sink_text(SmtpSink *sink, guint n);
