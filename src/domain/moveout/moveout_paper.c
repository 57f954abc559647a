/* moveout_paper.c - the settlement statement and the confirmation of leaving on paper, with sums in capitals and places to sign. */
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/moveout/moveout_internal.h"
#include "print/pdf.h"

#include <string.h>

typedef struct {
    char *merchant, *property, *lease, *last, *returned, *inspector, *services;
} Names;

static void
names_clear(Names *n)
{
    g_free(n->merchant);
    g_free(n->property);
    g_free(n->lease);
    g_free(n->last);
    g_free(n->returned);
    g_free(n->inspector);
    g_free(n->services);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Names, names_clear)

static void
names_load(Ctx *ctx, const Record *rec, Names *n)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);

    n->merchant = record_ref_label(&zh, "merchant", record_int(rec, "merchant_id"));
    n->property = record_ref_label(&zh, "property", ctx->property_id);
    n->lease = record_ref_label(&zh, "lease", record_int(rec, "lease_id"));
    n->last = day_dup(record_day(rec, "last_on"));
    n->returned = record_is_null(rec, "returned_on") ? g_strdup("—") : day_dup(record_day(rec, "returned_on"));
    n->inspector = record_ref_label(&zh, "staff", record_int(rec, "inspector_id"));
    n->services = record_ref_label(&zh, "staff", record_int(rec, "services_id"));
}

static Pdf *
paper_begin(const Record *rec, const Names *n, const char *title, GError **error)
{
    const EnumItem *kind = enum_find(move_out_kinds, record_text(rec, "kind"));
    g_autofree char *link = g_strdup_printf("LANTING:move_out:%" G_GINT64_FORMAT, rec->id);
    const PdfOptions options = { .title = title, .header = n->property, .header_right = record_text(rec, "no"),
                                 .watermark = record_is_null(rec, "statement") ? "草稿" : NULL };
    const PdfPair pairs[] = { { "退租编号", record_text(rec, "no") }, { "合同编号", n->lease },  { "商户", n->merchant },
                              { "铺位", record_text(rec, "unit_nos") }, { "类型", kind->zh },      { "终止日", n->last },
                              { "实际交还日", n->returned },            { "原因", record_text(rec, "reason") } };
    Pdf *pdf = pdf_new(&options);

    pdf_title(pdf, title);
    if (!pdf_qr(pdf, link, 170, 16, 22, error)) {
        pdf_free(pdf);
        return NULL;
    }
    pdf_pairs(pdf, pairs, G_N_ELEMENTS(pairs), 2);
    pdf_space(pdf, 3);
    return pdf;
}

/* -- the statement --------------------------------------------------------------- */

static const char *
group_name(const char *group)
{
    static const char *const names[][2] = {
        { "unpaid", "未结应收" }, { "rent", "租费结算" },   { "late", "违约金" },       { "utility", "能源费" },       { "damage", "赔偿" },
        { "penalty", "违约责任" }, { "occupation", "占用费" }, { "compensation", "补偿" }, { "deposit", "保证金" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_strcmp0(names[i][0], group) == 0)
            return names[i][1];
    }
    return "";
}

static const char *
text_of(const json_t *line, const char *key)
{
    const char *text = json_string_value(json_object_get(line, key));

    return text ? text : "";
}

static char *
period_of(const json_t *line)
{
    return *text_of(line, "from") ? g_strdup_printf("%s 至 %s", text_of(line, "from"), text_of(line, "to")) : g_strdup("—");
}

static void
print_line(Pdf *pdf, const json_t *line, guint n, GString *workings)
{
    gint64 fen = 0;
    g_autofree char *no = g_strdup_printf("%u", n);
    g_autofree char *period = period_of(line);
    const json_t *step = json_array_get(json_object_get(line, "working"), 0);
    const json_t *last = json_array_get(json_object_get(line, "working"), json_array_size(json_object_get(line, "working")) - 1);

    money_parse(text_of(line, "amount"), &fen);
    g_autofree char *amount = money_format_grouped(ABS(fen));
    pdf_table_row(pdf, (const char *const[]){ no, group_name(text_of(line, "group")), text_of(line, "name"), period, fen < 0 ? amount : "", fen < 0 ? "" : amount });
    g_string_append_printf(workings, "%s%u. %s：%s", n > 1 ? "\n" : "", n, text_of(line, "name"), text_of(last ? last : step, "text_zh"));
    if (*text_of(line, "clause"))
        g_string_append_printf(workings, "（条款 %s）", text_of(line, "clause"));
}

static void
print_lines(Pdf *pdf, const json_t *lines, const MoveOut *balance)
{
    static const PdfColumn columns[] = { { "序", 6, PDF_CENTER },       { "类别", 14, PDF_LEFT },        { "款项", 34, PDF_LEFT },
                                         { "所属期", 34, PDF_LEFT },    { "应退（元）", 20, PDF_RIGHT }, { "应扣（元）", 20, PDF_RIGHT } };
    g_autoptr(GString) workings = g_string_new(NULL);
    g_autofree char *credits = money_format_grouped(balance->credits_fen);
    g_autofree char *deductions = money_format_grouped(balance->deductions_fen);
    gint64 net_fen = balance->refund_fen ? balance->refund_fen : balance->owed_fen;
    g_autofree char *net = money_format_grouped(net_fen);
    g_autofree char *words = words_amount(net_fen);
    g_autofree char *result = g_strdup_printf("%s：%s 元；人民币（大写）：%s", balance->owed_fen ? "应补净额" : "应退净额", net, words);

    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < json_array_size(lines); i++)
        print_line(pdf, json_array_get(lines, i), i + 1, workings);
    pdf_table_total(pdf, (const char *const[]){ "", "合计", "", "", credits, deductions });
    pdf_table_end(pdf);
    pdf_paragraph(pdf, result, PDF_LEFT);
    pdf_heading(pdf, "计算说明");
    pdf_paragraph(pdf, workings->str, PDF_LEFT);
}

/* The frozen lines, or what they would be today. transfer full. */
static json_t *
lines_of(Ctx *ctx, const Record *rec, MoveOut *balance, GError **error)
{
    if (!record_is_null(rec, "statement")) {
        *balance = move_out_balance(record_int(rec, "credits"), record_int(rec, "deductions"));
        return json_loads(record_text(rec, "statement"), 0, NULL);
    }
    g_autoptr(Statement) statement = statement_build(ctx, rec, ctx->today, error);
    if (!statement)
        return NULL;
    g_autofree char *text = statement_lines_text(statement);
    *balance = statement->balance;
    return json_loads(text, 0, NULL);
}

GBytes *
moveout_statement_pdf(Ctx *ctx, const Record *move_out, GError **error)
{
    g_auto(Names) names = { 0 };
    MoveOut balance = { 0 };
    json_auto_t *lines = lines_of(ctx, move_out, &balance, error);

    if (!lines)
        return NULL;
    names_load(ctx, move_out, &names);
    g_autoptr(Pdf) pdf = paper_begin(move_out, &names, "退租结算单", error);
    if (!pdf)
        return NULL;
    print_lines(pdf, lines, &balance);
    g_autofree char *payee = g_strdup_printf("收款账户：%s  %s  %s", record_text(move_out, "payee") ? record_text(move_out, "payee") : "—",
                                             record_text(move_out, "payee_bank") ? record_text(move_out, "payee_bank") : "",
                                             record_text(move_out, "payee_account") ? record_text(move_out, "payee_account") : "");
    pdf_paragraph(pdf, payee, PDF_LEFT);
    pdf_signatures(pdf, (const char *const[]){ "商户", "营运", "物业", "财务" }, 4);
    return pdf_finish(pdf, error);
}

/* -- leaving ------------------------------------------------------------------------ */

static gboolean
print_items(Ctx *ctx, const Record *rec, Pdf *pdf, GError **error)
{
    static const PdfColumn columns[] = { { "项目", 18, PDF_LEFT }, { "结果", 12, PDF_LEFT }, { "情况", 34, PDF_LEFT },
                                         { "赔偿（元）", 16, PDF_RIGHT }, { "条款", 18, PDF_LEFT }, { "验收人", 14, PDF_LEFT } };
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "moveout.items", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "move_out_id", rec->id);
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    while (db_each(stmt, &ok, error)) {
        const EnumItem *part = enum_find(move_out_item_parts, db_text(stmt, 1));
        const EnumItem *result = enum_find(move_out_item_results, db_text(stmt, 2));
        g_autofree char *amount = db_int(stmt, 4) ? money_format_grouped(db_int(stmt, 4)) : g_strdup("");
        pdf_table_row(pdf, (const char *const[]){ part->zh, result->zh, db_is_null(stmt, 3) ? "" : db_text(stmt, 3), amount,
                                                  db_is_null(stmt, 5) ? "" : db_text(stmt, 5), db_is_null(stmt, 7) ? "" : db_text(stmt, 7) });
    }
    pdf_table_end(pdf);
    return ok;
}

static gboolean
print_readings(Ctx *ctx, const Record *rec, Pdf *pdf, GError **error)
{
    static const PdfColumn columns[] = { { "铺位", 14, PDF_LEFT }, { "表号", 24, PDF_LEFT }, { "抄表日期", 20, PDF_LEFT }, { "最终读数", 24, PDF_RIGHT } };
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.readings", record_int(rec, "lease_id"), error);

    if (!stmt)
        return FALSE;
    pdf_heading(pdf, "表计最终读数");
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    while (db_each(stmt, &ok, error)) {
        g_autofree char *day = db_is_null(stmt, 3) ? g_strdup("—") : day_dup(db_day(stmt, 3));
        g_autofree char *reading = db_is_null(stmt, 4) ? g_strdup("—") : decimal_format(db_int(stmt, 4), 4, 0);
        pdf_table_row(pdf, (const char *const[]){ db_text(stmt, 2), db_text(stmt, 0), day, reading });
    }
    pdf_table_end(pdf);
    return ok;
}

GBytes *
moveout_exit_pdf(Ctx *ctx, const Record *move_out, GError **error)
{
    g_auto(Names) names = { 0 };

    names_load(ctx, move_out, &names);
    g_autoptr(Pdf) pdf = paper_begin(move_out, &names, "撤场确认单", error);
    if (!pdf)
        return NULL;
    pdf_heading(pdf, "联合验收");
    if (!print_items(ctx, move_out, pdf, error) || !print_readings(ctx, move_out, pdf, error))
        return NULL;
    g_autofree char *confirmed = g_strdup_printf("钥匙门禁：%s。营运验收：%s；物业验收：%s。以上各方确认商铺已按约定交还。",
                                                 record_int(move_out, "keys_returned") ? "已全部交还" : "尚未交还", names.inspector, names.services);
    pdf_paragraph(pdf, confirmed, PDF_LEFT);
    pdf_signatures(pdf, (const char *const[]){ "商户", "营运", "财务" }, 3);
    return pdf_finish(pdf, error);
}
