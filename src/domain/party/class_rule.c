/* class_rule.c - words that tell the category: what is entered without one gets it by the first rule that fits; people may change it. */
#include "domain/party/party_internal.h"
#include "store/list.h"

#include <string.h>

static const FieldDef fields[] = {
    F_TEXT("words", 400, "关键词", "Words", .flags = FF_REQUIRED | FF_SEARCH,
           .doc = "Any of them in a name or a demand, separated by blanks"),
    F_REF("category_id", "category", "业态", "Category", .flags = FF_REQUIRED | FF_FILTER,
          .doc = "What it is then"),
    F_INT("seq", 0, 9999, "顺序", "Order", .preset = "100", .flags = FF_SORT,
          .doc = "The first rule that fits counts"),
    F_BOOL("active", "启用", "In use", .preset = "true", .flags = FF_FILTER,
           .doc = "Asked for new records"),
    F_TEXT("remarks", 200, "备注", "Remarks", .doc = "Anything else"),
};

static const EntityDef def = {
    .name = "class_rule",
    .zh = "分类规则",
    .en = "Classification rule",
    .doc = "Words by which calls, leads and merchants get their category",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "words",
    .list_columns = "seq words category_id active remarks",
    .list_filters = "category_id active",
    .list_sort = "seq",
    .mobile_lines = "category_id",
    .flags = EF_DELETABLE,
};

const EntityModule class_rule_module = { .def = &def };

static gboolean
has_word(const char *words, const char *folded)
{
    g_auto(GStrv) list = g_strsplit_set(words, " ,|\n\t", -1);

    for (guint i = 0; list[i]; i++) {
        g_autofree char *word = g_utf8_casefold(list[i], -1);
        if (*word && strstr(folded, word))
            return TRUE;
    }
    return FALSE;
}

gboolean
party_classify(Ctx *ctx, Record *rec, const char *const *texts, GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);
    gboolean ok = TRUE;

    if (!record_is_null(rec, "category_id"))
        return TRUE;
    for (guint i = 0; texts[i]; i++) {
        const char *text = record_text(rec, texts[i]);
        g_string_append_printf(all, "%s\n", text ? text : "");
    }
    g_autofree char *folded = g_utf8_casefold(all->str, -1);
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.class_rules", error);
    if (!stmt)
        return FALSE;
    while (record_is_null(rec, "category_id") && db_each(stmt, &ok, error)) {
        if (has_word(db_text(stmt, 0), folded))
            record_set_id(rec, "category_id", db_int(stmt, 1));
    }
    return ok;
}

const char *const *
party_class_texts(const char *entity)
{
    static const char *const lead[] = { "name", "demand", NULL };
    static const char *const inquiry[] = { "brand_name", "content", NULL };
    static const char *const merchant[] = { "name", NULL };
    static const struct {
        const char *entity;
        const char *const *texts;
    } kinds[] = { { "lead", lead }, { "inquiry", inquiry }, { "merchant", merchant } };

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].entity, entity) == 0)
            return kinds[i].texts;
    }
    return NULL;
}

static gboolean
keep_id(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    (void) labels;
    (void) error;
    g_array_append_val((GArray *) data, rec->id);
    return TRUE;
}

static gboolean
classify_one(Ctx *ctx, const char *entity, gint64 id, guint *done, GError **error)
{
    g_autoptr(GError) gone = NULL;
    g_autoptr(Record) rec = record_get(ctx, entity, id, "update", &gone);

    if (!rec && app_error_is(gone, APP_ERROR_NOT_FOUND))
        return TRUE; /* may be read, not changed */
    if (!rec) {
        g_propagate_error(error, g_steal_pointer(&gone));
        return FALSE;
    }
    if (!party_classify(ctx, rec, party_class_texts(entity), error))
        return FALSE;
    if (record_is_null(rec, "category_id"))
        return TRUE;
    (*done)++;
    return record_save_as(ctx, rec, "classify", error);
}

gboolean
party_classify_all(Ctx *ctx, const char *entity, guint *done, guint *left, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    if (!entity || !party_class_texts(entity))
        return app_error_field(error, "entity", "option", "应为客户、来电来访或商户",
                               "must be lead, inquiry or merchant");
    if (!access_may(ctx->access, entity, "update"))
        return app_error_set(error, APP_ERROR_FORBIDDEN, "class_rule.forbidden",
                             "您没有修改这些记录的权限", "you may not change these records");
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, entity));
    list_query_filter(query, "category_id", OP_NULL, "");
    query->size = PARTY_CLASSIFY_MAX;
    if (!list_each(ctx, query, keep_id, ids, error))
        return FALSE;
    *done = 0;
    for (guint i = 0; i < ids->len; i++) {
        if (!classify_one(ctx, entity, g_array_index(ids, gint64, i), done, error))
            return FALSE;
    }
    *left = ids->len - *done;
    return TRUE;
}
