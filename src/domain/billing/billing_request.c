/* billing_request.c - what refunds, waivers and moves of deposits have in common: drafted, agreed by the approval flow, then carried out. */
#include "domain/billing/billing_request.h"

gboolean
billing_request_submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return approval_start(ctx, rec, error) != 0;
}

gboolean
billing_request_cancel(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) rec;
    (void) error;
    ctx->reason = record_text(input, "reason");
    return TRUE;
}

gboolean
billing_request_saved(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || approval_subject_changed(ctx, rec->def->name, rec->id, error);
}

/* Agreed by others is carried out by the program: the approvers need no right to move the money themselves. */
gboolean
billing_request_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "approve", NULL, error);
}

gboolean
billing_request_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

gboolean
billing_request_begin(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (!old) {
        record_set_id(rec, "requested_by", ctx->staff_id);
        return TRUE;
    }
    for (guint i = 0; ctx->access && !record_is(old, "state", "draft") && i < rec->def->n_fields;
         i++) {
        const FieldDef *f = &rec->def->fields[i];
        if (!(f->flags & (FF_READONLY | FF_IMMUTABLE)) && g_strcmp0(f->name, "state") != 0
            && !value_equal(f, &old->values[i], &rec->values[i]))
            return app_error_field(error, f->name, "frozen", "已提交，不能修改；请先撤回",
                                   "it was submitted; withdraw it to change it");
    }
    return TRUE;
}
