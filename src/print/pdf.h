/* pdf.h - A4 documents of titles, paragraphs, grids and tables, laid out by pango and numbered.
 * Not for contracts in the company's own wording: see docx.h. Blocks are placed one below the other;
 * pages break by measured height. Lengths are millimetres. Start at pdf_new(). Thread: one. */
#pragma once
#include <glib.h>

typedef enum { PDF_LEFT, PDF_CENTER, PDF_RIGHT } PdfAlign;

typedef struct {
    const char *title;        /* of the file's properties */
    const char *header;       /* top left of every page: the centre */
    const char *header_right; /* top right: number of the document, filter of the report */
    const char *footer;       /* bottom left: who printed, when */
    const char *watermark;    /* across every page, light */
    gboolean is_landscape;
    int margin_mm; /* 0: 18 */
} PdfOptions;

typedef struct {
    const char *label, *value;
} PdfPair;

typedef struct {
    const char *heading;
    int width; /* relative to the other columns; 0: by the length of the heading */
    PdfAlign align;
} PdfColumn;

#define PDF_MAX_COLUMNS 40

typedef struct Pdf Pdf;

/* The font family is the environment's LANTING_FONT, else WenQuanYi Micro Hei; fontconfig replaces a
 * missing one. Any member of @options may be NULL. transfer full. */
Pdf *pdf_new(const PdfOptions *options);
void pdf_free(Pdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pdf, pdf_free)

/* Text blocks: large and centred; bold; body. Texts may hold line ends; NULL is "". */
void pdf_title(Pdf *pdf, const char *text);
void pdf_heading(Pdf *pdf, const char *text);
void pdf_paragraph(Pdf *pdf, const char *text, PdfAlign align);
void pdf_space(Pdf *pdf, int mm);
void pdf_page_break(Pdf *pdf);
/* Labels and values in a ruled grid, @per_row (1..4) pairs side by side. */
void pdf_pairs(Pdf *pdf, const PdfPair *pairs, gsize n_pairs, int per_row);

/* A ruled table of 1..PDF_MAX_COLUMNS columns; the heading repeats on every page; a row is not
 * broken unless it is higher than a page. @cells has one text per column. */
void pdf_table_begin(Pdf *pdf, const PdfColumn *columns, gsize n_columns);
void pdf_table_row(Pdf *pdf, const char *const *cells);
void pdf_table_total(Pdf *pdf, const char *const *cells);
void pdf_table_end(Pdf *pdf);

/* @n (1..6) boxes side by side to sign and date in, kept together. */
void pdf_signatures(Pdf *pdf, const char *const *labels, gsize n);
/* QR code with its corner at (@x_mm, @y_mm) of the page; the text flow does not move. Errors as qr_new(). */
gboolean pdf_qr(Pdf *pdf, const char *text, int x_mm, int y_mm, int size_mm, GError **error);
/* A PNG or JPEG as the next block, @width_mm wide. Errors: INVALID pdf.bad_image. */
gboolean pdf_image(Pdf *pdf, GBytes *image, int width_mm, GError **error);

/* Characters so far that no font could show. */
guint pdf_missing_glyphs(const Pdf *pdf);
int pdf_page_count(const Pdf *pdf);
/* The file; each page numbered 第 1/3 页. Nothing may be added afterwards. Errors: INTERNAL. */
GBytes *pdf_finish(Pdf *pdf, GError **error);
