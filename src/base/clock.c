#include "base/clock.h"
#include <stdatomic.h>
#include <string.h>

#define CHINA_OFFSET_US (8 * G_TIME_SPAN_HOUR)
#define NOT_FROZEN G_MININT64

static ClockFn real_clock;
static ClockFn mono_clock;
static _Atomic gint64 frozen_at = NOT_FROZEN;

static gint64
div_floor(gint64 n, gint64 d)
{
    return n / d - (n % d < 0 ? 1 : 0);
}

gint64
clock_now_us(void)
{
    gint64 frozen = atomic_load_explicit(&frozen_at, memory_order_relaxed);
    if (frozen != NOT_FROZEN)
        return frozen;
    return real_clock ? real_clock() : g_get_real_time();
}

gint64
clock_mono_us(void)
{
    return mono_clock ? mono_clock() : g_get_monotonic_time();
}

Day
clock_day_of(gint64 at_us)
{
    if (at_us == G_MININT64)
        return DAY_NONE;
    /* Divided before the offset is added, so that no instant overflows. */
    Day day = div_floor(at_us, G_TIME_SPAN_DAY);
    gint64 within = at_us - day * G_TIME_SPAN_DAY;
    return within + CHINA_OFFSET_US >= G_TIME_SPAN_DAY ? day + 1 : day;
}

Day
clock_today(void)
{
    return clock_day_of(clock_now_us());
}

gint64
clock_day_start_us(Day day)
{
    return day == DAY_NONE ? G_MININT64 : day * G_TIME_SPAN_DAY - CHINA_OFFSET_US;
}

void
clock_set(ClockFn real, ClockFn mono)
{
    real_clock = real;
    mono_clock = mono;
    atomic_store(&frozen_at, NOT_FROZEN);
}

void
clock_freeze_us(gint64 at_us)
{
    atomic_store(&frozen_at, at_us);
}

static void
write_number(char *at, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        at[i] = (char) ('0' + value % 10);
}

const char *
clock_write_us(gint64 at_us, char buf[static CLOCK_TEXT_SIZE])
{
    Day day = div_floor(at_us, G_TIME_SPAN_DAY);
    int ms = (int) ((at_us - day * G_TIME_SPAN_DAY) / 1000);
    if (!*day_format(day, buf))
        return buf;
    memcpy(buf + 10, "T00:00:00.000Z", 15);
    write_number(buf + 11, ms / 3600000, 2);
    write_number(buf + 14, ms / 60000 % 60, 2);
    write_number(buf + 17, ms / 1000 % 60, 2);
    write_number(buf + 20, ms % 1000, 3);
    return buf;
}

char *
clock_format_us(gint64 at_us)
{
    char buf[CLOCK_TEXT_SIZE];
    return g_strdup(clock_write_us(at_us, buf));
}

/* Two digits below @limit at *@at, which moves on; -1 if there are none. */
static int
read_two(const char **at, int limit)
{
    const char *p = *at;
    if (!g_ascii_isdigit(p[0]) || !g_ascii_isdigit(p[1]))
        return -1;
    int value = (p[0] - '0') * 10 + (p[1] - '0');
    *at += 2;
    return value < limit ? value : -1;
}

/* ".123456" at *@at as microseconds (further digits are cut), 0 if there is no fraction, -1 if
 * bad. */
static gint64
read_fraction(const char **at)
{
    if (**at != '.')
        return 0;
    gint64 us = 0;
    int digits = 0;
    for (++*at; g_ascii_isdigit(**at); ++*at, digits++)
        if (digits < 6)
            us = us * 10 + (**at - '0');
    if (digits == 0 || digits > 9)
        return -1;
    for (; digits < 6; digits++)
        us *= 10;
    return us;
}

/* "Z" or "+08:00" at @at as microseconds to subtract; G_MININT64 if it is neither. */
static gint64
read_zone(const char *at)
{
    if (strcmp(at, "Z") == 0)
        return 0;
    if (*at != '+' && *at != '-')
        return G_MININT64;
    int sign = *at++ == '-' ? -1 : 1;
    int hours = read_two(&at, 24);
    if (hours < 0 || *at++ != ':')
        return G_MININT64;
    int minutes = read_two(&at, 60);
    if (minutes < 0 || *at)
        return G_MININT64;
    return sign * (hours * G_TIME_SPAN_HOUR + minutes * G_TIME_SPAN_MINUTE);
}

gint64
clock_parse_us(const char *text)
{
    if (!text || strlen(text) < strlen("2026-03-01T08:30:00Z") || text[10] != 'T')
        return G_MININT64;
    char date[DAY_TEXT_SIZE];
    memcpy(date, text, 10);
    date[10] = '\0';
    Day day = day_parse(date);
    const char *at = text + 11;
    int hour = read_two(&at, 24);
    if (day == DAY_NONE || hour < 0 || *at++ != ':')
        return G_MININT64;
    int minute = read_two(&at, 60);
    if (minute < 0 || *at++ != ':')
        return G_MININT64;
    int second = read_two(&at, 60);
    if (second < 0)
        return G_MININT64;
    gint64 fraction = read_fraction(&at);
    gint64 zone = read_zone(at);
    if (fraction < 0 || zone == G_MININT64)
        return G_MININT64;
    return day * G_TIME_SPAN_DAY + hour * G_TIME_SPAN_HOUR + minute * G_TIME_SPAN_MINUTE
           + second * G_TIME_SPAN_SECOND + fraction - zone;
}
