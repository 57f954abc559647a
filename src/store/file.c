/* file.c - attachments of records: who may add and read them, and their versions. */
#include "store/file.h"

#include "base/text.h"

#include <string.h>

void
file_upload_free(FileUpload *upload)
{
    if (!upload)
        return;
    g_free(upload->entity);
    g_free(upload->category);
    g_free(upload->name);
    g_free(upload->digest);
    g_free(upload->thumbnail);
    g_free(upload);
}

/* The record must be one that this person may read; its kind one that people see at all. */
static gboolean
check_record(Ctx *ctx, const char *entity, gint64 record_id, GError **error)
{
    const EntityModule *module = entity ? registry_find(ctx->registry, entity) : NULL;

    if (!module || (module->def->flags & EF_INTERNAL))
        return app_error_set(error, APP_ERROR_NOT_FOUND, "record.not_found", "没有这条记录",
                             "no such record");
    g_autoptr(Record) rec = record_get(ctx, entity, record_id, "read", error);
    return rec != NULL;
}

/* What the record's own module says of the file. */
static gboolean
check_content(Ctx *ctx, const FileTarget *target, const void *data, gsize len, GError **error)
{
    const EntityModule *module = registry_find(ctx->registry, target->entity);

    if (!module->check_file)
        return TRUE;
    g_autoptr(Record) rec = record_get(ctx, target->entity, target->record_id, "read", error);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, len);
    return rec && module->check_file(ctx, rec, bytes, error);
}

static char *
clean_category(const char *text)
{
    g_autofree char *plain = text && g_utf8_validate(text, -1, NULL) ? text_normalise(text) : NULL;

    return plain && *plain && text_is_clean(plain)
               ? g_utf8_substring(plain, 0, MIN(40, g_utf8_strlen(plain, -1)))
               : NULL;
}

FileUpload *
file_read_upload(Ctx *ctx, const FileTarget *target, const void *data, gsize len, GError **error)
{
    g_autoptr(FileUpload) upload = g_new0(FileUpload, 1);

    if (!access_may(ctx->access, "file", "create")) {
        app_error_set(error, APP_ERROR_FORBIDDEN, "file.forbidden", "您没有上传附件的权限",
                      "you may not add files");
        return NULL;
    }
    if (!check_record(ctx, target->entity, target->record_id, error)
        || !check_content(ctx, target, data, len, error))
        return NULL;
    upload->type = file_type_of(data, len, target->name ? target->name : "", error);
    if (!upload->type)
        return NULL;
    upload->entity = g_strdup(target->entity);
    upload->record_id = target->record_id;
    upload->category = clean_category(target->category);
    upload->name = file_name_clean(target->name, upload->type);
    upload->size = (gint64) len;
    upload->digest = file_blob_put(ctx->files_dir, data, len, error);
    if (!upload->digest)
        return NULL;
    g_autoptr(GBytes) small =
        upload->type->is_picture ? file_thumbnail(data, len, upload->type) : NULL;
    if (small) {
        gsize n = 0;
        const void *bytes = g_bytes_get_data(small, &n);
        upload->thumbnail = file_blob_put(ctx->files_dir, bytes, n, error);
        if (!upload->thumbnail)
            return NULL;
    }
    return g_steal_pointer(&upload);
}

/* One more than the last upload of that name and category. */
static gboolean
next_version(Ctx *ctx, const FileUpload *upload, gint64 *version, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_prepare(
        ctx->db,
        "SELECT COALESCE(MAX(version_no), 0) + 1 FROM file WHERE property_id = :property_id AND "
        "entity = :entity"
        " AND record_id = :record_id AND COALESCE(category, '') = :category AND name = :name",
        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", upload->entity);
    db_bind_int(stmt, "record_id", upload->record_id);
    db_bind_text(stmt, "category", upload->category ? upload->category : "");
    db_bind_text(stmt, "name", upload->name);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *version = db_int(stmt, 0);
    return TRUE;
}

gint64
file_add(Ctx *ctx, const FileUpload *upload, GError **error)
{
    g_autoptr(Record) rec = record_new(file_module.def);
    gint64 version = 1;

    /* the right may have gone since the bytes were read */
    if (!check_record(ctx, upload->entity, upload->record_id, error)
        || !next_version(ctx, upload, &version, error))
        return 0;
    record_set_text(rec, "entity", upload->entity);
    record_set_id(rec, "record_id", upload->record_id);
    record_set_text(rec, "category", upload->category);
    record_set_text(rec, "name", upload->name);
    record_set_text(rec, "content_type", upload->type->mime);
    record_set_int(rec, "size", upload->size);
    record_set_text(rec, "digest", upload->digest);
    record_set_int(rec, "version_no", version);
    record_set_int(rec, "is_picture", upload->type->is_picture);
    record_set_text(rec, "thumbnail", upload->thumbnail);
    return record_save(ctx, rec, error) ? rec->id : 0;
}

Record *
file_get(Ctx *ctx, gint64 id, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) rec = record_find(ctx, "file", id, &failure);

    if (rec
        && check_record(ctx, record_text(rec, "entity"), record_int(rec, "record_id"), &failure))
        return g_steal_pointer(&rec);
    if (failure && !app_error_is(failure, APP_ERROR_NOT_FOUND))
        g_propagate_error(error, g_steal_pointer(&failure));
    else
        app_error_set(error, APP_ERROR_NOT_FOUND, "file.not_found", "没有这个附件，或您无权查看",
                      "no such file, or you may not see it");
    return NULL;
}

void
file_write(Ctx *ctx, const Record *file, JsonOut *out)
{
    g_autofree char *by = record_ref_label(ctx, "staff", file->created_by);

    json_begin_object(out);
    json_kv_id(out, "id", file->id);
    json_kv_text(out, "name", record_text(file, "name"));
    json_kv_text(out, "category", record_text(file, "category"));
    json_kv_int(out, "size", record_int(file, "size"));
    json_kv_text(out, "content_type", record_text(file, "content_type"));
    json_kv_int(out, "version", record_int(file, "version_no"));
    json_kv_us(out, "at", file->created_at);
    json_key(out, "by");
    if (file->created_by) {
        json_begin_object(out);
        json_kv_id(out, "id", file->created_by);
        json_kv_text(out, "label", by);
        json_end_object(out);
    } else
        json_nil(out);
    json_kv_bool(out, "thumbnail", !record_is_null(file, "thumbnail"));
    json_end_object(out);
}

static gboolean
read_ids(Ctx *ctx, const char *entity, gint64 record_id, GArray *ids, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_prepare(ctx->db,
                                        "SELECT id FROM file WHERE property_id = :property_id AND "
                                        "entity = :entity AND record_id = :record_id"
                                        " ORDER BY id DESC",
                                        error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "entity", entity);
    db_bind_int(stmt, "record_id", record_id);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    return ok;
}

gboolean
file_list_write(Ctx *ctx, const char *entity, gint64 record_id, JsonOut *out, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    if (!check_record(ctx, entity, record_id, error)
        || !read_ids(ctx, entity, record_id, ids, error))
        return FALSE;
    json_begin_object(out);
    json_key(out, "items");
    json_begin_array(out);
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Record) rec = record_get(ctx, "file", g_array_index(ids, gint64, i), NULL, error);
        if (!rec)
            return FALSE;
        file_write(ctx, rec, out);
    }
    json_end_array(out);
    json_end_object(out);
    return TRUE;
}
