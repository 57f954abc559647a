/* paper.c - document templates: the company's own file or the built-in one, and the names that may stand in it. */
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "domain/lease/lease_tables.h"
#include "print/docx.h"
#include "store/file.h"
#include "store/meta_json.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
    const char *name, *zh, *en;
} PaperField;

/* A word before the point: the fields of an entity, others computed for paper, or the columns of a table. */
typedef struct {
    const char *name, *zh, *en; /* name "": stands alone */
    const char *entity;         /* its fields, too; NULL: none */
    const PaperField *more;     /* ends with a NULL name; NULL: none */
    gboolean is_table;
} PaperGroup;

static const PaperField alone[] = { { "today", "打印日期", "Day of printing" }, { NULL, NULL, NULL } };
static const PaperField lease_more[] = { { "total_words", "合同总额（大写）", "Total in words" }, { NULL, NULL, NULL } };
static const PaperField intent_more[] = {
    { "deposit_amount_words", "金额（大写）", "Amount in words" },
    { "is_earnest", "是否定金", "Whether earnest money" },
    { "is_sincerity", "是否诚意金", "Whether sincerity money" },
    { "is_intention", "是否意向金", "Whether intention money" },
    { "is_none", "是否无款项", "Whether no money" },
    { NULL, NULL, NULL },
};
static const PaperField unit_columns[] = {
    { "no", "铺位号", "Unit no." }, { "floor", "楼层", "Floor" }, { "area", "计租面积", "Rent area" },
    { "period", "租期", "Period" }, { NULL, NULL, NULL },
};
static const PaperField term_columns[] = {
    { "seq", "序号", "No." },          { "item", "费用科目", "Charge item" }, { "item_en", "费用科目（英文）", "Charge item in English" },
    { "from_on", "起", "From" },       { "to_on", "止", "To" },               { "period", "期间", "Period" },
    { "price", "单价", "Price" },      { "cycle", "付款周期", "Cycle" },      { "due", "付款日", "Due" },
    { "late", "违约金", "Late fee" },  { NULL, NULL, NULL },
};
static const PaperField deposit_more[] = { { "amount_words", "金额（大写）", "Amount in words" }, { NULL, NULL, NULL } };
static const PaperField order_more[] = {
    { "total_words", "合计（大写）", "Total in words" }, { "open", "未收金额", "Open amount" }, { NULL, NULL, NULL },
};
static const PaperField line_columns[] = {
    { "name", "款项", "Charge" },        { "name_en", "款项（英文）", "Charge in English" }, { "period", "所属期", "Period" },
    { "due_on", "应交日期", "Due on" },  { "net", "不含税", "Net" },                         { "tax", "税额", "Tax" },
    { "gross", "应收", "Gross" },        { "working", "计算说明", "Working" },               { NULL, NULL, NULL },
};
static const PaperField sums[] = {
    { "total", "应收合计", "Total" }, { "total_words", "合计（大写）", "Total in words" }, { NULL, NULL, NULL },
};

static const PaperField notice_more[] = {
    { "title", "函件名称", "Title of the letter" }, { "as_of", "计算至", "As of" },
    { "bank", "收款账户", "Account to pay to" }, { "contact", "联系人及电话", "Whom to call" }, { NULL, NULL, NULL },
};
static const PaperField owed_columns[] = {
    { "name", "款项", "Charge" },           { "period", "所属期", "Period" },      { "due_on", "应交日期", "Due on" },
    { "days", "逾期天数", "Days overdue" }, { "open", "欠款金额", "Open amount" }, { "late_fee", "违约金", "Late fee" },
    { "sum", "小计", "Together" },          { "working", "计算说明", "Working" },  { NULL, NULL, NULL },
};
static const PaperField owed_sums[] = {
    { "principal", "欠款本金", "Principal" },  { "late_fee", "违约金合计", "Late fees" }, { "total", "合计", "Total" },
    { "total_words", "合计（大写）", "Total in words" }, { NULL, NULL, NULL },
};

#define PARTIES \
    { "", "单独使用", "Alone", NULL, alone, FALSE }, { "property", NULL, NULL, "property", NULL, FALSE }, \
    { "merchant", NULL, NULL, "merchant", NULL, FALSE }, { "contact", NULL, NULL, "contact", NULL, FALSE }, \
    { "brand", NULL, NULL, "brand", NULL, FALSE }, { "category", NULL, NULL, "category", NULL, FALSE }, \
    { "unit", NULL, NULL, "unit", NULL, FALSE }
#define NO_GROUP { NULL, NULL, NULL, NULL, NULL, FALSE }

static const PaperGroup intent_groups[] = { { "intent", NULL, NULL, "intent", intent_more, FALSE }, PARTIES, NO_GROUP };
static const PaperGroup lease_groups[] = {
    { "lease", NULL, NULL, "lease", lease_more, FALSE },
    { "units", "表格：铺位", "Table: units", NULL, unit_columns, TRUE },
    { "terms", "表格：费用条款", "Table: charge terms", NULL, term_columns, TRUE },
    { "deposits", "表格：保证金", "Table: deposits", "deposit_term", deposit_more, TRUE },
    PARTIES,
    NO_GROUP,
};
static const PaperGroup order_groups[] = {
    { "payment_order", NULL, NULL, "payment_order", order_more, FALSE },
    { "lines", "表格：款项", "Table: lines", NULL, line_columns, TRUE },
    { "lease", NULL, NULL, "lease", lease_more, FALSE },
    { "", "单独使用", "Alone", NULL, sums, FALSE },
    PARTIES,
    NO_GROUP,
};

static const PaperGroup dunning_groups[] = {
    { "notice", NULL, NULL, "dunning_notice", notice_more, FALSE },
    { "lines", "表格：欠款明细", "Table: what is owed", NULL, owed_columns, TRUE },
    { "lease", NULL, NULL, "lease", lease_more, FALSE },
    { "", "单独使用", "Alone", NULL, owed_sums, FALSE },
    PARTIES,
    NO_GROUP,
};

/* A step of the dunning ladder: those papers may not threaten to cut off utilities. */
static gboolean
is_dunning(const char *kind)
{
    return g_str_has_prefix(kind, "dunning_");
}

static const PaperGroup *
groups_of(const char *kind)
{
    static const struct {
        const char *kind;
        const PaperGroup *groups;
    } kinds[] = { { "intent", intent_groups }, { "lease", lease_groups }, { "payment_order", order_groups } };

    if (is_dunning(kind))
        return dunning_groups;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].groups;
    }
    g_error("no paper is called %s", kind);
}

char *
paper_key(const FieldDef *field)
{
    gboolean ref = field->type == FT_REF && g_str_has_suffix(field->name, "_id");

    return ref ? g_strndup(field->name, strlen(field->name) - strlen("_id")) : g_strdup(field->name);
}

static void
write_name(JsonOut *out, const PaperGroup *group, const char *name, const char *zh, const char *en)
{
    g_autofree char *path = *group->name ? g_strdup_printf("%s.%s", group->name, name) : g_strdup(name);

    json_begin_object(out);
    json_kv_text(out, "name", path);
    meta_write_label(out, "label", zh, en);
    json_end_object(out);
}

static void
write_group(const Ctx *ctx, const PaperGroup *group, JsonOut *out)
{
    const EntityDef *def = group->entity ? registry_def(ctx->registry, group->entity) : NULL;

    json_begin_object(out);
    json_kv_text(out, "name", group->name);
    meta_write_label(out, "label", group->zh ? group->zh : def->zh, group->en ? group->en : def->en);
    json_kv_bool(out, "is_table", group->is_table);
    json_key(out, "fields");
    json_begin_array(out);
    for (guint i = 0; def && i < def->n_fields; i++) {
        g_autofree char *key = paper_key(&def->fields[i]);
        if (!(def->fields[i].flags & FF_SECRET))
            write_name(out, group, key, def->fields[i].zh, def->fields[i].en);
    }
    for (const PaperField *f = group->more; f && f->name; f++)
        write_name(out, group, f->name, f->zh, f->en);
    json_end_array(out);
    json_end_object(out);
}

/* Something in every place, to try a template with. transfer full. */
static json_t *
specimen_of(const Ctx *ctx, const PaperGroup *group)
{
    const EntityDef *def = group->entity ? registry_def(ctx->registry, group->entity) : NULL;
    json_t *row = json_object();

    for (guint i = 0; def && i < def->n_fields; i++) {
        g_autofree char *key = paper_key(&def->fields[i]);
        if (!(def->fields[i].flags & FF_SECRET))
            json_object_set_new(row, key, json_string("x"));
    }
    for (const PaperField *f = group->more; f && f->name; f++)
        json_object_set_new(row, f->name, json_string("x"));
    return row;
}

static json_t *
specimen(const Ctx *ctx, const char *kind)
{
    json_t *values = json_object();

    for (const PaperGroup *group = groups_of(kind); group->name; group++) {
        json_t *one = specimen_of(ctx, group);
        if (!*group->name) {
            json_object_update(values, one);
            json_decref(one);
        } else if (group->is_table) {
            json_t *table = json_array();
            json_array_append_new(table, one);
            json_object_set_new(values, group->name, table);
        } else
            json_object_set_new(values, group->name, one);
    }
    return values;
}

gboolean
template_write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    (void) error;
    json_key(out, "groups");
    json_begin_array(out);
    for (const PaperGroup *group = groups_of(record_text(rec, "kind")); group->name; group++)
        write_group(ctx, group, out);
    json_end_array(out);
    return TRUE;
}

/* A template decides what the company signs: who may not change it may not attach to it either, and what could not be filled is refused
 * now, not on the day of signing. */
gboolean
template_check_file(Ctx *ctx, const Record *rec, GBytes *bytes, GError **error)
{
    if (!access_may(ctx->access, "document_template", "update"))
        return app_error_set(error, APP_ERROR_FORBIDDEN, "document_template.forbidden", "您没有修改文书模板的权限",
                             "you may not change document templates");
    json_auto_t *values = specimen(ctx, record_text(rec, "kind"));
    g_autoptr(GBytes) tried = docx_merge(bytes, values, error);
    if (!tried || !is_dunning(record_text(rec, "kind")))
        return tried != NULL;
    g_autofree char *text = docx_text(bytes, error);
    return text && (!paper_threatens_utilities(text) || paper_refuse_utilities("file", error));
}

/* The newest file of @template_id, or with 0 of the active templates of the kind; the built-in one where there is none. */
GBytes *
paper_template(Ctx *ctx, const char *kind, gint64 template_id, GError **error)
{
    gboolean row = FALSE;
    g_autofree char *path = g_strdup_printf("/lanting/data/template_%s.docx", kind);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.template_file", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "kind", kind);
    db_bind_int(stmt, "template_id", template_id);
    if (!db_step(stmt, &row, error))
        return NULL;
    return row ? file_blob_get(ctx->files_dir, db_text(stmt, 0), error)
               : g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

GBytes *
paper_merge(Ctx *ctx, const char *kind, gint64 template_id, json_t *values, GError **error)
{
    g_autoptr(GBytes) template = values ? paper_template(ctx, kind, template_id, error) : NULL;
    GBytes *docx = template ? docx_merge(template, values, error) : NULL;

    json_decref(values);
    return docx;
}
