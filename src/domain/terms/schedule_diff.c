/* Difference of two schedules, for changes that reach into days already billed. */
#include "domain/terms/terms_internal.h"

#include <string.h>

/* A billed or a fresh line on its way to comparison. */
typedef struct {
    const ScheduleLine *line;
    int sign; /* +1 fresh, -1 billed */
} Side;

/* Earlier adjustments count with the base rent, so that a second change sets off the first. */
static gboolean
is_on_sales(const ScheduleLine *line)
{
    return line->kind == LINE_PROVISIONAL || line->kind == LINE_SETTLEMENT
           || line->kind == LINE_AWAITING;
}

/* Lines may only be set off against each other within one item, unit and tax rate; base rent and rent on
 * sales are different things too. */
static int
compare_group(const ScheduleLine *a, const ScheduleLine *b)
{
    int order;

    g_assert(a != NULL && b != NULL);
    order = g_strcmp0(a->item, b->item);
    if (order == 0)
        order = g_strcmp0(a->unit, b->unit);
    if (order == 0)
        order = (int) is_on_sales(a) - (int) is_on_sales(b);
    if (order == 0)
        order = a->tax_rate_ppm < b->tax_rate_ppm ? -1 : a->tax_rate_ppm > b->tax_rate_ppm;
    return order;
}

static int
compare_sides(gconstpointer a, gconstpointer b)
{
    const ScheduleLine *x = ((const Side *) a)->line;
    const ScheduleLine *y = ((const Side *) b)->line;
    int order = compare_group(x, y);

    if (order == 0)
        order = x->from < y->from ? -1 : x->from > y->from;
    if (order == 0)
        order = x->to < y->to ? -1 : x->to > y->to;
    return order;
}

static void
collect(GArray *sides, const GPtrArray *lines, int sign)
{
    for (guint i = 0; i < lines->len; i++) {
        Side side = { lines->pdata[i], sign };
        /* Free days and missing sales carry no money: nothing to set off. */
        if (side.line->gross_fen != 0 || side.line->net_fen != 0)
            g_array_append_val(sides, side);
    }
}

static void
write_working(ScheduleLine *line, gint64 fresh, gint64 billed)
{
    g_autoptr(JsonOut) out = json_out_new();
    g_autofree char *fresh_text = working_amount(fresh);
    g_autofree char *billed_text = working_amount(billed);
    g_autofree char *rest = working_amount(fresh - billed);
    g_autofree char *zh =
        g_strdup_printf("变更后 %s − 已出账 %s = %s", fresh_text, billed_text, rest);
    g_autofree char *en =
        g_strdup_printf("after the change %s − billed %s = %s", fresh_text, billed_text, rest);

    json_begin_array(out);
    json_begin_object(out);
    json_kv_text(out, "op", "difference");
    json_kv_money(out, "fresh", fresh);
    json_kv_money(out, "billed", billed);
    json_kv_money(out, "result", fresh - billed);
    json_kv_text(out, "text_zh", zh);
    json_kv_text(out, "text_en", en);
    json_end_object(out);
    json_end_array(out);
    line->working = g_string_free(json_out_steal(out), FALSE);
}

/* One adjustment for the sides @begin..@end-1, which overlap and belong together; none if they agree. */
static void
settle_cluster(GPtrArray *out, const GArray *sides, guint begin, guint end, Day due_on)
{
    const ScheduleLine *first = g_array_index(sides, Side, begin).line;
    ScheduleLine sum = { .from = first->from, .to = first->to };
    ScheduleLine *line;
    gint64 fresh = 0;
    gint64 billed = 0;

    for (guint i = begin; i < end; i++) {
        const Side *side = &g_array_index(sides, Side, i);
        sum.to = MAX(sum.to, side->line->to);
        sum.net_fen += side->sign * side->line->net_fen;
        sum.tax_fen += side->sign * side->line->tax_fen;
        sum.gross_fen += side->sign * side->line->gross_fen;
        *(side->sign > 0 ? &fresh : &billed) += side->line->gross_fen;
    }
    if (sum.net_fen == 0 && sum.tax_fen == 0 && sum.gross_fen == 0)
        return;
    line = g_new0(ScheduleLine, 1);
    *line = sum;
    line->term = -1;
    line->item = g_strdup(first->item);
    line->unit = g_strdup(first->unit);
    line->kind = LINE_ADJUSTMENT;
    line->cycle_from = sum.from;
    line->cycle_to = sum.to;
    line->due_on = due_on;
    line->tax_rate_ppm = first->tax_rate_ppm;
    write_working(line, fresh, billed);
    g_ptr_array_add(out, line);
}

GPtrArray *
schedule_difference(const GPtrArray *billed, const GPtrArray *fresh, Day due_on)
{
    GPtrArray *out = g_ptr_array_new_with_free_func((GDestroyNotify) schedule_line_free);
    g_autoptr(GArray) sides = g_array_new(FALSE, FALSE, sizeof(Side));
    guint begin = 0;
    Day end = DAY_MIN;

    collect(sides, billed, -1);
    collect(sides, fresh, 1);
    g_array_sort(sides, compare_sides);
    for (guint i = 0; i <= sides->len; i++) {
        const ScheduleLine *line = i < sides->len ? g_array_index(sides, Side, i).line : NULL;
        gboolean breaks = i > begin
                          && (line == NULL || line->from > end
                              || compare_group(line, g_array_index(sides, Side, begin).line) != 0);
        if (breaks) {
            settle_cluster(out, sides, begin, i, due_on);
            begin = i;
            end = DAY_MIN;
        }
        if (line != NULL)
            end = MAX(end, line->to);
    }
    return out;
}
