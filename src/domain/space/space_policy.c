/* space_policy.c - which price policy is in force, and how editions follow one another. */
#include "base/money.h"
#include "domain/space/space_internal.h"

gint64
space_price_month_e4(const char *basis, gint64 price_e4)
{
    return g_strcmp0(basis, "per_m2_day") == 0 ? muldiv_half_away(price_e4, 365, 12) : price_e4;
}

static gboolean
policy_read(Ctx *ctx, gint64 unit_id, gint64 category_id, Day on, SpacePolicy *policy,
            GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(ctx, "space.policies", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "unit_id", unit_id);
    db_bind_int(stmt, "category_id", category_id);
    db_bind_day(stmt, "day", on);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    policy->policy_id = db_int(stmt, 0);
    policy->floor_price_e4 = space_price_month_e4(db_text(stmt, 1), db_int(stmt, 2));
    policy->target_price_e4 = space_price_month_e4(db_text(stmt, 1), db_int(stmt, 3));
    policy->free_days = db_is_null(stmt, 4) ? 0 : (int) db_int(stmt, 4);
    policy->deposit_months = db_is_null(stmt, 5) ? 0 : (int) db_int(stmt, 5);
    return TRUE;
}

gboolean
space_policy_find(Ctx *ctx, gint64 unit_id, gint64 category_id, Day on, SpacePolicy *policy,
                  GError **error)
{
    g_autoptr(Record) unit = record_get(ctx, "unit", unit_id, NULL, error);

    *policy = (SpacePolicy){ 0 };
    if (!unit || !policy_read(ctx, unit_id, category_id, on, policy, error))
        return FALSE;
    const char *basis = record_text(unit, "price_basis");
    if (!record_is_null(unit, "floor_price"))
        policy->floor_price_e4 = space_price_month_e4(basis, record_int(unit, "floor_price"));
    if (!record_is_null(unit, "target_price"))
        policy->target_price_e4 = space_price_month_e4(basis, record_int(unit, "target_price"));
    return TRUE;
}

gboolean
policy_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");
    static const char *const frozen[] = { "category_id", "floor_id",      "from_on",
                                          "price_basis", "floor_price",   "target_price",
                                          "free_days",   "deposit_months" };

    (void) ctx;
    if (from != DAY_NONE && to != DAY_NONE && to < from)
        app_error_field(error, "to_on", "range", "失效日期不能早于生效日期",
                        "cannot end before it begins");
    if (record_int(rec, "floor_price") > record_int(rec, "target_price"))
        app_error_field(error, "floor_price", "range", "底价不能高于目标价",
                        "the floor price cannot be above the target price");
    if (!old || record_is(old, "state", "draft"))
        return TRUE;
    /* what was submitted or approved is judged by; a change is a new edition */
    for (guint i = 0; i < G_N_ELEMENTS(frozen); i++) {
        int f = entity_field_index(rec->def, frozen[i]);
        if (!value_equal(&rec->def->fields[f], &old->values[f], &rec->values[f]))
            app_error_field(error, frozen[i], "frozen", "已提交或已批准的政策不能修改，请新建版本",
                            "a submitted or approved policy is frozen; make a new edition");
    }
    return TRUE;
}

gboolean
policy_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || approval_subject_changed(ctx, "price_policy", rec->id, error);
}

gboolean
policy_submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return approval_start(ctx, rec, error) != 0;
}

gboolean
policy_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "approve", NULL, error);
}

gboolean
policy_sent_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

/* Editions of the same category and floor that began earlier end the day before; ones that never count are void. */
gboolean
policy_approve(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_autoptr(DbStmt) stmt = space_stmt(ctx, "space.policies_alike", error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    Day from = record_day(rec, "from_on");
    gboolean row = FALSE;

    (void) input;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "policy_id", rec->id);
    db_bind_day(stmt, "from_on", from);
    if (!record_is_null(rec, "category_id"))
        db_bind_int(stmt, "category_id", record_int(rec, "category_id"));
    if (!record_is_null(rec, "floor_id"))
        db_bind_int(stmt, "floor_id", record_int(rec, "floor_id"));
    for (;;) {
        if (!db_step(stmt, &row, error))
            return FALSE;
        if (!row)
            break;
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) other =
            record_get(ctx, "price_policy", g_array_index(ids, gint64, i), NULL, error);
        if (!other)
            return FALSE;
        gboolean has_begun = record_day(other, "from_on") < from;
        if (has_begun)
            record_set_day(other, "to_on", from - 1);
        if (!flow_apply(ctx, other, has_begun ? "supersede" : "void", NULL, error))
            return FALSE;
    }
    record_set_int(rec, "approved_at", ctx->now_us);
    record_set_id(rec, "approved_by", ctx->staff_id);
    return TRUE;
}
