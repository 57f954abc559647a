/* moveout_internal.h - the statement while it is made, and hooks named by the tables. Only inside domain/moveout. */
#pragma once
#include "base/money.h"
#include "domain/moveout/moveout.h"
#include "domain/terms/lease_money.h"

extern const EnumItem move_out_kinds[], move_out_item_parts[], move_out_item_results[];

/* One line of the statement. Deductions are positive, what the merchant gets is negative, as in a charge. Texts owned. */
typedef struct {
    const char *group; /* unpaid rent late utility damage penalty occupation compensation deposit */
    char *name, *item, *clause, *working;
    const char *kind;         /* of the charge that it becomes; NULL: it is one already, or none */
    const char *deposit_kind; /* group deposit */
    Day from, to, due_on;
    gint64 tax_rate_ppm, net_fen, tax_fen, gross_fen;
    gint64 charge_id; /* group unpaid; of late fees the principal */
    gint64 term_id, unit_id;
} StatementLine;

typedef struct {
    const char *token, *zh, *en;
} StatementProblem;

/* Everything that is between the two sides on a day. */
typedef struct {
    Day on;
    GPtrArray *lines; /* of StatementLine */
    GArray *problems; /* of StatementProblem: it cannot be frozen while there is one */
    MoveOut balance;
} Statement;

void statement_free(Statement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Statement, statement_free)
/* @on: late fees and the occupation fee run through it. transfer full. */
Statement *statement_build(Ctx *ctx, const Record *move_out, Day on, GError **error);
StatementLine *statement_add(Statement *statement, const char *group, const char *name, gint64 gross_fen);
void statement_problem(Statement *statement, const char *token, const char *zh, const char *en);
/* Working of one step in both languages, printf formats with the same arguments. transfer full. */
char *statement_step(const char *zh, const char *en, ...) G_GNUC_PRINTF(1, 3) G_GNUC_PRINTF(2, 3);
/* The statement as the JSON array of its lines. transfer full. */
char *statement_lines_text(const Statement *statement);
void statement_write(const Statement *statement, Lang lang, JsonOut *out);

/* Rent and fees by the contract's own schedule up to the last day, less what was billed; then late fees on what is unpaid. */
gboolean statement_add_rent(Ctx *ctx, const Record *move_out, const Record *lease, Statement *statement, GError **error);
gboolean statement_add_late(Ctx *ctx, const Record *lease, Statement *statement, GError **error);

/* Posts what the statement says, sets off, uses the deposits. Afterwards what is open is its balance. */
gboolean moveout_post(Ctx *ctx, const Record *move_out, const Statement *statement, GError **error);
/* What is still between the two sides: open charges, charges that are owed to the merchant, deposits held. */
typedef struct {
    gint64 open_fen, credit_fen, held_fen;
} MoveRest;
gboolean moveout_rest(Ctx *ctx, gint64 lease_id, MoveRest *rest, GError **error);
/* Pays credits and deposits back out of a money account. */
gboolean moveout_refund(Ctx *ctx, const Record *move_out, Day on, gint64 money_account_id, GError **error);

DbStmt *moveout_stmt(Ctx *ctx, const char *name, gint64 lease_id, GError **error);
