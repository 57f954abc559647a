/* import_batch.c - the table of uploads on their way to become records. */
#include "store/import.h"

static const EnumItem states[] = {
    { "previewed", "待导入", "Previewed", TONE_AMBER },
    { "committed", "已导入", "Imported", TONE_GREEN },
    { NULL, NULL, NULL, 0 },
};

/* clang-format off */
static const FieldDef fields[] = {
    F_TEXT("kind", 40, "导入种类", "Kind", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .doc = "Entity, or rent_roll"),
    F_TEXT("file_name", 200, "文件名", "File", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Name of the spreadsheet"),
    F_INT("into_id", 0, 0, "导入到", "Into", .flags = FF_IMMUTABLE, .doc = "The record that all rows belong to, where the kind asks for one"),
    F_TEXT("digest", 64, "摘要", "Digest", .flags = FF_REQUIRED | FF_IMMUTABLE, .doc = "Where the bytes are stored; the source of what was imported"),
    F_TEXT("sheet_name", 100, "工作表", "Sheet", .doc = "The sheet that was read"),
    F_INT("heading_row", 0, 100000, "标题行", "Heading row", .doc = "Counted from 1; 0: none was found"),
    F_JSON("mapping", "列对应", "Columns", .doc = "Field of each column that has one"),
    F_INT("created_count", 0, 0, "新增", "To create", .preset = "0", .doc = "Rows that make a record"),
    F_INT("updated_count", 0, 0, "更新", "To update", .preset = "0", .doc = "Rows that change one"),
    F_INT("error_count", 0, 0, "错误", "Errors", .preset = "0", .doc = "Rows with something wrong"),
    F_INT("skipped_count", 0, 0, "跳过", "Skipped", .preset = "0", .doc = "Blank rows, totals, remarks"),
    F_JSON("faults", "错误明细", "Faults", .flags = FF_SECRET, .doc = "[{row, errors: [{column, field, zh, en}]}] of the last judgement"),
    F_ENUM("state", states, "状态", "State", .flags = FF_REQUIRED | FF_FILTER, .preset = "previewed", .doc = "Nothing is saved before the commit"),
    F_INSTANT("committed_at", "导入时间", "Imported at", .doc = "When all rows were saved"),
};
/* clang-format on */

static const EntityDef def = {
    .name = "import_batch",
    .zh = "导入批次",
    .en = "Import",
    .doc = "A spreadsheet that was uploaded to become records: its columns, its judgement, and "
           "when it was committed",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "file_name",
    .subtitle = "kind",
    .list_columns = "file_name kind state created_count updated_count error_count committed_at",
    .list_filters = "kind state",
    .list_sort = "-id",
    .mobile_lines = "kind state committed_at",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT,
};

const EntityModule import_batch_module = { .def = &def };
