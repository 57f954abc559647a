/* clock.h - the only source of time. Tests set it; nothing else calls g_get_real_time(). */
#pragma once
#include "base/day.h"

typedef gint64 (*ClockFn)(void);

/* Microseconds since 1970 UTC; goes back when the system clock does. */
gint64 clock_now_us(void);
/* Monotonic microseconds, for timeouts and measured time. */
gint64 clock_mono_us(void);
/* The civil day in China (UTC+8, no summer time since 1991) of an instant, and of now. */
Day clock_day_of(gint64 at_us);
Day clock_today(void);
/* Start of a civil day in China, microseconds UTC. */
gint64 clock_day_start_us(Day day);
/* Replaces the clock (tests, demo data); NULL restores the system clock. Not thread-safe: before
 * threads start. */
void clock_set(ClockFn real, ClockFn mono);
/* Freezes "now" at @at_us until clock_set(NULL, NULL); may be called again to move on. */
void clock_freeze_us(gint64 at_us);
/* "2026-03-01T08:30:00.000Z" and back; the parse returns G_MININT64 if malformed. */
char *clock_format_us(gint64 at_us);
/* The same into @buf, without allocating; years outside 1..9999 give "". Returns @buf. */
#define CLOCK_TEXT_SIZE 25
const char *clock_write_us(gint64 at_us, char buf[static CLOCK_TEXT_SIZE]);
gint64 clock_parse_us(const char *text);
