/* file_entity.c - the table of attachments. */
#include "store/file.h"

/* clang-format off */
static const FieldDef fields[] = {
    F_TEXT("entity", 40, "单据类型", "Kind of record", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "Entity of the record it belongs to"),
    F_INT("record_id", 1, 0, "单据", "Record", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "The record it belongs to"),
    F_TEXT("category", 40, "类别", "Category", .flags = FF_IMMUTABLE | FF_FILTER, .doc = "What sort of paper or picture it is"),
    F_TEXT("name", 120, "文件名", "Name", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Name for people; never part of a path"),
    F_TEXT("content_type", 100, "文件类型", "Type", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Told from the content, not from the name"),
    F_INT("size", 1, 0, "大小", "Size", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Bytes"),
    F_TEXT("digest", 64, "摘要", "Digest", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "BLAKE2b of the bytes; where they are stored"),
    F_INT("version_no", 1, 0, "版本", "Version", .flags = FF_REQUIRED | FF_IMMUTABLE, .preset = "1", .doc = "Counts uploads of the same name and category"),
    F_BOOL("is_picture", "是图片", "Is a picture", .flags = FF_REQUIRED | FF_IMMUTABLE, .preset = "false", .doc = "Photographs and scans"),
    F_TEXT("thumbnail", 64, "缩略图", "Thumbnail", .flags = FF_IMMUTABLE, .doc = "Digest of the small picture; empty: none"),
};
/* clang-format on */

static const EntityDef def = {
    .name = "file",
    .zh = "附件",
    .en = "File",
    .doc = "A file attached to a record; it may be read by whoever may read the record",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "name",
    .subtitle = "category",
    .uniques = (const char *const[]){ "entity record_id category name version_no", NULL },
    .indexes = (const char *const[]){ "entity record_id", NULL },
    .list_columns = "name category entity content_type size version_no",
    .list_filters = "entity category",
    .list_sort = "-id",
    .mobile_lines = "name content_type",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

static const char *const more_rights[] = { "create", NULL };

const EntityModule file_module = { .def = &def, .more_rights = more_rights };
