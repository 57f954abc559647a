/* crm_internal.h - what the files of crm share. Not for others. */
#pragma once
#include "db/catalogue.h"
#include "domain/crm/crm.h"
#include "domain/party/party.h"
#include "domain/space/space.h"

#define CRM_OPEN_STAGES \
    "new contacted visited intention negotiating approved deposit_paid contracting"

extern const EnumItem way_items[];
extern const EnumItem follow_result_items[];

/* Prepares a named statement and binds :property_id where it has it. NULL with @error. */
DbStmt *crm_stmt(Ctx *ctx, const char *name, GError **error);
/* Binds an id that may be absent: 0 is NULL. */
void crm_bind_id(DbStmt *stmt, const char *name, gint64 id);
/* The same person, but nobody's rights are asked: for consequences in colleagues' records. */
Ctx crm_as_system(const Ctx *ctx);
/* Appends the first column of every row. */
gboolean crm_ids(DbStmt *stmt, GArray *ids, GError **error);
/* First column of the first row; 0 for none. */
gboolean crm_first_int(DbStmt *stmt, gint64 *value, GError **error);
/* The text in the person's language. */
const char *crm_text(const Ctx *ctx, const char *zh, const char *en);
void json_kv_area(JsonOut *out, const char *key, gint64 area_dm2);
/* 0 is null. */
void json_kv_ref(JsonOut *out, const char *key, gint64 id, const char *label);
void json_kv_label(JsonOut *out, const char *key, const char *zh, const char *en);

/* lead_rules.c */
gboolean lead_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean lead_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean lead_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
gboolean lead_guard_intend(Ctx *ctx, const Record *rec, GError **error);
gboolean lead_guard_negotiate(Ctx *ctx, const Record *rec, GError **error);
gboolean lead_guard_approve(Ctx *ctx, const Record *rec, GError **error);
gboolean lead_guard_mine(Ctx *ctx, const Record *rec, GError **error);
gboolean lead_guard_take(Ctx *ctx, const Record *rec, GError **error);
gboolean lead_effect_touch(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean lead_effect_lose(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean lead_effect_reopen(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean lead_effect_pool(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean lead_effect_take(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean lead_effect_assign(Ctx *ctx, Record *rec, const Record *input, GError **error);
/* What the lead still lacks for @stage, as complaints about fields; TRUE if nothing. */
gboolean lead_is_complete(const Record *lead, const char *stage, GError **error);
/* Changes the owner (0: nobody) and writes the register of owners. */
gboolean lead_set_owner(Ctx *ctx, Record *lead, gint64 owner_id, const char *reason,
                        const char *text, GError **error);

/* Ends all active holds of a lead. */
gboolean crm_holds_release(Ctx *ctx, gint64 lead_id, GError **error);
/* Moves a lead's clock after a contact at @at_us; @grade may be NULL; @next_on DAY_NONE: nothing is planned. */
void lead_touch(Record *lead, gint64 at_us, const char *grade, Day next_on);
/* inquiry.c */
gboolean inquiry_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
/* follow_up.c */
gboolean follow_up_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean follow_up_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error);
/* visit_plan.c */
gboolean visit_plan_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean visit_plan_report(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean visit_plan_done(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean visit_plan_postpone(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean visit_plan_cancel(Ctx *ctx, Record *rec, const Record *input, GError **error);
/* offer.c */
gboolean offer_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
/* hold.c */
gboolean hold_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean hold_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean hold_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
gboolean hold_is_running(Ctx *ctx, const Record *rec, GError **error);
gboolean hold_ended(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean hold_extend(Ctx *ctx, Record *rec, const Record *input, GError **error);
/* library.c */
gboolean market_note_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean target_list_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean policy_document_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean policy_document_publish(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean policy_document_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);
gboolean faq_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
/* daily.c */
gboolean daily_report_submit(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean daily_report_guard(Ctx *ctx, const Record *rec, GError **error);
