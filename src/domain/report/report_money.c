/* report_money.c - receivables, deposits and tax: each a statement over the registers, and the plan of what will fall due. */
#include "db/catalogue.h"
#include "domain/billing/billing.h"
#include "domain/report/report_internal.h"
#include "store/list.h"

#include <string.h>

static const ReportColumn ageing_columns[] = {
    { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE },
    { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },
    { "units", "铺位", "Units", FT_TEXT, NULL, FALSE },
    { "open", "应收余额", "Open", FT_MONEY, NULL, TRUE },
    { "not_due", "未到期", "Not due", FT_MONEY, NULL, TRUE },
    { "d30", "1–30 天", "1–30 days", FT_MONEY, NULL, TRUE },
    { "d60", "31–60 天", "31–60", FT_MONEY, NULL, TRUE },
    { "d90", "61–90 天", "61–90", FT_MONEY, NULL, TRUE },
    { "d180", "91–180 天", "91–180", FT_MONEY, NULL, TRUE },
    { "d365", "181–365 天", "181–365", FT_MONEY, NULL, TRUE },
    { "over", "365 天以上", "Over 365", FT_MONEY, NULL, TRUE },
};
static const ReportChart ageing_chart = { "totals", "", "not_due d30 d60 d90 d180 d365 over" };
const ReportDef report_ageing = {
    .name = "ageing",
    .zh = "应收账龄",
    .en = "Ageing",
    .formula_zh = "余额 = 应收 − 截至日已核销；账龄自应交日次日起算",
    .formula_en = "open = charge − what was settled by the day; age counts from the day after the due day",
    .basis_zh = "截至日已出账未结清的应收，不含保证金；含贷项（负数），预收款不抵减",
    .basis_en = "Charges posted by the day and not settled, deposits left out; credits count as negative, unallocated receipts are not deducted",
    .params = "on",
    .group = "money",
    .columns = ageing_columns,
    .n_columns = G_N_ELEMENTS(ageing_columns),
    .statement = "report.ageing",
    .entity = "lease",
    .chart = &ageing_chart,
};

static const ReportColumn receivable_columns[] = {
    { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE }, { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },
    { "unit", "铺位", "Unit", FT_TEXT, NULL, FALSE },          { "name", "款项", "What for", FT_TEXT, NULL, FALSE },
    { "from", "所属期起", "From", FT_DAY, NULL, FALSE },        { "to", "所属期止", "To", FT_DAY, NULL, FALSE },
    { "due", "应交日期", "Due on", FT_DAY, NULL, FALSE },       { "gross", "应收", "Gross", FT_MONEY, NULL, TRUE },
    { "settled", "已核销", "Settled", FT_MONEY, NULL, TRUE },   { "open", "余额", "Open", FT_MONEY, NULL, TRUE },
};
const ReportDef report_receivable = {
    .name = "receivable",
    .zh = "应收明细",
    .en = "Open charges",
    .formula_zh = "余额 = 应收 − 截至日已核销",
    .formula_en = "open = charge − what was settled by the day",
    .basis_zh = "截至日已出账未结清的全部应收，含保证金，逐笔列示",
    .basis_en = "All charges posted by the day and not settled, deposits included, one by one",
    .params = "on",
    .group = "money",
    .columns = receivable_columns,
    .n_columns = G_N_ELEMENTS(receivable_columns),
    .statement = "report.receivable",
    .entity = "charge",
};

static const ReportColumn turn_columns[] = {
    { "item", "费用科目", "Charge item", FT_TEXT, NULL, FALSE }, { "opening", "月初余额", "Opening", FT_MONEY, NULL, TRUE },
    { "billed", "本月出账", "Billed", FT_MONEY, NULL, TRUE },     { "voided", "冲销", "Voided", FT_MONEY, NULL, TRUE },
    { "received", "本月实收", "Received", FT_MONEY, NULL, TRUE }, { "deposits", "保证金抵扣", "From deposits", FT_MONEY, NULL, TRUE },
    { "waived", "减免与坏账", "Waived", FT_MONEY, NULL, TRUE },    { "offsets", "红蓝互抵", "Offset", FT_MONEY, NULL, TRUE },
    { "closing", "月末余额", "Closing", FT_MONEY, NULL, TRUE },
};
static const ReportChart turn_chart = { "bar", "item", "billed received" };
const ReportDef report_turn = {
    .name = "turn",
    .zh = "应收实收表",
    .en = "Billed and received",
    .formula_zh = "月末余额 = 月初余额 + 出账 − 冲销 − 实收 − 保证金抵扣 − 减免与坏账 − 互抵",
    .formula_en = "closing = opening + billed − voided − received − from deposits − waived − offset",
    .basis_zh = "按记账日期；不含保证金本身；实收为核销到应收的收款，不含预收",
    .basis_en = "By posting day; deposits themselves are left out; received is what was allocated to charges, without credits",
    .params = "month",
    .group = "money",
    .columns = turn_columns,
    .n_columns = G_N_ELEMENTS(turn_columns),
    .statement = "report.turn",
    .entity = "charge_item",
    .chart = &turn_chart,
};

static const ReportColumn deposit_columns[] = {
    { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE }, { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },
    { "units", "铺位", "Units", FT_TEXT, NULL, FALSE },        { "kind", "性质", "Kind", FT_ENUM, deposit_kind_items, FALSE },
    { "received", "收取", "Received", FT_MONEY, NULL, TRUE },   { "converted", "转换", "Converted", FT_MONEY, NULL, TRUE },
    { "deducted", "扣除", "Deducted", FT_MONEY, NULL, TRUE },   { "refunded", "退还", "Refunded", FT_MONEY, NULL, TRUE },
    { "forfeited", "没收", "Forfeited", FT_MONEY, NULL, TRUE }, { "held", "余额", "Held", FT_MONEY, NULL, TRUE },
};
const ReportDef report_deposit = {
    .name = "deposit",
    .zh = "保证金余额表",
    .en = "Deposit balances",
    .formula_zh = "余额 = 收取 + 转入 − 转出 − 扣除 − 退还 − 没收（减少以负数列示）",
    .formula_en = "held = received + converted − deducted − refunded − forfeited (what goes out is shown negative)",
    .basis_zh = "截至日保证金台账，按合同与款项性质；与总账 2241 明细科目相等",
    .basis_en = "The deposit register on the day, by lease and legal kind; equals the accounts below 2241",
    .params = "on",
    .group = "money",
    .columns = deposit_columns,
    .n_columns = G_N_ELEMENTS(deposit_columns),
    .statement = "report.deposit",
    .entity = "lease",
};

static const ReportColumn tax_columns[] = {
    { "item", "费用科目", "Charge item", FT_TEXT, NULL, FALSE }, { "rate", "税率", "Rate", FT_PERCENT, NULL, FALSE },
    { "charges", "笔数", "Charges", FT_INT, NULL, TRUE },        { "net", "不含税", "Net", FT_MONEY, NULL, TRUE },
    { "tax", "税额", "Tax", FT_MONEY, NULL, TRUE },              { "gross", "含税", "Gross", FT_MONEY, NULL, TRUE },
};
const ReportDef report_tax = {
    .name = "tax",
    .zh = "税额汇总",
    .en = "Tax summary",
    .formula_zh = "税额 = Σ 各笔应收的税额（含税 − 不含税），冲销的以负数计入",
    .formula_en = "tax = sum of the charges' tax (gross − net); voided ones count negative",
    .basis_zh = "当月记账的应收，按费用科目与税率，不含保证金；纳税义务时点与开票以税务口径为准",
    .basis_en = "Charges posted in the month by item and rate, deposits left out; the tax point and invoices follow tax rules",
    .params = "month",
    .group = "money",
    .columns = tax_columns,
    .n_columns = G_N_ELEMENTS(tax_columns),
    .statement = "report.tax",
    .entity = "charge_item",
};

/* -- receivable plan ------------------------------------------------------------- */

enum { PLAN_MONTHS = 12 };
static const ReportColumn plan_columns[] = {
    { "month", "月份", "Month", FT_TEXT, NULL, FALSE },     { "rent", "租金", "Rent", FT_MONEY, NULL, TRUE },
    { "fees", "费用", "Fees", FT_MONEY, NULL, TRUE },        { "turnover", "提成（暂估）", "Turnover (estimate)", FT_MONEY, NULL, TRUE },
    { "total", "合计", "Total", FT_MONEY, NULL, TRUE },      { "leases", "合同数", "Leases", FT_INT, NULL, FALSE },
};

typedef struct {
    gint64 rent_fen, fees_fen, turnover_fen, leases, last_lease;
} PlanMonth;

static void
plan_add(PlanMonth *months, int first_key, const ScheduleLine *line, gint64 lease_id)
{
    int n = day_months_between(day_from_month_key(first_key), day_month_start(line->due_on));

    if (n < 0 || n >= PLAN_MONTHS || line->gross_fen == 0)
        return;
    PlanMonth *month = &months[n];
    if (line->kind == LINE_PROVISIONAL || line->kind == LINE_SETTLEMENT)
        month->turnover_fen += line->gross_fen;
    else if (g_str_has_prefix(line->item, "rent"))
        month->rent_fen += line->gross_fen;
    else
        month->fees_fen += line->gross_fen;
    if (month->last_lease != lease_id)
        month->leases++;
    month->last_lease = lease_id;
}

static gboolean
plan_lease(const Record *lease, const char *const *labels, gpointer data, GError **error)
{
    (void) labels;
    (void) error;
    g_ptr_array_add(data, record_copy(lease));
    return TRUE;
}

static gboolean
fill_plan(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GPtrArray) leases = g_ptr_array_new_with_free_func((GDestroyNotify) record_free);
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, "lease"));
    g_autofree char *day = day_dup(table->on);
    PlanMonth months[PLAN_MONTHS] = { 0 };
    int first_key = day_month_key(table->on);

    query->size = 1000000;
    query->want_total = FALSE;
    list_query_filter(query, "to_on", OP_GTE, day);
    list_query_filter(query, "state", OP_IN, "approved,sealed,effective,expiring");
    if (!list_each(ctx, query, plan_lease, leases, error))
        return FALSE;
    for (guint i = 0; i < leases->len; i++) {
        const Record *lease = leases->pdata[i];
        g_autoptr(Schedule) schedule = lease_schedule(ctx, lease, error);
        if (!schedule)
            return FALSE;
        for (guint n = 0; n < schedule->lines->len; n++)
            plan_add(months, first_key, schedule->lines->pdata[n], lease->id);
    }
    for (int n = 0; n < PLAN_MONTHS; n++) {
        ReportRow *row = report_row_add(table, NULL, 0);
        int key = day_month_key(day_add_months(day_from_month_key(first_key), n));
        g_autofree char *name = g_strdup_printf("%d-%02d", key / 100, key % 100);
        report_set_text(table, row, "month", name);
        report_set_int(table, row, "rent", months[n].rent_fen);
        report_set_int(table, row, "fees", months[n].fees_fen);
        report_set_int(table, row, "turnover", months[n].turnover_fen);
        report_set_int(table, row, "total", months[n].rent_fen + months[n].fees_fen + months[n].turnover_fen);
        report_set_int(table, row, "leases", months[n].leases);
    }
    return TRUE;
}

static const ReportChart plan_chart = { "stack", "month", "rent fees turnover" };
const ReportDef report_receivable_plan = {
    .name = "receivable_plan",
    .zh = "应收计划",
    .en = "Receivable plan",
    .formula_zh = "各月金额 = 合同计租明细中应交日期落在该月的含税金额",
    .formula_en = "a month's amount = gross of the schedule lines that fall due in it",
    .basis_zh = "自截至日所在月起十二个月；已会签通过且未到期的合同，按现行条款，不考虑续约；提成仅含已有销售额的部分",
    .basis_en = "Twelve months from that of the day; reviewed leases that have not ended, by their terms today, without renewals; turnover only where sales are known",
    .params = "on",
    .group = "money",
    .columns = plan_columns,
    .n_columns = G_N_ELEMENTS(plan_columns),
    .fill = fill_plan,
    .chart = &plan_chart,
};
