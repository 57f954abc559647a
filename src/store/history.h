/* history.h - who did what to which record: append-only, each row carrying the hash of the one before. */
#pragma once
#include "store/record.h"

/* Adds a row. @changes is a JSON array of {field, from, to} or NULL. */
gboolean history_add(Ctx *ctx, const char *entity, gint64 record_id, const char *action, const char *changes, GError **error);
/* {"items": [...]} newest first, for one record. */
gboolean history_write(Ctx *ctx, const char *entity, gint64 record_id, JsonOut *out, GError **error);
/* Re-computes the chain of every property; FALSE names the first broken link. @rows counts what was checked. */
gboolean history_verify(DbConn *conn, gint64 *rows, GError **error);
/* Creates the table for a dialect's DDL list. */
