/* library.c - rules of target lists, market notes, policy texts and answers. */
#include "domain/crm/crm_internal.h"

gboolean
market_note_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    if (record_is_null(rec, "noted_on"))
        record_set_day(rec, "noted_on", ctx->today);
    if (record_is_null(rec, "staff_id"))
        record_set_id(rec, "staff_id", ctx->staff_id);
    if (record_day(rec, "noted_on") > ctx->today)
        app_error_field(error, "noted_on", "future", "日期不能晚于今天", "cannot be in the future");
    return TRUE;
}

gboolean
target_list_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) old;
    if (record_is_null(rec, "owner_id"))
        record_set_id(rec, "owner_id", ctx->staff_id);
    if (record_is_null(rec, "unit_id") && record_is_null(rec, "category_id"))
        app_error_field(error, "unit_id", "required", "请选择铺位或业态",
                        "choose a unit or a category");
    return TRUE;
}

static void
check_days(const Record *rec, GError **error)
{
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");

    if (from != DAY_NONE && to != DAY_NONE && to < from)
        app_error_field(error, "to_on", "range", "失效日期不能早于生效日期",
                        "cannot end before it begins");
}

gboolean
faq_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    (void) ctx;
    (void) old;
    check_days(rec, error);
    return TRUE;
}

/* What customers were told must stay as it was told: a published text is replaced, not edited. */
gboolean
policy_document_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    static const char *const frozen[] = { "title", "kind", "edition", "from_on", "content" };

    (void) ctx;
    check_days(rec, error);
    if (!old || record_is(old, "state", "draft"))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(frozen); i++) {
        int f = entity_field_index(rec->def, frozen[i]);
        if (!value_equal(&rec->def->fields[f], &old->values[f], &rec->values[f]))
            app_error_field(error, frozen[i], "frozen", "已发布的政策不能修改，请新建版本",
                            "a published text is frozen; make a new edition");
    }
    return TRUE;
}

static gboolean
supersede(Ctx *ctx, gint64 id, Day from, GError **error)
{
    g_autoptr(Record) other = record_get(ctx, "policy_document", id, NULL, error);

    if (!other)
        return FALSE;
    if (!record_is(other, "state", "in_force"))
        return TRUE;
    Day last = MAX(from - 1, record_day(other, "from_on"));
    if (record_is_null(other, "to_on") || record_day(other, "to_on") > last)
        record_set_day(other, "to_on", last);
    /* until the new edition begins the former one is what customers are told */
    return from > ctx->today ? record_save(ctx, other, error)
                             : flow_apply(ctx, other, "supersede", NULL, error);
}

gboolean
crm_documents_supersede(Ctx *ctx, guint *ended, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.documents_over", error);

    if (!stmt || !crm_ids(stmt, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) rec =
            record_get(ctx, "policy_document", g_array_index(ids, gint64, i), NULL, error);
        if (!rec || !flow_apply(ctx, rec, "supersede", NULL, error))
            return FALSE;
    }
    if (ended)
        *ended = ids->len;
    return TRUE;
}

gboolean
policy_document_publish(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, "crm.documents_alike", error);
    Day from = record_day(rec, "from_on");

    (void) input;
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "kind", record_text(rec, "kind"));
    db_bind_text(stmt, "title", record_text(rec, "title"));
    db_bind_int(stmt, "own_id", rec->id);
    if (!crm_ids(stmt, ids, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        if (!supersede(ctx, g_array_index(ids, gint64, i), from, error))
            return FALSE;
    }
    if (!record_is_null(rec, "replaces_id")
        && !supersede(ctx, record_int(rec, "replaces_id"), from, error))
        return FALSE;
    record_set_id(rec, "published_by", ctx->staff_id);
    return TRUE;
}

gboolean
policy_document_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    Day from = record_day(rec, "from_on"), to = record_day(rec, "to_on");

    (void) error;
    json_kv_bool(out, "is_valid",
                 record_is(rec, "state", "in_force") && from <= ctx->today
                     && (to == DAY_NONE || to >= ctx->today));
    return TRUE;
}
