/* openapi.c - OpenAPI 3.1 from the route and entity tables. */
#include "api/api.h"
#include "http/http.h"
#include "store/meta_json.h"

#include <string.h>

static void
write_field_schema(JsonOut *out, const FieldDef *f)
{
    json_begin_object(out);
    switch (f->type) {
    case FT_INT:
        json_kv_text(out, "type", "integer");
        break;
    case FT_BOOL:
        json_kv_text(out, "type", "boolean");
        break;
    case FT_MONEY:
    case FT_PRICE:
    case FT_AREA:
    case FT_PERCENT:
        json_kv_text(out, "type", "string");
        json_kv_text(out, "pattern", "^-?[0-9]+(\\.[0-9]+)?$");
        break;
    case FT_DAY:
        json_kv_text(out, "type", "string");
        json_kv_text(out, "format", "date");
        break;
    case FT_INSTANT:
        json_kv_text(out, "type", "string");
        json_kv_text(out, "format", "date-time");
        break;
    case FT_REF:
        json_kv_text(out, "$ref", "#/components/schemas/ref");
        break;
    case FT_JSON:
        break;
    case FT_ENUM:
        json_kv_text(out, "type", "string");
        json_key(out, "enum");
        json_begin_array(out);
        for (const EnumItem *it = f->items; it->token; it++)
            json_text(out, it->token);
        json_end_array(out);
        break;
    case FT_TEXT:
    case FT_LONGTEXT:
    case FT__N:
        json_kv_text(out, "type", "string");
        if (f->max)
            json_kv_int(out, "maxLength", f->max);
        break;
    }
    json_kv_text(out, "title", f->en);
    if (f->doc)
        json_kv_text(out, "description", f->doc);
    if (f->flags & (FF_READONLY | FF_DERIVED))
        json_kv_bool(out, "readOnly", TRUE);
    json_end_object(out);
}

static void
write_entity_schema(JsonOut *out, const EntityDef *def)
{
    json_key(out, def->name);
    json_begin_object(out);
    json_kv_text(out, "type", "object");
    json_kv_text(out, "title", def->en);
    json_key(out, "properties");
    json_begin_object(out);
    json_key(out, "id");
    json_begin_object(out);
    json_kv_text(out, "type", "string");
    json_end_object(out);
    json_key(out, "version");
    json_begin_object(out);
    json_kv_text(out, "type", "integer");
    json_end_object(out);
    for (guint i = 0; i < def->n_fields; i++) {
        if (def->fields[i].flags & FF_SECRET)
            continue;
        json_key(out, def->fields[i].name);
        write_field_schema(out, &def->fields[i]);
    }
    json_end_object(out);
    json_end_object(out);
}

/* "/api/lead/:id" becomes "/api/lead/{id}"; ":entity" the entity's own word. transfer full. */
static char *
openapi_path(const char *pattern, const char *entity)
{
    g_auto(GStrv) parts = g_strsplit(pattern, "/", -1);
    g_autoptr(GString) path = g_string_new(NULL);

    for (guint i = 1; parts[i]; i++) {
        if (strcmp(parts[i], ":entity") == 0 && entity)
            g_string_append_printf(path, "/%s", entity);
        else if (parts[i][0] == ':')
            g_string_append_printf(path, "/{%s}", parts[i] + 1);
        else
            g_string_append_printf(path, "/%s", parts[i]);
    }
    return g_strdup(path->str);
}

static void
write_operation(JsonOut *out, const Route *route, const char *entity)
{
    static const char *const methods[HTTP_METHOD__N] = {
        [HTTP_GET] = "get", [HTTP_POST] = "post",       [HTTP_PATCH] = "patch",
        [HTTP_PUT] = "put", [HTTP_DELETE] = "delete", [HTTP_OPTIONS] = "options",
    };

    json_key(out, methods[route->method]);
    json_begin_object(out);
    json_kv_text(out, "summary", route->doc);
    if (route->auth == AUTH_RIGHT || route->auth == AUTH_MERCHANT) {
        g_autofree char *right = g_strdup_printf("%s.%s", route->entity ? route->entity : entity, route->action);
        json_kv_text(out, "x-right", right);
    }
    json_key(out, "responses");
    json_begin_object(out);
    json_key(out, "default");
    json_begin_object(out);
    json_kv_text(out, "description", "The answer, or a problem document (RFC 9457).");
    json_end_object(out);
    json_end_object(out);
    json_end_object(out);
}

static gboolean
is_generic(const Route *route)
{
    return strstr(route->path, ":entity") != NULL;
}

/* Paths of one pattern are gathered, because an object may hold a key once only. */
static void
write_paths(JsonOut *out, const Api *api, gboolean generic, const char *entity)
{
    guint n = 0;
    const Route *const *routes = api_routes(api, &n);
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < n; i++) {
        if (is_generic(routes[i]) != generic || !g_hash_table_add(done, (gpointer) routes[i]->path))
            continue;
        g_autofree char *path = openapi_path(routes[i]->path, entity);
        json_key(out, path);
        json_begin_object(out);
        for (guint k = i; k < n; k++) {
            if (strcmp(routes[k]->path, routes[i]->path) == 0)
                write_operation(out, routes[k], entity ? entity : "*");
        }
        json_end_object(out);
    }
}

char *
api_openapi(const Registry *registry, const Api *api)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_object(out);
    json_kv_text(out, "openapi", "3.1.0");
    json_key(out, "info");
    json_begin_object(out);
    json_kv_text(out, "title", "Lanting");
    json_kv_text(out, "version", "0.1.0");
    json_end_object(out);
    json_key(out, "paths");
    json_begin_object(out);
    write_paths(out, api, FALSE, NULL);
    write_paths(out, api, TRUE, NULL);
    json_end_object(out);
    json_key(out, "components");
    json_begin_object(out);
    json_key(out, "schemas");
    json_begin_object(out);
    json_key(out, "ref");
    json_begin_object(out);
    json_kv_text(out, "type", "object");
    json_end_object(out);
    for (guint i = 0; registry->defs[i]; i++) {
        if (!(registry->defs[i]->flags & EF_INTERNAL))
            write_entity_schema(out, registry->defs[i]);
    }
    json_end_object(out);
    json_end_object(out);
    json_end_object(out);
    return g_string_free(json_out_steal(out), FALSE);
}
