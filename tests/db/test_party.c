/* Party: one file per customer; doubles are found, offered and merged, never lost. */
#include "support/furnish.h"

#include "store/history.h"

#include <string.h>

#define ID "%" G_GINT64_FORMAT

static gboolean
seed_again(Ctx *ctx, gpointer data, GError **error)
{
    (void) data;
    return party_seed(ctx, error);
}

static void
test_seed_is_two_levels_and_runs_once(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 coffee = by_code(world, "category", "F04"), food = by_code(world, "category", "F");
    GError *error = NULL;

    world_must(world, NULL, seed_again, NULL);
    g_assert_cmpint(ref_of(world, "category", coffee, "parent_id"), ==, food);
    assert_field(world, "channel", by_code(world, "channel", "agent"), "name", "招商代理/中介");
    g_assert_cmpint(make_row(world, NULL, "category", &error,
                             "{'code': 'X', 'name': '三级', 'parent_id': '" ID "'}", coffee),
                    ==, 0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(make_row(world, NULL, "channel_spend", &error,
                             "{'channel_id': '" ID "', 'month': 202613, 'amount': '1.00'}",
                             by_code(world, "channel", "agent")),
                    ==, 0);
    world_refused(&error, "input.invalid");
}

static void
test_contact_needs_a_way_and_one_is_primary(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 m = made(world, "ls", "merchant",
                    "{'name': '星火餐饮有限公司', 'credit_code': '91350100M000100Y43'}");
    GError *error = NULL;

    g_assert_cmpint(ref_of(world, "merchant", m, "owner_id"), ==, world_staff(world, "ls"));
    g_assert_cmpint(make_row(world, "ls", "merchant", &error,
                             "{'name': '另一家', 'credit_code': '91350100M000100Y43'}"),
                    ==, 0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(make_row(world, "ls", "merchant", &error,
                             "{'name': '另一家', 'credit_code': '91350100M000100Y44'}"),
                    ==, 0);
    world_refused(&error, "input.invalid");
    g_assert_cmpint(
        make_row(world, "ls", "contact", &error, "{'merchant_id': '" ID "', 'name': '王'}", m), ==,
        0);
    world_refused(&error, "input.invalid");
    gint64 first = made(world, "ls", "contact",
                        "{'merchant_id': '" ID
                        "', 'name': '王强', 'mobile': '+86 138 1234 5678', 'is_primary': true}",
                        m);
    assert_field(world, "contact", first, "mobile", "13812345678");
    g_assert_cmpint(make_row(world, "ls", "contact", &error,
                             "{'merchant_id': '" ID "', 'name': '王二', 'mobile': '13812345678'}",
                             m),
                    ==, 0);
    world_refused(&error, "input.invalid");
    made(world, "ls", "contact",
         "{'merchant_id': '" ID "', 'name': '李梅', 'mobile': '13912345678', 'is_primary': true}",
         m);
    assert_field(world, "contact", first, "is_primary", "false");
}

static void
test_blacklist_needs_right_and_reason(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 m = made(world, "ls", "merchant", "{'name': '远山'}");
    GError *error = NULL;

    g_assert_false(change_row(world, "ls", "merchant", m, &error,
                              "{'is_blacklisted': true, 'blacklist_reason': '欠租'}"));
    world_refused(&error, "input.invalid");
    g_assert_false(change_row(world, "lm", "merchant", m, &error, "{'is_blacklisted': true}"));
    world_refused(&error, "input.invalid");
    g_assert_true(change_row(world, "lm", "merchant", m, &error,
                             "{'is_blacklisted': true, 'blacklist_reason': '欠租'}"));
}

static gboolean
known(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    return party_known_write(ctx, data, out, error);
}

static void
test_caller_is_known_even_if_a_colleagues(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 m = made(world, "ls", "merchant", "{'name': '星火餐饮有限公司'}");
    GError *error = NULL;

    made(world, "ls", "contact",
         "{'merchant_id': '" ID "', 'name': '王强', 'mobile': '13812345678'}", m);
    made(world, "ls", "lead", "{'name': '星火火锅', 'merchant_id': '" ID "'}", m);
    json_auto_t *mine = ask(world, "ls", known, (gpointer) "138 1234 5678", NULL);
    assert_path(mine, "known", "true");
    assert_path(mine, "mine", "true");
    assert_path(mine, "merchant/label", "星火餐饮有限公司");
    assert_path(mine, "contact/label", "王强");
    assert_path(mine, "leads/0/label", "星火火锅");
    json_auto_t *other = ask(world, "ls2", known, (gpointer) "13812345678", NULL);
    assert_path(other, "known", "true");
    assert_path(other, "mine", "false");
    assert_path(other, "merchant/label", "星**");
    assert_path(other, "merchant/id", "");
    assert_path(other, "owner/label", "刘专员");
    assert_path(other, "leads/0/label", "星**");
    json_auto_t *nobody = ask(world, "ls2", known, (gpointer) "13911112222", NULL);
    assert_path(nobody, "known", "false");
    assert_path(nobody, "merchant", "");
    assert_path(nobody, "inquiries", "0");
    g_assert_null(ask(world, "ls2", known, (gpointer) "12", &error));
    world_refused(&error, "input.invalid");
}

typedef struct {
    const char *name, *phone, *code;
    guint n, score;
    gint64 best;
    const char *why;
} Doubles;

static gboolean
doubles_step(Ctx *ctx, gpointer data, GError **error)
{
    Doubles *doubles = data;
    g_autoptr(GPtrArray) list =
        party_duplicates(ctx, doubles->name, doubles->phone, doubles->code, 0, error);

    if (!list)
        return FALSE;
    const PartyDuplicate *first = list->len ? list->pdata[0] : NULL;
    doubles->n = list->len;
    doubles->best = first ? first->merchant_id : 0;
    doubles->why = first ? first->why : NULL;
    doubles->score = first ? first->score : 0;
    return TRUE;
}

static void
test_doubles_by_phone_code_and_name(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 m = made(world, "ls", "merchant",
                    "{'name': '北京星火餐饮管理有限公司', 'credit_code': '91350100M000100Y43'}");
    Doubles by_phone = { .phone = "13812345678" }, by_code = { .code = "91350100 M000100Y43" };
    Doubles by_name = { .name = "北京星火餐饮管理有限公司 " }, none = { .name = "上海远山书店" };

    made(world, "ls", "contact",
         "{'merchant_id': '" ID "', 'name': '王强', 'mobile': '13812345678'}", m);
    world_must(world, "ls2", doubles_step, &by_phone);
    g_assert_cmpint(by_phone.best, ==, m);
    g_assert_cmpstr(by_phone.why, ==, "phone");
    world_must(world, "ls2", doubles_step, &by_code);
    g_assert_cmpint(by_code.best, ==, m);
    world_must(world, "ls2", doubles_step, &by_name);
    g_assert_cmpint(by_name.best, ==, m);
    g_assert_cmpstr(by_name.why, ==, "name");
    g_assert_cmpuint(by_name.score, >=, 80);
    world_must(world, "ls2", doubles_step, &none);
    g_assert_cmpuint(none.n, ==, 0);
}

typedef struct {
    gint64 from, into;
} Pair;

static gboolean
merge_step(Ctx *ctx, gpointer data, GError **error)
{
    const Pair *pair = data;

    return party_merge(ctx, pair->from, pair->into, error);
}

static void
test_merge_moves_everything(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 coffee = by_code(world, "category", "F04");
    Pair pair = { made(
                      world, "ls", "merchant",
                      "{'name': '星火', 'credit_code': '91350100M000100Y43', 'legal_rep': '王强'}"),
                  made(world, "ls2", "merchant", "{'name': '星火餐饮有限公司'}") };
    gint64 twin =
        made(world, "ls", "contact",
             "{'merchant_id': '" ID "', 'name': '王强', 'mobile': '13812345678'}", pair.from);
    gint64 other =
        made(world, "ls", "contact",
             "{'merchant_id': '" ID "', 'name': '李梅', 'mobile': '13912345678'}", pair.from);
    gint64 lead =
        made(world, "ls", "lead", "{'name': '星火咖啡', 'merchant_id': '" ID "'}", pair.from);
    gint64 brand =
        made(world, "ls", "brand", "{'name': '星火咖啡', 'category_id': '" ID "'}", coffee);
    GError *error = NULL;

    made(world, "ls2", "contact",
         "{'merchant_id': '" ID "', 'name': '王总', 'mobile': '13812345678'}", pair.into);
    made(world, "ls", "merchant_brand", "{'merchant_id': '" ID "', 'brand_id': '" ID "'}",
         pair.from, brand);
    made(world, "ls2", "merchant_brand", "{'merchant_id': '" ID "', 'brand_id': '" ID "'}",
         pair.into, brand);
    g_assert_false(world_write(world, "ls", merge_step, &pair, &error));
    world_refused(&error, "merchant.forbidden");
    world_must(world, "lm", merge_step, &pair);
    g_assert_cmpint(ref_of(world, "contact", other, "merchant_id"), ==, pair.into);
    g_assert_cmpint(ref_of(world, "contact", twin, "merchant_id"), ==, pair.into);
    assert_field(world, "contact", twin, "active",
                 "false"); /* the number is there already: kept, not offered */
    g_assert_cmpint(ref_of(world, "lead", lead, "merchant_id"), ==, pair.into);
    assert_field(world, "merchant", pair.from, "state", "merged");
    g_assert_cmpint(ref_of(world, "merchant", pair.from, "merged_into_id"), ==, pair.into);
    assert_field(world, "merchant", pair.into, "credit_code", "91350100M000100Y43");
    assert_field(world, "merchant", pair.into, "legal_rep", "王强");
    assert_field(world, "merchant", pair.into, "name", "星火餐饮有限公司");
    g_assert_false(world_write(world, "lm", merge_step, &pair, &error));
    world_refused(&error, "merchant.merged");
    g_assert_false(change_row(world, "lm", "merchant", pair.from, &error, "{'name': 'x'}"));
    world_refused(&error, "merchant.merged");
    pair.from = pair.into;
    g_assert_false(world_write(world, "lm", merge_step, &pair, &error));
    world_refused(&error, "merchant.same");
}

static gboolean
bind_step(Ctx *ctx, gpointer data, GError **error)
{
    const Pair *pair = data;
    g_autoptr(Record) lease = record_new(registry_def(ctx->registry, "lease"));

    record_set_id(lease, "merchant_id", pair->from);
    record_set_day(lease, "from_on", ctx->today);
    record_set_day(lease, "to_on", ctx->today + 365);
    return record_save(ctx, lease, error);
}

static void
test_file_bound_by_a_lease_goes_on(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    Pair pair = { made(world, "ls", "merchant", "{'name': '星火'}"),
                  made(world, "ls", "merchant", "{'name': '星火餐饮'}") };
    GError *error = NULL;

    world_must(world, NULL, bind_step, &pair);
    g_assert_false(world_write(world, "lm", merge_step, &pair, &error));
    world_refused(&error, "merchant.has_lease");
    assert_field(world, "merchant", pair.from, "state", "prospect");
    Pair other_way = { pair.into, pair.from };
    world_must(world, "lm", merge_step, &other_way);
    assert_field(world, "merchant", pair.into, "state", "merged");
}

static gboolean
more(Ctx *ctx, gpointer data, JsonOut *out, GError **error)
{
    g_autoptr(Record) rec = record_get(ctx, "merchant", *(gint64 *) data, "read", error);

    return rec && registry_find(ctx->registry, "merchant")->write_more(ctx, rec, out, error);
}

static void
test_file_names_doubles_and_gaps(Dialect dialect)
{
    g_autoptr(World) world = centre(dialect);
    gint64 first = made(world, "ls2", "merchant", "{'name': '北京星火餐饮管理有限公司'}");
    gint64 m =
        made(world, "ls", "merchant", "{'name': '北京星火餐饮管理公司', 'legal_rep': '王强'}");

    json_auto_t *json = ask(world, "ls", more, &m, NULL);
    g_autofree char *id = g_strdup_printf(ID, first);
    assert_path(json, "duplicates", "[1]");
    assert_path(json, "duplicates/0/merchant/id", id);
    assert_path(json, "duplicates/0/owner", "陆专员");
    assert_path(json, "completeness", "20"); /* owner and legal representative of ten */
    assert_path(json, "missing/0", "contact");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/party/categories-have-two-levels-and-are-seeded-once",
                test_seed_is_two_levels_and_runs_once);
    testdb_each("/party/a-contact-can-be-reached-and-one-is-primary",
                test_contact_needs_a_way_and_one_is_primary);
    testdb_each("/party/blacklisting-needs-the-right-and-a-reason",
                test_blacklist_needs_right_and_reason);
    testdb_each("/party/a-caller-is-known-even-as-a-colleagues-customer",
                test_caller_is_known_even_if_a_colleagues);
    testdb_each("/party/doubles-are-found-by-phone-code-and-name",
                test_doubles_by_phone_code_and_name);
    testdb_each("/party/a-merge-moves-everything-and-keeps-the-old-file",
                test_merge_moves_everything);
    testdb_each("/party/a-file-bound-by-a-lease-goes-on", test_file_bound_by_a_lease_goes_on);
    testdb_each("/party/a-new-file-names-its-doubles-and-gaps", test_file_names_doubles_and_gaps);
    return g_test_run();
}
