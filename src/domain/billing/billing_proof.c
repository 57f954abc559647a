/* billing_proof.c - the nightly proof of billing, independent of what runs remember: each lease's schedule against its charges, up to the last
 * run. Days that nothing was billed for, days billed twice, bills after the end, terms that never bill, deposits without trace. */
#include "db/catalogue.h"
#include "domain/billing/billing_run_internal.h"
#include "domain/org/org.h"

#include <string.h>

#define FINDING_TOLD "bill_finding"
enum { TEXT_MAX = 150 };

typedef struct {
    const char *kind; /* static */
    char *what, *zh, *en;
    Day from, to;
} Finding;

typedef struct {
    Ctx *ctx;
    Day through;       /* end of the last month that was run; DAY_NONE: none yet */
    GHashTable *names; /* item code -> name */
} Proof;

static void
finding_free(gpointer data)
{
    Finding *finding = data;

    g_free(finding->what);
    g_free(finding->zh);
    g_free(finding->en);
    g_free(finding);
}

static void
proof_clear(Proof *proof)
{
    g_clear_pointer(&proof->names, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Proof, proof_clear)

static gboolean
proof_open(Proof *proof, Ctx *ctx, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "bill.last_month", error);

    proof->ctx = ctx;
    proof->through = DAY_NONE;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row && !db_is_null(stmt, 0))
        proof->through = day_month_end(day_from_month_key((int) db_int(stmt, 0)));
    proof->names = bill_item_names(ctx, error);
    return proof->names != NULL;
}

static void
add_finding(GPtrArray *out, const char *kind, const char *what, Day from, Day to, const char *zh, const char *en)
{
    Finding *finding = g_new0(Finding, 1);
    g_autofree char *days = NULL;

    if (from != DAY_NONE) {
        g_autofree char *first = day_dup(from), *last = day_dup(to);
        days = g_strdup_printf("（%s 至 %s）", first, last);
    }
    finding->kind = kind;
    finding->what = g_utf8_substring(what, 0, MIN(g_utf8_strlen(what, -1), TEXT_MAX));
    finding->from = from;
    finding->to = to;
    finding->zh = g_strdup_printf("%s：%s%s", finding->what, zh, days ? days : "");
    finding->en = g_strdup_printf("%s: %s%s", finding->what, en, days ? days : "");
    g_ptr_array_add(out, finding);
}

/* "租金" or "租金 A1". transfer full. */
static char *
name_of(const Proof *proof, const ScheduleLine *line)
{
    const char *name = g_hash_table_lookup(proof->names, line->item);

    return g_strdup_printf("%s%s%s", name ? name : line->item, line->unit ? " " : "", line->unit ? line->unit : "");
}

/* The same thing, whatever its tax rate. */
static gboolean
is_same_thing(const ScheduleLine *a, const ScheduleLine *b)
{
    return strcmp(charge_schedule_kind(a), charge_schedule_kind(b)) == 0 && strcmp(a->item, b->item) == 0 && g_strcmp0(a->unit, b->unit) == 0;
}

/* First day of @from..@to that no charge of the thing covers; DAY_NONE if all are. */
static Day
first_uncovered(const GPtrArray *billed, const ScheduleLine *thing, Day from, Day to)
{
    gboolean moved = TRUE;

    while (moved && from <= to) {
        moved = FALSE;
        for (guint i = 0; i < billed->len; i++) {
            const ScheduleLine *line = ((const BilledLine *) billed->pdata[i])->line;
            if (is_same_thing(line, thing) && line->from <= from && line->to >= from) {
                from = line->to + 1;
                moved = TRUE;
            }
        }
    }
    return from <= to ? from : DAY_NONE;
}

/* Last day of the gap that begins on @from: the day before the next charge of the thing. */
static Day
end_of_gap(const GPtrArray *billed, const ScheduleLine *thing, Day from)
{
    Day to = thing->to;

    for (guint i = 0; i < billed->len; i++) {
        const ScheduleLine *line = ((const BilledLine *) billed->pdata[i])->line;
        if (is_same_thing(line, thing) && line->from > from)
            to = MIN(to, line->from - 1);
    }
    return to;
}

/* Sales may be accepted after the run of their month: rent on them has until the next one. */
static Day
judged_through(const Proof *proof, const ScheduleLine *line)
{
    return line->kind == LINE_BILLED ? proof->through : day_month_start(proof->through) - 1;
}

static void
find_gaps(const Proof *proof, const BillLease *lease, const Schedule *schedule, GPtrArray *out)
{
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->due_on > judged_through(proof, line) || !bill_counts(&lease->terms, line))
            continue;
        for (Day from = first_uncovered(lease->billed, line, line->from, line->to); from != DAY_NONE;) {
            g_autofree char *what = name_of(proof, line);
            Day to = end_of_gap(lease->billed, line, from);
            add_finding(out, "gap", what, from, to, "已到出账期但没有出账", "due by the last run and not billed");
            from = to < line->to ? first_uncovered(lease->billed, line, to + 1, line->to) : DAY_NONE;
        }
    }
}

/* Whether a difference has set right these days of the thing. */
static gboolean
is_corrected(const GPtrArray *billed, const ScheduleLine *thing, Day from, Day to)
{
    for (guint i = 0; i < billed->len; i++) {
        const BilledLine *other = billed->pdata[i];
        if (other->is_difference && is_same_thing(other->line, thing) && other->line->from <= to && other->line->to >= from)
            return TRUE;
    }
    return FALSE;
}

static void
find_overlaps(const Proof *proof, const GPtrArray *billed, GPtrArray *out)
{
    for (guint i = 0; i < billed->len; i++) {
        const BilledLine *a = billed->pdata[i];
        for (guint k = i + 1; k < billed->len; k++) {
            const BilledLine *b = billed->pdata[k];
            Day from = MAX(a->line->from, b->line->from), to = MIN(a->line->to, b->line->to);
            if (from > to || a->is_difference || b->is_difference || !is_same_thing(a->line, b->line)
                || is_corrected(billed, a->line, from, to))
                continue;
            g_autofree char *what = name_of(proof, a->line);
            add_finding(out, "overlap", what, from, to, "同一天出账两次", "billed twice");
        }
    }
}

static void
find_after_end(const Proof *proof, const BillLease *lease, GPtrArray *out)
{
    for (guint i = 0; i < lease->billed->len; i++) {
        const BilledLine *b = lease->billed->pdata[i];
        Day from = MAX(b->line->from, lease->terms.to + 1);
        if (b->is_difference || b->line->to <= lease->terms.to || is_corrected(lease->billed, b->line, from, b->line->to))
            continue;
        g_autofree char *what = name_of(proof, b->line);
        add_finding(out, "after_end", what, from, b->line->to, "合同结束之后仍有出账", "billed after the end of the lease");
    }
}

/* Terms without a line that asks for money, or might once sales are in, over the whole lease. */
static void
find_never(const Proof *proof, const BillLease *lease, const Schedule *near, GPtrArray *out)
{
    const GPtrArray *terms = lease->terms.set->terms;
    g_autofree gboolean *bills = g_new0(gboolean, terms->len);
    gboolean all = TRUE;
    const Schedule *schedule = near;
    g_autoptr(Schedule) whole = NULL;

    for (int pass = 0; pass < 2 && schedule; pass++) {
        for (guint i = 0; i < schedule->lines->len; i++) {
            const ScheduleLine *line = schedule->lines->pdata[i];
            bills[line->term] = bills[line->term] || line->kind == LINE_AWAITING || line->gross_fen != 0;
        }
        all = TRUE;
        for (guint i = 0; i < terms->len; i++)
            all = all && bills[i];
        if (all)
            return;
        if (pass == 0)
            schedule = whole = schedule_build(lease->terms.set, NULL);
    }
    for (guint i = 0; whole && i < terms->len; i++) {
        const ChargeTerm *term = terms->pdata[i];
        const ScheduleLine line = { .item = term->item, .unit = term->unit };
        g_autofree char *what = name_of(proof, &line);
        if (!bills[i])
            add_finding(out, "never_bills", what, term->from, term->to, "整个期间没有任何应收", "never asks for anything");
    }
}

static void
judge(const Proof *proof, const BillLease *lease, GPtrArray *out)
{
    const LeaseTerms *terms = &lease->terms;
    Day from, to;
    g_autoptr(GError) failure = NULL;

    bill_window(terms->set, terms->from, proof->through == DAY_NONE ? terms->from : proof->through, &from, &to);
    g_autoptr(Schedule) schedule = schedule_window(terms->set, MAX(from, terms->is_fixed ? terms->bill_from : from), to, &failure);
    if (!schedule) {
        add_finding(out, "not_calculated", "合同", DAY_NONE, DAY_NONE, app_error_text(failure, LANG_ZH), app_error_text(failure, LANG_EN));
        return;
    }
    if (proof->through != DAY_NONE)
        find_gaps(proof, lease, schedule, out);
    find_overlaps(proof, lease->billed, out);
    find_after_end(proof, lease, out);
    find_never(proof, lease, schedule, out);
}

static gboolean
find_deposits(const Proof *proof, GPtrArray *leases, GPtrArray *found, GError **error)
{
    gboolean ok = TRUE;
    guint at = 0;
    g_autoptr(DbStmt) stmt = db_named(proof->ctx->db, "bill.deposits_missing", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", proof->ctx->property_id);
    db_bind_int(stmt, "first", ((const BillLease *) leases->pdata[0])->terms.id);
    db_bind_int(stmt, "last", ((const BillLease *) leases->pdata[leases->len - 1])->terms.id);
    while (db_each(stmt, &ok, error)) {
        while (at + 1 < leases->len && ((const BillLease *) leases->pdata[at])->terms.id < db_int(stmt, 0))
            at++;
        const EnumItem *kind = enum_find(deposit_kind_items, db_text(stmt, 1));
        g_autofree char *amount = money_format_grouped(db_int(stmt, 2));
        g_autofree char *what = g_strdup_printf("%s %s 元", kind ? kind->zh : db_text(stmt, 1), amount);
        if (((const BillLease *) leases->pdata[at])->terms.id == db_int(stmt, 0))
            add_finding(found->pdata[at], "deposit_missing", what, DAY_NONE, DAY_NONE, "没有应收，也没有收取记录", "neither charged nor received");
    }
    return ok;
}

/* Leases after @after with what is wrong with each: array of arrays of Finding. */
static gboolean
judge_chunk(const Proof *proof, gint64 after, GPtrArray **leases, GPtrArray **found, GError **error)
{
    *found = NULL;
    *leases = bill_leases_load(proof->ctx, after, BILL_CHUNK, FALSE, error);
    if (!*leases)
        return FALSE;
    for (guint i = 0; i < (*leases)->len; i++)
        bill_want_charges((*leases)->pdata[i]);
    if (!bill_charges_load(proof->ctx, *leases, error))
        return FALSE;
    *found = g_ptr_array_new_with_free_func((GDestroyNotify) g_ptr_array_unref);
    for (guint i = 0; i < (*leases)->len; i++) {
        GPtrArray *own = g_ptr_array_new_with_free_func(finding_free);
        g_ptr_array_add(*found, own);
        judge(proof, (*leases)->pdata[i], own);
    }
    return (*leases)->len == 0 || find_deposits(proof, *leases, *found, error);
}

/* -- stored ----------------------------------------------------------------------------------- */

static char *
identity(gint64 lease_id, const char *kind, const char *what, Day from, Day to)
{
    return g_strdup_printf("%" G_GINT64_FORMAT "|%s|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, lease_id, kind, what, from, to);
}

/* Open findings of the chunk's leases: identity -> id. transfer full; NULL on error. */
static GHashTable *
load_open(const Proof *proof, GPtrArray *leases, GError **error)
{
    g_autoptr(GHashTable) open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(proof->ctx->db, "bill.findings_open", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", proof->ctx->property_id);
    db_bind_int(stmt, "first", ((const BillLease *) leases->pdata[0])->terms.id);
    db_bind_int(stmt, "last", ((const BillLease *) leases->pdata[leases->len - 1])->terms.id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_hash_table_insert(open, identity(db_int(stmt, 1), db_text(stmt, 2), db_text(stmt, 3), db_day(stmt, 4), db_day(stmt, 5)),
                            g_memdup2(&id, sizeof id));
    }
    return ok ? g_steal_pointer(&open) : NULL;
}

static gboolean
store_new(Ctx *ctx, gint64 lease_id, const Finding *finding, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "bill_finding"));

    record_set_id(rec, "lease_id", lease_id);
    record_set_text(rec, "kind", finding->kind);
    record_set_text(rec, "what", finding->what);
    record_set_day(rec, "from_on", finding->from);
    record_set_day(rec, "to_on", finding->to);
    record_set_text(rec, "zh", finding->zh);
    record_set_text(rec, "en", finding->en);
    record_set_day(rec, "found_on", ctx->today);
    return record_save_as(ctx, rec, "find", error);
}

static gboolean
mark_gone(Ctx *ctx, gint64 id, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "bill_finding", id, NULL, error);

    if (!rec)
        return FALSE;
    record_set_text(rec, "state", "gone");
    record_set_day(rec, "gone_on", ctx->today);
    return record_save_as(ctx, rec, "gone", error);
}

static gboolean
store(const Proof *proof, GPtrArray *leases, GPtrArray *found, GError **error)
{
    g_autoptr(GHashTable) open = load_open(proof, leases, error);
    GHashTableIter iter;
    gpointer id;

    if (!open)
        return FALSE;
    for (guint i = 0; i < leases->len; i++) {
        const GPtrArray *own = found->pdata[i];
        gint64 lease_id = ((const BillLease *) leases->pdata[i])->terms.id;
        for (guint k = 0; k < own->len; k++) {
            const Finding *finding = own->pdata[k];
            g_autofree char *key = identity(lease_id, finding->kind, finding->what, finding->from, finding->to);
            if (!g_hash_table_remove(open, key) && !store_new(proof->ctx, lease_id, finding, error))
                return FALSE;
        }
    }
    g_hash_table_iter_init(&iter, open);
    while (g_hash_table_iter_next(&iter, NULL, &id)) {
        if (!mark_gone(proof->ctx, *(gint64 *) id, error))
            return FALSE;
    }
    return TRUE;
}

/* One message for the night. */
static gboolean
tell(Ctx *ctx, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "bill.findings_new", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "today", ctx->today);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (db_int(stmt, 0) == 0)
        return TRUE;
    g_autofree char *zh = g_strdup_printf("出账核对新发现 %" G_GINT64_FORMAT " 项问题", db_int(stmt, 0));
    g_autofree char *en = g_strdup_printf("The proof of billing found %" G_GINT64_FORMAT " new problems", db_int(stmt, 0));
    return org_notify_role(ctx, "finance", FINDING_TOLD, "bill_finding", db_int(stmt, 1), zh, en, error);
}

gboolean
bill_proof_step(Ctx *ctx, gint64 *after, GError **error)
{
    g_auto(Proof) proof = { 0 };
    g_autoptr(GPtrArray) leases = NULL;
    g_autoptr(GPtrArray) found = NULL;

    if (!proof_open(&proof, ctx, error) || !judge_chunk(&proof, *after, &leases, &found, error))
        return FALSE;
    if (leases->len && !store(&proof, leases, found, error))
        return FALSE;
    *after = leases->len == BILL_CHUNK ? ((const BillLease *) leases->pdata[leases->len - 1])->terms.id : 0;
    return *after != 0 || tell(ctx, error);
}

gboolean
bill_proof_each(Ctx *ctx, BillProofEach each, gpointer data, GError **error)
{
    g_auto(Proof) proof = { 0 };
    gint64 after = 0;

    if (!proof_open(&proof, ctx, error))
        return FALSE;
    do {
        g_autoptr(GPtrArray) leases = NULL;
        g_autoptr(GPtrArray) found = NULL;
        if (!judge_chunk(&proof, after, &leases, &found, error))
            return FALSE;
        for (guint i = 0; i < leases->len; i++) {
            const BillLease *lease = leases->pdata[i];
            const GPtrArray *own = found->pdata[i];
            for (guint k = 0; k < own->len; k++) {
                const Finding *finding = own->pdata[k];
                each(lease->no, finding->kind, finding->en, data);
            }
        }
        after = leases->len == BILL_CHUNK ? ((const BillLease *) leases->pdata[leases->len - 1])->terms.id : 0;
    } while (after);
    return TRUE;
}
