/* import_internal.h - shared by the import*.c of store only. */
#pragma once
#include "sheet/sheet_heading.h"
#include "store/import.h"

struct Import {
    const ImportKind *kind;
    ImportKind own_kind;  /* the generic kind of an entity */
    const EntityDef *def; /* of the generic kind; NULL: a special one */
    FieldDef *own_fields;
    char *file_name, *digest, *reason;
    Record *batch; /* as it was loaded; NULL for a new import */
    gint64 id;     /* of the batch, once it is stored */
    gint64 into;   /* the record that all rows belong to; 0: none */
    Sheet *sheet;
    SheetHeadingMap heading;
    int *field_of;     /* by column of the sheet: field of the kind or -1 */
    int *column_of;    /* by field of the kind: column or -1 */
    GPtrArray *rows;   /* of ImportRow, owned */
    GHashTable *found; /* "entity\ntext" -> id, -1 for several, 0 for none */
    GHashTable *seen;  /* key of a record -> row + 1 */
    gpointer memory;   /* of the kind */
    GDestroyNotify memory_free;
    gint64 total[IMPORT__N];
};

/* import_entity.c: fills import->own_kind for @def. */
void import_entity_kind(Import *import, const EntityDef *def);

/* import_cell.c */
void import_row_free(gpointer row);
/* The cell's text as the field should read it: numbers in full, percentages in percent. transfer full. */
char *import_input(const Sheet *sheet, int row, int col, const FieldDef *field);
/* Whether the row carries no record: blank, a total, a repeated heading, a remark below the table. */
gboolean import_is_skipped(const Import *import, int row);
/* Reads the cells of a row; adds a fault for each that has the wrong form or is missing. */
void import_read_row(const Import *import, ImportRow *row);
void import_add_fault(ImportRow *row, int column, const char *field, const char *zh,
                      const char *en);
/* Makes the complaints of @error faults of the row. */
void import_take_error(const Import *import, ImportRow *row, const GError *error);
gboolean import_has_fault(const ImportRow *row, const char *field);
int import_field_index(const ImportKind *kind, const char *name);

/* import.c: the batch of this person that waits for its commit; and what an import is now put into it. */
Record *import_load_batch(Ctx *ctx, gint64 id, GError **error);
void import_fill_batch(const Import *import, Record *batch);

/* import_kind.c: finds the kind and asks for its right. */
gboolean import_set_kind(Ctx *ctx, Import *import, const ImportKind *const *kinds, const char *name,
                         GError **error);
/* Headings of the kind for the sheet readers. transfer full; free with import_headings_free(). */
SheetHeading *import_headings(const ImportKind *kind);
void import_headings_free(SheetHeading *headings, guint n);
