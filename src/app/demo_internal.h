/* demo_internal.h - shared by the files of the demo centre, nobody else. First everything is planned in memory from one fixed
 * seed, then the plan is carried out step by step in order of time, each step by the person whose work it is.
 * Start at demo_make() in demo.c. */
#pragma once
#include "app/demo.h"
#include "store/registry.h"

#include <jansson.h>

#define ID_TEXT "%" G_GINT64_FORMAT

/* Who does a step; the order of the table of people in demo.c. */
typedef enum {
    BY_SYSTEM = -1,
    BY_LM,
    BY_LSUP,
    BY_LS1,
    BY_LS2,
    BY_LC,
    BY_OM,
    BY_OSUP,
    BY_OS1,
    BY_OS2,
    BY_OC,
    BY_DIRECTOR,
    BY_GM,
    BY_FINANCE,
    BY_PROPERTY,
    BY_ADMIN,
    BY__N
} DemoBy;

typedef struct {
    guint64 state;
} DemoRng;

enum { DEMO_FLOORS = 5, DEMO_MAX_POINTS = 8 };

typedef struct {
    int x, y; /* decimetres */
} DemoPoint;

typedef struct {
    char *no;
    int floor; /* 0 is B1 */
    int row;   /* of shops that stand side by side; -1: none */
    const char *kind, *purpose;
    const char *allowed;
    DemoPoint points[DEMO_MAX_POINTS];
    int n_points;
    gint64 area_dm2; /* of the outline */
    gint64 frontage_cm, depth_cm;
    gboolean water, gas, exhaust;
    gint64 target_yuan, floor_yuan, fee_yuan; /* per m2 and month */
    gboolean is_free;                         /* nothing is planned on it */
    gint64 id;
} DemoUnit;

typedef struct {
    const char *category; /* code */
    char *name;
    gint64 id;
} DemoBrand;

typedef struct {
    char *name, *short_name, *code, *legal_rep, *contact, *mobile;
    const char *kind, *category, *channel;
    DemoBrand *brand;
    DemoBy owner;
    gboolean is_complete; /* all that a tenant's file needs is in */
    gint64 id, contact_id;
} DemoMerchant;

typedef struct DemoProspect DemoProspect;

typedef struct DemoLease DemoLease;
struct DemoLease {
    DemoUnit *units[2];
    DemoMerchant *merchant;
    DemoBrand *brand;       /* NULL: no entry in the brand library */
    DemoLease *before;      /* renewed by this one */
    DemoProspect *prospect; /* whose demand it answers */
    guint missing;          /* papers not yet in */
    Day from, to, sign;
    int free_days, cycle_months, deposit_months, years;
    gint64 price_yuan; /* per m2 and month */
    guint variety;     /* chooses among the usual forms of clauses */
    gint64 id;
};

/* What becomes of a letter of intent and of the lease after it, in the order of the way. */
typedef enum {
    DEAL_NONE,
    DEAL_INTENT_DRAFT,
    DEAL_INTENT_SUBMITTED,
    DEAL_INTENT_APPROVED,
    DEAL_INTENT_VOID,
    DEAL_INTENT_LAPSED,
    DEAL_INTENT_SIGNED,
    DEAL_DEPOSIT,
    DEAL_LEASE_DRAFT,
    DEAL_LEASE_RETURNED,
    DEAL_REVIEW_LM,
    DEAL_REVIEW_GM,
    DEAL_APPROVED,
    DEAL_ORDERED,
    DEAL_PART_PAID,
    DEAL_DONE,
} DemoDeal;

struct DemoProspect {
    DemoMerchant *merchant;
    const char *stage; /* where it ends */
    DemoDeal deal;
    DemoUnit *unit;   /* of the deal or the hold */
    DemoLease *lease; /* signed as an ordinary lease */
    Day first_on, last_on;
    gint64 area_min_m2, area_max_m2, budget_yuan;
    const char *floors;
    const char *grade;
    gboolean is_visit_first;
    gint64 lead_id, intent_id, lease_id, order_id;
};

/* What happens between a customer and its owner. */
typedef enum {
    TOUCH_CALL,
    TOUCH_VISIT,
    TOUCH_CONTACT,
    TOUCH_FOLLOW,
    TOUCH_INTEND,
    TOUCH_NEGOTIATE,
    TOUCH_OFFER,
    TOUCH_APPROVE,
    TOUCH_LOSE,
    TOUCH_SLEEP,
    TOUCH_HOLD
} DemoWhat;

typedef struct {
    DemoProspect *p;
    DemoWhat what;
    guint variety;
    Day next_on;
    Day until; /* of a hold */
} DemoTouch;

typedef struct Demo Demo;
typedef gboolean (*DemoStep)(Demo *demo, Ctx *ctx, gpointer data, GError **error);

struct Demo {
    App *app;
    gint64 property_id;
    gint64 now_us;
    Day today;
    Day start;  /* the system came into use */
    Day opened; /* the centre */
    DemoRng rng;
    char *password_hash;
    gint64 staff[BY__N];
    Access *access[BY__N];
    gint64 floor_ids[DEMO_FLOORS];
    gint64 template_id;
    GHashTable *ids;      /* "category:F01" -> gint64 * */
    GPtrArray *arena;     /* what the plan is made of */
    GPtrArray *units;     /* DemoUnit */
    GPtrArray *brands;    /* DemoBrand */
    GPtrArray *merchants; /* DemoMerchant, of ordinary leases */
    GPtrArray *leases;    /* DemoLease */
    GPtrArray *prospects; /* DemoProspect */
    GArray *events;
    guint next_name, next_mobile, next_code;
};

/* -- demo_tool.c: chance, memory, people, time */
guint32 demo_rand(Demo *demo);
/* The list of planned steps. transfer full. */
GArray *demo_events_new(void);
/* lo..hi, both included. */
gint64 demo_between(Demo *demo, gint64 lo, gint64 hi);
gboolean demo_chance(Demo *demo, guint percent);
gpointer demo_alloc(Demo *demo, gsize size);
char *demo_text(Demo *demo, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Plans a step for a moment; those of one moment keep their order. A moment later than now becomes now. */
void demo_at(Demo *demo, Day day, int minute, DemoBy by, DemoStep step, gpointer data);
/* The same moment seen by somebody else. */
Ctx demo_as(Demo *demo, const Ctx *ctx, DemoBy by);
/* Carries out and forgets what is planned, in order of time. */
gboolean demo_run(Demo *demo, GError **error);
/* The next working day on or after @day. */
Day demo_workday(Day day);
Record *demo_new(Ctx *ctx, const char *entity);
/* Id of a category, channel … by its code; 0 for NULL. Aborts if there is none. */
gint64 demo_id(Demo *demo, Ctx *ctx, const char *entity, const char *code);
/* Reference, day and amount in their JSON forms. New references. */
json_t *demo_ref(gint64 id);
json_t *demo_day(Day day);
json_t *demo_yuan(gint64 fen);
/* Takes an action as the person of @ctx; steals @input, which may be NULL. */
gboolean demo_take(Ctx *ctx, const char *entity, gint64 id, const char *action, json_t *input,
                   GError **error);
/* The running approval of a record is agreed to. */
gboolean demo_agree(Demo *demo, Ctx *ctx, const char *entity, gint64 id, DemoBy by,
                    const char *opinion, GError **error);

/* -- demo_names.c: invented names */
char *demo_person(Demo *demo);
char *demo_mobile(Demo *demo);
char *demo_credit_code(Demo *demo);
/* A brand for the category, never the same twice. */
DemoBrand *demo_brand(Demo *demo, const char *category);
DemoMerchant *demo_merchant(Demo *demo, DemoBrand *brand, DemoBy owner);
const char *demo_category_word(const char *category);

/* -- demo_plan.c: floors and units; json text of the drawing of a floor, transfer full */
extern const char *const demo_floor_codes[DEMO_FLOORS];
void demo_plan_units(Demo *demo);
char *demo_drawing(int floor);
char *demo_points(const DemoUnit *unit);

/* -- the parts; each plans its steps */
void demo_plan_place(Demo *demo); /* demo_place.c: property, floors, units, zones, price policies */
void demo_plan_leases(Demo *demo); /* demo_lease.c: tenants and leases of three years */
/* demo_sales.c: what a lease with rent on sales sold; @base_fen is its rent of a month, @percent its share of sales */
void demo_plan_sales(Demo *demo, const DemoLease *lease, gint64 base_fen, gint64 percent);
void demo_plan_crm(Demo *demo);    /* demo_crm.c: inquiries and leads */
/* demo_deal.c: intent, review, money; ends by prospect->last_on */
void demo_plan_deal(Demo *demo, DemoProspect *prospect);
/* First day of its deal, before which the negotiation must be on. */
Day demo_deal_begins(const DemoProspect *prospect);
/* Deposits of a lease that was taken over from paper become charges, which its merchant then pays. */
gboolean demo_charge_deposits(Ctx *ctx, const Record *lease, GError **error);
void demo_plan_bills(Demo *demo);  /* demo_bill.c: bill runs of each month and what is paid of them */
void demo_plan_office(Demo *demo); /* demo_office.c: policies, notes, visits, reports */
void demo_plan_books(Demo *demo); /* demo_books.c: opening balances, expenses, cash, closed months */
/* Step of a DemoTouch: demo_touch.c. */
gboolean demo_touch(Demo *demo, Ctx *ctx, gpointer data, GError **error);
/* A category that may be in the unit. */
const char *demo_trade(Demo *demo, const DemoUnit *unit);
/* The merchant's file and contacts as a tenant's must be: demo_tenant.c */
gboolean demo_save_merchant(Demo *demo, Ctx *ctx, DemoMerchant *merchant, GError **error);
gboolean demo_save_brand(Demo *demo, Ctx *ctx, DemoBrand *brand, GError **error);
/* Takes in the papers of a lease; all but @missing of them. */
gboolean demo_save_papers(Demo *demo, Ctx *ctx, gint64 lease_id, guint variety, guint missing,
                          GError **error);
