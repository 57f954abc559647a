#include "base/log.h"
#include "base/clock.h"
#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

static _Atomic int threshold = LOG_INFO;
static _Thread_local const char *request;

void
log_set_level(LogLevel level)
{
    atomic_store_explicit(&threshold, (int) level, memory_order_relaxed);
}

void
log_set_request(const char *request_id)
{
    request = request_id;
}

/* One event stays one line: whoever typed a line break into a name cannot forge a second event. */
static void
append_on_one_line(GString *line, const char *text)
{
    for (const char *p = text; *p; p++) {
        guchar c = (guchar) *p;
        if (c == '\n')
            g_string_append(line, "\\n");
        else if (c == '\r')
            g_string_append(line, "\\r");
        else if ((c < 0x20 && c != '\t') || c == 0x7f)
            g_string_append_printf(line, "\\x%02x", c);
        else
            g_string_append_c(line, *p);
    }
}

/* One write for the whole line, so that lines of several threads do not mix. */
static void
write_all(const char *text, gsize len)
{
    while (len > 0) {
        gssize n = write(STDERR_FILENO, text, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return; /* nowhere left to complain */
        text += n;
        len -= (gsize) n;
    }
}

void
log_line(LogLevel level, const char *format, ...)
{
    static const char *const names[] = { "DEBUG", "INFO ", "WARN ", "ERROR" };
    if ((int) level < atomic_load_explicit(&threshold, memory_order_relaxed))
        return;
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    char at[CLOCK_TEXT_SIZE];
    GString *line = g_string_sized_new(128);
    g_string_append_printf(line, "%s %s ", clock_write_us(clock_now_us(), at), names[level]);
    append_on_one_line(line, request ? request : "-");
    g_string_append_c(line, ' ');
    append_on_one_line(line, text);
    g_string_append_c(line, '\n');
    write_all(line->str, line->len);
    g_string_free(line, TRUE);
}
