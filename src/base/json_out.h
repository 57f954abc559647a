/* json_out.h - streaming JSON writer into a growing buffer. Commas are its business, not yours.
 * Owns its buffer; hand it on with json_out_steal(). */
#pragma once
#include <glib.h>

typedef struct {
    GString *buf;
    guint8 depth;
    guint64 has_item; /* bit per depth: a comma is needed before the next item */
    gboolean after_key;
} JsonOut;

JsonOut *json_out_new(void);
void json_out_free(JsonOut *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JsonOut, json_out_free)
/* The text so far; the writer is empty afterwards. transfer full. */
GString *json_out_steal(JsonOut *out);

void json_begin_object(JsonOut *out);
void json_end_object(JsonOut *out);
void json_begin_array(JsonOut *out);
void json_end_array(JsonOut *out);
void json_key(JsonOut *out, const char *key);
/* Values; NULL text writes null. */
void json_text(JsonOut *out, const char *text);
void json_text_n(JsonOut *out, const char *text, gsize len);
void json_int(JsonOut *out, gint64 value);
void json_bool(JsonOut *out, gboolean value);
void json_nil(JsonOut *out); /* null; jansson owns the name json_null */
/* Ids travel as strings; 0 writes null. */
void json_id(JsonOut *out, gint64 id);
/* Integer of 10^-scale as a decimal string with at least @min_digits fraction digits. */
void json_decimal(JsonOut *out, gint64 value, int scale, int min_digits);
/* A value that is JSON text already (checked where it was stored). */
void json_raw(JsonOut *out, const char *json, gsize len);

/* key + value in one call. */
void json_kv_text(JsonOut *out, const char *key, const char *text);
void json_kv_int(JsonOut *out, const char *key, gint64 value);
void json_kv_bool(JsonOut *out, const char *key, gboolean value);
void json_kv_id(JsonOut *out, const char *key, gint64 id);
void json_kv_money(JsonOut *out, const char *key, gint64 fen);
void json_kv_day(JsonOut *out, const char *key, gint64 day);  /* DAY_NONE writes null */
void json_kv_us(JsonOut *out, const char *key, gint64 at_us); /* 0 writes null */
