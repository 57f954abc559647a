/* timeline.c - everything that happened with a merchant, a lead or a unit, in one list. */
#include "domain/crm/crm_internal.h"

#include <string.h>

static const struct {
    const char *kind, *zh, *en;
} kinds[] = {
    { "call", "来电", "Call" },           { "visit", "来访", "Visit" },
    { "follow_up", "跟进", "Follow-up" }, { "visit_plan", "拜访", "Visit planned" },
    { "offer", "谈判方案", "Offer" },     { "unit_hold", "预留铺位", "Hold" },
    { "stage", "阶段", "Stage" },         { "owner", "归属变更", "Owner" },
    { "lease", "合同", "Lease" },
};

/* The word beside the kind: a token becomes its label where we know its list. transfer full. */
static char *
title_of(Ctx *ctx, const char *kind, const char *word)
{
    const EnumItem *item = NULL;
    const char *name = kind;

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].kind, kind) == 0)
            name = crm_text(ctx, kinds[i].zh, kinds[i].en);
    }
    if (word && strcmp(kind, "stage") == 0)
        item = enum_find(lead_stage_items, word);
    else if (word && strcmp(kind, "follow_up") == 0)
        item = enum_find(way_items, word);
    else if (word) {
        const char *const entities[] = { "visit_plan", "state", "offer", "side", "lease", "state" };
        for (guint i = 0; i < G_N_ELEMENTS(entities); i += 2) {
            const EntityModule *module = registry_find(ctx->registry, entities[i]);
            if (module && strcmp(kind, entities[i]) == 0)
                item = enum_find(entity_find_field(module->def, entities[i + 1])->items, word);
        }
    }
    if (item)
        word = crm_text(ctx, item->zh, item->en);
    return word ? g_strdup_printf("%s · %s", name, word) : g_strdup(name);
}

static void
write_item(Ctx *ctx, JsonOut *out, const DbStmt *stmt)
{
    const char *kind = db_text(stmt, 1);
    g_autofree char *title = title_of(ctx, kind, db_is_null(stmt, 4) ? NULL : db_text(stmt, 4));

    json_begin_object(out);
    json_kv_us(out, "at", db_is_null(stmt, 0) ? 0 : db_int(stmt, 0));
    json_kv_text(out, "kind", kind);
    json_kv_text(out, "title", title);
    json_kv_text(out, "text", db_is_null(stmt, 5) ? NULL : db_text(stmt, 5));
    json_kv_text(out, "by", db_is_null(stmt, 6) ? NULL : db_text(stmt, 6));
    json_kv_text(out, "entity", db_text(stmt, 2));
    json_kv_id(out, "id", db_int(stmt, 3));
    json_end_object(out);
}

gboolean
crm_timeline_write(Ctx *ctx, const char *entity, gint64 id, guint limit, JsonOut *out,
                   GError **error)
{
    static const char *const known[] = { "lead", "merchant", "unit", NULL };
    gboolean ok = TRUE;

    if (!g_strv_contains(known, entity))
        return app_error_set(error, APP_ERROR_NOT_FOUND, "timeline.not_found", "没有时间线",
                             "has no timeline");
    g_autoptr(Record) rec = record_get(ctx, entity, id, "read", error);
    if (!rec)
        return FALSE;
    g_autofree char *name = g_strconcat("crm.timeline_", entity, NULL);
    g_autoptr(DbStmt) stmt = crm_stmt(ctx, name, error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "id", id);
    db_bind_int(stmt, "count", limit);
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error))
        write_item(ctx, out, stmt);
    json_end_array(out);
    return ok;
}
