#include "raw.h"

#include <jansson.h>

static json_t *
body_of(HttpReply *reply)
{
    gsize len = 0;
    const char *text = g_bytes_get_data(http_reply_peek_body(reply), &len);
    json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(json);
    return json;
}

static void
assert_member(json_t *object, const char *name, const char *expected)
{
    g_assert_cmpstr(json_string_value(json_object_get(object, name)), ==, expected);
}

static void
test_statuses(void)
{
    static const struct {
        AppErrorCode code;
        const char *token;
        int status;
    } cases[] = {
        { APP_ERROR_INVALID, "input.invalid", 422 },
        { APP_ERROR_FORBIDDEN, "lease.forbidden", 403 },
        { APP_ERROR_NOT_FOUND, "lease.not_found", 404 },
        { APP_ERROR_CONFLICT, "record.stale", 409 },
        { APP_ERROR_BUSY, "busy", 503 },
        { APP_ERROR_INTERNAL, "db.io", 500 },
        { APP_ERROR_FORBIDDEN, "session.none", 401 },
        { APP_ERROR_FORBIDDEN, "session.refused", 401 },
        { APP_ERROR_FORBIDDEN, "session.locked", 403 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        app_error_set(&error, cases[i].code, cases[i].token, "消息%d", "message %d", 7);
        g_autoptr(HttpReply) reply = http_reply_new("req-1");
        http_reply_error(reply, error, LANG_ZH);
        g_assert_cmpint(http_reply_status(reply), ==, cases[i].status);
        g_assert_cmpstr(http_reply_peek_header(reply, "content-type"), ==,
                        "application/problem+json");
        g_assert_cmpstr(http_reply_peek_header(reply, "Retry-After"), ==,
                        cases[i].status == 503 ? "2" : NULL);
        json_t *json = body_of(reply);
        g_assert_cmpint(json_integer_value(json_object_get(json, "status")), ==, cases[i].status);
        assert_member(json, "type", "about:blank");
        assert_member(json, "request_id", "req-1");
        if (cases[i].status != 500) {
            assert_member(json, "code", cases[i].token);
            assert_member(json, "message", "消息7");
        }
        json_decref(json);
    }
}

static void
test_internal(void)
{
    g_autoptr(GError) ours = NULL;
    app_error_set(&ours, APP_ERROR_INTERNAL, "db.io", "磁盘 secret", "disk secret");
    g_autoptr(GError) foreign = g_error_new(G_FILE_ERROR, 1, "/etc/secret");
    GError *errors[] = { ours, foreign };
    for (gsize i = 0; i < G_N_ELEMENTS(errors); i++) {
        g_autoptr(HttpReply) reply = http_reply_new("req-2");
        http_reply_error(reply, errors[i], LANG_EN);
        g_assert_cmpint(http_reply_status(reply), ==, 500);
        json_t *json = body_of(reply);
        assert_member(json, "code", "internal");
        const char *message = json_string_value(json_object_get(json, "message"));
        g_assert_null(strstr(message, "secret"));
        g_assert_nonnull(strstr(message, "req-2"));
        json_decref(json);
    }
}

static void
test_fields(void)
{
    g_autoptr(GError) error = NULL;
    app_error_field(&error, "mobile", "required", "必须填写", "is required");
    app_error_field(&error, "rows[3].price", "max", "不得超过 %d", "at most %d", 9);
    g_autoptr(HttpReply) reply = http_reply_new("r");
    http_reply_error(reply, error, LANG_EN);
    g_assert_cmpint(http_reply_status(reply), ==, 422);
    json_t *json = body_of(reply);
    json_t *fields = json_object_get(json, "fields");
    g_assert_cmpuint(json_array_size(fields), ==, 2);
    assert_member(json_array_get(fields, 0), "field", "mobile");
    assert_member(json_array_get(fields, 0), "code", "required");
    assert_member(json_array_get(fields, 1), "field", "rows[3].price");
    assert_member(json_array_get(fields, 1), "message", "at most 9");
    json_decref(json);
}

static void
test_headers(void)
{
    g_autoptr(HttpReply) reply = http_reply_new(NULL);
    http_reply_header(reply, "X-A", "1");
    http_reply_header(reply, "x-a", "2");
    g_assert_cmpstr(http_reply_peek_header(reply, "X-A"), ==, "2");
    http_reply_cookie(reply, "sid", "abc", 60, TRUE);
    g_assert_cmpstr(http_reply_peek_header(reply, "Set-Cookie"), ==,
                    "sid=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    http_reply_attachment(reply, "租约\"台账\".xlsx");
    g_assert_cmpstr(http_reply_peek_header(reply, "Content-Disposition"), ==,
                    "attachment; filename=\"______________.xlsx\"; "
                    "filename*=UTF-8''%E7%A7%9F%E7%BA%A6%22%E5%8F%B0%E8%B4%A6%22.xlsx");
    http_reply_inline(reply, "JK-1.pdf");
    g_assert_cmpstr(http_reply_peek_header(reply, "Content-Disposition"), ==, "inline; filename=\"JK-1.pdf\"; filename*=UTF-8''JK-1.pdf");
}

static void
test_broken_header(void)
{
    if (g_test_subprocess()) {
        g_autoptr(HttpReply) reply = http_reply_new(NULL);
        http_reply_header(reply, "X-A", "1\r\nSet-Cookie: sid=evil");
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
}

static gint freed;

static void
count_free(gpointer state)
{
    (void) state;
    freed++;
}

static void
test_bodies(void)
{
    g_autoptr(HttpReply) reply = http_reply_new(NULL);
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(http_reply_status(reply), ==, 404);
    http_reply_stream(reply, HTTP_TEXT, app_produce, &freed, count_free);
    g_assert_cmpint(http_reply_status(reply), ==, 200);
    http_reply_take(reply, 201, HTTP_JSON, g_string_new("{}")); /* frees the stream's state */
    g_assert_cmpint(freed, ==, 1);
    http_reply_bytes(reply, 202, HTTP_TEXT, http_reply_peek_body(reply)); /* its own body again */
    g_assert_cmpuint(g_bytes_get_size(http_reply_peek_body(reply)), ==, 2);
    g_assert_cmpstr(http_reply_peek_header(reply, "Content-Type"), ==, HTTP_TEXT);
    g_assert_false(http_reply_file(reply, HTTP_TEXT, "/no/such/file", &error));
    g_assert_true(app_error_is(error, APP_ERROR_NOT_FOUND));
    g_assert_false(http_reply_file(reply, HTTP_TEXT, "/tmp", NULL)); /* a folder is not a file */
    g_assert_cmpint(http_reply_status(reply), ==, 202);              /* and nothing was changed */
    g_assert_true(http_reply_file(reply, HTTP_TEXT, __FILE__, NULL)
                  || http_reply_file(reply, HTTP_TEXT, "/proc/self/exe", NULL));
    g_assert_null(http_reply_peek_body(reply));
}

static Lang
lang_of(const char *header)
{
    HttpParam param = { "accept-language", header };
    HttpRequest request = { .headers = g_array_new(FALSE, FALSE, sizeof(HttpParam)) };
    if (header)
        g_array_append_val(request.headers, param);
    Lang lang = http_lang(&request);
    g_array_unref(request.headers);
    return lang;
}

static void
test_lang(void)
{
    g_assert_cmpint(lang_of(NULL), ==, LANG_ZH);
    g_assert_cmpint(lang_of("fr"), ==, LANG_ZH);
    g_assert_cmpint(lang_of("zh-CN,zh;q=0.9,en;q=0.8"), ==, LANG_ZH);
    g_assert_cmpint(lang_of("en"), ==, LANG_EN);
    g_assert_cmpint(lang_of("fr, en-US;q=0.9, zh"), ==, LANG_EN);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/problem/each-code-has-its-status", test_statuses);
    g_test_add_func("/problem/internal-errors-tell-no-detail", test_internal);
    g_test_add_func("/problem/each-field-has-an-entry", test_fields);
    g_test_add_func("/reply/headers-replace-and-names-are-escaped", test_headers);
    g_test_add_func("/reply/a-line-break-in-a-header-is-our-bug", test_broken_header);
    g_test_add_func("/reply/a-new-body-replaces-the-old-one", test_bodies);
    g_test_add_func("/request/the-first-known-language-wins", test_lang);
    return g_test_run();
}
