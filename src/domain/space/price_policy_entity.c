/* price_policy_entity.c - rent policy: what may be offered, by category and floor, from when to when. */
#include "domain/space/space_internal.h"

static const EnumItem state_items[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },
    { "approving", "审批中", "In approval", TONE_AMBER },
    { "approved", "已生效", "Approved", TONE_GREEN },
    { "superseded", "已被取代", "Superseded", TONE_GRAY },
    { "void", "作废", "Void", TONE_RED },
    { 0 },
};

static const FieldDef policy_fields[] = {
    F_TEXT("edition", 40, "版本", "Edition", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT,
           .synonyms = "政策版本|版本号", .doc = "Name of the edition, e.g. 2026-1"),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_FILTER, .synonyms = "业态名称",
          .doc = "Category it is for; empty: every category"),
    F_REF("floor_id", "floor", "楼层", "Floor", .flags = FF_FILTER, .synonyms = "楼层名称",
          .doc = "Floor it is for; empty: every floor"),
    F_DAY("from_on", "生效日期", "Valid from", .flags = FF_REQUIRED | FF_SORT,
          .synonyms = "开始日期|起始日期", .doc = "First day it counts"),
    F_DAY("to_on", "失效日期", "Valid until", .flags = FF_SORT, .synonyms = "结束日期|截止日期",
          .doc = "Last day it counts; empty: until replaced"),
    F_ENUM("price_basis", price_basis_items, "价格单位", "Price basis", .preset = "per_m2_month",
           .doc = "What the two prices are counted by"),
    F_PRICE("floor_price", "底价", "Floor price", .flags = FF_REQUIRED,
            .synonyms = "租金底价|最低租金", .doc = "Below it a lease needs a higher approver"),
    F_PRICE("target_price", "目标价", "Target price", .flags = FF_REQUIRED,
            .synonyms = "标准租金|目标租金", .doc = "Rent to be asked"),
    F_INT("free_days", 0, 1000, "免租期（天）", "Rent-free days", .preset = "0",
          .synonyms = "免租天数|装修免租期",
          .doc = "Longest rent-free period without a higher approver, in days"),
    F_INT("deposit_months", 0, 36, "保证金（月）", "Deposit (months)", .preset = "3",
          .synonyms = "押金月数|保证金月数", .doc = "Least deposit in months of rent"),
    F_ENUM("state", state_items, "状态", "State", .preset = "draft",
           .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT,
           .doc = "Only approved ones judge leases"),
    F_INSTANT("approved_at", "批准时间", "Approved at", .flags = FF_READONLY | FF_NO_IMPORT,
              .doc = "When it was approved"),
    F_REF("approved_by", "staff", "批准人", "Approved by", .flags = FF_READONLY | FF_NO_IMPORT,
          .doc = "Who approved it"),
    F_LONGTEXT("remarks", 2000, "说明", "Remarks", .doc = "Why, and what else holds"),
};

static const FieldDef void_fields[] = {
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED,
           .doc = "Why it is no longer used"),
};

static const Transition policy_flow[] = {
    { .from = "draft",
      .action = "submit",
      .to = "approving",
      .zh = "提交审批",
      .en = "Submit",
      .tone = TONE_BLUE,
      .effect = policy_submit },
    { .from = "approving",
      .action = "approve",
      .to = "approved",
      .zh = "批准",
      .en = "Approve",
      .effect = policy_approve,
      .internal = TRUE },
    { .from = "approving",
      .action = "reopen",
      .to = "draft",
      .zh = "退回草稿",
      .en = "Back to draft",
      .internal = TRUE },
    { .from = "draft approved",
      .action = "void",
      .to = "void",
      .zh = "作废",
      .en = "Void",
      .tone = TONE_RED,
      .fields = void_fields,
      .n_fields = G_N_ELEMENTS(void_fields) },
    { .from = "approved",
      .action = "supersede",
      .to = "superseded",
      .zh = "取代",
      .en = "Supersede",
      .internal = TRUE },
};

static const EntityDef policy_def = {
    .name = "price_policy",
    .zh = "租金政策",
    .en = "Price policy",
    .doc = "Floor price, target price, rent-free days and deposit by category and floor; a lease "
           "is judged by the one in force on its signing date",
    .fields = policy_fields,
    .n_fields = G_N_ELEMENTS(policy_fields),
    .title = "edition",
    .indexes = (const char *const[]){ "state from_on", NULL },
    .state_field = "state",
    .list_columns = "edition category_id floor_id from_on to_on floor_price target_price free_days "
                    "deposit_months state",
    .list_filters = "state floor_id category_id",
    .list_sort = "-from_on",
    .mobile_lines = "category_id floor_price target_price",
    .form =
        (const FieldGroup[]){
            { "适用范围", "Scope", "edition category_id floor_id from_on to_on" },
            { "标准", "Terms", "price_basis floor_price target_price free_days deposit_months" },
            { "说明", "Remarks", "remarks" },
            { 0 },
        },
};

const EntityModule price_policy_module = {
    .def = &policy_def,
    .flow = policy_flow,
    .n_flow = G_N_ELEMENTS(policy_flow),
    .validate = policy_validate,
    .after_save = policy_after_save,
};

const ApprovalSubject price_policy_subject = {
    .entity = "price_policy",
    .on_agreed = policy_agreed,
    .on_returned = policy_sent_back,
    .on_rejected = policy_sent_back,
    .on_withdrawn = policy_sent_back,
    .on_void = policy_sent_back,
};
