/* import_api.c - the routes of spreadsheet imports. */
#include "api/api.h"
#include "domain/billing/billing.h"
#include "domain/lease/lease_import.h"
#include "store/import.h"

/* Imports that make several kinds of record from one sheet; every entity has one of its own besides. */
static const ImportKind *const kinds[] = { &rent_roll_import, &bank_statement_import, NULL };

static gboolean
keep(Request *rq, Import *import)
{
    if (rq->state && rq->state_free)
        rq->state_free(rq->state); /* of a transaction that is being run again */
    rq->state = import;
    rq->state_free = (GDestroyNotify) import_free;
    return import != NULL;
}

/* Reading and judging take their time: outside the write lane. */
static gboolean
open_prepare(Request *rq, GError **error)
{
    Import *import = import_open(&rq->ctx, kinds, req_query(rq, "kind", ""),
                                 req_query(rq, "name", ""), rq->http->body, error);

    return keep(rq, import) && import_set_into(&rq->ctx, import, req_query(rq, "into", NULL), error) && import_judge(&rq->ctx, import, error);
}

static gboolean
load_prepare(Request *rq, GError **error)
{
    gint64 id = 0;

    return req_arg_id(rq, 0, &id, error) && keep(rq, import_load(&rq->ctx, kinds, id, error));
}

/* A commit whose answer was lost is sent again with the same key: then its first answer is given, not a conflict. So a batch that
 * was committed is refused in the handler, which is not run for a known key. */
static gboolean
commit_prepare(Request *rq, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (load_prepare(rq, &failure))
        return TRUE;
    if (app_error_is(failure, APP_ERROR_CONFLICT))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static gboolean
map_prepare(Request *rq, GError **error)
{
    return load_prepare(rq, error) && (!rq->body || import_map(rq->state, rq->body, error))
           && import_judge(&rq->ctx, rq->state, error);
}

static gboolean
reply_preview(Request *rq, int status, GError **error)
{
    if (!import_keep(&rq->ctx, rq->state, error))
        return FALSE;
    import_write(rq->state, rq->ctx.lang, rq->out);
    rq->status = status;
    return TRUE;
}

static gboolean
open_import(Request *rq, GError **error)
{
    return reply_preview(rq, 201, error);
}

static gboolean
map_import(Request *rq, GError **error)
{
    return reply_preview(rq, 200, error);
}

static gboolean
commit_import(Request *rq, GError **error)
{
    if ((!rq->state && !load_prepare(rq, error)) || !import_commit(&rq->ctx, rq->state, error))
        return FALSE;
    json_begin_object(rq->out);
    json_kv_int(rq->out, "created", import_total(rq->state, IMPORT_CREATE));
    json_kv_int(rq->out, "updated", import_total(rq->state, IMPORT_UPDATE));
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
error_rows(Request *rq, GError **error)
{
    if (!load_prepare(rq, error))
        return FALSE;
    g_autoptr(GBytes) bytes = import_errors_sheet(&rq->ctx, rq->state, error);
    if (!bytes)
        return FALSE;
    reply_file(rq, HTTP_XLSX, rq->ctx.lang == LANG_EN ? "import-errors.xlsx" : "导入错误行.xlsx",
               bytes);
    return TRUE;
}

static gboolean
template_sheet(Request *rq, GError **error)
{
    g_autoptr(GBytes) bytes = import_template(&rq->ctx, kinds, req_query(rq, "kind", ""), error);

    if (!bytes)
        return FALSE;
    reply_file(rq, HTTP_XLSX, rq->ctx.lang == LANG_EN ? "import-template.xlsx" : "导入模板.xlsx",
               bytes);
    return TRUE;
}

const Route import_routes[] = {
    { .method = HTTP_POST,
      .path = "/api/import",
      .auth = AUTH_SESSION,
      .lane = LANE_WRITE,
      .handler = open_import,
      .prepare = open_prepare,
      .doc =
          "Reads a spreadsheet (raw bytes of .xlsx or .csv) and judges every row; saves nothing.",
      .max_body = IMPORT_MAX_BYTES },
    { .method = HTTP_POST,
      .path = "/api/import/:id/map",
      .auth = AUTH_SESSION,
      .lane = LANE_WRITE,
      .handler = map_import,
      .prepare = map_prepare,
      .doc = "Another heading row or other columns; judges anew." },
    { .method = HTTP_POST,
      .path = "/api/import/:id/commit",
      .auth = AUTH_SESSION,
      .lane = LANE_WRITE,
      .handler = commit_import,
      .prepare = commit_prepare,
      .doc = "Saves all rows, or none." },
    ROUTE_SESSION(GET, "/api/import/:id/errors.xlsx", SLOW, error_rows,
                  "The rows with errors and a column that says why."),
    ROUTE_SESSION(GET, "/api/import/template.xlsx", READ, template_sheet,
                  "An empty sheet with the columns of a kind."),
    { .path = NULL },
};
