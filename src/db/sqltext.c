#include "db/driver.h"

#include <string.h>

/* Where a token stands for a type that needs a CHECK, the word before it is the column. */
static char *
word_before(const char *start, const char *end)
{
    while (end > start && g_ascii_isspace(end[-1]))
        end--;
    const char *last = end;
    while (end > start && (g_ascii_isalnum(end[-1]) || end[-1] == '_'))
        end--;
    return g_strndup(end, (gsize) (last - end));
}

static gboolean
append_token(GString *out, const char *token, Dialect dialect)
{
    static const struct {
        const char *token;
        const char *words[DIALECT__N]; /* '@' is the column */
    } tokens[] = {
        { "I64", { "INTEGER", "BIGINT" } },
        { "BOOL", { "INTEGER CHECK (@ IN (0,1))", "SMALLINT CHECK (@ IN (0,1))" } },
        { "DATE", { "TEXT CHECK (@ GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')", "DATE" } },
        { "JSON", { "TEXT CHECK (json_valid(@))", "JSON" } },
        { "BYTES", { "BLOB", "BYTEA" } },
        { "STRICT", { "STRICT", "" } },
        { "FOR_UPDATE", { "", "FOR UPDATE" } },
        { "SKIP_LOCKED", { "", "SKIP LOCKED" } },
    };
    for (guint i = 0; i < G_N_ELEMENTS(tokens); i++) {
        if (strcmp(tokens[i].token, token) != 0)
            continue;
        const char *words = tokens[i].words[dialect];
        g_autofree char *column = word_before(out->str, out->str + out->len);
        for (; *words != '\0'; words++) {
            if (*words == '@')
                g_string_append(out, column);
            else
                g_string_append_c(out, *words);
        }
        return TRUE;
    }
    return FALSE;
}

char *
sqltext_expand(const char *sql, Dialect dialect, GError **error)
{
    g_autoptr(GString) out = g_string_sized_new(strlen(sql) + 32);
    for (;;) {
        const char *open = strstr(sql, "{{");
        if (open == NULL)
            break;
        const char *close = strstr(open, "}}");
        g_autofree char *token =
            close ? g_strndup(open + 2, (gsize) (close - open - 2)) : g_strdup("");
        g_string_append_len(out, sql, open - sql);
        if (!append_token(out, token, dialect)) {
            app_error_set(error, APP_ERROR_INTERNAL, "db.sql", "语句中有未知记号“%s”",
                          "unknown token \"%s\" in a statement", token);
            return NULL;
        }
        sql = close + 2;
    }
    g_string_append(out, sql);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* End of the literal, quoted name or comment that begins at @p; NULL if none does. */
static const char *
skip_opaque(const char *p)
{
    if (*p == '\'' || *p == '"') {
        /* A doubled quote is seen as the end of one literal and the start of the next, which comes
         * to the same. */
        const char *end = strchr(p + 1, *p);
        return end ? end + 1 : p + strlen(p);
    }
    if (p[0] == '-' && p[1] == '-') {
        const char *end = strchr(p, '\n');
        return end ? end : p + strlen(p);
    }
    if (p[0] == '/' && p[1] == '*') {
        const char *end = strstr(p + 2, "*/");
        return end ? end + 2 : p + strlen(p);
    }
    return NULL;
}

static guint
number_of(GPtrArray *names, const char *start, gsize len)
{
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        if (strlen(name) == len && strncmp(name, start, len) == 0)
            return i + 1;
    }
    g_ptr_array_add(names, g_strndup(start, len));
    return names->len;
}

char *
sqltext_rewrite(const char *sql, Dialect dialect, GPtrArray *names, GError **error)
{
    g_autoptr(GString) out = g_string_sized_new(strlen(sql) + 16);
    const char *p = sql;
    while (*p != '\0') {
        const char *end = skip_opaque(p);
        if (end != NULL) {
            g_string_append_len(out, p, end - p);
            p = end;
            continue;
        }
        if (*p == ':' && (g_ascii_isalpha(p[1]) || p[1] == '_')) {
            const char *start = ++p;
            while (g_ascii_isalnum(*p) || *p == '_')
                p++;
            g_string_append_printf(out, "%c%u", dialect == DIALECT_PG ? '$' : '?',
                                   number_of(names, start, (gsize) (p - start)));
            continue;
        }
        /* SQLite would take $1::bigint for the name of a parameter that then stays NULL, without a
         * word. */
        if (*p == ':' || *p == '?' || *p == '$') {
            app_error_set(error, APP_ERROR_INTERNAL, "db.sql", "语句中不允许使用“%c”：%.60s",
                          "\"%c\" is not allowed in a statement: %.60s", *p, p);
            return NULL;
        }
        g_string_append_c(out, *p++);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
