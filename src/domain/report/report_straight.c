/* report_straight.c - rent spread over the term against what is billed, by lease, for finance. */
#include "db/catalogue.h"
#include "domain/report/report_internal.h"

/* clang-format off */
static const ReportColumn columns[] = {
    { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },  { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE },
    { "units", "铺位", "Units", FT_TEXT, NULL, FALSE },          { "from", "租期起", "From", FT_DAY, NULL, FALSE },
    { "to", "租期止", "To", FT_DAY, NULL, FALSE },               { "income", "直线法收入", "Income", FT_MONEY, NULL, TRUE },
    { "billed", "合同应收", "Billed", FT_MONEY, NULL, TRUE },    { "moved", "本月计提", "Posted", FT_MONEY, NULL, TRUE },
    { "accrued", "累计差额", "Accrued", FT_MONEY, NULL, TRUE },  { "voucher", "凭证号", "Voucher", FT_TEXT, NULL, FALSE },
};
/* clang-format on */

static gboolean
fill(Ctx *ctx, ReportTable *table, GError **error)
{
    static const char *const texts[] = { "lease", "merchant", "units" };
    static const char *const sums[] = { "income", "billed", "moved", "accrued" };
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.straight_line", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", table->month);
    while (db_each(stmt, &ok, error)) {
        ReportRow *row = report_row_add(table, "lease", db_int(stmt, 0));
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
            report_set_text(table, row, texts[i], db_text(stmt, 1 + (int) i));
        report_set_int(table, row, "from", db_day(stmt, 4));
        report_set_int(table, row, "to", db_day(stmt, 5));
        for (guint i = 0; i < G_N_ELEMENTS(sums); i++)
            report_set_int(table, row, sums[i], db_int(stmt, 6 + (int) i));
        report_set_text(table, row, "voucher", db_text(stmt, 10));
        row->query = g_strdup_printf("/e/straight_line?lease_id=%" G_GINT64_FORMAT, row->id);
    }
    return ok;
}

const ReportDef report_straight_line = {
    .name = "straight_line",
    .zh = "直线法收入",
    .en = "Straight-line income",
    .formula_zh = "直线法收入 = 租期内不含税固定租金合计 × 本月天数 ÷ 租期天数（免租期在内）；累计差额 = 累计收入 − 累计应收，租期末为零",
    .formula_en = "Income = net fixed rent of the whole term × days of the month ÷ days of the term (free days included); accrued = income − billed so far, nothing at the end",
    .basis_zh = "当月已计提的合同；提成租金与费用不计入；合同变更或终止时按新租期补提或冲回",
    .basis_en = "Leases spread in the month; turnover rent and fees are left out; a changed or ended lease is caught up",
    .params = "month",
    .group = "books",
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .fill = fill,
};
