/* flow.c - state tables: the only place where a state changes. */
#include "store/registry.h"
#include "store/store_internal.h"

#include <string.h>

static gboolean
state_listed(const char *states, const char *state)
{
    if (strcmp(states, "*") == 0)
        return TRUE;
    g_auto(GStrv) words = g_strsplit(states, " ", -1);
    return g_strv_contains((const char *const *) words, state ? state : "");
}

static const char *
state_of(const Record *rec)
{
    return rec->def->state_field ? record_text(rec, rec->def->state_field) : NULL;
}

/* The row of @action that fits the record's state; @known says whether the action exists at all. */
static const Transition *
find_row(const EntityModule *module, const char *action, const char *state, gboolean *known)
{
    *known = FALSE;
    for (guint i = 0; i < module->n_flow; i++) {
        const Transition *row = &module->flow[i];
        if (strcmp(row->action, action) != 0)
            continue;
        *known = TRUE;
        if (state_listed(row->from, state))
            return row;
    }
    return NULL;
}

static const Transition *
first_row(const EntityModule *module, const char *action)
{
    for (guint i = 0; i < module->n_flow; i++) {
        if (strcmp(module->flow[i].action, action) == 0)
            return &module->flow[i];
    }
    return NULL;
}

static gboolean
refuse_state(const Record *rec, const EntityModule *module, const char *action, GError **error)
{
    g_autofree char *token = g_strdup_printf("%s.wrong_state", rec->def->name);
    const Transition *row = first_row(module, action);
    const FieldDef *field = entity_find_field(rec->def, rec->def->state_field);
    const EnumItem *item = enum_find(field->items, state_of(rec) ? state_of(rec) : "");

    return app_error_set(error, APP_ERROR_CONFLICT, token, "%s处于“%s”，不能%s%.0s%.0s%.0s",
                         "%.0s%.0s%.0sthis %s is %s and cannot be taken through \"%s\"", rec->def->zh,
                         item ? item->zh : "", row->zh, rec->def->en, item ? item->en : "", row->en);
}

static EntityDef *
input_def(const Transition *row)
{
    EntityDef *def = g_new0(EntityDef, 1);

    def->name = row->action;
    def->zh = row->zh;
    def->en = row->en;
    def->fields = row->fields;
    def->n_fields = row->n_fields;
    def->title = row->n_fields ? row->fields[0].name : NULL;
    return def;
}

/* Input records own their throw-away definition, freed with them by input_free(). */
static void
input_free(Record *input)
{
    if (!input)
        return;
    const EntityDef *def = input->def;
    record_free(input);
    g_free((gpointer) def);
}

static gboolean
read_input(Ctx *ctx, const Transition *row, const json_t *json, Record **out, GError **error)
{
    Record *input = record_new(input_def(row));
    g_autoptr(GError) all = NULL;

    *out = input;
    if (json && !record_apply_json(ctx, input, json, &all)) {
        g_propagate_error(error, g_steal_pointer(&all));
        return FALSE;
    }
    for (guint i = 0; i < row->n_fields; i++) {
        const FieldDef *f = &row->fields[i];
        if (input->values[i].is_null && f->preset)
            field_parse(f, f->preset, FALSE, f->name, &input->values[i], NULL);
        if (input->values[i].is_null && (f->flags & FF_REQUIRED))
            app_error_field(&all, f->name, "required", "请填写%s%.0s", "%.0s%s is required", f->zh, f->en);
    }
    if (all) {
        g_propagate_error(error, g_steal_pointer(&all));
        return FALSE;
    }
    return TRUE;
}

static gboolean
apply_row(Ctx *ctx, Record *rec, const Transition *row, const Record *input, GError **error)
{
    if (row->guard && !row->guard(ctx, rec, error))
        return FALSE;
    if (row->to)
        record_set_text(rec, rec->def->state_field, row->to);
    if (row->effect && !row->effect(ctx, rec, input, error))
        return FALSE;
    return record_save_as(ctx, rec, row->action, error);
}

gboolean
flow_apply(Ctx *ctx, Record *rec, const char *action, const Record *input, GError **error)
{
    const EntityModule *module = registry_find(ctx->registry, rec->def->name);
    gboolean known = FALSE;
    const Transition *row = find_row(module, action, state_of(rec), &known);

    if (!known)
        g_error("%s has no action %s", rec->def->name, action);
    if (!row)
        return refuse_state(rec, module, action, error);
    return apply_row(ctx, rec, row, input, error);
}

static gboolean
refuse_right(const EntityDef *def, const Transition *row, GError **error)
{
    g_autofree char *token = g_strdup_printf("%s.forbidden", def->name);

    return app_error_set(error, APP_ERROR_FORBIDDEN, token, "您没有“%s%s”的权限%.0s%.0s",
                         "%.0s%.0syou may not take \"%s\" on this %s", row->zh, def->zh, row->en, def->en);
}

gboolean
flow_take(Ctx *ctx, const char *entity, gint64 id, const char *action, gint64 version, const json_t *input,
          GError **error)
{
    const EntityModule *module = registry_find(ctx->registry, entity);
    const Transition *any = module ? first_row(module, action) : NULL;
    gboolean known = FALSE;

    if (!any || any->internal)
        return app_error_set(error, APP_ERROR_NOT_FOUND, "action.not_found", "没有这个操作", "no such action");
    if (!access_may(ctx->access, entity, action))
        return refuse_right(module->def, any, error);
    g_autoptr(Record) rec = record_get(ctx, entity, id, action, error);
    if (!rec)
        return FALSE;
    if (version && version != rec->version)
        return app_error_set(error, APP_ERROR_CONFLICT, "record.stale", "此记录刚被他人修改，请刷新后再操作",
                             "somebody changed this record; reload and try again");
    const Transition *row = find_row(module, action, state_of(rec), &known);
    if (!row)
        return refuse_state(rec, module, action, error);
    Record *values = NULL;
    gboolean ok = read_input(ctx, row, input, &values, error) && apply_row(ctx, rec, row, values, error);
    input_free(values);
    return ok;
}

Record *
flow_input_new(Ctx *ctx, const char *entity, const char *action)
{
    const EntityModule *module = registry_find(ctx->registry, entity);
    const Transition *row = first_row(module, action);
    static GMutex lock;
    static GHashTable *defs; /* code asks for a few actions only: their definitions are kept */

    if (!row || !row->n_fields)
        return NULL;
    g_mutex_lock(&lock);
    if (!defs)
        defs = g_hash_table_new(NULL, NULL);
    EntityDef *def = g_hash_table_lookup(defs, row);
    if (!def) {
        def = input_def(row);
        g_hash_table_insert(defs, (gpointer) row, def);
    }
    g_mutex_unlock(&lock);
    return record_new(def);
}
