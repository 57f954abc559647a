/* file_api.c - the routes of attachments and of lists as spreadsheets. */
#include "api/api.h"
#include "base/clock.h"
#include "base/ids.h"
#include "store/export.h"
#include "store/file.h"
#include "store/history.h"

#include <glib/gstdio.h>
#include <string.h>

static void
keep(Request *rq, gpointer state, GDestroyNotify free_fn)
{
    if (rq->state && rq->state_free)
        rq->state_free(rq->state); /* of a transaction that is being run again */
    rq->state = state;
    rq->state_free = free_fn;
}

/* -- attachments ---------------------------------------------------------------- */

static gboolean
upload_prepare(Request *rq, GError **error)
{
    const FileTarget target = { .entity = req_query(rq, "entity", NULL),
                                .record_id = id_parse(req_query(rq, "record_id", "")),
                                .category = req_query(rq, "category", NULL),
                                .name = req_query(rq, "name", "") };
    gsize len = 0;
    const void *data = g_bytes_get_data(rq->http->body, &len);
    FileUpload *upload = file_read_upload(&rq->ctx, &target, data, len, error);

    keep(rq, upload, (GDestroyNotify) file_upload_free);
    return upload != NULL;
}

static gboolean
upload_file(Request *rq, GError **error)
{
    gint64 id = file_add(&rq->ctx, rq->state, error);
    g_autoptr(Record) rec = id ? record_get(&rq->ctx, "file", id, NULL, error) : NULL;

    if (!rec)
        return FALSE;
    file_write(&rq->ctx, rec, rq->out);
    rq->status = 201;
    return TRUE;
}

static gboolean
list_files(Request *rq, GError **error)
{
    gint64 id = 0;

    return req_arg_id(rq, 1, &id, error)
           && file_list_write(&rq->ctx, req_arg(rq, 0), id, rq->out, error);
}

/* What a stranger sent is never shown as a page of ours. */
static gboolean
send_blob(Request *rq, const char *digest, const char *type, GError **error)
{
    g_autofree char *path = file_blob_path(rq->ctx.files_dir, digest);

    if (!path || !http_reply_file(rq->reply, type, path, NULL))
        return app_error_set(
            error, APP_ERROR_NOT_FOUND, "file.gone", "文件内容已丢失或损坏，请从备份恢复",
            "the bytes of this file are missing or damaged; restore them from the backup");
    http_reply_header(rq->reply, "X-Content-Type-Options", "nosniff");
    http_reply_header(rq->reply, "Content-Security-Policy", "sandbox; default-src 'none'");
    rq->replied = TRUE;
    return TRUE;
}

static gboolean
read_file(Request *rq, GError **error)
{
    gint64 id = 0;

    if (!req_arg_id(rq, 0, &id, error))
        return FALSE;
    g_autoptr(Record) rec = file_get(&rq->ctx, id, error);
    if (!rec || !send_blob(rq, record_text(rec, "digest"), record_text(rec, "content_type"), error))
        return FALSE;
    http_reply_attachment(rq->reply, record_text(rec, "name"));
    return TRUE;
}

static gboolean
read_thumbnail(Request *rq, GError **error)
{
    gint64 id = 0;

    if (!req_arg_id(rq, 0, &id, error))
        return FALSE;
    g_autoptr(Record) rec = file_get(&rq->ctx, id, error);
    if (!rec)
        return FALSE;
    if (record_is_null(rec, "thumbnail"))
        return app_error_set(error, APP_ERROR_NOT_FOUND, "file.no_thumbnail", "没有缩略图",
                             "there is no thumbnail");
    if (!send_blob(rq, record_text(rec, "thumbnail"), "image/jpeg", error))
        return FALSE;
    http_reply_header(rq->reply, "Cache-Control", "private, max-age=86400");
    return TRUE;
}

/* -- lists as spreadsheets -------------------------------------------------------- */

static gboolean
export_prepare(Request *rq, GError **error)
{
    const EntityModule *module = registry_find(rq->ctx.registry, req_arg(rq, 0));
    g_autoptr(ListQuery) query = list_query_new(module->def);
    g_autoptr(GError) all = NULL;

    for (guint i = 0; i < rq->http->query->len; i++) {
        const HttpParam *p = &g_array_index(rq->http->query, HttpParam, i);
        g_autoptr(GError) one = NULL;
        if (!list_query_param(query, p->name, p->value, &one))
            app_error_take_fields(&all, "", g_steal_pointer(&one));
    }
    if (all) {
        g_propagate_error(error, g_steal_pointer(&all));
        return FALSE;
    }
    Export *made = export_make(&rq->ctx, query, error);
    keep(rq, made, (GDestroyNotify) export_free);
    return made != NULL;
}

static gboolean
export_list(Request *rq, GError **error)
{
    const Export *made = rq->state;
    const char *label = rq->ctx.lang == LANG_EN ? made->def->en : made->def->zh;
    char day[DAY_TEXT_SIZE];
    g_autofree char *name = g_strdup_printf("%s-%s.xlsx", label, day_format(rq->ctx.today, day));

    if (!export_record(&rq->ctx, made, error)
        || !http_reply_file(rq->reply, HTTP_XLSX, made->path, error))
        return FALSE;
    http_reply_attachment(rq->reply, name);
    rq->replied = TRUE;
    return TRUE;
}

const Route file_routes[] = {
    { .method = HTTP_POST,
      .path = "/api/file",
      .auth = AUTH_RIGHT,
      .entity = "file",
      .action = "create",
      .lane = LANE_WRITE,
      .handler = upload_file,
      .prepare = upload_prepare,
      .doc = "Attaches a file (raw bytes) to a record.",
      .max_body = FILE_MAX_BYTES },
    ROUTE_SESSION(GET, "/api/file/:id", READ, read_file,
                  "Downloads a file of a record that may be read."),
    ROUTE_SESSION(GET, "/api/file/:id/thumbnail", READ, read_thumbnail,
                  "The small picture of a file."),
    ROUTE_SESSION(GET, "/api/:entity/:id/files", READ, list_files,
                  "The files of a record, newest first."),
    { .method = HTTP_GET,
      .path = "/api/:entity/export.xlsx",
      .auth = AUTH_RIGHT,
      .action = "export",
      .lane = LANE_WRITE,
      .handler = export_list,
      .prepare = export_prepare,
      .doc = "The list with its filters as a workbook; written into history." },
    { .path = NULL },
};
