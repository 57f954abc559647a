#include "store/list.h"

#include "base/ids.h"
#include "base/text.h"
#include "store/services.h"
#include "store/store_internal.h"

#include <string.h>

enum { TITLE_MAX = 200 };

/* Appends " AND …" for one filter; parameters are named after its place. */
static void
append_filter(GString *sql, const Filter *filter, guint n)
{
    static const char *const signs[] = { [OP_GTE] = ">=", [OP_LTE] = "<=", [OP_LT] = "<", [OP_GT] = ">" };

    if (filter->op == OP_NULL || filter->op == OP_NOT_NULL) {
        g_string_append_printf(sql, " AND t.%s IS %sNULL", filter->field->name,
                               filter->op == OP_NULL ? "" : "NOT ");
        return;
    }
    if (filter->op != OP_IN) {
        g_string_append_printf(sql, " AND t.%s %s :f%u_0", filter->field->name, signs[filter->op], n);
        return;
    }
    g_string_append_printf(sql, " AND t.%s IN (", filter->field->name);
    for (guint i = 0; filter->values[i]; i++)
        g_string_append_printf(sql, "%s:f%u_%u", i ? ", " : "", n, i);
    g_string_append_c(sql, ')');
}

static void
bind_filter(DbStmt *stmt, const Filter *filter, guint n)
{
    if (filter->op == OP_NULL || filter->op == OP_NOT_NULL)
        return;
    for (guint i = 0; filter->values[i]; i++) {
        Value value = { .is_null = TRUE };
        g_autofree char *name = g_strdup_printf("f%u_%u", n, i);
        field_parse(filter->field, filter->values[i], FALSE, name, &value, NULL);
        value_bind(filter->field, &value, stmt, name);
        value_clear(&value);
    }
}

/* Everything after WHERE; @skip leaves one field's filters out (for the counts of its segments). */
static char *
where_sql(const Ctx *ctx, const ListQuery *query, const FieldDef *skip)
{
    g_autofree char *scope = list_scope_sql(ctx, query->def, "t", "read");
    g_autoptr(GString) sql = g_string_new(scope);

    for (guint i = 0; i < query->filters->len; i++) {
        const Filter *filter = query->filters->pdata[i];
        if (filter->field != skip)
            append_filter(sql, filter, i);
    }
    if (query->q) {
        g_autofree char *condition = search_condition(query->def, "t");
        g_string_append_printf(sql, " AND %s", condition);
    }
    return g_strdup(sql->str);
}

static void
bind_where(const Ctx *ctx, const ListQuery *query, const FieldDef *skip, DbStmt *stmt)
{
    list_bind_scope(ctx, stmt);
    for (guint i = 0; i < query->filters->len; i++) {
        const Filter *filter = query->filters->pdata[i];
        if (filter->field != skip)
            bind_filter(stmt, filter, i);
    }
    if (query->q)
        search_bind(stmt, query->q);
}

/* A keyset page needs an order without NULLs; other orders page by number. */
static gboolean
keyset_sort(const ListQuery *query)
{
    return query->sort && (query->sort->flags & FF_REQUIRED);
}

static void
append_after(GString *sql, const ListQuery *query)
{
    const char *sign = query->descending ? "<" : ">";

    if (keyset_sort(query))
        g_string_append_printf(sql, " AND (t.%s, t.id) %s (:after_value, :after_id)", query->sort->name, sign);
    else
        g_string_append_printf(sql, " AND t.id %s :after_id", sign);
}

/* Half of the words of an enum and more are no choice. */
static gboolean
is_choice(const Filter *filter)
{
    guint words = 0;

    if (filter->op != OP_IN || !((filter->field->flags & FF_FILTER) || filter->field->type == FT_REF))
        return FALSE;
    while (filter->field->items && filter->field->items[words].token)
        words++;
    return !words || g_strv_length(filter->values) * 2 <= words;
}

/* Whether the rows are best gathered by what is asked for and sorted then: SQLite, which does not weigh that a page is short, would
 * else follow the index of the order through the whole table when few rows match. The list's own order has an index with each filter. */
static gboolean
is_gathered(const ListQuery *query)
{
    const char *own = query->def->list_sort ? query->def->list_sort : "";
    gboolean in_own_order = query->sort == entity_find_field(query->def, own[0] == '-' ? own + 1 : own);

    for (guint i = 0; !in_own_order && i < query->filters->len; i++) {
        if (is_choice(query->filters->pdata[i]))
            return TRUE;
    }
    return query->q != NULL;
}

/* @plus before a column keeps SQLite from an index for it. */
static void
append_order(GString *sql, const ListQuery *query, const char *plus)
{
    const char *way = query->descending ? "DESC" : "ASC";
    gboolean keyset_by_id = query->page == 0 && !keyset_sort(query);

    g_string_append(sql, " ORDER BY ");
    if (query->sort && !keyset_by_id)
        g_string_append_printf(sql, "%st.%s %s%s, ", plus, query->sort->name, way,
                               query->sort->flags & FF_REQUIRED ? "" : " NULLS LAST");
    g_string_append_printf(sql, "%st.id %s", plus, way);
}

/* The page's rows: ids are found first, through an index, then the wide rows are read. */
static char *
page_sql(const Ctx *ctx, const ListQuery *query)
{
    const EntityDef *def = query->def;
    g_autoptr(GString) sql = g_string_new("SELECT ");
    g_autofree char *where = where_sql(ctx, query, NULL);

    row_columns(sql, def, "t");
    for (guint i = 0; i < def->n_fields; i++) {
        if (def->fields[i].type != FT_REF)
            continue;
        const EntityDef *ref = registry_def(ctx->registry, def->fields[i].ref);
        g_autofree char *alias = g_strdup_printf("r%u", i);
        g_autofree char *label = label_sql(ctx->registry, ctx->lang, ref, alias);
        g_string_append_printf(sql, ", %s", label);
    }
    g_string_append_printf(sql, " FROM (SELECT t.id AS id FROM %s t WHERE %s", def->name, where);
    if (query->after)
        append_after(sql, query);
    append_order(sql, query, db_conn_dialect(ctx->db) == DIALECT_SQLITE && is_gathered(query) ? "+" : "");
    g_string_append(sql, query->page ? " LIMIT :size OFFSET :skip" : " LIMIT :size");
    g_string_append_printf(sql, ") k JOIN %s t ON %st.id = k.id", def->name,
                           def->flags & EF_GROUP ? "" : "t.property_id = :property_id AND ");
    for (guint i = 0; i < def->n_fields; i++) {
        if (def->fields[i].type != FT_REF)
            continue;
        const EntityDef *ref = registry_def(ctx->registry, def->fields[i].ref);
        gboolean same = !((ref->flags | def->flags) & EF_GROUP);
        g_string_append_printf(sql, " LEFT JOIN %s r%u ON %sr%u.id = t.%s", ref->name, i, "", i,
                               def->fields[i].name);
        if (same)
            g_string_append_printf(sql, " AND r%u.property_id = t.property_id", i);
    }
    append_order(sql, query, "");
    return g_strdup(sql->str);
}

char *
list_sql(const Ctx *ctx, const ListQuery *query)
{
    return page_sql(ctx, query);
}

static gboolean
bind_after(const ListQuery *query, DbStmt *stmt, GError **error)
{
    const char *bar = strrchr(query->after, '|');
    gint64 id = id_parse(bar ? bar + 1 : query->after);

    if (!id || (keyset_sort(query) && !bar))
        return app_error_field(error, "after", "form", "翻页标记无效", "is not a cursor of this list");
    db_bind_int(stmt, "after_id", id);
    if (!keyset_sort(query))
        return TRUE;
    Value value = { .is_null = TRUE };
    g_autofree char *text = g_strndup(query->after, (gsize) (bar - query->after));
    gboolean fits = field_parse(query->sort, text, FALSE, "after", &value, error);
    if (fits)
        value_bind(query->sort, &value, stmt, "after_value");
    value_clear(&value);
    return fits;
}

/* Who sees stars may not ask "is it this one, is it above that one" either. */
static gboolean
check_confidential(const Ctx *ctx, const ListQuery *query, GError **error)
{
    for (guint i = 0; i < query->filters->len; i++) {
        const Filter *filter = query->filters->pdata[i];
        gboolean asks_value = filter->op != OP_NULL && filter->op != OP_NOT_NULL;
        if (asks_value && (filter->field->flags & FF_MASKED)
            && !access_may_see(ctx->access, query->def->name, filter->field->name))
            return app_error_field(error, filter->field->name, "confidential", "保密字段不能用作筛选条件",
                                   "is confidential and cannot be a filter");
    }
    return TRUE;
}

gboolean
list_bind(const Ctx *ctx, const ListQuery *query, guint rows, DbStmt *stmt, GError **error)
{
    bind_where(ctx, query, NULL, stmt);
    db_bind_int(stmt, "size", rows);
    if (query->page)
        db_bind_int(stmt, "skip", (gint64) (query->page - 1) * query->size);
    return !query->after || bind_after(query, stmt, error);
}

static gboolean
each_page_row(Ctx *ctx, const ListQuery *query, guint rows, ListEach each, gpointer data, GError **error)
{
    if (!check_confidential(ctx, query, error))
        return FALSE;
    g_autofree char *sql = page_sql(ctx, query);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    g_autoptr(Record) rec = record_new(query->def);
    g_autofree const char **labels = g_new0(const char *, query->def->n_fields + 1);
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    if (!list_bind(ctx, query, rows, stmt, error))
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        int col = row_width(query->def);
        row_read(rec, stmt, 0);
        for (guint i = 0; i < query->def->n_fields; i++)
            labels[i] = query->def->fields[i].type == FT_REF ? db_text(stmt, col++) : NULL;
        if (!each(rec, labels, data, error))
            return FALSE;
    }
    return ok;
}

typedef struct {
    Ctx *ctx;
    JsonOut *out;
    const ListQuery *query;
    gboolean *mask; /* by field: this person sees it masked */
    guint seen;
    char *last; /* cursor of the last row written */
} PageWriter;

static void
write_masked_names(const PageWriter *w, const Record *rec)
{
    gboolean open = FALSE;

    for (guint i = 0; i < rec->def->n_fields; i++) {
        if (!w->mask[i] || rec->values[i].is_null)
            continue;
        if (!open) {
            json_key(w->out, "masked");
            json_begin_array(w->out);
            open = TRUE;
        }
        json_text(w->out, rec->def->fields[i].name);
    }
    if (open)
        json_end_array(w->out);
}

static gboolean
write_row(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    PageWriter *w = data;
    const EntityDef *def = rec->def;

    (void) error;
    if (w->seen++ == w->query->size)
        return TRUE; /* the row that only tells there are more */
    json_begin_object(w->out);
    json_kv_id(w->out, "id", rec->id);
    json_kv_int(w->out, "version", rec->version);
    for (guint i = 0; i < def->n_fields; i++) {
        if ((def->fields[i].flags & FF_SECRET) || def->fields[i].type == FT_JSON)
            continue; /* documents are read one at a time */
        json_key(w->out, def->fields[i].name);
        if (def->fields[i].type == FT_REF)
            ref_write_json(w->out, rec->values[i].is_null ? 0 : rec->values[i].i, labels[i]);
        else
            value_write_json(w->out, &def->fields[i], &rec->values[i], w->mask[i]);
    }
    json_kv_us(w->out, "created_at", rec->created_at);
    write_masked_names(w, rec);
    json_end_object(w->out);
    if (w->query->page)
        return TRUE;
    g_free(w->last);
    int sort = keyset_sort(w->query) ? entity_field_index(def, w->query->sort->name) : -1;
    g_autofree char *value = sort < 0 ? NULL : field_format(w->query->sort, &rec->values[sort]);
    w->last = g_strdup_printf("%s%s%" G_GINT64_FORMAT, value ? value : "", value ? "|" : "", rec->id);
    return TRUE;
}

gboolean
list_count(Ctx *ctx, const ListQuery *query, gint64 *total, GError **error)
{
    if (!check_confidential(ctx, query, error))
        return FALSE;
    g_autofree char *where = where_sql(ctx, query, NULL);
    g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s t WHERE %s", query->def->name, where);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    bind_where(ctx, query, NULL, stmt);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *total = row ? db_int(stmt, 0) : 0;
    return TRUE;
}

gboolean
list_run(Ctx *ctx, const ListQuery *query, JsonOut *out, GError **error)
{
    g_autofree gboolean *mask = g_new0(gboolean, query->def->n_fields);
    PageWriter writer = { .ctx = ctx, .out = out, .query = query, .mask = mask };
    guint rows = query->page ? query->size : query->size + 1; /* one more tells that there are more */
    gint64 total = 0;

    for (guint i = 0; i < query->def->n_fields; i++)
        mask[i] = (query->def->fields[i].flags & FF_MASKED)
                  && !access_may_see(ctx->access, query->def->name, query->def->fields[i].name);
    json_begin_object(out);
    json_key(out, "items");
    json_begin_array(out);
    gboolean ok = each_page_row(ctx, query, rows, write_row, &writer, error);
    json_end_array(out);
    if (ok && query->page && query->want_total) {
        /* a page that is not full already knows the total */
        if (writer.seen < query->size && (writer.seen > 0 || query->page == 1))
            total = (gint64) (query->page - 1) * query->size + writer.seen;
        else
            ok = list_count(ctx, query, &total, error);
        json_kv_int(out, "total", total);
    } else if (!query->page)
        json_kv_text(out, "next", writer.seen > query->size ? writer.last : NULL);
    json_end_object(out);
    g_free(writer.last);
    return ok;
}

gboolean
list_each(Ctx *ctx, const ListQuery *query, ListEach each, gpointer data, GError **error)
{
    return each_page_row(ctx, query, query->size, each, data, error);
}

gboolean
list_counts(Ctx *ctx, const ListQuery *query, const FieldDef *by, JsonOut *out, GError **error)
{
    if (!check_confidential(ctx, query, error))
        return FALSE;
    g_autofree char *where = where_sql(ctx, query, by);
    g_autofree char *sql = g_strdup_printf("SELECT t.%s, COUNT(*) FROM %s t WHERE %s GROUP BY t.%s", by->name,
                                           query->def->name, where, by->name);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    gint64 total = 0;
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    bind_where(ctx, query, by, stmt);
    json_begin_object(out);
    json_key(out, "counts");
    json_begin_object(out);
    while (db_each(stmt, &ok, error)) {
        total += db_int(stmt, 1);
        if (!db_is_null(stmt, 0))
            json_kv_int(out, db_text(stmt, 0), db_int(stmt, 1));
    }
    json_end_object(out);
    json_kv_int(out, "total", total);
    json_end_object(out);
    return ok;
}

const FieldDef *
title_order(const EntityDef *def)
{
    const FieldDef *title = entity_find_field(def, def->title);

    return title && title->type == FT_TEXT && title->max > 0 && title->max <= TITLE_MAX ? title : NULL;
}

gboolean
list_options(Ctx *ctx, const EntityDef *def, const char *q, guint limit, JsonOut *out, GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(def);
    g_autofree char *label = label_sql(ctx->registry, ctx->lang, def, "t");
    g_autofree char *order = title_order(def) ? g_strdup_printf("t.%s, t.id", def->title) : g_strdup("t.id DESC");
    gboolean ok = TRUE;

    query->q = q && *q ? g_strdup(q) : NULL;
    g_autofree char *where = where_sql(ctx, query, NULL);
    g_autofree char *sql =
        g_strdup_printf("SELECT t.id, %s, t.%s FROM %s t WHERE %s ORDER BY %s LIMIT :size", label,
                        def->subtitle ? def->subtitle : "id", def->name, where, order);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    if (!stmt)
        return FALSE;
    bind_where(ctx, query, NULL, stmt);
    db_bind_int(stmt, "size", limit);
    json_begin_object(out);
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "label", db_text(stmt, 1));
        if (def->subtitle && field_is_text(entity_find_field(def, def->subtitle)))
            json_kv_text(out, "sub", db_text(stmt, 2));
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
    return ok;
}
