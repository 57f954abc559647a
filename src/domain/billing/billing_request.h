/* billing_request.h - hooks shared by refunds, waivers and moves of deposits. Only inside domain/billing. */
#pragma once
#include "domain/billing/billing_internal.h"

#define REQUEST_STATES(done_token, done_zh, done_en)                                                                        \
    { "draft", "草稿", "Draft", TONE_GRAY }, { "submitted", "审批中", "In approval", TONE_BLUE },                             \
        { done_token, done_zh, done_en, TONE_GREEN }, { "void", "已作废", "Void", TONE_GRAY }

gboolean billing_request_submit(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean billing_request_cancel(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean billing_request_saved(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean billing_request_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error);
gboolean billing_request_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error);
/* First lines of a validate hook: who asks; nothing but the flow changes what was submitted. FALSE with a complaint otherwise. */
gboolean billing_request_begin(Ctx *ctx, Record *rec, const Record *old, GError **error);
