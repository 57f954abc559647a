/* board.c - leads as cards by stage, and the list of whom to call first. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"
#include "store/list.h"
#include "store/meta_json.h"

#include <string.h>

enum { CARDS_MAX = 50, ROWS_MAX = 100000, SIGNED_DAYS = 30 };

typedef struct {
    GPtrArray *cards; /* of Record with labels, owned */
    gint64 count, area_dm2;
} Column;

typedef struct {
    Record *rec;
    char *category, *brand, *owner, *merchant;
} Card;

typedef struct {
    Ctx *ctx;
    Column columns[16]; /* by index of lead_stage_items */
    GPtrArray *cards;   /* all, owned */
    gint64 signed_since_us;
} Board;

static void
card_free(gpointer data)
{
    Card *card = data;

    record_free(card->rec);
    g_free(card->category);
    g_free(card->brand);
    g_free(card->owner);
    g_free(card->merchant);
    g_free(card);
}

static const char *
label_of(const Record *rec, const char *const *labels, const char *field)
{
    return labels[entity_field_index(rec->def, field)];
}

static Card *
card_new(const Record *rec, const char *const *labels)
{
    Card *card = g_new0(Card, 1);

    card->rec = record_copy(rec);
    card->category = g_strdup(label_of(rec, labels, "category_id"));
    card->brand = g_strdup(label_of(rec, labels, "brand_id"));
    card->owner = g_strdup(label_of(rec, labels, "owner_id"));
    card->merchant = g_strdup(label_of(rec, labels, "merchant_id"));
    return card;
}

static guint
stage_index(const char *stage)
{
    guint i = 0;

    while (lead_stage_items[i].token && strcmp(lead_stage_items[i].token, stage) != 0)
        i++;
    return i;
}

static gint64
wanted_area(const Record *rec)
{
    return record_is_null(rec, "area_max") ? record_int(rec, "area_min")
                                           : record_int(rec, "area_max");
}

static gboolean
collect(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    Board *board = data;
    Column *column = &board->columns[stage_index(record_text(rec, "stage"))];

    (void) error;
    if (record_is(rec, "stage", "signed")
        && record_int(rec, "stage_since") < board->signed_since_us)
        return TRUE;
    column->count++;
    column->area_dm2 += wanted_area(rec);
    Card *card = card_new(rec, labels);
    g_ptr_array_add(board->cards, card);
    g_ptr_array_add(column->cards, card);
    return TRUE;
}

static ListQuery *
leads_query(Ctx *ctx, gint64 owner_id, const char *stages)
{
    ListQuery *query = list_query_new(registry_def(ctx->registry, "lead"));
    g_autofree char *list = g_strdelimit(g_strdup(stages), " ", ',');
    g_autofree char *owner = g_strdup_printf("%" G_GINT64_FORMAT, owner_id);

    query->size = ROWS_MAX;
    query->want_total = FALSE;
    if (!list_query_param(query, "stage", list, NULL))
        g_assert_not_reached();
    if (owner_id)
        list_query_filter(query, "owner_id", OP_IN, owner);
    return query;
}

static int
compare_cards(gconstpointer a, gconstpointer b)
{
    const Record *x = (*(Card *const *) a)->rec, *y = (*(Card *const *) b)->rec;
    int by_grade = g_strcmp0(record_is_null(x, "grade") ? "Z" : record_text(x, "grade"),
                             record_is_null(y, "grade") ? "Z" : record_text(y, "grade"));
    gint64 at_x = record_int(x, "last_contact_at"), at_y = record_int(y, "last_contact_at");

    if (by_grade != 0)
        return by_grade;
    if (at_x != at_y)
        return at_x < at_y ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static gint64
days_without_contact(const Ctx *ctx, const Record *rec)
{
    gint64 since = record_is_null(rec, "last_contact_at") ? rec->created_at
                                                          : record_int(rec, "last_contact_at");

    return MAX(0, ctx->today - clock_day_of(since));
}

static void
write_card(Ctx *ctx, JsonOut *out, const Card *card)
{
    const Record *rec = card->rec;

    json_begin_object(out);
    json_kv_id(out, "id", rec->id);
    json_kv_int(out, "version", rec->version);
    json_kv_text(out, "no", record_text(rec, "no"));
    json_kv_text(out, "name", record_text(rec, "name"));
    json_kv_text(out, "stage", record_text(rec, "stage"));
    json_kv_text(out, "grade", record_text(rec, "grade"));
    json_kv_bool(out, "key_account", record_int(rec, "key_account") != 0);
    json_kv_ref(out, "merchant", record_int(rec, "merchant_id"), card->merchant);
    json_kv_ref(out, "brand", record_int(rec, "brand_id"), card->brand);
    json_kv_ref(out, "category", record_int(rec, "category_id"), card->category);
    json_kv_ref(out, "owner", record_int(rec, "owner_id"), card->owner);
    json_kv_area(out, "area", wanted_area(rec));
    json_kv_day(out, "next_follow_on", record_day(rec, "next_follow_on"));
    json_kv_bool(out, "is_overdue",
                 !record_is_null(rec, "next_follow_on")
                     && record_day(rec, "next_follow_on") < ctx->today);
    json_kv_us(out, "last_contact_at", record_int(rec, "last_contact_at"));
    json_kv_int(out, "days", days_without_contact(ctx, rec));
    json_end_object(out);
}

static void
write_column(Ctx *ctx, JsonOut *out, const EnumItem *item, Column *column, gint64 after)
{
    guint first = 0, end = 0;

    g_ptr_array_sort(column->cards, compare_cards);
    for (guint i = 0; after && i < column->cards->len; i++) {
        const Card *card = column->cards->pdata[i];
        if (card->rec->id == after)
            first = i + 1;
    }
    end = MIN(column->cards->len, first + CARDS_MAX);
    json_begin_object(out);
    json_kv_text(out, "stage", item->token);
    json_kv_label(out, "label", item->zh, item->en);
    json_kv_text(out, "tone", meta_tone_name(item->tone));
    json_kv_int(out, "count", column->count);
    json_kv_area(out, "area", column->area_dm2);
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = first; i < end; i++)
        write_card(ctx, out, column->cards->pdata[i]);
    json_end_array(out);
    json_kv_id(out, "next",
               end < column->cards->len ? ((Card *) column->cards->pdata[end - 1])->rec->id : 0);
    json_end_object(out);
}

gboolean
crm_board_write(Ctx *ctx, gint64 owner_id, const char *stage, gint64 after, JsonOut *out,
                GError **error)
{
    static const char shown[] = CRM_OPEN_STAGES " signed";
    g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func(card_free);
    Board board = { .ctx = ctx,
                    .cards = cards,
                    .signed_since_us = clock_day_start_us(ctx->today - SIGNED_DAYS) };

    if (stage && !enum_find(lead_stage_items, stage))
        return app_error_field(error, "stage", "unknown", "没有这个阶段", "is not a stage");
    g_autoptr(ListQuery) query = leads_query(ctx, owner_id, stage ? stage : shown);
    for (guint i = 0; lead_stage_items[i].token; i++)
        board.columns[i].cards = g_ptr_array_new();
    gboolean ok = list_each(ctx, query, collect, &board, error);
    json_key(out, "columns");
    json_begin_array(out);
    for (guint i = 0; lead_stage_items[i].token; i++) {
        g_auto(GStrv) words = g_strsplit(stage ? stage : shown, " ", -1);
        if (ok && g_strv_contains((const char *const *) words, lead_stage_items[i].token))
            write_column(ctx, out, &lead_stage_items[i], &board.columns[i], after);
        g_ptr_array_unref(board.columns[i].cards);
    }
    json_end_array(out);
    return ok;
}

static gboolean
collect_card(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    (void) error;
    g_ptr_array_add(data, card_new(rec, labels));
    return TRUE;
}

gboolean
crm_worklist_write(Ctx *ctx, gint64 owner_id, guint limit, JsonOut *out, GError **error)
{
    g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func(card_free);
    g_autoptr(ListQuery) query = leads_query(ctx, owner_id, CRM_OPEN_STAGES);
    gint64 overdue = 0;

    if (!list_each(ctx, query, collect_card, cards, error))
        return FALSE;
    g_ptr_array_sort(cards, compare_cards);
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = 0; i < cards->len; i++) {
        const Card *card = cards->pdata[i];
        Day next = record_day(card->rec, "next_follow_on");
        if (next != DAY_NONE && next < ctx->today)
            overdue++;
        if (i < limit)
            write_card(ctx, out, card);
    }
    json_end_array(out);
    json_kv_int(out, "total", cards->len);
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
