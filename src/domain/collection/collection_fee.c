/* collection_fee.c - late fees as agreed for each line: to date, their working, what is billed when somebody decides so. */
#include "db/catalogue.h"
#include "domain/collection/collection_internal.h"
#include "store/services.h"

#include <string.h>

/* 4 x LPR, as courts have taken it where nothing better was shown: docs/domain/rules.md section 4. */
#define LOSS_RATE "15.4"
enum { NAME_CHARS = 70 }; /* of the principal's name in that of its late fee */

LateFee
due_fee(const DueCharge *charge, Day until)
{
    static const TermLate none = { 0 };

    return late_fee(charge->late ? charge->late : &none, charge->gross_fen, charge->due_on, until,
                    (const LatePayment *) (const void *) charge->payments->data, charge->payments->len);
}

gint64
due_fee_unbilled(const DueCharge *charge, const LateFee *fee)
{
    return MAX(0, fee->fee_fen - charge->fee_billed_fen);
}

static void
write_step(JsonOut *out, const char *op, const char *zh, const char *en)
{
    json_begin_object(out);
    json_kv_text(out, "op", op);
    json_kv_text(out, "text_zh", zh);
    json_kv_text(out, "text_en", en);
    json_end_object(out);
}

static void
write_stretch(JsonOut *out, const LateStep *step, const char *percent)
{
    g_autofree char *from = day_dup(step->from);
    g_autofree char *to = day_dup(step->to);
    g_autofree char *principal = money_format_grouped(step->principal_fen);
    g_autofree char *zh = g_strdup_printf("%s 至 %s，未付 %s × %" G_GINT64_FORMAT " 天 × 每日 %s%%", from, to, principal, step->days, percent);
    g_autofree char *en
        = g_strdup_printf("%s to %s, unpaid %s × %" G_GINT64_FORMAT " days × %s%% a day", from, to, principal, step->days, percent);

    write_step(out, "late", zh, en);
}

static void
write_cap(JsonOut *out, const LateFee *fee)
{
    g_autofree char *before = money_format_grouped(fee->uncapped_fen);
    g_autofree char *after = money_format_grouped(fee->fee_fen);
    g_autofree char *zh = g_strdup_printf("%s 超过约定上限，按 %s 计", before, after);
    g_autofree char *en = g_strdup_printf("%s is over the agreed cap; %s counts", before, after);

    write_step(out, "cap", zh, en);
}

char *
due_fee_working(const DueCharge *charge, const LateFee *fee, Day until)
{
    g_autoptr(JsonOut) out = json_out_new();
    g_autofree char *percent = percent_format(charge->late ? charge->late->percent_per_day_ppm : 0);
    g_autofree char *day = day_dup(until);
    g_autofree char *total = money_format_grouped(fee->fee_fen);
    g_autofree char *zh = g_strdup_printf("“%s”违约金计至 %s：%s", charge->name, day, total);
    g_autofree char *en = g_strdup_printf("late fee on %s through %s: %s", charge->name, day, total);

    json_begin_array(out);
    for (guint i = 0; i < fee->steps->len; i++)
        write_stretch(out, &g_array_index(fee->steps, LateStep, i), percent);
    if (fee->capped)
        write_cap(out, fee);
    write_step(out, "total", zh, en);
    if (charge->fee_billed_fen) {
        g_autofree char *billed = money_format_grouped(charge->fee_billed_fen);
        g_autofree char *rest = money_format_grouped(due_fee_unbilled(charge, fee));
        g_autofree char *less_zh = g_strdup_printf("已计收 %s，本次 %s", billed, rest);
        g_autofree char *less_en = g_strdup_printf("%s billed before, now %s", billed, rest);
        write_step(out, "total", less_zh, less_en);
    }
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

gboolean
due_fee_is_excessive(Ctx *ctx, const LateFee *fee)
{
    g_autofree char *text = setting_get(ctx, "collection.loss_rate", LOSS_RATE);
    gint64 yearly_ppm = 0, threshold = 0;
    Wide fen_days = 0;

    if (!percent_parse(text, &yearly_ppm))
        percent_parse(LOSS_RATE, &yearly_ppm);
    for (guint i = 0; i < fee->steps->len; i++) {
        const LateStep *step = &g_array_index(fee->steps, LateStep, i);
        fen_days += (Wide) step->principal_fen * step->days;
    }
    gint64 loss_fen = wide_div_half_away(fen_days * yearly_ppm, (Wide) RATE_ONE_PPM * 365);
    return fee->fee_fen > 0 && late_penalty_is_excessive(fee->fee_fen, loss_fen, &threshold);
}

/* -- billing ------------------------------------------------------------------------- */

typedef struct {
    Ctx *ctx;
    Day until;
    const GArray *chosen; /* of gint64; NULL: all */
    ChargeBatch *batch;   /* NULL: only looks */
    JsonOut *out;         /* NULL: only bills */
    gint64 tax_rate_ppm, total_fen;
    guint n;
} Billing;

static gboolean
is_chosen(const Billing *b, gint64 charge_id)
{
    for (guint i = 0; b->chosen && i < b->chosen->len; i++) {
        if (g_array_index(b->chosen, gint64, i) == charge_id)
            return TRUE;
    }
    return !b->chosen;
}

static gboolean
post_fee(Billing *b, const DueCharge *c, gint64 amount_fen, const char *working, GError **error)
{
    g_autofree char *of = g_utf8_substring(c->name, 0, MIN(g_utf8_strlen(c->name, -1), NAME_CHARS));
    g_autofree char *name = g_strdup_printf("违约金（%s）", of);
    g_autofree char *key = g_strdup_printf("late:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, c->id, b->until);
    ChargeSpec spec = { .merchant_id = c->merchant_id, .lease_id = c->lease_id, .unit_id = c->unit_id, .item = "penalty", .kind = "late_fee",
                        .name = name, .to = b->until, .due_on = b->ctx->today,
                        .tax_rate_ppm = b->tax_rate_ppm, .gross_fen = amount_fen, .working = working, .live_key = key,
                        .source_entity = "charge", .source_id = c->id };

    spec.from = c->fee_billed_to == DAY_NONE ? c->due_on + 1 : MIN(c->fee_billed_to + 1, b->until);
    tax_split_gross(spec.gross_fen, spec.tax_rate_ppm, &spec.net_fen, &spec.tax_fen);
    return charge_batch_add(b->batch, &spec, NULL, error);
}

static void
write_fee(Billing *b, const DueCharge *c, const LateFee *fee, gint64 amount_fen, const char *working)
{
    JsonOut *out = b->out;

    json_begin_object(out);
    json_kv_id(out, "id", c->id);
    json_kv_text(out, "name", c->name);
    json_kv_text(out, "merchant", c->merchant);
    json_kv_text(out, "lease", c->lease);
    json_kv_text(out, "unit", c->unit);
    json_kv_day(out, "due_on", c->due_on);
    json_kv_money(out, "gross", c->gross_fen);
    json_kv_money(out, "open", c->open_fen);
    json_kv_money(out, "fee", fee->fee_fen);
    json_kv_money(out, "billed", c->fee_billed_fen);
    json_kv_money(out, "amount", amount_fen);
    json_kv_bool(out, "excessive", due_fee_is_excessive(b->ctx, fee));
    json_key(out, "working");
    json_raw(out, working, strlen(working));
    json_end_object(out);
}

static gboolean
each_fee(Billing *b, const DueSet *set, GError **error)
{
    for (guint i = 0; i < set->charges->len; i++) {
        const DueCharge *c = set->charges->pdata[i];
        if (!c->late || !is_chosen(b, c->id))
            continue;
        g_auto(LateFee) fee = due_fee(c, b->until);
        gint64 amount_fen = due_fee_unbilled(c, &fee);
        if (amount_fen == 0)
            continue;
        g_autofree char *working = due_fee_working(c, &fee, b->until);
        if (b->batch && !post_fee(b, c, amount_fen, working, error))
            return FALSE;
        if (b->out)
            write_fee(b, c, &fee, amount_fen, working);
        b->total_fen += amount_fen;
        b->n++;
    }
    return TRUE;
}

static gboolean
check_until(Ctx *ctx, Day until, GError **error)
{
    return until <= ctx->today
           || app_error_field(error, "until_on", "future", "不能计至将来的日期", "cannot be in the future");
}

gboolean
late_fee_preview_write(Ctx *ctx, Day until, gint64 lease_id, JsonOut *out, GError **error)
{
    const DueScope scope = { .due_until = until, .lease_id = lease_id, .with_closed = TRUE };
    g_autoptr(DueSet) set = check_until(ctx, until, error) ? due_load(ctx, &scope, error) : NULL;
    Billing b = { .ctx = ctx, .until = until, .out = out };

    if (!set)
        return FALSE;
    json_kv_day(out, "until_on", until);
    json_key(out, "items");
    json_begin_array(out);
    each_fee(&b, set, NULL);
    json_end_array(out);
    json_kv_int(out, "charges", b.n);
    json_kv_money(out, "total", b.total_fen);
    return TRUE;
}

static gint64
save_run(Billing *b, gint64 lease_id, GError **error)
{
    g_autoptr(Record) run = record_new(registry_def(b->ctx->registry, "late_fee_run"));

    record_set_day(run, "until_on", b->until);
    record_set_id(run, "lease_id", lease_id);
    record_set_id(run, "staff_id", b->ctx->staff_id);
    record_set_int(run, "charges", b->n);
    record_set_int(run, "gross", b->total_fen);
    return record_save(b->ctx, run, error) ? run->id : 0;
}

/* Two runs at once would both bill the same days. */
static gboolean
lock_runs(Ctx *ctx, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.lock", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    return db_step(stmt, &row, error);
}

gint64
late_fee_bill(Ctx *ctx, Day until, gint64 lease_id, const GArray *charge_ids, GError **error)
{
    const DueScope scope = { .due_until = until, .lease_id = lease_id, .with_closed = TRUE };
    g_autoptr(DueSet) set = check_until(ctx, until, error) && lock_runs(ctx, error) ? due_load(ctx, &scope, error) : NULL;
    g_autoptr(Record) item = set ? record_find_by(ctx, "charge_item", "code", "penalty", error) : NULL;
    g_autoptr(ChargeBatch) batch = charge_batch_new(ctx);
    Billing b = { .ctx = ctx, .until = until, .chosen = charge_ids, .batch = batch };

    if (!item) {
        if (set && error && !*error)
            app_error_set(error, APP_ERROR_CONFLICT, "charge.item", "没有费用科目 penalty", "there is no charge item penalty");
        return 0;
    }
    b.tax_rate_ppm = record_int(item, "tax_rate");
    if (!each_fee(&b, set, error))
        return 0;
    if (b.n == 0) {
        app_error_set(error, APP_ERROR_CONFLICT, "late_fee_run.nothing", "没有可计收的违约金，或已计收到该日",
                      "no late fee is left to bill through that day");
        return 0;
    }
    return charge_batch_finish(batch, error) ? save_run(&b, lease_id, error) : 0;
}
