#include "print/qr.h"

#include <errno.h>
#include <qrencode.h>

#include "base/error.h"

static QrCode *
refuse(GError **error, const char *text)
{
    if (*text == '\0')
        app_error_set(error, APP_ERROR_INVALID, "qr.empty", "二维码内容为空",
                      "A QR code needs some text");
    else if (errno == ERANGE)
        app_error_set(error, APP_ERROR_INVALID, "qr.too_long", "二维码内容过长",
                      "The text is too long for a QR code");
    else
        app_error_set(error, APP_ERROR_INTERNAL, "qr.failed", "二维码生成失败",
                      "The QR code could not be made");
    return NULL;
}

QrCode *
qr_new(const char *text, GError **error)
{
    g_return_val_if_fail(text != NULL, NULL);
    if (*text == '\0')
        return refuse(error, text);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return refuse(error, text);
    QrCode *qr = g_new0(QrCode, 1);
    qr->size = code->width;
    qr->modules = g_new(guint8, (gsize) qr->size * (gsize) qr->size);
    for (int i = 0; i < qr->size * qr->size; i++)
        qr->modules[i] = code->data[i] & 1;
    QRcode_free(code);
    return qr;
}

void
qr_free(QrCode *qr)
{
    if (qr == NULL)
        return;
    g_free(qr->modules);
    g_free(qr);
}

gboolean
qr_is_dark(const QrCode *qr, int x, int y)
{
    return x >= 0 && y >= 0 && x < qr->size && y < qr->size && qr->modules[y * qr->size + x] != 0;
}

char *
qr_svg(const char *text, GError **error)
{
    g_autoptr(QrCode) qr = qr_new(text, error);
    if (qr == NULL)
        return NULL;
    int side = qr->size + 2 * QR_QUIET;
    GString *svg = g_string_new(NULL);
    g_string_printf(svg,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                    "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
                    "<path d=\"",
                    side, side, side, side);
    for (int y = 0; y < qr->size; y++)
        for (int x = 0, run; x < qr->size; x += MAX(run, 1)) {
            run = 0;
            while (qr_is_dark(qr, x + run, y))
                run++;
            if (run > 0)
                g_string_append_printf(svg, "M%d %dh%dv1h-%dz", x + QR_QUIET, y + QR_QUIET, run,
                                       run);
        }
    g_string_append(svg, "\"/></svg>");
    return g_string_free(svg, FALSE);
}
