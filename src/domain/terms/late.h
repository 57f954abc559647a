/* late.h - late payment charge (违约金) of one bill line: simple, never fee on fee.
 * Source: docs/domain/lease-terms.md, "Late payment". */
#pragma once
#include "domain/terms/terms.h"

typedef struct {
    Day on;
    gint64 amount_fen;
} LatePayment;

/* One stretch of days with the same unpaid principal. */
typedef struct {
    Day from, to; /* both counted */
    gint64 principal_fen;
    gint64 days;
} LateStep;

typedef struct {
    gint64 days;         /* overdue days of the part paid last */
    gint64 uncapped_fen; /* before the cap */
    gint64 fee_fen;
    gboolean capped;
    GArray *steps; /* of LateStep, owned; late_fee_clear() */
} LateFee;

void late_fee_clear(LateFee *fee);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LateFee, late_fee_clear)

/* Charge on @principal_fen due on @due_on and still unpaid, or fully paid, on @until (counted). Part payments
 * stop the clock on their part at the end of their day; order does not matter. Paid within the
 * grace days: nothing; later: from the day after the due day. Rounds once, half away from zero.
 * A payment after @until or beyond the principal does not count. */
LateFee late_fee(const TermLate *terms, gint64 principal_fen, Day due_on, Day until,
                 const LatePayment *payments, gsize n_payments);

/* TRUE if an agreed penalty is over 130 % of the loss, so that a court may generally find it too high.
 * A warning, never a cut. @threshold_fen: the 130 %. Source: Civil Code art. 585, interpretation art. 65. */
gboolean late_penalty_is_excessive(gint64 penalty_fen, gint64 loss_fen, gint64 *threshold_fen);
