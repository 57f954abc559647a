/* One clause under other models and settlement periods, on the same sales: what each would bring, side by side. */
#include "domain/terms/terms_internal.h"
#include "domain/terms/terms_json.h"

/* Limits are agreed for one settlement period; in another they count in proportion to the months, half away from zero. */
static gint64
for_other_months(gint64 amount_fen, int months, int kept_months)
{
    return muldiv_half_away(amount_fen, months, kept_months);
}

static void
set_settle(ChargeTerm *term, TermSettle settle)
{
    TermTurnover *turnover = &term->turnover;
    int kept = term_settle_months(term->settle);
    int months = term_settle_months(settle);

    term->settle = settle;
    turnover->breakpoint_fen = for_other_months(turnover->breakpoint_fen, months, kept);
    turnover->minimum_fen = for_other_months(turnover->minimum_fen, months, kept);
    turnover->maximum_fen = for_other_months(turnover->maximum_fen, months, kept);
    turnover->deemed_sales_fen = for_other_months(turnover->deemed_sales_fen, months, kept);
    for (guint i = 0; turnover->tiers != NULL && i < turnover->tiers->len; i++) {
        TurnoverTier *tier = &g_array_index(turnover->tiers, TurnoverTier, i);
        tier->above_fen = for_other_months(tier->above_fen, months, kept);
    }
}

static void
drop_base(ChargeTerm *term)
{
    term->price_e4 = 0;
    g_array_set_size(term->steps, 0);
    g_clear_pointer(&term->index.table, g_free);
}

/* What the other model has no place for is left out: a price, a breakpoint, the whole clause. */
static void
set_model(ChargeTerm *term, TermModel model)
{
    TermTurnover *turnover = &term->turnover;

    term->model = model;
    if (model == TERM_TURNOVER)
        drop_base(term);
    if (model == TERM_GREATER_OF
        || (model == TERM_TURNOVER && turnover->breakpoint == BREAKPOINT_NATURAL))
        turnover->breakpoint = BREAKPOINT_NONE;
    if (model != TERM_FIXED)
        return;
    g_clear_pointer(&turnover->tiers, g_array_unref);
    g_clear_pointer(&turnover->exclusions, g_strfreev);
    *turnover = (TermTurnover){ 0 };
    term->has_turnover = FALSE;
}

static gint64
sum_of(const Schedule *schedule, ScheduleLineKind kind)
{
    gint64 sum = 0;

    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        sum += line->kind == kind ? line->gross_fen : 0;
    }
    return sum;
}

static gboolean
has_awaiting(const Schedule *schedule)
{
    for (guint i = 0; i < schedule->lines->len; i++) {
        if (((const ScheduleLine *) schedule->lines->pdata[i])->kind == LINE_AWAITING)
            return TRUE;
    }
    return FALSE;
}

static void
write_variant(JsonOut *out, const ChargeTerm *term, const Schedule *schedule, gint64 kept_fen)
{
    gint64 total = schedule_total(schedule, NULL);

    json_kv_text(out, "model", term_model_tokens[term->model]);
    json_kv_text(out, "settle",
                 term->model == TERM_FIXED ? NULL : term_settle_tokens[term->settle]);
    json_kv_money(out, "base", sum_of(schedule, LINE_BILLED));
    json_kv_money(out, "provisional", sum_of(schedule, LINE_PROVISIONAL));
    json_kv_money(out, "settlement", sum_of(schedule, LINE_SETTLEMENT));
    json_kv_money(out, "total", total);
    json_kv_money(out, "difference", total - kept_fen);
    json_kv_bool(out, "complete", !has_awaiting(schedule));
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        if (line->kind != LINE_FREE)
            schedule_line_write(out, line);
    }
    json_end_array(out);
}

/* One clause alone in @set, under @model and @settle. transfer full. */
static Schedule *
build_variant(const TermSet *set, ChargeTerm *variant, GError **error)
{
    TermSet alone = *set;
    g_autoptr(GPtrArray) terms = g_ptr_array_new();

    g_ptr_array_add(terms, variant);
    alone.terms = terms;
    return schedule_build(&alone, error);
}

typedef struct {
    const TermSet *set;
    const ChargeTerm *kept;
    gint64 kept_fen;
    JsonOut *out;
} Compare;

static gboolean
add_variant(const Compare *c, TermModel model, TermSettle settle, GError **error)
{
    g_autoptr(ChargeTerm) variant = charge_term_dup(c->kept);
    g_autoptr(Schedule) schedule = NULL;

    if (settle != c->kept->settle)
        set_settle(variant, settle);
    if (model != c->kept->model)
        set_model(variant, model);
    schedule = build_variant(c->set, variant, error);
    if (schedule == NULL)
        return FALSE;
    json_begin_object(c->out);
    json_kv_bool(c->out, "kept", model == c->kept->model && settle == c->kept->settle);
    write_variant(c->out, variant, schedule, c->kept_fen);
    json_end_object(c->out);
    return TRUE;
}

static gboolean
compare_term(Compare *c, int index, GError **error)
{
    g_autoptr(ChargeTerm) same = charge_term_dup(c->kept);
    g_autoptr(Schedule) kept = build_variant(c->set, same, error);

    if (kept == NULL)
        return FALSE;
    c->kept_fen = schedule_total(kept, NULL);
    json_begin_object(c->out);
    json_kv_int(c->out, "term", index);
    json_kv_text(c->out, "item", c->kept->item);
    json_key(c->out, "models");
    json_begin_array(c->out);
    for (int model = TERM_FIXED; model <= TERM_BASE_PLUS_TURNOVER; model++) {
        if (!add_variant(c, (TermModel) model, c->kept->settle, error))
            return FALSE;
    }
    json_end_array(c->out);
    json_key(c->out, "settlements");
    json_begin_array(c->out);
    for (int settle = SETTLE_MONTHLY; settle <= SETTLE_LEASE_YEAR; settle++) {
        if (!add_variant(c, c->kept->model, (TermSettle) settle, error))
            return FALSE;
    }
    json_end_array(c->out);
    json_end_object(c->out);
    return TRUE;
}

gboolean
schedule_compare_write(JsonOut *out, const TermSet *set, GError **error)
{
    if (!term_set_check(set, error))
        return FALSE;
    json_begin_object(out);
    json_key(out, "comparisons");
    json_begin_array(out);
    for (guint i = 0; i < set->terms->len; i++) {
        Compare c = { .set = set, .kept = set->terms->pdata[i], .out = out };
        if (c.kept->model != TERM_FIXED && !compare_term(&c, (int) i, error))
            return FALSE;
    }
    json_end_array(out);
    json_end_object(out);
    return TRUE;
}
