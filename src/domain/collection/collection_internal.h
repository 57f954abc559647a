/* collection_internal.h - shared inside domain/collection only. */
#pragma once
#include "base/money.h"
#include "domain/collection/collection.h"

/* A charge that is due or was paid late, as far as this person reads it. */
typedef struct {
    gint64 id, merchant_id, lease_id, unit_id, term_id;
    char *name, *merchant, *lease, *unit;
    Day from, to, due_on;
    gint64 gross_fen, open_fen;
    const TermLate *late;  /* as agreed for this line; NULL: none */
    GArray *payments;      /* of LatePayment */
    gint64 fee_billed_fen; /* late fee charges of it that are not void */
    Day fee_billed_to;     /* the last day they cover; DAY_NONE: none */
} DueCharge;

typedef struct {
    Day due_until;                /* due on or before */
    gint64 lease_id, merchant_id; /* 0: any */
    gboolean with_closed;         /* settled ones too, of the last LATE_DAYS days: their fee may be open */
} DueScope;
enum { LATE_DAYS = 400 };

typedef struct {
    GPtrArray *charges; /* of DueCharge, oldest due first */
    GHashTable *clauses; /* term id -> TermLate */
} DueSet;
/* transfer full; NULL on error. */
DueSet *due_load(Ctx *ctx, const DueScope *scope, GError **error);
void due_set_free(DueSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DueSet, due_set_free)

/* Late fee of a charge by the end of @until; owned by the caller. */
LateFee due_fee(const DueCharge *charge, Day until);
/* What of it is not billed yet, never below 0. */
gint64 due_fee_unbilled(const DueCharge *charge, const LateFee *fee);
/* The steps of a late fee, as an array that people can follow. transfer full. */
char *due_fee_working(const DueCharge *charge, const LateFee *fee, Day until);
/* Whether a court may find the fee too high: more than 130 % of the interest that the money would have cost (setting collection.loss_rate,
 * percent per year). A warning, never a cut. */
gboolean due_fee_is_excessive(Ctx *ctx, const LateFee *fee);

/* The days of delay by which a charge of @due_on is overdue; 0 if it is not. */
static inline gint64
days_overdue(Day due_on, Day today)
{
    return MAX(0, today - due_on);
}

/* -- the ladder ------------------------------------------------------------------ */

typedef struct {
    gint64 id, seq, from_days, deadline_days;
    char *kind, *name, *name_en, *senders;
} Stage;
/* In the order of the ladder; array of Stage. transfer full. */
GPtrArray *dunning_stages(Ctx *ctx, GError **error);

/* Where a merchant stands on the ladder with one lease: letters that are not settled or withdrawn. */
typedef struct {
    gint64 notice_id;       /* the latest; 0: none */
    gint64 stage_seq;       /* of the highest sent one; 0: none */
    Day deadline_on;        /* of the latest sent one; DAY_NONE: none */
    Day demand_over_on;     /* the earliest deadline of a delivered demand for payment; DAY_NONE: none */
    gint64 draft_id;        /* 0: none */
    char *no, *kind, *state;
} Ladder;
void ladder_clear(Ladder *ladder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ladder, ladder_clear)
/* Ladders of the property by due_key(); @lease_id and @merchant_id 0: all. transfer full. */
GHashTable *dunning_ladders(Ctx *ctx, gint64 lease_id, gint64 merchant_id, GError **error);
/* Merchant and lease as one key. transfer full. */
char *due_key(gint64 merchant_id, gint64 lease_id);
/* The stage that comes next on the ladder, whether or not its time has come; NULL at its end. */
const Stage *dunning_next(const GPtrArray *stages, const Ladder *ladder);
/* Whether @stage may be drafted and sent today for charges @days overdue. CONFLICT "dunning_notice.nothing_overdue", "….deadline_runs",
 * "….skips_stage", "….goes_back", "….too_early", "….no_demand". */
gboolean dunning_allowed(Ctx *ctx, const GPtrArray *stages, const Ladder *ladder, const Stage *stage, gint64 days, GError **error);
/* Whether the person of @ctx has one of the stage's posts. */
gboolean dunning_may_send(Ctx *ctx, const Stage *stage, gboolean *may, GError **error);

/* -- hooks named by the tables ----------------------------------------------------- */

gboolean stage_validate(Ctx *ctx, Record *stage, const Record *old, GError **error);
gboolean notice_validate(Ctx *ctx, Record *notice, const Record *old, GError **error);
gboolean notice_write_more(Ctx *ctx, const Record *notice, JsonOut *out, GError **error);
gboolean notice_send_guard(Ctx *ctx, const Record *notice, GError **error);
gboolean notice_send(Ctx *ctx, Record *notice, const Record *input, GError **error);
gboolean notice_deliver(Ctx *ctx, Record *notice, const Record *input, GError **error);
gboolean notice_withdraw(Ctx *ctx, Record *notice, const Record *input, GError **error);
gboolean promise_validate(Ctx *ctx, Record *promise, const Record *old, GError **error);
gboolean promise_withdraw(Ctx *ctx, Record *promise, const Record *input, GError **error);
gboolean note_validate(Ctx *ctx, Record *note, const Record *old, GError **error);
/* Merchant and unit follow from the lease; without a lease the merchant is asked for. */
gboolean collection_take_lease(Ctx *ctx, Record *rec, GError **error);

/* A line of a letter. */
typedef struct {
    gint64 charge_id;
    char *name, *working;
    Day from, to, due_on;
    gint64 days, open_fen, fee_fen;
} NoticeLine;
void notice_line_free(gpointer line);
/* Stored lines of a letter that went out; for a draft what is overdue today. Array of NoticeLine. transfer full. */
GPtrArray *notice_lines(Ctx *ctx, const Record *notice, GError **error);
/* Letters whose charges are all settled are settled. */
gboolean notices_settle(Ctx *ctx, GError **error);
/* Promises are kept, kept in part or broken. */
gboolean promises_judge(Ctx *ctx, GError **error);
