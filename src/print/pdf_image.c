#include <string.h>

#include "base/error.h"
#include "print/pdf_internal.h"

#define IMAGE_MAX_PIXELS (12 * 1000 * 1000) /* unpacked: 48 MB */

static gboolean
refuse_image(GError **error)
{
    return app_error_set(error, APP_ERROR_INVALID, "pdf.bad_image",
                         "图片无法打印，请使用 1200 万像素以内的 PNG 或 JPEG",
                         "The image cannot be printed; use PNG or JPEG of at most 12 megapixels");
}

static gboolean
size_ok(guint32 width, guint32 height)
{
    return width > 0 && height > 0 && width <= 20000 && height <= 20000
           && (guint64) width * height <= IMAGE_MAX_PIXELS;
}

static guint32
big_endian(const guint8 *p, int n)
{
    guint32 value = 0;
    for (int i = 0; i < n; i++)
        value = value << 8 | p[i];
    return value;
}

typedef struct {
    const guint8 *data;
    gsize len, at;
} Reader;

static cairo_status_t
read_bytes(void *closure, unsigned char *into, unsigned int len)
{
    Reader *reader = closure;
    if (reader->len - reader->at < len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(into, reader->data + reader->at, len);
    reader->at += len;
    return CAIRO_STATUS_SUCCESS;
}

/* The size stands in the first chunk; it is judged before anything is unpacked. */
static cairo_surface_t *
png_load(const guint8 *data, gsize len)
{
    if (len < 33 || memcmp(data + 12, "IHDR", 4) != 0
        || !size_ok(big_endian(data + 16, 4), big_endian(data + 20, 4)))
        return NULL;
    Reader reader = { .data = data, .len = len };
    return cairo_image_surface_create_from_png_stream(read_bytes, &reader);
}

/* Finds the frame header of a JPEG. */
static gboolean
jpeg_size(const guint8 *data, gsize len, guint32 *width, guint32 *height)
{
    gsize at = 2;
    while (at + 9 < len && data[at] == 0xFF) {
        guint8 marker = data[at + 1];
        if (marker == 0xFF) { /* fill byte */
            at++;
            continue;
        }
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8
            && marker != 0xCC) {
            *height = big_endian(data + at + 5, 2);
            *width = big_endian(data + at + 7, 2);
            return size_ok(*width, *height);
        }
        at += 2 + big_endian(data + at + 2, 2);
    }
    return FALSE;
}

/* The file goes into the PDF as it is; the surface only carries its size. */
static cairo_surface_t *
jpeg_load(GBytes *image, const guint8 *data, gsize len)
{
    guint32 width, height;
    if (!jpeg_size(data, len, &width, &height))
        return NULL;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int) width, (int) height);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, data, len,
                                    (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref(image))
        != CAIRO_STATUS_SUCCESS)
        g_bytes_unref(image);
    return surface;
}

gboolean
pdf_image(Pdf *pdf, GBytes *image, int width_mm, GError **error)
{
    gsize len;
    const guint8 *data = g_bytes_get_data(image, &len);
    cairo_surface_t *surface = NULL;
    if (len > 8 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0)
        surface = png_load(data, len);
    else if (len > 4 && data[0] == 0xFF && data[1] == 0xD8)
        surface = jpeg_load(image, data, len);
    if (surface == NULL)
        return refuse_image(error);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return refuse_image(error);
    }
    double columns = cairo_image_surface_get_width(surface);
    double rows = cairo_image_surface_get_height(surface);
    double scale = MIN(width_mm * PT_PER_MM, pdf_body_width(pdf)) / columns;
    scale = MIN(scale, (pdf->bottom - pdf->top) / rows);
    pdf_need(pdf, rows * scale);
    cairo_save(pdf->cr);
    cairo_translate(pdf->cr, pdf->margin, pdf->y);
    cairo_scale(pdf->cr, scale, scale);
    cairo_set_source_surface(pdf->cr, surface, 0, 0);
    cairo_paint(pdf->cr);
    cairo_restore(pdf->cr);
    cairo_surface_destroy(surface);
    pdf->y += rows * scale + 6;
    return TRUE;
}
