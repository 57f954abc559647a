/* lease_internal.h - shared inside domain/lease only. */
#pragma once
#include "domain/lease/lease.h"

/* Adds field complaints for a term that ends before it begins or is longer than the 20 years of civil code article 705. */
void lease_check_term_days(Day from, Day to, GError **error);
/* Carries the lead along (crm_lead_advance); leases without a lead (0) have nobody to carry. */
gboolean lease_lead_advance(Ctx *ctx, gint64 lead_id, const char *action, GError **error);
/* Rows of a child table by lease, in order of creation: array of Record. transfer full. */
GPtrArray *lease_children(Ctx *ctx, const char *entity, gint64 lease_id, GError **error);
/* Stores total, monthly rent, area and unit numbers of a lease from its parts, without saving. */
gboolean lease_derive(Ctx *ctx, Record *lease, GError **error);
/* Stores the price schedule of a lease that has just been agreed, or changed: rows that are no longer true end being read from today
 * on, new ones begin. @known_on: from when reports know the new ones. */
gboolean lease_prices_store(Ctx *ctx, const Record *lease, Day known_on, GError **error);
/* Area in force for a term on a day, in 1/100 m2: of its own unit, or of all. */
gint64 lease_area_on(const TermSet *set, const ChargeTerm *term, Day day);
/* A price of any basis as fen a month, rounded half away: for comparison and lists, never for bills. */
gint64 lease_month_amount_fen(TermBasis basis, gint64 price_e4, gint64 area_dm2);
gboolean lease_is_rent(const char *item);
/* Lowest rent price per m2 and month over the term, 1/10000 yuan, 0 if no fixed rent; and whether any rent is agreed. */
gboolean lease_lowest_rent(Ctx *ctx, const Record *lease, const Schedule *schedule, gint64 *price_e4, GError **error);
/* Rows for the papers that this lease must have; those already there stay. */
gboolean lease_documents_require(Ctx *ctx, const Record *lease, GError **error);
/* Statuses of the lease's units follow. */
gboolean lease_units_refresh(Ctx *ctx, const Record *lease, GError **error);
/* A prospect becomes a signed merchant with its first lease. */
gboolean lease_sign_merchant(Ctx *ctx, const Record *lease, GError **error);
/* Ends the holds that the lease's own lead has on its units. */
gboolean lease_end_holds(Ctx *ctx, const Record *lease, GError **error);
/* The points a reviewer checks one by one; ends with a NULL code. */
typedef struct {
    const char *code, *zh, *en;
} ReviewPoint;
extern const ReviewPoint lease_review_points[];
/* Clauses that every lease must contain; ends with a NULL code. */
extern const ReviewPoint lease_standard_clauses[];
/* The code of the first point of this round that nobody has checked as right; NULL if all are. Static. */
const ReviewPoint *lease_review_open_point(Ctx *ctx, const Record *lease, GError **error);
/* CONFLICT "lease.blocked" naming every finding that must be mended before review. */
gboolean lease_review_refuse_blocks(Ctx *ctx, const Record *lease, GError **error);
/* Marks a paper of the lease as received, adding its row where there is none. */
gboolean lease_paper_received(Ctx *ctx, const Record *lease, const char *kind, GError **error);
/* What a field is called in a template: "merchant_id" as "merchant". transfer full. */
char *paper_key(const FieldDef *field);
/* Hooks of document_template. */
gboolean template_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
gboolean template_check_file(Ctx *ctx, const Record *rec, GBytes *bytes, GError **error);
/* Members "units", "terms", "deposits" of an open object. */
gboolean lease_terms_write(Ctx *ctx, const Record *lease, JsonOut *out, GError **error);
/* Fills what a clause may leave to the days @from..@to and to its charge item. Complaints are named after @prefix. Returns the item. transfer full. */
Record *lease_clause_complete(Ctx *ctx, json_t *clause, Day from, Day to, const char *prefix, GError **all);
/* Stores one clause as a charge term of the lease; @clause is completed. Faults are added to @all, named after @prefix ("terms[0]."); FALSE only for
 * those that are not the input's. */
gboolean lease_term_add(Ctx *ctx, const Record *lease, json_t *clause, guint seq, const char *prefix, GError **all);
/* What time does to changed leases: successors begin, ended ones leave. For lease_daily(). */
gboolean lease_changes_daily(Ctx *ctx, GError **error);
/* Rent area of a unit on the days @from..@to; after all are added, lease_areas_end() takes out the ends that another area of the unit follows on or
 * that lie after the lease. */
void lease_area_add(TermSet *set, const char *unit, Day from, Day to, gint64 area_dm2);
void lease_areas_end(TermSet *set, Day last);
