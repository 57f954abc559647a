#include <cairo-pdf.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "print/pdf_internal.h"
#include "print/qr.h"

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps its caches until the process ends, which the leak checker takes for a loss. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
#endif

#define A4_SHORT (210 * PT_PER_MM)
#define A4_LONG (297 * PT_PER_MM)
#define DEFAULT_FAMILY "WenQuanYi Micro Hei"

Pdf *
pdf_new(const PdfOptions *options)
{
    g_return_val_if_fail(options != NULL, NULL);
    Pdf *pdf = g_new0(Pdf, 1);
    const char *family = g_getenv("LANTING_FONT");
    pdf->title = g_strdup(options->title);
    pdf->header = g_strdup(options->header);
    pdf->header_right = g_strdup(options->header_right);
    pdf->footer = g_strdup(options->footer);
    pdf->watermark = g_strdup(options->watermark);
    pdf->family = g_strdup(family != NULL && *family != '\0' ? family : DEFAULT_FAMILY);
    pdf->width = options->is_landscape ? A4_LONG : A4_SHORT;
    pdf->height = options->is_landscape ? A4_SHORT : A4_LONG;
    pdf->margin = (options->margin_mm > 0 ? CLAMP(options->margin_mm, 8, 60) : 18) * PT_PER_MM;
    pdf->top = pdf->margin + (pdf->header != NULL || pdf->header_right != NULL ? 14 : 0);
    pdf->bottom = pdf->height - pdf->margin - 10;
    pdf->pages = g_ptr_array_new_with_free_func((GDestroyNotify) cairo_surface_destroy);
    pdf->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    /* A point is a point, and glyphs stand where they are printed, not where a screen has pixels. */
    pango_cairo_context_set_resolution(pdf->context, 72);
    cairo_font_options_t *exact = cairo_font_options_create();
    cairo_font_options_set_hint_style(exact, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(exact, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pdf->context, exact);
    cairo_font_options_destroy(exact);
    pango_context_set_language(pdf->context, pango_language_from_string("zh-cn"));
    pdf_new_page(pdf);
    return pdf;
}

void
pdf_free(Pdf *pdf)
{
    if (pdf == NULL)
        return;
    g_clear_pointer(&pdf->cr, cairo_destroy);
    g_ptr_array_unref(pdf->pages);
    g_object_unref(pdf->context);
    g_free(pdf->title);
    g_free(pdf->header);
    g_free(pdf->header_right);
    g_free(pdf->footer);
    g_free(pdf->watermark);
    g_free(pdf->family);
    for (int i = 0; i < PDF_MAX_COLUMNS; i++)
        g_free((char *) pdf->columns[i].heading);
    g_free(pdf);
}

double
pdf_body_width(const Pdf *pdf)
{
    return pdf->width - 2 * pdf->margin;
}

void
pdf_new_page(Pdf *pdf)
{
    cairo_rectangle_t extents = { 0, 0, pdf->width, pdf->height };
    cairo_surface_t *page = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    g_clear_pointer(&pdf->cr, cairo_destroy);
    g_ptr_array_add(pdf->pages, page);
    pdf->cr = cairo_create(page);
    pdf->y = pdf->top;
    pdf->is_heading_due = pdf->n_columns > 0;
}

void
pdf_need(Pdf *pdf, double height)
{
    if (pdf->y + height > pdf->bottom && pdf->y > pdf->top)
        pdf_new_page(pdf);
}

PangoLayout *
pdf_layout(Pdf *pdf, const char *text, PdfTextStyle style)
{
    static const PangoAlignment aligns[] = { [PDF_LEFT] = PANGO_ALIGN_LEFT,
                                             [PDF_CENTER] = PANGO_ALIGN_CENTER,
                                             [PDF_RIGHT] = PANGO_ALIGN_RIGHT };
    g_autofree char *valid = g_utf8_make_valid(text == NULL ? "" : text, -1);
    PangoLayout *layout = pango_layout_new(pdf->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, pdf->family);
    pango_font_description_set_size(font, (int) (style.size * PANGO_SCALE));
    pango_font_description_set_weight(font,
                                      style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, valid, -1);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, 1.2F);
    pango_layout_set_alignment(layout, aligns[style.align]);
    if (style.width >= 0)
        pango_layout_set_width(layout, (int) (MAX(style.width, 1) * PANGO_SCALE));
    pdf->n_missing += (guint) pango_layout_get_unknown_glyphs_count(layout);
    return layout;
}

double
pdf_layout_height(PangoLayout *layout)
{
    int height;
    pango_layout_get_size(layout, NULL, &height);
    return (double) height / PANGO_SCALE;
}

/* Places text over the width of the body, from page to page. */
static void
flow_text(Pdf *pdf, const char *text, PdfTextStyle style)
{
    style.width = pdf_body_width(pdf);
    g_autoptr(PangoLayout) layout = pdf_layout(pdf, text, style);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    do {
        PangoRectangle line;
        int y0, y1;
        pango_layout_iter_get_line_extents(iter, NULL, &line);
        pango_layout_iter_get_line_yrange(iter, &y0, &y1);
        double height = (double) (y1 - y0) / PANGO_SCALE;
        double baseline = (double) (pango_layout_iter_get_baseline(iter) - y0) / PANGO_SCALE;
        pdf_need(pdf, height);
        cairo_move_to(pdf->cr, pdf->margin + (double) line.x / PANGO_SCALE, pdf->y + baseline);
        pango_cairo_show_layout_line(pdf->cr, pango_layout_iter_get_line_readonly(iter));
        pdf->y += height;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

void
pdf_title(Pdf *pdf, const char *text)
{
    flow_text(pdf, text, (PdfTextStyle){ .size = 17, .is_bold = TRUE, .align = PDF_CENTER });
    pdf->y += 8;
}

void
pdf_heading(Pdf *pdf, const char *text)
{
    /* Not the last line of a page. */
    pdf_need(pdf, 60);
    pdf->y += pdf->y > pdf->top ? 6 : 0;
    flow_text(pdf, text, (PdfTextStyle){ .size = 12, .is_bold = TRUE });
    pdf->y += 4;
}

void
pdf_paragraph(Pdf *pdf, const char *text, PdfAlign align)
{
    flow_text(pdf, text, (PdfTextStyle){ .size = PDF_BODY_SIZE, .align = align });
    pdf->y += 4;
}

void
pdf_space(Pdf *pdf, int mm)
{
    pdf->y = MIN(pdf->y + MAX(mm, 0) * PT_PER_MM, pdf->bottom);
}

void
pdf_page_break(Pdf *pdf)
{
    if (pdf->y > pdf->top)
        pdf_new_page(pdf);
}

void
pdf_signatures(Pdf *pdf, const char *const *labels, gsize n)
{
    g_return_if_fail(n >= 1 && n <= 6);
    double gap = 8, height = 62;
    double width = (pdf_body_width(pdf) - gap * (double) (n - 1)) / (double) n;
    pdf_need(pdf, height + 8);
    pdf->y += 8;
    for (gsize i = 0; i < n; i++) {
        double x = pdf->margin + (width + gap) * (double) i;
        PdfTextStyle style = { .size = PDF_TABLE_SIZE, .width = width - 2 * PDF_PAD };
        g_autoptr(PangoLayout) label = pdf_layout(pdf, labels[i], style);
        style.align = PDF_RIGHT;
        g_autoptr(PangoLayout) date = pdf_layout(pdf, "年　　月　　日", style);
        cairo_set_line_width(pdf->cr, 0.5);
        cairo_rectangle(pdf->cr, x, pdf->y, width, height);
        cairo_stroke(pdf->cr);
        cairo_move_to(pdf->cr, x + PDF_PAD, pdf->y + PDF_PAD);
        pango_cairo_show_layout(pdf->cr, label);
        cairo_move_to(pdf->cr, x + PDF_PAD, pdf->y + height - PDF_PAD - pdf_layout_height(date));
        pango_cairo_show_layout(pdf->cr, date);
    }
    pdf->y += height + 6;
}

gboolean
pdf_qr(Pdf *pdf, const char *text, int x_mm, int y_mm, int size_mm, GError **error)
{
    g_autoptr(QrCode) qr = qr_new(text, error);
    if (qr == NULL)
        return FALSE;
    double module = size_mm * PT_PER_MM / (qr->size + 2 * QR_QUIET);
    cairo_save(pdf->cr);
    cairo_translate(pdf->cr, x_mm * PT_PER_MM + QR_QUIET * module,
                    y_mm * PT_PER_MM + QR_QUIET * module);
    /* One path, so that no light lines show between the modules. */
    for (int y = 0; y < qr->size; y++)
        for (int x = 0; x < qr->size; x++)
            if (qr_is_dark(qr, x, y))
                cairo_rectangle(pdf->cr, x * module, y * module, module, module);
    cairo_fill(pdf->cr);
    cairo_restore(pdf->cr);
    return TRUE;
}

guint
pdf_missing_glyphs(const Pdf *pdf)
{
    return pdf->n_missing;
}

int
pdf_page_count(const Pdf *pdf)
{
    return (int) pdf->pages->len;
}

static void
draw_line_of(Pdf *pdf, cairo_t *cr, const char *text, double y, PdfAlign align)
{
    if (text == NULL)
        return;
    PdfTextStyle style = { .size = 8, .width = pdf_body_width(pdf), .align = align };
    g_autoptr(PangoLayout) layout = pdf_layout(pdf, text, style);
    pango_layout_set_height(layout, -1); /* one line; a long one is cut with an ellipsis */
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    cairo_set_source_rgb(cr, 0.35, 0.35, 0.35);
    cairo_move_to(cr, pdf->margin, y);
    pango_cairo_show_layout(cr, layout);
}

static void
draw_watermark(Pdf *pdf, cairo_t *cr)
{
    if (pdf->watermark == NULL)
        return;
    g_autoptr(PangoLayout) layout =
        pdf_layout(pdf, pdf->watermark, (PdfTextStyle){ .size = 15, .width = -1 });
    for (double y = pdf->height * 0.2; y < pdf->height; y += pdf->height * 0.28)
        for (double x = pdf->width * 0.08; x < pdf->width; x += pdf->width * 0.5) {
            cairo_save(cr);
            cairo_translate(cr, x, y);
            cairo_rotate(cr, -0.4);
            cairo_set_source_rgba(cr, 0.5, 0.5, 0.5, 0.18);
            cairo_move_to(cr, 0, 0);
            pango_cairo_show_layout(cr, layout);
            cairo_restore(cr);
        }
}

static void
draw_page(Pdf *pdf, cairo_t *cr, guint index)
{
    g_autofree char *number = g_strdup_printf("第 %u/%u 页", index + 1, pdf->pages->len);
    cairo_set_source_surface(cr, g_ptr_array_index(pdf->pages, index), 0, 0);
    cairo_paint(cr);
    draw_watermark(pdf, cr);
    if (pdf->top > pdf->margin) {
        draw_line_of(pdf, cr, pdf->header, pdf->margin - 4, PDF_LEFT);
        draw_line_of(pdf, cr, pdf->header_right, pdf->margin - 4, PDF_RIGHT);
        cairo_set_line_width(cr, 0.4);
        cairo_move_to(cr, pdf->margin, pdf->margin + 8);
        cairo_line_to(cr, pdf->width - pdf->margin, pdf->margin + 8);
        cairo_stroke(cr);
    }
    draw_line_of(pdf, cr, pdf->footer, pdf->bottom + 4, PDF_LEFT);
    draw_line_of(pdf, cr, number, pdf->bottom + 4, pdf->footer == NULL ? PDF_CENTER : PDF_RIGHT);
    cairo_show_page(cr);
}

static cairo_status_t
append_bytes(void *closure, const unsigned char *data, unsigned int len)
{
    g_byte_array_append(closure, data, len);
    return CAIRO_STATUS_SUCCESS;
}

GBytes *
pdf_finish(Pdf *pdf, GError **error)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_autofree char *now = clock_format_us(clock_now_us());
    g_clear_pointer(&pdf->cr, cairo_destroy);
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append_bytes, out, pdf->width, pdf->height);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   pdf->title == NULL ? "" : pdf->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Lanting");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, now);
    cairo_t *cr = cairo_create(surface);
    for (guint i = 0; i < pdf->pages->len; i++)
        draw_page(pdf, cr, i);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (pdf->n_missing > 0)
        log_line(LOG_WARN, "pdf: the font \"%s\" lacks %u characters", pdf->family, pdf->n_missing);
    if (status != CAIRO_STATUS_SUCCESS) {
        app_error_set(error, APP_ERROR_INTERNAL, "pdf.failed", "PDF 生成失败：%s",
                      "Making the PDF failed: %s", cairo_status_to_string(status));
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
