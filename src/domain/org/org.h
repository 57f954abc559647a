/* org.h - who works here: properties, departments, posts, people, roles and their rights, delegations, sessions,
 * notifications, saved lists, settings. Knows nothing of what is let or sold.
 * Start at org_login_check() for a person at the door, org_access_load() for what that person may. */
#pragma once
#include "store/registry.h"

/* In order of reference. */
extern const EntityModule property_module, department_module, post_module, role_module,
    staff_module, role_grant_module, role_unmask_module, staff_role_module, delegation_module,
    zone_module, session_module, login_throttle_module, staff_reach_module, notification_module,
    list_view_module, setting_module, merchant_login_module;

/* -- Signing in. Argon2 takes its time, so the check runs in a read transaction and only its outcome in a write one. */
typedef struct {
    char *login;
    char *address;       /* where the attempt comes from */
    gint64 staff_id;     /* the account: of staff, or a merchant's login; 0: nobody of that login */
    gint64 merchant_id;  /* 0: a person of the house */
    gint64 property_id;  /* the property to begin in */
    char *password_hash; /* as it was when the password was checked */
    gboolean
        password_fits;  /* tells nothing yet: org_login_commit() judges the lock as it is then */
    gboolean not_tried; /* locked already, so the password was not looked at */
    /* set by org_login_commit() */
    gboolean accepted;
    gint64 locked_minutes; /* > 0: refused because of too many failures */
    gboolean must_change_password;
} OrgLogin;
void org_login_clear(OrgLogin *login);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OrgLogin, org_login_clear)

/* Looks the person up and verifies the password; takes as long for a login that does not exist. @address limits guesses from one
 * place. FALSE only if the database fails. */
gboolean org_login_check(Ctx *ctx, const char *login, const char *password, const char *address,
                         OrgLogin *out, GError **error);
/* Judges and counts: opens a session (@token for the cookie, @csrf for the page; transfer full), or counts the failure. Returns TRUE in
 * both cases, so that the count is kept; then ask @login->accepted. FALSE only if the database fails. */
gboolean org_login_commit(Ctx *ctx, OrgLogin *login, const char *agent, char **token, char **csrf,
                          GError **error);
/* Says why after the commit: FORBIDDEN "session.locked" with the minutes, else FORBIDDEN "session.refused" (the HTTP floor answers
 * 401 to that token). Always FALSE. */
gboolean org_login_refused(const OrgLogin *login, GError **error);

/* -- Sessions: idle 30 minutes, 12 hours at most. Only digests are stored. */
typedef struct {
    gint64 id;
    gint64 staff_id; /* the account: of staff, or a merchant's login */
    gint64 merchant_id; /* 0: a person of the house */
    gint64 property_id; /* the one that the person works in now */
    Lang lang;
    gboolean must_change_password; /* nothing but the password change and signing out is allowed */
    gboolean touch_due;   /* a minute passed: call org_session_touch() in a write transaction */
    char csrf_digest[65]; /* plain value: copied freely */
} OrgSession;
/* Errors: FORBIDDEN "session.none" if there is no such session, or it ended (the HTTP floor answers 401 to that token). */
gboolean org_session_load(DbConn *conn, const char *token, gint64 now_us, OrgSession *out,
                          GError **error);
/* Remembers that the session is in use; without it an idle one ends after 30 minutes. */
gboolean org_session_touch(DbConn *conn, gint64 session_id, gint64 now_us, GError **error);
/* The page's token, made from the cookie's, so that a reloaded page gets it again. transfer full. */
char *org_csrf_of(const char *token);
gboolean org_csrf_fits(const OrgSession *session, const char *csrf);
gboolean org_logout(Ctx *ctx, const char *token, GError **error);
/* Remembers what the person chose; 0 and NULL leave it. FORBIDDEN "property.forbidden" without a role there. */
gboolean org_session_set(Ctx *ctx, const OrgSession *session, gint64 property_id, const char *lang,
                         GError **error);
/* Ends sessions of an account, but for @except_id (0: all). */
gboolean org_sessions_end(Ctx *ctx, gint64 staff_id, gint64 except_id, GError **error);

/* -- Passwords: at least 8 characters, at most 200, none of the common ones, not the login or the name. */
gboolean org_password_rules(const char *password, const char *login, const char *name,
                            const char *at, GError **error);
/* Verifies the old password and hashes the new one, outside the write lane. INVALID on the fields old_password, new_password. */
gboolean org_password_check(Ctx *ctx, const char *old_password, const char *new_password,
                            char **old_hash, char **new_hash, GError **error);
/* Stores it if the old one is still the old one, and ends all other sessions of the person. */
gboolean org_password_commit(Ctx *ctx, gint64 session_id, const char *old_hash,
                             const char *new_hash, GError **error);
/* An administrator's reset: the person must change it at the next login. @entity "staff" or "merchant_login", @hash by secret_password_hash(). */
gboolean org_password_reset(Ctx *ctx, const char *entity, gint64 id, const char *hash, GError **error);
/* A password to be told once: twelve random digits of sixteen, in groups. transfer full. */
char *org_initial_password(void);

/* -- Logins of merchants */
typedef struct {
    gint64 merchant_id, contact_id; /* contact 0: none */
    const char *name, *login;       /* login: mobile number or e-mail address */
    const char *password_hash;
    gboolean must_change_password;
} OrgNewMerchantLogin;
/* A login for a merchant of the property of @ctx; 0 on error: INVALID on the fields login, name, contact_id. */
gint64 org_merchant_login_open(Ctx *ctx, const OrgNewMerchantLogin *new_login, GError **error);
/* Rights of the role "merchant", on the rows of @merchant_id only. transfer full. */
Access *org_merchant_access_load(DbConn *conn, gint64 merchant_id, GError **error);
/* What a merchant's login sees of itself: members of an open object. */
gboolean org_merchant_me_write(Ctx *ctx, JsonOut *out, GError **error);

/* -- Rights of a person in a property today: roles, confidential fields, powers given by delegation. transfer full. */
Access *org_access_load(DbConn *conn, gint64 staff_id, gint64 property_id, GError **error);
/* Rebuilds who reports to whom and who shares a department in the property of @ctx. */
gboolean org_staff_reach_rebuild(Ctx *ctx, GError **error);

/* -- What a person sees of themselves; each writes members into an open object. */
gboolean org_me_write(Ctx *ctx, JsonOut *out,
                      GError **error); /* all of `me` but demo and version */
gboolean org_notifications_write(Ctx *ctx, JsonOut *out,
                                 GError **error); /* "items" newest first, "unread" */
/* Marks one as read; @id 0 marks all. */
gboolean org_notification_read(Ctx *ctx, gint64 id, GError **error);
gboolean org_views_write(Ctx *ctx, const char *entity, JsonOut *out,
                         GError **error); /* "items": own and shared */
/* Saves a list view {entity, name, query, shared} under the person's name; the same name again replaces it. 0 on error. */
gint64 org_view_save(Ctx *ctx, const json_t *input, GError **error);
/* Deletes an own one. */
gboolean org_view_delete(Ctx *ctx, gint64 id, GError **error);

/* Secret of the person's calendar address: makes a new one, the former stops working; only its digest is kept. transfer full. */
char *org_calendar_token_new(Ctx *ctx, GError **error);
/* Whose calendar a token opens; 0 if nobody's. @property_id: that person's home. */
gboolean org_calendar_staff(DbConn *conn, const char *token, gint64 *staff_id, gint64 *property_id,
                            GError **error);

/* -- Beginnings. Both may run again: what is there already is left alone. */
/* Departments, posts, roles with their rights, approval flows for the property of @ctx, which must exist. */
gboolean org_seed(Ctx *ctx, GError **error);
typedef struct {
    const char *login, *name, *post_code, *role_code; /* post_code may be NULL */
    const char *mobile, *email;                       /* may be NULL */
    const char *password_hash;                        /* NULL: cannot sign in yet */
    gboolean must_change_password;
} OrgNewStaff;
/* A person with one role in the property of @ctx; 0 on error. */
gint64 org_staff_add(Ctx *ctx, const OrgNewStaff *person, GError **error);
/* A property; 0 on error. @ctx need not have one yet. */
gint64 org_property_add(Ctx *ctx, const char *code, const char *name, GError **error);
/* Id of a role by its code; 0 if there is none. */
gint64 org_role_id(Ctx *ctx, const char *code);

/* Tells everybody who holds the role something; see notify(). */
gboolean org_notify_role(Ctx *ctx, const char *role, const char *kind, const char *entity, gint64 id, const char *zh, const char *en, GError **error);
