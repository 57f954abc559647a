/* report_completeness.c - how well open customers are classified: what is missing, by person. */
#include "domain/report/report_internal.h"
#include "store/list.h"

#include <string.h>

/* What a classified customer has; the column counts those without it. */
static const struct {
    const char *field, *column;
} wanted[] = {
    { "category_id", "no_category" }, { "channel_id", "no_channel" }, { "contact_id", "no_contact" },
    { "area_max", "no_area" },        { "budget_price", "no_budget" },
};

static const ReportColumn columns[] = {
    { "person", "人员", "Person", FT_TEXT, NULL, FALSE },
    { "leads", "在跟客户", "Open leads", FT_INT, NULL, TRUE },
    { "complete", "资料完整", "Complete", FT_INT, NULL, TRUE },
    { "rate", "完整率", "Completeness", FT_PERCENT, NULL, FALSE },
    { "no_category", "缺业态", "No category", FT_INT, NULL, TRUE },
    { "no_channel", "缺渠道", "No channel", FT_INT, NULL, TRUE },
    { "no_contact", "缺联系人", "No contact", FT_INT, NULL, TRUE },
    { "no_area", "缺面积需求", "No area", FT_INT, NULL, TRUE },
    { "no_budget", "缺租金预算", "No budget", FT_INT, NULL, TRUE },
};

typedef struct {
    char *name;
    gint64 id, leads, complete, missing[G_N_ELEMENTS(wanted)];
} Person;

static void
person_free(gpointer data)
{
    Person *p = data;

    g_free(p->name);
    g_free(p);
}

typedef struct {
    GHashTable *by_id;
    GPtrArray *people;
} Tally;

static Person *
person_of(Tally *tally, const Record *rec, const char *name)
{
    gint64 id = record_int(rec, "owner_id");
    Person *p = g_hash_table_lookup(tally->by_id, &id);

    if (p)
        return p;
    p = g_new0(Person, 1);
    p->id = id;
    p->name = g_strdup(name);
    g_ptr_array_add(tally->people, p);
    g_hash_table_insert(tally->by_id, &p->id, p);
    return p;
}

static gboolean
count_lead(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    Person *p = person_of(data, rec, labels[entity_field_index(rec->def, "owner_id")]);
    gboolean whole = TRUE;

    (void) error;
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
        gboolean lacks = record_is_null(rec, wanted[i].field);
        p->missing[i] += lacks;
        whole = whole && !lacks;
    }
    p->leads++;
    p->complete += whole;
    return TRUE;
}

/* Rounded down, so that 100 % means all. */
static gint64
rate_ppm(gint64 part, gint64 all)
{
    return all ? part * 1000000 / all : 0;
}

static void
add_person(const Ctx *ctx, ReportTable *table, const Person *p)
{
    ReportRow *row = report_row_add(table, p->id ? "staff" : NULL, p->id);

    report_set_text(table, row, "person", p->name && *p->name ? p->name : ctx->lang == LANG_EN ? "(nobody)" : "（公海）");
    report_set_int(table, row, "leads", p->leads);
    report_set_int(table, row, "complete", p->complete);
    report_set_int(table, row, "rate", rate_ppm(p->complete, p->leads));
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
        report_set_int(table, row, wanted[i].column, p->missing[i]);
    if (p->id)
        row->query = g_strdup_printf("/e/lead?owner_id=%" G_GINT64_FORMAT, p->id);
}

static const char *const open_stages[]
    = { "new", "contacted", "visited", "intention", "negotiating", "approved", "deposit_paid", "contracting" };

static gboolean
fill(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func(person_free);
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, "lead"));
    Tally tally = { by_id, people };

    query->size = 1000000; /* reports are whole */
    g_autofree char *open = g_strjoinv(",", (char **) open_stages);
    list_query_filter(query, "stage", OP_IN, open);
    if (!list_each(ctx, query, count_lead, &tally, error))
        return FALSE;
    for (guint i = 0; i < people->len; i++)
        add_person(ctx, table, people->pdata[i]);
    return TRUE;
}

static gint64
total_of(const ReportTable *table, const char *column)
{
    for (guint c = 0; c < table->def->n_columns; c++) {
        if (strcmp(table->def->columns[c].name, column) == 0)
            return table->totals->cells[c].i;
    }
    return 0;
}

/* The rate of all is no sum of rates. */
static void
finish(ReportTable *table)
{
    report_set_int(table, table->totals, "rate", rate_ppm(total_of(table, "complete"), total_of(table, "leads")));
}

const ReportDef report_completeness = {
    .name = "completeness",
    .zh = "客户资料完整率",
    .en = "Completeness of customer data",
    .formula_zh = "完整率 = 业态、渠道、联系人、面积需求、租金预算齐全的在跟客户 ÷ 在跟客户（舍去小数第五位以后）",
    .formula_en = "completeness = open leads with category, channel, contact, area and budget ÷ open leads (rounded down)",
    .basis_zh = "在跟客户：未签约、未流失、未进公海，按现归属人",
    .basis_en = "Open leads: not signed, lost or in the pool, by their present owner",
    .params = "on",
    .group = "leasing",
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .fill = fill,
    .finish = finish,
};
