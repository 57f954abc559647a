/* bills.h - many leases in force at once, put into the tables in bulk, and bill runs over them. */
#pragma once
#include "domain/terms/terms.h"
#include "support/mall.h"

/* A lease in force with these clauses on units of the set's areas (made where they are not there; one unit "A1" where the set names none). Its id. */
gint64 bills_lease(Mall *mall, const TermSet *set);
/* @n leases, each on a unit of its own: rent with a step and a free month, a fee; cycles of one and three months; from 2025-01-01 for three years. */
void bills_leases(Mall *mall, guint n);
/* The same rows for programs that have no mall. */
gboolean bills_fill(Ctx *ctx, gint64 floor_id, guint first, guint n, GError **error);
/* Posts the run of a month to its end as the system. Its id. */
gint64 bills_run(World *world, int month);
/* One number of a statement that may name :property_id. */
gint64 bills_number(World *world, const char *sql);
/* Undoes a run to its end. */
void bills_undo(World *world, gint64 run_id);
