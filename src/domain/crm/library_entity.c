/* library_entity.c - market notes, leasing policy with its validity, questions and answers. */
#include "domain/crm/crm_internal.h"

static const EnumItem source_items[] = {
    { "field", "实地", "Seen on site", TONE_GREEN },
    { "customer", "客户", "Customer", TONE_BLUE },
    { "colleague", "同行", "Colleague", TONE_BLUE },
    { "media", "媒体/网络", "Media", TONE_GRAY },
    { "agent", "中介", "Agent", TONE_GRAY },
    { "other", "其他", "Other", TONE_GRAY },
    { 0 },
};

static const FieldDef market_note_fields[] = {
    F_TEXT("title", 120, "标题", "Title", .flags = FF_REQUIRED | FF_SEARCH,
           .doc = "What it is about"),
    F_DAY("noted_on", "日期", "Day", .flags = FF_FILTER | FF_SORT,
          .doc = "When it was seen; today if not given"),
    F_ENUM("source", source_items, "来源", "Source", .preset = "field", .flags = FF_FILTER,
           .synonyms = "信息来源", .doc = "Where it comes from"),
    F_TEXT("project", 120, "项目", "Project", .flags = FF_SEARCH, .synonyms = "竞品|商场",
           .doc = "Which centre or street it concerns"),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_FILTER,
          .doc = "Category it concerns"),
    F_REF("brand_id", "brand", "品牌", "Brand", .flags = FF_FILTER, .doc = "Brand it concerns"),
    F_TEXT("tags", 200, "标签", "Tags", .flags = FF_SEARCH, .synonyms = "关键词",
           .doc = "Words to find it by, separated by blanks"),
    F_LONGTEXT("content", 4000, "内容", "Content", .flags = FF_REQUIRED,
               .doc = "What was seen or heard"),
    F_REF("staff_id", "staff", "记录人", "By", .flags = FF_FILTER,
          .doc = "Who noted it; the person entering it if not given"),
};

static const EntityDef market_note_def = {
    .name = "market_note",
    .zh = "市场信息",
    .en = "Market note",
    .doc = "What was seen or heard in the market, with tags, source and files",
    .fields = market_note_fields,
    .n_fields = G_N_ELEMENTS(market_note_fields),
    .title = "title",
    .scope = { .owner = "staff_id" },
    .list_columns = "noted_on title project source category_id brand_id tags staff_id",
    .list_filters = "source category_id staff_id noted_on",
    .list_sort = "-noted_on",
    .mobile_lines = "project tags noted_on",
};

const EntityModule market_note_module = { .def = &market_note_def,
                                          .validate = market_note_validate };

static const EnumItem document_kind_items[] = {
    { "leasing", "招商政策", "Leasing policy", TONE_BLUE },
    { "process", "招商流程", "Leasing process", TONE_BLUE },
    { "script", "接待说辞", "What to say", TONE_GREEN },
    { "fitout", "装修要求", "Fit-out rules", TONE_GRAY },
    { "other", "其他", "Other", TONE_GRAY },
    { 0 },
};

static const EnumItem document_state_items[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },
    { "in_force", "现行", "In force", TONE_GREEN },
    { "superseded", "已被取代", "Superseded", TONE_GRAY },
    { "withdrawn", "已撤销", "Withdrawn", TONE_RED },
    { 0 },
};

static const FieldDef document_fields[] = {
    F_TEXT("title", 120, "标题", "Title", .flags = FF_REQUIRED | FF_SEARCH, .doc = "Title"),
    F_ENUM("kind", document_kind_items, "类别", "Kind", .preset = "leasing", .flags = FF_FILTER,
           .doc = "What it governs"),
    F_TEXT("edition", 40, "版本", "Edition", .flags = FF_REQUIRED, .synonyms = "版本号",
           .doc = "Name of the edition"),
    F_DAY("from_on", "生效日期", "Valid from", .flags = FF_REQUIRED | FF_SORT, .doc = "First day"),
    F_DAY("to_on", "失效日期", "Valid until", .flags = FF_SORT,
          .doc = "Last day; empty: until replaced"),
    F_LONGTEXT("content", 8000, "内容", "Content", .flags = FF_REQUIRED, .doc = "The text"),
    F_REF("replaces_id", "policy_document", "取代", "Replaces",
          .doc = "The edition that ends when this one is published"),
    F_ENUM("state", document_state_items, "状态", "State", .preset = "draft",
           .flags = FF_READONLY | FF_FILTER, .doc = "Only texts in force are shown to customers"),
    F_REF("published_by", "staff", "发布人", "Published by", .flags = FF_READONLY,
          .doc = "Who published it"),
};

static const Transition document_flow[] = {
    { .from = "draft",
      .action = "publish",
      .to = "in_force",
      .zh = "发布",
      .en = "Publish",
      .tone = TONE_BLUE,
      .effect = policy_document_publish },
    { .from = "in_force",
      .action = "withdraw",
      .to = "withdrawn",
      .zh = "撤销",
      .en = "Withdraw",
      .tone = TONE_RED },
    { .from = "in_force",
      .action = "supersede",
      .to = "superseded",
      .zh = "取代",
      .en = "Supersede",
      .internal = TRUE },
};

static const EntityDef document_def = {
    .name = "policy_document",
    .zh = "招商政策",
    .en = "Policy document",
    .doc = "What may be told to customers, with its validity; superseded editions are marked and "
           "stay readable",
    .fields = document_fields,
    .n_fields = G_N_ELEMENTS(document_fields),
    .title = "title",
    .subtitle = "edition",
    .state_field = "state",
    .list_columns = "title kind edition from_on to_on state",
    .list_filters = "state kind",
    .list_sort = "-from_on",
    .mobile_lines = "edition from_on to_on",
    .form =
        (const FieldGroup[]){
            { "政策", "Document", "title kind edition replaces_id from_on to_on content" },
            { 0 },
        },
};

const EntityModule policy_document_module = {
    .def = &document_def,
    .flow = document_flow,
    .n_flow = G_N_ELEMENTS(document_flow),
    .validate = policy_document_validate,
    .write_more = policy_document_write_more,
};

static const FieldDef faq_fields[] = {
    F_TEXT("question", 300, "问题", "Question", .flags = FF_REQUIRED | FF_SEARCH,
           .doc = "As customers ask it"),
    F_LONGTEXT("answer", 4000, "回答", "Answer", .flags = FF_REQUIRED, .doc = "What we answer"),
    F_TEXT("tags", 200, "标签", "Tags", .flags = FF_SEARCH, .synonyms = "关键词",
           .doc = "Words to find it by"),
    F_REF("document_id", "policy_document", "依据", "Based on", .flags = FF_FILTER,
          .doc = "The policy behind the answer"),
    F_DAY("from_on", "生效日期", "Valid from", .doc = "First day; empty: always"),
    F_DAY("to_on", "失效日期", "Valid until", .flags = FF_SORT,
          .doc = "Last day; empty: without end"),
    F_INT("seq", 0, 9999, "排序", "Order", .preset = "0", .flags = FF_SORT,
          .doc = "Order in lists"),
};

static const EntityDef faq_def = {
    .name = "faq",
    .zh = "招商问答",
    .en = "Question and answer",
    .doc = "Questions customers ask and what we answer, with validity",
    .fields = faq_fields,
    .n_fields = G_N_ELEMENTS(faq_fields),
    .title = "question",
    .list_columns = "question tags document_id from_on to_on",
    .list_filters = "document_id",
    .list_sort = "seq",
    .mobile_lines = "tags",
    .flags = EF_DELETABLE,
};

const EntityModule faq_module = { .def = &faq_def, .validate = faq_validate };
