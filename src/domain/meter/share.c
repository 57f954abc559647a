/* share.c - a shared cost is split by area x days or percent x days over whoever held each member unit. The shares add up to the pool; what
 * rounding leaves goes to the largest share (cost_shares). */
#include "db/catalogue.h"
#include "domain/meter/meter_internal.h"
#include "domain/terms/lease_money.h"

#include <string.h>

/* One unit's stretch of days with one holder. */
typedef struct {
    gint64 unit_id;
    char *unit_no;
    const MeterHold *hold; /* NULL: vacant */
    Day from, to;
    gint64 measure; /* 1/100 m2, or ppm */
} Stretch;

typedef struct {
    GHashTable *holds;
    GArray *stretches; /* of Stretch */
    gint64 *weights, *shares_fen;
    gint64 total_weight, landlord_fen;
    gboolean is_fixed;
} Split;

static void
stretch_clear(gpointer data)
{
    g_free(((Stretch *) data)->unit_no);
}

static void
split_clear(Split *split)
{
    g_clear_pointer(&split->holds, g_hash_table_unref);
    g_clear_pointer(&split->stretches, g_array_unref);
    g_free(split->weights);
    g_free(split->shares_fen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Split, split_clear)

/* -- who shares --------------------------------------------------------------- */

static void
add_member(Split *split, const DbStmt *stmt, Day from, Day to)
{
    gint64 unit_id = db_int(stmt, 0);
    Day first = MAX(from, db_day(stmt, 4)), last = db_is_null(stmt, 5) ? to : MIN(to, db_day(stmt, 5));

    for (Day day = first; day <= last;) {
        Day next = meter_hold_until(split->holds, unit_id, day, last);
        Stretch stretch = { .unit_id = unit_id, .unit_no = g_strdup(db_text(stmt, 1)), .hold = meter_hold_on(split->holds, unit_id, day),
                            .from = day, .to = next - 1, .measure = db_is_null(stmt, split->is_fixed ? 3 : 2) ? 0 : db_int(stmt, split->is_fixed ? 3 : 2) };
        g_array_append_val(split->stretches, stretch);
        day = next;
    }
}

static gboolean
load_members(Ctx *ctx, const Record *pool, Split *split, GError **error)
{
    gboolean ok = TRUE;
    Day from = record_day(pool, "from_on"), to = record_day(pool, "to_on");
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "meter.share_members", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "key_id", record_int(pool, "key_id"));
    db_bind_day(stmt, "from_on", from);
    db_bind_day(stmt, "to_on", to);
    while (db_each(stmt, &ok, error))
        add_member(split, stmt, from, to);
    return ok;
}

/* Fixed percents that do not reach 100 leave the rest with the landlord: one more weight. */
static gint64
unassigned(const Split *split, Day from, Day to)
{
    gint64 all = RATE_ONE_PPM * (to - from + 1), given = 0;

    if (!split->is_fixed)
        return 0;
    for (guint i = 0; i < split->stretches->len; i++) {
        const Stretch *s = &g_array_index(split->stretches, Stretch, i);
        given += s->measure * (s->to - s->from + 1);
    }
    return MAX(0, all - given);
}

static gboolean
split_pool(Ctx *ctx, const Record *pool, Split *split, GError **error)
{
    g_autoptr(Record) key = record_get(ctx, "share_key", record_int(pool, "key_id"), NULL, error);

    if (!key)
        return FALSE;
    split->is_fixed = record_is(key, "basis", "fixed");
    split->stretches = g_array_new(FALSE, FALSE, sizeof(Stretch));
    g_array_set_clear_func(split->stretches, stretch_clear);
    split->holds = meter_holds(ctx, record_day(pool, "to_on"), error);
    if (!split->holds || !load_members(ctx, pool, split, error))
        return FALSE;
    guint n = split->stretches->len;
    split->weights = g_new0(gint64, n + 1);
    split->shares_fen = g_new0(gint64, n + 1);
    for (guint i = 0; i < n; i++) {
        const Stretch *s = &g_array_index(split->stretches, Stretch, i);
        gboolean counts = s->hold || !record_is(key, "basis", "occupied");
        split->weights[i] = counts ? s->measure * (s->to - s->from + 1) : 0;
        split->total_weight += split->weights[i];
    }
    split->weights[n] = unassigned(split, record_day(pool, "from_on"), record_day(pool, "to_on"));
    split->total_weight += split->weights[n];
    if (split->total_weight == 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "share_pool.nobody", "期间没有可分摊的成员", "no member can bear a share of this period");
    cost_shares(record_int(pool, "amount"), split->weights, n + 1, split->shares_fen);
    split->landlord_fen = split->shares_fen[n];
    for (guint i = 0; i < n; i++)
        split->landlord_fen += g_array_index(split->stretches, Stretch, i).hold ? 0 : split->shares_fen[i];
    return TRUE;
}

/* -- working ------------------------------------------------------------------ */

static char *
measure_text(const Split *split, const Stretch *s)
{
    return split->is_fixed ? percent_format(s->measure) : area_format(s->measure);
}

static char *
share_working(const Split *split, const Record *pool, guint i)
{
    const Stretch *s = &g_array_index(split->stretches, Stretch, i);
    g_autofree char *amount = meter_amount_text(record_int(pool, "amount"));
    g_autofree char *own = measure_text(split, s);
    g_autofree char *total = decimal_format(split->total_weight, split->is_fixed ? 4 : 2, 0);
    g_autofree char *share = meter_amount_text(split->shares_fen[i]);
    const char *unit_zh = split->is_fixed ? "%" : "㎡", *unit_en = split->is_fixed ? "%" : "m²";
    int days = (int) (s->to - s->from + 1);
    gint64 plain_fen = cost_share(record_int(pool, "amount"), split->weights[i], split->total_weight);
    g_autofree char *rest = meter_amount_text(split->shares_fen[i] - plain_fen);
    gboolean has_rest = plain_fen != split->shares_fen[i];
    g_autofree char *rest_zh = has_rest ? g_strdup_printf("（含尾差 %s 元，归最大份额）", rest) : g_strdup("");
    g_autofree char *rest_en = has_rest ? g_strdup_printf(" (with the rest of %s yuan, which goes to the largest share)", rest) : g_strdup("");

    return g_strdup_printf("[{\"text_zh\":\"%s 元 × %s %s × %d 天 ÷ %s %s·天 = %s 元%s\",\"text_en\":\"%s yuan × %s %s × %d days ÷ %s %s-days = %s yuan%s\"}]",
                           amount, own, unit_zh, days, total, unit_zh, share, rest_zh, amount, own, unit_en, days, total, unit_en, share, rest_en);
}

/* -- the pool by its meter ---------------------------------------------------- */

static gboolean
pool_by_meter(Ctx *ctx, Record *pool, const Record *key, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(GPtrArray) prices = meter_prices(ctx, error);
    g_autoptr(Record) meter = prices ? record_get(ctx, "meter", record_int(key, "meter_id"), NULL, error) : NULL;
    g_autoptr(DbStmt) stmt = meter ? db_named(ctx->db, "meter.pool_use", error) : NULL;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "meter_id", meter->id);
    db_bind_day(stmt, "from_on", record_day(pool, "from_on"));
    db_bind_day(stmt, "to_on", record_day(pool, "to_on"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    const MeterPrice *price = meter_price_on(prices, record_text(meter, "kind"), record_day(pool, "to_on"));
    if (db_is_null(stmt, 0) || !price)
        return app_error_field(error, "amount", "required", "期间没有总表读数或单价，请填写金额", "no reading of the pool meter or no price; give the amount");
    gint64 main_e4 = db_int(stmt, 0), behind_e4 = db_int(stmt, 1), rest_e4 = main_e4 - behind_e4;
    if (rest_e4 <= 0)
        return app_error_field(error, "amount", "negative", "分表用量合计不小于总表，请核对读数", "the meters behind it used as much or more; check the readings");
    g_autofree char *all = meter_number_text(main_e4);
    g_autofree char *behind = meter_number_text(behind_e4);
    g_autofree char *rest = meter_number_text(rest_e4);
    g_autofree char *unit = decimal_format(price->price_e4, 4, 2);
    record_set_int(pool, "amount", meter_charge(rest_e4, price->price_e4));
    g_autofree char *sum = meter_amount_text(record_int(pool, "amount"));
    g_autofree char *working = g_strdup_printf("[{\"text_zh\":\"总表 %s − 分表 %s = %s %s；× %s 元 = %s 元\",\"text_en\":\"Main meter %s − meters behind %s = %s %s; × %s yuan = %s yuan\"}]",
                                               all, behind, rest, meter_unit_zh(price->kind), unit, sum, all, behind, rest, meter_unit_en(price->kind), unit, sum);
    record_set_text(pool, "working", working);
    return TRUE;
}

/* -- hooks and actions -------------------------------------------------------- */

gboolean
share_member_validate(Ctx *ctx, Record *member, const Record *old, GError **error)
{
    (void) old;
    if (record_is_null(member, "key_id"))
        return TRUE;
    g_autoptr(Record) key = record_find(ctx, "share_key", record_int(member, "key_id"), error);
    if (!key)
        return FALSE;
    if (record_is(key, "basis", "fixed") && record_int(member, "percent") <= 0)
        app_error_field(error, "percent", "required", "固定比例方案请填写比例", "a key by percent needs one");
    if (!record_is_null(member, "to_on") && record_day(member, "to_on") < record_day(member, "from_on"))
        app_error_field(error, "to_on", "order", "结束日期不能早于开始日期", "ends before it begins");
    return TRUE;
}

gboolean
share_pool_validate(Ctx *ctx, Record *pool, const Record *old, GError **error)
{
    if (record_is_null(pool, "key_id") || record_is_null(pool, "from_on") || record_is_null(pool, "to_on"))
        return TRUE;
    if (old && !record_is(old, "state", "draft"))
        return record_is(pool, "state", "void") || record_int(old, "amount") == record_int(pool, "amount")
               || app_error_set(error, APP_ERROR_CONFLICT, "share_pool.posted", "已分摊的公摊单不能修改，请撤销后重做", "it is posted; void it and make another");
    if (record_day(pool, "to_on") < record_day(pool, "from_on"))
        return app_error_field(error, "to_on", "order", "结束日期不能早于开始日期", "ends before it begins");
    g_autoptr(Record) key = record_find(ctx, "share_key", record_int(pool, "key_id"), error);
    if (!key)
        return FALSE;
    if (!record_is_null(pool, "amount"))
        return record_int(pool, "amount") > 0 || app_error_field(error, "amount", "zero", "公摊总额应大于 0", "must be more than nothing");
    if (record_is_null(key, "meter_id"))
        return app_error_field(error, "amount", "required", "方案没有总表，请填写公摊总额", "the key has no pool meter; give the amount");
    return pool_by_meter(ctx, pool, key, error);
}

static gboolean
post_share(ChargeBatch *batch, const Split *split, const Record *pool, const Record *item, guint i, GError **error)
{
    const Stretch *s = &g_array_index(split->stretches, Stretch, i);
    g_autofree char *working = share_working(split, pool, i);
    g_autofree char *key = g_strdup_printf("share:%" G_GINT64_FORMAT ":%u", pool->id, i);
    g_autofree char *name = g_strdup_printf("%s（公摊）", record_text(item, "name"));
    ChargeSpec spec = { .merchant_id = s->hold->merchant_id, .lease_id = s->hold->lease_id, .unit_id = s->unit_id, .item = record_text(item, "code"),
                        .kind = "share", .name = name, .from = s->from, .to = s->to, .due_on = record_day(pool, "due_on"),
                        .tax_rate_ppm = record_int(item, "tax_rate"), .gross_fen = split->shares_fen[i], .working = working, .live_key = key,
                        .source_entity = "share_pool", .source_id = pool->id };

    tax_split_gross(spec.gross_fen, spec.tax_rate_ppm, &spec.net_fen, &spec.tax_fen);
    return spec.gross_fen == 0 || charge_batch_add(batch, &spec, NULL, error);
}

gboolean
share_pool_post(Ctx *ctx, Record *pool, const Record *input, GError **error)
{
    g_auto(Split) split = { 0 };
    g_autoptr(Record) key = record_get(ctx, "share_key", record_int(pool, "key_id"), NULL, error);
    g_autoptr(Record) item = key ? record_get(ctx, "charge_item", record_int(key, "item_id"), NULL, error) : NULL;
    g_autoptr(ChargeBatch) batch = charge_batch_new(ctx);

    (void) input;
    if (!item || !split_pool(ctx, pool, &split, error))
        return FALSE;
    for (guint i = 0; i < split.stretches->len; i++) {
        if (g_array_index(split.stretches, Stretch, i).hold && !post_share(batch, &split, pool, item, i, error))
            return FALSE;
    }
    record_set_int(pool, "landlord", split.landlord_fen);
    return charge_batch_finish(batch, error);
}

gboolean
share_pool_void(Ctx *ctx, Record *pool, const Record *input, GError **error)
{
    return charge_void_of(ctx, "share_pool", pool->id, record_text(input, "reason"), error);
}

static void
write_share(const Split *split, const Record *pool, guint i, JsonOut *out)
{
    const Stretch *s = &g_array_index(split->stretches, Stretch, i);
    g_autofree char *working = share_working(split, pool, i);
    g_autofree char *measure = measure_text(split, s);

    json_begin_object(out);
    json_kv_id(out, "unit_id", s->unit_id);
    json_kv_text(out, "unit", s->unit_no);
    json_kv_text(out, "merchant", s->hold ? s->hold->merchant : NULL);
    json_kv_text(out, "lease", s->hold ? s->hold->lease_no : NULL);
    json_kv_day(out, "from", s->from);
    json_kv_day(out, "to", s->to);
    json_kv_text(out, "measure", measure);
    json_kv_money(out, "amount", split->shares_fen[i]);
    json_key(out, "working");
    json_raw(out, working, strlen(working));
    json_end_object(out);
}

/* The shares as they are or would be; a pool that cannot be split says why. */
gboolean
share_pool_write(Ctx *ctx, const Record *pool, JsonOut *out, GError **error)
{
    g_auto(Split) split = { 0 };
    g_autoptr(GError) why = NULL;
    gboolean ok = split_pool(ctx, pool, &split, &why);

    if (why && !app_error_is(why, APP_ERROR_CONFLICT)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    json_kv_text(out, "problem", why ? app_error_text(why, ctx->lang) : NULL);
    json_kv_money(out, "landlord_share", ok ? split.landlord_fen : 0);
    json_key(out, "shares");
    json_begin_array(out);
    for (guint i = 0; ok && i < split.stretches->len; i++)
        write_share(&split, pool, i, out);
    json_end_array(out);
    return TRUE;
}
