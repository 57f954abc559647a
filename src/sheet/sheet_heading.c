#include "sheet/sheet_heading.h"

#include <string.h>

#include "sheet/sheet_internal.h"

#define HEADING_ROWS_TRIED 30
#define HEADING_MAX_BYTES 300 /* longer text is prose */

void
sheet_heading_map_clear(SheetHeadingMap *map)
{
    g_clear_pointer(&map->heading_of, g_free);
    g_clear_pointer(&map->labels, g_strfreev);
    *map = (SheetHeadingMap){ .row = -1 };
}

char *
sheet_heading_fold(const char *text)
{
    /* NFKC makes ㎡ to m2, （ to ( and full-width letters to plain ones. */
    g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_autofree char *lower = g_utf8_casefold(plain == NULL ? "" : plain, -1);
    GString *out = g_string_new(NULL);
    for (const char *p = lower; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) || c == '%')
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static gboolean
is_unit(const char *text)
{
    static const char *const units[] = { "元",   "万元",   "m2",   "平米", "平方米", "平方", "%",
                                         "天",   "日",     "个月", "月",   "年",     "人",   "个",
                                         "间",   "次",     "kw",   "kva",  "m",      "cm",   "mm",
                                         "千瓦", "吨",     "度",   "kg",   "人民币", "rmb",  "cny",
                                         "含税", "不含税", "选填", "必填", "可选" };
    g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_auto(GStrv) parts = g_strsplit_set(plain == NULL ? "" : plain, "/·*.,", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_autofree char *folded = sheet_heading_fold(*part);
        gboolean found = *folded == '\0';
        for (gsize i = 0; i < G_N_ELEMENTS(units) && !found; i++)
            found = strcmp(folded, units[i]) == 0;
        if (!found)
            return FALSE;
    }
    return TRUE;
}

/* @text without its bracketed parts; only those that hold units, unless @all. */
static char *
without_brackets(const char *text, gboolean all)
{
    g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    GString *out = g_string_new(NULL);
    const char *p = plain == NULL ? "" : plain;
    while (*p != '\0') {
        gsize len = strcspn(p, "([");
        g_string_append_len(out, p, (gssize) len);
        p += len;
        gsize inner = *p == '\0' ? 0 : strcspn(p + 1, ")]");
        if (*p == '\0')
            break;
        g_autofree char *inside = g_strndup(p + 1, inner);
        if (!all && !is_unit(inside))
            g_string_append_len(out, p + 1, (gssize) inner);
        p += 1 + inner;
        p += *p != '\0' ? 1 : 0;
    }
    return g_string_free(out, FALSE);
}

/* The forms under which a label is looked up, from exact to loose. */
#define N_FORMS 3

static int
label_match(GHashTable *known, const char *label, int *quality)
{
    if (strlen(label) > HEADING_MAX_BYTES)
        return -1;
    for (int form = 0; form < N_FORMS; form++) {
        g_autofree char *bare = form == 0 ? g_strdup(label) : without_brackets(label, form == 2);
        g_autofree char *folded = sheet_heading_fold(bare);
        gpointer found = *folded == '\0' ? NULL : g_hash_table_lookup(known, folded);
        if (found != NULL) {
            *quality = form;
            return GPOINTER_TO_INT(found) - 1;
        }
    }
    return -1;
}

/* Folded synonym to heading number + 1; the first heading that claims a word keeps it. */
static GHashTable *
synonyms_index(const SheetHeading *headings, gsize n)
{
    GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int form = 0; form < 2; form++)
        for (gsize i = 0; i < n; i++) {
            g_auto(GStrv) words = g_strsplit(headings[i].synonyms, "|", -1);
            for (char **word = words; *word != NULL; word++) {
                g_autofree char *bare =
                    form == 0 ? g_strdup(*word) : without_brackets(*word, FALSE);
                char *folded = sheet_heading_fold(bare);
                if (*folded != '\0' && !g_hash_table_contains(known, folded))
                    g_hash_table_insert(known, folded, GINT_TO_POINTER((int) i + 1));
                else
                    g_free(folded);
            }
        }
    return known;
}

/* The text above the children: a parent that was not merged stands in its first column only. */
static const char *
parent_text(const Sheet *sheet, int row, int col)
{
    while (col > 0 && sheet_kind(sheet, row, col) == CELL_EMPTY
           && sheet_kind(sheet, row + 1, col) != CELL_EMPTY)
        col--;
    return sheet_cell(sheet, row, col);
}

/* Collects runs of spaces and line ends inside a heading into nothing: "计租\n面积" is one word. */
static char *
label_clean(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c != '\n' && c != '\r' && c != '\t')
            g_string_append_unichar(out, c);
    }
    return g_strstrip(g_string_free(out, FALSE));
}

typedef struct {
    const Sheet *sheet;
    GHashTable *known;
    int n_headings;
} Search;

typedef struct {
    int quality; /* 0 exact, more is looser */
    gboolean uses_parent;
} Match;

/* Heading number for one column, trying parent and child together, the child, the parent. */
static int
column_match(const Search *search, int row, int n_rows, int col, char **label, Match *match)
{
    int *quality = &match->quality;
    const Sheet *sheet = search->sheet;
    g_autofree char *upper = label_clean(sheet_cell(sheet, row, col));
    if (n_rows == 1) {
        int found = label_match(search->known, upper, quality);
        *label = g_steal_pointer(&upper);
        return found;
    }
    g_autofree char *parent = label_clean(parent_text(sheet, row, col));
    g_autofree char *child = label_clean(sheet_cell(sheet, row + 1, col));
    gboolean is_same = (sheet_peek(sheet, row + 1, col)->merged & MERGED_DOWN) != 0;
    if (*child == '\0' || *parent == '\0' || is_same || strcmp(parent, child) == 0) {
        *label = g_strdup(*child == '\0' ? upper : child);
        return label_match(search->known, *label, quality);
    }
    *label = g_strconcat(parent, "/", child, NULL);
    int found = label_match(search->known, *label, quality);
    match->uses_parent = found >= 0;
    if (found < 0 && (found = label_match(search->known, child, quality)) >= 0)
        *quality += N_FORMS;
    /* Only a first column may stand for its parent: "面积" above "（㎡）". */
    if (found < 0 && (sheet_peek(sheet, row, col)->merged & MERGED_ACROSS) == 0 && is_unit(child)
        && (found = label_match(search->known, parent, quality)) >= 0) {
        *quality += 2 * N_FORMS;
        match->uses_parent = TRUE;
    }
    return found;
}

/* Fills @map for a heading at @row; returns the summed looseness of the matches, and whether any
 * needed the upper row. */
static Match
map_row(const Search *search, int row, int n_rows, SheetHeadingMap *map)
{
    int n = sheet_columns(search->sheet);
    Match sum = { 0 };
    g_autofree int *best = g_new(int, (gsize) MAX(search->n_headings, 1));
    g_autofree int *taken_by = g_new(int, (gsize) MAX(search->n_headings, 1));
    for (int i = 0; i < search->n_headings; i++)
        taken_by[i] = -1;
    *map =
        (SheetHeadingMap){ .row = row, .n_rows = n_rows, .data_row = row + n_rows, .n_columns = n };
    map->heading_of = g_new(int, (gsize) MAX(n, 1));
    map->labels = g_new0(char *, (gsize) n + 1);
    for (int col = 0; col < n; col++) {
        Match match = { 0 };
        int found = column_match(search, row, n_rows, col, &map->labels[col], &match);
        map->heading_of[col] = -1;
        if (found < 0 || (taken_by[found] >= 0 && best[found] <= match.quality))
            continue;
        if (taken_by[found] >= 0)
            map->heading_of[taken_by[found]] = -1;
        map->heading_of[col] = found;
        taken_by[found] = col;
        best[found] = match.quality;
        sum.uses_parent |= match.uses_parent;
    }
    for (int i = 0; i < search->n_headings; i++) {
        map->n_matched += taken_by[i] >= 0 ? 1 : 0;
        sum.quality += taken_by[i] >= 0 ? best[i] : 0;
    }
    return sum;
}

static gboolean
is_merged_downwards(const Sheet *sheet, int row)
{
    for (int col = 0; col < sheet_columns(sheet); col++)
        if ((sheet_peek(sheet, row + 1, col)->merged & MERGED_DOWN) != 0
            && (sheet_peek(sheet, row, col)->merged & MERGED_DOWN) == 0)
            return TRUE;
    return FALSE;
}

/* The better of one and two rows at @row. Two rows must be of use: parents that make matches, or cells
 * merged across both. */
static int
map_best(const Search *search, int row, SheetHeadingMap *map)
{
    int looseness = map_row(search, row, 1, map).quality;
    if (row + 1 >= sheet_rows(search->sheet))
        return looseness;
    g_auto(SheetHeadingMap) two = { 0 };
    Match sum = map_row(search, row, 2, &two);
    gboolean is_merged = is_merged_downwards(search->sheet, row);
    if (two.n_matched < map->n_matched || (!is_merged && !sum.uses_parent)
        || (two.n_matched == map->n_matched && !is_merged))
        return looseness;
    sheet_heading_map_clear(map);
    *map = two;
    two = (SheetHeadingMap){ 0 };
    return sum.quality;
}

int
sheet_find_heading_row(const Sheet *sheet, const SheetHeading *headings, gsize n_headings,
                       SheetHeadingMap *map)
{
    g_return_val_if_fail(sheet != NULL && map != NULL && n_headings <= G_MAXINT, -1);
    g_autoptr(GHashTable) known = synonyms_index(headings, n_headings);
    Search search = { .sheet = sheet, .known = known, .n_headings = (int) n_headings };
    int rows = MIN(sheet_rows(sheet), HEADING_ROWS_TRIED), looseness = 0;
    sheet_heading_map_clear(map);
    for (int row = 0; row < rows; row++) {
        g_auto(SheetHeadingMap) at = { 0 };
        int at_looseness = map_best(&search, row, &at);
        /* Rows of a two-row heading that are one below the best would match their children alone. */
        if (at.n_matched < map->n_matched
            || (at.n_matched == map->n_matched && (map->row >= 0 && at_looseness >= looseness)))
            continue;
        sheet_heading_map_clear(map);
        *map = at;
        at = (SheetHeadingMap){ 0 };
        looseness = at_looseness;
    }
    if (map->n_matched < (int) MIN(n_headings, 2) || map->n_matched == 0)
        sheet_heading_map_clear(map);
    return map->row;
}

gboolean
sheet_map_heading_row(const Sheet *sheet, int row, const SheetHeading *headings, gsize n_headings,
                      SheetHeadingMap *map)
{
    g_return_val_if_fail(sheet != NULL && map != NULL && n_headings <= G_MAXINT, FALSE);
    g_autoptr(GHashTable) known = synonyms_index(headings, n_headings);
    Search search = { .sheet = sheet, .known = known, .n_headings = (int) n_headings };
    sheet_heading_map_clear(map);
    if (row < 0 || row >= sheet_rows(sheet))
        return FALSE;
    map_best(&search, row, map);
    return TRUE;
}

int
sheet_heading_column(const SheetHeadingMap *map, int heading)
{
    for (int col = 0; col < map->n_columns; col++)
        if (map->heading_of[col] == heading)
            return col;
    return -1;
}
