/* charge_item_entity.c - what can be charged: rent, fees, utilities, deposits. */
#include "domain/lease/lease.h"

static const EnumItem item_kinds[] = {
    { "rent", "租金", "Rent", TONE_BLUE },          { "turnover", "提成租金", "Turnover rent", TONE_BLUE },
    { "fee", "费用", "Fee", TONE_GRAY },            { "utility", "能源", "Utility", TONE_GRAY },
    { "deposit", "保证金类", "Deposit", TONE_VIOLET }, { "penalty", "违约金", "Penalty", TONE_RED },
    { "other", "其他", "Other", TONE_GRAY },         { NULL, NULL, NULL, 0 },
};

static const FieldDef fields[] = {
    F_TEXT("code", 30, "编码", "Code", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Stable code used in terms, e.g. rent"),
    F_TEXT("name", 40, "费用科目", "Charge item", .flags = FF_REQUIRED | FF_SEARCH, .synonyms = "科目|费项|费用名称"),
    F_TEXT("name_en", 60, "英文名称", "English name", .doc = "Shown where the page is in English; papers may print both"),
    F_ENUM("kind", item_kinds, "类别", "Kind", .flags = FF_REQUIRED | FF_FILTER),
    F_PERCENT("tax_rate", "税率 %", "Tax rate %", .flags = FF_REQUIRED, .max = 1000000, .doc = "VAT rate in force, in percent"),
    F_DAY("tax_from_on", "税率生效日", "Rate from", .doc = "First day of this rate"),
    F_TEXT("account", 30, "会计科目", "Ledger account"),
    F_BOOL("in_fitout", "装修期计收", "Runs during fit-out", .preset = "false", .doc = "Charged during the fit-out period as well"),
    F_INT("seq", 0, 9999, "排序", "Order", .preset = "100"),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER),
};

static const EntityDef def = {
    .name = "charge_item",
    .zh = "费用科目",
    .en = "Charge items",
    .doc = "What can be charged, with its tax rate and ledger account",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = (const char *const[]){ "code", NULL },
    .list_columns = "code name name_en kind tax_rate account in_fitout active",
    .list_filters = "kind active",
    .list_sort = "seq",
    .mobile_lines = "code tax_rate",
};

const EntityModule charge_item_module = { .def = &def };
