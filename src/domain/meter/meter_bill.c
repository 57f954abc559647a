/* meter_bill.c - checked readings become charges. The use between two readings belongs to whoever holds the unit on all of those days. If
 * the holder changed in between, nothing is guessed: a reading on the day of the change is asked for. Nobody: the landlord bears it. */
#include "db/catalogue.h"
#include "domain/meter/meter_internal.h"
#include "domain/terms/lease_money.h"

#include <string.h>

/* A reading that waits, and what it gives. Texts owned. */
typedef struct {
    gint64 id, meter_id, unit_id, origin_id;
    char *meter_no, *kind, *unit_no, *place;
    gint64 multiplier_e4, previous_e4, reading_e4, used_e4;
    Day previous_on, read_on;
    gboolean estimated, is_correction;
    gint64 charged_gross_fen, charged_net_fen; /* by the readings that it corrects */
    const MeterHold *hold;                     /* NULL: the landlord */
    const char *problem;                       /* token; NULL: can be billed */
    Day problem_on;
} Waiting;

/* One line to be charged: a stretch of days with one price, or the difference of a correction. */
typedef struct {
    const Waiting *of;
    char *item; /* code; owned by the prices */
    Day from, to;
    gint64 used_e4, price_e4, tax_rate_ppm, net_fen, tax_fen, gross_fen;
    char *working;
} Line;

typedef struct {
    Ctx *ctx;
    GHashTable *holds;
    GPtrArray *prices, *waiting, *lines;
} Bill;

static void
waiting_free(gpointer data)
{
    Waiting *w = data;

    g_free(w->meter_no);
    g_free(w->kind);
    g_free(w->unit_no);
    g_free(w->place);
    g_free(w);
}

static void
line_free(gpointer data)
{
    Line *line = data;

    g_free(line->working);
    g_free(line);
}

static void
bill_clear(Bill *bill)
{
    g_clear_pointer(&bill->holds, g_hash_table_unref);
    g_clear_pointer(&bill->prices, g_ptr_array_unref);
    g_clear_pointer(&bill->waiting, g_ptr_array_unref);
    g_clear_pointer(&bill->lines, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bill, bill_clear)

/* -- who ---------------------------------------------------------------------- */

static void
find_holder(Bill *bill, Waiting *w)
{
    Day first = MIN(w->previous_on + 1, w->read_on);

    w->hold = w->unit_id ? meter_hold_on(bill->holds, w->unit_id, first) : NULL;
    for (Day day = first; w->unit_id && day <= w->read_on; day = meter_hold_until(bill->holds, w->unit_id, day, w->read_on)) {
        const MeterHold *hold = meter_hold_on(bill->holds, w->unit_id, day);
        if ((hold ? hold->lease_id : 0) == (w->hold ? w->hold->lease_id : 0))
            continue;
        if (!w->problem)
            w->problem = "holder_changed";
        w->problem_on = day - 1;
        return;
    }
}

static Waiting *
waiting_read(const DbStmt *stmt)
{
    Waiting *w = g_new0(Waiting, 1);

    w->id = db_int(stmt, 0);
    w->meter_id = db_int(stmt, 1);
    w->meter_no = g_strdup(db_text(stmt, 2));
    w->kind = g_strdup(db_text(stmt, 3));
    w->unit_id = db_is_null(stmt, 4) ? 0 : db_int(stmt, 4);
    w->unit_no = g_strdup(db_is_null(stmt, 5) ? NULL : db_text(stmt, 5));
    w->place = g_strdup(db_is_null(stmt, 6) ? NULL : db_text(stmt, 6));
    w->multiplier_e4 = db_int(stmt, 7);
    w->previous_e4 = db_int(stmt, 8);
    w->reading_e4 = db_int(stmt, 9);
    w->previous_on = db_day(stmt, 10);
    w->read_on = db_day(stmt, 11);
    w->used_e4 = db_int(stmt, 12);
    w->problem_on = DAY_NONE;
    if (strcmp(db_text(stmt, 13), "entered") == 0)
        w->problem = db_is_null(stmt, 14) ? "not_checked" : "unusual";
    w->is_correction = !db_is_null(stmt, 15);
    w->origin_id = w->is_correction ? db_int(stmt, 15) : w->id;
    w->estimated = db_int(stmt, 16) != 0;
    w->charged_gross_fen = db_is_null(stmt, 17) ? 0 : db_int(stmt, 17);
    w->charged_net_fen = db_is_null(stmt, 18) ? 0 : db_int(stmt, 18);
    return w;
}

/* -- how much ----------------------------------------------------------------- */

/* @as_factor: in brackets even where there is no multiplier, because something follows. */
static char *
dial_text(const Waiting *w, gboolean as_factor)
{
    g_autofree char *now = meter_number_text(w->reading_e4);
    g_autofree char *before = meter_number_text(w->previous_e4);
    g_autofree char *multiplier = meter_number_text(w->multiplier_e4);

    if (w->multiplier_e4 == 10000)
        return g_strdup_printf(as_factor ? "(%s − %s)" : "%s − %s", now, before);
    return g_strdup_printf("(%s − %s) × %s", now, before, multiplier);
}

static void
step(JsonOut *out, const char *zh, const char *en)
{
    json_begin_object(out);
    json_kv_text(out, "text_zh", zh);
    json_kv_text(out, "text_en", en);
    json_end_object(out);
}

static void
use_step(const Waiting *w, JsonOut *out)
{
    g_autofree char *dial = dial_text(w, FALSE);
    g_autofree char *used = meter_number_text(w->used_e4);
    const char *rolled_zh = w->reading_e4 < w->previous_e4 ? "（表盘翻转）" : "", *rolled_en = *rolled_zh ? " (dial went round)" : "";
    const char *guess_zh = w->estimated ? "，估抄" : "", *guess_en = w->estimated ? ", estimated" : "";
    g_autofree char *zh = g_strdup_printf("表 %s：%s%s = %s %s%s", w->meter_no, dial, rolled_zh, used, meter_unit_zh(w->kind), guess_zh);
    g_autofree char *en = g_strdup_printf("Meter %s: %s%s = %s %s%s", w->meter_no, dial, rolled_en, used, meter_unit_en(w->kind), guess_en);

    step(out, zh, en);
}

static void
price_step(const Line *line, gint64 loss_ppm, gint64 days, gint64 all, JsonOut *out)
{
    const Waiting *w = line->of;
    g_autofree char *used = meter_number_text(line->used_e4);
    g_autofree char *price = decimal_format(line->price_e4, 4, 2);
    g_autofree char *loss = percent_format(loss_ppm);
    g_autofree char *amount = meter_amount_text(line->gross_fen);
    g_autofree char *dial = dial_text(w, TRUE);
    g_autofree char *with_loss = loss_ppm ? g_strdup_printf(" × (1 + %s%%)", loss) : g_strdup("");
    g_autofree char *zh = NULL, *en = NULL;

    if (days == all) {
        zh = g_strdup_printf("%s%s × %s 元 = %s 元", dial, with_loss, price, amount);
        en = g_strdup_printf("%s%s × %s yuan = %s yuan", dial, with_loss, price, amount);
    } else {
        zh = g_strdup_printf("按日分段 %d/%d 天：%s %s%s × %s 元 = %s 元", (int) days, (int) all, used, meter_unit_zh(w->kind), with_loss, price, amount);
        en = g_strdup_printf("%d of %d days: %s %s%s × %s yuan = %s yuan", (int) days, (int) all, used, meter_unit_en(w->kind), with_loss, price, amount);
    }
    step(out, zh, en);
}

static char *
working_end(JsonOut *out)
{
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

/* One line for each price in force between the two readings; the days share the use. */
static gboolean
price_lines(Bill *bill, Waiting *w, GPtrArray *lines)
{
    Day first = MIN(w->previous_on + 1, w->read_on);
    gint64 all = w->read_on - first + 1;

    for (Day day = first; day <= w->read_on;) {
        const MeterPrice *price = meter_price_on(bill->prices, w->kind, day);
        Day last = day;
        if (!price)
            return FALSE;
        while (last < w->read_on && meter_price_on(bill->prices, w->kind, last + 1) == price)
            last++;
        Line *line = g_new0(Line, 1);
        *line = (Line){ .of = w, .item = price->item, .from = day, .to = last, .price_e4 = price->price_e4, .tax_rate_ppm = price->tax_rate_ppm };
        line->used_e4 = meter_use_part(w->used_e4, day - first, last - day + 1, all);
        line->gross_fen = meter_charge_with_loss(line->used_e4, price->loss_ppm, price->price_e4);
        tax_split_gross(line->gross_fen, line->tax_rate_ppm, &line->net_fen, &line->tax_fen);
        g_autoptr(JsonOut) out = json_out_new();
        json_begin_array(out);
        use_step(w, out);
        price_step(line, price->loss_ppm, last - day + 1, all, out);
        line->working = working_end(out);
        g_ptr_array_add(lines, line);
        day = last + 1;
    }
    return TRUE;
}

/* What the right reading costs, less what the wrong one has charged. */
static Line *
difference_line(const Waiting *w, const GPtrArray *lines)
{
    const Line *last = lines->pdata[lines->len - 1];
    Line *line = g_memdup2(last, sizeof *last);
    gint64 gross_fen = 0;
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_array(out);
    use_step(w, out);
    line->net_fen = 0;
    for (guint i = 0; i < lines->len; i++) {
        const Line *part = lines->pdata[i];
        gross_fen += part->gross_fen;
        line->net_fen += part->net_fen;
    }
    line->from = ((const Line *) lines->pdata[0])->from;
    line->used_e4 = w->used_e4;
    line->gross_fen = gross_fen - w->charged_gross_fen;
    line->net_fen -= w->charged_net_fen;
    line->tax_fen = line->gross_fen - line->net_fen;
    g_autofree char *right = meter_amount_text(gross_fen);
    g_autofree char *charged = meter_amount_text(w->charged_gross_fen);
    g_autofree char *rest = meter_amount_text(line->gross_fen);
    g_autofree char *zh = g_strdup_printf("更正：应计 %s 元 − 已计 %s 元 = %s 元", right, charged, rest);
    g_autofree char *en = g_strdup_printf("Correction: %s yuan − %s yuan charged = %s yuan", right, charged, rest);
    step(out, zh, en);
    line->working = working_end(out);
    return line;
}

static void
price_reading(Bill *bill, Waiting *w)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(line_free);

    if (!price_lines(bill, w, lines)) {
        w->problem = w->problem ? w->problem : "no_price";
        return;
    }
    if (w->problem)
        return;
    if (w->is_correction) {
        g_ptr_array_add(bill->lines, difference_line(w, lines));
        return;
    }
    for (guint i = 0; i < lines->len; i++)
        g_ptr_array_add(bill->lines, lines->pdata[i]);
    g_ptr_array_set_free_func(lines, NULL); /* they belong to the bill now */
}

static gboolean
bill_gather(Ctx *ctx, Day until, Bill *bill, GError **error)
{
    gboolean ok = TRUE;

    bill->ctx = ctx;
    bill->waiting = g_ptr_array_new_with_free_func(waiting_free);
    bill->lines = g_ptr_array_new_with_free_func(line_free);
    bill->holds = meter_holds(ctx, until, error);
    bill->prices = bill->holds ? meter_prices(ctx, error) : NULL;
    g_autoptr(DbStmt) stmt = bill->prices ? db_named(ctx->db, "meter.to_bill", error) : NULL;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "until", until);
    while (db_each(stmt, &ok, error)) {
        Waiting *w = waiting_read(stmt);
        g_ptr_array_add(bill->waiting, w);
        find_holder(bill, w);
        price_reading(bill, w);
    }
    return ok;
}

/* -- shown -------------------------------------------------------------------- */

static const struct {
    const char *token, *zh, *en;
} problems[] = {
    { "not_checked", "读数未审核", "The reading was not checked" },
    { "unusual", "用量异常，未说明或未审核", "Unusual use, not explained or not checked" },
    { "holder_changed", "期间承租人有变化，请补录变更日的读数", "The unit changed hands; enter a reading of that day" },
    { "no_price", "没有生效的能源单价", "No price is in force" },
};

static void
write_reading(const Waiting *w, JsonOut *out)
{
    json_kv_id(out, "reading_id", w->id);
    json_kv_id(out, "meter_id", w->meter_id);
    json_kv_text(out, "meter", w->meter_no);
    json_kv_text(out, "kind", w->kind);
    json_kv_text(out, "unit", w->unit_no ? w->unit_no : w->place);
    json_key(out, "previous");
    json_decimal(out, w->previous_e4, 4, 0);
    json_key(out, "reading");
    json_decimal(out, w->reading_e4, 4, 0);
    json_kv_day(out, "previous_on", w->previous_on);
    json_kv_day(out, "read_on", w->read_on);
    json_kv_text(out, "merchant", w->hold ? w->hold->merchant : NULL);
    json_kv_text(out, "lease", w->hold ? w->hold->lease_no : NULL);
    json_kv_id(out, "lease_id", w->hold ? w->hold->lease_id : 0);
}

static void
write_line(const Line *line, JsonOut *out)
{
    json_begin_object(out);
    write_reading(line->of, out);
    json_kv_day(out, "from", line->from);
    json_kv_day(out, "to", line->to);
    json_key(out, "used");
    json_decimal(out, line->used_e4, 4, 0);
    json_key(out, "price");
    json_decimal(out, line->price_e4, 4, 2);
    json_kv_money(out, "net", line->net_fen);
    json_kv_money(out, "tax", line->tax_fen);
    json_kv_money(out, "gross", line->gross_fen);
    json_key(out, "working");
    json_raw(out, line->working, strlen(line->working));
    json_end_object(out);
}

/* Lines of leases, or those that the landlord bears; their sum. */
static gint64
write_lines(const Bill *bill, const char *key, gboolean of_landlord, JsonOut *out)
{
    gint64 sum_fen = 0;

    json_key(out, key);
    json_begin_array(out);
    for (guint i = 0; i < bill->lines->len; i++) {
        const Line *line = bill->lines->pdata[i];
        if ((line->of->hold == NULL) != of_landlord)
            continue;
        sum_fen += line->gross_fen;
        write_line(line, out);
    }
    json_end_array(out);
    return sum_fen;
}

static void
write_problems(const Bill *bill, JsonOut *out)
{
    json_key(out, "problems");
    json_begin_array(out);
    for (guint i = 0; i < bill->waiting->len; i++) {
        const Waiting *w = bill->waiting->pdata[i];
        for (guint p = 0; w->problem && p < G_N_ELEMENTS(problems); p++) {
            if (strcmp(problems[p].token, w->problem) != 0)
                continue;
            json_begin_object(out);
            write_reading(w, out);
            json_kv_text(out, "problem", w->problem);
            json_kv_text(out, "text", bill->ctx->lang == LANG_EN ? problems[p].en : problems[p].zh);
            json_kv_day(out, "on", w->problem_on);
            json_end_object(out);
        }
    }
    json_end_array(out);
}

static gboolean
write_unread(Ctx *ctx, Day since, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "meter.unread", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "since", since);
    json_key(out, "unread");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "meter_id", db_int(stmt, 0));
        json_kv_text(out, "meter", db_text(stmt, 1));
        json_kv_text(out, "kind", db_text(stmt, 2));
        json_kv_text(out, "unit", db_text(stmt, db_is_null(stmt, 3) ? 4 : 3));
        json_kv_day(out, "last_on", db_day(stmt, 5));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

gboolean
meter_bill_write(Ctx *ctx, int month, JsonOut *out, GError **error)
{
    g_auto(Bill) bill = { 0 };
    Day since = day_from_month_key(month);

    if (!bill_gather(ctx, day_month_end(since), &bill, error))
        return FALSE;
    gint64 total_fen = write_lines(&bill, "lines", FALSE, out);
    gint64 landlord_fen = write_lines(&bill, "landlord", TRUE, out);
    json_kv_money(out, "total", total_fen);
    json_kv_money(out, "landlord_total", landlord_fen);
    write_problems(&bill, out);
    return write_unread(ctx, since, out, error);
}

/* -- posted ------------------------------------------------------------------- */

static gboolean
post_line(ChargeBatch *batch, const Line *line, Day due_on, GError **error)
{
    const Waiting *w = line->of;
    g_autofree char *key = g_strdup_printf("meter:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, w->id, line->from);
    const ChargeSpec spec = { .merchant_id = w->hold->merchant_id, .lease_id = w->hold->lease_id, .unit_id = w->unit_id, .item = line->item,
                              .kind = w->is_correction ? "adjustment" : "meter", .from = line->from, .to = line->to, .due_on = due_on,
                              .tax_rate_ppm = line->tax_rate_ppm, .net_fen = line->net_fen, .tax_fen = line->tax_fen, .gross_fen = line->gross_fen,
                              .working = line->working, .live_key = key, .source_entity = "meter_reading", .source_id = w->origin_id };

    return line->gross_fen == 0 || charge_batch_add(batch, &spec, NULL, error);
}

/* Lines of a lease; @lease_id 0: of all leases. */
static gboolean
is_of(const Waiting *w, gint64 lease_id)
{
    return w->hold && (!lease_id || w->hold->lease_id == lease_id);
}

static gboolean
post_lines(const Bill *bill, gint64 lease_id, Day due_on, guint *posted, GError **error)
{
    g_autoptr(ChargeBatch) batch = charge_batch_new(bill->ctx);

    for (guint i = 0; i < bill->lines->len; i++) {
        const Line *line = bill->lines->pdata[i];
        if (!is_of(line->of, lease_id))
            continue;
        if (!post_line(batch, line, due_on, error))
            return FALSE;
        *posted += line->gross_fen != 0;
    }
    return charge_batch_finish(batch, error);
}

static gboolean
mark_billed(const Bill *bill, gint64 lease_id, guint *readings, GError **error)
{
    for (guint i = 0; i < bill->waiting->len; i++) {
        const Waiting *w = bill->waiting->pdata[i];
        if (w->problem || (lease_id && !is_of(w, lease_id)))
            continue;
        g_autoptr(Record) reading = record_get(bill->ctx, "meter_reading", w->id, NULL, error);
        if (!reading || !flow_apply(bill->ctx, reading, "bill", NULL, error))
            return FALSE;
        *readings += 1;
    }
    return TRUE;
}

static gint64
bill_total(const Bill *bill)
{
    gint64 sum_fen = 0;

    for (guint i = 0; i < bill->lines->len; i++) {
        const Line *line = bill->lines->pdata[i];
        sum_fen += line->of->hold ? line->gross_fen : 0;
    }
    return sum_fen;
}

gboolean
meter_bill_post(Ctx *ctx, int month, Day due_on, gint64 expected_gross_fen, JsonOut *out, GError **error)
{
    g_auto(Bill) bill = { 0 };
    guint posted = 0, readings = 0;

    if (!bill_gather(ctx, day_month_end(day_from_month_key(month)), &bill, error))
        return FALSE;
    if (bill.lines->len == 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "meter_reading.nothing", "没有可计费的读数", "there is nothing to bill");
    if (bill_total(&bill) != expected_gross_fen)
        return app_error_set(error, APP_ERROR_CONFLICT, "meter_reading.moved", "读数或单价刚有变动，请重新预览", "readings or prices have changed; preview again");
    if (!post_lines(&bill, 0, due_on, &posted, error) || !mark_billed(&bill, 0, &readings, error))
        return FALSE;
    json_kv_int(out, "charges", posted);
    json_kv_int(out, "readings", readings);
    json_kv_money(out, "gross", expected_gross_fen);
    return TRUE;
}

/* -- of one lease ------------------------------------------------------------- */

static const char *
item_name(const Bill *bill, const Line *line)
{
    for (guint i = 0; i < bill->prices->len; i++) {
        const MeterPrice *price = bill->prices->pdata[i];
        if (strcmp(price->item, line->item) == 0)
            return price->item_name;
    }
    return line->item;
}

gboolean
meter_due_each(Ctx *ctx, gint64 lease_id, Day until, void (*each)(const MeterDue *due, gpointer data), gpointer data, GError **error)
{
    g_auto(Bill) bill = { 0 };

    if (!bill_gather(ctx, until, &bill, error))
        return FALSE;
    for (guint i = 0; i < bill.lines->len; i++) {
        const Line *line = bill.lines->pdata[i];
        const MeterDue due = { .name = item_name(&bill, line), .working = line->working, .unit_id = line->of->unit_id, .from = line->from, .to = line->to,
                               .tax_rate_ppm = line->tax_rate_ppm, .net_fen = line->net_fen, .tax_fen = line->tax_fen, .gross_fen = line->gross_fen };
        if (is_of(line->of, lease_id) && line->gross_fen != 0)
            each(&due, data);
    }
    for (guint i = 0; i < bill.waiting->len; i++) {
        const Waiting *w = bill.waiting->pdata[i];
        const MeterDue due = { .problem = w->problem, .unit_id = w->unit_id };
        if (w->problem && is_of(w, lease_id))
            each(&due, data);
    }
    return TRUE;
}

gboolean
meter_bill_lease(Ctx *ctx, gint64 lease_id, Day due_on, GError **error)
{
    g_auto(Bill) bill = { 0 };
    guint posted = 0, readings = 0;

    return bill_gather(ctx, due_on, &bill, error) && post_lines(&bill, lease_id, due_on, &posted, error)
           && mark_billed(&bill, lease_id, &readings, error);
}
