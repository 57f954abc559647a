/* billing_run_compare.c - what a lease must be billed: its schedule against its charges. Pure, but for the calendar of working days.
 * A charge and a line of the schedule that have the same key and amounts agree. What is left on either side is gathered into stretches of
 * days of one thing; a stretch that holds charges is set right by a difference, one that holds none is billed line by line. */
#include "domain/billing/billing_run_internal.h"

#include <string.h>

enum { HOLIDAYS_MAX = 15 }; /* days that a due day may be moved by "next working day" */

/* A charge or a line of the schedule that found no counterpart. */
typedef struct {
    const ScheduleLine *line;
    const BilledLine *billed; /* NULL: of the schedule */
    gint64 term_id;
} Side;

typedef struct {
    BillPlan *plan;
    const BillLease *lease;
    Day through, adjust_on;
    GHashTable *keys; /* live keys -> BilledLine */
} Compare;

static void
line_free(gpointer data)
{
    BillLine *line = data;

    g_free(line->key);
    g_free(line->name);
    g_free(line);
}

void
bill_plan_free(BillPlan *plan)
{
    if (!plan)
        return;
    g_ptr_array_unref(plan->lines);
    g_ptr_array_unref(plan->made);
    g_clear_pointer(&plan->schedule, schedule_free);
    g_clear_error(&plan->failure);
    g_free(plan);
}

/* First days of the cycles that fall due within @from..@to. */
static void
cycle_starts(const TermDue *due, Day *from, Day *to)
{
    Day early = *from - (due->next_working ? HOLIDAYS_MAX : 0);

    switch (due->kind) {
    case DUE_DAYS_BEFORE:
        *from = early + due->days;
        *to += due->days;
        break;
    case DUE_DAYS_AFTER:
        *from = early - due->days;
        *to -= due->days;
        break;
    case DUE_DAY_OF_MONTH:
        *from = day_add_months(day_month_start(early), -due->month_offset);
        *to = day_month_end(day_add_months(day_month_start(*to), -due->month_offset));
        break;
    }
}

void
bill_window(const TermSet *set, Day due_from, Day due_to, Day *from, Day *to)
{
    *from = set->to;
    *to = set->from;
    for (guint i = 0; i < set->terms->len; i++) {
        const ChargeTerm *term = set->terms->pdata[i];
        Day first = due_from, last = due_to;
        cycle_starts(&term->due, &first, &last);
        *from = MIN(*from, first);
        *to = MAX(*to, term->cycle_months ? day_add_months(last, term->cycle_months) : set->to);
    }
    *from = MAX(*from, set->from);
    *to = MIN(*to, set->to);
}

gboolean
bill_counts(const LeaseTerms *terms, const ScheduleLine *line)
{
    if (line->kind == LINE_FREE || line->kind == LINE_AWAITING || (line->net_fen == 0 && line->gross_fen == 0))
        return FALSE;
    /* a settlement belongs to the day that it can be made on: the end of its period */
    return terms->bill_from == DAY_NONE || (line->kind == LINE_SETTLEMENT ? line->to : line->from) >= terms->bill_from;
}

static BillLine *
add_line(Compare *c, const ScheduleLine *line, gint64 term_id, char *key)
{
    BillLine *out = g_new0(BillLine, 1);

    out->line = line;
    out->term_id = term_id;
    out->key = key;
    g_ptr_array_add(c->plan->lines, out);
    return out;
}

/* A key that no live charge has: the same stretch may be corrected again and again. */
static char *
difference_key(const Compare *c, const ScheduleLine *line, const char *of_kind)
{
    for (guint n = 1;; n++) {
        g_autofree char *key
            = g_strdup_printf("%" G_GINT64_FORMAT ":adjustment.%s:%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%s:%" G_GINT64_FORMAT ":%u",
                              c->lease->terms.id, of_kind, line->unit ? line->unit : "", line->from, line->to, line->item, line->tax_rate_ppm, n);
        if (!g_hash_table_contains(c->keys, key))
            return g_steal_pointer(&key);
    }
}

char *
bill_key_class(const char *key)
{
    static const char mark[] = ":adjustment.";
    const char *at = key ? strstr(key, mark) : NULL;
    const char *end = at ? strchr(at + strlen(mark), ':') : NULL;

    return end ? g_strndup(at + strlen(mark), (gsize) (end - at) - strlen(mark)) : g_strdup("");
}

static int
compare_things(const ScheduleLine *a, const ScheduleLine *b)
{
    int order = strcmp(charge_schedule_kind(a), charge_schedule_kind(b));

    if (order == 0)
        order = g_strcmp0(a->item, b->item);
    if (order == 0)
        order = g_strcmp0(a->unit, b->unit);
    if (order == 0)
        order = a->tax_rate_ppm < b->tax_rate_ppm ? -1 : a->tax_rate_ppm > b->tax_rate_ppm;
    return order;
}

static int
compare_sides(gconstpointer a, gconstpointer b)
{
    const Side *x = a, *y = b;
    int order = compare_things(x->line, y->line);

    if (order == 0)
        order = x->line->from < y->line->from ? -1 : x->line->from > y->line->from;
    if (order == 0)
        order = x->line->to < y->line->to ? -1 : x->line->to > y->line->to;
    return order;
}

/* Lines of a stretch that nothing was billed for. */
static void
bill_stretch(Compare *c, const GArray *sides, guint begin, guint end)
{
    for (guint i = begin; i < end; i++) {
        const Side *side = &g_array_index(sides, Side, i);
        if (side->line->due_on > c->through)
            continue;
        char *key = charge_schedule_key(side->term_id, side->line);
        if (g_hash_table_contains(c->keys, key)) { /* billed at another tax rate, say */
            g_free(key);
            key = difference_key(c, side->line, charge_schedule_kind(side->line));
        }
        add_line(c, side->line, side->term_id, key);
    }
}

static void
post_difference(Compare *c, const GPtrArray *differences, const Side *first, gint64 term_id, const char *name)
{
    for (guint i = 0; i < differences->len; i++) {
        ScheduleLine *line = differences->pdata[i];
        BillLine *out = add_line(c, line, term_id, difference_key(c, line, charge_schedule_kind(first->line)));
        out->is_difference = TRUE;
        out->name = g_str_has_suffix(name, "差额") ? g_strdup(name) : g_strdup_printf("%s差额", name);
        g_ptr_array_add(c->plan->made, line);
    }
}

/* A stretch that charges lie in. What the merchant is owed comes at once; what is asked of them waits until all of it is due. */
static void
settle_stretch(Compare *c, const GArray *sides, guint begin, guint end)
{
    g_autoptr(GPtrArray) billed = g_ptr_array_new(), fresh = g_ptr_array_new();
    const Side *first = &g_array_index(sides, Side, begin);
    const char *name = "";
    gint64 sum_fen = 0, term_id = 0;
    gboolean is_due = TRUE;

    for (guint i = begin; i < end; i++) {
        const Side *side = &g_array_index(sides, Side, i);
        g_ptr_array_add(side->billed ? billed : fresh, (gpointer) side->line);
        sum_fen += side->billed ? -side->line->gross_fen : side->line->gross_fen;
        is_due = is_due && (side->billed || side->line->due_on <= c->through);
        if (!term_id || !side->billed)
            term_id = side->term_id;
        if (side->billed)
            name = side->billed->name;
    }
    c->plan->waits = c->plan->waits || !is_due;
    if (sum_fen > 0 && !is_due)
        return;
    g_autoptr(GPtrArray) differences = schedule_difference(billed, fresh, c->adjust_on);
    g_ptr_array_set_free_func(differences, NULL); /* they go to the plan */
    post_difference(c, differences, first, term_id, name);
}

static void
settle_all(Compare *c, GArray *sides)
{
    guint begin = 0;
    gboolean has_charge = FALSE;
    Day end = DAY_MIN;

    g_array_sort(sides, compare_sides);
    for (guint i = 0; i <= sides->len; i++) {
        const Side *side = i < sides->len ? &g_array_index(sides, Side, i) : NULL;
        gboolean breaks = i > begin
                          && (!side || side->line->from > end || compare_things(side->line, g_array_index(sides, Side, begin).line) != 0);
        if (breaks) {
            (has_charge ? settle_stretch : bill_stretch)(c, sides, begin, i);
            begin = i;
            end = DAY_MIN;
            has_charge = FALSE;
        }
        if (side) {
            end = MAX(end, side->line->to);
            has_charge = has_charge || side->billed;
        }
    }
}

static gboolean
agrees(const ScheduleLine *a, const ScheduleLine *b)
{
    return a->net_fen == b->net_fen && a->tax_fen == b->tax_fen && a->gross_fen == b->gross_fen && compare_things(a, b) == 0;
}

void
bill_compare(BillPlan *plan, const BillLease *lease, Day through, Day adjust_on)
{
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) agreed = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) sides = g_array_new(FALSE, FALSE, sizeof(Side));
    Compare c = { plan, lease, through, adjust_on, keys };

    for (guint i = 0; lease->billed && i < lease->billed->len; i++) {
        BilledLine *billed = lease->billed->pdata[i];
        g_hash_table_insert(keys, billed->key, billed);
    }
    for (guint i = 0; i < plan->schedule->lines->len; i++) {
        const ScheduleLine *line = plan->schedule->lines->pdata[i];
        gint64 term_id = g_array_index(lease->terms.term_ids, gint64, line->term);
        plan->awaiting += line->kind == LINE_AWAITING && line->due_on <= through;
        if (!bill_counts(&lease->terms, line) || (!lease->billed && line->due_on <= lease->through))
            continue;
        g_autofree char *key = charge_schedule_key(term_id, line);
        BilledLine *billed = g_hash_table_lookup(keys, key);
        const Side side = { line, NULL, term_id };
        if (billed && agrees(billed->line, line))
            g_hash_table_add(agreed, billed);
        else
            g_array_append_val(sides, side);
    }
    for (guint i = 0; lease->billed && i < lease->billed->len; i++) {
        BilledLine *billed = lease->billed->pdata[i];
        const Side side = { billed->line, billed, billed->term_id };
        if (!g_hash_table_contains(agreed, billed) && bill_counts(&lease->terms, billed->line))
            g_array_append_val(sides, side);
    }
    settle_all(&c, sides);
}

/* Days whose lines decide: since the mark, or all that runs bill, and what was billed of days to come. */
static void
place(const BillLease *lease, Day through, Day *from, Day *to)
{
    const LeaseTerms *terms = &lease->terms;

    bill_window(terms->set, lease->billed ? terms->from : lease->through + 1, through, from, to);
    if (!lease->billed)
        return;
    *from = terms->bill_from != DAY_NONE && terms->is_fixed ? MAX(terms->bill_from, terms->from) : terms->from;
    for (guint i = 0; i < lease->billed->len; i++)
        *to = MAX(*to, ((const BilledLine *) lease->billed->pdata[i])->line->to);
    *to = MIN(*to, terms->to);
}

BillPlan *
bill_plan(const BillLease *lease, Day through, Day adjust_on)
{
    BillPlan *plan = g_new0(BillPlan, 1);
    Day from, to;

    plan->lines = g_ptr_array_new_with_free_func(line_free);
    plan->made = g_ptr_array_new_with_free_func((GDestroyNotify) schedule_line_free);
    if (!lease->is_billable || (!lease->billed && lease->through >= through))
        return plan;
    place(lease, through, &from, &to);
    plan->schedule = schedule_window(lease->terms.set, from, to, &plan->failure);
    if (plan->schedule)
        bill_compare(plan, lease, through, adjust_on);
    return plan;
}

void
bill_plan_notes(const BillLease *lease, const BillPlan *plan, Day through, BillNote each, gpointer data)
{
    Day first = DAY_MAX, last = DAY_MIN;

    if (plan->failure)
        each(lease, "not_calculated", app_error_text(plan->failure, LANG_ZH), app_error_text(plan->failure, LANG_EN), data);
    if (!plan->awaiting)
        return;
    for (guint i = 0; i < plan->schedule->lines->len; i++) {
        const ScheduleLine *line = plan->schedule->lines->pdata[i];
        if (line->kind != LINE_AWAITING || line->due_on > through)
            continue;
        first = MIN(first, line->from);
        last = MAX(last, line->to);
    }
    g_autofree char *from = day_dup(first), *to = day_dup(last);
    g_autofree char *zh = g_strdup_printf("%s 至 %s 的提成租金等待销售额", from, to);
    g_autofree char *en = g_strdup_printf("turnover rent of %s to %s waits for sales", from, to);
    each(lease, "awaiting", zh, en, data);
}
