/* bench_terms.c - how fast charge terms become lines: whole schedules, and one month of each contract as a bill run asks for it.
 *   bench_terms [CONTRACTS]
 * One core. Contracts are made from a fixed seed: half fixed with steps and a fit-out, a quarter the greater of two, a quarter base
 * plus turnover; each has rent, property fee and promotion fee over three to five years, and sales of the months gone by. */
#include "domain/terms/terms_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    GPtrArray *sets;
    gint64 lines;
    gint64 sum_fen; /* so that nothing is thrown away unseen */
} Bench;

static ChargeTerm *
new_term(const char *item, Day from, Day to, gint64 price_e4)
{
    const TermTax tax = { DAY_MIN, 90000 };
    ChargeTerm *term = charge_term_new();

    term->item = g_strdup(item);
    term->from = from;
    term->to = to;
    term->basis = BASIS_PER_M2_MONTH;
    term->price_e4 = price_e4;
    term->due = (TermDue){ .kind = DUE_DAY_OF_MONTH, .day = 25, .month_offset = -1 };
    g_array_append_val(term->tax, tax);
    return term;
}

static void
add_turnover(ChargeTerm *term, TermModel model)
{
    term->model = model;
    term->has_turnover = TRUE;
    term->settle = SETTLE_CALENDAR_YEAR;
    term->turnover.percent_ppm = 120000;
}

static TermSet *
new_set(GRand *rand, guint at)
{
    static const TermModel models[] = { TERM_FIXED, TERM_GREATER_OF, TERM_FIXED, TERM_BASE_PLUS_TURNOVER };
    TermSet *set = term_set_new();
    ChargeTerm *rent;

    set->from = day_from_ymd(2023, 1, 1) + g_rand_int_range(rand, 0, 900);
    set->to = set->from + 365 * g_rand_int_range(rand, 3, 6);
    set->today = day_from_ymd(2026, 3, 15);
    term_set_add_area(set, NULL, DAY_MIN, g_rand_int_range(rand, 2000, 60000));
    rent = new_term("rent", set->from, set->to, g_rand_int_range(rand, 800000, 4000000));
    if (models[at % 4] != TERM_FIXED)
        add_turnover(rent, models[at % 4]);
    const TermStep step = { .from = day_add_months_anchored(set->from, 24, 1),
                            .every_months = 12,
                            .is_percent = TRUE,
                            .percent_ppm = 50000,
                            .compound = TRUE };
    const TermFree fit_out = { .from = set->from, .to = set->from + 44 };
    g_array_append_val(rent->steps, step);
    g_array_append_val(rent->free, fit_out);
    g_ptr_array_add(set->terms, rent);
    g_ptr_array_add(set->terms, new_term("property_fee", set->from, set->to, 300000));
    g_ptr_array_add(set->terms, new_term("promotion_fee", set->from, set->to, 100000));
    for (Day day = day_month_start(set->from); day < set->today; day = day_month_end(day) + 1)
        term_set_add_sales(set, day_month_key(day), g_rand_int_range(rand, 1000000, 80000000));
    return set;
}

static void
count(Bench *bench, Schedule *schedule_take, const GError *error)
{
    if (schedule_take == NULL)
        g_error("%s", error->message);
    bench->lines += schedule_take->lines->len;
    bench->sum_fen += schedule_total(schedule_take, NULL);
    schedule_free(schedule_take);
}

/* Time that this program had a core, so that neighbours on the machine do not count. */
static double
cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
report(const char *what, const Bench *bench, double began)
{
    double seconds = cpu_seconds() - began;

    printf("%-22s %9.0f contracts/s %10.0f lines/s   %u contracts, %" G_GINT64_FORMAT " lines, %.2f s of one core\n", what,
           bench->sets->len / seconds, (double) bench->lines / seconds, bench->sets->len, bench->lines, seconds);
}

int
main(int argc, char **argv)
{
    guint n = argc > 1 ? (guint) strtoul(argv[1], NULL, 10) : 20000;
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func((GDestroyNotify) term_set_free);
    g_autoptr(GRand) rand = g_rand_new_with_seed(20260301);
    g_autoptr(GError) error = NULL;
    Bench whole = { .sets = sets };
    Bench month = { .sets = sets };
    double began;

    for (guint i = 0; i < n; i++)
        g_ptr_array_add(sets, new_set(rand, i));
    began = cpu_seconds();
    for (guint i = 0; i < n; i++)
        count(&whole, schedule_build(sets->pdata[i], &error), error);
    report("terms: whole schedule", &whole, began);
    began = cpu_seconds();
    for (guint i = 0; i < n; i++)
        count(&month, schedule_window(sets->pdata[i], day_from_ymd(2026, 4, 1), day_from_ymd(2026, 4, 30), &error), error);
    report("terms: one month", &month, began);
    return 0;
}
