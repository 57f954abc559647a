/* ledger_paper.c - what expenses, transfers and corrections have in common: no edits once sent, two people, taking back, their journals. */
#include "db/catalogue.h"
#include "domain/ledger/ledger_internal.h"

#include <string.h>

/* clang-format off */
const FieldDef ledger_reverse_fields[LEDGER_REVERSE_FIELDS] = {
    F_DAY("reversed_on", "红冲日期", "Reversed on", .flags = FF_REQUIRED),
    F_TEXT("reason", 200, "红冲原因", "Reason", .flags = FF_REQUIRED),
};
/* clang-format on */

void
ledger_refuse_edited(const Record *rec, const Record *old, GError **error)
{
    if (!old || record_is(old, "state", "draft"))
        return;
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        if (f->flags & (FF_READONLY | FF_DERIVED) || strcmp(f->name, rec->def->state_field) == 0
            || value_equal(f, &old->values[i], &rec->values[i]))
            continue;
        app_error_field(error, f->name, "frozen", "已提交或已记账，不能修改；如有错误请红冲后重新登记",
                        "it was submitted or posted; take it back and register it anew");
    }
}

gboolean
ledger_refuse_own(const Ctx *ctx, const Record *rec, GError **error)
{
    g_autofree char *token = g_strdup_printf("%s.own", rec->def->name);

    return !ctx->staff_id || rec->created_by != ctx->staff_id
           || app_error_set(error, APP_ERROR_FORBIDDEN, token, "登记人不能支付或记账自己登记的单据",
                            "nobody pays or posts a paper they registered themselves");
}

void
ledger_refuse_future(const Ctx *ctx, const Record *input, const char *field, GError **error)
{
    if (record_day(input, field) > ctx->today)
        app_error_field(error, field, "future", "不能晚于今天", "has not come yet");
}

gboolean
ledger_paper_reverse(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    GError *fault = NULL;
    const char *reason = record_text(input, "reason");
    g_autofree char *label = record_label(rec);
    g_autofree char *memo = g_strdup_printf("红冲 %s：%s", label, reason);

    ledger_refuse_future(ctx, input, "reversed_on", &fault);
    if (fault) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    ctx->reason = reason;
    record_set_day(rec, "reversed_on", record_day(input, "reversed_on"));
    record_set_text(rec, "reverse_reason", reason);
    return ledger_reverse(ctx, rec->def->name, rec->id, record_day(input, "reversed_on"), memo, error);
}

gboolean
ledger_money_balance(Ctx *ctx, gint64 money_account_id, Day on, gint64 *balance_fen, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.money_balance", error);

    *balance_fen = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "money_account_id", money_account_id);
    db_bind_day(stmt, "day", on);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *balance_fen = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

gboolean
ledger_journals_write(Ctx *ctx, const char *source_entity, gint64 source_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.journals_of", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "source_entity", source_entity);
    db_bind_int(stmt, "source_id", source_id);
    json_key(out, "journals");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "no", db_text(stmt, 1));
        json_kv_day(out, "on_day", db_day(stmt, 2));
        json_kv_int(out, "month", db_int(stmt, 3));
        json_kv_text(out, "memo", db_text(stmt, 4));
        json_kv_money(out, "total", db_int(stmt, 5));
        json_kv_text(out, "reverses", db_text(stmt, 6));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}
