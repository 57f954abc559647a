/* paper_law.c - what no paper may say: utilities are not cut off to collect the property fee (civil code 944). */
#include "domain/lease/lease.h"

#include <string.h>

static const char *const cuts[] = {
    "停水", "停电", "断水", "断电", "停气", "断气", "停暖", "断暖", "停燃气", "停止供", "中止供", "中断供", "暂停供", "切断水", "切断电", "切断供",
    "拉闸", "限水", "限电", "停空调", "停止水电", "停止提供水", "停止提供电",
};
/* A denial that governs the word, not one that forbids the other side to object. */
#define DENIAL "(不得|不会|不以|不采取|禁止|严禁|不应|不可)(?:(?!拒绝|阻|妨碍|异议).){0,20}$"

/* The text without blanks: they hide no word. Line ends stay, they end a sentence. */
static char *
squeezed(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        if (*p == '\n' || !g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    return g_strdup(out->str);
}

static gboolean
is_threat(const char *clause)
{
    for (guint i = 0; i < G_N_ELEMENTS(cuts); i++) {
        const char *at = strstr(clause, cuts[i]);
        g_autofree char *before = at ? g_strndup(clause, (gsize) (at - clause)) : NULL;
        if (at && !g_regex_match_simple(DENIAL, before, 0, 0))
            return TRUE;
    }
    return FALSE;
}

gboolean
paper_threatens_utilities(const char *text)
{
    g_autofree char *plain = text ? squeezed(text) : NULL;
    g_auto(GStrv) clauses = plain ? g_regex_split_simple("[。；;，,！!？?\n]", plain, 0, 0) : NULL;

    for (guint i = 0; clauses && clauses[i]; i++) {
        if (is_threat(clauses[i]))
            return TRUE;
    }
    return FALSE;
}

gboolean
paper_refuse_utilities(const char *field, GError **error)
{
    return app_error_field(error, field, "utilities", "不得以停水、停电、停气等方式催交费用（民法典第九百四十四条）",
                           "may not threaten to cut off water, power or gas to collect money (civil code 944)");
}
