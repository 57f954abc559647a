/* import_counters.h - the head of the history chain and the last numbers, kept in memory while an import saves its rows. One row
 * of a table that is updated ten thousand times in one transaction costs PostgreSQL the square of that: every update walks over
 * all the dead versions before it. Only for import.c, history.c and services.c. Start at import_counters_begin(). */
#pragma once
#include "store/ctx.h"

/* From now on @ctx counts in memory. The first use of each counter still takes it from the database, and with it the lock. */
void import_counters_begin(Ctx *ctx);
/* Writes what was counted and ends it; @keep FALSE forgets it, when the rows are taken back too. */
gboolean import_counters_end(Ctx *ctx, gboolean keep, GError **error);

/* Before and after one row in a savepoint: what a row that was undone counted is undone with it. */
ImportCounters *import_counters_mark(const Ctx *ctx);
void import_counters_back(Ctx *ctx, ImportCounters *mark); /* takes @mark */
void import_counters_free(ImportCounters *counters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImportCounters, import_counters_free)

/* For history.c. The next place in the chain, FALSE if the database must be asked; then tell what it said. */
gboolean import_counters_link(const Ctx *ctx, gint64 *seq, char **prev);
void import_counters_linked(const Ctx *ctx, gint64 seq);
/* The hash of the newest link. TRUE if it is kept here. */
gboolean import_counters_hash(const Ctx *ctx, const char *hash);

/* For services.c: the same for numbers. */
gboolean import_counters_number(const Ctx *ctx, const char *kind, gint64 year, gint64 *value);
void import_counters_numbered(const Ctx *ctx, const char *kind, gint64 year, gint64 value);
