/* daily.c - the figures of a day are counted from the registers, row by row, never typed in. */
#include "base/clock.h"
#include "base/money.h"
#include "domain/crm/crm_internal.h"
#include "store/services.h"

#include <string.h>

enum { CUTOFF_MINUTE = 9 * 60 + 30 }; /* of the next day; rules.md 7.11 */

enum {
    F_CALLS,
    F_VISITS,
    F_NEW_LEADS,
    F_FOLLOW_UPS,
    F_VISITS_MADE,
    F_INTENTS,
    F_SIGNINGS,
    F_LOST,
    F__N
};

static const struct {
    const char *name, *zh, *en, *entity;
} figures[F__N] = {
    { "calls", "来电", "Calls", "inquiry" },
    { "visits", "来访", "Visits", "inquiry" },
    { "new_leads", "新增客户", "New leads", "lead" },
    { "follow_ups", "跟进", "Follow-ups", "follow_up" },
    { "visits_made", "外出拜访", "Visits made", "visit_plan" },
    { "intents", "新增意向", "Interested", "lead" },
    { "signings", "签约", "Signings", "lease" },
    { "lost", "流失", "Lost", "lead" },
};

typedef struct {
    GArray *ids[F__N];
    gint64 area_dm2, rent_fen; /* of signings */
} Counts;

static gboolean
count(Ctx *ctx, gint64 staff_id, Day from, Day to, Counts *counts, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.daily_rows", error);
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    crm_bind_id(stmt, "staff_id", staff_id);
    db_bind_day(stmt, "from_on", from);
    db_bind_day(stmt, "to_on", to);
    db_bind_int(stmt, "from_at", clock_day_start_us(from));
    db_bind_int(stmt, "to_at", clock_day_start_us(to + 1));
    while (db_each(stmt, &ok, error)) {
        for (guint i = 0; i < F__N; i++) {
            if (strcmp(figures[i].name, db_text(stmt, 0)) != 0)
                continue;
            gint64 id = db_int(stmt, 1);
            g_array_append_val(counts->ids[i], id);
        }
        counts->area_dm2 += db_int(stmt, 2);
        counts->rent_fen += db_int(stmt, 3);
    }
    return ok;
}

static void
begin_figure(JsonOut *out, const char *name, const char *zh, const char *en, const char *unit)
{
    json_begin_object(out);
    json_kv_text(out, "name", name);
    json_kv_label(out, "label", zh, en);
    json_kv_text(out, "unit", unit);
}

static void
end_figure(JsonOut *out, const char *entity, const GArray *ids)
{
    json_kv_text(out, "entity", entity);
    json_key(out, "ids");
    json_begin_array(out);
    for (guint i = 0; i < ids->len; i++)
        json_id(out, g_array_index(ids, gint64, i));
    json_end_array(out);
    json_end_object(out);
}

static void
write_figures(JsonOut *out, const Counts *counts)
{
    json_key(out, "figures");
    json_begin_array(out);
    for (guint i = 0; i < F__N; i++) {
        begin_figure(out, figures[i].name, figures[i].zh, figures[i].en, "");
        json_kv_int(out, "value", counts->ids[i]->len);
        end_figure(out, figures[i].entity, counts->ids[i]);
        if (i != F_SIGNINGS)
            continue;
        begin_figure(out, "signed_area", "签约面积", "Area signed", "m2");
        json_kv_area(out, "value", counts->area_dm2);
        end_figure(out, "lease", counts->ids[i]);
        begin_figure(out, "signed_rent", "签约月租金", "Monthly rent signed", "yuan");
        json_kv_money(out, "value", counts->rent_fen);
        end_figure(out, "lease", counts->ids[i]);
    }
    json_end_array(out);
}

gboolean
crm_daily_figures(Ctx *ctx, gint64 staff_id, Day from, Day to, JsonOut *out, GError **error)
{
    Counts counts = { .area_dm2 = 0 };

    for (guint i = 0; i < F__N; i++)
        counts.ids[i] = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = count(ctx, staff_id, from, to, &counts, error);
    if (ok) {
        json_kv_day(out, "from", from);
        json_kv_day(out, "to", to);
        json_kv_id(out, "staff_id", staff_id);
        write_figures(out, &counts);
    }
    for (guint i = 0; i < F__N; i++)
        g_array_unref(counts.ids[i]);
    return ok;
}

static gboolean
set_figures(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();
    Day day = record_day(rec, "day");

    json_begin_object(out);
    if (!crm_daily_figures(ctx, record_int(rec, "staff_id"), day, day, out, error))
        return FALSE;
    json_end_object(out);
    g_autofree char *text = g_string_free(json_out_steal(out), FALSE);
    /* in the canonical form of JSON fields, so that equal figures are no change */
    const FieldDef *field = entity_find_field(rec->def, "figures");
    Value value = { .is_null = TRUE };
    gboolean ok = field_parse(field, text, FALSE, "figures", &value, error);
    if (ok)
        record_set_text(rec, "figures", value.text);
    value_clear(&value);
    return ok;
}

gint64
crm_daily_open(Ctx *ctx, Day day, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.daily_of", error);
    g_autoptr(Record) rec = NULL;
    gint64 id = 0;

    if (!stmt)
        return 0;
    if (!ctx->staff_id || day > ctx->today) {
        app_error_field(error, "day", "future", "还没到这一天", "that day has not come yet");
        return 0;
    }
    db_bind_int(stmt, "staff_id", ctx->staff_id);
    db_bind_day(stmt, "day", day);
    if (!crm_first_int(stmt, &id, error))
        return 0;
    if (id)
        rec = record_get(ctx, "daily_report", id, NULL, error);
    else {
        rec = record_new(registry_def(ctx->registry, "daily_report"));
        record_set_id(rec, "staff_id", ctx->staff_id);
        record_set_day(rec, "day", day);
    }
    if (!rec)
        return 0;
    if (record_is(rec, "state", "submitted"))
        return id;
    return set_figures(ctx, rec, error) && record_save(ctx, rec, error) ? rec->id : 0;
}

gboolean
daily_report_guard(Ctx *ctx, const Record *rec, GError **error)
{
    if (ctx->access && record_int(rec, "staff_id") != ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "daily_report.not_own",
                             "只能提交自己的日报", "only one's own report can be submitted");
    return record_day(rec, "day") <= ctx->today
           || app_error_set(error, APP_ERROR_CONFLICT, "daily_report.early", "还没到这一天",
                            "that day has not come yet");
}

/* Figures are counted once more and then stay: what is entered later shows in the registers and as a late entry there. */
gboolean
daily_report_submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    gint64 minute = setting_int(ctx, "daily_cutoff_minute", CUTOFF_MINUTE);
    gint64 cutoff = clock_day_start_us(record_day(rec, "day") + 1) + minute * 60 * G_USEC_PER_SEC;

    (void) input;
    record_set_int(rec, "submitted_at", ctx->now_us);
    record_set_int(rec, "late", ctx->now_us > cutoff);
    return set_figures(ctx, rec, error);
}
