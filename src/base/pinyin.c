/* pinyin.c - pinyin initials: phrases first, then surnames of whole personal names, then the
 * table. */
#include "base/pinyin_table.h"
#include "base/text.h"
#include <string.h>

/* Phrases in which a character is not read as the table says; the longest that fits wins.
 * Entries that only confirm the table (查理, 单品) keep a surname below from being seen in them. */
static const struct {
    const char *text;
    const char *initials;
} phrases[] = {
    /* 行 háng */
    { "银行", "yh" },
    { "行业", "hy" },
    { "行情", "hq" },
    { "行家", "hj" },
    { "行长", "hz" },
    { "同行", "th" },
    { "商行", "sh" },
    { "洋行", "yh" },
    { "车行", "ch" },
    { "琴行", "qh" },
    { "花行", "hh" },
    { "分行", "fh" },
    { "支行", "zh" },
    { "总行", "zh" },
    { "央行", "yh" },
    { "工行", "gh" },
    { "建行", "jh" },
    { "农行", "nh" },
    { "中行", "zh" },
    { "招行", "zh" },
    { "交行", "jh" },
    { "排行", "ph" },
    { "茶行", "ch" },
    { "鱼行", "yh" },
    { "米行", "mh" },
    { "药行", "yh" },
    { "表行", "bh" },
    { "布行", "bh" },
    { "金行", "jh" },
    { "眼镜行", "yjh" },
    { "建行政", "jxz" }, /* longer than 建行, and no bank */
    { "工行为", "gxw" },
    { "珠宝行", "zbh" },
    { "拍卖行", "pmh" },
    { "典当行", "ddh" },
    { "电器行", "dqh" },
    { "贸易行", "myh" },
    { "首饰行", "ssh" },
    { "五金行", "wjh" },
    { "租赁行", "zlh" },
    { "各行各业", "ghgy" },
    { "三百六十行", "sblsh" },
    /* 重 chóng */
    { "重庆", "cq" },
    { "重阳", "cy" },
    { "重逢", "cf" },
    { "重复", "cf" },
    { "重新", "cx" },
    { "重组", "cz" },
    { "重启", "cq" },
    { "重建", "cj" },
    { "重装", "cz" },
    { "重置", "cz" },
    { "重叠", "cd" },
    { "重生", "cs" },
    { "九重", "jc" },
    { "双重", "sc" },
    { "多重", "dc" },
    /* 长 zhǎng */
    { "长沙", "cs" },
    { "成长", "cz" },
    { "家长", "jz" },
    { "店长", "dz" },
    { "校长", "xz" },
    { "院长", "yz" },
    { "园长", "yz" },
    { "部长", "bz" },
    { "组长", "zz" },
    { "市长", "sz" },
    { "局长", "jz" },
    { "处长", "cz" },
    { "科长", "kz" },
    { "会长", "hz" },
    { "董事长", "dsz" },
    { "秘书长", "msz" },
    { "增长", "zz" },
    { "生长", "sz" },
    { "长大", "zd" },
    { "长高", "zg" },
    { "长子", "zz" },
    { "长辈", "zb" },
    { "长老", "zl" },
    { "团长", "tz" },
    { "班长", "bz" },
    { "船长", "cz" },
    { "队长", "dz" },
    { "站长", "zz" },
    { "所长", "sz" },
    { "厂长", "cz" },
    { "社长", "sz" },
    { "馆长", "gz" },
    { "助长", "zz" },
    { "长孙", "zs" },
    /* 乐 yuè */
    { "音乐", "yy" },
    { "乐器", "yq" },
    { "乐队", "yd" },
    { "乐团", "yt" },
    { "乐谱", "yp" },
    { "乐章", "yz" },
    { "乐曲", "yq" },
    { "乐坊", "yf" },
    { "乐府", "yf" },
    { "乐理", "yl" },
    { "乐清", "yq" },
    { "声乐", "sy" },
    { "民乐", "my" },
    { "器乐", "qy" },
    { "国乐", "gy" },
    { "管乐", "gy" },
    { "弦乐", "xy" },
    { "礼乐", "ly" },
    { "配乐", "py" },
    { "交响乐", "jxy" },
    { "爵士乐", "jsy" },
    { "摇滚乐", "ygy" },
    { "流行音乐", "lxyy" },
    { "乐高", "lg" },
    /* 朝 zhāo, 藏 zàng, 传 zhuàn, 弹 tán, 调 tiáo, 参 shēn */
    { "朝夕", "zx" },
    { "朝霞", "zx" },
    { "朝气", "zq" },
    { "朝露", "zl" },
    { "朝花", "zh" },
    { "朝暮", "zm" },
    { "朝朝", "zz" },
    { "今朝", "jz" },
    { "西藏", "xz" },
    { "青藏", "qz" },
    { "藏族", "zz" },
    { "藏式", "zs" },
    { "藏餐", "zc" },
    { "藏药", "zy" },
    { "藏文", "zw" },
    { "藏香", "zx" },
    { "藏獒", "za" },
    { "藏红花", "zhh" },
    { "藏羚羊", "zly" },
    { "宝藏", "bz" },
    { "地藏", "dz" },
    { "传记", "zj" },
    { "自传", "zz" },
    { "水浒传", "shz" },
    { "弹琴", "tq" },
    { "弹簧", "th" },
    { "弹力", "tl" },
    { "弹性", "tx" },
    { "弹唱", "tc" },
    { "评弹", "pt" },
    { "反弹", "ft" },
    { "空调", "kt" },
    { "调料", "tl" },
    { "调味", "tw" },
    { "调解", "tj" },
    { "调整", "tz" },
    { "调节", "tj" },
    { "调酒", "tj" },
    { "调理", "tl" },
    { "调和", "th" },
    { "调皮", "tp" },
    { "调色", "ts" },
    { "调音", "ty" },
    { "调试", "ts" },
    { "调香", "tx" },
    { "调饮", "ty" },
    { "调频", "tp" },
    { "烹调", "pt" },
    { "协调", "xt" },
    { "微调", "wt" },
    { "人参", "rs" },
    { "海参", "hs" },
    { "参茸", "sr" },
    { "党参", "ds" },
    { "丹参", "ds" },
    { "红参", "hs" },
    { "高丽参", "gls" },
    { "花旗参", "hqs" },
    { "西洋参", "xys" },
    { "参鸡汤", "sjt" },
    /* places */
    { "厦门", "xm" },
    { "厦航", "xh" },
    { "厦大", "xd" },
    { "番禺", "py" },
    { "六安", "la" },
    { "铅山", "ys" },
    { "尉犁", "yl" },
    { "浚县", "xx" },
    { "单县", "sx" },
    { "东阿", "de" },
    { "阿胶", "ej" },
    { "阿房宫", "efg" },
    { "大埔", "db" },
    { "莘县", "sx" },
    { "洪洞", "ht" },
    { "什刹海", "sch" },
    { "古刹", "gc" },
    { "宝刹", "bc" },
    { "秘鲁", "bl" },
    { "吐蕃", "tb" },
    { "龟兹", "qc" },
    { "湖泊", "hp" },
    { "梁山泊", "lsp" },
    /* others */
    { "会计", "kj" },
    { "率先", "sx" },
    { "率领", "sl" },
    { "表率", "bs" },
    { "校对", "jd" },
    { "校准", "jz" },
    { "校正", "jz" },
    { "降龙", "xl" },
    { "投降", "tx" },
    { "便宜", "py" },
    { "扁舟", "pz" },
    { "大夫", "df" },
    { "雪茄", "xj" },
    { "咖喱", "gl" },
    { "蛤蟆", "hm" },
    { "伽利略", "jll" },
    { "给予", "jy" },
    { "供给", "gj" },
    { "补给", "bj" },
    { "自给", "zj" },
    { "反省", "fx" },
    { "盛器", "cq" },
    { "可汗", "kh" },
    /* surnames of two characters */
    { "单于", "cy" },
    { "尉迟", "yc" },
    { "澹台", "tt" },
    { "万俟", "mq" },
    /* no surname in these */
    { "单品", "dp" },
    { "单元", "dy" },
    { "单车", "dc" },
    { "单店", "dd" },
    { "单向", "dx" },
    { "单身", "ds" },
    { "单独", "dd" },
    { "单色", "ds" },
    { "单位", "dw" },
    { "单反", "df" },
    { "解放", "jf" },
    { "解忧", "jy" },
    { "解百", "jb" },
    { "解渴", "jk" },
    { "解压", "jy" },
    { "解馋", "jc" },
    { "解决", "jj" },
    { "解码", "jm" },
    { "曾经", "cj" },
    { "仇恨", "ch" },
    { "查理", "cl" },
    { "查询", "cx" },
    { "查验", "cy" },
    { "查看", "ck" },
    { "区域", "qy" },
    { "区块", "qk" },
    { "区间", "qj" },
    { "区别", "qb" },
};

/* Surnames read otherwise than the character alone, at the head of a text of two to four Han
 * characters: longer ones are companies, not people. */
static const struct {
    const char *text;
    char initial;
} surnames[] = {
    { "单", 's' }, { "解", 'x' }, { "曾", 'z' }, { "仇", 'q' },
    { "查", 'z' }, { "翟", 'z' }, { "区", 'o' }, { "覃", 'q' },
};

/* The phrase at @text, the longest if several begin there; -1 if none. */
static int
phrase_at(const char *text)
{
    int best = -1;
    gsize longest = 0;
    for (guint i = 0; i < G_N_ELEMENTS(phrases); i++) {
        gsize length = strlen(phrases[i].text);
        if (length > longest && strncmp(text, phrases[i].text, length) == 0) {
            best = (int) i;
            longest = length;
        }
    }
    return best;
}

static gboolean
is_han(gunichar c)
{
    return c >= PINYIN_FIRST && c <= PINYIN_LAST;
}

static gboolean
is_like_a_personal_name(const char *text)
{
    gsize count = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p), count++)
        if (!is_han(g_utf8_get_char(p)) || count == 4)
            return FALSE;
    return count >= 2;
}

static char
surname_initial(const char *text)
{
    for (guint i = 0; i < G_N_ELEMENTS(surnames); i++)
        if (g_str_has_prefix(text, surnames[i].text))
            return surnames[i].initial;
    return '\0';
}

static void
append_character(GString *out, gunichar c)
{
    char initial = '?';
    if (is_han(c))
        initial = pinyin_rows[(c - PINYIN_FIRST) / PINYIN_ROW][(c - PINYIN_FIRST) % PINYIN_ROW];
    if (initial == '?')
        g_string_append_unichar(out, c);
    else
        g_string_append_c(out, initial);
}

char *
text_pinyin_initials(const char *text)
{
    g_autofree char *folded = text_fold(text);
    GString *out = g_string_sized_new(strlen(folded) / 3 + 8);
    const char *p = folded;
    if (is_like_a_personal_name(p) && phrase_at(p) < 0) {
        char initial = surname_initial(p);
        if (initial) {
            g_string_append_c(out, initial);
            p = g_utf8_next_char(p);
        }
    }
    while (*p) {
        int phrase = is_han(g_utf8_get_char(p)) ? phrase_at(p) : -1;
        if (phrase >= 0) {
            g_string_append(out, phrases[phrase].initials);
            p += strlen(phrases[phrase].text);
        } else {
            append_character(out, g_utf8_get_char(p));
            p = g_utf8_next_char(p);
        }
    }
    return g_string_free(out, FALSE);
}
