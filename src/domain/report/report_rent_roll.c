/* report_rent_roll.c - who is where on a day, at what rent, until when: one row per unit, vacant ones included; and the expiry profile. */
#include "base/money.h"
#include "db/catalogue.h"
#include "domain/report/report_internal.h"
#include "domain/space/space.h"
#include "store/list.h"

#include <string.h>

static const ReportColumn rent_roll_columns[] = {
    { "floor", "楼层", "Floor", FT_TEXT, NULL, FALSE },       { "unit", "铺位", "Unit", FT_TEXT, NULL, FALSE },
    { "area", "计租面积", "Leasable area", FT_AREA, NULL, TRUE }, { "let_area", "出租面积", "Let area", FT_AREA, NULL, TRUE },
    { "merchant", "商户", "Merchant", FT_TEXT, NULL, FALSE },   { "brand", "品牌", "Brand", FT_TEXT, NULL, FALSE },
    { "category", "业态", "Category", FT_TEXT, NULL, FALSE },   { "lease", "合同编号", "Lease no.", FT_TEXT, NULL, FALSE },
    { "from", "租期起", "From", FT_DAY, NULL, FALSE },          { "to", "租期止", "To", FT_DAY, NULL, FALSE },
    { "monthly_rent", "月租金", "Monthly rent", FT_MONEY, NULL, TRUE }, { "price", "元/㎡/月", "yuan/m²/month", FT_PRICE, NULL, FALSE },
    { "status", "状态", "Status", FT_ENUM, unit_status_items, FALSE },
};

typedef struct {
    char *merchant, *brand, *category, *no;
    gint64 area, monthly_rent;
} LeaseFacts;

static void
facts_free(gpointer data)
{
    LeaseFacts *f = data;

    g_free(f->merchant);
    g_free(f->brand);
    g_free(f->category);
    g_free(f->no);
    g_free(f);
}

static const char *
label_of(const Record *rec, const char *const *labels, const char *field)
{
    return labels[entity_field_index(rec->def, field)];
}

static gboolean
keep_lease(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    LeaseFacts *f = g_new0(LeaseFacts, 1);

    (void) error;
    f->merchant = g_strdup(label_of(rec, labels, "merchant_id"));
    f->brand = g_strdup(label_of(rec, labels, "brand_id"));
    f->category = g_strdup(label_of(rec, labels, "category_id"));
    f->no = g_strdup(record_text(rec, "no"));
    f->area = record_int(rec, "area");
    f->monthly_rent = record_int(rec, "monthly_rent");
    g_hash_table_insert((GHashTable *) data, g_memdup2(&rec->id, sizeof rec->id), f);
    return TRUE;
}

static ListQuery *
all_of(Ctx *ctx, const char *entity)
{
    ListQuery *query = list_query_new(registry_def(ctx->registry, entity));

    query->size = 1000000; /* reports are whole */
    query->want_total = FALSE;
    return query;
}

/* Leases that this person may read and that ran on the day, by id. */
static GHashTable *
readable_leases(Ctx *ctx, Day on, GError **error)
{
    g_autoptr(GHashTable) leases = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, facts_free);
    g_autoptr(ListQuery) query = all_of(ctx, "lease");
    g_autofree char *day = day_dup(on);

    list_query_filter(query, "from_on", OP_LTE, day);
    list_query_filter(query, "to_on", OP_GTE, day);
    return list_each(ctx, query, keep_lease, leases, error) ? g_steal_pointer(&leases) : NULL;
}

typedef struct {
    gint64 lease_id, area;
    Day from, to;
} Held;

static GHashTable *
held_units(Ctx *ctx, Day on, GError **error)
{
    g_autoptr(GHashTable) held = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.occupied", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "day", on);
    while (db_each(stmt, &ok, error)) {
        gint64 unit_id = db_int(stmt, 0);
        Held h = { db_int(stmt, 1), db_int(stmt, 2), db_day(stmt, 3), db_day(stmt, 4) };
        g_hash_table_insert(held, g_memdup2(&unit_id, sizeof unit_id), g_memdup2(&h, sizeof h));
    }
    return ok ? g_steal_pointer(&held) : NULL;
}

typedef struct {
    ReportTable *table;
    GHashTable *held, *leases;
} RentRoll;

/* Rent of a unit in a lease of several: by its share of the area. */
static gint64
unit_rent(const LeaseFacts *f, const Held *h)
{
    return f->area > 0 ? muldiv_half_away(f->monthly_rent, h->area, f->area) : f->monthly_rent;
}

static gboolean
add_unit(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    RentRoll *roll = data;
    ReportTable *t = roll->table;
    ReportRow *row = report_row_add(t, "unit", rec->id);
    const Held *h = g_hash_table_lookup(roll->held, &rec->id);
    const LeaseFacts *f = h ? g_hash_table_lookup(roll->leases, &h->lease_id) : NULL;

    (void) error;
    report_set_text(t, row, "floor", label_of(rec, labels, "floor_id"));
    report_set_text(t, row, "unit", record_text(rec, "no"));
    report_set_int(t, row, "area", record_int(rec, "area_leasable"));
    report_set_text(t, row, "status", h ? "open" : record_is(rec, "purpose", "letting") ? "vacant" : record_text(rec, "purpose"));
    if (!h)
        return TRUE;
    report_set_int(t, row, "let_area", h->area);
    report_set_int(t, row, "from", h->from);
    report_set_int(t, row, "to", h->to);
    if (!f)
        return TRUE; /* let, but not this person's business */
    row->entity = "lease";
    row->id = h->lease_id;
    report_set_text(t, row, "merchant", f->merchant);
    report_set_text(t, row, "brand", f->brand);
    report_set_text(t, row, "category", f->category);
    report_set_text(t, row, "lease", f->no);
    gint64 rent = unit_rent(f, h);
    report_set_int(t, row, "monthly_rent", rent);
    if (h->area > 0)
        report_set_int(t, row, "price", muldiv_half_away(rent, 10000, h->area));
    return TRUE;
}

static gboolean
fill_rent_roll(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GHashTable) leases = readable_leases(ctx, table->on, error);
    g_autoptr(GHashTable) held = leases ? held_units(ctx, table->on, error) : NULL;
    g_autoptr(ListQuery) units = all_of(ctx, "unit");

    if (!held)
        return FALSE;
    RentRoll roll = { table, held, leases };
    units->sort = entity_find_field(units->def, "no");
    units->descending = FALSE;
    return list_each(ctx, units, add_unit, &roll, error);
}

const ReportDef report_rent_roll = {
    .name = "rent_roll",
    .zh = "租金台账",
    .en = "Rent roll",
    .formula_zh = "每个铺位一行（含空置）；月租金为合同固定租金按面积分摊到铺位，元/㎡/月 = 月租金 ÷ 出租面积",
    .formula_en = "One row per unit, vacant ones included; monthly rent is the lease's fixed rent by area, price = rent ÷ let area",
    .basis_zh = "计租面积；已签约且在当日租期内的合同计入，提成租金不计入",
    .basis_en = "Leasable area; leases signed and running on that day; turnover rent is left out",
    .params = "on",
    .columns = rent_roll_columns,
    .n_columns = G_N_ELEMENTS(rent_roll_columns),
    .fill = fill_rent_roll,
};

static const ReportColumn expiry_columns[] = {
    { "year", "到期年份", "Year of expiry", FT_TEXT, NULL, FALSE }, { "leases", "合同数", "Leases", FT_INT, NULL, TRUE },
    { "area", "面积", "Area", FT_AREA, NULL, TRUE },           { "area_share", "面积占比", "% of area", FT_PERCENT, NULL, FALSE },
    { "rent", "月租金", "Monthly rent", FT_MONEY, NULL, TRUE }, { "rent_share", "租金占比", "% of rent", FT_PERCENT, NULL, FALSE },
};

typedef struct {
    gint64 leases, area, rent;
} Bucket;

static gboolean
add_expiry(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    GTree *buckets = data;
    int year = day_to_ymd(record_day(rec, "to_on")).year;
    Bucket *b = g_tree_lookup(buckets, GINT_TO_POINTER(year));

    (void) labels;
    (void) error;
    if (!b) {
        b = g_new0(Bucket, 1);
        g_tree_insert(buckets, GINT_TO_POINTER(year), b);
    }
    b->leases++;
    b->area += record_int(rec, "area");
    b->rent += record_int(rec, "monthly_rent");
    return TRUE;
}

typedef struct {
    ReportTable *table;
    Bucket all;
} Expiry;

static gboolean
sum_bucket(gpointer key, gpointer value, gpointer data)
{
    Expiry *e = data;
    const Bucket *b = value;

    (void) key;
    e->all.area += b->area;
    e->all.rent += b->rent;
    return FALSE;
}

static gboolean
write_bucket(gpointer key, gpointer value, gpointer data)
{
    Expiry *e = data;
    const Bucket *b = value;
    ReportRow *row = report_row_add(e->table, NULL, 0);
    g_autofree char *year = g_strdup_printf("%d", GPOINTER_TO_INT(key));

    report_set_text(e->table, row, "year", year);
    report_set_int(e->table, row, "leases", b->leases);
    report_set_int(e->table, row, "area", b->area);
    report_set_int(e->table, row, "rent", b->rent);
    if (e->all.area)
        report_set_int(e->table, row, "area_share", muldiv_half_away(b->area, RATE_ONE_PPM, e->all.area));
    if (e->all.rent)
        report_set_int(e->table, row, "rent_share", muldiv_half_away(b->rent, RATE_ONE_PPM, e->all.rent));
    row->query = g_strdup_printf("/e/lease?to_on.gte=%d-01-01&to_on.lte=%d-12-31", GPOINTER_TO_INT(key), GPOINTER_TO_INT(key));
    return FALSE;
}

static int
compare_years(gconstpointer a, gconstpointer b, gpointer data)
{
    (void) data;
    return GPOINTER_TO_INT(a) - GPOINTER_TO_INT(b);
}

static gboolean
fill_expiry(Ctx *ctx, ReportTable *table, GError **error)
{
    g_autoptr(GTree) buckets = g_tree_new_full(compare_years, NULL, NULL, g_free);
    g_autoptr(ListQuery) query = all_of(ctx, "lease");
    g_autofree char *day = day_dup(table->on);
    Expiry e = { .table = table };

    list_query_filter(query, "from_on", OP_LTE, day);
    list_query_filter(query, "to_on", OP_GTE, day);
    list_query_filter(query, "state", OP_IN, "sealed,effective,expiring,renewed,terminated,settled,archived");
    if (!list_each(ctx, query, add_expiry, buckets, error))
        return FALSE;
    g_tree_foreach(buckets, sum_bucket, &e);
    g_tree_foreach(buckets, write_bucket, &e);
    return TRUE;
}

const ReportDef report_expiry = {
    .name = "expiry",
    .zh = "到期分布",
    .en = "Expiry profile",
    .formula_zh = "占比 = 当年到期面积（月租金）÷ 全部在租面积（月租金）",
    .formula_en = "share = area (monthly rent) ending in the year ÷ all area (monthly rent) in force",
    .basis_zh = "按合同租期止的自然年；含当日在租合同，不考虑续约",
    .basis_en = "Calendar year of the last day; leases in force on the day; renewals are not assumed",
    .params = "on",
    .columns = expiry_columns,
    .n_columns = G_N_ELEMENTS(expiry_columns),
    .fill = fill_expiry,
};
