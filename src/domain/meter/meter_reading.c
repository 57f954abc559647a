/* meter_reading.c - what a reading must be, what it uses since the one before, and whether that is unusual. */
#include "db/catalogue.h"
#include "domain/meter/meter_internal.h"
#include "domain/terms/lease_money.h"
#include "store/services.h"

enum { PERIODS_LEAST = 3, PERIODS_MOST = 6, HIGH_PERCENT = 200, LOW_PERCENT = 40 };

static DbStmt *
of_meter(Ctx *ctx, const char *name, gint64 meter_id, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt) {
        db_bind_int(stmt, "property_id", ctx->property_id);
        db_bind_int(stmt, "meter_id", meter_id);
    }
    return stmt;
}

gboolean
meter_last(Ctx *ctx, gint64 meter_id, gint64 except_id, MeterLast *last, gboolean *found, GError **error)
{
    g_autoptr(DbStmt) stmt = of_meter(ctx, "meter.last", meter_id, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "except_id", except_id);
    if (!db_step(stmt, found, error))
        return FALSE;
    if (*found)
        *last = (MeterLast){ .reading_id = db_int(stmt, 0), .reading_e4 = db_int(stmt, 1), .on = db_day(stmt, 2) };
    return TRUE;
}

/* Two readers of one meter follow each other. */
static gboolean
lock_meter(Ctx *ctx, gint64 meter_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = of_meter(ctx, "meter.lock", meter_id, error);

    return stmt && db_step(stmt, &row, error);
}

/* -- what is unusual ---------------------------------------------------------- */

typedef struct {
    gint64 used_e4, days;
    guint periods;
} Past;

static gboolean
past_use(Ctx *ctx, const Record *reading, Past *past, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = of_meter(ctx, "meter.past", record_int(reading, "meter_id"), error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "except_id", reading->id);
    db_bind_int(stmt, "periods", PERIODS_MOST);
    while (db_each(stmt, &ok, error)) {
        past->used_e4 += db_int(stmt, 0);
        past->days += db_day(stmt, 2) - db_day(stmt, 1);
        past->periods++;
    }
    return ok;
}

/* Daily use above or below the mean of the periods before, in percent of it. */
static const char *
against_mean(Ctx *ctx, const Past *past, gint64 used_e4, gint64 days)
{
    Wide now = (Wide) used_e4 * past->days * 100, mean = (Wide) past->used_e4 * MAX(1, days);

    if (past->periods < PERIODS_LEAST || past->days == 0 || past->used_e4 == 0)
        return NULL;
    if (now > mean * setting_int(ctx, "meter_high_percent", HIGH_PERCENT))
        return "high";
    return now < mean * setting_int(ctx, "meter_low_percent", LOW_PERCENT) ? "low" : NULL;
}

static gboolean
shop_is_open(Ctx *ctx, const Record *reading, gboolean *open, GError **error)
{
    *open = FALSE;
    if (record_is_null(reading, "unit_id"))
        return TRUE;
    g_autoptr(Record) unit = record_get(ctx, "unit", record_int(reading, "unit_id"), NULL, error);
    if (unit)
        *open = record_is(unit, "status", "open");
    return unit != NULL;
}

static gboolean
judge_use(Ctx *ctx, Record *reading, gboolean rolled, GError **error)
{
    Past past = { 0 };
    gboolean open = FALSE;
    gint64 used_e4 = record_int(reading, "used"), days = record_day(reading, "read_on") - record_day(reading, "previous_on");

    if (!past_use(ctx, reading, &past, error) || !shop_is_open(ctx, reading, &open, error))
        return FALSE;
    const char *warning = used_e4 == 0 && open ? "zero" : against_mean(ctx, &past, used_e4, days);
    record_set_text(reading, "warning", warning ? warning : rolled ? "rolled" : NULL);
    record_set_text(reading, "reason", NULL);
    record_set_null(reading, "explained_by");
    if (past.days > 0)
        record_set_int(reading, "daily_mean", muldiv_half_away(past.used_e4, 1, past.days));
    return TRUE;
}

/* -- what it must be ---------------------------------------------------------- */

static gint64
rollover_e4(const Record *meter)
{
    gint64 value = 10000;

    for (gint64 i = 0; i < record_int(meter, "digits"); i++)
        value *= 10;
    return value;
}

static void
check_day(const Ctx *ctx, const Record *reading, const Record *meter, GError **error)
{
    Day on = record_day(reading, "read_on");

    if (on > ctx->today)
        app_error_field(error, "read_on", "future", "抄表日期不能晚于今天", "cannot be read in the future");
    else if (on < record_day(meter, "installed_on"))
        app_error_field(error, "read_on", "order", "早于表计安装日期", "is before the meter was installed");
    if (!record_is(meter, "state", "in_use"))
        app_error_field(error, "meter_id", "removed", "表计 %s 已拆除", "meter %s was removed", record_text(meter, "no"));
    if (record_int(reading, "reading") >= rollover_e4(meter))
        app_error_field(error, "reading", "digits", "表盘只有 %d 位整数", "the dial has %d whole digits only",
                        (int) record_int(meter, "digits"));
}

/* Use since the reading before. More than half a turn of the dial backwards is a typing error, not a roll-over. */
static gboolean
measure(Ctx *ctx, Record *reading, const Record *meter, const MeterLast *last, GError **error)
{
    Day on = record_day(reading, "read_on");
    gint64 now_e4 = record_int(reading, "reading"), round_e4 = rollover_e4(meter);
    gboolean rolled = now_e4 < last->reading_e4;
    g_autofree char *before = meter_number_text(last->reading_e4);
    g_autofree char *day = day_dup(last->on);

    if (on < last->on || (on == last->on && record_is(reading, "kind", "normal") && record_is_null(reading, "corrects_id")))
        return app_error_field(error, "read_on", "order", "该表 %s 已抄表，日期须晚于此日", "the meter was read on %s already; choose a later day", day);
    if (rolled && now_e4 + round_e4 - last->reading_e4 > round_e4 / 2)
        return app_error_field(error, "reading", "below", "小于上次读数 %s", "is below the reading before, %s", before);
    record_set_int(reading, "previous", last->reading_e4);
    record_set_day(reading, "previous_on", last->on);
    record_set_int(reading, "used", meter_use_e4(last->reading_e4, now_e4, round_e4, record_int(meter, "multiplier")));
    return judge_use(ctx, reading, rolled, error);
}

static gboolean
is_same_measure(const Record *reading, const Record *old)
{
    return old && record_int(reading, "reading") == record_int(old, "reading") && record_day(reading, "read_on") == record_day(old, "read_on");
}

gboolean
reading_validate(Ctx *ctx, Record *reading, const Record *old, GError **error)
{
    MeterLast last = { 0 };
    gboolean found = FALSE;
    gint64 except_id = reading->version ? reading->id : record_int(reading, "corrects_id");

    if (is_same_measure(reading, old) || record_is_null(reading, "meter_id") || record_is_null(reading, "reading")
        || record_is_null(reading, "read_on"))
        return TRUE;
    if (old && !record_is(old, "state", "entered"))
        return app_error_set(error, APP_ERROR_CONFLICT, "meter_reading.checked", "已审核的读数不能修改，请作废重抄或更正",
                             "a checked reading is not edited; void or correct it");
    g_autoptr(Record) meter = record_find(ctx, "meter", record_int(reading, "meter_id"), error);
    if (!meter)
        return FALSE;
    record_set_id(reading, "unit_id", record_int(meter, "unit_id"));
    if (record_is_null(reading, "reader_id"))
        record_set_id(reading, "reader_id", ctx->staff_id);
    check_day(ctx, reading, meter, error);
    if (!lock_meter(ctx, meter->id, error) || !meter_last(ctx, meter->id, except_id, &last, &found, error))
        return FALSE;
    if (found)
        return measure(ctx, reading, meter, &last, error);
    record_set_text(reading, "state", "checked"); /* the first of all: nothing was used before it */
    return TRUE;
}

gboolean
reading_after_save(Ctx *ctx, Record *reading, const Record *old, GError **error)
{
    gint64 meter_id = record_int(reading, "meter_id");
    gboolean row = FALSE;

    if (old && is_same_measure(reading, old) && !record_is(reading, "state", "void"))
        return TRUE;
    g_autoptr(DbStmt) last = of_meter(ctx, "meter.last", meter_id, error);
    if (!last)
        return FALSE;
    db_bind_int(last, "except_id", 0);
    g_autoptr(DbStmt) follow = db_step(last, &row, error) ? of_meter(ctx, "meter.follow", meter_id, error) : NULL;
    if (!follow)
        return FALSE;
    if (row) {
        db_bind_int(follow, "reading", db_int(last, 1));
        db_bind_day(follow, "read_on", db_day(last, 2));
        if (!db_is_null(last, 3))
            db_bind_int(follow, "used", db_int(last, 3));
    }
    return db_exec_stmt(follow, NULL, error);
}

/* -- actions ------------------------------------------------------------------ */

gboolean
reading_explain(Ctx *ctx, Record *reading, const Record *input, GError **error)
{
    (void) error;
    record_set_text(reading, "reason", record_text(input, "reason"));
    record_set_id(reading, "explained_by", ctx->staff_id);
    return TRUE;
}

gboolean
reading_may_check(Ctx *ctx, const Record *reading, GError **error)
{
    if (ctx->staff_id && record_int(reading, "reader_id") == ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "meter_reading.own", "抄表人不能审核自己的读数", "a reader does not check their own reading");
    return record_is_null(reading, "warning") || !record_is_null(reading, "reason")
           || app_error_set(error, APP_ERROR_CONFLICT, "meter_reading.unexplained", "用量异常，请先说明原因",
                            "the use is unusual; say why it is right first");
}

gboolean
reading_check(Ctx *ctx, Record *reading, const Record *input, GError **error)
{
    (void) input;
    (void) error;
    record_set_id(reading, "checked_by", ctx->staff_id);
    return TRUE;
}

gboolean
reading_is_last(Ctx *ctx, const Record *reading, GError **error)
{
    MeterLast last = { 0 };
    gboolean found = FALSE;

    if (!meter_last(ctx, record_int(reading, "meter_id"), 0, &last, &found, error))
        return FALSE;
    return !found || last.reading_id == reading->id
           || app_error_set(error, APP_ERROR_CONFLICT, "meter_reading.not_last", "之后已有读数，请从最后一次改起",
                            "there is a later reading; begin with the last one");
}

gboolean
reading_void(Ctx *ctx, Record *reading, const Record *input, GError **error)
{
    (void) error;
    ctx->reason = record_text(input, "reason");
    record_set_text(reading, "void_reason", record_text(input, "reason"));
    return TRUE;
}

gboolean
reading_unbill(Ctx *ctx, Record *reading, const Record *input, GError **error)
{
    if (!record_is_null(reading, "origin_id"))
        return app_error_set(error, APP_ERROR_CONFLICT, "meter_reading.correction", "更正产生的差额请再次更正",
                             "the difference of a correction is taken back by another correction");
    return charge_void_of(ctx, "meter_reading", reading->id, record_text(input, "reason"), error);
}

/* The billed reading is void, its charge stays; the corrected one will charge the difference. */
gboolean
reading_correct(Ctx *ctx, Record *reading, const Record *input, GError **error)
{
    g_autoptr(Record) right = record_new(reading->def);
    gint64 origin_id = record_int(reading, "origin_id");

    record_set_text(reading, "void_reason", record_text(input, "reason"));
    record_set_id(right, "meter_id", record_int(reading, "meter_id"));
    record_set_day(right, "read_on", record_day(reading, "read_on"));
    record_set_text(right, "kind", record_text(reading, "kind"));
    record_set_int(right, "reading", record_int(input, "reading"));
    record_set_id(right, "corrects_id", reading->id);
    record_set_id(right, "origin_id", origin_id ? origin_id : reading->id);
    record_set_text(right, "remarks", record_text(input, "reason"));
    return record_save(ctx, right, error);
}

gboolean
reading_write_more(Ctx *ctx, const Record *reading, JsonOut *out, GError **error)
{
    gint64 origin_id = record_int(reading, "origin_id");
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "meter.charges", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "reading_id", origin_id ? origin_id : reading->id);
    json_key(out, "charges");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "name", db_text(stmt, 1));
        json_kv_text(out, "merchant", db_text(stmt, 2));
        json_kv_money(out, "gross", db_int(stmt, 3));
        json_kv_text(out, "state", db_text(stmt, 4));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}
