#include "domain/terms/workday.h"

#include <gio/gio.h>
#include <string.h>

#define DATA_PATH "/lanting/data/"

typedef struct {
    gboolean is_holiday;
    char *name;
} Mark;

struct WorkCalendar {
    GHashTable *marks; /* Day -> Mark */
    GHashTable *years; /* set of years */
};

static void
mark_free(gpointer data)
{
    Mark *mark = data;

    g_free(mark->name);
    g_free(mark);
}

WorkCalendar *
work_calendar_new(void)
{
    WorkCalendar *calendar = g_new0(WorkCalendar, 1);

    calendar->marks = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, mark_free);
    calendar->years = g_hash_table_new(NULL, NULL);
    return calendar;
}

static WorkCalendar *
load_built_in(void)
{
    WorkCalendar *calendar = work_calendar_new();
    g_auto(GStrv) names =
        g_resources_enumerate_children(DATA_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    for (guint i = 0; names != NULL && names[i] != NULL; i++) {
        g_autofree char *path = g_strconcat(DATA_PATH, names[i], NULL);
        g_autoptr(GBytes) bytes = NULL;
        g_autofree char *text = NULL;
        g_autoptr(GError) error = NULL;
        if (!g_str_has_prefix(names[i], "holidays_cn_"))
            continue;
        bytes = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
        if (bytes == NULL)
            g_error("%s: %s", names[i], error->message);
        text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
        if (!work_calendar_add_csv(calendar, text, &error))
            g_error("%s: %s", names[i], error->message);
    }
    return calendar;
}

const WorkCalendar *
work_calendar_china(void)
{
    static gsize once;

    if (g_once_init_enter(&once))
        g_once_init_leave(&once, (gsize) load_built_in());
    return (const WorkCalendar *) once; /* never freed: it lives as long as the program */
}

void
work_calendar_free(WorkCalendar *calendar)
{
    if (calendar == NULL)
        return;
    g_hash_table_unref(calendar->marks);
    g_hash_table_unref(calendar->years);
    g_free(calendar);
}

void
work_calendar_add(WorkCalendar *calendar, Day day, gboolean is_holiday, const char *name)
{
    gint64 *key = g_new(gint64, 1);
    Mark *mark = g_new0(Mark, 1);

    *key = day;
    mark->is_holiday = is_holiday;
    mark->name = g_strdup(name);
    g_hash_table_replace(calendar->marks, key, mark);
    g_hash_table_add(calendar->years, GINT_TO_POINTER(day_to_ymd(day).year));
}

gboolean
work_calendar_add_csv(WorkCalendar *calendar, const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);
        g_auto(GStrv) cells = NULL;
        gboolean is_holiday;
        Day day;
        if (*line == '\0' || *line == '#' || g_str_has_prefix(line, "day,"))
            continue;
        cells = g_strsplit(line, ",", 3);
        day = g_strv_length(cells) >= 2 ? day_parse(cells[0]) : DAY_NONE;
        is_holiday = day != DAY_NONE && strcmp(cells[1], "holiday") == 0;
        if (day == DAY_NONE || (!is_holiday && strcmp(cells[1], "workday") != 0)) {
            return app_error_set(error, APP_ERROR_INVALID, "holidays.malformed",
                                 "节假日文件第 %u 行有误：%s",
                                 "holiday file, line %u is malformed: %s", i + 1, line);
        }
        work_calendar_add(calendar, day, is_holiday, cells[2]);
    }
    return TRUE;
}

static const Mark *
mark_of(const WorkCalendar *calendar, Day day)
{
    return calendar == NULL ? NULL : g_hash_table_lookup(calendar->marks, &day);
}

gboolean
work_calendar_is_working(const WorkCalendar *calendar, Day day)
{
    const Mark *mark = mark_of(calendar, day);

    return mark != NULL ? !mark->is_holiday : day_weekday(day) <= 5;
}

Day
work_calendar_next_working(const WorkCalendar *calendar, Day day)
{
    /* No holiday lasts a month; the limit only guards against a calendar filled with nonsense. */
    for (int i = 0; i < 60; i++, day++) {
        if (work_calendar_is_working(calendar, day))
            break;
    }
    return day;
}

const char *
work_calendar_name(const WorkCalendar *calendar, Day day)
{
    const Mark *mark = mark_of(calendar, day);

    return mark != NULL ? mark->name : NULL;
}

gboolean
work_calendar_covers(const WorkCalendar *calendar, int year)
{
    return calendar != NULL && g_hash_table_contains(calendar->years, GINT_TO_POINTER(year));
}
