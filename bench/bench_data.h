/* bench_data.h - a database as large as a busy centre has after six years, made the same way each time. Bench only: rows
 * go in by batches, around the rules of record_save(). Start at make_data.c; each data_….c fills some entities. */
#pragma once
#include "store/registry.h"
#include "store/services.h"

#define BENCH_PASSWORD "Lanting-Bench-2026"

enum { BENCH_FLOORS = 20, BENCH_UNITS_PER_FLOOR = 200, BENCH_SALES = 20 };

/* How many rows; all follow from the number of leads (200,000 at full size). */
typedef struct {
    guint leads, merchants, contacts, brands, inquiries, follow_ups, stage_changes, owner_changes,
        visit_plans;
    guint units, leases, holds;
} BenchSize;

typedef struct {
    Db *db;
    Registry *registry;
    gint64 property_id;
    Day today;
    gint64 now_us;
    BenchSize size;
    gint64 sales[BENCH_SALES];     /* people who own leads and leases */
    gint64 keepers[4];             /* people with a zone of units */
    GArray *categories, *channels; /* of gint64 */
    gint64 rent_item, fee_item;
    gint64 building_id;
} Bench;

/* One entity to be filled: @fill sets the fields of row @n of @count; id, time and author are set before and may be changed. */
typedef struct {
    const char *entity;
    guint count;
    void (*fill)(Bench *bench, Record *rec, guint n);
    gboolean has_history;
} BenchTable;

/* The same number for the same question, whatever was asked before. */
guint64 bench_rand(const char *what, guint n);
guint bench_pick(const char *what, guint n, guint below);
/* Id of row @n of @entity: rows come evenly over six years, and ids are in order of time like real ones. */
gint64 bench_id(const Bench *bench, const char *entity, guint n, guint count);
gint64 bench_time(const Bench *bench, guint n, guint count);
/* A word of an invented name; transfer full. */
char *bench_company(guint n);
char *bench_brand(guint n);
char *bench_person(guint n);
char *bench_phone(guint n);
/* A number of a series, counted from 1 in each year. transfer full. */
char *bench_number(const Bench *bench, const char *pattern, guint n, guint count);

/* Ends with a NULL entity. Transfer full. */
BenchTable *bench_crm_tables(const Bench *bench);
BenchTable *bench_lease_tables(const Bench *bench);
