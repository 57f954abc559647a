/* migrate.h - numbered, frozen steps that bring an older database up to this program.
 * See docs/architecture.md, migrations. */
#pragma once
#include "db/db.h"

typedef gboolean (*MigrateFn)(DbConn *conn, GError **error);
typedef struct {
    int version;
    const char *name;
    const char *sql; /* literal statements for both engines, separated by ";\n", tokens {{I64}} … ;
                        or NULL */
    MigrateFn fn;    /* code where data moves; or NULL */
    gboolean optional;
} Migration;

/* The steps of this program in order, ends with version 0. */
extern const Migration migrations[];
/* Highest version of this program. */
int migrate_latest(void);
/* Makes schema_log if absent and returns the database's version; 0 for a fresh one, -1 on error. */
int migrate_version(Db *db, GError **error);
/* Stamps a database that was just made from metadata with the latest version. */
gboolean migrate_stamp(Db *db, const char *app_version, GError **error);
/* The same inside a running WRITE job, so that tables and stamp are made in one transaction. */
gboolean migrate_stamp_in(DbConn *conn, const char *app_version, GError **error);
/* Runs what is missing, one step per transaction under a lock. Refuses a database newer than the
 * program
 * ("db.newer") and a changed checksum of an applied step ("db.migration_changed"). */
gboolean migrate_run(Db *db, const char *app_version, GError **error);
/* The same with other steps, for the tests of the driver itself. */
gboolean migrate_steps(Db *db, const Migration *steps, const char *app_version, GError **error);
