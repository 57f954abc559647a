/* schema.c - SQL text derived from the entity tables. */
#include "store/schema.h"

#include "store/store_internal.h"

#include <string.h>

/* Tables that belong to no entity: counters, chain, keys. {{…}} are column types per engine. */
static const char *const service_tables[] = {
    "CREATE TABLE numbering (property_id {{I64}} NOT NULL, kind TEXT NOT NULL, year {{I64}} NOT NULL, last {{I64}} NOT NULL,"
    " PRIMARY KEY (property_id, kind, year)){{STRICT}}",
    "CREATE TABLE history_head (property_id {{I64}} NOT NULL PRIMARY KEY, seq {{I64}} NOT NULL, hash TEXT NOT NULL){{STRICT}}",
    "CREATE TABLE history (property_id {{I64}} NOT NULL, seq {{I64}} NOT NULL, at {{I64}} NOT NULL, by_id {{I64}} NOT NULL,"
    " on_behalf_of {{I64}} NOT NULL, entity TEXT NOT NULL, record_id {{I64}} NOT NULL, action TEXT NOT NULL, reason TEXT,"
    " changes TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (property_id, seq)){{STRICT}}",
    "CREATE INDEX history__record ON history (property_id, entity, record_id, seq)",
    "CREATE INDEX history__by ON history (property_id, by_id, at)",
    "CREATE TABLE search_key (property_id {{I64}} NOT NULL, entity TEXT NOT NULL, key TEXT NOT NULL, record_id {{I64}} NOT NULL,"
    " PRIMARY KEY (property_id, entity, key, record_id)){{STRICT_NO_ROWID}}",
    "CREATE TABLE record_grant (property_id {{I64}} NOT NULL, id {{I64}} NOT NULL, entity TEXT NOT NULL, record_id {{I64}} NOT NULL,"
    " staff_id {{I64}} NOT NULL, why TEXT NOT NULL, given_at {{I64}} NOT NULL, ended_at {{I64}},"
    " PRIMARY KEY (property_id, id)){{STRICT}}",
    "CREATE INDEX record_grant__open ON record_grant (property_id, staff_id, entity, record_id) WHERE ended_at IS NULL",
    "CREATE INDEX record_grant__why ON record_grant (property_id, why)",
    "CREATE TABLE idempotency (property_id {{I64}} NOT NULL, staff_id {{I64}} NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL,"
    " status {{I64}} NOT NULL, body TEXT NOT NULL, at {{I64}} NOT NULL, PRIMARY KEY (property_id, staff_id, key)){{STRICT}}",
    "CREATE TABLE job_day (property_id {{I64}} NOT NULL, name TEXT NOT NULL, day {{I64}} NOT NULL, at {{I64}} NOT NULL,"
    " PRIMARY KEY (property_id, name, day)){{STRICT}}",
    NULL,
};

/* Rows that are never changed, whoever asks. Belt and braces beside the checks in C. */
static const char *const append_only_services[] = { "history", NULL };

static const struct {
    const char *token;
    const char *text[DIALECT__N];
} tokens[] = {
    { "{{I64}}", { "INTEGER", "BIGINT" } },
    { "{{STRICT}}", { " STRICT", "" } },
    { "{{STRICT_NO_ROWID}}", { " STRICT, WITHOUT ROWID", "" } },
};

static char *
fill_tokens(const char *sql, Dialect dialect)
{
    g_autoptr(GString) s = g_string_new(sql);

    for (guint i = 0; i < G_N_ELEMENTS(tokens); i++)
        g_string_replace(s, tokens[i].token, tokens[i].text[dialect], 0);
    return g_strdup(s->str);
}

static const char *
column_type(FieldType type, Dialect dialect)
{
    static const char *const types[FT__N][DIALECT__N] = {
        [FT_TEXT] = { "TEXT", "TEXT" },         [FT_LONGTEXT] = { "TEXT", "TEXT" },
        [FT_INT] = { "INTEGER", "BIGINT" },     [FT_BOOL] = { "INTEGER", "SMALLINT" },
        [FT_MONEY] = { "INTEGER", "BIGINT" },   [FT_PRICE] = { "INTEGER", "BIGINT" },
        [FT_AREA] = { "INTEGER", "BIGINT" },    [FT_PERCENT] = { "INTEGER", "BIGINT" },
        [FT_DAY] = { "TEXT", "DATE" },          [FT_INSTANT] = { "INTEGER", "BIGINT" },
        [FT_ENUM] = { "TEXT", "TEXT" },         [FT_REF] = { "INTEGER", "BIGINT" },
        [FT_JSON] = { "TEXT", "JSON" },
    };

    return types[type][dialect];
}

static void
append_check(GString *sql, const FieldDef *f, Dialect dialect)
{
    if ((f->type == FT_TEXT || f->type == FT_LONGTEXT) && f->max)
        g_string_append_printf(sql, " CHECK (length(%s) <= %" G_GINT64_FORMAT ")", f->name, f->max);
    else if (f->type == FT_BOOL)
        g_string_append_printf(sql, " CHECK (%s IN (0, 1))", f->name);
    else if (f->type == FT_DAY && dialect == DIALECT_SQLITE)
        g_string_append_printf(sql, " CHECK (%s GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')", f->name);
    else if (f->type == FT_JSON && dialect == DIALECT_SQLITE)
        g_string_append_printf(sql, " CHECK (json_valid(%s))", f->name);
}

static void
append_reference(GString *sql, const EntityDef *def, const FieldDef *f, const EntityDef *ref, Dialect dialect)
{
    if (dialect == DIALECT_PG && !(ref->flags & EF_GROUP) && !(def->flags & EF_GROUP))
        g_string_append_printf(sql, ",\n  FOREIGN KEY (property_id, %s) REFERENCES %s (property_id, id)",
                               f->name, ref->name);
    else if (dialect == DIALECT_SQLITE || (ref->flags & EF_GROUP))
        g_string_append_printf(sql, ",\n  FOREIGN KEY (%s) REFERENCES %s (id)", f->name, ref->name);
}

static char *
create_table(const Registry *registry, const EntityDef *def, Dialect dialect)
{
    const char *i64 = dialect == DIALECT_SQLITE ? "INTEGER" : "BIGINT";
    gboolean group = (def->flags & EF_GROUP) != 0;
    g_autoptr(GString) sql = g_string_new(NULL);

    g_string_printf(sql, "CREATE TABLE %s (\n", def->name);
    if (!group)
        g_string_append_printf(sql, "  property_id %s NOT NULL,\n", i64);
    g_string_append_printf(sql, "  id %s NOT NULL%s,\n", i64,
                           dialect == DIALECT_SQLITE ? " PRIMARY KEY" : "");
    g_string_append_printf(sql,
                           "  version %s NOT NULL,\n  created_at %s NOT NULL,\n  created_by %s,\n"
                           "  updated_at %s NOT NULL,\n  updated_by %s",
                           i64, i64, i64, i64, i64);
    for (guint i = 0; i < def->n_fields; i++) {
        const FieldDef *f = &def->fields[i];
        g_string_append_printf(sql, ",\n  %s %s%s", f->name, column_type(f->type, dialect),
                               f->flags & FF_REQUIRED ? " NOT NULL" : "");
        append_check(sql, f, dialect);
    }
    if (dialect == DIALECT_PG)
        g_string_append(sql, group ? ",\n  PRIMARY KEY (id)" : ",\n  PRIMARY KEY (property_id, id)");
    for (guint i = 0; def->uniques && def->uniques[i]; i++) {
        g_auto(GStrv) words = g_strsplit(def->uniques[i], " ", -1);
        g_autofree char *columns = g_strjoinv(", ", words);
        g_string_append_printf(sql, ",\n  UNIQUE (%s%s)", group ? "" : "property_id, ", columns);
    }
    for (guint i = 0; i < def->n_fields; i++) {
        if (def->fields[i].type == FT_REF)
            append_reference(sql, def, &def->fields[i], registry_def(registry, def->fields[i].ref), dialect);
    }
    g_string_append(sql, dialect == DIALECT_SQLITE ? "\n) STRICT" : "\n)");
    return g_strdup(sql->str);
}

/* Whether the columns after the first one do not all go the same way. */
static gboolean
is_mixed(char *const *words)
{
    for (guint i = 2; words[0] && words[1] && words[i]; i++) {
        if ((words[i][0] == '-') != (words[1][0] == '-'))
            return TRUE;
    }
    return FALSE;
}

/* @words: "a b -c", '-' for descending. An SQLite index ends with the row's id by itself and is read backwards as well as
 * forwards, so only a mixture need be spelled out; PostgreSQL wants all of it said, and where the NULLs are. */
static void
add_index(GPtrArray *out, const EntityDef *def, const char *words, Dialect dialect)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    g_autoptr(GString) columns = g_string_new(def->flags & EF_GROUP ? "" : "property_id");
    g_autoptr(GString) name = g_string_new(def->name);
    gboolean spelled = dialect == DIALECT_PG || is_mixed(list), down = FALSE;

    g_string_append_c(name, '_');
    for (guint i = 0; list[i]; i++) {
        gboolean minus = list[i][0] == '-';
        const char *word = list[i] + (minus ? 1 : 0);
        const FieldDef *f = entity_find_field(def, word);
        g_string_append_printf(name, "_%s%s", word, minus ? "_down" : "");
        g_string_append_printf(columns, "%s%s", columns->len ? ", " : "", word);
        if (minus && spelled)
            g_string_append(columns, " DESC");
        if (minus && dialect == DIALECT_PG && f && !(f->flags & FF_REQUIRED))
            g_string_append(columns, " NULLS LAST");
        down = down || minus;
    }
    if (spelled)
        g_string_append_printf(columns, ", id%s", down ? " DESC" : "");
    g_ptr_array_add(out, g_strdup_printf("CREATE INDEX %s ON %s (%s)", name->str, def->name, columns->str));
}

/* Whether @words are a unique set or, as a whole or at the beginning of it, a declared index. */
static gboolean
has_set(const EntityDef *def, const char *words, gboolean whole)
{
    const char *const *sets[] = { def->uniques, def->indexes };
    gsize n = strlen(words);

    for (guint s = 0; s < G_N_ELEMENTS(sets); s++) {
        for (guint i = 0; sets[s] && sets[s][i]; i++) {
            const char *set = sets[s][i];
            if (strncmp(set, words, n) == 0 && (set[n] == '\0' || (!whole && set[n] == ' ')))
                return TRUE;
        }
    }
    return FALSE;
}

/* The list's own order as a word of an index; NULL if that is the id. transfer none. */
static const char *
order_word(const EntityDef *def)
{
    const char *sort = def->list_sort ? def->list_sort : "";

    return entity_find_field(def, sort[0] == '-' ? sort + 1 : sort) ? sort : NULL;
}

static gboolean
is_own_order(const EntityDef *def, const FieldDef *f)
{
    const char *order = order_word(def);

    return order && strcmp(order[0] == '-' ? order + 1 : order, f->name) == 0;
}

/* A filter is met together with the list's own order: rows come out sorted, and counting reads the index alone. */
static void
add_filter_index(GPtrArray *out, const EntityDef *def, const FieldDef *f, Dialect dialect)
{
    const char *order = order_word(def);
    gboolean alone = !order || is_own_order(def, f);
    g_autofree char *words = alone ? g_strdup(f->name) : g_strdup_printf("%s %s", f->name, order);

    if (!has_set(def, words, alone))
        add_index(out, def, words, dialect);
}

/* An order with NULLs has them last both ways: on PostgreSQL those are two indexes. */
static void
add_order_index(GPtrArray *out, const EntityDef *def, const FieldDef *f, Dialect dialect)
{
    gboolean down = dialect == DIALECT_PG && !(f->flags & FF_REQUIRED) && ((f->flags & FF_SORT) || is_own_order(def, f));
    g_autofree char *words = g_strdup_printf("-%s", f->name);

    if (!has_set(def, f->name, TRUE))
        add_index(out, def, f->name, dialect);
    if (down && !has_set(def, words, TRUE))
        add_index(out, def, words, dialect);
}

/* Every order, every filter, every reference that a delete or a parent's page looks up. */
static void
add_indexes(GPtrArray *out, const EntityDef *def, Dialect dialect)
{
    if (dialect == DIALECT_SQLITE && !(def->flags & EF_GROUP)) /* where PostgreSQL has the primary key */
        g_ptr_array_add(out, g_strdup_printf("CREATE INDEX %s__property ON %s (property_id)", def->name, def->name));
    for (guint i = 0; def->indexes && def->indexes[i]; i++)
        add_index(out, def, def->indexes[i], dialect);
    for (guint i = 0; i < def->n_fields; i++) {
        const FieldDef *f = &def->fields[i];
        gboolean ordered = (f->flags & FF_SORT) || is_own_order(def, f) || f == title_order(def);
        gboolean alone = !order_word(def) || is_own_order(def, f); /* then its order is all that the filter wants */
        if (ordered)
            add_order_index(out, def, f, dialect);
        if (ordered && alone)
            continue;
        if ((f->flags & FF_FILTER) || (f->type == FT_REF && !(f->flags & FF_NO_INDEX) && !has_set(def, f->name, FALSE)))
            add_filter_index(out, def, f, dialect);
    }
}

static void
add_append_only(GPtrArray *out, const char *table, Dialect dialect)
{
    static const char *const verbs[] = { "UPDATE", "DELETE" };

    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (dialect == DIALECT_SQLITE)
            g_ptr_array_add(out, g_strdup_printf("CREATE TRIGGER %s__no_%s BEFORE %s ON %s"
                                                 " BEGIN SELECT RAISE(ABORT, '%s is append-only'); END",
                                                 table, i ? "delete" : "update", verbs[i], table, table));
        else
            g_ptr_array_add(out, g_strdup_printf("CREATE TRIGGER %s__no_%s BEFORE %s ON %s"
                                                 " FOR EACH ROW EXECUTE FUNCTION lanting_append_only()",
                                                 table, i ? "delete" : "update", verbs[i], table));
    }
}

/* What was posted stays: a change of one of the frozen fields fails, whoever asks. */
static void
add_frozen(GPtrArray *out, const EntityDef *def, Dialect dialect)
{
    const char *differs = dialect == DIALECT_SQLITE ? "IS NOT" : "IS DISTINCT FROM";
    g_auto(GStrv) names = g_strsplit(def->frozen, " ", -1);
    g_autoptr(GString) when = g_string_new(NULL);

    for (guint i = 0; names[i]; i++)
        g_string_append_printf(when, "%sOLD.%s %s NEW.%s", i ? " OR " : "", names[i], differs, names[i]);
    if (dialect == DIALECT_SQLITE) {
        g_ptr_array_add(out, g_strdup_printf("CREATE TRIGGER %s__frozen BEFORE UPDATE ON %s WHEN %s"
                                             " BEGIN SELECT RAISE(ABORT, '%s is posted'); END",
                                             def->name, def->name, when->str, def->name));
        g_ptr_array_add(out, g_strdup_printf("CREATE TRIGGER %s__no_delete BEFORE DELETE ON %s"
                                             " BEGIN SELECT RAISE(ABORT, '%s is posted'); END",
                                             def->name, def->name, def->name));
        return;
    }
    g_ptr_array_add(out, g_strdup_printf("CREATE TRIGGER %s__frozen BEFORE UPDATE ON %s FOR EACH ROW WHEN (%s)"
                                         " EXECUTE FUNCTION lanting_append_only()",
                                         def->name, def->name, when->str));
    g_ptr_array_add(out, g_strdup_printf("CREATE TRIGGER %s__no_delete BEFORE DELETE ON %s"
                                         " FOR EACH ROW EXECUTE FUNCTION lanting_append_only()",
                                         def->name, def->name));
}

static void
append_view_column(GString *sql, const FieldDef *f, Dialect dialect)
{
    static const char *const scale[FT__N] = {
        [FT_MONEY] = "100.0", [FT_PRICE] = "10000.0", [FT_AREA] = "100.0", [FT_PERCENT] = "10000.0"
    };

    if (f->flags & FF_MASKED)
        g_string_append_printf(sql, ", CASE WHEN t.%s IS NULL THEN NULL ELSE '***' END AS %s", f->name, f->name);
    else if (scale[f->type])
        g_string_append_printf(sql, ", t.%s / %s AS %s", f->name, scale[f->type], f->name);
    else if (f->type == FT_INSTANT && dialect == DIALECT_SQLITE)
        g_string_append_printf(sql, ", strftime('%%Y-%%m-%%d %%H:%%M:%%S', t.%s / 1000000, 'unixepoch', '+8 hours') AS %s",
                               f->name, f->name);
    else if (f->type == FT_INSTANT)
        g_string_append_printf(
            sql, ", to_char(to_timestamp(t.%s / 1000000.0) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') AS %s",
            f->name, f->name);
    else
        g_string_append_printf(sql, ", t.%s AS %s", f->name, f->name);
}

/* For people's reporting tools: yuan, m2, readable times, references by name, confidential fields masked. */
static char *
create_view(const Registry *registry, const EntityDef *def, Dialect dialect)
{
    g_autoptr(GString) sql = g_string_new(NULL);

    g_string_printf(sql, "CREATE VIEW v_%s AS SELECT %st.id AS id", def->name,
                    def->flags & EF_GROUP ? "" : "t.property_id AS property_id, ");
    for (guint i = 0; i < def->n_fields; i++) {
        const FieldDef *f = &def->fields[i];
        if (f->flags & FF_SECRET)
            continue;
        append_view_column(sql, f, dialect);
        if (f->type != FT_REF)
            continue;
        const EntityDef *ref = registry_def(registry, f->ref);
        g_autofree char *label = label_sql(registry, LANG_ZH, ref, "r");
        gboolean same = !((ref->flags | def->flags) & EF_GROUP);
        gsize n = strlen(f->name);
        gboolean has_id = n > 3 && strcmp(f->name + n - 3, "_id") == 0;
        g_string_append_printf(sql, ", (SELECT %s FROM %s r WHERE %sr.id = t.%s) AS %.*s_name", label, ref->name,
                               same ? "r.property_id = t.property_id AND " : "", f->name,
                               (int) (has_id ? n - 3 : n), f->name);
    }
    g_string_append_printf(sql, " FROM %s t", def->name);
    return g_strdup(sql->str);
}

static GPtrArray *
statements(const Registry *registry, Dialect dialect)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; service_tables[i]; i++)
        g_ptr_array_add(out, fill_tokens(service_tables[i], dialect));
    if (dialect == DIALECT_PG)
        g_ptr_array_add(out, g_strdup("CREATE FUNCTION lanting_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                                      "'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END'"));
    for (guint i = 0; append_only_services[i]; i++)
        add_append_only(out, append_only_services[i], dialect);
    for (guint i = 0; registry->defs[i]; i++) {
        g_ptr_array_add(out, create_table(registry, registry->defs[i], dialect));
        add_indexes(out, registry->defs[i], dialect);
        if (registry->defs[i]->flags & EF_APPEND_ONLY)
            add_append_only(out, registry->defs[i]->name, dialect);
        if (registry->defs[i]->frozen)
            add_frozen(out, registry->defs[i], dialect);
    }
    for (guint i = 0; registry->defs[i]; i++) {
        if (!(registry->defs[i]->flags & EF_INTERNAL))
            g_ptr_array_add(out, create_view(registry, registry->defs[i], dialect));
    }
    return out;
}

char *
schema_ddl(const Registry *registry, Dialect dialect)
{
    g_autoptr(GPtrArray) list = statements(registry, dialect);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, "%s;\n", (const char *) list->pdata[i]);
    return g_strdup(text->str);
}

typedef struct {
    const Registry *registry;
} CreateJob;

static gboolean
create_job(DbConn *conn, gpointer data, GError **error)
{
    const CreateJob *job = data;
    g_autoptr(GPtrArray) list = statements(job->registry, db_conn_dialect(conn));

    for (guint i = 0; i < list->len; i++) {
        if (!db_exec(conn, list->pdata[i], error)) {
            g_prefix_error(error, "%s: ", (const char *) list->pdata[i]);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
schema_create(Db *db, const Registry *registry, GError **error)
{
    CreateJob job = { registry };

    return db_run(db, LANE_WRITE, create_job, &job, error);
}
