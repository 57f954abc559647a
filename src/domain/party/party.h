/* party.h - who we deal with: merchants, their contacts and brands, categories, channels.
 * One file per merchant from the first call to move-out; doubles are offered as a merge, never lost.
 * Start at party_known_write(). */
#pragma once
#include "store/registry.h"

extern const EntityModule category_module;
extern const EntityModule channel_module;
extern const EntityModule class_rule_module;
extern const EntityModule channel_spend_module;
extern const EntityModule merchant_module;
extern const EntityModule contact_module;
extern const EntityModule brand_module;
extern const EntityModule merchant_brand_module;

extern const EnumItem brand_level_items[];

/* Categories from the data file and the usual channels, into a fresh database. Does nothing where there are any. */
gboolean party_seed(Ctx *ctx, GError **error);

enum { PARTY_CLASSIFY_MAX = 1000 };

/* Sets an empty category_id of @rec by the first rule with a word that its fields @texts (NULL-terminated) have; else leaves it empty. */
gboolean party_classify(Ctx *ctx, Record *rec, const char *const *texts, GError **error);
/* The fields that rules look at; NULL for entities without a category. Static. */
const char *const *party_class_texts(const char *entity);
/* The same for records without a category that this person may change, at most PARTY_CLASSIFY_MAX: how many got one, how many have none
 * still. INVALID naming "entity", FORBIDDEN "class_rule.forbidden". */
gboolean party_classify_all(Ctx *ctx, const char *entity, guint *done, guint *left, GError **error);

/* Form under which phones are stored and compared: spaces and +86 dropped. NULL if it is no phone. transfer full. */
char *party_phone_key(const char *phone);

/* Merchant and contact of a phone number, both 0 if it is not known. Asks nobody's rights. */
gboolean party_find_phone(Ctx *ctx, const char *phone, gint64 *merchant_id, gint64 *contact_id,
                          GError **error);

/* Members {known, merchant, contact, leads, inquiries, owner, mine} of the caller @phone into an open object: known also when the
 * record belongs to somebody else; then names are shown, details masked. GET /api/inquiry/known. */
gboolean party_known_write(Ctx *ctx, const char *phone, JsonOut *out, GError **error);

typedef struct {
    gint64 merchant_id;
    char *name;
    char *owner;     /* who holds it; "" if nobody */
    const char *why; /* "phone", "credit_code" or "name"; static */
    guint score;     /* 100 for phone and code, else similarity of the names */
} PartyDuplicate;

/* Merchants that may be the same as one with these data (each may be NULL), best first, at most 10: equal phone of a contact,
 * equal credit code, name at least 80 % similar. Asks nobody's rights: a double must be seen by everybody.
 * @except leaves one out. transfer full, array of PartyDuplicate. */
GPtrArray *party_duplicates(Ctx *ctx, const char *name, const char *phone, const char *credit_code,
                            gint64 except, GError **error);
/* Writes them as an array value: [{merchant: {id, label}, owner, why, score}]. */
void party_duplicates_write(const GPtrArray *duplicates, JsonOut *out);

/* Moves contacts, brands, inquiries, leads and everything else that names @from to @into; @from stays, marked as merged,
 * with its history. Needs "merchant.merge" on both. Errors: NOT_FOUND, CONFLICT "merchant.merged", "merchant.same",
 * "merchant.has_lease" (both are bound by leases), FORBIDDEN. */
gboolean party_merge(Ctx *ctx, gint64 from_id, gint64 into_id, GError **error);

/* The same for a use case that has asked for rights itself. */
gboolean party_join(Ctx *ctx, gint64 from_id, gint64 into_id, GError **error);

/* Code of a category and of the one above it, e.g. "F04" and "F"; NULL for none. transfer full. */
gboolean party_category_codes(Ctx *ctx, gint64 category_id, char **code, char **parent_code,
                              GError **error);
