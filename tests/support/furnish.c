#include "support/furnish.h"

#include "store/record.h"

#include <string.h>

typedef struct {
    const char *entity, *action;
    gint64 id;
    json_t *input;
} Change;

/* 'single quotes' make JSON readable in C. */
static json_t *
quoted(const char *text)
{
    g_autofree char *json = g_strdelimit(g_strdup(text && *text ? text : "{}"), "'", '"');
    json_error_t where;
    json_t *value = json_loads(json, 0, &where);

    if (!value)
        g_error("%s: %s", json, where.text);
    return value;
}

static gboolean
create_step(Ctx *ctx, gpointer data, GError **error)
{
    Change *change = data;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, change->entity));

    if (!record_apply_json(ctx, rec, change->input, error) || !record_save(ctx, rec, error))
        return FALSE;
    change->id = rec->id;
    return TRUE;
}

gint64
make_row(World *world, const char *login, const char *entity, GError **error, const char *format,
         ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    json_auto_t *input = quoted(text);
    Change change = { .entity = entity, .input = input };
    return world_write(world, login, create_step, &change, error) ? change.id : 0;
}

gint64
made(World *world, const char *login, const char *entity, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    json_auto_t *input = quoted(text);
    Change change = { .entity = entity, .input = input };
    world_must(world, login, create_step, &change);
    return change.id;
}

static gboolean
change_step(Ctx *ctx, gpointer data, GError **error)
{
    Change *change = data;
    g_autoptr(Record) rec = record_get(ctx, change->entity, change->id, "update", error);

    return rec && record_apply_json(ctx, rec, change->input, error) && record_save(ctx, rec, error);
}

gboolean
change_row(World *world, const char *login, const char *entity, gint64 id, GError **error,
           const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    json_auto_t *input = quoted(text);
    Change change = { .entity = entity, .id = id, .input = input };
    return world_write(world, login, change_step, &change, error);
}

static gboolean
act_step(Ctx *ctx, gpointer data, GError **error)
{
    Change *change = data;

    return flow_take(ctx, change->entity, change->id, change->action, 0, change->input, error);
}

gboolean
act(World *world, const char *login, const char *entity, gint64 id, const char *action,
    const char *input, GError **error)
{
    json_auto_t *json = quoted(input);
    Change change = { .entity = entity, .action = action, .id = id, .input = json };

    return world_write(world, login, act_step, &change, error);
}

void
act_must(World *world, const char *login, const char *entity, gint64 id, const char *action,
         const char *input)
{
    json_auto_t *json = quoted(input);
    Change change = { .entity = entity, .action = action, .id = id, .input = json };

    world_must(world, login, act_step, &change);
}

typedef struct {
    const char *entity, *field, *value;
    gint64 id;
    char *text;
} Look;

static gboolean
look_step(Ctx *ctx, gpointer data, GError **error)
{
    Look *look = data;
    g_autoptr(Record) rec = record_get(ctx, look->entity, look->id, NULL, error);

    g_clear_pointer(&look->text, g_free); /* a repeated job begins anew */
    if (!rec)
        return FALSE;
    int i = entity_field_index(rec->def, look->field);
    look->text = field_format(&rec->def->fields[i], &rec->values[i]);
    return TRUE;
}

char *
field_of(World *world, const char *entity, gint64 id, const char *field)
{
    Look look = { .entity = entity, .field = field, .id = id };

    world_must(world, NULL, look_step, &look);
    return look.text ? look.text : g_strdup("");
}

void
assert_field(World *world, const char *entity, gint64 id, const char *field, const char *text)
{
    g_autofree char *is = field_of(world, entity, id, field);

    g_assert_cmpstr(is, ==, text);
}

gint64
ref_of(World *world, const char *entity, gint64 id, const char *field)
{
    g_autofree char *is = field_of(world, entity, id, field);

    return *is ? g_ascii_strtoll(is, NULL, 10) : 0;
}

typedef struct {
    JsonWriter writer;
    gpointer data;
    json_t *json;
} Question;

static gboolean
ask_step(Ctx *ctx, gpointer data, GError **error)
{
    Question *question = data;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!question->writer(ctx, question->data, out, error))
        return FALSE;
    json_end_object(out);
    json_error_t where;
    json_decref(question->json);
    question->json = json_loads(out->buf->str, 0, &where);
    if (!question->json)
        g_error("%s: %s", out->buf->str, where.text);
    return TRUE;
}

json_t *
ask(World *world, const char *login, JsonWriter writer, gpointer data, GError **error)
{
    Question question = { .writer = writer, .data = data };

    if (world_read(world, login, ask_step, &question, error))
        return question.json;
    json_decref(question.json);
    return NULL;
}

char *
at_path(const json_t *json, const char *path)
{
    g_auto(GStrv) words = g_strsplit(path, "/", -1);

    for (guint i = 0; words[i]; i++) {
        if (json_is_array(json))
            json = json_array_get(json, (gsize) g_ascii_strtoull(words[i], NULL, 10));
        else
            json = json_object_get(json, words[i]);
    }
    if (json_is_string(json))
        return g_strdup(json_string_value(json));
    if (json_is_integer(json))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(json));
    if (json_is_boolean(json))
        return g_strdup(json_is_true(json) ? "true" : "false");
    if (json_is_array(json))
        return g_strdup_printf("[%u]", (guint) json_array_size(json));
    return g_strdup("");
}

void
assert_path(const json_t *json, const char *path, const char *text)
{
    g_autofree char *is = at_path(json, path);

    if (strcmp(is, text) != 0) {
        char *whole = json_dumps(json, JSON_INDENT(1));
        g_printerr("# %s is \"%s\", not \"%s\", in %s\n", path, is, text, whole);
        free(whole);
    }
    g_assert_cmpstr(is, ==, text);
}

static gboolean
by_code_step(Ctx *ctx, gpointer data, GError **error)
{
    Look *look = data;
    g_autoptr(Record) rec = record_find_by(ctx, look->entity, look->field, look->value, error);

    look->id = rec ? rec->id : 0;
    return rec != NULL;
}

gint64
by_code(World *world, const char *entity, const char *code)
{
    Look look = { .entity = entity, .field = "code", .value = code };

    world_must(world, NULL, by_code_step, &look);
    return look.id;
}

gint64
unit_by_no(World *world, const char *no)
{
    Look look = { .entity = "unit", .field = "no", .value = no };

    world_must(world, NULL, by_code_step, &look);
    return look.id;
}

static gboolean
seed_step(Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    return party_seed(ctx, error);
}

void
furnish(World *world)
{
    world_must(world, NULL, seed_step, NULL);
    gint64 building = made(world, NULL, "building", "{'code': 'A', 'name': 'A座'}");
    gint64 level =
        made(world, NULL, "floor",
             "{'building_id': '%" G_GINT64_FORMAT
             "', 'code': '1F', 'name': '一层', 'seq': 1, 'drawing': {'width': 100, 'height': 50,"
             " 'shapes': [{'kind': 'outline', 'points': [[0,0],[100,0],[100,50],[0,50]]}]}}",
             building);
    made(world, NULL, "unit",
         "{'no': 'A101', 'floor_id': '%" G_GINT64_FORMAT
         "', 'area_leasable': '100.00', 'has_water': true, 'has_gas': true,"
         " 'has_exhaust': true, 'floor_price': '300.0000', 'target_price': '400.0000', 'frontage': "
         "800,"
         " 'points': [[0,0],[30,0],[30,20],[0,20]]}",
         level);
    made(world, NULL, "unit",
         "{'no': 'A102', 'floor_id': '%" G_GINT64_FORMAT
         "', 'area_leasable': '60.00', 'floor_price': '350.0000', 'target_price': '450.0000'}",
         level);
    made(world, NULL, "unit",
         "{'no': 'A103', 'floor_id': '%" G_GINT64_FORMAT
         "', 'area_leasable': '200.00', 'has_water': true, 'allowed_categories': 'F'}",
         level);
}

typedef struct {
    json_t *input;
    gint64 id;
    guint duplicates;
} Inquiry;

static gboolean
inquire_step(Ctx *ctx, gpointer data, GError **error)
{
    Inquiry *inquiry = data;
    g_autoptr(GPtrArray) duplicates = NULL;

    inquiry->id = crm_inquiry_register(ctx, inquiry->input, &duplicates, error);
    inquiry->duplicates = duplicates ? duplicates->len : 0;
    return inquiry->id != 0;
}

gint64
inquire(World *world, const char *login, guint *duplicates, GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    json_auto_t *input = quoted(text);
    Inquiry inquiry = { .input = input };
    gboolean ok = world_write(world, login, inquire_step, &inquiry, error);
    if (duplicates)
        *duplicates = inquiry.duplicates;
    return ok ? inquiry.id : 0;
}

#define ID "%" G_GINT64_FORMAT

World *
centre(Dialect dialect)
{
    World *world = world_new(dialect);

    furnish(world);
    return world;
}

gint64
channel(World *world, const char *code)
{
    return by_code(world, "channel", code);
}

gint64
call(World *world, const char *login, const char *phone, const char *name, const char *brand)
{
    GError *error = NULL;
    gint64 id = inquire(
        world, login, NULL, &error,
        "{'kind': 'call', 'phone': '%s', 'name': '%s', 'brand_name': '%s', 'channel_id': '" ID
        "', 'category_id': '" ID "', 'area_min': '80.00', 'area_max': '120.00', 'budget_price': "
        "'420.0000', 'content': '想开店'}",
        phone, name, brand, channel(world, "call_in"), by_code(world, "category", "F04"));

    g_assert_no_error(error);
    return id;
}

gint64
lead_of(World *world, const char *login, const char *phone)
{
    return ref_of(world, "inquiry", call(world, login, phone, "王强", "星火咖啡"), "lead_id");
}
