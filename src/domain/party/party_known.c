/* party_known.c - who is calling, and who is in the files twice. */
#include "base/checkno.h"
#include "base/text.h"
#include "domain/party/party_internal.h"

#include <string.h>

enum { DUPLICATES_MAX = 10, SIMILAR_FROM = 80 };

char *
party_phone_key(const char *phone)
{
    CheckResult result = check_phone(phone ? phone : "");

    return result.valid ? g_strdup(result.normalised) : NULL;
}

gboolean
party_find_phone(Ctx *ctx, const char *phone, gint64 *merchant_id, gint64 *contact_id,
                 GError **error)
{
    g_autofree char *key = party_phone_key(phone);
    gboolean row = FALSE;

    *merchant_id = *contact_id = 0;
    if (!key)
        return TRUE;
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.by_phone", error);
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "phone", key);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row) {
        *merchant_id = db_int(stmt, 0);
        *contact_id = db_int(stmt, 2);
    }
    return TRUE;
}

/* First character and stars: enough to recognise a customer on the phone, not to copy the file. */
static char *
veil(const char *name)
{
    const char *next = *name ? g_utf8_next_char(name) : name;

    return g_strdup_printf("%.*s**", (int) (next - name), name);
}

static void
write_named(JsonOut *out, const char *key, gint64 id, const char *name, gboolean visible)
{
    g_autofree char *veiled = visible ? NULL : veil(name);

    json_key(out, key);
    json_begin_object(out);
    json_kv_id(out, "id", visible ? id : 0);
    json_kv_text(out, "label", visible ? name : veiled);
    json_end_object(out);
}

static void
write_ref(JsonOut *out, const char *key, gint64 id, const char *name)
{
    json_key(out, key);
    if (!id) {
        json_nil(out);
        return;
    }
    json_begin_object(out);
    json_kv_id(out, "id", id);
    json_kv_text(out, "label", name);
    json_end_object(out);
}

static gboolean
write_leads(Ctx *ctx, gint64 merchant_id, gboolean visible, JsonOut *out, GError **error)
{
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.known_leads", error);
    gboolean ok = TRUE;

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", merchant_id);
    json_key(out, "leads");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        gint64 owner_id = db_is_null(stmt, 3) ? 0 : db_int(stmt, 3);
        gboolean mine = visible || (owner_id && owner_id == ctx->staff_id);
        g_autofree char *veiled = mine ? NULL : veil(db_text(stmt, 1));
        json_begin_object(out);
        json_kv_id(out, "id", mine ? db_int(stmt, 0) : 0);
        json_kv_text(out, "label", mine ? db_text(stmt, 1) : veiled);
        json_kv_text(out, "stage", db_text(stmt, 2));
        write_ref(out, "owner", owner_id, owner_id ? db_text(stmt, 4) : NULL);
        json_kv_us(out, "last_contact_at", db_is_null(stmt, 5) ? 0 : db_int(stmt, 5));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

static gboolean
write_inquiries(Ctx *ctx, const char *phone, gint64 merchant_id, gint64 *count, JsonOut *out,
                GError **error)
{
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.known_inquiries", error);
    gboolean row = FALSE;

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "phone", phone);
    if (merchant_id)
        db_bind_int(stmt, "merchant_id", merchant_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    *count = db_int(stmt, 0);
    json_kv_int(out, "inquiries", *count);
    json_kv_us(out, "last_inquiry_at", db_is_null(stmt, 1) ? 0 : db_int(stmt, 1));
    return TRUE;
}

static void
write_unknown(JsonOut *out)
{
    static const char *const keys[] = { "merchant", "contact", "owner" };

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        json_key(out, keys[i]);
        json_nil(out);
    }
    json_key(out, "leads");
    json_begin_array(out);
    json_end_array(out);
}

gboolean
party_known_write(Ctx *ctx, const char *phone, JsonOut *out, GError **error)
{
    g_autofree char *key = party_phone_key(phone);
    g_autoptr(DbStmt) stmt = NULL;
    gint64 merchant_id = 0, inquiries = 0;
    gboolean row = FALSE, visible = FALSE;

    if (!key)
        return app_error_field(error, "phone", "format", "电话号码格式不正确",
                               "is not a phone number");
    stmt = party_stmt(ctx, "party.by_phone", error);
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "phone", key);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row) {
        merchant_id = db_int(stmt, 0);
        g_autoptr(Record) merchant = record_get(ctx, "merchant", merchant_id, "read", NULL);
        visible = merchant != NULL;
        write_named(out, "merchant", merchant_id, db_text(stmt, 1), visible);
        write_named(out, "contact", db_int(stmt, 2), db_text(stmt, 3), visible);
        write_ref(out, "owner", db_is_null(stmt, 5) ? 0 : db_int(stmt, 5), db_text(stmt, 6));
        if (!write_leads(ctx, merchant_id, visible, out, error))
            return FALSE;
    } else
        write_unknown(out);
    json_kv_bool(out, "mine", row && !db_is_null(stmt, 5) && db_int(stmt, 5) == ctx->staff_id);
    if (!write_inquiries(ctx, key, merchant_id, &inquiries, out, error))
        return FALSE;
    json_kv_bool(out, "known", row || inquiries > 0);
    return TRUE;
}

static void
duplicate_free(gpointer data)
{
    PartyDuplicate *duplicate = data;

    g_free(duplicate->name);
    g_free(duplicate->owner);
    g_free(duplicate);
}

static gboolean
has_merchant(const GPtrArray *list, gint64 merchant_id)
{
    for (guint i = 0; i < list->len; i++) {
        const PartyDuplicate *duplicate = list->pdata[i];
        if (duplicate->merchant_id == merchant_id)
            return TRUE;
    }
    return FALSE;
}

static void
add_duplicate(GPtrArray *list, gint64 id, const char *name, const char *owner, const char *why,
              guint score)
{
    if (has_merchant(list, id))
        return;
    PartyDuplicate *duplicate = g_new0(PartyDuplicate, 1);
    duplicate->merchant_id = id;
    duplicate->name = g_strdup(name);
    duplicate->owner = g_strdup(owner ? owner : "");
    duplicate->why = why;
    duplicate->score = score;
    g_ptr_array_add(list, duplicate);
}

static gboolean
add_by_phone(Ctx *ctx, GPtrArray *list, const char *phone, gint64 except, GError **error)
{
    g_autofree char *key = party_phone_key(phone);
    gboolean ok = TRUE;

    if (!key)
        return TRUE;
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.by_phone", error);
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "phone", key);
    while (db_each(stmt, &ok, error)) {
        if (db_int(stmt, 0) != except)
            add_duplicate(list, db_int(stmt, 0), db_text(stmt, 1), db_text(stmt, 6), "phone", 100);
    }
    return ok;
}

static gboolean
add_by_code(Ctx *ctx, GPtrArray *list, const char *code, gint64 except, GError **error)
{
    CheckResult result = check_credit_code(code ? code : "");
    gboolean ok = TRUE;

    if (!result.valid)
        return TRUE;
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.by_code", error);
    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "credit_code", result.normalised);
    while (db_each(stmt, &ok, error)) {
        if (db_int(stmt, 0) != except)
            add_duplicate(list, db_int(stmt, 0), db_text(stmt, 1), db_text(stmt, 2), "credit_code",
                          100);
    }
    return ok;
}

/* Names that differ much in length cannot be 80 % alike: the engine leaves them out, C compares the rest. */
static gboolean
add_by_name(Ctx *ctx, GPtrArray *list, const char *name, gint64 except, GError **error)
{
    g_autofree char *folded = text_fold(name ? name : "");
    gsize n = text_length(folded);
    gboolean ok = TRUE;

    if (n < 2)
        return TRUE;
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.names", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "low", (gint64) n / 2);
    db_bind_int(stmt, "high", (gint64) n * 2 + 4);
    while (db_each(stmt, &ok, error)) {
        if (db_int(stmt, 0) == except)
            continue;
        g_autofree char *other = text_fold(db_text(stmt, 1));
        guint score = text_similarity(folded, other);
        if (score >= SIMILAR_FROM)
            add_duplicate(list, db_int(stmt, 0), db_text(stmt, 1), db_text(stmt, 2), "name", score);
    }
    return ok;
}

static int
compare_score(gconstpointer a, gconstpointer b)
{
    const PartyDuplicate *x = *(PartyDuplicate *const *) a, *y = *(PartyDuplicate *const *) b;

    return x->score == y->score ? 0 : x->score > y->score ? -1 : 1;
}

GPtrArray *
party_duplicates(Ctx *ctx, const char *name, const char *phone, const char *credit_code,
                 gint64 except, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(duplicate_free);

    if (!add_by_phone(ctx, list, phone, except, error)
        || !add_by_code(ctx, list, credit_code, except, error)
        || !add_by_name(ctx, list, name, except, error))
        return NULL;
    g_ptr_array_sort(list, compare_score);
    if (list->len > DUPLICATES_MAX)
        g_ptr_array_set_size(list, DUPLICATES_MAX);
    return g_steal_pointer(&list);
}

void
party_duplicates_write(const GPtrArray *duplicates, JsonOut *out)
{
    json_begin_array(out);
    for (guint i = 0; i < duplicates->len; i++) {
        const PartyDuplicate *duplicate = duplicates->pdata[i];
        json_begin_object(out);
        write_ref(out, "merchant", duplicate->merchant_id, duplicate->name);
        json_kv_text(out, "owner", duplicate->owner);
        json_kv_text(out, "why", duplicate->why);
        json_kv_int(out, "score", duplicate->score);
        json_end_object(out);
    }
    json_end_array(out);
}

gboolean
party_category_codes(Ctx *ctx, gint64 category_id, char **code, char **parent_code, GError **error)
{
    g_autoptr(DbStmt) stmt = party_stmt(ctx, "party.category_codes", error);
    gboolean row = FALSE;

    *code = *parent_code = NULL;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "category_id", category_id);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row) {
        *code = g_strdup(db_text(stmt, 0));
        *parent_code = db_is_null(stmt, 1) ? NULL : g_strdup(db_text(stmt, 1));
    }
    return TRUE;
}
