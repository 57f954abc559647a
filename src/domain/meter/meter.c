/* meter.c - meters come, are replaced and go; each end has its reading. Prices by date. */
#include "domain/meter/meter_internal.h"
#include "store/services.h"

#include <string.h>

static const struct {
    const char *kind, *zh, *en;
} units[] = {
    { "electricity", "度", "kWh" }, { "water", "吨", "t" }, { "gas", "立方米", "m³" }, { "cooling", "度", "kWh" },
};

const char *
meter_unit_zh(const char *kind)
{
    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_strcmp0(units[i].kind, kind) == 0)
            return units[i].zh;
    }
    return "";
}

const char *
meter_unit_en(const char *kind)
{
    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_strcmp0(units[i].kind, kind) == 0)
            return units[i].en;
    }
    return "";
}

gboolean
meter_validate(Ctx *ctx, Record *meter, const Record *old, GError **error)
{
    (void) old;
    if (record_is_null(meter, "unit_id") && record_is_null(meter, "place"))
        app_error_field(error, "place", "required", "没有铺位的表计请填写位置", "a meter without a unit needs a place");
    if (meter->version && record_int(meter, "parent_id") == meter->id)
        app_error_field(error, "parent_id", "self", "不能以自己为总表", "cannot hang behind itself");
    if (record_day(meter, "installed_on") != DAY_NONE && record_day(meter, "installed_on") > ctx->today)
        app_error_field(error, "installed_on", "future", "安装日期不能晚于今天", "cannot be installed in the future");
    return TRUE;
}

/* A reading that a use case makes. Its day and value are checked like anybody's. */
static gboolean
add_reading(Ctx *ctx, gint64 meter_id, const char *kind, Day on, gint64 reading_e4, GError **error)
{
    g_autoptr(Record) reading = record_new(registry_def(ctx->registry, "meter_reading"));

    record_set_id(reading, "meter_id", meter_id);
    record_set_day(reading, "read_on", on);
    record_set_text(reading, "kind", kind);
    record_set_int(reading, "reading", reading_e4);
    return record_save(ctx, reading, error);
}

gboolean
meter_after_save(Ctx *ctx, Record *meter, const Record *old, GError **error)
{
    const char *kind = record_is_null(meter, "replaces_id") ? "opening" : "replaced_in";

    return old || add_reading(ctx, meter->id, kind, record_day(meter, "installed_on"), record_int(meter, "opening"), error);
}

/* Names of an inner record's complaints become those of the action's inputs. */
static gboolean
take_complaint(GError **error, GError *inner, const char *field)
{
    if (!app_error_is(inner, APP_ERROR_INVALID)) {
        g_propagate_error(error, inner);
        return FALSE;
    }
    const GPtrArray *fields = app_error_get_private(inner)->fields;
    const FieldError *first = fields && fields->len ? fields->pdata[0] : NULL;
    const char *at = first && strcmp(first->field, "read_on") == 0 ? "on" : first && strcmp(first->field, "no") == 0 ? "new_no" : field;
    app_error_field(error, at, first ? first->token : "invalid", EACH_OWN_ZH, EACH_OWN_EN,
                    first ? first->text[LANG_ZH] : app_error_text(inner, LANG_ZH), first ? first->text[LANG_EN] : app_error_text(inner, LANG_EN));
    g_error_free(inner);
    return FALSE;
}

static gboolean
end_meter(Ctx *ctx, Record *meter, const char *kind, Day on, gint64 reading_e4, const char *field, GError **error)
{
    GError *inner = NULL;
    MeterLast last = { 0 };
    gboolean found = FALSE;

    if (!add_reading(ctx, meter->id, kind, on, reading_e4, &inner))
        return take_complaint(error, inner, field);
    if (!meter_last(ctx, meter->id, 0, &last, &found, error))
        return FALSE;
    record_set_day(meter, "removed_on", on);
    record_set_int(meter, "last_reading", last.reading_e4); /* the row itself follows with this record */
    record_set_day(meter, "last_on", last.on);
    return TRUE;
}

gboolean
meter_remove(Ctx *ctx, Record *meter, const Record *input, GError **error)
{
    ctx->reason = record_text(input, "reason");
    return end_meter(ctx, meter, "final", record_day(input, "on"), record_int(input, "last"), "last", error);
}

gboolean
meter_replace(Ctx *ctx, Record *meter, const Record *input, GError **error)
{
    static const char *const kept[] = { "unit_id", "parent_id" };
    g_autoptr(Record) next = record_new(meter->def);
    GError *inner = NULL;

    ctx->reason = record_text(input, "reason");
    if (!end_meter(ctx, meter, "replaced_out", record_day(input, "on"), record_int(input, "old_reading"), "old_reading", error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
        record_set_id(next, kept[i], record_int(meter, kept[i]));
    record_set_text(next, "kind", record_text(meter, "kind"));
    record_set_text(next, "place", record_text(meter, "place"));
    record_set_text(next, "no", record_text(input, "new_no"));
    record_set_int(next, "multiplier", record_int(record_is_null(input, "multiplier") ? meter : input, "multiplier"));
    record_set_int(next, "digits", record_int(record_is_null(input, "digits") ? meter : input, "digits"));
    record_set_day(next, "installed_on", record_day(input, "on"));
    record_set_int(next, "opening", record_int(input, "new_reading"));
    record_set_id(next, "replaces_id", meter->id);
    return record_save(ctx, next, &inner) || take_complaint(error, inner, "new_reading");
}

gboolean
meter_price_validate(Ctx *ctx, Record *price, const Record *old, GError **error)
{
    (void) ctx;
    (void) old;
    if (!record_is_null(price, "price") && record_int(price, "price") == 0)
        app_error_field(error, "price", "zero", "单价应大于 0", "must be more than nothing");
    return TRUE;
}
