/* invoice_sheet.c - what is to be invoiced: as JSON for the page, and as a sheet with the columns of an electronic invoice for real estate (特定业务 06).
 * Columns: tests/data/einvoice_real_estate_lease_fields.csv. */
#include "domain/billing/invoice.h"
#include "sheet/sheet_write.h"

#include <string.h>

static gboolean
is_rent(const Invoiceable *i)
{
    const char *item = i->text[INVOICE_ITEM];

    return item && g_str_has_prefix(item, "rent");
}

/* Classification of goods and services, short form between stars. */
static char *
project_name(const Invoiceable *i)
{
    return g_strdup_printf("*%s*%s", is_rent(i) ? "经营租赁" : "企业管理服务", i->text[INVOICE_NAME]);
}

static void
write_item(const Invoiceable *i, JsonOut *out)
{
    json_begin_object(out);
    json_kv_id(out, "charge_id", i->charge_id);
    json_kv_id(out, "merchant_id", i->merchant_id);
    json_kv_text(out, "merchant", i->text[INVOICE_MERCHANT]);
    json_kv_text(out, "buyer", i->text[INVOICE_BUYER]);
    json_kv_text(out, "tax_no", i->text[INVOICE_TAX_NO]);
    json_kv_text(out, "name", i->text[INVOICE_NAME]);
    json_kv_text(out, "unit", i->text[INVOICE_UNIT]);
    json_kv_day(out, "from", i->from);
    json_kv_day(out, "to", i->to);
    json_kv_day(out, "due_on", i->due_on);
    json_kv_money(out, "gross", i->gross_fen);
    json_kv_money(out, "invoiced", i->done_fen);
    json_kv_money(out, "left", i->left_fen);
    json_kv_money(out, "tax", invoice_tax(i, i->left_fen));
    json_end_object(out);
}

gboolean
billing_invoice_todo_write(Ctx *ctx, gint64 merchant_id, Day due_by, gboolean paid_only, JsonOut *out, GError **error)
{
    const InvoiceTodo what = { merchant_id, due_by, paid_only };
    g_autoptr(GPtrArray) list = invoice_todo(ctx, &what, error);
    gint64 total_fen = 0;

    if (!list)
        return FALSE;
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = 0; i < list->len; i++) {
        write_item(list->pdata[i], out);
        total_fen += ((const Invoiceable *) list->pdata[i])->left_fen;
    }
    json_end_array(out);
    json_kv_money(out, "total", total_fen);
    return TRUE;
}

static const SheetColumn columns[] = {
    { "购买方名称", COLUMN_TEXT, 0, 28 },       { "购买方税号", COLUMN_TEXT, 0, 22 },   { "购买方地址电话", COLUMN_TEXT, 0, 28 },
    { "购买方开户行账号", COLUMN_TEXT, 0, 28 }, { "特定业务", COLUMN_TEXT, 0, 10 },     { "项目名称", COLUMN_TEXT, 0, 24 },
    { "单位", COLUMN_TEXT, 0, 8 },              { "数量", COLUMN_DECIMAL, 2, 10 },      { "金额", COLUMN_DECIMAL, 2, 14 },
    { "税率", COLUMN_PERCENT, 0, 8 },           { "税额", COLUMN_DECIMAL, 2, 12 },      { "价税合计", COLUMN_DECIMAL, 2, 14 },
    { "不动产地址", COLUMN_TEXT, 0, 30 },       { "租赁期起", COLUMN_DAY, 0, 12 },      { "租赁期止", COLUMN_DAY, 0, 12 },
    { "跨地(市)标志", COLUMN_TEXT, 0, 12 },     { "产权证书号", COLUMN_TEXT, 0, 20 },   { "面积单位", COLUMN_TEXT, 0, 10 },
    { "商户", COLUMN_TEXT, 0, 24 },             { "合同编号", COLUMN_TEXT, 0, 18 },     { "铺位", COLUMN_TEXT, 0, 10 },
};

static void
write_row(SheetWriter *sheet, const Invoiceable *i)
{
    g_autofree char *project = project_name(i);
    gint64 tax_fen = invoice_tax(i, i->left_fen);
    gboolean rent = is_rent(i);

    for (int n = INVOICE_BUYER; n <= INVOICE_BUYER_BANK; n++)
        sheet_write_text(sheet, i->text[n]);
    sheet_write_text(sheet, rent ? "06" : NULL);
    sheet_write_text(sheet, project);
    sheet_write_text(sheet, rent && i->area_dm2 ? "平方米" : NULL);
    if (rent && i->area_dm2)
        sheet_write_decimal(sheet, i->area_dm2, 2);
    else
        sheet_write_blank(sheet);
    sheet_write_decimal(sheet, i->left_fen - tax_fen, 2);
    sheet_write_decimal(sheet, i->rate_ppm, 4);
    sheet_write_decimal(sheet, tax_fen, 2);
    sheet_write_decimal(sheet, i->left_fen, 2);
    sheet_write_text(sheet, i->text[INVOICE_ADDRESS]);
    sheet_write_day(sheet, i->from);
    sheet_write_day(sheet, i->to);
    sheet_write_text(sheet, rent ? "N" : NULL); /* the lessor is registered where the building stands */
    sheet_write_text(sheet, i->text[INVOICE_CERTIFICATE] ? i->text[INVOICE_CERTIFICATE] : rent ? "无" : NULL);
    sheet_write_text(sheet, rent ? "平方米" : NULL);
    sheet_write_text(sheet, i->text[INVOICE_MERCHANT]);
    sheet_write_text(sheet, i->text[INVOICE_LEASE]);
    sheet_write_text(sheet, i->text[INVOICE_UNIT]);
    sheet_write_end(sheet);
}

GBytes *
billing_invoice_sheet(Ctx *ctx, gint64 merchant_id, Day due_by, gboolean paid_only, GError **error)
{
    const InvoiceTodo what = { merchant_id, due_by, paid_only };
    const SheetWriteOptions options = { .format = SHEET_XLSX, .sheet_name = "待开发票" };
    g_autoptr(GPtrArray) list = invoice_todo(ctx, &what, error);
    g_autoptr(SheetWriter) sheet = list ? sheet_writer_new(&options, error) : NULL;

    if (!sheet)
        return NULL;
    sheet_writer_columns(sheet, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < list->len; i++)
        write_row(sheet, list->pdata[i]);
    return sheet_writer_finish(sheet, error);
}
