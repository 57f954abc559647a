/* workday.h - which days are working days in China: weekends, public holidays, and the weekends that
 * are worked instead. The calendar is a value filled from lines of text; work_calendar_china() is the one that
 * is built into the program from src/data/holidays_cn_<year>.csv, one file a year with its source. */
#pragma once
#include "base/day.h"
#include "base/error.h"

typedef struct WorkCalendar WorkCalendar;

/* An empty calendar: Saturdays and Sundays are free. transfer full. */
WorkCalendar *work_calendar_new(void);
void work_calendar_free(WorkCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WorkCalendar, work_calendar_free)
/* The calendar of mainland China that is built in, read once; empty where nothing is built in (tests of one
 * library), so that only weekends are free. A malformed file is our bug and ends the program. transfer none. */
const WorkCalendar *work_calendar_china(void);
/* Notes one day: a holiday, or a weekend that is worked. @name may be NULL. */
void work_calendar_add(WorkCalendar *calendar, Day day, gboolean is_holiday, const char *name);
/* Reads lines "day,kind,name" (kind holiday or workday); '#' begins a comment, the heading is skipped.
 * Errors: INVALID, naming the line. */
gboolean work_calendar_add_csv(WorkCalendar *calendar, const char *text, GError **error);
/* NULL @calendar: only Saturday and Sunday are free. */
gboolean work_calendar_is_working(const WorkCalendar *calendar, Day day);
/* @day itself if it is worked, else the next day that is. */
Day work_calendar_next_working(const WorkCalendar *calendar, Day day);
/* Name of the holiday or of the make-up day, or NULL. transfer none. */
const char *work_calendar_name(const WorkCalendar *calendar, Day day);
/* TRUE if the calendar knows any day of @year; otherwise it can only guess weekends. */
gboolean work_calendar_covers(const WorkCalendar *calendar, int year);
