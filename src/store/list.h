/* list.h - lists of any entity: filters, order, paging, row scope and masks, built from the tables.
 * The only SQL whose shape depends on a request; columns come from metadata, never from the request. */
#pragma once
#include "store/record.h"

typedef enum { OP_IN, OP_GTE, OP_LTE, OP_LT, OP_GT, OP_NULL, OP_NOT_NULL } FilterOp;
typedef struct {
    const FieldDef *field;
    FilterOp op;
    char **values; /* JSON forms; OP_IN may have several */
} Filter;

typedef struct {
    const EntityDef *def;
    GPtrArray *filters; /* of Filter, owned */
    char *q;            /* free text, through the search keys */
    const FieldDef *sort; /* NULL: by id */
    gboolean descending;
    guint page, size; /* page 1… and size 1…200; page 0: keyset */
    char *after;      /* keyset cursor */
    gboolean want_total;
} ListQuery;

ListQuery *list_query_new(const EntityDef *def);
void list_query_free(ListQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ListQuery, list_query_free)
/* Takes one query parameter: q, sort, page, size, limit, after, <field>, <field>.gte … Unknown ones are refused by name. */
gboolean list_query_param(ListQuery *query, const char *key, const char *value, GError **error);
void list_query_filter(ListQuery *query, const char *field, FilterOp op, const char *value);

/* Writes {"items": [...], "total" or "next"}. */
gboolean list_run(Ctx *ctx, const ListQuery *query, JsonOut *out, GError **error);
/* Calls @each for every row in order, streaming; Record is borrowed for the call, @labels are the reference labels by field
 * index (NULL where none). Return FALSE to stop with @error. */
typedef gboolean (*ListEach)(const Record *rec, const char *const *labels, gpointer data, GError **error);
gboolean list_each(Ctx *ctx, const ListQuery *query, ListEach each, gpointer data, GError **error);
/* The statement behind a page, and its parameters for a page of @rows; for measuring and for looking at its plan. transfer full. */
char *list_sql(const Ctx *ctx, const ListQuery *query);
gboolean list_bind(const Ctx *ctx, const ListQuery *query, guint rows, DbStmt *stmt, GError **error);
/* How many rows the query finds. */
gboolean list_count(Ctx *ctx, const ListQuery *query, gint64 *total, GError **error);
/* {"counts": {token: n}, "total": n} of an enum field under the other filters. */
gboolean list_counts(Ctx *ctx, const ListQuery *query, const FieldDef *by, JsonOut *out, GError **error);
/* {"items": [{id,label,sub}]} for pickers. */
gboolean list_options(Ctx *ctx, const EntityDef *def, const char *q, guint limit, JsonOut *out, GError **error);

/* SQL condition (without WHERE) that limits alias @alias of @def to what the person reaches with @action: property, scope,
 * record grants. Uses parameters :property_id, :me, :today that list_bind_scope() binds; it binds :en as well, 1 for those who read
 * English. For reports too. transfer full. */
char *list_scope_sql(const Ctx *ctx, const EntityDef *def, const char *alias, const char *action);
void list_bind_scope(const Ctx *ctx, DbStmt *stmt);
/* A named statement in which "{{SCOPE entity alias}}" stands for list_scope_sql() of that entity's rows with the action "read", its parameters bound. So
 * that reports read exactly what lists show. */
DbStmt *list_named(Ctx *ctx, const char *name, GError **error);
