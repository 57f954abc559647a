#include "store/meta_json.h"

#include "store/store_internal.h"

#include <string.h>

static const char *const type_names[FT__N] = {
    [FT_TEXT] = "text",   [FT_LONGTEXT] = "longtext", [FT_INT] = "int",         [FT_BOOL] = "bool",
    [FT_MONEY] = "money", [FT_PRICE] = "price",       [FT_AREA] = "area",       [FT_PERCENT] = "percent",
    [FT_DAY] = "day",     [FT_INSTANT] = "instant",   [FT_ENUM] = "enum",       [FT_REF] = "ref",
    [FT_JSON] = "json",
};
static const char *const tone_names[] = {
    [TONE_GRAY] = "gray", [TONE_GREEN] = "green",   [TONE_AMBER] = "amber",
    [TONE_BLUE] = "blue", [TONE_VIOLET] = "violet", [TONE_RED] = "red",
};

const char *
meta_type_name(FieldType type)
{
    return type_names[type];
}

const char *
meta_tone_name(Tone tone)
{
    return tone_names[tone];
}

void
meta_write_label(JsonOut *out, const char *key, const char *zh, const char *en)
{
    json_key(out, key);
    json_begin_object(out);
    json_kv_text(out, "zh", zh);
    json_kv_text(out, "en", en);
    json_end_object(out);
}

static void
write_options(JsonOut *out, const EnumItem *items)
{
    json_key(out, "options");
    json_begin_array(out);
    for (; items->token; items++) {
        json_begin_object(out);
        json_kv_text(out, "value", items->token);
        meta_write_label(out, "label", items->zh, items->en);
        json_kv_text(out, "tone", tone_names[items->tone]);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_bound(JsonOut *out, const FieldDef *field, const char *key, gint64 bound)
{
    Value value = { .i = bound };
    g_autofree char *text = field_format(field, &value);

    json_kv_text(out, key, text);
}

void
meta_write_field(JsonOut *out, const FieldDef *field)
{
    static const struct {
        const char *key;
        FieldFlags flag;
    } flags[] = {
        { "required", FF_REQUIRED }, { "readonly", FF_READONLY | FF_DERIVED }, { "immutable", FF_IMMUTABLE },
        { "masked", FF_MASKED },     { "filter", FF_FILTER },                  { "sort", FF_SORT },
    };

    json_begin_object(out);
    json_kv_text(out, "name", field->name);
    json_kv_text(out, "type", type_names[field->type]);
    meta_write_label(out, "label", field->zh, field->en);
    if (field->ref)
        json_kv_text(out, "ref", field->ref);
    for (guint i = 0; i < G_N_ELEMENTS(flags); i++)
        json_kv_bool(out, flags[i].key, (field->flags & flags[i].flag) != 0);
    if (field_is_text(field))
        json_kv_int(out, "max", field->max);
    else if (field->max) {
        write_bound(out, field, "min", field->min);
        write_bound(out, field, "max", field->max);
    }
    json_kv_text(out, "doc", field->doc);
    json_kv_text(out, "preset", field->preset);
    if (field->items)
        write_options(out, field->items);
    json_end_object(out);
}

/* Words of a blank-separated list as a JSON array. */
static void
write_words(JsonOut *out, const char *key, const char *words)
{
    g_auto(GStrv) list = g_strsplit(words ? words : "", " ", -1);

    json_key(out, key);
    json_begin_array(out);
    for (guint i = 0; list[i]; i++) {
        if (*list[i])
            json_text(out, list[i]);
    }
    json_end_array(out);
}

static void
write_form(JsonOut *out, const EntityDef *def)
{
    json_key(out, "form");
    json_begin_array(out);
    for (const FieldGroup *g = def->form; g && g->fields; g++) {
        json_begin_object(out);
        meta_write_label(out, "label", g->zh, g->en);
        write_words(out, "fields", g->fields);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_rights(const Ctx *ctx, const EntityModule *module, JsonOut *out)
{
    static const struct {
        const char *right;
        EntityFlags without;
    } rights[] = {
        { "create", EF_NO_CREATE }, { "update", EF_NO_UPDATE }, { "export", 0 },
        { "import", EF_NO_IMPORT }, { "reveal", 0 },
    };

    json_key(out, "actions");
    json_begin_array(out);
    for (guint i = 0; i < G_N_ELEMENTS(rights); i++) {
        if (!(module->def->flags & rights[i].without)
            && access_may(ctx->access, module->def->name, rights[i].right))
            json_text(out, rights[i].right);
    }
    for (guint i = 0; i < module->n_flow; i++) {
        if (!module->flow[i].internal && access_may(ctx->access, module->def->name, module->flow[i].action))
            json_text(out, module->flow[i].action);
    }
    json_end_array(out);
}

/* Setting what classifies records, on many of them; nothing is asked for, and what is left empty stays as it is. */
static void
write_bulk_update(JsonOut *out, const EntityDef *def)
{
    g_auto(GStrv) names = g_strsplit(def->bulk, " ", -1);

    json_begin_object(out);
    json_kv_text(out, "name", "update");
    meta_write_label(out, "label", "批量归类", "Classify");
    json_kv_text(out, "tone", "default");
    json_key(out, "fields");
    json_begin_array(out);
    for (guint i = 0; names[i]; i++) {
        FieldDef field = *entity_find_field(def, names[i]);
        field.flags &= ~FF_REQUIRED;
        field.preset = NULL;
        meta_write_field(out, &field);
    }
    json_end_array(out);
    json_end_object(out);
}

/* The same action from several states is one button. */
static gboolean
is_first(const EntityModule *module, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (strcmp(module->flow[i].action, module->flow[n].action) == 0)
            return FALSE;
    }
    return TRUE;
}

static void
write_bulk(const Ctx *ctx, const EntityModule *module, JsonOut *out)
{
    json_key(out, "bulk");
    json_begin_array(out);
    if (module->def->bulk && access_may(ctx->access, module->def->name, "update"))
        write_bulk_update(out, module->def);
    for (guint i = 0; i < module->n_flow; i++) {
        if (module->flow[i].bulk && is_first(module, i) && access_may(ctx->access, module->def->name, module->flow[i].action))
            action_write_json(out, &module->flow[i]);
    }
    json_end_array(out);
}

void
meta_write_entity(const Ctx *ctx, const EntityModule *module, JsonOut *out)
{
    const EntityDef *def = module->def;

    json_begin_object(out);
    json_kv_text(out, "name", def->name);
    meta_write_label(out, "label", def->zh, def->en);
    json_kv_text(out, "title", def->title);
    json_kv_text(out, "title_en", def->title_en);
    json_kv_text(out, "subtitle", def->subtitle);
    json_kv_text(out, "doc", def->doc);
    json_key(out, "fields");
    json_begin_array(out);
    for (guint i = 0; i < def->n_fields; i++) {
        if (!(def->fields[i].flags & FF_SECRET))
            meta_write_field(out, &def->fields[i]);
    }
    json_end_array(out);
    json_key(out, "list");
    json_begin_object(out);
    write_words(out, "columns", def->list_columns ? def->list_columns : def->title);
    write_words(out, "filters", def->list_filters);
    json_kv_text(out, "sort", def->list_sort);
    json_kv_text(out, "segment", def->state_field);
    json_end_object(out);
    json_key(out, "mobile");
    json_begin_object(out);
    write_words(out, "lines", def->mobile_lines);
    json_end_object(out);
    write_form(out, def);
    write_rights(ctx, module, out);
    write_bulk(ctx, module, out);
    json_end_object(out);
}

void
meta_write_value(JsonOut *out, const FieldDef *field, const Value *value)
{
    value_write_json(out, field, value, FALSE);
}
