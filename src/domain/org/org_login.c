/* org_login.c - at the door: who is it, does the password fit, how often did it not. */
#include "domain/org/org_internal.h"

#include "base/ids.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/history.h"

#include <string.h>

#define MINUTE_US (G_GINT64_CONSTANT(60) * G_USEC_PER_SEC)
#define IDLE_US (30 * MINUTE_US)
#define ABSOLUTE_US (12 * 60 * MINUTE_US)
#define FREE_FAILURES 5
#define ADDRESS_FAILURES 30
#define ADDRESS_WINDOW_US (15 * MINUTE_US)
#define LOGIN_MAX 40
#define KEY_MAX 64
#define AGENT_MAX 300

/* What the person's row says now. */
typedef struct {
    gint64 id, locked_until, failed_count, home_id;
    gint64 merchant_id; /* 0: a person of the house */
    char *hash;
    gboolean must_change, active;
} Account;

static void
account_clear(Account *account)
{
    g_clear_pointer(&account->hash, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Account, account_clear)

/* Failures counted under a key: an address, or a login that does not exist. */
typedef struct {
    gint64 failed_count, window_at, locked_until;
} Throttle;

void
org_login_clear(OrgLogin *login)
{
    g_clear_pointer(&login->login, g_free);
    g_clear_pointer(&login->address, g_free);
    g_clear_pointer(&login->password_hash, g_free);
}

/* 1, 5, then 15 minutes from the fifth failure on. */
static gint64
delay_us(gint64 failures)
{
    if (failures < FREE_FAILURES)
        return 0;
    return (failures == FREE_FAILURES ? 1 : failures == FREE_FAILURES + 1 ? 5 : 15) * MINUTE_US;
}

static gint64
int_or_zero(const DbStmt *stmt, int col)
{
    return db_is_null(stmt, col) ? 0 : db_int(stmt, col);
}

static gboolean
read_account(DbStmt *stmt, gboolean is_merchant, Account *account, GError **error)
{
    gboolean row = FALSE;

    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    account->id = db_int(stmt, 0);
    account->hash = g_strdup(db_text(stmt, 1));
    account->locked_until = int_or_zero(stmt, 2);
    account->failed_count = int_or_zero(stmt, 3);
    account->home_id = int_or_zero(stmt, 4);
    account->must_change = int_or_zero(stmt, 5) != 0;
    account->active = int_or_zero(stmt, 6) != 0;
    account->merchant_id = is_merchant ? int_or_zero(stmt, 7) : 0;
    return TRUE;
}

/* People of the house first; then the logins of merchants, where there are any. */
static gboolean
find_account(Ctx *ctx, const char *login, Account *account, GError **error)
{
    static const char *const names[] = { "org.login", "org.merchant_login" };

    for (guint i = 0; i < G_N_ELEMENTS(names) && !account->id; i++) {
        if (i && !registry_find(ctx->registry, "merchant_login"))
            return TRUE;
        g_autoptr(DbStmt) stmt = org_stmt(ctx, names[i], FALSE, error);
        if (!stmt)
            return FALSE;
        db_bind_text(stmt, "login", login);
        if (!read_account(stmt, i == 1, account, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
throttle_load(Ctx *ctx, const char *key, Throttle *throttle, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.throttle", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "address", key);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        *throttle = (Throttle){ db_int(stmt, 0), db_int(stmt, 1), int_or_zero(stmt, 2) };
    return TRUE;
}

static gboolean
throttle_save(Ctx *ctx, const char *key, const Throttle *throttle, GError **error)
{
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.throttle_set", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", id_next());
    db_bind_int(stmt, "now", ctx->now_us);
    db_bind_text(stmt, "address", key);
    db_bind_int(stmt, "failed_count", throttle->failed_count);
    db_bind_int(stmt, "window_at", throttle->window_at);
    if (throttle->locked_until)
        db_bind_int(stmt, "locked_until", throttle->locked_until);
    return db_exec_stmt(stmt, NULL, error);
}

/* Addresses and unknown logins share a table; the keys cannot meet, an address has no '@'. transfer full. */
static char *
login_key(const char *login)
{
    g_autofree char *digest = secret_digest_text(login);

    return g_strdup_printf("@%.40s", digest);
}

static char *
address_key(const char *address)
{
    g_autofree char *clean = g_utf8_make_valid(address ? address : "", -1);

    g_strdelimit(clean, "@", '_');
    return g_utf8_substring(clean, 0, MIN(g_utf8_strlen(clean, -1), KEY_MAX));
}

/* The latest instant until which the account, the address or the unknown login is locked. */
static gboolean
locked_until(Ctx *ctx, const Account *account, const OrgLogin *login, gint64 *until, GError **error)
{
    g_autofree char *who = login_key(login->login);
    Throttle by_address = { 0 }, by_login = { 0 };

    if (!throttle_load(ctx, login->address, &by_address, error)
        || (!account->id && !throttle_load(ctx, who, &by_login, error)))
        return FALSE;
    *until = MAX(account->locked_until, MAX(by_address.locked_until, by_login.locked_until));
    return TRUE;
}

static char *
clean_login(const char *login)
{
    g_autofree char *valid = g_utf8_make_valid(login ? login : "", -1);
    g_autofree char *normal = text_normalise(valid);
    g_autofree char *lower = g_ascii_strdown(normal, -1);

    return g_utf8_substring(lower, 0, MIN(g_utf8_strlen(lower, -1), LOGIN_MAX));
}

gboolean
org_login_check(Ctx *ctx, const char *login, const char *password, const char *address,
                OrgLogin *out, GError **error)
{
    g_auto(Account) account = { 0 };
    gint64 until = 0;

    *out = (OrgLogin){ .login = clean_login(login), .address = address_key(address) };
    if (!find_account(ctx, out->login, &account, error) || !locked_until(ctx, &account, out, &until, error))
        return FALSE;
    out->staff_id = account.id;
    out->merchant_id = account.merchant_id;
    out->not_tried = until > ctx->now_us;
    if (out->not_tried)
        return TRUE;
    out->password_hash = g_strdup(account.hash);
    gboolean fits = secret_password_verify(account.hash, password ? password : "");
    out->password_fits = fits && account.id && account.hash;
    return TRUE;
}

static gboolean
count_account(Ctx *ctx, const Account *account, gint64 failures, GError **error)
{
    gint64 delay = delay_us(failures);
    const char *name = account->merchant_id ? "org.merchant_login_failed" : "org.login_failed";
    g_autoptr(DbStmt) stmt = org_stmt(ctx, name, FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", account->id);
    db_bind_int(stmt, "failed_count", failures);
    if (delay)
        db_bind_int(stmt, "locked_until", ctx->now_us + delay);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
count_unknown(Ctx *ctx, const char *login, GError **error)
{
    g_autofree char *key = login_key(login);
    Throttle throttle = { 0 };

    if (!throttle_load(ctx, key, &throttle, error))
        return FALSE;
    gint64 delay = delay_us(++throttle.failed_count);
    throttle.window_at = ctx->now_us;
    throttle.locked_until = delay ? ctx->now_us + delay : 0;
    return throttle_save(ctx, key, &throttle, error);
}

static gboolean
count_address(Ctx *ctx, const char *key, GError **error)
{
    Throttle throttle = { 0 };

    if (!throttle_load(ctx, key, &throttle, error))
        return FALSE;
    if (ctx->now_us - throttle.window_at > ADDRESS_WINDOW_US)
        throttle = (Throttle){ .window_at = ctx->now_us };
    throttle.failed_count++;
    throttle.locked_until =
        throttle.failed_count >= ADDRESS_FAILURES ? ctx->now_us + ADDRESS_WINDOW_US : 0;
    return throttle_save(ctx, key, &throttle, error);
}

/* A row in the account's history, in the chain of the property where it belongs. */
static gboolean
remember(Ctx *ctx, const Account *account, gint64 by_id, gint64 property_id, const char *action,
         GError **error)
{
    Ctx own = *ctx;

    own.staff_id = by_id;
    own.property_id = property_id;
    return history_add(&own, org_account_entity(account->merchant_id), account->id, action, NULL, error);
}

static gboolean
fail(Ctx *ctx, const Account *account, const OrgLogin *login, GError **error)
{
    if (!count_address(ctx, login->address, error))
        return FALSE;
    if (!account->id)
        return count_unknown(ctx, login->login, error);
    return count_account(ctx, account, account->failed_count + 1, error)
           && remember(ctx, account, 0, account->home_id, "login_failed", error);
}

/* Where the person begins: the home property if they hold a role there, else the first with one. */
static gboolean
first_property(Ctx *ctx, const Account *account, gint64 *property_id, GError **error)
{
    gboolean row = FALSE;

    *property_id = account->home_id;
    if (account->merchant_id)
        return TRUE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.first_property", FALSE, error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", account->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        *property_id = db_int(stmt, 0);
    return TRUE;
}

static gboolean
sweep(Ctx *ctx, GError **error)
{
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.sessions_sweep", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "now", ctx->now_us);
    db_bind_int(stmt, "idle_since", ctx->now_us - IDLE_US);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
add_session(Ctx *ctx, const OrgLogin *login, const char *agent, const char *token, GError **error)
{
    g_autofree char *csrf = org_csrf_of(token);
    g_autofree char *token_digest = secret_digest_text(token);
    g_autofree char *csrf_digest = secret_digest_text(csrf);
    g_autofree char *valid = g_utf8_make_valid(agent ? agent : "", -1);
    g_autofree char *what = g_utf8_substring(valid, 0, MIN(g_utf8_strlen(valid, -1), AGENT_MAX));
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.session_add", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", id_next());
    db_bind_int(stmt, "now", ctx->now_us);
    db_bind_int(stmt, "account_id", login->staff_id);
    db_bind_int(stmt, login->merchant_id ? "merchant_login_id" : "staff_id", login->staff_id);
    if (login->property_id)
        db_bind_int(stmt, "property_id", login->property_id);
    db_bind_text(stmt, "token_digest", token_digest);
    db_bind_text(stmt, "csrf_digest", csrf_digest);
    db_bind_int(stmt, "expires_at", ctx->now_us + ABSOLUTE_US);
    db_bind_text(stmt, "address", login->address);
    db_bind_text(stmt, "agent", what);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
accept(Ctx *ctx, const Account *account, OrgLogin *login, const char *agent, char **token,
       GError **error)
{
    g_autofree char *fresh = secret_token_new();

    if (!count_account(ctx, account, 0, error)
        || !first_property(ctx, account, &login->property_id, error) || !sweep(ctx, error)
        || !add_session(ctx, login, agent, fresh, error)
        || !remember(ctx, account, account->id, login->property_id, "login", error))
        return FALSE;
    login->accepted = TRUE;
    login->must_change_password = account->must_change;
    *token = g_steal_pointer(&fresh);
    return TRUE;
}

static gboolean
load_again(Ctx *ctx, const OrgLogin *login, Account *account, GError **error)
{
    gboolean is_merchant = login->merchant_id != 0;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, is_merchant ? "org.merchant_login_again" : "org.login_again", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", login->staff_id);
    return read_account(stmt, is_merchant, account, error);
}

gboolean
org_login_commit(Ctx *ctx, OrgLogin *login, const char *agent, char **token, char **csrf,
                 GError **error)
{
    g_auto(Account) account = { 0 };
    gint64 until = 0;

    *token = *csrf = NULL;
    login->accepted = FALSE;
    if ((login->staff_id && !load_again(ctx, login, &account, error))
        || !locked_until(ctx, &account, login, &until, error))
        return FALSE;
    /* judged anew: many guesses may have been checked side by side before the first of them was counted */
    login->locked_minutes =
        until > ctx->now_us ? (until - ctx->now_us + MINUTE_US - 1) / MINUTE_US : 0;
    if (login->locked_minutes || login->not_tried)
        return TRUE;
    if (!login->password_fits || !account.active
        || g_strcmp0(account.hash, login->password_hash) != 0)
        return fail(ctx, &account, login, error);
    if (!accept(ctx, &account, login, agent, token, error))
        return FALSE;
    *csrf = org_csrf_of(*token);
    return TRUE;
}

gboolean
org_login_refused(const OrgLogin *login, GError **error)
{
    if (login->locked_minutes)
        return app_error_set(
            error, APP_ERROR_FORBIDDEN, "session.locked", "登录失败次数过多，请 %d 分钟后再试",
            "too many failed logins; try again in %d min", (int) login->locked_minutes);
    return app_error_set(error, APP_ERROR_FORBIDDEN, "session.refused", "登录名或密码不正确",
                         "login or password is not right");
}
