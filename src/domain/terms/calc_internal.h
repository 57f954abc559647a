/* calc_internal.h - the calculators behind calc_run(); each reads one JSON value and writes one. */
#pragma once
#include "base/json_out.h"
#include "domain/terms/json_in_internal.h"

typedef gboolean (*CalcFn)(const json_t *value, JsonOut *out, GError **error);

gboolean calc_schedule(const json_t *value, JsonOut *out, GError **error);
gboolean calc_compare(const json_t *value, JsonOut *out, GError **error);
gboolean calc_turnover(const json_t *value, JsonOut *out, GError **error);
gboolean calc_late_fee(const json_t *value, JsonOut *out, GError **error);
gboolean calc_tax(const json_t *value, JsonOut *out, GError **error);
gboolean calc_stamp_duty(const json_t *value, JsonOut *out, GError **error);
gboolean calc_share(const json_t *value, JsonOut *out, GError **error);
gboolean calc_deposit(const json_t *value, JsonOut *out, GError **error);
gboolean calc_straight_line(const json_t *value, JsonOut *out, GError **error);
gboolean calc_settlement(const json_t *value, JsonOut *out, GError **error);
gboolean calc_ageing(const json_t *value, JsonOut *out, GError **error);
gboolean calc_wale(const json_t *value, JsonOut *out, GError **error);
gboolean calc_expiry(const json_t *value, JsonOut *out, GError **error);
gboolean calc_occupancy(const json_t *value, JsonOut *out, GError **error);
gboolean calc_collection(const json_t *value, JsonOut *out, GError **error);
gboolean calc_concentration(const json_t *value, JsonOut *out, GError **error);
gboolean calc_occupancy_cost(const json_t *value, JsonOut *out, GError **error);
gboolean calc_words(const json_t *value, JsonOut *out, GError **error);
gboolean calc_check(const json_t *value, JsonOut *out, GError **error);

/* "text_zh" and "text_en"; frees both texts. */
void calc_texts(JsonOut *out, char *zh, char *en);
/* key: text; frees the text. */
void calc_kv_take(JsonOut *out, const char *key, char *text);
/* One {name, amount} row. */
typedef struct {
    char *name;
    gint64 amount_fen;
} CalcAmount;
/* The member @name: a money text, or a list of {name, amount} (or of money texts). Absent gives an empty
 * array. NULL if something is wrong. transfer full: GArray of CalcAmount. */
GArray *calc_amounts(JsonIn *in, const char *name);
gint64 calc_amounts_sum(const GArray *amounts);
