/* ledger.h - double entry: every business event posts one balanced journal, nothing posted is ever changed. Amounts are fen, debit
 * positive, credit negative. Not for what a merchant owes (billing). Start at ledger_post(); the tables are in ledger_entity.c. */
#pragma once
#include "domain/lease/lease.h"

extern const EntityModule account_module, money_account_module, fiscal_month_module, journal_module, entry_module, expense_module, transfer_module,
    correction_module, cash_check_module, straight_line_module;
extern const ApprovalSubject expense_subject, correction_subject;

/* Accounts that the program posts to by itself: codes of the seeded chart (ledger_seed.c). Income accounts come from the charge item. */
#define ACC_CASH "1001"        /* 库存现金 */
#define ACC_BANK "1002"        /* 银行存款; money accounts name theirs */
#define ACC_RECEIVABLE "1122"  /* 应收账款: sub-ledger is the charges */
#define ACC_STRAIGHT "1123"    /* 应收租金—直线法 */
#define ACC_CREDIT "2203"      /* 预收账款: overpayments kept for the merchant */
#define ACC_TAX "2221.01"      /* 应交增值税—销项税额 */
#define ACC_INPUT_TAX "2221.02" /* 应交增值税—进项税额 */
#define ACC_DEPOSIT "2241"     /* 其他应付款—保证金; one account for each kind below it, ledger_deposit_account() */
#define ACC_OTHER_INCOME "6051" /* 其他业务收入: where a charge item names none */
#define ACC_PENALTY "6301.01"  /* 营业外收入—违约金 */
#define ACC_FORFEIT "6301.02"  /* 营业外收入—没收定金 */
#define ACC_STRAIGHT_INCOME "6051.99" /* 直线法收入调整 */
#define ACC_OPENING "3999"     /* 期初余额 */
#define ACC_BANK_FEE "6603.01" /* 财务费用—手续费 */
#define ACC_BAD_DEBT "6701"    /* 信用减值损失—坏账 */

/* Account code of a deposit kind ("performance"). Static. */
const char *ledger_deposit_account(const char *deposit_kind);

typedef struct {
    const char *account; /* code */
    gint64 amount_fen;   /* debit positive, credit negative */
    gint64 merchant_id, lease_id, charge_id, receipt_id, item_id, money_account_id; /* 0: none */
} LedgerLine;

typedef struct {
    const char *event;         /* token of ledger_events[] */
    Day on;                    /* the event's own day: gives the accounting month; DAY_NONE: today */
    const char *memo;          /* what happened, Chinese */
    const char *source_entity; /* the record that explains it */
    gint64 source_id;
    gint64 reverses_id; /* the journal that this one takes back; 0: none */
    const LedgerLine *lines;
    guint n_lines;
} LedgerJournal;

extern const EnumItem ledger_events[];

/* Posts one journal; lines of 0 are left out, a journal without lines is not posted (returns 0 without error). Returns its id, 0 on error. Errors: CONFLICT "ledger.month_closed" if even the
 * current month is closed; INTERNAL if it does not balance or names an unknown account: our bug. */
gint64 ledger_post(Ctx *ctx, const LedgerJournal *journal, GError **error);
/* Posts the opposite of every journal of a record that was not taken back yet, dated @on. */
gboolean ledger_reverse(Ctx *ctx, const char *source_entity, gint64 source_id, Day on, const char *memo, GError **error);

/* Many journals of one day: numbers are taken at the end in one block, rows go out in bulk. A batch that is not finished leaves nothing. Records that
 * the entries refer to must be stored before ledger_batch_finish(). */
typedef struct LedgerBatch LedgerBatch;
LedgerBatch *ledger_batch_new(Ctx *ctx);
/* Copies the journal; its id in *id (may be NULL). */
gboolean ledger_batch_add(LedgerBatch *batch, const LedgerJournal *journal, gint64 *id, GError **error);
gboolean ledger_batch_finish(LedgerBatch *batch, GError **error);
void ledger_batch_free(LedgerBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LedgerBatch, ledger_batch_free)

/* The accounting month that an event of day @on goes to: its own if open, else that of today. CONFLICT "ledger.month_closed". Holds the month open
 * until the end of the transaction. */
gboolean ledger_month_of(Ctx *ctx, Day on, int *month, GError **error);
/* The money account that a payment by @way comes in on when nobody names one; 0 if there is none. */
gint64 ledger_money_account(Ctx *ctx, const char *way, GError **error);
/* Code of the ledger account behind a money account; ACC_BANK for 0. transfer full. */
char *ledger_money_code(Ctx *ctx, gint64 money_account_id, GError **error);

/* What lay on a money account at the end of @on, by the days of the events. */
gboolean ledger_money_balance(Ctx *ctx, gint64 money_account_id, Day on, gint64 *balance_fen, GError **error);
/* Member "journals" of an open object: the journals that a record gave rise to, oldest first. */
gboolean ledger_journals_write(Ctx *ctx, const char *source_entity, gint64 source_id, JsonOut *out, GError **error);

/* Chart of accounts, money accounts. Does nothing where there are any. */
gboolean ledger_seed(Ctx *ctx, GError **error);
