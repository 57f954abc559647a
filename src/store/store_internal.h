/* store_internal.h - what the files of store share: column lists, binding, labels. Not for others. */
#pragma once
#include "store/list.h"
#include "store/registry.h"

/* "t.id, t.version, … , t.<field> …" in the order that row_read() expects. */
void row_columns(GString *sql, const EntityDef *def, const char *alias);
/* Number of columns row_columns() writes. */
int row_width(const EntityDef *def);
void row_read(Record *rec, const DbStmt *stmt, int first);
/* Binds every field under its own name. */
void row_bind(const Record *rec, DbStmt *stmt);
void value_bind(const FieldDef *field, const Value *value, DbStmt *stmt, const char *name);
void value_read(const FieldDef *field, Value *value, const DbStmt *stmt, int col);
/* Complains in @all of references that lead nowhere and of unique values that are taken; @old is NULL at creation. FALSE with @error
 * if the database could not be asked. */
gboolean record_look_up(Ctx *ctx, const Record *rec, const Record *old, GError **all, GError **error);
/* SQL expression that names a row of @def at @alias for a reader of @lang. */
char *label_sql(const Registry *registry, Lang lang, const EntityDef *def, const char *alias);
/* The title, if pickers can follow it: a name and no long text, which no index would hold; else NULL. */
const FieldDef *title_order(const EntityDef *def);
/* What stands for a masked number: its first digits would say too much. */
#define MASKED_NUMBER "****"
/* Value in its JSON form; masked if @mask. */
void value_write_json(JsonOut *out, const FieldDef *field, const Value *value, gboolean mask);
/* An action as pages see it: {name, label, tone, fields}. */
void action_write_json(JsonOut *out, const Transition *row);
/* {"id","label"} or null. */
void ref_write_json(JsonOut *out, gint64 id, const char *label);
