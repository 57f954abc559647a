/* lease_paper.c - what leases and letters of intent have to say in a document template; the templates are in paper.c. */
#include "base/money.h"
#include "base/text.h"
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "domain/terms/terms_json.h"

#include <string.h>

/* The working of rent on sales names the sales. */
static void
hide_sales(const Schedule *schedule)
{
    for (guint i = 0; i < schedule->lines->len; i++) {
        ScheduleLine *line = schedule->lines->pdata[i];
        if (line->kind != LINE_PROVISIONAL && line->kind != LINE_SETTLEMENT)
            continue;
        g_free(line->working);
        line->working = g_strdup("[{\"op\":\"hidden\",\"text_zh\":\"销售额保密\",\"text_en\":\"sales are confidential\"}]");
    }
}

void
lease_schedule_write(const Ctx *ctx, const Schedule *schedule, JsonOut *out)
{
    if (!access_may_see(ctx->access, "sales_report", "amount"))
        hide_sales(schedule);
    schedule_write(out, schedule);
}

json_t *
paper_record_values(Ctx *ctx, const Record *rec)
{
    json_t *values = json_object();

    for (guint i = 0; rec && i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        const Value *value = &rec->values[i];
        g_autofree char *text = NULL;
        gboolean masked = (f->flags & FF_MASKED) && !access_may_see(ctx->access, rec->def->name, f->name);
        if (f->flags & FF_SECRET)
            continue;
        if (masked)
            text = value->is_null ? NULL : text_mask(value->text);
        else if (f->type == FT_REF)
            text = value->is_null ? NULL : record_ref_label(ctx, f->ref, value->i);
        else if (f->type == FT_ENUM && !value->is_null)
            text = g_strdup(enum_find(f->items, value->text)->zh);
        else if (f->type == FT_MONEY && !value->is_null)
            text = money_format_grouped(value->i);
        else
            text = field_format(f, value);
        g_autofree char *key = paper_key(f);
        json_object_set_new(values, key, text ? json_string(text) : json_null());
    }
    return values;
}

static json_t *
entity_values(Ctx *ctx, const char *entity, gint64 id)
{
    g_autoptr(Record) rec = id ? record_find(ctx, entity, id, NULL) : NULL;
    g_autoptr(Record) empty = rec ? NULL : record_new(registry_def(ctx->registry, entity));

    return paper_record_values(ctx, rec ? rec : empty);
}

static void
set_text(json_t *object, const char *key, char *text)
{
    json_object_set_new(object, key, json_string(text ? text : ""));
    g_free(text);
}

/* When a bill of the term falls due, in words. */
static char *
due_text(const TermDue *due)
{
    static const char *const months[] = { "上月", "当月", "次月" };

    switch (due->kind) {
    case DUE_DAYS_BEFORE:
        return due->days ? g_strdup_printf("期初前 %d 日", due->days) : g_strdup("期初当日");
    case DUE_DAYS_AFTER:
        return g_strdup_printf("期初后 %d 日", due->days);
    case DUE_DAY_OF_MONTH:
        break;
    }
    return g_strdup_printf("%s %d 日", months[CLAMP(due->month_offset + 1, 0, 2)], due->day);
}

static char *
late_text(const TermLate *late)
{
    g_autofree char *percent = percent_format(late->percent_per_day_ppm);

    return late->percent_per_day_ppm ? g_strdup_printf("每日 %s%%", percent) : g_strdup("按本合同约定");
}

static json_t *
term_values(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(TermSet) set = lease_term_set(ctx, lease, DAY_NONE, error);
    g_autoptr(Schedule) schedule = set ? schedule_build(set, error) : NULL;
    json_t *list = json_array();

    for (guint i = 0; schedule && i < schedule->prices->len; i++) {
        const SchedulePrice *price = schedule->prices->pdata[i];
        const ChargeTerm *term = set->terms->pdata[price->term];
        g_autoptr(Record) item = record_find_by(ctx, "charge_item", "code", price->item, NULL);
        static const char *const units[] = { "元/㎡/天", "元/㎡/月", "元/㎡/年", "元/天", "元/月", "元/年", "元（一次）" };
        json_t *row = json_object();
        set_text(row, "seq", g_strdup_printf("%u", i + 1));
        set_text(row, "item", g_strdup(item ? record_text(item, "name") : price->item));
        set_text(row, "item_en", item ? record_label_in(item, LANG_EN) : g_strdup(price->item));
        set_text(row, "from_on", day_dup(price->from));
        set_text(row, "to_on", day_dup(price->to));
        g_autofree char *from = day_dup(price->from);
        g_autofree char *to = day_dup(price->to);
        set_text(row, "period", g_strdup_printf("%s 至 %s", from, to));
        set_text(row, "price", g_strdup_printf("%s %s", price->price, units[term->basis]));
        set_text(row, "cycle", term->cycle_months ? g_strdup_printf("每 %d 个月", term->cycle_months) : g_strdup("一次"));
        set_text(row, "due", due_text(&term->due));
        set_text(row, "late", late_text(&term->late));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *
deposit_values(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) deposits = lease_children(ctx, "deposit_term", lease->id, error);
    json_t *list = json_array();

    for (guint i = 0; deposits && i < deposits->len; i++) {
        json_t *row = paper_record_values(ctx, deposits->pdata[i]);
        set_text(row, "amount_words", words_amount(record_int(deposits->pdata[i], "amount")));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *
unit_values(Ctx *ctx, const Record *lease, GError **error)
{
    gboolean ok = TRUE;
    json_t *list = json_array();
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.units", error);

    if (!stmt)
        return list;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    while (db_each(stmt, &ok, error)) {
        json_t *row = json_object();
        set_text(row, "no", g_strdup(db_text(stmt, 2)));
        set_text(row, "floor", g_strdup(db_text(stmt, 3)));
        set_text(row, "area", area_format(db_int(stmt, 4)));
        g_autofree char *from = day_dup(db_day(stmt, 5));
        g_autofree char *to = day_dup(db_day(stmt, 6));
        set_text(row, "period", g_strdup_printf("%s 至 %s", from, to));
        json_array_append_new(list, row);
    }
    return list;
}

/* Who is called first at the merchant's; 0 if nobody is written down. */
static gint64
contact_of(Ctx *ctx, gint64 merchant_id)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.contact", NULL);

    if (!stmt)
        return 0;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "merchant_id", merchant_id);
    return db_step(stmt, &row, NULL) && row ? db_int(stmt, 0) : 0;
}

/* The parties and the day, which every paper names. */
static json_t *
common_values(Ctx *ctx, const Record *rec)
{
    json_t *values = json_object();

    json_object_set_new(values, "property", entity_values(ctx, "property", ctx->property_id));
    json_object_set_new(values, "merchant", entity_values(ctx, "merchant", record_int(rec, "merchant_id")));
    json_object_set_new(values, "brand", entity_values(ctx, "brand", record_int(rec, "brand_id")));
    json_object_set_new(values, "category", entity_values(ctx, "category", record_int(rec, "category_id")));
    json_object_set_new(values, "contact", entity_values(ctx, "contact", contact_of(ctx, record_int(rec, "merchant_id"))));
    json_object_set_new(values, "unit", entity_values(ctx, "unit", record_int(rec, "unit_id")));
    set_text(values, "today", day_dup(ctx->today));
    return values;
}

json_t *
lease_document_values(Ctx *ctx, const Record *lease, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    json_t *values = common_values(&zh, lease);
    json_t *head = paper_record_values(&zh, lease);

    set_text(head, "total_words", words_amount(record_int(lease, "total")));
    json_object_set_new(values, "lease", head);
    json_object_set_new(values, "units", unit_values(&zh, lease, error));
    json_object_set_new(values, "terms", term_values(&zh, lease, error));
    json_object_set_new(values, "deposits", deposit_values(&zh, lease, error));
    return values;
}

json_t *
intent_document_values(Ctx *ctx, const Record *intent, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    json_t *values = common_values(&zh, intent);
    json_t *head = paper_record_values(&zh, intent);

    (void) error;
    set_text(head, "deposit_amount_words", words_amount(record_int(intent, "deposit_amount")));
    static const char *const kinds[] = { "earnest", "sincerity", "intention", "none" };
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *key = g_strconcat("is_", kinds[i], NULL);
        json_object_set_new(head, key, json_boolean(record_is(intent, "deposit_kind", kinds[i])));
    }
    static const char *const optional[] = { "turnover_percent", "step_percent" };
    for (guint i = 0; i < G_N_ELEMENTS(optional); i++) {
        if (record_int(intent, optional[i]) == 0)
            json_object_set_new(head, optional[i], json_null()); /* its clause disappears */
    }
    json_object_set_new(values, "intent", head);
    return values;
}

GBytes *
lease_document(Ctx *ctx, const Record *lease, GError **error)
{
    return paper_merge(ctx, "lease", record_int(lease, "template_id"), lease_document_values(ctx, lease, error), error);
}

GBytes *
intent_document(Ctx *ctx, const Record *intent, GError **error)
{
    return paper_merge(ctx, "intent", 0, intent_document_values(ctx, intent, error), error);
}
