/* collection_due.c - the due list: charges gathered by merchant and lease, with what was done about them and what comes next. */
#include "db/catalogue.h"
#include "domain/collection/collection_internal.h"
#include "domain/terms/figures.h"
#include "store/services.h"

#include <string.h>

enum { WEEK_DAYS = 7, RECENT_DAYS = 180, TASKS_MAX = 50 };

typedef struct {
    gint64 id;
    char *name;
} Person;

typedef struct {
    gint64 id, amount_fen, paid_fen;
    Day on;
    char *state;
} Promised;

typedef struct {
    gint64 at;
    char *way, *content, *by;
    Day next_on;
} Noted;

/* A merchant with one lease: what they owe in its lines. */
typedef struct {
    const DueCharge *first;
    const Person *collector;
    const Ladder *ladder;
    const Promised *promised;
    const Noted *noted;
    GPtrArray *lines; /* of DueCharge, borrowed */
    gint64 open_fen, overdue_fen, fee_fen, unbilled_fen, days;
} Group;

typedef struct {
    Ctx *ctx;
    const DueAsk *ask;
    DueSet *set;
    GHashTable *collectors, *ladders, *promises, *notes, *by_key;
    GHashTable *busy; /* ids of collectors who have something to collect */
    GPtrArray *stages, *groups;
    gint64 open_fen, overdue_fen, fee_fen;
    gint64 band_fen[AGE_BANDS];
    guint band_n[AGE_BANDS];
} Due;

static void
person_free(gpointer data)
{
    g_free(((Person *) data)->name);
    g_free(data);
}

static void
promised_free(gpointer data)
{
    g_free(((Promised *) data)->state);
    g_free(data);
}

static void
noted_free(gpointer data)
{
    Noted *n = data;

    g_free(n->way);
    g_free(n->content);
    g_free(n->by);
    g_free(n);
}

static void
group_free(gpointer data)
{
    g_ptr_array_unref(((Group *) data)->lines);
    g_free(data);
}

static void
due_clear(Due *d)
{
    GHashTable **tables[] = { &d->by_key, &d->busy, &d->collectors, &d->ladders, &d->promises, &d->notes };

    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        g_clear_pointer(tables[i], g_hash_table_unref);
    g_clear_pointer(&d->groups, g_ptr_array_unref);
    g_clear_pointer(&d->stages, g_ptr_array_unref);
    g_clear_pointer(&d->set, due_set_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Due, due_clear)

static gboolean
load_collectors(Due *d, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(d->ctx->db, "collection.collectors", error);

    d->collectors = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, person_free);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", d->ctx->property_id);
    db_bind_day(stmt, "day", d->ctx->today);
    while (db_each(stmt, &ok, error)) {
        gint64 unit_id = db_int(stmt, 0);
        Person *person = g_new0(Person, 1);
        person->id = db_int(stmt, 1);
        person->name = g_strdup(db_text(stmt, 2));
        g_hash_table_insert(d->collectors, g_memdup2(&unit_id, sizeof unit_id), person);
    }
    return ok;
}

static char *
key_at(const DbStmt *stmt, int merchant, int lease)
{
    return due_key(db_int(stmt, merchant), db_is_null(stmt, lease) ? 0 : db_int(stmt, lease));
}

/* Later ones take the place of earlier ones. */
static gboolean
load_promises(Due *d, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(d->ctx->db, "collection.promises", error);

    d->promises = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, promised_free);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", d->ctx->property_id);
    db_bind_day(stmt, "since", d->ctx->today - RECENT_DAYS);
    while (db_each(stmt, &ok, error)) {
        Promised *p = g_new0(Promised, 1);
        p->id = db_int(stmt, 0);
        p->amount_fen = db_int(stmt, 3);
        p->on = db_day(stmt, 4);
        p->state = g_strdup(db_text(stmt, 5));
        p->paid_fen = db_int(stmt, 6);
        g_hash_table_replace(d->promises, key_at(stmt, 1, 2), p);
    }
    return ok;
}

static gboolean
load_notes(Due *d, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(d->ctx->db, "collection.last_notes", error);

    d->notes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, noted_free);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", d->ctx->property_id);
    db_bind_int(stmt, "since", d->ctx->now_us - G_GINT64_CONSTANT(86400000000) * RECENT_DAYS);
    while (db_each(stmt, &ok, error)) {
        Noted *n = g_new0(Noted, 1);
        n->at = db_int(stmt, 2);
        n->way = g_strdup(db_text(stmt, 3));
        n->content = g_strdup(db_text(stmt, 4));
        n->by = g_strdup(db_is_null(stmt, 5) ? NULL : db_text(stmt, 5));
        n->next_on = db_day(stmt, 6);
        g_hash_table_replace(d->notes, key_at(stmt, 0, 1), n);
    }
    return ok;
}

static gboolean
load(Due *d, GError **error)
{
    const DueScope scope = { .due_until = d->ctx->today + WEEK_DAYS, .lease_id = d->ask->lease_id, .merchant_id = d->ask->merchant_id };

    d->set = due_load(d->ctx, &scope, error);
    d->stages = d->set ? dunning_stages(d->ctx, error) : NULL;
    d->ladders = d->stages ? dunning_ladders(d->ctx, d->ask->lease_id, d->ask->merchant_id, error) : NULL;
    return d->ladders && load_collectors(d, error) && load_promises(d, error) && load_notes(d, error);
}

/* -- choosing and gathering -------------------------------------------------------- */

static gboolean
in_band(const Due *d, const DueCharge *c, guint band)
{
    const char *want = d->ask->band;

    if (!want || !*want || strcmp(want, "all") == 0)
        return TRUE;
    if (strcmp(want, "overdue") == 0)
        return c->due_on < d->ctx->today;
    if (strcmp(want, "week") == 0)
        return c->due_on >= d->ctx->today;
    return strcmp(want, age_band_token(band)) == 0;
}

static gboolean
is_like(const DueCharge *c, const char *q)
{
    const char *texts[] = { c->merchant, c->lease, c->unit };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (texts[i] && strstr(texts[i], q))
            return TRUE;
    }
    return FALSE;
}

static Group *
group_of(Due *d, const DueCharge *c)
{
    g_autofree char *key = due_key(c->merchant_id, c->lease_id);
    Group *g = g_hash_table_lookup(d->by_key, key);

    if (g)
        return g;
    g = g_new0(Group, 1);
    g->first = c;
    g->lines = g_ptr_array_new();
    g->collector = g_hash_table_lookup(d->collectors, &c->unit_id);
    g->ladder = g_hash_table_lookup(d->ladders, key);
    g->promised = g_hash_table_lookup(d->promises, key);
    g->noted = g_hash_table_lookup(d->notes, key);
    g_ptr_array_add(d->groups, g);
    g_hash_table_insert(d->by_key, g_steal_pointer(&key), g);
    return g;
}

static void
gather_line(Due *d, const DueCharge *c)
{
    g_auto(LateFee) fee = due_fee(c, d->ctx->today);
    Group *g = group_of(d, c);
    gboolean late = c->due_on < d->ctx->today;

    g_ptr_array_add(g->lines, (gpointer) c);
    g->open_fen += c->open_fen;
    g->overdue_fen += late ? c->open_fen : 0;
    g->fee_fen += fee.fee_fen;
    g->unbilled_fen += due_fee_unbilled(c, &fee);
    g->days = MAX(g->days, days_overdue(c->due_on, d->ctx->today));
    d->open_fen += c->open_fen;
    d->overdue_fen += late ? c->open_fen : 0;
    d->fee_fen += due_fee_unbilled(c, &fee);
}

/* The bands are those of everything that the person may choose from; the band itself chooses last. */
static void
gather(Due *d)
{
    for (guint i = 0; i < d->set->charges->len; i++) {
        const DueCharge *c = d->set->charges->pdata[i];
        const Person *who = g_hash_table_lookup(d->collectors, &c->unit_id);
        guint band = age_band(c->due_on, d->ctx->today);
        if (who)
            g_hash_table_add(d->busy, (gpointer) &who->id);
        if ((d->ask->collector_id && (!who || who->id != d->ask->collector_id)) || (d->ask->q && *d->ask->q && !is_like(c, d->ask->q)))
            continue;
        d->band_n[band]++;
        d->band_fen[band] += c->open_fen;
        if (in_band(d, c, band))
            gather_line(d, c);
    }
}

static gboolean
is_broken(const Group *g)
{
    return g->promised && (strcmp(g->promised->state, "broken") == 0 || strcmp(g->promised->state, "part") == 0);
}

/* Broken promises first, then the longest overdue, then the most. */
static int
by_urgency(gconstpointer a, gconstpointer b)
{
    const Group *x = *(Group *const *) a, *y = *(Group *const *) b;

    if (is_broken(x) != is_broken(y))
        return is_broken(x) ? -1 : 1;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return x->open_fen == y->open_fen ? 0 : x->open_fen > y->open_fen ? -1 : 1;
}

/* -- writing ------------------------------------------------------------------------ */

static void
write_ref(JsonOut *out, const char *key, gint64 id, const char *label)
{
    json_key(out, key);
    if (!id) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "label", label);
    json_end_object(out);
}

static void
write_charge(const Due *d, const DueCharge *c, JsonOut *out)
{
    g_auto(LateFee) fee = due_fee(c, d->ctx->today);
    g_autofree char *working = due_fee_working(c, &fee, d->ctx->today);

    json_begin_object(out);
    json_kv_id(out, "id", c->id);
    json_kv_text(out, "name", c->name);
    json_kv_text(out, "unit", c->unit);
    json_kv_day(out, "from", c->from);
    json_kv_day(out, "to", c->to);
    json_kv_day(out, "due_on", c->due_on);
    json_kv_int(out, "days", days_overdue(c->due_on, d->ctx->today));
    json_kv_money(out, "gross", c->gross_fen);
    json_kv_money(out, "open", c->open_fen);
    json_kv_money(out, "late_fee", fee.fee_fen);
    json_kv_money(out, "late_fee_billed", c->fee_billed_fen);
    json_kv_bool(out, "excessive", due_fee_is_excessive(d->ctx, &fee));
    json_key(out, "working");
    if (c->late && fee.steps->len)
        json_raw(out, working, strlen(working));
    else
        json_nil(out);
    json_end_object(out);
}

static void
write_letter(const Group *g, JsonOut *out)
{
    json_key(out, "letter");
    if (!g->ladder) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", g->ladder->notice_id);
    json_kv_text(out, "no", g->ladder->no);
    json_kv_text(out, "kind", g->ladder->kind);
    json_kv_text(out, "state", g->ladder->state);
    json_kv_day(out, "deadline_on", g->ladder->deadline_on);
    json_end_object(out);
}

/* The next step of the ladder, and why it cannot be taken today. */
static void
write_next(const Due *d, const Group *g, JsonOut *out)
{
    g_autoptr(GError) why = NULL;
    const Stage *stage = g->days > 0 && !(g->ladder && g->ladder->draft_id) ? dunning_next(d->stages, g->ladder) : NULL;

    json_key(out, "next");
    if (!stage) {
        json_nil(out);
        return;
    }
    gboolean allowed = dunning_allowed(d->ctx, d->stages, g->ladder, stage, g->days, &why);
    json_begin_object(out);
    json_kv_id(out, "stage_id", stage->id);
    json_kv_text(out, "kind", stage->kind);
    json_kv_text(out, "label", d->ctx->lang == LANG_EN ? stage->name_en : stage->name);
    json_kv_bool(out, "allowed", allowed);
    json_kv_text(out, "why", allowed ? NULL : app_error_text(why, d->ctx->lang));
    json_end_object(out);
}

static void
write_promise(const Group *g, JsonOut *out)
{
    json_key(out, "promise");
    if (!g->promised) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", g->promised->id);
    json_kv_money(out, "amount", g->promised->amount_fen);
    json_kv_money(out, "paid", g->promised->paid_fen);
    json_kv_day(out, "promised_on", g->promised->on);
    json_kv_text(out, "state", g->promised->state);
    json_end_object(out);
}

static void
write_contact(const Group *g, JsonOut *out)
{
    json_key(out, "last_contact");
    if (!g->noted) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_us(out, "at", g->noted->at);
    json_kv_text(out, "way", g->noted->way);
    json_kv_text(out, "content", g->noted->content);
    json_kv_text(out, "by", g->noted->by);
    json_kv_day(out, "next_on", g->noted->next_on);
    json_end_object(out);
}

static void
write_group(const Due *d, const Group *g, JsonOut *out)
{
    const DueCharge *c = g->first;

    json_begin_object(out);
    write_ref(out, "merchant", c->merchant_id, c->merchant);
    write_ref(out, "lease", c->lease_id, c->lease);
    write_ref(out, "unit", c->unit_id, c->unit);
    write_ref(out, "collector", g->collector ? g->collector->id : 0, g->collector ? g->collector->name : NULL);
    json_kv_money(out, "open", g->open_fen);
    json_kv_money(out, "overdue", g->overdue_fen);
    json_kv_money(out, "late_fee", g->fee_fen);
    json_kv_money(out, "late_fee_unbilled", g->unbilled_fen);
    json_kv_int(out, "days", g->days);
    write_letter(g, out);
    write_next(d, g, out);
    write_promise(g, out);
    write_contact(g, out);
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < g->lines->len; i++)
        write_charge(d, g->lines->pdata[i], out);
    json_end_array(out);
    json_end_object(out);
}

static void
write_bands(const Due *d, JsonOut *out)
{
    json_key(out, "bands");
    json_begin_array(out);
    for (guint i = 0; i < AGE_BANDS; i++) {
        json_begin_object(out);
        json_kv_text(out, "band", age_band_token(i));
        json_kv_int(out, "count", d->band_n[i]);
        json_kv_money(out, "open", d->band_fen[i]);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_collectors(const Due *d, JsonOut *out)
{
    GHashTableIter iter;
    gpointer value;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    json_key(out, "collectors");
    json_begin_array(out);
    for (g_hash_table_iter_init(&iter, d->collectors); g_hash_table_iter_next(&iter, NULL, &value);) {
        Person *person = value;
        if (!g_hash_table_contains(d->busy, &person->id) || !g_hash_table_add(seen, &person->id))
            continue;
        json_begin_object(out);
        json_kv_id(out, "id", person->id);
        json_kv_text(out, "label", person->name);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_all(const Due *d, JsonOut *out)
{
    guint size = d->ask->size ? d->ask->size : 50, first = (MAX(1, d->ask->page) - 1) * size;

    json_kv_day(out, "as_of", d->ctx->today);
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = first; i < d->groups->len && i < first + size; i++)
        write_group(d, d->groups->pdata[i], out);
    json_end_array(out);
    json_kv_int(out, "total", d->groups->len);
    json_key(out, "sums");
    json_begin_object(out);
    json_kv_money(out, "open", d->open_fen);
    json_kv_money(out, "overdue", d->overdue_fen);
    json_kv_money(out, "late_fee_unbilled", d->fee_fen);
    json_end_object(out);
    write_bands(d, out);
    write_collectors(d, out);
}

static gboolean
load_and_gather(Due *d, GError **error)
{
    if (!load(d, error))
        return FALSE;
    d->groups = g_ptr_array_new_with_free_func(group_free);
    d->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    d->busy = g_hash_table_new(g_int64_hash, g_int64_equal);
    gather(d);
    g_ptr_array_sort(d->groups, by_urgency);
    return TRUE;
}

gboolean
collection_due_write(Ctx *ctx, const DueAsk *ask, JsonOut *out, GError **error)
{
    g_auto(Due) d = { .ctx = ctx, .ask = ask };

    if (!load_and_gather(&d, error))
        return FALSE;
    write_all(&d, out);
    return TRUE;
}

/* What somebody who collects should do today with one debt; NULL: nothing. */
static char *
task_text(const Due *d, const Group *g)
{
    gboolean en = d->ctx->lang == LANG_EN;
    const Stage *stage = g->days > 0 && !(g->ladder && g->ladder->draft_id) ? dunning_next(d->stages, g->ladder) : NULL;
    g_autofree char *open = money_format_grouped(g->overdue_fen);
    const char *what = is_broken(g) ? (en ? "Promise broken" : "承诺未兑现")
                       : stage && dunning_allowed(d->ctx, d->stages, g->ladder, stage, g->days, NULL) ? (en ? stage->name_en : stage->name)
                                                                                                     : NULL;

    if (!what)
        return NULL;
    return g_strdup_printf(en ? "%s · %" G_GINT64_FORMAT " days overdue · %s" : "%s · 逾期 %" G_GINT64_FORMAT " 天 · %s 元", what, g->days, open);
}

gboolean
collection_tasks(Ctx *ctx, CollectionTask each, gpointer data, GError **error)
{
    static const DueAsk overdue = { .band = "overdue" };
    g_auto(Due) d = { .ctx = ctx, .ask = &overdue };

    if (!load_and_gather(&d, error))
        return FALSE;
    for (guint i = 0; i < d.groups->len && i < TASKS_MAX; i++) {
        const Group *g = d.groups->pdata[i];
        g_autofree char *text = task_text(&d, g);
        if (text)
            each(g->first->merchant, text, g->first->lease_id ? "lease" : "merchant", g->first->lease_id ? g->first->lease_id : g->first->merchant_id, data);
    }
    return TRUE;
}
