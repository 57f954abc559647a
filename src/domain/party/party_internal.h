/* party_internal.h - what the files of party share. Not for others. */
#pragma once
#include "db/catalogue.h"
#include "domain/party/party.h"

/* Prepares a named statement and binds :property_id where it has it. NULL with @error. */
DbStmt *party_stmt(Ctx *ctx, const char *name, GError **error);

/* party_rules.c: hooks of the tables. */
gboolean category_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean channel_spend_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean merchant_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean merchant_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
gboolean contact_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean contact_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean brand_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean merchant_brand_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
