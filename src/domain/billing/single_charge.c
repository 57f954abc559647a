/* single_charge.c - charges that no clause gives rise to: an advertising position for a month, a lost pass, a clean-up. Small ones are posted by whoever may;
 * from a limit on others agree first. Posted like every charge, taken back by reversal. */
#include "domain/billing/billing_request.h"
#include "domain/terms/lease_money.h"
#include "store/services.h"

enum { LIMIT_FEN = 500000 }; /* from here on others agree first; setting single_charge_limit, in fen */

/* clang-format off */
static const EnumItem states[] = { REQUEST_STATES("posted", "已出账", "Posted"), { NULL, NULL, NULL, 0 } };
static const FieldDef fields[] = {
    F_TEXT("no", 30, "编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_FILTER, .doc = "Empty: no lease, as for a promotion of somebody from outside"),
    F_REF("unit_id", "unit", "铺位", "Unit"),
    F_REF("item_id", "charge_item", "费用科目", "Charge item", .flags = FF_REQUIRED | FF_FILTER),
    F_TEXT("name", 80, "款项", "What for", .flags = FF_REQUIRED),
    F_PRICE("quantity", "数量", "Quantity", .doc = "With the price it gives the amount"),
    F_TEXT("measure", 20, "单位", "Unit of measure", .doc = "day, month, piece"),
    F_PRICE("price", "单价（含税）", "Price (with tax)"),
    F_MONEY("amount", "金额（含税）", "Amount (with tax)", .flags = FF_SORT, .doc = "Given, or quantity times price"),
    F_DAY("period_from", "所属期起", "Period from"),
    F_DAY("period_to", "所属期止", "Period to"),
    F_DAY("due_on", "应交日期", "Due on", .flags = FF_REQUIRED | FF_SORT),
    F_TEXT("reason", 400, "依据", "Basis", .flags = FF_REQUIRED, .doc = "Contract, order or price list that it follows from"),
    F_REF("requested_by", "staff", "申请人", "Requested by", .flags = FF_READONLY | FF_FILTER),
    F_DAY("posted_on", "出账日期", "Posted on", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const FieldGroup form[] = {
    { "收费对象", "Who", "merchant_id lease_id unit_id" },
    { "款项", "What", "item_id name quantity measure price amount period_from period_to due_on reason" },
    { NULL, NULL, NULL },
};
static const EntityDef def = {
    .name = "single_charge",
    .zh = "单项收费",
    .en = "Single charge",
    .doc = "A charge that no clause of a lease gives rise to: advertising, services, a lost pass",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "no",
    .subtitle = "name",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "DX-{YYYY}-{5}",
    .state_field = "state",
    .scope = { .owner = "requested_by", .unit = "unit_id" },
    .list_columns = "no merchant_id item_id name amount due_on requested_by posted_on state",
    .list_filters = "item_id merchant_id requested_by",
    .list_sort = "-no",
    .mobile_lines = "merchant_id name amount",
    .form = form,
    .flags = EF_NO_IMPORT,
};
/* clang-format on */

/* -- what it must be ------------------------------------------------------------------ */

static void
judge_amount(Record *rec, GError **error)
{
    gboolean by_price = !record_is_null(rec, "quantity") && !record_is_null(rec, "price");
    gint64 product_fen = meter_charge(record_int(rec, "quantity"), record_int(rec, "price"));

    if (record_is_null(rec, "quantity") != record_is_null(rec, "price"))
        app_error_field(error, record_is_null(rec, "price") ? "price" : "quantity", "required", "数量与单价应同时填写", "quantity and price go together");
    if (by_price && record_is_null(rec, "amount"))
        record_set_int(rec, "amount", product_fen);
    if (by_price && record_int(rec, "amount") != product_fen)
        app_error_field(error, "amount", "product", "金额应等于数量 × 单价", "must be quantity times price");
    if (record_int(rec, "amount") <= 0)
        app_error_field(error, "amount", "required", "请填写金额，或数量与单价", "give the amount, or quantity and price");
}

static gboolean
judge_lease(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(Record) lease = record_is_null(rec, "lease_id") ? NULL : record_find(ctx, "lease", record_int(rec, "lease_id"), error);

    if (record_is_null(rec, "lease_id"))
        return TRUE;
    if (lease && record_int(lease, "merchant_id") != record_int(rec, "merchant_id"))
        app_error_field(error, "lease_id", "merchant", "合同不属于该商户", "is the lease of another merchant");
    return lease != NULL;
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (!billing_request_begin(ctx, rec, old, error) || (old && !record_is(old, "state", "draft")))
        return TRUE;
    judge_amount(rec, error);
    if (!record_is_null(rec, "period_to") && record_day(rec, "period_to") < record_day(rec, "period_from"))
        app_error_field(error, "period_to", "order", "结束日期不能早于开始日期", "ends before it begins");
    return judge_lease(ctx, rec, error);
}

/* -- small ones at once, large ones after approval -------------------------------------- */

static gboolean
is_large(Ctx *ctx, const Record *rec)
{
    return record_int(rec, "amount") >= setting_int(ctx, "single_charge_limit", LIMIT_FEN);
}

static gboolean
is_small(Ctx *ctx, const Record *rec, GError **error)
{
    return !is_large(ctx, rec)
           || app_error_set(error, APP_ERROR_CONFLICT, "single_charge.needs_approval", "金额较大，请提交审批", "it is large; submit it for approval");
}

static gboolean
needs_approval(Ctx *ctx, const Record *rec, GError **error)
{
    return is_large(ctx, rec) || app_error_set(error, APP_ERROR_CONFLICT, "single_charge.small", "金额较小，可直接出账", "it is small; post it at once");
}

static char *
working_of(const Record *rec)
{
    g_autofree char *amount = money_format_grouped(record_int(rec, "amount"));
    g_autofree char *quantity = decimal_format(record_int(rec, "quantity"), 4, 0);
    g_autofree char *price = decimal_format(record_int(rec, "price"), 4, 2);
    const char *measure = record_text(rec, "measure") ? record_text(rec, "measure") : "";
    gboolean by_price = !record_is_null(rec, "quantity");
    g_autofree char *zh = by_price ? g_strdup_printf("%s %s × %s 元 = %s 元；依据：%s", quantity, measure, price, amount, record_text(rec, "reason"))
                                   : g_strdup_printf("%s 元；依据：%s", amount, record_text(rec, "reason"));
    g_autofree char *en = by_price ? g_strdup_printf("%s %s × %s yuan = %s yuan; basis: %s", quantity, measure, price, amount, record_text(rec, "reason"))
                                   : g_strdup_printf("%s yuan; basis: %s", amount, record_text(rec, "reason"));
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_array(out);
    json_begin_object(out);
    json_kv_text(out, "text_zh", zh);
    json_kv_text(out, "text_en", en);
    json_end_object(out);
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

static gboolean
post(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_autoptr(Record) item = record_get(ctx, "charge_item", record_int(rec, "item_id"), NULL, error);
    g_autofree char *working = working_of(rec);
    g_autofree char *key = g_strdup_printf("single:%" G_GINT64_FORMAT, rec->id);
    ChargeSpec spec = { .merchant_id = record_int(rec, "merchant_id"), .lease_id = record_int(rec, "lease_id"), .unit_id = record_int(rec, "unit_id"),
                        .kind = "single", .name = record_text(rec, "name"), .from = record_day(rec, "period_from"), .to = record_day(rec, "period_to"),
                        .due_on = record_day(rec, "due_on"), .gross_fen = record_int(rec, "amount"), .working = working, .live_key = key,
                        .source_entity = "single_charge", .source_id = rec->id };

    (void) input;
    if (!item)
        return FALSE;
    spec.item = record_text(item, "code");
    spec.tax_rate_ppm = record_int(item, "tax_rate");
    tax_split_gross(spec.gross_fen, spec.tax_rate_ppm, &spec.net_fen, &spec.tax_fen);
    record_set_day(rec, "posted_on", ctx->today);
    return charge_post(ctx, &spec, error) != 0;
}

static gboolean
take_back(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    return charge_void_of(ctx, "single_charge", rec->id, record_text(input, "reason"), error);
}

static const FieldDef reason_fields[] = { F_TEXT("reason", 200, "作废原因", "Reason", .flags = FF_REQUIRED) };
/* clang-format off */
static const Transition flow[] = {
    { .from = "draft", .action = "post", .to = "posted", .zh = "出账", .en = "Post", .tone = TONE_BLUE, .guard = is_small, .effect = post },
    { .from = "draft", .action = "submit", .to = "submitted", .zh = "提交审批", .en = "Submit", .tone = TONE_BLUE, .guard = needs_approval, .effect = billing_request_submit },
    { .from = "submitted", .action = "approve", .to = "posted", .zh = "批准", .en = "Approve", .effect = post, .internal = TRUE },
    { .from = "submitted", .action = "reopen", .to = "draft", .zh = "退回草稿", .en = "Back to draft", .internal = TRUE },
    { .from = "draft", .action = "cancel", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED, .fields = reason_fields, .n_fields = G_N_ELEMENTS(reason_fields), .effect = billing_request_cancel },
    { .from = "posted", .action = "take_back", .to = "void", .zh = "冲销", .en = "Take back", .tone = TONE_RED, .fields = reason_fields, .n_fields = G_N_ELEMENTS(reason_fields), .effect = take_back },
};
/* clang-format on */

const EntityModule single_charge_module = {
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = validate, .after_save = billing_request_saved,
};
const ApprovalSubject single_charge_subject = {
    .entity = "single_charge", .on_agreed = billing_request_agreed, .on_returned = billing_request_back, .on_rejected = billing_request_back,
    .on_withdrawn = billing_request_back, .on_void = billing_request_back,
};
