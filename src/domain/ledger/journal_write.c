/* journal_write.c - a voucher as people read it: its entries, what it takes back or was taken back by, the record that explains it. */
#include "db/catalogue.h"
#include "domain/ledger/ledger_internal.h"

static void
write_ref(JsonOut *out, const char *key, gint64 id, const char *label)
{
    json_key(out, key);
    if (!id) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "label", label);
    json_end_object(out);
}

static void
write_entry(const DbStmt *stmt, JsonOut *out)
{
    gint64 amount_fen = db_int(stmt, 2);

    json_begin_object(out);
    json_kv_text(out, "account", db_text(stmt, 0));
    json_kv_text(out, "account_name", db_text(stmt, 1));
    json_kv_money(out, "debit", MAX(amount_fen, 0));
    json_kv_money(out, "credit", MAX(-amount_fen, 0));
    json_kv_text(out, "money_account", db_text(stmt, 3));
    write_ref(out, "merchant", db_int(stmt, 4), db_text(stmt, 5));
    write_ref(out, "lease", db_int(stmt, 6), db_text(stmt, 7));
    json_kv_text(out, "item", db_text(stmt, 8));
    write_ref(out, "charge", db_int(stmt, 9), db_text(stmt, 8));
    json_end_object(out);
}

/* What people call the record that a journal comes from, if they may read it. */
static void
write_source(Ctx *ctx, const Record *journal, JsonOut *out)
{
    const char *entity = record_text(journal, "source_entity");
    const EntityModule *module = entity ? registry_find(ctx->registry, entity) : NULL;
    g_autoptr(Record) rec = module ? record_get(ctx, entity, record_int(journal, "source_id"), "read", NULL) : NULL;

    json_key(out, "source");
    if (!rec) {
        json_nil(out);
        return;
    }
    g_autofree char *label = record_label_in(rec, ctx->lang);
    json_begin_object(out);
    json_kv_text(out, "entity", entity);
    json_kv_id(out, "id", rec->id);
    json_kv_text(out, "kind", ctx->lang == LANG_EN ? module->def->en : module->def->zh);
    json_kv_text(out, "label", label);
    json_end_object(out);
}

static gboolean
write_reversed_by(Ctx *ctx, const Record *journal, JsonOut *out, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.reversed_by", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "journal_id", journal->id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    write_ref(out, "reversed_by", row ? db_int(stmt, 0) : 0, row ? db_text(stmt, 1) : NULL);
    return TRUE;
}

gboolean
ledger_journal_write(Ctx *ctx, const Record *journal, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.entries", error);

    if (!stmt || !write_reversed_by(ctx, journal, out, error))
        return FALSE;
    write_source(ctx, journal, out);
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "journal_id", journal->id);
    db_bind_int(stmt, "en", ctx->lang == LANG_EN);
    json_key(out, "entries");
    json_begin_array(out);
    while (db_each(stmt, &ok, error))
        write_entry(stmt, out);
    json_end_array(out);
    return ok;
}

gboolean
ledger_money_write(Ctx *ctx, const Record *money, JsonOut *out, GError **error)
{
    gint64 balance_fen = 0;

    if (!ledger_money_balance(ctx, money->id, ctx->today, &balance_fen, error))
        return FALSE;
    json_kv_money(out, "balance", balance_fen);
    return TRUE;
}
