/* collection_promise.c - promises to pay and contact notes; the nightly verdict on promises. */
#include "db/catalogue.h"
#include "domain/collection/collection_internal.h"
#include "store/services.h"

#include <string.h>

enum { JUDGE_DAYS = 60 }; /* so long money with an earlier value day may still save a promise */

static gboolean
refuse_second(Ctx *ctx, const Record *promise, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.promise_open", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "merchant_id", record_int(promise, "merchant_id"));
    db_bind_int(stmt, "lease_id", record_int(promise, "lease_id"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    return !row || app_error_set(error, APP_ERROR_CONFLICT, "promise.open", "已有待兑现的承诺，请先撤销或等其到期",
                                 "a promise still runs; withdraw it or wait for its day");
}

static gboolean
paid_that_day(Ctx *ctx, Record *promise, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.paid_on", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "merchant_id", record_int(promise, "merchant_id"));
    db_bind_int(stmt, "lease_id", record_int(promise, "lease_id"));
    db_bind_day(stmt, "day", ctx->today);
    if (!db_step(stmt, &row, error))
        return FALSE;
    record_set_int(promise, "paid_before", row ? db_int(stmt, 0) : 0);
    return TRUE;
}

gboolean
promise_validate(Ctx *ctx, Record *promise, const Record *old, GError **error)
{
    if (old)
        return TRUE;
    if (record_day(promise, "promised_on") < ctx->today)
        return app_error_field(error, "promised_on", "past", "承诺付款日不能早于今天", "cannot be in the past");
    record_set_day(promise, "made_on", ctx->today);
    record_set_id(promise, "staff_id", ctx->staff_id);
    return collection_take_lease(ctx, promise, error) && refuse_second(ctx, promise, error) && paid_that_day(ctx, promise, error);
}

gboolean
promise_withdraw(Ctx *ctx, Record *promise, const Record *input, GError **error)
{
    (void) ctx;
    (void) error;
    record_set_text(promise, "withdraw_reason", record_text(input, "reason"));
    return TRUE;
}

gboolean
note_validate(Ctx *ctx, Record *note, const Record *old, GError **error)
{
    if (old)
        return TRUE;
    record_set_int(note, "at", ctx->now_us);
    record_set_id(note, "staff_id", ctx->staff_id);
    if (!record_is_null(note, "next_on") && record_day(note, "next_on") < ctx->today)
        return app_error_field(error, "next_on", "past", "下次联系不能早于今天", "cannot be in the past");
    return collection_take_lease(ctx, note, error);
}

/* The verdict on a promise; NULL while it runs. */
static const char *
verdict(const Ctx *ctx, const Record *promise, gint64 paid_fen)
{
    if (paid_fen >= record_int(promise, "amount"))
        return "keep";
    if (ctx->today <= record_day(promise, "promised_on"))
        return NULL;
    return paid_fen > 0 ? "fall_short" : "break";
}

static gboolean
tell_broken(Ctx *ctx, const Record *promise, GError **error)
{
    Ctx zh_ctx = ctx_in(ctx, LANG_ZH);
    g_autofree char *merchant = record_ref_label(&zh_ctx, "merchant", record_int(promise, "merchant_id"));
    g_autofree char *amount = money_format_grouped(record_int(promise, "amount"));
    g_autofree char *paid = money_format_grouped(record_int(promise, "paid"));
    g_autofree char *day = day_dup(record_day(promise, "promised_on"));
    g_autofree char *zh = g_strdup_printf("%s 承诺 %s 前付 %s，实付 %s", merchant, day, amount, paid);
    g_autofree char *en = g_strdup_printf("%s promised %s by %s and paid %s", merchant, amount, day, paid);

    return record_is_null(promise, "staff_id")
           || notify(ctx, record_int(promise, "staff_id"), "promise.broken", "promise", promise->id, zh, en, error);
}

static gboolean
judge(Ctx *ctx, gint64 id, gint64 paid_fen, GError **error)
{
    static const struct {
        const char *action, *state;
    } ends[] = { { "keep", "kept" }, { "fall_short", "part" }, { "break", "broken" } };
    g_autoptr(Record) promise = record_get(ctx, "promise", id, NULL, error);

    if (!promise)
        return FALSE;
    paid_fen -= record_int(promise, "paid_before");
    const char *action = verdict(ctx, promise, paid_fen);
    if (!action)
        return TRUE;
    record_set_int(promise, "paid", paid_fen);
    record_set_day(promise, "judged_on", ctx->today);
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (strcmp(ends[i].action, action) == 0 && record_is(promise, "state", ends[i].state))
            return TRUE; /* judged so before */
    }
    gboolean was_open = record_is(promise, "state", "open");
    return flow_apply(ctx, promise, action, NULL, error)
           && (strcmp(action, "keep") == 0 || !was_open || tell_broken(ctx, promise, error));
}

typedef struct {
    gint64 id, paid_fen;
} Judged;

gboolean
promises_judge(Ctx *ctx, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Judged));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.promises_to_judge", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "since", ctx->today - JUDGE_DAYS);
    while (db_each(stmt, &ok, error)) {
        Judged j = { db_int(stmt, 0), db_int(stmt, 1) };
        g_array_append_val(list, j);
    }
    for (guint i = 0; ok && i < list->len; i++)
        ok = judge(ctx, g_array_index(list, Judged, i).id, g_array_index(list, Judged, i).paid_fen, error);
    return ok;
}
