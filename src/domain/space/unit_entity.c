/* unit_entity.c - units: what is let. */
#include "domain/space/space_internal.h"

const EnumItem unit_status_items[] = {
    { "vacant", "空置", "Vacant", TONE_RED },
    { "reserved", "预留", "Reserved", TONE_VIOLET },
    { "locked", "锁定", "Locked", TONE_VIOLET },
    { "signed", "已签约", "Signed", TONE_BLUE },
    { "handed_over", "已交付", "Handed over", TONE_BLUE },
    { "fitting_out", "装修中", "Fitting out", TONE_BLUE },
    { "open", "营业中", "Open", TONE_GREEN },
    { "notice", "待退租", "On notice", TONE_AMBER },
    { "own_use", "自用", "Own use", TONE_GRAY },
    { "disabled", "停用", "Out of use", TONE_GRAY },
    { 0 },
};

const EnumItem price_basis_items[] = {
    { "per_m2_month", "元/㎡/月", "yuan/m²/month", TONE_GRAY },
    { "per_m2_day", "元/㎡/天", "yuan/m²/day", TONE_GRAY },
    { 0 },
};

static const EnumItem purpose_items[] = {
    { "letting", "出租", "To let", TONE_GREEN },
    { "own_use", "自用", "Own use", TONE_GRAY },
    { "disabled", "停用", "Out of use", TONE_GRAY },
    { 0 },
};

static const EnumItem kind_items[] = {
    { "shop", "商铺", "Shop", TONE_GRAY },       { "anchor", "主力店", "Anchor", TONE_GRAY },
    { "island", "中岛", "Island", TONE_GRAY },   { "kiosk", "花车/亭位", "Kiosk", TONE_GRAY },
    { "storage", "仓库", "Storage", TONE_GRAY }, { "office", "办公", "Office", TONE_GRAY },
    { "other", "其他", "Other", TONE_GRAY },     { 0 },
};

static const FieldDef unit_fields[] = {
    F_TEXT("no", 40, "铺位号", "Unit no.", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT,
           .synonyms = "铺号|店铺号|商铺号|铺位编号|单元号|房号|铺位",
           .doc = "Unit number, unique in the centre; parts of a split get numbers of their own"),
    F_REF("floor_id", "floor", "楼层", "Floor", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "楼层名称|所在楼层|层", .doc = "The floor it lies on"),
    F_ENUM("kind", kind_items, "类型", "Kind", .preset = "shop", .flags = FF_FILTER,
           .synonyms = "铺位类型|铺位性质", .doc = "What sort of place it is"),
    F_ENUM("status", unit_status_items, "状态", "Status", .preset = "vacant",
           .flags = FF_READONLY | FF_DERIVED | FF_FILTER | FF_NO_IMPORT,
           .doc = "Follows from leases, holds and handovers"),
    F_ENUM("purpose", purpose_items, "用途", "Purpose", .preset = "letting", .flags = FF_FILTER,
           .synonyms = "使用性质", .doc = "To let, used by ourselves, or out of use"),
    F_AREA("area_built", "建筑面积", "Built area", .synonyms = "建面|建筑面积㎡|建筑面积(㎡)",
           .doc = "Built area in square metres"),
    F_AREA("area_usable", "套内面积", "Usable area", .synonyms = "使用面积|实用面积|套内面积㎡",
           .doc = "Area inside the walls in square metres"),
    F_AREA("area_leasable", "计租面积", "Leasable area", .flags = FF_REQUIRED | FF_SORT,
           .synonyms = "可出租面积|租赁面积|计租面积㎡|面积|面积(㎡)",
           .doc = "Area that rent is charged for, in square metres"),
    F_INT("frontage", 0, 100000, "面宽（厘米）", "Frontage (cm)", .synonyms = "开间|面宽|门面宽",
          .doc = "Width of the shop front in centimetres"),
    F_INT("depth", 0, 100000, "进深（厘米）", "Depth (cm)", .synonyms = "进深",
          .doc = "Depth in centimetres"),
    F_INT("height", 0, 3000, "净高（厘米）", "Clear height (cm)", .synonyms = "层高|净高",
          .doc = "Clear height in centimetres"),
    F_INT("load", 0, 10000, "荷载（kg/㎡）", "Floor load (kg/m²)", .synonyms = "荷载|楼板荷载",
          .doc = "Floor load in kilograms per square metre"),
    F_BOOL("has_water", "上下水", "Water and drain", .preset = "false",
           .synonyms = "给排水|有无上下水", .doc = "Water supply and drain are in the unit"),
    F_BOOL("has_gas", "燃气", "Gas", .preset = "false", .synonyms = "天然气|有无燃气",
           .doc = "Gas is in the unit"),
    F_BOOL("has_exhaust", "排油烟", "Exhaust", .preset = "false", .synonyms = "排烟|排油烟条件",
           .doc = "Kitchen exhaust is possible"),
    F_INT("power_kw", 0, 100000, "用电负荷（kW）", "Power (kW)",
          .synonyms = "电量|配电|用电负荷|电容量", .doc = "Electric power available in kilowatts"),
    F_TEXT("allowed_categories", 400, "允许业态", "Allowed categories",
           .synonyms = "规划业态|业态规划|适合业态",
           .doc = "Codes of the categories allowed, separated by blanks; a first-level code allows "
                  "all below it; empty allows all"),
    F_ENUM("price_basis", price_basis_items, "价格单位", "Price basis", .preset = "per_m2_month",
           .synonyms = "租金单位", .doc = "What the two prices below are counted by"),
    F_PRICE("floor_price", "底价", "Floor price", .synonyms = "租金底价|最低租金",
            .doc = "Lowest rent that needs no higher approval"),
    F_PRICE("target_price", "目标价", "Target price", .synonyms = "租金标准|标准租金|目标租金",
            .doc = "Rent to be asked"),
    F_PRICE("fee_price", "物业费标准", "Property fee", .synonyms = "物业费|物业费单价",
            .doc = "Property fee in yuan per square metre and month"),
    F_JSON("points", "图上轮廓", "Outline on the drawing", .flags = FF_NO_IMPORT,
           .doc = "[[x, y], …] in the floor drawing's units"),
    F_DAY("from_on", "启用日期", "Exists from", .synonyms = "启用日",
          .doc = "First day the unit exists; empty: always"),
    F_DAY("to_on", "停用日期", "Exists until", .flags = FF_READONLY | FF_NO_IMPORT,
          .doc = "Last day the unit existed, set when it was split or merged"),
    F_LONGTEXT("remarks", 2000, "备注", "Remarks",
               .doc = "Condition, columns, what is worth knowing"),
};

static const EntityDef unit_def = {
    .name = "unit",
    .zh = "铺位",
    .en = "Unit",
    .doc = "A place that is let: number, floor, areas, technical conditions and prices",
    .fields = unit_fields,
    .n_fields = G_N_ELEMENTS(unit_fields),
    .title = "no",
    .subtitle = "floor_id",
    .uniques = (const char *const[]){ "no", NULL },
    .indexes = (const char *const[]){ "floor_id status", NULL },
    .scope = { .unit = "id" },
    .list_columns = "no floor_id kind status area_leasable target_price floor_price has_water "
                    "has_gas has_exhaust allowed_categories",
    .list_filters = "floor_id status kind purpose",
    .list_sort = "no",
    .mobile_lines = "floor_id area_leasable target_price",
    .form =
        (const FieldGroup[]){
            { "基本", "Basics", "no floor_id kind purpose from_on" },
            { "面积与尺寸", "Size", "area_leasable area_built area_usable frontage depth height" },
            { "工程条件", "Technical conditions", "has_water has_gas has_exhaust power_kw load" },
            { "招商条件", "Letting",
              "allowed_categories price_basis floor_price target_price fee_price" },
            { "图纸与备注", "Drawing and remarks", "points remarks" },
            { 0 },
        },
};

const EntityModule unit_module = {
    .def = &unit_def,
    .validate = unit_validate,
    .write_more = unit_write_more,
};
