/* import_kind.c - which kinds of import there are, and by what their columns are known. */
#include "store/import_internal.h"

#include <string.h>

static const ImportKind *
special_kind(const ImportKind *const *kinds, const char *name)
{
    for (; kinds && *kinds; kinds++) {
        if (strcmp((*kinds)->name, name) == 0)
            return *kinds;
    }
    return NULL;
}

static gboolean
refuse_kind(GError **error)
{
    return app_error_set(error, APP_ERROR_NOT_FOUND, "import.kind", "没有这种导入",
                         "there is no such import");
}

gboolean
import_set_kind(Ctx *ctx, Import *import, const ImportKind *const *kinds, const char *name,
                GError **error)
{
    const EntityFlags without = EF_NO_IMPORT | EF_NO_CREATE | EF_INTERNAL | EF_APPEND_ONLY;
    const EntityModule *module = name ? registry_find(ctx->registry, name) : NULL;

    import->kind = name ? special_kind(kinds, name) : NULL;
    if (!import->kind) {
        if (!module || (module->def->flags & without))
            return refuse_kind(error);
        import_entity_kind(import, module->def);
    }
    return access_may(ctx->access, import->kind->right, "import")
           || app_error_set(error, APP_ERROR_FORBIDDEN, "import.forbidden",
                            "您没有导入%s%.0s的权限，如需要请联系管理员",
                            "%.0syou may not import: %s; ask the administrator", import->kind->zh,
                            import->kind->en);
}

SheetHeading *
import_headings(const ImportKind *kind)
{
    SheetHeading *headings = g_new0(SheetHeading, kind->n_fields);

    for (guint i = 0; i < kind->n_fields; i++) {
        const FieldDef *f = &kind->fields[i];
        headings[i].key = f->name;
        headings[i].synonyms = g_strjoin("|", f->zh, f->en, f->name,
                                         f->synonyms && *f->synonyms ? f->synonyms : NULL, NULL);
    }
    return headings;
}

void
import_headings_free(SheetHeading *headings, guint n)
{
    for (guint i = 0; i < n; i++)
        g_free((char *) headings[i].synonyms);
    g_free(headings);
}
