/* catalogue.h - the hand-written statements: <module>.sql files embedded as resources, each
 * statement named. Start at db_named(). */
#pragma once
#include "db/db.h"

/* Parses every *.sql resource under /lanting/sql. "-- name: billing.open_items" begins a statement;
 * the comment lines after it say what it returns; "-- dialect: pg" gives a second text for one
 * engine. Aborts on a malformed file: our bug. */
void catalogue_init(void);
/* Adds the statements of one file; catalogue_init() does it for every resource. @file is for
 * messages. */
void catalogue_add(const char *file, const char *text);
/* Text of a named statement for @dialect; aborts if there is none. transfer none. */
const char *catalogue_sql(const char *name, Dialect dialect);
/* All names, sorted, NULL-terminated. transfer container. */
const char **catalogue_names(void);
/* db_prepare() of a named statement. */
DbStmt *db_named(DbConn *conn, const char *name, GError **error);
