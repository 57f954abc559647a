/* schema_check.c - the live database against the tables in C. */
#include "store/schema.h"
#include "store/store_internal.h"

#include <string.h>

typedef struct {
    const Registry *registry;
    GString *report;
    guint unsafe;
} CheckJob;

/* Columns of @table in the live database: name -> "type|notnull". */
static GHashTable *
live_columns(DbConn *conn, const char *table, GError **error)
{
    gboolean sqlite = db_conn_dialect(conn) == DIALECT_SQLITE, ok = TRUE;
    g_autoptr(GHashTable) live = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(DbStmt) stmt = db_prepare(
        conn,
        sqlite ? "SELECT name, upper(type), \"notnull\" FROM pragma_table_info(:tbl)"
               : "SELECT CAST(column_name AS TEXT), upper(CAST(data_type AS TEXT)), CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END"
                 " FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = :tbl",
        error);

    if (!stmt)
        return NULL;
    db_bind_text(stmt, "tbl", table);
    while (db_each(stmt, &ok, error))
        g_hash_table_insert(live, g_strdup(db_text(stmt, 0)),
                            g_strdup_printf("%s|%d", db_text(stmt, 1), (int) db_int(stmt, 2)));
    return ok ? g_steal_pointer(&live) : NULL;
}

static const char *
expected_type(FieldType type, Dialect dialect)
{
    gboolean sqlite = dialect == DIALECT_SQLITE;

    switch (type) {
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_ENUM:
        return "TEXT";
    case FT_JSON:
        return sqlite ? "TEXT" : "JSON";
    case FT_DAY:
        return sqlite ? "TEXT" : "DATE";
    case FT_BOOL:
        return sqlite ? "INTEGER" : "SMALLINT";
    case FT_INT:
    case FT_MONEY:
    case FT_PRICE:
    case FT_AREA:
    case FT_PERCENT:
    case FT_INSTANT:
    case FT_REF:
    case FT__N:
        break;
    }
    return sqlite ? "INTEGER" : "BIGINT";
}

static void
note(CheckJob *job, gboolean unsafe, const char *table, const char *column, const char *what)
{
    job->unsafe += unsafe ? 1 : 0;
    g_string_append_printf(job->report, "%s: %s.%s %s\n", unsafe ? "unsafe" : "safe", table, column, what);
}

static gboolean
check_entity(DbConn *conn, CheckJob *job, const EntityDef *def, GError **error)
{
    g_autoptr(GHashTable) live = live_columns(conn, def->name, error);

    if (!live)
        return FALSE;
    if (g_hash_table_size(live) == 0) {
        note(job, TRUE, def->name, "*", "is missing");
        return TRUE;
    }
    for (guint i = 0; i < def->n_fields; i++) {
        const FieldDef *f = &def->fields[i];
        const char *have = g_hash_table_lookup(live, f->name);
        g_autofree char *want = g_strdup_printf("%s|%d", expected_type(f->type, db_conn_dialect(conn)),
                                                f->flags & FF_REQUIRED ? 1 : 0);
        if (!have)
            note(job, TRUE, def->name, f->name, "is missing");
        else if (strcmp(have, want) != 0)
            note(job, TRUE, def->name, f->name, "has another type or null rule");
        g_hash_table_remove(live, f->name);
    }
    static const char *const own[] = { "id", "property_id", "version", "created_at", "created_by", "updated_at", "updated_by" };
    for (guint i = 0; i < G_N_ELEMENTS(own); i++)
        g_hash_table_remove(live, own[i]);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, live);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        note(job, FALSE, def->name, name, "is in the database only");
    return TRUE;
}

static gboolean
check_job(DbConn *conn, gpointer data, GError **error)
{
    CheckJob *job = data;

    for (guint i = 0; job->registry->defs[i]; i++) {
        if (!check_entity(conn, job, job->registry->defs[i], error))
            return FALSE;
    }
    return TRUE;
}

gboolean
schema_check(Db *db, const Registry *registry, GString *report, GError **error)
{
    CheckJob job = { .registry = registry, .report = report };

    return db_run(db, LANE_READ, check_job, &job, error) && job.unsafe == 0;
}
