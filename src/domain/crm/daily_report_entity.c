/* daily_report_entity.c - a person's report of a day: figures from the registers, remarks by hand. */
#include "domain/crm/crm_internal.h"

static const EnumItem state_items[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },
    { "submitted", "已提交", "Submitted", TONE_GREEN },
    { 0 },
};

static const FieldDef daily_fields[] = {
    F_REF("staff_id", "staff", "报告人", "By", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE,
          .doc = "Whose day"),
    F_DAY("day", "日期", "Day", .flags = FF_REQUIRED | FF_FILTER | FF_SORT | FF_IMMUTABLE,
          .doc = "The day"),
    F_JSON("figures", "数据", "Figures", .flags = FF_READONLY,
           .doc = "Counted from the registers; frozen when submitted"),
    F_LONGTEXT("remarks", 2000, "工作小结", "Summary", .doc = "What the figures do not say"),
    F_LONGTEXT("problems", 2000, "问题与建议", "Problems",
               .doc = "Open problems and proposed solutions"),
    F_LONGTEXT("plans", 2000, "明日计划", "Tomorrow", .doc = "What comes next"),
    F_ENUM("state", state_items, "状态", "State", .preset = "draft",
           .flags = FF_READONLY | FF_FILTER, .doc = "Seen by the supervisor once submitted"),
    F_INSTANT("submitted_at", "提交时间", "Submitted at", .flags = FF_READONLY | FF_SORT,
              .doc = "When"),
    F_BOOL("late", "迟交", "Late", .preset = "false", .flags = FF_READONLY | FF_FILTER,
           .doc = "Submitted after the cut-off of the next morning"),
};

static const Transition daily_flow[] = {
    { .from = "draft",
      .action = "submit",
      .to = "submitted",
      .zh = "提交",
      .en = "Submit",
      .tone = TONE_BLUE,
      .guard = daily_report_guard,
      .effect = daily_report_submit },
};

static const EntityDef daily_def = {
    .name = "daily_report",
    .zh = "招商日报",
    .en = "Daily report",
    .doc = "A person's day: figures fill themselves from the registers, one click submits",
    .fields = daily_fields,
    .n_fields = G_N_ELEMENTS(daily_fields),
    .title = "staff_id",
    .subtitle = "day",
    .uniques = (const char *const[]){ "staff_id day", NULL },
    .state_field = "state",
    .scope = { .owner = "staff_id" },
    .list_columns = "day staff_id remarks state submitted_at late",
    .list_filters = "staff_id day state late",
    .list_sort = "-day",
    .mobile_lines = "day state",
    .form =
        (const FieldGroup[]){ { "日报", "Report", "staff_id day remarks problems plans" }, { 0 } },
    .flags = EF_NO_IMPORT,
};

const EntityModule daily_report_module = {
    .def = &daily_def,
    .flow = daily_flow,
    .n_flow = G_N_ELEMENTS(daily_flow),
};
