#include "support/flows.h"

#include "domain/org/org.h"

#include <string.h>

typedef struct {
    World *world;
    const char *code, *condition;
    const StepSpec *steps;
    gint64 id;
} FlowCall;

static gboolean
find_id(Ctx *ctx, const char *entity, const char *code, gint64 *id)
{
    g_autoptr(Record) rec = record_find_by(ctx, entity, "code", code, NULL);

    *id = rec ? rec->id : 0;
    return rec != NULL;
}

static gboolean
add_step(Ctx *ctx, const FlowCall *call, guint i, GError **error)
{
    const StepSpec *spec = &call->steps[i];
    gint64 id = 0;
    g_autoptr(Record) step = record_new(registry_def(ctx->registry, "flow_step"));
    g_autofree char *name = g_strdup_printf("第%u步", i + 1);

    record_set_id(step, "flow_id", call->id);
    record_set_int(step, "seq", i + 1);
    record_set_text(step, "name", name);
    record_set_text(step, "approver", spec->approver);
    record_set_text(step, "mode", spec->mode);
    record_set_text(step, "condition", spec->condition);
    if (spec->hours)
        record_set_int(step, "deadline_hours", spec->hours);
    if (strcmp(spec->approver, "role") == 0 && find_id(ctx, "role", spec->who, &id))
        record_set_id(step, "role_id", id);
    if (strcmp(spec->approver, "post") == 0 && find_id(ctx, "post", spec->who, &id))
        record_set_id(step, "post_id", id);
    if (strcmp(spec->approver, "staff") == 0)
        record_set_id(step, "staff_id", world_staff(call->world, spec->who));
    return record_save(ctx, step, error);
}

static gboolean
make_flow(Ctx *ctx, gpointer data, GError **error)
{
    FlowCall *call = data;
    g_autoptr(Record) flow = record_new(registry_def(ctx->registry, "flow"));

    record_set_text(flow, "code", call->code);
    record_set_text(flow, "name", call->code);
    record_set_text(flow, "subject_entity", "request");
    record_set_text(flow, "condition", call->condition);
    record_set_int(flow, "priority", call->condition ? 200 : 100);
    if (!record_save(ctx, flow, error))
        return FALSE;
    call->id = flow->id;
    for (guint i = 0; call->steps[i].approver; i++) {
        if (!add_step(ctx, call, i, error))
            return FALSE;
    }
    return TRUE;
}

gint64
flow_make(World *world, const char *code, const char *condition, const StepSpec *steps)
{
    FlowCall call = { world, code, condition, steps, 0 };

    world_must(world, NULL, make_flow, &call);
    return call.id;
}

typedef struct {
    gint64 id, to;
    const char *decision, *opinion;
} DecideCall;

static gboolean
run_decide(Ctx *ctx, gpointer data, GError **error)
{
    const DecideCall *call = data;

    return approval_decide(ctx, call->id, call->decision, call->opinion, call->to, error);
}

gboolean
decide(World *world, const char *login, gint64 approval_id, const char *decision,
       const char *opinion, const char *to_login, GError **error)
{
    DecideCall call = { approval_id, to_login ? world_staff(world, to_login) : 0, decision,
                        opinion };

    return world_write(world, login, run_decide, &call, error);
}

void
decide_must(World *world, const char *login, gint64 approval_id, const char *decision,
            const char *opinion, const char *to_login)
{
    DecideCall call = { approval_id, to_login ? world_staff(world, to_login) : 0, decision,
                        opinion };

    world_must(world, login, run_decide, &call);
}

void
decide_refused(World *world, const char *login, gint64 approval_id, const char *decision,
               const char *token)
{
    GError *error = NULL;

    g_assert_false(decide(world, login, approval_id, decision, "意见", NULL, &error));
    world_refused(&error, token);
}

typedef struct {
    World *world;
    gint64 id;
    char *text;
} LookCall;

static gboolean
look_state(Ctx *ctx, gpointer data, GError **error)
{
    LookCall *call = data;
    g_autoptr(Record) rec = record_get(ctx, "approval", call->id, NULL, error);

    call->text = rec ? g_strdup(record_text(rec, "state")) : NULL;
    return rec != NULL;
}

char *
approval_state(World *world, gint64 approval_id)
{
    LookCall call = { world, approval_id, NULL };

    world_must(world, NULL, look_state, &call);
    return call.text;
}

void
assert_approval(World *world, gint64 approval_id, const char *state)
{
    g_autofree char *is = approval_state(world, approval_id);

    g_assert_cmpstr(is, ==, state);
}

static gboolean
approval_look(Ctx *ctx, gpointer data, GError **error)
{
    gpointer *call = data;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!approval_write_json(ctx, *(gint64 *) call[0], out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    *(json_t **) call[1] = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(*(json_t **) call[1]);
    return TRUE;
}

json_t *
approval_seen(World *world, const char *login, gint64 approval_id, GError **error)
{
    json_t *seen = NULL;
    gpointer call[] = { &approval_id, &seen };

    return world_read(world, login, approval_look, call, error) ? seen : NULL;
}

static int
compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

static const char *
login_of(const World *world, gint64 id)
{
    GHashTableIter iter;
    gpointer login, value;

    g_hash_table_iter_init(&iter, world->staff);
    while (g_hash_table_iter_next(&iter, &login, &value)) {
        if (*(gint64 *) value == id)
            return login;
    }
    return "?";
}

char *
open_logins(World *world, gint64 approval_id)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    gsize i = 0, k = 0;
    json_t *step, *task, *seen = approval_seen(world, NULL, approval_id, NULL);

    json_array_foreach(json_object_get(seen, "steps"), i, step)
    {
        json_array_foreach(json_object_get(step, "tasks"), k, task)
        {
            const char *id =
                json_string_value(json_object_get(json_object_get(task, "staff"), "id"));
            if (g_strcmp0(json_string_value(json_object_get(task, "state")), "open") == 0)
                g_ptr_array_add(names, (gpointer) login_of(world, g_ascii_strtoll(id, NULL, 10)));
        }
    }
    json_decref(seen);
    g_ptr_array_sort(names, compare_text);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(" ", (char **) names->pdata);
}

void
assert_open(World *world, gint64 approval_id, const char *logins)
{
    g_autofree char *open = open_logins(world, approval_id);

    g_assert_cmpstr(open, ==, logins);
}

static gboolean
look_inbox(Ctx *ctx, gpointer data, GError **error)
{
    guint *count = data;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!approval_inbox_write(ctx, out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    json_t *json = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
    *count = (guint) json_array_size(json_object_get(json, "items"));
    g_assert_cmpint(json_integer_value(json_object_get(json, "total")), ==, *count);
    json_decref(json);
    return TRUE;
}

guint
inbox_count(World *world, const char *login)
{
    guint count = 0;

    world_must(world, login, look_inbox, &count);
    return count;
}

typedef struct {
    gint64 from, to, shift, id;
    const char *powers;
} GiveCall;

static gboolean
give(Ctx *ctx, gpointer data, GError **error)
{
    GiveCall *call = data;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "delegation"));

    record_set_id(rec, "from_staff_id", call->from);
    record_set_id(rec, "to_staff_id", call->to);
    record_set_text(rec, "powers", call->powers);
    record_set_day(rec, "from_on", ctx->today + call->shift);
    record_set_day(rec, "to_on", ctx->today + call->shift + 6);
    record_set_text(rec, "reason", "休假");
    if (!record_save(ctx, rec, error))
        return FALSE;
    call->id = rec->id;
    return TRUE;
}

gint64
delegation_make(World *world, const char *from, const char *to, const char *powers, gint64 shift)
{
    GiveCall call = { world_staff(world, from), world_staff(world, to), shift, 0, powers };

    world_must(world, from, give, &call);
    return call.id;
}

static gboolean
switch_off(Ctx *ctx, gpointer data, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "staff", *(gint64 *) data, NULL, error);

    if (!rec)
        return FALSE;
    record_set_int(rec, "active", 0);
    return record_save(ctx, rec, error);
}

void
staff_switch_off(World *world, const char *login)
{
    gint64 id = world_staff(world, login);

    world_must(world, "admin", switch_off, &id);
}

static gboolean
count_told(Ctx *ctx, gpointer data, GError **error)
{
    gpointer *call = data;
    gsize i = 0;
    json_t *item;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    if (!org_notifications_write(ctx, out, error))
        return FALSE;
    json_end_object(out);
    g_autoptr(GString) text = json_out_steal(out);
    json_t *json = json_loads(text->str, 0, NULL);
    json_array_foreach(json_object_get(json, "items"), i, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "kind")), call[0]) == 0)
            (*(guint *) call[1])++;
    }
    json_decref(json);
    return TRUE;
}

guint
told(World *world, const char *login, const char *kind)
{
    guint count = 0;
    gpointer call[] = { (gpointer) kind, &count };

    world_must(world, login, count_told, call);
    return count;
}
