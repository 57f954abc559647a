/* collection.h - getting the money in: who is overdue by how much, late fees as agreed, dunning letters, promises to pay, contact notes,
 * reminders before the due day. Amounts are fen. Not for taking money in (billing). Start at collection_due_write(); the tables are in
 * collection_entity.c. */
#pragma once
#include "domain/billing/billing.h"
#include "domain/terms/late.h"

extern const EntityModule dunning_stage_module, dunning_notice_module, dunning_line_module, promise_module, collection_note_module,
    due_reminder_module, late_fee_run_module;
extern const EnumItem dunning_kind_items[];

/* The ladder that a centre begins with. Does nothing where there is one. */
gboolean collection_seed(Ctx *ctx, GError **error);

/* -- what is due ---------------------------------------------------------------- */

typedef struct {
    const char *band;                         /* NULL or "all", "overdue", "week", or a token of age_band_token() */
    gint64 collector_id, lease_id, merchant_id; /* 0: any */
    const char *q;                            /* part of a name, a lease or unit number; NULL: any */
    guint page, size;                         /* of groups; page from 1 */
} DueAsk;
/* Members of an open object: "items" (one per merchant and lease: sums, stage, next step, promise, last contact, lines each with the late fee
 * to date and its working), "total", "sums", "bands", "collectors". Only charges that the person reads. */
gboolean collection_due_write(Ctx *ctx, const DueAsk *ask, JsonOut *out, GError **error);
/* Calls @each for what is to be done today about overdue charges that the person reads: the next letter may go out, a promise was broken. The texts
 * are lent for the call. */
typedef void (*CollectionTask)(const char *title, const char *text, const char *entity, gint64 id, gpointer data);
gboolean collection_tasks(Ctx *ctx, CollectionTask each, gpointer data, GError **error);
/* Members "text", "contact": a message to the merchant of a lease about what is due, ready to be copied or sent. */
gboolean collection_message_write(Ctx *ctx, gint64 lease_id, JsonOut *out, GError **error);
/* Member "items": notes, promises, letters, reminders and money of a lease or, with lease 0, of a merchant, newest first. */
gboolean collection_timeline_write(Ctx *ctx, gint64 lease_id, gint64 merchant_id, JsonOut *out, GError **error);

/* -- late fees -------------------------------------------------------------------- */

/* Members "items", "total" of an open object: what a late fee run through @until would bill, with its working. @lease_id 0: all. */
gboolean late_fee_preview_write(Ctx *ctx, Day until, gint64 lease_id, JsonOut *out, GError **error);
/* Bills what the late fees of charges came to by the end of @until and was not billed yet, one charge each. @charge_ids (of gint64; NULL: all)
 * chooses principals. Errors: INVALID on "until_on" for a day to come; CONFLICT "late_fee_run.nothing". Returns the run's id, 0 on error. */
gint64 late_fee_bill(Ctx *ctx, Day until, gint64 lease_id, const GArray *charge_ids, GError **error);

/* -- letters ---------------------------------------------------------------------- */

/* A letter on paper: in our own layout, or in the company's template of its stage. A draft shows what it would say today. transfer full. */
GBytes *dunning_notice_pdf(Ctx *ctx, const Record *notice, GError **error);
GBytes *dunning_notice_document(Ctx *ctx, const Record *notice, GError **error);

/* -- by itself -------------------------------------------------------------------- */

/* Daily: promises are judged, letters whose charges are paid are settled, a centre without a ladder gets one. */
gboolean collection_daily(Ctx *ctx, GError **error);
/* Daily, in steps: collectors hear of what falls due soon, once for each charge. */
gboolean collection_remind_step(Ctx *ctx, gint64 *after, GError **error);
