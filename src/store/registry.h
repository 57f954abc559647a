/* registry.h - which entities there are and what is special about each: the module table that
 * dispatcher, records, imports and commands read. One const EntityModule per entity, listed in domain/entities.c. */
#pragma once
#include "store/record.h"

/* A row of a state table. The only place where a state changes. */
typedef struct {
    const char *from;   /* states separated by blanks; "*" any */
    const char *action; /* verb, also the right "<entity>.<action>" */
    const char *to;     /* new state; NULL: stays */
    const char *zh;     /* the button */
    const char *en;
    Tone tone; /* TONE_BLUE primary, TONE_RED danger, TONE_GRAY default */
    const FieldDef *fields; /* what the action asks for; NULL: nothing */
    guint n_fields;
    /* May it happen now? Hides the button and refuses the call with the error it sets. NULL: yes. */
    gboolean (*guard)(Ctx *ctx, const Record *rec, GError **error);
    /* What happens beside the state change, before the record is saved. @input holds the checked fields as a record of
     * @fields; NULL when there are none. May change @rec. */
    gboolean (*effect)(Ctx *ctx, Record *rec, const Record *input, GError **error);
    gboolean bulk;     /* offered for a selection of a list */
    gboolean internal; /* only code may take it (approval callbacks, jobs) */
} Transition;

typedef struct {
    const EntityDef *def;
    const Transition *flow;
    guint n_flow;
    /* Cross-field rules; adds field complaints. @old is NULL at creation. */
    gboolean (*validate)(Ctx *ctx, Record *rec, const Record *old, GError **error);
    /* Consequences in other tables, in the same transaction. */
    gboolean (*after_save)(Ctx *ctx, Record *rec, const Record *old, GError **error);
    /* More members of the record's JSON on GET of one record (an open object). NULL: none. */
    gboolean (*write_more)(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
    /* May the file be attached? @bytes as uploaded; outside the write lane. NULL: any allowed type may. */
    gboolean (*check_file)(Ctx *ctx, const Record *rec, GBytes *bytes, GError **error);
    const char *const *more_rights; /* rights beside create, read, update, export, import and the flow's actions; NULL-terminated */
} EntityModule;

struct Registry {
    const EntityModule *const *modules; /* NULL-terminated, in order of reference */
    const EntityDef *const *defs;       /* the same order */
    const struct ApprovalSubject *const *subjects; /* see domain/approval/approval.h; NULL-terminated */
    GHashTable *by_name;                           /* name -> EntityModule */
};

/* Builds the look-up over @modules; checks them with meta_check() and aborts on a fault: our bug. */
Registry *registry_new(const EntityModule *const *modules, const struct ApprovalSubject *const *subjects);
void registry_free(Registry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Registry, registry_free)
/* NULL if there is none. */
const EntityModule *registry_find(const Registry *registry, const char *entity);
/* Aborts if there is none: for names written in code. */
const EntityDef *registry_def(const Registry *registry, const char *entity);

/* Takes @action on the record, loaded for the person with that action's right: right, state, version (0: not asked), guard, input,
 * effect, save. Errors: FORBIDDEN, CONFLICT "<entity>.wrong_state" naming state and action, what guard and effect say. */
gboolean flow_take(Ctx *ctx, const char *entity, gint64 id, const char *action, gint64 version, const json_t *input,
                   GError **error);
/* The same on a loaded record, without asking for the right: for use cases and approval callbacks (internal transitions too). */
gboolean flow_apply(Ctx *ctx, Record *rec, const char *action, const Record *input, GError **error);
/* Writes "actions": [...] that the person may take now. */
void flow_write_actions(Ctx *ctx, const Record *rec, JsonOut *out);
/* An input record for flow_apply with the fields of that action, to be filled with record_set_…; NULL if it has none. */
Record *flow_input_new(Ctx *ctx, const char *entity, const char *action);
