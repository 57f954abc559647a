/* ledger_internal.h - shared inside domain/ledger only. */
#pragma once
#include "domain/ledger/ledger.h"

#define JOURNAL_NUMBER "PZ-{YYMM}-{6}"

gboolean ledger_month_close(Ctx *ctx, Record *month, const Record *input, GError **error);
