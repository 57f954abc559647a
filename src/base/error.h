/* error.h - the one error type of the program: a GError with six codes, a stable token, the
 * sentence in both languages and, for bad input, one entry per field.
 * Not for our own bugs: those are g_return_if_fail and g_assert. Start at app_error_set(). */
#pragma once
#include <glib.h>

/* Each code is an instruction to the caller and has one HTTP status. New codes need a decision. */
typedef enum {
    APP_ERROR_INVALID,   /* 422: the caller sent something wrong; see the fields */
    APP_ERROR_FORBIDDEN, /* 403: this person may not */
    APP_ERROR_NOT_FOUND, /* 404: no such record, or none this person may see */
    APP_ERROR_CONFLICT,  /* 409: state, version or uniqueness; reload and decide */
    APP_ERROR_BUSY,      /* 503: try again, the outcome may be unknown */
    APP_ERROR_INTERNAL,  /* 500: ours; logged with the request id, told without detail */
} AppErrorCode;

typedef enum { LANG_ZH, LANG_EN, LANG__N } Lang;

/* One complaint about one field of the input. */
typedef struct {
    char *field; /* JSON name of the field, "rows[3].price" for nested input */
    char *token; /* stable, e.g. "required" */
    char *text[LANG__N];
} FieldError;

typedef struct {
    char *token; /* stable, e.g. "lease.overlap" */
    char *text[LANG__N];
    GPtrArray *fields; /* of FieldError, owned */
} AppErrorPrivate;

#define APP_ERROR (app_error_quark())
GQuark app_error_quark(void);
AppErrorPrivate *app_error_get_private(const GError *error);

/* Sets @error. @zh and @en are printf formats that take the same arguments in the same order.
 * @token is stable and goes to the front end. Does nothing if @error is NULL. Always returns FALSE,
 * so that a function can end with `return app_error_set(...)`. */
gboolean app_error_set(GError **error, AppErrorCode code, const char *token, const char *zh,
                       const char *en, ...) G_GNUC_PRINTF(4, 6) G_GNUC_PRINTF(5, 6);

/* Adds one field complaint; makes an INVALID error ("input.invalid") if @error holds none yet.
 * Several calls collect several complaints, so validation reports all of them at once; on an
 * error of another code nothing is added. Always returns FALSE. */
gboolean app_error_field(GError **error, const char *field, const char *token, const char *zh,
                         const char *en, ...) G_GNUC_PRINTF(4, 6) G_GNUC_PRINTF(5, 6);

/* Moves the field complaints of @from into @error, each name prefixed with @prefix (may be "").
 * A @from without fields becomes one complaint about the prefix itself; one that is not INVALID
 * takes the place of the complaints. Frees @from. */
void app_error_take_fields(GError **error, const char *prefix, GError *from);

/* The stable token, or "internal" for a foreign GError. transfer none. */
const char *app_error_token(const GError *error);
/* The sentence in @lang; a foreign GError gives its own message. transfer none. */
const char *app_error_text(const GError *error, Lang lang);
/* True if @error is an AppError with @code. NULL gives FALSE. */
gboolean app_error_is(const GError *error, AppErrorCode code);

/* Formats for ready-made texts:
 * app_error_field(error, field, token, EACH_OWN_ZH, EACH_OWN_EN, zh_text, en_text). */
#define EACH_OWN_ZH "%s%.0s"
#define EACH_OWN_EN "%.0s%s"
