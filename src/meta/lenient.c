/* lenient.c - cells of real spreadsheets: full-width digits, 2024.3.1, Excel serial days, units behind numbers. */
#include "base/day.h"
#include "base/text.h"
#include "meta/lenient_internal.h"

#include <string.h>

/* Words that people put behind or before numbers; longest first where one contains another. */
static const char *const number_units[] = {
    "元/㎡/天", "元/㎡/月", "元/平方米/月", "元/平米/月", "元/月", "元/年", "平方米", "平米", "㎡", "m²", "m2",
    "M2", "人民币", "RMB", "CNY", "¥", "￥", "元", "个月", "天", "%", "％", ",", "，", " ", NULL,
};

static void
remove_all(GString *text, const char *word)
{
    g_string_replace(text, word, "", 0);
}

/* "12.5万元" is 125000: a myriad multiplies, moving the decimal point by four places. */
static void
expand_wan(GString *text)
{
    gsize n = strlen("万");

    if (text->len <= n || strcmp(text->str + text->len - n, "万") != 0)
        return;
    g_string_truncate(text, text->len - n);
    char *dot = strchr(text->str, '.');
    gsize have = dot ? strlen(dot + 1) : 0;
    if (dot)
        g_string_erase(text, dot - text->str, 1);
    for (; have < 4; have++)
        g_string_append_c(text, '0');
    if (have > 4)
        g_string_insert_c(text, (gssize) (text->len - (have - 4)), '.');
}

/* Excel shows 1234.5 for 1234.500000001: cut a tail of zeros, never a digit that counts. */
static void
trim_zeros(GString *text)
{
    if (!strchr(text->str, '.'))
        return;
    while (text->len && text->str[text->len - 1] == '0')
        g_string_truncate(text, text->len - 1);
    if (text->len && text->str[text->len - 1] == '.')
        g_string_truncate(text, text->len - 1);
}

static char *
clean_number(const char *text)
{
    g_autoptr(GString) s = g_string_new(text);

    for (guint i = 0; number_units[i]; i++)
        remove_all(s, number_units[i]);
    if (s->len > 2 && s->str[0] == '(' && s->str[s->len - 1] == ')') { /* accountants' negative */
        s->str[0] = '-';
        g_string_truncate(s, s->len - 1);
    }
    expand_wan(s);
    trim_zeros(s);
    if (strcmp(s->str, "-") == 0 || strcmp(s->str, "/") == 0 || strcmp(s->str, "—") == 0)
        g_string_truncate(s, 0);
    return g_strdup(s->str);
}

/* Up to three runs of digits. */
static guint
digit_runs(const char *text, int out[3])
{
    guint n = 0;

    while (*text && n < 3) {
        if (!g_ascii_isdigit(*text)) {
            text++;
            continue;
        }
        gint64 v = g_ascii_strtoll(text, (char **) &text, 10);
        out[n++] = v > 99999999 ? 99999999 : (int) v;
    }
    return n;
}

static gboolean
only_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

/* "2024.3.1", "2024/03/01", "2024年3月1日", "20240301", "45352" (Excel serial), "2024-3-1 00:00:00". */
static char *
clean_day(const char *text)
{
    int v[3] = { 0 };

    if (only_digits(text) && strlen(text) == 8) {
        int all = (int) g_ascii_strtoll(text, NULL, 10);
        Day day = day_from_ymd(all / 10000, all / 100 % 100, all % 100);
        return day == DAY_NONE ? g_strdup(text) : day_dup(day);
    }
    if (only_digits(text) && strlen(text) == 5) /* serial 1 is 1900-01-01, with Excel's false leap day */
        return day_dup(g_ascii_strtoll(text, NULL, 10) - 25569);
    if (digit_runs(text, v) < 3)
        return g_strdup(text);
    Day day = day_from_ymd(v[0], v[1], v[2]);
    return day == DAY_NONE ? g_strdup(text) : day_dup(day);
}

char *
lenient_clean(const FieldDef *field, const char *text)
{
    g_autofree char *normal = text && g_utf8_validate(text, -1, NULL) ? text_normalise(text) : g_strdup(text);

    if (!normal || !*normal)
        return g_strdup("");
    switch (field->type) {
    case FT_INT:
    case FT_MONEY:
    case FT_PRICE:
    case FT_AREA:
    case FT_PERCENT:
        return clean_number(normal);
    case FT_DAY:
        return clean_day(normal);
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_BOOL:
    case FT_INSTANT:
    case FT_ENUM:
    case FT_REF:
    case FT_JSON:
    case FT__N:
        break;
    }
    return g_steal_pointer(&normal);
}
