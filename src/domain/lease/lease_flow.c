/* lease_flow.c - the states of a lease; the only place where they change. */
#include "domain/lease/lease_internal.h"
#include "domain/lease/lease_tables.h"
#include "base/json_out.h"

#include <string.h>

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    static const struct {
        const char *field, *zh, *en;
    } inside[] = {
        { "rent_from_on", "计租日期应在租期之内", "rent must begin within the term" },
        { "open_on", "开业日期应在租期之内", "the opening must be within the term" },
    };
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");

    lease_check_term_days(from, to, error);
    for (guint i = 0; i < G_N_ELEMENTS(inside); i++) {
        Day day = record_day(rec, inside[i].field);
        if (day != DAY_NONE && from != DAY_NONE && to != DAY_NONE && (day < from || day > to))
            app_error_field(error, inside[i].field, "order", EACH_OWN_ZH, EACH_OWN_EN, inside[i].zh, inside[i].en);
    }
    if (!old || !record_is(old, "state", record_text(rec, "state")))
        record_set_int(rec, "state_since", ctx->now_us);
    return TRUE;
}

static gboolean
after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean moved = old && !record_is(old, "state", record_text(rec, "state"));

    if (moved && !lease_units_refresh(ctx, rec, error)) /* the units' statuses follow every state */
        return FALSE;
    return !old || !record_is(old, "state", "countersigning")
           || approval_subject_changed(ctx, "lease", rec->id, error);
}

/* One more round; nothing goes to the reviewers that must be mended first. */
static gboolean
submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    record_set_int(rec, "round", record_int(rec, "round") + 1);
    return lease_review_refresh(ctx, rec, error) && lease_review_refuse_blocks(ctx, rec, error)
           && approval_start(ctx, rec, error) != 0;
}

static gboolean
all_checked(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(GError) failure = NULL;
    const ReviewPoint *open = lease_review_open_point(ctx, rec, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return !open
           || app_error_set(error, APP_ERROR_CONFLICT, "lease.unchecked", "会签清单尚有未核对项：%s%.0s",
                            "%.0sthe checklist is not complete: %s", open->zh, open->en);
}

static gboolean
pass(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    record_set_day(rec, "known_on", ctx->today);
    return lease_claim_units(ctx, rec, error) && lease_end_holds(ctx, rec, error) && lease_prices_store(ctx, rec, ctx->today, error)
           && lease_paper_received(ctx, rec, "countersign", error);
}

static gboolean
adopt(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    if (record_is_null(rec, "sign_on"))
        record_set_day(rec, "sign_on", record_day(rec, "from_on"));
    if (record_is_null(rec, "bill_from_on")) /* what came before was billed elsewhere */
        record_set_day(rec, "bill_from_on", day_month_start(ctx->today));
    record_set_day(rec, "known_on", record_day(rec, "from_on")); /* it ran before the program did */
    return lease_claim_units(ctx, rec, error) && lease_prices_store(ctx, rec, record_day(rec, "from_on"), error)
           && lease_sign_merchant(ctx, rec, error);
}

/* A lease that a change of another one has founded: the change was approved, so the units are claimed at once. */
static gboolean
succeed(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    record_set_day(rec, "known_on", ctx->today);
    return lease_claim_units(ctx, rec, error) && lease_prices_store(ctx, rec, ctx->today, error);
}

static gboolean
seal(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    record_set_day(rec, "sign_on", record_day(input, "sign_on"));
    return lease_paper_received(ctx, rec, "lease", error);
}

static gboolean
no_open_order(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gboolean open = lease_has_order(ctx, rec, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return !open
           || app_error_set(error, APP_ERROR_CONFLICT, "lease.has_order", "合同已开具交款单，请先作废交款单",
                            "a payment order was issued; void it first");
}

static gboolean
start_sign_on(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    (void) error;
    if (record_is_null(rec, "sign_on"))
        record_set_day(rec, "sign_on", ctx->today);
    return TRUE;
}

static const FieldDef seal_fields[] = {
    F_DAY("sign_on", "签约日期", "Signed on", .flags = FF_REQUIRED),
};
static const FieldDef cancel_fields[] = {
    F_TEXT("reason", 200, "作废原因", "Reason", .flags = FF_REQUIRED),
};

static gboolean
cancel(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) rec;
    (void) error;
    ctx->reason = record_text(input, "reason");
    return TRUE;
}

static const Transition flow[] = {
    { .from = "draft", .action = "submit", .to = "countersigning", .zh = "提交会签", .en = "Submit for review", .tone = TONE_BLUE, .effect = submit },
    { .from = "countersigning", .action = "approve", .to = "approved", .zh = "会签通过", .en = "Review passed", .guard = all_checked, .effect = pass, .internal = TRUE },
    { .from = "countersigning", .action = "reopen", .to = "draft", .zh = "退回草稿", .en = "Back to draft", .internal = TRUE },
    { .from = "approved", .action = "seal", .to = "sealed", .zh = "登记盖章", .en = "Record the seal", .tone = TONE_BLUE, .fields = seal_fields, .n_fields = G_N_ELEMENTS(seal_fields), .effect = seal },
    { .from = "approved sealed", .action = "activate", .to = "effective", .zh = "生效", .en = "Take effect", .effect = start_sign_on, .internal = TRUE },
    { .from = "draft", .action = "adopt", .to = "effective", .zh = "导入为履约中", .en = "Adopt as effective", .effect = adopt, .internal = TRUE },
    { .from = "effective", .action = "near_end", .to = "expiring", .zh = "即将到期", .en = "Near its end", .internal = TRUE },
    { .from = "expiring", .action = "expire", .to = "expired", .zh = "到期", .en = "Expire", .internal = TRUE },
    { .from = "effective expiring expired", .action = "terminate", .to = "terminated", .zh = "终止", .en = "Terminate", .internal = TRUE },
    { .from = "effective expiring expired terminated renewed", .action = "settle", .to = "settled", .zh = "结清", .en = "Settle", .internal = TRUE },
    { .from = "draft", .action = "succeed", .to = "approved", .zh = "承接原合同", .en = "Follow another lease", .effect = succeed, .internal = TRUE },
    { .from = "approved", .action = "begin", .to = "effective", .zh = "开始履约", .en = "Begin", .internal = TRUE },
    { .from = "effective expiring expired", .action = "renew", .to = "renewed", .zh = "已续约", .en = "Renewed", .internal = TRUE },
    { .from = "draft approved sealed", .action = "cancel", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED, .fields = cancel_fields, .n_fields = G_N_ELEMENTS(cancel_fields), .guard = no_open_order, .effect = cancel },
};

static gboolean
write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    return lease_parts_write(ctx, rec, out, error);
}

static const char *const more_rights[] = { "check", "issue_order", NULL };

const EntityModule lease_module = {
    .def = &lease_def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = validate,
    .after_save = after_save, .write_more = write_more, .more_rights = more_rights,
};

/* What the reviewers judge: everything agreed, nothing derived. */
static char *
snapshot(Ctx *ctx, const Record *lease, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH); /* kept, and read by others */
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    json_kv_text(out, "no", record_text(lease, "no"));
    json_kv_bool(out, "is_below_floor", record_int(lease, "is_below_floor") != 0);
    static const char *const refs[][2] = { { "merchant_id", "merchant" }, { "brand_id", "brand" }, { "category_id", "category" } };
    for (guint i = 0; i < G_N_ELEMENTS(refs); i++) {
        g_autofree char *label = record_ref_label(&zh, refs[i][1], record_int(lease, refs[i][0]));
        json_key(out, refs[i][0]);
        if (record_is_null(lease, refs[i][0])) {
            json_nil(out);
            continue;
        }
        json_begin_object(out);
        json_kv_id(out, "id", record_int(lease, refs[i][0]));
        json_kv_text(out, "label", label);
        json_end_object(out);
    }
    json_kv_text(out, "unit_nos", record_text(lease, "unit_nos"));
    json_kv_day(out, "from_on", record_day(lease, "from_on"));
    json_kv_day(out, "to_on", record_day(lease, "to_on"));
    json_kv_day(out, "handover_on", record_day(lease, "handover_on"));
    json_kv_day(out, "rent_from_on", record_day(lease, "rent_from_on"));
    json_kv_money(out, "monthly_rent", record_int(lease, "monthly_rent"));
    json_kv_money(out, "total", record_int(lease, "total"));
    json_kv_text(out, "special", record_text(lease, "special"));
    json_kv_text(out, "clauses", record_text(lease, "clauses"));
    gboolean ok = lease_terms_write(ctx, lease, out, error);
    json_end_object(out);
    return ok ? g_string_free(json_out_steal(out), FALSE) : NULL;
}

static gboolean
on_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "approve", NULL, error)
           && lease_lead_advance(ctx, record_int(rec, "lead_id"), "contract", error);
}

static gboolean
on_sent_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

const ApprovalSubject lease_subject = {
    .entity = "lease", .snapshot = snapshot, .on_agreed = on_agreed, .on_returned = on_sent_back,
    .on_rejected = on_sent_back, .on_withdrawn = on_sent_back, .on_void = on_sent_back,
};
