#include "domain/report/report_internal.h"

#include "store/meta_json.h"

#include <string.h>

const ReportDef *const reports[] = { &report_daily, &report_channel, &report_rent_roll, &report_expiry, &report_completeness, NULL };

const ReportDef *
report_find(const char *name)
{
    for (guint i = 0; reports[i]; i++) {
        if (strcmp(reports[i]->name, name) == 0)
            return reports[i];
    }
    return NULL;
}

static void
row_free(gpointer data)
{
    ReportRow *row = data;

    if (!row)
        return;
    for (guint i = 0; i < REPORT_COLUMNS; i++)
        value_clear(&row->cells[i]);
    g_free(row->query);
    g_free(row);
}

static ReportRow *
row_new(void)
{
    ReportRow *row = g_new0(ReportRow, 1);

    for (guint i = 0; i < REPORT_COLUMNS; i++)
        row->cells[i].is_null = TRUE;
    return row;
}

ReportTable *
report_table_new(const ReportDef *def, Day today)
{
    ReportTable *table = g_new0(ReportTable, 1);

    g_assert(def->n_columns <= REPORT_COLUMNS);
    table->def = def;
    table->on = today;
    table->from = day_month_start(today);
    table->to = today;
    table->month = day_month_key(today);
    table->rows = g_ptr_array_new_with_free_func(row_free);
    return table;
}

void
report_table_free(ReportTable *table)
{
    if (!table)
        return;
    g_ptr_array_unref(table->rows);
    row_free(table->totals);
    g_free(table);
}

ReportRow *
report_row_add(ReportTable *table, const char *entity, gint64 id)
{
    ReportRow *row = row_new();

    row->entity = entity;
    row->id = id;
    g_ptr_array_add(table->rows, row);
    return row;
}

static guint
column_index(const ReportDef *def, const char *name)
{
    for (guint i = 0; i < def->n_columns; i++) {
        if (strcmp(def->columns[i].name, name) == 0)
            return i;
    }
    g_error("report %s has no column %s", def->name, name);
}

void
report_set_int(ReportTable *table, ReportRow *row, const char *column, gint64 value)
{
    Value *cell = &row->cells[column_index(table->def, column)];

    cell->is_null = FALSE;
    cell->i = value;
}

void
report_set_text(ReportTable *table, ReportRow *row, const char *column, const char *value)
{
    Value *cell = &row->cells[column_index(table->def, column)];

    value_clear(cell);
    if (!value || !*value)
        return;
    cell->is_null = FALSE;
    cell->text = g_strdup(value);
}

static void
sum_columns(ReportTable *table)
{
    gboolean any = FALSE;
    ReportRow *totals = row_new();

    for (guint c = 0; c < table->def->n_columns; c++) {
        if (!table->def->columns[c].is_summed)
            continue;
        any = TRUE;
        totals->cells[c].is_null = FALSE;
        for (guint i = 0; i < table->rows->len; i++)
            totals->cells[c].i += ((ReportRow *) table->rows->pdata[i])->cells[c].i;
    }
    if (any)
        table->totals = totals;
    else
        row_free(totals);
}

ReportTable *
report_run(Ctx *ctx, const ReportDef *def, Day on, Day from, Day to, int month, GError **error)
{
    g_autoptr(ReportTable) table = report_table_new(def, ctx->today);

    if (!access_may(ctx->access, "report", def->name)) {
        app_error_set(error, APP_ERROR_FORBIDDEN, "report.forbidden", "您没有查看此报表的权限", "you may not see this report");
        return NULL;
    }
    table->on = on;
    table->from = from;
    table->to = to;
    table->month = month;
    if (!def->fill(ctx, table, error))
        return NULL;
    sum_columns(table);
    if (def->finish && table->totals)
        def->finish(table);
    return g_steal_pointer(&table);
}

/* A column as a field, for the writers that fields already have. */
static FieldDef
as_field(const ReportColumn *column)
{
    return (FieldDef){ .name = column->name, .zh = column->zh, .en = column->en, .type = column->type, .items = column->items };
}

static void
write_row(const ReportTable *table, const ReportRow *row, JsonOut *out)
{
    json_begin_object(out);
    for (guint c = 0; c < table->def->n_columns; c++) {
        FieldDef field = as_field(&table->def->columns[c]);
        json_key(out, field.name);
        meta_write_value(out, &field, &row->cells[c]);
    }
    if (row->entity) {
        json_key(out, "link");
        json_begin_object(out);
        json_kv_text(out, "entity", row->entity);
        json_kv_id(out, "id", row->id);
        json_end_object(out);
    }
    if (row->query)
        json_kv_text(out, "query", row->query);
    json_end_object(out);
}

void
report_write_json(const Ctx *ctx, const ReportTable *table, JsonOut *out)
{
    gboolean en = ctx->lang == LANG_EN;
    const ReportDef *def = table->def;

    json_kv_text(out, "name", def->name);
    json_kv_text(out, "title", en ? def->en : def->zh);
    json_kv_text(out, "formula", en ? def->formula_en : def->formula_zh);
    json_kv_text(out, "basis", en ? def->basis_en : def->basis_zh);
    json_kv_text(out, "params", def->params);
    json_kv_day(out, "as_of", table->on);
    json_kv_day(out, "from", table->from);
    json_kv_day(out, "to", table->to);
    json_kv_int(out, "month", table->month);
    json_key(out, "columns");
    json_begin_array(out);
    for (guint c = 0; c < def->n_columns; c++) {
        FieldDef field = as_field(&def->columns[c]);
        meta_write_field(out, &field);
    }
    json_end_array(out);
    json_key(out, "rows");
    json_begin_array(out);
    for (guint i = 0; i < table->rows->len; i++)
        write_row(table, table->rows->pdata[i], out);
    json_end_array(out);
    json_key(out, "totals");
    if (table->totals)
        write_row(table, table->totals, out);
    else
        json_nil(out);
}
