/* follow_up_entity.c - what was said to a customer, and when to call again. */
#include "domain/crm/crm_internal.h"

const EnumItem way_items[] = {
    { "phone", "电话", "Phone", TONE_BLUE },
    { "wechat", "微信", "WeChat", TONE_GREEN },
    { "visit_us", "客户来访", "Customer came", TONE_VIOLET },
    { "visit_them", "登门拜访", "We went there", TONE_VIOLET },
    { "meeting", "会议洽谈", "Meeting", TONE_VIOLET },
    { "email", "邮件", "E-mail", TONE_GRAY },
    { "sms", "短信", "Text message", TONE_GRAY },
    { "online", "网络", "Online", TONE_GRAY },
    { "other", "其他", "Other", TONE_GRAY },
    { 0 },
};

const EnumItem follow_result_items[] = {
    { "interested", "有兴趣", "Interested", TONE_GREEN },
    { "considering", "考虑中", "Considering", TONE_BLUE },
    { "invited", "已邀约来访", "Invited", TONE_GREEN },
    { "difficult", "疑难", "Difficult", TONE_AMBER },
    { "no_answer", "未接通", "No answer", TONE_GRAY },
    { "refused", "拒绝", "Refused", TONE_RED },
    { 0 },
};

static const FieldDef follow_up_fields[] = {
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE,
          .synonyms = "客户|客户名称", .doc = "The lead"),
    F_ENUM("way", way_items, "方式", "Way", .preset = "phone", .flags = FF_REQUIRED | FF_FILTER,
           .synonyms = "跟进方式", .doc = "How we talked"),
    F_TEXT("content", 1000, "内容", "Content", .flags = FF_REQUIRED | FF_SEARCH,
           .synonyms = "跟进内容|情况", .doc = "What was said"),
    F_ENUM("result", follow_result_items, "结果", "Result", .flags = FF_FILTER,
           .synonyms = "跟进结果", .doc = "How it went"),
    F_ENUM("grade", lead_grade_items, "意向等级", "Grade", .flags = FF_FILTER, .synonyms = "等级",
           .doc = "Grade after it; changes the lead's"),
    F_DAY("next_on", "下次日期", "Next", .flags = FF_SORT, .synonyms = "下次跟进|下次跟进日期",
          .doc = "When to call again"),
    F_INSTANT("at", "时间", "At", .flags = FF_SORT, .synonyms = "日期|跟进时间|跟进日期",
              .doc = "When; now if not given"),
    F_DAY("on_day", "日期", "Day", .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT,
          .doc = "The day in China, for daily figures"),
    F_REF("staff_id", "staff", "跟进人", "By", .flags = FF_FILTER, .synonyms = "业务员",
          .doc = "Who talked; the person entering it if not given"),
    F_TEXT("stage_action", 20, "阶段动作", "Action", .flags = FF_READONLY | FF_NO_IMPORT,
           .doc = "The action on the lead that this was written with"),
};

static const EntityDef follow_up_def = {
    .name = "follow_up",
    .zh = "跟进记录",
    .en = "Follow-up",
    .doc =
        "What was said to a customer, how it went, and when to call again; moves the lead's clock",
    .fields = follow_up_fields,
    .n_fields = G_N_ELEMENTS(follow_up_fields),
    .title = "content",
    .subtitle = "lead_id",
    .indexes = (const char *const[]){ "lead_id at", "staff_id on_day", NULL },
    .scope = { .owner = "staff_id" },
    .list_columns = "at lead_id way content result grade next_on staff_id",
    .list_filters = "staff_id way result on_day",
    .list_sort = "-at",
    .mobile_lines = "lead_id way at",
    .form =
        (const FieldGroup[]){
            { "跟进", "Follow-up", "lead_id way content result" },
            { "下一步", "Next", "grade next_on at staff_id" },
            { 0 },
        },
};

const EntityModule follow_up_module = {
    .def = &follow_up_def,
    .validate = follow_up_validate,
    .after_save = follow_up_after_save,
};
