#include "print/docx_internal.h"

#include <string.h>

/* Splits "a.b.c" after its first word; the rest is "" at the end. */
static const json_t *
step(const json_t *value, const char *path, const char **rest)
{
    gsize len = strcspn(path, ".");
    g_autofree char *key = g_strndup(path, len);
    *rest = path[len] == '.' ? path + len + 1 : path + len;
    return json_object_get(value, key);
}

static gboolean
append_scalar(const json_t *value, GString *out)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        g_string_append(out, json_string_value(value));
        return TRUE;
    case JSON_INTEGER:
        g_string_append_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return TRUE;
    case JSON_TRUE:
        g_string_append(out, "是");
        return TRUE;
    case JSON_FALSE:
        g_string_append(out, "否");
        return TRUE;
    case JSON_NULL:
        return TRUE;
    /* Amounts travel as strings; a binary fraction here is a mistake of the caller. */
    case JSON_REAL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    return FALSE;
}

static gboolean
append_path(const json_t *value, const char *path, GString *out)
{
    if (json_is_array(value)) {
        size_t i;
        json_t *item;
        json_array_foreach((json_t *) value, i, item)
        {
            gsize before = out->len;
            if (before > 0 && i > 0)
                g_string_append(out, "、");
            gsize start = out->len;
            if (!append_path(item, path, out))
                return FALSE;
            if (out->len == start)
                g_string_truncate(out, before);
        }
        return TRUE;
    }
    if (*path == '\0')
        return append_scalar(value, out);
    const char *rest;
    const json_t *next = step(value, path, &rest);
    return next != NULL && append_path(next, rest, out);
}

/* What is left of @path inside the element that @scope stands for, or NULL. */
static const char *
path_inside(const DocxScope *scope, const char *path)
{
    gsize len = scope->name == NULL ? 0 : strlen(scope->name);
    if (len == 0 || strncmp(path, scope->name, len) != 0)
        return NULL;
    return path[len] == '.' ? path + len + 1 : path[len] == '\0' ? path + len : NULL;
}

char *
docx_value_text(const DocxScope *scope, const char *path)
{
    for (; scope != NULL; scope = scope->outer) {
        const char *inside = path_inside(scope, path);
        const char *const tries[] = { inside, path };
        for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
            g_autoptr(GString) out = g_string_new(NULL);
            if (tries[i] != NULL && append_path(scope->value, tries[i], out))
                return g_strdup(out->str);
        }
    }
    return NULL;
}

static const json_t *
find_in(const json_t *value, const char *path)
{
    while (value != NULL && *path != '\0')
        value = step(value, path, &path);
    return value;
}

const json_t *
docx_value_find(const DocxScope *scope, const char *path)
{
    for (; scope != NULL; scope = scope->outer) {
        const char *inside = path_inside(scope, path);
        const json_t *found = inside == NULL ? NULL : find_in(scope->value, inside);
        if (found == NULL)
            found = find_in(scope->value, path);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static const json_t *
array_on(const json_t *value, const char *path, const char **rest)
{
    *rest = path;
    while (value != NULL && **rest != '\0') {
        value = step(value, *rest, rest);
        if (json_is_array(value))
            return **rest == '\0' ? NULL : value;
    }
    return NULL;
}

const json_t *
docx_value_array(const DocxScope *scope, const char *path, gsize *name_len)
{
    for (; scope != NULL; scope = scope->outer) {
        const char *rest, *inside = path_inside(scope, path);
        const json_t *array = array_on(scope->value, inside == NULL ? path : inside, &rest);
        if (array != NULL) {
            *name_len = (gsize) (rest - path) - 1;
            return array;
        }
        if (inside != NULL)
            return NULL; /* a member of the element at hand */
    }
    return NULL;
}
