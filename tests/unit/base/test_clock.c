#include "base/clock.h"

#define NOON_UTC G_GINT64_CONSTANT(1772366400000000) /* 2026-03-01T12:00:00Z */

static gint64
fixed_real(void)
{
    return NOON_UTC;
}

static gint64
fixed_mono(void)
{
    return 42;
}

static void
test_set(void)
{
    clock_set(fixed_real, fixed_mono);
    g_assert_cmpint(clock_now_us(), ==, NOON_UTC);
    g_assert_cmpint(clock_mono_us(), ==, 42);
    clock_freeze_us(NOON_UTC + 5);
    g_assert_cmpint(clock_now_us(), ==, NOON_UTC + 5);
    clock_freeze_us(NOON_UTC + 6);
    g_assert_cmpint(clock_now_us(), ==, NOON_UTC + 6);
    g_assert_cmpint(clock_today(), ==, day_parse("2026-03-01"));
    clock_set(NULL, NULL);
    g_assert_cmpint(ABS(clock_now_us() - g_get_real_time()), <, 60 * G_TIME_SPAN_SECOND);
    g_assert_cmpint(clock_mono_us(), <=, g_get_monotonic_time());
}

static void
test_china_day(void)
{
    Day day = day_parse("2026-03-01");
    gint64 start = clock_day_start_us(day);
    g_autofree char *text = clock_format_us(start);
    g_assert_cmpstr(text, ==, "2026-02-28T16:00:00.000Z");
    g_assert_cmpint(clock_day_of(start), ==, day);
    g_assert_cmpint(clock_day_of(start - 1), ==, day - 1);
    g_assert_cmpint(clock_day_of(clock_day_start_us(day + 1) - 1), ==, day);
    Day early = day_parse("1949-12-31"); /* before 1970 as well */
    g_assert_cmpint(clock_day_of(clock_day_start_us(early)), ==, early);
    g_assert_cmpint(clock_day_of(clock_day_start_us(early) - 1), ==, early - 1);
    g_assert_cmpint(clock_day_of(G_MININT64), ==, DAY_NONE);
    g_assert_cmpint(clock_day_start_us(DAY_NONE), ==, G_MININT64);
}

static void
test_round_trip(void)
{
    for (int i = 0; i < 10000; i++) {
        gint64 ms = (gint64) g_test_rand_int() * 1000 + g_test_rand_int_range(-1000, 1000);
        g_autofree char *text = clock_format_us(ms * 1000);
        g_assert_cmpint(clock_parse_us(text), ==, ms * 1000);
    }
}

static void
test_parse(void)
{
    g_assert_cmpint(clock_parse_us("2026-03-01T12:00:00Z"), ==, NOON_UTC);
    g_assert_cmpint(clock_parse_us("2026-03-01T12:00:00.5Z"), ==, NOON_UTC + 500000);
    g_assert_cmpint(clock_parse_us("2026-03-01T12:00:00.000001Z"), ==, NOON_UTC + 1);
    g_assert_cmpint(clock_parse_us("2026-03-01T20:00:00+08:00"), ==, NOON_UTC);
    g_assert_cmpint(clock_parse_us("2026-03-01T09:30:00-02:30"), ==, NOON_UTC);
}

static void
test_refused(void)
{
    static const char *const bad[] = { "",
                                       "2026-03-01",
                                       "2026-03-01T12:00:00",
                                       "2026-03-01 12:00:00Z",
                                       "2026-03-01T24:00:00Z",
                                       "2026-03-01T12:60:00Z",
                                       "2026-03-01T12:00:60Z",
                                       "2026-02-30T12:00:00Z",
                                       "2026-03-01T12:00:00.Z",
                                       "2026-03-01T12:00:00.1234567890Z",
                                       "2026-03-01T12:00:00+8:00Z",
                                       "2026-03-01T12:00:00+0800",
                                       "2026-03-01T12:00:00Z ",
                                       "2026-03-01T12:00:00z" };
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_cmpint(clock_parse_us(bad[i]), ==, G_MININT64);
    g_assert_cmpint(clock_parse_us(NULL), ==, G_MININT64);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clock/a-test-sets-and-freezes-it", test_set);
    g_test_add_func("/clock/a-day-in-china-begins-at-16-utc", test_china_day);
    g_test_add_func("/clock/format-and-parse-are-inverse", test_round_trip);
    g_test_add_func("/clock/fractions-and-offsets-are-read", test_parse);
    g_test_add_func("/clock/malformed-instants-are-refused", test_refused);
    return g_test_run();
}
