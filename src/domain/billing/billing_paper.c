/* billing_paper.c - the payment order on paper: lines, total in figures and capitals, QR code of the record. */
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "print/pdf.h"

#include <string.h>

typedef struct {
    const char *contract; /* what the number beside it is of */
    char *merchant, *property, *unit_nos, *lease_no, *issuer, *total, *open;
} Names;

static void
names_clear(Names *n)
{
    g_free(n->merchant);
    g_free(n->property);
    g_free(n->unit_nos);
    g_free(n->lease_no);
    g_free(n->issuer);
    g_free(n->total);
    g_free(n->open);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Names, names_clear)

static void
names_load(Ctx *ctx, const Record *order, Names *n)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);

    n->merchant = record_ref_label(&zh, "merchant", record_int(order, "merchant_id"));
    n->property = record_ref_label(&zh, "property", ctx->property_id);
    gboolean of_intent = record_is(order, "kind", "intent");
    n->contract = of_intent ? "意向书编号" : "合同编号";
    n->lease_no = of_intent ? record_ref_label(&zh, "intent", record_int(order, "intent_id")) : record_ref_label(&zh, "lease", record_int(order, "lease_id"));
    n->issuer = record_ref_label(&zh, "staff", record_int(order, "issued_by"));
    n->unit_nos = g_strdup(record_text(order, "unit_nos"));
    n->total = money_format_grouped(record_int(order, "total"));
    n->open = money_format_grouped(record_int(order, "total") - record_int(order, "received"));
}

static DbStmt *
order_lines(Ctx *ctx, const Record *order, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, "billing.order_lines", error);

    if (stmt) {
        db_bind_int(stmt, "property_id", ctx->property_id);
        db_bind_int(stmt, "order_id", order->id);
    }
    return stmt;
}

static char *
period_text(const DbStmt *stmt)
{
    g_autofree char *from = db_is_null(stmt, 4) ? NULL : day_dup(db_day(stmt, 4));
    g_autofree char *to = db_is_null(stmt, 5) ? NULL : day_dup(db_day(stmt, 5));

    return from ? g_strdup_printf("%s 至 %s", from, to) : g_strdup("—");
}

/* One readable line of the stored working. */
static char *
working_text(const char *working)
{
    json_t *steps = working ? json_loads(working, 0, NULL) : NULL;
    const json_t *last = json_array_get(steps, json_array_size(steps) ? json_array_size(steps) - 1 : 0);
    const char *text = json_string_value(json_object_get(last, "text_zh"));
    char *copy = g_strdup(text ? text : "");

    json_decref(steps);
    return copy;
}

static gboolean
print_lines(Ctx *ctx, const Record *order, Pdf *pdf, const Names *names, GError **error)
{
    static const PdfColumn columns[] = {
        { "款项", 20, PDF_LEFT },   { "所属期", 34, PDF_LEFT },  { "应交日期", 17, PDF_LEFT },
        { "不含税", 18, PDF_RIGHT }, { "税额", 15, PDF_RIGHT },   { "应收（元）", 20, PDF_RIGHT },
    };
    gboolean ok = TRUE;
    guint n = 0;
    g_autoptr(GString) workings = g_string_new(NULL);
    g_autoptr(DbStmt) stmt = order_lines(ctx, order, error);

    if (!stmt)
        return FALSE;
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    while (db_each(stmt, &ok, error)) {
        g_autofree char *period = period_text(stmt);
        g_autofree char *due = day_dup(db_day(stmt, 6));
        g_autofree char *net = money_format_grouped(db_int(stmt, 7));
        g_autofree char *tax = money_format_grouped(db_int(stmt, 8));
        g_autofree char *gross = money_format_grouped(db_int(stmt, 9));
        g_autofree char *working = working_text(db_text(stmt, 11));
        pdf_table_row(pdf, (const char *const[]){ db_text(stmt, 1), period, due, net, tax, gross });
        g_string_append_printf(workings, "%s%u. %s：%s", n ? "\n" : "", n + 1, db_text(stmt, 1), working);
        n++;
    }
    pdf_table_total(pdf, (const char *const[]){ "合计", "", "", "", "", names->total });
    pdf_table_end(pdf);
    g_autofree char *words = g_strdup_printf("合计人民币（大写）：%s", record_text(order, "words"));
    pdf_paragraph(pdf, words, PDF_LEFT);
    pdf_heading(pdf, "计算说明");
    pdf_paragraph(pdf, workings->str, PDF_LEFT);
    return ok;
}

static void
print_account(Ctx *ctx, Pdf *pdf)
{
    g_autoptr(Record) property = record_find(ctx, "property", ctx->property_id, NULL);
    static const char *const fields[] = { "bank_account_name", "bank_name", "bank_account" };
    g_autoptr(GString) text = g_string_new("请汇入：");

    for (guint i = 0; property && i < G_N_ELEMENTS(fields); i++) {
        if (entity_find_field(property->def, fields[i]) && record_text(property, fields[i]))
            g_string_append_printf(text, "%s  ", record_text(property, fields[i]));
    }
    g_string_append(text, "汇款时请注明交款单号。");
    pdf_paragraph(pdf, text->str, PDF_LEFT);
}

static const char *
paper_title(const Record *order)
{
    return record_is(order, "kind", "bill") ? "缴 费 通 知 单" : "交 款 单";
}

static gboolean
print_order(Ctx *ctx, const Record *order, Pdf *pdf, GError **error)
{
    g_auto(Names) names = { 0 };
    g_autofree char *issued = day_dup(record_day(order, "issued_on"));
    g_autofree char *due = day_dup(record_day(order, "due_on"));
    g_autofree char *link = g_strdup_printf("LANTING:payment_order:%" G_GINT64_FORMAT, order->id);

    names_load(ctx, order, &names);
    const PdfPair pairs[] = { { "交款单号", record_text(order, "no") }, { "开单日期", issued },
                              { "商户", names.merchant },               { names.contract, names.lease_no },
                              { "铺位", names.unit_nos },               { "应交日期", due },
                              { "应收合计", names.total },              { "未收金额", names.open } };
    pdf_title(pdf, paper_title(order));
    if (!pdf_qr(pdf, link, 170, 16, 22, error))
        return FALSE;
    pdf_pairs(pdf, pairs, G_N_ELEMENTS(pairs), 2);
    pdf_space(pdf, 3);
    if (!print_lines(ctx, order, pdf, &names, error))
        return FALSE;
    print_account(ctx, pdf);
    pdf_signatures(pdf, (const char *const[]){ "商户", "招商", "财务" }, 3);
    return TRUE;
}

GBytes *
billing_order_pdf(Ctx *ctx, const Record *order, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autofree char *property = record_ref_label(&zh, "property", ctx->property_id);
    const PdfOptions options = { .title = "交款单", .header = property, .header_right = record_text(order, "no"),
                                 .watermark = record_is(order, "state", "void") ? "已作废" : NULL };
    g_autoptr(Pdf) pdf = pdf_new(&options);

    return print_order(ctx, order, pdf, error) ? pdf_finish(pdf, error) : NULL;
}

static GArray *
orders_of_batch(Ctx *ctx, const char *batch, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.orders_of_batch", error);

    if (!stmt)
        return NULL;
    db_bind_text(stmt, "batch", batch);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    if (ok && ids->len == 0)
        ok = app_error_set(error, APP_ERROR_NOT_FOUND, "payment_order.no_batch", "没有这个批次", "no such batch");
    return ok ? g_steal_pointer(&ids) : NULL;
}

GBytes *
billing_batch_pdf(Ctx *ctx, const char *batch, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autofree char *property = record_ref_label(&zh, "property", ctx->property_id);
    const PdfOptions options = { .title = "缴费通知单", .header = property, .header_right = batch };
    g_autoptr(GArray) ids = orders_of_batch(ctx, batch, error);
    g_autoptr(Pdf) pdf = ids ? pdf_new(&options) : NULL;

    for (guint i = 0; ids && i < ids->len; i++) {
        g_autoptr(Record) order = record_get(ctx, "payment_order", g_array_index(ids, gint64, i), "read", error);
        if (i)
            pdf_page_break(pdf);
        if (!order || !print_order(ctx, order, pdf, error))
            return NULL;
    }
    return pdf ? pdf_finish(pdf, error) : NULL;
}

static json_t *
line_values(const DbStmt *stmt)
{
    g_autofree char *period = period_text(stmt);
    g_autofree char *due = day_dup(db_day(stmt, 6));
    g_autofree char *net = money_format_grouped(db_int(stmt, 7));
    g_autofree char *tax = money_format_grouped(db_int(stmt, 8));
    g_autofree char *gross = money_format_grouped(db_int(stmt, 9));
    g_autofree char *working = working_text(db_text(stmt, 11));

    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "name", db_text(stmt, 1), "name_en",
                     db_is_null(stmt, 13) ? db_text(stmt, 1) : db_text(stmt, 13), "period", period, "due_on", due, "net", net,
                     "tax", tax, "gross", gross, "working", working);
}

/* What the lease's own papers can say, and the order. */
json_t *
billing_order_values(Ctx *ctx, const Record *order, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    gboolean ok = TRUE;
    g_autoptr(Record) lease = record_get(ctx, "lease", record_int(order, "lease_id"), NULL, error);
    g_autoptr(DbStmt) stmt = lease ? order_lines(ctx, order, error) : NULL;
    json_auto_t *values = stmt ? lease_document_values(&zh, lease, error) : NULL;
    g_autofree char *total = money_format_grouped(record_int(order, "total"));
    g_autofree char *open = money_format_grouped(record_int(order, "total") - record_int(order, "received"));

    if (!values)
        return NULL;
    json_t *lines = json_array(), *head = paper_record_values(&zh, order);
    json_object_set_new(head, "total_words", json_string(record_text(order, "words")));
    json_object_set_new(head, "open", json_string(open));
    while (db_each(stmt, &ok, error))
        json_array_append_new(lines, line_values(stmt));
    json_object_set_new(values, "payment_order", head);
    json_object_set_new(values, "lines", lines);
    json_object_set_new(values, "total", json_string(total));
    json_object_set_new(values, "total_words", json_string(record_text(order, "words")));
    return ok ? g_steal_pointer(&values) : NULL;
}

GBytes *
billing_order_document(Ctx *ctx, const Record *order, GError **error)
{
    return paper_merge(ctx, "payment_order", 0, billing_order_values(ctx, order, error), error);
}
