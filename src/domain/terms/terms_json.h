/* terms_json.h - charge terms and schedules as JSON, by docs/domain/lease-terms.md. Strict on the way
 * in: unknown fields and impossible values are refused by name. Start at term_set_from_json(). */
#pragma once
#include "base/json_out.h"
#include "domain/terms/terms.h"

#include <jansson.h>

/* Reads one charge_term object. @prefix goes before field names in errors ("terms[0].", "" for none).
 * Includes charge_term_check(). NULL with one field complaint per fault. transfer full. */
ChargeTerm *charge_term_from_json(const json_t *object, const char *prefix, GError **error);
/* Reads {from, to, areas, terms, sales, indexes, today}. Does not call term_set_check(). transfer full. */
TermSet *term_set_from_json(const json_t *object, GError **error);
/* The same from text; malformed JSON is an INVALID error with the position. transfer full. */
TermSet *term_set_from_text(const char *text, GError **error);

/* Writes a term with all its fields, in the form that charge_term_from_json() reads. */
void charge_term_write(JsonOut *out, const ChargeTerm *term);
/* Writes {from, to, areas, terms, sales, ...}. */
void term_set_write(JsonOut *out, const TermSet *set);
/* Writes {"lines": [...], "prices": [...], "totals": {item: gross}}. */
void schedule_write(JsonOut *out, const Schedule *schedule);
/* Each clause with turnover under the four models and the five settlement periods, on the same sales:
 * {"comparisons": [{term, item, models: [variant], settlements: [variant]}]}, a variant being {kept, model, settle, base,
 * provisional, settlement, total, difference (to the kept one), complete, lines}. Limits of the clause count in
 * proportion to the months of the other period. Errors: as schedule_build(). */
gboolean schedule_compare_write(JsonOut *out, const TermSet *set, GError **error);
/* Writes one line object. */
void schedule_line_write(JsonOut *out, const ScheduleLine *line);
/* Tokens, for other writers. Static. */
const char *schedule_line_kind_token(ScheduleLineKind kind);
