/* org_merchant_login.c - logins of merchants: people of a merchant who look at its account. They are accounts like those of the house (password,
 * lock, session), hold no role of the house and reach the rows of their merchant only (SCOPE_MERCHANT). Of the merchant, org knows the id alone. */
#include "domain/org/org_internal.h"

#include "base/secret.h"
#include "db/catalogue.h"

#include <string.h>

/* clang-format off */
static const FieldDef login_fields[] = {
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "Whose account this login sees."),
    F_TEXT("name", 40, "使用人", "Name", .flags = FF_REQUIRED | FF_SEARCH, .doc = "Who uses it."),
    F_REF("contact_id", "contact", "联系人", "Contact", .doc = "The contact of the merchant who uses it, if on file."),
    F_TEXT("login", 40, "登录名", "Login", .flags = FF_REQUIRED | FF_MASKED, .doc = "Mobile number or e-mail address; unique."),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Switched off, its sessions end at once."),
    F_TEXT("password_hash", 200, "密码", "Password", .flags = FF_SECRET, .doc = "Argon2id."),
    F_BOOL("must_change_password", "须改密码", "Must change password", .flags = FF_READONLY, .preset = "false", .doc = "Set with a first or reset password."),
    F_INT("failed_count", 0, 0, "登录失败次数", "Failed logins", .flags = FF_READONLY, .preset = "0", .doc = "Since the last success."),
    F_INSTANT("locked_until", "锁定至", "Locked until", .flags = FF_READONLY, .doc = "No login before this instant."),
};
/* clang-format on */

static const EntityDef login_def = {
    .name = "merchant_login",
    .zh = "商户账号",
    .en = "Merchant login",
    .doc = "A login with which a merchant sees its own bills, payments, deposits and statements.",
    .fields = login_fields,
    .n_fields = G_N_ELEMENTS(login_fields),
    .title = "name",
    .uniques = (const char *const[]){ "login", NULL },
    .list_columns = "merchant_id name login contact_id active must_change_password locked_until",
    .list_filters = "merchant_id active",
    .list_sort = "-id",
    .mobile_lines = "name merchant_id",
    .flags = EF_NO_CREATE | EF_NO_IMPORT,
};

static gboolean
is_login(const char *text)
{
    for (const char *p = text; *p; p++) {
        if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && !strchr("._-+@", *p))
            return FALSE;
    }
    return strlen(text) >= 2;
}

/* One name, one door: people of the house and merchants sign in on the same page. */
static gboolean
is_taken(Ctx *ctx, const char *login, gint64 except_id, gboolean *taken, GError **error)
{
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.login_taken", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "login", login);
    db_bind_int(stmt, "except_id", except_id);
    return db_step(stmt, taken, error);
}

static gboolean
check_login(Ctx *ctx, Record *rec, GError **error)
{
    g_autofree char *login = g_ascii_strdown(record_text(rec, "login"), -1);
    gboolean taken = FALSE;

    record_set_text(rec, "login", login);
    if (!is_login(login))
        return app_error_field(error, "login", "form", "登录名为手机号或邮箱，须为小写字母、数字或 . _ - + @",
                               "a mobile number or an e-mail address: lower-case letters, digits or . _ - + @");
    if (!is_taken(ctx, login, rec->id, &taken, error))
        return FALSE;
    return !taken || app_error_field(error, "login", "unique", "已有相同的登录名", "this login is taken");
}

static gboolean
login_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    g_autoptr(Record) contact = record_is_null(rec, "contact_id") ? NULL : record_find(ctx, "contact", record_int(rec, "contact_id"), NULL);
    gboolean ok = !record_text(rec, "login") || (old && g_strcmp0(record_text(old, "login"), record_text(rec, "login")) == 0)
                  || check_login(ctx, rec, error);

    if (contact && record_int(contact, "merchant_id") != record_int(rec, "merchant_id"))
        ok = app_error_field(error, "contact_id", "other_merchant", "联系人不属于此商户", "is a contact of another merchant");
    return ok;
}

/* Switched off or in other hands: whoever is logged in is logged out. */
static gboolean
login_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean ends = old
                    && ((record_int(old, "active") && !record_int(rec, "active"))
                        || g_strcmp0(record_text(old, "login"), record_text(rec, "login")) != 0);

    return !ends || org_sessions_end(ctx, rec->id, 0, error);
}

char *
org_initial_password(void)
{
    g_autofree char *token = secret_token_new();
    g_autofree char *hex = secret_digest_text(token);

    return g_strdup_printf("%.4s-%.4s-%.4s", hex, hex + 4, hex + 8);
}

gint64
org_merchant_login_open(Ctx *ctx, const OrgNewMerchantLogin *new_login, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "merchant_login"));

    record_set_id(rec, "merchant_id", new_login->merchant_id);
    record_set_id(rec, "contact_id", new_login->contact_id);
    record_set_text(rec, "name", new_login->name);
    record_set_text(rec, "login", new_login->login);
    record_set_text(rec, "password_hash", new_login->password_hash);
    record_set_int(rec, "must_change_password", new_login->must_change_password);
    return record_save_as(ctx, rec, "open", error) ? rec->id : 0;
}

Access *
org_merchant_access_load(DbConn *conn, gint64 merchant_id, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(Access) access = access_new_merchant(merchant_id);
    g_autoptr(DbStmt) stmt = db_named(conn, "org.grants_of_role", error);

    if (!stmt)
        return NULL;
    db_bind_text(stmt, "code", ORG_MERCHANT_ROLE);
    while (db_each(stmt, &ok, error))
        org_grant_words(access, db_text(stmt, 0), db_text(stmt, 1), org_scope_of(db_text(stmt, 2)));
    return ok ? g_steal_pointer(&access) : NULL;
}

gboolean
org_merchant_me_write(Ctx *ctx, JsonOut *out, GError **error)
{
    g_autoptr(Record) login = record_get(ctx, "merchant_login", ctx->staff_id, NULL, error);
    g_autofree char *merchant = login ? record_ref_label(ctx, "merchant", record_int(login, "merchant_id")) : NULL;
    g_autofree char *property = login ? record_ref_label(ctx, "property", ctx->property_id) : NULL;

    if (!login)
        return FALSE;
    json_kv_id(out, "id", login->id);
    json_kv_text(out, "login", record_text(login, "login"));
    json_kv_text(out, "name", record_text(login, "name"));
    json_kv_bool(out, "must_change_password", record_int(login, "must_change_password") != 0);
    json_key(out, "property");
    json_begin_object(out);
    json_kv_id(out, "id", ctx->property_id);
    json_kv_text(out, "name", property);
    json_end_object(out);
    json_key(out, "merchant");
    json_begin_object(out);
    json_kv_id(out, "id", record_int(login, "merchant_id"));
    json_kv_text(out, "name", merchant);
    json_end_object(out);
    json_kv_day(out, "today", ctx->today);
    return TRUE;
}

static const char *const login_rights[] = { "open", "reset", NULL };
const EntityModule merchant_login_module = {
    .def = &login_def, .validate = login_validate, .after_save = login_after_save, .more_rights = login_rights,
};
