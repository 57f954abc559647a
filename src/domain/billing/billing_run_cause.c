/* billing_run_cause.c - why the bill of a month differs from that of the month before: for each lease and item, causes whose amounts add up
 * to the difference exactly. Pure. */
#include "domain/billing/billing_run_internal.h"

#include <string.h>

const EnumItem bill_cause_items[] = {
    [CAUSE_NEW_LEASE] = { "new_lease", "新合同起计", "New lease", TONE_GREEN },
    [CAUSE_NEW_TERM] = { "new_term", "新增费用", "New charge term", TONE_GREEN },
    [CAUSE_ENDED] = { "ended", "合同或费用结束", "Lease or term ended", TONE_RED },
    [CAUSE_STEP] = { "step", "价格递增", "Step of price", TONE_BLUE },
    [CAUSE_AREA] = { "area", "面积变化", "Change of area", TONE_BLUE },
    [CAUSE_FREE_END] = { "free_end", "免租期结束", "Free period ended", TONE_GREEN },
    [CAUSE_FREE_BEGIN] = { "free_begin", "进入免租期", "Free period began", TONE_AMBER },
    [CAUSE_CYCLE] = { "cycle", "账期轮次", "Billing cycle", TONE_GRAY },
    [CAUSE_ONE_OFF] = { "one_off", "一次性费用", "One-off", TONE_VIOLET },
    [CAUSE_SALES] = { "sales", "提成租金", "Turnover rent", TONE_VIOLET },
    [CAUSE_ADJUSTMENT] = { "adjustment", "差额调整", "Adjustments", TONE_AMBER },
    [CAUSE_TERMS_CHANGED] = { "terms_changed", "条款变更", "Changed terms", TONE_AMBER },
    [CAUSE_LATE] = { "late", "补出以前账期", "Earlier periods billed late", TONE_AMBER },
    [CAUSE_DAYS] = { "days", "计费天数", "Days billed", TONE_GRAY },
    [CAUSE_OTHER] = { "other", "其他", "Other", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};

/* Fixed rent of one term in both months. */
typedef struct {
    const BillLease *lease;
    const ChargeTerm *term; /* NULL: the lease has it no more */
    guint index;
    Day start, end; /* of what runs bill of it */
    gint64 before_fen, now_fen;
    Day before_from, before_to, now_from, now_to; /* DAY_NONE: nothing */
} Base;

static gboolean
find_term(const BillLease *lease, gint64 term_id, guint *index)
{
    for (guint i = 0; i < lease->terms.term_ids->len; i++) {
        if (g_array_index(lease->terms.term_ids, gint64, i) == term_id) {
            *index = i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
has_free_day(const Base *b, Day from, Day to)
{
    g_autoptr(Schedule) schedule = to < from ? NULL : schedule_window(b->lease->terms.set, from, to, NULL);

    for (guint i = 0; schedule && i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->kind == LINE_FREE && line->term == (int) b->index)
            return TRUE;
    }
    return FALSE;
}

static BillCause
cause_of_begin(const Base *b)
{
    if (b->now_from <= b->start)
        return b->term->from <= b->lease->terms.from || b->start == b->lease->terms.bill_from ? CAUSE_NEW_LEASE : CAUSE_NEW_TERM;
    if (has_free_day(b, b->now_from - 1, b->now_from - 1))
        return CAUSE_FREE_END;
    if (b->term->cycle_months != 1)
        return CAUSE_CYCLE;
    /* what came first was on the payment order */
    return b->now_from < day_add_months(b->start, 2) ? CAUSE_NEW_LEASE : CAUSE_OTHER;
}

static BillCause
cause_of_end(const Base *b)
{
    if (!b->lease->is_billable || b->before_to >= b->end)
        return CAUSE_ENDED;
    if (has_free_day(b, b->before_to + 1, b->before_to + 1))
        return CAUSE_FREE_BEGIN;
    return b->term->cycle_months != 1 ? CAUSE_CYCLE : CAUSE_OTHER;
}

static gint64
price_on(const Schedule *schedule, guint term, Day day)
{
    for (guint i = 0; i < schedule->prices->len; i++) {
        const SchedulePrice *price = schedule->prices->pdata[i];
        if (price->term == (int) term && price->from <= day && day <= price->to)
            return price->price_e4;
    }
    return 0;
}

static gboolean
area_changes(const Base *b)
{
    const GArray *areas = b->lease->terms.set->areas;

    for (guint i = 0; i < areas->len; i++) {
        const TermArea *area = &g_array_index(areas, TermArea, i);
        if (area->from > b->before_from && area->from <= b->now_to && (!b->term->unit || g_strcmp0(area->unit, b->term->unit) == 0))
            return TRUE;
    }
    return FALSE;
}

static BillCause
cause_of_rest(const Base *b, gint64 rest_fen)
{
    Day from = MIN(b->before_from, b->now_from), to = MAX(b->before_to, b->now_to);

    if (b->before_from <= b->start && rest_fen > 0)
        return has_free_day(b, b->before_from, b->now_to) ? CAUSE_FREE_END : CAUSE_NEW_LEASE;
    if (b->now_to >= b->end && rest_fen < 0)
        return CAUSE_ENDED;
    if (has_free_day(b, from - 1, to + 1))
        return rest_fen > 0 ? CAUSE_FREE_END : CAUSE_FREE_BEGIN;
    if (area_changes(b))
        return CAUSE_AREA;
    return b->now_to - b->now_from != b->before_to - b->before_from ? CAUSE_DAYS : CAUSE_OTHER;
}

/* Billed in both months: the part that the price makes, and the rest. */
static void
explain_both(const Base *b, gint64 *causes_fen)
{
    gint64 rest_fen = b->now_fen - b->before_fen;
    g_autoptr(Schedule) schedule = NULL;

    if (rest_fen == 0)
        return;
    schedule = schedule_window(b->lease->terms.set, MIN(b->before_from, b->now_from), MAX(b->before_to, b->now_to), NULL);
    gint64 old_e4 = schedule ? price_on(schedule, b->index, b->before_from) : 0;
    gint64 new_e4 = schedule ? price_on(schedule, b->index, b->now_to) : 0;
    if (old_e4 > 0 && new_e4 > 0 && old_e4 != new_e4) {
        gint64 step_fen = b->now_fen - muldiv_half_away(b->now_fen, old_e4, new_e4);
        causes_fen[CAUSE_STEP] += step_fen;
        rest_fen -= step_fen;
    }
    if (rest_fen != 0)
        causes_fen[cause_of_rest(b, rest_fen)] += rest_fen;
}

static void
explain_base(const Base *b, gboolean replaced, gint64 *causes_fen)
{
    gint64 difference_fen = b->now_fen - b->before_fen;

    if (!b->term)
        causes_fen[b->lease->is_billable ? CAUSE_TERMS_CHANGED : CAUSE_ENDED] += difference_fen;
    else if (replaced)
        causes_fen[CAUSE_TERMS_CHANGED] += difference_fen;
    else if (b->before_from == DAY_NONE)
        causes_fen[cause_of_begin(b)] += difference_fen;
    else if (b->now_from == DAY_NONE)
        causes_fen[cause_of_end(b)] += difference_fen;
    else
        explain_both(b, causes_fen);
}

static Base
base_of(const BillLease *lease, gint64 term_id)
{
    const LeaseTerms *terms = &lease->terms;
    Base b = { .lease = lease, .before_from = DAY_NONE, .before_to = DAY_NONE, .now_from = DAY_NONE, .now_to = DAY_NONE };

    if (!find_term(lease, term_id, &b.index))
        return b;
    b.term = terms->set->terms->pdata[b.index];
    b.start = MAX(MAX(b.term->from, terms->from), terms->bill_from); /* DAY_NONE is less than any day */
    b.end = MIN(b.term->to, terms->to);
    return b;
}

static void
add_part(Base *b, const BillPart *part)
{
    Day *from = part->is_now ? &b->now_from : &b->before_from, *to = part->is_now ? &b->now_to : &b->before_to;

    *(part->is_now ? &b->now_fen : &b->before_fen) += part->gross_fen;
    *from = *from == DAY_NONE ? part->from : MIN(*from, part->from);
    *to = *to == DAY_NONE ? part->to : MAX(*to, part->to);
}

/* The cause that the charge says by itself; CAUSE__N where the term must be looked at. */
static BillCause
cause_of_kind(const BillLease *lease, const BillPart *part, Day month_on)
{
    guint index = 0;
    Day own_month_on = part->is_now ? month_on : day_month_start(month_on - 1);

    if (strcmp(part->kind, "adjustment") == 0)
        return CAUSE_ADJUSTMENT;
    if (strcmp(part->kind, "fixed") != 0)
        return CAUSE_SALES;
    if (part->due_on < own_month_on)
        return CAUSE_LATE;
    return find_term(lease, part->term_id, &index)
                   && ((const ChargeTerm *) lease->terms.set->terms->pdata[index])->basis == BASIS_ONCE
               ? CAUSE_ONE_OFF
               : CAUSE__N;
}

static void
change_free(gpointer data)
{
    BillChange *change = data;

    g_free(change->item);
    g_free(change);
}

static BillChange *
change_of(GPtrArray *changes, const char *item)
{
    for (guint i = 0; i < changes->len; i++) {
        BillChange *change = changes->pdata[i];
        if (strcmp(change->item, item) == 0)
            return change;
    }
    BillChange *change = g_new0(BillChange, 1);
    change->item = g_strdup(item);
    g_ptr_array_add(changes, change);
    return change;
}

/* A term of the item was billed before that the lease has no more: another has come in its place. */
static gboolean
was_replaced(const BillLease *lease, const GArray *parts, const char *item)
{
    guint index = 0;

    for (guint i = 0; i < parts->len; i++) {
        const BillPart *part = &g_array_index(parts, BillPart, i);
        if (!part->is_now && strcmp(part->item, item) == 0 && !find_term(lease, part->term_id, &index))
            return TRUE;
    }
    return FALSE;
}

/* The part is the first of its term: the whole of the term is explained with it. */
static gboolean
comes_first(const BillLease *lease, const GArray *parts, guint n, Day month_on)
{
    const BillPart *part = &g_array_index(parts, BillPart, n);

    for (guint i = 0; i < n; i++) {
        const BillPart *other = &g_array_index(parts, BillPart, i);
        if (other->term_id == part->term_id && strcmp(other->item, part->item) == 0 && cause_of_kind(lease, other, month_on) == CAUSE__N)
            return FALSE;
    }
    return TRUE;
}

GPtrArray *
bill_explain(const BillLease *lease, const GArray *parts, Day month_on)
{
    GPtrArray *changes = g_ptr_array_new_with_free_func(change_free);

    for (guint i = 0; i < parts->len; i++) {
        const BillPart *part = &g_array_index(parts, BillPart, i);
        BillChange *change = change_of(changes, part->item);
        BillCause cause = cause_of_kind(lease, part, month_on);
        *(part->is_now ? &change->now_fen : &change->before_fen) += part->gross_fen;
        if (cause != CAUSE__N)
            change->causes_fen[cause] += part->is_now ? part->gross_fen : -part->gross_fen;
        if (cause != CAUSE__N || !comes_first(lease, parts, i, month_on))
            continue;
        Base base = base_of(lease, part->term_id);
        for (guint k = i; k < parts->len; k++) {
            const BillPart *other = &g_array_index(parts, BillPart, k);
            if (other->term_id == part->term_id && strcmp(other->item, part->item) == 0 && cause_of_kind(lease, other, month_on) == CAUSE__N)
                add_part(&base, other);
        }
        explain_base(&base, was_replaced(lease, parts, part->item), change->causes_fen);
    }
    return changes;
}
