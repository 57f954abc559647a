/* import_cell.c - from cells to values, and what is said about them. */
#include "base/text.h"
#include "store/import_internal.h"

#include <string.h>

static void
fault_free(gpointer data)
{
    ImportFault *fault = data;

    g_free(fault->field);
    for (int i = 0; i < LANG__N; i++)
        g_free(fault->text[i]);
    g_free(fault);
}

void
import_row_free(gpointer data)
{
    ImportRow *row = data;

    if (row->plan && row->plan_free)
        row->plan_free(row->plan);
    g_clear_pointer(&row->faults, g_ptr_array_unref);
    for (guint i = 0; i < row->n_values; i++)
        value_clear(&row->values[i]);
    g_free(row->values);
    g_free(row->label);
    g_free(row);
}

void
import_add_fault(ImportRow *row, int column, const char *field, const char *zh, const char *en)
{
    ImportFault *fault = g_new0(ImportFault, 1);

    fault->column = column;
    fault->field = g_strdup(field);
    fault->text[LANG_ZH] = g_strdup(zh);
    fault->text[LANG_EN] = g_strdup(en);
    if (!row->faults)
        row->faults = g_ptr_array_new_with_free_func(fault_free);
    g_ptr_array_add(row->faults, fault);
    row->outcome = IMPORT_ERROR;
}

int
import_field_index(const ImportKind *kind, const char *name)
{
    for (guint i = 0; name && i < kind->n_fields; i++) {
        if (strcmp(kind->fields[i].name, name) == 0)
            return (int) i;
    }
    return -1;
}

gboolean
import_has_fault(const ImportRow *row, const char *field)
{
    for (guint i = 0; row->faults && i < row->faults->len; i++) {
        const ImportFault *fault = row->faults->pdata[i];
        if (g_strcmp0(fault->field, field) == 0)
            return TRUE;
    }
    return FALSE;
}

static int
column_of(const Import *import, const char *field)
{
    int i = import_field_index(import->kind, field);

    return i < 0 ? -1 : import->column_of[i];
}

void
import_refuse(const Import *import, ImportRow *row, const char *field, const char *zh,
              const char *en, ...)
{
    va_list args;

    va_start(args, en);
    va_list again;
    va_copy(again, args);
    g_autofree char *zh_text = g_strdup_vprintf(zh, args);
    g_autofree char *en_text = g_strdup_vprintf(en, again);
    va_end(again);
    va_end(args);
    import_add_fault(row, column_of(import, field), field, zh_text, en_text);
}

void
import_take_error(const Import *import, ImportRow *row, const GError *error)
{
    const GPtrArray *fields =
        error->domain == APP_ERROR ? app_error_get_private(error)->fields : NULL;

    for (guint i = 0; fields && i < fields->len; i++) {
        const FieldError *f = fields->pdata[i];
        import_add_fault(row, column_of(import, f->field), f->field, f->text[LANG_ZH],
                         f->text[LANG_EN]);
    }
    if (!fields || fields->len == 0)
        import_add_fault(row, -1, NULL, app_error_text(error, LANG_ZH),
                         app_error_text(error, LANG_EN));
}

char *
import_cell_name(const Import *import, const ImportRow *row, const char *field)
{
    int column = column_of(import, field);

    return column < 0 ? g_strdup_printf("%d", row->row + 1) : sheet_cell_name(row->row, column);
}

const Value *
import_value(const Import *import, const ImportRow *row, const char *field)
{
    static const Value none = { .is_null = TRUE };
    int i = import_field_index(import->kind, field);

    return i < 0 || !row->values ? &none : &row->values[i];
}

const char *
import_text(const Import *import, const ImportRow *row, const char *field)
{
    const Value *value = import_value(import, row, field);

    return value->is_null ? NULL : value->text;
}

const char *
import_heading(const Import *import, const char *field)
{
    int column = column_of(import, field);

    return column < 0 || column >= import->heading.n_columns ? "" : import->heading.labels[column];
}

const char *
import_cell(const Import *import, const ImportRow *row, const char *field)
{
    int column = column_of(import, field);

    return column < 0 ? "" : sheet_cell(import->sheet, row->row, column);
}

gboolean
import_is_repeated(const Import *import, const ImportRow *row, const char *field)
{
    int column = column_of(import, field);

    return column >= 0 && sheet_is_merged_copy(import->sheet, row->row, column);
}

gboolean
import_is_shared(const Import *import, const ImportRow *row, const char *field)
{
    int column = column_of(import, field);

    return import_is_repeated(import, row, field)
           || (column >= 0 && sheet_is_merged_copy(import->sheet, row->row + 1, column));
}

const GPtrArray *
import_rows(const Import *import)
{
    return import->rows;
}

/* "0.055" is 5.5: the point moves by two places. */
static char *
times_hundred(const char *plain)
{
    g_autoptr(GString) s = g_string_new(plain);
    char *dot = strchr(s->str, '.');
    gsize at = dot ? (gsize) (dot - s->str) : s->len;

    if (dot)
        g_string_erase(s, (gssize) at, 1);
    while (s->len < at + 2)
        g_string_append_c(s, '0');
    if (s->len > at + 2)
        g_string_insert_c(s, (gssize) (at + 2), '.');
    gboolean negative = s->str[0] == '-';
    char *digits = s->str + (negative ? 1 : 0);
    gsize zeros = strspn(digits, "0");
    if (zeros && !g_ascii_isdigit(digits[zeros]))
        zeros--;
    return g_strconcat(negative ? "-" : "", digits + zeros, NULL);
}

char *
import_input(const Sheet *sheet, int row, int col, const FieldDef *field)
{
    const char *shown = sheet_cell(sheet, row, col), *raw = sheet_raw(sheet, row, col);
    CellKind kind = sheet_kind(sheet, row, col);

    if (kind == CELL_BOOL)
        return field->type == FT_BOOL ? g_ascii_strdown(raw, -1) : g_strdup(shown);
    if (kind == CELL_DATE)
        return g_strdup(field->type == FT_DAY ? raw : shown);
    if (kind != CELL_NUMBER)
        return g_strdup(shown);
    if (field->type == FT_PERCENT)
        return strchr(shown, '%') ? times_hundred(raw) : g_strdup(raw);
    if (field_is_text(field)) /* "0101" and "5%" as shown; never "1,001" or "1.4E+10" */
        return g_strdup(strpbrk(shown, ",Ee") ? raw : shown);
    return g_strdup(raw);
}

/* -- rows that are no records -------------------------------------------------------- */

static gboolean
begins_with_any(const char *text, const char *const *words)
{
    for (; *words; words++) {
        if (g_str_has_prefix(text, *words))
            return TRUE;
    }
    return FALSE;
}

/* "一层 | 小计 | …": the word may stand behind a merged cell. */
static gboolean
is_total(const Import *import, int row)
{
    static const char *const words[] = { "合计", "小计",     "总计",       "共计",
                                         "累计", "subtotal", "grandtotal", NULL };
    int looked = 0;

    if (sheet_row_is_total(import->sheet, row))
        return TRUE;
    for (int col = 0; col < sheet_columns(import->sheet) && looked < 4; col++) {
        if (sheet_kind(import->sheet, row, col) != CELL_TEXT)
            continue;
        g_autofree char *folded = text_fold(sheet_cell(import->sheet, row, col));
        looked++;
        if (begins_with_any(folded, words) || g_str_has_suffix(folded, "小计")
            || g_str_has_suffix(folded, "合计"))
            return TRUE;
    }
    return FALSE;
}

/* Printed again at the top of a page: every cell repeats the one of a heading row, or of the row of groups above it. */
static gboolean
is_heading_again(const Import *import, int row)
{
    int best = 0;

    for (int h = MAX(import->heading.row - 2, 0); h < import->heading.row + import->heading.n_rows;
         h++) {
        int same = 0;
        for (int col = 0; col < import->heading.n_columns && same >= 0; col++) {
            const char *text = sheet_cell(import->sheet, row, col);
            if (import->field_of[col] < 0 || !*text)
                continue;
            same = strcmp(text, sheet_cell(import->sheet, h, col)) == 0 ? same + 1 : -1;
        }
        best = MAX(best, same);
    }
    return best >= 2;
}

/* "备注：…", "制表人：…" in a cell of its own below the table. */
static gboolean
is_remark(const Import *import, int row)
{
    static const char *const words[] = { "注",   "备注", "说明", "制表", "填表",   "审核",
                                         "审批", "复核", "打印", "note", "remark", NULL };
    const char *first = NULL;

    for (int col = 0; col < sheet_columns(import->sheet); col++) {
        if (sheet_kind(import->sheet, row, col) == CELL_EMPTY
            || sheet_is_merged_copy(import->sheet, row, col))
            continue;
        if (!first)
            first = sheet_cell(import->sheet, row, col);
        else if (import->field_of[col] >= 0 && !strpbrk(sheet_cell(import->sheet, row, col), ":")
                 && !strstr(sheet_cell(import->sheet, row, col), "："))
            return FALSE;
    }
    g_autofree char *folded = first ? text_fold(first) : NULL;
    return folded && begins_with_any(folded, words);
}

gboolean
import_is_skipped(const Import *import, int row)
{
    gboolean filled = FALSE;

    for (int col = 0; col < import->heading.n_columns && !filled; col++)
        filled = import->field_of[col] >= 0 && sheet_kind(import->sheet, row, col) != CELL_EMPTY
                 && !sheet_is_merged_copy(import->sheet, row, col);
    return !filled || sheet_row_is_blank(import->sheet, row) || is_total(import, row)
           || is_heading_again(import, row) || is_remark(import, row);
}

/* -- cells ----------------------------------------------------------------------------- */

/* A form that is not read here: references are looked up by the kind. */
static gboolean
read_cell(const FieldDef *field, const char *text, Value *value, GError **error)
{
    static const FieldDef name = { .name = "name", .type = FT_TEXT, .max = 400 };
    const FieldDef *as = field->type == FT_REF ? &name : field;

    if ((field->flags & FF_MASKED) && strstr(text, "****"))
        return TRUE; /* an export, sent back: what is hidden stays as it is */
    return field_parse(as, text, TRUE, field->name, value, error);
}

void
import_read_row(const Import *import, ImportRow *row)
{
    const ImportKind *kind = import->kind;

    row->values = g_new0(Value, kind->n_fields);
    row->n_values = kind->n_fields;
    for (guint i = 0; i < kind->n_fields; i++) {
        const FieldDef *field = &kind->fields[i];
        int col = import->column_of[i];
        g_autoptr(GError) bad = NULL;

        row->values[i].is_null = TRUE;
        if (col < 0)
            continue;
        if (sheet_kind(import->sheet, row->row, col) == CELL_ERROR) {
            const char *what = sheet_cell(import->sheet, row->row, col);
            import_refuse(import, row, field->name, "单元格是公式错误 %s",
                          "the cell holds the error %s", what);
            continue;
        }
        g_autofree char *text = import_input(import->sheet, row->row, col, field);
        if (!read_cell(field, text, &row->values[i], &bad)) {
            value_clear(&row->values[i]);
            import_take_error(import, row, bad);
        }
    }
}
