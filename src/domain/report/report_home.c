/* report_home.c - the home page of a post: figures with a link to the list behind each, and the one to-do list. */
#include "base/clock.h"
#include "base/money.h"
#include "db/catalogue.h"
#include "domain/crm/crm.h"
#include "domain/collection/collection.h"
#include "domain/lease/lease.h"
#include "domain/approval/approval.h"
#include "domain/report/report_internal.h"
#include "store/list.h"

#include <jansson.h>
#include <string.h>

enum { EXPIRY_DAYS = 90, TODO_MAX = 100 };

/* A figure that is the count of a filtered list: the same rows that its link shows. */
typedef struct {
    const char *name, *zh, *en;
    const char *entity; /* needs the right entity.read */
    const char *filter; /* "field=value&field.gte=value"; {today} {month} {soon} {me} are filled in */
    const char *tone;
    gboolean only_if_any; /* work that waits: no tile when nothing does */
} CountTile;

static const CountTile count_tiles[] = {
    { "leads", "跟进中客户", "Open leads", "lead", "stage=new,contacted,visited,intention,negotiating,approved,deposit_paid,contracting", NULL, FALSE },
    { "overdue", "逾期未跟进", "Overdue follow-ups", "lead", "next_follow_on.lt={today}&stage=new,contacted,visited,intention,negotiating,approved,deposit_paid", "red", FALSE },
    { "inquiries", "今日来电来访", "Calls and visits today", "inquiry", "on_day={today}", NULL, FALSE },
    { "signings", "本月签约", "Signed this month", "lease", "sign_on.gte={month}&state=sealed,effective,expiring", "green", FALSE },
    { "expiring", "90 天内到期", "Ending within 90 days", "lease", "to_on.gte={today}&to_on.lte={soon}&state=effective,expiring", "amber", FALSE },
    { "vacant", "空置铺位", "Vacant units", "unit", "status=vacant", "red", FALSE },
    { "reviews", "会签中合同", "Leases in review", "lease", "state=countersigning", "blue", TRUE },
    { "orders", "待收交款单", "Orders to be paid", "payment_order", "state=issued,part_received", "amber", TRUE },
    { "receipts", "待确认收款", "Receipts to confirm", "receipt", "state=registered", "amber", TRUE },
    { "arrears", "逾期应收", "Overdue charges", "charge", "state=open,part_paid&due_on.lt={today}", "red", TRUE },
    { "handovers", "待移交", "Handovers waiting", "handover", "state=waiting", "blue", TRUE },
};

static char *
fill_filter(Ctx *ctx, const char *filter)
{
    g_autoptr(GString) text = g_string_new(filter);
    g_autofree char *today = day_dup(ctx->today);
    g_autofree char *month = day_dup(day_month_start(ctx->today));
    g_autofree char *soon = day_dup(ctx->today + EXPIRY_DAYS);

    g_string_replace(text, "{today}", today, 0);
    g_string_replace(text, "{month}", month, 0);
    g_string_replace(text, "{soon}", soon, 0);
    return g_strdup(text->str);
}

static gboolean
count_of(Ctx *ctx, const CountTile *tile, const char *filter, gint64 *n, GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, tile->entity));
    g_auto(GStrv) parts = g_strsplit(filter, "&", -1);

    for (guint i = 0; parts[i]; i++) {
        char *equals = strchr(parts[i], '=');
        *equals = '\0';
        if (!list_query_param(query, parts[i], equals + 1, error))
            return FALSE;
    }
    return list_count(ctx, query, n, error);
}

static void
begin_tile(Ctx *ctx, JsonOut *out, const char *name, const char *zh, const char *en)
{
    json_begin_object(out);
    json_kv_text(out, "name", name);
    json_kv_text(out, "label", ctx->lang == LANG_EN ? en : zh);
}

static gboolean
write_count_tile(Ctx *ctx, const CountTile *tile, JsonOut *out, GError **error)
{
    gint64 n = 0;
    g_autofree char *filter = fill_filter(ctx, tile->filter);
    g_autofree char *link = g_strdup_printf("/e/%s?%s", tile->entity, filter);

    if (!access_may(ctx->access, tile->entity, "read"))
        return TRUE;
    if (!count_of(ctx, tile, filter, &n, error))
        return FALSE;
    if (n == 0 && tile->only_if_any)
        return TRUE;
    begin_tile(ctx, out, tile->name, tile->zh, tile->en);
    json_kv_text(out, "kind", "count");
    json_kv_int(out, "value", n);
    json_kv_text(out, "tone", n > 0 ? tile->tone : NULL);
    json_kv_text(out, "link", link);
    json_end_object(out);
    return TRUE;
}

static gboolean
let_ppm(Ctx *ctx, Day day, gint64 *ppm, gint64 *all_dm2, gint64 *let_dm2, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.let_area", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "day", day);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *all_dm2 = row ? db_int(stmt, 0) : 0;
    *let_dm2 = row ? db_int(stmt, 1) : 0;
    *ppm = *all_dm2 ? muldiv_half_away(*let_dm2, RATE_ONE_PPM, *all_dm2) : 0;
    return TRUE;
}

/* Occupancy is no secret inside the house, but only those who read units see it. */
static gboolean
write_occupancy(Ctx *ctx, JsonOut *out, GError **error)
{
    gint64 now = 0, before = 0, all = 0, let = 0, all_before = 0, let_before = 0;

    if (access_scope(ctx->access, "unit", "read") < SCOPE_PROPERTY)
        return TRUE;
    if (!let_ppm(ctx, day_month_start(ctx->today) - 1, &before, &all_before, &let_before, error)
        || !let_ppm(ctx, ctx->today, &now, &all, &let, error))
        return FALSE;
    begin_tile(ctx, out, "occupancy", "出租率", "Occupancy");
    json_kv_text(out, "kind", "percent");
    json_key(out, "value");
    json_decimal(out, (now + 50) / 100, 2, 2); /* ppm to percent with two decimals */
    json_kv_text(out, "unit", "%");
    g_autofree char *change = decimal_format((now - before) / 100, 2, 2);
    g_autofree char *delta = g_strdup_printf(ctx->lang == LANG_EN ? "%s%s pts since last month" : "%s%s 个百分点 较上月末",
                                             now > before ? "+" : "", change);
    json_kv_text(out, "delta", delta);
    json_kv_text(out, "tone", now < before ? "red" : now > before ? "green" : NULL);
    g_autofree char *let_text = area_format(let);
    g_autofree char *all_text = area_format(all);
    g_autofree char *sub = g_strdup_printf("%s / %s ㎡", let_text, all_text);
    json_kv_text(out, "sub", sub);
    json_kv_text(out, "link", "/report/rent_roll");
    json_end_object(out);
    return TRUE;
}

static void
write_money_tile(Ctx *ctx, JsonOut *out, const CountTile *tile, gint64 fen)
{
    const gint64 step_fen = ctx->lang == LANG_EN ? 1000 : 10000; /* a hundredth of a thousand yuan, of ten thousand */

    begin_tile(ctx, out, tile->name, tile->zh, tile->en);
    json_kv_text(out, "kind", "money");
    json_key(out, "value");
    json_decimal(out, wide_div_half_away(fen, step_fen), 2, 2);
    json_kv_text(out, "unit", ctx->lang == LANG_EN ? "k yuan" : "万元");
    json_kv_text(out, "tone", fen > 0 ? tile->tone : NULL);
    json_kv_text(out, "link", tile->filter);
    json_end_object(out);
}

/* What is owed, what of it is late, what came in this month: of the rows this person reads. */
static gboolean
write_money(Ctx *ctx, JsonOut *out, GError **error)
{
    static const CountTile tiles[] = {
        { "receivable", "应收未收", "Receivables", "charge", "/report/receivable", NULL, FALSE },
        { "overdue_money", "其中逾期", "Of it overdue", "charge", "/report/ageing", "red", FALSE },
        { "received_money", "本月实收", "Received this month", "receipt", "/e/receipt?state=confirmed&received_on.gte={month}", "green", FALSE },
    };
    gboolean row = FALSE;

    if (!access_may(ctx->access, "charge", "read") || !access_may(ctx->access, "report", "ageing"))
        return TRUE;
    g_autoptr(DbStmt) open = list_named(ctx, "report.open_now", error);
    g_autoptr(DbStmt) received = open ? list_named(ctx, "report.received_month", error) : NULL;
    if (!received)
        return FALSE;
    db_bind_day(open, "day", ctx->today);
    db_bind_day(received, "since", day_month_start(ctx->today));
    if (!db_step(open, &row, error))
        return FALSE;
    write_money_tile(ctx, out, &tiles[0], db_int(open, 0));
    write_money_tile(ctx, out, &tiles[1], db_int(open, 1));
    if (!access_may(ctx->access, "receipt", "read"))
        return TRUE;
    if (!db_step(received, &row, error))
        return FALSE;
    CountTile tile = tiles[2];
    g_autofree char *link = fill_filter(ctx, tile.filter);
    tile.filter = link;
    write_money_tile(ctx, out, &tile, db_int(received, 0));
    return TRUE;
}

/* A chart of one statement: label and value per row. */
static gboolean
write_chart(Ctx *ctx, JsonOut *out, const char *statement, const char *name, const char *zh, const char *en,
            const char *kind, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(JsonOut) values = json_out_new();
    g_autoptr(DbStmt) stmt = db_named(ctx->db, statement, error);

    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    if (db_has_param(stmt, "day"))
        db_bind_day(stmt, "day", ctx->today);
    begin_tile(ctx, out, name, zh, en);
    json_kv_text(out, "kind", kind);
    json_key(out, "categories");
    json_begin_array(out);
    json_begin_array(values);
    while (db_each(stmt, &ok, error)) {
        json_text(out, db_text(stmt, 0));
        json_int(values, strcmp(kind, "pie") == 0 ? db_int(stmt, 1) / 100 : db_int(stmt, 1));
    }
    json_end_array(out);
    json_end_array(values);
    GString *text = json_out_steal(values);
    json_key(out, "series");
    json_begin_array(out);
    json_begin_object(out);
    json_kv_text(out, "name", ctx->lang == LANG_EN ? en : zh);
    json_key(out, "values");
    json_raw(out, text->str, text->len);
    json_end_object(out);
    json_end_array(out);
    json_end_object(out);
    g_string_free(text, TRUE);
    return ok;
}

enum { FUNNEL_STAGES = 9 }; /* new … signed; lost and pool are no steps */

/* Leads by the stage they have reached: whoever is further has passed the earlier ones. */
static gboolean
funnel_counts(Ctx *ctx, gint64 reached[FUNNEL_STAGES], GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "report.stages", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "since", ctx->now_us - G_GINT64_CONSTANT(365) * 86400 * 1000000);
    while (db_each(stmt, &ok, error)) {
        for (guint s = 0; s < FUNNEL_STAGES; s++) {
            reached[s] += db_int(stmt, 1);
            if (strcmp(lead_stage_items[s].token, db_text(stmt, 0)) == 0)
                break;
        }
    }
    return ok;
}

static gboolean
write_funnel(Ctx *ctx, JsonOut *out, GError **error)
{
    gint64 reached[FUNNEL_STAGES] = { 0 };
    gboolean en = ctx->lang == LANG_EN;

    if (!funnel_counts(ctx, reached, error))
        return FALSE;
    begin_tile(ctx, out, "funnel", "招商漏斗（在跟与近一年签约）", "Leasing funnel (open, and signed within a year)");
    json_kv_text(out, "kind", "funnel");
    json_key(out, "categories");
    json_begin_array(out);
    for (guint s = 0; s < FUNNEL_STAGES; s++)
        json_text(out, en ? lead_stage_items[s].en : lead_stage_items[s].zh);
    json_end_array(out);
    json_key(out, "series");
    json_begin_array(out);
    json_begin_object(out);
    json_kv_text(out, "name", en ? "Leads" : "客户数");
    json_key(out, "values");
    json_begin_array(out);
    for (guint s = 0; s < FUNNEL_STAGES; s++)
        json_int(out, reached[s]);
    json_end_array(out);
    json_end_object(out);
    json_end_array(out);
    json_end_object(out);
    return TRUE;
}

gboolean
report_home_write(Ctx *ctx, JsonOut *out, GError **error)
{
    json_key(out, "tiles");
    json_begin_array(out);
    if (!write_occupancy(ctx, out, error) || !write_money(ctx, out, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(count_tiles); i++) {
        if (!write_count_tile(ctx, &count_tiles[i], out, error))
            return FALSE;
    }
    json_end_array(out);
    json_key(out, "charts");
    json_begin_array(out);
    if (access_scope(ctx->access, "lead", "read") >= SCOPE_DEPARTMENT && !write_funnel(ctx, out, error))
        return FALSE;
    if (access_scope(ctx->access, "lease", "read") >= SCOPE_DEPARTMENT
        && (!write_chart(ctx, out, "report.expiry", "expiry", "到期分布（合同数）", "Leases by year of expiry", "bar", error)
            || !write_chart(ctx, out, "report.mix", "mix", "业态结构（面积 ㎡）", "Tenant mix (m²)", "pie", error)))
        return FALSE;
    json_end_array(out);
    return TRUE;
}

/* -- to-do list ---------------------------------------------------------------- */

typedef struct {
    Ctx *ctx;
    JsonOut *out;
    const char *kind, *zh, *en, *tone;
    guint n;
} Todo;

static void
write_todo(Todo *t, const char *title, const char *sub, Day due_on, gboolean overdue, const char *entity, gint64 id)
{
    json_begin_object(t->out);
    json_kv_text(t->out, "kind", t->kind);
    json_kv_text(t->out, "kind_label", t->ctx->lang == LANG_EN ? t->en : t->zh);
    json_kv_text(t->out, "title", title);
    json_kv_text(t->out, "sub", sub);
    json_kv_day(t->out, "due_on", due_on);
    json_kv_bool(t->out, "overdue", overdue);
    json_kv_text(t->out, "tone", overdue ? "red" : t->tone);
    json_kv_text(t->out, "entity", entity);
    json_kv_id(t->out, "id", id);
    json_end_object(t->out);
    t->n++;
}

static gboolean
todo_approvals(Todo *t, GError **error)
{
    g_autoptr(JsonOut) inbox = json_out_new();
    gsize i;
    json_t *item;

    json_begin_object(inbox);
    if (!approval_inbox_write(t->ctx, inbox, error))
        return FALSE;
    json_end_object(inbox);
    g_autofree char *text = g_string_free(json_out_steal(inbox), FALSE);
    json_t *all = json_loads(text, 0, NULL);
    json_array_foreach (json_object_get(all, "items"), i, item) {
        const char *due = json_string_value(json_object_get(item, "due_on"));
        const char *id = json_string_value(json_object_get(item, "id"));
        const char *title = json_string_value(json_object_get(item, "title"));
        const json_t *flow = json_object_get(item, "flow");
        const char *sub = json_string_value(json_object_get(flow, t->ctx->lang == LANG_EN ? "en" : "zh"));
        write_todo(t, title ? title : "", sub ? sub : "", due ? day_parse(due) : DAY_NONE,
                   json_is_true(json_object_get(item, "overdue")), "approval", id ? g_ascii_strtoll(id, NULL, 10) : 0);
    }
    json_decref(all);
    return TRUE;
}

static gboolean
todo_appointments(Todo *t, GError **error)
{
    g_autoptr(GPtrArray) list = crm_appointments(t->ctx, t->ctx->staff_id, t->ctx->today, t->ctx->today, error);

    for (guint i = 0; list && i < list->len; i++) {
        const CrmAppointment *a = list->pdata[i];
        write_todo(t, a->title, a->place, a->on, a->is_overdue, a->entity, a->id);
    }
    return list != NULL;
}

static gboolean
todo_row(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    Todo *t = data;
    int sub = rec->def->subtitle ? entity_field_index(rec->def, rec->def->subtitle) : -1;
    int merchant = entity_field_index(rec->def, "merchant_id");
    g_autofree char *title = record_label(rec);
    const char *text = merchant >= 0 ? labels[merchant] : NULL;
    int due = entity_field_index(rec->def, "due_on");
    Day day = due >= 0 && !rec->values[due].is_null ? rec->values[due].i : DAY_NONE;

    if (strcmp(t->kind, "order") == 0 && lease_has_order(t->ctx, rec, error))
        return TRUE; /* it has been issued */
    if (!text && sub >= 0)
        text = field_is_text(&rec->def->fields[sub]) ? rec->values[sub].text : labels[sub];
    write_todo(t, title, text, day, day != DAY_NONE && day < t->ctx->today, rec->def->name, rec->id);
    return TRUE;
}

/* What waits for a right: records in a state, shown to those who may take the next step. */
static const struct {
    const char *kind, *zh, *en, *tone;
    const char *entity, *right, *field, *states;
} waiting[] = {
    { "order", "待开交款单", "Payment order to issue", "blue", "lease", "issue_order", "state", "approved,sealed" },
    { "receive", "待收款", "To be paid", "amber", "payment_order", "receive", "state", "issued,part_received" },
    { "confirm", "待确认收款", "Receipt to confirm", "amber", "receipt", "confirm", "state", "registered" },
    { "handover", "待移交", "Handover waiting", "violet", "handover", "update", "state", "waiting" },
    { "sales", "待填报销售额", "Sales to enter", "amber", "sales_report", "declare", "state", "missing" },
    { "sales_accept", "待确认销售额", "Sales to accept", "blue", "sales_report", "accept", "state", "declared,checked" },
    { "letter", "待发送催缴函", "Letter to send", "amber", "dunning_notice", "send", "state", "draft" },
    { "proof", "待登记送达", "Delivery to record", "blue", "dunning_notice", "deliver", "state", "sent" },
    { "sign", "待签署意向书", "Intent to sign", "blue", "intent", "sign", "state", "approved" },
};

static gboolean
todo_waiting(Todo *t, guint n, GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(registry_def(t->ctx->registry, waiting[n].entity));

    if (!access_may(t->ctx->access, waiting[n].entity, waiting[n].right)
        || !access_may(t->ctx->access, waiting[n].entity, "read"))
        return TRUE;
    query->size = TODO_MAX;
    list_query_filter(query, waiting[n].field, OP_IN, waiting[n].states);
    return list_each(t->ctx, query, todo_row, t, error);
}

static void
write_debt(const char *title, const char *text, const char *entity, gint64 id, gpointer data)
{
    write_todo(data, title, text, DAY_NONE, TRUE, entity, id);
}

/* For those who collect in a zone; who oversees the whole centre has the page for it. */
static gboolean
todo_debts(Todo *t, GError **error)
{
    Scope scope = access_scope(t->ctx->access, "charge", "read");

    return !access_may(t->ctx->access, "promise", "create") || scope == SCOPE_NONE || scope >= SCOPE_PROPERTY
           || collection_tasks(t->ctx, write_debt, t, error);
}

gboolean
report_todo_write(Ctx *ctx, JsonOut *out, GError **error)
{
    g_autoptr(GString) counts = g_string_new("{");
    Todo t = { .ctx = ctx, .out = out, .kind = "approval", .zh = "审批", .en = "Approval", .tone = "blue" };

    json_key(out, "items");
    json_begin_array(out);
    if (!todo_approvals(&t, error))
        return FALSE;
    g_string_append_printf(counts, "\"approval\":%u", t.n);
    t = (Todo){ .ctx = ctx, .out = out, .kind = "follow_up", .zh = "跟进与拜访", .en = "Follow-ups and visits", .tone = "green" };
    if (access_may(ctx->access, "lead", "read") && !todo_appointments(&t, error))
        return FALSE;
    g_string_append_printf(counts, ",\"follow_up\":%u", t.n);
    t = (Todo){ .ctx = ctx, .out = out, .kind = "collect", .zh = "催缴", .en = "Collect", .tone = "red" };
    if (!todo_debts(&t, error))
        return FALSE;
    g_string_append_printf(counts, ",\"collect\":%u", t.n);
    for (guint i = 0; i < G_N_ELEMENTS(waiting); i++) {
        t = (Todo){ .ctx = ctx, .out = out, .kind = waiting[i].kind, .zh = waiting[i].zh, .en = waiting[i].en, .tone = waiting[i].tone };
        if (!todo_waiting(&t, i, error))
            return FALSE;
        g_string_append_printf(counts, ",\"%s\":%u", waiting[i].kind, t.n);
    }
    json_end_array(out);
    g_string_append_c(counts, '}');
    json_key(out, "counts");
    json_raw(out, counts->str, counts->len);
    return TRUE;
}
