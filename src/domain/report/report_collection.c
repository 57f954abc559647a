/* report_collection.c - how much of what fell due came in: charge by charge, and by the person who collects. Both are filled from one statement, so
 * that the one is the sum of the other. */
#include "domain/report/report_internal.h"
#include "store/list.h"

static const ReportColumn charge_columns[] = {
    { "person", "催缴人", "Collector", FT_TEXT, NULL, FALSE },   { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE },
    { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },  { "unit", "铺位", "Unit", FT_TEXT, NULL, FALSE },
    { "name", "款项", "What for", FT_TEXT, NULL, FALSE },        { "due_on", "应交日期", "Due on", FT_DAY, NULL, FALSE },
    { "due", "当期应收", "Due now", FT_MONEY, NULL, TRUE },      { "received", "当期实收", "Received", FT_MONEY, NULL, TRUE },
    { "past_due", "往期欠款", "Arrears", FT_MONEY, NULL, TRUE }, { "past_received", "往期收回", "Recovered", FT_MONEY, NULL, TRUE },
    { "year_due", "本年累计应收", "Due this year", FT_MONEY, NULL, TRUE },
    { "year_received", "本年累计实收", "Received this year", FT_MONEY, NULL, TRUE },
};
static const char *const amounts[] = { "due", "received", "past_due", "past_received", "year_due", "year_received" };
enum { COL_STAFF = 1, COL_PERSON = 2, COL_AMOUNTS = 8 }; /* of the statement */

static DbStmt *
statement(Ctx *ctx, const ReportTable *table, GError **error)
{
    DbStmt *stmt = list_named(ctx, "report.collection", error);

    if (stmt)
        report_bind(ctx, table, stmt);
    return stmt;
}

static gboolean
fill_charges(Ctx *ctx, ReportTable *table, GError **error)
{
    static const char *const texts[] = { "person", "merchant", "lease", "unit", "name" };
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = statement(ctx, table, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        ReportRow *row = report_row_add(table, "charge", db_int(stmt, 0));
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
            report_set_text(table, row, texts[i], db_is_null(stmt, COL_PERSON + (int) i) ? NULL : db_text(stmt, COL_PERSON + (int) i));
        report_set_int(table, row, "due_on", db_day(stmt, COL_AMOUNTS - 1));
        for (guint i = 0; i < G_N_ELEMENTS(amounts); i++)
            report_set_int(table, row, amounts[i], db_int(stmt, COL_AMOUNTS + (int) i));
    }
    return ok;
}

const ReportDef report_collection_charge = {
    .name = "collection_charge",
    .zh = "收缴明细",
    .en = "Collection by charge",
    .formula_zh = "当期：应交日期在本月；往期：应交日期早于本月且月初未结清；累计：应交日期在本年至本月末",
    .formula_en = "Now: due in the month; arrears: due before it and open at its beginning; this year: due from January to the end of the month",
    .basis_zh = "截至月末已记账的应收与核销；应收已扣减免，不含保证金、已冲销；实收含收款、保证金抵扣、红蓝互抵，不含预收",
    .basis_en = "Charges and allocations posted by the end of the month; waivers are deducted, deposits and void charges left out; received counts "
                "receipts, deposits set off and credits, without prepayments",
    .params = "month",
    .group = "money",
    .columns = charge_columns,
    .n_columns = G_N_ELEMENTS(charge_columns),
    .fill = fill_charges,
    .entity = "charge",
};

static const ReportColumn person_columns[] = {
    { "person", "催缴人", "Collector", FT_TEXT, NULL, FALSE },
    { "due", "当期应收", "Due now", FT_MONEY, NULL, TRUE },
    { "received", "当期实收", "Received", FT_MONEY, NULL, TRUE },
    { "rate", "当期收缴率", "Rate", FT_PERCENT, NULL, FALSE },
    { "past_due", "往期欠款", "Arrears", FT_MONEY, NULL, TRUE },
    { "past_received", "往期收回", "Recovered", FT_MONEY, NULL, TRUE },
    { "past_rate", "往期回收率", "Rate of arrears", FT_PERCENT, NULL, FALSE },
    { "year_due", "本年累计应收", "Due this year", FT_MONEY, NULL, TRUE },
    { "year_received", "本年累计实收", "Received this year", FT_MONEY, NULL, TRUE },
    { "year_rate", "累计收缴率", "Rate this year", FT_PERCENT, NULL, FALSE },
};
static const ReportRatio person_ratios[] = {
    { "rate", "received", "due" }, { "past_rate", "past_received", "past_due" }, { "year_rate", "year_received", "year_due" }, { NULL, NULL, NULL },
};
static const ReportChart person_chart = { "bar", "person", "due received" };

static ReportRow *
row_of(ReportTable *table, GHashTable *rows, const DbStmt *stmt)
{
    gint64 staff_id = db_is_null(stmt, COL_STAFF) ? 0 : db_int(stmt, COL_STAFF);
    ReportRow *row = g_hash_table_lookup(rows, &staff_id);

    if (row)
        return row;
    row = report_row_add(table, staff_id ? "staff" : NULL, staff_id);
    row->query = g_strdup_printf("/report/collection_charge?month=%d", table->month);
    report_set_text(table, row, "person", staff_id ? db_text(stmt, COL_PERSON) : "—");
    for (guint i = 0; i < G_N_ELEMENTS(amounts); i++)
        report_set_int(table, row, amounts[i], 0);
    g_hash_table_insert(rows, g_memdup2(&staff_id, sizeof staff_id), row);
    return row;
}

static gboolean
fill_people(Ctx *ctx, ReportTable *table, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(DbStmt) stmt = statement(ctx, table, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        ReportRow *row = row_of(table, rows, stmt);
        for (guint i = 0; i < G_N_ELEMENTS(amounts); i++)
            report_add_int(table, row, amounts[i], db_int(stmt, COL_AMOUNTS + (int) i));
    }
    return ok;
}

const ReportDef report_collection = {
    .name = "collection",
    .zh = "收缴率",
    .en = "Collection rate",
    .formula_zh = "当期收缴率 = 核销到本月到期应收的实收 ÷ 本月到期应收；往期回收率 = 本月收回 ÷ 月初往期欠款；累计收缴率 = 本年累计实收 ÷ 本年累计应收",
    .formula_en = "rate = received for charges due in the month ÷ those charges; arrears = recovered in the month ÷ arrears at its beginning; "
                  "this year = received ÷ due since January",
    .basis_zh = "截至月末已记账；应收已扣减免，不含保证金、已冲销；实收不含预收；人员为月末当日铺位责任人",
    .basis_en = "Posted by the end of the month; waivers are deducted, deposits and void charges left out, prepayments do not count; the person is who looks "
                "after the unit on the last day of the month",
    .params = "month",
    .group = "money",
    .columns = person_columns,
    .n_columns = G_N_ELEMENTS(person_columns),
    .fill = fill_people,
    .entity = "staff",
    .ratios = person_ratios,
    .chart = &person_chart,
};
