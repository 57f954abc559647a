/* Sums beside the schedule: shares add up, use is not lost between prices, losses are rounded once. */
#include "domain/terms/lease_money.h"

static void
shares_add_up_exactly(void)
{
    for (int round = 0; round < 2000; round++) {
        gint64 weights[12], shares[12], sum = 0, pool = g_test_rand_int_range(-5000000, 5000000);
        gsize n = (gsize) g_test_rand_int_range(1, 12), largest = 0;
        for (gsize i = 0; i < n; i++) {
            weights[i] = g_test_rand_int_range(i == 0 ? 1 : 0, 900000);
            if (weights[i] > weights[largest])
                largest = i;
        }
        cost_shares(pool, weights, n, shares);
        gint64 total = 0;
        for (gsize i = 0; i < n; i++)
            total += weights[i];
        for (gsize i = 0; i < n; i++) {
            sum += shares[i];
            if (i != largest)
                g_assert_cmpint(shares[i], ==, cost_share(pool, weights[i], total));
        }
        g_assert_cmpint(sum, ==, pool);
        g_assert_cmpint(ABS(shares[largest] - cost_share(pool, weights[largest], total)), <=, (gint64) n);
    }
}

static void
the_first_among_equals_takes_the_rest(void)
{
    const gint64 weights[] = { 300, 300, 300 };
    gint64 shares[3];

    cost_shares(10000, weights, 3, shares);
    g_assert_cmpint(shares[0], ==, 3334);
    g_assert_cmpint(shares[1], ==, 3333);
    g_assert_cmpint(shares[2], ==, 3333);
}

static void
parts_of_a_use_add_up(void)
{
    for (int round = 0; round < 500; round++) {
        gint64 use = g_test_rand_int_range(0, 100000000), all = g_test_rand_int_range(1, 400), sum = 0;
        for (gint64 done = 0; done < all;) {
            gint64 step = g_test_rand_int_range(1, 60), days = MIN(all - done, step);
            sum += meter_use_part(use, done, days, all);
            done += days;
        }
        g_assert_cmpint(sum, ==, use);
    }
}

static void
losses_are_rounded_once(void)
{
    g_assert_cmpint(meter_charge_with_loss(13800000, 0, 9200), ==, 126960); /* 1380 x 0.92 */
    g_assert_cmpint(meter_charge_with_loss(13800000, 0, 9200), ==, meter_charge(13800000, 9200));
    g_assert_cmpint(meter_charge_with_loss(124138, 30000, 10000), ==, 1279); /* 12.4138 x 1.03 */
    g_assert_cmpint(meter_charge_with_loss(-10000, 30000, 10000), ==, -103);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lease-money/shares-add-up-exactly", shares_add_up_exactly);
    g_test_add_func("/lease-money/the-first-among-equals-takes-the-rest", the_first_among_equals_takes_the_rest);
    g_test_add_func("/lease-money/parts-of-a-use-add-up", parts_of_a_use_add_up);
    g_test_add_func("/lease-money/losses-are-rounded-once", losses_are_rounded_once);
    return g_test_run();
}
