/* import_out.c - what an import shows: the preview, the bad rows as a sheet, the empty sheet to fill in. */
#include "sheet/sheet_write.h"
#include "store/import_internal.h"

#include <string.h>

static const char *const outcome_words[IMPORT__N] = { "create", "update", "error", "skip" };

/* "D" of column 3. transfer full. */
static char *
column_letter(int col)
{
    char *name = sheet_cell_name(0, col);

    name[strcspn(name, "0123456789")] = '\0';
    return name;
}

static void
write_columns(const Import *import, JsonOut *out)
{
    json_key(out, "columns");
    json_begin_array(out);
    for (int col = 0; col < sheet_columns(import->sheet); col++) {
        g_autofree char *letter = column_letter(col);
        int field = import->field_of[col];
        json_begin_object(out);
        json_kv_int(out, "index", col);
        json_kv_text(out, "letter", letter);
        json_kv_text(out, "heading",
                     col < import->heading.n_columns ? import->heading.labels[col] : "");
        json_kv_text(out, "field", field < 0 ? NULL : import->kind->fields[field].name);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_fields(const Import *import, JsonOut *out)
{
    json_key(out, "fields");
    json_begin_array(out);
    for (guint i = 0; i < import->kind->n_fields; i++) {
        const FieldDef *f = &import->kind->fields[i];
        json_begin_object(out);
        json_kv_text(out, "name", f->name);
        json_key(out, "label");
        json_begin_object(out);
        json_kv_text(out, "zh", f->zh);
        json_kv_text(out, "en", f->en);
        json_end_object(out);
        json_kv_bool(out, "required", (f->flags & FF_REQUIRED) != 0);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_fault(const ImportRow *row, const ImportFault *fault, Lang lang, JsonOut *out)
{
    g_autofree char *cell = fault->column < 0 ? g_strdup_printf("%d", row->row + 1)
                                              : sheet_cell_name(row->row, fault->column);

    json_begin_object(out);
    json_kv_text(out, "cell", cell);
    json_key(out, "column");
    if (fault->column < 0)
        json_nil(out);
    else
        json_int(out, fault->column);
    json_kv_text(out, "field", fault->field);
    json_kv_text(out, "message", fault->text[lang]);
    json_end_object(out);
}

static void
write_row(const ImportRow *row, Lang lang, JsonOut *out)
{
    json_begin_object(out);
    json_kv_int(out, "row", row->row + 1);
    json_kv_text(out, "outcome", outcome_words[row->outcome]);
    json_kv_text(out, "label", row->label ? row->label : "");
    json_key(out, "errors");
    json_begin_array(out);
    for (guint i = 0; row->faults && i < row->faults->len; i++)
        write_fault(row, row->faults->pdata[i], lang, out);
    json_end_array(out);
    json_end_object(out);
}

void
import_write(const Import *import, Lang lang, JsonOut *out)
{
    json_begin_object(out);
    json_kv_id(out, "id", import->id);
    json_kv_text(out, "kind", import->kind->name);
    json_kv_text(out, "sheet", sheet_name(import->sheet));
    json_kv_int(out, "heading_row", import->heading.row + 1);
    write_columns(import, out);
    write_fields(import, out);
    json_key(out, "rows");
    json_begin_array(out);
    for (guint i = 0; i < import->rows->len; i++)
        write_row(import->rows->pdata[i], lang, out);
    json_end_array(out);
    json_key(out, "totals");
    json_begin_object(out);
    for (guint i = 0; i < IMPORT__N; i++)
        json_kv_int(out, outcome_words[i], import->total[i]);
    json_end_object(out);
    json_end_object(out);
}

/* -- bad rows as a sheet --------------------------------------------------------------- */

static const char *
say(const Ctx *ctx, const char *zh, const char *en)
{
    return ctx->lang == LANG_EN ? en : zh;
}

static void
write_error_heading(const Ctx *ctx, const Import *import, SheetWriter *sheet)
{
    int n = MIN(sheet_columns(import->sheet), SHEET_WRITE_MAX_COLUMNS - 1);
    g_autofree SheetColumn *columns = g_new0(SheetColumn, (gsize) n + 1);

    for (int col = 0; col < n; col++)
        columns[col].heading = col < import->heading.n_columns ? import->heading.labels[col] : "";
    columns[n].heading = say(ctx, "错误说明", "What is wrong");
    columns[n].width = 60;
    sheet_writer_columns(sheet, columns, (gsize) n + 1);
}

/* "D7 租期止：请填写租期止；…" */
static char *
reasons(const Ctx *ctx, const Import *import, int row, const json_t *errors)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gsize i;
    json_t *fault;

    json_array_foreach((json_t *) errors, i, fault)
    {
        int col = (int) json_integer_value(json_object_get(fault, "column"));
        const char *message = json_string_value(json_object_get(fault, say(ctx, "zh", "en")));
        g_autofree char *cell =
            col < 0 ? g_strdup_printf("%d", row + 1) : sheet_cell_name(row, col);
        const char *heading =
            col >= 0 && col < import->heading.n_columns ? import->heading.labels[col] : "";
        g_string_append_printf(text, "%s%s %s：%s", i ? "；" : "", cell, heading,
                               message ? message : "");
    }
    return g_strdup(text->str);
}

static void
write_error_row(const Ctx *ctx, const Import *import, const json_t *bad, SheetWriter *sheet)
{
    static const FieldDef plain = { .type = FT_TEXT };
    int n = MIN(sheet_columns(import->sheet), SHEET_WRITE_MAX_COLUMNS - 1);
    int row = (int) json_integer_value(json_object_get(bad, "row"));
    g_autofree char *why = reasons(ctx, import, row, json_object_get(bad, "errors"));

    for (int col = 0; col < n; col++) {
        int field = import->field_of[col];
        g_autofree char *text = import_input(import->sheet, row, col,
                                             field < 0 ? &plain : &import->kind->fields[field]);
        sheet_write_text(sheet, text);
    }
    sheet_write_text(sheet, why);
    sheet_write_end(sheet);
}

GBytes *
import_errors_sheet(Ctx *ctx, const Import *import, GError **error)
{
    const char *text = import->batch ? record_text(import->batch, "faults") : NULL;
    json_t *faults = json_loads(text ? text : "[]", 0, NULL);
    const SheetWriteOptions options = { .format = SHEET_XLSX,
                                        .sheet_name = sheet_name(import->sheet) };
    gsize n = json_array_size(faults), i;
    json_t *bad;
    GBytes *bytes = NULL;

    g_autoptr(SheetWriter) sheet = n ? sheet_writer_new(&options, error) : NULL;
    if (n == 0)
        app_error_set(error, APP_ERROR_INVALID, "import.no_errors", "没有错误行",
                      "there are no rows with errors");
    if (sheet) {
        write_error_heading(ctx, import, sheet);
        json_array_foreach(faults, i, bad) write_error_row(ctx, import, bad, sheet);
        bytes = sheet_writer_finish(sheet, error);
    }
    json_decref(faults);
    return bytes;
}

/* -- the empty sheet --------------------------------------------------------------------- */

static SheetColumnKind
template_kind(const FieldDef *field)
{
    switch (field->type) {
    case FT_INT:
        return COLUMN_INT;
    case FT_MONEY:
    case FT_PRICE:
    case FT_AREA:
        return COLUMN_DECIMAL;
    case FT_PERCENT:
        return COLUMN_DECIMAL; /* 5 means 5 % */
    case FT_DAY:
        return COLUMN_DAY;
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_BOOL:
    case FT_INSTANT:
    case FT_ENUM:
    case FT_REF:
    case FT_JSON:
    case FT__N:
        break;
    }
    return COLUMN_TEXT;
}

/* A line that names the words of an enum: they must be typed as they are. */
static void
write_options(const Ctx *ctx, const FieldDef *field, SheetWriter *sheet)
{
    g_autoptr(GString) line = g_string_new(say(ctx, field->zh, field->en));

    g_string_append(line, say(ctx, "：", ": "));
    for (const EnumItem *it = field->items; it->token; it++)
        g_string_append_printf(line, "%s%s", it == field->items ? "" : " / ",
                               say(ctx, it->zh, it->en));
    sheet_writer_title(sheet, line->str);
}

static void
write_template_head(const Ctx *ctx, const ImportKind *kind, SheetWriter *sheet)
{
    g_autofree char *title = g_strdup_printf("%s%s", say(ctx, kind->zh, kind->en),
                                             say(ctx, "导入模板", ": import template"));
    const char *note = say(ctx, kind->note_zh, kind->note_en);

    sheet_writer_title(sheet, title);
    sheet_writer_title(
        sheet, say(ctx, "带 * 的列必填；日期写作 2026-03-01；更新已有记录时，空白单元格保持原值",
                   "Columns with * are required; write days as 2026-03-01; an empty cell leaves a "
                   "record that "
                   "is there as it is"));
    if (note)
        sheet_writer_title(sheet, note);
    for (guint i = 0; i < kind->n_fields; i++) {
        if (kind->fields[i].type == FT_ENUM)
            write_options(ctx, &kind->fields[i], sheet);
    }
}

static void
write_template_columns(const Ctx *ctx, const Import *import, SheetWriter *sheet)
{
    const ImportKind *kind = import->kind;
    g_autofree SheetColumn *columns = g_new0(SheetColumn, kind->n_fields);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    gsize n = 0;

    for (guint i = 0; i < kind->n_fields && n < SHEET_WRITE_MAX_COLUMNS; i++) {
        const FieldDef *f = &kind->fields[i];
        gboolean is_key =
            import->def
            && (i == 0
                || (import->def->number_field && strcmp(f->name, import->def->number_field) == 0));
        if (is_key)
            continue; /* of records that are there already: not for a sheet of new ones */
        char *text = g_strconcat(say(ctx, f->zh, f->en), f->flags & FF_REQUIRED ? " *" : "", NULL);
        g_ptr_array_add(texts, text);
        columns[n].heading = text;
        columns[n].digits = f->type == FT_PRICE ? 4 : 2;
        columns[n++].kind = template_kind(f);
    }
    sheet_writer_columns(sheet, columns, n);
}

GBytes *
import_template(Ctx *ctx, const ImportKind *const *kinds, const char *kind, GError **error)
{
    g_autoptr(Import) import = g_new0(Import, 1);

    if (!import_set_kind(ctx, import, kinds, kind, error))
        return NULL;
    const SheetWriteOptions options = { .format = SHEET_XLSX,
                                        .sheet_name =
                                            say(ctx, import->kind->zh, import->kind->en) };
    g_autoptr(SheetWriter) sheet = sheet_writer_new(&options, error);
    if (!sheet)
        return NULL;
    write_template_head(ctx, import->kind, sheet);
    write_template_columns(ctx, import, sheet);
    return sheet_writer_finish(sheet, error);
}
