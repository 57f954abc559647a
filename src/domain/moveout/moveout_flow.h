/* moveout_flow.h - hooks named by the tables of moving out. Only inside domain/moveout. */
#pragma once
#include "domain/moveout/moveout_internal.h"

gboolean moveout_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean moveout_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean moveout_item_validate(Ctx *ctx, Record *item, const Record *old, GError **error);
gboolean moveout_write(Ctx *ctx, const Record *rec, JsonOut *out, GError **error);

gboolean moveout_inspect(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_all_inspected(Ctx *ctx, const Record *rec, GError **error);
gboolean moveout_confirm_operations(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_confirm_services(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_both_confirmed(Ctx *ctx, const Record *rec, GError **error);
gboolean moveout_settle(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_submit(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_approve(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_thaw(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_may_recall(Ctx *ctx, const Record *rec, GError **error);
gboolean moveout_may_sign(Ctx *ctx, const Record *rec, GError **error);
gboolean moveout_sign(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_may_pay(Ctx *ctx, const Record *rec, GError **error);
gboolean moveout_pay(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_may_close(Ctx *ctx, const Record *rec, GError **error);
gboolean moveout_close(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean moveout_withdraw(Ctx *ctx, Record *rec, const Record *input, GError **error);

char *moveout_snapshot(Ctx *ctx, const Record *rec, GError **error);
gboolean moveout_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error);
gboolean moveout_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error);
