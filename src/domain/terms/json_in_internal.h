/* json_in_internal.h - strict reading of JSON objects: each getter names the field in its complaint, and
 * fields nobody asked for are refused. Only for the .c files of this folder. */
#pragma once
#include "base/day.h"
#include "base/error.h"
#include "domain/terms/terms.h"

#include <jansson.h>

/* One object being read. Set up with json_in_begin(); json_in_end() says whether all went well. */
typedef struct {
    const json_t *object;
    const char *prefix; /* "terms[0]." */
    GError **error;
    gboolean failed;
} JsonIn;

typedef enum { JIN_OPTIONAL, JIN_REQUIRED } JsonInNeed;

/* FALSE (and a complaint) if @object is no object. @names ends with NULL and lists all allowed fields. */
gboolean json_in_begin(JsonIn *in, const json_t *object, const char *prefix,
                       const char *const *names, GError **error);

/* "terms[0].steps[2]." transfer full. */
char *json_in_prefix_of(const JsonIn *in, const char *name, gsize index);
/* A complaint about a field, always FALSE. @zh and @en are constant sentences, no formats. */
gboolean json_in_bad(JsonIn *in, const char *name, const char *token, const char *zh,
                     const char *en);
/* The same for callers without a JsonIn: field is @prefix followed by @name. */
gboolean term_bad(GError **error, const char *prefix, const char *name, const char *token,
                  const char *zh, const char *en);
/* The member, or NULL if absent or null; complains if it is required. */
const json_t *json_in_member(JsonIn *in, const char *name, JsonInNeed need);

/* Each returns TRUE if a good value was stored; FALSE if absent (fine when optional) or bad. */
gboolean json_in_text(JsonIn *in, const char *name, JsonInNeed need, char **out);
gboolean json_in_decimal(JsonIn *in, const char *name, JsonInNeed need, int scale, gint64 *out);
gboolean json_in_money(JsonIn *in, const char *name, JsonInNeed need, gint64 *fen);
gboolean json_in_percent(JsonIn *in, const char *name, JsonInNeed need, gint64 *ppm);
gboolean json_in_area(JsonIn *in, const char *name, JsonInNeed need, gint64 *dm2);
gboolean json_in_day(JsonIn *in, const char *name, JsonInNeed need, Day *out);
gboolean json_in_month(JsonIn *in, const char *name, JsonInNeed need, int *key);
gboolean json_in_int(JsonIn *in, const char *name, JsonInNeed need, gint64 min, gint64 max,
                     gint64 *out);
gboolean json_in_bool(JsonIn *in, const char *name, JsonInNeed need, gboolean *out);
/* Index of the token in @tokens (NULL-terminated); unchanged if absent. */
gboolean json_in_enum(JsonIn *in, const char *name, JsonInNeed need, const char *const *tokens,
                      int *out);
/* The array, at most @max long, or NULL. */
const json_t *json_in_array(JsonIn *in, const char *name, JsonInNeed need, gsize max);

/* Reads one decimal value (text, or a JSON integer) with at most @scale fraction digits. */
gboolean json_decimal_value(const json_t *value, int scale, gint64 *out);
/* Reads "YYYY-MM" into a month key. */
gboolean json_month_text(const char *text, int *key);
/* Loads an object from text with depth and size limits. transfer full: json_decref(). */
json_t *json_in_load(const char *text, GError **error);

/* Shared readers of terms_json.c: a turnover clause, and the "cap" member of a late clause. */
gboolean turnover_from_json(const json_t *value, const char *prefix, TermTurnover *turnover,
                            GError **error);
gboolean late_cap_from_json(JsonIn *in, TermLate *late);

#define JSON_IN_AUTO __attribute__((cleanup(json_in_auto_cleanup)))
static inline void
json_in_auto_cleanup(json_t **value)
{
    json_decref(*value);
}
