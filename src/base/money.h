/* money.h - exact numbers: money in fen, unit prices in 1/10000 yuan, areas in 1/100 m2, rates in
 * ppm. Integers only; every rounding is in a function whose name says how.
 * Not for amounts in capitals: see words.h. Start at muldiv_half_away(). */
#pragma once
#include <glib.h>

__extension__ typedef __int128 Wide; /* for products before the one division */

#define MONEY_MAX_FEN G_GINT64_CONSTANT(1000000000000000) /* 10 million million yuan */
#define RATE_ONE_PPM G_GINT64_CONSTANT(1000000)           /* 100 % */

/* a * b / c, divided once, rounded half away from zero. c > 0. Saturates to G_MAXINT64/G_MININT64
 * (callers range-check on entry, so that this cannot happen with accepted input). */
gint64 muldiv_half_away(gint64 a, gint64 b, gint64 c);
gint64 wide_div_half_away(Wide n, Wide d);
gint64 wide_div_floor(Wide n, Wide d);

/* Parse decimal text with at most @scale fraction digits into an integer of 10^-scale. Accepts an
 * optional sign, no thousands separators, no spaces. FALSE if malformed or outside +-@max. */
gboolean decimal_parse(const char *text, int scale, gint64 max, gint64 *out);
/* Writes an integer of 10^-scale as plain decimal text with at least @min_digits fraction digits
 * (further non-zero digits up to @scale are always shown). transfer full. */
char *decimal_format(gint64 value, int scale, int min_digits);
/* The same into @buf, without allocating. Returns the place in @buf where the text begins. */
#define DECIMAL_TEXT_SIZE 48
const char *decimal_write(char buf[static DECIMAL_TEXT_SIZE], gint64 value, int scale,
                          int min_digits);

/* The field types' own forms: "3658.40", "1.1000", "91.46", percent "5" / "0.05". */
gboolean money_parse(const char *text, gint64 *fen);
char *money_format(gint64 fen);
/* With thousands separators: "3,658.40". */
char *money_format_grouped(gint64 fen);
gboolean price_parse(const char *text, gint64 *price_e4);
char *price_format(gint64 price_e4);
gboolean area_parse(const char *text, gint64 *area_dm2);
char *area_format(gint64 area_dm2);
gboolean percent_parse(const char *text, gint64 *ppm);
char *percent_format(gint64 ppm);

/* Net and tax of a gross amount: net = gross / (1 + rate) rounded half away, tax is the
 * difference, so that net + tax = gross always. Source: rules.md 6. */
void tax_split_gross(gint64 gross_fen, gint64 rate_ppm, gint64 *net_fen, gint64 *tax_fen);
/* Tax and gross of a net amount: tax = net * rate rounded half away. */
void tax_add_net(gint64 net_fen, gint64 rate_ppm, gint64 *tax_fen, gint64 *gross_fen);
