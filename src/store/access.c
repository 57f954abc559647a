#include "store/ctx.h"

#include <string.h>

struct Access {
    gint64 merchant_id; /* 0: a person of the house */
    gint64 staff_id;
    gint64 department_id;
    GHashTable *grants;   /* "lead.read" -> Scope */
    GHashTable *unmasked; /* "contact.mobile" */
};

static void
access_clear(gpointer data)
{
    Access *access = data;

    g_hash_table_unref(access->grants);
    g_hash_table_unref(access->unmasked);
}

Access *
access_new(gint64 staff_id, gint64 department_id)
{
    Access *access = g_atomic_rc_box_new0(Access);

    access->staff_id = staff_id;
    access->department_id = department_id;
    access->grants = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    access->unmasked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return access;
}

Access *
access_new_merchant(gint64 merchant_id)
{
    Access *access = access_new(0, 0);

    access->merchant_id = merchant_id;
    return access;
}

gint64
access_merchant(const Access *access)
{
    return access ? access->merchant_id : 0;
}

Access *
access_ref(Access *access)
{
    return g_atomic_rc_box_acquire(access);
}

void
access_unref(Access *access)
{
    g_atomic_rc_box_release_full(access, access_clear);
}

void
access_grant(Access *access, const char *permission, Scope scope)
{
    Scope had = (Scope) GPOINTER_TO_INT(g_hash_table_lookup(access->grants, permission));

    if (access->merchant_id && scope != SCOPE_NONE)
        scope = SCOPE_MERCHANT; /* no line of the table of rights opens more than that */
    if (scope > had)
        g_hash_table_replace(access->grants, g_strdup(permission), GINT_TO_POINTER(scope));
}

void
access_unmask(Access *access, const char *field)
{
    g_hash_table_add(access->unmasked, g_strdup(field));
}

Scope
access_scope(const Access *access, const char *entity, const char *action)
{
    char key[128];

    if (!access)
        return SCOPE_ALL;
    g_snprintf(key, sizeof key, "%s.%s", entity, action);
    return (Scope) GPOINTER_TO_INT(g_hash_table_lookup(access->grants, key));
}

gboolean
access_may(const Access *access, const char *entity, const char *action)
{
    return access_scope(access, entity, action) != SCOPE_NONE;
}

gboolean
access_may_see(const Access *access, const char *entity, const char *field)
{
    char key[128];

    if (!access)
        return TRUE;
    g_snprintf(key, sizeof key, "%s.%s", entity, field);
    return g_hash_table_contains(access->unmasked, key);
}

static int
compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

char **
access_list(const Access *access)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key;

    if (access) {
        g_hash_table_iter_init(&iter, access->grants);
        while (g_hash_table_iter_next(&iter, &key, NULL))
            g_ptr_array_add(list, g_strdup(key));
    }
    g_ptr_array_sort(list, compare_text);
    g_ptr_array_add(list, NULL);
    return (char **) g_ptr_array_steal(list, NULL);
}
