/* org_reach.c - who reports to whom, and who shares a department: rows derived from posts, for row scopes. */
#include "domain/org/org_internal.h"

#include "base/ids.h"

#define LINE_POSTS_MAX 20

typedef struct {
    gint64 id, department_id, above_id;
} Post;

typedef struct {
    gint64 id, post_id;
} Person;

typedef struct {
    GArray *posts;  /* of Post, by id */
    GArray *people; /* of Person */
} Chart;

static void
chart_clear(Chart *chart)
{
    g_clear_pointer(&chart->posts, g_array_unref);
    g_clear_pointer(&chart->people, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Chart, chart_clear)

static gint64
id_or_zero(const DbStmt *stmt, int col)
{
    return db_is_null(stmt, col) ? 0 : db_int(stmt, col);
}

static gboolean
load_posts(Ctx *ctx, Chart *chart, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.posts", TRUE, error);

    for (;;) {
        if (!stmt || !db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        Post post = { db_int(stmt, 0), id_or_zero(stmt, 1), id_or_zero(stmt, 2) };
        g_array_append_val(chart->posts, post);
    }
}

static gboolean
load_people(Ctx *ctx, Chart *chart, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = org_stmt(ctx, "org.people", TRUE, error);

    for (;;) {
        if (!stmt || !db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            return TRUE;
        Person person = { db_int(stmt, 0), id_or_zero(stmt, 1) };
        g_array_append_val(chart->people, person);
    }
}

static int
compare_post(gconstpointer a, gconstpointer b)
{
    gint64 x = ((const Post *) a)->id, y = ((const Post *) b)->id;

    return x < y ? -1 : x > y;
}

static const Post *
find_post(const Chart *chart, gint64 id)
{
    Post key = { .id = id };
    guint at = 0;

    return id && g_array_binary_search(chart->posts, &key, compare_post, &at)
               ? &g_array_index(chart->posts, Post, at)
               : NULL;
}

/* Whether @viewer's post lies above @member's. Of two people on one post neither reports to the other. */
static gboolean
is_above(const Chart *chart, const Person *viewer, const Person *member)
{
    const Post *post = find_post(chart, member->post_id);

    for (guint i = 0; post && i < LINE_POSTS_MAX; i++) {
        if (post->above_id && post->above_id == viewer->post_id)
            return viewer->post_id != member->post_id;
        post = find_post(chart, post->above_id);
    }
    return FALSE;
}

static gboolean
same_department(const Chart *chart, const Person *a, const Person *b)
{
    const Post *x = find_post(chart, a->post_id), *y = find_post(chart, b->post_id);

    return x && y && x->department_id == y->department_id;
}

static gboolean
add_row(DbBatch *batch, Ctx *ctx, gint64 viewer_id, gint64 member_id, const char *reach,
        GError **error)
{
    const gint64 numbers[] = { ctx->property_id, id_next(), 1,        ctx->now_us,
                               ctx->now_us,      viewer_id, member_id };

    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        db_batch_int(batch, (int) i, numbers[i]);
    db_batch_text(batch, (int) G_N_ELEMENTS(numbers), reach);
    return db_batch_add(batch, error);
}

/* The viewer, those below, and for the wider reach the colleagues of the department. */
static gboolean
add_viewer(DbBatch *batch, Ctx *ctx, const Chart *chart, const Person *viewer, GError **error)
{
    for (guint i = 0; i < chart->people->len; i++) {
        const Person *member = &g_array_index(chart->people, Person, i);
        gboolean team = member->id == viewer->id || is_above(chart, viewer, member);
        if (team && !add_row(batch, ctx, viewer->id, member->id, "team", error))
            return FALSE;
        if ((team || same_department(chart, viewer, member))
            && !add_row(batch, ctx, viewer->id, member->id, "department", error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
write_rows(Ctx *ctx, const Chart *chart, GError **error)
{
    static const char *const columns[] = { "property_id", "id",         "version",
                                           "created_at",  "updated_at", "viewer_id",
                                           "member_id",   "reach",      NULL };
    DbBatch *batch = db_batch_new(ctx->db, "staff_reach", columns);
    gboolean ok = TRUE;

    for (guint i = 0; ok && i < chart->people->len; i++)
        ok = add_viewer(batch, ctx, chart, &g_array_index(chart->people, Person, i), error);
    ok = ok && db_batch_finish(batch, error);
    db_batch_free(batch);
    return ok;
}

gboolean
org_staff_reach_rebuild(Ctx *ctx, GError **error)
{
    g_auto(Chart) chart = { g_array_new(FALSE, FALSE, sizeof(Post)),
                            g_array_new(FALSE, FALSE, sizeof(Person)) };
    g_autoptr(DbStmt) clear = org_stmt(ctx, "org.reach_clear", TRUE, error);

    return clear && db_exec_stmt(clear, NULL, error) && load_posts(ctx, &chart, error)
           && load_people(ctx, &chart, error) && write_rows(ctx, &chart, error);
}
