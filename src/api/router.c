#include "api/router.h"

#include <string.h>

void
route_args_clear(char *args[ROUTE_ARGS])
{
    for (guint i = 0; i < ROUTE_ARGS; i++)
        g_clear_pointer(&args[i], g_free);
}

gboolean
route_match(const char *pattern, const char *path, char *args[ROUTE_ARGS])
{
    guint n = 0;

    route_args_clear(args);
    while (*pattern && *path) {
        gsize want = strcspn(pattern + 1, "/") + 1, have = strcspn(path + 1, "/") + 1;
        if (*pattern != '/' || *path != '/')
            return FALSE;
        if (pattern[1] == ':') {
            if (have < 2 || n == ROUTE_ARGS)
                return FALSE;
            args[n++] = g_strndup(path + 1, have - 1);
        } else if (want != have || strncmp(pattern, path, want) != 0)
            return FALSE;
        pattern += want;
        path += have;
    }
    return *pattern == '\0' && *path == '\0';
}

/* Literal segments weigh more the earlier they stand. */
static guint
exactness(const char *pattern)
{
    guint score = 0;

    for (const char *p = pattern; *p; p++) {
        if (*p == '/')
            score = score * 2 + (p[1] == ':' ? 0 : 1);
    }
    return score;
}

const Route *
router_find(const Api *api, HttpMethod method, const char *path, char *args[ROUTE_ARGS], gboolean *other_method)
{
    guint n = 0, best_score = 0;
    const Route *const *routes = api_routes(api, &n);
    const Route *best = NULL;

    *other_method = FALSE;
    for (guint i = 0; i < n; i++) {
        if (!route_match(routes[i]->path, path, args))
            continue;
        if (routes[i]->method != method)
            *other_method = TRUE;
        else if (!best || exactness(routes[i]->path) > best_score) {
            best = routes[i];
            best_score = exactness(best->path);
        }
    }
    if (best)
        route_match(best->path, path, args);
    return best;
}
