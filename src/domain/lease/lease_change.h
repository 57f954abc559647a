/* lease_change.h - changes of leases in force: what a change makes of the terms (plan), what is refused, how it is applied. Inside domain/lease; the
 * entity and its subject are in lease.h. Start at lease_change_plan(). */
#pragma once
#include "base/money.h"
#include "domain/lease/lease_internal.h"

/* What a change makes of a lease. */
typedef struct {
    TermSet *before, *after; /* of the lease itself */
    TermSet *next;           /* of the lease that follows it (renewal, transfer); NULL: none */
    Day last;                /* last day of the lease afterwards */
} LeaseChangePlan;

void lease_change_plan_free(LeaseChangePlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LeaseChangePlan, lease_change_plan_free)
/* Pure but for reading: @lease as it is and as it would be. Errors: INVALID with one field per fault of the proposal. transfer full. */
LeaseChangePlan *lease_change_plan(Ctx *ctx, const Record *change, const Record *lease, GError **error);
/* Whether an old term of @item and @unit (NULL: all units) gives way to one of the proposal from the effective day on. */
gboolean lease_change_replaces(const GPtrArray *terms, const char *item, const char *unit);
/* The clauses of the proposal, completed: array of ChargeTerm. Complaints are named "proposal.terms[0].…". transfer full. */
GPtrArray *lease_change_terms(Ctx *ctx, const Record *change, const Record *lease, GError **error);
/* First day on which the old terms no longer hold. */
Day lease_change_from(const Record *change);

/* Members "before", "after" {to_on, units, terms, total}, "difference" {lines, total}, "successor" {from_on, to_on, terms, total} or null. */
gboolean lease_change_preview(Ctx *ctx, const LeaseChangePlan *plan, const Record *change, JsonOut *out, gint64 *difference_fen, GError **error);

gboolean lease_change_validate(Ctx *ctx, Record *change, const Record *old, GError **error);
gboolean lease_change_submit(Ctx *ctx, Record *change, const Record *input, GError **error);
gboolean lease_change_apply(Ctx *ctx, Record *change, const Record *input, GError **error);
gboolean lease_change_write_more(Ctx *ctx, const Record *change, JsonOut *out, GError **error);
