/* category_entity.c - categories of trade in two levels, channels through which customers come, what a channel costs. */
#include "domain/party/party_internal.h"

static const FieldDef category_fields[] = {
    F_TEXT("code", 10, "业态编码", "Code", .flags = FF_REQUIRED | FF_SORT,
           .synonyms = "编码|业态代码", .doc = "Short code, named by units as allowed category"),
    F_TEXT("name", 60, "业态", "Category", .flags = FF_REQUIRED | FF_SEARCH,
           .synonyms = "业态名称|名称", .doc = "Name"),
    F_TEXT("name_en", 60, "英文名称", "English name", .doc = "Name in English"),
    F_REF("parent_id", "category", "上级业态", "Above", .flags = FF_FILTER, .synonyms = "一级业态",
          .doc = "The first-level category; empty for the first level itself"),
    F_INT("seq", 0, 9999, "排序", "Order", .preset = "0", .flags = FF_SORT,
          .doc = "Order in lists"),
    F_BOOL("active", "启用", "In use", .preset = "true", .flags = FF_FILTER,
           .doc = "Offered for new records"),
};

static const EntityDef category_def = {
    .name = "category",
    .zh = "业态",
    .en = "Category",
    .doc = "Category of trade, in two levels",
    .fields = category_fields,
    .n_fields = G_N_ELEMENTS(category_fields),
    .title = "name",
    .title_en = "name_en",
    .subtitle = "code",
    .uniques = (const char *const[]){ "code", NULL },
    .list_columns = "code name name_en parent_id seq active",
    .list_filters = "parent_id active",
    .list_sort = "seq",
    .mobile_lines = "code parent_id",
    .flags = EF_GROUP,
};

const EntityModule category_module = { .def = &category_def, .validate = category_validate };

static const FieldDef channel_fields[] = {
    F_TEXT("code", 20, "渠道编码", "Code", .flags = FF_REQUIRED | FF_SORT, .synonyms = "编码",
           .doc = "Short code"),
    F_TEXT("name", 60, "渠道", "Channel", .flags = FF_REQUIRED | FF_SEARCH,
           .synonyms = "渠道名称|获知途径|来源", .doc = "Name"),
    F_TEXT("name_en", 60, "英文名称", "English name", .doc = "Name in English"),
    F_BOOL("is_paid", "付费渠道", "Costs money", .preset = "false", .flags = FF_FILTER,
           .doc = "We pay for this channel; its spend is asked for monthly"),
    F_REF("staff_id", "staff", "负责人", "In charge", .doc = "Who looks after the channel"),
    F_INT("seq", 0, 9999, "排序", "Order", .preset = "0", .flags = FF_SORT,
          .doc = "Order in pickers"),
    F_BOOL("active", "启用", "In use", .preset = "true", .flags = FF_FILTER,
           .doc = "Offered for new inquiries"),
    F_TEXT("remarks", 400, "备注", "Remarks", .doc = "Terms, people, agreements"),
};

static const EntityDef channel_def = {
    .name = "channel",
    .zh = "渠道",
    .en = "Channel",
    .doc = "How customers heard of us; required on every inquiry",
    .fields = channel_fields,
    .n_fields = G_N_ELEMENTS(channel_fields),
    .title = "name",
    .title_en = "name_en",
    .uniques = (const char *const[]){ "code", NULL },
    .list_columns = "code name is_paid staff_id active remarks",
    .list_filters = "is_paid active",
    .list_sort = "seq",
    .mobile_lines = "code remarks",
    .flags = EF_GROUP,
};

const EntityModule channel_module = { .def = &channel_def };

static const FieldDef spend_fields[] = {
    F_REF("channel_id", "channel", "渠道", "Channel", .flags = FF_REQUIRED | FF_FILTER,
          .synonyms = "渠道名称", .doc = "The channel"),
    F_INT("month", 190001, 219912, "月份", "Month", .flags = FF_REQUIRED | FF_FILTER | FF_SORT,
          .synonyms = "年月", .doc = "Year and month, e.g. 202603"),
    F_MONEY("amount", "费用", "Spend", .flags = FF_REQUIRED, .synonyms = "花费|投入|金额",
            .doc = "What the channel cost in the month, in yuan"),
    F_TEXT("remarks", 400, "备注", "Remarks", .doc = "What was bought"),
};

static const EntityDef spend_def = {
    .name = "channel_spend",
    .zh = "渠道费用",
    .en = "Channel spend",
    .doc = "What a channel cost in a month; gives the cost of a signing",
    .fields = spend_fields,
    .n_fields = G_N_ELEMENTS(spend_fields),
    .title = "channel_id",
    .subtitle = "month",
    .uniques = (const char *const[]){ "channel_id month", NULL },
    .list_columns = "month channel_id amount remarks",
    .list_filters = "channel_id month",
    .list_sort = "-month",
    .mobile_lines = "month amount",
    .flags = EF_DELETABLE,
};

const EntityModule channel_spend_module = { .def = &spend_def, .validate = channel_spend_validate };
