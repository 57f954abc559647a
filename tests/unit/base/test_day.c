#include "base/day.h"

static void
test_inverse(void)
{
    Day expected = DAY_MIN;
    int weekday = 1; /* 1900-01-01 was a Monday */
    for (int year = 1900; year <= 2199; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= day_days_in_month(year, month); day++) {
                g_assert_cmpint(day_from_ymd(year, month, day), ==, expected);
                Ymd ymd = day_to_ymd(expected);
                g_assert_true(ymd.year == year && ymd.month == month && ymd.day == day);
                g_assert_cmpint(day_weekday(expected), ==, weekday);
                char text[DAY_TEXT_SIZE];
                g_assert_cmpint(day_parse(day_format(expected, text)), ==, expected);
                weekday = weekday % 7 + 1;
                expected++;
            }
    g_assert_cmpint(expected - 1, ==, DAY_MAX);
}

static void
test_known(void)
{
    g_assert_cmpint(day_from_ymd(1970, 1, 1), ==, 0);
    g_assert_cmpint(day_parse("2000-02-29"), ==, 11016);
    g_assert_cmpint(day_parse("2026-03-01"), ==, 20513);
    g_assert_cmpint(day_weekday(day_parse("2026-03-01")), ==, 7);
    g_autofree char *text = day_dup(20513);
    g_assert_cmpstr(text, ==, "2026-03-01");
    g_assert_null(day_dup(DAY_NONE));
}

static void
test_no_such_day(void)
{
    static const int none[][3] = { { 2023, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 },
                                   { 2026, 0, 1 },  { 2026, 13, 1 }, { 2026, 1, 0 },
                                   { 2026, 1, 32 }, { 0, 1, 1 },     { 10000, 1, 1 } };
    for (guint i = 0; i < G_N_ELEMENTS(none); i++)
        g_assert_cmpint(day_from_ymd(none[i][0], none[i][1], none[i][2]), ==, DAY_NONE);
    g_assert_cmpint(day_from_ymd_clamped(2023, 2, 31), ==, day_parse("2023-02-28"));
    g_assert_cmpint(day_from_ymd_clamped(2023, 13, 31), ==, DAY_NONE);
}

static void
test_refused_texts(void)
{
    static const char *const bad[] = { "",
                                       "2026",
                                       "2026-3-1",
                                       "2026/03/01",
                                       "2026-03-01 ",
                                       " 2026-03-01",
                                       "2026-03-011",
                                       "26-03-01",
                                       "2026-02-30",
                                       "2026-03-0x",
                                       "1899-12-31",
                                       "2200-01-01",
                                       "+026-03-01",
                                       "２026-03-01",
                                       "20260301" };
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_cmpint(day_parse(bad[i]), ==, DAY_NONE);
    g_assert_cmpint(day_parse(NULL), ==, DAY_NONE);
    g_assert_cmpint(day_parse("1900-01-01"), ==, DAY_MIN);
    g_assert_cmpint(day_parse("2199-12-31"), ==, DAY_MAX);
}

static void
test_month_end_comes_back(void)
{
    Day start = day_parse("2023-01-31");
    g_assert_cmpint(day_add_months_anchored(start, 1, 31), ==, day_parse("2023-02-28"));
    g_assert_cmpint(day_add_months_anchored(start, 13, 31), ==, day_parse("2024-02-29"));
    g_assert_cmpint(day_add_months_anchored(start, 2, 31), ==, day_parse("2023-03-31"));
    Day february = day_add_months(start, 1);
    g_assert_cmpint(day_add_months_anchored(february, 1, 31), ==, day_parse("2023-03-31"));
    g_assert_cmpint(day_add_months(february, 1), ==, day_parse("2023-03-28"));
    g_assert_cmpint(day_add_months(day_parse("2024-03-31"), -1), ==, day_parse("2024-02-29"));
    g_assert_cmpint(day_add_months(day_parse("2024-01-15"), -13), ==, day_parse("2022-12-15"));
}

static void
test_months(void)
{
    Day day = day_parse("2024-02-17");
    g_assert_cmpint(day_month_start(day), ==, day_parse("2024-02-01"));
    g_assert_cmpint(day_month_end(day), ==, day_parse("2024-02-29"));
    g_assert_cmpint(day_month_key(day), ==, 202402);
    g_assert_cmpint(day_from_month_key(202402), ==, day_parse("2024-02-01"));
    g_assert_cmpint(day_from_month_key(202413), ==, DAY_NONE);
    g_assert_cmpint(day_from_month_key(-5), ==, DAY_NONE);
    g_assert_cmpint(day_months_between(day, day_parse("2025-01-01")), ==, 11);
    g_assert_cmpint(day_months_between(day, day_parse("2023-12-31")), ==, -2);
    g_assert_cmpint(day_days_in_year(2024), ==, 366);
    g_assert_cmpint(day_days_in_year(2100), ==, 365);
}

static void
test_none_stays_none(void)
{
    char text[DAY_TEXT_SIZE];
    g_assert_cmpstr(day_format(DAY_NONE, text), ==, "");
    g_assert_cmpint(day_add_months(DAY_NONE, 1), ==, DAY_NONE);
    g_assert_cmpint(day_add_months(DAY_MAX, 12 * 9000), ==, DAY_NONE);
    g_assert_cmpint(day_month_start(DAY_NONE), ==, DAY_NONE);
    g_assert_cmpint(day_month_end(DAY_NONE), ==, DAY_NONE);
    g_assert_cmpint(day_month_key(DAY_NONE), ==, 0);
    g_assert_cmpint(day_weekday(DAY_NONE), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/day/every-day-from-1900-to-2199-comes-back", test_inverse);
    g_test_add_func("/day/known-days-have-their-numbers", test_known);
    g_test_add_func("/day/there-is-no-30-february", test_no_such_day);
    g_test_add_func("/day/only-four-two-two-digits-are-a-day", test_refused_texts);
    g_test_add_func("/day/31-january-plus-one-month-is-the-last-of-february",
                    test_month_end_comes_back);
    g_test_add_func("/day/months-have-start-end-and-key", test_months);
    g_test_add_func("/day/no-day-stays-no-day", test_none_stays_none);
    return g_test_run();
}
