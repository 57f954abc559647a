/* sheet.h - one table of a workbook (.xlsx) or .csv file in memory, made safe and plain: every cell
 * is text. Not for writing: see sheet_write.h; not for finding the heading: see sheet_heading.h.
 * Rows and columns count from 0. Start at sheet_read(). */
#pragma once
#include "base/day.h"

#define SHEET_MAX_BYTES ((gsize) 64 * 1024 * 1024) /* of the file, and of all it unpacks to */
#define SHEET_MAX_RATIO 200                        /* unpacked to packed, of entries over 1 MB */
#define SHEET_MAX_ROWS 100000
#define SHEET_MAX_COLUMNS 200
#define SHEET_MAX_CELLS 4000000

typedef enum {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_NUMBER,
    CELL_DATE,
    CELL_BOOL, /* text TRUE or FALSE */
    CELL_ERROR /* text is the error, e.g. #REF! */
} CellKind;

typedef struct Sheet Sheet;

/* Reads the first visible sheet with content of an .xlsx, or a .csv (UTF-8, UTF-16 or GB18030;
 * comma, semicolon or tab). The kind is told from the content; @file_name only makes the message
 * better and names the sheet of a .csv. Formulas give their cached value; merged cells repeat the
 * top-left value. Owns: transfer full. Errors: INVALID with token sheet.too_large,
 * sheet.not_a_spreadsheet, sheet.encrypted, sheet.old_xls, sheet.broken, sheet.empty. */
Sheet *sheet_read(const void *data, gsize len, const char *file_name, GError **error);
/* As above, the visible sheet called @sheet_name (NULL: the first with content). Adds the token
 * sheet.no_such_sheet. A .csv has one sheet, whatever the name. */
Sheet *sheet_read_named(const void *data, gsize len, const char *file_name, const char *sheet_name,
                        GError **error);
void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

/* Name of the sheet read, and of all visible sheets (NULL-terminated). transfer none. */
const char *sheet_name(const Sheet *sheet);
const char *const *sheet_names(const Sheet *sheet);
/* Rows and columns up to the last that holds anything. */
int sheet_rows(const Sheet *sheet);
int sheet_columns(const Sheet *sheet);

/* Text as the person sees it ("3,658.40", "5%", "2026-03-01", "2026-03-01 14:30"); "" for an empty
 * cell or one outside the table. transfer none, valid as long as @sheet. */
const char *sheet_cell(const Sheet *sheet, int row, int col);
/* The value to compute with: a number as plain decimal of at most 15 significant digits ("3658.4",
 * and "0.05" for a cell shown as 5%), a date as "YYYY-MM-DD"; any other kind as sheet_cell(). */
const char *sheet_raw(const Sheet *sheet, int row, int col);
CellKind sheet_kind(const Sheet *sheet, int row, int col);
/* TRUE if the cell is empty in the file and repeats the top-left cell of its merged range. */
gboolean sheet_is_merged_copy(const Sheet *sheet, int row, int col);
/* The day in a cell: a date cell, or text in the ways people write days (2026-3-1, 2026/3/1,
 * 2026.3.1, 2026年3月1日, 20260301). DAY_NONE otherwise. */
Day sheet_day(const Sheet *sheet, int row, int col);

/* Day of an Excel serial number in the 1900 or the 1904 system. DAY_NONE for 60 in the 1900 system
 * (29 February 1900, which Excel invents), for numbers below 1 (below 0 in 1904), and outside
 * DAY_MIN..DAY_MAX. */
Day sheet_serial_day(gint64 serial, gboolean is_1904);
/* (6, 3) gives "D7". transfer full. */
char *sheet_cell_name(int row, int col);

gboolean sheet_row_is_blank(const Sheet *sheet, int row);
/* TRUE if the first cell with text begins with 合计, 小计, 总计, 共计, 累计 or is the word Total,
 * Subtotal or Grand total. */
gboolean sheet_row_is_total(const Sheet *sheet, int row);
