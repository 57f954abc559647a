/* space_internal.h - what the files of space share. Not for others. */
#pragma once
#include "db/catalogue.h"
#include "domain/space/space.h"
#include "store/list.h"

/* Prepares a named statement and binds :property_id. NULL with @error. */
DbStmt *space_stmt(Ctx *ctx, const char *name, GError **error);

/* space_rules.c: hooks of the tables. */
gboolean floor_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean unit_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean unit_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
gboolean zone_unit_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);

/* space_policy.c */
gboolean policy_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean policy_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean policy_submit(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean policy_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error);
gboolean policy_sent_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error);
gboolean policy_approve(Ctx *ctx, Record *rec, const Record *input, GError **error);

/* space_change.c */
gboolean unit_change_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean unit_change_guard(Ctx *ctx, const Record *rec, GError **error);
gboolean unit_change_approve_guard(Ctx *ctx, const Record *rec, GError **error);
gboolean unit_change_apply(Ctx *ctx, Record *rec, const Record *input, GError **error);

/* space_status.c: statement space.facts for a unit or a floor (0: all), and its row; text borrowed until the next step. */
DbStmt *space_facts_stmt(Ctx *ctx, gint64 unit_id, gint64 floor_id, Day on, GError **error);
void unit_facts_read(UnitFacts *facts, const DbStmt *stmt, Day on);
/* Sets the status of a loaded unit for today, without saving. */
gboolean unit_status_derive(Ctx *ctx, Record *unit, GError **error);
