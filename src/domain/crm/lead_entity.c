/* lead_entity.c - leads: one demand of one merchant, with its stages; who had it, and when it changed stage. */
#include "domain/crm/crm_internal.h"

const EnumItem lead_stage_items[] = {
    { "new", "新登记", "New", TONE_GRAY },
    { "contacted", "已联系", "Contacted", TONE_GRAY },
    { "visited", "已来访", "Visited", TONE_BLUE },
    { "intention", "有意向", "Intention", TONE_BLUE },
    { "negotiating", "洽谈中", "Negotiating", TONE_AMBER },
    { "approved", "已审批", "Approved", TONE_AMBER },
    { "deposit_paid", "已交定金", "Deposit paid", TONE_VIOLET },
    { "contracting", "签约中", "Contracting", TONE_VIOLET },
    { "signed", "已签约", "Signed", TONE_GREEN },
    { "lost", "已流失", "Lost", TONE_RED },
    { "dormant", "公海", "In the pool", TONE_GRAY },
    { 0 },
};

const EnumItem lead_grade_items[] = {
    { "A", "A 准客户", "A ready to sign", TONE_RED },
    { "B", "B 意向客户", "B interested", TONE_AMBER },
    { "C", "C 优质潜在", "C good prospect", TONE_BLUE },
    { "D", "D 一般潜在", "D prospect", TONE_GRAY },
    { 0 },
};

const EnumItem lost_reason_items[] = {
    { "price", "租金过高", "Rent too high", TONE_GRAY },
    { "no_unit", "无合适铺位", "No fitting unit", TONE_GRAY },
    { "location", "位置/客流不符", "Location or footfall", TONE_GRAY },
    { "conditions", "工程条件不符", "Technical conditions", TONE_GRAY },
    { "category", "业态不符", "Category not wanted", TONE_GRAY },
    { "competitor", "选择其他项目", "Went to a competitor", TONE_GRAY },
    { "postponed", "暂缓开店", "Postponed", TONE_GRAY },
    { "funds", "资金问题", "Lack of funds", TONE_GRAY },
    { "no_contact", "联系不上", "Cannot be reached", TONE_GRAY },
    { "duplicate", "重复登记", "Registered twice", TONE_GRAY },
    { "other", "其他", "Other", TONE_GRAY },
    { 0 },
};

static const EnumItem owner_reason_items[] = {
    { "first", "首次登记", "First registered", TONE_GRAY },
    { "assigned", "分配", "Assigned", TONE_BLUE },
    { "taken", "公海领取", "Taken from the pool", TONE_GREEN },
    { "released", "主动释放", "Given up", TONE_GRAY },
    { "untouched", "超期未跟进", "Not followed up", TONE_AMBER },
    { "leaving", "人员离职", "Owner left", TONE_RED },
    { "merged", "档案合并", "Files merged", TONE_GRAY },
    { 0 },
};

static const FieldDef lead_fields[] = {
    F_TEXT("no", 40, "客户编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT | FF_NO_IMPORT, .doc = "Number of the lead"),
    F_TEXT("name", 120, "客户名称", "Name", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT, .synonyms = "客户|品牌/公司|名称|意向客户", .doc = "Brand or merchant, as people call this demand"),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_FILTER, .synonyms = "商户名称|公司名称", .doc = "Whose demand it is"),
    F_REF("contact_id", "contact", "联系人", "Contact", .doc = "Whom we talk to"),
    F_REF("brand_id", "brand", "品牌", "Brand", .flags = FF_FILTER, .synonyms = "品牌名称|意向品牌", .doc = "Brand of the shop to be opened"),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_FILTER, .synonyms = "意向业态|经营业态", .doc = "What it will sell"),
    F_ENUM("stage", lead_stage_items, "阶段", "Stage", .preset = "new", .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT, .doc = "Changed by actions only"),
    F_ENUM("grade", lead_grade_items, "意向等级", "Grade", .preset = "D", .flags = FF_FILTER | FF_SORT, .synonyms = "等级|客户等级|级别", .doc = "How near to signing"),
    F_BOOL("key_account", "重点客户", "Key account", .preset = "false", .flags = FF_FILTER, .synonyms = "是否重点", .doc = "Negotiated by the manager"),
    F_AREA("area_min", "需求面积下限", "Area from", .synonyms = "面积下限|意向面积|需求面积", .doc = "Smallest area wanted, in square metres"),
    F_AREA("area_max", "需求面积上限", "Area to", .synonyms = "面积上限", .doc = "Largest area wanted"),
    F_PRICE("budget_price", "租金预算", "Budget", .synonyms = "预算|租金预算(元/㎡/月)|承租价", .doc = "Rent it can pay, yuan per square metre and month"),
    F_TEXT("floors_wish", 120, "意向楼层", "Floors wanted", .synonyms = "意向位置|楼层要求|意向楼层/位置", .doc = "Codes of floors, separated by blanks, or words"),
    F_BOOL("needs_water", "需上下水", "Needs water", .preset = "false", .doc = "Needs water supply and drain"),
    F_BOOL("needs_gas", "需燃气", "Needs gas", .preset = "false", .doc = "Needs gas"),
    F_BOOL("needs_exhaust", "需排油烟", "Needs exhaust", .preset = "false", .doc = "Needs kitchen exhaust"),
    F_INT("frontage_min", 0, 100000, "最小面宽（厘米）", "Least frontage (cm)", .doc = "Narrowest shop front in centimetres"),
    F_DAY("opening_wish_on", "期望开业", "Opening wished", .synonyms = "期望开业日期|开业时间", .doc = "When it wants to open"),
    F_TEXT("demand", 1000, "需求说明", "Demand", .synonyms = "需求|客户需求|内容", .doc = "In their own words"),
    F_REF("channel_id", "channel", "来源渠道", "Channel", .flags = FF_FILTER, .synonyms = "渠道|获知途径|来源", .doc = "How it came to us first"),
    F_REF("owner_id", "staff", "归属人", "Owner", .flags = FF_FILTER | FF_IMMUTABLE, .synonyms = "负责人|跟进人|业务员", .doc = "Who works on it; nobody: in the common pool; changed by taking and assigning"),
    F_INSTANT("owner_since", "归属时间", "Owned since", .flags = FF_READONLY | FF_NO_IMPORT, .doc = "When the present owner got it"),
    F_DAY("next_follow_on", "下次跟进", "Next follow-up", .flags = FF_FILTER | FF_SORT, .synonyms = "下次跟进日期|下次联系", .doc = "When to call again; reminds its owner"),
    F_INSTANT("last_contact_at", "最近联系", "Last contact", .flags = FF_READONLY | FF_SORT | FF_NO_IMPORT, .doc = "Moved by follow-ups, calls and visits"),
    F_INSTANT("stage_since", "进入阶段时间", "In stage since", .flags = FF_READONLY | FF_NO_IMPORT, .doc = "When it reached the present stage"),
    F_INSTANT("pool_since", "进入公海时间", "In the pool since", .flags = FF_READONLY | FF_NO_IMPORT, .doc = "When it returned to the common pool"),
    F_DAY("pool_warned_on", "公海预警日期", "Warned on", .flags = FF_READONLY | FF_NO_IMPORT, .doc = "When its owner was warned that it will return to the pool"),
    F_ENUM("lost_reason", lost_reason_items, "流失原因", "Why lost", .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT, .doc = "Asked for when it is given up"),
    F_TEXT("lost_to", 200, "流失去向", "Lost to", .flags = FF_READONLY | FF_NO_IMPORT, .doc = "Where it went"),
    F_INSTANT("closed_at", "结束时间", "Closed at", .flags = FF_READONLY | FF_NO_IMPORT, .doc = "When it was signed or lost"),
    F_LONGTEXT("remarks", 2000, "备注", "Remarks", .doc = "Anything else"),
};

static const FieldDef contact_fields[] = {
    F_ENUM("way", way_items, "方式", "Way", .preset = "phone", .flags = FF_REQUIRED, .doc = "How we talked"),
    F_TEXT("content", 1000, "内容", "Content", .flags = FF_REQUIRED, .doc = "What was said"),
    F_ENUM("result", follow_result_items, "结果", "Result", .doc = "How it went"),
    F_ENUM("grade", lead_grade_items, "意向等级", "Grade", .doc = "Grade after it"),
    F_DAY("next_on", "下次跟进", "Next", .doc = "When to call again"),
};

static const FieldDef note_fields[] = {
    F_TEXT("content", 1000, "说明", "Remarks", .doc = "What led here"),
    F_ENUM("grade", lead_grade_items, "意向等级", "Grade", .doc = "Grade after it"),
    F_DAY("next_on", "下次跟进", "Next", .doc = "When to call again"),
};

static const FieldDef lose_fields[] = {
    F_ENUM("lost_reason", lost_reason_items, "流失原因", "Why lost", .flags = FF_REQUIRED, .doc = "Why it is given up"),
    F_TEXT("lost_to", 200, "流失去向", "Lost to", .doc = "Where it went"),
    F_TEXT("content", 1000, "说明", "Remarks", .doc = "What happened"),
};

static const FieldDef reason_fields[] = {
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED, .doc = "Why"),
};

static const FieldDef assign_fields[] = {
    F_REF("owner_id", "staff", "新归属人", "New owner", .flags = FF_REQUIRED, .doc = "Who takes over"),
    F_TEXT("reason", 200, "原因", "Reason", .flags = FF_REQUIRED, .doc = "Why"),
};

static const FieldDef take_fields[] = {
    F_DAY("next_on", "下次跟进", "Next", .doc = "When to call"),
};

#define ASKS(f) .fields = f, .n_fields = G_N_ELEMENTS(f)

/* Source of the stages: rules.md 9.1. No stage of a customer's own growth can be skipped; the papers (intent, lease, payment) carry
 * the lead along by the internal rows, since each of them passed an approval of its own. */
static const Transition lead_flow[] = {
    { .from = "new", .action = "contact", .to = "contacted", .zh = "联系", .en = "Contact", .tone = TONE_BLUE, ASKS(contact_fields), .guard = lead_guard_mine, .effect = lead_effect_touch },
    { .from = "new contacted", .action = "visit", .to = "visited", .zh = "来访", .en = "Visit", .tone = TONE_BLUE, ASKS(note_fields), .guard = lead_guard_mine, .effect = lead_effect_touch },
    { .from = "contacted visited", .action = "intend", .to = "intention", .zh = "确认意向", .en = "Confirm interest", .tone = TONE_BLUE, ASKS(note_fields), .guard = lead_guard_intend, .effect = lead_effect_touch },
    { .from = "intention", .action = "negotiate", .to = "negotiating", .zh = "开始洽谈", .en = "Negotiate", .tone = TONE_BLUE, ASKS(note_fields), .guard = lead_guard_negotiate, .effect = lead_effect_touch },
    { .from = "negotiating", .action = "approve", .to = "approved", .zh = "批准方案", .en = "Approve the offer", .tone = TONE_BLUE, ASKS(note_fields), .guard = lead_guard_approve, .effect = lead_effect_touch },
    { .from = CRM_OPEN_STAGES, .action = "follow_up", .to = NULL, .zh = "跟进", .en = "Follow up", .tone = TONE_GRAY, ASKS(contact_fields), .guard = lead_guard_mine, .effect = lead_effect_touch },
    { .from = CRM_OPEN_STAGES, .action = "lose", .to = "lost", .zh = "流失", .en = "Mark as lost", .tone = TONE_RED, ASKS(lose_fields), .guard = lead_guard_mine, .effect = lead_effect_lose },
    { .from = "new contacted visited intention negotiating", .action = "sleep", .to = "dormant", .zh = "放入公海", .en = "Put into the pool", .tone = TONE_GRAY, ASKS(reason_fields), .guard = lead_guard_mine, .effect = lead_effect_pool },
    { .from = "new contacted visited intention negotiating", .action = "release", .to = NULL, .zh = "释放归属", .en = "Give up ownership", .tone = TONE_GRAY, ASKS(reason_fields), .guard = lead_guard_mine, .effect = lead_effect_pool },
    { .from = "dormant", .action = "take", .to = "contacted", .zh = "领取", .en = "Take", .tone = TONE_BLUE, ASKS(take_fields), .guard = lead_guard_take, .effect = lead_effect_take },
    { .from = "new contacted visited intention negotiating", .action = "take", .to = NULL, .zh = "领取", .en = "Take", .tone = TONE_BLUE, ASKS(take_fields), .guard = lead_guard_take, .effect = lead_effect_take },
    { .from = "dormant", .action = "assign", .to = "contacted", .zh = "分配", .en = "Assign", .tone = TONE_GRAY, ASKS(assign_fields), .effect = lead_effect_assign },
    { .from = CRM_OPEN_STAGES, .action = "assign", .to = NULL, .zh = "分配", .en = "Assign", .tone = TONE_GRAY, ASKS(assign_fields), .effect = lead_effect_assign },
    { .from = "lost", .action = "reopen", .to = "contacted", .zh = "重新激活", .en = "Reopen", .tone = TONE_BLUE, ASKS(reason_fields), .guard = lead_guard_mine, .effect = lead_effect_reopen },
    { .from = "new contacted visited intention negotiating", .action = "to_pool", .to = "dormant", .zh = "超期回公海", .en = "Return to the pool", ASKS(reason_fields), .effect = lead_effect_pool, .internal = TRUE },
    { .from = "dormant", .action = "wake", .to = "contacted", .zh = "来电来访唤醒", .en = "Called again", .internal = TRUE },
    { .from = "visited intention negotiating", .action = "agree", .to = "approved", .zh = "方案获批", .en = "Offer approved", .internal = TRUE },
    { .from = "visited intention negotiating approved", .action = "deposit", .to = "deposit_paid", .zh = "定金到账", .en = "Deposit received", .internal = TRUE },
    { .from = "contacted visited intention negotiating approved deposit_paid", .action = "contract", .to = "contracting", .zh = "起草合同", .en = "Lease drafted", .internal = TRUE },
    { .from = "contacted visited intention negotiating approved deposit_paid contracting", .action = "sign", .to = "signed", .zh = "签约", .en = "Signed", .internal = TRUE },
};

static const EntityDef lead_def = {
    .name = "lead",
    .zh = "招商客户",
    .en = "Lead",
    .doc = "One demand of one merchant: what it wants, how far it has come, who works on it",
    .fields = lead_fields,
    .n_fields = G_N_ELEMENTS(lead_fields),
    .title = "name",
    .subtitle = "no",
    .indexes = (const char *const[]){ "stage grade", "owner_id stage", NULL },
    .number_field = "no",
    .number_pattern = "KH-{YYYY}-{5}",
    .state_field = "stage",
    .scope = { .owner = "owner_id" },
    .list_columns = "no name category_id brand_id stage grade area_min area_max budget_price owner_id next_follow_on last_contact_at channel_id",
    .list_filters = "stage owner_id grade category_id channel_id key_account next_follow_on",
    .list_sort = "-updated_at",
    .mobile_lines = "category_id grade next_follow_on",
    .form = (const FieldGroup[]){
        { "客户", "Customer", "name merchant_id contact_id brand_id category_id channel_id owner_id" },
        { "需求", "Demand", "area_min area_max budget_price floors_wish opening_wish_on demand" },
        { "工程条件", "Technical needs", "needs_water needs_gas needs_exhaust frontage_min" },
        { "跟进", "Follow-up", "grade key_account next_follow_on remarks" },
        { 0 },
    },
};

const EntityModule lead_module = {
    .def = &lead_def,
    .flow = lead_flow,
    .n_flow = G_N_ELEMENTS(lead_flow),
    .validate = lead_validate,
    .after_save = lead_after_save,
    .write_more = lead_write_more,
};

static const FieldDef owner_change_fields[] = {
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_REQUIRED | FF_FILTER, .doc = "The lead"),
    F_REF("from_staff_id", "staff", "原归属人", "From", .flags = FF_FILTER, .doc = "Who had it; empty: nobody"),
    F_REF("to_staff_id", "staff", "新归属人", "To", .flags = FF_FILTER, .doc = "Who has it now; empty: the pool"),
    F_ENUM("reason", owner_reason_items, "原因", "Reason", .flags = FF_REQUIRED | FF_FILTER, .doc = "Why it changed"),
    F_TEXT("remarks", 200, "说明", "Remarks", .doc = "In words"),
    F_INSTANT("at", "时间", "At", .flags = FF_REQUIRED | FF_SORT, .doc = "When"),
};

static const EntityDef owner_change_def = {
    .name = "lead_owner_change",
    .zh = "客户归属变更",
    .en = "Change of owner",
    .doc = "Who had a lead, from when, and why it changed hands",
    .fields = owner_change_fields,
    .n_fields = G_N_ELEMENTS(owner_change_fields),
    .title = "lead_id",
    .scope = { .parent = "lead_id" },
    .list_columns = "at lead_id from_staff_id to_staff_id reason remarks",
    .list_filters = "reason from_staff_id to_staff_id",
    .list_sort = "-at",
    .mobile_lines = "to_staff_id reason at",
    .flags = EF_APPEND_ONLY | EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

const EntityModule lead_owner_change_module = { .def = &owner_change_def };

static const FieldDef stage_change_fields[] = {
    F_REF("lead_id", "lead", "招商客户", "Lead", .flags = FF_REQUIRED | FF_FILTER, .doc = "The lead"),
    F_ENUM("from_stage", lead_stage_items, "原阶段", "From", .doc = "Stage before; empty at the beginning"),
    F_ENUM("to_stage", lead_stage_items, "新阶段", "To", .flags = FF_REQUIRED | FF_FILTER, .doc = "Stage after"),
    F_REF("staff_id", "staff", "归属人", "Owner", .flags = FF_FILTER, .doc = "Who owned it then, and for whom it counts"),
    F_DAY("changed_on", "日期", "Day", .flags = FF_REQUIRED | FF_FILTER | FF_SORT, .doc = "Day in China"),
    F_INSTANT("at", "时间", "At", .flags = FF_REQUIRED | FF_SORT, .doc = "When"),
    F_INT("seconds_before", 0, 0, "上阶段用时（秒）", "Time in the stage before (s)", .doc = "How long it had been in the stage before, in seconds"),
};

static const EntityDef stage_change_def = {
    .name = "lead_stage_change",
    .zh = "客户阶段变更",
    .en = "Change of stage",
    .doc = "When a lead changed stage; measures the time spent in each step",
    .fields = stage_change_fields,
    .n_fields = G_N_ELEMENTS(stage_change_fields),
    .title = "lead_id",
    .indexes = (const char *const[]){ "to_stage changed_on", "lead_id at", NULL },
    .scope = { .parent = "lead_id" },
    .list_columns = "at lead_id from_stage to_stage staff_id",
    .list_filters = "to_stage staff_id changed_on",
    .list_sort = "-at",
    .mobile_lines = "from_stage to_stage at",
    .flags = EF_APPEND_ONLY | EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

const EntityModule lead_stage_change_module = { .def = &stage_change_def };
