/* report_cash_book.c - the income and expense ledger 收支台账: every movement of money of a month by day, with its voucher, the balance running along
 * each money account. Columns: rules.md section 10. */
#include "base/money.h"
#include "db/catalogue.h"
#include "domain/ledger/ledger.h"
#include "domain/report/report_internal.h"

#include <string.h>

static const EnumItem ways[] = {
    { "in", "收", "In", TONE_GREEN }, { "out", "支", "Out", TONE_RED }, { "balance", "余", "Balance", TONE_GRAY }, { NULL, NULL, NULL, 0 },
};
/* clang-format off */
static const ReportColumn columns[] = {
    { "account", "账户", "Account", FT_TEXT, NULL, FALSE },     { "on_day", "日期", "Day", FT_DAY, NULL, FALSE },
    { "no", "凭证号", "Voucher", FT_TEXT, NULL, FALSE },        { "way", "收/支", "In/out", FT_ENUM, ways, FALSE },
    { "subject", "科目", "Subject", FT_TEXT, NULL, FALSE },     { "party", "商户/对方", "Merchant or other", FT_TEXT, NULL, FALSE },
    { "about", "合同/铺位", "Lease, units", FT_TEXT, NULL, FALSE }, { "memo", "摘要", "Memo", FT_TEXT, NULL, FALSE },
    { "period", "所属期", "Period", FT_TEXT, NULL, FALSE },     { "amount", "含税额", "Amount", FT_MONEY, NULL, FALSE },
    { "tax_rate", "税率 %", "Tax rate %", FT_PERCENT, NULL, FALSE }, { "tax", "税额", "Tax", FT_MONEY, NULL, FALSE },
    { "balance", "余额", "Balance", FT_MONEY, NULL, FALSE },    { "invoice", "票据号", "Paper no.", FT_TEXT, NULL, FALSE },
    { "made_by", "经办", "Made by", FT_TEXT, NULL, FALSE },     { "checked_by", "审核", "Checked by", FT_TEXT, NULL, FALSE },
};
enum { MONEY_ID, ENTRY_ID, MONEY_AMOUNT, NO, ON_DAY, MEMO, TAKES_BACK, SOURCE, SOURCE_ID, OTHER_AMOUNT, CODE, NAME, OTHER_MONEY, MERCHANT, LEASE, UNITS,
       CHARGE, CHARGE_FROM, CHARGE_TO, CHARGE_RATE, CHARGE_TAX, CHARGE_GROSS, PAYEE, INVOICE, FROM, TO, RATE, MADE_BY, CHECKED_BY, RECEIPT };
/* clang-format on */

typedef struct {
    gint64 money_id;
    char *name;
    gint64 balance_fen, in_fen, out_fen;
} Purse;

typedef struct {
    Ctx *ctx;
    ReportTable *table;
    GPtrArray *purses; /* of Purse, by id */
    guint at;          /* the one being written */
    gint64 entry_id;   /* whole movement already written, as one line */
    ReportRow *last;   /* the line before, of entry last_id */
    gint64 last_id;
} Book;

static void
purse_free(gpointer data)
{
    Purse *purse = data;

    g_free(purse->name);
    g_free(purse);
}

static GPtrArray *
load_purses(Ctx *ctx, int month, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GPtrArray) purses = g_ptr_array_new_with_free_func(purse_free);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.money_openings", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", month);
    while (db_each(stmt, &ok, error)) {
        Purse *purse = g_new0(Purse, 1);
        purse->money_id = db_int(stmt, 0);
        purse->name = g_strdup(db_text(stmt, 1));
        purse->balance_fen = db_int(stmt, 2);
        g_ptr_array_add(purses, purse);
    }
    return ok ? g_steal_pointer(&purses) : NULL;
}

static void
balance_row(Book *book, const Purse *purse, gboolean closing)
{
    gboolean en = book->ctx->lang == LANG_EN;
    ReportRow *row = report_row_add(book->table, "money_account", purse->money_id);
    g_autofree char *in = money_format_grouped(purse->in_fen), *out = money_format_grouped(purse->out_fen);
    g_autofree char *memo = g_strdup_printf(en ? "In %s, out %s" : "本月收入 %s，支出 %s", in, out);

    report_set_text(book->table, row, "account", purse->name);
    report_set_text(book->table, row, "way", "balance");
    report_set_text(book->table, row, "subject", closing ? (en ? "Closing balance" : "期末余额") : (en ? "Opening balance" : "期初余额"));
    report_set_text(book->table, row, "memo", closing ? memo : NULL);
    report_set_int(book->table, row, "balance", purse->balance_fen);
}

/* Moves on to the money account of the row at hand; @money_id 0: to the end. */
static Purse *
turn_to(Book *book, gint64 money_id)
{
    for (; book->at < book->purses->len; book->at++) {
        Purse *purse = book->purses->pdata[book->at];
        if (purse->money_id == money_id)
            return purse;
        balance_row(book, purse, TRUE);
        if (book->at + 1 < book->purses->len)
            balance_row(book, book->purses->pdata[book->at + 1], FALSE);
    }
    return NULL;
}

static void
set_period(Book *book, ReportRow *row, Day from, Day to)
{
    g_autofree char *a = from == DAY_NONE ? NULL : day_dup(from);
    g_autofree char *b = to == DAY_NONE ? NULL : day_dup(to);
    g_autofree char *text = a ? g_strdup_printf("%s ~ %s", a, b ? b : "") : NULL;

    report_set_text(book->table, row, "period", text);
}

/* Money taken back stands in red on the side where it stood before (红冲). */
static void
set_amount(Book *book, ReportRow *row, Purse *purse, gint64 amount_fen, gboolean takes_back)
{
    gboolean in = (amount_fen > 0) != takes_back;

    purse->balance_fen += amount_fen;
    if (in)
        purse->in_fen += amount_fen;
    else
        purse->out_fen -= amount_fen;
    report_set_text(book->table, row, "way", in ? "in" : "out");
    report_set_int(book->table, row, "amount", in ? amount_fen : -amount_fen);
    report_set_int(book->table, row, "balance", purse->balance_fen);
}

static void
set_texts(Book *book, ReportRow *row, const Purse *purse, const DbStmt *stmt)
{
    ReportTable *t = book->table;
    g_autofree char *about = db_is_null(stmt, LEASE) ? NULL : g_strdup_printf("%s %s", db_text(stmt, LEASE), db_text(stmt, UNITS));

    report_set_text(t, row, "account", purse->name);
    report_set_int(t, row, "on_day", db_day(stmt, ON_DAY));
    report_set_text(t, row, "no", db_text(stmt, NO));
    report_set_text(t, row, "subject", db_text(stmt, db_is_null(stmt, OTHER_MONEY) ? (db_is_null(stmt, CHARGE) ? NAME : CHARGE) : OTHER_MONEY));
    report_set_text(t, row, "party", db_text(stmt, db_is_null(stmt, PAYEE) ? MERCHANT : PAYEE));
    report_set_text(t, row, "about", about);
    report_set_text(t, row, "memo", db_text(stmt, MEMO));
    report_set_text(t, row, "invoice", db_text(stmt, db_is_null(stmt, INVOICE) ? RECEIPT : INVOICE));
    report_set_text(t, row, "made_by", db_text(stmt, MADE_BY));
    report_set_text(t, row, "checked_by", db_text(stmt, CHECKED_BY));
}

/* The tax inside what settled a charge, in proportion; that of an expense comes with its own entry. */
static void
set_tax(Book *book, ReportRow *row, const DbStmt *stmt, gint64 amount_fen)
{
    gint64 gross_fen = db_int(stmt, CHARGE_GROSS);

    if (!db_is_null(stmt, CHARGE) && gross_fen > 0) {
        report_set_int(book->table, row, "tax_rate", db_int(stmt, CHARGE_RATE));
        report_set_int(book->table, row, "tax", muldiv_half_away(amount_fen, db_int(stmt, CHARGE_TAX), gross_fen));
        set_period(book, row, db_day(stmt, CHARGE_FROM), db_day(stmt, CHARGE_TO));
    } else if (!db_is_null(stmt, PAYEE)) {
        report_set_int(book->table, row, "tax_rate", db_int(stmt, RATE));
        set_period(book, row, db_day(stmt, FROM), db_day(stmt, TO));
    }
}

static void
add_cell(const Book *book, ReportRow *row, const char *column, gint64 more)
{
    for (guint c = 0; c < book->table->def->n_columns; c++) {
        if (strcmp(book->table->def->columns[c].name, column) == 0)
            report_set_int(book->table, row, column, (row->cells[c].is_null ? 0 : row->cells[c].i) + more);
    }
}

/* One line for each entry on the other side; a transfer is one line; deducted tax joins the line of its expense. */
static void
write_line(Book *book, const DbStmt *stmt)
{
    Purse *purse = turn_to(book, db_int(stmt, MONEY_ID));
    gboolean whole = !db_is_null(stmt, OTHER_MONEY), takes_back = db_int(stmt, TAKES_BACK) != 0;
    gint64 entry_id = db_int(stmt, ENTRY_ID), amount_fen = whole ? db_int(stmt, MONEY_AMOUNT) : -db_int(stmt, OTHER_AMOUNT);
    const EntityModule *source = registry_find(book->ctx->registry, db_text(stmt, SOURCE));

    if (!purse || book->entry_id == entry_id)
        return;
    if (book->last_id == entry_id && strcmp(db_text(stmt, CODE), ACC_INPUT_TAX) == 0) {
        gint64 sign = (amount_fen > 0) != takes_back ? 1 : -1;
        purse->balance_fen += amount_fen;
        purse->out_fen -= sign < 0 ? amount_fen : 0;
        purse->in_fen += sign > 0 ? amount_fen : 0;
        add_cell(book, book->last, "amount", sign * amount_fen);
        add_cell(book, book->last, "balance", amount_fen);
        add_cell(book, book->last, "tax", sign * amount_fen);
        return;
    }
    ReportRow *row = report_row_add(book->table, source ? source->def->name : NULL, db_int(stmt, SOURCE_ID));
    set_texts(book, row, purse, stmt);
    set_amount(book, row, purse, amount_fen, takes_back);
    if (whole)
        book->entry_id = entry_id;
    else
        set_tax(book, row, stmt, amount_fen);
    book->last = row;
    book->last_id = entry_id;
}

static gboolean
fill(Ctx *ctx, ReportTable *table, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GPtrArray) purses = load_purses(ctx, table->month, error);
    g_autoptr(DbStmt) stmt = purses ? db_named(ctx->db, "report.cash_book", error) : NULL;
    Book book = { .ctx = ctx, .table = table, .purses = purses };

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", table->month);
    db_bind_int(stmt, "en", ctx->lang == LANG_EN);
    if (purses->len > 0)
        balance_row(&book, purses->pdata[0], FALSE);
    while (db_each(stmt, &ok, error))
        write_line(&book, stmt);
    turn_to(&book, 0);
    return ok;
}

const ReportDef report_cash_book = {
    .name = "cash_book",
    .zh = "收支台账",
    .en = "Income and expense ledger",
    .formula_zh = "余额 = 上一行余额 + 收 − 支，按账户连续计算；收款的税额 = 核销金额 × 应收税额 ÷ 应收含税额；红冲以负数列示在原方向",
    .formula_en = "Balance = balance above + in − out, along each account; tax of a receipt = settled × tax ÷ gross of the charge; what was taken back is negative on its own side",
    .basis_zh = "会计月内的全部资金分录，每行附凭证号；已结账月份补记的业务列入记账当月",
    .basis_en = "All entries on money accounts in the accounting month, each with its voucher; events of a closed month stand in the month they were posted to",
    .params = "month",
    .group = "books",
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .fill = fill,
};
