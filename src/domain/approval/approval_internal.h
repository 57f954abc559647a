/* approval_internal.h - what the files of approval share. Not for others. */
#pragma once
#include "domain/approval/approval.h"
#include "store/services.h"

/* People by id, without repeats, in order of finding. */
typedef GArray StaffList;
StaffList *staff_list_new(void);
gboolean staff_list_has(const StaffList *list, gint64 staff_id);
void staff_list_add(StaffList *list, gint64 staff_id);
gint64 staff_list_at(const StaffList *list, guint i);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StaffList, g_array_unref)

/* -- approval_condition.c */
/* Whether @text is a condition this program understands; complains about field @at. NULL is one: it always fits. */
gboolean approval_condition_check(const char *text, const char *at, GError **error);
/* Judges @text over the top-level members of @snapshot, then the fields of @subject. Errors: CONFLICT "approval.condition" where it
 * names something that neither has, so that a misspelt condition never lets a step fall away. */
gboolean approval_condition_fits(const char *text, const json_t *snapshot, const Record *subject,
                                 gboolean *fits, GError **error);

/* -- approval_people.c: all add active people only. */
gboolean approval_people_of_role(Ctx *ctx, gint64 role_id, StaffList *list, GError **error);
/* The same by the role's code, without @except_id. */
gboolean approval_people_of_code(Ctx *ctx, const char *code, gint64 except_id, StaffList *list, GError **error);
gboolean approval_people_of_post(Ctx *ctx, gint64 post_id, StaffList *list, GError **error);
/* The people of the first post above @staff_id that is held by somebody but @except_id. */
gboolean approval_people_above(Ctx *ctx, gint64 staff_id, gint64 except_id, StaffList *list,
                               GError **error);
/* Who decides where a step would have nobody: above the drafter, else general manager, else director; never @drafter_id. */
gboolean approval_people_instead(Ctx *ctx, gint64 drafter_id, StaffList *list, GError **error);
gboolean approval_staff_is_active(Ctx *ctx, gint64 staff_id, gboolean *active, GError **error);
/* To whom @from_id has given the power to approve today. */
gboolean approval_delegates(Ctx *ctx, gint64 from_id, StaffList *list, GError **error);

/* -- approval_subject.c */
const ApprovalSubject *approval_subject_find(const Ctx *ctx, const char *entity);
/* Snapshot as a JSON object; NULL on error. transfer full. */
json_t *approval_snapshot(Ctx *ctx, const ApprovalSubject *subject, const Record *rec,
                          GError **error);

/* -- approval_task.c */
/* Tasks of an approval in order of step and place, as Records; @seq 0: all steps. transfer full. */
GPtrArray *approval_tasks(Ctx *ctx, gint64 approval_id, gint64 seq, GError **error);
/* A new waiting task, not saved yet. transfer full. */
Record *approval_task_new(Ctx *ctx, gint64 approval_id, gint64 seq, gint64 place, gint64 staff_id);
/* Makes a waiting task its person's turn: due time, read rights, notification. Saves it. */
gboolean approval_task_open(Ctx *ctx, const Record *approval, Record *task, GError **error);
/* Ends a task and its read rights; @decision NULL cancels it. Saves it. */
gboolean approval_task_end(Ctx *ctx, Record *task, const char *decision, const char *opinion,
                           GError **error);
/* Read rights on the subject and the approval for the task's person and that person's delegates of today. */
gboolean approval_task_grant(Ctx *ctx, const Record *approval, const Record *task, GError **error);

/* -- approval_step.c */
/* Opens the first step from @seq on that has work; agrees the approval when there is none. */
gboolean approval_open_step(Ctx *ctx, Record *approval, gint64 seq, GError **error);
/* Goes on after an agreed task of the current step: next in order, next step, or the end. */
gboolean approval_move_on(Ctx *ctx, Record *approval, const Record *agreed, GError **error);
/* Ends a running approval: cancels what is open, saves @state, tells the drafter, calls the subject back. */
gboolean approval_end(Ctx *ctx, Record *approval, const char *state, const char *opinion,
                      GError **error);
/* After a task of the current step has ended without leading on by itself: next in order, next step, or the end. */
gboolean approval_settle(Ctx *ctx, Record *approval, GError **error);
/* Tasks that waited for @from wait for @to. */
gboolean approval_repoint(Ctx *ctx, const Record *from, const Record *to, GError **error);
/* Cancels what is open or waiting in the current step, but for task @except_id. */
gboolean approval_cancel_others(Ctx *ctx, const Record *approval, gint64 except_id, GError **error);
/* Hands the place of a person who left to somebody above; see approval_staff_left(). */
gboolean approval_replace_left(Ctx *ctx, const Record *approval, Record *task, GError **error);

/* -- approval_start.c */
/* The frozen steps: [{seq, name, name_en, mode, approver, deadline_hours, notes: [{kind, staff_id}]}]. transfer full. */
json_t *approval_plan(const Record *approval);
/* The frozen step @seq of the plan; NULL if there is none. transfer none: lives as long as @plan. */
const json_t *approval_plan_step(const json_t *plan, gint64 seq);

/* -- approval_decide.c */
/* Open tasks of the approval that the person of @ctx may decide: own, and of people who delegated to them. */
gboolean approval_my_tasks(Ctx *ctx, const Record *approval, GPtrArray *mine, GError **error);
