#include "print/pdf_internal.h"

#include <string.h>

void
pdf_row_add(PdfRow *row, PangoLayout *layout, double x, double width, gboolean is_shaded)
{
    g_return_if_fail(row->n < PDF_MAX_COLUMNS);
    row->cells[row->n++] =
        (PdfCell){ .layout = layout, .x = x, .width = width, .is_shaded = is_shaded };
}

void
pdf_row_clear(PdfRow *row)
{
    for (int i = 0; i < row->n; i++)
        g_object_unref(row->cells[i].layout);
    row->n = 0;
}

double
pdf_row_height(const PdfRow *row)
{
    double height = 0;
    for (int i = 0; i < row->n; i++)
        height = MAX(height, pdf_layout_height(row->cells[i].layout));
    return height + 2 * PDF_PAD;
}

/* Walks over the lines of a cell that are still due and fit into @room; draws them if @cr.
 * Returns their height and moves *@next past them. At least one line is taken. */
static double
cell_lines(const PdfCell *cell, double room, int *next, cairo_t *cr, double x, double y)
{
    PangoLayoutIter *iter = pango_layout_get_iter(cell->layout);
    double height = 0;
    int index = 0, first_y = 0;
    do {
        PangoRectangle line;
        int y0, y1;
        if (index++ < cell->next_line)
            continue;
        pango_layout_iter_get_line_extents(iter, NULL, &line);
        pango_layout_iter_get_line_yrange(iter, &y0, &y1);
        if (index - 1 == cell->next_line)
            first_y = y0;
        double end = (double) (y1 - first_y) / PANGO_SCALE;
        if (end > room && index - 1 > cell->next_line)
            break;
        height = end;
        *next = index;
        if (cr == NULL)
            continue;
        cairo_move_to(cr, x + (double) line.x / PANGO_SCALE,
                      y + (double) (pango_layout_iter_get_baseline(iter) - first_y) / PANGO_SCALE);
        pango_cairo_show_layout_line(cr, pango_layout_iter_get_line_readonly(iter));
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return height;
}

static void
cell_box(Pdf *pdf, const PdfCell *cell, double height)
{
    cairo_rectangle(pdf->cr, pdf->margin + cell->x, pdf->y, cell->width, height);
    if (cell->is_shaded) {
        cairo_set_source_rgb(pdf->cr, 0.94, 0.95, 0.96);
        cairo_fill_preserve(pdf->cr);
    }
    cairo_set_source_rgb(pdf->cr, 0.45, 0.45, 0.45);
    cairo_set_line_width(pdf->cr, 0.4);
    cairo_stroke(pdf->cr);
    cairo_set_source_rgb(pdf->cr, 0, 0, 0);
}

gboolean
pdf_row_draw(Pdf *pdf, PdfRow *row)
{
    double room = pdf->bottom - pdf->y - 2 * PDF_PAD, height = 0;
    gboolean is_done = TRUE;
    for (int i = 0; i < row->n; i++) {
        int next = row->cells[i].next_line;
        height = MAX(height, cell_lines(&row->cells[i], room, &next, NULL, 0, 0));
    }
    height += 2 * PDF_PAD;
    for (int i = 0; i < row->n; i++) {
        PdfCell *cell = &row->cells[i];
        int next = cell->next_line;
        cell_box(pdf, cell, height);
        /* A short text stands in the middle of a high row, a broken one at its top. */
        double spare = height - 2 * PDF_PAD - cell_lines(cell, room, &next, NULL, 0, 0);
        double down = cell->next_line == 0 && next == pango_layout_get_line_count(cell->layout)
                          ? spare / 2
                          : 0;
        cell_lines(cell, room, &next, pdf->cr, pdf->margin + cell->x + PDF_PAD,
                   pdf->y + PDF_PAD + down);
        cell->next_line = next;
        is_done = is_done && next >= pango_layout_get_line_count(cell->layout);
    }
    pdf->y += height;
    return is_done;
}

void
pdf_pairs(Pdf *pdf, const PdfPair *pairs, gsize n_pairs, int per_row)
{
    g_return_if_fail(per_row >= 1 && per_row <= 4);
    double pair_width = pdf_body_width(pdf) / per_row;
    double label_width = MIN(pair_width * 0.36, 80);
    for (gsize i = 0; i < n_pairs; i += (gsize) per_row) {
        g_auto(PdfRow) row = { 0 };
        for (int k = 0; k < per_row; k++) {
            const PdfPair *pair = i + (gsize) k < n_pairs ? &pairs[i + (gsize) k] : NULL;
            double x = pair_width * k, value_width = pair_width - label_width;
            PdfTextStyle style = { .size = PDF_TABLE_SIZE, .width = label_width - 2 * PDF_PAD };
            pdf_row_add(&row, pdf_layout(pdf, pair == NULL ? NULL : pair->label, style), x,
                        label_width, TRUE);
            style.width = value_width - 2 * PDF_PAD;
            pdf_row_add(&row, pdf_layout(pdf, pair == NULL ? NULL : pair->value, style),
                        x + label_width, value_width, FALSE);
        }
        if (pdf_row_height(&row) <= pdf->bottom - pdf->top)
            pdf_need(pdf, pdf_row_height(&row));
        while (!pdf_row_draw(pdf, &row))
            pdf_new_page(pdf);
    }
    pdf->y += 6;
}

void
pdf_table_begin(Pdf *pdf, const PdfColumn *columns, gsize n_columns)
{
    g_return_if_fail(pdf->n_columns == 0 && n_columns >= 1 && n_columns <= PDF_MAX_COLUMNS);
    double weight[PDF_MAX_COLUMNS], sum = 0, x = 0;
    for (gsize i = 0; i < n_columns; i++) {
        gsize len = columns[i].heading == NULL ? 1 : (gsize) g_utf8_strlen(columns[i].heading, -1);
        weight[i] = columns[i].width > 0 ? columns[i].width : (double) (len + 2);
        sum += weight[i];
        g_free((char *) pdf->columns[i].heading);
        pdf->columns[i] = columns[i];
        pdf->columns[i].heading = g_strdup(columns[i].heading);
    }
    for (gsize i = 0; i < n_columns; i++) {
        pdf->column_x[i] = x;
        x += weight[i] / sum * pdf_body_width(pdf);
    }
    pdf->column_x[n_columns] = x;
    pdf->n_columns = (int) n_columns;
    pdf->is_heading_due = TRUE;
}

typedef enum { ROW_BODY, ROW_HEADING, ROW_TOTAL } RowKind;

static void
table_row_fill(Pdf *pdf, PdfRow *row, const char *const *cells, RowKind kind)
{
    for (int i = 0; i < pdf->n_columns; i++) {
        const char *text = kind == ROW_HEADING ? pdf->columns[i].heading : cells[i];
        double width = pdf->column_x[i + 1] - pdf->column_x[i];
        PdfTextStyle style = { .size = PDF_TABLE_SIZE,
                               .width = width - 2 * PDF_PAD,
                               .is_bold = kind != ROW_BODY,
                               .align = kind == ROW_HEADING ? PDF_CENTER : pdf->columns[i].align };
        pdf_row_add(row, pdf_layout(pdf, text, style), pdf->column_x[i], width, kind != ROW_BODY);
    }
}

static void
table_heading_draw(Pdf *pdf)
{
    g_auto(PdfRow) heading = { 0 };
    table_row_fill(pdf, &heading, NULL, ROW_HEADING);
    pdf->is_heading_due = FALSE;
    pdf_row_draw(pdf, &heading);
}

static void
table_row_draw(Pdf *pdf, const char *const *cells, RowKind kind)
{
    g_return_if_fail(pdf->n_columns > 0);
    g_auto(PdfRow) row = { 0 };
    g_auto(PdfRow) heading = { 0 };
    table_row_fill(pdf, &row, cells, kind);
    table_row_fill(pdf, &heading, NULL, ROW_HEADING);
    double heading_height = pdf_row_height(&heading), height = pdf_row_height(&row);
    double above = pdf->is_heading_due ? heading_height : 0;
    /* A row that no page can hold is broken at once, after a few of its lines. */
    pdf_need(pdf, above + (heading_height + height <= pdf->bottom - pdf->top ? height : 60));
    if (pdf->is_heading_due)
        table_heading_draw(pdf);
    while (!pdf_row_draw(pdf, &row)) {
        pdf_new_page(pdf);
        table_heading_draw(pdf);
    }
}

void
pdf_table_row(Pdf *pdf, const char *const *cells)
{
    table_row_draw(pdf, cells, ROW_BODY);
}

void
pdf_table_total(Pdf *pdf, const char *const *cells)
{
    table_row_draw(pdf, cells, ROW_TOTAL);
}

void
pdf_table_end(Pdf *pdf)
{
    g_return_if_fail(pdf->n_columns > 0);
    /* A table without rows shows what it would hold. */
    if (pdf->is_heading_due && pdf->y > pdf->top)
        pdf_need(pdf, 30);
    if (pdf->is_heading_due)
        table_heading_draw(pdf);
    pdf->n_columns = 0;
    pdf->is_heading_due = FALSE;
    pdf->y += 6;
}
