#include <glib/gstdio.h>
#include <xlsxwriter.h>

#include "sheet/sheet_heading.h"

static const SheetHeading known[] = {
    { "unit", "铺位号|铺号|商铺编号|铺位" },
    { "brand", "品牌|品牌名称" },
    { "merchant", "商户|商户名称|承租方|乙方" },
    { "area", "计租面积|租赁面积|面积" },
    { "start_on", "计租期限/起|租期起|起租日|开始日期" },
    { "end_on", "计租期限/止|租期止|到期日|结束日期" },
    { "rent", "租金单价|租金" },
    { "phone", "电话|联系电话" },
};
enum { UNIT, BRAND, MERCHANT, AREA, START, END, RENT, PHONE };

/* A workbook made by the library that the product writes with. */
typedef struct {
    char *path;
    lxw_workbook *book;
    lxw_worksheet *page;
} Draft;

static Draft
draft_begin(void)
{
    Draft draft = { 0 };
    int fd = g_file_open_tmp("heading-XXXXXX.xlsx", &draft.path, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    draft.book = workbook_new(draft.path);
    draft.page = workbook_add_worksheet(draft.book, "台账");
    return draft;
}

static void
draft_row(Draft *draft, guint row, const char *cells)
{
    g_auto(GStrv) parts = g_strsplit(cells, "|", -1);
    for (guint col = 0; parts[col] != NULL; col++)
        if (*parts[col] != '\0')
            worksheet_write_string(draft->page, row, (lxw_col_t) col, parts[col], NULL);
}

static void
draft_merge(Draft *draft, const char *range, const char *text)
{
    guint r1 = lxw_name_to_row(range), c1 = lxw_name_to_col(range);
    guint r2 = lxw_name_to_row_2(range), c2 = lxw_name_to_col_2(range);
    worksheet_merge_range(draft->page, r1, (lxw_col_t) c1, r2, (lxw_col_t) c2, text, NULL);
}

static Sheet *
draft_read(Draft *draft)
{
    g_autofree char *data = NULL;
    gsize len;
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(workbook_close(draft->book), ==, LXW_NO_ERROR);
    g_assert_true(g_file_get_contents(draft->path, &data, &len, NULL));
    g_remove(draft->path);
    g_free(draft->path);
    Sheet *sheet = sheet_read(data, len, "台账.xlsx", &error);
    g_assert_no_error(error);
    return sheet;
}

static int
find(const Sheet *sheet, SheetHeadingMap *map)
{
    return sheet_find_heading_row(sheet, known, G_N_ELEMENTS(known), map);
}

static void
test_titles(void)
{
    Draft draft = draft_begin();
    draft_merge(&draft, "A1:F1", "兰亭广场2026年3月租金台账");
    draft_row(&draft, 1, "填报部门：招商部||||单位：元");
    draft_row(&draft, 3, "序号|铺位号|品 牌|计租面积（㎡）|租金单价(元/㎡/天)|备注");
    draft_row(&draft, 4, "1|L101|星巴克|91.46|1.1|租金含税");
    g_autoptr(Sheet) sheet = draft_read(&draft);
    g_auto(SheetHeadingMap) map = { 0 };
    g_assert_cmpint(find(sheet, &map), ==, 3);
    g_assert_cmpint(map.n_rows, ==, 1);
    g_assert_cmpint(map.data_row, ==, 4);
    g_assert_cmpint(map.n_matched, ==, 4);
    g_assert_cmpint(sheet_heading_column(&map, UNIT), ==, 1);
    g_assert_cmpint(sheet_heading_column(&map, BRAND), ==, 2);
    g_assert_cmpint(sheet_heading_column(&map, AREA), ==, 3);
    g_assert_cmpint(sheet_heading_column(&map, RENT), ==, 4);
    g_assert_cmpint(sheet_heading_column(&map, PHONE), ==, -1);
    g_assert_cmpint(map.heading_of[5], ==, -1);
    g_assert_cmpstr(map.labels[5], ==, "备注");
    g_assert_true(sheet_row_is_blank(sheet, 2));
}

static void
test_two_rows(void)
{
    Draft draft = draft_begin();
    draft_merge(&draft, "A1:G1", "租金台账");
    draft_merge(&draft, "A2:A3", "铺位号");
    draft_merge(&draft, "B2:B3", "商户\n名称");
    draft_merge(&draft, "C2:D2", "计租期限");
    draft_row(&draft, 2, "||起|止|||");
    draft_merge(&draft, "E2:F2", "面积");
    worksheet_write_string(draft.page, 2, 4, "（㎡）", NULL);
    worksheet_write_string(draft.page, 2, 5, "公摊", NULL);
    draft_merge(&draft, "G2:G3", "联系电话");
    draft_row(&draft, 3, "L101|星巴克|2026-01-01|2028-12-31|91.46|12|13800000000");
    g_autoptr(Sheet) sheet = draft_read(&draft);
    g_auto(SheetHeadingMap) map = { 0 };
    g_assert_cmpint(find(sheet, &map), ==, 1);
    g_assert_cmpint(map.n_rows, ==, 2);
    g_assert_cmpint(map.data_row, ==, 3);
    g_assert_cmpint(map.n_matched, ==, 6);
    static const int wanted[] = { UNIT, MERCHANT, START, END, AREA, -1, PHONE };
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        g_assert_cmpint(map.heading_of[i], ==, wanted[i]);
    g_assert_cmpstr(map.labels[2], ==, "计租期限/起");
    g_assert_cmpstr(map.labels[0], ==, "铺位号");
}

static void
test_two_rows_not_merged(void)
{
    Draft draft = draft_begin();
    draft_row(&draft, 0, "铺号|品牌|计租期限||租金");
    draft_row(&draft, 1, "||起|止|");
    draft_row(&draft, 2, "L101|星巴克|2026-01-01|2028-12-31|100");
    g_autoptr(Sheet) sheet = draft_read(&draft);
    g_auto(SheetHeadingMap) map = { 0 };
    g_assert_cmpint(find(sheet, &map), ==, 0);
    g_assert_cmpint(map.n_rows, ==, 2);
    g_assert_cmpint(sheet_heading_column(&map, END), ==, 3);
    g_assert_cmpint(sheet_heading_column(&map, RENT), ==, 4);
}

/* Cells merged over both rows, and children that mean nothing to us: the data still begins below. */
static void
test_merged_without_known_children(void)
{
    Draft draft = draft_begin();
    draft_merge(&draft, "A1:A2", "铺位号");
    draft_merge(&draft, "B1:B2", "品牌");
    draft_merge(&draft, "C1:D1", "其他");
    draft_row(&draft, 1, "||颜色|形状");
    draft_row(&draft, 2, "L101|星巴克|绿|圆");
    g_autoptr(Sheet) sheet = draft_read(&draft);
    g_auto(SheetHeadingMap) map = { 0 };
    g_assert_cmpint(find(sheet, &map), ==, 0);
    g_assert_cmpint(map.data_row, ==, 2);
    g_assert_cmpstr(map.labels[3], ==, "其他/形状");
}

/* Groups above complete headings: the lower row is the heading. */
static void
test_groups_above(void)
{
    Draft draft = draft_begin();
    draft_merge(&draft, "A1:B1", "商铺信息");
    draft_merge(&draft, "C1:D1", "合同信息");
    draft_row(&draft, 1, "铺位号|面积|商户|租金");
    draft_row(&draft, 2, "L101|30|甲|5");
    g_autoptr(Sheet) sheet = draft_read(&draft);
    g_auto(SheetHeadingMap) map = { 0 };
    g_assert_cmpint(find(sheet, &map), ==, 1);
    g_assert_cmpint(map.n_rows, ==, 1);
    g_assert_cmpint(map.data_row, ==, 2);
    g_assert_cmpint(map.n_matched, ==, 4);
}

static void
test_exact_wins(void)
{
    Draft draft = draft_begin();
    draft_row(&draft, 0, "铺位|面积（建筑）|面积|租金");
    draft_row(&draft, 1, "L101|40|30|5");
    g_autoptr(Sheet) sheet = draft_read(&draft);
    g_auto(SheetHeadingMap) map = { 0 };
    g_assert_cmpint(find(sheet, &map), ==, 0);
    g_assert_cmpint(sheet_heading_column(&map, AREA), ==, 2);
    g_assert_cmpint(map.heading_of[1], ==, -1);
}

static void
test_none(void)
{
    Draft draft = draft_begin();
    draft_row(&draft, 0, "姓名|年龄");
    draft_row(&draft, 1, "租金|5");
    g_autoptr(Sheet) sheet = draft_read(&draft);
    g_auto(SheetHeadingMap) map = { 0 };
    g_assert_cmpint(find(sheet, &map), ==, -1);
    g_assert_cmpint(map.n_columns, ==, 0);
    g_assert_true(sheet_map_heading_row(sheet, 1, known, G_N_ELEMENTS(known), &map));
    g_assert_cmpint(map.heading_of[0], ==, RENT);
    g_assert_false(sheet_map_heading_row(sheet, 9, known, G_N_ELEMENTS(known), &map));
    g_assert_false(sheet_map_heading_row(sheet, -1, known, G_N_ELEMENTS(known), &map));
}

static void
test_fold(void)
{
    const char *const same[] = { "计租面积(m2)", "计租面积（㎡）", " 计租 面积\n【㎡】",
                                 "计租面积：㎡*" };
    for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
        g_autofree char *folded = sheet_heading_fold(same[i]);
        g_assert_cmpstr(folded, ==, "计租面积m2");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/heading/titles-and-blank-rows-above-are-passed-over", test_titles);
    g_test_add_func("/heading/two-merged-rows-are-joined-parent-and-child", test_two_rows);
    g_test_add_func("/heading/two-rows-are-joined-without-merged-cells", test_two_rows_not_merged);
    g_test_add_func("/heading/data-begins-below-cells-merged-downwards",
                    test_merged_without_known_children);
    g_test_add_func("/heading/groups-above-complete-headings-are-not-the-heading",
                    test_groups_above);
    g_test_add_func("/heading/the-exact-heading-wins-over-a-qualified-one", test_exact_wins);
    g_test_add_func("/heading/an-unknown-table-has-none-until-a-person-points", test_none);
    g_test_add_func("/heading/width-spaces-and-brackets-do-not-count", test_fold);
    return g_test_run();
}
