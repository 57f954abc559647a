/* record_save.c - the one way in: check, number, insert or update, history, search keys, consequences. */
#include "base/clock.h"
#include "base/failpoint.h"
#include "base/ids.h"
#include "base/text.h"
#include "store/history.h"
#include "store/services.h"
#include "store/store_internal.h"

#include <string.h>

static gboolean
exists(Ctx *ctx, const EntityDef *def, gint64 id, const char *scope, gboolean *found, GError **error)
{
    g_autofree char *sql = g_strdup_printf("SELECT 1 FROM %s t WHERE %s AND t.id = :key", def->name, scope);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);

    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    db_bind_int(stmt, "key", id);
    return db_step(stmt, found, error);
}

/* References that people typed must be ones they can see in a picker. */
static gboolean
check_ref_input(Ctx *ctx, const FieldDef *field, const char *at, gint64 id, GError **error)
{
    const EntityDef *def = registry_def(ctx->registry, field->ref);
    g_autofree char *scope = list_scope_sql(ctx, def, "t", "read");
    g_autoptr(GError) failure = NULL;
    gboolean found = FALSE;

    if (!exists(ctx, def, id, scope, &found, &failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return found
           || app_error_field(error, at, "missing", "没有这条%s%.0s，请重新选择",
                              "%.0sno such %s; choose again", def->zh, def->en);
}

/* The text of a JSON value for field_parse; references may come as {"id": …}. NULL for null. transfer full. */
static char *
json_value_text(const FieldDef *field, const json_t *value)
{
    if (field->type == FT_JSON && !json_is_null(value)) {
        char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        char *text = g_strdup(dump);
        free(dump);
        return text;
    }
    if (json_is_object(value) && field->type == FT_REF)
        value = json_object_get(value, "id");
    if (json_is_string(value))
        return g_strdup(json_string_value(value));
    if (json_is_integer(value) && field->type == FT_INT)
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_boolean(value) && field->type == FT_BOOL)
        return g_strdup(json_is_true(value) ? "true" : "false");
    return json_is_null(value) ? NULL : g_strdup("\x01"); /* of a wrong JSON type: no field accepts this */
}

static gboolean
may_write(const Record *rec, const FieldDef *field, GError **error)
{
    if (field->flags & (FF_READONLY | FF_DERIVED | FF_SECRET))
        return app_error_field(error, field->name, "readonly", "由系统填写，不能修改", "is set by the system");
    if ((field->flags & FF_IMMUTABLE) && rec->version > 0)
        return app_error_field(error, field->name, "immutable", "建立后不能修改", "cannot be changed after creation");
    if (rec->def->state_field && strcmp(rec->def->state_field, field->name) == 0)
        return app_error_field(error, field->name, "state", "状态只能通过操作改变", "changes by actions only");
    return TRUE;
}

/* The stars that stand for what is stored now, or that cannot be anything else. */
static gboolean
is_masked_form(const FieldDef *field, const Value *now, const char *text)
{
    if (!(field->flags & FF_MASKED) || !text || now->is_null)
        return FALSE;
    g_autofree char *plain = field_format(field, now);
    g_autofree char *stars = plain ? text_mask(plain) : NULL;
    return strstr(text, "****") || (g_strcmp0(text, stars) == 0 && strchr(text, '*'));
}

static gboolean
apply_member(Ctx *ctx, Record *rec, const char *key, const json_t *json, GError **error)
{
    int i = entity_field_index(rec->def, key);

    if (i < 0)
        return app_error_field(error, key, "unknown", "没有这个字段", "is not a field");
    const FieldDef *field = &rec->def->fields[i];
    g_autofree char *text = json_value_text(field, json);
    Value value = { .is_null = TRUE };
    if (is_masked_form(field, &rec->values[i], text))
        return TRUE; /* a person who sees stars sends the form back: what is behind them stays */
    if (!field_parse(field, text, FALSE, key, &value, error)) {
        value_clear(&value);
        return FALSE;
    }
    g_autofree char *owned = value.text; /* freed unless moved below */
    if (value_equal(field, &value, &rec->values[i]))
        return TRUE; /* a form sends everything back; what did not change is no attempt to write */
    if (!may_write(rec, field, error))
        return FALSE;
    if (field->type == FT_REF && !value.is_null && !check_ref_input(ctx, field, key, value.i, error))
        return FALSE;
    value_clear(&rec->values[i]);
    rec->values[i] = value;
    owned = NULL;
    return TRUE;
}

gboolean
record_apply_json(Ctx *ctx, Record *rec, const json_t *input, GError **error)
{
    const char *key;
    json_t *value;
    g_autoptr(GError) all = NULL;

    if (!json_is_object(input))
        return app_error_set(error, APP_ERROR_INVALID, "input.object", "请求内容应为 JSON 对象",
                             "the body must be a JSON object");
    json_object_foreach ((json_t *) input, key, value) {
        g_autoptr(GError) one = NULL;
        if (strcmp(key, "version") == 0 || strcmp(key, "id") == 0)
            continue;
        if (apply_member(ctx, rec, key, value, &one))
            continue;
        if (!app_error_is(one, APP_ERROR_INVALID)) {
            g_propagate_error(error, g_steal_pointer(&one));
            return FALSE;
        }
        app_error_take_fields(&all, "", g_steal_pointer(&one));
    }
    if (all)
        g_propagate_error(error, g_steal_pointer(&all));
    return all == NULL && (!error || !*error);
}

static void
fill_presets(Record *rec)
{
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        if (rec->values[i].is_null && f->preset)
            field_parse(f, f->preset, FALSE, f->name, &rec->values[i], NULL);
    }
}

static void
check_required(const Record *rec, GError **error)
{
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        gboolean numbered = rec->def->number_field && strcmp(rec->def->number_field, f->name) == 0;
        if ((f->flags & FF_REQUIRED) && rec->values[i].is_null && !numbered)
            app_error_field(error, f->name, "required", "请填写%s%.0s", "%.0s%s is required", f->zh, f->en);
    }
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    const EntityModule *module = registry_find(ctx->registry, rec->def->name);
    g_autoptr(GError) all = NULL;

    check_required(rec, &all);
    if (!record_look_up(ctx, rec, old, &all, error))
        return FALSE;
    if (module && module->validate) {
        g_autoptr(GError) own = NULL;
        if (!module->validate(ctx, rec, old, &own) || own) {
            if (!all || (own && !app_error_is(own, APP_ERROR_INVALID))) {
                g_clear_error(&all);
                all = g_steal_pointer(&own);
            } else if (own)
                app_error_take_fields(&all, "", g_steal_pointer(&own));
        }
    }
    if (!all)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&all));
    return FALSE;
}

static gboolean
insert_row(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(GString) names = g_string_new("id, version, created_at, created_by, updated_at, updated_by");
    g_autoptr(GString) params
        = g_string_new(":own_id, :own_version, :own_created_at, :own_created_by, :own_updated_at, :own_updated_by");

    if (!(rec->def->flags & EF_GROUP)) {
        g_string_append(names, ", property_id");
        g_string_append(params, ", :property_id");
    }
    for (guint i = 0; i < rec->def->n_fields; i++) {
        g_string_append_printf(names, ", %s", rec->def->fields[i].name);
        g_string_append_printf(params, ", :%s", rec->def->fields[i].name);
    }
    g_autofree char *sql
        = g_strdup_printf("INSERT INTO %s (%s) VALUES (%s)", rec->def->name, names->str, params->str);
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "own_id", rec->id);
    db_bind_int(stmt, "own_version", 1);
    db_bind_int(stmt, "own_created_at", rec->created_at);
    db_bind_int(stmt, "own_updated_at", rec->created_at);
    if (rec->created_by) {
        db_bind_int(stmt, "own_created_by", rec->created_by);
        db_bind_int(stmt, "own_updated_by", rec->created_by);
    }
    if (!(rec->def->flags & EF_GROUP))
        db_bind_int(stmt, "property_id", rec->property_id);
    row_bind(rec, stmt);
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
refuse_stale(GError **error)
{
    return app_error_set(error, APP_ERROR_CONFLICT, "record.stale", "此记录刚被他人修改，请刷新后再操作",
                         "somebody changed this record; reload and try again");
}

static gboolean
update_row(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    gint64 changed = 0;

    g_string_printf(sql, "UPDATE %s SET version = version + 1, updated_at = :own_at, updated_by = :own_by",
                    rec->def->name);
    for (guint i = 0; i < rec->def->n_fields; i++)
        g_string_append_printf(sql, ", %s = :%s", rec->def->fields[i].name, rec->def->fields[i].name);
    g_string_append_printf(sql, " WHERE %sid = :own_id AND version = :own_version",
                           rec->def->flags & EF_GROUP ? "" : "property_id = :property_id AND ");
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql->str, error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "own_at", ctx->now_us);
    if (ctx->staff_id)
        db_bind_int(stmt, "own_by", ctx->staff_id);
    db_bind_int(stmt, "own_id", rec->id);
    db_bind_int(stmt, "own_version", rec->version);
    if (!(rec->def->flags & EF_GROUP))
        db_bind_int(stmt, "property_id", rec->property_id);
    row_bind(rec, stmt);
    if (!db_exec_stmt(stmt, &changed, error))
        return FALSE;
    return changed == 1 || refuse_stale(error);
}

static void
write_change_value(JsonOut *out, const FieldDef *f, const Value *value)
{
    if (f->flags & FF_SECRET)
        json_text(out, value->is_null ? NULL : "***");
    else
        value_write_json(out, f, value, (f->flags & FF_MASKED) != 0);
}

/* [{field, from, to}] of what differs; NULL if nothing does. transfer full. */
static char *
changes_json(const Record *rec, const Record *old)
{
    g_autoptr(JsonOut) out = json_out_new();
    static const Value none = { .is_null = TRUE };
    guint n = 0;

    json_begin_array(out);
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        const Value *from = old ? &old->values[i] : &none;
        if (value_equal(f, from, &rec->values[i]))
            continue;
        n++;
        json_begin_object(out);
        json_kv_text(out, "field", f->name);
        json_key(out, "from");
        write_change_value(out, f, from);
        json_key(out, "to");
        write_change_value(out, f, &rec->values[i]);
        json_end_object(out);
    }
    json_end_array(out);
    return n ? g_string_free(json_out_steal(out), FALSE) : NULL;
}

static gboolean
create(Ctx *ctx, Record *rec, GError **error)
{
    if (!rec->id)
        rec->id = id_next();
    rec->property_id = rec->def->flags & EF_GROUP ? 0 : ctx->property_id;
    rec->created_at = rec->updated_at = ctx->now_us;
    rec->created_by = rec->updated_by = ctx->staff_id;
    if (rec->def->number_field && record_is_null(rec, rec->def->number_field)) {
        g_autofree char *no = number_next(ctx, rec->def->name, rec->def->number_pattern, error);
        if (!no)
            return FALSE;
        record_set_text(rec, rec->def->number_field, no);
    }
    if (!insert_row(ctx, rec, error))
        return FALSE;
    rec->version = 1;
    return TRUE;
}

static gboolean
refuse_append_only(const EntityDef *def, GError **error)
{
    return app_error_set(error, APP_ERROR_CONFLICT, "record.append_only", "%s%.0s只能追加，不能修改",
                         "%.0s%s rows are never changed", def->zh, def->en);
}

gboolean
record_save_as(Ctx *ctx, Record *rec, const char *action, GError **error)
{
    const EntityModule *module = registry_find(ctx->registry, rec->def->name);
    g_autoptr(Record) old = NULL;

    if (rec->version > 0) {
        if (rec->def->flags & EF_APPEND_ONLY)
            return refuse_append_only(rec->def, error);
        old = record_get(ctx, rec->def->name, rec->id, NULL, error);
        if (!old)
            return FALSE;
        if (old->version != rec->version)
            return refuse_stale(error);
    } else
        fill_presets(rec);
    if (!validate(ctx, rec, old, error))
        return FALSE;
    if (!old && !create(ctx, rec, error))
        return FALSE;
    g_autofree char *changes = changes_json(rec, old);
    if (old && !changes && !action)
        return TRUE;
    if (old) {
        if (!update_row(ctx, rec, error))
            return FALSE;
        rec->version++;
        rec->updated_at = ctx->now_us;
        rec->updated_by = ctx->staff_id;
    }
    if (FAILPOINT("store.saved"))
        return app_error_set(error, APP_ERROR_INTERNAL, "failpoint", "测试故障", "injected failure");
    const char *verb = action ? action : old ? "update" : "create";
    return history_add(ctx, rec->def->name, rec->id, verb, changes, error) && search_index(ctx, rec, old, error)
           && (!module || !module->after_save || module->after_save(ctx, rec, old, error));
}

gboolean
record_save(Ctx *ctx, Record *rec, GError **error)
{
    return record_save_as(ctx, rec, NULL, error);
}

gboolean
record_delete(Ctx *ctx, Record *rec, GError **error)
{
    g_autoptr(Record) empty = record_new(rec->def);
    g_autofree char *changes = changes_json(empty, rec);

    if (!(rec->def->flags & EF_DELETABLE))
        return app_error_set(error, APP_ERROR_FORBIDDEN, "record.no_delete", "业务记录不能删除，请作废或归档",
                             "business records are never deleted; void or archive them");
    g_autofree char *sql = g_strdup_printf("DELETE FROM %s WHERE %sid = :key", rec->def->name,
                                           rec->def->flags & EF_GROUP ? "" : "property_id = :property_id AND ");
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db, sql, error);
    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    db_bind_int(stmt, "key", rec->id);
    empty->id = rec->id;
    empty->property_id = rec->property_id;
    return db_exec_stmt(stmt, NULL, error) && search_index(ctx, empty, rec, error)
           && history_add(ctx, rec->def->name, rec->id, "delete", changes, error);
}
