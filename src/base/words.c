#include "base/words.h"
#include <string.h>

/* Where the rules leave a choice, one bit each; 0 is the canonical choice. */
enum {
    OPTION_ZERO_IN_YI = 1 << 0,   /* write 零 between 万亿 and 亿 */
    OPTION_ZERO_IN_WAN = 1 << 1,  /* write 零 between 亿 and 万 */
    OPTION_ZERO_IN_YUAN = 1 << 2, /* write 零 between 万 and 仟 */
    OPTION_NO_ZERO_JIAO = 1 << 3, /* leave out 零 between 元 and 角 */
    OPTION_ZHENG = 1 << 4,        /* write 整 behind 角 */
    OPTION__END = 1 << 5,
};

#define SECTIONS 4 /* 万亿, 亿, 万, 元: four digits each */
#define LIMIT_FEN G_GINT64_CONSTANT(1000000000000000000) /* what they hold; MONEY_MAX_FEN is less */

static const char *const numerals[] = {
    "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"
};

/* One section of four digits, without a leading 零: 1009 is 壹仟零玖. Zeros inside give one 零, those at
 * the end none. */
static void
append_section(GString *out, int section)
{
    static const char *const places[] = { "仟", "佰", "拾", "" };
    static const int weights[] = { 1000, 100, 10, 1 };
    gboolean begun = FALSE;
    gboolean zero_due = FALSE;
    for (int i = 0; i < 4; i++) {
        int digit = section / weights[i] % 10;
        if (digit == 0) {
            zero_due = begun;
            continue;
        }
        if (zero_due)
            g_string_append(out, numerals[0]);
        g_string_append(out, numerals[digit]);
        g_string_append(out, places[i]);
        begun = TRUE;
        zero_due = FALSE;
    }
}

/* The whole yuan. @used collects the options that would have made a difference. */
static void
append_yuan(GString *out, guint64 yuan, guint options, guint *used)
{
    static const guint option_of[SECTIONS] = { 0, OPTION_ZERO_IN_YI, OPTION_ZERO_IN_WAN,
                                               OPTION_ZERO_IN_YUAN };
    static const char *const units[SECTIONS] = { "万", "亿", "万", "" };
    static const guint64 weights[SECTIONS] = { G_GUINT64_CONSTANT(1000000000000),
                                               G_GUINT64_CONSTANT(100000000), 10000, 1 };
    gboolean begun = FALSE;
    int previous = 0; /* the section before, 0 if it is all zeros */
    for (int i = 0; i < SECTIONS; i++) {
        int section = (int) (yuan / weights[i] % 10000);
        if (section > 0) {
            if (begun && (section < 1000 || previous == 0)) {
                g_string_append(out, numerals[0]); /* a zero inside must be written */
            } else if (begun && previous % 10 == 0) {
                *used |= option_of[i]; /* only the unit before is zero: free */
                if (options & option_of[i])
                    g_string_append(out, numerals[0]);
            }
            append_section(out, section);
            g_string_append(out, units[i]);
            begun = TRUE;
        } else if (i == 1 && begun) {
            g_string_append(out, units[1]); /* 壹万亿: the 亿 belongs to the section before */
        }
        previous = section;
    }
}

/* One form of @fen; transfer full. */
static char *
build(gint64 fen, guint options, guint *used)
{
    guint64 amount = fen < 0 ? 0 - (guint64) fen : (guint64) fen;
    guint64 yuan = amount / 100;
    int jiao = (int) (amount / 10 % 10);
    int cents = (int) (amount % 10);
    GString *out = g_string_new(fen < 0 ? "负" : "");
    if (amount == 0)
        g_string_append(out, numerals[0]);
    append_yuan(out, yuan, options, used);
    if (yuan > 0 || amount == 0)
        g_string_append(out, "元");
    if (jiao == 0 && cents == 0)
        g_string_append(out, "整");
    if (yuan > 0 && jiao == 0 && cents > 0)
        g_string_append(out, numerals[0]);
    if (jiao > 0) {
        if (yuan > 0 && yuan % 10 == 0) {
            *used |= OPTION_NO_ZERO_JIAO;
            if (!(options & OPTION_NO_ZERO_JIAO))
                g_string_append(out, numerals[0]);
        }
        g_string_append(out, numerals[jiao]);
        g_string_append(out, "角");
    }
    if (cents > 0) {
        g_string_append(out, numerals[cents]);
        g_string_append(out, "分");
    } else if (jiao > 0) {
        *used |= OPTION_ZHENG;
        if (options & OPTION_ZHENG)
            g_string_append(out, "整");
    }
    return g_string_free(out, FALSE);
}

char *
words_amount(gint64 fen)
{
    g_return_val_if_fail(fen > -LIMIT_FEN && fen < LIMIT_FEN, g_strdup(""));
    guint used = 0;
    return build(fen, 0, &used);
}

char **
words_amount_accepted(gint64 fen)
{
    g_return_val_if_fail(fen > -LIMIT_FEN && fen < LIMIT_FEN, g_new0(char *, 1));
    g_autoptr(GPtrArray) forms = g_ptr_array_new();
    guint used = 0;
    g_ptr_array_add(forms, build(fen, 0, &used));
    guint ignored = 0;
    for (guint options = 1; options < OPTION__END; options++) {
        if ((options & ~used) == 0)
            g_ptr_array_add(forms, build(fen, options, &ignored));
    }
    g_ptr_array_add(forms, NULL);
    return (char **) g_ptr_array_free(g_steal_pointer(&forms), FALSE);
}

/* 正 counts as 整, 圆 as 元, and 人民币 before the amount is not part of it. */
static char *
plain_form(const char *text)
{
    if (g_str_has_prefix(text, "人民币"))
        text += strlen("人民币");
    GString *out = g_string_new(text);
    g_string_replace(out, "正", "整", 0);
    g_string_replace(out, "圆", "元", 0);
    return g_string_free(out, FALSE);
}

gboolean
words_amount_is_accepted(gint64 fen, const char *text)
{
    if (!text)
        return FALSE;
    g_autofree char *plain = plain_form(text);
    g_auto(GStrv) forms = words_amount_accepted(fen);
    return g_strv_contains((const char *const *) forms, plain);
}

/* 1..31 for a cheque: 零 before what could be lengthened by a stroke in front of it. */
static void
append_date_part(GString *out, int number, gboolean zero)
{
    if (zero)
        g_string_append(out, numerals[0]);
    append_section(out, number);
}

char *
words_date(Day day)
{
    g_return_val_if_fail(day >= DAY_MIN && day <= DAY_MAX, g_strdup(""));
    Ymd ymd = day_to_ymd(day);
    GString *out = g_string_new(NULL);
    for (int weight = 1000; weight > 0; weight /= 10)
        g_string_append(out, numerals[ymd.year / weight % 10]);
    g_string_append(out, "年");
    append_date_part(out, ymd.month, ymd.month <= 2 || ymd.month == 10);
    g_string_append(out, "月");
    append_date_part(out, ymd.day, ymd.day < 10 || ymd.day % 10 == 0);
    g_string_append(out, "日");
    return g_string_free(out, FALSE);
}
