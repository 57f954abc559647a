/* list_query.c - what a list is asked for, read from query parameters. */
#include "base/ids.h"
#include "store/list.h"

#include <string.h>

enum { PAGE_SIZE = 50, PAGE_SIZE_MAX = 200, PAGE_MAX = 100000 };

static void
filter_free(gpointer data)
{
    Filter *filter = data;

    g_strfreev(filter->values);
    g_free(filter);
}

ListQuery *
list_query_new(const EntityDef *def)
{
    ListQuery *query = g_new0(ListQuery, 1);
    const char *sort = def->list_sort ? def->list_sort : "-id";

    query->def = def;
    query->filters = g_ptr_array_new_with_free_func(filter_free);
    query->page = 1;
    query->size = PAGE_SIZE;
    query->want_total = TRUE;
    query->descending = sort[0] == '-';
    query->sort = entity_find_field(def, sort + (query->descending ? 1 : 0));
    return query;
}

void
list_query_free(ListQuery *query)
{
    if (!query)
        return;
    g_ptr_array_unref(query->filters);
    g_free(query->q);
    g_free(query->after);
    g_free(query);
}

static gboolean
read_count(const char *key, const char *value, guint max, guint *out, GError **error)
{
    guint64 n = 0;

    if (!g_ascii_string_to_unsigned(value, 10, 1, max, &n, NULL))
        return app_error_field(error, key, "range", "应为 1 到 %u 的整数", "must be a whole number from 1 to %u", max);
    *out = (guint) n;
    return TRUE;
}

static gboolean
read_sort(ListQuery *query, const char *value, GError **error)
{
    const char *name = value + (value[0] == '-' ? 1 : 0);

    query->descending = value[0] == '-';
    query->sort = NULL;
    if (strcmp(name, "id") == 0 || strcmp(name, "created_at") == 0)
        return TRUE; /* ids grow with time */
    const FieldDef *field = entity_find_field(query->def, name);
    if (!field || !(field->flags & (FF_SORT | FF_FILTER)))
        return app_error_field(error, "sort", "option", "不能按“%s”排序", "cannot order by \"%s\"", name);
    query->sort = field;
    return TRUE;
}

static const struct {
    const char *suffix;
    FilterOp op;
} ops[] = { { "gte", OP_GTE }, { "lte", OP_LTE }, { "lt", OP_LT }, { "gt", OP_GT }, { "null", OP_NULL } };

static gboolean
check_filter_values(const FieldDef *field, const char *key, char **values, GError **error)
{
    for (guint i = 0; values[i]; i++) {
        Value value = { .is_null = TRUE };
        gboolean fits = field_parse(field, values[i], FALSE, key, &value, error);
        value_clear(&value);
        if (!fits)
            return FALSE;
    }
    return TRUE;
}

/* The id is no field, but lists can be asked for certain records. */
static const FieldDef id_field = { .name = "id", .zh = "编号", .en = "Id", .type = FT_REF };

static gboolean
read_filter(ListQuery *query, const char *key, const char *text, GError **error)
{
    const char *dot = strchr(key, '.');
    g_autofree char *name = dot ? g_strndup(key, (gsize) (dot - key)) : g_strdup(key);
    const FieldDef *field = strcmp(name, "id") == 0 ? &id_field : entity_find_field(query->def, name);
    FilterOp op = OP_IN;
    gboolean known = dot == NULL;

    for (guint i = 0; dot && i < G_N_ELEMENTS(ops); i++) {
        if (strcmp(dot + 1, ops[i].suffix) == 0) {
            op = ops[i].op;
            known = TRUE;
        }
    }
    if (!field || !known || (field->flags & FF_SECRET) || field->type == FT_JSON)
        return app_error_field(error, key, "unknown", "没有这个筛选条件", "is not a filter");
    if (op == OP_NULL && strcmp(text, "0") == 0)
        op = OP_NOT_NULL;
    g_auto(GStrv) values = op == OP_IN ? g_strsplit(text, ",", 200) : g_strsplit(text, "\x01", 1);
    if (op != OP_NULL && op != OP_NOT_NULL && !check_filter_values(field, key, values, error))
        return FALSE;
    Filter *filter = g_new0(Filter, 1);
    filter->field = field;
    filter->op = op;
    filter->values = g_steal_pointer(&values);
    g_ptr_array_add(query->filters, filter);
    return TRUE;
}

gboolean
list_query_param(ListQuery *query, const char *key, const char *value, GError **error)
{
    if (!*value)
        return TRUE;
    if (strcmp(key, "q") == 0) {
        g_free(query->q);
        query->q = g_strdup(value);
        return TRUE;
    }
    if (strcmp(key, "sort") == 0)
        return read_sort(query, value, error);
    if (strcmp(key, "page") == 0)
        return read_count(key, value, PAGE_MAX, &query->page, error);
    if (strcmp(key, "size") == 0)
        return read_count(key, value, PAGE_SIZE_MAX, &query->size, error);
    if (strcmp(key, "limit") == 0) {
        query->page = 0;
        query->want_total = FALSE;
        return read_count(key, value, PAGE_SIZE_MAX, &query->size, error);
    }
    if (strcmp(key, "after") == 0) {
        g_free(query->after);
        query->after = g_strdup(value);
        return TRUE;
    }
    return read_filter(query, key, value, error);
}

void
list_query_filter(ListQuery *query, const char *field, FilterOp op, const char *value)
{
    Filter *filter = g_new0(Filter, 1);

    filter->field = entity_find_field(query->def, field);
    g_return_if_fail(filter->field);
    filter->op = op;
    filter->values = g_strsplit(value ? value : "", ",", 200);
    g_ptr_array_add(query->filters, filter);
}
