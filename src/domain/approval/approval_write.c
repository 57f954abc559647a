/* approval_write.c - what people see: one approval with its trail, my inbox, the approvals of a record. */
#include "domain/approval/approval_internal.h"

#include "db/catalogue.h"

#include <string.h>

static void
write_ref(JsonOut *out, const char *key, gint64 id, const char *label)
{
    json_key(out, key);
    if (!id) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "label", label ? label : "");
    json_end_object(out);
}

static void
write_staff(Ctx *ctx, JsonOut *out, const char *key, gint64 id)
{
    g_autofree char *label = record_ref_label(ctx, "staff", id);

    write_ref(out, key, id, label);
}

static void
write_task(Ctx *ctx, const Record *task, JsonOut *out)
{
    gboolean open = record_is(task, "state", "open");
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
    json_kv_bool(out, "overdue", open && due_at && due_at <= ctx->now_us);
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
    if (seq > current)
        return "waiting";
    return record_is(approval, "state", "running") ? "open" : "ended";
}

/* "trail": the steps as they were frozen, each with its tasks. */
static gboolean
write_steps(Ctx *ctx, const Record *approval, JsonOut *out, GError **error)
{
    g_autoptr(GPtrArray) tasks = approval_tasks(ctx, approval->id, 0, error);
    json_t *plan = approval_plan(approval);

    json_key(out, "trail");
    json_begin_array(out);
    for (gsize i = 0; tasks && i < json_array_size(plan); i++) {
        const json_t *step = json_array_get(plan, i);
        gint64 seq = json_integer_value(json_object_get(step, "seq"));
        json_begin_object(out);
        json_kv_int(out, "seq", seq);
        json_kv_text(out, "name", json_string_value(json_object_get(step, "name")));
        json_kv_text(out, "mode", json_string_value(json_object_get(step, "mode")));
        json_kv_text(out, "state", step_state(approval, seq));
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
    json_decref(plan);
    return tasks != NULL;
}

/* "my_task": the one I would decide, or null; "decisions": what I may say. */
static gboolean
write_mine(Ctx *ctx, const Record *approval, JsonOut *out, GError **error)
{
    static const char *const words[] = { "agree", "return", "reject", "delegate", "add_sign" };
    g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);

    if (!approval_my_tasks(ctx, approval, mine, error))
        return FALSE;
    json_key(out, "my_task");
    if (mine->len > 0) {
        const Record *task = mine->pdata[0];
        gint64 owner = record_int(task, "staff_id");
        json_begin_object(out);
        json_kv_id(out, "id", task->id);
        write_staff(ctx, out, "on_behalf_of", owner == ctx->staff_id ? 0 : owner);
        json_kv_us(out, "due_at", record_int(task, "due_at"));
        json_end_object(out);
    } else
        json_nil(out);
    json_key(out, "decisions");
    json_begin_array(out);
    for (guint i = 0; mine->len > 0 && i < G_N_ELEMENTS(words); i++)
        json_text(out, words[i]);
    if (record_is(approval, "state", "running") && ctx->staff_id
        && record_int(approval, "drafter_id") == ctx->staff_id)
        json_text(out, "withdraw");
    json_end_array(out);
    return TRUE;
}

static void
write_subject(const Ctx *ctx, const Record *approval, JsonOut *out)
{
    const char *entity = record_text(approval, "subject_entity");
    const EntityModule *module = registry_find(ctx->registry, entity);

    json_key(out, "subject");
    json_begin_object(out);
    json_kv_text(out, "entity", entity);
    json_kv_id(out, "id", record_int(approval, "subject_id"));
    json_kv_text(out, "label", record_text(approval, "subject_label"));
    json_key(out, "kind");
    json_begin_object(out);
    json_kv_text(out, "zh", module ? module->def->zh : entity);
    json_kv_text(out, "en", module ? module->def->en : entity);
    json_end_object(out);
    json_end_object(out);
}

gboolean
approval_write_more(Ctx *ctx, const Record *approval, JsonOut *out, GError **error)
{
    write_subject(ctx, approval, out);
    return write_steps(ctx, approval, out, error) && write_mine(ctx, approval, out, error);
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
    return record_write_json(ctx, approval, out, error)
           && approval_write_more(ctx, approval, out, error);
}

static void
write_inbox_item(Ctx *ctx, const DbStmt *stmt, JsonOut *out)
{
    gint64 due_at = db_is_null(stmt, 4) ? 0 : db_int(stmt, 4);
    gint64 owner_id = db_int(stmt, 2);
    const EntityModule *module = registry_find(ctx->registry, db_text(stmt, 6));

    json_begin_object(out);
    json_kv_id(out, "id", db_int(stmt, 1));
    json_kv_id(out, "task_id", db_int(stmt, 0));
    json_kv_text(out, "no", db_text(stmt, 5));
    json_key(out, "subject");
    json_begin_object(out);
    json_kv_text(out, "entity", db_text(stmt, 6));
    json_kv_id(out, "id", db_int(stmt, 7));
    json_kv_text(out, "label", db_text(stmt, 8));
    json_key(out, "kind");
    json_begin_object(out);
    json_kv_text(out, "zh", module ? module->def->zh : db_text(stmt, 6));
    json_kv_text(out, "en", module ? module->def->en : db_text(stmt, 6));
    json_end_object(out);
    json_end_object(out);
    json_kv_text(out, "flow", db_text(stmt, 12));
    json_kv_int(out, "round", db_int(stmt, 9));
    write_ref(out, "drafter", db_int(stmt, 10), db_text(stmt, 11));
    write_ref(out, "on_behalf_of", owner_id == ctx->staff_id ? 0 : owner_id, db_text(stmt, 13));
    json_kv_us(out, "opened_at", db_int(stmt, 3));
    json_kv_us(out, "due_at", due_at);
    json_kv_bool(out, "overdue", due_at && due_at <= ctx->now_us);
    json_end_object(out);
}

gboolean
approval_inbox_write(Ctx *ctx, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    gint64 count = 0;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.inbox", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "me", ctx->staff_id);
    db_bind_day(stmt, "today", ctx->today);
    json_key(out, "items");
    json_begin_array(out);
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (row) {
            write_inbox_item(ctx, stmt, out);
            count++;
        }
    } while (row);
    json_end_array(out);
    json_kv_int(out, "count", count);
    return TRUE;
}

static gboolean
write_one_of_record(Ctx *ctx, gint64 approval_id, JsonOut *out, GError **error)
{
    g_autoptr(Record) approval = record_get(ctx, "approval", approval_id, NULL, error);

    if (!approval)
        return FALSE;
    json_begin_object(out);
    json_kv_id(out, "id", approval->id);
    json_kv_text(out, "no", record_text(approval, "no"));
    json_kv_int(out, "round", record_int(approval, "round"));
    json_kv_text(out, "state", record_text(approval, "state"));
    json_kv_int(out, "current_seq", record_int(approval, "current_seq"));
    write_staff(ctx, out, "drafter", record_int(approval, "drafter_id"));
    json_kv_us(out, "started_at", record_int(approval, "started_at"));
    json_kv_us(out, "ended_at", record_int(approval, "ended_at"));
    gboolean ok = write_steps(ctx, approval, out, error) && write_mine(ctx, approval, out, error);
    json_end_object(out);
    return ok;
}

gboolean
approval_write_trail(Ctx *ctx, const char *entity, gint64 record_id, JsonOut *out, GError **error)
{
    gboolean row = FALSE, ok = TRUE;
    g_autoptr(Record) subject = record_get(ctx, entity, record_id, "read", error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = subject ? db_named(ctx->db, "approval.of_record", error) : NULL;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "subject_id", record_id);
    do {
        if (!db_step(stmt, &row, error))
            return FALSE;
        gint64 id = row ? db_int(stmt, 0) : 0;
        if (row)
            g_array_append_val(ids, id);
    } while (row);
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = 0; ok && i < ids->len; i++)
        ok = write_one_of_record(ctx, g_array_index(ids, gint64, i), out, error);
    json_end_array(out);
    return ok;
}
