/* ledger_post.c - posting: journals checked for balance, numbered in one block, written in bulk. */
#include "base/failpoint.h"
#include "base/ids.h"
#include "base/money.h"
#include "db/catalogue.h"
#include "domain/ledger/ledger_internal.h"
#include "store/services.h"

#include <string.h>

typedef struct {
    gint64 id, total_fen, reverses_id, source_id;
    Day on;
    int month;
    char *event, *memo, *source_entity;
    guint first, n; /* its entries */
} Head;

typedef struct {
    gint64 account_id;
    LedgerLine line; /* .account is not kept */
} Item;

struct LedgerBatch {
    Ctx *ctx;
    GHashTable *accounts; /* code -> id */
    GHashTable *months;   /* month key of an event -> month it is posted to */
    GArray *heads;        /* of Head */
    GArray *items;        /* of Item */
};

static void
head_clear(gpointer data)
{
    Head *head = data;

    g_free(head->event);
    g_free(head->memo);
    g_free(head->source_entity);
}

LedgerBatch *
ledger_batch_new(Ctx *ctx)
{
    LedgerBatch *batch = g_new0(LedgerBatch, 1);

    batch->ctx = ctx;
    batch->months = g_hash_table_new(NULL, NULL);
    batch->heads = g_array_new(FALSE, FALSE, sizeof(Head));
    g_array_set_clear_func(batch->heads, head_clear);
    batch->items = g_array_new(FALSE, FALSE, sizeof(Item));
    return batch;
}

void
ledger_batch_free(LedgerBatch *batch)
{
    if (!batch)
        return;
    g_clear_pointer(&batch->accounts, g_hash_table_unref);
    g_hash_table_unref(batch->months);
    g_array_unref(batch->heads);
    g_array_unref(batch->items);
    g_free(batch);
}

static gboolean
load_accounts(LedgerBatch *batch, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GHashTable) accounts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(DbStmt) stmt = db_named(batch->ctx->db, "ledger.accounts", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", batch->ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_hash_table_insert(accounts, g_strdup(db_text(stmt, 1)), g_memdup2(&id, sizeof id));
    }
    if (ok)
        batch->accounts = g_steal_pointer(&accounts);
    return ok;
}

/* An account that a charge item or a money account names but the chart lacks falls back on its parent: "6051.77" on "6051". */
static gint64
account_id(const LedgerBatch *batch, const char *code)
{
    g_autofree char *shorter = g_strdup(code);

    for (;;) {
        const gint64 *id = g_hash_table_lookup(batch->accounts, shorter);
        char *dot = strrchr(shorter, '.');
        if (id || !dot)
            return id ? *id : 0;
        *dot = '\0';
    }
}

static gboolean
month_for(LedgerBatch *batch, Day on, int *month, GError **error)
{
    int key = day_month_key(on);
    gpointer known = g_hash_table_lookup(batch->months, GINT_TO_POINTER(key));

    if (known) {
        *month = GPOINTER_TO_INT(known);
        return TRUE;
    }
    if (!ledger_month_of(batch->ctx, on, month, error))
        return FALSE;
    g_hash_table_insert(batch->months, GINT_TO_POINTER(key), GINT_TO_POINTER(*month));
    return TRUE;
}

static gboolean
add_line(LedgerBatch *batch, Head *head, const LedgerLine *line, gint64 *sum_fen, GError **error)
{
    Item item = { .line = *line };

    if (line->amount_fen == 0)
        return TRUE;
    item.account_id = account_id(batch, line->account);
    if (!item.account_id)
        return app_error_set(error, APP_ERROR_INTERNAL, "ledger.account", "没有会计科目 %s", "there is no ledger account %s", line->account);
    item.line.account = NULL;
    *sum_fen += line->amount_fen;
    head->total_fen += MAX(line->amount_fen, 0);
    head->n++;
    g_array_append_val(batch->items, item);
    return TRUE;
}

/* An event of a month that is closed says so, for it stands in a later one. */
static char *
memo_of(const LedgerJournal *journal, Day on, int month)
{
    int own = day_month_key(on);
    g_autofree char *text = own == month ? g_strdup(journal->memo) : g_strdup_printf("（%d月补记）%s", own, journal->memo ? journal->memo : "");

    return text ? g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), 200)) : NULL;
}

gboolean
ledger_batch_add(LedgerBatch *batch, const LedgerJournal *journal, gint64 *id, GError **error)
{
    Day on = journal->on == DAY_NONE ? batch->ctx->today : journal->on;
    Head head = { .id = id_next(), .on = on, .first = batch->items->len, .reverses_id = journal->reverses_id, .source_id = journal->source_id };
    gint64 sum_fen = 0;

    if (id)
        *id = 0;
    if ((!batch->accounts && !load_accounts(batch, error)) || !month_for(batch, on, &head.month, error))
        return FALSE;
    for (guint i = 0; i < journal->n_lines; i++) {
        if (!add_line(batch, &head, &journal->lines[i], &sum_fen, error))
            return FALSE;
    }
    if (sum_fen != 0)
        return app_error_set(error, APP_ERROR_INTERNAL, "ledger.unbalanced", "凭证借贷不平", "the journal does not balance");
    if (head.n == 0)
        return TRUE;
    head.event = g_strdup(journal->event);
    head.memo = memo_of(journal, on, head.month);
    head.source_entity = g_strdup(journal->source_entity);
    g_array_append_val(batch->heads, head);
    if (id)
        *id = head.id;
    return TRUE;
}

static void
bind_id(DbBatch *rows, int col, gint64 id)
{
    if (id)
        db_batch_int(rows, col, id);
}

static const char *const journal_columns[] = { "property_id", "id", "version", "created_at", "created_by", "updated_at", "updated_by", "no", "month",
                                               "posted_on", "on_day", "event", "memo", "total", "source_entity", "source_id", "reverses_id", NULL };

/* The first seven columns that every table has. */
static void
stamp_row(const Ctx *ctx, DbBatch *rows, gint64 id)
{
    db_batch_int(rows, 0, ctx->property_id);
    db_batch_int(rows, 1, id);
    db_batch_int(rows, 2, 1);
    db_batch_int(rows, 3, ctx->now_us);
    bind_id(rows, 4, ctx->staff_id);
    db_batch_int(rows, 5, ctx->now_us);
    bind_id(rows, 6, ctx->staff_id);
}

static gboolean
write_heads(LedgerBatch *batch, gint64 first, GError **error)
{
    const Ctx *ctx = batch->ctx;
    g_autoptr(DbBatch) rows = db_batch_new(ctx->db, "journal", journal_columns);

    for (guint i = 0; i < batch->heads->len; i++) {
        const Head *head = &g_array_index(batch->heads, Head, i);
        g_autofree char *no = number_text(JOURNAL_NUMBER, ctx->today, first + i);
        stamp_row(ctx, rows, head->id);
        db_batch_text(rows, 7, no);
        db_batch_int(rows, 8, head->month);
        db_batch_day(rows, 9, ctx->today);
        db_batch_day(rows, 10, head->on);
        db_batch_text(rows, 11, head->event);
        db_batch_text(rows, 12, head->memo);
        db_batch_int(rows, 13, head->total_fen);
        db_batch_text(rows, 14, head->source_entity);
        bind_id(rows, 15, head->source_id);
        bind_id(rows, 16, head->reverses_id);
        if (!db_batch_add(rows, error))
            return FALSE;
    }
    return db_batch_finish(rows, error);
}

static const char *const entry_columns[] = { "property_id", "id", "version", "created_at", "created_by", "updated_at", "updated_by", "journal_id", "seq",
                                             "account_id", "amount", "month", "posted_on", "money_account_id", "merchant_id", "lease_id", "item_id",
                                             "charge_id", "receipt_id", NULL };

static gboolean
write_items(LedgerBatch *batch, const Head *head, DbBatch *rows, GError **error)
{
    for (guint i = 0; i < head->n; i++) {
        const Item *item = &g_array_index(batch->items, Item, head->first + i);
        stamp_row(batch->ctx, rows, id_next());
        db_batch_int(rows, 7, head->id);
        db_batch_int(rows, 8, i + 1);
        db_batch_int(rows, 9, item->account_id);
        db_batch_int(rows, 10, item->line.amount_fen);
        db_batch_int(rows, 11, head->month);
        db_batch_day(rows, 12, batch->ctx->today);
        bind_id(rows, 13, item->line.money_account_id);
        bind_id(rows, 14, item->line.merchant_id);
        bind_id(rows, 15, item->line.lease_id);
        bind_id(rows, 16, item->line.item_id);
        bind_id(rows, 17, item->line.charge_id);
        bind_id(rows, 18, item->line.receipt_id);
        if (!db_batch_add(rows, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
ledger_batch_finish(LedgerBatch *batch, GError **error)
{
    gint64 first = 0;

    if (batch->heads->len == 0)
        return TRUE;
    if (!number_take(batch->ctx, "journal", JOURNAL_NUMBER, batch->heads->len, &first, error) || !write_heads(batch, first, error))
        return FALSE;
    if (FAILPOINT("ledger.heads"))
        return app_error_set(error, APP_ERROR_INTERNAL, "failpoint", "测试故障", "injected failure");
    g_autoptr(DbBatch) rows = db_batch_new(batch->ctx->db, "entry", entry_columns);
    for (guint i = 0; i < batch->heads->len; i++) {
        if (!write_items(batch, &g_array_index(batch->heads, Head, i), rows, error))
            return FALSE;
    }
    g_array_set_size(batch->heads, 0);
    g_array_set_size(batch->items, 0);
    return db_batch_finish(rows, error);
}

gint64
ledger_post(Ctx *ctx, const LedgerJournal *journal, GError **error)
{
    g_autoptr(LedgerBatch) batch = ledger_batch_new(ctx);
    gint64 id = 0;

    return ledger_batch_add(batch, journal, &id, error) && ledger_batch_finish(batch, error) ? id : 0;
}

typedef struct {
    LedgerBatch *batch;
    gint64 journal_id; /* being gathered; 0: none yet */
    char *event;
    GPtrArray *codes;
    GArray *lines;
} Reversal;

static void
reversal_clear(Reversal *r)
{
    g_free(r->event);
    g_ptr_array_unref(r->codes);
    g_array_unref(r->lines);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reversal, reversal_clear)

static gboolean
post_reversal(Reversal *r, const LedgerJournal *like, GError **error)
{
    LedgerJournal journal = *like;

    if (!r->journal_id)
        return TRUE;
    journal.event = r->event;
    journal.reverses_id = r->journal_id;
    journal.lines = (const LedgerLine *) (const void *) r->lines->data;
    journal.n_lines = r->lines->len;
    return ledger_batch_add(r->batch, &journal, NULL, error);
}

static void
gather(Reversal *r, const DbStmt *stmt)
{
    LedgerLine line = { .amount_fen = -db_int(stmt, 3), .merchant_id = db_int(stmt, 4), .lease_id = db_int(stmt, 5), .charge_id = db_int(stmt, 6),
                        .receipt_id = db_int(stmt, 7), .item_id = db_int(stmt, 8), .money_account_id = db_int(stmt, 9) };

    line.account = g_strdup(db_text(stmt, 2));
    g_ptr_array_add(r->codes, (gpointer) line.account);
    g_array_append_val(r->lines, line);
}

gboolean
ledger_reverse(Ctx *ctx, const char *source_entity, gint64 source_id, Day on, const char *memo, GError **error)
{
    const LedgerJournal like = { .on = on, .memo = memo, .source_entity = source_entity, .source_id = source_id };
    g_autoptr(LedgerBatch) batch = ledger_batch_new(ctx);
    g_auto(Reversal) r = { batch, 0, NULL, g_ptr_array_new_with_free_func(g_free), g_array_new(FALSE, FALSE, sizeof(LedgerLine)) };
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.to_reverse", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "source_entity", source_entity);
    db_bind_int(stmt, "source_id", source_id);
    while (db_each(stmt, &ok, error)) {
        if (db_int(stmt, 0) != r.journal_id) {
            if (!post_reversal(&r, &like, error))
                return FALSE;
            r.journal_id = db_int(stmt, 0);
            g_free(r.event);
            r.event = g_strdup(db_text(stmt, 1));
            g_array_set_size(r.lines, 0);
        }
        gather(&r, stmt);
    }
    return ok && post_reversal(&r, &like, error) && ledger_batch_finish(batch, error);
}
