#include "domain/terms/terms_internal.h"
#include "domain/terms/terms_json.h"

#include <string.h>

static void
kv_owned(JsonOut *out, const char *key, char *text)
{
    json_kv_text(out, key, text);
    g_free(text);
}

static void
kv_month(JsonOut *out, const char *key, int month)
{
    kv_owned(out, key, g_strdup_printf("%04d-%02d", month / 100, month % 100));
}

static char *
price_text(const ChargeTerm *term, gint64 price_e4)
{
    return decimal_format(price_e4, 4, basis_is_per_m2(term->basis) ? 4 : 2);
}

static void
write_steps(JsonOut *out, const ChargeTerm *term)
{
    json_key(out, "steps");
    json_begin_array(out);
    for (guint i = 0; i < term->steps->len; i++) {
        const TermStep *step = &g_array_index(term->steps, TermStep, i);
        json_begin_object(out);
        if (step->every_months == 0) {
            json_kv_day(out, "from", step->from);
            kv_owned(out, "price", price_text(term, step->price_e4));
        } else {
            json_kv_int(out, "every_months", step->every_months);
            json_kv_day(out, "first_on", step->from);
            if (step->is_percent)
                kv_owned(out, "percent", percent_format(step->percent_ppm));
            else
                kv_owned(out, "amount", price_text(term, step->amount_e4));
            json_kv_bool(out, "compound", step->compound);
            json_kv_text(out, "round", term_step_round_tokens[step->floor_yuan ? 1 : 0]);
        }
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_free(JsonOut *out, const ChargeTerm *term)
{
    json_key(out, "free");
    json_begin_array(out);
    for (guint i = 0; i < term->free->len; i++) {
        const TermFree *f = &g_array_index(term->free, TermFree, i);
        json_begin_object(out);
        if (f->yearly) {
            kv_owned(out, "yearly",
                     g_strdup_printf("%02d-%02d..%02d-%02d", f->from_md / 100, f->from_md % 100,
                                     f->to_md / 100, f->to_md % 100));
        } else {
            json_kv_day(out, "from", f->from);
            json_kv_day(out, "to", f->to);
        }
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_due(JsonOut *out, const TermDue *due)
{
    json_key(out, "due");
    json_begin_object(out);
    switch (due->kind) {
    case DUE_DAYS_BEFORE:
        json_kv_int(out, "days_before", due->days);
        break;
    case DUE_DAYS_AFTER:
        json_kv_int(out, "days_after", due->days);
        break;
    case DUE_DAY_OF_MONTH:
        json_kv_int(out, "day", due->day);
        json_kv_text(out, "month", term_month_offset_tokens[due->month_offset + 1]);
        break;
    }
    json_kv_text(out, "holiday", term_holiday_tokens[due->next_working ? 1 : 0]);
    json_end_object(out);
}

static void
write_turnover(JsonOut *out, const TermTurnover *turnover)
{
    json_key(out, "turnover");
    json_begin_object(out);
    if (turnover->tiers == NULL) {
        kv_owned(out, "percent", percent_format(turnover->percent_ppm));
    } else {
        json_key(out, "tiers");
        json_begin_array(out);
        for (guint i = 0; i < turnover->tiers->len; i++) {
            const TurnoverTier *tier = &g_array_index(turnover->tiers, TurnoverTier, i);
            json_begin_object(out);
            json_kv_money(out, "above", tier->above_fen);
            kv_owned(out, "percent", percent_format(tier->percent_ppm));
            json_end_object(out);
        }
        json_end_array(out);
        json_kv_text(out, "scale", term_scale_tokens[turnover->slices ? 1 : 0]);
    }
    if (turnover->breakpoint == BREAKPOINT_NATURAL)
        json_kv_text(out, "breakpoint", "natural");
    else if (turnover->breakpoint == BREAKPOINT_AMOUNT)
        json_kv_money(out, "breakpoint", turnover->breakpoint_fen);
    if (turnover->has_minimum)
        json_kv_money(out, "minimum", turnover->minimum_fen);
    if (turnover->has_maximum)
        json_kv_money(out, "maximum", turnover->maximum_fen);
    if (turnover->deemed_sales_fen != 0)
        json_kv_money(out, "deemed_sales", turnover->deemed_sales_fen);
    json_kv_bool(out, "sales_tax_included", turnover->sales_tax_included);
    json_key(out, "exclusions");
    json_begin_array(out);
    for (char **text = turnover->exclusions; text != NULL && *text != NULL; text++)
        json_text(out, *text);
    json_end_array(out);
    json_end_object(out);
}

static void
write_tax(JsonOut *out, const GArray *tax)
{
    const TermTax *first = tax->len > 0 ? &g_array_index(tax, TermTax, 0) : NULL;

    if (tax->len <= 1 && (first == NULL || first->from == DAY_MIN)) {
        kv_owned(out, "tax_rate", percent_format(first ? first->rate_ppm : 0));
        return;
    }
    json_key(out, "tax_rate");
    json_begin_array(out);
    for (guint i = 0; i < tax->len; i++) {
        const TermTax *entry = &g_array_index(tax, TermTax, i);
        json_begin_object(out);
        if (entry->from != DAY_MIN)
            json_kv_day(out, "from", entry->from);
        kv_owned(out, "percent", percent_format(entry->rate_ppm));
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_late(JsonOut *out, const TermLate *late)
{
    if (late->percent_per_day_ppm == 0)
        return;
    json_key(out, "late");
    json_begin_object(out);
    kv_owned(out, "percent_per_day", percent_format(late->percent_per_day_ppm));
    json_kv_int(out, "grace_days", late->grace_days);
    if (late->cap_kind == CAP_PERCENT) {
        kv_owned(out, "cap", percent_format(late->cap));
    } else if (late->cap_kind == CAP_AMOUNT) {
        json_key(out, "cap");
        json_begin_object(out);
        json_kv_money(out, "amount", late->cap);
        json_end_object(out);
    }
    json_end_object(out);
}

static void
write_index(JsonOut *out, const TermIndex *index)
{
    if (index->table == NULL)
        return;
    json_key(out, "index");
    json_begin_object(out);
    json_kv_text(out, "table", index->table);
    kv_month(out, "base_month", index->base_month);
    kv_owned(out, "share", percent_format(index->share_ppm));
    if (index->has_floor)
        kv_owned(out, "floor", percent_format(index->floor_ppm));
    if (index->has_cap)
        kv_owned(out, "cap", percent_format(index->cap_ppm));
    json_end_object(out);
}

void
charge_term_write(JsonOut *out, const ChargeTerm *term)
{
    json_begin_object(out);
    json_kv_text(out, "item", term->item);
    if (term->unit != NULL)
        json_kv_text(out, "unit", term->unit);
    json_kv_day(out, "from", term->from);
    json_kv_day(out, "to", term->to);
    json_kv_text(out, "model", term_model_tokens[term->model]);
    json_kv_text(out, "basis", term_basis_tokens[term->basis]);
    if (term->model != TERM_TURNOVER)
        kv_owned(out, "price", price_text(term, term->price_e4));
    json_kv_text(out, "year_days", term_year_days_tokens[term->year_days]);
    json_kv_text(out, "month_price", term_month_price_tokens[term->month_price]);
    write_steps(out, term);
    write_free(out, term);
    json_kv_text(out, "billing", term_billing_tokens[term->billing]);
    if (term->billing == BILLING_ANCHORED)
        json_kv_int(out, "anchor_day", term->anchor_day);
    json_kv_int(out, "cycle_months", term->cycle_months);
    json_kv_text(out, "proration", term_proration_tokens[term->proration]);
    json_kv_text(out, "rounding", term_rounding_tokens[term->rounding]);
    write_due(out, &term->due);
    if (term->has_turnover) {
        write_turnover(out, &term->turnover);
        json_kv_text(out, "settle", term_settle_tokens[term->settle]);
        json_kv_text(out, "partial_year", term_partial_tokens[term->partial_year]);
    }
    write_index(out, &term->index);
    write_tax(out, term->tax);
    json_kv_bool(out, "tax_included", term->tax_included);
    write_late(out, &term->late);
    json_end_object(out);
}

void
term_set_write(JsonOut *out, const TermSet *set)
{
    json_begin_object(out);
    json_kv_day(out, "from", set->from);
    json_kv_day(out, "to", set->to);
    if (set->today != DAY_NONE)
        json_kv_day(out, "today", set->today);
    json_key(out, "areas");
    json_begin_array(out);
    for (guint i = 0; i < set->areas->len; i++) {
        const TermArea *area = &g_array_index(set->areas, TermArea, i);
        json_begin_object(out);
        if (area->from != DAY_MIN)
            json_kv_day(out, "from", area->from);
        kv_owned(out, "area", area_format(area->area_dm2));
        if (area->unit != NULL)
            json_kv_text(out, "unit", area->unit);
        json_end_object(out);
    }
    json_end_array(out);
    json_key(out, "terms");
    json_begin_array(out);
    for (guint i = 0; i < set->terms->len; i++)
        charge_term_write(out, set->terms->pdata[i]);
    json_end_array(out);
    json_key(out, "sales");
    json_begin_array(out);
    for (guint i = 0; i < set->sales->len; i++) {
        const TermSales *sales = &g_array_index(set->sales, TermSales, i);
        json_begin_object(out);
        kv_month(out, "month", sales->month);
        json_kv_money(out, "amount", sales->amount_fen);
        if (sales->has_net)
            json_kv_money(out, "net", sales->net_fen);
        json_end_object(out);
    }
    json_end_array(out);
    json_key(out, "indexes");
    json_begin_array(out);
    for (guint i = 0; i < set->indexes->len; i++) {
        const TermIndexValue *value = &g_array_index(set->indexes, TermIndexValue, i);
        json_begin_object(out);
        json_kv_text(out, "table", value->table);
        kv_month(out, "month", value->month);
        kv_owned(out, "value", decimal_format(value->value_e4, 4, 0));
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
}

void
schedule_line_write(JsonOut *out, const ScheduleLine *line)
{
    json_begin_object(out);
    if (line->term >= 0)
        json_kv_int(out, "term", line->term);
    json_kv_text(out, "item", line->item);
    if (line->unit != NULL)
        json_kv_text(out, "unit", line->unit);
    json_kv_text(out, "kind", schedule_line_kind_token(line->kind));
    json_kv_day(out, "from", line->from);
    json_kv_day(out, "to", line->to);
    json_kv_day(out, "cycle_from", line->cycle_from);
    json_kv_day(out, "cycle_to", line->cycle_to);
    json_kv_day(out, "due_on", line->due_on);
    json_kv_text(out, "price", line->price);
    json_kv_text(out, "quantity", line->quantity);
    kv_owned(out, "tax_rate", percent_format(line->tax_rate_ppm));
    json_kv_money(out, "net", line->net_fen);
    json_kv_money(out, "tax", line->tax_fen);
    json_kv_money(out, "gross", line->gross_fen);
    json_key(out, "working");
    if (line->working != NULL)
        json_raw(out, line->working, strlen(line->working));
    else
        json_nil(out);
    json_end_object(out);
}

void
schedule_write(JsonOut *out, const Schedule *schedule)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    json_begin_object(out);
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < schedule->lines->len; i++)
        schedule_line_write(out, schedule->lines->pdata[i]);
    json_end_array(out);
    json_key(out, "prices");
    json_begin_array(out);
    for (guint i = 0; i < schedule->prices->len; i++) {
        const SchedulePrice *price = schedule->prices->pdata[i];
        json_begin_object(out);
        json_kv_int(out, "term", price->term);
        json_kv_text(out, "item", price->item);
        if (price->unit != NULL)
            json_kv_text(out, "unit", price->unit);
        json_kv_day(out, "from", price->from);
        json_kv_day(out, "to", price->to);
        json_kv_text(out, "price", price->price);
        json_end_object(out);
    }
    json_end_array(out);
    json_key(out, "totals");
    json_begin_object(out);
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (g_hash_table_add(seen, line->item))
            json_kv_money(out, line->item, schedule_total(schedule, line->item));
    }
    json_end_object(out);
    json_end_object(out);
}
