/* record.h - one row of any entity: load, check, save, history. The only way rows are written.
 * Not for lists (list.h) nor for reports (statements in <module>.sql). Start at record_get(). */
#pragma once
#include "base/json_out.h"
#include "store/ctx.h"

#include <jansson.h>

typedef struct {
    const EntityDef *def;
    gint64 id;
    gint64 property_id; /* 0 for entities of the group */
    gint64 version;     /* 0: not stored yet */
    gint64 created_at, created_by, updated_at, updated_by;
    Value *values; /* def->n_fields */
} Record;

Record *record_new(const EntityDef *def);
Record *record_copy(const Record *rec);
void record_free(Record *rec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Record, record_free)

/* Fields by name; an unknown name is our bug. Text is borrowed. */
gboolean record_is_null(const Record *rec, const char *field);
gint64 record_int(const Record *rec, const char *field);       /* 0 for null */
const char *record_text(const Record *rec, const char *field); /* NULL for null */
Day record_day(const Record *rec, const char *field);          /* DAY_NONE for null */
gboolean record_is(const Record *rec, const char *field, const char *token);
void record_set_int(Record *rec, const char *field, gint64 value);
void record_set_id(Record *rec, const char *field, gint64 id); /* 0 sets null */
void record_set_text(Record *rec, const char *field, const char *value);
void record_set_day(Record *rec, const char *field, Day day);
void record_set_null(Record *rec, const char *field);
/* The record's name in Chinese: its title field, formatted. transfer full. */
char *record_label(const Record *rec);
/* The same as readers of @lang see it. transfer full. */
char *record_label_in(const Record *rec, Lang lang);

/* Loads a row that the person of @ctx reaches with @action ("read", "update", a flow action); NULL @action asks nobody. Errors:
 * NOT_FOUND "<entity>.not_found" both for rows that are not there and rows out of reach. */
Record *record_get(Ctx *ctx, const char *entity, gint64 id, const char *action, GError **error);
/* As above, NULL without error if it is not there. */
Record *record_find(Ctx *ctx, const char *entity, gint64 id, GError **error);
/* First row where @field equals @value (JSON form), without asking for rights; NULL without error if none. */
Record *record_find_by(Ctx *ctx, const char *entity, const char *field, const char *value, GError **error);

/* Fills fields from a JSON object as people and programs send it: unknown, read-only, and (on an update) immutable fields
 * are refused by name, types and bounds checked. Collects all complaints in @error. */
gboolean record_apply_json(Ctx *ctx, Record *rec, const json_t *input, GError **error);
/* Checks required fields, references (must exist and be visible in pickers), uniqueness, the module's validate hook; fills
 * presets and the number; then inserts or, with version > 0, updates where the version still fits (else CONFLICT
 * "record.stale"); writes history and the search keys; runs the module's after_save hook. */
gboolean record_save(Ctx *ctx, Record *rec, GError **error);
/* Save with the history action named, e.g. "submit"; NULL: "create" or "update". */
gboolean record_save_as(Ctx *ctx, Record *rec, const char *action, GError **error);
/* Deletes a row of an EF_DELETABLE entity, with history. */
gboolean record_delete(Ctx *ctx, Record *rec, GError **error);

/* Writes the members of the record into an object that is already open: id, version, fields (references as {id,label}, masked
 * fields masked), created and updated. */
gboolean record_write_json(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
/* Label of a referenced row; "" if it is gone. transfer full. */
char *record_ref_label(Ctx *ctx, const char *entity, gint64 id);
