/* approval_start.c - a submission: which flow, which steps, which people; frozen, then begun. */
#include "domain/approval/approval_internal.h"

#include "db/catalogue.h"

#include <stdlib.h>
#include <string.h>

/* One step as it will run. */
typedef struct {
    Record *step; /* of flow_step */
    StaffList *people;
    GArray *places; /* gint64, beside people: whose seat it is; modes "each" and "ordered" go by it */
    gboolean drafter_skipped;
    gboolean moved_up;
} Planned;

static void
planned_free(gpointer data)
{
    Planned *planned = data;

    record_free(planned->step);
    g_array_unref(planned->people);
    g_array_unref(planned->places);
    g_free(planned);
}

json_t *
approval_plan(const Record *approval)
{
    const char *text = record_text(approval, "steps");

    return text ? json_loads(text, 0, NULL) : json_array();
}

const json_t *
approval_plan_step(const json_t *plan, gint64 seq)
{
    for (gsize i = 0; i < json_array_size(plan); i++) {
        const json_t *step = json_array_get(plan, i);
        if (json_integer_value(json_object_get(step, "seq")) == seq)
            return step;
    }
    return NULL;
}

/* Ids of a statement's first column. */
static gboolean
read_ids(DbStmt *stmt, GArray *ids, GError **error)
{
    gboolean row = FALSE;

    for (;;) {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
}

/* The first active flow of the entity whose condition fits, in order of code and priority. transfer full. */
static Record *
pick_flow(Ctx *ctx, const ApprovalSubject *subject, const Record *rec, const json_t *snapshot,
          GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.flows", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", rec->def->name);
    db_bind_text(stmt, "code", subject ? subject->flow_code : NULL);
    if (!read_ids(stmt, ids, error))
        return NULL;
    for (guint i = 0; i < ids->len; i++) {
        gboolean fits = FALSE;
        g_autoptr(Record) flow =
            record_get(ctx, "flow", g_array_index(ids, gint64, i), NULL, error);
        if (!flow
            || !approval_condition_fits(record_text(flow, "condition"), snapshot, rec, &fits,
                                        error))
            return NULL;
        if (fits)
            return g_steal_pointer(&flow);
    }
    app_error_set(
        error, APP_ERROR_CONFLICT, "approval.no_flow", "没有适用于此%s的审批流程，请联系管理员%.0s",
        "%.0sno approval flow fits this %s; ask the administrator", rec->def->zh, rec->def->en);
    return NULL;
}

static gboolean
find_people(Ctx *ctx, const Record *step, gint64 drafter_id, StaffList *people, GError **error)
{
    gboolean active = FALSE;

    if (record_is(step, "approver", "role"))
        return approval_people_of_role(ctx, record_int(step, "role_id"), people, error);
    if (record_is(step, "approver", "post"))
        return approval_people_of_post(ctx, record_int(step, "post_id"), people, error);
    if (record_is(step, "approver", "manager"))
        return approval_people_above(ctx, drafter_id, drafter_id, people, error);
    if (!approval_staff_is_active(ctx, record_int(step, "staff_id"), &active, error))
        return FALSE;
    if (active)
        staff_list_add(people, record_int(step, "staff_id"));
    return TRUE;
}

static void
seat(Planned *planned, gint64 staff_id, gint64 place)
{
    g_array_append_val(planned->people, staff_id);
    g_array_append_val(planned->places, place);
}

/* Nobody judges their own request: without the drafter, and never empty. @place of all of them; -1: one after another. */
static gboolean
plan_seats(Ctx *ctx, Planned *planned, StaffList *found, gint64 drafter_id, gint64 place, GError **error)
{
    guint before = planned->people->len;

    for (guint i = 0; i < found->len; i++) {
        if (staff_list_at(found, i) == drafter_id)
            planned->drafter_skipped = TRUE;
        else
            seat(planned, staff_list_at(found, i), place < 0 ? (gint64) (planned->people->len - before) : place);
    }
    if (planned->people->len > before)
        return TRUE;
    g_autoptr(StaffList) instead = staff_list_new();
    planned->moved_up = TRUE;
    if (!approval_people_instead(ctx, drafter_id, instead, error))
        return FALSE;
    for (guint i = 0; i < instead->len; i++)
        seat(planned, staff_list_at(instead, i), place < 0 ? i : place);
    return instead->len > 0
           || app_error_set(
               error, APP_ERROR_CONFLICT, "approval.nobody",
               "步骤“%s”除发起人外没有人可以审批，请先安排审批人",
               "nobody but the drafter could decide the step \"%s\"; appoint somebody first",
               record_text(planned->step, "name"));
}

/* One group of seats for each role that is asked; a person who holds two of them sits in both. */
static gboolean
plan_roles(Ctx *ctx, Planned *planned, gint64 drafter_id, GError **error)
{
    g_auto(GStrv) codes = g_strsplit(record_text(planned->step, "roles"), " ", -1);

    for (guint i = 0; codes[i]; i++) {
        g_autoptr(StaffList) found = staff_list_new();
        if (!approval_people_of_code(ctx, codes[i], 0, found, error) || !plan_seats(ctx, planned, found, drafter_id, i, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
plan_people(Ctx *ctx, Planned *planned, gint64 drafter_id, GError **error)
{
    g_autoptr(StaffList) found = staff_list_new();

    if (record_is(planned->step, "approver", "roles"))
        return plan_roles(ctx, planned, drafter_id, error);
    return find_people(ctx, planned->step, drafter_id, found, error) && plan_seats(ctx, planned, found, drafter_id, -1, error);
}

/* Takes @step. */
static gboolean
plan_step(Ctx *ctx, Record *step, gint64 drafter_id, GPtrArray *plan, GError **error)
{
    Planned *planned = g_new0(Planned, 1);

    planned->step = step;
    planned->people = staff_list_new();
    planned->places = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_ptr_array_add(plan, planned);
    return plan_people(ctx, planned, drafter_id, error);
}

static GPtrArray *
plan_steps(Ctx *ctx, const Record *flow, const Record *rec, const json_t *snapshot,
           gint64 drafter_id, GError **error)
{
    g_autoptr(GPtrArray) plan = g_ptr_array_new_with_free_func(planned_free);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.steps", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "flow_id", flow->id);
    if (!read_ids(stmt, ids, error))
        return NULL;
    for (guint i = 0; i < ids->len; i++) {
        gboolean fits = FALSE;
        g_autoptr(Record) step =
            record_get(ctx, "flow_step", g_array_index(ids, gint64, i), NULL, error);
        if (!step
            || !approval_condition_fits(record_text(step, "condition"), snapshot, rec, &fits,
                                        error))
            return NULL;
        if (fits && !plan_step(ctx, g_steal_pointer(&step), drafter_id, plan, error))
            return NULL;
    }
    if (plan->len > 0)
        return g_steal_pointer(&plan);
    app_error_set(error, APP_ERROR_CONFLICT, "approval.no_step",
                  "审批流程“%s”没有适用的步骤，请联系管理员",
                  "no step of the approval flow \"%s\" applies; ask the administrator",
                  record_text(flow, "name"));
    return NULL;
}

static void
add_note(json_t *step, const char *kind, gint64 staff_id)
{
    json_t *notes = json_object_get(step, "notes");
    json_t *note = json_object();

    json_object_set_new(note, "kind", json_string(kind));
    if (staff_id) {
        g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, staff_id);
        json_object_set_new(note, "staff_id", json_string(id));
    }
    json_array_append_new(notes, note);
}

/* The plan as it is kept on the approval. transfer full. */
static char *
plan_text(const GPtrArray *plan, gint64 drafter_id)
{
    json_t *list = json_array();

    for (guint i = 0; i < plan->len; i++) {
        const Planned *planned = plan->pdata[i];
        gboolean each = record_is(planned->step, "mode", "each"); /* somebody else sits in the empty seat only */
        const char *mode = planned->moved_up && !each ? "any" : record_text(planned->step, "mode");
        json_t *step = json_object();
        json_object_set_new(step, "seq", json_integer((json_int_t) i + 1));
        json_object_set_new(step, "name", json_string(record_text(planned->step, "name")));
        const char *name_en = record_text(planned->step, "name_en");
        json_object_set_new(step, "name_en",
                            json_string(name_en ? name_en : record_text(planned->step, "name")));
        json_object_set_new(step, "approver", json_string(record_text(planned->step, "approver")));
        json_object_set_new(step, "mode", json_string(mode));
        json_object_set_new(step, "deadline_hours",
                            json_integer(record_int(planned->step, "deadline_hours")));
        json_object_set_new(step, "notes", json_array());
        if (planned->drafter_skipped)
            add_note(step, "drafter_skipped", drafter_id);
        if (planned->moved_up)
            add_note(step, "moved_up", 0);
        json_array_append_new(list, step);
    }
    char *dump = json_dumps(list, JSON_COMPACT);
    char *text = g_strdup(dump);
    free(dump);
    json_decref(list);
    return text;
}

static gboolean
count_rounds(Ctx *ctx, const Record *rec, gint64 *rounds, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.rounds", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", rec->def->name);
    db_bind_int(stmt, "subject_id", rec->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *rounds = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

static Record *
new_approval(Ctx *ctx, const Record *flow, const Record *rec, gint64 drafter_id, GError **error)
{
    gint64 rounds = 0;
    g_autoptr(Record) approval = record_new(registry_def(ctx->registry, "approval"));
    g_autofree char *label = record_label(rec);

    if (!count_rounds(ctx, rec, &rounds, error))
        return NULL;
    record_set_id(approval, "flow_id", flow->id);
    record_set_int(approval, "flow_revision", record_int(flow, "revision"));
    record_set_text(approval, "subject_entity", rec->def->name);
    record_set_int(approval, "subject_id", rec->id);
    record_set_int(approval, "subject_version", rec->version);
    record_set_text(approval, "subject_label", label);
    record_set_int(approval, "round", rounds + 1);
    record_set_text(approval, "state", "running");
    record_set_int(approval, "current_seq", 1);
    record_set_id(approval, "drafter_id", drafter_id);
    record_set_int(approval, "started_at", ctx->now_us);
    return g_steal_pointer(&approval);
}

static gboolean
make_tasks(Ctx *ctx, const Record *approval, const GPtrArray *plan, GError **error)
{
    for (guint i = 0; i < plan->len; i++) {
        const Planned *planned = plan->pdata[i];
        for (guint k = 0; k < planned->people->len; k++) {
            g_autoptr(Record) task = approval_task_new(ctx, approval->id, (gint64) i + 1, g_array_index(planned->places, gint64, k),
                                                       staff_list_at(planned->people, k));
            if (planned->moved_up)
                record_set_text(task, "note", "moved_up");
            if (!record_save(ctx, task, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gint64
begin(Ctx *ctx, const ApprovalSubject *subject, const Record *rec, const json_t *snapshot,
      gint64 drafter_id, GError **error)
{
    g_autoptr(Record) flow = pick_flow(ctx, subject, rec, snapshot, error);
    g_autoptr(GPtrArray) plan =
        flow ? plan_steps(ctx, flow, rec, snapshot, drafter_id, error) : NULL;
    g_autoptr(Record) approval = plan ? new_approval(ctx, flow, rec, drafter_id, error) : NULL;

    if (!approval)
        return 0;
    g_autofree char *steps = plan_text(plan, drafter_id);
    char *dump = json_dumps(snapshot, JSON_COMPACT);
    record_set_text(approval, "steps", steps);
    record_set_text(approval, "snapshot", dump);
    free(dump);
    if (!record_save_as(ctx, approval, "start", error) || !make_tasks(ctx, approval, plan, error)
        || !approval_open_step(ctx, approval, 1, error))
        return 0;
    return approval->id;
}

gint64
approval_start(Ctx *ctx, Record *subject, GError **error)
{
    const ApprovalSubject *kind = approval_subject_find(ctx, subject->def->name);
    gint64 drafter_id = ctx->staff_id ? ctx->staff_id : subject->created_by;

    g_return_val_if_fail(subject->id, 0);
    if (approval_running(ctx, subject->def->name, subject->id)) {
        app_error_set(error, APP_ERROR_CONFLICT, "approval.running", "此单据正在审批中",
                      "this record is being approved already");
        return 0;
    }
    if (!drafter_id) {
        app_error_set(error, APP_ERROR_CONFLICT, "approval.no_drafter", "审批须由人员发起",
                      "an approval is asked for by a person");
        return 0;
    }
    json_t *snapshot = approval_snapshot(ctx, kind, subject, error);
    if (!snapshot)
        return 0;
    gint64 id = begin(ctx, kind, subject, snapshot, drafter_id, error);
    json_decref(snapshot);
    return id;
}
