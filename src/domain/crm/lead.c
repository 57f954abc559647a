/* lead.c - moving a lead, and where it stands. */
#include "domain/crm/crm_internal.h"

#include <string.h>

static gboolean
listed(const char *words, const char *word)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);

    return g_strv_contains((const char *const *) list, word);
}

gboolean
crm_lead_move(Ctx *ctx, gint64 lead_id, const char *stage, gint64 version, const json_t *input,
              GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", lead_id, "read", error);

    if (!lead)
        return FALSE;
    for (guint i = 0; i < lead_module.n_flow; i++) {
        const Transition *row = &lead_module.flow[i];
        if (!row->internal && row->to && strcmp(row->to, stage) == 0
            && listed(row->from, record_text(lead, "stage")))
            return flow_take(ctx, "lead", lead_id, row->action, version, input, error);
    }
    const EnumItem *from = enum_find(lead_stage_items, record_text(lead, "stage"));
    const EnumItem *to = enum_find(lead_stage_items, stage);
    return app_error_set(error, APP_ERROR_CONFLICT, "lead.wrong_state",
                         "不能从“%s%.0s”直接变为“%s%.0s”，请逐步推进",
                         "%.0sa lead cannot go from \"%s\"%.0s to \"%s\" at once", from->zh,
                         from->en, to ? to->zh : stage, to ? to->en : stage);
}

/* Steps on the way to a signature, in order. */
static const char *const way[] = { "new",         "contacted", "visited",      "intention",
                                   "negotiating", "approved",  "deposit_paid", "contracting",
                                   "signed",      NULL };

static int
rank_of(const char *stage)
{
    for (int i = 0; way[i]; i++) {
        if (g_strcmp0(way[i], stage) == 0)
            return i;
    }
    return -1;
}

gboolean
crm_lead_advance(Ctx *ctx, gint64 lead_id, const char *action, GError **error)
{
    static const struct {
        const char *action, *row, *stage;
    } steps[] = { { "approve", "agree", "approved" },
                  { "deposit", "deposit", "deposit_paid" },
                  { "contract", "contract", "contracting" },
                  { "sign", "sign", "signed" } };
    Ctx all = crm_as_system(ctx);

    if (!lead_id)
        return TRUE;
    g_autoptr(Record) lead = record_get(&all, "lead", lead_id, NULL, error);
    if (!lead)
        return FALSE;
    int now = rank_of(record_text(lead, "stage"));
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (strcmp(steps[i].action, action) == 0)
            return now < 0 || now >= rank_of(steps[i].stage)
                   || flow_apply(&all, lead, steps[i].row, NULL, error);
    }
    g_return_val_if_reached(FALSE);
}

typedef struct {
    gint64 at_us;
    gint64 seconds; /* spent there before the next change */
} StepTime;

/* When each stage was reached last, and how long the lead was in it. */
static gboolean
read_times(Ctx *ctx, const Record *lead, StepTime *times, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.stage_changes", error);
    int before = -1;
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", lead->id);
    while (db_each(stmt, &ok, error)) {
        if (before >= 0 && !db_is_null(stmt, 2))
            times[before].seconds += db_int(stmt, 2);
        before = rank_of(db_text(stmt, 0));
        if (before >= 0)
            times[before].at_us = db_int(stmt, 1);
    }
    if (ok && before >= 0)
        times[before].seconds += MAX(0, ctx->now_us - times[before].at_us) / G_USEC_PER_SEC;
    return ok;
}

static void
write_step(JsonOut *out, int i, int now, const StepTime *time)
{
    const EnumItem *item = enum_find(lead_stage_items, way[i]);

    json_begin_object(out);
    json_kv_text(out, "stage", item->token);
    json_kv_label(out, "label", item->zh, item->en);
    json_kv_bool(out, "done", i < now);
    json_kv_bool(out, "current", i == now);
    json_kv_us(out, "at", time->at_us);
    json_kv_int(out, "days", time->seconds / 86400);
    json_end_object(out);
}

static void
write_next(Ctx *ctx, const Record *lead, JsonOut *out)
{
    json_key(out, "next");
    json_begin_array(out);
    for (guint i = 0; i < lead_module.n_flow; i++) {
        const Transition *row = &lead_module.flow[i];
        if (row->internal || !row->to || rank_of(row->to) <= rank_of(record_text(lead, "stage"))
            || !listed(row->from, record_text(lead, "stage"))
            || !access_may(ctx->access, "lead", row->action))
            continue;
        json_begin_object(out);
        json_kv_text(out, "action", row->action);
        json_kv_text(out, "stage", row->to);
        json_kv_label(out, "label", row->zh, row->en);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_missing(const Record *lead, JsonOut *out)
{
    const char *stage = record_text(lead, "stage");
    g_autoptr(GError) missing = NULL;

    json_key(out, "missing");
    json_begin_array(out);
    if (rank_of(stage) >= 0 && rank_of(stage) < rank_of("negotiating")
        && !lead_is_complete(
            lead, rank_of(stage) >= rank_of("intention") ? "negotiating" : "intention", &missing)) {
        const GPtrArray *fields = app_error_get_private(missing)->fields;
        for (guint i = 0; i < fields->len; i++) {
            const FieldError *field = fields->pdata[i];
            json_begin_object(out);
            json_kv_text(out, "field", field->field);
            json_kv_label(out, "label", field->text[LANG_ZH], field->text[LANG_EN]);
            json_end_object(out);
        }
    }
    json_end_array(out);
}

gboolean
crm_lead_steps_write(Ctx *ctx, gint64 lead_id, JsonOut *out, GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", lead_id, "read", error);
    StepTime times[G_N_ELEMENTS(way)] = { 0 };

    if (!lead || !read_times(ctx, lead, times, error))
        return FALSE;
    int now = rank_of(record_text(lead, "stage"));
    json_kv_text(out, "stage", record_text(lead, "stage"));
    json_key(out, "steps");
    json_begin_array(out);
    for (int i = 0; way[i]; i++)
        write_step(out, i, now, &times[i]);
    json_end_array(out);
    write_next(ctx, lead, out);
    write_missing(lead, out);
    return TRUE;
}
