#include "sheet/sheet_write.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/error.h"
#include "base/money.h"
#include "base/text.h"

#define XLSX_MAX_ROWS 1048576
#define XLSX_MAX_TEXT 32767 /* UTF-16 units in a cell */

typedef enum { STYLE_BODY, STYLE_TOTAL, STYLE__N } RowStyle;

struct SheetWriter {
    SheetFormat format;
    char *path; /* of the temporary file */
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *title, *subtitle, *heading, *footer;
    lxw_format *body[STYLE__N][SHEET_WRITE_MAX_COLUMNS];
    GString *csv;
    SheetColumn columns[SHEET_WRITE_MAX_COLUMNS];
    int n_columns, n_titles, heading_row, last_row;
    guint32 row;
    int col;
    RowStyle style;
    gboolean is_too_large, is_filtered;
};

/* Excel refuses these in the name of a sheet, and more than 31 characters. */
static char *
clean_sheet_name(const char *name)
{
    g_autofree char *clean = g_utf8_make_valid(name == NULL || *name == '\0' ? "Sheet1" : name, -1);
    g_strdelimit(clean, "[]:*?/\\'", '_');
    return g_utf8_substring(clean, 0, MIN(g_utf8_strlen(clean, -1), 31));
}

static void
writer_init_xlsx(SheetWriter *writer, const SheetWriteOptions *options)
{
    lxw_workbook_options constant = { .constant_memory = LXW_TRUE };
    g_autofree char *name = clean_sheet_name(options->sheet_name);
    writer->book = workbook_new_opt(writer->path, &constant);
    writer->page = workbook_add_worksheet(writer->book, name);
    if (options->serial != NULL)
        workbook_set_custom_property_string(writer->book, "Serial", options->serial);
    writer->title = workbook_add_format(writer->book);
    format_set_bold(writer->title);
    format_set_font_size(writer->title, 14);
    writer->subtitle = workbook_add_format(writer->book);
    format_set_font_color(writer->subtitle, 0x595959);
    writer->footer = writer->subtitle;
    writer->heading = workbook_add_format(writer->book);
    format_set_bold(writer->heading);
    format_set_text_wrap(writer->heading);
    format_set_align(writer->heading, LXW_ALIGN_CENTER);
    format_set_align(writer->heading, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(writer->heading, 0xE9EEF5);
    format_set_border(writer->heading, LXW_BORDER_THIN);
}

SheetWriter *
sheet_writer_new(const SheetWriteOptions *options, GError **error)
{
    g_return_val_if_fail(options != NULL, NULL);
    g_autoptr(GError) cause = NULL;
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("lanting-XXXXXX", &path, &cause);
    if (fd < 0) {
        app_error_set(error, APP_ERROR_INTERNAL, "sheet.write", "无法建立临时文件：%s",
                      "Cannot make a temporary file: %s", cause->message);
        return NULL;
    }
    close(fd);
    SheetWriter *writer = g_new0(SheetWriter, 1);
    writer->format = options->format;
    writer->path = g_steal_pointer(&path);
    writer->heading_row = -1;
    if (writer->format == SHEET_CSV)
        writer->csv = g_string_new("\xEF\xBB\xBF"); /* without the mark Excel reads GBK */
    else
        writer_init_xlsx(writer, options);
    return writer;
}

void
sheet_writer_free(SheetWriter *writer)
{
    if (writer == NULL)
        return;
    /* The library frees a workbook only by closing it. */
    if (writer->book != NULL)
        workbook_close(writer->book);
    if (writer->csv != NULL)
        g_string_free(writer->csv, TRUE);
    if (writer->path != NULL)
        unlink(writer->path);
    g_free(writer->path);
    g_free(writer);
}

/* Text as XML 1.0 and Excel can hold it: valid, no control characters, at most 32,767 units. */
static char *
clean_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_sized_new(strlen(valid));
    int units = 0;
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        units += c > 0xFFFF ? 2 : 1;
        if (units > XLSX_MAX_TEXT)
            break;
        if ((c >= ' ' || c == '\n' || c == '\t') && c != 0xFFFE && c != 0xFFFF)
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static void
csv_field(SheetWriter *writer, const char *text, gboolean is_typed)
{
    if (writer->col > 0)
        g_string_append_c(writer->csv, ',');
    gboolean guard = !is_typed && text_is_formula_like(text);
    gboolean quote =
        strpbrk(text, ",\"\r\n") != NULL || *text == ' ' || g_str_has_suffix(text, " ");
    if (quote)
        g_string_append_c(writer->csv, '"');
    if (guard)
        g_string_append_c(writer->csv, '\'');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            g_string_append_c(writer->csv, '"');
        g_string_append_c(writer->csv, *p);
    }
    if (quote)
        g_string_append_c(writer->csv, '"');
}

static gboolean
row_fits(SheetWriter *writer)
{
    if (writer->row >= XLSX_MAX_ROWS)
        writer->is_too_large = TRUE;
    return !writer->is_too_large;
}

static lxw_format *
cell_format(const SheetWriter *writer)
{
    return writer->col < writer->n_columns ? writer->body[writer->style][writer->col] : NULL;
}

static void
write_string(SheetWriter *writer, const char *text, lxw_format *format)
{
    g_autofree char *clean = clean_text(text);
    if (writer->format == SHEET_CSV)
        csv_field(writer, clean, FALSE);
    else if (row_fits(writer))
        worksheet_write_string(writer->page, writer->row, (lxw_col_t) writer->col, clean, format);
    writer->col++;
}

static void
next_row(SheetWriter *writer)
{
    if (writer->format == SHEET_CSV)
        g_string_append(writer->csv, "\r\n");
    writer->row++;
    writer->col = 0;
    writer->style = STYLE_BODY;
}

void
sheet_writer_title(SheetWriter *writer, const char *text)
{
    g_return_if_fail(writer->heading_row < 0);
    write_string(writer, text, writer->n_titles == 0 ? writer->title : writer->subtitle);
    writer->n_titles++;
    next_row(writer);
}

/* "#,##0.00" with as many fraction digits as the column shows. */
static char *
number_code(const SheetColumn *column)
{
    GString *code = g_string_new(column->kind == COLUMN_PERCENT ? "0" : "#,##0");
    int digits = column->kind == COLUMN_INT ? 0 : CLAMP(column->digits, 0, 6);
    if (digits > 0)
        g_string_append_c(code, '.');
    for (int i = 0; i < digits; i++)
        g_string_append_c(code, '0');
    if (column->kind == COLUMN_PERCENT)
        g_string_append_c(code, '%');
    return g_string_free(code, FALSE);
}

static lxw_format *
column_format(SheetWriter *writer, const SheetColumn *column, RowStyle style)
{
    lxw_format *format = workbook_add_format(writer->book);
    g_autofree char *code = number_code(column);
    switch (column->kind) {
    case COLUMN_TEXT:
        format_set_num_format(format, "@"); /* "007" stays when the person edits the cell */
        break;
    case COLUMN_DAY:
        format_set_num_format(format, "yyyy\\-mm\\-dd");
        format_set_align(format, LXW_ALIGN_CENTER);
        break;
    case COLUMN_INT:
    case COLUMN_DECIMAL:
    case COLUMN_PERCENT:
        format_set_num_format(format, code);
        break;
    }
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (style == STYLE_TOTAL) {
        format_set_bold(format);
        format_set_top(format, LXW_BORDER_THIN);
    }
    return format;
}

/* Width of text in Latin characters: Chinese ones take two. */
static int
text_width(const char *text)
{
    int width = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        width += g_unichar_iswide(g_utf8_get_char(p)) ? 2 : 1;
    return width;
}

void
sheet_writer_columns(SheetWriter *writer, const SheetColumn *columns, gsize n_columns)
{
    g_return_if_fail(writer->heading_row < 0 && n_columns <= SHEET_WRITE_MAX_COLUMNS);
    writer->n_columns = (int) n_columns;
    writer->heading_row = (int) writer->row;
    for (int i = 0; i < writer->n_columns; i++) {
        writer->columns[i] = columns[i];
        if (writer->format == SHEET_XLSX) {
            int width = columns[i].width > 0 ? columns[i].width
                                             : CLAMP(text_width(columns[i].heading) + 3, 9, 40);
            for (int style = 0; style < STYLE__N; style++)
                writer->body[style][i] = column_format(writer, &columns[i], (RowStyle) style);
            worksheet_set_column(writer->page, (lxw_col_t) i, (lxw_col_t) i, width, NULL);
        }
        write_string(writer, columns[i].heading, writer->heading);
    }
    next_row(writer);
    writer->last_row = writer->heading_row;
    if (writer->format == SHEET_XLSX) {
        worksheet_freeze_panes(writer->page, writer->row, 0);
        worksheet_repeat_rows(writer->page, (lxw_row_t) writer->heading_row,
                              (lxw_row_t) writer->heading_row);
        worksheet_set_landscape(writer->page);
        worksheet_set_paper(writer->page, 9); /* A4 */
        worksheet_fit_to_pages(writer->page, 1, 0);
    }
}

void
sheet_write_blank(SheetWriter *writer)
{
    if (writer->format == SHEET_CSV) {
        if (writer->col > 0)
            g_string_append_c(writer->csv, ',');
    } else if (row_fits(writer)) {
        worksheet_write_blank(writer->page, writer->row, (lxw_col_t) writer->col,
                              cell_format(writer));
    }
    writer->col++;
}

void
sheet_write_text(SheetWriter *writer, const char *text)
{
    if (text == NULL || *text == '\0')
        sheet_write_blank(writer);
    else
        write_string(writer, text, cell_format(writer));
}

/* A spreadsheet knows only binary fractions; 15 digits survive the way there and back. */
static void
write_number(SheetWriter *writer, gint64 value, int scale)
{
    static const gint64 power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };
    g_return_if_fail(scale >= 0 && scale < (int) G_N_ELEMENTS(power));
    if (row_fits(writer))
        worksheet_write_number(writer->page, writer->row, (lxw_col_t) writer->col,
                               (double) value / (double) power[scale], cell_format(writer));
    writer->col++;
}

static void
csv_typed(SheetWriter *writer, const char *text)
{
    csv_field(writer, text, TRUE);
    writer->col++;
}

void
sheet_write_int(SheetWriter *writer, gint64 value)
{
    g_autofree char *text = decimal_format(value, 0, 0);
    /* Past 15 digits Excel would change the number (a card, an id): keep it as text. */
    if (writer->format == SHEET_CSV)
        csv_typed(writer, text);
    else if (strlen(text) > 15)
        write_string(writer, text, cell_format(writer));
    else
        write_number(writer, value, 0);
}

void
sheet_write_decimal(SheetWriter *writer, gint64 value, int scale)
{
    gboolean is_percent =
        writer->col < writer->n_columns && writer->columns[writer->col].kind == COLUMN_PERCENT;
    if (writer->format == SHEET_XLSX) {
        write_number(writer, value, is_percent ? scale + 2 : scale);
        return;
    }
    int digits =
        writer->col < writer->n_columns ? CLAMP(writer->columns[writer->col].digits, 0, 6) : 0;
    g_autofree char *text = decimal_format(value, scale, MIN(digits, scale));
    g_autofree char *shown = is_percent ? g_strconcat(text, "%", NULL) : g_strdup(text);
    csv_typed(writer, shown);
}

/* Excel's serial number; days before March 1900 have none that is right and stay text. */
void
sheet_write_day(SheetWriter *writer, Day day)
{
    if (day == DAY_NONE) {
        sheet_write_blank(writer);
        return;
    }
    char text[DAY_TEXT_SIZE];
    day_format(day, text);
    gint64 serial = day - day_from_ymd(1899, 12, 30);
    if (writer->format == SHEET_CSV)
        csv_typed(writer, text);
    else if (serial <= 60)
        write_string(writer, text, cell_format(writer));
    else
        write_number(writer, serial, 0);
}

void
sheet_write_begin_total(SheetWriter *writer)
{
    writer->style = STYLE_TOTAL;
}

void
sheet_write_end(SheetWriter *writer)
{
    /* The filter covers the rows, so that sorting leaves totals where they are. */
    if (writer->style == STYLE_BODY && !writer->is_filtered)
        writer->last_row = (int) writer->row;
    if (writer->style == STYLE_TOTAL)
        writer->is_filtered = TRUE;
    next_row(writer);
}

void
sheet_writer_footer(SheetWriter *writer, const char *text)
{
    writer->is_filtered = TRUE;
    write_string(writer, text, writer->footer);
    next_row(writer);
}

static gboolean
write_failed(GError **error, const char *why)
{
    return app_error_set(error, APP_ERROR_INTERNAL, "sheet.write", "表格写入失败：%s",
                         "Writing the workbook failed: %s", why);
}

static gboolean
writer_close(SheetWriter *writer, GError **error)
{
    if (writer->is_too_large)
        return app_error_set(error, APP_ERROR_INVALID, "sheet.too_large",
                             "超过 Excel 的 1,048,576 行，请缩小范围或导出 .csv",
                             "More than the 1,048,576 rows of Excel; narrow it or export .csv");
    if (writer->format == SHEET_CSV) {
        g_autoptr(GError) cause = NULL;
        return g_file_set_contents(writer->path, writer->csv->str, (gssize) writer->csv->len,
                                   &cause)
               || write_failed(error, cause->message);
    }
    if (writer->heading_row >= 0 && writer->n_columns > 0)
        worksheet_autofilter(writer->page, (lxw_row_t) writer->heading_row, 0,
                             (lxw_row_t) writer->last_row, (lxw_col_t) (writer->n_columns - 1));
    lxw_error code = workbook_close(g_steal_pointer(&writer->book));
    return code == LXW_NO_ERROR || write_failed(error, lxw_strerror(code));
}

char *
sheet_writer_finish_path(SheetWriter *writer, GError **error)
{
    return writer_close(writer, error) ? g_steal_pointer(&writer->path) : NULL;
}

GBytes *
sheet_writer_finish(SheetWriter *writer, GError **error)
{
    char *data;
    gsize len;
    g_autoptr(GError) cause = NULL;
    if (!writer_close(writer, error))
        return NULL;
    if (!g_file_get_contents(writer->path, &data, &len, &cause)) {
        write_failed(error, cause->message);
        return NULL;
    }
    return g_bytes_new_take(data, len);
}
