#include "base/ids.h"
#include "base/clock.h"

#define EPOCH_MS G_GINT64_CONSTANT(1577836800000) /* 2020-01-01T00:00:00Z */
#define NODE_BITS 10
#define COUNTER_BITS 12
#define COUNTER_MAX ((1 << COUNTER_BITS) - 1)
/* 41 bits end in September 2089. A clock set later is cut here; the rest leaves room to count
 * up. */
#define MS_MAX ((G_GINT64_CONSTANT(1) << 41) - (1 << 24))

static GMutex lock;
static gint64 last_ms;
static guint counter;
static guint node;
static gint64 sequence; /* next id in a test, 0 outside */

gint64
id_next(void)
{
    gint64 now_ms = CLAMP(clock_now_us() / 1000 - EPOCH_MS, 1, MS_MAX);
    g_mutex_lock(&lock);
    gint64 id;
    if (sequence) {
        id = sequence++;
    } else {
        /* A clock that went back or stands still only uses up the counter, then the next
         * millisecond. */
        if (now_ms > last_ms) {
            last_ms = now_ms;
            counter = 0;
        } else if (counter < COUNTER_MAX) {
            counter++;
        } else {
            last_ms++;
            counter = 0;
        }
        id = (last_ms << (NODE_BITS + COUNTER_BITS)) | ((gint64) node << COUNTER_BITS) | counter;
    }
    g_mutex_unlock(&lock);
    return id;
}

void
id_set_node(guint number)
{
    g_return_if_fail(number < (1 << NODE_BITS));
    node = number;
}

void
id_set_sequence(gint64 first)
{
    g_return_if_fail(first >= 0);
    g_mutex_lock(&lock);
    sequence = first;
    g_mutex_unlock(&lock);
}

gint64
id_parse(const char *text)
{
    if (!text || text[0] < '1' || text[0] > '9')
        return 0;
    gint64 id = 0;
    for (const char *p = text; *p; p++) {
        if (!g_ascii_isdigit(*p))
            return 0;
        int digit = *p - '0';
        if (id > (G_MAXINT64 - digit) / 10)
            return 0;
        id = id * 10 + digit;
    }
    return id;
}
