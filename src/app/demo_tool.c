/* demo_tool.c - chance that is the same every time, and steps in order of time. */
#include "app/demo_internal.h"

#include "base/clock.h"
#include "base/money.h"
#include "domain/approval/approval.h"

enum { BATCH = 200 }; /* steps per transaction */

typedef struct {
    gint64 at_us;
    guint seq;
    DemoBy by;
    DemoStep step;
    gpointer data;
} Event;

/* SplitMix64: small, and the same on every machine. */
guint32
demo_rand(Demo *demo)
{
    guint64 z = demo->rng.state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return (guint32) ((z ^ (z >> 31)) >> 32);
}

gint64
demo_between(Demo *demo, gint64 lo, gint64 hi)
{
    g_return_val_if_fail(lo <= hi, lo);
    return lo + (gint64) (demo_rand(demo) % (guint64) (hi - lo + 1));
}

gboolean
demo_chance(Demo *demo, guint percent)
{
    return demo_rand(demo) % 100 < percent;
}

gpointer
demo_alloc(Demo *demo, gsize size)
{
    gpointer data = g_malloc0(size);

    g_ptr_array_add(demo->arena, data);
    return data;
}

char *
demo_text(Demo *demo, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(demo->arena, text);
    return text;
}

GArray *
demo_events_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(Event));
}

void
demo_at(Demo *demo, Day day, int minute, DemoBy by, DemoStep step, gpointer data)
{
    gint64 at_us = clock_day_start_us(day) + minute * G_TIME_SPAN_MINUTE;
    Event event = { MIN(at_us, demo->now_us), demo->events->len, by, step, data };

    g_array_append_val(demo->events, event);
}

Ctx
demo_as(Demo *demo, const Ctx *ctx, DemoBy by)
{
    Ctx other = *ctx;

    other.staff_id = by == BY_SYSTEM ? 0 : demo->staff[by];
    other.access = by == BY_SYSTEM ? NULL : demo->access[by];
    other.on_behalf_of = 0;
    other.reason = NULL;
    return other;
}

static int
by_time(gconstpointer a, gconstpointer b)
{
    const Event *x = a, *y = b;

    if (x->at_us != y->at_us)
        return x->at_us < y->at_us ? -1 : 1;
    return x->seq < y->seq ? -1 : x->seq > y->seq;
}

typedef struct {
    Demo *demo;
    guint from, to;
} Batch;

static gboolean
run_batch(Ctx *base, gpointer data, GError **error)
{
    Batch *batch = data;
    Demo *demo = batch->demo;

    for (guint i = batch->from; i < batch->to; i++) {
        const Event *event = &g_array_index(demo->events, Event, i);
        Ctx ctx = demo_as(demo, base, event->by);
        ctx.now_us = event->at_us;
        ctx.today = clock_day_of(event->at_us);
        if (!event->step(demo, &ctx, event->data, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
demo_run(Demo *demo, GError **error)
{
    g_array_sort(demo->events, by_time);
    for (guint i = 0; i < demo->events->len; i += BATCH) {
        Batch batch = { demo, i, MIN(i + BATCH, demo->events->len) };
        if (!app_write(demo->app, demo->property_id, run_batch, &batch, error))
            return FALSE;
    }
    g_array_set_size(demo->events, 0);
    return TRUE;
}

Day
demo_workday(Day day)
{
    int weekday = day_weekday(day);

    return weekday <= 5 ? day : day + 8 - weekday;
}

Record *
demo_new(Ctx *ctx, const char *entity)
{
    return record_new(registry_def(ctx->registry, entity));
}

gint64
demo_id(Demo *demo, Ctx *ctx, const char *entity, const char *code)
{
    if (!code)
        return 0;
    g_autofree char *key = g_strdup_printf("%s:%s", entity, code);
    gint64 *known = g_hash_table_lookup(demo->ids, key);
    if (known)
        return *known;
    g_autoptr(Record) rec = record_find_by(ctx, entity, "code", code, NULL);
    if (!rec)
        g_error("no %s %s", entity, code);
    known = g_new(gint64, 1);
    *known = rec->id;
    g_hash_table_insert(demo->ids, g_steal_pointer(&key), known);
    return *known;
}

json_t *
demo_ref(gint64 id)
{
    g_autofree char *text = g_strdup_printf(ID_TEXT, id);

    return id ? json_string(text) : json_null();
}

json_t *
demo_day(Day day)
{
    char text[DAY_TEXT_SIZE];

    return day == DAY_NONE ? json_null() : json_string(day_format(day, text));
}

json_t *
demo_yuan(gint64 fen)
{
    g_autofree char *text = money_format(fen);

    return json_string(text);
}

gboolean
demo_take(Ctx *ctx, const char *entity, gint64 id, const char *action, json_t *input,
          GError **error)
{
    gboolean ok = flow_take(ctx, entity, id, action, 0, input, error);

    json_decref(input);
    return ok;
}

gboolean
demo_agree(Demo *demo, Ctx *ctx, const char *entity, gint64 id, DemoBy by, const char *opinion,
           GError **error)
{
    Ctx who = demo_as(demo, ctx, by);
    gint64 approval_id = approval_running(ctx, entity, id);

    return approval_decide(&who, approval_id, "agree", opinion, 0, error);
}
