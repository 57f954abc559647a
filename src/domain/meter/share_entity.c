/* share_entity.c - costs that several shops share: the key that says how, its members, and the pools that are split by it. */
#include "domain/meter/meter_internal.h"

/* clang-format off */
static const EnumItem bases[] = {
    { "area", "全部成员面积", "Area of all members", TONE_BLUE }, { "occupied", "已租成员面积", "Area let", TONE_GREEN },
    { "fixed", "固定比例", "Fixed percent", TONE_VIOLET },        { NULL, NULL, NULL, 0 },
};
static const FieldDef key_fields[] = {
    F_TEXT("name", 60, "公摊方案", "Name", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "公摊池|名称"),
    F_REF("item_id", "charge_item", "费用科目", "Charge item", .flags = FF_REQUIRED | FF_FILTER),
    F_ENUM("basis", bases, "分摊依据", "Basis", .flags = FF_REQUIRED | FF_FILTER, .preset = "area", .doc = "With all areas or fixed percents the landlord bears what is vacant; with areas let the tenants bear everything"),
    F_REF("meter_id", "meter", "公区总表", "Pool meter", .doc = "A pool without an amount is this meter's use less that of the meters behind it, at the energy price"),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER),
    F_TEXT("remarks", 200, "合同依据", "Contract basis"),
};
static const EntityDef key_def = {
    .name = "share_key",
    .zh = "公摊方案",
    .en = "Share key",
    .doc = "How a shared cost is split among units, by area or percent, for the days each one is let",
    .fields = key_fields,
    .n_fields = G_N_ELEMENTS(key_fields),
    .title = "name",
    .uniques = (const char *const[]){ "name", NULL },
    .list_columns = "name item_id basis meter_id active remarks",
    .list_filters = "item_id basis active",
    .list_sort = "name",
    .mobile_lines = "item_id basis",
};

static const FieldDef member_fields[] = {
    F_REF("key_id", "share_key", "公摊方案", "Share key", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_PERCENT("percent", "比例 %", "Percent", .max = 1000000, .doc = "Only for fixed percents"),
    F_DAY("from_on", "起", "From", .flags = FF_REQUIRED),
    F_DAY("to_on", "止", "Until", .doc = "Empty: until further notice"),
};
static const EntityDef member_def = {
    .name = "share_member",
    .zh = "公摊成员",
    .en = "Share member",
    .fields = member_fields,
    .n_fields = G_N_ELEMENTS(member_fields),
    .title = "unit_id",
    .uniques = (const char *const[]){ "key_id unit_id from_on", NULL },
    .scope = { .parent = "key_id" },
    .list_columns = "key_id unit_id percent from_on to_on",
    .list_filters = "key_id unit_id",
    .list_sort = "unit_id",
    .mobile_lines = "percent from_on to_on",
    .flags = EF_DELETABLE,
};

static const EnumItem pool_states[] = {
    { "draft", "草稿", "Draft", TONE_AMBER }, { "posted", "已分摊", "Posted", TONE_GREEN }, { "void", "已撤销", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef pool_fields[] = {
    F_TEXT("no", 30, "分摊单号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT),
    F_REF("key_id", "share_key", "公摊方案", "Share key", .flags = FF_REQUIRED | FF_FILTER),
    F_DAY("from_on", "所属期起", "Period from", .flags = FF_REQUIRED | FF_SORT | FF_FILTER),
    F_DAY("to_on", "所属期止", "Period to", .flags = FF_REQUIRED),
    F_MONEY("amount", "公摊总额（含税）", "Pool (with tax)", .flags = FF_SORT, .doc = "Empty: by the pool meter"),
    F_DAY("due_on", "应交日期", "Due on", .flags = FF_REQUIRED),
    F_MONEY("landlord", "业主承担", "Borne by the landlord", .flags = FF_READONLY),
    F_JSON("working", "总额算法", "Working of the pool", .flags = FF_READONLY),
    F_TEXT("voucher", 120, "依据单据", "Voucher", .doc = "The supplier's bill"),
    F_ENUM("state", pool_states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef pool_def = {
    .name = "share_pool",
    .zh = "公摊单",
    .en = "Shared cost",
    .doc = "One shared cost of a period, split among the members of its key; the shares add up to it exactly, the rest cent goes to the largest share",
    .fields = pool_fields,
    .n_fields = G_N_ELEMENTS(pool_fields),
    .title = "no",
    .uniques = (const char *const[]){ "no", NULL },
    .number_field = "no",
    .number_pattern = "GT-{YYYY}-{4}",
    .state_field = "state",
    .list_columns = "no key_id from_on to_on amount landlord due_on state",
    .list_filters = "key_id from_on",
    .list_sort = "-no",
    .mobile_lines = "key_id amount from_on",
    .flags = EF_NO_IMPORT,
};
static const FieldDef void_fields[] = { F_TEXT("reason", 200, "撤销原因", "Reason", .flags = FF_REQUIRED) };
static const Transition pool_flow[] = {
    { .from = "draft", .action = "post", .to = "posted", .zh = "分摊出账", .en = "Post", .tone = TONE_BLUE, .effect = share_pool_post },
    { .from = "draft posted", .action = "void", .to = "void", .zh = "撤销", .en = "Void", .tone = TONE_RED, .fields = void_fields, .n_fields = G_N_ELEMENTS(void_fields), .effect = share_pool_void },
};
/* clang-format on */

const EntityModule share_key_module = { .def = &key_def };
const EntityModule share_member_module = { .def = &member_def, .validate = share_member_validate };
const EntityModule share_pool_module = {
    .def = &pool_def, .flow = pool_flow, .n_flow = G_N_ELEMENTS(pool_flow), .validate = share_pool_validate, .write_more = share_pool_write,
};
