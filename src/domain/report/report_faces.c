/* report_faces.c - a filled report as a workbook and as paper; each prints its formula, basis and day. */
#include "base/clock.h"
#include "base/money.h"
#include "domain/report/report_internal.h"
#include "print/pdf.h"
#include "sheet/sheet_write.h"

#include <string.h>

typedef struct {
    char *property, *period, *formula, *basis, *printed;
    const char *title;
} Head;

static void
head_clear(Head *h)
{
    g_free(h->property);
    g_free(h->period);
    g_free(h->formula);
    g_free(h->basis);
    g_free(h->printed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Head, head_clear)

static char *
period_text(const ReportTable *table, gboolean en)
{
    g_autofree char *on = day_dup(table->on);
    g_autofree char *from = day_dup(table->from);
    g_autofree char *to = day_dup(table->to);

    if (strcmp(table->def->params, "on") == 0)
        return g_strdup_printf(en ? "As of %s" : "截至 %s", on);
    if (strcmp(table->def->params, "month") == 0)
        return g_strdup_printf(en ? "Month %d" : "月份 %d", table->month);
    return g_strdup_printf(en ? "%s to %s" : "%s 至 %s", from, to);
}

static void
head_fill(Ctx *ctx, const ReportTable *table, Head *h)
{
    gboolean en = ctx->lang == LANG_EN;
    g_autofree char *who = record_ref_label(ctx, "staff", ctx->staff_id);
    g_autofree char *today = day_dup(ctx->today);

    h->title = en ? table->def->en : table->def->zh;
    h->property = record_ref_label(ctx, "property", ctx->property_id);
    h->period = period_text(table, en);
    h->formula = g_strdup_printf(en ? "Formula: %s" : "公式：%s", en ? table->def->formula_en : table->def->formula_zh);
    h->basis = g_strdup_printf(en ? "Basis: %s" : "口径：%s", en ? table->def->basis_en : table->def->basis_zh);
    h->printed = g_strdup_printf(en ? "%s, %s" : "%s %s", who, today);
}

static const struct {
    SheetColumnKind kind;
    int digits;
} sheet_kinds[FT__N] = {
    [FT_INT] = { COLUMN_INT, 0 },       [FT_MONEY] = { COLUMN_DECIMAL, 2 },  [FT_PRICE] = { COLUMN_DECIMAL, 4 },
    [FT_AREA] = { COLUMN_DECIMAL, 2 },  [FT_PERCENT] = { COLUMN_PERCENT, 2 }, [FT_DAY] = { COLUMN_DAY, 0 },
};

static void
sheet_cell_of(SheetWriter *w, const ReportColumn *column, const Value *value, gboolean en)
{
    const EnumItem *item;

    if (value->is_null) {
        sheet_write_blank(w);
        return;
    }
    switch (column->type) {
    case FT_INT:
        sheet_write_int(w, value->i);
        return;
    case FT_MONEY:
    case FT_AREA:
        sheet_write_decimal(w, value->i, 2);
        return;
    case FT_PRICE:
    case FT_PERCENT:
        sheet_write_decimal(w, value->i, 4);
        return;
    case FT_DAY:
        sheet_write_day(w, value->i);
        return;
    case FT_ENUM:
        item = enum_find(column->items, value->text);
        sheet_write_text(w, item ? (en ? item->en : item->zh) : value->text);
        return;
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_BOOL:
    case FT_INSTANT:
    case FT_REF:
    case FT_JSON:
    case FT__N:
        break;
    }
    sheet_write_text(w, value->text);
}

static void
sheet_row_of(SheetWriter *w, const ReportTable *table, const ReportRow *row, gboolean en)
{
    for (guint c = 0; c < table->def->n_columns; c++)
        sheet_cell_of(w, &table->def->columns[c], &row->cells[c], en);
    sheet_write_end(w);
}

GBytes *
report_xlsx(Ctx *ctx, const ReportTable *table, GError **error)
{
    gboolean en = ctx->lang == LANG_EN;
    g_auto(Head) head = { 0 };
    SheetColumn columns[REPORT_COLUMNS];

    head_fill(ctx, table, &head);
    const SheetWriteOptions options = { .format = SHEET_XLSX, .sheet_name = head.title };
    g_autoptr(SheetWriter) w = sheet_writer_new(&options, error);
    if (!w)
        return NULL;
    sheet_writer_title(w, head.title);
    sheet_writer_title(w, head.property);
    sheet_writer_title(w, head.period);
    for (guint c = 0; c < table->def->n_columns; c++) {
        const ReportColumn *column = &table->def->columns[c];
        columns[c] = (SheetColumn){ .heading = en ? column->en : column->zh, .kind = sheet_kinds[column->type].kind,
                                    .digits = sheet_kinds[column->type].digits };
    }
    sheet_writer_columns(w, columns, table->def->n_columns);
    for (guint i = 0; i < table->rows->len; i++)
        sheet_row_of(w, table, table->rows->pdata[i], en);
    if (table->totals) {
        sheet_write_begin_total(w);
        sheet_row_of(w, table, table->totals, en);
    }
    sheet_writer_footer(w, head.formula);
    sheet_writer_footer(w, head.basis);
    sheet_writer_footer(w, head.printed);
    return sheet_writer_finish(w, error);
}

static char *
cell_text(const ReportColumn *column, const Value *value, gboolean en)
{
    FieldDef field = { .name = column->name, .type = column->type };

    if (value->is_null)
        return g_strdup("");
    if (column->type == FT_MONEY)
        return money_format_grouped(value->i);
    if (column->type == FT_PERCENT) {
        g_autofree char *text = percent_format(value->i);
        return g_strconcat(text, "%", NULL);
    }
    if (column->type == FT_ENUM) {
        const EnumItem *item = enum_find(column->items, value->text);
        return g_strdup(item ? (en ? item->en : item->zh) : value->text);
    }
    return field_format(&field, value);
}

static void
pdf_row_of(Pdf *pdf, const ReportTable *table, const ReportRow *row, gboolean en, gboolean total)
{
    g_auto(GStrv) cells = g_new0(char *, table->def->n_columns + 1);

    for (guint c = 0; c < table->def->n_columns; c++)
        cells[c] = cell_text(&table->def->columns[c], &row->cells[c], en);
    if (total)
        pdf_table_total(pdf, (const char *const *) cells);
    else
        pdf_table_row(pdf, (const char *const *) cells);
}

GBytes *
report_pdf(Ctx *ctx, const ReportTable *table, GError **error)
{
    gboolean en = ctx->lang == LANG_EN;
    g_auto(Head) head = { 0 };
    PdfColumn columns[REPORT_COLUMNS];

    head_fill(ctx, table, &head);
    const PdfOptions options = { .title = head.title, .header = head.property, .header_right = head.period,
                                 .footer = head.printed, .is_landscape = table->def->n_columns > 6, .margin_mm = 12 };
    g_autoptr(Pdf) pdf = pdf_new(&options);
    pdf_title(pdf, head.title);
    pdf_paragraph(pdf, head.period, PDF_CENTER);
    for (guint c = 0; c < table->def->n_columns; c++) {
        const ReportColumn *column = &table->def->columns[c];
        gboolean left = column->type == FT_TEXT || column->type == FT_ENUM || column->type == FT_DAY;
        columns[c] = (PdfColumn){ .heading = en ? column->en : column->zh, .align = left ? PDF_LEFT : PDF_RIGHT };
    }
    pdf_table_begin(pdf, columns, table->def->n_columns);
    for (guint i = 0; i < table->rows->len; i++)
        pdf_row_of(pdf, table, table->rows->pdata[i], en, FALSE);
    if (table->totals)
        pdf_row_of(pdf, table, table->totals, en, TRUE);
    pdf_table_end(pdf);
    pdf_paragraph(pdf, head.formula, PDF_LEFT);
    pdf_paragraph(pdf, head.basis, PDF_LEFT);
    return pdf_finish(pdf, error);
}
