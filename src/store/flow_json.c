/* flow_json.c - the buttons of a record, as the pages and OpenAPI see them. */
#include "store/meta_json.h"
#include "store/store_internal.h"

#include <string.h>

static gboolean
fits_state(const Transition *row, const char *state)
{
    if (strcmp(row->from, "*") == 0)
        return TRUE;
    g_auto(GStrv) words = g_strsplit(row->from, " ", -1);
    return g_strv_contains((const char *const *) words, state ? state : "");
}

static const char *
tone_word(Tone tone)
{
    return tone == TONE_BLUE ? "primary" : tone == TONE_RED ? "danger" : "default";
}

void
action_write_json(JsonOut *out, const Transition *row)
{
    json_begin_object(out);
    json_kv_text(out, "name", row->action);
    meta_write_label(out, "label", row->zh, row->en);
    json_kv_text(out, "tone", tone_word(row->tone));
    json_key(out, "fields");
    json_begin_array(out);
    for (guint i = 0; i < row->n_fields; i++)
        meta_write_field(out, &row->fields[i]);
    json_end_array(out);
    json_end_object(out);
}

/* An action within reach: the person has the right and this very record is in its scope. */
static gboolean
within_reach(Ctx *ctx, const Record *rec, const char *action)
{
    Scope scope = access_scope(ctx->access, rec->def->name, action);

    if (scope >= SCOPE_PROPERTY)
        return TRUE;
    if (scope == SCOPE_NONE)
        return FALSE;
    g_autoptr(Record) reached = record_get(ctx, rec->def->name, rec->id, action, NULL);
    return reached != NULL;
}

void
flow_write_actions(Ctx *ctx, const Record *rec, JsonOut *out)
{
    const EntityModule *module = registry_find(ctx->registry, rec->def->name);
    const char *state = rec->def->state_field ? record_text(rec, rec->def->state_field) : NULL;

    json_key(out, "actions");
    json_begin_array(out);
    for (guint i = 0; module && i < module->n_flow; i++) {
        const Transition *row = &module->flow[i];
        if (row->internal || !fits_state(row, state) || !within_reach(ctx, rec, row->action))
            continue;
        if (row->guard && !row->guard(ctx, rec, NULL))
            continue;
        action_write_json(out, row);
    }
    json_end_array(out);
}
