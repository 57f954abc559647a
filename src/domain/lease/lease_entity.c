/* lease_entity.c - the lease and its parts as tables; the state table is in lease_flow.c. */
#include "domain/lease/lease_internal.h"
#include "domain/lease/lease_tables.h"

static const EnumItem lease_kinds[] = {
    { "shop", "商铺", "Shop", TONE_BLUE },
    { "advertising", "广告位", "Advertising", TONE_VIOLET },
    { "temporary", "临时/多经", "Temporary", TONE_AMBER },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem lease_states[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },
    { "countersigning", "会签中", "In review", TONE_BLUE },
    { "approved", "会签通过", "Review passed", TONE_GREEN },
    { "sealed", "已盖章", "Sealed", TONE_GREEN },
    { "effective", "履约中", "Effective", TONE_GREEN },
    { "expiring", "即将到期", "Expiring", TONE_AMBER },
    { "expired", "已到期", "Expired", TONE_RED },
    { "renewed", "已续约", "Renewed", TONE_VIOLET },
    { "terminated", "已终止", "Terminated", TONE_RED },
    { "settled", "已结算", "Settled", TONE_GRAY },
    { "archived", "已归档", "Archived", TONE_GRAY },
    { "void", "已作废", "Void", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};

static const FieldDef lease_fields[] = {
    F_TEXT("no", 40, "合同编号", "Lease no.", .flags = FF_READONLY | FF_SEARCH | FF_SORT, .synonyms = "合同号|合同编码"),
    F_ENUM("kind", lease_kinds, "合同类型", "Kind", .preset = "shop", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER),
    F_REF("brand_id", "brand", "品牌", "Brand", .flags = FF_FILTER),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_FILTER),
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_IMMUTABLE),
    F_REF("intent_id", "intent", "意向书", "Letter of intent", .flags = FF_IMMUTABLE),
    F_REF("unit_id", "unit", "主铺位", "Main unit", .flags = FF_READONLY | FF_FILTER, .doc = "First of its units; all are in the units table"),
    F_TEXT("unit_nos", 400, "铺位", "Units", .flags = FF_READONLY, .doc = "Numbers of all units, for lists"),
    F_AREA("area", "计租面积", "Rent area", .flags = FF_READONLY | FF_SORT),
    F_DAY("sign_on", "签约日期", "Signed on", .flags = FF_SORT | FF_FILTER, .synonyms = "签订日期|签约日"),
    F_DAY("handover_on", "交付日期", "Handover on", .synonyms = "交铺日|交付日|进场日期"),
    F_DAY("rent_from_on", "计租日期", "Rent from", .synonyms = "起租日|计租日|计租起始日"),
    F_DAY("open_on", "开业日期", "Opening on", .synonyms = "开业日"),
    F_DAY("from_on", "租期起", "Term from", .flags = FF_REQUIRED | FF_SORT | FF_FILTER, .synonyms = "起始日期|租赁起始日|合同起始日|开始日期"),
    F_DAY("to_on", "租期止", "Term to", .flags = FF_REQUIRED | FF_SORT | FF_FILTER, .synonyms = "到期日|终止日期|合同到期日|租赁到期日|结束日期"),
    F_DAY("bill_from_on", "系统起账日", "Billed from", .synonyms = "起账日|系统出账起始日",
          .doc = "First day that bill runs charge; what lies before it was billed elsewhere. Empty: from the start"),
    F_MONEY("monthly_rent", "月租金", "Monthly rent", .flags = FF_READONLY | FF_SORT, .doc = "Fixed rent of the month in force, from the schedule"),
    F_MONEY("total", "合同总额", "Schedule total", .flags = FF_READONLY, .doc = "All charges of the schedule, gross"),
    F_PRICE("lowest_price", "最低租金单价", "Lowest rent price", .flags = FF_READONLY, .doc = "yuan per square metre and month"),
    F_BOOL("is_below_floor", "低于底价", "Below floor price", .flags = FF_READONLY | FF_FILTER),
    F_REF("owner_id", "staff", "招商负责人", "Owner", .flags = FF_FILTER),
    F_REF("template_id", "document_template", "合同模板", "Template"),
    F_REF("supersedes_id", "lease", "原合同", "Supersedes"),
    F_TEXT("clauses", 1000, "已含条款", "Clauses included", .doc = "Codes of the standard clauses that the text contains, separated by blanks"),
    F_LONGTEXT("special", 4000, "特别约定", "Special terms"),
    F_MONEY("agreed_total", "约定合同总额", "Total as agreed", .doc = "What both sides wrote down; compared with the schedule in review"),
    F_ENUM("state", lease_states, "状态", "State", .preset = "draft", .flags = FF_REQUIRED | FF_FILTER),
    F_INT("round", 0, 1000, "送审次数", "Review round", .preset = "0", .flags = FF_READONLY),
    F_INSTANT("state_since", "状态起始", "State since", .flags = FF_READONLY),
    F_DAY("known_on", "入账日期", "Known since", .flags = FF_READONLY, .doc = "The day its review passed; reports of earlier days do not know it. An adopted lease was known from its first day"),
};
static const FieldGroup lease_form[] = {
    { "双方", "Parties", "kind merchant_id brand_id category_id owner_id" },
    { "租期", "Term", "from_on to_on handover_on rent_from_on open_on sign_on" },
    { "文本", "Text", "template_id clauses special agreed_total" },
    { NULL, NULL, NULL },
};
const EntityDef lease_def = {
    .name = "lease",
    .zh = "租赁合同",
    .en = "Lease",
    .doc = "What was agreed with a merchant for one or more units",
    .fields = lease_fields,
    .n_fields = G_N_ELEMENTS(lease_fields),
    .title = "no",
    .subtitle = "unit_nos",
    .uniques = (const char *const[]){ "no", NULL },
    .indexes = (const char *const[]){ "state to_on", NULL },
    .number_field = "no",
    .number_pattern = "HT-{YYYY}-{4}",
    .state_field = "state",
    .scope = { .owner = "owner_id", .unit = "unit_id" },
    .list_columns = "no merchant_id brand_id unit_nos category_id area monthly_rent from_on to_on owner_id state",
    .list_filters = "category_id owner_id to_on is_below_floor",
    .list_sort = "-no",
    .mobile_lines = "merchant_id unit_nos monthly_rent to_on",
    .form = lease_form,
};

static const FieldDef lease_unit_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_REQUIRED),
    F_AREA("area", "计租面积", "Rent area", .flags = FF_REQUIRED, .min = 1),
    F_DAY("from_on", "起", "From", .flags = FF_REQUIRED),
    F_DAY("to_on", "止", "To", .flags = FF_REQUIRED),
};
const EntityDef lease_unit_def = {
    .name = "lease_unit",
    .zh = "合同铺位",
    .en = "Lease unit",
    .fields = lease_unit_fields,
    .n_fields = G_N_ELEMENTS(lease_unit_fields),
    .title = "unit_id",
    .uniques = (const char *const[]){ "lease_id unit_id from_on", NULL },
    .indexes = (const char *const[]){ "unit_id from_on to_on", NULL },
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id unit_id area from_on to_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_DELETABLE | EF_NO_IMPORT,
};

static const FieldDef charge_term_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_INT("seq", 0, 999, "序号", "No.", .flags = FF_REQUIRED),
    F_REF("item_id", "charge_item", "费用科目", "Charge item", .flags = FF_REQUIRED | FF_FILTER),
    F_DAY("from_on", "起", "From", .flags = FF_REQUIRED),
    F_DAY("to_on", "止", "To", .flags = FF_REQUIRED),
    F_TEXT("model", 30, "计费方式", "Model", .flags = FF_REQUIRED),
    F_TEXT("basis", 20, "计价单位", "Basis", .flags = FF_REQUIRED),
    F_PRICE("price", "单价", "Price"),
    F_JSON("clause", "条款", "Clause", .flags = FF_REQUIRED, .doc = "The whole clause in the words of docs/domain/lease-terms.md"),
    F_DAY("dropped_on", "取消日期", "Dropped on", .doc = "The day a change put another term in its place before it began"),
};
const EntityDef charge_term_def = {
    .name = "charge_term",
    .zh = "计租条款",
    .en = "Charge term",
    .fields = charge_term_fields,
    .n_fields = G_N_ELEMENTS(charge_term_fields),
    .title = "item_id",
    .uniques = (const char *const[]){ "lease_id seq", NULL },
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id seq item_id model basis price from_on to_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_DELETABLE | EF_NO_IMPORT,
};

static const FieldDef lease_price_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_REF("term_id", "charge_term", "计租条款", "Charge term", .flags = FF_REQUIRED),
    F_REF("item_id", "charge_item", "费用科目", "Charge item", .flags = FF_REQUIRED),
    F_TEXT("unit_no", 30, "铺位", "Unit", .doc = "Where the term is restricted to one unit"),
    F_DAY("from_on", "起", "From", .flags = FF_REQUIRED),
    F_DAY("to_on", "止", "To", .flags = FF_REQUIRED),
    F_PRICE("price", "单价", "Price", .flags = FF_REQUIRED, .doc = "By the basis of its term"),
    F_MONEY("monthly", "月金额", "By the month", .flags = FF_REQUIRED, .doc = "The price on the area in force, as yuan a month: for comparison, never for bills"),
    F_INT("free_days", 0, 0, "其中免租天数", "Free days within", .flags = FF_REQUIRED),
    F_BOOL("is_rent", "租金", "Is rent", .flags = FF_REQUIRED),
    F_DAY("known_on", "入账日期", "Known since", .flags = FF_REQUIRED),
    F_DAY("replaced_on", "失效日期", "Replaced on", .doc = "The day a change of the lease put others in its place"),
};
const EntityDef lease_price_def = {
    .name = "lease_price",
    .zh = "合同价格",
    .en = "Lease price",
    .doc = "The resulting price schedule of a lease: each price from day to day, steps and indexation worked out; what reports of any day read",
    .fields = lease_price_fields,
    .n_fields = G_N_ELEMENTS(lease_price_fields),
    .title = "item_id",
    .indexes = (const char *const[]){ "lease_id from_on", NULL },
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id item_id from_on to_on price monthly",
    .list_sort = "-id",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const FieldDef deposit_term_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_ENUM("kind", deposit_kind_items, "性质", "Kind", .flags = FF_REQUIRED),
    F_INT("months", 0, 36, "月数", "Months of rent"),
    F_MONEY("amount", "金额", "Amount", .flags = FF_REQUIRED),
    F_DAY("due_on", "应交日期", "Due on", .flags = FF_REQUIRED),
    F_TEXT("refund_rule", 400, "退还约定", "Refund rule"),
};
const EntityDef deposit_term_def = {
    .name = "deposit_term",
    .zh = "保证金条款",
    .en = "Deposit term",
    .fields = deposit_term_fields,
    .n_fields = G_N_ELEMENTS(deposit_term_fields),
    .title = "kind",
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id kind months amount due_on",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_DELETABLE | EF_NO_IMPORT,
};

static const EnumItem document_kinds[] = {
    { "lease", "租赁合同", "Lease", TONE_BLUE },
    { "countersign", "会签单", "Countersign sheet", TONE_BLUE },
    { "business_licence", "营业执照", "Business licence", TONE_GREEN },
    { "identity", "法人/经营者身份证件", "Identity paper", TONE_GREEN },
    { "brand_authorisation", "品牌授权书", "Brand authorisation", TONE_GREEN },
    { "trademark", "商标注册证", "Trademark certificate", TONE_GREEN },
    { "food_licence", "食品经营许可证", "Food licence", TONE_AMBER },
    { "fire_commitment", "消防安全责任书", "Fire safety commitment", TONE_AMBER },
    { "property_agreement", "物业服务协议", "Property service agreement", TONE_AMBER },
    { "floor_plan", "铺位平面图", "Unit plan", TONE_GRAY },
    { "other", "其他", "Other", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem document_states[] = {
    { "missing", "缺", "Missing", TONE_RED },
    { "received", "已收", "Received", TONE_GREEN },
    { "waived", "免交", "Waived", TONE_GRAY },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef document_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_ENUM("kind", document_kinds, "资料", "Paper", .flags = FF_REQUIRED | FF_FILTER),
    F_BOOL("required", "必备", "Required", .preset = "true"),
    F_ENUM("state", document_states, "状态", "State", .preset = "missing", .flags = FF_REQUIRED | FF_FILTER),
    F_TEXT("paper_no", 60, "证照编号", "Number"),
    F_DAY("valid_to_on", "有效期至", "Valid to"),
    F_TEXT("shelf", 60, "存放位置", "Shelf"),
    F_TEXT("remarks", 200, "备注", "Remarks"),
};
const EntityDef lease_document_def = {
    .name = "lease_document",
    .zh = "合同资料",
    .en = "Lease paper",
    .doc = "Papers that a lease must have; what is missing shows in the archive's completeness",
    .fields = document_fields,
    .n_fields = G_N_ELEMENTS(document_fields),
    .title = "kind",
    .uniques = (const char *const[]){ "lease_id kind", NULL },
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id kind required state paper_no valid_to_on shelf",
    .list_filters = "kind state lease_id",
    .list_sort = "-id",
    .mobile_lines = "lease_id state",
    .flags = EF_NO_IMPORT,
};

static const EnumItem severities[] = {
    { "block", "必须处理", "Must be mended", TONE_RED },
    { "warn", "需说明", "Needs a reason", TONE_AMBER },
    { "info", "提示", "Note", TONE_BLUE },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef finding_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_INT("round", 0, 1000, "轮次", "Round", .flags = FF_REQUIRED),
    F_TEXT("code", 40, "编码", "Code", .flags = FF_REQUIRED),
    F_ENUM("severity", severities, "级别", "Severity", .flags = FF_REQUIRED),
    F_TEXT("zh", 400, "说明", "Text (zh)", .flags = FF_REQUIRED),
    F_TEXT("en", 400, "英文说明", "Text (en)", .flags = FF_REQUIRED),
};
const EntityDef finding_def = {
    .name = "finding",
    .zh = "会签发现",
    .en = "Review finding",
    .fields = finding_fields,
    .n_fields = G_N_ELEMENTS(finding_fields),
    .title = "zh",
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id severity zh",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_DELETABLE | EF_NO_IMPORT,
};

static const FieldDef review_item_fields[] = {
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_INT("round", 0, 1000, "轮次", "Round", .flags = FF_REQUIRED),
    F_TEXT("code", 40, "编码", "Code", .flags = FF_REQUIRED),
    F_BOOL("ok", "核对无误", "Checked", .flags = FF_REQUIRED),
    F_TEXT("remarks", 400, "意见", "Opinion"),
    F_REF("checked_by", "staff", "核对人", "Checked by"),
    F_INSTANT("checked_at", "核对时间", "Checked at"),
};
const EntityDef review_item_def = {
    .name = "review_item",
    .zh = "会签核对项",
    .en = "Review check",
    .doc = "Reviewer's name and time for each point of the checklist, kept for ever",
    .fields = review_item_fields,
    .n_fields = G_N_ELEMENTS(review_item_fields),
    .title = "code",
    .uniques = (const char *const[]){ "lease_id round code", NULL },
    .scope = { .parent = "lease_id" },
    .list_columns = "lease_id code ok remarks checked_by checked_at",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const EnumItem handover_states[] = {
    { "waiting", "待移交", "Waiting", TONE_AMBER },
    { "open", "移交中", "In progress", TONE_BLUE },
    { "accepted", "已接收", "Accepted", TONE_GREEN },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef handover_fields[] = {
    F_TEXT("no", 30, "移交单号", "No.", .flags = FF_READONLY | FF_SEARCH),
    F_REF("lease_id", "lease", "合同", "Lease", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_REF("unit_id", "unit", "铺位", "Unit", .flags = FF_READONLY),
    F_DAY("planned_on", "计划交付", "Planned on", .flags = FF_SORT),
    F_ENUM("state", handover_states, "状态", "State", .preset = "waiting", .flags = FF_REQUIRED | FF_FILTER),
    F_LONGTEXT("remarks", 1000, "备注", "Remarks"),
};
const EntityDef handover_def = {
    .name = "handover",
    .zh = "招商移交",
    .en = "Handover",
    .doc = "What leasing hands to operations once the first money is in",
    .fields = handover_fields,
    .n_fields = G_N_ELEMENTS(handover_fields),
    .title = "no",
    .uniques = (const char *const[]){ "no", "lease_id", NULL },
    .number_field = "no",
    .number_pattern = "YJ-{YYYY}-{4}",
    .state_field = "state",
    .scope = { .unit = "unit_id", .owner = NULL },
    .list_columns = "no lease_id unit_id planned_on state",
    .list_filters = "unit_id",
    .list_sort = "-no",
    .mobile_lines = "lease_id unit_id planned_on",
    .flags = EF_NO_CREATE,
};

static const EnumItem template_kinds[] = {
    { "intent", "意向书", "Letter of intent", TONE_BLUE },
    { "lease", "租赁合同", "Lease", TONE_GREEN },
    { "payment_order", "交款单", "Payment order", TONE_AMBER },
    { "dunning_reminder", "催缴提醒", "Reminder", TONE_BLUE },
    { "dunning_1", "催缴函一", "First dunning letter", TONE_AMBER },
    { "dunning_2", "催缴函二", "Second dunning letter", TONE_AMBER },
    { "dunning_lawyer", "律师函", "Lawyer's letter", TONE_RED },
    { "dunning_terminate", "解除通知", "Notice of termination", TONE_RED },
    { NULL, NULL, NULL, 0 },
};
static const FieldDef template_fields[] = {
    F_TEXT("name", 80, "名称", "Name", .flags = FF_REQUIRED),
    F_ENUM("kind", template_kinds, "用途", "For", .flags = FF_REQUIRED | FF_FILTER),
    F_TEXT("source", 100, "文件", "Source", .flags = FF_READONLY, .doc = "Built-in template, or the uploaded file"),
    F_BOOL("active", "启用", "Active", .preset = "true", .flags = FF_FILTER),
    F_LONGTEXT("remarks", 400, "备注", "Remarks"),
};
const EntityDef document_template_def = {
    .name = "document_template",
    .zh = "文书模板",
    .en = "Document template",
    .doc = "The company's own .docx with {{field}} places; the newest file attached to it counts, without one the built-in template",
    .fields = template_fields,
    .n_fields = G_N_ELEMENTS(template_fields),
    .title = "name",
    .subtitle = "kind",
    .uniques = (const char *const[]){ "name", NULL },
    .list_columns = "name kind source active",
    .list_filters = "kind",
    .mobile_lines = "kind",
    .flags = EF_NO_IMPORT,
};

const EntityModule lease_unit_module = { .def = &lease_unit_def };
const EntityModule charge_term_module = { .def = &charge_term_def };
const EntityModule lease_price_module = { .def = &lease_price_def };
const EntityModule deposit_term_module = { .def = &deposit_term_def };
const EntityModule lease_document_module = { .def = &lease_document_def };
const EntityModule finding_module = { .def = &finding_def };
const EntityModule review_item_module = { .def = &review_item_def };
const EntityModule document_template_module = { .def = &document_template_def, .write_more = template_write_more, .check_file = template_check_file };
