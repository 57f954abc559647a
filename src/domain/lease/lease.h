/* lease.h - what was agreed: letters of intent, leases with units, charge terms, deposits and papers, the countersign
 * review. Not for bills and money received (billing). Start at lease_module's state table in lease_flow.c. */
#pragma once
#include "domain/approval/approval.h"
#include "domain/terms/terms.h"
#include "store/registry.h"

extern const EntityModule charge_item_module, intent_module, lease_module, lease_unit_module, charge_term_module, lease_price_module,
    deposit_term_module, lease_document_module, finding_module, review_item_module, handover_module, document_template_module, lease_change_module;
extern const ApprovalSubject intent_subject, lease_subject, lease_change_subject;

extern const EnumItem deposit_kind_items[]; /* the legal kind decides the effect: civil code 586-587 */

/* Charge items, document templates. Does nothing where there are any. */
gboolean lease_seed(Ctx *ctx, GError **error);

/* Everything of a lease that the engine needs: areas from lease_unit, clauses from charge_term, accepted sales and index values
 * where clauses ask for them, holidays. @to limits the schedule;
 * DAY_NONE: the whole lease. transfer full. */
TermSet *lease_term_set(Ctx *ctx, const Record *lease, Day to, GError **error);
/* Ids of its charge terms (gint64), in the order of the term set. transfer full. */
GArray *lease_term_ids(Ctx *ctx, gint64 lease_id, GError **error);
/* Schedule of a stored lease. transfer full. */
Schedule *lease_schedule(Ctx *ctx, const Record *lease, GError **error);
/* A lease among many, with what its money follows from. The owner fills the first line, lease_terms_fill() the rest. */
typedef struct {
    gint64 id;
    Day from, to, bill_from; /* bill_from DAY_NONE: from the start */
    TermSet *set;
    GArray *term_ids;    /* gint64, in the order of the set's terms */
    GArray *unit_ids;    /* gint64 */
    GPtrArray *unit_nos; /* their numbers */
    gboolean is_fixed;   /* nothing in it waits for sales or indexes */
    char *inputs;        /* digest of all that the schedule follows from */
} LeaseTerms;
/* Fills term sets of many leases (LeaseTerms, ascending by id) in a few statements. */
gboolean lease_terms_fill(Ctx *ctx, GPtrArray *leases, GError **error);
void lease_terms_clear(LeaseTerms *terms);
/* Schedule of terms as typed in the wizard (docs/api.md, lease preview): writes {lines, prices, totals}. */
gboolean lease_preview_write(Ctx *ctx, const json_t *input, JsonOut *out, GError **error);
/* The same terms under the other models and settlement periods: schedule_compare_write(). */
gboolean lease_compare_write(Ctx *ctx, const json_t *input, JsonOut *out, GError **error);
/* Members "units", "terms", "deposits", "documents", "findings" … of a lease into an open object. */
gboolean lease_parts_write(Ctx *ctx, const Record *lease, JsonOut *out, GError **error);
/* What a change that is not stored would do: members "before", "after", "difference", "successor" of an object. @input as for POST /api/lease_change.
 * Errors: INVALID with one field per fault; NOT_FOUND if the lease is out of reach. */
gboolean lease_change_preview_write(Ctx *ctx, const json_t *input, JsonOut *out, GError **error);
/* Creates or replaces the whole content of a draft: head, units, terms, deposits in one body, as the wizard sends it. */
gboolean lease_compose(Ctx *ctx, Record *lease, const json_t *input, GError **error);

/* Reads the lease from a signed intent without retyping; marks the intent converted. Returns the lease's id, 0 on error. */
gint64 lease_from_intent(Ctx *ctx, Record *intent, GError **error);
/* All that a lease made from the intent would charge, gross: what the twenty percent of earnest money are measured by. */
gboolean lease_intent_total(Ctx *ctx, const Record *intent, gint64 *total_fen, GError **error);

/* Judges a lease anew: replaces its findings, stores derived figures (total, monthly rent, below floor). */
gboolean lease_review_refresh(Ctx *ctx, Record *lease, GError **error);
/* A reviewer ticks one point of the checklist ("price"), or says what is wrong with it. FORBIDDEN for the lease's own drafter. */
gboolean lease_review_check(Ctx *ctx, Record *lease, const char *code, gboolean right, const char *remarks, GError **error);
/* Members "findings", "checklist", "figures" of an open object. */
gboolean lease_review_write(Ctx *ctx, const Record *lease, JsonOut *out, GError **error);

/* Claims the units of the lease for its days under a lock, so that no two leases hold one unit on one day.
 * CONFLICT "lease.overlap" names unit, lease and days. */
gboolean lease_claim_units(Ctx *ctx, const Record *lease, GError **error);
/* After the money is in: the lease becomes effective, units follow, a handover is waiting. */
gboolean lease_activate(Ctx *ctx, gint64 lease_id, GError **error);
/* Money came in against its payment order: the lead has paid its deposit; with @complete the lease becomes effective. */
gboolean lease_money_came(Ctx *ctx, gint64 lease_id, gboolean complete, GError **error);
/* Whether a payment order of the lease is there that is not void. */
gboolean lease_has_order(Ctx *ctx, const Record *lease, GError **error);
/* Its deposit terms: array of Record. transfer full. */
GPtrArray *lease_deposits(Ctx *ctx, const Record *lease, GError **error);
/* States in which a lease holds its units: SQL list for statements. */
#define LEASE_HOLDING_STATES "'approved', 'sealed', 'effective', 'expiring', 'expired'"

/* Daily: expiring and expired leases, intents past their date, monthly rents after a step. */
gboolean lease_daily(Ctx *ctx, GError **error);

/* Writes {lines, prices, totals}. Who may not see a merchant's sales gets the amounts of turnover rent without their working. */
void lease_schedule_write(const Ctx *ctx, const Schedule *schedule, JsonOut *out);
/* The lease or the letter of intent merged into the active template of its kind. transfer full. */
GBytes *lease_document(Ctx *ctx, const Record *lease, GError **error);
GBytes *intent_document(Ctx *ctx, const Record *intent, GError **error);
/* Values of a document template: {lease: {...}, merchant: {...}, units: [...], terms: [...], deposits: [...]}. transfer full. */
json_t *lease_document_values(Ctx *ctx, const Record *lease, GError **error);
json_t *intent_document_values(Ctx *ctx, const Record *intent, GError **error);
/* A record as template values: each field as people read it, references by name, enums by word; what a paper may print in English too has
 * a value of its own ("name_en", "item_en"). transfer full. */
json_t *paper_record_values(Ctx *ctx, const Record *rec);
/* The template of a kind of paper: the company's own file where one is attached to @template_id (0: to an active template of the kind), else the
 * built-in one. transfer full. */
GBytes *paper_template(Ctx *ctx, const char *kind, gint64 template_id, GError **error);
/* @values (taken; NULL after an error) in that template. transfer full. */
GBytes *paper_merge(Ctx *ctx, const char *kind, gint64 template_id, json_t *values, GError **error);
/* Whether a text for a merchant threatens to cut off water, power, gas or heating. Saying that it will not be done is no threat. Civil code 944
 * forbids it as a means of collecting the property fee. NULL: no. */
gboolean paper_threatens_utilities(const char *text);
/* Complains about that on @field. Always FALSE. */
gboolean paper_refuse_utilities(const char *field, GError **error);
