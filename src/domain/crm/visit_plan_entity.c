/* visit_plan_entity.c - visits that are planned, made and reported. */
#include "domain/crm/crm_internal.h"

static const EnumItem state_items[] = {
    { "planned", "已计划", "Planned", TONE_BLUE },
    { "done", "已拜访", "Made, report due", TONE_AMBER },
    { "reported", "已报告", "Reported", TONE_GREEN },
    { "missed", "未拜访", "Missed", TONE_RED },
    { "cancelled", "已取消", "Cancelled", TONE_GRAY },
    { 0 },
};

static const EnumItem kind_items[] = {
    { "lead", "客户拜访", "Customer", TONE_BLUE },
    { "revisit", "回访", "Revisit", TONE_BLUE },
    { "expansion", "外出拓展", "Expansion", TONE_VIOLET },
    { "invitation", "邀约来访", "Invited to come", TONE_GREEN },
    { 0 },
};

static const FieldDef visit_plan_fields[] = {
    F_TEXT("title", 120, "主题", "Subject", .flags = FF_REQUIRED | FF_SEARCH,
           .synonyms = "拜访主题|拜访对象", .doc = "Whom or what"),
    F_ENUM("kind", kind_items, "类型", "Kind", .preset = "lead", .flags = FF_FILTER,
           .synonyms = "拜访类型", .doc = "What sort of visit"),
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_FILTER, .synonyms = "客户",
          .doc = "The lead, if it is one"),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_FILTER, .synonyms = "商户名称",
          .doc = "The merchant, if there is no lead"),
    F_REF("brand_id", "brand", "品牌", "Brand", .synonyms = "品牌名称",
          .doc = "The brand, for expansion"),
    F_REF("staff_id", "staff", "拜访人", "By", .flags = FF_FILTER, .synonyms = "执行人|责任人",
          .doc = "Who goes; the person entering it if not given"),
    F_DAY("planned_on", "计划日期", "Planned on", .flags = FF_REQUIRED | FF_FILTER | FF_SORT,
          .synonyms = "拜访日期|日期|计划时间", .doc = "The day"),
    F_INT("minute_of_day", 0, 1439, "时刻（分钟）", "Minute of the day",
          .doc = "Minutes after midnight; empty: the whole day"),
    F_TEXT("place", 200, "地点", "Place", .synonyms = "拜访地点", .doc = "Where"),
    F_TEXT("purpose", 400, "目的", "Purpose", .flags = FF_REQUIRED, .synonyms = "拜访目的",
           .doc = "What for"),
    F_DAY("report_due_on", "报告期限", "Report due", .flags = FF_FILTER | FF_SORT,
          .doc = "Day by which the report is in; the day after if not given"),
    F_INSTANT("visited_at", "拜访时间", "Visited at", .flags = FF_READONLY | FF_NO_IMPORT,
              .doc = "When it was made"),
    F_LONGTEXT("report", 4000, "拜访报告", "Report", .flags = FF_READONLY | FF_NO_IMPORT,
               .doc = "What came of it"),
    F_INSTANT("reported_at", "报告时间", "Reported at", .flags = FF_READONLY | FF_NO_IMPORT,
              .doc = "When the report was written"),
    F_BOOL("is_late", "报告逾期", "Report late", .preset = "false",
           .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT, .doc = "The report came after its day"),
    F_ENUM("state", state_items, "状态", "State", .preset = "planned",
           .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT, .doc = "How far it is"),
    F_TEXT("cancel_reason", 200, "取消原因", "Why cancelled", .flags = FF_READONLY | FF_NO_IMPORT,
           .doc = "Why it was not made"),
};

static const FieldDef report_fields[] = {
    F_LONGTEXT("report", 4000, "拜访报告", "Report", .flags = FF_REQUIRED,
               .doc = "What came of it"),
    F_ENUM("result", follow_result_items, "结果", "Result", .doc = "How it went"),
    F_ENUM("grade", lead_grade_items, "意向等级", "Grade", .doc = "Grade after it"),
    F_DAY("next_on", "下次跟进", "Next", .doc = "When to call again"),
};

static const FieldDef cancel_fields[] = {
    F_TEXT("cancel_reason", 200, "取消原因", "Why cancelled", .flags = FF_REQUIRED, .doc = "Why"),
};

static const FieldDef postpone_fields[] = {
    F_DAY("planned_on", "新日期", "New day", .flags = FF_REQUIRED, .doc = "The new day"),
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED, .doc = "Why"),
};

#define ASKS(f) .fields = f, .n_fields = G_N_ELEMENTS(f)

static const Transition visit_plan_flow[] = {
    { .from = "planned missed",
      .action = "done",
      .to = "done",
      .zh = "已拜访",
      .en = "Made",
      .tone = TONE_GRAY,
      .effect = visit_plan_done },
    { .from = "planned done missed",
      .action = "report",
      .to = "reported",
      .zh = "提交报告",
      .en = "Report",
      .tone = TONE_BLUE,
      ASKS(report_fields),
      .effect = visit_plan_report },
    { .from = "planned missed",
      .action = "postpone",
      .to = "planned",
      .zh = "改期",
      .en = "Postpone",
      .tone = TONE_GRAY,
      ASKS(postpone_fields),
      .effect = visit_plan_postpone },
    { .from = "planned missed",
      .action = "cancel",
      .to = "cancelled",
      .zh = "取消",
      .en = "Cancel",
      .tone = TONE_RED,
      ASKS(cancel_fields),
      .effect = visit_plan_cancel },
    { .from = "planned",
      .action = "miss",
      .to = "missed",
      .zh = "未拜访",
      .en = "Missed",
      .internal = TRUE },
};

static const EntityDef visit_plan_def = {
    .name = "visit_plan",
    .zh = "拜访计划",
    .en = "Visit plan",
    .doc = "A planned visit or revisit, and its report",
    .fields = visit_plan_fields,
    .n_fields = G_N_ELEMENTS(visit_plan_fields),
    .title = "title",
    .subtitle = "planned_on",
    .indexes = (const char *const[]){ "staff_id planned_on", "state planned_on", NULL },
    .state_field = "state",
    .scope = { .owner = "staff_id" },
    .list_columns =
        "planned_on title kind lead_id merchant_id staff_id purpose state report_due_on is_late",
    .list_filters = "state staff_id kind planned_on is_late",
    .list_sort = "-planned_on",
    .mobile_lines = "planned_on place purpose",
    .form =
        (const FieldGroup[]){
            { "对象", "Whom", "title kind lead_id merchant_id brand_id" },
            { "安排", "When", "staff_id planned_on minute_of_day place purpose report_due_on" },
            { 0 },
        },
};

const EntityModule visit_plan_module = {
    .def = &visit_plan_def,
    .flow = visit_plan_flow,
    .n_flow = G_N_ELEMENTS(visit_plan_flow),
    .validate = visit_plan_validate,
};
