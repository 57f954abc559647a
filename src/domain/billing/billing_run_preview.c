/* billing_run_preview.c - what a run would post, and why it differs from the month before. Posts nothing. */
#include "db/catalogue.h"
#include "domain/billing/billing_run_internal.h"

#include <string.h>

enum { NOTES_SHOWN = 200 };

typedef struct {
    gint64 lines, net_fen, tax_fen, gross_fen;
} ItemSum;

typedef struct {
    Ctx *ctx;
    Day month_on, through;
    GHashTable *names; /* item code -> name */
} Preview;

/* A chunk: leases beside what they are to be billed and what two months' runs posted. */
typedef struct {
    GPtrArray *leases, *plans;
    GPtrArray *parts; /* of GArray of BillPart */
    GPtrArray *texts; /* owns what parts borrow */
} Chunk;

static void
chunk_clear(Chunk *chunk)
{
    g_clear_pointer(&chunk->leases, g_ptr_array_unref);
    g_clear_pointer(&chunk->plans, g_ptr_array_unref);
    g_clear_pointer(&chunk->parts, g_ptr_array_unref);
    g_clear_pointer(&chunk->texts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Chunk, chunk_clear)

static void
preview_clear(Preview *preview)
{
    g_clear_pointer(&preview->names, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Preview, preview_clear)

static gboolean
preview_open(Preview *preview, Ctx *ctx, int month, GError **error)
{
    if (month % 100 < 1 || month % 100 > 12)
        return app_error_field(error, "month", "format", "月份写作 202603", "a month is written 202603");
    preview->ctx = ctx;
    preview->month_on = day_from_month_key(month);
    preview->through = day_month_end(preview->month_on);
    preview->names = bill_item_names(ctx, error);
    return preview->names != NULL;
}

static const char *
item_name(const Preview *preview, const char *code)
{
    const char *name = g_hash_table_lookup(preview->names, code);

    return name ? name : code;
}

static const char *
keep(Chunk *chunk, const char *text)
{
    char *copy = g_strdup(text);

    g_ptr_array_add(chunk->texts, copy);
    return copy;
}

static gboolean
load_parts(const Preview *preview, Chunk *chunk, GError **error)
{
    const BillLease *first = chunk->leases->pdata[0], *last = chunk->leases->pdata[chunk->leases->len - 1];
    gboolean ok = TRUE;
    guint at = 0;
    g_autoptr(DbStmt) stmt = db_named(preview->ctx->db, "bill.compared", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", preview->ctx->property_id);
    db_bind_int(stmt, "first", first->terms.id);
    db_bind_int(stmt, "last", last->terms.id);
    db_bind_int(stmt, "month", day_month_key(preview->month_on));
    db_bind_int(stmt, "before", day_month_key(preview->month_on - 1));
    while (db_each(stmt, &ok, error)) {
        while (at < chunk->leases->len && ((const BillLease *) chunk->leases->pdata[at])->terms.id < db_int(stmt, 0))
            at++;
        if (at == chunk->leases->len || ((const BillLease *) chunk->leases->pdata[at])->terms.id != db_int(stmt, 0))
            continue;
        BillPart part = { .is_now = db_int(stmt, 1) != 0, .item = keep(chunk, db_text(stmt, 2)), .kind = keep(chunk, db_text(stmt, 3)),
                          .term_id = db_int(stmt, 4), .from = db_day(stmt, 5), .to = db_day(stmt, 6), .gross_fen = db_int(stmt, 7), .due_on = db_day(stmt, 8) };
        g_array_append_val(chunk->parts->pdata[at], part);
    }
    return ok;
}

static void
add_planned(Chunk *chunk)
{
    for (guint i = 0; i < chunk->leases->len; i++) {
        const BillPlan *plan = chunk->plans->pdata[i];
        for (guint k = 0; k < plan->lines->len; k++) {
            const BillLine *out = plan->lines->pdata[k];
            BillPart part = { .is_now = TRUE, .item = out->line->item, .term_id = out->term_id, .from = out->line->from, .to = out->line->to, .due_on = out->line->due_on,
                              .kind = out->is_difference ? "adjustment" : charge_schedule_kind(out->line), .gross_fen = out->line->gross_fen };
            g_array_append_val(chunk->parts->pdata[i], part);
        }
    }
}

/* The next leases after @after; chunk->leases is empty at the end. */
static gboolean
load_chunk(const Preview *preview, Chunk *chunk, gint64 after, guint limit, GError **error)
{
    chunk_clear(chunk);
    chunk->leases = bill_leases_load(preview->ctx, after, limit, TRUE, error);
    chunk->plans = chunk->leases ? bill_plans(preview->ctx, chunk->leases, preview->through, error) : NULL;
    if (!chunk->plans)
        return FALSE;
    chunk->texts = g_ptr_array_new_with_free_func(g_free);
    chunk->parts = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    for (guint i = 0; i < chunk->leases->len; i++)
        g_ptr_array_add(chunk->parts, g_array_new(FALSE, FALSE, sizeof(BillPart)));
    if (chunk->leases->len && !load_parts(preview, chunk, error))
        return FALSE;
    add_planned(chunk);
    return TRUE;
}

static gint64
last_id(const Chunk *chunk)
{
    return ((const BillLease *) chunk->leases->pdata[chunk->leases->len - 1])->terms.id;
}

/* -- totals ----------------------------------------------------------------------------------- */

typedef struct {
    gint64 leases, before_fen, now_fen;
    ItemSum sum;
    GHashTable *items; /* code -> ItemSum */
    gint64 causes_fen[CAUSE__N], cause_leases[CAUSE__N];
    gint64 noted;
    JsonOut *notes;
} Totals;

static void
add_to(ItemSum *sum, const ScheduleLine *line)
{
    sum->lines++;
    sum->net_fen += line->net_fen;
    sum->tax_fen += line->tax_fen;
    sum->gross_fen += line->gross_fen;
}

static void
write_note(const BillLease *lease, const char *kind, const char *zh, const char *en, gpointer data)
{
    Totals *totals = data;

    if (totals->noted++ >= NOTES_SHOWN)
        return;
    json_begin_object(totals->notes);
    json_kv_id(totals->notes, "lease_id", lease->terms.id);
    json_kv_text(totals->notes, "lease_no", lease->no);
    json_kv_text(totals->notes, "merchant", lease->merchant);
    json_kv_text(totals->notes, "kind", kind);
    json_kv_text(totals->notes, "zh", zh);
    json_kv_text(totals->notes, "en", en);
    json_end_object(totals->notes);
}

static void
total_lease(const Preview *preview, const Chunk *chunk, guint n, Totals *totals)
{
    const BillLease *lease = chunk->leases->pdata[n];
    const BillPlan *plan = chunk->plans->pdata[n];
    g_autoptr(GPtrArray) changes = bill_explain(lease, chunk->parts->pdata[n], preview->month_on);

    totals->leases += plan->lines->len > 0;
    for (guint i = 0; i < plan->lines->len; i++) {
        const ScheduleLine *line = ((const BillLine *) plan->lines->pdata[i])->line;
        ItemSum *item = g_hash_table_lookup(totals->items, line->item);
        if (!item) {
            item = g_new0(ItemSum, 1);
            g_hash_table_insert(totals->items, g_strdup(line->item), item);
        }
        add_to(item, line);
        add_to(&totals->sum, line);
    }
    for (guint i = 0; i < changes->len; i++) {
        const BillChange *change = changes->pdata[i];
        totals->before_fen += change->before_fen;
        totals->now_fen += change->now_fen;
        for (int c = 0; c < CAUSE__N; c++) {
            totals->causes_fen[c] += change->causes_fen[c];
            totals->cause_leases[c] += change->causes_fen[c] != 0;
        }
    }
    bill_plan_notes(lease, plan, preview->through, write_note, totals);
}

static void
write_sum(JsonOut *out, const ItemSum *sum)
{
    json_kv_int(out, "lines", sum->lines);
    json_kv_money(out, "net", sum->net_fen);
    json_kv_money(out, "tax", sum->tax_fen);
    json_kv_money(out, "gross", sum->gross_fen);
}

static void
write_cause(JsonOut *out, BillCause cause, gint64 amount_fen)
{
    json_kv_text(out, "cause", bill_cause_items[cause].token);
    json_kv_text(out, "zh", bill_cause_items[cause].zh);
    json_kv_text(out, "en", bill_cause_items[cause].en);
    json_kv_money(out, "amount", amount_fen);
}

static void
write_totals(const Preview *preview, const Totals *totals, JsonOut *out)
{
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(totals->items), (GCompareFunc) (void (*)(void)) strcmp);

    json_begin_object(out);
    json_kv_int(out, "month", day_month_key(preview->month_on));
    json_kv_int(out, "leases", totals->leases);
    write_sum(out, &totals->sum);
    json_key(out, "items");
    json_begin_array(out);
    for (const GList *at = codes; at; at = at->next) {
        json_begin_object(out);
        json_kv_text(out, "item", at->data);
        json_kv_text(out, "name", item_name(preview, at->data));
        write_sum(out, g_hash_table_lookup(totals->items, at->data));
        json_end_object(out);
    }
    json_end_array(out);
    json_kv_int(out, "previous_month", day_month_key(preview->month_on - 1));
    json_kv_money(out, "previous", totals->before_fen);
    json_kv_money(out, "posted", totals->now_fen - totals->sum.gross_fen);
    json_kv_money(out, "now", totals->now_fen);
    json_kv_money(out, "difference", totals->now_fen - totals->before_fen);
    json_key(out, "causes");
    json_begin_array(out);
    for (int c = 0; c < CAUSE__N; c++) {
        if (!totals->cause_leases[c])
            continue;
        json_begin_object(out);
        write_cause(out, (BillCause) c, totals->causes_fen[c]);
        json_kv_int(out, "leases", totals->cause_leases[c]);
        json_end_object(out);
    }
    json_end_array(out);
    json_kv_int(out, "noted", totals->noted);
    json_key(out, "notes");
    json_raw(out, totals->notes->buf->str, totals->notes->buf->len);
    json_end_object(out);
}

gboolean
bill_preview_write(Ctx *ctx, int month, JsonOut *out, GError **error)
{
    g_auto(Preview) preview = { 0 };
    g_auto(Chunk) chunk = { 0 };
    g_autoptr(GHashTable) items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(JsonOut) notes = json_out_new();
    Totals totals = { .items = items, .notes = notes };

    if (!preview_open(&preview, ctx, month, error))
        return FALSE;
    json_begin_array(notes);
    for (gint64 after = 0; load_chunk(&preview, &chunk, after, BILL_CHUNK, error);) {
        if (chunk.leases->len == 0) {
            json_end_array(notes);
            write_totals(&preview, &totals, out);
            return TRUE;
        }
        for (guint i = 0; i < chunk.leases->len; i++)
            total_lease(&preview, &chunk, i, &totals);
        after = last_id(&chunk);
    }
    return FALSE;
}

/* -- lease by lease --------------------------------------------------------------------------- */

static gboolean
is_on_sales(const ScheduleLine *line)
{
    return line->kind == LINE_PROVISIONAL || line->kind == LINE_SETTLEMENT;
}

static void
write_line(const Preview *preview, JsonOut *out, const BillLine *line)
{
    const ScheduleLine *l = line->line;

    json_begin_object(out);
    json_kv_text(out, "item", l->item);
    json_kv_text(out, "name", line->name ? line->name : item_name(preview, l->item));
    json_kv_text(out, "kind", line->is_difference ? "adjustment" : charge_schedule_kind(l));
    json_kv_text(out, "unit", l->unit);
    json_kv_day(out, "from", l->from);
    json_kv_day(out, "to", l->to);
    json_kv_day(out, "due_on", l->due_on);
    json_kv_text(out, "price", l->price);
    json_kv_text(out, "quantity", l->quantity);
    json_kv_money(out, "net", l->net_fen);
    json_kv_money(out, "tax", l->tax_fen);
    json_kv_money(out, "gross", l->gross_fen);
    json_key(out, "working");
    if (!l->working || (is_on_sales(l) && !access_may_see(preview->ctx->access, "sales_report", "amount")))
        json_raw(out, "[]", 2); /* the working of rent on sales names the sales */
    else
        json_raw(out, l->working, strlen(l->working));
    json_end_object(out);
}

static void
write_change(const Preview *preview, JsonOut *out, const BillChange *change)
{
    json_begin_object(out);
    json_kv_text(out, "item", change->item);
    json_kv_text(out, "name", item_name(preview, change->item));
    json_kv_money(out, "before", change->before_fen);
    json_kv_money(out, "now", change->now_fen);
    json_kv_money(out, "difference", change->now_fen - change->before_fen);
    json_key(out, "causes");
    json_begin_array(out);
    for (int c = 0; c < CAUSE__N; c++) {
        if (!change->causes_fen[c])
            continue;
        json_begin_object(out);
        write_cause(out, (BillCause) c, change->causes_fen[c]);
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
}

static gboolean
differs(const GPtrArray *changes)
{
    for (guint i = 0; i < changes->len; i++) {
        const BillChange *change = changes->pdata[i];
        if (change->now_fen != change->before_fen)
            return TRUE;
    }
    return FALSE;
}

/* FALSE if there is nothing to say of the lease. */
static gboolean
write_lease(const Preview *preview, const Chunk *chunk, guint n, gboolean only_changes, JsonOut *out)
{
    const BillLease *lease = chunk->leases->pdata[n];
    const BillPlan *plan = chunk->plans->pdata[n];
    g_autoptr(GPtrArray) changes = bill_explain(lease, chunk->parts->pdata[n], preview->month_on);
    gint64 gross_fen = 0;

    if (only_changes ? !differs(changes) : plan->lines->len == 0)
        return FALSE;
    json_begin_object(out);
    json_kv_id(out, "lease_id", lease->terms.id);
    json_kv_text(out, "lease_no", lease->no);
    json_kv_text(out, "merchant", lease->merchant);
    json_kv_text(out, "unit_nos", lease->unit_nos);
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < plan->lines->len; i++) {
        write_line(preview, out, plan->lines->pdata[i]);
        gross_fen += ((const BillLine *) plan->lines->pdata[i])->line->gross_fen;
    }
    json_end_array(out);
    json_kv_money(out, "gross", gross_fen);
    json_key(out, "changes");
    json_begin_array(out);
    for (guint i = 0; i < changes->len; i++)
        write_change(preview, out, changes->pdata[i]);
    json_end_array(out);
    json_end_object(out);
    return TRUE;
}

gboolean
bill_preview_lines_write(Ctx *ctx, int month, gint64 after, guint size, gboolean only_changes, JsonOut *out, GError **error)
{
    g_auto(Preview) preview = { 0 };
    g_auto(Chunk) chunk = { 0 };
    guint found = 0;
    gboolean more = TRUE;

    if (!preview_open(&preview, ctx, month, error))
        return FALSE;
    json_begin_object(out);
    json_key(out, "items");
    json_begin_array(out);
    while (more && found < size) {
        if (!load_chunk(&preview, &chunk, after, MAX(size, 20), error))
            return FALSE;
        more = chunk.leases->len > 0;
        for (guint i = 0; i < chunk.leases->len && found < size; i++) {
            found += write_lease(&preview, &chunk, i, only_changes, out);
            after = ((const BillLease *) chunk.leases->pdata[i])->terms.id;
        }
    }
    json_end_array(out);
    json_kv_id(out, "next", more ? after : 0);
    json_end_object(out);
    return TRUE;
}

gboolean
bill_preview_each(Ctx *ctx, int month, BillPreviewEach each, gpointer data, GError **error)
{
    g_auto(Preview) preview = { 0 };
    g_auto(Chunk) chunk = { 0 };

    if (!preview_open(&preview, ctx, month, error))
        return FALSE;
    for (gint64 after = 0; load_chunk(&preview, &chunk, after, BILL_CHUNK, error); after = last_id(&chunk)) {
        if (chunk.leases->len == 0)
            return TRUE;
        for (guint i = 0; i < chunk.leases->len; i++) {
            const BillLease *lease = chunk.leases->pdata[i];
            const BillPlan *plan = chunk.plans->pdata[i];
            for (guint k = 0; k < plan->lines->len; k++) {
                const BillLine *out = plan->lines->pdata[k];
                BillPreviewLine line = { lease->no, lease->merchant, out->line->item, out->name ? out->name : item_name(&preview, out->line->item), out->line };
                each(&line, data);
            }
        }
    }
    return FALSE;
}
