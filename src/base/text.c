#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define IDEOGRAPHIC_SPACE 0x3000
#define FULL_WIDTH_FIRST 0xFF01
#define FULL_WIDTH_LAST 0xFF5E
#define FULL_WIDTH_OFFSET (0xFF01 - '!')

gboolean
text_is_clean(const char *text)
{
    if (!text || !g_utf8_validate(text, -1, NULL))
        return FALSE;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0))
            return FALSE;
    }
    return TRUE;
}

static gunichar
half_width(gunichar c)
{
    if (c == IDEOGRAPHIC_SPACE || c == 0xA0)
        return ' ';
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
        return c - FULL_WIDTH_OFFSET;
    return c;
}

char *
text_normalise(const char *text)
{
    g_return_val_if_fail(text && g_utf8_validate(text, -1, NULL), g_strdup(""));
    GString *out = g_string_sized_new(strlen(text));
    gboolean space_due = FALSE;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = half_width(g_utf8_get_char(p));
        if (c == ' ' || c == '\t' || c == '\r') {
            space_due = TRUE;
            continue;
        }
        /* No space at the beginning or around a line break. */
        if (space_due && out->len > 0 && c != '\n' && out->str[out->len - 1] != '\n')
            g_string_append_c(out, ' ');
        space_due = FALSE;
        if (c != '\n' || out->len > 0)
            g_string_append_unichar(out, c);
    }
    while (out->len > 0 && out->str[out->len - 1] == '\n')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

char *
text_fold(const char *text)
{
    g_return_val_if_fail(text && g_utf8_validate(text, -1, NULL), g_strdup(""));
    g_autofree char *compatible = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_autofree char *folded = g_utf8_casefold(compatible, -1);
    GString *out = g_string_sized_new(strlen(folded));
    for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) || g_unichar_ismark(c))
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

gsize
text_length(const char *text)
{
    return (gsize) g_utf8_strlen(text, -1);
}

char *
text_digits(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p; p++)
        if (g_ascii_isdigit(*p))
            g_string_append_c(out, *p);
    return g_string_free(out, FALSE);
}

/* How many characters stay at each end of a masked text of @length characters. */
static void
kept_ends(const char *text, gsize length, gsize *head, gsize *tail)
{
    gsize digits = strspn(text, "0123456789");
    if (length == 18 && digits >= 17) { /* an identity number: region and last four */
        *head = 6;
        *tail = 4;
    } else if (length > 7) {
        *head = 3;
        *tail = 4;
    } else { /* three and four would show everything: a name keeps its first character */
        *head = length > 1 ? 1 : 0;
        *tail = length > 3 ? 1 : 0;
    }
}

char *
text_mask(const char *text)
{
    gsize length = text_length(text);
    gsize head;
    gsize tail;
    kept_ends(text, length, &head, &tail);
    GString *out = g_string_sized_new(strlen(text));
    gsize i = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p), i++) {
        if (i < head || i >= length - tail)
            g_string_append_unichar(out, g_utf8_get_char(p));
        else
            g_string_append_c(out, '*');
    }
    return g_string_free(out, FALSE);
}

static int
compare_bigrams(const void *a, const void *b)
{
    guint64 x = *(const guint64 *) a;
    guint64 y = *(const guint64 *) b;
    return (x > y) - (x < y);
}

/* The pairs of neighbouring characters, sorted. transfer full. */
static guint64 *
bigrams(const char *text, gsize count)
{
    guint64 *pairs = g_new(guint64, count);
    gsize i = 0;
    for (const char *p = text; i < count; p = g_utf8_next_char(p), i++) {
        guint64 first = g_utf8_get_char(p);
        pairs[i] = first << 32 | g_utf8_get_char(g_utf8_next_char(p));
    }
    qsort(pairs, count, sizeof *pairs, compare_bigrams);
    return pairs;
}

guint
text_similarity(const char *a, const char *b)
{
    gsize length_a = text_length(a);
    gsize length_b = text_length(b);
    if (length_a < 2 || length_b < 2) /* no pairs to compare */
        return length_a > 0 && strcmp(a, b) == 0 ? 100 : 0;
    gsize count_a = length_a - 1;
    gsize count_b = length_b - 1;
    g_autofree guint64 *pairs_a = bigrams(a, count_a);
    g_autofree guint64 *pairs_b = bigrams(b, count_b);
    gsize common = 0;
    for (gsize i = 0, k = 0; i < count_a && k < count_b;) {
        int order = compare_bigrams(&pairs_a[i], &pairs_b[k]);
        common += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return (guint) (200 * common / (count_a + count_b));
}

/* Sign, digits with separators, one point, percent: what a spreadsheet keeps as a number. */
static gboolean
is_plain_number(const char *text)
{
    const char *p = *text == '-' || *text == '+' ? text + 1 : text;
    gboolean point = FALSE;
    gsize digits = 0;
    for (; *p && *p != '%'; p++) {
        if (g_ascii_isdigit(*p))
            digits++;
        else if (*p == '.' && !point)
            point = TRUE;
        else if (*p != ',' || digits == 0 || point)
            return FALSE;
    }
    return digits > 0 && (*p == '\0' || p[1] == '\0');
}

gboolean
text_is_formula_like(const char *text)
{
    gunichar first = half_width(g_utf8_get_char_validated(text, -1));
    if (first == 0 || first > 0x7f || !strchr("=+-@\t\r", (int) first))
        return FALSE;
    return !is_plain_number(text);
}
