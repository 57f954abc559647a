#include "support/smtp_sink.h"

#include <gio/gio.h>
#include <string.h>

struct SmtpSink {
    GSocketListener *listener;
    GCancellable *over;
    GThread *thread;
    GMutex lock;
    SinkMood mood;
    GPtrArray *to, *texts;
    char *url;
};

static void
say(GSocketConnection *conn, const char *line)
{
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(conn)), line, strlen(line), NULL, NULL, NULL);
}

/* Header and decoded text. transfer full. */
static char *
decoded(const char *raw)
{
    const char *body = strstr(raw, "\n\n");
    gsize n = 0;

    g_assert_nonnull(body);
    g_autofree guchar *bytes = g_base64_decode(body, &n);
    g_autofree char *head = g_strndup(raw, (gsize) (body - raw));
    return g_strdup_printf("%s\n\n%.*s", head, (int) n, (const char *) bytes);
}

static void
keep(SmtpSink *sink, const char *to, const char *raw)
{
    g_mutex_lock(&sink->lock);
    g_ptr_array_add(sink->to, g_strdup(to));
    g_ptr_array_add(sink->texts, decoded(raw));
    g_mutex_unlock(&sink->lock);
}

static SinkMood
mood_of(SmtpSink *sink)
{
    g_mutex_lock(&sink->lock);
    SinkMood mood = sink->mood;
    g_mutex_unlock(&sink->lock);
    return mood;
}

/* The text until the lone point. */
static void
read_text(SmtpSink *sink, GDataInputStream *in, const char *to)
{
    g_autoptr(GString) raw = g_string_new(NULL);

    for (;;) {
        g_autofree char *line = g_data_input_stream_read_line(in, NULL, NULL, NULL);
        if (!line || strcmp(line, ".") == 0)
            break;
        g_string_append_printf(raw, "%s\n", line);
    }
    keep(sink, to, raw->str);
}

static void
talk(SmtpSink *sink, GSocketConnection *conn)
{
    g_autoptr(GDataInputStream) in = g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(conn)));
    g_autofree char *to = g_strdup("");

    g_data_input_stream_set_newline_type(in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
    say(conn, "220 sink\r\n");
    for (;;) {
        g_autofree char *line = g_data_input_stream_read_line(in, NULL, NULL, NULL);
        SinkMood mood = mood_of(sink);
        if (!line)
            return;
        if (g_str_has_prefix(line, "RCPT TO:")) {
            g_free(to);
            to = g_strdup(line + strlen("RCPT TO:"));
            say(conn, mood == SINK_LATER ? "451 come again\r\n" : "250 ok\r\n");
        } else if (g_str_has_prefix(line, "DATA")) {
            say(conn, "354 go on\r\n");
            read_text(sink, in, to);
            if (mood == SINK_VANISH)
                return;
            say(conn, mood == SINK_REFUSE ? "554 no\r\n" : "250 taken\r\n");
        } else
            say(conn, g_str_has_prefix(line, "QUIT") ? "221 bye\r\n" : "250 ok\r\n");
    }
}

static gpointer
serve(gpointer data)
{
    SmtpSink *sink = data;

    for (;;) {
        g_autoptr(GSocketConnection) conn = g_socket_listener_accept(sink->listener, NULL, sink->over, NULL);
        if (!conn)
            return NULL;
        talk(sink, conn);
    }
}

SmtpSink *
smtp_sink_new(void)
{
    SmtpSink *sink = g_new0(SmtpSink, 1);
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) any = g_inet_socket_address_new(loopback, 0);
    g_autoptr(GSocketAddress) got = NULL;

    g_mutex_init(&sink->lock);
    sink->to = g_ptr_array_new_with_free_func(g_free);
    sink->texts = g_ptr_array_new_with_free_func(g_free);
    sink->over = g_cancellable_new();
    sink->listener = g_socket_listener_new();
    g_assert_true(g_socket_listener_add_address(sink->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got, NULL));
    sink->url = g_strdup_printf("smtp://127.0.0.1:%u", g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(got)));
    sink->thread = g_thread_new("smtp-sink", serve, sink);
    return sink;
}

void
smtp_sink_free(SmtpSink *sink)
{
    g_cancellable_cancel(sink->over);
    g_thread_join(sink->thread);
    g_socket_listener_close(sink->listener);
    g_object_unref(sink->listener);
    g_object_unref(sink->over);
    g_ptr_array_unref(sink->to);
    g_ptr_array_unref(sink->texts);
    g_mutex_clear(&sink->lock);
    g_free(sink->url);
    g_free(sink);
}

const char *
smtp_sink_url(const SmtpSink *sink)
{
    return sink->url;
}

void
smtp_sink_mood(SmtpSink *sink, SinkMood mood)
{
    g_mutex_lock(&sink->lock);
    sink->mood = mood;
    g_mutex_unlock(&sink->lock);
}

guint
smtp_sink_count(SmtpSink *sink)
{
    g_mutex_lock(&sink->lock);
    guint n = sink->texts->len;
    g_mutex_unlock(&sink->lock);
    return n;
}

static char *
nth(SmtpSink *sink, const GPtrArray *list, guint n)
{
    g_mutex_lock(&sink->lock);
    g_assert_cmpuint(n, <, list->len);
    char *copy = g_strdup(list->pdata[n]);
    g_mutex_unlock(&sink->lock);
    return copy;
}

char *
smtp_sink_to(SmtpSink *sink, guint n)
{
    return nth(sink, sink->to, n);
}

char *
smtp_sink_text(SmtpSink *sink, guint n)
{
    return nth(sink, sink->texts, n);
}
