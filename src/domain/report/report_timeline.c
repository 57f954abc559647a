/* report_timeline.c - everything that happened with a lead, a merchant, a unit or a lease, in one list. */
#include "db/catalogue.h"
#include "domain/report/report_internal.h"
#include "store/list.h"

#include <string.h>

/* What is not called by its entity's name. */
static const struct {
    const char *kind, *zh, *en;
} kinds[] = {
    { "call", "来电", "Call" },          { "visit", "来访", "Visit" },           { "visit_plan", "拜访", "Visit planned" },
    { "offer", "谈判方案", "Offer" },    { "unit_hold", "预留铺位", "Hold" },    { "stage", "阶段", "Stage" },
    { "owner", "归属变更", "Owner" },    { "file", "附件", "File" },
};

/* Words of history that every entity has; the others are actions of its state table. */
static const EnumItem steps[] = {
    { "create", "新建", "Created", TONE_GRAY },
    { "update", "修改", "Changed", TONE_GRAY },
    { "issue", "开具", "Issued", TONE_BLUE },
    { 0 },
};

enum { COL_AT, COL_KIND, COL_ENTITY, COL_ID, COL_WORD, COL_BODY, COL_PERSON, COL_AMOUNT, COL_LEAD, COL_LEASE };

typedef struct {
    Ctx *ctx;
    GHashTable *leads, *leases; /* ids within reach; NULL: all of them */
} Reach;

static void
reach_clear(Reach *reach)
{
    g_clear_pointer(&reach->leads, g_hash_table_unref);
    g_clear_pointer(&reach->leases, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reach, reach_clear)

static const char *
in_lang(const Ctx *ctx, const char *zh, const char *en)
{
    return ctx->lang == LANG_EN ? en : zh;
}

/* What a token of the entity means: a value of one of its lists, or an action of its state table. NULL: it is no token but a name. */
static const char *
word_of(const Ctx *ctx, const EntityModule *module, const char *word)
{
    const EnumItem *item = enum_find(steps, word);

    for (guint i = 0; !item && i < module->def->n_fields; i++) {
        if (module->def->fields[i].type == FT_ENUM)
            item = enum_find(module->def->fields[i].items, word);
    }
    if (item)
        return in_lang(ctx, item->zh, item->en);
    for (guint i = 0; i < module->n_flow; i++) {
        if (strcmp(module->flow[i].action, word) == 0)
            return in_lang(ctx, module->flow[i].zh, module->flow[i].en);
    }
    return NULL;
}

/* "Lease · Submit for review". transfer full. */
static char *
title_of(const Ctx *ctx, const DbStmt *stmt)
{
    const EntityModule *module = registry_find(ctx->registry, db_text(stmt, COL_ENTITY));
    const char *kind = db_text(stmt, COL_KIND);
    const char *name = in_lang(ctx, module->def->zh, module->def->en);
    const char *word = db_is_null(stmt, COL_WORD) ? NULL : db_text(stmt, COL_WORD);
    const EntityModule *of = strcmp(kind, "approval") == 0 ? registry_find(ctx->registry, "approval_task") : module;

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].kind, kind) == 0)
            name = in_lang(ctx, kinds[i].zh, kinds[i].en);
    }
    if (!word)
        return g_strdup(name);
    const char *label = word_of(ctx, of, word);
    return g_strdup_printf("%s · %s", name, label ? label : word);
}

static void
write_item(const Ctx *ctx, JsonOut *out, const DbStmt *stmt)
{
    g_autofree char *title = title_of(ctx, stmt);

    json_begin_object(out);
    json_kv_us(out, "at", db_is_null(stmt, COL_AT) ? 0 : db_int(stmt, COL_AT));
    json_kv_text(out, "kind", db_text(stmt, COL_KIND));
    json_kv_text(out, "title", title);
    json_kv_text(out, "text", db_is_null(stmt, COL_BODY) ? NULL : db_text(stmt, COL_BODY));
    if (!db_is_null(stmt, COL_AMOUNT))
        json_kv_money(out, "amount", db_int(stmt, COL_AMOUNT));
    json_kv_text(out, "by", db_is_null(stmt, COL_PERSON) ? NULL : db_text(stmt, COL_PERSON));
    json_kv_text(out, "entity", db_text(stmt, COL_ENTITY));
    json_kv_id(out, "id", db_int(stmt, COL_ID));
    json_end_object(out);
}

static gboolean
keep_id(const Record *rec, const char *const *labels, gpointer data, GError **error)
{
    (void) labels;
    (void) error;
    g_hash_table_add(data, g_memdup2(&rec->id, sizeof rec->id));
    return TRUE;
}

/* Ids of a merchant's leads or leases that the person reads; *ids stays NULL where the right has no bounds. */
static gboolean
load_reach(Ctx *ctx, const char *entity, gint64 merchant_id, GHashTable **ids, GError **error)
{
    g_autoptr(ListQuery) query = list_query_new(registry_def(ctx->registry, entity));
    char id[24];

    query->size = 1000000; /* all of them */
    if (access_scope(ctx->access, entity, "read") >= SCOPE_PROPERTY)
        return TRUE;
    g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT, merchant_id);
    list_query_filter(query, "merchant_id", OP_IN, id);
    *ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return list_each(ctx, query, keep_id, *ids, error);
}

static gboolean
is_among(GHashTable *ids, const DbStmt *stmt, int column)
{
    gint64 id = db_is_null(stmt, column) ? 0 : db_int(stmt, column);

    return !ids || !id || g_hash_table_contains(ids, &id);
}

static gboolean
is_visible(const Reach *reach, const DbStmt *stmt)
{
    return access_may(reach->ctx->access, db_text(stmt, COL_ENTITY), "read") && is_among(reach->leads, stmt, COL_LEAD)
           && is_among(reach->leases, stmt, COL_LEASE);
}

gboolean
report_timeline_write(Ctx *ctx, const char *entity, gint64 id, guint limit, JsonOut *out, GError **error)
{
    g_autofree char *name = g_strconcat("report.timeline_", entity, NULL);
    g_auto(Reach) reach = { .ctx = ctx };
    gboolean ok = TRUE;
    guint n = 0;
    g_autoptr(Record) rec = record_get(ctx, entity, id, "read", error);

    if (!rec)
        return FALSE;
    if (strcmp(entity, "merchant") == 0
        && (!load_reach(ctx, "lead", id, &reach.leads, error) || !load_reach(ctx, "lease", id, &reach.leases, error)))
        return FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, name, error);
    if (!stmt)
        return FALSE;
    list_bind_scope(ctx, stmt);
    db_bind_int(stmt, "id", id);
    json_key(out, "items");
    json_begin_array(out);
    while (n < limit && db_each(stmt, &ok, error)) {
        if (!is_visible(&reach, stmt))
            continue;
        write_item(ctx, out, stmt);
        n++;
    }
    json_end_array(out);
    return ok;
}
