/* org_password.c - which passwords are taken, and how one is changed. Hashing never happens on the write lane.
 * Source: OWASP ASVS 5.0, 6.2: length and known-bad lists, no composition rules. */
#include "domain/org/org_internal.h"

#include "base/secret.h"
#include "base/text.h"

#include <gio/gio.h>
#include <string.h>

#define SHORTEST 8
#define LONGEST 200

/* Whether the folded password stands on a line of the list of common ones. */
static gboolean
is_common(const char *folded)
{
    g_autoptr(GBytes) bytes =
        g_resources_lookup_data("/lanting/data/common_passwords.txt", 0, NULL);
    gsize size = 0, n = strlen(folded);

    if (!bytes)
        g_error("common_passwords.txt is not embedded");
    const char *text = g_bytes_get_data(bytes, &size);
    for (const char *line = text; line < text + size;) {
        const char *end = memchr(line, '\n', size - (gsize) (line - text));
        gsize len = end ? (gsize) (end - line) : size - (gsize) (line - text);
        if (len == n && memcmp(line, folded, n) == 0)
            return TRUE;
        line += len + 1;
    }
    return FALSE;
}

static gboolean
is_one_character(const char *text)
{
    gunichar first = g_utf8_get_char(text);

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        if (g_utf8_get_char(p) != first)
            return FALSE;
    }
    return TRUE;
}

static gboolean
is_same_word(const char *folded, const char *word)
{
    if (!word || !*word)
        return FALSE;
    g_autofree char *other = g_utf8_casefold(word, -1);
    return strcmp(folded, other) == 0;
}

gboolean
org_password_rules(const char *password, const char *login, const char *name, const char *at,
                   GError **error)
{
    if (!password || !g_utf8_validate(password, -1, NULL) || text_length(password) < SHORTEST)
        return app_error_field(error, at, "too_short", "密码至少 %d 个字符",
                               "needs at least %d characters", SHORTEST);
    if (text_length(password) > LONGEST)
        return app_error_field(error, at, "too_long", "密码最多 %d 个字符", "at most %d characters",
                               LONGEST);
    g_autofree char *folded = g_utf8_casefold(password, -1);
    if (is_same_word(folded, login) || is_same_word(folded, name))
        return app_error_field(error, at, "same_as_login", "密码不能与登录名或姓名相同",
                               "must not be the login or the name");
    if (is_one_character(folded) || is_common(folded))
        return app_error_field(error, at, "common", "这是常见密码，容易被猜到，请换一个",
                               "is a common password and easily guessed; choose another");
    return TRUE;
}

static Record *
own_account(Ctx *ctx, GError **error)
{
    return record_get(ctx, org_account_entity(access_merchant(ctx->access)), ctx->staff_id, NULL, error);
}

gboolean
org_password_check(Ctx *ctx, const char *old_password, const char *new_password, char **old_hash,
                   char **new_hash, GError **error)
{
    g_autoptr(Record) person = own_account(ctx, error);

    *old_hash = *new_hash = NULL;
    if (!person)
        return FALSE;
    const char *hash = record_text(person, "password_hash");
    gboolean fits = secret_password_verify(hash, old_password ? old_password : "");
    if (!fits || !hash)
        return app_error_field(error, "old_password", "wrong", "原密码不正确", "is not right");
    if (g_strcmp0(old_password, new_password) == 0)
        return app_error_field(error, "new_password", "same", "新密码不能与原密码相同",
                               "must differ from the old one");
    if (!org_password_rules(new_password, record_text(person, "login"), record_text(person, "name"), "new_password",
                            error))
        return FALSE;
    *old_hash = g_strdup(hash);
    *new_hash = secret_password_hash(new_password);
    return TRUE;
}

static gboolean
store(Ctx *ctx, Record *person, const char *hash, gboolean must_change, const char *action,
      GError **error)
{
    record_set_text(person, "password_hash", hash);
    record_set_int(person, "must_change_password", must_change);
    record_set_int(person, "failed_count", 0);
    record_set_null(person, "locked_until");
    return record_save_as(ctx, person, action, error);
}

gboolean
org_password_commit(Ctx *ctx, gint64 session_id, const char *old_hash, const char *new_hash,
                    GError **error)
{
    g_autoptr(Record) person = own_account(ctx, error);

    if (!person)
        return FALSE;
    if (g_strcmp0(record_text(person, "password_hash"), old_hash) != 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "record.stale",
                             "密码刚被修改过，请重新登录",
                             "the password was changed meanwhile; sign in again");
    return store(ctx, person, new_hash, FALSE, "change_password", error)
           && org_sessions_end(ctx, person->id, session_id, error);
}

gboolean
org_password_reset(Ctx *ctx, const char *entity, gint64 id, const char *hash, GError **error)
{
    g_autoptr(Record) person = record_get(ctx, entity, id, NULL, error);

    return person && store(ctx, person, hash, TRUE, "reset_password", error)
           && org_sessions_end(ctx, id, 0, error);
}
