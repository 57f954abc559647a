#include "http/http_internal.h"
#include "http/problem.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

HttpReply *
http_reply_new(const char *request_id)
{
    HttpReply *reply = g_new0(HttpReply, 1);
    reply->status = 404;
    reply->fd = -1;
    reply->headers = g_ptr_array_new_with_free_func(g_free);
    g_strlcpy(reply->request_id, request_id ? request_id : "", sizeof reply->request_id);
    return reply;
}

static void
drop_body(HttpReply *reply)
{
    g_clear_pointer(&reply->bytes, g_bytes_unref);
    if (reply->fd >= 0)
        close(reply->fd);
    reply->fd = -1;
    if (reply->state && reply->free_state)
        reply->free_state(reply->state);
    reply->state = NULL;
    reply->kind = BODY_NONE;
}

void
http_reply_free(HttpReply *reply)
{
    if (!reply)
        return;
    drop_body(reply);
    g_ptr_array_unref(reply->headers);
    g_free(reply);
}

const char *
http_reply_request_id(const HttpReply *reply)
{
    return reply->request_id;
}

int
http_reply_status(const HttpReply *reply)
{
    return reply->status;
}

GBytes *
http_reply_peek_body(const HttpReply *reply)
{
    return reply->bytes;
}

static guint
find_header(const HttpReply *reply, const char *name)
{
    for (guint i = 0; i < reply->headers->len; i += 2)
        if (g_ascii_strcasecmp(reply->headers->pdata[i], name) == 0)
            return i;
    return G_MAXUINT;
}

const char *
http_reply_peek_header(const HttpReply *reply, const char *name)
{
    guint i = find_header(reply, name);
    return i == G_MAXUINT ? NULL : reply->headers->pdata[i + 1];
}

gboolean
http_reply_has_header(const HttpReply *reply, const char *name)
{
    return find_header(reply, name) != G_MAXUINT;
}

static void
append_header(HttpReply *reply, const char *name, const char *value)
{
    g_return_if_fail(strpbrk(value, "\r\n") == NULL);
    g_ptr_array_add(reply->headers, g_strdup(name));
    g_ptr_array_add(reply->headers, g_strdup(value));
}

void
http_reply_header(HttpReply *reply, const char *name, const char *value)
{
    guint i = find_header(reply, name);
    if (i != G_MAXUINT)
        g_ptr_array_remove_range(reply->headers, i, 2);
    append_header(reply, name, value);
}

static void
set_type(HttpReply *reply, int status, const char *type)
{
    reply->status = status;
    if (type)
        http_reply_header(reply, "Content-Type", type);
}

void
http_reply_bytes(HttpReply *reply, int status, const char *type, GBytes *body)
{
    g_autoptr(GBytes) kept = g_bytes_ref(body); /* may be the body that is dropped */
    drop_body(reply);
    set_type(reply, status, type);
    reply->kind = BODY_BYTES;
    reply->bytes = g_steal_pointer(&kept);
}

void
http_reply_take(HttpReply *reply, int status, const char *type, GString *body)
{
    if (!body) {
        drop_body(reply);
        set_type(reply, status, NULL);
        return;
    }
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(body);
    http_reply_bytes(reply, status, type, bytes);
}

gboolean
http_reply_file(HttpReply *reply, const char *type, const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0)
            close(fd);
        return app_error_set(error, APP_ERROR_NOT_FOUND, "http.no_file", "文件不存在或无法读取",
                             "the file is missing or cannot be read");
    }
    drop_body(reply);
    set_type(reply, 200, type);
    reply->kind = BODY_FILE;
    reply->fd = fd;
    reply->file_size = (guint64) info.st_size;
    return TRUE;
}

void
http_reply_stream(HttpReply *reply, const char *type, HttpProducer producer, gpointer state,
                  GDestroyNotify free_state)
{
    drop_body(reply);
    set_type(reply, 200, type);
    reply->kind = BODY_STREAM;
    reply->producer = producer;
    reply->state = state;
    reply->free_state = free_state;
}

void
http_reply_cookie(HttpReply *reply, const char *name, const char *value, gint64 max_age_s,
                  gboolean secure)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s=%s; Path=/; HttpOnly; SameSite=Lax", name, value);
    if (max_age_s >= 0)
        g_string_append_printf(text, "; Max-Age=%" G_GINT64_FORMAT, max_age_s);
    if (secure)
        g_string_append(text, "; Secure");
    append_header(reply, "Set-Cookie", text->str);
}

static void
set_disposition(HttpReply *reply, const char *how, const char *file_name)
{
    g_autofree char *ascii = g_strdup(file_name);
    g_strcanon(ascii, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", '_');
    g_autofree char *escaped = g_uri_escape_string(file_name, NULL, FALSE);
    g_autofree char *value =
        g_strdup_printf("%s; filename=\"%s\"; filename*=UTF-8''%s", how, ascii, escaped);
    http_reply_header(reply, "Content-Disposition", value);
}

void
http_reply_attachment(HttpReply *reply, const char *file_name)
{
    set_disposition(reply, "attachment", file_name);
}

void
http_reply_inline(HttpReply *reply, const char *file_name)
{
    set_disposition(reply, "inline", file_name);
}

/* One entry of If-None-Match against our tag; weak comparison, as RFC 9110 13.1.2 asks. */
static gboolean
tag_matches(const char *entry, const char *tag)
{
    if (strcmp(entry, "*") == 0)
        return TRUE;
    if (g_str_has_prefix(entry, "W/"))
        entry += 2;
    gsize len = strlen(tag);
    return entry[0] == '"' && strncmp(entry + 1, tag, len) == 0
           && strcmp(entry + 1 + len, "\"") == 0;
}

gboolean
http_reply_etag(HttpReply *reply, const HttpRequest *request, const char *tag)
{
    g_autofree char *value = g_strdup_printf("W/\"%s\"", tag);
    http_reply_header(reply, "ETag", value);
    if (!http_reply_has_header(reply, "Cache-Control"))
        http_reply_header(reply, "Cache-Control", "private, no-cache");
    const char *wanted = http_header(request, "If-None-Match");
    g_auto(GStrv) entries = g_strsplit(wanted ? wanted : "", ",", 50);
    for (char **entry = entries; *entry; entry++) {
        if (!tag_matches(g_strstrip(*entry), tag))
            continue;
        drop_body(reply);
        reply->status = 304;
        return TRUE;
    }
    return FALSE;
}

void
http_reply_refuse(HttpReply *reply, const HttpRefusal *refusal, Lang lang)
{
    http_reply_problem(reply, refusal->status, refusal->code,
                       lang == LANG_EN ? refusal->en : refusal->zh, NULL);
}
