/* report_trial_balance.c - balances of accounts by month, and the month-end report made of them. */
#include "base/clock.h"
#include "db/catalogue.h"
#include "domain/ledger/ledger.h"
#include "domain/report/report_internal.h"

#include <string.h>

typedef struct {
    gint64 account_id, money_id;
    const char *code, *name, *kind, *money; /* borrowed from the statement */
    gint64 before_fen, debit_fen, credit_fen;
} Balance;

typedef gboolean (*EachBalance)(ReportTable *table, const Balance *balance, gpointer data);

static gboolean
each_balance(Ctx *ctx, ReportTable *table, EachBalance each, gpointer data, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.trial_balance", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", table->month);
    db_bind_int(stmt, "en", ctx->lang == LANG_EN);
    while (db_each(stmt, &ok, error)) {
        Balance b = { db_int(stmt, 0), db_int(stmt, 4), db_text(stmt, 1), db_text(stmt, 2), db_text(stmt, 3), db_text(stmt, 5), db_int(stmt, 6),
                      db_int(stmt, 7), db_int(stmt, 8) };
        if (!each(table, &b, data))
            return FALSE;
    }
    return ok;
}

/* clang-format off */
static const ReportColumn trial_columns[] = {
    { "code", "科目编码", "Code", FT_TEXT, NULL, FALSE },          { "name", "科目名称", "Account", FT_TEXT, NULL, FALSE },
    { "money", "资金账户", "Money account", FT_TEXT, NULL, FALSE },
    { "opening_debit", "期初借方", "Opening debit", FT_MONEY, NULL, TRUE }, { "opening_credit", "期初贷方", "Opening credit", FT_MONEY, NULL, TRUE },
    { "debit", "本期借方", "Debit", FT_MONEY, NULL, TRUE },        { "credit", "本期贷方", "Credit", FT_MONEY, NULL, TRUE },
    { "closing_debit", "期末借方", "Closing debit", FT_MONEY, NULL, TRUE }, { "closing_credit", "期末贷方", "Closing credit", FT_MONEY, NULL, TRUE },
};
/* clang-format on */

static gboolean
add_trial(ReportTable *table, const Balance *b, gpointer data)
{
    ReportRow *row = report_row_add(table, "account", b->account_id);
    gint64 closing_fen = b->before_fen + b->debit_fen - b->credit_fen;

    (void) data;
    report_set_text(table, row, "code", b->code);
    report_set_text(table, row, "name", b->name);
    report_set_text(table, row, "money", b->money);
    report_set_int(table, row, "opening_debit", MAX(b->before_fen, 0));
    report_set_int(table, row, "opening_credit", MAX(-b->before_fen, 0));
    report_set_int(table, row, "debit", b->debit_fen);
    report_set_int(table, row, "credit", b->credit_fen);
    report_set_int(table, row, "closing_debit", MAX(closing_fen, 0));
    report_set_int(table, row, "closing_credit", MAX(-closing_fen, 0));
    row->query = g_strdup_printf("/e/entry?account_id=%" G_GINT64_FORMAT "&month=%d", b->account_id, table->month);
    return TRUE;
}

static gboolean
fill_trial(Ctx *ctx, ReportTable *table, GError **error)
{
    return each_balance(ctx, table, add_trial, NULL, error);
}

const ReportDef report_trial_balance = {
    .name = "trial_balance",
    .zh = "科目余额表",
    .en = "Trial balance",
    .formula_zh = "期末余额 = 期初余额 + 本期借方 − 本期贷方；借方合计 = 贷方合计",
    .formula_en = "Closing = opening + debits − credits; the debits of all accounts equal the credits",
    .basis_zh = "会计月内的全部分录，资金科目按资金账户分列；点击科目查看分录",
    .basis_en = "All entries of the accounting month, money by money account; a row leads to its entries",
    .params = "month",
    .group = "books",
    .columns = trial_columns,
    .n_columns = G_N_ELEMENTS(trial_columns),
    .fill = fill_trial,
};

/* -- month end ------------------------------------------------------------------ */

static const EnumItem sections[] = {
    { "close", "结账", "Closing", TONE_GRAY },    { "money", "资金", "Money", TONE_BLUE },
    { "asset", "应收与资产", "Receivables and assets", TONE_BLUE }, { "liability", "负债", "Liabilities", TONE_AMBER },
    { "equity", "权益", "Equity", TONE_VIOLET },  { "income", "收入", "Income", TONE_GREEN },
    { "expense", "支出", "Expense", TONE_RED },   { "result", "结果", "Result", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
/* clang-format off */
static const ReportColumn end_columns[] = {
    { "section", "项目", "Part", FT_ENUM, sections, FALSE },  { "line", "明细", "Line", FT_TEXT, NULL, FALSE },
    { "before", "期初", "Opening", FT_MONEY, NULL, FALSE },   { "more", "本月增加", "Increase", FT_MONEY, NULL, FALSE },
    { "less", "本月减少", "Decrease", FT_MONEY, NULL, FALSE }, { "closing", "期末", "Closing", FT_MONEY, NULL, FALSE },
};
/* clang-format on */

typedef struct {
    gint64 debit_fen, credit_fen, income_fen, expense_fen;
    const char *only; /* the section being written */
} MonthEnd;

/* Which part of the report an account belongs to. Static. */
static const char *
section_of(const Balance *b)
{
    if (b->money)
        return "money";
    return enum_find(sections, b->kind)->token;
}

static gboolean
add_end(ReportTable *table, const Balance *b, gpointer data)
{
    MonthEnd *end = data;
    const char *section = section_of(b);
    /* each kind of account on the side where it grows */
    gboolean debit_grows = strcmp(b->kind, "asset") == 0 || strcmp(b->kind, "expense") == 0;
    gint64 sign = debit_grows ? 1 : -1, change_fen = sign * (b->debit_fen - b->credit_fen);

    if (strcmp(section, end->only) != 0)
        return TRUE;
    end->debit_fen += b->debit_fen;
    end->credit_fen += b->credit_fen;
    end->income_fen += strcmp(section, "income") == 0 ? change_fen : 0;
    end->expense_fen += strcmp(section, "expense") == 0 ? change_fen : 0;
    ReportRow *row = report_row_add(table, "account", b->account_id);
    g_autofree char *line = b->money ? g_strdup(b->money) : g_strdup_printf("%s %s", b->code, b->name);
    report_set_text(table, row, "section", section);
    report_set_text(table, row, "line", line);
    report_set_int(table, row, "before", sign * b->before_fen);
    report_set_int(table, row, "more", debit_grows ? b->debit_fen : b->credit_fen);
    report_set_int(table, row, "less", debit_grows ? b->credit_fen : b->debit_fen);
    report_set_int(table, row, "closing", sign * b->before_fen + change_fen);
    row->query = g_strdup_printf("/e/entry?account_id=%" G_GINT64_FORMAT "&month=%d", b->account_id, table->month);
    return TRUE;
}

static void
add_line(ReportTable *table, const char *section, const char *line, gint64 more_fen, gint64 less_fen, gint64 closing_fen)
{
    ReportRow *row = report_row_add(table, NULL, 0);

    report_set_text(table, row, "section", section);
    report_set_text(table, row, "line", line);
    report_set_int(table, row, "more", more_fen);
    report_set_int(table, row, "less", less_fen);
    report_set_int(table, row, "closing", closing_fen);
}

/* How the month stands: open, or closed by whom and when. */
static gboolean
add_state(Ctx *ctx, ReportTable *table, GError **error)
{
    gboolean row = FALSE, en = ctx->lang == LANG_EN;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.fiscal_month", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", table->month);
    if (!db_step(stmt, &row, error))
        return FALSE;
    ReportRow *line = report_row_add(table, NULL, 0);
    report_set_text(table, line, "section", "close");
    if (!row || strcmp(db_text(stmt, 0), "closed") != 0) {
        report_set_text(table, line, "line", en ? "Not closed yet: figures may still change" : "尚未结账，数字仍会变化");
        return TRUE;
    }
    g_autofree char *day = day_dup(clock_day_of(db_int(stmt, 4)));
    g_autofree char *text = g_strdup_printf(en ? "Closed on %s by %s, %d vouchers" : "已于 %s 由%s结账，凭证 %d 张", day,
                                            db_is_null(stmt, 3) ? "—" : db_text(stmt, 3), (int) db_int(stmt, 1));
    report_set_text(table, line, "line", text);
    return TRUE;
}

static gboolean
fill_end(Ctx *ctx, ReportTable *table, GError **error)
{
    static const char *const order[] = { "money", "asset", "liability", "equity", "income", "expense" };
    gboolean en = ctx->lang == LANG_EN;
    MonthEnd end = { 0 };

    if (!add_state(ctx, table, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        end.only = order[i];
        if (!each_balance(ctx, table, add_end, &end, error))
            return FALSE;
    }
    add_line(table, "result", en ? "Income less expense" : "收支结余", end.income_fen, end.expense_fen, end.income_fen - end.expense_fen);
    add_line(table, "result", en ? "Debits and credits of all vouchers" : "全部凭证借方、贷方合计", end.debit_fen, end.credit_fen,
             end.debit_fen - end.credit_fen);
    return TRUE;
}

const ReportDef report_month_end = {
    .name = "month_end",
    .zh = "月末报告",
    .en = "Month-end report",
    .formula_zh = "期末 = 期初 + 本月增加 − 本月减少，各科目按其增加方向列示；收支结余 = 收入 − 支出；借贷合计之差应为零",
    .formula_en = "Closing = opening + increase − decrease, each account on the side where it grows; result = income − expense; debits less credits is nothing",
    .basis_zh = "会计月内的全部分录；结账后不再变化，更正记入下一月份并注明原凭证",
    .basis_en = "All entries of the accounting month; it no longer changes once closed, corrections go to the next month and name the voucher",
    .params = "month",
    .group = "books",
    .columns = end_columns,
    .n_columns = G_N_ELEMENTS(end_columns),
    .fill = fill_end,
};
