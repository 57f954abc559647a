/* moveout.h - a merchant leaves: joint inspection, final readings, the settlement statement, three departments and the merchant sign, money
 * is settled, the lease ends. Amounts are fen. Not for early termination as a change of the lease. Start at statement_build(); the table
 * of states is in moveout_entity.c. */
#pragma once
#include "domain/meter/meter.h"

extern const EntityModule move_out_module, move_out_item_module;
extern const ApprovalSubject move_out_subject;

/* The settlement statement (退租结算单) as PDF: live before it is frozen, then as frozen. transfer full. */
GBytes *moveout_statement_pdf(Ctx *ctx, const Record *move_out, GError **error);
/* The confirmation of leaving (撤场确认单): inspection, readings, keys. transfer full. */
GBytes *moveout_exit_pdf(Ctx *ctx, const Record *move_out, GError **error);
