#include "http/problem.h"

#include "base/json_out.h"
#include "base/log.h"

#include <string.h>

void
http_reply_problem(HttpReply *reply, int status, const char *code, const char *message,
                   const char *fields_json)
{
    g_autoptr(JsonOut) out = json_out_new();
    json_begin_object(out);
    json_kv_text(out, "type", "about:blank");
    json_kv_int(out, "status", status);
    json_kv_text(out, "code", code);
    json_kv_text(out, "message", message);
    if (fields_json) {
        json_key(out, "fields");
        json_raw(out, fields_json, strlen(fields_json));
    }
    json_kv_text(out, "request_id", http_reply_request_id(reply));
    json_end_object(out);
    http_reply_take(reply, status, "application/problem+json", json_out_steal(out));
}

static int
status_of_code(AppErrorCode code)
{
    switch (code) {
    case APP_ERROR_INVALID:
        return 422;
    case APP_ERROR_FORBIDDEN:
        return 403;
    case APP_ERROR_NOT_FOUND:
        return 404;
    case APP_ERROR_CONFLICT:
        return 409;
    case APP_ERROR_BUSY:
        return 503;
    case APP_ERROR_INTERNAL:
    default:
        return 500;
    }
}

int
http_error_status(const GError *error)
{
    g_return_val_if_fail(error != NULL, 500);
    if (error->domain != APP_ERROR)
        return 500;
    const char *token = app_error_token(error);
    if (g_str_equal(token, "session.none") || g_str_equal(token, "session.refused"))
        return 401;
    if (g_str_equal(token, "http.too_large"))
        return 413;
    return status_of_code((AppErrorCode) error->code);
}

/* The complaints of an INVALID error as a JSON array, NULL if there are none. transfer full. */
static char *
fields_json(const GError *error, Lang lang)
{
    GPtrArray *fields = app_error_get_private(error)->fields;
    if (!fields || fields->len == 0)
        return NULL;
    g_autoptr(JsonOut) out = json_out_new();
    json_begin_array(out);
    for (guint i = 0; i < fields->len; i++) {
        const FieldError *field = fields->pdata[i];
        json_begin_object(out);
        json_kv_text(out, "field", field->field);
        json_kv_text(out, "code", field->token);
        json_kv_text(out, "message", field->text[lang]);
        json_end_object(out);
    }
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

void
http_reply_error(HttpReply *reply, const GError *error, Lang lang)
{
    g_return_if_fail(error != NULL);
    int status = http_error_status(error);
    if (status == 500) {
        log_line(LOG_ERROR, "%s: %s", app_error_token(error), app_error_text(error, LANG_EN));
        g_autofree char *message =
            g_strdup_printf(lang == LANG_EN ? "internal error; please report number %s"
                                            : "系统内部错误，请将编号 %s 告知管理员",
                            http_reply_request_id(reply));
        http_reply_problem(reply, 500, "internal", message, NULL);
        return;
    }
    if (status == 503)
        http_reply_header(reply, "Retry-After", "2");
    g_autofree char *fields = fields_json(error, lang);
    http_reply_problem(reply, status, app_error_token(error), app_error_text(error, lang), fields);
}
