/* Files: what is let in, what is refused, under which name, and how bytes are kept. */
#include "base/secret.h"
#include "store/file.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

static GBytes *
text_bytes(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

/* An archive of the named parts, each with the text beside it. */
static GBytes *
archive(const char *const (*parts)[2], gsize n)
{
    zip_error_t why;
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_source_keep(out);
    zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, &why);

    for (gsize i = 0; i < n; i++) {
        zip_source_t *part = zip_source_buffer(zip, parts[i][1], strlen(parts[i][1]), 0);
        g_assert_cmpint(zip_file_add(zip, parts[i][0], part, 0), >=, 0);
    }
    g_assert_cmpint(zip_close(zip), ==, 0);
    zip_source_open(out);
    zip_source_seek(out, 0, SEEK_END);
    zip_int64_t len = zip_source_tell(out);
    zip_source_seek(out, 0, SEEK_SET);
    char *data = g_malloc((gsize) len);
    g_assert_cmpint(zip_source_read(out, data, (zip_uint64_t) len), ==, len);
    zip_source_close(out);
    zip_source_free(out);
    return g_bytes_new_take(data, (gsize) len);
}

static GBytes *
office(const char *main_part, const char *types, const char *more)
{
    const char *const parts[][2] = { { "[Content_Types].xml", types },
                                     { main_part, "<x/>" },
                                     { more, "x" } };

    return archive(parts, more ? 3 : 2);
}

static GBytes *
picture(const char *type, int width, int height)
{
    g_autoptr(GdkPixbuf) pixels = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, width, height);
    char *data = NULL;
    gsize len = 0;

    gdk_pixbuf_fill(pixels, 0x3366CCFF);
    g_assert_true(gdk_pixbuf_save_to_buffer(pixels, &data, &len, type, NULL, NULL));
    return g_bytes_new_take(data, len);
}

static const FileType *
type_of(GBytes *bytes, const char *name, GError **error)
{
    gsize len = 0;
    const void *data = g_bytes_get_data(bytes, &len);

    return file_type_of(data, len, name, error);
}

static void
assert_type(GBytes *owned, const char *name, const char *mime)
{
    g_autoptr(GBytes) bytes = owned;
    g_autoptr(GError) error = NULL;
    const FileType *type = type_of(bytes, name, &error);

    if (!type)
        g_error("%s: %s", name, error->message);
    g_assert_cmpstr(type->mime, ==, mime);
}

static void
assert_refused(GBytes *owned, const char *name, const char *token)
{
    g_autoptr(GBytes) bytes = owned;
    g_autoptr(GError) error = NULL;

    if (type_of(bytes, name, &error))
        g_error("%s was let in", name);
    g_assert_cmpstr(app_error_token(error), ==, token);
}

static const char types_xml[] = "<Types><Default ContentType=\"application/xml\"/></Types>";

static void
test_let_in(void)
{
    assert_type(text_bytes("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"), "合同.pdf",
                "application/pdf");
    assert_type(office("word/document.xml", types_xml, NULL), "a.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_type(office("xl/workbook.xml", types_xml, NULL), "a.XLSX",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_type(picture("png", 8, 8), "a.png", "image/png");
    assert_type(picture("jpeg", 8, 8), "a.JPG", "image/jpeg");
    assert_type(picture("jpeg", 8, 8), "mislabelled.png", "image/jpeg");
    assert_type(text_bytes("一行文字\n第二行\n"), "说明.txt", "text/plain; charset=utf-8");
    assert_type(text_bytes("名称,面积\n甲,12\n"), "a.csv", "text/csv; charset=utf-8");
    assert_type(text_bytes("\xD2\xBB\xB2\xE3,12\r\n"), "gbk.csv", "text/csv; charset=utf-8");
}

/* Everything that a person might send to make our page run it, or our server unpack it. */
static void
test_corpus(void)
{
    static const char svg[] =
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    static const char html[] = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    static const struct {
        const char *text, *name, *token;
    } texts[] = {
        { html, "a.html", "file.type" },
        { html, "a.txt", "file.type" },
        { html, "a.pdf", "file.type" },
        { "  \n\t<HTML><body>", "a.csv", "file.type" },
        { "hello <script>alert(1)</script>", "a.txt", "file.type" },
        { "x,<iframe src=//evil>", "a.csv", "file.type" },
        { svg, "a.svg", "file.type" },
        { svg, "a.png", "file.type" },
        { svg, "a.txt", "file.type" },
        { "<?php system($_GET['c']); ?>", "a.php", "file.type" },
        { "<?php system($_GET['c']); ?>", "a.txt", "file.type" },
        { "#!/bin/sh\nrm -rf /\n", "a.sh", "file.type" },
        { "#!/bin/sh\nrm -rf /\n", "a.txt", "file.type" },
        { "@echo off\r\ndel *.*\r\n", "a.bat", "file.type" },
        { "MZ\x90", "a.exe", "file.type" },
        { "MZ\x90", "a.pdf", "file.type" },
        { "GIF89a\x01", "a.gif", "file.type" },
        { "GIF89a\x01", "a.jpg", "file.type" },
        { "BM6", "a.bmp", "file.type" },
        { "\x7F"
          "ELF\x02\x01\x01",
          "a.txt", "file.type" },
        { "{\\rtf1 hello}", "a.rtf", "file.type" },
        { "plain text", "noextension", "file.type" },
        { "plain text", "a.exe", "file.type" },
        { "plain text", "a.html", "file.type" },
        { "%PDF-1.4\n%%EOF\n", "a.exe", "file.name_type" },
        { "%PDF-1.4\n%%EOF\n", "a.pdf.html", "file.name_type" },
        { "%PDF-1.4\n%%EOF\n", "a.docx", "file.name_type" },
        { "PK\x03\x04 broken", "a.docx", "file.type" },
        { "\xFF\xD8\xFF", "a.jpg", "file.type" },
        { "\x89PNG\r\n\x1A\n", "a.png", "file.type" },
        { "Rar!\x1A\x07", "a.rar", "file.type" },
        { "7z\xBC\xAF\x27\x1C", "a.7z", "file.type" },
        { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old.doc", "file.type" },
        { "", "empty.txt", "file.empty" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GBytes) bytes = text_bytes(texts[i].text);
        g_autoptr(GError) error = NULL;
        if (type_of(bytes, texts[i].name, &error))
            g_error("%s: “%s” was let in", texts[i].name, texts[i].text);
        gboolean pixels = strcmp(app_error_token(error), "file.pixels") == 0;
        if (strcmp(app_error_token(error), texts[i].token) != 0 && !pixels)
            g_error("%s: %s instead of %s", texts[i].name, app_error_token(error), texts[i].token);
    }
}

static void
test_macros(void)
{
    assert_refused(office("word/document.xml", types_xml, "word/vbaProject.bin"), "a.docm",
                   "file.type");
    assert_refused(office("word/document.xml", types_xml, "word/vbaProject.bin"), "a.docx",
                   "file.type");
    assert_refused(
        office("word/document.xml",
               "<Types><Override "
               "ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>",
               NULL),
        "a.docx", "file.type");
    assert_refused(office("xl/workbook.xml", types_xml, "xl/macrosheets/sheet1.xml"), "a.xlsx",
                   "file.type");
    assert_refused(office("xl/workbook.xml", types_xml, "xl/activeX/activeX1.bin"), "a.xlsx",
                   "file.type");
    assert_refused(office("word/document.xml", types_xml, NULL), "a.zip", "file.name_type");
    assert_refused(office("word/document.xml", types_xml, NULL), "a.exe", "file.name_type");
    assert_refused(office("readme.txt", types_xml, NULL), "a.zip", "file.type");
    const char *const parts[][2] = { { "word/document.xml", "x" } };
    assert_refused(archive(parts, 1), "a.docx", "file.type");
}

static void
test_bombs(void)
{
    g_autofree char *zeros = g_strnfill(30 * 1024 * 1024, '0');
    const char *const parts[][2] = { { "[Content_Types].xml", types_xml },
                                     { "word/document.xml", zeros } };
    static guint8 png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\xFF\xFF\0\0\xFF\xFF\x08\x02\0\0\0";
    static guint8 wide[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\xC3\x50\0\0\x1F\x40\x08\x02\0\0\0";

    assert_refused(archive(parts, 2), "bomb.docx", "file.type");
    assert_refused(g_bytes_new_static(png, sizeof png - 1), "bomb.png", "file.pixels");
    assert_refused(g_bytes_new_static(wide, sizeof wide - 1), "wide.png", "file.pixels");
    g_autofree char *big = g_strnfill(FILE_MAX_BYTES + 1, 'a');
    g_autoptr(GError) error = NULL;
    g_assert_null(file_type_of(big, FILE_MAX_BYTES + 1, "big.txt", &error));
    g_assert_cmpstr(app_error_token(error), ==, "file.too_large");
}

static void
assert_name(const char *name, const FileType *type, const char *clean)
{
    g_autofree char *made = file_name_clean(name, type);

    g_assert_cmpstr(made, ==, clean);
}

static void
test_names(void)
{
    g_autoptr(GBytes) png = picture("png", 8, 8);
    g_autoptr(GBytes) pdf = text_bytes("%PDF-1.4\n%%EOF\n");
    const FileType *picture_type = type_of(png, "a.png", NULL),
                   *pdf_type = type_of(pdf, "a.pdf", NULL);

    assert_name("营业执照.pdf", pdf_type, "营业执照.pdf");
    assert_name("../../etc/passwd", pdf_type, "passwd.pdf");
    assert_name("C:\\Users\\me\\合同 .PDF", pdf_type, "合同 .PDF");
    assert_name("..", pdf_type, "file.pdf");
    assert_name("", pdf_type, "file.pdf");
    assert_name(".htaccess", pdf_type, "htaccess.pdf");
    assert_name("a\nb\r\"c\".pdf", pdf_type, "abc.pdf");
    assert_name("invoice\xE2\x80\xAE"
                "fdp.exe.pdf",
                pdf_type, "invoicefdp.exe.pdf");
    assert_name("a.jpg", picture_type, "a.png");
    assert_name("IMG_1.heic", picture_type, "IMG_1.png");
    g_autofree char *longest = g_strnfill(400, 'x');
    g_autofree char *cut = file_name_clean(longest, pdf_type);
    g_assert_cmpint(g_utf8_strlen(cut, -1), <=, 120);
    g_assert_true(g_str_has_suffix(cut, ".pdf"));
}

static GBytes *
small_of(GBytes *bytes)
{
    gsize len = 0;
    const void *data = g_bytes_get_data(bytes, &len);
    const FileType *type = file_type_of(data, len, "a.png", NULL);

    g_assert_nonnull(type);
    return file_thumbnail(data, len, type);
}

static void
assert_small(GBytes *owned, int width, int height)
{
    g_autoptr(GBytes) bytes = owned;
    g_autoptr(GBytes) small = small_of(bytes);
    g_assert_nonnull(small);
    g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes(small);
    g_autoptr(GdkPixbuf) seen = gdk_pixbuf_new_from_stream(stream, NULL, NULL);

    g_assert_cmpint(gdk_pixbuf_get_width(seen), ==, width);
    g_assert_cmpint(gdk_pixbuf_get_height(seen), ==, height);
}

static void
test_thumbnails(void)
{
    assert_small(picture("png", 1600, 800), 320, 160);
    assert_small(picture("jpeg", 500, 2000), 80, 320);
    assert_small(picture("png", 40, 20), 40, 20);
    assert_small(picture("png", 5000, 2), 320, 1);
    /* a picture that says its size and nothing else has no small one, and does no harm */
    g_autoptr(GBytes) whole = picture("jpeg", 1200, 1200);
    g_autoptr(GBytes) half = g_bytes_new_from_bytes(whole, 0, 700);
    g_autoptr(GBytes) small = small_of(half);
    (void) small;
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

static guint
count_files(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    guint n = 0;

    if (!dir)
        return 1;
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        n += count_files(inner);
    }
    return n;
}

static void
test_blobs(void)
{
    g_autofree char *dir = g_dir_make_tmp("lanting-files-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *one = file_blob_put(dir, "hello", 5, &error);
    g_autofree char *same = file_blob_put(dir, "hello", 5, &error);
    g_autofree char *other = file_blob_put(dir, "hullo", 5, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(one, ==, same);
    g_assert_cmpstr(one, !=, other);
    g_assert_cmpuint(count_files(dir), ==, 2);
    g_autoptr(GBytes) back = file_blob_get(dir, one, &error);
    g_assert_cmpmem(g_bytes_get_data(back, NULL), (int) g_bytes_get_size(back), "hello", 5);
    g_autofree char *path = file_blob_path(dir, one);
    g_assert_true(g_file_set_contents(path, "hell0", 5, NULL));
    g_assert_null(file_blob_get(dir, one, &error));
    g_assert_cmpstr(app_error_token(error), ==, "file.gone");
    g_assert_null(file_blob_path(dir, "../../../../etc/passwd"));
    g_assert_null(file_blob_path(dir, "ABCDEF"));
    g_assert_null(file_blob_path(dir, NULL));
    remove_tree(dir);
}

/* Where nothing can be written, nothing is said to be stored. */
static void
test_full(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(file_blob_put("/proc/lanting-no-such-place", "x", 1, &error));
    g_assert_cmpstr(app_error_token(error), ==, "file.store");
    g_assert_true(app_error_is(error, APP_ERROR_BUSY));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    secret_init();
    g_test_add_func("/file/documents-pictures-and-texts-are-let-in", test_let_in);
    g_test_add_func("/file/pages-programs-archives-and-disguises-are-refused", test_corpus);
    g_test_add_func("/file/office-files-with-macros-are-refused", test_macros);
    g_test_add_func("/file/what-unpacks-to-too-much-is-refused", test_bombs);
    g_test_add_func("/file/names-lose-folders-and-tricks", test_names);
    g_test_add_func("/file/thumbnails-are-at-most-320-pixels", test_thumbnails);
    g_test_add_func("/file/bytes-are-kept-once-and-checked-when-read", test_blobs);
    g_test_add_func("/file/a-disk-that-refuses-is-an-error", test_full);
    return g_test_run();
}
