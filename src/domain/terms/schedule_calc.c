/* From terms to lines: cut the days wherever anything changes, then price each piece.
 * Source: docs/domain/lease-terms.md. */
#include "domain/terms/terms_internal.h"

/* price x area stays below this, so that no product of a line leaves 128 bits. */
#define PRICE_AREA_MAX ((Wide) MONEY_MAX_FEN * 1000000000000)

typedef struct {
    const TermSet *set;
    const ChargeTerm *term;
    int index;
    Day first, last; /* of the term within the set */
    Day walk_from,
        walk_to; /* of those, the days that are cut and priced; they begin and end with a cut */
    Day window_from, window_to; /* of those, the days whose lines are wanted */
    GArray *points;             /* of PricePoint */
    Schedule *out;
} Build;

/* Area in force on @day for @term; FALSE if none is known. */
static gboolean
area_on(const TermSet *set, const ChargeTerm *term, Day day, gint64 *area_dm2)
{
    gint64 sum = 0;
    gboolean found = FALSE;

    for (guint i = 0; i < set->areas->len; i++) {
        const TermArea *area = &g_array_index(set->areas, TermArea, i);
        gboolean superseded = FALSE;
        if (area->from > day || (term->unit != NULL && g_strcmp0(area->unit, term->unit) != 0))
            continue;
        for (guint k = 0; k < set->areas->len && !superseded; k++) {
            const TermArea *other = &g_array_index(set->areas, TermArea, k);
            superseded = other->from <= day && g_strcmp0(other->unit, area->unit) == 0
                         && (other->from > area->from || (other->from == area->from && k > i));
        }
        if (!superseded) {
            sum += area->area_dm2;
            found = TRUE;
        }
    }
    *area_dm2 = sum;
    return found;
}

static int
compare_days(gconstpointer a, gconstpointer b)
{
    Day x = *(const Day *) a;
    Day y = *(const Day *) b;

    return x < y ? -1 : x > y;
}

static void
add_cut(GArray *cuts, const Build *b, Day day)
{
    if (day > b->walk_from && day <= b->walk_to)
        g_array_append_val(cuts, day);
}

static void
cut_at_cycles(GArray *cuts, const Build *b)
{
    Day from;
    Day to;

    for (Day day = b->walk_from; day <= b->walk_to; day = to + 1) {
        term_cycle(b->term, day, &from, &to);
        add_cut(cuts, b, from);
    }
    /* Where turnover is settled against the base, no base line may lie in two settlement periods. */
    if (b->term->model == TERM_FIXED)
        return;
    for (Day day = b->walk_from; day <= b->walk_to; day = to + 1) {
        term_settle_period(b->term, day, &from, &to);
        add_cut(cuts, b, from);
    }
}

/* A cut where being free begins or ends; ranges may overlap or touch, so both sides are asked. */
static void
cut_if_free_changes(GArray *cuts, const Build *b, Day day)
{
    if (day > b->walk_from && day <= b->walk_to
        && term_is_free(b->term, day) != term_is_free(b->term, day - 1))
        add_cut(cuts, b, day);
}

/* Free days of every year. What begins on 29 February begins on 1 March of a common year. */
static void
cut_at_yearly_days(GArray *cuts, const Build *b, const TermFree *f)
{
    for (int year = day_to_ymd(b->walk_from).year - 1; year <= day_to_ymd(b->walk_to).year;
         year++) {
        Day first = day_from_ymd_clamped(year, f->from_md / 100, f->from_md % 100);
        cut_if_free_changes(cuts, b, first);
        cut_if_free_changes(cuts, b, first + 1);
        cut_if_free_changes(cuts, b,
                            day_from_ymd_clamped(year, f->to_md / 100, f->to_md % 100) + 1);
    }
}

static void
cut_at_free_days(GArray *cuts, const Build *b)
{
    for (guint i = 0; i < b->term->free->len; i++) {
        const TermFree *f = &g_array_index(b->term->free, TermFree, i);
        if (f->yearly) {
            cut_at_yearly_days(cuts, b, f);
        } else {
            cut_if_free_changes(cuts, b, f->from);
            cut_if_free_changes(cuts, b, f->to + 1);
        }
    }
}

/* First days of all pieces, ascending, without repetition. transfer full. */
static GArray *
find_cuts(const Build *b)
{
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(Day));
    guint kept = 0;

    g_array_append_val(cuts, b->walk_from);
    cut_at_cycles(cuts, b);
    cut_at_free_days(cuts, b);
    for (guint i = 0; i < b->points->len; i++)
        add_cut(cuts, b, g_array_index(b->points, PricePoint, i).from);
    for (guint i = 0; i < b->term->tax->len; i++)
        add_cut(cuts, b, g_array_index(b->term->tax, TermTax, i).from);
    for (guint i = 0; basis_is_per_m2(b->term->basis) && i < b->set->areas->len; i++) {
        const TermArea *area = &g_array_index(b->set->areas, TermArea, i);
        if (b->term->unit == NULL || g_strcmp0(area->unit, b->term->unit) == 0)
            add_cut(cuts, b, area->from);
    }
    g_array_sort(cuts, compare_days);
    for (guint i = 1; i < cuts->len; i++) {
        if (g_array_index(cuts, Day, i) != g_array_index(cuts, Day, kept))
            g_array_index(cuts, Day, ++kept) = g_array_index(cuts, Day, i);
    }
    g_array_set_size(cuts, kept + 1);
    return cuts;
}

ScheduleLine *
line_new(const ChargeTerm *term, int index, ScheduleLineKind kind, Day from, Day to)
{
    ScheduleLine *line = g_new0(ScheduleLine, 1);

    line->term = index;
    line->item = g_strdup(term->item);
    line->unit = g_strdup(term->unit);
    line->kind = kind;
    line->from = from;
    line->to = to;
    line->cycle_from = from;
    line->cycle_to = to;
    line->due_on = DAY_NONE;
    return line;
}

static void
place_in_cycle(ScheduleLine *line, const Build *b)
{
    term_cycle(b->term, line->from, &line->cycle_from, &line->cycle_to);
    line->due_on = term_due_on(&b->term->due, line->cycle_from, b->set->calendar);
}

static gboolean
is_wanted(const Build *b, Day from, Day to)
{
    return from <= b->window_to && to >= b->window_from;
}

static void
free_line(const Build *b, Day from, Day to)
{
    ScheduleLine *line;
    g_autoptr(JsonOut) working = NULL;

    if (!is_wanted(b, from, to))
        return;
    line = line_new(b->term, b->index, LINE_FREE, from, to);
    working = json_out_new();
    place_in_cycle(line, b);
    json_begin_array(working);
    working_free(working, from, to);
    json_end_array(working);
    line->working = g_string_free(json_out_steal(working), FALSE);
    g_ptr_array_add(b->out->lines, line);
}

static gboolean
complain(const Build *b, const char *name, const char *token, const char *zh, const char *en,
         GError **error)
{
    g_autofree char *field = g_strdup_printf("terms[%d].%s", b->index, name);

    return app_error_field(error, field, token, "%s%.0s", "%.0s%s", zh, en);
}

/* Price, quantity and working of a billed line, and its amounts. */
static void
say_billed(ScheduleLine *line, const ChargeTerm *term, const PricePoint *point, gint64 area_dm2,
           const GArray *parts, gint64 amount_fen)
{
    g_autoptr(JsonOut) working = json_out_new();
    g_autofree char *months = term_parts_quantity(parts);

    line->price = price_exact_text(point->used, basis_is_per_m2(term->basis) ? 4 : 2);
    if (basis_is_per_m2(term->basis)) {
        g_autofree char *area_text = area_format(area_dm2);
        line->quantity =
            g_strdup_printf(parts->len > 1 ? "%s × (%s)" : "%s × %s", area_text, months);
    } else {
        line->quantity = g_steal_pointer(&months);
    }
    json_begin_array(working);
    working_price(working, point);
    working_parts(working, term, point->used, area_dm2, parts, amount_fen);
    line_set_amount(line, term, amount_fen, working);
    json_end_array(working);
    line->working = g_string_free(json_out_steal(working), FALSE);
}

static gboolean
billed_line(const Build *b, Day from, Day to, GError **error)
{
    const ChargeTerm *term = b->term;
    const PricePoint *point =
        &g_array_index(b->points, PricePoint, price_point_on(b->points, from));
    g_autoptr(ScheduleLine) line = line_new(term, b->index, LINE_BILLED, from, to);
    g_autoptr(GArray) parts = NULL;
    gint64 area = AREA_ONE;
    gint64 amount;

    if (basis_is_per_m2(term->basis) && !area_on(b->set, term, from, &area)) {
        g_autofree char *zh = g_strdup_printf("%s 没有计租面积", day_format(from, (char[11]){ 0 }));
        g_autofree char *en =
            g_strdup_printf("there is no area in force on %s", day_format(from, (char[11]){ 0 }));
        return complain(b, "basis", "area", zh, en, error);
    }
    if (area < 0 || area > AREA_MAX_DM2 || point->used * area > PRICE_AREA_MAX)
        return complain(b, "price", "range", "金额太大", "the amount is too large", error);
    parts = term_parts(term, b->first, b->last, from, to);
    amount = term_round_line(term, point->used, area, parts);
    if (amount > MONEY_MAX_FEN)
        return complain(b, "price", "range", "金额太大", "the amount is too large", error);
    place_in_cycle(line, b);
    line->price_e4 = price_exact_to_e4(point->used);
    line->tax_rate_ppm = term_tax_rate(term, from);
    if (is_wanted(b, from, to))
        say_billed(line, term, point, area, parts, amount);
    else
        line_set_amount(line, term, amount, NULL);
    g_ptr_array_add(b->out->lines, g_steal_pointer(&line));
    return TRUE;
}

static void
list_prices(const Build *b)
{
    for (guint i = 0; i < b->points->len; i++) {
        const PricePoint *point = &g_array_index(b->points, PricePoint, i);
        Day last =
            i + 1 < b->points->len ? g_array_index(b->points, PricePoint, i + 1).from - 1 : b->last;
        SchedulePrice *price;
        if (last < b->window_from || point->from > b->window_to)
            continue;
        price = g_new0(SchedulePrice, 1);
        price->term = b->index;
        price->item = g_strdup(b->term->item);
        price->unit = g_strdup(b->term->unit);
        price->from = MAX(point->from, b->first);
        price->to = MIN(last, b->last);
        price->price = price_exact_text(point->used, basis_is_per_m2(b->term->basis) ? 4 : 2);
        price->price_e4 = price_exact_to_e4(point->used);
        g_ptr_array_add(b->out->prices, price);
    }
}

static gboolean
build_base(const Build *b, GError **error)
{
    g_autoptr(GArray) cuts = NULL;

    list_prices(b);
    if (b->term->basis == BASIS_ONCE)
        return b->term->from < b->set->from || billed_line(b, b->first, b->last, error);
    cuts = find_cuts(b);
    for (guint i = 0; i < cuts->len; i++) {
        Day from = g_array_index(cuts, Day, i);
        Day to = i + 1 < cuts->len ? g_array_index(cuts, Day, i + 1) - 1 : b->walk_to;
        if (term_is_free(b->term, from))
            free_line(b, from, to);
        else if (!billed_line(b, from, to, error))
            return FALSE;
    }
    return TRUE;
}

static GArray *
price_points(const Build *b, GError **error)
{
    GError *inner = NULL;
    GArray *points = term_price_points(b->term, b->set, &inner);

    if (points == NULL) {
        g_autofree char *prefix = g_strdup_printf("terms[%d].", b->index);
        app_error_take_fields(error, prefix, inner);
    }
    return points;
}

/* All lines together stay within the range of money, so that no sum of them can overflow. */
static gboolean
total_is_in_range(const Build *b, GError **error)
{
    Wide sum = 0;

    for (guint i = 0; i < b->out->lines->len; i++) {
        const ScheduleLine *line = b->out->lines->pdata[i];
        sum += ABS(line->gross_fen);
    }
    return sum <= MONEY_MAX_FEN
           || complain(b, "price", "range", "金额太大", "the amount is too large", error);
}

/* Days that must be priced so that every line of the window is known: whole bills, and for models with
 * turnover the settlement periods with their months. */
static void
place_walk(Build *b)
{
    Day from = b->window_from;
    Day to = b->window_to;
    Day ignored;

    if (b->term->model != TERM_FIXED) {
        Day period_from;
        Day period_to;
        term_settle_period(b->term, from, &period_from, &ignored);
        term_settle_period(b->term, to, &ignored, &period_to);
        from = MAX(b->first, day_month_start(MAX(period_from, b->first)));
        to = MIN(b->last, day_month_end(MIN(period_to, b->last)));
    }
    term_cycle(b->term, from, &b->walk_from, &ignored);
    term_cycle(b->term, to, &ignored, &b->walk_to);
    b->walk_from = MAX(b->walk_from, b->first);
    b->walk_to = MIN(b->walk_to, b->last);
}

/* Drops the lines from @begin on that lie outside the window: they were needed for a settlement only. */
static void
keep_window(const Build *b, guint begin)
{
    guint kept = begin;
    GPtrArray *lines = b->out->lines;

    for (guint i = begin; i < lines->len; i++) {
        ScheduleLine *line = lines->pdata[i];
        if (!is_wanted(b, line->from, line->to))
            continue;
        lines->pdata[i] = lines->pdata[kept];
        lines->pdata[kept++] = line;
    }
    g_ptr_array_set_size(lines, (int) kept);
}

static gboolean
build_term(Build *b, GError **error)
{
    guint begin = b->out->lines->len;

    place_walk(b);
    if (b->term->model != TERM_TURNOVER) {
        g_autoptr(GArray) points = b->points = price_points(b, error);
        if (points == NULL || !build_base(b, error) || !total_is_in_range(b, error))
            return FALSE;
    }
    if (b->term->model != TERM_FIXED) {
        schedule_add_turnover(b->out, b->set, b->index, b->window_from, b->window_to);
        if (!total_is_in_range(b, error))
            return FALSE;
    }
    keep_window(b, begin);
    return TRUE;
}

Schedule *
schedule_window(const TermSet *set, Day from, Day to, GError **error)
{
    g_autoptr(Schedule) out = schedule_new();

    if (!term_set_check(set, error))
        return NULL;
    for (guint i = 0; i < set->terms->len; i++) {
        const ChargeTerm *term = set->terms->pdata[i];
        Build b = { .set = set, .term = term, .index = (int) i, .out = out };
        b.first = MAX(term->from, set->from);
        b.last = MIN(term->to, set->to);
        b.window_from = MAX(b.first, from);
        b.window_to = MIN(b.last, to);
        if (b.window_from <= b.window_to && !build_term(&b, error))
            return NULL;
    }
    return g_steal_pointer(&out);
}

Schedule *
schedule_build(const TermSet *set, GError **error)
{
    return schedule_window(set, set->from, set->to, error);
}
