/* ledger_internal.h - shared inside domain/ledger only. */
#pragma once
#include "domain/ledger/ledger.h"

#define JOURNAL_NUMBER "PZ-{YYMM}-{6}"

/* Closes a month: in order, ended, nothing in the way. Errors: CONFLICT "fiscal_month.running", "fiscal_month.earlier_open", "fiscal_month.not_ready";
 * INVALID without a reason where a point of the checklist is waived. */
gboolean ledger_month_close(Ctx *ctx, Record *month, const Record *input, GError **error);
/* Spreads the rent of all leases over the month and posts what that changes; each lease and month once (straight_income.c). CONFLICT "straight_line.future". */
gboolean ledger_straight_post(Ctx *ctx, Record *fiscal_month, const Record *input, GError **error);
/* Member "checklist" of an open object: what closing needs, point by point; empty once closed. */
gboolean ledger_checklist_write(Ctx *ctx, const Record *month, JsonOut *out, GError **error);

/* Adds a complaint for each field that people write and that changed although the paper is no draft any more. */
void ledger_refuse_edited(const Record *rec, const Record *old, GError **error);
/* Nobody pays or posts what they registered themselves: FORBIDDEN "<entity>.own". */
gboolean ledger_refuse_own(const Ctx *ctx, const Record *rec, GError **error);
/* Adds a complaint for a day that has not come yet. */
void ledger_refuse_future(const Ctx *ctx, const Record *input, const char *field, GError **error);
/* What taking a posted paper back asks for, and how it is done (红冲): the opposite journal is posted and the paper keeps day and reason
 * in reversed_on and reverse_reason. */
enum { LEDGER_REVERSE_FIELDS = 2 };
extern const FieldDef ledger_reverse_fields[LEDGER_REVERSE_FIELDS];
gboolean ledger_paper_reverse(Ctx *ctx, Record *rec, const Record *input, GError **error);
/* Members "entries", "source", "reversed_by" of a journal; "balance" of a money account today. */
gboolean ledger_journal_write(Ctx *ctx, const Record *journal, JsonOut *out, GError **error);
gboolean ledger_money_write(Ctx *ctx, const Record *money, JsonOut *out, GError **error);
