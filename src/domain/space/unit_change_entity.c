/* unit_change_entity.c - splitting and merging units from a day on; yesterday's rent roll does not change. */
#include "domain/space/space_internal.h"

static const EnumItem kind_items[] = {
    { "split", "拆分", "Split", TONE_BLUE },
    { "merge", "合并", "Merge", TONE_VIOLET },
    { 0 },
};

static const EnumItem state_items[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },
    { "approving", "审批中", "In approval", TONE_AMBER },
    { "approved", "已执行", "Carried out", TONE_GREEN },
    { "void", "作废", "Void", TONE_RED },
    { 0 },
};

static const FieldDef unit_change_fields[] = {
    F_TEXT("no", 40, "单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT,
           .doc = "Number of the change"),
    F_ENUM("kind", kind_items, "方式", "Kind", .flags = FF_REQUIRED | FF_FILTER,
           .doc = "Split one unit, or merge several"),
    F_DAY("effective_on", "生效日期", "Effective on", .flags = FF_REQUIRED | FF_SORT,
          .doc = "First day of the new units; the old ones end the day before"),
    F_JSON("sources", "原铺位", "Old units", .flags = FF_REQUIRED,
           .doc = "[\"unit id\", …]: one for a split, several for a merge, all on one floor"),
    F_JSON("parts", "新铺位", "New units", .flags = FF_REQUIRED,
           .doc = "[{no, area_leasable, area_built, area_usable, points}, …]: leasable area in "
                  "equals leasable area out"),
    F_TEXT("reason", 400, "原因", "Reason", .flags = FF_REQUIRED, .doc = "Why"),
    F_ENUM("state", state_items, "状态", "State", .preset = "draft",
           .flags = FF_READONLY | FF_FILTER, .doc = "Carried out when approved"),
};

static const FieldDef void_fields[] = {
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED,
           .doc = "Why it is not carried out"),
};

static const Transition unit_change_flow[] = {
    { .from = "draft",
      .action = "submit",
      .to = "approving",
      .zh = "提交审批",
      .en = "Submit",
      .tone = TONE_BLUE,
      .guard = unit_change_guard },
    { .from = "approving",
      .action = "approve",
      .to = "approved",
      .zh = "批准并执行",
      .en = "Approve",
      .tone = TONE_BLUE,
      .guard = unit_change_approve_guard,
      .effect = unit_change_apply },
    { .from = "approving",
      .action = "return",
      .to = "draft",
      .zh = "退回",
      .en = "Return",
      .tone = TONE_RED },
    { .from = "draft approving",
      .action = "void",
      .to = "void",
      .zh = "作废",
      .en = "Void",
      .tone = TONE_RED,
      .fields = void_fields,
      .n_fields = G_N_ELEMENTS(void_fields) },
};

static const EntityDef unit_change_def = {
    .name = "unit_change",
    .zh = "铺位拆合",
    .en = "Split or merge",
    .doc = "Units that become other units from a day on",
    .fields = unit_change_fields,
    .n_fields = G_N_ELEMENTS(unit_change_fields),
    .title = "no",
    .number_field = "no",
    .number_pattern = "CH-{YYYY}-{3}",
    .state_field = "state",
    .list_columns = "no kind effective_on reason state",
    .list_filters = "state kind",
    .list_sort = "-effective_on",
    .mobile_lines = "kind effective_on reason",
    .form =
        (const FieldGroup[]){
            { "基本", "Basics", "kind effective_on reason" },
            { "铺位", "Units", "sources parts" },
            { 0 },
        },
    .flags = EF_NO_IMPORT,
};

const EntityModule unit_change_module = {
    .def = &unit_change_def,
    .flow = unit_change_flow,
    .n_flow = G_N_ELEMENTS(unit_change_flow),
    .validate = unit_change_validate,
};
