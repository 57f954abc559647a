/* report_rent_roll.c - who is where on a day, at what rent, until when, owing what: one row per unit, vacant ones included. */
#include "base/money.h"
#include "domain/report/report_internal.h"
#include "domain/space/space.h"
#include "store/list.h"

#include <string.h>

static const ReportColumn columns[] = {
    { "floor", "楼层", "Floor", FT_TEXT, NULL, FALSE },
    { "unit", "铺位", "Unit", FT_TEXT, NULL, FALSE },
    { "area", "计租面积", "Leasable area", FT_AREA, NULL, TRUE },
    { "let_area", "出租面积", "Let area", FT_AREA, NULL, TRUE },
    { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE },
    { "brand", "品牌", "Brand", FT_TEXT, NULL, FALSE },
    { "category", "业态", "Category", FT_TEXT, NULL, FALSE },
    { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },
    { "from", "租期起", "From", FT_DAY, NULL, FALSE },
    { "to", "租期止", "To", FT_DAY, NULL, FALSE },
    { "monthly_rent", "月租金", "Monthly rent", FT_MONEY, NULL, TRUE },
    { "price", "元/㎡/月", "yuan/m²/month", FT_PRICE, NULL, FALSE },
    { "other", "其他月费用", "Other monthly charges", FT_MONEY, NULL, TRUE },
    { "next_step", "下次调价", "Next step", FT_DAY, NULL, FALSE },
    { "deposit", "保证金余额", "Deposits held", FT_MONEY, NULL, TRUE },
    { "arrears", "逾期欠款", "Arrears", FT_MONEY, NULL, TRUE },
    { "status", "状态", "Status", FT_ENUM, unit_status_items, FALSE },
};

/* What units of a lease have been dealt of its sums so far. */
typedef struct {
    gint64 area_dm2, sums[4]; /* dealt out so far */
} Dealt;
enum { COL_FLOOR = 1, COL_UNIT, COL_AREA, COL_LET, COL_MERCHANT, COL_BRAND, COL_CATEGORY, COL_LEASE, COL_FROM, COL_TO, COL_RENT, COL_OWN_RENT,
       COL_OTHER, COL_LEASE_AREA, COL_DEPOSIT, COL_ARREARS, COL_NEXT, COL_HELD, COL_PURPOSE, COL_UNIT_ID };

static const struct {
    const char *column;
    int at;
} shared[] = { { "monthly_rent", COL_RENT }, { "other", COL_OTHER }, { "deposit", COL_DEPOSIT }, { "arrears", COL_ARREARS } };

/* Parts by area that add up to the whole with the last unit: each running total is rounded, not each part. */
static gint64
deal(Dealt *dealt, guint n, gint64 sum_fen, gint64 lease_area_dm2)
{
    gint64 up_to = lease_area_dm2 > 0 ? muldiv_half_away(sum_fen, dealt->area_dm2, lease_area_dm2) : sum_fen;
    gint64 part = up_to - dealt->sums[n];

    dealt->sums[n] = up_to;
    return part;
}

static Dealt *
dealt_of(GHashTable *leases, gint64 lease_id)
{
    Dealt *dealt = g_hash_table_lookup(leases, &lease_id);

    if (!dealt) {
        dealt = g_new0(Dealt, 1);
        g_hash_table_insert(leases, g_memdup2(&lease_id, sizeof lease_id), dealt);
    }
    return dealt;
}

static void
set_lease(ReportTable *t, ReportRow *row, const DbStmt *stmt, GHashTable *leases)
{
    static const struct {
        const char *column;
        int at;
    } texts[] = { { "merchant", COL_MERCHANT }, { "brand", COL_BRAND }, { "category", COL_CATEGORY }, { "lease", COL_LEASE } };
    Dealt *dealt = dealt_of(leases, db_int(stmt, 0));
    gint64 area_dm2 = db_int(stmt, COL_LET), rent_fen = 0;

    row->entity = "lease";
    row->id = db_int(stmt, 0);
    dealt->area_dm2 += area_dm2;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        report_set_text(t, row, texts[i].column, db_text(stmt, texts[i].at));
    for (guint i = 0; i < G_N_ELEMENTS(shared); i++) {
        gint64 part = deal(dealt, i, db_int(stmt, shared[i].at), db_int(stmt, COL_LEASE_AREA));
        if (shared[i].at == COL_RENT)
            rent_fen = part += db_int(stmt, COL_OWN_RENT);
        report_set_int(t, row, shared[i].column, part);
    }
    if (area_dm2 > 0)
        report_set_int(t, row, "price", muldiv_half_away(rent_fen, 10000, area_dm2));
    if (!db_is_null(stmt, COL_NEXT))
        report_set_int(t, row, "next_step", db_day(stmt, COL_NEXT));
}

static void
add_unit(ReportTable *t, const DbStmt *stmt, GHashTable *leases)
{
    ReportRow *row = report_row_add(t, "unit", db_int(stmt, COL_UNIT_ID));
    const char *purpose = db_text(stmt, COL_PURPOSE);
    gboolean held = !db_is_null(stmt, COL_HELD);

    report_set_text(t, row, "floor", db_text(stmt, COL_FLOOR));
    report_set_text(t, row, "unit", db_text(stmt, COL_UNIT));
    report_set_int(t, row, "area", db_int(stmt, COL_AREA));
    report_set_text(t, row, "status", held ? "open" : strcmp(purpose, "letting") == 0 ? "vacant" : purpose);
    if (!held)
        return;
    report_set_int(t, row, "let_area", db_int(stmt, COL_LET));
    report_set_int(t, row, "from", db_day(stmt, COL_FROM));
    report_set_int(t, row, "to", db_day(stmt, COL_TO));
    if (!db_is_null(stmt, 0)) /* else let, but not this person's business */
        set_lease(t, row, stmt, leases);
}

static gboolean
fill_rent_roll(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GHashTable) leases = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = list_named(ctx, "report.rent_roll", error);

    if (!stmt)
        return FALSE;
    report_bind(ctx, table, stmt);
    while (db_each(stmt, &ok, error))
        add_unit(table, stmt, leases);
    return ok;
}

const ReportDef report_rent_roll = {
    .name = "rent_roll",
    .zh = "租金台账",
    .en = "Rent roll",
    .formula_zh = "每个铺位一行（含空置）；合同的月租金、其他月费用、保证金余额、逾期欠款按面积分摊到铺位，元/㎡/月 = 月租金 ÷ 出租面积",
    .formula_en = "One row per unit, vacant ones included; a lease's monthly rent, other charges, deposits and arrears are shared by area, price = rent ÷ let area",
    .basis_zh = "计租面积；截至日已会签通过且在租期内的合同；月租金为截至日的固定租金（免租期内亦列约定租金），提成租金不计入；逾期欠款为已到期未收的应收",
    .basis_en = "Leasable area; leases reviewed and running on that day; fixed rent of that day (as agreed, also within free days), turnover rent is left out; arrears are charges past due",
    .params = "on",
    .group = "space",
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .fill = fill_rent_roll,
};
