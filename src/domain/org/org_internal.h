/* org_internal.h - what the files of org share. Not for others. */
#pragma once
#include "domain/org/org.h"

/* A named statement with :property_id of @ctx bound if @scoped. */
DbStmt *org_stmt(Ctx *ctx, const char *name, gboolean scoped, GError **error);

/* One line of the table of rights: what @role may do with @entity ("*" all entities), within @scope. Actions are separated by blanks;
 * "*" means all, "-x" takes one away again. */
typedef struct {
    const char *role;
    const char *entities; /* one or several, separated by blanks */
    const char *actions;
    const char *scope;
} OrgGrant;
typedef struct {
    const char *role;
    const char *fields; /* "contact.mobile", several separated by blanks */
} OrgUnmask;
/* The role of merchants that log in; not one of the house. */
#define ORG_MERCHANT_ROLE "merchant"

extern const OrgGrant org_grants[];   /* ends with a NULL role */
extern const OrgUnmask org_unmasks[]; /* ends with a NULL role */

/* "* -export" of an entity as its plain verbs, each once: "create read update import …". transfer full. */
char *org_actions_expand(const Registry *registry, const char *entity, const char *actions);

/* Where an account is kept. Static. */
static inline const char *
org_account_entity(gint64 merchant_id)
{
    return merchant_id ? "merchant_login" : "staff";
}

/* org_flows.c: the default approval flows of the property. */
gboolean org_seed_flows(Ctx *ctx, GError **error);

/* Adds the rights of a line of the table: @actions separated by blanks. */
void org_grant_words(Access *access, const char *entity, const char *actions, Scope scope);

/* Scope of a token; SCOPE_NONE if unknown. */
Scope org_scope_of(const char *token);
extern const EnumItem org_scope_items[];
