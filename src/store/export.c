/* export.c - lists as workbooks. */
#include "store/export.h"

#include "base/clock.h"
#include "base/text.h"
#include "sheet/sheet_write.h"
#include "store/history.h"
#include "store/store_internal.h"

#include <glib/gstdio.h>
#include <string.h>

enum { PAGE_ROWS = 500, WIDTH_MAX = 40 };

void
export_free(Export *made)
{
    if (!made)
        return;
    if (made->path)
        g_unlink(made->path);
    g_free(made->path);
    g_free(made->filters);
    g_free(made);
}

typedef struct {
    Ctx *ctx;
    SheetWriter *sheet;
    const EntityDef *def;
    GArray *columns;        /* of guint: fields in the order shown */
    gboolean *mask;         /* by field */
    const FieldDef *cursor; /* order of a keyset; NULL: by id */
    char *after;            /* where the next page begins */
    guint page_rows;
    gint64 rows;
} Exporter;

static const char *
say(const Ctx *ctx, const char *zh, const char *en)
{
    return ctx->lang == LANG_EN ? en : zh;
}

static gboolean
is_shown(const FieldDef *field)
{
    return !(field->flags & FF_SECRET) && field->type != FT_JSON;
}

static void
add_column(GArray *columns, guint field)
{
    for (guint i = 0; i < columns->len; i++) {
        if (g_array_index(columns, guint, i) == field)
            return;
    }
    g_array_append_val(columns, field);
}

/* The columns of the list first, in its order, then all others. */
static GArray *
columns_of(const EntityDef *def)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(guint));
    g_auto(GStrv) words = g_strsplit(def->list_columns ? def->list_columns : "", " ", -1);

    for (guint i = 0; words[i]; i++) {
        int field = entity_field_index(def, words[i]);
        if (field >= 0 && is_shown(&def->fields[field]))
            add_column(columns, (guint) field);
    }
    for (guint i = 0; i < def->n_fields && columns->len < SHEET_WRITE_MAX_COLUMNS - 1; i++) {
        if (is_shown(&def->fields[i]))
            add_column(columns, i);
    }
    return columns;
}

static SheetColumnKind
column_kind(const FieldDef *field, gboolean masked)
{
    if (masked)
        return COLUMN_TEXT;
    switch (field->type) {
    case FT_INT:
        return COLUMN_INT;
    case FT_MONEY:
    case FT_PRICE:
    case FT_AREA:
        return COLUMN_DECIMAL;
    case FT_PERCENT:
        return COLUMN_PERCENT;
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

static void
write_heading(Exporter *ex)
{
    g_autofree SheetColumn *columns = g_new0(SheetColumn, ex->columns->len + 1);

    for (guint i = 0; i < ex->columns->len; i++) {
        guint f = g_array_index(ex->columns, guint, i);
        const FieldDef *field = &ex->def->fields[f];
        columns[i].heading = say(ex->ctx, field->zh, field->en);
        columns[i].kind = column_kind(field, ex->mask[f]);
        columns[i].digits = field->type == FT_PRICE ? 4 : 2;
        columns[i].width = field->type == FT_LONGTEXT ? WIDTH_MAX : 0;
    }
    columns[ex->columns->len].heading = say(ex->ctx, "登记时间", "Created");
    columns[ex->columns->len].width = 18;
    sheet_writer_columns(ex->sheet, columns, ex->columns->len + 1);
}

/* "2026-03-01 16:30", in China. */
static void
write_instant(SheetWriter *sheet, gint64 at_us)
{
    char day[DAY_TEXT_SIZE];
    Day on = clock_day_of(at_us);
    gint64 minutes = (at_us - clock_day_start_us(on)) / (60 * G_USEC_PER_SEC);
    g_autofree char *text = g_strdup_printf("%s %02d:%02d", day_format(on, day),
                                            (int) (minutes / 60), (int) (minutes % 60));

    sheet_write_text(sheet, text);
}

static void
write_masked(SheetWriter *sheet, const FieldDef *field, const Value *value)
{
    g_autofree char *masked = field_is_text(field) ? text_mask(value->text) : g_strdup(MASKED_NUMBER);

    sheet_write_text(sheet, masked);
}

static void
write_value(const Exporter *ex, const FieldDef *field, const Value *value, const char *label)
{
    switch (field->type) {
    case FT_INT:
        sheet_write_int(ex->sheet, value->i);
        return;
    case FT_MONEY:
    case FT_AREA:
        sheet_write_decimal(ex->sheet, value->i, 2);
        return;
    case FT_PRICE:
    case FT_PERCENT: /* ppm are 1/10000 of a percent */
        sheet_write_decimal(ex->sheet, value->i, 4);
        return;
    case FT_DAY:
        sheet_write_day(ex->sheet, value->i);
        return;
    case FT_INSTANT:
        write_instant(ex->sheet, value->i);
        return;
    case FT_BOOL:
        sheet_write_text(ex->sheet,
                         value->i ? say(ex->ctx, "是", "Yes") : say(ex->ctx, "否", "No"));
        return;
    case FT_REF:
        sheet_write_text(ex->sheet, label);
        return;
    case FT_ENUM: {
        const EnumItem *item = enum_find(field->items, value->text);
        sheet_write_text(ex->sheet, item ? say(ex->ctx, item->zh, item->en) : value->text);
        return;
    }
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT_JSON:
    case FT__N:
        break;
    }
    sheet_write_text(ex->sheet, value->text);
}

static gboolean
write_record(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    Exporter *ex = data;

    if (++ex->rows > EXPORT_MAX_ROWS)
        return app_error_set(error, APP_ERROR_INVALID, "export.too_many_rows",
                             "一次最多导出 %d 行，请先筛选",
                             "at most %d rows at a time; narrow the list first", EXPORT_MAX_ROWS);
    ex->page_rows++;
    for (guint i = 0; i < ex->columns->len; i++) {
        guint f = g_array_index(ex->columns, guint, i);
        if (rec->values[f].is_null)
            sheet_write_blank(ex->sheet);
        else if (ex->mask[f])
            write_masked(ex->sheet, &ex->def->fields[f], &rec->values[f]);
        else
            write_value(ex, &ex->def->fields[f], &rec->values[f], labels[f]);
    }
    write_instant(ex->sheet, rec->created_at);
    sheet_write_end(ex->sheet);
    g_free(ex->after);
    int at = ex->cursor ? entity_field_index(ex->def, ex->cursor->name) : -1;
    g_autofree char *value = at < 0 ? NULL : field_format(ex->cursor, &rec->values[at]);
    ex->after =
        g_strdup_printf("%s%s%" G_GINT64_FORMAT, value ? value : "", value ? "|" : "", rec->id);
    return TRUE;
}

/* Pages by cursor where the order has no empty values; else by number, within the one transaction that sees one state. */
static gboolean
write_rows(Exporter *ex, ListQuery *query, GError **error)
{
    gboolean by_cursor = !query->sort || (query->sort->flags & FF_REQUIRED);

    query->size = PAGE_ROWS;
    query->want_total = FALSE;
    g_clear_pointer(&query->after, g_free);
    ex->cursor = by_cursor ? query->sort : NULL;
    query->page = by_cursor ? 0 : 1;
    do {
        ex->page_rows = 0;
        if (!list_each(ex->ctx, query, write_record, ex, error))
            return FALSE;
        if (by_cursor) {
            g_free(query->after);
            query->after = g_strdup(ex->after);
        } else
            query->page++;
    } while (ex->page_rows == PAGE_ROWS);
    return TRUE;
}

/* One value of a filter as people call it. transfer full. */
static char *
filter_value(Ctx *ctx, const FieldDef *field, const char *value)
{
    if (field->type == FT_ENUM) {
        const EnumItem *item = enum_find(field->items, value);
        return g_strdup(item ? say(ctx, item->zh, item->en) : value);
    }
    if (field->type == FT_REF)
        return record_ref_label(ctx, field->ref, g_ascii_strtoll(value, NULL, 10));
    if (field->flags & FF_MASKED)
        return text_mask(value);
    return g_strdup(value);
}

static void
append_filter(Ctx *ctx, GString *text, const Filter *filter)
{
    static const char *const signs[] = {
        [OP_IN] = "=", [OP_GTE] = "≥", [OP_LTE] = "≤", [OP_LT] = "<", [OP_GT] = ">"
    };
    gboolean is_null = filter->op == OP_NULL || filter->op == OP_NOT_NULL;

    g_string_append_printf(text, "%s%s", text->len ? "；" : "",
                           say(ctx, filter->field->zh, filter->field->en));
    if (is_null) {
        g_string_append(text, filter->op == OP_NULL ? say(ctx, " 为空", " is empty")
                                                    : say(ctx, " 不为空", " is not empty"));
        return;
    }
    g_string_append_printf(text, " %s ", signs[filter->op]);
    for (guint i = 0; filter->values[i]; i++) {
        g_autofree char *value = filter_value(ctx, filter->field, filter->values[i]);
        g_string_append_printf(text, "%s%s", i ? "、" : "", value);
    }
}

static char *
filters_text(Ctx *ctx, const ListQuery *query)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (query->q)
        g_string_append_printf(text, "%s %s", say(ctx, "关键字", "Words"), query->q);
    for (guint i = 0; i < query->filters->len; i++)
        append_filter(ctx, text, query->filters->pdata[i]);
    return g_strdup(text->len ? text->str : say(ctx, "全部", "all"));
}

/* What the paper is, of what, who took it and when: a printed list must be traceable. */
static void
write_title(const Exporter *ex, const char *filters)
{
    g_autofree char *property = record_ref_label(ex->ctx, "property", ex->ctx->property_id);
    g_autofree char *person = record_ref_label(ex->ctx, "staff", ex->ctx->staff_id);
    char day[DAY_TEXT_SIZE];
    Day on = clock_day_of(ex->ctx->now_us);
    int minutes = (int) ((ex->ctx->now_us - clock_day_start_us(on)) / (60 * G_USEC_PER_SEC));
    g_autofree char *title = g_strdup_printf("%s%s%s", property, *property ? " " : "",
                                             say(ex->ctx, ex->def->zh, ex->def->en));
    g_autofree char *filter =
        g_strdup_printf("%s%s", say(ex->ctx, "筛选条件：", "Filters: "), filters);
    g_autofree char *taken =
        g_strdup_printf("%s%s  %s %02d:%02d", say(ex->ctx, "导出：", "Exported by "),
                        *person ? person : "-", day_format(on, day), minutes / 60, minutes % 60);

    sheet_writer_title(ex->sheet, title);
    sheet_writer_title(ex->sheet, filter);
    sheet_writer_title(ex->sheet, taken);
}

static gboolean
write_sheet(Exporter *ex, ListQuery *query, const char *filters, GError **error)
{
    g_autofree char *total = NULL;

    write_title(ex, filters);
    write_heading(ex);
    if (!write_rows(ex, query, error))
        return FALSE;
    total = g_strdup_printf("%s%" G_GINT64_FORMAT "%s", say(ex->ctx, "合计 ", "Total: "), ex->rows,
                            say(ex->ctx, " 行", " rows"));
    sheet_writer_footer(ex->sheet, total);
    return TRUE;
}

Export *
export_make(Ctx *ctx, ListQuery *query, GError **error)
{
    const EntityDef *def = query->def;
    const SheetWriteOptions options = { .format = SHEET_XLSX,
                                        .sheet_name = say(ctx, def->zh, def->en),
                                        .serial = ctx->request_id };
    g_autoptr(SheetWriter) sheet = sheet_writer_new(&options, error);
    g_autoptr(Export) made = g_new0(Export, 1);
    g_autofree gboolean *mask = g_new0(gboolean, def->n_fields);
    g_autoptr(GArray) columns = columns_of(def);

    if (!sheet)
        return NULL;
    for (guint i = 0; i < def->n_fields; i++)
        mask[i] = (def->fields[i].flags & FF_MASKED)
                  && !access_may_see(ctx->access, def->name, def->fields[i].name);
    made->def = def;
    made->filters = filters_text(ctx, query);
    Exporter ex = { .ctx = ctx, .sheet = sheet, .def = def, .columns = columns, .mask = mask };
    gboolean ok = write_sheet(&ex, query, made->filters, error);
    g_free(ex.after);
    made->rows = ex.rows;
    made->path = ok ? sheet_writer_finish_path(sheet, error) : NULL;
    return made->path ? g_steal_pointer(&made) : NULL;
}

gboolean
export_record(Ctx *ctx, const Export *made, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();
    g_autofree char *changes = NULL;

    json_begin_array(out);
    json_begin_object(out);
    json_kv_text(out, "field", "filter");
    json_kv_text(out, "from", NULL);
    json_kv_text(out, "to", made->filters);
    json_end_object(out);
    json_begin_object(out);
    json_kv_text(out, "field", "rows");
    json_kv_text(out, "from", NULL);
    json_kv_int(out, "to", made->rows);
    json_end_object(out);
    json_end_array(out);
    changes = g_string_free(json_out_steal(out), FALSE);
    return history_add(ctx, made->def->name, 0, "export", changes, error);
}
