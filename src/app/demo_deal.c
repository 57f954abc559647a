/* demo_deal.c - from the letter of intent to the money in the bank, each step by the person whose work it is, as far as the deal has
 * come. */
#include "app/demo_internal.h"

#include "base/money.h"
#include "domain/approval/approval.h"
#include "domain/billing/billing.h"
#include "domain/crm/crm.h"
#include "domain/lease/lease.h"

#include <string.h>

#define CLAUSES "use fitout operation sublet safety return default force_majeure dispute"

/* Days before the end of the deal on which each step is done. */
enum { LEAD_TIME = 16 };

Day
demo_deal_begins(const DemoProspect *p)
{
    return p->last_on
           - (p->deal == DEAL_INTENT_LAPSED  ? 30
              : p->deal < DEAL_INTENT_SIGNED ? 4
                                             : LEAD_TIME);
}

static gint64
agreed_price(const DemoProspect *p)
{
    gint64 percent = p->deal == DEAL_REVIEW_GM ? 78 : 97;

    return p->unit->target_yuan * percent / 100;
}

static void
fill_money(const DemoProspect *p, Record *rec)
{
    static const char *const kinds[] = { "sincerity", "earnest", "intention" };

    record_set_int(rec, "price", agreed_price(p) * 10000);
    record_set_int(rec, "step_percent", 50000);
    if (p->merchant->category[0] == 'F' && p->unit->area_dm2 % 3 == 0)
        record_set_int(rec, "turnover_percent", 80000);
    record_set_int(rec, "fee_price", p->unit->fee_yuan * 10000);
    record_set_int(rec, "cycle_months", 3);
    record_set_int(rec, "deposit_months", 3);
    record_set_text(rec, "deposit_kind", kinds[p->deal % 3]);
    record_set_int(rec, "deposit_amount", p->unit->area_dm2 > 15000 ? 3000000 : 1000000);
}

static gboolean
draft_intent(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoProspect *p = data;
    g_autoptr(Record) rec = demo_new(ctx, "intent");
    Day from = day_month_start(p->last_on + 40);
    Day valid = p->deal == DEAL_INTENT_LAPSED ? p->last_on - 12 : MAX(p->last_on, ctx->today) + 20;

    record_set_id(rec, "lead_id", p->lead_id);
    record_set_id(rec, "merchant_id", p->merchant->id);
    record_set_id(rec, "category_id", demo_id(demo, ctx, "category", p->merchant->category));
    record_set_id(rec, "unit_id", p->unit->id);
    record_set_int(rec, "area", p->unit->area_dm2);
    record_set_day(rec, "from_on", from);
    record_set_day(rec, "to_on", day_add_months(from, 36) - 1);
    record_set_day(rec, "handover_on", from);
    record_set_day(rec, "open_on", from + 50);
    record_set_int(rec, "free_days", 60);
    record_set_day(rec, "valid_until_on", valid);
    fill_money(p, rec);
    if (!record_save(ctx, rec, error))
        return FALSE;
    p->intent_id = rec->id;
    return TRUE;
}

static gboolean
submit_intent(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return demo_take(ctx, "intent", ((DemoProspect *) data)->intent_id, "submit", NULL, error);
}

static gboolean
agree_intent(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    return demo_agree(demo, ctx, "intent", ((DemoProspect *) data)->intent_id, BY_LM,
                      "条件符合政策，同意", error);
}

static gboolean
cancel_intent(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return demo_take(ctx, "intent", ((DemoProspect *) data)->intent_id, "cancel", NULL, error);
}

static gboolean
sign_intent(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return demo_take(ctx, "intent", ((DemoProspect *) data)->intent_id, "sign", NULL, error);
}

static gboolean
deposit_came(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return crm_lead_advance(ctx, ((DemoProspect *) data)->lead_id, "deposit", error);
}

/* The intent becomes a lease; the drafter adds what the intent leaves open. */
static gboolean
convert_intent(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoProspect *p = data;
    g_autofree char *id = g_strdup_printf(ID_TEXT, p->intent_id);

    if (!demo_save_merchant(demo, ctx, p->merchant, error)
        || !demo_take(ctx, "intent", p->intent_id, "convert", NULL, error))
        return FALSE;
    g_autoptr(Record) lease = record_find_by(ctx, "lease", "intent_id", id, error);
    if (!lease)
        return FALSE;
    p->lease_id = lease->id;
    gboolean short_text = p->deal == DEAL_LEASE_DRAFT || p->deal == DEAL_LEASE_RETURNED;
    json_t *body = json_pack("{s:o,s:s}", "template_id", demo_ref(demo->template_id), "clauses",
                             short_text ? "use fitout operation safety return default" : CLAUSES);
    gboolean ok = lease_compose(ctx, lease, body, error);
    json_decref(body);
    return ok;
}

static gboolean
receive_papers(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoProspect *p = data;

    return demo_save_papers(demo, ctx, p->lease_id, (guint) p->deal * 13 + 5,
                            p->deal == DEAL_DONE ? 0 : 1, error);
}

static gboolean
submit_lease(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return demo_take(ctx, "lease", ((DemoProspect *) data)->lease_id, "submit", NULL, error);
}

static gboolean
return_lease(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoProspect *p = data;

    (void) demo;
    return approval_decide(ctx, approval_running(ctx, "lease", p->lease_id), "return",
                           "缺少转租、不可抗力和争议条款，请补齐后重新送审", 0, error);
}

/* The manager checks the points one by one, then agrees. */
static gboolean
check_lease(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoProspect *p = data;
    static const char *const points[] = { "parties", "unit",    "area",     "dates",
                                          "price",   "clauses", "deposits", "total" };

    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        g_autoptr(Record) lease = record_get(ctx, "lease", p->lease_id, "read", error);
        const char *remark = i == 4 && p->deal == DEAL_REVIEW_GM ? "低于底价，另报总经理" : NULL;
        if (!lease || !lease_review_check(ctx, lease, points[i], TRUE, remark, error))
            return FALSE;
    }
    return demo_agree(demo, ctx, "lease", p->lease_id, BY_LM, "核对无误，同意", error);
}

static gboolean
finance_agrees(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    return demo_agree(demo, ctx, "lease", ((DemoProspect *) data)->lease_id, BY_FINANCE,
                      "收费条款与保证金无误", error);
}

static gboolean
director_agrees(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    return demo_agree(demo, ctx, "lease", ((DemoProspect *) data)->lease_id, BY_DIRECTOR, "同意",
                      error);
}

static gboolean
issue_order(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    DemoProspect *p = data;

    (void) demo;
    p->order_id = billing_order_issue(ctx, p->lease_id, error);
    return p->order_id != 0;
}

static gboolean
seal_lease(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return demo_take(ctx, "lease", ((DemoProspect *) data)->lease_id, "seal",
                     json_pack("{s:o}", "sign_on", demo_day(ctx->today)), error);
}

static gboolean
receive(Ctx *ctx, const DemoProspect *p, gboolean part, GError **error)
{
    static const char *const ways[] = { "bank_transfer", "bank_transfer", "pos" };
    g_autoptr(Record) order = record_get(ctx, "payment_order", p->order_id, NULL, error);

    if (!order)
        return FALSE;
    gint64 open_fen = record_int(order, "total") - record_int(order, "received");
    guint h = g_str_hash(p->merchant->mobile);
    g_autofree char *reference = g_strdup_printf("LT%010u%d", h, part);
    json_t *body = json_pack("{s:o,s:o,s:s,s:s,s:s}", "amount",
                             demo_yuan(part ? open_fen / 200 * 100 : open_fen), "received_on",
                             demo_day(ctx->today), "way", ways[h % 3], "reference", reference,
                             "payer", p->merchant->name);
    return demo_take(ctx, "payment_order", p->order_id, "receive", body, error);
}

static gboolean
receive_part(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return receive(ctx, data, TRUE, error);
}

static gboolean
receive_rest(Demo *demo, Ctx *ctx, gpointer data, GError **error)
{
    (void) demo;
    return receive(ctx, data, FALSE, error);
}

/* -- planning: one row per step, with the deals that reach it ---------------------- */

typedef struct {
    DemoStep step;
    int by;     /* DemoBy, or OWNER */
    int before; /* days before the end of the deal */
    int hour;
} Part;

enum { OWNER = 100 };

static void
plan_parts(Demo *demo, DemoProspect *p, const Part *parts, guint n)
{
    for (guint i = 0; i < n; i++) {
        DemoBy by = parts[i].by == OWNER ? p->merchant->owner : (DemoBy) parts[i].by;
        demo_at(demo, p->last_on - parts[i].before,
                parts[i].hour * 60 + (int) (p->unit->area_dm2 % 50), by, parts[i].step, p);
    }
}

static void
plan_intent(Demo *demo, DemoProspect *p)
{
    static const Part parts[] = {
        { draft_intent, OWNER, 4, 15 },
        { submit_intent, OWNER, 3, 16 },
        { agree_intent, BY_SYSTEM, 2, 10 },
        { cancel_intent, OWNER, 1, 17 },
    };
    static const Part fresh[] = { { draft_intent, OWNER, 1, 15 }, { submit_intent, OWNER, 0, 9 } };
    guint n = p->deal == DEAL_INTENT_DRAFT ? 1 : p->deal == DEAL_INTENT_APPROVED ? 3 : 4;

    if (p->deal == DEAL_INTENT_SUBMITTED)
        plan_parts(demo, p, fresh, G_N_ELEMENTS(fresh));
    else
        plan_parts(demo, p, parts, n);
}

static void
plan_lapsed(Demo *demo, DemoProspect *p)
{
    static const Part parts[] = { { draft_intent, OWNER, 30, 15 },
                                  { submit_intent, OWNER, 29, 16 },
                                  { agree_intent, BY_SYSTEM, 28, 10 },
                                  { sign_intent, OWNER, 27, 14 } };

    plan_parts(demo, p, parts, G_N_ELEMENTS(parts));
}

static void
plan_review(Demo *demo, DemoProspect *p)
{
    static const Part reviewed[] = { { check_lease, BY_LM, 6, 14 },
                                     { finance_agrees, BY_SYSTEM, 5, 10 },
                                     { director_agrees, BY_SYSTEM, 4, 11 } };
    static const Part for_manager[] = { { check_lease, BY_LM, 2, 14 },
                                        { finance_agrees, BY_SYSTEM, 1, 10 },
                                        { director_agrees, BY_SYSTEM, 0, 9 } };
    static const Part returned[] = { { return_lease, BY_LM, 1, 14 } };
    static const Part ordered[] = { { issue_order, BY_LM, 3, 10 } };
    static const Part paid[] = { { receive_part, BY_FINANCE, 2, 15 } };
    static const Part done[] = { { seal_lease, BY_LM, 1, 10 },
                                 { receive_rest, BY_FINANCE, 0, 15 } };

    if (p->deal == DEAL_LEASE_RETURNED)
        plan_parts(demo, p, returned, 1);
    if (p->deal == DEAL_REVIEW_GM)
        plan_parts(demo, p, for_manager, G_N_ELEMENTS(for_manager));
    if (p->deal > DEAL_REVIEW_GM)
        plan_parts(demo, p, reviewed, G_N_ELEMENTS(reviewed));
    if (p->deal >= DEAL_ORDERED)
        plan_parts(demo, p, ordered, 1);
    if (p->deal == DEAL_PART_PAID || (p->deal == DEAL_DONE && p->unit->area_dm2 % 2))
        plan_parts(demo, p, paid, 1);
    if (p->deal == DEAL_DONE)
        plan_parts(demo, p, done, G_N_ELEMENTS(done));
}

void
demo_plan_deal(Demo *demo, DemoProspect *p)
{
    static const Part signed_on[] = { { draft_intent, OWNER, LEAD_TIME, 15 },
                                      { submit_intent, OWNER, 15, 16 },
                                      { agree_intent, BY_SYSTEM, 14, 10 },
                                      { sign_intent, OWNER, 13, 14 } };
    static const Part deposit[] = { { deposit_came, BY_FINANCE, 12, 15 } };
    static const Part drafted[] = { { convert_intent, OWNER, 10, 10 },
                                    { receive_papers, BY_LC, 9, 15 } };
    static const Part submitted[] = { { submit_lease, OWNER, 7, 16 } };
    static const Part submitted_today[] = { { submit_lease, OWNER, 0, 8 } };

    if (p->deal < DEAL_INTENT_LAPSED) {
        plan_intent(demo, p);
        return;
    }
    if (p->deal == DEAL_INTENT_LAPSED) {
        plan_lapsed(demo, p);
        return;
    }
    plan_parts(demo, p, signed_on, G_N_ELEMENTS(signed_on));
    if (p->deal >= DEAL_DEPOSIT)
        plan_parts(demo, p, deposit, 1);
    if (p->deal >= DEAL_LEASE_DRAFT)
        plan_parts(demo, p, drafted, G_N_ELEMENTS(drafted));
    if (p->deal == DEAL_REVIEW_LM)
        plan_parts(demo, p, submitted_today, 1);
    else if (p->deal > DEAL_LEASE_DRAFT)
        plan_parts(demo, p, submitted, 1);
    plan_review(demo, p);
}
