/* qr.h - QR codes as modules and as SVG text. For a code on paper see pdf_qr(). */
#pragma once
#include <glib.h>

typedef struct {
    int size;        /* modules per side, without the quiet zone */
    guint8 *modules; /* size * size, 1 is dark */
} QrCode;

#define QR_QUIET 4 /* light modules that must surround a code; Source: ISO/IEC 18004 */

/* Code of @text (UTF-8, at most some 2,300 bytes) with 15 % error correction. transfer full.
 * Errors: INVALID qr.empty, qr.too_long. */
QrCode *qr_new(const char *text, GError **error);
void qr_free(QrCode *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(QrCode, qr_free)
gboolean qr_is_dark(const QrCode *qr, int x, int y);
/* One black path on white, quiet zone included, without a size of its own. transfer full. */
char *qr_svg(const char *text, GError **error);
