/* charge.c - posting charges: one at a time or in bulk, always with their journal; voiding them. */
#include "base/failpoint.h"
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "store/history.h"

#include <string.h>

enum { BLOCK = 1000 }; /* charges kept before they are sent */

typedef struct {
    gint64 id;
    char *name, *account, *kind;
} ItemFacts;

typedef struct {
    gint64 id, item_id;
    ChargeSpec spec; /* texts owned */
} Pending;

struct ChargeBatch {
    Ctx *ctx;
    GHashTable *items; /* code -> ItemFacts */
    GArray *pending;   /* of Pending */
    LedgerBatch *ledger;
    GArray *lines;     /* of LedgerLine, of the journal being gathered */
    gint64 run_id, lease_id, source_id;
};

static void
item_free(gpointer data)
{
    ItemFacts *item = data;

    g_free(item->name);
    g_free(item->account);
    g_free(item->kind);
    g_free(item);
}

static void
pending_clear(gpointer data)
{
    ChargeSpec *spec = &((Pending *) data)->spec;

    g_free((char *) spec->deposit_kind);
    g_free((char *) spec->name);
    g_free((char *) spec->working);
    g_free((char *) spec->live_key);
    g_free((char *) spec->source_entity);
}

ChargeBatch *
charge_batch_new(Ctx *ctx)
{
    ChargeBatch *batch = g_new0(ChargeBatch, 1);

    batch->ctx = ctx;
    batch->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    g_array_set_clear_func(batch->pending, pending_clear);
    batch->ledger = ledger_batch_new(ctx);
    batch->lines = g_array_new(FALSE, FALSE, sizeof(LedgerLine));
    return batch;
}

void
charge_batch_free(ChargeBatch *batch)
{
    if (!batch)
        return;
    g_clear_pointer(&batch->items, g_hash_table_unref);
    g_array_unref(batch->pending);
    g_array_unref(batch->lines);
    ledger_batch_free(batch->ledger);
    g_free(batch);
}

static gboolean
load_items(ChargeBatch *batch, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GHashTable) items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, item_free);
    g_autoptr(DbStmt) stmt = db_named(batch->ctx->db, "billing.items", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", batch->ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        ItemFacts *item = g_new0(ItemFacts, 1);
        item->id = db_int(stmt, 0);
        item->name = g_strdup(db_text(stmt, 2));
        item->account = g_strdup(db_is_null(stmt, 3) ? ACC_OTHER_INCOME : db_text(stmt, 3));
        item->kind = g_strdup(db_text(stmt, 4));
        g_hash_table_insert(items, g_strdup(db_text(stmt, 1)), item);
    }
    if (ok)
        batch->items = g_steal_pointer(&items);
    return ok;
}

static gboolean
find_item(ChargeBatch *batch, const ChargeSpec *spec, const ItemFacts **item, GError **error)
{
    *item = NULL;
    if (!batch->items && !load_items(batch, error))
        return FALSE;
    if (!spec->item)
        return TRUE;
    *item = g_hash_table_lookup(batch->items, spec->item);
    return *item
           || app_error_set(error, APP_ERROR_CONFLICT, "charge.item", "没有费用科目 %s", "there is no charge item %s", spec->item);
}

/* Closes the journal being gathered. */
static gboolean
end_journal(ChargeBatch *batch, GError **error)
{
    const LedgerJournal journal = { .event = "charge", .on = DAY_NONE, .memo = "应收", .source_entity = batch->run_id ? "bill_run" : "charge",
                                    .source_id = batch->run_id ? batch->run_id : batch->source_id,
                                    .lines = (const LedgerLine *) (const void *) batch->lines->data, .n_lines = batch->lines->len };

    if (batch->lines->len == 0)
        return TRUE;
    if (!ledger_batch_add(batch->ledger, &journal, NULL, error))
        return FALSE;
    g_array_set_size(batch->lines, 0);
    return TRUE;
}

/* Receivable against income and output tax. Deposits are no income and no claim of the books: they post when they are paid. */
static gboolean
add_journal(ChargeBatch *batch, const ChargeSpec *spec, const ItemFacts *item, gint64 id, GError **error)
{
    LedgerLine line = { .merchant_id = spec->merchant_id, .lease_id = spec->lease_id, .charge_id = id, .item_id = item ? item->id : 0 };
    const struct {
        const char *account;
        gint64 amount_fen;
    } parts[] = { { ACC_RECEIVABLE, spec->gross_fen }, { item ? item->account : ACC_PENALTY, -spec->net_fen }, { ACC_TAX, -spec->tax_fen } };
    gboolean goes_on = spec->bill_run_id && spec->bill_run_id == batch->run_id && spec->lease_id == batch->lease_id;

    if (!goes_on && !end_journal(batch, error))
        return FALSE;
    batch->run_id = spec->bill_run_id;
    batch->lease_id = spec->lease_id;
    batch->source_id = id;
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        line.account = parts[i].account;
        line.amount_fen = parts[i].amount_fen;
        g_array_append_val(batch->lines, line);
    }
    return TRUE;
}

static const char *const columns[] = { "property_id", "id", "version", "created_at", "created_by", "updated_at", "updated_by", "merchant_id", "lease_id",
                                       "unit_id", "item_id", "kind", "deposit_kind", "name", "period_from", "period_to", "due_on", "posted_on",
                                       "tax_rate", "net", "tax", "gross", "paid", "state", "closed_on", "bill_run_id", "term_id", "live_key",
                                       "source_entity", "source_id", "working", NULL };

static void
bind_id(DbBatch *rows, int col, gint64 id)
{
    if (id)
        db_batch_int(rows, col, id);
}

static gboolean
write_row(const Ctx *ctx, DbBatch *rows, const Pending *p, GError **error)
{
    const ChargeSpec *spec = &p->spec;
    const gint64 ids[] = { spec->merchant_id, spec->lease_id, spec->unit_id, p->item_id };
    const gint64 sums[] = { spec->tax_rate_ppm, spec->net_fen, spec->tax_fen, spec->gross_fen, 0 };
    gboolean nothing = spec->gross_fen == 0;
    int c = 0;

    db_batch_int(rows, c++, ctx->property_id);
    db_batch_int(rows, c++, p->id);
    db_batch_int(rows, c++, 1);
    db_batch_int(rows, c++, ctx->now_us);
    bind_id(rows, c++, ctx->staff_id);
    db_batch_int(rows, c++, ctx->now_us);
    bind_id(rows, c++, ctx->staff_id);
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        bind_id(rows, c++, ids[i]);
    db_batch_text(rows, c++, spec->kind);
    db_batch_text(rows, c++, spec->deposit_kind);
    db_batch_text(rows, c++, spec->name);
    db_batch_day(rows, c++, spec->from);
    db_batch_day(rows, c++, spec->to);
    db_batch_day(rows, c++, spec->due_on);
    db_batch_day(rows, c++, ctx->today);
    for (guint i = 0; i < G_N_ELEMENTS(sums); i++)
        db_batch_int(rows, c++, sums[i]);
    db_batch_text(rows, c++, nothing ? "paid" : "open");
    db_batch_day(rows, c++, nothing ? ctx->today : DAY_MAX);
    bind_id(rows, c++, spec->bill_run_id);
    bind_id(rows, c++, spec->term_id);
    db_batch_text(rows, c++, spec->live_key);
    db_batch_text(rows, c++, spec->source_entity);
    bind_id(rows, c++, spec->source_id);
    db_batch_text(rows, c++, spec->working);
    return db_batch_add(rows, error);
}

static gboolean
send(ChargeBatch *batch, GError **error)
{
    g_autoptr(DbBatch) rows = db_batch_new(batch->ctx->db, "charge", columns);

    for (guint i = 0; i < batch->pending->len; i++) {
        if (!write_row(batch->ctx, rows, &g_array_index(batch->pending, Pending, i), error))
            return FALSE;
    }
    if (!db_batch_finish(rows, error))
        return FALSE;
    g_array_set_size(batch->pending, 0);
    if (FAILPOINT("charge.rows"))
        return app_error_set(error, APP_ERROR_INTERNAL, "failpoint", "测试故障", "injected failure");
    return end_journal(batch, error) && ledger_batch_finish(batch->ledger, error);
}

gboolean
charge_batch_add(ChargeBatch *batch, const ChargeSpec *spec, gint64 *id, GError **error)
{
    const ItemFacts *item = NULL;
    gboolean is_deposit = strcmp(spec->kind, "deposit") == 0;
    const EnumItem *deposit = is_deposit ? enum_find(deposit_kind_items, spec->deposit_kind) : NULL;
    Pending p = { .id = id_next(), .spec = *spec };

    g_return_val_if_fail(spec->net_fen + spec->tax_fen == spec->gross_fen, FALSE);
    g_return_val_if_fail(!is_deposit || deposit, FALSE);
    if (batch->pending->len >= BLOCK && !send(batch, error))
        return FALSE;
    if (!find_item(batch, spec, &item, error) || (!is_deposit && !add_journal(batch, spec, item, p.id, error)))
        return FALSE;
    p.item_id = item ? item->id : 0;
    p.spec.kind = enum_find(charge_kind_items, spec->kind)->token; /* static */
    p.spec.deposit_kind = g_strdup(deposit ? deposit->token : NULL);
    p.spec.name = g_strdup(spec->name ? spec->name : item ? item->name : deposit ? deposit->zh : p.spec.kind);
    p.spec.working = g_strdup(spec->working);
    p.spec.live_key = g_strdup(spec->live_key);
    p.spec.source_entity = g_strdup(spec->source_entity);
    p.spec.item = NULL;
    g_array_append_val(batch->pending, p);
    if (id)
        *id = p.id;
    return TRUE;
}

gboolean
charge_batch_finish(ChargeBatch *batch, GError **error)
{
    return batch->pending->len == 0 || send(batch, error);
}

gint64
charge_post(Ctx *ctx, const ChargeSpec *spec, GError **error)
{
    g_autoptr(ChargeBatch) batch = charge_batch_new(ctx);
    gint64 id = 0;

    return charge_batch_add(batch, spec, &id, error) && charge_batch_finish(batch, error)
                   && history_add(ctx, "charge", id, "create", NULL, error)
               ? id
               : 0;
}

const char *
charge_schedule_kind(const ScheduleLine *line)
{
    switch (line->kind) {
    case LINE_PROVISIONAL:
        return "provisional";
    case LINE_SETTLEMENT:
        return "settlement";
    case LINE_ADJUSTMENT:
        return "adjustment";
    case LINE_BILLED:
    case LINE_FREE:
    case LINE_AWAITING:
        break;
    }
    return "fixed";
}

char *
charge_schedule_key(gint64 term_id, const ScheduleLine *line)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ":%s:%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, term_id, charge_schedule_kind(line),
                           line->unit ? line->unit : "", line->from, line->to);
}

static gboolean
refuse_settled(const Record *charge, GError **error)
{
    return app_error_set(error, APP_ERROR_CONFLICT, "charge.settled", "“%s”已有核销、已开票或已冲销，不能冲销", "%s was settled, invoiced or voided; it cannot be voided",
                         record_text(charge, "name"));
}

/* The next bill run of the lease compares anew: what was billed of it has changed. */
static gboolean
drop_mark(Ctx *ctx, gint64 charge_id, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "bill.mark_drop_of_charge", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "charge_id", charge_id);
    return db_exec_stmt(stmt, NULL, error);
}

/* The charge's own part of its journal, turned round: a bill's journal holds other charges too. */
static gboolean
reverse_journal(Ctx *ctx, const Record *charge, const char *reason, GError **error)
{
    g_autoptr(Record) item = record_is_null(charge, "item_id") ? NULL : record_get(ctx, "charge_item", record_int(charge, "item_id"), NULL, error);
    LedgerLine line = { .merchant_id = record_int(charge, "merchant_id"), .lease_id = record_int(charge, "lease_id"), .charge_id = charge->id,
                        .item_id = record_int(charge, "item_id") };
    const char *own = item ? record_text(item, "account") : NULL;
    const char *account = own ? own : item ? ACC_OTHER_INCOME : ACC_PENALTY;
    LedgerLine lines[] = { line, line, line };

    if (record_is(charge, "kind", "deposit"))
        return TRUE;
    lines[0].account = ACC_RECEIVABLE;
    lines[0].amount_fen = -record_int(charge, "gross");
    lines[1].account = account;
    lines[1].amount_fen = record_int(charge, "net");
    lines[2].account = ACC_TAX;
    lines[2].amount_fen = record_int(charge, "tax");
    const LedgerJournal journal = { .event = "charge_void", .on = DAY_NONE, .memo = reason, .source_entity = "charge", .source_id = charge->id,
                                    .lines = lines, .n_lines = G_N_ELEMENTS(lines) };
    return record_int(charge, "gross") == 0 || ledger_post(ctx, &journal, error) != 0;
}

gboolean
charge_void(Ctx *ctx, gint64 charge_id, const char *reason, GError **error)
{
    gint64 changed = 0;
    g_autoptr(Record) charge = record_get(ctx, "charge", charge_id, NULL, error);
    g_autoptr(DbStmt) stmt = charge ? db_named(ctx->db, "billing.charge_void", error) : NULL;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", charge_id);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_text(stmt, "reason", reason);
    db_bind_int(stmt, "now", ctx->now_us);
    if (ctx->staff_id)
        db_bind_int(stmt, "me", ctx->staff_id);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    if (changed != 1)
        return refuse_settled(charge, error);
    ctx->reason = reason;
    return history_add(ctx, "charge", charge_id, "void", NULL, error) && drop_mark(ctx, charge_id, error) && reverse_journal(ctx, charge, reason, error);
}

gboolean
charge_void_of(Ctx *ctx, const char *source_entity, gint64 source_id, const char *reason, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.charges_of_source", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "source_id", source_id);
    db_bind_text(stmt, "source_entity", source_entity);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++)
        ok = charge_void(ctx, g_array_index(ids, gint64, i), reason, error);
    return ok;
}

gboolean
billing_charge_write(Ctx *ctx, const Record *charge, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "billing.charge_allocations", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "charge_id", charge->id);
    json_kv_money(out, "open", record_is(charge, "state", "void") ? 0 : record_int(charge, "gross") - record_int(charge, "paid"));
    json_key(out, "allocations");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "kind", db_text(stmt, 1));
        json_kv_id(out, "receipt_id", db_int(stmt, 2));
        json_kv_text(out, "receipt_no", db_text(stmt, 3));
        json_kv_money(out, "amount", db_int(stmt, 4));
        json_kv_day(out, "value_on", db_day(stmt, 5));
        json_kv_day(out, "posted_on", db_day(stmt, 6));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}
