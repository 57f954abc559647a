/* meta_api.c - what the pages need to know of the tables, and the program's health. */
#include "api/api_internal.h"
#include "base/clock.h"
#include "store/meta_json.h"

#include <string.h>

static gboolean
may_see(const Request *rq, const EntityModule *module)
{
    return !(module->def->flags & EF_INTERNAL) && access_may(rq->ctx.access, module->def->name, "read");
}

static gboolean
meta_all(Request *rq, GError **error)
{
    (void) error;
    json_begin_object(rq->out);
    json_key(rq->out, "entities");
    json_begin_array(rq->out);
    for (guint i = 0; rq->ctx.registry->modules[i]; i++) {
        if (may_see(rq, rq->ctx.registry->modules[i]))
            meta_write_entity(&rq->ctx, rq->ctx.registry->modules[i], rq->out);
    }
    json_end_array(rq->out);
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
meta_openapi(Request *rq, GError **error)
{
    g_autofree char *text = api_openapi(rq->ctx.registry, rq->api);

    (void) error;
    json_raw(rq->out, text, strlen(text));
    return TRUE;
}

const Route meta_routes[] = {
    ROUTE_SESSION(GET, "/api/meta", READ, meta_all, "Entities, fields and rights as this person sees them."),
    ROUTE_SESSION(GET, "/api/openapi.json", READ, meta_openapi, "This description."),
    { .path = NULL },
};
