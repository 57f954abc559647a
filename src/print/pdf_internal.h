/* pdf_internal.h - shared by the files of the document builder only. Lengths are points. */
#pragma once
#include <pango/pangocairo.h>

#include "print/pdf.h"

#define PT_PER_MM (72.0 / 25.4)
#define PDF_BODY_SIZE 10.0
#define PDF_TABLE_SIZE 9.0
#define PDF_PAD 3.5 /* between the rule of a cell and its text */

typedef struct {
    PangoLayout *layout; /* owned */
    double x, width;     /* of the cell, from the left margin */
    gboolean is_shaded;
    int next_line; /* first line not drawn yet */
} PdfCell;

typedef struct {
    int n;
    PdfCell cells[PDF_MAX_COLUMNS];
} PdfRow;

struct Pdf {
    char *title, *header, *header_right, *footer, *watermark;
    char *family;
    double width, height, margin;
    double top, bottom; /* of the body */
    double y;
    PangoContext *context;
    GPtrArray *pages; /* of cairo_surface_t, recordings: the number of pages is known at the end */
    cairo_t *cr;      /* of the last page */
    guint n_missing;
    int n_columns; /* of the open table, 0 if none */
    PdfColumn columns[PDF_MAX_COLUMNS];
    double column_x[PDF_MAX_COLUMNS + 1];
    gboolean is_heading_due;
};

typedef struct {
    double size, width; /* width < 0: one line, as wide as it is */
    gboolean is_bold;
    PdfAlign align;
} PdfTextStyle;

PangoLayout *pdf_layout(Pdf *pdf, const char *text, PdfTextStyle style);
double pdf_body_width(const Pdf *pdf);
void pdf_new_page(Pdf *pdf);
/* Starts a new page if @height does not fit on this one. */
void pdf_need(Pdf *pdf, double height);
double pdf_layout_height(PangoLayout *layout);

void pdf_row_add(PdfRow *row, PangoLayout *layout, double x, double width, gboolean is_shaded);
double pdf_row_height(const PdfRow *row);
/* Draws what fits above the end of the page from each cell's next line on; TRUE when all is drawn. */
gboolean pdf_row_draw(Pdf *pdf, PdfRow *row);
void pdf_row_clear(PdfRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PdfRow, pdf_row_clear)
