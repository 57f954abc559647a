/* sheet_internal.h - shared by the readers of this folder only. */
#pragma once
#include <expat.h>
#include <zip.h>

#include "base/error.h"
#include "sheet/sheet.h"

typedef enum { MERGED_NOT, MERGED_ACROSS = 1, MERGED_DOWN = 2 } MergedFlags;

typedef struct {
    const char *text; /* in the sheet's chunk */
    const char *raw;
    guint8 kind;   /* CellKind */
    guint8 merged; /* MergedFlags: where the copy lies seen from the top-left cell */
} Cell;

typedef struct {
    Cell *cells;
    int n;
} SheetRow;

typedef struct {
    int row1, col1, row2, col2;
} SheetRange;

struct Sheet {
    GStringChunk *chunk;
    GArray *rows; /* of SheetRow */
    int n_columns;
    gint64 n_cells; /* allocated, against SHEET_MAX_CELLS */
    char *name;
    char **names;
};

Sheet *sheet_new(void);
/* Forgets the cells, keeps the names. */
void sheet_reset(Sheet *sheet);
/* Stores a cell; text and raw must live in the chunk. Empty and blank text is left out. */
gboolean sheet_put(Sheet *sheet, int row, int col, Cell cell, GError **error);
const Cell *sheet_peek(const Sheet *sheet, int row, int col);
/* Repeats the top-left values over the @ranges, cut to the used part of the sheet. */
gboolean sheet_merge(Sheet *sheet, const SheetRange *ranges, guint n, GError **error);
#define sheet_error_too_large(error, zh, en) \
    app_error_set((error), APP_ERROR_INVALID, "sheet.too_large", zh, en)
gboolean sheet_error_broken(GError **error);

/* sheet_csv.c, sheet_xlsx.c */
gboolean sheet_csv_load(Sheet *sheet, const char *data, gsize len, GError **error);
gboolean sheet_xlsx_load(Sheet *sheet, zip_t *zip, const char *wanted, GError **error);

/* sheet_zip.c: opens an archive in memory (borrowed), reads entries by exact name within limits. */
zip_t *sheet_zip_open(const void *data, gsize len);
gboolean sheet_zip_has(zip_t *zip, const char *name);
/* *@budget is what may still be unpacked; it shrinks. */
GBytes *sheet_zip_read(zip_t *zip, const char *name, gsize *budget, GError **error);

/* sheet_xml.c: expat without document types, names without prefix. */
typedef struct SheetXml SheetXml;
struct SheetXml {
    void (*start)(SheetXml *xml, const char *name, const char **attrs);
    void (*end)(SheetXml *xml, const char *name);
    GString *text; /* where characters go, or NULL */
    gpointer user;
    GError *error; /* set by a handler to stop; taken by sheet_xml_parse() */
    XML_Parser parser;
};
gboolean sheet_xml_parse(SheetXml *xml, GBytes *data, GError **error);
/* Value of the attribute @name (prefix ignored), or NULL. */
const char *sheet_xml_attr(const char **attrs, const char *name);

/* sheet_format.c: number formats and what they make of a value. */
typedef struct {
    char *code; /* of the section list; NULL is General */
    gboolean has_date, has_time, has_seconds;
} NumberFormat;
void number_format_init(NumberFormat *format, int id, const char *code);
void number_format_clear(NumberFormat *format);
/* "3.6584E3" to "3658.4", at most 15 significant digits; NULL if @value is no number that can be
 * written plainly. transfer full. */
char *number_plain(const char *value);
/* @plain as @format shows it. transfer full. */
char *number_format_show(const NumberFormat *format, const char *plain);
/* Serial number @plain as "YYYY-MM-DD", with " HH:MM" if @format has a time; a time alone as "HH:MM".
 * NULL if there is no such day. *@day gets the day or DAY_NONE. transfer full. */
char *number_format_show_day(const NumberFormat *format, const char *plain, gboolean is_1904,
                             Day *day);
