/* org_entity.c - the tables of people and places of work: property, department, post, staff, zone, setting,
 * notification, list_view. Rights and sessions are in org_rights_entity.c. */
#include "domain/approval/approval.h"
#include "domain/org/org_internal.h"

#include <string.h>

static const EnumItem lang_items[] = {
    { "zh", "中文", "Chinese", TONE_GRAY },
    { "en", "英文", "English", TONE_GRAY },
    { NULL, NULL, NULL, TONE_GRAY },
};

/* clang-format off */
static const FieldDef property_fields[] = {
    F_TEXT("code", 20, "项目编码", "Code", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SEARCH, .synonyms = "项目编号|编码", .doc = "Short name used in numbers and files."),
    F_TEXT("name", 80, "项目名称", "Name", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "项目|商场名称", .doc = "Name of the shopping centre."),
    F_TEXT("name_en", 120, "英文名称", "English name", .doc = "For papers and pages in English."),
    F_TEXT("address", 200, "地址", "Address", .doc = "Street address, as printed on leases."),
    F_TEXT("phone", 40, "电话", "Phone", .check = CHECK_PHONE, .doc = "Number of the leasing centre."),
    F_AREA("gross_area", "建筑面积", "Gross floor area", .synonyms = "总建筑面积|GFA", .doc = "m2, all floors."),
    F_AREA("leasable_area", "可出租面积", "Leasable area", .synonyms = "可租面积|GLA", .doc = "m2, what can be let."),
    F_DAY("opened_on", "开业日期", "Opening day", .doc = "First day of trading of the centre."),
    F_TEXT("owner_name", 120, "出租方", "Lessor", .doc = "Company that signs the leases."),
    F_TEXT("tax_name", 120, "开票名称", "Invoice title", .doc = "Name on tax invoices."),
    F_TEXT("tax_code", 18, "统一社会信用代码", "Unified credit code", .check = CHECK_CREDIT_CODE, .synonyms = "税号|纳税人识别号", .doc = "Of the lessor."),
    F_TEXT("bank_name", 120, "开户行", "Bank", .doc = "Where rent is paid to."),
    F_TEXT("bank_account", 40, "银行账号", "Bank account", .doc = "Where rent is paid to; printed on payment orders."),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Whether people may work in it."),
};

static const FieldDef department_fields[] = {
    F_TEXT("code", 20, "编码", "Code", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Short name that stays."),
    F_TEXT("name", 60, "部门名称", "Name", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "部门", .doc = "E.g. 招商部."),
    F_TEXT("name_en", 80, "英文名称", "English name", .doc = "Shown where the page is in English."),
    F_REF("parent_id", "department", "上级部门", "Parent", .doc = "Departments form a tree."),
    F_INT("sort", 0, 9999, "排序", "Order", .preset = "100", .doc = "Order in lists of departments."),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Whether posts may be put into it."),
};

static const FieldDef post_fields[] = {
    F_TEXT("code", 20, "编码", "Code", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Short name that stays, e.g. lm."),
    F_TEXT("name", 60, "岗位名称", "Name", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "岗位|职务", .doc = "E.g. 招商经理."),
    F_TEXT("name_en", 80, "英文名称", "English name", .doc = "E.g. leasing manager."),
    F_REF("department_id", "department", "所属部门", "Department", .flags = FF_REQUIRED | FF_FILTER, .doc = "The department this post belongs to."),
    F_REF("reports_to_id", "post", "汇报岗位", "Reports to", .doc = "The reporting line; approvals, reports and escalations follow it."),
    F_INT("headcount", 0, 999, "编制人数", "Headcount", .doc = "How many people the post is planned for."),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Whether people may be put on it."),
};

static const FieldDef staff_fields[] = {
    F_TEXT("login", 40, "登录名", "Login", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "账号|用户名", .doc = "Lower-case letters, digits and . _ -; unique in the group."),
    F_TEXT("name", 40, "姓名", "Name", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT, .synonyms = "员工姓名|员工", .doc = "As colleagues know the person."),
    F_TEXT("mobile", 20, "手机", "Mobile", .flags = FF_MASKED | FF_SEARCH, .check = CHECK_MOBILE, .synonyms = "手机号|联系电话", .doc = "Masked unless the role may see it."),
    F_TEXT("email", 120, "邮箱", "E-mail", .doc = "For reports that are sent."),
    F_REF("post_id", "post", "岗位", "Post", .flags = FF_FILTER, .doc = "Gives department and reporting line."),
    F_REF("home_property_id", "property", "所属项目", "Home property", .flags = FF_REQUIRED | FF_FILTER, .doc = "Where the person is employed."),
    F_BOOL("active", "在职", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Leavers are switched off, never deleted; their open approvals go up the line."),
    F_DAY("joined_on", "入职日期", "Joined", .doc = "First day of work."),
    F_DAY("left_on", "离职日期", "Left", .doc = "Last day of work."),
    F_ENUM("lang", lang_items, "界面语言", "Language", .preset = "zh", .doc = "Language of pages and messages."),
    F_TEXT("password_hash", 200, "密码", "Password", .flags = FF_SECRET, .doc = "Argon2id."),
    F_BOOL("must_change_password", "须改密码", "Must change password", .flags = FF_READONLY, .preset = "false", .doc = "Set with a first or reset password."),
    F_INT("failed_count", 0, 0, "登录失败次数", "Failed logins", .flags = FF_READONLY, .preset = "0", .doc = "Since the last success."),
    F_INSTANT("locked_until", "锁定至", "Locked until", .flags = FF_READONLY, .doc = "No login before this instant."),
    F_TEXT("calendar_token", 64, "日历密钥", "Calendar secret", .flags = FF_SECRET, .doc = "Digest of the secret in the person's calendar address."),
};

static const FieldDef zone_fields[] = {
    F_TEXT("name", 60, "范围名称", "Name", .flags = FF_REQUIRED | FF_SEARCH, .doc = "E.g. 一层东区."),
    F_REF("staff_id", "staff", "负责人", "Responsible", .flags = FF_FILTER, .doc = "Whose zone it is; the register of units tells who has which unit on which day."),
    F_TEXT("remark", 200, "备注", "Remark", .doc = "Anything else."),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER, .doc = "Whether units may be put into it."),
};

static const EnumItem mail_items[] = {
    { "sending", "发送中", "Being sent", TONE_BLUE },
    { "sent", "已发送", "Sent", TONE_GREEN },
    { "retry", "待重发", "To be sent again", TONE_AMBER },
    { "failed", "发送失败", "Given up", TONE_RED },
    { "unknown", "结果不明", "May have arrived", TONE_AMBER },
    { 0 },
};

static const FieldDef notification_fields[] = {
    F_REF("staff_id", "staff", "接收人", "For", .flags = FF_REQUIRED | FF_READONLY, .doc = "Who is told."),
    F_TEXT("kind", 60, "类型", "Kind", .flags = FF_READONLY, .doc = "What happened, e.g. approval.task."),
    F_TEXT("entity", 40, "单据类型", "Entity", .flags = FF_READONLY, .doc = "Where it leads."),
    F_INT("record_id", 0, 0, "单据", "Record", .flags = FF_READONLY, .doc = "Where it leads."),
    F_LONGTEXT("zh", 4000, "内容", "Chinese text", .flags = FF_READONLY, .doc = "The message in Chinese."),
    F_LONGTEXT("en", 4000, "英文内容", "English text", .flags = FF_READONLY, .doc = "The message in English."),
    F_INSTANT("read_at", "阅读时间", "Read", .flags = FF_READONLY, .doc = "Empty until the person has seen it."),
    F_ENUM("mail_state", mail_items, "邮件", "Mail", .flags = FF_READONLY, .doc = "What became of it as mail; empty: not mailed (yet)."),
    F_INT("mail_tries", 0, 0, "发送次数", "Mail tries", .flags = FF_READONLY, .doc = "How often it was tried."),
    F_INSTANT("mail_next_at", "下次发送", "Mail next", .flags = FF_READONLY, .doc = "When it is tried again, or until when a run has it."),
    F_INT("mail_claim", 0, 0, "发送批次", "Mail claim", .flags = FF_SECRET, .doc = "The run that has or had it."),
};

static const FieldDef list_view_fields[] = {
    F_REF("staff_id", "staff", "所有人", "Owner", .flags = FF_REQUIRED | FF_READONLY, .doc = "Who saved it."),
    F_TEXT("entity", 40, "列表", "List", .flags = FF_REQUIRED | FF_FILTER, .doc = "Entity whose list this is."),
    F_TEXT("name", 60, "名称", "Name", .flags = FF_REQUIRED, .doc = "What the person calls it."),
    F_LONGTEXT("query", 4000, "条件", "Query", .flags = FF_REQUIRED, .doc = "The list's address after the question mark: filters, order, columns."),
    F_BOOL("shared", "共享", "Shared", .preset = "false", .doc = "Whether colleagues see it too."),
};

static const FieldDef setting_fields[] = {
    F_TEXT("name", 80, "名称", "Name", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "E.g. approval.skip_repeat."),
    F_LONGTEXT("content", 2000, "值", "Value", .flags = FF_REQUIRED, .doc = "What the setting is set to, as text."),
    F_TEXT("remark", 200, "说明", "Remark", .doc = "What it does."),
};
/* clang-format on */

static const char *const unique_code[] = { "code", NULL };
static const char *const unique_login[] = { "login", NULL };
static const char *const unique_name[] = { "name", NULL };
static const char *const view_uniques[] = { "staff_id entity name", NULL };
static const char *const notification_indexes[] = { "staff_id -created_at", "created_at", "mail_claim", NULL };

static const FieldGroup property_form[] = {
    { "项目", "Property", "code name name_en address phone opened_on active" },
    { "面积", "Areas", "gross_area leasable_area" },
    { "出租方与收款", "Lessor and payment", "owner_name tax_name tax_code bank_name bank_account" },
    { NULL, NULL, NULL },
};

static const EntityDef property_def = {
    .name = "property",
    .zh = "项目",
    .en = "Property",
    .doc = "A shopping centre; everything hangs off it, a group has many.",
    .fields = property_fields,
    .n_fields = G_N_ELEMENTS(property_fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = unique_code,
    .list_columns = "code name address gross_area leasable_area opened_on active",
    .list_filters = "active",
    .mobile_lines = "name address",
    .form = property_form,
    .flags = EF_GROUP,
};

static const EntityDef department_def = {
    .name = "department",
    .zh = "部门",
    .en = "Department",
    .doc = "Part of the organisation of a property.",
    .fields = department_fields,
    .n_fields = G_N_ELEMENTS(department_fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = unique_code,
    .list_columns = "code name name_en parent_id sort active",
    .list_filters = "active",
    .mobile_lines = "name code",
};

static const EntityDef post_def = {
    .name = "post",
    .zh = "岗位",
    .en = "Post",
    .doc = "What somebody is employed as; posts report to posts.",
    .fields = post_fields,
    .n_fields = G_N_ELEMENTS(post_fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = unique_code,
    .list_columns = "code name department_id reports_to_id headcount active",
    .list_filters = "department_id active",
    .mobile_lines = "name department_id",
};

static const FieldGroup staff_form[] = {
    { "人员", "Person", "name login mobile email lang" },
    { "任职", "Employment", "post_id home_property_id joined_on left_on active" },
    { NULL, NULL, NULL },
};

static const EntityDef staff_def = {
    .name = "staff",
    .zh = "员工",
    .en = "Staff",
    .doc = "A person who works here and signs in.",
    .fields = staff_fields,
    .n_fields = G_N_ELEMENTS(staff_fields),
    .title = "name",
    .subtitle = "login",
    .uniques = unique_login,
    .scope = { .owner = "id" },
    .list_columns = "name login post_id mobile email home_property_id active locked_until",
    .list_filters = "post_id home_property_id active",
    .list_sort = "name",
    .mobile_lines = "name post_id mobile",
    .form = staff_form,
    .flags = EF_GROUP,
};

static const EntityDef zone_def = {
    .name = "zone",
    .zh = "管理范围",
    .en = "Zone",
    .doc = "Units that one person looks after.",
    .fields = zone_fields,
    .n_fields = G_N_ELEMENTS(zone_fields),
    .title = "name",
    .uniques = unique_name,
    .scope = { .owner = "staff_id" },
    .list_columns = "name staff_id remark active",
    .list_filters = "staff_id active",
    .mobile_lines = "name staff_id",
};

static const EntityDef notification_def = {
    .name = "notification",
    .zh = "通知",
    .en = "Notification",
    .doc = "What a person is told.",
    .fields = notification_fields,
    .n_fields = G_N_ELEMENTS(notification_fields),
    .title = "zh",
    .indexes = notification_indexes,
    .scope = { .owner = "staff_id" },
    .list_columns = "zh created_at read_at",
    .list_sort = "-created_at",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const EntityDef list_view_def = {
    .name = "list_view",
    .zh = "列表视图",
    .en = "Saved list",
    .doc = "A list's filters and order under a name.",
    .fields = list_view_fields,
    .n_fields = G_N_ELEMENTS(list_view_fields),
    .title = "name",
    .uniques = view_uniques,
    .scope = { .owner = "staff_id" },
    .list_columns = "name entity staff_id shared",
    .flags = EF_NO_CREATE | EF_NO_IMPORT | EF_DELETABLE,
};

static const EntityDef setting_def = {
    .name = "setting",
    .zh = "参数",
    .en = "Setting",
    .doc = "A rule of the house that this property sets for itself.",
    .fields = setting_fields,
    .n_fields = G_N_ELEMENTS(setting_fields),
    .title = "name",
    .uniques = unique_name,
    .list_columns = "name content remark updated_at",
    .flags = EF_NO_IMPORT,
};

/* TRUE if following @parent upwards from @rec comes back to it. Trees are shallow. */
static gboolean
is_ring(Ctx *ctx, const Record *rec, const char *parent)
{
    gint64 id = record_int(rec, parent);

    for (guint depth = 0; id; depth++) {
        if (id == rec->id || depth > 30)
            return TRUE;
        g_autoptr(Record) above = record_find(ctx, rec->def->name, id, NULL);
        id = above ? record_int(above, parent) : 0;
    }
    return FALSE;
}

static gboolean
department_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    return !is_ring(ctx, rec, "parent_id")
           || app_error_field(error, "parent_id", "ring", "不能是自己或自己的下级部门",
                              "must not lie below itself");
}

static gboolean
post_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    return !is_ring(ctx, rec, "reports_to_id")
           || app_error_field(error, "reports_to_id", "ring", "汇报关系不能成环",
                              "must not lead back to this post");
}

static gboolean
differs(const Record *rec, const Record *old, const char *field)
{
    const FieldDef *def = entity_find_field(rec->def, field);
    int i = entity_field_index(rec->def, field);

    return !old || !value_equal(def, &old->values[i], &rec->values[i]);
}

static gboolean
post_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (!old || (!differs(rec, old, "department_id") && !differs(rec, old, "reports_to_id")))
        return TRUE; /* a new post has nobody yet */
    return org_staff_reach_rebuild(ctx, error);
}

static gboolean
is_login(const char *text)
{
    gsize n = strlen(text);

    if (n < 2)
        return FALSE;
    for (gsize i = 0; i < n; i++) {
        if (!g_ascii_islower(text[i]) && !g_ascii_isdigit(text[i]) && !strchr("._-", text[i]))
            return FALSE;
    }
    return TRUE;
}

/* Logins are kept in lower case; the set was checked as it was typed, so it is checked here once more. */
static gboolean
check_login(Ctx *ctx, Record *rec, GError **error)
{
    g_autofree char *login = g_ascii_strdown(record_text(rec, "login"), -1);
    gboolean changed = strcmp(login, record_text(rec, "login")) != 0;

    record_set_text(rec, "login", login);
    if (!is_login(login))
        return app_error_field(error, "login", "form", "登录名须为两位以上小写字母、数字或 . _ -",
                               "must be two or more lower-case letters, digits or . _ -");
    g_autoptr(Record) other = changed ? record_find_by(ctx, "staff", "login", login, NULL) : NULL;
    return !other || other->id == rec->id
           || app_error_field(error, "login", "unique", "已有相同的登录名", "this login is taken");
}

static gboolean
staff_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean ok = record_is_null(rec, "login") || check_login(ctx, rec, error);

    if (old && ctx->staff_id == rec->id && !record_int(rec, "active") && record_int(old, "active"))
        ok = app_error_field(error, "active", "self", "不能停用自己",
                             "you cannot switch yourself off");
    return ok;
}

static gboolean
staff_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean left = old && record_int(old, "active") && !record_int(rec, "active");

    if ((differs(rec, old, "post_id") || differs(rec, old, "home_property_id"))
        && !org_staff_reach_rebuild(ctx, error))
        return FALSE;
    if (!left)
        return TRUE;
    return org_sessions_end(ctx, rec->id, 0, error) && approval_staff_left(ctx, rec->id, error);
}

static gboolean
zone_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    g_autoptr(Record) person = record_is_null(rec, "staff_id")
                                   ? NULL
                                   : record_find(ctx, "staff", record_int(rec, "staff_id"), NULL);

    return !person || record_int(person, "active")
           || app_error_field(error, "staff_id", "inactive", "此人已离职", "this person has left");
}

static gboolean
list_view_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    const char *entity = record_text(rec, "entity");

    return !entity || registry_find(ctx->registry, entity)
           || app_error_field(error, "entity", "unknown", "没有这个列表", "is not a list");
}

const EntityModule property_module = { .def = &property_def };
const EntityModule department_module = { .def = &department_def, .validate = department_validate };
const EntityModule post_module = { .def = &post_def,
                                   .validate = post_validate,
                                   .after_save = post_after_save };
const EntityModule staff_module = { .def = &staff_def,
                                    .validate = staff_validate,
                                    .after_save = staff_after_save };
const EntityModule zone_module = { .def = &zone_def, .validate = zone_validate };
const EntityModule notification_module = { .def = &notification_def };
const EntityModule list_view_module = { .def = &list_view_def, .validate = list_view_validate };
const EntityModule setting_module = { .def = &setting_def };
