/* cashier.c - the desk: who is meant by what somebody types, everything that is open of a merchant, money taken in at once, the receipt on paper, the
 * cash box counted. */
#include "base/words.h"
#include "db/catalogue.h"
#include "domain/billing/billing_internal.h"
#include "print/pdf.h"

#include <string.h>

/* -- the cash box --------------------------------------------------------------------- */

/* clang-format off */
#define SIGNED .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN
static const FieldDef count_fields[] = {
    F_DAY("counted_on", "日期", "Day", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SORT | FF_FILTER),
    F_REF("money_account_id", "money_account", "现金账户", "Cash box", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_MONEY("expected", "账面收现", "Taken in by the books", .flags = FF_READONLY, SIGNED, .doc = "Confirmed cash receipts of the day into this box"),
    F_MONEY("counted", "实点金额", "Counted", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_MONEY("difference", "长短款", "Over or short", .flags = FF_READONLY, SIGNED),
    F_TEXT("memo", 200, "说明", "Memo", .doc = "Required when it differs"),
    F_REF("counted_by", "staff", "清点人", "Counted by", .flags = FF_READONLY),
};
static const EntityDef count_def = {
    .name = "cash_count",
    .zh = "现金清点",
    .en = "Cash count",
    .doc = "The cash taken in on a day, counted against the receipts",
    .fields = count_fields,
    .n_fields = G_N_ELEMENTS(count_fields),
    .title = "counted_on",
    .uniques = (const char *const[]){ "money_account_id counted_on", NULL },
    .list_columns = "counted_on money_account_id expected counted difference memo counted_by",
    .list_sort = "-counted_on",
    .mobile_lines = "expected counted difference",
    .flags = EF_NO_UPDATE | EF_NO_IMPORT,
};
/* clang-format on */

static gboolean
count_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gboolean row = FALSE;

    if (old || record_is_null(rec, "counted_on") || record_is_null(rec, "money_account_id"))
        return TRUE;
    if (record_day(rec, "counted_on") > ctx->today)
        return app_error_field(error, "counted_on", "future", "日期不能晚于今天", "must not be after today");
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.cash_taken", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "money_account_id", record_int(rec, "money_account_id"));
    db_bind_day(stmt, "on_day", record_day(rec, "counted_on"));
    if (!db_step(stmt, &row, error))
        return FALSE;
    record_set_int(rec, "expected", db_int(stmt, 0));
    record_set_int(rec, "difference", record_int(rec, "counted") - db_int(stmt, 0));
    record_set_id(rec, "counted_by", ctx->staff_id);
    g_autofree char *expected = money_format_grouped(db_int(stmt, 0));
    return record_int(rec, "difference") == 0 || !record_is_null(rec, "memo")
           || app_error_field(error, "memo", "required", "与账面收现 %s 元不符，请说明原因", "differs from the %s yuan taken in; say why", expected);
}

const EntityModule cash_count_module = { .def = &count_def, .validate = count_validate };

/* -- who and what --------------------------------------------------------------------- */

gboolean
billing_cashier_find(Ctx *ctx, const char *text, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autofree char *key = g_strstrip(g_strdup(text));
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.cashier_find", error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "text", key);
    db_bind_day(stmt, "today", ctx->today);
    db_bind_day(stmt, "never", DAY_MAX);
    json_key(out, "items");
    json_begin_array(out);
    while (*key && db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "name", db_text(stmt, 1));
        json_kv_text(out, "units", db_text(stmt, 2));
        json_kv_money(out, "open", db_int(stmt, 3));
        json_kv_money(out, "due", db_int(stmt, 4));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

static void
write_charge(JsonOut *out, const DbStmt *stmt, Lang lang)
{
    const char *working = db_text(stmt, 13);

    json_begin_object(out);
    json_kv_id(out, "id", db_int(stmt, 0));
    json_kv_text(out, "name", db_text(stmt, lang == LANG_EN && !db_is_null(stmt, 2) ? 2 : 1));
    json_kv_text(out, "kind", db_text(stmt, 3));
    json_kv_text(out, "deposit_kind", db_text(stmt, 4));
    json_kv_day(out, "from", db_day(stmt, 5));
    json_kv_day(out, "to", db_day(stmt, 6));
    json_kv_day(out, "due_on", db_day(stmt, 7));
    json_kv_money(out, "gross", db_int(stmt, 8));
    json_kv_money(out, "paid", db_int(stmt, 9));
    json_kv_money(out, "open", db_int(stmt, 8) - db_int(stmt, 9));
    json_kv_text(out, "unit", db_text(stmt, 10));
    json_kv_text(out, "lease", db_text(stmt, 11));
    json_kv_text(out, "order", db_text(stmt, 12));
    json_key(out, "working");
    json_raw(out, working ? working : "[]", strlen(working ? working : "[]"));
    json_end_object(out);
}

static gboolean
write_charges(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    gint64 open_fen = 0, due_fen = 0;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.cashier_charges", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", merchant_id);
    db_bind_day(stmt, "never", DAY_MAX);
    json_key(out, "charges");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        gint64 fen = db_int(stmt, 8) - db_int(stmt, 9);
        open_fen += fen;
        due_fen += db_day(stmt, 7) <= ctx->today ? fen : 0;
        write_charge(out, stmt, ctx->lang);
    }
    json_end_array(out);
    json_kv_money(out, "open", open_fen);
    json_kv_money(out, "due", due_fen);
    return ok;
}

static gboolean
write_receipts(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.cashier_receipts", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "merchant_id", merchant_id);
    json_key(out, "receipts");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "no", db_text(stmt, 1));
        json_kv_day(out, "received_on", db_day(stmt, 2));
        json_kv_text(out, "way", db_text(stmt, 3));
        json_kv_money(out, "amount", db_int(stmt, 4));
        json_kv_money(out, "credit", db_int(stmt, 5));
        json_kv_text(out, "state", db_text(stmt, 6));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

gboolean
billing_cashier_write(Ctx *ctx, gint64 merchant_id, JsonOut *out, GError **error)
{
    g_autoptr(Record) merchant = record_get(ctx, "merchant", merchant_id, "read", error);

    if (!merchant)
        return FALSE;
    json_kv_id(out, "id", merchant->id);
    json_kv_text(out, "name", record_text(merchant, "name"));
    return write_charges(ctx, merchant_id, out, error) && write_receipts(ctx, merchant_id, out, error);
}

gint64
billing_take_in(Ctx *ctx, const json_t *input, GError **error)
{
    g_autoptr(Record) receipt = record_new(registry_def(ctx->registry, "receipt"));
    g_autoptr(GError) failure = NULL;

    if (!record_apply_json(ctx, receipt, input, &failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return 0;
    }
    if (record_is_null(receipt, "merchant_id") || record_is_null(receipt, "amount") || record_is_null(receipt, "received_on")) {
        app_error_field(error, record_is_null(receipt, "merchant_id") ? "merchant_id" : record_is_null(receipt, "amount") ? "amount" : "received_on", "required",
                        "请填写", "is required");
        return 0;
    }
    return billing_receive(ctx, receipt, error) ? receipt->id : 0;
}

/* -- the receipt on paper ------------------------------------------------------------- */

static gboolean
print_paid(Ctx *ctx, const Record *receipt, Pdf *pdf, GError **error)
{
    static const PdfColumn columns[] = { { "款项", 26, PDF_LEFT }, { "铺位", 14, PDF_LEFT }, { "所属期", 34, PDF_LEFT }, { "金额（元）", 22, PDF_RIGHT } };
    gboolean ok = TRUE;
    g_autofree char *total = money_format_grouped(record_int(receipt, "amount"));
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "billing.receipt_paid", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "receipt_id", receipt->id);
    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    while (db_each(stmt, &ok, error)) {
        g_autofree char *from = day_dup(db_day(stmt, 2)), *to = day_dup(db_day(stmt, 3));
        g_autofree char *period = db_is_null(stmt, 2) ? g_strdup("—") : g_strdup_printf("%s 至 %s", from, to);
        g_autofree char *amount = money_format_grouped(db_int(stmt, 5));
        pdf_table_row(pdf, (const char *const[]){ db_text(stmt, 1), db_text(stmt, 7), period, amount });
    }
    if (record_int(receipt, "credit") > 0) {
        g_autofree char *credit = money_format_grouped(record_int(receipt, "credit"));
        pdf_table_row(pdf, (const char *const[]){ "预收款", "", "—", credit });
    }
    pdf_table_total(pdf, (const char *const[]){ "合计", "", "", total });
    pdf_table_end(pdf);
    return ok;
}

GBytes *
billing_receipt_pdf(Ctx *ctx, const Record *receipt, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autofree char *property = record_ref_label(&zh, "property", ctx->property_id);
    g_autofree char *merchant = record_ref_label(&zh, "merchant", record_int(receipt, "merchant_id"));
    g_autofree char *cashier = record_ref_label(&zh, "staff", record_int(receipt, "cashier_id"));
    g_autofree char *on = day_dup(record_day(receipt, "received_on"));
    g_autofree char *amount = money_format_grouped(record_int(receipt, "amount"));
    g_autofree char *words = words_amount(record_int(receipt, "amount"));
    g_autofree char *said = g_strdup_printf("合计人民币（大写）：%s", words);
    g_autofree char *prints = g_strdup_printf("%" G_GINT64_FORMAT, record_int(receipt, "prints"));
    const EnumItem *way = enum_find(billing_ways, record_text(receipt, "way"));
    gboolean valid = record_is(receipt, "state", "confirmed");
    const PdfOptions options = { .title = "收据", .header = property, .header_right = record_text(receipt, "no"),
                                 .watermark = valid ? NULL : record_is(receipt, "state", "registered") ? "待确认" : "已作废" };
    const PdfPair pairs[] = { { "收据编号", record_text(receipt, "no") }, { "收款日期", on },
                              { "交款单位", merchant },                   { "付款人", record_text(receipt, "payer") },
                              { "收款方式", way ? way->zh : "" },         { "流水号", record_text(receipt, "reference") },
                              { "金额（元）", amount },                   { "打印次数", prints } };
    g_autoptr(Pdf) pdf = pdf_new(&options);

    pdf_title(pdf, "收 据");
    pdf_pairs(pdf, pairs, G_N_ELEMENTS(pairs), 2);
    pdf_space(pdf, 3);
    if (!print_paid(ctx, receipt, pdf, error))
        return NULL;
    pdf_paragraph(pdf, said, PDF_LEFT);
    pdf_signatures(pdf, (const char *const[]){ "收款单位（财务专用章）", cashier, "交款人" }, 3);
    return pdf_finish(pdf, error);
}
