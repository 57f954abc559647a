#include "sheet/sheet_internal.h"

#include <string.h>

/* Decimal digits with a point, so that no value passes through binary fractions. */
typedef struct {
    char digits[96]; /* '0'..'9', no leading zeros */
    int n;
    int point; /* value = 0.digits * 10^point */
    gboolean is_negative;
} Dec;

#define DEC_MAX_POINT 40

static void
dec_trim(Dec *dec)
{
    int lead = 0;
    while (lead < dec->n && dec->digits[lead] == '0')
        lead++;
    if (lead > 0) {
        memmove(dec->digits, dec->digits + lead, (gsize) (dec->n - lead));
        dec->n -= lead;
        dec->point -= lead;
    }
    while (dec->n > 0 && dec->digits[dec->n - 1] == '0')
        dec->n--;
    if (dec->n == 0)
        dec->point = 0;
}

/* Keeps the first @keep digits, rounded half away from zero. */
static void
dec_keep(Dec *dec, int keep)
{
    if (keep >= dec->n)
        return;
    if (keep < 0) {
        dec->n = 0;
        dec_trim(dec);
        return;
    }
    gboolean carry = dec->digits[keep] >= '5';
    dec->n = keep;
    for (int i = keep - 1; carry && i >= 0; i--) {
        carry = dec->digits[i] == '9';
        dec->digits[i] = carry ? '0' : (char) (dec->digits[i] + 1);
    }
    if (carry) {
        memmove(dec->digits + 1, dec->digits, (gsize) dec->n);
        dec->digits[0] = '1';
        dec->n++;
        dec->point++;
    }
    dec_trim(dec);
}

static gboolean
dec_parse_exponent(const char *p, int *exponent)
{
    gboolean is_negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    if (!g_ascii_isdigit(*p))
        return FALSE;
    int value = 0;
    for (; g_ascii_isdigit(*p); p++)
        value = MIN(value * 10 + (*p - '0'), 10000);
    *exponent = is_negative ? -value : value;
    return *p == '\0';
}

static gboolean
dec_parse(const char *text, Dec *dec)
{
    *dec = (Dec){ 0 };
    const char *p = text;
    if (*p == '-' || *p == '+')
        dec->is_negative = *p++ == '-';
    int n_seen = 0, n_before = 0;
    gboolean has_point = FALSE;
    for (; g_ascii_isdigit(*p) || (*p == '.' && !has_point); p++) {
        if (*p == '.') {
            has_point = TRUE;
            continue;
        }
        n_seen++;
        n_before += has_point ? 0 : 1;
        if (dec->n < (int) sizeof dec->digits - 1)
            dec->digits[dec->n++] = *p;
    }
    if (n_seen == 0 || n_before > 1000)
        return FALSE;
    int exponent = 0;
    if (*p == 'e' || *p == 'E') {
        if (!dec_parse_exponent(p + 1, &exponent))
            return FALSE;
    } else if (*p != '\0') {
        return FALSE;
    }
    dec->point = n_before + exponent;
    dec_trim(dec);
    dec_keep(dec, 15);
    return dec->point <= DEC_MAX_POINT && dec->point >= -DEC_MAX_POINT;
}

/* Writes the absolute value with @min..@max fraction digits and @min_int digits before the point. */
static void
dec_append(const Dec *value, GString *out, int min_int, int min, int max, gboolean grouped)
{
    Dec dec = *value;
    dec_keep(&dec, dec.point + max);
    int n_int = MAX(dec.point, 0);
    int width = MAX(n_int, min_int);
    for (int i = width; i > 0; i--) {
        int at = dec.point - i;
        g_string_append_c(out, at >= 0 && at < dec.n ? dec.digits[at] : '0');
        if (grouped && i > 1 && (i - 1) % 3 == 0)
            g_string_append_c(out, ',');
    }
    int n_frac = CLAMP(dec.n - dec.point, min, MAX(max, min));
    if (dec.n == 0)
        n_frac = min;
    if (n_frac > 0)
        g_string_append_c(out, '.');
    for (int i = 0; i < n_frac; i++) {
        int at = dec.point + i;
        g_string_append_c(out, at >= 0 && at < dec.n ? dec.digits[at] : '0');
    }
}

char *
number_plain(const char *value)
{
    Dec dec;
    if (!dec_parse(value, &dec))
        return NULL;
    GString *out = g_string_new(dec.is_negative && dec.n > 0 ? "-" : "");
    dec_append(&dec, out, 1, 0, 2 * DEC_MAX_POINT, FALSE);
    return g_string_free(out, FALSE);
}

/* Copies the code of the section for a value of @sign, without colours and conditions.
 * FALSE if the section is conditional, which we do not follow. */
static gboolean
section_pick(const char *code, int sign, GString *section, gboolean *drops_sign)
{
    GString *parts[4] = { 0 };
    int n = 0;
    gboolean in_quote = FALSE, has_condition = FALSE;
    for (int i = 0; i < 4; i++)
        parts[i] = g_string_new(NULL);
    for (const char *p = code; *p != '\0'; p++) {
        if (*p == '\\' && p[1] != '\0' && !in_quote) {
            g_string_append_c(parts[n], *p++);
        } else if (*p == '"') {
            in_quote = !in_quote;
        } else if (*p == ';' && !in_quote) {
            if (n == 3)
                break;
            n++;
            continue;
        } else if (*p == '[' && !in_quote && strchr("<>=", p[1]) != NULL && p[1] != '\0') {
            has_condition = TRUE;
        }
        g_string_append_c(parts[n], *p);
    }
    int use = sign < 0 && n >= 1 ? 1 : sign == 0 && n >= 2 ? 2 : 0;
    *drops_sign = use == 1;
    g_string_assign(section, parts[use]->str);
    for (int i = 0; i < 4; i++)
        g_string_free(parts[i], TRUE);
    return !has_condition;
}

/* What stands in one section: text before and after the digits, and how the digits are written. */
typedef struct {
    GString *prefix, *suffix;
    int min_int, min_frac, max_frac;
    int n_percent, n_thousands;
    gboolean grouped, has_digits, in_fraction, is_general, is_foreign;
} Section;

static void
section_clear(Section *section)
{
    g_string_free(section->prefix, TRUE);
    g_string_free(section->suffix, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Section, section_clear)

static GString *
section_side(const Section *section)
{
    return section->has_digits || section->is_general ? section->suffix : section->prefix;
}

/* "[$¥-804]" shows ¥; other brackets show nothing. Returns the closing bracket. */
static const char *
section_bracket(Section *section, const char *p)
{
    const char *end = strchr(p, ']');
    if (end == NULL)
        return p + strlen(p) - 1;
    if (p[1] == '$')
        for (const char *q = p + 2; q < end && *q != '-'; q++)
            g_string_append_c(section_side(section), *q);
    return end;
}

static void
section_digit(Section *section, char c, gboolean comma_before)
{
    if (comma_before && !section->in_fraction)
        section->grouped = TRUE;
    section->has_digits = TRUE;
    if (section->in_fraction) {
        section->max_frac++;
        if (c == '0')
            section->min_frac = section->max_frac;
    } else if (c == '0' || section->min_int > 0) {
        section->min_int++;
    }
}

/* One character of the code that is neither quoted nor a bracket. Returns the last one used. */
static const char *
section_char(Section *section, const char *p, int *n_commas)
{
    switch (*p) {
    case '0':
    case '#':
    case '?':
        section_digit(section, *p, *n_commas > 0);
        *n_commas = 0;
        break;
    case ',':
        (*n_commas)++;
        break;
    case '.':
        section->in_fraction = TRUE;
        break;
    case '%':
        section->n_percent++;
        g_string_append_c(section_side(section), '%');
        break;
    case '_':
    case '*':
        return p[1] != '\0' ? p + 1 : p;
    case '\\':
        if (p[1] != '\0')
            g_string_append_c(section_side(section), *++p);
        break;
    case 'E':
    case 'e':
    case '/':
    case '@':
        section->is_foreign = TRUE;
        break;
    default:
        g_string_append_c(section_side(section), *p);
        break;
    }
    return p;
}

static void
section_parse(Section *section, const char *code)
{
    gboolean in_quote = FALSE;
    int n_commas = 0;
    section->prefix = g_string_new(NULL);
    section->suffix = g_string_new(NULL);
    for (const char *p = code; *p != '\0'; p++) {
        if (*p == '"') {
            in_quote = !in_quote;
        } else if (in_quote) {
            g_string_append_c(section_side(section), *p);
        } else if (*p == '[') {
            p = section_bracket(section, p);
        } else if (g_ascii_strncasecmp(p, "General", 7) == 0) {
            section->is_general = TRUE;
            p += 6;
        } else {
            p = section_char(section, p, &n_commas);
        }
    }
    section->n_thousands = n_commas;
}

char *
number_format_show(const NumberFormat *format, const char *plain)
{
    Dec dec;
    if (format == NULL || format->code == NULL || !dec_parse(plain, &dec))
        return g_strdup(plain);
    int sign = dec.n == 0 ? 0 : dec.is_negative ? -1 : 1;
    gboolean drops_sign = FALSE;
    g_autoptr(GString) code = g_string_new(NULL);
    gboolean is_plain = section_pick(format->code, sign, code, &drops_sign);
    g_auto(Section) section = { 0 };
    section_parse(&section, code->str);
    if (!is_plain || section.is_foreign || code->len == 0)
        return g_strdup(plain);
    dec.point += 2 * section.n_percent - 3 * section.n_thousands;
    GString *out = g_string_new(NULL);
    if (sign < 0 && !drops_sign)
        g_string_append_c(out, '-');
    g_string_append_len(out, section.prefix->str, (gssize) section.prefix->len);
    if (section.is_general)
        dec_append(&dec, out, 1, 0, 2 * DEC_MAX_POINT, FALSE);
    else if (section.has_digits)
        dec_append(&dec, out, section.min_int, section.min_frac, section.max_frac, section.grouped);
    g_string_append_len(out, section.suffix->str, (gssize) section.suffix->len);
    g_autofree char *shown = g_string_free(out, FALSE);
    g_strstrip(shown);
    /* A format that hides the value would lose data on import. */
    if (shown[0] == '\0' || !g_utf8_validate(shown, -1, NULL))
        return g_strdup(plain);
    return g_steal_pointer(&shown);
}

/* Finds out from the first section whether the format shows days or times. */
static void
format_find_time(NumberFormat *format)
{
    gboolean has_month_or_minute = FALSE, in_quote = FALSE;
    for (const char *p = format->code; *p != '\0' && (*p != ';' || in_quote); p++) {
        if (*p == '"') {
            in_quote = !in_quote;
        } else if (in_quote) {
            continue;
        } else if ((*p == '\\' || *p == '_' || *p == '*') && p[1] != '\0') {
            p++;
        } else if (*p == '[') {
            const char *end = strchr(p, ']');
            format->has_time |= strchr("hHmMsS", p[1]) != NULL && p[1] != '\0' && p[2] == ']';
            p = end == NULL ? p + strlen(p) - 1 : end;
        } else if (g_ascii_strncasecmp(p, "General", 7) == 0) {
            p += 6;
        } else if (strchr("yYdD", *p) != NULL) {
            format->has_date = TRUE;
        } else if (strchr("hHsS", *p) != NULL) {
            format->has_time = TRUE;
            format->has_seconds |= *p == 's' || *p == 'S';
        } else if (*p == 'm' || *p == 'M') {
            has_month_or_minute = TRUE;
        }
    }
    if (has_month_or_minute && !format->has_time)
        format->has_date = TRUE;
}

void
number_format_init(NumberFormat *format, int id, const char *code)
{
    static const char *const builtin[] = {
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "#,##0",
        [6] = "#,##0",
        [7] = "#,##0.00",
        [8] = "#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [37] = "#,##0;(#,##0)",
        [38] = "#,##0;(#,##0)",
        [39] = "#,##0.00;(#,##0.00)",
        [40] = "#,##0.00;(#,##0.00)",
        [41] = "#,##0;-#,##0;\"-\"",
        [42] = "#,##0;-#,##0;\"-\"",
        [43] = "#,##0.00;-#,##0.00;\"-\"",
        [44] = "#,##0.00;-#,##0.00;\"-\"",
    };
    *format = (NumberFormat){ 0 };
    if (code != NULL) {
        if (*code != '\0' && g_ascii_strcasecmp(code, "General") != 0) {
            format->code = g_strdup(code);
            format_find_time(format);
        }
        return;
    }
    if (id > 0 && id < (int) G_N_ELEMENTS(builtin))
        format->code = g_strdup(builtin[id]);
    /* 27-36 and 50-58 are the Chinese date formats that Excel does not write down. */
    format->has_date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36
                       || (id >= 50 && id <= 54) || id == 57 || id == 58;
    format->has_time = (id >= 18 && id <= 22) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)
                       || id == 55 || id == 56;
    format->has_seconds = id == 19 || id == 21 || id == 33 || id == 35 || (id >= 45 && id <= 47);
}

void
number_format_clear(NumberFormat *format)
{
    g_clear_pointer(&format->code, g_free);
}

/* Splits a serial number into days and seconds of the day. */
static gboolean
serial_split(const char *plain, gint64 *days, int *seconds)
{
    Dec dec;
    if (!dec_parse(plain, &dec) || dec.is_negative || dec.point > 9)
        return FALSE;
    *days = 0;
    for (int i = 0; i < dec.point; i++)
        *days = *days * 10 + (i < dec.n ? dec.digits[i] - '0' : 0);
    gint64 nano = 0;
    for (int i = 0; i < 9; i++) {
        int at = dec.point + i;
        nano = nano * 10 + (at >= 0 && at < dec.n ? dec.digits[at] - '0' : 0);
    }
    *seconds = (int) ((nano * 86400 + 500000000) / 1000000000);
    if (*seconds == 86400) {
        *seconds = 0;
        (*days)++;
    }
    return TRUE;
}

char *
number_format_show_day(const NumberFormat *format, const char *plain, gboolean is_1904, Day *day)
{
    gint64 days;
    int seconds;
    *day = DAY_NONE;
    if (!serial_split(plain, &days, &seconds))
        return NULL;
    int hour = seconds / 3600, minute = seconds / 60 % 60;
    if (!format->has_date && days == 0)
        return format->has_seconds ? g_strdup_printf("%02d:%02d:%02d", hour, minute, seconds % 60)
                                   : g_strdup_printf("%02d:%02d", hour, minute);
    *day = sheet_serial_day(days, is_1904);
    if (*day == DAY_NONE)
        return NULL;
    char text[DAY_TEXT_SIZE];
    day_format(*day, text);
    return format->has_time && seconds > 0 ? g_strdup_printf("%s %02d:%02d", text, hour, minute)
                                           : g_strdup(text);
}
