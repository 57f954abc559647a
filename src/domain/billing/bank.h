/* bank.h - bank statements: lines that are imported, recognised and become confirmed receipts. Start at bank_suggestions_write(). */
#pragma once
#include "domain/billing/billing_internal.h"
#include "store/import.h"

/* Actions of bank_line. */
gboolean bank_line_match(Ctx *ctx, Record *line, const Record *input, GError **error);
gboolean bank_line_ignore(Ctx *ctx, Record *line, const Record *input, GError **error);
gboolean bank_line_may_reopen(Ctx *ctx, const Record *line, GError **error);
gboolean bank_line_reopen(Ctx *ctx, Record *line, const Record *input, GError **error);
