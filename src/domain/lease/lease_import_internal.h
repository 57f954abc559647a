/* lease_import_internal.h - shared by the lease_import*.c only. */
#pragma once
#include "domain/lease/lease_import.h"
#include "domain/lease/lease_internal.h"

/* -- lease_import_parse.c: what people write into rent rolls. Pure; FALSE where the words mean nothing known. */

/* A price in 1/10000 yuan and what it is by: per_m2_day, per_m2_month or per_m2_year; or a share of the turnover. */
typedef struct {
    gint64 price_e4;    /* 0: none agreed */
    const char *basis;  /* static */
    gint64 percent_ppm; /* > 0: pure turnover rent ("12%扣点") */
} RentPrice;
/* "3.5元/㎡/天", "105", "12%扣点"; the unit is in the text, else in the @heading, else the month. */
gboolean rent_parse_price(const char *text, const char *heading, RentPrice *out);

/* Both days of "2024.3.1-2027.2.28", "2024年3月1日至2027年2月28日". */
gboolean rent_parse_days(const char *text, Day *from, Day *to);

/* "30天", "2个月", "45" (days, or months if the @heading says so), "2024.3.1-2024.4.30", "无". Free days at the start of a term that
 * begins on @from unless the text names both days; *a DAY_NONE: none. */
gboolean rent_parse_free(const char *text, const char *heading, Day from, Day *a, Day *b);

typedef struct {
    int every_months; /* 0: no step */
    int first_years; /* the step takes effect after so many years, "第3年起" gives 2; 0: after the first interval */
    gint64 percent_ppm; /* either this */
    gint64 amount_e4;   /* or this, added to the price */
} RentStep;
/* "5%", "每年递增5%", "每两年递增6%", "第3年起每年递增5%", "每年递增2元", "0.05", "无". */
gboolean rent_parse_step(const char *text, RentStep *out);

typedef struct {
    int deposit_months; /* "押三付一" gives 3; -1: not said */
    int cycle_months;
} RentPayment;
/* "月付", "季付", "半年付", "年付", "押三付三", "押2付1", "按季度支付". */
gboolean rent_parse_payment(const char *text, RentPayment *out);

/* Level of "1F", "F1", "L1", "一层", "首层", "B1", "负一层", "地下一层": 1 is the ground floor, -1 the first basement. */
gboolean rent_parse_level(const char *text, int *level);
/* Nobody rents it: empty, 空置, 空铺, 待租, 招商中, "-". */
gboolean rent_is_vacant(const char *text);
/* First mobile and first landline of "13800000000/0571-87654321", normalised; FALSE if any part is no number. transfer full. */
gboolean rent_parse_phones(const char *text, char **mobile, char **landline);

/* -- What a row says, kept from judging to saving. */
typedef struct RentRow RentRow;
struct RentRow {
    ImportRow *row;
    const char *unit_no; /* texts borrowed from the row */
    const char *merchant, *lease_no;
    gboolean is_vacant, is_broken;
    gint64 area_dm2; /* that rent is charged for; of the row, else of the unit */
    RentPrice price, fee;
    gint64 monthly_fen;                      /* 0: not said */
    gboolean monthly_shared, deposit_shared; /* the cell is merged over the rows of one lease */
    gint64 deposit_fen;
    RentPayment payment;
    RentStep step;
    Day from, to, free_from, free_to;
    char *mobile, *landline;
    gint64 unit_id, merchant_id, category_id, brand_id; /* 0: not there yet */
    gint64 lease_id;    /* of the leader: in force already with the same days */
    RentRow *leader;    /* first row of the lease; itself where it is the first */
    GPtrArray *members; /* of the leader: all rows of the lease */
};

/* What is kept over all rows of a run. */
typedef struct {
    GHashTable *units;  /* folded unit number -> GPtrArray of RentRow */
    GHashTable *leases; /* folded lease number -> leader */
    RentRow *previous;
    gint64 building_id; /* the only one, or the one made for a sheet that names none */
} RentRoll;
RentRoll *rent_roll(Import *import);

/* -- lease_import_space.c */
/* The unit of the row if it is there; complains about what a new one needs. */
gboolean rent_judge_unit(Ctx *ctx, Import *import, RentRow *rent, GError **error);
/* Building, floor and unit of the row. */
gboolean rent_save_unit(Ctx *ctx, Import *import, RentRow *rent, GError **error);

/* -- lease_import_party.c */
gboolean rent_judge_party(Ctx *ctx, Import *import, RentRow *rent, GError **error);
/* Merchant with contact, brand. */
gboolean rent_save_party(Ctx *ctx, Import *import, RentRow *rent, GError **error);

/* -- lease_import_terms.c */
/* Reads the cells of the lease: days, price, steps, payment; complains about what cannot be read. */
void rent_judge_terms(const Import *import, RentRow *rent);
/* Where both are said, price x area and monthly rent must agree within a yuan; called for the last row of a lease too. */
void rent_check_amounts(const Import *import, RentRow *leader, RentRow *last);
/* The lease of all rows of @leader as the body of lease_compose(). transfer full. */
json_t *rent_lease_json(const RentRow *leader);
