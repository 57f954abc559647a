#include "http/http_internal.h"

#include <string.h>

#define TARGET_MAX 8192
#define QUERY_MAX 200
#define HEADERS_MAX 100

static const HttpRefusal too_long = { 414, "http.uri_too_long", "网址过长",
                                      "the address is too long" };
static const HttpRefusal bad_path = { 400, "http.path", "网址格式不正确", "the path is malformed" };
static const HttpRefusal bad_query = { 400, "http.query", "查询参数格式不正确",
                                       "the query is malformed" };
static const HttpRefusal twice = { 400, "http.duplicate_query", "查询参数重复",
                                   "a query name comes twice" };
static const HttpRefusal bad_header = { 400, "http.header", "请求头格式不正确",
                                        "a header is malformed" };
static const HttpRefusal bad_framing = { 400, "http.framing", "请求体长度声明有歧义",
                                         "the length of the body is ambiguous" };
static const HttpRefusal bad_coding = { 501, "http.transfer_coding", "不支持该传输编码",
                                        "this transfer coding is not supported" };
static const HttpRefusal bad_host = { 400, "http.host", "缺少 Host 请求头或其重复",
                                      "Host is missing or comes twice" };

/* Decodes %XX in place of a copy. FALSE on a malformed escape. Slashes that were escaped are
 * refused where @is_path: whether they separate is read differently by every proxy. */
static gboolean
decode(char *text, gboolean is_path)
{
    char *out = text;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '+' && !is_path) {
            *out++ = ' ';
            continue;
        }
        if (*p != '%') {
            *out++ = *p;
            continue;
        }
        int high = g_ascii_xdigit_value(p[1]);
        int low = high < 0 ? -1 : g_ascii_xdigit_value(p[2]);
        int byte = high * 16 + low;
        if (low < 0 || byte == 0 || (is_path && (byte == '/' || byte == '\\')))
            return FALSE;
        *out++ = (char) byte;
        p += 2;
    }
    *out = '\0';
    return TRUE;
}

/* Valid UTF-8 without control characters; tab and line breaks pass where @allow_breaks. */
static gboolean
is_readable(const char *text, gboolean allow_breaks)
{
    if (!g_utf8_validate(text, -1, NULL))
        return FALSE;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gboolean is_break = c == '\t' || c == '\n' || c == '\r';
        if ((c < 0x20 && !(is_break && allow_breaks)) || (c >= 0x7f && c < 0xa0))
            return FALSE;
    }
    return TRUE;
}

static gboolean
path_is_plain(const char *path)
{
    if (path[0] != '/')
        return FALSE;
    for (const char *segment = path + 1; segment != NULL;) {
        const char *end = strchr(segment, '/');
        gsize len = end ? (gsize) (end - segment) : strlen(segment);
        if ((end && len == 0) || (len == 1 && segment[0] == '.')
            || (len == 2 && segment[0] == '.' && segment[1] == '.'))
            return FALSE;
        segment = end ? end + 1 : NULL;
    }
    return TRUE;
}

static const HttpRefusal *
parse_query(char *text, GArray *query)
{
    for (char *piece = text; piece != NULL;) {
        char *next = strchr(piece, '&');
        if (next)
            *next++ = '\0';
        if (*piece != '\0') {
            char *value = strchr(piece, '=');
            if (value)
                *value++ = '\0';
            HttpParam param = { piece, value ? value : "" };
            if (!decode(piece, FALSE) || (value && !decode(value, FALSE)) || *piece == '\0'
                || !is_readable(piece, FALSE) || !is_readable(param.value, TRUE)
                || query->len >= QUERY_MAX)
                return &bad_query;
            if (http_param_find(query, piece, FALSE))
                return &twice;
            g_array_append_val(query, param);
        }
        piece = next;
    }
    return NULL;
}

const HttpRefusal *
http_parse_target(const char *raw, char **path, GArray *query, char **storage)
{
    if (strlen(raw) > TARGET_MAX)
        return &too_long;
    for (const char *p = raw; *p != '\0'; p++)
        if ((guchar) *p <= 0x20 || *p == 0x7f || *p == '#' || *p == '\\')
            return &bad_path;
    /* A proxy may send the absolute form; the authority is Host's business. */
    if (g_ascii_strncasecmp(raw, "http://", 7) == 0
        || g_ascii_strncasecmp(raw, "https://", 8) == 0) {
        raw = strchr(strchr(raw, ':') + 3, '/');
        if (!raw)
            return &bad_path;
    }
    const char *mark = strchr(raw, '?');
    g_autofree char *decoded = mark ? g_strndup(raw, (gsize) (mark - raw)) : g_strdup(raw);
    if (!decode(decoded, TRUE) || !is_readable(decoded, FALSE) || !path_is_plain(decoded))
        return &bad_path;
    *path = g_steal_pointer(&decoded);
    if (!mark)
        return NULL;
    *storage = g_strdup(mark + 1);
    return parse_query(*storage, query);
}

static gboolean
is_token(const char *text)
{
    if (*text == '\0')
        return FALSE;
    for (const char *p = text; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p) && !strchr("!#$%&'*+-.^_`|~", *p))
            return FALSE;
    return TRUE;
}

static gboolean
value_is_clean(const char *value)
{
    for (const char *p = value; *p != '\0'; p++)
        if (((guchar) *p < 0x20 && *p != '\t') || *p == 0x7f)
            return FALSE;
    return TRUE;
}

static gboolean
is_length(const char *value)
{
    gsize len = strlen(value);
    return len >= 1 && len <= 18 && strspn(value, "0123456789") == len;
}

typedef struct {
    guint lengths, codings, hosts;
} Framing;

static const HttpRefusal *
check_header(const HttpParam *h, Framing *seen)
{
    if (!is_token(h->name) || !value_is_clean(h->value))
        return &bad_header;
    if (g_ascii_strcasecmp(h->name, "Content-Length") == 0) {
        seen->lengths++;
        return is_length(h->value) ? NULL : &bad_framing;
    }
    if (g_ascii_strcasecmp(h->name, "Transfer-Encoding") == 0) {
        seen->codings++;
        return g_ascii_strcasecmp(h->value, "chunked") == 0 ? NULL : &bad_coding;
    }
    if (g_ascii_strcasecmp(h->name, "Host") == 0)
        seen->hosts++;
    return NULL;
}

const HttpRefusal *
http_check_headers(const GArray *headers, gboolean is_1_1)
{
    Framing seen = { 0 };
    if (headers->len > HEADERS_MAX)
        return &bad_header;
    for (guint i = 0; i < headers->len; i++) {
        const HttpRefusal *refusal = check_header(&g_array_index(headers, HttpParam, i), &seen);
        if (refusal)
            return refusal;
    }
    if (seen.lengths + seen.codings > 1 || (seen.codings && !is_1_1))
        return &bad_framing;
    return seen.hosts > 1 || (is_1_1 && seen.hosts == 0) ? &bad_host : NULL;
}

void
http_parse_cookies(const GArray *headers, GArray *cookies, char **storage)
{
    const char *header = http_param_find(headers, "Cookie", TRUE);
    if (!header)
        return;
    *storage = g_strdup(header);
    for (char *piece = *storage; piece != NULL;) {
        char *next = strchr(piece, ';');
        if (next)
            *next++ = '\0';
        char *value = strchr(piece, '=');
        if (value) {
            *value++ = '\0';
            HttpParam param = { g_strstrip(piece), g_strstrip(value) };
            g_array_append_val(cookies, param);
        }
        piece = next;
    }
}

static const char *const method_names[HTTP_METHOD__N] = { "GET", "POST",   "PATCH",
                                                          "PUT", "DELETE", "OPTIONS" };

const char *
http_method_name(HttpMethod method)
{
    g_return_val_if_fail(method < HTTP_METHOD__N, "GET");
    return method_names[method];
}

gboolean
http_parse_method(const char *text, HttpMethod *method, gboolean *is_head)
{
    *method = HTTP_GET;
    *is_head = strcmp(text, "HEAD") == 0;
    if (*is_head)
        return TRUE;
    for (int i = 0; i < HTTP_METHOD__N; i++) {
        if (strcmp(text, method_names[i]) == 0) {
            *method = (HttpMethod) i;
            return TRUE;
        }
    }
    return FALSE;
}
