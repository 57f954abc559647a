#include "domain/terms/terms.h"

#include "domain/terms/terms_internal.h"

static void
area_clear(gpointer data)
{
    g_free(((TermArea *) data)->unit);
}

static void
index_value_clear(gpointer data)
{
    g_free(((TermIndexValue *) data)->table);
}

ChargeTerm *
charge_term_new(void)
{
    ChargeTerm *term = g_new0(ChargeTerm, 1);

    term->from = DAY_NONE;
    term->to = DAY_NONE;
    term->basis = BASIS_PER_MONTH;
    term->steps = g_array_new(FALSE, TRUE, sizeof(TermStep));
    term->free = g_array_new(FALSE, TRUE, sizeof(TermFree));
    term->tax = g_array_new(FALSE, TRUE, sizeof(TermTax));
    term->cycle_months = 1;
    term->tax_included = TRUE;
    term->index.share_ppm = RATE_ONE_PPM;
    return term;
}

void
charge_term_free(ChargeTerm *term)
{
    if (term == NULL)
        return;
    g_free(term->item);
    g_free(term->unit);
    g_array_unref(term->steps);
    g_array_unref(term->free);
    g_array_unref(term->tax);
    g_clear_pointer(&term->turnover.tiers, g_array_unref);
    g_strfreev(term->turnover.exclusions);
    g_free(term->index.table);
    g_free(term);
}

ChargeTerm *
charge_term_dup(const ChargeTerm *term)
{
    ChargeTerm *copy = g_new(ChargeTerm, 1);

    *copy = *term;
    copy->item = g_strdup(term->item);
    copy->unit = g_strdup(term->unit);
    copy->steps = g_array_copy(term->steps);
    copy->free = g_array_copy(term->free);
    copy->tax = g_array_copy(term->tax);
    copy->turnover.tiers = term->turnover.tiers ? g_array_copy(term->turnover.tiers) : NULL;
    copy->turnover.exclusions = g_strdupv(term->turnover.exclusions);
    copy->index.table = g_strdup(term->index.table);
    return copy;
}

TermSet *
term_set_new(void)
{
    TermSet *set = g_new0(TermSet, 1);

    set->from = DAY_NONE;
    set->to = DAY_NONE;
    set->today = DAY_NONE;
    set->areas = g_array_new(FALSE, TRUE, sizeof(TermArea));
    g_array_set_clear_func(set->areas, area_clear);
    set->terms = g_ptr_array_new_with_free_func((GDestroyNotify) charge_term_free);
    set->sales = g_array_new(FALSE, TRUE, sizeof(TermSales));
    set->indexes = g_array_new(FALSE, TRUE, sizeof(TermIndexValue));
    g_array_set_clear_func(set->indexes, index_value_clear);
    return set;
}

void
term_set_free(TermSet *set)
{
    if (set == NULL)
        return;
    g_array_unref(set->areas);
    g_ptr_array_unref(set->terms);
    g_array_unref(set->sales);
    g_array_unref(set->indexes);
    g_free(set);
}

void
term_set_add_area(TermSet *set, const char *unit, Day from, gint64 area_dm2)
{
    TermArea area = { .from = from, .area_dm2 = area_dm2, .unit = g_strdup(unit) };

    g_array_append_val(set->areas, area);
}

void
term_set_add_sales(TermSet *set, int month, gint64 amount_fen)
{
    TermSales sales = { .month = month, .amount_fen = amount_fen };

    g_array_append_val(set->sales, sales);
}

void
term_set_add_sales_net(TermSet *set, int month, gint64 amount_fen, gint64 net_fen)
{
    TermSales sales = { .month = month, .amount_fen = amount_fen, .has_net = TRUE, .net_fen = net_fen };

    g_array_append_val(set->sales, sales);
}

void
term_set_add_index(TermSet *set, const char *table, int month, gint64 value_e4)
{
    TermIndexValue value = { .table = g_strdup(table), .month = month, .value_e4 = value_e4 };

    g_array_append_val(set->indexes, value);
}

void
schedule_line_free(ScheduleLine *line)
{
    if (line == NULL)
        return;
    g_free(line->item);
    g_free(line->unit);
    g_free(line->price);
    g_free(line->quantity);
    g_free(line->working);
    g_free(line);
}

static void
schedule_price_free(gpointer data)
{
    SchedulePrice *price = data;

    g_free(price->item);
    g_free(price->unit);
    g_free(price->price);
    g_free(price);
}

Schedule *
schedule_new(void)
{
    Schedule *schedule = g_new0(Schedule, 1);

    schedule->lines = g_ptr_array_new_with_free_func((GDestroyNotify) schedule_line_free);
    schedule->prices = g_ptr_array_new_with_free_func(schedule_price_free);
    return schedule;
}

void
schedule_free(Schedule *schedule)
{
    if (schedule == NULL)
        return;
    g_ptr_array_unref(schedule->lines);
    g_ptr_array_unref(schedule->prices);
    g_free(schedule);
}

gint64
schedule_total(const Schedule *schedule, const char *item)
{
    gint64 total = 0;

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (item == NULL || g_strcmp0(line->item, item) == 0)
            total += line->gross_fen;
    }
    return total;
}
