/* org_seed.c - how a property begins: departments, posts with their reporting line, roles with their rights, flows.
 * Source: the posts of the duties in docs/domain. */
#include "domain/org/org_internal.h"

#include <string.h>

typedef struct {
    const char *code, *zh, *en;
} SeedName;

typedef struct {
    const char *code, *zh, *en, *department, *reports_to;
} SeedPost;

static const SeedName departments[] = {
    { "gmo", "总经办", "General management" },     { "leasing", "招商部", "Leasing" },
    { "operations", "运营部", "Operations" },      { "finance", "财务部", "Finance" },
    { "services", "物业部", "Property services" }, { "office", "综合管理部", "Administration" },
};

/* Above before below: a post's superior is there when the post is made. */
static const SeedPost posts[] = {
    { "gm", "总经理", "General manager", "gmo", NULL },
    { "director", "营运总监", "Operations director", "gmo", "gm" },
    { "lm", "招商经理", "Leasing manager", "leasing", "director" },
    { "lsup", "招商主管", "Leasing supervisor", "leasing", "lm" },
    { "ls", "招商专员", "Leasing specialist", "leasing", "lsup" },
    { "lc", "招商内勤", "Leasing clerk", "leasing", "lsup" },
    { "om", "运营经理", "Operations manager", "operations", "director" },
    { "osup", "运营主管", "Operations supervisor", "operations", "om" },
    { "os", "运营专员", "Operations specialist", "operations", "osup" },
    { "oc", "运营内勤", "Operations clerk", "operations", "osup" },
    { "finance", "财务", "Finance", "finance", "gm" },
    { "services", "物业", "Property services", "services", "gm" },
    { "admin", "系统管理员", "Administrator", "office", "gm" },
};

static const SeedName roles[] = {
    { "general_manager", "总经理", "General manager" },
    { "director", "营运总监", "Operations director" },
    { "leasing_manager", "招商经理", "Leasing manager" },
    { "leasing_supervisor", "招商主管", "Leasing supervisor" },
    { "leasing_specialist", "招商专员", "Leasing specialist" },
    { "leasing_clerk", "招商内勤", "Leasing clerk" },
    { "operations_manager", "运营经理", "Operations manager" },
    { "operations_supervisor", "运营主管", "Operations supervisor" },
    { "operations_specialist", "运营专员", "Operations specialist" },
    { "operations_clerk", "运营内勤", "Operations clerk" },
    { "finance", "财务", "Finance" },
    { "property_services", "物业", "Property services" },
    { "admin", "系统管理员", "Administrator" },
    { "merchant", "商户", "Merchant" },
};

/* Id of the row with this code; 0 if there is none. FALSE only if the database fails. */
static gboolean
find_code(Ctx *ctx, const char *entity, const char *code, gint64 *id, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) rec = record_find_by(ctx, entity, "code", code, &failure);

    *id = rec ? rec->id : 0;
    if (!failure)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

gint64
org_role_id(Ctx *ctx, const char *code)
{
    gint64 id = 0;

    find_code(ctx, "role", code, &id, NULL);
    return id;
}

static gboolean
seed_named(Ctx *ctx, const char *entity, const SeedName *seed, gint64 *id, gboolean *fresh,
           GError **error)
{
    *fresh = FALSE;
    if (!find_code(ctx, entity, seed->code, id, error))
        return FALSE;
    if (*id)
        return TRUE;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, entity));
    record_set_text(rec, "code", seed->code);
    record_set_text(rec, "name", seed->zh);
    record_set_text(rec, "name_en", seed->en);
    if (!record_save(ctx, rec, error))
        return FALSE;
    *id = rec->id;
    *fresh = TRUE;
    return TRUE;
}

static gboolean
seed_departments(Ctx *ctx, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(departments); i++) {
        gint64 id = 0;
        gboolean fresh = FALSE;
        if (!seed_named(ctx, "department", &departments[i], &id, &fresh, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
seed_post(Ctx *ctx, const SeedPost *seed, GError **error)
{
    gint64 id = 0, department_id = 0, above_id = 0;

    if (!find_code(ctx, "post", seed->code, &id, error))
        return FALSE;
    if (id)
        return TRUE;
    if (!find_code(ctx, "department", seed->department, &department_id, error)
        || (seed->reports_to && !find_code(ctx, "post", seed->reports_to, &above_id, error)))
        return FALSE;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "post"));
    record_set_text(rec, "code", seed->code);
    record_set_text(rec, "name", seed->zh);
    record_set_text(rec, "name_en", seed->en);
    record_set_id(rec, "department_id", department_id);
    record_set_id(rec, "reports_to_id", above_id);
    return record_save(ctx, rec, error);
}

static gboolean
find_id(DbStmt *stmt, gint64 *id, GError **error)
{
    gboolean row = FALSE;

    *id = 0;
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        *id = db_int(stmt, 0);
    return TRUE;
}

/* One line of the table for one entity; a second line of the same scope adds its verbs. */
static gboolean
seed_grant(Ctx *ctx, gint64 role_id, const char *entity, const OrgGrant *grant, GError **error)
{
    gint64 id = 0;
    g_autofree char *actions = org_actions_expand(ctx->registry, entity, grant->actions);
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.grant_find", FALSE, error);

    if (!actions[0])
        return TRUE; /* "*" of an entity that this program does not have */
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "role_id", role_id);
    db_bind_text(stmt, "entity", entity);
    db_bind_text(stmt, "scope", grant->scope);
    if (!find_id(stmt, &id, error))
        return FALSE;
    g_autoptr(Record) rec = id ? record_get(ctx, "role_grant", id, NULL, error)
                               : record_new(registry_def(ctx->registry, "role_grant"));
    if (!rec)
        return FALSE;
    const char *had = id ? record_text(rec, "actions") : "";
    g_autofree char *sum = g_strconcat(had, " ", actions, NULL);
    g_autofree char *plain = org_actions_expand(ctx->registry, entity, sum);
    record_set_id(rec, "role_id", role_id);
    record_set_text(rec, "entity", entity);
    record_set_text(rec, "actions", plain);
    record_set_text(rec, "scope", grant->scope);
    return record_save(ctx, rec, error);
}

static gboolean
seed_line(Ctx *ctx, gint64 role_id, const OrgGrant *grant, GError **error)
{
    if (strcmp(grant->entities, "*") == 0) {
        for (guint i = 0; ctx->registry->defs[i]; i++) {
            const EntityDef *def = ctx->registry->defs[i];
            if (!(def->flags & EF_INTERNAL) && !seed_grant(ctx, role_id, def->name, grant, error))
                return FALSE;
        }
        return TRUE;
    }
    g_auto(GStrv) names = g_strsplit(grant->entities, " ", -1);
    for (guint i = 0; names[i]; i++) {
        if (!seed_grant(ctx, role_id, names[i], grant, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
seed_unmask(Ctx *ctx, gint64 role_id, const char *field, GError **error)
{
    gint64 id = 0;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.unmask_find", FALSE, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "role_id", role_id);
    db_bind_text(stmt, "field", field);
    if (!find_id(stmt, &id, error) || id)
        return id != 0;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "role_unmask"));
    record_set_id(rec, "role_id", role_id);
    record_set_text(rec, "field", field);
    return record_save(ctx, rec, error);
}

/* Every confidential field there is. */
static gboolean
seed_unmask_all(Ctx *ctx, gint64 role_id, GError **error)
{
    for (guint i = 0; ctx->registry->defs[i]; i++) {
        const EntityDef *def = ctx->registry->defs[i];
        for (guint k = 0; k < def->n_fields; k++) {
            if (!(def->fields[k].flags & FF_MASKED))
                continue;
            g_autofree char *field = g_strconcat(def->name, ".", def->fields[k].name, NULL);
            if (!seed_unmask(ctx, role_id, field, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
seed_unmasks(Ctx *ctx, gint64 role_id, const char *role, GError **error)
{
    for (const OrgUnmask *u = org_unmasks; u->role; u++) {
        if (strcmp(u->role, role) != 0)
            continue;
        if (strcmp(u->fields, "*") == 0)
            return seed_unmask_all(ctx, role_id, error);
        g_auto(GStrv) fields = g_strsplit(u->fields, " ", -1);
        for (guint i = 0; fields[i]; i++) {
            if (!seed_unmask(ctx, role_id, fields[i], error))
                return FALSE;
        }
    }
    return TRUE;
}

/* A role that is there already keeps the rights that people gave it. */
static gboolean
seed_role(Ctx *ctx, const SeedName *seed, GError **error)
{
    gint64 id = 0;
    gboolean fresh = FALSE;

    if (!seed_named(ctx, "role", seed, &id, &fresh, error))
        return FALSE;
    if (!fresh)
        return TRUE;
    for (const OrgGrant *grant = org_grants; grant->role; grant++) {
        gboolean is_everybody = strcmp(grant->role, "*") == 0 && strcmp(seed->code, ORG_MERCHANT_ROLE) != 0;
        if (!is_everybody && strcmp(grant->role, seed->code) != 0)
            continue;
        if (!seed_line(ctx, id, grant, error))
            return FALSE;
    }
    return seed_unmasks(ctx, id, seed->code, error);
}

gboolean
org_seed(Ctx *ctx, GError **error)
{
    g_return_val_if_fail(ctx->property_id, FALSE);
    if (!seed_departments(ctx, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(posts); i++) {
        if (!seed_post(ctx, &posts[i], error))
            return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(roles); i++) {
        if (!seed_role(ctx, &roles[i], error))
            return FALSE;
    }
    return org_seed_flows(ctx, error);
}

static gboolean
refuse_code(const char *field, const char *code, GError **error)
{
    return app_error_field(error, field, "unknown", "没有编码为“%s”的记录",
                           "there is none with the code \"%s\"", code);
}

static gboolean
give_role(Ctx *ctx, gint64 staff_id, gint64 role_id, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "staff_role"));

    record_set_id(rec, "staff_id", staff_id);
    record_set_id(rec, "role_id", role_id);
    return record_save(ctx, rec, error);
}

gint64
org_staff_add(Ctx *ctx, const OrgNewStaff *person, GError **error)
{
    gint64 post_id = 0, role_id = org_role_id(ctx, person->role_code);
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "staff"));

    if (person->post_code && !find_code(ctx, "post", person->post_code, &post_id, error))
        return 0;
    if (!role_id)
        return refuse_code("role_code", person->role_code, error);
    if (person->post_code && !post_id)
        return refuse_code("post_code", person->post_code, error);
    record_set_text(rec, "login", person->login);
    record_set_text(rec, "name", person->name);
    record_set_text(rec, "mobile", person->mobile);
    record_set_text(rec, "email", person->email);
    record_set_id(rec, "post_id", post_id);
    record_set_id(rec, "home_property_id", ctx->property_id);
    record_set_text(rec, "password_hash", person->password_hash);
    record_set_int(rec, "must_change_password", person->must_change_password);
    if (!record_save(ctx, rec, error) || !give_role(ctx, rec->id, role_id, error))
        return 0;
    return rec->id;
}

gint64
org_property_add(Ctx *ctx, const char *code, const char *name, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "property"));

    record_set_text(rec, "code", code);
    record_set_text(rec, "name", name);
    return record_save(ctx, rec, error) ? rec->id : 0;
}
