/* lease_import_parse.c - the words of rent rolls. */
#include "base/checkno.h"
#include "base/money.h"
#include "base/text.h"
#include "domain/lease/lease_import_internal.h"

#include <string.h>

enum { STEP_MONTHS_MAX = 240 };

/* Half-width, without spaces. transfer full. */
static char *
squeeze(const char *text)
{
    g_autofree char *normal = text_normalise(text ? text : "");
    g_autofree char *plain = g_utf8_normalize(normal, -1, G_NORMALIZE_NFKC);
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *p = plain ? plain : ""; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_isspace(c))
            g_string_append_unichar(out, c);
    }
    return g_strdup(out->str);
}

static gboolean
says_any(const char *text, const char *const *words)
{
    for (; *words; words++) {
        if (strstr(text, *words))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_any(const char *text, const char *const *words)
{
    return g_strv_contains(words, text);
}

static gboolean
says_nothing(const char *squeezed)
{
    static const char *const words[] = { "",     "-",      "--",     "/",    "—", "——",  "无", "不",
                                         "没有", "不递增", "无递增", "固定", "0", "0天", NULL };

    return is_any(squeezed, words);
}

static const struct {
    const char *word;
    int value;
} numerals[] = { { "十二", 12 }, { "十一", 11 }, { "十", 10 }, { "一", 1 }, { "二", 2 },
                 { "两", 2 },    { "双", 2 },    { "三", 3 },  { "四", 4 }, { "五", 5 },
                 { "六", 6 },    { "七", 7 },    { "八", 8 },  { "九", 9 }, { "首", 1 } };

/* A small number at the beginning of @text, in figures or characters; 0 if there is none. @end gets what follows. */
static int
leading_count(const char *text, const char **end)
{
    *end = text;
    if (g_ascii_isdigit(*text)) {
        gint64 n = g_ascii_strtoll(text, (char **) end, 10);
        return n > 9999 ? 9999 : (int) n;
    }
    for (guint i = 0; i < G_N_ELEMENTS(numerals); i++) {
        if (g_str_has_prefix(text, numerals[i].word)) {
            *end = text + strlen(numerals[i].word);
            return numerals[i].value;
        }
    }
    return 0;
}

/* The one decimal number in @text with thousands separators taken out; NULL if there is none or a second. transfer full. */
static char *
only_number(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *p = text + strcspn(text, "0123456789");

    while (g_ascii_isdigit(*p) || *p == '.' || (*p == ',' && g_ascii_isdigit(p[1]))) {
        if (*p != ',')
            g_string_append_c(out, *p);
        p++;
    }
    p = strstr(p, "m2") ? strstr(p, "m2") + 2 : p; /* the unit has a figure of its own */
    if (out->len == 0 || strpbrk(p, "0123456789"))
        return NULL;
    while (strchr(out->str, '.')
           && (out->str[out->len - 1] == '0' || out->str[out->len - 1] == '.')) {
        gboolean dot = out->str[out->len - 1] == '.';
        g_string_truncate(out, out->len - 1);
        if (dot)
            break;
    }
    return g_strdup(out->str);
}

/* "m2/天" and "日租金" are by the day; "个月" is no unit of area. */
static const char *
basis_in(const char *text)
{
    static const char *const days[] = { "/天", "/日", "每天", "每日", "日租金", "天/", NULL };
    static const char *const months[] = { "/月", "每月", "月租金", "月/", NULL };
    static const char *const years[] = { "/年", "每年", "年租金", NULL };

    if (says_any(text, days))
        return "per_m2_day";
    if (says_any(text, months))
        return "per_m2_month";
    return says_any(text, years) ? "per_m2_year" : NULL;
}

gboolean
rent_parse_price(const char *text, const char *heading, RentPrice *out)
{
    static const char *const shares[] = { "%", "扣", "提成", NULL };
    g_autofree char *plain = squeeze(text);
    g_autofree char *above = squeeze(heading);
    const char *basis = basis_in(plain);

    *out = (RentPrice){ .basis = "per_m2_month" };
    if (says_nothing(plain))
        return TRUE;
    g_autofree char *number = only_number(plain);
    if (!number)
        return FALSE;
    if (says_any(plain, shares))
        return percent_parse(number, &out->percent_ppm) && out->percent_ppm > 0
               && out->percent_ppm <= RATE_ONE_PPM;
    if (!basis)
        basis = basis_in(above);
    if (basis)
        out->basis = basis;
    return price_parse(number, &out->price_e4);
}

/* One day at the beginning of @text: three runs of figures. NULL if there is none. */
static const char *
leading_day(const char *text, Day *day)
{
    int part[3] = { 0 };
    const char *p = text;

    for (int i = 0; i < 3; i++) {
        if (!g_ascii_isdigit(*p))
            return NULL;
        gint64 n = g_ascii_strtoll(p, (char **) &p, 10);
        part[i] = n > 9999 ? 0 : (int) n;
        static const char *const between[] = { "年", "月", "日" };
        if (g_str_has_prefix(p, between[i]))
            p += strlen(between[i]);
        else if (i < 2 && strchr(".-/", *p) && *p)
            p++;
        else if (i < 2)
            return NULL;
    }
    *day = part[0] >= 1900 && part[0] <= 2199 ? day_from_ymd(part[0], part[1], part[2]) : DAY_NONE;
    return *day == DAY_NONE ? NULL : p;
}

gboolean
rent_parse_days(const char *text, Day *from, Day *to)
{
    static const char *const between[] = { "至", "到", "—", "–", "~", "-", "起" };
    g_autofree char *plain = squeeze(text);
    const char *p = leading_day(plain, from);

    if (!p)
        return FALSE;
    for (gboolean more = TRUE; more;) {
        more = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(between); i++) {
            if (g_str_has_prefix(p, between[i])) {
                p += strlen(between[i]);
                more = TRUE;
            }
        }
    }
    p = leading_day(p, to);
    return p && (*p == '\0' || strcmp(p, "止") == 0) && *from <= *to;
}

gboolean
rent_parse_free(const char *text, const char *heading, Day from, Day *a, Day *b)
{
    g_autofree char *plain = squeeze(text);
    g_autofree char *above = squeeze(heading);
    const char *rest = plain;

    *a = *b = DAY_NONE;
    if (says_nothing(plain))
        return TRUE;
    if (rent_parse_days(plain, a, b))
        return TRUE;
    int n = leading_count(plain, &rest);
    gboolean months = g_str_has_prefix(rest, "个月") || g_str_has_prefix(rest, "月")
                      || (!*rest && strstr(above, "月"));
    gboolean days = g_str_has_prefix(rest, "天") || g_str_has_prefix(rest, "日") || !*rest;
    if (n <= 0 || n > 1000 || (!months && !days) || from == DAY_NONE)
        return FALSE;
    *a = from;
    *b = months ? day_add_months(from, n) - 1 : from + n - 1;
    return TRUE;
}

/* "每两年" and "每2年": the interval in months; 12 where none is said. */
static int
step_months(const char *plain)
{
    const char *p = strstr(plain, "每"), *rest = NULL;

    if (!p)
        return 12;
    p += strlen("每");
    if (g_str_has_prefix(p, "隔"))
        p += strlen("隔");
    int n = leading_count(p, &rest);
    if (n == 0)
        n = 1;
    return g_str_has_prefix(rest, "个月") || g_str_has_prefix(rest, "月") ? n : n * 12;
}

/* "第3年起": the years before the step. */
static int
step_first(const char *plain)
{
    const char *p = strstr(plain, "第"), *rest = NULL;
    int n = p ? leading_count(p + strlen("第"), &rest) : 0;

    return n > 1 && g_str_has_prefix(rest, "年") ? n - 1 : 0;
}

/* The figure that is the size of the step: the one before % or 元, or the only one. transfer full. */
static char *
step_number(const char *plain)
{
    const char *sign = strstr(plain, "%") ? strstr(plain, "%") : strstr(plain, "元");
    const char *start = sign;

    if (!sign)
        return only_number(plain);
    while (start > plain && (g_ascii_isdigit(start[-1]) || start[-1] == '.'))
        start--;
    return start == sign ? NULL : g_strndup(start, (gsize) (sign - start));
}

gboolean
rent_parse_step(const char *text, RentStep *out)
{
    g_autofree char *plain = squeeze(text);
    gint64 e4 = 0;

    *out = (RentStep){ 0 };
    if (says_nothing(plain))
        return TRUE;
    g_autofree char *number = step_number(plain);
    gboolean amount = strstr(plain, "元") && !strstr(plain, "%");
    if (!number || !decimal_parse(number, 4, G_GINT64_CONSTANT(10000000000), &e4))
        return FALSE;
    if (e4 == 0)
        return TRUE;
    out->every_months = step_months(plain);
    out->first_years = step_first(plain);
    if (amount)
        out->amount_e4 = e4;
    else /* 5, 5% and 0.05 all mean five percent */
        out->percent_ppm = !strstr(plain, "%") && e4 < 10000 ? e4 * 100 : e4;
    return out->every_months > 0 && out->every_months <= STEP_MONTHS_MAX
           && (amount || (out->percent_ppm > 0 && out->percent_ppm <= RATE_ONE_PPM));
}

static gboolean
is_cycle(int months)
{
    return months == 1 || months == 2 || months == 3 || months == 6 || months == 12;
}

/* "押三付一". */
static gboolean
parse_deposit_and_cycle(const char *plain, RentPayment *out)
{
    const char *p = strstr(plain, "押"), *rest = NULL;

    if (!p)
        return FALSE;
    out->deposit_months = leading_count(p + strlen("押"), &rest);
    if (g_str_has_prefix(rest, "个月"))
        rest += strlen("个月");
    if (!g_str_has_prefix(rest, "付"))
        return FALSE;
    out->cycle_months = leading_count(rest + strlen("付"), &rest);
    return out->deposit_months > 0 && out->deposit_months <= 36 && is_cycle(out->cycle_months);
}

gboolean
rent_parse_payment(const char *text, RentPayment *out)
{
    static const struct {
        const char *word;
        int months;
    } words[] = { { "半年", 6 }, { "双月", 2 }, { "两月", 2 },
                  { "季", 3 },   { "年", 12 },  { "月", 1 } };
    g_autofree char *plain = squeeze(text);
    const char *rest = plain;

    *out = (RentPayment){ .deposit_months = -1, .cycle_months = 1 };
    if (says_nothing(plain) || parse_deposit_and_cycle(plain, out))
        return TRUE;
    if (strstr(plain, "押"))
        return FALSE;
    int n = leading_count(plain, &rest);
    if (n && (g_str_has_prefix(rest, "个月") || g_str_has_prefix(rest, "月"))) {
        out->cycle_months = n;
        return is_cycle(n);
    }
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strstr(plain, words[i].word)) {
            out->cycle_months = words[i].months;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
rent_parse_level(const char *text, int *level)
{
    static const char *const below[] = { "b", "负", "地下", "-" };
    static const char *const tails[] = { "f", "层", "楼", "m", "" };
    g_autofree char *plain = squeeze(text);
    g_autofree char *lower = g_ascii_strdown(plain, -1);
    const char *p = lower, *rest = NULL;
    int sign = 1;

    for (guint i = 0; i < G_N_ELEMENTS(below) && sign > 0; i++) {
        if (g_str_has_prefix(p, below[i])) {
            sign = -1;
            p += strlen(below[i]);
        }
    }
    if (sign > 0 && (*p == 'l' || *p == 'f'))
        p++;
    else if (g_str_has_prefix(p, "第"))
        p += strlen("第");
    int n = leading_count(p, &rest);
    if (n < 1 || n > 99)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(tails); i++) {
        if (strcmp(rest, tails[i]) == 0) {
            *level = sign * n;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
rent_is_vacant(const char *text)
{
    static const char *const words[] = { "",       "-",    "--",     "/",      "—",
                                         "——",     "无",   "空",     "空置",   "空铺",
                                         "空置中", "待租", "待招商", "招商中", "未出租",
                                         "未租",   "闲置", "vacant", NULL };
    g_autofree char *plain = squeeze(text);
    g_autofree char *lower = g_ascii_strdown(plain, -1);
    g_autoptr(GString) bare = g_string_new(lower);

    g_string_replace(bare, "(", "", 0);
    g_string_replace(bare, ")", "", 0);
    return is_any(bare->str, words);
}

gboolean
rent_parse_phones(const char *text, char **mobile, char **landline)
{
    g_autofree char *normal = text_normalise(text ? text : "");
    g_autoptr(GString) parts = g_string_new(normal);

    *mobile = *landline = NULL;
    g_string_replace(parts, "、", ";", 0);
    g_string_replace(parts, "；", ";", 0);
    g_string_replace(parts, "，", ";", 0);
    g_strdelimit(parts->str, "/,\n", ';');
    g_auto(GStrv) list = g_strsplit(parts->str, ";", -1);
    for (guint i = 0; list[i]; i++) {
        const char *one = g_strstrip(list[i]);
        if (!*one)
            continue;
        CheckResult is_mobile = check_mobile(one), any = check_phone(one);
        if (!any.valid && !is_mobile.valid)
            return FALSE;
        if (is_mobile.valid && !*mobile)
            *mobile = g_strdup(is_mobile.normalised);
        else if (!is_mobile.valid && !*landline)
            *landline = g_strdup(any.normalised);
    }
    return TRUE;
}
