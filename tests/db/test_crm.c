/* Crm: the register finds or makes the customer, stages are taken one by one, leads belong to one person, holds run out. */
#include "base/clock.h"
#include "support/furnish.h"

#include <string.h>

#define ID "%" G_GINT64_FORMAT

typedef struct {
    gint64 a, b;
    const char *text;
    gint64 out;
} Args;

static void
test_call_needs_a_channel(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    GError *error = NULL;

    g_assert_cmpint(inquire(world, "ls", NULL, &error,
                            "{'kind': 'call', 'phone': '13812345678', 'name': '王强'}"),
                    ==, 0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(inquire(world, "ls", NULL, &error,
                            "{'kind': 'call', 'phone': '123', 'name': '王强', 'channel_id': '" ID
                            "'}",
                            channel(world, "call_in")),
                    ==, 0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(
        inquire(world, "os", NULL, &error,
                "{'kind': 'call', 'phone': '13812345678', 'name': '王强', 'channel_id': '" ID "'}",
                channel(world, "call_in")),
        ==, 0);
    world_refused(&error, "inquiry.forbidden");
    /* four inputs are enough, the generic way in (an import) links the row as well */
    gint64 id =
        made(world, "ls", "inquiry",
             "{'kind': 'call', 'phone': '13812345678', 'name': '王强', 'channel_id': '" ID "'}",
             channel(world, "call_in"));
    g_assert_cmpint(ref_of(world, "inquiry", id, "lead_id"), !=, 0);
    assert_field(world, "inquiry", id, "is_new", "true");
}

static void
test_call_makes_the_whole_file(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 id = call(world, "ls", "13812345678", "王强", "星火咖啡");
    gint64 merchant = ref_of(world, "inquiry", id, "merchant_id"),
           lead = ref_of(world, "inquiry", id, "lead_id");
    gint64 contact = ref_of(world, "inquiry", id, "contact_id");

    assert_field(world, "merchant", merchant, "name", "星火咖啡");
    assert_field(world, "contact", contact, "mobile", "13812345678");
    assert_field(world, "contact", contact, "is_primary", "true");
    assert_field(world, "lead", lead, "stage", "new");
    assert_field(world, "lead", lead, "area_max", "120.00");
    assert_field(world, "lead", lead, "demand", "想开店");
    g_assert_cmpint(ref_of(world, "lead", lead, "owner_id"), ==, world_staff(world, "ls"));
    g_assert_cmpint(ref_of(world, "lead", lead, "channel_id"), ==, channel(world, "call_in"));
    assert_field(world, "inquiry", id, "on_day", "2026-03-02");
}

static void
test_visit_goes_back_to_the_call(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 first = call(world, "ls", "13812345678", "王强", "星火咖啡");
    GError *error = NULL;

    clock_freeze_us(clock_parse_us("2026-03-03T02:00:00.000Z"));
    gint64 visit = inquire(world, "ls2", NULL, &error,
                           "{'kind': 'visit', 'phone': '138-1234-5678', 'name': '王强', "
                           "'visitors': 3, 'channel_id': '" ID "'}",
                           channel(world, "walk_in"));
    g_assert_no_error(error);
    g_assert_cmpint(ref_of(world, "inquiry", visit, "call_inquiry_id"), ==, first);
    assert_field(world, "inquiry", visit, "first_visit", "true");
    assert_field(world, "inquiry", visit, "is_new", "false");
    gint64 lead = ref_of(world, "inquiry", first, "lead_id");
    g_assert_cmpint(ref_of(world, "inquiry", visit, "lead_id"), ==, lead);
    assert_field(world, "lead", lead, "stage", "visited");
    g_assert_cmpint(ref_of(world, "lead", lead, "owner_id"), ==,
                    world_staff(world, "ls")); /* first complete registrar owns it */
    gint64 again =
        inquire(world, "ls", NULL, &error,
                "{'kind': 'visit', 'phone': '13812345678', 'name': '王强', 'channel_id': '" ID "'}",
                channel(world, "walk_in"));
    assert_field(world, "inquiry", again, "first_visit", "false");
}

static gboolean
merge_into_step(Ctx *ctx, gpointer data, GError **error)
{
    const Args *args = data;

    return crm_inquiry_merge_into(ctx, args->a, args->b, error);
}

static void
test_second_entry_is_offered_as_merge_never_lost(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 old = made(world, "ls2", "merchant", "{'name': '北京星火餐饮管理有限公司'}");
    gint64 old_lead = made(world, "ls2", "lead", "{'name': '星火', 'merchant_id': '" ID "'}", old);
    GError *error = NULL;
    guint doubles = 0;

    gint64 id = inquire(world, "ls", &doubles, &error,
                        "{'kind': 'call', 'phone': '13812345678', 'name': '王强', 'merchant_name': "
                        "'北京星火餐饮管理有限公司', 'channel_id': '" ID "'}",
                        channel(world, "agent"));
    g_assert_no_error(error);
    g_assert_cmpint(id, !=, 0);
    g_assert_cmpuint(doubles, ==, 1);
    gint64 fresh = ref_of(world, "inquiry", id, "merchant_id"),
           fresh_lead = ref_of(world, "inquiry", id, "lead_id");
    g_assert_cmpint(fresh, !=, old);
    Args args = { id, old, NULL, 0 };
    world_must(world, "ls", merge_into_step, &args);
    g_assert_cmpint(ref_of(world, "inquiry", id, "merchant_id"), ==, old);
    g_assert_cmpint(ref_of(world, "inquiry", id, "lead_id"), ==, old_lead);
    assert_field(world, "merchant", fresh, "state", "merged");
    assert_field(world, "lead", fresh_lead, "stage", "lost");
    assert_field(world, "lead", fresh_lead, "lost_reason", "duplicate");
    g_assert_cmpint(
        ref_of(world, "contact", ref_of(world, "inquiry", id, "contact_id"), "merchant_id"), ==,
        old);
    /* the phone is known now: another call goes to the same file without asking */
    gint64 next =
        inquire(world, "ls", &doubles, &error,
                "{'kind': 'call', 'phone': '13812345678', 'name': '王强', 'channel_id': '" ID "'}",
                channel(world, "agent"));
    g_assert_cmpint(ref_of(world, "inquiry", next, "merchant_id"), ==, old);
    /* or it is said at once where it belongs */
    gint64 told =
        inquire(world, "ls", &doubles, &error,
                "{'kind': 'call', 'phone': '13900001111', 'name': '李梅', 'merge_into': '" ID
                "', 'channel_id': '" ID "'}",
                old, channel(world, "agent"));
    g_assert_no_error(error);
    g_assert_cmpint(ref_of(world, "inquiry", told, "merchant_id"), ==, old);
}

static gboolean
move_step(Ctx *ctx, gpointer data, GError **error)
{
    const Args *args = data;

    return crm_lead_move(ctx, args->a, args->text, 0, NULL, error);
}

static void
test_stages_are_taken_one_by_one(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678");
    GError *error = NULL;

    g_assert_false(act(world, "ls", "lead", lead, "negotiate", "", &error));
    world_refused(&error, "lead.wrong_state");
    g_assert_false(act(world, "ls", "lead", lead, "intend", "", &error));
    world_refused(&error, "lead.wrong_state");
    Args jump = { lead, 0, "signed", 0 };
    g_assert_false(world_write(world, "ls", move_step, &jump, &error));
    world_refused(&error, "lead.wrong_state");
    g_assert_false(act(world, "ls", "lead", lead, "contact", "{'way': 'phone'}",
                       &error)); /* content is missing */
    world_refused(&error, "input.invalid");
    g_assert_false(act(world, "ls", "lead", lead, "sign", "", &error));
    world_refused(&error, "action.not_found");
    g_assert_false(change_row(world, "ls", "lead", lead, &error, "{'stage': 'signed'}"));
    world_refused(&error, "input.invalid");
    act_must(world, "ls", "lead", lead, "contact",
             "{'way': 'wechat', 'content': '加了微信', 'grade': 'B', 'next_on': '2026-03-05'}");
    assert_field(world, "lead", lead, "grade", "B");
    assert_field(world, "lead", lead, "next_follow_on", "2026-03-05");
    jump.text = "intention";
    world_must(world, "ls", move_step, &jump);
    act_must(world, "ls", "lead", lead, "negotiate", "");
    g_assert_false(act(world, "ls", "lead", lead, "approve", "", &error)); /* no such right */
    world_refused(&error, "lead.forbidden");
    g_assert_false(act(world, "lm", "lead", lead, "approve", "", &error));
    world_refused(&error, "lead.no_offer");
    made(world, "ls", "offer",
         "{'lead_id': '" ID "', 'unit_id': '" ID
         "', 'rent_price': '360.0000', 'is_accepted': true}",
         lead, unit_by_no(world, "A101"));
    act_must(world, "lm", "lead", lead, "approve", "");
    assert_field(world, "lead", lead, "stage", "approved");
}

static void
test_demand_is_complete_before_interest(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = made(world, "ls", "lead", "{'name': '远山书店'}");
    GError *error = NULL;

    act_must(world, "ls", "lead", lead, "contact", "{'content': '电话沟通'}");
    g_assert_false(act(world, "ls", "lead", lead, "intend", "", &error));
    world_refused(&error, "input.invalid");
    g_assert_true(change_row(world, "ls", "lead", lead, &error,
                             "{'category_id': '" ID "', 'area_min': '100.00'}",
                             by_code(world, "category", "R09")));
    act_must(world, "ls", "lead", lead, "intend", "");
    g_assert_false(
        act(world, "ls", "lead", lead, "negotiate", "", &error)); /* no merchant's file */
    world_refused(&error, "input.invalid");
    g_assert_false(change_row(world, "ls", "lead", lead, &error, "{'area_max': '50.00'}"));
    world_refused(&error, "input.invalid");
}

static void
test_only_owner_or_manager_moves(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678");
    GError *error = NULL;

    g_assert_false(act(world, "ls2", "lead", lead, "contact", "{'content': 'x'}", &error));
    world_refused(&error, "lead.not_found");
    g_assert_cmpint(
        make_row(world, "ls2", "follow_up", &error, "{'lead_id': '" ID "', 'content': 'x'}", lead),
        ==, 0);
    g_clear_error(&error);
    g_assert_false(act(world, "ls2", "lead", lead, "take", "", &error));
    world_refused(&error, "lead.owned");
    g_assert_false(
        act(world, "ls", "lead", lead, "assign", "{'owner_id': '1', 'reason': 'x'}", &error));
    world_refused(&error, "lead.forbidden");
    g_autofree char *to =
        g_strdup_printf("{'owner_id': '" ID "', 'reason': '区域调整'}", world_staff(world, "ls2"));
    g_assert_false(act(world, "lm", "lead", lead, "assign", "{'reason': 'x'}", &error));
    world_refused(&error, "input.invalid");
    act_must(world, "lm", "lead", lead, "assign", to);
    g_assert_cmpint(ref_of(world, "lead", lead, "owner_id"), ==, world_staff(world, "ls2"));
    act_must(world, "ls2", "lead", lead, "contact", "{'content': '交接后首次联系'}");
}

static void
test_pool_gives_and_takes(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678");
    GError *error = NULL;

    g_assert_false(act(world, "ls", "lead", lead, "sleep", "", &error));
    world_refused(&error, "input.invalid");
    act_must(world, "ls", "lead", lead, "sleep", "{'reason': '半年后再谈'}");
    assert_field(world, "lead", lead, "stage", "dormant");
    g_assert_cmpint(ref_of(world, "lead", lead, "owner_id"), ==, 0);
    act_must(world, "ls2", "lead", lead, "take", "");
    assert_field(world, "lead", lead, "stage", "contacted");
    g_assert_cmpint(ref_of(world, "lead", lead, "owner_id"), ==, world_staff(world, "ls2"));
    g_assert_false(act(world, "ls", "lead", lead, "take", "", &error));
    world_refused(&error, "lead.owned");
    act_must(world, "ls2", "lead", lead, "lose", "{'lost_reason': 'price', 'lost_to': '对面商场'}");
    assert_field(world, "lead", lead, "lost_reason", "price");
    g_assert_false(act(world, "ls2", "lead", lead, "follow_up", "{'content': 'x'}", &error));
    world_refused(&error, "lead.wrong_state");
    act_must(world, "ls2", "lead", lead, "reopen", "{'reason': '降价'}");
    assert_field(world, "lead", lead, "lost_reason", "");
}

typedef struct {
    guint a, b;
} Counts;

static gboolean
pool_step(Ctx *ctx, gpointer data, GError **error)
{
    Counts *counts = data;

    return crm_pool_run(ctx, &counts->a, &counts->b, error);
}

static void
test_untouched_lead_returns_after_a_warning(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678"),
           busy = made(world, "ls2", "lead", "{'name': '远山'}");
    Counts counts = { 0, 0 };

    clock_freeze_us(clock_parse_us("2026-03-26T01:00:00.000Z")); /* 24 days later */
    world_must(world, NULL, pool_step, &counts);
    g_assert_cmpuint(counts.a + counts.b, ==, 0);
    clock_freeze_us(clock_parse_us("2026-03-27T01:00:00.000Z"));
    world_must(world, NULL, pool_step, &counts);
    g_assert_cmpuint(counts.a, ==, 2);
    assert_field(world, "lead", lead, "pool_warned_on", "2026-03-27");
    world_must(world, NULL, pool_step, &counts);
    g_assert_cmpuint(counts.a + counts.b, ==, 0);
    made(world, "ls2", "follow_up",
         "{'lead_id': '" ID "', 'content': '约了下周', 'next_on': '2026-04-03'}", busy);
    assert_field(world, "lead", busy, "pool_warned_on", "");
    assert_field(world, "lead", busy, "stage", "contacted");
    clock_freeze_us(clock_parse_us("2026-04-01T01:00:00.000Z"));
    world_must(world, NULL, pool_step, &counts);
    g_assert_cmpuint(counts.b, ==, 1);
    assert_field(world, "lead", lead, "stage", "dormant");
    assert_field(world, "lead", busy, "stage", "contacted");
    /* a customer of the pool calls: whoever answers has it */
    gint64 next = call(world, "ls2", "13812345678", "王强", "星火咖啡");
    g_assert_cmpint(ref_of(world, "inquiry", next, "lead_id"), ==, lead);
    assert_field(world, "lead", lead, "stage", "contacted");
    g_assert_cmpint(ref_of(world, "lead", lead, "owner_id"), ==, world_staff(world, "ls2"));
}

static gboolean
expire_step(Ctx *ctx, gpointer data, GError **error)
{
    return crm_holds_expire(ctx, data, error);
}

static gboolean
active_step(Ctx *ctx, gpointer data, GError **error)
{
    Args *args = data;

    args->out = crm_hold_active(ctx, args->a, &args->b, error);
    return TRUE;
}

static void
test_hold_keeps_others_out_and_runs_out(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 unit = unit_by_no(world, "A101"), mine = lead_of(world, "ls", "13812345678"),
           other = made(world, "ls2", "lead", "{'name': '远山'}");
    static const char shape[] =
        "{'unit_id': '" ID "', 'lead_id': '" ID "', 'reason': '等总部批复', 'until_at': '%s'}";
    GError *error = NULL;

    g_assert_cmpint(
        make_row(world, "ls", "unit_hold", &error, shape, unit, mine, "2026-03-01T00:00:00.000Z"),
        ==, 0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(
        make_row(world, "ls", "unit_hold", &error, shape, unit, mine, "2027-03-01T00:00:00.000Z"),
        ==, 0);
    world_refused(&error, "input.invalid");
    gint64 hold = made(world, "ls", "unit_hold", shape, unit, mine, "2026-03-05T10:00:00.000Z");
    assert_field(world, "unit", unit, "status", "reserved");
    g_assert_cmpint(
        make_row(world, "ls2", "unit_hold", &error, shape, unit, other, "2026-03-06T10:00:00.000Z"),
        ==, 0);
    world_refused(&error, "unit_hold.taken");
    g_assert_cmpint(
        make_row(world, "ls", "unit_hold", &error, shape, unit, mine, "2026-03-06T10:00:00.000Z"),
        ==, 0);
    world_refused(&error, "unit_hold.taken");
    /* its time is over: nobody has run the job, and yet it counts for nothing */
    clock_freeze_us(clock_parse_us("2026-03-05T10:00:01.000Z"));
    Args active = { unit, 0, NULL, -1 };
    world_must(world, NULL, active_step, &active);
    g_assert_cmpint(active.out, ==, 0);
    gint64 next = made(world, "ls2", "unit_hold", shape, unit, other, "2026-03-06T10:00:00.000Z");
    guint expired = 0;
    world_must(world, NULL, expire_step, &expired);
    g_assert_cmpuint(expired, ==, 1);
    assert_field(world, "unit_hold", hold, "state", "expired");
    assert_field(world, "unit", unit, "status", "reserved");
    act_must(world, "ls2", "unit_hold", next, "release", "{'reason': '不要了'}");
    assert_field(world, "unit", unit, "status", "vacant");
    g_assert_true(change_row(world, NULL, "unit", unit, &error, "{'purpose': 'own_use'}"));
    g_assert_cmpint(
        make_row(world, "ls2", "unit_hold", &error, shape, unit, other, "2026-03-07T10:00:00.000Z"),
        ==, 0);
    world_refused(&error, "unit_hold.not_free");
}

typedef struct {
    World *world;
    gint64 unit, lead;
    char *token; /* of the refusal */
} Racer;

static gboolean
race_step(Ctx *ctx, gpointer data, GError **error)
{
    const Racer *racer = data;

    return crm_hold_place(ctx, racer->lead, racer->unit, 0, "race", error) != 0;
}

static gpointer
race(gpointer data)
{
    Racer *racer = data;
    g_autoptr(GError) error = NULL;

    if (!world_write(racer->world, NULL, race_step, racer, &error))
        racer->token = g_strdup(app_error_token(error));
    return NULL;
}

static void
test_many_at_once_one_hold(Dialect dialect)
{
    enum { RACERS = 8 };
    g_autoptr(World) world = centre(dialect);
    gint64 unit = unit_by_no(world, "A102");
    Racer racers[RACERS];
    GThread *threads[RACERS];
    guint won = 0;

    for (guint i = 0; i < RACERS; i++)
        racers[i] = (Racer){ world, unit, made(world, "ls", "lead", "{'name': 'R%u'}", i), NULL };
    for (guint i = 0; i < RACERS; i++)
        threads[i] = g_thread_new("racer", race, &racers[i]);
    for (guint i = 0; i < RACERS; i++) {
        g_thread_join(threads[i]);
        if (racers[i].token)
            g_assert_cmpstr(racers[i].token, ==, "unit_hold.taken");
        else
            won++;
        g_free(racers[i].token);
    }
    g_assert_cmpuint(won, ==, 1);
}

static void
test_losing_a_lead_frees_its_unit(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 unit = unit_by_no(world, "A101"), lead = lead_of(world, "ls", "13812345678");

    gint64 hold = made(world, "ls", "unit_hold",
                       "{'unit_id': '" ID "', 'lead_id': '" ID "', 'reason': 'x'}", unit, lead);
    assert_field(world, "unit", unit, "status", "reserved");
    act_must(world, "ls", "lead", lead, "lose", "{'lost_reason': 'funds'}");
    assert_field(world, "unit_hold", hold, "state", "released");
    assert_field(world, "unit", unit, "status", "vacant");
}

static void
test_offers_count_rounds_and_concession(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678"), unit = unit_by_no(world, "A101");
    static const char shape[] = "{'lead_id': '" ID "', 'unit_id': '" ID
                                "', 'side': '%s', 'rent_price': '%s', 'is_accepted': true}";
    GError *error = NULL;

    gint64 first = made(world, "ls", "offer", shape, lead, unit, "ours", "360.0000");
    gint64 second = made(world, "ls", "offer", shape, lead, unit, "theirs", "280.0000");
    assert_field(world, "offer", first, "round", "1");
    assert_field(world, "offer", first, "concession", "10"); /* of 400 */
    assert_field(world, "offer", first, "below_floor", "false");
    assert_field(world, "offer", first, "is_accepted", "false"); /* the second one took the mark */
    assert_field(world, "offer", second, "round", "2");
    assert_field(world, "offer", second, "below_floor", "true");
    assert_field(world, "offer", second, "concession", "30");
    g_assert_cmpint(make_row(world, "ls2", "offer", &error, shape, lead, unit, "ours", "1.0000"),
                    ==, 0);
    g_clear_error(&error);
}

static gboolean
match(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    return crm_match_write(ctx, *(gint64 *) data, out, error);
}

static void
test_units_are_ranked_with_reasons(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 lead = lead_of(world, "ls", "13812345678");
    GError *error = NULL;

    g_assert_true(change_row(
        world, "ls", "lead", lead, &error,
        "{'needs_gas': true, 'needs_water': true, 'floors_wish': '1F', 'frontage_min': 600}"));
    json_auto_t *json = ask(world, "ls", match, &lead, NULL);
    assert_path(json, "items", "[3]");
    assert_path(json, "items/0/unit/label", "A101");
    assert_path(json, "items/0/score", "100");
    assert_path(json, "items/0/reasons/0/ok", "true");
    assert_path(json, "items/0/reasons/0/text", "面积 100.00 ㎡ 符合需求");
    g_autofree char *worst = at_path(json, "items/2/score");
    g_assert_cmpint(g_ascii_strtoll(worst, NULL, 10), <=, 40); /* no gas: cannot be mended */
    /* what is held for somebody else is not offered */
    made(world, "ls2", "unit_hold", "{'unit_id': '" ID "', 'lead_id': '" ID "', 'reason': 'x'}",
         unit_by_no(world, "A101"), made(world, "ls2", "lead", "{'name': '远山'}"));
    json_auto_t *rest = ask(world, "ls", match, &lead, NULL);
    assert_path(rest, "items", "[2]");
    g_assert_null(ask(world, "ls2", match, &lead, &error));
    world_refused(&error, "lead.not_found");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/crm/an-inquiry-without-a-channel-is-refused", test_call_needs_a_channel);
    testdb_each("/crm/a-call-makes-merchant-contact-and-lead", test_call_makes_the_whole_file);
    testdb_each("/crm/a-visit-goes-back-to-the-call", test_visit_goes_back_to_the_call);
    testdb_each("/crm/a-second-entry-is-offered-as-a-merge-and-never-lost",
                test_second_entry_is_offered_as_merge_never_lost);
    testdb_each("/crm/stages-are-taken-one-by-one", test_stages_are_taken_one_by_one);
    testdb_each("/crm/the-demand-is-complete-before-interest-is-confirmed",
                test_demand_is_complete_before_interest);
    testdb_each("/crm/only-the-owner-or-the-manager-moves-a-lead",
                test_only_owner_or_manager_moves);
    testdb_each("/crm/the-pool-gives-and-takes", test_pool_gives_and_takes);
    testdb_each("/crm/an-untouched-lead-returns-to-the-pool-after-a-warning",
                test_untouched_lead_returns_after_a_warning);
    testdb_each("/crm/a-hold-keeps-others-out-and-runs-out-by-itself",
                test_hold_keeps_others_out_and_runs_out);
    testdb_each("/crm/of-many-at-once-one-gets-the-hold", test_many_at_once_one_hold);
    testdb_each("/crm/losing-a-lead-frees-its-unit", test_losing_a_lead_frees_its_unit);
    testdb_each("/crm/offers-count-rounds-and-concessions",
                test_offers_count_rounds_and_concession);
    testdb_each("/crm/units-are-ranked-with-reasons", test_units_are_ranked_with_reasons);
    return g_test_run();
}
