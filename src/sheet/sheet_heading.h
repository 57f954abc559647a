/* sheet_heading.h - finds the heading in a sheet made by people: titles above it, two merged heading
 * rows, units in brackets. Not for the meaning of the values below. Start at sheet_find_heading_row(). */
#pragma once
#include "sheet/sheet.h"

/* One field that a column may hold. A two-row heading is matched as "parent/child", e.g.
 * "计租期限/起", and then as the child alone. */
typedef struct {
    const char *key;      /* name of the field */
    const char *synonyms; /* headings that mean it, separated by '|' */
} SheetHeading;

/* What a heading says about the columns. */
typedef struct {
    int row;          /* first heading row; -1 if none */
    int n_rows;       /* 1 or 2 */
    int data_row;     /* first row after the heading */
    int n_matched;    /* distinct keys found */
    int n_columns;    /* length of heading_of and labels */
    int *heading_of;  /* per column: index into the headings given, or -1 */
    char **labels;    /* per column: the heading as shown, "parent/child" if joined; NULL-terminated */
} SheetHeadingMap;

void sheet_heading_map_clear(SheetHeadingMap *map);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SheetHeadingMap, sheet_heading_map_clear)

/* Scores each of the first 30 rows, alone and together with the next, by the number of @headings it
 * shows, and fills @map from the best. Spaces, brackets and units (（元）, (㎡)) do not count. Each
 * heading takes one column. Returns the row, or -1 (and an empty @map) if fewer than two headings
 * (or the only one given) are found. @map must be zeroed or cleared. */
int sheet_find_heading_row(const Sheet *sheet, const SheetHeading *headings, gsize n_headings,
                           SheetHeadingMap *map);
/* Fills @map as if @row had been found, for a person who points at the heading. FALSE if @row is not
 * in the sheet. */
gboolean sheet_map_heading_row(const Sheet *sheet, int row, const SheetHeading *headings,
                               gsize n_headings, SheetHeadingMap *map);
/* The column that holds heading number @heading, or -1. */
int sheet_heading_column(const SheetHeadingMap *map, int heading);
/* The form in which headings are compared: half-width, lower case, without spaces and punctuation.
 * transfer full. */
char *sheet_heading_fold(const char *text);
