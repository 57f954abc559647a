/* file_picture.c - small pictures, and pictures that are too big to look at. */
#include "store/file_internal.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* A JPEG is shrunk while it is read; others are unpacked whole, four bytes a pixel. */
#define PIXELS_MAX ((gint64) 200 * 1000 * 1000)
#define PIXELS_UNPACKED ((gint64) 40 * 1000 * 1000)
enum { CHUNK = 64 * 1024, QUALITY = 80, SIDE_MAX = 60000 };

static guint
be16(const guint8 *p)
{
    return (guint) p[0] << 8 | p[1];
}

static guint32
be32(const guint8 *p)
{
    return (guint32) be16(p) << 16 | be16(p + 2);
}

static gboolean
png_size(const guint8 *data, gsize len, gint64 *width, gint64 *height)
{
    if (len < 24 || memcmp(data + 12, "IHDR", 4) != 0)
        return FALSE;
    *width = be32(data + 16);
    *height = be32(data + 20);
    return TRUE;
}

/* Size in the first start-of-frame segment. */
static gboolean
jpeg_size(const guint8 *data, gsize len, gint64 *width, gint64 *height)
{
    gsize at = 2;

    while (at + 9 < len) {
        if (data[at] != 0xFF)
            return FALSE;
        guint8 marker = data[at + 1];
        if (marker == 0xFF) {
            at++;
            continue;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
            at += 2;
            continue;
        }
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8
            && marker != 0xCC) {
            *height = be16(data + at + 5);
            *width = be16(data + at + 7);
            return TRUE;
        }
        guint size = be16(data + at + 2);
        if (size < 2)
            return FALSE;
        at += 2 + size;
    }
    return FALSE;
}

gboolean
file_picture_fits(const void *data, gsize len, const FileType *type)
{
    gint64 width = 0, height = 0;

    if (strcmp(type->mime, "image/png") == 0) {
        if (!png_size(data, len, &width, &height))
            return FALSE;
    } else if (strcmp(type->mime, "image/jpeg") == 0) {
        if (!jpeg_size(data, len, &width, &height))
            return FALSE;
    } else
        return TRUE; /* never decoded here */
    return width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX
           && width * height <= PIXELS_MAX;
}

typedef struct {
    gboolean scales; /* the reader shrinks while it reads */
    gboolean refused;
} Prepared;

static void
on_size(GdkPixbufLoader *loader, int width, int height, gpointer data)
{
    Prepared *prepared = data;
    gint64 pixels = (gint64) width * height;
    int longer = MAX(width, height);

    if (pixels > (prepared->scales ? PIXELS_MAX : PIXELS_UNPACKED)) {
        prepared->refused = TRUE;
        gdk_pixbuf_loader_set_size(loader, 0, 0);
        return;
    }
    if (longer > FILE_THUMBNAIL_PX)
        gdk_pixbuf_loader_set_size(loader,
                                   MAX(1, (int) ((gint64) width * FILE_THUMBNAIL_PX / longer)),
                                   MAX(1, (int) ((gint64) height * FILE_THUMBNAIL_PX / longer)));
}

static gboolean
feed(GdkPixbufLoader *loader, const guint8 *data, gsize len, const Prepared *prepared)
{
    gboolean ok = TRUE;

    while (ok && len > 0 && !prepared->refused) {
        gsize n = MIN(len, (gsize) CHUNK);
        ok = gdk_pixbuf_loader_write(loader, data, n, NULL);
        data += n;
        len -= n;
    }
    return gdk_pixbuf_loader_close(loader, NULL) && ok && !prepared->refused;
}

/* White below what is transparent: JPEG knows no transparency. */
static GBytes *
as_jpeg(GdkPixbuf *picture)
{
    g_autoptr(GdkPixbuf) upright = gdk_pixbuf_apply_embedded_orientation(picture);
    g_autoptr(GdkPixbuf) flat = gdk_pixbuf_composite_color_simple(
        upright, gdk_pixbuf_get_width(upright), gdk_pixbuf_get_height(upright), GDK_INTERP_NEAREST,
        255, 16, 0xFFFFFF, 0xFFFFFF);
    g_autofree char *quality = g_strdup_printf("%d", QUALITY);
    char *data = NULL;
    gsize len = 0;

    if (!flat
        || !gdk_pixbuf_save_to_buffer(flat, &data, &len, "jpeg", NULL, "quality", quality, NULL))
        return NULL;
    return g_bytes_new_take(data, len);
}

GBytes *
file_thumbnail(const void *data, gsize len, const FileType *type)
{
    static GMutex lock;
    gboolean jpeg = strcmp(type->mime, "image/jpeg") == 0;
    Prepared prepared = { .scales = jpeg };
    GBytes *small = NULL;

    if ((!jpeg && strcmp(type->mime, "image/png") != 0) || !file_picture_fits(data, len, type))
        return NULL; /* only the two readers that we trust, never one guessed from the content */
    g_mutex_lock(&lock);
    g_autoptr(GdkPixbufLoader) loader =
        gdk_pixbuf_loader_new_with_type(jpeg ? "jpeg" : "png", NULL);
    if (loader) {
        g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size), &prepared);
        gboolean ok = feed(loader, data, len, &prepared);
        GdkPixbuf *picture = gdk_pixbuf_loader_get_pixbuf(loader);
        small = ok && picture ? as_jpeg(picture) : NULL;
    }
    g_mutex_unlock(&lock);
    return small;
}
