/* org_rights_entity.c - the tables of rights and of presence: role, role_grant, role_unmask, staff_role, delegation,
 * session, login_throttle, staff_reach. */
#include "domain/approval/approval.h"
#include "domain/org/org_internal.h"

#include <string.h>

const EnumItem org_scope_items[] = {
    { "merchant", "商户自己", "The merchant's own", TONE_GRAY },
    { "own", "本人", "Own", TONE_GRAY },
    { "team", "本人及下属", "Team", TONE_BLUE },
    { "zone", "管理范围", "Zone", TONE_BLUE },
    { "department", "本部门", "Department", TONE_GREEN },
    { "property", "本项目", "Property", TONE_AMBER },
    { "all", "全集团", "All properties", TONE_RED },
    { NULL, NULL, NULL, TONE_GRAY },
};

static const EnumItem reach_items[] = {
    { "team", "下属", "Team", TONE_BLUE },
    { "department", "部门", "Department", TONE_GREEN },
    { NULL, NULL, NULL, TONE_GRAY },
};

Scope
org_scope_of(const char *token)
{
    static const Scope scopes[] = { SCOPE_MERCHANT, SCOPE_OWN,        SCOPE_TEAM,     SCOPE_ZONE,
                                    SCOPE_DEPARTMENT, SCOPE_PROPERTY, SCOPE_ALL };

    for (guint i = 0; i < G_N_ELEMENTS(scopes); i++) {
        if (g_strcmp0(org_scope_items[i].token, token) == 0)
            return scopes[i];
    }
    return SCOPE_NONE;
}

/* clang-format off */
static const FieldDef role_fields[] = {
    F_TEXT("code", 40, "编码", "Code", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Short name that stays, e.g. leasing_manager."),
    F_TEXT("name", 60, "角色名称", "Name", .flags = FF_REQUIRED | FF_SEARCH, .doc = "What people call it."),
    F_TEXT("name_en", 80, "英文名称", "English name", .doc = "Shown where the page is in English."),
    F_TEXT("remark", 200, "说明", "Remark", .doc = "Whom it is meant for."),
};

static const FieldDef role_grant_fields[] = {
    F_REF("role_id", "role", "角色", "Role", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "Who gets the right."),
    F_TEXT("entity", 40, "对象", "Entity", .flags = FF_REQUIRED | FF_FILTER, .doc = "Entity, or report."),
    F_TEXT("actions", 500, "权限", "Actions", .flags = FF_REQUIRED, .doc = "Verbs separated by blanks: read create update export import and the entity's own; on saving, * is spelt out as all of them and -x takes x away."),
    F_ENUM("scope", org_scope_items, "数据范围", "Scope", .flags = FF_REQUIRED | FF_FILTER, .preset = "own", .doc = "Which rows the right reaches."),
};

static const FieldDef role_unmask_fields[] = {
    F_REF("role_id", "role", "角色", "Role", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "Who sees it."),
    F_TEXT("field", 80, "保密字段", "Field", .flags = FF_REQUIRED, .doc = "Confidential field that this role sees in full, e.g. contact.mobile."),
};

static const FieldDef staff_role_fields[] = {
    F_REF("staff_id", "staff", "员工", "Person", .flags = FF_REQUIRED | FF_FILTER, .doc = "Who holds the role in this property."),
    F_REF("role_id", "role", "角色", "Role", .flags = FF_REQUIRED | FF_FILTER, .doc = "The role."),
};

static const FieldDef delegation_fields[] = {
    F_REF("from_staff_id", "staff", "授权人", "From", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "Who gives the powers."),
    F_REF("to_staff_id", "staff", "受权人", "To", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "Who uses them, on behalf of the giver."),
    F_TEXT("powers", 500, "授权事项", "Powers", .flags = FF_REQUIRED, .preset = "approval", .doc = "approval, and rights such as lead.assign, separated by blanks."),
    F_DAY("from_on", "开始日期", "From day", .flags = FF_REQUIRED, .doc = "First day of the delegation."),
    F_DAY("to_on", "结束日期", "To day", .flags = FF_REQUIRED, .doc = "Last day of the delegation, included."),
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED, .doc = "E.g. 休假."),
    F_BOOL("active", "有效", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Switch off to take the powers back at once."),
};

static const FieldDef session_fields[] = {
    F_TEXT("token_digest", 64, "令牌摘要", "Token digest", .flags = FF_REQUIRED | FF_SECRET, .doc = "BLAKE2b of the cookie."),
    F_REF("staff_id", "staff", "员工", "Person", .doc = "Who signed in."),
    F_INT("merchant_login_id", 0, 0, "商户账号", "Merchant login", .doc = "The merchant's login that signed in instead; a number, because merchants come later."),
    F_REF("chosen_property_id", "property", "项目", "Property", .doc = "Where the person works now."),
    F_TEXT("csrf_digest", 64, "页面令牌摘要", "Page token digest", .flags = FF_REQUIRED | FF_SECRET, .doc = "BLAKE2b of the page's token."),
    F_INSTANT("seen_at", "最近使用", "Last seen", .flags = FF_REQUIRED, .doc = "Within a minute."),
    F_INSTANT("expires_at", "失效时间", "Expires", .flags = FF_REQUIRED, .doc = "12 hours after signing in."),
    F_TEXT("address", 64, "地址", "Address", .doc = "Where the person signed in from."),
    F_TEXT("agent", 300, "浏览器", "Browser", .doc = "What the person signed in with."),
};

static const FieldDef login_throttle_fields[] = {
    F_TEXT("address", 64, "地址", "Address", .flags = FF_REQUIRED, .doc = "Where failed logins came from."),
    F_INT("failed_count", 0, 0, "失败次数", "Failures", .flags = FF_REQUIRED, .preset = "0", .doc = "In the current window."),
    F_INSTANT("window_at", "计数开始", "Window", .flags = FF_REQUIRED, .doc = "When counting began."),
    F_INSTANT("locked_until", "锁定至", "Locked until", .doc = "No login from there before this instant."),
};

static const FieldDef staff_reach_fields[] = {
    F_REF("viewer_id", "staff", "查看人", "Viewer", .flags = FF_REQUIRED, .doc = "Who sees."),
    F_REF("member_id", "staff", "成员", "Member", .flags = FF_REQUIRED, .doc = "Whose records are seen."),
    F_ENUM("reach", reach_items, "范围", "Reach", .flags = FF_REQUIRED, .doc = "team: reports to the viewer, directly or not; department: the same department, and the team."),
};
/* clang-format on */

static const char *const unique_code[] = { "code", NULL };
static const char *const grant_uniques[] = { "role_id entity scope", NULL };
static const char *const unmask_uniques[] = { "role_id field", NULL };
static const char *const staff_role_uniques[] = { "staff_id role_id", NULL };
static const char *const session_uniques[] = { "token_digest", NULL };
static const char *const session_indexes[] = { "staff_id", "merchant_login_id", "expires_at", NULL };
static const char *const throttle_uniques[] = { "address", NULL };
static const char *const reach_uniques[] = { "viewer_id reach member_id", NULL };

static const EntityDef role_def = {
    .name = "role",
    .zh = "角色",
    .en = "Role",
    .doc = "A set of rights that people hold per property.",
    .fields = role_fields,
    .n_fields = G_N_ELEMENTS(role_fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = unique_code,
    .list_columns = "code name name_en remark",
    .mobile_lines = "name code",
    .flags = EF_GROUP | EF_NO_IMPORT,
};

static const EntityDef role_grant_def = {
    .name = "role_grant",
    .zh = "角色权限",
    .en = "Right of a role",
    .doc = "What a role may do with one kind of record, and with which rows.",
    .fields = role_grant_fields,
    .n_fields = G_N_ELEMENTS(role_grant_fields),
    .title = "entity",
    .subtitle = "actions",
    .uniques = grant_uniques,
    .list_columns = "role_id entity actions scope",
    .list_filters = "role_id entity scope",
    .flags = EF_GROUP | EF_NO_IMPORT | EF_DELETABLE,
};

static const EntityDef role_unmask_def = {
    .name = "role_unmask",
    .zh = "保密字段权限",
    .en = "Confidential field of a role",
    .doc = "A confidential field that a role sees in full.",
    .fields = role_unmask_fields,
    .n_fields = G_N_ELEMENTS(role_unmask_fields),
    .title = "field",
    .uniques = unmask_uniques,
    .list_columns = "role_id field",
    .list_filters = "role_id",
    .flags = EF_GROUP | EF_NO_IMPORT | EF_DELETABLE,
};

static const EntityDef staff_role_def = {
    .name = "staff_role",
    .zh = "员工角色",
    .en = "Role of a person",
    .doc = "Who holds which role in this property.",
    .fields = staff_role_fields,
    .n_fields = G_N_ELEMENTS(staff_role_fields),
    .title = "staff_id",
    .subtitle = "role_id",
    .uniques = staff_role_uniques,
    .list_columns = "staff_id role_id",
    .list_filters = "staff_id role_id",
    .flags = EF_NO_IMPORT | EF_DELETABLE,
};

static const EntityDef delegation_def = {
    .name = "delegation",
    .zh = "授权",
    .en = "Delegation",
    .doc = "Named powers given to a colleague for a period.",
    .fields = delegation_fields,
    .n_fields = G_N_ELEMENTS(delegation_fields),
    .title = "reason",
    .scope = { .owner = "from_staff_id" },
    .list_columns = "from_staff_id to_staff_id powers from_on to_on reason active",
    .list_filters = "from_staff_id to_staff_id active",
    .list_sort = "-created_at",
    .mobile_lines = "to_staff_id powers from_on to_on",
    .flags = EF_NO_IMPORT,
};

static const EntityDef session_def = {
    .name = "session",
    .zh = "会话",
    .en = "Session",
    .doc = "A signed-in browser.",
    .fields = session_fields,
    .n_fields = G_N_ELEMENTS(session_fields),
    .title = "staff_id",
    .uniques = session_uniques,
    .indexes = session_indexes,
    .flags = EF_GROUP | EF_INTERNAL,
};

static const EntityDef login_throttle_def = {
    .name = "login_throttle",
    .zh = "登录限制",
    .en = "Login throttle",
    .doc = "Failed logins by address.",
    .fields = login_throttle_fields,
    .n_fields = G_N_ELEMENTS(login_throttle_fields),
    .title = "address",
    .uniques = throttle_uniques,
    .flags = EF_GROUP | EF_INTERNAL,
};

static const EntityDef staff_reach_def = {
    .name = "staff_reach",
    .zh = "可见人员",
    .en = "Reach",
    .doc = "Derived from posts and departments: whose records a person's team and department "
           "rights reach.",
    .fields = staff_reach_fields,
    .n_fields = G_N_ELEMENTS(staff_reach_fields),
    .title = "viewer_id",
    .uniques = reach_uniques,
    .flags = EF_INTERNAL,
};

/* Words of lower-case letters, digits, '_' and the extra characters, separated by blanks. */
static gboolean
are_words(const char *text, const char *extra)
{
    for (const char *p = text; *p; p++) {
        if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && *p != '_' && *p != ' '
            && !strchr(extra, *p))
            return FALSE;
    }
    return *text != '\0';
}

static gboolean
role_grant_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    const char *actions = record_text(rec, "actions");
    const char *entity = record_text(rec, "entity");
    gboolean ok = TRUE;

    (void) old;
    if (actions && !are_words(actions, "*-"))
        ok = app_error_field(error, "actions", "form",
                             "应为以空格分隔的操作名，例如 read create update",
                             "must be verbs separated by blanks, e.g. read create update");
    if (entity && !are_words(entity, ""))
        ok = app_error_field(error, "entity", "form", "应为一种单据的名称", "must name an entity");
    if (ok && entity && actions) {
        g_autofree char *plain = org_actions_expand(ctx->registry, entity, actions);
        if (!plain[0])
            return app_error_field(error, "actions", "required", "没有可授的权限",
                                   "grants nothing");
        record_set_text(rec, "actions", plain);
    }
    return ok;
}

static gboolean
check_giver(Ctx *ctx, const Record *rec, GError **error)
{
    if (record_int(rec, "from_staff_id") == ctx->staff_id
        || access_scope(ctx->access, "delegation", "create") >= SCOPE_PROPERTY)
        return TRUE;
    return app_error_field(error, "from_staff_id", "forbidden", "只能授出自己的权力",
                           "you can give your own powers only");
}

static gboolean
delegation_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    const char *powers = record_text(rec, "powers");
    gboolean ok = old || check_giver(ctx, rec, error);

    if (!record_is_null(rec, "to_staff_id")
        && record_int(rec, "to_staff_id") == record_int(rec, "from_staff_id"))
        ok = app_error_field(error, "to_staff_id", "self", "不能授权给自己",
                             "must be somebody else");
    if (powers && !are_words(powers, "."))
        ok = app_error_field(error, "powers", "form", "应为 approval 或以空格分隔的权限名",
                             "must be approval or rights separated by blanks");
    if (!record_is_null(rec, "to_on") && !record_is_null(rec, "from_on")
        && record_day(rec, "to_on") < record_day(rec, "from_on"))
        ok = app_error_field(error, "to_on", "order", "不能早于开始日期",
                             "must not be before the first day");
    return ok;
}

static gboolean
delegation_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    return approval_delegation_changed(ctx, record_int(rec, "from_staff_id"), error);
}

/* A role in another property than one's own makes one visible there. */
static gboolean
staff_role_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    g_autoptr(Record) person = record_get(ctx, "staff", record_int(rec, "staff_id"), NULL, error);

    if (!person)
        return FALSE;
    return record_int(person, "home_property_id") == ctx->property_id
           || org_staff_reach_rebuild(ctx, error);
}

const EntityModule role_module = { .def = &role_def };
const EntityModule role_grant_module = { .def = &role_grant_def, .validate = role_grant_validate };
const EntityModule role_unmask_module = { .def = &role_unmask_def };
const EntityModule staff_role_module = { .def = &staff_role_def,
                                         .after_save = staff_role_after_save };
const EntityModule delegation_module = { .def = &delegation_def,
                                         .validate = delegation_validate,
                                         .after_save = delegation_after_save };
const EntityModule session_module = { .def = &session_def };
const EntityModule login_throttle_module = { .def = &login_throttle_def };
const EntityModule staff_reach_module = { .def = &staff_reach_def };
