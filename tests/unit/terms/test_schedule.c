/* Worked examples: contract clause in, list of charges out. Sources: docs/domain/lease-terms.md. */
#include "domain/terms/calc.h"
#include "domain/terms/terms_json.h"

#include <string.h>

static Schedule *
build(const char *json)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(TermSet) set = term_set_from_text(json, &error);
    Schedule *schedule;

    g_assert_no_error(error);
    schedule = schedule_build(set, &error);
    g_assert_no_error(error);
    return schedule;
}

/* All lines as "from to gross", one per row: easy to read, easy to compare. */
static char *
lines_text(const Schedule *schedule)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        char from[DAY_TEXT_SIZE];
        char to[DAY_TEXT_SIZE];
        g_autofree char *gross = money_format(line->gross_fen);
        g_string_append_printf(text, "%s..%s %s%s\n", day_format(line->from, from),
                               day_format(line->to, to), gross,
                               line->kind == LINE_FREE ? " free" : "");
        g_assert_cmpint(line->net_fen + line->tax_fen, ==, line->gross_fen);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
assert_lines(const char *json, const char *expected)
{
    g_autoptr(Schedule) schedule = build(json);
    g_autofree char *text = lines_text(schedule);

    g_assert_cmpstr(text, ==, expected);
}

#define TERM(more) "{\"item\":\"rent\"," more "}"
#define SET(from, to, areas, term)                                                                 \
    "{\"from\":\"" from "\",\"to\":\"" to "\",\"areas\":[" areas "],\"terms\":[" term "]}"

static void
test_broken_month_on_thirtieths(void)
{
    assert_lines(SET("2018-08-18", "2018-12-31", "",
                     TERM("\"from\":\"2018-08-18\",\"to\":\"2018-12-31\",\"model\":\"fixed\","
                          "\"basis\":\"per_month\",\"price\":\"35.00\",\"billing\":\"calendar_month\","
                          "\"cycle_months\":0,\"proration\":\"thirty\",\"rounding\":\"round_total\"")),
                 "2018-08-18..2018-12-31 156.33\n");
    assert_lines(SET("2018-08-18", "2018-12-31", "",
                     TERM("\"from\":\"2018-08-18\",\"to\":\"2018-12-31\",\"basis\":\"per_month\","
                          "\"price\":\"35.00\",\"cycle_months\":0,\"proration\":\"actual_days\"")),
                 "2018-08-18..2018-12-31 155.81\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schedule/a-broken-month-on-thirtieths-gives-156.33",
                    test_broken_month_on_thirtieths);
    return g_test_run();
}
