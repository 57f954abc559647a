/* report_leases.c - figures over the leases in force on a day, all from one statement (report.leases_on): expiry profile, weighted remaining term, mix,
 * largest merchants, average rent. */
#include "base/money.h"
#include "domain/report/report_internal.h"
#include "store/list.h"

#include <string.h>

typedef struct {
    gint64 id, merchant_id, area_dm2, monthly_fen;
    char *merchant, *category;
    Day from, to;
} Let;

static void
let_clear(gpointer data)
{
    Let *let = data;

    g_free(let->merchant);
    g_free(let->category);
}

/* Leases in force on the table's day that this person may read. transfer full: array of Let. */
static GArray *
leases_on(Ctx *ctx, const ReportTable *table, GError **error)
{
    g_autoptr(GArray) lets = g_array_new(FALSE, FALSE, sizeof(Let));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = list_named(ctx, "report.leases_on", error);

    g_array_set_clear_func(lets, let_clear);
    if (!stmt)
        return NULL;
    report_bind(ctx, table, stmt);
    while (db_each(stmt, &ok, error)) {
        Let let = { .id = db_int(stmt, 0), .merchant = g_strdup(db_text(stmt, 2)), .category = g_strdup(db_text(stmt, 4)),
                    .from = db_day(stmt, 5), .to = db_day(stmt, 6), .area_dm2 = db_int(stmt, 7), .monthly_fen = db_int(stmt, 8),
                    .merchant_id = db_int(stmt, 9) };
        g_array_append_val(lets, let);
    }
    return ok ? g_steal_pointer(&lets) : NULL;
}

/* What is gathered under one heading. */
typedef struct {
    char *name;
    gint64 order; /* ascending */
    gint64 id;    /* record that the row leads to; 0: none */
    gint64 leases, area_dm2, rent_fen;
    Wide area_days, rent_days; /* weight x remaining days */
} Group;

static void
group_free(gpointer data)
{
    g_free(((Group *) data)->name);
    g_free(data);
}

static Group *
group_of(GPtrArray *groups, GHashTable *index, const char *name)
{
    Group *group = g_hash_table_lookup(index, name);

    if (!group) {
        group = g_new0(Group, 1);
        group->name = g_strdup(name);
        g_ptr_array_add(groups, group);
        g_hash_table_insert(index, group->name, group);
    }
    return group;
}

static void
group_add(Group *group, const Let *let, Day on)
{
    gint64 days = remaining_days(let->to, on);

    group->leases++;
    group->area_dm2 += let->area_dm2;
    group->rent_fen += let->monthly_fen;
    group->area_days += (Wide) let->area_dm2 * days;
    group->rent_days += (Wide) let->monthly_fen * days;
}

static int
by_order(gconstpointer a, gconstpointer b)
{
    const Group *x = *(Group *const *) a, *y = *(Group *const *) b;

    return x->order < y->order ? -1 : x->order > y->order ? 1 : strcmp(x->name, y->name);
}

/* Gathers the leases by what @name_of says; groups come in order. transfer full. */
static GPtrArray *
gather(const GArray *lets, Day on, char *(*name_of)(const Let *let, Group *facts))
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < lets->len; i++) {
        const Let *let = &g_array_index(lets, Let, i);
        Group facts = { 0 };
        g_autofree char *name = name_of(let, &facts);
        Group *group = group_of(groups, index, name);
        group->order = facts.order;
        group->id = facts.id;
        group_add(group, let, on);
    }
    g_ptr_array_sort(groups, by_order);
    return groups;
}

static char *
year_name(const Let *let, Group *facts)
{
    facts->order = day_to_ymd(let->to).year;
    return g_strdup_printf("%d", day_to_ymd(let->to).year);
}

static char *
category_name(const Let *let, Group *facts)
{
    (void) facts;
    return g_strdup(let->category);
}

static char *
merchant_name(const Let *let, Group *facts)
{
    facts->id = let->merchant_id;
    return g_strdup(let->merchant);
}

static void
set_shares(ReportTable *table, ReportRow *row, const Group *group, const Group *all)
{
    report_set_int(table, row, "leases", group->leases);
    report_set_int(table, row, "area", group->area_dm2);
    report_set_int(table, row, "rent", group->rent_fen);
    if (all->area_dm2)
        report_set_int(table, row, "area_share", report_percent(group->area_dm2, all->area_dm2));
    if (all->rent_fen)
        report_set_int(table, row, "rent_share", report_percent(group->rent_fen, all->rent_fen));
}

static Group
sum_of(const GPtrArray *groups)
{
    Group all = { 0 };

    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        all.leases += group->leases;
        all.area_dm2 += group->area_dm2;
        all.rent_fen += group->rent_fen;
        all.area_days += group->area_days;
        all.rent_days += group->rent_days;
    }
    return all;
}

#define SHARE_COLUMNS                                                                                                              \
    { "leases", "合同数", "Leases", FT_INT, NULL, TRUE }, { "area", "面积", "Area", FT_AREA, NULL, TRUE },                           \
        { "area_share", "面积占比", "% of area", FT_PERCENT, NULL, FALSE }, { "rent", "月租金", "Monthly rent", FT_MONEY, NULL, TRUE }, \
        { "rent_share", "租金占比", "% of rent", FT_PERCENT, NULL, FALSE }

/* -- expiry profile ------------------------------------------------------------ */

static const ReportColumn expiry_columns[] = { { "year", "到期年份", "Year of expiry", FT_TEXT, NULL, FALSE }, SHARE_COLUMNS };

static gboolean
fill_expiry(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GArray) lets = leases_on(ctx, table, error);
    if (!lets)
        return FALSE;
    g_autoptr(GPtrArray) groups = gather(lets, table->on, year_name);
    Group all = sum_of(groups);

    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        ReportRow *row = report_row_add(table, NULL, 0);
        report_set_text(table, row, "year", group->name);
        set_shares(table, row, group, &all);
        row->query = g_strdup_printf("/e/lease?to_on.gte=%s-01-01&to_on.lte=%s-12-31", group->name, group->name);
    }
    return TRUE;
}

static const ReportChart expiry_chart = { "bar", "year", "area_share rent_share" };
const ReportDef report_expiry = {
    .name = "expiry",
    .zh = "到期分布",
    .en = "Expiry profile",
    .formula_zh = "占比 = 当年到期面积（月租金）÷ 全部在租面积（月租金）",
    .formula_en = "share = area (monthly rent) ending in the year ÷ all area (monthly rent) in force",
    .basis_zh = "按租期最后一日的自然年；截至日已会签通过且在租期内的合同，不考虑续约；月租金为截至日当月的固定租金",
    .basis_en = "Calendar year of the last day; leases reviewed and in force on the day, renewals are not assumed; fixed rent of that day's month",
    .params = "on",
    .group = "space",
    .columns = expiry_columns,
    .n_columns = G_N_ELEMENTS(expiry_columns),
    .fill = fill_expiry,
    .chart = &expiry_chart,
};

/* -- weighted average remaining term ------------------------------------------- */

static const ReportColumn wale_columns[] = {
    { "category", "业态", "Category", FT_TEXT, NULL, FALSE },   { "leases", "合同数", "Leases", FT_INT, NULL, FALSE },
    { "area", "面积", "Area", FT_AREA, NULL, FALSE },           { "rent", "月租金", "Monthly rent", FT_MONEY, NULL, FALSE },
    { "by_area", "按面积（年）", "By area (years)", FT_PRICE, NULL, FALSE },
    { "by_rent", "按租金（年）", "By rent (years)", FT_PRICE, NULL, FALSE },
};

/* Years of 365 days in 1/10000, rounded half away. */
static gint64
years_e4(Wide weighted_days, gint64 weight)
{
    return weight ? wide_div_half_away(weighted_days * 10000, (Wide) weight * 365) : 0;
}

static void
add_wale(ReportTable *table, const Group *group, const char *name)
{
    ReportRow *row = report_row_add(table, NULL, 0);

    report_set_text(table, row, "category", name);
    report_set_int(table, row, "leases", group->leases);
    report_set_int(table, row, "area", group->area_dm2);
    report_set_int(table, row, "rent", group->rent_fen);
    if (group->area_dm2)
        report_set_int(table, row, "by_area", years_e4(group->area_days, group->area_dm2));
    if (group->rent_fen)
        report_set_int(table, row, "by_rent", years_e4(group->rent_days, group->rent_fen));
}

static gboolean
fill_wale(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GArray) lets = leases_on(ctx, table, error);
    if (!lets)
        return FALSE;
    g_autoptr(GPtrArray) groups = gather(lets, table->on, category_name);
    Group all = sum_of(groups);

    for (guint i = 0; i < groups->len; i++)
        add_wale(table, groups->pdata[i], ((Group *) groups->pdata[i])->name);
    if (groups->len)
        add_wale(table, &all, ctx->lang == LANG_EN ? "All" : "全部");
    return TRUE;
}

static const ReportChart wale_chart = { "bar", "category", "by_area by_rent" };
const ReportDef report_wale = {
    .name = "wale",
    .zh = "加权平均剩余租期",
    .en = "Weighted average lease expiry",
    .formula_zh = "Σ（面积 × 剩余天数）÷ Σ 面积 ÷ 365；按租金则以月租金为权数",
    .formula_en = "Σ(area × days left) ÷ Σ area ÷ 365; by rent the monthly rent is the weight",
    .basis_zh = "截至日在租合同至租期止，空置与已到期不计；无固定租金的合同不参与租金加权",
    .basis_en = "Leases in force on the day, to their last day; vacant and expired are left out; leases without fixed rent do not weigh by rent",
    .params = "on",
    .group = "space",
    .columns = wale_columns,
    .n_columns = G_N_ELEMENTS(wale_columns),
    .fill = fill_wale,
    .chart = &wale_chart,
};

/* -- mix and largest merchants -------------------------------------------------- */

static const ReportColumn mix_columns[] = { { "category", "业态", "Category", FT_TEXT, NULL, FALSE }, SHARE_COLUMNS };

static gboolean
fill_mix(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GArray) lets = leases_on(ctx, table, error);
    if (!lets)
        return FALSE;
    g_autoptr(GPtrArray) groups = gather(lets, table->on, category_name);
    Group all = sum_of(groups);

    for (guint i = 0; i < groups->len; i++) {
        ReportRow *row = report_row_add(table, NULL, 0);
        report_set_text(table, row, "category", ((Group *) groups->pdata[i])->name);
        set_shares(table, row, groups->pdata[i], &all);
    }
    return TRUE;
}

static const ReportChart mix_chart = { "pie", "category", "area" };
const ReportDef report_mix = {
    .name = "mix",
    .zh = "业态结构",
    .en = "Tenant mix",
    .formula_zh = "占比 = 该业态面积（月租金）÷ 全部在租面积（月租金）",
    .formula_en = "share = the category's area (monthly rent) ÷ all area (monthly rent) in force",
    .basis_zh = "截至日在租合同，一级业态",
    .basis_en = "Leases in force on the day, first level of categories",
    .params = "on",
    .group = "space",
    .columns = mix_columns,
    .n_columns = G_N_ELEMENTS(mix_columns),
    .fill = fill_mix,
    .chart = &mix_chart,
};

static const ReportColumn top_columns[] = {
    { "rank", "名次", "Rank", FT_INT, NULL, FALSE },
    { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE },
    SHARE_COLUMNS,
    { "cumulated", "累计租金占比", "Cumulated % of rent", FT_PERCENT, NULL, FALSE },
};

static int
by_rent_down(gconstpointer a, gconstpointer b)
{
    const Group *x = *(Group *const *) a, *y = *(Group *const *) b;

    return x->rent_fen > y->rent_fen ? -1 : x->rent_fen < y->rent_fen ? 1 : strcmp(x->name, y->name);
}

static gboolean
fill_top(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GArray) lets = leases_on(ctx, table, error);
    if (!lets)
        return FALSE;
    g_autoptr(GPtrArray) groups = gather(lets, table->on, merchant_name);
    Group all = sum_of(groups);
    gint64 rent_fen = 0;

    g_ptr_array_sort(groups, by_rent_down);
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        ReportRow *row = report_row_add(table, "merchant", group->id);
        report_set_int(table, row, "rank", i + 1);
        report_set_text(table, row, "merchant", group->name);
        set_shares(table, row, group, &all);
        rent_fen += group->rent_fen;
        if (all.rent_fen)
            report_set_int(table, row, "cumulated", report_percent(rent_fen, all.rent_fen));
    }
    return TRUE;
}

const ReportDef report_top = {
    .name = "top",
    .zh = "大租户占比",
    .en = "Largest merchants",
    .formula_zh = "占比 = 商户月租金（面积）÷ 全部在租月租金（面积），按月租金从高到低",
    .formula_en = "share = the merchant's monthly rent (area) ÷ all in force, largest rent first",
    .basis_zh = "截至日在租合同的固定月租金，同一商户多份合同合并",
    .basis_en = "Fixed monthly rent of leases in force on the day; several leases of one merchant count together",
    .params = "on",
    .group = "space",
    .columns = top_columns,
    .n_columns = G_N_ELEMENTS(top_columns),
    .fill = fill_top,
};

/* -- average rent ---------------------------------------------------------------- */

static const ReportColumn average_columns[] = {
    { "category", "业态", "Category", FT_TEXT, NULL, FALSE },  { "leases", "合同数", "Leases", FT_INT, NULL, FALSE },
    { "area", "面积", "Area", FT_AREA, NULL, FALSE },          { "rent", "月租金", "Monthly rent", FT_MONEY, NULL, FALSE },
    { "average", "平均租金（元/㎡/月）", "Average rent (yuan/m²/month)", FT_PRICE, NULL, FALSE },
    { "effective", "有效租金（元/㎡/月）", "Effective rent (yuan/m²/month)", FT_PRICE, NULL, FALSE },
};

/* Fixed rent of the whole term, free days at nothing: what effective rent is made of, by lease. */
static gboolean
term_rents(Ctx *ctx, const ReportTable *table, GHashTable *by_lease, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = list_named(ctx, "report.term_rents", error);

    if (!stmt)
        return FALSE;
    report_bind(ctx, table, stmt);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        Let *sum = g_hash_table_lookup(by_lease, &id);
        if (!sum) {
            sum = g_new0(Let, 1);
            sum->id = id;
            g_hash_table_insert(by_lease, &sum->id, sum);
        }
        /* rent x days of each stretch of one price */
        sum->monthly_fen += db_int(stmt, 4) * (db_day(stmt, 2) - db_day(stmt, 1) + 1 - db_int(stmt, 3));
    }
    return ok;
}

static void
add_average(ReportTable *table, const char *name, const Group *group)
{
    ReportRow *row = report_row_add(table, NULL, 0);

    report_set_text(table, row, "category", name);
    report_set_int(table, row, "leases", group->leases);
    report_set_int(table, row, "area", group->area_dm2);
    report_set_int(table, row, "rent", group->rent_fen);
    if (group->area_dm2)
        report_set_int(table, row, "average", wide_div_half_away((Wide) group->rent_fen * 10000, group->area_dm2));
    if (group->area_days > 0)
        report_set_int(table, row, "effective", wide_div_half_away(group->rent_days * 10000, group->area_days));
}

static gboolean
fill_average(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GArray) lets = leases_on(ctx, table, error);
    g_autoptr(GHashTable) terms = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    if (!lets || !term_rents(ctx, table, terms, error))
        return FALSE;
    g_autoptr(GPtrArray) groups = gather(lets, table->on, category_name);
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < groups->len; i++) {
        Group *group = groups->pdata[i];
        group->area_days = group->rent_days = 0;
        g_hash_table_insert(index, group->name, group);
    }
    for (guint i = 0; i < lets->len; i++) {
        const Let *let = &g_array_index(lets, Let, i);
        const Let *sum = g_hash_table_lookup(terms, &let->id);
        Group *group = g_hash_table_lookup(index, let->category);
        group->area_days += (Wide) let->area_dm2 * (let->to - let->from + 1);
        group->rent_days += sum ? sum->monthly_fen : 0;
    }
    Group all = sum_of(groups);
    for (guint i = 0; i < groups->len; i++)
        add_average(table, ((Group *) groups->pdata[i])->name, groups->pdata[i]);
    if (groups->len)
        add_average(table, ctx->lang == LANG_EN ? "All" : "全部", &all);
    return TRUE;
}

static const ReportChart average_chart = { "bar", "category", "average effective" };
const ReportDef report_average_rent = {
    .name = "average_rent",
    .zh = "平均租金与有效租金",
    .en = "Average and effective rent",
    .formula_zh = "平均租金 = 当日月租金 ÷ 面积；有效租金 = Σ（各价格段月租金 × 天数）÷ Σ（面积 × 租期天数），免租天数按 0 计入",
    .formula_en = "average = monthly rent of the day ÷ area; effective = Σ(monthly rent × days of each price) ÷ Σ(area × days of the term), free days at nothing",
    .basis_zh = "截至日在租合同的固定租金；未扣除佣金与装修补贴，不折现",
    .basis_en = "Fixed rent of leases in force on the day; commissions and fit-out allowances are not deducted, nothing is discounted",
    .params = "on",
    .group = "space",
    .columns = average_columns,
    .n_columns = G_N_ELEMENTS(average_columns),
    .fill = fill_average,
    .chart = &average_chart,
};
