/* file.h - files that people attach to records: bytes stored by their hash, types told from the content, access as to
 * the record. Not for spreadsheets that become records: see import.h. Start at file_read_upload() and file_add(). */
#pragma once
#include "store/registry.h"

#define FILE_MAX_BYTES ((gsize) 20 * 1024 * 1024)
#define FILE_THUMBNAIL_PX 320

extern const EntityModule file_module;

/* What a content is, as far as it is allowed at all. */
typedef struct {
    const char *mime;
    const char *extensions; /* separated by blanks, the usual one first */
    gboolean is_picture;
} FileType;

/* Type of the content by its bytes, with the name only to tell .txt from .csv and to refuse a name that says something else.
 * NULL with INVALID "file.empty", "file.too_large", "file.type" (not on the list: programs, pages, macros, archives, old
 * Office), "file.name_type" (name and content disagree), "file.pixels". transfer none. Thread: any. */
const FileType *file_type_of(const void *data, gsize len, const char *name, GError **error);
/* A name fit to be shown and saved: no folders, no control or direction characters, at most 120 characters, with an
 * extension of @type. transfer full. */
char *file_name_clean(const char *name, const FileType *type);

/* -- Bytes under their hash, in @dir/ab/cdef…. Written beside, fsynced, renamed: a name that is there is whole. */
/* Stores bytes and returns their digest; those that are there already are not written again. Errors: BUSY "file.store"
 * when the disk refuses. transfer full. */
char *file_blob_put(const char *dir, const void *data, gsize len, GError **error);
/* Path of a digest; NULL if @digest is not one of ours. transfer full. */
char *file_blob_path(const char *dir, const char *digest);
/* NOT_FOUND "file.gone" if the bytes are not there, or are not what the digest says. transfer full. */
GBytes *file_blob_get(const char *dir, const char *digest, GError **error);

/* JPEG of at most FILE_THUMBNAIL_PX a side, upright; NULL if the picture cannot be drawn (then there is none). Pictures of too
 * many pixels are not decoded; one picture at a time, so that memory stays bounded. transfer full. */
GBytes *file_thumbnail(const void *data, gsize len, const FileType *type);

/* -- Attachments */
typedef struct {
    const char *entity; /* the record it belongs to */
    gint64 record_id;
    const char *category; /* "photo", "licence" …; NULL: none */
    const char *name;
} FileTarget;

/* An upload that was looked at and whose bytes are stored; not yet a record. */
typedef struct {
    char *entity, *category, *name, *digest, *thumbnail;
    gint64 record_id;
    gint64 size;
    const FileType *type;
} FileUpload;
void file_upload_free(FileUpload *upload);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FileUpload, file_upload_free)

/* Asks for the right "file.create" and to read the record, checks type and size, stores bytes and thumbnail. Outside the write
 * lane: it takes its time. Repeatable. Errors: FORBIDDEN, NOT_FOUND, INVALID as file_type_of(). transfer full. */
FileUpload *file_read_upload(Ctx *ctx, const FileTarget *target, const void *data, gsize len,
                             GError **error);
/* Makes the record of an upload; the same name and category again is the next version. Returns its id, 0 on error. */
gint64 file_add(Ctx *ctx, const FileUpload *upload, GError **error);
/* A file that this person may read because the record may be read. NOT_FOUND otherwise. transfer full. */
Record *file_get(Ctx *ctx, gint64 id, GError **error);
/* The file as it is listed, as an object. */
void file_write(Ctx *ctx, const Record *file, JsonOut *out);
/* {"items": [...]} of a record that this person may read, newest first. */
gboolean file_list_write(Ctx *ctx, const char *entity, gint64 record_id, JsonOut *out,
                         GError **error);
