#include "store/registry.h"

#include "base/log.h"

Registry *
registry_new(const EntityModule *const *modules, const struct ApprovalSubject *const *subjects)
{
    Registry *registry = g_new0(Registry, 1);
    g_autoptr(GPtrArray) defs = g_ptr_array_new();
    g_autoptr(GError) error = NULL;

    registry->modules = modules;
    registry->subjects = subjects;
    registry->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; modules[i]; i++) {
        g_ptr_array_add(defs, (gpointer) modules[i]->def);
        g_hash_table_insert(registry->by_name, (gpointer) modules[i]->def->name, (gpointer) modules[i]);
    }
    g_ptr_array_add(defs, NULL);
    registry->defs = (const EntityDef *const *) g_ptr_array_steal(defs, NULL);
    if (!meta_check(registry->defs, &error))
        g_error("entity tables: %s", error->message);
    return registry;
}

void
registry_free(Registry *registry)
{
    if (!registry)
        return;
    g_hash_table_unref(registry->by_name);
    g_free((gpointer) registry->defs);
    g_free(registry);
}

const EntityModule *
registry_find(const Registry *registry, const char *entity)
{
    return g_hash_table_lookup(registry->by_name, entity);
}

const EntityDef *
registry_def(const Registry *registry, const char *entity)
{
    const EntityModule *module = registry_find(registry, entity);

    if (!module)
        g_error("no entity %s", entity);
    return module->def;
}
