#include "base/clock.h"
#include "base/ids.h"
#include <stdlib.h>

#define THREADS 4
#define PER_THREAD 50000

static gpointer
make_many(gpointer data)
{
    gint64 *ids = data;
    for (int i = 0; i < PER_THREAD; i++)
        ids[i] = id_next();
    return NULL;
}

static int
compare(const void *a, const void *b)
{
    gint64 x = *(const gint64 *) a;
    gint64 y = *(const gint64 *) b;
    return (x > y) - (x < y);
}

static void
test_threads(void)
{
    g_autofree gint64 *ids = g_new(gint64, THREADS * PER_THREAD);
    GThread *threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("ids", make_many, ids + i * PER_THREAD);
    for (int i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
    for (int i = 0; i < THREADS; i++) /* growing as each thread sees them */
        for (int k = 1; k < PER_THREAD; k++)
            g_assert_cmpint(ids[i * PER_THREAD + k], >, ids[i * PER_THREAD + k - 1]);
    qsort(ids, (gsize) THREADS * PER_THREAD, sizeof *ids, compare);
    g_assert_cmpint(ids[0], >, 0);
    for (int i = 1; i < THREADS * PER_THREAD; i++)
        g_assert_cmpint(ids[i], >, ids[i - 1]);
}

static void
test_clock_jumps(void)
{
    gint64 now = clock_now_us();
    gint64 last = id_next();
    static const gint64 jumps[] = { 0,
                                    -G_TIME_SPAN_DAY,
                                    -5 * 365 * G_TIME_SPAN_DAY,
                                    G_TIME_SPAN_HOUR,
                                    -365000 * G_TIME_SPAN_DAY,
                                    0,
                                    400 * G_TIME_SPAN_DAY,
                                    -G_TIME_SPAN_DAY };
    for (guint i = 0; i < G_N_ELEMENTS(jumps); i++) {
        clock_freeze_us(now + jumps[i]);
        for (int k = 0; k < 10000; k++) { /* more than one millisecond holds */
            gint64 id = id_next();
            g_assert_cmpint(id, >, last);
            last = id;
        }
    }
    clock_set(NULL, NULL);
}

static void
test_far_future(void)
{
    gint64 last = id_next();
    clock_freeze_us(clock_parse_us("2199-01-01T00:00:00Z"));
    for (int i = 0; i < 10000; i++) {
        gint64 id = id_next();
        g_assert_cmpint(id, >, last);
        last = id;
    }
    clock_set(NULL, NULL);
}

static void
test_layout(void)
{
    id_set_node(1023);
    gint64 id = id_next();
    g_assert_cmpint(id >> 12 & 1023, ==, 1023);
    id_set_node(0);
}

static void
test_sequence(void)
{
    id_set_sequence(1001);
    g_assert_cmpint(id_next(), ==, 1001);
    g_assert_cmpint(id_next(), ==, 1002);
    id_set_sequence(0);
    g_assert_cmpint(id_next(), >, 1000000);
}

static void
test_parse(void)
{
    g_assert_cmpint(id_parse("1"), ==, 1);
    g_assert_cmpint(id_parse("9223372036854775807"), ==, G_MAXINT64);
    static const char *const bad[] = { "",
                                       "0",
                                       "-1",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "01",
                                       "1x",
                                       "0x10",
                                       "1.0",
                                       "9223372036854775808",
                                       "99999999999999999999" };
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_cmpint(id_parse(bad[i]), ==, 0);
    g_assert_cmpint(id_parse(NULL), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ids/four-threads-never-meet", test_threads);
    g_test_add_func("/ids/they-grow-when-the-clock-goes-back", test_clock_jumps);
    g_test_add_func("/ids/the-node-is-inside", test_layout);
    g_test_add_func("/ids/a-test-counts-up-from-its-own-number", test_sequence);
    g_test_add_func("/ids/only-positive-decimals-are-ids", test_parse);
    g_test_add_func("/ids/a-clock-set-to-2199-gives-positive-ids", test_far_future);
    return g_test_run();
}
