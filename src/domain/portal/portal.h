/* portal.h - the account of one merchant as both sides read it: the statement of account (对账单) and what a merchant that is logged in sees of its
 * bills, payments and deposits. Reads only; every statement asks for the reader's row scope, so that the same functions serve people of the house and
 * the merchant itself. Amounts are fen. Start at account_statement_load(). */
#pragma once
#include "domain/billing/billing.h"

/* -- statement of account ------------------------------------------------------ */

typedef struct AccountStatement AccountStatement;
/* The account from @from to @to, both included, by the days on which the program learnt of things (`posted_on`), so that a printed period never
 * changes: opening balance, each charge, voiding and settlement, closing balance; payments; deposits held. @merchant is one the reader may see.
 * Errors: INVALID "to" if the period is upside down or longer than three years. transfer full. */
AccountStatement *account_statement_load(Ctx *ctx, const Record *merchant, Day from, Day to, GError **error);
void account_statement_free(AccountStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AccountStatement, account_statement_free)
/* Members of an open object: from to opening charged settled closing credit lines receipts deposits deposit_entries pay. */
void account_statement_write(Ctx *ctx, const AccountStatement *statement, JsonOut *out);
/* As paper, always Chinese, with capitals, the lessor's account and a QR code of the merchant. transfer full. */
GBytes *account_statement_pdf(Ctx *ctx, const Record *merchant, const AccountStatement *statement, GError **error);
/* "对账单 2026-03-01 至 2026-03-31". transfer full. */
char *account_statement_name(const AccountStatement *statement);
/* The statements of one month, each on pages of its own, of every merchant that owed something or had movements in it. NOT_FOUND
 * "statement.none" if there is none. transfer full. */
GBytes *account_statements_pdf(Ctx *ctx, Day from, Day to, GError **error);

/* -- what a merchant sees ------------------------------------------------------ */

/* Each writes members into an open object, for the merchant of @ctx's rights. */
/* "due" with "total", "overdue", "items"; "orders"; "leases"; "deposits"; "credit"; "pay". */
gboolean portal_home_write(Ctx *ctx, JsonOut *out, GError **error);
/* "items": charges that fell due in a year, newest first. */
gboolean portal_charges_write(Ctx *ctx, int year, JsonOut *out, GError **error);
/* One charge with its working and what settled it. */
gboolean portal_charge_write(Ctx *ctx, gint64 id, JsonOut *out, GError **error);
/* "items": payments of a year, newest first. */
gboolean portal_receipts_write(Ctx *ctx, int year, JsonOut *out, GError **error);
/* "held" by legal kind and "items", each movement. */
gboolean portal_deposits_write(Ctx *ctx, JsonOut *out, GError **error);
/* The record of the merchant that is logged in. transfer full. */
Record *portal_merchant(Ctx *ctx, GError **error);
/* Writes down that the merchant looked at a paper: a row in its login's history. */
gboolean portal_remember(Ctx *ctx, const char *what, GError **error);
