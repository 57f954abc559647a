/* approval_people.c - from roles, posts and reporting lines to the people who decide. */
#include "domain/approval/approval_internal.h"

#include "db/catalogue.h"

#define LINE_POSTS_MAX 20 /* posts above a post; a ring in the tables ends here */

StaffList *
staff_list_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(gint64));
}

gint64
staff_list_at(const StaffList *list, guint i)
{
    return g_array_index(list, gint64, i);
}

gboolean
staff_list_has(const StaffList *list, gint64 staff_id)
{
    for (guint i = 0; i < list->len; i++) {
        if (staff_list_at(list, i) == staff_id)
            return TRUE;
    }
    return FALSE;
}

void
staff_list_add(StaffList *list, gint64 staff_id)
{
    if (!staff_list_has(list, staff_id))
        g_array_append_val(list, staff_id);
}

/* Adds the ids of the first column, without @except. */
static gboolean
collect(DbStmt *stmt, gint64 except, StaffList *list, GError **error)
{
    gboolean row = FALSE;

    for (;;) {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        if (db_int(stmt, 0) != except)
            staff_list_add(list, db_int(stmt, 0));
    }
}

static DbStmt *
named(Ctx *ctx, const char *name, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt)
        db_bind_int(stmt, "property_id", ctx->property_id);
    return stmt;
}

gboolean
approval_people_of_role(Ctx *ctx, gint64 role_id, StaffList *list, GError **error)
{
    g_autoptr(DbStmt) stmt = named(ctx, "approval.by_role", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "role_id", role_id);
    return collect(stmt, 0, list, error);
}

static gboolean
people_of_post(Ctx *ctx, gint64 post_id, gint64 except, StaffList *list, GError **error)
{
    g_autoptr(DbStmt) stmt = named(ctx, "approval.by_post", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "post_id", post_id);
    return collect(stmt, except, list, error);
}

gboolean
approval_people_of_post(Ctx *ctx, gint64 post_id, StaffList *list, GError **error)
{
    return people_of_post(ctx, post_id, 0, list, error);
}

/* The post in the first column; 0 for none. */
static gboolean
one_post(DbStmt *stmt, gint64 *post_id, GError **error)
{
    gboolean row = FALSE;

    *post_id = 0;
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row && !db_is_null(stmt, 0))
        *post_id = db_int(stmt, 0);
    return TRUE;
}

static gboolean
post_above_staff(Ctx *ctx, gint64 staff_id, gint64 *post_id, GError **error)
{
    g_autoptr(DbStmt) stmt = named(ctx, "approval.post_of", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", staff_id);
    return one_post(stmt, post_id, error);
}

static gboolean
post_above_post(Ctx *ctx, gint64 *post_id, GError **error)
{
    g_autoptr(DbStmt) stmt = named(ctx, "approval.post_above", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "post_id", *post_id);
    return one_post(stmt, post_id, error);
}

gboolean
approval_people_above(Ctx *ctx, gint64 staff_id, gint64 except_id, StaffList *list, GError **error)
{
    gint64 post_id = 0;

    if (!post_above_staff(ctx, staff_id, &post_id, error))
        return FALSE;
    for (guint i = 0; post_id && i < LINE_POSTS_MAX && list->len == 0; i++) {
        if (!people_of_post(ctx, post_id, except_id, list, error)
            || !post_above_post(ctx, &post_id, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
approval_people_of_code(Ctx *ctx, const char *code, gint64 except_id, StaffList *list, GError **error)
{
    g_autoptr(DbStmt) stmt = named(ctx, "approval.by_role_code", error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "code", code);
    return collect(stmt, except_id, list, error);
}

gboolean
approval_people_instead(Ctx *ctx, gint64 drafter_id, StaffList *list, GError **error)
{
    if (!approval_people_above(ctx, drafter_id, drafter_id, list, error))
        return FALSE;
    if (list->len == 0 && !approval_people_of_code(ctx, "general_manager", drafter_id, list, error))
        return FALSE;
    return list->len > 0 || approval_people_of_code(ctx, "director", drafter_id, list, error);
}

gboolean
approval_staff_is_active(Ctx *ctx, gint64 staff_id, gboolean *active, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "approval.staff_active", error);

    *active = FALSE;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "staff_id", staff_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *active = row && db_int(stmt, 0) == 1;
    return TRUE;
}

gboolean
approval_delegates(Ctx *ctx, gint64 from_id, StaffList *list, GError **error)
{
    g_autoptr(DbStmt) stmt = named(ctx, "approval.delegates", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "from_id", from_id);
    db_bind_day(stmt, "today", ctx->today);
    return collect(stmt, from_id, list, error);
}
