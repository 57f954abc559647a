/* zone_unit_entity.c - who looks after which unit, from when to when: one owner for each unit on each day. */
#include "domain/space/space_internal.h"

static const FieldDef zone_unit_fields[] = {
    F_REF("zone_id", "zone", "管理范围", "Zone", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "区域|责任区", .doc = "The zone the unit belongs to"),
    F_REF("staff_id", "staff", "责任人", "Looked after by", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "负责人|管理员|专员", .doc = "Who answers for the unit"),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "铺位号|铺号", .doc = "The unit"),
    F_DAY("from_on", "开始日期", "From", .flags = FF_REQUIRED | FF_SORT,
          .synonyms = "起始日期|生效日期", .doc = "First day"),
    F_DAY("to_on", "结束日期", "Until", .flags = FF_SORT, .synonyms = "截止日期",
          .doc = "Last day; empty: until further notice"),
    F_TEXT("remarks", 200, "备注", "Remarks", .doc = "Why it changed"),
};

static const EntityDef zone_unit_def = {
    .name = "zone_unit",
    .zh = "铺位责任",
    .en = "Unit in a zone",
    .doc = "Which person looks after a unit, in which zone, from when to when; a unit has one "
           "owner on each day",
    .fields = zone_unit_fields,
    .n_fields = G_N_ELEMENTS(zone_unit_fields),
    .title = "unit_id",
    .subtitle = "staff_id",
    .indexes = (const char *const[]){ "unit_id from_on", "staff_id from_on", NULL },
    .scope = { .owner = "staff_id", .unit = "unit_id" },
    .list_columns = "unit_id zone_id staff_id from_on to_on remarks",
    .list_filters = "zone_id staff_id",
    .list_sort = "-from_on",
    .mobile_lines = "zone_id staff_id from_on",
};

const EntityModule zone_unit_module = { .def = &zone_unit_def, .validate = zone_unit_validate };
