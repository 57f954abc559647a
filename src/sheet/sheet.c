#include "sheet/sheet_internal.h"

#include <string.h>

#include "base/text.h"

Sheet *
sheet_new(void)
{
    Sheet *sheet = g_new0(Sheet, 1);
    sheet->chunk = g_string_chunk_new((gsize) 64 * 1024);
    sheet->rows = g_array_new(FALSE, TRUE, sizeof(SheetRow));
    return sheet;
}

void
sheet_reset(Sheet *sheet)
{
    for (guint i = 0; i < sheet->rows->len; i++)
        g_free(g_array_index(sheet->rows, SheetRow, i).cells);
    g_array_set_size(sheet->rows, 0);
    sheet->n_columns = 0;
    sheet->n_cells = 0;
}

void
sheet_free(Sheet *sheet)
{
    if (sheet == NULL)
        return;
    sheet_reset(sheet);
    g_array_unref(sheet->rows);
    g_string_chunk_free(sheet->chunk);
    g_strfreev(sheet->names);
    g_free(sheet->name);
    g_free(sheet);
}

gboolean
sheet_error_broken(GError **error)
{
    return app_error_set(error, APP_ERROR_INVALID, "sheet.broken",
                         "文件已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",
                         "The file is damaged; open it in Excel or WPS and save it as .xlsx again");
}

static gboolean
row_grow(Sheet *sheet, SheetRow *row, int n, GError **error)
{
    if (n <= row->n)
        return TRUE;
    sheet->n_cells += n - row->n;
    if (sheet->n_cells > SHEET_MAX_CELLS)
        return sheet_error_too_large(error, "表格的单元格过多，请拆成几个文件",
                                     "The sheet has too many cells; split it into several files");
    row->cells = g_renew(Cell, row->cells, n);
    for (int i = row->n; i < n; i++)
        row->cells[i] = (Cell){ .text = "", .raw = "", .kind = CELL_EMPTY };
    row->n = n;
    sheet->n_columns = MAX(sheet->n_columns, n);
    return TRUE;
}

static gboolean
is_blank(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text))
        if (!g_unichar_isspace(g_utf8_get_char(text)))
            return FALSE;
    return TRUE;
}

gboolean
sheet_put(Sheet *sheet, int row, int col, Cell cell, GError **error)
{
    if (is_blank(cell.text))
        return TRUE;
    if (row < 0 || row >= SHEET_MAX_ROWS || col < 0 || col >= SHEET_MAX_COLUMNS)
        return sheet_error_too_large(
            error, "表格超过 100,000 行或 200 列，请拆成几个文件",
            "The sheet has more than 100,000 rows or 200 columns; split it");
    if ((guint) row >= sheet->rows->len)
        g_array_set_size(sheet->rows, (guint) row + 1);
    SheetRow *at = &g_array_index(sheet->rows, SheetRow, row);
    if (!row_grow(sheet, at, col + 1, error))
        return FALSE;
    at->cells[col] = cell;
    return TRUE;
}

const Cell *
sheet_peek(const Sheet *sheet, int row, int col)
{
    static const Cell empty = { .text = "", .raw = "", .kind = CELL_EMPTY };
    if (row < 0 || col < 0 || (guint) row >= sheet->rows->len)
        return &empty;
    const SheetRow *at = &g_array_index(sheet->rows, SheetRow, row);
    return col < at->n ? &at->cells[col] : &empty;
}

static gboolean
range_fill(Sheet *sheet, const SheetRange *range, GError **error)
{
    Cell cell = *sheet_peek(sheet, range->row1, range->col1);
    int row2 = MIN(range->row2, sheet_rows(sheet) - 1);
    int col2 = MIN(range->col2, sheet_columns(sheet) - 1);
    if (cell.kind == CELL_EMPTY)
        return TRUE;
    for (int row = range->row1; row <= row2; row++) {
        SheetRow *at = &g_array_index(sheet->rows, SheetRow, row);
        if (!row_grow(sheet, at, col2 + 1, error))
            return FALSE;
        for (int col = range->col1; col <= col2; col++) {
            if (row == range->row1 && col == range->col1)
                continue;
            at->cells[col] = cell;
            at->cells[col].merged = (guint8) ((col > range->col1 ? MERGED_ACROSS : 0)
                                              | (row > range->row1 ? MERGED_DOWN : 0));
        }
    }
    return TRUE;
}

gboolean
sheet_merge(Sheet *sheet, const SheetRange *ranges, guint n, GError **error)
{
    /* Ranges of an honest file do not overlap, so together they are no larger than the sheet. */
    gint64 left = (gint64) sheet_rows(sheet) * sheet_columns(sheet);
    for (guint i = 0; i < n; i++) {
        gint64 rows = MIN(ranges[i].row2, sheet_rows(sheet) - 1) - ranges[i].row1 + 1;
        gint64 columns = MIN(ranges[i].col2, sheet_columns(sheet) - 1) - ranges[i].col1 + 1;
        if (rows <= 0 || columns <= 0)
            continue;
        left -= rows * columns;
        if (left < 0)
            return sheet_error_broken(error);
        if (!range_fill(sheet, &ranges[i], error))
            return FALSE;
    }
    return TRUE;
}

const char *
sheet_name(const Sheet *sheet)
{
    return sheet->name;
}

const char *const *
sheet_names(const Sheet *sheet)
{
    return (const char *const *) sheet->names;
}

int
sheet_rows(const Sheet *sheet)
{
    return (int) sheet->rows->len;
}

int
sheet_columns(const Sheet *sheet)
{
    return sheet->n_columns;
}

const char *
sheet_cell(const Sheet *sheet, int row, int col)
{
    return sheet_peek(sheet, row, col)->text;
}

const char *
sheet_raw(const Sheet *sheet, int row, int col)
{
    return sheet_peek(sheet, row, col)->raw;
}

CellKind
sheet_kind(const Sheet *sheet, int row, int col)
{
    return (CellKind) sheet_peek(sheet, row, col)->kind;
}

gboolean
sheet_is_merged_copy(const Sheet *sheet, int row, int col)
{
    return sheet_peek(sheet, row, col)->merged != MERGED_NOT;
}

Day
sheet_serial_day(gint64 serial, gboolean is_1904)
{
    if (serial < (is_1904 ? 0 : 1) || serial > 200000 || (!is_1904 && serial == 60))
        return DAY_NONE;
    /* Excel's 1900 has a 29 February, so days after it are one ahead. */
    Day day = is_1904       ? day_from_ymd(1904, 1, 1) + serial
              : serial < 60 ? day_from_ymd(1899, 12, 31) + serial
                            : day_from_ymd(1899, 12, 30) + serial;
    return day >= DAY_MIN && day <= DAY_MAX ? day : DAY_NONE;
}

char *
sheet_cell_name(int row, int col)
{
    char letters[8];
    int at = (int) sizeof letters;
    letters[--at] = '\0';
    for (int n = col + 1; n > 0 && at > 0; n = (n - 1) / 26)
        letters[--at] = (char) ('A' + (n - 1) % 26);
    return g_strdup_printf("%s%d", letters + at, row + 1);
}

/* Reads "2026-3-1" with any of the separators people use; @p ends up behind the day. */
static gboolean
ymd_read(const char *text, int part[static 3])
{
    static const char *const separators[] = { "-", "/", ".", "年", "月", " " };
    const char *p = text;
    for (int i = 0; i < 3; i++) {
        int n = 0;
        for (part[i] = 0; g_ascii_isdigit(*p) && n < 5; p++, n++)
            part[i] = part[i] * 10 + (*p - '0');
        if (n == 0 || n > (i == 0 ? 4 : 2))
            return FALSE;
        gboolean found = i == 2;
        for (gsize k = 0; i < 2 && !found && k < G_N_ELEMENTS(separators); k++) {
            found = g_str_has_prefix(p, separators[k]);
            p += found ? strlen(separators[k]) : 0;
        }
        if (!found)
            return FALSE;
    }
    if (g_str_has_prefix(p, "日") || g_str_has_prefix(p, "号"))
        p += strlen("日");
    /* A time may follow a day, nothing else. */
    return *p == '\0' || (*p == ' ' && strspn(p, " 0123456789:.") == strlen(p)) || *p == 'T';
}

Day
sheet_day(const Sheet *sheet, int row, int col)
{
    const Cell *cell = sheet_peek(sheet, row, col);
    if (cell->kind == CELL_DATE)
        return day_parse(cell->raw);
    if (cell->kind != CELL_TEXT && cell->kind != CELL_NUMBER)
        return DAY_NONE;
    g_autofree char *text = text_normalise(cell->text);
    int part[3];
    if (text == NULL)
        return DAY_NONE;
    if (strlen(text) == 8 && strspn(text, "0123456789") == 8) {
        int n = (int) g_ascii_strtoll(text, NULL, 10);
        part[0] = n / 10000;
        part[1] = n / 100 % 100;
        part[2] = n % 100;
    } else if (!ymd_read(text, part)) {
        return DAY_NONE;
    }
    Day day = part[0] >= 1900 ? day_from_ymd(part[0], part[1], part[2]) : DAY_NONE;
    return day >= DAY_MIN && day <= DAY_MAX ? day : DAY_NONE;
}

gboolean
sheet_row_is_blank(const Sheet *sheet, int row)
{
    for (int col = 0; col < sheet_columns(sheet); col++)
        if (sheet_kind(sheet, row, col) != CELL_EMPTY)
            return FALSE;
    return TRUE;
}

gboolean
sheet_row_is_total(const Sheet *sheet, int row)
{
    static const char *const chinese[] = { "合计", "小计", "总计", "共计", "累计" };
    int col = 0;
    while (col < sheet_columns(sheet) && sheet_kind(sheet, row, col) == CELL_EMPTY)
        col++;
    /* Spaces inside: 合 计. */
    g_autofree char *text = g_utf8_strdown(sheet_cell(sheet, row, col), -1);
    g_autoptr(GString) folded = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_unichar(folded, g_utf8_get_char(p));
    for (gsize i = 0; i < G_N_ELEMENTS(chinese); i++)
        if (g_str_has_prefix(folded->str, chinese[i]))
            return TRUE;
    /* A brand may begin with the Latin word, so that must stand alone. */
    static const char *const latin[] = { "total", "totals", "subtotal", "sub-total", "grandtotal" };
    for (gsize i = 0; i < G_N_ELEMENTS(latin); i++)
        if (g_str_has_prefix(folded->str, latin[i])
            && !g_unichar_isalnum(g_utf8_get_char(folded->str + strlen(latin[i]))))
            return TRUE;
    return FALSE;
}
