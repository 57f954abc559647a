/* unit_hold_entity.c - a unit kept for a customer for a while; runs out by itself. */
#include "domain/crm/crm_internal.h"

static const EnumItem state_items[] = {
    { "active", "预留中", "Active", TONE_AMBER },
    { "expired", "已到期", "Expired", TONE_GRAY },
    { "released", "已释放", "Released", TONE_GRAY },
    { "converted", "已转签约", "Became a lease", TONE_GREEN },
    { 0 },
};

static const FieldDef hold_fields[] = {
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE,
          .synonyms = "铺位号", .doc = "The unit"),
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_REQUIRED | FF_FILTER | FF_IMMUTABLE,
          .synonyms = "客户", .doc = "For whom"),
    F_INSTANT("from_at", "开始时间", "From", .flags = FF_READONLY, .doc = "When it began"),
    F_INSTANT("until_at", "截止时间", "Until", .flags = FF_SORT, .synonyms = "预留至|到期时间",
              .doc = "When it runs out by itself; after the usual number of days if not given"),
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED, .synonyms = "预留原因",
           .doc = "Why"),
    F_BOOL("locked", "已收定金", "Deposit received", .preset = "false",
           .flags = FF_READONLY | FF_FILTER,
           .doc = "Secured by a deposit: the unit shows as locked"),
    F_REF("staff_id", "staff", "预留人", "By", .flags = FF_FILTER | FF_READONLY,
          .doc = "Who placed it"),
    F_ENUM("state", state_items, "状态", "State", .preset = "active",
           .flags = FF_READONLY | FF_FILTER,
           .doc = "Active ones whose time is over count as expired at once"),
    F_INSTANT("ended_at", "结束时间", "Ended at", .flags = FF_READONLY, .doc = "When it ended"),
};

static const FieldDef extend_fields[] = {
    F_INSTANT("until_at", "延长至", "Until", .flags = FF_REQUIRED, .doc = "New end"),
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED, .doc = "Why"),
};

static const FieldDef release_fields[] = {
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED, .doc = "Why"),
};

#define ASKS(f) .fields = f, .n_fields = G_N_ELEMENTS(f)

static const Transition hold_flow[] = {
    { .from = "active",
      .action = "extend",
      .to = "active",
      .zh = "延期",
      .en = "Extend",
      .tone = TONE_GRAY,
      ASKS(extend_fields),
      .guard = hold_is_running,
      .effect = hold_extend },
    { .from = "active",
      .action = "release",
      .to = "released",
      .zh = "释放",
      .en = "Release",
      .tone = TONE_RED,
      ASKS(release_fields),
      .effect = hold_ended },
    { .from = "active",
      .action = "expire",
      .to = "expired",
      .zh = "到期",
      .en = "Expire",
      .effect = hold_ended,
      .internal = TRUE },
    { .from = "active",
      .action = "convert",
      .to = "converted",
      .zh = "转签约",
      .en = "Convert",
      .effect = hold_ended,
      .internal = TRUE },
};

static const EntityDef hold_def = {
    .name = "unit_hold",
    .zh = "铺位预留",
    .en = "Hold",
    .doc = "A unit kept for a customer until a moment; no two at a time on one unit",
    .fields = hold_fields,
    .n_fields = G_N_ELEMENTS(hold_fields),
    .title = "unit_id",
    .subtitle = "lead_id",
    .indexes = (const char *const[]){ "unit_id state until_at", "state until_at", NULL },
    .state_field = "state",
    .scope = { .owner = "staff_id", .unit = "unit_id" },
    .list_columns = "unit_id lead_id from_at until_at reason locked staff_id state",
    .list_filters = "state staff_id unit_id locked",
    .list_sort = "until_at",
    .mobile_lines = "lead_id until_at",
    .form = (const FieldGroup[]){ { "预留", "Hold", "unit_id lead_id until_at reason" }, { 0 } },
    .flags = EF_NO_IMPORT | EF_NO_UPDATE,
};

const EntityModule unit_hold_module = {
    .def = &hold_def,
    .flow = hold_flow,
    .n_flow = G_N_ELEMENTS(hold_flow),
    .validate = hold_validate,
    .after_save = hold_after_save,
    .write_more = hold_write_more,
};
