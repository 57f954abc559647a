/* report.h - figures for people: each report names its formula, basis and day, and equals the registers it comes from, row by row.
 * One table in memory, three faces: JSON, .xlsx, PDF. May read every module; nobody includes it but the API. Start at reports[]. */
#pragma once
#include "store/registry.h"

typedef struct {
    const char *name;
    const char *zh, *en;
    FieldType type;   /* FT_TEXT, FT_INT, FT_MONEY, FT_AREA, FT_PRICE, FT_PERCENT, FT_DAY, FT_ENUM */
    const EnumItem *items;
    gboolean is_summed;
} ReportColumn;

enum { REPORT_COLUMNS = 24 };

/* A percentage column worked out from two others, in each row and in the totals: part ÷ whole, rounded half away; empty where the whole is 0. */
typedef struct {
    const char *column, *part, *whole;
} ReportRatio;

/* How the page draws it; the table is always there too. */
typedef struct {
    const char *kind;   /* "bar", "stack", "line", "pie" */
    const char *label;  /* column of the categories */
    const char *values; /* columns drawn, separated by blanks */
} ReportChart;

/* Cells in the order of the columns; .entity and .id lead to what a row is about. */
typedef struct {
    Value cells[REPORT_COLUMNS];
    const char *entity;
    gint64 id;
    char *query; /* list filter that shows exactly the rows behind this one, e.g. "/e/inquiry?…"; or NULL */
} ReportRow;

typedef struct ReportDef ReportDef;
typedef struct {
    const ReportDef *def;
    Day on, from, to;
    int month; /* month key */
    GPtrArray *rows; /* of ReportRow */
    ReportRow *totals;
} ReportTable;

struct ReportDef {
    const char *name;
    const char *zh, *en;
    const char *formula_zh, *formula_en;
    const char *basis_zh, *basis_en;
    const char *params; /* "on", "from to", "month": what it is asked with */
    const char *group;  /* "leasing", "space", "money", "books": where the index lists it */
    const ReportColumn *columns;
    guint n_columns;
    /* Either a function, or a statement (list_named): its first column is the id of the record that a row leads to (entity below), then the cells in
     * order of the columns, without the ratios. It is asked with :day, :from_on, :to_on, :month_from, :month_to, :now_us, :en where it has them. */
    gboolean (*fill)(Ctx *ctx, ReportTable *table, GError **error);
    void (*finish)(ReportTable *table); /* totals that are no sums; NULL: none */
    const char *statement;
    const char *entity;
    const ReportRatio *ratios; /* ends with a NULL column; or NULL */
    const ReportChart *chart;  /* or NULL */
};

extern const ReportDef *const reports[]; /* NULL-terminated */
const ReportDef *report_find(const char *name);

/* An empty table with the days set from today; the caller overrides them. transfer full. */
ReportTable *report_table_new(const ReportDef *def, Day today);
void report_table_free(ReportTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportTable, report_table_free)
ReportRow *report_row_add(ReportTable *table, const char *entity, gint64 id);
void report_set_int(ReportTable *table, ReportRow *row, const char *column, gint64 value);
/* Adds to a number that was set. */
void report_add_int(ReportTable *table, ReportRow *row, const char *column, gint64 value);
void report_set_text(ReportTable *table, ReportRow *row, const char *column, const char *value);

/* Checks the right "report.<name>", fills and sums. transfer full. */
ReportTable *report_run(Ctx *ctx, const ReportDef *def, Day on, Day from, Day to, int month, GError **error);
void report_write_json(const Ctx *ctx, const ReportTable *table, JsonOut *out);
GBytes *report_xlsx(Ctx *ctx, const ReportTable *table, GError **error);
GBytes *report_pdf(Ctx *ctx, const ReportTable *table, GError **error);

/* Members "items" and "counts": approvals, follow-ups, plans, receipts to confirm, handovers waiting, papers missing. */
gboolean report_todo_write(Ctx *ctx, JsonOut *out, GError **error);
/* Members "tiles" and "charts" of the person's post: what this person has the right to see. */
gboolean report_home_write(Ctx *ctx, JsonOut *out, GError **error);

/* Member "items" [{at, kind, title, text, amount, by, entity, id}], newest first, of a "lead", "merchant", "unit" or "lease": what this person
 * has the right to read of it; of a merchant only what belongs to leads and leases within their reach. Amounts are yuan. NOT_FOUND if out
 * of reach. */
gboolean report_timeline_write(Ctx *ctx, const char *entity, gint64 id, guint limit, JsonOut *out, GError **error);
