/* billing_run_internal.h - shared by the billing_run*.c and billing_proof.c only. */
#pragma once
#include "base/money.h"
#include "domain/billing/billing_run.h"

enum { BILL_CHUNK = 200 };

/* A charge of a lease's schedule that is not void. */
typedef struct {
    gint64 charge_id, term_id, run_id;
    char *key, *name;
    gboolean is_difference;
    ScheduleLine *line; /* item, unit, kind (of what it bills or corrects), days, due, amounts */
} BilledLine;

/* A lease of the run. */
typedef struct {
    LeaseTerms terms; /* first, so that an array of these serves lease_terms_fill() */
    gint64 merchant_id, unit_id;
    char *no, *merchant, *unit_nos;
    gboolean is_billable; /* else it is here for what was billed before */
    Day through;          /* of its mark; DAY_NONE: none that is true still */
    char *inputs;         /* of its mark */
    GPtrArray *billed;    /* of BilledLine; NULL: not asked for */
} BillLease;

/* A line to be posted. */
typedef struct {
    gint64 term_id;
    char *key, *name; /* name NULL: the item's */
    gboolean is_difference;
    const ScheduleLine *line;
} BillLine;

/* What a lease has to be billed. */
typedef struct {
    GPtrArray *lines; /* of BillLine */
    GPtrArray *made;  /* owns the lines of differences */
    Schedule *schedule; /* owns the others; NULL if it cannot be calculated */
    gboolean waits;   /* charges cover lines that are not due yet under other keys: no mark */
    guint awaiting;   /* lines without sales */
    GError *failure;  /* it cannot be calculated */
} BillPlan;

/* Leases after @after, at most @limit, ascending, with terms and mark; @all: also those that have ended for good. transfer full. */
GPtrArray *bill_leases_load(Ctx *ctx, gint64 after, guint limit, gboolean all, GError **error);
/* Charges of the schedules of those leases that have .billed set to an empty array. */
gboolean bill_charges_load(Ctx *ctx, GPtrArray *leases, GError **error);
void billed_line_free(BilledLine *billed);
/* Marks a lease for bill_charges_load(). */
void bill_want_charges(BillLease *lease);
/* Names of the charge items as the reader sees them, by code. transfer full; NULL on error. */
GHashTable *bill_item_names(Ctx *ctx, GError **error);
/* "provisional" of the key of a difference of provisional lines, "" for any other key. */
char *bill_key_class(const char *key);

/* First and last day whose lines may fall due within @due_from..@due_to. */
void bill_window(const TermSet *set, Day due_from, Day due_to, Day *from, Day *to);
/* Whether runs bill the line at all: it asks for money and does not lie before the lease's first billed day. */
gboolean bill_counts(const LeaseTerms *terms, const ScheduleLine *line);
/* What a lease must be billed by @through. With a true mark only what fell due since. Differences fall due on @adjust_on. Pure. transfer full. */
BillPlan *bill_plan(const BillLease *lease, Day through, Day adjust_on);
void bill_plan_free(BillPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BillPlan, bill_plan_free)
/* The same for a chunk of leases, loading charges where a comparison needs them: array of BillPlan, beside @leases. transfer full. */
GPtrArray *bill_plans(Ctx *ctx, GPtrArray *leases, Day through, GError **error);
/* The part of bill_plan() that decides: the plan's schedule against what was billed. */
void bill_compare(BillPlan *plan, const BillLease *lease, Day through, Day adjust_on);
/* Array of BillLease that frees them. */
GPtrArray *bill_leases_new(void);
/* What people should know of a plan: lines that wait for sales, a lease that cannot be calculated. */
typedef void (*BillNote)(const BillLease *lease, const char *kind, const char *zh, const char *en, gpointer data);
void bill_plan_notes(const BillLease *lease, const BillPlan *plan, Day through, BillNote each, gpointer data);
/* Posts the plan's lines under a run. */
gboolean bill_post(ChargeBatch *batch, const BillLease *lease, const BillPlan *plan, gint64 run_id, GError **error);

/* -- comparison with the month before --------------------------------------------------------- */

/* Why a month differs from the one before, in the order they are shown. */
typedef enum {
    CAUSE_NEW_LEASE,
    CAUSE_NEW_TERM,
    CAUSE_ENDED,
    CAUSE_STEP,
    CAUSE_AREA,
    CAUSE_FREE_END,
    CAUSE_FREE_BEGIN,
    CAUSE_CYCLE,
    CAUSE_ONE_OFF,
    CAUSE_SALES,
    CAUSE_ADJUSTMENT,
    CAUSE_TERMS_CHANGED,
    CAUSE_LATE,
    CAUSE_DAYS,
    CAUSE_OTHER,
    CAUSE__N
} BillCause;
extern const EnumItem bill_cause_items[]; /* in the order of BillCause */

/* Something billed in one of the two months. */
typedef struct {
    const char *item, *kind; /* borrowed; kind of charge */
    gint64 term_id;
    Day from, to, due_on;
    gint64 gross_fen;
    gboolean is_now; /* of the later month */
} BillPart;

/* What one item of a lease came to in both months; the causes add up to now - before. */
typedef struct {
    char *item;
    gint64 before_fen, now_fen;
    gint64 causes_fen[CAUSE__N];
} BillChange;

/* Changes of a lease by item, all items of @parts (BillPart), those without a difference too. @month_on is the first day of the later month.
 * transfer full: array of BillChange. */
GPtrArray *bill_explain(const BillLease *lease, const GArray *parts, Day month_on);
