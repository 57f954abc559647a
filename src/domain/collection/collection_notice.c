/* collection_notice.c - dunning letters: drafted for what is overdue, frozen when sent, delivered with proof, settled when paid. */
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/collection/collection_internal.h"
#include "domain/lease/lease.h"

#include <string.h>

gboolean
collection_take_lease(Ctx *ctx, Record *rec, GError **error)
{
    if (record_is_null(rec, "lease_id"))
        return !record_is_null(rec, "merchant_id")
               || app_error_field(error, "lease_id", "required", "请选择合同或商户", "choose a lease or a merchant");
    g_autoptr(Record) lease = record_get(ctx, "lease", record_int(rec, "lease_id"), "read", error);
    if (!lease)
        return FALSE;
    record_set_id(rec, "merchant_id", record_int(lease, "merchant_id"));
    record_set_id(rec, "unit_id", record_int(lease, "unit_id"));
    return TRUE;
}

void
notice_line_free(gpointer data)
{
    NoticeLine *line = data;

    g_free(line->name);
    g_free(line->working);
    g_free(line);
}

static void
add_live(Ctx *ctx, GPtrArray *lines, const DueCharge *c)
{
    g_auto(LateFee) fee = due_fee(c, ctx->today);
    NoticeLine *line = g_new0(NoticeLine, 1);

    line->charge_id = c->id;
    line->name = g_strdup(c->name);
    line->working = due_fee_working(c, &fee, ctx->today);
    line->from = c->from;
    line->to = c->to;
    line->due_on = c->due_on;
    line->days = days_overdue(c->due_on, ctx->today);
    line->open_fen = c->open_fen;
    line->fee_fen = due_fee_unbilled(c, &fee); /* what was billed is a line of its own */
    g_ptr_array_add(lines, line);
}

/* The whole debt of the lease belongs into its letter, whichever unit a charge is for. */
static GPtrArray *
live_lines(Ctx *ctx, const Record *notice, GError **error)
{
    Ctx all = *ctx;
    const DueScope scope = { .due_until = ctx->today - 1, .lease_id = record_int(notice, "lease_id"),
                             .merchant_id = record_int(notice, "merchant_id") };
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(notice_line_free);

    all.access = NULL;
    g_autoptr(DueSet) set = due_load(&all, &scope, error);
    if (!set)
        return NULL;
    for (guint i = 0; i < set->charges->len; i++)
        add_live(ctx, lines, set->charges->pdata[i]);
    return g_steal_pointer(&lines);
}

static GPtrArray *
stored_lines(Ctx *ctx, const Record *notice, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(notice_line_free);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.notice_lines", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "notice_id", notice->id);
    while (db_each(stmt, &ok, error)) {
        NoticeLine *line = g_new0(NoticeLine, 1);
        line->charge_id = db_int(stmt, 0);
        line->name = g_strdup(db_text(stmt, 1));
        line->from = db_day(stmt, 2);
        line->to = db_day(stmt, 3);
        line->due_on = db_day(stmt, 4);
        line->days = db_int(stmt, 5);
        line->open_fen = db_int(stmt, 6);
        line->fee_fen = db_int(stmt, 7);
        line->working = g_strdup(db_is_null(stmt, 8) ? NULL : db_text(stmt, 8));
        g_ptr_array_add(lines, line);
    }
    return ok ? g_steal_pointer(&lines) : NULL;
}

GPtrArray *
notice_lines(Ctx *ctx, const Record *notice, GError **error)
{
    return record_is_null(notice, "sent_on") ? live_lines(ctx, notice, error) : stored_lines(ctx, notice, error);
}

static gint64
worst_days(const GPtrArray *lines)
{
    gint64 days = 0;

    for (guint i = 0; i < lines->len; i++)
        days = MAX(days, ((NoticeLine *) lines->pdata[i])->days);
    return days;
}

static const Stage *
stage_by_id(const GPtrArray *stages, gint64 id)
{
    for (guint i = 0; i < stages->len; i++) {
        const Stage *stage = stages->pdata[i];
        if (stage->id == id)
            return stage;
    }
    return NULL;
}

/* What a letter is judged by. */
typedef struct {
    GPtrArray *stages, *lines;
    GHashTable *ladders;
    const Ladder *ladder; /* NULL: no letter yet */
} Case;

static void
case_clear(Case *c)
{
    g_clear_pointer(&c->stages, g_ptr_array_unref);
    g_clear_pointer(&c->lines, g_ptr_array_unref);
    g_clear_pointer(&c->ladders, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static gboolean
case_load(Ctx *ctx, const Record *notice, Case *c, GError **error)
{
    g_autofree char *key = due_key(record_int(notice, "merchant_id"), record_int(notice, "lease_id"));

    c->stages = dunning_stages(ctx, error);
    c->lines = c->stages ? live_lines(ctx, notice, error) : NULL;
    c->ladders = c->lines ? dunning_ladders(ctx, record_int(notice, "lease_id"), record_int(notice, "merchant_id"), error) : NULL;
    c->ladder = c->ladders ? g_hash_table_lookup(c->ladders, key) : NULL;
    return c->ladders != NULL;
}

/* Who keeps the letter's file: whoever drafts it. */
static gboolean
draft_notice(Ctx *ctx, Record *notice, const Case *c, GError **error)
{
    const Stage *stage = record_is_null(notice, "stage_id") ? dunning_next(c->stages, c->ladder) : stage_by_id(c->stages, record_int(notice, "stage_id"));

    if (c->ladder && c->ladder->draft_id)
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.draft_exists", "已有待发送的函件 %s，请先发送或撤回",
                             "letter %s waits to be sent; send or withdraw it first", c->ladder->no);
    if (!stage)
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.no_stage", "没有下一催缴阶段", "there is no further stage");
    if (!dunning_allowed(ctx, c->stages, c->ladder, stage, worst_days(c->lines), error))
        return FALSE;
    record_set_id(notice, "stage_id", stage->id);
    record_set_text(notice, "kind", stage->kind);
    record_set_id(notice, "staff_id", ctx->staff_id);
    return TRUE;
}

gboolean
notice_validate(Ctx *ctx, Record *notice, const Record *old, GError **error)
{
    g_auto(Case) c = { 0 };

    if (old)
        return TRUE;
    if (paper_threatens_utilities(record_text(notice, "special")))
        return paper_refuse_utilities("special", error);
    return collection_take_lease(ctx, notice, error) && case_load(ctx, notice, &c, error) && draft_notice(ctx, notice, &c, error);
}

gboolean
notice_send_guard(Ctx *ctx, const Record *notice, GError **error)
{
    gboolean may = FALSE;
    g_auto(Case) c = { 0 };

    if (!case_load(ctx, notice, &c, error))
        return FALSE;
    const Stage *stage = stage_by_id(c.stages, record_int(notice, "stage_id"));
    if (!stage)
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.no_stage", "该催缴阶段已停用", "this stage is switched off");
    if (!dunning_may_send(ctx, stage, &may, error))
        return FALSE;
    if (!may)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "dunning_notice.not_sender", "您的岗位不能发送“%s”%.0s", "%.0syour post may not send a %s",
                             stage->name, stage->name_en);
    return dunning_allowed(ctx, c.stages, c.ladder, stage, worst_days(c.lines), error);
}

static gboolean
freeze_line(Ctx *ctx, const Record *notice, const NoticeLine *line, guint n, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "dunning_line"));

    record_set_id(rec, "notice_id", notice->id);
    record_set_int(rec, "seq", n + 1);
    record_set_id(rec, "charge_id", line->charge_id);
    record_set_text(rec, "name", line->name);
    record_set_day(rec, "period_from", line->from);
    record_set_day(rec, "period_to", line->to);
    record_set_day(rec, "due_on", line->due_on);
    record_set_int(rec, "days", line->days);
    record_set_int(rec, "open", line->open_fen);
    record_set_int(rec, "late_fee", line->fee_fen);
    record_set_text(rec, "working", line->working);
    return record_save(ctx, rec, error);
}

gboolean
notice_send(Ctx *ctx, Record *notice, const Record *input, GError **error)
{
    g_autoptr(GPtrArray) lines = live_lines(ctx, notice, error);
    g_autoptr(Record) stage = lines ? record_get(ctx, "dunning_stage", record_int(notice, "stage_id"), NULL, error) : NULL;
    gint64 principal = 0, fee = 0;

    (void) input;
    if (!stage)
        return FALSE;
    for (guint i = 0; i < lines->len; i++) {
        const NoticeLine *line = lines->pdata[i];
        principal += line->open_fen;
        fee += line->fee_fen;
        if (!freeze_line(ctx, notice, line, i, error))
            return FALSE;
    }
    g_autofree char *words = words_amount(principal + fee);
    record_set_int(notice, "principal", principal);
    record_set_int(notice, "late_fee", fee);
    record_set_int(notice, "total", principal + fee);
    record_set_text(notice, "words", words);
    record_set_day(notice, "sent_on", ctx->today);
    record_set_id(notice, "sent_by", ctx->staff_id);
    record_set_int(notice, "deadline_days", record_int(stage, "deadline_days"));
    record_set_day(notice, "deadline_on", ctx->today + record_int(stage, "deadline_days"));
    return TRUE;
}

static gboolean
has_file(Ctx *ctx, const Record *notice, gboolean *has, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.attached", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "notice_id", notice->id);
    return db_step(stmt, has, error);
}

/* What would be shown to a judge: the signed copy, the number of the parcel, the address that it went to. */
static gboolean
check_proof(Ctx *ctx, const Record *notice, const Record *input, GError **error)
{
    gboolean has = FALSE;

    if (record_day(input, "delivered_on") > ctx->today)
        return app_error_field(error, "delivered_on", "future", "送达日期不能晚于今天", "cannot be in the future");
    if (record_day(input, "delivered_on") < record_day(notice, "sent_on"))
        return app_error_field(error, "delivered_on", "past", "送达日期不能早于发送日期", "cannot be before it was sent");
    if (!record_is(input, "proof_kind", "signed"))
        return record_text(input, "proof_no")
               || app_error_field(error, "proof_no", "required", "请填写快递单号、邮箱或手机号", "give the number of the parcel, the address or the phone");
    if (!has_file(ctx, notice, &has, error))
        return FALSE;
    return has || app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.no_proof", "请先上传签收回执", "attach the signed copy first");
}

gboolean
notice_deliver(Ctx *ctx, Record *notice, const Record *input, GError **error)
{
    Day delivered = record_day(input, "delivered_on");

    if (!check_proof(ctx, notice, input, error))
        return FALSE;
    record_set_text(notice, "proof_kind", record_text(input, "proof_kind"));
    record_set_text(notice, "proof_no", record_text(input, "proof_no"));
    record_set_day(notice, "delivered_on", delivered);
    /* the merchant has the whole time from the day the letter arrived */
    record_set_day(notice, "deadline_on", MAX(record_day(notice, "deadline_on"), delivered + record_int(notice, "deadline_days")));
    return TRUE;
}

gboolean
notice_withdraw(Ctx *ctx, Record *notice, const Record *input, GError **error)
{
    (void) ctx;
    (void) error;
    record_set_text(notice, "withdraw_reason", record_text(input, "reason"));
    return TRUE;
}

static void
write_line(JsonOut *out, const NoticeLine *line)
{
    json_begin_object(out);
    json_kv_id(out, "charge_id", line->charge_id);
    json_kv_text(out, "name", line->name);
    json_kv_day(out, "from", line->from);
    json_kv_day(out, "to", line->to);
    json_kv_day(out, "due_on", line->due_on);
    json_kv_int(out, "days", line->days);
    json_kv_money(out, "open", line->open_fen);
    json_kv_money(out, "late_fee", line->fee_fen);
    if (line->working) {
        json_key(out, "working");
        json_raw(out, line->working, strlen(line->working));
    }
    json_end_object(out);
}

gboolean
notice_write_more(Ctx *ctx, const Record *notice, JsonOut *out, GError **error)
{
    g_autoptr(GPtrArray) lines = notice_lines(ctx, notice, error);
    gint64 principal = 0, fee = 0;

    if (!lines)
        return FALSE;
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < lines->len; i++) {
        const NoticeLine *line = lines->pdata[i];
        principal += line->open_fen;
        fee += line->fee_fen;
        write_line(out, line);
    }
    json_end_array(out);
    json_key(out, "sums");
    json_begin_object(out);
    json_kv_money(out, "principal", principal);
    json_kv_money(out, "late_fee", fee);
    json_kv_money(out, "total", principal + fee);
    json_end_object(out);
    return TRUE;
}

gboolean
notices_settle(Ctx *ctx, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.settled_notices", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "today", ctx->today);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++) {
        g_autoptr(Record) notice = record_get(ctx, "dunning_notice", g_array_index(ids, gint64, i), NULL, error);
        if (!notice)
            return FALSE;
        record_set_day(notice, "settled_on", ctx->today);
        ok = flow_apply(ctx, notice, "settle", NULL, error);
    }
    return ok;
}
