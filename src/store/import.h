/* import.h - spreadsheets become records: read, match columns, judge every row, show, then save all rows or none. Generic for
 * every entity; sheets that mean several records at once (a rent roll) bring an ImportKind. Not for attachments: see file.h.
 * Start at import_open(); ImportKind says what a kind must answer. */
#pragma once
#include "sheet/sheet_heading.h"
#include "store/registry.h"

#define IMPORT_MAX_BYTES ((gsize) 20 * 1024 * 1024)
#define IMPORT_MAX_ROWS 20000
/* Up to so many rows a preview really saves them and takes everything back, so that it knows what every rule says. Larger
 * files are judged by their cells alone, and the other rules speak at the commit. */
#define IMPORT_TRIAL_ROWS 2000

extern const EntityModule import_batch_module;

typedef enum { IMPORT_CREATE, IMPORT_UPDATE, IMPORT_ERROR, IMPORT_SKIP, IMPORT__N } ImportOutcome;

/* What is wrong with a row, and where. */
typedef struct {
    int column;  /* of the sheet, from 0; -1: the row as a whole */
    char *field; /* of the kind; NULL: none */
    char *text[LANG__N];
} ImportFault;

/* One row of the sheet as the kind understands it. */
typedef struct {
    int row; /* in the sheet, from 0 */
    ImportOutcome outcome;
    char *label;
    GPtrArray *faults; /* of ImportFault; NULL: none */
    Value *values;     /* by field of the kind, parsed */
    guint n_values;
    gint64 id;     /* of the record that is updated; 0: none */
    gpointer plan; /* what the kind keeps from judging to saving */
    GDestroyNotify plan_free;
} ImportRow;

typedef struct Import Import;
typedef struct ImportKind ImportKind;
struct ImportKind {
    const char *name, *zh, *en;
    const char *right;      /* the entity whose right "import" is asked for */
    const char *into;       /* entity of the one record that all rows belong to (a money account); NULL: none */
    const FieldDef *fields; /* the columns it knows: label, synonyms, type, check, FF_REQUIRED */
    guint n_fields;
    const char *note_zh, *note_en; /* a line of the template; may be NULL */
    /* Judges a row whose cells have been read without a fault in form: import_refuse() what is wrong, set outcome, label, id,
     * plan. Reads only. FALSE only if the database fails. */
    gboolean (*judge)(Ctx *ctx, Import *import, ImportRow *row, GError **error);
    /* Saves a row that was judged good, by the same functions as everybody. An INVALID, CONFLICT, NOT_FOUND or FORBIDDEN error is
     * the row's fault, its fields being those of the kind; any other ends the import. */
    gboolean (*save)(Ctx *ctx, Import *import, ImportRow *row, GError **error);
};

/* -- For whoever offers imports. @kinds: special kinds, NULL-terminated, borrowed for the life of the import. */
/* Asks for the right and reads the sheet; columns are matched by their headings. Stores the bytes in ctx->files_dir. Outside the
 * write lane. Errors: NOT_FOUND "import.kind", FORBIDDEN, what sheet_read() refuses, INVALID "import.too_many_rows". transfer full. */
Import *import_open(Ctx *ctx, const ImportKind *const *kinds, const char *kind,
                    const char *file_name, GBytes *bytes, GError **error);
/* An import of this person that waits for its commit. NOT_FOUND "import.not_found", CONFLICT "import.committed". transfer full. */
Import *import_load(Ctx *ctx, const ImportKind *const *kinds, gint64 id, GError **error);
/* The record that all rows belong to, for kinds that ask for one. Before import_judge(). A complaint about "into" if there is none. */
gboolean import_set_into(Ctx *ctx, Import *import, const char *id, GError **error);
void import_free(Import *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Import, import_free)
/* Another heading row (counted from 1) and other columns: {"heading_row": 3, "columns": {"0": "no", "4": null}}. INVALID naming
 * what does not fit. */
gboolean import_map(Import *import, const json_t *input, GError **error);
/* Judges all rows by their cells and by what is stored. Repeatable. */
gboolean import_judge(Ctx *ctx, Import *import, GError **error);
/* In the write lane, after import_judge() of the same transaction or a read one: tries out small imports, remembers mapping and
 * judgement. */
gboolean import_keep(Ctx *ctx, Import *import, GError **error);
/* In the write lane, of a loaded or kept import: judges anew and saves all rows, or none. INVALID "import.has_errors" whose fields are cells ("D7"). */
gboolean import_commit(Ctx *ctx, Import *import, GError **error);
/* The preview of docs/api.md as an object, faults in @lang. */
void import_write(const Import *import, Lang lang, JsonOut *out);
/* The rows with faults as they stand in the sheet, and a column that says why. INVALID "import.no_errors". transfer full. */
GBytes *import_errors_sheet(Ctx *ctx, const Import *import, GError **error);
/* An empty sheet to be filled in. transfer full. */
GBytes *import_template(Ctx *ctx, const ImportKind *const *kinds, const char *kind, GError **error);
gint64 import_total(const Import *import, ImportOutcome outcome);

/* -- For kinds. */
/* Value of a field of the row; a null value where there is no such column. transfer none. */
const Value *import_value(const Import *import, const ImportRow *row, const char *field);
/* Its text, NULL if empty; only for fields of text. transfer none. */
const char *import_text(const Import *import, const ImportRow *row, const char *field);
/* The heading above the field as it stands in the sheet ("租金单价（元/㎡/天）"); "" if there is no such column. transfer none. */
const char *import_heading(const Import *import, const char *field);
/* The cell as it is shown, "" if there is none. transfer none. */
const char *import_cell(const Import *import, const ImportRow *row, const char *field);
/* TRUE if the cell only repeats the merged one above it. */
gboolean import_is_repeated(const Import *import, const ImportRow *row, const char *field);
/* TRUE if the cell is merged with the one above or the one below: what it says is about several rows together. */
gboolean import_is_shared(const Import *import, const ImportRow *row, const char *field);
/* The record that all rows belong to. */
gint64 import_into(const Import *import);
/* All rows in the order of the sheet, of ImportRow. transfer none. */
const GPtrArray *import_rows(const Import *import);
/* Says what is wrong with the row, at the cell of @field (NULL: the row). Formats take the same arguments, as in error.h. */
void import_refuse(const Import *import, ImportRow *row, const char *field, const char *zh,
                   const char *en, ...) G_GNUC_PRINTF(4, 6) G_GNUC_PRINTF(5, 6);
/* Name of the cell of @field, "D7"; the number of the row if there is none. transfer full. */
char *import_cell_name(const Import *import, const ImportRow *row, const char *field);

typedef struct {
    enum { FOUND_NONE, FOUND_ONE, FOUND_SEVERAL } how;
    gint64 id; /* FOUND_ONE */
} ImportFound;
/* The record of @entity that people call @text: by its title, its number or a text of a unique set, among those that this person
 * may read. Remembered for the run. */
gboolean import_find(Ctx *ctx, Import *import, const char *entity, const char *text,
                     ImportFound *found, GError **error);
/* Forgets what import_find() found, after a record was made. */
void import_forget(Import *import, const char *entity);
/* What a kind keeps over all rows of a run: made by @make at the first call, freed with @free_fn. transfer none. */
gpointer import_memory(Import *import, gpointer (*make)(void), GDestroyNotify free_fn);
