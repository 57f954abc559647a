#include "base/day.h"

/* Years that can be written with four digits; DAY_MIN and DAY_MAX are narrower and only for
 * entry. */
#define YEAR_MIN 1
#define YEAR_MAX 9999
#define DAYS_PER_ERA 146097  /* 400 Gregorian years */
#define DAYS_TO_EPOCH 719468 /* 0000-03-01 to 1970-01-01 */
#define DAY_FIRST (-719162)  /* 0001-01-01 */
#define DAY_LAST 2932896     /* 9999-12-31 */

static gboolean
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static gboolean
in_range(Day day)
{
    return day >= DAY_FIRST && day <= DAY_LAST;
}

int
day_days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    g_return_val_if_fail(month >= 1 && month <= 12, 0);
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int
day_days_in_year(int year)
{
    return is_leap(year) ? 366 : 365;
}

/* Counting years from March puts the leap day last, so that month lengths follow one formula.
 * Source: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
Day
day_from_ymd(int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1
        || day > day_days_in_month(year, month))
        return DAY_NONE;
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (Day) era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

Day
day_from_ymd_clamped(int year, int month, int day)
{
    if (month < 1 || month > 12)
        return DAY_NONE;
    return day_from_ymd(year, month, MIN(day, day_days_in_month(year, month)));
}

Ymd
day_to_ymd(Day day)
{
    if (!in_range(day))
        return (Ymd){ 0 };
    int z = (int) day + DAYS_TO_EPOCH;
    int era = z / DAYS_PER_ERA;
    int day_of_era = z - era * DAYS_PER_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    Ymd ymd = {
        .year = year_of_era + era * 400,
        .month = march_month < 10 ? march_month + 3 : march_month - 9,
        .day = day_of_year - (153 * march_month + 2) / 5 + 1,
    };
    if (ymd.month <= 2)
        ymd.year++;
    return ymd;
}

/* @count digits at @text, or -1. */
static int
read_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

Day
day_parse(const char *text)
{
    if (!text)
        return DAY_NONE;
    /* Each part is read only when the part before it was complete, so we never pass the final
     * NUL. */
    int year = read_digits(text, 4);
    if (year < 0 || text[4] != '-')
        return DAY_NONE;
    int month = read_digits(text + 5, 2);
    if (month < 0 || text[7] != '-')
        return DAY_NONE;
    int number = read_digits(text + 8, 2);
    if (number < 0 || text[10] != '\0')
        return DAY_NONE;
    Day day = day_from_ymd(year, month, number);
    return day >= DAY_MIN && day <= DAY_MAX ? day : DAY_NONE;
}

static void
write_digits(char *at, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char) ('0' + value % 10);
        value /= 10;
    }
}

const char *
day_format(Day day, char buf[static DAY_TEXT_SIZE])
{
    if (!in_range(day)) {
        buf[0] = '\0';
        return buf;
    }
    Ymd ymd = day_to_ymd(day);
    write_digits(buf, ymd.year, 4);
    buf[4] = '-';
    write_digits(buf + 5, ymd.month, 2);
    buf[7] = '-';
    write_digits(buf + 8, ymd.day, 2);
    buf[10] = '\0';
    return buf;
}

char *
day_dup(Day day)
{
    char buf[DAY_TEXT_SIZE];
    return in_range(day) ? g_strdup(day_format(day, buf)) : NULL;
}

Day
day_month_start(Day day)
{
    Ymd ymd = day_to_ymd(day);
    return day_from_ymd(ymd.year, ymd.month, 1);
}

Day
day_month_end(Day day)
{
    Ymd ymd = day_to_ymd(day);
    return day_from_ymd_clamped(ymd.year, ymd.month, 31);
}

Day
day_add_months_anchored(Day day, int months, int anchor)
{
    g_return_val_if_fail(anchor >= 1 && anchor <= 31, DAY_NONE);
    if (!in_range(day))
        return DAY_NONE;
    Ymd ymd = day_to_ymd(day);
    gint64 month = (gint64) ymd.year * 12 + ymd.month - 1 + months;
    if (month < 0 || month / 12 > YEAR_MAX) /* year 0 is refused below */
        return DAY_NONE;
    return day_from_ymd_clamped((int) (month / 12), (int) (month % 12) + 1, anchor);
}

Day
day_add_months(Day day, int months)
{
    if (!in_range(day))
        return DAY_NONE;
    return day_add_months_anchored(day, months, day_to_ymd(day).day);
}

int
day_weekday(Day day)
{
    /* 1970-01-01 was a Thursday; the second addition keeps days before it positive. */
    return day == DAY_NONE ? 0 : (int) (((day + 3) % 7 + 7) % 7) + 1;
}

int
day_month_key(Day day)
{
    Ymd ymd = day_to_ymd(day);
    return ymd.year * 100 + ymd.month;
}

Day
day_from_month_key(int key)
{
    return key < 0 ? DAY_NONE : day_from_ymd(key / 100, key % 100, 1);
}

int
day_months_between(Day from, Day to)
{
    Ymd a = day_to_ymd(from);
    Ymd b = day_to_ymd(to);
    return (b.year - a.year) * 12 + b.month - a.month;
}
