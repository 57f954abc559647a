#include "base/clock.h"
#include "base/money.h"
#include "domain/report/report_internal.h"
#include "store/list.h"
#include "store/meta_json.h"

#include <string.h>

const ReportDef *const reports[] = { &report_daily, &report_channel, &report_completeness, &report_rent_roll, &report_expiry, &report_occupancy,
                                     &report_cash_book, &report_trial_balance, &report_month_end, &report_straight_line,
                                     &report_wale, &report_mix, &report_top, &report_average_rent, &report_spread,
                                     &report_ageing, &report_receivable, &report_turn, &report_deposit, &report_tax,
                                     &report_receivable_plan, &report_collection, &report_collection_charge, NULL };

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
report_add_int(ReportTable *table, ReportRow *row, const char *column, gint64 value)
{
    row->cells[column_index(table->def, column)].i += value;
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

/* Column @c of the table from column @at of the statement. */
static void
read_cell(const ReportTable *table, ReportRow *row, guint c, const DbStmt *stmt, int at)
{
    FieldType type = table->def->columns[c].type;
    Value *cell = &row->cells[c];

    if (db_is_null(stmt, at))
        return;
    cell->is_null = FALSE;
    if (type == FT_TEXT || type == FT_ENUM)
        cell->text = g_strdup(db_text(stmt, at));
    else
        cell->i = type == FT_DAY ? db_day(stmt, at) : db_int(stmt, at);
}

static gboolean
is_ratio(const ReportDef *def, const char *column)
{
    for (const ReportRatio *r = def->ratios; r && r->column; r++) {
        if (strcmp(r->column, column) == 0)
            return TRUE;
    }
    return FALSE;
}

static void
bind_day_if(DbStmt *stmt, const char *name, Day day)
{
    if (db_has_param(stmt, name))
        db_bind_day(stmt, name, day);
}

void
report_bind(const Ctx *ctx, const ReportTable *table, DbStmt *stmt)
{
    Day month_from = day_from_month_key(table->month);

    if (db_has_param(stmt, "property_id"))
        db_bind_int(stmt, "property_id", ctx->property_id);
    bind_day_if(stmt, "day", table->on);
    bind_day_if(stmt, "from_on", table->from);
    bind_day_if(stmt, "to_on", table->to);
    bind_day_if(stmt, "month_from", month_from);
    bind_day_if(stmt, "month_to", day_month_end(month_from));
    bind_day_if(stmt, "year_from", day_from_month_key(table->month / 100 * 100 + 1));
    for (guint i = 0; i < AGE_LIMITS; i++) {
        g_autofree char *name = g_strdup_printf("age_%d", age_limits[i]);
        bind_day_if(stmt, name, table->on - age_limits[i]);
    }
    if (db_has_param(stmt, "day_end_us"))
        db_bind_int(stmt, "day_end_us", clock_day_start_us(table->on + 1));
    if (db_has_param(stmt, "en"))
        db_bind_int(stmt, "en", ctx->lang == LANG_EN);
}

static gboolean
fill_from_statement(Ctx *ctx, ReportTable *table, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = list_named(ctx, table->def->statement, error);

    if (!stmt)
        return FALSE;
    report_bind(ctx, table, stmt);
    while (db_each(stmt, &ok, error)) {
        ReportRow *row = report_row_add(table, db_is_null(stmt, 0) ? NULL : table->def->entity, db_int(stmt, 0));
        int at = 1;
        for (guint c = 0; c < table->def->n_columns; c++) {
            if (!is_ratio(table->def, table->def->columns[c].name))
                read_cell(table, row, c, stmt, at++);
        }
    }
    return ok;
}

gint64
report_percent(gint64 part, gint64 whole)
{
    const gint64 hundredths = 10000; /* of a percent */

    return muldiv_half_away(part, whole > 0 ? hundredths : -hundredths, ABS(whole)) * (RATE_ONE_PPM / hundredths);
}

static void
fill_ratios(const ReportTable *table, ReportRow *row)
{
    for (const ReportRatio *r = table->def->ratios; r && r->column; r++) {
        const Value *part = &row->cells[column_index(table->def, r->part)], *whole = &row->cells[column_index(table->def, r->whole)];
        Value *cell = &row->cells[column_index(table->def, r->column)];
        cell->is_null = whole->is_null || whole->i == 0;
        if (!cell->is_null)
            cell->i = report_percent(part->i, whole->i);
    }
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
    if (!(def->fill ? def->fill(ctx, table, error) : fill_from_statement(ctx, table, error)))
        return NULL;
    sum_columns(table);
    for (guint i = 0; i < table->rows->len; i++)
        fill_ratios(table, table->rows->pdata[i]);
    if (table->totals)
        fill_ratios(table, table->totals);
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

static void
write_chart(const ReportDef *def, JsonOut *out)
{
    if (!def->chart)
        return;
    g_auto(GStrv) values = g_strsplit(def->chart->values, " ", -1);
    json_key(out, "chart");
    json_begin_object(out);
    json_kv_text(out, "kind", def->chart->kind);
    json_kv_text(out, "label", def->chart->label);
    json_key(out, "values");
    json_begin_array(out);
    for (guint i = 0; values[i]; i++)
        json_text(out, values[i]);
    json_end_array(out);
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
    json_kv_text(out, "group", def->group);
    write_chart(def, out);
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
