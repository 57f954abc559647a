/* demo_books.c - the books of the demo centre: opening balances, what is spent and moved each month, cash counted, months closed. */
#include "app/demo_internal.h"

#include "base/money.h"
#include "domain/ledger/ledger.h"

#include <string.h>

enum { MONTHS = 4 }; /* that the books have been kept for */

typedef struct {
    const char *account, *payee, *memo, *rate;
    int day, yuan;
    gboolean is_deductible, from_cash;
} Spent;

static const Spent spent[] = {
    { "6402.02", "洁美保洁服务（虚构）", "公区保洁费", "6", 6, 28600, TRUE, FALSE },
    { "6402.01", "云江供电（虚构）", "公区电费", "13", 9, 86400, TRUE, FALSE },
    { "6601.01", "晴川广告（虚构）", "主题活动布置", "6", 14, 9800, TRUE, FALSE },
    { "6602.01", "文具店（虚构）", "办公用品", "0", 11, 426, FALSE, TRUE },
    { "6402.02", "安达电梯（虚构）", "电梯维保", "6", 18, 7200, TRUE, FALSE },
};

/* One thing of one month, kept from the day it is registered to the day it is paid. */
typedef struct {
    const Spent *spent;
    Day on;
    gint64 id;
} Paper;

static gint64
account_of(Ctx *ctx, const char *code)
{
    g_autoptr(Record) account = record_find_by(ctx, "account", "code", code, NULL);

    return account ? account->id : 0;
}

static gboolean
register_expense(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    Paper *p = data;
    g_autoptr(Record) rec = demo_new(ctx, "expense");
    gint64 ppm = 0;

    (void) demo;
    percent_parse(p->spent->rate, &ppm);
    record_set_day(rec, "spent_on", ctx->today);
    record_set_id(rec, "account_id", account_of(ctx, p->spent->account));
    record_set_text(rec, "payee", p->spent->payee);
    record_set_text(rec, "memo", p->spent->memo);
    record_set_int(rec, "amount", p->spent->yuan * G_GINT64_CONSTANT(100));
    record_set_int(rec, "tax_rate", ppm);
    record_set_int(rec, "is_deductible", p->spent->is_deductible);
    if (!record_save(ctx, rec, error))
        return FALSE;
    p->id = rec->id;
    return p->spent->yuan <= 1000 || demo_take(ctx, "expense", p->id, "submit", NULL, error);
}

static gboolean
agree_expense(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    return demo_agree(demo, ctx, "expense", ((Paper *) data)->id, BY_OM, "同意", error);
}

static gboolean
direct_expense(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    return demo_agree(demo, ctx, "expense", ((Paper *) data)->id, BY_DIRECTOR, "同意", error);
}

static gboolean
general_expense(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    return demo_agree(demo, ctx, "expense", ((Paper *) data)->id, BY_GM, "同意", error);
}

static gboolean
pay_expense(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    const Paper *p = data;
    gint64 from = ledger_money_account(ctx, p->spent->from_cash ? "cash" : "bank_transfer", error);
    json_t *body = json_object();

    (void) demo;
    json_object_set_new(body, "paid_on", demo_day(ctx->today));
    json_object_set_new(body, "money_account_id", demo_ref(from));
    return demo_take(ctx, "expense", p->id, "pay", body, error);
}

/* What was in the accounts when the program came into use. */
static gboolean
open_books(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    static const struct {
        const char *way, *account;
        int yuan;
    } openings[] = { { "bank_transfer", "1002", 1860000 }, { "cash", "1001", 3000 } };
    Ctx director = demo_as(demo, ctx, BY_DIRECTOR);

    (void) data;
    for (guint i = 0; i < G_N_ELEMENTS(openings); i++) {
        g_autoptr(Record) rec = demo_new(ctx, "correction");
        record_set_text(rec, "kind", "opening");
        record_set_day(rec, "on_day", ctx->today);
        record_set_id(rec, "debit_account_id", account_of(ctx, openings[i].account));
        record_set_id(rec, "credit_account_id", account_of(ctx, ACC_OPENING));
        record_set_id(rec, "money_account_id", ledger_money_account(ctx, openings[i].way, error));
        record_set_int(rec, "amount", openings[i].yuan * G_GINT64_CONSTANT(100));
        record_set_text(rec, "reason", "启用账务时的账户余额");
        if (!record_save(ctx, rec, error) || !demo_take(ctx, "correction", rec->id, "submit", NULL, error)
            || !demo_agree(demo, &director, "correction", rec->id, BY_DIRECTOR, "已核对银行回单", error))
            return FALSE;
    }
    return TRUE;
}

/* The cash box is filled up from the bank: registered by the clerk, posted by finance. */
static gboolean
fill_cash(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    Ctx finance = demo_as(demo, ctx, BY_FINANCE);
    g_autoptr(Record) rec = demo_new(ctx, "transfer");

    (void) data;
    record_set_day(rec, "on_day", ctx->today);
    record_set_id(rec, "from_account_id", ledger_money_account(ctx, "bank_transfer", error));
    record_set_id(rec, "to_account_id", ledger_money_account(ctx, "cash", error));
    record_set_int(rec, "amount", 100000);
    record_set_text(rec, "memo", "备用金");
    return record_save(ctx, rec, error) && demo_take(&finance, "transfer", rec->id, "post", NULL, error);
}

static gboolean
count_cash(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    gint64 cash = ledger_money_account(ctx, "cash", error), book_fen = 0;
    g_autoptr(Record) rec = demo_new(ctx, "cash_check");

    (void) data;
    if (!ledger_money_balance(ctx, cash, ctx->today, &book_fen, error))
        return FALSE;
    record_set_id(rec, "money_account_id", cash);
    record_set_day(rec, "on_day", ctx->today);
    record_set_int(rec, "counted", book_fen);
    record_set_id(rec, "witness_id", demo->staff[BY_FINANCE]);
    return record_save(ctx, rec, error);
}

/* Every month that has ended, in order, but the last: it is left for whoever looks at the demo. */
static gboolean
close_months(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    int last = day_month_key(day_add_months(day_month_start(ctx->today), -1));

    (void) demo;
    (void) data;
    for (int month = day_month_key(day_add_months(ctx->today, -40)); month < last; month = day_month_key(day_add_months(day_from_month_key(month), 1))) {
        g_autofree char *key = g_strdup_printf("%d", month);
        g_autoptr(GError) failure = NULL;
        g_autoptr(Record) rec = record_find_by(ctx, "fiscal_month", "month", key, &failure);
        if (failure) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FALSE;
        }
        if (rec && record_is(rec, "state", "open")
            && !demo_take(ctx, "fiscal_month", rec->id, "close", json_pack("{s:s}", "reason", "启用前月份，按期初余额结账"), error))
            return FALSE;
    }
    return TRUE;
}

static void
plan_month(Demo *demo, Day first)
{
    for (guint i = 0; i < G_N_ELEMENTS(spent); i++) {
        Paper *p = demo_alloc(demo, sizeof *p);
        Day day = demo_workday(first + spent[i].day);
        p->spent = &spent[i];
        if (day + 3 > demo->today)
            continue;
        demo_at(demo, day, 10 * 60 + 5, BY_OC, register_expense, p);
        if (spent[i].yuan > 1000)
            demo_at(demo, day, 15 * 60, BY_OM, agree_expense, p);
        if (spent[i].yuan > 10000)
            demo_at(demo, day, 16 * 60, BY_DIRECTOR, direct_expense, p);
        if (spent[i].yuan > 50000)
            demo_at(demo, day, 17 * 60, BY_GM, general_expense, p);
        demo_at(demo, demo_workday(day + 1), 11 * 60, BY_FINANCE, pay_expense, p);
    }
    if (demo_workday(first + 3) < demo->today)
        demo_at(demo, demo_workday(first + 3), 9 * 60 + 40, BY_OC, fill_cash, NULL);
    if (day_month_end(first) < demo->today)
        demo_at(demo, day_month_end(first), 17 * 60 + 30, BY_OC, count_cash, NULL);
}

void
demo_plan_books(Demo *demo)
{
    Day first = day_add_months(day_month_start(demo->today), -MONTHS);

    demo_at(demo, first, 9 * 60, BY_FINANCE, open_books, NULL);
    for (int i = 0; i <= MONTHS; i++)
        plan_month(demo, day_add_months(first, i));
    demo_at(demo, demo->today, 8 * 60 + 30, BY_FINANCE, close_months, NULL);
}
