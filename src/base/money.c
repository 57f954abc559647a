#include "base/money.h"

__extension__ typedef unsigned __int128 UWide;

/* The largest unit price 10^11 yuan, area 10^10 m2 and rate 1,000,000 %: enough for entry, and a
 * product of two of them is far inside 128 bits. */
#define PRICE_MAX_E4 G_GINT64_CONSTANT(1000000000000000)
#define AREA_MAX_DM2 G_GINT64_CONSTANT(1000000000000)
#define PERCENT_MAX_PPM G_GINT64_CONSTANT(10000000000)

static UWide
magnitude(Wide value)
{
    return value < 0 ? 0 - (UWide) value : (UWide) value;
}

static gint64
saturate(UWide value, gboolean negative)
{
    if (negative)
        return value > (UWide) G_MAXINT64 ? G_MININT64 : -(gint64) value;
    return value > (UWide) G_MAXINT64 ? G_MAXINT64 : (gint64) value;
}

gint64
wide_div_half_away(Wide n, Wide d)
{
    g_return_val_if_fail(d != 0, 0);
    UWide un = magnitude(n);
    UWide ud = magnitude(d);
    UWide quotient = un / ud;
    UWide rest = un % ud;
    if (rest >= ud - rest) /* twice the rest without its overflow */
        quotient++;
    return saturate(quotient, (n < 0) != (d < 0));
}

gint64
wide_div_floor(Wide n, Wide d)
{
    g_return_val_if_fail(d != 0, 0);
    UWide un = magnitude(n);
    UWide ud = magnitude(d);
    gboolean negative = (n < 0) != (d < 0);
    UWide quotient = un / ud;
    if (negative && un % ud != 0)
        quotient++;
    return saturate(quotient, negative);
}

gint64
muldiv_half_away(gint64 a, gint64 b, gint64 c)
{
    g_return_val_if_fail(c > 0, 0);
    return wide_div_half_away((Wide) a * b, c);
}

/* Adds one digit to *@value; FALSE if that passes @max. */
static gboolean
push_digit(gint64 *value, int digit, gint64 max)
{
    if (*value > (max - digit) / 10)
        return FALSE;
    *value = *value * 10 + digit;
    return TRUE;
}

/* Pushes the digits at *@at, which moves on. Returns how many there were, -1 if they pass @max. */
static int
read_digits(const char **at, gint64 *value, gint64 max)
{
    int count = 0;
    for (; g_ascii_isdigit(**at); ++*at, count++)
        if (!push_digit(value, **at - '0', max))
            return -1;
    return count;
}

gboolean
decimal_parse(const char *text, int scale, gint64 max, gint64 *out)
{
    g_return_val_if_fail(scale >= 0 && scale <= 18 && max >= 9, FALSE);
    if (!text)
        return FALSE;
    gboolean negative = *text == '-';
    const char *at = *text == '-' || *text == '+' ? text + 1 : text;
    gint64 value = 0;
    int fraction = 0;
    if (read_digits(&at, &value, max) <= 0)
        return FALSE;
    if (*at == '.') {
        at++;
        fraction = read_digits(&at, &value, max);
        if (fraction <= 0)
            return FALSE;
    }
    if (*at || fraction > scale)
        return FALSE;
    for (; fraction < scale; fraction++)
        if (!push_digit(&value, 0, max))
            return FALSE;
    *out = negative ? -value : value;
    return TRUE;
}

/* Writes backwards from the end of @buf; the text begins at the returned place. */
static char *
format_into(char buf[static DECIMAL_TEXT_SIZE], gint64 value, int scale, int min_digits,
            gboolean grouped)
{
    guint64 rest = value < 0 ? 0 - (guint64) value : (guint64) value;
    char *p = buf + DECIMAL_TEXT_SIZE - 1;
    *p = '\0';
    gboolean writing = FALSE;
    for (int place = scale; place > 0; place--, rest /= 10) {
        if (place <= min_digits || rest % 10 != 0)
            writing = TRUE;
        if (writing)
            *--p = (char) ('0' + rest % 10);
    }
    if (writing)
        *--p = '.';
    int digits = 0;
    do {
        if (grouped && digits > 0 && digits % 3 == 0)
            *--p = ',';
        *--p = (char) ('0' + rest % 10);
        rest /= 10;
        digits++;
    } while (rest > 0);
    if (value < 0)
        *--p = '-';
    return p;
}

char *
decimal_format(gint64 value, int scale, int min_digits)
{
    g_return_val_if_fail(scale >= 0 && scale <= 18, NULL);
    char buf[DECIMAL_TEXT_SIZE];
    return g_strdup(format_into(buf, value, scale, min_digits, FALSE));
}

const char *
decimal_write(char buf[static DECIMAL_TEXT_SIZE], gint64 value, int scale, int min_digits)
{
    g_return_val_if_fail(scale >= 0 && scale <= 18, "");
    return format_into(buf, value, scale, min_digits, FALSE);
}

gboolean
money_parse(const char *text, gint64 *fen)
{
    return decimal_parse(text, 2, MONEY_MAX_FEN, fen);
}

char *
money_format(gint64 fen)
{
    return decimal_format(fen, 2, 2);
}

char *
money_format_grouped(gint64 fen)
{
    char buf[DECIMAL_TEXT_SIZE];
    return g_strdup(format_into(buf, fen, 2, 2, TRUE));
}

gboolean
price_parse(const char *text, gint64 *price_e4)
{
    return decimal_parse(text, 4, PRICE_MAX_E4, price_e4);
}

char *
price_format(gint64 price_e4)
{
    return decimal_format(price_e4, 4, 4);
}

gboolean
area_parse(const char *text, gint64 *area_dm2)
{
    return decimal_parse(text, 2, AREA_MAX_DM2, area_dm2);
}

char *
area_format(gint64 area_dm2)
{
    return decimal_format(area_dm2, 2, 2);
}

gboolean
percent_parse(const char *text, gint64 *ppm)
{
    return decimal_parse(text, 4, PERCENT_MAX_PPM, ppm);
}

char *
percent_format(gint64 ppm)
{
    return decimal_format(ppm, 4, 0);
}

void
tax_split_gross(gint64 gross_fen, gint64 rate_ppm, gint64 *net_fen, gint64 *tax_fen)
{
    g_return_if_fail(rate_ppm >= 0);
    *net_fen = muldiv_half_away(gross_fen, RATE_ONE_PPM, RATE_ONE_PPM + rate_ppm);
    *tax_fen = gross_fen - *net_fen;
}

void
tax_add_net(gint64 net_fen, gint64 rate_ppm, gint64 *tax_fen, gint64 *gross_fen)
{
    g_return_if_fail(rate_ppm >= 0);
    *tax_fen = muldiv_half_away(net_fen, rate_ppm, RATE_ONE_PPM);
    *gross_fen = net_fen + *tax_fen;
}
