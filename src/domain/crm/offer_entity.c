/* offer_entity.c - rounds of a negotiation, theirs beside ours. */
#include "domain/crm/crm_internal.h"

static const EnumItem side_items[] = {
    { "ours", "我方方案", "Ours", TONE_BLUE },
    { "theirs", "客户报价", "Theirs", TONE_AMBER },
    { 0 },
};

static const FieldDef offer_fields[] = {
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE,
          .synonyms = "客户", .doc = "The lead"),
    F_INT("round", 1, 99, "轮次", "Round", .flags = FF_SORT | FF_IMMUTABLE,
          .doc = "Round of the negotiation; the next if not given"),
    F_ENUM("side", side_items, "提出方", "Side", .preset = "ours",
           .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE, .doc = "Whose offer"),
    F_DAY("offered_on", "日期", "Day", .flags = FF_SORT, .doc = "When; today if not given"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_FILTER, .synonyms = "铺位号",
          .doc = "The unit talked about"),
    F_DAY("from_on", "租期开始", "From", .doc = "First day of the lease"),
    F_DAY("to_on", "租期结束", "Until", .doc = "Last day of the lease"),
    F_PRICE("rent_price", "租金（元/㎡/月）", "Rent", .synonyms = "租金|租金单价",
            .doc = "Rent in yuan per square metre and month"),
    F_PERCENT("turnover_percent", "提成（%）", "Turnover rent (%)", .synonyms = "扣点|提成比例",
              .doc = "Share of sales"),
    F_PRICE("fee_price", "物业费（元/㎡/月）", "Property fee",
            .doc = "Property fee in yuan per square metre and month"),
    F_TEXT("escalation", 200, "递增", "Increase", .synonyms = "递增方式",
           .doc = "How the rent grows, in words"),
    F_INT("free_days", 0, 1000, "免租期（天）", "Rent-free days", .doc = "Days without rent"),
    F_INT("deposit_months", 0, 36, "保证金（月）", "Deposit (months)",
          .doc = "Months of rent as deposit"),
    F_INT("pay_months", 0, 12, "付款周期（月）", "Paid every (months)",
          .doc = "Months paid in advance"),
    F_TEXT("content", 1000, "其他条件", "Other terms", .doc = "Anything else"),
    F_REF("staff_id", "staff", "谈判人", "By", .flags = FF_FILTER,
          .doc = "Who negotiated; the person entering it if not given"),
    F_BOOL("below_floor", "低于底价", "Below the floor price", .preset = "false",
           .flags = FF_READONLY | FF_DERIVED | FF_FILTER, .doc = "Needs a higher approver"),
    F_PERCENT("concession", "较目标价让步（%）", "Concession (%)",
              .flags = FF_READONLY | FF_DERIVED,
              .doc = "Rent below the target price of the policy in force, per cent of it"),
    F_BOOL("is_accepted", "已达成", "Agreed", .preset = "false", .flags = FF_FILTER,
           .doc = "Both sides agreed on this one"),
};

static const EntityDef offer_def = {
    .name = "offer",
    .zh = "谈判方案",
    .en = "Offer",
    .doc = "One side's offer in one round of a negotiation, with what it gives away against the "
           "price policy",
    .fields = offer_fields,
    .n_fields = G_N_ELEMENTS(offer_fields),
    .title = "lead_id",
    .subtitle = "round",
    .uniques = (const char *const[]){ "lead_id round side", NULL },
    .scope = { .parent = "lead_id" },
    .list_columns = "lead_id round side offered_on unit_id rent_price turnover_percent free_days "
                    "deposit_months concession below_floor is_accepted",
    .list_filters = "lead_id side unit_id below_floor",
    .list_sort = "-offered_on",
    .mobile_lines = "round side rent_price",
    .form =
        (const FieldGroup[]){
            { "方案", "Offer", "lead_id round side offered_on unit_id from_on to_on" },
            { "商务条件", "Terms",
              "rent_price turnover_percent fee_price escalation free_days deposit_months "
              "pay_months content" },
            { "结果", "Result", "staff_id is_accepted" },
            { 0 },
        },
};

const EntityModule offer_module = { .def = &offer_def, .validate = offer_validate };
