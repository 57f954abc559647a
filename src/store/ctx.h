/* ctx.h - everything the domain may know of the outside: the transaction, who, when, where, in which
 * language, and what this person may. Made by the dispatcher and the job runner, nobody else.
 * Start at Ctx; rights are asked through access_scope(). */
#pragma once
#include "db/db.h"
#include "meta/meta.h"

/* Widest rows a right reaches. Each wider scope includes the narrower ones. */
typedef enum {
    SCOPE_NONE,
    SCOPE_MERCHANT,   /* the record is of the merchant that is logged in; nothing for people of the house */
    SCOPE_OWN,        /* the record's owner is me */
    SCOPE_TEAM,       /* … or reports to me, directly or not */
    SCOPE_ZONE,       /* the record's unit is in my zone today or in that of one of my team, or team */
    SCOPE_DEPARTMENT, /* the owner is in my department */
    SCOPE_PROPERTY,   /* the whole centre */
    SCOPE_ALL,        /* every centre of the group */
} Scope;

/* A person's resolved rights; immutable, shared by reference between requests. */
typedef struct Access Access;
Access *access_new(gint64 staff_id, gint64 department_id);
/* The rights of a merchant that is logged in: whatever is granted reaches the rows of that merchant and no others. */
Access *access_new_merchant(gint64 merchant_id);
/* Whose rights these are; 0 for people of the house and the system. */
gint64 access_merchant(const Access *access);
Access *access_ref(Access *access);
void access_unref(Access *access);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Access, access_unref)
/* Adds a right "lead.read" with its scope; the widest of several wins. Before sharing only. */
void access_grant(Access *access, const char *permission, Scope scope);
/* Allows the plain value of a masked field "contact.mobile". */
void access_unmask(Access *access, const char *field);
/* NULL access is the system itself: everything, everywhere. */
Scope access_scope(const Access *access, const char *entity, const char *action);
gboolean access_may(const Access *access, const char *entity, const char *action);
gboolean access_may_see(const Access *access, const char *entity, const char *field);
/* All rights as "entity.action", sorted, NULL-terminated. transfer full. */
char **access_list(const Access *access);

typedef struct Registry Registry; /* see registry.h */
typedef struct ImportCounters ImportCounters; /* see import_counters.h */

typedef struct {
    DbConn *db;
    const Registry *registry;
    gint64 property_id;
    gint64 staff_id;     /* 0: the system; a merchant's login has an id of the same kind and is nobody of staff */
    gint64 on_behalf_of; /* who gave the power that is being used; 0: nobody */
    Lang lang;
    gint64 now_us;
    Day today;
    const Access *access; /* NULL: the system */
    const char *request_id;
    const char *reason; /* written into history beside the change; NULL: none */
    const char *files_dir;
    const guint8 *key; /* 32 bytes that seal confidential columns */
    ImportCounters *counters; /* only while an import saves its rows; NULL: counters live in the database */
} Ctx;

/* The same with names in another language: papers are written in Chinese whoever prints them. */
static inline Ctx
ctx_in(const Ctx *ctx, Lang lang)
{
    Ctx other = *ctx;

    other.lang = lang;
    return other;
}
