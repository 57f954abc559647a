/* The words of rent rolls: what is read, and what is refused. */
#include "domain/lease/lease_import_internal.h"

static void
assert_price(const char *text, const char *heading, gint64 price_e4, const char *basis)
{
    RentPrice price;

    g_assert_true(rent_parse_price(text, heading, &price));
    g_assert_cmpint(price.price_e4, ==, price_e4);
    g_assert_cmpstr(price.basis, ==, basis);
    g_assert_cmpint(price.percent_ppm, ==, 0);
}

static void
test_price(void)
{
    RentPrice price;

    assert_price("105", "租金单价", 1050000, "per_m2_month");
    assert_price("3.5元/㎡/天", "租金单价", 35000, "per_m2_day");
    assert_price("３．５０", "租金单价（元/㎡/天）", 35000, "per_m2_day");
    assert_price("3.5", "日租金单价", 35000, "per_m2_day");
    assert_price("1,234.50元", "租金标准(元/平米/月)", 12345000, "per_m2_month");
    assert_price("98元/m2/月", "单价 元/㎡/天", 980000, "per_m2_month");
    assert_price("1200元/㎡/年", "", 12000000, "per_m2_year");
    assert_price("无", "", 0, "per_m2_month");
    g_assert_true(rent_parse_price("12%扣点", "租金单价", &price));
    g_assert_cmpint(price.percent_ppm, ==, 120000);
    g_assert_false(rent_parse_price("面议", "租金单价", &price));
    g_assert_false(rent_parse_price("80-100", "租金单价", &price));
    g_assert_false(rent_parse_price("1.23456", "租金单价", &price));
    g_assert_false(rent_parse_price("120%", "扣点", &price));
}

static void
test_days(void)
{
    static const char *const good[] = {
        "2024.3.1-2027.2.28", "2024年3月1日至2027年2月28日",         "2024-03-01 至 2027-02-28",
        "2024/3/1~2027/2/28", "２０２４．３．１—２０２７．２．２８", "2024.3.1起至2027.2.28止"
    };
    static const char *const bad[] = {
        "", "2024.3.1", "2024.3.1-2024.2.28", "2024.13.1-2027.2.28", "三年", "2024.3.1-2027.2.30"
    };
    Day from, to;

    for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(rent_parse_days(good[i], &from, &to));
        g_assert_cmpint(from, ==, day_parse("2024-03-01"));
        g_assert_cmpint(to, ==, day_parse("2027-02-28"));
    }
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(rent_parse_days(bad[i], &from, &to));
}

static void
assert_free(const char *text, const char *heading, const char *a, const char *b)
{
    Day from, to;

    g_assert_true(rent_parse_free(text, heading, day_parse("2024-01-31"), &from, &to));
    g_assert_cmpint(from, ==, a ? day_parse(a) : DAY_NONE);
    g_assert_cmpint(to, ==, b ? day_parse(b) : DAY_NONE);
}

static void
test_free(void)
{
    Day a, b;

    assert_free("30天", "免租期", "2024-01-31", "2024-02-29");
    assert_free("30", "免租期", "2024-01-31", "2024-02-29");
    assert_free("2个月", "免租期", "2024-01-31", "2024-03-30");
    assert_free("两个月", "免租期", "2024-01-31", "2024-03-30");
    assert_free("2", "免租期（月）", "2024-01-31", "2024-03-30");
    assert_free("2024.1.31-2024.3.30", "免租期", "2024-01-31", "2024-03-30");
    assert_free("无", "免租期", NULL, NULL);
    assert_free("", "免租期", NULL, NULL);
    assert_free("0", "免租期", NULL, NULL);
    g_assert_false(rent_parse_free("待定", "免租期", day_parse("2024-01-31"), &a, &b));
    g_assert_false(rent_parse_free("30", "免租期", DAY_NONE, &a, &b));
}

static void
assert_step(const char *text, int every, int first, gint64 percent, gint64 amount)
{
    RentStep step;

    g_assert_true(rent_parse_step(text, &step));
    g_assert_cmpint(step.every_months, ==, every);
    g_assert_cmpint(step.first_years, ==, first);
    g_assert_cmpint(step.percent_ppm, ==, percent);
    g_assert_cmpint(step.amount_e4, ==, amount);
}

static void
test_step(void)
{
    RentStep step;

    assert_step("5%", 12, 0, 50000, 0);
    assert_step("5", 12, 0, 50000, 0);
    assert_step("0.05", 12, 0, 50000, 0);
    assert_step("每年递增5%", 12, 0, 50000, 0);
    assert_step("每两年递增6%", 24, 0, 60000, 0);
    assert_step("每２年递增６％", 24, 0, 60000, 0);
    assert_step("第3年起每年递增5.5%", 12, 2, 55000, 0);
    assert_step("第三年起递增5%", 12, 2, 50000, 0);
    assert_step("每年递增2元", 12, 0, 0, 20000);
    assert_step("无", 0, 0, 0, 0);
    assert_step("", 0, 0, 0, 0);
    assert_step("0%", 0, 0, 0, 0);
    g_assert_false(rent_parse_step("按市场价", &step));
    g_assert_false(rent_parse_step("递增300%", &step));
}

static void
assert_payment(const char *text, int deposit, int cycle)
{
    RentPayment payment;

    g_assert_true(rent_parse_payment(text, &payment));
    g_assert_cmpint(payment.deposit_months, ==, deposit);
    g_assert_cmpint(payment.cycle_months, ==, cycle);
}

static void
test_payment(void)
{
    RentPayment payment;

    assert_payment("月付", -1, 1);
    assert_payment("季付", -1, 3);
    assert_payment("按季度支付", -1, 3);
    assert_payment("半年付", -1, 6);
    assert_payment("年付", -1, 12);
    assert_payment("押三付三", 3, 3);
    assert_payment("押2付1", 2, 1);
    assert_payment("押一付六", 1, 6);
    assert_payment("三个月", -1, 3);
    assert_payment("", -1, 1);
    g_assert_false(rent_parse_payment("押三", &payment));
    g_assert_false(rent_parse_payment("押三付五", &payment));
    g_assert_false(rent_parse_payment("再议", &payment));
}

static void
test_level(void)
{
    static const struct {
        const char *text;
        int level;
    } good[] = { { "1F", 1 },   { "F1", 1 },      { "L1", 1 },      { "一层", 1 },
                 { "首层", 1 }, { "1楼", 1 },     { "二楼", 2 },    { "3", 3 },
                 { "B1", -1 },  { "B1F", -1 },    { "负一层", -1 }, { "地下二层", -2 },
                 { "-1F", -1 }, { "１２层", 12 }, { "十一层", 11 } };
    static const char *const bad[] = { "", "中庭", "夹层", "1F-2F", "A座1层" };
    int level = 0;

    for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(rent_parse_level(good[i].text, &level));
        g_assert_cmpint(level, ==, good[i].level);
    }
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(rent_parse_level(bad[i], &level));
}

static void
test_vacant(void)
{
    static const char *const vacant[] = { "",     " ",      "空置", "空 铺",  "（空置）",
                                          "待租", "招商中", "-",    "Vacant", NULL };
    static const char *const let[] = { "空间设计有限公司", "无印良品", "杭州云栖餐饮有限公司",
                                       NULL };

    g_assert_true(rent_is_vacant(NULL));
    for (guint i = 0; vacant[i]; i++)
        g_assert_true(rent_is_vacant(vacant[i]));
    for (guint i = 0; let[i]; i++)
        g_assert_false(rent_is_vacant(let[i]));
}

static void
test_phones(void)
{
    g_autofree char *mobile = NULL;
    g_autofree char *landline = NULL;
    char *a = NULL, *b = NULL;

    g_assert_true(rent_parse_phones("１３８ 0000 1234／0571-87654321", &mobile, &landline));
    g_assert_cmpstr(mobile, ==, "13800001234");
    g_assert_cmpstr(landline, ==, "0571-87654321");
    g_assert_true(rent_parse_phones("", &a, &b));
    g_assert_null(a);
    g_assert_null(b);
    g_assert_false(rent_parse_phones("1380000123", &a, &b));
    g_assert_null(a);
    g_assert_false(rent_parse_phones("问店长", &a, &b));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rent-roll/prices-by-day-month-and-year-are-told-apart", test_price);
    g_test_add_func("/rent-roll/one-cell-may-hold-both-days", test_days);
    g_test_add_func("/rent-roll/free-time-in-days-months-or-dates", test_free);
    g_test_add_func("/rent-roll/steps-in-percent-and-yuan", test_step);
    g_test_add_func("/rent-roll/ways-of-payment", test_payment);
    g_test_add_func("/rent-roll/floors-by-any-name", test_level);
    g_test_add_func("/rent-roll/vacant-is-told-from-names-that-begin-alike", test_vacant);
    g_test_add_func("/rent-roll/phones-are-split-and-checked", test_phones);
    return g_test_run();
}
