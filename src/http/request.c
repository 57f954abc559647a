#include "http/http_internal.h"

#include <string.h>

const char *
http_param_find(const GArray *params, const char *name, gboolean any_case)
{
    for (guint i = 0; params && i < params->len; i++) {
        const HttpParam *param = &g_array_index(params, HttpParam, i);
        int differs = any_case ? g_ascii_strcasecmp(param->name, name) : strcmp(param->name, name);
        if (!differs)
            return param->value;
    }
    return NULL;
}

const char *
http_query(const HttpRequest *request, const char *name)
{
    return http_param_find(request->query, name, FALSE);
}

const char *
http_header(const HttpRequest *request, const char *name)
{
    return http_param_find(request->headers, name, TRUE);
}

const char *
http_cookie(const HttpRequest *request, const char *name)
{
    return http_param_find(request->cookies, name, FALSE);
}

Lang
http_lang(const HttpRequest *request)
{
    const char *chosen = http_query(request, "lang"); /* of a link: a browser's own tab knows nothing of the page's choice */
    const char *header = chosen ? chosen : http_header(request, "Accept-Language");
    g_auto(GStrv) parts = g_strsplit(header ? header : "", ",", 20);
    for (char **part = parts; *part; part++) {
        const char *tag = g_strstrip(*part);
        if (g_ascii_strncasecmp(tag, "zh", 2) == 0 && !g_ascii_isalpha(tag[2]))
            return LANG_ZH;
        if (g_ascii_strncasecmp(tag, "en", 2) == 0 && !g_ascii_isalpha(tag[2]))
            return LANG_EN;
    }
    return LANG_ZH;
}

/* "q=0", "q=0.0" and so on, with spaces around: the client does not want it. */
static gboolean
is_declined(const char *parameters)
{
    g_autofree char *text = g_strdup(parameters);
    g_strstrip(text);
    if (g_ascii_strncasecmp(text, "q=0", 3) != 0)
        return FALSE;
    return strspn(text + 3, ".0") == strlen(text + 3);
}

gboolean
http_accepts(const HttpRequest *request, const char *coding)
{
    const char *header = http_header(request, "Accept-Encoding");
    g_auto(GStrv) parts = g_strsplit(header ? header : "", ",", 20);
    for (char **part = parts; *part; part++) {
        char *parameters = strchr(*part, ';');
        if (parameters)
            *parameters++ = '\0';
        if (g_ascii_strcasecmp(g_strstrip(*part), coding) == 0)
            return !parameters || !is_declined(parameters);
    }
    return FALSE;
}
