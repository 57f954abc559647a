/* lead_rules.c - hooks, guards and effects of leads. The state table is in lead_entity.c. */
#include "base/clock.h"
#include "domain/crm/crm_internal.h"
#include "store/services.h"

#include <string.h>

static void
check_band(const Record *rec, const char *low, const char *high, GError **error)
{
    if (!record_is_null(rec, low) && !record_is_null(rec, high)
        && record_int(rec, low) > record_int(rec, high))
        app_error_field(error, high, "range", "上限不能小于下限",
                        "the upper limit is below the lower one");
}

static gboolean
is_stage(const Record *rec, const char *stages)
{
    g_auto(GStrv) words = g_strsplit(stages, " ", -1);
    const char *stage = record_text(rec, "stage");

    return stage && g_strv_contains((const char *const *) words, stage);
}

gboolean
lead_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    check_band(rec, "area_min", "area_max", error);
    if (!old) {
        if (record_is_null(rec, "owner_id") && ctx->staff_id && record_is_null(rec, "pool_since"))
            record_set_id(rec, "owner_id", ctx->staff_id);
        record_set_int(rec, "stage_since", ctx->now_us);
        if (!record_is_null(rec, "owner_id"))
            record_set_int(rec, "owner_since", ctx->now_us);
        return party_classify(ctx, rec, party_class_texts("lead"), error);
    }
    if (record_is(old, "stage", record_text(rec, "stage")))
        return TRUE;
    record_set_int(rec, "stage_since", ctx->now_us);
    if (is_stage(rec, "signed lost"))
        record_set_int(rec, "closed_at", ctx->now_us);
    else
        record_set_null(rec, "closed_at");
    return TRUE;
}

static gboolean
write_owner_change(Ctx *ctx, const Record *lead, gint64 from_id, const char *reason,
                   const char *text, GError **error)
{
    g_autoptr(Record) change = record_new(registry_def(ctx->registry, "lead_owner_change"));

    record_set_id(change, "lead_id", lead->id);
    record_set_id(change, "from_staff_id", from_id);
    record_set_id(change, "to_staff_id", record_int(lead, "owner_id"));
    record_set_text(change, "reason", reason);
    record_set_text(change, "remarks", text);
    record_set_int(change, "at", ctx->now_us);
    return record_save(ctx, change, error);
}

static gboolean
write_stage_change(Ctx *ctx, const Record *lead, const Record *old, GError **error)
{
    g_autoptr(Record) change = record_new(registry_def(ctx->registry, "lead_stage_change"));
    gint64 owner_id = record_int(lead, "owner_id");

    /* a lead that goes to the pool is counted for the one who had it */
    if (!owner_id && old)
        owner_id = record_int(old, "owner_id");
    record_set_id(change, "lead_id", lead->id);
    record_set_text(change, "from_stage", old ? record_text(old, "stage") : NULL);
    record_set_text(change, "to_stage", record_text(lead, "stage"));
    record_set_id(change, "staff_id", owner_id);
    record_set_day(change, "changed_on", clock_day_of(ctx->now_us));
    record_set_int(change, "at", ctx->now_us);
    if (old && !record_is_null(old, "stage_since"))
        record_set_int(change, "seconds_before",
                       MAX(0, ctx->now_us - record_int(old, "stage_since")) / G_USEC_PER_SEC);
    return record_save(ctx, change, error);
}

gboolean
lead_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (!old && !record_is_null(rec, "owner_id")
        && !write_owner_change(ctx, rec, 0, "first", NULL, error))
        return FALSE;
    if (!old || !record_is(old, "stage", record_text(rec, "stage")))
        return write_stage_change(ctx, rec, old, error);
    return TRUE;
}

gboolean
lead_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.first_inquiry", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", rec->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    json_kv_ref(out, "source_inquiry", row ? db_int(stmt, 0) : 0, row ? db_text(stmt, 1) : NULL);
    json_kv_bool(out, "is_overdue",
                 !record_is_null(rec, "next_follow_on")
                     && record_day(rec, "next_follow_on") < ctx->today
                     && is_stage(rec, CRM_OPEN_STAGES));
    return TRUE;
}

void
lead_touch(Record *lead, gint64 at_us, const char *grade, Day next_on)
{
    if (at_us > record_int(lead, "last_contact_at"))
        record_set_int(lead, "last_contact_at", at_us);
    if (grade)
        record_set_text(lead, "grade", grade);
    record_set_day(lead, "next_follow_on", next_on);
    record_set_null(lead, "pool_warned_on");
}

gboolean
lead_set_owner(Ctx *ctx, Record *lead, gint64 owner_id, const char *reason, const char *text,
               GError **error)
{
    gint64 from_id = record_int(lead, "owner_id");

    record_set_id(lead, "owner_id", owner_id);
    record_set_null(lead, "pool_warned_on");
    if (owner_id) {
        record_set_int(lead, "owner_since", ctx->now_us);
        record_set_null(lead, "pool_since");
    } else {
        record_set_null(lead, "owner_since");
        record_set_int(lead, "pool_since", ctx->now_us);
    }
    return write_owner_change(ctx, lead, from_id, reason, text, error);
}

/* ---- guards: only the owner moves a customer, or who may assign it ---- */

gboolean
lead_guard_mine(Ctx *ctx, const Record *rec, GError **error)
{
    gint64 owner_id = record_int(rec, "owner_id");

    if (!ctx->access || access_may(ctx->access, "lead", "assign"))
        return TRUE;
    if (!owner_id)
        return app_error_set(error, APP_ERROR_CONFLICT, "lead.no_owner", "该客户在公海中，请先领取",
                             "nobody owns this lead; take it first");
    return owner_id == ctx->staff_id
           || app_error_set(error, APP_ERROR_FORBIDDEN, "lead.not_owner",
                            "该客户归他人负责，您不能操作", "this lead belongs to somebody else");
}

gboolean
lead_is_complete(const Record *lead, const char *stage, GError **error)
{
    gboolean negotiating = strcmp(stage, "negotiating") == 0;
    g_autoptr(GError) missing = NULL;

    if (record_is_null(lead, "category_id"))
        app_error_field(&missing, "category_id", "required", "请先填写业态",
                        "say what it will sell first");
    if (record_is_null(lead, "area_min") && record_is_null(lead, "area_max"))
        app_error_field(&missing, "area_min", "required", "请先填写需求面积",
                        "say how much room it wants first");
    if (negotiating && record_is_null(lead, "merchant_id"))
        app_error_field(&missing, "merchant_id", "required", "洽谈前请先建立商户档案",
                        "make the merchant's file before negotiating");
    if (!missing)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&missing));
    return FALSE;
}

gboolean
lead_guard_intend(Ctx *ctx, const Record *rec, GError **error)
{
    return lead_guard_mine(ctx, rec, error) && lead_is_complete(rec, "intention", error);
}

gboolean
lead_guard_negotiate(Ctx *ctx, const Record *rec, GError **error)
{
    return lead_guard_mine(ctx, rec, error) && lead_is_complete(rec, "negotiating", error);
}

gboolean
lead_guard_approve(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(DbStmt) stmt = NULL;
    gboolean row = FALSE;

    if (!lead_guard_mine(ctx, rec, error))
        return FALSE;
    stmt = crm_stmt(ctx, "crm.offers_of_lead", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "lead_id", rec->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return db_int(stmt, 1) > 0
           || app_error_set(error, APP_ERROR_CONFLICT, "lead.no_offer", "还没有双方达成的谈判方案",
                            "no offer has been agreed yet");
}

gboolean
lead_guard_take(Ctx *ctx, const Record *rec, GError **error)
{
    gint64 owner_id = record_int(rec, "owner_id");

    if (!owner_id)
        return TRUE;
    g_autofree char *owner = record_ref_label(ctx, "staff", owner_id);
    return app_error_set(error, APP_ERROR_CONFLICT, "lead.owned", "该客户已归%s负责，不能领取",
                         "%s owns this lead; it cannot be taken", owner);
}

/* ---- effects ---- */

static const char *
input_text(const Record *input, const char *field)
{
    return input && entity_find_field(input->def, field) ? record_text(input, field) : NULL;
}

/* The word of the button that was pressed. */
static const char *
action_word(const Record *input)
{
    return input->def->zh;
}

static gboolean
write_follow_up(Ctx *ctx, const Record *lead, const Record *input, GError **error)
{
    g_autoptr(Record) note = record_new(registry_def(ctx->registry, "follow_up"));
    const char *action = input->def->name, *content = input_text(input, "content"),
               *way = input_text(input, "way");

    record_set_id(note, "lead_id", lead->id);
    record_set_text(note, "way", way ? way : strcmp(action, "visit") == 0 ? "visit_us" : "other");
    record_set_text(note, "content", content ? content : action_word(input));
    record_set_text(note, "result", input_text(input, "result"));
    record_set_text(note, "grade", input_text(input, "grade"));
    if (entity_find_field(input->def, "next_on"))
        record_set_day(note, "next_on", record_day(input, "next_on"));
    record_set_int(note, "at", ctx->now_us);
    record_set_id(note, "staff_id", ctx->staff_id ? ctx->staff_id : record_int(lead, "owner_id"));
    record_set_text(note, "stage_action", action);
    return record_save(ctx, note, error);
}

gboolean
lead_effect_touch(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    if (!input)
        return TRUE; /* code that has moved the clock itself */
    Day next_on =
        entity_find_field(input->def, "next_on") ? record_day(input, "next_on") : DAY_NONE;
    if (next_on != DAY_NONE && next_on < ctx->today)
        return app_error_field(error, "next_on", "past", "下次跟进不能早于今天",
                               "the next follow-up cannot be in the past");
    lead_touch(rec, ctx->now_us, input_text(input, "grade"), next_on);
    return write_follow_up(ctx, rec, input, error);
}

gboolean
lead_effect_lose(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_return_val_if_fail(input, FALSE);
    record_set_text(rec, "lost_reason", record_text(input, "lost_reason"));
    record_set_text(rec, "lost_to", record_text(input, "lost_to"));
    record_set_null(rec, "next_follow_on");
    if (input_text(input, "content") && !write_follow_up(ctx, rec, input, error))
        return FALSE;
    return crm_holds_release(ctx, rec->id, error);
}

gboolean
lead_effect_reopen(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    record_set_null(rec, "lost_reason");
    record_set_null(rec, "lost_to");
    record_set_int(rec, "last_contact_at", ctx->now_us);
    if (!record_is_null(rec, "owner_id") || !ctx->staff_id)
        return TRUE;
    return lead_set_owner(ctx, rec, ctx->staff_id, "taken", input_text(input, "reason"), error);
}

/* sleep and release by people, to_pool by the clock: nobody owns it any more. */
gboolean
lead_effect_pool(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    gboolean by_clock = input && strcmp(input->def->name, "to_pool") == 0;

    record_set_null(rec, "next_follow_on");
    return crm_holds_release(ctx, rec->id, error)
           && lead_set_owner(ctx, rec, 0, by_clock ? "untouched" : "released",
                             input_text(input, "reason"), error);
}

gboolean
lead_effect_take(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    if (!ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "lead.forbidden", "系统不能领取客户",
                             "the system takes no leads");
    if (input)
        record_set_day(rec, "next_follow_on", record_day(input, "next_on"));
    return lead_set_owner(ctx, rec, ctx->staff_id, "taken", NULL, error);
}

gboolean
lead_effect_assign(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    gint64 before = record_int(rec, "owner_id"), after = input ? record_int(input, "owner_id") : 0;
    g_autoptr(Record) staff = after ? record_find(ctx, "staff", after, error) : NULL;

    if (!staff)
        return app_error_field(error, "owner_id", "missing", "请选择新的归属人",
                               "choose the new owner");
    if (!record_int(staff, "active"))
        return app_error_field(error, "owner_id", "inactive", "该员工已离职或停用",
                               "this person is not active");
    if (before == after)
        return app_error_field(error, "owner_id", "same", "该客户已归此人负责",
                               "this person owns it already");
    if (!lead_set_owner(ctx, rec, after, "assigned", input_text(input, "reason"), error))
        return FALSE;
    g_autofree char *zh = g_strdup_printf("客户“%s”分配给您", record_text(rec, "name"));
    g_autofree char *en =
        g_strdup_printf("Lead \"%s\" was assigned to you", record_text(rec, "name"));
    if (!notify(ctx, after, "lead", "lead", rec->id, zh, en, error))
        return FALSE;
    if (!before)
        return TRUE;
    g_autofree char *zh_old =
        g_strdup_printf("客户“%s”已转给%s", record_text(rec, "name"), record_text(staff, "name"));
    g_autofree char *en_old = g_strdup_printf("Lead \"%s\" went to %s", record_text(rec, "name"),
                                              record_text(staff, "name"));
    return notify(ctx, before, "lead", "lead", rec->id, zh_old, en_old, error);
}
