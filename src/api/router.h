/* router.h - which route answers a path. */
#pragma once
#include "api/api.h"

/* TRUE if @pattern fits @path; fills @args (transfer full). */
gboolean route_match(const char *pattern, const char *path, char *args[ROUTE_ARGS]);
/* The most exact route for method and path: literal segments win over ":x". *other_method is set when the path exists with another
 * method. NULL if none. */
const Route *router_find(const Api *api, HttpMethod method, const char *path, char *args[ROUTE_ARGS], gboolean *other_method);
void route_args_clear(char *args[ROUTE_ARGS]);
