#include "base/money.h"

static void
test_rounding(void)
{
    static const struct {
        gint64 n, d, half_away, floor;
    } cases[] = { { 7, 2, 4, 3 }, { -7, 2, -4, -4 }, { 5, 2, 3, 2 },    { -5, 2, -3, -3 },
                  { 1, 3, 0, 0 }, { -1, 3, 0, -1 },  { 2, 3, 1, 0 },    { -2, 3, -1, -1 },
                  { 6, 3, 2, 2 }, { -6, 3, -2, -2 }, { 7, -2, -4, -4 }, { -7, -2, 4, 3 },
                  { 0, 5, 0, 0 }, { 1, 2, 1, 0 },    { -1, 2, -1, -1 } };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(wide_div_half_away(cases[i].n, cases[i].d), ==, cases[i].half_away);
        g_assert_cmpint(wide_div_floor(cases[i].n, cases[i].d), ==, cases[i].floor);
    }
}

static void
test_muldiv(void)
{
    g_assert_cmpint(muldiv_half_away(120000, 21, 31), ==, 81290); /* rules.md 2.2: 812.90 */
    g_assert_cmpint(muldiv_half_away(120000 * 12, 21, 365), ==, 82849);
    g_assert_cmpint(muldiv_half_away(120000, 21, 30), ==, 84000);
    g_assert_cmpint(muldiv_half_away(G_MAXINT64, G_MAXINT64, G_MAXINT64), ==, G_MAXINT64);
    g_assert_cmpint(muldiv_half_away(G_MAXINT64, 2, 1), ==, G_MAXINT64);
    g_assert_cmpint(muldiv_half_away(G_MAXINT64, -2, 1), ==, G_MININT64);
    g_assert_cmpint(muldiv_half_away(G_MININT64, G_MININT64, 1), ==, G_MAXINT64);
    g_assert_cmpint(muldiv_half_away(G_MININT64, 1, 1), ==, G_MININT64);
}

/* Any amount up to MONEY_MAX_FEN, either sign. */
static gint64
random_fen(void)
{
    gint64 high = g_test_rand_int_range(0, 1000000);
    gint64 fen = high * 1000000000 + g_test_rand_int_range(0, 1000000000);
    fen /= g_test_rand_bit() ? 1 : 10000000;
    return g_test_rand_bit() ? -fen : fen;
}

static void
test_round_trip(void)
{
    for (int i = 0; i < 20000; i++) {
        gint64 value = random_fen();
        gint64 back;
        g_autofree char *money = money_format(value);
        g_assert_true(money_parse(money, &back) && back == value);
        g_autofree char *price = price_format(value);
        g_assert_true(price_parse(price, &back) && back == value);
        gint64 small = value % 10000000000;
        g_autofree char *percent = percent_format(small);
        g_assert_true(percent_parse(percent, &back) && back == small);
    }
}

static void
assert_text(char *owned, const char *expected)
{
    g_autofree char *text = owned;
    g_assert_cmpstr(text, ==, expected);
}

static void
test_format(void)
{
    assert_text(money_format(365840), "3658.40");
    assert_text(money_format(-5), "-0.05");
    assert_text(money_format(0), "0.00");
    assert_text(money_format(G_MININT64), "-92233720368547758.08");
    assert_text(money_format_grouped(365840), "3,658.40");
    assert_text(money_format_grouped(-123456789), "-1,234,567.89");
    assert_text(money_format_grouped(99999), "999.99");
    assert_text(money_format_grouped(G_MININT64), "-92,233,720,368,547,758.08");
    assert_text(price_format(11000), "1.1000");
    assert_text(area_format(9146), "91.46");
    assert_text(percent_format(50000), "5");
    assert_text(percent_format(500), "0.05");
    assert_text(percent_format(-38500), "-3.85");
    assert_text(decimal_format(1230, 3, 2), "1.23");
    assert_text(decimal_format(1234, 3, 2), "1.234");
    assert_text(decimal_format(1200, 3, 2), "1.20");
    assert_text(decimal_format(7, 0, 0), "7");
}

static void
test_accepted(void)
{
    gint64 value;
    g_assert_true(money_parse("3658.4", &value) && value == 365840);
    g_assert_true(money_parse("+0.05", &value) && value == 5);
    g_assert_true(money_parse("-0", &value) && value == 0);
    g_assert_true(money_parse("007", &value) && value == 700);
    g_assert_true(money_parse("10000000000000.00", &value) && value == MONEY_MAX_FEN);
    g_assert_true(percent_parse("3.85", &value) && value == 38500);
    g_assert_true(area_parse("91.46", &value) && value == 9146);
}

static void
test_refused(void)
{
    static const char *const bad[] = { "",
                                       "-",
                                       "+",
                                       ".",
                                       ".5",
                                       "5.",
                                       "1.234",
                                       "1,000",
                                       " 1",
                                       "1 ",
                                       "1e3",
                                       "--1",
                                       "0x1",
                                       "1.2.3",
                                       "１",
                                       "nan",
                                       "1.-2",
                                       "10000000000000.01",
                                       "99999999999999999999999999" };
    gint64 value = 17;
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(money_parse(bad[i], &value));
    g_assert_false(money_parse(NULL, &value));
    g_assert_cmpint(value, ==, 17);
}

static void
test_tax(void)
{
    static const gint64 rates[] = { 0, 10000, 15000, 30000, 50000, 60000, 90000, 130000, 1000000 };
    for (int i = 0; i < 20000; i++) {
        gint64 gross = random_fen();
        gint64 rate = rates[g_test_rand_int_range(0, G_N_ELEMENTS(rates))];
        gint64 net;
        gint64 tax;
        tax_split_gross(gross, rate, &net, &tax);
        g_assert_cmpint(net + tax, ==, gross);
        gint64 tax_of_minus;
        tax_split_gross(-gross, rate, &net, &tax_of_minus); /* a reversal cancels to the cent */
        g_assert_cmpint(tax_of_minus, ==, -tax);
        gint64 gross_again;
        tax_add_net(net, rate, &tax, &gross_again);
        g_assert_cmpint(ABS(gross_again + gross), <=, 1);
    }
    gint64 net;
    gint64 tax;
    tax_split_gross(1000, 90000, &net, &tax);
    g_assert_cmpint(net, ==, 917);
    g_assert_cmpint(tax, ==, 83);
    gint64 gross;
    tax_add_net(10000, 60000, &tax, &gross);
    g_assert_cmpint(tax, ==, 600);
    g_assert_cmpint(gross, ==, 10600);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/money/halves-round-away-from-zero", test_rounding);
    g_test_add_func("/money/a-product-is-divided-once-and-saturates", test_muldiv);
    g_test_add_func("/money/format-and-parse-are-inverse", test_round_trip);
    g_test_add_func("/money/each-kind-has-its-form", test_format);
    g_test_add_func("/money/short-and-signed-decimals-are-accepted", test_accepted);
    g_test_add_func("/money/anything-else-is-refused", test_refused);
    g_test_add_func("/money/net-and-tax-make-gross", test_tax);
    return g_test_run();
}
