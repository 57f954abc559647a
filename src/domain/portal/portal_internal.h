/* portal_internal.h - what statement, paper and pages share. Only inside domain/portal. */
#pragma once
#include "base/money.h"
#include "domain/portal/portal.h"

/* One line of the account. */
typedef struct {
    Day on, from, to, due_on; /* DAY_NONE: none */
    gint64 id, amount_fen, balance_fen; /* positive: the merchant owes more */
    const char *what;         /* "charge", "void", "allocation". Static */
    char *kind;               /* of the charge, or of the allocation */
    char *name, *unit_no, *no; /* no: of the receipt */
} StatementLine;

typedef struct {
    Day on;
    gint64 id, amount_fen, credit_fen;
    char *no, *way, *state, *order_no;
} StatementReceipt;

typedef struct {
    char *kind;
    gint64 opening_fen, closing_fen;
} StatementHeld;

typedef struct {
    Day on;
    gint64 id, amount_fen;
    char *kind, *event, *lease_no, *receipt_no;
} StatementDeposit;

struct AccountStatement {
    Day from, to;
    gint64 opening_fen, charged_fen, settled_fen, closing_fen, credit_fen;
    GArray *lines, *receipts, *held, *deposits;
};

/* An empty statement of a period, and the parts of it that the pages show alone. */
AccountStatement *portal_period_new(Day from, Day to);
gboolean portal_load_receipts(Ctx *ctx, gint64 merchant_id, AccountStatement *s, GError **error);
gboolean portal_load_deposits(Ctx *ctx, gint64 merchant_id, AccountStatement *s, GError **error);
/* As an array in the member @key. */
void portal_write_receipts(const Ctx *ctx, const AccountStatement *s, const char *key, JsonOut *out);
void portal_write_deposits(const Ctx *ctx, const AccountStatement *s, const char *key, JsonOut *out);
/* A named statement with the reader's scope and :merchant_id bound. transfer full. */
DbStmt *portal_stmt(Ctx *ctx, const char *name, gint64 merchant_id, GError **error);
/* Label of an enum value of a field in the reader's language; the token if it is none. */
const char *portal_label(const Ctx *ctx, const char *entity, const char *field, const char *token);
/* What a charge is called: its item, or the legal kind of a deposit (column @kind_col), which decides what becomes of the money. */
const char *portal_name(const Ctx *ctx, const DbStmt *stmt, int name_col, int kind_col);
/* Member "<name>" with the token and "<name>_label". */
void portal_write_enum(const Ctx *ctx, JsonOut *out, const char *entity, const char *field, const char *name, const char *token);
/* Member "pay": who receives the money, and where. */
void portal_write_pay(Ctx *ctx, JsonOut *out);
/* Credit left of the merchant's payments at the end of @day. */
gboolean portal_credit(Ctx *ctx, gint64 merchant_id, Day day, gint64 *credit_fen, GError **error);
/* Text of a column or NULL. transfer full. */
char *portal_dup(const DbStmt *stmt, int col);
Day portal_day(const DbStmt *stmt, int col);
