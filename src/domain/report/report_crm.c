/* report_crm.c - the daily report by person and the monthly channel funnel: crm counts the registers, here they become tables. */
#include "base/money.h"
#include "db/catalogue.h"
#include "domain/crm/crm.h"
#include "domain/report/report_internal.h"

#include <jansson.h>
#include <string.h>

static const ReportColumn daily_columns[] = {
    { "person", "人员", "Person", FT_TEXT, NULL, FALSE },
    { "calls", "来电", "Calls", FT_INT, NULL, TRUE },
    { "visits", "来访", "Visits", FT_INT, NULL, TRUE },
    { "new_leads", "新增客户", "New leads", FT_INT, NULL, TRUE },
    { "follow_ups", "跟进", "Follow-ups", FT_INT, NULL, TRUE },
    { "visits_made", "外出拜访", "Visits made", FT_INT, NULL, TRUE },
    { "intents", "新增意向", "Interested", FT_INT, NULL, TRUE },
    { "signings", "签约", "Signings", FT_INT, NULL, TRUE },
    { "signed_area", "签约面积", "Area signed", FT_AREA, NULL, TRUE },
    { "signed_rent", "签约月租金", "Rent signed", FT_MONEY, NULL, TRUE },
    { "lost", "流失", "Lost", FT_INT, NULL, TRUE },
};

/* "12" or a decimal text into the column's integer. */
static gint64
cell_value(const ReportColumn *column, const json_t *value)
{
    gint64 n = 0;

    if (json_is_integer(value))
        return json_integer_value(value);
    if (json_is_string(value))
        decimal_parse(json_string_value(value), column->type == FT_INT ? 0 : 2, MONEY_MAX_FEN, &n);
    return n;
}

static void
set_number(ReportTable *table, ReportRow *row, const char *name, const json_t *value)
{
    for (guint c = 0; c < table->def->n_columns; c++) {
        if (strcmp(table->def->columns[c].name, name) == 0 && table->def->columns[c].type != FT_TEXT)
            report_set_int(table, row, name, cell_value(&table->def->columns[c], value));
    }
}

/* Runs a use case of crm that writes members, and reads them back. transfer full. */
static json_t *
read_back(JsonOut *out, gboolean ok)
{
    json_end_object(out);
    g_autofree char *text = g_string_free(json_out_steal(out), FALSE);

    return ok ? json_loads(text, 0, NULL) : NULL;
}

static gboolean
add_person(Ctx *ctx, ReportTable *table, gint64 id, const char *name, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();
    gsize i;
    json_t *figure;

    json_begin_object(out);
    gboolean ok = crm_daily_figures(ctx, id, table->from, table->to, out, error);
    json_t *found = read_back(out, ok);
    if (!found)
        return FALSE;
    ReportRow *row = report_row_add(table, "staff", id);
    report_set_text(table, row, "person", name);
    json_array_foreach (json_object_get(found, "figures"), i, figure)
        set_number(table, row, json_string_value(json_object_get(figure, "name")), json_object_get(figure, "value"));
    json_decref(found);
    g_autofree char *from = day_dup(table->from);
    g_autofree char *to = day_dup(table->to);
    row->query = g_strdup_printf("/e/inquiry?receptionist_id=%" G_GINT64_FORMAT "&on_day.gte=%s&on_day.lte=%s", id, from, to);
    return TRUE;
}

typedef struct {
    gint64 id;
    char *name;
} Person;

static void
person_clear(gpointer data)
{
    g_free(((Person *) data)->name);
}

/* Those the person may see: everybody, the own department or team, or just themselves. */
static gboolean
within(Ctx *ctx, gint64 id, GError **error)
{
    Scope scope = access_scope(ctx->access, "report", "daily");
    gboolean row = FALSE;

    if (scope >= SCOPE_PROPERTY || id == ctx->staff_id)
        return TRUE;
    if (scope == SCOPE_OWN)
        return FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.reaches", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "me", ctx->staff_id);
    db_bind_int(stmt, "member", id);
    db_bind_text(stmt, "reach", scope == SCOPE_TEAM ? "team" : "department");
    return db_step(stmt, &row, error) && row;
}

static gboolean
fill_daily(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(Person));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.people", error);

    if (!stmt)
        return FALSE;
    g_array_set_clear_func(people, person_clear);
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "from_on", table->from);
    db_bind_day(stmt, "to_on", table->to);
    while (db_each(stmt, &ok, error)) {
        Person p = { db_int(stmt, 0), g_strdup(db_text(stmt, 1)) };
        g_array_append_val(people, p);
    }
    for (guint i = 0; ok && i < people->len; i++) {
        const Person *p = &g_array_index(people, Person, i);
        if (within(ctx, p->id, error))
            ok = add_person(ctx, table, p->id, p->name, error);
    }
    return ok;
}

const ReportDef report_daily = {
    .name = "daily",
    .zh = "招商日报",
    .en = "Daily report",
    .formula_zh = "各登记簿当期记录数；签约面积与月租金取自签约合同",
    .formula_en = "Rows of the registers in the period; area and rent from the leases signed",
    .basis_zh = "来电来访按接待人，跟进按跟进人，签约按合同负责人与签约日期",
    .basis_en = "Calls and visits by receptionist, follow-ups by author, signings by owner and signing day",
    .params = "from to",
    .group = "leasing",
    .columns = daily_columns,
    .n_columns = G_N_ELEMENTS(daily_columns),
    .fill = fill_daily,
};

static const ReportColumn channel_columns[] = {
    { "channel", "渠道", "Channel", FT_TEXT, NULL, FALSE },
    { "calls", "来电", "Calls", FT_INT, NULL, TRUE },
    { "visits", "来访", "Visits", FT_INT, NULL, TRUE },
    { "leads", "新增客户", "Leads", FT_INT, NULL, TRUE },
    { "intents", "意向", "Intents", FT_INT, NULL, TRUE },
    { "signings", "签约", "Signings", FT_INT, NULL, TRUE },
    { "area", "签约面积", "Area signed", FT_AREA, NULL, TRUE },
    { "spend", "投入", "Spend", FT_MONEY, NULL, TRUE },
    { "cost_per_signing", "单个签约成本", "Cost per signing", FT_MONEY, NULL, FALSE },
    { "leads_before", "上月客户", "Leads last month", FT_INT, NULL, TRUE },
    { "signings_before", "上月签约", "Signings last month", FT_INT, NULL, TRUE },
};

static void
add_channel(ReportTable *table, const json_t *item)
{
    const json_t *channel = json_object_get(item, "channel"), *before = json_object_get(item, "before");
    const char *id = json_string_value(json_object_get(channel, "id"));
    ReportRow *row = report_row_add(table, NULL, 0);
    const char *key;
    json_t *value;

    report_set_text(table, row, "channel", json_string_value(json_object_get(channel, "label")));
    json_object_foreach ((json_t *) item, key, value) {
        if (!json_is_null(value))
            set_number(table, row, key, value);
    }
    set_number(table, row, "leads_before", json_object_get(before, "leads"));
    set_number(table, row, "signings_before", json_object_get(before, "signings"));
    Day from = day_from_month_key(table->month);
    g_autofree char *first = day_dup(from);
    g_autofree char *last = day_dup(day_month_end(from));
    row->query = g_strdup_printf("/e/inquiry?channel_id=%s&on_day.gte=%s&on_day.lte=%s", id ? id : "", first, last);
}

static gboolean
fill_channel(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();
    gsize i;
    json_t *item;

    json_begin_object(out);
    gboolean ok = crm_channel_write(ctx, table->month, out, error);
    json_t *found = read_back(out, ok);
    if (!found)
        return FALSE;
    json_array_foreach (json_object_get(found, "items"), i, item)
        add_channel(table, item);
    json_decref(found);
    return TRUE;
}

const ReportDef report_channel = {
    .name = "channel",
    .zh = "渠道分析",
    .en = "Channel funnel",
    .formula_zh = "来电 → 来访 → 意向 → 签约；单个签约成本 = 当月投入 ÷ 当月签约数",
    .formula_en = "calls → visits → intents → signings; cost per signing = spend of the month ÷ signings of the month",
    .basis_zh = "客户归入其首次登记的渠道；当月发生数，与上月比较",
    .basis_en = "A customer belongs to the channel of the first registration; events of the month, against the month before",
    .params = "month",
    .group = "leasing",
    .columns = channel_columns,
    .n_columns = G_N_ELEMENTS(channel_columns),
    .fill = fill_channel,
};
