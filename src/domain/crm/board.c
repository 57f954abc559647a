/* board.c - leads as cards by stage, and the list of whom to call first. Counts come from an index alone and cards from as many
 * rows as are shown, so that a board is as fast with 200,000 leads as with 200. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"
#include "store/list.h"
#include "store/meta_json.h"

#include <string.h>

enum { CARDS_MAX = 50, SIGNED_DAYS = 30 };

/* Best grade first, then longest without contact. */
#define CARD_ORDER(t) "COALESCE(" t ".grade, 'Z'), COALESCE(" t ".last_contact_at, 0), " t ".id"

typedef struct {
    Ctx *ctx;
    JsonOut *out;
    gint64 owner_id; /* 0: everybody */
    gint64 after;    /* card that the page follows; 0: the first page */
    gint64 signed_since_us;
    const char *grade; /* of the cards asked for; NULL: any; "": none */
} Board;

typedef struct {
    guint written;
    gint64 last;
} Cards;

/* Conditions of what this person may read, without the stages. transfer full. */
static char *
who_sql(const Board *board)
{
    g_autofree char *scope =
        list_scope_sql(board->ctx, registry_def(board->ctx->registry, "lead"), "t", "read");

    return g_strconcat(scope, board->owner_id ? " AND t.owner_id = :owner_id" : "", NULL);
}

/* " AND t.stage IN ('new', …)": words of our own, separated by blanks. transfer full. */
static char *
stages_sql(const char *stages)
{
    g_auto(GStrv) words = g_strsplit(stages, " ", -1);
    g_autofree char *list = g_strjoinv("', '", words);

    return g_strv_length(words) == 1 ? g_strdup_printf(" AND t.stage = '%s'", list)
                                     : g_strdup_printf(" AND t.stage IN ('%s')", list);
}

static void
bind(const Board *board, DbStmt *stmt)
{
    list_bind_scope(board->ctx, stmt);
    if (db_has_param(stmt, "owner_id"))
        db_bind_int(stmt, "owner_id", board->owner_id);
    if (db_has_param(stmt, "since"))
        db_bind_int(stmt, "since", board->signed_since_us);
    if (db_has_param(stmt, "after"))
        db_bind_int(stmt, "after", board->after);
}

/* The first rows of the order. With a grade the index of stage and grade gives them in order, without sorting the column. */
static char *
cards_sql(const Board *board, const char *stages)
{
    g_autofree char *who = who_sql(board);
    g_autofree char *in = stages_sql(stages);
    g_autofree char *grade = !board->grade   ? g_strdup("")
                             : *board->grade ? g_strdup_printf(" AND t.grade = '%s'", board->grade)
                                             : g_strdup(" AND t.grade IS NULL");
    const char *since = strcmp(stages, "signed") == 0 ? " AND t.stage_since >= :since" : "";
    const char *after = board->after ? " AND (" CARD_ORDER("t") ") > (SELECT " CARD_ORDER(
                            "a") " FROM lead a"
                                 " WHERE a.property_id = :property_id AND a.id = :after)"
                                     : "";

    return g_strdup_printf(
        "SELECT t.id, t.version, t.no, t.name, t.stage, t.grade, t.key_account, t.merchant_id, "
        "m.name, t.brand_id,"
        " b.name, t.category_id, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(c.name_en, "
        "c.name) ELSE c.name END, t.owner_id, s.name, t.area_min, t.area_max, "
        "t.next_follow_on,"
        " t.last_contact_at, t.created_at"
        " FROM (SELECT t.id AS id FROM lead t WHERE %s%s%s%s%s ORDER BY %s LIMIT :count) k"
        " JOIN lead t ON t.property_id = :property_id AND t.id = k.id"
        " LEFT JOIN merchant m ON m.property_id = t.property_id AND m.id = t.merchant_id"
        " LEFT JOIN brand b ON b.property_id = t.property_id AND b.id = t.brand_id"
        " LEFT JOIN category c ON c.id = t.category_id LEFT JOIN staff s ON s.id = t.owner_id"
        " ORDER BY " CARD_ORDER("t"),
        who, in, grade, since, after,
        board->grade ? "t.last_contact_at NULLS FIRST, t.id" : CARD_ORDER("t"));
}

static gint64
int_or_zero(const DbStmt *stmt, int col)
{
    return db_is_null(stmt, col) ? 0 : db_int(stmt, col);
}

static void
write_card_ref(JsonOut *out, const char *key, const DbStmt *stmt, int col)
{
    json_kv_ref(out, key, int_or_zero(stmt, col), db_text(stmt, col + 1));
}

static void
write_card(const Board *board, const DbStmt *stmt)
{
    JsonOut *out = board->out;
    Day next = db_day(stmt, 17);
    gint64 contact = int_or_zero(stmt, 18);

    json_begin_object(out);
    json_kv_id(out, "id", db_int(stmt, 0));
    json_kv_int(out, "version", db_int(stmt, 1));
    json_kv_text(out, "no", db_text(stmt, 2));
    json_kv_text(out, "name", db_text(stmt, 3));
    json_kv_text(out, "stage", db_text(stmt, 4));
    json_kv_text(out, "grade", db_is_null(stmt, 5) ? NULL : db_text(stmt, 5));
    json_kv_bool(out, "key_account", int_or_zero(stmt, 6) != 0);
    write_card_ref(out, "merchant", stmt, 7);
    write_card_ref(out, "brand", stmt, 9);
    write_card_ref(out, "category", stmt, 11);
    write_card_ref(out, "owner", stmt, 13);
    json_kv_area(out, "area", db_is_null(stmt, 16) ? int_or_zero(stmt, 15) : db_int(stmt, 16));
    json_kv_day(out, "next_follow_on", next);
    json_kv_bool(out, "is_overdue", next != DAY_NONE && next < board->ctx->today);
    json_kv_us(out, "last_contact_at", contact);
    json_kv_int(out, "days",
                MAX(0, board->ctx->today - clock_day_of(contact ? contact : db_int(stmt, 19))));
    json_end_object(out);
}

/* Writes cards up to @limit in all; one more that is there only sets @more. */
static gboolean
write_some(const Board *board, const char *stages, guint limit, Cards *cards, gboolean *more,
           GError **error)
{
    g_autofree char *sql = cards_sql(board, stages);
    g_autoptr(DbStmt) stmt = db_prepare(board->ctx->db, sql, error);
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    bind(board, stmt);
    db_bind_int(stmt, "count", limit - cards->written + 1);
    while (db_each(stmt, &ok, error)) {
        if (cards->written == limit) {
            *more = TRUE;
            continue;
        }
        write_card(board, stmt);
        cards->written++;
        cards->last = db_int(stmt, 0);
    }
    return ok;
}

/* Cards of one stage for those who see all of it: grade by grade in the order of the index. */
static gboolean
write_by_grade(Board *board, const char *stage, Cards *cards, gboolean *more, GError **error)
{
    gboolean ok = TRUE;

    for (guint i = 0; ok && !*more; i++) {
        board->grade = lead_grade_items[i].token ? lead_grade_items[i].token : "";
        ok = write_some(board, stage, CARDS_MAX, cards, more, error);
        if (!lead_grade_items[i].token)
            break;
    }
    board->grade = NULL;
    return ok;
}

static gboolean
write_cards(Board *board, const char *stage, Cards *cards, gboolean *more, GError **error)
{
    gboolean sees_all =
        access_scope(board->ctx->access, "lead", "read") >= SCOPE_PROPERTY && !board->owner_id;

    if (sees_all && strcmp(stage, "signed") != 0)
        return write_by_grade(board, stage, cards, more, error);
    return write_some(board, stage, CARDS_MAX, cards, more, error);
}

/* Number of cards and the area they want, by stage. */
static gboolean
count_stage(const Board *board, const char *stage, gint64 *count, gint64 *area_dm2, GError **error)
{
    g_autofree char *who = who_sql(board);
    g_autofree char *in = stages_sql(stage);
    g_autofree char *sql = g_strdup_printf(
        "SELECT COUNT(*), CAST(COALESCE(SUM(COALESCE(t.area_max, t.area_min, 0)), 0) AS BIGINT)"
        " FROM lead t WHERE %s%s%s",
        who, in, strcmp(stage, "signed") == 0 ? " AND t.stage_since >= :since" : "");
    g_autoptr(DbStmt) stmt = db_prepare(board->ctx->db, sql, error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    bind(board, stmt);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *count = row ? db_int(stmt, 0) : 0;
    *area_dm2 = row ? db_int(stmt, 1) : 0;
    return TRUE;
}

static gboolean
write_column(Board *board, const EnumItem *item, GError **error)
{
    JsonOut *out = board->out;
    Cards cards = { 0 };
    gboolean more = FALSE;
    gint64 count = 0, area_dm2 = 0;

    if (!count_stage(board, item->token, &count, &area_dm2, error))
        return FALSE;
    json_begin_object(out);
    json_kv_text(out, "stage", item->token);
    json_kv_label(out, "label", item->zh, item->en);
    json_kv_text(out, "tone", meta_tone_name(item->tone));
    json_kv_int(out, "count", count);
    json_kv_area(out, "area", area_dm2);
    json_key(out, "items");
    json_begin_array(out);
    gboolean ok = count == 0 || write_cards(board, item->token, &cards, &more, error);
    json_end_array(out);
    json_kv_id(out, "next", more ? cards.last : 0);
    json_end_object(out);
    return ok;
}

gboolean
crm_board_write(Ctx *ctx, gint64 owner_id, const char *stage, gint64 after, JsonOut *out,
                GError **error)
{
    static const char shown[] = CRM_OPEN_STAGES " signed";
    g_auto(GStrv) words = g_strsplit(stage ? stage : shown, " ", -1);
    Board board = { .ctx = ctx,
                    .out = out,
                    .owner_id = owner_id,
                    .after = stage ? after : 0,
                    .signed_since_us = clock_day_start_us(ctx->today - SIGNED_DAYS) };
    gboolean ok = TRUE;

    if (stage && !enum_find(lead_stage_items, stage))
        return app_error_field(error, "stage", "unknown", "没有这个阶段", "is not a stage");
    json_key(out, "columns");
    json_begin_array(out);
    for (guint i = 0; ok && lead_stage_items[i].token; i++) {
        if (g_strv_contains((const char *const *) words, lead_stage_items[i].token))
            ok = write_column(&board, &lead_stage_items[i], error);
    }
    json_end_array(out);
    return ok;
}

static gboolean
count_open(const Board *board, gint64 *total, gint64 *overdue, GError **error)
{
    g_autofree char *who = who_sql(board);
    g_autofree char *in = stages_sql(CRM_OPEN_STAGES);
    g_autofree char *sql =
        g_strdup_printf("SELECT COUNT(*), COUNT(CASE WHEN t.next_follow_on < :due THEN 1 END)"
                        " FROM lead t WHERE %s%s",
                        who, in);
    g_autoptr(DbStmt) stmt = db_prepare(board->ctx->db, sql, error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    bind(board, stmt);
    db_bind_day(stmt, "due", board->ctx->today);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *total = row ? db_int(stmt, 0) : 0;
    *overdue = row ? db_int(stmt, 1) : 0;
    return TRUE;
}

gboolean
crm_worklist_write(Ctx *ctx, gint64 owner_id, guint limit, JsonOut *out, GError **error)
{
    const Board board = { .ctx = ctx, .out = out, .owner_id = owner_id };
    Cards cards = { 0 };
    gboolean more = FALSE;
    gint64 total = 0, overdue = 0;

    if (!count_open(&board, &total, &overdue, error))
        return FALSE;
    json_key(out, "items");
    json_begin_array(out);
    if (!write_some(&board, CRM_OPEN_STAGES, limit, &cards, &more, error))
        return FALSE;
    json_end_array(out);
    json_kv_int(out, "total", total);
    json_kv_int(out, "overdue", overdue);
    return TRUE;
}

gboolean
crm_pool_write(Ctx *ctx, guint limit, JsonOut *out, GError **error)
{
    g_autoptr(DbStmt) stmt = NULL;
    gboolean ok = TRUE;

    if (!access_may(ctx->access, "lead", "take") && !access_may(ctx->access, "lead", "assign"))
        return app_error_set(error, APP_ERROR_FORBIDDEN, "lead.forbidden", "您没有查看公海的权限",
                             "you may not look into the pool");
    stmt = crm_stmt(ctx, "crm.pool", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "count", limit);
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "no", db_text(stmt, 1));
        json_kv_text(out, "name", db_text(stmt, 2));
        json_kv_text(out, "category", db_is_null(stmt, 3) ? NULL : db_text(stmt, 3));
        json_kv_text(out, "grade", db_is_null(stmt, 4) ? NULL : db_text(stmt, 4));
        json_kv_text(out, "stage", db_text(stmt, 5));
        json_kv_area(out, "area_min", db_is_null(stmt, 6) ? 0 : db_int(stmt, 6));
        json_kv_area(out, "area_max", db_is_null(stmt, 7) ? 0 : db_int(stmt, 7));
        json_kv_us(out, "pool_since", db_is_null(stmt, 8) ? 0 : db_int(stmt, 8));
        json_kv_us(out, "last_contact_at", db_is_null(stmt, 9) ? 0 : db_int(stmt, 9));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}
