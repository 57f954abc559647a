/* demo_sales.c - what the restaurants and shops with rent on sales reported, month by month: entered by operations, accepted by their
 * manager. One in four is late with the last month, and so stands in the to-do list. */
#include "app/demo_internal.h"

#include "base/money.h"

enum { MONTHS = 40, ENTERED = 3, ACCEPTED = 5 };

typedef struct {
    const DemoLease *lease;
    Day month_on;
    gint64 amount_fen;
    gint64 id;
} DemoSales;

static gboolean
enter(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoSales *sales = data;
    g_autoptr(Record) rec = demo_new(ctx, "sales_report");

    (void) demo;
    record_set_id(rec, "lease_id", sales->lease->id);
    record_set_text(rec, "period", "month");
    record_set_day(rec, "day", sales->month_on);
    record_set_text(rec, "source", sales->lease->variety % 3 ? "merchant" : "till");
    record_set_text(rec, "state", "declared");
    record_set_int(rec, "amount", sales->amount_fen);
    record_set_int(rec, "amount_net", muldiv_half_away(sales->amount_fen, 100, 106));
    record_set_int(rec, "transactions", sales->amount_fen / 8800);
    if (!record_save(ctx, rec, error))
        return FALSE;
    sales->id = rec->id;
    return TRUE;
}

static gboolean
accept(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    const DemoSales *sales = data;

    (void) demo;
    return demo_take(ctx, "sales_report", sales->id, "accept", json_pack("{s:s}", "remarks", "已与收银流水核对"), error);
}

/* Around the sales at which the share of sales equals the base, higher at the turn of the year and in summer. */
static gint64
usual_sales(Demo *demo, const DemoLease *lease, gint64 base_fen, gint64 percent, Day month_on)
{
    static const int season[12] = { 118, 126, 88, 92, 104, 98, 112, 110, 94, 116, 90, 108 };
    int month = day_to_ymd(month_on).month;
    gint64 even_fen = base_fen * 100 / percent;

    return even_fen / 100 * (80 + lease->variety % 45) / 100 * season[month - 1] / 100 * demo_between(demo, 93, 107) / 100 * 100;
}

void
demo_plan_sales(Demo *demo, const DemoLease *lease, gint64 base_fen, gint64 percent)
{
    Day this_month = day_month_start(demo->today);

    for (int back = MONTHS; back >= 1; back--) {
        DemoSales *sales;
        Day month_on = day_add_months_anchored(this_month, -back, 1);
        gboolean is_late = back == 1 && lease->variety % 4 == 0;
        Day end = day_month_end(month_on);
        /* Free months at the beginning are fitting out; months long before the system came into use are not typed in. */
        if (end < MAX(demo->start - 100, lease->from + lease->free_days) || month_on > lease->to || is_late)
            continue;
        sales = demo_alloc(demo, sizeof *sales);
        sales->lease = lease;
        sales->month_on = month_on;
        sales->amount_fen = usual_sales(demo, lease, base_fen, percent, month_on);
        end = MAX(end, MAX(lease->sign, demo->start)); /* not before the lease itself is there */
        demo_at(demo, end + ENTERED, 10 * 60, lease->variety % 2 ? BY_OS1 : BY_OS2, enter, sales);
        if (back > 1 || lease->variety % 3)
            demo_at(demo, end + ACCEPTED, 16 * 60, BY_OM, accept, sales);
    }
}
