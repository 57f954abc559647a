/* sales_internal.h - shared inside domain/sales only. */
#pragma once
#include "domain/sales/sales.h"

gboolean sales_report_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean sales_report_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error);
gboolean sales_report_declare(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean sales_report_check(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean sales_report_accept(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean sales_report_refuse(Ctx *ctx, Record *rec, const Record *input, GError **error);
gboolean index_value_validate(Ctx *ctx, Record *rec, const Record *old, GError **error);
