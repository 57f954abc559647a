/* billing.h - what merchants owe and what they paid: charges, payment orders, receipts, allocations, deposits held. Amounts are fen.
 * Every change of money posts its journal (domain/ledger). Start at charge_post() and billing_allocate(); the tables are in
 * billing_entity.c. */
#pragma once
#include "domain/ledger/ledger.h"
#include "store/import.h"

extern const EntityModule bill_run_module, charge_module, payment_order_module, payment_order_line_module, receipt_module,
    allocation_module, deposit_entry_module, refund_module, waiver_module, deposit_move_module, bank_line_module, tax_invoice_module,
    tax_invoice_line_module, cash_count_module, single_charge_module;
extern const ApprovalSubject refund_subject, waiver_subject, deposit_move_subject, single_charge_subject;
extern const EnumItem charge_kind_items[];

/* -- charges ------------------------------------------------------------------ */

/* One charge to be posted. Text is borrowed until the call returns. */
typedef struct {
    gint64 merchant_id;                               /* required */
    gint64 lease_id, unit_id, term_id, bill_run_id;   /* 0: none */
    const char *item;                                 /* code of the charge item; NULL for deposits */
    const char *kind;                                 /* token of charge_kind_items */
    const char *deposit_kind;                         /* kind "deposit" only */
    const char *name;                                 /* what people read; NULL: name of the item or of the deposit kind */
    Day from, to;                                     /* period, both included; DAY_NONE: none */
    Day due_on;
    gint64 tax_rate_ppm, net_fen, tax_fen, gross_fen; /* net + tax = gross; may be negative */
    const char *working;                              /* JSON array of steps */
    const char *live_key;                             /* the same key is posted once; NULL: no such promise */
    const char *source_entity;                        /* what gave rise to it */
    gint64 source_id;
} ChargeSpec;

/* Posts one charge and its journal (receivable against income and output tax; a deposit posts nothing before it is paid). A charge of 0 is stored as settled.
 * Returns its id, 0 on error. CONFLICT "db.unique" if the live key was posted already. */
gint64 charge_post(Ctx *ctx, const ChargeSpec *spec, GError **error);
/* Many charges in bulk: rows, journals and entries go out in blocks; history is the caller's (a bill run has its own). All charges of one lease that
 * follow each other share a journal. */
typedef struct ChargeBatch ChargeBatch;
ChargeBatch *charge_batch_new(Ctx *ctx);
/* Copies the spec; the charge's id in *id (may be NULL). */
gboolean charge_batch_add(ChargeBatch *batch, const ChargeSpec *spec, gint64 *id, GError **error);
gboolean charge_batch_finish(ChargeBatch *batch, GError **error);
void charge_batch_free(ChargeBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ChargeBatch, charge_batch_free)
/* The key under which a line of a lease's schedule is billed once. transfer full. */
char *charge_schedule_key(gint64 term_id, const ScheduleLine *line);
/* Kind of charge of a schedule line. Static. */
const char *charge_schedule_kind(const ScheduleLine *line);

/* Voids a charge that nothing has settled, and takes its journal back. CONFLICT "charge.settled". */
gboolean charge_void(Ctx *ctx, gint64 charge_id, const char *reason, GError **error);
/* charge_void() for every charge that a record gave rise to. */
gboolean charge_void_of(Ctx *ctx, const char *source_entity, gint64 source_id, const char *reason, GError **error);
/* Members "allocations" and "open" of an open object. */
gboolean billing_charge_write(Ctx *ctx, const Record *charge, JsonOut *out, GError **error);

/* -- allocation --------------------------------------------------------------- */

/* What settles a charge. Posts no journal: the caller does, who knows where the money came from. */
typedef struct {
    const char *kind; /* receipt deposit offset waiver write_off */
    gint64 receipt_id, source_id, reverses_id;
    Day value_on;
} AllocationFrom;
/* Adds an allocation of @amount_fen (negative to take one back): row, charge and its state, payment orders that hold it. Returns its id, 0 on error.
 * CONFLICT "allocation.too_much" if the charge would be settled by more than it is, or is void. */
gint64 allocation_add(Ctx *ctx, gint64 charge_id, gint64 amount_fen, const AllocationFrom *from, GError **error);
/* After allocations to a charge: payment orders follow, a lease whose first order is complete takes effect. */
gboolean billing_orders_follow(Ctx *ctx, gint64 charge_id, gint64 lease_id, GError **error);

/* Adds to the deposit register: @amount_fen positive when more is held. */
typedef struct {
    gint64 merchant_id, lease_id, intent_id, charge_id, receipt_id; /* 0: none */
    const char *kind, *event, *memo;
    const char *source_entity; /* the document behind it; NULL: the receipt */
    gint64 source_id;
    Day happened_on;
} DepositEvent;
/* Whose deposit: that of a lease, of a letter of intent, or (both 0) of the merchant itself. */
typedef struct {
    gint64 merchant_id, lease_id, intent_id;
    const char *kind;
} DepositOf;
/* What is held of it now. */
gboolean deposit_held(Ctx *ctx, const DepositOf *of, gint64 *held_fen, GError **error);
/* Returns the entry's id, 0 on error. Posts no journal. */
gint64 deposit_enter(Ctx *ctx, const DepositEvent *event, gint64 amount_fen, GError **error);

/* Uses a deposit at once for charges of its merchant, by a document of its own: @event "deducted" or "converted", @choice as
 * [{"charge_id", "amount"}]. For use cases that were approved by themselves (a lease after its review, a move-out); people ask through deposit_move. */
gboolean deposit_settle(Ctx *ctx, const DepositOf *of, const char *event, const char *choice, const char *reason, GError **error);

/* Sets off what is owed to a merchant (charges below nothing) against what it owes, oldest against oldest; each choice as above, NULL: everything.
 * CONFLICT "charge.nothing_to_offset". */
gboolean billing_offset(Ctx *ctx, gint64 merchant_id, const char *credit_choice, const char *debit_choice, gint64 *set_off_fen, GError **error);

/* -- bank statements ------------------------------------------------------------ */

/* Lines of a statement of the money account that the import goes into. */
extern const ImportKind bank_statement_import;
/* Lines that are looked at together. */
#define BANK_SUGGEST_LINES 100
/* Member "lines" of an open object: by id of the line, whose money it may be, the best first, with score and reasons. @line_id 0: the newest open lines. */
gboolean bank_suggestions_write(Ctx *ctx, gint64 line_id, JsonOut *out, GError **error);

/* -- the cashier's desk --------------------------------------------------------- */

/* Member "items": merchants meant by a name, or the number of an order, a receipt, a lease or a unit. */
gboolean billing_cashier_find(Ctx *ctx, const char *text, JsonOut *out, GError **error);
/* Members "charges" (everything open, with working), "open", "due", "receipts" of an open object. */
gboolean billing_cashier_write(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error);
/* Money taken in at the desk: a receipt (fields as of POST /api/receipt) that is confirmed at once. Returns its id, 0 on error. */
gint64 billing_take_in(Ctx *ctx, const json_t *input, GError **error);
/* The receipt as PDF with its amount in capitals. transfer full. */
GBytes *billing_receipt_pdf(Ctx *ctx, const Record *receipt, GError **error);

/* -- invoices ------------------------------------------------------------------- */

/* Members "items" and "total" of an open object: charges of which something was not invoiced yet, of one merchant or (0) all, due by a day; with
 * @paid_only as far as they were paid for. */
gboolean billing_invoice_todo_write(Ctx *ctx, gint64 merchant_id, Day due_by, gboolean paid_only, JsonOut *out, GError **error);
/* The same as a sheet with the columns of an electronic invoice. transfer full. */
GBytes *billing_invoice_sheet(Ctx *ctx, gint64 merchant_id, Day due_by, gboolean paid_only, GError **error);

/* -- payment orders ----------------------------------------------------------- */

/* Issues the first payment order of a lease that has passed its review: its deposits and the first billed cycle of each charge item,
 * each line with its working. Errors: CONFLICT "payment_order.not_reviewed", "payment_order.exists", "payment_order.empty".
 * Returns its id, 0 on error. */
gint64 billing_order_issue(Ctx *ctx, gint64 lease_id, GError **error);
/* Which open charges are put on paper: chosen ones, or all that are due by a day and on no unpaid order yet. */
typedef struct {
    gint64 merchant_id, lease_id; /* 0: all */
    const json_t *charges;        /* array of ids as text; NULL: all due by @due_by */
    Day due_by, due_on;           /* due_on: until when to pay; DAY_NONE: as the charges say */
    const char *batch;            /* number of the batch; NULL: none */
} BillFor;
typedef struct {
    gint64 order_id, orders, total_fen; /* the last order; how many; what of them is open */
} BillDone;
/* Issues one order for each merchant. Errors: CONFLICT "payment_order.empty", a complaint about "charges". */
gboolean billing_bill(Ctx *ctx, const BillFor *what, BillDone *done, GError **error);
/* Number of a new batch of orders. transfer full. */
char *billing_batch_no(Ctx *ctx, GError **error);
/* Issues the payment order of an approved or signed letter of intent: its money by its legal kind. Errors: CONFLICT
 * "payment_order.intent_not_approved", "payment_order.exists", "payment_order.empty". Returns its id, 0 on error. */
gint64 billing_intent_order(Ctx *ctx, gint64 intent_id, GError **error);
/* All orders of a batch in one file. NOT_FOUND "payment_order.no_batch". transfer full. */
GBytes *billing_batch_pdf(Ctx *ctx, const char *batch, GError **error);
/* Members "lines", "receipts", "open" of an open object. */
gboolean billing_order_write(Ctx *ctx, const Record *order, JsonOut *out, GError **error);
/* Values of the payment order's document template. transfer full. */
json_t *billing_order_values(Ctx *ctx, const Record *order, GError **error);
/* The payment order in the company's template. transfer full. */
GBytes *billing_order_document(Ctx *ctx, const Record *order, GError **error);
/* The payment order as PDF: lines, total in figures and capitals, QR of the record. transfer full. */
GBytes *billing_order_pdf(Ctx *ctx, const Record *order, GError **error);
