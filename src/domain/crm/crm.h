/* crm.h - how merchants are won: the register of calls and visits, leads and their stages, follow-ups, plans, offers, holds,
 * target lists, policy texts, daily reports, channel figures. Start at crm_inquiry_register() and the table in lead_entity.c. */
#pragma once
#include "store/registry.h"

extern const EntityModule lead_module;
extern const EntityModule inquiry_module;
extern const EntityModule follow_up_module;
extern const EntityModule lead_owner_change_module;
extern const EntityModule lead_stage_change_module;
extern const EntityModule visit_plan_module;
extern const EntityModule offer_module;
extern const EntityModule unit_hold_module;
extern const EntityModule target_list_module;
extern const EntityModule target_brand_module;
extern const EntityModule market_note_module;
extern const EntityModule policy_document_module;
extern const EntityModule faq_module;
extern const EntityModule daily_report_module;

extern const EnumItem lead_stage_items[];
extern const EnumItem lead_grade_items[];
extern const EnumItem lost_reason_items[];

/* Registers a call or a visit with what it brings in one transaction: the merchant and contact known by the phone, else new ones;
 * the caller's open lead of that merchant, else a new one. @input is the JSON object of the inquiry; besides its own fields it
 * may carry "merge_into" (merchant id: the inquiry goes there) and "merchant_name". Required: kind, channel_id, phone, name.
 * The inquiry is always stored. Returns its id, 0 on error; @duplicates (may be NULL) gets files that look like the same customer, for
 * a merge offer: transfer full, array of PartyDuplicate. Errors: INVALID with fields, FORBIDDEN "inquiry.forbidden". */
gint64 crm_inquiry_register(Ctx *ctx, const json_t *input, GPtrArray **duplicates, GError **error);
/* Joins the inquiry, and the merchant file that was made for it, with @merchant_id. POST /api/inquiry/<id>/merge_into. */
gboolean crm_inquiry_merge_into(Ctx *ctx, gint64 inquiry_id, gint64 merchant_id, GError **error);

/* Takes the action that leads to @stage (dragging a card), as flow_take(). CONFLICT "lead.wrong_state" if no rule leads there. */
gboolean crm_lead_move(Ctx *ctx, gint64 lead_id, const char *stage, gint64 version,
                       const json_t *input, GError **error);
/* Carries the lead along with its papers: "approve" (offer or intent approved), "deposit" (its deposit is in), "contract" (a lease is
 * drafted), "sign". Does nothing if it is that far already, lost or in the pool. For intent, lease and billing, which pass
 * approvals of their own; asks nobody's rights. 0 is no lead. */
gboolean crm_lead_advance(Ctx *ctx, gint64 lead_id, const char *action, GError **error);
/* {"columns": [{stage, label, tone, count, area, next, items: [card]}]} members into an open object: what this person may read.
 * @owner_id 0: everybody. At most 50 cards per column; with @stage only that column, after the card @after. */
gboolean crm_board_write(Ctx *ctx, gint64 owner_id, const char *stage, gint64 after, JsonOut *out,
                         GError **error);
/* "items": leads to follow up, best grade first, then longest without contact; "overdue" counts dates gone by. */
gboolean crm_worklist_write(Ctx *ctx, gint64 owner_id, guint limit, JsonOut *out, GError **error);
/* "items": leads in the common pool, names only; for those who may take. */
gboolean crm_pool_write(Ctx *ctx, guint limit, JsonOut *out, GError **error);
/* "stage", "steps": [{stage, label, done, current, at, days}], "next": [{action, label}], "missing": [{field, label}]. */
gboolean crm_lead_steps_write(Ctx *ctx, gint64 lead_id, JsonOut *out, GError **error);

/* Member "items": free or soon free units ranked for the lead, [{unit, status, area, floor, score, reasons: [{ok, text}]}]. */
gboolean crm_match_write(Ctx *ctx, gint64 lead_id, JsonOut *out, GError **error);

/* Warns owners of leads that nobody touched, then returns them to the pool. Settings pool_days (30; 0: off) and
 * pool_warn_days (5). Counts in @warned and @returned (may be NULL). For the job runner. */
gboolean crm_pool_run(Ctx *ctx, guint *warned, guint *returned, GError **error);
/* The same for the next few hundred leads after *after, so that the job does not hold the writer for long: *after becomes the last one, 0
 * at the end. */
gboolean crm_pool_step(Ctx *ctx, gint64 *after, guint *warned, guint *returned, GError **error);
/* Marks holds that have run out, frees their units, tells the owners. Reads treat them as expired before that. */
gboolean crm_holds_expire(Ctx *ctx, guint *expired, GError **error);
/* Marks planned visits of days gone by as missed, tells who planned them. */
gboolean crm_visits_miss(Ctx *ctx, guint *missed, GError **error);
/* Marks policy texts as superseded on the day the edition that replaces them begins. */
gboolean crm_documents_supersede(Ctx *ctx, guint *ended, GError **error);

/* Holds a unit for a lead until @until_us; space checks that nobody else does. Returns the hold's id, 0 on error. Errors: CONFLICT
 * "unit_hold.taken" naming who holds it, "unit_hold.not_free". */
gint64 crm_hold_place(Ctx *ctx, gint64 lead_id, gint64 unit_id, gint64 until_us, const char *reason,
                      GError **error);
/* The active hold of @unit_id; 0 if there is none now. @lead_id may be NULL. */
gint64 crm_hold_active(Ctx *ctx, gint64 unit_id, gint64 *lead_id, GError **error);
/* A deposit came in: the unit is locked for the lead, until @until_us (0: as before). */
gboolean crm_hold_lock(Ctx *ctx, gint64 hold_id, gint64 until_us, GError **error);
/* The lease took the unit over ("converted") or the wish was given up ("released"). Nothing happens if it is not active. */
gboolean crm_hold_end(Ctx *ctx, gint64 hold_id, const char *state, GError **error);

/* Members {from, to, staff_id, figures: [{name, label: {zh, en}, unit, value, ids: […], entity}]}: the registers counted, row by row;
 * unit "" is a count, "m2" and "yuan" are decimal strings. @staff_id 0: everybody this person may see is not asked - callers check. */
gboolean crm_daily_figures(Ctx *ctx, gint64 staff_id, Day from, Day to, JsonOut *out,
                           GError **error);
/* The person's report of @day, made as a draft with its figures if there is none; figures of drafts are counted anew. 0 on error. */
gint64 crm_daily_open(Ctx *ctx, Day day, GError **error);

/* Members {month, items: [{channel, calls, visits, leads, intents, signings, area, spend, cost_per_signing, change: {…}}], totals} of a
 * month key (202603); change is against the month before. */
gboolean crm_channel_write(Ctx *ctx, int month, JsonOut *out, GError **error);

/* One thing to do at a time, for calendars and to-do lists. */
typedef struct {
    const char *entity; /* "visit_plan" or "lead"; static */
    gint64 id;
    char *title;
    char *place;
    Day on;
    gint64 at_us; /* 0: the whole day */
    gint64 changed_at;
    gboolean is_overdue;
} CrmAppointment;
/* Planned visits, reports due and follow-ups of @staff_id between both days, and what is overdue. transfer full, array of
 * CrmAppointment by day. */
GPtrArray *crm_appointments(Ctx *ctx, gint64 staff_id, Day from, Day to, GError **error);
