/* schema.h - the database derived from the entity tables: DDL, views, check against a live database. */
#pragma once
#include "store/registry.h"

/* All statements in order: tables, indexes, views; service tables (numbering, history, search_key, idempotency, record_grant …)
 * first. transfer full. */
char *schema_ddl(const Registry *registry, Dialect dialect);
/* Makes a fresh database. */
gboolean schema_create(Db *db, const Registry *registry, GError **error);
/* Compares the live database with the tables; appends one line per difference ("unsafe: lead.grade is missing") to @report. FALSE if
 * there is an unsafe one or an error. */
gboolean schema_check(Db *db, const Registry *registry, GString *report, GError **error);
