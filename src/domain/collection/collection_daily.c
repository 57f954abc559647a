/* collection_daily.c - what happens by itself: reminders before the due day, verdicts on promises, letters settled; messages and the timeline. */
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/collection/collection_internal.h"
#include "store/services.h"

#include <string.h>

enum { REMIND_DAYS = 5, REMIND_BLOCK = 1000 };

gboolean
collection_daily(Ctx *ctx, GError **error)
{
    return collection_seed(ctx, error) && promises_judge(ctx, error) && notices_settle(ctx, error);
}

/* -- reminders ---------------------------------------------------------------------- */

typedef struct {
    gint64 charge_id, merchant_id, staff_id, open_fen;
    Day due_on;
    char *merchant;
} Soon;

static void
soon_clear(gpointer data)
{
    g_free(((Soon *) data)->merchant);
}

static GArray *
load_soon(Ctx *ctx, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Soon));
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.to_remind", error);

    g_array_set_clear_func(list, soon_clear);
    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_day(stmt, "soon", ctx->today + setting_int(ctx, "collection.remind_days", REMIND_DAYS));
    db_bind_int(stmt, "count", REMIND_BLOCK);
    while (db_each(stmt, &ok, error)) {
        Soon s = { .charge_id = db_int(stmt, 0), .merchant_id = db_int(stmt, 1), .merchant = g_strdup(db_text(stmt, 2)),
                   .due_on = db_day(stmt, 3), .open_fen = db_int(stmt, 4), .staff_id = db_int(stmt, 5) };
        g_array_append_val(list, s);
    }
    return ok ? g_steal_pointer(&list) : NULL;
}

static const char *const reminder_columns[] = { "property_id", "id", "version", "created_at", "updated_at", "charge_id", "merchant_id", "staff_id",
                                                "reminded_on", NULL };

static gboolean
write_reminders(Ctx *ctx, const GArray *list, GError **error)
{
    g_autoptr(DbBatch) rows = db_batch_new(ctx->db, "due_reminder", reminder_columns);

    for (guint i = 0; i < list->len; i++) {
        const Soon *s = &g_array_index(list, Soon, i);
        const gint64 values[] = { ctx->property_id, id_next(), 1, ctx->now_us, ctx->now_us, s->charge_id, s->merchant_id, s->staff_id };
        for (guint c = 0; c < G_N_ELEMENTS(values); c++)
            db_batch_int(rows, (int) c, values[c]);
        db_batch_day(rows, G_N_ELEMENTS(values), ctx->today);
        if (!db_batch_add(rows, error))
            return FALSE;
    }
    return db_batch_finish(rows, error);
}

/* One message for what a merchant has to pay soon, to the person who looks after the unit. */
static gboolean
tell(Ctx *ctx, const Soon *first, guint n, gint64 sum_fen, GError **error)
{
    g_autofree char *sum = money_format_grouped(sum_fen);
    g_autofree char *day = day_dup(first->due_on);
    g_autofree char *zh = g_strdup_printf("%s：%u 笔应收共 %s 元，%s 起到期", first->merchant, n, sum, day);
    g_autofree char *en = g_strdup_printf("%s: %u charges of %s yuan, due from %s", first->merchant, n, sum, day);

    return notify(ctx, first->staff_id, "collection.due", "merchant", first->merchant_id, zh, en, error);
}

gboolean
collection_remind_step(Ctx *ctx, gint64 *after, GError **error)
{
    g_autoptr(GArray) list = load_soon(ctx, error);
    guint begin = 0;
    gint64 sum = 0;

    if (!list || !write_reminders(ctx, list, error))
        return FALSE;
    for (guint i = 0; i < list->len; i++) {
        const Soon *first = &g_array_index(list, Soon, begin), *s = &g_array_index(list, Soon, i);
        const Soon *next = i + 1 < list->len ? s + 1 : NULL;
        sum += s->open_fen;
        if (next && next->merchant_id == first->merchant_id && next->staff_id == first->staff_id)
            continue;
        if (!tell(ctx, first, i - begin + 1, sum, error))
            return FALSE;
        begin = i + 1;
        sum = 0;
    }
    *after = list->len == REMIND_BLOCK; /* those that were reminded are not found again */
    return TRUE;
}

/* -- a message to the merchant -------------------------------------------------------- */

static void
append_line(GString *text, const DueCharge *c, Day today)
{
    g_autofree char *due = day_dup(c->due_on);
    g_autofree char *open = money_format_grouped(c->open_fen);

    g_string_append_printf(text, "\n%s：%s 元，应交日期 %s", c->name, open, due);
    if (c->due_on < today)
        g_string_append_printf(text, "（已逾期 %" G_GINT64_FORMAT " 天）", days_overdue(c->due_on, today));
}

static char *
message_text(Ctx *ctx, const Record *lease, const DueSet *set)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autofree char *property = record_ref_label(&zh, "property", ctx->property_id);
    g_autofree char *merchant = record_ref_label(&zh, "merchant", record_int(lease, "merchant_id"));
    g_autofree char *today = day_dup(ctx->today);
    g_autoptr(Record) place = record_find(ctx, "property", ctx->property_id, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    gint64 sum = 0;

    g_string_append_printf(text, "【%s】%s：截至 %s，贵方 %s 铺位（合同 %s）有以下款项待付：", property, merchant, today,
                           record_text(lease, "unit_nos") ? record_text(lease, "unit_nos") : "", record_text(lease, "no"));
    for (guint i = 0; i < set->charges->len; i++) {
        append_line(text, set->charges->pdata[i], ctx->today);
        sum += ((DueCharge *) set->charges->pdata[i])->open_fen;
    }
    g_autofree char *total = money_format_grouped(sum);
    g_string_append_printf(text, "\n合计 %s 元。请按时付至合同约定账户", total);
    if (place && record_text(place, "bank_account"))
        g_string_append_printf(text, "：%s，%s，%s", record_text(place, "owner_name") ? record_text(place, "owner_name") : property,
                               record_text(place, "bank_name") ? record_text(place, "bank_name") : "", record_text(place, "bank_account"));
    g_string_append(text, "。如已付款请忽略本消息，谢谢。");
    return g_strdup(text->str);
}

/* The contact who is called first, masked as everywhere. */
static gboolean
write_contact(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.contact", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "merchant_id", merchant_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    json_key(out, "contact");
    g_autoptr(Record) contact = row && access_may(ctx->access, "contact", "read") ? record_find(ctx, "contact", db_int(stmt, 0), NULL) : NULL;
    if (!contact) {
        json_nil(out);
        return TRUE;
    }
    json_begin_object(out);
    if (!record_write_json(ctx, contact, out, error))
        return FALSE;
    json_end_object(out);
    return TRUE;
}

gboolean
collection_message_write(Ctx *ctx, gint64 lease_id, JsonOut *out, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, "read", error);
    const DueScope scope = { .due_until = ctx->today + setting_int(ctx, "collection.remind_days", REMIND_DAYS), .lease_id = lease_id };
    g_autoptr(DueSet) set = lease ? due_load(ctx, &scope, error) : NULL;

    if (!set)
        return FALSE;
    g_autofree char *text = message_text(ctx, lease, set);
    json_kv_text(out, "text", text);
    json_kv_int(out, "charges", set->charges->len);
    return write_contact(ctx, record_int(lease, "merchant_id"), out, error);
}

/* -- timeline -------------------------------------------------------------------------- */

static const char *
in_lang(const Ctx *ctx, const char *zh, const char *en)
{
    return ctx->lang == LANG_EN ? en : zh;
}

/* A state, a way, or an action, as people read it. */
static const char *
word_label(const Ctx *ctx, const char *entity, const char *word)
{
    const EntityModule *module = registry_find(ctx->registry, entity);

    for (guint i = 0; module && i < module->def->n_fields; i++) {
        const FieldDef *f = &module->def->fields[i];
        const EnumItem *item = f->type == FT_ENUM ? enum_find(f->items, word) : NULL;
        if (item)
            return in_lang(ctx, item->zh, item->en);
    }
    for (guint i = 0; module && i < module->n_flow; i++) {
        if (strcmp(module->flow[i].action, word) == 0)
            return in_lang(ctx, module->flow[i].zh, module->flow[i].en);
    }
    return strcmp(word, "create") == 0 ? in_lang(ctx, "起草", "Drafted") : word;
}

static void
write_event(const Ctx *ctx, const DbStmt *stmt, JsonOut *out)
{
    const char *entity = db_text(stmt, 2);

    json_begin_object(out);
    json_kv_us(out, "at", db_int(stmt, 0));
    json_kv_text(out, "kind", db_text(stmt, 1));
    json_kv_text(out, "entity", entity);
    json_kv_id(out, "id", db_int(stmt, 3));
    json_kv_text(out, "label", in_lang(ctx, registry_def(ctx->registry, entity)->zh, registry_def(ctx->registry, entity)->en));
    json_kv_text(out, "word", db_is_null(stmt, 4) ? NULL : word_label(ctx, entity, db_text(stmt, 4)));
    json_kv_text(out, "text", db_is_null(stmt, 5) ? NULL : db_text(stmt, 5));
    json_kv_text(out, "by", db_is_null(stmt, 6) ? NULL : db_text(stmt, 6));
    json_key(out, "amount");
    if (db_is_null(stmt, 7))
        json_nil(out);
    else
        json_decimal(out, db_int(stmt, 7), 2, 2);
    json_kv_day(out, "on_day", db_day(stmt, 8));
    json_end_object(out);
}

gboolean
collection_timeline_write(Ctx *ctx, gint64 lease_id, gint64 merchant_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;

    if (!lease_id && access_scope(ctx->access, "charge", "read") < SCOPE_PROPERTY) /* of a merchant with several leases only some are theirs */
        return app_error_set(error, APP_ERROR_FORBIDDEN, "collection.forbidden", "请按合同查看催缴记录", "choose a lease to see what was done about it");
    g_autoptr(Record) owner = lease_id ? record_get(ctx, "lease", lease_id, "read", error) : record_get(ctx, "merchant", merchant_id, "read", error);
    g_autoptr(DbStmt) stmt = owner ? db_named(ctx->db, "collection.timeline", error) : NULL;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    db_bind_int(stmt, "merchant_id", lease_id ? record_int(owner, "merchant_id") : merchant_id);
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error))
        write_event(ctx, stmt, out);
    json_end_array(out);
    return ok;
}
