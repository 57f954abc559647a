#include "domain/terms/figures.h"

#include <glib.h>

const int age_limits[AGE_LIMITS] = { 30, 60, 90, 180, 365 };

static Wide
power_of_ten(int digits)
{
    Wide power = 1;

    for (int i = 0; i < digits; i++)
        power *= 10;
    return power;
}

gint64
ratio_percent(gint64 part, gint64 whole, int digits)
{
    if (whole == 0)
        return -1;
    return wide_div_half_away((Wide) part * 100 * power_of_ten(digits), whole);
}

char *
ratio_percent_text(gint64 part, gint64 whole, int digits)
{
    return whole == 0 ? g_strdup("")
                      : decimal_format(ratio_percent(part, whole, digits), digits, digits);
}

const char *
age_band_token(guint band)
{
    static const char *const tokens[AGE_BANDS] = { "not_due", "1-30",    "31-60",   "61-90",
                                                   "91-180",  "181-365", "over_365" };

    g_return_val_if_fail(band < AGE_BANDS, NULL);
    return tokens[band];
}

guint
age_band(Day due_on, Day as_of)
{
    gint64 days = as_of - due_on;
    guint band = 1;

    if (days <= 0)
        return 0;
    while (band <= AGE_LIMITS && days > age_limits[band - 1])
        band++;
    return band;
}

gint64
weighted_average(const Weighted *rows, gsize n_rows, int value_digits, int digits)
{
    Wide sum = 0;
    Wide weights = 0;

    for (gsize i = 0; i < n_rows; i++) {
        sum += (Wide) rows[i].weight * rows[i].value;
        weights += rows[i].weight;
    }
    if (weights == 0)
        return 0;
    return wide_div_half_away(sum * power_of_ten(digits), weights * power_of_ten(value_digits));
}

gint64
remaining_days(Day end_on, Day as_of)
{
    return MAX(0, end_on - as_of);
}
