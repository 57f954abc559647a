/* party_seed.c - categories and channels for a fresh database. */
#include "domain/party/party_internal.h"

#include <gio/gio.h>
#include <string.h>

static const struct {
    const char *code, *name, *name_en;
    gboolean is_paid;
} channels[] = {
    { "call_in", "来电", "Call-in", FALSE },
    { "walk_in", "自然到访", "Walk-in", FALSE },
    { "referral", "商户/员工推荐", "Referral", FALSE },
    { "agent", "招商代理/中介", "Agent", TRUE },
    { "exhibition", "展会/招商会", "Exhibition", TRUE },
    { "online", "网络平台", "Online", TRUE },
    { "wechat", "公众号/社群", "WeChat", FALSE },
    { "outdoor", "户外广告", "Outdoor advertising", TRUE },
    { "expansion", "外出拓展", "Expansion visit", FALSE },
    { "existing", "在场商户", "Existing merchant", FALSE },
    { "other", "其他", "Other", FALSE },
};

static gboolean
add_category(Ctx *ctx, char *const *cells, int seq, GError **error)
{
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "category"));

    record_set_text(rec, "code", cells[0]);
    record_set_text(rec, "name", cells[2]);
    record_set_text(rec, "name_en", cells[3]);
    record_set_int(rec, "seq", seq);
    if (*cells[1]) {
        g_autoptr(Record) above = record_find_by(ctx, "category", "code", cells[1], error);
        if (!above)
            return FALSE;
        record_set_id(rec, "parent_id", above->id);
    }
    return record_save(ctx, rec, error);
}

static gboolean
seed_categories(Ctx *ctx, GError **error)
{
    g_autoptr(GBytes) data = g_resources_lookup_data("/lanting/data/categories.csv",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

    if (!data)
        return FALSE;
    g_autofree char *text = g_strndup(g_bytes_get_data(data, NULL), g_bytes_get_size(data));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 1; lines[i]; i++) { /* the first line names the columns; no cell has a comma */
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
        if (g_strv_length(cells) == 4 && !add_category(ctx, cells, i, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
seed_channels(Ctx *ctx, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(channels); i++) {
        g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "channel"));
        record_set_text(rec, "code", channels[i].code);
        record_set_text(rec, "name", channels[i].name);
        record_set_text(rec, "name_en", channels[i].name_en);
        record_set_int(rec, "is_paid", channels[i].is_paid);
        record_set_int(rec, "seq", i + 1);
        if (!record_save(ctx, rec, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
party_seed(Ctx *ctx, GError **error)
{
    g_autoptr(Record) category = record_find_by(ctx, "category", "code", "R", NULL);
    g_autoptr(Record) channel = record_find_by(ctx, "channel", "code", "call_in", NULL);

    return (category || seed_categories(ctx, error)) && (channel || seed_channels(ctx, error));
}
