#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "print/pdf.h"

/* Extracted text alone proves nothing (a library may list characters that it does not draw), so every
 * claim about glyphs is checked on the rendered page as well. */
typedef struct {
    char *dir, *file;
} Printed;

static void
printed_clear(Printed *printed)
{
    g_remove(printed->file);
    g_rmdir(printed->dir);
    g_free(printed->file);
    g_free(printed->dir);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Printed, printed_clear)

static Printed
print(Pdf *pdf)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = pdf_finish(pdf, &error);
    g_assert_no_error(error);
    Printed printed = { .dir = g_dir_make_tmp("pdf-XXXXXX", NULL) };
    printed.file = g_build_filename(printed.dir, "a.pdf", NULL);
    g_assert_true(g_file_set_contents(printed.file, g_bytes_get_data(bytes, NULL),
                                      (gssize) g_bytes_get_size(bytes), NULL));
    return printed;
}

static char *
run(const char *const *argv, gsize *len)
{
    g_autoptr(GSubprocess) child = g_subprocess_newv(argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
    g_autoptr(GBytes) out = NULL;
    g_assert_nonnull(child);
    g_assert_true(g_subprocess_communicate(child, NULL, NULL, &out, NULL, NULL));
    g_assert_true(g_subprocess_get_successful(child));
    *len = g_bytes_get_size(out);
    char *text = g_malloc(*len + 1); /* a picture holds zeros */
    memcpy(text, g_bytes_get_data(out, NULL), *len);
    text[*len] = '\0';
    return text;
}

static char *
text_of(const Printed *printed, int page)
{
    g_autofree char *number = g_strdup_printf("%d", page);
    const char *argv[] = { "pdftotext", "-layout",     "-f", number, "-l",
                           number,      printed->file, "-",  NULL };
    gsize len;
    return run(argv, &len);
}

typedef struct {
    int width, height;
    char *data;
    const guint8 *pixels;
} Picture;

static void
picture_clear(Picture *picture)
{
    g_free(picture->data);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Picture, picture_clear)

/* The page in grey, 72 pixels to the inch: one pixel is one point. */
static Picture
picture_of(const Printed *printed, int page)
{
    g_autofree char *number = g_strdup_printf("%d", page);
    const char *argv[] = { "pdftoppm", "-r", "72",   "-gray",       "-f",
                           number,     "-l", number, printed->file, NULL };
    Picture picture = { 0 };
    gsize len;
    picture.data = run(argv, &len);
    g_assert_cmpint(sscanf(picture.data, "P5 %d %d 255", &picture.width, &picture.height), ==, 2);
    gsize pixels = (gsize) picture.width * (gsize) picture.height;
    g_assert_cmpuint(len, >, pixels);
    picture.pixels = (const guint8 *) picture.data + len - pixels;
    return picture;
}

/* Dark pixels between two heights, in points from the top. */
static int
ink(const Picture *picture, int from, int to)
{
    int n = 0;
    for (int y = MAX(from, 0); y < MIN(to, picture->height); y++)
        for (int x = 0; x < picture->width; x++)
            n += picture->pixels[y * picture->width + x] < 160 ? 1 : 0;
    return n;
}

static int
ink_of_title(const char *title)
{
    g_autoptr(Pdf) pdf = pdf_new(&(PdfOptions){ 0 });
    pdf_title(pdf, title);
    g_assert_cmpuint(pdf_missing_glyphs(pdf), ==, 0);
    g_auto(Printed) printed = print(pdf);
    g_auto(Picture) picture = picture_of(&printed, 1);
    g_auto(Picture) again = picture_of(&printed, 1);
    g_assert_cmpint(picture.width, ==, 596);
    g_assert_cmpint(ink(&picture, 90, 700), ==, 0);
    return ink(&again, 0, 90);
}

static void
test_glyphs(void)
{
    g_assert_cmpint(ink_of_title(""), ==, 0);
    int one = ink_of_title("一"), many = ink_of_title("商铺租赁合同"),
        dense = ink_of_title("龘龘龘龘龘龘");
    g_assert_cmpint(one, >, 5);
    g_assert_cmpint(many, >, 6 * one);
    /* Boxes in place of glyphs would weigh the same. */
    g_assert_cmpint(dense, >, many + many / 8);
}

static void
test_blocks(void)
{
    const PdfOptions options = { .title = "交款单",
                                 .header = "兰亭广场",
                                 .header_right = "编号 PO-2026-0001",
                                 .footer = "打印：王芳",
                                 .watermark = "内部资料" };
    const PdfPair pairs[] = { { "商户", "上海星咖餐饮管理有限公司" },
                              { "铺位", "L101" },
                              { "合同号", "HT-2026-018" } };
    const char *const labels[] = { "经办人", "财务收款", "商户签字" };
    g_autoptr(GError) error = NULL;
    g_autoptr(Pdf) pdf = pdf_new(&options);
    pdf_title(pdf, "交款单");
    pdf_pairs(pdf, pairs, G_N_ELEMENTS(pairs), 2);
    pdf_heading(pdf, "一、明细");
    pdf_paragraph(pdf, "金额（大写）：壹仟伍佰元整\n请于三日内交清。", PDF_LEFT);
    pdf_signatures(pdf, labels, G_N_ELEMENTS(labels));
    g_assert_true(pdf_qr(pdf, "PO-2026-0001", 160, 240, 30, &error));
    g_assert_false(pdf_qr(pdf, "", 0, 0, 30, &error));
    g_assert_cmpuint(pdf_missing_glyphs(pdf), ==, 0);
    g_auto(Printed) printed = print(pdf);
    g_autofree char *text = text_of(&printed, 1);
    static const char *const wanted[] = {
        "交款单",       "兰亭广场",        "编号 PO-2026-0001",        "打印：王芳",
        "第 1/1 页",    "商户签字",        "上海星咖餐饮管理有限公司", "HT-2026-018",
        "壹仟伍佰元整", "请于三日内交清。"
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (strstr(text, wanted[i]) == NULL)
            g_error("\"%s\" is not in: %s", wanted[i], text);
    g_auto(Picture) picture = picture_of(&printed, 1);
    /* The code: 30 mm from 240 mm on, about half of it dark. */
    int dark = ink(&picture, 681, 765);
    g_assert_cmpint(dark, >, 1500);
}

static void
test_table_pages(void)
{
    const PdfColumn columns[] = { { "序号", 0, PDF_CENTER },
                                  { "商户", 30, PDF_LEFT },
                                  { "金额", 12, PDF_RIGHT } };
    g_autoptr(Pdf) pdf = pdf_new(&(PdfOptions){ .is_landscape = TRUE, .header = "兰亭广场" });
    pdf_title(pdf, "租金台账");
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    for (int i = 1; i <= 100; i++) {
        g_autofree char *no = g_strdup_printf("%d", i);
        const char *const cells[] = { no,
                                      i % 7 == 0 ? "上海一家名字长得需要换行的餐饮管理集团有限公司"
                                                   "上海一家名字长得需要换行的餐饮管理集团有限公司"
                                                   "上海一家名字长得需要换行的餐饮管理集团有限公司"
                                                   "上海一家名字长得需要换行的餐饮管理集团有限公司"
                                                 : "星巴克",
                                      "3,658.40" };
        pdf_table_row(pdf, cells);
    }
    pdf_table_total(pdf, (const char *const[]){ "合计", "", "365,840.00" });
    pdf_table_end(pdf);
    int pages = pdf_page_count(pdf), n_rows = 0;
    g_assert_cmpint(pages, >=, 4);
    g_auto(Printed) printed = print(pdf);
    for (int page = 1; page <= pages; page++) {
        g_autofree char *text = text_of(&printed, page);
        g_autofree char *number = g_strdup_printf("第 %d/%d 页", page, pages);
        g_assert_nonnull(strstr(text, number));
        g_assert_nonnull(strstr(text, "序号"));
        for (const char *p = text; (p = strstr(p, "3,658.40")) != NULL; p++)
            n_rows++;
        g_assert_cmpint(strstr(text, "365,840.00") != NULL, ==, page == pages);
        g_auto(Picture) picture = picture_of(&printed, page);
        g_assert_cmpint(picture.width, ==, 842);
        /* Nothing between the last row and the page number, nor below it. */
        g_assert_cmpint(ink(&picture, 595 - 40, 595), ==, 0);
        g_assert_cmpint(ink(&picture, 60, 120), >, 300);
    }
    g_assert_cmpint(n_rows, ==, 100);
}

static void
test_row_higher_than_a_page(void)
{
    const PdfColumn columns[] = { { "条款", 10, PDF_LEFT }, { "说明", 10, PDF_LEFT } };
    g_autoptr(GString) prose = g_string_new(NULL);
    for (int i = 1; i <= 200; i++)
        g_string_append_printf(prose, "第%d条\n", i);
    g_autoptr(Pdf) pdf = pdf_new(&(PdfOptions){ 0 });
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    pdf_table_row(pdf, (const char *const[]){ "短", prose->str });
    pdf_table_row(pdf, (const char *const[]){ "末行", "完" });
    pdf_table_end(pdf);
    g_assert_cmpint(pdf_page_count(pdf), >=, 4);
    g_auto(Printed) printed = print(pdf);
    g_autoptr(GString) all = g_string_new(NULL);
    for (int page = 1; page <= pdf_page_count(pdf); page++) {
        g_autofree char *text = text_of(&printed, page);
        g_string_append(all, text);
    }
    for (int i = 1; i <= 200; i++) {
        g_autofree char *clause = g_strdup_printf("第%d条", i);
        const char *first = strstr(all->str, clause);
        g_assert_nonnull(first);
        g_assert_null(strstr(first + 1, clause));
    }
    g_assert_nonnull(strstr(all->str, "末行"));
}

static void
test_long_paragraph(void)
{
    g_autoptr(GString) prose = g_string_new(NULL);
    for (int i = 0; i < 400; i++)
        g_string_append(prose, "乙方应当按照约定的期限支付租金。");
    g_autoptr(Pdf) pdf = pdf_new(&(PdfOptions){ 0 });
    pdf_paragraph(pdf, prose->str, PDF_LEFT);
    pdf_page_break(pdf);
    pdf_page_break(pdf);
    pdf_paragraph(pdf, "末页", PDF_RIGHT);
    int pages = pdf_page_count(pdf);
    g_assert_cmpint(pages, >=, 3);
    g_auto(Printed) printed = print(pdf);
    g_autofree char *last = text_of(&printed, pages);
    g_assert_nonnull(strstr(last, "末页"));
    g_assert_null(strstr(last, "乙方"));
}

static void
test_images(void)
{
    /* One black pixel; a JPEG header that claims 60,000 x 60,000; noise. */
    static const guint8 png[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\x0aIDA"
        "T"
        "\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";
    static const guint8 jpeg[] = "\xFF\xD8\xFF\xC0\0\x11\x08\xEA\x60\xEA\x60\x03\x01\x11\0\0\0\0\0";
    g_autoptr(GBytes) good = g_bytes_new_static(png, sizeof png - 1);
    g_autoptr(GBytes) cut = g_bytes_new_static(png, 40);
    g_autoptr(GBytes) huge = g_bytes_new_static(jpeg, sizeof jpeg - 1);
    g_autoptr(GBytes) noise = g_bytes_new_static("GIF89a", 6);
    g_autoptr(Pdf) pdf = pdf_new(&(PdfOptions){ 0 });
    GBytes *const refused[] = { cut, huge, noise };
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(pdf_image(pdf, refused[i], 50, &error));
        g_assert_cmpstr(app_error_token(error), ==, "pdf.bad_image");
    }
    g_autoptr(GError) error = NULL;
    g_assert_true(pdf_image(pdf, good, 50, &error));
    g_assert_no_error(error);
    g_auto(Printed) printed = print(pdf);
    g_auto(Picture) picture = picture_of(&printed, 1);
    g_assert_cmpint(ink(&picture, 50, 195), >, 15000);
}

static void
test_hostile_text(void)
{
    g_autoptr(Pdf) pdf = pdf_new(&(PdfOptions){ .header = "<b>&amp;</b>" });
    pdf_paragraph(pdf, "<span size='99999'>&lt;甲&gt;</span>", PDF_LEFT);
    pdf_paragraph(pdf, "\xFF\xFE坏", PDF_LEFT);
    pdf_paragraph(pdf, NULL, PDF_LEFT);
    g_auto(Printed) printed = print(pdf);
    g_autofree char *text = text_of(&printed, 1);
    g_assert_nonnull(strstr(text, "<span size='99999'>&lt;甲&gt;</span>"));
    g_assert_nonnull(strstr(text, "<b>&amp;</b>"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pdf/chinese-glyphs-are-drawn-and-not-only-listed", test_glyphs);
    g_test_add_func("/pdf/every-block-is-on-the-page", test_blocks);
    g_test_add_func("/pdf/a-table-repeats-its-heading-and-loses-no-row", test_table_pages);
    g_test_add_func("/pdf/a-row-higher-than-a-page-is-broken-between-lines",
                    test_row_higher_than_a_page);
    g_test_add_func("/pdf/a-long-paragraph-flows-over-pages", test_long_paragraph);
    g_test_add_func("/pdf/images-are-judged-before-they-are-unpacked", test_images);
    g_test_add_func("/pdf/markup-and-broken-text-are-only-text", test_hostile_text);
    return g_test_run();
}
