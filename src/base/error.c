#include "base/error.h"
#include <string.h>

static void
field_error_free(gpointer data)
{
    FieldError *field = data;
    g_free(field->field);
    g_free(field->token);
    for (int i = 0; i < LANG__N; i++)
        g_free(field->text[i]);
    g_free(field);
}

static FieldError *
field_error_copy(const FieldError *from)
{
    FieldError *to = g_new0(FieldError, 1);
    to->field = g_strdup(from->field);
    to->token = g_strdup(from->token);
    for (int i = 0; i < LANG__N; i++)
        to->text[i] = g_strdup(from->text[i]);
    return to;
}

/* The three functions that G_DEFINE_EXTENDED_ERROR calls. */
static void
app_error_private_init(AppErrorPrivate *priv)
{
    priv->fields = g_ptr_array_new_with_free_func(field_error_free);
}

static void
app_error_private_copy(const AppErrorPrivate *from, AppErrorPrivate *to)
{
    to->token = g_strdup(from->token);
    for (int i = 0; i < LANG__N; i++)
        to->text[i] = g_strdup(from->text[i]);
    for (guint i = 0; i < from->fields->len; i++)
        g_ptr_array_add(to->fields, field_error_copy(g_ptr_array_index(from->fields, i)));
}

static void
app_error_private_clear(AppErrorPrivate *priv)
{
    g_free(priv->token);
    for (int i = 0; i < LANG__N; i++)
        g_free(priv->text[i]);
    g_ptr_array_unref(priv->fields);
}

/* The macro makes its accessor static; ours is public, so the macro's gets another name. */
#define app_error_get_private private_of
G_DEFINE_EXTENDED_ERROR(AppError, app_error)
#undef app_error_get_private

AppErrorPrivate *
app_error_get_private(const GError *error)
{
    return private_of(error);
}

static void format_both(char *text[LANG__N], const char *zh, const char *en, va_list args)
    G_GNUC_PRINTF(2, 0) G_GNUC_PRINTF(3, 0);

static void
format_both(char *text[LANG__N], const char *zh, const char *en, va_list args)
{
    va_list again;
    va_copy(again, args);
    text[LANG_ZH] = g_strdup_vprintf(zh, args);
    text[LANG_EN] = g_strdup_vprintf(en, again);
    va_end(again);
}

/* Takes over both texts. The GError's own message is the English one, for logs. */
static GError *
error_new(AppErrorCode code, const char *token, char *text[LANG__N])
{
    GError *error = g_error_new_literal(APP_ERROR, (int) code, text[LANG_EN]);
    AppErrorPrivate *priv = app_error_get_private(error);
    priv->token = g_strdup(token);
    for (int i = 0; i < LANG__N; i++)
        priv->text[i] = text[i];
    return error;
}

static GError *
input_error_new(void)
{
    char *text[LANG__N] = {
        [LANG_ZH] = g_strdup("输入有误"), [LANG_EN] = g_strdup("some fields are not right")
    };
    return error_new(APP_ERROR_INVALID, "input.invalid", text);
}

gboolean
app_error_set(GError **error, AppErrorCode code, const char *token, const char *zh, const char *en,
              ...)
{
    if (!error)
        return FALSE;
    g_return_val_if_fail(*error == NULL, FALSE);
    char *text[LANG__N];
    va_list args;
    va_start(args, en);
    format_both(text, zh, en, args);
    va_end(args);
    *error = error_new(code, token, text);
    return FALSE;
}

/* Takes over @field; drops it where @error already says something graver than bad input. */
static void
add_field(GError **error, FieldError *field)
{
    if (!*error)
        *error = input_error_new();
    if (app_error_is(*error, APP_ERROR_INVALID))
        g_ptr_array_add(app_error_get_private(*error)->fields, field);
    else
        field_error_free(field);
}

gboolean
app_error_field(GError **error, const char *field, const char *token, const char *zh,
                const char *en, ...)
{
    if (!error)
        return FALSE;
    FieldError *complaint = g_new0(FieldError, 1);
    complaint->field = g_strdup(field);
    complaint->token = g_strdup(token);
    va_list args;
    va_start(args, en);
    format_both(complaint->text, zh, en, args);
    va_end(args);
    add_field(error, complaint);
    return FALSE;
}

/* An INVALID error that names no field becomes a complaint about what the prefix points at. */
static FieldError *
complaint_about_prefix(const char *prefix, const AppErrorPrivate *priv)
{
    FieldError *field = g_new0(FieldError, 1);
    gsize length = strlen(prefix);
    if (length > 0 && prefix[length - 1] == '.')
        length--;
    field->field = g_strndup(prefix, length);
    field->token = g_strdup(priv->token);
    for (int i = 0; i < LANG__N; i++)
        field->text[i] = g_strdup(priv->text[i]);
    return field;
}

void
app_error_take_fields(GError **error, const char *prefix, GError *from)
{
    g_autoptr(GError) owned = from;
    if (!error || !owned)
        return;
    if (!app_error_is(owned, APP_ERROR_INVALID)) {
        /* A failure of ours is told instead of the complaints collected so far. */
        if (!*error || app_error_is(*error, APP_ERROR_INVALID)) {
            g_clear_error(error);
            *error = g_steal_pointer(&owned);
        }
        return;
    }
    AppErrorPrivate *priv = app_error_get_private(owned);
    if (priv->fields->len == 0 && *prefix) {
        add_field(error, complaint_about_prefix(prefix, priv));
        return;
    }
    if (priv->fields->len == 0 && !*error) {
        *error = g_steal_pointer(&owned);
        return;
    }
    for (guint i = 0; i < priv->fields->len; i++) {
        FieldError *field = field_error_copy(g_ptr_array_index(priv->fields, i));
        char *name = g_strconcat(prefix, field->field, NULL);
        g_free(field->field);
        field->field = name;
        add_field(error, field);
    }
}

const char *
app_error_token(const GError *error)
{
    if (!error || error->domain != APP_ERROR)
        return "internal";
    const char *token = app_error_get_private(error)->token;
    return token ? token : "internal";
}

const char *
app_error_text(const GError *error, Lang lang)
{
    if (!error)
        return "";
    if (error->domain != APP_ERROR || lang < 0 || lang >= LANG__N)
        return error->message;
    const char *text = app_error_get_private(error)->text[lang];
    return text ? text : error->message;
}

gboolean
app_error_is(const GError *error, AppErrorCode code)
{
    return error && error->domain == APP_ERROR && error->code == (int) code;
}
