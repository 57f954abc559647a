/* The tests of the laws find a fault that is planted, and show it on a contract small enough to read. */
#include "contracts.h"
#include "domain/terms/calc.h"

#include <string.h>

/* Stands for an engine that loses a fen of tax on every line that begins in a February under steps. */
static gboolean
planted_fault_is_absent(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = schedule_build(set, NULL);

    for (guint i = 0; schedule != NULL && i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        const ChargeTerm *term = set->terms->pdata[line->term];
        gint64 lost = term->steps->len > 0 && day_to_ymd(line->from).month == 2 && line->tax_fen > 0 ? 1 : 0;
        if (line->net_fen + line->tax_fen - lost != line->gross_fen) {
            g_snprintf(why, MESSAGE_SIZE, "line %u: net + tax is not gross", i);
            return FALSE;
        }
    }
    return TRUE;
}

/* One that settles turnover rent a fen too high wherever the sales reach a second tier. */
static gboolean
planted_tier_fault_is_absent(const TermSet *set, char *why)
{
    g_autoptr(Schedule) schedule = schedule_build(set, NULL);

    for (guint i = 0; schedule != NULL && i < schedule->lines->len; i++) {
        const ScheduleLine *line = schedule->lines->pdata[i];
        const ChargeTerm *term = set->terms->pdata[line->term];
        if (line->kind != LINE_SETTLEMENT || term->turnover.tiers == NULL || line->gross_fen == 0)
            continue;
        g_snprintf(why, MESSAGE_SIZE, "line %u: a fen too high", i);
        return FALSE;
    }
    return TRUE;
}

static TermSet *
first_failing(Holds holds)
{
    char why[MESSAGE_SIZE];

    for (guint32 seed = 1; seed < 2000; seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(TermSet) set = random_set(rand);
        if (set->terms->len > 1 && set->to - set->from > 300 && term_set_check(set, NULL) && !holds(set, why))
            return g_steal_pointer(&set);
    }
    g_error("the planted fault is not found in 2000 contracts");
}

static void
assert_calc_accepts(const char *json)
{
    g_autofree char *out = NULL;
    g_autoptr(GError) error = NULL;

    if (!calc_run("schedule", json, &out, &error))
        g_error("the shrunken contract is refused: %s\n%s", error->message, json);
    g_assert_nonnull(strstr(out, "\"lines\""));
}

static void
test_a_planted_fault_is_shown_on_one_term_of_a_few_days(void)
{
    g_autoptr(TermSet) small = shrink(first_failing(planted_fault_is_absent), planted_fault_is_absent);
    const ChargeTerm *term = small->terms->pdata[0];
    g_autofree char *json = contract_json(small);
    char why[MESSAGE_SIZE];

    g_test_message("%s", json);
    g_assert_false(planted_fault_is_absent(small, why));
    g_assert_cmpuint(small->terms->len, ==, 1);
    g_assert_cmpint(small->to - small->from, <=, 31);
    g_assert_cmpuint(small->areas->len, ==, 1);
    g_assert_cmpuint(small->sales->len + small->indexes->len, ==, 0);
    g_assert_cmpuint(term->steps->len, ==, 1); /* the fault needs one, and a tax rate */
    g_assert_cmpuint(term->tax->len, ==, 1);
    g_assert_cmpuint(term->free->len, ==, 0);
    g_assert_cmpint(term->model, ==, TERM_FIXED);
    g_assert_cmpuint(strlen(json), <, 700);
    assert_calc_accepts(json);
}

static void
test_a_planted_fault_of_turnover_keeps_what_it_needs(void)
{
    g_autoptr(TermSet) small = shrink(first_failing(planted_tier_fault_is_absent), planted_tier_fault_is_absent);
    const ChargeTerm *term = small->terms->pdata[0];
    g_autofree char *json = contract_json(small);
    char why[MESSAGE_SIZE];

    g_test_message("%s", json);
    g_assert_false(planted_tier_fault_is_absent(small, why));
    g_assert_cmpuint(small->terms->len, ==, 1);
    g_assert_nonnull(term->turnover.tiers);
    g_assert_cmpint(term->settle, ==, SETTLE_MONTHLY);
    g_assert_cmpuint(small->sales->len, <=, 1);
    g_assert_cmpint(small->to - small->from, <=, 31);
    assert_calc_accepts(json);
}

static void
test_a_copy_is_the_same_contract(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    g_autoptr(TermSet) set = random_set(rand);
    g_autofree char *before = contract_json(set);
    g_autoptr(TermSet) copy = set_dup(set);
    g_autofree char *after = contract_json(copy);

    g_assert_cmpstr(before, ==, after);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shrink/a-planted-fault-is-shown-on-one-term-of-a-few-days",
                    test_a_planted_fault_is_shown_on_one_term_of_a_few_days);
    g_test_add_func("/shrink/a-planted-fault-of-turnover-keeps-what-it-needs",
                    test_a_planted_fault_of_turnover_keeps_what_it_needs);
    g_test_add_func("/shrink/a-copy-is-the-same-contract", test_a_copy_is_the_same_contract);
    return g_test_run();
}
