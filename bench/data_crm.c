/* data_crm.c - merchants, contacts, brands, leads and what was said and done with them. */
#include "bench_data.h"

#include "base/clock.h"

enum { HOURS_PER_DAY = 24 };
#define HOUR_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

static gint64
any_of(const GArray *ids, const char *what, guint n)
{
    return g_array_index(ids, gint64, bench_pick(what, n, ids->len));
}

static gint64
sales_of(const Bench *b, guint n)
{
    return b->sales[bench_pick("owner", n, BENCH_SALES)];
}

/* Sets a text that was made for it. */
static void
give_text(Record *rec, const char *field, char *text)
{
    record_set_text(rec, field, text);
    g_free(text);
}

static void
fill_merchant(Bench *b, Record *rec, guint n)
{
    give_text(rec, "no", bench_number(b, "SH", n, b->size.merchants));
    give_text(rec, "name", bench_company(n));
    give_text(rec, "legal_rep", bench_person(n));
    record_set_text(rec, "state", n % 20 == 0 ? "trading" : "prospect");
    record_set_id(rec, "category_id", any_of(b->categories, "category", n));
    record_set_id(rec, "channel_id", any_of(b->channels, "channel", n));
    record_set_id(rec, "owner_id", sales_of(b, n));
}

static void
fill_contact(Bench *b, Record *rec, guint n)
{
    guint merchant = (guint) ((guint64) n * b->size.merchants / b->size.contacts);

    record_set_id(rec, "merchant_id", bench_id(b, "merchant", merchant, b->size.merchants));
    give_text(rec, "name", bench_person(n));
    give_text(rec, "mobile", bench_phone(n));
    record_set_text(rec, "role", n % 3 == 0 ? "总经理" : "拓展经理");
    give_text(rec, "wechat", g_strdup_printf("wx%u", n));
    give_text(rec, "email", g_strdup_printf("lx%u@example.com", n));
    record_set_int(rec, "is_primary", 1);
}

static void
fill_brand(Bench *b, Record *rec, guint n)
{
    g_autofree char *name = bench_brand(n);

    give_text(rec, "name", n < 900 ? g_strdup(name) : g_strdup_printf("%s%u", name, n / 900));
    record_set_id(rec, "category_id", any_of(b->categories, "brand", n));
    record_set_text(rec, "level", n % 3 ? "middle" : "upper");
    record_set_int(rec, "area_min", 3000 + bench_pick("area", n, 100) * 100);
    record_set_int(rec, "area_max", 15000 + bench_pick("area", n, 200) * 100);
    record_set_id(rec, "staff_id", sales_of(b, n));
}

/* One in five is open, most of the old ones are lost or asleep. */
static const char *
stage_of(guint n)
{
    static const char *const stages[20] = { "new",     "contacted", "visited", "intention",
                                            "lost",    "lost",      "lost",    "lost",
                                            "lost",    "lost",      "lost",    "dormant",
                                            "dormant", "dormant",   "dormant", "dormant",
                                            "dormant", "dormant",   "signed",  "signed" };
    guint i = bench_pick("stage", n, 20);

    return i == 3 && bench_pick("far", n, 2) ? "negotiating" : stages[i];
}

static void
fill_lead(Bench *b, Record *rec, guint n)
{
    static const char *const grades[] = { "A", "B", "C", "D" };
    guint merchant = (guint) ((guint64) n * b->size.merchants / b->size.leads);
    guint contact = (guint) ((guint64) n * b->size.contacts / b->size.leads);
    const char *stage = stage_of(n);
    gboolean open = stage[0] != 'l' && stage[0] != 's' && stage[0] != 'd';
    g_autofree char *brand = bench_brand(bench_pick("lead", n, 900));

    give_text(rec, "no", bench_number(b, "KH", n, b->size.leads));
    give_text(rec, "name", g_strdup_printf("%s%s", brand, n % 7 ? "" : "（二店）"));
    record_set_id(rec, "merchant_id", bench_id(b, "merchant", merchant, b->size.merchants));
    record_set_id(rec, "contact_id", bench_id(b, "contact", contact, b->size.contacts));
    if (n % 3 == 0)
        record_set_id(rec, "brand_id",
                      bench_id(b, "brand", bench_pick("brand", n, b->size.brands), b->size.brands));
    record_set_id(rec, "category_id", any_of(b->categories, "lead", n));
    record_set_id(rec, "channel_id", any_of(b->channels, "lead", n));
    record_set_text(rec, "stage", stage);
    record_set_text(rec, "grade", grades[bench_pick("grade", n, 4)]);
    record_set_int(rec, "area_min", 3000 + bench_pick("lead_area", n, 300) * 100);
    record_set_int(rec, "area_max", 8000 + bench_pick("lead_area", n, 600) * 100);
    record_set_int(rec, "budget_price", (80 + bench_pick("budget", n, 400)) * 10000);
    record_set_text(rec, "floors_wish", "1F 2F");
    record_set_text(rec, "demand", "想在商场开一间店，希望位置靠近扶梯，装修期三个月。");
    /* open ones were called lately, else the job of the pool would take them all at the first start */
    gint64 contact_us =
        open ? b->now_us - (gint64) bench_pick("last", n, 20 * HOURS_PER_DAY) * HOUR_US
             : rec->created_at + (gint64) bench_pick("last", n, 90 * HOURS_PER_DAY) * HOUR_US;
    record_set_int(rec, "last_contact_at", contact_us);
    record_set_int(rec, "stage_since",
                   rec->created_at + (gint64) bench_pick("since", n, 60 * HOURS_PER_DAY) * HOUR_US);
    if (stage[0] != 'd') {
        record_set_id(rec, "owner_id", sales_of(b, n));
        record_set_int(rec, "owner_since", rec->created_at);
    } else
        record_set_int(rec, "pool_since", rec->created_at + 90 * HOURS_PER_DAY * HOUR_US);
    if (open && n % 40 == 0)
        record_set_day(rec, "next_follow_on", b->today - 10 + bench_pick("next", n, 30));
    if (stage[0] == 'l')
        record_set_text(rec, "lost_reason", n % 2 ? "price" : "no_unit");
}

static void
fill_inquiry(Bench *b, Record *rec, guint n)
{
    guint lead = (guint) ((guint64) n * b->size.leads / b->size.inquiries);
    guint merchant = (guint) ((guint64) lead * b->size.merchants / b->size.leads);
    guint contact = (guint) ((guint64) lead * b->size.contacts / b->size.leads);

    give_text(rec, "no", bench_number(b, "LD", n, b->size.inquiries));
    record_set_text(rec, "kind", n % 3 ? "call" : "visit");
    record_set_int(rec, "at", rec->created_at);
    record_set_day(rec, "on_day", clock_day_of(rec->created_at));
    give_text(rec, "phone", bench_phone(contact));
    give_text(rec, "name", bench_person(contact));
    give_text(rec, "brand_name", bench_brand(bench_pick("lead", lead, 900)));
    record_set_id(rec, "channel_id", any_of(b->channels, "lead", lead));
    record_set_id(rec, "category_id", any_of(b->categories, "lead", lead));
    record_set_text(rec, "content", "咨询一楼铺位与租金，约来访。");
    record_set_id(rec, "receptionist_id", sales_of(b, lead));
    record_set_id(rec, "merchant_id", bench_id(b, "merchant", merchant, b->size.merchants));
    record_set_id(rec, "contact_id", bench_id(b, "contact", contact, b->size.contacts));
    record_set_id(rec, "lead_id", bench_id(b, "lead", lead, b->size.leads));
}

static void
fill_follow_up(Bench *b, Record *rec, guint n)
{
    static const char *const said[] = {
        "电话沟通，客户考虑中", "已发平面图与报价", "约下周看铺",
        "对租金有异议",         "未接通",           "确认了面积需求"
    };
    guint lead = (guint) ((guint64) n * b->size.leads / b->size.follow_ups);

    record_set_id(rec, "lead_id", bench_id(b, "lead", lead, b->size.leads));
    record_set_text(rec, "way", n % 3 ? "phone" : "wechat");
    record_set_text(rec, "content", said[bench_pick("said", n, G_N_ELEMENTS(said))]);
    record_set_text(rec, "result", "considering");
    record_set_int(rec, "at", rec->created_at);
    record_set_day(rec, "on_day", clock_day_of(rec->created_at));
    record_set_id(rec, "staff_id", sales_of(b, lead));
}

static void
fill_stage_change(Bench *b, Record *rec, guint n)
{
    guint lead = (guint) ((guint64) n * b->size.leads / b->size.stage_changes);

    record_set_id(rec, "lead_id", bench_id(b, "lead", lead, b->size.leads));
    record_set_text(rec, "to_stage", n % 2 ? "intention" : "contacted");
    record_set_id(rec, "staff_id", sales_of(b, lead));
    record_set_day(rec, "changed_on", clock_day_of(rec->created_at));
    record_set_int(rec, "at", rec->created_at);
}

static void
fill_owner_change(Bench *b, Record *rec, guint n)
{
    record_set_id(rec, "lead_id", bench_id(b, "lead", n, b->size.leads));
    record_set_id(rec, "to_staff_id", sales_of(b, n));
    record_set_text(rec, "reason", "first");
    record_set_int(rec, "at", rec->created_at);
}

static void
fill_visit_plan(Bench *b, Record *rec, guint n)
{
    guint lead = (guint) ((guint64) n * b->size.leads / b->size.visit_plans);

    give_text(rec, "title", bench_brand(bench_pick("lead", lead, 900)));
    record_set_text(rec, "kind", "lead");
    record_set_id(rec, "lead_id", bench_id(b, "lead", lead, b->size.leads));
    record_set_id(rec, "staff_id", sales_of(b, lead));
    record_set_day(rec, "planned_on", clock_day_of(rec->created_at));
    record_set_text(rec, "place", "客户门店");
    record_set_text(rec, "purpose", "了解开店计划");
    record_set_day(rec, "report_due_on", clock_day_of(rec->created_at) + 1);
    record_set_text(rec, "state", n + 200 < b->size.visit_plans ? "reported" : "planned");
}

BenchTable *
bench_crm_tables(const Bench *b)
{
    const BenchTable tables[] = {
        { "merchant", b->size.merchants, fill_merchant, TRUE },
        { "contact", b->size.contacts, fill_contact, FALSE },
        { "brand", b->size.brands, fill_brand, FALSE },
        { "lead", b->size.leads, fill_lead, TRUE },
        { "inquiry", b->size.inquiries, fill_inquiry, FALSE },
        { "follow_up", b->size.follow_ups, fill_follow_up, FALSE },
        { "lead_owner_change", b->size.owner_changes, fill_owner_change, FALSE },
        { "lead_stage_change", b->size.stage_changes, fill_stage_change, FALSE },
        { "visit_plan", b->size.visit_plans, fill_visit_plan, FALSE },
        { NULL, 0, NULL, FALSE },
    };

    return g_memdup2(tables, sizeof tables);
}
