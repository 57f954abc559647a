/* intent_entity.c - letter of intent: unit, main terms, a deposit whose legal kind is stated, a date after which it lapses. */
#include "base/clock.h"
#include "domain/crm/crm.h"
#include "domain/lease/lease_internal.h"
#include "domain/space/space.h"

#include <string.h>

/* Only 定金 has the effect of the civil code, articles 586-587; the others are returned or set off as agreed. */
const EnumItem deposit_kind_items[] = {
    { "earnest", "定金", "Earnest money (定金)", TONE_AMBER },
    { "sincerity", "诚意金", "Sincerity money (诚意金)", TONE_BLUE },
    { "intention", "意向金", "Intention money (意向金)", TONE_BLUE },
    { "performance", "履约保证金", "Performance deposit", TONE_VIOLET },
    { "rent", "租赁押金", "Rent deposit", TONE_VIOLET },
    { "fitout", "装修押金", "Fit-out deposit", TONE_VIOLET },
    { "quality", "质量保证金", "Quality deposit", TONE_VIOLET },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem intent_deposits[] = {
    { "none", "不收", "None", TONE_GRAY },
    { "earnest", "定金", "Earnest money (定金)", TONE_AMBER },
    { "sincerity", "诚意金", "Sincerity money (诚意金)", TONE_BLUE },
    { "intention", "意向金", "Intention money (意向金)", TONE_BLUE },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },         { "submitted", "审批中", "In approval", TONE_BLUE },
    { "approved", "已批准", "Approved", TONE_GREEN }, { "signed", "已签署", "Signed", TONE_GREEN },
    { "converted", "已转合同", "Converted", TONE_VIOLET }, { "expired", "已过期", "Lapsed", TONE_RED },
    { "void", "已作废", "Void", TONE_GRAY },         { NULL, NULL, NULL, 0 },
};

static const FieldDef fields[] = {
    F_TEXT("no", 30, "意向书编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("brand_id", "brand", "品牌", "Brand"),
    F_REF("category_id", "category", "业态", "Category"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_REQUIRED | FF_FILTER),
    F_AREA("area", "计租面积", "Rent area", .flags = FF_REQUIRED, .min = 1),
    F_DAY("from_on", "租期起", "Term from", .flags = FF_REQUIRED),
    F_DAY("to_on", "租期止", "Term to", .flags = FF_REQUIRED),
    F_INT("free_days", 0, 1000, "免租天数", "Rent-free days", .preset = "0"),
    F_ENUM("price_basis", price_basis_items, "租金单位", "Rent basis", .preset = "per_m2_month", .flags = FF_REQUIRED),
    F_PRICE("price", "租金单价", "Rent price", .flags = FF_REQUIRED, .min = 1),
    F_PERCENT("turnover_percent", "提成比例 %", "Turnover %", .max = 1000000),
    F_PERCENT("step_percent", "年递增 %", "Yearly step %", .max = 1000000),
    F_PRICE("fee_price", "物业费单价（元/㎡/月）", "Property fee (yuan/m²/month)"),
    F_INT("cycle_months", 1, 12, "付款周期（月）", "Payment cycle (months)", .preset = "3"),
    F_INT("deposit_months", 0, 24, "保证金月数", "Deposit (months)", .preset = "3"),
    F_ENUM("deposit_kind", intent_deposits, "意向金性质", "Kind of money paid", .flags = FF_REQUIRED,
           .doc = "Its legal kind decides what happens when either side withdraws; it is printed exactly so"),
    F_MONEY("deposit_amount", "意向金金额", "Amount paid", .preset = "0.00"),
    F_DAY("valid_until_on", "有效期至", "Valid until", .flags = FF_REQUIRED | FF_SORT),
    F_DAY("handover_on", "预计交付日", "Handover expected"),
    F_DAY("open_on", "预计开业日", "Opening expected"),
    F_LONGTEXT("special", 2000, "特别约定", "Special terms"),
    F_REF("owner_id", "staff", "招商负责人", "Owner", .flags = FF_FILTER),
    F_REF("hold_id", "unit_hold", "铺位预留", "Hold", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
    F_DAY("signed_on", "签署日期", "Signed on", .flags = FF_READONLY),
};

static const FieldGroup form[] = {
    { "双方与铺位", "Parties and unit", "lead_id merchant_id brand_id category_id unit_id area" },
    { "租期与租金", "Term and rent", "from_on to_on free_days price_basis price turnover_percent step_percent fee_price cycle_months deposit_months" },
    { "意向金与有效期", "Money and validity", "deposit_kind deposit_amount valid_until_on handover_on open_on special owner_id" },
    { NULL, NULL, NULL },
};

static const EntityDef def = {
    .name = "intent",
    .zh = "意向书",
    .en = "Letter of intent",
    .doc = "What both sides mean to agree, with a hold on the unit that ends by itself",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "merchant_id",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "YX-{YYYY}-{4}",
    .state_field = "state",
    .scope = { .owner = "owner_id", .unit = "unit_id" },
    .list_columns = "no merchant_id unit_id area price price_basis from_on to_on deposit_kind deposit_amount valid_until_on owner_id state",
    .list_filters = "owner_id unit_id merchant_id",
    .list_sort = "-no",
    .mobile_lines = "merchant_id unit_id price valid_until_on",
    .form = form,
};

/* What was approved is what is signed and converted: people may only move the day until which it holds. */
static void
check_frozen(const Ctx *ctx, const Record *rec, const Record *old, GError **error)
{
    static const char *const open[] = { "valid_until_on", "state", "hold_id", "signed_on", NULL };

    if (!ctx->access || !old || record_is(old, "state", "draft") || record_is(old, "state", "submitted"))
        return;
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        if (!g_strv_contains(open, f->name) && !value_equal(f, &old->values[i], &rec->values[i]))
            app_error_field(error, f->name, "frozen", "已批准的意向书不能修改，请作废后重新拟定",
                            "an approved letter of intent is frozen; void it and write a new one");
    }
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean paid = !record_is(rec, "deposit_kind", "none") && !record_is_null(rec, "deposit_kind");

    check_frozen(ctx, rec, old, error);
    lease_check_term_days(record_day(rec, "from_on"), record_day(rec, "to_on"), error);
    if (paid && record_int(rec, "deposit_amount") <= 0)
        app_error_field(error, "deposit_amount", "required", "请填写金额，或把性质选为“不收”",
                        "give an amount, or choose \"None\" as its kind");
    if (!paid && record_int(rec, "deposit_amount") > 0)
        app_error_field(error, "deposit_kind", "required", "收取的款项必须写明性质", "money received needs its legal kind");
    if (record_is_null(rec, "owner_id") && ctx->staff_id)
        record_set_id(rec, "owner_id", ctx->staff_id);
    return TRUE;
}

static gboolean
after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || approval_subject_changed(ctx, "intent", rec->id, error);
}

static gboolean
submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return approval_start(ctx, rec, error) != 0;
}

/* The lead's own running hold is locked until the intent lapses; else a new one is placed. */
static gint64
hold_for_lead(Ctx *ctx, const Record *intent, gint64 until_us, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gint64 lead_id = record_int(intent, "lead_id"), holder = 0;
    gint64 hold_id = crm_hold_active(ctx, record_int(intent, "unit_id"), &holder, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return 0;
    }
    if (!hold_id || holder != lead_id)
        hold_id = crm_hold_place(ctx, lead_id, record_int(intent, "unit_id"), until_us, record_text(intent, "no"), error);
    return hold_id && crm_hold_lock(ctx, hold_id, until_us, error) ? hold_id : 0;
}

/* Signing holds the unit until the intent lapses; a hold of the same lead on it is taken over. */
static gboolean
sign(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    Day until = record_day(rec, "valid_until_on");

    (void) input;
    if (until < ctx->today)
        return app_error_set(error, APP_ERROR_CONFLICT, "intent.past", "有效期已过，请先修改有效期",
                             "it is past its date; change the date first");
    gint64 hold_id = hold_for_lead(ctx, rec, clock_day_start_us(until + 1), error);
    if (!hold_id)
        return FALSE;
    record_set_id(rec, "hold_id", hold_id);
    record_set_day(rec, "signed_on", ctx->today);
    return lease_lead_advance(ctx, record_int(rec, "lead_id"), "approve", error);
}

static gboolean
convert(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return lease_from_intent(ctx, rec, error) != 0;
}

static gboolean
release(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return record_is_null(rec, "hold_id") || crm_hold_end(ctx, record_int(rec, "hold_id"), "released", error);
}

static const Transition flow[] = {
    { .from = "draft", .action = "submit", .to = "submitted", .zh = "提交审批", .en = "Submit", .tone = TONE_BLUE, .effect = submit },
    { .from = "submitted", .action = "approve", .to = "approved", .zh = "批准", .en = "Approve", .internal = TRUE },
    { .from = "submitted approved", .action = "reopen", .to = "draft", .zh = "退回草稿", .en = "Back to draft", .internal = TRUE },
    { .from = "approved", .action = "sign", .to = "signed", .zh = "确认签署", .en = "Confirm signature", .tone = TONE_BLUE, .effect = sign },
    { .from = "signed", .action = "convert", .to = "converted", .zh = "转租赁合同", .en = "Make the lease", .tone = TONE_BLUE, .effect = convert },
    { .from = "draft approved signed", .action = "cancel", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED, .effect = release },
    { .from = "approved signed", .action = "lapse", .to = "expired", .zh = "过期", .en = "Lapse", .internal = TRUE, .effect = release },
};

static const char *const more_rights[] = { "issue_order", NULL };

const EntityModule intent_module = {
    .more_rights = more_rights,
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = validate, .after_save = after_save,
};

static gboolean
on_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "approve", NULL, error);
}

static gboolean
on_sent_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

const ApprovalSubject intent_subject = {
    .entity = "intent", .on_agreed = on_agreed, .on_returned = on_sent_back, .on_rejected = on_sent_back,
    .on_withdrawn = on_sent_back, .on_void = on_sent_back,
};
