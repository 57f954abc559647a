/* export.h - a list of any entity as a workbook: the same filters and the same rows as on the page, typed cells, masked fields
 * masked. Not for reports. Start at export_make(). */
#pragma once
#include "store/list.h"
#include "store/registry.h"

#define EXPORT_MAX_ROWS 200000

/* A workbook in the temporary folder; freeing it removes it. */
typedef struct {
    const EntityDef *def;
    char *path;
    char *filters; /* what was asked for, in the person's language */
    gint64 rows;
} Export;
void export_free(Export *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Export, export_free)

/* Writes the rows of @query (its filters and order; its paging is set here) page by page, so that memory does not grow with
 * their number. Rights of rows are those of the list; the right "<entity>.export" is the caller's to ask. Errors: INVALID
 * "export.too_many_rows" past EXPORT_MAX_ROWS. Repeatable. transfer full. */
Export *export_make(Ctx *ctx, ListQuery *query, GError **error);
/* Writes down who took what: history action "export" with filters and number of rows. */
gboolean export_record(Ctx *ctx, const Export *made, GError **error);
