/* inquiry_entity.c - the register of calls and visits. */
#include "domain/crm/crm_internal.h"

static const EnumItem kind_items[] = {
    { "call", "来电", "Call", TONE_BLUE },
    { "visit", "来访", "Visit", TONE_GREEN },
    { 0 },
};

static const EnumItem arrive_items[] = {
    { "appointment", "预约到访", "By appointment", TONE_BLUE },
    { "walk_in", "自行到访", "Walked in", TONE_GRAY },
    { "accompanied", "他人带访", "Brought by somebody", TONE_GRAY },
    { 0 },
};

static const FieldDef inquiry_fields[] = {
    F_TEXT("no", 40, "序号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT | FF_NO_IMPORT,
           .doc = "Number in the register"),
    F_ENUM("kind", kind_items, "类型", "Kind", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE,
           .synonyms = "登记类型|来电/来访", .doc = "Call or visit"),
    F_INSTANT("at", "时间", "Time", .flags = FF_SORT,
              .synonyms = "日期时间|来电时间|来访时间|日期|登记日期",
              .doc = "When; now if not given"),
    F_DAY("on_day", "日期", "Day", .flags = FF_READONLY | FF_FILTER | FF_SORT | FF_NO_IMPORT,
          .doc = "The day in China, for daily figures"),
    F_TEXT("phone", 30, "电话", "Phone", .flags = FF_REQUIRED | FF_MASKED | FF_SEARCH,
           .check = CHECK_PHONE, .synonyms = "联系电话|来电号码|手机|手机号",
           .doc = "Caller's number; confidential"),
    F_TEXT("name", 60, "姓名", "Name", .flags = FF_REQUIRED | FF_SEARCH,
           .synonyms = "来电人|来访人|联系人|客户姓名|客户", .doc = "Who called or came"),
    F_TEXT("brand_name", 120, "品牌/公司", "Brand or company", .flags = FF_SEARCH,
           .synonyms = "品牌|公司|公司名称", .doc = "As they said it"),
    F_REF("channel_id", "channel", "获知途径", "Channel", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "渠道|来源渠道|来源", .doc = "How they heard of us"),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_FILTER,
          .synonyms = "意向业态|经营业态", .doc = "What they will sell"),
    F_AREA("area_min", "意向面积", "Area from", .synonyms = "意向面积下限|需求面积",
           .doc = "Area wanted, from, in square metres"),
    F_AREA("area_max", "意向面积上限", "Area to", .doc = "Area wanted, to"),
    F_PRICE("budget_price", "租金预算", "Budget", .synonyms = "预算",
            .doc = "Rent they can pay, yuan per square metre and month"),
    F_TEXT("floors_wish", 120, "意向楼层/位置", "Floor wanted", .synonyms = "意向楼层|意向位置",
           .doc = "Floor or place they asked for"),
    F_TEXT("units_shown", 200, "看铺铺位", "Units shown", .synonyms = "看铺|带看铺位",
           .doc = "Numbers of the units shown, separated by blanks"),
    F_TEXT("content", 1000, "内容", "Content", .synonyms = "来电内容|洽谈内容|咨询内容",
           .doc = "What was said"),
    F_ENUM("grade", lead_grade_items, "意向等级", "Grade", .flags = FF_FILTER, .synonyms = "等级",
           .doc = "Impression"),
    F_DAY("next_follow_on", "下次跟进", "Next follow-up", .flags = FF_FILTER,
          .synonyms = "下次跟进日期", .doc = "When to call back"),
    F_REF("receptionist_id", "staff", "接待人", "Received by", .flags = FF_FILTER,
          .synonyms = "接待人员|登记人|接听人",
          .doc = "Who answered; the person entering it if not given"),
    F_REF("guide_id", "staff", "带看人", "Shown round by", .synonyms = "带看",
          .doc = "Who showed the site"),
    F_INT("visitors", 1, 200, "来访人数", "Visitors", .synonyms = "人数", .doc = "How many came"),
    F_BOOL("first_visit", "首访", "First visit", .flags = FF_FILTER,
           .synonyms = "首访/复访|是否首访",
           .doc = "First time here; found out from the register if not given"),
    F_ENUM("arrival", arrive_items, "到访方式", "Came how", .synonyms = "到访方式",
           .doc = "By appointment or not"),
    F_REF("call_inquiry_id", "inquiry", "对应来电", "Earlier call", .flags = FF_NO_IMPORT,
          .doc = "The call this visit goes back to; found by the phone if not given"),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_FILTER | FF_NO_IMPORT,
          .doc = "The customer's file"),
    F_REF("contact_id", "contact", "联系人", "Contact", .flags = FF_NO_IMPORT,
          .doc = "The person's entry"),
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_FILTER | FF_NO_IMPORT,
          .doc = "The demand it belongs to"),
    F_BOOL("is_new", "新客户", "New customer", .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT,
           .doc = "The phone was not known before"),
    F_TEXT("remarks", 400, "备注", "Remarks", .doc = "Anything else"),
};

static const EntityDef inquiry_def = {
    .name = "inquiry",
    .zh = "来电来访",
    .en = "Inquiry",
    .doc = "Register of calls and visits, with the channel of each",
    .fields = inquiry_fields,
    .n_fields = G_N_ELEMENTS(inquiry_fields),
    .title = "name",
    .subtitle = "brand_name",
    .indexes = (const char *const[]){ "phone", "on_day kind", "merchant_id at",
                                      "receptionist_id on_day", NULL },
    .number_field = "no",
    .number_pattern = "LD-{YYYY}-{5}",
    .scope = { .owner = "receptionist_id" },
    .list_columns = "no kind at name phone brand_name category_id area_min area_max channel_id "
                    "content receptionist_id grade next_follow_on lead_id",
    .bulk = "category_id channel_id grade",
    .list_filters = "kind on_day channel_id category_id receptionist_id grade is_new",
    .list_sort = "-at",
    .mobile_lines = "brand_name category_id channel_id at",
    .form =
        (const FieldGroup[]){
            { "客户", "Customer", "kind phone name brand_name channel_id at" },
            { "需求", "Demand", "category_id area_min area_max budget_price floors_wish content" },
            { "来访", "Visit", "visitors first_visit arrival units_shown guide_id" },
            { "跟进", "Follow-up", "grade next_follow_on receptionist_id remarks" },
            { 0 },
        },
};

static const char *const inquiry_rights[] = { "merge_into", NULL };

const EntityModule inquiry_module = {
    .def = &inquiry_def,
    .validate = inquiry_validate,
    .more_rights = inquiry_rights,
};
