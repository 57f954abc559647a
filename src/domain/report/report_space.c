/* report_space.c - occupancy by floor and leasing spread; the statements say what counts. */
#include "base/money.h"
#include "domain/report/report_internal.h"
#include "store/list.h"

static const ReportColumn occupancy_columns[] = {
    { "floor", "楼层", "Floor", FT_TEXT, NULL, FALSE },
    { "area", "可出租面积", "Leasable area", FT_AREA, NULL, TRUE },
    { "let", "已出租", "Let", FT_AREA, NULL, TRUE },
    { "signed", "已签约未起租", "Signed, not begun", FT_AREA, NULL, TRUE },
    { "vacant", "空置", "Vacant", FT_AREA, NULL, TRUE },
    { "units", "铺位数", "Units", FT_INT, NULL, TRUE },
    { "let_units", "已租铺位", "Let units", FT_INT, NULL, TRUE },
    { "rate", "出租率", "Occupancy", FT_PERCENT, NULL, FALSE },
    { "vacancy", "空置率", "Vacancy", FT_PERCENT, NULL, FALSE },
};
static const ReportRatio occupancy_ratios[] = { { "rate", "let", "area" }, { "vacancy", "vacant", "area" }, { NULL, NULL, NULL } };
static const ReportChart occupancy_chart = { "stack", "floor", "let signed vacant" };
const ReportDef report_occupancy = {
    .name = "occupancy",
    .zh = "出租率",
    .en = "Occupancy",
    .formula_zh = "出租率 = 已出租面积 ÷ 可出租面积；空置率 = 空置面积 ÷ 可出租面积；签约未起租单列",
    .formula_en = "occupancy = let area ÷ leasable area; vacancy = vacant area ÷ leasable area; signed and not begun stands apart",
    .basis_zh = "计租面积；用途为出租且当日在用的铺位，自用与停用不计入分母；截至日在租期内的合同计入已出租",
    .basis_en = "Leasable area; units to let that exist on the day, own use and out of use are left out; leases whose term runs on the day count as let",
    .params = "on",
    .group = "space",
    .columns = occupancy_columns,
    .n_columns = G_N_ELEMENTS(occupancy_columns),
    .statement = "report.occupancy",
    .entity = "floor",
    .ratios = occupancy_ratios,
    .chart = &occupancy_chart,
};

static const ReportColumn spread_columns[] = {
    { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },
    { "unit", "铺位", "Unit", FT_TEXT, NULL, FALSE },
    { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE },
    { "from", "起租", "From", FT_DAY, NULL, FALSE },
    { "area", "面积", "Area", FT_AREA, NULL, TRUE },
    { "before", "原合同", "Lease before", FT_TEXT, NULL, FALSE },
    { "old_rent", "原末期月租金", "Last rent before", FT_MONEY, NULL, TRUE },
    { "new_rent", "新首期月租金", "First rent now", FT_MONEY, NULL, TRUE },
    { "change", "变化", "Change", FT_MONEY, NULL, TRUE },
    { "spread", "租金变化率", "Spread", FT_PERCENT, NULL, FALSE },
};
static const ReportRatio spread_ratios[] = { { "spread", "change", "old_rent" }, { NULL, NULL, NULL } };

static gboolean
fill_spread(Ctx *ctx, ReportTable *table, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = list_named(ctx, "report.spread", error);

    if (!stmt)
        return FALSE;
    report_bind(ctx, table, stmt);
    while (db_each(stmt, &ok, error)) {
        ReportRow *row = report_row_add(table, "lease", db_int(stmt, 0));
        gint64 area_dm2 = db_int(stmt, 5), old_area_dm2 = db_int(stmt, 7), new_area_dm2 = db_int(stmt, 9);
        gint64 old_fen = old_area_dm2 ? muldiv_half_away(db_int(stmt, 6), area_dm2, old_area_dm2) : 0;
        gint64 new_fen = new_area_dm2 ? muldiv_half_away(db_int(stmt, 8), area_dm2, new_area_dm2) : 0;
        report_set_text(table, row, "lease", db_text(stmt, 1));
        report_set_text(table, row, "unit", db_text(stmt, 2));
        report_set_text(table, row, "merchant", db_text(stmt, 3));
        report_set_int(table, row, "from", db_day(stmt, 4));
        report_set_int(table, row, "area", area_dm2);
        report_set_text(table, row, "before", db_text(stmt, 10));
        report_set_int(table, row, "old_rent", old_fen);
        report_set_int(table, row, "new_rent", new_fen);
        report_set_int(table, row, "change", new_fen - old_fen);
    }
    return ok;
}

const ReportDef report_spread = {
    .name = "spread",
    .zh = "换租租金变化",
    .en = "Leasing spread",
    .formula_zh = "租金变化率 =（新首期月租金 − 原末期月租金）÷ 原末期月租金，同一铺位，按该铺位面积折算",
    .formula_en = "spread = (first rent now − last rent before) ÷ last rent before, of the same unit, by its area",
    .basis_zh = "期间内起租且该铺位此前曾出租的合同；固定租金，现金口径，不含免租影响",
    .basis_en = "Leases that begin in the period on units that were let before; fixed rent as agreed, free days do not count",
    .params = "from to",
    .group = "space",
    .columns = spread_columns,
    .n_columns = G_N_ELEMENTS(spread_columns),
    .fill = fill_spread,
    .ratios = spread_ratios,
};
