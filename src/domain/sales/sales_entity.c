/* sales_entity.c - tables of sales reports and index values, and the states of a report. */
#include "domain/sales/sales_internal.h"

static const EnumItem periods[] = {
    { "month", "月报", "Month", TONE_BLUE },
    { "day", "日报", "Day", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem sources[] = {
    { "merchant", "商户申报", "Merchant", TONE_AMBER },
    { "till", "收银系统", "Till", TONE_GREEN },
    { "import", "表格导入", "Import", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem report_states[] = {
    { "missing", "缺报", "Missing", TONE_RED },
    { "declared", "已申报", "Declared", TONE_AMBER },
    { "checked", "已核对", "Checked", TONE_BLUE },
    { "accepted", "已确认", "Accepted", TONE_GREEN },
    { "superseded", "已被取代", "Superseded", TONE_GRAY },
    { "void", "作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};

#define F_SALES_AMOUNT(...) \
    F_MONEY("amount", "含税销售额", "Sales with tax", .flags = FF_MASKED, .synonyms = "销售额|营业额|含税营业额|销售金额", \
            .doc = "Sales of the period, tax included, by the contract's own definition", __VA_ARGS__)
#define F_SALES_NET \
    F_MONEY("amount_net", "不含税销售额", "Sales without tax", .flags = FF_MASKED, .synonyms = "不含税营业额|净销售额", \
            .doc = "Rent on sales without tax is settled on this; without it on the amount with tax")
#define F_SALES_COUNT \
    F_INT("transactions", 0, 100000000, "交易笔数", "Transactions", .synonyms = "笔数|单数|客单数", .doc = "Number of sales")

static const FieldDef report_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .synonyms = "合同号|合同编号"),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_READONLY | FF_FILTER, .doc = "That of the lease"),
    F_ENUM("period", periods, "口径", "Period", .preset = "month", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER,
           .synonyms = "报表类型|周期"),
    F_DAY("day", "日期", "Day", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SORT, .synonyms = "月份|销售日期|所属月份",
          .doc = "The day, or any day of the month; kept as the month's first"),
    F_DAY("month_on", "所属月份", "Month", .flags = FF_READONLY | FF_FILTER | FF_SORT, .doc = "First day of the month"),
    F_SALES_AMOUNT(.min = 0),
    F_SALES_NET,
    F_SALES_COUNT,
    F_ENUM("source", sources, "来源", "Source", .preset = "merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_BOOL("is_outlier", "异常", "Outlier", .preset = "false", .flags = FF_READONLY | FF_FILTER,
           .doc = "Far from the average of the three months before"),
    F_TEXT("outlier_note", 200, "异常说明", "What is odd", .flags = FF_READONLY),
    F_TEXT("remarks", 400, "备注", "Remarks"),
    F_ENUM("state", report_states, "状态", "State", .preset = "declared", .flags = FF_READONLY | FF_FILTER),
    F_REF("declared_by", "staff", "录入人", "Entered by", .flags = FF_READONLY),
    F_REF("checked_by", "staff", "核对人", "Checked by", .flags = FF_READONLY),
    F_REF("accepted_by", "staff", "确认人", "Accepted by", .flags = FF_READONLY | FF_FILTER),
    F_INSTANT("accepted_at", "确认时间", "Accepted at", .flags = FF_READONLY),
};

static const EntityDef report_def = {
    .name = "sales_report",
    .zh = "销售报表",
    .en = "Sales report",
    .doc = "What a merchant sold in a day or a month; the accepted figure of a month is what rent on sales is settled on",
    .fields = report_fields,
    .n_fields = G_N_ELEMENTS(report_fields),
    .title = "merchant_id",
    .subtitle = "month_on",
    .indexes = (const char *const[]){ "lease_id month_on", "state month_on", NULL },
    .state_field = "state",
    .scope = { .parent = "lease_id" },
    .list_columns = "merchant_id lease_id period day amount amount_net transactions source is_outlier state accepted_by",
    .list_filters = "state period source is_outlier lease_id merchant_id month_on",
    .list_sort = "-day",
    .mobile_lines = "day amount",
    .form =
        (const FieldGroup[]){
            { "期间", "Period", "lease_id period day source" },
            { "销售", "Sales", "amount amount_net transactions remarks" },
            { NULL, NULL, NULL },
        },
};

static const FieldDef declare_fields[] = {
    F_SALES_AMOUNT(.min = 0),
    F_SALES_NET,
    F_SALES_COUNT,
    F_ENUM("source", sources, "来源", "Source", .preset = "merchant", .flags = FF_REQUIRED),
    F_TEXT("remarks", 400, "备注", "Remarks"),
};
static const FieldDef accept_fields[] = {
    F_TEXT("remarks", 400, "确认说明", "Why it is right", .doc = "Required for figures that are marked as outliers"),
};
static const FieldDef refuse_fields[] = {
    F_TEXT("remarks", 400, "退回原因", "Reason", .flags = FF_REQUIRED),
};

static const Transition report_flow[] = {
    { .from = "missing declared",
      .action = "declare",
      .to = "declared",
      .zh = "填报",
      .en = "Enter sales",
      .tone = TONE_BLUE,
      .fields = declare_fields,
      .n_fields = G_N_ELEMENTS(declare_fields),
      .effect = sales_report_declare },
    { .from = "declared",
      .action = "check",
      .to = "checked",
      .zh = "核对无误",
      .en = "Checked",
      .tone = TONE_BLUE,
      .effect = sales_report_check },
    { .from = "declared checked",
      .action = "accept",
      .to = "accepted",
      .zh = "确认",
      .en = "Accept",
      .tone = TONE_GREEN,
      .fields = accept_fields,
      .n_fields = G_N_ELEMENTS(accept_fields),
      .effect = sales_report_accept },
    { .from = "declared checked",
      .action = "refuse",
      .to = "void",
      .zh = "退回",
      .en = "Refuse",
      .tone = TONE_RED,
      .fields = refuse_fields,
      .n_fields = G_N_ELEMENTS(refuse_fields),
      .effect = sales_report_refuse },
    { .from = "missing accepted", .action = "supersede", .to = "superseded", .zh = "取代", .en = "Supersede", .internal = TRUE },
};

const EntityModule sales_report_module = {
    .def = &report_def,
    .flow = report_flow,
    .n_flow = G_N_ELEMENTS(report_flow),
    .validate = sales_report_validate,
    .after_save = sales_report_after_save,
};

static const FieldDef index_fields[] = {
    F_TEXT("index_table", 30, "指数表", "Index", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER | FF_SEARCH, .synonyms = "指数|指数名称",
           .doc = "The name that clauses use, e.g. CPI"),
    F_DAY("month_on", "月份", "Month", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SORT, .synonyms = "所属月份|日期",
          .doc = "Any day of the month; kept as its first"),
    F_PRICE("points", "指数值", "Value", .flags = FF_REQUIRED, .synonyms = "数值|指数", .doc = "Published value, at most four decimals"),
    F_TEXT("source", 200, "来源", "Source", .doc = "Where it was published"),
};

static const EntityDef index_def = {
    .name = "index_value",
    .zh = "指数",
    .en = "Index value",
    .doc = "Published values of the indexes that rents follow",
    .fields = index_fields,
    .n_fields = G_N_ELEMENTS(index_fields),
    .title = "index_table",
    .subtitle = "month_on",
    .uniques = (const char *const[]){ "index_table month_on", NULL },
    .list_columns = "index_table month_on points source",
    .list_filters = "index_table",
    .list_sort = "-month_on",
    .mobile_lines = "month_on points",
};

const EntityModule index_value_module = { .def = &index_def, .validate = index_value_validate };
