/* building_entity.c - buildings and floors. */
#include "domain/space/space_internal.h"

static const FieldDef building_fields[] = {
    F_TEXT("code", 20, "楼栋编号", "Code", .flags = FF_REQUIRED | FF_SORT,
           .synonyms = "楼栋号|栋号|编号",
           .doc = "Short code used in unit numbers, unique in the centre"),
    F_TEXT("name", 60, "楼栋名称", "Name", .flags = FF_REQUIRED | FF_SEARCH,
           .synonyms = "楼栋|名称", .doc = "What people call the building"),
    F_INT("floors_above", 0, 200, "地上层数", "Floors above ground",
          .doc = "Number of floors above ground"),
    F_INT("floors_below", 0, 20, "地下层数", "Floors below ground",
          .doc = "Number of floors below ground"),
    F_AREA("area_built", "建筑面积", "Built area", .synonyms = "总建筑面积",
           .doc = "Gross built area in square metres"),
    F_AREA("area_leasable", "可出租面积", "Leasable area",
           .doc = "Area that can be let, in square metres"),
    F_DAY("opened_on", "开业日期", "Opened on", .doc = "First trading day"),
    F_TEXT("address", 200, "地址", "Address",
           .doc = "Postal address, printed on leases and invoices"),
    F_TEXT("certificate_no", 60, "产权证号", "Title certificate",
           .synonyms = "房产证号|不动产权证号",
           .doc = "Number of the title certificate; electronic invoices for real estate need it"),
    F_INT("seq", 0, 9999, "排序", "Order", .preset = "0", .flags = FF_SORT,
          .doc = "Order in lists and plans"),
    F_LONGTEXT("remarks", 2000, "备注", "Remarks", .doc = "Anything else"),
};

static const EntityDef building_def = {
    .name = "building",
    .zh = "楼栋",
    .en = "Building",
    .doc = "A building of the centre",
    .fields = building_fields,
    .n_fields = G_N_ELEMENTS(building_fields),
    .title = "name",
    .subtitle = "code",
    .uniques = (const char *const[]){ "code", NULL },
    .list_columns = "code name floors_above floors_below area_built area_leasable opened_on",
    .list_sort = "seq",
    .mobile_lines = "code area_leasable",
    .form =
        (const FieldGroup[]){
            { "基本", "Basics", "code name seq opened_on" },
            { "规模", "Size", "floors_above floors_below area_built area_leasable" },
            { "权属", "Title", "address certificate_no remarks" },
            { 0 },
        },
};

const EntityModule building_module = { .def = &building_def };

static const FieldDef floor_fields[] = {
    F_REF("building_id", "building", "楼栋", "Building", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "楼栋名称", .doc = "The building it belongs to"),
    F_TEXT("code", 20, "楼层编号", "Code", .flags = FF_REQUIRED | FF_SORT, .synonyms = "楼层号|层",
           .doc = "1F, 2F, B1 …"),
    F_TEXT("name", 60, "楼层", "Floor", .flags = FF_REQUIRED | FF_SEARCH,
           .synonyms = "楼层名称|名称", .doc = "What people call the floor"),
    F_INT("seq", -20, 200, "层序", "Level", .preset = "0", .flags = FF_SORT,
          .doc = "1 is the ground floor, -1 the first basement"),
    F_TEXT("theme", 100, "楼层定位", "Theme", .synonyms = "主题|业态定位",
           .doc = "What the floor is meant for"),
    F_AREA("area_built", "建筑面积", "Built area", .doc = "Built area in square metres"),
    F_AREA("area_leasable", "可出租面积", "Leasable area",
           .doc = "Area that can be let, in square metres"),
    F_INT("height", 0, 3000, "层高（厘米）", "Height (cm)", .doc = "Storey height in centimetres"),
    F_JSON("drawing", "平面图", "Drawing", .flags = FF_NO_IMPORT,
           .doc = "{width, height, shapes: [{kind: outline|void|stairs|escalator, points: [[x, y], "
                  "…]}]} in drawing units"),
};

static const EntityDef floor_def = {
    .name = "floor",
    .zh = "楼层",
    .en = "Floor",
    .doc = "A floor of a building, with its drawing",
    .fields = floor_fields,
    .n_fields = G_N_ELEMENTS(floor_fields),
    .title = "name",
    .subtitle = "code",
    .uniques = (const char *const[]){ "building_id code", NULL },
    .list_columns = "building_id code name theme area_built area_leasable",
    .list_filters = "building_id",
    .list_sort = "seq",
    .mobile_lines = "building_id theme",
    .form =
        (const FieldGroup[]){
            { "基本", "Basics", "building_id code name seq theme" },
            { "面积", "Size", "area_built area_leasable height" },
            { "图纸", "Drawing", "drawing" },
            { 0 },
        },
};

const EntityModule floor_module = { .def = &floor_def, .validate = floor_validate };
