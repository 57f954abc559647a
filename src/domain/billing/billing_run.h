/* billing_run.h - the bill run: one month of all leases, previewed, posted in chunks, undone; and the proof of it. Amounts are fen.
 * Start at bill_run_begin() and bill_run_step(). What is billed follows from the schedules alone (domain/terms): lines that fall due by the end
 * of the month and are not billed yet, and differences where the schedule now says something else than what was billed. */
#pragma once
#include "domain/billing/billing.h"

extern const EntityModule bill_mark_module, bill_finding_module;

/* Starts the run of a month (key 202603), or finds the one that was broken off. Errors: INVALID "bill_run.month" for a month further away
 * than the next; CONFLICT "bill_run.busy" while a run of another month, or undoing, is under way. Returns its id, 0 on error. */
gint64 bill_run_begin(Ctx *ctx, int month, GError **error);
/* Bills, or undoes, the next @leases leases of a run (0: the usual number) in one transaction: to be called until *done. Of two who do it
 * at once one does nothing. Nothing happens to a run that has ended. */
gboolean bill_run_step(Ctx *ctx, gint64 run_id, guint leases, gboolean *done, GError **error);
/* Begins to undo a run; bill_run_step() goes on with it. CONFLICT "bill_run.paid" names what is paid, "bill_run.state". */
gboolean bill_run_undo(Ctx *ctx, gint64 run_id, const char *reason, GError **error);
/* Takes one step of a run that somebody has left under way; *after is 0 when there is none. For the job runner. */
gboolean bill_run_go_on(Ctx *ctx, gint64 *after, GError **error);

/* What the run of a month would post, without posting: {month, leases, lines, net, tax, gross, items, previous, difference, causes, notes}.
 * "previous" is what the runs of the month before posted, and causes add up to the difference exactly. */
gboolean bill_preview_write(Ctx *ctx, int month, JsonOut *out, GError **error);
/* The same lease by lease, those after @after: {items: [{lease, merchant, lines, changes}], next}; at least @size lines or changes.
 * @only_changes leaves out leases whose amount is that of the month before. */
gboolean bill_preview_lines_write(Ctx *ctx, int month, gint64 after, guint size, gboolean only_changes, JsonOut *out, GError **error);
/* A line of the preview for programs. Texts are borrowed for the call. */
typedef struct {
    const char *lease_no, *merchant, *item, *name;
    const ScheduleLine *line;
} BillPreviewLine;
typedef void (*BillPreviewEach)(const BillPreviewLine *line, gpointer data);
gboolean bill_preview_each(Ctx *ctx, int month, BillPreviewEach each, gpointer data, GError **error);

/* Judges some leases after *after, stores what is new and marks what is gone; *after becomes 0 at the end. New findings are told to those
 * who may post runs. For the job runner. */
gboolean bill_proof_step(Ctx *ctx, gint64 *after, GError **error);
/* The same without storing: calls @each for each finding of every lease. */
typedef void (*BillProofEach)(const char *lease_no, const char *kind, const char *en, gpointer data);
gboolean bill_proof_each(Ctx *ctx, BillProofEach each, gpointer data, GError **error);
