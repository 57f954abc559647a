/* brand_entity.c - the brand library, and which merchant runs which brand. */
#include "domain/party/party_internal.h"

const EnumItem brand_level_items[] = {
    { "luxury", "奢侈", "Luxury", TONE_VIOLET },
    { "high", "高端", "High end", TONE_VIOLET },
    { "upper", "中高端", "Upper middle", TONE_BLUE },
    { "middle", "中端", "Middle", TONE_BLUE },
    { "mass", "大众", "Mass", TONE_GRAY },
    { 0 },
};

static const EnumItem scope_items[] = {
    { "international", "国际", "International", TONE_VIOLET },
    { "national", "全国", "National", TONE_BLUE },
    { "regional", "区域", "Regional", TONE_GRAY },
    { "local", "本地", "Local", TONE_GRAY },
    { 0 },
};

static const FieldDef brand_fields[] = {
    F_TEXT("name", 80, "品牌", "Brand", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT,
           .synonyms = "品牌名称|名称|店名|招牌", .doc = "Name on the sign"),
    F_TEXT("name_en", 80, "英文名", "English name", .flags = FF_SEARCH,
           .synonyms = "英文名称|外文名", .doc = "Latin name, if any"),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "二级业态|业态二级|业态名称", .doc = "What it sells"),
    F_ENUM("level", brand_level_items, "品牌级别", "Level", .flags = FF_FILTER,
           .synonyms = "级别|档次|价格档次|定位", .doc = "Price level"),
    F_ENUM("reach", scope_items, "品牌范围", "Reach", .flags = FF_FILTER, .synonyms = "品牌性质",
           .doc = "How widely it is known"),
    F_REF("owner_merchant_id", "merchant", "品牌方", "Brand owner", .synonyms = "品牌公司|所属公司",
          .doc = "The company that owns the brand"),
    F_AREA("area_min", "面积需求下限", "Area from", .synonyms = "面积下限|最小面积|需求面积下限",
           .doc = "Smallest shop it opens, in square metres"),
    F_AREA("area_max", "面积需求上限", "Area to", .synonyms = "面积上限|最大面积|需求面积上限",
           .doc = "Largest shop it opens"),
    F_PRICE("price_min", "承租价下限", "Rent from", .synonyms = "租金下限",
            .doc = "Rent it is used to, yuan per square metre and month, from"),
    F_PRICE("price_max", "承租价上限", "Rent to", .synonyms = "租金上限|可承受租金", .doc = "… to"),
    F_MONEY("ticket", "客单价", "Average ticket", .synonyms = "人均消费|人均",
            .doc = "What a customer spends, in yuan"),
    F_INT("shops_count", 0, 100000, "现有门店数", "Shops", .flags = FF_SORT,
          .synonyms = "门店数|店数", .doc = "Number of shops today"),
    F_TEXT("shops_nearby", 400, "周边门店", "Shops nearby", .synonyms = "本地门店|现有门店",
           .doc = "Where it trades in our city"),
    F_BOOL("needs_water", "需上下水", "Needs water", .preset = "false",
           .doc = "Needs water supply and drain"),
    F_BOOL("needs_gas", "需燃气", "Needs gas", .preset = "false", .doc = "Needs gas"),
    F_BOOL("needs_exhaust", "需排油烟", "Needs exhaust", .preset = "false",
           .doc = "Needs kitchen exhaust"),
    F_INT("frontage_min", 0, 100000, "最小面宽（厘米）", "Least frontage (cm)",
          .synonyms = "面宽要求", .doc = "Narrowest shop front in centimetres"),
    F_INT("power_kw", 0, 100000, "用电需求（kW）", "Power needed (kW)",
          .doc = "Electric power in kilowatts"),
    F_TEXT("expansion_plan", 2000, "拓展计划", "Expansion plan", .synonyms = "开店计划|拓展需求",
           .doc = "Cities, number of shops, when"),
    F_TEXT("lease_years", 60, "期望租期", "Usual lease", .doc = "Usual length of its leases"),
    F_TEXT("website", 200, "网址", "Website", .doc = "Web address"),
    F_REF("staff_id", "staff", "品牌维护人", "Looked after by", .flags = FF_FILTER,
          .doc = "Who keeps the file up to date"),
    F_BOOL("active", "有效", "Active", .preset = "true", .flags = FF_FILTER,
           .doc = "Still in business"),
    F_LONGTEXT("remarks", 2000, "备注", "Remarks", .doc = "Anything else"),
};

static const EntityDef brand_def = {
    .name = "brand",
    .zh = "品牌",
    .en = "Brand",
    .doc = "The brand library: what a brand sells, how much room it wants, what it pays, where it "
           "goes next",
    .fields = brand_fields,
    .n_fields = G_N_ELEMENTS(brand_fields),
    .title = "name",
    .subtitle = "category_id",
    .uniques = (const char *const[]){ "name", NULL },
    .scope = { .owner = "staff_id" },
    .list_columns =
        "name name_en category_id level area_min area_max price_max shops_count staff_id active",
    .bulk = "category_id level reach",
    .list_filters = "category_id level reach staff_id active",
    .list_sort = "name",
    .mobile_lines = "category_id level area_min",
    .form =
        (const FieldGroup[]){
            { "品牌", "Brand",
              "name name_en category_id level reach owner_merchant_id staff_id active" },
            { "开店需求", "What it wants",
              "area_min area_max price_min price_max lease_years frontage_min" },
            { "工程条件", "Technical needs", "needs_water needs_gas needs_exhaust power_kw" },
            { "现状与拓展", "Shops and plans",
              "ticket shops_count shops_nearby expansion_plan website remarks" },
            { 0 },
        },
};

const EntityModule brand_module = { .def = &brand_def, .validate = brand_validate };

static const EnumItem right_items[] = {
    { "own", "自营", "Own brand", TONE_GREEN },
    { "agent", "代理", "Agent", TONE_BLUE },
    { "franchise", "加盟", "Franchise", TONE_AMBER },
    { 0 },
};

static const FieldDef merchant_brand_fields[] = {
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "商户名称|公司名称", .doc = "Who runs the shop"),
    F_REF("brand_id", "brand", "品牌", "Brand", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "品牌名称", .doc = "Under which brand"),
    F_ENUM("kind", right_items, "授权方式", "By which right", .preset = "own", .flags = FF_FILTER,
           .synonyms = "授权|经营方式|授权类型", .doc = "Own brand, agent or franchise"),
    F_TEXT("region", 120, "授权区域", "Region", .doc = "Where the right holds"),
    F_TEXT("certificate_no", 80, "授权书编号", "Letter of authority",
           .synonyms = "授权书号|商标注册证号",
           .doc = "Number of the letter of authority or trade-mark certificate"),
    F_DAY("from_on", "授权开始", "From", .synonyms = "授权起始日", .doc = "First day"),
    F_DAY("to_on", "授权结束", "Until", .flags = FF_SORT, .synonyms = "授权到期日|授权期限",
          .doc = "Last day; empty: without end"),
    F_TEXT("remarks", 400, "备注", "Remarks", .doc = "Anything else"),
};

static const EntityDef merchant_brand_def = {
    .name = "merchant_brand",
    .zh = "品牌授权",
    .en = "Brand of a merchant",
    .doc = "Which merchant runs which brand, by which right, until when",
    .fields = merchant_brand_fields,
    .n_fields = G_N_ELEMENTS(merchant_brand_fields),
    .title = "brand_id",
    .subtitle = "kind",
    .uniques = (const char *const[]){ "merchant_id brand_id", NULL },
    .scope = { .parent = "merchant_id" },
    .list_columns = "merchant_id brand_id kind region from_on to_on",
    .list_filters = "merchant_id brand_id kind",
    .list_sort = "to_on",
    .mobile_lines = "merchant_id kind to_on",
    .flags = EF_DELETABLE,
};

const EntityModule merchant_brand_module = { .def = &merchant_brand_def,
                                             .validate = merchant_brand_validate };
