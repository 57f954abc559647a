#include "base/text.h"

static void
assert_text(char *owned, const char *expected)
{
    g_autofree char *text = owned;
    g_assert_cmpstr(text, ==, expected);
}

static void
test_clean(void)
{
    g_assert_true(text_is_clean(""));
    g_assert_true(text_is_clean("星巴克\n\t咖啡 é 😀"));
    static const char *const bad[] = { "a\rb",     "\x1b[31m", "a\x7f",    "\xff",
                                       "\xc0\x80", "\xe6\x98", "\xc2\x85", "\xed\xa0\x80" };
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(text_is_clean(bad[i]));
    g_assert_false(text_is_clean(NULL));
}

static void
test_normalise(void)
{
    assert_text(text_normalise("  星巴克　　（国贸店）\t １Ａ "), "星巴克 (国贸店) 1A");
    assert_text(text_normalise("a \r\n  b\n\n"), "a\nb");
    assert_text(text_normalise("　"), "");
    assert_text(text_normalise(""), "");
    assert_text(text_normalise("x\u00a0y"), "x y");
}

static void
test_fold(void)
{
    assert_text(text_fold("Ｈ＆Ｍ （国贸）"), "hm国贸");
    assert_text(text_fold("Café ÉCLAIR"), "cafééclair");
    assert_text(text_fold("北京·某某（集团）有限公司"), "北京某某集团有限公司");
    assert_text(text_fold("ﬁt ①"), "fit1");
    assert_text(text_fold("—— ！"), "");
    g_assert_cmpuint(text_length("星巴克 A"), ==, 5);
}

static void
test_digits(void)
{
    assert_text(text_digits("+86 138-1234-5678"), "8613812345678");
    assert_text(text_digits("no"), "");
}

static void
test_mask(void)
{
    assert_text(text_mask("13812345678"), "138****5678");
    assert_text(text_mask("11010519491231002X"), "110105********002X");
    assert_text(text_mask("110105194912310021"), "110105********0021");
    assert_text(text_mask("6222020000001234567"), "622************4567");
    assert_text(text_mask("张三"), "张*");
    assert_text(text_mask("张三丰"), "张**");
    assert_text(text_mask("1234567"), "1*****7");
    assert_text(text_mask("A"), "*");
    assert_text(text_mask(""), "");
}

static void
test_similarity(void)
{
    g_assert_cmpuint(text_similarity("星巴克咖啡", "星巴克咖啡"), ==, 100);
    g_assert_cmpuint(text_similarity("星巴克咖啡", "星巴克"), ==, 66); /* 2 * 2 of 4 + 2 */
    g_assert_cmpuint(text_similarity("星巴克", "麦当劳"), ==, 0);
    g_assert_cmpuint(text_similarity("abab", "baba"), ==,
                     66); /* pairs count as often as they are */
    g_assert_cmpuint(text_similarity("麦", "麦"), ==, 100);
    g_assert_cmpuint(text_similarity("麦", "麦当"), ==, 0);
    g_assert_cmpuint(text_similarity("", ""), ==, 0);
}

static void
test_formula(void)
{
    static const char *const formulas[] = { "=1+1",  "+cmd|' /C calc'!A0",
                                            "-2+3",  "@SUM(A1)",
                                            "\tx",   "\rx",
                                            "＝1+1", "－a",
                                            "＋1a",  "-",
                                            "+",     "=",
                                            "＠x",   "-1-1",
                                            "+1,,x", "-.",
                                            "-1%1" };
    for (guint i = 0; i < G_N_ELEMENTS(formulas); i++)
        g_assert_true(text_is_formula_like(formulas[i]));
    static const char *const plain[] = { "",       "-5",  "-1,234.50", "+8613812345678",
                                         "-3.85%", "a=b", "星巴克",    "1-2",
                                         "5",      "-.5" };
    for (guint i = 0; i < G_N_ELEMENTS(plain); i++)
        g_assert_false(text_is_formula_like(plain[i]));
}

static void
test_pinyin(void)
{
    static const char *const cases[][2] = {
        { "星巴克咖啡", "xbkkf" },
        { "Ｈ＆Ｍ 国贸店", "hmgmd" },
        { "7-Eleven便利店", "7elevenbld" },
        { "中国银行", "zgyh" },
        { "中国工商银行（重庆分行）", "zggsyhcqfh" },
        { "厦门航空", "xmhk" },
        { "嘉里大厦", "jlds" },
        { "重庆小面", "cqxm" },
        { "长沙臭豆腐", "cscdf" },
        { "长城汽车", "ccqc" },
        { "行者户外", "xzhw" },
        { "老庙珠宝行", "lmzbh" },
        { "QQ音乐", "qqyy" },
        { "乐高", "lg" },
        { "好乐迪", "hld" },
        { "单田芳", "stf" },
        { "解晓东", "xxd" },
        { "解放书店", "jfsd" },
        { "曾志伟", "zzw" },
        { "仇英", "qy" },
        { "查良镛", "zly" },
        { "查理咖啡", "clkf" },
        { "翟天临", "ztl" },
        { "区永权", "oyq" },
        { "单向街", "dxj" },
        { "曾记牛肉火锅店", "cjnrhgd" },
        { "尉迟恭", "ycg" },
        { "东阿阿胶", "deej" },
        { "西藏特产", "xztc" },
        { "瑜伽", "yj" },
        { "建行网点", "jhwd" },
        { "新建行政楼", "xjxzl" },
        { "呷哺呷哺", "xbxb" },
        { "ñ㐀", "ñ㐀" },
        { "", "" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_text(text_pinyin_initials(cases[i][0]), cases[i][1]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/control-characters-and-bad-utf8-are-not-clean", test_clean);
    g_test_add_func("/text/full-width-and-runs-of-spaces-are-normalised", test_normalise);
    g_test_add_func("/text/folding-leaves-letters-and-digits", test_fold);
    g_test_add_func("/text/digits-alone", test_digits);
    g_test_add_func("/text/a-mask-shows-only-the-ends", test_mask);
    g_test_add_func("/text/similarity-counts-common-pairs", test_similarity);
    g_test_add_func("/text/formulas-are-recognised-and-numbers-are-not", test_formula);
    g_test_add_func("/text/pinyin-initials-know-phrases-and-surnames", test_pinyin);
    return g_test_run();
}
