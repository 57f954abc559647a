/* Worked examples: contract clause in, list of charges out. Rules: docs/domain/lease-terms.md. */
#include "domain/terms/calc.h"
#include "domain/terms/late.h"
#include "domain/terms/lease_money.h"
#include "domain/terms/terms_json.h"
#include "domain/terms/turnover.h"

#include <string.h>

static Schedule *
build_with(const char *json, const WorkCalendar *calendar)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(TermSet) set = term_set_from_text(json, &error);
    Schedule *schedule;

    g_assert_no_error(error);
    set->calendar = calendar;
    schedule = schedule_build(set, &error);
    g_assert_no_error(error);
    return schedule;
}

static Schedule *
build(const char *json)
{
    return build_with(json, NULL);
}

/* All lines as "from..to gross kind", one per row: easy to read, easy to compare. */
static char *
lines_text(const GPtrArray *lines)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++) {
        const ScheduleLine *line = lines->pdata[i];
        char from[DAY_TEXT_SIZE];
        char to[DAY_TEXT_SIZE];
        g_autofree char *gross = money_format(line->gross_fen);
        g_string_append_printf(text, "%s..%s %s", day_format(line->from, from),
                               day_format(line->to, to), gross);
        if (line->kind != LINE_BILLED)
            g_string_append_printf(text, " %s", schedule_line_kind_token(line->kind));
        g_string_append_c(text, '\n');
        g_assert_cmpint(line->net_fen + line->tax_fen, ==, line->gross_fen);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
assert_lines(const char *json, const char *expected)
{
    g_autoptr(Schedule) schedule = build(json);
    g_autofree char *text = lines_text(schedule->lines);

    g_assert_cmpstr(text, ==, expected);
}

/* One rent term over the whole of from..to; areas and further fields as JSON text. */
static char *
one_term(const char *from, const char *to, const char *areas, const char *fields)
{
    return g_strdup_printf(
        "{\"from\":\"%s\",\"to\":\"%s\",\"areas\":[%s],\"terms\":[{\"item\":\"rent\","
        "\"from\":\"%s\",\"to\":\"%s\",%s}]}",
        from, to, areas, from, to, fields);
}

static void
assert_one(const char *from, const char *to, const char *areas, const char *fields,
           const char *expected)
{
    g_autofree char *json = one_term(from, to, areas, fields);

    assert_lines(json, expected);
}

static gint64
total_one(const char *from, const char *to, const char *areas, const char *fields)
{
    g_autofree char *json = one_term(from, to, areas, fields);
    g_autoptr(Schedule) schedule = build(json);

    return schedule_total(schedule, NULL);
}

#define MONTHLY(price) "\"basis\":\"per_month\",\"price\":\"" price "\""

static void
broken_month_by_calendar_months(void)
{
    assert_one(
        "2018-08-18", "2018-12-31", "",
        MONTHLY("35.00") ",\"model\":\"fixed\",\"billing\":\"calendar_month\",\"cycle_months\":0,"
                         "\"proration\":\"thirty\",\"rounding\":\"round_total\"",
        "2018-08-18..2018-12-31 156.33\n");
    assert_one("2018-08-18", "2018-12-31", "",
               MONTHLY("35.00") ",\"cycle_months\":0,\"proration\":\"actual_days\"",
               "2018-08-18..2018-12-31 155.81\n");
}

static void
four_prorations(void)
{
    static const char from[] = "2023-01-01";
    static const char to[] = "2023-01-21";

    assert_one(from, to, "", MONTHLY("1200.00"), "2023-01-01..2023-01-21 812.90\n");
    assert_one(from, to, "", MONTHLY("1200.00") ",\"proration\":\"thirty\"",
               "2023-01-01..2023-01-21 840.00\n");
    assert_one(from, to, "", MONTHLY("1200.00") ",\"proration\":\"y365\"",
               "2023-01-01..2023-01-21 828.49\n");
    assert_one(from, to, "{\"area\":\"10\"}",
               "\"basis\":\"per_m2_day\",\"price\":\"4.00\",\"proration\":\"daily_unit\"",
               "2023-01-01..2023-01-21 840.00\n");
}

static void
start_on_the_31st(void)
{
    assert_one("2024-01-31", "2024-05-30", "",
               MONTHLY("3100.00") ",\"billing\":\"anchored\",\"anchor_day\":31",
               "2024-01-31..2024-02-28 3100.00\n"
               "2024-02-29..2024-03-30 3100.00\n"
               "2024-03-31..2024-04-29 3100.00\n"
               "2024-04-30..2024-05-30 3100.00\n");
    assert_one("2023-01-31", "2023-03-30", "", MONTHLY("3100.00") ",\"billing\":{\"anchored\":31}",
               "2023-01-31..2023-02-27 3100.00\n"
               "2023-02-28..2023-03-30 3100.00\n");
}

static void
anchored_stub(void)
{
    /* 20 January to 9 February is 21 of the 31 days from 10 January to 9 February. */
    assert_one("2023-01-20", "2023-03-09", "",
               MONTHLY("3100.00") ",\"billing\":\"anchored\",\"anchor_day\":10",
               "2023-01-20..2023-02-09 2100.00\n"
               "2023-02-10..2023-03-09 3100.00\n");
}

static void
leap_day(void)
{
    static const char area[] = "{\"area\":\"100\"}";
#define DAILY "\"basis\":\"per_m2_day\",\"price\":\"2.00\""

    assert_one("2024-02-01", "2024-02-29", area, DAILY, "2024-02-01..2024-02-29 5800.00\n");
    assert_one("2024-02-01", "2024-02-29", area, DAILY ",\"year_days\":\"365\"",
               "2024-02-01..2024-02-29 5600.00\n");
    assert_one("2024-02-01", "2024-02-29", area, DAILY ",\"year_days\":\"360\"",
               "2024-02-01..2024-02-29 6000.00\n");
    assert_one("2024-02-01", "2024-02-29", area,
               DAILY ",\"year_days\":\"365\",\"month_price\":\"year_12\"",
               "2024-02-01..2024-02-29 6083.33\n");
    assert_one("2024-02-01", "2024-02-29", area, DAILY ",\"month_price\":\"year_12\"",
               "2024-02-01..2024-02-29 6100.00\n");
    assert_one("2024-02-20", "2024-02-29", area, DAILY ",\"year_days\":\"365\"",
               "2024-02-20..2024-02-29 1800.00\n");
    assert_one("2024-02-29", "2024-02-29", "", MONTHLY("2900.00"),
               "2024-02-29..2024-02-29 100.00\n");
}

static void
step_inside_a_month(void)
{
    static const char steps[] = ",\"steps\":[{\"from\":\"2026-01-16\",\"price\":\"3600.00\"}]";
    g_autofree char *actual = g_strconcat(MONTHLY("3000.00"), steps, NULL);
    g_autofree char *thirty = g_strconcat(actual, ",\"proration\":\"thirty\"", NULL);

    assert_one("2026-01-01", "2026-01-31", "", actual,
               "2026-01-01..2026-01-15 1451.61\n"
               "2026-01-16..2026-01-31 1858.06\n");
    /* The month is whole, so its parts are 15/30 and the rest of it. */
    assert_one("2026-01-01", "2026-01-31", "", thirty,
               "2026-01-01..2026-01-15 1500.00\n"
               "2026-01-16..2026-01-31 1800.00\n");
}

static void
free_over_the_new_year(void)
{
    assert_one("2025-12-01", "2026-01-31", "",
               MONTHLY("3100.00") ",\"free\":[{\"from\":\"2025-12-16\",\"to\":\"2026-01-15\"}]",
               "2025-12-01..2025-12-15 1500.00\n"
               "2025-12-16..2025-12-31 0.00 free\n"
               "2026-01-01..2026-01-15 0.00 free\n"
               "2026-01-16..2026-01-31 1600.00\n");
    assert_one("2025-12-01", "2026-01-31", "",
               MONTHLY("3100.00") ",\"free\":[{\"yearly\":\"12-30..01-02\"}],\"cycle_months\":0",
               "2025-12-01..2025-12-29 2900.00\n"
               "2025-12-30..2026-01-02 0.00 free\n"
               "2026-01-03..2026-01-31 2900.00\n");
}

static void
two_units_two_prices(void)
{
    assert_lines("{\"from\":\"2026-03-01\",\"to\":\"2026-03-31\",\"areas\":[{\"unit\":\"A\","
                 "\"area\":\"100\"},"
                 "{\"unit\":\"B\",\"area\":\"50.5\"}],\"terms\":["
                 "{\"item\":\"rent\",\"unit\":\"A\",\"from\":\"2026-03-01\",\"to\":\"2026-03-31\","
                 "\"basis\":\"per_m2_month\",\"price\":\"200\"},"
                 "{\"item\":\"rent\",\"unit\":\"B\",\"from\":\"2026-03-01\",\"to\":\"2026-03-31\","
                 "\"basis\":\"per_m2_month\",\"price\":\"150.1234\"},"
                 "{\"item\":\"fee\",\"from\":\"2026-03-01\",\"to\":\"2026-03-31\","
                 "\"basis\":\"per_m2_month\",\"price\":\"30\"}]}",
                 "2026-03-01..2026-03-31 20000.00\n"
                 "2026-03-01..2026-03-31 7581.23\n"
                 "2026-03-01..2026-03-31 4515.00\n");
}

static void
area_by_survey(void)
{
    assert_one(
        "2026-04-01", "2026-04-30",
        "{\"from\":\"2026-01-01\",\"area\":\"100\"},{\"from\":\"2026-04-16\",\"area\":\"103.5\"}",
        "\"basis\":\"per_m2_month\",\"price\":\"30\"",
        "2026-04-01..2026-04-15 1500.00\n"
        "2026-04-16..2026-04-30 1552.50\n");
}

static void
working_can_be_followed(void)
{
    g_autofree char *json = one_term("2026-01-20", "2026-01-31", "{\"area\":\"91.46\"}",
                                     "\"basis\":\"per_m2_month\",\"price\":\"40.00\"");
    g_autoptr(Schedule) schedule = build(json);
    const ScheduleLine *line = schedule->lines->pdata[0];

    g_assert_cmpint(line->gross_fen, ==, 141615);
    g_assert_cmpstr(line->price, ==, "40.0000");
    g_assert_cmpstr(line->quantity, ==, "91.46 × 12/31");
    g_assert_nonnull(strstr(line->working, "91.46 ㎡ × 40.00 元/㎡/月 × 12/31 天 = 1 416.15"));
    g_assert_nonnull(strstr(line->working, "\"num\":12,\"den\":31,\"result\":\"1416.15\""));
}

static void
backdated_step(void)
{
    static const char stepped[] =
        MONTHLY("1000.00") ",\"steps\":[{\"from\":\"2026-02-10\",\"price\":\"1100.00\"}]";
    g_autofree char *old_json = one_term("2026-01-01", "2026-03-31", "", MONTHLY("1000.00"));
    g_autofree char *new_json = one_term("2026-01-01", "2026-03-31", "", stepped);
    g_autoptr(Schedule) billed = build(old_json);
    g_autoptr(Schedule) fresh = build(new_json);
    g_autoptr(GPtrArray) difference =
        schedule_difference(billed->lines, fresh->lines, day_from_ymd(2026, 4, 10));
    g_autofree char *text = lines_text(difference);

    g_assert_cmpstr(text, ==,
                    "2026-02-01..2026-02-28 67.86 adjustment\n"
                    "2026-03-01..2026-03-31 100.00 adjustment\n");
    g_assert_cmpint(((ScheduleLine *) difference->pdata[0])->due_on, ==, day_from_ymd(2026, 4, 10));
}

static void
early_termination(void)
{
    static const char fields[] = MONTHLY("3100.00") ",\"cycle_months\":3";
    g_autofree char *whole = one_term("2026-01-01", "2026-06-30", "", fields);
    g_autofree char *cut = one_term("2026-01-01", "2026-05-20", "", fields);
    g_autoptr(Schedule) billed = build(whole);
    g_autoptr(Schedule) fresh = build(cut);
    g_autoptr(GPtrArray) difference =
        schedule_difference(billed->lines, fresh->lines, day_from_ymd(2026, 5, 21));
    g_autofree char *lines = lines_text(fresh->lines);
    g_autofree char *text = lines_text(difference);

    g_assert_cmpstr(lines, ==,
                    "2026-01-01..2026-03-31 9300.00\n"
                    "2026-04-01..2026-05-20 5100.00\n");
    g_assert_cmpstr(text, ==, "2026-04-01..2026-06-30 -4200.00 adjustment\n");
}

static void
rate_change_inside_a_month(void)
{
    g_autofree char *json =
        one_term("2026-01-01", "2026-01-31", "",
                 MONTHLY("3100.00") ",\"tax_rate\":[{\"percent\":\"9\"},{\"from\":\"2026-01-16\","
                                    "\"percent\":\"6\"}],\"tax_included\":true");
    g_autoptr(Schedule) schedule = build(json);
    const ScheduleLine *first = schedule->lines->pdata[0];
    const ScheduleLine *second = schedule->lines->pdata[1];

    g_assert_cmpuint(schedule->lines->len, ==, 2);
    g_assert_cmpint(first->gross_fen, ==, 150000);
    g_assert_cmpint(first->net_fen, ==, 137615);
    g_assert_cmpint(second->gross_fen, ==, 160000);
    g_assert_cmpint(second->net_fen, ==, 150943);
    g_assert_cmpint(second->due_on, ==, first->due_on);
}

static void
net_prices(void)
{
    g_autofree char *json =
        one_term("2026-01-01", "2026-01-31", "",
                 MONTHLY("1000.55") ",\"tax_rate\":\"9\",\"tax_included\":false");
    g_autoptr(Schedule) schedule = build(json);
    const ScheduleLine *line = schedule->lines->pdata[0];

    g_assert_cmpint(line->net_fen, ==, 100055);
    g_assert_cmpint(line->tax_fen, ==, 9005);
    g_assert_cmpint(line->gross_fen, ==, 109060);
}

static void
parts_make_the_whole(void)
{
    static const char *const prorations[] = { "actual_days", "thirty", "y365" };

    for (guint i = 0; i < G_N_ELEMENTS(prorations); i++) {
        g_autofree char *fields = g_strdup_printf(
            MONTHLY("1000.00") ",\"proration\":\"%s\",\"steps\":[{\"from\":\"2026-02-11\","
                               "\"price\":\"1000.00\"},{\"from\":\"2026-02-20\",\"price\":\"1000."
                               "00\"}]",
            prorations[i]);
        g_assert_cmpint(total_one("2026-02-01", "2026-02-28", "", fields), ==, 100000);
        g_assert_cmpint(total_one("2026-01-01", "2026-02-28", "", fields), ==, 200000);
    }
}

static void
rounding_rules(void)
{
    /* 800/30 = 26.67 a day first, then ten days. */
    assert_one("2023-01-01", "2023-01-10", "",
               MONTHLY("800.00") ",\"proration\":\"thirty\",\"rounding\":\"daily_rate_first\"",
               "2023-01-01..2023-01-10 266.70\n");
    assert_one("2023-01-01", "2023-01-10", "", MONTHLY("800.00") ",\"proration\":\"thirty\"",
               "2023-01-01..2023-01-10 266.67\n");
    assert_one("2023-01-01", "2023-01-10", "",
               MONTHLY("800.00") ",\"proration\":\"thirty\",\"rounding\":\"floor_yuan\"",
               "2023-01-01..2023-01-10 266.00\n");
    /* Two broken months in one line: added unrounded, rounded once (10/31 + 10/28 of 100). */
    assert_one("2023-01-22", "2023-02-10", "", MONTHLY("100.00") ",\"cycle_months\":0",
               "2023-01-22..2023-02-10 67.97\n");
}

static void
compound_steps(void)
{
#define STEP5(more) \
    "\"cycle_months\":12,\"steps\":[{\"every_months\":12,\"first_on\":\"2025-01-01\"," more "}]"
    assert_one("2024-01-01", "2027-12-31", "{\"area\":\"614\"}",
               "\"basis\":\"per_m2_day\",\"price\":\"1.10\",\"year_days\":\"365\"," STEP5(
                   "\"percent\":\"5\",\"compound\":true"),
               "2024-01-01..2024-12-31 246521.00\n2025-01-01..2025-12-31 258847.05\n"
               "2026-01-01..2026-12-31 271789.40\n2027-01-01..2027-12-31 285378.87\n");
    assert_one("2024-01-01", "2028-12-31", "",
               "\"basis\":\"per_year\",\"price\":\"63000\"," STEP5(
                   "\"percent\":\"10\",\"round\":\"floor_yuan\""),
               "2024-01-01..2024-12-31 63000.00\n2025-01-01..2025-12-31 69300.00\n"
               "2026-01-01..2026-12-31 76230.00\n2027-01-01..2027-12-31 83853.00\n"
               "2028-01-01..2028-12-31 92238.00\n");
    assert_one(
        "2024-01-01", "2026-12-31", "",
        "\"basis\":\"per_year\",\"price\":\"1000\"," STEP5("\"percent\":\"5\",\"compound\":false"),
        "2024-01-01..2024-12-31 1000.00\n2025-01-01..2025-12-31 1050.00\n"
        "2026-01-01..2026-12-31 1100.00\n");
    assert_one("2024-01-01", "2026-12-31", "",
               "\"basis\":\"per_year\",\"price\":\"1000\"," STEP5("\"amount\":\"12.50\""),
               "2024-01-01..2024-12-31 1000.00\n2025-01-01..2025-12-31 1012.50\n"
               "2026-01-01..2026-12-31 1025.00\n");
}

static void
floor_from_the_unrounded_base(void)
{
    /* 95 x 1.1^k: 104.5, 114.95, 126.445, 139.0895. From the cut figure the last would be 138. */
    assert_one("2024-01-01", "2028-12-31", "",
               "\"basis\":\"per_year\",\"price\":\"95\"," STEP5(
                   "\"percent\":\"10\",\"round\":\"floor_yuan\""),
               "2024-01-01..2024-12-31 95.00\n2025-01-01..2025-12-31 104.00\n"
               "2026-01-01..2026-12-31 114.00\n2027-01-01..2027-12-31 126.00\n"
               "2028-01-01..2028-12-31 139.00\n");
}

static void
quarters_split_by_a_step(void)
{
    assert_one("2026-01-01", "2026-06-30", "",
               MONTHLY("1000.00") ",\"cycle_months\":3,\"steps\":[{\"from\":\"2026-03-01\","
                                  "\"price\":\"1100.00\"}]",
               "2026-01-01..2026-02-28 2000.00\n"
               "2026-03-01..2026-03-31 1100.00\n"
               "2026-04-01..2026-06-30 3300.00\n");
}

static void
once_is_charged_once(void)
{
    static const char fields[] = "\"basis\":\"once\",\"price\":\"2500.00\",\"tax_rate\":\"6\"";
    g_autofree char *later = g_strdup_printf(
        "{\"from\":\"2026-04-01\",\"to\":\"2026-12-31\",\"areas\":[],\"terms\":[{\"item\":\"rent\","
        "\"from\":\"2026-03-15\",\"to\":\"2026-06-14\",%s}]}",
        fields);

    assert_one("2026-03-15", "2026-06-14", "", fields, "2026-03-15..2026-06-14 2500.00\n");
    assert_lines(later, "");
}

static void
assert_due(const char *due, const char *from, const WorkCalendar *calendar, const char *expected)
{
    g_autofree char *fields = g_strdup_printf(MONTHLY("100.00") ",\"due\":%s", due);
    g_autofree char *json = one_term(from, "2027-12-31", "", fields);
    g_autoptr(Schedule) schedule = build_with(json, calendar);
    char text[DAY_TEXT_SIZE];

    g_assert_cmpstr(day_format(((ScheduleLine *) schedule->lines->pdata[0])->due_on, text), ==,
                    expected);
}

static void
due_rules(void)
{
    g_autoptr(WorkCalendar) calendar = work_calendar_new();
    g_autofree char *csv = NULL;
    g_autoptr(GError) error = NULL;

    g_file_get_contents(SOURCE_DIR "/src/data/holidays_cn_2026.csv", &csv, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(work_calendar_add_csv(calendar, csv, &error));
    assert_due("{\"days_before\":5}", "2026-01-01", NULL, "2025-12-27");
    assert_due("{\"days_after\":10}", "2026-01-01", NULL, "2026-01-11");
    assert_due("{\"day\":25,\"month\":\"previous\"}", "2026-01-01", NULL, "2025-12-25");
    assert_due("{\"day\":31,\"month\":\"next\"}", "2026-01-15", NULL, "2026-02-28");
    assert_due("{\"day\":5}", "2026-03-01", NULL, "2026-03-05");
    assert_due("{\"days_before\":0,\"holiday\":\"next_working\"}", "2026-10-01", calendar,
               "2026-10-08");
    assert_due("{\"day\":14,\"month\":\"same\",\"holiday\":\"next_working\"}", "2026-02-01",
               calendar, "2026-02-14"); /* a Saturday that is worked */
    assert_due("{\"day\":15,\"month\":\"same\",\"holiday\":\"next_working\"}", "2026-02-01",
               calendar, "2026-02-24");
    assert_due("{\"days_before\":0,\"holiday\":\"next_working\"}", "2026-08-01", NULL,
               "2026-08-03");
}

/* Every listed worked day is a weekend, and some holidays fall on weekends. */
static void
check_holidays_of(int year)
{
    g_autoptr(WorkCalendar) calendar = work_calendar_new();
    g_autofree char *path = g_strdup_printf(SOURCE_DIR "/src/data/holidays_cn_%d.csv", year);
    g_autofree char *csv = NULL;
    int weekend_holidays = 0;
    int worked = 0;
    int worked_weekdays = 0;

    g_assert_true(g_file_get_contents(path, &csv, NULL, NULL));
    g_assert_true(work_calendar_add_csv(calendar, csv, NULL));
    g_assert_true(work_calendar_covers(calendar, year));
    for (Day day = day_from_ymd(year, 1, 1); day <= day_from_ymd(year, 12, 31); day++) {
        gboolean weekend = day_weekday(day) > 5;
        gboolean works = work_calendar_is_working(calendar, day);
        if (work_calendar_name(calendar, day) == NULL)
            continue;
        worked += works ? 1 : 0;
        worked_weekdays += works && !weekend ? 1 : 0;
        weekend_holidays += !works && weekend ? 1 : 0;
    }
    g_assert_cmpint(worked, >=, 5);
    g_assert_cmpint(worked_weekdays, ==, 0);
    g_assert_cmpint(weekend_holidays, >=, 5);
}

static void
holiday_files(void)
{
    g_autoptr(WorkCalendar) calendar = work_calendar_new();
    g_autoptr(GError) error = NULL;

    for (int year = 2024; year <= 2026; year++)
        check_holidays_of(year);
    g_assert_false(
        work_calendar_add_csv(calendar, "day,kind,name\n2026-13-01,holiday,x\n", &error));
    g_assert_cmpstr(app_error_token(error), ==, "holidays.malformed");
}

/* ---- turnover ---- */

static gint64
tier_rent(gboolean slices, gint64 sales_fen)
{
    TurnoverTier bands[] = { { 0, 50000 }, { 10000000, 80000 }, { 20000000, 100000 } };
    g_autoptr(GArray) tiers = g_array_new(FALSE, FALSE, sizeof(TurnoverTier));
    TermTurnover turnover = { .tiers = tiers, .slices = slices };

    g_array_append_vals(tiers, bands, G_N_ELEMENTS(bands));
    return turnover_rent(&turnover, TERM_TURNOVER, 0, sales_fen, TURNOVER_WHOLE).rent_fen;
}

static void
tiers_whole_and_slices(void)
{
    g_assert_cmpint(tier_rent(FALSE, 25000000), ==, 2500000);
    g_assert_cmpint(tier_rent(TRUE, 25000000), ==, 500000 + 800000 + 500000);
    /* The limit itself belongs to the lower band. */
    g_assert_cmpint(tier_rent(FALSE, 20000000), ==, 1600000);
    g_assert_cmpint(tier_rent(FALSE, 20000001), ==, 2000000);
    g_assert_cmpint(tier_rent(FALSE, 0), ==, 0);
}

static void
deemed_sales_and_limits(void)
{
    TermTurnover turnover = { .percent_ppm = 100000, .deemed_sales_fen = 5000000 };
    TurnoverScale half = { 1, 2, 1, 1 };

    g_assert_cmpint(turnover_rent(&turnover, TERM_TURNOVER, 0, 1000000, TURNOVER_WHOLE).rent_fen,
                    ==, 500000);
    g_assert_cmpint(turnover_rent(&turnover, TERM_TURNOVER, 0, 1000000, half).rent_fen, ==, 250000);
    turnover.has_maximum = TRUE;
    turnover.maximum_fen = 300000;
    g_assert_cmpint(turnover_rent(&turnover, TERM_TURNOVER, 0, 9000000, TURNOVER_WHOLE).rent_fen,
                    ==, 300000);
}

static char *
seasonal(const char *settle, const char *sales_december)
{
    return g_strdup_printf(
        "{\"from\":\"2025-07-01\",\"to\":\"2025-12-31\",\"areas\":[],\"terms\":[{\"item\":\"rent\","
        "\"from\":\"2025-07-01\",\"to\":\"2026-06-30\",\"model\":\"greater_of\",\"basis\":\"per_"
        "month\","
        "\"price\":\"10000\",\"turnover\":{\"percent\":\"10\"},\"settle\":\"%s\"}],\"sales\":["
        "{\"month\":\"2025-07\",\"amount\":\"50000\"},{\"month\":\"2025-08\",\"amount\":\"150000\"}"
        ","
        "{\"month\":\"2025-09\",\"amount\":\"50000\"},{\"month\":\"2025-10\",\"amount\":\"200000\"}"
        ","
        "{\"month\":\"2025-11\",\"amount\":\"80000\"},{\"month\":\"2025-12\",\"amount\":\"%s\"}]}",
        settle, sales_december);
}

static void
greater_of_by_month_and_by_year(void)
{
    g_autofree char *monthly = seasonal("monthly", "250000");
    g_autofree char *yearly = seasonal("calendar_year", "250000");
    g_autoptr(Schedule) by_month = build(monthly);
    g_autoptr(Schedule) by_year = build(yearly);
    const ScheduleLine *last = by_year->lines->pdata[by_year->lines->len - 1];

    g_assert_cmpint(schedule_total(by_month, "rent"), ==, 9000000);
    g_assert_cmpint(schedule_total(by_year, "rent"), ==, 7800000);
    g_assert_cmpint(last->kind, ==, LINE_SETTLEMENT);
    g_assert_cmpint(last->gross_fen, ==, -1200000);
    g_assert_cmpint(last->due_on, ==, day_from_ymd(2026, 1, 1));
}

static void
turnover_restated(void)
{
    g_autofree char *before = seasonal("calendar_year", "250000");
    g_autofree char *after = seasonal("calendar_year", "270000");
    g_autoptr(Schedule) billed = build(before);
    g_autoptr(Schedule) fresh = build(after);
    g_autoptr(GPtrArray) difference =
        schedule_difference(billed->lines, fresh->lines, day_from_ymd(2026, 2, 1));
    gint64 sum = 0;

    for (guint i = 0; i < difference->len; i++)
        sum += ((ScheduleLine *) difference->pdata[i])->gross_fen;
    g_assert_cmpint(sum, ==, 200000);
}

static void
partial_year_extended(void)
{
    /* (sales of twelve months - breakpoint) x 6 % x 214/365 = 6 000 x 214/365 = 3 517.81 */
    g_autoptr(GString) json = g_string_new(
        "{\"from\":\"2025-06-01\",\"to\":\"2026-12-31\",\"areas\":[],\"terms\":[{\"item\":\"rent\","
        "\"from\":\"2025-06-01\",\"to\":\"2026-12-31\",\"model\":\"base_plus_turnover\","
        "\"basis\":\"per_month\",\"price\":\"0\",\"turnover\":{\"percent\":\"6\",\"breakpoint\":"
        "\"1200000\"},"
        "\"settle\":\"calendar_year\",\"partial_year\":\"extend\"}],\"sales\":[");
    for (int i = 0; i < 12; i++)
        g_string_append_printf(json, "%s{\"month\":\"%d-%02d\",\"amount\":\"%d\"}", i ? "," : "",
                               2025 + (5 + i) / 12, (5 + i) % 12 + 1, i == 0 ? 200000 : 100000);
    g_string_append(json, "]}");
    g_autoptr(Schedule) schedule = build(json->str);
    gint64 settled = 0;
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if ((line->kind == LINE_SETTLEMENT || line->kind == LINE_PROVISIONAL)
            && line->to <= day_from_ymd(2025, 12, 31))
            settled += line->gross_fen;
    }
    g_assert_cmpint(settled, ==, 351781);
}

static void
sales_not_in_yet(void)
{
    assert_lines(
        "{\"from\":\"2026-01-01\",\"to\":\"2026-03-31\",\"today\":\"2026-03-10\",\"areas\":[],"
        "\"terms\":[{\"item\":\"rent\",\"from\":\"2026-01-01\",\"to\":\"2026-03-31\","
        "\"model\":\"turnover\",\"turnover\":{\"percent\":\"12\"},\"settle\":\"monthly\"}],"
        "\"sales\":[{\"month\":\"2026-01\",\"amount\":\"100000\"},"
        "{\"month\":\"2026-03\",\"amount\":\"30000\"}]}",
        "2026-01-01..2026-01-31 12000.00 settlement\n"
        "2026-02-01..2026-02-28 0.00 awaiting_sales\n"
        "2026-03-01..2026-03-31 0.00 awaiting_sales\n");
}

static void
indexed_price(void)
{
    assert_lines("{\"from\":\"2024-01-01\",\"to\":\"2026-12-31\",\"areas\":[],\"indexes\":["
                 "{\"table\":\"cpi\",\"month\":\"2023-12\",\"value\":\"100\"},"
                 "{\"table\":\"cpi\",\"month\":\"2024-12\",\"value\":\"104\"},"
                 "{\"table\":\"cpi\",\"month\":\"2025-12\",\"value\":\"120\"}],"
                 "\"terms\":[{\"item\":\"rent\",\"from\":\"2024-01-01\",\"to\":\"2026-12-31\","
                 "\"basis\":\"per_year\",\"price\":\"10000\",\"cycle_months\":12,"
                 "\"index\":{\"table\":\"cpi\",\"base_month\":\"2023-12\",\"share\":\"75\",\"cap\":"
                 "\"10\"}}]}",
                 "2024-01-01..2024-12-31 10000.00\n"
                 "2025-01-01..2025-12-31 10300.00\n"
                 "2026-01-01..2026-12-31 11000.00\n");
}

/* ---- other sums ---- */

static void
deposit_follows_the_rent(void)
{
    g_autofree char *json =
        one_term("2026-01-01", "2027-12-31", "",
                 MONTHLY("1000.00") ",\"steps\":[{\"from\":\"2027-01-01\",\"price\":\"1100.00\"}]");
    g_autoptr(Schedule) schedule = build(json);
    const SchedulePrice *first = schedule->prices->pdata[0];
    const SchedulePrice *second = schedule->prices->pdata[1];

    g_assert_cmpint(first->to, ==, day_from_ymd(2026, 12, 31));
    g_assert_cmpint(deposit_by_months(first->price_e4 / 100, 30000), ==, 300000);
    g_assert_cmpint(deposit_by_months(second->price_e4 / 100, 30000)
                        - deposit_by_months(first->price_e4 / 100, 30000),
                    ==, 30000);
}

static void
late_fee_rules(void)
{
    TermLate terms = { .percent_per_day_ppm = 1000, .grace_days = 3 };
    LatePayment part = { day_from_ymd(2026, 1, 5), 200000 };
    Day due = day_from_ymd(2026, 1, 1);
    g_auto(LateFee) within = late_fee(&terms, 500000, due, due + 3, NULL, 0);
    g_auto(LateFee) beyond = late_fee(&terms, 500000, due, due + 4, NULL, 0);
    g_auto(LateFee) parted = late_fee(&terms, 500000, due, due + 10, &part, 1);
    g_auto(LateFee) capped = { 0 };

    g_assert_cmpint(within.fee_fen, ==, 0);
    g_assert_cmpint(beyond.fee_fen, ==, 2000);
    g_assert_cmpint(parted.fee_fen, ==, 3800); /* 5000 x 4 days and 3000 x 6 days at 1 per mille */
    terms.cap_kind = CAP_PERCENT;
    terms.cap = RATE_ONE_PPM;
    capped = late_fee(&terms, 500000, due, due + 3000, NULL, 0);
    g_assert_cmpint(capped.fee_fen, ==, 500000);
    g_assert_true(capped.capped);
}

static void
meter_rolls_over(void)
{
    g_assert_cmpint(meter_use_e4(99980000, 150000, 100000000, 400000), ==, 6800000);
    g_assert_cmpint(meter_charge(6800000, 12000), ==, 81600);
}

/* ---- repetition, JSON and refusals ---- */

static void
twice_is_the_same(void)
{
    g_autofree char *json = seasonal("half_year", "250000");
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    g_assert_true(calc_run("schedule", json, &first, NULL));
    g_assert_true(calc_run("schedule", json, &second, NULL));
    g_assert_cmpstr(first, ==, second);
}

static const char rich[] =
    "{\"from\":\"2026-01-15\",\"to\":\"2028-01-14\",\"today\":\"2026-05-01\","
    "\"areas\":[{\"area\":\"50.00\",\"unit\":\"A\"},{\"from\":\"2027-01-01\",\"area\":\"51.00\","
    "\"unit\":\"A\"}],\"terms\":[{\"item\":\"rent\",\"unit\":\"A\",\"from\":\"2026-01-15\","
    "\"to\":\"2028-01-14\",\"model\":\"greater_of\",\"basis\":\"per_m2_day\",\"price\":\"3.2500\","
    "\"year_days\":\"365\",\"month_price\":\"year_12\",\"steps\":[{\"from\":\"2026-07-01\","
    "\"price\":\"3.5000\"},{\"every_months\":12,\"first_on\":\"2027-01-01\",\"percent\":\"3.5\","
    "\"compound\":false,\"round\":\"none\"}],\"free\":[{\"from\":\"2026-01-15\",\"to\":\"2026-02-"
    "14\"},"
    "{\"yearly\":\"02-10..02-16\"}],\"billing\":\"anchored\",\"anchor_day\":15,\"cycle_months\":3,"
    "\"proration\":\"thirty\",\"rounding\":\"daily_rate_first\",\"due\":{\"day\":25,"
    "\"month\":\"previous\",\"holiday\":\"next_working\"},\"turnover\":{\"tiers\":[{\"above\":"
    "\"0\","
    "\"percent\":\"8\"},{\"above\":\"100000\",\"percent\":\"10\"}],\"scale\":\"slices\","
    "\"maximum\":\"900000\",\"sales_tax_included\":true,\"exclusions\":[\"退货\"]},"
    "\"settle\":\"lease_year\",\"partial_year\":\"extend\",\"tax_rate\":[{\"percent\":\"9\"},"
    "{\"from\":\"2027-06-01\",\"percent\":\"6\"}],\"tax_included\":false,"
    "\"late\":{\"percent_per_day\":\"0.05\",\"grace_days\":3,\"cap\":\"100\"}}],"
    "\"sales\":[{\"month\":\"2026-03\",\"amount\":\"90000.00\"}]}";

static void
json_round_trip(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(TermSet) set = term_set_from_text(rich, &error);
    g_autoptr(TermSet) again = NULL;
    g_autoptr(JsonOut) out = json_out_new();
    g_autoptr(JsonOut) out_again = json_out_new();
    g_autofree char *written = NULL;
    g_autofree char *written_again = NULL;
    g_autofree char *schedule = NULL;
    g_autofree char *schedule_again = NULL;

    g_assert_no_error(error);
    term_set_write(out, set);
    written = g_string_free(json_out_steal(out), FALSE);
    again = term_set_from_text(written, &error);
    g_assert_no_error(error);
    term_set_write(out_again, again);
    written_again = g_string_free(json_out_steal(out_again), FALSE);
    g_assert_cmpstr(written, ==, written_again);
    g_assert_true(calc_run("schedule", rich, &schedule, &error));
    g_assert_true(calc_run("schedule", written, &schedule_again, &error));
    g_assert_cmpstr(schedule, ==, schedule_again);
}

static void
assert_refused(const char *fields, const char *field, const char *token)
{
    g_autofree char *json = one_term("2026-01-01", "2026-12-31", "{\"area\":\"10\"}", fields);
    g_autoptr(GError) error = NULL;
    g_autofree char *out = NULL;
    AppErrorPrivate *priv;
    gboolean found = FALSE;

    g_assert_false(calc_run("schedule", json, &out, &error));
    g_assert_true(app_error_is(error, APP_ERROR_INVALID));
    priv = app_error_get_private(error);
    for (guint i = 0; i < priv->fields->len; i++) {
        const FieldError *one = priv->fields->pdata[i];
        g_assert_true(*one->text[LANG_ZH] != '\0' && *one->text[LANG_EN] != '\0');
        if (strcmp(one->field, field) == 0 && strcmp(one->token, token) == 0)
            found = TRUE;
    }
    if (!found)
        g_error("no complaint %s about %s for %s", token, field, fields);
}

static void
refusals(void)
{
    assert_refused(MONTHLY("1") ",\"colour\":\"red\"", "terms[0].colour", "unknown");
    assert_refused(MONTHLY("1") ",\"cycle_months\":5", "terms[0].cycle_months", "enum");
    assert_refused(MONTHLY("1.005"), "terms[0].price", "digits");
    assert_refused(MONTHLY("-1"), "terms[0].price", "range");
    assert_refused("\"basis\":\"per_month\"", "terms[0].price", "required");
    assert_refused("\"price\":\"1\"", "terms[0].basis", "required");
    assert_refused("\"basis\":\"per_hour\",\"price\":\"1\"", "terms[0].basis", "enum");
    assert_refused("\"basis\":\"per_month\",\"price\":1.5", "terms[0].price", "decimal");
    assert_refused(MONTHLY("1") ",\"proration\":\"daily_unit\"", "terms[0].proration",
                   "combination");
    assert_refused(MONTHLY("1") ",\"anchor_day\":15", "terms[0].anchor_day", "combination");
    assert_refused(MONTHLY("1") ",\"billing\":\"anchored\",\"anchor_day\":32",
                   "terms[0].anchor_day", "range");
    assert_refused(MONTHLY("1") ",\"due\":{\"days_before\":1,\"days_after\":1}",
                   "terms[0].due.days_before", "one_of");
    assert_refused(MONTHLY("1") ",\"steps\":[{\"from\":\"2026-05-01\",\"price\":\"2\"},"
                                "{\"from\":\"2026-04-01\",\"price\":\"3\"}]",
                   "terms[0].steps[1]", "order");
    assert_refused(MONTHLY("1") ",\"steps\":[{\"every_months\":12,\"first_on\":\"2026-05-01\"}]",
                   "terms[0].steps[0].percent", "one_of");
    assert_refused(MONTHLY("1") ",\"free\":[{\"yearly\":\"02-30..03-01\"}]",
                   "terms[0].free[0].yearly", "yearly");
    assert_refused(MONTHLY("1") ",\"free\":[{\"from\":\"2026-03-02\",\"to\":\"2026-03-01\"}]",
                   "terms[0].free[0]", "order");
    assert_refused(MONTHLY("1") ",\"tax_rate\":\"101\"", "terms[0].tax_rate", "range");
    assert_refused(MONTHLY("1") ",\"turnover\":{\"percent\":\"5\"}", "terms[0].turnover",
                   "combination");
    assert_refused(MONTHLY("1") ",\"model\":\"greater_of\",\"settle\":\"monthly\"",
                   "terms[0].turnover", "required");
    assert_refused(MONTHLY("1") ",\"model\":\"greater_of\",\"turnover\":{\"percent\":\"5\"}",
                   "terms[0].settle", "required");
    assert_refused("\"model\":\"turnover\",\"settle\":\"monthly\",\"turnover\":{\"percent\":\"5\","
                   "\"breakpoint\":\"natural\"}",
                   "terms[0].turnover.breakpoint", "combination");
    assert_refused("\"model\":\"turnover\",\"settle\":\"monthly\",\"turnover\":{\"tiers\":["
                   "{\"above\":\"10\",\"percent\":\"5\"}]}",
                   "terms[0].turnover.tiers", "order");
    assert_refused("\"basis\":\"once\",\"price\":\"1\",\"free\":[{\"yearly\":\"01-01..01-02\"}]",
                   "terms[0].free", "combination");
    assert_refused("\"basis\":\"per_m2_month\",\"price\":\"1\",\"unit\":\"B\"", "terms[0].basis",
                   "area");
    assert_refused(MONTHLY("9999999999999") ",\"steps\":[{\"every_months\":1,"
                                            "\"first_on\":\"2026-02-01\",\"percent\":\"100\"}]",
                   "terms[0].steps", "range");
}

static void
overlap_is_refused(void)
{
    static const char json[] = "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\",\"terms\":["
                               "{\"item\":\"rent\",\"from\":\"2026-01-01\",\"to\":\"2026-06-30\","
                               "\"basis\":\"per_month\",\"price\":\"1\"},"
                               "{\"item\":\"rent\",\"from\":\"2026-06-30\",\"to\":\"2026-12-31\","
                               "\"basis\":\"per_month\",\"price\":\"2\"}]}";
    g_autoptr(GError) error = NULL;
    g_autofree char *out = NULL;
    const FieldError *field;

    g_assert_false(calc_run("schedule", json, &out, &error));
    field = app_error_get_private(error)->fields->pdata[0];
    g_assert_cmpstr(field->field, ==, "terms[1].from");
    g_assert_cmpstr(field->token, ==, "overlap");
}

static void
assert_calc_refused(const char *kind, const char *json, AppErrorCode code, const char *token)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *out = NULL;

    g_assert_false(calc_run(kind, json, &out, &error));
    g_assert_null(out);
    g_assert_true(app_error_is(error, code));
    if (token != NULL)
        g_assert_cmpstr(app_error_token(error), ==, token);
}

static void
malformed_json_is_refused(void)
{
    assert_calc_refused("schedule", "{\"from\":", APP_ERROR_INVALID, "json.malformed");
    assert_calc_refused("tax", "{\"net\":\"1\",\"net\":\"2\"}", APP_ERROR_INVALID,
                        "json.malformed");
    assert_calc_refused("horoscope", "{}", APP_ERROR_NOT_FOUND, "calc.unknown");
    for (const CalcKind *kind = calc_kinds(); kind->kind != NULL; kind++) {
        assert_calc_refused(kind->kind, "{}", APP_ERROR_INVALID, NULL);
        assert_calc_refused(kind->kind, "[]", APP_ERROR_INVALID, NULL);
        assert_calc_refused(kind->kind, "{\"nonsense\":1}", APP_ERROR_INVALID, NULL);
    }
}

static void
amounts_past_the_range_are_refused(void)
{
    static const char huge[] = "{\"area\":\"999999999\"},{\"unit\":\"B\",\"area\":\"999999999\"}";
    g_autofree char *areas =
        one_term("2026-01-01", "2026-12-31", huge, "\"basis\":\"per_m2_month\",\"price\":\"1\"");
    g_autofree char *price = one_term("2026-01-01", "2026-12-31", "{\"area\":\"999999999\"}",
                                      "\"basis\":\"per_m2_day\",\"price\":\"999999\"");
    g_autofree char *sum = one_term("2026-01-01", "2045-12-31", "", MONTHLY("9999999999999.99"));

    assert_calc_refused("schedule", areas, APP_ERROR_INVALID, NULL);
    assert_calc_refused("schedule", price, APP_ERROR_INVALID, NULL);
    assert_calc_refused("schedule", sum, APP_ERROR_INVALID, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define T(path, fn) g_test_add_func("/schedule/" path, fn)
    T("a-broken-month-on-thirtieths-gives-156.33", broken_month_by_calendar_months);
    T("1200-a-month-for-21-days-by-four-prorations", four_prorations);
    T("a-lease-from-the-31st-returns-to-the-31st", start_on_the_31st);
    T("an-anchored-stub-is-part-of-its-own-month", anchored_stub);
    T("29-february-by-every-kind-of-year", leap_day);
    T("a-step-in-mid-month-splits-the-month", step_inside_a_month);
    T("free-days-cross-the-new-year", free_over_the_new_year);
    T("two-units-have-two-prices", two_units_two_prices);
    T("a-survey-changes-the-area-in-mid-month", area_by_survey);
    T("the-working-can-be-followed", working_can_be_followed);
    T("a-back-dated-step-is-billed-as-differences", backdated_step);
    T("early-termination-credits-the-rest-of-the-quarter", early_termination);
    T("a-tax-rate-change-splits-the-line", rate_change_inside_a_month);
    T("net-prices-get-tax-on-top", net_prices);
    T("parts-of-a-whole-month-make-the-month", parts_make_the_whole);
    T("three-roundings", rounding_rules);
    T("steps-compound-or-not", compound_steps);
    T("cutting-to-the-yuan-starts-from-the-unrounded-base", floor_from_the_unrounded_base);
    T("a-quarter-never-hides-two-prices", quarters_split_by_a_step);
    T("a-one-off-charge-is-charged-once", once_is_charged_once);
    T("due-rules", due_rules);
    T("holiday-files-are-plausible-and-bad-ones-refused", holiday_files);
    T("tiers-whole-and-by-slices", tiers_whole_and_slices);
    T("deemed-sales-and-limits", deemed_sales_and_limits);
    T("greater-of-by-month-is-more-than-by-year", greater_of_by_month_and_by_year);
    T("restated-turnover-is-settled-by-difference", turnover_restated);
    T("a-partial-year-by-extension", partial_year_extended);
    T("missing-sales-wait", sales_not_in_yet);
    T("an-indexed-price-goes-from-the-base", indexed_price);
    T("a-deposit-is-raised-with-the-rent", deposit_follows_the_rent);
    T("late-fee-grace-part-payment-and-cap", late_fee_rules);
    T("a-meter-rolls-over", meter_rolls_over);
    T("running-twice-gives-the-same", twice_is_the_same);
    T("json-round-trip", json_round_trip);
    T("impossible-terms-are-refused-by-name", refusals);
    T("one-item-twice-on-a-day-is-refused", overlap_is_refused);
    T("amounts-past-the-range-are-refused", amounts_past_the_range_are_refused);
    T("malformed-input-of-every-calculator-is-refused", malformed_json_is_refused);
    return g_test_run();
}
