/* portal_paper.c - statement of account and payment on paper. Papers are Chinese whoever prints them. */
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/portal/portal_internal.h"
#include "print/pdf.h"
#include "store/list.h"

#include <string.h>

static char *
period_text(Day from, Day to)
{
    g_autofree char *first = from == DAY_NONE ? NULL : day_dup(from);
    g_autofree char *last = to == DAY_NONE ? NULL : day_dup(to);

    return first && last ? g_strdup_printf("%s 至 %s", first, last) : g_strdup("—");
}

static char *
line_text(const Ctx *zh, const StatementLine *line)
{
    const char *unit = line->unit_no ? line->unit_no : "";

    if (strcmp(line->what, "allocation") == 0)
        return g_strdup_printf("%s %s · %s %s", portal_label(zh, "allocation", "kind", line->kind), line->no ? line->no : "", line->name, unit);
    return g_strdup_printf("%s%s %s", strcmp(line->what, "void") == 0 ? "冲销：" : "", line->name, unit);
}

static void
print_lines(const Ctx *zh, Pdf *pdf, const AccountStatement *s)
{
    static const PdfColumn columns[] = {
        { "日期", 21, PDF_LEFT }, { "摘要", 42, PDF_LEFT }, { "所属期", 24, PDF_LEFT },
        { "应收（元）", 18, PDF_RIGHT }, { "已付/核销（元）", 20, PDF_RIGHT }, { "余额（元）", 18, PDF_RIGHT },
    };
    g_autofree char *opening = money_format_grouped(s->opening_fen);
    g_autofree char *charged = money_format_grouped(s->charged_fen);
    g_autofree char *settled = money_format_grouped(s->settled_fen);
    g_autofree char *closing = money_format_grouped(s->closing_fen);
    g_autofree char *first = day_dup(s->from);

    pdf_heading(pdf, "往来明细");
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    pdf_table_row(pdf, (const char *const[]){ first, "期初余额", "", "", "", opening });
    for (guint i = 0; i < s->lines->len; i++) {
        const StatementLine *line = &g_array_index(s->lines, StatementLine, i);
        gboolean is_settled = strcmp(line->what, "allocation") == 0;
        g_autofree char *on = day_dup(line->on);
        g_autofree char *text = line_text(zh, line);
        g_autofree char *period = period_text(line->from, line->to);
        g_autofree char *amount = money_format_grouped(is_settled ? -line->amount_fen : line->amount_fen);
        g_autofree char *balance = money_format_grouped(line->balance_fen);
        pdf_table_row(pdf, (const char *const[]){ on, text, period, is_settled ? "" : amount, is_settled ? amount : "", balance });
    }
    pdf_table_total(pdf, (const char *const[]){ "合计", "", "", charged, settled, closing });
    pdf_table_end(pdf);
}

static void
print_receipts(const Ctx *zh, Pdf *pdf, const AccountStatement *s)
{
    static const PdfColumn columns[] = {
        { "收款日期", 18, PDF_LEFT }, { "收款编号", 28, PDF_LEFT }, { "方式", 18, PDF_LEFT },
        { "交款单", 28, PDF_LEFT },   { "状态", 16, PDF_LEFT },     { "金额（元）", 22, PDF_RIGHT },
    };

    if (!s->receipts->len)
        return;
    pdf_heading(pdf, "收款");
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < s->receipts->len; i++) {
        const StatementReceipt *receipt = &g_array_index(s->receipts, StatementReceipt, i);
        g_autofree char *on = day_dup(receipt->on);
        g_autofree char *amount = money_format_grouped(receipt->amount_fen);
        pdf_table_row(pdf, (const char *const[]){ on, receipt->no, portal_label(zh, "receipt", "way", receipt->way),
                                                  receipt->order_no ? receipt->order_no : "—",
                                                  portal_label(zh, "receipt", "state", receipt->state), amount });
    }
    pdf_table_end(pdf);
}

static void
print_deposits(const Ctx *zh, Pdf *pdf, const AccountStatement *s)
{
    static const PdfColumn columns[] = { { "款项性质", 40, PDF_LEFT }, { "期初（元）", 30, PDF_RIGHT }, { "本期变动（元）", 30, PDF_RIGHT },
                                         { "期末（元）", 30, PDF_RIGHT } };

    if (!s->held->len)
        return;
    pdf_heading(pdf, "保证金");
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < s->held->len; i++) {
        const StatementHeld *held = &g_array_index(s->held, StatementHeld, i);
        g_autofree char *opening = money_format_grouped(held->opening_fen);
        g_autofree char *change = money_format_grouped(held->closing_fen - held->opening_fen);
        g_autofree char *closing = money_format_grouped(held->closing_fen);
        pdf_table_row(pdf, (const char *const[]){ portal_label(zh, "deposit_entry", "kind", held->kind), opening, change, closing });
    }
    pdf_table_end(pdf);
}

static void
print_close(Ctx *ctx, Pdf *pdf, const AccountStatement *s)
{
    g_autoptr(Record) property = record_find(ctx, "property", ctx->property_id, NULL);
    static const char *const fields[] = { "owner_name", "bank_name", "bank_account" };
    g_autofree char *capitals = words_amount(s->closing_fen);
    g_autofree char *last = day_dup(s->to);
    g_autofree char *words = g_strdup_printf("截至 %s 应付余额人民币（大写）：%s", last, capitals);
    g_autoptr(GString) account = g_string_new("请汇入：");

    pdf_space(pdf, 2);
    pdf_paragraph(pdf, words, PDF_LEFT);
    if (s->credit_fen) {
        g_autofree char *credit = money_format_grouped(s->credit_fen);
        g_autofree char *text = g_strdup_printf("另有预收款 %s 元，可抵付上述应付款。", credit);
        pdf_paragraph(pdf, text, PDF_LEFT);
    }
    for (guint i = 0; property && i < G_N_ELEMENTS(fields); i++) {
        if (record_text(property, fields[i]))
            g_string_append_printf(account, "%s  ", record_text(property, fields[i]));
    }
    pdf_paragraph(pdf, account->str, PDF_LEFT);
    pdf_paragraph(pdf, "如有不符，请在收到后七日内提出。", PDF_LEFT);
    pdf_signatures(pdf, (const char *const[]){ "商户（盖章）", "财务" }, 2);
}

static gboolean
print_statement(Ctx *zh, Pdf *pdf, const Record *merchant, const AccountStatement *s, GError **error)
{
    g_autofree char *link = g_strdup_printf("LANTING:merchant:%" G_GINT64_FORMAT, merchant->id);
    g_autofree char *period = period_text(s->from, s->to);
    g_autofree char *opening = money_format_grouped(s->opening_fen);
    g_autofree char *charged = money_format_grouped(s->charged_fen);
    g_autofree char *settled = money_format_grouped(s->settled_fen);
    g_autofree char *closing = money_format_grouped(s->closing_fen);
    const PdfPair pairs[] = { { "商户", record_text(merchant, "name") }, { "期间", period },   { "期初余额", opening },
                              { "本期应收", charged },                   { "本期已付/核销", settled }, { "期末余额", closing } };

    pdf_title(pdf, "对 账 单");
    if (!pdf_qr(pdf, link, 174, 22, 18, error))
        return FALSE;
    pdf_space(pdf, 8); /* beside the code */
    pdf_pairs(pdf, pairs, G_N_ELEMENTS(pairs), 2);
    pdf_space(pdf, 2);
    print_lines(zh, pdf, s);
    print_receipts(zh, pdf, s);
    print_deposits(zh, pdf, s);
    print_close(zh, pdf, s);
    return TRUE;
}

static Pdf *
paper_new(Ctx *zh, const char *title, const char *right)
{
    g_autofree char *property = record_ref_label(zh, "property", zh->property_id);
    g_autofree char *day = day_dup(zh->today);
    g_autofree char *printed = g_strdup_printf("打印日期 %s", day);
    const PdfOptions options = { .title = title, .header = property, .header_right = right, .footer = printed };

    return pdf_new(&options);
}

char *
account_statement_name(const AccountStatement *statement)
{
    g_autofree char *period = period_text(statement->from, statement->to);

    return g_strdup_printf("对账单 %s", period);
}

GBytes *
account_statement_pdf(Ctx *ctx, const Record *merchant, const AccountStatement *statement, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autoptr(Pdf) pdf = paper_new(&zh, "对账单", record_text(merchant, "name"));

    return print_statement(&zh, pdf, merchant, statement, error) ? pdf_finish(pdf, error) : NULL;
}

static GArray *
merchants_of(Ctx *ctx, Day from, Day to, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = portal_stmt(ctx, "portal.statement_merchants", 0, error);

    if (!stmt)
        return NULL;
    db_bind_day(stmt, "from", from);
    db_bind_day(stmt, "to", to);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    return ok ? g_steal_pointer(&ids) : NULL;
}

GBytes *
account_statements_pdf(Ctx *ctx, Day from, Day to, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autofree char *period = period_text(from, to);
    g_autoptr(Pdf) pdf = paper_new(&zh, "对账单", period);
    g_autoptr(GArray) ids = merchants_of(&zh, from, to, error);

    if (!ids)
        return NULL;
    if (!ids->len) {
        app_error_set(error, APP_ERROR_NOT_FOUND, "statement.none", "该期间没有需要对账的商户", "no merchant had an account in that period");
        return NULL;
    }
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) merchant = record_get(&zh, "merchant", g_array_index(ids, gint64, i), NULL, error);
        g_autoptr(AccountStatement) s = merchant ? account_statement_load(&zh, merchant, from, to, error) : NULL;
        if (!s)
            return NULL;
        if (i)
            pdf_page_break(pdf);
        if (!print_statement(&zh, pdf, merchant, s, error))
            return NULL;
    }
    return pdf_finish(pdf, error);
}
