/* mail.c - one message and the server: MIME, SMTP through libcurl, what became of it. */
#include "jobs/mail.h"

#include <curl/curl.h>
#include <string.h>

enum { CONNECT_S = 10, SEND_S = 30, LINE = 76 };

static char *
env(const char *name)
{
    const char *value = g_getenv(name);

    return value && *value ? g_strdup(value) : NULL;
}

/* The secret lies in a file, so that it stands in no process list and no unit file. */
static gboolean
read_password(MailOptions *options, GError **error)
{
    g_autofree char *path = env("LANTING_SMTP_PASSWORD_FILE");
    g_autofree char *text = NULL;

    if (!options->user)
        return TRUE;
    if (!path || !g_file_get_contents(path, &text, NULL, NULL))
        return app_error_set(error, APP_ERROR_INVALID, "mail.options", "无法读取 LANTING_SMTP_PASSWORD_FILE",
                             "LANTING_SMTP_PASSWORD_FILE cannot be read");
    options->password = g_strdup(g_strstrip(text));
    return TRUE;
}

MailOptions *
mail_options_from_env(GError **error)
{
    g_autoptr(MailOptions) options = g_new0(MailOptions, 1);
    g_autofree char *plain = env("LANTING_SMTP_PLAIN");

    options->url = env("LANTING_SMTP");
    if (!options->url)
        return NULL;
    options->user = env("LANTING_SMTP_USER");
    options->from = env("LANTING_SMTP_FROM");
    options->link = env("LANTING_URL");
    options->plain = plain != NULL;
    if (!g_str_has_prefix(options->url, "smtp://") && !g_str_has_prefix(options->url, "smtps://")) {
        app_error_set(error, APP_ERROR_INVALID, "mail.options", "LANTING_SMTP 应为 smtp:// 或 smtps:// 地址",
                      "LANTING_SMTP must be an smtp:// or smtps:// address");
        return NULL;
    }
    if (!options->from || !mail_address_ok(options->from)) {
        app_error_set(error, APP_ERROR_INVALID, "mail.options", "LANTING_SMTP_FROM 应为发件邮箱",
                      "LANTING_SMTP_FROM must be the sender's address");
        return NULL;
    }
    return read_password(options, error) ? g_steal_pointer(&options) : NULL;
}

void
mail_options_free(MailOptions *options)
{
    if (!options)
        return;
    g_free(options->url);
    g_free(options->user);
    g_free(options->password);
    g_free(options->from);
    g_free(options->link);
    g_free(options);
}

gboolean
mail_address_ok(const char *address)
{
    const char *at = strchr(address, '@');

    if (!at || at == address || !at[1] || strchr(at + 1, '@'))
        return FALSE;
    for (const char *p = address; *p; p++) {
        if ((guchar) *p <= ' ' || *p == 0x7f || strchr("<>(),;:\\\"[]", *p))
            return FALSE;
    }
    return TRUE;
}

/* Encoded words of RFC 2047, each short enough for a line and none cutting a character. */
static void
append_words(GString *out, const char *text)
{
    enum { BYTES = 45 };

    for (const char *p = text; *p;) {
        const char *end = p;
        while (*end && g_utf8_next_char(end) - p <= BYTES)
            end = g_utf8_next_char(end);
        g_autofree char *word = g_base64_encode((const guchar *) p, (gsize) (end - p));
        g_string_append_printf(out, "%s=?UTF-8?B?%s?=", p == text ? "" : "\r\n ", word);
        p = end;
    }
}

static void
append_body(GString *out, const char *text)
{
    g_autofree char *coded = g_base64_encode((const guchar *) text, strlen(text));

    for (const char *p = coded; *p;) {
        gsize n = MIN(strlen(p), (gsize) LINE);
        g_string_append_len(out, p, (gssize) n);
        g_string_append(out, "\r\n");
        p += n;
    }
}

static GString *
compose(const MailOptions *options, const MailMessage *message)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *date = g_date_time_format(now, "%d %m %Y %H:%M:%S +0000");
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    /* the month by name, whatever the locale */
    g_string_append_printf(out, "Date: %.3s%s%s\r\n", date, months[g_date_time_get_month(now) - 1], date + 5);
    g_string_append_printf(out, "From: Lanting <%s>\r\nTo: ", options->from);
    append_words(out, message->name);
    g_string_append_printf(out, " <%s>\r\nSubject: ", message->to);
    append_words(out, message->subject);
    g_string_append_printf(out, "\r\nMessage-ID: <%s%s>\r\n", message->id, strchr(options->from, '@'));
    g_string_append(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                         "Content-Transfer-Encoding: base64\r\n\r\n");
    append_body(out, message->text);
    return out;
}

typedef struct {
    const GString *text;
    gsize at;
} Upload;

static size_t
read_more(char *to, size_t size, size_t n, void *data)
{
    Upload *up = data;
    gsize len = MIN(size * n, up->text->len - up->at);

    memcpy(to, up->text->str + up->at, len);
    up->at += len;
    return len;
}

static void
set_options(CURL *curl, const MailOptions *options, struct curl_slist *to, Upload *up)
{
    curl_easy_setopt(curl, CURLOPT_URL, options->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long) (options->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (options->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, options->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, options->password);
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, options->from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_more);
    curl_easy_setopt(curl, CURLOPT_READDATA, up);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long) SEND_S);
}

/* A refusal that was answered is certain; silence after the whole text is not. */
static MailFate
judge(CURLcode code, long answer, const Upload *up)
{
    if (code == CURLE_OK)
        return MAIL_SENT;
    return up->at == up->text->len && answer < 400 ? MAIL_UNKNOWN : MAIL_LATER;
}

MailFate
mail_send(const MailOptions *options, const MailMessage *message, char **why)
{
    CURL *curl = curl_easy_init();
    g_autoptr(GString) text = compose(options, message);
    Upload up = { .text = text };
    long answer = 0;

    if (!curl) {
        *why = g_strdup("libcurl does not start");
        return MAIL_LATER;
    }
    struct curl_slist *to = curl_slist_append(NULL, message->to);
    set_options(curl, options, to, &up);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    curl_slist_free_all(to);
    curl_easy_cleanup(curl);
    if (code != CURLE_OK)
        *why = g_strdup_printf("%s (SMTP %ld)", curl_easy_strerror(code), answer);
    return judge(code, answer, &up);
}
