/* What cannot be: combinations of fields that no clause can mean. */
#include "domain/terms/json_in_internal.h"
#include "domain/terms/terms_internal.h"

typedef struct {
    const ChargeTerm *term;
    const char *prefix;
    GError **error;
    gboolean ok;
} Check;

static void
bad(Check *check, const char *name, const char *token, const char *zh, const char *en)
{
    check->ok = FALSE;
    term_bad(check->error, check->prefix, name, token, zh, en);
}

static void
check_days(Check *c)
{
    const ChargeTerm *t = c->term;
    gboolean known = t->from != DAY_NONE && t->to != DAY_NONE;

    if (t->item == NULL || *t->item == '\0')
        bad(c, "item", "required", "必填", "required");
    if (!known)
        bad(c, "from", "required", "起止日期必填", "both days are required");
    else if (t->from < DAY_MIN || t->to > DAY_MAX)
        bad(c, "from", "range", "日期超出范围", "the day is out of range");
    else if (t->from > t->to)
        bad(c, "to", "order", "止日不能早于起日", "the last day is before the first");
    else if (t->to - t->from > 100 * G_GINT64_CONSTANT(366))
        bad(c, "to", "range", "期限太长", "the term is too long");
}

static void
check_basis(Check *c)
{
    const ChargeTerm *t = c->term;
    gboolean money = !basis_is_per_m2(t->basis);

    if (t->price_e4 < 0)
        bad(c, "price", "range", "单价不能为负", "the price cannot be negative");
    else if (money && t->price_e4 % 100 != 0)
        bad(c, "price", "digits", "按金额计价时最多两位小数",
            "an amount of money has at most two decimals");
    if (t->price_e4 > (money ? MONEY_MAX_FEN * 100 : G_GINT64_CONSTANT(10000000000)))
        bad(c, "price", "range", "单价太大", "the price is too large");
    if (t->proration == PRORATION_DAILY_UNIT && !basis_is_daily(t->basis) && t->basis != BASIS_ONCE
        && t->model != TERM_TURNOVER)
        bad(c, "proration", "combination", "daily_unit 只适用于按天计价",
            "daily_unit goes with prices by the day only");
    if (t->basis == BASIS_ONCE && t->steps->len > 0)
        bad(c, "steps", "combination", "一次性费用没有递增", "a one-off charge has no steps");
    if (t->basis == BASIS_ONCE && t->free->len > 0)
        bad(c, "free", "combination", "一次性费用没有免租期",
            "a one-off charge has no free period");
    if (t->basis == BASIS_ONCE && t->model != TERM_FIXED)
        bad(c, "basis", "combination", "一次性费用只能是固定模式",
            "a one-off charge has the fixed model");
    if (t->basis == BASIS_ONCE && t->index.table != NULL)
        bad(c, "index", "combination", "一次性费用不能指数化", "a one-off charge is not indexed");
}

static void
check_billing(Check *c)
{
    const ChargeTerm *t = c->term;

    if (t->billing == BILLING_ANCHORED && (t->anchor_day < 1 || t->anchor_day > 31))
        bad(c, "anchor_day", "range", "锚定日应为 1 至 31", "the anchor day is 1 to 31");
    if (t->billing == BILLING_CALENDAR_MONTH && t->anchor_day != 0)
        bad(c, "anchor_day", "combination", "按自然月出账时没有锚定日",
            "billing by calendar months has no anchor day");
    switch (t->cycle_months) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 6:
    case 12:
        break;
    default:
        bad(c, "cycle_months", "enum", "应为 1、2、3、6、12，或 0（整个期限）",
            "must be 1, 2, 3, 6, 12, or 0 for the whole term");
    }
    if (t->due.kind == DUE_DAY_OF_MONTH
            ? (t->due.day < 1 || t->due.day > 31 || ABS(t->due.month_offset) > 1)
            : (t->due.days < 0 || t->due.days > 366))
        bad(c, "due", "range", "到期规则的数值超出范围",
            "a number of the due rule is out of range");
}

/* The numbers of one step by themselves. */
static void
check_step_numbers(Check *c, const char *name, const TermStep *step)
{
    gint64 limit = MONEY_MAX_FEN * 100;
    gboolean is_table = step->every_months == 0;

    if (is_table && step->price_e4 < 0)
        bad(c, name, "range", "单价不能为负", "the price cannot be negative");
    if (is_table && !basis_is_per_m2(c->term->basis) && step->price_e4 % 100 != 0) {
        bad(c, name, "digits", "按金额计价时最多两位小数",
            "an amount of money has at most two decimals");
    }
    if (step->every_months < 0 || step->every_months > 240 || step->price_e4 > limit
        || ABS(step->amount_e4) > limit || ABS(step->percent_ppm) > 10 * RATE_ONE_PPM)
        bad(c, name, "range", "递增数值超出范围", "a number of the step is out of range");
    if (step->is_percent && step->percent_ppm <= -RATE_ONE_PPM)
        bad(c, name, "range", "降幅应小于 100%", "a price cannot fall by 100 % or more");
}

static void
check_steps(Check *c)
{
    const GArray *steps = c->term->steps;

    for (guint i = 0; i < steps->len; i++) {
        const TermStep *step = &g_array_index(steps, TermStep, i);
        g_autofree char *name = g_strdup_printf("steps[%u]", i);
        if (step->from == DAY_NONE)
            bad(c, name, "required", "递增起始日必填", "the first day of a step is required");
        else if (i > 0 && step->from <= g_array_index(steps, TermStep, i - 1).from)
            bad(c, name, "order", "递增应按日期先后排列", "steps must be in order of their days");
        check_step_numbers(c, name, step);
    }
}

static void
check_free(Check *c)
{
    const GArray *list = c->term->free;

    for (guint i = 0; i < list->len; i++) {
        const TermFree *f = &g_array_index(list, TermFree, i);
        g_autofree char *name = g_strdup_printf("free[%u]", i);
        if (f->yearly)
            continue;
        if (f->from == DAY_NONE || f->to == DAY_NONE || f->from > f->to)
            bad(c, name, "order", "免租止日不能早于起日", "the last free day is before the first");
    }
}

static void
check_tax(Check *c)
{
    const GArray *tax = c->term->tax;

    for (guint i = 0; i < tax->len; i++) {
        const TermTax *t = &g_array_index(tax, TermTax, i);
        if (t->rate_ppm < 0 || t->rate_ppm >= RATE_ONE_PPM)
            bad(c, "tax_rate", "range", "税率应在 0 与 100% 之间",
                "the tax rate must be from 0 to below 100 %");
        if (i > 0 && t->from <= g_array_index(tax, TermTax, i - 1).from)
            bad(c, "tax_rate", "order", "税率应按日期先后排列",
                "tax rates must be in order of days");
    }
}

static void
check_tiers(Check *c)
{
    const TermTurnover *turnover = &c->term->turnover;

    if (turnover->tiers == NULL)
        return;
    if (turnover->tiers->len == 0 || g_array_index(turnover->tiers, TurnoverTier, 0).above_fen != 0)
        bad(c, "turnover.tiers", "order", "第一档应从 0 开始", "the first tier begins above 0");
    for (guint i = 0; i < turnover->tiers->len; i++) {
        const TurnoverTier *tier = &g_array_index(turnover->tiers, TurnoverTier, i);
        if (i > 0
            && tier->above_fen <= g_array_index(turnover->tiers, TurnoverTier, i - 1).above_fen)
            bad(c, "turnover.tiers", "order", "各档应按金额由小到大", "tiers must ascend");
        if (tier->percent_ppm < 0 || tier->percent_ppm > RATE_ONE_PPM)
            bad(c, "turnover.tiers", "range", "扣点应在 0 与 100% 之间",
                "a percentage must be from 0 to 100 %");
    }
}

static void
check_breakpoint(Check *c)
{
    const TermTurnover *turnover = &c->term->turnover;
    gboolean natural = turnover->breakpoint == BREAKPOINT_NATURAL;

    if (natural && turnover->percent_ppm == 0) {
        bad(c, "turnover.breakpoint", "combination", "自然平衡点需要单一扣点",
            "a natural breakpoint needs a single percentage above 0");
    }
    if (natural && c->term->model == TERM_TURNOVER) {
        bad(c, "turnover.breakpoint", "combination", "纯扣点没有保底，因此没有自然平衡点",
            "without a base there is no natural breakpoint");
    }
    if (turnover->breakpoint != BREAKPOINT_NONE && c->term->model == TERM_GREATER_OF) {
        bad(c, "turnover.breakpoint", "combination", "两者取高不能再设平衡点",
            "the greater of two has no breakpoint");
    }
}

static void
check_turnover_numbers(Check *c)
{
    const TermTurnover *turnover = &c->term->turnover;
    gboolean crossed = turnover->has_minimum && turnover->has_maximum
                       && turnover->minimum_fen > turnover->maximum_fen;

    if (turnover->percent_ppm < 0 || turnover->percent_ppm > RATE_ONE_PPM) {
        bad(c, "turnover.percent", "range", "扣点应在 0 与 100% 之间",
            "a percentage must be from 0 to 100 %");
    }
    if (turnover->breakpoint_fen < 0 || turnover->deemed_sales_fen < 0)
        bad(c, "turnover.breakpoint", "range", "金额不能为负", "an amount cannot be negative");
    if (crossed || (turnover->has_minimum && turnover->minimum_fen < 0)
        || (turnover->has_maximum && turnover->maximum_fen < 0)) {
        bad(c, "turnover.minimum", "order", "最低租金不能高于最高租金",
            "the minimum is above the maximum");
    }
}

static void
check_turnover(Check *c)
{
    const ChargeTerm *t = c->term;

    if (t->model == TERM_FIXED) {
        if (t->has_turnover)
            bad(c, "turnover", "combination", "固定租金没有提成条款",
                "fixed rent has no turnover clause");
        return;
    }
    if (!t->has_turnover) {
        bad(c, "turnover", "required", "该模式需要提成条款", "this model needs a turnover clause");
        return;
    }
    check_tiers(c);
    check_breakpoint(c);
    check_turnover_numbers(c);
    if (t->model == TERM_TURNOVER && (t->price_e4 != 0 || t->steps->len > 0))
        bad(c, "price", "combination", "纯扣点没有单价", "turnover rent alone has no price");
}

static void
check_rest(Check *c)
{
    const ChargeTerm *t = c->term;

    if (t->index.table != NULL && (t->index.share_ppm < 0 || t->index.share_ppm > RATE_ONE_PPM))
        bad(c, "index.share", "range", "应在 0 与 100% 之间", "must be from 0 to 100 %");
    if (t->index.table != NULL && t->index.has_floor && t->index.has_cap
        && t->index.floor_ppm > t->index.cap_ppm)
        bad(c, "index.floor", "order", "下限不能高于上限", "the floor is above the cap");
    if (t->index.table != NULL && t->steps->len > 0)
        bad(c, "index", "combination", "指数调整与递增不能并用",
            "a term is either indexed or stepped, not both");
    if (t->index.table != NULL && t->model == TERM_TURNOVER)
        bad(c, "index", "combination", "纯扣点没有可指数化的单价",
            "turnover rent alone has no price to index");
    if (t->late.percent_per_day_ppm < 0 || t->late.percent_per_day_ppm > RATE_ONE_PPM / 10)
        bad(c, "late.percent_per_day", "range", "日违约金率应在 0 与 10% 之间",
            "the daily rate must be from 0 to 10 %");
    if (t->late.cap < 0)
        bad(c, "late.cap", "range", "上限不能为负", "the cap cannot be negative");
}

gboolean
charge_term_check(const ChargeTerm *term, const char *prefix, GError **error)
{
    Check check = { .term = term, .prefix = prefix, .error = error, .ok = TRUE };

    check_days(&check);
    check_basis(&check);
    check_billing(&check);
    check_steps(&check);
    check_free(&check);
    check_tax(&check);
    check_turnover(&check);
    check_rest(&check);
    return check.ok;
}

/* A day cannot carry the same item of the same unit twice. */
static gboolean
terms_collide(const ChargeTerm *a, const ChargeTerm *b)
{
    if (g_strcmp0(a->item, b->item) != 0 || a->from > b->to || b->from > a->to)
        return FALSE;
    return a->unit == NULL || b->unit == NULL || g_strcmp0(a->unit, b->unit) == 0;
}

gboolean
term_set_check(const TermSet *set, GError **error)
{
    gboolean ok = TRUE;

    if (set->from == DAY_NONE || set->to == DAY_NONE || set->from > set->to || set->from < DAY_MIN
        || set->to > DAY_MAX)
        ok = term_bad(error, "", "to", "order", "止日不能早于起日",
                      "the last day is before the first");
    for (guint i = 0; i < set->terms->len; i++) {
        const ChargeTerm *term = set->terms->pdata[i];
        g_autofree char *prefix = g_strdup_printf("terms[%u].", i);
        if (!charge_term_check(term, prefix, error))
            ok = FALSE;
        for (guint k = 0; k < i; k++) {
            if (terms_collide(set->terms->pdata[k], term))
                ok = term_bad(error, prefix, "from", "overlap", "同一费用科目在同一天有两条条款",
                              "two terms charge the same item on the same day");
        }
    }
    for (guint i = 0; i < set->sales->len; i++) {
        for (guint k = 0; k < i; k++) {
            if (g_array_index(set->sales, TermSales, i).month
                == g_array_index(set->sales, TermSales, k).month) {
                g_autofree char *name = g_strdup_printf("sales[%u].month", i);
                ok = term_bad(error, "", name, "duplicate", "同一月份出现两次",
                              "the month appears twice");
            }
        }
    }
    return ok;
}
