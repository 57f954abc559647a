/* approval.h - who said yes: configurable flows, running approvals, their tasks and their trail. Sits below
 * everything that needs a yes and calls it back through a table; knows people as staff ids only.
 * Start at ApprovalSubject and approval_start(). */
#pragma once
#include "store/registry.h"

/* What can be approved. One const value per kind of record, listed in domain/subjects.c. Each callback runs in the
 * transaction of the decision, after the approval itself has reached its end; NULL: nothing happens. */
typedef struct ApprovalSubject {
    const char *entity;
    const char *flow_code; /* preferred among the entity's flows; NULL: any of them */
    /* JSON object of exactly what is judged, children included. Conditions of flows read its top-level members before the
     * record's own fields. A change of it voids a running approval, so it leaves out states and derived fields.
     * NULL: all fields of the record that people can write. transfer full. */
    char *(*snapshot)(Ctx *ctx, const Record *subject, GError **error);
    gboolean (*on_agreed)(Ctx *ctx, Record *subject, gint64 approval_id, GError **error);
    gboolean (*on_returned)(Ctx *ctx, Record *subject, gint64 approval_id, GError **error);
    gboolean (*on_rejected)(Ctx *ctx, Record *subject, gint64 approval_id, GError **error);
    gboolean (*on_withdrawn)(Ctx *ctx, Record *subject, gint64 approval_id, GError **error);
    gboolean (*on_void)(Ctx *ctx, Record *subject, gint64 approval_id, GError **error);
} ApprovalSubject;

/* The tables; listed after org's, whose people they refer to by name. */
extern const EntityModule flow_module, flow_step_module, approval_module, approval_task_module;

/* Begins the approval of @subject for the person of @ctx, the drafter: picks the active flow whose condition fits, freezes its steps
 * and people, opens the first step, lets its people read the record, tells them. May be called from a transition's effect, before
 * the subject is saved. Returns the approval's id, 0 on error. Errors: CONFLICT "approval.running", "approval.no_flow",
 * "approval.no_step", "approval.nobody" (nobody but the drafter could decide), "approval.condition". */
gint64 approval_start(Ctx *ctx, Record *subject, GError **error);

/* The person of @ctx decides the open task that is theirs, or one of a person whose delegation is in force ("on behalf of").
 * @decision: "agree", "reject", "return", "delegate", "add_sign" (or "add_sign_before"), "add_sign_after", "withdraw".
 * @opinion is required to reject and to return; @to_staff_id to delegate and to add a signer. Errors: CONFLICT "approval.closed"
 * (no longer open, or decided already), FORBIDDEN "approval.forbidden" (not theirs), "approval.own" (their own request), INVALID. */
gboolean approval_decide(Ctx *ctx, gint64 approval_id, const char *decision, const char *opinion,
                         gint64 to_staff_id, GError **error);

/* Called by subjects' after_save, and when their children change: voids the running approval if what it judges differs from its
 * snapshot. Nothing happens otherwise. */
gboolean approval_subject_changed(Ctx *ctx, const char *entity, gint64 id, GError **error);
/* Id of the running approval of a record; 0 if there is none. */
gint64 approval_running(Ctx *ctx, const char *entity, gint64 id);
/* Reminds the people of overdue tasks, once a day each, and brings read rights in line with delegations in force today. For
 * the job runner. */
gboolean approval_remind(Ctx *ctx, GError **error);

/* A person left: open and waiting tasks go up that person's reporting line. Called when staff become inactive. */
gboolean approval_staff_left(Ctx *ctx, gint64 staff_id, GError **error);
/* A delegation of @from_staff_id was made, changed or ended: read rights of the open tasks follow. */
gboolean approval_delegation_changed(Ctx *ctx, gint64 from_staff_id, GError **error);

/* One approval as members of an open object: id, no, title, flow, subject, requested_by, requested_at, due_on, overdue, state, step,
 * round, snapshot (labelled, confidential fields masked), trail (who did what when, then whose turn it is), steps (with people, tasks and
 * notes), my_task {id, actions} or null. Errors: NOT_FOUND unless the person is its drafter, took part, could decide now, or
 * reads approvals of the whole property. */
gboolean approval_write_json(Ctx *ctx, gint64 approval_id, JsonOut *out, GError **error);
/* Members "items" (heads of what waits for me, own and on behalf of others, oldest due first) and "total" in an open object. */
gboolean approval_inbox_write(Ctx *ctx, JsonOut *out, GError **error);
/* The same for what I decided ("done") or asked for ("sent"), newest first; any other @box is the inbox. */
gboolean approval_box_write(Ctx *ctx, const char *box, JsonOut *out, GError **error);
/* Member "items" in an open object: all approvals of a record that the person may read, newest first, each as above without
 * its snapshot. */
gboolean approval_write_trail(Ctx *ctx, const char *entity, gint64 record_id, JsonOut *out,
                              GError **error);
