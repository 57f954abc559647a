/* org_flows.c - the approval flows that a property begins with. */
#include "domain/org/org_internal.h"

#include <string.h>

typedef struct {
    const char *code, *zh, *en, *entity;
} SeedFlow;

typedef struct {
    const char *flow, *zh, *en, *role, *mode, *condition;
    gint64 hours;
} SeedStep;

static const SeedFlow flows[] = {
    { "lease_review", "租赁合同会签", "Lease countersigning", "lease" },
    { "intent", "意向书审批", "Letter of intent", "intent" },
    { "price_policy", "租金政策审批", "Price policy", "price_policy" },
    { "waiver", "减免与坏账审批", "Waivers and bad debts", "waiver" },
    { "refund", "退款审批", "Refunds", "refund" },
    { "deposit_move", "保证金处理审批", "Deposit moves", "deposit_move" },
    { "move_out", "退租结算会签", "Move-out settlement", "move_out" },
    { "single_charge", "单项收费审批", "Single charges", "single_charge" },
    { "expense", "支出审批", "Expense", "expense" },
    { "lease_change", "合同变更审批", "Lease change", "lease_change" },
    { "correction", "更正分录审批", "Correction", "correction" },
};

static const SeedStep steps[] = {
    { "lease_review", "招商经理审核", "Leasing manager", "leasing_manager", "any", NULL, 24 },
    { "lease_review", "财务审核", "Finance", "finance", "any", NULL, 24 },
    { "lease_review", "营运总监审批", "Operations director", "director", "any", NULL, 48 },
    { "lease_review", "低于底价：总经理审批", "Below the floor price: general manager",
      "general_manager", "any", "{\"field\":\"is_below_floor\",\"eq\":true}", 48 },
    { "intent", "招商经理审批", "Leasing manager", "leasing_manager", "any", NULL, 24 },
    { "price_policy", "营运总监审批", "Operations director", "director", "any", NULL, 48 },
    { "price_policy", "总经理审批", "General manager", "general_manager", "any", NULL, 48 },
    { "waiver", "财务审核", "Finance", "finance", "any", NULL, 24 },
    { "waiver", "5 千元以上：营运总监审批", "From 5,000: operations director", "director", "any", "{\"field\":\"total\",\"gte\":\"5000.00\"}", 48 },
    { "waiver", "5 万元以上或坏账：总经理审批", "From 50,000, or a bad debt: general manager", "general_manager", "any",
      "{\"any\":[{\"field\":\"total\",\"gte\":\"50000.00\"},{\"field\":\"kind\",\"eq\":\"write_off\"}]}", 48 },
    { "refund", "财务审核", "Finance", "finance", "any", NULL, 24 },
    { "refund", "1 万元以上：营运总监审批", "From 10,000: operations director", "director", "any", "{\"field\":\"amount\",\"gte\":\"10000.00\"}", 48 },
    { "refund", "10 万元以上：总经理审批", "From 100,000: general manager", "general_manager", "any", "{\"field\":\"amount\",\"gte\":\"100000.00\"}", 48 },
    { "deposit_move", "财务审核", "Finance", "finance", "any", NULL, 24 },
    { "deposit_move", "营运总监审批", "Operations director", "director", "any", NULL, 48 },
    { "deposit_move", "没收：总经理审批", "Forfeit: general manager", "general_manager", "any", "{\"field\":\"event\",\"eq\":\"forfeited\"}", 48 },
    { "move_out", "营运、物业、财务三方会签", "Operations, property services and finance", "operations_manager property_services finance", "each", NULL, 48 },
    { "single_charge", "营运总监审批", "Operations director", "director", "any", NULL, 48 },
    { "single_charge", "5 万元以上：总经理审批", "From 50,000: general manager", "general_manager", "any", "{\"field\":\"amount\",\"gte\":\"50000.00\"}", 48 },
    { "lease_change", "招商经理审核", "Leasing manager", "leasing_manager", "any", NULL, 24 },
    { "lease_change", "财务审核", "Finance", "finance", "any", NULL, 24 },
    { "lease_change", "营运总监审批", "Operations director", "director", "any", NULL, 48 },
    { "expense", "营运经理审批", "Operations manager", "operations_manager", "any", NULL, 24 },
    { "expense", "一万元以上：营运总监审批", "Above 10000 yuan: operations director", "director", "any",
      "{\"field\":\"amount\",\"gt\":\"10000.00\"}", 48 },
    { "expense", "五万元以上：总经理审批", "Above 50000 yuan: general manager", "general_manager", "any",
      "{\"field\":\"amount\",\"gt\":\"50000.00\"}", 48 },
    { "correction", "营运总监审批", "Operations director", "director", "any", NULL, 48 },
};

static gboolean
add_step(Ctx *ctx, gint64 flow_id, gint64 seq, const SeedStep *seed, GError **error)
{
    g_autoptr(Record) step = record_new(registry_def(ctx->registry, "flow_step"));
    gboolean several = strchr(seed->role, ' ') != NULL;

    record_set_id(step, "flow_id", flow_id);
    record_set_int(step, "seq", seq);
    record_set_text(step, "name", seed->zh);
    record_set_text(step, "name_en", seed->en);
    record_set_text(step, "approver", several ? "roles" : "role");
    if (several)
        record_set_text(step, "roles", seed->role);
    else
        record_set_id(step, "role_id", org_role_id(ctx, seed->role));
    record_set_text(step, "mode", seed->mode);
    record_set_text(step, "condition", seed->condition);
    record_set_int(step, "deadline_hours", seed->hours);
    return record_save(ctx, step, error);
}

static gboolean
add_flow(Ctx *ctx, const SeedFlow *seed, GError **error)
{
    gint64 seq = 0;
    g_autoptr(Record) flow = record_new(registry_def(ctx->registry, "flow"));

    record_set_text(flow, "code", seed->code);
    record_set_text(flow, "name", seed->zh);
    record_set_text(flow, "name_en", seed->en);
    record_set_text(flow, "subject_entity", seed->entity);
    if (!record_save(ctx, flow, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (strcmp(steps[i].flow, seed->code) == 0
            && !add_step(ctx, flow->id, ++seq, &steps[i], error))
            return FALSE;
    }
    return TRUE;
}

gboolean
org_seed_flows(Ctx *ctx, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(flows); i++) {
        g_autoptr(GError) failure = NULL;
        g_autoptr(Record) there = record_find_by(ctx, "flow", "code", flows[i].code, &failure);
        if (failure) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FALSE;
        }
        if (there || !registry_find(ctx->registry, flows[i].entity))
            continue;
        if (!add_flow(ctx, &flows[i], error))
            return FALSE;
    }
    return TRUE;
}
