/* services.h - small services that live in the transaction: gap-free numbers, the search index, idempotency
 * keys, grants on single records, settings. */
#pragma once
#include "store/record.h"

/* Next number of @pattern ("HT-{YYYY}-{4}", "{YYMM}" too) for the property; gap-free because it is taken in the transaction. transfer full. */
char *number_next(Ctx *ctx, const char *kind, const char *pattern, GError **error);
/* The next @count numbers of a series at once: values *first and following, written with number_text(). For batches. */
gboolean number_take(Ctx *ctx, const char *kind, const char *pattern, guint count, gint64 *first, GError **error);
/* The number of @value in the series of @pattern on that day. transfer full. */
char *number_text(const char *pattern, Day today, gint64 value);

/* Search keys of a record's FF_SEARCH fields: every suffix of the folded text, the pinyin initials, the last digits of phones.
 * transfer full: a set of texts. */
GHashTable *search_keys(const Record *rec);
/* Stores the keys of @rec; those of @old (NULL for a new row) that it no longer has are removed. */
gboolean search_index(Ctx *ctx, const Record *rec, const Record *old, GError **error);
/* {"groups": [...]} over every searchable entity this person may read. */
gboolean search_write(Ctx *ctx, const char *q, guint per_group, JsonOut *out, GError **error);
/* Condition on alias.id for a folded query; binds :q_lo and :q_hi. */
char *search_condition(const EntityDef *def, const char *alias);
void search_bind(DbStmt *stmt, const char *q);

/* Takes an idempotency key, waiting for a request that has it just now; its first answer, or TRUE with *status 0 if the key is new. INVALID "idempotency.differs" if the request differs. */
gboolean idempotency_find(Ctx *ctx, const char *key, const char *request_hash, int *status, char **body, GError **error);
gboolean idempotency_keep(Ctx *ctx, const char *key, const char *request_hash, int status, const char *body, GError **error);

/* Lets @staff_id read exactly this record while a task lives; @why names it, e.g. "approval:123". */
gboolean grant_give(Ctx *ctx, const char *entity, gint64 record_id, gint64 staff_id, const char *why, GError **error);
gboolean grant_end(Ctx *ctx, const char *why, GError **error);

/* A setting of the property, or @fallback. transfer full. */
char *setting_get(Ctx *ctx, const char *name, const char *fallback);
gint64 setting_int(Ctx *ctx, const char *name, gint64 fallback);

/* Tells a person something, in their notifications; @entity and @id lead there. */
gboolean notify(Ctx *ctx, gint64 staff_id, const char *kind, const char *entity, gint64 id, const char *zh, const char *en, GError **error);
