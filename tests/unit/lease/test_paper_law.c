#include "domain/lease/lease.h"

static void
threats_are_found(void)
{
    static const char *const texts[] = {
        "逾期未付的，我方将停水停电。", "将采取停止供电、供水措施", "逾期即 断 电", "甲方有权拉闸限电", "贵方不得拒绝我方停电", "请付款。\n否则停水",
        "不付款则停气，且不得异议", "甲方可暂停供应空调、停水",
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (!paper_threatens_utilities(texts[i]))
            g_error("no threat found in %s", texts[i]);
    }
}

static void
what_is_no_threat_may_be_said(void)
{
    static const char *const texts[] = {
        "请于期限内付清。", "我方不会以停水、停电方式催交物业费。", "甲方不得采取停止供电、供水、供热、供燃气等方式催交物业费",
        "本期电费与水费合计 300 元", "逾期将计收违约金并委托律师处理", "", NULL,
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (paper_threatens_utilities(texts[i]))
            g_error("a threat was found in %s", texts[i]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paper/threats-to-cut-off-utilities-are-found", threats_are_found);
    g_test_add_func("/paper/saying-that-it-will-not-be-done-is-no-threat", what_is_no_threat_may_be_said);
    return g_test_run();
}
