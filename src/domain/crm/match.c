/* match.c - which free unit fits a customer, with the reasons. */
#include "base/money.h"
#include "base/text.h"
#include "domain/crm/crm_internal.h"

#include <string.h>

/* Points per question; 100 in all. What the customer did not say gives half: neither for nor against. */
enum { P_AREA = 35, P_PRICE = 25, P_CATEGORY = 15, P_TECH = 15, P_FLOOR = 5, P_FRONTAGE = 5 };
enum { UNFIT_MAX = 40, MATCHES_MAX = 30, SOON_DAYS = 120 };

typedef struct {
    gboolean ok;
    char *text;
} Reason;

typedef struct {
    gint64 unit_id, floor_id, area_dm2;
    char *no, *status, *floor;
    Day free_from_on; /* DAY_NONE: now */
    int score;
    gboolean unfit; /* a condition that cannot be mended */
    GArray *reasons;
} Match;

typedef struct {
    Ctx *ctx;
    const Record *lead;
    char *category, *parent; /* codes */
    gboolean sees_floor_price;
} Matcher;

static void
reason_clear(gpointer data)
{
    g_free(((Reason *) data)->text);
}

static void
match_free(gpointer data)
{
    Match *match = data;

    g_free(match->no);
    g_free(match->status);
    g_free(match->floor);
    g_array_unref(match->reasons);
    g_free(match);
}

/* Takes @text. */
static void
add(Match *match, int points, gboolean ok, char *text)
{
    Reason reason = { ok, text };

    match->score += points;
    g_array_append_val(match->reasons, reason);
}

static void
judge_area(const Matcher *matcher, Match *match)
{
    const Record *lead = matcher->lead;
    gint64 low = record_int(lead, "area_min"), high = record_int(lead, "area_max"),
           area = match->area_dm2;
    g_autofree char *text = area_format(area);

    if (!low && !high) {
        match->score += P_AREA / 2;
        return;
    }
    if (!low)
        low = high * 7 / 10;
    if (!high)
        high = low * 13 / 10;
    gboolean ok = area >= low && area <= high;
    gint64 off = area < low ? low - area : area - high;
    gint64 nearest = area < low ? low : high;
    /* a tenth off costs a third of the points, from three tenths on nothing is left */
    gint64 points = ok || nearest <= 0
                        ? P_AREA
                        : MAX(0, P_AREA - muldiv_half_away(off, (gint64) P_AREA * 10, nearest * 3));
    const char *words =
        ok ? crm_text(matcher->ctx, "面积 %s ㎡ 符合需求", "%s m² is what they want")
        : area < low ? crm_text(matcher->ctx, "面积 %s ㎡ 偏小", "%s m² is too small")
                     : crm_text(matcher->ctx, "面积 %s ㎡ 偏大", "%s m² is too large");
    g_auto(GStrv) parts = g_strsplit(words, "%s", 2);
    add(match, (int) points, ok, g_strconcat(parts[0], text, parts[1], NULL));
}

static char *
price_text(const Matcher *matcher, const char *zh, const char *en, gint64 price_e4)
{
    g_autofree char *price = decimal_format(price_e4, 4, 2);

    return matcher->ctx->lang == LANG_EN ? g_strconcat(en, " ", price, NULL)
                                         : g_strconcat(zh, " ", price, NULL);
}

static void
judge_price(const Matcher *matcher, Match *match, gint64 floor_e4, gint64 target_e4)
{
    gint64 budget = record_int(matcher->lead, "budget_price");

    if (!budget || !target_e4) {
        match->score += P_PRICE / 2;
        return;
    }
    if (budget >= target_e4)
        add(match, P_PRICE, TRUE,
            price_text(matcher, "预算达到目标价", "the budget reaches the target price",
                       target_e4));
    else if (floor_e4 && budget < floor_e4)
        add(match, 0, FALSE,
            matcher->sees_floor_price
                ? price_text(matcher, "预算低于底价", "the budget is below the floor price",
                             floor_e4)
                : g_strdup(crm_text(matcher->ctx, "预算低于可接受租金",
                                    "the budget is below what is acceptable")));
    else
        add(match, P_PRICE * 3 / 5, TRUE,
            price_text(matcher, "预算低于目标价", "the budget is below the target price",
                       target_e4));
}

static void
judge_category(const Matcher *matcher, Match *match, const char *allowed)
{
    if (!matcher->category) {
        match->score += P_CATEGORY / 2;
        return;
    }
    g_auto(GStrv) codes = g_strsplit_set(allowed ? allowed : "", " ,;，、", -1);
    gboolean any = FALSE, ok = FALSE;
    for (guint i = 0; codes[i]; i++) {
        if (!*codes[i])
            continue;
        any = TRUE;
        ok = ok || g_strcmp0(codes[i], matcher->category) == 0
             || g_strcmp0(codes[i], matcher->parent) == 0;
    }
    ok = ok || !any;
    match->unfit = match->unfit || !ok;
    add(match, ok ? P_CATEGORY : 0, ok,
        g_strdup(
            ok ? crm_text(matcher->ctx, "业态允许", "its category is allowed")
               : crm_text(matcher->ctx, "规划不允许该业态", "its category is not allowed here")));
}

static void
judge_technical(const Matcher *matcher, Match *match, const gboolean has[3])
{
    static const struct {
        const char *field, *zh, *en;
    } needs[] = { { "needs_water", "上下水", "water and drain" },
                  { "needs_gas", "燃气", "gas" },
                  { "needs_exhaust", "排油烟", "exhaust" } };

    for (guint i = 0; i < G_N_ELEMENTS(needs); i++) {
        if (!record_int(matcher->lead, needs[i].field)) {
            match->score += P_TECH / 3;
            continue;
        }
        match->unfit = match->unfit || !has[i];
        const char *word = crm_text(matcher->ctx, needs[i].zh, needs[i].en);
        add(match, has[i] ? P_TECH / 3 : 0, has[i],
            g_strconcat(has[i] ? crm_text(matcher->ctx, "具备", "has ")
                               : crm_text(matcher->ctx, "缺少", "has no "),
                        word, NULL));
    }
}

static void
judge_floor(const Matcher *matcher, Match *match, const char *code, const char *name)
{
    const char *wish = record_text(matcher->lead, "floors_wish");

    if (!wish) {
        match->score += P_FLOOR / 2;
        return;
    }
    g_autofree char *folded = text_fold(wish), *code_key = text_fold(code),
                    *name_key = text_fold(name);
    gboolean ok = strstr(folded, code_key) != NULL || strstr(folded, name_key) != NULL;
    add(match, ok ? P_FLOOR : 0, ok,
        g_strconcat(ok ? crm_text(matcher->ctx, "楼层符合：", "on the floor they want: ")
                       : crm_text(matcher->ctx, "不在意向楼层：", "not on the floor they want: "),
                    name, NULL));
}

static void
judge_frontage(const Matcher *matcher, Match *match, gint64 frontage)
{
    gint64 least = record_int(matcher->lead, "frontage_min");

    if (!least || !frontage) {
        match->score += P_FRONTAGE / 2;
        return;
    }
    gboolean ok = frontage >= least;
    add(match, ok ? P_FRONTAGE : 0, ok,
        g_strdup(ok ? crm_text(matcher->ctx, "面宽足够", "the front is wide enough")
                    : crm_text(matcher->ctx, "面宽不足", "the front is too narrow")));
}

static gboolean
flag(const DbStmt *stmt, int col)
{
    return !db_is_null(stmt, col) && db_int(stmt, col) != 0;
}

static gint64
number(const DbStmt *stmt, int col)
{
    return db_is_null(stmt, col) ? 0 : db_int(stmt, col);
}

/* Columns of crm.match_units. */
static Match *
judge(const Matcher *matcher, const DbStmt *stmt, const SpacePolicy *policy)
{
    Match *match = g_new0(Match, 1);
    const gboolean has[3] = { flag(stmt, 5), flag(stmt, 6), flag(stmt, 7) };

    match->reasons = g_array_new(FALSE, FALSE, sizeof(Reason));
    g_array_set_clear_func(match->reasons, reason_clear);
    match->unit_id = db_int(stmt, 0);
    match->no = g_strdup(db_text(stmt, 1));
    match->status = g_strdup(db_text(stmt, 2));
    match->area_dm2 = number(stmt, 3);
    match->floor_id = db_int(stmt, 12);
    match->floor = g_strdup(db_text(stmt, 13));
    match->free_from_on = db_day(stmt, 15) == DAY_NONE ? DAY_NONE : db_day(stmt, 15) + 1;
    judge_area(matcher, match);
    judge_price(matcher, match, policy->floor_price_e4, policy->target_price_e4);
    judge_category(matcher, match, db_is_null(stmt, 4) ? NULL : db_text(stmt, 4));
    judge_technical(matcher, match, has);
    judge_floor(matcher, match, db_text(stmt, 14), db_text(stmt, 13));
    judge_frontage(matcher, match, number(stmt, 8));
    match->score = CLAMP(match->score, 0, match->unfit ? UNFIT_MAX : 100);
    return match;
}

static int
compare_matches(gconstpointer a, gconstpointer b)
{
    const Match *x = *(Match *const *) a, *y = *(Match *const *) b;

    return x->score != y->score ? y->score - x->score : strcmp(x->no, y->no);
}

static void
write_match(const Matcher *matcher, JsonOut *out, const Match *match)
{
    (void) matcher;
    json_begin_object(out);
    json_kv_ref(out, "unit", match->unit_id, match->no);
    json_kv_ref(out, "floor", match->floor_id, match->floor);
    json_kv_text(out, "status", match->status);
    json_kv_area(out, "area", match->area_dm2);
    json_kv_day(out, "free_from_on", match->free_from_on);
    json_kv_int(out, "score", match->score);
    json_key(out, "reasons");
    json_begin_array(out);
    for (guint i = 0; i < match->reasons->len; i++) {
        const Reason *reason = &g_array_index(match->reasons, Reason, i);
        json_begin_object(out);
        json_kv_bool(out, "ok", reason->ok);
        json_kv_text(out, "text", reason->text);
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
}

static gboolean
collect_matches(const Matcher *matcher, GPtrArray *matches, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(matcher->ctx, "crm.match_units", error);
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", matcher->lead->id);
    db_bind_int(stmt, "now", matcher->ctx->now_us);
    db_bind_day(stmt, "soon", matcher->ctx->today + SOON_DAYS);
    while (db_each(stmt, &ok, error)) {
        SpacePolicy policy;
        if (!space_policy_find(matcher->ctx, db_int(stmt, 0),
                               record_int(matcher->lead, "category_id"), matcher->ctx->today,
                               &policy, error))
            return FALSE;
        g_ptr_array_add(matches, judge(matcher, stmt, &policy));
    }
    return ok;
}

gboolean
crm_match_write(Ctx *ctx, gint64 lead_id, JsonOut *out, GError **error)
{
    g_autoptr(Record) lead = record_get(ctx, "lead", lead_id, "read", error);
    g_autoptr(GPtrArray) matches = g_ptr_array_new_with_free_func(match_free);
    Matcher matcher = { .ctx = ctx, .lead = lead };
    g_autofree char *category = NULL, *parent = NULL;

    if (!lead)
        return FALSE;
    if (!record_is_null(lead, "category_id")
        && !party_category_codes(ctx, record_int(lead, "category_id"), &category, &parent, error))
        return FALSE;
    matcher.category = category;
    matcher.parent = parent;
    matcher.sees_floor_price = access_may(ctx->access, "price_policy", "read");
    if (!collect_matches(&matcher, matches, error))
        return FALSE;
    g_ptr_array_sort(matches, compare_matches);
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = 0; i < MIN(matches->len, MATCHES_MAX); i++)
        write_match(&matcher, out, matches->pdata[i]);
    json_end_array(out);
    return TRUE;
}
