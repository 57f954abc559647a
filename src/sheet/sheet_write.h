/* sheet_write.h - writes a table of any length as .xlsx (constant memory) or .csv, row by row.
 * Strings never become formulas. Not for layouts: one sheet, a title block, one heading, rows,
 * footer lines. Order of calls: new, title*, columns, (row cells, end)*, footer*, finish. */
#pragma once
#include "base/day.h"

typedef enum { SHEET_XLSX, SHEET_CSV } SheetFormat;
typedef enum { COLUMN_TEXT, COLUMN_INT, COLUMN_DECIMAL, COLUMN_PERCENT, COLUMN_DAY } SheetColumnKind;

typedef struct {
    const char *heading;
    SheetColumnKind kind; /* number format and alignment of the column */
    int digits;           /* fraction digits shown, decimal and percent; 0..6 */
    int width;            /* in characters; 0 fits the heading */
} SheetColumn;

typedef struct {
    SheetFormat format;
    const char *sheet_name; /* NULL: Sheet1; characters that Excel forbids are replaced */
    const char *serial;     /* kept in the file's properties to trace an export; may be NULL */
} SheetWriteOptions;

typedef struct SheetWriter SheetWriter;

/* Owns: transfer full. Errors: INTERNAL if no temporary file can be made. */
SheetWriter *sheet_writer_new(const SheetWriteOptions *options, GError **error);
/* Removes the temporary file unless finished with a path. */
void sheet_writer_free(SheetWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SheetWriter, sheet_writer_free)

/* A line above the heading; the first is large. Before sheet_writer_columns(). */
void sheet_writer_title(SheetWriter *writer, const char *text);
/* Writes the heading row, sets widths, freezes it and puts the filter on it. Once. At most
 * SHEET_WRITE_MAX_COLUMNS. */
#define SHEET_WRITE_MAX_COLUMNS 200
void sheet_writer_columns(SheetWriter *writer, const SheetColumn *columns, gsize n_columns);

/* The next cell of the row, left to right. NULL text, DAY_NONE and _blank leave it empty. */
void sheet_write_text(SheetWriter *writer, const char *text);
void sheet_write_int(SheetWriter *writer, gint64 value);
/* An integer of 10^-@scale, e.g. fen with scale 2. For a percent column @value is in percent: ppm are
 * passed with scale 4 (50000 ppm, scale 4: 5 %). */
void sheet_write_decimal(SheetWriter *writer, gint64 value, int scale);
void sheet_write_day(SheetWriter *writer, Day day);
void sheet_write_blank(SheetWriter *writer);
/* Ends the row. */
void sheet_write_end(SheetWriter *writer);
/* The cells up to the next sheet_write_end() are in the style of a total. */
void sheet_write_begin_total(SheetWriter *writer);
/* A line of text below the rows. Ends the rows. */
void sheet_writer_footer(SheetWriter *writer, const char *text);

/* Completes the file. Errors: INTERNAL. Rows past Excel's 1,048,576 give INVALID sheet.too_large. */
GBytes *sheet_writer_finish(SheetWriter *writer, GError **error);
/* As above, but the file stays in the temporary folder; the caller removes it. transfer full. */
char *sheet_writer_finish_path(SheetWriter *writer, GError **error);
