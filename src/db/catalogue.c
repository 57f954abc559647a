#include "db/catalogue.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
    char *text[DIALECT__N];
} Entry;

/* Filled at the start, constant afterwards. */
static GHashTable *entries;

static void
entry_free(gpointer data)
{
    Entry *entry = data;
    for (int i = 0; i < DIALECT__N; i++)
        g_free(entry->text[i]);
    g_free(entry);
}

/* A file being read. */
typedef struct {
    const char *file;
    char *name;
    int dialect;   /* of the text being collected, -1 for both */
    gboolean body; /* past the leading comment */
    GString *text;
} Reader;

static Entry *
entry_of(const char *name)
{
    if (entries == NULL)
        entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
    Entry *entry = g_hash_table_lookup(entries, name);
    if (entry == NULL) {
        entry = g_new0(Entry, 1);
        g_hash_table_insert(entries, g_strdup(name), entry);
    }
    return entry;
}

/* Stores the text collected so far. */
static void
finish_text(Reader *reader)
{
    if (reader->name == NULL)
        return;
    g_autofree char *text = g_strstrip(g_strdup(reader->text->str));
    g_string_truncate(reader->text, 0);
    reader->body = FALSE;
    if (g_str_has_suffix(text, ";"))
        text[strlen(text) - 1] = '\0';
    if (text[0] == '\0')
        g_error("%s: statement %s is empty", reader->file, reader->name);
    Entry *entry = entry_of(reader->name);
    for (int i = 0; i < DIALECT__N; i++) {
        if (reader->dialect >= 0 && reader->dialect != i)
            continue;
        if (reader->dialect < 0 && entry->text[i] != NULL)
            g_error("%s: statement %s is there twice", reader->file, reader->name);
        g_free(entry->text[i]);
        entry->text[i] = g_strdup(text);
    }
}

static int
dialect_named(const Reader *reader, const char *word)
{
    if (strcmp(word, "pg") == 0)
        return DIALECT_PG;
    if (strcmp(word, "sqlite") == 0)
        return DIALECT_SQLITE;
    g_error("%s: unknown dialect %s", reader->file, word);
}

static void
read_line(Reader *reader, const char *line)
{
    g_autofree char *clean = g_strstrip(g_strdup(line));
    if (g_str_has_prefix(clean, "-- name:")) {
        finish_text(reader);
        g_free(reader->name);
        reader->name = g_strdup(g_strstrip(clean + strlen("-- name:")));
        reader->dialect = -1;
        if (strchr(reader->name, '.') == NULL || strpbrk(reader->name, " \t") != NULL)
            g_error("%s: a name is <module>.<word>: %s", reader->file, reader->name);
    } else if (g_str_has_prefix(clean, "-- dialect:")) {
        if (reader->name == NULL)
            g_error("%s: a dialect before the first name", reader->file);
        finish_text(reader);
        reader->dialect = dialect_named(reader, g_strstrip(clean + strlen("-- dialect:")));
    } else if (g_str_has_prefix(clean, "--") && !reader->body) {
        return; /* what the statement is for */
    } else if (clean[0] != '\0') {
        if (reader->name == NULL)
            g_error("%s: text before the first name: %s", reader->file, clean);
        reader->body = TRUE;
        g_string_append_printf(reader->text, "%s\n", line);
    }
}

void
catalogue_add(const char *file, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    Reader reader = { .file = file, .dialect = -1, .text = g_string_new(NULL) };
    for (guint i = 0; lines[i] != NULL; i++)
        read_line(&reader, lines[i]);
    finish_text(&reader);
    g_free(reader.name);
    g_string_free(reader.text, TRUE);
}

void
catalogue_init(void)
{
    const char *folder = "/lanting/sql/";
    g_auto(GStrv) files = g_resources_enumerate_children(folder, 0, NULL);
    for (guint i = 0; files != NULL && files[i] != NULL; i++) {
        g_autofree char *path = g_strconcat(folder, files[i], NULL);
        g_autoptr(GBytes) bytes = g_resources_lookup_data(path, 0, NULL);
        if (bytes == NULL || !g_str_has_suffix(files[i], ".sql"))
            g_error("resource %s is not an .sql file", path);
        g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
        catalogue_add(files[i], text);
    }
}

const char *
catalogue_sql(const char *name, Dialect dialect)
{
    const Entry *entry = entries ? g_hash_table_lookup(entries, name) : NULL;
    if (entry == NULL || entry->text[dialect] == NULL)
        g_error("no statement is called %s", name);
    return entry->text[dialect];
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

const char **
catalogue_names(void)
{
    if (entries == NULL)
        return g_new0(const char *, 1);
    guint n = 0;
    const char **names = (const char **) g_hash_table_get_keys_as_array(entries, &n);
    qsort(names, n, sizeof *names, compare_names);
    return names;
}

DbStmt *
db_named(DbConn *conn, const char *name, GError **error)
{
    return db_prepare(conn, catalogue_sql(name, db_conn_dialect(conn)), error);
}
