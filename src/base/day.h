/* day.h - civil days without time zones: a Day counts days since 1970-01-01 (proleptic Gregorian).
 * Not for instants: those are microseconds UTC, see clock.h. Start at day_parse(). */
#pragma once
#include <glib.h>

typedef gint64 Day;
#define DAY_NONE G_MININT64
/* Days outside 1900-01-01..2199-12-31 are refused on entry. */
#define DAY_MIN ((Day) -25567)
#define DAY_MAX ((Day) 84005)
#define DAY_TEXT_SIZE 11

typedef struct {
    int year, month, day; /* month 1..12, day 1..31 */
} Ymd;

/* Day of @year-@month-@day; DAY_NONE if there is no such day. */
Day day_from_ymd(int year, int month, int day);
/* Like day_from_ymd, but a day past the end of the month becomes the month's last day. */
Day day_from_ymd_clamped(int year, int month, int day);
Ymd day_to_ymd(Day day);
/* Reads strictly "YYYY-MM-DD". DAY_NONE if it is not one, or outside DAY_MIN..DAY_MAX. */
Day day_parse(const char *text);
/* Writes "YYYY-MM-DD" into @buf and returns @buf. */
const char *day_format(Day day, char buf[static DAY_TEXT_SIZE]);
char *day_dup(Day day);

int day_days_in_month(int year, int month);
int day_days_in_year(int year);
Day day_month_start(Day day);
Day day_month_end(Day day);
/* Adds @months; the day number is @anchor (1..31), clamped to the month's last day. So 31
 * January + 1 month with anchor 31 is 28 or 29 February, and + 2 months is 31 March again.
 * Source: rules.md 1.4. */
Day day_add_months_anchored(Day day, int months, int anchor);
/* As above with the anchor taken from @day itself. */
Day day_add_months(Day day, int months);
/* Monday 1 .. Sunday 7. */
int day_weekday(Day day);
/* Month key 202603 of a day, and first day of a month key. */
int day_month_key(Day day);
Day day_from_month_key(int key);
/* Whole months between the month of @from and the month of @to (may be negative). */
int day_months_between(Day from, Day to);
