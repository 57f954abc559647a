/* target_list_entity.c - brands wanted for a unit or a category, and who calls whom. */
#include "domain/crm/crm_internal.h"

static const EnumItem progress_items[] = {
    { "todo", "待联系", "To call", TONE_GRAY },
    { "contacted", "已联系", "Contacted", TONE_BLUE },
    { "interested", "有意向", "Interested", TONE_GREEN },
    { "lead", "已转客户", "Became a lead", TONE_VIOLET },
    { "refused", "拒绝", "Refused", TONE_RED },
    { 0 },
};

static const EnumItem priority_items[] = {
    { "high", "高", "High", TONE_RED },
    { "middle", "中", "Middle", TONE_AMBER },
    { "low", "低", "Low", TONE_GRAY },
    { 0 },
};

static const FieldDef target_list_fields[] = {
    F_TEXT("name", 120, "名称", "Name", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "清单名称",
           .doc = "What the list is for"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_FILTER, .synonyms = "铺位号",
          .doc = "The unit to be filled"),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_FILTER,
          .doc = "Or the category to be strengthened"),
    F_REF("floor_id", "floor", "楼层", "Floor", .flags = FF_FILTER, .doc = "On which floor"),
    F_REF("owner_id", "staff", "负责人", "In charge", .flags = FF_FILTER,
          .doc = "Who drives it; the person entering it if not given"),
    F_DAY("due_on", "完成期限", "Due on", .flags = FF_FILTER | FF_SORT,
          .doc = "By when all are called"),
    F_BOOL("active", "进行中", "Active", .preset = "true", .flags = FF_FILTER,
           .doc = "Still being worked on"),
    F_LONGTEXT("remarks", 2000, "备注", "Remarks", .doc = "What is looked for"),
};

static const EntityDef target_list_def = {
    .name = "target_list",
    .zh = "目标品牌清单",
    .en = "Target list",
    .doc = "Brands wanted for a unit or a category",
    .fields = target_list_fields,
    .n_fields = G_N_ELEMENTS(target_list_fields),
    .title = "name",
    .scope = { .owner = "owner_id" },
    .list_columns = "name unit_id category_id floor_id owner_id due_on active",
    .list_filters = "owner_id category_id floor_id active",
    .list_sort = "due_on",
    .mobile_lines = "unit_id owner_id due_on",
};

const EntityModule target_list_module = { .def = &target_list_def,
                                          .validate = target_list_validate };

static const FieldDef target_brand_fields[] = {
    F_REF("list_id", "target_list", "清单", "List", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE,
          .synonyms = "清单名称", .doc = "The list"),
    F_REF("brand_id", "brand", "品牌", "Brand", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "品牌名称", .doc = "The brand wanted"),
    F_REF("staff_id", "staff", "联系人员", "Who calls", .flags = FF_FILTER, .synonyms = "责任人",
          .doc = "Who calls them"),
    F_ENUM("priority", priority_items, "优先级", "Priority", .preset = "middle", .flags = FF_FILTER,
           .doc = "How much it is wanted"),
    F_ENUM("progress", progress_items, "进展", "Progress", .preset = "todo", .flags = FF_FILTER,
           .doc = "How far it is"),
    F_REF("lead_id", "lead", "招商客户", "Lead", .doc = "The lead that came of it"),
    F_DAY("next_on", "下次联系", "Next", .flags = FF_SORT, .doc = "When to call"),
    F_TEXT("remarks", 400, "备注", "Remarks", .doc = "What they said"),
};

static const EntityDef target_brand_def = {
    .name = "target_brand",
    .zh = "目标品牌",
    .en = "Target brand",
    .doc = "A brand on a target list, who calls it and how far it is",
    .fields = target_brand_fields,
    .n_fields = G_N_ELEMENTS(target_brand_fields),
    .title = "brand_id",
    .subtitle = "list_id",
    .uniques = (const char *const[]){ "list_id brand_id", NULL },
    .scope = { .owner = "staff_id" },
    .list_columns = "list_id brand_id staff_id priority progress next_on lead_id remarks",
    .list_filters = "list_id staff_id progress priority",
    .list_sort = "next_on",
    .mobile_lines = "list_id progress next_on",
    .flags = EF_DELETABLE,
};

const EntityModule target_brand_module = { .def = &target_brand_def };
