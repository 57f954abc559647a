/* Calculators of report figures over rows given with the question. */
#include "domain/terms/calc_internal.h"
#include "domain/terms/figures.h"
#include "domain/terms/terms_internal.h"

#include <string.h>

/* So many amounts of money cannot leave 64 bits together. */
enum { ROWS_MAX = 9000 };

/* Calls @read for each object of the list @name. FALSE if anything is wrong. */
typedef void (*RowFn)(JsonIn *row, gpointer data);
static gboolean
each_row(JsonIn *in, const char *name, const char *const *names, RowFn read, gpointer data)
{
    const json_t *list = json_in_array(in, name, JIN_REQUIRED, ROWS_MAX);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return FALSE;
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(in, name, at);
        JsonIn row;
        if (json_in_begin(&row, value, prefix, names, in->error))
            read(&row, data);
        in->failed = in->failed || row.failed;
    }
    return !in->failed;
}

static void
not_negative(JsonIn *row, const char *name, gint64 value)
{
    if (!row->failed && value < 0)
        json_in_bad(row, name, "range", "不能为负", "cannot be negative");
}

/* ---- ageing ---- */

typedef struct {
    Day as_of;
    gint64 amounts[AGE_BANDS];
} Ageing;

static void
age_row(JsonIn *row, gpointer data)
{
    Ageing *ageing = data;
    gint64 amount = 0;
    gint64 terms_days = 0;
    Day due_on = DAY_NONE;
    Day dated = DAY_NONE;

    json_in_money(row, "amount", JIN_REQUIRED, &amount);
    if (!json_in_day(row, "due_on", JIN_OPTIONAL, &due_on) && !row->failed) {
        json_in_day(row, "date", JIN_REQUIRED, &dated);
        json_in_int(row, "terms_days", JIN_REQUIRED, 0, 3660, &terms_days);
        due_on = dated + terms_days;
    }
    if (!row->failed)
        ageing->amounts[age_band(due_on, ageing->as_of)] += amount;
}

static gboolean
write_ageing(JsonIn *in, JsonOut *out)
{
    static const char *const names[] = { "amount", "due_on", "date", "terms_days", NULL };
    Ageing ageing = { 0 };
    gint64 total = 0;

    json_in_day(in, "as_of", JIN_REQUIRED, &ageing.as_of);
    if (in->failed || !each_row(in, "items", names, age_row, &ageing))
        return FALSE;
    for (guint i = 0; i < AGE_BANDS; i++)
        total += ageing.amounts[i];
    json_begin_object(out);
    json_key(out, "buckets");
    json_begin_array(out);
    for (guint i = 0; i < AGE_BANDS; i++) {
        json_begin_object(out);
        json_kv_text(out, "bucket", age_band_token(i));
        json_kv_money(out, "amount", ageing.amounts[i]);
        calc_kv_take(out, "percent_of_total", ratio_percent_text(ageing.amounts[i], total, 2));
        json_end_object(out);
    }
    json_end_array(out);
    json_kv_money(out, "total", total);
    calc_texts(out, g_strdup("账龄自到期日的次日起算"),
               g_strdup("age counts from the day after the due day"));
    json_end_object(out);
    return TRUE;
}

typedef struct {
    JsonOut *out;
    gint64 total;
    Wide allowance; /* fen x ppm, unrounded */
} Allowance;

static void
allowance_row(JsonIn *row, gpointer data)
{
    Allowance *sum = data;
    g_autofree char *bucket = NULL;
    gint64 amount = 0;
    gint64 rate = 0;

    json_in_text(row, "bucket", JIN_REQUIRED, &bucket);
    json_in_money(row, "amount", JIN_REQUIRED, &amount);
    json_in_percent(row, "percent", JIN_REQUIRED, &rate);
    if (row->failed)
        return;
    json_begin_object(sum->out);
    json_kv_text(sum->out, "bucket", bucket);
    json_kv_money(sum->out, "amount", amount);
    json_kv_money(sum->out, "allowance", muldiv_half_away(amount, rate, RATE_ONE_PPM));
    json_end_object(sum->out);
    sum->total += amount;
    sum->allowance += (Wide) amount * rate;
}

gboolean
calc_ageing(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "as_of", "items", "buckets", NULL };
    static const char *const bucket_names[] = { "bucket", "amount", "percent", NULL };
    Allowance sum = { .out = out };
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    if (json_in_member(&in, "buckets", JIN_OPTIONAL) == NULL)
        return write_ageing(&in, out);
    json_begin_object(out);
    json_key(out, "buckets");
    json_begin_array(out);
    if (!each_row(&in, "buckets", bucket_names, allowance_row, &sum))
        return FALSE;
    json_end_array(out);
    json_kv_money(out, "total", sum.total);
    json_kv_money(out, "allowance", wide_div_half_away(sum.allowance, RATE_ONE_PPM));
    json_end_object(out);
    return TRUE;
}

/* ---- weighted average lease expiry ---- */

typedef struct {
    Day as_of;
    gboolean in_months; /* terms are given in months, not as end days */
    GArray *by_area;    /* of Weighted: area, remaining */
    GArray *by_rent;
    GArray *simple; /* weight 1 */
    gint64 excluded;
} Wale;

static void
wale_row(JsonIn *row, gpointer data)
{
    Wale *wale = data;
    gint64 area = 0, rent = 0, remaining = 0;
    Day end_on = DAY_NONE;

    json_in_area(row, "area", JIN_OPTIONAL, &area);
    json_in_money(row, "rent", JIN_OPTIONAL, &rent);
    not_negative(row, "rent", rent);
    if (wale->in_months) {
        json_in_decimal(row, "months", JIN_REQUIRED, 4, &remaining);
        not_negative(row, "months", remaining);
    } else if (!json_in_day(row, "end_on", JIN_OPTIONAL, &end_on) || end_on < wale->as_of) {
        wale->excluded++;
        return;
    } else {
        remaining = remaining_days(end_on, wale->as_of);
    }
    if (row->failed)
        return;
    Weighted area_row = { area, remaining };
    Weighted rent_row = { rent, remaining };
    Weighted simple_row = { 1, remaining };
    g_array_append_val(wale->by_area, area_row);
    g_array_append_val(wale->by_rent, rent_row);
    g_array_append_val(wale->simple, simple_row);
}

static void
write_average(JsonOut *out, const char *key, const GArray *rows, int value_digits, int digits)
{
    gint64 average =
        weighted_average((const Weighted *) (void *) rows->data, rows->len, value_digits, digits);

    calc_kv_take(out, key, decimal_format(average, digits, digits));
}

/* Years of 365 days: the average of days divided once. */
static void
write_years(JsonOut *out, const char *key, const GArray *rows)
{
    gint64 days_e6 = weighted_average((const Weighted *) (void *) rows->data, rows->len, 0, 6);

    calc_kv_take(out, key, decimal_format(wide_div_half_away(days_e6, (Wide) 365 * 10000), 2, 2));
}

static void
write_wale(JsonOut *out, const Wale *wale)
{
    json_begin_object(out);
    if (wale->in_months) {
        write_average(out, "wale_area_months", wale->by_area, 4, 1);
        write_average(out, "wale_rent_months", wale->by_rent, 4, 1);
        write_average(out, "simple_average_months", wale->simple, 4, 1);
    } else {
        write_average(out, "wale_area_days", wale->by_area, 0, 1);
        write_average(out, "wale_rent_days", wale->by_rent, 0, 1);
        write_years(out, "wale_area_years", wale->by_area);
        write_years(out, "wale_rent_years", wale->by_rent);
        write_average(out, "simple_average_days", wale->simple, 0, 1);
        json_kv_int(out, "excluded", wale->excluded);
    }
    json_kv_int(out, "leases", wale->simple->len);
    calc_texts(
        out,
        g_strdup("Σ(权重 × 剩余租期) ÷ Σ权重；不含空置、无固定期限和已到期的合同；一年按 365 天"),
        g_strdup("Σ(weight × remaining term) ÷ Σ weight; without vacant, open-ended and expired "
                 "leases; a year is 365 days"));
    json_end_object(out);
}

gboolean
calc_wale(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "as_of", "leases", NULL };
    static const char *const row_names[] = { "area", "rent", "end_on", "months", NULL };
    g_autoptr(GArray) by_area = g_array_new(FALSE, FALSE, sizeof(Weighted));
    g_autoptr(GArray) by_rent = g_array_new(FALSE, FALSE, sizeof(Weighted));
    g_autoptr(GArray) simple = g_array_new(FALSE, FALSE, sizeof(Weighted));
    Wale wale = { .by_area = by_area, .by_rent = by_rent, .simple = simple };
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    wale.in_months = !json_in_day(&in, "as_of", JIN_OPTIONAL, &wale.as_of);
    if (in.failed || !each_row(&in, "leases", row_names, wale_row, &wale))
        return FALSE;
    write_wale(out, &wale);
    return TRUE;
}

/* ---- expiry profile ---- */

typedef struct {
    char *year;
    gint64 leases, area_dm2, rent_fen;
} ExpiryYear;

typedef struct {
    GArray *years; /* of ExpiryYear, in order of first appearance */
    Day as_of;
    gint64 expired;
} Expiry;

static void
expiry_clear(gpointer data)
{
    g_free(((ExpiryYear *) data)->year);
}

static ExpiryYear *
expiry_year(Expiry *expiry, const char *year)
{
    ExpiryYear fresh = { 0 };

    for (guint i = 0; i < expiry->years->len; i++) {
        ExpiryYear *known = &g_array_index(expiry->years, ExpiryYear, i);
        if (strcmp(known->year, year) == 0)
            return known;
    }
    fresh.year = g_strdup(year);
    g_array_append_val(expiry->years, fresh);
    return &g_array_index(expiry->years, ExpiryYear, expiry->years->len - 1);
}

static void
expiry_row(JsonIn *row, gpointer data)
{
    Expiry *expiry = data;
    g_autofree char *label = NULL;
    const json_t *year = json_object_get(row->object, "year");
    Day end_on = DAY_NONE;
    gint64 leases = 1, area = 0, rent = 0;
    ExpiryYear *total;

    if (json_is_integer(year))
        label = g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(year));
    else
        json_in_text(row, "year", JIN_OPTIONAL, &label);
    if (label == NULL && json_in_day(row, "end_on", JIN_REQUIRED, &end_on)) {
        label = g_strdup_printf("%d", day_to_ymd(end_on).year);
        if (expiry->as_of != DAY_NONE && end_on < expiry->as_of) {
            expiry->expired++;
            return;
        }
    }
    json_in_int(row, "leases", JIN_OPTIONAL, 0, 1000000, &leases);
    json_in_area(row, "area", JIN_OPTIONAL, &area);
    json_in_money(row, "rent", JIN_OPTIONAL, &rent);
    if (row->failed || label == NULL)
        return;
    total = expiry_year(expiry, label);
    total->leases += leases;
    total->area_dm2 += area;
    total->rent_fen += rent;
}

static int
compare_years(gconstpointer a, gconstpointer b)
{
    return strcmp(((const ExpiryYear *) a)->year, ((const ExpiryYear *) b)->year);
}

static void
write_expiry(JsonOut *out, const Expiry *expiry, gint64 total_area, gint64 total_rent)
{
    ExpiryYear sum = { 0 };

    for (guint i = 0; i < expiry->years->len; i++) {
        const ExpiryYear *year = &g_array_index(expiry->years, ExpiryYear, i);
        sum.leases += year->leases;
        sum.area_dm2 += year->area_dm2;
        sum.rent_fen += year->rent_fen;
    }
    json_begin_object(out);
    json_key(out, "years");
    json_begin_array(out);
    for (guint i = 0; i < expiry->years->len; i++) {
        const ExpiryYear *year = &g_array_index(expiry->years, ExpiryYear, i);
        json_begin_object(out);
        json_kv_text(out, "year", year->year);
        json_kv_int(out, "leases", year->leases);
        calc_kv_take(out, "area", area_format(year->area_dm2));
        calc_kv_take(out, "percent_of_area",
                     ratio_percent_text(year->area_dm2, total_area ? total_area : sum.area_dm2, 2));
        json_kv_money(out, "rent", year->rent_fen);
        calc_kv_take(out, "percent_of_rent",
                     ratio_percent_text(year->rent_fen, total_rent ? total_rent : sum.rent_fen, 2));
        json_end_object(out);
    }
    json_end_array(out);
    json_kv_int(out, "leases_total", sum.leases);
    calc_kv_take(out, "area_total", area_format(sum.area_dm2));
    json_kv_money(out, "rent_total", sum.rent_fen);
    json_kv_int(out, "expired", expiry->expired);
    calc_texts(
        out, g_strdup("按到期日所在自然年汇总；占比以给出的总数为分母，否则以合计为分母"),
        g_strdup("by calendar year of the last day; shares of the given total, else of the sum"));
    json_end_object(out);
}

gboolean
calc_expiry(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "as_of", "leases", "total_area", "total_rent", NULL };
    static const char *const row_names[] = { "end_on", "year", "leases", "area", "rent", NULL };
    g_autoptr(GArray) years = g_array_new(FALSE, TRUE, sizeof(ExpiryYear));
    Expiry expiry = { .years = years, .as_of = DAY_NONE };
    gint64 total_area = 0;
    gint64 total_rent = 0;
    JsonIn in;

    g_array_set_clear_func(years, expiry_clear);
    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_day(&in, "as_of", JIN_OPTIONAL, &expiry.as_of);
    json_in_area(&in, "total_area", JIN_OPTIONAL, &total_area);
    json_in_money(&in, "total_rent", JIN_OPTIONAL, &total_rent);
    if (in.failed || !each_row(&in, "leases", row_names, expiry_row, &expiry))
        return FALSE;
    g_array_sort(years, compare_years);
    write_expiry(out, &expiry, total_area, total_rent);
    return TRUE;
}

/* ---- ratios ---- */

static gboolean
read_digits(JsonIn *in, int *digits)
{
    gint64 value = 2;

    json_in_int(in, "digits", JIN_OPTIONAL, 0, 4, &value);
    *digits = (int) value;
    return !in->failed;
}

gboolean
calc_occupancy(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "as_of",     "leased_area", "leasable_area",
                                         "open_area", "signed_area", "digits",
                                         NULL };
    gint64 leased = 0, leasable = 0, open_area = 0, signed_area = 0;
    Day as_of = DAY_NONE;
    int digits = 2;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_day(&in, "as_of", JIN_OPTIONAL, &as_of);
    json_in_area(&in, "leased_area", JIN_REQUIRED, &leased);
    json_in_area(&in, "leasable_area", JIN_REQUIRED, &leasable);
    json_in_area(&in, "open_area", JIN_OPTIONAL, &open_area);
    json_in_area(&in, "signed_area", JIN_OPTIONAL, &signed_area);
    if (!read_digits(&in, &digits))
        return FALSE;
    if (leasable == 0 || leased > leasable)
        return json_in_bad(&in, "leasable_area", "range", "可租面积应大于零且不小于已租面积",
                           "the leasable area must be positive and not below the leased area");
    json_begin_object(out);
    if (as_of != DAY_NONE)
        json_kv_day(out, "as_of", as_of);
    calc_kv_take(out, "percent", ratio_percent_text(leased, leasable, digits));
    calc_kv_take(out, "vacancy_percent", ratio_percent_text(leasable - leased, leasable, digits));
    if (json_in_member(&in, "open_area", JIN_OPTIONAL) != NULL)
        calc_kv_take(out, "open_percent", ratio_percent_text(open_area, leasable, digits));
    if (json_in_member(&in, "signed_area", JIN_OPTIONAL) != NULL)
        calc_kv_take(out, "signed_percent", ratio_percent_text(signed_area, leasable, digits));
    calc_texts(
        out, g_strdup("出租率 = 已租面积 ÷ 可租面积；分母不含自用和公共部位"),
        g_strdup("occupancy = leased area ÷ leasable area, without own-use and common space"));
    json_end_object(out);
    return TRUE;
}

typedef struct {
    gint64 receivable, received;
} Collection;

static void
collection_row(JsonIn *row, gpointer data)
{
    Collection *sum = data;
    gint64 receivable = 0;
    gint64 received = 0;

    json_in_money(row, "receivable", JIN_REQUIRED, &receivable);
    json_in_money(row, "received", JIN_REQUIRED, &received);
    if (!row->failed) {
        sum->receivable += receivable;
        sum->received += received;
    }
}

gboolean
calc_collection(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = {
        "as_of", "receivable", "received", "rows", "digits", NULL
    };
    static const char *const row_names[] = { "receivable", "received", NULL };
    Collection sum = { 0 };
    Day as_of = DAY_NONE;
    int digits = 2;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_day(&in, "as_of", JIN_OPTIONAL, &as_of);
    if (json_in_member(&in, "rows", JIN_OPTIONAL) != NULL) {
        if (json_in_member(&in, "received", JIN_OPTIONAL) != NULL
            || json_in_member(&in, "receivable", JIN_OPTIONAL) != NULL)
            return json_in_bad(&in, "rows", "conflict", "rows 不能与合计同时给出",
                               "give either rows or the sums, and not both");
        if (!each_row(&in, "rows", row_names, collection_row, &sum))
            return FALSE;
    } else {
        json_in_money(&in, "receivable", JIN_REQUIRED, &sum.receivable);
        json_in_money(&in, "received", JIN_REQUIRED, &sum.received);
    }
    if (!read_digits(&in, &digits))
        return FALSE;
    json_begin_object(out);
    json_kv_money(out, "receivable", sum.receivable);
    json_kv_money(out, "received", sum.received);
    calc_kv_take(out, "percent", ratio_percent_text(sum.received, sum.receivable, digits));
    calc_texts(
        out, g_strdup("收缴率 = 核销到本期应收的实收 ÷ 本期应收；不含预收和往期"),
        g_strdup(
            "collection = receipts allocated to charges of the period ÷ charges of the period, "
            "without prepayments and arrears"));
    json_end_object(out);
    return TRUE;
}

typedef struct {
    char *name;
    gint64 rent_fen;
} Tenant;

static void
tenant_clear(gpointer data)
{
    g_free(((Tenant *) data)->name);
}

static void
tenant_row(JsonIn *row, gpointer data)
{
    GArray *tenants = data;
    Tenant tenant = { 0 };

    json_in_text(row, "name", JIN_REQUIRED, &tenant.name);
    json_in_money(row, "rent", JIN_REQUIRED, &tenant.rent_fen);
    not_negative(row, "rent", tenant.rent_fen);
    for (guint i = 0; !row->failed && i < tenants->len; i++) {
        Tenant *known = &g_array_index(tenants, Tenant, i);
        if (strcmp(known->name, tenant.name) == 0) {
            known->rent_fen += tenant.rent_fen;
            g_free(tenant.name);
            return;
        }
    }
    if (row->failed)
        g_free(tenant.name);
    else
        g_array_append_val(tenants, tenant);
}

static int
compare_tenants(gconstpointer a, gconstpointer b)
{
    const Tenant *x = a;
    const Tenant *y = b;

    if (x->rent_fen != y->rent_fen)
        return x->rent_fen > y->rent_fen ? -1 : 1;
    return strcmp(x->name, y->name);
}

gboolean
calc_concentration(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "as_of", "rows", "top", "digits", NULL };
    static const char *const row_names[] = { "name", "rent", NULL };
    g_autoptr(GArray) tenants = g_array_new(FALSE, TRUE, sizeof(Tenant));
    Day as_of = DAY_NONE;
    gint64 top = 10, total = 0, top_rent = 0;
    int digits = 2;
    JsonIn in;

    g_array_set_clear_func(tenants, tenant_clear);
    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_day(&in, "as_of", JIN_OPTIONAL, &as_of);
    json_in_int(&in, "top", JIN_OPTIONAL, 1, 1000, &top);
    if (!read_digits(&in, &digits) || !each_row(&in, "rows", row_names, tenant_row, tenants))
        return FALSE;
    g_array_sort(tenants, compare_tenants);
    for (guint i = 0; i < tenants->len; i++) {
        gint64 rent = g_array_index(tenants, Tenant, i).rent_fen;
        total += rent;
        top_rent += i < top ? rent : 0;
    }
    json_begin_object(out);
    json_key(out, "rows");
    json_begin_array(out);
    for (guint i = 0; i < tenants->len && i < top; i++) {
        const Tenant *tenant = &g_array_index(tenants, Tenant, i);
        json_begin_object(out);
        json_kv_text(out, "name", tenant->name);
        json_kv_money(out, "rent", tenant->rent_fen);
        calc_kv_take(out, "percent", ratio_percent_text(tenant->rent_fen, total, digits));
        json_end_object(out);
    }
    json_end_array(out);
    json_kv_money(out, "top_rent", top_rent);
    json_kv_money(out, "total_rent", total);
    calc_kv_take(out, "percent", ratio_percent_text(top_rent, total, digits));
    calc_texts(out, g_strdup("前若干名商户租金合计 ÷ 全部租金"),
               g_strdup("rent of the largest ÷ all rent"));
    json_end_object(out);
    return TRUE;
}

gboolean
calc_occupancy_cost(const json_t *value, JsonOut *out, GError **error)
{
    static const char *const names[] = { "as_of", "cost", "costs", "sales", "digits", NULL };
    g_autoptr(GArray) costs = NULL;
    gint64 single = 0, sales = 0, cost;
    Day as_of = DAY_NONE;
    int digits = 2;
    JsonIn in;

    if (!json_in_begin(&in, value, "", names, error))
        return FALSE;
    json_in_day(&in, "as_of", JIN_OPTIONAL, &as_of);
    json_in_money(&in, "cost", JIN_OPTIONAL, &single);
    costs = calc_amounts(&in, "costs");
    json_in_money(&in, "sales", JIN_REQUIRED, &sales);
    if (!read_digits(&in, &digits))
        return FALSE;
    if (sales <= 0)
        return json_in_bad(&in, "sales", "range", "销售额应大于零", "sales must be positive");
    cost = single + calc_amounts_sum(costs);
    json_begin_object(out);
    json_kv_money(out, "cost", cost);
    json_kv_money(out, "sales", sales);
    calc_kv_take(out, "percent", ratio_percent_text(cost, sales, digits));
    json_key(out, "includes");
    json_begin_array(out);
    for (guint i = 0; i < costs->len; i++)
        json_text(out, g_array_index(costs, CalcAmount, i).name);
    json_end_array(out);
    calc_texts(out, g_strdup("租售比 = 所列费用合计 ÷ 同期销售额"),
               g_strdup("occupancy cost = the costs listed ÷ sales of the same period"));
    json_end_object(out);
    return TRUE;
}
