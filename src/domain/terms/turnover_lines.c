/* Turnover rent of one term: on account month by month, final when a settlement period is complete. */
#include "domain/terms/terms_internal.h"
#include "domain/terms/turnover.h"

typedef struct {
    Schedule *out;
    const TermSet *set;
    const ChargeTerm *term;
    int index;
    Day first, last;            /* of the term within the set */
    Day window_from, window_to; /* lines outside of these days only count: they are without words */
    guint base_begin, base_end; /* the base lines of this term in out->lines */
} Turnover;

static gint64
charged_days(const Turnover *t, Day from, Day to)
{
    gint64 days = 0;

    if (t->term->free->len == 0)
        return MAX(0, to - from + 1);
    for (Day day = from; day <= to; day++)
        days += term_is_free(t->term, day) ? 0 : 1;
    return days;
}

/* A month counts once it is over; before that its sales are still growing. */
static gboolean
month_sales(const Turnover *t, int month, gint64 *sales_fen)
{
    Day end = day_month_end(day_from_month_key(month));

    if (t->set->today != DAY_NONE && MIN(end, t->term->to) >= t->set->today)
        return FALSE;
    for (guint i = 0; i < t->set->sales->len; i++) {
        const TermSales *sales = &g_array_index(t->set->sales, TermSales, i);
        if (sales->month == month) {
            *sales_fen = sales->has_net && !t->term->turnover.sales_tax_included ? sales->net_fen
                                                                                 : sales->amount_fen;
            return TRUE;
        }
    }
    return FALSE;
}

/* Sales of the days @from..@to: whole months as reported, a month that lies in two periods or has free days
 * by its charged days. FALSE if a month is not reported. */
static gboolean
sales_between(const Turnover *t, Day from, Day to, gint64 *sum)
{
    *sum = 0;
    for (Day start = day_month_start(from); start <= to; start = day_month_end(start) + 1) {
        Day month_first = MAX(start, t->first);
        Day month_last = MIN(day_month_end(start), t->term->to);
        gint64 sales = 0;
        if (!month_sales(t, day_month_key(start), &sales))
            return FALSE;
        *sum +=
            muldiv_half_away(sales, charged_days(t, MAX(month_first, from), MIN(month_last, to)),
                             MAX(1, month_last - month_first + 1));
    }
    return TRUE;
}

static gint64
priced_amount(const ChargeTerm *term, const ScheduleLine *line)
{
    return term->tax_included ? line->gross_fen : line->net_fen;
}

/* Base rent of the days @from..@to; a line that reaches further counts by its days. */
static gint64
base_between(const Turnover *t, Day from, Day to)
{
    gint64 sum = 0;

    for (guint i = t->base_begin; i < t->base_end; i++) {
        const ScheduleLine *line = t->out->lines->pdata[i];
        Day lo = MAX(line->from, from);
        Day hi = MIN(line->to, to);
        if (lo <= hi)
            sum += muldiv_half_away(priced_amount(t->term, line), hi - lo + 1,
                                    line->to - line->from + 1);
    }
    return sum;
}

/* Sales are known only afterwards: the due rule counts from the day after the period, never earlier. */
static Day
due_after(const Turnover *t, Day last)
{
    TermDue rule = t->term->due;
    Day day;

    if (rule.kind == DUE_DAYS_BEFORE)
        rule.days = 0;
    rule.next_working = FALSE;
    day = MAX(last + 1, term_due_on(&rule, last + 1, NULL));
    return t->term->due.next_working ? work_calendar_next_working(t->set->calendar, day) : day;
}

static gboolean
is_wanted(const Turnover *t, Day from, Day to)
{
    return from <= t->window_to && to >= t->window_from;
}

/* An open array for the steps of a line; NULL if the line is only needed for its amount. transfer full. */
static JsonOut *
begin_working(const Turnover *t, Day from, Day to)
{
    JsonOut *working = is_wanted(t, from, to) ? json_out_new() : NULL;

    if (working != NULL)
        json_begin_array(working);
    return working;
}

static void
finish_line(Turnover *t, ScheduleLine *line, gint64 amount, JsonOut *working)
{
    line->due_on = due_after(t, line->to);
    line->tax_rate_ppm = term_tax_rate(t->term, line->to);
    line_set_amount(line, t->term, amount, working);
    if (working != NULL) {
        json_end_array(working);
        line->working = g_string_free(json_out_steal(working), FALSE);
    }
    g_ptr_array_add(t->out->lines, line);
}

static void
note(JsonOut *out, const char *op, const char *zh, const char *en)
{
    if (out == NULL)
        return;
    json_begin_object(out);
    json_kv_text(out, "op", op);
    json_kv_money(out, "result", 0);
    json_kv_text(out, "text_zh", zh);
    json_kv_text(out, "text_en", en);
    json_end_object(out);
}

static void
awaiting_line(Turnover *t, Day from, Day to)
{
    ScheduleLine *line;
    g_autoptr(JsonOut) working = begin_working(t, from, to);

    if (working == NULL)
        return;
    line = line_new(t->term, t->index, LINE_AWAITING, from, to);
    note(working, "awaiting_sales", "销售额尚未上报", "sales are not reported yet");
    json_end_array(working);
    line->due_on = due_after(t, to);
    line->working = g_string_free(json_out_steal(working), FALSE);
    g_ptr_array_add(t->out->lines, line);
}

/* Limits are for a whole settlement period: a month has its share, a cut month that share by days. */
static TurnoverScale
month_scale(const Turnover *t, Day from, Day to)
{
    gint64 whole = day_month_end(from) - day_month_start(from) + 1;
    TurnoverScale scale = { 1, term_settle_months(t->term->settle), 1, 1 };

    if (to - from + 1 != whole) {
        scale.limit_num = to - from + 1;
        scale.limit_den *= whole;
    }
    return scale;
}

static void
less_base_step(JsonOut *working, gint64 rent, gint64 base)
{
    g_autofree char *total = working_amount(rent);
    g_autofree char *base_text = working_amount(base);
    g_autofree char *rest = working_amount(rent - base);
    g_autofree char *zh = g_strdup_printf("%s − 已计保底 %s = %s", total, base_text, rest);
    g_autofree char *en = g_strdup_printf("%s − base billed %s = %s", total, base_text, rest);

    json_begin_object(working);
    json_kv_text(working, "op", "less_base");
    json_kv_money(working, "rent", rent);
    json_kv_money(working, "base", base);
    json_kv_money(working, "result", rent - base);
    json_kv_text(working, "text_zh", zh);
    json_kv_text(working, "text_en", en);
    json_end_object(working);
}

/* Turnover rent of one month over its base, as if the month were settled by itself. */
static gint64
month_amount(const Turnover *t, Day from, Day to, JsonOut *working)
{
    TurnoverScale scale = month_scale(t, from, to);
    gint64 base = base_between(t, from, to);
    gint64 sales = 0;
    TurnoverRent rent;

    sales_between(t, from, to, &sales);
    rent = turnover_rent(&t->term->turnover, t->term->model, base, sales, scale);
    if (working != NULL) {
        turnover_working(working, &t->term->turnover, t->term->model, base, scale, &rent);
        if (base != 0)
            less_base_step(working, rent.rent_fen, base);
    }
    return rent.rent_fen - base;
}

static void
free_piece(Turnover *t, Day from, Day to)
{
    ScheduleLine *line;
    g_autoptr(JsonOut) working = begin_working(t, from, to);

    if (working == NULL)
        return;
    line = line_new(t->term, t->index, LINE_FREE, from, to);
    working_free(working, from, to);
    json_end_array(working);
    line->due_on = due_after(t, to);
    line->working = g_string_free(json_out_steal(working), FALSE);
    g_ptr_array_add(t->out->lines, line);
}

/* Where each month is settled by itself, its amount is final at once. */
static ScheduleLineKind
month_kind(const Turnover *t)
{
    return t->term->settle == SETTLE_MONTHLY ? LINE_SETTLEMENT : LINE_PROVISIONAL;
}

/* The days of one month: pieces of free and of charged days. The month's amount stands on the first
 * charged piece. */
static void
month_lines(Turnover *t, Day from, Day to, gboolean known)
{
    gboolean amount_placed = FALSE;
    Day piece = from;

    for (Day day = from; day <= to; day++) {
        gboolean is_free = term_is_free(t->term, piece);
        g_autoptr(JsonOut) working = NULL;
        ScheduleLine *line;
        if (day < to && term_is_free(t->term, day + 1) == is_free)
            continue;
        if (is_free) {
            free_piece(t, piece, day);
        } else if (!known) {
            awaiting_line(t, piece, day);
        } else {
            working = begin_working(t, piece, day);
            line = line_new(t->term, t->index, month_kind(t), piece, day);
            if (amount_placed)
                note(working, "included", "已计入本月前一行", "included in the line before");
            finish_line(t, line, amount_placed ? 0 : month_amount(t, from, to, working), working);
            amount_placed = TRUE;
        }
        piece = day + 1;
    }
}

/* Models with a base: one line per month on top of the base, none for a month without turnover rent. */
static void
month_top_up(Turnover *t, Day from, Day to, gboolean known)
{
    g_autoptr(JsonOut) working = begin_working(t, from, to);
    gboolean over = t->set->today != DAY_NONE && to < t->set->today;
    gint64 amount;

    if (!known) {
        if (over && charged_days(t, from, to) > 0)
            awaiting_line(t, from, to);
        return;
    }
    amount = month_amount(t, from, to, working);
    /* On account nothing is given back: a month below its base waits for the settlement. */
    if (amount < 0 && t->term->settle != SETTLE_MONTHLY)
        amount = 0;
    if (amount != 0)
        finish_line(t, line_new(t->term, t->index, month_kind(t), from, to), amount, working);
}

/* Days of a whole period for "extend": the months after the first day, or before the last one. FALSE if
 * the term is too short to hold them. */
static gboolean
extended_period(const Turnover *t, Day from, Day to, gboolean is_first, Day longer[2])
{
    int months = term_settle_months(t->term->settle);

    if (is_first) {
        longer[0] = day_month_start(from) == from ? from : day_month_end(from) + 1;
        longer[1] = day_add_months_anchored(longer[0], months, 1) - 1;
    } else {
        longer[1] = day_month_end(to) == to ? to : day_month_start(to) - 1;
        longer[0] = day_add_months_anchored(longer[1] + 1, -months, 1);
    }
    return longer[0] >= t->first && longer[1] <= t->term->to;
}

static gint64
provisional_between(const Turnover *t, Day from, Day to)
{
    gint64 sum = 0;

    for (guint i = t->base_end; i < t->out->lines->len; i++) {
        const ScheduleLine *line = t->out->lines->pdata[i];
        /* A month in two periods is settled with the one in which it ends. */
        if (line->kind == LINE_PROVISIONAL && line->to >= from && line->to <= to)
            sum += priced_amount(t->term, line);
    }
    return sum;
}

static void
true_up_step(JsonOut *working, gint64 rent, gint64 base, gint64 billed)
{
    g_autofree char *total = working_amount(rent);
    g_autofree char *base_text = working_amount(base);
    g_autofree char *billed_text = working_amount(billed);
    g_autofree char *rest = working_amount(rent - base - billed);
    g_autofree char *zh = g_strdup_printf("结算 %s − 已计保底 %s − 预提 %s = %s", total, base_text,
                                          billed_text, rest);
    g_autofree char *en = g_strdup_printf("final %s − base billed %s − on account %s = %s", total,
                                          base_text, billed_text, rest);

    json_begin_object(working);
    json_kv_text(working, "op", "true_up");
    json_kv_money(working, "rent", rent);
    json_kv_money(working, "base", base);
    json_kv_money(working, "provisional", billed);
    json_kv_money(working, "result", rent - base - billed);
    json_kv_text(working, "text_zh", zh);
    json_kv_text(working, "text_en", en);
    json_end_object(working);
}

/* The final rent of the days @from..@to out of the settlement period @whole. Waits for missing sales. */
static void
settle_period(Turnover *t, Day from, Day to, const Day whole[2])
{
    TurnoverScale scale = TURNOVER_WHOLE;
    g_autoptr(JsonOut) working = begin_working(t, from, to);
    gint64 base = base_between(t, from, to);
    gint64 billed = provisional_between(t, from, to);
    Day longer[2];
    gint64 sales = 0;
    TurnoverRent rent;

    if (!sales_between(t, from, to, &sales))
        return;
    if (from != whole[0] || to != whole[1]) {
        scale.limit_num = to - from + 1;
        scale.limit_den = whole[1] - whole[0] + 1;
        if (t->term->partial_year == PARTIAL_EXTEND
            && extended_period(t, from, to, from != whole[0], longer)) {
            scale = (TurnoverScale){ 1, 1, scale.limit_num, scale.limit_den };
            if (!sales_between(t, longer[0], longer[1], &sales))
                return;
        }
    }
    rent = turnover_rent(&t->term->turnover, t->term->model, base, sales, scale);
    turnover_working(working, &t->term->turnover, t->term->model, base, scale, &rent);
    true_up_step(working, rent.rent_fen, base, billed);
    finish_line(t, line_new(t->term, t->index, LINE_SETTLEMENT, from, to),
                rent.rent_fen - base - billed, working);
}

/* Lines of the months that end in the settlement periods of the window, or touch the window itself. */
static void
add_months(Turnover *t, Day from, Day to)
{
    for (Day start = day_month_start(from); start <= to; start = day_month_end(start) + 1) {
        Day month_from = MAX(start, t->first);
        Day month_to = MIN(day_month_end(start), t->last);
        gint64 sales = 0;
        gboolean known = sales_between(t, month_from, month_to, &sales);
        if (t->term->model == TERM_TURNOVER)
            month_lines(t, month_from, month_to, known);
        else
            month_top_up(t, month_from, month_to, known);
    }
}

void
schedule_add_turnover(Schedule *out, const TermSet *set, int index, Day from, Day to)
{
    const ChargeTerm *term = set->terms->pdata[index];
    Turnover t = {
        .out = out, .set = set, .term = term, .index = index, .window_from = from, .window_to = to
    };
    Day whole[2];
    Day ignored;

    t.first = MAX(term->from, set->from);
    t.last = MIN(term->to, set->to);
    t.base_end = out->lines->len;
    t.base_begin = t.base_end;
    while (t.base_begin > 0
           && ((const ScheduleLine *) out->lines->pdata[t.base_begin - 1])->term == index)
        t.base_begin--;
    if (term->settle == SETTLE_MONTHLY) {
        add_months(&t, from, to);
        return;
    }
    term_settle_period(term, from, &whole[0], &ignored);
    term_settle_period(term, to, &ignored, &whole[1]);
    add_months(&t, MAX(whole[0], t.first), MIN(whole[1], t.last));
    for (Day day = from; day <= to; day = whole[1] + 1) {
        term_settle_period(term, day, &whole[0], &whole[1]);
        /* A period that goes on after the scheduled days is settled later, over all of its days. */
        if (MIN(whole[1], term->to) <= t.last)
            settle_period(&t, MAX(whole[0], t.first), MIN(whole[1], term->to), whole);
    }
}
