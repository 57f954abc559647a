#include "sheet/sheet_internal.h"

#include <string.h>

#define XLSX_MAX_STRINGS 2000000
#define XLSX_MAX_STYLES 70000 /* Excel itself stops at 65,490 */
#define XLSX_MAX_SHEETS 1000
#define XLSX_MAX_RANGES 200000

typedef struct {
    char *name;
    char *relation; /* then the path, once resolved */
    char *path;
    gboolean is_hidden;
} BookSheet;

static void
book_sheet_clear(BookSheet *sheet)
{
    g_free(sheet->name);
    g_free(sheet->relation);
    g_free(sheet->path);
}

/* What is read of a workbook before its cells. */
typedef struct {
    Sheet *sheet;
    zip_t *zip;
    gsize budget;
    gboolean is_1904;
    GArray *sheets; /* of BookSheet */
    char *strings_path, *styles_path;
    GPtrArray *strings; /* of const char *, in the sheet's chunk */
    GHashTable *codes;  /* number format id to its code */
    GArray *formats;    /* of NumberFormat, by cell style */
    gboolean in_cell_styles;
    GString *text;
    int n_phonetic; /* depth inside a phonetic run, whose text is not the cell's */
} Book;

static void
book_clear(Book *book)
{
    g_array_unref(book->sheets);
    g_free(book->strings_path);
    g_free(book->styles_path);
    g_ptr_array_unref(book->strings);
    g_hash_table_unref(book->codes);
    g_array_unref(book->formats);
    g_string_free(book->text, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Book, book_clear)

static void
book_init(Book *book, Sheet *sheet, zip_t *zip)
{
    *book = (Book){ .sheet = sheet, .zip = zip, .budget = SHEET_MAX_BYTES };
    book->sheets = g_array_new(FALSE, TRUE, sizeof(BookSheet));
    g_array_set_clear_func(book->sheets, (GDestroyNotify) book_sheet_clear);
    book->strings = g_ptr_array_new();
    book->codes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    book->formats = g_array_new(FALSE, TRUE, sizeof(NumberFormat));
    g_array_set_clear_func(book->formats, (GDestroyNotify) number_format_clear);
    book->text = g_string_new(NULL);
}

static gboolean
is_true(const char *text)
{
    return text != NULL && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static int
small_int(const char *text, int otherwise)
{
    guint64 n;
    return text != NULL && g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT, &n, NULL) ? (int) n
                                                                                       : otherwise;
}

/* Parses one part of the workbook, if it is there. */
static gboolean
book_parse(Book *book, const char *path, SheetXml xml, GError **error)
{
    g_autoptr(GBytes) data = sheet_zip_read(book->zip, path, &book->budget, error);
    xml.user = xml.user == NULL ? book : xml.user;
    return data != NULL && sheet_xml_parse(&xml, data, error);
}

static void
workbook_start(SheetXml *xml, const char *name, const char **attrs)
{
    Book *book = xml->user;
    if (strcmp(name, "workbookPr") == 0)
        book->is_1904 = is_true(sheet_xml_attr(attrs, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return;
    const char *state = sheet_xml_attr(attrs, "state");
    const char *title = sheet_xml_attr(attrs, "name");
    /* The relation is "r:id"; a plain "id" does not occur beside it. */
    BookSheet sheet = { .name = g_strdup(title == NULL ? "" : title),
                        .relation = g_strdup(sheet_xml_attr(attrs, "id")),
                        .is_hidden = state != NULL && strcmp(state, "visible") != 0 };
    g_array_append_val(book->sheets, sheet);
    if (book->sheets->len > XLSX_MAX_SHEETS)
        sheet_error_broken(&xml->error);
}

static char *
resolve_target(const char *target)
{
    return *target == '/' ? g_strdup(target + 1) : g_strconcat("xl/", target, NULL);
}

static void
relation_start(SheetXml *xml, const char *name, const char **attrs)
{
    Book *book = xml->user;
    const char *id = sheet_xml_attr(attrs, "Id");
    const char *type = sheet_xml_attr(attrs, "Type");
    const char *target = sheet_xml_attr(attrs, "Target");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL)
        return;
    if (g_str_has_suffix(type, "/sharedStrings") && book->strings_path == NULL)
        book->strings_path = resolve_target(target);
    if (g_str_has_suffix(type, "/styles") && book->styles_path == NULL)
        book->styles_path = resolve_target(target);
    /* Chart sheets have another type and no cells. */
    for (guint i = 0; i < book->sheets->len && g_str_has_suffix(type, "/worksheet"); i++) {
        BookSheet *sheet = &g_array_index(book->sheets, BookSheet, i);
        if (sheet->path == NULL && g_strcmp0(sheet->relation, id) == 0)
            sheet->path = resolve_target(target);
    }
}

static int
hex_value(const char *p, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (!g_ascii_isxdigit(p[i]))
            return -1;
        value = value * 16 + g_ascii_xdigit_value(p[i]);
    }
    return value;
}

/* Excel writes control characters as _x000D_; drop them except line ends, and mark nothing else. */
static const char *
keep_text(Book *book, GString *text)
{
    g_autoptr(GString) clean = NULL;
    const char *start = text->str;
    for (const char *p = strstr(start, "_x"); p != NULL; p = strstr(p, "_x")) {
        int code = hex_value(p + 2, 4);
        if (code < 0 || p[6] != '_') {
            p += 2;
            continue;
        }
        if (clean == NULL)
            clean = g_string_new(NULL);
        g_string_append_len(clean, start, p - start);
        if (code == '\n' || code == '\t')
            g_string_append_c(clean, (char) code);
        else if (code >= ' ' && code < 0xD800)
            g_string_append_unichar(clean, (gunichar) code);
        p += 7;
        start = p;
    }
    if (clean != NULL)
        g_string_append(clean, start);
    return g_string_chunk_insert(book->sheet->chunk, clean == NULL ? text->str : clean->str);
}

static void
strings_start(SheetXml *xml, const char *name, const char **attrs G_GNUC_UNUSED)
{
    Book *book = xml->user;
    if (strcmp(name, "si") == 0)
        g_string_truncate(book->text, 0);
    else if (strcmp(name, "rPh") == 0)
        book->n_phonetic++;
    else if (strcmp(name, "t") == 0 && book->n_phonetic == 0)
        xml->text = book->text;
}

static void
strings_end(SheetXml *xml, const char *name)
{
    Book *book = xml->user;
    if (strcmp(name, "t") == 0) {
        xml->text = NULL;
    } else if (strcmp(name, "rPh") == 0) {
        book->n_phonetic--;
    } else if (strcmp(name, "si") == 0) {
        if (book->strings->len >= XLSX_MAX_STRINGS)
            sheet_error_too_large(&xml->error, "表格里的文字过多",
                                  "The workbook has too many texts");
        g_ptr_array_add(book->strings, (gpointer) keep_text(book, book->text));
    }
}

static void
styles_start(SheetXml *xml, const char *name, const char **attrs)
{
    Book *book = xml->user;
    if (strcmp(name, "numFmt") == 0) {
        const char *code = sheet_xml_attr(attrs, "formatCode");
        int id = small_int(sheet_xml_attr(attrs, "numFmtId"), -1);
        if (id >= 0 && code != NULL && g_hash_table_size(book->codes) < XLSX_MAX_STYLES)
            g_hash_table_insert(book->codes, GINT_TO_POINTER(id), g_strdup(code));
    } else if (strcmp(name, "cellXfs") == 0) {
        book->in_cell_styles = TRUE;
    } else if (strcmp(name, "xf") == 0 && book->in_cell_styles
               && book->formats->len < XLSX_MAX_STYLES) {
        int id = small_int(sheet_xml_attr(attrs, "numFmtId"), 0);
        NumberFormat format;
        number_format_init(&format, id, g_hash_table_lookup(book->codes, GINT_TO_POINTER(id)));
        g_array_append_val(book->formats, format);
    }
}

static void
styles_end(SheetXml *xml, const char *name)
{
    if (strcmp(name, "cellXfs") == 0)
        ((Book *) xml->user)->in_cell_styles = FALSE;
}

typedef enum { VALUE_NUMBER, VALUE_SHARED, VALUE_TEXT, VALUE_BOOL, VALUE_ERROR, VALUE_DATE } Value;

/* Where the reader of one sheet stands. */
typedef struct {
    Book *book;
    int row, col;
    Value value;
    int style;
    gboolean in_cell;
    GString *text;
    int n_phonetic;
    GArray *ranges; /* of SheetRange */
} Grid;

/* "AB12" to column and row; FALSE if it is not a cell. */
static gboolean
cell_parse(const char *text, const char **end, int *row, int *col)
{
    gint64 r = 0, c = 0;
    for (; g_ascii_isalpha(*text) && c < 100000; text++)
        c = c * 26 + (g_ascii_toupper(*text) - 'A' + 1);
    for (; g_ascii_isdigit(*text) && r < 100000000; text++)
        r = r * 10 + (*text - '0');
    if (r == 0 || c == 0)
        return FALSE;
    *row = (int) r - 1;
    *col = (int) c - 1;
    *end = text;
    return TRUE;
}

static Value
value_parse(const char *type)
{
    static const char *const names[] = {
        [VALUE_NUMBER] = "n", [VALUE_SHARED] = "s", [VALUE_TEXT] = "str",
        [VALUE_BOOL] = "b",   [VALUE_ERROR] = "e",  [VALUE_DATE] = "d"
    };
    for (gsize i = 0; type != NULL && i < G_N_ELEMENTS(names); i++)
        if (strcmp(type, names[i]) == 0)
            return (Value) i;
    return type == NULL ? VALUE_NUMBER : VALUE_TEXT; /* inlineStr */
}

static void
range_start(SheetXml *xml, Grid *grid, const char *ref)
{
    SheetRange range;
    const char *p = ref;
    if (ref == NULL || !cell_parse(p, &p, &range.row1, &range.col1) || *p != ':'
        || !cell_parse(p + 1, &p, &range.row2, &range.col2) || *p != '\0' || range.row1 > range.row2
        || range.col1 > range.col2)
        return;
    if (grid->ranges->len >= XLSX_MAX_RANGES)
        sheet_error_too_large(&xml->error, "表格的合并单元格过多",
                              "The sheet has too many merged cells");
    else
        g_array_append_val(grid->ranges, range);
}

static void
grid_start(SheetXml *xml, const char *name, const char **attrs)
{
    Grid *grid = xml->user;
    const char *end;
    if (strcmp(name, "row") == 0) {
        grid->row = small_int(sheet_xml_attr(attrs, "r"), grid->row + 2) - 1;
        grid->col = -1;
    } else if (strcmp(name, "c") == 0) {
        const char *ref = sheet_xml_attr(attrs, "r");
        grid->col++;
        if (ref != NULL && !cell_parse(ref, &end, &grid->row, &grid->col))
            sheet_error_broken(&xml->error);
        grid->value = value_parse(sheet_xml_attr(attrs, "t"));
        grid->style = small_int(sheet_xml_attr(attrs, "s"), 0);
        grid->in_cell = TRUE;
        g_string_truncate(grid->text, 0);
    } else if (strcmp(name, "rPh") == 0) {
        grid->n_phonetic++;
    } else if (grid->in_cell
               && (strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && grid->n_phonetic == 0))) {
        xml->text = grid->text;
    } else if (strcmp(name, "mergeCell") == 0) {
        range_start(xml, grid, sheet_xml_attr(attrs, "ref"));
    }
}

static Cell
grid_number(Grid *grid)
{
    Book *book = grid->book;
    GStringChunk *chunk = book->sheet->chunk;
    const NumberFormat *format = grid->style < (int) book->formats->len
                                     ? &g_array_index(book->formats, NumberFormat, grid->style)
                                     : NULL;
    g_autofree char *plain = number_plain(grid->text->str);
    if (plain == NULL) {
        const char *kept = keep_text(book, grid->text);
        return (Cell){ .text = kept, .raw = kept, .kind = CELL_TEXT };
    }
    if (format != NULL && (format->has_date || format->has_time)) {
        Day day;
        g_autofree char *shown = number_format_show_day(format, plain, book->is_1904, &day);
        if (shown != NULL) {
            const char *kept = g_string_chunk_insert(chunk, shown);
            char iso[DAY_TEXT_SIZE];
            if (day == DAY_NONE)
                return (Cell){ .text = kept, .raw = kept, .kind = CELL_TEXT };
            return (Cell){ .text = kept,
                           .raw = strlen(kept) == DAY_TEXT_SIZE - 1
                                      ? kept
                                      : g_string_chunk_insert(chunk, day_format(day, iso)),
                           .kind = CELL_DATE };
        }
        format = NULL;
    }
    const char *raw = g_string_chunk_insert(chunk, plain);
    g_autofree char *shown = number_format_show(format, plain);
    return (Cell){ .text = strcmp(shown, plain) == 0 ? raw : g_string_chunk_insert(chunk, shown),
                   .raw = raw,
                   .kind = CELL_NUMBER };
}

static Cell
grid_cell(Grid *grid)
{
    Book *book = grid->book;
    const char *text = grid->text->str;
    CellKind kind = CELL_TEXT;
    switch (grid->value) {
    case VALUE_NUMBER:
        return grid->text->len > 0 ? grid_number(grid) : (Cell){ .text = "", .raw = "" };
    case VALUE_SHARED: {
        int index = small_int(text, -1);
        text = index >= 0 && (guint) index < book->strings->len
                   ? g_ptr_array_index(book->strings, (guint) index)
                   : "";
        return (Cell){ .text = text, .raw = text, .kind = CELL_TEXT };
    }
    case VALUE_BOOL:
        text = is_true(text) ? "TRUE" : "FALSE";
        return (Cell){ .text = text, .raw = text, .kind = CELL_BOOL };
    case VALUE_DATE: {
        g_autofree char *iso = g_strndup(text, DAY_TEXT_SIZE - 1);
        kind = day_parse(iso) != DAY_NONE ? CELL_DATE : CELL_TEXT;
        if (kind == CELL_DATE)
            g_string_truncate(grid->text, DAY_TEXT_SIZE - 1);
        break;
    }
    case VALUE_ERROR:
        kind = CELL_ERROR;
        break;
    case VALUE_TEXT:
        break;
    }
    text = keep_text(book, grid->text);
    return (Cell){ .text = text, .raw = text, .kind = (guint8) kind };
}

static void
grid_end(SheetXml *xml, const char *name)
{
    Grid *grid = xml->user;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        xml->text = NULL;
    } else if (strcmp(name, "rPh") == 0) {
        grid->n_phonetic--;
    } else if (strcmp(name, "c") == 0) {
        xml->text = NULL;
        grid->in_cell = FALSE;
        sheet_put(grid->book->sheet, grid->row, grid->col, grid_cell(grid), &xml->error);
    }
}

static gboolean
grid_load(Book *book, const BookSheet *from, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(SheetRange));
    Grid grid = { .book = book, .row = -1, .col = -1, .text = text, .ranges = ranges };
    sheet_reset(book->sheet);
    SheetXml xml = { .start = grid_start, .end = grid_end, .user = &grid };
    if (!book_parse(book, from->path, xml, error)
        || !sheet_merge(book->sheet, (const SheetRange *) (void *) ranges->data, ranges->len,
                        error))
        return FALSE;
    g_free(book->sheet->name);
    book->sheet->name = g_strdup(from->name);
    return TRUE;
}

static gboolean
book_load(Book *book, GError **error)
{
    SheetXml workbook = { .start = workbook_start };
    SheetXml relations = { .start = relation_start };
    SheetXml strings = { .start = strings_start, .end = strings_end };
    SheetXml styles = { .start = styles_start, .end = styles_end };
    return book_parse(book, "xl/workbook.xml", workbook, error)
           && book_parse(book, "xl/_rels/workbook.xml.rels", relations, error)
           && (book->strings_path == NULL || !sheet_zip_has(book->zip, book->strings_path)
               || book_parse(book, book->strings_path, strings, error))
           && (book->styles_path == NULL || !sheet_zip_has(book->zip, book->styles_path)
               || book_parse(book, book->styles_path, styles, error));
}

gboolean
sheet_xlsx_load(Sheet *sheet, zip_t *zip, const char *wanted, GError **error)
{
    g_auto(Book) book;
    book_init(&book, sheet, zip);
    if (!book_load(&book, error))
        return FALSE;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < book.sheets->len; i++) {
        const BookSheet *at = &g_array_index(book.sheets, BookSheet, i);
        if (!at->is_hidden && at->path != NULL)
            g_ptr_array_add(names, g_strdup(at->name));
    }
    g_ptr_array_add(names, NULL);
    sheet->names = (char **) g_ptr_array_steal(names, NULL);
    for (guint i = 0; i < book.sheets->len; i++) {
        const BookSheet *at = &g_array_index(book.sheets, BookSheet, i);
        if (at->is_hidden || at->path == NULL || (wanted != NULL && strcmp(at->name, wanted) != 0))
            continue;
        if (!grid_load(&book, at, error))
            return FALSE;
        if (wanted != NULL || sheet_rows(sheet) > 0)
            return TRUE;
    }
    if (wanted != NULL)
        return app_error_set(error, APP_ERROR_INVALID, "sheet.no_such_sheet",
                             "没有名为“%s”的工作表", "There is no sheet called “%s”", wanted);
    return TRUE;
}
