#include "base/money.h"
#include "base/words.h"
#include <string.h>

static void
assert_words(gint64 fen, const char *expected)
{
    g_autofree char *words = words_amount(fen);
    g_assert_cmpstr(words, ==, expected);
    g_assert_true(words_amount_is_accepted(fen, expected));
}

static void
test_canonical(void)
{
    assert_words(0, "零元整");
    assert_words(150000, "壹仟伍佰元整");
    assert_words(140950, "壹仟肆佰零玖元伍角");
    assert_words(600714, "陆仟零柒元壹角肆分");
    assert_words(168032, "壹仟陆佰捌拾元零叁角贰分");
    assert_words(1640902, "壹万陆仟肆佰零玖元零贰分");
    assert_words(10700053, "壹拾万柒仟元零伍角叁分"); /* the official example with 万位 zero */
    assert_words(1000, "壹拾元整");
    assert_words(1500, "壹拾伍元整");
    assert_words(5, "伍分");
    assert_words(50, "伍角");
    assert_words(32, "叁角贰分");
    assert_words(105, "壹元零伍分");
    assert_words(1005, "壹拾元零伍分");
    assert_words(-150000, "负壹仟伍佰元整");
    assert_words(G_GINT64_CONSTANT(10000000000), "壹亿元整");
    assert_words(G_GINT64_CONSTANT(10000700000), "壹亿零柒仟元整");
    assert_words(G_GINT64_CONSTANT(10100000100), "壹亿零壹佰万零壹元整");
    assert_words(G_GINT64_CONSTANT(100000000000000), "壹万亿元整");
    assert_words(G_GINT64_CONSTANT(100005000000000), "壹万亿零伍仟万元整");
    assert_words(G_GINT64_CONSTANT(100050000000000), "壹万零伍亿元整");
    assert_words(MONEY_MAX_FEN, "壹拾万亿元整");
}

static void
test_accepted(void)
{
    g_assert_true(words_amount_is_accepted(10700053, "壹拾万零柒仟元伍角叁分"));
    g_assert_true(words_amount_is_accepted(10700053, "人民币壹拾万零柒仟元零伍角叁分"));
    g_assert_true(words_amount_is_accepted(150000, "壹仟伍佰圆正"));
    g_assert_true(words_amount_is_accepted(50, "伍角整"));
    g_assert_true(words_amount_is_accepted(50, "伍角正"));
}

static void
test_refused(void)
{
    static const struct {
        gint64 fen;
        const char *text;
    } cases[] = {
        { 150000, "壹仟伍佰元" },              /* 整 is due behind 元 */
        { 150001, "壹仟伍佰元零壹分整" },      /* and never stands behind 分 */
        { 1640902, "壹万陆仟肆佰零玖元贰分" }, /* 零 is due where 角 is zero */
        { 1500, "拾伍元整" },                  /* 壹拾 */
        { 10000700000, "壹亿柒仟元整" },       /* could be read as 壹亿柒仟万 */
        { 600714, "陆仟零零柒元壹角肆分" },
        { 150000, "一千五百元整" },
        { 150000, "壹仟陆佰元整" },
        { 150000, "" },
        { 150000, "人民币" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_false(words_amount_is_accepted(cases[i].fen, cases[i].text));
    g_assert_false(words_amount_is_accepted(150000, NULL));
}

/* Reads any accepted form back by the meaning of the characters alone. */
static gint64
read_words(const char *text)
{
    static const char *const numerals[] = { "零", "壹", "贰", "叁", "肆",
                                            "伍", "陆", "柒", "捌", "玖" };
    static const struct {
        const char *text;
        gint64 weight;
    } units[] = { { "拾", 10 }, { "佰", 100 }, { "仟", 1000 } };
    gint64 sign = 1;
    gint64 yuan = 0;
    gint64 fen = 0;
    gint64 section = 0;
    gint64 digit = 0;
    if (g_str_has_prefix(text, "负")) {
        sign = -1;
        text += strlen("负");
    }
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        for (gint64 i = 0; i < 10; i++)
            if (g_str_has_prefix(p, numerals[i]))
                digit = i;
        for (guint i = 0; i < G_N_ELEMENTS(units); i++)
            if (g_str_has_prefix(p, units[i].text)) {
                section += digit * units[i].weight;
                digit = 0;
            }
        if (g_str_has_prefix(p, "万")) {
            yuan += (section + digit) * 10000;
            section = digit = 0;
        } else if (g_str_has_prefix(p, "亿")) {
            yuan = (yuan + section + digit) * 100000000;
            section = digit = 0;
        } else if (g_str_has_prefix(p, "元")) {
            yuan += section + digit;
            section = digit = 0;
        } else if (g_str_has_prefix(p, "角")) {
            fen += digit * 10;
            digit = 0;
        } else if (g_str_has_prefix(p, "分")) {
            fen += digit;
            digit = 0;
        }
    }
    return sign * (yuan * 100 + fen);
}

static gint64
random_amount(void)
{
    /* Few digits that are not zero, so that every pattern of zeros comes up. */
    gint64 amount = 0;
    gint64 weight = 1;
    for (int i = 0; i < 15; i++, weight *= 10)
        if (g_test_rand_int_range(0, 3) == 0)
            amount += g_test_rand_int_range(1, 10) * weight;
    amount = amount / (g_test_rand_int_range(0, 2) ? 1 : 1000000);
    return g_test_rand_int_range(0, 10) ? amount : -amount;
}

static void
test_round_trip(void)
{
    for (int i = 0; i < 20000; i++) {
        gint64 fen = random_amount();
        g_autofree char *canonical = words_amount(fen);
        g_auto(GStrv) forms = words_amount_accepted(fen);
        g_assert_cmpstr(forms[0], ==, canonical);
        for (guint k = 0; forms[k]; k++) {
            g_assert_cmpint(read_words(forms[k]), ==, fen);
            g_assert_null(strstr(forms[k], "零零"));
            g_assert_false(fen % 10 != 0 && g_str_has_suffix(forms[k], "整"));
            g_assert_false(g_strv_contains((const char *const *) forms + k + 1, forms[k]));
        }
    }
}

static void
assert_date(const char *day, const char *expected)
{
    g_autofree char *words = words_date(day_parse(day));
    g_assert_cmpstr(words, ==, expected);
}

static void
test_date(void)
{
    assert_date("2024-01-15", "贰零贰肆年零壹月壹拾伍日");
    assert_date("2026-02-09", "贰零贰陆年零贰月零玖日");
    assert_date("2026-10-20", "贰零贰陆年零壹拾月零贰拾日");
    assert_date("2026-03-10", "贰零贰陆年叁月零壹拾日");
    assert_date("2026-11-30", "贰零贰陆年壹拾壹月零叁拾日");
    assert_date("2026-12-31", "贰零贰陆年壹拾贰月叁拾壹日");
    assert_date("2000-09-21", "贰零零零年玖月贰拾壹日");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/the-canonical-form-follows-the-official-examples", test_canonical);
    g_test_add_func("/words/every-allowed-form-is-accepted", test_accepted);
    g_test_add_func("/words/forms-that-could-be-altered-are-refused", test_refused);
    g_test_add_func("/words/every-form-reads-back-as-its-amount", test_round_trip);
    g_test_add_func("/words/dates-take-a-zero-where-a-stroke-could-be-added", test_date);
    return g_test_run();
}
