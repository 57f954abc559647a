/* merchant_entity.c - merchants and the people to talk to. */
#include "domain/party/party_internal.h"

static const EnumItem kind_items[] = {
    { "company", "企业", "Company", TONE_BLUE },
    { "sole_trader", "个体工商户", "Sole trader", TONE_BLUE },
    { "person", "个人", "Person", TONE_GRAY },
    { 0 },
};

static const EnumItem state_items[] = {
    { "prospect", "潜在", "Prospect", TONE_AMBER }, { "signed", "已签约", "Signed", TONE_BLUE },
    { "trading", "经营中", "Trading", TONE_GREEN }, { "left", "已撤场", "Left", TONE_GRAY },
    { "merged", "已合并", "Merged", TONE_GRAY },    { 0 },
};

static const EnumItem tier_items[] = {
    { "key", "重点", "Key account", TONE_VIOLET },
    { "normal", "普通", "Normal", TONE_GRAY },
    { "watch", "关注", "To be watched", TONE_AMBER },
    { 0 },
};

static const EnumItem taxpayer_items[] = {
    { "general", "一般纳税人", "General taxpayer", TONE_BLUE },
    { "small", "小规模纳税人", "Small-scale taxpayer", TONE_GRAY },
    { "none", "非纳税人", "None", TONE_GRAY },
    { 0 },
};

static const FieldDef merchant_fields[] = {
    F_TEXT("no", 40, "商户编号", "No.", .flags = FF_READONLY | FF_SEARCH | FF_SORT | FF_NO_IMPORT,
           .doc = "Number of the file"),
    F_TEXT("name", 120, "商户名称", "Name", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT,
           .synonyms = "公司名称|客户名称|单位名称|承租方|租户|租户名称|商家|乙方",
           .doc = "Registered name of the company, or name of the person"),
    F_TEXT("short_name", 60, "简称", "Short name", .flags = FF_SEARCH, .synonyms = "商户简称",
           .doc = "What people call it"),
    F_ENUM("kind", kind_items, "性质", "Kind", .preset = "company", .flags = FF_FILTER,
           .synonyms = "主体性质|类型|客户类型", .doc = "Company, sole trader or person"),
    F_ENUM("state", state_items, "状态", "State", .preset = "prospect",
           .flags = FF_READONLY | FF_FILTER | FF_NO_IMPORT, .doc = "Follows from its leases"),
    F_ENUM("tier", tier_items, "分级", "Tier", .preset = "normal", .flags = FF_FILTER,
           .synonyms = "商户等级|级别", .doc = "How closely it is looked after"),
    F_TEXT("credit_code", 18, "统一社会信用代码", "Credit code", .flags = FF_SEARCH,
           .check = CHECK_CREDIT_CODE,
           .synonyms = "信用代码|社会信用代码|营业执照号|纳税人识别号|税号",
           .doc = "Unified social credit code, check digit verified"),
    F_DAY("verified_on", "核验日期", "Verified on",
          .doc = "When the code was looked up in the public register"),
    F_TEXT("id_number", 18, "身份证号", "Identity number", .flags = FF_MASKED,
           .check = CHECK_ID_NUMBER, .synonyms = "身份证|身份证号码",
           .doc = "For persons; confidential"),
    F_TEXT("legal_rep", 60, "法定代表人", "Legal representative", .flags = FF_SEARCH,
           .synonyms = "法人|法人代表|负责人", .doc = "Legal representative or operator"),
    F_MONEY("capital", "注册资本", "Registered capital", .synonyms = "注册资金",
            .doc = "Registered capital in yuan"),
    F_DAY("established_on", "成立日期", "Established on", .synonyms = "成立时间",
          .doc = "Date of registration"),
    F_TEXT("business_scope", 1000, "经营范围", "Scope of business", .doc = "As on the licence"),
    F_TEXT("address", 200, "注册地址", "Address", .synonyms = "地址|公司地址|住所",
           .doc = "Registered address"),
    F_TEXT("mail_address", 200, "通讯地址", "Postal address", .synonyms = "送达地址|联系地址",
           .doc = "Where notices are delivered"),
    F_TEXT("email", 120, "电子邮箱", "E-mail", .synonyms = "邮箱|E-mail",
           .doc = "For notices and invoices"),
    F_TEXT("bank_name", 120, "开户银行", "Bank", .synonyms = "开户行|银行",
           .doc = "Bank and branch"),
    F_TEXT("bank_account", 40, "银行账号", "Bank account", .flags = FF_MASKED,
           .synonyms = "账号|帐号|账户", .doc = "Account number; confidential"),
    F_TEXT("account_name", 120, "账户名称", "Account name", .synonyms = "户名",
           .doc = "Holder of the account, if it is not the merchant"),
    F_ENUM("taxpayer", taxpayer_items, "纳税人类型", "Taxpayer", .synonyms = "纳税人性质",
           .doc = "Decides the kind of invoice"),
    F_TEXT("tax_title", 120, "开票抬头", "Invoice title", .synonyms = "发票抬头",
           .doc = "Name on the invoice, if it is not the merchant's"),
    F_TEXT("tax_no", 20, "税号", "Tax number", .synonyms = "开票税号",
           .doc = "Tax number on the invoice, if it is not the credit code"),
    F_TEXT("tax_address", 200, "开票地址电话", "Invoice address",
           .doc = "Address and phone on the invoice"),
    F_TEXT("tax_bank", 200, "开票银行账号", "Invoice bank",
           .doc = "Bank and account on the invoice"),
    F_INT("shops_count", 0, 100000, "门店数", "Shops", .synonyms = "店数|现有门店数",
          .doc = "Number of shops elsewhere"),
    F_MONEY("annual_sales", "年销售额", "Annual sales", .synonyms = "年营业额",
            .doc = "Sales a year in yuan, as stated"),
    F_REF("category_id", "category", "主营业态", "Main category", .flags = FF_FILTER,
          .synonyms = "业态", .doc = "Main trade"),
    F_TEXT("needs", 400, "工程条件", "Technical needs", .synonyms = "工程要求",
           .doc = "Water, gas, exhaust, power, load, as usual for this merchant"),
    F_REF("owner_id", "staff", "归属人", "Owner", .flags = FF_FILTER,
          .synonyms = "招商负责人|业务员|跟进人", .doc = "Who looks after the file"),
    F_REF("channel_id", "channel", "来源渠道", "Channel", .flags = FF_FILTER,
          .synonyms = "渠道|来源", .doc = "How it first came to us"),
    F_BOOL("is_blacklisted", "黑名单", "Blacklisted", .preset = "false", .flags = FF_FILTER,
           .doc = "No new lease; every page warns"),
    F_TEXT("blacklist_reason", 400, "列入原因", "Why blacklisted",
           .doc = "Required when blacklisted"),
    F_REF("merged_into_id", "merchant", "已合并至", "Merged into",
          .flags = FF_READONLY | FF_NO_IMPORT, .doc = "The file that goes on in its place"),
    F_LONGTEXT("remarks", 2000, "备注", "Remarks", .doc = "Anything else"),
};

static const EntityDef merchant_def = {
    .name = "merchant",
    .zh = "商户",
    .en = "Merchant",
    .doc = "A company or person that we deal with: one file from the first call to move-out",
    .fields = merchant_fields,
    .n_fields = G_N_ELEMENTS(merchant_fields),
    .title = "name",
    .subtitle = "no",
    .uniques = (const char *const[]){ "credit_code", NULL },
    .number_field = "no",
    .number_pattern = "SH-{YYYY}-{5}",
    .scope = { .owner = "owner_id" },
    .list_columns =
        "no name kind category_id tier state owner_id channel_id is_blacklisted updated_at",
    .bulk = "category_id channel_id kind tier",
    .list_filters = "state owner_id category_id tier is_blacklisted channel_id",
    .list_sort = "-id",
    .mobile_lines = "category_id state owner_id",
    .form =
        (const FieldGroup[]){
            { "基本", "Basics", "name short_name kind category_id tier owner_id channel_id" },
            { "主体信息", "Identity",
              "credit_code verified_on id_number legal_rep capital established_on business_scope" },
            { "联系", "Addresses", "address mail_address email" },
            { "账户", "Bank", "bank_name bank_account account_name" },
            { "开票资料", "Invoices", "taxpayer tax_title tax_no tax_address tax_bank" },
            { "经营", "Business", "shops_count annual_sales needs" },
            { "风险与备注", "Risk and remarks", "is_blacklisted blacklist_reason remarks" },
            { 0 },
        },
};

static const char *const merchant_rights[] = { "merge", "blacklist", "statement", NULL };

const EntityModule merchant_module = {
    .def = &merchant_def,
    .validate = merchant_validate,
    .write_more = merchant_write_more,
    .more_rights = merchant_rights,
};

static const FieldDef contact_fields[] = {
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "商户名称|公司名称|客户名称", .doc = "Whom the person speaks for"),
    F_TEXT("name", 60, "姓名", "Name", .flags = FF_REQUIRED | FF_SEARCH | FF_SORT,
           .synonyms = "联系人|联系人姓名", .doc = "Name"),
    F_TEXT("mobile", 20, "手机", "Mobile", .flags = FF_MASKED | FF_SEARCH, .check = CHECK_MOBILE,
           .synonyms = "手机号|手机号码|联系电话|电话", .doc = "Mobile number; confidential"),
    F_TEXT("phone", 30, "固定电话", "Landline", .flags = FF_MASKED | FF_SEARCH,
           .check = CHECK_PHONE, .synonyms = "座机|办公电话",
           .doc = "Landline with area code; confidential"),
    F_TEXT("role", 60, "职务", "Position", .synonyms = "职位|岗位",
           .doc = "Position in the company"),
    F_TEXT("wechat", 60, "微信", "WeChat", .flags = FF_MASKED, .synonyms = "微信号",
           .doc = "WeChat id; confidential"),
    F_TEXT("email", 120, "电子邮箱", "E-mail", .synonyms = "邮箱", .doc = "E-mail address"),
    F_BOOL("is_primary", "主要联系人", "Primary", .preset = "false", .flags = FF_FILTER,
           .synonyms = "是否主要", .doc = "Called first; one per merchant"),
    F_BOOL("decides", "决策人", "Decides", .preset = "false",
           .doc = "Can say yes for the merchant"),
    F_BOOL("active", "在职", "Active", .preset = "true", .flags = FF_FILTER,
           .doc = "Still with the merchant"),
    F_TEXT("remarks", 400, "备注", "Remarks", .doc = "Best time to call, habits"),
};

static const EntityDef contact_def = {
    .name = "contact",
    .zh = "联系人",
    .en = "Contact",
    .doc = "A person who speaks for a merchant; phone numbers are confidential",
    .fields = contact_fields,
    .n_fields = G_N_ELEMENTS(contact_fields),
    .title = "name",
    .subtitle = "role",
    .indexes = (const char *const[]){ "merchant_id", "mobile", "phone", NULL },
    .scope = { .parent = "merchant_id" },
    .list_columns = "name merchant_id mobile phone role wechat is_primary active",
    .list_filters = "merchant_id is_primary active",
    .list_sort = "name",
    .mobile_lines = "merchant_id mobile role",
    .form =
        (const FieldGroup[]){
            { "联系人", "Contact", "merchant_id name role mobile phone wechat email" },
            { "其他", "More", "is_primary decides active remarks" },
            { 0 },
        },
};

const EntityModule contact_module = {
    .def = &contact_def,
    .validate = contact_validate,
    .after_save = contact_after_save,
};
