/* meter_entity.c - meters, prices of what they measure, and readings as tables with their states. */
#include "domain/meter/meter_internal.h"

#define DIAL_MAX (G_GINT64_CONSTANT(1000000000) * 10000)
#define FILLED .flags = FF_READONLY

/* clang-format off */
const EnumItem meter_kind_items[] = {
    { "electricity", "电", "Electricity", TONE_AMBER }, { "water", "水", "Water", TONE_BLUE },
    { "gas", "燃气", "Gas", TONE_RED },                 { "cooling", "空调", "Cooling", TONE_VIOLET },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem meter_states[] = {
    { "in_use", "在用", "In use", TONE_GREEN }, { "removed", "已拆除", "Removed", TONE_GRAY }, { NULL, NULL, NULL, 0 },
};
static const FieldDef meter_fields[] = {
    F_TEXT("no", 40, "表号", "No.", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT, .synonyms = "表计编号|电表号|水表号|气表号|表计号"),
    F_ENUM("kind", meter_kind_items, "类型", "Kind", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE, .preset = "electricity", .synonyms = "表计类型|能源类型"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_FILTER, .synonyms = "铺位号|铺号", .doc = "Empty: a public area"),
    F_TEXT("place", 80, "位置", "Place", .flags = FF_SEARCH | FF_SORT, .synonyms = "安装位置|公共区域", .doc = "Where it hangs; what it serves if it is no unit"),
    F_REF("parent_id", "meter", "上级总表", "Main meter", .doc = "The meter that this one hangs behind"),
    F_PRICE("multiplier", "倍率", "Multiplier", .flags = FF_REQUIRED, .preset = "1", .min = 1, .synonyms = "变比|互感倍率", .doc = "Use = difference of the dial times this"),
    F_INT("digits", 3, 9, "表盘位数", "Digits of the dial", .flags = FF_REQUIRED, .preset = "6", .doc = "Whole digits; after 999 999 the dial begins anew"),
    F_DAY("installed_on", "安装日期", "Installed on", .flags = FF_REQUIRED | FF_IMMUTABLE, .synonyms = "启用日期"),
    F_PRICE("opening", "起始读数", "Opening reading", .flags = FF_REQUIRED | FF_IMMUTABLE, .preset = "0", .max = DIAL_MAX, .synonyms = "表底|初始读数|期初读数"),
    F_REF("replaces_id", "meter", "替换旧表", "Replaces", FILLED),
    F_DAY("removed_on", "拆除日期", "Removed on", FILLED),
    F_PRICE("last_reading", "上次读数", "Last reading", .flags = FF_READONLY | FF_DERIVED),
    F_DAY("last_on", "上次抄表", "Last read on", .flags = FF_READONLY | FF_DERIVED | FF_SORT | FF_FILTER),
    F_PRICE("last_used", "上次用量", "Last use", .flags = FF_READONLY | FF_DERIVED),
    F_TEXT("remarks", 200, "备注", "Remarks"),
    F_ENUM("state", meter_states, "状态", "State", .preset = "in_use", .flags = FF_REQUIRED | FF_FILTER),
};
static const FieldGroup meter_form[] = {
    { "表计", "Meter", "no kind unit_id place parent_id" },
    { "读数", "Dial", "multiplier digits installed_on opening remarks" },
    { NULL, NULL, NULL },
};
static const EntityDef meter_def = {
    .name = "meter",
    .zh = "表计",
    .en = "Meter",
    .doc = "A meter for electricity, water, gas or cooling, of a unit or of a public area",
    .fields = meter_fields,
    .n_fields = G_N_ELEMENTS(meter_fields),
    .title = "no",
    .subtitle = "place",
    .uniques = (const char *const[]){ "no", NULL },
    .state_field = "state",
    .scope = { .unit = "unit_id" },
    .list_columns = "no kind unit_id place multiplier last_reading last_on last_used state",
    .list_filters = "kind unit_id last_on",
    .list_sort = "place",
    .mobile_lines = "unit_id kind last_reading",
    .form = meter_form,
};

static const FieldDef price_fields[] = {
    F_ENUM("kind", meter_kind_items, "类型", "Kind", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE, .preset = "electricity"),
    F_REF("item_id", "charge_item", "费用科目", "Charge item", .flags = FF_REQUIRED),
    F_DAY("from_on", "生效日期", "From", .flags = FF_REQUIRED | FF_SORT | FF_IMMUTABLE),
    F_PRICE("price", "单价（含税）", "Price (with tax)", .flags = FF_REQUIRED, .doc = "yuan for one kWh, tonne or cubic metre"),
    F_PERCENT("loss_share", "损耗分摊 %", "Loss share %", .flags = FF_REQUIRED, .preset = "0", .max = 1000000, .doc = "Added to the use for losses of the lines; 0: none"),
    F_TEXT("remarks", 200, "依据", "Basis", .doc = "Price document of the supplier"),
};
static const EntityDef price_def = {
    .name = "meter_price",
    .zh = "能源单价",
    .en = "Energy price",
    .doc = "What a unit of use costs from a day on; a period that spans two prices is charged in two lines",
    .fields = price_fields,
    .n_fields = G_N_ELEMENTS(price_fields),
    .title = "kind",
    .uniques = (const char *const[]){ "kind from_on", NULL },
    .list_columns = "kind item_id from_on price loss_share remarks",
    .list_filters = "kind",
    .list_sort = "-from_on",
    .mobile_lines = "price from_on",
};

static const EnumItem reading_kinds[] = {
    { "normal", "例行抄表", "Normal", TONE_BLUE },        { "opening", "起始读数", "Opening", TONE_GRAY },
    { "final", "最终读数", "Final", TONE_VIOLET },         { "replaced_out", "换表（旧表止数）", "Replaced: old meter", TONE_AMBER },
    { "replaced_in", "换表（新表起数）", "Replaced: new meter", TONE_AMBER }, { NULL, NULL, NULL, 0 },
};
static const EnumItem reading_states[] = {
    { "entered", "待审核", "To be checked", TONE_AMBER }, { "checked", "已审核", "Checked", TONE_BLUE },
    { "billed", "已计费", "Billed", TONE_GREEN },         { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem warnings[] = {
    { "high", "用量偏高", "Unusually high", TONE_RED }, { "low", "用量偏低", "Unusually low", TONE_AMBER },
    { "zero", "营业铺位零用量", "No use in an open shop", TONE_RED }, { "rolled", "表盘翻转", "Dial went round", TONE_AMBER },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef reading_fields[] = {
    F_REF("meter_id", "meter", "表计", "Meter", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .synonyms = "表号|电表号|水表号|表计编号"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_READONLY | FF_FILTER),
    F_DAY("read_on", "抄表日期", "Read on", .flags = FF_REQUIRED | FF_SORT | FF_FILTER, .synonyms = "日期|抄见日期"),
    F_ENUM("kind", reading_kinds, "性质", "Kind", .flags = FF_REQUIRED | FF_IMMUTABLE, .preset = "normal"),
    F_PRICE("reading", "本次读数", "Reading", .flags = FF_REQUIRED, .max = DIAL_MAX, .synonyms = "读数|本期读数|止码|止数|抄见数"),
    F_PRICE("previous", "上次读数", "Previous", FILLED),
    F_DAY("previous_on", "上次日期", "Previous day", FILLED),
    F_PRICE("used", "用量", "Use", .flags = FF_READONLY, .doc = "Difference times multiplier"),
    F_ENUM("warning", warnings, "提醒", "Warning", .flags = FF_READONLY | FF_FILTER, .doc = "Against the mean of the periods before; needs a reason"),
    F_PRICE("daily_mean", "前期日均", "Daily mean before", FILLED, .doc = "Mean use a day of the last three to six periods"),
    F_TEXT("reason", 200, "说明", "Reason", .flags = FF_READONLY, .doc = "Why the unusual value is right"),
    F_REF("explained_by", "staff", "说明人", "Explained by", FILLED),
    F_BOOL("estimated", "估抄", "Estimated", .preset = "false", .synonyms = "是否估抄"),
    F_REF("reader_id", "staff", "抄表人", "Reader", .flags = FF_READONLY | FF_FILTER),
    F_REF("checked_by", "staff", "审核人", "Checked by", FILLED),
    F_REF("corrects_id", "meter_reading", "更正", "Corrects", FILLED),
    F_REF("origin_id", "meter_reading", "原抄表", "First of its chain", .flags = FF_READONLY | FF_NO_INDEX, .doc = "Charges of all corrections hang on this one"),
    F_TEXT("void_reason", 200, "作废原因", "Reason of voiding", FILLED),
    F_TEXT("remarks", 200, "备注", "Remarks"),
    F_ENUM("state", reading_states, "状态", "State", .preset = "entered", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef reading_def = {
    .name = "meter_reading",
    .zh = "抄表",
    .en = "Meter reading",
    .doc = "What a meter showed on a day, by whom, with a photo; checked by a second person, then charged",
    .fields = reading_fields,
    .n_fields = G_N_ELEMENTS(reading_fields),
    .title = "meter_id",
    .indexes = (const char *const[]){ "meter_id read_on", "state read_on", NULL },
    .state_field = "state",
    .scope = { .owner = "reader_id", .unit = "unit_id" },
    .list_columns = "meter_id unit_id read_on kind previous reading used warning estimated reader_id state",
    .list_filters = "read_on warning meter_id unit_id",
    .list_sort = "-read_on",
    .mobile_lines = "unit_id read_on used",
};

static const FieldDef replace_fields[] = {
    F_DAY("on", "换表日期", "Replaced on", .flags = FF_REQUIRED),
    F_PRICE("old_reading", "旧表止数", "Old meter's last reading", .flags = FF_REQUIRED, .max = DIAL_MAX),
    F_TEXT("new_no", 40, "新表号", "New meter's no.", .flags = FF_REQUIRED),
    F_PRICE("new_reading", "新表起数", "New meter's first reading", .flags = FF_REQUIRED, .max = DIAL_MAX, .preset = "0"),
    F_PRICE("multiplier", "新表倍率", "New multiplier", .min = 1, .doc = "Empty: as before"),
    F_INT("digits", 3, 9, "新表盘位数", "New dial's digits", .doc = "Empty: as before"),
    F_TEXT("reason", 200, "换表原因", "Reason", .flags = FF_REQUIRED),
};
static const FieldDef remove_fields[] = {
    F_DAY("on", "拆除日期", "Removed on", .flags = FF_REQUIRED),
    F_PRICE("last", "最终读数", "Final reading", .flags = FF_REQUIRED, .max = DIAL_MAX),
    F_TEXT("reason", 200, "拆除原因", "Reason", .flags = FF_REQUIRED),
};
static const FieldDef explain_fields[] = { F_TEXT("reason", 200, "情况说明", "Reason", .flags = FF_REQUIRED) };
static const FieldDef void_fields[] = { F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED) };
static const FieldDef correct_fields[] = {
    F_PRICE("reading", "更正后读数", "Corrected reading", .flags = FF_REQUIRED, .max = DIAL_MAX),
    F_TEXT("reason", 200, "更正原因", "Reason", .flags = FF_REQUIRED),
};

static const Transition meter_flow[] = {
    { .from = "in_use", .action = "replace", .to = "removed", .zh = "换表", .en = "Replace", .tone = TONE_BLUE, .fields = replace_fields, .n_fields = G_N_ELEMENTS(replace_fields), .effect = meter_replace },
    { .from = "in_use", .action = "remove", .to = "removed", .zh = "拆表", .en = "Remove", .tone = TONE_RED, .fields = remove_fields, .n_fields = G_N_ELEMENTS(remove_fields), .effect = meter_remove },
};
static const Transition reading_flow[] = {
    { .from = "entered", .action = "explain", .zh = "说明异常", .en = "Explain", .fields = explain_fields, .n_fields = G_N_ELEMENTS(explain_fields), .effect = reading_explain },
    { .from = "entered", .action = "check", .to = "checked", .zh = "审核", .en = "Check", .tone = TONE_BLUE, .guard = reading_may_check, .effect = reading_check },
    { .from = "checked", .action = "bill", .to = "billed", .zh = "计费", .en = "Bill", .internal = TRUE },
    { .from = "billed", .action = "unbill", .to = "checked", .zh = "撤销计费", .en = "Take the charge back", .tone = TONE_RED, .fields = void_fields, .n_fields = G_N_ELEMENTS(void_fields), .effect = reading_unbill },
    { .from = "billed", .action = "correct", .to = "void", .zh = "更正读数", .en = "Correct", .fields = correct_fields, .n_fields = G_N_ELEMENTS(correct_fields), .guard = reading_is_last, .effect = reading_correct },
    { .from = "entered checked", .action = "void", .to = "void", .zh = "作废", .en = "Void", .tone = TONE_RED, .fields = void_fields, .n_fields = G_N_ELEMENTS(void_fields), .guard = reading_is_last, .effect = reading_void },
};
/* clang-format on */

static const char *const reading_rights[] = { "bill", NULL };

const EntityModule meter_module = {
    .def = &meter_def, .flow = meter_flow, .n_flow = G_N_ELEMENTS(meter_flow), .validate = meter_validate, .after_save = meter_after_save,
};
const EntityModule meter_price_module = { .def = &price_def, .validate = meter_price_validate };
const EntityModule meter_reading_module = {
    .def = &reading_def, .flow = reading_flow, .n_flow = G_N_ELEMENTS(reading_flow), .validate = reading_validate,
    .after_save = reading_after_save, .write_more = reading_write_more, .more_rights = reading_rights,
};
