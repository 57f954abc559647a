/* approval_write.c - what people see: one approval with its trail, my inbox, the approvals of a record. */
#include "domain/approval/approval_internal.h"

#include "base/clock.h"
#include "base/text.h"
#include "db/catalogue.h"
#include "store/meta_json.h"

#include <stdlib.h>
#include <string.h>

static void
write_ref(Ctx *ctx, JsonOut *out, const char *key, const char *entity, gint64 id)
{
    json_key(out, key);
    if (!id) {
        json_nil(out);
        return;
    }
    g_autofree char *label = record_ref_label(ctx, entity, id);
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "label", label);
    json_end_object(out);
}

static void
write_staff(Ctx *ctx, JsonOut *out, const char *key, gint64 id)
{
    write_ref(ctx, out, key, "staff", id);
}

/* A frozen step's name in the reader's language. Borrowed from @plan. */
static const char *
step_name(const Ctx *ctx, const json_t *plan, gint64 seq)
{
    const json_t *step = approval_plan_step(plan, seq);

    return json_string_value(json_object_get(step, ctx->lang == LANG_EN ? "name_en" : "name"));
}

static void
write_task(Ctx *ctx, const Record *task, JsonOut *out)
{
    gint64 due_at = record_int(task, "due_at");

    json_begin_object(out);
    json_kv_id(out, "id", task->id);
    write_staff(ctx, out, "staff", record_int(task, "staff_id"));
    write_staff(ctx, out, "on_behalf_of", record_int(task, "on_behalf_of_id"));
    write_staff(ctx, out, "added_by", record_int(task, "added_by_id"));
    json_kv_text(out, "state", record_text(task, "state"));
    json_kv_text(out, "decision", record_text(task, "decision"));
    json_kv_text(out, "opinion", record_text(task, "opinion"));
    json_kv_text(out, "note", record_text(task, "note"));
    json_kv_us(out, "opened_at", record_int(task, "opened_at"));
    json_kv_us(out, "due_at", due_at);
    json_kv_us(out, "decided_at", record_int(task, "decided_at"));
    json_kv_bool(out, "overdue",
                 record_is(task, "state", "open") && due_at && due_at <= ctx->now_us);
    json_end_object(out);
}

/* Notes on people: {"kind", "staff"}. */
static void
write_notes(Ctx *ctx, const json_t *notes, JsonOut *out)
{
    json_key(out, "notes");
    json_begin_array(out);
    for (gsize i = 0; i < json_array_size(notes); i++) {
        const json_t *note = json_array_get(notes, i);
        const char *id = json_string_value(json_object_get(note, "staff_id"));
        json_begin_object(out);
        json_kv_text(out, "kind", json_string_value(json_object_get(note, "kind")));
        write_staff(ctx, out, "staff", id ? g_ascii_strtoll(id, NULL, 10) : 0);
        json_end_object(out);
    }
    json_end_array(out);
}

static const char *
step_state(const Record *approval, gint64 seq)
{
    gint64 current = record_int(approval, "current_seq");

    if (seq < current || record_is(approval, "state", "agreed"))
        return "done";
    return seq == current ? "current" : "waiting";
}

/* Names of those whose step this is or was; cancelled ones left it. */
static void
write_people(Ctx *ctx, const GPtrArray *tasks, gint64 seq, JsonOut *out)
{
    json_key(out, "people");
    json_begin_array(out);
    for (guint i = 0; i < tasks->len; i++) {
        const Record *task = tasks->pdata[i];
        if (record_int(task, "seq") != seq || record_is(task, "state", "cancelled"))
            continue;
        g_autofree char *name = record_ref_label(ctx, "staff", record_int(task, "staff_id"));
        json_text(out, name);
    }
    json_end_array(out);
}

static void
write_steps(Ctx *ctx, const Record *approval, const json_t *plan, const GPtrArray *tasks,
            JsonOut *out)
{
    json_key(out, "steps");
    json_begin_array(out);
    for (gsize i = 0; i < json_array_size(plan); i++) {
        const json_t *step = json_array_get(plan, i);
        gint64 seq = json_integer_value(json_object_get(step, "seq"));
        json_begin_object(out);
        json_kv_int(out, "seq", seq);
        json_kv_text(out, "name", step_name(ctx, plan, seq));
        json_kv_text(out, "mode", json_string_value(json_object_get(step, "mode")));
        json_kv_text(out, "state", step_state(approval, seq));
        write_people(ctx, tasks, seq, out);
        write_notes(ctx, json_object_get(step, "notes"), out);
        json_key(out, "tasks");
        json_begin_array(out);
        for (guint k = 0; k < tasks->len; k++) {
            if (record_int(tasks->pdata[k], "seq") == seq)
                write_task(ctx, tasks->pdata[k], out);
        }
        json_end_array(out);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_event(Ctx *ctx, JsonOut *out, gint64 at, const char *step, gint64 by, const char *decision)
{
    json_kv_us(out, "at", at);
    json_kv_text(out, "step", step ? step : "");
    write_staff(ctx, out, "by", by);
    json_kv_text(out, "decision", decision);
}

static void
write_task_event(Ctx *ctx, const Record *task, const json_t *plan, JsonOut *out)
{
    json_begin_object(out);
    write_event(ctx, out, record_int(task, "decided_at"),
                step_name(ctx, plan, record_int(task, "seq")), record_int(task, "staff_id"),
                record_text(task, "decision"));
    write_staff(ctx, out, "on_behalf_of", record_int(task, "on_behalf_of_id"));
    json_kv_text(out, "opinion", record_text(task, "opinion"));
    json_kv_text(out, "note", record_text(task, "note"));
    write_staff(ctx, out, "added_by", record_int(task, "added_by_id"));
    json_kv_us(out, "due_at", record_int(task, "due_at"));
    json_end_object(out);
}

static int
compare_decided(gconstpointer a, gconstpointer b)
{
    gint64 x = record_int(*(Record *const *) a, "decided_at"),
           y = record_int(*(Record *const *) b, "decided_at");

    return x < y ? -1 : x > y;
}

static void
write_plain_event(Ctx *ctx, JsonOut *out, gint64 at, gint64 by, const char *decision)
{
    json_begin_object(out);
    write_event(ctx, out, at, "", by, decision);
    json_end_object(out);
}

/* What happened, in order of time; then whose turn it is. */
static void
write_events(Ctx *ctx, const Record *approval, const json_t *plan, const GPtrArray *tasks,
             JsonOut *out)
{
    g_autoptr(GPtrArray) done = g_ptr_array_new();
    gint64 drafter_id = record_int(approval, "drafter_id");

    for (guint i = 0; i < tasks->len; i++) {
        if (record_is(tasks->pdata[i], "state", "done"))
            g_ptr_array_add(done, tasks->pdata[i]);
    }
    g_ptr_array_sort(done, compare_decided);
    json_key(out, "trail");
    json_begin_array(out);
    write_plain_event(ctx, out, record_int(approval, "started_at"), drafter_id, "submit");
    for (guint i = 0; i < done->len; i++)
        write_task_event(ctx, done->pdata[i], plan, out);
    if (record_is(approval, "state", "withdrawn"))
        write_plain_event(ctx, out, record_int(approval, "ended_at"), drafter_id, "withdraw");
    for (guint i = 0; i < tasks->len; i++) {
        if (record_is(tasks->pdata[i], "state", "open"))
            write_task_event(ctx, tasks->pdata[i], plan, out);
    }
    json_end_array(out);
}

static void
write_json_value(const json_t *value, JsonOut *out)
{
    char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    json_raw(out, dump, strlen(dump));
    free(dump);
}

/* The value of a field of the subject: references by name, confidential texts masked for those who may not see them. */
static void
write_field_value(Ctx *ctx, const EntityDef *def, const FieldDef *field, const json_t *value,
                  JsonOut *out)
{
    const char *text = json_string_value(value);

    if (text && field->type == FT_REF) {
        write_ref(ctx, out, "value", field->ref, g_ascii_strtoll(text, NULL, 10));
        return;
    }
    json_key(out, "value");
    if (text && (field->flags & FF_MASKED)
        && !access_may_see(ctx->access, def->name, field->name)) {
        g_autofree char *masked = text_mask(text);
        json_text(out, masked);
    } else if (text && field->type == FT_BOOL)
        json_bool(out, strcmp(text, "true") == 0);
    else
        write_json_value(value, out);
}

static void
write_options(const FieldDef *field, JsonOut *out)
{
    json_key(out, "options");
    json_begin_array(out);
    for (const EnumItem *item = field->items; item && item->token; item++) {
        json_begin_object(out);
        json_kv_text(out, "value", item->token);
        meta_write_label(out, "label", item->zh, item->en);
        json_kv_text(out, "tone", meta_tone_name(item->tone));
        json_end_object(out);
    }
    json_end_array(out);
}

/* What was judged, as labelled lines: fields of the subject by their labels, everything else by its own key. */
static void
write_snapshot(Ctx *ctx, const Record *approval, JsonOut *out)
{
    const char *key, *text = record_text(approval, "snapshot");
    json_t *value, *snapshot = text ? json_loads(text, 0, NULL) : NULL;
    const EntityModule *module =
        registry_find(ctx->registry, record_text(approval, "subject_entity"));

    json_key(out, "snapshot");
    json_begin_array(out);
    json_object_foreach(snapshot, key, value)
    {
        const FieldDef *field = module ? entity_find_field(module->def, key) : NULL;
        json_begin_object(out);
        json_kv_text(out, "name", key);
        meta_write_label(out, "label", field ? field->zh : key, field ? field->en : key);
        json_kv_text(out, "type", field ? meta_type_name(field->type) : "json");
        if (field && field->type == FT_ENUM)
            write_options(field, out);
        if (field && field->type == FT_REF)
            json_kv_text(out, "ref", field->ref);
        if (field)
            write_field_value(ctx, module->def, field, value, out);
        else {
            json_key(out, "value");
            write_json_value(value, out);
        }
        json_end_object(out);
    }
    json_end_array(out);
    json_decref(snapshot);
}

/* The task I would decide and what I may say; the drafter may withdraw. */
static void
write_mine(Ctx *ctx, const Record *approval, const GPtrArray *mine, JsonOut *out)
{
    static const char *const words[] = { "agree", "return", "reject", "delegate", "add_sign" };
    gboolean drafter = record_is(approval, "state", "running") && ctx->staff_id
                       && record_int(approval, "drafter_id") == ctx->staff_id;

    json_key(out, "my_task");
    if (mine->len == 0 && !drafter) {
        json_nil(out);
        return;
    }
    const Record *task = mine->len > 0 ? mine->pdata[0] : NULL;
    gint64 owner = task ? record_int(task, "staff_id") : ctx->staff_id;
    json_begin_object(out);
    json_kv_id(out, "id", task ? task->id : approval->id);
    write_staff(ctx, out, "on_behalf_of", owner == ctx->staff_id ? 0 : owner);
    json_kv_us(out, "due_at", task ? record_int(task, "due_at") : 0);
    json_key(out, "actions");
    json_begin_array(out);
    for (guint i = 0; task && i < G_N_ELEMENTS(words); i++)
        json_text(out, words[i]);
    if (drafter)
        json_text(out, "withdraw");
    json_end_array(out);
    json_end_object(out);
}

static void
write_subject(JsonOut *out, const Record *approval, const EntityModule *module)
{
    const char *entity = record_text(approval, "subject_entity");

    json_key(out, "subject");
    json_begin_object(out);
    json_kv_text(out, "entity", entity);
    json_kv_id(out, "id", record_int(approval, "subject_id"));
    json_kv_text(out, "label", record_text(approval, "subject_label"));
    meta_write_label(out, "kind", module ? module->def->zh : entity,
                     module ? module->def->en : entity);
    json_end_object(out);
}

static void
write_flow(Ctx *ctx, const Record *approval, JsonOut *out)
{
    g_autoptr(Record) flow = record_find(ctx, "flow", record_int(approval, "flow_id"), NULL);
    const char *zh = flow ? record_text(flow, "name") : "";
    const char *en = flow ? record_text(flow, "name_en") : NULL;

    meta_write_label(out, "flow", zh, en ? en : zh);
}

/* Earliest time by which somebody whose turn it is should decide; 0 for none. */
static gint64
earliest_due(const GPtrArray *tasks)
{
    gint64 due_at = 0;

    for (guint i = 0; i < tasks->len; i++) {
        gint64 one = record_int(tasks->pdata[i], "due_at");
        if (record_is(tasks->pdata[i], "state", "open") && one && (!due_at || one < due_at))
            due_at = one;
    }
    return due_at;
}

static void
write_head(Ctx *ctx, const Record *approval, const json_t *plan, const GPtrArray *tasks,
           JsonOut *out)
{
    const EntityModule *module =
        registry_find(ctx->registry, record_text(approval, "subject_entity"));
    const char *kind = !module ? "" : ctx->lang == LANG_EN ? module->def->en : module->def->zh;
    const char *label = record_text(approval, "subject_label");
    g_autofree char *title = g_strdup_printf("%s %s", kind, label ? label : "");
    gint64 due_at = earliest_due(tasks);

    json_kv_id(out, "id", approval->id);
    json_kv_text(out, "no", record_text(approval, "no"));
    json_kv_text(out, "title", g_strstrip(title));
    write_flow(ctx, approval, out);
    write_subject(out, approval, module);
    write_staff(ctx, out, "requested_by", record_int(approval, "drafter_id"));
    json_kv_us(out, "requested_at", record_int(approval, "started_at"));
    json_kv_us(out, "ended_at", record_int(approval, "ended_at"));
    json_kv_day(out, "due_on", due_at ? clock_day_of(due_at) : DAY_NONE);
    json_kv_bool(out, "overdue", due_at && due_at <= ctx->now_us);
    json_kv_text(out, "state", record_text(approval, "state"));
    json_kv_text(out, "step", step_name(ctx, plan, record_int(approval, "current_seq")));
    json_kv_int(out, "round", record_int(approval, "round"));
    json_kv_int(out, "version", record_int(approval, "subject_version"));
}

typedef enum { WRITE_HEAD, WRITE_TRAIL, WRITE_ALL } HowMuch;

static gboolean
write_one(Ctx *ctx, const Record *approval, HowMuch much, JsonOut *out, GError **error)
{
    g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, 0, error);

    if (!tasks || !approval_my_tasks(ctx, approval, mine, error))
        return FALSE;
    json_t *plan = approval_plan(approval);
    write_head(ctx, approval, plan, tasks, out);
    if (much >= WRITE_TRAIL) {
        write_events(ctx, approval, plan, tasks, out);
        write_steps(ctx, approval, plan, tasks, out);
    }
    if (much == WRITE_ALL)
        write_snapshot(ctx, approval, out);
    write_mine(ctx, approval, mine, out);
    json_decref(plan);
    return TRUE;
}

static gboolean
took_part(Ctx *ctx, const Record *approval, gboolean *did, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.took_part", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "approval_id", approval->id);
    db_bind_int(stmt, "me", ctx->staff_id);
    return db_step(stmt, did, error);
}

/* The drafter, those who took part or could decide now, and readers of the whole property. */
static gboolean
may_see(Ctx *ctx, const Record *approval, gboolean *may, GError **error)
{
    g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);

    *may = access_scope(ctx->access, "approval", "read") >= SCOPE_PROPERTY
           || (ctx->staff_id && record_int(approval, "drafter_id") == ctx->staff_id);
    if (*may)
        return TRUE;
    if (!approval_my_tasks(ctx, approval, mine, error))
        return FALSE;
    *may = mine->len > 0;
    return *may || took_part(ctx, approval, may, error);
}

gboolean
approval_write_json(Ctx *ctx, gint64 approval_id, JsonOut *out, GError **error)
{
    gboolean may = FALSE;
    g_autoptr(Record) approval = record_get(ctx, "approval", approval_id, NULL, error);

    if (!approval || !may_see(ctx, approval, &may, error))
        return FALSE;
    if (!may)
        return app_error_set(error, APP_ERROR_NOT_FOUND, "approval.not_found",
                             "没有这条审批，或您无权查看",
                             "no such approval, or you may not see it");
    return write_one(ctx, approval, WRITE_ALL, out, error);
}

/* "items": the approvals that @stmt names in its first column; "total". */
static gboolean
write_items(Ctx *ctx, DbStmt *stmt, HowMuch much, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        gint64 id = row ? db_int(stmt, 0) : 0;
        if (row)
            g_array_append_val(ids, id);
    } while (row);
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) approval =
            record_get(ctx, "approval", g_array_index(ids, gint64, i), NULL, error);
        json_begin_object(out);
        if (!approval || !write_one(ctx, approval, much, out, error))
            return FALSE;
        json_end_object(out);
    }
    json_end_array(out);
    json_kv_int(out, "total", ids->len);
    return TRUE;
}

gboolean
approval_inbox_write(Ctx *ctx, JsonOut *out, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.inbox", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "me", ctx->staff_id);
    db_bind_day(stmt, "today", ctx->today);
    return write_items(ctx, stmt, WRITE_HEAD, out, error);
}

gboolean
approval_box_write(Ctx *ctx, const char *box, JsonOut *out, GError **error)
{
    gboolean done = strcmp(box, "done") == 0;
    g_autoptr(DbStmt) stmt = NULL;

    if (!done && strcmp(box, "sent") != 0)
        return approval_inbox_write(ctx, out, error);
    stmt = db_named(ctx->db, done ? "approval.done" : "approval.sent", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "me", ctx->staff_id);
    return write_items(ctx, stmt, WRITE_HEAD, out, error);
}

gboolean
approval_write_trail(Ctx *ctx, const char *entity, gint64 record_id, JsonOut *out, GError **error)
{
    g_autoptr(Record) subject = record_get(ctx, entity, record_id, "read", error);
    g_autoptr(DbStmt) stmt = subject ? db_named(ctx->db, "approval.of_record", error) : NULL;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "subject_id", record_id);
    return write_items(ctx, stmt, WRITE_TRAIL, out, error);
}
