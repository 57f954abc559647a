/* ledger_close.c - closing a month: what must be done before, shown point by point, and what is kept of the month once it is closed. */
#include "db/catalogue.h"
#include "domain/ledger/ledger_internal.h"
#include "store/services.h"

#include <string.h>

/* A point of the checklist: how many things its statement finds that are in the way. */
typedef struct {
    const char *code, *zh, *en;
    const char *statement; /* :property_id, and where it has them :month, :from_on, :to_on; each row is one thing in the way */
    const char *link;      /* page where it is dealt with */
    gboolean of_month;     /* the page is asked for the month */
    gboolean may_waive;    /* closing goes on with a reason */
} Point;

static const Point points[] = {
    { "bill_run", "本月已出账", "The month was billed", "ledger.close_bill_run", "/e/bill_run", FALSE, TRUE },
    { "receipts", "收款全部确认", "All receipts are confirmed", "ledger.close_receipts", "/e/receipt?state=registered", FALSE, FALSE },
    { "bank", "银行流水已导入并匹配", "Bank statements are brought in and matched", "ledger.close_bank", "/e/bank_line?state=open", FALSE, TRUE },
    { "papers", "划转与更正全部记账", "All transfers and corrections are posted", "ledger.close_papers", "/e/transfer?state=draft", FALSE, FALSE },
    { "expenses", "支出全部付款或作废", "All expenses are paid or void", "ledger.close_expenses", "/e/expense?state=draft,approving,approved", FALSE, TRUE },
    { "cash", "现金已盘点，无长短款", "The cash was counted and agrees", "ledger.close_cash", "/e/cash_check", FALSE, TRUE },
    { "straight_line", "直线法收入已计提", "Rent income is spread", "ledger.close_straight", "/report/straight_line", TRUE, TRUE },
    { "journals", "凭证借贷平衡", "Every voucher balances", "app.journals_unbalanced", "/report/trial_balance", TRUE, FALSE },
    { "receivables", "应收明细与总账一致", "Charges equal the receivables account", "app.receivables_differ", "/report/trial_balance", TRUE, FALSE },
    { "credits", "预收明细与总账一致", "Credits equal their account", "app.credits_differ", "/report/trial_balance", TRUE, FALSE },
    { "deposits", "保证金台账与总账一致", "Deposits equal their accounts", "app.deposits_differ", "/report/trial_balance", TRUE, FALSE },
};

static gboolean
count_in_the_way(Ctx *ctx, int month, const Point *point, guint *found, GError **error)
{
    gboolean ok = TRUE;
    Day from = day_from_month_key(month);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, point->statement, error);

    *found = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    if (db_has_param(stmt, "month"))
        db_bind_int(stmt, "month", month);
    if (db_has_param(stmt, "from_on"))
        db_bind_day(stmt, "from_on", from);
    if (db_has_param(stmt, "to_on"))
        db_bind_day(stmt, "to_on", day_month_end(from));
    while (db_each(stmt, &ok, error))
        ++*found;
    return ok;
}

static void
write_point(const Ctx *ctx, const Point *point, int month, guint found, JsonOut *out)
{
    g_autofree char *link = point->of_month ? g_strdup_printf("%s?month=%d", point->link, month) : g_strdup(point->link);

    json_begin_object(out);
    json_kv_text(out, "code", point->code);
    json_kv_text(out, "label", ctx->lang == LANG_EN ? point->en : point->zh);
    json_kv_bool(out, "done", found == 0);
    json_kv_int(out, "count", found);
    json_kv_bool(out, "may_waive", point->may_waive);
    json_kv_text(out, "link", link);
    json_end_object(out);
}

gboolean
ledger_checklist_write(Ctx *ctx, const Record *month, JsonOut *out, GError **error)
{
    int key = (int) record_int(month, "month");

    json_key(out, "checklist");
    json_begin_array(out);
    for (guint i = 0; record_is(month, "state", "open") && i < G_N_ELEMENTS(points); i++) {
        guint found = 0;
        if (!count_in_the_way(ctx, key, &points[i], &found, error))
            return FALSE;
        write_point(ctx, &points[i], key, found, out);
    }
    json_end_array(out);
    return TRUE;
}

/* Refuses while something is in the way that nobody may waive, or waived without a reason. */
static gboolean
refuse_undone(Ctx *ctx, int month, const char *reason, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        guint found = 0;
        if (!count_in_the_way(ctx, month, &points[i], &found, error))
            return FALSE;
        if (found == 0 || (points[i].may_waive && reason))
            continue;
        if (points[i].may_waive)
            return app_error_field(error, "reason", "required", "“%s”尚未完成，结账须说明原因%.0s", "%.0s\"%s\" is not done; say why the month is closed",
                                   points[i].zh, points[i].en);
        return app_error_set(error, APP_ERROR_CONFLICT, "fiscal_month.not_ready", "“%s”尚未完成（%u 项），不能结账%.0s", "%.0s%.0u\"%s\" is not done; the month cannot be closed",
                             points[i].zh, found, points[i].en);
    }
    return TRUE;
}

static gboolean
refuse_earlier_open(Ctx *ctx, const Record *month, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.earlier_open", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", record_int(month, "month"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    return !row
           || app_error_set(error, APP_ERROR_CONFLICT, "fiscal_month.earlier_open", "请先结账 %d 月", "month %d must be closed first",
                            (int) db_int(stmt, 0));
}

/* The operations managers read the month-end report from now on. */
static gboolean
tell_readers(Ctx *ctx, const Record *month, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *zh = g_strdup_printf("%d 月已结账，月末报告已生成", (int) record_int(month, "month"));
    g_autofree char *en = g_strdup_printf("Month %d is closed; the month-end report is ready", (int) record_int(month, "month"));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.report_readers", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(people, id);
    }
    for (guint i = 0; ok && i < people->len; i++)
        ok = notify(ctx, g_array_index(people, gint64, i), "month_end", "fiscal_month", month->id, zh, en, error);
    return ok;
}

static gboolean
keep_totals(Ctx *ctx, Record *month, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.month_totals", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "month", record_int(month, "month"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (db_int(stmt, 2) != 0)
        return app_error_set(error, APP_ERROR_INTERNAL, "fiscal_month.unbalanced", "本月凭证借贷不平", "the month does not balance");
    record_set_int(month, "journals", db_int(stmt, 0));
    record_set_int(month, "debit", db_int(stmt, 1));
    record_set_id(month, "closed_by", ctx->staff_id);
    record_set_int(month, "closed_at", ctx->now_us);
    return TRUE;
}

/* Nobody posts to the month from here to the end of the transaction; who is posting just now is waited for. */
static gboolean
hold_month(Ctx *ctx, const Record *month, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.month_lock", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", month->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return (row && strcmp(db_text(stmt, 0), "open") == 0)
           || app_error_set(error, APP_ERROR_CONFLICT, "fiscal_month.wrong_state", "本月刚被他人结账", "somebody closed the month just now");
}

gboolean
ledger_month_close(Ctx *ctx, Record *month, const Record *input, GError **error)
{
    const char *reason = record_text(input, "reason");

    if (record_int(month, "month") >= day_month_key(ctx->today))
        return app_error_set(error, APP_ERROR_CONFLICT, "fiscal_month.running", "本月尚未结束，不能结账", "the month has not ended yet");
    if (!hold_month(ctx, month, error) || !refuse_earlier_open(ctx, month, error)
        || !refuse_undone(ctx, (int) record_int(month, "month"), reason, error))
        return FALSE;
    ctx->reason = reason;
    record_set_text(month, "close_reason", reason);
    return keep_totals(ctx, month, error) && tell_readers(ctx, month, error);
}
